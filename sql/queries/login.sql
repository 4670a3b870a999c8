-- login.sql: the queries of login.c. Those of the log-in itself are in core.sql.

-- name: login_code :many found
-- The person of these activation codes; each call counts as a guess.
-- params: codes bytea[], address inet, operation_id uuid
SELECT person_name, school_name, is_partial, wait_s
  FROM ej.activation_find(:codes, :address, :operation_id);

-- name: login_activate :exec
-- params: codes bytea[], login text, password_hash text, operation_id uuid
SELECT ej.activation_use(:codes, :login, :password_hash, :operation_id);
