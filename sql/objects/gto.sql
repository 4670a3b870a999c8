-- gto.sql: the norms of the complex ГТО: how they are loaded and read, and how a result is written.

GRANT SELECT ON ej.gto_test, ej.gto_edition, ej.gto_step, ej.gto_norm TO ej_rights, ej_rule;
GRANT SELECT ON ej.health_group, ej.gto_result, ej.gto_award, ej.pupil_card TO ej_rights;

-- The lines of a text of CSV as objects by the names of its first line; no quotes: no value has a
-- semicolon.
CREATE OR REPLACE FUNCTION ej.gto_lines(csv text) RETURNS TABLE (line int, cells jsonb)
LANGUAGE sql IMMUTABLE ROWS 300 SET search_path = ej, pg_temp AS $$
    WITH line AS (SELECT t.n::int, string_to_array(btrim(t.text, E'\r'), ';') AS cells
                    FROM string_to_table(csv, E'\n') WITH ORDINALITY AS t(text, n) WHERE btrim(t.text) <> '')
    SELECT l.n, jsonb_object_agg(h.name, nullif(btrim(l.cells[h.i]), ''))
      FROM line AS l, (SELECT u.name, u.i FROM line AS f, unnest(f.cells) WITH ORDINALITY AS u(name, i)
          WHERE f.n = 1) AS h
     WHERE l.n > 1 GROUP BY l.n
$$;

-- Load the tests, the editions of all schools with their steps, and the norms of the edition that
-- norms_of names (sql/gto/*.csv; ejournal-migrate). What is there already gets the present figures.
CREATE OR REPLACE FUNCTION ej.gto_load(tests text, editions text, norms text, norms_of text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.gto_test AS t (test_key, name, short_name, unit, is_less, most, order_no)
    SELECT c.cells ->> 'test_key', c.cells ->> 'name', c.cells ->> 'short_name', c.cells ->> 'unit',
           (c.cells ->> 'is_less') = '1', (c.cells ->> 'most')::numeric, c.line
      FROM ej.gto_lines(tests) AS c
    ON CONFLICT ON CONSTRAINT gto_test_once DO UPDATE
       SET name = excluded.name, short_name = excluded.short_name, unit = excluded.unit,
           is_less = excluded.is_less, most = excluded.most, order_no = excluded.order_no;
    INSERT INTO ej.gto_edition AS e (edition_key, name, since)
    SELECT DISTINCT c.cells ->> 'edition_key', c.cells ->> 'name', (c.cells ->> 'since')::date
      FROM ej.gto_lines(editions) AS c
    ON CONFLICT ON CONSTRAINT gto_edition_once DO UPDATE SET name = excluded.name, since = excluded.since;
    INSERT INTO ej.gto_step AS s (gto_edition_id, step_no, age_from, age_to, obligatory, bronze_tests, silver_tests,
                                  gold_tests, source)
    SELECT e.id, r.step_no, r.age_from, r.age_to, r.obligatory, r.bronze_tests, r.silver_tests, r.gold_tests, r.source
      FROM ej.gto_lines(editions) AS c
     CROSS JOIN LATERAL jsonb_populate_record(NULL::ej.gto_step, c.cells) AS r
      JOIN ej.gto_edition AS e ON e.edition_key = c.cells ->> 'edition_key' AND e.school_id IS NULL
    ON CONFLICT ON CONSTRAINT gto_step_once DO UPDATE
       SET age_from = excluded.age_from, age_to = excluded.age_to, obligatory = excluded.obligatory,
           bronze_tests = excluded.bronze_tests, silver_tests = excluded.silver_tests,
           gold_tests = excluded.gold_tests, source = excluded.source;
    INSERT INTO ej.gto_norm AS n (gto_step_id, sex, gto_test_id, quality, is_obligatory, bronze, silver, gold, source)
    SELECT s.id, c.cells ->> 'sex', t.id, c.cells ->> 'quality', (c.cells ->> 'is_obligatory') = '1',
           (c.cells ->> 'bronze')::numeric, (c.cells ->> 'silver')::numeric, (c.cells ->> 'gold')::numeric,
           c.cells ->> 'source'
      FROM ej.gto_lines(norms) AS c
      JOIN ej.gto_edition AS e ON e.edition_key = norms_of AND e.school_id IS NULL
      JOIN ej.gto_step AS s ON s.gto_edition_id = e.id AND s.step_no = (c.cells ->> 'step_no')::int
      JOIN ej.gto_test AS t ON t.test_key = c.cells ->> 'test_key'
    ON CONFLICT ON CONSTRAINT gto_norm_once DO UPDATE
       SET quality = excluded.quality, is_obligatory = excluded.is_obligatory, bronze = excluded.bronze,
           silver = excluded.silver, gold = excluded.gold, source = excluded.source;
END
$$;

-- The edition of the norms that holds in a school on a day: the school's own, of which only its people
-- know, before that of all.
CREATE OR REPLACE FUNCTION ej.gto_edition_on(school_id bigint, day date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT e.id FROM ej.gto_edition AS e
             WHERE (e.school_id IS NULL
                 OR e.school_id = gto_edition_on.school_id AND e.school_id = ANY (ej.my_gto_module()))
               AND e.since <= day
             ORDER BY e.since DESC, e.school_id NULLS LAST LIMIT 1);
END
$$;

-- The editions, and the steps (or one by its id) and norms of one of them: the law is public. Results as text in the
-- test's unit.
CREATE OR REPLACE FUNCTION ej.gto_editions(school_id bigint)
RETURNS TABLE (gto_edition_id bigint, name text, since date, is_own boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT e.id, e.name::text, e.since, e.school_id IS NOT NULL FROM ej.gto_edition AS e
                  WHERE e.school_id IS NULL OR e.school_id = gto_editions.school_id
                    AND e.school_id = ANY (ej.my_gto_module());
END
$$;
CREATE OR REPLACE FUNCTION ej.gto_steps(gto_edition_id bigint, gto_step_id bigint DEFAULT NULL)
RETURNS TABLE (step_id bigint, step_no int, age_from int, age_to int, obligatory int, bronze_tests int,
               silver_tests int, gold_tests int, source text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT s.id, s.step_no, s.age_from, s.age_to, s.obligatory, s.bronze_tests, s.silver_tests,
                        s.gold_tests, s.source::text
                   FROM ej.gto_step AS s JOIN ej.gto_edition AS e ON e.id = s.gto_edition_id
                  WHERE (e.id = gto_steps.gto_edition_id OR s.id = gto_steps.gto_step_id)
                    AND (e.school_id IS NULL OR e.school_id = ANY (ej.my_gto_module()));
END
$$;
CREATE OR REPLACE FUNCTION ej.gto_norms(gto_edition_id bigint, step_no int)
RETURNS TABLE (sex text, gto_test_id bigint, test_name text, short_name text, unit text, is_less boolean, order_no int,
               quality text, is_obligatory boolean, bronze numeric, silver numeric, gold numeric, source text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 30 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT n.sex, t.id, t.name::text, t.short_name::text, t.unit, t.is_less, t.order_no, n.quality, n.is_obligatory,
           n.bronze, n.silver, n.gold, n.source::text
      FROM ej.gto_step AS s
      JOIN ej.gto_edition AS e ON e.id = s.gto_edition_id
      JOIN ej.gto_norm AS n ON n.gto_step_id = s.id
      JOIN ej.gto_test AS t ON t.id = n.gto_test_id
     WHERE e.id = gto_norms.gto_edition_id AND s.step_no = gto_norms.step_no
       AND (e.school_id IS NULL OR e.school_id = ANY (ej.my_gto_module()));
END
$$;

-- All tests.
CREATE OR REPLACE FUNCTION ej.gto_tests()
RETURNS TABLE (gto_test_id bigint, test_key text, name text, short_name text, unit text, is_less boolean, most numeric,
               order_no int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 40 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT t.id, t.test_key, t.name::text, t.short_name::text, t.unit, t.is_less, t.most, t.order_no
                   FROM ej.gto_test AS t WHERE cardinality(ej.my_gto_module()) > 0;
END
$$;

-- ------------------------------------------------------------------ writing --

-- A result as a person writes it: 9.2 s is «9,2», 560 s of a long run «9:20».
CREATE OR REPLACE FUNCTION ej.gto_text(value numeric, unit text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE unit
           WHEN 'min' THEN trunc(value / 60)::text || ':' || lpad(trunc(value % 60)::text, 2, '0')
           WHEN 's' THEN replace(round(value, CASE WHEN value * 10 = trunc(value * 10) THEN 1 ELSE 2 END)::text,
               '.', ',')
           ELSE replace(trim_scale(value)::text, '.', ',') END
$$;

-- A typed result as a number, by the unit of its test; NULL: it is none. Minutes and seconds may be
-- parted by a colon, a comma or a point; seconds have no colon, which would be minutes.
CREATE OR REPLACE FUNCTION ej.gto_number(typed text, unit text, most numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN x.number <= most AND (x.number > 0 OR unit NOT IN ('s', 'min') AND x.number > -most)
                THEN x.number END
      FROM (SELECT CASE
                WHEN unit = 'min' AND typed ~ '^\d{1,3}[:.,][0-5]\d$'
                THEN (split_part(translate(typed, ',.', '::'), ':', 1)::int * 60
                      + split_part(translate(typed, ',.', '::'), ':', 2)::int)::numeric
                WHEN unit = 's' AND typed ~ '^\d{1,3}([.,]\d{1,2})?$' OR unit = 'm'
                    AND typed ~ '^\d{1,4}([.,]\d{1,2})?$'
                  OR unit IN ('count', 'points') AND typed ~ '^\d{1,4}$' OR unit = 'cm'
                      AND typed ~ '^[+-]?\d{1,4}([.,]\d)?$'
                THEN translate(typed, ',+', '.')::numeric END AS number) AS x
$$;

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace
                AND p.proname IN ('gto_edition_on', 'gto_editions', 'gto_steps', 'gto_norms', 'gto_tests')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_web, ej_rule', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION ej.gto_text(numeric, text), ej.gto_number(text, text, numeric) TO ej_web, ej_rule, ej_rights;
