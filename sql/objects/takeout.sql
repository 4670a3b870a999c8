-- takeout.sql: a whole school as one file (INT-05): which tables, rows and columns it has, its lines, the register of
-- those that were taken.
--
-- Everything is read from the catalogue, so that a new table or column is in the file without further work. What
-- is not in it is listed here with its reason. A number that refers to a row without a foreign key is listed in
-- ej.takeout_references: ejournal-school --from gives all rows new numbers and must find each.

-- ------------------------------------------------------------ what is taken --

-- The tables that stay, with the reason.
CREATE OR REPLACE FUNCTION ej.takeout_stays() RETURNS TABLE (name text, reason text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    -- ways into the journal: worth nothing elsewhere, and a danger in a file
    ('session', 'secret'), ('scope', 'secret'), ('device', 'secret'), ('activation', 'secret'), ('factor', 'secret'),
    ('recovery', 'secret'), ('factor_demand', 'secret'), ('secret', 'secret'), ('feed', 'secret'),
    ('outbound_hook', 'secret'), ('api_secret', 'secret'), ('api_token', 'secret'), ('app_key', 'secret'),
    ('attempt', 'secret'), ('guess', 'secret'),
    -- when a person logged in, to any school
    ('entrance', 'person'), ('visit', 'person'),
    -- how the installation works at this moment, and what it remembers of requests
    ('entry', 'state'), ('draft', 'state'), ('operation', 'state'), ('job', 'state'), ('revision', 'state'),
    ('outbound_pause', 'state'), ('outbound_count', 'state'),
    -- counted anew for the region to which the school belongs
    ('indicator', 'state'), ('indicator_view', 'state'), ('indicator_sum', 'state'), ('indicator_count', 'state'),
    -- of the installation, not of a school
    ('backup', 'installation'), ('seal', 'installation'), ('migration', 'installation'),
    ('statistic_map', 'installation'), ('takeout', 'installation'), ('arrival', 'installation'),
    ('package', 'installation'), ('package_signature', 'installation'), ('destruction', 'installation'),
    ('destruction_part', 'installation'),
    ('region', 'installation'), ('region_role', 'installation'),
    -- of two schools of it; what the new one was given is in transfer_file
    ('transfer', 'installation')
$$;

-- The columns that stay: secrets, what is known only here, the training school.
CREATE OR REPLACE FUNCTION ej.takeout_stays_of() RETURNS TABLE (table_name text, name text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('account', 'password'), ('contact', 'secret'), ('contact', 'sent_at'), ('contact', 'sent_xid'),
    ('contact', 'tries'), ('outbound', 'hook_key'), ('history', 'session_id'), ('school', 'training_of_id'),
    ('school', 'region_id'), ('transfer_file', 'transfer_id')
$$;

-- The columns that refer to rows without a foreign key. Two tables: which of them is told by the row's kind.
CREATE OR REPLACE FUNCTION ej.takeout_references() RETURNS TABLE (table_name text, name text, refers text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('correction', 'column_id', 'work or term'), ('correction', 'lesson_id', 'lesson'),
    ('correction', 'pupil_id', 'pupil'), ('conversation', 'last_id', 'message'),
    ('conversation_shown', 'last_id', 'message'), ('participant', 'read_id', 'message'),
    ('participant', 'left_id', 'message'), ('message_file', 'message_id', 'message'),
    ('finding', 'lesson_id', 'lesson'), ('file', 'homework_id', 'homework'), ('file_piece', 'person_id', 'person'),
    ('file_piece', 'teaching_id', 'teaching'), ('lesson', 'instead_of_id', 'lesson'), ('lesson', 'joined_id', 'lesson'),
    ('notice', 'open_school_id', 'school'), ('notice', 'open_pupil_id', 'pupil'),
    ('notice_for', 'open_school_id', 'school'), ('notice_for', 'open_pupil_id', 'pupil'),
    ('notice_for', 'pupil_id', 'pupil'), ('plan_row', 'from_id', 'plan_row'), ('support', 'read_id', 'support_message'),
    ('duplicate', 'kept_id', 'pupil, guardian or staff'), ('duplicate', 'gone_id', 'pupil, guardian or staff'),
    ('history', 'teaching_id', 'teaching'), ('history', 'pupil_id', 'pupil'), ('history', 'account_id', 'account'),
    ('history', 'correction_id', 'correction'), ('history', 'void_id', 'voiding')
$$;

-- The numbers in the key of a notice's fact, by its kind: the tables to which they refer, in order.
CREATE OR REPLACE FUNCTION ej.takeout_facts() RETURNS TABLE (kind text, refers text[])
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('mark', '{work,history}'::text[]), ('unsatisfactory', '{work,history}'), ('falling', '{subject,term}'),
    ('correction', '{correction}'), ('voided', '{voiding}'), ('few_marks', '{journal}'), ('substitution', '{lesson}'),
    ('control_work', '{control_work}'), ('late_homework', '{homework}'), ('handin_answered', '{homework}'),
    ('event', '{event}'), ('event_cancelled', '{event}'), ('announcement', '{announcement}'), ('message', '{message}'),
    ('support', '{support,support_message}'), ('accident', '{accident}'), ('accident_unreceived', '{accident}'),
    ('card_answered', '{request}'), ('contact_code', '{contact}'), ('contact_changed', '{contact}'),
    ('finding', '{finding}'), ('signal', '{finding}'), ('inspection', '{inspection}'), ('incident', '{incident}')
$$;

-- Each column that is taken: its table, place, name and type, whether it is of the key and may not be empty, and the
-- table to whose numbers it refers (also its own).
CREATE OR REPLACE FUNCTION ej.takeout_columns()
RETURNS TABLE (table_name text, n int, name text, type text, is_key boolean, is_needed boolean, refers text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH RECURSIVE t AS MATERIALIZED (
    SELECT c.oid, c.relname::text AS name FROM pg_class AS c
     WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> ALL (ARRAY(SELECT s.name FROM ej.takeout_stays() AS s))
), a AS MATERIALIZED (
    SELECT t.oid, t.name AS table_name, a.attnum, a.attname::text AS name, a.attnotnull AS is_needed,
           format_type(a.atttypid, a.atttypmod) AS type
      FROM t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = ''
     WHERE (t.name, a.attname::text) NOT IN (SELECT s.table_name, s.name FROM ej.takeout_stays_of() AS s)
), e AS MATERIALIZED (
    SELECT x.oid, x.attnum, k.confrelid, u.there
      FROM a AS x
      JOIN pg_constraint AS k ON k.conrelid = x.oid AND k.contype = 'f' AND k.conparentid = 0
     CROSS JOIN unnest(k.conkey, k.confkey) AS u(here, there)
     WHERE u.here = x.attnum
), r(oid, attnum, refers) AS (
    SELECT a.oid, a.attnum, coalesce(f.refers, CASE WHEN a.name = 'school_id' THEN 'school' ELSE a.table_name END)
      FROM a LEFT JOIN ej.takeout_references() AS f ON f.table_name = a.table_name AND f.name = a.name
     WHERE f.refers IS NOT NULL OR a.name = 'school_id'
        OR a.name = 'id' AND NOT EXISTS (SELECT FROM e WHERE e.oid = a.oid AND e.attnum = a.attnum)
     UNION
    SELECT e.oid, e.attnum, r.refers FROM r JOIN e ON e.confrelid = r.oid AND e.there = r.attnum
)
SELECT a.table_name, a.attnum::int, a.name, a.type, a.name = ANY (ej.key_columns(a.oid)), a.is_needed,
       (SELECT min(r.refers) FROM r WHERE r.oid = a.oid AND r.attnum = a.attnum)
  FROM a ORDER BY a.table_name COLLATE "C", a.attnum
$$;

-- ----------------------------------------------------------------- the lines --

-- A text as a field of CSV: in quotes; '' is an empty text, and nothing at all no value.
CREATE OR REPLACE FUNCTION ej.takeout_field(value text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce('"' || replace(value, '"', '""') || '"', '') $$;

-- For each table that is taken the SQL text of the condition under which a row `x` of it is of the school $1, its names
-- as the head of its file, and the text that asks for the file's lines in the order of the key.
CREATE OR REPLACE FUNCTION ej.takeout_tables()
RETURNS TABLE (table_name text, condition text, head text, query text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH c AS MATERIALIZED (
    SELECT * FROM ej.takeout_columns()
), w AS MATERIALIZED (
    SELECT 'SELECT s.person_id FROM ej.staff AS s WHERE s.school_id = $1
             UNION SELECT p.person_id FROM ej.pupil AS p WHERE p.school_id = $1
             UNION SELECT g.person_id FROM ej.guardian AS g WHERE g.school_id = $1' AS own,
           'SELECT e.id FROM ej.gto_edition AS e WHERE e.school_id = $1' AS editions,
           'state IN (''sent'', ''failed'', ''unknown'', ''cancelled'')' AS ended,
           (SELECT string_agg(format('SELECT r.%I FROM ej.%I AS r WHERE r.school_id = $1', c.name, c.table_name),
                              ' UNION ' ORDER BY c.table_name COLLATE "C", c.n)
              FROM c WHERE c.refers = 'person' AND c.table_name IN (
                   SELECT s.table_name FROM c AS s WHERE s.name = 'school_id')) AS named
), t AS (
    SELECT n.table_name, CASE n.table_name
        WHEN 'school' THEN 'x.id = $1'
        -- whoever any row of the school names; nothing is told of them but a number
        WHEN 'person' THEN format('x.id IN (%s)', w.named)
        WHEN 'account' THEN format('x.person_id IN (%s)', w.own)
        WHEN 'contact' THEN format('x.person_id IN (%s)', w.own)
        WHEN 'choice' THEN format('x.person_id IN (%s)', w.own)
        WHEN 'account_subject' THEN
            format('x.account_id IN (SELECT a.id FROM ej.account AS a WHERE a.person_id IN (%s))', w.own)
        WHEN 'gto_test' THEN 'true' -- the law's list, to which results refer
        WHEN 'gto_step' THEN format('x.gto_edition_id IN (%s)', w.editions)
        WHEN 'gto_norm' THEN
            format('x.gto_step_id IN (SELECT s.id FROM ej.gto_step AS s WHERE s.gto_edition_id IN (%s))', w.editions)
        -- a letter that still waits is sent from here
        WHEN 'outbound' THEN 'x.school_id = $1 AND x.' || w.ended
        WHEN 'outbound_notice' THEN
            format('x.outbound_id IN (SELECT o.id FROM ej.outbound AS o WHERE o.school_id = $1 AND o.%s)', w.ended)
        ELSE 'x.school_id = $1' END AS condition
      FROM (SELECT DISTINCT c.table_name FROM c) AS n, w
)
SELECT t.table_name, t.condition, string_agg(ej.takeout_field(c.name), ',' ORDER BY c.n),
       format('SELECT %L::text, concat_ws('','', %s) FROM ej.%I AS x WHERE %s%s',
              'tables/' || t.table_name || '.csv',
              string_agg(CASE
                  -- of a request whose letter stays
                  WHEN (c.table_name, c.name) = ('support', 'outbound_id') THEN
                      format('coalesce((SELECT o.id::text FROM ej.outbound AS o
                                         WHERE o.id = x.outbound_id AND o.%s), '''')', (SELECT w.ended FROM w))
                  WHEN c.type IN ('bigint', 'integer', 'smallint', 'boolean', 'date', 'uuid',
                                  'timestamp with time zone')
                  THEN format('coalesce(x.%I::text, '''')', c.name)
                  ELSE format('coalesce(''"'' || replace(x.%I::text, ''"'', ''""'') || ''"'', '''')', c.name) END,
                  ', ' ORDER BY c.n),
              t.table_name, t.condition,
              ' ORDER BY ' || string_agg(format('x.%I%s', c.name, CASE WHEN c.type LIKE 'ej.%' OR c.type = 'text'
                                         THEN ' COLLATE "C"' END), ', ' ORDER BY c.n) FILTER (WHERE c.is_key))
  FROM t JOIN c USING (table_name)
 GROUP BY t.table_name, t.condition
 ORDER BY t.table_name COLLATE "C"
$$;

-- What the file of a school tells before its tables: about itself, and the dictionary of the tables.
CREATE OR REPLACE FUNCTION ej.takeout_about(school_id bigint) RETURNS TABLE (file text, line text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
SELECT 'about.csv', v.line FROM (VALUES
       ('"key","value"'), ('"format","1"'), ('"schema",' || ej.takeout_field(ej.schema_number()::text)),
       ('"taken_at",' || ej.takeout_field(now()::text)),
       ('"school",' || ej.takeout_field((SELECT s.name FROM ej.school AS s WHERE s.id = $1)))) AS v(line)
 UNION ALL
SELECT 'dictionary.csv', '"table","column","type","is_key","is_needed","refers_to"'
 UNION ALL
SELECT 'dictionary.csv', concat_ws(',', ej.takeout_field(c.table_name), ej.takeout_field(c.name),
       ej.takeout_field(c.type), c.is_key::text, c.is_needed::text, ej.takeout_field(coalesce(c.refers, '')))
  FROM ej.takeout_columns() AS c
$$;

-- The SQL script (psql) that writes the files of a school into the present folder, and into counts.<table> the number
-- of rows; for ejournal-school --out, in one snapshot.
CREATE OR REPLACE FUNCTION ej.takeout_script(school_id bigint) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN NEXT E'\\o about.csv';
    RETURN NEXT format('SELECT a.line FROM ej.takeout_about(%s) AS a WHERE a.file = ''about.csv'';', $1);
    RETURN NEXT E'\\o dictionary.csv';
    RETURN NEXT format('SELECT a.line FROM ej.takeout_about(%s) AS a WHERE a.file = ''dictionary.csv'';', $1);
    RETURN QUERY
    SELECT format(E'\\o tables/%s.csv\nSELECT %L;\nSELECT l.line FROM (%s) AS l(file, line);\n'
                  '\\o counts.%1$s\n\\qecho :ROW_COUNT',
                  t.table_name, t.head, replace(t.query, '$1', $1::text))
      FROM ej.takeout_tables() AS t;
END
$$;

-- --------------------------------------------------------------- the register --

GRANT SELECT, INSERT, UPDATE ON ej.takeout TO ej_rule;
GRANT SELECT, INSERT ON ej.arrival TO ej_rule;

-- Enter a take-out made on the server.
CREATE OR REPLACE FUNCTION ej.takeout_enter(school_id bigint, lines bigint, sha256 bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.takeout (school_id, taken_at, lines, sha256)
    VALUES (takeout_enter.school_id, now(), takeout_enter.lines, takeout_enter.sha256);
END
$$;

-- ---------------------------------------------------------------- the page --

-- What is taken is read as ej_rights, which so may read it.
DO $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT c.table_name AS name, string_agg(quote_ident(c.name), ', ' ORDER BY c.n) AS columns
               FROM ej.takeout_columns() AS c GROUP BY c.table_name LOOP
        EXECUTE format('GRANT SELECT (%s) ON ej.%I TO ej_rights', t.columns, t.name);
    END LOOP;
END
$$;
GRANT SELECT ON ej.takeout TO ej_rights;

-- The present person as a director: the school and the member of its staff; NULL for all others.
CREATE OR REPLACE FUNCTION ej.takeout_may(OUT school_id bigint, OUT staff_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT r.school_id, r.staff_id INTO takeout_may.school_id, takeout_may.staff_id
      FROM ej.role_held AS r
     WHERE r.staff_id = ANY (ej.my_staff()) AND r.role = 'director' ORDER BY r.school_id LIMIT 1;
END
$$;
ALTER FUNCTION ej.takeout_may() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.takeout_may() TO ej_web, ej_rights, ej_rule;

-- Whether an order can be taken now: once, and for a quarter of an hour.
CREATE OR REPLACE FUNCTION ej.takeout_is_open(made_at timestamptz, taken_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT taken_at IS NULL AND made_at > now() - interval '15 minutes' $$;

-- The take-outs of the own school, newest first; those without a person were made on the server.
CREATE OR REPLACE FUNCTION ej.takeout_list()
RETURNS TABLE (takeout_id bigint, made_at timestamptz, made_by text, taken_at timestamptz, lines bigint, sha256 text,
               is_open boolean, tz text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine record;
BEGIN
    SELECT m.* INTO mine FROM ej.takeout_may() AS m;
    RETURN QUERY
    SELECT t.id, t.made_at, ej.short_name(f.surname, f.given_name, f.patronymic), t.taken_at, t.lines,
           encode(t.sha256, 'hex'),
           coalesce(t.staff_id = mine.staff_id, false) AND ej.takeout_is_open(t.made_at, t.taken_at), s.tz::text
      FROM ej.takeout AS t
      JOIN ej.school AS s ON s.id = t.school_id
      LEFT JOIN ej.staff AS f ON f.id = t.staff_id
     WHERE t.school_id = mine.school_id
     ORDER BY t.id DESC LIMIT 60;
END
$$;
ALTER FUNCTION ej.takeout_list() OWNER TO ej_rights;

-- Order a take-out, if the hash of the typed own password (computed) is right; it was counted as a guess before
-- (ej.password_try). An order that is still open stays the only one.
-- Errors: JE302 no live session, JE116 the password is wrong, JE301 not that person's to take.
CREATE OR REPLACE FUNCTION ej.takeout_order(computed text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine record;
BEGIN
    PERFORM ej.password_judge(computed);
    SELECT m.* INTO mine FROM ej.takeout_may() AS m;
    IF mine.staff_id IS NULL THEN
        RAISE EXCEPTION 'not to be taken' USING ERRCODE = 'JE301';
    END IF;
    PERFORM FROM ej.staff AS s WHERE s.id = mine.staff_id FOR NO KEY UPDATE; -- two at once
    IF NOT EXISTS (SELECT FROM ej.takeout AS t
                    WHERE t.school_id = mine.school_id AND t.staff_id = mine.staff_id
                      AND ej.takeout_is_open(t.made_at, t.taken_at)) THEN
        INSERT INTO ej.takeout (school_id, staff_id) VALUES (mine.school_id, mine.staff_id);
    END IF;
END
$$;

-- Open the files of an order, each with a cursor of this transaction, for ej.takeout_lines: number, name, first line.
-- They are read as ej_rights, whoever reads on; sorting them may need the disk. No row when there is nothing to take.
CREATE OR REPLACE FUNCTION ej.takeout_begin(takeout_id bigint) RETURNS TABLE (n int, file text, head text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine   record;
    school bigint;
    lines  refcursor;
    texts  text[];
    k      record;
BEGIN
    SELECT m.* INTO mine FROM ej.takeout_may() AS m;
    school := (SELECT t.school_id FROM ej.takeout AS t
                WHERE t.id = takeout_id AND t.school_id = mine.school_id AND t.staff_id = mine.staff_id
                  AND ej.takeout_is_open(t.made_at, t.taken_at));
    IF school IS NULL THEN
        RETURN;
    END IF;
    PERFORM set_config(v.name, v.value, true)
       FROM (VALUES ('timezone', 'UTC'), ('datestyle', 'ISO'), ('bytea_output', 'hex'), ('intervalstyle', 'postgres'),
                    ('extra_float_digits', '1'), ('jit', 'off'), ('temp_file_limit', '20GB')) AS v(name, value);
    n := 0;
    FOR file IN VALUES ('about.csv'), ('dictionary.csv') LOOP
        n := n + 1;
        texts := ARRAY(SELECT a.line FROM ej.takeout_about(school) AS a WHERE a.file = takeout_begin.file);
        head := texts[1];
        lines := 'takeout_' || n;
        OPEN lines FOR SELECT t.line FROM unnest(texts[2:]) AS t(line);
        RETURN NEXT;
    END LOOP;
    FOR k IN SELECT t.* FROM ej.takeout_tables() AS t LOOP
        n := n + 1;
        file := 'tables/' || k.table_name || '.csv';
        head := k.head;
        lines := 'takeout_' || n;
        OPEN lines FOR EXECUTE format('SELECT l.line FROM (%s) AS l(file, line)', replace(k.query, '$1', school::text));
        RETURN NEXT;
    END LOOP;
END
$$;
ALTER FUNCTION ej.takeout_begin(bigint) OWNER TO ej_rights;

-- The next lines of the n-th file that ej.takeout_begin opened: up to 2,000, of about 4 MB; none at its end.
CREATE OR REPLACE FUNCTION ej.takeout_lines(n int) RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    lines refcursor := 'takeout_' || n;
    line  text;
    count int := 0;
    size  bigint := 0;
BEGIN
    WHILE count < 2000 AND size < 4000000 LOOP
        FETCH lines INTO line;
        EXIT WHEN NOT FOUND;
        count := count + 1;
        size := size + length(line);
        RETURN NEXT line;
    END LOOP;
    IF count = 0 THEN
        CLOSE lines;
    END IF;
END
$$;

-- Enter that the file of an order is whole and leaves now: in the register, in the history of the school, and in the
-- log of access of each of its pupils.
-- Errors: JE401 it was taken meanwhile, JE302 the caller has not entered as a writer.
CREATE OR REPLACE FUNCTION ej.takeout_taken(takeout_id bigint, lines int, sha256 bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made record;
BEGIN
    UPDATE ej.takeout AS t SET taken_at = now(), lines = takeout_taken.lines, sha256 = takeout_taken.sha256
      FROM ej.takeout_may() AS m
     WHERE t.id = takeout_id AND t.school_id = m.school_id AND t.staff_id = m.staff_id AND t.taken_at IS NULL
    RETURNING t.* INTO made;
    IF made.id IS NULL THEN
        RAISE EXCEPTION 'taken meanwhile' USING ERRCODE = 'JE401';
    END IF;
    INSERT INTO ej.history (school_id, table_name, row_key, new, account_id, operation_id, address)
    SELECT made.school_id, 'takeout', ARRAY[made.id],
           jsonb_build_object('lines', made.lines, 'sha256', encode(made.sha256, 'hex')),
           b.account_id, b.operation_id, b.address
      FROM ej.author() AS b;
    PERFORM ej.list_opened('/takeout', ARRAY(SELECT p.id FROM ej.pupil AS p WHERE p.school_id = made.school_id));
END
$$;
GRANT EXECUTE ON FUNCTION ej.takeout_list, ej.takeout_order, ej.takeout_begin, ej.takeout_taken TO ej_web;

-- ----------------------------------------------------------------- an arrival --

-- The digest of these rows of the history, in the order of their numbers, as the seal of a day has them.
CREATE OR REPLACE FUNCTION ej.arrival_digest(ids int8range) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'
SET bytea_output = 'hex' SET intervalstyle = 'postgres' AS $$
SELECT sha256(coalesce(string_agg(sha256(convert_to(ROW(h.id, h.school_id, h.table_name, h.row_key, h.teaching_id,
           h.pupil_id, h.operation_id, h.account_id, h.session_id, h.address, h.old, h.new, h.made_at,
           h.correction_id)::text, 'UTF8')), '' ORDER BY h.id), ''))
  FROM ej.history AS h WHERE h.id >= lower(ids) AND h.id < upper(ids)
$$;

-- Enter a school that came with these rows of the history; the entry is itself in the history, sealed with its day.
CREATE OR REPLACE FUNCTION ej.arrival_enter(school_id bigint, lines bigint, sha256 bytea, ids int8range) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made   bigint;
    digest bytea := ej.arrival_digest(ids);
BEGIN
    INSERT INTO ej.arrival (school_id, lines, sha256, history_ids, history_sha256)
    VALUES ($1, $2, $3, $4, digest) RETURNING id INTO made;
    INSERT INTO ej.history (school_id, table_name, row_key, new)
    VALUES ($1, 'arrival', ARRAY[made], jsonb_build_object('lines', $2, 'sha256', encode($3, 'hex'),
            'history_sha256', encode(digest, 'hex')));
END
$$;

-- The faults of the history of schools that came: rows altered, removed or inserted since, or an entry that the sealed
-- history does not have.
CREATE OR REPLACE FUNCTION ej.arrival_faults() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT format('the history of school %s is not the one that came with it', a.school_id)
  FROM ej.arrival AS a
 WHERE a.history_sha256 <> ej.arrival_digest(a.history_ids)
   AND NOT EXISTS (SELECT FROM ej.destruction_part AS p WHERE p.history_ids && a.history_ids) -- some went by an act
    OR NOT EXISTS (SELECT FROM ej.history AS h
                    WHERE h.table_name = 'arrival' AND h.key_id = a.id AND h.school_id = a.school_id
                      AND h.new ->> 'history_sha256' = encode(a.history_sha256, 'hex')
                      AND NOT EXISTS (SELECT FROM ej.arrival AS o WHERE h.id <@ o.history_ids))
$$;
