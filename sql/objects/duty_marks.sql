-- duty_marks.sql: the facts of works and marks (duty.sql).

-- The facts of works, and of lessons without marks.
--   work-topic   a control, laboratory or practical work without its topic (JRN-03)
--   marks-late   no mark, or the first one after the day on which it was due: of a written work so many days
--                later, of another the day of the next lesson (a work in which nobody was asked is none)
--   gap          the third (by the school's limit) of the lessons in a row in which nobody got a mark
CREATE OR REPLACE FUNCTION ej.duty_works(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 20000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.class_id, t.school_id, t.is_unmarked, t.is_marked, t.fill_days, t.tz, t.today
      FROM ej.duty_teachings($1, $2) AS t
), n AS MATERIALIZED (
    SELECT s.school_id, ej.duty_limit_of(s.school_id, 'marks-late') AS days,
           ej.duty_limit_of(s.school_id, 'gap') AS lessons
      FROM (SELECT DISTINCT t.school_id FROM t) AS s
), l AS MATERIALIZED (
    SELECT l.id, l.teaching_id, l.held_on, l.slot, l.staff_id, l.state,
           lead(l.held_on) OVER (PARTITION BY l.teaching_id ORDER BY l.held_on, l.slot, l.id) AS next_on
      FROM ej.lesson AS l
     WHERE l.teaching_id = ANY ($1) AND l.held_on >= $3 AND l.held_on <= $4 + 30 AND l.state IN ('planned', 'given')
), k AS MATERIALIZED (
    SELECT k.id, k.code, k.is_control
      FROM n CROSS JOIN LATERAL (SELECT * FROM ej.work_kind AS k WHERE k.school_id = n.school_id OFFSET 0) AS k
), o AS MATERIALIZED (
    SELECT w.id, w.lesson_id, w.kind_id, w.title
      FROM (SELECT DISTINCT t.id FROM t) AS t
     CROSS JOIN LATERAL (SELECT * FROM ej.work AS w WHERE w.teaching_id = t.id OFFSET 0) AS w
), w AS MATERIALIZED (
    SELECT w.id, w.lesson_id, w.title, k.is_control OR k.code IN ('lab', 'practical') AS is_topical,
           k.is_control OR k.code IN ('independent', 'check', 'quiz', 'lab', 'practical', 'homework') AS is_written,
           EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.value IS NOT NULL) AS has_marks,
           l.teaching_id, l.held_on, l.staff_id, l.next_on
      FROM o AS w JOIN l ON l.id = w.lesson_id JOIN k ON k.id = w.kind_id
     WHERE l.held_on <= $4
), x AS (
    SELECT w.*, t.class_id, t.tz, t.today, t.fill_days,
           CASE WHEN w.is_written THEN w.held_on + n.days ELSE w.next_on END AS due_on
      FROM w JOIN t ON t.id = w.teaching_id JOIN n ON n.school_id = t.school_id
), b AS MATERIALIZED (
    SELECT w.lesson_id FROM w WHERE w.has_marks GROUP BY w.lesson_id
), g AS (
    SELECT r.id, r.teaching_id, r.held_on, r.staff_id, r.class_id, r.lessons, r.is_bare, row_number() OVER (
           PARTITION BY r.teaching_id, r.run, r.is_bare ORDER BY r.held_on, r.slot, r.id) AS place
      FROM (SELECT l.id, l.teaching_id, l.held_on, l.slot, l.staff_id, t.class_id, n.lessons,
                   b.lesson_id IS NULL AS is_bare,
                   count(b.lesson_id) OVER (PARTITION BY l.teaching_id ORDER BY l.held_on, l.slot, l.id) AS run
              FROM l
              JOIN t ON t.id = l.teaching_id AND t.is_marked
              JOIN n ON n.school_id = t.school_id
              LEFT JOIN b ON b.lesson_id = l.id
             WHERE l.state = 'given' AND l.held_on < t.today - t.fill_days AND l.held_on <= $4) AS r
)
SELECT k.duty_key::text, k.is_undone, x.held_on, x.teaching_id, x.class_id, x.staff_id, x.lesson_id, NULL::bigint,
       NULL::bigint, nullif(x.title, '')::text, NULL::numeric, NULL::numeric
  FROM x
 CROSS JOIN LATERAL (VALUES
       ('work-topic', CASE WHEN x.is_topical AND x.held_on < x.today - x.fill_days THEN x.title = '' END),
       ('marks-late', CASE WHEN x.due_on < x.today AND (x.has_marks OR x.is_written) THEN NOT x.has_marks OR (
            SELECT min(h.made_at) AT TIME ZONE x.tz FROM ej.history AS h
             WHERE h.key_id = x.id AND h.table_name = 'mark')::date > x.due_on END)
       ) AS k(duty_key, is_undone)
 WHERE k.is_undone IS NOT NULL
 UNION ALL
SELECT 'gap', coalesce(g.is_bare AND g.place % nullif(g.lessons, 0) = 0, false), g.held_on, g.teaching_id, g.class_id,
       g.staff_id, g.id, NULL, NULL, NULL, NULL, NULL
  FROM g
$$;

-- The facts of pupils in journals of terms: few-marks in the terms whose last fortnight has begun, finals in
-- those whose last day for term marks is over.
--   few-marks  fewer marks than the school wants of the subject (FIN-07, density)
--   finals     the term mark is missing, or was given after the last day (FIN-03 … 05)
CREATE OR REPLACE FUNCTION ej.duty_journals(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 20000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.study_group_id, t.subject_id, t.class_id, t.staff_id, t.today, ej.finals_needed(t.id) AS needed
      FROM ej.duty_teachings($1, $2) AS t WHERE t.is_marked
), x AS MATERIALIZED (
    SELECT j.id, j.teaching_id, j.term_id FROM ej.journal AS j WHERE j.teaching_id = ANY ($1)
), e AS MATERIALIZED ( -- once for each of the few terms
    SELECT e.id, e.is_taught, lower(e.during) AS starts_on, upper(e.during) - 1 AS last_on,
           ej.finals_due(e.id) AS due_on
      FROM ej.term AS e WHERE e.id = ANY (ARRAY(SELECT DISTINCT x.term_id FROM x)) AND lower(e.during) <= $4
), j AS MATERIALIZED (
    SELECT x.id, x.teaching_id, t.study_group_id, t.subject_id, t.class_id, t.staff_id, x.term_id, t.today, e.is_taught,
           e.last_on, e.due_on, t.needed
      FROM x JOIN t ON t.id = x.teaching_id JOIN e ON e.id = x.term_id AND e.starts_on <= t.today
), b AS MATERIALIZED (
    SELECT j.id, j.teaching_id, j.class_id, j.staff_id, j.subject_id, j.term_id, j.due_on, j.last_on, j.needed,
           j.is_taught, j.today, b.pupil_id
      FROM j JOIN ej.membership AS b ON b.study_group_id = j.study_group_id AND b.during @> least(j.today, j.last_on)
     WHERE j.is_taught AND j.last_on - 13 <= least($4, j.today) AND j.last_on >= $3
        OR j.due_on < j.today AND j.due_on BETWEEN $3 AND $4
), m AS MATERIALIZED (
    SELECT w.journal_id, m.pupil_id, count(*) AS marks
      FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id AND m.value IS NOT NULL
     WHERE w.journal_id = ANY (ARRAY(SELECT DISTINCT b.id FROM b))
     GROUP BY w.journal_id, m.pupil_id
)
SELECT 'few-marks'::text, coalesce(m.marks, 0) < b.needed, least(b.last_on, b.today), b.teaching_id, b.class_id,
       b.staff_id, NULL::bigint, b.id, b.pupil_id, NULL::text, coalesce(m.marks, 0)::numeric, b.needed::numeric
  FROM b LEFT JOIN m ON m.journal_id = b.id AND m.pupil_id = b.pupil_id
 WHERE b.is_taught AND b.last_on - 13 <= least($4, b.today) AND b.last_on >= $3 AND b.needed > 0
 UNION ALL
SELECT 'finals', f.value IS NULL OR f.given_on > b.due_on, b.due_on, b.teaching_id, b.class_id, b.staff_id, NULL, b.id,
       b.pupil_id, NULL, NULL, NULL
  FROM b
  LEFT JOIN ej.term_mark AS f ON f.pupil_id = b.pupil_id AND f.subject_id = b.subject_id AND f.term_id = b.term_id
 WHERE b.due_on < b.today AND b.due_on BETWEEN $3 AND $4
$$;

-- The facts of term marks of the terms that ended in these days, or end in them: objectivity, a mark that
-- differs by one or more from the rounded mean (FIN-06).
CREATE OR REPLACE FUNCTION ej.duty_marks(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 10000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.class_id, t.staff_id, t.school_id FROM ej.duty_teachings($1, $2) AS t WHERE t.is_marked
), m AS MATERIALIZED (
    SELECT m.pupil_id, m.subject_id, m.term_id, m.teaching_id, m.given_on, t.class_id,
           coalesce(m.staff_id, t.staff_id) AS staff_id, v.number, m.value, s.round_from_pct,
           j.id AS journal_id, upper(e.during) - 1 AS last_on, e.during
      FROM t
      JOIN ej.term_mark AS m ON m.teaching_id = t.id
      JOIN ej.term AS e ON e.id = m.term_id AND e.is_taught AND upper(e.during) - 1 >= $3 AND lower(e.during) <= $4
      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
      JOIN ej.school AS s ON s.id = t.school_id
      JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id = e.id
     WHERE m.teaching_id = ANY ($1)
), f AS MATERIALIZED (
    SELECT f.pupil_id, f.subject_id, x.term_id, f.mean
      FROM (SELECT m.term_id, m.during, array_agg(DISTINCT m.pupil_id) AS pupils,
                   array_agg(DISTINCT m.subject_id) AS subjects
              FROM m GROUP BY m.term_id, m.during) AS x
     CROSS JOIN LATERAL ej.figures_of(x.pupils, x.subjects, ej.figures_teachings(x.pupils, x.subjects, x.during),
                                      x.term_id, false) AS f
)
SELECT 'objectivity'::text, abs(m.number - floor(f.mean + 1 - m.round_from_pct / 100.0)) >= 1, least(m.last_on, $4),
       m.teaching_id, m.class_id, m.staff_id, NULL::bigint, m.journal_id, m.pupil_id, NULL::text, m.number,
       ej.mean_shown(f.mean)
  FROM m
  JOIN f ON f.pupil_id = m.pupil_id AND f.subject_id = m.subject_id AND f.term_id = m.term_id
 WHERE f.mean IS NOT NULL
$$;
