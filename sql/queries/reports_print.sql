-- reports_print.sql: the queries of reports.c for the official forms that say more than figures.

-- name: reports_print_names :many person
-- Who is behind some of the numbers (sql/objects/reports_print.sql).
-- params: report_key text, filter text
-- rows: at most some 30 a pupil of a class
SELECT x.kind, x.line, x.pupil_id, x.pupil_name, x.subject_name, x.staff_name, x.held_on, x.value, x.note
  FROM ej.report_printed(:report_key, :filter) AS x ORDER BY x.place;
