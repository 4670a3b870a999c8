-- rights.sql: helpers to compare the matrix of rights (matrix.tsv, matrix.sql) with the
-- database, for rights.pg and rights_write.pg. They compare whole sets of rows, so that
-- each cell of the matrix also tries the rows of other classes and schools. Include after
-- school.sql.

\o /dev/null
-- Switch rules off, which other tests check.
SET LOCAL session_replication_role = replica;

\ir matrix.sql
\copy matrix FROM PROGRAM 'sed "/^#/d; /^verb/d" tests/lib/matrix.tsv'

-- ------------------------------------------------------------ asking rows --

-- Describe a set of rows by its number and a digest, for comparing. Columns that a change
-- sets to its author (staff_id, closed_by) are left out.
CREATE FUNCTION set_of(rows jsonb[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(cardinality(rows), 0) || ' rows '
        || coalesce(left(md5(string_agg(t.text, ';' ORDER BY t.text)), 8), '')
      FROM unnest(rows) AS r, LATERAL (SELECT (r - '{staff_id,closed_by}'::text[])::text) AS t (text)
$$;

-- The statement that reads all granted columns of a table.
CREATE FUNCTION pg_temp.reading(rel text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT to_jsonb(x) AS r FROM (SELECT %s FROM ej.%I) AS x',
                  coalesce(string_agg(quote_ident(a.attname), ', ') FILTER (
                      WHERE has_column_privilege('ej_web', a.attrelid, a.attnum, 'SELECT')), '*'), rel)
      FROM pg_attribute AS a
     WHERE a.attrelid = format('ej.%I', rel)::regclass AND a.attnum > 0 AND NOT a.attisdropped
$$;

CREATE FUNCTION pg_temp.wanted(verb text, rel text, login text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rows jsonb[];
BEGIN
    IF pg_temp.scope(verb, rel, login) IS NULL THEN
        RETURN 'no grant';
    END IF;
    EXECUTE format('SELECT array_agg(x.r) FROM (%s WHERE %s) AS x', pg_temp.reading(rel),
                   pg_temp.scope(verb, rel, login)) INTO rows;
    RETURN set_of(rows);
END
$$;

-- The result of a statement for a person: its set of rows, or "no grant" or "refused".
CREATE FUNCTION pg_temp.got(login text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rows jsonb[];
BEGIN
    BEGIN
        PERFORM as_person(login);
        EXECUTE format('WITH y AS (%s) SELECT array_agg(y.r) FROM y', statement) INTO rows;
        RAISE 'undo' USING ERRCODE = 'ZZ000';
    EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
        RETURN set_of(rows);
    WHEN insufficient_privilege THEN
        RETURN CASE WHEN SQLERRM LIKE 'permission denied%' THEN 'no grant' ELSE 'refused' END;
    END;
END
$$;
\o
