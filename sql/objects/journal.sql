-- journal.sql: what a journal is about, and saving any number of its cells (model.md 5 and 6 in words).
-- All SECURITY INVOKER: what is read and written is what row policies allow.

DROP FUNCTION IF EXISTS ej.journal_save(bigint, bigint[], bigint[], text[], text[], uuid, bytea);
DROP FUNCTION IF EXISTS ej.journal_cells(bigint, bigint[], bigint[], text[], text[]);
DROP FUNCTION IF EXISTS ej.journal_placed(bigint, bigint[], bigint[], text[], text[]);
DROP FUNCTION IF EXISTS ej.journal_typed(bigint, bigint, text, text);
DROP FUNCTION IF EXISTS ej.journal_write(bigint, ej.journal_cell[]);
DROP FUNCTION IF EXISTS ej.journal_answer(ej.journal_cell[]);
DROP TYPE IF EXISTS ej.journal_cell CASCADE;

-- What a journal is about: its teaching, group, subject, term and scales, and
-- the school's day. Definer of ej_rights: these are ids and dates of the
-- set-up, no person's; a page asks journal_head first, so that a journal one
-- may not read is 404 whatever this says. In front of every other query of
-- the page it saves the policies of four tables (measured: a third of it).
CREATE OR REPLACE FUNCTION ej.journal_scope(journal_id bigint)
RETURNS TABLE (school_id bigint, teaching_id bigint, study_group_id bigint, subject_id bigint,
               staff_id bigint, scale_id bigint, term_scale_id bigint, term_id bigint, kind text,
               term_plan_id bigint, starts_on date, ends_on date, today_on date, tz text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT j.school_id, j.teaching_id, t.study_group_id, t.subject_id, t.staff_id, t.scale_id,
           t.term_scale_id, j.term_id, e.kind::text, e.term_plan_id, lower(e.during), upper(e.during),
           coalesce(s.today_fixed, (now() AT TIME ZONE s.tz)::date), s.tz::text
      FROM ej.journal AS j
      JOIN ej.teaching AS t ON t.id = j.teaching_id
      JOIN ej.term AS e ON e.id = j.term_id
      JOIN ej.school AS s ON s.id = j.school_id
     WHERE j.id = journal_scope.journal_id;
END
$$;
ALTER FUNCTION ej.journal_scope(bigint) OWNER TO ej_rights;
REVOKE ALL ON FUNCTION ej.journal_scope(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.journal_scope(bigint) TO ej_web;
GRANT SELECT ON ej.journal, ej.teaching, ej.term, ej.school TO ej_rights;

-- One cell of a save on its way.
CREATE TYPE ej.journal_cell AS (
    n         int,
    kind      text,          -- term, work, lesson (bare: its work is still to be made)
    column_id bigint,
    lesson_id bigint,
    work_id   bigint,
    pupil_id  bigint,
    subject_id bigint,
    scale_id  bigint,
    is_first  boolean,       -- the column that shows the lesson's absences
    value     text,          -- normalised: what the cell will show
    code      text,          -- absence wanted, or NULL
    marks     text[],        -- values wanted, by attempt
    fault     text,          -- JE…: bad
    now       text,          -- what the cell shows at present
    old       text           -- what it showed when it was typed
);

-- Which column each cell of a save stands in (without SET, so that the plan of
-- ej.journal_cells, kept by its connection, sees through it). A second cell of one place is a
-- twin, whether it calls the column by its lesson or by its work.
CREATE FUNCTION ej.journal_placed(journal_id bigint, column_ids bigint[],
    pupil_ids bigint[], olds text[], vals text[])
RETURNS TABLE (n int, column_id bigint, pupil_id bigint, old text, typed text, school_id bigint,
               term_id bigint, is_closed boolean, study_group_id bigint, subject_id bigint,
               year int, during daterange, is_mine boolean, work_id bigint, lesson_id bigint,
               held_on date, state text, kind text, scale_id bigint, is_first boolean,
               absent text, is_twin boolean)
LANGUAGE sql STABLE AS $$
SELECT x.*, row_number() OVER (
           PARTITION BY x.kind, coalesce(x.work_id, x.lesson_id), x.pupil_id ORDER BY x.n) > 1
  FROM (
    SELECT i.n::int, i.column_id, i.pupil_id, trim(i.old), trim(i.val), j.school_id, j.term_id,
           j.closed_at IS NOT NULL, t.study_group_id, t.subject_id, t.year, e.during,
           t.id = ANY ((SELECT ej.my_write_teachings())::bigint[]),
           w.id AS work_id, l.id AS lesson_id, l.held_on, l.state::text,
           CASE WHEN i.column_id = j.term_id THEN 'term'
                WHEN w.id IS NOT NULL THEN 'work'
                WHEN l.id IS NOT NULL THEN 'lesson' END AS kind,
           CASE WHEN i.column_id = j.term_id THEN t.term_scale_id
                ELSE coalesce(w.scale_id, t.scale_id) END,
           l.id IS NOT NULL AND NOT EXISTS (
               SELECT FROM ej.work AS o WHERE o.lesson_id = l.id AND o.id < w.id),
           a.code::text
      FROM ej.journal AS j
      JOIN ej.teaching AS t ON t.id = j.teaching_id
      JOIN ej.term AS e ON e.id = j.term_id
     CROSS JOIN unnest(column_ids, pupil_ids, olds, vals)
                WITH ORDINALITY AS i(column_id, pupil_id, old, val, n)
      -- a page from before the first mark still calls the column by its lesson
      LEFT JOIN ej.work AS w ON w.journal_id = j.id AND w.id = coalesce(
                (SELECT min(o.id) FROM ej.work AS o WHERE o.lesson_id = i.column_id), i.column_id)
      LEFT JOIN ej.lesson AS l ON l.id = coalesce(w.lesson_id, i.column_id)
                              AND l.teaching_id = j.teaching_id
      LEFT JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = i.pupil_id
     WHERE j.id = journal_placed.journal_id) AS x
$$;

-- What a typed text says: a whole value first («н/а», «осв» of a term), then
-- [code][blank][marks]. head: letters where a code should be.
CREATE FUNCTION ej.journal_typed(scale_id bigint, school_id bigint, kind text, typed text)
RETURNS TABLE (head text, code text, marks text[])
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT h.head, c.code::text,
       CASE WHEN whole.value IS NOT NULL THEN ARRAY[whole.value::text]
            ELSE ARRAY(SELECT trim(m) FROM string_to_array(nullif(
                 trim(substr(typed, 1 + length(coalesce(h.head, '')))), ''), '/') AS s(list),
                 unnest(s.list) WITH ORDINALITY AS u(m, at) ORDER BY u.at) END
  FROM (SELECT 1) AS one
  LEFT JOIN ej.scale_value AS whole
    ON whole.scale_id = journal_typed.scale_id AND whole.value = lower(typed)
 CROSS JOIN LATERAL (SELECT CASE WHEN whole.value IS NULL AND kind <> 'term'
                            THEN (regexp_match(typed, '^([^0-9/\s]+)'))[1] END) AS h(head)
  LEFT JOIN ej.attendance_code AS c
    ON c.school_id = journal_typed.school_id AND lower(h.head) IN (c.code, c.latin)
$$;

-- Read the cells of a save: what each means, what is wrong with it, and what
-- stands there at present. Of a lesson's columns only the first shows its
-- absences; who is absent may be typed as such in the others, to no effect.
CREATE FUNCTION ej.journal_cells(journal_id bigint, column_ids bigint[],
    pupil_ids bigint[], olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN (
WITH read AS (
    SELECT p.*, x.head, x.code, x.marks
      FROM ej.journal_placed(journal_id, column_ids, pupil_ids, olds, vals) AS p
     CROSS JOIN LATERAL ej.journal_typed(p.scale_id, p.school_id, p.kind, p.typed) AS x
), faulty AS (
    SELECT c.*, CASE WHEN c.is_first THEN c.code END AS absence,
           CASE WHEN c.kind IS NULL THEN 'JE401'
                WHEN c.is_twin THEN 'JE107'
                WHEN c.is_closed THEN 'JE201'
                WHEN NOT c.is_mine AND (c.lesson_id IS NULL
                     OR c.lesson_id <> ALL ((SELECT ej.my_write_lessons())::bigint[])) THEN 'JE301'
                WHEN c.head IS NOT NULL AND c.code IS NULL THEN 'JE108'
                WHEN NOT c.is_first AND c.code IS DISTINCT FROM c.absent
                     AND c.code IS NOT NULL THEN 'JE108'
                WHEN cardinality(c.marks) > 5 OR EXISTS (
                     SELECT FROM unnest(c.marks) AS m(value)
                      WHERE NOT EXISTS (SELECT FROM ej.scale_value AS v
                             WHERE v.scale_id = c.scale_id AND v.value = m.value)) THEN 'JE108'
                WHEN c.kind = 'term' AND cardinality(c.marks) > 1 THEN 'JE108'
                WHEN NOT EXISTS (SELECT FROM ej.membership AS b
                      WHERE b.study_group_id = c.study_group_id AND b.pupil_id = c.pupil_id
                        AND CASE c.kind WHEN 'term' THEN b.during && c.during
                                        ELSE b.during @> c.held_on END) THEN 'JE202'
                WHEN c.kind <> 'term' AND NOT c.during @> c.held_on THEN 'JE203'
                WHEN c.held_on > ej.today(c.school_id) THEN 'JE204'
                WHEN c.state IN ('cancelled', 'moved') THEN 'JE209'
                -- the own class decides, as in rule_mark and rule_term_mark
                WHEN cardinality(c.marks) > 0 AND EXISTS (
                     SELECT FROM ej.enrolment AS e
                       JOIN ej.class AS k ON k.id = e.class_id
                       JOIN ej.school AS s ON s.id = k.school_id
                      WHERE e.pupil_id = c.pupil_id
                        AND CASE c.kind WHEN 'term' THEN e.during && c.during AND k.year = c.year
                                        ELSE e.during @> c.held_on END
                        AND k.grade = ANY (s.unmarked_grades)) THEN 'JE205'
           END AS fault
      FROM read AS c
)
SELECT array_agg(ROW(f.n, f.kind, f.column_id, f.lesson_id, f.work_id, f.pupil_id, f.subject_id,
           f.scale_id, f.is_first,
           concat_ws(' ', f.absence, nullif(array_to_string(f.marks, '/'), '')),
           f.absence, f.marks, f.fault,
           CASE f.kind
                WHEN 'term' THEN coalesce((SELECT t.value FROM ej.term_mark AS t
                     WHERE t.pupil_id = f.pupil_id AND t.subject_id = f.subject_id
                       AND t.term_id = f.term_id), '')
                ELSE concat_ws(' ', CASE WHEN f.is_first THEN f.absent END,
                     (SELECT string_agg(m.value, '/' ORDER BY m.attempt) FROM ej.mark AS m
                       WHERE m.work_id = f.work_id AND m.pupil_id = f.pupil_id
                         AND m.value IS NOT NULL)) END,
           f.old)::ej.journal_cell ORDER BY f.n)
  FROM faulty AS f
    );
END
$$;

-- The kind of the work that the first mark in a bare lesson makes: «ответ на
-- уроке», or a school's first kind where there is none.
CREATE OR REPLACE FUNCTION ej.bare_kind(school_id bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT k.id FROM ej.work_kind AS k
     WHERE k.school_id = bare_kind.school_id AND k.is_active
     ORDER BY k.code = 'answer' DESC, k.order_no, k.id LIMIT 1
$$;

-- Make the works of bare lessons that get a mark; the cells then name them.
CREATE FUNCTION ej.journal_make(journal_id bigint, cells ej.journal_cell[])
RETURNS ej.journal_cell[]
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    bare bigint[] := ARRAY(SELECT DISTINCT c.lesson_id FROM unnest(cells) AS c
                            WHERE c.kind = 'lesson' AND cardinality(c.marks) > 0);
    of   record;
BEGIN
    IF cardinality(bare) = 0 THEN
        RETURN cells;
    END IF;
    SELECT j.school_id, t.id AS teaching_id, t.year, t.scale_id, k.id AS kind_id, k.weight_pct
      INTO of
      FROM ej.journal AS j
      JOIN ej.teaching AS t ON t.id = j.teaching_id
      LEFT JOIN ej.work_kind AS k ON k.id = ej.bare_kind(j.school_id)
     WHERE j.id = journal_make.journal_id;
    IF of.kind_id IS NULL THEN
        RAISE EXCEPTION 'the school has no active kind of work for a mark'
            USING ERRCODE = 'JE211', CONSTRAINT = 'work_kind_none', TABLE = 'work_kind';
    END IF;
    WITH made AS (
        INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id,
                             kind_id, weight_pct, scale_id)
        SELECT ej.new_id(of.year), of.school_id, b, journal_make.journal_id,
               of.teaching_id, of.kind_id, of.weight_pct, of.scale_id
          FROM unnest(bare) AS b
        RETURNING id, lesson_id)
    SELECT array_agg(ROW(c.n, c.kind, c.column_id, c.lesson_id,
               coalesce(c.work_id, made.id), c.pupil_id, c.subject_id, c.scale_id, c.is_first,
               c.value, c.code, c.marks, c.fault, c.now, c.old)::ej.journal_cell)
      INTO cells
      FROM unnest(cells) AS c LEFT JOIN made ON made.lesson_id = c.lesson_id
                                            AND c.kind = 'lesson';
    RETURN cells;
END
$$;

-- Write cells that are known to be good. Marks are never deleted: an attempt
-- that is no longer wanted becomes NULL.
CREATE FUNCTION ej.journal_write(journal_id bigint, cells ej.journal_cell[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    of record;
BEGIN
    SELECT j.school_id, j.teaching_id, j.term_id, t.subject_id, t.term_scale_id,
           (SELECT f.id FROM ej.staff AS f
             WHERE f.id = ANY (ej.my_staff()) AND f.school_id = j.school_id) AS staff_id
      INTO of FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id
     WHERE j.id = journal_write.journal_id;

    cells := ej.journal_make(journal_write.journal_id, cells);
    INSERT INTO ej.mark AS m (work_id, pupil_id, attempt, school_id, teaching_id,
                              scale_id, value, staff_id)
    SELECT c.work_id, c.pupil_id, a.attempt, of.school_id, of.teaching_id, c.scale_id,
           a.value, of.staff_id
      FROM unnest(cells) AS c
     CROSS JOIN LATERAL unnest(c.marks) WITH ORDINALITY AS a(value, attempt)
     WHERE c.kind <> 'term' AND c.work_id IS NOT NULL
    ON CONFLICT (work_id, pupil_id, attempt) DO UPDATE
       SET value = excluded.value, staff_id = excluded.staff_id
     WHERE m.value IS DISTINCT FROM excluded.value;

    -- what touches no row would still wake the triggers of its table
    IF EXISTS (SELECT FROM unnest(cells) AS c JOIN ej.mark AS m
                   ON m.work_id = c.work_id AND m.pupil_id = c.pupil_id
                WHERE c.kind = 'work' AND m.attempt > cardinality(c.marks)
                  AND m.value IS NOT NULL) THEN
        -- the word about a retake goes with it
        UPDATE ej.mark AS m
           SET value = NULL, comment = CASE WHEN m.attempt = 1 THEN m.comment END
          FROM unnest(cells) AS c
         WHERE c.kind = 'work' AND m.work_id = c.work_id AND m.pupil_id = c.pupil_id
           AND m.attempt > cardinality(c.marks) AND m.value IS NOT NULL;
    END IF;

    IF EXISTS (SELECT FROM unnest(cells) AS c WHERE c.kind = 'term') THEN
        INSERT INTO ej.term_mark AS t (pupil_id, subject_id, term_id, school_id, teaching_id,
                                       scale_id, value, staff_id)
        SELECT c.pupil_id, of.subject_id, of.term_id, of.school_id, of.teaching_id,
               of.term_scale_id, c.marks[1], of.staff_id
          FROM unnest(cells) AS c WHERE c.kind = 'term'
        ON CONFLICT (pupil_id, subject_id, term_id) DO UPDATE
           SET value = excluded.value, scale_id = excluded.scale_id,
               teaching_id = excluded.teaching_id, staff_id = excluded.staff_id
         WHERE t.value IS DISTINCT FROM excluded.value;
    END IF;

    IF EXISTS (SELECT FROM unnest(cells) AS c WHERE c.kind <> 'term' AND c.code IS NOT NULL) THEN
        INSERT INTO ej.attendance AS a (lesson_id, pupil_id, school_id, teaching_id, code)
        SELECT c.lesson_id, c.pupil_id, of.school_id, of.teaching_id, c.code
          FROM unnest(cells) AS c WHERE c.kind <> 'term' AND c.code IS NOT NULL
        ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = excluded.code, minutes = NULL
         WHERE a.code IS DISTINCT FROM excluded.code;
    END IF;

    IF EXISTS (SELECT FROM unnest(cells) AS c JOIN ej.attendance AS a
                   ON a.lesson_id = c.lesson_id AND a.pupil_id = c.pupil_id
                WHERE c.kind <> 'term' AND c.is_first AND c.code IS NULL) THEN
        DELETE FROM ej.attendance AS a USING unnest(cells) AS c
         WHERE c.kind <> 'term' AND c.is_first AND c.code IS NULL
           AND a.lesson_id = c.lesson_id AND a.pupil_id = c.pupil_id;
    END IF;

    -- an entry says that the lesson was given; an absence, that the absent
    -- were marked
    IF EXISTS (SELECT FROM unnest(cells) AS c JOIN ej.lesson AS l ON l.id = c.lesson_id
                WHERE c.kind <> 'term' AND c.value <> ''
                  AND (l.state = 'planned' OR l.attendance_at IS NULL AND c.code IS NOT NULL)) THEN
        UPDATE ej.lesson AS l
           SET state = 'given',
               attendance_at = coalesce(l.attendance_at, CASE WHEN x.is_marked THEN now() END)
          FROM (SELECT c.lesson_id, bool_or(c.code IS NOT NULL) AS is_marked
                  FROM unnest(cells) AS c
                 WHERE c.kind <> 'term' AND c.value <> '' GROUP BY 1) AS x
         WHERE l.id = x.lesson_id
           AND (l.state = 'planned' OR l.attendance_at IS NULL AND x.is_marked);
    END IF;
END
$$;

-- Who changed a row last, and when (row_key may be its first columns only, so
-- that all attempts of a mark are meant): what a conflict shows. Definer of
-- ej_rights, since a conflict must name the other person whatever the asker's
-- right to the whole history, but only in the asker's schools; the caller has
-- read the row itself.
CREATE OR REPLACE FUNCTION ej.last_change(table_name text, row_key bigint[])
RETURNS TABLE (who text, at text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT ej.person_name(a.person_id),
           to_char(h.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI')
      FROM ej.history AS h
      JOIN ej.school AS s ON s.id = h.school_id
      LEFT JOIN ej.account AS a ON a.id = h.account_id
     WHERE h.school_id = ANY ((SELECT ej.my_schools())::bigint[])
       AND h.table_name = last_change.table_name
       AND h.key_id = last_change.row_key[1]
       AND h.row_key >= last_change.row_key
       AND h.row_key <= last_change.row_key || 9223372036854775807
     ORDER BY h.id + 0 DESC LIMIT 1; -- not along the primary key
END
$$;

-- Save any number of cells of one journal. One row a cell: saved, conflict
-- (somebody changed it since: value is what stands there) or bad (then nothing
-- is saved). A cell that already has the new value is saved. A repeat of the
-- same operation answers as the first did.
CREATE FUNCTION ej.journal_save(journal_id bigint, column_ids bigint[], pupil_ids bigint[],
    olds text[], vals text[], operation_id uuid, sha256 bytea)
RETURNS TABLE (n int, outcome text, field text, code text, value text, who text, at text)
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    cells  ej.journal_cell[];
    answer jsonb := ej.begin_operation(operation_id, sha256);
BEGIN
    IF answer IS NULL THEN
        -- saves of one journal go one after the other, so that two first
        -- marks in a bare lesson do not make two works
        PERFORM pg_advisory_xact_lock(92, hashint8(journal_id));
        cells := ej.journal_cells(journal_id, column_ids, pupil_ids, olds, vals);
        IF cells IS NULL AND NOT EXISTS (SELECT FROM ej.journal AS j WHERE j.id = journal_id) THEN
            RAISE EXCEPTION 'no such journal' USING ERRCODE = 'JE401';
        END IF;
        SELECT coalesce(jsonb_agg(jsonb_build_object('n', c.n, 'outcome',
                   CASE WHEN c.fault IS NOT NULL THEN 'bad'
                        WHEN c.now <> c.old AND c.now <> c.value THEN 'conflict'
                        ELSE 'saved' END,
                   'field', CASE WHEN c.fault IS NOT NULL THEN 'value' END,
                   'code', c.fault, 'value', CASE WHEN c.fault IS NULL THEN c.now END)
                   ORDER BY c.n), '[]')
          INTO answer FROM unnest(cells) AS c;
        IF answer @> '[{"outcome": "bad"}]' THEN -- nothing is saved: tell only why
            answer := jsonb_path_query_array(answer, '$[*] ? (@.outcome == "bad")');
        ELSE
            PERFORM ej.journal_write(journal_id, ARRAY(
                SELECT c FROM unnest(cells) AS c
                 WHERE c.now <> c.value AND c.now = c.old));
        END IF;
        answer := ej.journal_answer(answer, cells);
        PERFORM ej.end_operation(operation_id, sha256, answer);
    END IF;
    RETURN QUERY
    SELECT r.n, r.outcome, r.field, r.code, r.value, r.who, r.at
      FROM jsonb_to_recordset(answer) AS r(n int, outcome text, field text, code text,
                                           value text, who text, at text)
     ORDER BY r.n;
END
$$;

-- Put into each conflict who changed the cell, and when; into each saved one
-- what it shows now.
CREATE OR REPLACE FUNCTION ej.journal_answer(answer jsonb, cells ej.journal_cell[])
RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN (
SELECT coalesce(jsonb_agg(CASE r.outcome
           WHEN 'conflict' THEN r.row || jsonb_build_object('code', 'JE210', 'who', h.who, 'at', h.at)
           WHEN 'saved' THEN r.row || jsonb_build_object('value', c.value)
           ELSE r.row END), '[]')
  FROM (SELECT e AS row, (e->>'n')::int AS n, e->>'outcome' AS outcome
          FROM jsonb_array_elements(answer) AS e) AS r
  JOIN unnest(cells) AS c ON c.n = r.n
  -- OFFSET 0: or the planner asks it for every cell and joins afterwards
  LEFT JOIN LATERAL (SELECT l.who, l.at FROM ej.last_change(
       CASE WHEN c.kind = 'term' THEN 'term_mark'
            WHEN c.work_id IS NULL THEN 'attendance' ELSE 'mark' END,
       CASE WHEN c.kind = 'term' THEN ARRAY[c.pupil_id, c.subject_id, c.column_id]
            WHEN c.work_id IS NULL THEN ARRAY[c.lesson_id, c.pupil_id]
            ELSE ARRAY[c.work_id, c.pupil_id] END) AS l
       WHERE r.outcome = 'conflict' OFFSET 0) AS h ON true
    );
END
$$;

-- The name of an account's person, as its own school knows it; «система» has
-- no account.
CREATE OR REPLACE FUNCTION ej.account_name(account_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.person_name(a.person_id) FROM ej.account AS a
             WHERE a.id = account_name.account_id);
END
$$;
ALTER FUNCTION ej.account_name(bigint) OWNER TO ej_rights;

GRANT SELECT (id, person_id) ON ej.account TO ej_rights;
GRANT SELECT ON ej.history TO ej_rights;
ALTER FUNCTION ej.last_change(text, bigint[]) OWNER TO ej_rights;
REVOKE ALL ON FUNCTION ej.last_change(text, bigint[]), ej.account_name(bigint),
    ej.journal_cells(bigint, bigint[], bigint[], text[], text[]),
    ej.journal_placed(bigint, bigint[], bigint[], text[], text[]),
    ej.journal_typed(bigint, bigint, text, text), ej.bare_kind(bigint),
    ej.journal_make(bigint, ej.journal_cell[]),
    ej.journal_write(bigint, ej.journal_cell[]),
    ej.journal_answer(jsonb, ej.journal_cell[]),
    ej.journal_save(bigint, bigint[], bigint[], text[], text[], uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.last_change(text, bigint[]), ej.account_name(bigint),
    ej.journal_cells(bigint, bigint[], bigint[], text[], text[]),
    ej.journal_placed(bigint, bigint[], bigint[], text[], text[]),
    ej.journal_typed(bigint, bigint, text, text), ej.bare_kind(bigint),
    ej.journal_make(bigint, ej.journal_cell[]),
    ej.journal_write(bigint, ej.journal_cell[]),
    ej.journal_answer(jsonb, ej.journal_cell[]),
    ej.journal_save(bigint, bigint[], bigint[], text[], text[], uuid, bytea) TO ej_web;
