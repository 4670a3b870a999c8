-- programme.sql: how far the programmes are fulfilled: hours planned to date, given, and covered.

-- For each teaching: the hours of its plan; lessons planned to date (those cancelled too), given, and
-- given by substitutes; the hours of the plan that are covered: given in lessons (topics of one lesson
-- each count, another hour of a topic does not) or skipped for a reason; its control, laboratory and
-- practical works, in the plan and given; the lag (below zero) or lead in hours, NULL without a plan.
CREATE OR REPLACE FUNCTION ej.programme_lines(teaching_ids bigint[])
RETURNS TABLE (teaching_id bigint, plan_id bigint, plan_hours numeric, due numeric, given numeric, replaced bigint,
               covered numeric, skipped bigint, works bigint, works_given bigint, lag numeric)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH l AS MATERIALIZED (
    SELECT l.teaching_id,
           sum(l.hours) FILTER (WHERE l.state = 'given' OR l.state <> 'moved' AND l.held_on < d.today) AS due,
           sum(l.hours) FILTER (WHERE l.state = 'given') AS given,
           count(*) FILTER (WHERE l.state = 'given' AND l.is_substitute) AS replaced
      FROM (SELECT min(ej.today(s.school_id)) AS today
              FROM (SELECT DISTINCT t.school_id FROM ej.teaching AS t WHERE t.id = ANY ($1)) AS s) AS d
      JOIN ej.lesson AS l ON l.teaching_id = ANY ($1) AND l.held_on <= d.today
     GROUP BY l.teaching_id
), u AS MATERIALIZED (
    SELECT u.teaching_id, u.plan_id FROM ej.plan_use AS u WHERE u.teaching_id = ANY ($1)
), p AS MATERIALIZED ( -- a plan once, however many teachings follow it
    SELECT r.plan_id, sum(r.hours) AS hours,
           count(*) FILTER (WHERE r.kind IN ('control', 'laboratory', 'practical')) AS works
      FROM ej.plan_row AS r WHERE r.plan_id = ANY (ARRAY(SELECT DISTINCT u.plan_id FROM u)) GROUP BY r.plan_id
), g AS MATERIALIZED ( -- the rows of the present plan that were given or skipped
    SELECT x.teaching_id, r.hours, r.kind IN ('control', 'laboratory', 'practical') AS is_work, x.n, x.is_skipped
      FROM (SELECT x.teaching_id, x.plan_row_id, sum(x.n) AS n, bool_or(x.n IS NULL) AS is_skipped
              FROM (SELECT g.teaching_id, g.plan_row_id, 1 - g.goes_on::int AS n
                      FROM ej.plan_given AS g WHERE g.teaching_id = ANY ($1)
                     UNION ALL
                    SELECT k.teaching_id, k.plan_row_id, NULL
                      FROM ej.plan_skip AS k WHERE k.teaching_id = ANY ($1)) AS x
             GROUP BY x.teaching_id, x.plan_row_id) AS x
      JOIN u ON u.teaching_id = x.teaching_id
      JOIN ej.plan_row AS r ON r.id = x.plan_row_id AND r.plan_id = u.plan_id
), c AS MATERIALIZED (
    SELECT g.teaching_id, sum(CASE WHEN g.is_skipped THEN g.hours ELSE least(g.hours, g.n) END) AS covered,
           count(*) FILTER (WHERE g.is_skipped) AS skipped,
           count(*) FILTER (WHERE g.is_work AND g.n IS NOT NULL) AS works_given
      FROM g GROUP BY g.teaching_id
), r AS MATERIALIZED (
    SELECT u.teaching_id, u.plan_id, p.hours AS plan_hours, coalesce(c.covered, 0) AS covered,
           coalesce(c.skipped, 0) AS skipped, p.works, coalesce(c.works_given, 0) AS works_given
      FROM u JOIN p ON p.plan_id = u.plan_id LEFT JOIN c ON c.teaching_id = u.teaching_id
)
SELECT t.id, r.plan_id, r.plan_hours, coalesce(l.due, 0), coalesce(l.given, 0), coalesce(l.replaced, 0), r.covered,
       r.skipped, r.works, r.works_given, r.covered - least(coalesce(l.due, 0), r.plan_hours)
  FROM unnest($1) AS t(id)
  LEFT JOIN l ON l.teaching_id = t.id
  LEFT JOIN r ON r.teaching_id = t.id
$$;

-- The teachings whose fulfilment the reader sees: of the journals that the reader may read as staff,
-- in a year of the school in which the reader works, with the words by which a teaching is found.
-- lacks «plan»: only those that follow no approved plan.
CREATE OR REPLACE FUNCTION ej.programme_teachings(year int, lacks text)
RETURNS TABLE (teaching_id bigint, group_name text, subject_name text, staff_name text, class_place text, words text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT t.id, g.name::text, s.name::text, ej.short_name(f.surname, f.given_name, f.patronymic),
       lpad(substring(g.name FROM '^\d+'), 2, '0') || g.name, concat_ws(' ', g.name, s.name, f.surname, f.given_name)
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = t.staff_id
 WHERE t.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND t.year = $1
   AND (t.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR t.id = ANY ((SELECT ej.my_read_teachings() || ej.my_class_teachings())::bigint[]))
   AND (coalesce(lacks, '') = '' OR NOT EXISTS (
        SELECT FROM ej.plan_use AS u JOIN ej.plan AS p ON p.id = u.plan_id AND p.state = 'approved'
         WHERE u.teaching_id = t.id))
$$;

-- The programme of each subject of a pupil, for the family and for staff who read the pupil's marks:
-- hours of the plan and covered, the lag, the last topic given and the next one.
-- No rows for anybody else.
CREATE OR REPLACE FUNCTION ej.programme_pupil(pupil_id bigint)
RETURNS TABLE (subject_name text, group_name text, plan_hours numeric, covered numeric, lag numeric, last_topic text,
               next_topic text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (SELECT p.school_id FROM ej.pupil AS p WHERE p.id = programme_pupil.pupil_id);
    ids    bigint[];
BEGIN
    IF NOT coalesce(programme_pupil.pupil_id = ANY (ej.my_pupils())
                    OR school = ANY (ej.my_journal_schools()), false) THEN
        RETURN;
    END IF;
    ids := ARRAY(SELECT t.id FROM ej.membership AS m JOIN ej.teaching AS t ON t.study_group_id = m.study_group_id
                  WHERE m.pupil_id = programme_pupil.pupil_id AND m.during @> ej.today(school));
    RETURN QUERY
    SELECT s.name::text, g.name::text, x.plan_hours, x.covered, x.lag,
           (SELECT r.topic::text FROM ej.plan_given AS y JOIN ej.lesson AS l ON l.id = y.lesson_id
              JOIN ej.plan_row AS r ON r.id = y.plan_row_id
             WHERE y.teaching_id = x.teaching_id ORDER BY l.held_on DESC, l.slot DESC, r.place DESC LIMIT 1),
           (SELECT r.topic::text FROM ej.plan_rest(x.teaching_id) AS y JOIN ej.plan_row AS r ON r.id = y.plan_row_id
             WHERE y.rest > 0 ORDER BY y.place LIMIT 1)
      FROM ej.programme_lines(ids) AS x
      JOIN ej.teaching AS t ON t.id = x.teaching_id
      JOIN ej.study_group AS g ON g.id = t.study_group_id
      JOIN ej.subject AS s ON s.id = t.subject_id
     ORDER BY s.order_no, s.name;
END
$$;
ALTER FUNCTION ej.programme_pupil(bigint) OWNER TO ej_rights;
GRANT SELECT ON ej.plan, ej.plan_row, ej.plan_use, ej.plan_given, ej.plan_skip TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.programme_pupil(bigint) TO ej_web;

-- The hours of teachings for the year: those a week by the curriculum of the group, else of its class, else
-- of the teaching, in the weeks of study of the grade.
CREATE OR REPLACE FUNCTION ej.programme_norms(teaching_ids bigint[]) RETURNS TABLE (teaching_id bigint, norm numeric)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH t AS MATERIALIZED (
    SELECT DISTINCT ON (t.id) t.id, t.school_id, t.study_group_id, t.subject_id, t.hours_week, c.id AS class_id, c.grade
      FROM ej.teaching AS t
      LEFT JOIN ej.study_group_class AS x ON x.study_group_id = t.study_group_id
      LEFT JOIN ej.class AS c ON c.id = x.class_id
     WHERE t.id = ANY ($1) ORDER BY t.id, c.grade, c.id
), n AS MATERIALIZED (
    SELECT n.school_id, n.grade, n.weeks FROM ej.grade_norm AS n
     WHERE n.school_id = ANY (ARRAY(SELECT DISTINCT t.school_id FROM t))
), k AS MATERIALIZED (
    SELECT DISTINCT ON (x.class_id) x.class_id, g.id AS study_group_id
      FROM ej.study_group_class AS x
      JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class'
     WHERE x.class_id = ANY (ARRAY(SELECT t.class_id FROM t)) ORDER BY x.class_id, g.id
)
SELECT t.id, coalesce(u.hours_week, o.hours_week, t.hours_week) * coalesce(n.weeks, 34)
  FROM t
  LEFT JOIN ej.curriculum AS u ON u.study_group_id = t.study_group_id AND u.subject_id = t.subject_id
  LEFT JOIN k ON k.class_id = t.class_id
  LEFT JOIN ej.curriculum AS o ON o.study_group_id = k.study_group_id AND o.subject_id = t.subject_id
  LEFT JOIN n ON n.school_id = t.school_id AND n.grade = t.grade
$$;
