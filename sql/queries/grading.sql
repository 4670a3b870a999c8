-- grading.sql: the queries of grading.c.

-- name: grading_head :one
-- params:
SELECT cardinality(ej.my_setup_schools()) > 0 AS is_mine, count(*) AS count
  FROM ej.scale_use AS u WHERE u.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: grading_choices :many choice
-- The scales in use, the subjects and the classes of the newest year.
-- params:
-- rows: at most 300
WITH here AS MATERIALIZED (SELECT unnest(ej.my_staff_schools()) AS school_id)
(SELECT f.name AS "for", s.id AS value, s.name::text
   FROM ej.scale AS s, (VALUES ('scale_id'), ('term_scale_id')) AS f(name)
  WHERE s.school_id = ANY (ARRAY(SELECT h.school_id FROM here AS h)) AND s.is_active ORDER BY s.id)
 UNION ALL
(SELECT 'subject_id', s.id, s.name FROM ej.subject AS s
  WHERE s.school_id = ANY (ARRAY(SELECT h.school_id FROM here AS h)) ORDER BY s.order_no, s.name LIMIT 150)
 UNION ALL
(SELECT 'class_id', c.id, c.name FROM ej.class AS c
  WHERE c.school_id = ANY (ARRAY(SELECT h.school_id FROM here AS h))
    AND c.year = (SELECT max(y.year) FROM ej.school_year AS y
                   WHERE y.school_id = ANY (ARRAY(SELECT h.school_id FROM here AS h)))
  ORDER BY c.grade, c.letter LIMIT 150);

-- name: grading_rows :many rule
-- params:
-- rows: at most 300
SELECT u.id AS scale_use_id, u.scale_id, s.name AS scale_name, u.term_scale_id, t.name AS term_scale_name,
       u.subject_id, b.name AS subject_name, u.grade_from, u.grade_till, u.class_id, c.name AS class_name
  FROM ej.scale_use AS u
  JOIN ej.scale AS s ON s.id = u.scale_id
  JOIN ej.scale AS t ON t.id = u.term_scale_id
  LEFT JOIN ej.subject AS b ON b.id = u.subject_id
  LEFT JOIN ej.class AS c ON c.id = u.class_id
 WHERE u.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY u.class_id IS NULL, u.subject_id IS NULL, coalesce(u.grade_till, 12) - coalesce(u.grade_from, 1), u.id
 LIMIT 300;

-- name: grading_show :one
-- params: scale_use_id bigint
SELECT u.id AS scale_use_id, u.scale_id, u.term_scale_id, u.subject_id, u.grade_from, u.grade_till, u.class_id
  FROM ej.scale_use AS u
 WHERE u.id = :scale_use_id AND u.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: grading_save :outcomes
-- params: scale_use_id bigint, fields jsonb
SELECT ej.save_rows('ej.scale_use', :fields || jsonb_build_object('id', :scale_use_id));
