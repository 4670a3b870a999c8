-- journal.sql: the facts of a journal, and saving any number of its cells.
-- Functions are SECURITY INVOKER unless they say otherwise: row policies decide which
-- rows they read and write.

DROP TYPE IF EXISTS ej.journal_cell, ej.journal_of, ej.journal_facts CASCADE;

-- The facts of a journal on which its pages and its save depend. Of several of one name
-- the field is that of the journal's teaching.
CREATE TYPE ej.journal_facts AS (
    id             bigint,
    school_id      bigint,
    teaching_id    bigint,
    study_group_id bigint,
    subject_id     bigint,
    staff_id       bigint,        -- the teacher of today
    scale_id       bigint,
    term_scale_id  bigint,
    year           int,
    term_id        bigint,
    kind           text,          -- of the term
    is_taught      boolean,       -- else the journal has final marks only, no lesson, no work
    term_plan_id   bigint,
    during         daterange,     -- of the term, as are the next two
    starts_on      date,
    ends_on        date,
    is_closed      boolean,
    today_on       date,
    tz             text,
    retake_counts  text,
    is_mine        boolean,       -- the user may write all of it
    author_id      bigint,        -- the user's staff row in its school
    correction_hours int,         -- in which a kept mark may be changed freely; 0: always
    open_from_on   date           -- lessons before this day are locked; NULL: none is
);

-- The facts of a journal; no row unless the reader may read it. Owned by ej_rights, and so
-- spared the policies of four tables. The grid asks it once (journal_scope) and hands its
-- columns to its other queries as parameters.
CREATE OR REPLACE FUNCTION ej.journal_scope(journal_id bigint) RETURNS SETOF ej.journal_facts
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT j.id, j.school_id, j.teaching_id, t.study_group_id, t.subject_id, ej.teacher_on(t.id, d.today), t.scale_id,
           t.term_scale_id, t.year, j.term_id, e.kind::text, e.is_taught, e.term_plan_id, e.during,
           lower(e.during), upper(e.during), j.closed_at IS NOT NULL, d.today, d.tz::text,
           s.retake_counts::text, t.id = ANY (ej.my_write_teachings()),
           (SELECT f.id FROM ej.staff AS f WHERE f.id = ANY (ej.my_staff()) AND f.school_id = j.school_id),
           s.correction_hours, CASE WHEN s.lock_days > 0 THEN d.today - s.lock_days END
      FROM ej.journal AS j
      JOIN ej.teaching AS t ON t.id = j.teaching_id
      JOIN ej.term AS e ON e.id = j.term_id
      JOIN ej.school AS s ON s.id = j.school_id
      JOIN ej.school_today AS d ON d.school_id = j.school_id
     WHERE j.id = journal_scope.journal_id
       AND (j.teaching_id = ANY (ej.my_journal_teachings()) OR j.school_id = ANY (ej.my_journal_schools()));
END
$$;
ALTER FUNCTION ej.journal_scope(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.journal_scope(bigint) TO ej_web, ej_rule;
GRANT SELECT ON ej.journal, ej.teaching, ej.term, ej.school TO ej_rights;

-- The revision of a journal (revision.sql, ej.journal_heads).
CREATE OR REPLACE FUNCTION ej.journal_revision(journal_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.revision_digest(ej.journal_heads(journal_id));
END
$$;
GRANT EXECUTE ON FUNCTION ej.journal_revision(bigint) TO ej_web;

-- One cell of a save: the submitted text with what it means, and the values in the
-- database.
CREATE TYPE ej.journal_cell AS (
    n         int,
    kind      text,          -- term, work, or lesson (without a work as yet)
    column_id bigint,
    lesson_id bigint,
    work_id   bigint,
    pupil_id  bigint,
    scale_id  bigint,
    is_first  boolean,       -- the column that shows the lesson's absences
    submitted text,          -- normalised: the text that the cell will show
    code      text,          -- submitted absence, or NULL
    marks     text[],        -- submitted marks, by attempt
    fault     text,          -- error code of a bad cell, or NULL
    stored    text,          -- the cell's text in the database
    old       text,          -- the cell's text when the person began typing
    -- in the database:
    stored_marks text,       -- marks by attempt
    attempts  int,           -- the last attempt that has a value
    stored_code text,        -- the absence
    is_planned  boolean,     -- the lesson is not yet given
    is_unfilled boolean      -- the lesson's absences are not yet marked
);

-- Find these columns of a journal: one row for each id. A page loaded before the first
-- mark names a column by its lesson, a later page by its work; place is the same for
-- both. OFFSET 0 makes the planner look rows up by id, not scan the whole teaching.
-- (Without SET here and in the next two functions, so that the planner inlines them
-- into the cached plan of ej.journal_cells.)
CREATE OR REPLACE FUNCTION ej.journal_columns(journal ej.journal_facts, column_ids bigint[])
RETURNS TABLE (named_id bigint, place bigint, kind text, is_term boolean, work_id bigint,
               lesson_id bigint, held_on date, state text, is_unfilled boolean, scale_id bigint,
               is_first boolean)
LANGUAGE sql STABLE ROWS 10 AS $$
SELECT w.named_id, coalesce(w.id, l.id, w.named_id),
       CASE WHEN w.is_term THEN 'term' WHEN w.id IS NOT NULL THEN 'work'
            WHEN l.id IS NOT NULL THEN 'lesson' END,
       w.is_term, w.id, l.id, l.held_on, l.state::text, l.attendance_at IS NULL,
       CASE WHEN w.is_term THEN (journal).term_scale_id ELSE coalesce(w.scale_id, (journal).scale_id) END,
       l.id IS NOT NULL AND NOT EXISTS (
           SELECT FROM ej.work AS o WHERE o.lesson_id = l.id AND o.id < w.id)
  FROM (SELECT i.named_id, i.named_id = (journal).term_id AS is_term, o.id, o.scale_id,
               coalesce(o.lesson_id, i.named_id) AS lesson_id
          FROM (SELECT c AS named_id, coalesce(
                       (SELECT min(o.id) FROM ej.work AS o WHERE o.lesson_id = c), c) AS work_id
                  FROM unnest(column_ids) AS c GROUP BY c OFFSET 0) AS i
          LEFT JOIN LATERAL (SELECT o.* FROM ej.work AS o WHERE o.id = i.work_id OFFSET 0) AS o
            ON o.journal_id = (journal).id
        OFFSET 0) AS w
  LEFT JOIN LATERAL (SELECT o.* FROM ej.lesson AS o WHERE o.id = w.lesson_id OFFSET 0) AS l
    ON l.teaching_id = (journal).teaching_id AND (journal).is_taught
$$;

-- Normalise a typed text: full-width characters become plain, invisible ones are
-- removed, «5,0» becomes 5. Letters typed in the wrong keyboard layout were mapped by
-- the page's script before; here a Latin «y» could mean «у» or the key of «н», so it
-- is kept and later refused.
CREATE OR REPLACE FUNCTION ej.cell_plain(typed text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT trim(regexp_replace(
           translate(normalize(coalesce(typed, ''), NFKC), U&'\00AD\200B\200C\200D\2060\FEFF', ''),
           '(\d)[.,]0+(?!\d)', '\1', 'g'))
$$;

-- Read a typed text: either one value of the scale («н/а», «осв» of a term), or
-- [absence code][blank][marks]. is_wrong: the letters are not a code, or the marks are
-- not on the scale or too many.
CREATE OR REPLACE FUNCTION ej.journal_parse(school_id bigint, scale text[], is_term boolean, typed text)
RETURNS TABLE (code text, marks text[], is_wrong boolean)
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT x.code, x.marks, x.head IS NOT NULL AND x.code IS NULL OR NOT x.marks <@ scale
       OR cardinality(x.marks) > CASE WHEN is_term THEN 1 ELSE 5 END
  FROM (SELECT h.head, c.code::text AS code,
               CASE WHEN h.is_whole THEN ARRAY[lower(typed)]
                    ELSE ARRAY(SELECT trim(m) FROM string_to_array(nullif(
                         trim(substr(typed, 1 + length(coalesce(h.head, '')))), ''), '/') AS s(list),
                         unnest(s.list) WITH ORDINALITY AS u(m, at) ORDER BY u.at) END AS marks
          FROM (SELECT w.is_whole, CASE WHEN NOT w.is_whole AND NOT is_term
                                   THEN (regexp_match(typed, '^([^0-9/\s]+)'))[1] END AS head
                  FROM (SELECT lower(typed) = ANY (scale) AS is_whole) AS w) AS h
          LEFT JOIN ej.attendance_code AS c
            ON c.school_id = journal_parse.school_id AND lower(h.head) = c.code
        OFFSET 0) AS x -- else the text would be parsed at every use of marks
$$;

-- The cells of a save with their column, the parsed text, the values in the database
-- and whether the pupil is in the group. Each column, text and pupil is read once,
-- however many cells have it. is_twin marks a second cell of the same place, even if
-- one names the column by its lesson and the other by its work. «н» is read as the code of the
-- reason that is known for the day (rule_absence_code).
CREATE OR REPLACE FUNCTION ej.journal_entries(journal ej.journal_facts, column_ids bigint[],
    pupil_ids bigint[], olds text[], vals text[])
RETURNS TABLE (n int, column_id bigint, pupil_id bigint, old text, is_twin boolean, kind text,
               work_id bigint, lesson_id bigint, held_on date, state text, is_unfilled boolean,
               scale_id bigint, is_first boolean, code text, marks text[], is_wrong boolean,
               stored_marks text, attempts int, stored_code text, is_member boolean)
LANGUAGE sql STABLE AS $$
WITH col AS MATERIALIZED (
    SELECT * FROM ej.journal_columns(journal, column_ids)
), entry AS (
    SELECT c.scale_id, c.is_term, t.val, x.code, x.marks, x.is_wrong
      FROM (SELECT c.scale_id, c.is_term, ARRAY(SELECT v.value::text FROM ej.scale_value AS v
                                                 WHERE v.scale_id = c.scale_id AND v.is_active) AS scale
              FROM col AS c GROUP BY c.scale_id, c.is_term) AS c
     CROSS JOIN (SELECT v.val, ej.cell_plain(v.val) AS typed
                   FROM (SELECT DISTINCT coalesce(v, '') AS val FROM unnest(vals) AS v) AS v OFFSET 0) AS t
     CROSS JOIN LATERAL ej.journal_parse((journal).school_id, c.scale, c.is_term, t.typed) AS x
), mark AS (
    -- sorted here, in the order of the key: ORDER BY in string_agg would sort per pupil
    SELECT m.work_id, m.pupil_id, string_agg(m.value, '/') AS stored_marks, max(m.attempt) AS attempts
      FROM (SELECT m.work_id, m.pupil_id, m.attempt, m.value
              FROM (SELECT DISTINCT c.work_id FROM col AS c) AS w
              JOIN ej.mark AS m ON m.work_id = w.work_id
             WHERE m.value IS NOT NULL ORDER BY m.work_id, m.pupil_id, m.attempt) AS m
     GROUP BY m.work_id, m.pupil_id
), absence AS (
    SELECT a.lesson_id, a.pupil_id, a.code
      FROM (SELECT DISTINCT c.lesson_id FROM col AS c) AS l
      JOIN ej.attendance AS a ON a.lesson_id = l.lesson_id
), member AS (
    SELECT b.pupil_id, array_agg(b.during) AS during FROM ej.membership AS b
     WHERE b.study_group_id = (journal).study_group_id GROUP BY b.pupil_id
)
SELECT i.n::int, i.column_id, i.pupil_id, trim(i.old),
       row_number() OVER (PARTITION BY c.place, i.pupil_id ORDER BY i.n) > 1,
       c.kind, c.work_id, c.lesson_id, c.held_on, c.state, c.is_unfilled, c.scale_id, c.is_first,
       CASE WHEN e.code = 'н' THEN coalesce(ej.lesson_reason(c.lesson_id, i.pupil_id), e.code) ELSE e.code END,
       e.marks, e.is_wrong, coalesce(m.stored_marks, ''), m.attempts, a.code::text,
       (CASE WHEN c.is_term THEN (journal).during && ANY (b.during) ELSE c.held_on <@ ANY (b.during) END) IS TRUE
  FROM unnest(column_ids, pupil_ids, olds, vals)
       WITH ORDINALITY AS i(column_id, pupil_id, old, val, n)
  LEFT JOIN col AS c ON c.named_id = i.column_id
  LEFT JOIN entry AS e ON e.val = coalesce(i.val, '') AND e.scale_id = c.scale_id AND e.is_term = c.is_term
  LEFT JOIN mark AS m ON m.pupil_id = i.pupil_id AND m.work_id = c.work_id
  LEFT JOIN absence AS a ON a.pupil_id = i.pupil_id AND a.lesson_id = c.lesson_id
  LEFT JOIN member AS b ON b.pupil_id = i.pupil_id
$$;

-- Whether a save changes a mark of this cell that has been kept so long that a change needs a request. A retake
-- added to the stored marks changes none. kept: the keys of all such marks of the saved works (ej.kept_marks);
-- term_id: for a term mark, which kept does not have; else NULL.
CREATE OR REPLACE FUNCTION ej.is_mark_kept(journal ej.journal_facts, work_id bigint, pupil_id bigint,
    stored text, marks text[], term_id bigint, kept text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF term_id IS NOT NULL THEN
        RETURN EXISTS (SELECT FROM ej.term_mark AS t
                        WHERE t.pupil_id = is_mark_kept.pupil_id AND t.subject_id = journal.subject_id
                          AND t.term_id = is_mark_kept.term_id
                          AND t.value IS NOT NULL AND t.value IS DISTINCT FROM marks[1])
               AND ej.is_kept('term_mark', ARRAY[pupil_id, journal.subject_id, term_id], 'value');
    ELSIF stored = '' OR kept = '{}' THEN
        RETURN false;
    END IF;
    RETURN EXISTS (SELECT FROM unnest(string_to_array(stored, '/')) WITH ORDINALITY AS m(value, attempt)
                    WHERE m.value IS DISTINCT FROM marks[m.attempt]
                      AND ARRAY[work_id, pupil_id, m.attempt]::text = ANY (kept));
END
$$;

-- Read the cells of a save into ej.journal_cell: submitted values, faults, and values
-- in the database. Only the first column of a lesson shows its absences; an absence
-- typed in another column of that lesson is accepted if it is recorded, and ignored.
CREATE OR REPLACE FUNCTION ej.journal_cells(journal ej.journal_facts, column_ids bigint[],
    pupil_ids bigint[], olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    kept text[] := '{}';
BEGIN
    IF num_nonnulls(column_ids, pupil_ids, olds, vals) = 0 THEN
        RETURN NULL;
    ELSIF journal.correction_hours > 0 THEN
        kept := ej.kept_marks(ARRAY(SELECT w.id FROM ej.work AS w WHERE w.id = ANY (column_ids)
                                     UNION SELECT w.id FROM ej.work AS w WHERE w.lesson_id = ANY (column_ids)));
    END IF;
    RETURN (
WITH unmarked AS MATERIALIZED (
    -- the pupil's own class decides, as in rule_mark and rule_term_mark
    SELECT e.pupil_id, e.during, k.year
      FROM (SELECT o.pupil_id, o.class_id, o.during FROM ej.enrolment AS o
             WHERE o.pupil_id = ANY (pupil_ids) OFFSET 0) AS e -- else by class, of all schools
      JOIN ej.class AS k ON k.id = e.class_id
      JOIN ej.school AS s ON s.id = k.school_id
     WHERE k.grade = ANY (s.unmarked_grades)
), faulty AS (
    SELECT c.*, CASE WHEN c.is_first THEN c.code END AS absence,
           CASE WHEN c.kind IS NULL THEN 'JE120'
                WHEN c.is_twin THEN 'JE107'
                WHEN journal.is_closed THEN 'JE201'
                WHEN NOT journal.is_mine AND (c.lesson_id IS NULL
                     OR c.lesson_id <> ALL ((SELECT ej.my_write_lessons())::bigint[])) THEN 'JE301'
                WHEN c.is_wrong THEN 'JE108'
                WHEN NOT c.is_first AND c.code IS DISTINCT FROM c.stored_code
                     AND c.code IS NOT NULL THEN 'JE108'
                WHEN NOT c.is_member THEN 'JE202'
                WHEN c.kind <> 'term' AND NOT journal.during @> c.held_on THEN 'JE203'
                WHEN c.held_on > journal.today_on THEN 'JE204'
                WHEN c.state IN ('cancelled', 'moved') THEN 'JE209'
                WHEN c.held_on < journal.open_from_on THEN 'JE282'
                WHEN journal.correction_hours > 0 AND ej.is_mark_kept(journal, c.work_id, c.pupil_id, c.stored_marks,
                     c.marks, CASE WHEN c.kind = 'term' THEN c.column_id END, kept) THEN 'JE281'
                WHEN cardinality(c.marks) > 0 AND EXISTS (
                     SELECT FROM unmarked AS u
                      WHERE u.pupil_id = c.pupil_id
                        AND CASE c.kind WHEN 'term' THEN u.during && journal.during AND u.year = journal.year
                                        ELSE u.during @> c.held_on END) THEN 'JE205'
           END AS fault
      FROM ej.journal_entries(journal, column_ids, pupil_ids, olds, vals) AS c
)
SELECT array_agg(ROW(f.n, f.kind, f.column_id, f.lesson_id, f.work_id, f.pupil_id,
           f.scale_id, f.is_first,
           concat_ws(' ', f.absence, nullif(array_to_string(f.marks, '/'), '')),
           f.absence, f.marks, f.fault,
           CASE f.kind
                WHEN 'term' THEN coalesce((SELECT t.value FROM ej.term_mark AS t
                     WHERE t.pupil_id = f.pupil_id AND t.subject_id = journal.subject_id
                       AND t.term_id = journal.term_id), '')
                ELSE concat_ws(' ', CASE WHEN f.is_first THEN f.stored_code END, nullif(f.stored_marks, '')) END,
           f.old, f.stored_marks, f.attempts, f.stored_code, f.state = 'planned',
           f.is_unfilled)::ej.journal_cell
           ORDER BY f.n)
  FROM faulty AS f
    );
END
$$;

-- The kind of work that is made by the first mark in a lesson without works: «ответ на
-- уроке», or the school's first kind when it has no such kind.
CREATE OR REPLACE FUNCTION ej.default_work_kind(school_id bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT k.id FROM ej.work_kind AS k
             WHERE k.school_id = default_work_kind.school_id AND k.is_active AND k.code IS DISTINCT FROM 'monitoring'
             ORDER BY (k.code = 'answer') IS TRUE DESC, k.order_no, k.id LIMIT 1);
END
$$;

-- Make works for lessons without one that get a mark.
CREATE OR REPLACE FUNCTION ej.journal_make_works(journal ej.journal_facts, cells ej.journal_cell[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    kind record;
BEGIN
    SELECT k.id, k.weight_pct INTO kind
      FROM ej.work_kind AS k WHERE k.id = ej.default_work_kind(journal.school_id);
    IF kind.id IS NULL THEN
        RAISE EXCEPTION 'the school has no active kind of work for a mark'
            USING ERRCODE = 'JE213', CONSTRAINT = 'work_kind_none', TABLE = 'work_kind';
    END IF;
    INSERT INTO ej.work (school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT journal.school_id, b.lesson_id, journal.id, journal.teaching_id,
           kind.id, kind.weight_pct, journal.scale_id
      FROM (SELECT DISTINCT c.lesson_id FROM unnest(cells) AS c
             WHERE c.kind = 'lesson' AND cardinality(c.marks) > 0) AS b;
END
$$;

-- Write the marks of these cells: those that replace a stored one, and new ones. A mark
-- is never deleted: its value becomes NULL. Each statement runs only when a cell needs it,
-- since it fires its table's triggers even if it changes no row.
CREATE OR REPLACE FUNCTION ej.journal_write_marks(journal ej.journal_facts, cells ej.journal_cell[],
    is_new_work boolean, is_stored boolean, is_new boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF is_new_work THEN
        PERFORM ej.journal_make_works(journal, cells);
    END IF;
    IF is_stored THEN
        -- the comment of a removed retake goes with it
        UPDATE ej.mark AS m
           SET value = c.marks[m.attempt],
               comment = CASE WHEN m.attempt = 1 OR m.attempt <= cardinality(c.marks) THEN m.comment END,
               staff_id = CASE WHEN m.attempt <= cardinality(c.marks) THEN journal.author_id ELSE m.staff_id END
          FROM unnest(cells) AS c
         WHERE c.attempts > 0 AND m.work_id = c.work_id AND m.pupil_id = c.pupil_id
           AND m.value IS DISTINCT FROM c.marks[m.attempt];
    END IF;
    IF is_new THEN
        INSERT INTO ej.mark AS m (work_id, pupil_id, attempt, school_id, teaching_id,
                                  scale_id, value, staff_id)
        SELECT coalesce(c.work_id, (SELECT min(w.id) FROM ej.work AS w WHERE w.lesson_id = c.lesson_id)),
               c.pupil_id, a.attempt, journal.school_id, journal.teaching_id, c.scale_id,
               a.value, journal.author_id
          FROM unnest(cells) AS c
         CROSS JOIN LATERAL unnest(c.marks) WITH ORDINALITY AS a(value, attempt)
         WHERE c.kind <> 'term' AND a.attempt > coalesce(c.attempts, 0)
        ON CONFLICT (work_id, pupil_id, attempt) DO UPDATE
           SET value = excluded.value, staff_id = excluded.staff_id
         WHERE m.value IS DISTINCT FROM excluded.value;
    END IF;
END
$$;

-- Write those of these cells that changed and that nobody else changed meanwhile.
CREATE OR REPLACE FUNCTION ej.journal_write(journal ej.journal_facts, cells ej.journal_cell[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    has record;
BEGIN
    SELECT array_agg(c) AS cells, bool_or(c.kind = 'term') AS term,
           bool_or(c.kind = 'lesson' AND cardinality(c.marks) > 0) AS new_work,
           bool_or(c.attempts > 0) AS stored_mark,
           bool_or(c.kind <> 'term' AND cardinality(c.marks) > coalesce(c.attempts, 0)) AS new_mark,
           bool_or(c.kind <> 'term' AND c.code IS NOT NULL) AS absence,
           bool_or(c.is_first AND c.code IS NULL AND c.stored_code IS NOT NULL) AS emptied_absence,
           -- any entry means that the lesson was given, an absence also that the
           -- absences were marked
           bool_or(c.submitted <> '' AND (c.is_planned OR c.is_unfilled AND c.code IS NOT NULL)) AS lesson
      INTO has FROM unnest(cells) AS c WHERE c.stored <> c.submitted AND c.stored = c.old;
    IF has.new_work OR has.stored_mark OR has.new_mark THEN
        PERFORM ej.journal_write_marks(journal, has.cells, has.new_work, has.stored_mark, has.new_mark);
    END IF;
    IF has.term THEN
        INSERT INTO ej.term_mark AS t (pupil_id, subject_id, term_id, school_id, teaching_id,
                                       scale_id, value, staff_id)
        SELECT c.pupil_id, journal.subject_id, journal.term_id, journal.school_id, journal.teaching_id,
               journal.term_scale_id, c.marks[1], journal.author_id
          FROM unnest(has.cells) AS c WHERE c.kind = 'term'
        ON CONFLICT (pupil_id, subject_id, term_id) DO UPDATE
           SET value = excluded.value, scale_id = excluded.scale_id,
               teaching_id = excluded.teaching_id, staff_id = excluded.staff_id
         WHERE t.value IS DISTINCT FROM excluded.value;
    END IF;
    IF has.emptied_absence THEN
        DELETE FROM ej.attendance AS a USING unnest(has.cells) AS c
         WHERE c.is_first AND c.code IS NULL AND a.lesson_id = c.lesson_id AND a.pupil_id = c.pupil_id;
    END IF;
    IF has.absence THEN
        INSERT INTO ej.attendance AS a (lesson_id, pupil_id, school_id, teaching_id, code)
        SELECT c.lesson_id, c.pupil_id, journal.school_id, journal.teaching_id, c.code
          FROM unnest(has.cells) AS c WHERE c.kind <> 'term' AND c.code IS NOT NULL
        ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = excluded.code, minutes = NULL
         WHERE a.code IS DISTINCT FROM excluded.code;
    END IF;
    IF has.lesson THEN
        UPDATE ej.lesson AS l
           SET state = 'given',
               attendance_at = coalesce(l.attendance_at, CASE WHEN x.is_marked THEN now() END)
          FROM (SELECT c.lesson_id, bool_or(c.code IS NOT NULL) AS is_marked
                  FROM unnest(has.cells) AS c
                 WHERE c.kind <> 'term' AND c.submitted <> '' GROUP BY 1) AS x
         WHERE l.id = x.lesson_id
           AND (l.state = 'planned' OR l.attendance_at IS NULL AND x.is_marked);
    END IF;
END
$$;

-- The outcome of each cell, with its new text.
CREATE OR REPLACE FUNCTION ej.journal_outcomes(journal ej.journal_facts, cells ej.journal_cell[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (
SELECT jsonb_agg(jsonb_build_object('n', c.n, 'value', CASE WHEN c.fault IS NULL THEN c.submitted END)
           || ej.field_outcome(CASE WHEN c.fault IS NOT NULL THEN 'value' END, c.stored, c.old, c.submitted, c.fault,
                  CASE WHEN c.kind = 'term' THEN 'term_mark'
                       WHEN c.work_id IS NULL THEN 'attendance' ELSE 'mark' END,
                  CASE WHEN c.kind = 'term' THEN ARRAY[c.pupil_id, journal.subject_id, c.column_id]
                       WHEN c.work_id IS NULL THEN ARRAY[c.lesson_id, c.pupil_id]
                       ELSE ARRAY[c.work_id, c.pupil_id] END))
  FROM unnest(cells) AS c
    );
END
$$;

-- Save any number of cells of one journal; returns the outcome of each cell.
CREATE OR REPLACE FUNCTION ej.journal_save(journal_id bigint, column_ids bigint[], pupil_ids bigint[],
    olds text[], vals text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    journal  ej.journal_facts;
    cells    ej.journal_cell[];
    outcomes jsonb;
BEGIN
    -- saves of one journal run one after the other, so that two first marks in
    -- a lesson without works do not make two works
    PERFORM pg_advisory_xact_lock(92, hashint8(journal_id));
    SELECT f.* INTO journal FROM ej.journal_scope(journal_id) AS f;
    IF journal.id IS NULL THEN
        RAISE EXCEPTION 'no such journal' USING ERRCODE = 'JE401';
    END IF;
    PERFORM set_config('ej.year', journal.year::text, true); -- of the new ids
    cells := ej.finals_checked(journal, ej.journal_cells(journal, column_ids, pupil_ids, olds, vals), NULL);
    outcomes := ej.journal_outcomes(journal, cells);
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.journal_write(journal, cells);
    END IF;
    RETURN outcomes;
END
$$;

-- The name of an account's person, or NULL when the reader may not read it: staff
-- names by the lists of their policy, names of families for readers of their cards,
-- and the reader's own. A change without an account is shown as «система».
CREATE OR REPLACE FUNCTION ej.account_name(account_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.person_name(a.person_id, (ej.my_staff_schools())[1]) FROM ej.account AS a
             WHERE a.id = account_name.account_id
               AND (EXISTS (SELECT FROM ej.staff AS s WHERE s.person_id = a.person_id
                               AND (s.school_id = ANY (ej.my_colleague_schools()) OR s.id = ANY (ej.my_named_staff())))
                 OR EXISTS (SELECT FROM ej.guardian AS g WHERE g.person_id = a.person_id
                               AND g.school_id = ANY (ej.my_card_schools()))
                 OR EXISTS (SELECT FROM ej.pupil AS p WHERE p.person_id = a.person_id
                               AND p.school_id = ANY (ej.my_card_schools()))
                 OR a.id = ej.session_account()));
END
$$;
ALTER FUNCTION ej.account_name(bigint) OWNER TO ej_rights;

GRANT SELECT (id, person_id) ON ej.account TO ej_rights;
GRANT SELECT ON ej.history TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.account_name TO ej_web, ej_rule;

-- The name of the present person, as it is kept beside an act; '' without a session.
CREATE OR REPLACE FUNCTION ej.my_name() RETURNS text
LANGUAGE sql STABLE AS $$ SELECT coalesce((SELECT ej.account_name(m.account_id) FROM ej.me AS m), '') $$;
