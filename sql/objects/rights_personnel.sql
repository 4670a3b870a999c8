-- rights_personnel.sql: who may do what, part 4: movement of pupils,
-- the files of the staff.

-- movement: read by the heads, and by the class teacher for the own class; written by those
-- who write enrolments. Afterwards only the reason of its undoing is set.
CREATE POLICY read ON ej.movement FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[])
        OR from_class_id = any((select ej.my_classes())::bigint[]));
CREATE POLICY add ON ej.movement FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.movement FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[]));
GRANT SELECT ON ej.movement TO ej_web;
GRANT INSERT (school_id, pupil_id, kind, from_class_id, class_id, moved_on, reason, order_no, order_on, note, written,
              promotion_id)
    ON ej.movement TO ej_web;
GRANT UPDATE (undone_reason) ON ej.movement TO ej_web;

-- transfer, transfer_file: read by the heads of both schools, and by the class teachers of the pupil before and after;
-- the file in the new school alone. Written by the functions of transfers.sql.
CREATE POLICY read ON ej.transfer FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR to_school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR entered_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY read ON ej.transfer_file FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
GRANT SELECT ON ej.transfer, ej.transfer_file TO ej_web;

-- staff_card, staff_post, staff_absence: read by HR and the heads; written by HR and the
-- administrator. The card is made by a trigger, and never removed.
DO $$
DECLARE
    t text;
    read_here  text := 'school_id = any((select ej.my_hr_schools())::bigint[])
                     OR school_id = any((select ej.my_card_schools())::bigint[])';
    write_here text := 'school_id = any((select ej.my_hr_schools())::bigint[])
                     OR school_id = any((select ej.my_admin_schools())::bigint[])';
BEGIN
    FOREACH t IN ARRAY ARRAY['staff_card', 'staff_post', 'staff_absence'] LOOP
        EXECUTE format('CREATE POLICY read ON ej.%I FOR SELECT TO ej_web USING (%s)', t, read_here);
        EXECUTE format('CREATE POLICY change ON ej.%I FOR UPDATE TO ej_web USING (%s)', t, write_here);
        IF t = 'staff_card' THEN
            PERFORM ej.grant_rows('ej.staff_card', 'SELECT');
        ELSE
            EXECUTE format('CREATE POLICY add ON ej.%I FOR INSERT TO ej_web WITH CHECK (%s)', t, write_here);
            EXECUTE format('CREATE POLICY remove ON ej.%I FOR DELETE TO ej_web USING (%s)', t, write_here);
            PERFORM ej.grant_rows(format('ej.%I', t)::regclass, 'SELECT, INSERT, DELETE');
        END IF;
    END LOOP;
END
$$;

-- promotion, promotion_choice: read by the heads, written by those who write enrolments.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['promotion', 'promotion_choice'] LOOP
        EXECUTE format('CREATE POLICY read ON ej.%I FOR SELECT TO ej_web
            USING (school_id = any((select ej.my_card_schools())::bigint[]))', t);
        EXECUTE format('CREATE POLICY add ON ej.%I FOR INSERT TO ej_web
            WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[]))', t);
        EXECUTE format('CREATE POLICY change ON ej.%I FOR UPDATE TO ej_web
            USING (school_id = any((select ej.my_setup_schools())::bigint[]))', t);
        PERFORM ej.grant_rows(format('ej.%I', t)::regclass, 'SELECT, INSERT');
    END LOOP;
END
$$;

-- request: read by who asked and by the heads; asked by HR, and by a class teacher for the
-- own class; answered by the administrator. What a guardian reports is read and answered by the
-- class teacher, too.
CREATE POLICY read ON ej.request FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[])
        OR guardian_id = any((select ej.my_guardians())::bigint[])
        OR staff_id IS NULL AND class_id = any((select ej.my_classes())::bigint[]));
CREATE POLICY add ON ej.request FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_hr_schools())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[]));
CREATE POLICY change ON ej.request FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR staff_id IS NULL AND class_id = any((select ej.my_classes())::bigint[]));
GRANT SELECT ON ej.request TO ej_web;
GRANT INSERT (school_id, kind, name, class_id, happens_on, note) ON ej.request TO ej_web;
GRANT UPDATE (state, answer) ON ej.request TO ej_web;

-- verification: written by the class teacher, read by the heads.
CREATE POLICY read ON ej.verification FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[]));
CREATE POLICY add ON ej.verification FOR INSERT TO ej_web
    WITH CHECK (class_id = any((select ej.my_classes())::bigint[]));
GRANT SELECT ON ej.verification TO ej_web;
GRANT INSERT (school_id, class_id, month_on, note) ON ej.verification TO ej_web;
