-- verify.sql: the queries of verify.c: nobody is logged in.

-- name: verify_show :one
-- What the code alone tells.
-- params: code_key text
SELECT :code_key AS code_key, x.kind, x.number, x.year, x.made_on, x.school_name, x.state, x.by_number, x.is_pupil
  FROM ej.verify_find(:code_key) AS x;

-- name: verify_try :many guess
-- Count a guess at the name.
-- params: code_key text, holder text, address inet
SELECT ej.verify_try(:code_key, :holder, :address) AS wait_s;

-- name: verify_open :many copy
-- The copy, if the name is right.
-- params: code_key text, holder text, address inet
SELECT x.number, x.year, x.kind, x.state, x.by_number, x.made_on, x.void_on, x.signer_role, x.signer_name, x.original,
       x.journal, x.code_key, x.sha256, x.document
  FROM ej.verify_open(:code_key, :holder, :address) AS x;
