-- load.sql: the whole upgrade as one transaction; run by ejournal-migrate.
--
-- in  migrations  file that includes each migration between its checks
--     objects     file that includes every sql/objects/*.sql
--     digest      SHA-256 over all object files
--     number      number of the last migration
--     settings    what roles.sql sets for ej_web, ej_job and ej_sender, as text[]: 'ej_web jit=off'
-- Bodies of functions are not checked while loading, so that the order of
-- the object files matters only for tables, views, triggers and policies.

\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
BEGIN;
SET LOCAL lock_timeout = '3s';
SET LOCAL client_min_messages = warning;
SET LOCAL check_function_bodies = off;
SET LOCAL search_path = pg_catalog;
SET LOCAL ROLE ej_owner;

-- Two at once: the second waits, and finds nothing left to do.
DO $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('ejournal-migrate')); END $$;

-- No function is for everybody; who may call which is granted below.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

\i :migrations

-- ALTER FUNCTION … OWNER TO asks that the new owner may create in the
-- schema; these two may do so only within this transaction.
GRANT CREATE ON SCHEMA ej TO ej_rights, ej_rule;

-- Functions are made anew: one that no file has any longer is gone, and one may get other
-- parameters. Those on which a trigger, policy or column depends stay, and are replaced.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p WHERE p.pronamespace = 'ej'::regnamespace LOOP
        BEGIN
            EXECUTE format('DROP FUNCTION %s', f);
        EXCEPTION WHEN dependent_objects_still_exist THEN
            NULL;
        END;
    END LOOP;
END
$$;

\i :objects

-- A SECURITY DEFINER function has the rights of ej_rule, unless its file names another owner;
-- those that make and detach tables stay with the tables' owner. The files grant EXECUTE on each
-- to the roles that may call it. Any other function has only
-- the rights of its caller: whoever could call it could run its statements as well.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND p.prosecdef
                AND p.proowner = 'ej_owner'::regrole
                AND p.proname NOT IN ('open_year', 'open_year_part', 'detach_year', 'destruction_empty')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rule', f);
    END LOOP;
    EXECUTE (SELECT format('GRANT EXECUTE ON FUNCTION %s TO ej_rights, ej_rule, ej_web',
                           string_agg(p.oid::regprocedure::text, ', '))
               FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND NOT p.prosecdef
                AND p.prorettype <> 'trigger'::regtype);
END
$$;

-- What the policies ask is planned once per connection. Left to choose, the
-- server plans "= ANY (list)" anew each time, which costs ten times the list.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace
                AND p.proowner = 'ej_rights'::regrole
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
    END LOOP;
END
$$;

-- Partitions made by an earlier ej.open_year follow their parents.
DO $$ BEGIN PERFORM ej.partition_sync(); END $$;

SELECT format('CREATE OR REPLACE FUNCTION ej.schema_number() RETURNS int
    LANGUAGE sql IMMUTABLE AS %L', format('SELECT %s', :number)) \gexec
SELECT format('CREATE OR REPLACE FUNCTION ej.schema_version() RETURNS text
    LANGUAGE sql IMMUTABLE AS %L',
    format('SELECT %L', :number || '-' || left(:'digest', 16))) \gexec
GRANT EXECUTE ON FUNCTION ej.schema_number(), ej.schema_version()
    TO ej_web, ej_rights, ej_backup;

GRANT SELECT ON ALL TABLES IN SCHEMA ej TO ej_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA ej TO ej_backup;
REVOKE CREATE ON SCHEMA ej FROM ej_rights, ej_rule;

DO $$
DECLARE
    strays text := (
        SELECT string_agg(what, ', ') FROM (
            SELECT c.oid::regclass::text FROM pg_class AS c
             WHERE c.relnamespace = 'ej'::regnamespace
               AND c.relowner <> 'ej_owner'::regrole
            UNION ALL
            SELECT p.oid::regprocedure::text FROM pg_proc AS p
             WHERE p.pronamespace = 'ej'::regnamespace
               AND p.proowner <> 'ej_owner'::regrole
               AND NOT (p.prosecdef AND p.proowner IN
                        ('ej_rights'::regrole, 'ej_rule'::regrole))
            ) AS s (what));
BEGIN
    IF strays IS NOT NULL THEN
        RAISE EXCEPTION 'not owned as they must be: %', strays;
    END IF;
END
$$;
COMMIT;

-- What roles.sql takes from the roles of Apache, and somebody gave back: a restored
-- dump, or whoever ran statements as it, since PostgreSQL lets every role set
-- its own defaults and its own password.
SELECT CASE WHEN has_table_privilege('pg_authid', 'SELECT')
            THEN 'pg_authid' ELSE 'pg_roles' END AS password_table,
       CASE WHEN has_table_privilege('pg_authid', 'SELECT')
            THEN 'rolpassword IS NOT NULL' ELSE 'false' END AS is_password \gset
SELECT 'not withheld from the web role: ' || string_agg(what, ', ') || ': run ejournal-migrate --roles'
  FROM (SELECT 'temporary tables' WHERE has_database_privilege('ej_web', current_database(), 'TEMPORARY')
        UNION ALL
        SELECT 'tables in the schema ' || n.nspname FROM pg_namespace AS n
         WHERE n.nspname !~ '^pg_' AND has_schema_privilege('ej_web', n.oid, 'CREATE')
        UNION ALL
        SELECT 'large objects' WHERE EXISTS (
            SELECT FROM pg_proc AS p
             WHERE p.pronamespace = 'pg_catalog'::regnamespace
               AND (p.proname ~ '^lo_' OR p.proname IN ('loread', 'lowrite'))
               AND has_function_privilege('ej_web', p.oid, 'EXECUTE'))
        UNION ALL
        SELECT concat('the setting ', c, ' in ' || d.datname)
          FROM pg_db_role_setting AS s
          LEFT JOIN pg_database AS d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c
         WHERE s.setrole IN ('ej_web'::regrole, 'ej_job'::regrole, 'ej_sender'::regrole)
           AND (s.setdatabase <> 0 OR s.setrole::regrole || ' ' || c <> ALL (:'settings'::text[]))
        UNION ALL
        SELECT 'a password'
         WHERE EXISTS (SELECT FROM :password_table WHERE rolname IN ('ej_web', 'ej_job', 'ej_sender') AND :is_password)
        UNION ALL
        SELECT 'rights of ' || roleid::regrole FROM pg_auth_members
         WHERE member = 'ej_web'::regrole
            OR member IN ('ej_job'::regrole, 'ej_sender'::regrole) AND roleid <> 'ej_web'::regrole
        UNION ALL
        SELECT 'rights of a superuser' FROM pg_roles WHERE rolname IN ('ej_web', 'ej_job', 'ej_sender')
           AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)) AS w (what)
HAVING count(*) > 0;
