-- demo_messages.sql: conversations of the demo school.

-- A message in the conversation of two people about a pupil (NULL: of colleagues), which is made
-- with the first; the other has read it unless it is new.
CREATE FUNCTION pg_temp.demo_message(p_school bigint, from_login text, to_login text, about bigint, said text, at timestamptz,
    is_new boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    people bigint[] := ARRAY(SELECT a.person_id FROM unnest(ARRAY[from_login, to_login]) WITH ORDINALITY AS l(login, n)
                               JOIN ej.account a ON a.login = l.login ORDER BY l.n);
    talk   bigint := (SELECT c.id FROM ej.conversation c JOIN ej.participant p ON p.conversation_id = c.id
                       WHERE c.school_id = p_school AND c.pupil_id IS NOT DISTINCT FROM about AND p.person_id = ANY (people)
                       GROUP BY c.id HAVING count(*) = 2);
    made   bigint;
BEGIN
    IF talk IS NULL THEN
        INSERT INTO ej.conversation (school_id, kind, pupil_id) VALUES (p_school, 'direct', about) RETURNING id INTO talk;
        INSERT INTO ej.participant (conversation_id, person_id, school_id, role, pupil_id)
        SELECT talk, o.id, p_school, CASE WHEN o.is_staff THEN 'staff' WHEN o.is_pupil THEN 'pupil' ELSE 'parent' END,
               CASE WHEN NOT o.is_staff THEN about END
          FROM (SELECT u.id, EXISTS (SELECT FROM ej.staff s WHERE s.person_id = u.id AND s.school_id = p_school) AS is_staff,
                       EXISTS (SELECT FROM ej.pupil p WHERE p.person_id = u.id) AS is_pupil FROM unnest(people) AS u(id)) AS o;
    END IF;
    PERFORM set_config('ej.year', '2026', true);
    INSERT INTO ej.message (conversation_id, school_id, person_id, text, made_at)
    VALUES (talk, p_school, people[1], said, at) RETURNING id INTO made;
    UPDATE ej.conversation c SET last_id = made WHERE c.id = talk;
    UPDATE ej.participant p SET read_id = made, read_at = at + interval '20 minutes'
     WHERE p.conversation_id = talk AND (p.person_id = people[1] OR NOT is_new);
END
$$;

-- Conversations of the log-ins: a family, its teachers and the heads; one was shown to the director.
-- In this school all staff and parents write to each other.
CREATE FUNCTION pg_temp.demo_messages(p_school bigint, p_today date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    child bigint := (SELECT p.id FROM ej.account a JOIN ej.pupil p ON p.person_id = a.person_id WHERE a.login = 'pupil');
BEGIN
    PERFORM pg_temp.demo_message(p_school, v.a, v.b, CASE WHEN v.is_family THEN child END, v.said,
                                 (p_today - 1 - v.days) + time '16:30' + v.n * interval '7 minutes', v.is_new)
       FROM (VALUES
        (1, 3, 'parent', 'class-teacher', true, 'Здравствуйте! В пятницу мы уедем после третьего урока к врачу. Справку принесём в понедельник.', false),
        (2, 3, 'class-teacher', 'parent', true, 'Добрый день! Хорошо, я предупрежу учителей. Домашнее задание будет в дневнике.', false),
        (3, 2, 'parent', 'teacher', true, 'Здравствуйте! Подскажите, какие темы повторить перед контрольной?', false),
        (4, 2, 'teacher', 'parent', true, 'Разложение на множители и степени: § 9–12. Примеры есть на https://example.org/algebra', false),
        (5, 0, 'parent', 'teacher', true, 'Спасибо! А когда можно прийти на консультацию?', true),
        (6, 1, 'pupil', 'teacher', true, 'Можно пересдать самостоятельную в среду?', false),
        (7, 1, 'teacher', 'pupil', true, 'Да, после шестого урока в 214 кабинете.', true),
        (8, 1, 'deputy', 'teacher', false, 'Пожалуйста, сдайте КТП на второе полугодие до вторника.', true),
        (9, 1, 'deputy', 'class-teacher', false, 'Нужен список класса для экскурсии.', false),
        (10, 0, 'class-teacher', 'deputy', false, 'Отправлю сегодня.', true)) AS v(n, days, a, b, is_family, said, is_new)
      ORDER BY v.days DESC, v.n; -- the inbox has them in the order in which they were written
    INSERT INTO ej.conversation_shown (conversation_id, last_id, school_id, person_id, shown_at)
    SELECT c.id, c.last_id, p_school, p.person_id, (p_today - 1) + time '18:00'
      FROM ej.conversation c
      JOIN ej.participant p ON p.conversation_id = c.id AND p.role = 'parent'
      JOIN ej.participant t ON t.conversation_id = c.id
      JOIN ej.account a ON a.person_id = t.person_id AND a.login = 'class-teacher'
     WHERE c.school_id = p_school AND c.pupil_id = child;
    INSERT INTO ej.announcement (school_id, staff_id, class_id, whom, during, title, note, asks_receipt)
    SELECT p_school, f.id, c.id, v.whom, daterange(p_today - v.days, p_today + 10), v.title, v.note, v.whom <> 'staff'
      FROM (VALUES ('director', NULL, 'all', 4, 'Карантин в столовой снят', 'С понедельника завтраки снова в столовой.'),
                   ('deputy', NULL, 'staff', 2, 'Педсовет', 'Во вторник в 15:00, кабинет 214.'),
                   ('class-teacher', '7Б', 'parents', 1, 'Родительское собрание', 'В пятницу в 18:00, кабинет 305.'))
           AS v(login, class, whom, days, title, note)
      JOIN ej.account a ON a.login = v.login
      JOIN ej.staff f ON f.person_id = a.person_id AND f.school_id = p_school
      LEFT JOIN ej.class c ON c.school_id = p_school AND c.name = v.class;
    INSERT INTO ej.announcement_read (announcement_id, person_id, school_id, read_at)
    SELECT DISTINCT n.id, g.person_id, p_school, p_today - 1 + time '08:00'
      FROM ej.announcement n
      JOIN ej.enrolment e ON e.class_id = n.class_id AND e.during @> p_today
      JOIN ej.guardianship w ON w.pupil_id = e.pupil_id
      JOIN ej.guardian g ON g.id = w.guardian_id
     WHERE n.school_id = p_school AND n.whom = 'parents' AND pg_temp.pick('read ' || g.person_id, 2) = 0;
    -- the class teacher sent the timetable of consultations
    WITH f AS (
        INSERT INTO ej.file (school_id, person_id, name, size)
        SELECT m.school_id, m.person_id, 'Консультации.txt', length(d.data)
          FROM ej.message m, (SELECT convert_to('Понедельник, 6 урок: алгебра' || chr(10), 'UTF8') AS data) AS d
         WHERE m.school_id = p_school AND m.text LIKE 'Добрый день! Хорошо%' RETURNING *), p AS (
        INSERT INTO ej.file_piece (file_id, n, school_id, person_id, data)
        SELECT f.id, 0, f.school_id, f.person_id, convert_to('Понедельник, 6 урок: алгебра' || chr(10), 'UTF8') FROM f)
    INSERT INTO ej.message_file (message_id, file_id, conversation_id, school_id)
    SELECT m.id, f.id, m.conversation_id, p_school FROM f JOIN ej.message m ON m.person_id = f.person_id
     WHERE m.text LIKE 'Добрый день! Хорошо%';
    -- requests to the administrator: one is answered
    WITH s AS (
        INSERT INTO ej.support (school_id, person_id, state, place, error_number, made_at)
        SELECT p_school, a.person_id, v.state, v.place, v.error_number, (p_today - v.days) + time '10:20'
          FROM (VALUES ('parent', 'answered', '/diary', '', 3), ('teacher', 'open', '/journals', '5f1c20ab', 1))
               AS v(login, state, place, error_number, days) JOIN ej.account a ON a.login = v.login RETURNING *)
    INSERT INTO ej.support_message (support_id, school_id, asker_id, person_id, is_answer, text, made_at)
    SELECT s.id, p_school, s.person_id, CASE WHEN v.is_answer THEN a.person_id ELSE s.person_id END, v.is_answer, v.said,
           s.made_at + CASE WHEN v.is_answer THEN interval '2 hours' ELSE interval '0' END
      FROM s JOIN (VALUES ('answered', false, 'Здравствуйте! Не приходят письма на мою почту. Что проверить?'),
                          ('answered', true, 'Подтвердите адрес кодом в профиле: «Как меня извещать». Код только что отправлен ещё раз.'),
                          ('open', false, 'Не открывается журнал 7А за вторую четверть, показана ошибка.')) AS v(state, is_answer, said) USING (state)
      JOIN ej.account a ON a.login = 'administrator' ORDER BY s.made_at, v.is_answer;
    INSERT INTO ej.message_rule VALUES (p_school, 'staff', 'parent', 'school'), (p_school, 'parent', 'staff', 'school');
END
$$;
