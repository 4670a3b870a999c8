-- rights_attendance.sql: who may do what, part 4a: reasons of absence, their verification
-- (migration 0016_attendance).

-- absence_reason: read by the heads, the class teacher and the family; written by the class
-- teacher and the deputies. A guardian announces one by
-- ej.absence_announce().
CREATE POLICY read ON ej.absence_reason FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.absence_reason FOR INSERT TO ej_web
    WITH CHECK (pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR school_id = any((select ej.my_deputy_schools())::bigint[]));
CREATE POLICY change ON ej.absence_reason FOR UPDATE TO ej_web
    USING (pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR school_id = any((select ej.my_deputy_schools())::bigint[]));
CREATE POLICY remove ON ej.absence_reason FOR DELETE TO ej_web
    USING (pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR school_id = any((select ej.my_deputy_schools())::bigint[]));
GRANT SELECT, DELETE ON ej.absence_reason TO ej_web;
GRANT INSERT (school_id, pupil_id, code, during, slots, document, note, reason),
    UPDATE (code, during, document, note, reason) ON ej.absence_reason TO ej_web;

-- attendance_check: written by the class teacher, read by the heads.
CREATE POLICY read ON ej.attendance_check FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[]));
CREATE POLICY add ON ej.attendance_check FOR INSERT TO ej_web
    WITH CHECK (class_id = any((select ej.my_classes())::bigint[]));
GRANT SELECT ON ej.attendance_check TO ej_web;
GRANT INSERT (school_id, class_id, week_on, note) ON ej.attendance_check TO ej_web;
