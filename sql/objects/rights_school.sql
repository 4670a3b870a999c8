-- rights_school.sql: who may do what, part 2: the school's set-up.
--
-- Read by everyone who is anything in the school, written by its
-- administrator and deputies. References between schools are refused for all
-- by the rule one_school (rule_school.sql), so school_id alone decides here.

-- Secrets, and what only functions touch: a policy that lets nobody in, and
-- no grant. A person is reached through staff, pupil and guardian.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['person', 'account', 'account_subject', 'activation',
                             'session', 'scope', 'revision', 'guess', 'attempt',
                             'device', 'secret', 'operation', 'entry', 'job', 'visit']
    LOOP
        EXECUTE format('CREATE POLICY nobody ON ej.%I TO ej_web USING (false)', t);
    END LOOP;
END
$$;

-- The version of the schema is no secret: the module asks it before it serves.
CREATE POLICY read ON ej.migration FOR SELECT TO ej_web USING (true);
GRANT SELECT ON ej.migration TO ej_web;

-- The school's own row: its words and settings, not its clock.
CREATE POLICY read ON ej.school FOR SELECT TO ej_web
    USING (id = any((select ej.my_schools())::bigint[]));
CREATE POLICY change ON ej.school FOR UPDATE TO ej_web
    USING (id = any((select ej.my_setup_schools())::bigint[]));
GRANT SELECT ON ej.school TO ej_web;
GRANT UPDATE (name, short_name, founder, city, unmarked_grades, retake_counts, min_marks)
    ON ej.school TO ej_web;

-- A school year begins and is never taken away.
CREATE POLICY read ON ej.school_year FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_schools())::bigint[]));
CREATE POLICY add ON ej.school_year FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[]));
CREATE POLICY change ON ej.school_year FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[]));
SELECT ej.grant_rows('ej.school_year', 'SELECT, INSERT');

-- The lists a school keeps: all of one kind, so written once. A scale and its
-- values stay for ever, since the marks of all years and schools would have to
-- be looked through to see that none is of it.
DO $$
DECLARE
    t text;
    read_here  text := 'school_id = any((select ej.my_schools())::bigint[])';
    write_here text := 'school_id = any((select ej.my_setup_schools())::bigint[])';
BEGIN
    FOREACH t IN ARRAY ARRAY['holiday', 'term_plan', 'term', 'subject', 'room',
                             'bell_plan', 'bell', 'scale', 'scale_value',
                             'work_kind', 'attendance_code']
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
