-- automation.sql: the queries of automation.c.

-- name: automation_head :one
-- params:
SELECT s.name AS school_name, ej.today(s.id) AS today_on FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: automation_counts :many process
-- params:
-- rows: at most 40
SELECT c.clause, c.code, c.things, c.part FROM ej.automation_counts() AS c ORDER BY c.clause, c.n;
