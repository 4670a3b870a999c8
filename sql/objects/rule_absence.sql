-- rule_absence.sql: absences get the code of the reason that covers them; notices about them.
--
-- A reason and an absence of the same pupil wait for each other by the row of the pupil: writing
-- «н» locks it FOR KEY SHARE (as the foreign key does later), writing a reason FOR UPDATE. So
-- either the absence sees the reason, or the reason the absence.

GRANT SELECT, UPDATE ON ej.pupil, ej.attendance TO ej_rule; -- UPDATE of a pupil: for the lock
GRANT SELECT, INSERT, UPDATE, DELETE ON ej.absence_reason TO ej_rule;
GRANT SELECT ON ej.absence_reason TO ej_rights;

-- The code of the reason that covers a lesson of this pupil, or NULL. A reason for some lessons
-- goes before one for whole days. It checks no right: for the rules alone.
CREATE OR REPLACE FUNCTION ej.rule_reason(pupil_id bigint, held_on date, slot int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT r.code FROM ej.absence_reason AS r
             WHERE r.pupil_id = rule_reason.pupil_id AND r.during @> rule_reason.held_on
               AND (r.slots IS NULL OR rule_reason.slot = ANY (r.slots))
             ORDER BY r.slots IS NULL LIMIT 1);
END
$$;

-- Give an absence that is written without a reason, «н», the code of the reason.
CREATE OR REPLACE FUNCTION ej.rule_absence_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.pupil AS p WHERE p.id = NEW.pupil_id FOR KEY SHARE;
    NEW.code := coalesce((SELECT ej.rule_reason(NEW.pupil_id, l.held_on, l.slot) FROM ej.lesson AS l
                           WHERE l.id = NEW.lesson_id), NEW.code);
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_absence_code BEFORE INSERT OR UPDATE OF code ON ej.attendance
    FOR EACH ROW WHEN (NEW.code = 'н') EXECUTE FUNCTION ej.rule_absence_code();

-- Change the code of a pupil's absences on these days, for a reason with these lessons (NULL:
-- all). Those in closed journals stay as they are.
CREATE OR REPLACE FUNCTION ej.rule_absences_become(pupil_id bigint, days datemultirange, slots int[],
    was text, becomes text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.attendance AS a SET code = becomes
      FROM ej.lesson AS l
     WHERE a.pupil_id = rule_absences_become.pupil_id AND a.code = was AND l.id = a.lesson_id
       AND days @> l.held_on AND (slots IS NULL OR l.slot = ANY (slots)) AND l.state IN ('planned', 'given')
       AND NOT EXISTS (SELECT FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.during @> l.held_on
                        WHERE j.teaching_id = l.teaching_id AND j.closed_at IS NOT NULL);
END
$$;

-- Lock the pupil of a reason that is written.
CREATE OR REPLACE FUNCTION ej.rule_reason_lock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM FROM ej.pupil AS p WHERE p.id = OLD.pupil_id FOR UPDATE;
        RETURN OLD;
    END IF;
    PERFORM FROM ej.pupil AS p WHERE p.id = NEW.pupil_id FOR UPDATE;
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_reason_lock BEFORE INSERT OR UPDATE OR DELETE ON ej.absence_reason
    FOR EACH ROW EXECUTE FUNCTION ej.rule_reason_lock();

-- Let the absences follow a reason: those of days that it no longer covers are without reason
-- again, those of days with another code get the new one, and those without reason its code.
CREATE OR REPLACE FUNCTION ej.rule_reason_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM ej.rule_absences_become(OLD.pupil_id, datemultirange(OLD.during)
            - CASE WHEN TG_OP = 'UPDATE' THEN datemultirange(NEW.during) ELSE '{}' END, OLD.slots, OLD.code, 'н');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.code <> NEW.code THEN
        PERFORM ej.rule_absences_become(NEW.pupil_id, datemultirange(OLD.during) * datemultirange(NEW.during),
                                        NEW.slots, OLD.code, NEW.code);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM ej.rule_absences_become(NEW.pupil_id, datemultirange(NEW.during), NEW.slots, 'н', NEW.code);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER rule_reason_written AFTER INSERT OR UPDATE OF code, during OR DELETE ON ej.absence_reason
    FOR EACH ROW EXECUTE FUNCTION ej.rule_reason_written();

-- Note absences without a valid reason, once a pupil and day (ATT-04).
CREATE OR REPLACE FUNCTION ej.rule_absence_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(n.school_id, 'unjustified', array_agg(n.pupil_id), array_agg(l.held_on::text))
       FROM new_rows AS n JOIN ej.lesson AS l ON l.id = n.lesson_id
      WHERE n.code = 'п' AND NOT ej.is_told(n.school_id, 'unjustified', n.pupil_id, l.held_on::text)
      GROUP BY n.school_id;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_absence_notice', 'attendance', 'rule_absence_notice', 'insert', 'update');
