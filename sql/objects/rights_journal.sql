-- rights_journal.sql: who may do what, part 4: the journal and its history.
--
-- A journal is written by its teacher, and single lessons by a substitute; who handed it
-- over (load.sql) only reads it; the
-- administrator, director and deputies read it and never write a mark. Writes that
-- are forbidden to everyone are refused by the rules (rule_*.sql). Each list in a WITH
-- CHECK is for one reference: a row that refers to a hidden row is refused like one
-- that refers to a missing row.

-- journal: the row by which a journal is closed. Rows are made with the school year;
-- a deputy closes and reopens them by order (rule_journal).
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
GRANT UPDATE (closed_at, closed_by, order_no, order_on, reason) ON ej.journal TO ej_web;

-- lesson: made from the timetable (set-up) or by the teacher. The columns granted for
-- INSERT leave out topic and homework, which only the teacher writes.
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

-- substitution: why lessons are not given as planned, for the heads; ej.substitution_save() writes it.
CREATE POLICY read ON ej.substitution FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.substitution TO ej_web;

-- work: the whole group reads kind and title of a work, also pupils without a mark in it:
-- it was announced to all.
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

-- mark: never deleted; an emptied mark has value NULL. staff_id of a written mark must be
-- NULL or the writer's own, since the diary shows who gave the mark.
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

-- attendance: a class teacher may change the reason of an absence but not add one
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

-- homework: a family reads tasks set for all, and personal ones only of its own child.
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

-- term_mark: a substitute neither reads nor writes them. A pupil who changes the
-- subgroup takes term marks along: the new teacher of the subject continues them.
CREATE POLICY read ON ej.term_mark FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_read_teachings())::bigint[])
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
GRANT SELECT ON ej.term_mark TO ej_web;
GRANT INSERT (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value, staff_id, note),
    UPDATE (value, teaching_id, scale_id, staff_id, note) ON ej.term_mark TO ej_web;

-- outside_mark: teachers read them by ej.finals_outside() and ej.figures().
CREATE POLICY read ON ej.outside_mark FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[]));
CREATE POLICY add ON ej.outside_mark FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY change ON ej.outside_mark FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
GRANT SELECT ON ej.outside_mark TO ej_web; -- one entered by mistake stays, and does not count
GRANT INSERT (school_id, pupil_id, subject_id, term_id, given_on, number, weight_pct, document), UPDATE (is_void)
    ON ej.outside_mark TO ej_web;

-- retake: appointed and recorded by administrator and deputy, by order and protocol.
CREATE POLICY read ON ej.retake FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[]));
CREATE POLICY add ON ej.retake FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.retake FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[]));
SELECT ej.grant_rows('ej.retake', 'SELECT, INSERT');

-- remark: written by the pupil's teachers and class teacher, changed by its author; read by the family,
-- the class teacher and the heads.
CREATE POLICY read ON ej.remark FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_pupils())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.remark FOR INSERT TO ej_web
    WITH CHECK (staff_id = any((select ej.my_staff())::bigint[])
        AND (pupil_id = any((select ej.my_taught_pupils())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
CREATE POLICY change ON ej.remark FOR UPDATE TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[]));
CREATE POLICY remove ON ej.remark FOR DELETE TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[]));
GRANT SELECT, DELETE ON ej.remark TO ej_web;
GRANT INSERT (school_id, pupil_id, staff_id, kind, note), UPDATE (kind, note) ON ej.remark TO ej_web; -- made today

-- submission: read like a mark; the family writes it by ej.submission_hand(), the teacher answers.
CREATE POLICY read ON ej.submission FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY change ON ej.submission FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR homework_id = any((select ej.my_write_homework())::bigint[]));
GRANT SELECT, UPDATE (answer, answered_on) ON ej.submission TO ej_web;

-- homework_done: read like what is handed in; the family writes it by ej.homework_tick().
CREATE POLICY read ON ej.homework_done FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_teachings())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.homework_done TO ej_web;

-- history: read only; only the triggers of history.sql write it. That of accidents, of meals, of admission to ГТО
-- and its results is for director and deputies, like the tables, that of documents for meals for deputies; that of
-- findings not for all who read the journal that one is about.
CREATE POLICY read ON ej.history FOR SELECT TO ej_web
    USING ((teaching_id = any((select ej.my_read_teachings())::bigint[]) AND table_name <> all('{finding}'::text[]))
        OR (school_id = any((select ej.my_journal_schools())::bigint[])
            AND table_name <> all(
                '{account,account_subject,activation,factor,contact,choice,accident,meal_entitlement,'
                'meal_payment,meal_choice,meal_order,meal_day,health_group,gto_result,gto_award}'::text[]))
        OR (school_id = any((select ej.my_account_schools())::bigint[])
            AND table_name <> all('{accident,meal_entitlement,'
                'meal_payment,meal_choice,meal_order,meal_day,health_group,gto_result,gto_award}'::text[]))
        OR (school_id = any((select ej.my_lead_schools())::bigint[])
            AND table_name = any('{accident,'
                'meal_payment,meal_choice,meal_order,meal_day,health_group,gto_result,gto_award}'::text[]))
        OR (school_id = any((select ej.my_deputy_schools())::bigint[])
            AND table_name = any('{meal_entitlement}'::text[]))
        OR (pupil_id = any((select ej.my_class_pupils())::bigint[])
            AND table_name <> all('{accident,meal_entitlement}'::text[]))
        OR (pupil_id = any((select ej.my_family_pupils())::bigint[])
            AND table_name = any('{mark,term_mark}'::text[])));
-- The operation is not granted, nor the network address of the author, which a family
-- must not learn of its teachers; ej.history_address() returns it to some readers.
GRANT SELECT (id, school_id, table_name, row_key, key_id, teaching_id, pupil_id,
              account_id, old, new, made_at, correction_id, void_id) ON ej.history TO ej_web;
