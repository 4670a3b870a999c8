-- contacts.sql: a person's addresses, confirmed by code, and how the person wants to be told.
--
-- The code is kept as it is sent, since the letter with it is composed later; no role reads it but by
-- ej.contact_code(). It is void after a day, and after five wrong ones. As with passwords (login.sql) a code
-- that is typed is counted by one call (ej.contact_try) and judged by the next (ej.contact_confirm), in
-- a transaction of its own, and so is a code that was made: whoever can run any statement as the web role, with
-- savepoints too, has five guesses at each of five codes a day.

CREATE POLICY read ON ej.contact FOR SELECT TO ej_web
    USING (person_id = any((select ej.my_persons())::bigint[]));
GRANT SELECT (id, person_id, channel, address, made_at, verified_at, suspended_at, sent_at) ON ej.contact TO ej_web;
CREATE POLICY read ON ej.choice FOR SELECT TO ej_web
    USING (person_id = any((select ej.my_persons())::bigint[]));
GRANT SELECT ON ej.choice TO ej_web;

-- An address as it is kept: of an e-mail the domain in small letters; of a telephone + and digits, where
-- 8 stands for +7. NULL: no such address.
CREATE OR REPLACE FUNCTION ej.contact_address(channel text, typed text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
    SELECT CASE WHEN channel = 'email' AND length(e.mail) <= 254
                 AND e.mail ~ '^[A-Za-z0-9._%+-]{1,64}@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$'
                THEN e.mail
                WHEN channel = 'sms' AND typed ~ '^\s*\+?[0-9 ()-]+$' AND e.phone ~ '^\+[1-9][0-9]{9,14}$'
                THEN e.phone END
      FROM (SELECT regexp_replace(btrim(typed), '@.*$', '') || lower(substring(btrim(typed) FROM '@.*$')) AS mail,
                   regexp_replace('+' || regexp_replace(typed, '\D', '', 'g'), '^\+8(\d{10})$', '+7\1') AS phone) AS e
$$;

-- Send a code to this contact of the present person: at most one a minute, five a day to all addresses.
-- Errors: JE111 too many codes.
CREATE OR REPLACE FUNCTION ej.contact_send(contact_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me bigint := (SELECT m.person_id FROM ej.me AS m);
BEGIN
    IF (SELECT max(f.made_at) > now() - interval '1 minute' OR count(*) >= 5 FROM ej.notice_for AS f
         WHERE f.person_id = me AND f.kind = 'contact_code' AND f.made_at > now() - interval '1 day') THEN
        RETURN '[{"field": "address", "outcome": "bad", "code": "JE111"}]';
    END IF;
    UPDATE ej.contact AS c
       SET secret = lpad((('x' || encode(substr(uuid_send(gen_random_uuid()), 1, 4), 'hex'))::bit(32)::bigint
                          % 1000000)::text, 6, '0'),
           sent_at = now(), sent_xid = pg_current_xact_id(), tries = 0
     WHERE c.id = contact_id AND c.person_id = me AND c.verified_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such address' USING ERRCODE = 'JE401';
    END IF;
    PERFORM ej.contact_tell(me, contact_id, 'contact_code');
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'value', contact_id));
END
$$;

-- Tell a person of a contact by that contact itself, which need not be confirmed (contact_code) or
-- counts no longer (contact_changed).
CREATE OR REPLACE FUNCTION ej.contact_tell(person_id bigint, contact_id bigint, kind text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    n ej.notice;
BEGIN
    INSERT INTO ej.notice (school_id, kind, fact_key)
    SELECT min(w.id), contact_tell.kind, concat_ws('-', contact_id, gen_random_uuid())
      FROM unnest(ej.known_schools(contact_tell.person_id)) AS w(id)
    RETURNING * INTO n;
    INSERT INTO ej.notice_for (school_id, notice_id, person_id, kind, fact_key, send_at)
    VALUES (n.school_id, n.id, contact_tell.person_id, n.kind, n.fact_key, now());
END
$$;

-- Add an address of the present person, and send a code to it. Returns the outcomes; the id is the
-- value. Errors: JE165 no e-mail address; JE166 no telephone; JE212 it is confirmed already; JE111 too
-- many codes.
CREATE OR REPLACE FUNCTION ej.contact_add(channel text, address text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me   bigint := (SELECT m.person_id FROM ej.me AS m);
    kept text := ej.contact_address(channel, address);
    c    ej.contact;
BEGIN
    IF kept IS NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('field', 'address', 'outcome', 'bad', 'code',
                                                    CASE channel WHEN 'email' THEN 'JE165' ELSE 'JE166' END));
    END IF;
    INSERT INTO ej.contact (person_id, channel, address) VALUES (me, contact_add.channel, kept) ON CONFLICT DO NOTHING;
    SELECT x.* INTO c FROM ej.contact AS x
     WHERE x.person_id = me AND x.channel = contact_add.channel AND x.address = kept FOR UPDATE;
    IF c.verified_at IS NOT NULL AND c.suspended_at IS NULL THEN
        RETURN '[{"field": "address", "outcome": "bad", "code": "JE212"}]';
    ELSIF c.suspended_at IS NOT NULL THEN
        UPDATE ej.contact AS x SET verified_at = NULL, suspended_at = NULL WHERE x.id = c.id;
    END IF;
    RETURN ej.contact_send(c.id);
END
$$;

-- Count a code that is typed for an address of the present person, before it may be judged. Returns the
-- seconds to wait, or 0.
-- Errors: JE401 no such address; 23502 there is no code.
CREATE OR REPLACE FUNCTION ej.contact_try(contact_id bigint, code text) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    wait_s int;
BEGIN
    PERFORM FROM ej.contact AS c WHERE c.id = contact_id AND c.person_id = ANY (ej.my_persons());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such address' USING ERRCODE = 'JE401';
    END IF;
    wait_s := ej.guess_try(ej.contact_subjects(), ej.contact_guess(contact_id, code));
    UPDATE ej.contact AS c SET tries = c.tries + 1 WHERE wait_s = 0 AND c.id = contact_id AND c.verified_at IS NULL;
    RETURN wait_s;
END
$$;

-- What the typed codes of the present person are counted as.
CREATE OR REPLACE FUNCTION ej.contact_subjects() RETURNS text[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT ARRAY['account ' || (ej.my_accounts())[1] || ' contact']
$$;

-- A code that is typed for an address, as a guess.
CREATE OR REPLACE FUNCTION ej.contact_guess(contact_id bigint, code text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(contact_id || ' ' || regexp_replace(code, '\D', '', 'g'), 'UTF8'))
$$;

-- Confirm an address of the present person by the code that was sent to it and typed (ej.contact_try). The
-- address that counted before is suspended, and told of it. Returns the outcomes. Errors: JE401 no such
-- address; JE110 the code was not counted; JE167 a wrong code.
CREATE OR REPLACE FUNCTION ej.contact_confirm(contact_id bigint, code text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    c   ej.contact;
    old bigint;
BEGIN
    SELECT x.* INTO c FROM ej.contact AS x
     WHERE x.id = contact_id AND x.person_id = ANY (ej.my_persons()) FOR UPDATE;
    IF c.id IS NULL THEN
        RAISE EXCEPTION 'no such address' USING ERRCODE = 'JE401';
    ELSIF c.verified_at IS NOT NULL THEN
        RETURN '[{"field": "code", "outcome": "saved"}]';
    ELSIF NOT ej.guess_judge(ej.contact_subjects(), ej.contact_guess(contact_id, code),
           c.secret = regexp_replace(code, '\D', '', 'g') AND c.tries <= 5 -- NULL where no code was sent
           AND c.sent_xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
           AND c.sent_at >= now() - interval '1 day') THEN
        RETURN '[{"field": "code", "outcome": "bad", "code": "JE167"}]';
    END IF;
    UPDATE ej.contact AS x SET suspended_at = now()
     WHERE x.person_id = c.person_id AND x.channel = c.channel AND x.verified_at IS NOT NULL
       AND x.suspended_at IS NULL RETURNING x.id INTO old;
    UPDATE ej.contact AS x SET verified_at = now(), secret = NULL WHERE x.id = c.id;
    IF old IS NOT NULL THEN
        PERFORM ej.contact_tell(c.person_id, old, 'contact_changed');
    END IF;
    RETURN '[{"field": "code", "outcome": "saved"}]';
END
$$;

-- Give up an address of the present person. One that counted is told of it. Returns the outcomes.
-- Errors: JE401 no such address.
CREATE OR REPLACE FUNCTION ej.contact_drop(contact_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    c ej.contact;
BEGIN
    SELECT x.* INTO c FROM ej.contact AS x
     WHERE x.id = contact_id AND x.person_id = ANY (ej.my_persons()) FOR UPDATE;
    IF c.id IS NULL THEN
        RAISE EXCEPTION 'no such address' USING ERRCODE = 'JE401';
    ELSIF c.verified_at IS NULL THEN
        DELETE FROM ej.contact AS x WHERE x.id = c.id;
    ELSIF c.suspended_at IS NULL THEN
        UPDATE ej.contact AS x SET suspended_at = now() WHERE x.id = c.id;
        PERFORM ej.contact_tell(c.person_id, c.id, 'contact_changed');
    END IF;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- The audiences of notices (ej.notice_kinds) to which the present person belongs.
CREATE OR REPLACE FUNCTION ej.my_audiences() RETURNS text[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN ej.my_guardians() <> '{}' THEN 'guardian' END,
        CASE WHEN EXISTS (SELECT FROM ej.pupil AS p WHERE p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
                             AND p.person_id = ANY ((SELECT ej.my_persons())::bigint[])) THEN 'pupil' END,
        CASE WHEN ej.my_classes() <> '{}' THEN 'class_teacher' END], NULL)
        || ARRAY(SELECT r.role::text FROM ej.staff_role AS r
                  WHERE r.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AND r.during @> (SELECT ej.my_today()))
$$;

-- The mode in which a kind is sent by a channel, unless the person has chosen another: by SMS only what
-- is sent at once.
CREATE OR REPLACE FUNCTION ej.choice_default(kind_mode text, channel text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN channel = 'sms' AND kind_mode <> 'at_once' THEN 'off' ELSE kind_mode END
$$;

-- Save how the present person wants to be told: by each channel the numbers of kinds, with the modes that
-- the form showed and the new ones. Returns the outcomes, of the fields <channel>.<number>. Errors: JE106, JE210.
CREATE OR REPLACE FUNCTION ej.choices_save(emails int[], email_olds text[], email_modes text[],
    smses int[], sms_olds text[], sms_modes text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me       bigint := (SELECT m.person_id FROM ej.me AS m);
    outcomes jsonb;
BEGIN
    PERFORM FROM ej.account AS a WHERE a.person_id = me FOR NO KEY UPDATE; -- one save of a person at a time
    SELECT coalesce(jsonb_agg(ej.field_outcome(concat_ws('.', x.channel, x.n), x.stored, x.old, x.mode,
               CASE WHEN x.stored IS NULL OR x.mode <> ALL ('{at_once,daily,weekly,off}') THEN 'JE106' END,
               'choice', ARRAY[me]) || jsonb_build_object('row', to_jsonb(x))), '[]') INTO outcomes
      FROM (SELECT u.*, d.kind, coalesce(h.mode, ej.choice_default(d.mode, u.channel)) AS stored
              FROM (SELECT 'email' AS channel, e.* FROM unnest(emails, email_olds, email_modes) AS e(n, old, mode)
                     UNION ALL
                    SELECT 'sms', s.* FROM unnest(smses, sms_olds, sms_modes) AS s(n, old, mode)) AS u
              LEFT JOIN ej.notice_kinds() AS d ON d.n = u.n AND NOT starts_with(d.kind, 'contact_')
              LEFT JOIN ej.choice AS h ON h.person_id = me AND h.kind = d.kind AND h.channel = u.channel) AS x;
    IF NOT ej.is_refused(outcomes) THEN
        INSERT INTO ej.choice AS c (person_id, kind, channel, mode)
        SELECT me, o.row ->> 'kind', o.row ->> 'channel', o.row ->> 'mode'
          FROM jsonb_to_recordset(outcomes) AS o("row" jsonb, outcome text)
         WHERE o.outcome = 'saved' AND o.row ->> 'mode' <> o.row ->> 'stored'
        ON CONFLICT ON CONSTRAINT choice_pkey DO UPDATE SET mode = excluded.mode;
    END IF;
    RETURN outcomes;
END
$$;

GRANT EXECUTE ON FUNCTION ej.contact_add, ej.contact_send, ej.contact_try, ej.contact_confirm, ej.contact_drop,
    ej.choices_save TO ej_web;
