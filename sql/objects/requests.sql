-- requests.sql: who asks, and who has verified: the present member of staff; what a guardian
-- reports.

ALTER TABLE ej.request ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];
ALTER TABLE ej.verification ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

GRANT INSERT ON ej.request TO ej_rule;

-- The fields of the card that a guardian may propose to change, as they are now.
CREATE OR REPLACE FUNCTION ej.card_values(c ej.pupil_card, g ej.guardian)
RETURNS TABLE (card_field text, value text)
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT v.card_field, coalesce(v.value, '')
  FROM (VALUES ('address', c.address::text), ('home_address', c.home_address), ('contacts', c.contacts),
               ('phone', g.phone), ('email', g.email)) AS v(card_field, value)
$$;

-- Report to the class teacher that data of a child, or the guardian's own, have changed (CNT-11): in
-- words (note of the fields), or as proposed values, each with the old one that the form showed. A
-- proposal that is waiting already is not made again.
-- Returns the outcomes. Errors: JE101 nothing is said, JE210 a value was changed meanwhile, JE288 the
-- guardian has reported 20 times today, JE401 no child of the reader.
CREATE OR REPLACE FUNCTION ej.request_report(pupil_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    w        record;
    said     text := coalesce(fields ->> 'note', '');
    changes  jsonb;
    outcomes jsonb;
BEGIN
    SELECT p.school_id, p.id AS pupil_id, d.day, k.guardian_id,
           concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
           (SELECT e.class_id FROM ej.enrolment AS e WHERE e.pupil_id = p.id AND e.during @> d.day) AS class_id,
           c AS card, g AS guardian
      INTO w
      FROM ej.pupil AS p
     CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS day) AS d
      JOIN ej.guardianship AS k ON k.pupil_id = p.id AND k.guardian_id = ANY (ej.my_guardians()) AND k.during @> d.day
      JOIN ej.guardian AS g ON g.id = k.guardian_id
      LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
     WHERE p.id = request_report.pupil_id AND p.id = ANY (ej.my_family_pupils());
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    changes := (
        SELECT coalesce(jsonb_agg(jsonb_build_object('card_field', v.card_field, 'stored', v.value,
                                                     'old', x.old, 'new', x.new)), '[]')
          FROM ej.card_values(w.card, w.guardian) AS v
         CROSS JOIN LATERAL (SELECT coalesce(fields ->> ('old_' || v.card_field), '') AS old,
                                    coalesce(fields ->> v.card_field, '') AS new) AS x
         WHERE fields ? v.card_field AND x.new <> x.old);
    IF said = '' AND changes = '[]' THEN
        RETURN '[{"outcome": "bad", "field": "note", "code": "JE101"}]';
    END IF;
    outcomes := (
        SELECT coalesce(jsonb_agg(ej.field_outcome(x ->> 'card_field', x ->> 'stored', x ->> 'old', x ->> 'new', NULL,
                   CASE WHEN x ->> 'card_field' IN ('phone', 'email') THEN 'guardian' ELSE 'pupil_card' END,
                   ARRAY[CASE WHEN x ->> 'card_field' IN ('phone', 'email') THEN w.guardian_id ELSE w.pupil_id END])),
                   '[{"outcome": "saved"}]')
          FROM jsonb_array_elements(changes) AS c(x));
    IF outcomes @> '[{"outcome": "conflict"}]' THEN
        RETURN outcomes;
    END IF;
    PERFORM ej.message_author(); -- one report of the person at a time
    IF (SELECT count(*) FROM ej.request AS r
         WHERE r.guardian_id = w.guardian_id AND r.happens_on = w.day) >= 20 THEN
        RETURN '[{"outcome": "bad", "field": "note", "code": "JE288"}]';
    END IF;
    INSERT INTO ej.request (school_id, staff_id, guardian_id, pupil_id, kind, name, class_id, happens_on, note,
                            card_field, old_value, new_value)
    SELECT w.school_id, NULL, w.guardian_id, w.pupil_id, 'card_changed', w.name, w.class_id, w.day, v.note,
           v.card_field, v.old, v.new
      FROM (SELECT said AS note, NULL AS card_field, NULL AS old, NULL AS new WHERE said <> ''
             UNION ALL
            SELECT '', x ->> 'card_field', x ->> 'stored', x ->> 'new' FROM jsonb_array_elements(changes) AS c(x)
             WHERE x ->> 'stored' <> x ->> 'new') AS v
     WHERE NOT EXISTS (SELECT FROM ej.request AS r
                        WHERE r.guardian_id = w.guardian_id AND r.pupil_id = w.pupil_id AND r.state = 'new'
                          AND (r.card_field, r.new_value) = (v.card_field, v.new));
    RETURN outcomes;
END
$$;
GRANT EXECUTE ON FUNCTION ej.request_report TO ej_web;

-- Answer a request. Of an accepted change of a card the new value is written into the card first, with
-- the rights of whoever accepts it; card_value of the fields is the present value that the page showed.
-- Returns the outcomes. Errors: JE210 the card or the answer was changed meanwhile, JE301 the reader may
-- not change the card, and what the card's own rules refuse.
CREATE OR REPLACE FUNCTION ej.request_answer(request_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    answer   jsonb := fields - 'card_value' || jsonb_build_object('id', request_id);
    outcomes jsonb;
    r        ej.request;
    is_own   boolean; -- a field of the guardian
BEGIN
    SELECT r.* INTO r FROM ej.request AS r WHERE r.id = request_answer.request_id;
    IF r.card_field IS NULL OR r.state <> 'new' OR fields ->> 'state' IS DISTINCT FROM 'done' THEN
        RETURN ej.save_rows('ej.request', answer);
    END IF;
    is_own := r.card_field IN ('phone', 'email');
    INSERT INTO ej.pupil_card (pupil_id, school_id) SELECT p.id, p.school_id FROM ej.pupil AS p
     WHERE NOT is_own AND p.id = r.pupil_id
       AND (p.school_id = ANY (ej.my_admin_schools()) OR p.id = ANY (ej.my_class_pupils()))
    ON CONFLICT DO NOTHING;
    outcomes := ej.write_row(CASE WHEN is_own THEN 'ej.guardian' ELSE 'ej.pupil_card' END::regclass,
        jsonb_build_object('id', CASE WHEN is_own THEN r.guardian_id ELSE r.pupil_id END,
                           r.card_field, r.new_value, 'old_' || r.card_field, coalesce(fields ->> 'card_value', '')));
    IF outcomes @> '[{"outcome": "bad"}]' OR outcomes @> '[{"outcome": "conflict"}]' THEN
        RETURN (SELECT jsonb_agg(o.item || '{"field": "card_value"}') FROM jsonb_array_elements(outcomes) AS o(item));
    END IF;
    outcomes := ej.save_rows('ej.request', answer);
    IF outcomes @> '[{"outcome": "bad"}]' OR outcomes @> '[{"outcome": "conflict"}]' THEN
        RAISE EXCEPTION USING ERRCODE = 'EJ000'; -- undo the card
    END IF;
    RETURN outcomes;
EXCEPTION WHEN SQLSTATE 'EJ000' THEN
    RETURN outcomes;
END
$$;
