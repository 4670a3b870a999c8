-- diary.sql: the facts of one diary week, asked without rights and without a
-- document. Form: grid.sql.

-- name: diary_bare_head :one
-- params: pupil_id bigint, today_on date
-- same: /page/diary
SELECT p.id, p.surname, p.given_name, c.name AS class_name
  FROM ej.pupil AS p
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> :today_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
 WHERE p.id = :pupil_id;

-- name: diary_bare_children :many
-- params: account_id bigint, today_on date
-- same: /page/diary/child
SELECT p.id, p.given_name
  FROM ej.account AS a
  JOIN ej.guardian AS g ON g.person_id = a.person_id
  JOIN ej.guardianship AS k ON k.guardian_id = g.id AND k.during @> :today_on
  JOIN ej.pupil AS p ON p.id = k.pupil_id
 WHERE a.id = :account_id
 ORDER BY p.surname, p.given_name, p.id;

-- name: diary_bare_holidays :many
-- params: school_id bigint, week_on date
-- same: /page/diary/day[@holiday]
SELECT h.name, h.during FROM ej.holiday AS h
 WHERE h.school_id = :school_id AND h.during && daterange(:week_on, :week_on + 6);

-- name: diary_bare_lessons :many
-- params: pupil_id bigint, week_on date
-- same: /page/diary/day/lesson
SELECT l.id, l.held_on, l.slot, l.during, s.name AS subject_name, r.name AS room,
       f.surname, f.given_name, f.patronymic, l.topic, l.state, a.code, k.name AS code_name, a.minutes
  FROM ej.membership AS b
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
   AND l.held_on >= :week_on AND l.held_on < :week_on + 6 AND b.during @> l.held_on
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.room AS r ON r.id = l.room_id
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id
  LEFT JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = b.pupil_id
  LEFT JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
 WHERE b.pupil_id = :pupil_id AND l.state <> 'moved'
 ORDER BY l.during;

-- name: diary_bare_homework :many
-- params: pupil_id bigint, week_on date
-- same: /page/diary/day/lesson/homework
SELECT h.due_lesson_id, h.text
  FROM ej.membership AS b
  JOIN ej.homework AS h ON h.study_group_id = b.study_group_id
   AND h.due_on >= :week_on AND h.due_on < :week_on + 6 AND b.during @> h.due_on
  LEFT JOIN ej.homework_for AS o ON h.is_personal AND o.homework_id = h.id AND o.pupil_id = b.pupil_id
 WHERE b.pupil_id = :pupil_id AND (NOT h.is_personal OR o.pupil_id IS NOT NULL)
 ORDER BY h.id;

-- name: diary_bare_marks :many
-- params: pupil_id bigint, week_on date
SELECT w.lesson_id, w.id, m.attempt, m.value, m.comment, w.title, w.weight_pct, k.name
  FROM ej.membership AS b
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
   AND l.held_on >= :week_on AND l.held_on < :week_on + 6
  JOIN ej.work AS w ON w.lesson_id = l.id
  JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = b.pupil_id
  JOIN ej.work_kind AS k ON k.id = w.kind_id
 WHERE b.pupil_id = :pupil_id AND b.during @> l.held_on AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
 ORDER BY w.id, m.attempt;
