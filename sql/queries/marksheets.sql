-- marksheets.sql: the queries of marksheets.c. The draft is the reader's own, for one journal (objects/marksheets.sql).

-- name: marksheets_show :one
-- No row unless the reader teaches the journal. saved: the cells that were written. free: those that differ and may be
-- replaced.
-- params: journal_id bigint
WITH draft AS MATERIALIZED (
    SELECT ej.marksheet_draft(:journal_id) AS draft
), cell AS MATERIALIZED (
    SELECT c.one ->> 'done' AS done, c.one ? 'code' AS is_locked
      FROM draft AS d, jsonb_array_elements(d.draft -> 'cells') AS c(one)
)
SELECT j.id AS journal_id, g.name AS class_name, s.name AS subject_name, e.name AS term_name,
       j.starts_on, j.ends_on - 1 AS ends_on, j.is_closed,
       d.draft ->> 'file' AS file, d.draft ->> 'saved' AS saved, ej.marksheet_version(d.draft) AS version,
       (SELECT count(*) FROM cell AS c WHERE c.done = 'added') AS added,
       (SELECT count(*) FROM cell AS c WHERE c.done = 'same') AS same,
       (SELECT count(*) FROM cell AS c WHERE c.done = 'differs') AS differs,
       (SELECT count(*) FROM cell AS c WHERE c.done = 'differs' AND NOT c.is_locked) AS free,
       (SELECT count(*) FROM cell AS c WHERE c.done = 'bad') AS bad
  FROM ej.journal_scope(:journal_id) AS j
  JOIN ej.study_group AS g ON g.id = j.study_group_id
  JOIN ej.subject AS s ON s.id = j.subject_id
  JOIN ej.term AS e ON e.id = j.term_id
 CROSS JOIN draft AS d
 WHERE j.is_mine AND j.is_taught;

-- name: marksheets_cells :many cell
-- What is not taken, and where the journal has something else.
-- params: journal_id bigint
-- rows: at most 300
SELECT c.one ->> 'line' AS line, c.one ->> 'name' AS name, c.one ->> 'head' AS head, (c.one ->> 'day')::date AS held_on,
       c.one ->> 'text' AS typed, c.one ->> 'stored' AS stored, c.one ->> 'done' AS done, c.one ->> 'code' AS code,
       c.one ->> 'field' AS field
  FROM jsonb_array_elements(ej.marksheet_draft(:journal_id) -> 'cells') WITH ORDINALITY AS c(one, n)
 WHERE c.one ->> 'done' IN ('bad', 'differs')
 ORDER BY c.n LIMIT 300;

-- name: marksheets_days :many day
-- What each column of the file would add.
-- params: journal_id bigint
-- rows: at most 100
SELECT c.one ->> 'head' AS head, (c.one ->> 'day')::date AS held_on,
       count(*) FILTER (WHERE c.one ->> 'done' = 'added') AS added,
       count(*) FILTER (WHERE c.one ->> 'done' = 'same') AS same,
       count(*) FILTER (WHERE c.one ->> 'done' = 'differs') AS differs,
       count(*) FILTER (WHERE c.one ->> 'done' = 'bad') AS bad
  FROM jsonb_array_elements(ej.marksheet_draft(:journal_id) -> 'cells') WITH ORDINALITY AS c(one, n)
 WHERE c.one ? 'part'
 GROUP BY c.one -> 'at', 1, 2 ORDER BY 2, min(c.n) LIMIT 100;

-- name: marksheets_files :many file
-- The files that were carried into this journal, the last first.
-- params: journal_id bigint
-- rows: at most 50
SELECT f.file AS name, f.cells, to_char(f.made_at AT TIME ZONE j.tz, 'YYYY-MM-DD"T"HH24:MI') AS at
  FROM ej.marksheet AS f
 CROSS JOIN ej.journal_scope(:journal_id) AS j
 WHERE f.journal_id = :journal_id
 ORDER BY f.made_at DESC, f.id DESC LIMIT 50;

-- name: marksheets_begin :exec
-- params: journal_id bigint, file_name text, rows jsonb
SELECT ej.marksheet_begin(:journal_id, :file_name, :rows);

-- name: marksheets_save :outcomes
-- params: journal_id bigint, version text, is_replaced boolean
SELECT ej.marksheet_save(:journal_id, :version, :is_replaced);
