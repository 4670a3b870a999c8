-- packages.sql: the queries of packages.c. The functions of sql/objects/packages.sql check who reads and orders.

-- name: packages_head :one
-- is_mine: the reader may order packages.
-- params:
SELECT m.own <> '{}' AS is_mine FROM ej.packages_may() AS m;

-- name: packages_years :many year
-- The newest first; times are those of the school.
-- params:
-- rows: at most 60
SELECT y.year, y.journals, y.open, y.is_over, y.package_id, y.state, y.order_no, y.order_on, y.made_by,
       to_char(y.ordered_at AT TIME ZONE y.tz, 'YYYY-MM-DD"T"HH24:MI') AS ordered_at,
       to_char(y.made_at AT TIME ZONE y.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at,
       to_char(y.checked_at AT TIME ZONE y.tz, 'YYYY-MM-DD"T"HH24:MI') AS checked_at,
       to_char(y.remade_at AT TIME ZONE y.tz, 'YYYY-MM-DD"T"HH24:MI') AS remade_at, y.remade,
       y.files, y.size, y.sha256, nullif(y.copy1, '') AS copy1, nullif(y.copy2, '') AS copy2,
       nullif(y.fault, '') AS fault, nullif(y.detail, '') AS detail
  FROM ej.packages_list() AS y
 ORDER BY y.year DESC;

-- name: packages_order :outcomes
-- params: year int, order_no text, order_on date
SELECT ej.packages_order(:year, :order_no, :order_on);

-- name: packages_withdraw :outcomes
-- params: year int
SELECT ej.packages_withdraw(:year);
