-- forecast_pages.sql: what the pages make of the forecast (forecast.sql): groups of pupils, sums of classes, the list
-- of risks, and how many marks are needed for a better one.

-- The probability, of a mark below a pass or of н/а, from which a pupil and subject are in the risk list.
CREATE OR REPLACE FUNCTION ej.forecast_risk() RETURNS float8
LANGUAGE sql IMMUTABLE AS $$ SELECT 0.3::float8 $$;

-- The group of a pupil, by numbers of subjects: all of them; those with enough marks for a forecast (known);
-- those whose likely mark is the best, good or better, below a pass. NULL: less than half of the subjects are
-- known, or the pupil is in no group. nearly-excellent and nearly-good: one of at least four known subjects
-- is missing.
CREATE OR REPLACE FUNCTION ej.forecast_group(subjects bigint, known bigint, top bigint, good bigint, failing bigint)
RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN known * 2 < subjects OR known = 0 THEN NULL WHEN top = known THEN 'excellent'
            WHEN top = known - 1 AND good = known AND known >= 4 THEN 'nearly-excellent'
            WHEN good = known THEN 'good'
            WHEN good = known - 1 AND failing = 0 AND known >= 4 THEN 'nearly-good' END
$$;

-- The forecast of a day by pupils whom the reader may read: numbers of subjects as in ej.forecast_group, and of
-- those with a risk (risks); good_sum: the sum of the probabilities of a good mark, expected_sum: of the expected
-- means.
CREATE OR REPLACE FUNCTION ej.forecast_pupils(as_of date)
RETURNS TABLE (pupil_id bigint, class_id bigint, subjects bigint, known bigint, top bigint, good bigint, failing bigint,
               risks bigint, pupil_group text, good_sum float8, expected_sum float8)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp AS $$
SELECT x.pupil_id, x.class_id, x.subjects, x.known, x.top, x.good, x.failing, x.risks,
       ej.forecast_group(x.subjects, x.known, x.top, x.good, x.failing), x.good_sum, x.expected_sum
  FROM (SELECT f.pupil_id, f.class_id, count(*) AS subjects, count(*) FILTER (WHERE f.is_known) AS known,
               count(*) FILTER (WHERE f.is_known AND f.level = 'n5') AS top,
               count(*) FILTER (WHERE f.is_known AND f.level IN ('n5', 'n4')) AS good,
               count(*) FILTER (WHERE f.is_known AND f.level = 'n2') AS failing,
               count(*) FILTER (WHERE f.fail >= ej.forecast_risk() OR f.absent >= ej.forecast_risk()) AS risks,
               sum(f.good) AS good_sum, sum(f.expected) FILTER (WHERE f.is_known) AS expected_sum
          FROM ej.forecast($1) AS f
         GROUP BY f.pupil_id, f.class_id) AS x
$$;

-- The forecast of a day by classes, and of all of them together (class_id NULL). rated: pupils with enough marks
-- in half of their subjects; good has nearly-excellent pupils, too; marks_quality: the mean probability of a good
-- mark, in percent; pupils_quality: the percentage of rated pupils whose likely marks are all good.
CREATE OR REPLACE FUNCTION ej.forecast_sums(as_of date)
RETURNS TABLE (class_id bigint, pupils bigint, rated bigint, at_risk bigint, excellent bigint, nearly_excellent bigint,
               good bigint, nearly_good bigint, marks_quality numeric, pupils_quality numeric, mean numeric)
LANGUAGE sql STABLE ROWS 50 SET search_path = ej, pg_temp AS $$
SELECT p.class_id, count(*), count(*) FILTER (WHERE p.known * 2 >= p.subjects), count(*) FILTER (WHERE p.risks > 0),
       count(*) FILTER (WHERE p.pupil_group = 'excellent'), count(*) FILTER (WHERE p.pupil_group = 'nearly-excellent'),
       count(*) FILTER (WHERE p.pupil_group IN ('good', 'nearly-excellent')),
       count(*) FILTER (WHERE p.pupil_group = 'nearly-good'),
       ej.formula_quality(sum(p.good_sum)::numeric, sum(p.known)),
       ej.formula_class_quality(count(*) FILTER (WHERE p.known * 2 >= p.subjects AND p.good = p.known),
                                count(*) FILTER (WHERE p.known * 2 >= p.subjects)),
       ej.formula_mean(sum(p.expected_sum)::numeric, sum(p.known))
  FROM ej.forecast_pupils($1) AS p
 GROUP BY GROUPING SETS ((p.class_id), ())
$$;

-- The ways to each value of a scale but the lowest: how many further marks of the usual weight are needed at
-- least (ej.forecast_fewest), once with the best value, once with the value itself (with_value). n: the place of
-- the value in vals.
CREATE OR REPLACE FUNCTION ej.forecast_ways(total numeric, weight numeric, lacking int, vals text[], numbers numeric[],
    cuts numeric[]) RETURNS TABLE (n bigint, value text, with_value text, fewest int)
LANGUAGE sql IMMUTABLE ROWS 4 AS $$
SELECT c.n, vals[c.n], vals[o.n], ej.forecast_fewest(total, weight, c.cut, numbers[o.n], lacking)
  FROM unnest(cuts) WITH ORDINALITY AS c(cut, n)
 CROSS JOIN LATERAL (SELECT DISTINCT g.n FROM unnest(ARRAY[cardinality(cuts), c.n]) AS g(n)) AS o
 WHERE c.n > 1
$$;

-- The day of a forecast: the one that was asked for, or the present day of the reader's school.
-- Errors: JE171 not a day of the school year up to today; JE106 an earlier day, but the reader is not a head.
CREATE OR REPLACE FUNCTION ej.forecast_day(shown_on date) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    today date := ej.my_today();
BEGIN
    IF shown_on IS NULL OR shown_on = today THEN
        RETURN today;
    END IF;
    IF shown_on > today OR NOT EXISTS (
           SELECT FROM ej.school_year AS y
            WHERE y.school_id = ANY (ej.my_staff_schools()) AND y.year = ej.shown_year() AND y.during @> shown_on) THEN
        RAISE EXCEPTION 'no such day of the year' USING ERRCODE = 'JE171', COLUMN = 'shown_on';
    ELSIF ej.my_journal_schools() = '{}' THEN
        RAISE EXCEPTION 'not a head' USING ERRCODE = 'JE106', COLUMN = 'shown_on';
    END IF;
    RETURN shown_on;
END
$$;

-- The rows of ej.forecast() as jsonb, so that they are computed once for all queries of a page. NULL: there are
-- none that the reader may read.
CREATE OR REPLACE FUNCTION ej.forecast_found(as_of date, pupil_ids bigint[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_agg(to_jsonb(f)) FROM ej.forecast(as_of, pupil_ids) AS f
$$;

-- The jsonb of ej.forecast_found() as rows again.
CREATE OR REPLACE FUNCTION ej.forecast_listed(cells jsonb)
RETURNS TABLE (pupil_id bigint, class_id bigint, subject_id bigint, teaching_id bigint, marks bigint, lacking int,
               weight numeric, total numeric, last numeric, class_mean numeric, ahead numeric, expected numeric,
               low numeric, high numeric, is_known boolean, likely text, level text, vals text[], numbers numeric[],
               cuts numeric[], chances numeric[], absent numeric, fail numeric)
LANGUAGE sql STABLE ROWS 400 SET search_path = ej, pg_temp AS $$
SELECT x.* FROM jsonb_to_recordset(cells) AS x(pupil_id bigint, class_id bigint, subject_id bigint, teaching_id bigint,
       marks bigint, lacking int, weight numeric, total numeric, last numeric, class_mean numeric, ahead numeric,
       expected numeric, low numeric, high numeric, is_known boolean, likely text, level text, vals text[],
       numbers numeric[], cuts numeric[], chances numeric[], absent numeric, fail numeric)
$$;

-- The pupils in the jsonb of ej.forecast_found(), with their group and the number of subjects at risk.
CREATE OR REPLACE FUNCTION ej.forecast_listed_pupils(cells jsonb)
RETURNS TABLE (pupil_id bigint, pupil_group text, risks bigint)
LANGUAGE sql STABLE ROWS 30 SET search_path = ej, pg_temp AS $$
SELECT x.pupil_id,
       ej.forecast_group(count(*), count(*) FILTER (WHERE x.is_known),
                         count(*) FILTER (WHERE x.is_known AND x.level = 'n5'),
                         count(*) FILTER (WHERE x.is_known AND x.level IN ('n5', 'n4')),
                         count(*) FILTER (WHERE x.is_known AND x.level = 'n2')),
       count(*) FILTER (WHERE x.fail >= ej.forecast_risk() OR x.absent >= ej.forecast_risk())
  FROM ej.forecast_listed(cells) AS x
 GROUP BY x.pupil_id
$$;

-- The rows of the risk list with names; words: the text that a search looks through; place: the usual order.
CREATE OR REPLACE FUNCTION ej.forecast_risks(risks jsonb)
RETURNS TABLE (pupil_id bigint, pupil_name text, class_id bigint, class_name text, subject_name text, staff_name text,
               marks bigint, lacking int, is_known boolean, mean numeric, expected numeric, fail numeric,
               absent numeric, words text, place bigint)
LANGUAGE sql STABLE ROWS 300 SET search_path = ej, pg_temp AS $$
WITH x AS MATERIALIZED (
    SELECT x.* FROM jsonb_to_recordset(risks) AS x(pupil_id bigint, class_id bigint, subject_id bigint,
           teaching_id bigint, marks bigint, lacking int, is_known boolean, mean numeric, expected numeric,
           fail numeric, absent numeric)
), t AS MATERIALIZED (
    SELECT t.id, t.staff_id FROM ej.teaching AS t WHERE t.id = ANY (ARRAY(SELECT DISTINCT x.teaching_id FROM x))
)
SELECT x.pupil_id, n.name, x.class_id, c.name::text, s.name::text, f.name, x.marks, x.lacking, x.is_known, x.mean,
       x.expected, x.fail, x.absent, concat_ws(' ', c.name, s.name, f.name, n.name),
       row_number() OVER (ORDER BY c.grade, c.letter, n.order_no, s.order_no, s.name)
  FROM x
  JOIN ej.pupil_names(ARRAY(SELECT DISTINCT x.pupil_id FROM x)) AS n ON n.pupil_id = x.pupil_id
  JOIN ej.class AS c ON c.id = x.class_id
  JOIN ej.subject AS s ON s.id = x.subject_id
  JOIN t ON t.id = x.teaching_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT t.staff_id FROM t)) AS f ON f.staff_id = t.staff_id
$$;
