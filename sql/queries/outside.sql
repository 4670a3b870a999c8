-- outside.sql: the queries of outside.c. Rights: sql/objects/rights_journal.sql.

-- name: outside_head :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, s.outside_counts = 'counted' AS is_counted, 100 AS weight_pct,
       p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
           OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_mine
  FROM ej.pupil AS p
  JOIN ej.school AS s ON s.id = p.school_id
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]));

-- name: outside_rows :many mark
-- params: pupil_id bigint
WITH o AS MATERIALIZED (
    SELECT o.id, o.subject_id, o.term_id, o.given_on, o.number, o.weight_pct, o.document, o.is_void
      FROM ej.outside_mark AS o WHERE o.pupil_id = :pupil_id
)
SELECT o.id AS outside_mark_id, s.name AS subject_name,
       (SELECT e.name FROM ej.term AS e WHERE e.id = o.term_id) AS term_name, o.given_on, o.number, o.weight_pct,
       o.document, o.is_void
  FROM o
  JOIN ej.subject AS s ON s.id = o.subject_id
 ORDER BY s.order_no, s.name, o.given_on, o.id;

-- name: outside_choices :many choice
-- The subjects that the pupil is taught, and the terms of the pupil's class.
-- params: pupil_id bigint
WITH c AS MATERIALIZED (
    SELECT e.class_id FROM ej.enrolment AS e WHERE e.pupil_id = :pupil_id ORDER BY lower(e.during) DESC LIMIT 1
)
(SELECT 'subject_id' AS "for", s.id AS value, s.name::text
   FROM ej.subject AS s
  WHERE s.id = ANY (ARRAY(SELECT t.subject_id FROM ej.membership AS b
      JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
                           WHERE b.pupil_id = :pupil_id))
  ORDER BY s.order_no, s.name)
 UNION ALL
(SELECT 'term_id', e.id, e.name
   FROM c JOIN ej.class AS k ON k.id = c.class_id
   JOIN ej.term AS e ON e.term_plan_id = k.term_plan_id AND (e.is_taught OR e.kind = 'year')
  ORDER BY NOT e.is_taught, e.ordinal);

-- name: outside_add :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.save_rows('ej.outside_mark', :fields || jsonb_build_object('id', NULL, 'pupil_id', :pupil_id)
           || CASE WHEN :fields ? 'subject_id' THEN '{}'
                   ELSE '{"fault": {"field": "subject_id", "code": "JE101"}}'::jsonb END);

-- name: outside_void :outcomes
-- params: outside_mark_id bigint, fields jsonb
SELECT ej.save_rows('ej.outside_mark', (:fields - 'pupil_id') || jsonb_build_object('id', :outside_mark_id));
