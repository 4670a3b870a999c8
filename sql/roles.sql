-- roles.sql: the five database roles and the extension, made once per cluster.
--
-- Run as a superuser, since only one may give BYPASSRLS:
--   psql -d DATABASE -f roles.sql
-- Safe to repeat. Everything else is done by ej_owner (ejournal-migrate).

SET client_min_messages = warning;

DO $$
DECLARE
    r record;
BEGIN
    FOR r IN
        SELECT * FROM (VALUES
            -- owns every table; migrations and seed run as it
            ('ej_owner',  'NOLOGIN BYPASSRLS'),
            -- owns the my_…() functions of the policies; may only SELECT
            ('ej_rights', 'NOLOGIN BYPASSRLS'),
            -- owns rule triggers, history and log-in functions
            ('ej_rule',   'NOLOGIN BYPASSRLS'),
            -- what Apache connects as: owns nothing, bypasses nothing
            ('ej_web',    'LOGIN NOINHERIT'),
            -- backups, read only
            ('ej_backup', 'LOGIN BYPASSRLS')
        ) AS t(name, options)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r.name) THEN
            EXECUTE format('CREATE ROLE %I %s', r.name, r.options);
        END IF;
    END LOOP;
END
$$;

-- ej_owner gives functions to these two (ALTER FUNCTION … OWNER TO).
GRANT ej_rights, ej_rule TO ej_owner;

-- A dead httpd child must not keep its row locks until its statement ends
-- (measured 1.9 s against 0.02 s).
ALTER ROLE ej_web SET client_connection_check_interval = '500ms';
-- Pages are short: compiling a plan costs more than running it.
ALTER ROLE ej_web SET jit = off;
-- What pages ask is in memory. At the default 4 the server reads a school's
-- tables whole to join four lessons with their subjects (measured: 700 µs of
-- page against 500).
ALTER ROLE ej_web SET random_page_cost = 1.1;

CREATE EXTENSION IF NOT EXISTS btree_gist;

DO $$
BEGIN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO ej_owner', current_database());
    -- the web role creates nothing, temporary tables included
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;
