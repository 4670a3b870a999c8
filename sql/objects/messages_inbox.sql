-- messages_inbox.sql: the list of the reader's conversations, with search and pages.

-- The heads of these conversations, as the person `me` sees them; checks no right. name: the other participants;
-- pupil_name: the pupil it is about, with the class; words: both, for the search; read_id: the last message that the
-- person has read (NULL: not a participant); is_left: the person has left. Each conversation is looked up by itself: a
-- join, planned for an unknown number of conversations, would group the participants of all of them anew for each.
CREATE OR REPLACE FUNCTION ej.conversation_heads(conversations bigint[], me bigint)
RETURNS TABLE (conversation_id bigint, name text, pupil_name text, words text, read_id bigint, is_left boolean)
LANGUAGE plpgsql STABLE ROWS 60 SECURITY DEFINER SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.id, x.name, concat_ws(', ', u.name, u.class_name), concat_ws(' ', x.words, u.name, u.class_name),
           x.read_id, x.is_left
      FROM ej.conversation AS c
      LEFT JOIN LATERAL (
           SELECT u.surname || ' ' || u.given_name AS name, (
                  SELECT k.name FROM ej.class AS k
                   WHERE k.id = (SELECT e.class_id FROM ej.enrolment AS e
                                  WHERE e.pupil_id = u.id ORDER BY lower(e.during) DESC LIMIT 1)) AS class_name
             FROM ej.pupil AS u WHERE u.id = c.pupil_id) AS u ON true
     CROSS JOIN LATERAL (
           SELECT string_agg(p.name, ', ' ORDER BY p.role DESC, p.name) FILTER (WHERE p.person_id <> me) AS name,
                  string_agg(p.name, ' ') AS words, max(p.read_id) FILTER (WHERE p.person_id = me) AS read_id,
                  bool_or(p.left_id IS NOT NULL) FILTER (WHERE p.person_id = me) AS is_left
             FROM (SELECT p.person_id, p.role, p.read_id, p.left_id, CASE p.role
                          WHEN 'staff' THEN (SELECT concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, ''))
                                               FROM ej.staff AS s
                                              WHERE s.person_id = p.person_id AND s.school_id = p.school_id)
                          WHEN 'parent' THEN (SELECT concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, ''))
                                                FROM ej.guardian AS g
                                               WHERE g.person_id = p.person_id AND g.school_id = p.school_id)
                          ELSE (SELECT u.surname || ' ' || u.given_name FROM ej.pupil AS u WHERE u.id = p.pupil_id)
                          END AS name
                     FROM ej.participant AS p WHERE p.conversation_id = c.id) AS p) AS x
     WHERE c.id = ANY (conversations);
END
$$;

-- The conversations that the reader may read and whose words have all of `find` ('': any). till_id: the last message
-- that the reader may read of a conversation that is no longer the reader's own (NULL: all messages).
CREATE OR REPLACE FUNCTION ej.inbox_conversations(find text) RETURNS TABLE (conversation_id bigint, till_id bigint)
LANGUAGE plpgsql STABLE ROWS 60 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine  bigint[] := ej.my_conversations();
    past  bigint[];
    tills bigint[];
    found bigint[];
BEGIN
    SELECT array_agg(p.conversation_id), array_agg(p.till_id) INTO past, tills
      FROM (SELECT p.conversation_id, max(p.last_id) AS till_id FROM ej.message_past() AS p
             WHERE p.conversation_id <> ALL (mine) GROUP BY p.conversation_id) AS p;
    IF find <> '' THEN
        found := ARRAY(SELECT h.conversation_id FROM ej.conversation_heads(mine || past, ej.scope_person()) AS h
                        WHERE ej.is_found(ej.find_patterns(find), h.words));
    END IF;
    RETURN QUERY
    SELECT x.id, x.till_id
      FROM (SELECT m.id, NULL::bigint AS till_id FROM unnest(mine) AS m(id)
             UNION ALL
            SELECT p.id, p.till_id FROM unnest(past, tills) AS p(id, till_id)) AS x
     WHERE found IS NULL OR x.id = ANY (found);
END
$$;

-- A page of these conversations (most of them, after the first skip), with the latest message first: with whom; how
-- many messages are unread; when the last message was written (at, in the school's zone), whether by the reader, and
-- its beginning. is_shown: the reader is no participant, the conversation was shown to the director. One function, so
-- that the reader's lists are computed once for a page, and not by the policy of each table.
CREATE OR REPLACE FUNCTION ej.inbox(find text, most int, skip int)
RETURNS TABLE (conversation_id bigint, name text, pupil_id bigint, pupil_name text, is_shown boolean, is_left boolean,
               unread bigint, at timestamp, is_own boolean, start text)
LANGUAGE plpgsql STABLE ROWS 60 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me     bigint := ej.scope_person();
    ids    bigint[];
    pupils bigint[];
    tills  bigint[];
BEGIN
    SELECT array_agg(y.id), array_agg(y.pupil_id), array_agg(y.till_id) INTO ids, pupils, tills
      FROM (SELECT c.id, c.pupil_id, i.till_id
              FROM ej.inbox_conversations(find) AS i JOIN ej.conversation AS c ON c.id = i.conversation_id
             ORDER BY c.last_id DESC, c.id DESC LIMIT most OFFSET skip) AS y;
    RETURN QUERY
    SELECT y.id, h.name, y.pupil_id, nullif(h.pupil_name, ''), h.read_id IS NULL, h.is_left,
           (SELECT nullif(count(*), 0) FROM ej.message AS u
             WHERE u.conversation_id = y.id AND u.id > h.read_id AND (y.till_id IS NULL OR u.id <= y.till_id)
               AND u.person_id <> me),
           m.made_at AT TIME ZONE s.tz, m.person_id = me, left(m.text, 120)
      FROM unnest(ids, pupils, tills) WITH ORDINALITY AS y(id, pupil_id, till_id, n)
      JOIN ej.conversation_heads(ids, me) AS h ON h.conversation_id = y.id
      LEFT JOIN LATERAL (SELECT m.school_id, m.person_id, m.made_at, m.text FROM ej.message AS m
                          WHERE m.conversation_id = y.id AND (y.till_id IS NULL OR m.id <= y.till_id)
                          ORDER BY m.id DESC LIMIT 1) AS m ON true
      LEFT JOIN ej.school AS s ON s.id = m.school_id
     ORDER BY y.n;
END
$$;

ALTER FUNCTION ej.conversation_heads(bigint[], bigint) OWNER TO ej_rights;
ALTER FUNCTION ej.inbox_conversations(text) OWNER TO ej_rights;
ALTER FUNCTION ej.inbox(text, int, int) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.inbox_conversations(text), ej.inbox(text, int, int) TO ej_rule, ej_web;
GRANT EXECUTE ON FUNCTION ej.conversation_heads(bigint[], bigint) TO ej_rule;
