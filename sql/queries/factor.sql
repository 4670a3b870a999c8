-- factor.sql: the queries of factor.c.

-- name: factor_state :one
-- params:
SELECT confirmed_at, recoveries, is_fresh, days_left FROM ej.factor_state();

-- name: factor_wanted :many wanted
-- params: session_digest bytea
SELECT ej.factor_wanted(:session_digest) AS what;

-- name: factor_begin :many new
-- Makes a secret and returns it, once.
-- params: session_digest bytea
SELECT secret, uri FROM ej.factor_begin(:session_digest);

-- name: factor_try :many tried
-- Counts a code as a guess; the result is never shown.
-- params: session_digest bytea, factor_code text
SELECT ej.factor_try(:session_digest, :factor_code) AS wait_s;

-- name: factor_confirm :many recovery
-- params: session_digest bytea, factor_code text
SELECT recovery AS code FROM ej.factor_confirm(:session_digest, :factor_code);

-- name: factor_pass :exec
-- params: session_digest bytea, factor_code text
SELECT ej.factor_pass(:session_digest, :factor_code);

-- name: factor_remove :exec
-- params: session_digest bytea, factor_code text
SELECT ej.factor_remove(:session_digest, :factor_code);

-- name: factor_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count,
       count(*) FILTER (WHERE p.confirmed_at IS NULL) AS missing,
       cardinality(ej.my_admin_schools()) > 0 AS is_administrator
  FROM ej.factor_people() AS p
  JOIN ej.staff AS f ON f.id = p.staff_id
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic));

-- name: factor_people :many person
-- Who has a second factor or must have one: by name, or first those who have fewest days left.
-- list: sort days_left staff_id
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT p.staff_id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS staff_name,
       nullif(f.post, '') AS post,
       p.confirmed_at, p.recoveries, p.days_left, p.is_mine
  FROM ej.factor_people() AS p
  JOIN ej.staff AS f ON f.id = p.staff_id
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic))
 ORDER BY CASE WHEN :sort = 'days_left'
               THEN coalesce(p.days_left, 999) + CASE WHEN p.confirmed_at IS NULL THEN 0 ELSE 1000 END END,
          f.surname, f.given_name, f.patronymic, f.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: factor_reset :exec
-- params: staff_id bigint
SELECT ej.factor_reset(:staff_id);
