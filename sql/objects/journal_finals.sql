-- journal_finals.sql: term marks: on what they are given, what is proposed, saving them with their
-- notes (FIN-01…08). The value itself is saved as the grid saves it (journal.sql).

-- The marks of these pupils in a subject from other schools, on these days, for readers of the
-- pupils' figures (ej.figures_pupils): with term_id that of a whole term, which a substitute does not
-- read, as no term mark.
CREATE OR REPLACE FUNCTION ej.finals_outside(pupil_ids bigint[], subject_id bigint, days daterange)
RETURNS TABLE (pupil_id bigint, term_id bigint, given_on date, number int, document text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT o.pupil_id, o.term_id, o.given_on, o.number, o.document::text
      FROM ej.outside_mark AS o
     WHERE o.pupil_id = ANY (ej.figures_pupils(pupil_ids, ARRAY[finals_outside.subject_id], days))
       AND o.subject_id = finals_outside.subject_id AND o.given_on <@ days AND NOT o.is_void
       AND (o.term_id IS NULL OR o.pupil_id = ANY (ej.my_pupils()) OR o.school_id = ANY (ej.my_journal_schools())
            OR EXISTS (SELECT FROM ej.membership AS b JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
                        WHERE b.pupil_id = o.pupil_id AND t.subject_id = finals_outside.subject_id
                          AND t.id = ANY (ej.my_read_teachings())));
END
$$;
ALTER FUNCTION ej.finals_outside(bigint[], bigint, daterange) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.finals_outside(bigint[], bigint, daterange) TO ej_web;

-- The number of marks that a pupil needs for a term mark; 0: any number (FIN-07).
CREATE OR REPLACE FUNCTION ej.finals_needed(teaching_id bigint) RETURNS int
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT CASE WHEN s.min_marks = 0 THEN 0
                        ELSE s.min_marks + s.min_marks_hour * greatest(0, ceil(t.hours_week)::int - 1) END
              FROM ej.teaching AS t JOIN ej.school AS s ON s.id = t.school_id WHERE t.id = finals_needed.teaching_id);
END
$$;

-- The required kinds of work of a journal of which a pupil has no mark, though there were such
-- works while the pupil was in the group.
CREATE OR REPLACE FUNCTION ej.finals_lacking(journal ej.journal_facts, pupils bigint[])
RETURNS TABLE (pupil_id bigint, lacking text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH w AS MATERIALIZED (
        SELECT w.id, d.id AS kind_id, d.name::text, d.order_no, l.held_on
          FROM ej.work AS w
          JOIN ej.work_kind AS d ON d.id = w.kind_id AND d.is_required
          JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.held_on <= journal.today_on
           AND l.state IN ('planned', 'given')
         WHERE w.journal_id = journal.id
    ), b AS MATERIALIZED (
        SELECT b.pupil_id, b.during FROM ej.membership AS b
         WHERE b.study_group_id = journal.study_group_id AND EXISTS (SELECT FROM w)
    )
    SELECT k.pupil_id, string_agg(k.name, ', ' ORDER BY k.order_no)
      FROM (SELECT b.pupil_id, w.name, w.order_no
              FROM w
              JOIN b ON b.during @> w.held_on AND b.pupil_id = ANY (pupils)
              LEFT JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = b.pupil_id AND m.value IS NOT NULL
             GROUP BY b.pupil_id, w.kind_id, w.name, w.order_no
            HAVING count(m.value) = 0) AS k
     GROUP BY k.pupil_id;
END
$$;

-- The marks on which the mark of a year, an exam or a final mark is given, each with its place
-- and whether the others of its place yield to it: own ones before those of another school.
--   year   the terms of its plan
--   final  year and exam; in grade 11 all terms and years of grades 10 and 11. So clause 5.3 of the
--          order on certificates says, as quoted of 115 of 14 February 2014; the text of 546 of 5
--          October 2020, which took its place in 2021, could not be read when this was written
CREATE OR REPLACE FUNCTION ej.finals_basis(journal ej.journal_facts, pupils bigint[])
RETURNS TABLE (pupil_id bigint, place bigint, number numeric)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    is_grade_11 boolean := journal.kind = 'final' AND ej.finals_grade(journal.study_group_id) = 11;
BEGIN
    RETURN QUERY
    WITH e AS MATERIALIZED (
        SELECT e.id, e.term_plan_id,
               row_number() OVER (ORDER BY p.year, NOT e.is_taught, e.ordinal, e.id) AS place
          FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id
         WHERE CASE WHEN is_grade_11
                    THEN p.school_id = journal.school_id AND p.year IN (journal.year - 1, journal.year)
                     AND (e.is_taught OR e.kind = 'year')
                    ELSE p.id = journal.term_plan_id AND ej.is_under(e.kind, journal.kind) END
    )
    SELECT m.pupil_id, e.place, v.number
      FROM e
      JOIN ej.term_mark AS m ON m.term_id = e.id AND m.pupil_id = ANY (pupils) AND m.subject_id = journal.subject_id
      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
     UNION ALL
    SELECT o.pupil_id, e.place, o.number
      FROM ej.finals_outside(pupils, journal.subject_id, journal.during) AS o
      JOIN e ON e.id = o.term_id
      JOIN ej.school AS s ON s.id = journal.school_id AND s.outside_counts = 'counted'
     WHERE NOT EXISTS (SELECT FROM ej.term_mark AS m
                        WHERE m.pupil_id = o.pupil_id AND m.subject_id = journal.subject_id AND m.term_id = o.term_id
                          AND m.value IS NOT NULL);
END
$$;

-- The highest grade of a group.
CREATE OR REPLACE FUNCTION ej.finals_grade(study_group_id bigint) RETURNS int
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT max(c.grade) FROM ej.study_group_class AS g JOIN ej.class AS c ON c.id = g.class_id
 WHERE g.study_group_id = finals_grade.study_group_id
$$;

-- The number to which a mean of term marks is rounded. rule: where it lies in the middle, up, or
-- to first or last, the marks of the first and the last place.
CREATE OR REPLACE FUNCTION ej.finals_rounded(mean numeric, rule text, first numeric, last numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN mean - floor(mean) <> 0.5 OR rule = 'up' THEN floor(mean + 0.5)
            WHEN CASE rule WHEN 'first' THEN first ELSE last END > mean THEN ceil(mean) ELSE floor(mean) END
$$;

-- What the term marks of these pupils in a journal are given on: the mean with its arithmetic,
-- marks, missed lessons, needed and lacking; number is that to which the mean is rounded.
-- is_unfounded: a number would stand without the marks that the school wants.
CREATE OR REPLACE FUNCTION ej.finals_grounds(journal ej.journal_facts, pupils bigint[])
RETURNS TABLE (pupil_id bigint, mean numeric, arithmetic text, weight numeric, marks bigint, missed bigint,
               needed int, lacking text, number numeric, is_unfounded boolean)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    needed int := ej.finals_needed(journal.teaching_id);
    s      ej.school;
    half   text;
BEGIN
    SELECT o.* INTO s FROM ej.school AS o WHERE o.id = journal.school_id;
    IF journal.is_taught THEN
        RETURN QUERY
        SELECT p.id, f.mean, f.arithmetic, f.weight, coalesce(f.marks, 0), coalesce(f.missed, 0), needed, k.lacking,
               floor(f.mean + 1 - s.round_from_pct / 100.0), coalesce(f.marks, 0) < needed OR k.lacking IS NOT NULL
          FROM unnest(pupils) AS p(id)
          LEFT JOIN ej.figures(pupils, ARRAY[journal.subject_id], journal.term_id, true) AS f ON f.pupil_id = p.id
          LEFT JOIN ej.finals_lacking(journal, pupils) AS k ON k.pupil_id = p.id;
        RETURN;
    END IF;
    half := CASE WHEN journal.kind = 'year' THEN s.year_half
                 WHEN ej.finals_grade(journal.study_group_id) IN (9, 11) THEN 'up' -- order 546: mathematical rounding
                 ELSE replace(replace(s.final_half, 'year', 'first'), 'exam', 'last') END;
    RETURN QUERY
    SELECT p.id, b.mean, b.arithmetic, b.weight, b.weight::bigint, NULL::bigint, NULL::int, NULL::text,
           ej.finals_rounded(b.mean, half, b.first, b.last), b.mean IS NULL AND journal.kind <> 'exam'
      FROM unnest(pupils) AS p(id)
      LEFT JOIN (SELECT b.pupil_id, avg(b.number) AS mean, count(*)::numeric AS weight,
                        string_agg(ej.term_of_mean(b.number, 100), ' + ' ORDER BY b.place) AS arithmetic,
                        (array_agg(b.number ORDER BY b.place))[1] AS first,
                        (array_agg(b.number ORDER BY b.place DESC))[1] AS last
                   FROM ej.finals_basis(journal, pupils) AS b GROUP BY b.pupil_id) AS b ON b.pupil_id = p.id;
END
$$;

-- The grounds with the value of the term's scale that is proposed: that of the number; on a scale
-- without numbers that of the same success; for unfounded ones «н/а», if the scale has it.
CREATE OR REPLACE FUNCTION ej.finals_proposals(journal ej.journal_facts, pupils bigint[])
RETURNS TABLE (pupil_id bigint, mean numeric, arithmetic text, weight numeric, marks bigint, missed bigint,
               needed int, lacking text, number numeric, is_unfounded boolean, proposed text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    has_numbers boolean := (SELECT count(*) > 0 FROM ej.scale_value AS v
                                    WHERE v.scale_id = journal.term_scale_id AND v.is_active AND v.number IS NOT NULL);
BEGIN
    RETURN QUERY
    SELECT g.*, (SELECT v.value::text
                   FROM ej.scale_value AS v
                  WHERE v.scale_id = journal.term_scale_id AND v.is_active
                    AND CASE WHEN g.is_unfounded THEN v.value = 'н/а'
                             WHEN has_numbers THEN v.number = g.number
                             ELSE v.sou_weight IS NOT NULL AND v.value <> 'н/а' AND v.is_pass = (g.number >= 3) END
                  ORDER BY v.order_no LIMIT 1)
      FROM ej.finals_grounds(journal, pupils) AS g;
END
$$;

-- The last day for the marks of a term: by order, else by the school's setting (FIN-03…05);
-- NULL: none.
CREATE OR REPLACE FUNCTION ej.finals_due(term_id bigint) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(e.due_on, CASE WHEN e.is_taught OR e.kind = 'year' THEN
                       CASE s.finals_due WHEN 'two_days' THEN upper(e.during) - 3
                                         WHEN 'last_day' THEN upper(e.during) - 1 END END)
              FROM ej.term AS e JOIN ej.school AS s ON s.id = e.school_id WHERE e.id = finals_due.term_id);
END
$$;

-- ----------------------------------------------------------------- saving --

-- Refuse, of the cells of a save, the numbers of a term that would stand without the marks that
-- the school wants, unless their note says why. notes: those submitted, by the cells' n; NULL:
-- those stored count.
CREATE OR REPLACE FUNCTION ej.finals_checked(journal ej.journal_facts, cells ej.journal_cell[], notes text[])
RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    pupils bigint[] := ARRAY(
        SELECT c.pupil_id FROM unnest(cells) AS c
         WHERE c.kind = 'term' AND c.fault IS NULL AND c.submitted <> c.stored
           AND EXISTS (SELECT FROM ej.scale_value AS v
                        WHERE v.scale_id = c.scale_id AND v.value = c.marks[1] AND v.number IS NOT NULL)
           AND '' = CASE WHEN notes IS NOT NULL THEN coalesce(notes[c.n], '')
                         ELSE coalesce((SELECT m.note FROM ej.term_mark AS m WHERE m.pupil_id = c.pupil_id
                                           AND m.subject_id = journal.subject_id AND m.term_id = journal.term_id),
                                               '') END);
BEGIN
    IF pupils <> '{}' THEN
        pupils := ARRAY(SELECT g.pupil_id FROM ej.finals_grounds(journal, pupils) AS g WHERE g.is_unfounded);
        FOR i IN 1 .. cardinality(cells) LOOP
            IF cells[i].kind = 'term' AND cells[i].fault IS NULL AND cells[i].pupil_id = ANY (pupils) THEN
                cells[i].fault := 'JE291';
            END IF;
        END LOOP;
    END IF;
    RETURN cells;
END
$$;

-- Write the notes that changed and that nobody else changed meanwhile.
CREATE OR REPLACE FUNCTION ej.finals_write_notes(journal ej.journal_facts, pupil_ids bigint[], old_notes text[],
    notes text[])
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.term_mark AS t (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, staff_id, note)
    SELECT i.pupil_id, journal.subject_id, journal.term_id, journal.school_id, journal.teaching_id,
           journal.term_scale_id, journal.author_id, i.note
      FROM unnest(pupil_ids, old_notes, notes) AS i(pupil_id, old_note, note)
      LEFT JOIN ej.term_mark AS m ON m.pupil_id = i.pupil_id AND m.subject_id = journal.subject_id
       AND m.term_id = journal.term_id
     WHERE coalesce(m.note, '') = i.old_note AND coalesce(m.note, '') <> i.note
    ON CONFLICT (pupil_id, subject_id, term_id) DO UPDATE
       SET note = excluded.note, scale_id = CASE WHEN t.value IS NULL THEN excluded.scale_id ELSE t.scale_id END,
           teaching_id = excluded.teaching_id;
END
$$;

-- Save the term marks of a journal with their notes; returns the outcome of each field.
CREATE OR REPLACE FUNCTION ej.finals_save(journal_id bigint, pupil_ids bigint[], olds text[], vals text[],
    old_notes text[], notes text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    journal  ej.journal_facts;
    cells    ej.journal_cell[];
    outcomes jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(92, hashint8(journal_id)); -- as in ej.journal_save
    SELECT f.* INTO journal FROM ej.journal_scope(journal_id) AS f;
    IF journal.id IS NULL THEN
        RAISE EXCEPTION 'no such journal' USING ERRCODE = 'JE401';
    END IF;
    olds := ARRAY(SELECT coalesce(o, '') FROM unnest(olds) WITH ORDINALITY AS u(o, n) ORDER BY n);
    old_notes := ARRAY(SELECT coalesce(o, '') FROM unnest(old_notes) WITH ORDINALITY AS u(o, n) ORDER BY n);
    cells := ej.finals_checked(journal, ej.journal_cells(journal,
                 array_fill(journal.term_id, ARRAY[cardinality(pupil_ids)]), pupil_ids, olds, vals), notes);
    outcomes := ej.journal_outcomes(journal, cells) || coalesce((
        SELECT jsonb_agg(jsonb_build_object('n', i.n) || ej.field_outcome('note', coalesce(m.note, ''), i.old_note,
                   i.note, NULL, 'term_mark', ARRAY[i.pupil_id, journal.subject_id, journal.term_id]) ORDER BY i.n)
          FROM unnest(pupil_ids, old_notes, notes) WITH ORDINALITY AS i(pupil_id, old_note, note, n)
          LEFT JOIN ej.term_mark AS m ON m.pupil_id = i.pupil_id AND m.subject_id = journal.subject_id
           AND m.term_id = journal.term_id
         WHERE i.note IS NOT NULL), '[]');
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.finals_write_notes(journal, pupil_ids, old_notes, notes);
        PERFORM ej.journal_write(journal, cells);
    END IF;
    RETURN outcomes;
END
$$;
