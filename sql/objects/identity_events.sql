-- identity_events.sql: the events of the present session, for the policies of rights_events.sql;
-- asked live, since events are entered more often than rights change.

GRANT SELECT ON ej.event, ej.event_class, ej.event_participant, ej.achievement TO ej_rights, ej_rule;

-- The events that concern a class of the family, and those in which one of its children takes part.
CREATE OR REPLACE FUNCTION ej.my_family_events() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    family bigint[] := ej.my_family_pupils();
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT x.event_id FROM ej.event_class AS x
                  WHERE x.class_id = ANY ((SELECT ej.my_family_classes())::bigint[])
                  UNION
                 SELECT p.event_id FROM ej.event_participant AS p WHERE p.pupil_id = ANY (family));
END
$$;

-- The events that the reader leads: as the one who is responsible, or as the class teacher of each
-- of their classes.
CREATE OR REPLACE FUNCTION ej.my_led_events() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me   bigint[] := ej.my_staff();
    mine bigint[] := ej.my_classes();
BEGIN
    IF me = '{}' THEN
        RETURN me;
    END IF;
    RETURN ARRAY(SELECT e.id FROM ej.event AS e
                  WHERE e.staff_id = ANY (me) AND e.school_id = ANY ((SELECT ej.my_colleague_schools())::bigint[])
                  UNION
                 SELECT x.event_id FROM ej.event_class AS x
                  WHERE x.class_id = ANY (mine)
                    AND NOT EXISTS (SELECT FROM ej.event_class AS o
                                     WHERE o.event_id = x.event_id AND o.class_id <> ALL (mine)));
END
$$;
