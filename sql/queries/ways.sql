-- ways.sql: the queries of ways.c.

-- name: ways_rows :many way
-- params:
-- rows: as many as the school's people log in by another module
SELECT way, subject, login, person_name FROM ej.way_rows();

-- name: ways_add :exec
-- params: way text, subject text, login text
SELECT ej.way_add(:way, :subject, :login);

-- name: ways_remove :exec
-- params: way text, subject text, login text
SELECT ej.way_remove(:way, :subject, :login);
