-- years.sql: the queries of years.c: the school years of the school in which the reader works.

-- name: years_head :one
-- The year whose calendar is checked: :year, or the last; next: the one that may be opened,
-- from the first day of the last one on.
-- params: year int
SELECT coalesce(:year, l.year) AS year, l.year + 1 AS next, l.from_on <= ej.today(l.school_id)
   AND l.is_mine AS can_open, l.is_mine
  FROM (SELECT y.school_id, y.year, lower(y.during) AS from_on,
               (SELECT cardinality(ej.my_setup_schools()) > 0) AS is_mine
          FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
         ORDER BY y.year DESC LIMIT 1) AS l
 WHERE :year IS NULL OR EXISTS (SELECT FROM ej.school_year AS y WHERE y.school_id = l.school_id AND y.year = :year);

-- name: years_rows :many year
-- The job is the last order for the year that the reader may see.
-- params:
SELECT y.year, lower(y.during) AS from_on, upper(y.during) - 1 AS till_on,
       (SELECT count(*) FROM ej.term_plan AS p WHERE p.school_id = y.school_id AND p.year = y.year) AS plans,
       (SELECT count(*) FROM ej.holiday AS h WHERE h.school_id = y.school_id AND h.year = y.year) AS holidays,
       (SELECT count(*) FROM ej.class AS c WHERE c.school_id = y.school_id AND c.year = y.year) AS classes,
       ej.is_year_open(y.year) AS is_open,
       (SELECT max(j.id) FROM ej.job AS j
         WHERE j.school_id = y.school_id AND j.kind = 'year' AND j.request = y.year::text) AS job_id,
       EXISTS (SELECT FROM ej.job AS j WHERE j.school_id = y.school_id AND j.kind = 'year' AND j.request = y.year::text
                  AND j.finished_at IS NULL) AS is_busy
  FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year DESC;

-- name: years_faults :many fault
-- params: year int
SELECT f.code, f.name, f.from_on, f.till_on, f.n
  FROM ej.calendar_faults(coalesce(:year, (
           SELECT max(y.year) FROM ej.school_year AS y
            WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))))) AS f;

-- name: years_open :outcomes
-- params: year int
SELECT ej.years_open(:year);

-- name: years_bounds :one
-- Of the year, or the last.
-- params: year int
SELECT y.year, lower(y.during) AS from_on, upper(y.during) - 1 AS till_on
  FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
   AND y.year = coalesce(:year, (SELECT max(o.year) FROM ej.school_year AS o WHERE o.school_id = y.school_id));

-- name: years_outside :many outside
-- What would fall outside of these days: terms and holidays by name, lessons as a number.
-- params: year int, from_on date, till_on date
-- rows: at most 60
SELECT x.kind, x.name, x.from_on, x.till_on, x.n, x.term_plan_id, x.holiday_id
  FROM ej.years_outside(:year, :from_on, :till_on) AS x LIMIT 60;

-- name: years_move :outcomes
-- scan: the cached lists of sessions, of which there are few, end with a changed year
-- params: year int, fields jsonb
SELECT ej.years_move(:year, :fields);
