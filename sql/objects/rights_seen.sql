-- rights_seen.sql: who may do what, the last part: which rows a row may refer to.
--
-- A written row may refer only to rows that its writer can read. Otherwise the kind of
-- refusal would reveal hidden rows: a foreign key refuses a missing row, a rule another
-- school's row, a unique or exclusion constraint a row that already exists. These
-- policies are checked before all of those, and refuse a reference to a hidden row like
-- one to a missing row (tests/rights/hidden_columns.pg). They are RESTRICTIVE: they narrow the
-- other policies. They are generated from the catalogue, so that a new foreign key is
-- covered without further work. Each looks a row up by its key through the policy that
-- reads it: too slow for reading, fast enough for the rows of one save.

-- All foreign keys that the web role may write; whose a card is, is checked by its rule
-- (rule_person), before these.
CREATE OR REPLACE FUNCTION ej.seen_references(verb text)
RETURNS TABLE (rel regclass, col name, is_null boolean, leads regclass)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT c.conrelid::regclass, a.attname, NOT a.attnotnull, c.confrelid::regclass
      FROM pg_constraint AS c
      JOIN pg_class AS t ON t.oid = c.conrelid AND NOT t.relispartition
      JOIN pg_class AS f ON f.oid = c.confrelid AND NOT f.relispartition
     CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (here, there)
      JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.here
      JOIN pg_attribute AS b ON b.attrelid = c.confrelid AND b.attnum = k.there AND b.attname = 'id'
     WHERE c.contype = 'f' AND c.connamespace = 'ej'::regnamespace AND c.confrelid <> 'ej.person'::regclass
       AND has_column_privilege('ej_web', c.conrelid, a.attnum, verb)
     UNION -- scale_id, whose foreign key refers to scale_value
    SELECT 'ej.term_mark', 'scale_id', false, 'ej.scale'
$$;

-- Whether the reader can read a term: a policy cannot query its own table, so the
-- policies of term use this function.
CREATE OR REPLACE FUNCTION ej.seen_term(term_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.term AS e WHERE e.id = term_id);
END
$$;

-- The condition of a table's policy, as SQL text. In a growing table the columns copied
-- from its lesson, work or homework need no look-ups of their own: one look-up of that
-- row covers them. Its pupils and staff are checked by the lists of the other policies, but those of lessons and of
-- orders of meals.
CREATE OR REPLACE FUNCTION ej.seen_check(rel regclass, verb text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    WITH r AS (
        SELECT s.*, s.leads = ANY ('{ej.lesson,ej.work,ej.homework}'::regclass[])
                AND s.col = (SELECT relname FROM pg_class WHERE oid = s.leads) || '_id' AS is_of
          FROM ej.seen_references(verb) AS s WHERE s.rel = seen_check.rel
    ), copied AS (
        SELECT o.col AS of, a.attname AS col
          FROM r AS o JOIN pg_attribute AS a ON a.attrelid = o.leads
          JOIN r AS c ON c.col = a.attname
         WHERE o.is_of
    )
    SELECT string_agg(CASE
        WHEN r.leads = r.rel THEN format('(%1$I IS NULL OR ej.seen_term(%1$I))', r.col)
        ELSE format('(%sEXISTS (SELECT FROM %s AS seen WHERE seen.id = %s.%I%s))',
             CASE WHEN r.is_null THEN format('%I IS NULL OR ', r.col) ELSE '' END, r.leads, t.relname, r.col,
             (SELECT string_agg(format(' AND seen.%1$I = %2$s.%1$I', c.col, t.relname), '' ORDER BY c.col)
                FROM copied AS c WHERE c.of = r.col)) END, ' AND ' ORDER BY r.col)
      FROM r JOIN pg_class AS t ON t.oid = r.rel
     WHERE r.col NOT IN (SELECT c.col FROM copied AS c)
       AND NOT (r.leads = ANY ('{ej.pupil,ej.staff}'::regclass[])
                AND (t.relkind = 'p' AND t.relname <> ALL ('{lesson,meal_order}') OR t.relname = 'term_mark'))
$$;

DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT DISTINCT s.rel, v.verb, v.name
               FROM (VALUES ('INSERT', 'add_seen'), ('UPDATE', 'change_seen')) AS v (verb, name),
                    ej.seen_references(v.verb) AS s
              WHERE ej.seen_check(s.rel, v.verb) IS NOT NULL
    LOOP
        EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE FOR %s TO ej_web WITH CHECK (%s)',
                       r.name, r.rel, r.verb, ej.seen_check(r.rel, r.verb));
    END LOOP;
END
$$;
