-- kitchen.sql: the queries of kitchen.c. The numbers of a class whose orders were sent are those of ej.meal_line;
-- of the others they are the orders as they are now (is_open).

-- name: kitchen_print_head :one
-- params: day_on date
SELECT :day_on AS day_on, ej.day_name(:day_on) AS day_name, s.name AS school_name,
       ej.director_name(s.id, ej.today(s.id)) AS director_name,
       ej.meal_organisers(s.id) AS organisers,
       (SELECT max(d.served_on) FROM ej.meal_day AS d WHERE d.school_id = s.id AND d.served_on < :day_on) AS prev_on,
       (SELECT min(d.served_on) FROM ej.meal_day AS d WHERE d.school_id = s.id AND d.served_on > :day_on) AS next_on
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_meals_schools() || ej.my_lead_schools())::bigint[]);

-- name: kitchen_meals :many meal
-- unconfirmed: classes whose orders went, or will go, as they were proposed.
-- params: day_on date
-- rows: at most 10
SELECT m.id AS meal_id, m.name, to_char(m.serves_at, 'HH24:MI') AS serves_at, count(*) AS classes,
       nullif(count(*) FILTER (WHERE d.sent_at IS NULL), 0) AS unsent,
       nullif(count(*) FILTER (WHERE d.confirmed_by IS NULL), 0) AS unconfirmed,
       to_char(ej.meal_cutoff(m.id, :day_on), 'YYYY-MM-DD"T"HH24:MI') AS cutoff_at
  FROM ej.meal_day AS d JOIN ej.meal AS m ON m.id = d.meal_id
 WHERE d.served_on = :day_on AND d.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 GROUP BY m.id ORDER BY m.serves_at, m.id;

-- name: kitchen_groups :many group under kitchen_meals meal_id
-- By category and age: portions as sent and now, the planned cost.
-- params: day_on date
-- rows: at most 100
WITH line AS (
    SELECT l.meal_id, l.meal_category_id, l.age, sum(l.portions) FILTER (WHERE l.cause = 'sent') AS sent,
           sum(l.portions) AS now, sum(l.total) AS total
      FROM ej.meal_line AS l
     WHERE l.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND l.served_on = :day_on
     GROUP BY l.meal_id, l.meal_category_id, l.age
     UNION ALL
    SELECT o.meal_id, o.meal_category_id, o.age, count(*), count(*), sum(o.total)
      FROM ej.meal_order AS o
      JOIN ej.meal_day AS d ON d.class_id = o.class_id AND d.meal_id = o.meal_id AND d.served_on = o.served_on
       AND d.sent_at IS NULL
     WHERE o.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND o.served_on = :day_on
       AND o.state <> 'withdrawn'
     GROUP BY o.meal_id, o.meal_category_id, o.age
)
SELECT x.meal_id, k.name AS category_name, x.age, coalesce(sum(x.sent), 0) AS sent, sum(x.now) AS now,
       nullif(sum(x.now) - coalesce(sum(x.sent), 0), 0) AS change, sum(x.total) AS total,
       CASE WHEN sum(x.now) > 0 THEN round(sum(x.total) / sum(x.now), 2) END AS price
  FROM line AS x JOIN ej.meal_category AS k ON k.id = x.meal_category_id
 GROUP BY x.meal_id, k.id, x.age
 ORDER BY x.meal_id, x.age DESC, array_position('{free,benefit,paid}'::text[], k.kind::text), k.name, k.id;

-- name: kitchen_counts :many count under kitchen_meals meal_id
-- By class, category and age.
-- params: day_on date
-- rows: at most 1000
WITH day AS MATERIALIZED (
    SELECT d.class_id, d.meal_id, d.sent_at, d.confirmed_by FROM ej.meal_day AS d
     WHERE d.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND d.served_on = :day_on
), line AS (
    SELECT l.class_id, l.meal_id, l.meal_category_id, l.age, sum(l.portions) FILTER (WHERE l.cause = 'sent') AS sent,
           sum(l.portions) AS now
      FROM ej.meal_line AS l
     WHERE l.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND l.served_on = :day_on
     GROUP BY l.class_id, l.meal_id, l.meal_category_id, l.age
     UNION ALL
    SELECT o.class_id, o.meal_id, o.meal_category_id, o.age, count(*), count(*)
      FROM ej.meal_order AS o
      JOIN day AS d ON d.class_id = o.class_id AND d.meal_id = o.meal_id AND d.sent_at IS NULL
     WHERE o.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND o.served_on = :day_on
       AND o.state <> 'withdrawn'
     GROUP BY o.class_id, o.meal_id, o.meal_category_id, o.age
)
SELECT d.meal_id, c.name AS class_name, k.name AS category_name, x.age, coalesce(x.sent, 0) AS sent, x.now,
       nullif(x.now - coalesce(x.sent, 0), 0) AS change, d.sent_at IS NULL AS is_open,
       d.confirmed_by IS NULL AS is_unconfirmed
  FROM day AS d
  JOIN ej.class AS c ON c.id = d.class_id
  JOIN line AS x ON x.class_id = d.class_id AND x.meal_id = d.meal_id
  JOIN ej.meal_category AS k ON k.id = x.meal_category_id
 ORDER BY d.meal_id, c.grade, c.letter, array_position('{free,benefit,paid}'::text[], k.kind::text), k.name, k.id;

-- name: kitchen_changes :many change under kitchen_meals meal_id
-- What changed after it was sent, when and by whom.
-- params: day_on date
-- rows: at most 500
SELECT l.meal_id, to_char(l.made_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, c.name AS class_name,
       k.name AS category_name, l.age, l.portions, l.cause, f.name AS staff_name
  FROM ej.meal_line AS l
  JOIN ej.school_today AS t ON t.school_id = l.school_id
  JOIN ej.class AS c ON c.id = l.class_id
  JOIN ej.meal_category AS k ON k.id = l.meal_category_id
  LEFT JOIN LATERAL ej.staff_names(ARRAY[l.staff_id]) AS f ON f.staff_id = l.staff_id
 WHERE l.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND l.served_on = :day_on AND l.cause <> 'sent'
 ORDER BY l.meal_id, l.made_at, l.id LIMIT 500;
