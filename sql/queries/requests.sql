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
SELECT r.id AS request_id, r.pupil_id, r.kind, r.name, c.name AS class_name, r.happens_on,
       nullif(r.note, '') AS note, r.state, nullif(r.answer, '') AS answer,
       coalesce(ej.short_name(f.surname, f.given_name, f.patronymic),
                ej.short_name(g.surname, g.given_name, g.patronymic)) AS staff_name,
       r.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
         OR r.kind = 'card_changed' AND r.class_id = ANY ((SELECT ej.my_classes())::bigint[]) AS is_mine,
       r.card_field, r.old_value, r.new_value, v.value AS card_value
  FROM ej.request AS r
  LEFT JOIN ej.staff AS f ON f.id = r.staff_id
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
  LEFT JOIN ej.class AS c ON c.id = r.class_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = r.pupil_id
  LEFT JOIN LATERAL ej.card_values(k, g) AS v ON v.card_field = r.card_field
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
                ej.short_name(g.surname, g.given_name, g.patronymic)) AS staff_name,
       r.card_field, r.old_value, r.new_value, v.value AS card_value
  FROM ej.request AS r
  LEFT JOIN ej.staff AS f ON f.id = r.staff_id
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
  LEFT JOIN ej.class AS c ON c.id = r.class_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = r.pupil_id
  LEFT JOIN LATERAL ej.card_values(k, g) AS v ON v.card_field = r.card_field
 WHERE r.id = :request_id
   AND (r.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
        OR r.kind = 'card_changed' AND r.class_id = ANY ((SELECT ej.my_classes())::bigint[]));

-- name: requests_report :one
-- A child of the reader, with what the reader, as a guardian, may propose to change.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, c.address, c.home_address, c.contacts,
       g.phone, g.email
  FROM ej.pupil AS p
  JOIN ej.guardianship AS w ON w.pupil_id = p.id AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])
   AND w.during @> ej.today(w.school_id)
  JOIN ej.guardian AS g ON g.id = w.guardian_id
  LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
 WHERE p.id = :pupil_id AND p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
 LIMIT 1;

-- name: requests_reported :many request
-- What the reader has reported about the child, the newest first.
-- params: pupil_id bigint
-- rows: at most 50
SELECT r.id AS request_id, r.kind, r.name, r.happens_on, nullif(r.note, '') AS note, r.state,
       nullif(r.answer, '') AS answer, r.card_field, r.old_value, r.new_value
  FROM ej.request AS r
 WHERE r.pupil_id = :pupil_id AND r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])
 ORDER BY r.id DESC LIMIT 50;

-- name: requests_send :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.request_report(:pupil_id, :fields);

-- name: requests_answer :outcomes
-- params: request_id bigint, fields jsonb
SELECT ej.request_answer(:request_id, :fields);

-- name: requests_save :outcomes
-- params: request_id bigint, fields jsonb
SELECT ej.save_rows('ej.request', :fields || jsonb_build_object('id', :request_id));
