-- gto_levels.sql: level of a result, sign of a pupil: computed, never kept (MOD-01).
--
-- The step follows from the age on the day of the test, the norms from the edition of that day. A
-- pupil whose birthday lies between two tests so has two steps, and both are shown.

-- The level of a result by its norm: gold, silver, bronze, none. Of a norm some figures may be missing (NULL);
-- unknown: the figure of bronze is missing, and none of the others is reached.
CREATE OR REPLACE FUNCTION ej.gto_level(value numeric, is_less boolean, bronze numeric, silver numeric, gold numeric)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN CASE WHEN is_less THEN value <= gold ELSE value >= gold END THEN 'gold'
                WHEN CASE WHEN is_less THEN value <= silver ELSE value >= silver END THEN 'silver'
                WHEN CASE WHEN is_less THEN value <= bronze ELSE value >= bronze END THEN 'bronze'
                WHEN bronze IS NULL THEN 'unknown' ELSE 'none' END
$$;

-- A level as a number, for comparing; NULL: unknown, or no norm.
CREATE OR REPLACE FUNCTION ej.gto_rank(level text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE level WHEN 'gold' THEN 3 WHEN 'silver' THEN 2 WHEN 'bronze' THEN 1 WHEN 'none' THEN 0 END
$$;

-- Those of these pupils whose results the reader may read (the policy of ej.gto_result). A function
-- that computes steps needs it: the day of birth itself is not for teachers.
CREATE OR REPLACE FUNCTION ej.gto_readable(pupil_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE -- asked once, not once a pupil
    modules bigint[] := ej.my_gto_module();
    lead    bigint[] := ej.my_lead_schools();
    own     bigint[] := ej.my_pupils();
    taught  bigint[] := ej.my_pe_pupils();
BEGIN
    RETURN ARRAY(SELECT p.id FROM ej.pupil AS p
                  WHERE p.id = ANY (pupil_ids) AND p.school_id = ANY (modules)
                    AND (p.school_id = ANY (lead) OR p.id = ANY (own) OR p.id = ANY (taught)));
END
$$;

-- The step of each of these pupils on a day: none for one without a day of birth, or of another age.
CREATE OR REPLACE FUNCTION ej.gto_steps_of(pupil_ids bigint[], day date)
RETURNS TABLE (pupil_id bigint, sex text, gto_edition_id bigint, gto_step_id bigint, step_no int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 40 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH card AS MATERIALIZED (
        SELECT c.pupil_id, c.sex, c.school_id, extract(year FROM age(day, c.birth_on))::int AS years
          FROM ej.pupil_card AS c WHERE c.pupil_id = ANY (ej.gto_readable(pupil_ids))
    ), edition AS MATERIALIZED ( -- once a school, not once a pupil
        SELECT c.school_id, ej.gto_edition_on(c.school_id, day) AS gto_edition_id FROM card AS c GROUP BY 1
    )
    SELECT c.pupil_id, c.sex::text, s.gto_edition_id, s.id, s.step_no
      FROM card AS c
      JOIN edition AS e ON e.school_id = c.school_id
      JOIN ej.gto_step AS s ON s.gto_edition_id = e.gto_edition_id AND c.years BETWEEN s.age_from AND s.age_to;
END
$$;

-- The results of these pupils with the norm that each met or missed. Without a norm level is NULL.
CREATE OR REPLACE FUNCTION ej.gto_facts(pupil_ids bigint[])
RETURNS TABLE (gto_result_id bigint, pupil_id bigint, gto_test_id bigint, done_on date, attempt int, value numeric,
               gto_step_id bigint, step_no int, quality text, is_obligatory boolean, is_less boolean, unit text,
               bronze numeric, silver numeric, gold numeric, level text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 400 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH result AS MATERIALIZED (
        SELECT r.id, r.pupil_id, r.gto_test_id, r.done_on, r.attempt, r.value, r.school_id
          FROM ej.gto_result AS r WHERE r.pupil_id = ANY (ej.gto_readable(pupil_ids))
    ), day AS MATERIALIZED ( -- the edition once a day, not once a result
        SELECT d.school_id, d.done_on, ej.gto_edition_on(d.school_id, d.done_on) AS gto_edition_id
          FROM (SELECT r.school_id, r.done_on FROM result AS r GROUP BY 1, 2) AS d
    )
    SELECT r.id, r.pupil_id, r.gto_test_id, r.done_on, r.attempt, r.value, s.id, s.step_no, n.quality, n.is_obligatory,
           t.is_less, t.unit, n.bronze, n.silver, n.gold,
           CASE WHEN n.id IS NOT NULL THEN ej.gto_level(r.value, t.is_less, n.bronze, n.silver, n.gold) END
      FROM result AS r
      JOIN ej.gto_test AS t ON t.id = r.gto_test_id
      JOIN day AS d ON d.school_id = r.school_id AND d.done_on = r.done_on
      LEFT JOIN ej.pupil_card AS c ON c.pupil_id = r.pupil_id
      LEFT JOIN ej.gto_step AS s ON s.gto_edition_id = d.gto_edition_id
       AND extract(year FROM age(r.done_on, c.birth_on))::int BETWEEN s.age_from AND s.age_to
      LEFT JOIN ej.gto_norm AS n ON n.gto_step_id = s.id AND n.sex = c.sex AND n.gto_test_id = r.gto_test_id;
END
$$;

-- The best attempt of each pupil in each test of each step.
CREATE OR REPLACE FUNCTION ej.gto_best(pupil_ids bigint[])
RETURNS TABLE (pupil_id bigint, gto_step_id bigint, step_no int, gto_test_id bigint, done_on date, value numeric,
               quality text, is_obligatory boolean, is_less boolean, unit text, bronze numeric, silver numeric,
               gold numeric, level text)
LANGUAGE sql STABLE ROWS 300 SET search_path = ej, pg_temp AS $$
    SELECT DISTINCT ON (f.pupil_id, f.gto_step_id, f.gto_test_id)
           f.pupil_id, f.gto_step_id, f.step_no, f.gto_test_id, f.done_on, f.value, f.quality, f.is_obligatory,
           f.is_less, f.unit, f.bronze, f.silver, f.gold, f.level
      FROM ej.gto_facts(pupil_ids) AS f
     ORDER BY f.pupil_id, f.gto_step_id, f.gto_test_id,
              CASE WHEN f.is_less THEN f.value ELSE -f.value END, f.done_on, f.attempt
$$;

-- The sign that these pupils have earned in each step in which they have results: gold, silver,
-- bronze or none. Of the tests of one quality the best counts; for a sign the step wants a number of
-- obligatory qualities, and with those of choice a number of tests in all.
CREATE OR REPLACE FUNCTION ej.gto_signs(pupil_ids bigint[])
RETURNS TABLE (pupil_id bigint, gto_step_id bigint, step_no int, sign text, obligatory int, tests int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 40 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH quality AS ( -- the best level of each quality
        SELECT b.pupil_id, b.gto_step_id, b.quality, b.is_obligatory, max(ej.gto_rank(b.level)) AS rank
          FROM ej.gto_best(pupil_ids) AS b
         WHERE b.quality IS NOT NULL GROUP BY 1, 2, 3, 4
    ), reached AS (
        SELECT q.pupil_id, q.gto_step_id, l.rank,
               count(*) FILTER (WHERE q.is_obligatory AND q.rank >= l.rank)::int AS obligatory,
               count(*) FILTER (WHERE q.rank >= l.rank)::int AS tests
          FROM quality AS q, generate_series(1, 3) AS l(rank) GROUP BY 1, 2, 3
    )
    SELECT r.pupil_id, s.id, s.step_no,
           (ARRAY['none', 'bronze', 'silver', 'gold'])[1 + max(CASE
               WHEN r.obligatory >= s.obligatory
                AND r.tests >= (ARRAY[s.bronze_tests, s.silver_tests, s.gold_tests])[r.rank] THEN r.rank ELSE 0 END)],
           max(r.obligatory) FILTER (WHERE r.rank = 1), max(r.tests) FILTER (WHERE r.rank = 1)
      FROM reached AS r JOIN ej.gto_step AS s ON s.id = r.gto_step_id
     GROUP BY 1, 2, 3;
END
$$;

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace
                AND p.proname IN ('gto_readable', 'gto_steps_of', 'gto_facts', 'gto_signs')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_web', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION ej.gto_best(bigint[]), ej.gto_rank(text),
    ej.gto_level(numeric, boolean, numeric, numeric, numeric) TO ej_web, ej_rights;
