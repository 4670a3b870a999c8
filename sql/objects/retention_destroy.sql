-- retention_destroy.sql: carrying out an act of destruction, for ejournal-package (ARC-07, FED-25).
--
-- The tables that grow are partitioned by year, for all schools together: so a school's rows are deleted from the
-- partition of the year. The rules and triggers of those tables would refuse it, and record what must not stay: the
-- owner of the tables switches them off for this transaction. Foreign keys hold. What is deleted leaves its number of
-- rows and their digest in ej.destruction_part.

-- What an act of a kind destroys, in the order of deleting: the table, and which of its rows r are of a school ($1) and
-- year ($2). The files of homework come last, since other rows name them.
CREATE OR REPLACE FUNCTION ej.destruction_tables(kind text) RETURNS TABLE (n bigint, name text, condition text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT t.n, t.name, 'r.school_id = $1 AND ' || CASE t.name
           WHEN 'file' THEN 'r.homework_id >= $2 * 10000000000 AND r.homework_id < ($2 + 1) * 10000000000'
           ELSE CASE WHEN t.name = ANY (ej.growing_tables())
                     THEN format('r.%1$s >= $2 * 10000000000 AND r.%1$s < ($2 + 1) * 10000000000',
                                 substring(pg_get_partkeydef(format('ej.%I', t.name)::regclass) FROM '\((.*)\)'))
                     ELSE ej.year_of_row(format('ej.%I', t.name)::regclass, 'r') || ' = $2' END END
  FROM unnest(CASE destruction_tables.kind
              WHEN 'journal' THEN '{homework_done,submission,plan_given,substitution,homework_for,homework,attendance,
                                    mark,work,lesson,correction,attendance_check,file}'::text[]
              ELSE '{retake,term_mark}' END) WITH ORDINALITY AS t(name, n)
$$;

-- The acts to be carried out, with the package of the year and its folders; state emptied: the rows have gone already.
CREATE OR REPLACE FUNCTION ej.destruction_list()
RETURNS TABLE (act_id bigint, kind text, state text, school_id bigint, year int, package_sha256 text, left_sha256 text,
               copy1 text, act_no text, act_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.id, a.kind::text, a.state::text, a.school_id, a.year, encode(a.package_sha256, 'hex'),
           encode(a.left_sha256, 'hex'), p.copy1::text, a.act_no::text, a.act_on
      FROM ej.destruction AS a
      JOIN ej.package AS p ON p.school_id = a.school_id AND p.year = a.year
     WHERE a.state IN ('confirmed', 'emptied')
     ORDER BY a.id;
END
$$;

-- Delete the rows of a table that an act destroys, with their history, also that of rows which were removed before;
-- enter how many and their digest. Returns the numbers of the changes that went.
CREATE OR REPLACE FUNCTION ej.destruction_table(a ej.destruction, name text, condition text) RETURNS int8multirange
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
    is_growing boolean  := name = ANY (ej.growing_tables());
    rel        regclass := format('ej.%I', CASE WHEN is_growing THEN name || '_' || (a).year ELSE name END)::regclass;
    keys       text     := (SELECT string_agg('r.' || quote_ident(k), ', ')
                              FROM unnest(ej.key_columns(format('ej.%I', name)::regclass)) AS k);
    ids        int8multirange;
BEGIN
    EXECUTE format('INSERT INTO ej.destruction_part (destruction_id, name, school_id, rows, sha256)
        SELECT $3, $4, $1, count(*),
               sha256(coalesce(string_agg(sha256(convert_to(r::text, ''UTF8'')), '''' ORDER BY %s), ''''))
          FROM %s AS r WHERE %s', keys, rel, condition) USING (a).school_id, (a).year::bigint, (a).id, name;
    EXECUTE format('WITH deleted AS (
            DELETE FROM ej.history AS h WHERE h.school_id = $1 AND h.table_name = $3 AND %s RETURNING h.id)
        SELECT coalesce(range_agg(int8range(d.id, d.id, ''[]'')), ''{}'') FROM deleted AS d',
        CASE WHEN is_growing THEN 'h.key_id >= $2 * 10000000000 AND h.key_id < ($2 + 1) * 10000000000'
             ELSE format('h.row_key IN (SELECT ARRAY[%s]::bigint[] FROM %s AS r WHERE %s)', keys, rel, condition) END)
      INTO ids USING (a).school_id, (a).year::bigint, name;
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', rel);
    EXECUTE format('DELETE FROM %s AS r WHERE %s', rel, condition) USING (a).school_id, (a).year::bigint;
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', rel);
    RETURN ids;
END
$$;

-- Destroy the rows of a confirmed act, all or nothing, and enter what stays of the package: its new manifest, files and
-- size; NULL: nothing stays.
-- Errors: 55P03 rows are busy: later. JE299 the act is not confirmed, its package is another one, or the term has been
-- lengthened.
CREATE OR REPLACE FUNCTION ej.destruction_empty(act_id bigint, left_sha256 bytea, left_files int, left_size bigint)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    a   ej.destruction;
    t   record;
    ids int8multirange := '{}';
BEGIN
    SELECT x.* INTO a FROM ej.destruction AS x WHERE x.id = act_id FOR UPDATE;
    UPDATE ej.package AS p
       SET sha256 = coalesce(destruction_empty.left_sha256, p.sha256), files = coalesce(left_files, p.files),
           size = coalesce(left_size, p.size),
           state = CASE WHEN destruction_empty.left_sha256 IS NULL THEN 'destroyed' ELSE p.state END
     WHERE p.school_id = a.school_id AND p.year = a.year AND p.sha256 = a.package_sha256 AND p.state = 'made';
    IF NOT FOUND OR a.state <> 'confirmed' THEN
        RAISE EXCEPTION 'not to be carried out' USING ERRCODE = 'JE299';
    ELSIF NOT ej.destruction_is_due(a) THEN
        RAISE EXCEPTION 'the term of keeping is not over' USING ERRCODE = 'JE299';
    END IF;
    FOR t IN SELECT d.name, d.condition FROM ej.destruction_tables(a.kind) AS d ORDER BY d.n LOOP
        ids := ids + ej.destruction_table(a, t.name, t.condition);
    END LOOP;
    INSERT INTO ej.destruction_part (destruction_id, name, school_id, rows, sha256, history_ids)
    SELECT a.id, 'history', a.school_id, coalesce(sum(upper(r) - lower(r)), 0), sha256(convert_to(ids::text, 'UTF8')),
           ids
      FROM unnest(ids) AS r;
    UPDATE ej.destruction AS x
       SET state = 'emptied', emptied_at = now(), left_sha256 = destruction_empty.left_sha256, failed_at = NULL,
           fault = '', detail = ''
     WHERE x.id = a.id;
END
$$;

-- Enter that the files have gone, too.
CREATE OR REPLACE FUNCTION ej.destruction_done(act_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.destruction AS a SET state = 'done', done_at = now(), failed_at = NULL, fault = '', detail = ''
     WHERE a.id = act_id AND a.state = 'emptied';
END
$$;

-- Enter why an act is not carried out yet.
CREATE OR REPLACE FUNCTION ej.destruction_failed(act_id bigint, fault text, detail text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.destruction AS a
       SET failed_at = now(), fault = $2, detail = left(regexp_replace($3, '[[:cntrl:]]+', ' ', 'g'), 300)
     WHERE a.id = act_id AND a.state IN ('confirmed', 'emptied');
END
$$;
GRANT EXECUTE ON FUNCTION ej.destruction_list, ej.destruction_empty, ej.destruction_done, ej.destruction_failed
    TO ej_backup;

-- Whether an act has destroyed this row of the history.
CREATE OR REPLACE FUNCTION ej.is_destroyed(history_id bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM ej.destruction_part AS p JOIN ej.destruction AS a ON a.id = p.destruction_id
                WHERE p.name = 'history' AND a.state IN ('emptied', 'done') AND history_id <@ p.history_ids)
$$;
GRANT SELECT ON ej.destruction_part TO ej_rule;
