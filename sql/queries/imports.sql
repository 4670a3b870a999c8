-- imports.sql: the queries of imports.c. A draft is shown in the school it was made in.

-- name: imports_show :one
-- params: kind_key text
WITH draft AS MATERIALIZED (
    SELECT d.draft, coalesce(d.draft -> 'preview', '[]') AS preview
      FROM (SELECT ej.draft_of(:kind_key) AS draft) AS d
), row AS (
    SELECT r.one ->> 'done' AS done FROM draft AS d, jsonb_array_elements(d.preview) AS r(one)
)
SELECT :kind_key AS kind, d.draft ->> 'file' AS file, d.draft ? 'saved' AS is_saved, ej.import_version(d.draft) AS version,
       (SELECT count(*) FROM row) AS rows,
       (SELECT count(*) FROM row WHERE row.done = 'added') AS added,
       (SELECT count(*) FROM row WHERE row.done = 'changed') AS changed,
       (SELECT count(*) FROM row WHERE row.done = 'same') AS same,
       (SELECT count(*) FROM row WHERE row.done = 'bad') AS bad
  FROM draft AS d WHERE EXISTS (SELECT FROM ej.import_fields(:kind_key));

-- name: imports_fields :many field
-- The fields of the list, each with the number of its column and the words of a choice.
-- params: kind_key text
-- rows: at most 100
SELECT f.field, f.headings[1] AS name,
       (SELECT string_agg(w.word, ', ' ORDER BY w.word) FROM jsonb_object_keys(f.words) AS w(word) WHERE w.word <> '') AS words,
       (ej.draft_of(:kind_key) -> 'columns' ->> f.field)::int AS n
  FROM ej.import_fields(:kind_key) AS f;

-- name: imports_heads :many head
-- The columns of the file.
-- params: kind_key text
-- rows: at most 100
SELECT h.n - 1 AS n, h.name
  FROM jsonb_array_elements_text(ej.draft_of(:kind_key) -> 'table' -> 0) WITH ORDINALITY AS h(name, n)
 WHERE h.n > 1 AND h.name <> '';

-- name: imports_rows :many row
-- What would be done, first what cannot be.
-- params: kind_key text
-- rows: at most 200
SELECT (r.one ->> 'line')::int AS line, r.one ->> 'name' AS name, r.one ->> 'done' AS done,
       CASE WHEN r.one ->> 'done' = 'bad' THEN r.one ->> 'field' END AS field,
       CASE WHEN r.one ->> 'done' = 'bad' THEN f.headings[1] END AS heading, r.one ->> 'code' AS code,
       CASE WHEN r.one ->> 'done' = 'bad' THEN r.one ->> 'value' END AS value
  FROM jsonb_array_elements(ej.draft_of(:kind_key) -> 'preview') AS r(one)
  LEFT JOIN ej.import_fields(:kind_key) AS f ON f.field = r.one ->> 'field'
 WHERE r.one ->> 'done' <> 'same'
 ORDER BY r.one ->> 'done' <> 'bad', (r.one ->> 'line')::int LIMIT 200;

-- name: imports_begin :exec
-- params: kind_key text, file_name text, rows jsonb
SELECT ej.import_begin(:kind_key, :file_name, :rows);

-- name: imports_match :exec
-- params: kind_key text, field text[], n int[]
SELECT ej.import_match(:kind_key, :field, :n);

-- name: imports_save :outcomes
-- params: kind_key text, version text, operation_id uuid, operation_sha256 bytea
SELECT o.n, o.outcome, o.field, o.code, o.value, o.who, o.at
  FROM ej.import_save(:kind_key, :version, :operation_id, :operation_sha256) AS o;
