-- ways.sql: which account the user of another module of Apache has (OpenID Connect, Kerberos,
-- certificates): the pairs of way and subject, kept by the administrator.
--
-- A pair opens all that the account may do; so it is given only to accounts of people whom
-- no other school knows, as with activation codes.

GRANT SELECT, INSERT, DELETE ON ej.account_subject TO ej_rule;
GRANT SELECT ON ej.account_subject TO ej_rights;

-- The pairs of the people of the school that the user administers.
CREATE OR REPLACE FUNCTION ej.way_rows()
RETURNS TABLE (way text, subject text, login text, person_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_admin_schools();
BEGIN
    RETURN QUERY
    WITH p AS MATERIALIZED (
        SELECT f.person_id FROM ej.staff AS f WHERE f.school_id = ANY (schools)
         UNION ALL SELECT u.person_id FROM ej.pupil AS u WHERE u.school_id = ANY (schools)
         UNION ALL SELECT g.person_id FROM ej.guardian AS g WHERE g.school_id = ANY (schools)
    ), a AS MATERIALIZED (
        SELECT a.id, a.login, a.person_id FROM ej.account AS a
         WHERE a.person_id = ANY (ARRAY(SELECT p.person_id FROM p))
    )
    SELECT x.way::text, x.subject::text, a.login::text, ej.person_name(a.person_id, schools[1])
      FROM ej.account_subject AS x JOIN a ON a.id = x.account_id
     WHERE x.account_id = ANY (ARRAY(SELECT a.id FROM a))
     ORDER BY a.login, x.way, x.subject;
END
$$;

-- The account of a log-in whose person no school knows but the one that the user administers.
-- Errors: JE268 there is none.
CREATE OR REPLACE FUNCTION ej.way_account(login text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (SELECT a.id FROM ej.account AS a WHERE lower(a.login) = lower(way_account.login)
                          AND ej.known_schools(a.person_id) <> '{}' AND NOT ej.is_regional(a.person_id)
                          AND ej.known_schools(a.person_id) <@ ej.my_admin_schools());
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no such log-in of this school alone' USING ERRCODE = 'JE268', COLUMN = 'login';
    END IF;
    RETURN account;
END
$$;

-- Give the user of a way of log-in an account. The same pair again changes nothing.
-- Errors: JE350 the second factor is wanted again; JE268 no such log-in of this school alone;
-- JE212 the pair has another account.
CREATE OR REPLACE FUNCTION ej.way_add(way text, subject text, login text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.way_account(login);
BEGIN
    PERFORM ej.author(); -- who writes has entered
    PERFORM ej.factor_again();
    INSERT INTO ej.account_subject AS x (way, subject, account_id) VALUES (way_add.way, way_add.subject, account)
    ON CONFLICT ON CONSTRAINT account_subject_pkey DO NOTHING;
    IF NOT EXISTS (SELECT FROM ej.account_subject AS x
                    WHERE x.way = way_add.way AND x.subject = way_add.subject AND x.account_id = account) THEN
        RAISE EXCEPTION 'the subject has another account' USING ERRCODE = 'JE212', COLUMN = 'subject';
    END IF;
END
$$;

-- Take it away again, and end the sessions that came this way. A pair that is not there is
-- none.
-- Errors: JE350 the second factor is wanted again; JE268 no such log-in of this school alone.
CREATE OR REPLACE FUNCTION ej.way_remove(way text, subject text, login text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.way_account(login);
BEGIN
    PERFORM ej.author();
    PERFORM ej.factor_again();
    DELETE FROM ej.account_subject AS x
     WHERE x.way = way_remove.way AND x.subject = way_remove.subject AND x.account_id = account;
    DELETE FROM ej.session AS s WHERE s.account_id = account AND s.way = way_remove.way;
END
$$;

ALTER FUNCTION ej.way_rows OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.way_rows, ej.way_add, ej.way_remove TO ej_web;
