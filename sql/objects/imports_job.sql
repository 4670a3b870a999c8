-- imports_job.sql: imports of many rows, done by a background job.
--
-- A page waits for a file of at most ej.import_at_once() rows. For more rows the draft keeps the
-- step that is to be done (todo: try, save) and the number of the order, and a job of
-- the kind import does it as the person who ordered it, in one transaction: whatever ends
-- the job, nothing is half done, and the job is begun again.

-- The rows of a file that are read or saved while the page waits: about a second.
CREATE OR REPLACE FUNCTION ej.import_at_once() RETURNS int
LANGUAGE sql IMMUTABLE AS $$ SELECT 500 $$;

-- The reader's last job for this list.
CREATE OR REPLACE FUNCTION ej.import_job(kind text)
RETURNS TABLE (id bigint, started_at timestamptz, finished_at timestamptz, outcome text, code text, number text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
    SELECT j.id, j.started_at, j.finished_at, j.outcome, j.code, j.number
      FROM ej.job AS j
     WHERE j.account_id = ANY (ej.my_accounts()) AND j.kind = 'import' AND j.request = import_job.kind
       AND j.school_id = (ej.my_staff_schools())[1]
     ORDER BY j.id + 0 DESC LIMIT 1 -- not along the primary key
$$;

-- Keep a draft whose step a job will do, and order the job.
CREATE OR REPLACE FUNCTION ej.import_order(kind text, draft jsonb, step text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.draft_keep(kind, draft || jsonb_build_object('todo', step, 'ordered', gen_random_uuid()));
    PERFORM ej.job_order('import', (ej.import_schools(kind))[1], kind);
END
$$;

-- Errors: JE215 a job works on this list for the reader: its file is neither changed nor
-- replaced.
CREATE OR REPLACE FUNCTION ej.import_check_idle(kind text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ej.import_job(kind) AS j WHERE j.finished_at IS NULL) THEN
        RAISE EXCEPTION 'the list is worked on' USING ERRCODE = 'JE215';
    END IF;
END
$$;

-- Try the rows of a draft that was begun or changed, now or by a job.
CREATE OR REPLACE FUNCTION ej.import_go_on(kind text, draft jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.import_check_idle(kind);
    draft := draft - '{is_stale,todo,ordered}'::text[];
    IF jsonb_array_length(draft -> 'table') > ej.import_at_once() THEN
        PERFORM ej.import_order(kind, draft - '{saved,ready,preview}'::text[], 'try');
    ELSE
        PERFORM ej.import_try(kind, draft);
    END IF;
END
$$;

-- Save the rows of a draft now, or order it; returns the outcomes.
CREATE OR REPLACE FUNCTION ej.import_save_or_order(kind text, draft jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.import_check_idle(kind);
    draft := draft - '{is_stale,todo,ordered}'::text[];
    IF jsonb_array_length(draft -> 'table') > ej.import_at_once() AND NOT draft -> 'ready' @> '[{"done": "bad"}]' THEN
        PERFORM ej.import_order(kind, draft, 'save');
        RETURN '[]';
    END IF;
    RETURN ej.import_save_rows(kind, draft);
END
$$;

-- Order again what a job did not finish. Errors: JE401 nothing is left to do.
CREATE OR REPLACE FUNCTION ej.import_again(kind text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with(kind, 'table');
BEGIN
    IF NOT draft ? 'todo' THEN
        RAISE EXCEPTION 'nothing is left to do' USING ERRCODE = 'JE401';
    END IF;
    PERFORM ej.job_order('import', (ej.import_schools(kind))[1], kind);
END
$$;

-- Cancel the job of this list.
CREATE OR REPLACE FUNCTION ej.import_cancel(kind text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
    SELECT ej.job_cancel(j.id) FROM ej.import_job(kind) AS j
$$;

-- Do the step that waits in the draft of a kind, as the job of this number; returns a line
-- for the log. A draft without one was done by an earlier try of the job.
CREATE OR REPLACE FUNCTION ej.import_run(job_id bigint, kind text) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_of(kind);
    step  text := draft ->> 'todo';
BEGIN
    IF step IS NULL THEN
        RETURN kind || ': nothing to do';
    END IF;
    PERFORM set_config('ej.job', job_id::text, true);
    IF step = 'try' THEN
        PERFORM ej.import_try(kind, draft);
    ELSIF ej.is_refused(ej.import_save_rows(kind, draft)) THEN
        PERFORM ej.import_try(kind, draft || '{"is_stale": true}');
        step := 'changed meanwhile';
    END IF;
    RETURN kind || ': ' || step;
END
$$;

-- Say how far the job is (percent), and end it when it was cancelled. Without a job, nothing.
CREATE OR REPLACE FUNCTION ej.import_note(percent numeric) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('ej.job', true), '');
BEGIN
    IF job <> '' THEN
        PERFORM set_config('application_name', format('ejournal job %s %s', job, round(percent)), true);
        IF EXISTS (SELECT FROM ej.job AS j WHERE j.id = job::bigint AND j.cancelled_at IS NOT NULL) THEN
            RAISE EXCEPTION 'cancelled' USING ERRCODE = '57014';
        END IF;
    END IF;
END
$$;

-- The same while rows (each with its place n) are written: a part of these is done.
CREATE OR REPLACE FUNCTION ej.import_note_rows(rows jsonb, part numeric) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    first int := (rows -> 0 ->> 'n')::int - 1;
    most  int := greatest(current_setting('ej.import_rows')::int, 1);
BEGIN
    PERFORM ej.import_note(25 + 75 * (first + part * ((rows -> -1 ->> 'n')::int - first)) / most);
END
$$;

GRANT EXECUTE ON FUNCTION ej.import_job TO ej_web;
