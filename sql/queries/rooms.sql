-- rooms.sql: the queries of rooms.c, 60 rows a page.

-- name: rooms_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.room AS r
 WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), r.name);

-- name: rooms_rows :many room
-- The rooms in use by name («9» before «12»), kind (in the order of the Russian words) or
-- capacity, then the closed ones.
-- list: sort name kind capacity
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT r.id AS room_id, r.name, r.kind, r.capacity, r.is_shared, r.ended_on, nullif(r.reason, '') AS reason
  FROM ej.room AS r
 WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), r.name)
 ORDER BY r.ended_on IS NOT NULL,
       CASE WHEN :sort = 'kind'
            THEN array_position('{hall,library,other,computer,lab,workshop,gym,class}'::text[], r.kind::text) END,
          CASE WHEN :sort = 'capacity' THEN r.capacity END,
          substring(r.name FROM '^\d+')::numeric, r.name
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: rooms_show :one
-- params: room_id bigint
SELECT r.id AS room_id, r.name, r.kind, r.capacity, r.is_shared, r.ended_on, nullif(r.reason, '') AS reason
  FROM ej.room AS r WHERE r.id = :room_id AND r.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: rooms_save :outcomes
-- params: room_id bigint, fields jsonb
SELECT ej.save_rows('ej.room', :fields || jsonb_build_object('id', :room_id));
