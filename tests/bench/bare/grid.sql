-- grid.sql: the facts of one journal page, asked without rights and without a
-- document: the limit that the page is measured against.
-- `-- same:` is what counts as many nodes of the page's document as the
-- statement gives rows; the bench refuses to compare unequal pages.

-- name: grid_head :one
-- params: journal_id bigint
-- same: /page/journal
SELECT j.id, j.teaching_id, g.name AS class_name, s.name AS subject_name,
       f.surname, f.given_name, f.patronymic, e.name AS term_name, e.kind,
       lower(e.during) AS starts_on, upper(e.during) - 1 AS ends_on, o.today_fixed,
       j.closed_at, t.scale_id, t.term_scale_id, t.year, o.name AS school_name
  FROM ej.journal AS j
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = t.staff_id
  JOIN ej.term AS e ON e.id = j.term_id
  JOIN ej.school AS o ON o.id = j.school_id
 WHERE j.id = :journal_id;

-- name: grid_terms :many
-- params: journal_id bigint
-- same: /page/journal/term
SELECT o.id, e.name
  FROM ej.journal AS j
  JOIN ej.journal AS o ON o.teaching_id = j.teaching_id
  JOIN ej.term AS e ON e.id = o.term_id
 WHERE j.id = :journal_id
 ORDER BY NOT e.is_taught, lower(e.during), e.id;

-- name: grid_scales :many
-- params: journal_id bigint
-- same: /page/journal/scale_value | /page/journal/term_value
SELECT v.scale_id, v.value, v.name, v.number
  FROM ej.journal AS j
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.scale_value AS v ON v.scale_id IN (t.scale_id, t.term_scale_id)
 WHERE j.id = :journal_id
 ORDER BY v.scale_id, v.order_no;

-- name: grid_codes :many
-- params: journal_id bigint
-- same: /page/journal/code
SELECT c.code, c.name, c.latin, c.counts_missed
  FROM ej.journal AS j
  JOIN ej.attendance_code AS c ON c.school_id = j.school_id
 WHERE j.id = :journal_id
 ORDER BY c.order_no;

-- name: grid_kinds :many
-- params: journal_id bigint
-- same: /page/journal/kind
SELECT k.id, k.code, k.name, k.short_name, k.weight_pct
  FROM ej.journal AS j
  JOIN ej.work_kind AS k ON k.school_id = j.school_id AND k.is_active
 WHERE j.id = :journal_id
 ORDER BY k.order_no;

-- name: grid_lessons :many
-- Lessons with topic and homework: the columns and what stands under the grid.
-- params: journal_id bigint
-- same: /page/journal/lesson
SELECT l.id, l.held_on, l.slot, l.hours, l.topic, l.state, l.homework, l.attendance_at, l.staff_id,
       h.text
  FROM ej.journal AS j
  JOIN ej.term AS e ON e.id = j.term_id
  JOIN ej.school AS o ON o.id = j.school_id
  JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id
   AND l.held_on >= lower(e.during) AND l.held_on < upper(e.during) AND l.held_on <= o.today_fixed + 7
  LEFT JOIN (SELECT h.lesson_id, string_agg(h.text, E'\n' ORDER BY h.id) AS text
               FROM ej.homework AS h JOIN ej.journal AS j ON j.id = :journal_id AND h.teaching_id = j.teaching_id
              WHERE NOT h.is_personal GROUP BY h.lesson_id) AS h ON h.lesson_id = l.id
 WHERE j.id = :journal_id
 ORDER BY l.held_on, l.slot;

-- name: grid_works :many
-- params: journal_id bigint
-- same: /page/journal/column[@work_id]
SELECT w.id, w.lesson_id, w.title, w.weight_pct, k.code, k.name, k.short_name
  FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
 WHERE w.journal_id = :journal_id
 ORDER BY w.id;

-- name: grid_pupils :many
-- params: journal_id bigint
-- same: /page/journal/pupil
SELECT p.id, p.surname, p.given_name, min(lower(b.during)) AS came_on, max(upper(b.during)) AS left_on
  FROM ej.membership AS b JOIN ej.pupil AS p ON p.id = b.pupil_id
 WHERE b.study_group_id = (SELECT t.study_group_id FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id
                            WHERE j.id = :journal_id)
   AND b.during && (SELECT e.during FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
                     WHERE j.id = :journal_id)
 GROUP BY p.id
 ORDER BY p.surname, p.given_name, p.id;

-- name: grid_marks :many
-- params: journal_id bigint
SELECT m.work_id, m.pupil_id, m.attempt, m.value, m.comment
  FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id
 WHERE w.journal_id = :journal_id AND m.value IS NOT NULL;

-- name: grid_absences :many
-- params: journal_id bigint
-- same: /page/journal/pupil/c[@a]
SELECT a.lesson_id, a.pupil_id, a.code
  FROM ej.journal AS j
  JOIN ej.term AS e ON e.id = j.term_id
  JOIN ej.school AS o ON o.id = j.school_id
  JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id
   AND l.held_on >= lower(e.during) AND l.held_on < upper(e.during) AND l.held_on <= o.today_fixed
  JOIN ej.attendance AS a ON a.lesson_id = l.id
 WHERE j.id = :journal_id;

-- name: grid_term_marks :many
-- Of those who were in the group in the term: one who came later has a mark of the former class.
-- params: journal_id bigint
-- same: /page/journal/pupil/c[not(@a)][text()][position() = last()][count(preceding-sibling::c) = count(/page/journal/column) - 1]
SELECT DISTINCT m.pupil_id, m.value
  FROM ej.journal AS j
  JOIN ej.term AS e ON e.id = j.term_id
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.membership AS b ON b.study_group_id = t.study_group_id AND b.during && e.during
  JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = t.subject_id AND m.term_id = j.term_id
 WHERE j.id = :journal_id AND m.value IS NOT NULL;

-- name: grid_means :many
-- Of works and of pupils in one go; of a retake the last attempt counts.
-- params: journal_id bigint
-- same: /page/journal/column[@mean] | /page/journal/pupil[@mean] | /page/journal/pupil[mean]
SELECT x.work_id, x.pupil_id, avg(x.number) AS mean, count(*) AS count,
       sum(x.number * x.weight_pct) / nullif(sum(x.weight_pct), 0) AS weighted
  FROM (SELECT DISTINCT ON (m.work_id, m.pupil_id) m.work_id, m.pupil_id, v.number, w.weight_pct
          FROM ej.work AS w
          JOIN ej.mark AS m ON m.work_id = w.id
          JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
         WHERE w.journal_id = :journal_id AND v.number IS NOT NULL
         ORDER BY m.work_id, m.pupil_id, m.attempt DESC) AS x
 GROUP BY GROUPING SETS ((x.work_id), (x.pupil_id));
