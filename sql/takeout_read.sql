-- takeout_read.sql: begins a transaction without rules and reads the file of a school into its tables: in_<table> for
-- each table of the take-out, their columns (cols), their conditions (tabs), the foreign keys (refs); included by
-- arrive.sql and return.sql.
--
-- in   copies  a file with one \copy for each table of the take-out, into in_<table>, and one into in_manifest
--      sums    SHA-256 of the take-out's list of digests

\set QUIET on
\set VERBOSITY terse
\pset format unaligned
\pset tuples_only on
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = '10s';
SET LOCAL session_replication_role = replica;
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO';
SET LOCAL jit = off;
SELECT set_config('ej.sums', :'sums', true);
SELECT pg_advisory_xact_lock(hashtext('ejournal-school'));

CREATE TEMP TABLE cols ON COMMIT DROP AS SELECT * FROM ej.takeout_columns();
CREATE TEMP TABLE tabs ON COMMIT DROP AS SELECT * FROM ej.takeout_tables();
-- Every foreign key of the journal: which rows x of a table (here) refer to which rows f of another (there).
CREATE TEMP TABLE refs ON COMMIT DROP AS
SELECT c.conname::text AS name, r.relname::text AS here, f.relname::text AS there,
       array_agg(xa.attname::text) AS columns,
       string_agg(format('f.%I = x.%I', fa.attname, xa.attname), ' AND ') AS same,
       string_agg(format('x.%I IS NOT NULL', xa.attname), ' AND ') AS given,
       min(xa.attname) FILTER (WHERE NOT xa.attnotnull AND xa.attname <> 'school_id')::text AS optional
  FROM pg_constraint AS c
  JOIN pg_class AS r ON r.oid = c.conrelid AND NOT r.relispartition
  JOIN pg_class AS f ON f.oid = c.confrelid
 CROSS JOIN unnest(c.conkey, c.confkey) AS u(x, f)
  JOIN pg_attribute AS xa ON xa.attrelid = r.oid AND xa.attnum = u.x
  JOIN pg_attribute AS fa ON fa.attrelid = f.oid AND fa.attnum = u.f
 WHERE c.connamespace = 'ej'::regnamespace AND c.contype = 'f' AND c.conparentid = 0
 GROUP BY c.oid, c.conname, r.relname, f.relname;
CREATE TEMP TABLE in_manifest (file text, rows bigint, size bigint) ON COMMIT DROP;
SELECT format('CREATE TEMP TABLE %I ON COMMIT DROP AS SELECT %s FROM ej.%I LIMIT 0', 'in_' || c.table_name,
              string_agg(quote_ident(c.name), ', ' ORDER BY c.n), c.table_name)
  FROM cols AS c GROUP BY c.table_name \gexec
\i :copies

-- The file is whole, is of one school, and refers to nothing outside of itself.
DO $$
DECLARE
    k     record;
    found bigint;
    own   bigint;
BEGIN
    FOR k IN SELECT t.table_name, m.rows FROM tabs AS t
               LEFT JOIN in_manifest AS m ON m.file = 'tables/' || t.table_name || '.csv' LOOP
        EXECUTE format('SELECT count(*) FROM %I', 'in_' || k.table_name) INTO found;
        IF found IS DISTINCT FROM k.rows THEN
            RAISE 'the file is incomplete: % has % rows, its manifest says %', k.table_name, found, k.rows;
        END IF;
        EXECUTE format('ANALYZE %I', 'in_' || k.table_name);
    END LOOP;
    IF (SELECT count(*) FROM in_school) <> 1 THEN
        RAISE 'the file is not of one school';
    END IF;
    own := (SELECT s.id FROM in_school AS s);
    FOR k IN SELECT c.table_name FROM cols AS c WHERE c.name = 'school_id' LOOP
        EXECUTE format('SELECT count(*) FROM %I AS x WHERE x.school_id IS DISTINCT FROM $1', 'in_' || k.table_name)
           INTO found USING own;
        IF found > 0 THEN
            RAISE 'the file has % rows of another school in %', found, k.table_name;
        END IF;
    END LOOP;
    FOR k IN
        SELECT r.* FROM refs AS r
         WHERE r.here IN (SELECT t.table_name FROM tabs AS t)
           AND NOT EXISTS (SELECT FROM unnest(r.columns) AS m(name)
                            WHERE (r.here, m.name) NOT IN (SELECT o.table_name, o.name FROM cols AS o))
    LOOP
        EXECUTE format('SELECT count(*) FROM %I AS x WHERE %s AND NOT EXISTS (SELECT FROM %I AS f WHERE %s)',
                       'in_' || k.here, k.given, 'in_' || k.there, k.same) INTO found;
        IF found > 0 THEN
            RAISE 'the file refers to what it does not have: % rows of % (%)', found, k.here, k.name;
        END IF;
    END LOOP;
END
$$;
