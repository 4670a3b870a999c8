-- account.sql: what account.c asks of the database.

-- name: account_head :one
-- params: is_saved boolean
SELECT ej.my_login() AS login, :is_saved AS is_saved;

-- name: account_password :one
-- The hash to compare the old password with, the log-in to compare the new one
-- with; neither enters the document.
-- params:
SELECT password, wait_s, ej.my_login() AS login FROM ej.password_own();

-- name: account_save :exec
-- params: password_hash text
SELECT ej.password_change(:password_hash);
