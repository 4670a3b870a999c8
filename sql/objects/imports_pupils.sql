-- imports_pupils.sql: pupils with both parents in one row of a file.
--
-- A pupil is recognised by «№ в журнале», by the СНИЛС, or by full name and day of birth. If
-- the name is the same and a day of birth is missing, the reader is asked. A parent is
-- recognised among the pupil's own guardians by the full name; among those of the school and
-- of the file by the name and the phone number, or, where one has no phone, by the name
-- and a child of the same family name. If only the name is the same, the reader is asked.
-- A pupil who is in no class of the year is enrolled; one who is in another class, or since
-- another day, is refused: that needs an order (movements.sql). Where the class learns already,
-- or the pupil enters after the first day of the year, the enrolment is a movement and needs an
-- order, from the row or from the page (answers -> order); and no pupil enters a journal that
-- is closed. Nobody is removed, and an empty cell leaves what is stored.
--
-- A row, resolved: {line, name, key, done, fault, id, values, was, card, card_was, class_id,
-- from_on, order: {order_no, order_on, reason}, parents: [{slot, id, key, values, was, kind, pair_id, was_kind}]}.

-- A family name without its ending: «Смирнова» and «Смирнов» are one.
CREATE OR REPLACE FUNCTION ej.import_stem(surname text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT regexp_replace(translate(lower(surname), 'ё', 'е'), '(ая|ий|ый|ой|а|я)$', '')
$$;

-- The last ten digits of a phone number; '' for less.
CREATE OR REPLACE FUNCTION ej.import_phone(phone text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(substring(regexp_replace(phone, '\D', '', 'g') FROM '.{10}$'), '')
$$;

-- A СНИЛС as it is stored, 001-002-003 45; without eleven digits it is left as it is.
CREATE OR REPLACE FUNCTION ej.import_snils(snils text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN x.digits ~ '^\d{11}$' THEN regexp_replace(x.digits, '^(...)(...)(...)(..)$', '\1-\2-\3 \4')
            ELSE snils END
  FROM (SELECT regexp_replace(snils, '[\s-]', '', 'g') AS digits) AS x
$$;

-- The pupils of the school, each with the present or next class.
CREATE OR REPLACE FUNCTION ej.import_known_pupils()
RETURNS TABLE (
    id bigint, word text, birth_on date, snils text, pupil jsonb, card jsonb,
    class_id bigint, class_name text, from_on date, name text)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH class AS MATERIALIZED (
    SELECT c.id, c.name FROM ej.class AS c
     WHERE c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
       AND c.year = (SELECT ej.import_year())
), place AS MATERIALIZED (
    SELECT DISTINCT ON (e.pupil_id) e.pupil_id, e.class_id, c.name, lower(e.during) AS from_on
      FROM ej.enrolment AS e JOIN class AS c ON c.id = e.class_id
     WHERE e.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
       AND coalesce(upper(e.during), 'infinity') > (SELECT ej.today((ej.my_admin_schools())[1]))
     ORDER BY e.pupil_id, lower(e.during)
)
SELECT p.id,
       ej.import_word(p.surname || p.given_name || p.patronymic),
       k.birth_on,
       nullif(k.snils, ''),
       to_jsonb(p),
       to_jsonb(k),
       x.class_id, x.name, x.from_on,
       concat_ws(', ',
           concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')),
           to_char(k.birth_on, 'DD.MM.YYYY'),
           x.name)
  FROM ej.pupil AS p
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.id
  LEFT JOIN place AS x ON x.pupil_id = p.id
 WHERE p.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
$$;

-- The guardians of the school, each with the children's ids and the stems of their names.
CREATE OR REPLACE FUNCTION ej.import_known_guardians()
RETURNS TABLE (id bigint, word text, phone text, guardian jsonb, pupils bigint[], stems text[], name text)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
SELECT g.id,
       ej.import_word(g.surname || g.given_name || g.patronymic),
       ej.import_phone(g.phone),
       to_jsonb(g),
       c.pupils,
       coalesce(c.stems, '{}'),
       concat_ws(', ',
           concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')),
           nullif(g.phone, ''),
           c.names)
  FROM ej.guardian AS g
  LEFT JOIN (
    SELECT w.guardian_id,
           array_agg(w.pupil_id) AS pupils,
           array_agg(DISTINCT ej.import_stem(p.surname)) AS stems,
           string_agg(p.surname || ' ' || p.given_name, ', ' ORDER BY p.surname, p.given_name) AS names
      FROM ej.guardianship AS w JOIN ej.pupil AS p ON p.id = w.pupil_id
     WHERE w.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
     GROUP BY w.guardian_id) AS c ON c.guardian_id = g.id
 WHERE g.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
$$;

-- The fields of new that differ in stored, with the stored values. A phone number is the same
-- in any writing, and a name without the dots of its ё.
CREATE OR REPLACE FUNCTION ej.import_changes(stored jsonb, new jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(jsonb_object_agg(n.key, stored -> n.key), '{}')
  FROM jsonb_each_text(new) AS n
 WHERE coalesce(stored ->> n.key, '') <> n.value
   AND NOT CASE n.key
           WHEN 'phone' THEN ej.import_phone(n.value) <> ''
                         AND ej.import_phone(n.value) = ej.import_phone(stored ->> n.key)
           ELSE n.key = ANY ('{surname,given_name,patronymic}')
                AND translate(stored ->> n.key, 'ёЁ', 'еЕ') = n.value END
$$;

-- The rows with their pupils. item: the row as ej.import_read made it; v: its values; names:
-- surname, given_name and patronymic; id: the pupil, 0 for a new one, NULL when unknown;
-- choices: the pupils of the same name, when the reader must choose.
CREATE OR REPLACE FUNCTION ej.import_find_pupils(rows jsonb, answers jsonb)
RETURNS TABLE (n bigint, item jsonb, v jsonb, names jsonb, id bigint, choices jsonb)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH known AS MATERIALIZED (
    SELECT k.id, k.word, k.birth_on, k.snils, k.name FROM ej.import_known_pupils() AS k
), row AS MATERIALIZED (
    SELECT r.n, r.item, r.item -> 'values' AS v,
           CASE WHEN p.part IS NULL THEN r.item -> 'values'
                ELSE jsonb_build_object(
                    'surname', p.part[1],
                    'given_name', coalesce(p.part[2], ''),
                    'patronymic', array_to_string(p.part[3:], ' ')) END AS names
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
     CROSS JOIN LATERAL (
        SELECT regexp_split_to_array(nullif(r.item -> 'values' ->> 'full_name', ''), '\s+') AS part) AS p
), worded AS MATERIALIZED (
    SELECT r.n,
           ej.import_word(concat(r.names ->> 'surname', r.names ->> 'given_name', r.names ->> 'patronymic')) AS word,
           (r.v ->> 'birth_on')::date AS birth_on,
           nullif(ej.import_snils(r.v ->> 'snils'), '') AS snils
      FROM row AS r WHERE NOT r.item ? 'fault'
), alike AS MATERIALIZED (
    SELECT w.n,
           min(k.id) FILTER (WHERE k.birth_on = w.birth_on) AS sure,
           count(*) FILTER (WHERE k.birth_on = w.birth_on) AS times,
           jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name) ORDER BY k.id)
               FILTER (WHERE k.birth_on IS NULL OR w.birth_on IS NULL OR k.birth_on = w.birth_on) AS choices
      FROM worded AS w JOIN known AS k ON k.word = w.word
     GROUP BY w.n
), numbered AS MATERIALIZED (
    SELECT w.n, min(k.id) AS id
      FROM worded AS w JOIN known AS k ON k.snils = w.snils
     GROUP BY w.n
)
SELECT r.n, r.item, r.v, r.names, x.id, CASE WHEN x.id IS NULL THEN a.choices END
  FROM row AS r
  LEFT JOIN numbered AS s USING (n)
  LEFT JOIN alike AS a USING (n)
 CROSS JOIN LATERAL (
    SELECT coalesce((r.v ->> 'id')::bigint,
                    s.id,
                    CASE WHEN a.times = 1 THEN a.sure END,
                    (answers ->> ((r.item ->> 'line') || '.surname'))::bigint) AS id) AS x
$$;

-- The parents of these rows ({n, line, id, v, stem}; id: the pupil's, stem: of the pupil's
-- surname), as import_write_parents writes them, and the first fault of a row.
CREATE OR REPLACE FUNCTION ej.import_find_parents(rows jsonb, answers jsonb)
RETURNS TABLE (n bigint, parents jsonb, fault jsonb)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH known AS MATERIALIZED (
    SELECT k.* FROM ej.import_known_guardians() AS k
), pair AS MATERIALIZED (
    SELECT w.id, w.guardian_id, w.pupil_id, w.kind FROM ej.guardianship AS w
     WHERE w.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
), parent AS MATERIALIZED (
    SELECT (r.item ->> 'n')::bigint AS n,
           (r.item ->> 'line') || '.parent' || s.slot AS question,
           s.slot,
           (r.item ->> 'id')::bigint AS pupil_id,
           r.item ->> 'stem' AS stem,
           p.part,
           ej.import_word(array_to_string(p.part, '')) AS word,
           ej.import_phone(r.item -> 'v' ->> ('phone' || s.slot)) AS phone,
           r.item -> 'v' ->> ('kind' || s.slot) AS kind,
           jsonb_build_object(
               'surname', p.part[1],
               'given_name', p.part[2],
               'patronymic', array_to_string(p.part[3:], ' '))
           || CASE WHEN r.item -> 'v' ->> ('phone' || s.slot) <> ''
                   THEN jsonb_build_object('phone', r.item -> 'v' -> ('phone' || s.slot)) ELSE '{}' END
           || CASE WHEN r.item -> 'v' ->> ('email' || s.slot) <> ''
                   THEN jsonb_build_object('email', r.item -> 'v' -> ('email' || s.slot)) ELSE '{}' END AS values
      FROM jsonb_array_elements(rows) AS r(item)
     CROSS JOIN (VALUES (1), (2)) AS s(slot)
     CROSS JOIN LATERAL (
        SELECT regexp_split_to_array(nullif(r.item -> 'v' ->> ('parent' || s.slot), ''), '\s+') AS part) AS p
     WHERE p.part IS NOT NULL
), alike AS MATERIALIZED (
    SELECT p.n, p.slot,
           min(k.id) FILTER (WHERE p.pupil_id = ANY (k.pupils)) AS own,
           min(k.id) FILTER (WHERE f.is_family) AS family,
           count(*) FILTER (WHERE f.is_family) AS times,
           jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name) ORDER BY k.id) AS choices
      FROM parent AS p JOIN known AS k ON k.word = p.word
     CROSS JOIN LATERAL (
        SELECT CASE WHEN p.phone <> '' AND k.phone <> '' THEN p.phone = k.phone
                    ELSE p.stem = ANY (k.stems) END AS is_family) AS f
     GROUP BY p.n, p.slot
), found AS (
    SELECT p.*, a.choices,
           coalesce(a.own, CASE WHEN a.times = 1 THEN a.family END, (answers ->> p.question)::bigint) AS id
      FROM parent AS p LEFT JOIN alike AS a USING (n, slot)
)
SELECT f.n,
       jsonb_agg(jsonb_build_object(
               'slot', f.slot,
               'id', nullif(f.id, 0),
               'key', f.word || '/' || coalesce(nullif(f.phone, ''), f.stem),
               'values', f.values,
               'was', CASE WHEN k.id IS NULL THEN '{}' ELSE ej.import_changes(k.guardian, f.values) END,
               'pair_id', w.id,
               'was_kind', w.kind,
               'kind', coalesce(f.kind, w.kind,
                   CASE WHEN f.part[3] ~* '(вна|чна|кызы)$' THEN 'mother'
                        WHEN f.part[3] ~* '(ич|оглы)$' THEN 'father'
                        ELSE 'parent' END))
           ORDER BY f.slot),
       (jsonb_agg(
               jsonb_build_object(
                   'field', 'parent' || f.slot,
                   'value', array_to_string(f.part, ' '),
                   'code', c.code)
               || CASE c.code WHEN 'JE217' THEN jsonb_build_object('choices', f.choices) ELSE '{}' END
           ORDER BY f.slot) FILTER (WHERE c.code IS NOT NULL)) -> 0
  FROM found AS f
  LEFT JOIN known AS k ON k.id = f.id
  LEFT JOIN pair AS w ON w.guardian_id = f.id AND w.pupil_id = f.pupil_id
 CROSS JOIN LATERAL (
    SELECT CASE WHEN cardinality(f.part) < 2 THEN 'JE102'
                WHEN f.id IS NULL AND f.choices IS NOT NULL THEN 'JE217' END AS code) AS c
 GROUP BY f.n
$$;

-- The classes of the year: since when they learn, and until when one of their journals is
-- closed.
CREATE OR REPLACE FUNCTION ej.import_classes()
RETURNS TABLE (id bigint, word text, during daterange, is_begun boolean, closed_till date)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
SELECT c.id, ej.import_word(c.name), y.during, coalesce(j.is_begun, false), j.closed_till
  FROM ej.class AS c JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
  LEFT JOIN LATERAL (
    SELECT bool_or(EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = t.id AND l.state = 'given')) AS is_begun,
           max((SELECT max(upper(e.during)) FROM ej.journal AS w JOIN ej.term AS e ON e.id = w.term_id
                 WHERE w.teaching_id = t.id AND w.closed_at IS NOT NULL AND e.is_taught)) AS closed_till
      FROM ej.study_group_class AS x
      JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class'
      JOIN ej.teaching AS t ON t.study_group_id = g.id
     WHERE x.class_id = c.id) AS j ON true
 WHERE c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
   AND c.year = (SELECT ej.import_year())
$$;

-- The rows of pupils with the stored data of each: the pupil (stored: its id, NULL for a new one),
-- the class that the row names and the pupil's present one, the order of enrolment, the parents.
-- was, card_was: the stored values that differ; is_again: an earlier row has the same pupil;
-- is_enrolled: a save would enrol the pupil.
CREATE OR REPLACE FUNCTION ej.import_match_pupils(rows jsonb, answers jsonb)
RETURNS TABLE (
    n bigint, item jsonb, v jsonb, id bigint, stored bigint, choices jsonb, is_unknown boolean,
    stored_class bigint, stored_from date, class_id bigint, during daterange, is_begun boolean, closed_till date,
    from_on date, enrol_order jsonb, names jsonb, was jsonb, card jsonb, card_was jsonb,
    parents jsonb, parent_fault jsonb, is_again boolean, is_enrolled boolean)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH found AS MATERIALIZED (
    SELECT f.* FROM ej.import_find_pupils(rows, answers) AS f
), parent AS MATERIALIZED (
    SELECT p.* FROM ej.import_find_parents((
        SELECT jsonb_agg(jsonb_build_object(
                   'n', f.n,
                   'line', f.item -> 'line',
                   'id', nullif(f.id, 0),
                   'v', f.v,
                   'stem', ej.import_stem(f.names ->> 'surname')))
          FROM found AS f), answers) AS p
), known AS MATERIALIZED (
    SELECT k.* FROM ej.import_known_pupils() AS k
), class AS MATERIALIZED (
    SELECT c.* FROM ej.import_classes() AS c
), row AS MATERIALIZED (
    SELECT f.n, f.item, f.v,
           nullif(f.id, 0) AS id,
           k.id AS stored,
           f.choices,
           f.id IS NULL AS is_unknown,
           k.class_id AS stored_class,
           k.from_on AS stored_from,
           c.id AS class_id,
           c.during, c.is_begun, c.closed_till,
           coalesce((f.v ->> 'from_on')::date, lower(c.during)) AS from_on,
           o.enrol_order,
           n.names,
           CASE WHEN k.id IS NULL THEN '{}' ELSE ej.import_changes(k.pupil, n.names) END AS was,
           x.card,
           CASE WHEN k.card IS NOT NULL THEN ej.import_changes(k.card, x.card) END AS card_was,
           p.parents,
           p.fault AS parent_fault
      FROM found AS f
     CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') AS names
          FROM jsonb_each(f.names) AS e
         WHERE e.key IN ('surname', 'given_name', 'patronymic') AND e.value <> '""') AS n
     CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(e.key,
                   CASE e.key WHEN 'snils' THEN to_jsonb(ej.import_snils(e.value #>> '{}'))
                              ELSE e.value END), '{}') AS card
          FROM jsonb_each(f.v) AS e
         WHERE e.key IN ('birth_on', 'sex', 'snils', 'file_no', 'address', 'contacts')
           AND e.value NOT IN ('""', 'null')) AS x
     CROSS JOIN LATERAL (
        SELECT jsonb_build_object('reason', 'other') || coalesce(answers -> 'order', '{}')
            || coalesce(jsonb_object_agg(e.key, e.value), '{}') AS enrol_order
          FROM jsonb_each(f.v) AS e
         WHERE e.key IN ('order_no', 'order_on', 'reason') AND e.value NOT IN ('""', 'null')) AS o
      LEFT JOIN known AS k ON k.id = f.id
      LEFT JOIN class AS c ON c.word = ej.import_word(f.v ->> 'class')
      LEFT JOIN parent AS p ON p.n = f.n
)
SELECT r.*,
       row_number() OVER (PARTITION BY r.id ORDER BY r.n) > 1 AND r.id IS NOT NULL
       OR row_number() OVER (
              PARTITION BY r.id, ej.import_word(r.names::text), r.card -> 'birth_on'
              ORDER BY r.n) > 1 AND r.id IS NULL AS is_again,
       r.stored_class IS NULL AND r.class_id IS NOT NULL AS is_enrolled
  FROM row AS r
$$;

-- The rows of pupils, resolved and compared with the stored data (the form: above).
CREATE OR REPLACE FUNCTION ej.import_resolve_pupils(rows jsonb, answers jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH judged AS (
    SELECT j.*,
           coalesce(j.item -> 'fault', CASE
               WHEN j.id IS NOT NULL AND j.stored IS NULL
               THEN jsonb_build_object('field', 'id', 'code', 'JE401', 'value', j.v -> 'id')
               WHEN coalesce(j.names ->> 'surname', '') = '' AND j.id IS NULL
               THEN '{"field": "surname", "code": "JE101"}'
               WHEN coalesce(j.names ->> 'given_name', '') = '' AND j.id IS NULL
               THEN '{"field": "given_name", "code": "JE101"}'
               WHEN j.is_unknown AND j.choices IS NOT NULL
               THEN jsonb_build_object('field', 'surname', 'code', 'JE217', 'choices', j.choices)
               WHEN j.is_again
               THEN '{"field": "surname", "code": "JE212"}'
               WHEN j.v ->> 'class' <> '' AND j.class_id IS NULL
               THEN jsonb_build_object('field', 'class', 'code', 'JE401', 'value', j.v -> 'class')
               WHEN j.class_id <> j.stored_class
               THEN jsonb_build_object('field', 'class', 'code', 'JE241', 'value', j.v -> 'class')
               WHEN j.stored_class IS NOT NULL AND (j.v ->> 'from_on')::date <> j.stored_from
               THEN jsonb_build_object('field', 'from_on', 'code', 'JE241', 'value', j.v -> 'from_on')
               WHEN j.is_enrolled AND NOT j.during @> j.from_on
               THEN jsonb_build_object('field', 'from_on', 'code', 'JE171', 'value', j.v -> 'from_on')
               WHEN j.is_enrolled AND j.from_on < j.closed_till
               THEN jsonb_build_object('field', 'from_on', 'code', 'JE201', 'value', j.from_on)
               WHEN j.is_enrolled AND (j.is_begun OR j.from_on > lower(j.during))
                AND NOT j.enrol_order ?& '{order_no,order_on}'
               THEN jsonb_build_object('code', 'JE101', 'field',
                        CASE WHEN j.enrol_order ? 'order_no' THEN 'order_on' ELSE 'order_no' END)
           END, j.parent_fault) AS fault,
           j.was <> '{}' AND j.stored IS NOT NULL
           OR j.card_was <> '{}'
           OR j.card_was IS NULL AND j.card <> '{}'
           OR j.is_enrolled
           OR EXISTS (SELECT FROM jsonb_array_elements(j.parents) AS p(item)
                       WHERE p.item ->> 'pair_id' IS NULL
                          OR p.item -> 'was' <> '{}'
                          OR p.item ->> 'kind' <> p.item ->> 'was_kind') AS is_changed
      FROM ej.import_match_pupils(rows, answers) AS j
)
SELECT coalesce(jsonb_agg(
           jsonb_build_object(
               'line', t.item -> 'line',
               'id', t.id,
               'values', t.names,
               'was', t.was,
               'card', t.card,
               'card_was', t.card_was,
               'name', concat_ws(' ',
                   t.names ->> 'surname', t.names ->> 'given_name', nullif(t.names ->> 'patronymic', '')),
               'class_id', CASE WHEN t.is_enrolled THEN t.class_id END,
               'from_on', CASE WHEN t.is_enrolled THEN t.from_on END,
               'order', CASE WHEN t.is_enrolled AND t.enrol_order ?& '{order_no,order_on}' THEN t.enrol_order END,
               'parents', coalesce(t.parents, '[]'),
               'done', CASE WHEN t.fault IS NOT NULL THEN 'bad'
                            WHEN t.id IS NULL THEN 'added'
                            WHEN t.is_changed THEN 'changed'
                            ELSE 'same' END)
           || CASE WHEN t.fault IS NULL THEN '{}' ELSE jsonb_build_object('fault', t.fault) END
           ORDER BY t.n), '[]')
  FROM judged AS t
$$;

-- ------------------------------------------------------------- writing -----

-- Write the guardians of these rows ({n, pupil_id, parents}): a new guardian is added once for
-- all rows with the same key, a known one is changed; both are joined to the pupils.
CREATE OR REPLACE FUNCTION ej.import_write_parents(rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
DECLARE
    here bigint := (ej.my_staff_schools())[1];
    new  jsonb;
    made bigint[];
BEGIN
    SELECT jsonb_agg(jsonb_build_object(
               'key', x.key,
               'values', '{"phone": "", "email": ""}'::jsonb || jsonb_strip_nulls(x.values)) ORDER BY x.key)
      INTO new
      FROM (SELECT DISTINCT ON (p.item ->> 'key') p.item ->> 'key' AS key, p.item -> 'values' AS values
              FROM jsonb_array_elements(rows) AS r(item),
                   jsonb_array_elements(r.item -> 'parents') AS p(item)
             WHERE p.item ->> 'id' IS NULL
             ORDER BY p.item ->> 'key', (r.item ->> 'n')::bigint) AS x;
    made := ej.import_write_rows('ej.guardian', coalesce(new, '[]'));
    PERFORM ej.import_write_rows('ej.guardian', coalesce((
        SELECT jsonb_agg(x.item) FROM (
            SELECT DISTINCT ON (p.item ->> 'id') p.item
              FROM jsonb_array_elements(rows) AS r(item),
                   jsonb_array_elements(r.item -> 'parents') AS p(item)
             WHERE p.item ->> 'id' IS NOT NULL AND p.item -> 'was' <> '{}'
             ORDER BY p.item ->> 'id', (r.item ->> 'n')::bigint DESC) AS x), '[]'));
    INSERT INTO ej.guardianship (school_id, guardian_id, pupil_id, kind)
    SELECT DISTINCT ON (coalesce((p.item ->> 'id')::bigint, made[k.n]), r.item ->> 'pupil_id')
           here,
           coalesce((p.item ->> 'id')::bigint, made[k.n]),
           (r.item ->> 'pupil_id')::bigint,
           p.item ->> 'kind'
      FROM jsonb_array_elements(rows) AS r(item)
     CROSS JOIN LATERAL jsonb_array_elements(r.item -> 'parents') AS p(item)
      LEFT JOIN (SELECT k.item ->> 'key' AS key, k.n
                   FROM jsonb_array_elements(new) WITH ORDINALITY AS k(item, n)) AS k
        ON p.item ->> 'id' IS NULL AND k.key = p.item ->> 'key'
     WHERE p.item ->> 'pair_id' IS NULL;
    UPDATE ej.guardianship AS w SET kind = p.item ->> 'kind'
      FROM jsonb_array_elements(rows) AS r(item), jsonb_array_elements(r.item -> 'parents') AS p(item)
     WHERE w.id = (p.item ->> 'pair_id')::bigint AND p.item ->> 'kind' <> p.item ->> 'was_kind';
END
$$;

-- Enrol the pupils of these rows ({pupil_id, class_id, from_on, order}): those with an order by
-- movements.
CREATE OR REPLACE FUNCTION ej.import_write_enrolments(rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
DECLARE
    moved record;
BEGIN
    INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during)
    SELECT c.school_id, (r.item ->> 'pupil_id')::bigint, c.id,
           daterange((r.item ->> 'from_on')::date, upper(y.during))
      FROM jsonb_array_elements(rows) AS r(item)
      JOIN ej.class AS c ON c.id = (r.item ->> 'class_id')::bigint
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     WHERE r.item ->> 'order' IS NULL;
    FOR moved IN
        SELECT r.item -> 'order' AS fields, (r.item ->> 'from_on')::date AS day,
               array_agg((r.item ->> 'pupil_id')::bigint) AS pupils,
               array_agg((r.item ->> 'class_id')::bigint) AS classes,
               ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
                      WHERE e.pupil_id = ANY (array_agg((r.item ->> 'pupil_id')::bigint))) AS were_here
          FROM jsonb_array_elements(rows) AS r(item)
         WHERE r.item ->> 'order' IS NOT NULL AND r.item ->> 'class_id' IS NOT NULL
         GROUP BY 1, 2
    LOOP
        INSERT INTO ej.movement (school_id, pupil_id, kind, class_id, moved_on, reason, order_no, order_on, written)
        SELECT (ej.my_admin_schools())[1], x.pupil_id,
               CASE WHEN x.pupil_id = ANY (moved.were_here) THEN 'return' ELSE 'enrol' END,
               x.class_id, moved.day, moved.fields ->> 'reason', moved.fields ->> 'order_no',
               (moved.fields ->> 'order_on')::date, x.written
          FROM ej.move_pupils(moved.pupils, moved.classes, moved.day, moved.fields ->> 'order_no') AS x;
    END LOOP;
END
$$;

-- Write the rows that ej.import_resolve_pupils made: pupils, cards, enrolments, guardians.
CREATE OR REPLACE FUNCTION ej.import_write_pupils(rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
DECLARE
    made bigint[] := ej.import_write_rows('ej.pupil', coalesce((
        SELECT jsonb_agg(jsonb_build_object('values',
                   r.item -> 'values'
                   || jsonb_build_object('patronymic', coalesce(r.item -> 'values' ->> 'patronymic', '')))
                   ORDER BY r.n)
          FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
         WHERE r.item ->> 'id' IS NULL), '[]'));
    full_rows jsonb := (
        SELECT jsonb_agg(r.item || jsonb_build_object(
                   'n', r.n,
                   'pupil_id', coalesce((r.item ->> 'id')::bigint, made[r.place])) ORDER BY r.n)
          FROM (SELECT r.item, r.n,
                       row_number() OVER (PARTITION BY r.item ->> 'id' IS NULL ORDER BY r.n) AS place
                  FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)) AS r);
BEGIN
    PERFORM ej.import_note_rows(rows, 0.25);
    PERFORM ej.import_write_rows('ej.pupil', coalesce((
        SELECT jsonb_agg(r.item) FROM jsonb_array_elements(full_rows) AS r(item)
         WHERE r.item ->> 'id' IS NOT NULL AND r.item -> 'was' <> '{}'), '[]'));
    PERFORM ej.import_write_rows('ej.pupil_card', coalesce((
        SELECT jsonb_agg(
                   CASE WHEN jsonb_typeof(r.item -> 'card_was') = 'object'
                        THEN jsonb_build_object(
                            'id', r.item -> 'pupil_id',
                            'values', r.item -> 'card',
                            'was', r.item -> 'card_was')
                        ELSE jsonb_build_object('values',
                            r.item -> 'card' || jsonb_build_object('pupil_id', r.item -> 'pupil_id')) END)
          FROM jsonb_array_elements(full_rows) AS r(item)
         WHERE r.item -> 'card_was' <> '{}'), '[]'), 'pupil_id');
    PERFORM ej.import_note_rows(rows, 0.4);
    PERFORM ej.import_write_enrolments(full_rows);
    PERFORM ej.import_note_rows(rows, 0.6);
    PERFORM ej.import_write_parents(full_rows);
    PERFORM ej.import_note_rows(rows, 1);
END
$$;

-- ---------------------------------------------------------- the export -----

-- The pupils of the classes of the year, each with two of the present guardians.
CREATE OR REPLACE FUNCTION ej.import_export_pupils() RETURNS TABLE (cells text[])
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH word AS MATERIALIZED (
    SELECT w.value AS kind, min(w.key) AS word
      FROM ej.import_fields('pupils') AS f, jsonb_each_text(f.words) AS w
     WHERE f.field = 'kind1'
     GROUP BY w.value
), parent AS MATERIALIZED (
    SELECT w.pupil_id,
           array_agg(
               ARRAY[concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')), o.word, g.phone, g.email]
               ORDER BY array_position('{mother,father}'::text[], w.kind::text), g.id) AS cells
      FROM ej.guardianship AS w
      JOIN ej.guardian AS g ON g.id = w.guardian_id
      LEFT JOIN word AS o ON o.kind = w.kind
     WHERE w.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
       AND w.during @> (SELECT ej.today((ej.my_admin_schools())[1]))
     GROUP BY w.pupil_id
)
SELECT ARRAY[k.id::text,
             k.pupil ->> 'surname', k.pupil ->> 'given_name', k.pupil ->> 'patronymic',
             k.card ->> 'birth_on',
             CASE k.card ->> 'sex' WHEN 'f' THEN 'ж' WHEN 'm' THEN 'м' END,
             k.class_name, k.from_on::text, '', '', '',
             k.card ->> 'snils', k.card ->> 'file_no', k.card ->> 'address', k.card ->> 'contacts',
             p.cells[1][1], p.cells[1][2], p.cells[1][3], p.cells[1][4],
             p.cells[2][1], p.cells[2][2], p.cells[2][3], p.cells[2][4]]
  FROM ej.import_known_pupils() AS k
  LEFT JOIN parent AS p ON p.pupil_id = k.id
 WHERE k.class_id IS NOT NULL
 ORDER BY substring(k.class_name FROM '^\d+')::int, k.class_name,
          k.pupil ->> 'surname' COLLATE ej.ru, k.pupil ->> 'given_name' COLLATE ej.ru, k.id
$$;
