-- blanks.sql: the queries of blanks.c. The pupils of a group are read by those who teach it, its class
-- teacher and the heads; the absent of a day by class teachers and heads.

-- name: blanks_pupils :many pupil
-- The pupils who are in the group today.
-- params: study_group_id bigint
-- rows: at most 60
WITH n AS MATERIALIZED (
    SELECT b.pupil_id FROM ej.study_group AS g JOIN ej.membership AS b ON b.study_group_id = g.id
       AND b.during @> ej.class_day(g.school_id, g.year)
     WHERE g.id = :study_group_id
)
SELECT n.pupil_id, m.name
  FROM n JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS m ON m.pupil_id = n.pupil_id
 ORDER BY m.order_no;

-- name: blanks_teachings :many teaching
-- What is taught to the group, for the head of a lesson's sheet.
-- params: study_group_id bigint
SELECT t.id AS teaching_id, s.name AS subject_name, f.name AS staff_name
  FROM ej.teaching AS t
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT x.staff_id FROM ej.teaching AS x WHERE x.study_group_id = :study_group_id)) AS f
    ON f.staff_id = t.staff_id
 WHERE t.study_group_id = :study_group_id
 ORDER BY s.order_no, s.name, t.id;

-- name: blanks_absent :one
-- params: day_on date
SELECT coalesce(:day_on, d.today) AS day_on, d.today AS today_on, s.name AS school_name
  FROM (SELECT ej.my_today() AS today) AS d
  JOIN ej.school AS s ON s.id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: blanks_classes :many class
-- The classes of the reader with their pupils, those absent from a lesson of the day and from all, and
-- the lessons that were held without their attendance being entered.
-- params: day_on date
-- rows: at most 120
WITH d AS MATERIALIZED (
    SELECT coalesce(:day_on, ej.my_today()) AS day
), c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, c.class_teacher_id, d.day
      FROM d JOIN ej.class AS c ON c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND c.year = (SELECT ej.shown_year())
       AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
), n AS MATERIALIZED (
    SELECT n.class_id, n.pupil_id FROM c JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> c.day
), m AS MATERIALIZED (
    SELECT m.pupil_id, m.lessons, m.held FROM ej.missed_days(ARRAY(SELECT n.pupil_id FROM n),
           (SELECT daterange(d.day, d.day, '[]') FROM d)) AS m WHERE m.lessons > 0
)
SELECT c.id AS class_id, c.name, w.name AS teacher_name, count(n.pupil_id) AS pupils,
       count(m.pupil_id) AS absent, count(m.pupil_id) FILTER (WHERE m.lessons = m.held) AS whole,
       (SELECT count(*) FROM ej.study_group_class AS x
          JOIN ej.lesson AS l ON l.study_group_id = x.study_group_id AND l.held_on = c.day
           AND l.state IN ('planned', 'given') AND l.attendance_at IS NULL
         WHERE x.class_id = c.id) AS unmarked
  FROM c
  LEFT JOIN n ON n.class_id = c.id
  LEFT JOIN m ON m.pupil_id = n.pupil_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT c.class_teacher_id FROM c)) AS w ON w.staff_id = c.class_teacher_id
 GROUP BY c.id, c.name, c.grade, c.letter, c.day, w.name
 ORDER BY c.grade, c.letter, c.id;

-- name: blanks_away :many away under blanks_classes class_id
-- The absent of each class with the lessons they missed, and the reason of those that have one.
-- params: day_on date
-- rows: at most some 300 a school
WITH d AS MATERIALIZED (
    SELECT coalesce(:day_on, ej.my_today()) AS day
), n AS MATERIALIZED (
    SELECT n.class_id, n.pupil_id, d.day
      FROM d JOIN ej.class AS c ON c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND c.year = (SELECT ej.shown_year())
       AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> d.day
), m AS MATERIALIZED (
    SELECT m.pupil_id, m.lessons, m.held, m.ill, m.valid, m.unjustified
      FROM ej.missed_days(ARRAY(SELECT n.pupil_id FROM n), (SELECT daterange(d.day, d.day, '[]') FROM d)) AS m
     WHERE m.lessons > 0
)
SELECT n.class_id, n.pupil_id, p.name, m.lessons, m.held,
       CASE WHEN m.ill > 0 THEN 'ill' WHEN m.valid > 0 THEN 'valid' WHEN m.unjustified > 0 THEN 'unjustified' END AS why
  FROM n
  JOIN m ON m.pupil_id = n.pupil_id
  JOIN ej.pupil_names(ARRAY(SELECT m.pupil_id FROM m)) AS p ON p.pupil_id = n.pupil_id
 ORDER BY n.class_id, p.order_no;
