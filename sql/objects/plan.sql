-- plan.sql: calendar-thematic plans (КТП): made, written, filled from a table, approved.

-- ------------------------------------------------------------------- hours --

-- The hours of a plan for the year: those a week in the grade's weeks of study.
CREATE OR REPLACE FUNCTION ej.plan_norm(school_id bigint, grade int, hours_week numeric) RETURNS numeric
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN $3 * coalesce((SELECT n.weeks FROM ej.grade_norm AS n
                           WHERE n.school_id = ANY (ARRAY[$1]) AND n.grade = $2), 34);
END
$$;

-- The days from Monday to Friday before a day, counted from the Monday 1900-01-01.
CREATE OR REPLACE FUNCTION ej.weekdays_before(day date) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
SELECT ($1 - date '1900-01-01') / 7 * 5 + least(($1 - date '1900-01-01') % 7, 5)
$$;

-- The terms of a grade in a year, in their order, each with its part of the year's days of study
-- (0 to 1: the days of study before the term, and those to its end, in the days of the year). Days of
-- study are those from Monday to Friday that are no holiday; they are counted by the bounds of what
-- the holidays leave of a term, not day by day.
CREATE OR REPLACE FUNCTION ej.plan_terms(school_id bigint, year int, grade int)
RETURNS TABLE (term_no int, name text, during daterange, part_from numeric, part_till numeric)
LANGUAGE plpgsql STABLE ROWS 4 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    plan_id bigint := coalesce(
        (SELECT min(c.term_plan_id) FROM ej.class AS c
          WHERE c.school_id = $1 AND c.year = $2 AND c.grade = $3),
        (SELECT min(o.id) FROM ej.term_plan AS o
          WHERE o.school_id = $1 AND o.year = $2 AND $3 BETWEEN o.grade_from AND o.grade_till));
    free    datemultirange := coalesce(
        (SELECT range_agg(h.during) FROM ej.holiday AS h
          WHERE h.school_id = $1 AND h.year = $2 AND (h.kind <> 'extra' OR $3 = 1)), '{}');
BEGIN
    RETURN QUERY
    WITH t AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY lower(t.during))::int AS term_no, t.name::text AS name, t.during,
               (SELECT coalesce(sum(ej.weekdays_before(upper(d.part)) - ej.weekdays_before(lower(d.part))), 0)
                  FROM unnest(datemultirange(t.during) - free) AS d(part)) AS days
          FROM ej.term AS t JOIN ej.term_plan AS o ON o.id = t.term_plan_id AND o.kind = t.kind
         WHERE t.term_plan_id = plan_id
    )
    SELECT t.term_no, t.name, t.during,
           coalesce((sum(t.days) OVER w - t.days) / nullif(sum(t.days) OVER (), 0), 0),
           coalesce(sum(t.days) OVER w / nullif(sum(t.days) OVER (), 0), 1)
      FROM t WINDOW w AS (ORDER BY t.term_no);
END
$$;

-- The hours of each term: by the curriculum (norm) and in the plan. Without a term in any row the
-- topics fill the terms one after the other; the last term has what is left over.
CREATE OR REPLACE FUNCTION ej.plan_hours(plan_id bigint)
RETURNS TABLE (term_no int, name text, norm numeric, hours numeric)
LANGUAGE plpgsql STABLE ROWS 4 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    p         ej.plan;
    year_norm numeric;
BEGIN
    SELECT x.* INTO p FROM ej.plan AS x WHERE x.id = $1;
    year_norm := ej.plan_norm(p.school_id, p.grade, p.hours_week);
    RETURN QUERY
    WITH t AS MATERIALIZED (
        SELECT t.term_no, t.name, round(year_norm * t.part_from) AS starts,
               CASE WHEN t.part_till = 1 THEN year_norm ELSE round(year_norm * t.part_till) END AS ends,
               t.part_till = 1 AS is_last
          FROM ej.plan_terms(p.school_id, p.year, p.grade) AS t
    ), r AS MATERIALIZED (
        SELECT r.hours, sum(r.hours) OVER w - r.hours AS starts, sum(r.hours) OVER w AS ends,
               r.term_no, count(r.term_no) OVER w AS part, count(r.term_no) OVER () > 0 AS is_named
          FROM ej.plan_row AS r WHERE r.plan_id = $1 WINDOW w AS (ORDER BY r.place, r.id)
    ), n AS MATERIALIZED ( -- a row belongs to the term that it names, or the last row above it
        SELECT r.hours, r.starts, r.ends, r.is_named,
               coalesce(max(r.term_no) OVER (PARTITION BY r.part), 1) AS named
          FROM r
    )
    SELECT t.term_no, t.name, t.ends - t.starts,
           coalesce((SELECT sum(CASE WHEN n.is_named
                                     THEN CASE WHEN n.named = t.term_no THEN n.hours ELSE 0 END
                                     ELSE greatest(0, CASE WHEN t.is_last THEN n.ends ELSE least(n.ends, t.ends) END
                                                      - greatest(n.starts, t.starts)) END) FROM n), 0)
      FROM t;
END
$$;

-- ------------------------------------------------------------ making a plan --

-- Make a plan: an empty one, a copy of another (base_id), or (is_version) the next version of an own
-- approved one, which is locked so that two do not begin it at once. The author is the reader. Returns
-- the outcomes. Errors: JE301 the reader neither teaches nor writes the set-up, or asks for a version of
-- another author's plan (deputies may, since authors leave); JE106 no such plan or subject; JE220 a
-- version of a plan that is not approved; JE212 a version of this plan is being written.
CREATE OR REPLACE FUNCTION ej.plan_new(base_id bigint, subject_id bigint, grade int, hours_week numeric, name text,
                                       is_version boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    author ej.staff;
    base   ej.plan;
    new_id bigint;
BEGIN
    SELECT s.* INTO author FROM ej.staff AS s WHERE s.id = ANY (ej.my_staff())
       AND (ej.my_write_teachings() <> '{}' OR s.school_id = ANY (ej.my_setup_schools()));
    IF author.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    END IF;
    SELECT p.* INTO base FROM ej.plan AS p WHERE p.id = plan_new.base_id AND p.school_id = author.school_id
       FOR NO KEY UPDATE;
    IF plan_new.base_id IS NOT NULL AND base.id IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "base_id", "code": "JE106"}]';
    ELSIF is_version AND (base.id IS NULL OR base.state <> 'approved') THEN
        RETURN '[{"outcome": "bad", "code": "JE220"}]';
    ELSIF is_version AND base.staff_id <> author.id AND base.school_id <> ALL (ej.my_deputy_schools()) THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    ELSIF is_version AND EXISTS (SELECT FROM ej.plan AS p WHERE p.before_id = base.id
                                    AND p.state IN ('draft', 'offered')) THEN
        RETURN '[{"outcome": "bad", "code": "JE212"}]';
    ELSIF base.id IS NULL AND NOT EXISTS (SELECT FROM ej.subject AS s WHERE s.id = plan_new.subject_id
                                             AND s.school_id = author.school_id) THEN
        RETURN '[{"outcome": "bad", "field": "subject_id", "code": "JE106"}]';
    END IF;
    INSERT INTO ej.plan (school_id, year, subject_id, grade, hours_week, name, staff_id, version, before_id)
    VALUES (author.school_id, CASE WHEN is_version THEN base.year ELSE ej.shown_year() END,
            coalesce(base.subject_id, plan_new.subject_id),
            CASE WHEN is_version THEN base.grade ELSE coalesce(plan_new.grade, base.grade) END,
            CASE WHEN is_version THEN base.hours_week ELSE coalesce(plan_new.hours_week, base.hours_week) END,
            coalesce(nullif(plan_new.name, ''), base.name), author.id,
            CASE WHEN is_version THEN base.version + 1 ELSE 1 END, CASE WHEN is_version THEN base.id END)
    RETURNING id INTO new_id;
    INSERT INTO ej.plan_row (school_id, plan_id, staff_id, place, section, term_no, topic, kind, hours, homework, links,
                             from_id)
    SELECT r.school_id, new_id, author.id, r.place, r.section, r.term_no, r.topic, r.kind, r.hours, r.homework, r.links,
           CASE WHEN is_version THEN r.id END
      FROM ej.plan_row AS r WHERE r.plan_id = base.id ORDER BY r.place;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'done', 'added', 'value', new_id::text));
END
$$;

-- ------------------------------------------------------------------ states --

-- Why a plan cannot be approved: JE101 it has no rows; JE106 the curriculum of its grade has no such
-- hours a week in the subject; JE221 its hours are not those of the year. NULL: it can be.
CREATE OR REPLACE FUNCTION ej.plan_fault(plan_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    p     ej.plan;
    hours numeric := (SELECT sum(r.hours) FROM ej.plan_row AS r WHERE r.plan_id = $1);
BEGIN
    SELECT x.* INTO p FROM ej.plan AS x WHERE x.id = $1;
    RETURN CASE WHEN hours IS NULL THEN 'JE101'
                WHEN NOT EXISTS (SELECT FROM ej.curriculum AS u
                                   JOIN ej.study_group AS g ON g.id = u.study_group_id AND g.year = p.year
                                   JOIN ej.study_group_class AS x ON x.study_group_id = g.id
                                   JOIN ej.class AS c ON c.id = x.class_id AND c.grade = p.grade
                                  WHERE u.school_id = p.school_id AND u.subject_id = p.subject_id
                                    AND u.hours_week = p.hours_week) THEN 'JE106'
                WHEN hours <> ej.plan_norm(p.school_id, p.grade, p.hours_week) THEN 'JE221' END;
END
$$;

-- Approve a plan. Teachings that followed the version before follow this one from now on; hours given
-- of a former topic count for the topic that was copied from it.
CREATE OR REPLACE FUNCTION ej.plan_approve(plan_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    p ej.plan;
BEGIN
    SELECT x.* INTO p FROM ej.plan AS x WHERE x.id = plan_approve.plan_id;
    UPDATE ej.plan AS x SET state = 'approved', note = '', approved_by = (ej.my_staff())[1],
           approved_on = ej.today(p.school_id) WHERE x.id = p.id;
    UPDATE ej.plan AS x SET state = 'former' WHERE x.id = p.before_id;
    UPDATE ej.plan_use AS u SET plan_id = p.id WHERE u.plan_id = p.before_id;
    WITH r AS MATERIALIZED (SELECT r.id, r.from_id FROM ej.plan_row AS r WHERE r.plan_id = p.id),
         gone AS (DELETE FROM ej.plan_given AS g USING r WHERE g.plan_row_id = r.from_id
                  RETURNING g.lesson_id, r.id, g.school_id, g.teaching_id, g.goes_on)
    INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id, goes_on)
    SELECT g.lesson_id, g.id, g.school_id, g.teaching_id, g.goes_on FROM gone AS g;
    UPDATE ej.plan_skip AS k SET plan_row_id = r.id
      FROM ej.plan_row AS r WHERE r.plan_id = p.id AND k.plan_row_id = r.from_id;
END
$$;

-- Take a plan from the state old to another: offered (its author offers it for approval), draft (the
-- author takes it back, or a deputy returns it with a note), approved (a deputy), removed (a draft of
-- the author's own). Returns the outcomes. Errors: JE401 no plan that the reader sees, JE301 not the
-- reader's to do, JE106 no such state, JE210 changed meanwhile, JE101 … JE221 as ej.plan_fault(), JE211 used.
CREATE OR REPLACE FUNCTION ej.plan_move(plan_id bigint, old text, state text, note text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    p         ej.plan;
    is_author boolean;
    is_deputy boolean;
    fault     text;
BEGIN
    SELECT x.* INTO p FROM ej.plan AS x WHERE x.id = plan_move.plan_id AND x.school_id = ANY (ej.my_class_schools())
       FOR UPDATE;
    is_author := p.staff_id = ANY (ej.my_staff());
    is_deputy := p.school_id = ANY (ej.my_deputy_schools());
    fault := CASE WHEN p.id IS NULL THEN 'JE401'
        WHEN NOT CASE plan_move.state WHEN 'approved' THEN is_deputy WHEN 'draft' THEN is_author OR is_deputy
                                      ELSE is_author END THEN 'JE301'
        WHEN plan_move.state IN ('draft', 'offered', 'approved', 'removed') IS NOT TRUE THEN 'JE106' END;
    IF fault IS NOT NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'code', fault));
    ELSIF p.state IS DISTINCT FROM old OR p.state NOT IN ('draft', 'offered') OR p.state = plan_move.state
       OR plan_move.state = 'removed' AND p.state <> 'draft' THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'conflict', 'field', 'state', 'code', 'JE210',
                                                    'value', p.state));
    ELSIF plan_move.state = 'approved' THEN
        fault := ej.plan_fault(p.id);
        IF fault IS NOT NULL THEN
            RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'hours', 'code', fault));
        END IF;
        PERFORM ej.plan_approve(p.id);
    ELSIF plan_move.state = 'removed' THEN
        DELETE FROM ej.plan_row AS r WHERE r.plan_id = p.id;
        DELETE FROM ej.plan AS x WHERE x.id = p.id;
    ELSIF plan_move.state = 'draft' AND NOT is_author AND plan_move.note = '' THEN
        RETURN '[{"outcome": "bad", "field": "note", "code": "JE101"}]';
    ELSE
        UPDATE ej.plan AS x SET state = plan_move.state,
               note = CASE WHEN plan_move.state = 'draft' AND NOT is_author THEN plan_move.note ELSE '' END
         WHERE x.id = p.id;
    END IF;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'field', 'state', 'done',
                                                CASE plan_move.state WHEN 'removed' THEN 'removed' ELSE 'changed' END));
EXCEPTION WHEN foreign_key_violation THEN
    RETURN '[{"outcome": "bad", "field": "state", "code": "JE211"}]';
END
$$;

GRANT DELETE ON ej.plan, ej.plan_row, ej.plan_given TO ej_rule;
GRANT INSERT ON ej.plan_given TO ej_rule;
GRANT SELECT ON ej.grade_norm, ej.curriculum TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.plan_new, ej.plan_move TO ej_web;

-- -------------------------------------------------------------------- rows --

-- Number the rows of a plan anew, in their order.
CREATE OR REPLACE FUNCTION ej.plan_number(plan_id bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
UPDATE ej.plan_row AS r SET place = x.n
  FROM (SELECT o.id, row_number() OVER (ORDER BY o.place, o.id) AS n FROM ej.plan_row AS o WHERE o.plan_id = $1) AS x
 WHERE r.id = x.id AND r.place <> x.n
$$;

-- Save the rows of a plan's form, parallel arrays by the names of the fields: {row_id: […], topic:
-- […], old_topic: […], …}. A row without a topic is removed; one without an id is added, at its
-- number or at the end. Returns the outcomes, each with the number of its row.
CREATE OR REPLACE FUNCTION ej.plan_save(plan_id bigint, form jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    p        ej.plan;
    names    text[] := '{place,section,term_no,topic,kind,hours,homework,links}';
    writes   jsonb;
    outcomes jsonb;
BEGIN
    SELECT x.* INTO p FROM ej.plan AS x WHERE x.id = plan_save.plan_id;
    IF p.id IS NULL OR p.staff_id <> ALL (ej.my_staff()) THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'code',
                                                    CASE WHEN p.id IS NULL THEN 'JE401' ELSE 'JE301' END));
    ELSIF p.state <> 'draft' THEN
        RETURN '[{"outcome": "bad", "code": "JE220"}]';
    END IF;
    SELECT jsonb_agg(jsonb_build_object('table', 'ej.plan_row', 'n', r.n, 'row', CASE
               WHEN r.id IS NOT NULL
               THEN r.new || r.old || jsonb_build_object('id', r.id, 'is_removed', r.new ->> 'topic' = '')
               ELSE r.new || jsonb_build_object('plan_id', p.id, 'staff_id', p.staff_id,
                        'place', coalesce((r.new ->> 'place')::numeric, 100000 + r.n),
                        'hours', coalesce(r.new ->> 'hours', '1'), 'kind', coalesce(r.new ->> 'kind', 'lesson')) END)
               ORDER BY r.n) INTO writes
      FROM (SELECT i.n, nullif(form -> 'row_id' ->> i.n - 1, '')::bigint AS id, v.new, v.old, v.is_changed, v.is_empty
              FROM generate_series(1, jsonb_array_length(form -> 'row_id')) AS i(n)
             CROSS JOIN LATERAL (
                SELECT jsonb_object_agg(f, form -> f -> i.n - 1) AS new,
                       jsonb_object_agg('old_' || f, nullif(form -> ('old_' || f) ->> i.n - 1, '')) AS old,
                       bool_or(coalesce(form -> f ->> i.n - 1, '') <> coalesce(form -> ('old_' || f) ->> i.n - 1, ''))
                           AS is_changed,
                       bool_and(f IN ('kind', 'hours') OR coalesce(form -> f ->> i.n - 1, '') = '') AS is_empty
                  FROM unnest(names) AS f) AS v) AS r
     WHERE CASE WHEN r.id IS NULL THEN NOT r.is_empty ELSE r.is_changed END;
    IF EXISTS (SELECT FROM jsonb_array_elements(writes) AS w(one)
                WHERE w.one -> 'row' ? 'id' AND NOT EXISTS (
                      SELECT FROM ej.plan_row AS r
                       WHERE r.id = (w.one -> 'row' ->> 'id')::bigint AND r.plan_id = p.id)) THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    outcomes := ej.write_all(coalesce(writes, '[]'));
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.plan_number(p.id);
    END IF;
    RETURN outcomes;
END
$$;

-- ---------------------------------------------------------------- a table --

-- A text pasted from a spreadsheet, as the rows of a file: [[line, "cell", …], …].
CREATE OR REPLACE FUNCTION ej.plan_cells(pasted text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_agg(to_jsonb(l.n) || c.cells ORDER BY l.n), '[]')
  FROM regexp_split_to_table(pasted, E'\n') WITH ORDINALITY AS l(line, n)
 CROSS JOIN LATERAL (SELECT jsonb_agg(btrim(x.cell, E' "\r') ORDER BY x.n) AS cells
                       FROM regexp_split_to_table(l.line, CASE WHEN pasted ~ E'\t' THEN E'\t' ELSE ';' END)
                            WITH ORDINALITY AS x(cell, n)) AS c
 WHERE l.line ~ '\S'
$$;

-- The field of a plan that a heading of a table names; '' for a column to leave out.
CREATE OR REPLACE FUNCTION ej.plan_heading(word text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN w ~ '^раздел|^модуль' THEN 'section' WHEN w ~ '^(учебный )?(четв|период|тримес|полугод)' THEN 'term_no'
            WHEN w ~ '^тема|^содержание' THEN 'topic' WHEN w ~ '^(вид|тип|форма)' THEN 'kind'
            WHEN w ~ '^(кол[^ ]* )?час' THEN 'hours' WHEN w ~ '^(дом|д/з|дз)' THEN 'homework'
            WHEN w ~ '^(ссыл|ресурс|эор|цор|электрон)' THEN 'links' ELSE '' END
  FROM lower(btrim($1)) AS w
$$;

-- The kind of a lesson by its word in a table; any other word means a lesson.
CREATE OR REPLACE FUNCTION ej.plan_kind(word text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN w ~ '^(контр|к/р|кр\M)' THEN 'control' WHEN w ~ '^(лаб|л/р|лр\M)' THEN 'laboratory'
            WHEN w ~ '^(практ|п/р|пр\M)' THEN 'practical' WHEN w ~ '^экск' THEN 'excursion' ELSE 'lesson' END
  FROM lower(btrim(coalesce($1, ''))) AS w
$$;

-- The rows of a table as rows of a plan. One of its first rows may be headings, as in the plan's own
-- file, which has its title above them; without them the columns are
-- topic, hours, kind, homework, section, term, links, and a first column of numbers is left out. A
-- row that has a section and no topic is a heading above the next rows. fault: JE102 the hours are no
-- number from 0,5 to 40, or there is no such term; JE104 a text is too long.
CREATE OR REPLACE FUNCTION ej.plan_read(cells jsonb)
RETURNS TABLE (line int, n bigint, section text, term_no int, topic text, kind text, hours numeric, homework text,
               links text, fault_field text, fault text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH c AS MATERIALIZED (
    SELECT r.n, (r.one ->> 0)::int AS line, x.n - 1 AS col, btrim(regexp_replace(x.cell, '\s+', ' ', 'g')) AS cell
      FROM jsonb_array_elements(cells) WITH ORDINALITY AS r(one, n),
           jsonb_array_elements_text(r.one) WITH ORDINALITY AS x(cell, n) WHERE x.n > 1
), o AS MATERIALIZED ( -- the row of the headings, the first that has the one of the topics among others
    SELECT min(c.n) AS n FROM c WHERE c.n < 6 AND ej.plan_heading(c.cell) = 'topic'
       AND (c.n = 1 OR EXISTS (SELECT FROM c AS t WHERE t.n = c.n AND ej.plan_heading(t.cell) NOT IN ('topic', '')))
), h AS MATERIALIZED (
    SELECT c.col, ej.plan_heading(c.cell) AS field FROM c JOIN o ON o.n = c.n
), f AS MATERIALIZED (
    SELECT h.col, h.field FROM h WHERE h.field <> ''
     UNION ALL
    SELECT u.n + s.shift, u.field
      FROM unnest('{topic,hours,kind,homework,section,term_no,links}'::text[]) WITH ORDINALITY AS u(field, n)
     CROSS JOIN LATERAL (SELECT coalesce(bool_and(c.cell ~ '^\d*\.?$'), false)::int AS shift
                           FROM c WHERE c.col = 1) AS s
     WHERE NOT EXISTS (SELECT FROM h)
), r AS MATERIALIZED (
    SELECT c.n, c.line, coalesce(jsonb_object_agg(f.field, c.cell) FILTER (WHERE f.field IS NOT NULL), '{}') AS v
      FROM c LEFT JOIN f ON f.col = c.col
     WHERE c.n > coalesce((SELECT o.n FROM o), 0)
     GROUP BY c.n, c.line
), k AS MATERIALIZED (
    SELECT r.*, coalesce(r.v ->> 'topic', '') AS topic, coalesce(r.v ->> 'section', '') AS section,
           lag(coalesce(r.v ->> 'section', '')) OVER w AS above,
           lag(coalesce(r.v ->> 'topic', '')) OVER w = '' AS is_below,
           replace(substring(r.v ->> 'hours' FROM '\d+(?:[.,]\d+)?'), ',', '.')::numeric AS hours,
           substring(r.v ->> 'term_no' FROM '\d')::int AS digit,
           CASE WHEN r.v ->> 'term_no' ~ '^IV' THEN 4 WHEN r.v ->> 'term_no' ~ '^I+'
                THEN length(substring(r.v ->> 'term_no' FROM '^I+')) END AS by_roman
      FROM r WINDOW w AS (ORDER BY r.n)
)
SELECT k.line, k.n, CASE WHEN k.section = '' AND k.is_below THEN coalesce(k.above, '') ELSE k.section END,
       coalesce(k.digit, k.by_roman), k.topic, ej.plan_kind(k.v ->> 'kind'), coalesce(k.hours, 1),
       coalesce(k.v ->> 'homework', ''), coalesce(k.v ->> 'links', ''), x.field, x.fault
  FROM k
 CROSS JOIN LATERAL (SELECT y.field, y.fault FROM (VALUES
        ('topic', CASE WHEN length(k.topic) > 500 THEN 'JE104' END),
        ('section', CASE WHEN length(k.section) > 300 THEN 'JE104' END),
        ('homework', CASE WHEN length(k.v ->> 'homework') > 1000 THEN 'JE104' END),
        ('links', CASE WHEN length(k.v ->> 'links') > 1000 THEN 'JE104' END),
        ('hours', CASE WHEN coalesce(k.v ->> 'hours', '') <> '' AND (k.hours IS NULL OR k.hours NOT BETWEEN 0.5 AND 40)
                       THEN 'JE102' END),
        ('term_no', CASE WHEN coalesce(k.v ->> 'term_no', '') <> ''
                          AND coalesce(coalesce(k.digit, k.by_roman) NOT BETWEEN 1 AND 4, true) THEN 'JE102' END),
        (NULL, NULL)) AS y(field, fault) ORDER BY y.fault NULLS LAST LIMIT 1) AS x
 WHERE k.topic <> ''
$$;

-- Add the rows of a table to a plan, or (is_replaced) put them in place of its rows. Returns the
-- outcomes; a wrong row has its line as n. Errors: JE401, JE301, JE220 as ej.plan_save; JE101 there
-- are no topics; JE107 too many; JE211 topics that were given cannot be replaced.
CREATE OR REPLACE FUNCTION ej.plan_put(plan_id bigint, cells jsonb, is_replaced boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    p        ej.plan;
    rows     jsonb;
    outcomes jsonb := ej.plan_save(plan_id, '{"row_id": []}'); -- checks whether the reader may write
BEGIN
    IF ej.is_refused(outcomes) THEN
        RETURN outcomes;
    END IF;
    SELECT x.* INTO p FROM ej.plan AS x WHERE x.id = plan_put.plan_id;
    rows := (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.n) FROM ej.plan_read(cells) AS r);
    outcomes := (SELECT jsonb_agg(jsonb_build_object('outcome', 'bad', 'n', r.line, 'field', r.fault_field,
                                                     'code', r.fault))
                   FROM jsonb_to_recordset(rows) AS r(line int, fault_field text, fault text)
                  WHERE r.fault IS NOT NULL);
    IF rows IS NULL OR jsonb_array_length(rows) > 400 THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'pasted', 'code',
                                                    CASE WHEN rows IS NULL THEN 'JE101' ELSE 'JE107' END));
    ELSIF outcomes IS NOT NULL THEN
        RETURN outcomes;
    END IF;
    IF is_replaced THEN
        DELETE FROM ej.plan_row AS r WHERE r.plan_id = p.id;
    END IF;
    INSERT INTO ej.plan_row (school_id, plan_id, staff_id, place, section, term_no, topic, kind, hours, homework, links)
    SELECT p.school_id, p.id, p.staff_id, m.place + row_number() OVER (ORDER BY r.n), r.section, r.term_no, r.topic,
           r.kind, r.hours, r.homework, r.links
      FROM jsonb_to_recordset(rows) AS r(n bigint, section text, term_no int, topic text, kind text, hours numeric,
                                         homework text, links text),
           (SELECT coalesce(max(o.place), 0) AS place FROM ej.plan_row AS o WHERE o.plan_id = p.id) AS m
     ORDER BY r.n;
    RETURN '[{"outcome": "saved", "done": "added"}]';
EXCEPTION WHEN foreign_key_violation THEN
    RETURN '[{"outcome": "bad", "field": "is_replaced", "code": "JE211"}]';
END
$$;
