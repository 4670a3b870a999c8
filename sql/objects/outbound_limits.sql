-- outbound_limits.sql: how many letters and short messages a person gets and a school sends.
--
-- The limits are settings of the school; how many letters a relay takes in an hour is one of the server.
-- ej.outbound_take() counts each letter that it hands out, exactly, since one caller takes at a time;
-- ej.outbound_record() takes back what was not handed over.

-- The limits of the school that bind a letter at a time: how many may be handed over (0: any number) from
-- since_at until till_at, to the person or, with person_id NULL, by the school. The periods are days, hours and
-- months in the school's zone. A letter to the support (support.sql) is none to the person who asks.
CREATE OR REPLACE FUNCTION ej.outbound_limits(letter ej.outbound, at timestamptz)
RETURNS TABLE (code text, person_id bigint, most int, since_at timestamptz, till_at timestamptz, tz text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 2 SET search_path = ej, pg_temp AS $$
    SELECT l.code, l.person_id, l.most, l.since AT TIME ZONE s.tz, (l.since + l.period) AT TIME ZONE s.tz, s.tz::text
      FROM ej.school AS s
     CROSS JOIN LATERAL (SELECT outbound_limits.at AT TIME ZONE s.tz AS clock) AS n
     CROSS JOIN LATERAL (VALUES
           ('limit_hour', 'email', NULL, s.letters_hour, date_trunc('hour', n.clock), interval '1 hour'),
           ('limit_month', 'sms', NULL, s.sms_month, date_trunc('month', n.clock), interval '1 month'),
           ('limit_day', 'email', letter.person_id, s.letters_day, date_trunc('day', n.clock), interval '1 day'),
           ('limit_day', 'sms', letter.person_id, s.sms_day, date_trunc('day', n.clock), interval '1 day'))
           AS l(code, channel, person_id, most, since, period)
     WHERE s.id = letter.school_id AND l.channel = letter.channel
       AND (l.person_id IS NULL OR NOT EXISTS (SELECT FROM ej.support AS r WHERE r.outbound_id = letter.id))
$$;

-- The end of the present hour, if the relay takes no more e-mail in it: all schools together have handed over
-- most_hour letters (0: any number); NULL: it takes more. Each count has the hour of its school's zone; zones that
-- differ by half an hour share what overlaps.
CREATE OR REPLACE FUNCTION ej.outbound_full(channel text, most_hour int, at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT max(c.since_at) + interval '1 hour' FROM ej.outbound_count AS c
     WHERE c.since_at > outbound_full.at - interval '1 hour' AND c.channel = 'email' AND c.person_id IS NULL
       AND outbound_full.channel = 'email' AND most_hour > 0
    HAVING sum(c.n) >= most_hour
$$;

-- Count a letter that is taken, unless a limit is reached (most_hour: ej.outbound_take): then an e-mail waits for
-- the next period, in the hours in which letters are sent, and a short message fails, so that what it had to bring
-- at once goes by the other channel; one that has time waits. An accident is told whatever the limits. Returns
-- whether it is sent.
CREATE OR REPLACE FUNCTION ej.outbound_within(letter ej.outbound, most_hour int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    at      timestamptz := clock_timestamp();
    reached record;
BEGIN
    INSERT INTO ej.outbound_count (school_id, channel, person_id, since_at)
    SELECT letter.school_id, letter.channel, l.person_id, l.since_at FROM ej.outbound_limits(letter, at) AS l
    ON CONFLICT ON CONSTRAINT outbound_count_once DO NOTHING;
    SELECT x.code, x.till_at, s.tz INTO reached
      FROM (SELECT l.code, l.till_at
              FROM ej.outbound_limits(letter, at) AS l
              JOIN ej.outbound_count AS c ON c.school_id = letter.school_id AND c.channel = letter.channel
               AND c.person_id IS NOT DISTINCT FROM l.person_id AND c.since_at = l.since_at
             WHERE l.most > 0 AND c.n >= l.most
             UNION ALL
            SELECT 'limit_relay', ej.outbound_full(letter.channel, most_hour, at)) AS x
      JOIN ej.school AS s ON s.id = letter.school_id
     WHERE x.till_at IS NOT NULL
     ORDER BY x.till_at DESC LIMIT 1;
    IF reached.code IS NULL OR EXISTS (
        SELECT FROM ej.outbound_notice AS n JOIN ej.notice_for AS f ON f.id = n.notice_for_id
          JOIN ej.notice_kinds() AS k ON k.kind = f.kind AND k.is_urgent AND NOT starts_with(k.kind, 'contact_')
         WHERE n.outbound_id = letter.id) THEN
        PERFORM ej.outbound_recount(letter, at, 1);
        RETURN true;
    END IF;
    IF letter.channel = 'sms' AND EXISTS (
        SELECT FROM ej.outbound_notice AS n JOIN ej.notice_for AS f ON f.id = n.notice_for_id
          JOIN ej.notice_kinds() AS k ON k.kind = f.kind AND k.mode = 'at_once'
         WHERE n.outbound_id = letter.id) THEN
        UPDATE ej.outbound AS o SET state = 'failed', code = reached.code, ended_at = at WHERE o.id = letter.id;
    ELSE
        UPDATE ej.outbound AS o
           SET state = 'deferred', code = reached.code,
               next_at = ej.notice_time('at_once', false, reached.till_at, reached.tz)
         WHERE o.id = letter.id;
    END IF;
    RETURN false;
END
$$;

-- Count these letters, which are of one channel, and return the ids of those that are sent. They are counted by one
-- statement, unless all together would pass a limit: then one after the other (ej.outbound_within). There are not
-- more letters than most_hour, if it is given.
CREATE OR REPLACE FUNCTION ej.outbound_counted(letters ej.outbound[], most_hour int) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    at      timestamptz := clock_timestamp();
    is_near boolean;
BEGIN
    IF cardinality(letters) > 1 THEN
        WITH wanted AS MATERIALIZED (
            SELECT o.school_id, o.channel, l.person_id, l.since_at, l.most, count(*)::int AS n
              FROM unnest(letters) AS o CROSS JOIN LATERAL ej.outbound_limits(o, at) AS l
             GROUP BY o.school_id, o.channel, l.person_id, l.since_at, l.most
        ), near AS MATERIALIZED (
            SELECT EXISTS (SELECT FROM wanted AS w
                             LEFT JOIN ej.outbound_count AS c ON c.school_id = w.school_id AND c.channel = w.channel
                              AND c.person_id IS NOT DISTINCT FROM w.person_id AND c.since_at = w.since_at
                            WHERE w.most > 0 AND coalesce(c.n, 0) + w.n > w.most)
                OR ej.outbound_full(letters[1].channel, most_hour - cardinality(letters) + 1, at) IS NOT NULL AS is_near
        ), counted AS (
            INSERT INTO ej.outbound_count AS c (school_id, channel, person_id, since_at, n)
            SELECT w.school_id, w.channel, w.person_id, w.since_at, w.n FROM wanted AS w
             WHERE NOT (SELECT n.is_near FROM near AS n)
            ON CONFLICT ON CONSTRAINT outbound_count_once DO UPDATE SET n = c.n + excluded.n
        )
        SELECT n.is_near INTO is_near FROM near AS n;
    END IF;
    RETURN ARRAY(SELECT o.id FROM unnest(letters) AS o WHERE is_near IS FALSE OR ej.outbound_within(o, most_hour));
END
$$;

-- Add n to the counts of a letter that was taken at this time.
CREATE OR REPLACE FUNCTION ej.outbound_recount(letter ej.outbound, at timestamptz, n int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    UPDATE ej.outbound_count AS c SET n = greatest(0, c.n + outbound_recount.n)
      FROM ej.outbound_limits(letter, at) AS l
     WHERE outbound_recount.n <> 0 AND c.school_id = letter.school_id AND c.channel = letter.channel
       AND c.person_id IS NOT DISTINCT FROM l.person_id AND c.since_at = l.since_at
$$;
