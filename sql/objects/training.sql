-- training.sql: what staff and families learn, and the facts that show it (DOC-03, DOC-07).
--
-- A module has tasks; a task is done when the reader has written such a record in the training school: the history
-- tells (of a family, which has no training school, its own records do). Nothing is answered, and nothing is ticked.
-- The modules of the staff have 18 hours together, so nobody's programme is longer.

GRANT SELECT ON ej.training_record, ej.school, ej.staff, ej.history, ej.account, ej.work_kind, ej.guardian, ej.contact,
    ej.receipt, ej.message, ej.class, ej.teaching, ej.staff_role TO ej_rights;
GRANT SELECT, INSERT, DELETE ON ej.training_record TO ej_rule;

-- The modules, each with the role that it is for, in their order, and its hours.
CREATE OR REPLACE FUNCTION ej.training_modules() RETURNS TABLE (n int, module text, role text, hours numeric)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    (1, 'lesson',     'teacher',       1.0),
    (2, 'journal',    'teacher',       1.0),
    (3, 'attendance', 'class_teacher', 1.0),
    (4, 'pupils',     'class_teacher', 1.5),
    (5, 'families',   'class_teacher', 1.5),
    (6, 'year',       'deputy',        2.0),
    (7, 'day',        'deputy',        2.0),
    (8, 'control',    'deputy',        2.0),
    (9, 'people',     'administrator', 2.0),
    (10, 'school',    'administrator', 2.0),
    (11, 'contingent', 'administrator', 2.0),
    (12, 'diary',     'family',        0.5)
$$;

-- The tasks of the modules, in their order.
CREATE OR REPLACE FUNCTION ej.training_tasks() RETURNS TABLE (n bigint, module text, task text)
LANGUAGE sql IMMUTABLE AS $$
SELECT row_number() OVER (), v.module, t.task
  FROM (VALUES ('lesson', 'lesson mark absence'), ('journal', 'work change plan'),
               ('attendance', 'reason check'), ('pupils', 'card consent remark'),
               ('families', 'informing announcement'),
               ('year', 'holiday group load'), ('day', 'substitution control_work'),
               ('control', 'finding inspection closing'),
               ('people', 'staff role code'), ('school', 'settings room bell'), ('contingent', 'movement guardian'),
               ('diary', 'receipt contact message')) AS v(module, tasks),
       string_to_table(v.tasks, ' ') AS t(task)
$$;

-- The roles for which these members of the staff learn: by order, as class teachers, as teachers.
-- Of a record that the reader may not read it says nothing.
CREATE OR REPLACE FUNCTION ej.training_roles(staff_ids bigint[]) RETURNS TABLE (staff_id bigint, role text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    staff_ids := ARRAY(SELECT f.id FROM ej.staff AS f WHERE f.id = ANY (staff_ids));
    RETURN QUERY
    SELECT r.staff_id, r.role::text FROM ej.staff_role AS r
     WHERE r.staff_id = ANY (staff_ids) AND r.role IN ('administrator', 'deputy') AND r.during @> ej.today(r.school_id)
     UNION
    SELECT c.class_teacher_id, 'class_teacher' FROM ej.class AS c
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> ej.today(c.school_id)
     WHERE c.class_teacher_id = ANY (staff_ids)
     UNION
    SELECT t.staff_id, 'teacher' FROM ej.teaching AS t
      JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year AND y.during @> ej.today(t.school_id)
     WHERE t.staff_id = ANY (staff_ids);
END
$$;

-- Where the reader learns: the school that keeps the record and the reader's row of its staff, its training school if
-- the reader works there, and whether the session is in it now. Of a family all are NULL.
CREATE OR REPLACE FUNCTION ej.training_place(OUT school_id bigint, OUT staff_id bigint, OUT training_id bigint,
    OUT is_inside boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    posts bigint[] := ej.live_posts(ej.scope_person());
    here  bigint := (ej.my_staff_schools())[1];
BEGIN
    SELECT coalesce(s.training_of_id, s.id), s.training_of_id IS NOT NULL INTO school_id, is_inside
      FROM ej.school AS s WHERE s.id = here;
    SELECT f.id INTO staff_id FROM ej.staff AS f WHERE f.id = ANY (posts) AND f.school_id = training_place.school_id;
    SELECT s.id INTO training_id FROM ej.school AS s JOIN ej.staff AS f ON f.school_id = s.id AND f.id = ANY (posts)
     WHERE s.training_of_id = training_place.school_id;
END
$$;
ALTER FUNCTION ej.training_place() OWNER TO ej_rights;

-- The tasks that a person has done in a training school, each with the day on which it was done first: one condition
-- a task, by its name. Changes that are void do not count.
CREATE OR REPLACE FUNCTION ej.training_facts(person bigint, training_id bigint)
RETURNS TABLE (task text, done_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    zone text := (SELECT s.tz FROM ej.school AS s WHERE s.id = training_id);
BEGIN
    RETURN QUERY
    WITH h AS MATERIALIZED (
        SELECT h.table_name AS t, h.row_key, h.old, h.new, h.made_at FROM ej.history AS h
         WHERE h.account_id = ANY (ARRAY(SELECT a.id FROM ej.account AS a WHERE a.person_id = person))
           AND h.school_id + 0 = training_id AND h.void_id IS NULL AND h.new IS NOT NULL
    ), done AS (
        SELECT 'lesson' AS task, h.made_at FROM h
         WHERE t = 'lesson' AND new ->> 'topic' <> ''
           AND EXISTS (SELECT FROM h AS w WHERE w.t = 'homework' AND w.new ->> 'lesson_id' = h.row_key[1]::text
                          AND w.new ->> 'text' <> '')
         UNION ALL SELECT 'mark', made_at FROM h WHERE t = 'mark' AND new ->> 'value' <> ''
         UNION ALL SELECT 'absence', made_at FROM h WHERE t = 'attendance' AND new ->> 'code' <> ''
         UNION ALL SELECT 'work', h.made_at FROM h JOIN ej.work_kind AS k ON k.id::text = h.new ->> 'kind_id'
                    WHERE t = 'work' AND k.code <> 'answer'
         UNION ALL SELECT 'change', made_at FROM h
                    WHERE t = 'mark' AND old ->> 'value' <> '' AND old ->> 'value' IS DISTINCT FROM new ->> 'value'
         UNION ALL SELECT 'plan', made_at FROM h WHERE t = 'plan_row'
         UNION ALL SELECT 'reason', made_at FROM h WHERE t = 'absence_reason'
         UNION ALL SELECT 'check', made_at FROM h WHERE t = 'attendance_check'
         UNION ALL SELECT 'card', made_at FROM h WHERE t = 'pupil_card' AND old IS NOT NULL
         UNION ALL SELECT 'consent', made_at FROM h WHERE t = 'consent'
         UNION ALL SELECT 'remark', made_at FROM h WHERE t = 'remark'
         UNION ALL SELECT 'informing', made_at FROM h WHERE t = 'informing'
         UNION ALL SELECT 'announcement', made_at FROM h WHERE t = 'announcement'
         UNION ALL SELECT 'holiday', made_at FROM h WHERE t = 'holiday'
         UNION ALL SELECT 'group', made_at FROM h WHERE t = 'study_group' AND old IS NULL
         UNION ALL SELECT 'load', made_at FROM h WHERE t = 'teaching'
         UNION ALL SELECT 'substitution', made_at FROM h WHERE t = 'substitution'
         UNION ALL SELECT 'control_work', made_at FROM h WHERE t = 'control_work'
         UNION ALL SELECT 'finding', made_at FROM h WHERE t = 'finding'
         UNION ALL SELECT 'inspection', made_at FROM h WHERE t = 'inspection'
         UNION ALL SELECT 'closing', made_at FROM h WHERE t = 'journal' AND new ->> 'closed_at' <> ''
         UNION ALL SELECT 'staff', made_at FROM h WHERE t = 'staff' AND old IS NULL
         UNION ALL SELECT 'role', made_at FROM h WHERE t = 'staff_role'
         UNION ALL SELECT 'code', made_at FROM h WHERE t = 'activation'
         UNION ALL SELECT 'settings', made_at FROM h WHERE t = 'school'
         UNION ALL SELECT 'room', made_at FROM h WHERE t = 'room'
         UNION ALL SELECT 'bell', made_at FROM h WHERE t IN ('bell', 'bell_plan')
         UNION ALL SELECT 'movement', made_at FROM h WHERE t = 'movement'
         UNION ALL SELECT 'guardian', made_at FROM h WHERE t = 'guardianship'
    )
    SELECT d.task, (min(d.made_at) AT TIME ZONE zone)::date FROM done AS d GROUP BY d.task;
END
$$;
ALTER FUNCTION ej.training_facts(bigint, bigint) OWNER TO ej_rights;

-- The same for a family, of its own records: a week of the diary seen, an address confirmed, a message written.
CREATE OR REPLACE FUNCTION ej.training_family(person bigint) RETURNS TABLE (task text, done_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT 'receipt', min(r.made_at)::date FROM ej.receipt AS r
     WHERE r.guardian_id = ANY (ARRAY(SELECT g.id FROM ej.guardian AS g WHERE g.person_id = person))
    HAVING count(*) > 0
     UNION ALL
    SELECT 'contact', min(c.verified_at)::date FROM ej.contact AS c
     WHERE c.person_id = person AND c.verified_at IS NOT NULL HAVING count(*) > 0
     UNION ALL
    SELECT 'message', min(m.made_at)::date FROM ej.message AS m WHERE m.person_id = person HAVING count(*) > 0;
END
$$;
ALTER FUNCTION ej.training_family(bigint) OWNER TO ej_rights;

-- The modules with their tasks, for the reader: which are for the own roles, what is done, when it was passed.
CREATE OR REPLACE FUNCTION ej.training_own()
RETURNS TABLE (n bigint, module text, role text, hours numeric, is_mine boolean, passed_on date, task text,
               done_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    person bigint := ej.scope_person();
    place  record := ej.training_place();
    roles  text[] := CASE WHEN place.staff_id IS NULL THEN '{family}'
                          ELSE ARRAY(SELECT r.role FROM ej.training_roles(ARRAY[place.staff_id]) AS r) END;
BEGIN
    RETURN QUERY
    SELECT t.n, m.module, m.role, m.hours, m.role = ANY (roles), r.passed_on, t.task, f.done_on
      FROM ej.training_modules() AS m
      JOIN ej.training_tasks() AS t ON t.module = m.module
      LEFT JOIN ej.training_record AS r ON r.staff_id = place.staff_id AND r.module = m.module
      LEFT JOIN (SELECT * FROM ej.training_facts(person, place.training_id) AS x WHERE place.training_id IS NOT NULL
                  UNION ALL SELECT * FROM ej.training_family(person) AS y WHERE place.staff_id IS NULL) AS f
        ON f.task = t.task
     WHERE (m.role = 'family') = (place.staff_id IS NULL)
     ORDER BY t.n;
END
$$;
ALTER FUNCTION ej.training_own() OWNER TO ej_rights;

-- Record that the reader has passed a module: all its tasks are done. Repeated it changes nothing. Returns the
-- outcomes. Errors: JE106 no such module; JE289 a task is not done yet.
CREATE OR REPLACE FUNCTION ej.training_pass(module text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    place record := ej.training_place();
    hours numeric := (SELECT m.hours FROM ej.training_modules() AS m
                       WHERE m.module = training_pass.module AND m.role <> 'family');
BEGIN
    IF place.staff_id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    ELSIF hours IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "module", "code": "JE106"}]';
    ELSIF EXISTS (SELECT FROM ej.training_own() AS o WHERE o.module = training_pass.module AND o.done_on IS NULL) THEN
        RETURN '[{"outcome": "bad", "field": "module", "code": "JE289"}]';
    END IF;
    INSERT INTO ej.training_record (school_id, staff_id, module, passed_on, hours)
    VALUES (place.school_id, place.staff_id, training_pass.module, ej.today(place.school_id), hours)
    ON CONFLICT (staff_id, module) WHERE training_record.module <> 'seminar' DO NOTHING;
    RETURN '[]';
END
$$;

-- Enter a seminar of a member of the staff, by a director or deputy. Repeated it changes nothing. Returns the
-- outcomes. Errors: JE106 no colleague; JE203 the day is still to come; JE301 not a director or deputy.
CREATE OR REPLACE FUNCTION ej.training_seminar(staff_id bigint, passed_on date, hours numeric, seminar text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_lead_schools())[1];
BEGIN
    IF school IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    ELSIF NOT EXISTS (SELECT FROM ej.staff AS f WHERE f.id = $1 AND f.school_id = school) THEN
        RETURN '[{"outcome": "bad", "field": "staff_id", "code": "JE106"}]';
    ELSIF training_seminar.passed_on > ej.today(school) THEN
        RETURN '[{"outcome": "bad", "field": "passed_on", "code": "JE203"}]';
    END IF;
    INSERT INTO ej.training_record (school_id, staff_id, module, passed_on, hours, seminar)
    VALUES (school, $1, 'seminar', $2, $3, $4)
    ON CONFLICT ON CONSTRAINT training_record_once DO NOTHING;
    RETURN '[]';
END
$$;

-- Remove a seminar that was entered by mistake; the history keeps it. Returns the outcomes.
-- Errors: JE401 no such seminar of the reader's school, or the reader is no director or deputy.
CREATE OR REPLACE FUNCTION ej.training_remove(training_record_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.training_record AS r
     WHERE r.id = training_remove.training_record_id AND r.school_id = ANY (ej.my_lead_schools())
       AND r.module = 'seminar';
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    RETURN '[]';
END
$$;

-- One's own records, and those of the school for director and deputies.
CREATE POLICY read ON ej.training_record FOR SELECT TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[])
        OR school_id = any((select ej.my_lead_schools())::bigint[]));
GRANT SELECT ON ej.training_record TO ej_web;
GRANT EXECUTE ON FUNCTION ej.training_place(), ej.training_own(), ej.training_pass(text),
    ej.training_seminar(bigint, date, numeric, text), ej.training_remove(bigint) TO ej_web;
GRANT EXECUTE ON FUNCTION ej.training_place(), ej.training_own() TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.training_facts(bigint, bigint), ej.training_family(bigint) TO ej_rights;
