-- job.sql: background jobs.
--
-- Each Apache has a thread that asks ej.job_take() for a job that is due (core/job/). The
-- function locks the job with an advisory lock of the runner's connection, which lasts
-- until the runner calls ej.job_finish() or ej.job_leave(), or its connection ends: of
-- several Apaches one has a job, and when that Apache's child is killed the job is free.
-- A job whose lock is free although it was begun is begun again, three times at most;
-- 3 seconds after its last report, so that a program which the dead child had started
-- has ended.
--
-- The runner connects as ej_job, which may call the functions below and nothing else. What
-- a job reads or writes for a person it does as ej_web (ej_job may SET ROLE) in a session that
-- ej.job_take() makes for the account that ordered the job: row policies show what they
-- show on that person's pages, and no session is left when the job has ended. Nobody has
-- the token of such a session. A blocked account or a new password ends it, as any other.

GRANT SELECT, INSERT, UPDATE ON ej.job TO ej_rule;
GRANT SELECT, DELETE ON ej.guess, ej.attempt, ej.session, ej.device, ej.operation,
    ej.visit, ej.entrance, ej.entry, ej.job TO ej_rule;
GRANT INSERT ON ej.session TO ej_rule;

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
-- sessions (one with a chosen school a day later: the next log-in goes on there), browsers
-- not seen for 400 days, ended tokens of programs, the log of access to personal files after the months
-- that each school set, visits and log-ins of 90 days ago, drafts of 7, files of a day ago that no record names,
-- entries of backends that have ended, operations too old to be repeated (a page keeps unsent
-- cells for 7 days), jobs of 30 days ago; and end backends that hang. Each call deletes a
-- bounded number.
-- report: the numbers of deleted rows as a line for the log; is_more: some rows are left.
CREATE OR REPLACE FUNCTION ej.sweep(OUT report text, OUT is_more boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    most int := 2000;
BEGIN
    SELECT string_agg(format('%s %s', w.rel, w.n), ', ' ORDER BY w.rel) FILTER (WHERE w.n > 0), bool_or(w.n = most)
      INTO report, is_more
      FROM (SELECT v.rel, ej.sweep_rows(v.rel, v.condition, most) FROM (VALUES
                ('guess', $q$greatest(r.last_at, r.open_at) < now() - interval '1 day'$q$),
                ('attempt', $q$r.made_at < now() - interval '5 minutes'$q$),
                ('session', $q$(r.ends_at < now() OR r.last_seen_at + r.idle < now())
                             AND (r.school_id IS NULL OR r.ends_at < now() - interval '1 day')$q$),
                ('api_token', $q$r.ends_at < now()$q$),
                ('device', $q$r.seen_at < now() - interval '400 days'$q$),
                ('operation', $q$r.made_at < now() - interval '30 days'$q$),
                ('file', $q$r.made_at < now() - interval '1 day'
                            AND NOT EXISTS (SELECT FROM ej.homework AS h WHERE h.id = r.homework_id)
                            AND NOT EXISTS (SELECT FROM ej.act AS a WHERE a.file_id = r.id)
                            AND NOT EXISTS (SELECT FROM ej.message_file AS m WHERE m.file_id = r.id)
                            AND NOT EXISTS (SELECT FROM ej.achievement AS d WHERE d.file_id = r.id)
                            AND NOT EXISTS (SELECT FROM ej.pupil_card AS c WHERE c.file_id = r.id)$q$),
                ('draft', $q$r.made_at < now() - interval '7 days'$q$),
                ('entrance', $q$r.made_at < now() - interval '90 days'$q$),
                ('card_view', $q$r.ctid = ANY (ARRAY(
                    SELECT o.ctid FROM ej.school AS s
                     CROSS JOIN LATERAL (SELECT v.ctid FROM ej.card_view AS v
                        WHERE v.school_id = s.id AND v.viewed_at < now() - make_interval(months => s.view_months)
                        ORDER BY v.viewed_at, v.id LIMIT 2000) AS o))$q$),
                ('visit', $q$r.seen_on < (now() - interval '90 days')::date$q$),
                ('job', $q$r.finished_at < now() - CASE WHEN r.every IS NULL THEN interval '30 days'
                    WHEN r.outcome = 'done' THEN interval '1 day' ELSE interval '90 days' END$q$),
                ('entry', $q$NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.pid = r.pid)$q$)
            ) AS v(rel, condition)
            UNION ALL SELECT 'servers', ej.sweep_servers('1 minute')) AS w(rel, n);
    PERFORM ej.revision_sweep();
    PERFORM ej.accidents_unreceived();
    report := coalesce(report, 'nothing');
END
$$;

-- ---------------------------------------------------------------- running --

-- The advisory lock of a job: two numbers.
CREATE OR REPLACE FUNCTION ej.job_lock(OUT class int, OUT number int, job_id bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT 1785684835, (job_id % 2147483647)::int
$$;

-- Add the runs of repeated jobs that are not there yet: each a period (seconds; 0: not
-- repeated) after the last.
CREATE OR REPLACE FUNCTION ej.job_repeat(kinds text[], periods int[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.job (kind, every, due_at)
    SELECT k.kind, k.every, coalesce((SELECT max(j.started_at) FROM ej.job AS j
                                       WHERE j.kind = k.kind AND j.every IS NOT NULL) + k.every, now())
      FROM (SELECT u.kind, make_interval(secs => u.period) AS every FROM unnest(kinds, periods) AS u(kind, period)
             WHERE u.period > 0) AS k
     WHERE NOT EXISTS (
        SELECT FROM ej.job AS j WHERE j.kind = k.kind AND j.every IS NOT NULL AND j.finished_at IS NULL)
    ON CONFLICT DO NOTHING;
END
$$;

-- Open the session with which a job reads for its account; returns its digest.
CREATE OR REPLACE FUNCTION ej.job_session(job ej.job) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
BEGIN
    PERFORM ej.session_end(job.digest);
    IF job.account_id IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO ej.session (digest, account_id, epoch, school_id, way, form_token, idle, ends_at)
    VALUES (made, job.account_id, job.epoch, job.school_id, 'job', '-', interval '1 day', now() + interval '1 day');
    RETURN made;
END
$$;

-- End a job and the session with which it read.
CREATE OR REPLACE FUNCTION ej.job_finish(job_id bigint, outcome text, code text, number text, result text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.session_end(j.digest) FROM ej.job AS j WHERE j.id = job_id;
    UPDATE ej.job AS j
       SET finished_at = clock_timestamp(), outcome = job_finish.outcome, code = job_finish.code,
           number = job_finish.number, result = job_finish.result, digest = NULL
     WHERE j.id = job_id AND j.finished_at IS NULL;
    PERFORM pg_advisory_unlock(l.class, l.number) FROM ej.job_lock(job_id) AS l;
END
$$;

-- Take the job of these kinds that has been due longest and that nobody runs: no row when
-- there is none. The caller's connection holds its lock from now on.
CREATE OR REPLACE FUNCTION ej.job_take(kinds text[], periods int[])
RETURNS TABLE (id bigint, kind text, request text, digest bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    due bigint;
    job ej.job;
BEGIN
    PERFORM ej.job_repeat(kinds, periods);
    FOR due IN SELECT j.id FROM ej.job AS j
                WHERE j.finished_at IS NULL AND j.due_at <= clock_timestamp() AND j.kind = ANY (kinds)
                  AND (j.reported_at IS NULL OR j.reported_at < clock_timestamp() - interval '3 seconds')
                ORDER BY j.due_at, j.id LIMIT 50
    LOOP
        IF NOT (SELECT pg_try_advisory_lock(l.class, l.number) FROM ej.job_lock(due) AS l) THEN
            PERFORM ej.sweep_servers('1 minute'); -- of the web role, which may lock any number
            CONTINUE;
        END IF;
        -- as it is now: its runner may have ended it a moment ago
        SELECT j.* INTO job FROM ej.job AS j WHERE j.id = due AND j.finished_at IS NULL FOR UPDATE;
        IF job.cancelled_at IS NOT NULL THEN
            PERFORM ej.job_finish(due, 'cancelled', NULL, NULL, NULL);
        ELSIF job.tries >= 3 THEN
            PERFORM ej.job_finish(due, 'failed', 'JE509', NULL, NULL);
        ELSIF job.id IS NOT NULL THEN
            RETURN QUERY UPDATE ej.job AS j
               SET tries = j.tries + 1, started_at = clock_timestamp(), reported_at = clock_timestamp(),
                   done = NULL, total = NULL, digest = ej.job_session(job)
             WHERE j.id = due
            RETURNING j.id, j.kind::text, j.request::text, j.digest;
            RETURN;
        ELSE
            PERFORM pg_advisory_unlock(l.class, l.number) FROM ej.job_lock(due) AS l;
        END IF;
    END LOOP;
END
$$;

-- Note how far a job is; returns whether it is still wanted (not cancelled).
CREATE OR REPLACE FUNCTION ej.job_report(job_id bigint, done bigint, total bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    UPDATE ej.job AS j
       SET done = job_report.done, total = job_report.total, reported_at = clock_timestamp()
     WHERE j.id = job_id AND j.finished_at IS NULL
    RETURNING j.cancelled_at IS NULL
$$;

-- Put a job back that its runner cannot go on with, because Apache stops: it is begun again.
CREATE OR REPLACE FUNCTION ej.job_leave(job_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.session_end(j.digest) FROM ej.job AS j WHERE j.id = job_id;
    UPDATE ej.job AS j SET started_at = NULL, reported_at = NULL, done = NULL, total = NULL,
           digest = NULL, tries = j.tries - 1
     WHERE j.id = job_id AND j.finished_at IS NULL;
    PERFORM pg_advisory_unlock(l.class, l.number) FROM ej.job_lock(job_id) AS l;
END
$$;

-- --------------------------------------------------------------- ordering --

-- The account of the present session, as a list for the policies.
CREATE OR REPLACE FUNCTION ej.my_accounts() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT ARRAY[m.account_id] FROM ej.me AS m), '{}');
END
$$;
ALTER FUNCTION ej.my_accounts() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.my_accounts() TO ej_web, ej_rule;

-- The schools in which the present person may order jobs of a kind. Each kind of jobs.def
-- that people order has its line here; the request is
--   year    the school year whose partitions are made (year.sql)
--   compose the minutes that FET may take (compose.sql)
--   import  the list whose file is read or saved (imports_job.sql)
CREATE OR REPLACE FUNCTION ej.job_schools(kind text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE kind WHEN 'year' THEN ej.my_setup_schools()
                     WHEN 'compose' THEN ej.my_setup_schools()
                     WHEN 'import' THEN ARRAY(SELECT DISTINCT unnest(ej.my_setup_schools() || ej.my_hr_schools()
                                                                     || ej.my_meals_schools())) END;
END
$$;

-- Order a job of a kind, in a school of the person; returns the job. An equal order that has
-- not ended is the same job. What the job reads, it reads with the rights of the account.
-- Errors: JE302 no live session, JE301 not that person's to order, JE215 three orders wait.
CREATE OR REPLACE FUNCTION ej.job_order(kind text, school_id bigint, request text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (SELECT m.account_id FROM ej.me AS m);
    job     bigint;
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    ELSIF (school_id = ANY (ej.job_schools(kind))) IS NOT TRUE THEN
        RAISE EXCEPTION 'not to be ordered' USING ERRCODE = 'JE301';
    END IF;
    PERFORM FROM ej.account AS a WHERE a.id = account FOR NO KEY UPDATE; -- one order at a time
    SELECT j.id INTO job FROM ej.job AS j
     WHERE j.account_id = account AND j.finished_at IS NULL AND j.cancelled_at IS NULL
       AND j.kind = job_order.kind AND j.school_id = job_order.school_id AND j.request = job_order.request;
    IF FOUND THEN
        RETURN job;
    ELSIF (SELECT count(*) FROM ej.job AS j WHERE j.account_id = account AND j.finished_at IS NULL) >= 3 THEN
        RAISE EXCEPTION 'three orders wait' USING ERRCODE = 'JE215';
    END IF;
    INSERT INTO ej.job AS j (kind, school_id, account_id, epoch, request)
    SELECT job_order.kind, job_order.school_id, account, s.epoch, job_order.request
      FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest
    RETURNING j.id INTO job;
    RETURN job;
END
$$;

-- Ask a job to stop: one's own, or one of a school that one administers. One that has ended
-- stays as it is.
CREATE OR REPLACE FUNCTION ej.job_cancel(job_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.job AS j
       SET cancelled_at = coalesce(j.cancelled_at, now()),
           finished_at = CASE WHEN j.started_at IS NULL THEN now() END,
           outcome = CASE WHEN j.started_at IS NULL THEN 'cancelled' END
     WHERE j.id = job_id AND j.finished_at IS NULL
       AND (j.account_id = ANY (ej.my_accounts()) OR j.school_id = ANY (ej.my_admin_schools()));
END
$$;

-- How far a running job is that works in one transaction, percent: it says so in its
-- connection's application_name, which other transactions see at once. NULL for another
-- person's job.
CREATE OR REPLACE FUNCTION ej.job_percent(job_id bigint) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT max(substring(a.application_name FROM '\d+$')::int)
              FROM pg_stat_activity AS a
              JOIN ej.job AS j ON j.id = job_percent.job_id AND j.finished_at IS NULL
             WHERE a.datname = current_database() AND a.usename = 'ej_job'
               AND a.application_name ~ format('^ejournal job %s \d{1,3}$', j.id)
               AND (j.account_id = ANY (ej.my_accounts()) OR j.school_id = ANY (ej.my_admin_schools())));
END
$$;

-- The runs of repeated jobs, which belong to no school: for every administrator, with their
-- times and outcome and without what they counted.
CREATE OR REPLACE FUNCTION ej.job_repeated()
RETURNS TABLE (id bigint, kind text, due_at timestamptz, started_at timestamptz, finished_at timestamptz,
               outcome text, code text, number text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF cardinality(ej.my_admin_schools()) > 0 THEN
        RETURN QUERY SELECT j.id, j.kind::text, j.due_at, j.started_at, j.finished_at, j.outcome, j.code, j.number
          FROM ej.job AS j WHERE j.every IS NOT NULL;
    END IF;
END
$$;

-- Administrators see the jobs of their school, everybody else the jobs that they ordered. The
-- line for the log (result) is for nobody.
CREATE POLICY read ON ej.job FOR SELECT TO ej_web
    USING (account_id = any((select ej.my_accounts())::bigint[])
        OR school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT (id, kind, school_id, account_id, request, every, made_at, due_at, tries, started_at,
    done, total, cancelled_at, finished_at, outcome, code, number) ON ej.job TO ej_web;

GRANT EXECUTE ON FUNCTION ej.sweep, ej.job_take, ej.job_report, ej.job_leave, ej.job_finish
    TO ej_job;
GRANT EXECUTE ON FUNCTION ej.job_order, ej.job_cancel, ej.job_percent, ej.job_repeated TO ej_web;
GRANT USAGE ON SCHEMA ej TO ej_job;
