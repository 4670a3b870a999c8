-- reports.sql: the queries of reports.c. Who opens which report, and the rows it counts:
-- sql/objects/reports.sql; the policies of the tables.

-- name: reports_head :one
-- params:
SELECT count(*) AS count FROM ej.report_open() AS r;

-- name: reports_list :many report
-- params:
SELECT r.report_key, r.place, r.reach FROM ej.report_open() AS r ORDER BY r.place;

-- name: reports_scope :one
-- The filter of the report and its tables, counted once for all queries of the page.
-- params: report_key text, year int, term_id bigint, from_on date, till_on date, level int, grade int, class_id bigint
-- params: subject_id bigint, staff_id bigint
SELECT f::text AS filter, CASE WHEN (f).is_observed THEN ej.report_observed(:report_key, f)
                               ELSE ej.report_tables_of(:report_key, f) END AS tables
  FROM ej.report_filter_of(:report_key, :year, :term_id, :from_on, :till_on, :level, :grade, :class_id, :subject_id,
                           :staff_id) AS f;

-- name: reports_show :one
-- can_open: the numbers lead to their rows.
-- params: report_key text, filter text, from_on date, till_on date, level int, grade int
-- params: subject_id bigint, staff_id bigint
SELECT :report_key AS report_key, r.period, 'from_on' = ANY (r.filters) AS has_days,
       'level' = ANY (r.filters) AS has_level, x.year, x.term_name, x.starts_on, x.ends_on, :from_on AS from_on,
       :till_on AS till_on, :level AS level, :grade AS grade, c.id AS class_id, c.name AS class_name,
       s.id AS subject_id, s.name AS subject_name, w.staff_id, w.name AS staff_name,
       NOT x.is_observed AS can_open
  FROM ej.report_head(:filter) AS x
  JOIN ej.report_list() AS r ON r.report_key = :report_key
  LEFT JOIN ej.class AS c ON c.id = x.class_id
  LEFT JOIN ej.subject AS s ON s.id = :subject_id
  LEFT JOIN ej.staff_names(ARRAY[:staff_id]) AS w ON w.staff_id = :staff_id;

-- name: reports_choices :many choice
-- The values of the filters of the report.
-- params: report_key text, filter text
SELECT c.field AS "for", c.value, c.name, c.is_chosen
  FROM ej.report_choices(:report_key, :filter) AS c ORDER BY c.field, c.place;

-- name: reports_tables :many table
-- lines of a census are months, which have no sum (ej.report_lines_of).
-- params: tables jsonb
SELECT t.n AS table_id, t.item ->> 'name' AS name, CASE x.lines WHEN 'census' THEN 'month' ELSE x.lines END AS lines
  FROM jsonb_array_elements(:tables) WITH ORDINALITY AS t(item, n)
  JOIN ej.report_tables() AS x ON x.name = t.item ->> 'name'
 ORDER BY t.n;

-- name: reports_columns :many column under reports_tables table_id
-- params: tables jsonb
SELECT t.n AS table_id, c.item ->> 'key' AS key, c.item ->> 'name' AS name, c.item ->> 'rows_key' AS rows_key,
       c.item ->> 'title' AS title
  FROM jsonb_array_elements(:tables) WITH ORDINALITY AS t(item, n)
 CROSS JOIN LATERAL jsonb_array_elements(t.item -> 'columns') WITH ORDINALITY AS c(item, n)
 ORDER BY t.n, c.n;

-- name: reports_lines :many line under reports_tables table_id
-- params: tables jsonb
-- rows: at most some 500 a table
SELECT t.n AS table_id, t.n * 100000 + l.n AS line_id, x.line, x.kind, x.class_id, x.pupil_id, x.number, x.held_on,
       x.class_name, x.pupil_name, x.subject_name, x.staff_name, x.term_name, x.title
  FROM jsonb_array_elements(:tables) WITH ORDINALITY AS t(item, n)
 CROSS JOIN LATERAL jsonb_array_elements(t.item -> 'lines') WITH ORDINALITY AS l(item, n)
 CROSS JOIN LATERAL jsonb_to_record(l.item) AS x(line text, kind text, class_id bigint, pupil_id bigint, number int,
       held_on date, class_name text, pupil_name text, subject_name text, staff_name text, term_name text, title text)
 ORDER BY t.n, l.n;

-- name: reports_cells :many c under reports_lines line_id
-- One text for each line and column, in their order.
-- params: tables jsonb
SELECT t.n * 100000 + l.n AS line_id, c.text
  FROM jsonb_array_elements(:tables) WITH ORDINALITY AS t(item, n)
 CROSS JOIN LATERAL jsonb_array_elements(t.item -> 'lines') WITH ORDINALITY AS l(item, n)
 CROSS JOIN LATERAL jsonb_array_elements_text(l.item -> 'cells') WITH ORDINALITY AS c(text, n)
 ORDER BY t.n, l.n, c.n;

-- name: reports_print_more :one
-- More of a printed report: the school, the day, who signs; of the form for statistics also the requisites, and the
-- act by which its rows are numbered.
-- params: filter text, report_key text
SELECT x.day AS today_on, o.name AS school_name, o.founder, t.name AS teacher_name, x.director_name,
       CASE WHEN :report_key = 'statistic' THEN nullif(o.address, '') END AS address,
       CASE WHEN :report_key = 'statistic' THEN nullif(o.okpo, '') END AS okpo,
       CASE WHEN :report_key = 'statistic' THEN (SELECT min(r.act) FROM ej.statistic_rows(x.year) AS r) END AS act
  FROM ej.report_head(:filter) AS x
  JOIN ej.school AS o ON o.id = x.school_id
  LEFT JOIN ej.class AS c ON c.id = x.class_id
  LEFT JOIN ej.staff_names(ARRAY[c.class_teacher_id]) AS t ON t.staff_id = c.class_teacher_id;

-- name: reports_print_whose :one
-- What ej_page_freeze needs of a report that is handed in: is_own: it is about the reader's own teachings.
-- params: report_key text, filter text, term_id bigint, staff_id bigint
SELECT x.about, x.term_id, x.is_own, x.is_open
  FROM ej.report_whose(:report_key, :filter, :term_id, :staff_id) AS x;

-- name: reports_rows_scope :one
-- params: report_key text, year int, term_id bigint, from_on date, till_on date, level int, grade int, class_id bigint
-- params: subject_id bigint, staff_id bigint, name text
SELECT f::text AS filter, t.name
  FROM ej.report_filter_of(:report_key, :year, :term_id, :from_on, :till_on, :level, :grade, :class_id, :subject_id,
                           :staff_id) AS f
  JOIN ej.report_list() AS r ON r.report_key = :report_key
 CROSS JOIN LATERAL unnest(r.tables) AS t(name)
 WHERE t.name = coalesce(nullif(:name, ''), r.tables[1]) AND NOT (f).is_observed;

-- name: reports_rows_head :one
-- amount: the sum, which is the number that the rows make.
-- params: report_key text, name text, filter text, line text, column text, find text, sort text, page int
SELECT :report_key AS report_key, :name AS name, :line AS line, split_part(:line, '-', 1) AS kind, :column AS column,
       h.year, h.term_name, h.starts_on, h.ends_on, w.number, w.held_on, w.class_name, w.pupil_name, w.subject_name,
       w.staff_name, :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (x.found + 59) / 60) AS pages, x.found AS count, x.amount
  FROM ej.report_head(:filter) AS h
 CROSS JOIN ej.report_line_words(:line) AS w
 CROSS JOIN (SELECT trim_scale(coalesce(sum(x.amount), 0)) AS amount,
                    count(*) FILTER (WHERE ej.is_found((SELECT ej.find_patterns(:find)), x.words)) AS found
               FROM ej.report_named(:name, :filter, :line, :column) AS x) AS x;

-- name: reports_rows :many row
-- list: sort class day
-- params: name text, filter text, line text, column text, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT x.class_name, x.pupil_name, x.pupil_id, x.subject_name, x.staff_name, x.held_on, x.value, x.note,
       CASE WHEN x.amount <> 1 THEN trim_scale(x.amount) END AS amount
  FROM ej.report_named(:name, :filter, :line, :column) AS x
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), x.words)
 ORDER BY CASE WHEN :sort = 'day' THEN x.held_on END, x.place
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;
