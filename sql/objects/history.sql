-- history.sql: records every change with its author, time, address and operation.
--
-- Statement triggers with transition tables record the changes of every table that a
-- school answers for: one INSERT … SELECT for each statement, whatever the number of
-- rows. ej.history_watch generates the trigger function of a table from the
-- catalogue, so that a new column is recorded without further work, and each
-- function is plain SQL with a cached plan (a generic function over jsonb_each
-- took several times as long for each row).
--
-- A history row has row_key (the integer columns of the primary key, in order),
-- teaching_id and pupil_id where the table has them, and old and new as jsonb:
--   INSERT  new = the values set    (old is NULL; columns with NULL left out)
--   DELETE  old = the last values   (new is NULL; columns with NULL left out)
--   UPDATE  only the columns that changed, and no row if none did.
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

-- The three statements of a table's trigger function.
CREATE OR REPLACE FUNCTION ej.history_body(
    name text, columns text[], keys text[], number_keys text[])
RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $body$
DECLARE
    words    text[] := ARRAY(SELECT k FROM unnest(keys) AS k WHERE k <> ALL (number_keys));
    rest     text[] := ARRAY(SELECT c FROM unnest(columns) AS c
                              WHERE c <> ALL (keys) AND c <> 'school_id');
    whole    text[] := words || ARRAY(SELECT c FROM unnest(rest) AS c
                              WHERE c NOT IN ('teaching_id', 'pupil_id'));
    -- the row's columns of its own, $ standing for the row
    own      text := format('$.%s, %L, ARRAY[%s]::bigint[], %s, %s',
        CASE WHEN name = 'school' THEN 'id' ELSE 'school_id' END, name,
        (SELECT string_agg(format('$.%I', k), ', ') FROM unnest(number_keys) AS k),
        CASE WHEN name = 'teaching' THEN '$.id'
             WHEN 'teaching_id' = ANY (columns) THEN '$.teaching_id' ELSE 'NULL::bigint' END,
        CASE WHEN name = 'pupil' THEN '$.id'
             WHEN 'pupil_id' = ANY (columns) THEN '$.pupil_id' ELSE 'NULL::bigint' END);
    target   text := 'INSERT INTO ej.history (school_id, table_name, row_key, teaching_id,'
        ' pupil_id, old, new, account_id, operation_id, address)';
    joined   text := (SELECT string_agg(format('o.%1$I = n.%1$I', k), ' AND ') FROM unnest(keys) AS k);
    differs  text := (SELECT string_agg(format('o.%1$I IS DISTINCT FROM n.%1$I', c), ' OR ')
                        FROM unnest(keys || rest) AS c);
    o_whole  text := ej.history_whole('o', whole);
    n_whole  text := ej.history_whole('n', whole);
BEGIN
    -- FULL JOIN: a changed key becomes a row gone and a row come; and a plan
    -- made for one row stays good for 30,000 (it cannot be a nested loop)
    RETURN format($f$
    -- ON CONFLICT DO UPDATE calls for both events, one of them with no row
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM new_rows) THEN
            RETURN NULL;
        END IF;
        SELECT b.account_id, b.operation_id, b.address INTO by_account, by_operation, from_address FROM ej.author() AS b;
        %1$s SELECT %2$s, NULL, %3$s, by_account, by_operation, from_address FROM new_rows AS n;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT b.account_id, b.operation_id, b.address INTO by_account, by_operation, from_address FROM ej.author() AS b;
        %1$s SELECT %4$s, %5$s, NULL, by_account, by_operation, from_address FROM old_rows AS o;
    ELSE
        IF NOT EXISTS (SELECT FROM new_rows) THEN
            RETURN NULL;
        END IF;
        SELECT b.account_id, b.operation_id, b.address INTO by_account, by_operation, from_address FROM ej.author() AS b;
        %1$s
        SELECT %6$s,
               CASE WHEN %7$s IS NULL THEN NULL WHEN %8$s IS NULL THEN %5$s ELSE %9$s END,
               CASE WHEN %8$s IS NULL THEN NULL WHEN %7$s IS NULL THEN %3$s ELSE %10$s END,
               by_account, by_operation, from_address
          FROM old_rows AS o FULL JOIN new_rows AS n ON %11$s
         WHERE %12$s;
    END IF;$f$,
        target, replace(own, '$', 'n'), n_whole, replace(own, '$', 'o'), o_whole,
        regexp_replace(own, '\$(\.\w+)', 'coalesce(n\1, o\1)', 'g'),
        format('o.%I', keys[1]), format('n.%I', keys[1]),
        ej.history_changed('o', rest, words), ej.history_changed('n', rest, words),
        joined, differs);
END
$body$;

-- Record the changes of a table from now on; called again after its columns changed.
CREATE OR REPLACE FUNCTION ej.history_watch(name text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $watch$
DECLARE
    watched     regclass := format('ej.%I', name)::regclass;
    columns     text[] := ARRAY(SELECT attname FROM pg_attribute
        WHERE attrelid = watched AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        ORDER BY attnum);
    keys        text[];
    number_keys text[];
BEGIN
    SELECT array_agg(a.attname ORDER BY k.n),
           array_agg(a.attname ORDER BY k.n) FILTER (WHERE a.atttypid IN
               ('int2'::regtype, 'int4'::regtype, 'int8'::regtype))
      INTO keys, number_keys
      FROM pg_constraint AS c, unnest(c.conkey) WITH ORDINALITY AS k(attnum, n),
           pg_attribute AS a
     WHERE c.conrelid = watched AND c.contype = 'p'
       AND a.attrelid = watched AND a.attnum = k.attnum;
    EXECUTE format($f$
        CREATE OR REPLACE FUNCTION ej.history_of_%s() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS %L
        $f$, name, $f$
DECLARE
    by_account   bigint;
    by_operation uuid;
    from_address inet;
BEGIN $f$ || ej.history_body(name, columns, keys, number_keys) || $f$
    RETURN NULL;
END$f$);
    EXECUTE format('ALTER FUNCTION ej.history_of_%s() OWNER TO ej_rule', name);
    EXECUTE format('REVOKE ALL ON FUNCTION ej.history_of_%s() FROM PUBLIC', name);
    PERFORM ej.watch('history', name, 'history_of_' || name);
END
$watch$;

DO $$
DECLARE
    name text;
BEGIN
    PERFORM ej.drop_triggers('history');
    FOREACH name IN ARRAY '{lesson,work,mark,attendance,homework,homework_for,
        term_mark,journal,staff_role,guardianship,enrolment,membership,
        teaching,class,study_group,study_group_class,timetable,
        staff,pupil,pupil_card,guardian,
        school,school_year,holiday,term_plan,term,subject,room,bell_plan,bell,
        scale,scale_value,work_kind,attendance_code}'::text[]
    LOOP
        PERFORM ej.history_watch(name);
    END LOOP;
END
$$;

-- Record the changes of accounts, other modules' subjects and activation codes. An
-- account's or subject's change is recorded once for each school of the person. Rows
-- are few, so they are handled one by one. Of a password the history says only that
-- it is new, of a code that it was issued or used; it never has a hash or digest.
CREATE OR REPLACE FUNCTION ej.history_of_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    secret  text[] := '{password,code_sha256,id,school_id,operation_id}';
    was     jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    made    jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    of      jsonb := coalesce(made, was);
    person  bigint := coalesce((of ->> 'person_id')::bigint, (
        SELECT a.person_id FROM ej.account AS a WHERE a.id = (of ->> 'account_id')::bigint));
    key     bigint := coalesce(of ->> 'id', of ->> 'account_id', of ->> 'person_id')::bigint;
    o       jsonb := jsonb_strip_nulls(was - secret);
    n       jsonb := jsonb_strip_nulls(made - secret);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(jsonb_object_agg(c.key, was -> c.key), '{}'),
               coalesce(jsonb_object_agg(c.key, c.value), '{}') INTO o, n
          FROM jsonb_each(made - secret) AS c WHERE was -> c.key IS DISTINCT FROM c.value;
        IF was ->> 'password' IS DISTINCT FROM made ->> 'password' THEN
            n := n || '{"is_password_new": true}';
        END IF;
        IF n = '{}' THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO ej.history (school_id, table_name, row_key, old, new, account_id, operation_id, address)
    SELECT s.school_id, TG_TABLE_NAME, ARRAY[key], o, n, b.account_id, b.operation_id, b.address
      FROM ej.author(true) AS b, (SELECT x.school_id FROM ej.staff AS x WHERE x.person_id = person
             UNION SELECT x.school_id FROM ej.pupil AS x WHERE x.person_id = person
             UNION SELECT x.school_id FROM ej.guardian AS x WHERE x.person_id = person) AS s
     WHERE s.school_id = coalesce((of ->> 'school_id')::bigint, s.school_id);
    RETURN NULL;
END
$$;
ALTER FUNCTION ej.history_of_entry() OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.history_of_entry() FROM PUBLIC;
DROP TRIGGER IF EXISTS history_entry ON ej.account;
DROP TRIGGER IF EXISTS history_entry ON ej.account_subject;
DROP TRIGGER IF EXISTS history_entry ON ej.activation;
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.account
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.account_subject
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();
CREATE TRIGGER history_entry AFTER INSERT OR UPDATE OR DELETE ON ej.activation
    FOR EACH ROW EXECUTE FUNCTION ej.history_of_entry();

-- The network address from which a change was made. Shown to the journal's teacher
-- and the heads; for changes outside a journal to administrator and director only.
-- Other readers of a history, families above all, do not see teachers' addresses.
-- made_at is given to find the partition.
CREATE OR REPLACE FUNCTION ej.history_address(history_id bigint, made_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT host(h.address) FROM ej.history AS h
             WHERE h.id = history_id AND h.made_at = history_address.made_at
               AND (h.teaching_id = ANY (ej.my_write_teachings())
                 OR h.teaching_id IS NOT NULL AND h.school_id = ANY (ej.my_journal_schools())
                 OR h.school_id = ANY (ej.my_account_schools())));
END
$$;
ALTER FUNCTION ej.history_address(bigint, timestamptz) OWNER TO ej_rights;

-- The value that a mark must have by its history: the last one set by a row that is
-- not void. A history row sets the value if it is an INSERT (where NULL is left
-- out) or an UPDATE that changed it.
CREATE OR REPLACE FUNCTION ej.mark_fold(work_id bigint, pupil_id bigint, attempt int)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT h.new ->> 'value' FROM ej.history AS h
             WHERE h.table_name = 'mark'
               AND h.key_id = mark_fold.work_id
               AND h.row_key = ARRAY[mark_fold.work_id, mark_fold.pupil_id, mark_fold.attempt]
               AND h.void_id IS NULL
               AND (h.old IS NULL OR h.new ? 'value')
             ORDER BY h.id DESC LIMIT 1);
END
$$;

REVOKE ALL ON FUNCTION ej.history_address(bigint, timestamptz),
    ej.mark_fold(bigint, bigint, int), ej.history_whole(text, text[]),
    ej.history_changed(text, text[], text[]), ej.history_watch(text),
    ej.history_body(text, text[], text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.history_address(bigint, timestamptz),
    ej.mark_fold(bigint, bigint, int) TO ej_web;
