-- payments.sql: the queries of payments.c. The class is that of today, or the last.

-- name: payments_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, cardinality(ej.my_meals_schools()) > 0 AS is_mine
  FROM ej.meal_payment AS y
  JOIN ej.pupil AS p ON p.id = y.pupil_id
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, y.document));

-- name: payments_rows :many payment
-- The newest first.
-- list: sort day
-- params: find text, sort text, page int, lines int
SELECT y.id AS meal_payment_id, p.id AS pupil_id, p.surname || ' ' || p.given_name AS pupil_name,
       c.name AS class_name, y.paid_on, y.amount, y.document, nullif(y.reason, '') AS reason
  FROM ej.meal_payment AS y
  JOIN ej.pupil AS p ON p.id = y.pupil_id
  LEFT JOIN LATERAL (SELECT c.name FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = y.pupil_id ORDER BY lower(e.during) DESC LIMIT 1) AS c ON true
 WHERE :sort = 'day' AND y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, y.document))
 ORDER BY y.paid_on DESC, y.id DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: payments_choices :many choice
-- params:
SELECT x."for", x.value, x.name
  FROM (SELECT 'pupil_id' AS "for", p.id AS value, c.name || ' ' || p.surname || ' ' || p.given_name AS name,
               c.grade AS place, c.letter::text AS letter
          FROM ej.class AS c
          JOIN ej.school_today AS t ON t.school_id = c.school_id
          JOIN ej.enrolment AS e ON e.class_id = c.id AND e.during @> t.today
          JOIN ej.pupil AS p ON p.id = e.pupil_id
         WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_meals_schools())))) AS x
 ORDER BY x.place, x.letter, x.name, x.value;

-- name: payments_show :one
-- params: meal_payment_id bigint
SELECT y.id AS meal_payment_id, p.surname || ' ' || p.given_name AS pupil_name, y.paid_on, y.amount, y.document,
    y.reason
  FROM ej.meal_payment AS y JOIN ej.pupil AS p ON p.id = y.pupil_id
 WHERE y.id = :meal_payment_id AND y.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]);

-- name: payments_save :outcomes
-- params: meal_payment_id bigint, fields jsonb
SELECT ej.save_rows('ej.meal_payment', CASE WHEN :meal_payment_id IS NULL THEN :fields ELSE :fields - 'pupil_id' END
    || jsonb_build_object('id', :meal_payment_id));
