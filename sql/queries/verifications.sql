-- verifications.sql: the queries of verifications.c.

-- name: verifications_head :one
-- The school year and the present month; is_mine: the reader leads a class.
-- params:
SELECT y.year, date_trunc('month', ej.today(y.school_id))::date AS month_on, cardinality(ej.my_classes()) > 0 AS is_mine
  FROM ej.school_year AS y
 WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AND y.year = (SELECT ej.shown_year());

-- name: verifications_classes :many class
-- The classes of the year with the number of months verified and the last one; is_mine: of
-- the reader.
-- params:
-- rows: at most 120
SELECT c.id AS class_id, c.name, m.name AS staff_name, v.months, v.last_on,
       v.last_on IS NOT DISTINCT FROM date_trunc('month', d.day)::date AS is_done,
       c.id = ANY ((SELECT ej.my_classes())::bigint[]) AS is_mine
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
  LEFT JOIN ej.staff_names(ARRAY(SELECT o.class_teacher_id FROM ej.class AS o
        WHERE o.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))))) AS m ON m.staff_id = c.class_teacher_id
 CROSS JOIN LATERAL (SELECT count(*) AS months, max(x.month_on) AS last_on FROM ej.verification AS x
                      WHERE x.class_id = c.id) AS v
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND c.year = (SELECT ej.shown_year())
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[]) OR c.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]))
 ORDER BY c.grade, c.letter;

-- name: verifications_save :outcomes
-- params: fields jsonb
SELECT ej.save_rows('ej.verification', :fields || jsonb_build_object('id', NULL, 'month_on',
           date_trunc('month', (SELECT ej.my_today()))::date)
           || CASE WHEN :fields ? 'class_id' THEN '{}'
                   ELSE '{"fault": {"field": "class_id", "code": "JE101"}}'::jsonb END);
