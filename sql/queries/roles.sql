-- roles.sql: the queries of roles.c, 60 rows a page. Row policies show them to the heads.

-- name: roles_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_admin_schools()) > 0 AS is_mine
  FROM ej.staff_role AS r
  JOIN ej.staff AS f ON f.id = r.staff_id
 WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic, r.order_no));

-- name: roles_rows :many role
-- The roles by holder, role or day of the order, first those that have not ended.
-- list: sort staff_id role order_on
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
WITH x AS MATERIALIZED (
    SELECT r.id, r.staff_id, r.role, r.order_no, r.order_on, r.during, r.is_self_given,
           upper(r.during) <= ej.today(r.school_id) AS is_past, f.surname, f.given_name, f.patronymic
      FROM ej.staff_role AS r
      JOIN ej.staff AS f ON f.id = r.staff_id
     WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
       AND ej.is_found((SELECT ej.find_patterns(:find)),
                       concat_ws(' ', f.surname, f.given_name, f.patronymic, r.order_no))
)
SELECT x.id AS role_id, x.staff_id, concat_ws(' ', x.surname, x.given_name, nullif(x.patronymic, '')) AS staff_name,
       x.role, x.order_no, x.order_on, lower(x.during) AS from_on, upper(x.during) - 1 AS till_on, x.is_self_given
  FROM x
 ORDER BY coalesce(x.is_past, false),
          CASE WHEN :sort = 'role'
               THEN array_position('{administrator,director,deputy,meals,archivist,hr}'::text[],
                                   x.role::text) END,
          CASE WHEN :sort = 'order_on' THEN x.order_on END DESC,
          x.surname, x.given_name, x.patronymic, x.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: roles_choices :many choice
-- The staff who may be given a role.
-- params:
SELECT 'staff_id' AS "for", f.id AS value, concat_ws(', ', m.full_name, nullif(f.post, '')) AS name
  FROM ej.staff AS f
  JOIN ej.staff_names(ARRAY(
       SELECT f.id FROM ej.staff AS f WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_admin_schools())))
          AND (upper_inf(f.during) OR upper(f.during) > ej.today(f.school_id)))) AS m ON m.staff_id = f.id
 ORDER BY f.surname, f.given_name, f.patronymic, f.id;

-- name: roles_show :one
-- params: role_id bigint
SELECT r.id AS role_id, r.staff_id, m.full_name AS staff_name, r.role, r.order_no, r.order_on,
       lower(r.during) AS from_on, upper(r.during) - 1 AS till_on, r.is_self_given
  FROM ej.staff_role AS r
  JOIN ej.staff_names(ARRAY(SELECT r.staff_id FROM ej.staff_role AS r
                             WHERE r.id = :role_id)) AS m ON m.staff_id = r.staff_id
 WHERE r.id = :role_id AND r.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]);

-- name: roles_save :outcomes
-- params: role_id bigint, fields jsonb
SELECT ej.save_rows('ej.staff_role', :fields || jsonb_build_object('id', :role_id));
