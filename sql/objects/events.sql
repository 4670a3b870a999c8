-- events.sql: events of a class or of the whole school (DIA-03): who enters one, who is told of it.

ALTER TABLE ej.event ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- Tell the families of an event that is still to come or lasts, when it is entered.
CREATE OR REPLACE FUNCTION ej.rule_event_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    e record;
BEGIN
    FOR e IN
        SELECT n.school_id, array_agg(x.pupil_id ORDER BY n.id, x.pupil_id) AS pupils,
               array_agg(n.id::text ORDER BY n.id, x.pupil_id) AS keys
          FROM new_rows AS n
          JOIN ej.school_today AS t ON t.school_id = n.school_id
          JOIN ej.enrolment AS x ON x.school_id = n.school_id AND x.during && n.during AND x.during @> t.today
           AND (n.class_id IS NULL OR x.class_id = n.class_id)
         WHERE upper(n.during) > t.today
         GROUP BY n.school_id
    LOOP
        PERFORM ej.notify_all(e.school_id, 'event', e.pupils, e.keys);
    END LOOP;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event_told', 'event', 'rule_event_told', 'insert');
