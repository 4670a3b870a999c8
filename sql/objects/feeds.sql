-- feeds.sql: timetables for the calendars of telephones, at secret addresses (feeds).
--
-- An address has 160 random bits (ej.base32) and needs no session. A calendar gets from it the
-- lessons of the present school year, without topics and marks, as long as the owner of the
-- address may see them: a teacher who works in the school, the family of a pupil who learns
-- there. The calendar of a pupil also has control works, events, holidays and the days on which
-- homework is due, but no names of people, since it is read by the servers of others; it needs
-- the consent of a guardian (ej.feed_agreed). The functions that take a token return no row when
-- the token is unknown, replaced, revoked or no longer allowed.

GRANT SELECT ON ej.feed, ej.room, ej.holiday, ej.control_work, ej.work_kind TO ej_rights;
GRANT SELECT, INSERT, UPDATE, DELETE ON ej.feed TO ej_rule;

-- Whether a person may have the calendar of a pupil, by the consents of the pupil's present
-- guardians (LEG-02): a guardian by the own one; a pupil if one guardian gave it and none refused
-- or withdrew it. A family that gets everything on paper has no calendar.
CREATE OR REPLACE FUNCTION ej.feed_agreed(person bigint, pupil_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
        SELECT coalesce(CASE WHEN bool_or(a.is_own) THEN bool_or(a.is_own AND a.calendar = 'given')
                             ELSE bool_or(a.calendar = 'given')
                              AND bool_and(coalesce(a.calendar, 'given') = 'given') END, false)
               AND NOT EXISTS (SELECT FROM ej.paper_pupils_of(ARRAY[feed_agreed.pupil_id]))
          FROM (SELECT coalesce(g.person_id = person, false) AS is_own, k.answer AS calendar
                  FROM ej.guardianship AS w
                  JOIN ej.guardian AS g ON g.id = w.guardian_id
                  JOIN ej.school_today AS t ON t.school_id = w.school_id
                  LEFT JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, 'calendar') AS k ON true
                 WHERE w.pupil_id = feed_agreed.pupil_id AND w.during @> t.today) AS a);
END
$$;

-- The school of a teacher, a pupil or a class whose timetable a person may have in a calendar: a
-- teacher's own; a pupil's own or a child's, as long as the pupil learns there; for staff who read
-- classes and the names of teachers (HR and observers do not) that of every class of the school.
-- NULL: the person may not have this timetable.
CREATE OR REPLACE FUNCTION ej.feed_school(person bigint, staff_id bigint, pupil_id bigint, class_id bigint)
RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint;
    live   ej.scope;
BEGIN
    IF num_nonnulls(staff_id, pupil_id, class_id) <> 1 THEN
        RETURN NULL;
    ELSIF staff_id IS NOT NULL THEN
        RETURN (SELECT s.school_id FROM ej.staff AS s WHERE s.id = feed_school.staff_id
            AND s.id = ANY (ej.live_posts(person)));
    ELSIF class_id IS NOT NULL THEN
        school := (SELECT c.school_id FROM ej.class AS c WHERE c.id = feed_school.class_id);
        live := ej.scope_live(person, school);
        RETURN (SELECT school WHERE school = ANY (live.class_schools) AND school = ANY (live.colleague_schools));
    END IF;
    RETURN (SELECT p.school_id FROM ej.pupil AS p
             WHERE p.id = feed_school.pupil_id AND p.id = ANY (ej.live_family_pupils(person, ej.live_guardians(person)))
               AND EXISTS (SELECT FROM ej.enrolment AS e JOIN ej.school_today AS t ON t.school_id = e.school_id
                            WHERE e.pupil_id = p.id AND (upper_inf(e.during) OR upper(e.during) > t.today)));
END
$$;

-- The timetable at the address with this token: its owner and name, the school's time zone and
-- day, and the days of the present school year (or of the next one, between two years).
CREATE OR REPLACE FUNCTION ej.feed_find(token text)
RETURNS TABLE (school_id bigint, staff_id bigint, pupil_id bigint, class_id bigint, name text, tz text, today_on date,
               from_on date, till_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    digest bytea := sha256(convert_to(token, 'UTF8'));
    f      ej.feed;
    person bigint;
BEGIN
    SELECT f.* INTO f FROM ej.feed AS f WHERE f.token_sha256 = digest;
    SELECT a.person_id INTO person FROM ej.account AS a WHERE a.id = f.account_id AND a.epoch = f.epoch
       AND a.blocked_at IS NULL;
    RETURN QUERY
    SELECT t.school_id, f.staff_id, f.pupil_id, f.class_id,
           'Уроки: ' || coalesce(
               (SELECT ej.short_name(s.surname, s.given_name, s.patronymic) FROM ej.staff AS s WHERE s.id = f.staff_id),
               (SELECT c.name FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                 WHERE e.pupil_id = f.pupil_id AND (upper_inf(e.during) OR upper(e.during) > t.today)
                 ORDER BY lower(e.during) LIMIT 1),
               (SELECT c.name FROM ej.class AS c WHERE c.id = f.class_id)),
           t.tz::text, t.today, lower(y.during), upper(y.during) - 1
      FROM ej.school_today AS t
     CROSS JOIN LATERAL (SELECT y.during FROM ej.school_year AS y WHERE y.school_id = t.school_id
                          ORDER BY y.during @> t.today DESC, lower(y.during) > t.today DESC,
                                   abs(lower(y.during) - t.today) LIMIT 1) AS y
     WHERE t.school_id = ej.feed_school(person, f.staff_id, f.pupil_id, f.class_id)
       AND (f.pupil_id IS NULL OR ej.feed_agreed(person, f.pupil_id));
END
$$;

-- The lessons at the address with this token: of a teacher the lessons that the teacher gives, as
-- a substitute too; of a pupil those of the groups in which the pupil is on the day. A moved lesson
-- has only its new day.
CREATE OR REPLACE FUNCTION ej.feed_lessons(token text)
RETURNS TABLE (lesson_id bigint, starts timestamp, ends timestamp, subject_name text, group_name text, staff_name text,
               room_name text, is_substitute boolean, is_cancelled boolean, moved_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    f record;
BEGIN
    SELECT * INTO f FROM ej.feed_find(token);
    RETURN QUERY
    WITH taken AS MATERIALIZED ( -- the groups, each with the days of its lessons
        SELECT b.study_group_id, b.during FROM ej.membership AS b WHERE b.pupil_id = f.pupil_id
         UNION ALL
        SELECT k.study_group_id, daterange(f.from_on, f.till_on, '[]') FROM ej.study_group_class AS k
         WHERE k.class_id = f.class_id
    ), chosen AS MATERIALIZED (
        SELECT l.* FROM ej.lesson AS l WHERE l.staff_id = f.staff_id AND l.held_on BETWEEN f.from_on AND f.till_on
         UNION
        SELECT l.* FROM ej.lesson AS l JOIN taken AS k ON k.study_group_id = l.study_group_id AND k.during @> l.held_on
         WHERE l.study_group_id = ANY (ARRAY(SELECT k.study_group_id FROM taken AS k))
           AND l.held_on BETWEEN f.from_on AND f.till_on
    )
    SELECT l.id, lower(l.during), upper(l.during), s.name::text,
           CASE WHEN f.pupil_id IS NULL THEN g.name::text END,
           CASE WHEN f.pupil_id IS NULL THEN ej.short_name(m.surname, m.given_name, m.patronymic) END, r.name::text,
           l.is_substitute, l.state = 'cancelled', l.moved_on
      FROM chosen AS l
      JOIN ej.teaching AS t ON t.id = l.teaching_id
      JOIN ej.subject AS s ON s.id = t.subject_id
      JOIN ej.study_group AS g ON g.id = l.study_group_id
      JOIN ej.staff AS m ON m.id = l.staff_id
      LEFT JOIN ej.room AS r ON r.id = l.room_id
     WHERE l.state <> 'moved';
END
$$;

-- What the calendar of a pupil has beside the lessons: the control works of the pupil's groups, at
-- the hour of their lesson where there is one; the events of the school and of the pupil's class;
-- those in which the pupil takes part;
-- holidays; the days of the last fortnight and later on which homework is due, without its text.
-- starts and ends are NULL where something lasts from the first to the last day (from_on, till_on).
-- An event of several days is one of whole days, with its hours in `hours`.
CREATE OR REPLACE FUNCTION ej.feed_days(token text)
RETURNS TABLE (kind text, id bigint, from_on date, till_on date, starts timestamp, ends timestamp,
               subject_name text, form_name text, title text, place text, hours text, is_cancelled boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    f record;
BEGIN
    SELECT * INTO f FROM ej.feed_find(token);
    RETURN QUERY
    WITH b AS MATERIALIZED (
        SELECT b.study_group_id, b.during FROM ej.membership AS b WHERE b.pupil_id = f.pupil_id
    ), n AS MATERIALIZED (
        SELECT e.class_id, e.during, c.grade, c.year FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
         WHERE e.pupil_id = f.pupil_id AND e.during && daterange(f.from_on, f.till_on, '[]')
    )
    SELECT 'control', w.id, w.held_on, w.held_on, l.starts, l.ends, s.name::text, k.name::text,
           nullif(w.title::text, ''), l.room, NULL::text, false
      FROM b
      JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
      JOIN ej.control_work AS w ON w.teaching_id = t.id AND b.during @> w.held_on
       AND w.held_on BETWEEN f.from_on AND f.till_on
      JOIN ej.subject AS s ON s.id = t.subject_id
      JOIN ej.work_kind AS k ON k.id = w.form_id
      LEFT JOIN LATERAL (
           SELECT lower(l.during) AS starts, upper(l.during) AS ends, r.name::text AS room
             FROM ej.lesson AS l LEFT JOIN ej.room AS r ON r.id = l.room_id
            WHERE l.teaching_id = t.id AND l.held_on = w.held_on AND l.state IN ('planned', 'given')
            ORDER BY l.slot, l.id LIMIT 1) AS l ON true
     UNION ALL
    SELECT 'event', e.id, lower(e.during), upper(e.during) - 1,
           CASE WHEN d.is_one THEN lower(e.during) + e.starts END,
           CASE WHEN d.is_one THEN coalesce(lower(e.during) + e.ends,
                                            lower(e.during) + e.starts + interval '1 hour') END,
           NULL, NULL, e.title::text, nullif(e.place::text, ''),
           CASE WHEN NOT d.is_one THEN concat_ws('–', to_char(e.starts, 'HH24:MI'), to_char(e.ends, 'HH24:MI')) END,
           e.state = 'cancelled'
      FROM ej.event AS e
     CROSS JOIN LATERAL (SELECT upper(e.during) - lower(e.during) = 1 AS is_one) AS d
     WHERE e.school_id = f.school_id AND e.during && daterange(f.from_on, f.till_on, '[]')
       AND EXISTS (SELECT FROM ej.school AS s WHERE s.id = f.school_id AND 'events' = ANY (s.modules))
       AND (e.is_whole AND EXISTS (SELECT FROM n WHERE n.during && e.during)
            OR EXISTS (SELECT FROM n JOIN ej.event_class AS x ON x.class_id = n.class_id
                        WHERE x.event_id = e.id AND n.during && e.during)
            OR EXISTS (SELECT FROM ej.event_participant AS x WHERE x.event_id = e.id AND x.pupil_id = f.pupil_id))
     UNION ALL
    SELECT 'holiday', h.id, lower(h.during), upper(h.during) - 1, NULL, NULL, NULL, NULL, h.name::text, NULL, NULL,
           false
      FROM ej.holiday AS h
     WHERE h.school_id = f.school_id AND h.during && daterange(f.from_on, f.till_on, '[]')
       AND EXISTS (SELECT FROM n WHERE n.year = h.year AND (h.kind <> 'extra' OR n.grade = 1))
     UNION ALL
    SELECT 'homework', h.id, h.due_on, h.due_on, NULL, NULL, s.name::text, NULL, NULL, NULL, NULL, false
      FROM b
      JOIN ej.homework AS h ON h.study_group_id = b.study_group_id AND b.during @> h.due_on
       AND h.due_on BETWEEN greatest(f.from_on, f.today_on - 14) AND f.till_on
      JOIN ej.teaching AS t ON t.id = h.teaching_id
      JOIN ej.subject AS s ON s.id = t.subject_id
     WHERE NOT EXISTS (SELECT FROM ej.enrolment_unmarked AS u WHERE u.pupil_id = f.pupil_id AND u.during @> h.due_on)
       AND (NOT h.is_personal OR EXISTS (SELECT FROM ej.homework_for AS o
                                          WHERE o.homework_id = h.id AND o.pupil_id = f.pupil_id));
END
$$;

-- The offsets of a time zone from UTC, in seconds, on these days: the first offset, and each change
-- with the local time at which it happens, told in the offset before the change.
CREATE OR REPLACE FUNCTION ej.feed_zone(tz text, from_on date, till_on date)
RETURNS TABLE (starts timestamp, offset_from int, offset_to int)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH day AS MATERIALIZED (
    SELECT d AS at, extract(epoch FROM (d AT TIME ZONE tz) - (d AT TIME ZONE 'UTC'))::int AS seconds,
           extract(epoch FROM (n AT TIME ZONE tz) - (n AT TIME ZONE 'UTC'))::int AS next
      FROM generate_series(from_on::timestamp AT TIME ZONE 'UTC', till_on::timestamp AT TIME ZONE 'UTC',
                           interval '1 day') AS d,
           LATERAL (SELECT d + interval '1 day') AS x(n)
)
SELECT from_on::timestamp, d.seconds, d.seconds FROM day AS d WHERE d.at = from_on::timestamp AT TIME ZONE 'UTC'
 UNION ALL
SELECT (SELECT min(m.at) AT TIME ZONE 'UTC' + make_interval(secs => d.seconds)
          FROM generate_series(d.at, d.at + interval '1 day', interval '15 minutes') AS m(at)
         WHERE extract(epoch FROM (m.at AT TIME ZONE tz) - (m.at AT TIME ZONE 'UTC'))::int = d.next), d.seconds, d.next
  FROM day AS d WHERE d.next <> d.seconds
$$;

-- The valid addresses of the session's account.
CREATE OR REPLACE FUNCTION ej.my_feeds()
RETURNS TABLE (staff_id bigint, pupil_id bigint, class_id bigint, made_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT f.staff_id, f.pupil_id, f.class_id, f.made_at
      FROM ej.me AS m
      JOIN ej.account AS a ON a.id = m.account_id
      JOIN ej.feed AS f ON f.account_id = a.id AND f.epoch = a.epoch;
END
$$;

-- Of each pupil of the session's family: whether the reader may have the calendar, whether the
-- reader is a guardian, whose consent is wanted, and whether the family gets everything on paper.
CREATE OR REPLACE FUNCTION ej.my_calendars()
RETURNS TABLE (pupil_id bigint, is_agreed boolean, is_guardian boolean, is_paper boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT p.id, ej.feed_agreed(m.person_id, p.id),
           EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = p.id AND w.guardian_id = ANY (ej.my_guardians())
                      AND w.during @> ej.today(p.school_id)),
           p.id IN (SELECT ej.paper_pupils(ARRAY[p.id]))
      FROM ej.me AS m
     CROSS JOIN unnest(ej.my_family_pupils()) AS f(id)
      JOIN ej.pupil AS p ON p.id = f.id;
END
$$;

-- Enter that the session's person, as a guardian of this child, agrees to its calendar. For
-- anybody else nothing is entered.
CREATE OR REPLACE FUNCTION ej.feed_agree(pupil_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT w.school_id, w.guardian_id, w.pupil_id, 'calendar', 'given', greatest(ej.today(w.school_id), c.signed_on)
      FROM ej.guardianship AS w
      LEFT JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, 'calendar') AS c ON true
     WHERE w.pupil_id = feed_agree.pupil_id AND w.pupil_id = ANY (ej.my_family_pupils())
       AND w.guardian_id = ANY (ej.my_guardians()) AND w.during @> ej.today(w.school_id)
       AND c.answer IS DISTINCT FROM 'given';
END
$$;

-- End the addresses of calendars for which no consent is left, so that none comes back with a
-- later consent.
CREATE OR REPLACE FUNCTION ej.rule_consent_feed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    child bigint;
BEGIN
    FOR child IN
        SELECT DISTINCT n.pupil_id FROM new_rows AS n
         WHERE n.purpose IN ('calendar', 'processing') AND n.answer <> 'given'
    LOOP
        DELETE FROM ej.feed AS f USING ej.account AS a
         WHERE f.pupil_id = child AND a.id = f.account_id AND NOT ej.feed_agreed(a.person_id, child);
    END LOOP;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_consent_feed', 'consent', 'rule_consent_feed', 'insert');

-- Make an address of the timetable of a teacher, a pupil or a class and return its token, which is
-- not stored; an earlier address of the same timetable ends.
-- Errors: JE302 no live session; JE401 the session's person may not have this timetable; JE301 it
-- needs a guardian's consent.
CREATE OR REPLACE FUNCTION ej.feed_make(staff_id bigint, pupil_id bigint, class_id bigint) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    asker bigint := (ej.author()).account_id;
    made  text := lower(ej.base32(substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 20)));
BEGIN
    IF asker IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    ELSIF ej.feed_school((ej.author()).person_id, feed_make.staff_id, feed_make.pupil_id, feed_make.class_id)
          IS NULL THEN
        RAISE EXCEPTION 'no such timetable' USING ERRCODE = 'JE401';
    ELSIF feed_make.pupil_id IS NOT NULL
          AND NOT ej.feed_agreed((ej.author()).person_id, feed_make.pupil_id) THEN
        RAISE EXCEPTION 'no consent to this calendar' USING ERRCODE = 'JE301';
    END IF;
    INSERT INTO ej.feed AS f (account_id, epoch, staff_id, pupil_id, class_id, token_sha256)
    SELECT a.id, a.epoch, feed_make.staff_id, feed_make.pupil_id, feed_make.class_id, sha256(convert_to(made, 'UTF8'))
      FROM ej.account AS a WHERE a.id = asker
        ON CONFLICT ON CONSTRAINT feed_once DO UPDATE
       SET epoch = excluded.epoch, token_sha256 = excluded.token_sha256, made_at = excluded.made_at;
    RETURN made;
END
$$;

-- Revoke the address of a timetable, if there is one.
CREATE OR REPLACE FUNCTION ej.feed_end(staff_id bigint, pupil_id bigint, class_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.feed AS f
     WHERE f.account_id = (ej.author()).account_id
       AND (f.staff_id, f.pupil_id, f.class_id)
           IS NOT DISTINCT FROM (feed_end.staff_id, feed_end.pupil_id, feed_end.class_id);
END
$$;

ALTER FUNCTION ej.feed_agreed OWNER TO ej_rights;
ALTER FUNCTION ej.feed_school OWNER TO ej_rights;
ALTER FUNCTION ej.feed_find OWNER TO ej_rights;
ALTER FUNCTION ej.feed_lessons OWNER TO ej_rights;
ALTER FUNCTION ej.feed_days OWNER TO ej_rights;
ALTER FUNCTION ej.my_feeds OWNER TO ej_rights;
ALTER FUNCTION ej.my_calendars OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.feed_agreed, ej.feed_school TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.feed_find, ej.feed_lessons, ej.feed_days, ej.my_feeds, ej.my_calendars, ej.feed_agree,
    ej.feed_make, ej.feed_end TO ej_web;
