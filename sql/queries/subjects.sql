-- subjects.sql: the queries of subjects.c, 60 rows a page.

-- name: subjects_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.subject AS s
 WHERE s.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), s.name);

-- name: subjects_rows :many subject
-- The subjects in the order of the class journal, or by name.
-- list: sort order_no name
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT s.id AS subject_id, s.name, s.short_name, s.is_pe, s.order_no
  FROM ej.subject AS s
 WHERE s.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), s.name)
 ORDER BY CASE WHEN :sort = 'order_no' THEN s.order_no END, s.name
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: subjects_show :one
-- params: subject_id bigint
SELECT s.id AS subject_id, s.name, s.short_name, s.is_pe, s.order_no
  FROM ej.subject AS s WHERE s.id = :subject_id AND s.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: subjects_save :outcomes
-- params: subject_id bigint, fields jsonb
SELECT ej.save_rows('ej.subject', :fields || jsonb_build_object('id', :subject_id));
