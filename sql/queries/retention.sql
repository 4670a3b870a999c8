-- retention.sql: the queries of retention.c. The functions of sql/objects/retention.sql check who reads and writes.

-- name: retention_head :one
-- is_mine: the reader draws up and confirms acts; is_director, is_administrator: as which.
-- params:
SELECT m.directed || m.administered <> '{}' AS is_mine, m.directed <> '{}' AS is_director,
       m.administered <> '{}' AS is_administrator
  FROM ej.retention_may() AS m;

-- name: retention_terms :many term
-- params:
-- rows: at most 2
SELECT t.kind, t.usual, t.years, t.basis FROM ej.retention_terms() AS t ORDER BY t.n;

-- name: retention_years :many due
-- The years that are over, newest first, with what is kept of each.
-- params:
-- rows: at most 120
SELECT l.year, l.kind, l.years, l.due_on, l.is_due, l.package_state, l.state, l.is_ready
  FROM ej.retention_list() AS l
 ORDER BY l.year DESC, l.n;

-- name: retention_acts :many act
-- The newest first; times are those of the school.
-- params:
-- rows: at most 200
SELECT a.act_id, a.kind, a.year, a.state, a.act_no, a.act_on, a.reason, a.years, a.due_on, a.made_by,
       to_char(a.made_at AT TIME ZONE a.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at,
       nullif(a.director_by, '') AS director_by,
       to_char(a.director_at AT TIME ZONE a.tz, 'YYYY-MM-DD"T"HH24:MI') AS director_at,
       nullif(a.administrator_by, '') AS administrator_by,
       to_char(a.administrator_at AT TIME ZONE a.tz, 'YYYY-MM-DD"T"HH24:MI') AS administrator_at,
       nullif(a.withdrawn_by, '') AS withdrawn_by, a.package_sha256, a.package_files, a.package_size, a.left_sha256,
       to_char(a.emptied_at AT TIME ZONE a.tz, 'YYYY-MM-DD"T"HH24:MI') AS emptied_at,
       to_char(a.done_at AT TIME ZONE a.tz, 'YYYY-MM-DD"T"HH24:MI') AS done_at,
       nullif(a.fault, '') AS fault, nullif(a.detail, '') AS detail, a.seen
  FROM ej.retention_acts() AS a
 ORDER BY a.act_id DESC;

-- name: retention_parts :many part under retention_acts act_id
-- params:
-- rows: at most 4000
SELECT p.act_id, p.name, p.rows, p.sha256 FROM ej.retention_parts() AS p ORDER BY p.act_id DESC, p.name;

-- name: retention_save :outcomes
-- params: kind text[], years int[], old_years int[], basis text[], old_basis text[]
SELECT ej.retention_save(:kind, :years, :old_years, :basis, :old_basis);

-- name: retention_draft :outcomes
-- params: year int, kind text, act_no text, act_on date, reason text
SELECT ej.retention_draft(:year, :kind, :act_no, :act_on, :reason);

-- name: retention_confirm :outcomes
-- params: act_id bigint, seen text
SELECT ej.retention_confirm(:act_id, :seen);

-- name: retention_withdraw :outcomes
-- params: act_id bigint
SELECT ej.retention_withdraw(:act_id);
