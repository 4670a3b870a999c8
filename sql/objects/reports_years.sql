-- reports_years.sql: the facts of reports over school years.

-- The mark of each year and subject of the pupils of the classes: the final one if there is one, else that of the
-- year. stage: the level of education, by its first grade (1, 5, 10).
CREATE OR REPLACE FUNCTION ej.report_year_marks(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, year int, stage int, subject_id bigint, value text, number numeric,
               is_good boolean, level text)
LANGUAGE sql STABLE ROWS 3000 AS $$
SELECT DISTINCT ON (p.pupil_id, c.year, m.subject_id)
       p.class_id, p.pupil_id, c.year, ej.grade_level(c.grade), m.subject_id, m.value::text,
       m.number, m.is_good, m.level
  FROM ej.pupil_on_day AS p
 CROSS JOIN LATERAL (
       SELECT m.class_id, m.subject_id, m.term_kind, m.value, m.number, m.is_good, m.level
         FROM ej.final_record AS m
        WHERE m.pupil_id = p.pupil_id AND m.term_kind IN ('year', 'final') OFFSET 0) AS m
  JOIN ej.class AS c ON c.id = m.class_id
 WHERE p.class_id = ANY (f.class_ids) AND p.during @> f.day
 ORDER BY p.pupil_id, c.year, m.subject_id, m.term_kind = 'final' DESC
$$;

-- Индивидуальные результаты (REP-30): by level of education, and by year and subject.
CREATE OR REPLACE FUNCTION ej.report_progress(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(m.class_id, m.pupil_id,
                    ARRAY[CASE WHEN m.level <> 'exempt' THEN 'marks_' || m.stage END,
                          CASE WHEN m.is_good THEN 'fine_' || m.stage END,
                          CASE WHEN m.number IS NOT NULL THEN 'total_' || m.stage END,
                          CASE WHEN m.number IS NOT NULL THEN 'numbers_' || m.stage END],
                    ARRAY[1, 1, m.number, 1], subject_id => m.subject_id, item_id => m.year, value => m.value,
                    note => m.year || '/' || right((m.year + 1)::text, 2))).*
      FROM ej.report_year_marks(f) AS m;
END
$$;
