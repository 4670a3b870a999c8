-- setup.sql: what every school begins with, as functions in pg_temp: scales,
-- kinds of work, codes of absence, subjects, bells, and a year with its terms
-- and holidays. Used by ejournal-school and by the seeds; a school changes all
-- of it afterwards. Russian words below are data of the school.

CREATE FUNCTION pg_temp.setup_scales(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.scale (school_id, code, name) VALUES
        (p_school, 'five', 'пятибалльная'),
        (p_school, 'five_term', 'пятибалльная, за период'),
        (p_school, 'pass', 'зачёт / незачёт'),
        (p_school, 'ten', 'десятибалльная'),
        (p_school, 'hundred', 'стобалльная');
    INSERT INTO ej.scale_value (scale_id, value, school_id, name, number, order_no, is_pass, is_good, sou_weight)
    SELECT s.id, v.value, p_school, v.name, v.number, v.order_no, level >= 3, level >= 4,
           -- Simonov's weights; two figures of a longer scale make one level, «осв» counts nowhere
           CASE level WHEN 5 THEN 100 WHEN 4 THEN 64 WHEN 3 THEN 36 WHEN 2 THEN 16 WHEN 1 THEN 7 END
      FROM ej.scale s
      JOIN (SELECT c AS code, v.* FROM (VALUES ('five'), ('five_term')) AS t(c), (VALUES
                ('5', 'отлично', 5, 1), ('4', 'хорошо', 4, 2), ('3', 'удовлетворительно', 3, 3),
                ('2', 'неудовлетворительно', 2, 4), ('1', 'неудовлетворительно', 1, 5))
                AS v(value, name, number, order_no)
            UNION ALL VALUES
                ('five_term', 'н/а', 'не аттестован(а)', NULL::int, 6), ('five_term', 'осв', 'освобождён(а)', NULL, 7),
                ('pass', 'зач', 'зачёт', NULL, 1), ('pass', 'незач', 'незачёт', NULL, 2)
            UNION ALL SELECT 'ten', n::text, n || ' из 10', n, 11 - n FROM generate_series(0, 10) AS n
            UNION ALL SELECT 'hundred', n::text, n || ' из 100', n, 101 - n FROM generate_series(0, 100) AS n
           ) AS v ON v.code = s.code
     CROSS JOIN LATERAL (SELECT CASE WHEN v.value IN ('осв') THEN 0 WHEN v.value = 'н/а' THEN 1
                                     WHEN v.value = 'зач' THEN 3 WHEN v.value = 'незач' THEN 2
                                     WHEN s.code = 'ten' THEN greatest(2, ceil(v.number / 2.0))
                                     WHEN s.code = 'hundred' THEN greatest(2, 2 + (v.number >= 50)::int + (v.number >= 70)::int + (v.number >= 85)::int)
                                     ELSE v.number END AS level) AS l
     WHERE s.school_id = p_school
$$;

-- Which scales a new teaching gets: one rule for all subjects and classes.
CREATE FUNCTION pg_temp.setup_scale_use(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.scale_use (school_id, scale_id, term_scale_id)
    SELECT p_school, c.id, t.id FROM ej.scale c, ej.scale t
     WHERE c.school_id = p_school AND c.code = 'five' AND t.school_id = p_school AND t.code = 'five_term'
$$;

-- The most hours a week by grade, with five and six days, and the most minutes of homework for a day
-- (СанПиН 1.2.3685-21, table 6.6), and the weeks of a year.
CREATE FUNCTION pg_temp.setup_norms(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.grade_norm (school_id, grade, hours_5, hours_6, weeks, homework_min)
    SELECT p_school, grade, five, six, CASE grade WHEN 1 THEN 33 ELSE 34 END,
           CASE WHEN grade = 1 THEN 60 WHEN grade <= 3 THEN 90 WHEN grade <= 5 THEN 120 WHEN grade <= 8 THEN 150 ELSE 210 END
      FROM unnest('{1,2,3,4,5,6,7,8,9,10,11}'::int[], '{21,23,23,23,29,30,32,33,33,34,34}'::numeric[],
                  '{NULL,26,26,26,32,33,35,36,36,37,37}'::numeric[]) AS t(grade, five, six)
$$;

CREATE FUNCTION pg_temp.setup_kinds(p_school bigint) RETURNS void LANGUAGE sql AS $$
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
        ('excursion', 'экскурсия', 'Экс', 50, false),
        ('monitoring', 'контрольная работа по графику', 'ВШК', 200, true)
    ) AS v(code, name, short, weight, control);

    INSERT INTO ej.attendance_code (school_id, code, name, latin, counts_missed, printed, order_no) VALUES
        (p_school, 'н',   'причина не указана',          'y',   true,  'н', 1),
        (p_school, 'б',   'болезнь',                     ',',   true,  'н', 2),
        (p_school, 'у',   'уважительная причина',        'e',   true,  'н', 3),
        (p_school, 'п',   'неуважительная причина',      'g',   true,  'н', 4),
        (p_school, 'о',   'опоздание',                   'j',   false, '',  5),
        (p_school, 'осв', 'освобождение от занятий',     'jcd', false, '',  6);
$$;

-- Subjects of the federal basic curriculum.
CREATE TEMP TABLE setup_subject (n int GENERATED ALWAYS AS IDENTITY, name text PRIMARY KEY, short text);
INSERT INTO setup_subject (name, short) VALUES
    ('Русский язык', 'Рус. яз.'),
    ('Литературное чтение', 'Лит. чт.'),
    ('Литература', 'Литер.'),
    ('Английский язык', 'Англ. яз.'),
    ('Математика', 'Матем.'),
    ('Алгебра', 'Алгебра'),
    ('Геометрия', 'Геометр.'),
    ('Вероятность и статистика', 'Вер. и ст.'),
    ('Информатика', 'Информ.'),
    ('Окружающий мир', 'Окр. мир'),
    ('История', 'История'),
    ('Обществознание', 'Обществ.'),
    ('География', 'Геогр.'),
    ('Физика', 'Физика'),
    ('Химия', 'Химия'),
    ('Биология', 'Биолог.'),
    ('Основы религиозных культур и светской этики', 'ОРКСЭ'),
    ('Изобразительное искусство', 'ИЗО'),
    ('Музыка', 'Музыка'),
    ('Труд (технология)', 'Труд'),
    ('Основы безопасности и защиты Родины', 'ОБЗР'),
    ('Индивидуальный проект', 'Инд. пр.'),
    ('Физическая культура', 'Физ-ра');

-- Bells: the ordinary day, and grade 1 with lessons of 35 minutes that begin
-- with the others', so that teachers may go between them.
CREATE FUNCTION pg_temp.setup_bells(p_school bigint, p_year int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_plan bigint;
BEGIN
    INSERT INTO ej.bell_plan (school_id, name) VALUES (p_school, 'Основное расписание') RETURNING id INTO v_plan;
    INSERT INTO ej.mode (school_id, bell_plan_id, grade_from, grade_till, during)
    VALUES (p_school, v_plan, 2, 11, daterange(make_date(p_year, 9, 1), NULL));
    INSERT INTO ej.bell (bell_plan_id, school_id, slot, starts, ends)
    SELECT v_plan, p_school, n, starts::time, starts::time + interval '40 min'
      FROM unnest('{8:30,9:20,10:20,11:20,12:15,13:10,14:00,14:50}'::text[]) WITH ORDINALITY AS t(starts, n);
    INSERT INTO ej.bell_plan (school_id, name) VALUES (p_school, '1 классы') RETURNING id INTO v_plan;
    INSERT INTO ej.mode (school_id, bell_plan_id, grade_from, grade_till, during)
    VALUES (p_school, v_plan, 1, 1, daterange(make_date(p_year, 9, 1), NULL));
    INSERT INTO ej.bell (bell_plan_id, school_id, slot, starts, ends)
    SELECT v_plan, p_school, n, starts::time, starts::time + interval '35 min'
      FROM unnest('{8:30,9:20,10:20,11:20,12:15}'::text[]) WITH ORDINALITY AS t(starts, n);
END
$$;

CREATE FUNCTION pg_temp.monday(day date) RETURNS date LANGUAGE sql IMMUTABLE AS
$$ SELECT day - extract(isodow FROM day)::int + 1 $$;

-- Quarters as the ministry recommends them, in whole weeks, with a break of no
-- less than seven days after each; 10-11 have half-years.
CREATE FUNCTION pg_temp.setup_terms(p_year int)
RETURNS TABLE (plan text, kind text, ordinal int, name text, during daterange) LANGUAGE sql IMMUTABLE AS $$
    SELECT p.plan, t.kind, t.ordinal, t.name, daterange(t.starts, t.ends, '[]')
      FROM (SELECT make_date(p_year, 9, 1) AS one, pg_temp.monday(make_date(p_year, 10, 24)) + 5 AS autumn,
                   make_date(p_year, 12, 30) AS winter, pg_temp.monday(make_date(p_year + 1, 1, 15)) AS january,
                   pg_temp.monday(make_date(p_year + 1, 3, 26)) + 4 AS spring,
                   make_date(p_year + 1, 5, 26) AS last) AS d,
           (VALUES ('1 классы', 'quarter'), ('2–9 классы', 'quarter'), ('10–11 классы', 'half')) AS p(plan, kind),
           LATERAL (VALUES ('quarter', 1, 'I четверть', d.one, d.autumn),
                           ('quarter', 2, 'II четверть', d.autumn + 9, d.winter),
                           ('quarter', 3, 'III четверть', d.january, d.spring),
                           ('quarter', 4, 'IV четверть', d.spring + 10, d.last),
                           ('half', 1, 'I полугодие', d.one, d.winter),
                           ('half', 2, 'II полугодие', d.january, d.last),
                           ('year', 0, 'Год', d.one, d.last), ('exam', 0, 'Экзамен', d.one, d.last),
                           ('final', 0, 'Итог', d.one, d.last)) AS t(kind, ordinal, name, starts, ends)
     WHERE t.kind IN (p.kind, 'year', 'exam', 'final')
$$;

-- The breaks between the quarters, and the public holidays of the school year;
-- the Monday after a Sunday is free, too.
CREATE FUNCTION pg_temp.setup_holidays(p_year int)
RETURNS TABLE (kind text, name text, during daterange) LANGUAGE sql IMMUTABLE AS $$
    SELECT b.kind, b.name, daterange(upper(t.during), lower(n.during))
      FROM (VALUES (1, 'autumn', 'Осенние каникулы'), (2, 'winter', 'Зимние каникулы'),
                   (3, 'spring', 'Весенние каникулы')) AS b(n, kind, name)
      JOIN pg_temp.setup_terms(p_year) AS t ON t.ordinal = b.n AND t.plan = '2–9 классы'
      JOIN pg_temp.setup_terms(p_year) AS n ON n.ordinal = b.n + 1 AND n.plan = '2–9 классы'
    UNION ALL
    SELECT 'public', h.name, daterange(h.day, h.day + (extract(isodow FROM h.day) = 7)::int, '[]')
      FROM (VALUES ('День народного единства', make_date(p_year, 11, 4)),
                   ('День защитника Отечества', make_date(p_year + 1, 2, 23)),
                   ('Международный женский день', make_date(p_year + 1, 3, 8)),
                   ('Праздник Весны и Труда', make_date(p_year + 1, 5, 1)),
                   ('День Победы', make_date(p_year + 1, 5, 9))) AS h(name, day)
$$;

CREATE FUNCTION pg_temp.setup_year(p_school bigint, p_year int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ej.school_year
    VALUES (p_school, p_year, daterange(make_date(p_year, 9, 1), make_date(p_year + 1, 9, 1)));
    INSERT INTO ej.holiday (school_id, year, kind, name, during)
    SELECT p_school, p_year, kind, name, during FROM pg_temp.setup_holidays(p_year) ORDER BY during;
    INSERT INTO ej.term_plan (school_id, year, name, kind, grade_from, grade_till) VALUES
        (p_school, p_year, '1 классы', 'quarter', 1, 1), (p_school, p_year, '2–9 классы', 'quarter', 2, 9),
        (p_school, p_year, '10–11 классы', 'half', 10, 11);
    INSERT INTO ej.term (school_id, term_plan_id, kind, ordinal, name, during)
    SELECT p_school, p.id, t.kind, t.ordinal, t.name, t.during
      FROM pg_temp.setup_terms(p_year) t
      JOIN ej.term_plan p ON p.school_id = p_school AND p.year = p_year AND p.name = t.plan
     ORDER BY p.id, t.ordinal, t.kind = 'final', t.kind = 'exam';
    UPDATE ej.term t SET parent_id = y.id FROM ej.term y
     WHERE t.school_id = p_school AND y.term_plan_id = t.term_plan_id AND y.kind = 'year' AND t.is_taught;
END
$$;

CREATE FUNCTION pg_temp.setup_school(p_name text, p_short text, p_founder text, p_city text, p_year int,
    p_tz text DEFAULT 'Europe/Moscow', p_today date DEFAULT NULL, p_modules text[] DEFAULT '{}') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_school bigint;
BEGIN
    INSERT INTO ej.school (name, short_name, founder, city, tz, today_fixed, modules)
    VALUES (p_name, p_short, p_founder, p_city, p_tz, p_today, p_modules) RETURNING id INTO v_school;
    PERFORM pg_temp.setup_year(v_school, p_year);
    INSERT INTO ej.subject (school_id, name, short_name, is_pe, order_no)
    SELECT v_school, name, short, name = 'Физическая культура', n FROM pg_temp.setup_subject ORDER BY n;
    PERFORM pg_temp.setup_scales(v_school), pg_temp.setup_scale_use(v_school), pg_temp.setup_norms(v_school), pg_temp.setup_kinds(v_school), pg_temp.setup_bells(v_school, p_year);
    RETURN v_school;
END
$$;
