-- objectivity.sql: term marks that disagree with the marks they are given on (FIN-06, CTL-06).

-- The terms whose marks are compared, one of each plan of the school in which the reader works, in the
-- present year: those of this name, or of each plan the last in which marks were given.
CREATE OR REPLACE FUNCTION ej.objectivity_terms(wanted text)
RETURNS TABLE (term_id bigint, term_plan_id bigint, is_taught boolean, name text)
LANGUAGE sql STABLE ROWS 3 SET search_path = ej, pg_temp AS $$
SELECT DISTINCT ON (p.id) e.id, p.id, e.is_taught, e.name::text
  FROM ej.term_plan AS p
  JOIN ej.term AS e ON e.term_plan_id = p.id
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND p.year = (SELECT ej.shown_year())
   AND CASE WHEN coalesce(wanted, '') <> '' THEN e.name = wanted
            ELSE e.is_taught AND EXISTS (SELECT FROM ej.term_mark AS m WHERE m.term_id = e.id) END
 ORDER BY p.id, lower(e.during) DESC
$$;

-- The mean on which each of these terms' marks is given, and the number to which the school's rule
-- rounds it: of a term's lessons the weighted mean, of a year the mean of its terms.
CREATE OR REPLACE FUNCTION ej.objectivity_means(wanted text)
RETURNS TABLE (pupil_id bigint, subject_id bigint, term_id bigint, mean numeric, rounded numeric)
LANGUAGE sql STABLE ROWS 10000 SET search_path = ej, pg_temp AS $$
WITH e AS MATERIALIZED (
    SELECT e.term_id, e.is_taught, s.round_from_pct
      FROM ej.objectivity_terms(wanted) AS e
      JOIN ej.term AS t ON t.id = e.term_id JOIN ej.school AS s ON s.id = t.school_id
), m AS MATERIALIZED (
    SELECT e.term_id, array_agg(DISTINCT m.pupil_id) AS pupils, array_agg(DISTINCT m.subject_id) AS subjects
      FROM e JOIN ej.term_mark AS m ON m.term_id = e.term_id
     WHERE e.is_taught AND m.term_id = ANY (ARRAY(SELECT e.term_id FROM e))
     GROUP BY e.term_id
), j AS MATERIALIZED (
    SELECT m.term_id, m.subject_id, j.id, array_agg(m.pupil_id) AS pupils
      FROM e
      JOIN ej.term_mark AS m ON m.term_id = e.term_id
      JOIN ej.journal AS j ON j.teaching_id = m.teaching_id AND j.term_id = m.term_id
     WHERE NOT e.is_taught AND m.term_id = ANY (ARRAY(SELECT e.term_id FROM e))
     GROUP BY m.term_id, m.subject_id, j.id
)
SELECT f.pupil_id, f.subject_id, e.term_id, f.mean, floor(f.mean + 1 - e.round_from_pct / 100.0)
  FROM e JOIN m ON m.term_id = e.term_id
 CROSS JOIN LATERAL ej.figures(m.pupils, m.subjects, m.term_id, false) AS f
 UNION ALL
SELECT g.pupil_id, j.subject_id, j.term_id, g.mean, g.number
  FROM j
 CROSS JOIN LATERAL ej.journal_scope(j.id) AS x
 CROSS JOIN LATERAL ej.finals_grounds(x, j.pupils) AS g
$$;

-- The marks of control works that each of these terms has, of a year those of all its terms.
CREATE OR REPLACE FUNCTION ej.objectivity_controls(wanted text)
RETURNS TABLE (pupil_id bigint, subject_id bigint, term_id bigint, best numeric, marks text)
LANGUAGE sql STABLE ROWS 10000 SET search_path = ej, pg_temp AS $$
WITH w AS MATERIALIZED (
    SELECT w.id, w.scale_id, t.subject_id, e.term_id, l.held_on
      FROM ej.objectivity_terms(wanted) AS e
      JOIN ej.term AS u ON u.term_plan_id = e.term_plan_id
       AND (u.id = e.term_id OR u.is_taught AND NOT e.is_taught)
      JOIN ej.journal AS j ON j.term_id = u.id
      JOIN ej.work AS w ON w.journal_id = j.id
      JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.is_control
      JOIN ej.lesson AS l ON l.id = w.lesson_id
      JOIN ej.teaching AS t ON t.id = w.teaching_id
)
SELECT m.pupil_id, w.subject_id, w.term_id, max(v.number), string_agg(m.value, ', ' ORDER BY w.held_on, m.attempt)
  FROM w
 CROSS JOIN LATERAL (
       SELECT m.pupil_id, m.attempt, m.scale_id, m.value FROM ej.mark AS m
        WHERE m.work_id = w.id AND m.value IS NOT NULL OFFSET 0) AS m
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
 GROUP BY m.pupil_id, w.subject_id, w.term_id
$$;

-- The term marks that disagree with the marks they are given on: gap is the mark less the rounded mean,
-- listed from 1 on; is_above: the mark is higher than each of the pupil's control works. Marks that are no
-- numbers («н/а», «зач.») have nothing to compare. place: by group, subject, pupil.
CREATE OR REPLACE FUNCTION ej.objectivity_found(wanted text, find text)
RETURNS TABLE (pupil_id bigint, pupil_name text, group_name text, subject_name text, staff_name text,
               journal_id bigint, term_name text, value text, mean numeric, rounded numeric, gap numeric,
               controls text, is_above boolean, note text, place bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH e AS MATERIALIZED (SELECT e.term_id, e.name FROM ej.objectivity_terms(wanted) AS e), x AS MATERIALIZED (
    SELECT m.pupil_id, m.subject_id, m.term_id, m.teaching_id, t.study_group_id,
           coalesce(m.staff_id, t.staff_id) AS staff_id, e.name AS term_name, m.value::text, f.mean,
           f.rounded, v.number - f.rounded AS gap, c.marks AS controls, v.number > c.best AS is_above, m.note::text
      FROM e
      JOIN ej.term_mark AS m ON m.term_id = e.term_id
      JOIN ej.teaching AS t ON t.id = m.teaching_id
      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
      LEFT JOIN ej.objectivity_means(wanted) AS f
        ON f.pupil_id = m.pupil_id AND f.subject_id = m.subject_id AND f.term_id = m.term_id
      LEFT JOIN ej.objectivity_controls(wanted) AS c
        ON c.pupil_id = m.pupil_id AND c.subject_id = m.subject_id AND c.term_id = m.term_id
     WHERE m.term_id = ANY (ARRAY(SELECT e.term_id FROM e))
       AND (abs(v.number - f.rounded) >= 1 OR v.number > c.best)
)
SELECT x.pupil_id, n.name, g.name::text, s.name::text, f.name, j.id, x.term_name, x.value, x.mean,
       x.rounded, x.gap, x.controls, coalesce(x.is_above, false), x.note,
       row_number() OVER (ORDER BY lpad(substring(g.name FROM '^\d+'), 2, '0') || g.name, s.order_no, s.name,
                         n.order_no)
  FROM x
  JOIN ej.pupil_names(ARRAY(SELECT DISTINCT x.pupil_id FROM x)) AS n ON n.pupil_id = x.pupil_id
  JOIN ej.study_group AS g ON g.id = x.study_group_id
  JOIN ej.subject AS s ON s.id = x.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT x.staff_id FROM x)) AS f ON f.staff_id = x.staff_id
  LEFT JOIN ej.journal AS j ON j.teaching_id = x.teaching_id AND j.term_id = x.term_id
 WHERE ej.is_found((SELECT ej.find_patterns($2)), concat_ws(' ', g.name, s.name, f.name, n.name))
$$;
