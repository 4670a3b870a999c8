-- requests.sql: who asks, and who has verified: the present member of staff; what a guardian
-- reports.

ALTER TABLE ej.request ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];
ALTER TABLE ej.verification ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

GRANT INSERT ON ej.request TO ej_rule;

-- Report that data of a child, or the guardian's own, have changed (CNT-11), to the class teacher.
-- Returns the outcomes. Errors: JE101 nothing is said, JE401 no child of the reader.
CREATE OR REPLACE FUNCTION ej.request_report(pupil_id bigint, note text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF coalesce(note, '') = '' THEN
        RETURN '[{"outcome": "bad", "field": "note", "code": "JE101"}]';
    END IF;
    INSERT INTO ej.request (school_id, staff_id, guardian_id, pupil_id, kind, name, class_id, happens_on, note)
    SELECT p.school_id, NULL, w.guardian_id, p.id, 'card_changed',
           concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')),
           (SELECT e.class_id FROM ej.enrolment AS e WHERE e.pupil_id = p.id AND e.during @> d.day), d.day,
           request_report.note
      FROM ej.pupil AS p
     CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS day) AS d
      JOIN ej.guardianship AS w ON w.pupil_id = p.id AND w.guardian_id = ANY (ej.my_guardians()) AND w.during @> d.day
     WHERE p.id = request_report.pupil_id AND p.id = ANY (ej.my_family_pupils());
    RETURN CASE WHEN FOUND THEN '[{"outcome": "saved"}]' ELSE '[{"outcome": "bad", "code": "JE401"}]' END;
END
$$;
GRANT EXECUTE ON FUNCTION ej.request_report TO ej_web;
