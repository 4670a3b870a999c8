-- handover.sql: the queries of handover.c.

-- name: handover_head :one
-- params: name text
SELECT h.name, (SELECT count(*) FROM ej.handover_lines(h.name) AS x) AS count,
       (SELECT count(*) FROM ej.handover_lines(h.name) AS x WHERE x.extract_id IS NULL AND NOT x.is_open) AS missing,
       ej.my_journal_schools() <> '{}' AS is_whole
  FROM (SELECT ej.handover_name(:name) AS name) AS h;

-- name: handover_terms :many term
-- The names of the present year's taught terms that have begun, each once.
-- params: name text
SELECT e.name, e.name = ej.handover_name(:name) AS is_current
  FROM ej.term_plan AS p
  JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught AND lower(e.during) <= ej.today(e.school_id)
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND p.year = (SELECT ej.shown_year())
 GROUP BY e.name
 ORDER BY min(lower(e.during)), min(upper(e.during)), e.name;

-- name: handover_lines :many line
-- params: name text
-- rows: at most 400
SELECT x.kind, x.term_id, x.class_id, x.class_name, x.staff_id, x.staff_name, x.is_open, x.is_mine, x.extract_id,
       x.number, x.made_on
  FROM ej.handover_lines(ej.handover_name(:name)) AS x
 ORDER BY x.place;
