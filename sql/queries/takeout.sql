-- takeout.sql: the queries of takeout.c. The functions of sql/objects/takeout.sql check who takes.

-- name: takeout_rows :many taken
-- The newest first; times are those of the school. is_open: the reader may take the file now, until open_until.
-- params:
-- rows: at most 60
SELECT t.takeout_id, to_char(t.made_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at, t.made_by,
       to_char(t.taken_at AT TIME ZONE t.tz, 'YYYY-MM-DD"T"HH24:MI') AS taken_at, t.lines, t.sha256, t.is_open,
       to_char((t.made_at + interval '15 minutes') AT TIME ZONE t.tz, 'HH24:MI') AS open_until
  FROM ej.takeout_list() AS t;

-- name: takeout_order :exec
-- params: old_hash text
SELECT ej.takeout_order(:old_hash);

-- name: takeout_files :many file
-- Opens what takeout_lines reads, in this transaction.
-- params: takeout_id bigint
-- rows: the tables of the journal
SELECT f.n, f.file, f.head FROM ej.takeout_begin(:takeout_id) AS f;

-- name: takeout_lines :many line
-- The next lines of the n-th file; none at its end.
-- params: n int
-- rows: at most 2,000
SELECT l.line FROM ej.takeout_lines(:n) AS l(line);

-- name: takeout_taken :exec
-- params: takeout_id bigint, lines int, sha256 bytea
SELECT ej.takeout_taken(:takeout_id, :lines, :sha256);
