-- incidents.sql: log-ins that others have come to know (SEC-03, SEC-06).
--
-- A report blocks the account at once, which ends its sessions, and withdraws the codes that
-- were issued before; a code issued later opens the account again (ej.activation_use). The
-- person reports the own log-in, who issues a person's codes reports that of the person. Director
-- and administrators are told at once by a notice, and its time is recorded, where there are any.
-- The heads record when head and support were told otherwise; a recorded time is never changed,
-- but that of the notice gives way to an earlier one.

GRANT SELECT, INSERT, UPDATE ON ej.incident TO ej_rule;
GRANT SELECT ON ej.incident TO ej_rights;
CREATE POLICY read ON ej.incident FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.incident TO ej_web;

-- The end of the working day that follows: the same hour of the next day from Monday to
-- Friday, by the clock of a time zone.
CREATE OR REPLACE FUNCTION ej.next_working(moment timestamptz, tz text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
SELECT ((moment AT TIME ZONE tz) + make_interval(days =>
           CASE extract(isodow FROM moment AT TIME ZONE tz) WHEN 5 THEN 3 WHEN 6 THEN 2 ELSE 1 END)) AT TIME ZONE tz
$$;

-- Block the account of a person, and record the incident in each school of the person that
-- has no other one of the same block. Nothing for a person without an account.
-- Errors: JE263 it was learned in the future, or more than 30 days ago.
CREATE OR REPLACE FUNCTION ej.incident_open(person bigint, learned_at timestamptz, author bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    known bigint[]; -- the schools that have this incident
    made  ej.incident;
BEGIN
    IF learned_at IS NULL OR learned_at > now() OR learned_at < now() - interval '30 days' THEN
        RAISE EXCEPTION 'learned in the future, or long ago' USING ERRCODE = 'JE263', COLUMN = 'learned_on';
    END IF;
    DELETE FROM ej.activation AS v WHERE v.person_id = person AND v.used_at IS NULL;
    DELETE FROM ej.device AS d WHERE d.account_id = (SELECT a.id FROM ej.account AS a WHERE a.person_id = person);
    known := ARRAY(SELECT i.school_id FROM ej.incident AS i JOIN ej.account AS a ON a.person_id = i.person_id
                    WHERE i.person_id = person AND i.reported_at >= a.blocked_at);
    UPDATE ej.account AS a SET blocked_at = now() WHERE a.person_id = person AND a.blocked_at IS NULL;
    FOR made IN
        INSERT INTO ej.incident (school_id, person_id, person_name, reporter, learned_at, head_at, support_at)
        SELECT s.id, person, ej.person_name(person, s.id), ej.person_name(author, s.id), incident_open.learned_at,
               CASE WHEN ej.support_persons(s.id, 'director', author) <> '{}' THEN now() END,
               CASE WHEN ej.support_persons(s.id, 'administrator', author) <> '{}' THEN now() END
          FROM unnest(ej.known_schools(person)) AS s(id)
         WHERE EXISTS (SELECT FROM ej.account AS a WHERE a.person_id = person) AND s.id <> ALL (known)
        RETURNING *
    LOOP
        PERFORM ej.support_incident(made);
    END LOOP;
END
$$;

-- Report that others know the own log-in: all sessions end, this one too.
-- Errors: JE302 no live session; JE263 a wrong time.
CREATE OR REPLACE FUNCTION ej.incident_report(learned_on date, learned_time time) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    person bigint := (ej.author()).person_id;
BEGIN
    IF person IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    PERFORM ej.incident_open(person, ej.my_moment(learned_on, learned_time), person);
END
$$;

-- A day and an hour by the clock of a time zone; without a day the present moment.
CREATE OR REPLACE FUNCTION ej.moment(day date, hour time, tz text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
SELECT CASE WHEN day IS NULL THEN now() ELSE least((day + coalesce(hour, time '00:00')) AT TIME ZONE tz,
    CASE WHEN hour IS NULL THEN now() END) END
$$;

-- The same by the clock of the user's school.
CREATE OR REPLACE FUNCTION ej.my_moment(day date, hour time) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$ SELECT ej.moment(day, hour, ej.my_tz()) $$;

-- Record when the head (which = 'head') or the support was told of an incident; without a
-- day: now. The same time again changes nothing; an earlier one takes the place of the notice's.
-- Errors: JE401 no such incident of the school that the user heads; JE263 before it was
-- learned, or in the future; JE264 another time is recorded already.
CREATE OR REPLACE FUNCTION ej.incident_note(incident_id bigint, which text, told_on date, told_time time) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    known ej.incident;
    told  timestamptz;
    was   timestamptz;
BEGIN
    SELECT i.* INTO known FROM ej.incident AS i
     WHERE i.id = incident_id AND i.school_id = ANY (ej.my_journal_schools()) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such incident' USING ERRCODE = 'JE401';
    END IF;
    told := ej.moment(told_on, told_time, (SELECT s.tz FROM ej.school AS s WHERE s.id = known.school_id));
    was := CASE which WHEN 'head' THEN known.head_at ELSE known.support_at END;
    IF told > now() OR told < date_trunc('minute', known.learned_at) THEN
        RAISE EXCEPTION 'told before it was learned, or in the future' USING ERRCODE = 'JE263', COLUMN = 'told_on';
    ELSIF was <> told AND (was <> known.reported_at OR told > was) THEN
        RAISE EXCEPTION 'recorded already' USING ERRCODE = 'JE264';
    END IF;
    told := greatest(told, known.learned_at);
    UPDATE ej.incident AS i
       SET head_at = CASE which WHEN 'head' THEN told ELSE i.head_at END,
           support_at = CASE which WHEN 'head' THEN i.support_at ELSE told END
     WHERE i.id = incident_id AND was IS DISTINCT FROM told;
END
$$;

-- The incidents among these whose account is still blocked.
CREATE OR REPLACE FUNCTION ej.incidents_blocked(incident_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT i.id FROM ej.incident AS i JOIN ej.account AS a ON a.person_id = i.person_id
                  WHERE i.id = ANY (incident_ids) AND i.school_id = ANY (ej.my_journal_schools())
                    AND a.blocked_at IS NOT NULL AND a.blocked_at <= i.reported_at);
END
$$;

DROP TRIGGER IF EXISTS history_entry ON ej.incident;
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.incident
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();

ALTER FUNCTION ej.incidents_blocked OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.incident_report, ej.incident_note, ej.incidents_blocked TO ej_web;
