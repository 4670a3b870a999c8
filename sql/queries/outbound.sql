-- outbound.sql: the queries of outbound.c. Who sees which letter: sql/objects/outbound_hooks.sql.

-- name: outbound_head :one
-- can_set: the reader makes the address for the mail server's reports.
-- params: find text, state text
SELECT coalesce(:find, '') AS find, :state AS state, cardinality(ej.my_admin_schools()) > 0 AS can_set;

-- name: outbound_spent :many spent
-- For administrators and heads the short messages of this month, with the number that the school allows.
-- params:
-- rows: at most 1
SELECT s.n AS count, nullif(s.most, 0) AS most FROM ej.outbound_spent() AS s;

-- name: outbound_rows :many letter
-- params: find text, state text
-- rows: at most 200
SELECT l.outbound_id, l.who, l.channel, l.state, nullif(l.code, '') AS code, nullif(l.attempt, 0) AS attempt, l.kinds,
       to_char(l.at, 'YYYY-MM-DD"T"HH24:MI') AS at,
       CASE WHEN l.state = 'deferred' THEN to_char(l.next_at, 'YYYY-MM-DD"T"HH24:MI') END AS next_at, l.is_mine,
       l.can_retry
  FROM ej.outbound_list(coalesce(:find, ''), :state, 200) AS l;

-- name: outbound_pauses :many pause
-- scan: a table of two rows
-- params:
-- rows: at most 2
SELECT p.channel, p.code, to_char(p.since_at, 'YYYY-MM-DD"T"HH24:MI') AS since_at,
       to_char(p.until, 'YYYY-MM-DD"T"HH24:MI') AS until
  FROM ej.outbound_pauses() AS p;

-- name: outbound_retry :exec
-- params: outbound_id bigint
SELECT ej.outbound_retry(:outbound_id);

-- name: outbound_hook :many made
-- params:
-- rows: at most 1
SELECT ej.outbound_hook_make() AS key;

-- name: outbound_report :one
-- params: sms_key text, status int
SELECT true AS is_taken WHERE ej.outbound_report(:sms_key, :status);

-- name: outbound_bounce :one
-- params: bounce_key text, message bytea
SELECT true AS is_taken WHERE ej.outbound_bounce(:bounce_key, :message);

-- name: outbound_ask :one
-- params: unsubscribe_key text
SELECT u.school_name, u.channel, u.is_ended FROM ej.unsubscribe_find(:unsubscribe_key) AS u;

-- name: outbound_end :one
-- params: unsubscribe_key text
SELECT u.school_name, u.channel, u.is_ended FROM ej.unsubscribe_end(:unsubscribe_key) AS u;
