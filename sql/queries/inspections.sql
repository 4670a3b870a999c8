-- inspections.sql: the queries of inspections.c. A teacher reads the published inspections that concern
-- the teacher, and of each the own line (policies of sql/objects/inspections.sql).

-- name: inspections_head :one
-- can_draft: the reader drafts inspections; month_on: the month that a new draft would be of.
-- params:
SELECT cardinality(ej.my_lead_schools()) > 0 AS can_draft, cardinality(ej.my_journal_schools()) > 0 AS is_head,
       date_trunc('month', ej.my_today()::timestamp)::date AS month_on,
       (SELECT count(*) FROM ej.inspection AS i
         WHERE i.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))) AS count;

-- name: inspections_rows :many inspection
-- The newest first; lines, confirmed and undone count the lines that the reader may read.
-- params:
-- rows: at most 60
SELECT i.id AS inspection_id, i.month_on, i.state, i.made_on, i.published_on, l.lines, l.undone, l.confirmed,
       l.confirmed = l.lines AS is_confirmed
  FROM (SELECT i.id, i.month_on, i.state, i.made_on, i.published_on FROM ej.inspection AS i
         WHERE i.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
         ORDER BY i.month_on DESC LIMIT 60) AS i
 CROSS JOIN LATERAL (
       SELECT count(*) AS lines, count(l.confirmed_on) AS confirmed,
              sum((SELECT sum(f.undone) FROM jsonb_to_recordset(l.figures) AS f(undone bigint)))::bigint AS undone
         FROM ej.inspection_line AS l WHERE l.inspection_id = i.id) AS l
 ORDER BY i.month_on DESC;

-- name: inspections_missing :many missing
-- To heads, from a week before a term's end until a week after: the teachers and class teachers of the term
-- to whom no inspection has been shown in it (CTL-05).
-- params:
-- rows: at most 300
WITH e AS MATERIALIZED (
    SELECT e.name, e.term_plan_id, lower(e.during) AS starts_on, upper(e.during) - 1 AS ends_on
      FROM ej.term_plan AS p
      JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught
       AND (SELECT ej.my_today()) BETWEEN upper(e.during) - 8 AND upper(e.during) + 6
     WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND p.year = (SELECT ej.shown_year())
), s AS MATERIALIZED (
    SELECT e.name, e.starts_on, e.ends_on, t.staff_id
      FROM e
      JOIN ej.class AS c ON c.term_plan_id = e.term_plan_id
      JOIN ej.study_group_class AS g ON g.class_id = c.id
      JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
     UNION
    SELECT e.name, e.starts_on, e.ends_on, c.class_teacher_id
      FROM e JOIN ej.class AS c ON c.term_plan_id = e.term_plan_id
), x AS MATERIALIZED (
    SELECT s.name, max(s.ends_on) AS ends_on, s.staff_id FROM s
     WHERE s.staff_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM ej.inspection_line AS l JOIN ej.inspection AS i ON i.id = l.inspection_id
            WHERE l.shown_staff_id = s.staff_id AND i.published_on >= s.starts_on)
     GROUP BY s.name, s.staff_id
)
SELECT x.name AS term_name, x.ends_on, n.name AS staff_name
  FROM x JOIN ej.staff_names(ARRAY(SELECT x.staff_id FROM x)) AS n ON n.staff_id = x.staff_id
 ORDER BY x.ends_on, x.name, n.name LIMIT 300;

-- name: inspections_show :one
-- is_mine: the reader may change it. can_confirm: something of it waits for the reader's confirmation.
-- params: inspection_id bigint
SELECT i.id AS inspection_id, i.month_on, i.from_on, i.till_on, i.made_on, i.state, nullif(i.text, '') AS conclusion,
       i.published_on, (SELECT n.name FROM ej.staff_names(ARRAY[i.staff_id]) AS n) AS staff_name,
       i.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]) AS is_head,
       i.state = 'draft' AND i.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[]) AS is_mine,
       EXISTS (SELECT FROM ej.inspection_line AS l
                WHERE l.inspection_id = i.id AND l.shown_staff_id = ANY ((SELECT ej.my_staff())::bigint[])
                  AND l.confirmed_on IS NULL) AS can_confirm
  FROM ej.inspection AS i
 WHERE i.id = :inspection_id AND i.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: inspections_lines :many line
-- params: inspection_id bigint
-- rows: at most 300
SELECT l.id AS line_id, l.staff_id, n.name, nullif(l.note, '') AS note, l.confirmed_on, f.undone, f.total
  FROM ej.inspection_line AS l
  JOIN ej.staff AS s ON s.id = l.staff_id
  JOIN ej.staff_names(ARRAY(SELECT l.staff_id FROM ej.inspection_line AS l
                             WHERE l.inspection_id = :inspection_id)) AS n ON n.staff_id = l.staff_id
 CROSS JOIN LATERAL (SELECT coalesce(sum(f.undone), 0)::bigint AS undone, coalesce(sum(f.total), 0)::bigint AS total
                       FROM jsonb_to_recordset(l.figures) AS f(undone bigint, total bigint)) AS f
 WHERE l.inspection_id = :inspection_id
 ORDER BY s.surname, s.given_name, s.id LIMIT 300;

-- name: inspections_figures :many figure under inspections_lines line_id
-- The duties of which something is undone.
-- params: inspection_id bigint
-- rows: at most 9000
SELECT l.id AS line_id, f.duty_key, f.undone, f.total
  FROM ej.inspection_line AS l
  JOIN ej.staff AS s ON s.id = l.staff_id
 CROSS JOIN LATERAL jsonb_to_recordset(l.figures) AS f(duty_key text, undone bigint, total bigint)
  JOIN ej.duties() AS d ON d.duty_key = f.duty_key
 WHERE l.inspection_id = :inspection_id AND f.undone > 0
 ORDER BY s.surname, s.given_name, s.id, d.n;

-- name: inspections_print_head :one
-- The school and who signs the printed form, for readers who see the roles of others.
-- params:
SELECT s.name AS school_name,
       ej.director_name(s.id, ej.today(s.id)) AS director_name
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: inspections_add :outcomes
-- params: month_on date
SELECT ej.inspection_add(:month_on);

-- name: inspections_save :outcomes
-- params: inspection_id bigint, action text, fields jsonb, line_id bigint[], note text[], old_note text[]
SELECT ej.inspection_save(:inspection_id, :action, :fields, :line_id, :note, :old_note);

-- name: inspections_confirm :outcomes
-- params: inspection_id bigint
SELECT ej.inspection_confirm(:inspection_id);
