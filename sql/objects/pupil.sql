-- pupil.sql: saving a pupil's card.

-- Save the form of a card: the pupil's name, card and health. data: a new photo, or NULL;
-- is_photo_removed of the fields takes it away. Errors: JE131 the file is no JPEG or PNG.
CREATE OR REPLACE FUNCTION ej.pupil_save(pupil_id bigint, fields jsonb, file_name text, data bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    -- a choice that is left open is an empty text
    one jsonb := fields
        || (SELECT coalesce(jsonb_object_agg(k, ''), '{}')
              FROM unnest('{sex,document_kind,health_group,sport_group}'::text[]) AS k
                             WHERE fields -> k = 'null');
BEGIN
    IF data IS NULL THEN
        one := CASE WHEN fields ->> 'is_photo_removed' = 't' THEN one
                    || '{"file_id": null}' ELSE one - 'old_file_id' END;
    ELSIF substr(data, 1, 3) = '\xffd8ff' OR substr(data, 1, 8) = '\x89504e470d0a1a0a' THEN
        one := one || jsonb_build_object('file_id', ej.file_keep(file_name, data, pupil_id));
    ELSE
        one := one || '{"fault": {"field": "file_id", "code": "JE131"}}';
    END IF;
    -- rows that nobody has filled in yet; for whoever may not, the save below is refused
    INSERT INTO ej.pupil_card (pupil_id, school_id) SELECT p.id, p.school_id FROM ej.pupil AS p
     WHERE p.id = pupil_save.pupil_id
       AND (p.school_id = ANY (ej.my_admin_schools()) OR p.id = ANY (ej.my_class_pupils()))
    ON CONFLICT DO NOTHING;
    INSERT INTO ej.pupil_health (pupil_id, school_id) SELECT p.id, p.school_id FROM ej.pupil AS p
     WHERE p.id = pupil_save.pupil_id
       AND (p.school_id = ANY (ej.my_admin_schools()) OR p.id = ANY (ej.my_class_pupils()))
    ON CONFLICT DO NOTHING;
    RETURN ej.save_parts('{ej.pupil,ej.pupil_card,ej.pupil_health}', array_fill(pupil_id, '{3}'), one);
END
$$;
