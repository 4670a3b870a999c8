-- test.sql: the test seed; every test file gets a copy of the database made from it.
--   psql -v ON_ERROR_STOP=1 -f test.sql      (superuser, schema loaded)
-- Two schools, 92 and 17, with three classes each (1А, 7Б, 10А); today is
-- Friday 2026-11-20. Log-ins are in README.md; those of school 17 end in -17.
-- Tests may rely on these facts, which are true in both schools:
--   7Б has 12 pupils in all: one left after 2026-10-15, one came 2026-10-05;
--   English of 7Б is taught in two subgroups by two teachers;
--   today's algebra of 7Б (slot 3) is given by `substitute` for `teacher`;
--   the I quarter of algebra in 7Б is closed, all other journals are open;
--   `teacher-parent` teaches English and is the parent of a pupil of 7Б;
--   `parent` has two children, in 7Б and 1А; `pupil` is one of them;
--   `parent-left` is the parent of the pupil who left.

\set ON_ERROR_STOP 1
\if :{?password}
\else
  -- yescrypt of demo-pass-92
  \set password '$y$j9T$saltsaltsalt$8CwwbBNeXhE8tauou3DNW5dBdqSrgetMSqz1pxxKdD2'
\endif

\o /dev/null
BEGIN;
SET ROLE ej_owner;
SET LOCAL client_min_messages = warning;
SELECT set_config('seed.password', :'password', false);
SELECT ej.open_year(2026);
\ir common.sql
\ir meals.sql

-- The people and classes of one school; suffix: '' or '-17'.
CREATE FUNCTION pg_temp.people(p_school bigint, x text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_class record;
    v_parent bigint;
BEGIN
    PERFORM pg_temp.add_staff(p_school, v.login || x, pg_temp.surname(pg_temp.word('surname',
                pg_temp.pick(v.login || x, 1000)), v.sex), pg_temp.word(CASE v.sex WHEN 'm' THEN 'pn' ELSE 'f' END, pg_temp.pick('g' || v.login || x, 1000)),
                pg_temp.word('p' || v.sex, pg_temp.pick('p' || v.login || x, 1000)), v.post, VARIADIC v.roles)
       FROM (VALUES
        ('administrator', 'm', 'Администратор журнала', '{administrator}'::text[]),
        ('director', 'f', 'Директор', '{director}'),
        ('deputy', 'f', 'Заместитель директора по УВР', '{deputy}'),
        ('personnel', 'f', 'Специалист по кадрам', '{hr}'),
        ('meals', 'f', 'Ответственный за питание', '{meals}'),
        ('observer', 'm', 'Наблюдатель департамента', '{observer}'),
        ('teacher', 'f', 'Учитель математики', '{}'),
        ('class-teacher', 'f', 'Учитель русского языка', '{}'),
        ('grade1', 'f', 'Учитель начальных классов', '{}'),
        ('english', 'f', 'Учитель английского языка', '{}'),
        ('teacher-parent', 'm', 'Учитель английского языка', '{}'),
        ('sport', 'm', 'Учитель физической культуры', '{}'),
        ('substitute', 'm', 'Учитель информатики', '{}')) AS v(login, sex, post, roles);

    FOR v_class IN
        SELECT c.*, v.n, v.login FROM (VALUES (1, 'А', 'grade1', 8), (7, 'Б', 'class-teacher', 11), (10, 'А', 'teacher', 9))
               AS v(grade, letter, login, n), LATERAL pg_temp.add_class(p_school, v.grade, v.letter,
               (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = v.login || x)) AS c
    LOOP
        PERFORM pg_temp.add_pupil(v_class.class_id, n,
                    p_until => CASE WHEN v_class.login = 'class-teacher' AND n = 7 THEN date '2026-10-16' ELSE '2027-09-01' END)
           FROM generate_series(1, v_class.n) AS n;
        IF v_class.login = 'class-teacher' THEN
            PERFORM pg_temp.add_pupil(v_class.class_id, 12, p_from => '2026-10-05');
        END IF;
    END LOOP;
END
$$;

CREATE FUNCTION pg_temp.pupil_no(p_school bigint, p_class text, p_n int) RETURNS bigint LANGUAGE sql AS $$
    SELECT e.pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id
     WHERE c.school_id = p_school AND c.name = p_class ORDER BY e.pupil_id OFFSET p_n - 1 LIMIT 1
$$;

CREATE FUNCTION pg_temp.families(p_school bigint, x text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_guardian bigint;
BEGIN
    v_guardian := pg_temp.add_guardian(pg_temp.pupil_no(p_school, '7Б', 1), 'parent' || x, 'mother');
    INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id, kind, during) VALUES
        (v_guardian, pg_temp.pupil_no(p_school, '1А', 1), p_school, 'mother', '[2026-09-01,)');
    -- brother and sister
    PERFORM pg_temp.same_family(pg_temp.pupil_no(p_school, '1А', 1), surname, pg_temp.father_of(patronymic))
       FROM ej.pupil WHERE id = pg_temp.pupil_no(p_school, '7Б', 1);
    PERFORM pg_temp.add_account((SELECT person_id FROM ej.pupil WHERE id = pg_temp.pupil_no(p_school, '7Б', 1)), 'pupil' || x);
    PERFORM pg_temp.add_account((SELECT person_id FROM ej.pupil WHERE id = pg_temp.pupil_no(p_school, '10А', 1)), 'pupil-10' || x);
    PERFORM pg_temp.add_guardian(pg_temp.pupil_no(p_school, '7Б', 7), 'parent-left' || x, 'mother');
    PERFORM pg_temp.add_guardian(pg_temp.pupil_no(p_school, '7Б', 3), NULL, 'father',
                (SELECT person_id FROM ej.account WHERE login = 'teacher-parent' || x));
    -- the teacher-parent has the same name as guardian, and the child the name of the family
    UPDATE ej.guardian g SET surname = s.surname, given_name = s.given_name, patronymic = s.patronymic
      FROM ej.staff s WHERE s.person_id = g.person_id AND s.school_id = p_school AND g.school_id = p_school;
    PERFORM pg_temp.same_family(pg_temp.pupil_no(p_school, '7Б', 3), s.surname, s.given_name)
       FROM ej.staff s JOIN ej.account a ON a.person_id = s.person_id AND a.login = 'teacher-parent' || x;
    -- the other families have no log-in yet
    PERFORM pg_temp.add_guardian(p.id, NULL) FROM ej.pupil p
      WHERE p.school_id = p_school AND NOT EXISTS (SELECT FROM ej.guardianship g WHERE g.pupil_id = p.id);
END
$$;

-- What is kept beside the cards: of all pupils and of one in each class, so that the
-- tests of rights have rows.
CREATE FUNCTION pg_temp.cards(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.pupil_health (pupil_id, school_id, health_group, sport_group)
    SELECT p.id, p_school, '2', 'main' FROM ej.pupil p WHERE p.school_id = p_school;
    INSERT INTO ej.pupil_category (school_id, pupil_id, category, during)
    SELECT p_school, min(e.pupil_id), 'large', '[2026-09-01,)' FROM ej.enrolment e WHERE e.school_id = p_school GROUP BY e.class_id ORDER BY 2;
    INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, document_no, signed_on)
    SELECT p_school, min(k.guardian_id), min(k.pupil_id), 'processing', 'given', '1', '2026-09-01'
      FROM ej.guardianship k JOIN ej.enrolment e ON e.pupil_id = k.pupil_id WHERE e.school_id = p_school
     GROUP BY k.pupil_id ORDER BY 3;
$$;

-- p_group 0: the whole class; else the subgroup's number.
CREATE FUNCTION pg_temp.study(p_school bigint, x text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v record;
    v_group bigint;
    v_class bigint;
BEGIN
    INSERT INTO ej.room (school_id, name, is_shared)
    VALUES (p_school, '12', false), (p_school, '23', false), (p_school, '24', false), (p_school, '31', false),
           (p_school, '32', false), (p_school, '35', false), (p_school, 'Спортзал', true);
    WITH f AS (
        INSERT INTO ej.file (school_id, name, size)
        SELECT p_school, 'Устав.pdf', 2 FROM generate_series(1, 3) RETURNING id
    ), p AS (
        INSERT INTO ej.file_piece (file_id, n, school_id, data) SELECT f.id, 0, p_school, 'ab' FROM f
    )
    INSERT INTO ej.act (school_id, title, number, file_id) SELECT p_school, 'Устав', f.id, f.id FROM f;
    FOR v IN SELECT * FROM (VALUES
        ('1А', 0, 'Русский язык', 'grade1', '11 21 31 41 51', '12'),
        ('1А', 0, 'Математика', 'grade1', '12 22 32 42', '12'),
        ('1А', 0, 'Физическая культура', 'sport', '23 53', 'Спортзал'),
        ('7Б', 0, 'Русский язык', 'class-teacher', '11 23 32 52', '23'),
        ('7Б', 0, 'Алгебра', 'teacher', '12 33 53', '31'),
        ('7Б', 1, 'Английский язык', 'english', '13 41 61', '24'),
        ('7Б', 2, 'Английский язык', 'teacher-parent', '13 41 61', '32'),
        ('7Б', 0, 'Информатика', 'substitute', '51', '35'),
        ('7Б', 0, 'Физическая культура', 'sport', '24 44', 'Спортзал'),
        ('10А', 0, 'Русский язык', 'class-teacher', '13 41', '23'),
        ('10А', 0, 'Алгебра', 'teacher', '11 22 42 62', '31'),
        ('10А', 0, 'Английский язык', 'english', '12 31 52', '24'),
        ('10А', 0, 'Информатика', 'substitute', '54', '35'),
        ('10А', 0, 'Физическая культура', 'sport', '43 63', 'Спортзал')) AS t(class, part, subject, login, slots, room)
    LOOP
        SELECT c.id, g.id INTO v_class, v_group FROM ej.class c
          JOIN ej.study_group g ON g.school_id = c.school_id AND g.kind = 'class' AND g.name = c.name
         WHERE c.school_id = p_school AND c.name = v.class;
        IF v.part > 0 THEN
            v_group := pg_temp.add_subgroup(ARRAY[v_class], 'subgroup',
                           format('%s, английский, %s группа', v.class, v.part), v.part - 1, 2, v.subject);
        END IF;
        PERFORM pg_temp.add_timetable(pg_temp.add_teaching(v_group, v.subject,
                    (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = v.login || x),
                    cardinality(string_to_array(v.slots, ' '))), v.slots, v.room);
    END LOOP;
    PERFORM pg_temp.add_movements(p_school), pg_temp.add_staff_files(p_school), pg_temp.add_requests(p_school);
END
$$;

CREATE FUNCTION pg_temp.build(p_school bigint, x text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_today date := '2026-11-20';
    v_algebra bigint;
BEGIN
    PERFORM pg_temp.stage('people ' || p_school), pg_temp.people(p_school, x), pg_temp.families(p_school, x), pg_temp.cards(p_school);
    PERFORM pg_temp.stage('study ' || p_school), pg_temp.study(p_school, x);
    PERFORM pg_temp.plan_lessons(p_school, v_today + 14);
    SELECT t.id INTO v_algebra FROM ej.teaching t
      JOIN ej.subject s ON s.id = t.subject_id AND s.name = 'Алгебра'
      JOIN ej.study_group g ON g.id = t.study_group_id AND g.name = '7Б'
     WHERE t.school_id = p_school;
    UPDATE pg_temp.seed_lesson SET given_by =
           (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'substitute' || x)
     WHERE teaching_id = v_algebra AND held_on = v_today;
    PERFORM pg_temp.plan_topics(p_school), pg_temp.plan_states(v_today);
    PERFORM pg_temp.fill(p_school, v_today);
    PERFORM pg_temp.stage('closing ' || p_school), pg_temp.close_journals(p_school, v_today,
        (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'deputy' || x), v_algebra);
    -- a homework for one pupil only
    WITH h AS (
        INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_lesson_id, due_on, text, is_personal)
        SELECT ej.new_id(2026), p_school, l.id, l.teaching_id, l.study_group_id, l.due, l.due_on,
               'Подготовить доклад о старинных мерах длины', true
          FROM (SELECT l.*, lead(l.id) OVER w AS due, lead(l.held_on) OVER w AS due_on FROM ej.lesson l
                 WHERE l.teaching_id = v_algebra WINDOW w AS (ORDER BY l.held_on)) AS l
         WHERE l.homework = 'set' AND l.due IS NOT NULL ORDER BY l.held_on DESC LIMIT 1
        RETURNING *)
    INSERT INTO ej.homework_for SELECT h.id, pg_temp.pupil_no(p_school, '7Б', 1), p_school, h.teaching_id FROM h;
    -- what pupils of 7Б handed in for it and for the last homework of every teacher of theirs, with a file
    INSERT INTO ej.submission (homework_id, pupil_id, school_id, teaching_id, note, handed_on)
    SELECT h.id, pg_temp.pupil_no(p_school, '7Б', CASE WHEN h.is_personal THEN 1 ELSE 2 END), p_school, h.teaching_id, 'Готово', h.due_on
      FROM (SELECT DISTINCT ON (h.teaching_id, h.is_personal) h.* FROM ej.homework h JOIN ej.study_group g ON g.id = h.study_group_id
             WHERE h.school_id = p_school AND g.name = '7Б' AND h.due_on < v_today ORDER BY h.teaching_id, h.is_personal, h.due_on DESC, h.id) AS h;
    -- the files of the personal one and of the last one for all in algebra
    WITH f AS (
        INSERT INTO ej.file (school_id, homework_id, teaching_id, name, size)
        SELECT DISTINCT ON (h.is_personal) h.school_id, h.id, h.teaching_id, 'задание.txt', 2 FROM ej.homework h
         WHERE h.teaching_id = v_algebra ORDER BY h.is_personal, h.due_on DESC RETURNING *), p AS (
        INSERT INTO ej.file_piece (file_id, n, school_id, teaching_id, data)
        SELECT f.id, 0, f.school_id, f.teaching_id, 'ab' FROM f)
    UPDATE ej.homework h SET file_names = f.name FROM f WHERE h.id = f.homework_id;
    -- an accepted request to correct a mark of that pupil, and one about the lesson of a substitute
    INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, column_id, pupil_id, old_value, new_value,
                               reason, staff_id, state, decided_staff_id, decided_at)
    SELECT p_school, m.teaching_id, w.journal_id, 'mark', w.lesson_id, w.id, m.pupil_id, '3', m.value, 'Ошибка при вводе',
           m.staff_id, 'accepted', (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id)
                                     WHERE a.login = 'deputy' || x), now()
      FROM ej.mark m JOIN ej.work w ON w.id = m.work_id
     WHERE m.teaching_id = v_algebra AND m.pupil_id = pg_temp.pupil_no(p_school, '7Б', 1) AND m.value IS NOT NULL
       AND m.attempt = 1 ORDER BY m.work_id DESC LIMIT 1;
    INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, old_value, new_value, reason, staff_id)
    SELECT p_school, l.teaching_id, j.id, 'topic', l.id, l.topic, 'Степень с натуральным показателем', 'Описка', l.staff_id
      FROM ej.lesson l JOIN ej.journal j ON j.teaching_id = l.teaching_id
      JOIN ej.term e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
     WHERE l.teaching_id = v_algebra AND l.held_on = v_today;
    -- a class teacher's recommendation to the same pupil
    INSERT INTO ej.remark (school_id, pupil_id, staff_id, kind, note, made_on)
    SELECT p_school, pg_temp.pupil_no(p_school, '7Б', 1), c.class_teacher_id, 'recommendation', 'Больше читать вслух', '2026-10-20'
      FROM ej.class c WHERE c.school_id = p_school AND c.name = '7Б';
    INSERT INTO ej.remark (school_id, pupil_id, staff_id, kind, note, made_on)
    SELECT p_school, pg_temp.pupil_no(p_school, '7Б', 2), s.id, 'praise', 'Хорошая программа', '2026-10-23'
      FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'substitute' || x;
    -- a bruise in the gym, reported by each who saw it
    INSERT INTO ej.accident (school_id, pupil_id, staff_id, happened_on, happened_time, place, what, first_aid, told_orally_to,
                             told_orally_on, told_orally_time, written_at, received_by, received_at)
    SELECT p_school, pg_temp.pupil_no(p_school, '7Б', 1), s.id, '2026-10-14', '11:20', 'спортзал', 'Упал, ушиб локтя',
           'Холод', 'директору', '2026-10-14', '11:25', '2026-10-14 11:30+03', d.id, '2026-10-14 11:40+03'
      FROM ej.staff s JOIN ej.account a ON a.person_id = s.person_id
       AND a.login = ANY (ARRAY['sport' || x, 'administrator' || x, 'substitute' || x, 'class-teacher' || x, 'meals' || x]),
           ej.staff d JOIN ej.account b ON b.person_id = d.person_id AND b.login = 'director' || x;
    -- an excursion of 7Б, an evening of the whole school; a race that was held, with results of pupils of 7Б
    WITH made AS (
        INSERT INTO ej.event (school_id, is_whole, staff_id, kind, level, state, title, during, starts, place)
        SELECT p_school, v.class_id IS NULL, v.staff_id, v.kind, v.level, v.state, v.title, v.during, v.starts, v.place
          FROM ej.class AS c, LATERAL (VALUES
            (c.id, c.class_teacher_id, 'excursion', 'class', 'planned', 'Экскурсия в музей',
             daterange('2026-11-25', '2026-11-26'), time '10:00', 'Краеведческий музей'),
            (NULL, NULL, 'celebration', 'school', 'planned', 'Новогодний вечер', daterange('2026-12-28', '2026-12-29'),
             '17:00', 'актовый зал'),
            (c.id, NULL, 'sport', 'municipal', 'held', 'Осенний кросс', daterange('2026-10-22', '2026-10-23'), NULL, 'парк')
            ) AS w(class_id, teacher, kind, level, state, title, during, starts, place)
         CROSS JOIN LATERAL (SELECT w.*, coalesce(w.teacher, (SELECT s.id FROM ej.staff AS s
            JOIN ej.account AS a USING (person_id) WHERE a.login = 'deputy' || x)) AS staff_id) AS v
         WHERE c.school_id = p_school AND c.name = '7Б' RETURNING id, is_whole, title
    ), of AS (
        INSERT INTO ej.event_class (event_id, class_id, school_id)
        SELECT m.id, c.id, p_school FROM made AS m JOIN ej.class AS c ON c.school_id = p_school AND c.name = '7Б'
         WHERE NOT m.is_whole
    )
    INSERT INTO ej.event_participant (school_id, event_id, pupil_id, role, place_no, result, mentor)
    SELECT p_school, m.id, e.pupil_id, CASE e.n WHEN 1 THEN 'капитан' ELSE '' END, nullif(e.n, 3),
           CASE e.n WHEN 1 THEN 'winner' WHEN 2 THEN 'prize' ELSE 'participant' END, 'учитель физкультуры'
      FROM made AS m
      JOIN (SELECT e.pupil_id, row_number() OVER (ORDER BY e.pupil_id) AS n
              FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
             WHERE e.school_id = p_school AND c.name = '7Б' AND e.during @> date '2026-10-22') AS e ON e.n <= 3
     WHERE m.title = 'Осенний кросс';
    INSERT INTO ej.achievement (school_id, pupil_id, staff_id, achieved_on, title, organiser, level, result, place_no, document)
    SELECT p_school, min(e.pupil_id), c.class_teacher_id, '2026-11-08', 'Городской конкурс чтецов', 'Городская библиотека',
           'municipal', 'prize', 2, 'диплом № 14'
      FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
     WHERE e.school_id = p_school AND c.name = '7Б' AND e.during @> date '2026-11-08' GROUP BY c.class_teacher_id;
    -- the inspection of October, published, of two teachers
    INSERT INTO ej.inspection (school_id, year, month_on, from_on, till_on, made_on, text)
    VALUES (p_school, 2026, '2026-10-01', '2026-10-01', '2026-10-31', '2026-11-02', 'Темы записывать в день урока.');
    INSERT INTO ej.inspection_line (school_id, inspection_id, staff_id, figures, note)
    SELECT p_school, i.id, s.staff_id, '[{"total": 20, "undone": 2, "duty_key": "topic"}, {"total": 20, "undone": 0, "duty_key": "late"}]', 'Записать темы.'
      FROM ej.inspection AS i
     CROSS JOIN LATERAL (SELECT DISTINCT t.staff_id FROM ej.teaching AS t WHERE t.school_id = p_school AND t.year = 2026 ORDER BY t.staff_id LIMIT 2) AS s
     WHERE i.school_id = p_school;
    UPDATE ej.inspection_line SET shown_staff_id = staff_id WHERE school_id = p_school;
    UPDATE ej.inspection SET state = 'published', published_on = '2026-11-03',
           staff_id = (SELECT min(r.staff_id) FROM ej.staff_role AS r WHERE r.school_id = p_school AND r.role = 'deputy') WHERE school_id = p_school;

    -- one work of the schedule of control works: informatics of 7Б, on a Friday in December
    INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on, title)
    SELECT p_school, t.id, k.id, '2026-12-11', 'Системы счисления'
      FROM ej.teaching AS t JOIN ej.subject AS s ON s.id = t.subject_id AND s.name = 'Информатика'
      JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б'
      JOIN ej.work_kind AS k ON k.school_id = p_school AND k.code = 'test'
     WHERE t.school_id = p_school;
    -- absences to come of some pupils, weeks that were verified
    INSERT INTO ej.absence_reason (school_id, pupil_id, code, during, document)
    SELECT p_school, pg_temp.pupil_no(p_school, v.class, v.n), 'у', '[2026-12-07,2026-12-09)', 'заявление'
      FROM (VALUES ('1А', 3), ('7Б', 4), ('10А', 1)) AS v(class, n);
    INSERT INTO ej.attendance_check (school_id, class_id, week_on, staff_id)
    SELECT p_school, c.id, '2026-10-05', c.class_teacher_id FROM ej.class AS c WHERE c.school_id = p_school;
END
$$;

-- The calendar-thematic plan of algebra in 7Б, a draft of its teacher: two topics are given, one is
-- skipped.
CREATE FUNCTION pg_temp.build_plan(p_school bigint) RETURNS void LANGUAGE sql AS $$
    WITH t AS (
        SELECT t.id AS teaching_id, t.subject_id, t.staff_id FROM ej.teaching t
          JOIN ej.subject s ON s.id = t.subject_id AND s.name = 'Алгебра'
          JOIN ej.study_group g ON g.id = t.study_group_id AND g.name = '7Б' WHERE t.school_id = p_school
    )
    INSERT INTO ej.plan (school_id, year, subject_id, grade, hours_week, name, staff_id)
    SELECT p_school, 2026, t.subject_id, 7, 3, 'Алгебра, базовый уровень', t.staff_id FROM t;
    INSERT INTO ej.plan_row (school_id, plan_id, staff_id, place, section, topic, kind, homework)
    SELECT p_school, p.id, p.staff_id, v.n, v.section, v.topic, v.kind, v.homework
      FROM ej.plan p, (VALUES
        (1, 'Алгебраические дроби', 'Основное свойство дроби', 'lesson', '§ 1, № 5'),
        (2, '', 'Сокращение дробей', 'lesson', '§ 2, № 12'),
        (3, '', 'Историческая справка', 'lesson', ''),
        (4, '', 'Сложение дробей', 'practical', '§ 3, № 21'),
        (5, '', 'Контрольная работа по дробям', 'control', '')) AS v(n, section, topic, kind, homework)
     WHERE p.school_id = p_school ORDER BY v.n;
    INSERT INTO ej.plan_use (teaching_id, school_id, plan_id)
    SELECT t.id, p_school, p.id FROM ej.plan p
      JOIN ej.study_group g ON g.school_id = p_school AND g.name = '7Б'
      JOIN ej.teaching t ON t.subject_id = p.subject_id AND t.study_group_id = g.id WHERE p.school_id = p_school;
    INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id)
    SELECT l.id, r.id, p_school, u.teaching_id FROM ej.plan_use u
     CROSS JOIN LATERAL (SELECT l.id, row_number() OVER (ORDER BY l.held_on) AS n FROM ej.lesson l
                          WHERE l.teaching_id = u.teaching_id AND l.state = 'given' AND l.held_on >= '2026-11-09') AS l
      JOIN ej.plan_row r ON r.plan_id = u.plan_id AND r.place = l.n
     WHERE u.school_id = p_school AND l.n < 3;
    INSERT INTO ej.plan_skip (school_id, teaching_id, plan_row_id, reason)
    SELECT p_school, u.teaching_id, r.id, 'Прошли на классном часе' FROM ej.plan_use u
      JOIN ej.plan_row r ON r.plan_id = u.plan_id AND r.place = 3 WHERE u.school_id = p_school;
$$;

-- A conversation of two log-ins, about the pupil of another log-in.
CREATE FUNCTION pg_temp.test_talk(p_school bigint, a text, b text, pupil text, suffix text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    about bigint := (SELECT p.id FROM ej.account x JOIN ej.pupil p ON p.person_id = x.person_id WHERE x.login = pupil || suffix);
    talk  bigint;
BEGIN
    INSERT INTO ej.conversation (school_id, kind, pupil_id) VALUES (p_school, 'direct', about) RETURNING id INTO talk;
    INSERT INTO ej.participant (conversation_id, person_id, school_id, role, pupil_id)
    SELECT talk, x.person_id, p_school, CASE WHEN l IN ('parent', 'pupil') THEN l ELSE 'staff' END, CASE WHEN l IN ('parent', 'pupil') THEN about END
      FROM unnest(ARRAY[a, b]) AS l JOIN ej.account x ON x.login = l || suffix;
    INSERT INTO ej.message (conversation_id, school_id, person_id, text)
    SELECT talk, p_school, x.person_id, 'Здравствуйте!' FROM ej.account x WHERE x.login = a || suffix;
    UPDATE ej.conversation c SET last_id = (SELECT max(m.id) FROM ej.message m WHERE m.conversation_id = talk) WHERE c.id = talk;
END
$$;

SELECT pg_temp.build(pg_temp.add_school(
    'Муниципальное бюджетное общеобразовательное учреждение «Школа № 92»', 'Школа № 92', 'Заречный Бор', '2026-11-20'), '');
SELECT pg_temp.build(pg_temp.add_school(
    'Муниципальное бюджетное общеобразовательное учреждение «Школа № 17»', 'Школа № 17', 'Нижние Ключи', '2026-11-20'), '-17');

SELECT pg_temp.build_plan(s.id) FROM ej.school s ORDER BY s.id;

-- A teacher and a mother of 7Б, the deputy and the director, a pupil and the class teacher; the first was shown to the director.
SELECT set_config('ej.year', '2026', true);
SELECT pg_temp.test_talk(s.id, v.a, v.b, v.pupil, v.suffix)
  FROM (VALUES ('Школа № 92', 'teacher', 'parent', 'pupil', ''), ('Школа № 92', 'director', 'deputy', NULL, ''),
               ('Школа № 92', 'class-teacher', 'pupil', 'pupil', ''),
               ('Школа № 17', 'teacher', 'parent', 'pupil', '-17')) AS v(school, a, b, pupil, suffix)
  JOIN ej.school s ON s.short_name = v.school;
INSERT INTO ej.conversation_shown (conversation_id, last_id, school_id, person_id)
SELECT c.id, c.last_id, c.school_id, p.person_id FROM ej.conversation c
  JOIN ej.participant p ON p.conversation_id = c.id AND p.role = 'parent' WHERE c.school_id = 1;
-- Each first message brings a file.
WITH f AS (
    INSERT INTO ej.file (school_id, person_id, name, size)
    SELECT m.school_id, m.person_id, 'сообщение ' || m.id || '.txt', 2 FROM ej.message m RETURNING *), p AS (
    INSERT INTO ej.file_piece (file_id, n, school_id, person_id, data) SELECT f.id, 0, f.school_id, f.person_id, 'ab' FROM f)
INSERT INTO ej.message_file (message_id, file_id, conversation_id, school_id)
SELECT m.id, f.id, m.conversation_id, m.school_id FROM f JOIN ej.message m ON f.name = 'сообщение ' || m.id || '.txt';
-- A mother and a teacher ask the administrator, who has answered the mother.
INSERT INTO ej.support (school_id, person_id, state, place, error_number)
SELECT s.id, a.person_id, CASE v.login WHEN 'parent' THEN 'answered' ELSE 'open' END, '/journals/7', 'ab12cd34'
  FROM ej.school s CROSS JOIN (VALUES ('parent'), ('teacher')) AS v(login)
  JOIN ej.account a ON a.login = v.login || CASE s.short_name WHEN 'Школа № 92' THEN '' ELSE '-17' END ORDER BY s.id, v.login;
INSERT INTO ej.support_message (support_id, school_id, asker_id, person_id, is_answer, text)
SELECT s.id, s.school_id, s.person_id, w.person_id, w.is_answer, CASE WHEN w.is_answer THEN 'Исправлено' ELSE 'Страница не открылась' END
  FROM ej.support s
 CROSS JOIN LATERAL (SELECT s.person_id, false AS is_answer UNION ALL
                     SELECT f.person_id, true FROM ej.staff_role r JOIN ej.staff f ON f.id = r.staff_id
                      WHERE r.school_id = s.school_id AND r.role = 'administrator' AND s.state = 'answered') AS w ORDER BY s.id, w.is_answer;
-- Physicians admit 7Б to the tests of ГТО, but one pupil; two of the class have results, one a sign.
INSERT INTO ej.health_group (school_id, pupil_id, kind, is_gto_allowed, document, during)
SELECT e.school_id, e.pupil_id, CASE x.n WHEN 12 THEN 'exempt' WHEN 11 THEN 'light' ELSE 'main' END, x.n < 12, 'справка № ' || x.n,
       '[2026-09-01,2027-09-01)'
  FROM (SELECT e.*, row_number() OVER (PARTITION BY e.class_id ORDER BY e.order_no, e.pupil_id) AS n FROM ej.enrolment e) AS x
  JOIN ej.enrolment e USING (id) JOIN ej.class c ON c.id = e.class_id AND c.name = '7Б' ORDER BY e.pupil_id;
INSERT INTO ej.gto_result (school_id, pupil_id, gto_test_id, done_on, value, staff_id, protocol_no)
SELECT h.school_id, h.pupil_id, t.id, '2026-10-14', v.value, f.id, '1'
  FROM ej.health_group h JOIN ej.staff f ON f.school_id = h.school_id
  JOIN ej.account a ON a.person_id = f.person_id AND a.login LIKE 'sport%'
 CROSS JOIN (VALUES ('run30', 5.3), ('bend', 6)) AS v(test_key, value) JOIN ej.gto_test t USING (test_key)
 WHERE h.document IN ('справка № 2', 'справка № 3') ORDER BY h.pupil_id, t.id;
INSERT INTO ej.gto_award (school_id, pupil_id, step_no, sign, order_no, order_on)
SELECT h.school_id, h.pupil_id, 3, 'silver', '45 нг', '2026-06-20' FROM ej.health_group h WHERE h.document = 'справка № 2' ORDER BY h.pupil_id;
-- The director announces to all, the class teacher to 7Б.
INSERT INTO ej.announcement (school_id, staff_id, class_id, whom, during, title, note, asks_receipt)
SELECT f.school_id, f.id, c.id, v.whom, '[2026-11-16,)', 'Собрание', 'В пятницу в 18:00', v.whom = 'families'
  FROM (VALUES ('director', NULL, 'all'), ('class-teacher', '7Б', 'families')) AS v(login, class, whom)
  JOIN ej.account a ON a.login IN (v.login, v.login || '-17')
  JOIN ej.staff f ON f.person_id = a.person_id
  LEFT JOIN ej.class c ON c.school_id = f.school_id AND c.name = v.class;
INSERT INTO ej.announcement_read (announcement_id, person_id, school_id)
SELECT n.id, a.person_id, n.school_id FROM ej.announcement n
  JOIN ej.account a ON a.login = CASE n.school_id WHEN 1 THEN 'parent' ELSE 'parent-17' END WHERE n.whom = 'families';
INSERT INTO ej.message_rule SELECT s.id, 'staff', 'parent', 'none' FROM ej.school s;

-- Activation codes AKTE0-00000-0…: 9201 (guardian without a log-in), 9202 (pupil) and 1701
-- are unused, 9208 is used, 9209 has expired.
INSERT INTO ej.activation (code_sha256, person_id, school_id, made_at, expires_at, used_at)
SELECT ej.code_sha256('AKTE0-00000-0' || v.code), p.person_id, p.school_id,
       v.expires_at::timestamptz - interval '90 days', v.expires_at::timestamptz, v.used_at::timestamptz
  FROM (VALUES ('9201', 'Школа № 92', 'guardian', 1, now() + interval '90 days', NULL),
               ('9202', 'Школа № 92', 'pupil', 1, now() + interval '90 days', NULL),
               ('9208', 'Школа № 92', 'guardian', 2, now() + interval '90 days', '2026-09-02 12:00+03'),
               ('9209', 'Школа № 92', 'guardian', 3, '2020-01-01', NULL),
               ('1701', 'Школа № 17', 'guardian', 1, now() + interval '90 days', NULL))
       AS v(code, school, kind, n, expires_at, used_at)
  JOIN ej.school s ON s.short_name = v.school
  JOIN LATERAL (SELECT u.* FROM (
           SELECT g.person_id, g.school_id, 'guardian' AS kind, g.id FROM ej.guardian g
           UNION ALL SELECT p.person_id, p.school_id, 'pupil', p.id FROM ej.pupil p) AS u
         WHERE u.school_id = s.id AND u.kind = v.kind
           AND NOT EXISTS (SELECT FROM ej.account a WHERE a.person_id = u.person_id)
         ORDER BY u.id OFFSET v.n - 1 LIMIT 1) AS p ON true;

-- a backup of the week, so that no start page is red
INSERT INTO ej.backup (state, ordered_at, started_at, copied_at, verified_at, size, sha256, copy1, copy2, tables, lines)
SELECT 'verified', b.at, b.at, b.at, b.at, 4194304, sha256('backup'), 'server:/srv/backup', 'server:/mnt/second', 150, 20000
  FROM (SELECT timestamptz '2026-11-17 02:30+03' AS at) AS b;

-- the archivist, after all that is counted by number
SELECT pg_temp.add_staff(s.id, 'archivist' || v.x, 'Хранилина', 'Вера', 'Олеговна', 'Системный администратор', 'archivist')
  FROM (VALUES ('Школа № 92', ''), ('Школа № 17', '-17')) AS v(name, x) JOIN ej.school AS s ON s.short_name = v.name;

RESET ROLE;
-- Meals since Monday; in the first class of each grade all eat.
SELECT pg_temp.stage('meals ' || s.id), pg_temp.meals(s.id, date '2026-11-20', date '2026-11-16', 100) FROM ej.school AS s;
SELECT pg_temp.sign_lesson_history(id), pg_temp.sign_term_history(id) FROM ej.school;
-- tests change marks of any day; corrections.t sets the limits. Not a change for the history
SET LOCAL session_replication_role = replica;
UPDATE ej.school SET correction_hours = 0;
SET LOCAL session_replication_role = DEFAULT;
DISCARD TEMP;
COMMIT;
\o
-- this database is copied for each test file: small files are copied faster
VACUUM FULL ANALYZE;
