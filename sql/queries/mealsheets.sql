-- mealsheets.sql: the queries of mealsheets.c. What a family pays is the sum of eaten orders.

-- name: mealsheets_head :one
-- params:
SELECT t.today AS today_on, t.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AS is_mine
  FROM ej.school_today AS t WHERE t.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: mealsheets_months :many month
-- The months of this school year, from the one that runs back; classes: those whose sheets are the reader's.
-- params:
-- rows: at most 12
SELECT to_char(i.first_on, 'YYYY-MM') AS month_key, ej.month_name(i.first_on::date) || ' ' || extract(year
    FROM i.first_on)::int AS name,
       m.closed_at IS NOT NULL AS is_closed, f.name AS closed_name,
       to_char(m.closed_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS closed_at
  FROM ej.school_today AS t
  JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.during @> t.today
 CROSS JOIN generate_series(date_trunc('month', lower(y.during)::timestamp), t.today::timestamp,
     interval '1 month') AS i(first_on)
  LEFT JOIN LATERAL (SELECT m.id, m.closed_by, m.closed_at FROM ej.meal_month AS m
                      WHERE m.school_id = t.school_id AND m.month_on = i.first_on::date OFFSET 0) AS m ON true
  LEFT JOIN LATERAL ej.staff_names(ARRAY[m.closed_by]) AS f ON f.staff_id = m.closed_by
 WHERE t.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
 ORDER BY i.first_on DESC;

-- name: mealsheets_scope :one
-- The first day of the month and of the next; till_on: its last day, or today.
-- params: month_key text
SELECT t.school_id, t.today AS today_on, x.first_on AS month_on, (x.first_on + interval '1 month')::date AS ends_on,
       least((x.first_on + interval '1 month')::date - 1, t.today) AS till_on
  FROM ej.school_today AS t
 CROSS JOIN LATERAL (SELECT CASE WHEN :month_key ~ '^20\d\d-(0[1-9]|1[0-2])$'
                                  THEN (:month_key || '-01')::date END AS first_on) AS x
 WHERE t.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AND x.first_on IS NOT NULL
     AND x.first_on <= t.today;

-- name: mealsheets_month :one
-- can_close: by the organiser, when no meal of it is to come and no earlier month is open.
-- params: school_id bigint, month_on date, ends_on date, today_on date
SELECT to_char(:month_on, 'YYYY-MM') AS month_key,
       ej.month_name(:month_on) || ' ' || extract(year FROM :month_on)::int AS name, s.name AS school_name,
       ej.director_name(s.id, ej.today(s.id)) AS director_name, ej.meal_organisers(s.id) AS organisers,
       m.closed_at IS NOT NULL AS is_closed, f.name AS closed_name,
       to_char(m.closed_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS closed_at,
       s.id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AND m.id IS NULL AS is_mine,
       s.id = ANY ((SELECT ej.my_meals_schools())::bigint[]) AND m.id IS NULL
           AND NOT ej.meal_month_runs(s.id, :month_on) AND NOT ej.is_meal_closed(s.id, :month_on)
           AND NOT EXISTS (SELECT FROM ej.meal_order AS o WHERE o.school_id = s.id AND o.served_on < :month_on
                              AND NOT ej.is_meal_closed(s.id, o.served_on)) AS can_close,
       to_char(:month_on - 1, 'YYYY-MM') AS prev_key,
       CASE WHEN :ends_on <= :today_on THEN to_char(:ends_on, 'YYYY-MM') END AS next_key
  FROM ej.school AS s
  JOIN ej.school_today AS t ON t.school_id = s.id
  LEFT JOIN LATERAL (SELECT m.id, m.closed_by, m.closed_at FROM ej.meal_month AS m
                      WHERE m.school_id = s.id AND m.month_on = :month_on OFFSET 0) AS m ON true
  LEFT JOIN LATERAL ej.staff_names(ARRAY[m.closed_by]) AS f ON f.staff_id = m.closed_by
 WHERE s.id = :school_id AND s.id = ANY ((SELECT ej.my_meals_schools() || ej.my_lead_schools())::bigint[]);

-- name: mealsheets_covers :many cover
-- Of the pupils of these grades on the last day: how many ate in the month, and of them without paying.
-- params: school_id bigint, month_on date, ends_on date, till_on date
-- rows: 4, the last of the school
WITH pupil AS MATERIALIZED (
    SELECT e.pupil_id, c.grade FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
     WHERE e.school_id = :school_id AND e.during @> :till_on
), fed AS MATERIALIZED (
    SELECT o.pupil_id, bool_or(o.by_parents < o.total) AS is_free FROM ej.meal_order AS o
     WHERE o.school_id = :school_id AND o.served_on >= :month_on AND o.served_on < :ends_on AND o.state = 'eaten'
     GROUP BY o.pupil_id
)
SELECT g.name, count(p.pupil_id) AS pupils, count(f.pupil_id) AS fed, count(*) FILTER (WHERE f.is_free) AS free,
       round(100.0 * count(f.pupil_id) / nullif(count(p.pupil_id), 0), 1) AS pct
  FROM (VALUES (1, '1–4 классы', 1, 4), (2, '5–9 классы', 5, 9), (3, '10–11 классы', 10, 12), (4, 'Школа', 1, 12))
       AS g(n, name, grade_from, grade_till)
  LEFT JOIN pupil AS p ON p.grade BETWEEN g.grade_from AND g.grade_till
  LEFT JOIN fed AS f ON f.pupil_id = p.pupil_id
 GROUP BY g.n, g.name ORDER BY g.n;

-- name: mealsheets_costs :many cost
-- For the accountant: by category and age the portions eaten, their cost, of it by the parents and the budget;
-- missed: portions that were cooked and not eaten.
-- params: school_id bigint, month_on date, ends_on date
-- rows: at most 100
SELECT k.name AS category_name, o.age, m.name AS meal_name,
       count(*) FILTER (WHERE o.state = 'eaten') AS portions,
       coalesce(sum(o.total) FILTER (WHERE o.state = 'eaten'), 0) AS total,
       coalesce(sum(o.by_parents) FILTER (WHERE o.state = 'eaten'), 0) AS by_parents,
       coalesce(sum(o.total - o.by_parents) FILTER (WHERE o.state = 'eaten'), 0) AS by_budget,
       nullif(count(*) FILTER (WHERE o.state = 'missed'), 0) AS missed,
       sum(o.total) FILTER (WHERE o.state = 'missed') AS missed_total
  FROM ej.meal_order AS o
  JOIN ej.meal_category AS k ON k.id = o.meal_category_id
  JOIN ej.meal AS m ON m.id = o.meal_id
 WHERE o.school_id = :school_id AND o.served_on >= :month_on AND o.served_on < :ends_on
   AND o.state IN ('eaten', 'missed')
 GROUP BY k.id, m.id, o.age
 ORDER BY array_position('{free,benefit,paid}'::text[], k.kind::text), k.name, m.serves_at, m.name, o.age DESC;

-- name: mealsheets_classes :many class
-- params: school_id bigint, month_on date, ends_on date, till_on date
-- rows: at most 100
WITH pupil AS MATERIALIZED (
    SELECT e.pupil_id, e.class_id FROM ej.enrolment AS e WHERE e.school_id = :school_id AND e.during @> :till_on
), eaten AS MATERIALIZED (
    SELECT o.class_id, count(*) AS portions, sum(o.total) AS total, count(DISTINCT o.pupil_id) AS fed
      FROM ej.meal_order AS o
     WHERE o.school_id = :school_id AND o.served_on >= :month_on AND o.served_on < :ends_on AND o.state = 'eaten'
     GROUP BY o.class_id
), account AS MATERIALIZED (
    SELECT p.class_id, sum(a.charged) AS charged, sum(a.paid) AS paid, sum(a.balance) AS balance,
           count(*) FILTER (WHERE a.balance < 0) AS debtors
      FROM ej.meal_accounts(:school_id, ARRAY(SELECT p.pupil_id FROM pupil AS p), :till_on) AS a
      JOIN pupil AS p ON p.pupil_id = a.pupil_id
     GROUP BY p.class_id
)
SELECT c.id AS class_id, c.name, (SELECT count(*) FROM pupil AS p WHERE p.class_id = c.id) AS pupils,
       coalesce(e.fed, 0) AS fed, coalesce(e.portions, 0) AS portions, coalesce(e.total, 0) AS total,
       a.charged, a.paid, a.balance, nullif(a.debtors, 0) AS debtors
  FROM account AS a
  JOIN ej.class AS c ON c.id = a.class_id
  LEFT JOIN eaten AS e ON e.class_id = c.id
 ORDER BY c.grade, c.letter;

-- name: mealsheets_differences :many difference
-- params: school_id bigint, month_on date, ends_on date
-- rows: at most 200
SELECT d.order_id AS meal_order_id, d.pupil_id, p.surname || ' ' || p.given_name AS pupil_name,
    c.name AS class_name, d.served_on,
       m.name AS meal_name, o.state, d.is_absent
  FROM ej.meal_differences(:school_id, daterange(:month_on, :ends_on)) AS d
  JOIN ej.meal_order AS o ON o.id = d.order_id
  JOIN ej.meal AS m ON m.id = o.meal_id
  JOIN ej.pupil AS p ON p.id = d.pupil_id
  JOIN ej.class AS c ON c.id = d.class_id
 ORDER BY d.served_on DESC, c.grade, c.letter, p.surname, p.given_name, m.serves_at LIMIT 200;

-- name: mealsheets_close :outcomes
-- params: month_key text
SELECT ej.meal_month_close((:month_key || '-01')::date);

-- name: mealsheets_correct :outcomes
-- params: meal_order_id bigint, state text, old_state text, reason text
SELECT ej.meal_correct(:meal_order_id, :state, coalesce(:old_state, ''), coalesce(:reason, ''));

-- name: mealsheets_class_scope :one
-- params: class_id bigint, month_key text
SELECT c.school_id, c.year, t.today AS today_on, x.first_on AS month_on,
    (x.first_on + interval '1 month')::date AS ends_on,
       least((x.first_on + interval '1 month')::date - 1, t.today) AS till_on
  FROM ej.class AS c
  JOIN ej.school_today AS t ON t.school_id = c.school_id
 CROSS JOIN LATERAL (SELECT CASE WHEN :month_key ~ '^20\d\d-(0[1-9]|1[0-2])$'
                                  THEN (:month_key || '-01')::date END AS first_on) AS x
 WHERE c.id = :class_id AND x.first_on IS NOT NULL AND x.first_on <= t.today
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_meals_schools() || ej.my_lead_schools())::bigint[]));

-- name: mealsheets_class :one
-- pupils: in the class on the last day; fed: of them with an eaten meal in the month.
-- params: class_id bigint, month_on date, ends_on date, till_on date, today_on date, meal_id bigint
WITH pupil AS MATERIALIZED (
    SELECT e.pupil_id FROM ej.enrolment AS e WHERE e.class_id = :class_id AND e.during @> :till_on
)
SELECT c.id AS class_id, c.name AS class_name, to_char(:month_on, 'YYYY-MM') AS month_key,
       ej.month_name(:month_on) || ' ' || extract(year FROM :month_on)::int AS name, s.name AS school_name,
       ej.director_name(s.id, ej.today(s.id)) AS director_name, f.name AS teacher_name,
       ej.meal_organisers(s.id) AS organisers,
       :meal_id AS meal_id, n.pupils, n.fed, round(100.0 * n.fed / nullif(n.pupils, 0), 1) AS pct,
       ej.is_meal_closed(s.id, :month_on) AS is_closed, to_char(:month_on - 1, 'YYYY-MM') AS prev_key,
       CASE WHEN :ends_on <= :today_on THEN to_char(:ends_on, 'YYYY-MM') END AS next_key
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
  LEFT JOIN LATERAL ej.staff_names(ARRAY[c.class_teacher_id]) AS f ON f.staff_id = c.class_teacher_id
 CROSS JOIN LATERAL (
       SELECT count(*) AS pupils, count(*) FILTER (WHERE EXISTS (
                  SELECT FROM ej.meal_order AS o WHERE o.pupil_id = p.pupil_id AND o.served_on >= :month_on
                     AND o.served_on < :ends_on AND o.state = 'eaten'
                     AND (:meal_id IS NULL OR o.meal_id = :meal_id))) AS fed
         FROM pupil AS p) AS n
 WHERE c.id = :class_id;

-- name: mealsheets_meals :many meal
-- params: school_id bigint
-- rows: at most 10
SELECT m.id AS meal_id, m.name FROM ej.meal AS m WHERE m.school_id = :school_id ORDER BY m.serves_at, m.id;

-- name: mealsheets_pupils :many pupil
-- By category, a pupil for each of his categories. The account stands in the first of a pupil's rows.
-- params: school_id bigint, class_id bigint, year int, month_on date, ends_on date, till_on date, meal_id bigint
-- rows: at most 120
WITH orders AS MATERIALIZED (
    SELECT o.pupil_id, o.meal_category_id, count(DISTINCT o.served_on) FILTER (WHERE o.state = 'eaten') AS days,
           count(*) FILTER (WHERE o.state = 'missed') AS missed,
           sum(o.total) FILTER (WHERE o.state = 'eaten') AS total,
           sum(o.by_parents) FILTER (WHERE o.state = 'eaten') AS by_parents
      FROM ej.meal_order AS o
     WHERE o.class_id = :class_id AND o.served_on >= :month_on AND o.served_on < :ends_on
       AND o.id >= :year * 10000000000 AND o.id < (:year + 1) * 10000000000
       AND (:meal_id IS NULL OR o.meal_id = :meal_id)
     GROUP BY o.pupil_id, o.meal_category_id
), row AS (
    SELECT o.pupil_id, o.meal_category_id, o.days, o.missed, o.total, o.by_parents, k.name AS category_name,
           array_position('{free,benefit,paid}'::text[], k.kind::text) AS place,
           row_number() OVER (PARTITION BY o.pupil_id
                              ORDER BY array_position('{free,benefit,paid}'::text[], k.kind::text), k.name, k.id) AS n
      FROM orders AS o JOIN ej.meal_category AS k ON k.id = o.meal_category_id
)
SELECT r.meal_category_id * 10000000000 + r.pupil_id AS row_id, r.pupil_id, x.name, r.category_name, r.days,
       coalesce(r.total, 0) AS total, coalesce(r.by_parents, 0) AS by_parents, nullif(r.missed, 0) AS missed,
       CASE WHEN r.n = 1 THEN a.paid END AS paid, CASE WHEN r.n = 1 THEN a.balance END AS balance
  FROM row AS r
  JOIN ej.pupil_names(ARRAY(SELECT DISTINCT r.pupil_id FROM row AS r)) AS x ON x.pupil_id = r.pupil_id
  JOIN ej.meal_accounts(:school_id, ARRAY(SELECT DISTINCT r.pupil_id FROM row AS r), :till_on) AS a
    ON a.pupil_id = r.pupil_id
 ORDER BY r.place, r.category_name, r.meal_category_id, x.order_no;

-- name: mealsheets_days :many day
-- params: class_id bigint, month_on date, ends_on date
-- rows: at most 31
SELECT (d.served_on - date '2000-01-01')::bigint AS day_id, extract(day FROM d.served_on)::int AS day,
       ej.weekday_short(d.served_on) AS weekday, d.served_on
  FROM (SELECT DISTINCT d.served_on FROM ej.meal_day AS d
         WHERE d.class_id = :class_id AND d.served_on >= :month_on AND d.served_on < :ends_on) AS d
 ORDER BY d.served_on;

-- name: mealsheets_cells :grid row_id day_id
-- How many meals were eaten; н: none, and one was missed.
-- params: class_id bigint, year int, month_on date, ends_on date, meal_id bigint
-- rows: at most 120 x 31, only those that are not empty
SELECT o.meal_category_id * 10000000000 + o.pupil_id AS row_id, (o.served_on - date '2000-01-01')::bigint AS day_id,
       CASE WHEN bool_or(o.state = 'eaten') THEN count(*) FILTER (WHERE o.state = 'eaten')::text ELSE 'н' END AS text
  FROM ej.meal_order AS o
 WHERE o.class_id = :class_id AND o.served_on >= :month_on AND o.served_on < :ends_on
   AND o.id >= :year * 10000000000 AND o.id < (:year + 1) * 10000000000
   AND (:meal_id IS NULL OR o.meal_id = :meal_id) AND o.state IN ('eaten', 'missed')
 GROUP BY o.meal_category_id, o.pupil_id, o.served_on
 ORDER BY row_id, day_id;

-- name: mealsheets_print_sums :many sum
-- The totals by category, and of the class.
-- params: class_id bigint, year int, month_on date, ends_on date, meal_id bigint
-- rows: at most 30
SELECT CASE WHEN GROUPING (k.id) = 0 THEN min(k.name) END AS category_name,
       count(*) FILTER (WHERE o.state = 'eaten') AS portions,
       count(DISTINCT (o.pupil_id, o.served_on)) FILTER (WHERE o.state = 'eaten') AS days,
       coalesce(sum(o.total) FILTER (WHERE o.state = 'eaten'), 0) AS total,
       coalesce(sum(o.by_parents) FILTER (WHERE o.state = 'eaten'), 0) AS by_parents,
       nullif(count(*) FILTER (WHERE o.state = 'missed'), 0) AS missed
  FROM ej.meal_order AS o JOIN ej.meal_category AS k ON k.id = o.meal_category_id
 WHERE o.class_id = :class_id AND o.served_on >= :month_on AND o.served_on < :ends_on
   AND o.id >= :year * 10000000000 AND o.id < (:year + 1) * 10000000000
   AND (:meal_id IS NULL OR o.meal_id = :meal_id)
 GROUP BY GROUPING SETS ((k.id), ())
 ORDER BY GROUPING (k.id), array_position('{free,benefit,paid}'::text[], min(k.kind::text)), category_name;
