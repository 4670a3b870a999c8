-- reports_days.sql: the facts of reports on pupils, classes, days and lessons.

-- The days on which pupils of the filter missed lessons or were late (ej.missed_days), in the class of
-- that day. For an observer the sums are counted for everybody (ej.report_observed).
CREATE OR REPLACE FUNCTION ej.report_missed(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, held_on date, held bigint, lessons bigint, ill bigint, valid bigint,
               unjustified bigint, unexplained bigint, late bigint, is_missed boolean, is_ill boolean)
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    pupils bigint[] := ARRAY(SELECT DISTINCT p.pupil_id FROM ej.report_classes(f) AS c
        JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during && c.days);
    -- up to the day of the report; empty if they have not begun by then
    days   daterange := (SELECT daterange(min(lower(c.days)),
                                          least(max(upper(c.days)), greatest(f.day + 1, min(lower(c.days)))))
                           FROM ej.report_classes(f) AS c);
BEGIN
    IF f.is_observed THEN
        RETURN QUERY
        SELECT c.class_id, d.pupil_id, d.held_on, d.held, d.lessons, d.ill, d.valid, d.unjustified, d.unexplained,
               d.late, d.is_missed, d.is_ill
          FROM ej.missed_days_of(pupils, days) AS d
          JOIN ej.pupil_on_day AS p ON p.pupil_id = d.pupil_id AND p.during @> d.held_on
          JOIN ej.report_classes(f) AS c ON c.class_id = p.class_id AND c.days @> d.held_on;
    ELSE
        RETURN QUERY
        SELECT c.class_id, d.pupil_id, d.held_on, d.held, d.lessons, d.ill, d.valid, d.unjustified, d.unexplained,
               d.late, d.is_missed, d.is_ill
          FROM ej.missed_days(pupils, days) AS d
          JOIN ej.pupil_on_day AS p ON p.pupil_id = d.pupil_id AND p.during @> d.held_on
          JOIN ej.report_classes(f) AS c ON c.class_id = p.class_id AND c.days @> d.held_on;
    END IF;
END
$$;

-- In which groups the pupils of the classes were, and when, in the days of the filter.
CREATE OR REPLACE FUNCTION ej.report_stays(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, study_group_id bigint, days daterange)
LANGUAGE sql STABLE ROWS 10000 AS $$
WITH n AS MATERIALIZED (
    SELECT c.class_id, p.pupil_id, p.during * c.days AS days
      FROM ej.report_classes(f) AS c
      JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during && c.days
)
SELECT n.class_id, n.pupil_id, b.study_group_id, b.during * n.days
  FROM n JOIN ej.membership AS b ON b.pupil_id = n.pupil_id AND b.during && n.days
$$;

-- How many lessons these groups were given on each day from from_on on, before before_on.
CREATE OR REPLACE FUNCTION ej.report_given(study_group_ids bigint[], from_on date, before_on date)
RETURNS TABLE (study_group_id bigint, held_on date, lessons bigint)
LANGUAGE sql STABLE ROWS 10000 AS $$
SELECT l.study_group_id, l.held_on, count(*)
  FROM ej.lesson_record AS l
 WHERE l.study_group_id = ANY ($1) AND l.state = 'given' AND l.held_on >= $2 AND l.held_on < $3
 GROUP BY l.study_group_id, l.held_on
$$;

-- How many lessons were held for each pupil of the classes, in the days of the filter: those of the
-- groups that the pupil was in on the day.
CREATE OR REPLACE FUNCTION ej.report_due(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, lessons bigint)
LANGUAGE sql STABLE ROWS 1000 AS $$
WITH b AS MATERIALIZED (
    SELECT b.class_id, b.pupil_id, b.study_group_id, b.days FROM ej.report_stays(f) AS b
), l AS MATERIALIZED (
    SELECT l.study_group_id, l.held_on, l.lessons
      FROM ej.report_given(ARRAY(SELECT DISTINCT b.study_group_id FROM b), (SELECT min(lower(b.days)) FROM b),
                           (SELECT max(upper(b.days)) FROM b)) AS l
)
SELECT b.class_id, b.pupil_id, sum(l.lessons)::bigint
  FROM b JOIN l ON l.study_group_id = b.study_group_id AND l.held_on >= lower(b.days) AND l.held_on < upper(b.days)
 GROUP BY b.class_id, b.pupil_id
$$;

-- The lessons that the pupils of a class should have attended, of each class and day: a lesson counts once for each
-- pupil.
CREATE OR REPLACE FUNCTION ej.report_due_days(f ej.report_filter)
RETURNS TABLE (class_id bigint, held_on date, lessons bigint)
LANGUAGE sql STABLE ROWS 3000 AS $$
WITH b AS MATERIALIZED (
    SELECT b.class_id, b.study_group_id, b.days, count(*) AS pupils FROM ej.report_stays(f) AS b
     GROUP BY b.class_id, b.study_group_id, b.days
), l AS MATERIALIZED (
    SELECT l.study_group_id, l.held_on, l.lessons
      FROM ej.report_given(ARRAY(SELECT DISTINCT b.study_group_id FROM b), (SELECT min(lower(b.days)) FROM b),
                           (SELECT max(upper(b.days)) FROM b)) AS l
)
SELECT b.class_id, l.held_on, sum(l.lessons * b.pupils)::bigint
  FROM b JOIN l ON l.study_group_id = b.study_group_id AND l.held_on >= lower(b.days) AND l.held_on < upper(b.days)
 GROUP BY b.class_id, l.held_on
$$;

-- Сводная ведомость учёта посещаемости (REP-12, requirements 3.3).
CREATE OR REPLACE FUNCTION ej.report_attendance(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 4000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(d.class_id, d.pupil_id,
                   ARRAY[CASE WHEN d.is_missed THEN 'days' END, CASE WHEN d.is_ill THEN 'days_ill' END,
                         'lessons', 'ill', 'valid', 'unjustified', 'unexplained', 'late'],
                   ARRAY[1, 1, d.lessons, d.ill, d.valid, d.unjustified, d.unexplained, d.late],
                   held_on => d.held_on)).*
      FROM ej.report_missed(f) AS d
     UNION ALL
    SELECT (ej.fact(d.class_id, d.pupil_id, ARRAY['due'], ARRAY[d.lessons])).*
      FROM ej.report_due(f) AS d
     UNION ALL
    SELECT (ej.fact(c.class_id, p.pupil_id, ARRAY['pupils'])).*
      FROM ej.report_classes(f) AS c
      JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during @> least(c.last_on, f.day);
END
$$;

-- -------------------------------------------------------------- movement --

-- The enrolments of the classes in the days of the filter: whether the pupil was there at the
-- beginning and at the end, came from another class or went to one; the movement by which the pupil
-- left, with its reason.
CREATE OR REPLACE FUNCTION ej.report_enrolments(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, came_on date, left_on date, is_first boolean, is_last boolean,
               is_from_class boolean, is_to_class boolean, reason text, order_no text)
LANGUAGE sql STABLE ROWS 1000 AS $$
WITH c AS MATERIALIZED (
    SELECT c.class_id, lower(c.days) AS first_on, least(c.last_on, f.day) AS last_on FROM ej.report_classes(f) AS c
)
SELECT c.class_id, p.pupil_id, lower(p.during), CASE WHEN NOT upper_inf(p.during) THEN upper(p.during) END,
       lower(p.during) <= c.first_on, upper_inf(p.during) OR upper(p.during) > c.last_on,
       EXISTS (SELECT FROM ej.enrolment AS o WHERE o.pupil_id = p.pupil_id AND upper(o.during) = lower(p.during)),
       EXISTS (SELECT FROM ej.enrolment AS o WHERE o.pupil_id = p.pupil_id AND lower(o.during) = upper(p.during)),
       m.reason::text, m.order_no::text
  FROM c
  JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND lower(p.during) <= c.last_on AND NOT isempty(p.during)
   AND (upper_inf(p.during) OR upper(p.during) > c.first_on)
  LEFT JOIN LATERAL (SELECT m.reason, m.order_no FROM ej.movement AS m
                      WHERE m.pupil_id = p.pupil_id AND m.moved_on = upper(p.during) AND m.kind = 'leave'
                        AND m.undone_reason IS NULL ORDER BY m.id DESC LIMIT 1) AS m ON true
$$;

-- Движение обучающихся (REP-06, requirements 3.8): начало + прибыло − выбыло = конец.
CREATE OR REPLACE FUNCTION ej.report_movement(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(e.class_id, e.pupil_id,
                   ARRAY[CASE WHEN e.is_first THEN 'first' WHEN e.is_from_class THEN 'moved_in' ELSE 'arrived' END,
                         CASE WHEN e.is_last THEN 'last' WHEN e.is_to_class THEN 'moved_out' ELSE 'departed' END,
                         CASE WHEN NOT e.is_last AND NOT e.is_to_class
                              THEN CASE WHEN e.reason = ANY ('{to_school,to_city,to_abroad,to_college,to_family}')
                                        THEN e.reason
                                        ELSE 'to_other' END END],
                   held_on => CASE WHEN NOT e.is_last THEN e.left_on WHEN NOT e.is_first THEN e.came_on END,
                   note => e.order_no)).*
      FROM ej.report_enrolments(f) AS e;
END
$$;

-- The same by month: who came to the school, and who left it.
CREATE OR REPLACE FUNCTION ej.report_movement_months(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(e.class_id, e.pupil_id, ARRAY['arrived'],
                    held_on => date_trunc('month', e.came_on::timestamp)::date)).*
      FROM ej.report_enrolments(f) AS e WHERE NOT e.is_first AND NOT e.is_from_class
     UNION ALL
    SELECT (ej.fact(e.class_id, e.pupil_id, ARRAY['departed'],
                    held_on => date_trunc('month', e.left_on::timestamp)::date,
                   note => e.order_no)).*
      FROM ej.report_enrolments(f) AS e WHERE NOT e.is_last AND NOT e.is_to_class;
END
$$;

-- Наполняемость классов (REP-07): pupils on three days, and the places of the class's room; of a class
-- whose room or its places are not entered nothing is free.
CREATE OR REPLACE FUNCTION ej.report_sizes(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(p.class_id, p.pupil_id,
                   ARRAY[CASE WHEN p.during @> make_date(f.year, 9, 1) THEN 'september_1' END,
                         CASE WHEN p.during @> make_date(f.year, 9, 20) THEN 'september_20' END,
                         CASE WHEN p.during @> f.day THEN 'now' END,
                         CASE WHEN p.during @> f.day AND r.capacity IS NOT NULL THEN 'free' END],
                   ARRAY[1, 1, 1, -1])).*
      FROM ej.pupil_on_day AS p
      JOIN ej.class AS c ON c.id = p.class_id
      LEFT JOIN ej.room AS r ON r.id = c.room_id
     WHERE p.class_id = ANY (f.class_ids)
     UNION ALL
    SELECT (ej.fact(c.id, NULL, ARRAY['places', 'free'], ARRAY[r.capacity, r.capacity])).*
      FROM ej.class AS c JOIN ej.room AS r ON r.id = c.room_id AND r.capacity IS NOT NULL
     WHERE c.id = ANY (f.class_ids);
END
$$;

-- Общие сведения об обучающихся (REP-05): the pupils of the classes on the last day of the filter.
CREATE OR REPLACE FUNCTION ej.report_pupils(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH c AS MATERIALIZED (
        SELECT c.class_id, least(c.last_on, f.day) AS day FROM ej.report_classes(f) AS c
    ), p AS MATERIALIZED (
        SELECT c.class_id, p.pupil_id, c.day, k.sex, k.study_form, k.is_day_group, k.is_repeater,
               extract(year FROM age(c.day::timestamp, k.birth_on::timestamp))::int AS age
          FROM c
          JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during @> c.day
          LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.pupil_id
    )
    SELECT (ej.fact(p.class_id, p.pupil_id,
                   ARRAY['pupils', CASE p.sex WHEN 'f' THEN 'girls' WHEN 'm' THEN 'boys' END,
                         CASE WHEN p.age < 7 THEN 'age_6' WHEN p.age < 11 THEN 'age_10' WHEN p.age < 15 THEN 'age_14'
                              WHEN p.age < 18 THEN 'age_17' WHEN p.age >= 18 THEN 'age_18' END,
                         CASE p.study_form WHEN 'mixed' THEN 'mixed' WHEN 'extramural' THEN 'extramural' END,
                         CASE WHEN 'needs' = ANY (x.found) THEN 'needs' END,
                         CASE WHEN 'disabled' = ANY (x.found) THEN 'disabled' END,
                         CASE WHEN 'individual' = ANY (g.found) THEN 'individual' END,
                         CASE WHEN 'home' = ANY (g.found) THEN 'home' END,
                         CASE WHEN p.is_day_group THEN 'day_group' END,
                         CASE WHEN p.is_repeater THEN 'repeaters' END])).*
      FROM p
     CROSS JOIN LATERAL (SELECT array_agg(x.category::text) AS found FROM ej.pupil_category AS x
                          WHERE x.pupil_id = p.pupil_id AND x.during @> p.day) AS x
     CROSS JOIN LATERAL (SELECT array_agg(g.kind::text) AS found FROM ej.membership AS b
                           JOIN ej.study_group AS g ON g.id = b.study_group_id
                          WHERE b.pupil_id = p.pupil_id AND b.during @> p.day) AS g;
END
$$;

-- Отчёт о выполнении учебного плана (REP-14, requirements 3.7): the figures of the programme to date.
CREATE OR REPLACE FUNCTION ej.report_programme(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 500 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH t AS MATERIALIZED (
        SELECT t.teaching_id, t.subject_id, t.staff_id, t.class_id FROM ej.report_teachings(f) AS t
    )
    SELECT (ej.fact(t.class_id, NULL, '{norm,plan,due,given,replaced,covered,works,works_given,lag,cover_due}',
                    ARRAY[n.norm, x.plan_hours, x.due, x.given, x.replaced, x.covered, x.works, x.works_given, -x.lag,
                          CASE WHEN x.plan_hours IS NOT NULL THEN least(x.due, x.plan_hours) END],
                    subject_id => t.subject_id, teaching_id => t.teaching_id, staff_id => t.staff_id)).*
      FROM ej.programme_lines(ARRAY(SELECT t.teaching_id FROM t)) AS x
      JOIN t ON t.teaching_id = x.teaching_id
      LEFT JOIN ej.programme_norms(ARRAY(SELECT t.teaching_id FROM t)) AS n ON n.teaching_id = t.teaching_id;
END
$$;
