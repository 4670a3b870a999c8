-- rights_events.sql: who may do what, part 6: events.

-- event: read by all staff but an observer, and by families: those of the school and of their
-- children's classes. The heads write all, the class teacher those of the class, a teacher new ones
-- of classes that he or she teaches; whoever entered one may change it, but not its class.
CREATE POLICY read ON ej.event FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_colleague_schools())::bigint[])
        OR class_id IS NULL AND school_id = any((select ej.my_family_schools())::bigint[])
        OR class_id = any((select ej.my_family_classes())::bigint[]));
CREATE POLICY add ON ej.event FOR INSERT TO ej_web
    WITH CHECK (staff_id = any((select ej.my_staff())::bigint[])
        AND (school_id = any((select ej.my_journal_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])
            OR class_id = any((select ej.my_taught_classes())::bigint[])));
CREATE POLICY change ON ej.event FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[]));
CREATE POLICY remove ON ej.event FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[]));
GRANT SELECT, DELETE ON ej.event TO ej_web;
GRANT INSERT (school_id, class_id, staff_id, title, during, starts, ends, place, note),
    UPDATE (title, during, starts, ends, place, note) ON ej.event TO ej_web;
