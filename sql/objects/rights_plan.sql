-- rights_plan.sql: who may do what, part 5: calendar-thematic plans.
--
-- The plans of a school are read by everybody who reads its curriculum: a teacher copies a
-- colleague's. A plan is made and passes from state to state by functions alone (plan.sql); its
-- author alone writes its rows, which carry the author so that the policy needs no other table.

CREATE POLICY read ON ej.plan FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[]));
GRANT SELECT ON ej.plan TO ej_web;

CREATE POLICY read ON ej.plan_row FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[]));
CREATE POLICY add ON ej.plan_row FOR INSERT TO ej_web
    WITH CHECK (staff_id = any((select ej.my_staff())::bigint[]));
CREATE POLICY change ON ej.plan_row FOR UPDATE TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[]));
CREATE POLICY remove ON ej.plan_row FOR DELETE TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[]));
GRANT SELECT, DELETE ON ej.plan_row TO ej_web;
GRANT INSERT (school_id, plan_id, staff_id, place, section, term_no, topic, kind, hours, homework, links)
    ON ej.plan_row TO ej_web;
GRANT UPDATE (place, section, term_no, topic, kind, hours, homework, links) ON ej.plan_row TO ej_web;

-- plan_use: chosen by the teacher, or by the deputy and administrator, as the load is.
CREATE POLICY read ON ej.plan_use FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[]));
CREATE POLICY add ON ej.plan_use FOR INSERT TO ej_web
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.plan_use FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY remove ON ej.plan_use FOR DELETE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR school_id = any((select ej.my_setup_schools())::bigint[]));
GRANT SELECT, DELETE ON ej.plan_use TO ej_web;
GRANT INSERT (teaching_id, school_id, plan_id), UPDATE (plan_id) ON ej.plan_use TO ej_web;

-- plan_given: read like the journal, written like its lesson. plan_skip: read like the journal,
-- written by the teacher.
CREATE POLICY read ON ej.plan_given FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_journal_teachings())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.plan_given FOR INSERT TO ej_web
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
CREATE POLICY change ON ej.plan_given FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
CREATE POLICY remove ON ej.plan_given FOR DELETE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR lesson_id = any((select ej.my_write_lessons())::bigint[]));
GRANT SELECT, DELETE ON ej.plan_given TO ej_web;
GRANT INSERT (lesson_id, plan_row_id, school_id, teaching_id, goes_on), UPDATE (goes_on) ON ej.plan_given TO ej_web;

CREATE POLICY read ON ej.plan_skip FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_journal_teachings())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.plan_skip FOR INSERT TO ej_web
    WITH CHECK (teaching_id = any((select ej.my_write_teachings())::bigint[]));
CREATE POLICY change ON ej.plan_skip FOR UPDATE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[]));
CREATE POLICY remove ON ej.plan_skip FOR DELETE TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[]));
GRANT SELECT, DELETE ON ej.plan_skip TO ej_web;
GRANT INSERT (school_id, teaching_id, plan_row_id, reason), UPDATE (reason) ON ej.plan_skip TO ej_web;
