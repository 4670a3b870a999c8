-- objectivity.sql: the queries of objectivity.c. Rights: the policies of term_mark, mark and work
-- (sql/objects/rights_journal.sql).

-- name: objectivity_head :one
-- marks: the number of term marks that were compared.
-- params: name text, find text, sort text, page int
WITH e AS MATERIALIZED (SELECT e.term_id FROM ej.objectivity_terms(:name) AS e)
SELECT nullif(:name, '') AS name, :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       (SELECT count(*) FROM ej.term_mark AS m
          JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
         WHERE m.term_id = ANY (ARRAY(SELECT e.term_id FROM e))) AS marks
  FROM ej.objectivity_found(:name, :find) AS x;

-- name: objectivity_terms :many term
-- The names of the present year's terms, each once, in the order of the year.
-- params: name text
SELECT e.name, e.name = :name AS is_current
  FROM ej.term_plan AS p
  JOIN ej.term AS e ON e.term_plan_id = p.id
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND p.year = (SELECT ej.shown_year())
 GROUP BY e.name
 ORDER BY bool_and(NOT e.is_taught), min(lower(e.during)), min(upper(e.during)), bool_or(e.kind = 'final'),
          bool_or(e.kind = 'exam'), e.name;

-- name: objectivity_rows :many mark
-- list: sort gap class subject teacher
-- params: name text, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT x.pupil_id, x.pupil_name, x.group_name, x.subject_name, x.staff_name, x.journal_id, x.term_name, x.value,
       ej.mean_shown(x.mean) AS mean, trim_scale(x.rounded) AS rounded, trim_scale(x.gap) AS gap, x.controls,
       x.is_above, nullif(x.note, '') AS note
  FROM ej.objectivity_found(:name, :find) AS x
 ORDER BY CASE WHEN :sort = 'gap' THEN abs(x.gap) END DESC NULLS LAST,
          CASE :sort WHEN 'subject' THEN x.subject_name WHEN 'teacher' THEN x.staff_name END, x.place
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;
