-- scales.sql: the queries of scales.c.

-- name: scales_head :one
-- With what a new scale has at first.
-- params:
SELECT cardinality(ej.my_setup_schools()) > 0 AS is_mine, true AS is_active, count(*) AS count
  FROM ej.scale AS s WHERE s.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: scales_rows :many scale
-- The scales with their marks in order, those in use first.
-- params:
-- rows: at most 100
SELECT s.id AS scale_id, s.name, s.is_active,
       (SELECT string_agg(v.value, ' ' ORDER BY v.order_no, v.value) FROM (
               SELECT v.value, v.order_no FROM ej.scale_value AS v
                WHERE v.scale_id = s.id AND v.is_active ORDER BY v.order_no, v.value LIMIT 12) AS v)
       || CASE WHEN (SELECT count(*) FROM ej.scale_value AS v WHERE v.scale_id = s.id AND v.is_active) > 12 THEN ' …'
               ELSE '' END AS list
  FROM ej.scale AS s
 WHERE s.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY NOT s.is_active, s.id LIMIT 100;

-- name: scales_show :one
-- params: scale_id bigint
SELECT s.id AS scale_id, s.name, s.is_active
  FROM ej.scale AS s WHERE s.id = :scale_id AND s.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: scales_save :outcomes
-- params: scale_id bigint, fields jsonb
SELECT ej.save_rows('ej.scale', :fields || jsonb_build_object('id', :scale_id));

-- name: scales_values_head :one
-- With what a new mark has at first: the last place.
-- params: scale_id bigint
SELECT s.id AS scale_id, s.name AS scale_name, cardinality(ej.my_setup_schools()) > 0 AS is_mine, true AS is_active,
       (SELECT count(*) FROM ej.scale_value AS v WHERE v.scale_id = s.id) AS count,
       (SELECT coalesce(max(v.order_no), 0) + 1 FROM ej.scale_value AS v WHERE v.scale_id = s.id) AS order_no
  FROM ej.scale AS s
 WHERE s.id = :scale_id AND s.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: scales_values :many value
-- params: scale_id bigint
-- rows: at most 200
SELECT v.id AS scale_value_id, v.value, v.name, v.number, v.order_no, v.is_pass, v.is_good, v.sou_weight, v.is_active
  FROM ej.scale_value AS v
 WHERE v.scale_id = :scale_id ORDER BY NOT v.is_active, v.order_no, v.value LIMIT 200;

-- name: scales_value :one
-- params: scale_id bigint, scale_value_id bigint
SELECT v.id AS scale_value_id, s.id AS scale_id, s.name AS scale_name, v.value, v.name, v.number, v.order_no,
       v.is_pass, v.is_good, v.sou_weight, v.is_active
  FROM ej.scale_value AS v JOIN ej.scale AS s ON s.id = v.scale_id
 WHERE v.id = :scale_value_id AND v.scale_id = :scale_id
   AND v.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: scales_value_save :outcomes
-- A mark is one of the scale of its address: of another scale, or of none, it is missing.
-- params: scale_id bigint, scale_value_id bigint, fields jsonb
SELECT ej.save_rows('ej.scale_value', :fields || CASE
       WHEN :scale_value_id IS NULL THEN jsonb_build_object('scale_id', :scale_id)
       ELSE jsonb_build_object('id', coalesce((SELECT v.id FROM ej.scale_value AS v
                                                WHERE v.id = :scale_value_id AND v.scale_id = :scale_id), 0)) END);
