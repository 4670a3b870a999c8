-- core.sql: what mod_ejournal/core asks for every request or log-in.
-- Rules and rights: sql/objects/identity.sql, login.sql.
-- A column `schema` is for the core: another number than the module's own is
-- JE504, so that a running Apache notices an upgrade. It costs nothing, since
-- the function is a constant of the plan, which falls with the function.

-- name: core_authenticate :many session
-- params: digest bytea, address inet
SELECT account_id, roles, form_token, is_shared, person_name, way,
       ej.schema_number() AS schema
  FROM ej.authenticate(:digest, :address);

-- name: core_enter :exec
-- The first statement of every page; raises JE302 when the session has ended.
-- params: digest bytea, address inet
SELECT ej.enter(:digest, :address);

-- name: core_login_begin :many account
-- params: login text, address inet, device bytea
SELECT account_id, password, wait_s, is_address,
       ej.schema_number() AS schema
  FROM ej.login_begin(:login, :address, :device);

-- name: core_login_success :exec
-- params: account_id bigint, digest bytea, form_token text, address inet, device bytea, is_shared boolean, way text
SELECT ej.login_success(:account_id, :digest, :form_token, :address, :device,
                        :is_shared, :way);

-- name: core_foreign_session :many session
-- params: way text, subject text, digest bytea, form_token text, address inet
SELECT ej.foreign_session(:way, :subject, :digest, :form_token, :address) AS account_id;

-- name: core_session_end :exec
-- params: digest bytea
SELECT ej.session_end(:digest);

-- name: core_schema :many schema
-- Asked at a child's first request, and when it got another number since.
-- params:
SELECT ej.schema_number() AS number;
