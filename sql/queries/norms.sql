-- norms.sql: the queries of norms.c.

-- name: norms_head :one
-- params:
SELECT count(*) AS count, 34 AS weeks,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.grade_norm AS n
 WHERE n.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: norms_rows :many norm
-- By grade, of which there are twelve.
-- params:
SELECT n.id AS norm_id, n.grade, trim_scale(n.hours_5) AS hours_5, trim_scale(n.hours_6) AS hours_6, n.weeks,
       n.homework_min
  FROM ej.grade_norm AS n
 WHERE n.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY n.grade;

-- name: norms_show :one
-- params: norm_id bigint
SELECT n.id AS norm_id, n.grade, trim_scale(n.hours_5) AS hours_5, trim_scale(n.hours_6) AS hours_6, n.weeks,
       n.homework_min
  FROM ej.grade_norm AS n WHERE n.id = :norm_id AND n.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: norms_save :outcomes
-- params: norm_id bigint, fields jsonb
SELECT ej.save_rows('ej.grade_norm', :fields || jsonb_build_object('id', :norm_id));
