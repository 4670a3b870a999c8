-- training.sql: the queries of training.c. What counts as done: sql/objects/training.sql.

-- name: training_head :one
-- training_id: the training school if the reader works there; is_inside: the session is in it now; home_id: the
-- school that keeps the record.
-- params:
SELECT p.training_id, p.school_id AS home_id, p.is_inside, p.staff_id IS NULL AS is_family
  FROM ej.training_place() AS p;

-- name: training_tasks :many task
-- params:
-- rows: at most 40
SELECT o.module, o.role, o.hours, o.is_mine, o.passed_on, o.task, o.done_on FROM ej.training_own() AS o
 ORDER BY o.is_mine DESC, o.n;

-- name: training_pass :outcomes
-- params: module text
SELECT ej.training_pass(:module);

-- name: training_school :one
-- params:
SELECT s.name AS school_name, ej.today(s.id) AS today_on FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_lead_schools())::bigint[]);

-- name: training_staff :many staff
-- The present staff with the hours of the modules of their roles, and of those that they have passed.
-- params:
-- rows: at most 500
SELECT f.id AS staff_id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name,
       nullif(f.post, '') AS post, coalesce(h.hours, 0) AS hours, coalesce(d.hours, 0) AS done, d.last_on
  FROM ej.school AS s
 CROSS JOIN LATERAL ( -- by the school: its staff by the index
       SELECT f.id, f.surname, f.given_name, f.patronymic, f.post, f.during FROM ej.staff AS f
        WHERE f.school_id = s.id OFFSET 0) AS f
  LEFT JOIN (SELECT r.staff_id, sum(m.hours) AS hours
               FROM ej.training_roles(ARRAY(SELECT o.id FROM ej.staff AS o
                                             WHERE o.school_id = ANY (ARRAY(SELECT unnest(ej.my_lead_schools()))))) AS r
               JOIN ej.training_modules() AS m ON m.role = r.role GROUP BY r.staff_id) AS h ON h.staff_id = f.id
  LEFT JOIN (SELECT r.staff_id, sum(r.hours) FILTER (WHERE r.module <> 'seminar') AS hours, max(r.passed_on) AS last_on
               FROM (SELECT r.staff_id, r.module, r.hours, r.passed_on FROM ej.training_record AS r
                      WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_lead_schools()))) OFFSET 0) AS r
              GROUP BY r.staff_id) AS d ON d.staff_id = f.id
 WHERE s.id = ANY ((SELECT ej.my_lead_schools())::bigint[]) AND f.during @> ej.today(s.id)
 ORDER BY f.surname, f.given_name, f.patronymic, f.id;

-- name: training_records :many record under training_staff staff_id
-- params:
-- rows: at most 10,000
SELECT r.staff_id, r.id AS training_record_id, r.module, r.passed_on, r.hours, nullif(r.seminar, '') AS seminar
  FROM (SELECT r.staff_id, r.id, r.module, r.passed_on, r.hours, r.seminar FROM ej.training_record AS r
         WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_lead_schools()))) OFFSET 0) AS r
  JOIN ej.staff AS f ON f.id = r.staff_id AND f.during @> ej.today(f.school_id)
 ORDER BY r.passed_on, r.id;

-- name: training_choices :many choice
-- params:
-- rows: at most 500
SELECT 'staff_id' AS "for", f.id AS value, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name
  FROM ej.staff AS f
 WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_lead_schools()))) AND f.during @> ej.today(f.school_id)
 ORDER BY f.surname, f.given_name, f.patronymic, f.id;

-- name: training_print_head :one
-- Who signs the printed list.
-- params:
SELECT ej.director_name(s.id, ej.today(s.id)) AS director_name
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_lead_schools())::bigint[]);

-- name: training_add :outcomes
-- params: staff_id bigint, passed_on date, hours numeric, seminar text
SELECT ej.training_seminar(:staff_id, :passed_on, :hours, :seminar);

-- name: training_remove :outcomes
-- params: training_record_id bigint
SELECT ej.training_remove(:training_record_id);
