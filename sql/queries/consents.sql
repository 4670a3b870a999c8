-- consents.sql: the queries of consents.c. Row policies decide which guardians and entries
-- a reader sees.

-- name: consents_head :one
-- params: purpose text
SELECT :purpose AS purpose, ej.today(s.id) AS today_on FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: consents_print_head :one
-- Who signs the printed register.
-- params:
SELECT s.name AS school_name,
       ej.director_name(s.id, ej.today(s.id)) AS director_name
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: consents_classes :many class
-- The classes of this year, with the number of present guardians by their answer.
-- params: purpose text
-- rows: at most 120
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, d.day
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.class_day(c.school_id, c.year) AS day) AS d
     WHERE (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]))
       AND c.year = (SELECT ej.shown_year())
), g AS MATERIALIZED (
    SELECT c.id AS class_id, n.pupil_id,
           (SELECT l.answer FROM ej.consent_last(w.guardian_id, w.pupil_id, :purpose) AS l) AS answer
      FROM c
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> c.day
      JOIN ej.guardianship AS w ON w.pupil_id = n.pupil_id AND w.during @> c.day
)
SELECT c.id AS class_id, c.name, count(g.pupil_id) AS guardians, count(*) FILTER (WHERE g.answer = 'given') AS given,
       count(*) FILTER (WHERE g.answer <> 'given') AS refused,
           count(g.pupil_id) FILTER (WHERE g.answer IS NULL) AS missing
  FROM c LEFT JOIN g ON g.class_id = c.id
 GROUP BY c.id, c.name, c.grade, c.letter
 ORDER BY c.grade, c.letter, c.id;

-- name: consents_class :one
-- params: class_id bigint, purpose text
SELECT c.id AS class_id, c.name, :purpose AS purpose, ej.today(c.school_id) AS today_on,
       c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
           OR c.id = ANY ((SELECT ej.my_classes())::bigint[]) AS is_mine
  FROM ej.class AS c
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[]) OR c.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]));

-- name: consents_guardians :many guardian
-- The present guardians of the class, first those who have not answered.
-- params: class_id bigint, purpose text
-- rows: at most 100
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, d.day
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.class_day(c.school_id, c.year) AS day) AS d
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> d.day
     WHERE c.id = :class_id
), paper AS MATERIALIZED (
    SELECT ej.paper_pupils(ARRAY(SELECT n.pupil_id FROM n)) AS pupil_id
)
SELECT p.id AS pupil_id, g.id AS guardian_id, m.name AS pupil,
       concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')) AS guardian, w.kind,
       l.answer, nullif(l.document_no, '') AS document_no, l.signed_on,
           p.id IN (SELECT x.pupil_id FROM paper AS x) AS is_paper
  FROM n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS m ON m.pupil_id = p.id
  JOIN ej.guardianship AS w ON w.pupil_id = p.id AND w.during @> n.day
  JOIN ej.guardian AS g ON g.id = w.guardian_id
  LEFT JOIN LATERAL ej.consent_last(g.id, p.id, :purpose) AS l ON true
 ORDER BY l.answer IS NOT NULL, m.order_no, g.surname, g.given_name, g.id;

-- name: consents_enter :outcomes
-- params: purpose text, signed_on date, answer_id bigint[], answer_id2 bigint[], answer text[]
-- params: document_no_id bigint[], document_no_id2 bigint[], document_no text[]
SELECT ej.consents_enter(:purpose, :signed_on, :answer_id, :answer_id2, :answer, :document_no_id, :document_no_id2,
                         :document_no);

-- name: consents_pupil :one
-- The pupil whose register is shown: to staff, and to the child's guardians.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       ej.today(p.school_id) AS today_on,
       p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
         AND EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = p.id
                        AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])) AS is_family,
       p.id IN (SELECT ej.paper_pupils(ARRAY[p.id])) AS is_paper
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
        OR p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
           AND EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = p.id
                          AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])));

-- name: consents_own :many own
-- The answers of the reader, as a guardian of this child, that count.
-- params: pupil_id bigint
SELECT v.purpose, l.answer, l.signed_on
  FROM ej.guardianship AS w
 CROSS JOIN unnest('{processing,email,sms,calendar,publication}'::text[]) WITH ORDINALITY AS v(purpose, n)
  LEFT JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, v.purpose) AS l ON true
 WHERE w.pupil_id = :pupil_id AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])
   AND w.during @> ej.today(w.school_id)
 ORDER BY v.n;

-- name: consents_entries :many entry
-- The register of the pupil, the newest documents first.
-- params: pupil_id bigint
SELECT c.id AS consent_id, concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')) AS guardian,
       c.purpose, c.answer, nullif(c.document_no, '') AS document_no, c.signed_on
  FROM ej.consent AS c JOIN ej.guardian AS g ON g.id = c.guardian_id
 WHERE c.pupil_id = :pupil_id
 ORDER BY c.signed_on DESC, c.id DESC;

-- name: consents_withdraw :outcomes
-- params: pupil_id bigint, purpose text
SELECT ej.consent_withdraw(:pupil_id, :purpose);
