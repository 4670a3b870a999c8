-- limits.sql: the queries of limits.c.

-- name: limits_head :one
-- params:
SELECT cardinality(ej.my_lead_schools()) > 0 AS is_mine;

-- name: limits_rows :many limit
-- The duties that have a limit: the usual value, its bounds, and that of the school.
-- params:
SELECT d.duty_key, d.limit_value AS usual, d.lowest, d.highest, l.value
  FROM ej.duties() AS d
  LEFT JOIN ej.duty_limit AS l ON l.duty_key = d.duty_key
       AND l.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 WHERE d.limit_value IS NOT NULL
 ORDER BY d.n;

-- name: limits_save :outcomes
-- params: duty_key text[], value int[], old_value int[]
SELECT ej.limits_save(:duty_key, :value, :old_value);
