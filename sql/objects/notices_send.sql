-- notices_send.sql: when a notice is sent by which channel, and reading as the person who gets it.
--
-- ej.outbound_take() asks ej.notices_due() for notices that are to be sent now and makes letters of them in
-- the same transaction; each letter is composed after ej.enter_recipient(): the queries then run as ej_web
-- under the row policies of that person. No role calls these functions by itself: the sender has those of
-- outbound.sql.

-- The moment itself by day; between 21:00 and 8:00 in the time zone tz the next 8:00.
CREATE OR REPLACE FUNCTION ej.notice_day(at timestamptz, tz text) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT CASE WHEN l.at::time >= time '08:00' AND l.at::time < time '21:00' THEN notice_day.at
                ELSE (l.at::date + CASE WHEN l.at::time < time '08:00' THEN 0 ELSE 1 END + time '08:00')
                     AT TIME ZONE tz END
      FROM (SELECT notice_day.at AT TIME ZONE tz AS at) AS l
$$;

-- The moment at which a notice that may be sent from from_at on is sent in this mode, in the time zone
-- tz: at once, but between 21:00 and 8:00 only what is urgent; daily at 18:00; weekly on Friday at 18:00.
CREATE OR REPLACE FUNCTION ej.notice_time(mode text, is_urgent boolean, from_at timestamptz, tz text)
RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT CASE mode
        WHEN 'at_once' THEN CASE WHEN is_urgent THEN from_at ELSE ej.notice_day(from_at, tz) END
        WHEN 'daily' THEN (l.day + CASE WHEN l.clock <= time '18:00' THEN 0 ELSE 1 END + time '18:00') AT TIME ZONE tz
        WHEN 'weekly' THEN (l.day + (12 - l.weekday) % 7 + CASE WHEN l.weekday = 5 AND l.clock > time '18:00' THEN 7
                            ELSE 0 END + time '18:00') AT TIME ZONE tz END
      FROM (SELECT n.at::date AS day, n.at::time AS clock, extract(isodow FROM n.at)::int AS weekday
              FROM (SELECT from_at AT TIME ZONE tz AS at) AS n) AS l
$$;

-- Take at most `most` notices that are due, each with the contacts by which it is to be sent now; none for
-- one that was read, or that the person wants by no channel. One that became due by day and was not taken
-- then waits for the end of the night, too. A notice that another channel sends later is due then, and is
-- returned for the first channel once more: the caller makes a letter of a notice and channel once. Rows
-- that another sender has are left to it.
CREATE OR REPLACE FUNCTION ej.notices_due(most int)
RETURNS TABLE (notice_for_id bigint, school_id bigint, person_id bigint, kind text, mode text, channel text,
               contact_id bigint, address text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH due AS MATERIALIZED (
        SELECT f.id, f.school_id, f.person_id, f.kind, f.fact_key, f.made_at, f.read_at FROM ej.notice_for AS f
         WHERE f.send_at <= clock_timestamp() ORDER BY f.send_at, f.id LIMIT most FOR UPDATE SKIP LOCKED
    ), way AS MATERIALIZED (
        SELECT d.id, d.school_id, d.person_id, d.kind, m.mode, c.channel, c.id AS contact_id, c.address,
               CASE WHEN k.is_urgent OR t.at > clock_timestamp() THEN t.at
                    ELSE greatest(t.at, ej.notice_day(clock_timestamp(), s.tz)) END AS at
          FROM due AS d
          JOIN ej.notice_kinds() AS k ON k.kind = d.kind
          JOIN ej.school AS s ON s.id = d.school_id
          JOIN ej.contact AS c ON c.person_id = d.person_id
           AND CASE WHEN starts_with(d.kind, 'contact_') THEN c.id::text = split_part(d.fact_key, '-', 1)
                    ELSE c.verified_at IS NOT NULL AND c.suspended_at IS NULL END
          LEFT JOIN ej.choice AS h ON h.person_id = d.person_id AND h.kind = d.kind AND h.channel = c.channel
         CROSS JOIN LATERAL (SELECT CASE WHEN starts_with(d.kind, 'contact_') THEN 'at_once'
                ELSE coalesce(h.mode, ej.choice_default(k.mode, c.channel)) END AS mode) AS m
         CROSS JOIN LATERAL (SELECT ej.notice_time(m.mode, k.is_urgent, d.made_at + make_interval(mins => k.wait_min),
                                                   s.tz) AS at) AS t
         WHERE m.mode <> 'off' AND d.read_at IS NULL
    ), kept AS (
        UPDATE ej.notice_for AS f
           SET send_at = (SELECT min(w.at) FROM way AS w WHERE w.id = f.id AND w.at > clock_timestamp())
         WHERE f.id IN (SELECT d.id FROM due AS d)
    )
    SELECT w.id, w.school_id, w.person_id, w.kind::text, w.mode::text, w.channel::text, w.contact_id, w.address::text
      FROM way AS w WHERE w.at <= clock_timestamp() ORDER BY w.person_id, w.channel, w.id;
END
$$;

-- The code of a contact, for the letter that brings it; NULL once it is confirmed.
CREATE OR REPLACE FUNCTION ej.contact_code(contact_id bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT c.secret FROM ej.contact AS c WHERE c.id = contact_code.contact_id AND c.verified_at IS NULL
$$;

-- Read as this person until the transaction ends or ej.leave_recipient() is called, as staff in this
-- school: the caller then does SET LOCAL ROLE ej_web. Returns false for a person without a live account,
-- who can open nothing.
CREATE OR REPLACE FUNCTION ej.enter_recipient(person_id bigint, school_id bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
BEGIN
    PERFORM ej.leave_recipient();
    INSERT INTO ej.session (digest, account_id, epoch, school_id, way, form_token, idle, ends_at)
    SELECT made, a.id, a.epoch, enter_recipient.school_id, 'letter', '-', interval '1 minute',
           now() + interval '1 minute'
      FROM ej.account AS a WHERE a.person_id = enter_recipient.person_id AND a.blocked_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('ej.session', encode(made, 'hex'), true);
    RETURN true;
END
$$;

-- End the session of ej.enter_recipient().
CREATE OR REPLACE FUNCTION ej.leave_recipient() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.session AS s
     WHERE encode(s.digest, 'hex') = current_setting('ej.session', true) AND s.way = 'letter';
    PERFORM set_config('ej.session', '', true);
END
$$;
