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

-- name: packages_signatures :many signature under packages_years package_id
-- is_former: it was made of an earlier manifest.
-- params:
-- rows: at most 60
SELECT s.package_id, s.state, s.sent_by, to_char(s.sent_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS sent_at,
       nullif(s.signer, '') AS signer, nullif(s.detail, '') AS detail,
       to_char(s.checked_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS checked_at, s.is_former
  FROM ej.packages_signatures() AS s
 ORDER BY s.package_id DESC;

-- name: packages_sign :outcomes
-- params: signed_year int, data bytea
SELECT ej.packages_sign(:signed_year, :data);

-- name: packages_deposits :many deposit
-- params:
-- rows: at most 300
SELECT d.deposit_id, d.year, d.act_no, d.act_on, d.what, d.given_by, d.taken_by FROM ej.packages_deposits() AS d
 ORDER BY d.year DESC, d.act_on DESC, d.deposit_id DESC;

-- name: packages_deposit :outcomes
-- params: deposit_year int, deposit_no text, deposit_on date, what text, taken_by text
SELECT ej.packages_deposit(:deposit_year, :deposit_no, :deposit_on, :what, :taken_by);

-- name: packages_remove :outcomes
-- params: deposit_id bigint
SELECT ej.packages_deposit_remove(:deposit_id);

-- name: packages_order :outcomes
-- params: year int, order_no text, order_on date
SELECT ej.packages_order(:year, :order_no, :order_on);

-- name: packages_withdraw :outcomes
-- params: year int
SELECT ej.packages_withdraw(:year);
