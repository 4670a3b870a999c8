-- region.sql: the queries of region.c. The functions of sql/objects/region_pages.sql check who reads.

-- name: region_head :one
-- params: region_id bigint
SELECT h.region_id, h.name AS region_name, h.parent_id, h.parent_name, h.schools, h.week_on,
       to_char(h.counted_at AT TIME ZONE h.tz, 'YYYY-MM-DD"T"HH24:MI') AS counted_at
  FROM ej.region_head(:region_id, NULL) AS h;

-- name: region_choices :many choice
-- The regions of the reader, and their subregions.
-- params:
-- rows: at most 200
SELECT 'region_id' AS "for", r.region_id AS value, r.name
  FROM ej.region_reach() AS r ORDER BY r.parent_id IS NOT NULL, r.name, r.region_id LIMIT 200;

-- name: region_figures :many figure
-- Each indicator in the last week that was counted, and in the week before it.
-- params: region_id bigint
-- rows: at most 6
SELECT k.indicator_key, t.schools, t.part, t.whole, ej.indicator_pct(t.part, t.whole) AS pct,
       b.whole IS NOT NULL AS is_before, ej.indicator_pct(b.part, b.whole) AS before_pct
  FROM ej.region_head(:region_id, NULL) AS h
 CROSS JOIN unnest(ej.indicator_keys()) WITH ORDINALITY AS k(indicator_key, n)
  LEFT JOIN ej.region_sums(:region_id, NULL, h.week_on, h.week_on) AS t ON t.indicator_key = k.indicator_key
  LEFT JOIN ej.region_sums(:region_id, NULL, h.week_on - 7, h.week_on - 7) AS b ON b.indicator_key = k.indicator_key
 ORDER BY k.n;

-- name: region_schools_head :one
-- params: region_id bigint, week_on date, find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, h.region_id, h.name AS region_name, h.schools,
       h.week_on,
       (SELECT greatest(1, (count(*) + 59) / 60) FROM ej.region_members(:region_id) AS m
         WHERE ej.is_found((SELECT ej.find_patterns(:find)), m.name)) AS pages
  FROM ej.region_head(:region_id, :week_on) AS h;

-- name: region_schools_rows :many school
-- A line for each school: the share of each indicator in the week, or why it is not shown.
-- list: sort name filled attendance quality families meals gto
-- params: region_id bigint, week_on date, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT m.school_id, m.name, CASE WHEN m.region_id <> h.region_id THEN m.region_name END AS region_name,
       f.filled_pct, f.filled_shown, f.attendance_pct, f.attendance_shown, f.quality_pct, f.quality_shown,
       f.families_pct, f.families_shown, f.meals_pct, f.meals_shown, f.gto_pct, f.gto_shown
  FROM ej.region_head(:region_id, :week_on) AS h
 CROSS JOIN ej.region_members(:region_id) AS m
  LEFT JOIN (SELECT v.school_id,
                    max(v.pct) FILTER (WHERE v.indicator_key = 'filled') AS filled_pct,
                    max(v.shown) FILTER (WHERE v.indicator_key = 'filled') AS filled_shown,
                    max(v.pct) FILTER (WHERE v.indicator_key = 'attendance') AS attendance_pct,
                    max(v.shown) FILTER (WHERE v.indicator_key = 'attendance') AS attendance_shown,
                    max(v.pct) FILTER (WHERE v.indicator_key = 'quality') AS quality_pct,
                    max(v.shown) FILTER (WHERE v.indicator_key = 'quality') AS quality_shown,
                    max(v.pct) FILTER (WHERE v.indicator_key = 'families') AS families_pct,
                    max(v.shown) FILTER (WHERE v.indicator_key = 'families') AS families_shown,
                    max(v.pct) FILTER (WHERE v.indicator_key = 'meals') AS meals_pct,
                    max(v.shown) FILTER (WHERE v.indicator_key = 'meals') AS meals_shown,
                    max(v.pct) FILTER (WHERE v.indicator_key = 'gto') AS gto_pct,
                    max(v.shown) FILTER (WHERE v.indicator_key = 'gto') AS gto_shown
               FROM ej.region_head(:region_id, :week_on) AS h,
                    ej.region_views(:region_id, NULL, h.week_on, h.week_on) AS v
              GROUP BY v.school_id) AS f ON f.school_id = m.school_id
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), m.name)
 ORDER BY CASE :sort WHEN 'filled' THEN f.filled_pct WHEN 'attendance' THEN f.attendance_pct
                     WHEN 'quality' THEN f.quality_pct WHEN 'families' THEN f.families_pct
                     WHEN 'meals' THEN f.meals_pct WHEN 'gto' THEN f.gto_pct END, m.name, m.school_id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: region_indicators_head :one
-- No row for an indicator that does not exist.
-- params: region_id bigint, indicator_key text, find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, :indicator_key AS indicator_key, h.region_id,
       h.name AS region_name,
       h.schools, h.week_on,
       (SELECT greatest(1, (count(*) + 59) / 60) FROM ej.region_members(:region_id) AS m
         WHERE ej.is_found((SELECT ej.find_patterns(:find)), m.name)) AS pages
  FROM ej.region_head(:region_id, NULL) AS h
 WHERE :indicator_key = ANY (ej.indicator_keys());

-- name: region_indicators_weeks :many week
-- The last sixteen weeks of the region, with those in which there was nothing to count.
-- params: region_id bigint, indicator_key text
-- rows: at most 16
SELECT w.day::date AS week_on, t.schools, t.part, t.whole, ej.indicator_pct(t.part, t.whole) AS pct
  FROM ej.region_head(:region_id, NULL) AS h
 CROSS JOIN generate_series((h.week_on - 105)::timestamp, h.week_on::timestamp, '7 days') AS w(day)
  LEFT JOIN ej.region_sums(:region_id, :indicator_key, h.week_on - 105, h.week_on) AS t ON t.week_on = w.day::date
 WHERE EXISTS (SELECT FROM ej.region_sums(:region_id, :indicator_key, h.week_on - 105, w.day::date) AS e)
 ORDER BY w.day;

-- name: region_indicators_rows :many school
-- A line for each school: its share in each of the last eight weeks, the last one first.
-- list: sort name last
-- params: region_id bigint, indicator_key text, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT m.school_id, m.name, CASE WHEN m.region_id <> h.region_id THEN m.region_name END AS region_name,
       f.w1_pct, f.w1_shown, f.w2_pct, f.w2_shown, f.w3_pct, f.w3_shown, f.w4_pct, f.w4_shown,
       f.w5_pct, f.w5_shown, f.w6_pct, f.w6_shown, f.w7_pct, f.w7_shown, f.w8_pct, f.w8_shown
  FROM ej.region_head(:region_id, NULL) AS h
 CROSS JOIN ej.region_members(:region_id) AS m
  LEFT JOIN (SELECT v.school_id,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on) AS w1_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on) AS w1_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 7) AS w2_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 7) AS w2_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 14) AS w3_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 14) AS w3_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 21) AS w4_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 21) AS w4_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 28) AS w5_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 28) AS w5_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 35) AS w6_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 35) AS w6_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 42) AS w7_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 42) AS w7_shown,
                    max(v.pct) FILTER (WHERE v.week_on = h.week_on - 49) AS w8_pct,
                    max(v.shown) FILTER (WHERE v.week_on = h.week_on - 49) AS w8_shown
               FROM ej.region_head(:region_id, NULL) AS h,
                    ej.region_views(:region_id, :indicator_key, h.week_on - 49, h.week_on) AS v
              GROUP BY v.school_id) AS f ON f.school_id = m.school_id
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), m.name)
 ORDER BY CASE WHEN :sort = 'last' THEN f.w1_pct END, m.name, m.school_id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;
