-- login.sql: limits on guesses, log-in, sessions.
--
-- An attacker who can run any statement as the web role gets no session without a
-- password, code or secret, in whatever order and however often these functions are
-- called:
--   a password's hash never leaves the database: ej.login_begin returns method and
--   salt only, C hashes the typed password with them, and ej.login_finish compares
--   the hashes and opens the session;
--   a guess is counted (ej.login_try) in a transaction that has ended before the
--   guess is judged; else ROLLBACK would undo the count after showing the answer;
--   another module's user needs the server's own secret (ej.foreign_session).
--
-- Failed guesses cause delays, never locks. Each kind of subject has its counter:
--   account  from the 5th failure 1, 2, 4 … 300 s. A browser that was logged in to
--            this account before has its own counter, so that a class mate's guesses
--            do not keep the teacher out of a lesson.
--   login    the same for a log-in that does not exist, so that the two cannot be
--            told apart.
--   address  from the 50th failure, up to 60 s; one failure is forgiven every 30 s,
--            since a whole school has one address. A browser with its own counter
--            is not delayed by its address.
-- During a delay no guess is counted and no hash made. A failure is forgotten after a
-- day. The address is the one that Apache passes; an attacker's own statements could
-- pass any, so only the account's counter limits them.
--
-- All functions here are owned by ej_rule; the web role cannot read their tables.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.session, ej.guess, ej.attempt, ej.device TO ej_rule;
GRANT SELECT, INSERT, UPDATE, DELETE ON ej.entrance TO ej_rule; -- UPDATE: to lock
GRANT SELECT, INSERT, UPDATE ON ej.account TO ej_rule;
GRANT SELECT, UPDATE (used_at, operation_id) ON ej.activation TO ej_rule;
GRANT SELECT ON ej.account_subject, ej.person, ej.secret TO ej_rule;

-- --------------------------------------------------------------- guesses --

-- The delay in seconds after a number of failures: 0 below free_of, then 1, 2, 4 …
-- up to max_s.
CREATE OR REPLACE FUNCTION ej.guess_delay(failures int, free_of int, max_s int)
RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
    SELECT make_interval(secs => CASE WHEN failures < free_of THEN 0
        ELSE least(max_s, 2 ^ least(failures - free_of, 20)) END)
$$;

-- The failures that still count: all of them for a day or, unless forgive_s is 0,
-- one fewer for each forgive_s seconds since the last.
CREATE OR REPLACE FUNCTION ej.guess_left(failures int, last_at timestamptz, forgive_s int)
RETURNS int
LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN last_at < clock_timestamp() - interval '1 day' THEN 0
                WHEN forgive_s = 0 THEN failures
                ELSE greatest(0, failures
                    - (extract(epoch FROM clock_timestamp() - last_at) / forgive_s)::int)
           END
$$;

-- Seconds until all of these may be guessed at again, or 0.
CREATE OR REPLACE FUNCTION ej.guess_wait(subjects text[]) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(greatest(0, ceil(extract(epoch FROM max(g.open_at) - clock_timestamp()))), 0)
              FROM ej.guess AS g WHERE g.subject = ANY (subjects));
END
$$;

-- Make and lock the counters of these subjects before reading them, so that of two
-- equal guesses the second sees the first one's count. Locked in the given order, the
-- account or log-in before the address: ej.login_try holds the first already.
CREATE OR REPLACE FUNCTION ej.guess_lock(subjects text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.guess (subject, failures, last_at, open_at)
    SELECT s, 0, clock_timestamp(), clock_timestamp() FROM unnest(subjects) WITH ORDINALITY AS u(s, n) ORDER BY n
    ON CONFLICT (subject) DO NOTHING;
    PERFORM FROM ej.guess AS g WHERE g.subject = ANY (subjects)
      ORDER BY array_position(subjects, g.subject) FOR UPDATE;
END
$$;

-- Count one guess for each subject, in one statement; if any of them must wait, count
-- none. Returns the seconds to wait, or 0.
CREATE OR REPLACE FUNCTION ej.guess_count(subjects text[])
RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    wait int;
BEGIN
    PERFORM ej.guess_lock(subjects);
    wait := ej.guess_wait(subjects);
    IF wait > 0 THEN
        RETURN wait;
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

-- Count a guess at subjects[1], before it may be judged. Returns the seconds to wait,
-- or 0.
-- Errors: 23502 there is no guess.
CREATE OR REPLACE FUNCTION ej.guess_try(subjects text[], guess bytea) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    wait int;
BEGIN
    IF guess IS NULL THEN -- the column's own refusal would tell the account's number
        RAISE EXCEPTION 'there is no guess' USING ERRCODE = '23502';
    END IF;
    wait := ej.guess_count(subjects);
    IF wait = 0 THEN
        INSERT INTO ej.attempt (subject, sha256) VALUES (subjects[1], guess)
        ON CONFLICT ON CONSTRAINT attempt_pkey DO UPDATE
           SET xid = excluded.xid, made_at = excluded.made_at, is_right = false;
    END IF;
    RETURN wait;
END
$$;

-- Judge a guess that was counted within the last minute in a transaction that has
-- ended, so that a rollback cannot undo the count. A right guess clears the subject's
-- count, but of its address only this one guess: else a person with one account could
-- guess at all others.
-- Errors: JE110 it was not counted.
CREATE OR REPLACE FUNCTION ej.guess_judge(subjects text[], guess bytea, is_right boolean)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    counted ej.attempt;
BEGIN
    PERFORM ej.guess_lock(subjects);
    SELECT t.* INTO counted FROM ej.attempt AS t
     WHERE t.subject = subjects[1] AND t.sha256 = guess
       AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
       AND t.made_at > clock_timestamp() - interval '1 minute';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a guess is counted before it is judged' USING ERRCODE = 'JE110';
    END IF;
    IF is_right IS NOT TRUE THEN
        DELETE FROM ej.attempt AS t WHERE t.subject = subjects[1] AND t.sha256 = guess;
        RETURN false;
    END IF;
    PERFORM ej.guess_right(CASE WHEN counted.is_right THEN subjects[1:1] ELSE subjects END);
    UPDATE ej.attempt AS t SET is_right = true
     WHERE t.subject = subjects[1] AND t.sha256 = guess AND NOT t.is_right;
    RETURN true;
END
$$;

-- Undo the count of a right guess; its subjects are locked.
CREATE OR REPLACE FUNCTION ej.guess_right(subjects text[])
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.guess AS g
       SET failures = CASE WHEN g.subject LIKE 'address %'
                           THEN greatest(0, g.failures - 1) ELSE 0 END,
           open_at = clock_timestamp()
     WHERE g.subject = ANY (subjects);
END
$$;

-- The subject of a network address: of an IPv6 address its /64, which one subscriber
-- has as a whole.
CREATE OR REPLACE FUNCTION ej.guess_address(address inet) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'address ' || CASE WHEN family(address) = 6
        THEN network(set_masklen(address, 64))::text ELSE host(address) END
$$;

-- The subjects of a log-in: the account's (or log-in's) first, then the address; for a
-- known device only the device's own.
CREATE OR REPLACE FUNCTION ej.guess_subjects(login text, address inet, device bytea)
RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (SELECT a.id FROM ej.account AS a WHERE lower(a.login) = lower(guess_subjects.login));
BEGIN
    IF account IS NULL THEN
        RETURN ARRAY['login ' || encode(sha256(convert_to(lower(login), 'UTF8')), 'hex'),
                     ej.guess_address(address)];
    ELSIF EXISTS (SELECT FROM ej.device AS d WHERE d.digest = device AND d.account_id = account) THEN
        RETURN ARRAY[format('account %s %s', account, encode(device, 'hex'))];
    END IF;
    RETURN ARRAY['account ' || account, ej.guess_address(address)];
END
$$;

-- ---------------------------------------------------------------- log-in --
-- Three statements, each a transaction of its own, with the hash between the
-- first and the second: ej.login_begin, ej.login_try, ej.login_finish.

-- Method and salt of a crypt(5) string, as crypt_r takes them.
CREATE OR REPLACE FUNCTION ej.crypt_setting(password text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN password ~ '^\$2[abxy]\$' THEN left(password, 29)
                ELSE regexp_replace(password, '[^$]*$', '') END
$$;

-- A made-up setting for a log-in that does not exist: always the same for one log-in,
-- in the form of crypt_gensalt (16 bytes of salt, six bits a character, lowest first).
CREATE OR REPLACE FUNCTION ej.crypt_nobody(login text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    salt bytea := sha256((SELECT s.value FROM ej.secret AS s WHERE s.name = 'login')
                         || convert_to(lower(login), 'UTF8'));
BEGIN
    RETURN '$y$j9T$' || (
        SELECT string_agg(substr('./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
                                 1 + (b.bits >> 6 * k & 63), 1), '' ORDER BY n, k)
          FROM generate_series(0, 15, 3) AS n,
               LATERAL (SELECT get_byte(salt, n) + CASE WHEN n < 15
                   THEN (get_byte(salt, n + 1) << 8) + (get_byte(salt, n + 2) << 16) ELSE 0 END) AS b(bits),
               generate_series(0, CASE WHEN n < 15 THEN 3 ELSE 1 END) AS k) || '$';
END
$$;

-- The method and salt with which to hash the password of a log-in; or wait_s > 0, the
-- seconds before the next guess. is_address: the wait holds for all log-ins from this
-- address in unknown browsers. An unknown or blocked log-in gets a normal answer.
CREATE OR REPLACE FUNCTION ej.login_begin(login text, address inet, device bytea)
RETURNS TABLE (setting text, wait_s int, is_address boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    subjects text[] := ej.guess_subjects(login, address, device);
BEGIN
    wait_s := ej.guess_wait(subjects);
    is_address := ej.guess_wait(subjects[2:]) > 0;
    IF wait_s = 0 THEN
        setting := coalesce((SELECT ej.crypt_setting(a.password) FROM ej.account AS a
                              WHERE lower(a.login) = lower(login_begin.login)), ej.crypt_nobody(login));
    END IF;
    RETURN NEXT;
END
$$;

-- Count a hash (computed) as a guess. wait_s > 0: it was not counted, and the person
-- must wait. The same guess is counted once until it is found wrong, since a program
-- sends one right password in many requests at a time.
CREATE OR REPLACE FUNCTION ej.login_try(login text, computed text, address inet, device bytea)
RETURNS TABLE (wait_s int, is_address boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    subjects text[] := ej.guess_subjects(login, address, device);
    guess    bytea := sha256(convert_to(computed, 'UTF8'));
BEGIN
    PERFORM ej.guess_lock(subjects[1:1]); -- equal guesses wait for each other
    wait_s := 0;
    IF NOT EXISTS (SELECT FROM ej.attempt AS t
                    WHERE t.subject = subjects[1] AND t.sha256 = guess
                      AND t.made_at > clock_timestamp() - interval '30 seconds') THEN
        wait_s := ej.guess_try(subjects, guess);
    END IF;
    is_address := wait_s > 0 AND ej.guess_wait(subjects[2:]) > 0;
    RETURN NEXT;
END
$$;

-- Tell a member of the staff of the first log-in from this device, if others are known.
CREATE OR REPLACE FUNCTION ej.device_tell(account_id bigint, device bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(s.school_id, 'new_device', NULL, encode(device, 'hex'), ARRAY[a.person_id])
       FROM ej.account AS a JOIN ej.staff AS s ON s.person_id = a.person_id AND s.id = ANY (ej.live_posts(a.person_id))
      WHERE a.id = device_tell.account_id
        AND EXISTS (SELECT FROM ej.device AS d WHERE d.account_id = a.id)
        AND NOT EXISTS (SELECT FROM ej.device AS d WHERE d.account_id = a.id AND d.digest = device_tell.device)
      ORDER BY s.id LIMIT 1;
END
$$;

-- Compare the guess that ej.login_try counted; if it is right, open the session with
-- this digest, end the browser's former one (former_digest), go on in the school that it
-- had chosen, and remember the device (unless it is shared). Returns the account; NULL when
-- the guess is wrong, or the log-in unknown or blocked. Digests are compared, so that the
-- time taken reveals nothing about the hash.
-- Errors: JE110 it was not counted; 22023 way is neither form nor Basic.
CREATE OR REPLACE FUNCTION ej.login_finish(
    login text, computed text, address inet, device bytea, digest bytea,
    former_digest bytea, form_token text, is_shared boolean, way text, agent text DEFAULT '') RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account  bigint;
    chosen   bigint;
    is_right boolean;
    guess    bytea := sha256(convert_to(computed, 'UTF8'));
BEGIN
    SELECT a.id, sha256(convert_to(a.password, 'UTF8')) = guess AND a.blocked_at IS NULL
      INTO account, is_right
      FROM ej.account AS a WHERE lower(a.login) = lower(login_finish.login);
    IF way = 'form' AND EXISTS (SELECT FROM ej.session AS s
                                 WHERE s.digest = login_finish.digest AND s.account_id = account) THEN
        RETURN account; -- asked again, since the answer was lost
    END IF;
    IF NOT ej.guess_judge(ej.guess_subjects(login, address, device), guess, is_right) THEN
        RETURN NULL;
    END IF;
    IF way NOT IN ('form', 'Basic') THEN
        RAISE EXCEPTION 'no way to log in by password' USING ERRCODE = '22023';
    END IF;
    SELECT s.school_id INTO chosen FROM ej.session AS s WHERE s.digest = former_digest AND s.account_id = account;
    PERFORM ej.session_end(former_digest);
    PERFORM ej.session_open(account, digest, form_token, address, is_shared, way, agent);
    UPDATE ej.session AS s SET school_id = chosen WHERE s.digest = login_finish.digest AND chosen IS NOT NULL;
    IF device IS NOT NULL AND NOT is_shared THEN
        PERFORM ej.device_tell(account, device);
        INSERT INTO ej.device AS d (digest, account_id) VALUES (device, account)
        ON CONFLICT ON CONSTRAINT device_pkey DO UPDATE SET seen_at = now();
    END IF;
    RETURN account;
END
$$;

-- Shorten the session of a family whose person has come to work in a school since the log-in:
-- it gets the limits of staff. A key, which lasts longer than any log-in, ends when its person must have a second
-- factor and has none. Returns whether the session now wants the second factor.
CREATE OR REPLACE FUNCTION ej.session_shorten(digest bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.session AS s
       SET idle = interval '4 hours', ends_at = least(s.ends_at, now() + interval '14 hours'),
           is_pending = ej.factor_holds(s.account_id)
     WHERE s.digest = session_shorten.digest AND s.way NOT IN ('job', 'key') AND s.idle > interval '4 hours'
       AND (ej.live_posts(s.person_id) <> '{}' OR ej.is_regional(s.person_id));
    IF NOT FOUND THEN
        UPDATE ej.session AS s SET is_pending = true
         WHERE s.digest = session_shorten.digest AND s.way = 'key' AND NOT ej.factor_is_due(s.account_id)
           AND ej.factor_holds(s.account_id);
    END IF;
    RETURN FOUND AND ej.factor_wanted(session_shorten.digest) IS NOT NULL;
END
$$;

-- Open a session. It has no rights before the second factor, if the account has one or must
-- have one (login_factor.sql), whichever way the person logs in. It ends after 4 h without use
-- and 14 h in all for staff, 30 and 180 days for families, 30 min and 2 h on a shared computer.
-- Errors: JE110 no such account, or it is blocked; 22023 no digest of 32 bytes.
CREATE OR REPLACE FUNCTION ej.session_open(
    account_id bigint, digest bytea, form_token text, address inet,
    is_shared boolean, way text, agent text DEFAULT '') RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    is_staff boolean := (SELECT ej.live_posts(a.person_id) <> '{}' OR ej.is_regional(a.person_id)
                           FROM ej.account AS a WHERE a.id = session_open.account_id);
    is_new   boolean; -- one that stands for another log-in (Basic) is opened again and again
BEGIN
    IF octet_length(digest) IS DISTINCT FROM 32 THEN
        RAISE EXCEPTION 'a digest has 32 bytes' USING ERRCODE = '22023';
    END IF;
    DELETE FROM ej.session AS s
     WHERE s.account_id = session_open.account_id AND s.ends_at < now();
    is_new := NOT EXISTS (SELECT FROM ej.session AS s WHERE s.digest = session_open.digest);
    INSERT INTO ej.session AS s (digest, account_id, epoch, way, is_shared, form_token,
                            address, agent, is_pending, idle, ends_at)
    SELECT digest, a.id, a.epoch, way, is_shared, form_token, address, left(agent, 300),
           ej.factor_holds(a.id),
           CASE WHEN is_shared THEN interval '30 minutes'
                WHEN is_staff THEN interval '4 hours' ELSE interval '30 days' END,
           now() + CASE WHEN is_shared THEN interval '2 hours'
                WHEN is_staff THEN interval '14 hours' ELSE interval '180 days' END
      FROM ej.account AS a
     WHERE a.id = session_open.account_id AND a.blocked_at IS NULL
    ON CONFLICT ON CONSTRAINT session_pkey DO UPDATE
       SET epoch = excluded.epoch, last_seen_at = now(), ends_at = excluded.ends_at,
           -- one that had ended wants the factor again
           is_pending = CASE WHEN s.epoch = excluded.epoch AND s.last_seen_at + s.idle > now()
                             THEN s.is_pending ELSE excluded.is_pending END
     WHERE s.account_id = excluded.account_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'JE110';
    END IF;
    IF is_new THEN
        INSERT INTO ej.entrance (account_id, way, address, agent, session_id)
        SELECT s.account_id, s.way, s.address, s.agent, s.id FROM ej.session AS s WHERE s.digest = session_open.digest;
    END IF;
    PERFORM ej.visit_note(session_open.account_id);
END
$$;

-- Raise the epoch of an account that is blocked or unblocked (trigger). A session is
-- valid in one epoch only, so that a session ended by a block stays ended. A new
-- password raises the epoch too (ej.password_change, ej.activation_use).
CREATE OR REPLACE FUNCTION ej.account_block() RETURNS trigger
LANGUAGE plpgsql SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.epoch := greatest(NEW.epoch, OLD.epoch + 1);
    RETURN NEW;
END
$$;

-- Delete the sessions of an account's earlier epochs, which are no longer valid.
CREATE OR REPLACE FUNCTION ej.account_epoch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.session AS s WHERE s.account_id = NEW.id AND s.epoch <> NEW.epoch;
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS account_block ON ej.account;
CREATE TRIGGER account_block BEFORE UPDATE OF blocked_at ON ej.account FOR EACH ROW
    WHEN (NEW.blocked_at IS DISTINCT FROM OLD.blocked_at) EXECUTE FUNCTION ej.account_block();
DROP TRIGGER IF EXISTS account_epoch ON ej.account;
CREATE TRIGGER account_epoch AFTER UPDATE ON ej.account FOR EACH ROW
    WHEN (NEW.epoch <> OLD.epoch) EXECUTE FUNCTION ej.account_epoch();

-- End the session with this digest, if there is one.
CREATE OR REPLACE FUNCTION ej.session_end(digest bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.session AS s WHERE s.digest = session_end.digest;
END
$$;

-- Open a session for a user whom another module of Apache authenticated (way,
-- subject). The server proves that it may by the secret of its configuration
-- (EjournalForeignSecret), of which only the digest is stored here. Returns the
-- account; NULL when the user has none, or it is blocked.
-- Errors: JE500 the secret is wrong, or none was set.
CREATE OR REPLACE FUNCTION ej.foreign_session(secret text,
    way text, subject text, digest bytea, form_token text, address inet, agent text DEFAULT '') RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM ej.secret AS s WHERE s.name = 'foreign'
                      AND s.value = sha256(convert_to(secret, 'UTF8'))) THEN
        RAISE EXCEPTION 'not the secret of ejournal-migrate --foreign-secret' USING ERRCODE = 'JE500';
    END IF;
    SELECT a.id INTO account
      FROM ej.account_subject AS x JOIN ej.account AS a ON a.id = x.account_id
     WHERE x.way = foreign_session.way AND x.subject = foreign_session.subject
       AND a.blocked_at IS NULL;
    IF account IS NOT NULL THEN
        PERFORM ej.session_open(account, digest, form_token, address, false, way, agent);
    END IF;
    RETURN account;
END
$$;
