-- arrive.sql: a school from another installation; run by ejournal-school --from, as a superuser, in one transaction.
--
-- in   copies  a file with one \copy for each table of the take-out, into in_<table>, and one into in_manifest
--      sums    SHA-256 of the take-out's list of digests
-- out  a line for each log-in that had to be changed, and the one-time code of who opens the school
--
-- Rows keep their order and get new numbers: to each number of a table the same amount is added. Rules are not asked
-- again (they were when the rows were written); constraints of the tables are, and every reference is looked up in
-- the file itself, so that no row of another school can be meant.

-- ------------------------------------------------------------------ reading --

\set ON_ERROR_STOP on
\ir takeout_read.sql

DO $$
BEGIN
    IF EXISTS (SELECT FROM ej.school AS s JOIN in_school AS i USING (name)) THEN
        RAISE 'there is a school of this name';
    END IF;
    IF EXISTS (SELECT FROM ej.extract AS e JOIN in_extract AS i USING (code_key)) THEN
        RAISE 'this school is here already: so are its certified copies';
    END IF;
END
$$;

-- ------------------------------------------------------------------ numbers --

-- People are told apart by the subject with which another module of Apache knows them (ЕСИА, a region's log-in): who
-- has the same here is the same person. Everybody else is new: names and birthdays are no proof.
CREATE TEMP TABLE same_account ON COMMIT DROP AS
SELECT i.account_id AS old, min(s.account_id) AS new
  FROM in_account_subject AS i JOIN ej.account_subject AS s USING (way, subject) GROUP BY i.account_id;
CREATE TEMP TABLE same_person ON COMMIT DROP AS
SELECT i.person_id AS old, a.person_id AS new
  FROM same_account AS s JOIN in_account AS i ON i.id = s.old JOIN ej.account AS a ON a.id = s.new;
CREATE TEMP TABLE same_gto_test ON COMMIT DROP AS
SELECT i.id AS old, t.id AS new FROM in_gto_test AS i LEFT JOIN ej.gto_test AS t USING (test_key);
CREATE TEMP TABLE growing ON COMMIT DROP AS
SELECT g AS name FROM unnest(ej.growing_tables()) AS g WHERE EXISTS (
       SELECT FROM cols AS c WHERE c.table_name = g AND c.name = 'id' AND c.refers = g);
-- What is added to each number of a table, or, in the growing tables, of a year: `least` gets the next free number.
CREATE TEMP TABLE numbers (kind text, least bigint, most bigint) ON COMMIT DROP;
CREATE TEMP TABLE moves (kind text PRIMARY KEY, by bigint, least bigint, most bigint) ON COMMIT DROP;

DO $$
DECLARE
    t    record;
    year int;
    base bigint;
    numbered text := 'SELECT x.id FROM %1$I AS x UNION ALL
                      SELECT h.row_key[1] FROM in_history AS h WHERE h.table_name = %2$L';
BEGIN
    IF EXISTS (SELECT FROM same_gto_test AS s WHERE s.new IS NULL) THEN
        RAISE 'the file has tests of ГТО that this journal does not know';
    END IF;
    FOR t IN SELECT c.table_name AS name, c.table_name IN (SELECT g.name FROM growing AS g) AS grows
               FROM cols AS c WHERE c.name = 'id' AND c.refers = c.table_name AND c.table_name <> 'gto_test' LOOP
        EXECUTE format('INSERT INTO numbers SELECT %3$s, min(n.id), max(n.id) FROM (' || numbered || ') AS n
                         WHERE n.id > 0 GROUP BY 1', 'in_' || t.name, t.name,
                       CASE WHEN t.grows THEN 'n.id / 10000000000' ELSE quote_literal(t.name) END);
    END LOOP;
    FOR year IN SELECT n.kind::int FROM numbers AS n WHERE n.kind ~ '^[0-9]+$'
                 UNION SELECT y.year FROM in_school_year AS y LOOP
        IF NOT ej.is_year_open(year) THEN
            PERFORM ej.open_year(year);
        END IF;
    END LOOP;
    FOR t IN SELECT n.kind, CASE WHEN n.kind ~ '^[0-9]+$' THEN 'ej.growing_id_' || n.kind
                                 ELSE pg_get_serial_sequence('ej.' || quote_ident(n.kind), 'id') END AS sequence,
                    CASE WHEN n.kind ~ '^[0-9]+$' THEN n.kind::bigint * 10000000000 ELSE 0 END AS start,
                    min(n.least) AS least, max(n.most) AS most
               FROM numbers AS n GROUP BY n.kind LOOP
        -- others go on writing: the next hundred numbers are theirs
        base := nextval(t.sequence) + 100;
        IF t.most - t.least >= (CASE t.start WHEN 0 THEN 1000000000000 ELSE 10000000000 - base END) THEN
            RAISE 'the numbers of % in the file are too far apart', t.kind;
        END IF;
        PERFORM setval(t.sequence, base + t.most - t.least);
        INSERT INTO moves VALUES (t.kind, t.start + base - t.least, t.least, t.most);
    END LOOP;
END
$$;

-- The SQL text of the number in `e` moved as those of its kind (a pattern) are; 0 for one that lies outside of the
-- file's own, since moved it could be that of a row here: not every reference has a foreign key.
CREATE FUNCTION pg_temp.moved_by(e text, kinds text) RETURNS text LANGUAGE sql STABLE AS $$
SELECT format('CASE %s WHEN %s > 0 THEN 0 ELSE %2$s END',
              string_agg(format('WHEN %s BETWEEN %s AND %s THEN %1$s + %4$s', e, m.least, m.most, m.by), ' '), e)
  FROM moves AS m WHERE m.kind ~ ('^' || kinds || '$')
$$;

-- The SQL text of the new number for the old one in `e`. kind is the table that it is of; where it names several, `k`
-- is the text of the row's own kind.
CREATE FUNCTION pg_temp.moved(kind text, e text, k text DEFAULT 'NULL') RETURNS text LANGUAGE sql STABLE AS $$
SELECT CASE
    WHEN kind IS NULL THEN e
    WHEN kind = 'work or term' THEN
        format('CASE WHEN %s = ''term_mark'' THEN %s ELSE %s END', k, pg_temp.moved('term', e),
               pg_temp.moved('work', e))
    WHEN kind = 'pupil, guardian or staff' THEN
        format('CASE %s WHEN ''pupils'' THEN %s WHEN ''guardians'' THEN %s ELSE %s END', k, pg_temp.moved('pupil', e),
               pg_temp.moved('guardian', e), pg_temp.moved('staff', e))
    WHEN kind = 'gto_test' THEN format('(SELECT s.new FROM same_gto_test AS s WHERE s.old = %s)', e)
    WHEN kind IN ('person', 'account') THEN
        format('coalesce((SELECT s.new FROM %I AS s WHERE s.old = %s), %s)', 'same_' || kind, e,
               pg_temp.moved_by(e, kind))
    ELSE pg_temp.moved_by(e, CASE WHEN kind IN (SELECT g.name FROM growing AS g) THEN '[0-9]+' ELSE kind END) END
$$;

-- The enrolments and memberships that a movement changed.
SELECT format('CREATE FUNCTION pg_temp.moved_written(written jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $w$
    SELECT coalesce(jsonb_agg(w.row || CASE WHEN w.row ? ''class_id'' THEN jsonb_build_object(''class_id'', %s)
                                   ELSE jsonb_build_object(''study_group_id'', %s) END ORDER BY w.n), ''[]'')
      FROM jsonb_array_elements(written) WITH ORDINALITY AS w(row, n) $w$',
    pg_temp.moved('class', '(w.row ->> ''class_id'')::bigint'),
    pg_temp.moved('study_group', '(w.row ->> ''study_group_id'')::bigint')) \gexec

-- The key of a notice's fact: its first number, and a second one, by the kind.
CREATE FUNCTION pg_temp.moved_fact(k text, fact text) RETURNS text LANGUAGE sql STABLE AS $$
SELECT 'CASE ' || k || ' ' || string_agg(format('WHEN %L THEN ', f.kind)
       || format('(%s)::text', pg_temp.moved(f.refers[1], format('substring(%s from ''^[0-9]+'')::bigint', fact)))
       || CASE WHEN f.refers[2] IS NULL THEN format(' || substring(%s from ''^[0-9]+(.*)$'')', fact)
               ELSE format(' || ''-'' || (%s)', pg_temp.moved(f.refers[2],
                           format('substring(%s from ''-([0-9]+)$'')::bigint', fact)))
          END, ' ') || ' ELSE ' || fact || ' END'
  FROM ej.takeout_facts() AS f
$$;

-- ------------------------------------------------------------------ writing --

-- Log-ins are the installation's: one that is taken here gets a number.
CREATE TEMP TABLE renamed (id bigint, old text, new text) ON COMMIT DROP;
DO $$
DECLARE
    a record;
    n int;
BEGIN
    FOR a IN SELECT i.id, i.login::text FROM in_account AS i
              WHERE i.id NOT IN (SELECT s.old FROM same_account AS s)
                AND EXISTS (SELECT FROM ej.account AS x WHERE lower(x.login) = lower(i.login)) ORDER BY i.id LOOP
        n := 2;
        WHILE EXISTS (SELECT FROM ej.account AS x WHERE lower(x.login) = lower(left(a.login, 58) || '-' || n))
           OR EXISTS (SELECT FROM in_account AS x WHERE lower(x.login) = lower(left(a.login, 58) || '-' || n)) LOOP
            n := n + 1;
        END LOOP;
        UPDATE in_account AS i SET login = left(a.login, 58) || '-' || n WHERE i.id = a.id;
        INSERT INTO renamed VALUES (a.id, a.login, left(a.login, 58) || '-' || n);
    END LOOP;
END
$$;

-- All tables but the history. Passwords did not leave: an account has none until its person enters a new code.
DO $$
DECLARE
    t record;
BEGIN
    FOR t IN
        SELECT c.table_name AS name, string_agg(quote_ident(c.name), ', ' ORDER BY c.n) AS columns,
               string_agg(CASE WHEN c.name = 'fact_key' THEN pg_temp.moved_fact('x.kind', 'x.fact_key')
                               WHEN (c.table_name, c.name) = ('movement', 'written')
                               THEN 'pg_temp.moved_written(x.written)'
                               ELSE pg_temp.moved(c.refers, format('x.%I', c.name), 'x.kind') END,
                          ', ' ORDER BY c.n) AS vals
          FROM cols AS c WHERE c.table_name NOT IN ('history', 'gto_test') GROUP BY c.table_name
    LOOP
        EXECUTE format('INSERT INTO ej.%I (%s) SELECT %s FROM %I AS x %s', t.name,
            t.columns || CASE t.name WHEN 'account' THEN ', password' WHEN 'outbound' THEN ', hook_key' ELSE '' END,
            t.vals || CASE t.name WHEN 'account' THEN ', ''$none$''' WHEN 'outbound'
                      THEN ', replace(gen_random_uuid()::text, ''-'', '''')' ELSE '' END, 'in_' || t.name,
            CASE WHEN t.name IN ('person') THEN 'WHERE x.id NOT IN (SELECT s.old FROM same_person AS s)'
                 WHEN t.name = 'account' THEN 'WHERE x.id NOT IN (SELECT s.old FROM same_account AS s)'
                 WHEN t.name = 'account_subject' THEN 'WHERE x.account_id NOT IN (SELECT s.old FROM same_account AS s)'
                 WHEN t.name IN ('contact', 'choice')
                 THEN 'WHERE x.person_id NOT IN (SELECT s.old FROM same_person AS s)'
                 ELSE '' END);
    END LOOP;
END
$$;

-- The history: besides its own columns the key and the values of the row that it is of.
DO $$
DECLARE
    t record;
BEGIN
    CREATE INDEX ON in_history (table_name);
    FOR t IN
        SELECT h.name, string_agg(format('WHEN %L THEN to_jsonb(%s)', c.name,
                   pg_temp.moved(c.refers, '(e.value #>> ''{}'')::bigint', 'coalesce(h.new, h.old) ->> ''kind''')), ' ')
                   FILTER (WHERE c.refers IS NOT NULL) AS vals,
               coalesce((SELECT string_agg(pg_temp.moved(k.refers, format('h.row_key[%s]', k.place)), ', '
                                           ORDER BY k.place)
                  FROM (SELECT c.refers, row_number() OVER (ORDER BY array_position(ej.key_columns(
                               to_regclass('ej.' || quote_ident(h.name))), c.name)) AS place
                          FROM cols AS c WHERE c.table_name = h.name AND c.is_key
                           AND c.type IN ('bigint', 'integer', 'smallint')) AS k),
               -- of registers that stay: as it was; of a log-in's ways: their account or person
               CASE WHEN h.name IN ('takeout', 'arrival') THEN 'h.row_key[1]'
                    WHEN h.name IN ('factor', 'account_subject') THEN pg_temp.moved('account', 'h.row_key[1]')
                    ELSE pg_temp.moved('person', 'h.row_key[1]') END) AS key
          FROM (SELECT DISTINCT x.table_name AS name FROM in_history AS x) AS h
          LEFT JOIN (SELECT c.table_name, c.name, c.refers FROM cols AS c UNION ALL
                     VALUES ('activation', 'person_id', 'person'), ('factor', 'account_id', 'account'),
                            ('account_subject', 'account_id', 'account')) AS c ON c.table_name = h.name
         GROUP BY h.name
    LOOP
        t.vals := CASE WHEN t.name = 'movement' THEN 'WHEN ''written'' THEN pg_temp.moved_written(e.value) ' ELSE '' END
                  || coalesce(t.vals, 'WHEN '''' THEN e.value');
        EXECUTE format('
            INSERT INTO ej.history (id, school_id, table_name, row_key, teaching_id, pupil_id, operation_id, account_id,
                                    address, old, new, made_at, correction_id, void_id)
            SELECT %s, %s, h.table_name, CASE WHEN h.row_key = ''{}'' THEN h.row_key ELSE ARRAY[%s] END, %s, %s,
                   h.operation_id,
                   CASE WHEN h.account_id IN (SELECT a.id FROM in_account AS a) THEN %s END, h.address,
                   CASE WHEN h.old IS NULL OR h.old = ''{}'' THEN h.old ELSE
                   (SELECT jsonb_object_agg(e.key, CASE e.key %8$s ELSE e.value END) FROM jsonb_each(h.old) AS e) END,
                   CASE WHEN h.new IS NULL OR h.new = ''{}'' THEN h.new ELSE
                   (SELECT jsonb_object_agg(e.key, CASE e.key %8$s ELSE e.value END) FROM jsonb_each(h.new) AS e) END,
                   h.made_at, %7$s, %9$s
              FROM in_history AS h WHERE h.table_name = %10$L',
            pg_temp.moved('history', 'h.id'), pg_temp.moved('school', 'h.school_id'), t.key,
            pg_temp.moved('teaching', 'h.teaching_id'), pg_temp.moved('pupil', 'h.pupil_id'),
            pg_temp.moved('account', 'h.account_id'), pg_temp.moved('correction', 'h.correction_id'), t.vals,
            pg_temp.moved('voiding', 'h.void_id'), t.name);
    END LOOP;
END
$$;

-- What was computed from numbers: the digest of a voiding's operations. Then what vouches for the history here.
DO $$
DECLARE
    own   bigint := (SELECT s.id + m.by FROM in_school AS s, moves AS m WHERE m.kind = 'school');
    ids   int8range;
    taken bigint;
BEGIN
    UPDATE ej.voiding AS v
       SET ids_sha256 = ej.void_digest(ARRAY(SELECT h.id FROM ej.history AS h WHERE h.void_id = v.id))
     WHERE v.school_id = own AND v.undone_at IS NULL;
    SELECT int8range(min(h.id), max(h.id), '[]') INTO ids FROM ej.history AS h WHERE h.school_id = own;
    SELECT sum(m.rows) INTO taken FROM in_manifest AS m;
    PERFORM ej.arrival_enter(own, taken, decode(current_setting('ej.sums'), 'hex'), coalesce(ids, 'empty'));
END
$$;

-- A one-time code for who opens the school: its administrator, else its director.
SELECT s.school_id AS school, s.person_id AS person
  FROM ej.staff_role AS r JOIN ej.staff AS s ON s.id = r.staff_id
 WHERE r.role IN ('administrator', 'director') AND r.during @> ej.today(r.school_id)
   AND r.school_id = (SELECT i.id + m.by FROM in_school AS i, moves AS m WHERE m.kind = 'school')
 ORDER BY r.role, r.id LIMIT 1 \gset
SELECT ej.new_code() AS code \gset
INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at)
VALUES (ej.code_sha256(:'code'), :person, :school, now() + interval '14 days');
\o
SELECT format('log-in %s is now %s', r.old, r.new) FROM renamed AS r ORDER BY r.id;
SELECT format('person known here: account %s', a.login)
  FROM same_account AS s JOIN ej.account AS a ON a.id = s.new ORDER BY a.id;
\o /dev/null
COMMIT;
\o
\echo :code
