-- rights_personnel.sql: who may do what, part 4: movement of pupils.

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
GRANT INSERT (school_id, pupil_id, kind, from_class_id, class_id, moved_on, reason, order_no, order_on, note, written)
    ON ej.movement TO ej_web;
GRANT UPDATE (undone_reason) ON ej.movement TO ej_web;
