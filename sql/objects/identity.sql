-- identity.sql: the account, person and roles of the present session.
--
-- The transaction-local setting ej.session holds the digest of a session's token
-- (hex), never an account number. Every function starts from the session row, so a
-- forged setting is useless without somebody's token. With the setting unset or
-- empty all functions return nothing. The functions are owned by ej_rights, which
-- bypasses row security and may only SELECT; no other role reads the views.
-- The lists that policies use, ej.my_…(), are in identity_scope.sql.

GRANT USAGE ON SCHEMA ej TO ej_rights, ej_rule, ej_web, ej_backup;

GRANT SELECT ON ej.region, ej.region_role, ej.school, ej.school_year, ej.staff, ej.staff_role, ej.pupil,
    ej.guardian, ej.guardianship, ej.class, ej.enrolment, ej.study_group,
    ej.study_group_class, ej.membership, ej.subject, ej.teaching, ej.teaching_former, ej.journal,
    ej.lesson, ej.session TO ej_rights, ej_rule;
GRANT SELECT (id, person_id, epoch, blocked_at) ON ej.account TO ej_rights;
GRANT SELECT ON ej.account TO ej_rule;
GRANT UPDATE (last_seen_at, school_id) ON ej.session TO ej_rule;
GRANT SELECT, INSERT, UPDATE ON ej.entry TO ej_rule;

DROP VIEW IF EXISTS ej.me, ej.class_running, ej.role_held, ej.teaching_known, ej.teaching_held,
    ej.live_session, ej.school_today;

-- ------------------------------------------------------------- triggers --
-- Functions by which the later object files make and drop their triggers.

-- Drop the triggers, of an earlier version, whose names begin with family; those of
-- partitions are dropped by ej.partition_sync().
CREATE OR REPLACE FUNCTION ej.drop_triggers(family text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT g.tgname, g.tgrelid::regclass AS rel
               FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid
              WHERE c.relnamespace = 'ej'::regnamespace AND g.tgparentid = 0
                AND starts_with(g.tgname, family || '_')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.rel);
    END LOOP;
END
$$;

-- Make triggers that call a function after each statement that writes a table. The
-- function finds the former rows in the table old_rows, the present ones in
-- new_rows. The triggers' names begin with family, for ej.drop_triggers.
CREATE OR REPLACE FUNCTION ej.watch(family text, rel text, function text,
    VARIADIC events text[] DEFAULT '{insert,update,delete}') RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    event text;
BEGIN
    FOREACH event IN ARRAY events LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER %s ON ej.%I REFERENCING %s
                        FOR EACH STATEMENT EXECUTE FUNCTION ej.%I()',
            family || '_' || event, event, rel,
            CASE event WHEN 'insert' THEN 'NEW TABLE AS new_rows'
                       WHEN 'delete' THEN 'OLD TABLE AS old_rows'
                       ELSE 'OLD TABLE AS old_rows NEW TABLE AS new_rows' END, function);
    END LOOP;
END
$$;

-- ----------------------------------------------------------------- views --

-- The present day of each school.
CREATE VIEW ej.school_today WITH (security_invoker = true) AS
SELECT s.id AS school_id, s.tz,
       coalesce(s.today_fixed, (now() AT TIME ZONE s.tz)::date) AS today
  FROM ej.school AS s;

-- Whether a school is one to learn in, from which nothing goes out.
CREATE OR REPLACE FUNCTION ej.is_training(school_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.school AS s WHERE s.id = is_training.school_id AND s.training_of_id IS NOT NULL);
END
$$;

-- The live sessions: the one place that defines "live".
CREATE VIEW ej.live_session WITH (security_invoker = true) AS
SELECT s.digest, s.id, s.account_id, s.person_id, s.way, s.is_shared, s.form_token,
       s.last_seen_at
  FROM ej.session AS s
  JOIN ej.account AS a ON a.id = s.account_id AND a.epoch = s.epoch
 WHERE a.blocked_at IS NULL
   AND s.way <> 'letter' -- ej.enter_recipient(): it reads for a letter, and nobody enters by it
   AND NOT s.is_pending
   AND s.ends_at > now()
   AND s.last_seen_at + s.idle > now();

-- The session of this transaction. It is a single look-up, since a page makes it many
-- times: ej.enter has just checked that the account is live, and only a live token
-- gives a digest. The setting is compared as text and never decoded: a malformed one
-- would raise an error where a policy is evaluated, and so reveal a hidden row.
CREATE VIEW ej.me WITH (security_invoker = true) AS
SELECT s.digest, s.account_id, s.person_id, s.school_id
  FROM ej.session AS s
 WHERE encode(s.digest, 'hex') = current_setting('ej.session', true)
   AND NOT s.is_pending AND s.ends_at > now() AND s.last_seen_at + s.idle > now();

-- Roles, teachings and classes that give rights now: roles in force, teachings by the
-- teacher who has them today (handed over at a date: teaching_former), and a class
-- teacher's classes of this year and of the coming one (in August the
-- class is already prepared; a year after its first day it is past). One that
-- somebody gave to himself counts only when it is confirmed (rule_given.sql).
CREATE VIEW ej.role_held WITH (security_invoker = true) AS
SELECT r.staff_id, r.school_id, r.role
  FROM ej.staff_role AS r
  JOIN ej.school_today AS t ON t.school_id = r.school_id
 WHERE r.during @> t.today AND NOT r.is_self_given;

CREATE VIEW ej.teaching_held WITH (security_invoker = true) AS
SELECT x.id, x.school_id, x.study_group_id, x.subject_id, x.staff_id
  FROM ej.teaching AS x
 WHERE NOT x.is_self_given
   AND NOT EXISTS (SELECT FROM ej.teaching_former AS f -- OFFSET 0: by teaching, not all at once
                    WHERE f.teaching_id = x.id
                      AND f.during @> (SELECT t.today FROM ej.school_today AS t
                                        WHERE t.school_id = f.school_id) OFFSET 0)
 UNION ALL
SELECT x.id, x.school_id, x.study_group_id, x.subject_id, f.staff_id
  FROM ej.teaching_former AS f
  JOIN ej.teaching AS x ON x.id = f.teaching_id
 WHERE f.during @> (SELECT t.today FROM ej.school_today AS t WHERE t.school_id = f.school_id) AND NOT f.is_self_given;

-- Those teachings, and the ones handed over before today, whose journals the former teacher
-- still reads.
CREATE VIEW ej.teaching_known WITH (security_invoker = true) AS
SELECT h.id, h.school_id, h.study_group_id, h.subject_id, h.staff_id
  FROM ej.teaching_held AS h
 UNION ALL
SELECT x.id, x.school_id, x.study_group_id, x.subject_id, f.staff_id
  FROM ej.teaching_former AS f
  JOIN ej.teaching AS x ON x.id = f.teaching_id
 WHERE upper(f.during) <= (SELECT t.today FROM ej.school_today AS t WHERE t.school_id = f.school_id)
   AND NOT f.is_self_given;

-- The classes whose class teacher has rights (ej.role_held).
CREATE VIEW ej.class_running WITH (security_invoker = true) AS
SELECT c.id, c.school_id, c.class_teacher_id, t.today
  FROM ej.class AS c
  JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
  JOIN ej.school_today AS t ON t.school_id = c.school_id
 WHERE t.today < lower(y.during) + interval '1 year' AND NOT c.is_self_given;

GRANT SELECT ON ej.school_today, ej.live_session, ej.me, ej.class_running, ej.role_held,
    ej.teaching_held, ej.teaching_known
    TO ej_rights, ej_rule;

-- --------------------------------------------------------- day and names --

-- The present day of a school whose row the reader may read. All code uses this
-- function, never current_date.
CREATE OR REPLACE FUNCTION ej.today(school_id bigint) RETURNS date
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT t.today FROM ej.school_today AS t
             WHERE t.school_id = today.school_id);
END
$$;
ALTER FUNCTION ej.today(bigint) OWNER TO ej_owner;

-- The present day of the school in which the reader works now; NULL for others.
CREATE OR REPLACE FUNCTION ej.my_today() RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_staff_schools(); -- at most one
BEGIN
    RETURN (SELECT t.today FROM ej.school_today AS t WHERE t.school_id = ANY (schools));
END
$$;

-- «Иванова М. П.» No SET clause, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.short_name(surname text, given_name text,
                                         patronymic text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT surname
        || CASE WHEN given_name = '' THEN '' ELSE ' ' || left(given_name, 1) || '.' END
        || CASE WHEN patronymic = '' THEN '' ELSE ' ' || left(patronymic, 1) || '.' END
$$;

-- «М. П. Иванова», as a signature is deciphered.
CREATE OR REPLACE FUNCTION ej.initials_name(surname text, given_name text, patronymic text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN given_name = '' THEN '' ELSE left(given_name, 1) || '. ' END
        || CASE WHEN patronymic = '' THEN '' ELSE left(patronymic, 1) || '. ' END || surname
$$;

-- The name by which pages address a person: from the staff card, else from the
-- guardian's, else from the pupil's, else from a role in a region; of several cards of a kind that of the school,
-- else the newest.
CREATE OR REPLACE FUNCTION ej.person_name(person_id bigint, school_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    name text;
BEGIN
    SELECT ej.short_name(s.surname, s.given_name, s.patronymic) INTO name
      FROM ej.staff AS s WHERE s.person_id = person_name.person_id
     ORDER BY s.school_id = person_name.school_id DESC NULLS LAST, s.id DESC LIMIT 1;
    IF name IS NULL THEN
        SELECT ej.short_name(g.surname, g.given_name, g.patronymic) INTO name
          FROM ej.guardian AS g WHERE g.person_id = person_name.person_id
         ORDER BY g.school_id = person_name.school_id DESC NULLS LAST, g.id DESC LIMIT 1;
    END IF;
    IF name IS NULL THEN
        SELECT ej.short_name(p.surname, p.given_name, p.patronymic) INTO name
          FROM ej.pupil AS p WHERE p.person_id = person_name.person_id
         ORDER BY p.school_id = person_name.school_id DESC NULLS LAST, p.id DESC LIMIT 1;
    END IF;
    IF name IS NULL THEN
        SELECT ej.short_name(r.surname, r.given_name, r.patronymic) INTO name
          FROM ej.region_role AS r WHERE r.person_id = person_name.person_id ORDER BY r.id DESC LIMIT 1;
    END IF;
    RETURN coalesce(name, '');
END
$$;

-- --------------------------------------------------------------- session --

-- Set a new session's person to that of its account.
CREATE OR REPLACE FUNCTION ej.session_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.person_id := (SELECT a.person_id FROM ej.account AS a WHERE a.id = NEW.account_id);
    RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS session_person ON ej.session;
CREATE TRIGGER session_person BEFORE INSERT OR UPDATE OF account_id, person_id
    ON ej.session FOR EACH ROW EXECUTE FUNCTION ej.session_person();

-- The account of the session named by ej.session, or NULL.
CREATE OR REPLACE FUNCTION ej.session_account() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT m.account_id FROM ej.me AS m);
END
$$;

-- The author of this transaction: account, session, operation and address, for the history and
-- the rules; and the correction or voiding that it carries out. They must not read a setting,
-- which a statement can change while it runs (UPDATE … RETURNING set_config('ej.session', …));
-- ej.enter stored the author before. The web role may write without an account only where is_nobody allows it (a code
-- is used); the role of jobs in the functions that are its own (lessons at night), once
-- they have called ej.enter. All columns are NULL for a person with psql.
-- Errors: JE302 one of these roles has not called ej.enter, or the web role entered without an
-- account.
CREATE OR REPLACE FUNCTION ej.author(is_nobody boolean DEFAULT false, OUT account_id bigint,
    OUT person_id bigint, OUT operation_id uuid, OUT address inet, OUT session_id bigint,
    OUT correction_id bigint, OUT voiding_id bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT e.account_id, e.person_id, e.operation_id, e.address, e.session_id, e.correction_id, e.voiding_id
      INTO account_id, person_id, operation_id, address, session_id, correction_id, voiding_id
      FROM ej.entry AS e
     WHERE e.pid = pg_backend_pid() AND e.xid = pg_current_xact_id_if_assigned();
    IF session_user IN ('ej_web', 'ej_job', 'ej_sender') AND (operation_id IS NULL
       OR account_id IS NULL AND NOT is_nobody AND session_user = 'ej_web') THEN
        RAISE EXCEPTION 'who writes has not entered' USING ERRCODE = 'JE302';
    ELSIF operation_id IS NULL THEN
        SELECT m.account_id, m.person_id INTO account_id, person_id FROM ej.me AS m;
    END IF;
END
$$;

-- The same for a change that the history records. Errors: JE314 in the session of a key, which only reads (keys.sql).
CREATE OR REPLACE FUNCTION ej.writer(OUT account_id bigint, OUT person_id bigint, OUT operation_id uuid,
    OUT address inet, OUT session_id bigint, OUT correction_id bigint, OUT voiding_id bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT a.* INTO account_id, person_id, operation_id, address, session_id, correction_id, voiding_id
      FROM ej.author() AS a;
    IF session_user = 'ej_web' AND EXISTS (
            SELECT FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest WHERE s.way = 'key') THEN
        RAISE EXCEPTION 'a key only reads' USING ERRCODE = 'JE314';
    END IF;
END
$$;

-- Whether this transaction is a person's own, who is bound by the school's limits for changing
-- the journal, and carries out no decision of the heads.
CREATE OR REPLACE FUNCTION ej.author_is_bound() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT a.account_id IS NOT NULL AND a.correction_id IS NULL AND a.voiding_id IS NULL FROM ej.author() AS a);
END
$$;

-- Whether the person has or had a role in a region, so that no school alone answers for the account.
CREATE OR REPLACE FUNCTION ej.is_regional(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.region_role AS r WHERE r.person_id = person);
END
$$;

-- The bit of a role that is given by order; ej.role_mask has the bits of the others.
CREATE OR REPLACE FUNCTION ej.role_bit(role text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE role WHEN 'administrator' THEN 1 WHEN 'director' THEN 2
                     WHEN 'deputy' THEN 4 WHEN 'hr' THEN 128
                     WHEN 'meals' THEN 256
                     WHEN 'archivist' THEN 131072 ELSE 0 END
$$;

-- Mask of a person's roles: as staff those of the given staff rows, of the school in
-- which the session works (ej.live_staff); as a family in all schools together.
-- 1 administrator, 2 director, 4 deputy, 8 class teacher, 16 teacher, 32 PE teacher,
-- 64 substitute, 128 hr, 256 meals, 1024 parent, 2048 pupil, 4096 staff, 8192 staff of several schools,
-- 131072 archivist (backups); ej.region_mask() adds those of a region. It only opens routes; the policies
-- decide on rows.
CREATE OR REPLACE FUNCTION ej.role_mask(person bigint, staff_ids bigint[]) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mask int := ej.staff_roles(staff_ids);
BEGIN
    IF EXISTS (SELECT FROM ej.guardian AS g WHERE g.person_id = person)
       AND EXISTS (SELECT FROM ej.guardian AS g
                     JOIN ej.guardianship AS k ON k.guardian_id = g.id
                     JOIN ej.school_today AS t ON t.school_id = k.school_id
                    WHERE g.person_id = person AND k.during @> t.today) THEN
        mask := mask | 1024;
    END IF;
    IF EXISTS (SELECT FROM ej.pupil AS p WHERE p.person_id = person) THEN
        mask := mask | 2048;
    END IF;
    IF cardinality(ej.live_posts(person)) > 1 THEN
        mask := mask | 8192;
    END IF;
    RETURN mask;
END
$$;

-- The bits of the mask that these staff rows give. Small queries one after the other:
-- most people have none of these roles, and one big query takes twice as long.
CREATE OR REPLACE FUNCTION ej.staff_roles(staff_ids bigint[]) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mask int := 4096;
BEGIN
    IF staff_ids = '{}' THEN
        RETURN 0;
    END IF;
    mask := mask | coalesce(
        (SELECT bit_or(ej.role_bit(r.role)) FROM ej.role_held AS r
          WHERE r.staff_id = ANY (staff_ids)), 0);
    IF EXISTS (SELECT FROM ej.class_running AS c WHERE c.class_teacher_id = ANY (staff_ids)) THEN
        mask := mask | 8;
    END IF;
    mask := mask | coalesce(
        (SELECT bit_or(CASE WHEN b.is_pe THEN 48 ELSE 16 END)
           FROM ej.teaching_known AS x JOIN ej.subject AS b ON b.id = x.subject_id
          WHERE x.staff_id = ANY (staff_ids)), 0);
    IF EXISTS (SELECT FROM ej.lesson AS l
                WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute) THEN
        mask := mask | 64;
    END IF;
    RETURN mask;
END
$$;

-- Record that an account was used today, by the days of the person's schools.
CREATE OR REPLACE FUNCTION ej.visit_note(account_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.visit AS v (account_id, seen_on)
    SELECT DISTINCT a.id, t.today
      FROM ej.account AS a
      JOIN ej.school_today AS t ON t.school_id = ANY (ej.scope_watch(a.person_id))
     WHERE a.id = visit_note.account_id
    ON CONFLICT ON CONSTRAINT visit_pkey DO NOTHING;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ej.visit TO ej_rule; -- UPDATE: to lock
GRANT SELECT ON ej.visit TO ej_rights;

-- The account of the session whose token has this digest; no row when there is no
-- live session. Every request calls it: it is one look-up while the session's row of
-- ej.scope is valid. The row is renewed a little before it expires, so that it does
-- not expire within a page. The session's use is recorded at most every 5 minutes,
-- so that reading writes little. form_token ends with the school in which the session
-- works, so that a form opened in one school is not saved in another. Of a session that still
-- wants its second factor it tells only that (is_pending). On a standby nothing is recorded or kept:
-- replayed_at is then the time of the last change that it has, by the school's clock (AVL-01).
-- notices, messages: how many the person has not
-- read, for the titles of the pages (ej.unread).
CREATE OR REPLACE FUNCTION ej.authenticate(digest bytea, address inet)
RETURNS TABLE (account_id bigint, roles int, form_token text,
               is_shared boolean, person_name text, school_name text, way text, is_pending boolean,
               notices bigint, messages bigint, maintenance_starts_at text, maintenance_ends_at text,
               maintenance_words text, maintenance_left_s int,
               is_training boolean, replayed_at text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    is_standby CONSTANT boolean := pg_is_in_recovery();
    seen_at timestamptz;
    known   bigint[]; -- the schools that the person knows
    schools bigint[]; -- where the person works now: at most one
    made    ej.scope;
    person  bigint;
BEGIN
    IF is_standby THEN
        SELECT l.account_id, l.form_token, l.is_shared, l.way, now(), l.person_id
          INTO account_id, form_token, is_shared, way, seen_at, person
          FROM ej.live_session AS l WHERE l.digest = authenticate.digest;
    ELSE
        SELECT l.account_id, l.form_token, l.is_shared, l.way, l.last_seen_at,
               s.roles, s.person_name, s.school_name, s.staff_schools, s.schools, l.person_id, s.is_training
          INTO account_id, form_token, is_shared, way, seen_at, roles, person_name, school_name, schools, known, person,
               is_training
          FROM ej.live_session AS l
          LEFT JOIN ej.scope AS s ON s.digest = l.digest AND s.until > now() + interval '5 seconds'
         WHERE l.digest = authenticate.digest;
    END IF;
    IF NOT FOUND THEN
        is_pending := ej.factor_wanted(authenticate.digest) IS NOT NULL;
        IF is_pending THEN
            RETURN NEXT;
        END IF;
        RETURN;
    END IF;
    IF seen_at < now() - interval '5 minutes' THEN
        UPDATE ej.session AS s SET last_seen_at = now()
         WHERE s.digest = authenticate.digest
           AND s.last_seen_at < now() - interval '5 minutes';
        PERFORM ej.visit_note(account_id);
    END IF;
    IF roles IS NULL THEN
        IF is_standby THEN
            made := ej.scope_compute(authenticate.digest);
        ELSIF ej.session_shorten(authenticate.digest) THEN
            is_pending := true;
            RETURN NEXT;
            RETURN;
        ELSE
            made := ej.scope_make(authenticate.digest);
        END IF;
        roles := made.roles;
        person_name := made.person_name;
        school_name := made.school_name;
        schools := made.staff_schools;
        known := made.schools;
        is_training := made.is_training;
    END IF;
    form_token := concat_ws('.', form_token, schools[1]);
    SELECT u.notices, u.messages INTO notices, messages FROM ej.unread(person) AS u;
    SELECT m.starts_at, m.ends_at, m.words, m.left_s
      INTO maintenance_starts_at, maintenance_ends_at, maintenance_words, maintenance_left_s
      FROM ej.maintenance_of(known) AS m;
    IF is_standby THEN
        replayed_at := to_char(coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()) AT TIME ZONE
            coalesce((SELECT min(s.tz) FROM ej.school AS s WHERE s.id = ANY (known)), 'UTC'), 'YYYY-MM-DD"T"HH24:MI');
    END IF;
    RETURN NEXT;
END
$$;

-- Set the session of a transaction, as its first statement; with NULL the transaction
-- has none. For a write operation_id is given: account, address and operation are
-- then stored in ej.entry, once a transaction and where the web role cannot change
-- them. Without operation_id nothing is written, so that it works in READ ONLY
-- transactions.
-- Errors: JE302 the session has ended meanwhile; 25001 this transaction has an
-- operation already.
CREATE OR REPLACE FUNCTION ej.enter(digest bytea, address inet, operation_id uuid DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint;
    person  bigint;
    session bigint;
BEGIN
    IF digest IS NOT NULL THEN
        SELECT l.account_id, l.person_id, l.id INTO account, person, session
          FROM ej.live_session AS l WHERE l.digest = enter.digest;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
        END IF;
    END IF;
    PERFORM set_config('ej.session', coalesce(encode(digest, 'hex'), ''), true);
    IF operation_id IS NOT NULL THEN
        INSERT INTO ej.entry AS e (pid, xid, account_id, person_id, session_id, address, operation_id)
        VALUES (pg_backend_pid(), pg_current_xact_id(), account, person, session, enter.address, enter.operation_id)
        ON CONFLICT ON CONSTRAINT entry_pkey DO UPDATE
           SET xid = excluded.xid, account_id = excluded.account_id, person_id = excluded.person_id,
               session_id = excluded.session_id, address = excluded.address, operation_id = excluded.operation_id,
               correction_id = NULL, voiding_id = NULL
         WHERE e.xid <> excluded.xid;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'this transaction has an operation' USING ERRCODE = '25001';
        END IF;
    END IF;
END
$$;

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid FROM pg_proc AS p
         WHERE p.pronamespace = 'ej'::regnamespace
           AND p.proname IN ('my_today', 'session_account', 'role_mask',
                             'staff_roles', 'person_name', 'session_person', 'is_regional')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_rule', f);
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION ej.authenticate(bytea, inet), ej.enter(bytea, inet, uuid),
    ej.my_today(), ej.session_account() TO ej_web;
GRANT SELECT ON ej.school_today TO ej_web;
