-- account.sql: the user's own log-in, for the page that changes the password.

CREATE OR REPLACE FUNCTION ej.my_login() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT a.login FROM ej.account AS a WHERE a.id = ej.session_account());
END
$$;
GRANT SELECT (id, login) ON ej.account TO ej_rights;
ALTER FUNCTION ej.my_login() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.my_login() TO ej_web;

-- The own sessions, the present one first: device, address, times of the person's school.
-- Those of background jobs and of keys (keys.sql) are left out.
CREATE OR REPLACE FUNCTION ej.my_sessions()
RETURNS TABLE (is_this boolean, way text, is_shared boolean, agent text, address text, created_at text, seen_at text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    tz text := ej.my_tz();
BEGIN
    RETURN QUERY
    SELECT s.digest = m.digest, s.way::text, s.is_shared, s.agent::text, host(s.address),
           to_char(s.created_at AT TIME ZONE tz, 'YYYY-MM-DD"T"HH24:MI'),
           to_char(s.last_seen_at AT TIME ZONE tz, 'YYYY-MM-DD"T"HH24:MI')
      FROM ej.me AS m JOIN ej.session AS s ON s.account_id = m.account_id
     WHERE s.way NOT IN ('job', 'key') AND s.ends_at > now() AND s.last_seen_at + s.idle > now()
     ORDER BY s.digest = m.digest DESC, s.last_seen_at DESC, s.created_at DESC;
END
$$;

-- The own log-ins of the last 90 days, at most 30, the last one first.
CREATE OR REPLACE FUNCTION ej.my_entrances()
RETURNS TABLE (way text, agent text, address text, made_at text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    tz text := ej.my_tz();
BEGIN
    RETURN QUERY
    SELECT e.way::text, e.agent::text, host(e.address), to_char(e.made_at AT TIME ZONE tz, 'YYYY-MM-DD"T"HH24:MI')
      FROM ej.entrance AS e WHERE e.account_id = ej.session_account()
     ORDER BY e.made_at DESC LIMIT 30;
END
$$;

-- The time zone of one of the person's schools.
CREATE OR REPLACE FUNCTION ej.my_tz() RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(min(s.tz), 'UTC') FROM ej.school AS s WHERE s.id = ANY (ej.my_schools())
$$;

-- End all own sessions but the present one; keys are revoked one by one (ej.key_revoke).
-- Errors: JE302 no live session.
CREATE OR REPLACE FUNCTION ej.my_sessions_end() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.session_account() IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    DELETE FROM ej.session AS s USING ej.me AS m
     WHERE s.account_id = m.account_id AND s.digest <> m.digest AND s.way <> 'key';
END
$$;

GRANT SELECT ON ej.entrance TO ej_rights;
ALTER FUNCTION ej.my_sessions() OWNER TO ej_rights;
ALTER FUNCTION ej.my_entrances() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.my_sessions(), ej.my_entrances(), ej.my_sessions_end() TO ej_web;
