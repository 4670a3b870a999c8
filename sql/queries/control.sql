-- control.sql: the queries of control.c. What a reader sees is decided by ej.control_reader()
-- (sql/objects/duty_control.sql).

-- name: control_scope :one
-- The days that the page is about, for a reader of figures.
-- params: name text, from_on date, till_on date
SELECT d.term_name, d.from_on, d.till_on, d.today_on, r.is_whole, r.is_blind
  FROM ej.control_reader() AS r CROSS JOIN ej.control_days(:name, :from_on, :till_on) AS d;

-- name: control_head :one
-- params: term_name text, from_on date, till_on date, today_on date, is_whole boolean, is_blind boolean
SELECT :term_name AS term_name, :from_on AS from_on, :till_on AS till_on, :today_on AS today_on,
       :is_whole AS is_whole, :is_blind AS is_blind;

-- name: control_terms :many term
-- The taught terms of the year that have begun, each name once.
-- params: term_name text, today_on date
SELECT e.name, e.name = :term_name AS is_current
  FROM ej.term_plan AS p
  JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught AND lower(e.during) <= :today_on
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND p.year = (SELECT ej.shown_year())
 GROUP BY e.name
 ORDER BY min(lower(e.during)), min(upper(e.during)), e.name;

-- name: control_duties :many duty
-- The columns.
-- params:
SELECT d.n AS duty_id, d.duty_key, d.theme FROM ej.duties() AS d ORDER BY d.n;

-- name: control_staff :many line
-- The rows by teachers.
-- params: from_on date, till_on date
-- rows: at most 300
WITH x AS MATERIALIZED (SELECT c.staff_id FROM ej.control_staff(:from_on, :till_on) AS c(staff_id))
SELECT s.id AS line_id, n.name
  FROM x JOIN ej.staff AS s ON s.id = x.staff_id
  JOIN ej.staff_names(ARRAY(SELECT x.staff_id FROM x)) AS n ON n.staff_id = s.id
 ORDER BY s.surname, s.given_name, s.id;

-- name: control_staff_cells :grid line_id duty_id
-- A cell of no teacher is the sum of the column.
-- params: from_on date, till_on date
WITH c AS MATERIALIZED (
    SELECT c.staff_id, c.n, sum(c.undone)::bigint AS undone, sum(c.total)::bigint AS total
      FROM ej.control_counts(:from_on, :till_on) AS c
     GROUP BY GROUPING SETS ((c.staff_id, c.n), (c.n))
)
SELECT c.staff_id AS line_id, c.n AS duty_id, c.undone, c.total
  FROM c LEFT JOIN ej.staff AS s ON s.id = c.staff_id
 WHERE s.id IS NOT NULL OR c.staff_id IS NULL
 ORDER BY s.surname, s.given_name, s.id, c.n;

-- name: control_classes :many line
-- The rows by classes; for an observer by grades or levels, if some class is small (ej.control_lines).
-- params:
-- rows: at most 120
WITH l AS MATERIALIZED (
    SELECT DISTINCT l.line_id, l.kind, l.number, l.place FROM ej.control_lines() AS l WHERE l.kind <> 'school'
)
SELECT l.line_id, c.name, nullif(l.kind, 'class') AS kind, l.number
  FROM l LEFT JOIN ej.class AS c ON l.kind = 'class' AND c.id = l.line_id
 ORDER BY l.place;

-- name: control_classes_cells :grid line_id duty_id
-- params: from_on date, till_on date
WITH c AS MATERIALIZED (
    SELECT c.line_id, c.n, GROUPING(c.line_id) AS is_all, sum(c.undone)::bigint AS undone, sum(c.total)::bigint AS total
      FROM ej.control_counts(:from_on, :till_on) AS c
     GROUP BY GROUPING SETS ((c.line_id, c.n), (c.n))
), l AS MATERIALIZED (
    SELECT DISTINCT l.line_id, l.place FROM ej.control_lines() AS l WHERE l.kind <> 'school'
)
SELECT c.line_id, c.n AS duty_id, c.undone, c.total
  FROM c LEFT JOIN l ON l.line_id = c.line_id AND c.is_all = 0
 WHERE c.is_all = 1 OR l.line_id IS NOT NULL
 ORDER BY l.place, c.n;

-- name: control_duty :one
-- A duty with the number of its undone facts; not for a reader of figures alone.
-- params: duty_key text, term_name text, from_on date, till_on date, today_on date, is_blind boolean,
-- params: is_whole boolean, staff_id bigint, class_id bigint, page int
SELECT d.duty_key, :term_name AS term_name, :from_on AS from_on, :till_on AS till_on, :today_on AS today_on,
       :is_whole AS is_whole, cardinality(ej.my_lead_schools()) > 0 AS is_lead,
       :staff_id AS staff_id, :class_id AS class_id,
       (SELECT n.name FROM ej.staff_names(ARRAY[:staff_id]) AS n) AS staff_name,
       (SELECT c.name FROM ej.class AS c WHERE c.id = :class_id) AS class_name,
       coalesce(:page, 1) AS page, greatest(1, (x.count + 59) / 60) AS pages, x.count
  FROM ej.duties() AS d
 CROSS JOIN LATERAL (SELECT count(*) AS count
       FROM ej.control_rows(d.duty_key, :from_on, :till_on, :staff_id, :class_id)) AS x
 WHERE d.duty_key = :duty_key AND NOT :is_blind;

-- name: control_rows :many fact
-- The undone facts, the newest first.
-- params: duty_key text, from_on date, till_on date, staff_id bigint, class_id bigint, page int
-- rows: at most 60
WITH x AS MATERIALIZED (
    SELECT x.day, x.lesson_id, x.journal_id, x.class_id, x.teaching_id, x.staff_id, x.pupil_id, x.note, x.amount, x.norm
      FROM ej.control_rows(:duty_key, :from_on, :till_on, :staff_id, :class_id) AS x
     ORDER BY x.day DESC, x.class_id, x.teaching_id, x.lesson_id, x.pupil_id
     LIMIT 60 OFFSET (coalesce(:page, 1) - 1) * 60
)
SELECT x.day AS on_day, x.lesson_id, x.journal_id, x.class_id, x.teaching_id, x.staff_id, x.pupil_id, l.slot,
       coalesce(g.name, c.name) AS class_name, s.name AS subject_name, f.name AS staff_name, p.name AS pupil_name,
       x.note,
       trim_scale(x.amount) AS amount, trim_scale(x.norm) AS norm
  FROM x
  LEFT JOIN ej.lesson AS l ON l.id = x.lesson_id
  LEFT JOIN ej.teaching AS t ON t.id = x.teaching_id
  LEFT JOIN ej.study_group AS g ON g.id = t.study_group_id
  LEFT JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.class AS c ON c.id = x.class_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT x.staff_id FROM x)) AS f ON f.staff_id = x.staff_id
  LEFT JOIN ej.pupil_names(ARRAY(SELECT x.pupil_id FROM x)) AS p ON p.pupil_id = x.pupil_id
 ORDER BY x.day DESC, x.class_id, x.teaching_id, x.lesson_id, x.pupil_id;
