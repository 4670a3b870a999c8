-- reports_finals.sql: the facts of reports on term marks.

-- The term marks of the filter, with the term's marks of the class's plan alone.
CREATE OR REPLACE FUNCTION ej.report_finals(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, subject_id bigint, teaching_id bigint, term_id bigint, value text,
               note text, number numeric, is_pass boolean, is_good boolean, sou_weight numeric, level text)
LANGUAGE sql STABLE ROWS 10000 AS $$
SELECT m.class_id, m.pupil_id, m.subject_id, m.teaching_id, m.term_id, m.value::text, nullif(m.note, ''), m.number,
       m.is_pass, m.is_good, m.sou_weight, m.level
  FROM ej.final_record AS m
 WHERE m.term_id = ANY (f.term_ids) AND m.class_id = ANY (f.class_ids)
   AND (f.subject_id IS NULL OR m.subject_id = f.subject_id)
$$;

-- The pupils of the classes on the last day of the term.
CREATE OR REPLACE FUNCTION ej.report_members(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, term_id bigint)
LANGUAGE sql STABLE ROWS 1000 AS $$
SELECT c.class_id, p.pupil_id, c.term_id
  FROM ej.report_classes(f) AS c
  JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during @> c.last_on
$$;

-- The group of a pupil with so many marks of each level: отличник (excellent), хорошист (good), with
-- «3» (fair), неуспевающий (failing), не аттестован (absent, without a «2»); each is in one or none.
CREATE OR REPLACE FUNCTION ej.report_group(n5 bigint, n4 bigint, n3 bigint, n2 bigint, na bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN n2 > 0 THEN 'failing' WHEN na > 0 THEN 'absent' WHEN n3 > 0 THEN 'fair' WHEN n4 > 0 THEN 'good'
            WHEN n5 > 0 THEN 'excellent' END
$$;

-- In which columns a pupil of such a group counts.
CREATE OR REPLACE FUNCTION ej.report_group_counts(pupil_group text, n4 bigint, n3 bigint, rated boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT ARRAY['pupils', CASE WHEN rated THEN 'rated' END, pupil_group,
             CASE WHEN pupil_group = 'good' AND n4 = 1 THEN 'one_4' END,
             CASE WHEN pupil_group = 'fair' AND n3 = 1 THEN 'one_3' END,
             CASE WHEN rated AND pupil_group IS DISTINCT FROM 'failing' AND pupil_group IS DISTINCT FROM 'absent'
                  THEN 'passing' END,
             CASE WHEN pupil_group IN ('excellent', 'good') THEN 'fine' END]
$$;

-- The pupils who are in the classes on the last day of the term, and those who only have marks in it (class_id NULL).
-- counted: the columns in which the pupil counts. marks … numbers: sums over the pupil's marks but «осв», which
-- count in the class marks_class_id.
CREATE OR REPLACE FUNCTION ej.report_rated(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, term_id bigint, counted text[], marks_class_id bigint, marks numeric,
               weights numeric, total numeric, numbers numeric)
LANGUAGE sql STABLE ROWS 1000 AS $$
-- UNION ALL and GROUP BY instead of a join, whose size the planner would not know; a pupil is a member of one class
SELECT g.class_id, g.pupil_id, g.term_id,
       ej.report_group_counts(ej.report_group(g.n5, g.n4, g.n3, g.n2, g.na), g.n4, g.n3, g.marks > 0),
       g.marks_class_id, g.marks, g.weights, g.total, g.numbers
  FROM (SELECT max(p.class_id) AS class_id, p.pupil_id, max(p.term_id) AS term_id,
               max(p.marks_class_id) AS marks_class_id,
               count(*) FILTER (WHERE p.level = 'n5') AS n5, count(*) FILTER (WHERE p.level = 'n4') AS n4,
               count(*) FILTER (WHERE p.level = 'n3') AS n3, count(*) FILTER (WHERE p.level = 'n2') AS n2,
               count(*) FILTER (WHERE p.level = 'na') AS na, count(p.sou_weight) AS marks,
               sum(p.sou_weight) AS weights, sum(p.number) AS total, count(p.number) AS numbers
          FROM (SELECT p.class_id, p.pupil_id, p.term_id, NULL::bigint AS marks_class_id, NULL AS level,
                       NULL::numeric AS sou_weight, NULL::numeric AS number
                  FROM ej.report_members(f) AS p
                 UNION ALL
                SELECT NULL, m.pupil_id, NULL, m.class_id, m.level, m.sou_weight, m.number
                  FROM ej.report_finals(f) AS m WHERE m.level <> 'exempt') AS p
         GROUP BY p.pupil_id) AS g
$$;

-- Сводный отчёт об успеваемости по школе (REP-13): pupils by group, and the marks themselves. Without SET, so
-- that the planner inlines it and computes only what is asked of a fact.
CREATE OR REPLACE FUNCTION ej.report_school(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE sql STABLE ROWS 10000 AS $$
SELECT (ej.fact(g.class_id, g.pupil_id, g.counted, term_id => g.term_id)).*
  FROM ej.report_rated(f) AS g
 WHERE g.class_id IS NOT NULL
 UNION ALL
SELECT (ej.fact(m.class_id, m.pupil_id,
               ARRAY['counted', 'weights', CASE WHEN m.number IS NOT NULL THEN 'total' END,
                     CASE WHEN m.number IS NOT NULL THEN 'numbers' END],
               ARRAY[1, m.sou_weight, m.number, 1],
               subject_id => m.subject_id, teaching_id => m.teaching_id, term_id => m.term_id, value => m.value,
               note => m.note)).*
  FROM ej.report_finals(f) AS m
 WHERE m.level <> 'exempt'
$$;

-- The same, added up by class: of ten thousand marks the single facts would take most of the report's time.
CREATE OR REPLACE FUNCTION ej.report_school_sums(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE sql STABLE ROWS 400 AS $$
WITH g AS MATERIALIZED (
    SELECT g.class_id, g.counted, g.marks_class_id, g.marks, g.weights, g.total, g.numbers FROM ej.report_rated(f) AS g
)
SELECT (ej.fact(g.class_id, NULL, g.counted, array_fill(count(*)::numeric, ARRAY[cardinality(g.counted)]))).*
  FROM g WHERE g.class_id IS NOT NULL GROUP BY g.class_id, g.counted
 UNION ALL
SELECT (ej.fact(g.marks_class_id, NULL, '{counted,weights,total,numbers}',
                ARRAY[sum(g.marks), sum(g.weights), sum(g.total), sum(g.numbers)])).*
  FROM g WHERE g.marks_class_id IS NOT NULL GROUP BY g.marks_class_id
$$;

-- Итоговые данные по обучающимся (REP-08): the same of each pupil, with the marks and absences.
CREATE OR REPLACE FUNCTION ej.report_results(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT s.* FROM ej.report_school(f) AS s
     UNION ALL
    SELECT (ej.fact(m.class_id, m.pupil_id, '{}', subject_id => m.subject_id, term_id => m.term_id, value => m.value)).*
      FROM ej.report_finals(f) AS m
     WHERE m.level = 'exempt'
     UNION ALL
    SELECT (ej.fact(a.class_id, a.pupil_id, ARRAY['missed', CASE WHEN a.code = 'б' THEN 'ill' END],
                   teaching_id => a.teaching_id, held_on => a.held_on, note => a.code::text)).*
      FROM ej.report_absences(f) AS a
     WHERE a.counts_missed AND a.is_member;
END
$$;

-- The lessons missed in the days of the filter, in the class of those days; is_member: the pupil is
-- still in it on the last one. By pupil: absences are few, lessons many.
CREATE OR REPLACE FUNCTION ej.report_absences(f ej.report_filter)
RETURNS TABLE (class_id bigint, pupil_id bigint, lesson_id bigint, teaching_id bigint, held_on date, slot int,
               code text, counts_missed boolean, is_member boolean)
LANGUAGE sql STABLE ROWS 10000 AS $$
SELECT c.class_id, a.pupil_id, a.lesson_id, a.teaching_id, a.held_on, a.slot, a.code::text, a.counts_missed,
       p.during @> c.last_on
  FROM ej.report_classes(f) AS c
  JOIN ej.pupil_on_day AS p ON p.class_id = c.class_id AND p.during && c.days
 CROSS JOIN LATERAL (
       SELECT a.pupil_id, a.lesson_id, a.teaching_id, a.held_on, a.slot, a.code, a.counts_missed
         FROM ej.absence_record AS a
        WHERE a.pupil_id = p.pupil_id AND a.lesson_id >= f.year * 10000000000
          AND a.lesson_id < (f.year + 1) * 10000000000
       OFFSET 0) AS a
 WHERE c.days @> a.held_on AND p.during @> a.held_on
$$;

-- Качество знаний по классам и предметам (REP-18): the marks of each subject, lessons missed.
CREATE OR REPLACE FUNCTION ej.report_quality(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(m.class_id, m.pupil_id,
                   ARRAY[m.level, CASE WHEN m.level <> 'exempt' THEN 'counted' END,
                         CASE WHEN m.is_pass THEN 'passed' END,
                         CASE WHEN m.is_good THEN 'fine' END, CASE WHEN m.level <> 'exempt' THEN 'weights' END,
                         CASE WHEN m.number IS NOT NULL THEN 'total' END,
                         CASE WHEN m.number IS NOT NULL THEN 'numbers' END],
                   ARRAY[1, 1, 1, 1, m.sou_weight, m.number, 1],
                   subject_id => m.subject_id, teaching_id => m.teaching_id, term_id => m.term_id, value => m.value,
                   note => m.note)).*
      FROM ej.report_finals(f) AS m
     UNION ALL
    SELECT (ej.fact(a.class_id, a.pupil_id,
                   ARRAY['missed', CASE a.code WHEN 'б' THEN 'ill' WHEN 'у' THEN 'valid' WHEN 'п' THEN 'unjustified'
                                        ELSE 'unexplained' END],
                   subject_id => t.subject_id, teaching_id => a.teaching_id, held_on => a.held_on, note => a.code)).*
      FROM ej.report_absences(f) AS a
      JOIN ej.teaching AS t ON t.id = a.teaching_id
     WHERE a.counts_missed AND (f.subject_id IS NULL OR t.subject_id = f.subject_id);
END
$$;

-- Освоение (REP-19): passes of each pupil, of the subjects in which the class has term marks.
CREATE OR REPLACE FUNCTION ej.report_mastery(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH m AS MATERIALIZED (
        SELECT m.class_id, m.pupil_id, m.subject_id, m.teaching_id, m.value, m.is_pass FROM ej.report_finals(f) AS m
    ), p AS MATERIALIZED (
        SELECT p.class_id, p.pupil_id, s.subject_id
          FROM ej.report_members(f) AS p
          JOIN (SELECT DISTINCT m.class_id, m.subject_id FROM m) AS s ON s.class_id = p.class_id
    ), x AS (
        -- joined by GROUP BY: of a join the planner would not know the size
        SELECT p.class_id, p.pupil_id, p.subject_id, max(p.teaching_id) AS teaching_id, max(p.value) AS value,
               bool_or(p.is_pass) AS is_pass
          FROM (SELECT p.class_id, p.pupil_id, p.subject_id, NULL::bigint AS teaching_id, NULL AS value, NULL AS is_pass
                  FROM p
                 UNION ALL
                SELECT m.class_id, m.pupil_id, m.subject_id, m.teaching_id, m.value, m.is_pass FROM m) AS p
         GROUP BY p.class_id, p.pupil_id, p.subject_id
    )
    SELECT (ej.fact(x.class_id, x.pupil_id, ARRAY['places', CASE WHEN x.is_pass THEN 'passed' END],
                    subject_id => x.subject_id, teaching_id => x.teaching_id, value => x.value)).*
      FROM x;
END
$$;

-- Сводная ведомость итоговых отметок (REP-29, requirements 3.2 A): the marks of all terms of the year.
CREATE OR REPLACE FUNCTION ej.report_finals_sheet(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE sql STABLE ROWS 10000 AS $$
SELECT (ej.fact(m.class_id, m.pupil_id, ARRAY['marks'], subject_id => m.subject_id, teaching_id => m.teaching_id,
               term_id => m.term_id, value => m.value::text)).*
  FROM ej.class AS c
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
  JOIN ej.final_record AS m ON m.term_id = e.id AND m.class_id = c.id
 WHERE c.id = ANY (f.class_ids) AND m.term_id = ANY (ARRAY(
       SELECT o.id FROM ej.class AS k JOIN ej.term AS o ON o.term_plan_id = k.term_plan_id
        WHERE k.id = ANY (f.class_ids)))
$$;
