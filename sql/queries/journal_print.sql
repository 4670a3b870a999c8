-- journal_print.sql: the queries of journal.c for ?format=print, the official spread of
-- the class journal (requirements 3.1): a column for each lesson, marks of several works
-- joined by "/", printed reasons of absence. All rows of a journal are returned at once:
-- the sheet cuts them into spreads.

-- name: journal_print_head :one
-- params: journal_id bigint
SELECT h.journal_id, h.school_name, h.class_name, h.subject_name, h.staff_name, h.staff_full_name, h.former_names,
       h.handed_on, h.deputy_name, h.term_name, h.year, h.hours_given, h.is_unmarked
  FROM ej.journal_head(:journal_id) AS h;

-- name: journal_print_heads :many head
-- The heads of the columns of final marks.
-- params: journal_id bigint
SELECT f.name FROM ej.journal_finals(:journal_id) AS f ORDER BY f.at;

-- name: journal_print_lessons :many lesson
-- params: journal_id bigint
SELECT l.held_on, ej.month_name(l.held_on) AS month_name, l.hours, nullif(l.topic, '') AS topic,
       n.kinds, n.homework,
       CASE WHEN l.staff_id <> l.planned_staff_id
            THEN ej.short_name(f.surname, f.given_name, f.patronymic) END AS staff_name
  FROM ej.journal_past(:journal_id) AS p
  JOIN ej.lesson AS l ON l.id = p.lesson_id
 CROSS JOIN LATERAL ej.lesson_notes(l.id, l.topic::text) AS n
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id
 ORDER BY p.held_on, p.slot;

-- name: journal_print_pupils :many pupil
-- params: journal_id bigint
WITH b AS MATERIALIZED (
    SELECT b.pupil_id, max(upper(b.during)) AS left_on, j.ends_on, j.today_on
      FROM ej.journal_scope(:journal_id) AS j
      JOIN ej.membership AS b ON b.study_group_id = j.study_group_id
       AND b.during && daterange(j.starts_on, j.ends_on)
     GROUP BY b.pupil_id, j.ends_on, j.today_on
)
SELECT p.id AS pupil_id, n.name,
       CASE WHEN b.left_on < b.ends_on AND b.left_on <= b.today_on THEN b.left_on END AS left_on
  FROM b
  JOIN ej.pupil AS p ON p.id = b.pupil_id
  JOIN ej.pupil_names(ARRAY(SELECT b.pupil_id FROM b)) AS n ON n.pupil_id = b.pupil_id
 ORDER BY p.surname, p.given_name, p.patronymic, p.id;

-- name: journal_print_cells :many c under journal_print_pupils pupil_id
-- Joined by GROUP BY: of joins the planner would not know the size, and choose nested loops.
-- params: journal_id bigint
-- rows: one a pupil and lesson, empty ones too
WITH l AS MATERIALIZED (
    SELECT l.lesson_id, l.held_on, l.slot FROM ej.journal_past(:journal_id) AS l
), b AS MATERIALIZED (
    SELECT DISTINCT b.pupil_id
      FROM ej.journal_scope(:journal_id) AS j
      JOIN ej.membership AS b ON b.study_group_id = j.study_group_id AND b.during && daterange(j.starts_on, j.ends_on)
), x AS (
    SELECT b.pupil_id, l.lesson_id, l.held_on, l.slot, NULL AS printed, NULL AS mark, NULL::bigint AS work_id,
           NULL::int AS attempt
      FROM l CROSS JOIN b
     UNION ALL
    SELECT a.pupil_id, l.lesson_id, NULL, NULL, nullif(k.printed, ''), NULL, NULL, NULL
      FROM l
     CROSS JOIN LATERAL (SELECT a.pupil_id, a.school_id, a.code FROM ej.attendance AS a
                          WHERE a.lesson_id = l.lesson_id OFFSET 0) AS a
      JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
     UNION ALL
    SELECT m.pupil_id, w.lesson_id, NULL, NULL, NULL, m.value, w.id, m.attempt
      FROM (SELECT w.id, w.lesson_id FROM ej.work AS w WHERE w.journal_id = :journal_id OFFSET 0) AS w
     CROSS JOIN LATERAL (SELECT m.pupil_id, m.value, m.attempt FROM ej.mark AS m
                          WHERE m.work_id = w.id AND m.value IS NOT NULL OFFSET 0) AS m
)
SELECT x.pupil_id,
       concat_ws(' ', max(x.printed), string_agg(x.mark, '/' ORDER BY x.work_id, x.attempt)) AS text
  FROM x
 GROUP BY x.pupil_id, x.lesson_id HAVING max(x.held_on) IS NOT NULL
 ORDER BY max(x.held_on), max(x.slot), x.lesson_id;

-- name: journal_print_terms :many term under journal_print_pupils pupil_id
-- The final marks, empty ones too.
-- params: journal_id bigint
SELECT b.pupil_id, m.value AS text
  FROM ej.journal_scope(:journal_id) AS j
 CROSS JOIN ej.journal_finals(:journal_id) AS f
  JOIN LATERAL (SELECT DISTINCT b.pupil_id FROM ej.membership AS b
                 WHERE b.study_group_id = j.study_group_id
                   AND b.during && daterange(j.starts_on, j.ends_on)) AS b ON true
  LEFT JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = f.subject_id
   AND m.term_id = f.term_id
 ORDER BY f.at;
