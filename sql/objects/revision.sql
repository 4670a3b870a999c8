-- revision.sql: tells cheaply whether a page has changed since the browser loaded it.
--
-- Most pages that are requested again have not changed, and need not be queried again.
-- Every record belongs to one of two heads: its teaching (lesson, work, mark, absence,
-- homework, term mark, closing) or the set-up of its school (all else). Triggers record
-- for each transaction the heads under which it wrote (change.sql). A page is sent with its revision:
-- a digest of the transactions recorded under its heads, in the snapshot in which the
-- page was read. While the revision is the same, the page is unchanged. Rows are only
-- inserted, so writers do not wait for each other. Unlike a counter or a time, this does
-- not miss a transaction that was still running when the page was read.

GRANT SELECT, DELETE ON ej.revision TO ej_rule;
GRANT INSERT ON ej.revision TO ej_rule;

-- --------------------------------------------------------------- reading --

-- The revision of a page that depends on these teachings and the set-up of the user's
-- schools: a digest of the transactions recorded under these heads, the user's rights
-- (ej.scope), the day of each school, and the database with its server's start (a copy or a
-- restored backup differs). It is a keyed digest, since transaction numbers reveal how
-- much other schools write and are few enough to be guessed. NULL: it cannot be
-- computed now. It checks no right: only for functions like ej.journal_revision.
CREATE OR REPLACE FUNCTION ej.revision_digest(teachings bigint[]) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    rights  text;
    schools bigint[];
    places  bigint[];
    heads   bigint[];
BEGIN
    IF pg_is_in_recovery() THEN
        RETURN NULL; -- a standby has no ej.scope
    END IF;
    SELECT s.lists_digest, s.schools INTO rights, schools FROM ej.scope AS s
     WHERE encode(s.digest, 'hex') = current_setting('ej.session', true)
       AND s.until > now();
    IF rights IS NULL THEN
        RETURN NULL;
    END IF;
    -- once, and not for every row
    places := schools || 0::bigint;
    heads := teachings || 0::bigint;
    RETURN encode(sha256(convert_to(concat_ws(' ', rights, pg_postmaster_start_time(),
            'ej.revision'::regclass::oid,
            (SELECT s.value FROM ej.secret AS s WHERE s.name = 'revision'),
            (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()),
            (SELECT string_agg(t.today::text, ' ' ORDER BY t.school_id)
               FROM ej.school_today AS t WHERE t.school_id = ANY (schools)),
            (SELECT string_agg(r.xid::text, ' ' ORDER BY r.school_id, r.teaching_id, r.xid)
               FROM ej.revision AS r
              WHERE r.school_id = ANY (places) AND r.teaching_id = ANY (heads))), 'UTF8')), 'hex');
END
$$;

-- ------------------------------------------------------------ forgetting --

-- Delete all recorded transactions, and record one that counts for every page: else a
-- page read when nothing was recorded would seem unchanged, although the transactions
-- recorded since then were deleted too.
CREATE OR REPLACE FUNCTION ej.revision_forget() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    DELETE FROM ej.revision;
    INSERT INTO ej.revision (school_id, teaching_id) VALUES (0, 0) ON CONFLICT DO NOTHING;
$$;

-- The same, once a day: a revision is computed over all recorded transactions, so they
-- must stay few.
CREATE OR REPLACE FUNCTION ej.revision_sweep() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT ej.revision_forget()
     WHERE NOT EXISTS (SELECT FROM ej.revision AS r WHERE r.school_id = 0 AND r.teaching_id = 0
                          AND r.made_at > now() - interval '1 day');
$$;

-- Called at every upgrade: the new version's queries may give other results, and after
-- a restore into another cluster the transaction numbers start anew.
SELECT ej.revision_forget();
