-- gto_import.sql: norms of ГТО that a school imports: the list «norms» of imports.sql, with its draft and
-- preview. A row of the file is a norm with its step and edition.
--
-- An edition is known by the day since which it holds. It never changes the level of a result that is
-- already there: while the school has results of that day or a later one, neither is a new edition
-- taken nor are norms of an own one changed (JE248).

GRANT SELECT, INSERT, UPDATE ON ej.gto_edition, ej.gto_step, ej.gto_norm TO ej_rule;

-- The schools whose norms the reader imports: the administrator's, with the section on.
CREATE OR REPLACE FUNCTION ej.gto_import_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT a.id FROM unnest(ej.my_admin_schools()) AS a(id) WHERE a.id = ANY (ej.my_gto_module()));
END
$$;

-- The own norms of the reader's school by these ids, with the columns of a row of the file.
CREATE OR REPLACE FUNCTION ej.gto_import_stored(norm_ids bigint[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(n.id, jsonb_build_object(
                       'edition', e.name, 'since', e.since, 'step_no', s.step_no, 'age_from', s.age_from,
                       'age_to', s.age_to, 'obligatory', s.obligatory, 'bronze_tests', s.bronze_tests,
                       'silver_tests', s.silver_tests, 'gold_tests', s.gold_tests, 'sex', n.sex,
                       'quality', n.quality, 'gto_test_id', n.gto_test_id, 'is_obligatory', n.is_obligatory,
                       'bronze', n.bronze, 'silver', n.silver, 'gold', n.gold, 'source', n.source)), '{}')
              FROM ej.gto_norm AS n
              JOIN ej.gto_step AS s ON s.id = n.gto_step_id
              JOIN ej.gto_edition AS e ON e.id = s.gto_edition_id
             WHERE n.id = ANY (norm_ids) AND e.school_id = ANY (ej.gto_import_schools()));
END
$$;

-- What is wrong with a row whose cells are of the right types: field and code, or NULL. new: its values
-- with the figures as numbers; first: the first row of its step.
CREATE OR REPLACE FUNCTION ej.gto_import_fault(typed jsonb, new jsonb, first jsonb, is_less boolean, is_late boolean)
RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_build_object('field', f.field, 'code', f.code, 'value', coalesce(typed ->> f.field, ''))
  FROM (
    SELECT 1 AS n, k.field, 'JE101' AS code
      FROM unnest('{edition,since,step_no,age_from,age_to,obligatory,bronze_tests,silver_tests,gold_tests,sex,quality,'
                  'test,is_obligatory,source}'::text[]) AS k(field)
     WHERE coalesce(typed ->> k.field, '') = ''
    UNION ALL
    SELECT 2, k.field, 'JE102'
      FROM (VALUES ('step_no', 1, 18), ('age_from', 5, 99), ('age_to', 5, 99), ('obligatory', 0, 9),
                   ('bronze_tests', 1, 9), ('silver_tests', 1, 9), ('gold_tests', 1, 9)) AS k(field, least, most)
     WHERE (typed ->> k.field)::numeric NOT BETWEEN k.least AND k.most
    UNION ALL
    SELECT 3, 'age_to', 'JE102' WHERE (typed ->> 'age_to')::numeric < (typed ->> 'age_from')::numeric
    UNION ALL
    SELECT 4, 'test', 'JE401' WHERE new ->> 'gto_test_id' IS NULL
    UNION ALL
    SELECT 5, k.field, 'JE246' FROM unnest('{bronze,silver,gold}'::text[]) AS k(field)
     WHERE coalesce(typed ->> k.field, '') <> '' AND new ->> k.field IS NULL
    UNION ALL -- a better sign has no worse figure
    SELECT 6, k.better, 'JE102'
      FROM (VALUES ('bronze', 'silver'), ('silver', 'gold'), ('bronze', 'gold')) AS k(worse, better)
     WHERE ((new ->> k.better)::numeric - (new ->> k.worse)::numeric) * CASE WHEN is_less THEN -1 ELSE 1 END < 0
    UNION ALL -- the rows of an edition and of a step agree
    SELECT 7, k.field, 'JE106'
      FROM unnest('{edition,age_from,age_to,obligatory,bronze_tests,silver_tests,gold_tests}'::text[]) AS k(field)
     WHERE typed ->> k.field <> first ->> k.field
    UNION ALL
    SELECT 8, 'since', 'JE248' WHERE is_late) AS f
 ORDER BY f.n LIMIT 1
$$;

-- The rows of a file with their ids, names and the columns that are written; a figure is typed as a result
-- is, by the unit of its test. Tests are known by their names, short names and keys.
CREATE OR REPLACE FUNCTION ej.gto_import_resolve(rows jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.gto_import_schools())[1];
    last   date := (SELECT max(r.done_on) FROM ej.gto_result AS r WHERE r.school_id = school);
BEGIN
    RETURN (
    WITH row AS (
        SELECT r.n, r.item, r.item -> 'values' AS v, t.id AS gto_test_id, t.unit, t.most, t.is_less,
               first_value(r.item -> 'values') OVER (PARTITION BY r.item #>> '{values,since}',
                                                     r.item #>> '{values,step_no}' ORDER BY r.n) AS of_step,
               first_value(r.item #> '{values,edition}') OVER (PARTITION BY r.item #>> '{values,since}' ORDER BY r.n)
                   AS edition
          FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
          LEFT JOIN LATERAL (
            SELECT t.id, t.unit, t.most, t.is_less FROM ej.gto_test AS t
             WHERE ej.import_word(r.item #>> '{values,test}') IN (ej.import_word(t.name), ej.import_word(t.short_name),
                                                                 ej.import_word(t.test_key))
             ORDER BY t.order_no LIMIT 1) AS t ON true
    ), made AS (
        SELECT r.*, (r.v - 'test') || jsonb_build_object(
                   'gto_test_id', r.gto_test_id,
                   'bronze', ej.gto_number(btrim(r.v ->> 'bronze'), r.unit, r.most),
                   'silver', ej.gto_number(btrim(r.v ->> 'silver'), r.unit, r.most),
                   'gold', ej.gto_number(btrim(r.v ->> 'gold'), r.unit, r.most)) AS new
          FROM row AS r
    ), own AS (
        SELECT n.id, e.since, s.step_no, n.sex, n.gto_test_id
          FROM ej.gto_edition AS e
          JOIN ej.gto_step AS s ON s.gto_edition_id = e.id
          JOIN ej.gto_norm AS n ON n.gto_step_id = s.id
         WHERE e.school_id = school
    ), known AS (
        SELECT m.*, o.id FROM made AS m
          LEFT JOIN own AS o ON o.since::text = m.v ->> 'since' AND o.step_no::text = m.v ->> 'step_no'
           AND o.sex = m.v ->> 'sex' AND o.gto_test_id = m.gto_test_id
    )
    SELECT coalesce(jsonb_agg(ej.import_resolved(
               k.item, '{}', k.id,
               concat_ws(', ', (k.v ->> 'step_no') || ' ступень', CASE k.v ->> 'sex' WHEN 'f' THEN 'ж' ELSE 'м' END,
                         k.v ->> 'test', k.v ->> 'since'),
               'test', k.new,
               ej.gto_import_fault(k.v, k.new, k.of_step || jsonb_build_object('edition', k.edition), k.is_less,
                                   (k.v ->> 'since')::date <= last
                                   AND (k.id IS NULL OR ej.gto_import_differs(k.id, k.new)))) ORDER BY k.n), '[]')
      FROM known AS k);
END
$$;

-- Whether a norm of the reader's school is another than this row of the file.
CREATE OR REPLACE FUNCTION ej.gto_import_differs(norm_id bigint, new jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    was jsonb := ej.gto_import_stored(ARRAY[norm_id]) -> norm_id::text;
BEGIN
    RETURN EXISTS (SELECT FROM jsonb_each_text(was) AS w
                    WHERE w.key NOT IN ('source', 'edition')
                      AND CASE WHEN w.key IN ('bronze', 'silver', 'gold')
                               THEN w.value::numeric IS DISTINCT FROM (new ->> w.key)::numeric
                               ELSE w.value IS DISTINCT FROM new ->> w.key END);
END
$$;

-- Write these rows, with their steps and editions. Errors: JE301 the reader imports no norms; JE248 results
-- of these days are there.
CREATE OR REPLACE FUNCTION ej.gto_import_write(rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.gto_import_schools())[1];
    made   jsonb := (SELECT jsonb_agg(r.item -> 'values' || jsonb_build_object('id', r.item -> 'id'))
                       FROM jsonb_array_elements(rows) AS r(item));
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'no norms of the reader' USING ERRCODE = 'JE301';
    ELSIF EXISTS (SELECT FROM jsonb_array_elements(made) AS m(v)
                   WHERE (m.v ->> 'id' IS NULL OR ej.gto_import_differs((m.v ->> 'id')::bigint, m.v))
                     AND EXISTS (SELECT FROM ej.gto_result AS g
                                  WHERE g.school_id = school AND g.done_on >= (m.v ->> 'since')::date)) THEN
        RAISE EXCEPTION 'results of these days are there' USING ERRCODE = 'JE248', COLUMN = 'since';
    END IF;
    INSERT INTO ej.gto_edition AS e (school_id, edition_key, name, since, staff_id)
    SELECT DISTINCT ON (v.since) school, v.since, v.edition, v.since::date, (ej.my_staff())[1]
      FROM jsonb_to_recordset(made) AS v(since text, edition text)
    ON CONFLICT ON CONSTRAINT gto_edition_once DO UPDATE SET name = excluded.name, staff_id = excluded.staff_id;
    INSERT INTO ej.gto_step AS s (gto_edition_id, step_no, age_from, age_to, obligatory, bronze_tests, silver_tests,
                                  gold_tests, source)
    SELECT DISTINCT ON (e.id, v.step_no) e.id, v.step_no, v.age_from, v.age_to, v.obligatory, v.bronze_tests,
           v.silver_tests, v.gold_tests, v.source
      FROM jsonb_to_recordset(made) AS v(since text, step_no int, age_from int, age_to int, obligatory int,
               bronze_tests int, silver_tests int, gold_tests int, source text)
      JOIN ej.gto_edition AS e ON e.school_id = school AND e.edition_key = v.since
    ON CONFLICT ON CONSTRAINT gto_step_once DO UPDATE
       SET age_from = excluded.age_from, age_to = excluded.age_to, obligatory = excluded.obligatory,
           bronze_tests = excluded.bronze_tests, silver_tests = excluded.silver_tests,
           gold_tests = excluded.gold_tests, source = excluded.source;
    INSERT INTO ej.gto_norm AS n (gto_step_id, sex, gto_test_id, quality, is_obligatory, bronze, silver, gold, source)
    SELECT s.id, v.sex, v.gto_test_id, v.quality, v.is_obligatory, v.bronze, v.silver, v.gold, v.source
      FROM jsonb_to_recordset(made) AS v(since text, step_no int, sex text, gto_test_id bigint, quality text,
               is_obligatory boolean, bronze numeric, silver numeric, gold numeric, source text)
      JOIN ej.gto_edition AS e ON e.school_id = school AND e.edition_key = v.since
      JOIN ej.gto_step AS s ON s.gto_edition_id = e.id AND s.step_no = v.step_no
    ON CONFLICT ON CONSTRAINT gto_norm_once DO UPDATE
       SET quality = excluded.quality, is_obligatory = excluded.is_obligatory, bronze = excluded.bronze,
           silver = excluded.silver, gold = excluded.gold, source = excluded.source;
END
$$;

-- The norms of today with the columns of a file, to be changed into a new edition.
CREATE OR REPLACE FUNCTION ej.gto_import_export() RETURNS TABLE (cells text[])
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT ARRAY[e.name, to_char(e.since, 'DD.MM.YYYY'), s.step_no::text, s.age_from::text, s.age_to::text,
                 s.obligatory::text, s.bronze_tests::text, s.silver_tests::text, s.gold_tests::text,
                 CASE n.sex WHEN 'f' THEN 'ж' ELSE 'м' END, q.word, n.test_name,
                 CASE WHEN n.is_obligatory THEN 'да' ELSE 'нет' END,
                 coalesce(ej.gto_text(n.bronze, n.unit), ''), coalesce(ej.gto_text(n.silver, n.unit), ''),
                 coalesce(ej.gto_text(n.gold, n.unit), ''), n.source]
      FROM unnest(ej.gto_import_schools()) AS m(school_id)
     CROSS JOIN LATERAL ej.gto_editions(m.school_id) AS e
     CROSS JOIN LATERAL ej.gto_steps(e.gto_edition_id) AS s
     CROSS JOIN LATERAL ej.gto_norms(e.gto_edition_id, s.step_no) AS n
      JOIN ej.import_fields('norms') AS f ON f.field = 'quality'
      JOIN LATERAL jsonb_each_text(f.words) AS q(word, quality) ON q.quality = n.quality
     WHERE e.gto_edition_id = ej.gto_present()
     ORDER BY s.step_no, n.sex, n.is_obligatory DESC, n.order_no;
END
$$;

-- The columns of the file (imports_columns.sql).
CREATE OR REPLACE FUNCTION ej.import_fields_norms()
RETURNS TABLE (field text, headings text[], type text, words jsonb, example text)
LANGUAGE sql IMMUTABLE AS $$
SELECT f.* FROM (VALUES
    ('edition', '{Редакция,Приказ}'::text[], 'text', NULL::jsonb, 'Минспорт России, приказ № 117 от 22.02.2023'),
    ('since', '{Действует с,Действуют с}', 'date', NULL, '01.09.2027'),
    ('step_no', '{Ступень,Номер ступени}', 'int', NULL, '4'),
    ('age_from', '{Возраст с}', 'int', NULL, '12'),
    ('age_to', '{Возраст по}', 'int', NULL, '13'),
    ('obligatory', '{Обязательных качеств}', 'int', NULL, '4'),
    ('bronze_tests', '{Испытаний на бронзу}', 'int', NULL, '5'),
    ('silver_tests', '{Испытаний на серебро}', 'int', NULL, '5'),
    ('gold_tests', '{Испытаний на золото}', 'int', NULL, '6'),
    ('sex', '{Пол}', 'choice', '{"ж": "f", "женский": "f", "м": "m", "мужской": "m"}', 'ж'),
    ('quality', '{Качество}', 'choice',
     '{"скорость": "speed", "выносливость": "endurance", "сила": "strength", "гибкость": "flexibility",
       "скоростно-силовые": "power", "координация": "coordination", "прикладные навыки": "applied"}',
     'скорость'),
    ('test', '{Испытание,Тест}', 'text', NULL, 'Бег на 60 м'),
    ('is_obligatory', '{Обязательное}', 'choice', '{"да": "true", "+": "true", "нет": "false", "": "false"}', 'да'),
    ('bronze', '{Бронза}', 'text', NULL, '10,9'),
    ('silver', '{Серебро}', 'text', NULL, '10,4'),
    ('gold', '{Золото}', 'text', NULL, '9,5'),
    ('source', '{Источник}', 'text', NULL, 'приказ № 117, приложение № 1')
    ) AS f(field, headings, type, words, example)
$$;

ALTER FUNCTION ej.gto_import_stored(bigint[]) OWNER TO ej_rights;
ALTER FUNCTION ej.gto_import_resolve(jsonb) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.gto_import_stored(bigint[]), ej.gto_import_resolve(jsonb), ej.gto_import_write(jsonb)
    TO ej_web, ej_rule;
