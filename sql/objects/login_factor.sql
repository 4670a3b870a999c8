-- login_factor.sql: the second factor of a log-in: codes of RFC 6238 from the person's
-- telephone, and recovery codes.
--
-- The codes are judged here and not in C, so that a statement of the web role cannot claim to
-- have judged one; and the secret is returned once, to the session that makes it. As with
-- passwords a guess is counted by one call (ej.factor_try) and judged by the next
-- (ej.factor_pass …), in a transaction of its own. A session is named by its digest, since one
-- without the second factor has no rights (ej.live_session).

-- A school names the roles that must have a second factor (ej.school.factor_roles). Whoever has
-- such a role and no factor logs in as before for some days, then only to the page that sets
-- one up: the session stays pending.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.factor, ej.recovery TO ej_rule;
GRANT SELECT, INSERT ON ej.factor_demand TO ej_rule;

-- Whether an account must show its second factor.
CREATE OR REPLACE FUNCTION ej.factor_is_due(account_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.factor AS f WHERE f.account_id = factor_is_due.account_id
                      AND f.confirmed_at IS NOT NULL);
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

-- The days that an account has left before its roles must have a second factor, whether there is
-- one or not: 0 none, NULL no role of it must. The strictest of its schools and regions counts.
CREATE OR REPLACE FUNCTION ej.factor_days(account_id bigint) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
        WITH f AS MATERIALIZED ( -- first, so that no others' roles are looked at
            SELECT f.id, f.school_id, f.during FROM ej.account AS a JOIN ej.staff AS f ON f.person_id = a.person_id
             WHERE a.id = factor_days.account_id
        )
        SELECT min(w.days) FROM (
        SELECT greatest(0, coalesce(d.asked_on, t.today) + s.factor_days - t.today) AS days
          FROM f
          JOIN ej.school AS s ON s.id = f.school_id
          JOIN ej.school_today AS t ON t.school_id = s.id
          LEFT JOIN ej.factor_demand AS d ON d.account_id = factor_days.account_id
         WHERE s.factor_roles <> '{}' AND f.during @> t.today
           AND ej.staff_roles(ARRAY[f.id]) & (
               SELECT bit_or(CASE r.role WHEN 'class_teacher' THEN 8
                                  WHEN 'teacher' THEN 16 | 64 ELSE ej.role_bit(r.role) END)
                 FROM unnest(s.factor_roles) AS r(role)) <> 0
         UNION ALL
        SELECT greatest(0, coalesce(d.asked_on, t.today) + g.factor_days - t.today)
          FROM ej.account AS a
          JOIN ej.region_role AS r ON r.person_id = a.person_id
          JOIN ej.region AS g ON g.id = r.region_id AND g.factor_days IS NOT NULL
         CROSS JOIN LATERAL (SELECT max(o.today) AS today FROM ej.school_today AS o
              WHERE o.school_id = ANY (ej.live_region_schools(a.person_id, NULL))) AS t
          LEFT JOIN ej.factor_demand AS d ON d.account_id = a.id
         WHERE a.id = factor_days.account_id AND r.during @> t.today) AS w);
END
$$;

-- Note the first log-in for which a second factor is wanted, and tell whether the session of this
-- log-in has no rights before the factor is shown or set up.
CREATE OR REPLACE FUNCTION ej.factor_holds(account_id bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    days int := ej.factor_days(account_id);
BEGIN
    IF ej.factor_is_due(account_id) OR days IS NULL THEN
        RETURN ej.factor_is_due(account_id);
    END IF;
    INSERT INTO ej.factor_demand AS d (account_id, asked_on)
    SELECT a.id, max(t.today)
      FROM ej.account AS a
      JOIN ej.school_today AS t ON t.school_id = ANY (
           ej.scope_watch(a.person_id) || ej.live_region_schools(a.person_id, NULL))
     WHERE a.id = factor_holds.account_id GROUP BY a.id
    ON CONFLICT ON CONSTRAINT factor_demand_pkey DO NOTHING;
    RETURN days = 0;
END
$$;

-- What the session with this digest has to do before it gets its rights: show its factor
-- ('ask') or set one up ('new'). NULL: it has them, or has ended.
CREATE OR REPLACE FUNCTION ej.factor_wanted(digest bytea) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT CASE WHEN ej.factor_is_due(s.account_id) THEN 'ask' ELSE 'new' END
              FROM ej.session AS s
             WHERE s.digest = factor_wanted.digest AND s.is_pending AND ej.factor_account(s.digest) IS NOT NULL);
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
SELECT string_agg(substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 1 + (substring(t.bits FROM 5 * n + 1 FOR 5))::bit(5)::int,
                         1), '' ORDER BY n)
  FROM (SELECT string_agg(get_byte(bytes, b)::bit(8)::text, '' ORDER BY b) FROM generate_series(0, 19) AS b) AS t(bits),
       generate_series(0, 31) AS n
$$;

-- Begin a second factor: make a secret and return it, once, also as the address of which the
-- page shows the QR code. It counts when its first code is
-- confirmed.
-- Errors: JE302 no such session; JE267 there is one already.
CREATE OR REPLACE FUNCTION ej.factor_begin(digest bytea, OUT secret text, OUT uri text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.factor_account(digest);
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
        (SELECT regexp_replace(encode(convert_to(a.login, 'UTF8'), 'hex'), '(..)', '%\1', 'g') FROM ej.account AS a
          WHERE a.id = account),
        secret);
END
$$;

-- The own second factor, for the page: whether it counts, since when, how many recovery
-- codes are left, and whether this session has shown it within the last ten minutes; and the
-- days left where the own roles must have one (NULL: none must).
CREATE OR REPLACE FUNCTION ej.factor_state(OUT confirmed_at text, OUT recoveries bigint, OUT is_fresh boolean,
                                           OUT days_left int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    days_left := ej.factor_days(ej.session_account());
    SELECT to_char(f.confirmed_at AT TIME ZONE ej.my_tz(), 'YYYY-MM-DD"T"HH24:MI'),
           (SELECT count(*) FROM ej.recovery AS r WHERE r.account_id = f.account_id AND r.used_at IS NULL),
           EXISTS (SELECT FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest
                    WHERE s.factor_at > now() - interval '10 minutes')
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
    factor   ej.factor;
    present  bigint := floor(extract(epoch FROM clock_timestamp()) / 30);
    step     bigint; -- the 30 s of which it is the code
    recovery bytea;
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    SELECT f.* INTO factor FROM ej.factor AS f WHERE f.account_id = account FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no second factor' USING ERRCODE = 'JE267';
    END IF;
    step := (SELECT min(s) FROM generate_series(present - 1, present + 1) AS s
              WHERE s > factor.last_step AND ej.totp(factor.secret, s) = code);
    recovery := (SELECT r.code_sha256 FROM ej.recovery AS r
               WHERE r.account_id = account AND r.code_sha256 = ej.code_sha256(code) AND r.used_at IS NULL);
    IF NOT ej.guess_judge(ARRAY['account ' || account || ' factor'], ej.code_sha256(code), coalesce(step, 0) > 0
                          OR recovery IS NOT NULL) THEN
        RAISE EXCEPTION 'a wrong code' USING ERRCODE = 'JE266', COLUMN = 'factor_code';
    END IF;
    UPDATE ej.factor AS f SET last_step = coalesce(step, f.last_step) WHERE f.account_id = account;
    UPDATE ej.recovery AS r SET used_at = now() WHERE r.account_id = account AND r.code_sha256 = recovery;
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

-- Confirm a new second factor by its first code, and return ten recovery codes, once. The session
-- gets its rights, if it had to set up the factor.
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
    UPDATE ej.session AS s SET is_pending = false WHERE s.digest = factor_confirm.digest;
    RETURN QUERY
    WITH new AS MATERIALIZED (SELECT ej.new_code() AS code FROM generate_series(1, 10)
    ), made AS (INSERT INTO ej.recovery (account_id, code_sha256) SELECT account, ej.code_sha256(n.code) FROM new AS n)
    SELECT n.code FROM new AS n;
END
$$;

-- Take the second factor away, by a code of it. Where the roles must have one, and no days are
-- left, the account's sessions have no rights before a new one is set up.
-- Errors: as ej.factor_judge().
CREATE OR REPLACE FUNCTION ej.factor_remove(digest bytea, code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.factor_judge(digest, code);
BEGIN
    DELETE FROM ej.factor AS f WHERE f.account_id = account;
    UPDATE ej.session AS s SET is_pending = true WHERE s.account_id = account AND ej.factor_days(account) = 0;
END
$$;

-- Refuse what wants the second factor again to an account that has one and did not show it
-- in this session within the last ten minutes.
-- Errors: JE350.
CREATE OR REPLACE FUNCTION ej.factor_again() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (ej.author()).account_id;
BEGIN
    IF account IS NOT NULL AND ej.factor_is_due(account)
       AND NOT EXISTS (SELECT FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest
                        WHERE m.account_id = account AND s.factor_at > now() - interval '10 minutes') THEN
        RAISE EXCEPTION 'the second factor is wanted again' USING ERRCODE = 'JE350';
    END IF;
END
$$;

-- The same for giving and changing roles (trigger).
CREATE OR REPLACE FUNCTION ej.rule_factor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.factor_again();
    RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS rule_factor ON ej.staff_role;
CREATE TRIGGER rule_factor AFTER INSERT OR UPDATE OR DELETE ON ej.staff_role
    FOR EACH STATEMENT EXECUTE FUNCTION ej.rule_factor();

-- Refuse a change of the settings of safety to all but the administrator, who shows the second
-- factor again (trigger).
-- Errors: JE301 not the administrator; JE350.
CREATE OR REPLACE FUNCTION ej.rule_safety() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF (ej.author()).account_id IS NOT NULL AND NEW.id <> ALL (ej.my_admin_schools()) THEN
        RAISE EXCEPTION 'the administrator''s to change' USING ERRCODE = 'JE301';
    END IF;
    PERFORM ej.factor_again();
    RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS rule_safety ON ej.school;
CREATE TRIGGER rule_safety AFTER UPDATE ON ej.school FOR EACH ROW
    WHEN ((OLD.factor_roles, OLD.factor_days, OLD.view_months) IS DISTINCT FROM (NEW.factor_roles, NEW.factor_days,
            NEW.view_months))
    EXECUTE FUNCTION ej.rule_safety();

-- The staff of the school whose access the reader administers or, as director, reads about, who
-- have a second factor or must have one: since when, the days left, and whether the reader may
-- take it away: not the own one, nor that of a person whom another school knows as well (for
-- whom all schools' activation codes do it).
CREATE OR REPLACE FUNCTION ej.factor_people()
RETURNS TABLE (staff_id bigint, confirmed_at text, recoveries bigint, days_left int, is_mine boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH w AS MATERIALIZED (
        SELECT f.id, f.person_id, a.id AS account_id, s.tz, ej.factor_days(a.id) AS days
          FROM ej.staff AS f
          JOIN ej.school AS s ON s.id = f.school_id
          JOIN ej.account AS a ON a.person_id = f.person_id
         WHERE f.school_id = ANY (ej.my_account_schools()) AND f.during @> ej.today(f.school_id)
    )
    SELECT w.id, to_char(o.confirmed_at AT TIME ZONE w.tz, 'YYYY-MM-DD"T"HH24:MI'),
           (SELECT count(*) FROM ej.recovery AS r WHERE r.account_id = w.account_id AND r.used_at IS NULL),
           w.days,
           o.account_id IS NOT NULL AND w.account_id <> ej.session_account()
           AND ej.known_schools(w.person_id) <@ ej.my_admin_schools() AND NOT ej.is_regional(w.person_id)
      FROM w
      LEFT JOIN (SELECT f.account_id, f.confirmed_at FROM ej.factor AS f
                  WHERE f.account_id = ANY (ARRAY(SELECT w.account_id FROM w))
                    AND f.confirmed_at IS NOT NULL) AS o ON o.account_id = w.account_id
     WHERE o.account_id IS NOT NULL OR w.days IS NOT NULL;
END
$$;

-- Take away the second factor of a colleague who has lost the telephone and the recovery codes;
-- all sessions of the account end. Who did it is in the history. Again it changes nothing.
-- Errors: JE401 no such person of the reader's school; JE301 not the administrator's to do
-- (ej.factor_people); JE350 the administrator's own factor is wanted again.
CREATE OR REPLACE FUNCTION ej.factor_reset(staff_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    person  bigint := (SELECT f.person_id FROM ej.staff AS f WHERE f.id = staff_id
                          AND f.school_id = ANY (ej.my_admin_schools()));
    account bigint := (SELECT a.id FROM ej.account AS a WHERE a.person_id = person);
BEGIN
    PERFORM ej.factor_again();
    IF account IS NULL THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'JE401';
    ELSIF account = ej.session_account() OR NOT ej.known_schools(person) <@ ej.my_admin_schools()
       OR ej.is_regional(person) THEN
        RAISE EXCEPTION 'not to be reset by this administrator' USING ERRCODE = 'JE301';
    END IF;
    DELETE FROM ej.factor AS f WHERE f.account_id = account;
    IF FOUND THEN
        DELETE FROM ej.session AS s WHERE s.account_id = account;
        DELETE FROM ej.guess AS g WHERE g.subject = 'account ' || account || ' factor';
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION ej.factor_wanted, ej.factor_begin, ej.factor_people, ej.factor_reset,
    ej.factor_state, ej.factor_try, ej.factor_pass, ej.factor_confirm, ej.factor_remove TO ej_web;
