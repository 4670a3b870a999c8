-- marksheets.sql: a table of marks from another system, pupil × day, becomes cells of a journal (INT-01).
--
-- The teacher of the journal loads it, and it can do nothing that the teacher could not type: each value is read and
-- checked as a cell of the grid (ej.journal_cells) and saved as one (ej.journal_save), with all limits of late entry. A
-- mark that is there already is never replaced unless the teacher says so, having seen both.
--
-- Marks of one cell («4/5») are marks of as many works of the lesson: elsewhere they are no retakes. Of several
-- columns with the same day each is the next lesson of that day.
--
-- The draft (ej.draft, kind marksheet): file, school, journal_id, table (ej_in_table, the row of days first), cells
-- (below), saved. A cell is {line, at, head, day, name, pupil_id, part, text, column_id, is_new, stored, value, code,
-- field, done}:
--   at      the number of the column in the file
--   part    which mark of the cell, so also which work of the lesson; is_new: that work is to be made
--   stored  the text of the journal's cell; value: the text that it would have
--   done    added; same; differs (another mark or absence is there: kept); bad (code, field: pupil, day or value)

CREATE POLICY read ON ej.marksheet FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_write_teachings())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.marksheet TO ej_web;
GRANT INSERT ON ej.marksheet TO ej_rule;

-- The facts of a journal that the present person teaches. Errors: JE401 no such journal, or of another teacher.
CREATE OR REPLACE FUNCTION ej.marksheet_journal(journal_id bigint) RETURNS ej.journal_facts
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts;
BEGIN
    SELECT f.* INTO journal FROM ej.journal_scope(journal_id) AS f WHERE f.is_mine AND f.is_taught;
    IF journal.id IS NULL THEN
        RAISE EXCEPTION 'no such journal' USING ERRCODE = 'JE401';
    END IF;
    RETURN journal;
END
$$;

-- The day that a heading names: 03.09, 03.09.26, 3.9.2026, 2026-09-03, a workbook's number, each also with words after
-- it; NULL: none. year: the first of the school year, for a day without one.
CREATE OR REPLACE FUNCTION ej.marksheet_day(head text, year int) RETURNS date
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
DECLARE
    part text[] := regexp_match(head, '^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?:$|[^\d.].*$|\.$)');
BEGIN
    IF part IS NULL THEN
        RETURN ej.import_day(coalesce(substring(head FROM '^(\d{4}-\d{1,2}-\d{1,2})(?:$|\D)'), head))::date;
    END IF;
    RETURN ej.import_day(concat_ws('.', part[1], part[2], CASE
        WHEN part[3] IS NULL THEN CASE WHEN part[2]::int >= 8 THEN year ELSE year + 1 END::text
        WHEN length(part[3]) = 2 THEN '20' || part[3]
        ELSE part[3] END))::date;
END
$$;

-- A typed text as cells of works: the letters of an absence and the first mark, then each further mark. A text
-- without digits is one («н/а»).
CREATE OR REPLACE FUNCTION ej.marksheet_parts(typed text) RETURNS TABLE (part int, text text)
LANGUAGE plpgsql IMMUTABLE ROWS 1 SET search_path = ej, pg_temp AS $$
DECLARE
    plain text   := regexp_replace(ej.cell_plain(typed), '^[Hh](?![[:alpha:]])', 'н'); -- the Latin letter looks alike
    head  text   := btrim(coalesce(substring(plain FROM '^[^0-9]+'), ''), E' \t,;');
    marks text[] := regexp_split_to_array(btrim(regexp_replace(plain, '^[^0-9]+', ''), ' ,;/|'), '\s*[,;/|]\s*|\s+');
BEGIN
    IF plain !~ '[0-9]' OR cardinality(marks) > 5 THEN
        RETURN QUERY SELECT 1, plain;
    ELSE
        RETURN QUERY SELECT m.n::int, CASE m.n WHEN 1 THEN concat_ws(' ', nullif(head, ''), m.mark) ELSE m.mark END
          FROM unnest(marks) WITH ORDINALITY AS m(mark, n);
    END IF;
END
$$;

-- The columns of a table that name a day, and those after the first of them that do not: n, head, day, lesson_id (of
-- the k-th column of a day its k-th lesson).
CREATE OR REPLACE FUNCTION ej.marksheet_columns(journal ej.journal_facts, heads jsonb)
RETURNS TABLE (n int, head text, day date, lesson_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH head AS (
    SELECT h.n::int - 1 AS n, h.head, ej.marksheet_day(h.head, (journal).year) AS day
      FROM (SELECT x.n, ej.import_text(x.head) AS head
              FROM jsonb_array_elements_text(heads) WITH ORDINALITY AS x(head, n) WHERE x.n > 1 OFFSET 0) AS h
     WHERE h.head <> ''
), placed AS (
    SELECT h.*, row_number() OVER (PARTITION BY h.day ORDER BY h.n) AS k FROM head AS h
), lesson AS (
    SELECT l.id, l.held_on, row_number() OVER (PARTITION BY l.held_on ORDER BY l.slot, l.id) AS k
      FROM ej.lesson AS l
     WHERE l.teaching_id = (journal).teaching_id AND l.held_on <@ (journal).during
       AND l.state NOT IN ('cancelled', 'moved')
)
SELECT p.n, p.head, p.day, l.id
  FROM placed AS p
  LEFT JOIN lesson AS l ON l.held_on = p.day AND l.k = p.k
 WHERE p.n >= (SELECT min(d.n) FROM head AS d WHERE d.day IS NOT NULL)
$$;

-- The pupils of the group in the term by the ways in which a file may name them; NULL where several have the name.
CREATE OR REPLACE FUNCTION ej.marksheet_pupils(journal ej.journal_facts) RETURNS TABLE (word text, pupil_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT w.word, CASE WHEN count(DISTINCT p.id) = 1 THEN min(p.id) END
  FROM ej.membership AS b
  JOIN ej.pupil AS p ON p.id = b.pupil_id
 CROSS JOIN LATERAL (VALUES (ej.import_word(p.surname || p.given_name)),
                            (ej.import_word(p.surname || p.given_name || p.patronymic)),
                            (ej.import_word(p.surname || left(p.given_name, 1))),
                            (ej.import_word(p.surname || left(p.given_name, 1) || left(p.patronymic, 1)))) AS w(word)
 WHERE b.study_group_id = (journal).study_group_id AND b.during && (journal).during
 GROUP BY w.word
$$;

-- The cells of a table (the form: above) before they are compared with the journal: without stored, value and done. A
-- pupil or a day that the journal does not have is one row with code and field; its values are left out.
CREATE OR REPLACE FUNCTION ej.marksheet_entries(journal ej.journal_facts, rows jsonb)
RETURNS TABLE (line int, at int, head text, day date, name text, pupil_id bigint, part int, text text, column_id bigint,
               is_new boolean, code text, field text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH col AS MATERIALIZED (
    SELECT c.* FROM ej.marksheet_columns(journal, rows -> 0) AS c
), pupil AS MATERIALIZED (
    SELECT p.* FROM ej.marksheet_pupils(journal) AS p
), work AS MATERIALIZED (
    SELECT w.id, w.lesson_id, row_number() OVER (PARTITION BY w.lesson_id ORDER BY w.id) AS part
      FROM ej.work AS w WHERE w.journal_id = (journal).id
), row AS MATERIALIZED (
    SELECT (r.item ->> 0)::int AS line, r.item, x.name, ej.import_word(x.name) AS word
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
     CROSS JOIN LATERAL (
        SELECT string_agg(ej.import_text(c.cell), ' ' ORDER BY c.n) AS name
          FROM jsonb_array_elements_text(r.item) WITH ORDINALITY AS c(cell, n)
         WHERE c.n > 1 AND c.n - 1 < (SELECT min(f.n) FROM col AS f) AND ej.import_text(c.cell) ~ '[[:alpha:]]') AS x
     WHERE r.n > 1 AND x.name IS NOT NULL
), found AS MATERIALIZED (
    SELECT r.line, r.item, r.name, p.pupil_id,
           CASE WHEN p.word IS NULL THEN 'JE401' WHEN p.pupil_id IS NULL THEN 'JE217' END AS code
      FROM row AS r LEFT JOIN pupil AS p ON p.word = r.word
)
SELECT f.line, NULL::int, NULL::text, NULL::date, f.name, NULL::bigint, NULL::int, NULL::text, NULL::bigint,
       NULL::boolean, f.code, 'pupil'
  FROM found AS f WHERE f.code IS NOT NULL
 UNION ALL
SELECT 1, c.n, c.head, c.day, NULL, NULL, NULL, NULL, NULL, NULL,
       CASE WHEN c.day IS NULL THEN 'JE103' WHEN NOT c.day <@ (journal).during THEN 'JE203' ELSE 'JE401' END, 'day'
  FROM col AS c WHERE c.lesson_id IS NULL
 UNION ALL
SELECT f.line, c.n, c.head, c.day, f.name, f.pupil_id, p.part, p.text,
       CASE p.part WHEN 1 THEN c.lesson_id ELSE coalesce(w.id, c.lesson_id) END, p.part > 1 AND w.id IS NULL, NULL, NULL
  FROM found AS f
 CROSS JOIN col AS c
 CROSS JOIN LATERAL ej.marksheet_parts(f.item ->> c.n) AS p
  LEFT JOIN work AS w ON w.lesson_id = c.lesson_id AND w.part = p.part
 WHERE f.code IS NULL AND c.lesson_id IS NOT NULL AND p.text <> ''
$$;

-- Complete a cell e by what the journal (c) says of it: stored, value, done, code and field. A value without a mark
-- leaves the stored mark, one without an absence the stored absence.
CREATE OR REPLACE FUNCTION ej.marksheet_judged(e jsonb, c ej.journal_cell) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
DECLARE
    is_new      boolean := (e ->> 'is_new')::boolean;
    marks       text := coalesce(array_to_string(c.marks, '/'), '');
    stored_code text := CASE WHEN c.is_first AND NOT is_new THEN c.stored_code END;
    stored_mark text := CASE WHEN is_new THEN '' ELSE coalesce(c.stored_marks, '') END;
    stored      text := concat_ws(' ', stored_code, nullif(stored_mark, ''));
    merged      text := concat_ws(' ', coalesce(c.code, stored_code),
                                  nullif(coalesce(nullif(marks, ''), stored_mark), ''));
BEGIN
    RETURN e || jsonb_strip_nulls(jsonb_build_object('stored', stored, 'value', merged) || CASE
        WHEN c.fault NOT IN ('JE281', 'JE282') OR c.fault = 'JE282' AND merged <> stored
        THEN jsonb_build_object('done', 'bad', 'code', c.fault, 'field', 'value')
        WHEN merged = stored THEN '{"done": "same"}'
        WHEN c.code <> stored_code OR marks <> '' AND stored_mark <> '' AND marks <> stored_mark
        THEN jsonb_build_object('done', 'differs', 'code', c.fault)
        ELSE '{"done": "added"}' END);
END
$$;

-- The cells of a table (the form: above). A cell with several marks is bad if one of them is.
CREATE OR REPLACE FUNCTION ej.marksheet_cells(journal ej.journal_facts, rows jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    entries jsonb;
    cells   ej.journal_cell[];
    found   jsonb := '[]';
BEGIN
    entries := (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(e))
                                          ORDER BY e.line, e.at, e.part), '[]')
                  FROM ej.marksheet_entries(journal, rows) AS e);
    FOR i IN 1 .. 5 LOOP
        SELECT ej.journal_cells(journal, array_agg((e.one ->> 'column_id')::bigint ORDER BY e.n),
                                array_agg((e.one ->> 'pupil_id')::bigint ORDER BY e.n),
                                array_agg(''::text ORDER BY e.n), array_agg(e.one ->> 'text' ORDER BY e.n))
          INTO cells
          FROM jsonb_array_elements(entries) WITH ORDINALITY AS e(one, n) WHERE (e.one ->> 'part')::int = i;
        found := found || coalesce((
            SELECT jsonb_agg(ej.marksheet_judged(e.one, c) ORDER BY e.n)
              FROM (SELECT e.one, row_number() OVER (ORDER BY e.n) AS n
                      FROM jsonb_array_elements(entries) WITH ORDINALITY AS e(one, n)
                     WHERE (e.one ->> 'part')::int = i) AS e
              JOIN unnest(cells) AS c ON c.n = e.n), '[]');
    END LOOP;
    RETURN (
SELECT coalesce(jsonb_agg(
           CASE WHEN x.fault IS NULL OR x.one ->> 'done' = 'bad' THEN x.one
                ELSE x.one || jsonb_build_object('done', 'bad', 'code', x.fault, 'field', 'value') END
           ORDER BY x.one ->> 'part' IS NOT NULL, (x.one ->> 'line')::int, (x.one ->> 'at')::int,
                    x.one ->> 'part'), '[]')
  FROM (SELECT f.one, max(f.one ->> 'code') FILTER (WHERE f.one ->> 'done' = 'bad')
                          OVER (PARTITION BY f.one -> 'line', f.one -> 'at') AS fault
          FROM (SELECT e.one || '{"done": "bad"}' AS one FROM jsonb_array_elements(entries) AS e(one)
                 WHERE NOT e.one ? 'part'
                 UNION ALL
                SELECT f.one FROM jsonb_array_elements(found) AS f(one)) AS f) AS x
    );
END
$$;

-- The present person's draft for a journal; NULL without one.
CREATE OR REPLACE FUNCTION ej.marksheet_draft(journal_id bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT d.draft FROM (SELECT ej.draft_of('marksheet') AS draft OFFSET 0) AS d
     WHERE d.draft -> 'journal_id' = to_jsonb(marksheet_draft.journal_id)
$$;

-- The version of a draft: the same for the same cells.
CREATE OR REPLACE FUNCTION ej.marksheet_version(draft jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5((draft -> 'cells')::text)
$$;

-- Begin with the table of a file. The row of the days is the row among the first ten that names the most.
-- Errors: JE401 no such journal; JE103 the table has no row of days.
CREATE OR REPLACE FUNCTION ej.marksheet_begin(journal_id bigint, file text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts := ej.marksheet_journal(journal_id);
    above   int;
BEGIN
    SELECT r.n - 1 INTO above
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
     CROSS JOIN LATERAL (SELECT count(*) FROM jsonb_array_elements_text(r.item) WITH ORDINALITY AS h(head, n)
                          WHERE h.n > 2
                            AND ej.marksheet_day(ej.import_text(h.head), journal.year) IS NOT NULL) AS d(days)
     WHERE r.n <= 10 AND d.days > 0
     ORDER BY d.days DESC, r.n LIMIT 1;
    IF above IS NULL THEN
        RAISE EXCEPTION 'no row of days' USING ERRCODE = 'JE103', COLUMN = 'file';
    END IF;
    rows := (SELECT jsonb_agg(r.item ORDER BY r.n) FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
              WHERE r.n > above);
    PERFORM ej.draft_keep('marksheet', jsonb_build_object(
        'file', file, 'school', journal.school_id, 'journal_id', journal.id, 'table', rows,
        'cells', ej.marksheet_cells(journal, rows)));
END
$$;

-- Make the works that further marks of a lesson need: as many as the largest part that is written.
CREATE OR REPLACE FUNCTION ej.marksheet_make_works(journal ej.journal_facts, cells jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.work (school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT journal.school_id, n.lesson_id, journal.id, journal.teaching_id, k.id, k.weight_pct, journal.scale_id
      FROM (SELECT (c.one ->> 'column_id')::bigint AS lesson_id, max((c.one ->> 'part')::int) AS parts
              FROM jsonb_array_elements(cells) AS c(one)
             WHERE (c.one ->> 'is_new')::boolean GROUP BY 1) AS n
      JOIN ej.work_kind AS k ON k.id = ej.default_work_kind(journal.school_id)
     CROSS JOIN LATERAL generate_series(
           1, n.parts - (SELECT count(*)::int FROM ej.work AS w WHERE w.lesson_id = n.lesson_id)) AS g;
END
$$;

-- Write cells as typed ones; returns their outcomes.
CREATE OR REPLACE FUNCTION ej.marksheet_write(journal ej.journal_facts, cells jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    columns bigint[];
BEGIN
    PERFORM set_config('ej.year', journal.year::text, true); -- of the new ids
    PERFORM ej.marksheet_make_works(journal, cells);
    columns := ARRAY(
        SELECT CASE WHEN (c.one ->> 'is_new')::boolean
                    THEN (SELECT w.id FROM ej.work AS w WHERE w.lesson_id = (c.one ->> 'column_id')::bigint
                           ORDER BY w.id OFFSET (c.one ->> 'part')::int - 1 LIMIT 1)
                    ELSE (c.one ->> 'column_id')::bigint END
          FROM jsonb_array_elements(cells) WITH ORDINALITY AS c(one, n) ORDER BY c.n);
    RETURN ej.journal_save(journal.id, columns,
        ARRAY(SELECT (c.one ->> 'pupil_id')::bigint
                FROM jsonb_array_elements(cells) WITH ORDINALITY AS c(one, n) ORDER BY c.n),
        ARRAY(SELECT c.one ->> 'stored' FROM jsonb_array_elements(cells) WITH ORDINALITY AS c(one, n) ORDER BY c.n),
        ARRAY(SELECT c.one ->> 'value' FROM jsonb_array_elements(cells) WITH ORDINALITY AS c(one, n) ORDER BY c.n));
END
$$;

-- Record that this operation wrote so many cells of a file into a journal of the present teacher.
-- Errors: JE301 the journal is another teacher's.
CREATE OR REPLACE FUNCTION ej.marksheet_note(journal_id bigint, file text, cells int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts;
BEGIN
    SELECT f.* INTO journal FROM ej.journal_scope(journal_id) AS f WHERE f.is_mine;
    IF journal.id IS NULL THEN
        RAISE EXCEPTION 'not your journal' USING ERRCODE = 'JE301';
    END IF;
    INSERT INTO ej.marksheet (school_id, teaching_id, journal_id, operation_id, file, cells)
    VALUES (journal.school_id, journal.teaching_id, journal.id, (ej.author()).operation_id, marksheet_note.file,
            marksheet_note.cells);
END
$$;

-- Save the cells of the draft that are to be added, and those that differ if is_replaced; returns the outcomes.
-- version: of the preview which the teacher saw (ej.marksheet_version).
-- Errors: JE401 no such journal or draft; JE210 the journal or the file has changed since.
CREATE OR REPLACE FUNCTION ej.marksheet_save(journal_id bigint, version text, is_replaced boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    journal  ej.journal_facts := ej.marksheet_journal(journal_id);
    draft    jsonb := ej.marksheet_draft(journal_id);
    cells    jsonb;
    outcomes jsonb;
BEGIN
    IF draft IS NULL OR draft ? 'saved' THEN
        RAISE EXCEPTION 'no draft' USING ERRCODE = 'JE401';
    END IF;
    PERFORM pg_advisory_xact_lock(92, hashint8(journal_id)); -- as ej.journal_save
    cells := ej.marksheet_cells(journal, draft -> 'table');
    IF ej.marksheet_version(draft) IS DISTINCT FROM version OR cells <> draft -> 'cells' THEN
        PERFORM ej.draft_keep('marksheet', draft || jsonb_build_object('cells', cells));
        RETURN '[{"n": 1, "outcome": "conflict", "code": "JE210"}]';
    END IF;
    cells := (SELECT coalesce(jsonb_agg(c.one ORDER BY c.n), '[]')
                FROM jsonb_array_elements(cells) WITH ORDINALITY AS c(one, n)
               WHERE c.one ->> 'done' = 'added' OR is_replaced AND c.one ->> 'done' = 'differs' AND NOT c.one ? 'code');
    IF cells = '[]' THEN
        RAISE EXCEPTION 'nothing to save' USING ERRCODE = 'JE401';
    END IF;
    outcomes := ej.marksheet_write(journal, cells);
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.marksheet_note(journal.id, draft ->> 'file', jsonb_array_length(cells));
        PERFORM ej.draft_keep('marksheet', draft - 'table' || jsonb_build_object(
            'saved', jsonb_array_length(cells), 'is_replaced', is_replaced));
        RETURN '[]';
    END IF;
    RETURN outcomes;
END
$$;

-- The file from which a change of a journal was carried, for those who may read the list of these files; NULL: typed.
CREATE OR REPLACE FUNCTION ej.marksheet_of(history_id bigint, made_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT s.file FROM ej.history AS h JOIN ej.marksheet AS s USING (operation_id)
             WHERE h.id = history_id AND h.made_at = marksheet_of.made_at AND s.teaching_id = h.teaching_id
               AND (s.teaching_id = ANY (ej.my_write_teachings()) OR s.school_id = ANY (ej.my_journal_schools())));
END
$$;
ALTER FUNCTION ej.marksheet_of(bigint, timestamptz) OWNER TO ej_rights;
GRANT SELECT ON ej.marksheet TO ej_rights;

GRANT EXECUTE ON FUNCTION ej.marksheet_note, ej.marksheet_of TO ej_web;
