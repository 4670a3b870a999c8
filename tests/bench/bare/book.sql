-- book.sql: the class journal of a year: the journals of all its teachings and terms with their lessons,
-- pupils, marks and absences, attendance, term marks, general data, findings, asked without rights and
-- without a document: each kind of record of the whole class at once, while the page makes the book journal
-- by journal. Form: grid.sql; compared with the printed page.

-- name: book_bare_head :one
-- params: class_id bigint
SELECT c.name, c.year, o.name AS school_name, o.founder, f.surname, f.given_name, f.patronymic
  FROM ej.class AS c
  JOIN ej.school AS o ON o.id = c.school_id
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
 WHERE c.id = :class_id;

-- name: book_bare_sections :many
-- params: class_id bigint, today_on date
SELECT j.id, t.id AS teaching_id, s.name AS subject_name, g.name AS group_name, f.surname, f.given_name, f.patronymic,
       e.name AS term_name, (SELECT sum(l.hours) FROM ej.lesson AS l
                              WHERE l.teaching_id = t.id AND l.state = 'given' AND e.during @> l.held_on) AS hours_given
  FROM ej.study_group_class AS x
  JOIN ej.study_group AS g ON g.id = x.study_group_id
  JOIN ej.teaching AS t ON t.study_group_id = g.id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = t.staff_id
  JOIN ej.journal AS j ON j.teaching_id = t.id
  JOIN ej.term AS e ON e.id = j.term_id AND lower(e.during) <= :today_on AND (e.is_taught OR e.kind = 'year')
 WHERE x.class_id = :class_id
 ORDER BY s.order_no, s.name, g.name, t.id, NOT e.is_taught, lower(e.during);

-- name: book_bare_lessons :many
-- params: class_id bigint, today_on date
SELECT l.teaching_id, l.id, l.held_on, l.slot, l.hours, l.topic, l.staff_id, f.surname, f.given_name, f.patronymic,
       w.kinds, h.homework
  FROM ej.study_group_class AS x
  JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
  JOIN ej.lesson AS l ON l.teaching_id = t.id AND l.held_on <= :today_on AND l.state IN ('planned', 'given')
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id AND l.staff_id <> l.planned_staff_id
  LEFT JOIN LATERAL (SELECT string_agg(concat_ws(': ', k.name, nullif(w.title, '')), '; ') AS kinds
                       FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id WHERE w.lesson_id = l.id) AS w ON true
  LEFT JOIN LATERAL (SELECT string_agg(h.text, E'\n') AS homework FROM ej.homework AS h
                      WHERE h.lesson_id = l.id AND NOT h.is_personal) AS h ON true
 WHERE x.class_id = :class_id
 ORDER BY l.teaching_id, l.held_on, l.slot;

-- name: book_bare_pupils :many
-- params: class_id bigint
SELECT b.study_group_id, p.id, p.surname, p.given_name, p.patronymic, b.during
  FROM ej.study_group_class AS x
  JOIN ej.membership AS b ON b.study_group_id = x.study_group_id
  JOIN ej.pupil AS p ON p.id = b.pupil_id
 WHERE x.class_id = :class_id
 ORDER BY b.study_group_id, p.surname, p.given_name, p.id;

-- name: book_bare_marks :many
-- params: class_id bigint, today_on date
SELECT w.lesson_id, m.pupil_id, string_agg(m.value, '/' ORDER BY w.id, m.attempt) AS marks
  FROM ej.study_group_class AS x
  JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
  JOIN ej.work AS w ON w.teaching_id = t.id
  JOIN ej.mark AS m ON m.work_id = w.id AND m.value IS NOT NULL
 WHERE x.class_id = :class_id
 GROUP BY w.lesson_id, m.pupil_id;

-- name: book_bare_absences :many
-- params: class_id bigint
SELECT a.lesson_id, a.pupil_id, a.code, k.printed, k.counts_missed
  FROM ej.study_group_class AS x
  JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
  JOIN ej.lesson AS l ON l.teaching_id = t.id
  JOIN ej.attendance AS a ON a.lesson_id = l.id
  JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
 WHERE x.class_id = :class_id;

-- name: book_bare_missed :many
-- Days and lessons missed, by pupil and term; lessons alone by reason.
-- params: class_id bigint, today_on date
WITH d AS MATERIALIZED (
    SELECT e.id AS term_id, a.pupil_id, l.held_on, a.code, count(*) AS lessons
      FROM ej.class AS c
      JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND lower(e.during) <= :today_on
       AND (e.is_taught OR e.kind = 'year')
      JOIN ej.enrolment AS n ON n.class_id = c.id
      JOIN ej.attendance AS a ON a.pupil_id = n.pupil_id AND a.lesson_id >= 20260000000000
      JOIN ej.lesson AS l ON l.id = a.lesson_id AND e.during @> l.held_on AND n.during @> l.held_on AND l.state = 'given'
     WHERE c.id = :class_id
     GROUP BY e.id, a.pupil_id, l.held_on, a.code
)
SELECT d.term_id, d.pupil_id, count(DISTINCT d.held_on) AS days, sum(d.lessons) AS lessons,
       sum(d.lessons) FILTER (WHERE d.code = 'б') AS ill, sum(d.lessons) FILTER (WHERE d.code = 'у') AS valid,
       sum(d.lessons) FILTER (WHERE d.code = 'п') AS unjustified, sum(d.lessons) FILTER (WHERE d.code = 'о') AS late
  FROM d GROUP BY d.term_id, d.pupil_id;

-- name: book_bare_term_marks :many
-- params: class_id bigint
SELECT m.pupil_id, m.term_id, m.subject_id, m.value
  FROM ej.enrolment AS n
  JOIN ej.term_mark AS m ON m.pupil_id = n.pupil_id AND m.value IS NOT NULL
  JOIN ej.term AS e ON e.id = m.term_id
  JOIN ej.class AS c ON c.id = n.class_id AND c.term_plan_id = e.term_plan_id
 WHERE n.class_id = :class_id;

-- name: book_bare_general :many
-- params: class_id bigint
SELECT p.id, p.surname, p.given_name, p.patronymic, k.file_no, k.birth_on, k.sex, k.address, k.home_address, k.contacts,
       n.during, (SELECT string_agg(concat_ws(' ', g.surname, g.given_name, g.patronymic, g.phone), E'\n')
                    FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
                   WHERE w.pupil_id = p.id) AS guardians
  FROM ej.enrolment AS n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.id
 WHERE n.class_id = :class_id
 ORDER BY p.surname, p.given_name, p.id;

-- name: book_bare_findings :many
-- params: class_id bigint
SELECT f.id, f.made_on, f.text, f.due_on, f.answer, f.answered_on, f.state, f.decided_on, s.surname, s.given_name
  FROM ej.finding AS f LEFT JOIN ej.staff AS s ON s.id = f.staff_id
 WHERE f.class_id = :class_id AND f.kind = 'finding'
 ORDER BY f.made_on;
