-- rights_people.sql: who may do what, part 3: cards, classes, timetable.
--
-- The row of a person is made by the trigger person_fill (rule_school.sql): the web role
-- cannot set person_id, so nobody can bind somebody else's log-in to a card.

-- ----------------------------------------------------------------- cards --

-- staff: all staff but observers read the names and posts of all; a family those of its
-- children's teachers and class teachers; administrator and HR write them.
CREATE POLICY read ON ej.staff FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_colleague_schools())::bigint[])
        OR id = any((select ej.my_named_staff())::bigint[]));
CREATE POLICY add ON ej.staff FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_hr_schools())::bigint[])
        OR school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.staff FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_hr_schools())::bigint[])
        OR school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT ON ej.staff TO ej_web;
GRANT INSERT (school_id, person_id, surname, given_name, patronymic, post, during, rate_hours) ON ej.staff TO ej_web;
GRANT UPDATE (surname, given_name, patronymic, post, during, rate_hours) ON ej.staff TO ej_web;

-- staff_role: roles given by order, handled together with accounts.
CREATE POLICY read ON ej.staff_role FOR SELECT TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[])
        OR school_id = any((select ej.my_card_schools())::bigint[]));
CREATE POLICY add ON ej.staff_role FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.staff_role FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY remove ON ej.staff_role FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT, DELETE ON ej.staff_role TO ej_web;
GRANT INSERT (school_id, staff_id, role, order_no, order_on, during) ON ej.staff_role TO ej_web;
GRANT UPDATE (order_on, during) ON ej.staff_role TO ej_web;

-- pupil: the names are read by all teachers, class teachers, heads and the kitchen; by a
-- substitute for the groups of the lessons; by a family for its own children.
CREATE POLICY read ON ej.pupil FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_roster_schools())::bigint[])
        OR id = any((select ej.my_named_pupils())::bigint[]));
CREATE POLICY add ON ej.pupil FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.pupil FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR id = any((select ej.my_class_pupils())::bigint[]));
GRANT SELECT ON ej.pupil TO ej_web;
GRANT INSERT (school_id, person_id, surname, given_name, patronymic) ON ej.pupil TO ej_web;
GRANT UPDATE (surname, given_name, patronymic) ON ej.pupil TO ej_web;

-- pupil_card: the rest of a pupil's card: birth, address, contacts.
CREATE POLICY read ON ej.pupil_card FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[]));
CREATE POLICY add ON ej.pupil_card FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY change ON ej.pupil_card FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
SELECT ej.grant_rows('ej.pupil_card', 'SELECT, INSERT');

CREATE POLICY read ON ej.guardian FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR id = any((select ej.my_guardians())::bigint[])
        OR id = any((select ej.my_class_guardians())::bigint[]));
CREATE POLICY add ON ej.guardian FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.guardian FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR id = any((select ej.my_class_guardians())::bigint[]));
GRANT SELECT ON ej.guardian TO ej_web;
GRANT INSERT (school_id, person_id, surname, given_name, patronymic, phone, email, address, work) ON ej.guardian
    TO ej_web;
GRANT UPDATE (surname, given_name, patronymic, phone, email, address, work) ON ej.guardian TO ej_web;

-- guardianship: a parent reads the own row, not the other parent's. A class teacher
-- changes what a guardian is told, and ends a guardianship, but gives nobody one.
CREATE POLICY read ON ej.guardianship FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR guardian_id = any((select ej.my_guardians())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY add ON ej.guardianship FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.guardianship FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY remove ON ej.guardianship FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
SELECT ej.grant_rows('ej.guardianship', 'SELECT, INSERT, DELETE');
REVOKE UPDATE (guardian_id, pupil_id) ON ej.guardianship FROM ej_web;

-- ---------------------------------------------------- classes, timetable --

-- class, study_group, timetable and others: read as a whole by teachers, heads, kitchen
-- and observers; by a family for its own classes and groups.
CREATE POLICY read ON ej.class FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[])
        OR id = any((select ej.my_family_classes())::bigint[]));
CREATE POLICY read ON ej.study_group FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[])
        OR id = any((select ej.my_family_groups())::bigint[]));
CREATE POLICY read ON ej.study_group_class FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[])
        OR study_group_id = any((select ej.my_family_groups())::bigint[]));
CREATE POLICY read ON ej.teaching FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[])
        OR id = any((select ej.my_family_teachings())::bigint[]));
CREATE POLICY read ON ej.curriculum FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[]));
CREATE POLICY read ON ej.teaching_former FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[]));
GRANT SELECT ON ej.teaching_former TO ej_web;
-- but not of past groups: a child who left has no timetable
CREATE POLICY read ON ej.timetable FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[])
        OR teaching_id = any((select ej.my_group_teachings())::bigint[]));

-- control_work: the same; a family reads the schedule of the pupil's groups.
CREATE POLICY read ON ej.control_work FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_class_schools())::bigint[])
        OR teaching_id = any((select ej.my_group_teachings())::bigint[]));

-- enrolment, membership: not for observers, who see no data of single persons.
CREATE POLICY read ON ej.enrolment FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_roster_schools())::bigint[])
        OR pupil_id = any((select ej.my_named_pupils())::bigint[]));
CREATE POLICY read ON ej.membership FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_roster_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR study_group_id = any((select ej.my_substitute_groups())::bigint[]));

-- split, split_pupil: for the heads, the class teacher and those who teach in the class.
CREATE POLICY read ON ej.split FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR class_id = any((select ej.my_taught_classes())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[]));
CREATE POLICY read ON ej.split_pupil FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR class_id = any((select ej.my_taught_classes())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[]));
GRANT SELECT ON ej.split, ej.split_pupil TO ej_web;

-- All these tables are written by administrator and deputies.
DO $$
DECLARE
    t text;
    write_here text := 'school_id = any((select ej.my_setup_schools())::bigint[])';
BEGIN
    FOREACH t IN ARRAY ARRAY['class', 'study_group', 'study_group_class', 'teaching', 'curriculum',
                             'timetable', 'control_work', 'enrolment', 'membership']
    LOOP
        EXECUTE format('CREATE POLICY add ON ej.%I FOR INSERT TO ej_web WITH CHECK (%s)', t, write_here);
        EXECUTE format('CREATE POLICY change ON ej.%I FOR UPDATE TO ej_web USING (%s)', t, write_here);
        EXECUTE format('CREATE POLICY remove ON ej.%I FOR DELETE TO ej_web USING (%s)', t, write_here);
        IF t = 'study_group_class' THEN        -- all key: nothing to change
            GRANT SELECT, INSERT, DELETE ON ej.study_group_class TO ej_web;
        ELSE
            PERFORM ej.grant_rows(format('ej.%I', t)::regclass, 'SELECT, INSERT, DELETE');
        END IF;
    END LOOP;
    REVOKE UPDATE (teaching_id) ON ej.control_work FROM ej_web;
END
$$;
