-- imports.sql: rows of a file become rows of a school's list, through a draft.
--
-- A draft (ej.draft) is one object, kept for its account by kind:
--   file, school   the file's name; the school in which the person worked
--   table          [[line, "cell", …], …], the heads first (ej_in_table)
--   columns        field -> number of its column, from 1
--   map_id         the map that has chosen them (imports_maps.sql)
--   answers        "line.field" -> id of the person chosen by the reader, 0: a new person; order ->
--                  the order by which pupils are enrolled whose rows name none
--   ready          the rows as they would be written (below)
--   preview        for each of them what a save would do: line, name, done (added,
--                  changed, same, bad), field and code, value of the field
--   saved          true, once it was saved
--   todo, ordered  the step that a job does (imports_job.sql), and the number of its order
--   is_stale       a job found that the journal had changed since the preview, and made it anew
-- The rows go through four steps, each for all rows at once:
--   ej.import_read     cells -> {line, values, fault}: texts of the fields' types
--   ej.import_resolve  names -> ids: {…, id, name, values} with the columns of the table
--   ej.import_compare  what is stored: {…, was, done}
--   ej.import_write    INSERT and UPDATE; if a rule or constraint refuses the rows, each half
--                      is tried alone, and so on, until the refused rows are found
-- Exactly the rows of the preview are saved: if a row was changed since then, it is reported as
-- a conflict and nothing is saved. The lists: imports_lists.sql.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.draft TO ej_rule;

-- --------------------------------------------------------------- drafts ----

-- The reader's own draft of a kind, made in the school in which the reader works now; NULL
-- when there is none.
CREATE OR REPLACE FUNCTION ej.draft_of(kind text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT d.rows FROM ej.draft AS d
             WHERE d.account_id = ej.session_account() AND d.kind = draft_of.kind
               AND d.rows -> 'school' = to_jsonb((ej.my_staff_schools())[1]));
END
$$;

-- That draft, with what it has under a key. Errors: JE401 there is none.
CREATE OR REPLACE FUNCTION ej.draft_with(kind text, key text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_of(kind);
BEGIN
    IF draft -> key IS NULL THEN
        RAISE EXCEPTION 'no draft' USING ERRCODE = 'JE401';
    END IF;
    RETURN draft;
END
$$;

-- Keep a draft in place of an older one of its kind; in a job, of that with the order
-- `ordered`. Errors: JE302 no live session; JE301 the reader does not write this list in the
-- draft's school; JE401 no such list; JE210 there is another draft by now.
CREATE OR REPLACE FUNCTION ej.draft_keep(kind text, rows jsonb, ordered text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.session_account();
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    ELSIF (rows -> 'school' = to_jsonb((ej.import_schools(kind))[1])) IS NOT TRUE THEN
        RAISE EXCEPTION 'no draft for this school' USING ERRCODE = 'JE301';
    ELSIF kind NOT IN ('fet', 'compose', 'marksheet') AND NOT EXISTS (SELECT FROM ej.import_fields(kind)) THEN
        RAISE EXCEPTION 'no such list' USING ERRCODE = 'JE401';
    END IF;
    INSERT INTO ej.draft AS d (account_id, kind, rows)
    VALUES (account, draft_keep.kind, draft_keep.rows)
    ON CONFLICT ON CONSTRAINT draft_pkey DO UPDATE SET rows = excluded.rows, made_at = now()
     WHERE ordered IS NULL OR d.rows ->> 'ordered' = ordered;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another draft was made meanwhile' USING ERRCODE = 'JE210';
    END IF;
END
$$;

-- ---------------------------------------------------------------- reading --

-- A cell without the characters that a spreadsheet or our export adds: invisible ones, and the
-- apostrophe before a text that looks like a formula (core/out/csv.c).
CREATE OR REPLACE FUNCTION ej.import_text(cell text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT btrim(regexp_replace(translate(coalesce(cell, ''), U&'\00A0\00AD\200B\200C\200D\2060\FEFF', ' '),
                            U&'((?:^|[,;|\000A\0009])[ "]*)''(?=[=+@\FF0B\FF0D\FF1D\FF20-])', '\1', 'g'))
$$;

-- A day written as DD.MM.YYYY, as YYYY-MM-DD or as a workbook's number of days; NULL for
-- anything else.
CREATE OR REPLACE FUNCTION ej.import_day(cell text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    part  int[] := regexp_match(
        regexp_replace(cell, '^(\d{1,2})\.(\d{1,2})\.(\d{4})$', '\3-\2-\1'),
        '^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00.*)?$')::int[];
    first date;
BEGIN
    IF cell ~ '^\d{5}$' THEN
        RETURN (date '1899-12-30' + cell::int)::text;
    ELSIF part[1] < 1800 OR part[2] NOT BETWEEN 1 AND 12 THEN
        RETURN NULL;
    END IF;
    first := make_date(part[1], part[2], 1);
    RETURN CASE WHEN part[3] BETWEEN 1 AND (first + interval '1 month')::date - first
                THEN (first + part[3] - 1)::text END;
END
$$;

-- A cell as the text of a field's type: text, int, number, money (1 234,56), date or choice (of words);
-- NULL when it is none. An empty cell is ''.
CREATE OR REPLACE FUNCTION ej.import_value(type text, words jsonb, cell text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN type = 'text' THEN cell
            WHEN type = 'choice' THEN words ->> lower(cell)
            WHEN cell = '' THEN ''
            WHEN type = 'int' AND cell ~ '^-?\d{1,15}$' THEN cell
            WHEN type = 'number' AND cell ~ '^-?\d{1,9}([.,]\d{1,4})?$' THEN translate(cell, ',', '.')
            WHEN type = 'money' AND cell ~ '^[-−]?(\d{1,9}|\d{1,3}( \d{3}){1,2})([.,]\d{1,2})?$'
            THEN translate(cell, ',− ', '.-')
            WHEN type = 'date' THEN ej.import_day(cell) END
$$;

-- The columns whose heading is that of a field: field -> number.
CREATE OR REPLACE FUNCTION ej.import_columns(kind text, heads jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_object_agg(f.field, h.n), '{}')
  FROM ej.import_fields(kind) AS f
 CROSS JOIN LATERAL (
    SELECT x.n - 1 AS n FROM jsonb_array_elements_text(heads) WITH ORDINALITY AS x(head, n)
     WHERE x.n > 1 AND ej.folded(ej.import_text(x.head)) = ANY (SELECT ej.folded(w) FROM unnest(f.headings) AS w)
     ORDER BY x.n LIMIT 1) AS h
$$;

-- The rows of a draft: {line, values, fault}. Only the columns that were matched are read; an
-- empty cell of a choice, which has no word for it, leaves the field out.
CREATE OR REPLACE FUNCTION ej.import_read(kind text, draft jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH field AS MATERIALIZED (
    SELECT f.n, f.field, f.type, f.words, (draft -> 'columns' ->> f.field)::int AS at
      FROM ej.import_fields(kind) AS f
     WHERE draft -> 'columns' ? f.field
), line AS MATERIALIZED (
    SELECT t.n, t.item
      FROM jsonb_array_elements(draft -> 'table') WITH ORDINALITY AS t(item, n)
     WHERE t.n > 1
), cell AS MATERIALIZED (
    SELECT l.n, f.n AS at, f.field, f.type, x.cell, ej.import_value(f.type, f.words, x.cell) AS value
      FROM line AS l
     CROSS JOIN field AS f
     CROSS JOIN LATERAL (SELECT ej.import_text(l.item ->> f.at) AS cell OFFSET 0) AS x
     WHERE x.cell <> '' OR f.type <> 'choice' OR f.words ? ''
), made AS (
    SELECT c.n,
           jsonb_object_agg(
               c.field, CASE WHEN c.value <> '' OR c.type IN ('text', 'choice') THEN c.value END)
               FILTER (WHERE c.value IS NOT NULL) AS values,
           (array_agg(
               jsonb_build_object(
                   'field', c.field,
                   'value', c.cell,
                   'code', CASE c.type WHEN 'choice' THEN 'JE106' WHEN 'date' THEN 'JE103' ELSE 'JE102' END)
               ORDER BY c.at)
               FILTER (WHERE c.value IS NULL))[1] AS fault
      FROM cell AS c
     GROUP BY c.n
)
SELECT coalesce(jsonb_agg(
           jsonb_build_object('line', l.item -> 0, 'values', coalesce(m.values, '{}'))
           || CASE WHEN m.fault IS NOT NULL THEN jsonb_build_object('fault', m.fault)
                   WHEN m.values IS NULL THEN '{"fault": {"code": "JE101"}}'
                   ELSE '{}' END
           ORDER BY l.n), '[]')
  FROM line AS l LEFT JOIN made AS m USING (n)
$$;

-- ---------------------------------------------------- comparing, writing ---

-- The rows, each with was (its stored values that differ) and done (what a save would do).
CREATE OR REPLACE FUNCTION ej.import_compare(kind text, rows jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    stored jsonb := CASE WHEN kind NOT IN ('pupils', 'payments') THEN ej.import_stored(kind, ARRAY(
        SELECT (r.item ->> 'id')::bigint
          FROM jsonb_array_elements(rows) AS r(item)
         WHERE r.item ->> 'id' IS NOT NULL)) END;
BEGIN
    IF kind IN ('pupils', 'payments') THEN -- compared by ej.import_resolve_pupils, ej.import_resolve_payments
        RETURN rows;
    END IF;
    RETURN (
WITH row AS (
    SELECT r.n, r.item, stored -> (r.item ->> 'id') AS was,
           row_number() OVER (PARTITION BY r.item ->> 'key' ORDER BY r.n) > 1 AND r.item ? 'key' AS is_again
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
), compared AS (
    SELECT r.n, r.is_again, r.item, (
        SELECT jsonb_object_agg(v.key, r.was -> v.key)
          FROM jsonb_object_keys(r.item -> 'values') AS v(key)
         WHERE r.was IS NOT NULL
           AND (r.was ->> v.key) IS DISTINCT FROM (r.item -> 'values' ->> v.key)
           -- 5 is 5.0
           AND (jsonb_typeof(r.was -> v.key) = 'number'
                AND (r.was ->> v.key)::numeric = (r.item -> 'values' ->> v.key)::numeric) IS NOT TRUE) AS was
      FROM row AS r
)
SELECT coalesce(jsonb_agg(
           s.item
           || CASE WHEN s.was IS NULL THEN '{}' ELSE jsonb_build_object('was', s.was) END
           || jsonb_strip_nulls(jsonb_build_object(
               'fault', coalesce(
                   s.item -> 'fault',
                   CASE WHEN s.is_again
                        THEN jsonb_build_object('field', s.item -> 'key_field', 'code', 'JE212') END),
               'done', CASE WHEN s.item ? 'fault' OR s.is_again THEN 'bad'
                            WHEN s.item ->> 'id' IS NULL THEN 'added'
                            WHEN s.was IS NULL THEN 'same'
                            ELSE 'changed' END))
           ORDER BY s.n), '[]')
  FROM compared AS s);
END
$$;

-- Write rows of one table: a row without an id is added; with one, the row whose key_column is
-- that id is changed. Rows with the same columns are written by one statement. Returns the ids
-- of the added rows in their order, if they all have the same columns.
CREATE OR REPLACE FUNCTION ej.import_write_rows(rel regclass, rows jsonb, key_column text DEFAULT 'id')
RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    part record;
    n    bigint;
    made bigint[] := '{}';
BEGIN
    FOR part IN
        SELECT x.is_new, x.fields, jsonb_agg(x.values ORDER BY x.n) AS values, count(*) AS size
          FROM (SELECT r.n,
                       r.item ->> 'id' IS NULL AS is_new,
                       ARRAY(SELECT k FROM jsonb_object_keys(
                                 r.item -> CASE WHEN r.item ? 'was' THEN 'was' ELSE 'values' END) AS k
                              ORDER BY k) AS fields,
                       (r.item -> 'values')
                       || CASE WHEN r.item ->> 'id' IS NULL THEN '{}'
                               ELSE jsonb_build_object(key_column, r.item -> 'id') END AS values
                  FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)) AS x
         GROUP BY x.is_new, x.fields
         ORDER BY min(x.n)
    LOOP
        IF part.is_new THEN
            -- ids grow in the order of the rows
            EXECUTE format('WITH made AS (
                                INSERT INTO %1$s AS x (school_id, %2$s)
                                SELECT $2, %2$s FROM jsonb_populate_recordset(NULL::%1$s, $1)
                                RETURNING x.%3$I AS id)
                            SELECT $3 || array_agg(m.id ORDER BY m.id) FROM made AS m',
                           rel,
                           (SELECT string_agg(quote_ident(f), ', ') FROM unnest(part.fields) AS f),
                           key_column)
               INTO made USING part.values, (ej.my_staff_schools())[1], made;
        ELSE
            EXECUTE format('UPDATE %1$s AS x SET %2$s
                              FROM jsonb_populate_recordset(NULL::%1$s, $1) AS r
                             WHERE x.%3$I = r.%3$I',
                           rel,
                           (SELECT string_agg(format('%1$I = r.%1$I', f), ', ') FROM unnest(part.fields) AS f),
                           key_column)
              USING part.values;
            GET DIAGNOSTICS n = ROW_COUNT;
            IF n < part.size THEN
                RAISE EXCEPTION 'a row is gone, or not yours to change' USING ERRCODE = 'JE301';
            END IF;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

-- Try to write rows; returns the fault (n, field, code) of each row that is refused. The other
-- rows stay written. After a hundred faults (is_enough) the rest is not tried.
CREATE OR REPLACE FUNCTION ej.import_try_rows(kind text, rows jsonb[], is_enough boolean DEFAULT false)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    half   int := cardinality(rows) / 2;
    faults jsonb;
    state  text;
    rule   text;
    field  text;
BEGIN
    IF is_enough OR rows = '{}' THEN
        RETURN '[]';
    END IF;
    PERFORM ej.import_note_rows(to_jsonb(rows[:1]), 0);
    BEGIN
        PERFORM ej.import_write(kind, to_jsonb(rows));
        RETURN '[]';
    EXCEPTION WHEN OTHERS THEN
        IF SQLSTATE !~ '^(22|23|JE[123])' THEN
            RAISE;
        END IF;
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME;
    END;
    IF half = 0 THEN
        RETURN jsonb_build_array(ej.import_refusal(kind, state, rule, field)
                                 || jsonb_build_object('n', rows[1] -> 'n'));
    END IF;
    faults := ej.import_try_rows(kind, rows[:half]);
    RETURN faults || ej.import_try_rows(kind, rows[half + 1:], jsonb_array_length(faults) >= 100);
END
$$;

-- The fault of a row that the database refused, as a form shows it (ej.refusal), with the
-- field of the file in place of the column.
CREATE OR REPLACE FUNCTION ej.import_refusal(kind text, state text, rule text, field text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_strip_nulls(o.item || jsonb_build_object('field', (
           SELECT f.field
             FROM ej.import_fields(kind) AS f
            WHERE f.field = o.item ->> 'field' OR f.field || '_id' = o.item ->> 'field')))
  FROM (SELECT ej.refusal(
                   coalesce((
                       SELECT c.conrelid
                         FROM pg_constraint AS c
                        WHERE c.connamespace = 'ej'::regnamespace AND c.conname = rule AND c.conrelid <> 0
                        LIMIT 1), 0::oid)::regclass,
                   state, rule, field) AS item) AS o
$$;

-- Write the rows of a draft that are to be added or changed. Returns the faults; with one
-- fault, or as a trial, nothing stays written.
CREATE OR REPLACE FUNCTION ej.import_apply(kind text, ready jsonb, is_trial boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    faults jsonb := '[]';
BEGIN
    PERFORM set_config('ej.import_rows', jsonb_array_length(ready)::text, true);
    faults := ej.import_try_rows(kind, ARRAY(
        SELECT r.item || jsonb_build_object('n', r.n)
          FROM jsonb_array_elements(ready) WITH ORDINALITY AS r(item, n)
         WHERE r.item ->> 'done' IN ('added', 'changed')
         ORDER BY r.n));
    IF is_trial OR faults <> '[]' THEN
        RAISE EXCEPTION USING ERRCODE = 'EJ000'; -- undo what was written
    END IF;
    RETURN faults;
EXCEPTION WHEN SQLSTATE 'EJ000' THEN
    RETURN faults;
END
$$;

-- ------------------------------------------------------------- the steps ---

-- The rows of a draft as they would be written now.
CREATE OR REPLACE FUNCTION ej.import_ready(kind text, draft jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    rows jsonb;
BEGIN
    PERFORM ej.import_note(0);
    rows := ej.import_read(kind, draft);
    PERFORM ej.import_note(10);
    RETURN ej.import_compare(kind, ej.import_resolve(kind, rows, coalesce(draft -> 'answers', '{}')));
END
$$;

-- What becomes of each row, with the faults of the writing.
CREATE OR REPLACE FUNCTION ej.import_preview(ready jsonb, faults jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'line', r.item -> 'line',
           'name', r.item -> 'name',
           'field', x.fault -> 'field',
           'code', x.fault -> 'code',
           'choices', x.fault -> 'choices',
           'value', coalesce(x.fault -> 'value', r.item -> 'values' -> (x.fault ->> 'field')),
           'done', CASE WHEN x.fault IS NOT NULL THEN 'bad' ELSE r.item ->> 'done' END)) ORDER BY r.n), '[]')
  FROM jsonb_array_elements(ready) WITH ORDINALITY AS r(item, n)
  LEFT JOIN (SELECT (f.item ->> 'n')::bigint AS n, f.item FROM jsonb_array_elements(faults) AS f(item)) AS f
    ON f.n = r.n
 CROSS JOIN LATERAL (SELECT coalesce(r.item -> 'fault', f.item) AS fault) AS x
$$;

-- Read a draft anew, and try its rows.
CREATE OR REPLACE FUNCTION ej.import_try(kind text, draft jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    ready jsonb;
BEGIN
    IF NOT EXISTS (SELECT FROM ej.import_fields(kind)) THEN
        RAISE EXCEPTION 'no such list' USING ERRCODE = 'JE401';
    END IF;
    ready := ej.import_ready(kind, draft);
    PERFORM ej.draft_keep(kind, draft - '{saved,todo,ordered}'::text[] || jsonb_build_object(
        'ready', ready,
        'preview', ej.import_preview(ready, ej.import_apply(kind, ready, true))), draft ->> 'ordered');
END
$$;

-- Begin an import with the table of a file. The row of headings is the row among the first
-- ten which a map knows (imports_maps.sql; not if the headings are the journal's own: has_maps),
-- or else has the most known headings: above it a title may stand.
CREATE OR REPLACE FUNCTION ej.import_begin(kind text, file text, rows jsonb, has_maps boolean DEFAULT true)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    columns jsonb;
    above   int;
    map_id  bigint;
BEGIN
    SELECT c.columns, r.n - 1, m.id INTO columns, above, map_id
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
     CROSS JOIN LATERAL (SELECT CASE WHEN has_maps THEN ej.import_map_of(kind, r.item) END AS id) AS m
     CROSS JOIN LATERAL (SELECT CASE WHEN m.id IS NULL THEN ej.import_columns(kind, r.item)
                                     ELSE ej.import_map_columns(m.id, r.item) END AS columns) AS c
     WHERE r.n <= 10
     ORDER BY m.id IS NULL, (SELECT count(*) FROM jsonb_object_keys(c.columns)) DESC, r.n LIMIT 1;
    PERFORM ej.import_go_on(kind, jsonb_build_object(
        'file', file,
        'school', (ej.my_staff_schools())[1],
        'columns', coalesce(columns, '{}'),
        'table', coalesce((
            SELECT jsonb_agg(r.item ORDER BY r.n)
              FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
             WHERE r.n > above), '[]'))
        || jsonb_strip_nulls(jsonb_build_object('map_id', map_id)));
END
$$;

-- Choose the columns (pairs of field and number, 0: none) of the present draft.
CREATE OR REPLACE FUNCTION ej.import_match(kind text, fields text[], numbers int[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.import_go_on(kind, ej.draft_with(kind, 'table') - 'map_id' || jsonb_build_object('columns', (
        SELECT coalesce(jsonb_object_agg(m.field, m.n), '{}')
          FROM unnest(fields, numbers) AS m(field, n)
          JOIN ej.import_fields(kind) AS f ON f.field = m.field
         WHERE m.n BETWEEN 1 AND 100)));
END
$$;

-- Answer who is meant where several people have the name: pairs of "line.field" and an id,
-- 0: a new person.
CREATE OR REPLACE FUNCTION ej.import_answer(kind text, questions text[], ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with(kind, 'table');
BEGIN
    PERFORM ej.import_go_on(kind, draft || jsonb_build_object(
        'answers', coalesce(draft -> 'answers', '{}') || (
            SELECT coalesce(jsonb_object_agg(a.question, a.id), '{}')
              FROM unnest(questions, ids) AS a(question, id)
             WHERE a.id IS NOT NULL)));
END
$$;

-- Name the order by which the pupils of the present draft are enrolled.
CREATE OR REPLACE FUNCTION ej.import_enrol_by(kind text, order_no text, order_on date, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with(kind, 'table');
BEGIN
    PERFORM ej.import_go_on(kind, draft || jsonb_build_object(
        'answers', coalesce(draft -> 'answers', '{}') || jsonb_build_object(
            'order', jsonb_build_object('order_no', order_no, 'order_on', order_on, 'reason', reason))));
END
$$;

-- The version of a draft: the same for the same rows.
CREATE OR REPLACE FUNCTION ej.import_version(draft jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5((draft -> 'ready')::text)
$$;

-- The rows that are no longer as the preview showed them, as conflicts.
CREATE OR REPLACE FUNCTION ej.import_conflicts(seen jsonb, ready jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'n', a.n,
           'outcome', 'bad',
           'code', 'JE210',
           'field', x.field,
           'value', b.item -> 'was' -> x.field)) ORDER BY a.n), '[]')
  FROM jsonb_array_elements(seen) WITH ORDINALITY AS a(item, n)
  LEFT JOIN jsonb_array_elements(ready) WITH ORDINALITY AS b(item, n) ON b.n = a.n
  LEFT JOIN LATERAL (
    SELECT k AS field
      FROM jsonb_object_keys(coalesce(a.item -> 'was', '{}') || coalesce(b.item -> 'was', '{}')) AS k
     WHERE a.item -> 'was' -> k IS DISTINCT FROM b.item -> 'was' -> k
     ORDER BY k LIMIT 1) AS x ON true
 WHERE a.item IS DISTINCT FROM b.item
$$;

-- The answer to the save of a draft, as outcomes; writes nothing unless all can be written.
CREATE OR REPLACE FUNCTION ej.import_outcomes(kind text, draft jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb;
BEGIN
    SELECT jsonb_agg(r.item -> 'fault' || jsonb_build_object('n', r.n, 'outcome', 'bad') ORDER BY r.n) INTO answer
      FROM jsonb_array_elements(draft -> 'ready') WITH ORDINALITY AS r(item, n)
     WHERE r.item ? 'fault';
    IF answer IS NULL THEN
        answer := ej.import_conflicts(draft -> 'ready', ej.import_ready(kind, draft));
    END IF;
    RETURN CASE WHEN answer = '[]' THEN ej.import_apply(kind, draft -> 'ready', false) ELSE answer END;
END
$$;

-- Save the rows of this draft; returns the outcomes.
CREATE OR REPLACE FUNCTION ej.import_save_rows(kind text, draft jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb := ej.import_outcomes(kind, draft);
BEGIN
    IF NOT ej.is_refused(answer) THEN
        PERFORM ej.draft_keep(kind, jsonb_build_object(
            'file', draft -> 'file',
            'school', draft -> 'school',
            'saved', true,
            'preview', draft -> 'preview',
            'table', '[]'::jsonb,
            'columns', '{}'::jsonb), draft ->> 'ordered');
    END IF;
    RETURN answer;
END
$$;

-- Save the rows of the draft as its preview has them: all or none, once. version: of the
-- preview which the person saw (ej.import_version).
-- Errors: JE401 no draft; JE210 another file or other columns were chosen meanwhile.
CREATE OR REPLACE FUNCTION ej.import_save(kind text, version text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_of(kind);
BEGIN
    IF draft IS NULL OR draft ? 'saved' OR (draft ->> 'school')::bigint <> ALL (ej.import_schools(kind)) THEN
        RAISE EXCEPTION 'no draft' USING ERRCODE = 'JE401';
    ELSIF ej.import_version(draft) IS DISTINCT FROM version THEN
        RAISE EXCEPTION 'another draft was seen' USING ERRCODE = 'JE210';
    END IF;
    RETURN ej.import_save_or_order(kind, draft);
END
$$;

GRANT EXECUTE ON FUNCTION ej.draft_of, ej.draft_keep TO ej_web;
