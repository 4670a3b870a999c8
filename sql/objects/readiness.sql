-- readiness.sql: what the new school year still lacks (CFG-01, CFG-02, CFG-03).

-- The load of a year against its curriculum: subjects taught that the class's curriculum
-- lacks, subjects of the curriculum without a teacher, teachings with other hours. grade: the
-- first in which something is missing.
CREATE OR REPLACE FUNCTION ej.readiness_load(school_id bigint, year int)
RETURNS TABLE (code text, things bigint, missing bigint, grade int)
LANGUAGE sql STABLE AS $$
WITH c AS MATERIALIZED (
    SELECT c.class_id, c.grade FROM ej.load_classes($1, $2) AS c
), l AS MATERIALIZED (
    SELECT (l.class_id, l.subject_id) AS cell, l.teaching_id, l.hours, l.planned, c.grade
      FROM ej.load_lines($1, $2) AS l JOIN c ON c.class_id = l.class_id
)
SELECT 'curriculum', count(DISTINCT l.cell), count(DISTINCT l.cell) FILTER (WHERE l.planned IS NULL),
       min(l.grade) FILTER (WHERE l.planned IS NULL) FROM l
 UNION ALL
SELECT 'teacher', count(DISTINCT l.cell), count(DISTINCT l.cell) FILTER (WHERE l.teaching_id IS NULL),
       min(l.grade) FILTER (WHERE l.teaching_id IS NULL)
  FROM l WHERE l.planned IS NOT NULL
 UNION ALL
SELECT 'hours', count(DISTINCT l.teaching_id), count(DISTINCT l.teaching_id) FILTER (WHERE l.hours <> l.planned),
       min(l.grade) FILTER (WHERE l.hours <> l.planned)
  FROM l WHERE l.planned IS NOT NULL AND l.teaching_id IS NOT NULL
$$;

-- The set-up of a school and of its year, of which there must be something: how many things there
-- are, and how many of them lack something. n: the place in the list of readiness_lines.
CREATE OR REPLACE FUNCTION ej.readiness_setup(school_id bigint, year int, during daterange)
RETURNS TABLE (n int, due text, code text, things bigint, missing bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT 4, 'september', 'school', 3::bigint,
       num_nulls(nullif(o.name, ''), nullif(o.short_name, ''), nullif(o.city, ''))::bigint
  FROM ej.school AS o WHERE o.id = $1
 UNION ALL
SELECT 5, 'september', 'staff', CASE WHEN count(*) > 1 THEN count(*) ELSE 0 END, 0 -- one is the administrator
  FROM ej.staff AS f WHERE f.school_id = $1 AND f.during && $3
 UNION ALL
SELECT 6, 'september', 'subject', count(*), 0 FROM ej.subject AS s WHERE s.school_id = $1
 UNION ALL
SELECT 9, 'later', 'calendar', (SELECT count(*) FROM ej.term_plan AS p WHERE p.school_id = $1 AND p.year = $2),
       (SELECT count(*) FROM ej.calendar_faults($2))
 UNION ALL
SELECT 10, 'later', 'holiday', count(*), 0 FROM ej.holiday AS h WHERE h.school_id = $1 AND h.year = $2
 UNION ALL
SELECT 11, 'later', 'bell', count(*), 0 FROM ej.bell AS b WHERE b.school_id = $1
 UNION ALL
SELECT 12, 'later', 'room', count(*), 0 FROM ej.room AS r WHERE r.school_id = $1
$$;

-- Teaching that is prepared before its lessons: teachings that follow no approved calendar-thematic
-- plan, and classes with marks that have no control work in the schedule (KTP-01, CTL-11).
CREATE OR REPLACE FUNCTION ej.readiness_teaching(school_id bigint, year int)
RETURNS TABLE (n int, due text, code text, things bigint, missing bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT 8, 'september', 'plan', count(*), count(*) FILTER (WHERE p.id IS NULL)
  FROM ej.teaching AS t
  LEFT JOIN ej.plan_use AS u ON u.teaching_id = t.id
  LEFT JOIN ej.plan AS p ON p.id = u.plan_id AND p.state = 'approved'
 WHERE t.school_id = ANY (ARRAY[$1]) AND t.year = $2
 UNION ALL
SELECT 15, 'later', 'control', count(*), count(*) FILTER (WHERE NOT EXISTS (
           SELECT FROM ej.study_group_class AS g JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
             JOIN ej.control_work AS w ON w.teaching_id = t.id
            WHERE g.class_id = c.id))
  FROM ej.class AS c JOIN ej.school AS s ON s.id = c.school_id
 WHERE c.school_id = ANY (ARRAY[$1]) AND c.year = $2 AND c.grade <> ALL (s.unmarked_grades)
$$;

-- What has to be there by a day, in the order of the page, for the school in which the
-- reader works: how many things there are, and how many of them lack something. A line
-- without things is not done either. Of the rows it counts what the reader may read. grade and
-- class_id: where the first of what is missing is mended, for lines that have a page for each.
CREATE OR REPLACE FUNCTION ej.readiness_lines()
RETURNS TABLE (due_on date, code text, things bigint, missing bigint, is_done boolean, is_late boolean, grade int,
               class_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH y AS MATERIALIZED (
    SELECT y.school_id, y.year, y.during, ej.today(y.school_id) AS day
      FROM ej.school_year AS y
     WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
       AND lower(y.during) <= ej.today(y.school_id) + 100
     ORDER BY y.year DESC
     LIMIT 1
), k AS MATERIALIZED (   -- the classes of the year, with what each has
    SELECT c.id, c.class_teacher_id, c.term_plan_id,
           (SELECT count(*) FROM ej.enrolment AS n WHERE n.class_id = c.id AND n.during && y.during) AS pupils,
           (SELECT coalesce(sum(t.hours_week), 0)
              FROM ej.study_group_class AS g JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
             WHERE g.class_id = c.id AND t.year = y.year) AS hours,
           EXISTS (SELECT FROM ej.term AS e WHERE e.term_plan_id = c.term_plan_id AND e.is_taught) AS has_terms
      FROM y JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
     WHERE c.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
), t AS MATERIALIZED (   -- the teachings of the year, and their hours in the timetable
    SELECT t.id, t.study_group_id, t.hours_week,
           (SELECT coalesce(sum(CASE x.cycle WHEN 0 THEN 1 ELSE 0.5 END), 0) FROM ej.timetable AS x
             WHERE x.teaching_id = t.id
               AND x.during @> greatest(y.day, lower(y.during))) AS hours
      FROM y JOIN ej.teaching AS t ON t.school_id = y.school_id AND t.year = y.year
     WHERE t.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
), p AS MATERIALIZED (   -- the pupils of the year
    SELECT n.pupil_id, i.birth_on,
           EXISTS (SELECT FROM ej.consent AS o WHERE o.pupil_id = n.pupil_id
                      AND o.purpose = 'processing') AS has_consent,
           EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = n.pupil_id
                      AND w.during @> greatest(y.day, lower(y.during))) AS has_guardian
      FROM y, k JOIN ej.enrolment AS n ON n.class_id = k.id
      LEFT JOIN ej.pupil_card AS i ON i.pupil_id = n.pupil_id
     WHERE n.during @> greatest(y.day, lower(y.during))
)
SELECT d.due_on, line.code, line.things, line.missing, line.things > 0 AND line.missing = 0 AS is_done,
       y.day > d.due_on AND (line.things = 0 OR line.missing > 0) AS is_late, line.grade, line.class_id
  FROM y, (
    SELECT 1 AS n, 'august' AS due, 'class' AS code, count(*) AS things,
           count(*) FILTER (WHERE pupils = 0) AS missing, NULL::int AS grade, NULL::bigint AS class_id FROM k
    UNION ALL SELECT 2, 'august', 'class_teacher', count(*), count(*) FILTER (WHERE class_teacher_id IS NULL), NULL,
           NULL FROM k
    UNION ALL SELECT 3, 'august', 'load', count(*), count(*) FILTER (WHERE hours = 0), NULL, NULL FROM k
    UNION ALL SELECT 3, 'august', l.code, l.things, l.missing, l.grade, NULL FROM y
     CROSS JOIN LATERAL ej.readiness_load(y.school_id, y.year) AS l
    UNION ALL SELECT u.n, u.due, u.code, u.things, u.missing, NULL, NULL FROM y
     CROSS JOIN LATERAL (
           SELECT * FROM ej.readiness_setup(y.school_id, y.year, y.during) UNION ALL
           SELECT * FROM ej.readiness_teaching(y.school_id, y.year)) AS u
    UNION ALL SELECT 7, 'september', 'birth', count(*), count(*) FILTER (WHERE birth_on IS NULL), NULL, NULL FROM p
    UNION ALL SELECT 8, 'september', 'guardian', count(*), count(*) FILTER (WHERE NOT has_guardian), NULL, NULL FROM p
    UNION ALL SELECT 8, 'september', 'consent', count(*), count(*) FILTER (WHERE NOT has_consent), NULL, NULL FROM p
    UNION ALL SELECT 9, 'later', 'term', count(*), count(*) FILTER (WHERE NOT has_terms), NULL, NULL FROM k
    UNION ALL SELECT 13, 'later', 'member', count(*), count(*) FILTER (WHERE members = 0), NULL, NULL
      FROM (SELECT (SELECT count(*) FROM ej.membership AS m
                     WHERE m.study_group_id = g.id AND m.during && y.during) AS members
              FROM y JOIN ej.study_group AS g ON g.school_id = y.school_id AND g.year = y.year
             WHERE g.school_id = ANY (ARRAY(SELECT y.school_id FROM y))) AS g
    UNION ALL SELECT 9, 'september', 'code', coalesce(sum(s.families), 0)::bigint, coalesce(sum(s.apart), 0)::bigint,
           NULL, NULL
      FROM y JOIN ej.slip_counts() AS s ON s.year = y.year
    UNION ALL SELECT 14, 'later', 'timetable', count(*), count(*) FILTER (WHERE hours <> hours_week), NULL,
           (SELECT min(g.class_id) FROM ej.study_group_class AS g
             WHERE g.study_group_id = min(t.study_group_id) FILTER (WHERE hours <> hours_week)) FROM t
  ) AS line
 CROSS JOIN LATERAL (SELECT CASE line.due WHEN 'august' THEN make_date(y.year, 8, 25)
                                          WHEN 'september' THEN make_date(y.year, 9, 1)
                                          ELSE make_date(y.year, 9, 15) END AS due_on) AS d
 ORDER BY line.n, line.code
$$;
