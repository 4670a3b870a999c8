-- reports_teachings.sql: the facts of reports on teachings: teachers, journals, control works; lessons
-- missed and marks below a pass, with their topics.

-- The pupils whose only «3» of the terms, without «2» and «н/а», is in one of these teachings (NULL: in any),
-- among the marks that the caller may read.
CREATE OR REPLACE FUNCTION ej.report_threes_of(f ej.report_filter, teachings bigint[])
RETURNS TABLE (pupil_id bigint, teaching_id bigint)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
SELECT m.pupil_id, min(m.teaching_id) FILTER (WHERE m.level = 'n3')
  FROM ej.final_record AS m
 WHERE m.term_id = ANY (f.term_ids) AND m.school_id = f.school_id
 GROUP BY m.pupil_id
HAVING count(*) FILTER (WHERE m.level = 'n3') = 1 AND count(*) FILTER (WHERE m.level IN ('n2', 'na')) = 0
   AND ($2 IS NULL OR min(m.teaching_id) FILTER (WHERE m.level = 'n3') = ANY ($2))
$$;

-- The same of the teachings that the reader may read: whether a «3» is the only one depends on marks in other
-- subjects, which a teacher may not read.
CREATE OR REPLACE FUNCTION ej.report_only_threes(f ej.report_filter) RETURNS TABLE (pupil_id bigint, teaching_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT x.pupil_id, x.teaching_id
      FROM ej.report_threes_of(f, CASE WHEN f.school_id = ANY (ej.my_journal_schools()) THEN NULL
                                       ELSE ej.my_read_teachings() || ej.my_class_teachings() END) AS x
     WHERE f.school_id = ANY (ej.my_staff_schools());
END
$$;
ALTER FUNCTION ej.report_only_threes(ej.report_filter) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.report_only_threes(ej.report_filter) TO ej_web;

-- The same, as a report asks for it. For an observer ej.report_observed() calls this, with its own rights; an observer
-- who calls it finds no rows.
CREATE OR REPLACE FUNCTION ej.report_threes(f ej.report_filter) RETURNS TABLE (pupil_id bigint, teaching_id bigint)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
BEGIN
    IF f.is_observed THEN
        RETURN QUERY SELECT x.pupil_id, x.teaching_id FROM ej.report_threes_of(f, NULL) AS x;
    ELSE
        RETURN QUERY SELECT x.pupil_id, x.teaching_id FROM ej.report_only_threes(f) AS x;
    END IF;
END
$$;

-- The lessons of the teachings in the days of the filter, up to its day.
CREATE OR REPLACE FUNCTION ej.report_lessons(f ej.report_filter)
RETURNS TABLE (teaching_id bigint, staff_id bigint, class_id bigint, subject_id bigint, lesson_id bigint, held_on date,
               hours numeric, state text, topic text, attendance_at timestamptz, has_absences boolean,
               has_homework boolean)
LANGUAGE sql STABLE ROWS 10000 AS $$
SELECT t.teaching_id, t.staff_id, t.class_id, t.subject_id, l.lesson_id, l.held_on, l.hours, l.state::text,
       l.topic::text, l.attendance_at, l.attendance_at IS NOT NULL, l.homework IS NOT NULL
  FROM ej.report_teachings(f) AS t
 CROSS JOIN LATERAL (
       SELECT l.lesson_id, l.held_on, l.hours, l.state, l.topic, l.attendance_at, l.homework
         FROM ej.lesson_record AS l
        WHERE l.teaching_id = t.teaching_id AND l.held_on >= lower(t.days)
          AND l.held_on < least(upper(t.days), f.day + 1) OFFSET 0) AS l
$$;

-- Отчёт учителя-предметника (REP-09, requirements 3.6).
CREATE OR REPLACE FUNCTION ej.report_teachers(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH t AS MATERIALIZED (
        SELECT t.teaching_id, t.study_group_id, t.subject_id, t.staff_id, t.class_id, t.term_id, t.days
          FROM ej.report_teachings(f) AS t
    )
    SELECT (ej.fact(t.class_id, b.pupil_id, '{pupils}', teaching_id => t.teaching_id, staff_id => t.staff_id)).*
      FROM t JOIN ej.membership AS b ON b.study_group_id = t.study_group_id AND b.during @> upper(t.days) - 1
     UNION ALL
    SELECT (ej.fact(m.class_id, m.pupil_id,
                    ARRAY[m.level, CASE WHEN m.level <> 'exempt' THEN 'counted' END,
                          CASE WHEN m.is_pass THEN 'passed' END, CASE WHEN m.is_good THEN 'fine' END,
                          CASE WHEN m.level <> 'exempt' THEN 'weights' END,
                          CASE WHEN m.number IS NOT NULL THEN 'total' END,
                          CASE WHEN m.number IS NOT NULL THEN 'numbers' END],
                    ARRAY[1, 1, 1, 1, m.sou_weight, m.number, 1],
                    teaching_id => m.teaching_id, staff_id => t.staff_id, value => m.value::text)).*
      -- OFFSET 0: the marks of the terms at once, and not those of each teaching with the class of each pupil
      FROM (SELECT m.class_id, m.pupil_id, m.teaching_id, m.term_id, m.value, m.number, m.is_pass, m.is_good,
                   m.sou_weight, m.level
              FROM ej.final_record AS m WHERE m.term_id = ANY (f.term_ids) OFFSET 0) AS m
      JOIN t ON t.teaching_id = m.teaching_id AND t.term_id = m.term_id
     UNION ALL
    SELECT (ej.fact(t.class_id, x.pupil_id, '{one_3}', teaching_id => t.teaching_id, staff_id => t.staff_id)).*
      FROM ej.report_threes(f) AS x JOIN t ON t.teaching_id = x.teaching_id
     UNION ALL
    SELECT (ej.fact(l.class_id, NULL, '{due,given,lag}',
                    ARRAY[l.hours, CASE WHEN l.state = 'given' THEN l.hours ELSE 0 END,
                          CASE WHEN l.state = 'given' THEN 0 ELSE l.hours END],
                    teaching_id => l.teaching_id, staff_id => l.staff_id, held_on => l.held_on, note => l.topic)).*
      FROM ej.report_lessons(f) AS l
     WHERE l.state = 'given' OR l.held_on < f.day
     UNION ALL
    SELECT (ej.fact(t.class_id, NULL, '{controls_plan}', teaching_id => t.teaching_id, staff_id => t.staff_id,
                    held_on => k.held_on, note => k.title::text)).*
      FROM t JOIN ej.control_work AS k ON k.teaching_id = t.teaching_id AND t.days @> k.held_on
     UNION ALL
    SELECT (ej.fact(t.class_id, NULL,
                    ARRAY[CASE WHEN w.control_work_id IS NOT NULL THEN 'controls' END,
                          CASE WHEN k.code = 'lab' THEN 'labs' WHEN k.code = 'practical' THEN 'practicals' END],
                    teaching_id => t.teaching_id, staff_id => t.staff_id, held_on => l.held_on,
                    note => coalesce(nullif(w.title, ''), k.name)::text)).*
      FROM ej.work AS w
      JOIN ej.work_kind AS k ON k.id = w.kind_id
      JOIN t ON t.teaching_id = w.teaching_id
     CROSS JOIN LATERAL (SELECT l.held_on, l.state FROM ej.lesson_record AS l WHERE l.lesson_id = w.lesson_id
                         OFFSET 0) AS l
     WHERE w.teaching_id = ANY (ARRAY(SELECT t.teaching_id FROM t))
       AND (w.control_work_id IS NOT NULL OR k.code IN ('lab', 'practical'))
       AND l.state = 'given' AND l.held_on >= lower(t.days) AND l.held_on < least(upper(t.days), f.day + 1);
END
$$;

-- The days of the filter on which the teacher of a teaching used the journal (people: 1), and those on which families
-- of its pupils did (is_family; people: of how many pupils). teachings: those that are counted; NULL: all.
CREATE OR REPLACE FUNCTION ej.report_visits_of(f ej.report_filter, teachings bigint[])
RETURNS TABLE (class_id bigint, teaching_id bigint, staff_id bigint, seen_on date, is_family boolean, people bigint)
LANGUAGE sql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
WITH t AS MATERIALIZED (
    SELECT t.class_id, t.teaching_id, t.study_group_id, t.staff_id, t.days * daterange(NULL, f.day + 1) AS days
      FROM ej.report_teachings(f) AS t
     WHERE $2 IS NULL OR t.teaching_id = ANY ($2)
), s AS MATERIALIZED (
    SELECT s.id AS staff_id, v.seen_on
      FROM ej.staff AS s
     CROSS JOIN LATERAL (SELECT a.id FROM ej.account AS a WHERE a.person_id = s.person_id OFFSET 0) AS a
     CROSS JOIN LATERAL (SELECT v.seen_on FROM ej.visit AS v WHERE v.account_id = a.id OFFSET 0) AS v
     WHERE s.id = ANY (ARRAY(SELECT DISTINCT t.staff_id FROM t))
), b AS MATERIALIZED (
    SELECT b.study_group_id, b.pupil_id, b.during FROM ej.membership AS b
     WHERE b.study_group_id = ANY (ARRAY(SELECT DISTINCT t.study_group_id FROM t))
), p AS MATERIALIZED (
    SELECT p.id AS pupil_id, p.person_id, NULL::daterange AS during
      FROM ej.pupil AS p WHERE p.id = ANY (ARRAY(SELECT DISTINCT b.pupil_id FROM b))
     UNION ALL
    SELECT w.pupil_id, g.person_id, w.during
      FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
     WHERE w.pupil_id = ANY (ARRAY(SELECT DISTINCT b.pupil_id FROM b))
), n AS MATERIALIZED ( -- a family once a day
    SELECT DISTINCT p.pupil_id, v.seen_on
      FROM p
     CROSS JOIN LATERAL (SELECT a.id FROM ej.account AS a WHERE a.person_id = p.person_id OFFSET 0) AS a
     CROSS JOIN LATERAL (SELECT v.seen_on FROM ej.visit AS v WHERE v.account_id = a.id OFFSET 0) AS v
     WHERE p.during IS NULL OR p.during @> v.seen_on
), g AS MATERIALIZED (
    SELECT b.study_group_id, n.seen_on, count(*) AS people
      FROM n JOIN b ON b.pupil_id = n.pupil_id AND b.during @> n.seen_on
     GROUP BY b.study_group_id, n.seen_on
)
SELECT t.class_id, t.teaching_id, t.staff_id, s.seen_on, false, 1
  FROM t JOIN s ON s.staff_id = t.staff_id AND t.days @> s.seen_on
 UNION ALL
SELECT t.class_id, t.teaching_id, t.staff_id, g.seen_on, true, g.people
  FROM t JOIN g ON g.study_group_id = t.study_group_id AND t.days @> g.seen_on
$$;

-- The same of the teachings that the reader may read, for which the web role cannot read ej.visit itself.
CREATE OR REPLACE FUNCTION ej.report_own_visits(f ej.report_filter)
RETURNS TABLE (class_id bigint, teaching_id bigint, staff_id bigint, seen_on date, is_family boolean, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3000 SET search_path = ej, pg_temp AS $$
BEGIN
    IF f.school_id = ANY (ej.my_staff_schools()) THEN
        RETURN QUERY
        SELECT x.class_id, x.teaching_id, x.staff_id, x.seen_on, x.is_family, x.people
          FROM ej.report_visits_of(f, CASE WHEN f.school_id = ANY (ej.my_journal_schools()) THEN NULL
                                           ELSE ej.my_read_teachings() || ej.my_class_teachings() END) AS x;
    END IF;
END
$$;
ALTER FUNCTION ej.report_own_visits(ej.report_filter) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.report_own_visits(ej.report_filter) TO ej_web;

-- The same, as a report asks for it. For an observer ej.report_observed() calls this, with its own rights; an observer
-- who calls it finds no rows.
CREATE OR REPLACE FUNCTION ej.report_visits(f ej.report_filter)
RETURNS TABLE (class_id bigint, teaching_id bigint, staff_id bigint, seen_on date, is_family boolean, people bigint)
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
BEGIN
    IF f.is_observed THEN
        RETURN QUERY SELECT x.* FROM ej.report_visits_of(f, NULL) AS x;
    ELSE
        RETURN QUERY SELECT x.* FROM ej.report_own_visits(f) AS x;
    END IF;
END
$$;

-- Заполнение и посещение журнала (REP-10): the lessons of each teaching, and what is entered in them; its marks, each
-- attempt; the days on which the teacher and families were in.
CREATE OR REPLACE FUNCTION ej.report_journals(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(l.class_id, NULL,
                    ARRAY['due', CASE WHEN l.topic <> '' THEN 'topic' ELSE 'no_topic' END,
                          CASE WHEN l.has_absences THEN 'attendance' ELSE 'no_attendance' END,
                          CASE WHEN l.has_homework THEN 'homework' ELSE 'no_homework' END,
                          CASE WHEN l.topic <> '' AND l.has_absences AND l.has_homework THEN 'whole' END],
                    teaching_id => l.teaching_id, staff_id => l.staff_id, held_on => l.held_on, note => l.topic)).*
      FROM ej.report_lessons(f) AS l
     WHERE l.state <> 'cancelled' AND (l.state = 'given' OR l.held_on < f.day)
     UNION ALL
    SELECT (ej.fact(l.class_id, NULL, '{marks}', ARRAY[sum(m.marks)], teaching_id => l.teaching_id,
                    staff_id => l.staff_id)).*
      FROM ej.report_lessons(f) AS l
     CROSS JOIN LATERAL (SELECT w.id FROM ej.work AS w WHERE w.lesson_id = l.lesson_id OFFSET 0) AS w
     CROSS JOIN LATERAL (SELECT count(*) AS marks FROM ej.mark AS m
                          WHERE m.work_id = w.id AND m.value IS NOT NULL OFFSET 0) AS m
     GROUP BY l.class_id, l.teaching_id, l.staff_id
     UNION ALL
    SELECT (ej.fact(v.class_id, NULL,
                    CASE WHEN v.is_family THEN ARRAY['family_visits', 'family_on_' || n.day]
                         ELSE ARRAY['teacher_visits', 'teacher_on_' || n.day] END,
                    teaching_id => v.teaching_id, staff_id => v.staff_id, held_on => v.seen_on,
                    note => CASE WHEN v.is_family THEN v.people::text END)).*
      FROM ej.report_visits(f) AS v
     CROSS JOIN LATERAL (SELECT v.seen_on - date '2000-01-01' AS day) AS n;
END
$$;

-- Контрольные работы (REP-20): the last attempt of each pupil at each control work, against the mark of
-- its term.
CREATE OR REPLACE FUNCTION ej.report_controls(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH w AS MATERIALIZED (
        SELECT l.teaching_id, l.staff_id, l.class_id, l.subject_id, l.held_on, w.id AS work_id, j.term_id
          FROM ej.report_lessons(f) AS l
          JOIN ej.work AS w ON w.lesson_id = l.lesson_id
          JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.is_control
          JOIN ej.journal AS j ON j.id = w.journal_id
    ), m AS MATERIALIZED (
        SELECT w.teaching_id, w.staff_id, w.class_id, w.subject_id, w.held_on, w.work_id, w.term_id, m.pupil_id,
               m.value, m.number, m.level, m.is_pass, m.is_good
          FROM w
         CROSS JOIN LATERAL (
               SELECT DISTINCT ON (m.pupil_id) m.pupil_id, m.value, m.number, m.level, m.is_pass, m.is_good
                 FROM ej.mark_record AS m WHERE m.work_id = w.work_id ORDER BY m.pupil_id, m.attempt DESC) AS m
    )
    SELECT (ej.fact(m.class_id, m.pupil_id,
                    ARRAY['wrote', m.level, CASE WHEN m.is_pass THEN 'passed' END, CASE WHEN m.is_good THEN 'fine' END,
                          CASE WHEN m.number IS NOT NULL THEN 'total' END,
                          CASE WHEN m.number IS NOT NULL THEN 'numbers' END,
                          CASE WHEN v.number > m.number THEN 'above' WHEN v.number < m.number THEN 'below' END],
                    ARRAY[1, 1, 1, 1, m.number, 1, 1],
                    teaching_id => m.teaching_id, staff_id => m.staff_id, item_id => m.work_id, held_on => m.held_on,
                    value => m.value::text, note => e.value::text)).*
      FROM m
      LEFT JOIN ej.term_mark AS e ON e.pupil_id = m.pupil_id AND e.subject_id = m.subject_id AND e.term_id = m.term_id
      LEFT JOIN ej.scale_value AS v ON v.scale_id = e.scale_id AND v.value = e.value;
END
$$;

-- Пропущенные уроки с темами (REP-21): made_up: the pupil has a mark in a work of that lesson.
CREATE OR REPLACE FUNCTION ej.report_lost(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(a.class_id, a.pupil_id,
                    ARRAY['missed', CASE WHEN l.topic <> '' THEN 'with_topic' END, CASE WHEN x.is_made_up THEN 'made_up'
                                                                                  ELSE 'not_made_up' END],
                    teaching_id => a.teaching_id, held_on => a.held_on, value => a.code,
                    note => nullif(concat_ws(' · ', nullif(l.topic, ''), h.text), ''))).*
      FROM ej.report_absences(f) AS a
     CROSS JOIN LATERAL (SELECT l.topic::text FROM ej.lesson AS l WHERE l.id = a.lesson_id OFFSET 0) AS l
      LEFT JOIN LATERAL (SELECT string_agg(h.text, '; ' ORDER BY h.id) AS text FROM ej.homework AS h
                          WHERE h.lesson_id = a.lesson_id AND NOT h.is_personal OFFSET 0) AS h ON true
     CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id
                                         WHERE w.lesson_id = a.lesson_id AND m.pupil_id = a.pupil_id
                                           AND m.value IS NOT NULL) AS is_made_up OFFSET 0) AS x
      JOIN ej.teaching AS t ON t.id = a.teaching_id
     WHERE a.counts_missed AND (f.subject_id IS NULL OR t.subject_id = f.subject_id);
END
$$;

-- Неудовлетворительные отметки с темами (REP-22): retaken: a later attempt at the same work is a pass.
CREATE OR REPLACE FUNCTION ej.report_failed(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH m AS MATERIALIZED (
        SELECT c.class_id, p.pupil_id, c.days, m.work_id, m.lesson_id, m.teaching_id, m.kind_id, m.attempt, m.value
          FROM ej.report_classes(f) AS c
          JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during @> c.last_on
         CROSS JOIN LATERAL (
               SELECT m.work_id, m.lesson_id, m.teaching_id, m.kind_id, m.attempt, m.value::text
                 FROM ej.mark_record AS m
                WHERE m.pupil_id = p.pupil_id AND NOT m.is_pass AND m.sou_weight IS NOT NULL
                  AND m.work_id >= f.year * 10000000000 AND m.work_id < (f.year + 1) * 10000000000 OFFSET 0) AS m
    )
    SELECT (ej.fact(m.class_id, m.pupil_id,
                    ARRAY['failed', CASE WHEN EXISTS (
                        SELECT FROM ej.mark_record AS o WHERE o.work_id = m.work_id AND o.pupil_id = m.pupil_id
                           AND o.attempt > m.attempt AND o.is_pass) THEN 'retaken' ELSE 'open' END],
                    teaching_id => m.teaching_id, held_on => l.held_on, value => m.value,
                    note => concat_ws(' · ', nullif(l.topic, ''), k.name))).*
      FROM m
     CROSS JOIN LATERAL (SELECT l.held_on, l.topic::text FROM ej.lesson AS l WHERE l.id = m.lesson_id OFFSET 0) AS l
      JOIN ej.work_kind AS k ON k.id = m.kind_id
      JOIN ej.teaching AS t ON t.id = m.teaching_id
     WHERE m.days @> l.held_on AND (f.subject_id IS NULL OR t.subject_id = f.subject_id);
END
$$;
