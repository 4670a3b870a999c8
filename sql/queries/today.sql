-- today.sql: the queries of today.c. Conditions on the user's own lessons and classes
-- choose what the page is about; row policies decide the rights.

-- name: today_revision :revision
-- params:
SELECT ej.today_revision() AS revision;

-- name: today_head :one
-- The requested day, by default today, with the days before and after it: for a teacher
-- the nearest days with a lesson within a month, else the neighbours in the calendar.
-- params: held_on date
SELECT d.day AS date_on, d.day = d.today AS is_today, ej.day_name(d.day) AS name, s.tz,
       p.day AS previous_on, ej.weekday_short(p.day) || ', ' || ej.day_of_month(p.day) AS previous_name,
       n.day AS next_on, ej.weekday_short(n.day) || ', ' || ej.day_of_month(n.day) AS next_name
  FROM (SELECT coalesce(:held_on, t.day) AS day, t.day AS today FROM ej.my_today() AS t(day)) AS d
  LEFT JOIN LATERAL (SELECT s.tz FROM ej.school AS s
                      WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[])) AS s ON true
 CROSS JOIN LATERAL (SELECT coalesce(
       (SELECT max(l.held_on) FROM ej.lesson AS l WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[])
           AND l.held_on < d.day AND l.held_on >= d.day - 31), d.day - 1) AS day) AS p
 CROSS JOIN LATERAL (SELECT coalesce(
       (SELECT min(l.held_on) FROM ej.lesson AS l WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[])
           AND l.held_on > d.day AND l.held_on <= d.day + 31), d.day + 1) AS day) AS n;

-- name: today_none :one
-- The log-in of a user without a role, to be told to the administrator.
-- params:
SELECT ej.my_login() AS login;

-- name: today_lessons :many lesson
-- The user's lessons of the day in order of bells, with the parts still missing.
-- params: held_on date
-- rows: at most 20
WITH d AS MATERIALIZED (SELECT coalesce(:held_on, ej.my_today()) AS day)
SELECT l.id AS lesson_id, j.id AS journal_id, l.slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, to_char(upper(l.during), 'HH24:MI') AS ends,
       g.name AS class_name, s.name AS subject_name, r.name AS room,
       nullif(l.topic, '') AS topic, l.state,
       l.staff_id <> l.planned_staff_id AS is_substitute,
       o.is_owed AND l.topic = '' AS is_topic_missing,
       o.is_owed AND l.attendance_at IS NULL AND l.held_on <= ej.my_today() AS is_attendance_missing,
       o.is_owed AND l.homework IS NULL AND NOT ej.is_unmarked(l.study_group_id) AS is_homework_missing
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id AND j.term_id = ANY (ARRAY(
       SELECT e.id FROM ej.term AS e WHERE e.kind <> 'year' AND e.during @> (SELECT d.day FROM d)))
  LEFT JOIN ej.room AS r ON r.id = l.room_id
 CROSS JOIN LATERAL (
       SELECT l.state IN ('planned', 'given') AND ej.is_fillable(l.teaching_id, l.study_group_id, l.held_on) AS is_owed
       OFFSET 0) AS o
 WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[])
   AND l.held_on = (SELECT d.day FROM d)
 ORDER BY l.during, l.slot;

-- name: today_unfilled :many unfilled
-- The user's lessons of the last 30 days, newest first, in which something is missing that
-- can still be entered.
-- params:
-- rows: at most 50
WITH d AS MATERIALIZED (SELECT ej.my_today() AS day)
SELECT l.id AS lesson_id, j.id AS journal_id, l.held_on,
       ej.weekday_short(l.held_on) || ', ' || ej.day_of_month(l.held_on) AS date_name, l.slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, to_char(upper(l.during), 'HH24:MI') AS ends, l.state,
       g.name AS class_name, s.name AS subject_name, nullif(l.topic, '') AS topic,
       l.topic = '' AS is_topic_missing, l.attendance_at IS NULL AS is_attendance_missing,
       l.homework IS NULL AND NOT l.is_unmarked AS is_homework_missing,
       count(*) OVER () AS count
  FROM (SELECT l.id, l.teaching_id, l.study_group_id, l.held_on, l.slot, l.during, l.topic, l.state,
               l.attendance_at, l.homework,
               l.homework IS NULL AND ej.is_unmarked(l.study_group_id) AS is_unmarked
          FROM ej.lesson AS l
         WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[])
           AND l.held_on < (SELECT d.day FROM d) AND l.held_on >= (SELECT d.day - 30 FROM d)
           AND l.state IN ('planned', 'given')
           AND (l.topic = '' OR l.attendance_at IS NULL OR l.homework IS NULL)
           AND (l.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
                OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[]))) AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN LATERAL (
       SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
        WHERE j.teaching_id = l.teaching_id AND j.closed_at IS NULL
          AND e.kind <> 'year' AND e.during @> l.held_on OFFSET 0) AS j ON true
 WHERE (l.topic = '' OR l.attendance_at IS NULL OR NOT l.is_unmarked)
   AND ej.is_fillable(l.teaching_id, l.study_group_id, l.held_on)
 ORDER BY l.held_on DESC, l.slot DESC
 LIMIT 50;

-- name: today_classes :many class
-- The classes that the user leads, with the number of pupils absent on the day.
-- params: held_on date
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, coalesce(:held_on, ej.today(c.school_id)) AS day
      FROM ej.class AS c WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[])
), pupils AS MATERIALIZED (
    SELECT n.class_id, n.pupil_id
      FROM c JOIN ej.enrolment AS n ON n.class_id = c.id
     WHERE lower(n.during) <= c.day AND (upper_inf(n.during) OR upper(n.during) > c.day)
)
SELECT c.id AS class_id, c.name,
       (SELECT count(*) FROM pupils AS n WHERE n.class_id = c.id) AS pupils,
       (SELECT count(DISTINCT a.pupil_id)
          FROM ej.study_group_class AS gc
          JOIN ej.lesson AS l ON l.study_group_id = gc.study_group_id AND l.held_on = c.day
          JOIN ej.attendance AS a ON a.lesson_id = l.id
          JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
         WHERE gc.class_id = c.id
           AND a.pupil_id IN (SELECT n.pupil_id FROM pupils AS n WHERE n.class_id = c.id)) AS absent
  FROM c
 ORDER BY c.grade, c.letter;

-- name: today_absent :many absent
-- params: held_on date
WITH c AS MATERIALIZED (
    SELECT c.id, coalesce(:held_on, ej.today(c.school_id)) AS day
      FROM ej.class AS c WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[])
), names AS MATERIALIZED (
    SELECT x.pupil_id, x.name
      FROM ej.pupil_names(ARRAY(SELECT n.pupil_id FROM c JOIN ej.enrolment AS n ON n.class_id = c.id
            WHERE lower(n.during) <= c.day AND (upper_inf(n.during) OR upper(n.during) > c.day))) AS x
)
SELECT c.id AS class_id, p.id AS pupil_id, x.name,
       min(a.code) AS code, min(k.name) AS code_name, count(*) AS lessons
  FROM c
  JOIN ej.study_group_class AS gc ON gc.class_id = c.id
  JOIN ej.lesson AS l ON l.study_group_id = gc.study_group_id AND l.held_on = c.day
  JOIN ej.attendance AS a ON a.lesson_id = l.id
  JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
  JOIN ej.enrolment AS n ON n.pupil_id = a.pupil_id AND n.class_id = c.id
   AND lower(n.during) <= c.day AND (upper_inf(n.during) OR upper(n.during) > c.day)
  JOIN ej.pupil AS p ON p.id = a.pupil_id
  JOIN names AS x ON x.pupil_id = p.id
 GROUP BY c.id, p.id, x.name
 ORDER BY c.id, p.surname, p.given_name, p.patronymic, p.id;

-- name: today_summary :many summary
-- The numbers of lessons and of unfilled ones in the last 30 days, by class, for the heads.
-- params:
-- rows: at most 120
SELECT c.id AS class_id, c.name AS class_name, count(l.id) AS lessons,
       count(l.id) FILTER (WHERE (l.topic = '' OR l.attendance_at IS NULL
               OR l.homework IS NULL AND c.grade <> ALL (s.unmarked_grades))
           AND ej.is_fillable(l.teaching_id, l.study_group_id, l.held_on)) AS unfilled
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
  LEFT JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d ON true
  LEFT JOIN ej.study_group_class AS gc ON gc.class_id = c.id
  LEFT JOIN ej.lesson AS l ON l.study_group_id = gc.study_group_id
   AND l.held_on < d.day AND l.held_on >= d.day - 30 AND l.state IN ('planned', 'given')
 WHERE c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
   AND c.year = (SELECT max(y.year) FROM ej.school_year AS y
                  WHERE y.school_id = c.school_id AND lower(y.during) <= d.day)
 GROUP BY c.id, c.name, c.grade, c.letter
 ORDER BY c.grade, c.letter;

-- name: today_given :many given
-- The teachings, classes, roles and substitutions that colleagues have given to
-- themselves, to be confirmed by another head; of substitutions those of the last 30 days
-- and later.
-- params:
-- rows: at most 50
SELECT g.kind, g.row_id, x.name AS staff_name,
       coalesce(c.name, sg.name) AS class_name, s.name AS subject_name, g.order_no,
       ej.day_of_month(g.held_on) AS day_name, g.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own
  FROM ej.self_given AS g
  JOIN ej.staff AS f ON f.id = g.staff_id
  JOIN ej.staff_names(ARRAY(SELECT g.staff_id FROM ej.self_given AS g
        WHERE g.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))) AS x ON x.staff_id = f.id
  LEFT JOIN ej.class AS c ON c.id = g.class_id
  LEFT JOIN ej.teaching AS t ON t.id = g.teaching_id
  LEFT JOIN ej.study_group AS sg ON sg.id = t.study_group_id
  LEFT JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE g.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
   AND (g.held_on IS NULL OR g.held_on >= ej.today(g.school_id) - 30)
 ORDER BY g.kind = 'lesson', f.surname, f.given_name, g.kind, g.held_on, g.row_id
 LIMIT 50;

-- name: today_confirm :exec
-- params: kind text, row_id bigint
SELECT ej.confirm_given(:kind, :row_id);

-- name: today_setup :many check
-- The state of this year's set-up, for the administrator: for each kind of row the number
-- of rows, and of rows that are still incomplete.
-- params:
WITH s AS MATERIALIZED (
    SELECT s.id, d.day, (SELECT max(y.year) FROM ej.school_year AS y
                          WHERE y.school_id = s.id AND lower(y.during) <= d.day) AS year
      FROM ej.school AS s CROSS JOIN LATERAL (SELECT ej.today(s.id) AS day) AS d
     WHERE s.id = ANY ((SELECT ej.my_admin_schools())::bigint[])
), c AS MATERIALIZED (
    SELECT c.id, c.class_teacher_id FROM s JOIN ej.class AS c ON c.school_id = s.id AND c.year = s.year
), g AS MATERIALIZED (
    SELECT t.id, t.study_group_id FROM s JOIN ej.teaching AS t ON t.school_id = s.id AND t.year = s.year
)
SELECT 'class_teacher' AS code, count(*) AS total, count(*) FILTER (WHERE c.class_teacher_id IS NULL) AS missing FROM c
UNION ALL
SELECT 'pupils', count(*), count(*) FILTER (WHERE NOT EXISTS (
           SELECT FROM ej.membership AS m WHERE m.study_group_id = g.study_group_id)) FROM g
UNION ALL
SELECT 'timetable', count(*), count(*) FILTER (WHERE NOT EXISTS (
           SELECT FROM ej.timetable AS x WHERE x.teaching_id = g.id)) FROM g
UNION ALL
SELECT 'guardian', count(*), count(*) FILTER (WHERE NOT EXISTS (
           SELECT FROM ej.guardianship AS k WHERE k.pupil_id = n.pupil_id AND k.during @> s.day))
  FROM s JOIN ej.enrolment AS n ON n.school_id = s.id AND n.during @> s.day;

-- name: today_class_head :one
-- params: class_id bigint, page int
SELECT c.id AS class_id, c.name AS class_name, coalesce(:page, 1) AS page,
       greatest((x.count + 49) / 50, 1) AS pages, x.count
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT count(*) AS count FROM ej.today_missing(c.id)) AS x
 WHERE c.id = :class_id AND c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]);

-- name: today_class_unfilled :many unfilled
-- Newest first, 50 a page.
-- params: class_id bigint, page int
WITH x AS MATERIALIZED (
    SELECT x.lesson_id, x.held_on, x.slot, x.is_topic_missing, x.is_attendance_missing, x.is_homework_missing
      FROM ej.today_missing(:class_id) AS x
)
SELECT x.lesson_id, x.held_on, ej.weekday_short(x.held_on) || ', ' || ej.day_of_month(x.held_on) AS date_name,
       x.slot, g.name AS class_name, s.name AS subject_name,
       f.name AS staff_name, x.is_topic_missing, x.is_attendance_missing, x.is_homework_missing
  FROM x
  JOIN ej.lesson AS l ON l.id = x.lesson_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT l.staff_id FROM x JOIN ej.lesson AS l ON l.id = x.lesson_id)) AS f
    ON f.staff_id = l.staff_id
 ORDER BY x.held_on DESC, x.slot DESC, x.lesson_id DESC
OFFSET (coalesce(:page, 1) - 1) * 50 LIMIT 50;
