-- imports_lists.sql: the lists that a file may fill: finding the row of the list for a row of the
-- file, and writing it. The columns of the lists: imports_columns.sql.
--
-- Each list has the column «№ в журнале»: the id of a row, which an exported file has. With
-- an id the row is recognised by it, whatever else was changed; without an id by the row's
-- key: a room, subject or class by its name, staff by the full name, load by group and subject.
-- Payments have no such column: imports_payments.sql.
-- The norms of ГТО have the key alone: gto_import.sql.

-- The table of a list whose rows are rows of one table.
CREATE OR REPLACE FUNCTION ej.import_table(kind text) RETURNS regclass
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT CASE kind WHEN 'rooms' THEN 'ej.room' WHEN 'subjects' THEN 'ej.subject' WHEN 'staff' THEN 'ej.staff'
                 WHEN 'classes' THEN 'ej.class' WHEN 'load' THEN 'ej.teaching'
                 WHEN 'curricula' THEN 'ej.curriculum' WHEN 'payments' THEN 'ej.meal_payment' END::regclass
$$;

-- The schools (at most one, in which the reader works) whose list of this kind the reader
-- writes: the same as the policies say.
CREATE OR REPLACE FUNCTION ej.import_schools(kind text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN kind = 'staff'
                THEN ARRAY(SELECT DISTINCT unnest(ej.my_hr_schools() || ej.my_admin_schools()))
                WHEN kind = 'pupils' THEN ej.my_admin_schools()
                WHEN kind = 'payments'
                THEN ARRAY(SELECT unnest(ej.my_meals_schools()) INTERSECT SELECT unnest(ej.my_meals_module()))
                WHEN kind = 'norms' THEN ej.gto_import_schools()
                WHEN kind = 'marksheet' THEN ej.my_staff_schools() -- whose journal: marksheets.sql
                ELSE ej.my_setup_schools() END;
END
$$;

-- The rows of a list by id, as objects of their columns.
CREATE OR REPLACE FUNCTION ej.import_stored(kind text, ids bigint[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    stored jsonb;
BEGIN
    IF kind = 'norms' THEN
        RETURN ej.gto_import_stored(ids);
    END IF;
    EXECUTE format('SELECT coalesce(jsonb_object_agg(r.id, to_jsonb(r)), ''{}'')
                      FROM %s AS r WHERE r.id = ANY ($1)', ej.import_table(kind))
       INTO stored USING ids;
    RETURN stored;
END
$$;

-- Write rows that ej.import_compare has made.
CREATE OR REPLACE FUNCTION ej.import_write(kind text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF kind = 'pupils' THEN
        PERFORM ej.import_write_pupils(rows);
    ELSIF kind = 'norms' THEN
        PERFORM ej.gto_import_write(rows);
    ELSE
        PERFORM ej.import_write_rows(ej.import_table(kind), rows);
    END IF;
END
$$;

-- ----------------------------------------------------- recognising a row ---

-- The rows with their id, name, key and the columns of the table.
CREATE OR REPLACE FUNCTION ej.import_resolve(kind text, rows jsonb, answers jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE kind WHEN 'pupils' THEN ej.import_resolve_pupils(rows, answers)
                     WHEN 'staff' THEN ej.import_resolve_staff(rows, answers)
                     WHEN 'payments' THEN ej.import_resolve_payments(rows, answers)
                     WHEN 'classes' THEN ej.import_resolve_classes(rows)
                     WHEN 'load' THEN ej.import_resolve_load(kind, rows)
                     WHEN 'curricula' THEN ej.import_resolve_load(kind, rows)
                     WHEN 'norms' THEN ej.gto_import_resolve(rows)
                     ELSE ej.import_resolve_named(kind, rows) END;
END
$$;

-- One row, resolved. id: found by the row's key; an id in the file is used instead, and must
-- be one of ids. vals: the columns of the table; fault: what is wrong with the row as a whole,
-- returned if its cells were right.
CREATE OR REPLACE FUNCTION ej.import_resolved(
    item jsonb, ids bigint[], id bigint, name text, key_field text, vals jsonb, fault jsonb DEFAULT NULL)
RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
SELECT (item - 'values')
    || jsonb_build_object(
           'values', coalesce(vals, '{}'),
           'name', coalesce(name, ''),
           'key_field', key_field)
    || jsonb_strip_nulls(jsonb_build_object(
           'id', coalesce((item -> 'values' ->> 'id')::bigint, id),
           'key', coalesce(
               item -> 'values' ->> 'id',
               id::text,
               nullif(concat_ws(', ', name, item -> 'values' ->> 'post'), '')),
           'fault', coalesce(
               item -> 'fault',
               -- NULL <> ALL ('{}') is true
               CASE WHEN item -> 'values' ->> 'id' IS NOT NULL
                     AND (item -> 'values' ->> 'id')::bigint <> ALL (ids)
                    THEN jsonb_build_object('field', 'id', 'code', 'JE401', 'value', item -> 'values' -> 'id') END,
               fault)))
$$;

-- Rooms and subjects have the columns of their tables, and are known by their names.
CREATE OR REPLACE FUNCTION ej.import_resolve_named(kind text, rows jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    named jsonb;
BEGIN
    EXECUTE format('SELECT coalesce(jsonb_object_agg(r.name, r.id), ''{}'')
                      FROM %s AS r WHERE r.school_id = ANY ($1)', ej.import_table(kind))
       INTO named USING ej.import_schools(kind);
    RETURN (SELECT coalesce(jsonb_agg(ej.import_resolved(
                       r.item,
                       ARRAY(SELECT v::bigint FROM jsonb_each_text(named) AS x(k, v)),
                       (named ->> (r.item -> 'values' ->> 'name'))::bigint,
                       r.item -> 'values' ->> 'name',
                       'name',
                       (r.item -> 'values') - 'id') ORDER BY r.n), '[]')
              FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n));
END
$$;

-- The year whose classes and load a file has: the present one, or in summer the next.
CREATE OR REPLACE FUNCTION ej.import_year() RETURNS int
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT min(y.year) FROM ej.school_year AS y
 WHERE y.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND upper(y.during) > ej.today(y.school_id)
$$;

-- A name without signs, small: «Иванова М. П.» is ивановамп.
CREATE OR REPLACE FUNCTION ej.import_word(words text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT regexp_replace(translate(lower(words), 'ё', 'е'), '[\s.,«»"-]', '', 'g')
$$;

-- The present staff by the ways in which a file may name them: by full name, by surname and
-- initials. id is NULL when several have the name.
CREATE OR REPLACE FUNCTION ej.import_staff() RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_object_agg(x.word, x.id), '{}')
  FROM (SELECT w.word, CASE WHEN count(DISTINCT s.id) = 1 THEN min(s.id) END AS id
          FROM ej.staff AS s
         CROSS JOIN LATERAL (VALUES (ej.import_word(s.surname || s.given_name || s.patronymic)),
                                    (ej.import_word(s.surname || left(s.given_name, 1)
                                                    || left(s.patronymic, 1)))) AS w(word)
         WHERE s.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
           AND s.during @> (SELECT ej.today((ej.my_setup_schools())[1]))
         GROUP BY w.word) AS x
$$;

-- Staff are known by their full names. Where several have the name, the post decides, and
-- then the reader: the fault has the choices.
CREATE OR REPLACE FUNCTION ej.import_resolve_staff(rows jsonb, answers jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH staff AS MATERIALIZED (
    SELECT s.id, s.post, s.during, ej.import_word(s.surname || s.given_name || s.patronymic) AS word,
           concat_ws(', ', concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, '')),
                     nullif(s.post, '')) AS name
      FROM ej.staff AS s WHERE s.school_id = ANY ((SELECT ej.import_schools('staff'))::bigint[])
), row AS MATERIALIZED (
    SELECT r.n, r.item, r.item -> 'values' AS v, x.part,
           coalesce(r.item -> 'values' ->> 'surname', x.part[1], '') AS surname,
           coalesce(r.item -> 'values' ->> 'given_name', x.part[2], '') AS given_name,
           coalesce(r.item -> 'values' ->> 'patronymic', array_to_string(x.part[3:], ' '), '') AS patronymic
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
     CROSS JOIN LATERAL (SELECT regexp_split_to_array(btrim(r.item -> 'values' ->> 'full_name'), '\s+') AS part) AS x
), found AS MATERIALIZED (
    SELECT r.n,
           array_agg(s.id ORDER BY s.id) AS ids,
           array_agg(s.id) FILTER (WHERE s.post = r.v ->> 'post') AS with_post,
           jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) ORDER BY s.id) AS choices
      FROM row AS r JOIN staff AS s ON s.word = ej.import_word(r.surname || r.given_name || r.patronymic)
     GROUP BY r.n
), known AS (
    SELECT r.*, f.choices,
           CASE WHEN cardinality(f.ids) = 1 THEN f.ids[1]
                WHEN cardinality(f.with_post) = 1 THEN f.with_post[1]
                ELSE (answers ->> ((r.item ->> 'line') || '.surname'))::bigint END AS id
      FROM row AS r LEFT JOIN found AS f USING (n)
)
SELECT coalesce(jsonb_agg(ej.import_resolved(
           k.item,
           ARRAY(SELECT s.id FROM staff AS s),
           nullif(k.id, 0),
           concat_ws(' ', nullif(k.surname, ''), nullif(k.given_name, ''), nullif(k.patronymic, '')),
           NULL,
           (k.v - '{id,full_name,from_on,till_on}'::text[])
           || CASE WHEN k.part IS NULL THEN '{}'
                   ELSE jsonb_build_object(
                       'surname', k.surname,
                       'given_name', k.given_name,
                       'patronymic', k.patronymic) END
           || CASE WHEN NOT k.v ?| '{from_on,till_on}' OR d.from_on > d.till_on THEN '{}'
                   ELSE jsonb_build_object('during', daterange(d.from_on, d.till_on, '[]')) END,
           CASE WHEN k.surname = '' AND NOT k.v ? 'id'
                THEN '{"field": "surname", "code": "JE101"}'
                WHEN k.given_name = '' AND NOT k.v ? 'id'
                THEN '{"field": "given_name", "code": "JE101"}'
                WHEN d.from_on > d.till_on
                THEN jsonb_build_object('field', 'till_on', 'value', k.v -> 'till_on', 'code', 'JE132')
                WHEN NOT k.v ? 'id' AND k.choices IS NOT NULL AND k.id IS NULL
                THEN jsonb_build_object('field', 'surname', 'code', 'JE217', 'choices', k.choices) END)
           ORDER BY k.n), '[]')
  FROM known AS k
  LEFT JOIN staff AS s ON s.id = coalesce((k.v ->> 'id')::bigint, k.id)
 CROSS JOIN LATERAL (
    SELECT CASE WHEN k.v ? 'from_on' THEN (k.v ->> 'from_on')::date ELSE lower(s.during) END AS from_on,
           CASE WHEN k.v ? 'till_on' THEN (k.v ->> 'till_on')::date ELSE upper(s.during) - 1 END AS till_on) AS d
$$;

-- Classes are known by grade and letter; the class teacher is one of the staff, the terms are
-- a plan by its name, or else that of the grade (ej.term_plan_of).
CREATE OR REPLACE FUNCTION ej.import_resolve_classes(rows jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH target AS MATERIALIZED (
    SELECT ej.import_year() AS year, ej.import_staff() AS staff, (ej.my_setup_schools())[1] AS school_id
), class AS MATERIALIZED (
    SELECT c.id, c.grade, c.letter FROM ej.class AS c, target AS h
     WHERE c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND c.year = h.year
), plan AS MATERIALIZED (
    SELECT p.id, p.name FROM ej.term_plan AS p, target AS h
     WHERE p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND p.year = h.year
), row AS MATERIALIZED (
    SELECT r.n, r.item, r.item -> 'values' AS v, x.part[1]::int AS grade, upper(x.part[2]) AS letter,
           h.staff -> ej.import_word(r.item -> 'values' ->> 'class_teacher') AS teacher, h.year, h.school_id
      FROM target AS h, jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
     CROSS JOIN LATERAL (
        SELECT regexp_match(r.item -> 'values' ->> 'name',
                            '^(\d{1,2})\s*-?\s*[«"]?([[:alpha:]]{1,10})[»"]?$') AS part) AS x
), planned AS (
    SELECT r.*,
           CASE WHEN r.v ->> 'term_plan' <> ''
                THEN (SELECT p.id FROM plan AS p WHERE ej.import_word(p.name) = ej.import_word(r.v ->> 'term_plan'))
                ELSE ej.term_plan_of(r.school_id, r.year, r.grade) END AS plan_id
      FROM row AS r
)
SELECT coalesce(jsonb_agg(ej.import_resolved(
           p.item,
           ARRAY(SELECT c.id FROM class AS c),
           c.id,
           coalesce(p.grade || p.letter, p.v ->> 'name'),
           'name',
           jsonb_build_object('year', p.year, 'grade', p.grade, 'letter', p.letter)
           || CASE WHEN p.v ? 'class_teacher' THEN jsonb_build_object('class_teacher_id', p.teacher) ELSE '{}' END
           || CASE WHEN p.v ? 'week_days' THEN jsonb_build_object('week_days', p.v ->> 'week_days') ELSE '{}' END
           || CASE WHEN c.id IS NULL OR p.v ->> 'term_plan' <> ''
                   THEN jsonb_build_object('term_plan_id', p.plan_id) ELSE '{}' END,
           CASE WHEN p.grade IS NULL
                THEN jsonb_build_object('field', 'name', 'value', p.v -> 'name',
                                        'code', CASE p.v ->> 'name' WHEN '' THEN 'JE101' ELSE 'JE102' END)
                WHEN p.v ->> 'class_teacher' <> '' AND p.teacher IS NULL OR p.teacher = 'null'
                THEN jsonb_build_object('field', 'class_teacher', 'value', p.v -> 'class_teacher', 'code', 'JE401')
                WHEN p.plan_id IS NULL
                THEN jsonb_build_object('field', 'term_plan', 'value', p.v -> 'term_plan', 'code', 'JE401') END)
           ORDER BY p.n), '[]')
  FROM planned AS p
  LEFT JOIN class AS c ON c.grade = p.grade AND c.letter = p.letter
$$;

-- Rows of a curriculum (hours a week of a subject for a group) and of the load (who teaches
-- them) are known by group and subject. A new teaching gets the scales of the school's rules
-- (ej.scales_for).
CREATE OR REPLACE FUNCTION ej.import_resolve_load(kind text, rows jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH target AS MATERIALIZED (
    SELECT ej.import_year() AS year, ej.import_staff() AS staff
), study_group AS MATERIALIZED (
    SELECT ej.import_word(g.name) AS word, min(g.id) AS id FROM ej.study_group AS g, target AS h
     WHERE g.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND g.year = h.year GROUP BY 1
), subject AS MATERIALIZED (
    SELECT w.word, min(u.id) AS id FROM ej.subject AS u
     CROSS JOIN LATERAL (VALUES (ej.import_word(u.name)), (ej.import_word(u.short_name))) AS w(word)
     WHERE u.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) GROUP BY 1 HAVING count(DISTINCT u.id) = 1
), teaching AS MATERIALIZED (
    SELECT t.id, t.study_group_id, t.subject_id FROM ej.teaching AS t, target AS h
     WHERE t.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND t.year = h.year AND kind = 'load'
     UNION ALL
    SELECT c.id, c.study_group_id, c.subject_id FROM ej.curriculum AS c JOIN study_group AS g ON g.id = c.study_group_id
     WHERE c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND kind = 'curricula'
), row AS MATERIALIZED (
    SELECT r.n, r.item, r.item -> 'values' AS v, h.year, g.id AS study_group_id, u.id AS subject_id,
           h.staff -> ej.import_word(r.item -> 'values' ->> 'staff') AS staff_id
      FROM target AS h
     CROSS JOIN jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
      LEFT JOIN study_group AS g ON g.word = ej.import_word(r.item -> 'values' ->> 'study_group')
      LEFT JOIN subject AS u ON u.word = ej.import_word(r.item -> 'values' ->> 'subject')
)
SELECT coalesce(jsonb_agg(ej.import_resolved(
           r.item,
           ARRAY(SELECT t.id FROM teaching AS t),
           t.id,
           concat_ws(', ', r.v ->> 'study_group', r.v ->> 'subject'),
           'subject',
           jsonb_build_object('study_group_id', r.study_group_id, 'subject_id', r.subject_id)
           || CASE kind WHEN 'load' THEN jsonb_build_object('year', r.year) ELSE '{}' END
           || CASE WHEN r.v ? 'staff' THEN jsonb_build_object('staff_id', r.staff_id) ELSE '{}' END
           || CASE WHEN r.v ? 'hours_week' THEN jsonb_build_object('hours_week', r.v -> 'hours_week') ELSE '{}' END
           || CASE WHEN t.id IS NULL AND kind = 'load'
                   THEN coalesce((SELECT to_jsonb(s) FROM ej.scales_for(r.study_group_id, r.subject_id) AS s), '{}')
                   ELSE '{}' END,
           CASE WHEN r.study_group_id IS NULL
                THEN jsonb_build_object('field', 'study_group', 'value', r.v -> 'study_group', 'code', 'JE401')
                WHEN r.subject_id IS NULL
                THEN jsonb_build_object('field', 'subject', 'value', r.v -> 'subject', 'code', 'JE401')
                WHEN r.v ? 'staff' AND (r.staff_id IS NULL OR r.staff_id = 'null')
                THEN jsonb_build_object('field', 'staff', 'value', r.v -> 'staff', 'code', 'JE401')
           END) ORDER BY r.n), '[]')
  FROM row AS r
  LEFT JOIN teaching AS t ON t.study_group_id = r.study_group_id AND t.subject_id = r.subject_id
$$;

-- ------------------------------------------------------------ the export ---

-- The word of a choice, as an export has it.
CREATE OR REPLACE FUNCTION ej.import_choice(kind text, field text, value text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT w.key FROM ej.import_fields(import_choice.kind) AS f, jsonb_each_text(f.words) AS w
 WHERE f.field = import_choice.field AND w.value = import_choice.value AND w.key NOT IN ('', '+') ORDER BY w.key LIMIT 1
$$;

-- The rows of a list with the columns of its import (those that have an example), as texts,
-- for those who may change the list.
CREATE OR REPLACE FUNCTION ej.import_export(kind text) RETURNS TABLE (cells text[])
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.import_schools(kind);
BEGIN
    CASE kind
    WHEN 'rooms' THEN RETURN QUERY
        SELECT ARRAY[r.id::text, r.name, w.kind, r.capacity::text,
                     CASE WHEN r.is_shared THEN 'да' ELSE 'нет' END, r.ended_on::text, r.reason]
          FROM ej.room AS r
          LEFT JOIN (
            SELECT k.value, ej.import_choice('rooms', 'kind', k.value) AS kind
              FROM (SELECT DISTINCT r.kind::text AS value
                      FROM ej.room AS r WHERE r.school_id = ANY (schools)) AS k) AS w ON w.value = r.kind
         WHERE r.school_id = ANY (schools)
         ORDER BY substring(r.name FROM '^\d+')::numeric, r.name;
    WHEN 'subjects' THEN RETURN QUERY
        SELECT ARRAY[s.id::text, s.name, s.short_name, s.order_no::text,
                     CASE WHEN s.is_pe THEN 'да' ELSE 'нет' END]
          FROM ej.subject AS s
         WHERE s.school_id = ANY (schools)
         ORDER BY s.order_no, s.name;
    WHEN 'staff' THEN RETURN QUERY
        SELECT ARRAY[s.id::text, s.surname, s.given_name, s.patronymic, s.post,
                     lower(s.during)::text, (upper(s.during) - 1)::text]
          FROM ej.staff AS s
         WHERE s.school_id = ANY (schools)
         ORDER BY s.surname, s.given_name, s.patronymic, s.id;
    WHEN 'classes' THEN RETURN QUERY
        SELECT ARRAY[c.id::text, c.name, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')),
                     c.week_days::text, p.name]
          FROM ej.class AS c
          JOIN ej.term_plan AS p ON p.id = c.term_plan_id
          LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
         WHERE c.school_id = ANY (schools) AND c.year = (SELECT ej.import_year())
         ORDER BY c.grade, c.letter;
    WHEN 'load' THEN RETURN QUERY
        SELECT ARRAY[t.id::text, g.name, u.name,
                     concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')), t.hours_week::text]
          FROM ej.teaching AS t
          JOIN ej.study_group AS g ON g.id = t.study_group_id
          JOIN ej.subject AS u ON u.id = t.subject_id
          JOIN ej.staff AS f ON f.id = t.staff_id
         WHERE t.school_id = ANY (schools) AND t.year = (SELECT ej.import_year())
         ORDER BY substring(g.name FROM '^\d+')::numeric, g.name, u.order_no, u.name;
    WHEN 'curricula' THEN RETURN QUERY
        SELECT ARRAY[c.id::text, g.name, u.name, c.hours_week::text]
          FROM ej.curriculum AS c
          JOIN ej.study_group AS g ON g.id = c.study_group_id
          JOIN ej.subject AS u ON u.id = c.subject_id
         WHERE c.school_id = ANY (schools) AND g.year = (SELECT ej.import_year())
         ORDER BY substring(g.name FROM '^\d+')::numeric, g.name, u.order_no, u.name;
    WHEN 'pupils' THEN RETURN QUERY SELECT p.cells FROM ej.import_export_pupils() AS p;
    WHEN 'payments' THEN RETURN QUERY
        SELECT ARRAY[y.pupil_id::text, p.name, p.class_name, y.paid_on::text, y.amount::text, y.document, y.reason]
          FROM ej.meal_payment AS y JOIN ej.import_payers() AS p ON p.pupil_id = y.pupil_id
         WHERE y.school_id = ANY (schools)
         ORDER BY y.paid_on DESC, y.id DESC;
    WHEN 'norms' THEN RETURN QUERY SELECT n.cells FROM ej.gto_import_export() AS n;
    ELSE RETURN;
    END CASE;
END
$$;
