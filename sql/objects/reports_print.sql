-- reports_print.sql: the names that the official forms (requirements 3.2, 3.5, 3.6) have beside the figures of their
-- reports. They are read with the reader's rights; an observer, who sees no person, gets none.

-- Отчёт классного руководителя (3.5): who came and left, the pupils of each group, their marks n4, n3, n2, na and
-- exempt by subject, and the teachers of the subjects (line: the table's line of the subject).
CREATE OR REPLACE FUNCTION ej.report_print_leader(f ej.report_filter)
RETURNS TABLE (kind text, line text, pupil_id bigint, subject_id bigint, teaching_id bigint, held_on date, value text,
               note text)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
SELECT k.kind, NULL::text, x.pupil_id, NULL::bigint, NULL::bigint, x.held_on, m.reason,
       concat_ws(', ', nullif(m.note, ''), 'приказ № ' || m.order_no || ' от ' || to_char(m.order_on, 'DD.MM.YYYY'))
  FROM ej.report_movement(f) AS x
 CROSS JOIN LATERAL unnest(x.counted) AS k(kind)
  LEFT JOIN LATERAL (SELECT m.reason::text, m.note::text, m.order_no::text, m.order_on FROM ej.movement AS m
                      WHERE m.pupil_id = x.pupil_id AND m.moved_on = x.held_on AND m.undone_reason IS NULL
                      ORDER BY m.id DESC LIMIT 1) AS m ON true
 WHERE k.kind IN ('arrived', 'departed', 'moved_in', 'moved_out')
 UNION ALL
SELECT k.kind, NULL, x.pupil_id, NULL, NULL, NULL, NULL, NULL
  FROM ej.report_school(f) AS x
 CROSS JOIN LATERAL unnest(x.counted) AS k(kind)
 WHERE k.kind IN ('excellent', 'good', 'one_4', 'one_3', 'failing')
 UNION ALL
SELECT m.level, NULL, m.pupil_id, m.subject_id, m.teaching_id, NULL, m.value, m.note
  FROM ej.report_finals(f) AS m
 WHERE m.level IN ('n4', 'n3', 'n2', 'na', 'exempt')
 UNION ALL
SELECT DISTINCT 'teacher', 'subject-' || m.class_id || '-' || m.subject_id, NULL::bigint, m.subject_id, m.teaching_id,
       NULL::date, NULL, NULL
  FROM ej.report_finals(f) AS m
$$;

-- Отчёт учителя-предметника (3.6): the pupils who failed, or have no mark, in each teaching.
CREATE OR REPLACE FUNCTION ej.report_print_teachers(f ej.report_filter)
RETURNS TABLE (kind text, line text, pupil_id bigint, subject_id bigint, teaching_id bigint, held_on date, value text,
               note text)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
SELECT k.kind, 'teaching-' || x.teaching_id, x.pupil_id, NULL::bigint, NULL::bigint, NULL::date, x.value, NULL::text
  FROM ej.report_teachers(f) AS x
 CROSS JOIN LATERAL unnest(x.counted) AS k(kind)
 WHERE k.kind IN ('n2', 'na')
$$;

-- Сводная ведомость (3.2): the days and lessons missed in each term and in the year; the decision of the
-- pedagogical council, which is the order by which the pupil went on into the next year; the teachers of
-- each subject (line: its column).
CREATE OR REPLACE FUNCTION ej.report_print_finals(f ej.report_filter)
RETURNS TABLE (kind text, line text, pupil_id bigint, subject_id bigint, teaching_id bigint, held_on date, value text,
               note text)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
SELECT 'missed', concat_ws('-', 'term', c.id, m.pupil_id, e.id), m.pupil_id, NULL::bigint, NULL::bigint, NULL::date,
       m.days_missed::text, m.lessons::text
  FROM ej.class AS c
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND (e.is_taught OR e.kind = 'year')
 CROSS JOIN LATERAL ej.missed(ARRAY(SELECT p.pupil_id FROM ej.pupil_on_day AS p
                                     WHERE p.class_id = c.id AND p.during && e.during), e.during) AS m
 WHERE c.id = ANY (f.class_ids)
 UNION ALL
SELECT 'decision', NULL, m.pupil_id, NULL, NULL, m.order_on, m.reason::text, m.order_no::text
  FROM ej.class AS c
  JOIN ej.movement AS m ON m.from_class_id = c.id AND m.undone_reason IS NULL
 WHERE c.id = ANY (f.class_ids) AND m.reason IN ('promoted', 'conditional', 'repeating', 'graduated')
 UNION ALL
SELECT DISTINCT 'teacher', 'subject-' || t.subject_id, NULL::bigint, t.subject_id, t.id, NULL::date, NULL, NULL
  FROM ej.study_group_class AS x JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
 WHERE x.class_id = ANY (f.class_ids)
$$;

-- The names for any report, in the order of the form. No rows for a report whose form has none.
CREATE OR REPLACE FUNCTION ej.report_printed(key text, filter text)
RETURNS TABLE (kind text, line text, pupil_id bigint, pupil_name text, subject_name text, staff_name text,
               held_on date, value text, note text, place bigint)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    f     ej.report_filter := filter::ej.report_filter;
    named text := CASE key WHEN 'leader' THEN 'report_print_leader' WHEN 'teachers' THEN 'report_print_teachers'
                           WHEN 'finals' THEN 'report_print_finals' WHEN 'pairs' THEN 'report_print_finals' END;
BEGIN
    IF f.is_observed OR named IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($sql$
        WITH x AS MATERIALIZED (SELECT * FROM ej.%I($1))
        SELECT x.kind, x.line, x.pupil_id, p.name, s.name::text, w.name, x.held_on, x.value, x.note,
               row_number() OVER (ORDER BY x.kind, p.order_no, s.order_no, s.name, x.held_on, x.line)
          FROM x
          LEFT JOIN ej.pupil_names(ARRAY(SELECT DISTINCT x.pupil_id FROM x WHERE x.pupil_id IS NOT NULL)) AS p
            ON p.pupil_id = x.pupil_id
          LEFT JOIN ej.subject AS s ON s.id = x.subject_id
          LEFT JOIN ej.teaching AS t ON t.id = x.teaching_id
          LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT t.staff_id FROM x JOIN ej.teaching AS t
                                             ON t.id = x.teaching_id)) AS w ON w.staff_id = t.staff_id$sql$,
        named) USING f;
END
$$;
