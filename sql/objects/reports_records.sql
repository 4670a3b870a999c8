-- reports_records.sql: the records that reports count: pupils, lessons, marks, absences, term marks.
--
-- Every figure of a report counts or adds up rows of these views. They ask as their reader, so that
-- the policies of their tables decide which rows there are. A void operation is in none of them:
-- a voided mark has its former value again, or none.

-- The pupils of each class, with the days: those of one day are in the class when during has it.
CREATE OR REPLACE VIEW ej.pupil_on_day WITH (security_invoker = true) AS
SELECT n.school_id, c.year, n.class_id, c.grade, c.term_plan_id, n.pupil_id, n.during
  FROM ej.enrolment AS n
  JOIN ej.class AS c ON c.id = n.class_id;

-- The lessons that were to be held: moved ones are in the list on the day they were moved to.
CREATE OR REPLACE VIEW ej.lesson_record WITH (security_invoker = true) AS
SELECT l.school_id, l.id AS lesson_id, l.teaching_id, l.study_group_id, t.subject_id, t.staff_id,
       l.staff_id AS given_by, l.held_on, l.slot, l.hours, l.state, l.is_substitute, l.topic,
       l.attendance_at, l.homework
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
 WHERE l.state <> 'moved';

-- The current marks, each attempt.
CREATE OR REPLACE VIEW ej.mark_record WITH (security_invoker = true) AS
SELECT m.school_id, m.pupil_id, m.work_id, m.attempt, w.lesson_id, w.journal_id, m.teaching_id, w.kind_id, w.weight_pct,
       m.value, v.number, v.is_pass, v.is_good, v.sou_weight,
       ej.formula_level(m.value, v.number, v.is_pass, v.is_good, v.sou_weight) AS level
  FROM ej.mark AS m
  JOIN ej.work AS w ON w.id = m.work_id
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
 WHERE m.value IS NOT NULL;

-- The lessons that pupils missed or were late for, in the class in which they were on that day.
CREATE OR REPLACE VIEW ej.absence_record WITH (security_invoker = true) AS
SELECT a.school_id, a.pupil_id, a.lesson_id, a.teaching_id, l.held_on, l.slot, n.class_id, a.code, k.counts_missed
  FROM ej.attendance AS a
  JOIN ej.lesson AS l ON l.id = a.lesson_id AND l.state = 'given'
  JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
  JOIN ej.enrolment AS n ON n.pupil_id = a.pupil_id AND n.during @> l.held_on
 WHERE k.counts_missed OR a.code = 'о';

-- The term marks, in the class in which the pupil is on the last day of the term. coalesce() lets the planner expect
-- half of the enrolments; of @> alone it expects one in 200, and would join thousands of marks one by one.
CREATE OR REPLACE VIEW ej.final_record WITH (security_invoker = true) AS
SELECT m.school_id, m.pupil_id, n.class_id, m.subject_id, e.id AS term_id, e.kind AS term_kind, m.teaching_id, m.value,
       m.note, v.number, v.is_pass, v.is_good, v.sou_weight,
       ej.formula_level(m.value, v.number, v.is_pass, v.is_good, v.sou_weight) AS level
  FROM ej.term_mark AS m
  JOIN ej.term AS e ON e.id = m.term_id
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
  JOIN ej.enrolment AS n ON n.pupil_id = m.pupil_id AND coalesce(n.during @> upper(e.during) - 1, false)
 WHERE m.value IS NOT NULL;

GRANT SELECT ON ej.pupil_on_day, ej.lesson_record, ej.mark_record, ej.absence_record, ej.final_record
   TO ej_web, ej_rights;
