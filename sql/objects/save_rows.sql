-- save_rows.sql: saving rows of a school's list (rooms and others), by a form. Rows of a
-- file: imports.sql.
--
-- A row is a jsonb object: `id` (null: a new row), the columns with their new values, and
-- under old_<column> the values that the form showed. Columns that it does not have, and
-- those that did not change, are not written. `is_removed` deletes the row; its table keeps
-- the `reason` if it has a column of that name. A row with a `fault` (field and code), found
-- before the save, is bad. Row policies and grants decide whether a row may be written,
-- constraints and rules refuse wrong values, triggers write the history.
--
-- A column `during` of days is written by the fields from_on and till_on, its first and
-- its last day. An empty one leaves that side open.

-- The row with `during` and `old_during` in place of from_on, till_on, old_from_on and
-- old_till_on. JE132: the last day is before the first.
CREATE OR REPLACE FUNCTION ej.with_during(item jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT item ?| '{from_on,till_on}' THEN
        RETURN item;
    ELSIF (item ->> 'from_on')::date > (item ->> 'till_on')::date THEN
        RETURN item || '{"fault": {"field": "till_on", "code": "JE132"}}';
    END IF;
    RETURN item - '{from_on,till_on,old_from_on,old_till_on}'::text[] || jsonb_build_object(
        'during', daterange((item ->> 'from_on')::date, (item ->> 'till_on')::date, '[]'),
        'old_during', daterange((item ->> 'old_from_on')::date, (item ->> 'old_till_on')::date, '[]'));
END
$$;

-- The outcome of the column `during`, renamed for the form: the first of from_on and till_on
-- whose stored day is not the old one, with the stored day as its value.
CREATE OR REPLACE FUNCTION ej.during_outcome(outcome jsonb, stored jsonb, old jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
DECLARE
    days    daterange := (stored ->> 'during')::daterange;
    is_till boolean := lower(days) IS NOT DISTINCT FROM lower((old ->> 'during')::daterange);
BEGIN
    RETURN outcome || jsonb_build_object('field', CASE WHEN is_till THEN 'till_on' ELSE 'from_on' END)
        || CASE WHEN outcome ? 'value'
                THEN jsonb_build_object('value',
                         coalesce(CASE WHEN is_till THEN upper(days) - 1 ELSE lower(days) END::text, ''))
                ELSE '{}' END;
END
$$;

-- The outcome of a refused write: its error code, from SQLSTATE and the name of the
-- constraint as in core/text/err.c, and its field, the last column of the constraint.
CREATE OR REPLACE FUNCTION ej.refusal(rel regclass, state text, rule text, field text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_build_object('outcome', 'bad',
    'field', coalesce(nullif(field, ''), (
        SELECT CASE a.attname WHEN 'during' THEN 'from_on' ELSE a.attname END FROM pg_constraint AS c
          JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[cardinality(c.conkey)]
         WHERE c.conrelid = rel AND c.conname = rule)),
    'code', CASE WHEN state LIKE 'JE%' THEN state
                 WHEN state IN ('23503', '23001') THEN 'JE211'
                 WHEN state IN ('23505', '23P01') THEN 'JE212'
                 WHEN state = '23502' OR rule LIKE '%\_needed' THEN 'JE101'
                 WHEN rule LIKE '%\_characters' THEN 'JE105'
                 WHEN rule LIKE '%\_length' THEN 'JE104'
                 WHEN state IN ('22007', '22008') THEN 'JE103'
                 ELSE 'JE102' END)
$$;

-- The values of a row with the types of its table's columns.
CREATE OR REPLACE FUNCTION ej.typed_row(rel regclass, item jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    typed jsonb;
BEGIN
    EXECUTE format('SELECT to_jsonb(jsonb_populate_record(NULL::%s, $1))', rel) INTO typed USING item;
    RETURN typed;
END
$$;

-- The column by which a row is found: the first of the primary key. Most tables have id,
-- a pupil's card has the pupil.
CREATE OR REPLACE FUNCTION ej.row_column(rel regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT a.attname::text FROM pg_index AS i
  JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
 WHERE i.indrelid = rel AND i.indisprimary
$$;

-- Add a row to the school in which the writer works. Its outcome has no field; the value is
-- the new id.
CREATE OR REPLACE FUNCTION ej.add_row(rel regclass, fields text[], item jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    new_id  bigint;
    columns text := (SELECT string_agg(quote_ident(f), ', ') FROM unnest(fields) AS f);
BEGIN
    EXECUTE format('INSERT INTO %1$s (school_id, %2$s) SELECT $2, %2$s
                      FROM jsonb_populate_record(NULL::%1$s, $1) RETURNING id', rel, columns)
       INTO new_id USING item, (ej.my_staff_schools())[1];
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'done', 'added', 'value', new_id::text));
END
$$;

-- Change or delete a row; stored has its present values. Returns the outcomes of its fields. A
-- row is deleted only if the form showed all of its present values.
CREATE OR REPLACE FUNCTION ej.change_row(rel regclass, fields text[], item jsonb, stored jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    key        bigint := (item ->> 'id')::bigint;
    name       text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = rel);
    new        jsonb := ej.typed_row(rel, item);
    old        jsonb := ej.typed_row(rel, (SELECT jsonb_object_agg(f, item -> ('old_' || f)) FROM unnest(fields) AS f));
    is_removed boolean := coalesce((item ->> 'is_removed')::boolean, false);
    outcomes   jsonb := (
        SELECT coalesce(jsonb_agg(ej.field_outcome(f, coalesce(stored ->> f, ''), coalesce(old ->> f, ''),
                                                   coalesce(new ->> f, ''), NULL, name, ARRAY[key])), '[]')
          FROM unnest(fields) AS f
         WHERE old ->> f IS DISTINCT FROM CASE WHEN is_removed THEN stored ->> f ELSE new ->> f END
           AND (NOT is_removed OR f <> 'reason'));
    changes    text := (
        SELECT string_agg(format('%1$I = r.%1$I', f), ', ') FROM unnest(fields) AS f
         WHERE old ->> f IS DISTINCT FROM new ->> f AND stored ->> f IS NOT DISTINCT FROM old ->> f);
BEGIN
    IF is_removed THEN
        IF outcomes @> '[{"outcome": "conflict"}]' THEN
            RETURN outcomes;
        END IF;
        IF item ? 'reason' THEN
            EXECUTE format('UPDATE %s SET reason = $2 WHERE %I = $1', rel, ej.row_column(rel))
              USING key, item ->> 'reason';
        END IF;
        EXECUTE format('DELETE FROM %s WHERE %I = $1', rel, ej.row_column(rel)) USING key;
        RETURN '[{"outcome": "saved", "done": "removed"}]';
    END IF;
    outcomes := (
        SELECT coalesce(jsonb_agg(CASE o.item ->> 'field' WHEN 'during' THEN ej.during_outcome(o.item, stored, old)
                                  ELSE o.item END), '[]')
          FROM jsonb_array_elements(outcomes) AS o(item));
    IF changes IS NOT NULL THEN
        EXECUTE format('UPDATE %1$s AS x SET %2$s FROM jsonb_populate_record(NULL::%1$s, $1) AS r WHERE x.%3$I = $2',
                       rel, changes, ej.row_column(rel)) USING item, key;
    END IF;
    RETURN outcomes;
END
$$;

-- The outcomes of fields that a new row must have and that are empty. They are looked for before the
-- row is written, since a row policy would refuse it first, without naming a field.
CREATE OR REPLACE FUNCTION ej.missing_fields(rel regclass, fields text[], item jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_agg(jsonb_build_object('outcome', 'bad', 'code', 'JE101', 'field', a.attname)
                          ORDER BY a.attnum), '[]')
  FROM pg_attribute AS a
 WHERE a.attrelid = rel AND a.attname = ANY (fields) AND a.attnotnull AND NOT a.atthasdef
   AND a.attidentity = '' AND item ->> a.attname::text IS NULL
$$;

-- Write one row; returns its outcomes. JE301: a row that the writer may read but not change;
-- JE401: a missing or hidden one.
CREATE OR REPLACE FUNCTION ej.write_row(rel regclass, given jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    item    jsonb := ej.with_during(given);
    fields text[] := ARRAY(SELECT a.attname FROM pg_attribute AS a
                            WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped
                              AND a.attname NOT IN ('id', 'school_id', ej.row_column(rel)) AND item ? a.attname::text);
    key    bigint := (item ->> 'id')::bigint;
    stored jsonb;
    state  text; rule text; field text;
BEGIN
    IF item ? 'fault' THEN
        RETURN jsonb_build_array(item -> 'fault' || '{"outcome": "bad"}');
    ELSIF fields = '{}' THEN
        RETURN '[{"outcome": "bad", "code": "JE101"}]';
    ELSIF key IS NULL AND ej.missing_fields(rel, fields, item) <> '[]' THEN
        RETURN ej.missing_fields(rel, fields, item);
    ELSIF key IS NULL THEN
        RETURN ej.add_row(rel, fields, item);
    END IF;
    EXECUTE format('SELECT to_jsonb(x) FROM %s AS x WHERE x.%I = $1 FOR UPDATE', rel, ej.row_column(rel))
       INTO stored USING key;
    IF stored IS NULL THEN
        EXECUTE format('SELECT to_jsonb(x) FROM %s AS x WHERE x.%I = $1', rel, ej.row_column(rel))
           INTO stored USING key;
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'code',
                                 CASE WHEN stored IS NULL THEN 'JE401' ELSE 'JE301' END));
    END IF;
    RETURN ej.change_row(rel, fields, item, stored);
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(22|23|JE[123])' THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME;
    RETURN jsonb_build_array(ej.refusal(rel, state, rule, field));
END
$$;

-- Write all of these rows, or, with one bad outcome, none; returns the outcomes. Each
-- member of writes has the table, the row and its number n in the form; made_id names a
-- column that gets the id of the row that the write before it added.
CREATE OR REPLACE FUNCTION ej.write_all(writes jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb := '[]';
    done   jsonb;
    w      record;
BEGIN
    FOR w IN SELECT x.* FROM jsonb_to_recordset(writes) AS x("table" regclass, "row" jsonb, n int, made_id text) LOOP
        EXIT WHEN w.made_id IS NOT NULL AND ej.is_refused(done);
        done := ej.write_row(w."table", w."row" || CASE WHEN w.made_id IS NULL THEN '{}'
                                 ELSE jsonb_build_object(w.made_id, done -> 0 -> 'value') END);
        answer := answer || (SELECT coalesce(jsonb_agg(jsonb_build_object('n', w.n) || o.item), '[]')
                               FROM jsonb_array_elements(done) AS o(item));
    END LOOP;
    IF ej.is_refused(answer) THEN
        RAISE EXCEPTION USING ERRCODE = 'EJ000'; -- undo the rows that were written
    END IF;
    RETURN answer;
EXCEPTION WHEN SQLSTATE 'EJ000' THEN
    RETURN answer;
END
$$;

-- Save the rows of a form, or its one row; returns the outcomes, each with the number of its row.
CREATE OR REPLACE FUNCTION ej.save_rows(rel regclass, rows jsonb) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
SELECT ej.write_all(coalesce(jsonb_agg(jsonb_build_object('table', rel, 'row', r.item, 'n', r.n) ORDER BY r.n), '[]'))
  FROM jsonb_array_elements(CASE jsonb_typeof(rows) WHEN 'object' THEN jsonb_build_array(rows) ELSE rows END)
       WITH ORDINALITY AS r(item, n)
$$;

-- Save one form into rows of several tables, each of which takes the fields that it has
-- columns for: a pupil's name, card and health. keys: the id of each table's row.
CREATE OR REPLACE FUNCTION ej.save_parts(rels regclass[], keys bigint[], item jsonb) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
SELECT jsonb_agg(DISTINCT o.item)
  FROM jsonb_array_elements(ej.write_all((
           SELECT jsonb_agg(jsonb_build_object('table', x.rel, 'row', item || jsonb_build_object('id', x.id), 'n', 1)
                            ORDER BY x.n)
             FROM unnest(rels, keys) WITH ORDINALITY AS x(rel, id, n)))) AS o(item)
$$;
