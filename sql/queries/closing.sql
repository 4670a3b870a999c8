-- closing.sql: the queries of closing.c.

-- name: closing_head :one
-- params: name text
SELECT nullif(:name, '') AS name, y.year, cardinality((SELECT ej.my_deputy_schools())) > 0 AS is_mine
  FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND y.year = (SELECT ej.shown_year())
 LIMIT 1;

-- name: closing_terms :many term
-- The terms of the year by name, each with the last day for its marks.
-- params: name text
SELECT e.id AS term_id, e.name, p.name AS plan_name, lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
       e.due_on AS order_due_on, nullif(e.due_order, '') AS due_order, ej.finals_due(e.id) AS due_on,
           e.name = :name AS is_current
  FROM ej.term_plan AS p
  JOIN ej.term AS e ON e.term_plan_id = p.id
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND p.year = (SELECT ej.shown_year())
WINDOW n AS (PARTITION BY e.name)
 ORDER BY NOT e.is_taught, min(lower(e.during)) OVER n, min(upper(e.during)) OVER n, e.kind = 'final', e.kind = 'exam',
          e.name, p.grade_from;

-- name: closing_classes :many class
-- Each class with its term and the number of journals, of closed ones, and of missing marks and lessons.
-- params: name text
-- rows: at most 120
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, c.class_teacher_id FROM ej.class AS c
     WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND c.year = (SELECT ej.shown_year())
), l AS MATERIALIZED (
    SELECT l.class_id, l.term_id, count(*) AS journals, count(l.closed_at) AS closed, sum(l.pupils) AS marks,
           sum(l.missing) AS missing, sum(l.late) AS late, sum(l.unfilled) AS unfilled
      FROM ej.closing_journals(ARRAY(SELECT c.id FROM c), :name) AS l
     GROUP BY l.class_id, l.term_id
)
SELECT c.id AS class_id, c.name, e.id AS term_id, e.name AS term_name, upper(e.during) - 1 AS till_on,
       ej.finals_due(e.id) AS due_on, l.journals, l.closed,
       nullif(l.missing, 0) AS missing, nullif(l.late, 0) AS late, nullif(l.unfilled, 0) AS unfilled
  FROM c
  JOIN l ON l.class_id = c.id
  JOIN ej.term AS e ON e.id = l.term_id
 ORDER BY c.grade, c.letter;

-- name: closing_class :one
-- params: class_id bigint, name text, pick text
SELECT c.id AS class_id, c.name AS class_name, e.name AS term_name, e.id AS term_id, e.till_on, e.due_on, :pick AS pick,
       cardinality((SELECT ej.my_deputy_schools())) > 0 AS is_mine
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT l.term_id FROM ej.closing_journals(ARRAY[:class_id], :name) AS l LIMIT 1) AS l
 CROSS JOIN LATERAL (SELECT e.id, e.name, upper(e.during) - 1 AS till_on, ej.finals_due(e.id) AS due_on
                       FROM ej.term AS e WHERE e.id = l.term_id) AS e
 WHERE c.id = :class_id AND c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]);

-- name: closing_journals :many journal
-- params: class_id bigint, name text
-- rows: at most 60
SELECT l.journal_id, g.name AS group_name, s.name AS subject_name, f.name AS staff_name, l.pupils,
       nullif(l.missing, 0) AS missing, nullif(l.late, 0) AS late, nullif(l.unfilled, 0) AS unfilled,
       nullif(ej.closing_unfounded(l.journal_id), 0) AS unfounded,
       (j.closed_at AT TIME ZONE o.tz)::date AS closed_on, j.order_no, j.order_on, j.reason,
       j.closed_at IS NULL AND j.order_no IS NOT NULL AS is_reopened
  FROM ej.closing_journals(ARRAY[:class_id], :name) AS l
  JOIN ej.journal AS j ON j.id = l.journal_id
  JOIN ej.school AS o ON o.id = j.school_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = l.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT t.staff_id FROM ej.study_group_class AS gc
        JOIN ej.teaching AS t ON t.study_group_id = gc.study_group_id
       WHERE gc.class_id = :class_id)) AS f ON f.staff_id = t.staff_id
 ORDER BY s.order_no, s.name, g.name;

-- name: closing_save :outcomes
-- params: class_id bigint, name text, journal_id bigint[], action text, order_no text, order_on date, reason text
-- params: is_incomplete boolean
SELECT ej.closing_save(:class_id, :name, :journal_id, :action, :order_no, :order_on, :reason, :is_incomplete);

-- name: closing_due :outcomes
-- params: term_id bigint, fields jsonb
SELECT ej.save_rows('ej.term', (:fields - 'term_id') || jsonb_build_object('id', :term_id)
           || CASE WHEN :term_id IS NULL THEN '{"fault": {"field": "term_id", "code": "JE101"}}'::jsonb ELSE '{}' END);
