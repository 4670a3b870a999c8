-- events.sql: events of classes or of the whole school (MOD-03, DIA-03): their rules, saving, who is told
-- of one, who takes part.

GRANT UPDATE ON ej.event TO ej_rule; -- FOR SHARE
GRANT DELETE ON ej.event_participant TO ej_rule;
ALTER TABLE ej.event ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];
ALTER TABLE ej.achievement ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- Which pupil is at which event on which days, for whoever asks who is away: lessons missed
-- (attendance.sql), meals. Without starts the event takes the whole of each day.
CREATE OR REPLACE VIEW ej.pupil_at_event WITH (security_invoker = true) AS
SELECT p.pupil_id, p.school_id, p.event_id, e.during, e.starts, e.ends, e.state, e.title
  FROM ej.event_participant AS p
  JOIN ej.event AS e ON e.id = p.event_id AND e.state <> 'cancelled';
GRANT SELECT ON ej.pupil_at_event TO ej_web, ej_rights, ej_rule;

-- ------------------------------------------------------------------- rules --

-- An event is held once it has begun; one with results is neither cancelled nor still to come, and
-- its participants learn in the school on one of its days.
CREATE OR REPLACE FUNCTION ej.rule_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    fault text;
BEGIN
    SELECT CASE WHEN n.state = 'held' AND lower(n.during) > t.today THEN 'event_to_come'
                WHEN (n.state = 'cancelled' OR lower(n.during) > t.today) AND p.result IS NOT NULL THEN 'event_results'
                ELSE 'event_days' END INTO fault
      FROM new_rows AS n
      JOIN ej.school_today AS t ON t.school_id = n.school_id
      LEFT JOIN ej.event_participant AS p ON p.event_id = n.id
     WHERE n.state = 'held' AND lower(n.during) > t.today
        OR p.result IS NOT NULL AND (n.state = 'cancelled' OR lower(n.during) > t.today)
        OR p.id IS NOT NULL AND NOT EXISTS (SELECT FROM ej.enrolment AS e
                                             WHERE e.pupil_id = p.pupil_id AND e.during && n.during)
     LIMIT 1;
    IF fault IS NOT NULL THEN
        PERFORM ej.rule_fault(fault, NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event', 'event', 'rule_event', 'insert', 'update');

-- Who takes part learns in the school on a day of the event; there is no result before it begins, nor
-- when it was cancelled.
CREATE OR REPLACE FUNCTION ej.rule_event_participant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    fault text;
BEGIN
    PERFORM FROM ej.event AS e WHERE e.id IN (SELECT n.event_id FROM new_rows AS n) ORDER BY e.id FOR SHARE;
    SELECT CASE WHEN n.result IS NOT NULL AND e.state = 'cancelled' THEN 'event_cancelled'
                WHEN n.result IS NOT NULL AND lower(e.during) > t.today THEN 'event_result'
                ELSE 'event_pupil' END INTO fault
      FROM new_rows AS n
      JOIN ej.event AS e ON e.id = n.event_id
      JOIN ej.school_today AS t ON t.school_id = e.school_id
     WHERE n.result IS NOT NULL AND (e.state = 'cancelled' OR lower(e.during) > t.today)
        OR NOT EXISTS (SELECT FROM ej.enrolment AS x WHERE x.pupil_id = n.pupil_id AND x.during && e.during)
     LIMIT 1;
    IF fault IS NOT NULL THEN
        PERFORM ej.rule_fault(fault, NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event_participant', 'event_participant', 'rule_event_participant', 'insert', 'update');

-- Who left the school before an event takes no part in it; a result that was entered stays. Looked at when the
-- transaction ends, since a change of class ends one enrolment and then begins another.
CREATE OR REPLACE FUNCTION ej.rule_event_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.event_participant AS p USING ej.event AS e
     WHERE p.pupil_id = OLD.pupil_id AND p.result IS NULL AND e.id = p.event_id AND e.during && OLD.during
       AND NOT EXISTS (SELECT FROM ej.enrolment AS x WHERE x.pupil_id = p.pupil_id AND x.during && e.during);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rule_event_left AFTER UPDATE OF during OR DELETE ON ej.enrolment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ej.rule_event_left();

-- Nobody has achieved what is still to come.
CREATE OR REPLACE FUNCTION ej.rule_achievement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN ej.school_today AS t ON t.school_id = n.school_id
                WHERE n.achieved_on > t.today) THEN
        PERFORM ej.rule_fault('achievement_to_come', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_achievement', 'achievement', 'rule_achievement', 'insert', 'update');

-- An event of the whole school has no classes, any other at least one: looked at when the
-- transaction ends, since the classes are written after the event.
CREATE OR REPLACE FUNCTION ej.rule_event_classes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one bigint := CASE WHEN TG_TABLE_NAME = 'event' THEN (to_jsonb(NEW) ->> 'id')::bigint
                       ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'event_id')::bigint END;
BEGIN
    IF EXISTS (SELECT FROM ej.event AS e WHERE e.id = one
                  AND e.is_whole = EXISTS (SELECT FROM ej.event_class AS x WHERE x.event_id = e.id)) THEN
        PERFORM ej.rule_fault('event_classes', NULL);
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rule_event_classes_insert AFTER INSERT ON ej.event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ej.rule_event_classes();
CREATE CONSTRAINT TRIGGER rule_event_classes_change AFTER INSERT OR DELETE ON ej.event_class
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ej.rule_event_classes();

-- ----------------------------------------------------------------- telling --

-- Tell the families of these pupils of events that are still to come or last: that they are planned (kind event) or
-- cancelled (event_cancelled). A school that has switched the module off tells of none.
CREATE OR REPLACE FUNCTION ej.event_tell(kind text, pupil_ids bigint[], event_ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    e record;
BEGIN
    FOR e IN
        SELECT v.school_id, array_agg(x.pupil_id ORDER BY v.id, x.pupil_id) AS pupils,
               array_agg(v.id::text ORDER BY v.id, x.pupil_id) AS keys
          FROM unnest(pupil_ids, event_ids) AS x(pupil_id, event_id)
          JOIN ej.event AS v ON v.id = x.event_id
           AND v.state = CASE event_tell.kind WHEN 'event' THEN 'planned' ELSE 'cancelled' END
          JOIN ej.school AS s ON s.id = v.school_id AND 'events' = ANY (s.modules)
          JOIN ej.school_today AS t ON t.school_id = v.school_id
         WHERE upper(v.during) > t.today
         GROUP BY v.school_id
    LOOP
        PERFORM ej.notify_all(e.school_id, event_tell.kind, e.pupils, e.keys);
    END LOOP;
END
$$;

-- Tell of an event of the whole school, when it is entered.
CREATE OR REPLACE FUNCTION ej.rule_event_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.event_tell('event', array_agg(x.pupil_id), array_agg(n.id))
       FROM new_rows AS n
       JOIN ej.school_today AS t ON t.school_id = n.school_id
       JOIN ej.enrolment AS x ON x.school_id = n.school_id AND x.during && n.during AND x.during @> t.today
      WHERE n.is_whole;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event_told', 'event', 'rule_event_told', 'insert');

-- Tell of an event of classes, when each of them is entered.
CREATE OR REPLACE FUNCTION ej.rule_event_class_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.event_tell('event', array_agg(x.pupil_id), array_agg(e.id))
       FROM new_rows AS n
       JOIN ej.event AS e ON e.id = n.event_id
       JOIN ej.school_today AS t ON t.school_id = e.school_id
       JOIN ej.enrolment AS x ON x.class_id = n.class_id AND x.during && e.during AND x.during @> t.today;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event_class_told', 'event_class', 'rule_event_class_told', 'insert');

-- Tell the families of those who are entered as taking part.
CREATE OR REPLACE FUNCTION ej.rule_event_participant_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.event_tell('event', array_agg(n.pupil_id), array_agg(n.event_id)) FROM new_rows AS n;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event_participant_told', 'event_participant', 'rule_event_participant_told', 'insert');

-- Tell of an event that is cancelled: the families of its classes, or of the whole school, and of those who take part.
CREATE OR REPLACE FUNCTION ej.rule_event_cancelled() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.event_tell('event_cancelled', array_agg(x.pupil_id), array_agg(x.event_id))
       FROM new_rows AS n
       JOIN old_rows AS o ON o.id = n.id AND o.state <> 'cancelled'
       JOIN ej.school_today AS t ON t.school_id = n.school_id
      CROSS JOIN LATERAL (
            SELECT n.id AS event_id, e.pupil_id FROM ej.enrolment AS e
             WHERE e.school_id = n.school_id AND e.during && n.during AND e.during @> t.today
               AND (n.is_whole OR e.class_id IN (SELECT c.class_id FROM ej.event_class AS c WHERE c.event_id = n.id))
             UNION
            SELECT n.id, p.pupil_id FROM ej.event_participant AS p WHERE p.event_id = n.id) AS x
      WHERE n.state = 'cancelled';
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_event_cancelled', 'event', 'rule_event_cancelled', 'update');

-- ------------------------------------------------------------------ saving --

-- Save an event and its classes: none is the whole school. fields: of the form; old: the ids of the
-- classes that the form showed, sorted and joined by commas. An event without a last day is of one
-- day. Whom it concerns may be changed among classes, not between the school and classes. Returns
-- the outcomes.
CREATE OR REPLACE FUNCTION ej.event_save(event_id bigint, fields jsonb, classes bigint[], old text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    item     jsonb := fields || jsonb_build_object('id', event_save.event_id)
        || CASE WHEN fields ? 'from_on' AND fields ->> 'till_on' IS NULL
                THEN jsonb_build_object('till_on', fields ->> 'from_on') ELSE '{}' END;
    stored   text;
    outcomes jsonb;
    one      bigint := event_save.event_id;
BEGIN
    -- what is left out is as usual, and the user, or who was, is responsible
    item := item - ARRAY(SELECT k FROM unnest('{staff_id,kind,level,state}'::text[]) AS k WHERE item ->> k IS NULL);
    IF one IS NULL AND item ->> 'title' IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "title", "code": "JE101"}]';
    ELSIF one IS NULL THEN
        outcomes := ej.save_rows('ej.event', item || jsonb_build_object('is_whole', classes = '{}'));
        one := (outcomes -> 0 ->> 'value')::bigint;
    ELSE
        PERFORM FROM ej.event AS e WHERE e.id = one FOR UPDATE;
        stored := (SELECT string_agg(x.class_id::text, ',' ORDER BY x.class_id) FROM ej.event_class AS x
                    WHERE x.event_id = one);
        IF stored IS NULL THEN -- of the whole school, which it stays
            RETURN ej.save_rows('ej.event', item);
        ELSIF classes = '{}' AND NOT coalesce((item ->> 'is_removed')::boolean, false) THEN
            RETURN '[{"outcome": "bad", "field": "class_id", "code": "JE101"}]';
        END IF;
        outcomes := ej.save_rows('ej.event', item);
    END IF;
    IF ej.is_refused(outcomes) OR outcomes @> '[{"done": "removed"}]' THEN
        RETURN outcomes;
    ELSIF stored <> coalesce(old, '')
          AND stored <> (SELECT string_agg(DISTINCT c::text, ',' ORDER BY c::text) FROM unnest(classes) AS c) THEN
        RETURN outcomes || ej.conflict('class_id', (SELECT string_agg(c.name, ', ' ORDER BY c.grade, c.letter)
            FROM ej.event_class AS x JOIN ej.class AS c ON c.id = x.class_id WHERE x.event_id = one),
            'event', ARRAY[one]);
    END IF;
    INSERT INTO ej.event_class (event_id, class_id, school_id)
    SELECT one, x.c, (ej.my_staff_schools())[1] FROM (SELECT DISTINCT unnest(classes)) AS x(c)
     WHERE NOT EXISTS (SELECT FROM ej.event_class AS o WHERE o.event_id = one AND o.class_id = x.c);
    DELETE FROM ej.event_class AS x WHERE x.event_id = one AND x.class_id <> ALL (classes);
    RETURN outcomes;
END
$$;

-- Whom the reader may enter into an event: everybody (deputies; who is responsible for it or leads a class of it), else
-- the pupils of the own classes. The policies of event_participant say the same of each row.
CREATE OR REPLACE FUNCTION ej.event_enterable(event_id bigint, OUT is_all boolean, OUT class_ids bigint[],
    OUT pupil_ids bigint[])
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    SELECT e.school_id = ANY (ej.my_deputy_schools()) OR e.id = ANY (ej.my_led_events()),
           CASE WHEN e.school_id = ANY (ej.my_staff_schools()) THEN ej.my_classes() ELSE '{}' END,
           CASE WHEN e.school_id = ANY (ej.my_staff_schools()) THEN ej.my_class_pupils() ELSE '{}' END
      INTO is_all, class_ids, pupil_ids
      FROM ej.event AS e WHERE e.id = event_enterable.event_id;
END
$$;

-- The pupils of a class on the days of an event whom the reader may enter into it.
CREATE OR REPLACE FUNCTION ej.event_pupils(event_id bigint, class_id bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    may record := ej.event_enterable($1);
BEGIN
    RETURN ARRAY(SELECT DISTINCT n.pupil_id FROM ej.event AS e
                   JOIN ej.enrolment AS n ON n.class_id = $2 AND n.during && e.during
                  WHERE e.id = $1 AND (may.is_all OR n.pupil_id = ANY (may.pupil_ids)));
END
$$;

-- Enter pupils as taking part in an event; those who do already are left out. Returns the outcomes.
-- Errors: JE101 nobody is chosen, JE107 more than 300 would take part, JE240 a pupil who does not
-- learn here on its days; a pupil who is not the reader's to enter is refused by the policies.
CREATE OR REPLACE FUNCTION ej.event_enter(event_id bigint, pupil_ids bigint[], role text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    e     ej.event;
    fresh bigint[] := ARRAY(
        SELECT DISTINCT x.id FROM unnest(pupil_ids) AS x(id)
         WHERE NOT EXISTS (SELECT FROM ej.event_participant AS p WHERE p.event_id = $1 AND p.pupil_id = x.id));
BEGIN
    SELECT * INTO e FROM ej.event AS x WHERE x.id = $1;
    IF e.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF pupil_ids = '{}' THEN
        RETURN '[{"outcome": "bad", "field": "pupil_id", "code": "JE101"}]';
    ELSIF cardinality(fresh) + (SELECT count(*) FROM ej.event_participant AS p WHERE p.event_id = $1) > 300 THEN
        RETURN '[{"outcome": "bad", "field": "pupil_id", "code": "JE107"}]';
    END IF;
    INSERT INTO ej.event_participant (school_id, event_id, pupil_id, role)
    SELECT e.school_id, e.id, x.id, coalesce($3, '') FROM unnest(fresh) AS x(id);
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN SQLSTATE 'JE240' THEN
    RETURN '[{"outcome": "bad", "field": "pupil_id", "code": "JE240"}]';
END
$$;

-- Save the rows of the table of participants; each has its id, and is_removed takes one out. Rows of
-- another event are refused like missing ones. Returns the outcomes.
CREATE OR REPLACE FUNCTION ej.event_results(event_id bigint, rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM jsonb_array_elements(rows) AS r(item)
                WHERE NOT EXISTS (SELECT FROM ej.event_participant AS p
                                   WHERE p.id = (r.item ->> 'id')::bigint AND p.event_id = $1)) THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    RETURN ej.save_rows('ej.event_participant', rows);
END
$$;

-- ----------------------------------------------------------------- reading --

-- Whether the consent of the family to publication stands: a present guardian gave it, and none
-- withheld it. It checks no right: its callers do.
CREATE OR REPLACE FUNCTION ej.is_publishable(pupil_id bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT coalesce(bool_and(c.answer = 'given'), false)
      FROM ej.guardianship AS w
     CROSS JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, 'publication') AS c
     WHERE w.pupil_id = $1 AND w.during @> ej.today(w.school_id)
$$;

-- The winners and prize winners of an event that the reader, of a family, may read: those whose families
-- agreed to publication. Of their own children families read the rows themselves.
CREATE OR REPLACE FUNCTION ej.event_winners(event_id bigint)
RETURNS TABLE (name text, class_name text, place_no int, result text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT p.surname || ' ' || p.given_name, c.name::text, x.place_no, x.result::text
      FROM ej.event AS e
      JOIN ej.event_participant AS x ON x.event_id = e.id AND x.result IN ('winner', 'prize')
      JOIN ej.pupil AS p ON p.id = x.pupil_id
      LEFT JOIN LATERAL (SELECT k.name, k.grade, k.letter FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
                          WHERE n.pupil_id = p.id AND n.during && e.during
                          ORDER BY lower(n.during) DESC LIMIT 1) AS c ON true
     WHERE e.id = $1
       AND e.school_id = ANY (ej.my_events_module())
       AND (e.whole_school_id = ANY (ej.my_family_schools()) OR e.id = ANY (ej.my_family_events()))
       AND ej.is_publishable(p.id)
     ORDER BY array_position('{winner,prize}'::text[], x.result::text), x.place_no, p.surname, p.given_name,
              p.id LIMIT 100;
END
$$;
ALTER FUNCTION ej.event_winners(bigint) OWNER TO ej_rights;

-- The events of a school year in numbers, by level, for the heads and an observer of the school:
-- held, planned, cancelled; who took part, winners, prize winners (each counted once an event).
CREATE OR REPLACE FUNCTION ej.event_counts(year int)
RETURNS TABLE (level text, planned bigint, held bigint, cancelled bigint, participants bigint, winners bigint,
               prizes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 6 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT e.level::text, count(*) FILTER (WHERE e.state = 'planned'), count(*) FILTER (WHERE e.state = 'held'),
           count(*) FILTER (WHERE e.state = 'cancelled'), coalesce(sum(p.n), 0)::bigint,
           coalesce(sum(p.winners), 0)::bigint, coalesce(sum(p.prizes), 0)::bigint
      FROM ej.school_year AS y
      JOIN ej.event AS e ON e.school_id = y.school_id AND e.during && y.during
      LEFT JOIN LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE x.result = 'winner') AS winners,
                                count(*) FILTER (WHERE x.result = 'prize') AS prizes
                           FROM ej.event_participant AS x
                          WHERE x.event_id = e.id AND e.state = 'held' OFFSET 0) AS p ON true
     WHERE y.year = $1 AND y.school_id = ANY (ej.my_journal_schools() || ej.my_observer_schools())
       AND y.school_id = ANY (ej.my_events_module())
     GROUP BY e.level;
END
$$;
ALTER FUNCTION ej.event_counts(int) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.event_winners(bigint), ej.event_counts(int) TO ej_web;

-- The held event that explains all lessons which a pupil missed on a day without a reason: they lie
-- within its hours. Without one NULL.
CREATE OR REPLACE FUNCTION ej.event_of_absence(pupil_id bigint, held_on date, OUT event_id bigint, OUT title text,
    OUT document text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    SELECT e.id, e.title, left(concat_ws(', ', e.title, 'приказ № ' || nullif(e.order_no, '')
               || coalesce(' от ' || to_char(e.order_on, 'DD.MM.YYYY'), '')), 200)
      INTO event_id, title, document
      FROM ej.event_participant AS p
      JOIN ej.event AS e ON e.id = p.event_id AND e.state = 'held' AND e.during @> $2
     WHERE p.pupil_id = $1
       AND NOT EXISTS (SELECT FROM ej.attendance AS a
                         JOIN ej.lesson AS l ON l.id = a.lesson_id AND l.held_on = $2
                        WHERE a.pupil_id = $1 AND a.code = 'н'
                          AND NOT (coalesce(upper(l.during)::time > e.starts, true)
                               AND coalesce(lower(l.during)::time < e.ends, true)))
     ORDER BY e.id LIMIT 1;
END
$$;
