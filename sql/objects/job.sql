-- job.sql: background jobs. Apache calls ej.job_run() every few seconds (core/job/); the
-- table ej.job says when each job is due. Of several callers one does the job: it locks
-- the job's row until it commits. Calling earlier or more often does nothing, so the web
-- role may be allowed to.

GRANT SELECT, UPDATE ON ej.job TO ej_rule;
GRANT SELECT, DELETE ON ej.guess, ej.attempt, ej.session, ej.device, ej.operation,
    ej.visit, ej.entry TO ej_rule;

-- Delete at most `most` rows of a table for which a condition holds; returns their number.
-- Rows that another transaction has locked are left for the next time.
CREATE OR REPLACE FUNCTION ej.sweep_rows(rel text, condition text, most int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    n int;
BEGIN
    EXECUTE format('DELETE FROM ej.%1$I WHERE ctid = ANY (ARRAY(
        SELECT r.ctid FROM ej.%1$I AS r WHERE %2$s LIMIT %3$s FOR UPDATE SKIP LOCKED))', rel, condition, most);
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END
$$;

-- End PostgreSQL backends of the web role that have held a transaction, or a lock without
-- one, for longer than `older`; returns their number. A page takes 8 s at most.
CREATE OR REPLACE FUNCTION ej.sweep_servers(older interval) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT count(pg_terminate_backend(a.pid))
              FROM pg_stat_activity AS a
             WHERE a.usename = 'ej_web' AND a.datname = current_database() AND a.pid <> pg_backend_pid()
               AND (a.xact_start < clock_timestamp() - older
                 OR a.state_change < clock_timestamp() - older AND EXISTS (
                        SELECT FROM pg_locks AS l WHERE l.pid = a.pid AND l.locktype = 'advisory')));
END
$$;

-- Delete rows that are no longer needed: counters of a day ago and judged guesses, ended
-- sessions (one with a chosen school a day later: the next log-in goes on there), browsers not seen for 400 days, visits of 90 days ago, entries of backends
-- that have ended, operations too old to be repeated (a page keeps unsent cells for 7
-- days); and end backends that hang. Each call deletes a bounded number.
-- said: a line with the numbers, for the log; is_more: some rows are left.
CREATE OR REPLACE FUNCTION ej.sweep(OUT said text, OUT is_more boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    most int := 2000;
BEGIN
    SELECT string_agg(format('%s %s', w.rel, w.n), ', ' ORDER BY w.rel) FILTER (WHERE w.n > 0), bool_or(w.n = most)
      INTO said, is_more
      FROM (SELECT v.rel, ej.sweep_rows(v.rel, v.condition, most) FROM (VALUES
                ('guess', $q$greatest(r.last_at, r.open_at) < now() - interval '1 day'$q$),
                ('attempt', $q$r.made_at < now() - interval '5 minutes'$q$),
                ('session', $q$(r.ends_at < now() OR r.last_seen_at + r.idle < now())
                             AND (r.school_id IS NULL OR r.ends_at < now() - interval '1 day')$q$),
                ('device', $q$r.seen_at < now() - interval '400 days'$q$),
                ('operation', $q$r.made_at < now() - interval '30 days'$q$),
                ('visit', $q$r.seen_on < (now() - interval '90 days')::date$q$),
                ('entry', $q$NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.pid = r.pid)$q$)
            ) AS v(rel, condition)
            UNION ALL SELECT 'servers', ej.sweep_servers('1 minute')) AS w(rel, n);
    PERFORM ej.revision_sweep();
    said := coalesce(said, 'nothing');
END
$$;

-- Run the job that has been due longest, if any. result is a line for the log; after a
-- failure (is_failed) it is the error, and the job runs again at its usual time.
CREATE OR REPLACE FUNCTION ej.job_run()
RETURNS TABLE (name text, result text, is_failed boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    due     ej.job;
    is_more boolean := false;
BEGIN
    SELECT j.* INTO due FROM ej.job AS j WHERE j.next_at <= now()
     ORDER BY j.next_at LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    name := due.name;
    is_failed := false;
    BEGIN
        CASE due.name WHEN 'sweep' THEN SELECT s.said, s.is_more INTO result, is_more FROM ej.sweep() AS s; END CASE;
    EXCEPTION WHEN OTHERS THEN
        result := SQLSTATE || ': ' || SQLERRM;
        is_failed := true;
    END;
    UPDATE ej.job AS j
       SET began_at = now(), ended_at = clock_timestamp(), result = job_run.result,
           next_at = now() + CASE WHEN is_more THEN least(j.every, interval '10 seconds') ELSE j.every END
     WHERE j.name = due.name;
    RETURN NEXT;
END
$$;

DO $$
DECLARE
    f text;
BEGIN
    FOREACH f IN ARRAY ARRAY['ej.sweep_rows(text, text, int)', 'ej.sweep_servers(interval)', 'ej.sweep()', 'ej.job_run()'] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rule', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION ej.job_run() TO ej_web;
