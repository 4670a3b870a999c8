-- many.sql: schools 2 … N as copies of the first (the demo school).
--   psql -X -q -v ON_ERROR_STOP=1 -v schools=50 -f many.sql     (superuser)
-- Each school is one transaction; another run continues after the last complete school.
--
-- A table is copied by INSERT … SELECT with all ids raised by 10^7 for each school; the
-- statements are generated from the catalogue. History and operations are copied, too.
-- Rules and foreign keys are not checked (session_replication_role), since the first school
-- already keeps them. Log-ins of school k end in -k.

\set ON_ERROR_STOP 1
\if :{?schools}
\else
  \set schools 50
\endif
\o /dev/null
SET client_min_messages = warning;
SET synchronous_commit = off;
SET work_mem = '64MB';
SET session_replication_role = replica;

-- Whether a column has ids of rows that belong to a school and must be raised; the tests of ГТО are the law's.
CREATE FUNCTION pg_temp.is_id(a pg_attribute) RETURNS boolean LANGUAGE sql AS $$
    SELECT a.atttypid = 'bigint'::regtype AND a.attname NOT IN ('school_id', 'region_id', 'gto_test_id')
       AND (a.attname = 'id' OR a.attname LIKE '%\_id' OR a.attname = 'closed_by')
$$;

-- Whether a column has random keys, or their hashes, of which no two schools may have the same.
CREATE FUNCTION pg_temp.is_secret(a pg_attribute) RETURNS boolean LANGUAGE sql AS $$
    SELECT a.attname IN ('code_sha256', 'token_sha256', 'code_key', 'hook_key', 'client_key', 'key_sha256')
$$;

-- The expression for column a of the copy; $1 is the school's number minus one, $2 the
-- number by which ids are raised.
CREATE FUNCTION pg_temp.copied(a pg_attribute, name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE
        WHEN name = 'school' AND a.attname = 'id' OR a.attname = 'school_id' THEN format('%I + $1', a.attname)
        WHEN name = 'school' AND a.attname IN ('name', 'short_name')
        THEN format('regexp_replace(%I, ''№ \d+'', ''№ '' || (100 + $1))', a.attname)
        WHEN name = 'account' AND a.attname = 'login' THEN 'login || ''-'' || ($1 + 1)'
        WHEN pg_temp.is_secret(a) AND a.atttypid = 'bytea'::regtype THEN format('sha256(%I || int4send($1::int))', a.attname)
        WHEN pg_temp.is_secret(a) THEN format('md5(%I || $1)', a.attname)
        WHEN a.atttypid = 'uuid'::regtype THEN format('md5(%I::text || $1)::uuid', a.attname)
        WHEN pg_temp.is_id(a) THEN format('%I + $2', a.attname)
        ELSE quote_ident(a.attname) END
$$;

-- The expression for old or new of a history row, with the ids raised.
CREATE FUNCTION pg_temp.copied_words(side text, watched text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(format('%I || jsonb_strip_nulls(jsonb_build_object(%s))', side,
               string_agg(format('%L, (%I->>%L)::bigint + $2', a.attname, side, a.attname), ', ')), quote_ident(side))
      FROM pg_attribute a
     WHERE a.attrelid = format('ej.%I', watched)::regclass AND a.attnum > 0 AND pg_temp.is_id(a)
$$;

-- The expression for the key of a history row: ids are raised, a school's id by one; an
-- attempt or a year stays. The key of an activation code is its person.
CREATE FUNCTION pg_temp.copied_key(watched text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN watched = 'activation' THEN 'ARRAY[row_key[1] + $2]'
                ELSE format('ARRAY[%s]', string_agg(
                    format('row_key[%s]%s', k.n, CASE WHEN watched = 'school' OR k.attname = 'school_id' THEN ' + $1'
                           WHEN k.is_id THEN ' + $2' ELSE '' END), ', ' ORDER BY k.n)) END
      FROM (SELECT a.attname, pg_temp.is_id(a) AS is_id, row_number() OVER (ORDER BY c.n) AS n
              FROM pg_constraint AS p, unnest(p.conkey) WITH ORDINALITY AS c(attnum, n), pg_attribute AS a
             WHERE p.conrelid = format('ej.%I', watched)::regclass AND p.contype = 'p'
               AND a.attrelid = p.conrelid AND a.attnum = c.attnum
               AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)) AS k
$$;

CREATE FUNCTION pg_temp.copy_statement(leaf regclass, name text, watched text DEFAULT NULL) RETURNS text
LANGUAGE sql AS $$
    SELECT format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s WHERE %s', leaf,
               string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
               string_agg(CASE
                   WHEN watched IS NULL THEN pg_temp.copied(a, name)
                   WHEN a.attname IN ('old', 'new') THEN pg_temp.copied_words(a.attname, watched)
                   WHEN a.attname = 'row_key' THEN pg_temp.copied_key(watched)
                   ELSE pg_temp.copied(a, name) END, ', ' ORDER BY a.attnum),
               leaf,
               CASE WHEN name IN ('person', 'account') THEN 'id < $2 / $1'
                    WHEN name = 'operation' THEN 'account_id = 0'
                    WHEN name = 'school' THEN 'id = 1' ELSE 'school_id = 1' END
               || coalesce(' AND table_name = ' || quote_literal(watched), ''))
      FROM pg_attribute a
     WHERE a.attrelid = leaf AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
$$;

-- Every table that holds rows of a school (partitions, not their parents); what belongs
-- to a running server is not copied.
CREATE TEMP TABLE copy AS
    SELECT c.oid::regclass AS leaf, coalesce(p.relname, c.relname)::text AS name
      FROM pg_class c
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
      LEFT JOIN pg_class p ON p.oid = i.inhparent
     WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind = 'r'
       AND (coalesce(p.relname, c.relname) IN ('school', 'person', 'account', 'operation')
            OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'school_id'))
       AND coalesce(p.relname, c.relname) NOT IN ('session', 'job', 'draft');

CREATE TEMP TABLE copy_plan AS
    SELECT pg_temp.copy_statement(leaf, name) AS statement FROM copy WHERE name <> 'history'
    UNION ALL
    SELECT pg_temp.copy_statement(c.leaf, c.name, h.table_name)
      FROM copy c, (SELECT DISTINCT table_name FROM ej.history WHERE school_id = 1) AS h
     WHERE c.name = 'history';

CREATE FUNCTION pg_temp.copy_school(k bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v text;
BEGIN
    FOR v IN SELECT statement FROM copy_plan LOOP
        EXECUTE v USING k - 1, (k - 1) * 10000000;
    END LOOP;
END
$$;

SELECT format('SELECT pg_temp.copy_school(%s)', k)
  FROM generate_series(2, :schools) AS k
 WHERE NOT EXISTS (SELECT FROM ej.school WHERE id = k) ORDER BY k
\gexec

-- Let the ids of new rows begin after those of the copies.
SELECT format('SELECT setval(%L, (SELECT max(id) FROM ej.%I))', pg_get_serial_sequence(format('ej.%I', c.relname), 'id'),
              c.relname)
  FROM pg_class c
 WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p')
   AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND a.attidentity <> '')
   AND pg_get_serial_sequence(format('ej.%I', c.relname), 'id') IS NOT NULL
\gexec
SELECT setval('ej.growing_id_2026', greatest((SELECT max(id % 10000000000) FROM ej.lesson),
    (SELECT max(id % 10000000000) FROM ej.work), (SELECT max(id % 10000000000) FROM ej.homework), (SELECT max(id % 10000000000) FROM ej.message)));

RESET session_replication_role;
\o
-- -v unanalysed=1: a test needs the plans made with the former statistics
\if :{?unanalysed}
\else
VACUUM ANALYZE;
\endif
