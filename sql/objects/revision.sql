-- revision.sql: tells cheaply whether a page has changed since the browser loaded it.
--
-- Most pages that are requested again have not changed, and need not be queried again.
-- Every record belongs to one of two heads: its teaching (lesson, work, mark, absence,
-- homework, term mark, closing) or the set-up of its school (all else). Triggers record
-- for each transaction the heads under which it wrote. A page is sent with its revision:
-- a digest of the transactions recorded under its heads, in the snapshot in which the
-- page was read. While the revision is the same, the page is unchanged. Rows are only
-- inserted, so writers do not wait for each other. Unlike a counter or a time, this does
-- not miss a transaction that was still running when the page was read.

GRANT SELECT, DELETE ON ej.revision TO ej_rule;
GRANT INSERT ON ej.revision TO ej_rule;

-- --------------------------------------------------------------- reading --

DROP FUNCTION IF EXISTS ej.revision_of;

-- The revision of a page that depends on these teachings and the set-up of the user's
-- schools: a digest of the transactions recorded under these heads, the user's rights
-- (ej.scope), the day of each school, and the database with its server's start (a copy or a
-- restored backup differs). It is a keyed digest, since transaction numbers reveal how
-- much other schools write and are few enough to be guessed. NULL: it cannot be
-- computed now. It checks no right: only for functions like ej.journal_revision.
CREATE OR REPLACE FUNCTION ej.revision_of(teachings bigint[]) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine    text;
    schools bigint[];
BEGIN
    SELECT s.lists_digest, s.schools INTO mine, schools FROM ej.scope AS s
     WHERE encode(s.digest, 'hex') = current_setting('ej.session', true)
       AND s.until > now();
    IF mine IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN encode(sha256(convert_to(concat_ws(' ', mine, pg_postmaster_start_time(),
            'ej.revision'::regclass::oid,
            (SELECT s.value FROM ej.secret AS s WHERE s.name = 'revision'),
            (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()),
            (SELECT string_agg(t.today::text, ' ' ORDER BY t.school_id)
               FROM ej.school_today AS t WHERE t.school_id = ANY (schools)),
            (SELECT string_agg(r.xid::text, ' ' ORDER BY r.school_id, r.teaching_id, r.xid)
               FROM ej.revision AS r
              WHERE r.school_id = ANY (schools || 0::bigint)
                AND r.teaching_id = ANY (teachings || 0::bigint))), 'UTF8')), 'hex');
END
$$;
ALTER FUNCTION ej.revision_of(bigint[]) OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.revision_of(bigint[]) FROM PUBLIC;

-- --------------------------------------------------------------- writing --

-- Record that this transaction wrote rows of a teaching (trigger).
CREATE OR REPLACE FUNCTION ej.revision_teaching() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO ej.revision (school_id, teaching_id)
        SELECT DISTINCT o.school_id, o.teaching_id FROM old_rows AS o ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO ej.revision (school_id, teaching_id)
        SELECT DISTINCT n.school_id, n.teaching_id FROM new_rows AS n ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- Record that this transaction wrote term marks (trigger), for every teaching of the
-- subject that the pupil is or was in: a pupil takes term marks along into another
-- subgroup.
CREATE OR REPLACE FUNCTION ej.revision_term_mark() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO ej.revision (school_id, teaching_id)
        SELECT DISTINCT o.school_id, t.id
          FROM old_rows AS o JOIN ej.membership AS b ON b.pupil_id = o.pupil_id
          JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id AND t.subject_id = o.subject_id
         UNION SELECT o.school_id, o.teaching_id FROM old_rows AS o ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO ej.revision (school_id, teaching_id)
        SELECT DISTINCT n.school_id, t.id
          FROM new_rows AS n JOIN ej.membership AS b ON b.pupil_id = n.pupil_id
          JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id AND t.subject_id = n.subject_id
         UNION SELECT n.school_id, n.teaching_id FROM new_rows AS n ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- Record that this transaction wrote rows of a school's set-up (trigger).
CREATE OR REPLACE FUNCTION ej.revision_setup() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO ej.revision (school_id, teaching_id)
        SELECT DISTINCT o.school_id, 0 FROM old_rows AS o ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO ej.revision (school_id, teaching_id)
        SELECT DISTINCT n.school_id, 0 FROM new_rows AS n ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- The same for the table school, whose own id is the school's.
CREATE OR REPLACE FUNCTION ej.revision_school() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.revision (school_id, teaching_id) VALUES (NEW.id, 0) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    what text;
BEGIN
    PERFORM ej.drop_triggers('revision');
    PERFORM ej.watch('revision', rel, 'revision_teaching')
       FROM unnest('{journal,lesson,work,mark,attendance,homework,homework_for}'::text[]) AS rel;
    PERFORM ej.watch('revision', 'term_mark', 'revision_term_mark');
    PERFORM ej.watch('revision', rel, 'revision_setup')
       FROM unnest('{school_year,holiday,term_plan,term,subject,room,bell_plan,bell,scale,
                     scale_value,work_kind,attendance_code,staff,staff_role,pupil,pupil_card,guardian,
                     guardianship,class,enrolment,study_group,study_group_class,membership,
                     teaching,timetable}'::text[]) AS rel;
    CREATE TRIGGER revision_school AFTER UPDATE ON ej.school
        FOR EACH ROW EXECUTE FUNCTION ej.revision_school();
    FOREACH what IN ARRAY '{teaching,term_mark,setup,school}'::text[] LOOP
        EXECUTE format('ALTER FUNCTION ej.revision_%s() OWNER TO ej_rule', what);
        EXECUTE format('REVOKE ALL ON FUNCTION ej.revision_%s() FROM PUBLIC', what);
    END LOOP;
END
$$;

-- Delete all recorded transactions, and record one that counts for every page: else a
-- page read when nothing was recorded would seem unchanged, although the transactions
-- recorded since then were deleted too.
CREATE OR REPLACE FUNCTION ej.revision_forget() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    DELETE FROM ej.revision;
    INSERT INTO ej.revision (school_id, teaching_id) VALUES (0, 0) ON CONFLICT DO NOTHING;
$$;
ALTER FUNCTION ej.revision_forget() OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.revision_forget() FROM PUBLIC;

-- The same, once a day: a revision is computed over all recorded transactions, so they
-- must stay few.
CREATE OR REPLACE FUNCTION ej.revision_sweep() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT ej.revision_forget()
     WHERE NOT EXISTS (SELECT FROM ej.revision AS r WHERE r.school_id = 0 AND r.teaching_id = 0
                          AND r.made_at > now() - interval '1 day');
$$;
ALTER FUNCTION ej.revision_sweep() OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.revision_sweep() FROM PUBLIC;

-- Called at every upgrade: the new version's queries may give other results, and after
-- a restore into another cluster the transaction numbers start anew.
SELECT ej.revision_forget();
