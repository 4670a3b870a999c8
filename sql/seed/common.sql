-- common.sql: what both seeds share, as functions in pg_temp.
--
-- Everything is deterministic: "chance" is pg_temp.pick(), a hash of words
-- that name the thing, never random(). Nothing here stays in the database
-- but the rows. Russian words below are data of the school.

\ir names.sql

-- A number 0 … n-1 that hangs on the key only.
CREATE FUNCTION pg_temp.pick(key text, n int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (('x' || left(md5(key), 8))::bit(32)::bigint % n)::int $$;

-- Each stage is one operation, so that history names where a row came from.
CREATE FUNCTION pg_temp.stage(name text) RETURNS void LANGUAGE sql AS
$$ SELECT set_config('ej.operation', md5('seed ' || name)::uuid::text, false);
   INSERT INTO ej.operation (account_id, operation_id, sha256, answer)
   VALUES (0, md5('seed ' || name)::uuid, sha256(convert_to('seed ' || name, 'UTF8')), '{}')
   ON CONFLICT DO NOTHING $$;

CREATE FUNCTION pg_temp.surname(base text, sex text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN sex = 'm' THEN base
                WHEN base ~ '(ий|ый|ой)$' THEN regexp_replace(base, '..$', 'ая')
                WHEN base ~ '[вн]$' THEN base || 'а'
                ELSE base END
$$;

-- A word of the list by number, round and round.
CREATE FUNCTION pg_temp.word(p_kind text, p_n int) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT value FROM pg_temp.seed_name WHERE kind = p_kind
       AND n = p_n % (SELECT count(*)::int FROM pg_temp.seed_name WHERE kind = p_kind)
$$;

-- ------------------------------------------------------------- reference --

CREATE FUNCTION pg_temp.add_scales(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.scale (school_id, code, name) VALUES
        (p_school, 'five', 'пятибалльная'),
        (p_school, 'five_term', 'пятибалльная, за период'),
        (p_school, 'pass', 'зачёт / незачёт'),
        (p_school, 'ten', 'десятибалльная'),
        (p_school, 'hundred', 'стобалльная');
    INSERT INTO ej.scale_value (scale_id, value, school_id, name, number, order_no)
    SELECT s.id, v.value, p_school, v.name, v.number, v.order_no
      FROM ej.scale s
      JOIN (SELECT c AS code, v.* FROM (VALUES ('five'), ('five_term')) AS t(c), (VALUES
                ('5', 'отлично', 5, 1), ('4', 'хорошо', 4, 2), ('3', 'удовлетворительно', 3, 3),
                ('2', 'неудовлетворительно', 2, 4), ('1', 'неудовлетворительно', 1, 5))
                AS v(value, name, number, order_no)
            UNION ALL VALUES
                ('five_term', 'н/а', 'не аттестован', NULL::int, 6), ('five_term', 'осв', 'освобождён', NULL, 7),
                ('pass', 'зач', 'зачёт', NULL, 1), ('pass', 'незач', 'незачёт', NULL, 2)
            UNION ALL SELECT 'ten', n::text, n || ' из 10', n, 11 - n FROM generate_series(0, 10) AS n
            UNION ALL SELECT 'hundred', n::text, n || ' из 100', n, 101 - n FROM generate_series(0, 100) AS n
           ) AS v ON v.code = s.code
     WHERE s.school_id = p_school
$$;

CREATE FUNCTION pg_temp.add_kinds(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.work_kind (school_id, code, name, short_name, weight_pct, is_control, order_no)
    SELECT p_school, code, name, short, weight, control, row_number() OVER () FROM (VALUES
        ('answer', 'ответ на уроке', 'Отв', 100, false),
        ('homework', 'домашняя работа', 'Д/р', 100, false),
        ('independent', 'самостоятельная работа', 'С/р', 120, false),
        ('check', 'проверочная работа', 'Пр/р', 130, false),
        ('test', 'контрольная работа', 'К/р', 200, true),
        ('lab', 'лабораторная работа', 'Л/р', 120, false),
        ('practical', 'практическая работа', 'П/р', 120, false),
        ('dictation', 'диктант', 'Дик', 150, true),
        ('retelling', 'изложение', 'Изл', 150, true),
        ('essay', 'сочинение', 'Соч', 150, true),
        ('quiz', 'тест', 'Тест', 120, false),
        ('credit', 'зачёт', 'Зач', 150, true),
        ('norm', 'сдача норматива', 'Норм', 120, false),
        ('project', 'проект', 'Проект', 150, false),
        ('report', 'доклад', 'Докл', 100, false),
        ('excursion', 'экскурсия', 'Экс', 50, false)
    ) AS v(code, name, short, weight, control);

    INSERT INTO ej.attendance_code (school_id, code, name, latin, counts_missed, printed, order_no) VALUES
        (p_school, 'н',   'не был, причина не выяснена', 'y',   true,  'н', 1),
        (p_school, 'б',   'болел',                       ',',   true,  'н', 2),
        (p_school, 'у',   'уважительная причина',        'e',   true,  'н', 3),
        (p_school, 'п',   'без уважительной причины',    'g',   true,  'н', 4),
        (p_school, 'о',   'опоздал',                     'j',   false, '',  5),
        (p_school, 'осв', 'освобождён от занятий',       'jcd', false, '',  6);
$$;

-- Subjects of the federal basic curriculum, with the kinds of work each has:
-- control on schedule, small works between them.
CREATE TEMP TABLE seed_subject (n int GENERATED ALWAYS AS IDENTITY, name text PRIMARY KEY,
    short text, control text[], small text[]);
INSERT INTO seed_subject (name, short, control, small) VALUES
    ('Русский язык', 'Рус. яз.', '{test,dictation,retelling}', '{independent,quiz,check}'),
    ('Литературное чтение', 'Лит. чт.', '{check}', '{quiz,homework}'),
    ('Литература', 'Литер.', '{essay,test}', '{quiz,report}'),
    ('Английский язык', 'Англ. яз.', '{test}', '{quiz,independent,project}'),
    ('Математика', 'Матем.', '{test}', '{independent,check}'),
    ('Алгебра', 'Алгебра', '{test}', '{independent,quiz}'),
    ('Геометрия', 'Геометр.', '{test,credit}', '{independent,quiz}'),
    ('Вероятность и статистика', 'Вер. и ст.', '{test}', '{practical}'),
    ('Информатика', 'Информ.', '{test}', '{practical,quiz}'),
    ('Окружающий мир', 'Окр. мир', '{check}', '{quiz,project}'),
    ('История', 'История', '{test}', '{quiz,report}'),
    ('Обществознание', 'Обществ.', '{test}', '{quiz,report}'),
    ('География', 'Геогр.', '{test}', '{practical,quiz}'),
    ('Физика', 'Физика', '{test}', '{lab,independent}'),
    ('Химия', 'Химия', '{test}', '{lab,independent}'),
    ('Биология', 'Биолог.', '{test}', '{lab,quiz}'),
    ('Основы религиозных культур и светской этики', 'ОРКСЭ', '{project}', '{report}'),
    ('Изобразительное искусство', 'ИЗО', '{practical}', '{practical}'),
    ('Музыка', 'Музыка', '{quiz}', '{report}'),
    ('Труд (технология)', 'Труд', '{project}', '{practical}'),
    ('Основы безопасности и защиты Родины', 'ОБЗР', '{test}', '{practical}'),
    ('Индивидуальный проект', 'Инд. пр.', '{project}', '{report}'),
    ('Физическая культура', 'Физ-ра', '{norm}', '{norm}');

-- The year 2026/2027: quarters as the ministry recommends them, with a break
-- of no less than seven days after each; 10-11 have half-years.
CREATE TEMP TABLE seed_term (plan text, kind text, ordinal int, name text, during daterange);
INSERT INTO seed_term
SELECT p.plan, t.kind, t.ordinal, t.name, daterange(t.starts::date, t.ends::date, '[]')
  FROM (VALUES ('1 классы', 'quarter'), ('2–9 классы', 'quarter'), ('10–11 классы', 'half')) AS p(plan, kind)
  JOIN (VALUES ('quarter', 1, 'I четверть', '2026-09-01', '2026-10-24'),
               ('quarter', 2, 'II четверть', '2026-11-02', '2026-12-30'),
               ('quarter', 3, 'III четверть', '2027-01-11', '2027-03-26'),
               ('quarter', 4, 'IV четверть', '2027-04-05', '2027-05-26'),
               ('half', 1, 'I полугодие', '2026-09-01', '2026-12-30'),
               ('half', 2, 'II полугодие', '2027-01-11', '2027-05-26'),
               ('year', 0, 'Год', '2026-09-01', '2027-05-26')) AS t(kind, ordinal, name, starts, ends)
    ON t.kind IN (p.kind, 'year');

CREATE TEMP TABLE seed_holiday (name text, during daterange);
INSERT INTO seed_holiday
SELECT name, daterange(starts::date, ends::date, '[]') FROM (VALUES
    ('Осенние каникулы', '2026-10-25', '2026-11-01'),
    ('День народного единства', '2026-11-04', '2026-11-04'),
    ('Зимние каникулы', '2026-12-31', '2027-01-10'),
    ('День защитника Отечества', '2027-02-23', '2027-02-23'),
    ('Международный женский день', '2027-03-08', '2027-03-08'),
    ('Весенние каникулы', '2027-03-27', '2027-04-04'),
    ('Праздник Весны и Труда', '2027-05-01', '2027-05-01'),
    ('День Победы', '2027-05-09', '2027-05-10')) AS v(name, starts, ends);

-- Bells: the ordinary day, and grade 1 with lessons of 35 minutes that begin
-- with the others', so that teachers may go between them.
CREATE FUNCTION pg_temp.add_bells(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_plan bigint;
BEGIN
    INSERT INTO ej.bell_plan (school_id, name) VALUES (p_school, 'Основное расписание') RETURNING id INTO v_plan;
    INSERT INTO ej.bell (bell_plan_id, school_id, slot, starts, ends)
    SELECT v_plan, p_school, n, starts::time, starts::time + interval '40 min'
      FROM unnest('{8:30,9:20,10:20,11:20,12:15,13:10,14:00,14:50}'::text[]) WITH ORDINALITY AS t(starts, n);
    INSERT INTO ej.bell_plan (school_id, name) VALUES (p_school, '1 классы') RETURNING id INTO v_plan;
    INSERT INTO ej.bell (bell_plan_id, school_id, slot, starts, ends)
    SELECT v_plan, p_school, n, starts::time, starts::time + interval '35 min'
      FROM unnest('{8:30,9:20,10:20,11:20,12:15}'::text[]) WITH ORDINALITY AS t(starts, n);
END
$$;

CREATE FUNCTION pg_temp.add_school(p_name text, p_short text, p_city text, p_today date)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_school bigint;
BEGIN
    INSERT INTO ej.school (name, short_name, founder, city, today_fixed)
    VALUES (p_name, p_short, 'Управление образования администрации города ' || p_city, p_city, p_today)
    RETURNING id INTO v_school;
    INSERT INTO ej.school_year VALUES (v_school, 2026, '[2026-09-01,2027-09-01)');
    INSERT INTO ej.holiday (school_id, year, name, during)
    SELECT v_school, 2026, name, during FROM pg_temp.seed_holiday ORDER BY during;
    INSERT INTO ej.term_plan (school_id, year, name) VALUES
        (v_school, 2026, '1 классы'), (v_school, 2026, '2–9 классы'), (v_school, 2026, '10–11 классы');
    INSERT INTO ej.term (school_id, term_plan_id, kind, ordinal, name, during)
    SELECT v_school, p.id, t.kind, t.ordinal, t.name, t.during
      FROM pg_temp.seed_term t JOIN ej.term_plan p ON p.school_id = v_school AND p.name = t.plan
     ORDER BY p.id, t.ordinal;
    UPDATE ej.term t SET parent_id = y.id FROM ej.term y
     WHERE t.school_id = v_school AND y.term_plan_id = t.term_plan_id AND y.kind = 'year' AND t.kind <> 'year';
    INSERT INTO ej.subject (school_id, name, short_name, is_pe, order_no)
    SELECT v_school, name, short, name = 'Физическая культура', n FROM pg_temp.seed_subject ORDER BY n;
    PERFORM pg_temp.add_scales(v_school), pg_temp.add_kinds(v_school), pg_temp.add_bells(v_school);
    RETURN v_school;
END
$$;

-- ---------------------------------------------------------------- people --

CREATE FUNCTION pg_temp.add_account(p_person bigint, p_login text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.account (person_id, login, password, created_at)
    VALUES (p_person, p_login, current_setting('seed.password'), '2026-08-28 10:00+03')
$$;

CREATE FUNCTION pg_temp.add_staff(p_school bigint, p_login text, p_surname text, p_given text,
    p_patronymic text, p_post text, VARIADIC p_roles text[] DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_person bigint;
    v_staff bigint;
BEGIN
    INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO v_person;
    INSERT INTO ej.staff (school_id, person_id, surname, given_name, patronymic, post, during)
    VALUES (p_school, v_person, p_surname, p_given, p_patronymic, p_post, '[2020-08-25,)') RETURNING id INTO v_staff;
    PERFORM pg_temp.add_account(v_person, p_login);
    INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
    SELECT v_staff, p_school, role, (100 + n) || '-к', '2026-08-28', '[2026-09-01,2027-09-01)'
      FROM unnest(p_roles) WITH ORDINALITY AS t(role, n);
    RETURN v_staff;
END
$$;

-- A surname back to its masculine form.
CREATE FUNCTION pg_temp.surname_base(p_surname text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(regexp_replace(p_surname, 'ая$', 'ий'), '([вн])а$', '\1')
$$;

-- Make a child one of the family: surname and patronymic follow.
CREATE FUNCTION pg_temp.same_family(p_child bigint, p_surname text, p_father text) RETURNS void LANGUAGE sql AS $$
    UPDATE ej.pupil p
       SET surname = pg_temp.surname(pg_temp.surname_base(p_surname), d.sex), patronymic = n.value
      FROM ej.pupil_card d
      JOIN pg_temp.seed_name n ON n.kind = 'p' || d.sex
      JOIN pg_temp.seed_name f ON f.kind = 'pn' AND f.n = n.n AND f.value = p_father
     WHERE p.id = p_child AND d.pupil_id = p.id
$$;

CREATE FUNCTION pg_temp.father_of(p_patronymic text) RETURNS text LANGUAGE sql AS $$
    SELECT f.value FROM pg_temp.seed_name f JOIN pg_temp.seed_name c USING (n)
     WHERE f.kind = 'pn' AND c.kind IN ('pm', 'pf') AND c.value = p_patronymic LIMIT 1
$$;

-- A mother or father with the child's surname; p_person: who is known already.
CREATE FUNCTION pg_temp.add_guardian(p_pupil bigint, p_login text, p_kind text DEFAULT NULL,
    p_person bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_child ej.pupil;
    v_guardian bigint;
    v_key text;
    v_sex text;
BEGIN
    SELECT * INTO v_child FROM ej.pupil WHERE id = p_pupil;
    v_key := format('guardian %s %s %s', v_child.surname, v_child.given_name, coalesce(p_kind, ''));
    v_sex := CASE coalesce(p_kind, CASE WHEN pg_temp.pick(v_key, 4) = 0 THEN 'father' ELSE 'mother' END)
             WHEN 'father' THEN 'm' ELSE 'f' END;
    IF p_person IS NULL THEN
        INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO p_person;
    END IF;
    INSERT INTO ej.guardian (school_id, person_id, surname, given_name, patronymic)
    VALUES (v_child.school_id, p_person,
            pg_temp.surname(pg_temp.surname_base(v_child.surname), v_sex),
            -- a father is called as the child's patronymic says
            CASE v_sex WHEN 'm' THEN pg_temp.father_of(v_child.patronymic)
            ELSE pg_temp.word('f', pg_temp.pick(v_key || 'n', 1000)) END,
            pg_temp.word('p' || v_sex, pg_temp.pick(v_key || 'p', 1000)))
    RETURNING id INTO v_guardian;
    INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id, kind, during)
    VALUES (v_guardian, p_pupil, v_child.school_id, CASE v_sex WHEN 'm' THEN 'father' ELSE 'mother' END,
            '[2026-09-01,)');
    IF p_login IS NOT NULL THEN
        PERFORM pg_temp.add_account(p_person, p_login);
    END IF;
    RETURN v_guardian;
END
$$;

-- Pupil no. n of a class: no two of one class share a surname.
CREATE FUNCTION pg_temp.add_pupil(p_class bigint, p_group bigint, p_n int, p_from date DEFAULT '2026-09-01',
    p_until date DEFAULT '2027-09-01') RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_class ej.class;
    v_key text;
    v_sex text;
    v_person bigint;
    v_pupil bigint;
BEGIN
    SELECT * INTO v_class FROM ej.class WHERE id = p_class;
    v_key := format('%s %s %s', v_class.school_id, v_class.name, p_n);
    v_sex := CASE WHEN pg_temp.pick('sex ' || v_key, 100) < 51 THEN 'f' ELSE 'm' END;
    INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO v_person;
    INSERT INTO ej.pupil (school_id, person_id, surname, given_name, patronymic)
    VALUES (v_class.school_id, v_person,
            pg_temp.surname(pg_temp.word('surname', pg_temp.pick(v_class.school_id || v_class.name, 1000) + 7 * p_n), v_sex),
            pg_temp.word(v_sex, pg_temp.pick('given ' || v_key, 1000)),
            pg_temp.word('p' || v_sex, pg_temp.pick('patronymic ' || v_key, 1000)))
    RETURNING id INTO v_pupil;
    INSERT INTO ej.pupil_card (pupil_id, school_id, birth_on, sex, address, contacts)
    SELECT v_pupil, v_class.school_id, make_date(2019 - v_class.grade, 10, 1) + pg_temp.pick('birth ' || v_key, 360), v_sex,
           format('г. %s, %s, д. %s, кв. %s', s.city,
                  (ARRAY['ул. Садовая', 'ул. Школьная', 'ул. Лесная', 'ул. Набережная', 'пр. Мира', 'ул. Полевая',
                         'ул. Заречная', 'пер. Тихий', 'ул. Новая'])[1 + pg_temp.pick('street ' || v_key, 9)],
                  1 + pg_temp.pick('house ' || v_key, 60), 1 + pg_temp.pick('flat ' || v_key, 90)),
           -- 000 is no operator's code: nobody answers
           format('+7 000 %s-%s', lpad(pg_temp.pick('phone ' || v_key, 1000)::text, 3, '0'),
                  lpad(pg_temp.pick('telephone ' || v_key, 10000)::text, 4, '0'))
      FROM ej.school s WHERE s.id = v_class.school_id;
    INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no)
    VALUES (v_class.school_id, v_pupil, p_class, daterange(p_from, p_until),
            CASE WHEN p_from > '2026-09-01' THEN '57-у' ELSE '12-у' END);
    INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    VALUES (v_class.school_id, p_group, v_pupil, daterange(p_from, p_until));
    RETURN v_pupil;
END
$$;

CREATE FUNCTION pg_temp.add_class(p_school bigint, p_grade int, p_letter text, p_teacher bigint,
    OUT class_id bigint, OUT group_id bigint) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id, class_teacher_id, week_days)
    SELECT p_school, 2026, p_grade, p_letter, p.id, p_teacher, CASE p_grade WHEN 1 THEN 5 ELSE 6 END
      FROM ej.term_plan p
     WHERE p.school_id = p_school
       AND p.name = CASE WHEN p_grade = 1 THEN '1 классы' WHEN p_grade < 10 THEN '2–9 классы' ELSE '10–11 классы' END
    RETURNING id INTO class_id;
    INSERT INTO ej.study_group (school_id, year, kind, name)
    VALUES (p_school, 2026, 'class', p_grade || p_letter) RETURNING id INTO group_id;
    INSERT INTO ej.study_group_class VALUES (group_id, class_id, p_school);
END
$$;

-- A group within classes: every p_of-th pupil, from p_part.
CREATE FUNCTION pg_temp.add_subgroup(p_classes bigint[], p_kind text, p_name text, p_part int, p_of int)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_group bigint;
    v_school bigint;
BEGIN
    SELECT school_id INTO v_school FROM ej.class WHERE id = p_classes[1];
    INSERT INTO ej.study_group (school_id, year, kind, name)
    VALUES (v_school, 2026, p_kind, p_name) RETURNING id INTO v_group;
    INSERT INTO ej.study_group_class SELECT v_group, c, v_school FROM unnest(p_classes) AS c;
    INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    SELECT v_school, v_group, e.pupil_id, e.during
      FROM (SELECT e.*, row_number() OVER (PARTITION BY e.class_id ORDER BY p.surname, p.given_name, p.id) - 1 AS n
              FROM ej.enrolment e JOIN ej.pupil p ON p.id = e.pupil_id
             WHERE e.class_id = ANY (p_classes)) AS e
     WHERE e.n % p_of = p_part
     ORDER BY e.class_id, e.n;
    RETURN v_group;
END
$$;

CREATE FUNCTION pg_temp.add_teaching(p_group bigint, p_subject text, p_staff bigint, p_hours numeric)
RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
    SELECT g.school_id, g.year, g.id, s.id, p_staff, p_hours, c.id, t.id
      FROM ej.study_group g
      JOIN ej.subject s ON s.school_id = g.school_id AND s.name = p_subject
      JOIN ej.scale c ON c.school_id = g.school_id AND c.code = 'five'
      JOIN ej.scale t ON t.school_id = g.school_id AND t.code = 'five_term'
     WHERE g.id = p_group
    RETURNING id
$$;

-- p_slots: '11 25' is Monday's first lesson and Tuesday's fifth.
CREATE FUNCTION pg_temp.add_timetable(p_teaching bigint, p_slots text, p_room text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, room_id, during)
    SELECT t.school_id, t.id, left(s, 1)::int, substr(s, 2)::int, r.id, '[2026-09-01,2027-05-27)'
      FROM ej.teaching t
      CROSS JOIN string_to_table(p_slots, ' ') AS s
      LEFT JOIN ej.room r ON r.school_id = t.school_id AND r.name = p_room
     WHERE t.id = p_teaching
$$;

-- A journal for every teaching in every term of its class's plan, and one for
-- the year (FIN-01).
CREATE FUNCTION pg_temp.add_journals(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.journal (school_id, teaching_id, term_id)
    SELECT p_school, t.id, m.id
      FROM ej.teaching t
      JOIN LATERAL (SELECT min(c.term_plan_id) AS plan FROM ej.study_group_class g
                      JOIN ej.class c ON c.id = g.class_id WHERE g.study_group_id = t.study_group_id) AS p ON true
      JOIN ej.term m ON m.term_plan_id = p.plan
     WHERE t.school_id = p_school
     ORDER BY t.id, m.kind = 'year', m.ordinal
$$;

\ir topics.sql
\ir fill.sql
