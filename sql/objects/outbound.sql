-- outbound.sql: letters and short messages that leave the journal.
--
-- One thread of one child of each Apache works on a channel (mod_ejournal/core/post/). It
-- takes some letters, commits, sends them without a transaction, and records the answers. Of several
-- Apaches one has a letter: it is locked while it is taken (SKIP LOCKED) and leased for a
-- minute afterwards. A letter whose lease has ended was in the hands of a child that is gone.
-- An e-mail is sent again: the same bytes under the same Message-ID, by which the reader's
-- program can tell. A short message is never sent twice: it is `unknown` until the gateway's
-- report says more. So short messages are taken one by one: if a child that had taken several
-- were killed, nobody could say which of them it had sent.
--
-- Letters are made of the notices that are due (ej.notices_due), and composed when they are sent,
-- with the rights of the person who gets them (ej.enter_recipient): a letter has nothing that the
-- person cannot open. Consent, guardianship and contact are looked at when a letter is made, when it is
-- taken, and when it is composed, since of several that were taken together the last waits.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.outbound, ej.outbound_notice, ej.outbound_pause, ej.outbound_count
    TO ej_rule;

-- How long a child may take for one letter.
CREATE OR REPLACE FUNCTION ej.outbound_lease() RETURNS interval
LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 minute' $$;

-- After how long a letter is tried again that was put off so often: 1 minute to 4 hours.
CREATE OR REPLACE FUNCTION ej.outbound_delay(attempt int) RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
    SELECT least(interval '1 minute' * power(4, least(greatest(attempt, 1), 8) - 1), interval '4 hours')
$$;

-- 160 random bits as 32 small letters and digits.
CREATE OR REPLACE FUNCTION ej.outbound_new_key() RETURNS text
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
    SELECT lower(ej.base32(substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 20)))
$$;

-- Free the letters whose lease has ended, give up those that are too old, and erase texts after 30 days.
CREATE OR REPLACE FUNCTION ej.outbound_tidy(channel text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS o
       SET state = CASE WHEN o.channel = 'sms' THEN 'unknown' ELSE 'deferred' END, lease_until = NULL,
           next_at = clock_timestamp(), code = 'lost'
     WHERE o.id = ANY (ARRAY(SELECT l.id FROM ej.outbound AS l
                              WHERE l.channel = outbound_tidy.channel AND l.state = 'sending'
                                AND l.lease_until < clock_timestamp()
                                FOR UPDATE SKIP LOCKED));
    UPDATE ej.outbound AS o
       SET state = 'failed', ended_at = clock_timestamp(), code = coalesce(nullif(o.code, ''), 'stale')
     WHERE o.id = ANY (ARRAY(SELECT l.id FROM ej.outbound AS l
                              WHERE l.channel = outbound_tidy.channel AND l.state IN ('waiting', 'deferred')
                                AND l.next_at <= clock_timestamp() AND l.stale_at < clock_timestamp()
                              LIMIT 500 FOR UPDATE SKIP LOCKED));
    UPDATE ej.outbound AS o SET body = NULL
     WHERE o.id = ANY (ARRAY(SELECT l.id FROM ej.outbound AS l
                              WHERE l.body IS NOT NULL AND l.made_at < clock_timestamp() - interval '30 days'
                              LIMIT 500 FOR UPDATE SKIP LOCKED));
    DELETE FROM ej.outbound_count AS c
     WHERE c.channel = outbound_tidy.channel AND c.since_at < clock_timestamp() - interval '40 days';
END
$$;

-- Where a letter failed, send by the other channel what it had to bring, if the person may be told so
-- and has not chosen otherwise: a trigger. What fails there, too, the class teacher tells in person
-- (ej.informing_due).
CREATE OR REPLACE FUNCTION ej.outbound_other_way() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    way  text := CASE NEW.channel WHEN 'sms' THEN 'email' ELSE 'sms' END;
    made bigint;
    ids  bigint[] := ARRAY(
        SELECT n.notice_for_id FROM ej.outbound_notice AS n
          JOIN ej.notice_for AS f ON f.id = n.notice_for_id
          JOIN ej.notice_kinds() AS k ON k.kind = f.kind AND k.mode = 'at_once'
         WHERE n.outbound_id = NEW.id AND f.read_at IS NULL AND NOT starts_with(f.kind, 'contact_')
           AND ej.outbound_may(f, way)
           AND NOT EXISTS (SELECT FROM ej.choice AS c WHERE c.person_id = f.person_id AND c.kind = f.kind
                              AND c.channel = way AND c.mode = 'off')
           AND NOT EXISTS (SELECT FROM ej.outbound_notice AS o WHERE o.notice_for_id = f.id AND o.channel = way));
BEGIN
    INSERT INTO ej.outbound AS o (school_id, person_id, channel, contact_id, address, hook_key)
    SELECT NEW.school_id, NEW.person_id, way, c.id, c.address, ej.outbound_new_key()
      FROM ej.contact AS c
     WHERE c.person_id = NEW.person_id AND c.channel = way AND c.verified_at IS NOT NULL AND c.suspended_at IS NULL
       AND ids <> '{}'
    RETURNING o.id INTO made;
    INSERT INTO ej.outbound_notice (outbound_id, notice_for_id, channel)
    SELECT made, u.id, way FROM unnest(ids) AS u(id) WHERE made IS NOT NULL;
    RETURN NULL;
END
$$;
DO $$ BEGIN PERFORM ej.drop_triggers('outbound'); END $$;
CREATE TRIGGER outbound_other_way AFTER UPDATE OF state ON ej.outbound
    FOR EACH ROW WHEN (NEW.state = 'failed' AND OLD.state <> 'failed') EXECUTE FUNCTION ej.outbound_other_way();

-- Whether a person may be told of this notice by this channel now: staff of the school, but not of the
-- own child; a guardian who gave consent to the channel for the child (for one of the children, if the
-- notice is about no single one); a pupil for whom a guardian gave it. Nobody about a child whose family
-- gets all on paper. The code that confirms an address asks for no consent. Nothing leaves a training school.
CREATE OR REPLACE FUNCTION ej.outbound_may(f ej.notice_for, channel text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT NOT ej.is_training(f.school_id) AND (starts_with(f.kind, 'contact_')
        OR EXISTS (SELECT FROM ej.staff AS s WHERE s.person_id = f.person_id AND s.school_id = f.school_id
                      AND s.id = ANY (ej.live_posts(f.person_id)))
           AND NOT EXISTS (SELECT FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                            WHERE g.person_id = f.person_id AND w.pupil_id = f.pupil_id)
        OR EXISTS (SELECT FROM (SELECT w.guardian_id, w.pupil_id, w.school_id, w.during
                                  FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                                 WHERE g.person_id = f.person_id
                                 UNION ALL
                                SELECT w.guardian_id, w.pupil_id, w.school_id, w.during
                                  FROM ej.pupil AS p JOIN ej.guardianship AS w ON w.pupil_id = p.id
                                 WHERE p.person_id = f.person_id) AS w
                     JOIN ej.school_today AS t ON t.school_id = w.school_id AND w.during @> t.today
                    CROSS JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, outbound_may.channel) AS c
                    WHERE (f.pupil_id IS NULL OR w.pupil_id = f.pupil_id) AND c.answer = 'given'
                      AND NOT EXISTS (SELECT FROM ej.paper_pupils_of(ARRAY[w.pupil_id]))))
$$;

-- Make letters of at most `most` notices that are due: one of all that a person gets by e-mail now,
-- and a short message of each.
CREATE OR REPLACE FUNCTION ej.outbound_make(most int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    d    record;
    made bigint;
BEGIN
    -- one maker at a time: of two each would get a part of a person's notices, and a digest would be two letters
    IF NOT pg_try_advisory_xact_lock(99, 0) THEN
        RETURN;
    END IF;
    FOR d IN
        SELECT n.school_id, n.person_id, n.channel, n.contact_id, n.address, array_agg(n.notice_for_id) AS ids
          FROM ej.notices_due(most) AS n
          JOIN ej.notice_for AS f ON f.id = n.notice_for_id
         WHERE ej.outbound_may(f, n.channel)
           AND NOT EXISTS (SELECT FROM ej.outbound_notice AS o
                            WHERE o.notice_for_id = n.notice_for_id AND o.channel = n.channel)
         GROUP BY n.school_id, n.person_id, n.channel, n.contact_id, n.address,
               CASE WHEN n.channel = 'sms' OR starts_with(n.kind, 'contact_') THEN n.notice_for_id END
    LOOP
        INSERT INTO ej.outbound (school_id, person_id, channel, contact_id, address, hook_key)
        VALUES (d.school_id, d.person_id, d.channel, d.contact_id, d.address, ej.outbound_new_key())
        RETURNING id INTO made;
        INSERT INTO ej.outbound_notice (outbound_id, notice_for_id, channel)
        SELECT made, u.id, d.channel FROM unnest(d.ids) AS u(id);
    END LOOP;
END
$$;

-- Take what may no longer be told out of a letter; cancel a letter of which nothing is left, or
-- whose address counts no longer; put one off that would be tried again at night and is not urgent.
-- Returns whether it is to be sent now.
CREATE OR REPLACE FUNCTION ej.outbound_check(letter ej.outbound) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    is_code boolean;
    day_at  timestamptz;
BEGIN
    IF letter.contact_id IS NULL AND NOT EXISTS (
        SELECT FROM ej.outbound_notice AS n WHERE n.outbound_id = letter.id) THEN
        RETURN true; -- made of no notices
    END IF;
    DELETE FROM ej.outbound_notice AS n USING ej.notice_for AS f
     WHERE n.outbound_id = letter.id AND f.id = n.notice_for_id
       AND (NOT ej.outbound_may(f, letter.channel) OR f.read_at IS NOT NULL AND letter.body IS NULL);
    IF FOUND THEN
        UPDATE ej.outbound AS o SET body = NULL WHERE o.id = letter.id; -- composed anew, without these
    END IF;
    SELECT bool_or(starts_with(f.kind, 'contact_')) AND letter.contact_id IS NOT NULL INTO is_code
      FROM ej.outbound_notice AS n JOIN ej.notice_for AS f ON f.id = n.notice_for_id
     WHERE n.outbound_id = letter.id;
    IF is_code OR is_code IS NOT NULL AND EXISTS (
        SELECT FROM ej.contact AS c WHERE c.id = letter.contact_id AND c.verified_at IS NOT NULL
           AND c.suspended_at IS NULL) THEN
        SELECT ej.notice_day(clock_timestamp(), s.tz) INTO day_at
          FROM ej.school AS s
         WHERE s.id = letter.school_id AND NOT EXISTS (
               SELECT FROM ej.outbound_notice AS n
                 JOIN ej.notice_for AS f ON f.id = n.notice_for_id
                 JOIN ej.notice_kinds() AS k ON k.kind = f.kind AND k.is_urgent
                WHERE n.outbound_id = letter.id);
        UPDATE ej.outbound AS o SET next_at = day_at WHERE o.id = letter.id AND day_at > clock_timestamp();
        RETURN NOT FOUND;
    END IF;
    UPDATE ej.outbound AS o SET state = 'cancelled', ended_at = clock_timestamp(), lease_until = NULL
     WHERE o.id = letter.id;
    RETURN false;
END
$$;

-- Take at most `most` letters of this channel, those that have been due longest: no row when there is none, or
-- while the channel pauses. They are the caller's until their lease ends. Of several callers one takes at a
-- time, so that the limits are counted exactly. most_hour: how many letters of all schools may leave in
-- an hour (EjournalMailHour; 0: any number).
CREATE OR REPLACE FUNCTION ej.outbound_take(channel text, most_hour int DEFAULT 0, most int DEFAULT 1)
RETURNS TABLE (id bigint, attempt int, address text, hook_key text, school_name text, body text, composed_at bigint,
               is_support boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    due   ej.outbound[];
    taken bigint[];
BEGIN
    PERFORM ej.outbound_make(200);
    PERFORM ej.outbound_tidy(outbound_take.channel);
    PERFORM pg_advisory_xact_lock(hashtext('ejournal outbound ' || outbound_take.channel));
    IF EXISTS (SELECT FROM ej.outbound_pause AS p
                WHERE p.channel = outbound_take.channel AND p.until > clock_timestamp()) THEN
        RETURN;
    END IF;
    LOOP
        due := ARRAY(
            SELECT o FROM ej.outbound AS o
             WHERE o.channel = outbound_take.channel AND o.state IN ('waiting', 'deferred')
               AND o.next_at <= clock_timestamp()
             ORDER BY o.next_at, o.id LIMIT least(outbound_take.most, nullif(most_hour, 0)) FOR UPDATE SKIP LOCKED);
        EXIT WHEN due = '{}';
        due := ARRAY(SELECT l FROM unnest(due) AS l WHERE ej.outbound_check(l));
        taken := ej.outbound_counted(due, most_hour);
        EXIT WHEN taken <> '{}';
    END LOOP;
    RETURN QUERY
    WITH u AS (
        UPDATE ej.outbound AS o
           SET state = 'sending', attempt = o.attempt + 1, lease_until = clock_timestamp() + ej.outbound_lease()
         WHERE o.id = ANY (taken)
        RETURNING o.id, o.attempt, o.address, o.hook_key, o.school_id, o.body, o.composed_at, o.made_at, o.next_at
    )
    SELECT u.id, u.attempt, u.address::text, u.hook_key::text,
           coalesce(nullif(s.short_name::text, ''), s.name::text), u.body::text,
           extract(epoch FROM coalesce(u.composed_at, u.made_at))::bigint,
           EXISTS (SELECT FROM ej.support AS r WHERE r.outbound_id = u.id)
      FROM u JOIN ej.school AS s ON s.id = u.school_id
     ORDER BY u.next_at, u.id;
END
$$;

-- Read as the person who gets a letter that the caller has taken, until the transaction ends
-- (ej.enter_recipient): the sender's role cannot enter anybody else. Returns whether the person has a live
-- account, and the code that a letter to confirm an address brings.
CREATE OR REPLACE FUNCTION ej.outbound_enter(outbound_id bigint, OUT is_live boolean, OUT code text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    o ej.outbound := (SELECT l FROM ej.outbound AS l WHERE l.id = outbound_id AND l.state = 'sending');
BEGIN
    is_live := ej.enter_recipient(o.person_id, o.school_id);
    code := (SELECT ej.contact_code(o.contact_id)
               FROM ej.outbound_notice AS n JOIN ej.notice_for AS f ON f.id = n.notice_for_id
              WHERE n.outbound_id = o.id AND f.kind = 'contact_code' LIMIT 1);
END
$$;

-- The notices of a letter to the present person of which the person may still be told by this channel and address.
CREATE OR REPLACE FUNCTION ej.letter_notices(outbound_id bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 10 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT n.notice_for_id FROM ej.outbound_notice AS n
      JOIN ej.outbound AS o ON o.id = n.outbound_id
      JOIN ej.notice_for AS f ON f.id = n.notice_for_id
     WHERE o.id = letter_notices.outbound_id AND o.person_id = ANY (ej.my_persons()) AND ej.outbound_may(f, o.channel)
       AND (starts_with(f.kind, 'contact_') OR EXISTS (
            SELECT FROM ej.contact AS c
             WHERE c.id = o.contact_id AND c.verified_at IS NOT NULL AND c.suspended_at IS NULL));
END
$$;

-- Record the outcome of one letter (ej.outbound_record, which alone calls this).
CREATE OR REPLACE FUNCTION ej.outbound_end(outbound_id bigint, attempt int, outcome text, code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    o ej.outbound;
BEGIN
    SELECT l.* INTO o FROM ej.outbound AS l WHERE l.id = outbound_id FOR UPDATE;
    IF o.state IN ('sent', 'failed', 'cancelled') OR outcome <> 'sent' AND o.attempt <> outbound_end.attempt THEN
        RETURN;
    END IF;
    IF o.lease_until IS NOT NULL THEN -- what was not handed over does not count; a long short message is two
        PERFORM ej.outbound_recount(o, o.lease_until - ej.outbound_lease(), CASE
            WHEN outcome IN ('later', 'refused', 'pause', 'back', 'empty') THEN -1
            WHEN o.channel = 'sms' AND length(o.body) > 70 THEN 1 ELSE 0 END);
    END IF;
    UPDATE ej.outbound AS l
       SET state = CASE WHEN outcome = 'back' AND l.attempt = 1 THEN 'waiting' WHEN outcome = 'sent' THEN 'sent'
                        WHEN outcome = 'refused' THEN 'failed' WHEN outcome = 'unknown' THEN 'unknown'
                        WHEN outcome = 'empty' THEN 'cancelled' ELSE 'deferred' END,
           code = CASE WHEN outcome = 'back' THEN l.code ELSE outbound_end.code END, lease_until = NULL,
           attempt = CASE WHEN outcome IN ('pause', 'back') THEN l.attempt - 1 ELSE l.attempt END,
           ended_at = CASE WHEN outcome IN ('sent', 'refused', 'empty') THEN clock_timestamp() END,
           next_at = CASE outcome WHEN 'later' THEN clock_timestamp() + ej.outbound_delay(l.attempt) ELSE l.next_at END
     WHERE l.id = outbound_id;
    IF outcome = 'pause' THEN
        INSERT INTO ej.outbound_pause AS p (channel, failures, code, until)
        VALUES (o.channel, 1, outbound_end.code, clock_timestamp() + interval '10 seconds')
        ON CONFLICT ON CONSTRAINT outbound_pause_pkey DO UPDATE
           SET failures = p.failures + 1, code = excluded.code,
               until = clock_timestamp()
                     + least(interval '10 seconds' * power(2, least(p.failures, 10)), interval '10 minutes');
    ELSIF outcome NOT IN ('empty', 'back') THEN
        DELETE FROM ej.outbound_pause AS p WHERE p.channel = o.channel;
    END IF;
END
$$;

-- Record the outcomes of letters:
--   sent     the relay or gateway has taken it
--   refused  it is not tried again
--   later    it is tried again after a while
--   pause    the channel takes nothing now; does not count as an attempt
--   unknown  a short message that may have been sent
--   empty    the person may no longer read anything that it would tell
--   back     given back untried; does not count as an attempt
-- For a letter that is no longer the caller's only `sent` is recorded: it has left all the same. E-mails that were
-- sent, the most frequent case, are recorded by one statement.
CREATE OR REPLACE FUNCTION ej.outbound_record(outbound_ids bigint[], attempts int[], outcomes text[], codes text[])
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS l SET state = 'sent', code = x.code, lease_until = NULL, ended_at = clock_timestamp()
      FROM unnest($1, $3, $4) AS x(id, outcome, code)
     WHERE l.id = x.id AND l.id = ANY ($1) AND x.outcome = 'sent' AND l.channel = 'email'
       AND l.state NOT IN ('sent', 'failed', 'cancelled');
    IF FOUND THEN
        DELETE FROM ej.outbound_pause AS p WHERE p.channel = 'email';
    END IF;
    PERFORM ej.outbound_end(x.id, x.attempt, x.outcome, x.code)
       FROM unnest($1, $2, $3, $4) AS x(id, attempt, outcome, code)
       JOIN ej.outbound AS l ON l.id = x.id AND l.state NOT IN ('sent', 'failed', 'cancelled')
      WHERE l.id = ANY ($1);
END
$$;

-- Keep the text of a letter, once: what is sent again has the same bytes.
CREATE OR REPLACE FUNCTION ej.outbound_keep(outbound_id bigint, body text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS o SET body = outbound_keep.body, composed_at = date_trunc('second', clock_timestamp())
     WHERE o.id = outbound_id AND o.body IS NULL;
    RETURN (SELECT extract(epoch FROM o.composed_at)::bigint FROM ej.outbound AS o WHERE o.id = outbound_id);
END
$$;

-- Move what a person of a school was told, and the letters with it, to the other record of the same person
-- (ej.duplicate_merge), and the addresses and choices if no record has the person any longer. Of each channel
-- one address counts: that of `kept`. It checks no right: for ej_rule alone.
CREATE OR REPLACE FUNCTION ej.outbound_of_person(school bigint, kept bigint, gone bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS o SET person_id = kept WHERE o.person_id = gone AND o.school_id = school;
    INSERT INTO ej.notice_for (school_id, notice_id, person_id, kind, pupil_id, fact_key, made_at, read_at, send_at,
                               open_school_id, open_pupil_id)
    SELECT f.school_id, f.notice_id, kept, f.kind, f.pupil_id, f.fact_key, f.made_at, f.read_at, f.send_at,
           f.open_school_id, f.open_pupil_id
      FROM ej.notice_for AS f WHERE f.person_id = gone AND f.school_id = school
    ON CONFLICT ON CONSTRAINT notice_for_once DO NOTHING;
    UPDATE ej.outbound_notice AS x SET notice_for_id = k.id
      FROM ej.notice_for AS f JOIN ej.notice_for AS k ON k.notice_id = f.notice_id AND k.person_id = kept
     WHERE f.person_id = gone AND f.school_id = school AND x.notice_for_id = f.id
       AND NOT EXISTS (SELECT FROM ej.outbound_notice AS y WHERE y.notice_for_id = k.id AND y.channel = x.channel);
    DELETE FROM ej.notice_for AS f WHERE f.person_id = gone AND f.school_id = school;
    IF EXISTS (SELECT FROM ej.pupil AS p WHERE p.person_id = gone)
       OR EXISTS (SELECT FROM ej.guardian AS g WHERE g.person_id = gone)
       OR EXISTS (SELECT FROM ej.staff AS s WHERE s.person_id = gone) THEN
        RETURN;
    END IF;
    DELETE FROM ej.contact AS c USING ej.contact AS g
     WHERE c.person_id = kept AND c.verified_at IS NULL AND g.person_id = gone AND g.verified_at IS NOT NULL
       AND g.channel = c.channel AND g.address = c.address;
    DELETE FROM ej.contact AS g USING ej.contact AS c
     WHERE g.person_id = gone AND c.person_id = kept AND g.channel = c.channel AND g.address = c.address;
    UPDATE ej.contact AS g SET suspended_at = now()
      FROM ej.contact AS c
     WHERE g.person_id = gone AND g.verified_at IS NOT NULL AND g.suspended_at IS NULL AND c.person_id = kept
       AND c.channel = g.channel AND c.verified_at IS NOT NULL AND c.suspended_at IS NULL;
    UPDATE ej.contact AS g SET person_id = kept WHERE g.person_id = gone;
    INSERT INTO ej.choice (person_id, kind, channel, mode)
    SELECT kept, g.kind, g.channel, g.mode FROM ej.choice AS g WHERE g.person_id = gone
    ON CONFLICT ON CONSTRAINT choice_pkey DO NOTHING;
    DELETE FROM ej.choice AS g WHERE g.person_id = gone;
END
$$;

GRANT EXECUTE ON FUNCTION ej.outbound_take, ej.outbound_record, ej.outbound_keep, ej.outbound_enter TO ej_sender;
GRANT EXECUTE ON FUNCTION ej.letter_notices TO ej_web;
