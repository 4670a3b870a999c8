-- outbound.sql: letters and short messages that leave the journal.
--
-- One thread of one child of each Apache works on a channel (mod_ejournal/core/post/). It
-- takes a letter, commits, sends it without a transaction, and records the answer. Of several
-- Apaches one has a letter: it is locked while it is taken (SKIP LOCKED) and leased for a
-- minute afterwards. A letter whose lease has ended was in the hands of a child that is gone.
-- An e-mail is sent again: the same bytes under the same Message-ID, by which the reader's
-- program can tell. A short message is never sent twice: it is `unknown` until the gateway's
-- report says more.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.outbound, ej.outbound_pause TO ej_rule;

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

-- Free the letters whose lease has ended, and give up those that are too old.
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
END
$$;

-- Take the letter of this channel that has been due longest: no row when there is none, or
-- while the channel pauses. It is the caller's until its lease ends.
CREATE OR REPLACE FUNCTION ej.outbound_take(channel text)
RETURNS TABLE (id bigint, attempt int, address text, hook_key text, school_name text, body text, composed_at bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM ej.outbound_tidy(outbound_take.channel);
    IF EXISTS (SELECT FROM ej.outbound_pause AS p
                WHERE p.channel = outbound_take.channel AND p.until > clock_timestamp()) THEN
        RETURN;
    END IF;
    RETURN QUERY
    UPDATE ej.outbound AS o
       SET state = 'sending', attempt = o.attempt + 1, lease_until = clock_timestamp() + ej.outbound_lease()
     WHERE o.id = (SELECT l.id FROM ej.outbound AS l
                    WHERE l.channel = outbound_take.channel AND l.state IN ('waiting', 'deferred')
                      AND l.next_at <= clock_timestamp()
                    ORDER BY l.next_at, l.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING o.id, o.attempt, o.address::text, o.hook_key::text,
              (SELECT coalesce(nullif(s.short_name::text, ''), s.name::text) FROM ej.school AS s
                WHERE s.id = o.school_id),
              o.body::text, extract(epoch FROM coalesce(o.composed_at, o.made_at))::bigint;
END
$$;

-- Record how an attempt to send ended:
--   sent     taken          refused  not to be tried again
--   later    put off        pause    the channel takes nothing now; no attempt of the letter
--   unknown  a short message that may have been sent
-- Nothing is recorded for a letter that is no longer the caller's; one that was sent was sent.
CREATE OR REPLACE FUNCTION ej.outbound_record(outbound_id bigint, attempt int, outcome text, code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    o ej.outbound;
BEGIN
    SELECT l.* INTO o FROM ej.outbound AS l WHERE l.id = outbound_id FOR UPDATE;
    IF o.state IN ('sent', 'failed', 'cancelled') OR outcome <> 'sent' AND o.attempt <> outbound_record.attempt THEN
        RETURN;
    END IF;
    UPDATE ej.outbound AS l
       SET state = CASE outcome WHEN 'sent' THEN 'sent' WHEN 'refused' THEN 'failed' WHEN 'unknown' THEN 'unknown'
                                ELSE 'deferred' END,
           code = outbound_record.code, lease_until = NULL,
           attempt = CASE WHEN outcome = 'pause' THEN l.attempt - 1 ELSE l.attempt END,
           ended_at = CASE WHEN outcome IN ('sent', 'refused') THEN clock_timestamp() END,
           next_at = CASE outcome WHEN 'later' THEN clock_timestamp() + ej.outbound_delay(l.attempt) ELSE l.next_at END
     WHERE l.id = outbound_id;
    IF outcome = 'pause' THEN
        INSERT INTO ej.outbound_pause AS p (channel, failures, code, until)
        VALUES (o.channel, 1, outbound_record.code, clock_timestamp() + interval '10 seconds')
        ON CONFLICT ON CONSTRAINT outbound_pause_pkey DO UPDATE
           SET failures = p.failures + 1, code = excluded.code,
               until = clock_timestamp()
                     + least(interval '10 seconds' * power(2, least(p.failures, 10)), interval '10 minutes');
    ELSE
        DELETE FROM ej.outbound_pause AS p WHERE p.channel = o.channel;
    END IF;
END
$$;

-- Keep the text of a letter, once: what is sent again has the same bytes.
CREATE OR REPLACE FUNCTION ej.outbound_keep(outbound_id bigint, body text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.outbound AS o SET body = outbound_keep.body, composed_at = clock_timestamp()
     WHERE o.id = outbound_id AND o.body IS NULL;
    RETURN (SELECT extract(epoch FROM o.composed_at)::bigint FROM ej.outbound AS o WHERE o.id = outbound_id);
END
$$;

GRANT EXECUTE ON FUNCTION ej.outbound_take, ej.outbound_record, ej.outbound_keep TO ej_job;
