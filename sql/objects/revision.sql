-- revision.sql: has anything been written since that a page is about?
--
-- A page asked for again mostly is as it was. To know that, it need not be
-- asked anew: whatever a page shows is written under one of two heads, the
-- teaching (lesson, work, mark, absence, homework, term mark, closing) or the
-- set-up of its school (all else), and triggers note under which head each
-- transaction wrote. A page goes out with a digest of what was noted under its
-- heads in the snapshot that it was read in, and is as it was while that is the
-- same. No row is ever changed, so that writers do not wait for each other, and
-- a transaction that was still running when the page was read is not missed, as
-- it would be by a counter or a time.

GRANT SELECT, DELETE ON ej.revision TO ej_rule;
GRANT INSERT ON ej.revision TO ej_rule;

-- --------------------------------------------------------------- reading --

DROP FUNCTION IF EXISTS ej.revision_of;

-- The digest of all that a page hangs on besides its address and its sheets: what
-- was noted under its heads, who may what (ej.scope), the day of each of the
-- schools, and the database with its run of transactions (a copy or an older
-- state put back starts anew). Keyed, since the numbers of transactions tell how
-- much other schools write, and are few enough to be tried. NULL: not to be told
-- now. Believes its argument: for ej.journal_revision and its like.
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

-- Rows of a teaching came or went.
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

-- A term mark is shown by every teaching of the subject that the pupil is or
-- was in: it is brought along into another subgroup.
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

-- Rows of the set-up came or went.
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

-- The school itself has its number in id.
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

-- Forget what was noted, and note that everything is new: without that a page
-- read when there was nothing would be as it was although what was written
-- meanwhile is forgotten, too.
CREATE OR REPLACE FUNCTION ej.revision_forget() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    DELETE FROM ej.revision;
    INSERT INTO ej.revision (school_id, teaching_id) VALUES (0, 0) ON CONFLICT DO NOTHING;
$$;
ALTER FUNCTION ej.revision_forget() OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.revision_forget() FROM PUBLIC;

-- The same, when the last time was a day ago: a digest is made of all there is.
CREATE OR REPLACE FUNCTION ej.revision_sweep() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT ej.revision_forget()
     WHERE NOT EXISTS (SELECT FROM ej.revision AS r WHERE r.school_id = 0 AND r.teaching_id = 0
                          AND r.made_at > now() - interval '1 day');
$$;
ALTER FUNCTION ej.revision_sweep() OWNER TO ej_rule;
REVOKE ALL ON FUNCTION ej.revision_sweep() FROM PUBLIC;

-- What the pages ask may be asked otherwise from now on; and after a restore into
-- another cluster the numbers of the old one are gone.
SELECT ej.revision_forget();
