-- today.sql: the facts of a teacher's start page, asked without rights and
-- without a document. Form: grid.sql.

-- name: today_bare_lessons :many
-- params: staff_id bigint, today_on date
-- same: /page/today/lesson
SELECT l.id, j.id AS journal_id, l.slot, l.during, g.name AS class_name, s.name AS subject_name,
       r.name AS room, l.topic, l.state, l.is_substitute, l.attendance_at, l.homework,
       EXISTS (SELECT FROM ej.study_group_class AS gc JOIN ej.class AS c ON c.id = gc.class_id
                WHERE gc.study_group_id = g.id AND c.grade = ANY (o.unmarked_grades)) AS is_unmarked
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.school AS o ON o.id = l.school_id
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
  LEFT JOIN ej.room AS r ON r.id = l.room_id
 WHERE l.staff_id = :staff_id AND l.held_on = :today_on
 ORDER BY l.during;

-- name: today_bare_days :one
-- The days with a lesson before and after.
-- params: staff_id bigint, today_on date
-- same: /page/today
SELECT (SELECT max(l.held_on) FROM ej.lesson AS l
         WHERE l.staff_id = :staff_id AND l.held_on < :today_on AND l.held_on >= :today_on - 31) AS previous_on,
       (SELECT min(l.held_on) FROM ej.lesson AS l
         WHERE l.staff_id = :staff_id AND l.held_on > :today_on AND l.held_on <= :today_on + 31) AS next_on;

-- name: today_bare_unfilled :many
-- params: staff_id bigint, today_on date
-- same: /page/today/unfilled
SELECT l.id, j.id AS journal_id, l.held_on, l.slot, l.during, l.state, g.name AS class_name, s.name AS subject_name,
       l.topic, l.attendance_at, l.homework, count(*) OVER () AS count
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.school AS o ON o.id = l.school_id
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id AND j.closed_at IS NULL
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
 WHERE l.staff_id = :staff_id AND l.held_on >= :today_on - 30 AND l.held_on < :today_on
   AND l.state IN ('planned', 'given')
   AND (l.topic = '' OR l.attendance_at IS NULL OR l.homework IS NULL AND NOT EXISTS (
        SELECT FROM ej.study_group_class AS gc JOIN ej.class AS c ON c.id = gc.class_id
         WHERE gc.study_group_id = g.id AND c.grade = ANY (o.unmarked_grades)))
 ORDER BY l.held_on DESC, l.slot DESC
 LIMIT 50;
