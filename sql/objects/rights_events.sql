-- rights_events.sql: who may do what, part 6: events, achievements, accidents. Events and achievements
-- are of schools that have switched the module on.

-- event: read by all staff but an observer, and by families: those of the whole school, of their
-- children's classes, and those in which a child takes part. The heads write all, whoever is
-- responsible that one, a class teacher those of the own class alone; nobody else enters one for
-- the whole school.
CREATE POLICY read ON ej.event FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_colleague_schools())::bigint[])
            OR whole_school_id = any((select ej.my_family_schools())::bigint[])
            OR id = any((select ej.my_family_events())::bigint[])));
CREATE POLICY add ON ej.event FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_journal_schools())::bigint[])
            OR whole_school_id IS NULL AND staff_id = any((select ej.my_staff())::bigint[])
               AND school_id = any((select ej.my_colleague_schools())::bigint[])));
CREATE POLICY change ON ej.event FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_journal_schools())::bigint[])
            OR id = any((select ej.my_led_events())::bigint[])));
CREATE POLICY remove ON ej.event FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_journal_schools())::bigint[])
            OR id = any((select ej.my_led_events())::bigint[])));
GRANT SELECT, DELETE ON ej.event TO ej_web;
GRANT INSERT (school_id, is_whole, staff_id, kind, level, state, title, during, starts, ends, place, note, order_on,
              order_no),
    UPDATE (staff_id, kind, level, state, title, during, starts, ends, place, note, order_on, order_no)
    ON ej.event TO ej_web;

-- event_class: read like the events; a family reads that it concerns a class of the child. The heads
-- choose any class, others classes that they lead or teach.
CREATE POLICY read ON ej.event_class FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_colleague_schools())::bigint[])
            OR class_id = any((select ej.my_family_classes())::bigint[])));
CREATE POLICY add ON ej.event_class FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_journal_schools())::bigint[])
            OR event_id = any((select ej.my_led_events())::bigint[])
               AND (class_id = any((select ej.my_classes())::bigint[])
                 OR class_id = any((select ej.my_taught_classes())::bigint[]))));
CREATE POLICY remove ON ej.event_class FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_journal_schools())::bigint[])
            OR event_id = any((select ej.my_led_events())::bigint[])));
GRANT SELECT, INSERT (event_id, class_id, school_id), DELETE ON ej.event_class TO ej_web;

-- event_participant: read by those who read who is in which class, by a family the own child;
-- winners of other families are read by ej.event_winners(). Written by deputies; by the class teacher
-- of the own pupils; by whoever is responsible for the event or leads its class.
CREATE POLICY read ON ej.event_participant FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_roster_schools())::bigint[])
            OR pupil_id = any((select ej.my_family_pupils())::bigint[])));
CREATE POLICY add ON ej.event_participant FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])
            OR event_id = any((select ej.my_led_events())::bigint[])));
CREATE POLICY change ON ej.event_participant FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])
            OR event_id = any((select ej.my_led_events())::bigint[])));
CREATE POLICY remove ON ej.event_participant FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])
            OR event_id = any((select ej.my_led_events())::bigint[])));
GRANT SELECT, DELETE ON ej.event_participant TO ej_web;
GRANT INSERT (school_id, event_id, pupil_id, role, place_no, result, document, mentor),
    UPDATE (role, place_no, result, document, mentor) ON ej.event_participant TO ej_web;

-- achievement: read like a pupil's card; written by deputies and the class teacher.
CREATE POLICY read ON ej.achievement FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_card_schools())::bigint[])
            OR pupil_id = any((select ej.my_pupils())::bigint[])));
CREATE POLICY add ON ej.achievement FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
CREATE POLICY change ON ej.achievement FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
CREATE POLICY remove ON ej.achievement FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_events_module())::bigint[])
       AND (school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
GRANT SELECT, DELETE ON ej.achievement TO ej_web;
GRANT INSERT (school_id, pupil_id, staff_id, achieved_on, title, organiser, level, result, place_no, document, mentor,
              file_id),
    UPDATE (achieved_on, title, organiser, level, result, place_no, document, mentor, file_id)
    ON ej.achievement TO ej_web;

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
