-- about.sql: the queries of about.c. They read only what sql/objects/about.sql gives to
-- everybody; :school_id NULL stands for the list of schools.

-- name: about_scope :one
-- The school of the page: that of the address, or the only one.
-- scan: everybody may choose among all schools
-- params: school_id bigint
SELECT coalesce(:school_id,
                (SELECT CASE count(*) WHEN 1 THEN min(s.id) END FROM ej.public_schools() AS s)) AS school_id;

-- name: about_head :one
-- params: school_id bigint
SELECT s.id AS school_id, s.name, s.short_name, nullif(s.founder, '') AS founder, nullif(s.city, '') AS city,
       nullif(s.address, '') AS address, nullif(s.director, '') AS director, nullif(s.okpo, '') AS okpo,
       nullif(s.phone, '') AS phone, nullif(s.email, '') AS email, s.year
  FROM (SELECT) AS one LEFT JOIN ej.public_school(:school_id) AS s ON :school_id IS NOT NULL
 WHERE :school_id IS NULL OR s.id IS NOT NULL;

-- name: about_schools :many school
-- scan: everybody may choose among all schools
-- params: school_id bigint
SELECT s.id AS school_id, s.short_name, s.name, nullif(s.city, '') AS city
  FROM ej.public_schools() AS s WHERE :school_id IS NULL
 ORDER BY s.city, s.short_name, s.id;

-- name: about_acts :many act
-- params: school_id bigint
SELECT a.act_id, a.title, nullif(a.number, '') AS number, a.signed_on, a.file
  FROM ej.public_acts(:school_id) AS a ORDER BY a.title, a.act_id;

-- name: about_holidays :many holiday
-- params: school_id bigint
SELECT h.name, h.kind, h.from_on, h.till_on FROM ej.public_holidays(:school_id) AS h ORDER BY h.from_on, h.name;

-- name: about_bells :many lesson
-- params: school_id bigint
SELECT b.bell_plan_id, b.name, b.shift, b.grades, b.slot, to_char(b.starts, 'HH24:MI') AS starts,
       to_char(b.ends, 'HH24:MI') AS ends
  FROM ej.public_bells(:school_id) AS b;

-- name: about_file :file
-- params: school_id bigint, act_id bigint
SELECT f.name, f.data FROM ej.public_file(:school_id, :act_id) AS f ORDER BY f.n;
