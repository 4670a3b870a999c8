-- clients.sql: the queries of clients.c: a few rows a school.

-- name: clients_head :one
-- params:
SELECT cardinality(ej.my_admin_schools()) > 0 AS is_mine, ej.my_today() AS from_on,
       (SELECT count(*) FROM ej.api_client AS c WHERE c.school_id = (ej.my_staff_schools())[1]) AS count;

-- name: clients_rows :many client
-- params:
-- rows: at most 100
SELECT c.id AS api_client_id, c.name, c.reads_roster, c.reads_demographics, c.reads_gradebook,
       nullif(c.addresses, '') AS addresses, lower(c.during) AS from_on, upper(c.during) - 1 AS till_on,
       nullif(NOT c.during @> (SELECT ej.my_today()), false) AS is_over,
       to_char(u.ends_at AT TIME ZONE s.tz, 'YYYY-MM-DD') AS secret_till_on,
       nullif(u.ends_at < now(), false) AS is_expired,
       to_char(u.last_used_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS last_used_at
  FROM (SELECT c.id, c.school_id, c.name, c.reads_roster, c.reads_demographics, c.reads_gradebook, c.addresses, c.during
          FROM ej.api_client AS c
         WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) OFFSET 0) AS c
  JOIN ej.school AS s ON s.id = c.school_id
  LEFT JOIN ej.client_uses() AS u ON u.api_client_id = c.id
 ORDER BY c.during @> (SELECT ej.my_today()) DESC, c.name, c.id LIMIT 100;

-- name: clients_show :one
-- params: api_client_id bigint
SELECT c.id AS api_client_id, c.name, c.client_key, c.reads_roster, c.reads_demographics, c.reads_gradebook,
       nullif(c.addresses, '') AS addresses, lower(c.during) AS from_on, upper(c.during) - 1 AS till_on,
       to_char(c.secret_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS secret_at
  FROM ej.api_client AS c JOIN ej.school AS s ON s.id = c.school_id
 WHERE c.id = :api_client_id AND c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]);

-- name: clients_save :outcomes
-- params: api_client_id bigint, fields jsonb
SELECT ej.save_rows('ej.api_client', :fields || jsonb_build_object('id', :api_client_id));

-- name: clients_secret :one
-- params: api_client_id bigint
SELECT c.id AS api_client_id, c.name, c.client_key, ej.client_secret(c.id) AS secret
  FROM ej.api_client AS c
 WHERE c.id = :api_client_id AND c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]);
