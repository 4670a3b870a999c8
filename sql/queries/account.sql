-- account.sql: the queries of account.c.

-- name: account_head :one
-- params: is_saved boolean
SELECT ej.my_login() AS login, :is_saved AS is_saved;

-- name: account_login :one
-- The own log-in, which the new password must not be like; it stays out of the document.
-- params:
SELECT ej.my_login() AS login;

-- name: account_save :exec
-- session_digest: the digest of the session's new token.
-- params: old_hash text, password_hash text, session_digest bytea
SELECT ej.password_change(:old_hash, :password_hash, :session_digest);

-- name: account_sessions :many session
-- params:
-- rows: those of one account
SELECT is_this, way, is_shared, agent, address, created_at, seen_at FROM ej.my_sessions();

-- name: account_entrances :many entrance
-- params:
-- rows: at most 30
SELECT way, agent, address, made_at FROM ej.my_entrances();

-- name: account_end :exec
-- params:
SELECT ej.my_sessions_end();

-- name: account_report :exec
-- scan: the cached lists of sessions, of which there are few; those of one person end
-- params: learned_on date, learned_time time
SELECT ej.incident_report(:learned_on, :learned_time);
