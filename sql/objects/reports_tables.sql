-- reports_tables.sql: the tables of reports: lines, columns and figures made of the sums (reports.sql), and what an
-- observer sees of them.

-- The group of a class among lines of this kind: the class itself, its grade or its level; 0, the school, for all
-- other kinds.
CREATE OR REPLACE FUNCTION ej.report_group(kind text, class_id bigint, grade int) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE kind WHEN 'class' THEN class_id WHEN 'grade' THEN grade WHEN 'level' THEN ej.grade_level(grade) ELSE 0 END
$$;

-- The finest kind of group whose sums an observer sees: class, grade, level or school. In the whole school no group of
-- this kind has fewer than five pupils on this day, or one or two teachers (of this subject; NULL: of any); so the
-- difference of two sums is never of fewer either. NULL: even the school is too small.
CREATE OR REPLACE FUNCTION ej.observed_grain(school_id bigint, year int, day date, subject_id bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT k.kind
  FROM unnest('{class,grade,level,school}'::text[]) WITH ORDINALITY AS k(kind, n)
 WHERE NOT EXISTS (
       SELECT FROM (SELECT array_agg(c.id) AS class_ids FROM ej.class AS c
                     WHERE c.school_id = $1 AND c.year = $2
                     GROUP BY ej.report_group(k.kind, c.id, c.grade)) AS g
        WHERE (SELECT count(*) FROM ej.enrolment AS e
                WHERE e.class_id = ANY (g.class_ids) AND e.during @> $3) < 5
           OR (SELECT count(DISTINCT t.staff_id) FROM ej.study_group_class AS s
                 JOIN ej.teaching AS t ON t.study_group_id = s.study_group_id
                  AND ($4 IS NULL OR t.subject_id = $4)
                WHERE s.class_id = ANY (g.class_ids)) IN (1, 2))
 ORDER BY k.n LIMIT 1
$$;

-- The lines of a table in their order, each with the ids and words that name it. Totals follow what
-- they are of. Without lines of persons and of small groups for an observer, and without single lines
-- where there are more than 400.
CREATE OR REPLACE FUNCTION ej.report_lines(name text, f ej.report_filter)
RETURNS TABLE (line text, kind text, words jsonb, sums jsonb, texts jsonb, place bigint)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH s AS MATERIALIZED (
        SELECT s.line, p.p[1] AS kind, p.p, s.sums, s.texts FROM ej.report_sums($1, f) AS s
         CROSS JOIN LATERAL (SELECT string_to_array(s.line, '-') AS p) AS p
    ), finer AS MATERIALIZED ( -- the kinds of lines that are too fine for an observer
        SELECT k.kind FROM unnest('{class,grade,level}'::text[]) WITH ORDINALITY AS k(kind, n)
         WHERE f.is_observed
           AND k.n < array_position('{class,grade,level,school}',
                                    ej.observed_grain(f.school_id, f.year, f.day, f.subject_id))
    ), l AS MATERIALIZED (
        SELECT s.line, s.kind, s.sums, s.texts,
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
               CASE WHEN s.kind IN ('grade', 'level') THEN s.p[2]::int
                    WHEN s.kind = 'year' THEN s.p[4]::int END AS number
          FROM s
         WHERE (cardinality(f.class_ids) > 1 OR s.kind NOT IN ('grade', 'level') AND (s.kind <> 'school' OR $1 IN (
                SELECT t.name FROM ej.report_tables() AS t
                 WHERE t.lines IN ('teaching', 'work', 'staff', 'day', 'week', 'month', 'census', 'finding', 'kind'))))
           AND (s.kind IN ('pupil', 'term', 'year') OR EXISTS (SELECT FROM ej.report_columns() AS c WHERE c.name = $1))
           AND NOT (f.is_observed
                    AND s.kind IN ('pupil', 'term', 'year', 'subject', 'teaching', 'work', 'staff', 'finding'))
           AND s.kind NOT IN (SELECT k.kind FROM finer AS k)
           AND (s.kind NOT IN ('pupil', 'term', 'year', 'teaching', 'work', 'subject')
                OR (SELECT count(*) FROM s AS o WHERE o.kind = s.kind) <= 400)
    ), n AS MATERIALIZED (
        SELECT l.line, l.kind, l.sums, l.texts, l.class_id, l.pupil_id, l.held_on, l.number,
               coalesce(c.grade, l.number) AS grade, c.letter, c.name AS class_name, p.name AS pupil_name, p.order_no,
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
           n.sums, n.texts,
           row_number() OVER (ORDER BY n.kind = 'school', n.held_on, n.work_on, n.staff_name, n.kind = 'staff',
                              CASE WHEN n.kind = 'level' THEN n.number ELSE ej.grade_level(n.grade) END,
                              n.kind = 'level', n.grade, n.kind = 'grade', n.letter, n.class_id, n.kind = 'class',
                              n.order_no, n.item_order, n.is_late, n.term_on, n.group_grade, n.group_name,
                              n.subject_order, n.subject_name, n.line)
      FROM n;
END
$$;

-- The figure of a column, as it is shown.
CREATE OR REPLACE FUNCTION ej.report_figure(formula text, args text[], key text, sums jsonb) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN formula IS NULL THEN trim_scale(coalesce((sums ->> key)::numeric, 0))
            WHEN formula = 'median' THEN ej.formula_median(sums, args[2])
            WHEN formula = 'days' THEN ej.formula_days(sums, args[2])
            ELSE ej.formula(formula, coalesce((sums ->> args[1])::numeric, 0),
                            coalesce((sums ->> args[2])::numeric, 0)) END
$$;

-- The names of subjects with their teachers in the class of the filter: «Алгебра (Кравец М. П.)»; none unless the
-- filter has one class.
CREATE OR REPLACE FUNCTION ej.report_titles(subjects bigint[], f ej.report_filter)
RETURNS TABLE (subject_id bigint, title text)
LANGUAGE sql STABLE ROWS 20 AS $$
SELECT s.id, s.name || coalesce(' ('
           || string_agg(DISTINCT ej.short_name(w.surname, w.given_name, w.patronymic), ', ') || ')', '')
  FROM ej.subject AS s
  LEFT JOIN (ej.study_group_class AS g
             JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
             JOIN ej.staff AS w ON w.id = t.staff_id) ON g.class_id = f.class_ids[1] AND t.subject_id = s.id
 WHERE s.id = ANY (subjects) AND cardinality(f.class_ids) = 1
 GROUP BY s.id
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
    WITH l AS MATERIALIZED (
        SELECT l.line, l.kind, l.words, l.sums, l.texts, l.place FROM ej.report_lines($1, f) AS l
    ), k AS MATERIALIZED (SELECT k.* FROM ej.report_columns() AS k WHERE k.name = $1),
    c AS MATERIALIZED ( -- subjects with texts first
        SELECT 'subject-' || s.id AS key, s.short_name::text AS name, NULL AS rows_key, NULL AS formula,
               NULL::text[] AS args, NULL AS base, NULL::text[] AS base_args, NULL AS less, NULL::text[] AS less_args,
               s.id AS subject_id, s.order_no - 10000 AS place
          FROM ej.subject AS s
         WHERE s.id = ANY (ARRAY(SELECT DISTINCT k.id::bigint
                                   FROM l CROSS JOIN LATERAL jsonb_object_keys(l.texts) AS k(id)))
         UNION ALL
        SELECT k.key, NULL,
               CASE WHEN k.formula IS NULL THEN k.key WHEN k.formula NOT IN ('change', 'gap') THEN k.args[1] END,
               k.formula, k.args, b.formula, b.args, l.formula, l.args, NULL, k.place
          FROM k LEFT JOIN k AS b ON b.key = k.args[1] LEFT JOIN k AS l ON l.key = k.args[2]
         WHERE (k.formula IS DISTINCT FROM 'change' OR earlier.term_ids IS NOT NULL)
           AND NOT (k.key = 'risk' AND f.is_observed) -- an observer has no forecast (ej.forecast)
    ), b AS MATERIALIZED (
        SELECT b.line, b.sums FROM ej.report_sums($1, earlier) AS b
         WHERE EXISTS (SELECT FROM c WHERE c.formula = 'change')
    )
    SELECT jsonb_build_object('name', $1,
               'columns', (
                         SELECT coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name,
                                                                      'rows_key', c.rows_key, 'title', n.title)
                                                   ORDER BY c.place, c.name), '[]')
                           FROM c LEFT JOIN ej.report_titles(ARRAY(
                                SELECT c.subject_id FROM c WHERE c.subject_id IS NOT NULL), f) AS n
                             ON n.subject_id = c.subject_id),
               'lines', (
                         SELECT coalesce(jsonb_agg(l.words || jsonb_build_object('line', l.line, 'kind', l.kind,
                                                                        'cells', v.cells) ORDER BY l.place), '[]')
                           FROM l LEFT JOIN b ON b.line = l.line
                          CROSS JOIN LATERAL (
                                SELECT jsonb_agg(CASE
                                    WHEN c.subject_id IS NOT NULL THEN l.texts ->> c.subject_id::text
                                    WHEN c.formula IS NULL THEN ej.report_figure(NULL, NULL, c.key, l.sums)::text
                                    WHEN c.formula IN ('median', 'days') THEN
                                         trim_scale(ej.report_figure(c.formula, c.args, c.key, l.sums))::text
                                    WHEN c.formula = 'change' THEN
                                         ej.formula_shown(ej.report_figure(c.base, c.base_args, c.args[1], l.sums)
                                             - ej.report_figure(c.base, c.base_args, c.args[1], b.sums))::text
                                    WHEN c.formula = 'gap' THEN
                                         ej.formula_shown(ej.report_figure(c.base, c.base_args, c.args[1], l.sums)
                                             - ej.report_figure(c.less, c.less_args, c.args[2], l.sums))::text
                                    ELSE ej.formula_shown(ej.report_figure(c.formula, c.args, c.key, l.sums))::text END
                                    ORDER BY c.place, c.name) AS cells FROM c) AS v))
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
-- filter are only a part of a group of ej.observed_grain. NULL for any other reader.
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
        grain := ej.observed_grain(f.school_id, f.year, f.day, f.subject_id);
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
