-- jobs.sql: the queries of jobs.c. Row policies decide whose jobs a reader sees
-- (sql/objects/job.sql); times are those of the job's school.

-- name: jobs_list :many job
-- Those that run or wait first, then the newest; state: waits, runs, done, failed, cancelled.
-- params:
-- rows: at most 100
WITH o AS MATERIALIZED (
    SELECT s.id, s.tz FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_admin_schools())::bigint[])
), j AS (
    SELECT j.id, j.kind::text, j.account_id, j.request, o.tz, j.due_at, j.started_at, j.finished_at, j.done, j.total,
           j.outcome, j.code, j.number
      FROM o JOIN ej.job AS j ON j.school_id = o.id AND j.school_id = ANY (ARRAY(SELECT o.id FROM o))
    UNION ALL
    SELECT r.id, r.kind, NULL, '', (SELECT min(o.tz) FROM o), r.due_at, r.started_at, r.finished_at, NULL, NULL,
           r.outcome, r.code, r.number
      FROM ej.job_repeated() AS r
)
SELECT j.id AS job_id, j.kind, ej.account_name(j.account_id) AS who, nullif(j.request, '') AS request,
       coalesce(j.outcome, CASE WHEN j.started_at IS NULL THEN 'waits' ELSE 'runs' END) AS state,
       to_char(j.due_at AT TIME ZONE j.tz, 'YYYY-MM-DD"T"HH24:MI') AS due_at,
       to_char(j.started_at AT TIME ZONE j.tz, 'YYYY-MM-DD"T"HH24:MI') AS started_at,
       to_char(j.finished_at AT TIME ZONE j.tz, 'YYYY-MM-DD"T"HH24:MI') AS finished_at,
       j.done, j.total, j.code, j.number
  FROM j
 ORDER BY j.finished_at IS NULL DESC, CASE WHEN j.finished_at IS NULL THEN j.due_at END,
          j.finished_at DESC, j.id DESC
 LIMIT 100;

-- name: jobs_head :one
-- can_cancel: it has not ended.
-- params: job_id bigint
SELECT j.id AS job_id, j.kind, ej.account_name(j.account_id) AS who, nullif(j.request, '') AS request,
       coalesce(j.outcome, CASE WHEN j.started_at IS NULL THEN 'waits' ELSE 'runs' END) AS state,
       to_char(j.due_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS due_at,
       to_char(j.started_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS started_at,
       to_char(j.finished_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS finished_at,
       coalesce(ej.job_percent(j.id), j.done) AS done,
           CASE WHEN ej.job_percent(j.id) IS NULL THEN j.total ELSE 100 END AS total,
       j.code, j.number, j.cancelled_at IS NOT NULL AS is_cancelled,
       j.finished_at IS NULL AND j.cancelled_at IS NULL AS can_cancel
  FROM ej.job AS j JOIN ej.school AS o ON o.id = j.school_id
 WHERE j.id = :job_id;

-- name: jobs_cancel :exec
-- params: job_id bigint
SELECT ej.job_cancel(:job_id);
