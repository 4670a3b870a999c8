-- receivers.sql: the queries of receivers.c: a few rows a school.

-- name: receivers_head :one
-- params:
SELECT cardinality(ej.my_admin_schools()) > 0 AS is_mine,
       (SELECT count(*) FROM ej.receiver AS a WHERE a.school_id = (ej.my_staff_schools())[1]) AS count;

-- name: receivers_rows :many receiver
-- params:
-- rows: at most 100
SELECT a.id AS receiver_id, a.name, a.kind, a.transport, a.address, a.schedule, a.is_closed
  FROM ej.receiver AS a
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY a.is_closed, a.name, a.id LIMIT 100;

-- name: receivers_show :one
-- params: receiver_id bigint
SELECT a.id AS receiver_id, a.name, a.kind, a.transport, a.address, a.schedule, a.is_closed
  FROM ej.receiver AS a
 WHERE a.id = :receiver_id AND a.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]);

-- name: receivers_save :outcomes
-- params: receiver_id bigint, fields jsonb
SELECT ej.save_rows('ej.receiver', :fields || jsonb_build_object('id', :receiver_id));
