-- servings.sql: the queries of servings.c. A school has a few meals.

-- name: servings_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, cardinality(ej.my_meals_schools()) > 0 AS is_mine
  FROM ej.meal AS m WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), m.name);

-- name: servings_rows :many serving
-- list: sort time
-- params: find text, sort text, page int, lines int
SELECT m.id AS meal_id, m.name, to_char(m.serves_at, 'HH24:MI') AS serves_at, m.cutoff_days,
       to_char(m.cutoff_at, 'HH24:MI') AS cutoff_at, to_char(m.withdraw_until, 'HH24:MI') AS withdraw_until, m.ended_on
  FROM ej.meal AS m
 WHERE :sort = 'time' AND m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), m.name)
 ORDER BY m.ended_on IS NOT NULL, m.serves_at, m.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: servings_show :one
-- params: meal_id bigint
SELECT m.id AS meal_id, m.name, to_char(m.serves_at, 'HH24:MI') AS serves_at, m.cutoff_days,
       to_char(m.cutoff_at, 'HH24:MI') AS cutoff_at, to_char(m.withdraw_until, 'HH24:MI') AS withdraw_until, m.ended_on
  FROM ej.meal AS m WHERE m.id = :meal_id AND m.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]);

-- name: servings_save :outcomes
-- params: meal_id bigint, fields jsonb
SELECT ej.save_rows('ej.meal', :fields || jsonb_build_object('id', :meal_id));
