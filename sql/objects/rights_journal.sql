-- rights_journal.sql: who may do what, part 4: the journal and its history.
--
-- Written by the teacher of the teaching, and lesson by lesson by the
-- substitute; the administrator, director and deputies read and never write
-- a mark. What must not be written at all is refused by the rules
-- (rule_*.sql), for everyone. Every list of a WITH CHECK stands for one
-- reference: a row that names something hidden is refused like one that
-- names something missing.

-- The row that closing locks; made with the year, closed and opened by a deputy,
-- by order (rule_journal).
CREATE POLICY read ON ej.journal FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_journal_teachings())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.journal FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.journal FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_deputy_schools())::bigint[]))
    WITH CHECK (school_id = any((select ej.my_deputy_schools())::bigint[])
        AND (closed_by IS NULL OR closed_by = any((select ej.my_staff())::bigint[])));
GRANT SELECT ON ej.journal TO ej_web;
GRANT INSERT (school_id, teaching_id, term_id) ON ej.journal TO ej_web;
GRANT UPDATE (closed_at, closed_by, order_no, reason) ON ej.journal TO ej_web;

-- Lessons come from the timetable (set-up) or from their teacher. What an
-- INSERT may name leaves out topic and homework: those are the teacher's.
CREATE POLICY read ON ej.lesson FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR study_group_id = any((select ej.my_groups())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[])
        OR id = any((select ej.my_past_lessons())::bigint[]));
CREATE POLICY add ON ej.lesson FOR INSERT TO ej_web
    WITH CHECK ((teaching_id = any((select ej.my_write_teachings())::bigint[])
            AND planned_staff_id = any((select ej.my_staff())::bigint[])
            AND staff_id = any((select ej.my_staff())::bigint[]))
        OR school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.lesson FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR id = any((select ej.my_write_lessons())::bigint[]));
GRANT SELECT ON ej.lesson TO ej_web;
GRANT INSERT (school_id, teaching_id, study_group_id, held_on, slot, during,
              room_id, planned_staff_id, staff_id, hours) ON ej.lesson TO ej_web;
GRANT UPDATE (topic, hours, state, attendance_at, homework) ON ej.lesson TO ej_web;

-- Kind and title of a work are for the whole group: it was announced to all.
CREATE POLICY read ON ej.work FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_work_teachings())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[])
        OR lesson_id = any((select ej.my_past_lessons())::bigint[]));
CREATE POLICY add ON ej.work FOR INSERT TO ej_web
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
CREATE POLICY change ON ej.work FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
GRANT SELECT ON ej.work TO ej_web;
GRANT INSERT (school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id, title)
    ON ej.work TO ej_web;
GRANT UPDATE (kind_id, weight_pct, title) ON ej.work TO ej_web;

-- Never deleted: an emptied mark is value NULL. Who changes a mark puts the
-- own name to it, since the diary names who gave it.
CREATE POLICY read ON ej.mark FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.mark FOR INSERT TO ej_web
    WITH CHECK ((teaching_id = any((select ej.my_write_teachings())::bigint[])
            OR work_id = any((select ej.my_write_works())::bigint[]))
        AND pupil_id = any((select ej.my_taught_pupils())::bigint[])
        AND (staff_id IS NULL OR staff_id = any((select ej.my_staff())::bigint[])));
CREATE POLICY change ON ej.mark FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR work_id = any((select ej.my_write_works())::bigint[]))
    WITH CHECK ((teaching_id = any((select ej.my_write_teachings())::bigint[])
            OR work_id = any((select ej.my_write_works())::bigint[]))
        AND (staff_id IS NULL OR staff_id = any((select ej.my_staff())::bigint[])));
GRANT SELECT, INSERT ON ej.mark TO ej_web;
GRANT UPDATE (value, comment, staff_id) ON ej.mark TO ej_web;

-- The class teacher changes the reason of an absence, and makes none
-- (rule_attendance_reason).
CREATE POLICY read ON ej.attendance FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_absence_schools())::bigint[]));
CREATE POLICY add ON ej.attendance FOR INSERT TO ej_web
    WITH CHECK ((teaching_id = any((select ej.my_write_teachings())::bigint[])
            OR lesson_id = any((select ej.my_write_lessons())::bigint[]))
        AND pupil_id = any((select ej.my_taught_pupils())::bigint[]));
CREATE POLICY change ON ej.attendance FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY remove ON ej.attendance FOR DELETE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
GRANT SELECT, INSERT, DELETE ON ej.attendance TO ej_web;
GRANT UPDATE (code, minutes) ON ej.attendance TO ej_web;

-- A family sees what is set for all, and of the personal only its own.
CREATE POLICY read ON ej.homework FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR (NOT is_personal AND study_group_id = any((select ej.my_groups())::bigint[]))
        OR school_id = any((select ej.my_journal_schools())::bigint[])
        OR (NOT is_personal AND lesson_id = any((select ej.my_past_lessons())::bigint[]))
        OR id = any((select ej.my_personal_homework())::bigint[]));
CREATE POLICY add ON ej.homework FOR INSERT TO ej_web
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
CREATE POLICY change ON ej.homework FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
CREATE POLICY remove ON ej.homework FOR DELETE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
GRANT SELECT, DELETE ON ej.homework TO ej_web;
GRANT INSERT (school_id, lesson_id, teaching_id, study_group_id, due_lesson_id, due_on, text, is_personal)
    ON ej.homework TO ej_web;
GRANT UPDATE (text, due_lesson_id, due_on, is_personal) ON ej.homework TO ej_web;

CREATE POLICY read ON ej.homework_for FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.homework_for FOR INSERT TO ej_web
    WITH CHECK ((teaching_id = any((select ej.my_write_teachings())::bigint[])
            OR homework_id = any((select ej.my_write_homework())::bigint[]))
        AND pupil_id = any((select ej.my_taught_pupils())::bigint[]));
CREATE POLICY remove ON ej.homework_for FOR DELETE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR homework_id = any((select ej.my_write_homework())::bigint[]));
GRANT SELECT, INSERT, DELETE ON ej.homework_for TO ej_web;

-- A substitute has no part in term marks. A pupil brings along the term marks
-- of another subgroup: their new teacher of that subject goes on with them.
CREATE POLICY read ON ej.term_mark FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[])
        OR pupil_subject = any((select ej.my_pupil_subjects())::bigint[]));
CREATE POLICY add ON ej.term_mark FOR INSERT TO ej_web
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[])
        AND pupil_id = any((select ej.my_taught_pupils())::bigint[])
        AND (staff_id IS NULL OR staff_id = any((select ej.my_staff())::bigint[])));
CREATE POLICY change ON ej.term_mark FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR pupil_subject = any((select ej.my_pupil_subjects())::bigint[]))
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[])
        AND (staff_id IS NULL OR staff_id = any((select ej.my_staff())::bigint[])));
GRANT SELECT, INSERT ON ej.term_mark TO ej_web;
GRANT UPDATE (value, teaching_id, scale_id, staff_id) ON ej.term_mark TO ej_web;

-- Read only, for ever: the triggers of history.sql alone write it.
CREATE POLICY read ON ej.history FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR (school_id = any((select ej.my_journal_schools())::bigint[])
            AND table_name <> all('{account,account_subject,activation}'::text[]))
        OR school_id = any((select ej.my_account_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR (pupil_id = any((select ej.my_family_pupils())::bigint[])
            AND table_name = any('{mark,term_mark}'::text[])));
-- Without the operation, and without the address from where somebody wrote,
-- which a family is not told of its teachers: ej.history_address() tells it.
GRANT SELECT (id, school_id, table_name, row_key, key_id, teaching_id, pupil_id,
              account_id, old, new, made_at, void_id) ON ej.history TO ej_web;
