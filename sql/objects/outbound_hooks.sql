-- outbound_hooks.sql: what comes back after a letter has left: the gateway's report, the mail
-- server's, and the wish to get no more of them. None has a session: the key is the right.
--
-- Reports may come twice, late or never; one with a wrong key is answered as any unknown
-- address. A key names one letter; that of the mail server's pipe is the school's
-- (ej.outbound_hook_make) and opens nothing without the name of a letter, of which 80 bits are random.

GRANT SELECT, INSERT, UPDATE ON ej.outbound_hook TO ej_rule;
GRANT SELECT, INSERT, UPDATE ON ej.choice TO ej_rule;
GRANT SELECT, UPDATE ON ej.contact TO ej_rule;

-- Record a report of the gateway about a short message. status is Kannel's: 1 delivered, 2 not
-- delivered, 4 queued, 8 with the operator, 16 refused by the operator. Returns whether there is
-- such a message. What was delivered or failed stays so.
CREATE OR REPLACE FUNCTION ej.outbound_report(key text, status int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS o
       SET state = CASE WHEN status IN (2, 16) THEN 'failed' ELSE 'sent' END, lease_until = NULL,
           code = CASE status WHEN 1 THEN 'delivered' WHEN 2 THEN 'undelivered' WHEN 16 THEN 'rejected' ELSE o.code END,
           ended_at = coalesce(o.ended_at, clock_timestamp())
     WHERE o.hook_key = outbound_report.key AND o.channel = 'sms' AND status IN (1, 2, 4, 8, 16)
       AND o.state IN ('sending', 'unknown', 'sent') AND o.code <> 'delivered'
       AND (status IN (1, 2, 16) OR o.state <> 'sent');
    RETURN EXISTS (SELECT FROM ej.outbound AS o WHERE o.hook_key = outbound_report.key AND o.channel = 'sms');
END
$$;

-- Record a report of a mail server (DSN, RFC 3464) that a letter of the journal could not be
-- delivered for good. The letter is known by the Message-ID in the part that returns its headers; an
-- address that does not exist (5.1, or 5.0.0 of servers that do not say what failed) counts no longer,
-- unless it was confirmed after that letter. Any other letter, an answer of a person too, changes
-- nothing. Returns whether the key is right; the letter is read only then.
CREATE OR REPLACE FUNCTION ej.outbound_bounce(key text, message bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    report text;
    name   text[];
    status text;
    school bigint;
    o      ej.outbound;
BEGIN
    SELECT h.school_id INTO school FROM ej.outbound_hook AS h
     WHERE h.key_sha256 = sha256(convert_to(outbound_bounce.key, 'UTF8'));
    IF school IS NULL THEN
        RETURN false;
    END IF;
    report := encode(message, 'escape'); -- bytes of any alphabet; what is looked for is ASCII
    name   := regexp_match(report, '<ej-([1-9][0-9]{0,17})\.([a-z2-7]{16})@');
    status := (regexp_match(report, '^Status:[ \t]*(5\.[0-9]{1,3}\.[0-9]{1,3})', 'in'))[1];
    IF status IS NULL OR name IS NULL OR report !~* '(?n)^Action:[ \t]*failed'
       OR report !~* 'multipart/report' THEN
        RETURN true;
    END IF;
    UPDATE ej.outbound AS l SET state = 'failed', code = status, ended_at = clock_timestamp()
     WHERE l.id = name[1]::bigint AND l.school_id = school AND left(l.hook_key, 16) = name[2]
       AND l.channel = 'email' AND l.state = 'sent'
    RETURNING l.* INTO o;
    IF status LIKE '5.1.%' OR status = '5.0.0' THEN
        UPDATE ej.contact AS c SET suspended_at = clock_timestamp()
         WHERE c.id = o.contact_id AND c.suspended_at IS NULL AND c.verified_at <= o.made_at;
    END IF;
    RETURN true;
END
$$;

-- The school and the channel of the letter with this key, for the page that asks whether such letters
-- shall end.
CREATE OR REPLACE FUNCTION ej.unsubscribe_find(key text)
RETURNS TABLE (school_name text, channel text, is_ended boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.name::text, o.channel::text, NOT EXISTS (
               SELECT FROM ej.notice_kinds() AS k
                 LEFT JOIN ej.choice AS c ON c.person_id = o.person_id AND c.kind = k.kind AND c.channel = o.channel
                WHERE NOT starts_with(k.kind, 'contact_') AND c.mode IS DISTINCT FROM 'off')
      FROM ej.outbound AS o JOIN ej.school AS s ON s.id = o.school_id
     WHERE o.hook_key = unsubscribe_find.key AND NOT EXISTS (SELECT FROM ej.support_letter(o.id));
END
$$;

-- End all letters by the channel of the letter with this key to its person. Returns the school and
-- the channel; no row for a wrong key.
CREATE OR REPLACE FUNCTION ej.unsubscribe_end(key text) RETURNS TABLE (school_name text, channel text, is_ended boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.choice AS h (person_id, kind, channel, mode)
    SELECT o.person_id, k.kind, o.channel, 'off'
      FROM ej.outbound AS o CROSS JOIN ej.notice_kinds() AS k
     WHERE o.hook_key = unsubscribe_end.key AND NOT starts_with(k.kind, 'contact_')
       AND NOT EXISTS (SELECT FROM ej.support_letter(o.id))
    ON CONFLICT ON CONSTRAINT choice_pkey DO UPDATE SET mode = excluded.mode WHERE h.mode <> excluded.mode;
    RETURN QUERY SELECT f.school_name, f.channel, f.is_ended FROM ej.unsubscribe_find(unsubscribe_end.key) AS f;
END
$$;

-- Make the key of the address to which the mail server pipes what comes back, and return it: it
-- is not stored. The earlier one ends. Errors: JE301 not an administrator.
CREATE OR REPLACE FUNCTION ej.outbound_hook_make() RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made text := ej.outbound_new_key();
BEGIN
    IF cardinality(ej.my_admin_schools()) = 0 THEN
        RAISE EXCEPTION 'not an administrator' USING ERRCODE = 'JE301';
    END IF;
    INSERT INTO ej.outbound_hook AS h (school_id, key_sha256)
    SELECT s, sha256(convert_to(made, 'UTF8')) FROM unnest(ej.my_admin_schools()) AS s
    ON CONFLICT ON CONSTRAINT outbound_hook_pkey DO UPDATE SET key_sha256 = excluded.key_sha256, made_at = now();
    RETURN made;
END
$$;

-- ------------------------------------------------------------------- page --

-- The letters that the present person may know of, the newest first: administrator and heads of
-- their school, class teachers those to the families of the class, everybody the own. What they are
-- about is told only where the notice is not private, to a class teacher of the own pupils alone.
-- Letters of requests for support are the administrators', with the person who asked.
-- find: to whom; wanted: the state, or NULL.
CREATE OR REPLACE FUNCTION ej.outbound_list(find text, wanted text, most int)
RETURNS TABLE (outbound_id bigint, who text, channel text, state text, code text, attempt int, kinds text, at timestamp,
               next_at timestamp, is_mine boolean, can_retry boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me      bigint[] := ej.my_persons();
    heads   bigint[] := ej.my_journal_schools();
    admins  bigint[] := ej.my_admin_schools();
    led     bigint[] := ej.my_class_pupils();
    family  bigint[] := me || ARRAY(
        SELECT g.person_id FROM ej.guardian AS g WHERE g.id = ANY (ej.my_class_guardians())
         UNION SELECT p.person_id FROM ej.pupil AS p WHERE p.id = ANY (led));
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (
        (SELECT x.id FROM ej.outbound AS x WHERE x.school_id = heads[1] -- where one works now
          ORDER BY x.school_id DESC, x.id DESC LIMIT 5000)
         UNION
        SELECT x.id FROM ej.outbound AS x WHERE x.person_id = ANY (family)
    ), told AS MATERIALIZED (
        SELECT x.id, f.kind, f.open_school_id, f.open_pupil_id
          FROM seen AS x
         CROSS JOIN LATERAL (SELECT n.notice_for_id FROM ej.outbound_notice AS n
                              WHERE n.outbound_id = x.id OFFSET 0) AS n
         CROSS JOIN LATERAL (SELECT f.kind, f.open_school_id, f.open_pupil_id FROM ej.notice_for AS f
                              WHERE f.id = n.notice_for_id OFFSET 0) AS f
    ), about AS MATERIALIZED (
        SELECT t.id, string_agg(DISTINCT t.kind, ' ') AS kinds,
               string_agg(DISTINCT t.kind, ' ') FILTER (
                   WHERE t.open_school_id = ANY (heads) OR t.open_pupil_id = ANY (led)) AS open_kinds,
               bool_or(t.open_pupil_id = ANY (led)) AS is_led
          FROM told AS t GROUP BY t.id
    )
    SELECT o.id, ej.person_name(o.person_id, o.school_id), o.channel::text, o.state::text, o.code::text, o.attempt,
           CASE WHEN u.is_support THEN 'support' WHEN o.person_id = ANY (me) THEN t.kinds ELSE t.open_kinds END,
           coalesce(o.ended_at, o.made_at) AT TIME ZONE s.tz, o.next_at AT TIME ZONE s.tz,
           o.person_id = ANY (me),
           o.school_id = ANY (admins) AND o.state IN ('failed', 'unknown', 'deferred') AND o.body IS NOT NULL
      FROM ej.outbound AS o JOIN ej.school AS s ON s.id = o.school_id
      LEFT JOIN about AS t ON t.id = o.id
     CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM ej.support AS s WHERE s.outbound_id = o.id) AS is_support) AS u
     WHERE o.id = ANY (ARRAY(SELECT x.id FROM seen AS x)) AND (NOT u.is_support OR o.school_id = ANY (admins))
       AND (o.school_id = ANY (heads) OR o.person_id = ANY (me) OR o.person_id = ANY (family) AND t.is_led)
       AND (wanted IS NULL OR o.state = wanted)
       AND (outbound_list.find = '' OR ej.is_found(ej.find_patterns(outbound_list.find),
                                                   ej.person_name(o.person_id, o.school_id)))
     ORDER BY o.id DESC LIMIT most;
END
$$;

-- The channels that pause now: what the relay or gateway said; for administrators and heads.
CREATE OR REPLACE FUNCTION ej.outbound_pauses()
RETURNS TABLE (channel text, code text, since_at timestamp, until timestamp)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT p.channel::text, p.code::text, p.since_at AT TIME ZONE s.tz, p.until AT TIME ZONE s.tz
      FROM ej.outbound_pause AS p
      JOIN ej.school AS s ON s.id = (ej.my_journal_schools())[1];
END
$$;

-- The short messages that the school has sent this month, and how many it may; for administrators and heads
-- of a school that has sent one.
CREATE OR REPLACE FUNCTION ej.outbound_spent() RETURNS TABLE (n int, most int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
DECLARE
    school   bigint := (ej.my_journal_schools())[1];
    since    timestamptz := (SELECT date_trunc('month', now() AT TIME ZONE s.tz) AT TIME ZONE s.tz
                               FROM ej.school AS s WHERE s.id = school);
BEGIN
    RETURN QUERY
    SELECT c.n, s.sms_month
      FROM ej.outbound_count AS c JOIN ej.school AS s ON s.id = c.school_id
     WHERE c.school_id = school AND c.channel = 'sms' AND c.person_id IS NULL AND c.since_at = since;
END
$$;

-- Send a letter of a school that one administers once more.
-- Errors: JE401 there is no such letter, or it is not to be repeated.
CREATE OR REPLACE FUNCTION ej.outbound_retry(outbound_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS o
       SET state = 'waiting', next_at = now(), stale_at = now() + interval '1 day', ended_at = NULL, attempt = 0
     WHERE o.id = outbound_id AND o.school_id = ANY (ej.my_admin_schools())
       AND o.state IN ('failed', 'unknown', 'deferred') AND o.body IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such letter' USING ERRCODE = 'JE401';
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION ej.outbound_report, ej.outbound_bounce, ej.unsubscribe_find, ej.unsubscribe_end,
    ej.outbound_hook_make, ej.outbound_list, ej.outbound_pauses, ej.outbound_spent, ej.outbound_retry TO ej_web;

-- The letters of the school that the reader administers: failed in the last week, and not sent an hour
-- after they were made; of the latest 2,000.
CREATE OR REPLACE FUNCTION ej.outbound_faults() RETURNS TABLE (failed bigint, waiting bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_admin_schools())[1];
BEGIN
    RETURN QUERY
    SELECT count(*) FILTER (WHERE o.state = 'failed' AND o.ended_at > now() - interval '7 days'),
           count(*) FILTER (WHERE o.state IN ('waiting', 'deferred') AND o.made_at < now() - interval '1 hour')
      FROM (SELECT x.state, x.ended_at, x.made_at FROM ej.outbound AS x
             WHERE x.school_id = school ORDER BY x.school_id DESC, x.id DESC LIMIT 2000) AS o
     WHERE school IS NOT NULL;
END
$$;
GRANT EXECUTE ON FUNCTION ej.outbound_faults TO ej_web;
