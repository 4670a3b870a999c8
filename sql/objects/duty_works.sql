-- duty_works.sql: the facts of control works, programmes and corrections (duty.sql).

-- The facts of control works (works of a kind is_control); those of one lesson count once.
--   off-schedule   a control work that is not in the schedule, or one of the schedule that was not held (CTL-12);
--                  counted from the first day of the school's schedule of the year on: never without a schedule
--   control-share  a teaching: its control works of the year take more than so many hundredths of its hours
--   control-often  sooner than so many days after the one before
-- The last two: letter of Minprosveshcheniya and Rosobrnadzor of 6 August 2021, SK-228/03, 01-169/08-01
CREATE OR REPLACE FUNCTION ej.duty_controls(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 5000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.class_id, t.school_id, t.staff_id, t.today
      FROM ej.duty_teachings($1, $2) AS t WHERE NOT t.is_unmarked
), n AS MATERIALIZED (
    SELECT s.school_id, ej.duty_limit_of(s.school_id, 'control-share') AS pct,
           ej.duty_limit_of(s.school_id, 'control-often') AS days
      FROM (SELECT DISTINCT t.school_id FROM t) AS s
), s AS MATERIALIZED (
    SELECT n.school_id, min(k.held_on) AS starts_on
      FROM n
      JOIN ej.school_today AS d ON d.school_id = n.school_id
      JOIN ej.school_year AS y ON y.school_id = n.school_id AND y.during @> least($4, d.today)
      JOIN ej.control_work AS k ON k.school_id = n.school_id AND k.held_on >= lower(y.during)
       AND k.held_on < upper(y.during)
     GROUP BY n.school_id
), c AS MATERIALIZED (
    SELECT k.id
      FROM n
     CROSS JOIN LATERAL (SELECT * FROM ej.work_kind AS k WHERE k.school_id = n.school_id AND k.is_control OFFSET 0) AS k
), o AS MATERIALIZED (
    SELECT w.teaching_id, w.lesson_id, w.kind_id, w.control_work_id, w.title
      FROM (SELECT DISTINCT t.id FROM t) AS t
     CROSS JOIN LATERAL (SELECT * FROM ej.work AS w WHERE w.teaching_id = t.id OFFSET 0) AS w
), w AS MATERIALIZED (
    SELECT t.id AS teaching_id, t.class_id, t.school_id, t.today, l.id AS lesson_id, l.held_on, l.staff_id,
           bool_or(w.control_work_id IS NOT NULL) AS is_planned, min(nullif(w.title, '')) AS title,
           l.held_on - lag(l.held_on) OVER (PARTITION BY t.id ORDER BY l.held_on, l.slot, l.id) AS gap
      FROM t
      JOIN o AS w ON w.teaching_id = t.id
      JOIN c ON c.id = w.kind_id
      JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.state IN ('planned', 'given') AND l.held_on <= least($4, t.today)
     GROUP BY t.id, t.class_id, t.school_id, t.today, l.id, l.held_on, l.slot, l.staff_id
)
SELECT 'off-schedule'::text, NOT w.is_planned, w.held_on, w.teaching_id, w.class_id, w.staff_id, w.lesson_id,
       NULL::bigint, NULL::bigint, w.title::text, NULL::numeric, NULL::numeric
  FROM w JOIN s ON s.school_id = w.school_id WHERE w.held_on >= $3 AND w.held_on >= s.starts_on
 UNION ALL
SELECT 'off-schedule', true, k.held_on, t.id, t.class_id, t.staff_id, NULL, NULL, NULL, nullif(k.title, '')::text,
       NULL, NULL
  FROM t JOIN ej.control_work AS k ON k.teaching_id = t.id AND k.held_on >= $3 AND k.held_on <= $4
     AND k.held_on < t.today
 WHERE k.teaching_id = ANY ($1)
   AND NOT EXISTS (SELECT FROM ej.work AS o
                     JOIN ej.lesson AS l ON l.id = o.lesson_id AND l.state IN ('planned', 'given')
                    WHERE o.control_work_id = k.id)
 UNION ALL
SELECT 'control-often', coalesce(w.gap < n.days, false), w.held_on, w.teaching_id, w.class_id, w.staff_id, w.lesson_id,
       NULL, NULL, w.title::text, w.gap, n.days
  FROM w JOIN n ON n.school_id = w.school_id WHERE w.held_on >= $3
 UNION ALL
SELECT 'control-share', x.works * 100 > n.pct * h.norm, least($4, t.today), t.id, t.class_id, t.staff_id, NULL, NULL,
       NULL, NULL, x.works, h.norm
  FROM (SELECT w.teaching_id, count(*) AS works FROM w GROUP BY w.teaching_id) AS x
  JOIN t ON t.id = x.teaching_id
  JOIN n ON n.school_id = t.school_id
  JOIN ej.programme_norms($1) AS h ON h.teaching_id = t.id
$$;

-- The facts of programmes, as of today, and of corrections asked for.
--   lag          so many hours or more behind the plan (KTP-05)
--   plan         no approved plan, or one of other hours than the curriculum (KTP-03)
--   corrections  a request to correct a record that was accepted or waits (CTL-13)
CREATE OR REPLACE FUNCTION ej.duty_programme(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 2000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.class_id, t.school_id, t.staff_id, t.today, t.tz FROM ej.duty_teachings($1, $2) AS t
), n AS MATERIALIZED (
    SELECT s.school_id, ej.duty_limit_of(s.school_id, 'lag') AS hours FROM (SELECT DISTINCT t.school_id FROM t) AS s
), x AS MATERIALIZED (
    SELECT x.teaching_id, x.plan_hours, x.lag FROM ej.programme_lines($1) AS x
), p AS MATERIALIZED (
    SELECT u.teaching_id, p.state, x.plan_hours AS hours
      FROM ej.plan_use AS u JOIN ej.plan AS p ON p.id = u.plan_id JOIN x ON x.teaching_id = u.teaching_id
     WHERE u.teaching_id = ANY ($1)
)
SELECT 'lag'::text, x.lag <= -n.hours, least($4, t.today), t.id, t.class_id, t.staff_id, NULL::bigint, NULL::bigint,
       NULL::bigint, NULL::text, -x.lag, n.hours::numeric
  FROM x
  JOIN t ON t.id = x.teaching_id
  JOIN n ON n.school_id = t.school_id
 WHERE x.lag IS NOT NULL
 UNION ALL
SELECT 'plan', p.state IS DISTINCT FROM 'approved' OR p.hours IS DISTINCT FROM h.norm, least($4, t.today), t.id,
       t.class_id, t.staff_id, NULL, NULL, NULL, NULL, p.hours, h.norm
  FROM t
  JOIN ej.teaching AS e ON e.id = t.id
  JOIN ej.study_group AS g ON g.id = e.study_group_id AND g.kind <> 'club'
  LEFT JOIN p ON p.teaching_id = t.id
  LEFT JOIN ej.programme_norms($1) AS h ON h.teaching_id = t.id
 UNION ALL
SELECT 'corrections', c.state IN ('new', 'accepted'), d.day, t.id, t.class_id, c.staff_id, c.lesson_id, c.journal_id,
       c.pupil_id, left(c.reason, 200), NULL, NULL
  FROM t
  JOIN ej.correction AS c ON c.teaching_id = t.id
 CROSS JOIN LATERAL (SELECT (c.asked_at AT TIME ZONE t.tz)::date AS day) AS d
 WHERE c.teaching_id = ANY ($1) AND d.day BETWEEN $3 AND $4
$$;
