-- movements_print.sql: the book of movements of a school year, on paper.

-- name: movements_print_scope :one
-- The year of the book, and the tables of the report of movements of that year, for all queries of the page.
-- params: year int
-- scan: the functions of reports read findings, which the report of movements has not
SELECT y.year, ej.report_tables_of('movement', f) AS tables
  FROM ej.school_year AS y
 CROSS JOIN LATERAL ej.report_filter_of('movement', y.year, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) AS f
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = coalesce(:year, ej.shown_year());

-- name: movements_print_head :one
-- till_on: the day of the numbers: today, but within the year.
-- params: year int
SELECT y.year, s.name AS school_name, nullif(s.founder, '') AS founder, lower(y.during) AS from_on,
       least(ej.today(s.id), upper(y.during) - 1) AS till_on,
       ej.director_name(s.id, ej.today(s.id)) AS director_name
  FROM ej.school_year AS y JOIN ej.school AS s ON s.id = y.school_id
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = :year;

-- name: movements_print_rows :many movement
-- The movements of the year that hold, in the order of the days.
-- params: year int
-- rows: at most some hundreds a year, and as many as there are pupils at its beginning
SELECT m.id AS movement_id, m.pupil_id, m.moved_on, m.kind,
       concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       f.name AS from_name, c.name AS class_name, m.reason, m.order_no, m.order_on, nullif(m.note, '') AS note
  FROM ej.school_year AS y
  JOIN ej.movement AS m ON m.school_id = y.school_id AND y.during @> m.moved_on
  JOIN ej.pupil AS p ON p.id = m.pupil_id
  LEFT JOIN ej.class AS f ON f.id = m.from_class_id
  LEFT JOIN ej.class AS c ON c.id = m.class_id
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = :year
   AND m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND m.undone_reason IS NULL AND m.promotion_id IS NULL
 ORDER BY m.moved_on, m.id;

-- name: movements_print_promotions :many promotion
-- The orders that moved the classes into this year, and those by which pupils graduated, with the number of pupils.
-- params: year int
-- rows: at most some hundreds
SELECT m.reason, m.order_no, m.order_on, f.name AS from_name, c.name AS class_name, count(*) AS pupils
  FROM ej.school_year AS y
  JOIN ej.movement AS m ON m.school_id = y.school_id AND y.during @> m.moved_on
  LEFT JOIN ej.class AS f ON f.id = m.from_class_id
  LEFT JOIN ej.class AS c ON c.id = m.class_id
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = :year
   AND m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND m.undone_reason IS NULL AND m.promotion_id IS NOT NULL
 GROUP BY m.reason, m.order_no, m.order_on, f.id, c.id
 ORDER BY m.order_on, m.order_no, f.grade, f.letter, c.letter, m.reason;
