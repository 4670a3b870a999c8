-- forecast.sql: the forecast of term marks (REP-25, CTL-09), computed from a pupil's marks so far, the
-- mark of the last term and the marks of the class.
--
-- The forecast of a day reads nothing that was entered after that day: marks, term marks, weights and the
-- schedule of control works are taken as their history has them at the end of the day
-- (ej.forecast_then); classes and groups are those of the day. A change that was made void counts on no
-- day, even if it was made void later. The calendar of the year is the present one.
--
-- The formula, in marks of the usual weight 1 (the page shows it in words, forecast_words.xsl):
--   place     = class mean + the pupil's distance from the class means, over all subjects: the sum of
--               (own sum - own weight × class mean), divided by the sum of own weights + 6
--   level     = (own sum + 1.5 × last term's mark + 4 × place) / (own weight + 1.5 + 4)
--   expected  = (own sum + weight to come × level) / (own weight + weight to come)
--               (shown within the marks of the scale: place may lie above the best of them)
--   to come   : marks per school day so far, half the pupil's and half the group's, for the school
--               days left; and the control works of the schedule
--   interval  = expected ± 1.28 σ, where σ² is the share to come, squared, × (spread / marks to come +
--               spread / (own weight + 1.5 + 4)) × 0.92²; spread: the variance of a pupil's marks in the group
--   н/а       : the probability that fewer marks come than the school still requires (Poisson). It is computed
--               only for a pupil with less than half the marks that the group has in the mean, if these are two
--               or more: few marks of a whole group are the teacher's affair (the duty few-marks, duty_marks.sql)
-- The mark follows by the school's rounding (round_from_pct). The numbers 1.5, 4, 6 and 0.92 were chosen
-- on one generated year; tests/backtest measures them on another.

-- The rows of the table `name` that changed at or after the moment `since`, with the value that the column
-- `field` had just before it. a, b, c: the row's key (row_key); value NULL: there was no such row, or the
-- column was empty. Void changes are passed over. No rows if since is NULL.
CREATE OR REPLACE FUNCTION ej.forecast_then(school_id bigint, name text, field text, since timestamptz)
RETURNS TABLE (a bigint, b bigint, c bigint, teaching_id bigint, value text)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF since IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH later AS MATERIALIZED (
        SELECT DISTINCT h.key_id, h.row_key FROM ej.history AS h
         WHERE h.school_id = $1 AND h.made_at >= since AND h.table_name = name
    ), was AS MATERIALIZED ( -- by the index on key_id, once for all rows of a work
        SELECT DISTINCT ON (h.row_key) h.row_key, h.teaching_id, h.new ->> field AS value
          FROM (SELECT DISTINCT l.key_id FROM later AS l) AS l
         CROSS JOIN LATERAL (
               SELECT h.id, h.row_key, h.teaching_id, h.new FROM ej.history AS h
                WHERE h.key_id = l.key_id AND h.table_name = name AND h.made_at < since AND h.void_id IS NULL
                  AND (h.new IS NULL OR h.new ? field OR h.old IS NULL) OFFSET 0) AS h
         ORDER BY h.row_key, h.id DESC
    )
    SELECT l.row_key[1], l.row_key[2], l.row_key[3], w.teaching_id, w.value
      FROM later AS l LEFT JOIN was AS w ON w.row_key = l.row_key;
END
$$;

-- The share of the standard normal distribution below z, by a logistic approximation with an error below
-- 0.0002. Source: S. Bowling and others, JIEM 2 (2009), 114-127.
CREATE OR REPLACE FUNCTION ej.forecast_normal(z float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT 1 / (1 + exp(-(1.5976 * least(6, greatest(-6, z)) + 0.07056 * least(6, greatest(-6, z)) ^ 3)))
$$;

-- The probability that a mean, normally distributed with this expectation and standard deviation, is at
-- least cut; with a deviation of 0 it is 0 or 1.
CREATE OR REPLACE FUNCTION ej.forecast_above(expected float8, deviation float8, cut float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN deviation > 1e-9 THEN ej.forecast_normal((expected - cut) / deviation)
            WHEN expected >= cut - 1e-9 THEN 1 ELSE 0 END
$$;

-- The probabilities of the values of a scale with these cuts, in their order; a mean below the lowest cut
-- counts with the lowest value.
CREATE OR REPLACE FUNCTION ej.forecast_chances(expected float8, deviation float8, cuts numeric[], absent float8)
RETURNS float8[]
LANGUAGE sql IMMUTABLE AS $$
SELECT array_agg((1 - absent) * (CASE WHEN c.n = 1 THEN 1 ELSE ej.forecast_above(expected, deviation, c.cut::float8) END
           - CASE WHEN c.n = cardinality(cuts) THEN 0
                  ELSE ej.forecast_above(expected, deviation, cuts[c.n + 1]::float8) END) ORDER BY c.n)
  FROM unnest(cuts) WITH ORDINALITY AS c(cut, n)
$$;

-- The mean, or the nearest mark of the scale if it lies outside them; numbers: the marks in their order.
CREATE OR REPLACE FUNCTION ej.forecast_within(mean float8, numbers numeric[]) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN mean IS NOT NULL THEN least(greatest(mean, numbers[1]), numbers[cardinality(numbers)]) END
$$;

-- The probability that fewer than `than` marks are still given, if their number has a Poisson distribution
-- with this expectation.
CREATE OR REPLACE FUNCTION ej.forecast_fewer(expected float8, than bigint) RETURNS float8
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    term float8 := exp(-least(expected, 500));
    total float8 := 0;
BEGIN
    FOR k IN 1 .. than LOOP
        total := total + term;
        term := term * expected / k;
    END LOOP;
    RETURN least(total, 1);
END
$$;

-- How many further marks of one number, of the usual weight 1, are needed at least until the mean
-- total / weight reaches the cut and the pupil has the `lacking` marks more that a term mark requires;
-- NULL: it cannot be reached with that number.
CREATE OR REPLACE FUNCTION ej.forecast_fewest(total numeric, weight numeric, cut numeric, number numeric, lacking int)
RETURNS int
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN number > cut THEN greatest(0, lacking, ceil((cut * weight - total) / (number - cut)))::int
            WHEN total >= cut * weight THEN greatest(0, lacking) END
$$;

-- These scales of a school's term marks: their values with numbers, from the lowest on, and the mean from which each
-- is given (cuts); the cut of the lowest pass, of the lowest good value and of the best.
CREATE OR REPLACE FUNCTION ej.forecast_scales(school_id bigint, scale_ids bigint[])
RETURNS TABLE (scale_id bigint, vals text[], numbers numeric[], cuts numeric[], pass_cut numeric, good_cut numeric,
               top_cut numeric)
LANGUAGE sql STABLE ROWS 5 SET search_path = ej, pg_temp AS $$
SELECT v.scale_id, array_agg(v.value::text ORDER BY v.number), array_agg(v.number ORDER BY v.number),
       array_agg(v.number - 1 + s.round_from_pct / 100.0 ORDER BY v.number),
       min(v.number - 1 + s.round_from_pct / 100.0) FILTER (WHERE v.is_pass),
       min(v.number - 1 + s.round_from_pct / 100.0) FILTER (WHERE v.is_good),
       max(v.number - 1 + s.round_from_pct / 100.0)
  FROM ej.school AS s
  JOIN ej.scale_value AS v ON v.scale_id = ANY (scale_ids) AND v.is_active AND v.number IS NOT NULL
 WHERE s.id = $1
 GROUP BY v.scale_id
$$;

-- The taught terms in which a day is, each with the term before it and the number of its school days
-- (Monday to Friday, without holidays) up to that day (gone) and after it (remaining).
CREATE OR REPLACE FUNCTION ej.forecast_terms(school_id bigint, as_of date)
RETURNS TABLE (term_id bigint, during daterange, before_id bigint, gone bigint, remaining bigint)
LANGUAGE sql STABLE ROWS 3 SET search_path = ej, pg_temp AS $$
SELECT e.id, e.during, b.id, d.gone, d.remaining
  FROM ej.term AS e
  LEFT JOIN LATERAL (SELECT o.id FROM ej.term AS o
                      WHERE o.term_plan_id = e.term_plan_id AND o.is_taught AND upper(o.during) <= lower(e.during)
                      ORDER BY lower(o.during) DESC LIMIT 1) AS b ON true
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE d.day <= as_of) AS gone, count(*) FILTER (WHERE d.day > as_of) AS remaining
         FROM generate_series(lower(e.during), upper(e.during) - 1, interval '1 day') AS d(day)
        WHERE extract(isodow FROM d.day) < 6
          AND NOT EXISTS (SELECT FROM ej.holiday AS h
                           WHERE h.school_id = $1 AND h.kind <> 'extra' AND h.during @> d.day::date)) AS d
 WHERE e.school_id = $1 AND e.is_taught AND lower(e.during) <= as_of AND upper(e.during) > as_of
$$;

-- The subjects of these pupils on a day, each with the class, the teaching and its term; without grades
-- that get no marks and without groups that get no term marks.
CREATE OR REPLACE FUNCTION ej.forecast_subjects(school_id bigint, as_of date, pupil_ids bigint[])
RETURNS TABLE (pupil_id bigint, class_id bigint, subject_id bigint, teaching_id bigint, term_id bigint)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp AS $$
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id
      FROM ej.enrolment AS n
      JOIN ej.class AS c ON c.id = n.class_id
      JOIN ej.school AS s ON s.id = c.school_id AND c.grade <> ALL (s.unmarked_grades)
     WHERE n.school_id = $1 AND n.pupil_id = ANY ($3) AND lower(n.during) <= $2
       AND (upper_inf(n.during) OR upper(n.during) > $2)
), t AS MATERIALIZED (
    SELECT t.id, t.study_group_id, t.subject_id, j.term_id
      FROM ej.forecast_terms($1, $2) AS e
      JOIN ej.journal AS j ON j.term_id = e.term_id
      JOIN ej.teaching AS t ON t.id = j.teaching_id
      JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
)
SELECT n.pupil_id, min(n.class_id), t.subject_id, max(t.id), max(t.term_id)
  FROM n
 -- = ANY, so that the index on pupil_id is used: that of the exclusion constraint begins with the group, and would be
 -- read whole
 CROSS JOIN LATERAL (
       SELECT b.study_group_id FROM ej.membership AS b
        WHERE b.pupil_id = ANY (ARRAY[n.pupil_id]) AND lower(b.during) <= $2
          AND (upper_inf(b.during) OR upper(b.during) > $2) OFFSET 0) AS b
  JOIN t ON t.study_group_id = b.study_group_id
 GROUP BY n.pupil_id, t.subject_id
$$;

-- The marks of the terms in which a day is, in these teachings, one row for each pupil and teaching
-- (teaching_id NULL: brought from another school): their number; the number of those for works that are not
-- in the schedule (unplanned); their weight, and the weighted sum and sum of squares of their numbers.
-- Units: a mark of the usual weight has the weight 1.
CREATE OR REPLACE FUNCTION ej.forecast_marks(school_id bigint, as_of date, since timestamptz, teachings bigint[],
    pupil_ids bigint[])
RETURNS TABLE (pupil_id bigint, subject_id bigint, teaching_id bigint, marks bigint, unplanned bigint, weight numeric,
               total numeric, squares numeric)
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    s ej.school;
BEGIN
    SELECT o.* INTO s FROM ej.school AS o WHERE o.id = $1;
    RETURN QUERY
    WITH e AS MATERIALIZED (
        SELECT e.term_id, e.during FROM ej.forecast_terms($1, as_of) AS e
    ), weights AS MATERIALIZED (
        SELECT h.a, h.value::int AS weight_pct FROM ej.forecast_then($1, 'work', 'weight_pct', since) AS h
    ), works AS MATERIALIZED (
        SELECT w.id, t.subject_id, w.teaching_id, w.scale_id, w.control_work_id IS NULL AS is_unplanned,
               CASE WHEN h.a IS NULL THEN w.weight_pct ELSE coalesce(h.weight_pct, 0) END AS weight_pct
          FROM unnest(teachings) AS i(id)
          JOIN ej.teaching AS t ON t.id = i.id
         CROSS JOIN LATERAL (SELECT j.id FROM ej.journal AS j
                              WHERE j.teaching_id = t.id AND j.term_id IN (SELECT e.term_id FROM e) OFFSET 0) AS j
         CROSS JOIN LATERAL (SELECT w.id, w.teaching_id, w.scale_id, w.weight_pct, w.control_work_id FROM ej.work AS w
                              WHERE w.journal_id = j.id OFFSET 0) AS w
          LEFT JOIN weights AS h ON h.a = w.id
    ), v AS MATERIALIZED (
        SELECT v.scale_id, v.value, v.number FROM ej.scale_value AS v
         WHERE v.scale_id = ANY (ARRAY(SELECT DISTINCT w.scale_id FROM works AS w)) AND v.number IS NOT NULL
    ), was AS MATERIALIZED (
        SELECT h.a, h.b, h.c, h.value FROM ej.forecast_then($1, 'mark', 'value', since) AS h
    ), m AS MATERIALIZED (
        SELECT m.pupil_id, m.subject_id, m.teaching_id, m.work_id, m.weight_pct, m.is_unplanned, m.attempt, v.number,
               count(*) OVER (PARTITION BY m.work_id, m.pupil_id) > 1 AS is_again
          FROM (SELECT m.pupil_id, w.subject_id, w.teaching_id, w.id AS work_id, w.weight_pct, w.is_unplanned,
                       m.attempt, m.scale_id, CASE WHEN h.a IS NULL THEN m.value ELSE h.value END AS value
                  FROM works AS w
                 CROSS JOIN LATERAL (SELECT m.pupil_id, m.attempt, m.scale_id, m.value FROM ej.mark AS m
                                      WHERE m.work_id = w.id OFFSET 0) AS m
                  LEFT JOIN was AS h ON h.a = w.id AND h.b = m.pupil_id AND h.c = m.attempt
                OFFSET 0) AS m -- so that the next join is by both, scale and value
          JOIN v ON v.scale_id = m.scale_id AND v.value = m.value
    ), x AS (
        -- of several attempts the school's setting says which counts; most works have one, which is taken as it is
        SELECT m.pupil_id, m.subject_id, m.teaching_id, m.weight_pct, m.is_unplanned,
               ej.number_counted(s.retake_counts, (max(ARRAY[m.attempt, m.number]))[2], max(m.number), avg(m.number))
                   AS number
          FROM m
         WHERE m.is_again
         GROUP BY m.pupil_id, m.subject_id, m.teaching_id, m.work_id, m.weight_pct, m.is_unplanned
         UNION ALL
        SELECT m.pupil_id, m.subject_id, m.teaching_id, m.weight_pct, m.is_unplanned, m.number
          FROM m
         WHERE NOT m.is_again
         UNION ALL
        SELECT o.pupil_id, o.subject_id, NULL, o.weight_pct, true, o.number
          FROM ej.outside_mark AS o
         WHERE s.outside_counts = 'counted' AND o.pupil_id = ANY (pupil_ids) AND o.school_id = $1 AND NOT o.is_void
           AND o.term_id IS NULL AND o.given_on <= as_of AND EXISTS (SELECT FROM e WHERE e.during @> o.given_on)
    )
    SELECT x.pupil_id, x.subject_id, x.teaching_id, count(*), count(*) FILTER (WHERE x.is_unplanned),
           sum(x.weight_pct) / 100.0, sum(x.number * x.weight_pct) / 100.0,
           sum(x.number * x.number * x.weight_pct) / 100.0
      FROM x
     GROUP BY x.pupil_id, x.subject_id, x.teaching_id;
END
$$;

-- The number of control works that the schedule has in each of these teachings after a day, until the end of
-- the term in which that day is.
CREATE OR REPLACE FUNCTION ej.forecast_planned(school_id bigint, as_of date, since timestamptz, teachings bigint[])
RETURNS TABLE (teaching_id bigint, works bigint)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH was AS MATERIALIZED (
        SELECT h.a, h.teaching_id, h.value::date AS held_on
          FROM ej.forecast_then($1, 'control_work', 'held_on', since) AS h
    ), c AS (
        SELECT c.teaching_id, c.held_on FROM ej.control_work AS c
         WHERE c.school_id = $1 AND c.id NOT IN (SELECT w.a FROM was AS w)
         UNION ALL
        SELECT w.teaching_id, w.held_on FROM was AS w
    )
    SELECT c.teaching_id, count(*)
      FROM ej.forecast_terms($1, as_of) AS e
      JOIN ej.journal AS j ON j.term_id = e.term_id
      JOIN c ON c.teaching_id = j.teaching_id AND c.held_on > as_of AND c.held_on < upper(e.during)
     WHERE c.teaching_id = ANY (teachings)
     GROUP BY c.teaching_id;
END
$$;

-- The forecast of these pupils of a school, one row for each pupil and subject, by the formula at the top.
-- lacking: how many marks more the school requires for a term mark; ahead, weight_ahead: the number and
-- weight of the marks to come; expected: the mean at the end of the term; deviation: σ; absent: the
-- probability of н/а. It checks no right: ej.forecast() does, and tests/backtest calls it as superuser.
CREATE OR REPLACE FUNCTION ej.forecast_cells(school_id bigint, as_of date, pupil_ids bigint[])
RETURNS TABLE (pupil_id bigint, class_id bigint, subject_id bigint, teaching_id bigint, term_id bigint, marks bigint,
               lacking int, weight numeric, total numeric, last numeric, class_mean numeric, ahead float8,
               weight_ahead float8, expected float8, deviation float8, absent float8)
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    k_last    CONSTANT float8 := 1.5;
    k_class   CONSTANT float8 := 4;
    k_place   CONSTANT numeric := 6;
    narrower  CONSTANT float8 := 0.92;
    spread_0  CONSTANT float8 := 0.5;     -- until the group has some marks to tell it
    s         ej.school;
    since     timestamptz;
    control   float8;
    teachings bigint[];
BEGIN
    SELECT o.* INTO s FROM ej.school AS o WHERE o.id = $1;
    -- NULL on the present day: everything counts, also what is entered on real days after a fixed day
    since := CASE WHEN as_of < (SELECT t.today FROM ej.school_today AS t WHERE t.school_id = $1)
                  THEN (as_of + 1)::timestamp AT TIME ZONE s.tz END;
    control := coalesce((SELECT k.weight_pct / 100.0 FROM ej.work_kind AS k
                          WHERE k.school_id = $1 AND k.code = 'monitoring'), 2);
    teachings := ej.figures_teachings(pupil_ids, ARRAY(SELECT u.id FROM ej.subject AS u WHERE u.school_id = $1),
                     (SELECT daterange(min(lower(e.during)), as_of + 1) FROM ej.forecast_terms($1, as_of) AS e));
    RETURN QUERY
    WITH e AS MATERIALIZED (
        SELECT e.term_id, e.before_id, e.remaining / greatest(e.gone, 1)::float8 AS rest
          FROM ej.forecast_terms($1, as_of) AS e
    ), c AS MATERIALIZED (
        SELECT c.pupil_id, c.class_id, c.subject_id, c.teaching_id, c.term_id
          FROM ej.forecast_subjects($1, as_of, pupil_ids) AS c
    ), x AS MATERIALIZED (
        SELECT x.* FROM ej.forecast_marks($1, as_of, since, teachings, pupil_ids) AS x
    ), own AS MATERIALIZED (
        SELECT x.pupil_id, x.subject_id, sum(x.marks)::bigint AS marks, sum(x.unplanned) AS unplanned,
               sum(x.weight) AS weight, sum(x.total) AS total
          FROM x GROUP BY x.pupil_id, x.subject_id
    ), grp AS MATERIALIZED (
        SELECT x.teaching_id, sum(x.total) / nullif(sum(x.weight), 0) AS mean, sum(x.unplanned) / count(*) AS unplanned,
               sum(x.weight) / nullif(sum(x.marks), 0) AS usual,
               (sum(x.squares - x.total * x.total / nullif(x.weight, 0)) + 10 * spread_0)
                   / (sum(x.marks) - count(*) + 10) AS spread
          FROM x WHERE x.teaching_id IS NOT NULL GROUP BY x.teaching_id
    ), place AS MATERIALIZED (
        SELECT x.pupil_id, sum(x.total - x.weight * g.mean) / (sum(x.weight) + k_place) AS above
          FROM x JOIN grp AS g ON g.teaching_id = x.teaching_id AND g.mean IS NOT NULL
         GROUP BY x.pupil_id
    ), was AS MATERIALIZED (
        SELECT h.a, h.b, h.c, h.value FROM ej.forecast_then($1, 'term_mark', 'value', since) AS h
    ), given AS MATERIALIZED (
        SELECT m.pupil_id, m.subject_id, m.scale_id, CASE WHEN h.a IS NULL THEN m.value ELSE h.value END AS value
          FROM e
          JOIN ej.term_mark AS m ON m.term_id = e.before_id AND m.pupil_id = ANY (pupil_ids)
          LEFT JOIN was AS h ON h.a = m.pupil_id AND h.b = m.subject_id AND h.c = m.term_id
    ), v AS MATERIALIZED (
        SELECT v.scale_id, v.value, v.number FROM ej.scale_value AS v
         WHERE v.scale_id = ANY (ARRAY(SELECT DISTINCT g.scale_id FROM given AS g)) AND v.number IS NOT NULL
    ), last AS MATERIALIZED (
        SELECT g.pupil_id, g.subject_id, v.number FROM given AS g
          JOIN v ON v.scale_id = g.scale_id AND v.value = g.value
    ), planned AS MATERIALIZED (
        SELECT p.teaching_id, p.works FROM ej.forecast_planned($1, as_of, since, teachings) AS p
    ), y AS (
        SELECT c.*, coalesce(o.marks, 0) AS marks, coalesce(o.weight, 0) AS weight, coalesce(o.total, 0) AS total,
               l.number AS last, g.mean AS class_mean,
               g.mean::float8 + coalesce(a.above, 0)::float8 AS place,
               greatest(coalesce(g.spread, spread_0), 0.05)::float8 AS spread,
               (CASE WHEN l.number IS NULL THEN 0 ELSE k_last END) + (CASE WHEN g.mean IS NULL THEN 0 ELSE k_class END)
                   AS k,
               e.rest * (coalesce(o.unplanned, 0) + coalesce(g.unplanned, 0))::float8 / 2 + coalesce(p.works, 0)
                   AS ahead,
               coalesce(o.unplanned, 0) * 2 < g.unplanned AND g.unplanned >= 2 AS is_behind,
               e.rest * (coalesce(o.unplanned, 0) + coalesce(g.unplanned, 0))::float8 / 2 * coalesce(g.usual, 1)::float8
                   + coalesce(p.works, 0) * control AS weight_ahead,
               greatest(CASE WHEN s.min_marks = 0 THEN 1
                             ELSE s.min_marks + s.min_marks_hour * greatest(0, ceil(t.hours_week)::int - 1) END
                        - coalesce(o.marks, 0), 0)::int AS lacking
          FROM c
          JOIN e ON e.term_id = c.term_id
          JOIN ej.teaching AS t ON t.id = c.teaching_id
          LEFT JOIN own AS o ON o.pupil_id = c.pupil_id AND o.subject_id = c.subject_id
          LEFT JOIN grp AS g ON g.teaching_id = c.teaching_id
          LEFT JOIN place AS a ON a.pupil_id = c.pupil_id
          LEFT JOIN last AS l ON l.pupil_id = c.pupil_id AND l.subject_id = c.subject_id
          LEFT JOIN planned AS p ON p.teaching_id = c.teaching_id
    ), z AS (
        SELECT y.*, (y.total::float8 + CASE WHEN y.last IS NULL THEN 0 ELSE k_last * y.last END
                     + CASE WHEN y.place IS NULL THEN 0 ELSE k_class * y.place END)
                        / nullif(y.weight::float8 + y.k, 0) AS level,
               y.weight_ahead / nullif(y.weight::float8 + y.weight_ahead, 0) AS share
          FROM y
    )
    SELECT z.pupil_id, z.class_id, z.subject_id, z.teaching_id, z.term_id, z.marks, z.lacking, z.weight, z.total,
           z.last, z.class_mean, z.ahead, z.weight_ahead,
           (z.total::float8 + z.weight_ahead * z.level) / nullif(z.weight::float8 + z.weight_ahead, 0),
           CASE WHEN z.ahead > 0 THEN narrower * z.share * sqrt(z.spread / greatest(z.ahead, 1)
                                                     + z.spread / (z.weight::float8 + z.k)) ELSE 0 END,
           CASE WHEN z.lacking > 0 AND z.is_behind THEN ej.forecast_fewer(z.ahead, z.lacking) ELSE 0 END
      FROM z;
END
$$;

-- How many marks a forecast needs; with fewer the pages say «мало данных». Their words name this number, too
-- (xslt/forecast.xsl, forecast_words.xsl).
CREATE OR REPLACE FUNCTION ej.forecast_least() RETURNS int
LANGUAGE sql IMMUTABLE AS $$ SELECT 3 $$;

-- The pupils whose forecasts the reader may read, each with the subjects (NULL: all). The heads read those
-- of the whole school, a class teacher those of the own class, a teacher the own subjects, a family those of
-- its children if the school shows forecasts to families (school.forecast_shown).
CREATE OR REPLACE FUNCTION ej.forecast_readable(as_of date) RETURNS TABLE (school_id bigint, pupil_id bigint,
    subjects bigint[])
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    heads     bigint[] := ej.my_journal_schools();
    mine      bigint[] := ej.my_class_pupils();
    teachings bigint[] := ej.my_read_teachings();
    family    bigint[] := ej.my_family_pupils();
BEGIN
    RETURN QUERY
    SELECT x.school_id, x.pupil_id, CASE WHEN bool_or(x.is_whole) THEN NULL::bigint[] ELSE array_agg(x.subject_id) END
      FROM (SELECT n.school_id, n.pupil_id, true AS is_whole, NULL::bigint AS subject_id
              FROM ej.enrolment AS n
             WHERE n.school_id = ANY (heads) AND lower(n.during) <= as_of
               AND (upper_inf(n.during) OR upper(n.during) > as_of)
             UNION ALL
            SELECT p.school_id, p.id, true, NULL FROM ej.pupil AS p WHERE p.id = ANY (mine)
             UNION ALL
            SELECT p.school_id, p.id, true, NULL
              FROM ej.pupil AS p JOIN ej.school AS s ON s.id = p.school_id AND s.forecast_shown = 'shown'
             WHERE p.id = ANY (family)
             UNION ALL
            SELECT b.school_id, b.pupil_id, false, t.subject_id
              FROM ej.teaching AS t
              JOIN ej.membership AS b ON b.study_group_id = t.study_group_id AND lower(b.during) <= as_of
               AND (upper_inf(b.during) OR upper(b.during) > as_of)
             WHERE t.id = ANY (teachings) AND b.school_id <> ALL (heads)) AS x
     GROUP BY x.school_id, x.pupil_id;
END
$$;

-- The forecast of a day for those of these pupils (NULL: all) whom the reader may read, one row for each pupil
-- and subject; no rows of a day before the present one unless the reader is a head.
-- low, high: the bounds within which 80 of 100 means lie; is_known: the marks are enough (ej.forecast_least);
-- likely: the value that the expected mean gives, level: its level (n5 … n2); vals, numbers, cuts: of the scale
-- (ej.forecast_scales); chances: the probabilities of vals, absent: of н/а, fail: of a value below a pass, good: of
-- a good one or better, top: of the best. Without is_known all probabilities but absent are NULL. class_mean
-- is NULL for families: in a group of two it would tell the marks of the other pupil.
CREATE OR REPLACE FUNCTION ej.forecast(as_of date, pupil_ids bigint[] DEFAULT NULL)
RETURNS TABLE (pupil_id bigint, class_id bigint, subject_id bigint, teaching_id bigint, term_id bigint, marks bigint,
               lacking int, weight numeric, total numeric, last numeric, class_mean numeric, ahead float8,
               expected float8, low float8, high float8, is_known boolean, likely text, level text, vals text[],
               numbers numeric[], cuts numeric[], chances float8[], absent float8, fail float8, good float8, top float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    family bigint[] := ej.my_family_pupils();
    r      record;
BEGIN
    FOR r IN SELECT a.school_id, array_agg(a.pupil_id) AS pupils FROM ej.forecast_readable(as_of) AS a
              WHERE pupil_ids IS NULL OR a.pupil_id IN (SELECT p.id FROM unnest(pupil_ids) AS p(id))
              GROUP BY a.school_id
             HAVING as_of >= ej.today(a.school_id) OR a.school_id = ANY (ej.my_journal_schools()) LOOP
        RETURN QUERY
        WITH a AS MATERIALIZED (SELECT a.pupil_id, a.subjects FROM ej.forecast_readable(as_of) AS a),
        c AS MATERIALIZED (
            SELECT f.*, t.term_scale_id
              FROM ej.forecast_cells(r.school_id, as_of, r.pupils) AS f JOIN ej.teaching AS t ON t.id = f.teaching_id
        ), v AS MATERIALIZED (
            SELECT v.* FROM ej.forecast_scales(r.school_id, ARRAY(SELECT DISTINCT c.term_scale_id FROM c)) AS v
        ), f AS MATERIALIZED (
            SELECT f.*, f.marks >= ej.forecast_least() AND f.expected IS NOT NULL AS is_known, v.vals, v.numbers,
                   v.cuts, v.pass_cut::float8, v.good_cut::float8, v.top_cut::float8
              FROM c AS f
              JOIN a ON a.pupil_id = f.pupil_id AND (a.subjects IS NULL OR f.subject_id = ANY (a.subjects))
              JOIN v ON v.scale_id = f.term_scale_id
        )
        SELECT f.pupil_id, f.class_id, f.subject_id, f.teaching_id, f.term_id, f.marks, f.lacking, f.weight, f.total,
               f.last, CASE WHEN f.pupil_id <> ALL (family) THEN f.class_mean END, f.ahead,
               ej.forecast_within(f.expected, f.numbers),
               ej.forecast_within(f.expected - 1.2816 * f.deviation, f.numbers),
               ej.forecast_within(f.expected + 1.2816 * f.deviation, f.numbers), f.is_known,
               f.vals[greatest(1, (SELECT count(*) FROM unnest(f.cuts) AS c(cut) WHERE c.cut <= f.expected + 1e-9))],
               CASE WHEN f.expected + 1e-9 >= f.top_cut THEN 'n5' WHEN f.expected + 1e-9 >= f.good_cut THEN 'n4'
                    WHEN f.expected + 1e-9 >= f.pass_cut THEN 'n3' ELSE 'n2' END,
               f.vals, f.numbers, f.cuts,
               CASE WHEN f.is_known THEN ej.forecast_chances(f.expected, f.deviation, f.cuts, f.absent) END, f.absent,
               CASE WHEN f.is_known
                    THEN (1 - ej.forecast_above(f.expected, f.deviation, f.pass_cut)) * (1 - f.absent) END,
               CASE WHEN f.is_known THEN ej.forecast_above(f.expected, f.deviation, f.good_cut) * (1 - f.absent) END,
               CASE WHEN f.is_known THEN ej.forecast_above(f.expected, f.deviation, f.top_cut) * (1 - f.absent) END
          FROM f;
    END LOOP;
END
$$;
ALTER FUNCTION ej.forecast(date, bigint[]) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.forecast(date, bigint[]) TO ej_web;
