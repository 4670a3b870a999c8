-- compliance.sql: the queries of compliance.c. The requirements are data of the sheet (xslt/help/compliance.xsl).

-- name: compliance_head :one
-- params: state text
SELECT s.name AS school_name, ej.today(s.id) AS today_on, nullif(:state, '') AS state FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: compliance_print_head :one
-- Who signs the printed document.
-- params:
SELECT ej.director_name(s.id, ej.today(s.id)) AS director_name
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);
