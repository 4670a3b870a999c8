-- finals.sql: the consolidated sheet of term marks of a class (REP-29), all terms of the year by pupil and
-- subject, asked without rights and without a document. Form: grid.sql.

-- name: finals_bare_head :one
-- params: class_id bigint
-- same: /page/reports
SELECT c.name, o.name AS school_name FROM ej.class AS c JOIN ej.school AS o ON o.id = c.school_id WHERE c.id = :class_id;

-- name: finals_bare_years :many
-- params: school_id bigint
-- same: /page/reports/choice[@for = "year"]
SELECT y.year FROM ej.school_year AS y WHERE y.school_id = :school_id ORDER BY y.year;

-- name: finals_bare_classes :many
-- params: school_id bigint
-- same: /page/reports/choice[@for = "class_id"]
SELECT c.id, c.name FROM ej.class AS c WHERE c.school_id = :school_id AND c.year = 2026 ORDER BY c.grade, c.letter;

-- name: finals_bare_subjects :many
-- params: class_id bigint
-- same: /page/reports/table/column
SELECT s.id, s.name, s.short_name, string_agg(DISTINCT f.surname || ' ' || f.given_name, ', ') AS teachers
  FROM ej.subject AS s
  LEFT JOIN (ej.study_group_class AS g
             JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
             JOIN ej.staff AS f ON f.id = t.staff_id) ON g.class_id = :class_id AND t.subject_id = s.id
 WHERE s.id IN (SELECT m.subject_id
                  FROM ej.class AS c
                  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
                  JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> upper(e.during) - 1
                  JOIN ej.term_mark AS m ON m.pupil_id = n.pupil_id AND m.term_id = e.id AND m.value IS NOT NULL
                 WHERE c.id = :class_id)
 GROUP BY s.id ORDER BY s.order_no;

-- name: finals_bare_lines :many
-- params: class_id bigint
-- same: /page/reports/table/line[@kind = "term"]
SELECT DISTINCT p.id, p.surname, p.given_name, p.patronymic, e.id, e.name, e.is_taught, lower(e.during)
  FROM ej.class AS c
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
  JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> upper(e.during) - 1
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.term_mark AS m ON m.pupil_id = n.pupil_id AND m.term_id = e.id AND m.value IS NOT NULL
 WHERE c.id = :class_id;

-- name: finals_bare_marks :many
-- params: class_id bigint
-- same: /page/reports/table/line[@kind = "term"]/c[text()]
SELECT m.pupil_id, m.term_id, m.subject_id, m.value
  FROM ej.class AS c
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
  JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> upper(e.during) - 1
  JOIN ej.term_mark AS m ON m.pupil_id = n.pupil_id AND m.term_id = e.id AND m.value IS NOT NULL
 WHERE c.id = :class_id;
