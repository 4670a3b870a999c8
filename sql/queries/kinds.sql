-- kinds.sql: the queries of kinds.c, 60 rows a page.

-- name: kinds_head :one
-- With what a new kind has at first.
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine, 100 AS weight_pct, true AS is_active
  FROM ej.work_kind AS k
 WHERE k.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), k.name);

-- name: kinds_rows :many kind
-- The kinds in use in the order of the lesson's page, or by name, then the others.
-- list: sort order_no name
-- params: find text, sort text, page int, lines int
-- rows: at most 60
SELECT k.id AS kind_id, k.name, k.short_name, k.weight_pct, k.order_no, k.is_control, k.is_required, k.is_active
  FROM ej.work_kind AS k
 WHERE k.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), k.name)
 ORDER BY NOT k.is_active, CASE WHEN :sort = 'order_no' THEN k.order_no END, k.name
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: kinds_show :one
-- params: kind_id bigint
SELECT k.id AS kind_id, k.name, k.short_name, k.weight_pct, k.order_no, k.is_control, k.is_required, k.is_active
  FROM ej.work_kind AS k WHERE k.id = :kind_id AND k.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: kinds_save :outcomes
-- params: kind_id bigint, fields jsonb
SELECT ej.save_rows('ej.work_kind', :fields || jsonb_build_object('id', :kind_id));
