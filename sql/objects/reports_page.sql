-- reports_page.sql: what the pages of reports say beside the tables: head, choices of the filter, the line and column
-- of a number.

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
       ej.director_name(f.school_id, f.day)
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
), c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, f.class_ids
      FROM f JOIN ej.class AS c ON c.school_id = f.school_id AND c.year = f.year
     WHERE c.id = ANY ((SELECT ej.report_readable(f.school_id, f.year, r.reach) FROM f CROSS JOIN r)::bigint[])
)
SELECT x.field, x.value, x.name, x.is_chosen, x.place
  FROM (SELECT 'year' AS field, y.year::text AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name,
               y.year = f.year AS is_chosen, -y.year::bigint AS place
          FROM f JOIN ej.school_year AS y ON y.school_id = f.school_id
         UNION ALL
        SELECT 'term_id', e.id::text, e.name, e.is_chosen, e.place FROM e
         UNION ALL
        SELECT DISTINCT 'grade', c.grade::text, c.grade::text, false, c.grade FROM c
         UNION ALL
        SELECT 'class_id', c.id::text, c.name, c.class_ids = ARRAY[c.id], row_number() OVER (ORDER BY c.grade, c.letter)
          FROM c
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
                AND ($1 = ANY ((SELECT ej.my_journal_schools() || ej.my_observer_schools())::bigint[])
                     OR reach = 'teaching' OR c.id = ANY ((SELECT ej.my_classes())::bigint[])) ORDER BY c.id)
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
       coalesce(c.name, g.name), u.surname || ' ' || u.given_name, coalesce(s.name, o.name), w.name
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
