-- guardians.sql: adding a guardian to a pupil.

-- The guardians of the reader's school with this name; ё and е are the same.
CREATE OR REPLACE FUNCTION ej.guardian_alike(surname text, given_name text, patronymic text) RETURNS SETOF ej.guardian
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT g.* FROM ej.guardian AS g
     WHERE g.school_id = ANY (ARRAY(SELECT unnest(ej.my_admin_schools())))
       AND ej.folded(concat_ws(' ', g.surname, g.given_name, g.patronymic))
         = ej.folded(concat_ws(' ', guardian_alike.surname, guardian_alike.given_name, guardian_alike.patronymic))
$$;

-- Add a guardian to a pupil: the known one guardian_id, or a new person. Returns the
-- outcomes. Errors: JE217 a guardian, colleague or pupil of this name is known, and the form
-- does not say whether that one is meant (guardian_id, person_id) or another person (is_other).
CREATE OR REPLACE FUNCTION ej.guardian_add(pupil_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    is_known boolean := fields ->> 'guardian_id' IS NOT NULL;
    person   jsonb := jsonb_build_object('table', 'guardian', 'n', 1, 'row',
        jsonb_strip_nulls(fields - '{id,guardian_id}'::text[]));
    link     jsonb := jsonb_build_object('table', 'guardianship', 'n', 1,
                          'row', fields - 'id' || jsonb_build_object('pupil_id', guardian_add.pupil_id));
    answer   jsonb;
BEGIN
    IF NOT is_known AND (ej.is_person_unsure('guardian', fields)
       OR fields ->> 'person_id' IS NULL AND NOT coalesce((fields ->> 'is_other')::boolean, false)
          AND EXISTS (SELECT FROM ej.guardian_alike(fields ->> 'surname', fields ->> 'given_name',
                  fields ->> 'patronymic'))) THEN
        RETURN '[{"outcome": "bad", "field": "guardian_id", "code": "JE217"}]';
    END IF;
    answer := ej.write_all(CASE WHEN is_known THEN jsonb_build_array(link)
                           ELSE jsonb_build_array(person, link || '{"made_id": "guardian_id"}') END);
    RETURN CASE WHEN ej.is_refused(answer) THEN answer ELSE jsonb_build_array(answer -> -1) END;
END
$$;
