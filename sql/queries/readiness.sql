-- readiness.sql: the queries of readiness.c.

-- name: readiness_head :one
-- The school year that is being prepared: the last one that begins within a hundred days.
-- params:
SELECT y.school_id, y.year, o.name AS school_name, ej.today(y.school_id) AS today_on
  FROM ej.school_year AS y
  JOIN ej.school AS o ON o.id = y.school_id
 WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
   AND lower(y.during) <= ej.today(y.school_id) + 100
 ORDER BY y.year DESC
 LIMIT 1;

-- name: readiness_lines :many line
-- params:
SELECT due_on, code, things, missing, is_done, is_late, grade, class_id FROM ej.readiness_lines();

-- name: readiness_letters :many letters
-- Whom letters reach: of how many pupils a guardian has a confirmed address, and how many families
-- get everything on paper.
-- params:
SELECT max(c.things) AS pupils, max(c.part) FILTER (WHERE c.code = 'any') AS reached,
       max(c.part) FILTER (WHERE c.code = 'paper') AS paper
  FROM ej.reach_contacts() AS c HAVING max(c.things) > 0;
