-- probe_tokens.sql: marks every row of a test's own database, so that the output of a
-- statement tells from which rows it comes.
--
-- For tests/rights/rights_random.t; run as superuser before the facts of the matrix are
-- computed, since ids change. probe.sql follows.

SET client_min_messages = warning;
SET session_replication_role = replica;     -- without rules and history
CREATE SCHEMA probe;

CREATE VIEW probe.rel AS
SELECT c.oid, c.relname::text AS rel FROM pg_class AS c
 WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition;

-- ------------------------------------------------------------------- tokens --
-- The ids of different tables differ, since millions are added to those of each table,
-- and every free text gets a number of its own at its end: ¤123¤.

-- The table whose ids a column has: its own table, the one that a foreign key refers to
-- (also of several columns), or the one in the column's name.
CREATE TABLE probe.id_of AS
WITH RECURSIVE key AS (
    SELECT k.conrelid, u.mine, k.confrelid, u.theirs
      FROM pg_constraint AS k, unnest(k.conkey, k.confkey) AS u (mine, theirs)
     WHERE k.contype = 'f' AND k.conparentid = 0
), walk AS (
    SELECT r.oid, a.attnum, r.oid AS target, a.attnum AS at
      FROM probe.rel AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0
     WHERE a.atttypid = 'bigint'::regtype
     UNION
    SELECT w.oid, w.attnum, k.confrelid, k.theirs
      FROM walk AS w JOIN key AS k ON k.conrelid = w.target AND k.mine = w.at
)
SELECT DISTINCT m.rel, a.attname::text AS col, t.rel AS target
  FROM walk AS w
  JOIN probe.rel AS m ON m.oid = w.oid
  JOIN pg_attribute AS a ON a.attrelid = w.oid AND a.attnum = w.attnum AND a.attgenerated = ''
  JOIN probe.rel AS t ON t.rel = CASE
       WHEN EXISTS (SELECT FROM pg_attribute AS b WHERE b.attrelid = w.target AND b.attnum = w.at AND b.attname = 'id')
            AND NOT EXISTS (SELECT FROM key AS k WHERE k.conrelid = w.target AND k.mine = w.at)
       THEN (SELECT relname FROM pg_class WHERE oid = w.target)
       WHEN w.target = w.oid AND NOT EXISTS (SELECT FROM key AS k WHERE k.conrelid = w.oid AND k.mine = w.attnum)
       THEN regexp_replace(a.attname, '_id$', '') END;

CREATE TABLE probe.shift AS
SELECT r.rel, row_number() OVER (ORDER BY r.rel) * 10000000 AS step
  FROM probe.rel AS r
 WHERE EXISTS (SELECT FROM probe.id_of AS i WHERE (i.rel, i.col) = (r.rel, 'id'))
   AND r.rel <> ALL (ej.growing_tables());

DO $$
DECLARE
    r record;
    n bigint;
BEGIN
    FOR r IN SELECT i.rel, string_agg(format('%1$I = %1$I + CASE WHEN %1$I = 0 THEN 0 ELSE %2$s END',
                                             i.col, s.step), ', ') AS sets
               FROM probe.id_of AS i JOIN probe.shift AS s ON s.rel = i.target GROUP BY i.rel
    LOOP
        EXECUTE format('UPDATE ej.%I SET %s', r.rel, r.sets);
    END LOOP;
    FOR r IN SELECT s.*, pg_get_serial_sequence('ej.' || s.rel, 'id') AS seq FROM probe.shift AS s LOOP
        IF r.seq IS NOT NULL THEN
            EXECUTE format('SELECT coalesce(max(id), %s) FROM ej.%I', r.step, r.rel) INTO n;
            -- leave a gap, so that later ids can be told from present ones
            PERFORM setval(r.seq, n + 1000000);
        END IF;
    END LOOP;
    -- history refers to rows by their keys
    FOR r IN SELECT k.rel, string_agg(format('row_key[%s] + %s', k.n, coalesce(s.step, 0)), ', ' ORDER BY k.n) AS key
               FROM (SELECT q.rel, a.attname::text AS col, row_number() OVER (PARTITION BY q.oid ORDER BY u.n) AS n
                       FROM probe.rel AS q JOIN pg_index AS i ON i.indrelid = q.oid AND i.indisprimary,
                            unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, n), pg_attribute AS a
                      WHERE a.attrelid = q.oid AND a.attnum = u.attnum
                        AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)) AS k
               LEFT JOIN probe.id_of AS i ON (i.rel, i.col) = (k.rel, k.col)
               LEFT JOIN probe.shift AS s ON s.rel = i.target
              GROUP BY k.rel
    LOOP
        EXECUTE format('UPDATE ej.history SET row_key = ARRAY[%s] WHERE table_name = %L
                           AND row_key IS NOT NULL', r.key, r.rel);
    END LOOP;
END
$$;

CREATE SEQUENCE probe.text_no;
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT r.rel, a.attname FROM probe.rel AS r JOIN pg_attribute AS a ON a.attrelid = r.oid
               JOIN pg_type AS t ON t.oid = a.atttypid
              WHERE a.attnum > 0 AND a.attgenerated = '' AND 'text'::regtype IN (t.oid, t.typbasetype)
                -- not the texts that functions and policies compare
                AND r.rel <> 'migration' AND a.attname NOT IN ('code', 'tz', 'table_name', 'way', 'subject', 'role', 'password')
                AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.contype IN ('f', 'p')
                                   AND (k.conrelid = r.oid AND a.attnum = ANY (k.conkey)
                                     OR k.confrelid = r.oid AND a.attnum = ANY (k.confkey)))
    LOOP
        BEGIN
            EXECUTE format($f$UPDATE ej.%I SET %2$I = %2$I || '¤' || nextval('probe.text_no') || '¤'
                              WHERE %2$I <> ''$f$, c.rel, c.attname);
        EXCEPTION WHEN check_violation THEN NULL;   -- a list of fixed words, or too long
        END;
    END LOOP;
END
$$;

-- The tokens of a row x of a table, as an expression.
CREATE TABLE probe.tokens AS
SELECT r.rel, format('unnest(ARRAY[%s])', string_agg(CASE WHEN i.rel IS NULL AND a.atttypid <> 'bigint'::regtype
           THEN format('substring(x.%I, ''¤\d+¤|^\$y\$.*'')', a.attname) ELSE format('x.%I::text', a.attname) END, ', ')) AS says
  FROM probe.rel AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0
  JOIN pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN probe.id_of AS i ON (i.rel, i.col) = (r.rel, a.attname)
 WHERE i.rel IS NOT NULL OR a.atttypid = 'bigint'::regtype AND a.attgenerated <> ''
    OR 'text'::regtype IN (t.oid, t.typbasetype)
 GROUP BY r.rel;
