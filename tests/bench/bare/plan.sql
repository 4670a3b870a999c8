-- plan.sql: the facts of a calendar-thematic plan, asked without rights and without a document.
-- Form: grid.sql.

-- name: plan_bare_head :one
-- params: plan_id bigint
-- same: /page/plans
SELECT p.id, p.year, u.name, p.grade, p.hours_week, p.name, p.version, p.state, p.note, f.surname, f.given_name,
       f.patronymic, a.surname, a.given_name, a.patronymic, p.approved_on, n.weeks
  FROM ej.plan AS p
  JOIN ej.subject AS u ON u.id = p.subject_id
  JOIN ej.staff AS f ON f.id = p.staff_id
  LEFT JOIN ej.staff AS a ON a.id = p.approved_by
  LEFT JOIN ej.grade_norm AS n ON n.school_id = p.school_id AND n.grade = p.grade
 WHERE p.id = :plan_id;

-- name: plan_bare_terms :many
-- The days of the terms, from which the hours of each are counted.
-- params: plan_id bigint
-- same: /page/plans/term
SELECT t.name, t.during
  FROM ej.plan AS p
  JOIN ej.term_plan AS o ON o.school_id = p.school_id AND o.year = p.year AND p.grade BETWEEN o.grade_from AND o.grade_till
  JOIN ej.term AS t ON t.term_plan_id = o.id AND t.is_taught
 WHERE p.id = :plan_id ORDER BY lower(t.during);

-- name: plan_bare_holidays :many
-- params: plan_id bigint
SELECT h.kind, h.during FROM ej.plan AS p
  JOIN ej.holiday AS h ON h.school_id = p.school_id AND h.year = p.year WHERE p.id = :plan_id;

-- name: plan_bare_rows :many
-- params: plan_id bigint
-- same: /page/plans/row[@row_id]
SELECT r.id, r.place, r.section, r.term_no, r.topic, r.kind, r.hours, r.homework, r.links
  FROM ej.plan_row AS r WHERE r.plan_id = :plan_id ORDER BY r.place, r.id;

-- name: plan_bare_teachings :many
-- params: plan_id bigint
-- same: /page/plans/teaching
SELECT t.id, g.name, f.surname, f.given_name, f.patronymic
  FROM ej.plan_use AS x
  JOIN ej.teaching AS t ON t.id = x.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.staff AS f ON f.id = t.staff_id
 WHERE x.plan_id = :plan_id ORDER BY g.name;
