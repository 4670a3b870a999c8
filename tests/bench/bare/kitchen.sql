-- kitchen.sql: the orders of a day for the kitchen, asked without rights and without a document. Form: grid.sql.

-- name: kitchen_bare_meals :many
-- params: school_id bigint, day_on date
-- same: /page/kitchen/meal
SELECT m.id, m.name, m.serves_at, m.cutoff_days, m.cutoff_at, count(*), count(d.sent_at), count(d.confirmed_by)
  FROM ej.meal_day AS d JOIN ej.meal AS m ON m.id = d.meal_id
 WHERE d.school_id = :school_id AND d.served_on = :day_on GROUP BY m.id ORDER BY m.serves_at;

-- name: kitchen_bare_groups :many
-- params: school_id bigint, day_on date
-- same: /page/kitchen/meal/group
SELECT l.meal_id, k.kind, k.name, l.age, sum(l.portions) FILTER (WHERE l.cause = 'sent'), sum(l.portions), sum(l.total)
  FROM ej.meal_line AS l JOIN ej.meal_category AS k ON k.id = l.meal_category_id
 WHERE l.school_id = :school_id AND l.served_on = :day_on GROUP BY l.meal_id, k.id, l.age ORDER BY l.meal_id, l.age, k.name;

-- name: kitchen_bare_counts :many
-- params: school_id bigint, day_on date
-- same: /page/kitchen/meal/count
SELECT l.meal_id, c.name, k.name, l.age, sum(l.portions) FILTER (WHERE l.cause = 'sent'), sum(l.portions)
  FROM ej.meal_line AS l
  JOIN ej.class AS c ON c.id = l.class_id
  JOIN ej.meal_category AS k ON k.id = l.meal_category_id
 WHERE l.school_id = :school_id AND l.served_on = :day_on
 GROUP BY l.meal_id, c.id, k.id, l.age ORDER BY l.meal_id, c.grade, c.letter, k.name;

-- name: kitchen_bare_changes :many
-- params: school_id bigint, day_on date
-- same: /page/kitchen/meal/change
SELECT l.meal_id, l.made_at, c.name, k.name, l.age, l.portions, l.cause, f.surname, f.given_name, f.patronymic
  FROM ej.meal_line AS l
  JOIN ej.class AS c ON c.id = l.class_id
  JOIN ej.meal_category AS k ON k.id = l.meal_category_id
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id
 WHERE l.school_id = :school_id AND l.served_on = :day_on AND l.cause <> 'sent' ORDER BY l.made_at LIMIT 500;
