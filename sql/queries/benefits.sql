-- benefits.sql: the queries of benefits.c.

-- name: benefits_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, cardinality(ej.my_meals_schools()) > 0 AS is_mine
  FROM ej.meal_category AS k WHERE k.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', k.name, k.ground));

-- name: benefits_rows :many benefit
-- list: sort kind
-- params: find text, sort text, page int, lines int
SELECT k.id AS meal_category_id, k.name, k.kind, nullif(k.ground, '') AS ground, k.ended_on
  FROM ej.meal_category AS k
 WHERE :sort = 'kind' AND k.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', k.name, k.ground))
 ORDER BY k.ended_on IS NOT NULL, array_position('{free,paid,benefit}'::text[], k.kind::text), k.name, k.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: benefits_show :one
-- params: meal_category_id bigint
SELECT k.id AS meal_category_id, k.name, k.kind, nullif(k.ground, '') AS ground, k.ended_on
  FROM ej.meal_category AS k WHERE k.id = :meal_category_id
   AND k.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]);

-- name: benefits_save :outcomes
-- params: meal_category_id bigint, fields jsonb
SELECT ej.save_rows('ej.meal_category', CASE WHEN :meal_category_id IS NULL THEN :fields ELSE :fields - 'kind' END
    || jsonb_build_object('id', :meal_category_id));
