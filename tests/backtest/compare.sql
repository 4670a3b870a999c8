-- compare.sql: the forecast at a quarter, half and three quarters of each term against its end: for each
-- point how many forecasts; the mean error of the rounded running mean and of the likely mark against the
-- mark of the end; of the running mean and the expected mean against the mean of the end; the share of
-- these within the interval.

-- What became of the term: the mean of all its marks, computed here from the base tables.
CREATE TEMP TABLE ending AS
SELECT m.pupil_id, t.subject_id, j.term_id, sum(v.number * w.weight_pct) / sum(w.weight_pct) AS mean
  FROM (SELECT DISTINCT ON (work_id, pupil_id) * FROM ej.mark WHERE value IS NOT NULL
         ORDER BY work_id, pupil_id, attempt DESC) AS m
  JOIN ej.work AS w ON w.id = m.work_id
  JOIN ej.journal AS j ON j.id = w.journal_id
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
 GROUP BY m.pupil_id, t.subject_id, j.term_id;

CREATE TEMP TABLE point AS
SELECT e.id AS term_id, p.n, lower(e.during) + ((least(upper(e.during), y.today) - lower(e.during)) * p.n / 4)::int AS day
  FROM ej.term AS e
  JOIN (SELECT school_id, today FROM ej.school_today) AS y ON y.school_id = e.school_id
 CROSS JOIN generate_series(1, 3) AS p(n)
 WHERE e.is_taught;

SELECT p.n, count(*),
       avg(abs(floor(f.total / f.weight + 0.5) - floor(x.mean + 0.5))),
       avg(abs(greatest(2, least(5, floor(f.expected + 0.5))) - floor(x.mean + 0.5))),
       avg(abs(f.total / f.weight - x.mean)), avg(abs(f.expected - x.mean)),
       avg((abs(x.mean - f.expected) <= 1.2816 * f.deviation + 1e-9)::int)
  FROM (SELECT DISTINCT p.day FROM point AS p) AS d
 CROSS JOIN LATERAL ej.forecast_cells(1, d.day, ARRAY(SELECT id FROM ej.pupil WHERE school_id = 1)) AS f
  JOIN point AS p ON p.day = d.day AND p.term_id = f.term_id
  JOIN ending AS x ON x.pupil_id = f.pupil_id AND x.subject_id = f.subject_id AND x.term_id = f.term_id
 WHERE f.marks >= 3
 GROUP BY p.n
 ORDER BY p.n;
