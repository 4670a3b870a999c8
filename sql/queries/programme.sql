-- programme.sql: the queries of programme.c.

-- name: programme_head :one
-- params: year int, lacks text, find text, sort text, page int
SELECT coalesce(:year, ej.shown_year()) AS year, :lacks AS lacks, :find AS find, :sort AS sort,
       coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count
  FROM ej.programme_teachings(coalesce(:year, ej.shown_year()), :lacks) AS t
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), t.words);

-- name: programme_years :many choice
-- params:
SELECT 'year' AS "for", y.year AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name
  FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year DESC;

-- name: programme_rows :many line
-- norm: the year's hours by the curriculum of the group or its class.
-- list: sort class subject teacher lag
-- params: year int, lacks text, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
WITH t AS MATERIALIZED (
    SELECT t.teaching_id, t.group_name, t.subject_name, t.staff_name, t.class_place
      FROM ej.programme_teachings(coalesce(:year, ej.shown_year()), :lacks) AS t
     WHERE ej.is_found((SELECT ej.find_patterns(:find)), t.words)
), x AS MATERIALIZED (
    SELECT x.teaching_id, x.plan_id, x.plan_hours, x.due, x.given, x.replaced, x.covered, x.skipped, x.works,
           x.works_given, x.lag
      FROM ej.programme_lines(ARRAY(SELECT t.teaching_id FROM t)) AS x
)
SELECT t.teaching_id, t.group_name, t.subject_name, t.staff_name, n.norm, x.plan_id, p.state AS plan_state,
       x.plan_hours, x.due, x.given, x.replaced, x.covered, x.skipped, x.works, x.works_given, x.lag,
       round(100 * x.covered / nullif(x.plan_hours, 0)) AS done_pct
  FROM t JOIN x ON x.teaching_id = t.teaching_id
  LEFT JOIN ej.plan AS p ON p.id = x.plan_id
  JOIN ej.programme_norms(ARRAY(SELECT t.teaching_id FROM t)) AS n ON n.teaching_id = t.teaching_id
 ORDER BY CASE WHEN :sort = 'lag' THEN x.lag END NULLS LAST,
          CASE :sort WHEN 'subject' THEN t.subject_name WHEN 'teacher' THEN t.staff_name END,
          t.class_place, t.subject_name, t.teaching_id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: programme_pupil :one
-- A pupil whose programme the reader may see.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name,
       p.id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AS is_family
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: programme_subjects :many subject
-- params: pupil_id bigint
SELECT s.subject_name AS name, s.group_name, s.plan_hours, s.covered, s.lag, s.last_topic, s.next_topic,
       round(100 * s.covered / nullif(s.plan_hours, 0)) AS done_pct
  FROM ej.programme_pupil(:pupil_id) AS s;
