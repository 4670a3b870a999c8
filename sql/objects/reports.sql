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
                 WHEN 'census' THEN 'NULL::bigint AS class_id, NULL::bigint AS a, NULL::bigint AS b, x.held_on AS day'
                 WHEN 'pupil' THEN 'x.class_id, x.pupil_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'subject' THEN 'x.class_id, x.subject_id AS a, NULL::bigint AS b, NULL::date AS day'
                 WHEN 'term' THEN 'x.class_id, x.pupil_id AS a, x.term_id AS b, NULL::date AS day'
                 WHEN 'year' THEN 'x.class_id, x.pupil_id AS a, x.item_id AS b, NULL::date AS day'
                 ELSE 'x.class_id, NULL::bigint AS a, NULL::bigint AS b, NULL::date AS day' END
$$;

-- The lines to which such a fact belongs, the finest first. Months of a census count the same people again, so
-- they have no sum.
CREATE OR REPLACE FUNCTION ej.report_lines_of(kind text, class_id bigint, grade int, a bigint, b bigint, day date)
RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN kind = 'teaching' THEN ARRAY['teaching-' || a, 'staff-' || b, 'school']
            WHEN kind = 'staff' THEN ARRAY['staff-' || b, 'school']
            WHEN kind = 'work' THEN ARRAY['work-' || a || '-' || b, 'school']
            WHEN kind IN ('row', 'check') THEN ARRAY[kind || '-' || a]
            WHEN kind IN ('finding', 'kind') THEN ARRAY[kind || '-' || a, 'school']
            WHEN kind = 'census' THEN ARRAY['month-' || (day - date '2000-01-01')]
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
              lower(e.during) > today, abs(today - lower(e.during)), e.id LIMIT 1
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

-- The lines of a table. sums: what the facts of a line count, by column. texts: if the table has a column for each
-- subject (is_pivot), the marks of the line's facts by the subject's id, as «5/4»; else NULL.
CREATE OR REPLACE FUNCTION ej.report_sums(name text, f ej.report_filter)
RETURNS TABLE (line text, sums jsonb, texts jsonb)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    SELECT x.sums AS facts,
           CASE WHEN x.lines IN ('pupil', 'term', 'year', 'subject') AND ej.report_is_large(f) THEN 'class'
                ELSE x.lines END AS lines,
           x.is_pivot AND NOT f.is_observed AND NOT ej.report_is_large(f) AS has_texts
      INTO t FROM ej.report_tables() AS x WHERE x.name = report_sums.name;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($sql$
        WITH v AS %5$s ( -- the facts: materialized if both sums and texts read them
            SELECT %3$s, x.counted, x.amounts, x.subject_id, x.value FROM ej.%1$I($1) AS x
        ), g AS MATERIALIZED ( -- equal facts as one, with their number: most marks and absences have equals
            SELECT v.class_id, v.a, v.b, v.day, v.counted, v.amounts, count(*) AS facts FROM v GROUP BY 1, 2, 3, 4, 5, 6
        ), x AS MATERIALIZED (
            SELECT g.class_id, g.a, g.b, g.day, k.key,
                   sum(CASE WHEN g.amounts IS NULL THEN g.facts ELSE k.amount * g.facts END) AS amount
              FROM g CROSS JOIN LATERAL unnest(g.counted, g.amounts) AS k(key, amount)
             WHERE k.key IS NOT NULL
             GROUP BY 1, 2, 3, 4, 5
        ), d AS ( -- all columns together, so that the lines are computed once
            SELECT x.class_id, x.a, x.b, x.day, array_agg(x.key) AS keys, array_agg(x.amount) AS amounts
              FROM x GROUP BY 1, 2, 3, 4
        ), s AS (
            SELECT l.line, k.key, sum(k.amount) AS amount
              FROM d
              LEFT JOIN ej.class AS c ON c.id = d.class_id
             CROSS JOIN LATERAL unnest(ej.report_lines_of(%2$L, d.class_id, c.grade, d.a, d.b, d.day)) AS l(line)
             CROSS JOIN LATERAL unnest(d.keys, d.amounts) AS k(key, amount)
             WHERE l.line IS NOT NULL
             GROUP BY 1, 2
        ), w AS ( -- the texts of the finest lines
            SELECT (ej.report_lines_of(%2$L, w.class_id, 1, w.a, w.b, w.day))[1] AS line,
                   jsonb_object_agg(w.subject_id, w.text) AS texts
              FROM (SELECT v.class_id, v.a, v.b, v.day, v.subject_id, string_agg(v.value, '/' ORDER BY v.value) AS text
                      FROM v WHERE %4$L AND v.subject_id IS NOT NULL AND v.value IS NOT NULL
                     GROUP BY 1, 2, 3, 4, 5) AS w
             GROUP BY w.class_id, w.a, w.b, w.day
        )
        SELECT s.line, s.sums, w.texts
          FROM (SELECT s.line, jsonb_object_agg(s.key, s.amount) AS sums FROM s GROUP BY s.line) AS s
          LEFT JOIN w ON w.line = s.line$sql$, t.facts, t.lines, ej.report_dims(t.lines), t.has_texts,
        CASE WHEN t.has_texts THEN 'MATERIALIZED' ELSE 'NOT MATERIALIZED' END) USING f;
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
