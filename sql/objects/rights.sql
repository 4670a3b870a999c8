-- rights.sql: who may do what: the beginning, and lists only policies ask.
--
-- The matrix of rights is written as row policies in rights_school.sql (the
-- set-up), rights_people.sql (cards, classes, timetable) and
-- rights_journal.sql. Policies have one form, because others are 10 to 1,000
-- times slower (tests/rights_lint.pg holds it):
--     column = any((select ej.my_…())::bigint[])
-- with the column indexed, the cheapest and likeliest list first. The lists
-- that others ask too are in identity.sql, with the views me_… of them all.

-- ------------------------------------------------------------- beginning --
-- What an earlier version allowed is taken away first. Partitions get row
-- security and nothing else: no policy and no grant, so that nobody can ask
-- them past the rights of their parent.

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
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, ej_web', r.rel);
    END LOOP;
END
$$;

REVOKE ALL ON SCHEMA ej FROM PUBLIC, ej_web;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA ej FROM PUBLIC, ej_web;
GRANT USAGE ON SCHEMA ej TO ej_web, ej_rights, ej_rule, ej_backup;
GRANT SELECT ON ALL TABLES IN SCHEMA ej TO ej_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA ej TO ej_backup;
GRANT SELECT ON ej.work, ej.homework, ej.homework_for TO ej_rights;

-- Give ej_web SELECT, INSERT, DELETE as named, and UPDATE of every column but
-- the key, the school and what is computed: rows do not change schools.
CREATE OR REPLACE FUNCTION ej.grant_rows(rel regclass, what text) RETURNS void
LANGUAGE plpgsql SET search_path = ej, pg_temp AS $$
DECLARE
    columns text;
BEGIN
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns
      FROM pg_attribute AS a
      LEFT JOIN pg_index AS i ON i.indrelid = rel AND i.indisprimary
     WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attname <> 'school_id' AND a.attgenerated = ''
       AND NOT a.attnum = ANY (i.indkey::int2[]);
    EXECUTE format('GRANT %s ON %s TO ej_web', what, rel);
    EXECUTE format('GRANT UPDATE (%s) ON %s TO ej_web', columns, rel);
END
$$;
REVOKE ALL ON FUNCTION ej.grant_rows(regclass, text) FROM PUBLIC;

-- --------------------------------------------------------- lists: schools --

-- Who is in which class and group is read: all who teach, lead or direct.
CREATE OR REPLACE FUNCTION ej.my_roster_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT r.school_id FROM ej.me_role AS r
                  WHERE r.role IN ('administrator', 'director', 'deputy')
                  UNION
                 SELECT c.school_id FROM ej.me_class AS c
                  UNION
                 SELECT m.school_id FROM ej.me_staff AS m
                  WHERE EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = m.id));
END
$$;

-- Names of staff are read by all of the school, families included (the diary
-- names the teacher), but not by one who only observes it.
CREATE OR REPLACE FUNCTION ej.my_colleague_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT f.school_id FROM ej.me_family AS f
                  UNION
                 SELECT m.school_id FROM ej.me_staff AS m
                  WHERE EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = m.id)
                     OR NOT EXISTS (SELECT FROM ej.me_role AS r
                                     WHERE r.school_id = m.school_id
                                       AND r.role = 'observer')
                  UNION
                 SELECT r.school_id FROM ej.me_role AS r WHERE r.role <> 'observer');
END
$$;

-- ------------------------------------------------- lists: classes, groups --

-- Classes my children (or I, the pupil) are or were in.
CREATE OR REPLACE FUNCTION ej.my_family_classes() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT e.class_id FROM ej.me_family AS f
                   JOIN ej.enrolment AS e ON e.pupil_id = f.pupil_id);
END
$$;

-- Their groups, past ones too: the name of a subject outlives the membership.
CREATE OR REPLACE FUNCTION ej.my_family_groups() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT b.study_group_id FROM ej.me_family AS f
                   JOIN ej.membership AS b ON b.pupil_id = f.pupil_id);
END
$$;

CREATE OR REPLACE FUNCTION ej.my_family_teachings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT t.id FROM ej.me_family AS f
                   JOIN ej.membership AS b ON b.pupil_id = f.pupil_id
                   JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id);
END
$$;

-- Teachings of the groups in my_groups: family and class teacher.
CREATE OR REPLACE FUNCTION ej.my_group_teachings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT t.id FROM ej.teaching AS t
                  WHERE t.study_group_id = ANY ((SELECT ej.my_groups())::bigint[]));
END
$$;

-- Teachings of the groups of the class I lead: their journals.
CREATE OR REPLACE FUNCTION ej.my_class_teachings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT t.id FROM ej.me_class AS c
                   JOIN ej.study_group_class AS x ON x.class_id = c.id
                   JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id);
END
$$;

-- ---------------------------------------------------------- lists: people --

-- Pupils who are or were in a group I teach or take as substitute. Whether
-- one was there on the day is a rule's question and not a right's.
CREATE OR REPLACE FUNCTION ej.my_taught_pupils() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT b.pupil_id FROM ej.me_staff AS m
                   JOIN ej.teaching AS t ON t.staff_id = m.id
                   JOIN ej.membership AS b ON b.study_group_id = t.study_group_id
                  UNION
                 SELECT unnest(ej.my_substitute_pupils()));
END
$$;

-- Pupils in my own groups today, and the subjects I teach: together they give
-- a teacher the term marks that a pupil brings along from another subgroup.
CREATE OR REPLACE FUNCTION ej.my_current_pupils() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT b.pupil_id FROM ej.me_staff AS m
                   JOIN ej.teaching AS t ON t.staff_id = m.id
                   JOIN ej.membership AS b ON b.study_group_id = t.study_group_id
                  WHERE b.during @> m.today);
END
$$;

CREATE OR REPLACE FUNCTION ej.my_subjects() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT t.subject_id FROM ej.me_staff AS m
                   JOIN ej.teaching AS t ON t.staff_id = m.id);
END
$$;

-- My own rows as a guardian, one a school.
CREATE OR REPLACE FUNCTION ej.my_guardians() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT g.id FROM ej.me AS m
                   JOIN ej.guardian AS g ON g.person_id = m.person_id);
END
$$;

-- Guardians of the pupils of the class I lead.
CREATE OR REPLACE FUNCTION ej.my_class_guardians() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT k.guardian_id FROM ej.me_class_pupil AS c
                   JOIN ej.guardianship AS k ON k.pupil_id = c.pupil_id);
END
$$;

-- --------------------------------------------------------- lists: journal --

-- Works and homework of the lessons I take as substitute.
CREATE OR REPLACE FUNCTION ej.my_write_works() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT w.id FROM ej.work AS w
                  WHERE w.lesson_id = ANY ((SELECT ej.my_write_lessons())::bigint[]));
END
$$;

CREATE OR REPLACE FUNCTION ej.my_write_homework() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT h.id FROM ej.homework AS h
                  WHERE h.lesson_id = ANY ((SELECT ej.my_write_lessons())::bigint[]));
END
$$;

-- Homework set for some pupils only, mine among them.
CREATE OR REPLACE FUNCTION ej.my_personal_homework() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT f.homework_id FROM ej.homework_for AS f
                  WHERE f.pupil_id = ANY ((SELECT ej.my_pupils())::bigint[]));
END
$$;

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND p.proname LIKE 'my\_%'
                AND p.prorettype = 'bigint[]'::regtype
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_web', f);
    END LOOP;
END
$$;
