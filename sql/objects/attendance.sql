-- attendance.sql: lessons and days missed, reasons of absence, what contradicts them.

-- Who has verified the week: the present member of staff.
ALTER TABLE ej.attendance_check ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- The code of the reason that covers a lesson, by which «н» is read (ej.journal_entries); NULL
-- without one, or if the reader does not teach the pupil.
CREATE OR REPLACE FUNCTION ej.lesson_reason(lesson_id bigint, pupil_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.rule_reason(lesson_reason.pupil_id, l.held_on, l.slot) FROM ej.lesson AS l
             WHERE l.id = lesson_reason.lesson_id AND lesson_reason.pupil_id = ANY (ej.my_taught_pupils()));
END
$$;

GRANT EXECUTE ON FUNCTION ej.lesson_reason TO ej_web;
