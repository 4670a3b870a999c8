-- compose.sql: the queries of compose.c. The draft is the reader's own (objects/compose.sql).

-- name: compose_show :one
-- The draft, the state of its job, and the class whose week is compared.
-- params: class_id bigint
WITH d AS MATERIALIZED (
    SELECT ej.draft_of('compose') AS draft, ej.timetable_whole_first_day() AS first_day
)
SELECT coalesce((d.draft ->> 'day_on')::date, d.first_day) AS day_on,
       coalesce((d.draft ->> 'minutes')::int, 5) AS minutes, d.first_day IS NULL AS has_no_year,
       j.id AS job_id,
       coalesce(j.outcome, CASE WHEN j.started_at IS NOT NULL THEN 'runs' WHEN j.id IS NOT NULL THEN 'waits' END)
           AS state,
       j.done, j.total, j.code,
       (d.draft ->> 'total')::int AS activities, jsonb_array_length(d.draft -> 'lessons') AS placed,
       CASE WHEN d.draft -> 'lessons' IS NULL THEN d.draft ->> 'words' END AS words,
       d.draft ? 'saved' AS is_saved, md5(d.draft::text) AS version,
       (d.draft -> 'result' ->> 'same')::int AS same, (d.draft -> 'result' ->> 'added')::int AS added,
       (d.draft -> 'result' ->> 'gone')::int AS gone, jsonb_array_length(d.draft -> 'result' -> 'faults') AS faults,
       CASE WHEN d.draft ? 'lessons' THEN ej.timetable_whole_gaps(d.draft -> 'lessons') END AS gaps,
       CASE WHEN d.draft ? 'lessons' THEN ej.timetable_whole_gaps((
           SELECT jsonb_agg(jsonb_build_object('teaching_id', x.teaching_id, 'weekday', x.weekday, 'slot', x.slot))
             FROM ej.timetable AS x WHERE x.teaching_id = ANY (ej.compose_scope(d.draft))
              AND x.during @> (d.draft ->> 'day_on')::date)) END AS gaps_now,
       :class_id AS class_id
  FROM d LEFT JOIN ej.job AS j ON j.id = ANY (ARRAY(SELECT (d.draft ->> 'job_id')::bigint FROM d));

-- name: compose_classes :many class
-- params: class_id bigint
-- rows: at most 200
SELECT c.id AS class_id, c.name, c.id = :class_id AS is_current
  FROM ej.class AS c
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools()))) AND c.year = ej.import_year()
   AND ej.draft_of('compose') ? 'lessons'
 ORDER BY c.grade, c.letter, c.id;

-- name: compose_slots :many slot
-- params: class_id bigint
-- rows: at most 21
SELECT DISTINCT x.slot FROM ej.compose_cells(:class_id) AS x ORDER BY x.slot;

-- name: compose_cells :many cell under compose_slots slot
-- params: class_id bigint
-- rows: at most 130
SELECT x.slot, x.weekday, x.now, x.planned, x.now IS DISTINCT FROM x.planned AS is_changed
  FROM ej.compose_cells(:class_id) AS x ORDER BY x.slot, x.weekday;

-- name: compose_missing :many missing
-- The teachings of which FET could not place n hours.
-- params:
-- rows: at most 100
SELECT ej.timetable_whole_name(m.teaching_id, NULL) AS name, m.n
  FROM (SELECT l.teaching_id,
               count(*) - (SELECT count(*) FROM jsonb_to_recordset(d.draft -> 'lessons') AS x(teaching_id bigint)
                            WHERE x.teaching_id = l.teaching_id) AS n
          FROM (SELECT ej.draft_of('compose') AS draft OFFSET 0) AS d,
               jsonb_to_recordset(d.draft -> 'load') AS l(teaching_id bigint)
         WHERE jsonb_array_length(d.draft -> 'lessons') < (d.draft ->> 'total')::int
         GROUP BY l.teaching_id, d.draft) AS m
 WHERE m.n > 0 ORDER BY m.n DESC, m.teaching_id LIMIT 100;

-- name: compose_faults :many fault
-- The lessons that cannot be placed, each with the first reason.
-- params:
-- rows: at most 100
SELECT f.weekday, f.slot, f.name, f.rule, f.other, f.who
  FROM ej.timetable_whole_faults(ej.draft_of('compose') -> 'result') AS f;

-- name: compose_order :exec
-- params: day_on date, minutes int
SELECT ej.compose_order(:day_on, :minutes);

-- name: compose_from :exec
-- params: day_on date
SELECT ej.compose_from(:day_on);

-- name: compose_accept :outcomes
-- params: version text
SELECT ej.compose_accept(:version);
