-- inbox.sql: the conversations of a teacher with the beginning of the last message, asked without rights
-- and without a document. Form: grid.sql.

-- name: inbox_bare_conversations :many
-- params: account_id bigint
-- same: /page/messages/conversation
SELECT c.id, g.surname, g.given_name, g.patronymic, u.surname, u.given_name, k.name, m.text, m.made_at, m.person_id,
       (SELECT count(*) FROM ej.message AS n
         WHERE n.conversation_id = c.id AND n.id > p.read_id AND n.person_id <> p.person_id) AS unread
  FROM ej.account AS a
  JOIN ej.participant AS p ON p.person_id = a.person_id AND p.left_id IS NULL
  JOIN ej.conversation AS c ON c.id = p.conversation_id
  JOIN ej.participant AS o ON o.conversation_id = c.id AND o.person_id <> p.person_id
  JOIN ej.guardian AS g ON g.person_id = o.person_id AND g.school_id = c.school_id
  JOIN ej.pupil AS u ON u.id = c.pupil_id
  JOIN LATERAL (SELECT e.class_id FROM ej.enrolment AS e WHERE e.pupil_id = u.id
                 ORDER BY lower(e.during) DESC LIMIT 1) AS e ON true
  JOIN ej.class AS k ON k.id = e.class_id
  JOIN LATERAL (SELECT m.text, m.made_at, m.person_id FROM ej.message AS m WHERE m.conversation_id = c.id
                 ORDER BY m.id DESC LIMIT 1) AS m ON true
 WHERE a.id = :account_id
 ORDER BY c.last_id DESC LIMIT 60;
