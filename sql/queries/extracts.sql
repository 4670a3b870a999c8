-- extracts.sql: the queries of extracts.c. Row policies show the copies of the school to its heads, those
-- of a class to its class teacher, those about a pupil to the family, and the own ones.

-- name: extracts_head :one
-- scan: the register of a school is searched by name and counted
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count
  FROM ej.extract AS x
 WHERE x.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', x.number, x.about, x.purpose));

-- name: extracts_rows :many extract
-- The newest first.
-- scan: the register of a school is searched by name and sorted
-- list: sort number name
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT x.id AS extract_id, x.pupil_id, x.number, x.year, x.kind, x.about, x.made_on, x.purpose,
       x.signer_name, ej.extract_state(x.id, x.void_at) AS state
  FROM ej.extract AS x
 WHERE x.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', x.number, x.about, x.purpose))
 ORDER BY CASE WHEN :sort = 'name' THEN x.about END, x.year DESC, x.number DESC, x.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: extracts_show :one
-- is_mine: the reader may make it void.
-- params: extract_id bigint
SELECT x.id AS extract_id, x.number, x.year, x.kind, x.about, x.purpose, nullif(x.original, '') AS original,
       x.signer_role, x.signer_name, x.made_on,
       encode(x.document_sha256, 'hex') AS sha256, x.address AS journal, x.code_key,
       ej.extract_state(x.id, x.void_at) AS state, x.void_on,
       nullif(x.void_reason, '') AS void_reason, ej.short_name(v.surname, v.given_name, v.patronymic) AS void_name,
       o.id AS old_id, o.number AS old_number, n.id AS new_id, n.number AS new_number, x.pupil_id, x.term_id,
       x.void_at IS NULL AND x.school_id = ANY (ej.my_staff_schools())
           AND ej.extract_role(x.pupil_id, x.class_id, x.staff_id = ANY (ej.my_staff())) IS NOT NULL AS is_mine
  FROM ej.extract AS x
  LEFT JOIN ej.staff AS v ON v.id = x.void_staff_id
  LEFT JOIN ej.extract AS o ON o.id = x.replaces_id
  LEFT JOIN ej.extract AS n ON n.replaces_id = x.id AND n.void_at IS NULL
 WHERE x.id = :extract_id;

-- name: extracts_views :many view
-- Who outside has read the copy, by time and address; the heads alone see it.
-- params: extract_id bigint
-- rows: at most 100, the last ones
SELECT to_char(v.viewed_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, host(v.address) AS address
  FROM ej.extract_view AS v
  JOIN ej.school AS s ON s.id = v.school_id
 WHERE v.extract_id = :extract_id
 ORDER BY v.viewed_at DESC, v.id DESC LIMIT 100;

-- name: extracts_copy :many copy
-- The copy with its document, as it is printed.
-- params: extract_id bigint
SELECT x.number, x.year, x.kind, x.state, x.by_number, x.made_on, x.void_on, x.signer_role, x.signer_name, x.original,
       x.journal, x.code_key, x.sha256, x.document
  FROM ej.extract_copy(:extract_id) AS x;

-- name: extracts_void :outcomes
-- params: extract_id bigint, reason text
SELECT ej.extract_void(:extract_id, :reason);
