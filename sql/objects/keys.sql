-- keys.sql: a person's own keys, by which programs read the person's pages (INT-01, INT-02).
--
-- A key is the token of a session of the way 'key': all rights are those of the person, by the same row policies,
-- at every moment. It begins with «ejk-», which no cookie does, so that neither is taken for the other. Only the
-- digest is stored. The module lets a key only read (core/auth/key.c), and no write begins in its session
-- (ej.begin_operation, ej.writer). A new password, a blocked account and a second factor that is reset end it, as they
-- end every session; so does a second factor that the person must have and has not (ej.session_shorten).

GRANT SELECT ON ej.app_key TO ej_rights;
GRANT SELECT, INSERT, UPDATE ON ej.app_key TO ej_rule;

-- The own keys, those in force first, then those that ended last. Times are those of the person's school; used_at: the
-- last use. state: live, or why it no longer opens anything (revoked, over, ended with the password or the factor).
CREATE OR REPLACE FUNCTION ej.key_list()
RETURNS TABLE (app_key_id bigint, name text, made_at text, ends_on text, used_at text, address text, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    tz text := ej.my_tz();
BEGIN
    RETURN QUERY
    SELECT k.id, k.name::text, to_char(k.made_at AT TIME ZONE tz, 'YYYY-MM-DD"T"HH24:MI'),
           to_char(k.ends_at AT TIME ZONE tz, 'YYYY-MM-DD'),
           to_char(CASE WHEN s.last_seen_at > k.made_at THEN s.last_seen_at ELSE k.used_at END AT TIME ZONE tz,
                   'YYYY-MM-DD"T"HH24:MI'),
           host(s.address),
           CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.ends_at <= now() THEN 'over'
                WHEN s.id IS NULL THEN 'ended' ELSE 'live' END
      FROM ej.me AS m
     CROSS JOIN LATERAL (SELECT x.* FROM ej.app_key AS x WHERE x.account_id = m.account_id OFFSET 0) AS k
      LEFT JOIN ej.session AS s ON s.account_id = k.account_id AND s.id = k.session_id AND NOT s.is_pending
     ORDER BY k.revoked_at IS NULL AND k.ends_at > now() AND s.id IS NOT NULL DESC, k.id DESC LIMIT 30;
END
$$;

-- The present session of a person who makes or revokes own keys.
-- Errors: JE302 no live session; JE301 it is that of a key.
CREATE OR REPLACE FUNCTION ej.key_owner() RETURNS ej.session
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    mine ej.session;
BEGIN
    SELECT s.* INTO mine FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest;
    IF mine.account_id IS NULL OR (ej.author()).account_id IS DISTINCT FROM mine.account_id THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    ELSIF mine.way = 'key' THEN
        RAISE EXCEPTION 'a key only reads' USING ERRCODE = 'JE301';
    END IF;
    RETURN mine;
END
$$;

-- Make a key that is good for so many days, and return it: it is shown once. The same form sent again gets
-- another in its place. It works in the school that the person has chosen.
-- Errors: JE302 no live session; JE301 by a key; JE350 the second factor is wanted again; JE316 ten keys are there.
CREATE OR REPLACE FUNCTION ej.key_make(name text, days int, operation_id uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made text := 'ejk-' || encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
    mine ej.session := ej.key_owner();
    life interval := make_interval(days => least(greatest(days, 1), 366));
    new  bigint;
BEGIN
    PERFORM ej.factor_again();
    PERFORM FROM ej.account AS a WHERE a.id = mine.account_id FOR UPDATE;
    DELETE FROM ej.session AS s USING ej.app_key AS k
     WHERE k.account_id = mine.account_id AND k.operation_id = key_make.operation_id
       AND s.account_id = k.account_id AND s.id = k.session_id;
    IF (SELECT count(*) FROM ej.session AS s WHERE s.account_id = mine.account_id AND s.way = 'key'
           AND s.ends_at > now()) >= 10 THEN
        RAISE EXCEPTION 'ten keys are there' USING ERRCODE = 'JE316', COLUMN = 'name';
    END IF;
    -- seen before it was made: the first use is recorded at once (ej.authenticate)
    INSERT INTO ej.session (digest, account_id, epoch, school_id, way, form_token, last_seen_at, idle, ends_at)
    SELECT sha256(convert_to(made, 'UTF8')), a.id, a.epoch, mine.school_id, 'key', '-',
           now() - interval '6 minutes', life + interval '1 day', now() + life
      FROM ej.account AS a WHERE a.id = mine.account_id
    RETURNING id INTO new;
    INSERT INTO ej.app_key AS k (account_id, name, session_id, operation_id, ends_at)
    VALUES (mine.account_id, key_make.name, new, key_make.operation_id, now() + life)
    ON CONFLICT ON CONSTRAINT app_key_once DO UPDATE
       SET name = excluded.name, session_id = excluded.session_id, ends_at = excluded.ends_at, revoked_at = NULL;
    INSERT INTO ej.entrance (account_id, way, address, agent, session_id)
    VALUES (mine.account_id, 'key', mine.address, '', new);
    RETURN made;
END
$$;

-- Revoke an own key; one that no longer counts stays as it is.
-- Errors: JE302 no live session; JE301 by a key; JE401 no such key of this person.
CREATE OR REPLACE FUNCTION ej.key_revoke(app_key bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine ej.session := ej.key_owner();
    one  ej.app_key;
BEGIN
    SELECT k.* INTO one FROM ej.app_key AS k
     WHERE k.id = key_revoke.app_key AND k.account_id = mine.account_id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such key' USING ERRCODE = 'JE401';
    END IF;
    UPDATE ej.app_key AS k
       SET revoked_at = now(),
           used_at = (SELECT nullif(greatest(s.last_seen_at, k.made_at), k.made_at) FROM ej.session AS s
                       WHERE s.account_id = one.account_id AND s.id = one.session_id)
     WHERE k.id = one.id AND k.revoked_at IS NULL AND k.ends_at > now();
    DELETE FROM ej.session AS s WHERE s.account_id = one.account_id AND s.id = one.session_id;
END
$$;

-- Count a key that is unknown or ended against its address, apart from the passwords guessed there: a program
-- with an old key holds up no log-in. Returns the seconds to wait, or 0.
CREATE OR REPLACE FUNCTION ej.key_wrong(address inet) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.guess_count(ARRAY[ej.guess_address(address) || ' key']);
END
$$;

ALTER FUNCTION ej.key_list() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.key_list, ej.key_make, ej.key_revoke, ej.key_wrong TO ej_web;
