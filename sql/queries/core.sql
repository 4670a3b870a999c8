-- core.sql: what mod_ejournal/core asks for every request or log-in.
-- Rules and rights: sql/objects/identity.sql, login.sql.

-- name: core_authenticate :many session
-- params: digest bytea, address inet
SELECT account_id, roles, form_token, is_shared, person_name, way
  FROM ej.authenticate(:digest, :address);

-- name: core_enter :exec
-- The first statement of every page; raises JE302 when the session has ended.
-- params: digest bytea, address inet
SELECT ej.enter(:digest, :address);

-- name: core_login_begin :many account
-- params: login text, address inet, device bytea
SELECT account_id, password, wait_s, is_address
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
-- Asked once of each connection: JE504 when it is not the module's own number.
-- params:
SELECT ej.schema_number() AS number;
