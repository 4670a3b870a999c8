-- reports_keeping.sql: the facts of reports on how journals are kept, by whom, and what was decided about it.

-- Numbers of the facts of duties in these classes, by duty, class and person, as far as the reader may see them
-- (ej.control_reader); for an observer without persons and without what one class teacher owes. It does not check
-- how small a class is. Without the duty objectivity: it is about term marks, not about keeping the journal.
CREATE OR REPLACE FUNCTION ej.keeping_counts_of(classes bigint[], from_on date, till_on date)
RETURNS TABLE (duty_key text, staff_id bigint, class_id bigint, undone bigint, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3000 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    r     record;
    parts text[] := ARRAY(SELECT DISTINCT d.part FROM ej.duties() AS d WHERE d.part <> 'marks');
BEGIN
    SELECT * INTO r FROM ej.control_reader();
    RETURN QUERY
    SELECT f.duty_key, CASE WHEN NOT r.is_blind THEN f.staff_id END, f.class_id,
           count(*) FILTER (WHERE f.is_undone), count(*)
      FROM ej.duty_facts(parts,
               ARRAY(SELECT DISTINCT t.id FROM ej.teaching AS t
                       JOIN ej.study_group_class AS g ON g.study_group_id = t.study_group_id
                      WHERE t.id = ANY (r.teachings) AND g.class_id = ANY ($1)),
               ARRAY(SELECT c.id FROM unnest(r.classes) AS c(id) WHERE c.id = ANY ($1)), $2, $3) AS f
     WHERE r.school_id IS NOT NULL AND f.class_id = ANY ($1)
       AND NOT (r.is_blind AND f.duty_key = ANY (ej.leader_duties()))
     GROUP BY f.duty_key, 2, f.class_id;
END
$$;
ALTER FUNCTION ej.keeping_counts_of(bigint[], date, date) OWNER TO ej_rights;

-- The same for a reader who sees the teachers.
CREATE OR REPLACE FUNCTION ej.keeping_counts(classes bigint[], from_on date, till_on date)
RETURNS TABLE (duty_key text, staff_id bigint, class_id bigint, undone bigint, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3000 SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT (SELECT r.is_blind FROM ej.control_reader() AS r) THEN
        RETURN QUERY SELECT * FROM ej.keeping_counts_of($1, $2, $3);
    END IF;
END
$$;
ALTER FUNCTION ej.keeping_counts(bigint[], date, date) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.keeping_counts(bigint[], date, date) TO ej_web;

-- The same, as a report asks for it. For an observer ej.report_observed() calls this, with its own rights, and leaves
-- out small groups; an observer who calls it finds no rows.
CREATE OR REPLACE FUNCTION ej.report_counts(f ej.report_filter, classes bigint[], from_on date, till_on date)
RETURNS TABLE (duty_key text, staff_id bigint, class_id bigint, undone bigint, total bigint)
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
BEGIN
    IF f.is_observed THEN
        RETURN QUERY SELECT * FROM ej.keeping_counts_of($2, $3, $4);
    ELSE
        RETURN QUERY SELECT * FROM ej.keeping_counts($2, $3, $4);
    END IF;
END
$$;

-- Ведение журналов и дневников (REP-15): the duties of ej.duties() that were due in the days of the filter or of the
-- class's term, by class and person, with findings.
CREATE OR REPLACE FUNCTION ej.report_keeping(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    part record;
BEGIN
    -- once for the classes with quarters and once for those with half-years: their terms have other days
    FOR part IN SELECT c.days * daterange(NULL, f.day + 1) AS days, array_agg(c.class_id) AS class_ids
                  FROM ej.report_classes(f) AS c
                 WHERE lower(c.days) <= f.day
                 GROUP BY c.days LOOP
        RETURN QUERY
        SELECT (ej.fact(k.class_id, NULL,
                        CASE k.duty_key WHEN 'visit' THEN '{families,visited}'::text[]
                                        WHEN 'receipt' THEN '{weeks,acknowledged}'
                                        ELSE '{due,met,unmet}' END,
                        ARRAY[k.total, k.total - k.undone, k.undone], staff_id => k.staff_id, value => k.duty_key)).*
          FROM ej.report_counts(f, part.class_ids, lower(part.days), upper(part.days) - 1) AS k
         UNION ALL
        SELECT (ej.fact(d.class_id, NULL,
                        ARRAY['findings', CASE WHEN d.state IN ('open', 'returned') THEN 'open' END],
                        staff_id => d.addressee_id, held_on => d.made_on, value => d.duty_key::text,
                        note => d.text::text)).*
          FROM ej.finding AS d
         WHERE d.class_id = ANY (part.class_ids) AND d.kind = 'finding' AND part.days @> d.made_on;
    END LOOP;
END
$$;

-- Заполнение: полнота и своевременность (REP-23), of past lessons: filled: nothing is missing (ej.is_unfilled);
-- on_time: filled, and the absences were entered within the days allowed (school.fill_days); delay_N: filled, and they
-- were entered N days after the lesson.
CREATE OR REPLACE FUNCTION ej.report_filling(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH s AS MATERIALIZED (
        SELECT s.fill_days, s.tz::text AS tz, s.unmarked_grades FROM ej.school AS s WHERE s.id = f.school_id
    ), l AS MATERIALIZED (
        SELECT l.class_id, l.subject_id, l.teaching_id, l.staff_id, l.held_on, l.topic, s.fill_days,
               NOT ej.is_unfilled(l.topic, l.attendance_at, CASE WHEN l.has_homework THEN 'set' END,
                                  c.grade = ANY (s.unmarked_grades)) AS is_filled,
               (l.attendance_at AT TIME ZONE s.tz)::date - l.held_on AS delay
          FROM ej.report_lessons(f) AS l
          JOIN ej.class AS c ON c.id = l.class_id
         CROSS JOIN s
         WHERE l.state <> 'cancelled' AND (l.state = 'given' OR l.held_on < f.day)
    )
    SELECT (ej.fact(l.class_id, NULL,
                    ARRAY['due', CASE WHEN l.is_filled THEN 'filled' ELSE 'unfilled' END,
                          CASE WHEN l.is_filled AND l.delay <= l.fill_days THEN 'on_time' END,
                          CASE WHEN l.is_filled THEN 'delay_' || least(greatest(l.delay, 0), 999) END],
                    subject_id => l.subject_id, teaching_id => l.teaching_id, staff_id => l.staff_id,
                    held_on => l.held_on, value => CASE WHEN l.is_filled THEN greatest(l.delay, 0)::text END,
                    note => nullif(l.topic, ''))).*
      FROM l;
END
$$;

-- Решения по замечаниям (REP-28): the last 300 findings made in the days of the filter; before and after: how many
-- facts were undone when the finding was made, and how many of them are now; mended: the difference.
CREATE OR REPLACE FUNCTION ej.report_decisions(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 300 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH d AS MATERIALIZED (
        SELECT d.id, d.class_id, d.teaching_id, d.addressee_id, d.duty_key, d.state, d.text, d.made_on, d.undone_before
          FROM ej.finding AS d
         WHERE d.school_id = f.school_id AND d.kind = 'finding' AND f.days @> d.made_on
         ORDER BY d.id DESC LIMIT 300
    ), u AS MATERIALIZED (
        SELECT u.finding_id, u.undone FROM ej.finding_undone(ARRAY(SELECT d.id FROM d)) AS u
    )
    SELECT (ej.fact(d.class_id, NULL,
                    ARRAY['findings', CASE d.state WHEN 'accepted' THEN 'accepted' ELSE 'open' END, 'before', 'after',
                          CASE WHEN d.undone_before IS NOT NULL THEN 'mended' END],
                    ARRAY[1, 1, d.undone_before, u.undone, d.undone_before - u.undone],
                    teaching_id => d.teaching_id, staff_id => d.addressee_id, item_id => d.id, held_on => d.made_on,
                    value => d.duty_key::text, note => d.text::text)).*
      FROM d LEFT JOIN u ON u.finding_id = d.id;
END
$$;
