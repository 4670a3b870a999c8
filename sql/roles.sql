-- roles.sql: the seven database roles and the extension, made once per cluster.
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
            -- what background jobs connect as; reads for a person as ej_web
            ('ej_job',    'LOGIN NOINHERIT'),
            -- what the threads that send letters connect as; composes as ej_web
            ('ej_sender', 'LOGIN NOINHERIT'),
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

-- A whole school is sorted on the disk while its director takes it (takeout.sql), one transaction at a time.
GRANT SET ON PARAMETER temp_file_limit TO ej_rights;

-- The sweep ends servers of ej_web that hold a transaction too long (job.sql).
GRANT pg_read_all_stats, pg_signal_backend TO ej_rule;

-- What the three roles that come in by themselves have beyond the lines below goes: any role
-- can set its own defaults and its own password, so that they may be of whoever ran
-- statements as it.
BEGIN;
DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT m.roleid::regrole AS given, m.member::regrole AS who FROM pg_auth_members AS m
              WHERE m.member IN ('ej_web'::regrole, 'ej_job'::regrole, 'ej_sender'::regrole)
    LOOP
        EXECUTE format('REVOKE %s FROM %s', r.given, r.who);
    END LOOP;
    FOR r IN SELECT b.datname, s.setrole::regrole AS who
               FROM pg_db_role_setting AS s JOIN pg_database AS b ON b.oid = s.setdatabase
              WHERE s.setrole IN ('ej_web'::regrole, 'ej_job'::regrole, 'ej_sender'::regrole)
    LOOP
        EXECUTE format('ALTER ROLE %s IN DATABASE %I RESET ALL', r.who, r.datname);
    END LOOP;
END
$$;
ALTER ROLE ej_web RESET ALL;
ALTER ROLE ej_web NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD NULL;
ALTER ROLE ej_job RESET ALL;
ALTER ROLE ej_job NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD NULL;
ALTER ROLE ej_sender RESET ALL;
ALTER ROLE ej_sender NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD NULL;
-- A job reads for a person as a page does, and a letter is composed so: SET LOCAL ROLE ej_web.
GRANT ej_web TO ej_job, ej_sender;
ALTER ROLE ej_job SET client_connection_check_interval = '500ms';
ALTER ROLE ej_job SET random_page_cost = 1.1;
ALTER ROLE ej_job SET temp_file_limit = '2GB';
ALTER ROLE ej_sender SET client_connection_check_interval = '500ms';
ALTER ROLE ej_sender SET jit = off;
ALTER ROLE ej_sender SET random_page_cost = 1.1;
ALTER ROLE ej_sender SET temp_file_limit = '256MB';
-- A dead httpd child must not keep its row locks until its statement ends
-- (measured 1.9 s against 0.02 s).
ALTER ROLE ej_web SET client_connection_check_interval = '500ms';
-- Pages are short: compiling a plan costs more than running it.
ALTER ROLE ej_web SET jit = off;
-- What pages ask is in memory. At the default 4 the server reads a school's
-- tables whole to join four lessons with their subjects (measured: 700 µs of
-- page against 500).
ALTER ROLE ej_web SET random_page_cost = 1.1;
-- No page sorts so much; the role cannot raise it by itself.
ALTER ROLE ej_web SET temp_file_limit = '256MB';
COMMIT;

CREATE EXTENSION IF NOT EXISTS btree_gist;
-- hmac() for the codes of the second factor; nobody else needs its functions
CREATE EXTENSION IF NOT EXISTS pgcrypto;

-- What anybody may in a new database, the web role included: temporary tables,
-- large objects (rows without rights or bounds) and, in an old cluster's, tables
-- in the schema public. A dump keeps none of the first: after a restore run this
-- again (ejournal-migrate says so).
DO $$
DECLARE
    f regprocedure;
BEGIN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO ej_owner', current_database());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'pg_catalog'::regnamespace
                AND (p.proname ~ '^lo_' OR p.proname IN ('loread', 'lowrite'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
