-- school.sql: the queries of school.c.

-- name: school_posts :many post
-- The schools where the reader is staff.
-- params:
SELECT school_id, name, nullif(city, '') AS city, nullif(post, '') AS post, is_current FROM ej.my_posts();

-- name: school_choose :exec
-- params: school_id bigint
SELECT ej.school_choose(:school_id);
