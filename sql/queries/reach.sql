-- reach.sql: the queries of reach.c.

-- name: reach_head :one
-- params:
SELECT s.name AS school_name, ej.today(s.id) AS today_on FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: reach_counts :many count
-- params:
-- rows: at most 20
SELECT r.theme, r.code, CASE WHEN r.theme = 'receipt'
            THEN ej.day_of_month(r.code::date) || ' – ' || ej.day_of_month(r.code::date + 5) END AS name,
       r.things, r.part, r.other
  FROM ej.reach_counts() AS r
 ORDER BY array_position('{consent,contact,receipt,accident}'::text[], r.theme),
          array_position('{processing,email,sms,any,calendar,publication,paper}'::text[], r.code), r.code DESC;
