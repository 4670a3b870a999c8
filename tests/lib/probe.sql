-- probe.sql: watches the reads and changes of the web role's statements.
--
-- For tests/rights/rights_random.t, after probe_tokens.sql and the matrix (EJ::Probe).
-- seen_<login> has copies of the rows that the matrix lets a person read: a SELECT over
-- them must give the same rows as over ej. Triggers note every change;
-- probe.verdict(login) returns the violations. The web role may use nothing else here.

SET client_min_messages = warning;

-- ------------------------------------------------------------------ persons --

CREATE TABLE probe.person AS
SELECT h.login, a.id AS account_id, a.person_id, sha256(convert_to('session of ' || h.login, 'UTF8')) AS digest
  FROM probe.holder AS h JOIN ej.account AS a USING (login);
-- people without rights: without a session; with a session that has ended or was not used
-- for a long time; with a blocked account
INSERT INTO probe.person VALUES ('nobody', NULL, NULL, '');
INSERT INTO probe.person
SELECT v.login, a.id, a.person_id, sha256(convert_to('session of ' || v.login, 'UTF8'))
  FROM (VALUES ('ended', 'director'), ('idle', 'director'), ('blocked', 'grade1')) AS v (login, as_login)
  JOIN ej.account AS a ON a.login = v.as_login;

SET session_replication_role = replica;
INSERT INTO ej.session (digest, account_id, person_id, epoch, form_token, idle, ends_at, last_seen_at)
SELECT p.digest, a.id, a.person_id, a.epoch, 'test', '4 hours',
       now() + CASE p.login WHEN 'ended' THEN interval '-1 minute' ELSE interval '14 hours' END,
       now() - CASE p.login WHEN 'idle' THEN interval '5 hours' ELSE interval '0' END
  FROM probe.person AS p JOIN ej.account AS a ON a.id = p.account_id;
RESET session_replication_role;
UPDATE ej.account SET blocked_at = now() WHERE id = (SELECT account_id FROM probe.person WHERE login = 'blocked');

-- ---------------------------------------------------------------- what is seen --

-- The rows that a person may select, insert, update or delete, as a condition on x, from
-- the matrix (EJ::Probe). Everybody may read the number of the schema and the tests of ГТО.
ALTER TABLE probe.may ADD PRIMARY KEY (login, rel, verb);
INSERT INTO probe.may SELECT p.login, r.rel, 'SELECT', 'true' FROM probe.person AS p, unnest('{migration,gto_test}'::text[]) AS r(rel)
    ON CONFLICT DO NOTHING;

DO $$
DECLARE
    p record;
    r record;
BEGIN
    FOR p IN SELECT login FROM probe.person LOOP
        EXECUTE format('CREATE SCHEMA %I', 'seen_' || p.login);
        FOR r IN SELECT d.rel, coalesce(m.says, 'false') AS says
                   FROM (SELECT DISTINCT rel FROM probe.may WHERE verb = 'SELECT') AS d
                   LEFT JOIN probe.may AS m ON (m.login, m.rel, m.verb) = (p.login, d.rel, 'SELECT')
        LOOP
            EXECUTE format('CREATE TABLE %I.%I AS SELECT * FROM ej.%2$I AS x WHERE %s',
                           'seen_' || p.login, r.rel, r.says);
        END LOOP;
    END LOOP;
END
$$;

-- The views that the web role may read, over the copies; their functions stay those of the schema.
DO $$
DECLARE
    v record;
BEGIN
    FOR v IN SELECT c.relname, pg_get_viewdef(c.oid) AS words, p.login
               FROM pg_class AS c, probe.person AS p
              WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind = 'v'
                AND has_table_privilege('ej_web', c.oid, 'SELECT')
    LOOP
        EXECUTE format('CREATE VIEW %I.%I AS %s', 'seen_' || v.login, v.relname,
                       regexp_replace(v.words, '\yej\.(?!\w+\()', quote_ident('seen_' || v.login) || '.', 'g'));
    END LOOP;
END
$$;

-- The tokens that a person must not see: those of all rows without those of the visible
-- rows and of the person's own role in a region, whose name every page shows.
CREATE TABLE probe.token (token text PRIMARY KEY, source text);
CREATE TABLE probe.secret (login text, token text, source text);
DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT rel, says FROM probe.tokens LOOP
        EXECUTE format('INSERT INTO probe.token
            SELECT t, %L FROM (SELECT %s AS t FROM ej.%1$I AS x) AS s WHERE t IS NOT NULL GROUP BY t
            ON CONFLICT (token) DO UPDATE SET source = token.source || '' '' || excluded.source', r.rel, r.says);
    END LOOP;
    FOR r IN SELECT p.login, string_agg(format('SELECT %s FROM %s AS x', t.says, c.oid::regclass), ' UNION ALL ') AS seen
               FROM probe.person AS p JOIN pg_class AS c ON c.relnamespace = ('"seen_' || p.login || '"')::regnamespace
                AND c.relkind = 'r' JOIN probe.tokens AS t ON t.rel = c.relname
              GROUP BY p.login
    LOOP
        EXECUTE format('INSERT INTO probe.secret SELECT %L, token, source FROM
                          (SELECT token FROM probe.token EXCEPT SELECT * FROM (%2$s) AS s
                           EXCEPT SELECT unnest(ARRAY[account_id, person_id])::text FROM probe.person WHERE login = %1$L
                           EXCEPT SELECT %3$s FROM ej.region_role AS x JOIN probe.person AS p USING (person_id) WHERE p.login = %1$L) AS n
                         JOIN probe.token USING (token)', r.login, r.seen,
                       (SELECT t.says FROM probe.tokens AS t WHERE t.rel = 'region_role'));
    END LOOP;
END
$$;

-- ------------------------------------------------------------ what is changed --

-- Noted changes. as_role: the role that ran the statement: the web role, or the owner of
-- a definer function or trigger.
CREATE TABLE probe.change (n serial, rel text, verb text, as_role text, old jsonb, new jsonb);

CREATE FUNCTION probe.note(rel text, verb text, as_role text, old jsonb, new jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = probe, pg_temp AS
$$ INSERT INTO probe.change (rel, verb, as_role, old, new) VALUES (rel, verb, as_role, old, new) $$;

CREATE FUNCTION probe.watch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM probe.note(TG_ARGV[0], TG_OP, current_user,
                       CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
                       CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
    RETURN NULL;
END
$$;
GRANT USAGE ON SCHEMA probe TO PUBLIC;

DO $$
DECLARE
    r text;
BEGIN
    FOR r IN SELECT rel FROM probe.rel LOOP
        EXECUTE format('CREATE TRIGGER zz_probe AFTER INSERT OR UPDATE OR DELETE ON ej.%I
                        FOR EACH ROW EXECUTE FUNCTION probe.watch(%1$L)', r);
    END LOOP;
END
$$;

-- Changes made by rules, triggers and definer functions that are permitted: a condition
-- on o (old) and n (new), as jsonb; who is the row of probe.person, said the arguments of
-- ej.enter (NULL: it was not called).
CREATE TABLE probe.consequence (rel text, verb text, says text, why text);
INSERT INTO probe.consequence VALUES
    ('teaching class lesson staff_role', 'UPDATE', $$n - 'is_self_given' = o - 'is_self_given'$$, 'another head says yes'),
    ('history', 'INSERT', $$(n ->> 'account_id') IS NOT DISTINCT FROM who.account_id::text
        AND (said IS NULL OR (n ->> 'address', n ->> 'operation_id') IS NOT DISTINCT FROM
                             (said ->> 'address', said ->> 'operation_id'))$$, 'in one''s own name, as it was said'),
    ('entry', 'INSERT UPDATE', '(n ->> ''pid'')::int = pg_backend_pid()', 'whence and in which operation'),
    ('revision', 'INSERT', 'true', 'which transaction wrote'),
    ('attempt', 'INSERT', 'true', 'whoever tries is noted'),
    ('guess', 'INSERT UPDATE DELETE', 'true', 'whoever tries is counted'),
    ('scope', 'INSERT', 'n ->> ''person_id'' = who.person_id::text', 'kept lists of one''s own'),
    ('scope', 'DELETE', 'true', 'kept lists are worked out anew'),
    ('person', 'INSERT', 'true', 'a new card''s person'),
    ('operation', 'INSERT UPDATE', $$n ->> 'account_id' = who.account_id::text
        AND (o IS NULL OR o ->> 'answer' IS NULL AND o - 'answer' = n - 'answer')$$, 'one''s own; its answer once'),
    ('session', 'UPDATE', $$n ->> 'account_id' = who.account_id::text AND o ->> 'account_id' = who.account_id::text$$, 'one''s own was used'),
    ('session', 'DELETE', $$o ->> 'account_id' = who.account_id::text OR (o ->> 'ends_at')::timestamptz < now()
        OR (o ->> 'last_seen_at')::timestamptz + (o ->> 'idle')::interval < now()$$, 'one''s own ended, or one that had'),
    ('entry', 'DELETE', $$(o ->> 'xid')::xid8 < pg_snapshot_xmin(pg_current_snapshot())$$, 'of a transaction that has ended'),
    ('job', 'INSERT', $$n ->> 'account_id' = who.account_id::text$$, 'one''s own order'),
    ('job', 'UPDATE', $$n - '{cancelled_at,finished_at,outcome}'::text[] = o - '{cancelled_at,finished_at,outcome}'::text[]$$, 'cancelled'),
    ('draft', 'INSERT UPDATE', $$n ->> 'account_id' = who.account_id::text AND (n ->> 'kind' IN ('fet', 'compose', 'marksheet') OR EXISTS (SELECT FROM ej.import_fields(n ->> 'kind')))$$,
        'one''s own, for a list'),
    ('file file_piece', 'INSERT', $$EXISTS (SELECT FROM ej.staff AS s JOIN ej.staff_role AS r ON r.staff_id = s.id
        WHERE s.person_id = who.person_id AND s.school_id = (n ->> 'school_id')::bigint AND r.role IN ('administrator', 'deputy'))
        OR EXISTS (SELECT FROM ej.staff AS s JOIN ej.class AS c ON c.class_teacher_id = s.id JOIN ej.enrolment AS e ON e.class_id = c.id
                    WHERE s.person_id = who.person_id AND e.pupil_id = (n ->> 'pupil_id')::bigint)$$,
        'for the lists that one writes; photos of the own class'),
    ('consent', 'INSERT', $$n ->> 'answer' IN ('refused', 'withdrawn') AND EXISTS (SELECT FROM ej.guardian AS g
        WHERE g.person_id = who.person_id AND g.id = (n ->> 'guardian_id')::bigint)$$, 'one''s own consent withdrawn'),
    ('card_view', 'INSERT', $$n ->> 'person_id' = who.person_id::text$$, 'one''s own opening of a card'),
    ('account', 'UPDATE', $$n ->> 'id' = who.account_id::text AND n - 'epoch' = o - 'epoch'$$, 'one''s own sessions end'),
    ('lesson', 'UPDATE', $$n - 'room_is_shared' = o - 'room_is_shared'$$, 'a room became shared'),
    ('homework', 'UPDATE', $$n - 'due_on' = o - 'due_on'$$, 'due with the moved lesson');

-- Whether a person has one of these roles, confirmed, in a school.
CREATE FUNCTION probe.heads(person bigint, school jsonb, VARIADIC roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = probe, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ej.staff AS s JOIN ej.staff_role AS r ON r.staff_id = s.id
                    WHERE s.person_id = person AND to_jsonb(s.school_id) = school AND r.role = ANY (roles) AND NOT r.is_self_given)
$$;
-- Whether a person leads a class, teaches in it, or is one of the heads who divide it.
CREATE FUNCTION probe.divides(person bigint, class bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = probe, pg_temp AS $$
    SELECT EXISTS (SELECT FROM ej.class AS c JOIN ej.staff AS s ON s.school_id = c.school_id AND s.person_id = person
                    WHERE c.id = class AND (c.class_teacher_id = s.id OR heads(person, to_jsonb(c.school_id), 'administrator', 'deputy')
                       OR EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
                                   WHERE x.class_id = c.id AND t.staff_id = s.id)))
$$;
INSERT INTO probe.consequence VALUES
    ('lesson', 'INSERT UPDATE DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')
        AND (o IS NULL OR o ->> 'state' = 'planned' AND o ->> 'topic' = '')
        AND (n IS NULL OR n ->> 'state' = 'planned' AND n ->> 'topic' = '' AND (o IS NOT NULL OR n -> 'staff_id' = n -> 'planned_staff_id'))
        AND (o IS NULL OR n IS NULL OR (o -> 'id', o -> 'teaching_id', o -> 'study_group_id') = (n -> 'id', n -> 'teaching_id', n -> 'study_group_id'))$$,
        'lessons to come are made from the timetable, and handed over'),
    ('lesson', 'INSERT UPDATE DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')
        AND CASE WHEN o IS NULL OR n IS NULL THEN coalesce(n, o) ->> 'instead_of_id' IS NOT NULL
            ELSE n - '{staff_id,is_substitute,is_self_given,joined_id,room_id,room_is_shared,state,held_on,slot,during,moved_on,moved_slot}'::text[]
               = o - '{staff_id,is_substitute,is_self_given,joined_id,room_id,room_is_shared,state,held_on,slot,during,moved_on,moved_slot}'::text[] END$$,
        'given otherwise than planned'),
    ('substitution', 'INSERT UPDATE DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')$$, 'the record of that'),
    ('work', 'INSERT UPDATE DELETE', $$coalesce(n, o) ->> 'control_work_id' IS NOT NULL
        AND probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')$$, 'works of the schedule of control works'),
    ('homework', 'UPDATE', $$n - 'due_lesson_id' = o - 'due_lesson_id' AND n ->> 'due_lesson_id' IS NULL$$, 'due at a lesson that is gone'),
    ('staff_card', 'INSERT', $$EXISTS (SELECT FROM probe.change AS c WHERE (c.rel, c.verb) = ('staff', 'INSERT') AND c.new -> 'id' = r.n -> 'id')
        AND n ->> 'note' = '' AND n ->> 'birth_on' IS NULL$$, 'the card of new staff, empty'),
    ('factor', 'INSERT UPDATE', $$n ->> 'account_id' = who.account_id::text AND n ->> 'confirmed_at' IS NULL AND o ->> 'confirmed_at' IS NULL$$,
        'one''s own second factor begun'),
    ('split', 'INSERT UPDATE', $$probe.divides(who.person_id, (n ->> 'class_id')::bigint) AND CASE n ->> 'state' WHEN 'open' THEN true
        ELSE probe.heads(who.person_id, n -> 'school_id', 'administrator', 'deputy') END$$, 'proposed for an own class, decided by the heads'),
    ('split_pupil', 'INSERT DELETE', $$probe.divides(who.person_id, (coalesce(n, o) ->> 'class_id')::bigint)$$, 'the same'),
    ('incident', 'INSERT', $$n ->> 'person_id' = who.person_id::text OR probe.heads(who.person_id, n -> 'school_id', 'administrator')$$, 'one''s own log-in is known'),
    ('incident', 'UPDATE', $$n - '{head_at,support_at}'::text[] = o - '{head_at,support_at}'::text[]
        AND probe.heads(who.person_id, n -> 'school_id', 'administrator', 'director', 'deputy')$$, 'who was told'),
    ('account', 'UPDATE', $$n ->> 'id' = who.account_id::text AND n ->> 'blocked_at' IS NOT NULL
        AND n - '{epoch,blocked_at}'::text[] = o - '{epoch,blocked_at}'::text[]$$, 'one''s own is blocked'),
    ('activation', 'DELETE', $$o ->> 'person_id' = who.person_id::text OR probe.heads(who.person_id, o -> 'school_id', 'administrator')$$, 'with its codes'),
    ('activation', 'INSERT', $$probe.heads(who.person_id, n -> 'school_id', 'administrator')
        OR n ->> 'person_id' IN (SELECT p.person_id::text FROM ej.class AS c JOIN ej.staff AS s ON s.id = c.class_teacher_id
                                   JOIN ej.enrolment AS e ON e.class_id = c.id
                                   JOIN (SELECT id AS pupil_id, person_id FROM ej.pupil
                                          UNION ALL SELECT k.pupil_id, g.person_id FROM ej.guardianship AS k JOIN ej.guardian AS g ON g.id = k.guardian_id) AS p
                                     ON p.pupil_id = e.pupil_id
                                  WHERE s.person_id = who.person_id AND p.person_id NOT IN (SELECT f.person_id FROM ej.staff AS f))$$,
        'codes of the school, or of the families of the own class'),
    ('device', 'DELETE', $$o ->> 'account_id' = who.account_id::text$$, 'one''s own browsers are forgotten'),
    ('account_subject', 'INSERT DELETE', $$EXISTS (SELECT FROM ej.account AS a JOIN ej.staff AS s ON s.person_id = who.person_id
        WHERE a.id = (coalesce(n, o) ->> 'account_id')::bigint AND ej.scope_watch(a.person_id) = ARRAY[s.school_id]
          AND probe.heads(who.person_id, to_jsonb(s.school_id), 'administrator'))$$, 'ways of people of the school alone'),
    ('journal', 'INSERT DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')
        AND coalesce(n, o) ->> 'closed_at' IS NULL$$, 'a teaching has its journals'),
    ('study_group', 'INSERT UPDATE DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')
        AND coalesce(n, o) ->> 'kind' = 'class' AND (o IS NULL OR n IS NULL OR n - 'name' = o - 'name')$$, 'a class has its group'),
    ('study_group_class membership', 'INSERT UPDATE DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')$$,
        'the groups follow the classes'),
    ('teaching', 'UPDATE', $$n - '{staff_id,is_self_given}'::text[] = o - '{staff_id,is_self_given}'::text[]
        AND probe.heads(who.person_id, n -> 'school_id', 'administrator', 'deputy')$$, 'handed over'),
    ('teaching_former', 'INSERT DELETE', $$probe.heads(who.person_id, coalesce(n, o) -> 'school_id', 'administrator', 'deputy')$$, 'handed over');
GRANT EXECUTE ON FUNCTION probe.heads(bigint, jsonb, text[]), probe.divides(bigint, bigint) TO PUBLIC;

-- What a school shows to everybody on its page, through ej.public_…() alone.
CREATE TABLE probe.public (token text PRIMARY KEY);
DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT v.rel, v.says, t.says AS tokens FROM (VALUES
            ('school', 'true'), ('holiday', 'true'), ('act', 'x.is_public'),
            ('file', 'x.pupil_id IS NULL AND x.id IN (SELECT file_id FROM ej.act WHERE is_public)'),
            ('file_piece', 'x.pupil_id IS NULL AND x.file_id IN (SELECT file_id FROM ej.act WHERE is_public)'),
            ('bell_plan', 'x.id IN (SELECT bell_plan_id FROM ej.mode WHERE study_group_id IS NULL AND NOT is_special)'),
            ('bell', 'x.bell_plan_id IN (SELECT bell_plan_id FROM ej.mode WHERE study_group_id IS NULL AND NOT is_special)')) AS v(rel, says)
        JOIN probe.tokens AS t ON t.rel = v.rel
    LOOP
        EXECUTE format('INSERT INTO probe.public SELECT t FROM (SELECT %s AS t FROM ej.%I AS x
            WHERE (%s) AND %s IN (SELECT id FROM ej.school WHERE public_page = ''shown'')) AS s WHERE t IS NOT NULL ON CONFLICT DO NOTHING',
            r.tokens, r.rel, r.says, CASE r.rel WHEN 'school' THEN 'x.id' ELSE 'x.school_id' END);
    END LOOP;
END
$$;

-- The limits that the matrix describes only in words (column `but`), for a change by the
-- web role: a condition on x, the new row, and o, the old one; ~kind stands for the facts
-- of the person.
CREATE TABLE probe.but (rel text, verb text, says text);
INSERT INTO probe.but VALUES
    ('mark', 'INSERT UPDATE', 'x.staff_id IS NULL OR x.staff_id IN ~staff'),
    ('term_mark', 'INSERT UPDATE', 'x.staff_id IS NULL OR x.staff_id IN ~staff'),
    ('term_mark', 'INSERT UPDATE', 'x.teaching_id IN ~teaching'),
    ('journal', 'UPDATE', 'x.closed_by IS NULL OR x.closed_by IN ~staff'),
    ('teaching', 'INSERT UPDATE', 'x.is_self_given OR x.staff_id NOT IN ~staff OR NOT o.is_self_given
        AND (x.staff_id, x.study_group_id, x.subject_id, x.year) = (o.staff_id, o.study_group_id, o.subject_id, o.year)'),
    ('class', 'INSERT UPDATE', '(x.class_teacher_id IN ~staff) IS NOT TRUE OR x.is_self_given
        OR NOT o.is_self_given AND (x.class_teacher_id, x.year) = (o.class_teacher_id, o.year)'),
    ('staff_role', 'INSERT UPDATE', 'x.is_self_given OR x.staff_id NOT IN ~staff
        OR NOT o.is_self_given AND x.role = o.role AND o.during @> x.during'),
    ('staff', 'UPDATE', 'x.id NOT IN ~staff OR o.during @> x.during'),
    ('guardianship', 'UPDATE', 'o.during @> x.during OR EXISTS (SELECT FROM ej.staff_role AS r WHERE r.staff_id IN ~staff AND r.role = ''administrator'')'),
    ('attendance', 'UPDATE', 'x.teaching_id IN ~teaching OR x.lesson_id IN ~lesson
        OR x.minutes IS NOT DISTINCT FROM o.minutes AND 2 = (SELECT count(*) FROM (VALUES (x.code), (o.code)) AS v (code)
           JOIN ej.attendance_code AS c USING (code) WHERE c.school_id = x.school_id AND c.counts_missed)');

-- The numbers of rows that this backend has written so far in the server's own tables
-- (roles, settings, large objects and all others). The counters are reset only with the
-- next report of statistics.
CREATE FUNCTION probe.server() RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = probe, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(w.rel, w.n), '{}')
      FROM (SELECT k.relname AS rel, pg_stat_get_xact_tuples_inserted(k.oid)
                 + pg_stat_get_xact_tuples_updated(k.oid) + pg_stat_get_xact_tuples_deleted(k.oid) AS n
              FROM pg_class AS k WHERE k.relnamespace = 'pg_catalog'::regnamespace AND k.relkind = 'r') AS w
     WHERE w.n > 0
$$;

CREATE FUNCTION probe.granted() RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = probe, pg_temp AS $$
    SELECT md5(string_agg(concat(c.oid, c.relacl, c.relrowsecurity, c.relforcerowsecurity, a.acls), ' ' ORDER BY c.oid))
      FROM pg_class AS c, LATERAL (SELECT string_agg(attacl::text, ' ' ORDER BY attnum) AS acls
                                     FROM pg_attribute WHERE attrelid = c.oid) AS a
     WHERE c.relnamespace = 'ej'::regnamespace
$$;
CREATE TABLE probe.granted AS SELECT probe.granted() AS words;

-- The violations among the changes, in words. server: the result of probe.server() at the
-- beginning; said: the arguments of ej.enter.
CREATE FUNCTION probe.verdict(login text, server jsonb, said jsonb, is_named boolean) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = probe, pg_temp AS $$
DECLARE
    c record;
    t record;
    says text;
    is_so boolean;
BEGIN
    FOR c IN SELECT v.rel, v.verb, v.as_role, count(*) AS rows FROM probe.change AS v WHERE v.as_role = 'ej_web' GROUP BY 1, 2, 3 LOOP
        says := coalesce((SELECT m.says FROM probe.may AS m WHERE (m.login, m.rel, m.verb) = (verdict.login, c.rel, c.verb)), 'false');
        FOR t IN EXECUTE format($f$SELECT v.old, v.new, u.side FROM probe.change AS v,
                LATERAL (VALUES ('old', v.old), ('new', v.new)) AS u (side, r),
                LATERAL jsonb_populate_record(NULL::ej.%I, u.r) AS x
                 WHERE (v.rel, v.verb, v.as_role) = (%1$L, %L, 'ej_web') AND u.r IS NOT NULL AND (%s) IS NOT TRUE LIMIT 1$f$,
                c.rel, c.verb, says)
        LOOP
            RETURN NEXT format('%s %s of a row that is not theirs (%s): %s -> %s', c.verb, c.rel, t.side, t.old, t.new);
        END LOOP;
        RETURN QUERY SELECT probe.wrong_columns(login, c.rel, c.verb);
        FOR t IN SELECT b.says FROM probe.but AS b WHERE b.rel = c.rel AND c.verb = ANY (string_to_array(b.verb, ' ')) LOOP
            RETURN QUERY EXECUTE format($f$SELECT format('%%s %%s against «%%s»: %%s -> %%s', v.verb, v.rel, %L::text, v.old, v.new)
                  FROM probe.change AS v, LATERAL jsonb_populate_record(NULL::ej.%I, v.old) AS o,
                       LATERAL jsonb_populate_record(NULL::ej.%2$I, v.new) AS x
                 WHERE (v.rel, v.verb, v.as_role) = (%2$L, %L, 'ej_web') AND v.new IS DISTINCT FROM v.old AND (%s) IS NOT TRUE LIMIT 1$f$,
                t.says, c.rel, c.verb, regexp_replace(t.says, '~(\w+)',
                    format('(SELECT f.id FROM probe.fact AS f WHERE f.login = %L AND f.kind = ''\1'')', login), 'g'));
        END LOOP;
    END LOOP;
    FOR c IN SELECT v.* FROM probe.change AS v WHERE v.as_role <> 'ej_web' LOOP
        is_so := false;
        FOR t IN SELECT q.says FROM probe.consequence AS q
                  WHERE c.rel = ANY (string_to_array(q.rel, ' ')) AND c.verb = ANY (string_to_array(q.verb, ' ')) LOOP
            CONTINUE WHEN is_so;
            EXECUTE format('SELECT %s FROM (SELECT $1 AS o, $2 AS n, $4 AS said) AS r, probe.person AS who WHERE who.login = $3', t.says)
               INTO is_so USING c.old, c.new, login, said;
        END LOOP;
        IF is_so IS NOT TRUE THEN
            RETURN NEXT format('%s %s by %s: %s -> %s', c.verb, c.rel, c.as_role, c.old, c.new);
        END IF;
    END LOOP;
    RETURN QUERY SELECT 'wrote ' || w.key FROM jsonb_each(probe.server()) AS w
                  WHERE w.value IS DISTINCT FROM server -> w.key
                    -- a GRANT that changes nothing rewrites the row
                    AND NOT (w.key IN ('pg_class', 'pg_attribute') AND probe.granted() = (SELECT g.words FROM probe.granted AS g));
    -- ids must come from sequences, not from the statement
    RETURN QUERY SELECT format('INSERT %s with a chosen id: %s', v.rel, v.new) FROM probe.change AS v
                  WHERE v.verb = 'INSERT' AND v.as_role = 'ej_web' AND is_named LIMIT 1;
END
$$;

-- The violations among a change's columns: a key, school or person was changed, or a
-- reference leads to a row that is neither visible nor new.
CREATE FUNCTION probe.wrong_columns(login text, of_rel text, of_verb text) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = probe, pg_temp AS $$
DECLARE
    fixed text[] := ARRAY(SELECT a.attname FROM pg_index AS i JOIN pg_attribute AS a
        ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = format('ej.%I', of_rel)::regclass AND i.indisprimary) || '{school_id,person_id}'::text[];
    k record;
    t record;
BEGIN
    IF of_verb = 'UPDATE' THEN
        FOR t IN SELECT v.old, v.new FROM probe.change AS v WHERE (v.rel, v.verb, v.as_role) = (of_rel, of_verb, 'ej_web')
                    AND EXISTS (SELECT FROM unnest(fixed) AS f WHERE v.old -> f IS DISTINCT FROM v.new -> f) LIMIT 1
        LOOP
            RETURN NEXT format('%s %s changes a key: %s -> %s', of_verb, of_rel, t.old, t.new);
        END LOOP;
    END IF;
    FOR k IN SELECT i.col, i.target FROM probe.id_of AS i WHERE i.rel = of_rel AND i.col <> 'id' AND of_verb <> 'DELETE' LOOP
        FOR t IN EXECUTE format($f$SELECT v.new FROM probe.change AS v
                WHERE (v.rel, v.verb, v.as_role) = (%L, %L, 'ej_web') AND v.new -> %3$L <> 'null'
                  AND v.new -> %3$L IS DISTINCT FROM v.old -> %3$L
                  AND (v.new ->> %3$L)::bigint NOT IN (%4$s)
                  AND NOT EXISTS (SELECT FROM probe.change AS m WHERE (m.rel, m.verb) = (%5$L, 'INSERT')
                                     AND m.new -> 'id' = v.new -> %3$L) LIMIT 1$f$,
                of_rel, of_verb, k.col,
                CASE WHEN to_regclass(format('%I.%I', 'seen_' || login, k.target)) IS NULL THEN 'SELECT -1'
                     ELSE format('SELECT id FROM %I.%I', 'seen_' || login, k.target) END, k.target)
        LOOP
            RETURN NEXT format('%s %s names a hidden %s: %s', of_verb, of_rel, k.col, t.new);
        END LOOP;
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA probe FROM PUBLIC;
GRANT EXECUTE ON FUNCTION probe.server(), probe.verdict(text, jsonb, jsonb, boolean), probe.note(text, text, text, jsonb, jsonb), probe.watch() TO PUBLIC;
