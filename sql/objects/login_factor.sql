-- login_factor.sql: the second factor of a log-in: codes of RFC 6238 from the person's
-- telephone, and recovery codes.
--
-- The codes are judged here and not in C, so that a statement of the web role cannot claim to
-- have judged one; and the secret is returned once, to the session that makes it. As with
-- passwords a guess is counted by one call (ej.factor_try) and judged by the next
-- (ej.factor_pass …), in a transaction of its own. A session is named by its digest, since one
-- without the second factor has no rights (ej.live_session).

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.factor, ej.recovery TO ej_rule;

-- Whether an account must show its second factor.
CREATE OR REPLACE FUNCTION ej.factor_is_due(account_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.factor AS f WHERE f.account_id = factor_is_due.account_id AND f.confirmed_at IS NOT NULL);
END
$$;

-- The account of a session that has not ended, with its second factor or without; NULL for
-- others.
CREATE OR REPLACE FUNCTION ej.factor_account(digest bytea) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT s.account_id FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id AND a.epoch = s.epoch
             WHERE s.digest = factor_account.digest AND a.blocked_at IS NULL
               AND s.ends_at > now() AND s.last_seen_at + s.idle > now());
END
$$;

-- Whether the session with this digest wants its second factor.
CREATE OR REPLACE FUNCTION ej.session_is_pending(digest bytea) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.session AS s WHERE s.digest = session_is_pending.digest AND s.is_pending);
END
$$;

-- The code of a step of 30 s (RFC 4226): six digits of the HMAC.
CREATE OR REPLACE FUNCTION ej.totp(secret bytea, step bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, public, pg_temp AS $$
DECLARE
    mac bytea := hmac(int8send(step), secret, 'sha1');
    at  int := get_byte(mac, 19) & 15;
BEGIN
    RETURN lpad((((get_byte(mac, at) & 127) * 16777216 + get_byte(mac, at + 1) * 65536
                  + get_byte(mac, at + 2) * 256 + get_byte(mac, at + 3)) % 1000000)::text, 6, '0');
END
$$;

-- Twenty bytes in the alphabet of RFC 4648, as a person types them: 32 letters and digits.
CREATE OR REPLACE FUNCTION ej.base32(bytes bytea) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT string_agg(substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 1 + (substring(t.bits FROM 5 * n + 1 FOR 5))::bit(5)::int, 1), '' ORDER BY n)
  FROM (SELECT string_agg(get_byte(bytes, b)::bit(8)::text, '' ORDER BY b) FROM generate_series(0, 19) AS b) AS t(bits),
       generate_series(0, 31) AS n
$$;

-- Begin a second factor: make a secret and return it, once, also as the address of which the
-- page shows the QR code. It counts when its first code is
-- confirmed.
-- Errors: JE302 no live session; JE267 there is one already.
CREATE OR REPLACE FUNCTION ej.factor_begin(OUT secret text, OUT uri text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.session_account();
    made    bytea := substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 20);
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    INSERT INTO ej.factor AS f (account_id, secret) VALUES (account, made)
    ON CONFLICT ON CONSTRAINT factor_pkey DO UPDATE SET secret = excluded.secret, made_at = now(), last_step = 0
     WHERE f.confirmed_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is a second factor' USING ERRCODE = 'JE267';
    END IF;
    secret := ej.base32(made);
    -- every byte of the log-in as %xx
    uri := format('otpauth://totp/ejournal:%s?secret=%s&issuer=ejournal',
        (SELECT regexp_replace(encode(convert_to(a.login, 'UTF8'), 'hex'), '(..)', '%\1', 'g') FROM ej.account AS a WHERE a.id = account),
        secret);
END
$$;

-- The own second factor, for the page: whether it counts, since when, how many recovery
-- codes are left, and whether this session has shown it within the last ten minutes.
CREATE OR REPLACE FUNCTION ej.factor_state(OUT confirmed_at text, OUT recoveries bigint, OUT is_fresh boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT to_char(f.confirmed_at AT TIME ZONE ej.my_tz(), 'YYYY-MM-DD"T"HH24:MI'),
           (SELECT count(*) FROM ej.recovery AS r WHERE r.account_id = f.account_id AND r.used_at IS NULL),
           EXISTS (SELECT FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest WHERE s.factor_at > now() - interval '10 minutes')
      INTO confirmed_at, recoveries, is_fresh
      FROM ej.factor AS f WHERE f.account_id = ej.session_account() AND f.confirmed_at IS NOT NULL;
END
$$;

-- Count a code as a guess at the second factor of a session's account. Returns the seconds to
-- wait, or 0 when it was counted.
-- Errors: JE302 no such session.
CREATE OR REPLACE FUNCTION ej.factor_try(digest bytea, code text) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.factor_account(digest);
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    RETURN ej.guess_try(ARRAY['account ' || account || ' factor'], ej.code_sha256(code));
END
$$;

-- Judge a code that was counted: of the present step or one beside it, each good once, or a
-- recovery code. Returns the account. A first code confirms the factor.
-- Errors: JE302 no such session; JE110 not counted; JE266 wrong; JE267 no second factor.
CREATE OR REPLACE FUNCTION ej.factor_judge(digest bytea, code text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.factor_account(digest);
    mine    ej.factor;
    now_    bigint := floor(extract(epoch FROM clock_timestamp()) / 30);
    good    bigint;
    spare   bytea;
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    SELECT f.* INTO mine FROM ej.factor AS f WHERE f.account_id = account FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no second factor' USING ERRCODE = 'JE267';
    END IF;
    good := (SELECT min(s) FROM generate_series(now_ - 1, now_ + 1) AS s
              WHERE s > mine.last_step AND ej.totp(mine.secret, s) = code);
    spare := (SELECT r.code_sha256 FROM ej.recovery AS r
               WHERE r.account_id = account AND r.code_sha256 = ej.code_sha256(code) AND r.used_at IS NULL);
    IF NOT ej.guess_judge(ARRAY['account ' || account || ' factor'], ej.code_sha256(code), coalesce(good, 0) > 0 OR spare IS NOT NULL) THEN
        RAISE EXCEPTION 'a wrong code' USING ERRCODE = 'JE266', COLUMN = 'factor_code';
    END IF;
    UPDATE ej.factor AS f SET last_step = coalesce(good, f.last_step) WHERE f.account_id = account;
    UPDATE ej.recovery AS r SET used_at = now() WHERE r.account_id = account AND r.code_sha256 = spare;
    UPDATE ej.session AS s SET factor_at = now() WHERE s.digest = factor_judge.digest;
    RETURN account;
END
$$;

-- Show the second factor: the session gets its rights, and may for ten minutes do what wants
-- the factor again.
-- Errors: as ej.factor_judge().
CREATE OR REPLACE FUNCTION ej.factor_pass(digest bytea, code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT ej.factor_is_due(ej.factor_account(digest)) THEN
        RAISE EXCEPTION 'no second factor' USING ERRCODE = 'JE267';
    END IF;
    PERFORM ej.factor_judge(digest, code);
    UPDATE ej.session AS s SET is_pending = false WHERE s.digest = factor_pass.digest;
END
$$;

-- Confirm a new second factor by its first code, and return ten recovery codes, once.
-- Errors: as ej.factor_judge(); JE267 it was confirmed before.
CREATE OR REPLACE FUNCTION ej.factor_confirm(digest bytea, code text) RETURNS TABLE (recovery text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.factor_judge(digest, code);
BEGIN
    UPDATE ej.factor AS f SET confirmed_at = now() WHERE f.account_id = account AND f.confirmed_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'confirmed before' USING ERRCODE = 'JE267';
    END IF;
    RETURN QUERY
    WITH new AS MATERIALIZED (SELECT ej.new_code() AS code FROM generate_series(1, 10)
    ), made AS (INSERT INTO ej.recovery (account_id, code_sha256) SELECT account, ej.code_sha256(n.code) FROM new AS n)
    SELECT n.code FROM new AS n;
END
$$;

-- Take the second factor away, by a code of it.
-- Errors: as ej.factor_judge().
CREATE OR REPLACE FUNCTION ej.factor_remove(digest bytea, code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.factor_judge(digest, code);
BEGIN
    DELETE FROM ej.factor AS f WHERE f.account_id = account;
END
$$;

-- Refuse to give or change roles to an account that has a second factor and did not show it
-- in this session within the last ten minutes.
-- Errors: JE350.
CREATE OR REPLACE FUNCTION ej.rule_factor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (ej.author()).account_id;
BEGIN
    IF account IS NOT NULL AND ej.factor_is_due(account)
       AND NOT EXISTS (SELECT FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest
                        WHERE m.account_id = account AND s.factor_at > now() - interval '10 minutes') THEN
        RAISE EXCEPTION 'the second factor is wanted again' USING ERRCODE = 'JE350';
    END IF;
    RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS rule_factor ON ej.staff_role;
CREATE TRIGGER rule_factor AFTER INSERT OR UPDATE OR DELETE ON ej.staff_role
    FOR EACH STATEMENT EXECUTE FUNCTION ej.rule_factor();

DO $$
DECLARE
    f record;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS name, p.prosecdef, n.asks
          FROM pg_proc AS p
          JOIN (VALUES ('factor_is_due', false), ('factor_account', false), ('factor_judge', false), ('totp', false),
                       ('base32', false), ('rule_factor', false), ('session_is_pending', true), ('factor_begin', true),
                       ('factor_state', true), ('factor_try', true), ('factor_pass', true), ('factor_confirm', true),
                       ('factor_remove', true)) AS n(name, asks) ON n.name = p.proname
         WHERE p.pronamespace = 'ej'::regnamespace
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, ej_web', f.name);
        IF f.prosecdef THEN
            EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rule', f.name);
        END IF;
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f.name, CASE WHEN f.asks THEN 'ej_rule, ej_web' ELSE 'ej_rule' END);
    END LOOP;
END
$$;
