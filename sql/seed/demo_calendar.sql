-- demo_calendar.sql: what the demo school has beyond the set-up of every school: requisites,
-- holidays of grade 1 and of the summer, the step mode of grade 1, a shortened day.

CREATE FUNCTION pg_temp.demo_calendar(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_first bigint := (SELECT id FROM ej.bell_plan WHERE school_id = p_school AND name = '1 классы');
    v_plan bigint;
BEGIN
    UPDATE ej.school
       SET founder = 'Управление образования администрации города Заречный Бор',
           address = '000092, г. Заречный Бор, ул. Школьная, д. 9', director = 'Соколова Ирина Николаевна',
           okpo = '00000092', phone = '8 (000) 000-00-92', email = 'school92@example.org',
           support_hours = 'пн–пт, 8:00–17:00'
     WHERE id = p_school;
    INSERT INTO ej.holiday (school_id, year, kind, name, during) VALUES
        (p_school, 2026, 'extra', 'Дополнительные каникулы', '[2027-02-15,2027-02-22)'),
        (p_school, 2026, 'summer', 'Летние каникулы', '[2027-05-27,2027-09-01)');

    -- lessons of 35 minutes until the new year, of 40 after it
    INSERT INTO ej.bell_plan (school_id, name) VALUES (p_school, '1 классы, с января') RETURNING id INTO v_plan;
    INSERT INTO ej.bell (bell_plan_id, school_id, slot, starts, ends)
    SELECT v_plan, p_school, b.slot, b.starts, b.starts + interval '40 min' FROM ej.bell AS b WHERE b.bell_plan_id = v_first;
    UPDATE ej.mode SET during = '[2026-09-01,2027-01-01)' WHERE bell_plan_id = v_first;
    INSERT INTO ej.mode (school_id, bell_plan_id, grade_from, grade_till, during)
    VALUES (p_school, v_plan, 1, 1, '[2027-01-01,2027-09-01)');

    INSERT INTO ej.bell_plan (school_id, name) VALUES (p_school, 'Сокращённый день') RETURNING id INTO v_plan;
    INSERT INTO ej.bell (bell_plan_id, school_id, slot, starts, ends)
    SELECT v_plan, p_school, n, time '8:30' + (n - 1) * interval '40 min', time '9:00' + (n - 1) * interval '40 min'
      FROM generate_series(1, 8) AS n;
    INSERT INTO ej.mode (school_id, bell_plan_id, grade_from, grade_till, is_special, during)
    VALUES (p_school, v_plan, 1, 11, true, '[2027-05-26,2027-05-27)');

    -- two nights in which the server was seen to, and one to come
    INSERT INTO ej.maintenance (school_id, held_on, starts, ends, words)
    VALUES (p_school, '2026-09-19', '02:00', '04:00', 'Установка обновлений'),
           (p_school, '2026-10-17', '02:00', '03:30', 'Проверка резервной копии'),
           (p_school, '2027-01-03', '02:00', '06:00', 'Переезд на новый сервер');

    -- how the lists of pupils of the former program are called
    INSERT INTO ej.import_map (school_id, kind, name, fields, headings)
    VALUES (p_school, 'pupils', 'Прежняя программа', '{surname,given_name,patronymic,birth_on,class}',
            '{Фам.,Им.,Отч.,Дата рожд.,Класс ученика}');

    -- programs that read the school's data; their secrets were shown once and are nobody's
    INSERT INTO ej.api_client (school_id, name, reads_gradebook, addresses, during, secret_at)
    VALUES (p_school, 'Школьная библиотека', false, '192.0.2.0/24', '[2026-09-01,2027-09-01)', '2026-09-02 10:15+03'),
           (p_school, 'Учебная платформа', true, '', '[2026-10-01,2027-06-01)', '2026-10-01 09:30+03'),
           (p_school, 'Столовая, опыт', false, '198.51.100.7', '[2026-09-01,2026-10-01)', NULL);
    INSERT INTO ej.api_secret (api_client_id, sha256, made_at, ends_at, last_used_at)
    SELECT c.id, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), c.secret_at, c.secret_at + interval '1 year',
           CASE WHEN c.reads_gradebook THEN '2026-11-19 23:10+03'::timestamptz END
      FROM ej.api_client AS c WHERE c.school_id = p_school AND c.secret_at IS NOT NULL;

    -- other systems to which the school sends documents; no document has left the demo school
    INSERT INTO ej.receiver (school_id, name, kind, transport, address, schedule, is_closed)
    VALUES (p_school, 'Управление образования', 'contingent', 'file', 'district', 'none', false),
           (p_school, 'Региональный контингент', 'contingent', 'https', 'https://receiver.example/in', 'none', false),
           (p_school, 'Прежняя система района', 'contingent', 'file', 'old-district', 'none', true);
    INSERT INTO ej.exchange (school_id, receiver_id, kind, state, code, answer, attempts, made_at, next_at, tried_at,
                             ended_at)
    SELECT p_school, r.id, r.kind, 'refused', 'schema', 'Element pupil: expecting element name', 1,
           '2026-11-18 09:15+03', NULL, '2026-11-18 09:15+03', '2026-11-18 09:15+03'
      FROM ej.receiver AS r WHERE r.school_id = p_school AND r.transport = 'file' AND NOT r.is_closed;
END
$$;
