-- guardians.sql: adding a guardian to a pupil.

-- The guardians of the school with this name, ё being е.
CREATE OR REPLACE FUNCTION ej.guardian_alike(surname text, given_name text, patronymic text) RETURNS SETOF ej.guardian
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT g.* FROM ej.guardian AS g
     WHERE g.school_id = ANY (ARRAY(SELECT unnest(ej.my_admin_schools())))
       AND ej.folded(concat_ws(' ', g.surname, g.given_name, g.patronymic))
         = ej.folded(concat_ws(' ', guardian_alike.surname, guardian_alike.given_name, guardian_alike.patronymic))
$$;

-- Add a guardian to a pupil: the known one guardian_id, or a new person. Returns the
-- outcomes. Errors: JE217 a guardian of this name is known, and the form does not say
-- whether that one is meant (guardian_id) or another person (is_other).
CREATE OR REPLACE FUNCTION ej.guardian_write(pupil_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    guardian bigint := (fields ->> 'guardian_id')::bigint;
    answer   jsonb;
BEGIN
    IF guardian IS NULL THEN
        IF NOT coalesce((fields ->> 'is_other')::boolean, false)
           AND EXISTS (SELECT FROM ej.guardian_alike(fields ->> 'surname', fields ->> 'given_name', fields ->> 'patronymic')) THEN
            RETURN '[{"outcome": "bad", "field": "guardian_id", "code": "JE217"}]';
        END IF;
        answer := ej.write_row('ej.guardian', fields - '{id,guardian_id}'::text[]);
        guardian := (answer -> 0 ->> 'value')::bigint;
    END IF;
    IF answer IS NULL OR NOT ej.is_refused(answer) THEN
        answer := ej.write_row('ej.guardianship', fields - 'id'
                      || jsonb_build_object('guardian_id', guardian, 'pupil_id', guardian_write.pupil_id));
    END IF;
    IF ej.is_refused(answer) THEN
        RAISE EXCEPTION USING ERRCODE = 'EJ000'; -- undo what was written
    END IF;
    RETURN answer;
EXCEPTION WHEN SQLSTATE 'EJ000' THEN
    RETURN answer;
END
$$;

-- Add a guardian once (save.sql).
CREATE OR REPLACE FUNCTION ej.guardian_add(pupil_id bigint, fields jsonb, operation_id uuid, sha256 bytea) RETURNS SETOF ej.outcome
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb := ej.begin_operation(operation_id, sha256);
BEGIN
    IF answer IS NULL THEN
        answer := ej.end_save(operation_id, sha256, ej.guardian_write(pupil_id, fields));
    END IF;
    RETURN QUERY SELECT * FROM jsonb_populate_recordset(NULL::ej.outcome, answer);
END
$$;

REVOKE ALL ON FUNCTION ej.guardian_alike, ej.guardian_write, ej.guardian_add FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.guardian_alike, ej.guardian_write, ej.guardian_add TO ej_web;
