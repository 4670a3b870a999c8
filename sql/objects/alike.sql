-- alike.sql: known persons of a school who may be meant by a new card: a teacher who becomes a
-- parent, a former pupil who becomes a teacher. One person has one account, whatever cards.

-- The persons of the school that the reader administers, or whose staff the reader keeps, with
-- this name (ё being е) and without a card of this kind (staff, guardian, pupil): what each is in
-- the school, and the day of birth where it is known.
CREATE OR REPLACE FUNCTION ej.person_alike(but text, surname text, given_name text, patronymic text)
RETURNS TABLE (person_id bigint, kind text, name text, note text, birth_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_admin_schools() || CASE WHEN but = 'staff' THEN ej.my_hr_schools() ELSE '{}' END;
    wanted  text := ej.folded(concat_ws(' ', surname, given_name, nullif(patronymic, '')));
BEGIN
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT f.person_id, 'staff' AS kind, f.surname, f.given_name, f.patronymic, f.post::text AS note, c.birth_on
          FROM ej.staff AS f LEFT JOIN ej.staff_card AS c ON c.id = f.id WHERE f.school_id = ANY (schools)
         UNION ALL
        SELECT p.person_id, 'pupil', p.surname, p.given_name, p.patronymic,
               (SELECT k.name::text FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id
                 WHERE e.pupil_id = p.id ORDER BY e.during DESC LIMIT 1), c.birth_on
          FROM ej.pupil AS p LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id WHERE p.school_id = ANY (schools)
         UNION ALL
        SELECT g.person_id, 'guardian', g.surname, g.given_name, g.patronymic, NULL, NULL
          FROM ej.guardian AS g WHERE g.school_id = ANY (schools)
    )
    SELECT x.person_id, string_agg(x.kind, ' ' ORDER BY x.kind),
           min(concat_ws(' ', x.surname, x.given_name, nullif(x.patronymic, ''))),
           nullif(string_agg(x.note, ', ' ORDER BY x.kind), ''), min(x.birth_on)
      FROM x WHERE ej.folded(concat_ws(' ', x.surname, x.given_name, nullif(x.patronymic, ''))) = wanted
     GROUP BY x.person_id HAVING bool_and(x.kind <> but)
     ORDER BY min(x.birth_on), x.person_id;
END
$$;

-- Whether a form of a new card (surname …) has to say who is meant: there are persons of this
-- name, and it names neither one of them (person_id) nor that it is another (is_other).
CREATE OR REPLACE FUNCTION ej.is_person_unsure(but text, fields jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT fields ->> 'person_id' IS NULL AND NOT coalesce((fields ->> 'is_other')::boolean, false)
       AND EXISTS (SELECT FROM ej.person_alike(but, fields ->> 'surname', fields ->> 'given_name',
               fields ->> 'patronymic'))
$$;

-- Hire somebody (without staff_id), a new person or a known one, or change names, post and time.
-- Errors (outcomes): JE217 people of this name are known, and the form does not say who is meant.
CREATE OR REPLACE FUNCTION ej.staff_save(staff_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
SELECT ej.save_rows('ej.staff', CASE WHEN staff_id IS NULL AND fields ->> 'person_id' IS NOT NULL THEN fields
    ELSE fields - 'person_id' END
    || jsonb_build_object('id', staff_id)
    || CASE WHEN staff_id IS NULL AND ej.is_person_unsure('staff', fields)
            THEN '{"fault": {"field": "person_id", "code": "JE217"}}'::jsonb ELSE '{}' END)
$$;

GRANT SELECT (id, birth_on) ON ej.staff_card TO ej_rights;
GRANT SELECT (pupil_id, birth_on) ON ej.pupil_card TO ej_rights;
ALTER FUNCTION ej.person_alike OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.person_alike TO ej_web;
