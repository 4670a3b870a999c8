-- support.sql: requests to the administrator of the school (MSG-04), their letters to the support outside
-- (MSG-05), and the notice of a log-in that others know (SEC-06).
--
-- The person who asks and the administrators of the school read a request. A letter to the address of
-- EjournalSupportMail has its number, the school, the page and the number of the error, and no names: it
-- is composed by the job that sends it, of these alone. It is answered in the journal.

GRANT SELECT ON ej.support, ej.support_message TO ej_rights;
GRANT SELECT, INSERT, UPDATE ON ej.support, ej.support_message TO ej_rule;

-- ---------------------------------------------------------------- rights --

CREATE POLICY read ON ej.support FOR SELECT TO ej_web
    USING (person_id = any((select ej.my_persons())::bigint[])
        OR school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY read ON ej.support_message FOR SELECT TO ej_web
    USING (asker_id = any((select ej.my_persons())::bigint[])
        OR school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT ON ej.support, ej.support_message TO ej_web;

-- --------------------------------------------------------------- reading --

-- The schools to whose administrators the reader may write.
CREATE OR REPLACE FUNCTION ej.support_schools() RETURNS TABLE (school_id bigint, name text, hours text)
LANGUAGE sql STABLE ROWS 2 SET search_path = ej, pg_temp AS $$
    SELECT s.id, coalesce(nullif(s.short_name, ''), s.name), nullif(s.support_hours, '') FROM ej.school AS s
     WHERE s.id = ANY ((SELECT ej.my_schools())::bigint[])
$$;

-- Who asks in a request, for the administrators of its school; NULL for others.
CREATE OR REPLACE FUNCTION ej.support_asker(support_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.person_name(s.person_id, s.school_id) FROM ej.support AS s
             WHERE s.id = support_asker.support_id AND s.school_id = ANY (ej.my_admin_schools()));
END
$$;

-- Who wrote the messages of a request that the reader may read.
CREATE OR REPLACE FUNCTION ej.support_writers(support_id bigint) RETURNS TABLE (person_id bigint, name text)
LANGUAGE plpgsql STABLE ROWS 5 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT m.person_id, ej.person_name(m.person_id, m.school_id) FROM ej.support_message AS m
     WHERE m.support_id = support_writers.support_id
       AND (m.asker_id = ANY (ej.my_persons()) OR m.school_id = ANY (ej.my_admin_schools()));
END
$$;

-- A path of the journal, and the number of an error, as a form sent them; NULL for any other text.
CREATE OR REPLACE FUNCTION ej.support_place(place text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT substring(place FROM '^(?:/[a-z0-9_-]{0,20})+$') $$;
CREATE OR REPLACE FUNCTION ej.support_error_number(error_number text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT substring(error_number FROM '^[A-Za-z0-9@_-]{1,40}$') $$;

-- --------------------------------------------------------------- writing --

-- The persons who hold a role in a school, and have a log-in that is not blocked or are this one.
CREATE OR REPLACE FUNCTION ej.support_persons(school bigint, role text, person bigint DEFAULT NULL) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT ARRAY(SELECT s.person_id FROM ej.role_held AS r
                   JOIN ej.staff AS s ON s.id = r.staff_id
                   JOIN ej.account AS a ON a.person_id = s.person_id
                  WHERE r.school_id = school AND r.role = support_persons.role
                    AND (a.blocked_at IS NULL OR s.person_id = person))
$$;

-- Add a message to a request, and tell the others of it. It checks no right.
CREATE OR REPLACE FUNCTION ej.support_add(request ej.support, person bigint, is_answer boolean, text text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO ej.support_message (support_id, school_id, asker_id, person_id, is_answer, text)
    VALUES (request.id, request.school_id, request.person_id, person, support_add.is_answer, support_add.text)
    RETURNING id INTO made;
    UPDATE ej.support AS s
       SET state = CASE WHEN support_add.is_answer THEN 'answered' ELSE 'open' END,
           read_id = CASE WHEN support_add.is_answer THEN s.read_id ELSE made END
     WHERE s.id = request.id;
    PERFORM ej.notify(request.school_id, 'support', NULL, request.id || '-' || made,
        CASE WHEN support_add.is_answer THEN ARRAY[request.person_id]
             ELSE ej.support_persons(request.school_id, 'administrator') END);
END
$$;

-- Ask the administrator of a school of the reader (NULL: the only one). A place that is no path of the
-- journal and a number that is none are left out. Returns the outcome with the id of the request.
-- Errors: JE101 of several schools none is chosen; JE288 20 requests within a day; JE401 another school.
CREATE OR REPLACE FUNCTION ej.support_ask(school_id bigint, text text, place text, error_number text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    mine bigint[] := ARRAY(SELECT DISTINCT unnest(ej.my_schools()));
    me   bigint := ej.message_author(); -- one request of the person at a time
    made ej.support;
BEGIN
    IF school_id IS NULL AND cardinality(mine) > 1 THEN
        RETURN '[{"outcome": "bad", "field": "school_id", "code": "JE101"}]';
    ELSIF me IS NULL OR NOT coalesce(school_id, mine[1]) = ANY (mine) THEN
        RAISE EXCEPTION 'no such school' USING ERRCODE = 'JE401';
    ELSIF (SELECT count(*) FROM ej.support AS s
            WHERE s.person_id = me AND s.made_at > now() - interval '1 day') >= 20 THEN
        RAISE EXCEPTION 'too many requests of a day' USING ERRCODE = 'JE288', COLUMN = 'text';
    END IF;
    INSERT INTO ej.support AS s (school_id, person_id, place, error_number)
    VALUES (coalesce(school_id, mine[1]), me,
            coalesce(ej.support_place(place), ''), coalesce(ej.support_error_number(error_number), ''))
    RETURNING s.* INTO made;
    PERFORM ej.support_add(made, me, false, text);
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'value', made.id::text));
END
$$;

-- The request of the reader, or of a school that the reader administers, locked.
-- Errors: JE401 there is none.
CREATE OR REPLACE FUNCTION ej.support_find(support_id bigint) RETURNS ej.support
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    found ej.support;
BEGIN
    SELECT s.* INTO found FROM ej.support AS s
     WHERE s.id = support_find.support_id
       AND (s.person_id = ANY (ej.my_persons()) OR s.school_id = ANY (ej.my_admin_schools())) FOR NO KEY UPDATE;
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'no such request' USING ERRCODE = 'JE401';
    END IF;
    RETURN found;
END
$$;

-- Write in a request: an administrator answers, the person who asked opens it again. Errors: JE288 the person has
-- written 50 messages in own requests, or 500 answers, within a day; JE401 no such request, or not the reader's.
CREATE OR REPLACE FUNCTION ej.support_write(support_id bigint, text text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    request ej.support := ej.support_find(support_id);
    me      bigint := ej.message_author(); -- one message of the person at a time
BEGIN
    IF (SELECT count(*) FROM ej.support_message AS m
         WHERE m.person_id = me AND m.is_answer = (request.person_id <> me)
           AND m.made_at > clock_timestamp() - interval '1 day')
       >= (CASE WHEN request.person_id = me THEN 50 ELSE 500 END) THEN
        RAISE EXCEPTION 'too many messages of a day' USING ERRCODE = 'JE288', COLUMN = 'text';
    END IF;
    PERFORM ej.support_add(request, me, request.person_id <> me, text);
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Close a request; one that is closed stays so. Errors: JE401.
CREATE OR REPLACE FUNCTION ej.support_close(support_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    request ej.support := ej.support_find(support_id);
BEGIN
    UPDATE ej.support AS s SET state = 'closed' WHERE s.id = request.id AND s.state <> 'closed';
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Record that the reader has opened a request, and so has read the notices of it.
CREATE OR REPLACE FUNCTION ej.support_open(support_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me bigint := (ej.author()).person_id;
BEGIN
    UPDATE ej.support AS s SET read_id = m.id
      FROM (SELECT max(m.id) AS id FROM ej.support_message AS m WHERE m.support_id = support_open.support_id) AS m
     WHERE s.id = support_open.support_id AND s.person_id = me AND s.read_id < m.id;
    UPDATE ej.notice_for AS f SET read_at = now()
     WHERE f.person_id = me AND f.kind = 'support' AND f.read_at IS NULL
       AND split_part(f.fact_key, '-', 1) = support_open.support_id::text;
END
$$;

-- Let the requests of one of two records of a person be those of the other (duplicates.sql).
CREATE OR REPLACE FUNCTION ej.support_of_person(school bigint, kept bigint, gone bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    UPDATE ej.support AS s SET person_id = kept WHERE s.person_id = gone AND s.school_id = school;
    UPDATE ej.support_message AS m
       SET asker_id = CASE WHEN m.asker_id = gone THEN kept ELSE m.asker_id END,
           person_id = CASE WHEN m.person_id = gone THEN kept ELSE m.person_id END
     WHERE gone IN (m.asker_id, m.person_id) AND m.school_id = school;
$$;

-- --------------------------------------------- a log-in that others know --

-- Open a request of a log-in that others know, and tell the director and the administrators.
CREATE OR REPLACE FUNCTION ej.support_incident(incident ej.incident) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.support (school_id, person_id, place, incident_id)
    VALUES (incident.school_id, incident.person_id, '/account/known', incident.id);
    PERFORM ej.notify(incident.school_id, 'incident', NULL, incident.id::text,
        ej.support_persons(incident.school_id, 'director') || ej.support_persons(incident.school_id, 'administrator'));
END
$$;

-- ------------------------------------------------------- letters outside --

-- Make a letter to this address of each request of the last two days that has none; for the job that
-- sends them, which knows the address (EjournalSupportMail).
CREATE OR REPLACE FUNCTION ej.support_letters(address text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    request record;
    made    bigint;
BEGIN
    FOR request IN
        SELECT s.id, s.school_id, s.person_id FROM ej.support AS s
         WHERE s.outbound_id IS NULL AND s.made_at > now() - interval '2 days' AND NOT ej.is_training(s.school_id)
         ORDER BY s.id LIMIT 50 FOR NO KEY UPDATE SKIP LOCKED
    LOOP
        INSERT INTO ej.outbound AS o (school_id, person_id, channel, address, hook_key)
        VALUES (request.school_id, request.person_id, 'email', support_letters.address, ej.outbound_new_key())
        RETURNING o.id INTO made;
        UPDATE ej.support AS s SET outbound_id = made WHERE s.id = request.id;
    END LOOP;
END
$$;

-- The facts that the letter of a request has; no row for other letters.
CREATE OR REPLACE FUNCTION ej.support_letter(outbound_id bigint)
RETURNS TABLE (support_id bigint, place text, error_number text, is_incident boolean, school_name text,
    school_id bigint)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.id, nullif(s.place::text, ''), nullif(s.error_number::text, ''), s.incident_id IS NOT NULL,
           coalesce(nullif(o.short_name::text, ''), o.name::text), o.id
      FROM ej.support AS s JOIN ej.school AS o ON o.id = s.school_id
     WHERE s.outbound_id = support_letter.outbound_id;
END
$$;

ALTER FUNCTION ej.support_asker(bigint) OWNER TO ej_rights;
ALTER FUNCTION ej.support_writers(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.support_asker, ej.support_writers, ej.support_ask, ej.support_write, ej.support_close,
    ej.support_open TO ej_web;
GRANT EXECUTE ON FUNCTION ej.support_letters, ej.support_letter TO ej_sender;
