-- acts.sql: the queries of acts.c, 60 rows a page.

-- name: acts_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.act AS a
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', a.title, a.number));

-- name: acts_rows :many act
-- The acts by title or, the newest first, by day.
-- list: sort title signed_on
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT a.id AS act_id, a.title, nullif(a.number, '') AS number, a.signed_on, a.is_public, f.name AS file, f.size
  FROM ej.act AS a
  JOIN ej.file AS f ON f.id = a.file_id
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', a.title, a.number))
 ORDER BY CASE WHEN :sort = 'signed_on' THEN a.signed_on END DESC NULLS LAST, a.title, a.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: acts_show :one
-- params: act_id bigint
SELECT a.id AS act_id, a.title, nullif(a.number, '') AS number, a.signed_on, a.is_public, a.file_id, f.name AS file
  FROM ej.act AS a JOIN ej.file AS f ON f.id = a.file_id
 WHERE a.id = :act_id AND a.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: acts_file :file
-- params: act_id bigint
SELECT f.name, p.data
  FROM ej.act AS a
  JOIN ej.file AS f ON f.id = a.file_id
  LEFT JOIN ej.file_piece AS p ON p.file_id = f.id
 WHERE a.id = :act_id ORDER BY p.n;

-- name: acts_save :outcomes
-- params: act_id bigint, fields jsonb, file_name text, data bytea
SELECT ej.save_rows('ej.act', :fields || jsonb_build_object('id', :act_id)
           || CASE WHEN :data IS NULL THEN '{}'
                   ELSE jsonb_build_object('file_id', ej.file_keep(:file_name, :data)) END);
