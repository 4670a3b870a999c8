-- movements_print.sql: the book of movements of a school year, on paper.

-- name: movements_print_head :one
-- till_on: the day of the numbers: today, but within the year.
-- params: year int
SELECT y.year, s.name AS school_name, lower(y.during) AS from_on, least(ej.today(s.id), upper(y.during) - 1) AS till_on,
       (SELECT min(ej.short_name(f.surname, f.given_name, f.patronymic))
          FROM ej.staff_role AS r JOIN ej.staff AS f ON f.id = r.staff_id
         WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND r.role = 'director'
           AND r.during @> ej.today(s.id)) AS director_name
  FROM ej.school_year AS y JOIN ej.school AS s ON s.id = y.school_id
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = coalesce(:year, ej.shown_year());

-- name: movements_print_rows :many movement
-- The movements of the year that hold, in the order of the days.
-- params: year int
-- rows: at most some hundreds a year, and as many as there are pupils at its beginning
SELECT m.id AS movement_id, m.moved_on, m.kind,
       concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       f.name AS from_name, c.name AS class_name, m.reason, m.order_no, m.order_on, nullif(m.note, '') AS note
  FROM ej.school_year AS y
  JOIN ej.movement AS m ON m.school_id = y.school_id AND y.during @> m.moved_on
  JOIN ej.pupil AS p ON p.id = m.pupil_id
  LEFT JOIN ej.class AS f ON f.id = m.from_class_id
  LEFT JOIN ej.class AS c ON c.id = m.class_id
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = coalesce(:year, ej.shown_year())
   AND m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND m.undone_reason IS NULL AND m.promotion_id IS NULL
 ORDER BY m.moved_on, m.id;

-- name: movements_print_tally :many tally
-- The numbers of each class that the reader answers for, then of grades 1 to 4, 5 to 9 and 10
-- to 12 (level), last of all: pupils on the first day, arrived, come from another class, departed,
-- gone to another class, pupils now. They are counted from the enrolments, so that the first
-- number and the changes always make the last.
-- params: year int
-- rows: at most 124
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, CASE WHEN c.grade < 5 THEN 1 WHEN c.grade < 10 THEN 5 ELSE 10 END AS level,
           lower(y.during) AS first, least(ej.today(c.school_id), upper(y.during) - 1) AS day
      FROM ej.school_year AS y JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
     WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND y.year = coalesce(:year, ej.shown_year())
       AND c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
), e AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, c.level, e.pupil_id,
           lower(e.during) <= c.first AND NOT isempty(e.during) AS at_first,
           upper_inf(e.during) OR upper(e.during) > c.day AS is_now,
           EXISTS (SELECT FROM ej.enrolment AS o WHERE o.pupil_id = e.pupil_id
                   AND upper(o.during) = lower(e.during)) AS is_from_class,
           EXISTS (SELECT FROM ej.enrolment AS o WHERE o.pupil_id = e.pupil_id
                   AND lower(o.during) = upper(e.during)) AS is_to_class
      FROM c LEFT JOIN ej.enrolment AS e ON e.class_id = c.id AND lower(e.during) <= c.day
       AND (upper_inf(e.during) OR upper(e.during) > c.first)
)
SELECT e.id AS class_id, max(e.name) AS name, CASE WHEN e.id IS NULL THEN e.level END AS level,
       count(e.pupil_id) FILTER (WHERE e.at_first) AS first,
       count(e.pupil_id) FILTER (WHERE NOT e.at_first AND NOT e.is_from_class) AS arrived,
       count(e.pupil_id) FILTER (WHERE NOT e.at_first AND e.is_from_class) AS moved_in,
       count(e.pupil_id) FILTER (WHERE NOT e.is_now AND NOT e.is_to_class) AS departed,
       count(e.pupil_id) FILTER (WHERE NOT e.is_now AND e.is_to_class) AS moved_out,
       count(e.pupil_id) FILTER (WHERE e.is_now) AS last
  FROM e
 GROUP BY GROUPING SETS ((e.level, e.grade, e.letter, e.id), (e.level), ())
 ORDER BY GROUPING(e.level), e.level, GROUPING(e.id), e.grade, e.letter, e.id;
