-- pupil.sql: the queries of pupil.c. Row policies decide who reads which part of a card;
-- a pupil whose card the reader may not open is not found, also when the name may be read.

-- name: pupil_opened :exec
-- Writes the log of access; see sql/objects/views.sql.
-- params: pupil_id bigint
SELECT ej.card_opened(:pupil_id);

-- name: pupil_show :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, p.surname, p.given_name, nullif(p.patronymic, '') AS patronymic,
       (SELECT k.name FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
         WHERE n.pupil_id = p.id AND n.during @> ej.today(p.school_id)) AS class_name,
       nullif(c.file_no, '') AS file_no, c.birth_on, nullif(c.sex, '') AS sex, nullif(c.birth_place, '') AS birth_place,
       nullif(c.citizenship, '') AS citizenship, nullif(c.document_kind, '') AS document_kind,
       nullif(c.document_number, '') AS document_number, nullif(c.document_by, '') AS document_by, c.document_on,
       nullif(c.snils, '') AS snils, nullif(c.gto_uin, '') AS gto_uin, nullif(c.insurance_number, '')
           AS insurance_number,
           nullif(c.address, '') AS address,
       nullif(c.home_address, '') AS home_address, nullif(c.contacts, '') AS contacts, c.study_form,
       nullif(c.languages, '') AS languages, c.is_day_group, c.is_repeater, c.file_id,
       nullif(h.health_group, '') AS health_group, nullif(h.sport_group, '') AS sport_group,
           nullif(h.advice, '') AS advice,
       p.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
           OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_mine,
       p.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AS is_admin,
       p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
           OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_staff,
       p.id IN (SELECT ej.paper_pupils(ARRAY[p.id])) AS is_paper
  FROM ej.pupil AS p
  LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
  LEFT JOIN ej.pupil_health AS h ON h.pupil_id = p.id
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_pupils())::bigint[]) OR p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]));

-- name: pupil_form :one
-- The same for the form, of pupils whose card the reader may change.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, p.surname, p.given_name, nullif(p.patronymic, '') AS patronymic,
       nullif(c.file_no, '') AS file_no, c.birth_on, nullif(c.sex, '') AS sex, nullif(c.birth_place, '') AS birth_place,
       nullif(c.citizenship, '') AS citizenship, nullif(c.document_kind, '') AS document_kind,
       nullif(c.document_number, '') AS document_number, nullif(c.document_by, '') AS document_by, c.document_on,
       nullif(c.snils, '') AS snils, nullif(c.gto_uin, '') AS gto_uin, nullif(c.insurance_number, '')
           AS insurance_number,
           nullif(c.address, '') AS address,
       nullif(c.home_address, '') AS home_address, nullif(c.contacts, '') AS contacts,
           coalesce(c.study_form, 'full') AS study_form,
       nullif(c.languages, '') AS languages, c.is_day_group, c.is_repeater, c.file_id,
       nullif(h.health_group, '') AS health_group, nullif(h.sport_group, '') AS sport_group,
           nullif(h.advice, '') AS advice
  FROM ej.pupil AS p
  LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
  LEFT JOIN ej.pupil_health AS h ON h.pupil_id = p.id
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]));

-- name: pupil_classes :many class
-- The classes in which the pupil is or was, the last first.
-- params: pupil_id bigint
SELECT k.name, k.id AS class_id, k.year, lower(n.during) AS from_on, upper(n.during) - 1 AS till_on,
       nullif(n.order_no, '') AS order_no,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM ej.enrolment AS n
  JOIN ej.class AS k ON k.id = n.class_id
  LEFT JOIN ej.staff AS f ON f.id = k.class_teacher_id
 WHERE n.pupil_id = :pupil_id
 ORDER BY lower(n.during) DESC;

-- name: pupil_guardians :many guardian
-- The pupil's guardians that the reader may see, those of today first; children: the other
-- children of the guardian in this school.
-- params: pupil_id bigint
SELECT w.id AS guardianship_id, concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')) AS name,
       w.kind, w.status, nullif(w.paper, '') AS paper, nullif(g.phone, '') AS phone, nullif(g.email, '') AS email,
       nullif(g.address, '') AS address, nullif(g.work, '') AS work, w.is_informed, w.is_called, w.is_collector,
       lower(w.during) AS from_on, upper(w.during) - 1 AS till_on, nullif(w.reason, '') AS reason,
       w.during @> ej.today(w.school_id) AS is_now,
       (SELECT string_agg(concat_ws(' ', o.surname, o.given_name, k.name), ', ' ORDER BY o.surname, o.given_name, o.id)
          FROM ej.guardianship AS x JOIN ej.pupil AS o ON o.id = x.pupil_id
          LEFT JOIN ej.enrolment AS n ON n.pupil_id = o.id AND n.during @> ej.today(o.school_id)
          LEFT JOIN ej.class AS k ON k.id = n.class_id
         WHERE x.guardian_id = g.id AND x.pupil_id <> w.pupil_id) AS children
  FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
 WHERE w.pupil_id = :pupil_id
 ORDER BY w.during @> ej.today(w.school_id) DESC, g.surname, g.given_name, g.id;

-- name: pupil_transfers :many transfer
-- The transfers by which the pupil goes to another school, or came from one.
-- params: pupil_id bigint
-- rows: at most 20
SELECT x.transfer_id, x.other_name
  FROM (SELECT t.id AS transfer_id, t.to_school_name AS other_name FROM ej.transfer AS t
         WHERE t.pupil_id = :pupil_id AND t.state IN ('sent', 'accepted')
         UNION ALL
        SELECT t.id, t.school_name FROM ej.transfer AS t WHERE t.entered_id = :pupil_id) AS x
 ORDER BY x.transfer_id DESC LIMIT 20;

-- name: pupil_photo :file
-- params: pupil_id bigint
SELECT f.name, i.data
  FROM ej.pupil_card AS c JOIN ej.file AS f ON f.id = c.file_id JOIN ej.file_piece AS i ON i.file_id = f.id
 WHERE c.pupil_id = :pupil_id ORDER BY i.n;

-- name: pupil_save :outcomes
-- params: pupil_id bigint, fields jsonb, file_name text, data bytea
SELECT ej.pupil_save(:pupil_id, :fields, :file_name, :data);
