-- family.sql: the queries of family.c. family_scope decides of whom a page is, and of which school
-- year; the other queries take its columns.

-- name: family_scope :one
-- The class of the pupil in the year :year, by default in the present or last one; class_id is NULL
-- if the pupil was in none. day_on: today, or the nearest day of that year. No row unless the reader
-- may read this diary.
-- params: pupil_id bigint, year int
SELECT w.school_id, w.today_on, coalesce(n.year, :year) AS of_year, n.class_id,
       greatest(lower(y.during), least(upper(y.during) - 1, w.today_on)) AS day_on
  FROM ej.diary_week(:pupil_id, NULL) AS w
  LEFT JOIN LATERAL (
       SELECT c.year, c.id AS class_id FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id
        WHERE n.pupil_id = w.child_id AND (:year IS NULL OR c.year = :year)
        ORDER BY lower(n.during) <= w.today_on DESC,
                 CASE WHEN lower(n.during) <= w.today_on THEN lower(n.during) END DESC, lower(n.during)
        LIMIT 1) AS n ON true
  LEFT JOIN ej.school_year AS y ON y.school_id = w.school_id AND y.year = n.year;

-- name: family_head :one
-- params: pupil_id bigint, of_year int, class_id bigint
SELECT :pupil_id AS pupil_id, ej.pupil_name(:pupil_id) AS name, :of_year AS year, c.name AS class_name,
       concat_ws(' ', f.surname, f.given_name, f.patronymic) AS leader_name
  FROM (SELECT) AS one
  LEFT JOIN ej.class AS c ON c.id = :class_id
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id;

-- name: family_children :many child
-- params: pupil_id bigint
SELECT p.id AS pupil_id, p.given_name AS name, p.id = :pupil_id AS is_current
  FROM ej.pupil AS p
 WHERE p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
 ORDER BY p.surname, p.given_name, p.id;

-- name: family_years :many choice
-- The school years in which the pupil was in a class, the last first.
-- params: pupil_id bigint
SELECT DISTINCT 'year' AS "for", c.year AS value, c.year || '/' || right((c.year + 1)::text, 2) AS name
  FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id
 WHERE n.pupil_id = :pupil_id
 ORDER BY 2 DESC;

-- name: family_days :many day
-- The days of the week on which the pupil learns by the timetable.
-- params: pupil_id bigint, of_year int, day_on date
SELECT DISTINCT x.weekday, ej.day_name(date_trunc('week', :day_on)::date + x.weekday - 1) AS name
  FROM ej.membership AS b
  JOIN ej.study_group AS g ON g.id = b.study_group_id AND g.year = :of_year
  JOIN ej.teaching AS t ON t.study_group_id = g.id
  JOIN ej.timetable AS x ON x.teaching_id = t.id AND x.during @> :day_on
 WHERE b.pupil_id = :pupil_id AND b.during @> :day_on
 ORDER BY x.weekday;

-- name: family_items :many item under family_days weekday
-- params: pupil_id bigint, of_year int, day_on date
-- rows: at most 100
SELECT x.weekday, x.slot, s.name AS subject_name, nullif(x.cycle, 0) AS cycle, r.name AS room,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends
  FROM ej.membership AS b
  JOIN ej.study_group AS g ON g.id = b.study_group_id AND g.year = :of_year
  JOIN ej.teaching AS t ON t.study_group_id = g.id
  JOIN ej.timetable AS x ON x.teaching_id = t.id AND x.during @> :day_on
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.room AS r ON r.id = x.room_id
  LEFT JOIN ej.staff AS f ON f.id = t.staff_id
  LEFT JOIN LATERAL (
       SELECT ej.bell_plan_on(g.id, date_trunc('week', :day_on)::date + x.weekday - 1) AS id OFFSET 0) AS p ON true
  LEFT JOIN LATERAL (SELECT e.starts, e.ends FROM ej.bell AS e WHERE e.bell_plan_id = p.id AND e.slot = x.slot
                     OFFSET 0) AS e ON true
 WHERE b.pupil_id = :pupil_id AND b.during @> :day_on
 ORDER BY x.weekday, x.slot, x.cycle, s.name;

-- name: family_teachers :many teacher
-- Who teaches the pupil in the year, each subject in its groups; is_over: in a group that the pupil
-- has left.
-- params: pupil_id bigint, of_year int, day_on date
-- rows: at most 60
SELECT s.name AS subject_name, concat_ws(' ', f.surname, f.given_name, f.patronymic) AS staff_name,
       CASE WHEN g.kind <> 'class' THEN g.name END AS group_name, NOT bool_or(b.during @> :day_on) AS is_over
  FROM ej.membership AS b
  JOIN ej.study_group AS g ON g.id = b.study_group_id AND g.year = :of_year
  JOIN ej.teaching AS t ON t.study_group_id = g.id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff AS f ON f.id = t.staff_id
 WHERE b.pupil_id = :pupil_id
 GROUP BY s.order_no, s.name, g.kind, g.name, f.id
 ORDER BY is_over, s.order_no, s.name, g.name;

-- name: family_terms :many term
-- params: class_id bigint, day_on date
SELECT e.name, lower(e.during) AS from_on, upper(e.during) - 1 AS till_on, e.during @> :day_on AS is_current
  FROM ej.class AS c
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.is_taught
 WHERE c.id = :class_id
 ORDER BY lower(e.during);

-- name: family_holidays :many holiday
-- params: class_id bigint, day_on date
SELECT h.name, lower(h.during) AS from_on, upper(h.during) - 1 AS till_on, upper(h.during) - lower(h.during) AS days,
       h.during @> :day_on AS is_current
  FROM ej.class AS c
  JOIN ej.holiday AS h ON h.school_id = c.school_id AND h.year = c.year
 WHERE c.id = :class_id AND (h.kind <> 'extra' OR c.grade = 1)
 ORDER BY lower(h.during), h.id;

-- name: family_changes :many change
-- The marks that were given otherwise before, or became void; the newest first. The reason is that
-- of a correction by request.
-- params: pupil_id bigint, of_year int
-- rows: at most 200
WITH h AS MATERIALIZED (
    SELECT h.id, h.school_id, h.table_name, h.row_key, h.made_at, h.account_id, h.old, h.new, h.void_id, h.correction_id
      FROM ej.history AS h
     WHERE h.pupil_id = :pupil_id AND h.table_name = ANY ('{mark,term_mark}'::text[])
       AND (h.old ->> 'value' IS NOT NULL AND h.old ->> 'value' IS DISTINCT FROM h.new ->> 'value'
            OR h.void_id IS NOT NULL)
)
SELECT to_char(h.made_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, ej.account_name(h.account_id) AS who,
       s.name AS subject_name, l.held_on, w.id AS work_id, e.name AS term_name,
       coalesce(h.old ->> 'value', '') AS old, coalesce(h.new ->> 'value', '') AS new,
       h.void_id IS NOT NULL AS is_void, c.reason
  FROM h
  JOIN ej.school AS o ON o.id = h.school_id
  LEFT JOIN ej.work AS w ON h.table_name = 'mark' AND w.id = h.row_key[1]
  LEFT JOIN ej.lesson AS l ON l.id = w.lesson_id
  LEFT JOIN ej.teaching AS t ON t.id = w.teaching_id
  LEFT JOIN ej.term AS e ON h.table_name = 'term_mark' AND e.id = h.row_key[3]
  LEFT JOIN ej.term_plan AS p ON p.id = e.term_plan_id
  JOIN ej.subject AS s ON s.id = CASE h.table_name WHEN 'mark' THEN t.subject_id ELSE h.row_key[2] END
  LEFT JOIN ej.correction AS c ON c.id = h.correction_id
 WHERE coalesce(t.year, p.year) = :of_year
 ORDER BY h.id DESC
 LIMIT 200;
