-- history.sql: records every change with its author, time, address and operation.
--
-- Statement triggers with transition tables record the changes of every table that a
-- school answers for: one INSERT … SELECT for each statement, whatever the number of
-- rows. Its text is generated from the catalogue (change.sql makes the triggers), so
-- that a new column is recorded without further work, and it is plain SQL with a
-- cached plan (a generic function over jsonb_each took several times as long for each row).
--
-- A history row has row_key (the integer columns of the primary key, in order),
-- teaching_id and pupil_id where the table has them, and old and new as jsonb:
--   INSERT  new = the values set    (old is NULL; columns with NULL left out)
--   DELETE  old = the last values   (new is NULL; columns with NULL left out)
--   UPDATE  only the columns that changed, and no row if none did. Keys do not change.
-- A voiding restores rows without a history: it only marks the changes that do not count
-- (objects/voidings.sql), and the rows follow.
-- Order is by id, never by made_at: a transaction that began earlier may have
-- waited for the row and changed it later.

GRANT SELECT, INSERT ON ej.history TO ej_rule;
GRANT SELECT, INSERT, UPDATE ON ej.operation TO ej_rule;

-- The SQL text that makes jsonb of these columns of the row `r`, without NULLs.
CREATE OR REPLACE FUNCTION ej.history_whole(r text, columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT format('jsonb_strip_nulls(jsonb_build_object(%s))',
                  string_agg(format('%L, %s.%I', c, r, c), ', '))
      FROM unnest(columns) AS c
$$;

-- The SQL text that makes jsonb of the columns in which the rows `o` and `n` differ,
-- with the values of row `r`; the columns in `always` are always included.
CREATE OR REPLACE FUNCTION ej.history_changed(r text, columns text[], always text[])
RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(nullif(concat_ws(' || ',
        (SELECT format('jsonb_build_object(%s)', string_agg(format('%L, %s.%I', c, r, c), ', '))
           FROM unnest(always) AS c HAVING count(*) > 0),
        (SELECT string_agg(format(
             'CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN jsonb_build_object(%1$L, %2$s.%1$I) ELSE ''{}'' END',
             c, r), ' || ')
           FROM unnest(columns) AS c)), ''), '''{}''::jsonb') -- nothing but its key
$$;

-- The columns by which a history row of a table is filled: target lists the columns of
-- ej.history, own the values of the row `$`, whole and rest the recorded columns of an
-- INSERT or DELETE and of an UPDATE, words the columns of the key that are no numbers.
CREATE OR REPLACE FUNCTION ej.history_columns(rel regclass, OUT target text, OUT own text,
    OUT whole text[], OUT rest text[], OUT words text[])
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    name    text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = rel);
    keys    text[] := ej.key_columns(rel);
    numbers text[] := ej.key_columns(rel, is_number => true);
    columns text[] := ARRAY(SELECT a.attname FROM pg_attribute AS a
        WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY a.attnum);
BEGIN
    target := 'INSERT INTO ej.history (school_id, table_name, row_key, teaching_id, pupil_id,'
        ' account_id, session_id, operation_id, address, correction_id, old, new)';
    own := format('$.%s, %L, ARRAY[%s]::bigint[], %s, %s, author.account_id, author.session_id, author.operation_id,'
        ' author.address, author.correction_id',
        CASE WHEN name = 'school' THEN 'id' ELSE 'school_id' END, name,
        (SELECT string_agg(format('$.%I', k), ', ') FROM unnest(numbers) AS k),
        CASE WHEN name = 'teaching' THEN '$.id'
             WHEN 'teaching_id' = ANY (columns) THEN '$.teaching_id' ELSE 'NULL::bigint' END,
        CASE WHEN name = 'pupil' THEN '$.id'
             WHEN 'pupil_id' = ANY (columns) THEN '$.pupil_id' ELSE 'NULL::bigint' END);
    words := ARRAY(SELECT k FROM unnest(keys) AS k WHERE k <> ALL (numbers));
    rest := ARRAY(SELECT c FROM unnest(columns) AS c WHERE c <> ALL (keys) AND c <> 'school_id');
    whole := words || ARRAY(SELECT c FROM unnest(rest) AS c WHERE c NOT IN ('teaching_id', 'pupil_id'));
END
$$;

-- The statements that record inserted, deleted and updated rows of a table, for its
-- trigger function (change.sql).
CREATE OR REPLACE FUNCTION ej.history_insert(rel regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT format('
        author := ej.writer();
        %s
        SELECT %s, NULL, %s FROM new_rows AS n WHERE author.voiding_id IS NULL;',
              h.target, replace(h.own, '$', 'n'), ej.history_whole('n', h.whole))
  FROM ej.history_columns(rel) AS h
$$;

CREATE OR REPLACE FUNCTION ej.history_delete(rel regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT format('
        author := ej.writer();
        %s
        SELECT %s, %s, NULL FROM old_rows AS o WHERE author.voiding_id IS NULL;',
              h.target, replace(h.own, '$', 'o'), ej.history_whole('o', h.whole))
  FROM ej.history_columns(rel) AS h
$$;

-- FULL JOIN: a plan made for one row stays good for 30,000 (it cannot be a nested loop).
-- Neither side has further rows, since no key changes. Fixed columns are not compared.
CREATE OR REPLACE FUNCTION ej.history_update(rel regclass, fixed text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT format('
        author := ej.writer();
        %s
        SELECT %s, %s, %s
          FROM old_rows AS o FULL JOIN new_rows AS n ON %s
         WHERE author.voiding_id IS NULL AND (%s);',
           h.target, replace(h.own, '$', 'n'),
           ej.history_changed('o', c.rest, h.words), ej.history_changed('n', c.rest, h.words),
           (SELECT string_agg(format('o.%1$I = n.%1$I', k), ' AND ') FROM unnest(ej.key_columns(rel)) AS k),
           coalesce((SELECT string_agg(format('o.%1$I IS DISTINCT FROM n.%1$I', r), ' OR ')
                       FROM unnest(c.rest) AS r), 'false'))
  FROM ej.history_columns(rel) AS h,
       LATERAL (SELECT ARRAY(SELECT r FROM unnest(h.rest) AS r WHERE r <> ALL (fixed))) AS c(rest)
$$;

-- Record the changes of accounts, other modules' subjects, activation codes and second
-- factors. An account's or subject's change is recorded once for each school of the person. Rows
-- are few, so they are handled one by one. Of a password the history says only that
-- it is new, of a code that it was issued or used; it never has a hash or digest.
CREATE OR REPLACE FUNCTION ej.history_of_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    secret  text[] := '{password,code_sha256,id,school_id,operation_id,secret,last_step,sent_at,sent_xid,tries}';
    before  jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after   jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    present jsonb := coalesce(after, before);
    person  bigint := coalesce((present ->> 'person_id')::bigint, (
        SELECT a.person_id FROM ej.account AS a WHERE a.id = (present ->> 'account_id')::bigint));
    key     bigint := coalesce(present ->> 'id', present ->> 'account_id', present ->> 'person_id')::bigint;
    o       jsonb := jsonb_strip_nulls(before - secret);
    n       jsonb := jsonb_strip_nulls(after - secret);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(jsonb_object_agg(c.key, before -> c.key), '{}'),
               coalesce(jsonb_object_agg(c.key, c.value), '{}') INTO o, n
          FROM jsonb_each(after - secret) AS c WHERE before -> c.key IS DISTINCT FROM c.value;
        IF before ->> 'password' IS DISTINCT FROM after ->> 'password' THEN
            n := n || '{"is_password_new": true}';
        END IF;
        IF n = '{}' THEN
            RETURN NULL;
        END IF;
    END IF;
    IF TG_TABLE_NAME = 'factor' THEN -- set up or taken away, and whose it is, in words
        present := (SELECT jsonb_build_object('login', a.login) FROM ej.account AS a WHERE a.id = key);
        o := CASE WHEN TG_OP = 'DELETE' THEN present END;
        n := CASE WHEN TG_OP = 'UPDATE' THEN present END;
    END IF;
    INSERT INTO ej.history (school_id, table_name, row_key, old, new, account_id, operation_id, address)
    -- whoever sets up the factor before a session has its rights is no author yet
    SELECT s.school_id, TG_TABLE_NAME, ARRAY[key], o, n,
           coalesce(b.account_id, CASE TG_TABLE_NAME WHEN 'factor' THEN key END), b.operation_id, b.address
      FROM ej.author(true) AS b, (SELECT x.school_id FROM ej.staff AS x WHERE x.person_id = person
             UNION SELECT x.school_id FROM ej.pupil AS x WHERE x.person_id = person
             UNION SELECT x.school_id FROM ej.guardian AS x WHERE x.person_id = person) AS s
     WHERE s.school_id = coalesce((present ->> 'school_id')::bigint, s.school_id);
    RETURN NULL;
END
$$;
DO $$ BEGIN PERFORM ej.drop_triggers('history'); END $$;
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.account
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.account_subject
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.activation
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
-- addresses, and how a person wants to be told
CREATE TRIGGER history_entry AFTER INSERT OR DELETE OR UPDATE OF verified_at, suspended_at ON ej.contact
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.choice
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
-- a second factor that is confirmed, and one that is taken away
CREATE TRIGGER history_entry AFTER UPDATE OF confirmed_at ON ej.factor
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
CREATE TRIGGER history_entry_gone AFTER DELETE ON ej.factor
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION ej.history_of_entry();

-- The network address from which a change was made. Shown to the journal's teacher
-- and the heads; for changes outside a journal to administrator and director only.
-- Other readers of a history, families above all, do not see teachers' addresses.
-- made_at is given to find the partition.
CREATE OR REPLACE FUNCTION ej.history_address(history_id bigint, made_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT host(h.address) FROM ej.history AS h
             WHERE h.id = history_id AND h.made_at = history_address.made_at
               AND (h.teaching_id = ANY (ej.my_write_teachings()) AND h.table_name <> 'finding'
                 OR h.teaching_id IS NOT NULL AND h.school_id = ANY (ej.my_journal_schools())
                 OR h.school_id = ANY (ej.my_account_schools())));
END
$$;
ALTER FUNCTION ej.history_address(bigint, timestamptz) OWNER TO ej_rights;

GRANT EXECUTE ON FUNCTION ej.history_address(bigint, timestamptz) TO ej_web;
