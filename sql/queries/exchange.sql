-- exchange.sql: the queries of exchange.c.

-- name: exchange_head :one
-- params:
SELECT cardinality(ej.my_admin_schools()) > 0 AS is_mine,
       (SELECT count(*) FROM ej.exchange AS e WHERE e.school_id = (ej.my_staff_schools())[1]) AS count;

-- name: exchange_receivers :many choice
-- The receivers that still get documents.
-- params:
-- rows: at most 100
SELECT 'receiver_id' AS "for", a.id AS value, a.name
  FROM ej.receiver AS a
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND NOT a.is_closed
 ORDER BY a.name, a.id LIMIT 100;

-- name: exchange_rows :many sent
-- The last documents.
-- params:
-- rows: at most 100
SELECT e.id AS exchange_id, a.name, e.kind, e.state, e.code, nullif(e.answer, '') AS answer,
       nullif(e.attempts, 0) AS attempts,
       to_char(e.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at,
       to_char(e.tried_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS tried_at,
       CASE WHEN e.state = 'failed' THEN to_char(e.next_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') END AS next_at,
       left(encode(e.sha256, 'hex'), 16) AS digest
  FROM ej.school AS s
 CROSS JOIN LATERAL (
       SELECT x.id, x.receiver_id, x.kind, x.state, x.code, x.answer, x.attempts, x.made_at, x.tried_at, x.next_at,
              x.sha256
         FROM ej.exchange AS x WHERE x.school_id = s.id ORDER BY x.id DESC LIMIT 100) AS e
 CROSS JOIN LATERAL (SELECT x.name FROM ej.receiver AS x WHERE x.id = e.receiver_id OFFSET 0) AS a
 WHERE s.id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY e.id + 0 DESC LIMIT 100;

-- name: exchange_order :exec
-- params: receiver_id bigint, operation_id uuid
SELECT ej.exchange_order(:receiver_id, :operation_id);

-- name: exchange_retry :exec
-- params: exchange_id bigint
SELECT ej.exchange_retry(:exchange_id);

-- name: exchange_file :file
-- params: exchange_id bigint
SELECT format('%s-%s.xml', e.kind, e.id) AS name, e.document AS data
  FROM ej.exchange AS e WHERE e.id = :exchange_id AND e.document IS NOT NULL;

-- name: exchange_opened :exec
-- params: exchange_id bigint
SELECT ej.exchange_opened(:exchange_id);
