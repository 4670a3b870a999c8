-- oneroster.sql: the queries of oneroster.c. Rights: ej.oneroster_page, ej.client_token.

-- name: oneroster_about :one
-- The programs that may read now; the pupils who learn here, and how many of them are on paper alone.
-- params:
SELECT (SELECT count(*) FROM ej.api_client AS c WHERE c.school_id = s.id
           AND c.during @> (SELECT ej.my_today())) AS programs,
       cardinality(p.ids) AS pupils, (SELECT count(*) FROM ej.paper_pupils(p.ids)) AS paper
  FROM unnest(ej.my_staff_schools()) AS s(id)
 CROSS JOIN LATERAL (SELECT ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
                                   WHERE e.school_id = s.id AND e.during @> (SELECT ej.my_today())) AS ids) AS p;

-- name: oneroster_token :one
-- params: client_key text, client_secret text, scope text, from_address inet
SELECT json_build_object('access_token', t.token, 'token_type', 'Bearer', 'expires_in', 3600,
                         'scope', t.scopes)::text AS body
  FROM ej.client_token(:client_key, :client_secret, :scope, :from_address) AS t;

-- name: oneroster_page :one
-- A page of a list, or one object of it; no row: there is no such list or object.
-- params: token text, from_address inet, service_word text, parent_word text, parent_key text, list_word text
-- params: sourced_key text, fields jsonb, filter jsonb, base text
SELECT p.body, p.total
  FROM ej.oneroster_page(:token, :from_address, :service_word, :parent_word, :parent_key, :list_word, :sourced_key,
                         :fields, :filter, :base) AS p;

-- name: oneroster_files :many file
-- params:
-- rows: eight
SELECT f.n, f.file, f.head FROM ej.oneroster_csv_files() AS f ORDER BY f.n;

-- name: oneroster_lines :many line
-- The lines of the n-th file; asked once more, none.
-- params: n int
-- rows: those of one list of the school
SELECT l.line FROM ej.oneroster_csv(:n) AS l(line);

-- name: oneroster_taken :exec
-- params:
SELECT ej.oneroster_taken();
