-- fet.sql: the queries of fet.c. The draft is the reader's own (objects/fet_write.sql).

-- name: fet_show :one
-- params:
WITH d AS MATERIALIZED (SELECT ej.draft_of('fet') AS draft),
a AS MATERIALIZED (SELECT a.item FROM d, jsonb_array_elements(d.draft -> 'plan' -> 'activities') AS a(item))
SELECT d.draft ->> 'file' AS file, d.draft ->> 'timetable' AS timetable, d.draft ? 'saved' AS is_saved,
       ej.fet_version(d.draft) AS version,
       (d.draft ->> 'day_on')::date AS day_on, (d.draft ->> 'first_slot')::int AS first_slot,
       d.draft -> 'plan' -> 'hours' ->> 0 AS first_hour, jsonb_array_length(d.draft -> 'plan' -> 'days') AS days,
       (SELECT count(*) FROM a) AS activities, (SELECT count(*) FROM a WHERE a.item ->> 'day' IS NOT NULL) AS timed,
       (d.draft -> 'result' ->> 'same')::int AS same, (d.draft -> 'result' ->> 'added')::int AS added,
       (d.draft -> 'result' ->> 'gone')::int AS gone, jsonb_array_length(d.draft -> 'result' -> 'faults') AS faults,
       d.draft -> 'result' ->> 'fault' AS code, nullif(d.draft -> 'result' ->> 'value', '') AS value,
       NOT EXISTS (SELECT FROM ej.school_year AS y
           WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))) AS has_no_year
  FROM d;

-- name: fet_groups :many group
-- For each kind of names the numbers of those that are known, will be added, are made into groups,
-- are not taken.
-- params:
-- rows: at most 4
SELECT n.kind, count(*) AS names,
       count(*) FILTER (WHERE n.state = 'known') AS known, count(*) FILTER (WHERE n.state = 'new') AS added,
       count(*) FILTER (WHERE n.state = 'part') AS parts, count(*) FILTER (WHERE n.state = 'skipped') AS skipped,
       string_agg(n.name, ', ' ORDER BY n.n) FILTER (WHERE n.state = 'new' AND n.k <= 30) AS new_names,
       string_agg(n.name, ', ' ORDER BY n.n) FILTER (WHERE n.state = 'skipped' AND n.k <= 30) AS skipped_names
  FROM (SELECT n.item ->> 'kind' AS kind, n.item ->> 'name' AS name, n.item ->> 'state' AS state, n.n,
               row_number() OVER (PARTITION BY n.item ->> 'kind', n.item ->> 'state' ORDER BY n.n) AS k
          FROM jsonb_array_elements(ej.draft_of('fet') -> 'names') WITH ORDINALITY AS n(item, n)) AS n
 GROUP BY n.kind ORDER BY min(n.n);

-- name: fet_works :many work
-- The load of the file, compared with that of the school.
-- params:
-- rows: at most 4
SELECT w.state, count(*) AS n, sum(w.hours) AS hours
  FROM jsonb_to_recordset(ej.draft_of('fet') -> 'works') AS w(state text, hours int)
 GROUP BY w.state ORDER BY w.state;

-- name: fet_lost :many lost
-- The works that are not taken, with the reason, and those that another teacher has here.
-- params:
-- rows: at most 100
SELECT w.sets, w.subject, w.teacher, w.hours, coalesce(w.why, 'other') AS why, w.other
  FROM (SELECT (SELECT string_agg(s, ', ') FROM jsonb_array_elements_text(w.sets) AS s) AS sets,
               w.subject, w.teacher, w.hours, w.why, w.other
          FROM jsonb_to_recordset(ej.draft_of('fet') -> 'works')
               AS w(sets jsonb, subject text, teacher text, hours int, why text, other text)
         WHERE w.why IS NOT NULL OR w.other IS NOT NULL) AS w
 ORDER BY w.why, w.sets, w.subject LIMIT 100;

-- name: fet_skipped :many skipped
-- The elements of the file that the journal does not keep.
-- params:
-- rows: at most 200
SELECT l.what, l.n
  FROM jsonb_to_recordset(coalesce(ej.draft_of('fet') -> 'plan' -> 'skipped', ej.draft_of('fet') -> 'skipped'))
       AS l(what text, n int)
 ORDER BY l.what LIKE 'Constraint%', l.n DESC, l.what LIMIT 200;

-- name: fet_faults :many fault
-- The lessons that cannot be placed, each with the first reason.
-- params:
-- rows: at most 100
SELECT f.weekday, f.slot, f.name, f.rule, f.other, f.who
  FROM ej.timetable_whole_faults(ej.draft_of('fet') -> 'result') AS f;

-- name: fet_begin :exec
-- params: file_name text, document jsonb
SELECT ej.fet_begin(:file_name, :document);

-- name: fet_days :exec
-- params: day_on date, first_slot int
SELECT ej.fet_days(:day_on, :first_slot);

-- name: fet_save :outcomes
-- params: version text
SELECT ej.fet_save(:version);

-- name: fet_names_head :one
-- params: kind_key text, find text, sort text, page int
SELECT :kind_key AS kind, d.draft ->> 'file' AS file, :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(n.item) + 59) / 60) AS pages, count(n.item) AS count
  FROM (SELECT ej.draft_of('fet') AS draft) AS d
  LEFT JOIN jsonb_array_elements(d.draft -> 'names') AS n(item)
    ON n.item ->> 'kind' = :kind_key AND ej.is_found((SELECT ej.find_patterns(:find)), n.item ->> 'name')
 WHERE d.draft -> 'plan' IS NOT NULL AND :kind_key IN ('teacher', 'subject', 'room', 'set')
 GROUP BY d.draft;

-- name: fet_names_rows :many name
-- list: sort state name
-- The names that are not known come first.
-- params: kind_key text, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT n.item ->> 'name' AS name, n.item ->> 'state' AS state, (n.item ->> 'id')::bigint AS id
  FROM jsonb_array_elements(ej.draft_of('fet') -> 'names') WITH ORDINALITY AS n(item, n)
 WHERE n.item ->> 'kind' = :kind_key AND ej.is_found((SELECT ej.find_patterns(:find)), n.item ->> 'name')
 ORDER BY CASE WHEN :sort = 'name' THEN n.item ->> 'name' END COLLATE ej.ru, n.item ->> 'state' = 'known', n.n
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: fet_names_choices :many choice
-- params: kind_key text
-- rows: at most 600
SELECT c.id AS choice_id, c.name FROM ej.fet_choices(:kind_key) AS c LIMIT 600;

-- name: fet_match :exec
-- params: kind_key text, name text[], to int[]
SELECT ej.fet_match(:kind_key, :name, :to);

-- name: fet_file :file
-- params:
SELECT f.name, f.data FROM ej.fet_file() AS f;
