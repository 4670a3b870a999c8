-- compliance.sql: the queries of compliance.c. The requirements are data of the sheet (xslt/help/compliance.xsl).

-- name: compliance_head :one
-- params: state text
SELECT s.name AS school_name, ej.today(s.id) AS today_on, nullif(:state, '') AS state FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: compliance_print_head :one
-- Who signs the printed document.
-- params:
SELECT (SELECT min(ej.short_name(f.surname, f.given_name, f.patronymic))
          FROM ej.staff_role AS r JOIN ej.staff AS f ON f.id = r.staff_id
         WHERE r.school_id = s.id AND r.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
           AND r.role = 'director' AND r.during @> ej.today(s.id)) AS director_name
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);
