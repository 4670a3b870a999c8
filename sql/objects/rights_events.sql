-- rights_events.sql: who may do what, part 6: events, accidents.

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
            OR class_id = any((select ej.my_taught_classes())::bigint[]))
        -- refused like a missing one, since a foreign key would tell the two apart
        AND (class_id IS NULL OR EXISTS (SELECT FROM ej.class AS c WHERE c.id = class_id)));
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

-- accident: whoever works in the school reports one in the own name, once; director and deputies read
-- all, receive them (ej.accident_receive) and complete the register; parents read those of their
-- children, not the pupils.
CREATE POLICY read ON ej.accident FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_lead_schools())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[])
        OR pupil_id = any((select ej.my_wards())::bigint[]));
CREATE POLICY add ON ej.accident FOR INSERT TO ej_web
    WITH CHECK (staff_id = any((select ej.my_staff())::bigint[])
        AND school_id = any((select ej.my_colleague_schools())::bigint[]));
CREATE POLICY change ON ej.accident FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_lead_schools())::bigint[]));
GRANT SELECT ON ej.accident TO ej_web;
GRANT INSERT (school_id, pupil_id, staff_id, happened_on, happened_time, place, manner, what, first_aid,
              parents_told_on, parents_told_time, told_orally_to, told_orally_on, told_orally_time),
    UPDATE (manner, parents_told_on, parents_told_time, told_orally_to, told_orally_on, told_orally_time,
            act_no, act_on, sick_days, diagnosis, consequence, measures)
    ON ej.accident TO ej_web;
