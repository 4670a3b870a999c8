-- rights_school.sql: who may do what, part 2: the school's set-up.
--
-- The set-up is read by every person of the school and written by its administrator and
-- deputies. References between schools are refused by the triggers of
-- change.sql, so the policies here check school_id alone.

-- Secrets, and tables that only functions use, get a policy that is always false, and no
-- grant. Persons are read through staff, pupil and guardian.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['person', 'account', 'account_subject', 'activation',
                             'session', 'scope', 'revision', 'guess', 'attempt',
                             'device', 'secret', 'operation', 'entry', 'visit', 'draft',
                             'entrance', 'factor', 'factor_demand', 'recovery', 'feed', 'seal',
                             'outbound', 'outbound_notice', 'outbound_pause', 'outbound_hook',
                             'outbound_count', 'activity', 'statistic_map', 'backup', 'package',
                             'retention', 'destruction', 'destruction_part', 'deposit', 'package_signature',
                             'takeout', 'arrival',
                             'gto_edition', 'gto_step', 'gto_norm', 'api_secret', 'api_token', 'app_key',
                             'region', 'region_role', 'indicator', 'indicator_view', 'indicator_sum',
                             'indicator_count']
    LOOP
        EXECUTE format('CREATE POLICY nobody ON ej.%I TO ej_web USING (false)', t);
    END LOOP;
END
$$;

-- The version of the schema is not secret: the module checks it before serving.
CREATE POLICY read ON ej.migration FOR SELECT TO ej_web USING (true);
GRANT SELECT ON ej.migration TO ej_web;

-- school: names and settings may be changed, the clock may not.
CREATE POLICY read ON ej.school FOR SELECT TO ej_web
    USING (id = any((select ej.my_schools())::bigint[]));
CREATE POLICY change ON ej.school FOR UPDATE TO ej_web
    USING (id = any((select ej.my_setup_schools())::bigint[]));
GRANT SELECT ON ej.school TO ej_web;
GRANT UPDATE (name, short_name, founder, city, address, director, okpo, phone, email, support_hours, public_page,
              unmarked_grades,
              retake_counts, round_from_pct, min_marks, min_marks_hour, year_half, final_half, final_grades,
              finals_due, outside_counts, forecast_shown, fill_days, correction_hours, lock_days, missed_day,
              missed_month_pct, controls_day, controls_week, factor_roles, factor_days, view_months, receipt_ways,
              receipt_by, receipt_opens, receipt_days,
              informing_days, informing_paper_days, letters_day, letters_hour, sms_day, sms_month, modules,
              gto_caption)
    ON ej.school TO ej_web;

-- school_year: added and changed, never deleted.
CREATE POLICY read ON ej.school_year FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_schools())::bigint[]));
CREATE POLICY add ON ej.school_year FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.school_year FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[]));
SELECT ej.grant_rows('ej.school_year', 'SELECT, INSERT');

-- The lists of a school (kinds of work, rooms and others) have the same policies, made
-- in one loop. A scale and its values are never deleted: to find out that no mark uses
-- them, the marks of all years and schools would have to be read.
DO $$
DECLARE
    t text;
    read_here  text := 'school_id = any((select ej.my_schools())::bigint[])';
    write_here text := 'school_id = any((select ej.my_setup_schools())::bigint[])';
BEGIN
    FOREACH t IN ARRAY ARRAY['holiday', 'term_plan', 'term', 'subject', 'room', 'act',
                             'bell_plan', 'bell', 'mode', 'scale', 'scale_value',
                             'scale_use', 'grade_norm', 'work_kind', 'attendance_code', 'maintenance']
    LOOP
        EXECUTE format('CREATE POLICY read ON ej.%I FOR SELECT TO ej_web USING (%s)', t, read_here);
        EXECUTE format('CREATE POLICY add ON ej.%I FOR INSERT TO ej_web WITH CHECK (%s)', t, write_here);
        EXECUTE format('CREATE POLICY change ON ej.%I FOR UPDATE TO ej_web USING (%s)', t, write_here);
        PERFORM ej.grant_rows(format('ej.%I', t)::regclass, 'SELECT, INSERT');
        IF t NOT IN ('scale', 'scale_value') THEN
            EXECUTE format('CREATE POLICY remove ON ej.%I FOR DELETE TO ej_web USING (%s)', t, write_here);
            EXECUTE format('GRANT DELETE ON ej.%I TO ej_web', t);
        END IF;
    END LOOP;
END
$$;

-- The files of these lists are read like the lists, those of a pupil like the pupil's card, those
-- that a pupil handed in also by who teaches, those of a homework like the homework; only functions
-- write one. Those sent with a message (person_id) are none of these: messages.sql.
CREATE POLICY read ON ej.file FOR SELECT TO ej_web
    USING (pupil_id IS NULL AND teaching_id IS NULL AND person_id IS NULL
               AND school_id = any((select ej.my_schools())::bigint[])
        OR person_id IS NULL AND school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR teaching_id = any((select ej.my_teachings())::bigint[])
        OR id = any((select ej.my_task_files())::bigint[]));
CREATE POLICY read ON ej.file_piece FOR SELECT TO ej_web
    USING (pupil_id IS NULL AND teaching_id IS NULL AND person_id IS NULL
               AND school_id = any((select ej.my_schools())::bigint[])
        OR person_id IS NULL AND school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[])
        OR teaching_id = any((select ej.my_teachings())::bigint[])
        OR file_id = any((select ej.my_task_files())::bigint[]));
GRANT SELECT ON ej.file, ej.file_piece TO ej_web;
