-- menus.sql: the queries of menus.c.

-- name: menus_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, cardinality(ej.my_meals_schools()) > 0 AS is_mine
  FROM ej.menu AS u WHERE u.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), u.note);

-- name: menus_rows :many menu
-- The last day first.
-- list: sort day
-- params: find text, sort text, page int, lines int
SELECT u.id AS menu_id, u.served_on, m.name AS meal_name, u.note
  FROM ej.menu AS u JOIN ej.meal AS m ON m.id = u.meal_id
 WHERE :sort = 'day' AND u.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), u.note)
 ORDER BY u.served_on DESC, m.serves_at, u.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: menus_choices :many choice
-- params:
SELECT 'meal_id' AS "for", m.id AS value, m.name FROM ej.meal AS m
 WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_meals_schools()))) AND m.ended_on IS NULL
 ORDER BY m.serves_at, m.id;

-- name: menus_show :one
-- params: menu_id bigint
SELECT u.id AS menu_id, u.served_on, m.name AS meal_name, u.note
  FROM ej.menu AS u JOIN ej.meal AS m ON m.id = u.meal_id
 WHERE u.id = :menu_id AND u.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]);

-- name: menus_save :outcomes
-- params: menu_id bigint, fields jsonb
SELECT ej.save_rows('ej.menu', CASE WHEN :menu_id IS NULL THEN :fields ELSE :fields - 'meal_id' END
    || jsonb_build_object('id', :menu_id));
