-- identity_scope.sql: the lists of the present session that policies use:
-- ej.my_…(), cached in ej.scope.
--
-- A page uses such a list some fifty times, and most lists change a few times a day.
-- So ej.authenticate stores all lists of a session in one row of ej.scope, and
-- ej.my_…() is one look-up by the session's digest (about 5 µs; computing a list
-- took 15 to 300 µs). Without a row (tests, other programs, a change a moment ago)
-- each list is computed from the tables (identity_lists.sql), as on a standby, where
-- an unlogged table cannot even be named in a plan. Only ej_rule writes the rows.
--
-- A row becomes invalid
--   at once        when a table that it depends on changed in one of the person's
--                  schools: the triggers below delete it in that transaction;
--   after 60 s     in any case. This bounds a race that triggers cannot see: a row
--                  computed while the change is not yet committed;
--   at midnight    of the school, since rights begin and end by days;
--   with the session, which ej.authenticate and ej.enter check themselves.

GRANT SELECT ON ej.scope TO ej_rights;
GRANT SELECT, INSERT, UPDATE, DELETE ON ej.scope TO ej_rule;

-- ----------------------------------------------------------------- lists --

-- The lists of ej.scope: for each its name (a column of ej.scope, returned by
-- ej.my_<name>()) and the SQL that computes it. There ~staff stands for the list
-- staff, which must come earlier, ~person for the session's person and ~chosen for the
-- school that it has chosen for work.
CREATE OR REPLACE FUNCTION ej.scope_lists() RETURNS TABLE (list text, expression text)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    -- who I am: my row of staff in the school where I work now; my rows of
    -- guardian, one a school; my class; my family (self and children, for ever); the children alone;
    -- the family and the class
    ('staff',               'ej.live_staff(~person, ~chosen)'),
    ('classes',             'ej.live_classes(~staff)'),
    ('class_pupils',        'ej.live_class_pupils(~classes)'),
    ('guardians',           'ej.live_guardians(~person)'),
    ('family_pupils',       'ej.live_family_pupils(~person, ~guardians)'),
    ('wards',               'ej.live_family_pupils(NULL, ~guardians)'),
    ('pupils',              '~family_pupils || ~class_pupils'),

    -- schools: where I see sums and no person; where I work now or observe; of my family; where I am
    -- anything, so that I read the set-up; whose journal I read whole; where I write set-up, classes,
    -- timetable; whose director or deputy I am;
    -- whose cards I read; where I write cards and accounts; whose accounts I
    -- read; where I close journals; write cards of staff; feed the pupils; see all absences
    ('observer_schools',    'ej.live_observed_schools(~person, ~chosen, ~staff)'),
    ('staff_schools',       'ej.live_staff_schools(~staff) || ~observer_schools'),
    ('family_schools',      'ej.live_family_schools(~family_pupils)'),
    ('schools',             '~staff_schools || ~family_schools'),
    ('journal_schools',     'ej.live_role_schools(~staff, ''{administrator,director,deputy}'')'),
    ('setup_schools',       'ej.live_role_schools(~staff, ''{administrator,deputy}'')'),
    ('lead_schools',        'ej.live_role_schools(~staff, ''{director,deputy}'')'),
    ('card_schools',        'ej.live_role_schools(~staff, ''{administrator,director,deputy}'')'),
    ('admin_schools',       'ej.live_role_schools(~staff, ''{administrator}'')'),
    ('account_schools',     'ej.live_role_schools(~staff, ''{administrator,director}'')'),
    ('deputy_schools',      'ej.live_role_schools(~staff, ''{deputy}'')'),
    ('hr_schools',          'ej.live_role_schools(~staff, ''{hr}'')'),
    ('meals_schools',       'ej.live_role_schools(~staff, ''{meals}'')'),
    ('absence_schools',     '~journal_schools || ~meals_schools'),
    -- where pupils' names are read, and who is in which class and group: all who
    -- teach, lead or direct, and the kitchen; classes and timetable whole: they,
    -- the substitute, the observer (HR needs neither); the names of all staff:
    -- staff, but not one who only observes
    ('roster_schools',      '~journal_schools || ~meals_schools || ej.live_work_schools(~staff, ~classes)'),
    ('class_schools',       '~roster_schools || ~observer_schools || ej.live_substitute_schools(~staff)'),
    ('colleague_schools',   'ej.live_staff_schools(~staff)'),
    -- the schools of my regions: whose indicators I read
    ('region_schools',      'ej.live_region_schools(~person, NULL)'),

    -- the teacher: teachings whose journal I write; with those that I handed over;
    -- whose journal I read, with those of lessons I substitute; groups I substitute, who is in them, and
    -- whose names I read apart from whole schools'
    ('write_teachings',     'ej.live_teachings(~staff)'),
    ('read_teachings',      'ej.live_known_teachings(~staff)'),
    ('teachings',           '~read_teachings || ej.live_substitute_teachings(~staff)'),
    ('substitute_groups',   'ej.live_substitute_groups(~staff)'),
    ('substitute_pupils',   'ej.live_group_pupils(~substitute_groups)'),
    ('named_pupils',        '~pupils || ~substitute_pupils'),
    -- groups I teach, and of which classes; who is or was in them or those I substitute; who is in
    -- them today, with the subject: they bring along their term marks of it
    -- from another subgroup
    ('taught_groups',       'ej.live_taught_groups(~staff)'),
    ('taught_classes',      'ej.live_group_classes(~taught_groups)'),
    ('taught_pupils',       'ej.live_group_pupils(~taught_groups || ~substitute_groups)'),
    ('pupil_subjects',      'ej.live_pupil_subjects(~staff)'),
    -- the pupils whom I teach physical education, or did on a day as a substitute
    ('pe_pupils',           'ej.live_pe_pupils(~staff)'),

    -- the class teacher: groups of the class, their teachings, the guardians
    ('class_groups',        'ej.live_class_groups(~classes)'),
    ('class_teachings',     'ej.live_group_teachings(~class_groups)'),
    ('class_guardians',     'ej.live_pupil_guardians(~class_pupils)'),

    -- the family: past classes and groups too; the staff whose names it reads,
    -- oneself included (whoever gives a first lesson is added within 60 s); then
    -- groups whose lessons and homework family and class teacher read whole, and
    -- their teachings; what was left before the year was over
    ('family_classes',      'ej.live_family_classes(~family_pupils)'),
    ('family_groups',       'ej.live_family_groups(~family_pupils)'),
    ('family_teachings',    'ej.live_group_teachings(~family_groups)'),
    ('named_staff',         '~staff || ej.live_family_staff(~family_pupils, ~family_classes, ~family_groups)'),
    ('groups',              'ej.live_kept_groups(~family_pupils) || ~class_groups'),
    ('group_teachings',     'ej.live_group_teachings(~groups)'),
    ('past_memberships',    'ej.live_past_memberships(~family_pupils)'),

    -- of all of these together: teachings whose works I read, whose journals
    ('work_teachings',      '~teachings || ~group_teachings'),
    ('journal_teachings',   '~teachings || ~class_teachings || ~family_teachings'),

    -- the schools, of those where I am anything, that have switched a module on: the policies of its
    -- tables ask for one of these, too
    ('gto_module',          'ej.live_module_schools(~schools, ''gto'')'),
    ('meals_module',        'ej.live_module_schools(~schools, ''meals'')'),
    ('events_module',       'ej.live_module_schools(~schools, ''events'')')
$$;

-- The person of the present session, for computing lists without a row of ej.scope.
CREATE OR REPLACE FUNCTION ej.scope_person() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT m.person_id FROM ej.me AS m);
END
$$;

-- The school that the present session has chosen, likewise.
CREATE OR REPLACE FUNCTION ej.scope_chosen() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT m.school_id FROM ej.me AS m);
END
$$;

-- Make ej.my_<list>() for every list, and ej.scope_live(), which computes all of them.
-- SELECT INTO with IF FOUND was the fastest form tried: 4.7 µs, of which 1.1 µs are
-- the call of a SECURITY DEFINER function; coalesce() of both sources took 5.9 µs.
DO $make$
DECLARE
    l    record;
    body text := '';
BEGIN
    FOR l IN SELECT * FROM ej.scope_lists() WITH ORDINALITY ORDER BY ordinality LOOP
        body := body || format(E'    s.%I := %s;\n', l.list,
            regexp_replace(replace(replace(l.expression, '~person', 's.person_id'), '~chosen', 'chosen'), '~(\w+)',
                           's.\1', 'g'));
        EXECUTE format($sql$
CREATE OR REPLACE FUNCTION ej.my_%1$s() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    kept bigint[];
BEGIN
    IF NOT pg_is_in_recovery() THEN
        SELECT s.%1$s INTO kept FROM ej.scope AS s
         WHERE encode(s.digest, 'hex') = current_setting('ej.session', true)
           AND s.until > now();
        IF FOUND THEN
            RETURN kept;
        END IF;
    END IF;
    RETURN %2$s;
END
$$$sql$, l.list, regexp_replace(replace(replace(l.expression, '~person', 'ej.scope_person()'),
                                  '~chosen', 'ej.scope_chosen()'), '~(\w+)', 'ej.my_\1()', 'g'));
    END LOOP;
    EXECUTE format($sql$
CREATE OR REPLACE FUNCTION ej.scope_live(person bigint, chosen bigint) RETURNS ej.scope
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    s ej.scope;
BEGIN
    s.person_id := person;
%s    RETURN s;
END
$$$sql$, body);
END
$make$;

-- -------------------------------------------------- lists never kept --
-- These lists depend on tables that grow with every lesson. For a person whom a list
-- cannot concern the function returns after one look-up.

-- The present person, as a list for the policies: one look-up.
CREATE OR REPLACE FUNCTION ej.my_persons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT ARRAY[m.person_id] FROM ej.me AS m), '{}');
END
$$;

-- The lessons that the reader writes as a substitute in somebody else's teaching.
CREATE OR REPLACE FUNCTION ej.my_write_lessons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.my_substitute_groups() = '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(SELECT l.id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AND l.is_substitute
                    AND l.teaching_id <> ALL ((SELECT ej.my_write_teachings())::bigint[]));
END
$$;

-- Works and homework of these lessons.
CREATE OR REPLACE FUNCTION ej.my_write_works() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.my_substitute_groups() = '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(SELECT w.id FROM ej.work AS w
                  WHERE w.lesson_id = ANY ((SELECT ej.my_write_lessons())::bigint[]));
END
$$;

CREATE OR REPLACE FUNCTION ej.my_write_homework() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.my_substitute_groups() = '{}' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(SELECT h.id FROM ej.homework AS h
                  WHERE h.lesson_id = ANY ((SELECT ej.my_write_lessons())::bigint[]));
END
$$;

-- The homework set for some pupils only, among them the reader's child or the reader.
CREATE OR REPLACE FUNCTION ej.my_personal_homework() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    pupils bigint[] := ej.my_pupils();
BEGIN
    IF pupils = '{}' THEN
        RETURN pupils;
    END IF;
    RETURN ARRAY(SELECT DISTINCT f.homework_id FROM ej.homework_for AS f
                  WHERE f.pupil_id = ANY (pupils));
END
$$;

-- The files that teachers attached to homework which family or class teacher read (the policy of
-- ej.homework): for all in the groups, for the own child, and of groups left early.
CREATE OR REPLACE FUNCTION ej.my_task_files() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    teachings bigint[] := ej.my_family_teachings() || ej.my_class_teachings();
BEGIN
    IF teachings = '{}' THEN
        RETURN teachings;
    END IF;
    RETURN ARRAY(SELECT f.id FROM ej.file AS f
                   JOIN ej.homework AS h ON h.id = f.homework_id
                  WHERE f.teaching_id = ANY (teachings) AND f.pupil_id IS NULL
                    AND (NOT h.is_personal AND (h.study_group_id = ANY ((SELECT ej.my_groups())::bigint[])
                                             OR h.lesson_id = ANY ((SELECT ej.my_past_lessons())::bigint[]))
                      OR h.id = ANY ((SELECT ej.my_personal_homework())::bigint[])));
END
$$;

-- The lessons, up to the day of leaving, of groups that a child left before the year
-- was over. They are few, since all other memberships are in my_groups.
CREATE OR REPLACE FUNCTION ej.my_past_lessons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    past bigint[] := ej.my_past_memberships();
BEGIN
    IF past = '{}' THEN
        RETURN past;
    END IF;
    RETURN ARRAY(SELECT l.id FROM ej.membership AS b
                   JOIN ej.study_group AS g ON g.id = b.study_group_id
                   JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
                    AND l.held_on >= lower(b.during) AND l.held_on < upper(b.during)
                    -- lets the executor look into that year's partition only
                    AND l.id >= g.year * 10000000000 AND l.id < (g.year + 1) * 10000000000
                  WHERE b.id = ANY (past));
END
$$;

-- ----------------------------------------------------------- making a row --

-- All schools in which a person has a row of any kind: a change there may change the
-- person's lists.
CREATE OR REPLACE FUNCTION ej.scope_watch(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s WHERE s.person_id = person
                  UNION SELECT p.school_id FROM ej.pupil AS p WHERE p.person_id = person
                  UNION SELECT g.school_id FROM ej.guardian AS g WHERE g.person_id = person);
END
$$;

-- The schools of these that answer for a person's account: all but a training school, in which the person only
-- learns; that one alone, if the person is nowhere else.
CREATE OR REPLACE FUNCTION ej.known_schools(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.scope_watch(person);
    own     bigint[] := ARRAY(SELECT s.id FROM ej.school AS s WHERE s.id = ANY (schools) AND s.training_of_id IS NULL);
BEGIN
    RETURN CASE WHEN own = '{}' THEN schools ELSE own END;
END
$$;

-- Lock the session's row of ej.scope without waiting; false when another request of
-- the session holds it or has chosen another school meanwhile, or a long import deleted
-- the row and has not ended: the lists are then computed from the tables. The locks last
-- until the transaction ends.
CREATE OR REPLACE FUNCTION ej.scope_lock(digest bytea, chosen bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.session AS s
     WHERE s.digest = scope_lock.digest AND s.school_id IS NOT DISTINCT FROM chosen
       FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM FROM ej.scope AS s WHERE s.digest = scope_lock.digest FOR UPDATE SKIP LOCKED;
    RETURN FOUND OR NOT EXISTS (SELECT FROM ej.scope AS s WHERE s.digest = scope_lock.digest);
END
$$;

-- The bits of the modules that are on in a school of the session: 16384 gto, 32768 meals,
-- 65536 events. A route that names a module (EJ_MODULE_… in routes.def) exists only with its bit.
CREATE OR REPLACE FUNCTION ej.module_mask(made ej.scope) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN made.gto_module = '{}' THEN 0 ELSE 16384 END
         | CASE WHEN made.meals_module = '{}' THEN 0 ELSE 32768 END
         | CASE WHEN made.events_module = '{}' THEN 0 ELSE 65536 END
$$;

-- The bits of a role in a region: 512 observer and 4096 staff in the school that is observed now, 8192 where there
-- are several to choose from, 524288 for the pages of the region itself.
CREATE OR REPLACE FUNCTION ej.region_mask(made ej.scope) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF made.region_schools = '{}' THEN
        RETURN CASE WHEN ej.is_regional(made.person_id) THEN 524288 ELSE 0 END;
    END IF;
    RETURN 524288
         | CASE WHEN made.observer_schools = '{}' THEN 0 ELSE 4096 | 512 END
         | CASE WHEN (SELECT count(DISTINCT w.id) FROM unnest(ej.live_region_schools(made.person_id, 'observer')
                        || ej.live_staff_schools(ej.live_posts(made.person_id))) AS w(id)) > 1 THEN 8192 ELSE 0 END;
END
$$;
ALTER FUNCTION ej.region_mask(ej.scope) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.region_mask(ej.scope) TO ej_rule;

-- Compute the row of ej.scope of a live session.
CREATE OR REPLACE FUNCTION ej.scope_compute(digest bytea) RETURNS ej.scope
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    live record;
    made ej.scope;
BEGIN
    SELECT s.person_id, s.school_id, s.ends_at INTO live
      FROM ej.session AS s WHERE s.digest = scope_compute.digest;
    made := ej.scope_live(live.person_id, live.school_id);
    made.watched_schools := ej.scope_watch(live.person_id) || made.observer_schools;
    made.lists_digest := md5(made::text);
    made.digest := digest;
    made.roles := ej.role_mask(live.person_id, made.staff) | ej.region_mask(made) | ej.module_mask(made)
        -- EJ_SAYS_GTO: whether the section is called ГТО where it is on, and not ГТЗО (MOD-01)
        | (SELECT CASE WHEN bool_and(s.gto_caption = 'gto') THEN 262144 ELSE 0 END
             FROM ej.school AS s WHERE s.id = ANY (made.gto_module));
    made.person_name := ej.person_name(live.person_id, made.staff_schools[1]);
    -- where the person works, else the school of all the children
    made.school_name := coalesce((SELECT min(s.short_name) FROM ej.school AS s
        WHERE s.id = ANY (CASE WHEN made.staff_schools = '{}' THEN made.schools ELSE made.staff_schools END)
       HAVING count(*) = 1), '');
    made.is_training := coalesce(ej.is_training(made.staff_schools[1]), false);
    made.until := least(now() + interval '60 seconds', live.ends_at,
        (SELECT min((t.today + 1)::timestamp AT TIME ZONE t.tz)
           FROM ej.school_today AS t JOIN ej.school AS s ON s.id = t.school_id
          WHERE s.today_fixed IS NULL AND s.id = ANY (made.watched_schools)));
    RETURN made;
END
$$;

-- Compute the row and store it. For ej.authenticate, which runs as a transaction of its own, so that
-- the locks are short.
CREATE OR REPLACE FUNCTION ej.scope_make(digest bytea) RETURNS ej.scope
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made   ej.scope := ej.scope_compute(digest);
    chosen bigint   := (SELECT s.school_id FROM ej.session AS s WHERE s.digest = scope_make.digest);
BEGIN
    IF ej.scope_lock(digest, chosen) THEN
        DELETE FROM ej.scope AS s WHERE s.digest = scope_make.digest;
        INSERT INTO ej.scope VALUES (made.*);
    END IF;
    RETURN made;
END
$$;

-- -------------------------------------------------------- deleting a row --

-- Delete the rows of ej.scope that depend on these schools or belong to these persons,
-- always in the same order, so that two changes cannot deadlock. Called once a statement
-- that changes a table on which lists depend (change.sql).
CREATE OR REPLACE FUNCTION ej.scope_forget(changed bigint[], persons bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.scope WHERE digest IN (
        SELECT s.digest FROM ej.scope AS s
         WHERE s.watched_schools && changed OR s.person_id = ANY (persons)
         ORDER BY s.digest FOR UPDATE);
END
$$;

-- Delete a school's rows of ej.scope when its day, its name, its modules or their caption changed (trigger).
CREATE OR REPLACE FUNCTION ej.scope_forget_day() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.scope_forget(ARRAY[NEW.id], '{}');
    RETURN NULL;
END
$$;

-- Delete the rows of ej.scope of all people with a role in a region when a region, a role or a school's region
-- changed (trigger): these people are few.
CREATE OR REPLACE FUNCTION ej.scope_forget_region() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.scope_forget('{}', ARRAY(SELECT DISTINCT r.person_id FROM ej.region_role AS r));
    RETURN NULL;
END
$$;

-- Delete the row of ej.scope of a session that was shortened, or changed its account or
-- its school (trigger).
CREATE OR REPLACE FUNCTION ej.scope_forget_session() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.scope AS s WHERE s.digest = OLD.digest;
    RETURN NULL;
END
$$;

-- Delete the rows of ej.scope of a substitute whose lesson was given or taken back. It
-- is a row trigger, since its WHEN selects these few rows without reading others.
CREATE OR REPLACE FUNCTION ej.scope_forget_substitute() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.scope_forget('{}', ARRAY(
        SELECT s.person_id FROM ej.staff AS s
         WHERE s.id IN (OLD.staff_id, NEW.staff_id)));
    RETURN NULL;
END
$$;

-- -------------------------------------------------------------- triggers --

DO $$
BEGIN
    PERFORM ej.drop_triggers('scope');
END
$$;

CREATE TRIGGER scope_day AFTER UPDATE OF tz, today_fixed, short_name, modules, gto_caption ON ej.school
    FOR EACH ROW WHEN ((OLD.tz, OLD.today_fixed, OLD.short_name, OLD.modules, OLD.gto_caption)
            IS DISTINCT FROM (NEW.tz, NEW.today_fixed, NEW.short_name, NEW.modules, NEW.gto_caption))
    EXECUTE FUNCTION ej.scope_forget_day();
CREATE TRIGGER scope_region AFTER INSERT OR UPDATE OR DELETE ON ej.region
    FOR EACH STATEMENT EXECUTE FUNCTION ej.scope_forget_region();
CREATE TRIGGER scope_region_role AFTER INSERT OR UPDATE OR DELETE ON ej.region_role
    FOR EACH STATEMENT EXECUTE FUNCTION ej.scope_forget_region();
CREATE TRIGGER scope_school_region AFTER UPDATE OF region_id ON ej.school
    FOR EACH ROW WHEN (OLD.region_id IS DISTINCT FROM NEW.region_id) EXECUTE FUNCTION ej.scope_forget_region();
CREATE TRIGGER scope_session AFTER UPDATE OF account_id, person_id, school_id, ends_at ON ej.session
    FOR EACH ROW EXECUTE FUNCTION ej.scope_forget_session();
CREATE TRIGGER scope_lesson_insert AFTER INSERT ON ej.lesson
    FOR EACH ROW WHEN (NEW.is_substitute) EXECUTE FUNCTION ej.scope_forget_substitute();
CREATE TRIGGER scope_lesson_delete AFTER DELETE ON ej.lesson
    FOR EACH ROW WHEN (OLD.is_substitute) EXECUTE FUNCTION ej.scope_forget_substitute();
CREATE TRIGGER scope_lesson_update AFTER UPDATE ON ej.lesson
    FOR EACH ROW WHEN ((OLD.is_substitute OR NEW.is_substitute)
        AND (OLD.staff_id, OLD.planned_staff_id, OLD.teaching_id, OLD.study_group_id)
            IS DISTINCT FROM
            (NEW.staff_id, NEW.planned_staff_id, NEW.teaching_id, NEW.study_group_id))
    EXECUTE FUNCTION ej.scope_forget_substitute();

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS name, p.provolatile = 's' AND p.proname <> 'scope_compute' AS is_asked,
                    p.proname LIKE 'my\_%' AS is_mine
               FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND p.prosecdef
                AND (p.proname LIKE 'scope\_%'
                  OR p.proname LIKE 'my\_%' AND p.prorettype = 'bigint[]'::regtype)
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO %s', f.name,
                       CASE WHEN f.is_asked THEN 'ej_rights' ELSE 'ej_rule' END);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_rule%s', f.name,
                       CASE WHEN f.is_mine THEN ', ej_web' ELSE '' END);
    END LOOP;
END
$$;
