-- papers.sql: strips of a week for paper diaries (DIA-10).

GRANT SELECT, INSERT ON ej.paper TO ej_rule;

-- Record that the class teacher prints a strip of a week for each of these pupils of the own class.
-- A strip that was printed before and has not changed since is not recorded again. Returns no
-- outcomes.
-- Errors: JE301 a pupil of another class, JE203 no day of the pupil's school year up to today.
CREATE OR REPLACE FUNCTION ej.papers_print(pupil_ids bigint[], week_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_staff_schools())[1];
BEGIN
    IF NOT pupil_ids <@ ej.my_class_pupils() THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    ELSIF $2 > ej.today(school) THEN
        RETURN '[{"outcome": "bad", "field": "week_on", "code": "JE203"}]';
    END IF;
    PERFORM pg_advisory_xact_lock(97, hashint8(school)); -- of two equal requests the second finds the strips
    INSERT INTO ej.paper (school_id, pupil_id, week_on, document_sha256, staff_id)
    SELECT school, d.pupil_id, $2, d.sha256, (ej.my_staff())[1]
      FROM ej.week_documents(pupil_ids, ARRAY[$2]) AS d
     WHERE EXISTS (SELECT FROM ej.enrolment AS n
                    WHERE n.pupil_id = d.pupil_id AND n.during && daterange($2, $2 + 5, '[]'))
       AND NOT EXISTS (SELECT FROM ej.paper AS b
                        WHERE b.pupil_id = d.pupil_id AND b.week_on = $2 AND b.document_sha256 = d.sha256);
    RETURN '[]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.papers_print TO ej_web;
