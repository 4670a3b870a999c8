-- transfers.sql: a pupil goes from one school of the installation to another (issue Region, F.3; ПП РФ and the order of
-- the ministry on transfer ask the old school for the personal file and the marks of the year).
--
-- The new school asks or the old one sends by its order; the new one accepts into a class. In that one transaction the
-- pupil leaves the old school and enters the new one by movements of both (movements.sql), the card, the guardians and
-- the groups of health are carried over, and the file of the pupil is frozen. Person and log-ins stay, so that the
-- family has both rows of the child; the old school keeps its own.
--
-- The functions check the right themselves: director and deputy of a school take the steps of that school. A row is
-- locked before its state is looked at, so that of two steps at once one is refused.

GRANT SELECT, INSERT, UPDATE ON ej.transfer TO ej_rule;
GRANT SELECT, INSERT ON ej.transfer_file, ej.movement, ej.pupil_card, ej.pupil_health, ej.health_group TO ej_rule;
GRANT SELECT ON ej.outside_mark, ej.achievement, ej.guardianship TO ej_rule;
GRANT INSERT ON ej.pupil, ej.guardian, ej.guardianship, ej.enrolment TO ej_rule;
GRANT DELETE ON ej.enrolment TO ej_rule;

-- ------------------------------------------------------------------ rules --

-- A transfer goes forward: what ended stays as it is, but for the pupils' numbers, which a merge of two records
-- changes.
CREATE OR REPLACE FUNCTION ej.rule_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM old_rows AS o JOIN new_rows AS n USING (id)
                WHERE o.state IN ('accepted', 'refused', 'withdrawn')
                  AND to_jsonb(o) - '{pupil_id,entered_id}'::text[] <> to_jsonb(n) - '{pupil_id,entered_id}'::text[]
                   OR o.state = 'asked' AND n.state = 'accepted' OR o.state = 'sent' AND n.state = 'asked') THEN
        PERFORM ej.rule_fault('record_used', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_transfer', 'transfer', 'rule_transfer', 'update');
SELECT ej.watch('rule_transfer', 'transfer', 'rule_never_removed', 'delete');
SELECT ej.watch('rule_transfer_file', 'transfer_file', 'rule_never_removed', 'delete');

-- The movements of a transfer are not undone by one school alone: the pupil would be in none, or in two.
CREATE OR REPLACE FUNCTION ej.rule_transfer_movement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n
                WHERE n.undone_reason IS NOT NULL
                  AND (EXISTS (SELECT FROM ej.transfer AS t WHERE t.movement_id = n.id)
                       OR EXISTS (SELECT FROM ej.transfer_file AS f WHERE f.movement_id = n.id))) THEN
        PERFORM ej.rule_fault('transferred', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_transfer_movement', 'movement', 'rule_transfer_movement', 'update');

-- --------------------------------------------------------------- the file --

-- The marks of a pupil in a school year, as the elements of one subject: its works by day, its terms.
CREATE OR REPLACE FUNCTION ej.transfer_subjects(pupil bigint, during daterange) RETURNS xml
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
        WITH m AS MATERIALIZED (
            SELECT t.subject_id, xmlagg(xmlelement(name mark, xmlattributes(
                       l.held_on, k.name AS kind_name, w.weight_pct, nullif(m.attempt, 1) AS attempt, c.name
                           AS scale_name,
                       m.value)) ORDER BY l.held_on, l.slot, w.id, m.attempt) AS marks
              FROM ej.mark AS m
              JOIN ej.work AS w ON w.id = m.work_id
              JOIN ej.lesson AS l ON l.id = w.lesson_id
              JOIN ej.work_kind AS k ON k.id = w.kind_id
              JOIN ej.scale AS c ON c.id = m.scale_id
              JOIN ej.teaching AS t ON t.id = w.teaching_id
             WHERE m.pupil_id = pupil AND m.value IS NOT NULL AND transfer_subjects.during @> l.held_on
             GROUP BY t.subject_id
        ), f AS MATERIALIZED (
            SELECT x.subject_id, xmlagg(xmlelement(name term, xmlattributes(
                       e.name, c.name AS scale_name, x.value, nullif(x.note, '') AS note))
                       ORDER BY upper(e.during), array_position('{quarter,trimester,half,year,exam,final}',
                           e.kind::text)) AS terms
              FROM ej.term_mark AS x
              JOIN ej.term AS e ON e.id = x.term_id
              JOIN ej.scale AS c ON c.id = x.scale_id
             WHERE x.pupil_id = pupil AND (x.value IS NOT NULL OR x.note <> '') AND transfer_subjects.during && e.during
             GROUP BY x.subject_id
        )
        SELECT xmlagg(xmlelement(name subject, xmlattributes(s.name), m.marks, f.terms) ORDER BY s.order_no, s.name)
          FROM m FULL JOIN f USING (subject_id) JOIN ej.subject AS s ON s.id = subject_id);
END
$$;

-- What a pupil was given for and missed beside lessons: absences of the year by code, marks brought from a school
-- before this one, achievements of all years.
CREATE OR REPLACE FUNCTION ej.transfer_facts(pupil bigint, during daterange) RETURNS xml
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN xmlconcat(
        (SELECT xmlagg(xmlelement(name absence, xmlattributes(a.code, a.name, a.lessons, nullif(a.missed, false)
                                  AS is_missed)) ORDER BY a.order_no, a.code)
           FROM (SELECT c.code, c.name, c.order_no, c.counts_missed AS missed, count(*) AS lessons
                   FROM ej.attendance AS x
                   JOIN ej.lesson AS l ON l.id = x.lesson_id
                   JOIN ej.attendance_code AS c ON c.school_id = x.school_id AND c.code = x.code
                  WHERE x.pupil_id = pupil AND transfer_facts.during @> l.held_on
                  GROUP BY c.code, c.name, c.order_no, c.counts_missed) AS a),
        (SELECT xmlagg(xmlelement(name brought, xmlattributes(s.name AS subject_name, e.name AS term_name, o.given_on,
                                  o.number, o.document)) ORDER BY s.order_no, s.name, o.given_on, o.id)
           FROM ej.outside_mark AS o JOIN ej.subject AS s ON s.id = o.subject_id
           LEFT JOIN ej.term AS e ON e.id = o.term_id
          WHERE o.pupil_id = pupil AND NOT o.is_void AND transfer_facts.during @> o.given_on),
        (SELECT xmlagg(xmlelement(name achievement, xmlattributes(a.achieved_on, a.title, nullif(a.organiser, '')
                                  AS organiser, a.level, a.result, a.place_no, nullif(a.document, '') AS document))
                                  ORDER BY a.achieved_on DESC, a.id DESC)
           FROM ej.achievement AS a WHERE a.pupil_id = pupil));
END
$$;

-- The file of a pupil as the school has it on a day: card, present guardians, health, marks and absences of the school
-- year, portfolio. Called with its caller's rights.
CREATE OR REPLACE FUNCTION ej.transfer_document(pupil bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    k record;
BEGIN
    SELECT c.name, c.year, y.during INTO k
      FROM ej.enrolment AS e
      JOIN ej.class AS c ON c.id = e.class_id
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     WHERE e.pupil_id = pupil AND lower(e.during) <= day ORDER BY lower(e.during) DESC LIMIT 1;
    RETURN (
        SELECT xmlserialize(CONTENT xmlelement(name file, xmlattributes(
                   s.name AS school_name, s.city, k.name AS class_name, k.year, day AS made_on,
                   p.surname, p.given_name, nullif(p.patronymic, '') AS patronymic),
               xmlelement(name card, xmlattributes(
                   nullif(c.file_no, '') AS file_no, c.birth_on, nullif(c.sex, '') AS sex,
                   nullif(c.birth_place, '') AS birth_place, nullif(c.citizenship, '') AS citizenship,
                   nullif(c.document_kind, '') AS document_kind, nullif(c.document_number, '') AS document_number,
                   nullif(c.document_by, '') AS document_by, c.document_on, nullif(c.snils, '') AS snils,
                   nullif(c.insurance_number, '') AS insurance_number, nullif(c.address, '') AS address,
                   nullif(c.home_address, '') AS home_address, nullif(c.contacts, '') AS contacts,
                   nullif(c.languages, '') AS languages,
                   nullif(h.health_group, '') AS health_group, nullif(h.sport_group, '') AS sport_group,
                   nullif(h.advice, '') AS advice, g.kind AS pe_group)),
               (SELECT xmlagg(xmlelement(name guardian, xmlattributes(
                           concat_ws(' ', u.surname, u.given_name, nullif(u.patronymic, '')) AS name, w.kind, w.status,
                           nullif(u.phone, '') AS phone, nullif(u.email, '') AS email, nullif(u.address, '') AS address,
                           nullif(u.work, '') AS work)) ORDER BY u.surname, u.given_name, u.id)
                  FROM ej.guardianship AS w JOIN ej.guardian AS u ON u.id = w.guardian_id
                 WHERE w.pupil_id = p.id AND w.during @> day),
               ej.transfer_subjects(p.id, k.during), ej.transfer_facts(p.id, k.during)) AS text)
          FROM ej.pupil AS p
          JOIN ej.school AS s ON s.id = p.school_id
          LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
          LEFT JOIN ej.pupil_health AS h ON h.pupil_id = p.id
          LEFT JOIN ej.health_group AS g ON g.pupil_id = p.id AND g.during @> day
         WHERE p.id = pupil);
END
$$;

-- ------------------------------------------------------------- who and where --

-- The other schools of the installation, for director and deputy, who name one of them; not training schools.
CREATE OR REPLACE FUNCTION ej.transfer_schools() RETURNS TABLE (school_id bigint, name text, city text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.my_lead_schools() = '{}' OR EXISTS (SELECT FROM ej.school AS s WHERE s.id = (ej.my_lead_schools())[1]
                                                 AND s.training_of_id IS NOT NULL) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT s.id, s.short_name::text, s.city::text FROM ej.school AS s
     WHERE s.training_of_id IS NULL AND s.id <> ALL (ej.my_lead_schools())
     ORDER BY s.city, s.short_name, s.id LIMIT 2000;
END
$$;
ALTER FUNCTION ej.transfer_schools() OWNER TO ej_rights;

-- The own pupils whom an asked transfer of the own school may mean: of the same name or the same day of birth, in a
-- class today.
CREATE OR REPLACE FUNCTION ej.transfer_meant(transfer_id bigint)
RETURNS TABLE (pupil_id bigint, name text, birth_on date, class_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    t ej.transfer;
BEGIN
    SELECT x.* INTO t FROM ej.transfer AS x WHERE x.id = transfer_id;
    IF t.state IS DISTINCT FROM 'asked' OR t.school_id <> ALL (ej.my_lead_schools()) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')), c.birth_on, k.name
      FROM ej.pupil AS p
      JOIN ej.school_today AS d ON d.school_id = p.school_id
      JOIN ej.enrolment AS e ON e.pupil_id = p.id AND e.during @> d.today
      JOIN ej.class AS k ON k.id = e.class_id
      LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
     WHERE p.school_id = t.school_id
       AND (ej.folded(p.surname || ' ' || p.given_name) = ej.folded(t.surname || ' ' || t.given_name)
            OR c.birth_on = t.birth_on AND ej.folded(p.given_name) = ej.folded(t.given_name))
     ORDER BY c.birth_on = t.birth_on DESC, p.surname, p.given_name, p.id LIMIT 20;
END
$$;
ALTER FUNCTION ej.transfer_meant(bigint) OWNER TO ej_rights;
GRANT SELECT ON ej.transfer TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.transfer_schools(), ej.transfer_meant(bigint) TO ej_web, ej_rule;

-- The own school of director or deputy. Errors: JE301 there is none.
CREATE OR REPLACE FUNCTION ej.transfer_own() RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.my_lead_schools() = '{}' THEN
        RAISE EXCEPTION 'not yours to transfer' USING ERRCODE = 'JE301';
    END IF;
    RETURN (ej.my_lead_schools())[1];
END
$$;

-- ------------------------------------------------------------------ asking --

-- Ask another school for a pupil, by name and day of birth. Whether the other school has such a pupil is not told.
-- Outcomes: JE106 no such school, JE212 asked already. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.transfer_ask(fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    own   bigint := ej.transfer_own();
    other bigint := (SELECT s.school_id FROM ej.transfer_schools() AS s
        WHERE s.school_id = (fields ->> 'school_id')::bigint);
    done  bigint;
BEGIN
    IF other IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "school_id", "code": "JE106"}]';
    END IF;
    INSERT INTO ej.transfer (school_id, to_school_id, school_name, to_school_name, state, surname, given_name,
                             patronymic, birth_on, note, asked_by, asked_at)
    SELECT o.id, n.id, o.short_name, n.short_name, 'asked', fields ->> 'surname', fields ->> 'given_name',
           coalesce(fields ->> 'patronymic', ''), (fields ->> 'birth_on')::date, coalesce(fields ->> 'note', ''),
           coalesce(nullif(ej.my_name(), ''), '-'), now()
      FROM ej.school AS o, ej.school AS n WHERE o.id = other AND n.id = own
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN CASE done WHEN 0 THEN '[{"outcome": "bad", "field": "surname", "code": "JE212"}]'::jsonb
                     ELSE '[{"outcome": "saved"}]' END;
END
$$;

-- ----------------------------------------------------------------- sending --

-- Why this own pupil is not sent: field and code; NULL when nothing stands against it.
CREATE OR REPLACE FUNCTION ej.transfer_send_fault(pupil bigint, fields jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', v.field, 'code', v.code))
  FROM (VALUES
    (1, 'order_no', 'JE101', coalesce(fields ->> 'order_no', '') = ''),
    (2, 'order_on', 'JE101', fields ->> 'order_on' IS NULL),
    (3, 'leaves_on', 'JE101', fields ->> 'leaves_on' IS NULL),
    (4, 'leaves_on', 'JE240', NOT EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = pupil
        AND (upper_inf(e.during) OR upper(e.during) > (fields ->> 'leaves_on')::date)
        AND lower(e.during) <= (fields ->> 'leaves_on')::date)),
    (5, 'pupil_id', 'JE212', EXISTS (SELECT FROM ej.transfer AS t WHERE t.pupil_id = pupil AND t.state = 'sent'))
    ) AS v(n, field, code, is_so)
 WHERE v.is_so ORDER BY v.n LIMIT 1
$$;

-- Send a pupil of the own school to another one by an order of the own, without being asked.
-- Outcomes: JE101 a field is missing, JE106 no such school, JE212 sent already, JE240 in no class on the day, JE401
-- no such pupil. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.transfer_send(pupil bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    own   bigint := ej.transfer_own();
    other bigint := (SELECT s.school_id FROM ej.transfer_schools() AS s
        WHERE s.school_id = (fields ->> 'school_id')::bigint);
    bad   jsonb;
BEGIN
    PERFORM FROM ej.pupil AS p WHERE p.id = pupil AND p.school_id = own;
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF other IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "school_id", "code": "JE106"}]';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('ej.transfer'), hashint8(pupil));
    bad := ej.transfer_send_fault(pupil, fields);
    IF bad IS NOT NULL THEN
        RETURN bad;
    END IF;
    INSERT INTO ej.transfer (school_id, to_school_id, school_name, to_school_name, state, surname, given_name,
                             patronymic, birth_on, note, pupil_id, class_name, order_no, order_on, leaves_on, sent_by,
                             sent_at)
    SELECT own, other, o.short_name, n.short_name, 'sent', p.surname, p.given_name, p.patronymic, c.birth_on,
           coalesce(fields ->> 'note', ''), p.id, ej.transfer_class(p.id, (fields ->> 'leaves_on')::date),
               fields ->> 'order_no',
           (fields ->> 'order_on')::date, (fields ->> 'leaves_on')::date, ej.my_name(), now()
      FROM ej.pupil AS p LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id, ej.school AS o, ej.school AS n
     WHERE p.id = pupil AND o.id = own AND n.id = other;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- The class of a pupil on a day, '' in none.
CREATE OR REPLACE FUNCTION ej.transfer_class(pupil bigint, day date) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce((SELECT c.name FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                  WHERE e.pupil_id = pupil AND e.during @> day LIMIT 1), '')
$$;

-- Send the pupil who was asked for; t is locked.
CREATE OR REPLACE FUNCTION ej.transfer_send_asked(t ej.transfer, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    pupil bigint := (SELECT m.pupil_id FROM ej.transfer_meant(t.id) AS m
        WHERE m.pupil_id = (fields ->> 'pupil_id')::bigint);
    bad   jsonb;
BEGIN
    IF fields ->> 'pupil_id' IS NULL OR pupil IS NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'pupil_id',
                                 'code', CASE WHEN fields ->> 'pupil_id' IS NULL THEN 'JE101' ELSE 'JE106' END));
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('ej.transfer'), hashint8(pupil));
    bad := ej.transfer_send_fault(pupil, fields);
    IF bad IS NOT NULL THEN
        RETURN bad;
    END IF;
    UPDATE ej.transfer AS x
       SET state = 'sent', pupil_id = pupil, surname = p.surname, given_name = p.given_name, patronymic = p.patronymic,
           birth_on = c.birth_on, class_name = ej.transfer_class(pupil, (fields ->> 'leaves_on')::date),
           order_no = fields ->> 'order_no', order_on = (fields ->> 'order_on')::date,
           leaves_on = (fields ->> 'leaves_on')::date, sent_by = ej.my_name(), sent_at = now()
      FROM ej.pupil AS p LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
     WHERE x.id = t.id AND p.id = pupil;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- --------------------------------------------------------------- accepting --

-- Why a sent pupil does not enter this class on this day: field and code; NULL when nothing stands against it.
CREATE OR REPLACE FUNCTION ej.transfer_accept_fault(t ej.transfer, entered bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    day   date := (fields ->> 'moved_on')::date;
    class bigint := (SELECT c.id FROM ej.class AS c
                      WHERE c.id = (fields ->> 'class_id')::bigint AND c.school_id = t.to_school_id);
    field text; code text;
BEGIN
    SELECT v.field, v.code INTO field, code FROM (VALUES
        (1, 'class_id', 'JE101', fields ->> 'class_id' IS NULL),
        (2, 'moved_on', 'JE101', day IS NULL),
        (3, 'enter_order_no', 'JE101', coalesce(fields ->> 'enter_order_no', '') = ''),
        (4, 'enter_order_on', 'JE101', fields ->> 'enter_order_on' IS NULL),
        (5, 'class_id', 'JE106', class IS NULL),
        (6, 'moved_on', 'JE203', day < t.leaves_on)) AS v(n, field, code, is_so)
     WHERE v.is_so ORDER BY v.n LIMIT 1;
    IF field IS NULL THEN
        SELECT f.one ->> 'field', f.one ->> 'code' INTO field, code
          FROM (SELECT coalesce(ej.movement_fault(entered, 'enrol', class, day, 'from_school', '{}'),
                                ej.movement_fault(t.pupil_id, 'leave', NULL, day, 'to_school', '{}'))) AS f(one)
         WHERE f.one IS NOT NULL;
    END IF;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'code', code,
                             'field', CASE field WHEN 'kind' THEN 'moved_on' ELSE field END))
     WHERE field IS NOT NULL;
END
$$;

-- Write a movement of one of the two schools of a transfer, with the enrolments that it changes.
CREATE OR REPLACE FUNCTION ej.transfer_move(pupil bigint, class bigint, day date, order_no text, order_on date,
    note text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO ej.movement (school_id, pupil_id, kind, from_class_id, class_id, moved_on, reason, order_no, order_on,
                             note, written)
    SELECT p.school_id, p.id,
           CASE WHEN class IS NULL THEN 'leave'
                WHEN EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = p.id AND lower(e.during) < day)
                    THEN 'return'
                ELSE 'enrol' END,
           x.from_class_id, x.class_id, day, CASE WHEN class IS NULL THEN 'to_school' ELSE 'from_school' END,
           transfer_move.order_no, transfer_move.order_on, transfer_move.note, x.written
      FROM ej.move_pupils(ARRAY[pupil], ARRAY[class], day, transfer_move.order_no) AS x
      JOIN ej.pupil AS p ON p.id = x.pupil_id
    RETURNING id INTO made;
    RETURN made;
END
$$;

-- The pupil of the old school as pupil of the new one: the same person, with the card, the present guardians and the
-- groups of health. Who was there before keeps what the new school has written since. The photo, the number of the
-- paper file and categories of benefits stay with the old school.
CREATE OR REPLACE FUNCTION ej.transfer_people(pupil bigint, school bigint, day date) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO ej.pupil (school_id, person_id, surname, given_name, patronymic)
    SELECT school, p.person_id, p.surname, p.given_name, p.patronymic FROM ej.pupil AS p WHERE p.id = pupil
    ON CONFLICT ON CONSTRAINT pupil_person DO NOTHING;
    SELECT n.id INTO made FROM ej.pupil AS p JOIN ej.pupil AS n ON n.person_id = p.person_id AND n.school_id = school
     WHERE p.id = pupil;
    INSERT INTO ej.pupil_card (pupil_id, school_id, birth_on, sex, birth_place, citizenship, document_kind,
                               document_number, document_by, document_on, snils, insurance_number, gto_uin, address,
                               home_address, contacts, study_form, languages, is_repeater)
    SELECT made, school, c.birth_on, c.sex, c.birth_place, c.citizenship, c.document_kind, c.document_number,
           c.document_by, c.document_on, c.snils, c.insurance_number, c.gto_uin, c.address, c.home_address,
           c.contacts, c.study_form,
           c.languages, c.is_repeater
      FROM ej.pupil_card AS c WHERE c.pupil_id = pupil
    ON CONFLICT DO NOTHING;
    INSERT INTO ej.pupil_health (pupil_id, school_id, health_group, sport_group, advice)
    SELECT made, school, h.health_group, h.sport_group, h.advice FROM ej.pupil_health AS h WHERE h.pupil_id = pupil
    ON CONFLICT DO NOTHING;
    INSERT INTO ej.health_group (school_id, pupil_id, kind, is_gto_allowed, document, during)
    SELECT school, made, h.kind, h.is_gto_allowed, h.document, daterange(day, upper(h.during))
      FROM ej.health_group AS h WHERE h.pupil_id = pupil AND h.during @> day
    ON CONFLICT DO NOTHING;
    INSERT INTO ej.guardian (school_id, person_id, surname, given_name, patronymic, phone, email, address, work)
    SELECT school, g.person_id, g.surname, g.given_name, g.patronymic, g.phone, g.email, g.address, g.work
      FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
     WHERE w.pupil_id = pupil AND w.during @> day
     ORDER BY g.id
    ON CONFLICT ON CONSTRAINT guardian_person DO NOTHING;
    INSERT INTO ej.guardianship (school_id, guardian_id, pupil_id, kind, status, paper, is_informed, is_called,
                                 is_collector, during)
    SELECT school, n.id, made, w.kind, w.status, w.paper, w.is_informed, w.is_called, w.is_collector,
           daterange(NULL, upper(w.during))
      FROM ej.guardianship AS w
      JOIN ej.guardian AS g ON g.id = w.guardian_id
      JOIN ej.guardian AS n ON n.person_id = g.person_id AND n.school_id = school
     WHERE w.pupil_id = pupil AND w.during @> day
     ORDER BY w.id
    ON CONFLICT ON CONSTRAINT guardianship_pair DO NOTHING;
    RETURN made;
END
$$;

-- Take the pupil who was sent into a class; t is locked.
CREATE OR REPLACE FUNCTION ej.transfer_accept(t ej.transfer, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    day     date := (fields ->> 'moved_on')::date;
    entered bigint := (SELECT n.id FROM ej.pupil AS p
                         JOIN ej.pupil AS n ON n.person_id = p.person_id AND n.school_id = t.to_school_id
                        WHERE p.id = t.pupil_id);
    bad     jsonb := ej.transfer_accept_fault(t, entered, fields);
    whole   text;
    moved   bigint;
BEGIN
    IF bad IS NOT NULL THEN
        RETURN bad;
    END IF;
    whole := ej.transfer_document(t.pupil_id, day);
    moved := ej.transfer_move(t.pupil_id, NULL, day, t.order_no, t.order_on, t.to_school_name);
    -- accepted without a pupil of the new school: only within this transaction (rule_person)
    UPDATE ej.transfer AS x
       SET state = 'accepted', enter_order_no = fields ->> 'enter_order_no', moved_on = day, movement_id = moved,
           enter_order_on = (fields ->> 'enter_order_on')::date, ended_by = ej.my_name(), ended_at = now()
     WHERE x.id = t.id;
    entered := ej.transfer_people(t.pupil_id, t.to_school_id, day);
    UPDATE ej.transfer AS x SET entered_id = entered WHERE x.id = t.id;
    moved := ej.transfer_move(entered, (fields ->> 'class_id')::bigint, day, fields ->> 'enter_order_no',
                              (fields ->> 'enter_order_on')::date, t.school_name);
    INSERT INTO ej.transfer_file (school_id, pupil_id, movement_id, transfer_id, document, document_sha256)
    VALUES (t.to_school_id, entered, moved, t.id, whole, sha256(convert_to(whole, 'UTF8')));
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- ------------------------------------------------------------------ a step --

-- Whose turn a step is: the school that leaves or the one that enters; NULL: no step of this state.
CREATE OR REPLACE FUNCTION ej.transfer_turn(t ej.transfer, step text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE step || ' ' || t.state
    WHEN 'send asked' THEN t.school_id
    WHEN 'refuse asked' THEN t.school_id
    WHEN 'withdraw asked' THEN t.to_school_id
    WHEN 'accept sent' THEN t.to_school_id
    WHEN 'refuse sent' THEN t.to_school_id
    WHEN 'withdraw sent' THEN t.school_id END
$$;

-- Take a step of a transfer: send, accept, refuse or withdraw it. seen: the state that the form showed.
-- Outcomes: JE101, JE106, JE203, JE240, JE241 422 a field is wrong, JE201, JE207 409 the journals of the old school do
-- not let the pupil go on that day, JE210 409 the other school took a step meanwhile, JE212 409 sent elsewhere,
-- JE401 no such transfer. Errors: JE301 not the own turn.
CREATE OR REPLACE FUNCTION ej.transfer_step(transfer_id bigint, step text, seen text, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    own   bigint := ej.transfer_own();
    t     ej.transfer;
    state text; rule text; field text;
BEGIN
    SELECT x.* INTO t FROM ej.transfer AS x
     WHERE x.id = transfer_step.transfer_id AND own IN (x.school_id, x.to_school_id) FOR UPDATE;
    IF t.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF t.state <> seen THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'conflict', 'field', 'step', 'code', 'JE210',
            'value', t.state, 'who', coalesce(nullif(t.ended_by, ''), t.sent_by)));
    ELSIF ej.transfer_turn(t, step) IS DISTINCT FROM own THEN
        RAISE EXCEPTION 'not your turn' USING ERRCODE = 'JE301';
    ELSIF step = 'send' THEN
        RETURN ej.transfer_send_asked(t, fields);
    ELSIF step = 'accept' THEN
        RETURN ej.transfer_accept(t, fields);
    ELSIF step = 'refuse' AND coalesce(fields ->> 'answer', '') = '' THEN
        RETURN '[{"outcome": "bad", "field": "answer", "code": "JE101"}]';
    END IF;
    UPDATE ej.transfer AS x
       SET state = CASE step WHEN 'refuse' THEN 'refused' ELSE 'withdrawn' END,
           answer = coalesce(fields ->> 'answer', ''),
           ended_by = ej.my_name(), ended_at = now()
     WHERE x.id = t.id;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(22|23|JE[12])' THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME;
    RETURN jsonb_build_array(ej.refusal('ej.transfer', state, rule, CASE WHEN state LIKE 'JE%' THEN 'moved_on'
        ELSE field END));
END
$$;
GRANT EXECUTE ON FUNCTION ej.transfer_ask(jsonb), ej.transfer_send(bigint, jsonb),
    ej.transfer_step(bigint, text, text, jsonb) TO ej_web;
