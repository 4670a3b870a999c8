-- reports_course.sql: the facts of reports on the course of a term: marks and attendance by week and month, and
-- changes for the better or worse.

-- The marks that the pupils of the classes of the filter got in its days, one row for each attempt, without «осв»;
-- held_on: the day of the lesson. These are rows of ej.mark_record, which joins the scale to each mark of each work;
-- here it is joined once to all marks.
CREATE OR REPLACE FUNCTION ej.report_marks(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, subject_id bigint, teaching_id bigint, staff_id bigint,
               kind_id bigint, held_on date, level text, number numeric, weight_pct int, is_pass boolean,
               is_good boolean)
LANGUAGE sql STABLE ROWS 30000 AS $$
SELECT n.class_id, m.pupil_id, l.subject_id, l.teaching_id, l.staff_id, w.kind_id, l.held_on,
       ej.formula_level(m.value, v.number, v.is_pass, v.is_good, v.sou_weight), v.number, w.weight_pct, v.is_pass,
       v.is_good
  FROM ej.report_lessons(f) AS l
 CROSS JOIN LATERAL (SELECT w.id, w.kind_id, w.weight_pct FROM ej.work AS w
                      WHERE w.lesson_id = l.lesson_id OFFSET 0) AS w
 CROSS JOIN LATERAL (SELECT m.pupil_id, m.scale_id, m.value FROM ej.mark AS m
                      WHERE m.work_id = w.id AND m.value IS NOT NULL OFFSET 0) AS m
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.sou_weight IS NOT NULL
  JOIN ej.enrolment AS n ON n.pupil_id = m.pupil_id AND coalesce(n.during @> l.held_on, false)
   AND n.class_id = ANY (f.class_ids)
$$;

-- Статистика успеваемости и посещаемости (REP-24): marks and lessons of each class, added up by weeks or months.
CREATE OR REPLACE FUNCTION ej.report_statistics(f ej.report_filter, step text) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(m.class_id, NULL, '{marks,passed,fine,numbers,total}',
                    ARRAY[count(*), count(*) FILTER (WHERE m.is_pass), count(*) FILTER (WHERE m.is_good),
                          count(m.number), sum(m.number)],
                    subject_id => m.subject_id, held_on => date_trunc(step, m.held_on::timestamp)::date)).*
      FROM ej.report_marks(f) AS m
     GROUP BY m.class_id, m.subject_id, date_trunc(step, m.held_on::timestamp)
     UNION ALL
    SELECT (ej.fact(d.class_id, NULL, '{due}', ARRAY[sum(d.lessons)],
                    held_on => date_trunc(step, d.held_on::timestamp)::date)).*
      FROM ej.report_due_days(f) AS d
     GROUP BY d.class_id, date_trunc(step, d.held_on::timestamp)
     UNION ALL
    SELECT (ej.fact(a.class_id, NULL, '{missed,ill}', ARRAY[count(*), count(*) FILTER (WHERE a.code = 'б')],
                    held_on => date_trunc(step, a.held_on::timestamp)::date)).*
      FROM ej.report_absences(f) AS a
     WHERE a.counts_missed AND a.held_on <= f.day
     GROUP BY a.class_id, date_trunc(step, a.held_on::timestamp);
END
$$;
CREATE OR REPLACE FUNCTION ej.report_weeks(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE sql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
SELECT x.* FROM ej.report_statistics(f, 'week') AS x
$$;
CREATE OR REPLACE FUNCTION ej.report_months(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp AS $$
SELECT x.* FROM ej.report_statistics(f, 'month') AS x
$$;

-- The means of these pupils in a term, in the subjects of the filter. An observer gets no rows of ej.figures(); the
-- sums that an observer sees are counted from the means of all pupils (ej.report_observed).
CREATE OR REPLACE FUNCTION ej.report_figures(f ej.report_filter, pupils bigint[], term_id bigint)
RETURNS TABLE (pupil_id bigint, subject_id bigint, mean numeric)
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
DECLARE
    subjects bigint[] := ARRAY(SELECT s.id FROM ej.subject AS s
                                WHERE s.school_id = f.school_id AND (f.subject_id IS NULL OR s.id = f.subject_id));
BEGIN
    IF f.is_observed THEN
        RETURN QUERY
        SELECT g.pupil_id, g.subject_id, g.mean
          FROM ej.figures_of(pupils, subjects,
                   ej.figures_teachings(pupils, subjects, (SELECT e.during FROM ej.term AS e WHERE e.id = $3)), $3,
                   false) AS g;
    ELSE
        RETURN QUERY
        SELECT g.pupil_id, g.subject_id, g.mean FROM ej.figures(pupils, subjects, $3, false) AS g;
    END IF;
END
$$;

-- The mean of each pupil and subject in the term of the filter, and the mark of the term before;
-- either may be NULL.
CREATE OR REPLACE FUNCTION ej.report_means(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, subject_id bigint, mean numeric, before numeric)
LANGUAGE sql STABLE ROWS 10000 AS $$
WITH c AS MATERIALIZED (
    SELECT c.class_id, c.term_id, least(c.last_on, f.day) AS last_on FROM ej.report_classes(f) AS c
), p AS MATERIALIZED (
    SELECT c.class_id, c.term_id, p.pupil_id
      FROM c JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during @> c.last_on
), x AS MATERIALIZED (
    SELECT g.pupil_id, g.subject_id, g.mean
      FROM (SELECT p.term_id, array_agg(DISTINCT p.pupil_id) AS pupils FROM p WHERE p.term_id IS NOT NULL
             GROUP BY p.term_id) AS e
     CROSS JOIN LATERAL ej.report_figures(f, e.pupils, e.term_id) AS g
     WHERE g.mean IS NOT NULL
), b AS MATERIALIZED (
    SELECT m.pupil_id, m.subject_id, m.number
      FROM ej.final_record AS m
     WHERE m.term_id = ANY (ej.report_terms_before(f.term_ids)) AND m.number IS NOT NULL
       AND (f.subject_id IS NULL OR m.subject_id = f.subject_id)
)
SELECT p.class_id, v.pupil_id, v.subject_id, max(v.mean), max(v.before)
  FROM (SELECT x.pupil_id, x.subject_id, x.mean, NULL::numeric AS before FROM x
         UNION ALL
        SELECT b.pupil_id, b.subject_id, NULL, b.number FROM b) AS v
  JOIN p ON p.pupil_id = v.pupil_id
 GROUP BY p.class_id, v.pupil_id, v.subject_id
$$;

-- Оперативный анализ (REP-26), pupils: total / numbers is the mean of the present means of subjects, before /
-- befores that of the marks of the term before; late / lates is the mean of the marks of the last 14 days, early /
-- earlies that of the marks before them. falls, rises: subjects whose mean is half a mark or more below or above
-- the mark of the term before.
CREATE OR REPLACE FUNCTION ej.report_analysis(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(x.class_id, x.pupil_id,
                    ARRAY[CASE WHEN x.mean IS NOT NULL THEN 'total' END,
                          CASE WHEN x.mean IS NOT NULL THEN 'numbers' END,
                          CASE WHEN x.before IS NOT NULL THEN 'before' END,
                          CASE WHEN x.before IS NOT NULL THEN 'befores' END,
                          CASE WHEN x.mean <= x.before - 0.5 THEN 'falls'
                               WHEN x.mean >= x.before + 0.5 THEN 'rises' END],
                    ARRAY[x.mean, 1, x.before, 1, 1], subject_id => x.subject_id,
                    value => ej.mean_shown(x.mean)::text, note => trim_scale(x.before)::text)).*
      FROM ej.report_means(f) AS x
     UNION ALL
    SELECT (ej.fact(m.class_id, m.pupil_id,
                    CASE WHEN m.held_on > f.day - 14 THEN '{late,lates}'::text[] ELSE '{early,earlies}' END,
                    ARRAY[sum(m.number * m.weight_pct) / 100, sum(m.weight_pct) / 100.0],
                    subject_id => m.subject_id)).*
      FROM ej.report_marks(f) AS m
     WHERE m.number IS NOT NULL
     GROUP BY m.class_id, m.pupil_id, m.subject_id, m.held_on > f.day - 14;
END
$$;

-- Оперативный анализ, teachers: the marks that each gave (late, early: as for pupils), and the term marks of the term
-- before.
CREATE OR REPLACE FUNCTION ej.report_analysis_teachers(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(m.class_id, NULL,
                    ARRAY['marks', 'passed', 'fine', 'total', 'numbers',
                          CASE WHEN m.is_late THEN 'late' ELSE 'early' END,
                          CASE WHEN m.is_late THEN 'lates' ELSE 'earlies' END],
                    ARRAY[m.marks, m.passed, m.fine, m.total, m.numbers, m.total, m.numbers],
                    teaching_id => m.teaching_id, staff_id => m.staff_id)).*
      FROM (SELECT min(m.class_id) AS class_id, m.teaching_id, m.staff_id, m.held_on > f.day - 14 AS is_late,
                   count(*) AS marks, count(*) FILTER (WHERE m.is_pass) AS passed,
                   count(*) FILTER (WHERE m.is_good) AS fine, sum(m.number * m.weight_pct) / 100 AS total,
                   sum(m.weight_pct) FILTER (WHERE m.number IS NOT NULL) / 100.0 AS numbers
              FROM ej.report_marks(f) AS m
             GROUP BY m.teaching_id, m.staff_id, m.held_on > f.day - 14) AS m
     UNION ALL
    SELECT (ej.fact(t.class_id, NULL, '{before,befores}', ARRAY[sum(m.number), count(m.number)],
                    teaching_id => t.teaching_id, staff_id => t.staff_id)).*
      FROM ej.report_teachings(f) AS t
      JOIN ej.final_record AS m ON m.teaching_id = t.teaching_id
     WHERE m.term_id = ANY (ej.report_terms_before(f.term_ids))
     GROUP BY t.class_id, t.teaching_id, t.staff_id;
END
$$;

-- Оперативный анализ, kinds of work: the marks of each kind in the term.
CREATE OR REPLACE FUNCTION ej.report_analysis_kinds(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(m.class_id, NULL, ARRAY['marks', m.level, 'passed', 'fine', 'total', 'numbers'],
                    ARRAY[count(*), count(*), count(*) FILTER (WHERE m.is_pass), count(*) FILTER (WHERE m.is_good),
                          sum(m.number), count(m.number)],
                    subject_id => m.subject_id, item_id => m.kind_id)).*
      FROM ej.report_marks(f) AS m
     GROUP BY m.class_id, m.subject_id, m.kind_id, m.level;
END
$$;

-- Мониторинг (REP-27). Of the seven days up to the day of the filter, and of the seven before them (…_before): lessons
-- missed, those without a reason (truant), lessons that are not filled in, marks below a pass. As of the day of the
-- filter: subjects in which a mean has fallen (ej.report_analysis), subjects at risk (ej.forecast), open findings.
CREATE OR REPLACE FUNCTION ej.report_monitor(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 5000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    week ej.report_filter := f;
BEGIN
    week.days := daterange(f.day - 13, f.day + 1);
    RETURN QUERY
    SELECT (ej.fact(a.class_id, a.pupil_id,
                    ARRAY[CASE WHEN a.held_on > f.day - 7 THEN 'missed' ELSE 'missed_before' END,
                          CASE WHEN a.held_on > f.day - 7 AND a.code IN ('н', 'п') THEN 'truant'
                               WHEN a.code IN ('н', 'п') THEN 'truant_before' END],
                    teaching_id => a.teaching_id, held_on => a.held_on, value => a.code)).*
      FROM ej.report_absences(week) AS a
     WHERE a.counts_missed
     UNION ALL
    SELECT (ej.fact(x.class_id, NULL,
                    ARRAY[CASE WHEN x.held_on > f.day - 7 THEN 'unfilled' ELSE 'unfilled_before' END],
                    teaching_id => x.teaching_id, staff_id => x.staff_id, held_on => x.held_on, note => x.note)).*
      FROM ej.report_filling(week) AS x
     WHERE 'unfilled' = ANY (x.counted)
     UNION ALL
    SELECT (ej.fact(m.class_id, m.pupil_id,
                    ARRAY[CASE WHEN m.held_on > f.day - 7 THEN 'failed' ELSE 'failed_before' END],
                    teaching_id => m.teaching_id, held_on => m.held_on)).*
      FROM ej.report_marks(week) AS m
     WHERE NOT m.is_pass
     UNION ALL
    SELECT (ej.fact(x.class_id, x.pupil_id, '{falls}', subject_id => x.subject_id,
                    value => ej.mean_shown(x.mean)::text, note => trim_scale(x.before)::text)).*
      FROM ej.report_means(f) AS x
     WHERE x.mean <= x.before - 0.5
     UNION ALL
    SELECT (ej.fact(x.class_id, x.pupil_id, '{risk}', subject_id => x.subject_id, value => x.likely)).*
      FROM ej.forecast(f.day, ARRAY(SELECT p.pupil_id FROM ej.pupil_on_day AS p
                                     WHERE p.class_id = ANY (f.class_ids) AND p.during @> f.day)) AS x
     WHERE x.class_id = ANY (f.class_ids) AND (x.fail >= ej.forecast_risk() OR x.absent >= ej.forecast_risk())
     UNION ALL
    SELECT (ej.fact(d.class_id, NULL,
                    ARRAY['findings',
                          CASE WHEN d.state IN ('open', 'returned') AND d.due_on < f.day THEN 'overdue' END],
                    staff_id => d.addressee_id, held_on => d.made_on, value => d.duty_key::text,
                    note => d.text::text)).*
      FROM ej.finding AS d
     WHERE d.class_id = ANY (f.class_ids) AND d.kind = 'finding' AND d.state <> 'accepted';
END
$$;
