-- access.sql: the queries of access.c.

-- name: access_head :one
-- params: role text
SELECT :role AS role;

-- name: access_rows :many rows
-- What this role may do with the rows of each table: the scope of each verb.
-- params: role text
-- rows: at most 100
SELECT x.rel AS name, max(x.scope) FILTER (WHERE x.verb = 'SELECT') AS reads,
       max(x.scope) FILTER (WHERE x.verb = 'INSERT') AS adds, max(x.scope) FILTER (WHERE x.verb = 'UPDATE') AS changes,
       max(x.scope) FILTER (WHERE x.verb = 'DELETE') AS removes
  FROM ej.access_rows() AS x
 WHERE x.role = :role
 GROUP BY x.rel
 ORDER BY x.rel;
