-- meals.sql: the queries of meals.c. Row policies decide whose orders a reader sees.

-- name: meals_scope :one
-- The day that is shown: the one asked for, else the next whose orders are not sent, else today.
-- params: day_on date
SELECT t.school_id, t.today AS today_on,
       coalesce(:day_on, (SELECT min(d.served_on) FROM ej.meal_day AS d WHERE d.school_id = t.school_id
                             AND d.served_on >= t.today AND d.sent_at IS NULL), t.today) AS served_on
  FROM ej.school_today AS t WHERE t.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: meals_head :one
-- is_lead: the reader sees all classes, so that the page shows one day. unpriced: choices of today's
-- classes that cannot be ordered for want of a price.
-- params: school_id bigint, served_on date, today_on date
SELECT :served_on AS day_on, ej.day_name(:served_on) AS day_name, :served_on < :today_on AS is_past,
       :school_id = ANY (ej.my_meals_schools() || ej.my_lead_schools()) AS is_lead,
       :school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AS is_organiser,
       (SELECT max(d.served_on) FROM ej.meal_day AS d WHERE d.school_id = :school_id
           AND d.served_on < :served_on) AS prev_on,
       (SELECT min(d.served_on) FROM ej.meal_day AS d WHERE d.school_id = :school_id
           AND d.served_on > :served_on) AS next_on,
       (SELECT nullif(count(*), 0) FROM ej.meal AS m JOIN ej.meal_choice AS h ON h.meal_id = m.id
           AND h.during @> :served_on
         WHERE m.school_id = :school_id AND NOT EXISTS (
               SELECT FROM ej.meal_price AS p WHERE p.meal_id = m.id AND p.during @> :served_on)) AS unpriced,
       (SELECT count(*) FROM ej.meal AS m WHERE m.school_id = :school_id AND m.ended_on IS NULL) AS meals;

-- name: meals_totals :many total
-- Of the shown day: portions and classes of each meal.
-- params: school_id bigint, served_on date
-- rows: at most 10
SELECT m.name, count(DISTINCT d.id) AS classes,
    count(DISTINCT d.id) FILTER (WHERE d.confirmed_by IS NOT NULL) AS confirmed,
       count(DISTINCT d.id) FILTER (WHERE d.sent_at IS NOT NULL) AS sent, count(o.id) AS portions,
       to_char(ej.meal_cutoff(m.id, :served_on), 'YYYY-MM-DD"T"HH24:MI') AS cutoff_at
  FROM ej.meal AS m
  JOIN ej.meal_day AS d ON d.meal_id = m.id AND d.served_on = :served_on
  LEFT JOIN ej.meal_order AS o ON o.class_id = d.class_id AND o.served_on = d.served_on AND o.meal_id = d.meal_id
   AND o.state <> 'withdrawn'
 WHERE m.school_id = :school_id
   AND :school_id = ANY ((SELECT ej.my_meals_schools() || ej.my_lead_schools())::bigint[])
 GROUP BY m.id ORDER BY m.serves_at, m.id;

-- name: meals_orders :many order
-- A row a class and day. is_open: the cutoff of a meal is still to come; can_confirm: the reader confirms it.
-- params: school_id bigint, served_on date, today_on date
-- rows: at most 100
WITH day AS MATERIALIZED (
    SELECT d.class_id, d.meal_id, d.served_on, d.confirmed_by, d.sent_at, m.name AS meal_name, m.serves_at
      FROM ej.meal_day AS d JOIN ej.meal AS m ON m.id = d.meal_id
     WHERE d.school_id = :school_id AND (d.served_on = :served_on
           OR d.class_id = ANY ((SELECT ej.my_classes())::bigint[]) AND d.served_on BETWEEN :today_on
               AND :today_on + 14)
), cutoff AS MATERIALIZED (
    SELECT x.meal_id, x.served_on, ej.meal_cutoff(x.meal_id, x.served_on) AS at
      FROM (SELECT DISTINCT d.meal_id, d.served_on FROM day AS d) AS x
), counted AS (
    SELECT d.class_id, d.served_on, d.meal_name, d.serves_at, d.confirmed_by, d.sent_at, k.at,
           d.sent_at IS NULL AND k.at > ej.school_clock(:school_id) AS is_open,
           (SELECT count(*) FROM ej.meal_order AS o
             WHERE o.class_id = d.class_id AND o.served_on = d.served_on AND o.meal_id = d.meal_id
               AND o.state <> 'withdrawn') AS n
      FROM day AS d JOIN cutoff AS k ON k.meal_id = d.meal_id AND k.served_on = d.served_on
)
SELECT c.id AS class_id, c.name AS class_name, x.served_on AS day_on, ej.day_name(x.served_on) AS day_name,
       string_agg(lower(x.meal_name) || ' ' || x.n, ', ' ORDER BY x.serves_at, x.meal_name) AS portions,
           sum(x.n) AS count,
       bool_and(x.confirmed_by IS NOT NULL) AS is_confirmed, bool_and(x.sent_at IS NOT NULL) AS is_sent,
       bool_or(x.is_open) AS is_open,
       to_char(min(x.at) FILTER (WHERE x.is_open), 'YYYY-MM-DD"T"HH24:MI') AS cutoff_at,
       bool_or(x.is_open AND x.confirmed_by IS NULL)
           AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
                OR c.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[])) AS can_confirm
  FROM counted AS x JOIN ej.class AS c ON c.id = x.class_id
 GROUP BY c.id, x.served_on
 ORDER BY x.served_on, c.grade, c.letter;

-- name: meals_class :one
-- can_write: a meal is before its cutoff, or the reader is the organiser; is_late: the organiser gives a reason.
-- params: class_id bigint, day_on date
SELECT c.id AS class_id, c.name AS class_name, :day_on AS day_on, ej.day_name(:day_on) AS day_name,
       ej.meal_organisers(c.school_id) AS organisers, ej.is_meal_closed(c.school_id, :day_on) AS is_closed,
       x.is_mine AND (x.is_organiser OR x.is_open) AND NOT ej.is_meal_closed(c.school_id, :day_on) AS can_write,
       x.is_organiser AND x.is_late AS is_late, to_char(:day_on, 'YYYY-MM') AS month_key,
       (SELECT max(d.served_on) FROM ej.meal_day AS d WHERE d.class_id = c.id AND d.served_on < :day_on) AS prev_on,
       (SELECT min(d.served_on) FROM ej.meal_day AS d WHERE d.class_id = c.id AND d.served_on > :day_on) AS next_on
  FROM ej.class AS c
 CROSS JOIN LATERAL (
       SELECT c.id = ANY ((SELECT ej.my_classes())::bigint[])
                  OR c.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AS is_mine,
              c.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AS is_organiser,
              coalesce(bool_or(NOT d.is_sent), false) AS is_open, coalesce(bool_or(d.is_sent), false) AS is_late
         FROM (SELECT ej.is_meal_sent(d.class_id, d.meal_id, d.served_on) AS is_sent FROM ej.meal_day AS d
                WHERE d.class_id = c.id AND d.served_on = :day_on) AS d) AS x
 WHERE c.id = :class_id
   AND (x.is_mine OR c.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[]));

-- name: meals_columns :many meal
-- params: class_id bigint, day_on date
-- rows: at most 10
SELECT m.id AS meal_id, m.name, to_char(m.serves_at, 'HH24:MI') AS serves_at,
       to_char(k.at, 'YYYY-MM-DD"T"HH24:MI') AS cutoff_at,
       d.sent_at IS NULL AND k.at > ej.school_clock(d.school_id) AS is_open,
       f.name AS confirmed_name, to_char(d.confirmed_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS confirmed_at,
       to_char(d.sent_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS sent_at,
       (SELECT count(*) FROM ej.meal_order AS o WHERE o.class_id = d.class_id AND o.served_on = d.served_on
           AND o.meal_id = d.meal_id AND o.state <> 'withdrawn') AS portions
  FROM ej.meal_day AS d
  JOIN ej.meal AS m ON m.id = d.meal_id
  JOIN ej.school_today AS t ON t.school_id = d.school_id
 CROSS JOIN LATERAL (SELECT ej.meal_cutoff(d.meal_id, d.served_on) AS at OFFSET 0) AS k
  LEFT JOIN LATERAL ej.staff_names(ARRAY[d.confirmed_by]) AS f ON f.staff_id = d.confirmed_by
 WHERE d.class_id = :class_id AND d.served_on = :day_on
 ORDER BY m.serves_at, m.id;

-- name: meals_pupils :many pupil
-- All pupils of the class on that day: whoever has chosen nothing can be added.
-- params: class_id bigint, day_on date
-- rows: at most 60
SELECT e.pupil_id, x.name, r.code AS announced
  FROM ej.enrolment AS e
  JOIN ej.pupil_names(ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
                             WHERE e.class_id = :class_id AND e.during @> :day_on)) AS x ON x.pupil_id = e.pupil_id
  LEFT JOIN ej.absence_reason AS r ON r.pupil_id = e.pupil_id AND r.during @> :day_on AND r.slots IS NULL
 WHERE e.class_id = :class_id AND e.during @> :day_on
 ORDER BY x.order_no;

-- name: meals_cells :grid pupil_id meal_id
-- s: the state; w: why it is so; r: the organiser's reason.
-- params: class_id bigint, day_on date
-- rows: at most 60 x 10
SELECT o.pupil_id, o.meal_id, o.state AS s, o.cause AS w, nullif(o.reason, '') AS r
  FROM ej.meal_order AS o
  JOIN ej.class AS c ON c.id = o.class_id
 WHERE o.class_id = :class_id AND o.served_on = :day_on
   AND o.id >= c.year * 10000000000 AND o.id < (c.year + 1) * 10000000000
 ORDER BY o.pupil_id, o.meal_id;

-- name: meals_confirm :outcomes
-- params: class_id bigint, day_on date, eats text[], ate text[], count int, reason text
SELECT ej.meals_confirm(:class_id, :day_on, :eats, :ate, :count, :reason);

-- name: meals_eaters :one
-- params: class_id bigint
SELECT c.id AS class_id, c.name AS class_name, t.today AS today_on,
       c.id = ANY ((SELECT ej.my_classes())::bigint[])
           OR c.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AS can_write
  FROM ej.class AS c JOIN ej.school_today AS t ON t.school_id = c.school_id
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_meals_schools() || ej.my_lead_schools())::bigint[]));

-- name: meals_eater_pupils :many pupil
-- params: class_id bigint
-- rows: at most 60
SELECT e.pupil_id, x.name
  FROM ej.enrolment AS e
  JOIN ej.school_today AS t ON t.school_id = e.school_id
  JOIN ej.pupil_names(ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
      JOIN ej.school_today AS t ON t.school_id = e.school_id
                             WHERE e.class_id = :class_id AND e.during @> t.today)) AS x ON x.pupil_id = e.pupil_id
 WHERE e.class_id = :class_id AND e.during @> t.today
 ORDER BY x.order_no;

-- name: meals_eater_meals :many meal
-- params: class_id bigint
-- rows: at most 10
SELECT m.id AS meal_id, m.name FROM ej.class AS c JOIN ej.meal AS m ON m.school_id = c.school_id AND m.ended_on IS NULL
 WHERE c.id = :class_id ORDER BY m.serves_at, m.id;

-- name: meals_eater_cells :grid pupil_id meal_id
-- The days of the week of the last choice that is not over.
-- params: class_id bigint
-- rows: at most 60 x 10
SELECT DISTINCT ON (h.pupil_id, h.meal_id) h.pupil_id, h.meal_id, array_to_string(h.weekdays, '') AS text,
       CASE WHEN lower(h.during) > t.today THEN lower(h.during) END AS from_on
  FROM ej.enrolment AS e
  JOIN ej.school_today AS t ON t.school_id = e.school_id
  JOIN ej.meal_choice AS h ON h.pupil_id = e.pupil_id AND (upper_inf(h.during) OR upper(h.during) > t.today)
 WHERE e.class_id = :class_id AND e.during @> t.today
 ORDER BY h.pupil_id, h.meal_id, lower(h.during) DESC;

-- name: meals_choose :outcomes
-- params: class_id bigint, days_id bigint[], days_id2 bigint[], days text[], old_days text[], from_on date
SELECT ej.meals_choose(:class_id, :days_id, :days_id2, :days, :old_days, :from_on);

-- name: meals_pupil :one
-- balance: what the family has paid less what was eaten; a debt is negative.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, p.surname || ' ' || p.given_name AS name, t.today AS today_on, b.balance,
       k.name AS category_name, upper(n.during) - 1 AS category_till_on,
       p.id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AS is_family
  FROM ej.pupil AS p
  JOIN ej.school_today AS t ON t.school_id = p.school_id
 CROSS JOIN LATERAL ej.meal_accounts(p.school_id, ARRAY[p.id], t.today) AS b
  LEFT JOIN ej.meal_entitlement AS n ON n.pupil_id = p.id AND n.during @> t.today
  LEFT JOIN ej.meal_category AS k ON k.id = n.meal_category_id
 WHERE p.id = :pupil_id AND p.school_id = ANY ((SELECT ej.my_meals_module())::bigint[])
   AND (p.id = ANY ((SELECT ej.my_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_meals_schools() || ej.my_lead_schools())::bigint[]));

-- name: meals_pupil_choices :many choice
-- params: pupil_id bigint
-- rows: at most 20
SELECT m.name, array_to_string(h.weekdays, '') AS days, lower(h.during) AS from_on, upper(h.during) - 1 AS till_on
  FROM ej.meal_choice AS h
  JOIN ej.meal AS m ON m.id = h.meal_id
  JOIN ej.school_today AS t ON t.school_id = h.school_id
 WHERE h.pupil_id = :pupil_id AND (upper_inf(h.during) OR upper(h.during) > t.today)
 ORDER BY m.serves_at, m.id, lower(h.during);

-- name: meals_pupil_menus :many menu
-- params: pupil_id bigint
-- rows: at most 40
SELECT u.served_on, ej.day_name(u.served_on) AS day_name, m.name AS meal_name, u.note AS prose
  FROM ej.pupil AS p
  JOIN ej.school_today AS t ON t.school_id = p.school_id
  JOIN ej.menu AS u ON u.school_id = p.school_id AND u.served_on BETWEEN t.today AND t.today + 7
  JOIN ej.meal AS m ON m.id = u.meal_id
 WHERE p.id = :pupil_id ORDER BY u.served_on, m.serves_at, m.id;

-- name: meals_pupil_months :many month
-- This month and the one before: days, eaten, charged, paid.
-- params: pupil_id bigint
-- rows: at most 2
SELECT i.first_on AS month_on, ej.month_name(i.first_on) AS name, a.charged, a.paid, a.balance,
       (SELECT count(DISTINCT o.served_on) FROM ej.meal_order AS o WHERE o.pupil_id = p.id AND o.state = 'eaten'
           AND o.served_on >= i.first_on AND o.served_on < (i.first_on + interval '1 month')::date) AS days
  FROM ej.pupil AS p
  JOIN ej.school_today AS t ON t.school_id = p.school_id
 CROSS JOIN LATERAL (SELECT (date_trunc('month', t.today::timestamp) - make_interval(months => n))::date AS first_on
                       FROM generate_series(0, 1) AS n) AS i
 CROSS JOIN LATERAL ej.meal_accounts(p.school_id, ARRAY[p.id], least(t.today,
     (i.first_on + interval '1 month')::date - 1)) AS a
 WHERE p.id = :pupil_id ORDER BY i.first_on DESC;

-- name: meals_pupil_orders :many order
-- Of the last 40 days and those to come, the newest first.
-- params: pupil_id bigint
-- rows: at most 200
SELECT o.served_on, ej.weekday_short(o.served_on) AS weekday, m.name AS meal_name, o.state, o.cause,
       k.name AS category_name, o.total, o.by_parents
  FROM ej.meal_order AS o
  JOIN ej.school_today AS t ON t.school_id = o.school_id
  JOIN ej.meal AS m ON m.id = o.meal_id
  JOIN ej.meal_category AS k ON k.id = o.meal_category_id
 WHERE o.pupil_id = :pupil_id AND o.served_on > t.today - 40
 ORDER BY o.served_on DESC, m.serves_at, m.id LIMIT 200;

-- name: meals_pupil_payments :many payment
-- params: pupil_id bigint
-- rows: at most 40
SELECT y.paid_on, y.amount, y.document FROM ej.meal_payment AS y
 WHERE y.pupil_id = :pupil_id ORDER BY y.paid_on DESC, y.id DESC LIMIT 40;
