-- keys.sql: the queries of keys.c: the keys of one account.

-- name: keys_rows :many key
-- params:
-- rows: at most 30
SELECT app_key_id, name, made_at, ends_on, used_at, address, state FROM ej.key_list();

-- name: keys_make :many made
-- params: name text, days int, operation_id uuid
SELECT ej.key_make(:name, :days, :operation_id) AS key;

-- name: keys_revoke :exec
-- params: app_key_id bigint
SELECT ej.key_revoke(:app_key_id);
