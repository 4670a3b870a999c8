-- prices.sql: the queries of prices.c.

-- name: prices_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, cardinality(ej.my_meals_schools()) > 0 AS is_mine
  FROM ej.meal_price AS p
  JOIN ej.meal AS m ON m.id = p.meal_id
  JOIN ej.meal_category AS k ON k.id = p.meal_category_id
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', m.name, k.name));

-- name: prices_rows :many price
-- Those in force first, then those to come and those that are over.
-- list: sort meal
-- params: find text, sort text, page int, lines int
SELECT p.id AS meal_price_id, m.name AS meal_name, k.name AS category_name, p.age, p.total, p.by_parents,
       lower(p.during) AS from_on, upper(p.during) - 1 AS till_on,
       CASE WHEN upper(p.during) <= t.today THEN 'over' WHEN lower(p.during) > t.today THEN 'coming' END AS state
  FROM ej.meal_price AS p
  JOIN ej.meal AS m ON m.id = p.meal_id
  JOIN ej.meal_category AS k ON k.id = p.meal_category_id
  JOIN ej.school_today AS t ON t.school_id = p.school_id
 WHERE :sort = 'meal' AND p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', m.name, k.name))
 ORDER BY p.during @> t.today DESC, upper(p.during) <= t.today, m.serves_at, m.id,
       array_position('{free,paid,benefit}'::text[], k.kind::text), k.name, p.age DESC, lower(p.during) DESC, p.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: prices_choices :many choice
-- params:
SELECT c."for", c.value, c.name
  FROM (SELECT 'meal_id' AS "for", m.id AS value, m.name::text, to_char(m.serves_at, 'HH24:MI') AS place
      FROM ej.meal AS m
         WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_meals_schools()))) AND m.ended_on IS NULL
         UNION ALL
        SELECT 'meal_category_id', k.id, k.name, array_position('{free,paid,benefit}'::text[], k.kind::text)::text
          FROM ej.meal_category AS k
         WHERE k.school_id = ANY (ARRAY(SELECT unnest(ej.my_meals_schools()))) AND k.ended_on IS NULL) AS c
 ORDER BY c."for", c.place, c.name, c.value;

-- name: prices_show :one
-- params: meal_price_id bigint
SELECT p.id AS meal_price_id, m.name AS meal_name, k.name AS category_name, p.age, p.total, p.by_parents,
       lower(p.during) AS from_on, upper(p.during) - 1 AS till_on
  FROM ej.meal_price AS p
  JOIN ej.meal AS m ON m.id = p.meal_id
  JOIN ej.meal_category AS k ON k.id = p.meal_category_id
 WHERE p.id = :meal_price_id AND p.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]);

-- name: prices_save :outcomes
-- params: meal_price_id bigint, fields jsonb
SELECT ej.save_rows('ej.meal_price', CASE WHEN :meal_price_id IS NULL THEN :fields
                                          ELSE :fields - '{meal_id,meal_category_id,age}'::text[] END
    || jsonb_build_object('id', :meal_price_id));
