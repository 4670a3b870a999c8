-- core.sql: the queries of mod_ejournal/core, for every request or log-in.
-- Rules and rights: sql/objects/identity.sql, login.sql.
-- The core compares a column `schema` with the module's own number: a difference is
-- JE504, so that a running Apache notices an upgrade. The column costs nothing: the
-- function is a constant in the cached plan, which is dropped when the function is
-- replaced.

-- name: core_authenticate :many session
-- params: digest bytea, address inet
SELECT account_id, roles, form_token, is_shared, person_name, school_name, way,
       is_pending, nullif(notices, 0) AS notices, nullif(messages, 0) AS messages,
       maintenance_starts_at, maintenance_ends_at, maintenance_words, maintenance_left_s,
       CASE WHEN is_training THEN 1 END AS is_training, replayed_at, ej.schema_number() AS schema
  FROM ej.authenticate(:digest, :address);

-- name: core_enter :exec
-- The first statement of every page; raises JE302 when the session has ended.
-- digest NULL: no session. operation_id: for a write only.
-- params: digest bytea, address inet, operation_id uuid
SELECT ej.enter(:digest, :address, :operation_id);

-- name: core_login_begin :many account
-- The method and salt with which to hash a password.
-- params: login text, address inet, device bytea
SELECT setting, wait_s, is_address, ej.schema_number() AS schema
  FROM ej.login_begin(:login, :address, :device);

-- name: core_login_try :many account
-- Counts the hash as a guess, in a transaction of its own.
-- params: login text, computed text, address inet, device bytea
SELECT wait_s, is_address FROM ej.login_try(:login, :computed, :address, :device);

-- name: core_login_finish :many session
-- Opens a session if the guess was right, and returns the account; else NULL.
-- params: login text, computed text, address inet, device bytea, digest bytea, was bytea, form_token text
-- params: is_shared boolean, way text, agent text
SELECT ej.login_finish(:login, :computed, :address, :device, :digest, :was,
                       :form_token, :is_shared, :way, :agent) AS account_id;

-- name: core_foreign_session :many session
-- params: secret text, way text, subject text, digest bytea, form_token text, address inet, agent text
SELECT ej.foreign_session(:secret, :way, :subject, :digest, :form_token, :address, :agent) AS account_id;

-- name: core_key_wrong :many wait
-- Counts a wrong key of a program; the seconds to wait.
-- params: address inet
SELECT ej.key_wrong(:address) AS wait_s;

-- name: core_session_end :exec
-- params: digest bytea
SELECT ej.session_end(:digest);

-- name: core_schema :many schema
-- The number of the schema. Run at a child's first request, and again after a result
-- had another number.
-- params:
SELECT ej.schema_number() AS number;

-- name: core_ready :many state
-- For /ready.
-- params:
SELECT m.role, m.lag_s, m.backup_age_s FROM ej.monitor_state() AS m;

-- name: core_metrics :many state
-- For /metrics: the columns are those of put_database (monitor.c).
-- params:
SELECT CASE m.role WHEN 'primary' THEN 1 ELSE 0 END AS database_primary, m.lag_s AS database_lag_seconds,
       m.backup_age_s AS backup_age_seconds, n.backups_bad, n.jobs_due, n.letters_due
  FROM ej.monitor_state() AS m, ej.monitor_counts() AS n;

-- name: core_taken :exec
-- Writes the log of access: a file or a printed page that names these pupils is taken away.
-- params: path text, pupil_ids bigint[]
SELECT ej.list_opened(:path, :pupil_ids);

-- name: core_patience :exec
-- Lets the statements of this transaction take longer: a page with very many rows.
-- params: milliseconds text
SELECT set_config('statement_timeout', :milliseconds, true);

-- name: core_job_take :many job
-- Asked as ej_job, as all core_job_…: the job that is due and now this runner's, if any.
-- scan: a table of a few hundred rows; the newest run of a kind is wanted
-- params: kinds text[], periods int[]
SELECT id, kind, request, digest FROM ej.job_take(:kinds, :periods);

-- name: core_job_report :many job
-- Says how far the job is, and learns whether it is still wanted: false when it was
-- cancelled, NULL when it is no longer there.
-- params: job_id bigint, done bigint, total bigint
SELECT ej.job_report(:job_id, :done, :total) AS is_wanted;

-- name: core_job_finish :exec
-- params: job_id bigint, outcome text, code text, number text, result text
SELECT ej.job_finish(:job_id, :outcome, :code, :number, :result);

-- name: core_job_leave :exec
-- params: job_id bigint
SELECT ej.job_leave(:job_id);

-- name: core_job_year :many part
-- Makes the next part of a school year; says how many of all are there.
-- params: year int
SELECT p.done, p.total FROM ej.open_year_part(:year) AS p;

-- name: core_job_sweep :many sweep
-- scan: sweeping reads some tables whole every five minutes
-- params:
SELECT report, is_more FROM ej.sweep();

-- name: core_job_lessons :many lessons
-- scan: all schools, for which it is night
-- params:
SELECT ej.lessons_night() AS report;

-- name: core_job_notices :many notices
-- scan: all schools
-- params:
SELECT ej.notices_minute() IS NULL AS is_done;

-- name: core_job_warnings :many warnings
-- scan: all schools
-- params:
SELECT ej.notices_hour() IS NULL AS is_done;

-- name: core_job_activity :many activity
-- scan: all schools
-- params:
SELECT ej.activity_freeze() AS schools;

-- name: core_job_seal :many seal
-- scan: the history of all schools
-- params:
SELECT ej.seal_days(10) AS days;

-- name: core_job_inspections :many inspection
-- scan: all schools
-- params:
SELECT ej.inspections_draft() AS schools;

-- name: core_job_meals :many meals
-- scan: all schools
-- params:
SELECT ej.meals_minute() AS done;

-- name: core_job_indicators :many indicator
-- scan: the schools of all regions
-- params:
SELECT ej.indicators_step() AS steps;

-- name: core_import :many import
-- Asked as the person who ordered the job: does the step of an import that waits in the draft.
-- params: job_id bigint, kind text
SELECT ej.import_run(:job_id, :kind) AS report;

-- name: core_job_exchange_take :many document
-- Asked as ej_job, as the next two: the document that is due, which is now this runner's for ten minutes.
-- scan: all schools
-- params:
SELECT d.exchange_id, d.kind, d.transport, d.address, d.document, d.source, d.name FROM ej.exchange_take() AS d;

-- name: core_job_exchange_keep :exec
-- params: exchange_id bigint, document text
SELECT ej.exchange_keep(:exchange_id, :document);

-- name: core_job_exchange_record :exec
-- How an attempt ended: sent, accepted, refused or failed, with a code and the first words of the answer.
-- params: exchange_id bigint, outcome text, code text, answer text
SELECT ej.exchange_record(:exchange_id, :outcome, :code, :answer);

-- name: core_compose_begin :many compose
-- Asked as the person who ordered the job, as the next: the load as a file of FET.
-- params: job_id bigint
SELECT c.document, c.total, c.seconds FROM ej.compose_begin(:job_id) AS c;

-- name: core_compose_keep :many compose
-- Keeps the timetable (NULL: none) and the last words of FET in the draft.
-- params: job_id bigint, document jsonb, words text
SELECT ej.compose_keep(:job_id, :document, :words) AS said;

-- name: core_post_take :many letter
-- Takes at most `most` letters or short messages that are due, which are now this thread's. Asked as
-- ej_sender, as all core_post_…; composed_at in seconds since 1970.
-- most_hour: the limit of EjournalMailHour; NULL: none.
-- scan: letters that wait
-- params: channel text, most_hour int, most int
SELECT l.id, l.attempt, l.address, l.hook_key, l.school_name, l.body, l.composed_at, l.is_support
  FROM ej.outbound_take(:channel, coalesce(:most_hour, 0), :most) AS l;

-- name: core_post_support :exec
-- Makes letters of the requests that have none, to the address of EjournalSupportMail.
-- params: address text
SELECT ej.support_letters(:address);

-- name: core_post_about :many letter
-- The request that a letter to the support is about, if it is one.
-- params: outbound_id bigint
SELECT x.school_name, x.school_id, x.support_id, x.place, x.error_number, x.is_incident
  FROM ej.support_letter(:outbound_id) AS x;

-- name: core_post_record :exec
-- Records the outcomes of letters: sent, refused, later, pause, unknown, empty, back (ej.outbound_record).
-- params: outbound_ids bigint[], attempts int[], outcomes text[], codes text[]
SELECT ej.outbound_record(:outbound_ids, :attempts, :outcomes, :codes);

-- name: core_post_enter :many letter
-- Begins to read as the person who gets the letter.
-- params: outbound_id bigint
SELECT is_live, code FROM ej.outbound_enter(:outbound_id);

-- name: core_letter :many letter
-- Asked as that person, as the next: whose school it is.
-- params: outbound_id bigint
SELECT coalesce(nullif(s.name, ''), s.short_name) AS school_name,
       to_char(now() AT TIME ZONE s.tz, 'YYYY-MM-DD') AS today_on
  FROM ej.school AS s
 WHERE s.id = (SELECT max(f.school_id) FROM ej.notice_for AS f WHERE f.id IN (SELECT ej.letter_notices(:outbound_id)));

-- name: core_letter_notices :many notice
-- What the person is told; the name of a child that the person may no longer read is left out.
-- params: outbound_id bigint
SELECT f.kind, p.given_name AS pupil_name,
       CASE WHEN f.kind = 'message'
            THEN ej.message_writer(substring(f.fact_key FROM '^\d{1,18}')::bigint) END AS sender,
       substring(f.fact_key FROM '^\d{4}-\d\d-\d\d') AS held_on,
       to_char(f.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at
  FROM ej.notice_for AS f
  JOIN ej.school AS s ON s.id = f.school_id
  LEFT JOIN ej.pupil AS p ON p.id = f.pupil_id
 WHERE f.id IN (SELECT ej.letter_notices(:outbound_id))
   AND (f.pupil_id IS NULL OR p.id IS NOT NULL)
 ORDER BY p.given_name, f.made_at, f.id;

-- name: core_post_keep :many letter
-- params: outbound_id bigint, body text
SELECT ej.outbound_keep(:outbound_id, :body) AS composed_at;

-- name: core_school :many school
-- The name of the school for the head of the log-in page.
-- scan: a table of a few hundred rows, asked once a minute
-- params:
SELECT ej.only_school() AS name;

-- name: core_freeze :many issued
-- Keep a document as a numbered copy (ej_page_freeze); code says why it is refused.
-- params: kind text, about text, holder text, year int, pupil_id bigint, class_id bigint, term_id bigint
-- params: is_own text, purpose text, original text, replaces_id bigint
-- params: journal text, document text, operation_id uuid
SELECT x.extract_id, x.code
  FROM ej.extract_issue(jsonb_build_object('kind', :kind, 'about', :about, 'holder', :holder, 'year', :year,
           'pupil_id', :pupil_id, 'class_id', :class_id, 'term_id', :term_id, 'is_own', :is_own, 'purpose', :purpose,
           'original', :original, 'replaces_id', :replaces_id), :journal, :document, :operation_id) AS x;

-- name: core_password_begin :one
-- The method and salt for hashing the own password, and how long the person must wait before guessing it; both stay
-- out of the document.
-- params:
SELECT setting, wait_s FROM ej.password_begin();

-- name: core_password_try :one
-- Counts the hash of the own password as a guess.
-- params: old_hash text
SELECT ej.password_try(:old_hash) AS wait_s;
