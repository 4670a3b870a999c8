-- login.sql: what login.c asks of the database. Log-in itself is core.sql.

-- name: login_code :many found
-- Whose activation codes these are; asking counts as an attempt.
-- params: codes bytea[], address inet, operation_id uuid
SELECT person_name, school_name, is_partial, wait_s
  FROM ej.activation_find(:codes, :address, :operation_id);

-- name: login_activate :exec
-- params: codes bytea[], login text, password_hash text, operation_id uuid
SELECT ej.activation_use(:codes, :login, :password_hash, :operation_id);
