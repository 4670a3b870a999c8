-- report.sql: the report of the whole school (REP-13) in the last term that has ended: pupils by group and
-- the marks, of each class, grade, level and the school, asked without rights and without a document.
-- Form: grid.sql.

-- name: report_bare_head :one
-- params: school_id bigint
-- same: /page/reports
SELECT o.id, o.name FROM ej.school AS o WHERE o.id = :school_id;

-- name: report_bare_years :many
-- params: school_id bigint
-- same: /page/reports/choice[@for = "year"]
SELECT y.year FROM ej.school_year AS y WHERE y.school_id = :school_id ORDER BY y.year;

-- name: report_bare_terms :many
-- params: school_id bigint
-- same: /page/reports/choice[@for = "term_id"]
SELECT min(e.id), string_agg(DISTINCT e.name, ', ')
  FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id
 WHERE p.school_id = :school_id AND p.year = 2026
 GROUP BY e.is_taught, upper(e.during), CASE WHEN NOT e.is_taught THEN e.kind END;

-- name: report_bare_classes :many
-- params: school_id bigint
-- same: /page/reports/choice[@for = "class_id"]
SELECT c.id, c.name, c.grade FROM ej.class AS c
 WHERE c.school_id = :school_id AND c.year = 2026 ORDER BY c.grade, c.letter;

-- name: report_bare_lines :many
-- params: school_id bigint, today_on date
-- same: /page/reports/table/line
WITH e AS MATERIALIZED (
    SELECT e.id, e.term_plan_id, upper(e.during) - 1 AS last_on
      FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught AND upper(e.during) <= :today_on
     WHERE p.school_id = :school_id AND p.year = 2026
), n AS MATERIALIZED (
    SELECT c.id AS class_id, c.name, c.grade, n.pupil_id, e.id AS term_id
      FROM e
      JOIN ej.class AS c ON c.term_plan_id = e.term_plan_id
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> e.last_on
), m AS MATERIALIZED (
    SELECT m.pupil_id, count(*) FILTER (WHERE v.sou_weight IS NOT NULL) AS counted,
           count(*) FILTER (WHERE v.is_good AND v.sou_weight < 100) AS n4,
           count(*) FILTER (WHERE v.is_pass AND NOT v.is_good AND v.number IS NOT NULL) AS n3,
           count(*) FILTER (WHERE NOT v.is_pass AND v.value <> 'н/а') AS n2, count(*) FILTER (WHERE v.value = 'н/а') AS na,
           count(v.number) AS numbers, sum(v.number) AS total, sum(v.sou_weight) AS weights
      FROM ej.term_mark AS m
      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
     WHERE m.term_id IN (SELECT e.id FROM e)
     GROUP BY m.pupil_id
)
SELECT n.class_id, n.grade, CASE WHEN n.grade < 5 THEN 1 WHEN n.grade < 10 THEN 5 ELSE 10 END AS level, count(*) AS pupils,
       count(*) FILTER (WHERE m.counted > 0) AS rated,
       count(*) FILTER (WHERE m.n2 + m.na + m.n3 + m.n4 = 0) AS excellent,
       count(*) FILTER (WHERE m.n2 + m.na + m.n3 = 0 AND m.n4 > 0) AS good,
       count(*) FILTER (WHERE m.n2 + m.na + m.n3 = 0 AND m.n4 = 1) AS one_4,
       count(*) FILTER (WHERE m.n2 + m.na = 0 AND m.n3 > 0) AS fair,
       count(*) FILTER (WHERE m.n2 + m.na = 0 AND m.n3 = 1) AS one_3,
       count(*) FILTER (WHERE m.n2 > 0) AS failing, count(*) FILTER (WHERE m.n2 = 0 AND m.na > 0) AS absent,
       sum(m.weights) / sum(m.counted) AS sou, sum(m.total) / sum(m.numbers) AS mean
  FROM n LEFT JOIN m ON m.pupil_id = n.pupil_id
 GROUP BY GROUPING SETS ((n.class_id, n.grade, level), (n.grade, level), (level), ());
