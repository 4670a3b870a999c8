-- login.sql: what login.c asks of the database. Log-in itself is core.sql.

-- name: login_code :many found
-- Whose activation code this is; asking counts as an attempt.
-- params: code_sha256 bytea, address inet
SELECT person_name, school_name, wait_s
  FROM ej.activation_find(:code_sha256, :address);

-- name: login_activate :exec
-- params: code_sha256 bytea, login text, password_hash text
SELECT ej.activation_use(:code_sha256, :login, :password_hash);
