-- years.sql: the next school year, made from the last; what is wrong with a year's calendar.

-- The day of the next year that stands for this one: the same weekday of the same week, but
-- the first day of a year for the first; never outside of the next year.
CREATE OR REPLACE FUNCTION ej.next_year_day(day date, this daterange, next daterange) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN day <= lower(this) THEN lower(next) WHEN day >= upper(this) THEN upper(next)
            ELSE greatest(lower(next), least(upper(next), day + 364)) END
$$;
CREATE OR REPLACE FUNCTION ej.next_year_days(days daterange, this daterange, next daterange) RETURNS daterange
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
    SELECT daterange(ej.next_year_day(lower(days), this, next), ej.next_year_day(upper(days), this, next))
$$;

-- Copy a school's term plans and their terms into the next year.
CREATE OR REPLACE FUNCTION ej.copy_terms(school_id bigint, year int, this daterange, next daterange) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.term_plan (school_id, year, name, kind, grade_from, grade_till)
    SELECT p.school_id, copy_terms.year, p.name, p.kind, p.grade_from, p.grade_till
      FROM ej.term_plan AS p WHERE p.school_id = $1 AND p.year = $2 - 1 ORDER BY p.id;
    INSERT INTO ej.term (school_id, term_plan_id, kind, ordinal, name, during)
    SELECT t.school_id, n.id, t.kind, t.ordinal, t.name, ej.next_year_days(t.during, this, next)
      FROM ej.term_plan AS p
      JOIN ej.term_plan AS n ON n.school_id = p.school_id AND n.year = $2 AND n.name = p.name
      JOIN ej.term AS t ON t.term_plan_id = p.id
     WHERE p.school_id = $1 AND p.year = $2 - 1
     ORDER BY n.id, t.ordinal, t.id;
    UPDATE ej.term AS t SET parent_id = y.id
      FROM ej.term_plan AS p, ej.term AS y
     WHERE p.school_id = $1 AND p.year = $2 AND t.term_plan_id = p.id AND y.term_plan_id = p.id
       AND y.kind = 'year' AND t.is_taught;
END
$$;

-- Copy the holidays, public ones to the same date, and the modes that end with the year and
-- are not overtaken by one that goes on.
CREATE OR REPLACE FUNCTION ej.copy_days(school_id bigint, year int, this daterange, next daterange) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.holiday (school_id, year, kind, name, during)
    SELECT h.school_id, $2, h.kind, h.name, d.during
      FROM ej.holiday AS h
     CROSS JOIN LATERAL (SELECT CASE h.kind WHEN 'public'
                THEN daterange((lower(h.during) + interval '1 year')::date, (upper(h.during) + interval '1 year')::date)
                ELSE ej.next_year_days(h.during, this, next) END AS during) AS d
     WHERE h.school_id = $1 AND h.year = $2 - 1 AND NOT isempty(d.during) AND next @> d.during
     ORDER BY lower(d.during);
    INSERT INTO ej.mode (school_id, bell_plan_id, grade_from, grade_till, during)
    SELECT m.school_id, m.bell_plan_id, m.grade_from, m.grade_till, d.during
      FROM ej.mode AS m
     CROSS JOIN LATERAL (SELECT ej.next_year_days(m.during, this, next) AS during) AS d
     WHERE m.school_id = $1 AND m.study_group_id IS NULL AND NOT m.is_special AND this @> m.during
       AND NOT EXISTS (SELECT FROM ej.mode AS o
                        WHERE o.school_id = $1 AND o.study_group_id IS NULL AND NOT o.is_special
                          AND o.during && d.during
                          AND int4range(o.grade_from, o.grade_till, '[]') && int4range(m.grade_from, m.grade_till,
                                  '[]'));
END
$$;

-- Open the school year after the last for the school in which the writer works: copy what
-- the last one has, and order the job that makes the partitions. year: the one that the page
-- proposed; of one that is open already only the job is ordered again, if it has not all parts.
-- Errors: JE301 not the writer's to do, JE102 another year, JE272 more than one year ahead.
CREATE OR REPLACE FUNCTION ej.years_open(year int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_setup_schools())[1];
    last   ej.school_year;
    next   daterange := daterange(make_date(year, 9, 1), make_date(year + 1, 9, 1));
BEGIN
    SELECT y.* INTO last FROM ej.school_year AS y WHERE y.school_id = school ORDER BY y.year DESC LIMIT 1 FOR UPDATE;
    IF school IS NULL THEN
        RAISE EXCEPTION 'not a writer of the set-up' USING ERRCODE = 'JE301';
    ELSIF year NOT BETWEEN last.year AND last.year + 1 THEN
        RAISE EXCEPTION 'not the next year' USING ERRCODE = 'JE102', COLUMN = 'year';
    ELSIF make_date(year - 1, 9, 1) > ej.today(school) THEN
        RAISE EXCEPTION 'too early' USING ERRCODE = 'JE272', COLUMN = 'year';
    END IF;
    IF year > last.year THEN
        INSERT INTO ej.school_year (school_id, year, during) VALUES (school, year, next);
        PERFORM ej.copy_terms(school, year, last.during, next);
        PERFORM ej.copy_days(school, year, last.during, next);
    END IF;
    IF NOT ej.is_year_open(year) THEN
        PERFORM ej.job_order('year', school, year::text);
    END IF;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- ----------------------------------------------------------------- bounds --

-- What of a year of the writer's school would fall outside of these days, by time: terms,
-- holidays, and the lessons before and after. A day that is NULL is no bound.
CREATE OR REPLACE FUNCTION ej.years_outside(year int, from_on date, till_on date)
RETURNS TABLE (kind text, name text, from_on date, till_on date, n bigint, term_plan_id bigint, holiday_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH d AS MATERIALIZED (
    SELECT y.school_id, y.year, daterange($2, $3, '[]') AS days
      FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools()))) AND y.year = $1
       AND coalesce($2 <= $3, true)
)
(SELECT 'term', p.name || ', ' || t.name, lower(t.during), upper(t.during) - 1, NULL::bigint, p.id, NULL::bigint
   FROM d JOIN ej.term_plan AS p ON p.school_id = d.school_id AND p.year = d.year
   JOIN ej.term AS t ON t.term_plan_id = p.id
  WHERE NOT d.days @> t.during ORDER BY 3, 2)
UNION ALL
(SELECT 'holiday', h.name, lower(h.during), upper(h.during) - 1, NULL, NULL, h.id
   FROM d JOIN ej.holiday AS h ON h.school_id = d.school_id AND h.year = d.year
  WHERE NOT d.days @> h.during ORDER BY 3, 2)
UNION ALL
SELECT 'lesson', NULL, min(l.held_on), max(l.held_on), count(*), NULL, NULL
  FROM d JOIN LATERAL (
       SELECT l.held_on, l.id FROM ej.lesson AS l WHERE l.school_id = d.school_id AND l.held_on < lower(d.days)
        UNION ALL
       SELECT l.held_on, l.id FROM ej.lesson AS l WHERE l.school_id = d.school_id AND l.held_on >= upper(d.days)) AS l
    ON l.id >= d.year * 10000000000 AND l.id < (d.year + 1) * 10000000000
HAVING count(*) > 0
$$;

-- Write new bounds of a year of the writer's school; returns the outcomes.
CREATE OR REPLACE FUNCTION ej.years_move(year int, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_setup_schools())[1];
    bounds daterange := (SELECT y.during FROM ej.school_year AS y
                          WHERE y.school_id = school AND y.year = years_move.year FOR UPDATE);
    from_on date := (fields ->> 'from_on')::date;
    till_on date := (fields ->> 'till_on')::date;
    bad    jsonb := (SELECT jsonb_agg(ej.conflict(x.field, x.stored::text, 'school_year', k.id))
                       FROM (VALUES ('from_on', lower(bounds), from_on, fields ->> 'old_from_on'),
                                    ('till_on', upper(bounds) - 1, till_on, fields ->> 'old_till_on'))
                            AS x(field, stored, new, old)
                      CROSS JOIN (SELECT ARRAY[school, years_move.year]) AS k(id)
                      WHERE x.stored::text IS DISTINCT FROM x.old AND x.stored <> x.new);
    state  text;
BEGIN
    IF bounds IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF bad IS NOT NULL THEN
        RETURN replace(bad::text, '"conflict"', '"bad"')::jsonb;
    ELSIF till_on < from_on THEN
        RETURN '[{"outcome": "bad", "field": "till_on", "code": "JE132"}]';
    END IF;
    UPDATE ej.school_year AS y SET during = daterange(from_on, till_on, '[]')
     WHERE y.school_id = school AND y.year = years_move.year AND y.during <> daterange(from_on, till_on, '[]');
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN check_violation OR exclusion_violation OR SQLSTATE 'JE171' OR SQLSTATE 'JE207' THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad',
        'code', CASE state WHEN '23514' THEN 'JE106' WHEN '23P01' THEN 'JE212' ELSE state END,
        'field', CASE WHEN from_on = lower(bounds) THEN 'till_on' ELSE 'from_on' END));
END
$$;

-- ----------------------------------------------------------------- checks --

-- School days (from Monday to Saturday in a plan with a six-day week, else to Friday)
-- between the terms of a plan that are in no holiday.
CREATE OR REPLACE FUNCTION ej.term_gaps(school_id bigint, year int)
RETURNS TABLE (name text, from_on date, till_on date)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT p.name, min(d.day), max(d.day)
  FROM ej.term_plan AS p
 CROSS JOIN LATERAL (SELECT t.id, t.during, lag(upper(t.during)) OVER (ORDER BY t.ordinal) AS after
                       FROM ej.term AS t WHERE t.term_plan_id = p.id AND t.is_taught) AS t
 CROSS JOIN LATERAL (SELECT g::date AS day
                       FROM generate_series(t.after, lower(t.during) - 1, interval '1 day') AS g) AS d
 WHERE p.school_id = $1 AND p.year = $2
   AND extract(isodow FROM d.day) < CASE WHEN EXISTS (SELECT FROM ej.class AS c
                                                       WHERE c.term_plan_id = p.id AND c.week_days = 6)
                                         THEN 7 ELSE 6 END
   AND NOT EXISTS (SELECT FROM ej.holiday AS h WHERE h.school_id = $1 AND h.year = $2 AND h.during @> d.day
                      AND (h.kind <> 'extra' OR p.grade_till = 1))
 GROUP BY p.id, t.id
$$;

-- What is wrong with the calendar of a year of the reader's school. code: plan_missing,
-- term_missing, term_gap, term_in_holiday, holiday_missing, bells_missing, bells_empty; name:
-- grades, a plan, a term, a kind of holidays or bells; the days; n: how many.
CREATE OR REPLACE FUNCTION ej.calendar_faults(year int)
RETURNS TABLE (code text, name text, from_on date, till_on date, n int)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH y AS MATERIALIZED (
    SELECT y.school_id, y.year, lower(y.during) AS first FROM ej.school_year AS y
     WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AND y.year = $1
), p AS MATERIALIZED (
    SELECT p.* FROM y JOIN ej.term_plan AS p ON p.school_id = y.school_id AND p.year = y.year
     WHERE p.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
), g AS MATERIALIZED (   -- the grades, and when each begins
    SELECT g.grade, (SELECT min(lower(t.during)) FROM ej.term AS t
                      WHERE t.term_plan_id = ej.term_plan_of(y.school_id, y.year, g.grade)) AS first,
           ej.term_plan_of(y.school_id, y.year, g.grade) AS plan, y.school_id
      FROM y CROSS JOIN generate_series(1, 11) AS g(grade)
)
SELECT 'plan_missing', string_agg(g.grade::text, ', ' ORDER BY g.grade), NULL::date, NULL::date, count(*)::int
  FROM g WHERE g.plan IS NULL HAVING count(*) > 0
UNION ALL
SELECT 'term_missing', p.name, NULL, NULL, ej.term_count(p.kind) - t.n
  FROM p CROSS JOIN LATERAL (SELECT count(*)::int AS n FROM ej.term AS t WHERE t.term_plan_id = p.id
                                AND t.kind = p.kind) AS t
 WHERE t.n < ej.term_count(p.kind)
UNION ALL
SELECT 'term_gap', x.name, x.from_on, x.till_on, NULL FROM y CROSS JOIN LATERAL ej.term_gaps(y.school_id, y.year) AS x
UNION ALL
SELECT 'term_in_holiday', p.name || ', ' || t.name, lower(h.during), upper(h.during) - 1, NULL
  FROM p JOIN ej.term AS t ON t.term_plan_id = p.id AND t.is_taught
  JOIN ej.holiday AS h ON h.school_id = p.school_id AND h.year = p.year AND h.kind NOT IN ('public', 'extra')
   AND (h.during @> lower(t.during) OR h.during @> upper(t.during) - 1)
 WHERE h.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
UNION ALL
SELECT 'holiday_missing', k.kind, NULL, NULL, NULL
  FROM y CROSS JOIN unnest('{autumn,winter,spring}'::text[]) AS k(kind)
 WHERE NOT EXISTS (SELECT FROM ej.holiday AS h WHERE h.school_id = y.school_id AND h.year = y.year AND h.kind = k.kind)
UNION ALL
SELECT 'bells_missing', string_agg(g.grade::text, ', ' ORDER BY g.grade), NULL, NULL, count(*)::int
  FROM g WHERE g.first IS NOT NULL AND NOT EXISTS (
       SELECT FROM ej.mode AS m WHERE m.school_id = g.school_id AND m.study_group_id IS NULL AND NOT m.is_special
          AND g.grade BETWEEN m.grade_from AND m.grade_till AND m.during @> g.first)
HAVING count(*) > 0
UNION ALL
SELECT 'bells_empty', b.name, NULL, NULL, NULL
  FROM y JOIN ej.bell_plan AS b ON b.school_id = y.school_id
 WHERE b.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
   AND EXISTS (SELECT FROM ej.mode AS m WHERE m.bell_plan_id = b.id
                  AND m.during && daterange(y.first, (y.first + interval '1 year')::date))
   AND NOT EXISTS (SELECT FROM ej.bell AS l WHERE l.bell_plan_id = b.id)
$$;
