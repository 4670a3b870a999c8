-- imports.sql: the queries of imports.c. A draft is shown in the school it was made in.

-- name: imports_kinds :many kind
-- The lists that the reader may fill from a file.
-- params:
-- rows: at most 20
SELECT k.name AS kind
  FROM unnest('{staff,subjects,rooms,classes,pupils,curricula,load,payments,norms}'::text[])
       WITH ORDINALITY AS k(name, n)
 WHERE ej.import_schools(k.name) <> '{}' ORDER BY k.n;

-- name: imports_head :one
-- params: kind_key text
SELECT :kind_key AS kind
 WHERE EXISTS (SELECT FROM ej.import_fields(:kind_key)) AND ej.import_schools(:kind_key) <> '{}';

-- name: imports_columns :many column
-- The columns of a list in a file.
-- params: kind_key text
-- rows: at most 40
SELECT f.headings[1] AS name, f.type, nullif(f.example, '') AS example
  FROM ej.import_fields(:kind_key) AS f WHERE f.example IS NOT NULL ORDER BY f.n;

-- name: imports_lines :many line
-- The list with these columns; of pupils and payments the first is the pupil's id.
-- params: kind_key text, lines int
-- rows: at most 60; in a file all
SELECT CASE WHEN :kind_key IN ('pupils', 'payments') THEN x.cells[1] END AS pupil_id,
       x.cells[1] AS c1, x.cells[2] AS c2, x.cells[3] AS c3, x.cells[4] AS c4, x.cells[5] AS c5, x.cells[6] AS c6,
       x.cells[7] AS c7, x.cells[8] AS c8, x.cells[9] AS c9, x.cells[10] AS c10, x.cells[11] AS c11, x.cells[12] AS c12,
       x.cells[13] AS c13, x.cells[14] AS c14, x.cells[15] AS c15, x.cells[16] AS c16, x.cells[17] AS c17,
           x.cells[18] AS c18,
       x.cells[19] AS c19, x.cells[20] AS c20, x.cells[21] AS c21, x.cells[22] AS c22, x.cells[23] AS c23,
           x.cells[24] AS c24
  FROM ej.import_export(:kind_key) AS x LIMIT :lines;

-- name: imports_show :one
-- amount: the sum of the payments that would be added, as the bank's register has it.
-- params: kind_key text
WITH draft AS MATERIALIZED (
    SELECT d.draft, coalesce(d.draft -> 'preview', '[]') AS preview
      FROM (SELECT ej.draft_of(:kind_key) AS draft) AS d
), row AS (
    SELECT r.one ->> 'done' AS done FROM draft AS d, jsonb_array_elements(d.preview) AS r(one)
)
SELECT :kind_key AS kind, d.draft ->> 'file' AS file, d.draft ? 'saved' AS is_saved,
       ej.import_version(d.draft) AS version,
       d.draft ? 'is_stale' AS is_stale, d.draft ->> 'todo' AS todo,
       d.draft #>> '{answers,order,order_no}' AS order_no, d.draft #>> '{answers,order,order_on}' AS order_on,
       d.draft #>> '{answers,order,reason}' AS reason,
       (SELECT sum((r.one #>> '{values,amount}')::numeric) FROM jsonb_array_elements(d.draft -> 'ready') AS r(one)
         WHERE :kind_key = 'payments' AND r.one ->> 'done' = 'added') AS amount,
       (SELECT m.name FROM ej.import_map AS m WHERE m.id = (d.draft ->> 'map_id')::bigint) AS map,
       (SELECT count(*) FROM row) AS rows,
       (SELECT count(*) FROM row WHERE row.done = 'added') AS added,
       (SELECT count(*) FROM row WHERE row.done = 'changed') AS changed,
       (SELECT count(*) FROM row WHERE row.done = 'same') AS same,
       (SELECT count(*) FROM row WHERE row.done = 'bad') AS bad
  FROM draft AS d WHERE EXISTS (SELECT FROM ej.import_fields(:kind_key)) AND ej.import_schools(:kind_key) <> '{}';

-- name: imports_job :many job
-- The job that works on the reader's file, or that ended without having done it.
-- params: kind_key text
-- rows: at most 1
SELECT j.id AS job_id, j.code, j.number, coalesce(ej.job_percent(j.id), 0) AS percent,
       coalesce(j.outcome, CASE WHEN j.started_at IS NULL THEN 'waits' ELSE 'runs' END) AS state
  FROM ej.import_job(:kind_key) AS j
 WHERE ej.draft_of(:kind_key) ? 'todo';

-- name: imports_fields :many field
-- The fields of the list, each with the number of its column and the words of a choice.
-- params: kind_key text
-- rows: at most 100
WITH d AS MATERIALIZED (SELECT ej.draft_of(:kind_key) -> 'columns' AS columns)
SELECT f.field, f.headings[1] AS name,
       (SELECT string_agg(w.word, ', ' ORDER BY w.word) FROM jsonb_object_keys(f.words) AS w(word)
         WHERE w.word <> '') AS words,
       (d.columns ->> f.field)::int AS n
  FROM ej.import_fields(:kind_key) AS f, d
 ORDER BY f.n;

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

-- name: imports_questions :many question
-- The people who may be meant where a file has a name that several have.
-- params: kind_key text
-- rows: at most 400
SELECT r.one ->> 'line' AS line, r.one ->> 'field' AS field, r.one ->> 'name' AS name, c.one ->> 'id' AS id,
       c.one ->> 'name' AS person,
       c.n = 1 AS is_first
  FROM jsonb_array_elements(ej.draft_of(:kind_key) -> 'preview') WITH ORDINALITY AS r(one, n)
 CROSS JOIN jsonb_array_elements(r.one -> 'choices') WITH ORDINALITY AS c(one, n)
 ORDER BY r.n, c.n LIMIT 400;

-- name: imports_maps :many map
-- The maps of headings that apply to this list.
-- params: kind_key text
-- rows: at most 100
SELECT m.id AS import_map_id, m.name,
       (SELECT string_agg('«' || p.heading || '» — ' || f.headings[1], ', ' ORDER BY f.n)
          FROM unnest(m.fields, m.headings) AS p(field, heading)
          JOIN ej.import_fields(:kind_key) AS f ON f.field = p.field) AS columns
  FROM ej.import_map AS m
 WHERE m.school_id = ANY (ej.import_schools(:kind_key)) AND m.kind = :kind_key AND m.ended_on IS NULL
 ORDER BY m.name, m.id LIMIT 100;

-- name: imports_map_save :exec
-- params: kind_key text, map_name text
SELECT ej.import_map_save(:kind_key, :map_name);

-- name: imports_map_rename :exec
-- params: kind_key text, import_map_id bigint, old_name text, name text
SELECT ej.import_map_rename(:kind_key, :import_map_id, :old_name, :name);

-- name: imports_map_end :exec
-- params: kind_key text, import_map_id bigint
SELECT ej.import_map_end(:kind_key, :import_map_id);

-- name: imports_begin :exec
-- params: kind_key text, file_name text, rows jsonb
SELECT ej.import_begin(:kind_key, :file_name, :rows);

-- name: imports_roster :exec
-- params: kind_key text, file_name text, rows jsonb
SELECT ej.import_roster(:kind_key, :file_name, :rows);

-- name: imports_match :exec
-- params: kind_key text, field text[], n int[]
SELECT ej.import_match(:kind_key, :field, :n);

-- name: imports_answer :exec
-- params: kind_key text, question text[], person_id bigint[]
SELECT ej.import_answer(:kind_key, :question, :person_id);

-- name: imports_enrol_by :exec
-- params: kind_key text, order_no text, order_on date, reason text
SELECT ej.import_enrol_by(:kind_key, :order_no, :order_on, :reason);

-- name: imports_again :exec
-- params: kind_key text
SELECT ej.import_again(:kind_key);

-- name: imports_cancel :exec
-- params: kind_key text
SELECT ej.import_cancel(:kind_key);

-- name: imports_save :outcomes
-- params: kind_key text, version text
SELECT ej.import_save(:kind_key, :version);
