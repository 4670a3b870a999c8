-- reports.sql: the engine of reports: facts are counted in lines and columns.
--
-- A table of a report is a function ej.report_<table>(filter) that returns facts: each says where it
-- belongs (class, pupil, subject, teaching, day), in which columns it counts, and with what amount. Its
-- line and column add up such facts, and the page of a number lists them: the same facts by the same
-- predicate. Columns that are formulas are computed of the sums (formula.sql). The tables, columns
-- and reports are listed in reports_list.sql.

DROP TYPE IF EXISTS ej.report_fact, ej.report_filter CASCADE;

-- The filter of a report. days: NULL means those of each class's term; teaching_ids: NULL means all;
-- is_observed: sums alone, no line of a person.
CREATE TYPE ej.report_filter AS (
    school_id    bigint,
    year         int,
    term_ids     bigint[],
    days         daterange,
    day          date,
    class_ids    bigint[],
    teaching_ids bigint[],
    subject_id   bigint,
    staff_id     bigint,
    is_observed  boolean
);

CREATE TYPE ej.report_fact AS (
    class_id    bigint,
    pupil_id    bigint,
    subject_id  bigint,
    teaching_id bigint,
    staff_id    bigint,
    term_id     bigint,
    item_id     bigint,
    held_on     date,
    value       text,
    note        text,
    counted     text[],        -- the columns in which the fact counts; NULL elements say nothing
    amounts     numeric[]      -- with how much; NULL: once
);

-- A fact; what is not named is unknown.
CREATE OR REPLACE FUNCTION ej.fact(class_id bigint, pupil_id bigint, counted text[], amounts numeric[] DEFAULT NULL,
    subject_id bigint DEFAULT NULL, teaching_id bigint DEFAULT NULL, staff_id bigint DEFAULT NULL,
    term_id bigint DEFAULT NULL, item_id bigint DEFAULT NULL, held_on date DEFAULT NULL, value text DEFAULT NULL,
    note text DEFAULT NULL) RETURNS ej.report_fact
LANGUAGE sql IMMUTABLE AS $$
SELECT ROW(class_id, pupil_id, subject_id, teaching_id, staff_id, term_id, item_id, held_on, value, note, counted,
           amounts)::ej.report_fact
$$;

-- 1 to 4, 5 to 9, 10 to 12: the first grade of the level of general education.
CREATE OR REPLACE FUNCTION ej.grade_level(grade int) RETURNS int
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN grade < 5 THEN 1 WHEN grade < 10 THEN 5 ELSE 10 END $$;

-- The SQL of the values by which lines of this kind tell facts x apart: class, two ids, day.
CREATE OR REPLACE FUNCTION ej.report_dims(kind text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE kind WHEN 'teaching' THEN 'NULL::bigint AS class_id, x.teaching_id AS a, x.staff_id AS b, NULL::date AS day'
                 WHEN 'staff' THEN 'NULL::bigint AS class_id, NULL::bigint AS a, x.staff_id AS b, NULL::date AS day'
                 WHEN 'work' THEN 'NULL::bigint AS class_id, x.teaching_id AS a, x.item_id AS b, NULL::date AS day'
                 WHEN 'finding' THEN 'NULL::bigint AS class_id, x.item_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'row' THEN 'NULL::bigint AS class_id, x.item_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'check' THEN 'NULL::bigint AS class_id, x.item_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'kind' THEN 'NULL::bigint AS class_id, x.item_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'day' THEN 'NULL::bigint AS class_id, NULL::bigint AS a, NULL::bigint AS b, x.held_on AS day'
                 WHEN 'week' THEN 'NULL::bigint AS class_id, NULL::bigint AS a, NULL::bigint AS b, x.held_on AS day'
                 WHEN 'month' THEN 'NULL::bigint AS class_id, NULL::bigint AS a, NULL::bigint AS b, x.held_on AS day'
                 WHEN 'pupil' THEN 'x.class_id, x.pupil_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'subject' THEN 'x.class_id, x.subject_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'term' THEN 'x.class_id, x.pupil_id AS a, x.term_id AS b, NULL::date AS day'
                 WHEN 'year' THEN 'x.class_id, x.pupil_id AS a, x.item_id AS b, NULL::date AS day'
                 ELSE 'x.class_id, NULL::bigint AS a, NULL::bigint AS b, NULL::date AS day' END
$$;

-- The lines to which such a fact belongs, the finest first.
CREATE OR REPLACE FUNCTION ej.report_lines_of(kind text, class_id bigint, grade int, a bigint, b bigint, day date)
RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN kind = 'teaching' THEN ARRAY['teaching-' || a, 'staff-' || b, 'school']
            WHEN kind = 'staff' THEN ARRAY['staff-' || b, 'school']
            WHEN kind = 'work' THEN ARRAY['work-' || a || '-' || b, 'school']
            WHEN kind IN ('row', 'check') THEN ARRAY[kind || '-' || a]
            WHEN kind IN ('finding', 'kind') THEN ARRAY[kind || '-' || a, 'school']
            WHEN kind IN ('day', 'week', 'month') THEN ARRAY[kind || '-' || (day - date '2000-01-01'), 'school']
            ELSE ARRAY[CASE WHEN kind <> 'class' THEN kind || '-' || class_id || '-' || a || coalesce('-' || b, '') END,
                       'class-' || class_id, 'grade-' || grade, 'level-' || ej.grade_level(grade), 'school'] END
$$;

-- ---------------------------------------------------------------- filter --

-- The terms that end together with this one, of these plans: of quarters and half-years the second and
-- the first. Without it the last one that has begun (period term), or that ends by today (final), up to
-- three days before its end.
CREATE OR REPLACE FUNCTION ej.report_terms(school_id bigint, year int, term_id bigint, period text, today date,
                                           plans bigint[]) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH e AS MATERIALIZED (
    SELECT e.id, e.kind, e.is_taught, e.during, p.id = ANY (plans) AS is_wanted
      FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id
     WHERE p.school_id = $1 AND p.year = $2
), one AS (
    SELECT e.kind, e.is_taught, e.during FROM e
     WHERE CASE WHEN $3 IS NOT NULL THEN e.id = $3 ELSE e.is_taught AND e.is_wanted END
     ORDER BY CASE WHEN period = 'final' THEN upper(e.during) > today + 3 ELSE lower(e.during) > today END,
              abs(today - lower(e.during)), e.id LIMIT 1
)
SELECT array_agg(e.id ORDER BY e.id)
  FROM one JOIN e ON upper(e.during) = upper(one.during) AND e.is_taught = one.is_taught AND e.is_wanted
   AND (e.is_taught OR e.kind = one.kind)
$$;

-- The taught terms before these, of the same plans.
CREATE OR REPLACE FUNCTION ej.report_terms_before(term_ids bigint[]) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg(o.id)
  FROM ej.term AS e
 CROSS JOIN LATERAL (SELECT o.id FROM ej.term AS o
                      WHERE o.term_plan_id = e.term_plan_id AND o.is_taught AND e.is_taught
                        AND upper(o.during) <= lower(e.during)
                      ORDER BY lower(o.during) DESC LIMIT 1) AS o
 WHERE e.id = ANY ($1)
$$;

-- The classes of the filter, each with its term and days.
CREATE OR REPLACE FUNCTION ej.report_classes(f ej.report_filter)
RETURNS TABLE (class_id bigint, grade int, term_id bigint, days daterange, last_on date)
LANGUAGE sql STABLE ROWS 40 AS $$
SELECT c.id, c.grade, e.id, coalesce(f.days, e.during), upper(coalesce(f.days, e.during)) - 1
  FROM ej.class AS c
  LEFT JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.id = ANY (f.term_ids)
 WHERE c.id = ANY (f.class_ids) AND (e.id IS NOT NULL OR f.days IS NOT NULL)
$$;

-- The teachings of the filter, each with the first of its classes, its term and days.
CREATE OR REPLACE FUNCTION ej.report_teachings(f ej.report_filter)
RETURNS TABLE (teaching_id bigint, study_group_id bigint, subject_id bigint, staff_id bigint, class_id bigint,
               term_id bigint, days daterange)
LANGUAGE sql STABLE ROWS 500 AS $$
SELECT DISTINCT ON (t.id) t.id, t.study_group_id, t.subject_id, t.staff_id, c.class_id, c.term_id, c.days
  FROM ej.report_classes(f) AS c
  JOIN ej.study_group_class AS x ON x.class_id = c.class_id
  JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
 WHERE t.school_id = f.school_id AND t.year = f.year
   AND (f.teaching_ids IS NULL OR t.id = ANY (f.teaching_ids))
   AND (f.subject_id IS NULL OR t.subject_id = f.subject_id)
   AND (f.staff_id IS NULL OR t.staff_id IN (SELECT s.id FROM ej.staff AS s WHERE s.id = f.staff_id))
 ORDER BY t.id, c.grade, c.class_id
$$;

-- Whether the filter has so many classes that a table has no lines of pupils or subjects, only of classes.
CREATE OR REPLACE FUNCTION ej.report_is_large(f ej.report_filter) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT cardinality(f.class_ids) > 12 $$;

-- Refuse a field of the filter.
CREATE OR REPLACE FUNCTION ej.report_refuse(is_wrong boolean, field text, code text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF is_wrong THEN
        RAISE EXCEPTION 'a filter that names nothing here' USING ERRCODE = code, COLUMN = field;
    END IF;
END
$$;

-- The reports that the reader may open. Of classes: the heads and an observer all, a class teacher
-- the own class; of teachings: a teacher the own as well, a class teacher those of the class.
CREATE OR REPLACE FUNCTION ej.report_open() RETURNS TABLE (report_key text, place int, period text, filters text[],
    tables text[], reach text, is_single boolean)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT r.report_key, r.place, r.period, r.filters, r.tables, r.reach, r.is_single
  FROM ej.report_list() AS r
 WHERE ej.my_journal_schools() <> '{}' OR r.reach <> 'head' AND ej.my_observer_schools() <> '{}'
    OR r.reach IN ('class', 'teaching') AND ej.my_classes() <> '{}'
    OR r.reach = 'teaching' AND ej.my_read_teachings() <> '{}'
$$;

-- The filter that these fields make; no row unless the reader may open the report.
-- Errors: JE106 no such term, class, subject or teacher here; JE132 the last day is before the
-- first; JE171 a day outside the school year.
CREATE OR REPLACE FUNCTION ej.report_filter_of(key text, year int, term_id bigint, from_on date, till_on date,
    level int, grade int, class_id bigint, subject_id bigint, staff_id bigint) RETURNS SETOF ej.report_filter
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
DECLARE
    f        ej.report_filter;
    r        record;
    bounds   daterange;
    is_whole boolean := ej.my_journal_schools() <> '{}';
    readable bigint[];
BEGIN
    SELECT o.* INTO r FROM ej.report_open() AS o WHERE o.report_key = key;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    f.school_id := (ej.my_staff_schools())[1];
    f.year := coalesce(report_filter_of.year, ej.shown_year());
    f.is_observed := NOT is_whole AND ej.my_observer_schools() <> '{}';
    SELECT y.during INTO bounds FROM ej.school_year AS y WHERE y.school_id = f.school_id AND y.year = f.year;
    PERFORM ej.report_refuse(bounds IS NULL, 'year', 'JE106');
    f.day := least(greatest(ej.today(f.school_id), lower(bounds)), upper(bounds) - 1);
    IF from_on IS NOT NULL OR till_on IS NOT NULL THEN
        PERFORM ej.report_refuse(till_on < from_on, 'till_on', 'JE132');
        PERFORM ej.report_refuse(NOT bounds @> from_on, 'from_on', 'JE171');
        PERFORM ej.report_refuse(NOT bounds @> till_on, 'till_on', 'JE171');
        f.days := daterange(coalesce(from_on, lower(bounds)), coalesce(till_on, f.day) + 1);
    ELSIF r.period = 'day' THEN
        f.days := daterange(lower(bounds), f.day + 1);
    ELSIF r.period = 'week' THEN
        f.days := daterange(f.day - 13, f.day + 1);
    END IF;
    readable := ej.report_readable(f.school_id, f.year, r.reach);
    f.class_ids := ARRAY(
        SELECT c.id FROM ej.class AS c
         WHERE c.school_id = f.school_id AND c.year = f.year
           AND c.id = ANY (readable)
           AND (level IS NULL OR ej.grade_level(c.grade) = level)
           AND (report_filter_of.grade IS NULL OR c.grade = report_filter_of.grade)
           AND (report_filter_of.class_id IS NULL OR c.id = report_filter_of.class_id)
         ORDER BY c.id);
    PERFORM ej.report_refuse(report_filter_of.class_id IS NOT NULL AND f.class_ids = '{}', 'class_id', 'JE106');
    IF r.is_single AND ej.report_is_large(f) THEN
        -- the first that has marks: grade 1 has none, and its form would be empty
        f.class_ids := ARRAY(SELECT c.id FROM ej.class AS c WHERE c.id = ANY (f.class_ids)
                              ORDER BY c.grade = 1, c.id LIMIT 1);
    END IF;
    f.term_ids := ej.report_terms(f.school_id, f.year, report_filter_of.term_id, r.period, f.day,
                                  ARRAY(SELECT DISTINCT c.term_plan_id FROM ej.class AS c
                                         WHERE c.id = ANY (f.class_ids)));
    PERFORM ej.report_refuse(report_filter_of.term_id IS NOT NULL AND f.term_ids IS NULL, 'term_id', 'JE106');
    f.teaching_ids := CASE WHEN NOT is_whole AND NOT f.is_observed
                           THEN ej.my_read_teachings() || ej.my_class_teachings() END;
    f.subject_id := report_filter_of.subject_id;
    f.staff_id := report_filter_of.staff_id;
    PERFORM ej.report_refuse(f.subject_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM ej.subject AS s WHERE s.id = f.subject_id AND s.school_id = f.school_id), 'subject_id', 'JE106');
    PERFORM ej.report_refuse(f.staff_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM ej.staff AS s WHERE s.id = f.staff_id AND s.school_id = f.school_id), 'staff_id', 'JE106');
    RETURN NEXT f;
END
$$;

-- ------------------------------------------------------------------ sums --

-- The sums of each line of a table, by column.
CREATE OR REPLACE FUNCTION ej.report_sums(name text, f ej.report_filter) RETURNS TABLE (line text, sums jsonb)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    SELECT x.facts, CASE WHEN x.lines IN ('pupil', 'term', 'year', 'subject') AND ej.report_is_large(f) THEN 'class'
                         ELSE x.lines END AS lines
      INTO t FROM ej.report_tables() AS x WHERE x.name = report_sums.name;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($sql$
        WITH g AS MATERIALIZED ( -- alike facts once: most marks and absences are
            SELECT %3$s, x.counted, x.amounts, count(*) AS facts FROM ej.%1$I($1) AS x GROUP BY 1, 2, 3, 4, 5, 6
        ), x AS MATERIALIZED (
            SELECT g.class_id, g.a, g.b, g.day, k.key,
                   sum(CASE WHEN g.amounts IS NULL THEN g.facts ELSE k.amount * g.facts END) AS amount
              FROM g CROSS JOIN LATERAL unnest(g.counted, g.amounts) AS k(key, amount)
             WHERE k.key IS NOT NULL
             GROUP BY 1, 2, 3, 4, 5
        ), s AS (
            SELECT l.line, x.key, sum(x.amount) AS amount
              FROM x
              LEFT JOIN ej.class AS c ON c.id = x.class_id
             CROSS JOIN LATERAL unnest(ej.report_lines_of(%2$L, x.class_id, c.grade, x.a, x.b, x.day)) AS l(line)
             WHERE l.line IS NOT NULL
             GROUP BY 1, 2
        )
        SELECT s.line, jsonb_object_agg(s.key, s.amount) FROM s GROUP BY s.line$sql$, t.facts, t.lines,
        ej.report_dims(t.lines)) USING f;
END
$$;

-- The texts that facts have for subjects, in lines of pupils: the marks of a table whose columns are
-- subjects.
CREATE OR REPLACE FUNCTION ej.report_texts(name text, f ej.report_filter)
RETURNS TABLE (line text, subject_id bigint, text text)
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    SELECT x.facts, x.lines INTO t FROM ej.report_tables() AS x WHERE x.name = report_texts.name AND x.is_pivot;
    IF FOUND AND NOT f.is_observed AND NOT ej.report_is_large(f) THEN
        RETURN QUERY EXECUTE format($sql$
            SELECT (ej.report_lines_of(%2$L, x.class_id, 1, x.a, x.b, x.day))[1], x.subject_id, x.text
              FROM (SELECT %3$s, x.subject_id, string_agg(x.value, '/' ORDER BY x.value) AS text
                      FROM ej.%1$I($1) AS x WHERE x.subject_id IS NOT NULL AND x.value IS NOT NULL
                     GROUP BY 1, 2, 3, 4, 5) AS x$sql$, t.facts, t.lines, ej.report_dims(t.lines)) USING f;
    END IF;
END
$$;

-- The facts of which a number is made: those of the line that count in the column.
CREATE OR REPLACE FUNCTION ej.report_rows(name text, f ej.report_filter, line text, column_key text)
RETURNS TABLE (class_id bigint, pupil_id bigint, subject_id bigint, teaching_id bigint, staff_id bigint,
               held_on date, value text, note text, amount numeric)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    SELECT x.facts, x.lines INTO t FROM ej.report_tables() AS x WHERE x.name = report_rows.name;
    IF FOUND AND NOT f.is_observed THEN
        RETURN QUERY EXECUTE format($sql$
            SELECT x.class_id, x.pupil_id, x.subject_id, x.teaching_id, x.staff_id, x.held_on, x.value, x.note, n.amount
              FROM ej.%1$I($1) AS x
              LEFT JOIN ej.class AS c ON c.id = x.class_id
             CROSS JOIN LATERAL (SELECT %3$s) AS d
             CROSS JOIN LATERAL (SELECT CASE WHEN x.amounts IS NULL THEN 1
                                             ELSE x.amounts[array_position(x.counted, $3)] END AS amount) AS n
             WHERE $2 = ANY (ej.report_lines_of(%2$L, d.class_id, c.grade, d.a, d.b, d.day))
               AND $3 = ANY (x.counted) AND n.amount <> 0$sql$, t.facts, t.lines, ej.report_dims(t.lines))
         USING f, line, column_key;
    END IF;
END
$$;

-- ----------------------------------------------------------------- tables --

-- The group of a class among lines of this kind: the class itself, its grade or its level; 0, the school, for all
-- other kinds.
CREATE OR REPLACE FUNCTION ej.report_group(kind text, class_id bigint, grade int) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE kind WHEN 'class' THEN class_id WHEN 'grade' THEN grade WHEN 'level' THEN ej.grade_level(grade) ELSE 0 END
$$;

-- The finest kind of group whose sums an observer sees: class, grade, level or school. In the whole school no group of
-- this kind has fewer than five pupils or, with a subject in the filter, one or two teachers of it; so the difference
-- of two sums is never of fewer either. NULL: even the school is too small.
CREATE OR REPLACE FUNCTION ej.report_grain(f ej.report_filter) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT k.kind
  FROM unnest('{class,grade,level,school}'::text[]) WITH ORDINALITY AS k(kind, n)
 WHERE NOT EXISTS (
       SELECT FROM (SELECT array_agg(c.id) AS class_ids FROM ej.class AS c
                     WHERE c.school_id = f.school_id AND c.year = f.year
                     GROUP BY ej.report_group(k.kind, c.id, c.grade)) AS g
        WHERE (SELECT count(*) FROM ej.enrolment AS e
                WHERE e.class_id = ANY (g.class_ids) AND e.during @> f.day) < 5
           OR (SELECT count(DISTINCT t.staff_id) FROM ej.study_group_class AS s
                 JOIN ej.teaching AS t ON t.study_group_id = s.study_group_id AND t.subject_id = f.subject_id
                WHERE s.class_id = ANY (g.class_ids)) IN (1, 2))
 ORDER BY k.n LIMIT 1
$$;

-- The lines of a table in their order, each with the ids and words that name it. Totals follow what
-- they are of. Without lines of persons and of small groups for an observer, and without single lines
-- where there are more than 400.
CREATE OR REPLACE FUNCTION ej.report_lines(name text, f ej.report_filter)
RETURNS TABLE (line text, kind text, words jsonb, sums jsonb, place bigint)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
WITH s AS MATERIALIZED (
    SELECT s.line, p.p[1] AS kind, p.p, s.sums FROM ej.report_sums($1, f) AS s
     CROSS JOIN LATERAL (SELECT string_to_array(s.line, '-') AS p) AS p
), finer AS MATERIALIZED ( -- the kinds of lines that are too fine for an observer
    SELECT k.kind FROM unnest('{class,grade,level}'::text[]) WITH ORDINALITY AS k(kind, n)
     WHERE f.is_observed AND k.n < array_position('{class,grade,level,school}', ej.report_grain(f))
), l AS MATERIALIZED (
    SELECT s.line, s.kind, s.sums,
           CASE WHEN s.kind IN ('class', 'pupil', 'subject', 'term', 'year') THEN s.p[2]::bigint END AS class_id,
           CASE WHEN s.kind IN ('pupil', 'term', 'year') THEN s.p[3]::bigint END AS pupil_id,
           CASE WHEN s.kind = 'subject' THEN s.p[3]::bigint END AS subject_id,
           CASE WHEN s.kind = 'term' THEN s.p[4]::bigint END AS term_id,
           CASE WHEN s.kind IN ('teaching', 'work') THEN s.p[2]::bigint END AS teaching_id,
           CASE WHEN s.kind = 'work' THEN s.p[3]::bigint END AS work_id,
           CASE WHEN s.kind = 'staff' THEN s.p[2]::bigint END AS staff_id,
           CASE WHEN s.kind = 'finding' THEN s.p[2]::bigint END AS finding_id,
           CASE WHEN s.kind = 'kind' THEN s.p[2]::bigint END AS kind_id,
           CASE WHEN s.kind IN ('row', 'check') THEN s.p[2]::bigint END AS row_id,
           CASE WHEN s.kind IN ('day', 'week', 'month') THEN date '2000-01-01' + s.p[2]::int END AS held_on,
           CASE WHEN s.kind IN ('grade', 'level') THEN s.p[2]::int WHEN s.kind = 'year' THEN s.p[4]::int END AS number
      FROM s
     WHERE (cardinality(f.class_ids) > 1 OR s.kind NOT IN ('grade', 'level') AND (s.kind <> 'school' OR $1 IN (
            SELECT t.name FROM ej.report_tables() AS t
             WHERE t.lines IN ('teaching', 'work', 'staff', 'day', 'week', 'month', 'finding', 'kind'))))
       AND (s.kind IN ('pupil', 'term', 'year') OR EXISTS (SELECT FROM ej.report_columns() AS c WHERE c.name = $1))
       AND NOT (f.is_observed
                AND s.kind IN ('pupil', 'term', 'year', 'subject', 'teaching', 'work', 'staff', 'finding'))
       AND s.kind NOT IN (SELECT k.kind FROM finer AS k)
       AND (s.kind NOT IN ('pupil', 'term', 'year', 'teaching', 'work', 'subject')
            OR (SELECT count(*) FROM s AS o WHERE o.kind = s.kind) <= 400)
), n AS MATERIALIZED (
    SELECT l.line, l.kind, l.sums, l.class_id, l.pupil_id, l.held_on, l.number, coalesce(c.grade, l.number) AS grade,
           c.letter, c.name AS class_name, p.name AS pupil_name, p.order_no,
           coalesce(s.name, o.name)::text AS subject_name,
           coalesce(s.order_no, o.order_no) AS subject_order, g.name AS group_name, g.grade AS group_grade,
           w.name AS staff_name, coalesce(e.name, y.class_name, q.section) AS term_name, lower(e.during) AS term_on,
           NOT e.is_taught AS is_late, coalesce(k.held_on, d.made_on) AS work_on,
           coalesce(k.title, d.title, i.name, q.title) AS title, d.class_name AS finding_class,
           coalesce(i.order_no, l.row_id, CASE WHEN l.kind = 'year' THEN l.number END) AS item_order
      FROM l
      LEFT JOIN ej.class AS c ON c.id = l.class_id
      LEFT JOIN ej.pupil_names(ARRAY(SELECT DISTINCT l.pupil_id FROM l WHERE l.pupil_id IS NOT NULL)) AS p
        ON p.pupil_id = l.pupil_id
      LEFT JOIN ej.subject AS s ON s.id = l.subject_id
      LEFT JOIN ej.term AS e ON e.id = l.term_id
      LEFT JOIN ej.teaching AS t ON t.id = l.teaching_id
      LEFT JOIN ej.subject AS o ON o.id = t.subject_id
      LEFT JOIN LATERAL (SELECT g.name::text, lpad(substring(g.name FROM '^\d+'), 2, '0') AS grade
                           FROM ej.study_group AS g WHERE g.id = t.study_group_id) AS g ON true
      LEFT JOIN LATERAL (SELECT d.made_on, d.addressee_id, r.name::text AS class_name,
                                coalesce(nullif(d.decision, ''), d.text)::text AS title
                           FROM ej.finding AS d LEFT JOIN ej.class AS r ON r.id = d.class_id
                          WHERE d.id = l.finding_id OFFSET 0) AS d ON true
      LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT l.staff_id FROM l WHERE l.staff_id IS NOT NULL
                                      UNION
                                     SELECT t.staff_id FROM l JOIN ej.teaching AS t ON t.id = l.teaching_id
                                      UNION
                                     SELECT d.addressee_id FROM l CROSS JOIN LATERAL (
                                            SELECT d.addressee_id FROM ej.finding AS d
                                             WHERE d.id = l.finding_id OFFSET 0) AS d)) AS w
        ON w.staff_id = coalesce(l.staff_id, t.staff_id, d.addressee_id)
      LEFT JOIN LATERAL (SELECT r.held_on, coalesce(nullif(w.title, ''), k.name::text) AS title
                           FROM ej.work AS w JOIN ej.lesson AS r ON r.id = w.lesson_id
                           JOIN ej.work_kind AS k ON k.id = w.kind_id WHERE w.id = l.work_id) AS k ON true
      LEFT JOIN LATERAL (SELECT i.name::text, i.order_no FROM ej.work_kind AS i WHERE i.id = l.kind_id) AS i ON true
      LEFT JOIN LATERAL (SELECT r.name::text AS class_name
                           FROM ej.enrolment AS m JOIN ej.class AS r ON r.id = m.class_id
                          WHERE l.kind = 'year' AND m.pupil_id = l.pupil_id AND r.year = l.number
                          ORDER BY lower(m.during) DESC LIMIT 1) AS y ON true
      LEFT JOIN LATERAL ej.statistic_words(l.kind, l.row_id::int, f.year) AS q ON l.row_id IS NOT NULL
)
SELECT n.line, n.kind,
       jsonb_build_object('class_id', n.class_id, 'pupil_id', n.pupil_id, 'number', n.number, 'held_on',
           coalesce(n.held_on, n.work_on), 'class_name', coalesce(n.class_name, n.group_name, n.finding_class),
           'pupil_name', n.pupil_name, 'subject_name', n.subject_name, 'staff_name', n.staff_name,
           'term_name', n.term_name, 'title', n.title),
       n.sums,
       row_number() OVER (ORDER BY n.kind = 'school', n.held_on, n.work_on, n.staff_name, n.kind = 'staff',
                          CASE WHEN n.kind = 'level' THEN n.number ELSE ej.grade_level(n.grade) END, n.kind = 'level',
                          n.grade, n.kind = 'grade', n.letter, n.class_id, n.kind = 'class', n.order_no, n.item_order,
                          n.is_late, n.term_on, n.group_grade, n.group_name, n.subject_order, n.subject_name, n.line)
  FROM n
$$;

-- The figure of a column, as it is shown.
CREATE OR REPLACE FUNCTION ej.report_figure(formula text, args text[], key text, sums jsonb) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN formula IS NULL THEN trim_scale(coalesce((sums ->> key)::numeric, 0))
            WHEN formula = 'median' THEN ej.formula_median(sums, args[2])
            ELSE ej.formula(formula, coalesce((sums ->> args[1])::numeric, 0),
                            coalesce((sums ->> args[2])::numeric, 0)) END
$$;

-- The columns of a table that are shown: subjects with marks first, where it has them.
CREATE OR REPLACE FUNCTION ej.report_shown(name text, subjects bigint[])
RETURNS TABLE (key text, name text, rows_key text, formula text, args text[], subject_id bigint, place bigint)
LANGUAGE sql STABLE ROWS 20 SET search_path = ej, pg_temp AS $$
SELECT c.key, c.name, c.rows_key, c.formula, c.args, c.subject_id, row_number() OVER (ORDER BY c.place, c.name)
  FROM (SELECT 'subject-' || s.id AS key, s.short_name::text AS name, NULL AS rows_key, NULL AS formula,
               NULL::text[] AS args, s.id AS subject_id, s.order_no - 10000 AS place
          FROM ej.subject AS s WHERE s.id = ANY (subjects)
         UNION ALL
        SELECT c.key, NULL,
               CASE WHEN c.formula IS NULL THEN c.key WHEN c.formula NOT IN ('change', 'gap') THEN c.args[1] END,
               c.formula, c.args, NULL, c.place
          FROM ej.report_columns() AS c WHERE c.name = $1 AND c.is_shown) AS c
$$;

-- The name of a subject with its teachers in the class of the filter: «Алгебра (Кравец М. П.)»; NULL unless the
-- filter has one class.
CREATE OR REPLACE FUNCTION ej.report_subject_title(subject_id bigint, f ej.report_filter) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT s.name || coalesce(' ('
           || string_agg(DISTINCT ej.short_name(w.surname, w.given_name, w.patronymic), ', ') || ')', '')
  FROM ej.subject AS s
  LEFT JOIN (ej.study_group_class AS g
             JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id AND t.subject_id = $1
             JOIN ej.staff AS w ON w.id = t.staff_id) ON g.class_id = ANY (f.class_ids)
 WHERE s.id = $1 AND cardinality(f.class_ids) = 1
 GROUP BY s.name
$$;

-- A table: its columns, and its lines, each with one text a column. A column «change» is the figure
-- of another column less its figure in the terms before, if there are such; a column «gap» is the figure of one
-- column less that of another.
CREATE OR REPLACE FUNCTION ej.report_table(name text, f ej.report_filter) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    earlier ej.report_filter := f;
    made    jsonb;
BEGIN
    earlier.term_ids := ej.report_terms_before(f.term_ids);
    WITH x AS MATERIALIZED (SELECT x.line, x.subject_id, x.text FROM ej.report_texts($1, f) AS x),
    c AS MATERIALIZED (
        SELECT c.key, c.name, c.rows_key, c.formula, c.args, c.subject_id, c.place,
               (SELECT b.formula FROM ej.report_columns() AS b WHERE b.name = $1 AND b.key = c.args[1]) AS base,
               (SELECT b.args FROM ej.report_columns() AS b WHERE b.name = $1 AND b.key = c.args[1]) AS base_args,
               (SELECT b.formula FROM ej.report_columns() AS b WHERE b.name = $1 AND b.key = c.args[2]) AS less,
               (SELECT b.args FROM ej.report_columns() AS b WHERE b.name = $1 AND b.key = c.args[2]) AS less_args
          FROM ej.report_shown($1, ARRAY(SELECT DISTINCT x.subject_id FROM x)) AS c
         WHERE (c.formula IS DISTINCT FROM 'change' OR earlier.term_ids IS NOT NULL)
           AND NOT (c.key = 'risk' AND f.is_observed) -- an observer has no forecast (ej.forecast)
    ), l AS MATERIALIZED (SELECT l.line, l.kind, l.words, l.sums, l.place FROM ej.report_lines($1, f) AS l),
    b AS MATERIALIZED (
        SELECT b.line, b.sums FROM ej.report_sums($1, earlier) AS b
         WHERE EXISTS (SELECT FROM c WHERE c.formula = 'change')
    )
    SELECT jsonb_build_object('name', $1,
               'columns', (
                         SELECT coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name,
                                                                      'rows_key', c.rows_key, 'title',
                                                                      ej.report_subject_title(c.subject_id, f))
                                                   ORDER BY c.place), '[]')
                           FROM c),
               'lines', (
                         SELECT coalesce(jsonb_agg(l.words || jsonb_build_object('line', l.line, 'kind', l.kind,
                                                                        'cells', v.cells) ORDER BY l.place), '[]')
                           FROM l LEFT JOIN b ON b.line = l.line
                          CROSS JOIN LATERAL (
                                SELECT jsonb_agg(CASE
                                    WHEN c.subject_id IS NOT NULL THEN
                                         (SELECT x.text FROM x WHERE x.line = l.line AND x.subject_id = c.subject_id)
                                    WHEN c.formula IS NULL THEN ej.report_figure(NULL, NULL, c.key, l.sums)::text
                                    WHEN c.formula = 'median' THEN
                                         trim_scale(ej.report_figure(c.formula, c.args, c.key, l.sums))::text
                                    WHEN c.formula = 'change' THEN
                                         ej.formula_shown(ej.report_figure(c.base, c.base_args, c.args[1], l.sums)
                                             - ej.report_figure(c.base, c.base_args, c.args[1], b.sums))::text
                                    WHEN c.formula = 'gap' THEN
                                         ej.formula_shown(ej.report_figure(c.base, c.base_args, c.args[1], l.sums)
                                             - ej.report_figure(c.less, c.less_args, c.args[2], l.sums))::text
                                    ELSE ej.formula_shown(ej.report_figure(c.formula, c.args, c.key, l.sums))::text END
                                    ORDER BY c.place) AS cells FROM c) AS v))
      INTO made;
    RETURN made;
END
$$;

-- All tables of a report, as an array.
CREATE OR REPLACE FUNCTION ej.report_tables_of(key text, f ej.report_filter) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_agg(ej.report_table(t.name, f) ORDER BY t.n)
  FROM ej.report_list() AS r CROSS JOIN LATERAL unnest(r.tables) WITH ORDINALITY AS t(name, n)
 WHERE r.report_key = key
$$;

-- The tables of a report for an observer of the school, from whom the rows are hidden: this function counts them. It
-- has no line of a person (ej.report_lines) and ignores a filter by teacher. There are no lines if the classes of the
-- filter are only a part of a group of ej.report_grain. NULL for any other reader.
CREATE OR REPLACE FUNCTION ej.report_observed(key text, f ej.report_filter) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    grain text;
BEGIN
    IF f.school_id = ANY (ej.my_observer_schools()) AND EXISTS (
           SELECT FROM ej.report_list() AS r WHERE r.report_key = key AND r.reach <> 'head') THEN
        f.is_observed := true;
        f.teaching_ids := NULL;
        f.staff_id := NULL;
        f.class_ids := ARRAY(SELECT c.id FROM ej.class AS c
                              WHERE c.id = ANY (f.class_ids) AND c.school_id = f.school_id AND c.year = f.year);
        grain := ej.report_grain(f);
        IF grain IS NULL OR EXISTS (
            SELECT FROM ej.class AS c
              JOIN ej.class AS o ON o.school_id = f.school_id AND o.year = f.year AND o.id <> ALL (f.class_ids)
               AND ej.report_group(grain, o.id, o.grade) = ej.report_group(grain, c.id, c.grade)
             WHERE c.id = ANY (f.class_ids)) THEN
            RETURN (SELECT jsonb_agg(t.item || '{"lines": []}' ORDER BY t.n)
                      FROM jsonb_array_elements(ej.report_tables_of(key, f)) WITH ORDINALITY AS t(item, n));
        END IF;
        RETURN ej.report_tables_of(key, f);
    END IF;
    RETURN NULL;
END
$$;
GRANT SELECT ON ej.scale_value, ej.term_mark, ej.term, ej.enrolment, ej.class, ej.lesson, ej.work_kind, ej.work,
    ej.subject, ej.teaching, ej.study_group, ej.study_group_class, ej.membership, ej.attendance, ej.attendance_code,
    ej.pupil, ej.staff, ej.mark, ej.movement, ej.control_work, ej.journal, ej.homework, ej.room, ej.curriculum,
    ej.grade_norm, ej.pupil_card, ej.pupil_category, ej.school_year TO ej_rights;
ALTER FUNCTION ej.report_observed(text, ej.report_filter) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.report_observed(text, ej.report_filter) TO ej_web;

-- ------------------------------------------------------------------ page --

-- The words at the head of a report: the names of its terms, its days, and who signs.
CREATE OR REPLACE FUNCTION ej.report_head(filter text)
RETURNS TABLE (school_id bigint, year int, term_name text, starts_on date, ends_on date, day date, is_observed boolean,
               class_id bigint, director_name text)
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
SELECT f.school_id, f.year,
       CASE WHEN f.days IS NULL THEN (SELECT string_agg(e.name, ', ' ORDER BY e.name)
           FROM (SELECT DISTINCT e.name FROM ej.term AS e WHERE e.id = ANY (f.term_ids)) AS e) END,
       coalesce(lower(f.days), (SELECT min(lower(e.during)) FROM ej.term AS e WHERE e.id = ANY (f.term_ids))),
       coalesce(upper(f.days), (SELECT max(upper(e.during)) FROM ej.term AS e WHERE e.id = ANY (f.term_ids))) - 1,
       f.day, coalesce(f.is_observed, false), CASE WHEN cardinality(f.class_ids) = 1 THEN f.class_ids[1] END,
       (SELECT min(ej.short_name(s.surname, s.given_name, s.patronymic))
          FROM ej.staff_role AS r JOIN ej.staff AS s ON s.id = r.staff_id
         WHERE r.school_id = f.school_id AND r.role = 'director' AND r.during @> f.day)
  FROM (SELECT (report_head.filter::ej.report_filter).*) AS f
$$;

-- The values that the filters of a report offer, with the one that is chosen.
CREATE OR REPLACE FUNCTION ej.report_choices(key text, filter text)
RETURNS TABLE (field text, value text, name text, is_chosen boolean, place bigint)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
WITH f AS MATERIALIZED (SELECT (report_choices.filter::ej.report_filter).*),
r AS MATERIALIZED (SELECT r.filters, r.period, r.reach FROM ej.report_list() AS r WHERE r.report_key = key),
e AS MATERIALIZED (
    -- terms that end together are one choice
    SELECT min(e.id) AS id, string_agg(DISTINCT e.name, ', ') AS name, bool_or(e.id = ANY (f.term_ids)) AS is_chosen,
           row_number() OVER (ORDER BY NOT e.is_taught, upper(e.during), max(CASE e.kind WHEN 'year' THEN 1
                              WHEN 'exam' THEN 2 WHEN 'final' THEN 3 ELSE 0 END)) AS place
      FROM f JOIN ej.term_plan AS p ON p.school_id = f.school_id AND p.year = f.year
      JOIN ej.term AS e ON e.term_plan_id = p.id
     WHERE e.is_taught OR (SELECT r.period FROM r) = 'final' OR e.kind = 'year'
     GROUP BY e.is_taught, upper(e.during), CASE WHEN NOT e.is_taught THEN e.kind END
)
SELECT x.field, x.value, x.name, x.is_chosen, x.place
  FROM (SELECT 'year' AS field, y.year::text AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name,
               y.year = f.year AS is_chosen, -y.year::bigint AS place
          FROM f JOIN ej.school_year AS y ON y.school_id = f.school_id
         UNION ALL
        SELECT 'term_id', e.id::text, e.name, e.is_chosen, e.place FROM e
         UNION ALL
        SELECT DISTINCT 'grade', c.grade::text, c.grade::text, false, c.grade
          FROM f JOIN ej.class AS c ON c.school_id = f.school_id AND c.year = f.year
         WHERE c.id = ANY (ej.report_readable(f.school_id, f.year, (SELECT r.reach FROM r)))
         UNION ALL
        SELECT 'class_id', c.id::text, c.name, f.class_ids = ARRAY[c.id], row_number() OVER (ORDER BY c.grade, c.letter)
          FROM f JOIN ej.class AS c ON c.school_id = f.school_id AND c.year = f.year
         WHERE c.id = ANY (ej.report_readable(f.school_id, f.year, (SELECT r.reach FROM r)))
         UNION ALL
        SELECT 'subject_id', s.id::text, s.name, false, row_number() OVER (ORDER BY s.order_no, s.name)
          FROM f JOIN ej.subject AS s ON s.school_id = f.school_id
         WHERE 'subject_id' = ANY ((SELECT r.filters FROM r)::text[])
         UNION ALL
        SELECT 'staff_id', w.staff_id::text, w.name, false, row_number() OVER (ORDER BY w.name)
          FROM f CROSS JOIN LATERAL ej.staff_names(ARRAY(
               SELECT DISTINCT t.staff_id FROM ej.teaching AS t WHERE t.school_id = f.school_id AND t.year = f.year
                  AND (f.teaching_ids IS NULL OR t.id = ANY (f.teaching_ids)))) AS w
         WHERE 'staff_id' = ANY ((SELECT r.filters FROM r)::text[])) AS x
 WHERE x.field = 'year' OR x.field = ANY ((SELECT r.filters FROM r)::text[])
$$;

-- The classes of a year whose reports the reader opens.
CREATE OR REPLACE FUNCTION ej.report_readable(school_id bigint, year int, reach text) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT ARRAY(SELECT c.id FROM ej.class AS c
              WHERE c.school_id = $1 AND c.year = $2
                AND ($1 = ANY (ej.my_journal_schools() || ej.my_observer_schools()) OR reach = 'teaching'
                     OR c.id = ANY (ej.my_classes())) ORDER BY c.id)
$$;

-- The names of the records that a line is of, as far as the reader may read them; none for a line of another form.
CREATE OR REPLACE FUNCTION ej.report_line_words(line text)
RETURNS TABLE (number int, held_on date, class_name text, pupil_name text, subject_name text, staff_name text)
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
WITH p AS MATERIALIZED (
    SELECT split_part(line, '-', 1) AS kind,
           CASE WHEN line ~ '^[a-z]+-\d{1,17}(-\d{1,17}){0,2}$' THEN split_part(line, '-', 2)::bigint END AS first,
           CASE WHEN line ~ '^[a-z]+-\d{1,17}(-\d{1,17}){1,2}$' THEN split_part(line, '-', 3)::bigint END AS second
)
SELECT CASE WHEN p.kind IN ('grade', 'level') AND p.first < 100 THEN p.first::int END,
       CASE WHEN p.kind IN ('day', 'week', 'month') AND p.first < 40000 THEN date '2000-01-01' + p.first::int END,
       coalesce(c.name, g.name), concat_ws(' ', u.surname, u.given_name), coalesce(s.name, o.name), w.name
  FROM p
  LEFT JOIN ej.class AS c ON c.id = p.first AND p.kind IN ('class', 'pupil', 'subject', 'term', 'year')
  LEFT JOIN ej.pupil AS u ON u.id = p.second AND p.kind IN ('pupil', 'term', 'year')
  LEFT JOIN ej.subject AS s ON s.id = p.second AND p.kind = 'subject'
  LEFT JOIN ej.teaching AS t ON t.id = p.first AND p.kind IN ('teaching', 'work')
  LEFT JOIN ej.study_group AS g ON g.id = t.study_group_id
  LEFT JOIN ej.subject AS o ON o.id = t.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT p.first FROM p WHERE p.kind = 'staff'
                                  UNION SELECT t.staff_id FROM p JOIN ej.teaching AS t ON t.id = p.first
                                         WHERE p.kind IN ('teaching', 'work'))) AS w ON true
$$;

-- The facts of a number in words: who, in which class and subject, when; in the order of classes.
CREATE OR REPLACE FUNCTION ej.report_named(name text, filter text, line text, column_key text)
RETURNS TABLE (class_name text, pupil_name text, pupil_id bigint, subject_name text, staff_name text, held_on date,
               value text, note text, amount numeric, words text, place bigint)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
WITH x AS MATERIALIZED (
    SELECT x.class_id, x.pupil_id, x.subject_id, x.teaching_id, x.staff_id, x.held_on, x.value, x.note, x.amount
      FROM ej.report_rows($1, filter::ej.report_filter, line, column_key) AS x
)
SELECT c.name, p.name, x.pupil_id, coalesce(s.name, o.name)::text, w.name, x.held_on, x.value, x.note, x.amount,
       concat_ws(' ', c.name, p.name, coalesce(s.name, o.name), w.name, x.value, x.note),
       row_number() OVER (ORDER BY c.grade, c.letter, p.order_no, coalesce(s.order_no, o.order_no), x.held_on, x.value,
                          x.note)
  FROM x
  LEFT JOIN ej.class AS c ON c.id = x.class_id
  LEFT JOIN ej.pupil_names(ARRAY(SELECT DISTINCT x.pupil_id FROM x WHERE x.pupil_id IS NOT NULL)) AS p
    ON p.pupil_id = x.pupil_id
  LEFT JOIN ej.subject AS s ON s.id = x.subject_id
  LEFT JOIN ej.teaching AS t ON t.id = x.teaching_id
  LEFT JOIN ej.subject AS o ON o.id = t.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT coalesce(x.staff_id, t.staff_id) FROM x
                                   LEFT JOIN ej.teaching AS t ON t.id = x.teaching_id)) AS w
    ON w.staff_id = coalesce(x.staff_id, t.staff_id)
$$;
