-- account.sql: the user's own log-in, for the page that changes the password.

CREATE OR REPLACE FUNCTION ej.my_login() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT a.login FROM ej.account AS a WHERE a.id = ej.session_account());
END
$$;
GRANT SELECT (id, login) ON ej.account TO ej_rights;
ALTER FUNCTION ej.my_login() OWNER TO ej_rights;
REVOKE ALL ON FUNCTION ej.my_login() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.my_login() TO ej_web;
