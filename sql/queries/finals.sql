-- finals.sql: the queries of finals.c. Rights: sql/objects/rights_journal.sql.

-- name: finals_scope :one
-- The parameters of the queries below; no row unless the reader may read the journal.
-- params: journal_id bigint
SELECT j.school_id, j.study_group_id, j.subject_id, j.teaching_id, j.staff_id, j.term_id, j.kind, j.is_taught,
       j.term_plan_id, j.term_scale_id, j.starts_on, j.ends_on, j.today_on, j.is_closed,
       ej.is_unmarked(j.study_group_id) AS is_unmarked
  FROM ej.journal_scope(:journal_id) AS j;

-- name: finals_head :one
-- params: journal_id bigint, study_group_id bigint, subject_id bigint, teaching_id bigint, staff_id bigint
-- params: term_id bigint, kind text, is_closed boolean, is_unmarked boolean, today_on date, school_id bigint
SELECT :journal_id AS journal_id, g.name AS class_name, s.name AS subject_name, e.name AS term_name, :kind AS term_kind,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       NOT :is_closed AND :teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[]) AS can_write,
       :is_closed AS is_closed, :is_unmarked AS is_unmarked, d.due_on, d.due_on < :today_on AS is_late,
       o.round_from_pct
  FROM ej.study_group AS g
  JOIN ej.subject AS s ON s.id = :subject_id
  JOIN ej.term AS e ON e.id = :term_id
  JOIN ej.school AS o ON o.id = :school_id
 CROSS JOIN LATERAL (SELECT ej.finals_due(:term_id) AS due_on) AS d
  LEFT JOIN ej.staff AS f ON f.id = :staff_id
 WHERE g.id = :study_group_id;

-- name: finals_under :many under
-- The terms whose marks the mark is given on, shown in columns before it.
-- params: term_plan_id bigint, kind text
SELECT e.id AS term_id, e.name, ej.term_short_name(e.kind::text, e.name::text) AS short_name
  FROM ej.term AS e
 WHERE e.term_plan_id = :term_plan_id AND ej.is_under(e.kind, :kind)
 ORDER BY NOT e.is_taught, e.ordinal, e.id;

-- name: finals_values :many term_value
-- params: term_scale_id bigint, is_unmarked boolean
SELECT v.value, v.name
  FROM ej.scale_value AS v
 WHERE v.scale_id = :term_scale_id AND v.is_active AND NOT :is_unmarked
 ORDER BY v.order_no;

-- name: finals_pupils :many pupil
-- The pupils who were in the group in the term, each with the figures that the mark is given on.
-- is_borderline: the mean is within a tenth of the point at which the mark changes.
-- params: journal_id bigint, study_group_id bigint, subject_id bigint, term_id bigint
-- params: school_id bigint, is_taught boolean, starts_on date, ends_on date
-- rows: at most 60
WITH b AS MATERIALIZED (
    SELECT b.pupil_id, max(upper(b.during)) AS left_on
      FROM ej.membership AS b
     WHERE b.study_group_id = :study_group_id AND b.during && daterange(:starts_on, :ends_on)
     GROUP BY b.pupil_id
), g AS MATERIALIZED (
    SELECT g.pupil_id, g.mean, g.arithmetic, g.weight, g.marks, g.missed, g.needed, g.lacking, g.is_unfounded,
        g.proposed
      FROM ej.journal_scope(:journal_id) AS f,
           LATERAL ej.finals_proposals(f, ARRAY(SELECT b.pupil_id FROM b)) AS g
)
SELECT b.pupil_id, n.name, CASE WHEN b.left_on < :ends_on THEN b.left_on END AS left_on,
       ej.mean_shown(g.mean) AS mean, g.arithmetic, trim_scale(g.weight) AS weight, g.marks, g.missed,
       nullif(g.needed, 0) AS needed, g.lacking, g.is_unfounded,
       g.proposed,
       :is_taught AND abs(g.mean - floor(g.mean) - s.round_from_pct / 100.0) <= 0.1 AS is_borderline,
       m.value, nullif(m.note, '') AS note, m.given_on, m.given_on > ej.finals_due(:term_id) AS is_late
  FROM b
  JOIN ej.school AS s ON s.id = :school_id
  JOIN ej.pupil_names(ARRAY(SELECT b.pupil_id FROM b)) AS n ON n.pupil_id = b.pupil_id
  JOIN g ON g.pupil_id = b.pupil_id
  LEFT JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = :subject_id AND m.term_id = :term_id
 ORDER BY n.order_no;

-- name: finals_marks :many mark under finals_pupils pupil_id
-- The marks of the terms under this one, empty ones too.
-- params: study_group_id bigint, subject_id bigint, term_plan_id bigint, kind text, starts_on date, ends_on date
-- rows: at most 60 x 4
SELECT b.pupil_id, m.value AS text
  FROM ej.term AS e
 CROSS JOIN (SELECT DISTINCT b.pupil_id FROM ej.membership AS b
              WHERE b.study_group_id = :study_group_id AND b.during && daterange(:starts_on, :ends_on)) AS b
  LEFT JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = :subject_id AND m.term_id = e.id
 WHERE e.term_plan_id = :term_plan_id AND ej.is_under(e.kind, :kind)
 ORDER BY NOT e.is_taught, e.ordinal, e.id;

-- name: finals_outside :many outside under finals_pupils pupil_id
-- The marks brought from another school.
-- params: study_group_id bigint, subject_id bigint, starts_on date, ends_on date
SELECT o.pupil_id, o.number, o.given_on, o.document, e.name AS term_name
  FROM ej.finals_outside(ARRAY(
       SELECT b.pupil_id FROM ej.membership AS b
        WHERE b.study_group_id = :study_group_id AND b.during && daterange(:starts_on, :ends_on)),
       :subject_id, daterange(:starts_on, :ends_on)) AS o
  LEFT JOIN ej.term AS e ON e.id = o.term_id
 ORDER BY o.given_on;

-- name: finals_save :outcomes
-- params: journal_id bigint, pupil_id bigint[], old text[], value text[], old_note text[], note text[]
SELECT ej.finals_save(:journal_id, :pupil_id, :old, :value, :old_note, :note);
