-- attendance.sql: the facts of a class's month of attendance, asked without rights and without
-- a document. Form: grid.sql.

-- name: attendance_bare_head :one
-- params: class_id bigint, month_on date
-- same: /page/attendance
SELECT c.id, c.name, c.class_teacher_id, o.today_fixed
  FROM ej.class AS c JOIN ej.school AS o ON o.id = c.school_id WHERE c.id = :class_id AND :month_on IS NOT NULL;

-- name: attendance_bare_pupils :many
-- params: class_id bigint, month_on date, today_on date
-- same: /page/attendance/pupil
SELECT p.id, p.surname, p.given_name, p.patronymic, lower(n.during) AS came_on, upper(n.during) AS left_on
  FROM ej.enrolment AS n JOIN ej.pupil AS p ON p.id = n.pupil_id
 WHERE n.class_id = :class_id AND n.during && daterange(:month_on, (:month_on + interval '1 month')::date)
   AND upper(n.during) > :today_on
 ORDER BY p.surname, p.given_name, p.id;

-- name: attendance_bare_lessons :many
-- OFFSET 0, here and below: by group, and not all lessons of the month.
-- params: class_id bigint, month_on date, today_on date
-- same: /page/attendance/column
SELECT l.held_on, l.slot, string_agg(DISTINCT s.short_name, ', '), bool_or(l.attendance_at IS NULL)
  FROM ej.study_group_class AS gc
 CROSS JOIN LATERAL (
       SELECT l.* FROM ej.lesson AS l
        WHERE l.study_group_id = gc.study_group_id AND l.held_on >= :month_on
          AND l.held_on < (:month_on + interval '1 month')::date AND l.held_on <= :today_on
          AND l.state IN ('planned', 'given') OFFSET 0) AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE gc.class_id = :class_id
 GROUP BY l.held_on, l.slot ORDER BY l.held_on, l.slot;

-- name: attendance_bare_absences :many
-- The absences, from which the sums are counted, too.
-- params: class_id bigint, month_on date, today_on date
-- same: /page/attendance/pupil/c[text()]
SELECT l.held_on, l.slot, l.state, a.pupil_id, a.code, a.minutes
  FROM ej.study_group_class AS gc
 CROSS JOIN LATERAL (
       SELECT l.* FROM ej.lesson AS l
        WHERE l.study_group_id = gc.study_group_id AND l.held_on >= :month_on
          AND l.held_on < (:month_on + interval '1 month')::date AND l.state IN ('planned', 'given') OFFSET 0) AS l
 CROSS JOIN LATERAL (SELECT a.* FROM ej.attendance AS a WHERE a.lesson_id = l.id OFFSET 0) AS a
  JOIN ej.enrolment AS n ON n.pupil_id = a.pupil_id AND n.class_id = gc.class_id AND upper(n.during) > :today_on
 WHERE gc.class_id = :class_id;

-- name: attendance_bare_held :many
-- How many lessons each pupil had on each day.
-- params: class_id bigint, month_on date
SELECT b.pupil_id, l.held_on, count(*) AS held
  FROM ej.study_group_class AS gc
 CROSS JOIN LATERAL (
       SELECT l.* FROM ej.lesson AS l
        WHERE l.study_group_id = gc.study_group_id AND l.held_on >= :month_on
          AND l.held_on < (:month_on + interval '1 month')::date AND l.state = 'given' OFFSET 0) AS l
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
 WHERE gc.class_id = :class_id
 GROUP BY b.pupil_id, l.held_on;

-- name: attendance_bare_unexplained :many
-- params: class_id bigint, today_on date
-- same: /page/attendance/unexplained
SELECT a.pupil_id, l.held_on, count(*)
  FROM ej.enrolment AS n
 CROSS JOIN LATERAL (SELECT a.* FROM ej.attendance AS a WHERE a.pupil_id = n.pupil_id AND a.code = 'н' OFFSET 0) AS a
 CROSS JOIN LATERAL (SELECT l.* FROM ej.lesson AS l WHERE l.id = a.lesson_id OFFSET 0) AS l
 WHERE n.class_id = :class_id AND n.during @> l.held_on AND upper(n.during) > :today_on
   AND l.held_on >= :today_on - 60 AND l.held_on <= :today_on AND l.state = 'given'
 GROUP BY a.pupil_id, l.held_on ORDER BY l.held_on DESC LIMIT 100;

-- name: attendance_bare_contradictions :many
-- params: class_id bigint, today_on date
-- same: /page/attendance/contradiction
SELECT l.id, r.pupil_id, l.held_on, l.slot, s.name, f.surname, f.given_name
  FROM ej.enrolment AS n
  JOIN ej.absence_reason AS r ON r.pupil_id = n.pupil_id AND upper(r.during) > :today_on - 60
  JOIN ej.membership AS b ON b.pupil_id = r.pupil_id
 CROSS JOIN LATERAL (
       SELECT l.* FROM ej.lesson AS l
        WHERE l.study_group_id = b.study_group_id AND l.held_on >= greatest(lower(r.during), :today_on - 60)
          AND l.held_on < upper(r.during) AND l.attendance_at IS NOT NULL OFFSET 0) AS l
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id AND j.closed_at IS NULL
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = l.staff_id
 WHERE n.class_id = :class_id AND b.during @> l.held_on AND l.state = 'given'
   AND (r.slots IS NULL OR l.slot = ANY (r.slots))
   AND NOT EXISTS (SELECT FROM ej.attendance AS a WHERE a.lesson_id = l.id AND a.pupil_id = r.pupil_id AND a.code <> 'о')
 LIMIT 100;

-- name: attendance_bare_reasons :many
-- params: class_id bigint, month_on date
-- same: /page/attendance/reason
SELECT r.id, r.pupil_id, r.code, r.during, r.slots, r.document, r.note, g.surname, g.given_name, g.patronymic
  FROM ej.enrolment AS n
  JOIN ej.absence_reason AS r ON r.pupil_id = n.pupil_id AND upper(r.during) > :month_on
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
 WHERE n.class_id = :class_id
 ORDER BY lower(r.during) DESC LIMIT 200;
