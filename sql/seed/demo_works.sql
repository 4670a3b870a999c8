-- demo_works.sql: the schedule of control works of the term; what teachers write to pupils; what
-- pupils handed in.

-- The control works of the past lessons stand in the schedule, as the deputies made it in September; one of
-- twenty was held without it. A work of the schedule stands in the first lesson of its day.
CREATE FUNCTION pg_temp.demo_scheduled(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_temp.seed_scheduled
    SELECT l.teaching_id, l.n
      FROM (SELECT DISTINCT ON (l.teaching_id, l.held_on) l.teaching_id, l.n, l.kind, l.filled, l.grade
              FROM pg_temp.seed_lesson l ORDER BY l.teaching_id, l.held_on, l.slot) AS l
      JOIN ej.work_kind k ON k.school_id = p_school AND k.code = l.kind AND k.is_control
     WHERE l.filled <> 'nothing' AND l.grade > 1 AND pg_temp.pick(format('scheduled %s %s', l.teaching_id, l.n), 20) > 0
$$;

-- One work of the main subjects in each class until the end of the term, each in a lesson to come. A subject has
-- its week and days, so that few weeks are above the limits of the school.
CREATE FUNCTION pg_temp.demo_controls(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on, title)
    SELECT DISTINCT ON (t.id) p_school, t.id, k.id, l.held_on, v.title
      FROM ej.teaching AS t
      JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind IN ('class', 'subgroup')
      JOIN ej.subject AS s ON s.id = t.subject_id
      JOIN (VALUES ('Русский язык', 'dictation', 'Правописание', 0), ('Математика', 'test', '', 1), ('Алгебра', 'test', 'Уравнения', 1),
                   ('Геометрия', 'test', 'Треугольники', 2), ('Английский язык', 'quiz', '', 3), ('Физика', 'test', 'Давление', 4),
                   ('История', 'quiz', '', 2), ('Литература', 'essay', 'Мой любимый герой', 4)) AS v(subject, form, title, place)
        ON v.subject = s.name
      JOIN ej.work_kind AS k ON k.school_id = p_school AND k.code = v.form
      JOIN ej.lesson AS l ON l.teaching_id = t.id AND l.held_on > p_today + 2 AND l.held_on < p_today + 28 AND l.state = 'planned'
     WHERE t.school_id = p_school
       AND NOT EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                        WHERE x.study_group_id = g.id
                          AND (c.grade = 1 OR c.grade > 6 AND v.subject IN ('История', 'Литература')))
     ORDER BY t.id, abs(l.held_on - (p_today + 3 + v.place % 2 * 6 + v.place)), l.held_on
$$;

-- A recommendation, praise or remark for every twelfth pupil by the class teacher, and for the child of the
-- log-in «parent».
CREATE FUNCTION pg_temp.demo_remarks(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.remark (school_id, pupil_id, staff_id, kind, note, made_on)
    SELECT p_school, e.pupil_id, c.class_teacher_id, v.kind, v.text, p_today - pg_temp.pick('remark day ' || e.pupil_id, 20)
      FROM ej.enrolment AS e
      JOIN ej.class AS c ON c.id = e.class_id AND c.class_teacher_id IS NOT NULL
      JOIN (VALUES (0, 'recommendation', 'Повторите таблицу умножения: по десять примеров в день.'),
                   (1, 'praise', 'Хорошо выступил на школьной конференции.'),
                   (2, 'conduct', 'Отвлекался на уроке и мешал соседу по парте.')) AS v(n, kind, text)
        ON v.n = pg_temp.pick('remark ' || e.pupil_id, 3)
     WHERE e.school_id = p_school AND e.during @> p_today AND (pg_temp.pick('remark to ' || e.pupil_id, 12) = 0 OR e.pupil_id = pg_temp.demo_pupil('7Б', 5))
     ORDER BY e.pupil_id
$$;

-- What the homework of these days asks for; what pupils of grades 5 to 11 handed in for it: one in eight, some of
-- it late, half of it answered.
CREATE FUNCTION pg_temp.demo_submissions(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    -- the homework of these days: its minutes; one in five is handed in here, one in six has a file
    UPDATE ej.homework AS h
       SET minutes = 10 + 5 * pg_temp.pick('minutes ' || h.id, 6), is_online = pg_temp.pick('online ' || h.id, 5) = 0
     WHERE h.school_id = p_school AND h.due_on BETWEEN p_today - 5 AND p_today + 7;
    WITH f AS (
        INSERT INTO ej.file (school_id, homework_id, teaching_id, name, size)
        SELECT h.school_id, h.id, h.teaching_id, 'Задание ' || to_char(h.due_on, 'DD.MM') || '.txt', octet_length(h.text)
          FROM ej.homework AS h
         WHERE h.school_id = p_school AND h.due_on BETWEEN p_today - 2 AND p_today + 5 AND pg_temp.pick('file ' || h.id, 6) = 0
        RETURNING id, homework_id, school_id, teaching_id, name), p AS (
        INSERT INTO ej.file_piece (file_id, n, school_id, teaching_id, data)
        SELECT f.id, 0, f.school_id, f.teaching_id, convert_to(h.text, 'UTF8') FROM f JOIN ej.homework AS h ON h.id = f.homework_id)
    UPDATE ej.homework AS h SET file_names = f.name FROM f WHERE h.id = f.homework_id;
    -- one family in three ticks what is done
    INSERT INTO ej.homework_done (homework_id, pupil_id, school_id, teaching_id)
    SELECT h.id, b.pupil_id, p_school, h.teaching_id
      FROM ej.homework AS h
      JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
     WHERE h.school_id = p_school AND NOT h.is_personal AND h.due_on BETWEEN p_today - 2 AND p_today + 1
       AND pg_temp.pick(format('ticks %s', b.pupil_id), 3) = 0 AND pg_temp.pick(format('done %s %s', h.id, b.pupil_id), 2) = 0;
    INSERT INTO ej.submission (homework_id, pupil_id, school_id, teaching_id, note, handed_on, answer, answered_on)
    SELECT h.id, b.pupil_id, p_school, h.teaching_id, v.note, least(p_today, h.due_on - 1 + v.late),
           CASE WHEN v.is_answered THEN v.answer ELSE '' END, CASE WHEN v.is_answered THEN p_today END
      FROM ej.homework AS h
      JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
     CROSS JOIN LATERAL (SELECT h.id || ' ' || b.pupil_id AS seed) AS i
     CROSS JOIN LATERAL (SELECT pg_temp.pick('answered ' || i.seed, 2) = 0 AS is_answered,
            (ARRAY[0, 0, 1, 2])[1 + pg_temp.pick('late ' || i.seed, 4)] AS late,
            (ARRAY['Сделал в тетради.', 'Получилось 12,5.', 'Последний пункт не получился.'])[1 + pg_temp.pick('note ' || i.seed, 3)] AS note,
            (ARRAY['Хорошо.', 'Проверь вычисления во втором пункте.', 'Принято.'])[1 + pg_temp.pick('reply ' || i.seed, 3)] AS answer) AS v
     WHERE h.school_id = p_school AND NOT h.is_personal AND h.due_on BETWEEN p_today - 3 AND p_today + 1
       AND pg_temp.pick('handed ' || i.seed, 8) = 0
       AND NOT EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                        WHERE x.study_group_id = h.study_group_id AND c.grade < 5)
     ORDER BY h.id, b.pupil_id
$$;
