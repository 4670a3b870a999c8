-- closing.sql: what is missing in the journals of a term, class by class, asked without rights and
-- without a document. Form: grid.sql.

-- name: closing_bare_terms :many
-- params: school_id bigint
-- same: /page/closing/term
SELECT e.id, e.name, p.name, e.during, e.due_on, e.due_order, s.finals_due
  FROM ej.term_plan AS p
  JOIN ej.term AS e ON e.term_plan_id = p.id
  JOIN ej.school AS s ON s.id = p.school_id
 WHERE p.school_id = :school_id AND p.year = 2026 ORDER BY lower(e.during);

-- name: closing_bare_classes :many
-- params: school_id bigint, today_on date
-- same: /page/closing/class
WITH j AS MATERIALIZED (
    SELECT c.id AS class_id, c.name, c.grade, c.letter, j.id, j.closed_at, t.id AS teaching_id, t.study_group_id,
           t.subject_id, e.id AS term_id, e.name AS term_name, e.during, least(:today_on, upper(e.during) - 1) AS last_on,
           c.grade = ANY (s.unmarked_grades) AS is_unmarked, s.fill_days,
           c.grade <> ALL (s.unmarked_grades) AND g.kind NOT IN ('elective', 'club', 'individual', 'home') AS is_marked
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
      JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.is_taught AND e.during @> :today_on
      JOIN ej.study_group_class AS k ON k.class_id = c.id
      JOIN ej.study_group AS g ON g.id = k.study_group_id
      JOIN ej.teaching AS t ON t.study_group_id = g.id
      JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id = e.id
     WHERE c.school_id = :school_id AND c.year = 2026
), m AS MATERIALIZED (
    SELECT j.id, count(*) AS pupils, count(*) FILTER (WHERE m.value IS NULL) AS missing, max(m.given_on) AS given_on
      FROM j
      JOIN ej.membership AS b ON b.study_group_id = j.study_group_id AND b.during @> j.last_on
      LEFT JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = j.subject_id AND m.term_id = j.term_id
     WHERE j.is_marked GROUP BY j.id
), l AS MATERIALIZED (
    SELECT j.id, count(*) AS unfilled
      FROM j
     CROSS JOIN LATERAL (
           SELECT l.topic, l.attendance_at, l.homework FROM ej.lesson AS l
            WHERE l.teaching_id = j.teaching_id AND l.held_on >= lower(j.during) AND l.held_on <= j.last_on
              AND l.held_on < :today_on - j.fill_days AND l.state IN ('planned', 'given') OFFSET 0) AS l
     WHERE l.topic = '' OR l.attendance_at IS NULL OR l.homework IS NULL AND NOT j.is_unmarked GROUP BY j.id
)
SELECT j.class_id, j.name, j.term_id, j.term_name, upper(j.during), count(*), count(j.closed_at), sum(m.missing),
       max(m.given_on), sum(l.unfilled)
  FROM j LEFT JOIN m ON m.id = j.id LEFT JOIN l ON l.id = j.id
 GROUP BY j.class_id, j.name, j.grade, j.letter, j.term_id, j.term_name, j.during
 ORDER BY j.grade, j.letter;
