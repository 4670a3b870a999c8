-- entitlements.sql: the queries of entitlements.c. The class is that of today, or the last.

-- name: entitlements_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, cardinality(ej.my_meals_schools()) > 0 AS is_mine
  FROM ej.meal_entitlement AS n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.meal_category AS k ON k.id = n.meal_category_id
 WHERE n.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, k.name));

-- name: entitlements_rows :many entitlement
-- Those in force first, by class and name.
-- list: sort class
-- params: find text, sort text, page int, lines int
SELECT n.id AS meal_entitlement_id, p.id AS pupil_id,
       concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS pupil_name, c.name AS class_name,
       k.name AS category_name, n.document, lower(n.during) AS from_on, upper(n.during) - 1 AS till_on,
       NOT n.during @> t.today AS is_past, nullif(n.reason, '') AS reason
  FROM ej.meal_entitlement AS n
  JOIN ej.school_today AS t ON t.school_id = n.school_id
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.meal_category AS k ON k.id = n.meal_category_id
  LEFT JOIN LATERAL (SELECT c.name, c.grade, c.letter FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = n.pupil_id ORDER BY lower(e.during) DESC LIMIT 1) AS c ON true
 WHERE :sort = 'class' AND n.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, k.name))
 ORDER BY n.during @> t.today DESC, c.grade, c.letter, p.surname, p.given_name, n.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: entitlements_print_head :one
-- params:
SELECT s.name AS school_name, t.today AS today_on, ej.director_name(s.id, t.today) AS director_name
  FROM ej.school AS s JOIN ej.school_today AS t ON t.school_id = s.id
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: entitlements_print_rows :many entitlement
-- Those in force today, by class and name.
-- params:
-- rows: at most 1000
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS pupil_name,
       c.name AS class_name, k.name AS category_name, n.document, lower(n.during) AS from_on,
       upper(n.during) - 1 AS till_on
  FROM ej.meal_entitlement AS n
  JOIN ej.school_today AS t ON t.school_id = n.school_id AND n.during @> t.today
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.meal_category AS k ON k.id = n.meal_category_id
  LEFT JOIN ej.enrolment AS e ON e.pupil_id = n.pupil_id AND e.during @> t.today
  LEFT JOIN ej.class AS c ON c.id = e.class_id
 WHERE n.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY c.grade, c.letter, p.surname, p.given_name, n.id;

-- name: entitlements_choices :many choice
-- The pupils of today, and the categories that a document gives.
-- params:
SELECT x."for", x.value, x.name
  FROM (SELECT 'pupil_id' AS "for", p.id AS value, c.name || ' ' || p.surname || ' ' || p.given_name AS name,
               c.grade AS place, c.letter::text AS letter
          FROM ej.class AS c
          JOIN ej.school_today AS t ON t.school_id = c.school_id
          JOIN ej.enrolment AS e ON e.class_id = c.id AND e.during @> t.today
          JOIN ej.pupil AS p ON p.id = e.pupil_id
         WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_meals_schools())))
         UNION ALL
        SELECT 'meal_category_id', k.id, k.name::text, 0, ''
          FROM ej.meal_category AS k
         WHERE k.school_id = ANY (ARRAY(SELECT unnest(ej.my_meals_schools()))) AND k.kind = 'benefit'
           AND k.ended_on IS NULL) AS x
 ORDER BY x."for", x.place, x.letter, x.name, x.value;

-- name: entitlements_show :one
-- params: meal_entitlement_id bigint
SELECT n.id AS meal_entitlement_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS pupil_name,
       n.meal_category_id, n.document, lower(n.during) AS from_on, upper(n.during) - 1 AS till_on, n.reason
  FROM ej.meal_entitlement AS n JOIN ej.pupil AS p ON p.id = n.pupil_id
 WHERE n.id = :meal_entitlement_id AND n.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]);

-- name: entitlements_save :outcomes
-- params: meal_entitlement_id bigint, fields jsonb
SELECT ej.save_rows('ej.meal_entitlement',
    CASE WHEN :meal_entitlement_id IS NULL THEN :fields ELSE :fields - 'pupil_id' END
    || jsonb_build_object('id', :meal_entitlement_id));
