-- login_password.sql: activation codes and one's own password; who may call
-- what of the log-in.

-- ------------------------------------------------------ activation codes --
-- Whoever holds a slip is taken for its person; but a slip comes from one school,
-- whose people could keep it. So a school's code opens what that school could
-- show anyway, and no more:
--   A person known in that school alone gets an account by it or, who has
--   forgotten log-in or password, new ones; all sessions end.
--   A person who works, learns or has a child in other schools as well has one
--   account for all of them: the codes of all these schools are wanted
--   together, and are used together. One school's alone changes nothing, and
--   whoever knows log-in and password just uses them.

-- Make a code of 15 signs, 64 bits: figures, and letters that look alike in Latin
-- and Russian. What people type is folded to them by ej_text_code in C.
CREATE OR REPLACE FUNCTION ej.new_code() RETURNS text
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
    SELECT string_agg(substr('ACEHKMPTXY0123456789', 1 + (get_byte(r.b, 2 * n) * 256 + get_byte(r.b, 2 * n + 1)) % 20, 1)
                      || CASE WHEN n IN (4, 9) THEN '-' ELSE '' END, '' ORDER BY n)
      FROM (SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) AS b) AS r,
           generate_series(0, 14) AS n
$$;

-- The digest of a code without its hyphens: all that is kept of it.
CREATE OR REPLACE FUNCTION ej.code_sha256(code text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT sha256(convert_to(replace(code, '-', ''), 'UTF8')) $$;

-- Whose good codes these are, or codes that this operation has used; no row: one
-- is unknown, used or expired, or they are of several persons. is_partial: the
-- person is in another school as well.
CREATE OR REPLACE FUNCTION ej.activation_of(codes bytea[], operation_id uuid)
RETURNS TABLE (person_id bigint, school_id bigint, is_partial boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT min(a.person_id), min(a.school_id), NOT array_agg(a.school_id) @> ej.scope_watch(min(a.person_id))
      FROM ej.activation AS a
     WHERE a.code_sha256 = ANY (codes)
       AND (a.used_at IS NULL AND a.expires_at > now() OR a.operation_id = activation_of.operation_id)
    HAVING count(*) = (SELECT count(DISTINCT c) FROM unnest(codes) AS c)
       AND min(a.person_id) = max(a.person_id);
END
$$;

-- Tell whose codes these are; to ask is counted as a guess of this address.
-- wait_s > 0: it must wait after too many wrong ones. No row: a code is unknown,
-- used or expired, whichever, or they are of several persons.
CREATE OR REPLACE FUNCTION ej.activation_find(codes bytea[], address inet, operation_id uuid)
RETURNS TABLE (person_name text, school_name text, is_partial boolean, wait_s int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    subjects text[] := ARRAY[ej.guess_address(address) || ' code'];
BEGIN
    wait_s := ej.guess_count(subjects);
    IF wait_s > 0 THEN
        RETURN NEXT;
        RETURN;
    END IF;
    SELECT ej.person_name(o.person_id), s.name, o.is_partial
      INTO activation_find.person_name, activation_find.school_name, activation_find.is_partial
      FROM ej.activation_of(codes, operation_id) AS o JOIN ej.school AS s ON s.id = o.school_id;
    IF FOUND THEN
        PERFORM ej.guess_right(subjects);
        RETURN NEXT;
    END IF;
END
$$;

-- Use codes once: an account for their person, or new log-in and password for
-- the account that the person has; all its sessions end. Asked again by the
-- same operation it is done already.
-- Errors: JE112 a code is unknown, used or expired; JE124 those of other schools
-- are wanted, too; JE113 the log-in is taken, and the codes stay good.
CREATE OR REPLACE FUNCTION ej.activation_use(codes bytea[], login text, password text, operation_id uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    of      record;
    account bigint;
BEGIN
    -- a twin waits here; the row is then as it left it
    PERFORM FROM ej.activation AS a WHERE a.code_sha256 = ANY (codes) ORDER BY a.code_sha256 FOR UPDATE;
    IF EXISTS (SELECT FROM ej.activation AS a
                WHERE a.code_sha256 = ANY (codes) AND a.operation_id = activation_use.operation_id) THEN
        RETURN;
    END IF;
    SELECT * INTO of FROM ej.activation_of(codes, operation_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'activation code is unknown, used or expired'
            USING ERRCODE = 'JE112', COLUMN = 'code';
    ELSIF of.is_partial THEN
        RAISE EXCEPTION 'the person is in other schools as well'
            USING ERRCODE = 'JE124', COLUMN = 'code';
    END IF;
    UPDATE ej.activation AS a SET used_at = now(), operation_id = activation_use.operation_id
     WHERE a.code_sha256 = ANY (codes);
    BEGIN
        INSERT INTO ej.account AS a (person_id, login, password)
        VALUES (of.person_id, activation_use.login, activation_use.password)
        ON CONFLICT ON CONSTRAINT account_person DO UPDATE
           SET login = excluded.login, password = excluded.password, epoch = a.epoch + 1
        RETURNING a.id INTO account;
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'this log-in is taken' USING ERRCODE = 'JE113', COLUMN = 'login';
    END;
    -- a browser trusted by the old owner of the log-in is a stranger again
    DELETE FROM ej.device AS d WHERE d.account_id = account;
    DELETE FROM ej.guess AS g WHERE g.subject = 'account ' || account;
END
$$;

-- The name of the school where there is but one: what the door says to who has
-- not come in. NULL: there are several, and none is to be told of.
CREATE OR REPLACE FUNCTION ej.only_school() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT min(s.short_name) FROM ej.school AS s HAVING count(*) = 1
$$;

-- -------------------------------------------------------------- password --
-- A session left open must not be a place to try passwords: the old one is a
-- guess, counted apart from the log-in's, and compared here.

-- Method and salt of one's own password. wait_s > 0: nothing may be tried yet.
-- Errors: JE302 no live session.
CREATE OR REPLACE FUNCTION ej.password_begin() RETURNS TABLE (setting text, wait_s int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.session_account();
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    wait_s := ej.guess_wait(ARRAY['account ' || account || ' own']);
    SELECT ej.crypt_setting(a.password) INTO setting FROM ej.account AS a
     WHERE a.id = account AND wait_s = 0;
    RETURN NEXT;
END
$$;

-- Count what crypt_r made of the old password. Seconds to wait, or 0: counted.
-- Errors: JE302 no live session.
CREATE OR REPLACE FUNCTION ej.password_try(computed text) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.session_account();
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    RETURN ej.guess_try(ARRAY['account ' || account || ' own'], sha256(convert_to(computed, 'UTF8')));
END
$$;

-- A new password for whoever asks and knows the old one (computed). All other
-- sessions end; this one goes on, by another token when its digest is given: who
-- had seen the old token is out as well.
-- Errors: JE302 no live session, JE116 not the old one, JE110 not counted.
CREATE OR REPLACE FUNCTION ej.password_change(computed text, new_password text, new_digest bytea)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine  record;
    guess bytea := sha256(convert_to(computed, 'UTF8'));
    made  bytea;
BEGIN
    SELECT m.account_id, m.digest, sha256(convert_to(a.password, 'UTF8')) = guess AS is_right INTO mine
      FROM ej.me AS m JOIN ej.account AS a ON a.id = m.account_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    IF NOT ej.guess_judge(ARRAY['account ' || mine.account_id || ' own'], guess, mine.is_right) THEN
        RAISE EXCEPTION 'the old password is wrong' USING ERRCODE = 'JE116', COLUMN = 'old_password';
    END IF;
    DELETE FROM ej.scope AS s WHERE s.digest = mine.digest;
    UPDATE ej.session AS s SET digest = coalesce(new_digest, s.digest), epoch = s.epoch + 1
     WHERE s.digest = mine.digest
    RETURNING s.digest INTO made;
    IF made IS NULL THEN -- changed meanwhile by a twin
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    PERFORM set_config('ej.session', encode(made, 'hex'), true);
    UPDATE ej.account AS a SET password = new_password, epoch = a.epoch + 1
     WHERE a.id = mine.account_id;
    DELETE FROM ej.guess AS g
     WHERE g.subject IN ('account ' || mine.account_id, 'account ' || mine.account_id || ' own');
END
$$;

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f record;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS name, p.prosecdef, n.asks
          FROM pg_proc AS p
          JOIN (VALUES ('login_begin', true), ('login_try', true), ('login_finish', true),
                       ('session_end', true), ('foreign_session', true),
                       ('activation_find', true), ('activation_use', true),
                       ('only_school', true), ('password_begin', true), ('password_try', true), ('password_change', true),
                       ('new_code', false), ('code_sha256', false), ('activation_of', false),
                       ('session_open', false), ('account_epoch', false), ('account_block', false),
                       ('crypt_setting', false),
                       ('crypt_nobody', false), ('guess_delay', false), ('guess_left', false),
                       ('guess_wait', false), ('guess_lock', false), ('guess_count', false),
                       ('guess_try', false), ('guess_judge', false), ('guess_right', false),
                       ('guess_address', false), ('guess_subjects', false)) AS n(name, asks)
            ON n.name = p.proname
         WHERE p.pronamespace = 'ej'::regnamespace
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, ej_web', f.name);
        IF f.prosecdef THEN
            EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rule', f.name);
        END IF;
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f.name,
                       CASE WHEN f.asks THEN 'ej_rule, ej_web' ELSE 'ej_rule' END);
    END LOOP;
END
$$;
