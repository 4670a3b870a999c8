-- requests.sql: the queries of requests.c, 60 rows a page. Row policies show a request to who
-- asked and to the heads, and what a guardian reports to the class teacher.

-- name: requests_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count,
       cardinality(ej.my_hr_schools() || ej.my_classes()) > 0 AS is_asker,
           cardinality(ej.my_admin_schools()) > 0 AS is_mine
  FROM ej.request AS r
 WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), r.name);

-- name: requests_rows :many request
-- The new requests first, then the newest.
-- list: sort state
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
SELECT r.id AS request_id, r.kind, r.name, c.name AS class_name, r.happens_on, nullif(r.note, '') AS note, r.state,
       nullif(r.answer, '') AS answer,
       coalesce(ej.short_name(f.surname, f.given_name, f.patronymic),
                ej.short_name(g.surname, g.given_name, g.patronymic)) AS staff_name,
       r.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
         OR r.kind = 'card_changed' AND r.class_id = ANY ((SELECT ej.my_classes())::bigint[]) AS is_mine
  FROM ej.request AS r
  LEFT JOIN ej.staff AS f ON f.id = r.staff_id
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
  LEFT JOIN ej.class AS c ON c.id = r.class_id
 WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), r.name)
 ORDER BY r.state <> 'new', r.id DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: requests_choices :many choice
-- The own classes of a class teacher.
-- params:
SELECT 'class_id' AS "for", c.id AS value, c.name FROM ej.class AS c
 WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[]) ORDER BY c.grade, c.letter;

-- name: requests_show :one
-- A request that the reader may answer.
-- params: request_id bigint
SELECT r.id AS request_id, r.kind, r.name, r.pupil_id, c.name AS class_name, r.happens_on,
       nullif(r.note, '') AS note, r.state, nullif(r.answer, '') AS answer,
       coalesce(ej.short_name(f.surname, f.given_name, f.patronymic),
                ej.short_name(g.surname, g.given_name, g.patronymic)) AS staff_name
  FROM ej.request AS r
  LEFT JOIN ej.staff AS f ON f.id = r.staff_id
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
  LEFT JOIN ej.class AS c ON c.id = r.class_id
 WHERE r.id = :request_id
   AND (r.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
        OR r.kind = 'card_changed' AND r.class_id = ANY ((SELECT ej.my_classes())::bigint[]));

-- name: requests_report :one
-- A child of the reader.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name) AS name
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id AND p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
   AND EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = p.id
               AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])
                  AND w.during @> ej.today(w.school_id));

-- name: requests_reported :many request
-- What the reader has reported about the child, the newest first.
-- params: pupil_id bigint
-- rows: at most 50
SELECT r.id AS request_id, r.kind, r.name, r.happens_on, r.note, r.state, nullif(r.answer, '') AS answer
  FROM ej.request AS r
 WHERE r.pupil_id = :pupil_id AND r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])
 ORDER BY r.id DESC LIMIT 50;

-- name: requests_send :outcomes
-- params: pupil_id bigint, note text
SELECT ej.request_report(:pupil_id, :note);

-- name: requests_save :outcomes
-- params: request_id bigint, fields jsonb
SELECT ej.save_rows('ej.request', :fields || jsonb_build_object('id', :request_id));
