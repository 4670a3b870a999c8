-- login.sql: guesses, sessions, activation codes, passwords.
--
-- Passwords are hashed in C (crypt_r); here they are only kept. So that
-- parallel guesses cannot race, asking for a hash (ej.login_begin) counts as
-- a failure, and success takes it back. Delays, never locks:
--   account  from the 5th failure 1, 2, 4 … 300 s. A browser that was in this
--            account before is counted apart, so that a class mate's guesses
--            do not keep the teacher out of a lesson.
--   login    the same for a log-in that does not exist: nothing tells it.
--   address  from the 50th, up to 60 s; one is forgiven every 30 s, since a
--            school is one address. Such a browser is not held back by it.
-- While one must wait nothing is counted, no hash made. A failure is
-- forgotten after a day.
--
-- The web role is trusted to run the log-in: who can make it run any SQL can
-- ask for hashes at the pace of a guesser, and ej.login_success opens a
-- session only for an account asked for within the last minute. All
-- functions here are ej_rule's; what they keep, the web role cannot read.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.session, ej.guess, ej.device TO ej_rule;
GRANT SELECT, INSERT, UPDATE ON ej.account TO ej_rule;
GRANT SELECT, UPDATE (used_at) ON ej.activation TO ej_rule;
GRANT SELECT ON ej.account_subject, ej.person TO ej_rule;
GRANT DELETE ON ej.operation TO ej_rule; -- ej.sweep

-- --------------------------------------------------------------- guesses --

-- How long after so many failures. failures < free_of: not at all.
CREATE OR REPLACE FUNCTION ej.guess_delay(failures int, free_of int, max_s int)
RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
    SELECT make_interval(secs => CASE WHEN failures < free_of THEN 0
        ELSE least(max_s, 2 ^ least(failures - free_of, 20)) END)
$$;

-- Failures that still count: all for a day, or fewer by one each forgive_s.
CREATE OR REPLACE FUNCTION ej.guess_left(failures int, last_at timestamptz, forgive_s int)
RETURNS int
LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN last_at < clock_timestamp() - interval '1 day' THEN 0
                WHEN forgive_s = 0 THEN failures
                ELSE greatest(0, failures
                    - (extract(epoch FROM clock_timestamp() - last_at) / forgive_s)::int)
           END
$$;

-- Count one guess for each subject, in one statement, unless one of them must
-- wait; then count none. Seconds to wait, or 0. The rows are made and locked
-- before they are judged: the second of two twins sees the first one's count.
CREATE OR REPLACE FUNCTION ej.guess_count(subjects text[])
RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    wait interval;
BEGIN
    INSERT INTO ej.guess (subject, failures, last_at, open_at)
    SELECT s, 0, clock_timestamp(), clock_timestamp() FROM unnest(subjects) AS s ORDER BY s
    ON CONFLICT (subject) DO NOTHING;
    PERFORM FROM ej.guess AS g WHERE g.subject = ANY (subjects)
      ORDER BY g.subject FOR UPDATE;
    SELECT max(g.open_at) - clock_timestamp() INTO wait
      FROM ej.guess AS g WHERE g.subject = ANY (subjects);
    IF wait > interval '0' THEN
        RETURN ceil(extract(epoch FROM wait));
    END IF;
    UPDATE ej.guess AS g
       SET (failures, last_at, open_at) = (
            SELECT n.failures, clock_timestamp(), clock_timestamp() +
                   CASE WHEN g.subject LIKE 'address %'
                        THEN ej.guess_delay(n.failures, 50, 60)
                        ELSE ej.guess_delay(n.failures, 5, 300) END
              FROM (SELECT 1 + ej.guess_left(g.failures, g.last_at,
                        CASE WHEN g.subject LIKE 'address %' THEN 30 ELSE 0 END)) AS n(failures))
     WHERE g.subject = ANY (subjects);
    RETURN 0;
END
$$;

-- The guess was right: an account's count is cleared, an address gets back
-- only this one, or whoever has one account could guess at all others.
CREATE OR REPLACE FUNCTION ej.guess_right(subjects text[])
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.guess AS g WHERE g.subject = ANY (subjects)
      ORDER BY g.subject FOR UPDATE;
    UPDATE ej.guess AS g
       SET failures = CASE WHEN g.subject LIKE 'address %'
                           THEN greatest(0, g.failures - 1) ELSE 0 END,
           open_at = clock_timestamp()
     WHERE g.subject = ANY (subjects);
END
$$;

-- One subject of an address: an IPv6 subscriber has a whole /64.
CREATE OR REPLACE FUNCTION ej.guess_address(address inet) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'address ' || CASE WHEN family(address) = 6
        THEN network(set_masklen(address, 64))::text ELSE host(address) END
$$;

-- Whose counters a log-in touches; of a known device, its own only.
CREATE OR REPLACE FUNCTION ej.guess_subjects(account_id bigint, address inet, device bytea)
RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ej.device AS d WHERE d.digest = device
                  AND d.account_id = guess_subjects.account_id) THEN
        RETURN ARRAY[format('account %s %s', account_id, encode(device, 'hex'))];
    END IF;
    RETURN ARRAY['account ' || account_id, ej.guess_address(address)];
END
$$;

-- ---------------------------------------------------------------- log-in --

-- Ask for the hash to compare with. wait_s > 0: nothing may be tried yet.
-- password NULL: no such account, or blocked; the caller hashes all the same,
-- so that nobody sees the difference. is_address: whoever else tries from
-- there in a browser unknown to us must wait as well.
DROP FUNCTION IF EXISTS ej.login_begin(text, inet, bytea);
CREATE FUNCTION ej.login_begin(login text, address inet, device bytea)
RETURNS TABLE (account_id bigint, password text, wait_s int, is_address boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    known    record;
    subjects text[];
BEGIN
    SELECT a.id, a.password, a.blocked_at INTO known
      FROM ej.account AS a WHERE lower(a.login) = lower(login_begin.login);
    subjects := CASE WHEN known.id IS NOT NULL
        THEN ej.guess_subjects(known.id, address, device)
        ELSE ARRAY['login ' || encode(sha256(convert_to(lower(login_begin.login), 'UTF8')), 'hex'),
                   ej.guess_address(address)] END;
    wait_s := ej.guess_count(subjects);
    is_address := wait_s > 0 AND EXISTS (
        SELECT FROM ej.guess AS g WHERE g.subject = subjects[2] AND g.open_at > clock_timestamp());
    IF wait_s = 0 AND known.blocked_at IS NULL THEN
        account_id := known.id;
        password := known.password;
    END IF;
    RETURN NEXT;
END
$$;

-- A session of the lengths of its account's roles: staff 4 h idle and 14 h,
-- families 30 and 180 days, a shared computer 30 min and 2 h.
CREATE OR REPLACE FUNCTION ej.session_open(
    account_id bigint, digest bytea, form_token text, address inet,
    is_shared boolean, way text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    is_staff boolean := ej.roles_of(account_id) & 4096 <> 0;
BEGIN
    IF octet_length(digest) IS DISTINCT FROM 32 THEN
        RAISE EXCEPTION 'a digest has 32 bytes' USING ERRCODE = '22023';
    END IF;
    DELETE FROM ej.session AS s
     WHERE s.account_id = session_open.account_id AND s.ends_at < now();
    INSERT INTO ej.session AS s (digest, account_id, epoch, way, is_shared, form_token,
                            address, idle, ends_at)
    SELECT digest, a.id, a.epoch, way, is_shared, form_token, address,
           CASE WHEN is_shared THEN interval '30 minutes'
                WHEN is_staff THEN interval '4 hours' ELSE interval '30 days' END,
           now() + CASE WHEN is_shared THEN interval '2 hours'
                WHEN is_staff THEN interval '14 hours' ELSE interval '180 days' END
      FROM ej.account AS a
     WHERE a.id = session_open.account_id AND a.blocked_at IS NULL
    -- one that stands for another log-in (Basic) comes with every request
    ON CONFLICT ON CONSTRAINT session_pkey DO UPDATE
       SET epoch = excluded.epoch, last_seen_at = now(), ends_at = excluded.ends_at
     WHERE s.account_id = excluded.account_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'JE110';
    END IF;
END
$$;

-- The password was right: clear the counters, open the session, remember the
-- device (not a shared one).
-- Errors: JE110 nobody asked for this account within the last minute, or it
-- was blocked meanwhile.
CREATE OR REPLACE FUNCTION ej.login_success(
    account_id bigint, digest bytea, form_token text, address inet,
    device bytea, is_shared boolean, way text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    subjects text[] := ej.guess_subjects(account_id, address, device);
BEGIN
    PERFORM FROM ej.guess AS g
      WHERE g.subject = subjects[1]
        AND g.last_at > clock_timestamp() - interval '1 minute';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no log-in was begun' USING ERRCODE = 'JE110';
    END IF;
    PERFORM ej.guess_right(subjects);
    IF random() < 0.02 THEN
        PERFORM ej.sweep();
    END IF;
    PERFORM ej.session_open(account_id, digest, form_token, address, is_shared, way);
    IF device IS NOT NULL AND NOT is_shared THEN
        INSERT INTO ej.device AS d (digest, account_id) VALUES (device, login_success.account_id)
        ON CONFLICT ON CONSTRAINT device_pkey DO UPDATE SET seen_at = now();
    END IF;
END
$$;

-- Throw away what nobody asks for any more: counters of a day ago, ended
-- sessions, browsers not seen for a year, operations whose repeat cannot come
-- any more (a page keeps unsent cells for 7 days). Some log-ins do it, so that
-- no school depends on a job.
CREATE OR REPLACE FUNCTION ej.sweep() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.guess AS g WHERE g.subject IN (
        SELECT o.subject FROM ej.guess AS o
         WHERE greatest(o.last_at, o.open_at) < now() - interval '1 day'
         LIMIT 1000 FOR UPDATE SKIP LOCKED);
    DELETE FROM ej.session AS s WHERE s.digest IN (
        SELECT o.digest FROM ej.session AS o WHERE o.ends_at < now()
         LIMIT 1000 FOR UPDATE SKIP LOCKED);
    DELETE FROM ej.device AS d WHERE (d.digest, d.account_id) IN (
        SELECT o.digest, o.account_id FROM ej.device AS o
         WHERE o.seen_at < now() - interval '400 days'
         LIMIT 1000 FOR UPDATE SKIP LOCKED);
    DELETE FROM ej.operation AS p WHERE (p.account_id, p.operation_id, p.sha256) IN (
        SELECT o.account_id, o.operation_id, o.sha256 FROM ej.operation AS o
         WHERE o.made_at < now() - interval '30 days'
         LIMIT 5000 FOR UPDATE SKIP LOCKED);
END
$$;

CREATE OR REPLACE FUNCTION ej.session_end(digest bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.session AS s WHERE s.digest = session_end.digest;
END
$$;

-- Another module of Apache vouches for (way, subject). NULL: it is mapped to
-- no account, or that is blocked.
CREATE OR REPLACE FUNCTION ej.foreign_session(
    way text, subject text, digest bytea, form_token text, address inet) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint;
BEGIN
    SELECT a.id INTO account
      FROM ej.account_subject AS x JOIN ej.account AS a ON a.id = x.account_id
     WHERE x.way = foreign_session.way AND x.subject = foreign_session.subject
       AND a.blocked_at IS NULL;
    IF account IS NOT NULL THEN
        PERFORM ej.session_open(account, digest, form_token, address, false, way);
    END IF;
    RETURN account;
END
$$;

-- ------------------------------------------------------ activation codes --

-- Whose code is it? wait_s > 0: too many wrong ones from this address;
-- no row: unknown, used or expired, whichever.
CREATE OR REPLACE FUNCTION ej.activation_find(code_sha256 bytea, address inet)
RETURNS TABLE (person_id bigint, person_name text, school_name text, wait_s int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    subjects text[] := ARRAY[ej.guess_address(address) || ' code'];
BEGIN
    wait_s := ej.guess_count(subjects);
    IF wait_s > 0 THEN
        RETURN NEXT;
        RETURN;
    END IF;
    SELECT a.person_id, ej.person_name(a.person_id), s.name
      INTO activation_find.person_id, activation_find.person_name, activation_find.school_name
      FROM ej.activation AS a JOIN ej.school AS s ON s.id = a.school_id
     WHERE a.code_sha256 = activation_find.code_sha256
       AND a.used_at IS NULL AND a.expires_at > now();
    IF FOUND THEN
        PERFORM ej.guess_right(subjects);
        RETURN NEXT;
    END IF;
END
$$;

-- Use a code once: an account for its person, or new log-in and password for
-- the account that the person has; all its sessions end.
-- Errors: JE112 the code is unknown, used or expired; JE113 the log-in is
-- taken, and the code stays good.
CREATE OR REPLACE FUNCTION ej.activation_use(code_sha256 bytea, login text, password text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    person  bigint;
    account bigint;
BEGIN
    UPDATE ej.activation AS a SET used_at = now()
     WHERE a.code_sha256 = activation_use.code_sha256
       AND a.used_at IS NULL AND a.expires_at > now()
    RETURNING a.person_id INTO person;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'activation code is unknown, used or expired'
            USING ERRCODE = 'JE112', COLUMN = 'code';
    END IF;
    BEGIN
        INSERT INTO ej.account AS a (person_id, login, password)
        VALUES (person, activation_use.login, activation_use.password)
        ON CONFLICT ON CONSTRAINT account_person DO UPDATE
           SET login = excluded.login, password = excluded.password, epoch = a.epoch + 1
        RETURNING a.id INTO account;
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'this log-in is taken' USING ERRCODE = 'JE113', COLUMN = 'login';
    END;
    -- a browser trusted by the old owner of the log-in is a stranger again
    DELETE FROM ej.session AS s WHERE s.account_id = account;
    DELETE FROM ej.device AS d WHERE d.account_id = account;
    DELETE FROM ej.guess AS g WHERE g.subject = 'account ' || account;
    RETURN account;
END
$$;

-- -------------------------------------------------------------- password --

-- The hash of one's own password, to check the old one before a change; asking
-- counts as a guess (a session left open must not be a place to try passwords),
-- and wait_s > 0 means: not now.
-- Errors: JE302 no live session.
DROP FUNCTION IF EXISTS ej.password_own();
CREATE FUNCTION ej.password_own() RETURNS TABLE (password text, wait_s int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.session_account();
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    wait_s := ej.guess_count(ARRAY['account ' || account || ' own']);
    SELECT a.password INTO password_own.password FROM ej.account AS a
     WHERE a.id = account AND wait_s = 0;
    RETURN NEXT;
END
$$;

-- A new password for whoever asks. All other sessions end; this one goes on.
-- Errors: JE302 no live session.
CREATE OR REPLACE FUNCTION ej.password_change(new_password text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine record;
BEGIN
    SELECT m.account_id, m.digest INTO mine FROM ej.me AS m;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    UPDATE ej.account AS a SET password = new_password, epoch = a.epoch + 1
     WHERE a.id = mine.account_id;
    DELETE FROM ej.session AS s
     WHERE s.account_id = mine.account_id AND s.digest <> mine.digest;
    UPDATE ej.session AS s
       SET epoch = (SELECT a.epoch FROM ej.account AS a WHERE a.id = mine.account_id)
     WHERE s.digest = mine.digest;
    DELETE FROM ej.guess AS g
     WHERE g.subject IN ('account ' || mine.account_id, 'account ' || mine.account_id || ' own');
END
$$;

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid FROM pg_proc AS p
         WHERE p.pronamespace = 'ej'::regnamespace
           AND p.prosecdef AND p.proname IN
               ('sweep', 'guess_count', 'guess_right', 'guess_subjects', 'session_open',
                'login_begin', 'login_success', 'session_end', 'foreign_session',
                'activation_find', 'activation_use', 'password_own', 'password_change')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rule', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION ej.guess_delay(int, int, int), ej.guess_address(inet),
    ej.guess_left(int, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.guess_delay(int, int, int), ej.guess_address(inet),
    ej.guess_left(int, timestamptz, int) TO ej_rule;
GRANT EXECUTE ON FUNCTION
    ej.login_begin(text, inet, bytea),
    ej.login_success(bigint, bytea, text, inet, bytea, boolean, text),
    ej.session_end(bytea), ej.foreign_session(text, text, bytea, text, inet),
    ej.activation_find(bytea, inet), ej.activation_use(bytea, text, text),
    ej.password_own(), ej.password_change(text) TO ej_web;
