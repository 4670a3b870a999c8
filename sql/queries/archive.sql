-- archive.sql: the queries of archive.c. The functions of sql/objects/archive.sql check who reads.

-- name: archive_head :one
-- can_order: the reader may order a backup. days: the age of the youngest verified one (ej.archive_age).
-- params:
SELECT m.orders AS can_order, CASE WHEN a.days < 0 THEN 0 ELSE a.days END AS days,
       a.is_late
  FROM ej.archive_may() AS m, ej.archive_age() AS a
 WHERE m.reads;

-- name: archive_rows :many backup
-- The newest first; times are those of the reader's school.
-- params:
-- rows: at most 60
-- scan: the register is of all schools together; its newest 60 rows, by the primary key
SELECT b.backup_id, b.state, nullif(b.made_by, '') AS made_by,
       to_char(coalesce(b.started_at, b.ordered_at) AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS started_at,
       to_char(b.verified_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS verified_at,
       to_char(b.remade_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS remade_at, b.remade, b.is_removed,
       b.size, b.sha256, nullif(b.copy1, '') AS copy1, nullif(b.copy2, '') AS copy2, b.tables, b.lines,
       nullif(b.fault, '') AS fault, nullif(b.detail, '') AS detail
  FROM ej.archive_list() AS b
 CROSS JOIN (SELECT min(s.tz) AS tz FROM ej.school AS s
              WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[])) AS s
 ORDER BY b.backup_id DESC;

-- name: archive_order :exec
-- params:
SELECT ej.archive_order();
