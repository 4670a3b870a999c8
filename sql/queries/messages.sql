-- messages.sql: the queries of messages.c. Row policies show a conversation to its participants
-- alone, and to the director what a participant has shown.

-- name: messages_head :one
-- can_set: the reader administers the rules of messages. Without a search nobody's name is looked up.
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (x.count + 59) / 60) AS pages,
       x.count, cardinality((SELECT ej.my_journal_schools())::bigint[]) > 0 AS can_set
  FROM (SELECT count(*) AS count FROM ej.inbox_conversations(coalesce(:find, ''))) AS x;

-- name: messages_rows :many conversation
-- The conversations with the latest message first: with whom, how many messages are unread, and the
-- beginning of the last one. is_shown: not one's own, but shown to the director.
-- list: sort last
-- params: find text, sort text, page int, lines int
SELECT i.conversation_id, i.name, i.pupil_id, i.pupil_name, i.is_shown, i.is_left, i.unread,
       to_char(i.at, 'YYYY-MM-DD"T"HH24:MI') AS at, i.is_own, i.start
  FROM ej.inbox(coalesce(:find, ''), :lines, (coalesce(:page, 1) - 1) * :lines) AS i
 WHERE :sort = 'last';

-- name: messages_people_head :one
-- params: find text, sort text, page int, class_id bigint, pupil_id bigint
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (x.count + 59) / 60) AS pages,
       x.count, :class_id AS class_id, :pupil_id AS pupil_id
  FROM (SELECT count(*) AS count FROM ej.recipients() AS r
         WHERE (:class_id IS NULL OR r.class_id = :class_id) AND (:pupil_id IS NULL OR r.pupil_id = :pupil_id)
           AND ej.is_found((SELECT ej.find_patterns(:find)),
                           concat_ws(' ', r.name, r.pupil_name, r.class_name, r.post, r.subjects))) AS x;

-- name: messages_people :many recipient
-- The people to whom the reader may write: of a family those who lead and teach the child first; of
-- the staff colleagues, then families by class.
-- list: sort name
-- params: find text, sort text, page int, lines int, class_id bigint, pupil_id bigint
SELECT r.person_id, r.role, r.pupil_id, r.name, r.pupil_name, r.class_name, r.is_lead, r.post, r.subjects, r.kind,
       NOT r.has_account AS is_absent
  FROM ej.recipients() AS r
 WHERE :sort = 'name' AND (:class_id IS NULL OR r.class_id = :class_id)
   AND (:pupil_id IS NULL OR r.pupil_id = :pupil_id)
   AND ej.is_found((SELECT ej.find_patterns(:find)),
                   concat_ws(' ', r.name, r.pupil_name, r.class_name, r.post, r.subjects))
 ORDER BY r.my_role <> 'staff' DESC, CASE WHEN r.my_role <> 'staff' THEN r.pupil_name END, r.role <> 'staff',
          r.is_lead IS NOT TRUE, r.subjects IS NULL, CASE WHEN r.role <> 'staff' THEN r.class_name END,
          CASE WHEN r.role <> 'staff' THEN r.pupil_name END, r.name, r.person_id, r.pupil_id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: messages_classes :many class
-- The classes to whose families one of the staff may write, with the number of families.
-- params:
SELECT r.class_id, r.class_name AS name, count(DISTINCT r.pupil_id) AS families
  FROM ej.recipients() AS r
 WHERE r.my_role = 'staff' AND r.class_id IS NOT NULL
 GROUP BY r.class_id, r.class_name
 ORDER BY nullif(regexp_replace(r.class_name, '\D', '', 'g'), '')::int NULLS LAST, r.class_name;

-- name: messages_person :one
-- Somebody to whom the reader may write, about a pupil if one is named.
-- params: person_id bigint, pupil_id bigint
SELECT r.person_id, r.pupil_id, r.role, r.name, r.pupil_name, r.class_name, r.is_lead, r.post, r.subjects, r.kind,
       NOT r.has_account AS is_absent
  FROM ej.recipients() AS r
 WHERE r.person_id = :person_id AND (:pupil_id IS NULL OR r.pupil_id = :pupil_id)
 ORDER BY r.pupil_id NULLS FIRST, r.my_role DESC, r.role LIMIT 1;

-- name: messages_start :outcomes
-- params: person_id bigint, pupil_id bigint, text text
-- params: name1 text, data1 bytea, name2 text, data2 bytea, name3 text, data3 bytea
SELECT ej.message_start(:person_id, :pupil_id, :text,
           ARRAY[:name1, :name2, :name3], ARRAY[:data1, :data2, :data3]);

-- name: messages_class :one
-- A class to whose families the reader may write.
-- params: class_id bigint
SELECT r.class_id, min(r.class_name) AS name, count(DISTINCT r.pupil_id) FILTER (WHERE r.role = 'parent') AS parents,
       count(DISTINCT r.pupil_id) FILTER (WHERE r.role = 'pupil') AS pupils
  FROM ej.recipients() AS r
 WHERE r.class_id = :class_id AND r.my_role = 'staff' GROUP BY r.class_id;

-- name: messages_class_send :outcomes
-- params: class_id bigint, whom text, text text
-- params: name1 text, data1 bytea, name2 text, data2 bytea, name3 text, data3 bytea
SELECT ej.message_class(:class_id, :whom, :text,
           ARRAY[:name1, :name2, :name3], ARRAY[:data1, :data2, :data3]);

-- name: messages_opened :exec
-- params: conversation_id bigint
SELECT ej.conversation_open(:conversation_id);

-- name: messages_show :one
-- hindrance: why the reader may not answer. earlier_id: of the messages shown the first, if there are
-- earlier ones.
-- params: conversation_id bigint, before_id bigint
SELECT c.id AS conversation_id, ej.conversation_pupil(c.id) AS pupil_name,
       ej.conversation_hindrance(c.id) AS hindrance, p.person_id IS NULL AS is_shown, p.left_id IS NOT NULL AS is_left,
       (SELECT m.id FROM ej.message AS m
         WHERE m.conversation_id = c.id AND (:before_id IS NULL OR m.id < :before_id)
         ORDER BY m.id DESC OFFSET 50 LIMIT 1) IS NOT NULL AS is_cut,
       :before_id AS before_id
  FROM ej.conversation AS c
  LEFT JOIN ej.participant AS p ON p.conversation_id = c.id AND p.person_id = ANY ((SELECT ej.my_persons())::bigint[])
 WHERE c.id = :conversation_id;

-- name: messages_participants :many participant
-- Who takes part, with what each has read.
-- params: conversation_id bigint
SELECT n.person_id, n.name, n.role, n.kind, n.is_me, p.left_id IS NOT NULL AS is_left,
       to_char(p.read_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS read_at,
       p.read_id >= c.last_id AS has_read
  FROM ej.conversation_people(ARRAY[:conversation_id]) AS n
  JOIN ej.participant AS p ON p.conversation_id = n.conversation_id AND p.person_id = n.person_id
  JOIN ej.conversation AS c ON c.id = n.conversation_id
  JOIN ej.school AS s ON s.id = c.school_id
 ORDER BY n.role DESC, n.name, n.person_id;

-- name: messages_shown :many shown
-- When and by whom the conversation was shown to the director.
-- params: conversation_id bigint
SELECT n.name, to_char(h.shown_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at
  FROM ej.conversation_shown AS h
  JOIN ej.school AS s ON s.id = h.school_id
  LEFT JOIN ej.conversation_people(ARRAY[:conversation_id]) AS n ON n.person_id = h.person_id
 WHERE h.conversation_id = :conversation_id ORDER BY h.shown_at, h.last_id;

-- name: messages_texts :many message
-- The last 50 messages, or the 50 before one, in the order of writing; readers: the others who have
-- opened it.
-- params: conversation_id bigint, before_id bigint
SELECT m.id AS message_id, n.name, n.is_me AS is_own,
       to_char(m.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at,
       (SELECT nullif(count(*), 0) FROM ej.participant AS p
         WHERE p.conversation_id = m.conversation_id AND p.person_id <> m.person_id AND p.read_id >= m.id) AS readers,
       m.text AS prose
  FROM (SELECT m.id, m.conversation_id, m.school_id, m.person_id, m.made_at, m.text FROM ej.message AS m
         WHERE m.conversation_id = :conversation_id AND (:before_id IS NULL OR m.id < :before_id)
         ORDER BY m.id DESC LIMIT 50) AS m
  JOIN ej.school AS s ON s.id = m.school_id
  LEFT JOIN ej.conversation_people(ARRAY[:conversation_id]) AS n ON n.person_id = m.person_id
 ORDER BY m.id;

-- name: messages_files :many file under messages_texts message_id
-- The files of these messages.
-- params: conversation_id bigint, before_id bigint
-- rows: at most 150
SELECT f.message_id, i.id AS file_id, i.name, i.size
  FROM (SELECT m.id FROM ej.message AS m
         WHERE m.conversation_id = :conversation_id AND (:before_id IS NULL OR m.id < :before_id)
         ORDER BY m.id DESC LIMIT 50) AS m
  JOIN ej.message_file AS f ON f.message_id = m.id
  JOIN ej.file AS i ON i.id = f.file_id
 ORDER BY f.message_id, i.id;

-- name: messages_file :file
-- params: conversation_id bigint, file_id bigint
SELECT i.name, p.data
  FROM ej.file AS i LEFT JOIN ej.file_piece AS p ON p.file_id = i.id
 WHERE i.id = :file_id AND EXISTS (
       SELECT FROM ej.message_file AS f WHERE f.file_id = i.id AND f.conversation_id = :conversation_id)
 ORDER BY p.n;

-- name: messages_reply :outcomes
-- params: conversation_id bigint, text text
-- params: name1 text, data1 bytea, name2 text, data2 bytea, name3 text, data3 bytea
SELECT ej.message_reply(:conversation_id, :text,
           ARRAY[:name1, :name2, :name3], ARRAY[:data1, :data2, :data3]);

-- name: messages_leave :outcomes
-- params: conversation_id bigint
SELECT ej.conversation_leave(:conversation_id);

-- name: messages_disclose :outcomes
-- params: conversation_id bigint
SELECT ej.conversation_show(:conversation_id);

-- name: messages_rules_head :one
-- params:
SELECT s.id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AS is_mine
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_journal_schools())::bigint[]);

-- name: messages_rules :many rule
-- params:
SELECT r.n, r.from_role, r.to_role, r.scope, array_to_string(r.scopes, ' ') AS scopes
  FROM ej.school AS s CROSS JOIN LATERAL ej.message_rules(s.id) AS r
 WHERE s.id = ANY ((SELECT ej.my_journal_schools())::bigint[]) ORDER BY r.n;

-- name: messages_rules_save :outcomes
-- params: from_role text[], to_role text[], scope text[], old_scope text[]
SELECT ej.message_rules_save(:from_role, :to_role, :scope, :old_scope);
