-- imports.sql: rows of a file become rows of a school's list, through a draft.
--
-- A draft (ej.draft) is one object, kept for its account by kind:
--   file, school   the file's name; the school in which the person worked
--   table          [[line, "cell", …], …], the heads first (ej_in_table)
--   columns        field -> number of its column, from 1
--   ready          the rows as ej.write_rows takes them, with line, and fault where a
--                  cell cannot be read
--   preview        for each of them what a save would do: line, name, done (added,
--                  changed, same, bad), field and code, value of the field
--   saved          the counts, once it was saved
-- What a person sees in the preview is what is saved: rows that were changed since then
-- are conflicts, and nothing is saved.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.draft TO ej_rule;

-- The lists that can be imported: their table, its fields with the headings that a file
-- may have (the first is shown), the words of a choice, and by which field a row is
-- recognised.
CREATE OR REPLACE FUNCTION ej.import_fields(kind text)
RETURNS TABLE (rel text, field text, headings text[], words jsonb, is_key boolean)
LANGUAGE sql IMMUTABLE AS $$
SELECT f.rel, f.field, f.headings, f.words, f.is_key FROM (VALUES
    ('rooms', 'ej.room', 'name', '{Кабинет,Номер,Название,"Номер или название"}'::text[], NULL::jsonb, true),
    ('rooms', 'ej.room', 'kind', '{Вид,Вид кабинета}',
     '{"учебный кабинет": "class", "лаборатория": "lab", "компьютерный класс": "computer", "мастерская": "workshop",
       "спортзал": "gym", "актовый зал": "hall", "библиотека": "library", "другое": "other"}', false),
    ('rooms', 'ej.room', 'capacity', '{Мест,Число мест,Количество мест,Вместимость}', NULL, false),
    ('rooms', 'ej.room', 'is_shared', '{Несколько групп}', '{"да": "true", "+": "true", "нет": "false", "": "false"}', false),
    ('rooms', 'ej.room', 'ended_on', '{Закрыт с}', NULL, false),
    ('rooms', 'ej.room', 'reason', '{Причина}', NULL, false)
    ) AS f (kind, rel, field, headings, words, is_key)
 WHERE f.kind = import_fields.kind
$$;

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

-- Keep a draft in place of an older one of its kind. Errors: JE302 no live session; JE301
-- the reader does not write the set-up of the draft's school; JE401 no such list.
CREATE OR REPLACE FUNCTION ej.draft_keep(kind text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := ej.session_account();
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    ELSIF (rows -> 'school' = to_jsonb((ej.my_setup_schools())[1])) IS NOT TRUE THEN
        RAISE EXCEPTION 'no draft for this school' USING ERRCODE = 'JE301';
    ELSIF NOT EXISTS (SELECT FROM ej.import_fields(kind)) THEN
        RAISE EXCEPTION 'no such list' USING ERRCODE = 'JE401';
    END IF;
    INSERT INTO ej.draft AS d (account_id, kind, rows) VALUES (account, draft_keep.kind, draft_keep.rows)
    ON CONFLICT ON CONSTRAINT draft_pkey DO UPDATE SET rows = excluded.rows, made_at = now();
END
$$;

-- ---------------------------------------------------------------- reading --

-- A cell without what a spreadsheet adds: marks that are not seen, the sign of a text.
CREATE OR REPLACE FUNCTION ej.import_text(cell text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT btrim(regexp_replace(translate(coalesce(cell, ''), U&'\00A0\00AD\200B\200C\200D\2060\FEFF', ' '), '^''', ''))
$$;

-- A cell as the text of a field's type, or in code why it is none. Days are DD.MM.YYYY,
-- YYYY-MM-DD or a workbook's number of days.
CREATE OR REPLACE FUNCTION ej.import_value(type text, words jsonb, cell text, OUT value text, OUT code text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    value := ej.import_text(cell);
    IF words IS NOT NULL THEN
        value := words ->> lower(value);
        code := CASE WHEN value IS NULL THEN 'JE106' END;
    ELSIF type IN ('text', 'ej.line', 'ej.prose', 'line', 'prose') THEN
        NULL;
    ELSIF value = '' THEN
        value := NULL;
    ELSE
        IF type = 'date' THEN
            value := CASE WHEN value ~ '^\d{1,2}\.\d{1,2}\.\d{4}$'
                          THEN regexp_replace(value, '^(\d+)\.(\d+)\.(\d+)$', '\3-\2-\1')
                          WHEN value ~ '^\d{5}$' THEN (date '1899-12-30' + value::int)::text
                          WHEN value ~ '^\d{4}-\d\d-\d\d$' THEN value ELSE 'none' END;
        END IF;
        EXECUTE format('SELECT $1::%s::text', type) INTO value USING value;
    END IF;
EXCEPTION WHEN data_exception THEN
    value := NULL;
    code := CASE WHEN type = 'date' THEN 'JE103' ELSE 'JE102' END;
END
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

-- The rows of a draft as ej.write_rows takes them. A row that has the name of a present
-- one changes it; only the columns that were matched are written, and an empty cell of a
-- choice leaves it as it is.
CREATE OR REPLACE FUNCTION ej.import_rows(kind text, draft jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    rel    text := (SELECT f.rel FROM ej.import_fields(kind) AS f WHERE f.is_key);
    key    text := (SELECT f.field FROM ej.import_fields(kind) AS f WHERE f.is_key);
    stored jsonb;
BEGIN
    EXECUTE format('SELECT coalesce(jsonb_object_agg(r.%I, to_jsonb(r)), ''{}'') FROM %s AS r WHERE r.school_id = ANY ($1)',
                   key, rel::regclass) INTO stored USING ej.my_setup_schools();
    RETURN (
WITH field AS MATERIALIZED (
    SELECT f.field, f.words, (draft -> 'columns' ->> f.field)::int AS n, format_type(a.atttypid, NULL) AS type
      FROM ej.import_fields(kind) AS f
      JOIN pg_attribute AS a ON a.attrelid = f.rel::regclass AND a.attname = f.field
     WHERE draft -> 'columns' ? f.field
), line AS (
    SELECT t.n, t.one, (t.one ->> 0)::int AS line
      FROM jsonb_array_elements(draft -> 'table') WITH ORDINALITY AS t(one, n) WHERE t.n > 1
), made AS (
    SELECT l.n, l.line, jsonb_object_agg(f.field, v.value) FILTER (WHERE v.code IS NULL AND NOT x.is_left AND f.field IS NOT NULL) AS new,
           (jsonb_agg(jsonb_build_object('field', f.field, 'code', v.code, 'value', x.cell) ORDER BY f.n)
               FILTER (WHERE v.code IS NOT NULL AND NOT x.is_left)) -> 0 AS fault
      FROM line AS l
      LEFT JOIN field AS f ON true -- a row of which nothing is read is bad
     CROSS JOIN LATERAL (SELECT l.one ->> f.n AS cell,
                                f.words IS NOT NULL AND NOT f.words ? '' AND ej.import_text(l.one ->> f.n) = '' AS is_left) AS x
     CROSS JOIN LATERAL ej.import_value(f.type, f.words, x.cell) AS v
     GROUP BY l.n, l.line
)
SELECT coalesce(jsonb_agg(coalesce(m.new, '{}') || jsonb_strip_nulls(jsonb_build_object('line', m.line, 'fault', m.fault))
           || jsonb_build_object('id', s.was -> 'id')
           || coalesce((SELECT jsonb_object_agg('old_' || f.field, s.was -> f.field) FROM field AS f WHERE s.was IS NOT NULL), '{}')
           ORDER BY m.n), '[]')
  FROM made AS m
 CROSS JOIN LATERAL (SELECT stored -> (m.new ->> key) AS was) AS s);
END
$$;

-- What became of each row, by the outcomes of ej.write_rows.
CREATE OR REPLACE FUNCTION ej.import_preview(kind text, ready jsonb, outcomes jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('line', r.one -> 'line', 'name', r.one ->> k.field,
           'field', o.one ->> 'field', 'code', o.one ->> 'code',
           'value', coalesce(r.one -> 'fault' ->> 'value', r.one ->> (o.one ->> 'field')),
           'done', CASE WHEN o.one ->> 'outcome' <> 'saved' THEN 'bad' WHEN r.one ->> 'id' IS NULL THEN 'added'
                        WHEN o.one IS NULL THEN 'same' ELSE 'changed' END)) ORDER BY r.n), '[]')
  FROM jsonb_array_elements(ready) WITH ORDINALITY AS r(one, n)
  LEFT JOIN (SELECT DISTINCT ON (x.one -> 'n') (x.one ->> 'n')::bigint AS n, x.one
               FROM jsonb_array_elements(outcomes) AS x(one)
              ORDER BY x.one -> 'n', x.one ->> 'outcome' = 'saved') AS o USING (n)
 CROSS JOIN (SELECT f.field FROM ej.import_fields(kind) AS f WHERE f.is_key) AS k
$$;

-- Read a draft anew with these columns, and try its rows.
CREATE OR REPLACE FUNCTION ej.import_try(kind text, draft jsonb, columns jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    rel      text := (SELECT f.rel FROM ej.import_fields(kind) AS f WHERE f.is_key);
    ready    jsonb;
    outcomes jsonb;
BEGIN
    IF rel IS NULL THEN
        RAISE EXCEPTION 'no such list' USING ERRCODE = 'JE401';
    END IF;
    draft := draft || jsonb_build_object('columns', columns) - 'saved';
    ready := ej.import_rows(kind, draft);
    outcomes := ej.write_rows(rel::regclass, ready, true);
    PERFORM ej.draft_keep(kind, draft || jsonb_build_object('ready', ready,
                          'preview', ej.import_preview(kind, ready, outcomes)));
END
$$;

-- Begin an import with the table of a file. Its heads are that of the first ten rows
-- which has the most known headings: a name of the table may stand above.
CREATE OR REPLACE FUNCTION ej.import_begin(kind text, file text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    columns jsonb;
    above   int;
BEGIN
    SELECT c.columns, r.n - 1 INTO columns, above
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(one, n)
     CROSS JOIN LATERAL ej.import_columns(kind, r.one) AS c(columns)
     WHERE r.n <= 10
     ORDER BY (SELECT count(*) FROM jsonb_object_keys(c.columns)) DESC, r.n LIMIT 1;
    PERFORM ej.import_try(kind, jsonb_build_object('file', file, 'school', (ej.my_staff_schools())[1],
        'table', coalesce((SELECT jsonb_agg(r.one ORDER BY r.n) FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(one, n)
                            WHERE r.n > above), '[]')), coalesce(columns, '{}'));
END
$$;

-- Choose the columns (pairs of field and number, 0: none) of the present draft.
CREATE OR REPLACE FUNCTION ej.import_match(kind text, fields text[], numbers int[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_of(kind);
BEGIN
    IF draft IS NULL THEN
        RAISE EXCEPTION 'no draft' USING ERRCODE = 'JE401';
    END IF;
    PERFORM ej.import_try(kind, draft, (
        SELECT coalesce(jsonb_object_agg(m.field, m.n), '{}') FROM unnest(fields, numbers) AS m(field, n)
          JOIN ej.import_fields(kind) AS f ON f.field = m.field
         WHERE m.n BETWEEN 1 AND 100));
END
$$;

-- The version of a draft: the same for the same rows.
CREATE OR REPLACE FUNCTION ej.import_version(draft jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5((draft -> 'ready')::text)
$$;

-- Save the rows of the draft as its preview has them: all or none, once. version is that of
-- the preview which the person saw.
-- Errors: JE401 no draft; JE210 another file or other columns were chosen meanwhile.
DROP FUNCTION IF EXISTS ej.import_save(text, uuid, bytea);
CREATE OR REPLACE FUNCTION ej.import_save(kind text, version text, operation_id uuid, sha256 bytea) RETURNS SETOF ej.outcome
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer  jsonb := ej.begin_operation(operation_id, sha256);
    draft   jsonb := ej.draft_of(kind);
    preview jsonb;
BEGIN
    IF answer IS NULL THEN
        IF draft IS NULL OR draft ? 'saved' OR (draft ->> 'school')::bigint <> ALL (ej.my_setup_schools()) THEN
            RAISE EXCEPTION 'no draft' USING ERRCODE = 'JE401';
        ELSIF ej.import_version(draft) IS DISTINCT FROM version THEN
            RAISE EXCEPTION 'another draft was seen' USING ERRCODE = 'JE210';
        END IF;
        answer := ej.write_rows((SELECT f.rel::regclass FROM ej.import_fields(kind) AS f WHERE f.is_key),
                                draft -> 'ready', false, true);
        preview := ej.import_preview(kind, draft -> 'ready', answer);
        IF NOT ej.is_refused(answer) THEN
            PERFORM ej.draft_keep(kind, jsonb_build_object('file', draft -> 'file', 'school', draft -> 'school', 'saved', true, 'preview', preview,
                                  'table', '[]'::jsonb, 'columns', '{}'::jsonb));
        END IF;
        answer := ej.end_save(operation_id, sha256, answer);
    END IF;
    RETURN QUERY SELECT * FROM jsonb_populate_recordset(NULL::ej.outcome, answer);
END
$$;

ALTER FUNCTION ej.draft_of(text) OWNER TO ej_rule;
ALTER FUNCTION ej.draft_keep(text, jsonb) OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.import_fields, ej.draft_of, ej.draft_keep, ej.import_text, ej.import_value, ej.import_columns,
    ej.import_rows, ej.import_preview, ej.import_try, ej.import_begin, ej.import_match, ej.import_version, ej.import_save FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.import_fields, ej.draft_of, ej.draft_keep, ej.import_text, ej.import_value, ej.import_columns,
    ej.import_rows, ej.import_preview, ej.import_try, ej.import_begin, ej.import_match, ej.import_version, ej.import_save TO ej_web;
GRANT EXECUTE ON FUNCTION ej.import_fields TO ej_rule;
