-- lists.sql: the queries of lists.c. The functions of sql/objects/lists.sql check who reads.

-- name: lists_head :one
-- seen: a digest of what taking over would do; adds, binds, clashes: how many rows.
-- params:
SELECT h.region_name, h.model_name, h.is_model, h.is_mine, ej.lists_seen() AS seen, c.adds, c.binds, c.clashes, c.taken
  FROM ej.lists_head() AS h
 CROSS JOIN (SELECT count(*) FILTER (WHERE r.state IN ('new', 'more')) AS adds,
                    count(*) FILTER (WHERE r.state = 'same') AS binds,
                    count(*) FILTER (WHERE r.state = 'clash') AS clashes,
                    count(*) FILTER (WHERE r.state = 'taken') AS taken
               FROM ej.lists_rows() AS r) AS c;

-- name: lists_rows :many row
-- params:
-- rows: those of four lists of a school
SELECT r.list, r.name, r.state, lower(r.days) AS from_on, upper(r.days) - 1 AS till_on
  FROM ej.lists_rows() AS r
 ORDER BY array_position('{subject,work_kind,scale,holiday}'::text[], r.list), r.days, r.name;

-- name: lists_take :exec
-- params: seen text
SELECT ej.lists_take(:seen);
