-- login_password.sql: activation codes, changing the own password, and the grants of
-- all log-in functions.

-- ------------------------------------------------------ activation codes --
-- A person who holds a printed code is taken for its owner. But the school that printed
-- it could keep it, so one school's code gives access only to data of that school:
--   A person known in one school only gets an account by its code or, having forgotten
--   log-in or password, sets new ones; all sessions end.
--   A person who works, learns or has a child in several schools has one account for
--   all of them. Their codes must be given together and are used together; one
--   school's code alone changes nothing.

-- Make a code of 15 characters (64 bits): digits, and letters that look the same in
-- Latin and Russian. ej_text_code in C maps typed text to these characters.
CREATE OR REPLACE FUNCTION ej.new_code() RETURNS text
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
    SELECT string_agg(substr('ACEHKMPTXY0123456789', 1 + (get_byte(r.b, 2 * n) * 256 + get_byte(r.b, 2 * n + 1)) % 20,
                             1)
                      || CASE WHEN n IN (4, 9) THEN '-' ELSE '' END, '' ORDER BY n)
      FROM (SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) AS b) AS r,
           generate_series(0, 14) AS n
$$;

-- The digest of a code without its hyphens; only the digest is stored.
CREATE OR REPLACE FUNCTION ej.code_sha256(code text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT sha256(convert_to(replace(code, '-', ''), 'UTF8')) $$;

-- The person of these codes. They must be valid, or used by this same operation. No row
-- when one is unknown, used or expired, or they belong to several persons. is_partial:
-- the person is in another school too, or has a role in a region, whose code is missing.
CREATE OR REPLACE FUNCTION ej.activation_by_code(codes bytea[], operation_id uuid)
RETURNS TABLE (person_id bigint, school_id bigint, is_partial boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT min(a.person_id), min(a.school_id), NOT array_agg(a.school_id) @> ej.known_schools(min(a.person_id))
           OR ej.is_regional(min(a.person_id)) AND bool_and(a.region_id IS NULL)
      FROM ej.activation AS a
     WHERE a.code_sha256 = ANY (codes)
       AND (a.used_at IS NULL AND a.expires_at > now() OR a.operation_id = activation_by_code.operation_id)
    HAVING count(*) = (SELECT count(DISTINCT c) FROM unnest(codes) AS c)
       AND min(a.person_id) = max(a.person_id);
END
$$;

-- The person of these codes, for the page; each call counts as a guess of this address.
-- wait_s > 0: the address must wait after too many wrong guesses. No row as in
-- ej.activation_by_code; the reason is not told.
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
    SELECT ej.person_name(o.person_id, o.school_id), coalesce(s.name, (
               SELECT g.name FROM ej.region_role AS r JOIN ej.region AS g ON g.id = r.region_id
                WHERE r.person_id = o.person_id ORDER BY r.id DESC LIMIT 1)), o.is_partial
      INTO activation_find.person_name, activation_find.school_name, activation_find.is_partial
      FROM ej.activation_by_code(codes, operation_id) AS o LEFT JOIN ej.school AS s ON s.id = o.school_id;
    IF FOUND THEN
        PERFORM ej.guess_right(subjects);
        RETURN NEXT;
    END IF;
END
$$;

-- Use codes: make an account for their person, or set log-in and password of the
-- person's account and end all its sessions; the person has confirmed the rules. A repeat
-- of the same operation changes nothing.
-- Errors: JE112 a code is unknown, used or expired; JE124 codes of other schools are
-- needed too; JE113 the log-in is taken, and the codes stay valid.
CREATE OR REPLACE FUNCTION ej.activation_use(codes bytea[], login text, password text, operation_id uuid)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    owner   record; -- the person of the codes
    account bigint;
    issued  timestamptz;
BEGIN
    -- a repeat at the same time waits here, then sees the first one's changes
    PERFORM FROM ej.activation AS a WHERE a.code_sha256 = ANY (codes) ORDER BY a.code_sha256 FOR UPDATE;
    IF EXISTS (SELECT FROM ej.activation AS a
                WHERE a.code_sha256 = ANY (codes) AND a.operation_id = activation_use.operation_id) THEN
        RETURN;
    END IF;
    SELECT * INTO owner FROM ej.activation_by_code(codes, operation_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'activation code is unknown, used or expired'
            USING ERRCODE = 'JE112', COLUMN = 'code';
    ELSIF owner.is_partial THEN
        RAISE EXCEPTION 'the person is in other schools as well'
            USING ERRCODE = 'JE124', COLUMN = 'code';
    END IF;
    issued := (SELECT min(a.made_at) FROM ej.activation AS a WHERE a.code_sha256 = ANY (codes));
    UPDATE ej.activation AS a SET used_at = now(), operation_id = activation_use.operation_id
     WHERE a.code_sha256 = ANY (codes);
    BEGIN
        INSERT INTO ej.account AS a (person_id, login, password, rules_at)
        VALUES (owner.person_id, activation_use.login, activation_use.password, now())
        ON CONFLICT ON CONSTRAINT account_person DO UPDATE
           SET login = excluded.login, password = excluded.password, rules_at = now(), epoch = a.epoch + 1,
               -- a code issued after the block opens the account; it withdrew the earlier ones
               blocked_at = CASE WHEN a.blocked_at > issued THEN a.blocked_at END
        RETURNING a.id INTO account;
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'this log-in is taken' USING ERRCODE = 'JE113', COLUMN = 'login';
    END;
    -- browsers remembered for the log-in's former owner are forgotten, and the second factor:
    -- a code is also for those who have lost their telephone
    DELETE FROM ej.factor AS f WHERE f.account_id = account;
    DELETE FROM ej.device AS d WHERE d.account_id = account;
    DELETE FROM ej.guess AS g WHERE g.subject = 'account ' || account;
END
$$;

-- The name of the database's only school, for pages before log-in; NULL when there are
-- several, since none of them may be revealed.
CREATE OR REPLACE FUNCTION ej.only_school() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT min(s.short_name) FROM ej.school AS s HAVING count(*) = 1
$$;

-- -------------------------------------------------------------- password --
-- Changing the own password. The typed old password counts as a guess, so that a
-- session left open cannot be used to try passwords; it has its own counter, apart
-- from the log-in's.

-- The method and salt of the user's own password; or wait_s > 0, the seconds before the
-- next guess.
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

-- Count the hash of the typed old password as a guess. Returns the seconds to wait, or 0
-- when it was counted.
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

-- Judge the hash of the typed own password (computed), which was counted as a guess (ej.password_try); returns the
-- account. Guesses of a right one are forgotten. For functions that may read passwords.
-- Errors: JE302 no live session, JE116 the password is wrong, JE110 not counted.
CREATE OR REPLACE FUNCTION ej.password_judge(computed text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    guess bytea := sha256(convert_to(computed, 'UTF8'));
    own   record;
BEGIN
    SELECT m.account_id, sha256(convert_to(a.password, 'UTF8')) = guess AS is_right INTO own
      FROM ej.me AS m JOIN ej.account AS a ON a.id = m.account_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    IF NOT ej.guess_judge(ARRAY['account ' || own.account_id || ' own'], guess, own.is_right) THEN
        RAISE EXCEPTION 'the old password is wrong' USING ERRCODE = 'JE116', COLUMN = 'old_password';
    END IF;
    DELETE FROM ej.guess AS g WHERE g.subject = 'account ' || own.account_id || ' own';
    RETURN own.account_id;
END
$$;

-- Set the user's new password, if the hash of the typed old one (computed) is right. All
-- other sessions end; the present one gets a new token if its digest is given, so that
-- a stolen old token is useless.
-- Errors: JE302 no live session, JE116 the old password is wrong, JE110 not counted.
CREATE OR REPLACE FUNCTION ej.password_change(computed text, new_password text, new_digest bytea)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.password_judge(computed);
    present bytea  := (SELECT m.digest FROM ej.me AS m);
    made    bytea;
BEGIN
    DELETE FROM ej.scope AS s WHERE s.digest = present;
    UPDATE ej.session AS s SET digest = coalesce(new_digest, s.digest), epoch = s.epoch + 1
     WHERE s.digest = present
    RETURNING s.digest INTO made;
    IF made IS NULL THEN -- an equal request has changed it meanwhile
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    PERFORM set_config('ej.session', encode(made, 'hex'), true);
    UPDATE ej.account AS a SET password = new_password, epoch = a.epoch + 1
     WHERE a.id = account;
    DELETE FROM ej.guess AS g WHERE g.subject = 'account ' || account;
END
$$;

-- ---------------------------------------------------------------- grants --

GRANT EXECUTE ON FUNCTION ej.login_begin, ej.login_try, ej.login_finish, ej.session_end,
    ej.foreign_session, ej.activation_find, ej.activation_use, ej.only_school,
    ej.password_begin, ej.password_try, ej.password_change TO ej_web;
