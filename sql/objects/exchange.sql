-- exchange.sql: documents for other systems (INT-01, FED-06, FED-42): receivers, the queue, the register.
--
-- A job (core/post/exchange.c) takes what is due, makes the document once by the sheet of its kind from
-- ej.exchange_source, checks it with the kind's schema, freezes it and hands it over. What fails is tried again, ever
-- later, ten times at most. The source has nothing of families on paper but their number (LEG-03).

GRANT SELECT ON ej.receiver, ej.exchange TO ej_rights;
GRANT SELECT ON ej.receiver TO ej_rule;
GRANT SELECT, INSERT, UPDATE ON ej.exchange TO ej_rule;

CREATE POLICY read ON ej.receiver FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR school_id = any((select ej.my_lead_schools())::bigint[]));
CREATE POLICY add ON ej.receiver FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.receiver FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT ON ej.receiver TO ej_web;
GRANT INSERT (school_id, name, kind, transport, address, schedule, is_closed) ON ej.receiver TO ej_web;
GRANT UPDATE (name, kind, transport, address, schedule, is_closed) ON ej.receiver TO ej_web;

CREATE POLICY read ON ej.exchange FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR school_id = any((select ej.my_lead_schools())::bigint[]));
GRANT SELECT (id, school_id, receiver_id, kind, due_on, document, sha256, state, code, answer, attempts, made_at,
    next_at, tried_at, ended_at) ON ej.exchange TO ej_web;

-- ------------------------------------------------------------------------ source --

-- What the sheets of all kinds read: the school, the year, its classes with their pupils. Pupils of families on
-- paper are counted and not named.
CREATE OR REPLACE FUNCTION ej.exchange_source(school bigint) RETURNS xml
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    day   date := ej.today(school);
    yr    int := (SELECT y.year FROM ej.school_year AS y WHERE y.school_id = school
                   ORDER BY y.during @> day DESC, lower(y.during) > day DESC, abs(lower(y.during) - day) LIMIT 1);
    paper bigint[] := ARRAY(SELECT ej.rule_paper_pupils(school));
BEGIN
    RETURN (
        SELECT xmlelement(NAME source,
                   xmlattributes(s.id AS school_id, coalesce(nullif(s.name, ''), s.short_name) AS school,
                                 day AS made_on, yr AS year),
                   (SELECT xmlagg(xmlelement(NAME class,
                               xmlattributes(c.id AS class_id, c.name AS name, c.grade AS grade, c.letter AS letter,
                                             (SELECT ej.short_name(t.surname, t.given_name, t.patronymic)
                                                FROM ej.staff AS t WHERE t.id = c.class_teacher_id) AS class_teacher,
                                             p.pupils, p.paper), p.rows) ORDER BY c.grade, c.letter, c.id)
                      FROM ej.class AS c
                     CROSS JOIN LATERAL (
                           SELECT count(*) AS pupils, count(*) FILTER (WHERE u.id = ANY (paper)) AS paper,
                                  xmlagg(xmlelement(NAME pupil,
                                      xmlattributes(u.id AS pupil_id, u.surname AS surname, u.given_name AS given_name,
                                                    u.patronymic AS patronymic, k.birth_on AS birth_on,
                                                    nullif(k.sex, '') AS sex,
                                                    lower(e.during) AS enrolled_on))
                                      ORDER BY u.surname, u.given_name, u.patronymic, u.id)
                                      FILTER (WHERE u.id <> ALL (paper)) AS rows
                             FROM ej.enrolment AS e JOIN ej.pupil AS u ON u.id = e.pupil_id
                             LEFT JOIN ej.pupil_card AS k ON k.pupil_id = u.id
                            WHERE e.class_id = c.id AND e.during @> day) AS p
                     WHERE c.school_id = s.id AND c.year = yr))
          FROM ej.school AS s WHERE s.id = school);
END
$$;

-- ------------------------------------------------------------------------- people --

-- Order a document for a receiver now; the same form sent again orders it once. Returns the exchange.
-- Errors: JE302 no live session; JE301 not the administrator; JE401 no such receiver, or not read by this person;
-- JE317 it is closed, or the school is one to learn in.
CREATE OR REPLACE FUNCTION ej.exchange_order(receiver bigint, operation_id uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    author bigint := (ej.author()).account_id;
    whom   ej.receiver;
    made   bigint;
BEGIN
    IF author IS NULL OR author IS DISTINCT FROM ej.session_account() THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    SELECT a.* INTO whom FROM ej.receiver AS a
     WHERE a.id = exchange_order.receiver AND a.school_id = ANY (ej.my_admin_schools() || ej.my_lead_schools());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such receiver' USING ERRCODE = 'JE401';
    ELSIF whom.school_id <> ALL (ej.my_admin_schools()) THEN
        RAISE EXCEPTION 'not the administrator' USING ERRCODE = 'JE301';
    ELSIF whom.is_closed OR ej.is_training(whom.school_id) THEN
        RAISE EXCEPTION 'closed' USING ERRCODE = 'JE317';
    END IF;
    INSERT INTO ej.exchange AS e (school_id, receiver_id, kind, account_id, operation_id)
    VALUES (whom.school_id, whom.id, whom.kind, author, exchange_order.operation_id)
    ON CONFLICT ON CONSTRAINT exchange_once DO NOTHING;
    RETURN (SELECT e.id FROM ej.exchange AS e
             WHERE e.account_id = author AND e.operation_id = exchange_order.operation_id);
END
$$;

-- Send once more, at once, what failed or was refused: the same frozen document, if one was made.
-- Errors: JE302, JE301, JE401 as ej.exchange_order; JE318 it has not failed.
CREATE OR REPLACE FUNCTION ej.exchange_retry(exchange bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    author bigint := (ej.author()).account_id;
    one    ej.exchange;
BEGIN
    IF author IS NULL OR author IS DISTINCT FROM ej.session_account() THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    SELECT e.* INTO one FROM ej.exchange AS e
     WHERE e.id = exchange_retry.exchange AND e.school_id = ANY (ej.my_admin_schools() || ej.my_lead_schools())
       FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such document' USING ERRCODE = 'JE401';
    ELSIF one.school_id <> ALL (ej.my_admin_schools()) THEN
        RAISE EXCEPTION 'not the administrator' USING ERRCODE = 'JE301';
    ELSIF one.state = 'queued' THEN
        RETURN; -- sent twice
    ELSIF one.state NOT IN ('failed', 'refused') THEN
        RAISE EXCEPTION 'it has not failed' USING ERRCODE = 'JE318';
    END IF;
    UPDATE ej.exchange AS e SET state = 'queued', attempts = 0, next_at = now(), ended_at = NULL WHERE e.id = one.id;
END
$$;

-- Enter into the log of access of its pupils that the document was read.
-- Errors: JE302 the caller has not entered as a writer.
CREATE OR REPLACE FUNCTION ej.exchange_opened(exchange bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.list_opened('/exchange', ARRAY(
        SELECT DISTINCT n.pupil_id FROM ej.exchange AS e JOIN ej.school AS s ON s.id = e.school_id
          JOIN ej.enrolment AS n ON n.school_id = e.school_id AND n.during @> (e.made_at AT TIME ZONE s.tz)::date
         WHERE e.id = exchange_opened.exchange AND e.document IS NOT NULL
           AND e.school_id = ANY (ej.my_admin_schools() || ej.my_lead_schools())));
END
$$;

-- ---------------------------------------------------------------------------- job --

-- The wait before the next attempt after so many.
CREATE OR REPLACE FUNCTION ej.exchange_delay(attempts int) RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
SELECT least(interval '1 minute' * power(3, attempts - 1), interval '12 hours')
$$;

-- Queue what is due by the schedules: one document a receiver a day, from 5 in the morning by the school's clock.
-- A school to learn in sends nothing.
CREATE OR REPLACE FUNCTION ej.exchange_due() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.exchange (school_id, receiver_id, kind, due_on)
    SELECT a.school_id, a.id, a.kind, t.today
      FROM ej.receiver AS a JOIN ej.school_today AS t ON t.school_id = a.school_id
     WHERE a.schedule <> 'none' AND NOT a.is_closed AND NOT ej.is_training(a.school_id)
       AND (now() AT TIME ZONE t.tz)::time >= '05:00'
       AND NOT EXISTS (SELECT FROM ej.exchange AS e WHERE e.receiver_id = a.id AND e.due_on >
                CASE a.schedule WHEN 'day' THEN t.today - 1 WHEN 'week' THEN t.today - 7
                                ELSE (t.today - interval '1 month')::date END)
    ON CONFLICT DO NOTHING;
END
$$;

-- Take the document that has been due longest: it is this runner's for ten minutes. source: the school's data,
-- where it is still to be made; document: what was frozen. No row when nothing is due.
CREATE OR REPLACE FUNCTION ej.exchange_take()
RETURNS TABLE (exchange_id bigint, kind text, transport text, address text, document text, source text, name text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one ej.exchange;
BEGIN
    PERFORM ej.exchange_due();
    SELECT e.* INTO one FROM ej.exchange AS e WHERE e.next_at <= clock_timestamp()
     ORDER BY e.next_at, e.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE ej.exchange AS e SET attempts = e.attempts + 1, tried_at = clock_timestamp(),
           next_at = clock_timestamp() + interval '10 minutes'
     WHERE e.id = one.id;
    RETURN QUERY
    SELECT one.id, one.kind::text, a.transport::text, a.address::text, convert_from(one.document, 'UTF8'),
           CASE WHEN one.document IS NULL THEN ej.exchange_source(one.school_id)::text END,
           format('%s-%s-%s', one.kind, one.school_id, one.id)
      FROM ej.receiver AS a WHERE a.id = one.receiver_id;
END
$$;

-- Freeze the document that was made.
CREATE OR REPLACE FUNCTION ej.exchange_keep(exchange bigint, document text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bytes bytea := convert_to(exchange_keep.document, 'UTF8');
BEGIN
    UPDATE ej.exchange AS e SET document = bytes, sha256 = sha256(bytes)
     WHERE e.id = exchange AND e.document IS NULL;
END
$$;

-- Record how an attempt ended: sent, accepted, refused, or failed, which is tried again, ten times at most.
CREATE OR REPLACE FUNCTION ej.exchange_record(exchange bigint, outcome text, code text, answer text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.exchange AS e
       SET state = outcome, code = exchange_record.code, answer = left(coalesce(exchange_record.answer, ''), 300),
           next_at = CASE WHEN outcome = 'failed' AND e.attempts < 10
                          THEN clock_timestamp() + ej.exchange_delay(e.attempts) END,
           ended_at = CASE WHEN outcome <> 'failed' OR e.attempts >= 10 THEN clock_timestamp() END
     WHERE e.id = exchange AND e.state IN ('queued', 'failed');
END
$$;

GRANT EXECUTE ON FUNCTION ej.exchange_order, ej.exchange_retry, ej.exchange_opened TO ej_web;
GRANT EXECUTE ON FUNCTION ej.exchange_take, ej.exchange_keep, ej.exchange_record TO ej_job;
