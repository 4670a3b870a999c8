-- rights.sql: who may do what, part 1: tools, and taking former grants away.
--
-- The matrix of rights is written as row policies in rights_school.sql (the
-- set-up), rights_people.sql (cards, classes, timetable) and
-- rights_journal.sql. Policies have one form, because others are 10 to 1,000
-- times slower (tests/rights/rights_lint.pg holds it):
--     column = any((select ej.my_…())::bigint[])
-- with the column indexed. The lists are in identity_scope.sql; each that is
-- asked is a look-up, and none is asked before a row needs it, so the likeliest
-- stands first: a teacher in the own journal, then a family.

-- ------------------------------------------------------------- beginning --
-- All policies and grants of an earlier version are removed first. Partitions get row
-- security without any policy or grant, so that nobody can read them around the
-- policies of their parent.

DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT p.polname, p.polrelid::regclass AS rel
               FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
              WHERE c.relnamespace = 'ej'::regnamespace
    LOOP
        EXECUTE format('DROP POLICY %I ON %s', r.polname, r.rel);
    END LOOP;
    FOR r IN SELECT c.oid::regclass AS rel
               FROM pg_class AS c
              WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p')
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, '
                       'FORCE ROW LEVEL SECURITY', r.rel);
        -- takes the grants on single columns too
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, ej_web, ej_job, ej_sender', r.rel);
    END LOOP;
END
$$;

REVOKE ALL ON SCHEMA ej FROM PUBLIC, ej_web, ej_job, ej_sender;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA ej FROM PUBLIC, ej_web, ej_job, ej_sender;
GRANT USAGE ON SCHEMA ej TO ej_web, ej_job, ej_sender, ej_rights, ej_rule, ej_backup;
GRANT SELECT ON ALL TABLES IN SCHEMA ej TO ej_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA ej TO ej_backup;
GRANT SELECT ON ej.work, ej.homework, ej.homework_for TO ej_rights;

-- Grant ej_web SELECT, INSERT and DELETE as named in verbs, and UPDATE. INSERT leaves
-- out the id: a user who chose ids could take another school's next one, and would
-- learn which exist. UPDATE leaves out the key and the school: rows do not change
-- schools. Computed columns, and those set by a rule, are not granted.
CREATE OR REPLACE FUNCTION ej.grant_rows(rel regclass, verbs text) RETURNS void
LANGUAGE plpgsql SET search_path = ej, pg_temp AS $$
DECLARE
    verb    text;
    columns text;
BEGIN
    FOREACH verb IN ARRAY string_to_array(verbs || ', UPDATE', ', ') LOOP
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns
          FROM pg_attribute AS a
          LEFT JOIN pg_index AS i ON i.indrelid = rel AND i.indisprimary
         WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped
           AND a.attname NOT IN ('id', 'is_self_given') AND a.attgenerated = ''
           AND (verb = 'INSERT' OR a.attname <> 'school_id' AND NOT a.attnum = ANY (i.indkey::int2[]));
        EXECUTE format('GRANT %s%s ON %s TO ej_web', verb,
                       CASE WHEN verb IN ('INSERT', 'UPDATE') THEN format(' (%s)', columns) END, rel);
    END LOOP;
END
$$;
