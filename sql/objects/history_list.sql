-- history_list.sql: the list of all changes of a school (sql/queries/history.sql).

-- The kind of records to which a table belongs.
CREATE OR REPLACE FUNCTION ej.history_kind(table_name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN table_name = ANY ('{lesson,work,mark,attendance,homework,homework_for,term_mark,outside_mark,retake,
                                journal,correction,finding,inspection,inspection_line,voiding,control_work,remark,
                                submission,receipt,paper,informing,homework_done,event,event_class,
                                event_participant,achievement,gto_result,gto_award}') THEN 'journal'
        WHEN table_name = ANY ('{account,account_subject,activation,factor,contact,choice,incident}') THEN 'accounts'
        WHEN table_name = ANY ('{staff,staff_role,pupil,pupil_card,pupil_health,pupil_category,consent,guardian,
                                guardianship,enrolment,membership,movement,transfer,request,verification,
                                promotion_choice,
                                staff_card,staff_post,staff_absence,accident,training_record,
                                meal_entitlement,meal_choice,meal_payment,health_group}') THEN 'people'
        ELSE 'setup' END
$$;

-- The fields of a change that the page shows: all but keys, since its columns pupil and
-- teaching have them.
CREATE OR REPLACE FUNCTION ej.history_fields(old jsonb, new jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE AS $$
    SELECT k.name FROM jsonb_object_keys(coalesce(old, '{}') || coalesce(new, '{}')) AS k(name)
     WHERE k.name !~ '^(id|.*_id|.*_by|scale.*|.*_at|year|slot|operation|figures)$'
        OR k.name = ANY ('{staff_id,room_id,kind_id,form_id}')
$$;

-- The value of one of the fields staff_id, room_id, kind_id, form_id and during as a person reads it:
-- the name in place of a number. Invoked with the reader's rights: of a record that the
-- reader cannot read the number stays.
CREATE OR REPLACE FUNCTION ej.history_value(field text, value text) RETURNS text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = ej, pg_temp AS $$
    SELECT CASE
        WHEN field = 'staff_id' THEN coalesce((SELECT concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, ''))
                                                 FROM ej.staff AS f WHERE f.id = value::bigint), value)
        WHEN field = 'room_id' THEN coalesce((SELECT r.name::text FROM ej.room AS r WHERE r.id = value::bigint), value)
        WHEN field IN ('kind_id', 'form_id')
        THEN coalesce((SELECT k.name::text FROM ej.work_kind AS k WHERE k.id = value::bigint), value)
        WHEN field = 'during' THEN btrim(replace(translate(value, '[]()"', ''), ',', ' – '))
        ELSE value END
$$;

-- The accounts of the staff of the school in which the reader works that have changed
-- something in it, with their names: those that find matches.
CREATE OR REPLACE FUNCTION ej.author_names(find text) RETURNS TABLE (account_id bigint, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, ''))
      FROM ej.staff AS f JOIN ej.account AS a ON a.person_id = f.person_id
     WHERE f.school_id = ANY (ej.my_journal_schools())
       AND ej.is_found(ej.find_patterns(find), concat_ws(' ', f.surname, f.given_name, f.patronymic))
       AND EXISTS (SELECT FROM ej.history AS h WHERE h.account_id = a.id AND h.school_id = f.school_id);
END
$$;
ALTER FUNCTION ej.author_names(text) OWNER TO ej_rights;

GRANT EXECUTE ON FUNCTION ej.author_names(text) TO ej_web;
