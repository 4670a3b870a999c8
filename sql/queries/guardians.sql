-- guardians.sql: the queries of guardians.c.

-- name: guardians_new :one
-- The pupil to whom a guardian is added.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS pupil, ej.today(p.school_id) AS from_on,
       true AS is_informed, true AS is_called, true AS is_collector
  FROM ej.pupil AS p WHERE p.id = :pupil_id AND p.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]);

-- name: guardians_known :many known
-- The guardians of the school with the typed name, of whom one may be meant.
-- params: surname text, given_name text, patronymic text
SELECT g.id AS guardian_id, concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')) AS name,
       nullif(g.phone, '') AS phone,
       (SELECT string_agg(concat_ws(' ', p.surname, p.given_name), ', ' ORDER BY p.surname, p.given_name, p.id)
          FROM ej.guardianship AS w JOIN ej.pupil AS p ON p.id = w.pupil_id WHERE w.guardian_id = g.id) AS children
  FROM ej.guardian_alike(:surname, :given_name, :patronymic) AS g
 ORDER BY g.id;

-- name: guardians_persons :many known
-- The staff and pupils of the school with the typed name, of whom one may be meant.
-- params: surname text, given_name text, patronymic text
SELECT k.person_id, k.kind, k.name, k.note, k.birth_on
  FROM ej.person_alike('guardian', :surname, :given_name, :patronymic) AS k;

-- name: guardians_show :one
-- params: guardianship_id bigint
SELECT w.id AS guardianship_id, w.guardian_id, w.pupil_id, ej.pupil_name(p.id) AS pupil,
       g.surname, g.given_name, nullif(g.patronymic, '') AS patronymic, w.kind, w.status, nullif(w.paper, '') AS paper,
       nullif(g.phone, '') AS phone, nullif(g.email, '') AS email, nullif(g.address, '') AS address,
           nullif(g.work, '') AS work,
       w.is_informed, w.is_called, w.is_collector, lower(w.during) AS from_on, upper(w.during) - 1 AS till_on,
       nullif(w.reason, '') AS reason
  FROM ej.guardianship AS w
  JOIN ej.guardian AS g ON g.id = w.guardian_id
  JOIN ej.pupil AS p ON p.id = w.pupil_id
 WHERE w.id = :guardianship_id
   AND (w.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
        OR w.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[]));

-- name: guardians_pair :one
-- The rows of which a guardian's form is made.
-- params: guardianship_id bigint
SELECT w.guardian_id, w.pupil_id FROM ej.guardianship AS w WHERE w.id = :guardianship_id;

-- name: guardians_add :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.guardian_add(:pupil_id, :fields);

-- name: guardians_save :outcomes
-- params: guardianship_id bigint, guardian_id bigint, fields jsonb
SELECT ej.save_parts('{ej.guardian,ej.guardianship}', ARRAY[:guardian_id, :guardianship_id], :fields);
