-- forecast.sql: the queries of forecast.c. Whose forecasts a reader sees: ej.forecast_readable()
-- (sql/objects/forecast.sql).

-- name: forecast_scope :one
-- params: shown_on date
SELECT ej.forecast_day(:shown_on) AS shown_on;

-- name: forecast_show :one
-- is_whole: the reader may ask for another day, and sees all subjects.
-- params: shown_on date
SELECT :shown_on AS shown_on, d.today_on, ej.my_journal_schools() <> '{}' AS is_whole,
       (SELECT string_agg(DISTINCT e.name, ', ') FROM ej.term AS e
         WHERE e.school_id = d.school_id AND e.is_taught AND lower(e.during) <= :shown_on
           AND upper(e.during) > :shown_on) AS term_name
  FROM (SELECT (ej.my_staff_schools())[1] AS school_id, ej.my_today() AS today_on) AS d;

-- name: forecast_classes :many class
-- The last, without class_id, is of all classes.
-- params: shown_on date
-- rows: at most 120
SELECT f.class_id, c.name, f.pupils, f.rated, f.at_risk, f.excellent, f.nearly_excellent, f.good, f.nearly_good,
       ej.formula_shown(f.marks_quality) AS marks_quality, ej.formula_shown(f.pupils_quality) AS pupils_quality,
       ej.formula_shown(f.mean) AS mean
  FROM ej.forecast_sums(:shown_on) AS f
  LEFT JOIN ej.class AS c ON c.id = f.class_id
 WHERE f.pupils > 0
 ORDER BY c.grade, c.letter, c.id;

-- name: forecast_risks_scope :one
-- params: shown_on date
SELECT d.day AS shown_on, (SELECT coalesce(jsonb_agg(to_jsonb(x)), '[]') FROM (
           SELECT f.pupil_id, f.class_id, f.subject_id, f.teaching_id, f.marks, f.lacking, f.is_known,
                  f.total / nullif(f.weight, 0) AS mean, f.expected, f.fail, f.absent
             FROM ej.forecast(d.day) AS f
            WHERE f.fail >= ej.forecast_risk() OR f.absent >= ej.forecast_risk()) AS x) AS risks
  FROM (SELECT ej.forecast_day(:shown_on) AS day) AS d;

-- name: forecast_risks_head :one
-- params: shown_on date, risks jsonb, find text, sort text, page int
SELECT :shown_on AS shown_on, :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count
  FROM ej.forecast_risks(:risks) AS x
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), x.words);

-- name: forecast_risks_rows :many risk
-- list: sort class subject teacher risk
-- params: risks jsonb, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT x.pupil_id, x.pupil_name, x.class_id, x.class_name, x.subject_name, x.staff_name, x.marks, x.lacking,
       ej.mean_shown(x.mean) AS mean, CASE WHEN x.is_known THEN ej.mean_shown(x.expected) END AS expected,
       round(100 * x.fail) AS fail_pct, round(100 * x.absent) AS absent_pct
  FROM ej.forecast_risks(:risks) AS x
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), x.words)
 ORDER BY CASE WHEN :sort = 'risk' THEN greatest(coalesce(x.fail, 0), x.absent) END DESC NULLS LAST,
          CASE :sort WHEN 'subject' THEN x.subject_name WHEN 'teacher' THEN x.staff_name END, x.place
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: forecast_class_scope :one
-- A class of which the reader may read the forecast of some pupil.
-- params: class_id bigint, shown_on date
SELECT c.id AS class_id, d.day AS shown_on, x.cells
  FROM ej.class AS c
 CROSS JOIN (SELECT ej.forecast_day(:shown_on) AS day) AS d
 CROSS JOIN LATERAL (SELECT ej.forecast_found(d.day, ARRAY(
       SELECT n.pupil_id FROM ej.enrolment AS n
        WHERE n.class_id = c.id AND n.during @> d.day)) AS cells) AS x
 WHERE c.id = :class_id
   AND (x.cells IS NOT NULL OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR c.id = ANY ((SELECT ej.my_classes())::bigint[]));

-- name: forecast_class :one
-- params: class_id bigint, shown_on date
SELECT c.id AS class_id, c.name AS class_name, :shown_on AS shown_on, ej.my_today() AS today_on,
       c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]) AS is_whole
  FROM ej.class AS c WHERE c.id = :class_id;

-- name: forecast_class_subjects :many subject
-- params: cells jsonb
SELECT s.id AS subject_id, s.name, s.short_name
  FROM (SELECT DISTINCT x.subject_id FROM ej.forecast_listed(:cells) AS x) AS x
  JOIN ej.subject AS s ON s.id = x.subject_id
 ORDER BY s.order_no, s.name, s.id;

-- name: forecast_class_pupils :many pupil
-- params: cells jsonb
SELECT n.pupil_id, n.name, p.pupil_group, p.risks
  FROM ej.forecast_listed_pupils(:cells) AS p
  JOIN ej.pupil_names(ARRAY(SELECT DISTINCT x.pupil_id FROM ej.forecast_listed(:cells) AS x)) AS n
    ON n.pupil_id = p.pupil_id
 ORDER BY n.order_no;

-- name: forecast_class_cells :grid pupil_id subject_id
-- params: cells jsonb
SELECT x.pupil_id, x.subject_id, CASE WHEN x.is_known THEN ej.mean_shown(x.expected) END AS expected, x.likely,
       x.is_known, greatest(coalesce(x.fail, 0), x.absent) >= ej.forecast_risk() AS is_risk
  FROM ej.forecast_listed(:cells) AS x
  JOIN ej.pupil_names(ARRAY(SELECT DISTINCT x.pupil_id FROM ej.forecast_listed(:cells) AS x)) AS n
    ON n.pupil_id = x.pupil_id
  JOIN ej.subject AS s ON s.id = x.subject_id
 ORDER BY n.order_no, s.order_no, s.name, s.id;

-- name: forecast_pupil_scope :one
-- A pupil whose forecast the reader may read at least in part; for families if the school shows forecasts to them.
-- params: pupil_id bigint, shown_on date
SELECT p.id AS pupil_id, d.day AS shown_on, ej.forecast_found(d.day, ARRAY[p.id]) AS cells
  FROM ej.pupil AS p
  JOIN ej.school AS s ON s.id = p.school_id
 CROSS JOIN LATERAL (SELECT CASE WHEN ej.my_staff_schools() <> '{}' THEN ej.forecast_day(:shown_on)
                                 ELSE ej.today(p.school_id) END AS day) AS d
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
        OR p.id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AND s.forecast_shown = 'shown'
        OR p.id = ANY ((SELECT ej.my_taught_pupils())::bigint[]));

-- name: forecast_pupil :one
-- params: pupil_id bigint, shown_on date
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, c.id AS class_id, c.name AS class_name, :shown_on AS shown_on,
       p.id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AS is_family, s.round_from_pct
  FROM ej.pupil AS p
  JOIN ej.school AS s ON s.id = p.school_id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> :shown_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
 WHERE p.id = :pupil_id;

-- name: forecast_subjects :many subject
-- params: cells jsonb
SELECT x.subject_id, s.name, x.marks, x.lacking, ej.mean_shown(x.total / nullif(x.weight, 0)) AS mean,
       CASE WHEN x.is_known THEN ej.mean_shown(x.expected) END AS expected,
       CASE WHEN x.is_known THEN round(greatest(x.low, x.numbers[1]), 1) END AS low,
       CASE WHEN x.is_known THEN round(least(x.high, x.numbers[cardinality(x.numbers)]), 1) END AS high,
       CASE WHEN x.is_known THEN x.likely END AS likely, round(x.ahead) AS ahead, trim_scale(x.last) AS last,
       round(x.class_mean, 1) AS class_mean,
       round(100 * x.absent) AS absent_pct, greatest(coalesce(x.fail, 0), x.absent) >= ej.forecast_risk() AS is_risk
  FROM ej.forecast_listed(:cells) AS x JOIN ej.subject AS s ON s.id = x.subject_id
 ORDER BY s.order_no, s.name, s.id;

-- name: forecast_chances :many chance under forecast_subjects subject_id
-- params: cells jsonb
SELECT x.subject_id, c.value, round(100 * c.chance) AS pct
  FROM ej.forecast_listed(:cells) AS x JOIN ej.subject AS s ON s.id = x.subject_id
 CROSS JOIN LATERAL unnest(x.vals, x.chances) WITH ORDINALITY AS c(value, chance, n)
 WHERE x.is_known
 ORDER BY s.order_no, s.name, s.id, c.n DESC;

-- name: forecast_ways :many way under forecast_subjects subject_id
-- What is needed for each mark above the present one; if as many marks are needed with the best value as with the
-- value itself, only the lower of the two. Without marks below a pass: nobody is told how to get one.
-- params: cells jsonb
SELECT DISTINCT ON (s.order_no, s.name, s.id, w.n, w.fewest) x.subject_id, w.value, w.with_value, w.fewest
  FROM ej.forecast_listed(:cells) AS x
  JOIN ej.subject AS s ON s.id = x.subject_id
  JOIN ej.teaching AS t ON t.id = x.teaching_id
 CROSS JOIN LATERAL ej.forecast_ways(x.total, x.weight, x.lacking, x.vals, x.numbers, x.cuts) AS w
  JOIN ej.scale_value AS v ON v.scale_id = t.term_scale_id AND v.value = w.value AND v.is_pass
 WHERE w.fewest > 0 AND (x.weight = 0 OR x.total < x.cuts[w.n] * x.weight)
 ORDER BY s.order_no, s.name, s.id, w.n, w.fewest, w.with_value;
