-- bells.sql: the queries of bells.c: a school has some five bell plans.

-- name: bells_head :one
-- params:
SELECT cardinality(ej.my_setup_schools()) > 0 AS is_mine, count(*) AS count
  FROM ej.bell_plan AS p WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: bells_rows :many plan
-- The plans by shift and name: how many lessons, when they begin and end, who has them.
-- params:
SELECT p.id AS bell_plan_id, p.name, p.shift, b.lessons, b.starts, b.ends,
       (SELECT count(*) FROM ej.mode AS m WHERE m.bell_plan_id = p.id) AS modes
  FROM ej.bell_plan AS p
 CROSS JOIN LATERAL (SELECT count(*) AS lessons, to_char(min(b.starts), 'HH24:MI') AS starts,
                            to_char(max(b.ends), 'HH24:MI') AS ends
                       FROM ej.bell AS b WHERE b.bell_plan_id = p.id) AS b
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY p.shift, p.name;

-- name: bells_show :one
-- params: bell_plan_id bigint
SELECT p.id AS bell_plan_id, p.name, p.shift, p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine
  FROM ej.bell_plan AS p
 WHERE p.id = :bell_plan_id AND p.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: bells_lessons :many lesson
-- A row for each slot that a plan may have; the break is the one before the lesson, in minutes.
-- params: bell_plan_id bigint
SELECT s.slot, to_char(b.starts, 'HH24:MI') AS starts, to_char(b.ends, 'HH24:MI') AS ends,
       (extract(epoch FROM b.ends - b.starts) / 60)::int AS minutes,
       (extract(epoch FROM b.starts - lag(b.ends) OVER (ORDER BY s.slot)) / 60)::int AS pause
  FROM generate_series(0, 12) AS s(slot)
  LEFT JOIN ej.bell AS b ON b.bell_plan_id = :bell_plan_id AND b.slot = s.slot
 ORDER BY s.slot;

-- name: bells_add :outcomes
-- params: bell_plan_id bigint, fields jsonb
SELECT ej.save_rows('ej.bell_plan', :fields || jsonb_build_object('id', :bell_plan_id));

-- name: bells_save :outcomes
-- params: bell_plan_id bigint, fields jsonb, starts time[], old_starts time[], ends time[], old_ends time[]
SELECT ej.bells_save(:bell_plan_id, :fields, :starts, :old_starts, :ends, :old_ends);
