-- factor.sql: the queries of factor.c.

-- name: factor_state :one
-- params:
SELECT confirmed_at, recoveries, is_fresh FROM ej.factor_state();

-- name: factor_begin :many new
-- Makes a secret and returns it, once.
-- params:
SELECT secret, uri FROM ej.factor_begin();

-- name: factor_try :many tried
-- Counts a code as a guess; the result is never shown.
-- params: session_digest bytea, factor_code text
SELECT ej.factor_try(:session_digest, :factor_code) AS wait_s;

-- name: factor_confirm :many recovery
-- params: session_digest bytea, factor_code text
SELECT recovery AS code FROM ej.factor_confirm(:session_digest, :factor_code);

-- name: factor_pass :exec
-- params: session_digest bytea, factor_code text
SELECT ej.factor_pass(:session_digest, :factor_code);

-- name: factor_remove :exec
-- params: session_digest bytea, factor_code text
SELECT ej.factor_remove(:session_digest, :factor_code);
