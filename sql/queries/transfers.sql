-- transfers.sql: the queries of transfers.c, 60 rows a page. Row policies decide which transfers a reader sees: heads
-- those of both directions of the school, a class teacher those of the class; the file is for the new school alone.

-- name: transfers_head :one
-- is_mine: the reader takes the steps of a school; waiting: how many transfers wait for a step of it.
-- params: find text, state text, sort text, page int
SELECT :find AS find, :state AS state, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, (SELECT ej.my_lead_schools()) <> '{}' AS is_mine,
       count(*) FILTER (WHERE CASE t.state WHEN 'asked' THEN t.school_id WHEN 'sent' THEN t.to_school_id END
                            = ANY ((SELECT ej.my_lead_schools())::bigint[])) AS waiting
  FROM ej.transfer AS t
 WHERE (t.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
        OR t.to_school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))))
   AND (:state IS NULL OR t.state = :state)
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', t.surname, t.given_name, t.patronymic));

-- name: transfers_rows :many transfer
-- The transfers of the school, the newest first, or by the pupil's name. is_in: the pupil comes; other_name: the other
-- school; is_waiting: the next step is the reader's.
-- list: sort date name
-- params: find text, state text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT t.id AS transfer_id, concat_ws(' ', t.surname, t.given_name, nullif(t.patronymic, '')) AS name, t.birth_on,
       i.is_in, CASE WHEN i.is_in THEN t.school_name ELSE t.to_school_name END AS other_name,
       nullif(t.class_name, '') AS class_name, t.state,
       (coalesce(t.ended_at, t.sent_at, t.asked_at) AT TIME ZONE s.tz)::date AS changed_on, t.moved_on,
       CASE t.state WHEN 'asked' THEN t.school_id WHEN 'sent' THEN t.to_school_id END
           = ANY ((SELECT ej.my_lead_schools())::bigint[])
           AS is_waiting
  FROM ej.transfer AS t
 CROSS JOIN LATERAL (SELECT t.to_school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AS is_in) AS i
  JOIN ej.school AS s ON s.id = CASE WHEN i.is_in THEN t.to_school_id ELSE t.school_id END
 WHERE (t.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
        OR t.to_school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))))
   AND (:state IS NULL OR t.state = :state)
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', t.surname, t.given_name, t.patronymic))
 ORDER BY CASE WHEN :sort = 'name' THEN t.surname END, CASE WHEN :sort = 'name' THEN t.given_name END, t.id + 0 DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: transfers_new :one
-- The head of a new transfer: of an own pupil, whom the school sends, or of nobody.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       d.today AS today_on
  FROM (SELECT ej.my_today() AS today) AS d
  LEFT JOIN ej.pupil AS p ON p.id = :pupil_id AND p.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])
 WHERE (SELECT ej.my_lead_schools()) <> '{}' AND (:pupil_id IS NULL) = (p.id IS NULL);

-- name: transfers_schools :many choice
-- params:
-- rows: at most 2000
SELECT 'school_id' AS "for", s.school_id AS value, concat_ws(', ', s.name, nullif(s.city, '')) AS name
  FROM ej.transfer_schools() AS s;

-- name: transfers_ask :outcomes
-- params: fields jsonb
SELECT ej.transfer_ask(:fields);

-- name: transfers_send :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.transfer_send(:pupil_id, :fields);

-- name: transfers_step :outcomes
-- params: transfer_id bigint, step text, seen text, fields jsonb
SELECT ej.transfer_step(:transfer_id, :step, :seen, :fields);

-- name: transfers_opened :exec
-- Writes the log of access, of who reads the file; see sql/objects/views.sql.
-- params: transfer_id bigint
SELECT ej.card_opened(f.pupil_id) FROM ej.transfer_file AS f WHERE f.transfer_id = :transfer_id;

-- name: transfers_show :one
-- A transfer with the steps that are the reader's. pupil_id: the pupil of the reader's own school; times are those of
-- that school.
-- params: transfer_id bigint
SELECT t.id AS transfer_id, t.state, concat_ws(' ', t.surname, t.given_name, nullif(t.patronymic, '')) AS name,
    t.birth_on,
       t.school_name, t.to_school_name, i.is_in, nullif(t.class_name, '') AS class_name, nullif(t.note, '') AS note,
       nullif(t.asked_by, '') AS asked_by, to_char(t.asked_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS asked_at,
       nullif(t.order_no, '') AS order_no, t.order_on, t.leaves_on,
       nullif(t.sent_by, '') AS sent_by, to_char(t.sent_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS sent_at,
       nullif(t.enter_order_no, '') AS enter_order_no, t.enter_order_on, t.moved_on,
       nullif(t.answer, '') AS answer, nullif(t.ended_by, '') AS ended_by,
       to_char(t.ended_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS ended_at,
       CASE WHEN i.is_in THEN t.entered_id ELSE t.pupil_id END AS pupil_id,
       coalesce(ej.transfer_turn(t, 'send') = ANY ((SELECT ej.my_lead_schools())::bigint[]), false) AS may_send,
       coalesce(ej.transfer_turn(t, 'accept') = ANY ((SELECT ej.my_lead_schools())::bigint[]), false) AS may_accept,
       coalesce(ej.transfer_turn(t, 'refuse') = ANY ((SELECT ej.my_lead_schools())::bigint[]), false) AS may_refuse,
       coalesce(ej.transfer_turn(t, 'withdraw') = ANY ((SELECT ej.my_lead_schools())::bigint[]), false) AS may_withdraw,
       ej.today(s.id) AS today_on, encode(f.document_sha256, 'hex') AS sha256
  FROM ej.transfer AS t
 CROSS JOIN LATERAL (SELECT t.to_school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AS is_in) AS i
  JOIN ej.school AS s ON s.id = CASE WHEN i.is_in THEN t.to_school_id ELSE t.school_id END
  LEFT JOIN ej.transfer_file AS f ON f.transfer_id = t.id
 WHERE t.id = :transfer_id;

-- name: transfers_meant :many meant
-- params: transfer_id bigint
-- rows: at most 20
SELECT m.pupil_id, m.name, m.birth_on, m.class_name FROM ej.transfer_meant(:transfer_id) AS m;

-- name: transfers_classes :many choice
-- The classes of the new school into which the pupil may be taken.
-- params: transfer_id bigint
-- rows: at most 240
SELECT 'class_id' AS "for", c.id AS value,
       c.name || CASE WHEN lower(y.during) > d.today THEN format(' (%s/%s)', y.year, y.year % 100 + 1) ELSE '' END
           AS name
  FROM (SELECT y.school_id, y.year, y.during FROM ej.school_year AS y
         WHERE y.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])) AS y
 CROSS JOIN LATERAL (SELECT ej.today(y.school_id) AS today) AS d
  JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_lead_schools()))) AND upper(y.during) > d.today
   AND c.school_id = (SELECT CASE t.state WHEN 'sent' THEN t.to_school_id END FROM ej.transfer AS t
                       WHERE t.id = :transfer_id)
 ORDER BY y.year, c.grade, c.letter;

-- ---------------------------------------------------------------- the file --

-- name: transfers_cards :many card
-- params: transfer_id bigint
-- rows: at most 1
SELECT x.file_school, x.city, x.class_name, x.year, x.made_on, x.file_no, x.birth_on, x.sex, x.birth_place,
       x.citizenship, x.document_kind, x.document_number, x.document_by, x.document_on, x.snils, x.insurance_number,
       x.address, x.home_address, x.contacts, x.languages, x.health_group, x.sport_group, x.advice, x.pe_group
  FROM ej.transfer_file AS f, XMLTABLE('/file' PASSING xmlparse(CONTENT f.document) COLUMNS
       file_school text PATH '@school_name', city text PATH '@city', class_name text PATH '@class_name',
       year int PATH '@year', made_on date PATH '@made_on', file_no text PATH 'card/@file_no',
       birth_on date PATH 'card/@birth_on', sex text PATH 'card/@sex', birth_place text PATH 'card/@birth_place',
       citizenship text PATH 'card/@citizenship', document_kind text PATH 'card/@document_kind',
       document_number text PATH 'card/@document_number', document_by text PATH 'card/@document_by',
       document_on date PATH 'card/@document_on', snils text PATH 'card/@snils',
       insurance_number text PATH 'card/@insurance_number', address text PATH 'card/@address',
       home_address text PATH 'card/@home_address', contacts text PATH 'card/@contacts',
       languages text PATH 'card/@languages', health_group text PATH 'card/@health_group',
       sport_group text PATH 'card/@sport_group', advice text PATH 'card/@advice', pe_group text
           PATH 'card/@pe_group') AS x
 WHERE f.transfer_id = :transfer_id;

-- name: transfers_guardians :many guardian
-- params: transfer_id bigint
-- rows: at most 40
SELECT x.name, x.kind, x.status, x.phone, x.email, x.address, x.work
  FROM ej.transfer_file AS f, XMLTABLE('/file/guardian' PASSING xmlparse(CONTENT f.document) COLUMNS
       name text PATH '@name', kind text PATH '@kind', status text PATH '@status', phone text PATH '@phone',
       email text PATH '@email', address text PATH '@address', work text PATH '@work') AS x
 WHERE f.transfer_id = :transfer_id;

-- name: transfers_subjects :many subject
-- params: transfer_id bigint
-- rows: at most 40
SELECT x.subject_name
  FROM ej.transfer_file AS f, XMLTABLE('/file/subject' PASSING xmlparse(CONTENT f.document) COLUMNS
       n FOR ORDINALITY, subject_name text PATH '@name') AS x
 WHERE f.transfer_id = :transfer_id ORDER BY x.n;

-- name: transfers_marks :many mark under transfers_subjects subject_name
-- params: transfer_id bigint
-- rows: at most 2000
SELECT x.subject_name, x.held_on, x.kind_name, x.weight_pct, x.attempt, x.scale_name, x.value
  FROM ej.transfer_file AS f, XMLTABLE('/file/subject/mark' PASSING xmlparse(CONTENT f.document) COLUMNS
       n FOR ORDINALITY, subject_name text PATH '../@name', held_on date PATH '@held_on', kind_name text
           PATH '@kind_name',
       weight_pct int PATH '@weight_pct', attempt int PATH '@attempt', scale_name text PATH '@scale_name',
       value text PATH '@value') AS x
 WHERE f.transfer_id = :transfer_id ORDER BY x.n;

-- name: transfers_terms :many term under transfers_subjects subject_name
-- params: transfer_id bigint
-- rows: at most 400
SELECT x.subject_name, x.name, x.scale_name, x.value, x.note
  FROM ej.transfer_file AS f, XMLTABLE('/file/subject/term' PASSING xmlparse(CONTENT f.document) COLUMNS
       n FOR ORDINALITY, subject_name text PATH '../@name', name text PATH '@name', scale_name text PATH '@scale_name',
       value text PATH '@value', note text PATH '@note') AS x
 WHERE f.transfer_id = :transfer_id ORDER BY x.n;

-- name: transfers_absences :many absence
-- params: transfer_id bigint
-- rows: at most 20
SELECT x.code, x.name, x.lessons, x.is_missed
  FROM ej.transfer_file AS f, XMLTABLE('/file/absence' PASSING xmlparse(CONTENT f.document) COLUMNS
       n FOR ORDINALITY, code text PATH '@code', name text PATH '@name', lessons int PATH '@lessons',
       is_missed boolean PATH '@is_missed') AS x
 WHERE f.transfer_id = :transfer_id ORDER BY x.n;

-- name: transfers_brought :many brought
-- params: transfer_id bigint
-- rows: at most 400
SELECT x.subject_name, x.term_name, x.given_on, x.number, x.document
  FROM ej.transfer_file AS f, XMLTABLE('/file/brought' PASSING xmlparse(CONTENT f.document) COLUMNS
       n FOR ORDINALITY, subject_name text PATH '@subject_name', term_name text PATH '@term_name',
       given_on date PATH '@given_on', number int PATH '@number', document text PATH '@document') AS x
 WHERE f.transfer_id = :transfer_id ORDER BY x.n;

-- name: transfers_achievements :many achievement
-- params: transfer_id bigint
-- rows: at most 300
SELECT x.achieved_on, x.title, x.organiser, x.level, x.result, x.place_no, x.document
  FROM ej.transfer_file AS f, XMLTABLE('/file/achievement' PASSING xmlparse(CONTENT f.document) COLUMNS
       n FOR ORDINALITY, achieved_on date PATH '@achieved_on', title text PATH '@title', organiser text
           PATH '@organiser',
       level text PATH '@level', result text PATH '@result', place_no int PATH '@place_no', document text
           PATH '@document') AS x
 WHERE f.transfer_id = :transfer_id ORDER BY x.n;
