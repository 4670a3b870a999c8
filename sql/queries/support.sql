-- support.sql: the queries of support.c. Row policies show a request to the person who asks and to the
-- administrators of the school.

-- name: support_head :one
-- is_mine: the reader answers the requests of a school. place and error_number fill in the form, if they are a path of
-- the journal and the number of an error. schema: the number of the last migration.
-- params: find text, sort text, page int, place text, error_number text
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (x.count + 59) / 60) AS pages, x.count,
       cardinality((SELECT ej.my_admin_schools())) > 0 AS is_mine,
       ej.support_place(:place) AS place, ej.support_error_number(:error_number) AS error_number,
       ej.schema_number() AS schema
  FROM (SELECT count(*) AS count FROM ej.support AS s
         WHERE (s.person_id = ANY ((SELECT ej.my_persons())::bigint[])
                OR s.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]))
           AND ej.is_found((SELECT ej.find_patterns(:find)),
                           concat_ws(' ', s.id, ej.support_asker(s.id), s.place, s.error_number))) AS x;

-- name: support_schools :many school
-- The schools to whose administrators the reader may write.
-- params:
-- rows: at most 20
SELECT s.school_id, s.name, s.hours FROM ej.support_schools() AS s ORDER BY s.name, s.school_id LIMIT 20;

-- name: support_rows :many request
-- The requests that wait for the reader's answer first. name: who asks, for an administrator; unread:
-- answers that the person has not opened.
-- list: sort last
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
WITH s AS MATERIALIZED (
    SELECT s.id, s.school_id, s.person_id, s.state, s.place, s.error_number, s.incident_id, s.read_id, s.made_at,
           s.person_id = ANY ((SELECT ej.my_persons())::bigint[]) AS is_own, ej.support_asker(s.id) AS name
      FROM ej.support AS s
     WHERE :sort = 'last'
       AND (s.person_id = ANY ((SELECT ej.my_persons())::bigint[])
            OR s.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]))
)
SELECT s.id AS support_id, CASE WHEN NOT s.is_own THEN s.name END AS name, s.state, nullif(s.place, '') AS place,
       nullif(s.error_number, '') AS error_number, s.incident_id, s.is_own,
       to_char(s.made_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS at,
       (SELECT nullif(count(*), 0) FROM ej.support_message AS m
         WHERE m.support_id = s.id AND m.id > s.read_id AND m.is_answer AND s.is_own) AS unread,
       (SELECT left(m.text, 120) FROM ej.support_message AS m WHERE m.support_id = s.id ORDER BY m.id LIMIT 1) AS start
  FROM s JOIN ej.school AS o ON o.id = s.school_id
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', s.id, s.name, s.place, s.error_number))
 ORDER BY s.state = 'open' AND NOT s.is_own DESC, s.id DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: support_ask :outcomes
-- params: school_id bigint, text text, place text, error_number text
SELECT ej.support_ask(:school_id, :text, :place, :error_number);

-- name: support_opened :exec
-- params: support_id bigint
SELECT ej.support_open(:support_id);

-- name: support_show :one
-- params: support_id bigint
SELECT s.id AS support_id, s.state, nullif(s.place, '') AS place, nullif(s.error_number, '') AS error_number,
       s.incident_id, CASE WHEN NOT x.is_own THEN ej.support_asker(s.id) END AS name, x.is_own,
       o.short_name AS school_name, to_char(s.made_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS at
  FROM ej.support AS s
  JOIN ej.school AS o ON o.id = s.school_id
 CROSS JOIN LATERAL (SELECT s.person_id = ANY ((SELECT ej.my_persons())::bigint[]) AS is_own) AS x
 WHERE s.id = :support_id;

-- name: support_texts :many message
-- params: support_id bigint
-- rows: at most 300
SELECT n.name, m.person_id = ANY ((SELECT ej.my_persons())::bigint[]) AS is_own, m.is_answer,
       to_char(m.made_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, m.text AS prose
  FROM ej.support_message AS m
  JOIN ej.school AS o ON o.id = m.school_id
  LEFT JOIN ej.support_writers(:support_id) AS n ON n.person_id = m.person_id
 WHERE m.support_id = :support_id ORDER BY m.id LIMIT 300;

-- name: support_write :outcomes
-- params: support_id bigint, text text
SELECT ej.support_write(:support_id, :text);

-- name: support_close :outcomes
-- params: support_id bigint
SELECT ej.support_close(:support_id);
