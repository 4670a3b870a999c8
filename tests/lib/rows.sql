-- rows.sql: rows of every school that the test seed has none of, for the tests that ask for hidden rows:
-- findings and signals, numbered copies of documents and who read them, requests to the administrator.

INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, addressee_id, class_id, teaching_id, from_on, till_on, text, made_on, due_on)
SELECT DISTINCT ON (t.school_id, t.staff_id) t.school_id, 'finding', 'topic',
       (SELECT min(s.id) FROM ej.staff AS s WHERE s.school_id = t.school_id AND s.id <> t.staff_id), t.staff_id, g.class_id, t.id,
       '2026-11-02', '2026-11-19', 'Нет тем уроков', '2026-11-20', '2026-11-25'
  FROM ej.teaching AS t JOIN ej.study_group_class AS g USING (study_group_id) WHERE t.year = 2026 ORDER BY 1, t.staff_id, t.id;
INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, class_id, from_on, till_on, text, made_on)
SELECT c.school_id, 'signal', 'visit', c.class_teacher_id, c.id, '2026-11-20', '2026-11-20', 'Семья не отвечает', '2026-11-20'
  FROM ej.class AS c WHERE c.year = 2026 AND c.class_teacher_id IS NOT NULL;

-- Of each pupil, of each class, and of the teachings of each teacher.
INSERT INTO ej.extract (school_id, year, number, kind, about, pupil_id, class_id, staff_id, signer_role, signer_name, holder, purpose,
                        address, code_key, document, document_sha256, operation_id, made_on)
SELECT x.school_id, 2026, row_number() OVER (PARTITION BY x.school_id ORDER BY x.pupil_id, x.class_id, x.staff_id), 'card', 'Копия',
       x.pupil_id, x.class_id, x.staff_id, x.role, 'А. Б. Иванова', 'Иванова', 'проверка', 'https://test',
       encode(substr(sha256(uuid_send(gen_random_uuid())), 1, 16), 'hex'), '<page/>', sha256('<page/>'), gen_random_uuid(), '2026-11-20'
  FROM (SELECT e.school_id, e.pupil_id, e.class_id, c.class_teacher_id AS staff_id, 'class_teacher' AS role
          FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
         WHERE e.during @> date '2026-11-20' AND c.class_teacher_id IS NOT NULL
         UNION ALL
        SELECT c.school_id, NULL, c.id, c.class_teacher_id, 'class_teacher' FROM ej.class AS c
         WHERE c.year = 2026 AND c.class_teacher_id IS NOT NULL
         UNION ALL
        SELECT DISTINCT t.school_id, NULL::bigint, NULL::bigint, t.staff_id, 'teacher' FROM ej.teaching AS t
         WHERE t.year = 2026 AND t.staff_id IS NOT NULL) AS x;
INSERT INTO ej.extract_view (school_id, extract_id, address) SELECT x.school_id, x.id, '203.0.113.9' FROM ej.extract AS x;

INSERT INTO ej.support (school_id, person_id, place)
SELECT DISTINCT p.school_id, p.person_id, '/journals' FROM (
    SELECT s.school_id, s.person_id FROM ej.staff AS s UNION SELECT g.school_id, g.person_id FROM ej.guardian AS g) AS p
  JOIN ej.account AS a USING (person_id)
 WHERE NOT EXISTS (SELECT FROM ej.support AS s WHERE s.person_id = p.person_id);
INSERT INTO ej.support_message (support_id, school_id, asker_id, person_id, text)
SELECT s.id, s.school_id, s.person_id, s.person_id, 'Не открывается журнал' FROM ej.support AS s
 WHERE NOT EXISTS (SELECT FROM ej.support_message AS m WHERE m.support_id = s.id);

INSERT INTO ej.list_row (school_id, work_kind_id) SELECT k.school_id, min(k.id) FROM ej.work_kind AS k GROUP BY 1;

INSERT INTO ej.maintenance (school_id, held_on, starts, ends, words) SELECT s.id, '2027-01-03', '02:00', '06:00', 'Переезд' FROM ej.school AS s;

INSERT INTO ej.receiver (school_id, name, kind, transport, address) SELECT s.id, 'Район ' || s.id, 'contingent', 'file', 'district' FROM ej.school AS s;
INSERT INTO ej.exchange (school_id, receiver_id, kind, state, document, sha256, attempts, next_at, ended_at)
SELECT a.school_id, a.id, a.kind, 'refused', '<x/>', sha256('<x/>'), 1, NULL, now() FROM ej.receiver AS a;
INSERT INTO ej.api_client (school_id, name, during) SELECT s.id, 'Столовая ' || s.id, '[2026-09-01,2027-06-01)' FROM ej.school AS s;

INSERT INTO ej.import_map (school_id, kind, name, fields, headings)
SELECT s.id, 'rooms', 'Прежняя программа ' || s.id, '{name}', '{Аудитория}' FROM ej.school AS s;
