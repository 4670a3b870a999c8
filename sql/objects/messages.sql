-- messages.sql: conversations (MSG-01 … 03): who reads them and their files, how they are begun and
-- continued, and what the pages tell of their participants.
--
-- Who may write to whom: rule_message.sql. Nobody reads the conversations of others; a participant
-- may show one to the director, up to its present end, which is recorded. The lists below are asked
-- live and never kept in ej.scope: a conversation that ends for a person ends at once.

-- ----------------------------------------------------------------- lists --

-- The conversations of which the reader is a participant, as what the reader is in this session: of
-- the staff of the school of work, or of a family.
CREATE OR REPLACE FUNCTION ej.my_conversations() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_colleague_schools();
    family  bigint[] := ej.my_family_pupils();
    me      bigint := ej.scope_person();
BEGIN
    RETURN ARRAY(SELECT p.conversation_id FROM ej.participant AS p
                  WHERE p.person_id = me AND p.left_id IS NULL
                    AND CASE p.role WHEN 'staff' THEN p.school_id = ANY (schools) ELSE p.pupil_id = ANY (family) END);
END
$$;

-- Those that the reader has left, and those that were shown to the reader as director: each with
-- the last message that the reader may read.
CREATE OR REPLACE FUNCTION ej.message_past() RETURNS TABLE (conversation_id bigint, last_id bigint)
LANGUAGE plpgsql STABLE ROWS 5 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_colleague_schools();
    family  bigint[] := ej.my_family_pupils();
    heads   bigint[] := ej.live_role_schools(ej.my_staff(), '{director}');
    me      bigint := ej.scope_person();
BEGIN
    RETURN QUERY
    SELECT p.conversation_id, p.left_id FROM ej.participant AS p
     WHERE p.person_id = me AND p.left_id IS NOT NULL
       AND CASE p.role WHEN 'staff' THEN p.school_id = ANY (schools) ELSE p.pupil_id = ANY (family) END
     UNION ALL
    SELECT s.conversation_id, max(s.last_id) FROM ej.conversation_shown AS s
     WHERE heads <> '{}' AND s.school_id = ANY (heads) GROUP BY s.conversation_id;
END
$$;

CREATE OR REPLACE FUNCTION ej.my_past_conversations() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT p.conversation_id FROM ej.message_past() AS p);
END
$$;

-- The messages of these that the reader may read.
CREATE OR REPLACE FUNCTION ej.my_past_messages() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT m.id FROM ej.message_past() AS p
                   JOIN ej.message AS m ON m.conversation_id = p.conversation_id AND m.id <= p.last_id);
END
$$;

-- The files of all these messages.
CREATE OR REPLACE FUNCTION ej.my_message_files() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_conversations();
BEGIN
    RETURN ARRAY(SELECT f.file_id FROM ej.message_file AS f WHERE f.conversation_id = ANY (mine)
                  UNION
                 SELECT f.file_id FROM ej.message_past() AS p
                   JOIN ej.message_file AS f ON f.conversation_id = p.conversation_id AND f.message_id <= p.last_id);
END
$$;

-- ---------------------------------------------------------------- rights --

CREATE POLICY read ON ej.conversation FOR SELECT TO ej_web
    USING (id = any((select ej.my_conversations())::bigint[])
        OR id = any((select ej.my_past_conversations())::bigint[]));
CREATE POLICY read ON ej.participant FOR SELECT TO ej_web
    USING (conversation_id = any((select ej.my_conversations())::bigint[])
        OR conversation_id = any((select ej.my_past_conversations())::bigint[]));
CREATE POLICY read ON ej.conversation_shown FOR SELECT TO ej_web
    USING (conversation_id = any((select ej.my_conversations())::bigint[])
        OR conversation_id = any((select ej.my_past_conversations())::bigint[]));
CREATE POLICY read ON ej.message FOR SELECT TO ej_web
    USING (conversation_id = any((select ej.my_conversations())::bigint[])
        OR id = any((select ej.my_past_messages())::bigint[]));
CREATE POLICY read ON ej.message_file FOR SELECT TO ej_web
    USING (conversation_id = any((select ej.my_conversations())::bigint[])
        OR message_id = any((select ej.my_past_messages())::bigint[]));
-- Beside the policies of rights_school.sql, which leave these files out.
CREATE POLICY read_message ON ej.file FOR SELECT TO ej_web
    USING (id = any((select ej.my_message_files())::bigint[]));
CREATE POLICY read_message ON ej.file_piece FOR SELECT TO ej_web
    USING (file_id = any((select ej.my_message_files())::bigint[]));
GRANT SELECT ON ej.conversation, ej.participant, ej.conversation_shown, ej.message, ej.message_file TO ej_web;

-- --------------------------------------------------------------- reading --

-- A person as messages name one in a school: staff with the surname first, as they sign; a parent with the
-- child in words; a pupil.
CREATE OR REPLACE FUNCTION ej.message_name(school bigint, person bigint, role text, pupil bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE role
        WHEN 'staff' THEN (SELECT concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, '')) FROM ej.staff AS s
                            WHERE s.person_id = person AND s.school_id = school)
        WHEN 'parent' THEN (SELECT concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, ''))
                              FROM ej.guardian AS g WHERE g.person_id = person AND g.school_id = school)
        ELSE (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = pupil) END;
END
$$;

-- The people to whom the reader may write (or one of them), with their names: as what; about which pupil, of which
-- class; the post of staff, and what a teacher teaches the child; the kind of a guardian.
-- has_account: can log in.
CREATE OR REPLACE FUNCTION ej.message_recipients(one bigint)
RETURNS TABLE (school_id bigint, person_id bigint, role text, pupil_id bigint, my_role text, name text,
    pupil_name text, class_id bigint, class_name text, is_lead boolean, post text, subjects text, kind text,
    has_account boolean)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me    bigint := ej.scope_person();
    works bigint[] := ej.my_colleague_schools();
BEGIN
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT s.id AS school_id, ej.today(s.id) AS today, p.*
          FROM unnest(ARRAY(SELECT DISTINCT unnest(ej.my_schools()))) AS s(id)
         CROSS JOIN LATERAL ej.message_partners(s.id, me, one) AS p
         WHERE p.my_role <> 'staff' OR s.id = ANY (works)
    ), c AS MATERIALIZED (
        SELECT DISTINCT ON (e.pupil_id) e.pupil_id, k.id AS class_id, k.name AS class_name, k.class_teacher_id
          FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id
         WHERE e.pupil_id = ANY (ARRAY(SELECT DISTINCT x.pupil_id FROM x WHERE x.pupil_id IS NOT NULL))
         ORDER BY e.pupil_id, lower(e.during) DESC
    )
    SELECT x.school_id, x.person_id, x.role, x.pupil_id, x.my_role,
           ej.message_name(x.school_id, x.person_id, x.role, x.pupil_id),
           p.surname || ' ' || p.given_name, c.class_id, c.class_name::text,
           x.role = 'staff' AND c.class_teacher_id = f.id, nullif(f.post, '')::text,
           CASE WHEN x.role = 'staff' AND x.pupil_id IS NOT NULL THEN (
               SELECT string_agg(DISTINCT j.name::text, ', ') FROM ej.teaching_held AS t
                 JOIN ej.membership AS b ON b.study_group_id = t.study_group_id AND b.pupil_id = x.pupil_id
                  AND b.during @> x.today
                 JOIN ej.subject AS j ON j.id = t.subject_id
                WHERE t.staff_id = f.id) END,
           CASE WHEN x.role = 'parent' THEN (
               SELECT w.kind::text FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                WHERE g.person_id = x.person_id AND w.pupil_id = x.pupil_id) END,
           EXISTS (SELECT FROM ej.account AS a WHERE a.person_id = x.person_id)
      FROM x
      LEFT JOIN c ON c.pupil_id = x.pupil_id
      LEFT JOIN ej.pupil AS p ON p.id = x.pupil_id
      LEFT JOIN ej.staff AS f ON f.person_id = x.person_id AND f.school_id = x.school_id AND x.role = 'staff';
END
$$;

-- All of them.
CREATE OR REPLACE FUNCTION ej.recipients()
RETURNS TABLE (school_id bigint, person_id bigint, role text, pupil_id bigint, my_role text, name text,
    pupil_name text, class_id bigint, class_name text, is_lead boolean, post text, subjects text, kind text,
    has_account boolean)
LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT * FROM ej.message_recipients(NULL)
$$;

-- The participants of conversations that the reader may read, with their names.
CREATE OR REPLACE FUNCTION ej.conversation_people(conversations bigint[])
RETURNS TABLE (conversation_id bigint, person_id bigint, name text, role text, is_me boolean, kind text)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine bigint[] := ej.my_conversations() || ej.my_past_conversations();
BEGIN
    RETURN QUERY
    SELECT p.conversation_id, p.person_id, ej.message_name(p.school_id, p.person_id, p.role, p.pupil_id), p.role::text,
           p.person_id = ej.scope_person(),
           CASE WHEN p.role = 'parent' THEN (
               SELECT w.kind::text FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                WHERE g.person_id = p.person_id AND w.pupil_id = p.pupil_id) END
      FROM ej.participant AS p
     WHERE p.conversation_id = ANY (conversations) AND p.conversation_id = ANY (mine);
END
$$;

-- Who wrote a message of the reader's, as «Петрова А. И.».
CREATE OR REPLACE FUNCTION ej.message_writer(message bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.person_name(m.person_id, m.school_id) FROM ej.message AS m
             WHERE m.id = message AND (m.conversation_id = ANY (ej.my_conversations())
                                    OR m.id = ANY (ej.my_past_messages())));
END
$$;

-- The pupil whom a conversation of the reader is about, with the class of today.
CREATE OR REPLACE FUNCTION ej.conversation_pupil(conversation bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT concat_ws(', ', p.surname || ' ' || p.given_name, (
                    SELECT k.name FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id
                     WHERE e.pupil_id = p.id ORDER BY lower(e.during) DESC LIMIT 1))
              FROM ej.conversation AS c JOIN ej.pupil AS p ON p.id = c.pupil_id
             WHERE c.id = conversation AND c.id = ANY (ej.my_conversations() || ej.my_past_conversations()));
END
$$;

-- Why the reader may not write in a conversation of the own (ej.message_hindrance).
CREATE OR REPLACE FUNCTION ej.conversation_hindrance(conversation bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN conversation = ANY (ej.my_conversations() || ej.my_past_conversations())
                THEN ej.message_hindrance(conversation, ej.scope_person()) END;
END
$$;

ALTER FUNCTION ej.my_conversations() OWNER TO ej_rights;
ALTER FUNCTION ej.my_past_conversations() OWNER TO ej_rights;
ALTER FUNCTION ej.my_past_messages() OWNER TO ej_rights;
ALTER FUNCTION ej.my_message_files() OWNER TO ej_rights;
ALTER FUNCTION ej.message_past() OWNER TO ej_rights;
ALTER FUNCTION ej.message_name(bigint, bigint, text, bigint) OWNER TO ej_rights;
ALTER FUNCTION ej.message_recipients(bigint) OWNER TO ej_rights;
ALTER FUNCTION ej.recipients() OWNER TO ej_rights;
ALTER FUNCTION ej.conversation_people(bigint[]) OWNER TO ej_rights;
ALTER FUNCTION ej.message_writer(bigint) OWNER TO ej_rights;
ALTER FUNCTION ej.conversation_pupil(bigint) OWNER TO ej_rights;
ALTER FUNCTION ej.conversation_hindrance(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.my_conversations(), ej.my_past_conversations(), ej.my_past_messages(),
    ej.my_message_files(), ej.recipients(), ej.conversation_people(bigint[]), ej.conversation_pupil(bigint),
    ej.message_writer(bigint), ej.conversation_hindrance(bigint) TO ej_rule, ej_web;
GRANT EXECUTE ON FUNCTION ej.message_past(), ej.message_name(bigint, bigint, text, bigint),
    ej.message_recipients(bigint) TO ej_rule;

-- --------------------------------------------------------------- writing --
-- The functions that are granted to nobody check no right: those that call them do.

-- Set the year of new messages' ids: the school year that has begun last and is open.
CREATE OR REPLACE FUNCTION ej.message_year(school bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM set_config('ej.year', (
        SELECT y.year FROM ej.school_year AS y
         WHERE y.school_id = school AND lower(y.during) <= ej.today(school) AND ej.is_year_open(y.year)
         ORDER BY y.year DESC LIMIT 1)::text, true);
END
$$;

-- Store the files of a form for a message of this person, and return their ids.
-- Errors: JE223 the person has sent 30 files, or 100 MB, within a day.
CREATE OR REPLACE FUNCTION ej.message_files(school bigint, person bigint, names text[], datas bytea[]) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    sent  bigint;
    bytes bigint;
BEGIN
    SELECT count(*), coalesce(sum(x.size), 0) INTO sent, bytes
      FROM (SELECT f.size FROM ej.file AS f WHERE f.person_id = person AND f.made_at > now() - interval '1 day'
             UNION ALL
            SELECT length(i.data) FROM unnest(datas) AS i(data) WHERE i.data IS NOT NULL) AS x;
    IF sent > 30 OR bytes > 100 * 1024 * 1024 THEN
        RAISE EXCEPTION 'too many files of a day' USING ERRCODE = 'JE223', COLUMN = 'file1';
    END IF;
    RETURN ARRAY(SELECT ej.file_put(school, NULL, NULL, NULL, i.name, i.data, person)
                   FROM unnest(names, datas) WITH ORDINALITY AS i(name, data, n)
                  WHERE i.data IS NOT NULL ORDER BY i.n);
END
$$;

-- Write a message into a conversation, as the author of this transaction, who so has read it; files are
-- ids of ej.message_files().
CREATE OR REPLACE FUNCTION ej.message_write(conversation bigint, person bigint, text text, files bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    talk ej.conversation;
    made bigint;
BEGIN
    SELECT c.* INTO talk FROM ej.conversation AS c WHERE c.id = conversation FOR NO KEY UPDATE;
    PERFORM ej.message_year(talk.school_id);
    INSERT INTO ej.message (conversation_id, school_id, person_id, text)
    VALUES (conversation, talk.school_id, person, message_write.text) RETURNING id INTO made;
    INSERT INTO ej.message_file (message_id, file_id, conversation_id, school_id)
    SELECT made, u.id, conversation, talk.school_id FROM unnest(files) AS u(id);
    UPDATE ej.conversation AS c SET last_id = made WHERE c.id = conversation;
    UPDATE ej.participant AS p SET read_id = made, read_at = now()
     WHERE p.conversation_id = conversation AND p.person_id = person;
    PERFORM ej.notify(talk.school_id, 'message', talk.pupil_id, made::text, ARRAY(
        SELECT p.person_id FROM ej.participant AS p
         WHERE p.conversation_id = conversation AND ej.participant_reads(p)));
END
$$;

-- The conversation of exactly these people about a pupil, of whom none has left it; made if there
-- is none.
CREATE OR REPLACE FUNCTION ej.conversation_make(school bigint, kind text, pupil bigint, people ej.participant[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    made bigint;
BEGIN
    SELECT c.id INTO made
      FROM ej.participant AS m JOIN ej.conversation AS c ON c.id = m.conversation_id
     WHERE m.person_id = people[1].person_id AND c.school_id = school AND c.kind = conversation_make.kind
       AND c.pupil_id IS NOT DISTINCT FROM pupil
       AND (SELECT array_agg(row(p.person_id, p.role, p.pupil_id, p.left_id) ORDER BY p.person_id)
              FROM ej.participant AS p WHERE p.conversation_id = c.id)
           = (SELECT array_agg(row(p.person_id, p.role, p.pupil_id, NULL::bigint) ORDER BY p.person_id)
                FROM unnest(people) AS p)
     ORDER BY c.id DESC LIMIT 1;
    IF made IS NULL THEN
        INSERT INTO ej.conversation (school_id, kind, pupil_id) VALUES (school, kind, pupil) RETURNING id INTO made;
        INSERT INTO ej.participant (conversation_id, person_id, school_id, role, pupil_id)
        SELECT made, p.person_id, school, p.role, p.pupil_id FROM unnest(people) AS p;
    END IF;
    RETURN made;
END
$$;

-- A participant of a conversation that is still to be made.
CREATE OR REPLACE FUNCTION ej.participant_new(person bigint, role text, pupil bigint) RETURNS ej.participant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT jsonb_populate_record(NULL::ej.participant, jsonb_build_object('person_id', person, 'role', role,
               'pupil_id', CASE WHEN role <> 'staff' THEN pupil END))
$$;

-- The person who writes; one of several sends of that person at a time, so that two do not begin the
-- same conversation twice.
CREATE OR REPLACE FUNCTION ej.message_author() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me bigint := (ej.author()).person_id;
BEGIN
    PERFORM FROM ej.account AS a WHERE a.person_id = me FOR NO KEY UPDATE;
    RETURN me;
END
$$;

-- Write to a person about a pupil (NULL: about none, else about the first of theirs); returns the outcome with the id
-- of the conversation. Errors: JE401 nobody to whom the writer may write; JE223 ej.message_files.
CREATE OR REPLACE FUNCTION ej.message_start(person_id bigint, pupil_id bigint, text text, names text[], datas bytea[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me   bigint := ej.message_author();
    to_  record;
    talk bigint;
BEGIN
    -- before the recipient is looked up, so that the answer is the same for everybody
    IF EXISTS (SELECT FROM unnest(names, datas) AS i(name, data) WHERE i.data IS NOT NULL AND i.name IS NULL) THEN
        RAISE EXCEPTION 'a file without a name' USING ERRCODE = '22023';
    END IF;
    SELECT r.* INTO to_ FROM ej.message_recipients(message_start.person_id) AS r
     WHERE message_start.pupil_id IS NULL OR r.pupil_id = message_start.pupil_id
     ORDER BY r.pupil_id NULLS FIRST, r.my_role DESC, r.role LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such recipient' USING ERRCODE = 'JE401';
    END IF;
    talk := ej.conversation_make(to_.school_id, 'direct', to_.pupil_id, ARRAY[
        ej.participant_new(me, to_.my_role, (SELECT x.my_pupil_id
            FROM ej.message_partners(to_.school_id, me, to_.person_id) AS x
           WHERE x.role = to_.role AND x.my_role = to_.my_role
             AND x.pupil_id IS NOT DISTINCT FROM to_.pupil_id LIMIT 1)),
        ej.participant_new(to_.person_id, to_.role, to_.pupil_id)]);
    PERFORM ej.message_write(talk, me, text, ej.message_files(to_.school_id, me, names, datas));
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'value', talk::text));
END
$$;

-- Write to the families of a class, each in a conversation of its own with all of whom the writer may
-- write to: `whom` is parents, pupils or both. The files are kept once. Returns the outcome with the number
-- of families. Errors: JE401 none of them; JE223 ej.message_files.
CREATE OR REPLACE FUNCTION ej.message_class(class_id bigint, whom text, text text, names text[], datas bytea[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me       bigint := ej.message_author();
    family   record;
    families int := 0;
    files    bigint[];
BEGIN
    FOR family IN
        SELECT r.school_id, r.pupil_id, array_agg(ej.participant_new(r.person_id, r.role, r.pupil_id)
                                                  ORDER BY r.person_id) AS people
          FROM ej.recipients() AS r
         WHERE r.class_id = message_class.class_id AND r.my_role = 'staff'
           AND (whom = 'both' OR whom = r.role || 's')
         GROUP BY r.school_id, r.pupil_id ORDER BY r.pupil_id
    LOOP
        families := families + 1;
        files := coalesce(files, ej.message_files(family.school_id, me, names, datas));
        PERFORM ej.message_write(
            ej.conversation_make(family.school_id, 'family', family.pupil_id,
                ej.participant_new(me, 'staff', NULL) || family.people), me, text, files);
    END LOOP;
    IF families = 0 THEN
        RAISE EXCEPTION 'no such class' USING ERRCODE = 'JE401';
    END IF;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'value', families::text));
END
$$;

-- Answer in a conversation. Errors: JE401 none of the writer's; JE223 ej.message_files; JE285, JE286,
-- JE287: rule_message.
CREATE OR REPLACE FUNCTION ej.message_reply(conversation_id bigint, text text, names text[], datas bytea[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me bigint := ej.message_author();
BEGIN
    IF NOT conversation_id = ANY (ej.my_conversations() || ej.my_past_conversations()) THEN
        RAISE EXCEPTION 'no such conversation' USING ERRCODE = 'JE401';
    END IF;
    PERFORM ej.message_write(conversation_id, me, text, ej.message_files(
        (SELECT c.school_id FROM ej.conversation AS c WHERE c.id = message_reply.conversation_id), me, names, datas));
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Record that the reader has opened a conversation.
CREATE OR REPLACE FUNCTION ej.conversation_open(conversation_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.participant AS p SET read_id = c.last_id, read_at = now()
      FROM ej.conversation AS c
     WHERE c.id = conversation_open.conversation_id AND p.conversation_id = c.id
       AND p.person_id = (ej.author()).person_id AND p.read_id < c.last_id
       AND c.id = ANY (ej.my_conversations());
    UPDATE ej.notice_for AS f SET read_at = now() -- the notices of these messages, too
      FROM ej.message AS m
     WHERE f.person_id = (ej.author()).person_id AND f.kind = 'message' AND f.read_at IS NULL
       AND m.id = f.fact_key::bigint AND m.conversation_id = conversation_open.conversation_id
       AND m.conversation_id = ANY (ej.my_conversations());
END
$$;

-- Leave a conversation: what is written later is not read. A participant who has left stays so.
-- Errors: JE401 none of the reader's.
CREATE OR REPLACE FUNCTION ej.conversation_leave(conversation_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    me   bigint := (ej.author()).person_id;
    last bigint;
BEGIN
    IF NOT conversation_id = ANY (ej.my_conversations() || ej.my_past_conversations()) THEN
        RAISE EXCEPTION 'no such conversation' USING ERRCODE = 'JE401';
    END IF;
    SELECT c.last_id INTO last FROM ej.conversation AS c WHERE c.id = conversation_id FOR NO KEY UPDATE;
    UPDATE ej.participant AS p SET left_id = last
     WHERE p.conversation_id = $1 AND p.person_id = me AND p.left_id IS NULL;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Show a conversation, up to its present end, to the director. Errors: JE401 none of the reader's;
-- JE286 the reader has left it.
CREATE OR REPLACE FUNCTION ej.conversation_show(conversation_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT conversation_id = ANY (ej.my_conversations() || ej.my_past_conversations()) THEN
        RAISE EXCEPTION 'no such conversation' USING ERRCODE = 'JE401';
    ELSIF NOT conversation_id = ANY (ej.my_conversations()) THEN
        PERFORM ej.rule_fault('message_left', NULL);
    END IF;
    INSERT INTO ej.conversation_shown (conversation_id, last_id, school_id, person_id)
    SELECT c.id, c.last_id, c.school_id, (ej.author()).person_id
      FROM ej.conversation AS c WHERE c.id = conversation_show.conversation_id
    ON CONFLICT DO NOTHING;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Let the conversations of one of two records of a person be those of the other (duplicates.sql).
CREATE OR REPLACE FUNCTION ej.conversation_of_person(school bigint, kept bigint, gone bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    UPDATE ej.message AS m SET person_id = kept WHERE m.person_id = gone AND m.school_id = school;
    UPDATE ej.file AS f SET person_id = kept WHERE f.person_id = gone AND f.school_id = school;
    UPDATE ej.file_piece AS f SET person_id = kept WHERE f.person_id = gone AND f.school_id = school;
    UPDATE ej.conversation_shown AS s SET person_id = kept WHERE s.person_id = gone AND s.school_id = school;
    DELETE FROM ej.participant AS p
     WHERE p.person_id = gone AND p.school_id = school AND EXISTS (
        SELECT FROM ej.participant AS k WHERE k.conversation_id = p.conversation_id AND k.person_id = kept);
    UPDATE ej.participant AS p SET person_id = kept WHERE p.person_id = gone AND p.school_id = school;
$$;

-- The same of two records of a pupil.
CREATE OR REPLACE FUNCTION ej.conversation_of_pupil(kept bigint, gone bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    UPDATE ej.conversation AS c SET pupil_id = kept WHERE c.pupil_id = gone;
    UPDATE ej.participant AS p SET pupil_id = kept WHERE p.pupil_id = gone;
$$;

GRANT EXECUTE ON FUNCTION ej.message_start, ej.message_class, ej.message_reply, ej.conversation_open,
    ej.conversation_leave, ej.conversation_show TO ej_web;
