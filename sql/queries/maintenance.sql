-- maintenance.sql: the queries of maintenance.c: a few rows a year.

-- name: maintenance_head :one
-- With what a new form is filled: the hours that AVL-02 leaves for it, of the coming night.
-- params:
SELECT cardinality(ej.my_setup_schools()) > 0 AS is_mine, ej.my_today() + 1 AS held_on, '02:00' AS starts,
       '06:00' AS ends, (SELECT count(*) FROM ej.maintenance AS m
                             WHERE m.school_id = (ej.my_staff_schools())[1]) AS count;

-- name: maintenance_rows :many maintenance
-- The last hundred, the newest first.
-- params:
-- rows: at most 100
SELECT m.id AS maintenance_id, m.held_on, to_char(m.starts, 'HH24:MI') AS starts, to_char(m.ends, 'HH24:MI') AS ends,
       nullif(m.words, '') AS words
  FROM ej.maintenance AS m
 WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY m.held_on DESC, m.starts DESC, m.id LIMIT 100;

-- name: maintenance_show :one
-- params: maintenance_id bigint
SELECT m.id AS maintenance_id, m.held_on, to_char(m.starts, 'HH24:MI') AS starts, to_char(m.ends, 'HH24:MI') AS ends,
       nullif(m.words, '') AS words
  FROM ej.maintenance AS m
 WHERE m.id = :maintenance_id AND m.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: maintenance_save :outcomes
-- params: maintenance_id bigint, fields jsonb
SELECT ej.save_rows('ej.maintenance', :fields || jsonb_build_object('id', :maintenance_id));
