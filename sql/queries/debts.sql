-- debts.sql: the queries of debts.c. Rights: the policies of term_mark and retake
-- (sql/objects/rights_journal.sql).

-- name: debts_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count
  FROM ej.debts_found(:find) AS d;

-- name: debts_rows :many debt
-- Those that are not passed first. is_over: the time for retakes is over.
-- list: sort state
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
SELECT d.pupil_id, d.name, d.class_name, d.subject_name, d.year, d.value, d.until_on,
       nullif(d.attempts, 0) AS attempts, d.planned_on, d.passed_on, d.passed,
       d.passed_on IS NULL AND d.until_on < (SELECT ej.my_today()) AS is_over
  FROM ej.debts_found(:find) AS d
 ORDER BY d.passed_on IS NOT NULL, d.grade, d.order_no, d.subject_name, d.year
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: debts_pupil :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name,
       p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_pupils())::bigint[]));

-- name: debts_debts :many debt
-- params: pupil_id bigint
-- rows: at most 60
SELECT d.term_id || '-' || d.subject_id AS debt_id, s.name AS subject_name, d.year, d.value, d.arose_on, d.until_on,
       d.passed_on, d.passed
  FROM ej.debts(ARRAY[:pupil_id]) AS d
  JOIN ej.subject AS s ON s.id = d.subject_id
 ORDER BY d.passed_on IS NOT NULL, d.arose_on DESC, s.order_no, s.name;

-- name: debts_retakes :many retake under debts_debts debt_id
-- params: pupil_id bigint
WITH r AS MATERIALIZED (
    SELECT r.id, r.subject_id, r.term_id, r.attempt, r.held_on, r.examiners, r.scale_id, r.value, r.protocol, r.note,
           r.is_void
      FROM ej.retake AS r WHERE r.pupil_id = :pupil_id
)
SELECT r.term_id || '-' || r.subject_id AS debt_id, r.id AS retake_id, r.attempt, r.held_on,
       nullif(r.examiners, '') AS examiners, r.value, v.name AS value_name, v.is_pass,
       nullif(r.protocol, '') AS protocol, nullif(r.note, '') AS note, r.is_void
  FROM r
  LEFT JOIN ej.scale_value AS v ON v.scale_id = r.scale_id AND v.value = r.value
 WHERE (r.subject_id, r.term_id) IN (SELECT d.subject_id, d.term_id FROM ej.debts(ARRAY[:pupil_id]) AS d)
 ORDER BY r.held_on, r.id;

-- name: debts_choices :many choice
-- The subjects in which a retake may be appointed.
-- params: pupil_id bigint
SELECT DISTINCT ON (s.order_no, s.name) 'subject_id' AS "for", s.id AS value, s.name
  FROM ej.debts(ARRAY[:pupil_id]) AS d
  JOIN ej.subject AS s ON s.id = d.subject_id
 WHERE d.passed_on IS NULL AND d.planned_on IS NULL AND d.attempts < 2
 ORDER BY s.order_no, s.name;

-- name: debts_appoint :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.debts_appoint(:pupil_id, :fields);

-- name: debts_retake :one
-- params: retake_id bigint
SELECT r.id AS retake_id, r.pupil_id, ej.pupil_name(r.pupil_id) AS name,
       (SELECT s.name FROM ej.subject AS s WHERE s.id = r.subject_id) AS subject_name, r.attempt, r.held_on,
       r.examiners, r.value, r.protocol, r.note, r.is_void
  FROM ej.retake AS r
 WHERE r.id = :retake_id AND r.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: debts_values :many choice
-- The marks of the scale that a retake may have.
-- params: retake_id bigint
SELECT 'value' AS "for", v.value, v.name
  FROM ej.scale_value AS v
 WHERE v.scale_id = (SELECT r.scale_id FROM ej.retake AS r WHERE r.id = :retake_id) AND v.is_active
   AND (v.sou_weight IS NOT NULL OR v.value = 'н/а')
 ORDER BY v.order_no;

-- name: debts_save :outcomes
-- An empty result is none.
-- params: retake_id bigint, fields jsonb
SELECT ej.save_rows('ej.retake', (:fields - 'pupil_id') || jsonb_build_object('id', :retake_id)
    || CASE WHEN :fields ? 'value' THEN jsonb_build_object('value', nullif(:fields ->> 'value', ''),
                                                           'old_value', nullif(:fields ->> 'old_value', ''))
            ELSE '{}' END);
