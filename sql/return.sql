-- return.sql: brings a school of this journal back to what it was in a backup, under the same numbers; run by
-- ejournal-restore --school, as a superuser, in one transaction.
--
-- in   copies  as for takeout_read.sql
--      sums    SHA-256 of the take-out's list of digests
-- out  the tables that refer to the school from outside, with how many of their rows referred to a row that the backup
--      does not have: such a row forgets the reference, or is deleted
--
-- The rows of the school are deleted and those of the file written. What only grows, the history, the log of access
-- and the register of certified copies, keeps what came since. People, their log-ins, passwords and addresses stay
-- as they are, since they may be of other schools, too. Sessions and codes of the school's people end.

\set ON_ERROR_STOP on
\ir takeout_read.sql

-- The tables whose present rows stay: registers, to which rows are only added (grows); people and their log-ins; the
-- tests of ГТО, which are of the law.
CREATE TEMP TABLE kept ON COMMIT DROP AS
SELECT k.name, k.grows
  FROM (VALUES ('history', true), ('card_view', true), ('extract', true), ('person', false), ('account', false),
               ('contact', false), ('choice', false), ('account_subject', false), ('gto_test', false)) AS k(name, grows);

-- Lock the tables, so that nobody writes meanwhile; then check that the file is of this journal, and not of another one
-- in which some school has the same number.
DO $$
DECLARE
    k   record;
    bad bigint;
BEGIN
    FOR k IN SELECT t.table_name FROM tabs AS t ORDER BY t.table_name COLLATE "C" LOOP
        EXECUTE format('LOCK TABLE ej.%I IN SHARE ROW EXCLUSIVE MODE', k.table_name);
    END LOOP;
    IF NOT EXISTS (SELECT FROM ej.school AS s JOIN in_school AS i USING (id)) THEN
        RAISE 'the school is not in this journal: make it by ejournal-school --from';
    END IF;
    SELECT count(*) INTO bad FROM in_history AS i JOIN ej.history AS h USING (id)
     WHERE (h.school_id, h.table_name, h.made_at) IS DISTINCT FROM (i.school_id, i.table_name, i.made_at);
    IF bad > 0 OR NOT EXISTS (SELECT FROM in_history AS i JOIN ej.history AS h USING (id)) THEN
        RAISE 'the backup is of another journal: its history is not that of this one';
    END IF;
END
$$;

-- ------------------------------------------------------------------ writing --

-- The people of the school, before and after.
CREATE TEMP TABLE people ON COMMIT DROP AS
SELECT s.person_id AS id FROM ej.staff AS s WHERE s.school_id = (SELECT i.id FROM in_school AS i)
 UNION SELECT p.person_id FROM ej.pupil AS p WHERE p.school_id = (SELECT i.id FROM in_school AS i)
 UNION SELECT g.person_id FROM ej.guardian AS g WHERE g.school_id = (SELECT i.id FROM in_school AS i)
 UNION SELECT s.person_id FROM in_staff AS s UNION SELECT p.person_id FROM in_pupil AS p
 UNION SELECT g.person_id FROM in_guardian AS g;

DO $$
DECLARE
    own bigint := (SELECT i.id FROM in_school AS i);
    t   record;
BEGIN
    -- what finds its rows by others goes first; letters that still waited are not sent
    FOR t IN SELECT x.table_name AS name, replace(CASE x.table_name
                        WHEN 'outbound' THEN 'x.school_id = $1'
                        WHEN 'outbound_notice'
                        THEN 'x.outbound_id IN (SELECT o.id FROM ej.outbound AS o WHERE o.school_id = $1)'
                        ELSE x.condition END, '$1', own::text) AS condition
               FROM tabs AS x WHERE x.table_name <> 'school' AND x.table_name NOT IN (SELECT o.name FROM kept AS o)
              ORDER BY x.table_name NOT IN ('outbound_notice', 'gto_norm'), x.table_name <> 'gto_step' LOOP
        EXECUTE format('DELETE FROM ej.%I AS x WHERE %s', t.name, t.condition);
    END LOOP;
    EXECUTE (SELECT format('UPDATE ej.school AS s SET (%s) = ROW(%s) FROM in_school AS i WHERE s.id = i.id',
                           string_agg(quote_ident(c.name), ', ' ORDER BY c.n),
                           string_agg(format('i.%I', c.name), ', ' ORDER BY c.n))
               FROM cols AS c WHERE c.table_name = 'school' AND c.name <> 'id');
    FOR t IN SELECT c.table_name AS name, string_agg(quote_ident(c.name), ', ' ORDER BY c.n) AS columns
               FROM cols AS c WHERE c.table_name NOT IN ('school', 'gto_test') GROUP BY c.table_name LOOP
        EXECUTE format('INSERT INTO ej.%1$I (%2$s%3$s) SELECT %2$s%4$s FROM %5$I %6$s', t.name, t.columns,
            CASE t.name WHEN 'account' THEN ', password' WHEN 'outbound' THEN ', hook_key' ELSE '' END,
            CASE t.name WHEN 'account' THEN ', ''$none$''' WHEN 'outbound'
                        THEN ', replace(gen_random_uuid()::text, ''-'', '''')' ELSE '' END,
            'in_' || t.name,
            CASE WHEN t.name IN (SELECT o.name FROM kept AS o) THEN 'ON CONFLICT DO NOTHING' ELSE '' END);
    END LOOP;
END
$$;

-- ------------------------------------------------------------ what hangs over --

-- Rows that stayed and refer to one that is no more: they forget it, or go.
CREATE TEMP TABLE gone (name text, rows bigint) ON COMMIT DROP;
DO $$
DECLARE
    k    record;
    own  bigint := (SELECT i.id FROM in_school AS i);
    many bigint;
BEGIN
    FOR k IN
        SELECT r.here, r.there, r.same, r.given, CASE WHEN r.here <> 'extract' THEN r.optional END AS free,
               EXISTS (SELECT FROM pg_attribute AS s
                        WHERE s.attrelid = format('ej.%I', r.here)::regclass AND s.attname = 'school_id') AS has_school
          FROM refs AS r
         WHERE r.there IN (SELECT t.table_name FROM tabs AS t)
           AND r.there NOT IN (SELECT o.name FROM kept AS o)
           AND (r.here NOT IN (SELECT t.table_name FROM tabs AS t)
                OR r.here IN (SELECT o.name FROM kept AS o WHERE o.grows))
         ORDER BY r.here COLLATE "C", r.there COLLATE "C"
    LOOP
        EXECUTE format(CASE WHEN k.free IS NULL THEN 'DELETE FROM ej.%1$I AS x'
                            ELSE 'UPDATE ej.%1$I AS x SET %2$I = NULL' END
                       || ' WHERE %3$s %4$s AND NOT EXISTS (SELECT FROM ej.%5$I AS f WHERE %6$s)',
                       k.here, k.free, k.given,
                       CASE WHEN k.has_school THEN format('AND x.school_id = %s', own) ELSE '' END, k.there, k.same);
        GET DIAGNOSTICS many = ROW_COUNT;
        IF many > 0 THEN
            INSERT INTO gone VALUES (k.here, many);
        END IF;
    END LOOP;
END
$$;

-- Nobody of the school is in, no code of it opens anything, and nothing that was remembered of requests is used again.
DELETE FROM ej.scope;
CREATE TEMP TABLE accounts ON COMMIT DROP AS
SELECT a.id FROM ej.account AS a WHERE a.person_id IN (SELECT p.id FROM people AS p);
DELETE FROM ej.session AS s USING accounts AS a WHERE a.id = s.account_id;
DELETE FROM ej.device AS d USING accounts AS a WHERE a.id = d.account_id;
DELETE FROM ej.draft AS d USING accounts AS a WHERE a.id = d.account_id;
DELETE FROM ej.activation AS a WHERE a.used_at IS NULL AND a.person_id IN (SELECT p.id FROM people AS p);
DELETE FROM ej.recovery AS r USING accounts AS a WHERE a.id = r.account_id AND r.used_at IS NULL;
DELETE FROM ej.api_token AS t USING ej.api_client AS c
 WHERE c.id = t.api_client_id AND c.school_id = (SELECT i.id FROM in_school AS i);
UPDATE ej.job AS j SET finished_at = now(), outcome = 'cancelled', digest = NULL
 WHERE j.finished_at IS NULL AND j.school_id = (SELECT i.id FROM in_school AS i);
SELECT ej.revision_forget();
SELECT ej.arrival_enter((SELECT i.id FROM in_school AS i), (SELECT sum(m.rows)::bigint FROM in_manifest AS m),
                        decode(current_setting('ej.sums'), 'hex'), 'empty');
\o
SELECT format('%s: %s rows referred to what is no more', g.name, sum(g.rows))
  FROM gone AS g GROUP BY g.name ORDER BY g.name;
\o /dev/null
COMMIT;
