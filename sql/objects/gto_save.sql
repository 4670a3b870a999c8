-- gto_save.sql: saving results of ГТО: the cells of a class on one day.
--
-- A cell has up to three attempts, as they are written on paper: «9,2/9,4». It is compared as
-- numbers, so that «9,20» is no other value than «9,2».

-- The attempts of a typed cell; NULL when one of them is no result of the test.
CREATE OR REPLACE FUNCTION ej.gto_attempts(typed text, unit text, most numeric) RETURNS numeric[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN typed = '' THEN '{}'::numeric[]
                WHEN count(*) <= 3 AND bool_and(a.number IS NOT NULL) THEN array_agg(a.number ORDER BY a.n) END
      FROM (SELECT p.n, ej.gto_number(btrim(p.part), unit, most) AS number
              FROM string_to_table(typed, '/') WITH ORDINALITY AS p(part, n)) AS a
$$;

-- The attempts of a cell as text.
CREATE OR REPLACE FUNCTION ej.gto_cell(attempts numeric[], unit text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(ej.gto_text(a.value, unit), '/' ORDER BY a.n), '')
      FROM unnest(attempts) WITH ORDINALITY AS a(value, n)
$$;

-- Why a pupil's result of that day is refused: JE240 the pupil is in no class, JE245 no physician's
-- admission covers the day; NULL: it is taken.
CREATE OR REPLACE FUNCTION ej.gto_refusal(pupil_id bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN NOT EXISTS (SELECT FROM ej.enrolment AS e
                                  WHERE e.pupil_id = gto_refusal.pupil_id AND e.during @> day) THEN 'JE240'
                WHEN NOT EXISTS (SELECT FROM ej.health_group AS h WHERE h.pupil_id = gto_refusal.pupil_id
                                    AND h.during @> day AND h.is_gto_allowed) THEN 'JE245' END;
END
$$;
GRANT EXECUTE ON FUNCTION ej.gto_refusal(bigint, date) TO ej_rights;
GRANT SELECT ON ej.health_group, ej.gto_result TO ej_rule;

-- The same of those of these pupils whose results the reader may read.
CREATE OR REPLACE FUNCTION ej.gto_refusals(pupil_ids bigint[], day date) RETURNS TABLE (pupil_id bigint, refusal text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 40 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT u.id, ej.gto_refusal(u.id, day) FROM unnest(ej.gto_readable(pupil_ids)) AS u(id);
END
$$;
ALTER FUNCTION ej.gto_refusals(bigint[], date) OWNER TO ej_rights;

-- Save the results of a day of pupils of a class; returns the outcome of each cell.
-- Errors: JE401 no such class, or none whose pupils the reader teaches physical education;
-- JE247 the day is still to come.
CREATE OR REPLACE FUNCTION ej.gto_save(class_id bigint, done_on date, test_ids bigint[], pupil_ids bigint[],
    olds text[], vals text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    outcomes jsonb;
BEGIN
    PERFORM FROM ej.class AS c WHERE c.id = gto_save.class_id AND c.school_id = ANY (ej.my_gto_module());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such class' USING ERRCODE = 'JE401';
    ELSIF done_on > ej.my_today() THEN
        RAISE EXCEPTION 'a day to come' USING ERRCODE = 'JE247', COLUMN = 'done_on';
    END IF;
    PERFORM pg_advisory_xact_lock(93, hashint8(class_id)); -- two savers of one class, one after the other
    outcomes := (
        WITH cell AS (
            SELECT u.n, u.pupil_id, u.test_id, t.unit, ej.gto_attempts(btrim(coalesce(u.old, '')), t.unit, t.most)
                AS was,
                   ej.gto_attempts(btrim(coalesce(u.value, '')), t.unit, t.most) AS new,
                   ARRAY(SELECT r.value FROM ej.gto_result AS r
                          WHERE r.pupil_id = u.pupil_id AND r.done_on = gto_save.done_on AND r.gto_test_id = u.test_id
                          ORDER BY r.attempt) AS stored,
                   x.refusal
              FROM unnest(test_ids, pupil_ids, olds, vals) WITH ORDINALITY AS u(test_id, pupil_id, old, value, n)
              LEFT JOIN ej.gto_tests() AS t ON t.gto_test_id = u.test_id
              LEFT JOIN (SELECT r.* FROM ej.gto_refusals(pupil_ids, gto_save.done_on) AS r) AS x
                  ON x.pupil_id = u.pupil_id
        )
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('n', c.n, 'field', 'value', 'row', jsonb_build_object(
                     'pupil_id', c.pupil_id, 'gto_test_id', c.test_id, 'new', to_jsonb(c.new)))
                 || CASE WHEN c.unit IS NULL OR c.pupil_id <> ALL (ej.my_pe_pupils())
                         THEN jsonb_build_object('outcome', 'bad', 'code', 'JE202')
                         WHEN c.new IS NULL THEN jsonb_build_object('outcome', 'bad', 'code', 'JE246')
                         WHEN c.new = c.stored THEN jsonb_build_object('outcome', 'saved')
                         WHEN c.refusal IS NOT NULL AND c.new <> '{}'
                         THEN jsonb_build_object('outcome', 'bad', 'code', c.refusal)
                         WHEN c.stored IS DISTINCT FROM c.was
                         THEN jsonb_build_object('outcome', 'conflict', 'code', 'JE210',
                                  'value', ej.gto_cell(c.stored, c.unit), 'who', w.who, 'at', w.at)
                         ELSE jsonb_build_object('outcome', 'saved') END) ORDER BY c.n)
          FROM cell AS c
          LEFT JOIN LATERAL (SELECT x.who, x.at FROM ej.gto_result AS r, ej.last_change('gto_result', ARRAY[r.id]) AS x
                              WHERE r.pupil_id = c.pupil_id AND r.done_on = gto_save.done_on
                                AND r.gto_test_id = c.test_id AND c.stored IS DISTINCT FROM c.was
                              ORDER BY x.at DESC LIMIT 1) AS w ON true);
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.gto_write(done_on, outcomes);
    END IF;
    RETURN outcomes;
END
$$;

-- Write the saved cells of these outcomes.
CREATE OR REPLACE FUNCTION ej.gto_write(done_on date, outcomes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    me bigint := (ej.my_staff())[1];
BEGIN
    DELETE FROM ej.gto_result AS r USING jsonb_array_elements(outcomes) AS o(one)
     WHERE o.one ->> 'outcome' = 'saved' AND r.done_on = gto_write.done_on
       AND r.pupil_id = (o.one #>> '{row,pupil_id}')::bigint AND r.gto_test_id = (o.one #>> '{row,gto_test_id}')::bigint
       AND r.attempt > jsonb_array_length(o.one #> '{row,new}');
    WITH new AS (
        SELECT (o.one #>> '{row,pupil_id}')::bigint AS pupil_id, (o.one #>> '{row,gto_test_id}')::bigint AS test_id,
               a.n::int AS attempt, a.value::numeric AS value
          FROM jsonb_array_elements(outcomes) AS o(one),
               jsonb_array_elements_text(o.one #> '{row,new}') WITH ORDINALITY AS a(value, n)
         WHERE o.one ->> 'outcome' = 'saved'
    ), changed AS (
        UPDATE ej.gto_result AS r SET value = n.value FROM new AS n
         WHERE r.pupil_id = n.pupil_id AND r.done_on = gto_write.done_on AND r.gto_test_id = n.test_id
           AND r.attempt = n.attempt AND r.value <> n.value
    )
    INSERT INTO ej.gto_result (school_id, pupil_id, gto_test_id, done_on, attempt, value, staff_id)
    SELECT p.school_id, n.pupil_id, n.test_id, gto_write.done_on, n.attempt, n.value, me
      FROM new AS n JOIN ej.pupil AS p ON p.id = n.pupil_id
     WHERE NOT EXISTS (SELECT FROM ej.gto_result AS r
                        WHERE r.pupil_id = n.pupil_id AND r.done_on = gto_write.done_on AND r.gto_test_id = n.test_id
                          AND r.attempt = n.attempt);
END
$$;

-- Refuse a result that nobody may enter, whichever way it is written: without admission, of a day to
-- come, out of range (trigger).
CREATE OR REPLACE FUNCTION ej.rule_gto() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    code text;
BEGIN
    code := (SELECT min(CASE WHEN n.done_on > ej.today(n.school_id) THEN 'JE247'
                             WHEN n.value > t.most OR n.value < -t.most OR t.unit IN ('s', 'min') AND n.value <= 0
                             THEN 'JE246'
                             ELSE ej.gto_refusal(n.pupil_id, n.done_on) END)
               FROM new_rows AS n JOIN ej.gto_test AS t ON t.id = n.gto_test_id);
    IF code IS NOT NULL THEN
        RAISE EXCEPTION 'a result that is not taken' USING ERRCODE = code, COLUMN = 'value';
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.drop_triggers('gto');
SELECT ej.watch('gto', 'gto_result', 'rule_gto', 'insert', 'update');

GRANT EXECUTE ON FUNCTION ej.gto_attempts(text, text, numeric), ej.gto_cell(numeric[], text),
    ej.gto_refusals(bigint[], date),
    ej.gto_save(bigint, date, bigint[], bigint[], text[], text[]), ej.gto_write(date, jsonb) TO ej_web;
