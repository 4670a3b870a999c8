-- demo_people.sql: rooms, staff, pupils and families of the demo school.

CREATE FUNCTION pg_temp.demo_rooms(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.room (school_id, name, kind, capacity, is_shared)
    SELECT p_school, room, CASE WHEN room LIKE '%портзал' THEN 'gym' ELSE 'class' END,
           CASE WHEN room NOT LIKE '%портзал' THEN 30 END, room LIKE '%портзал'
      FROM pg_temp.plan_teacher GROUP BY room ORDER BY room;
    INSERT INTO ej.room (school_id, name, kind, capacity, is_shared)
    VALUES (p_school, 'Актовый зал', 'hall', 200, true), (p_school, 'Библиотека', 'library', 20, true);
$$;

-- Staff 1-60 teach (demo_timetable.sql), 61-70 do not.
CREATE TEMP TABLE demo_staff (no int PRIMARY KEY, staff bigint, login text);

CREATE TEMP TABLE demo_post (area text PRIMARY KEY, post text, men int);    -- men: how many of ten
INSERT INTO demo_post VALUES
    ('primary', 'Учитель начальных классов', 0), ('math', 'Учитель математики', 2),
    ('russian', 'Учитель русского языка и литературы', 0), ('english', 'Учитель английского языка', 1),
    ('history', 'Учитель истории и обществознания', 4), ('computing', 'Учитель информатики', 5),
    ('physics', 'Учитель физики', 5), ('chemistry', 'Учитель химии', 0), ('biology', 'Учитель биологии', 0),
    ('geography', 'Учитель географии', 3), ('art', 'Учитель изобразительного искусства', 0),
    ('music', 'Учитель музыки', 2), ('craft', 'Учитель труда (технологии)', 7),
    ('safety', 'Учитель основ безопасности и защиты Родины', 10), ('sport', 'Учитель физической культуры', 6);

-- The log-in of a teacher; some are named after a role.
CREATE FUNCTION pg_temp.demo_teacher_login(p_no int) RETURNS text LANGUAGE sql AS $$
    SELECT CASE p_no
        WHEN (SELECT teacher FROM pg_temp.plan_class WHERE class = '1А') THEN 'grade1'
        WHEN (SELECT teacher FROM pg_temp.plan_class WHERE class = '7Б') THEN 'class-teacher'
        WHEN (SELECT substring(plan FROM 'Алгебра=(\d+)')::int FROM pg_temp.plan_unit WHERE unit = '7Б') THEN 'teacher'
        -- another teacher of mathematics
        WHEN (SELECT max(no) FROM pg_temp.plan_teacher WHERE area = 'math' AND no <> (SELECT
              substring(plan FROM 'Алгебра=(\d+)')::int FROM pg_temp.plan_unit WHERE unit = '7Б')) THEN 'substitute'
        WHEN (SELECT min(no) FROM pg_temp.plan_teacher WHERE area = 'sport') THEN 'sport'
        ELSE format('t%s', lpad(p_no::text, 3, '0')) END
$$;

CREATE FUNCTION pg_temp.demo_staff(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_temp.demo_staff (no, login, staff)
    SELECT v.no, v.login, pg_temp.add_staff(p_school, v.login,
               pg_temp.surname(pg_temp.word('surname', 5 + v.no * 11), v.sex),
               pg_temp.word(CASE v.sex WHEN 'm' THEN 'pn' ELSE 'f' END, pg_temp.pick('staff ' || v.no, 1000)),
               pg_temp.word('p' || v.sex, pg_temp.pick('staff patronymic ' || v.no, 1000)),
               v.post, VARIADIC v.roles)
      FROM (SELECT t.no, pg_temp.demo_teacher_login(t.no) AS login, p.post, '{}'::text[] AS roles,
                   CASE WHEN pg_temp.pick('staff sex ' || t.no, 10) < p.men THEN 'm' ELSE 'f' END AS sex
              FROM pg_temp.plan_teacher t JOIN pg_temp.demo_post p USING (area)
            UNION ALL VALUES
            (61, 'director', 'Директор', '{director}'::text[], 'f'),
            (62, 'deputy', 'Заместитель директора по учебно-воспитательной работе', '{deputy}', 'f'),
            (63, 't063', 'Заместитель директора по начальной школе', '{deputy}', 'f'),
            (64, 't064', 'Заместитель директора по воспитательной работе', '{}', 'f'),
            (65, 'administrator', 'Администратор электронного журнала', '{administrator}', 'm'),
            (66, 'personnel', 'Специалист по кадрам', '{hr}', 'f'),
            (67, 'meals', 'Ответственный за питание', '{meals}', 'f'),
            (68, 'observer', 'Специалист управления образования', '{observer}', 'm'),
            (69, 't069', 'Педагог-психолог', '{}', 'f'),
            (70, 't070', 'Заведующая библиотекой', '{archivist}', 'f')
            ORDER BY 1) AS v;
$$;

CREATE TEMP TABLE demo_class (class text PRIMARY KEY, class_id bigint, group_id bigint, size int);

-- Add 1,000 pupils; one class has 34, one 8, seven have 30.
CREATE FUNCTION pg_temp.demo_pupils(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c record;
BEGIN
    INSERT INTO pg_temp.demo_class
    SELECT p.class, a.class_id, a.group_id,
           CASE WHEN p.class = '5А' THEN 34 WHEN p.class = '8Г' THEN 8
                WHEN p.class IN ('2В', '3А', '4Б', '6Б', '7Б', '9А', '10А') THEN 30
                WHEN p.class IN ('1А', '1Б', '5Б', '11А') THEN 25 ELSE 24 END
      FROM (SELECT p.*, s.staff FROM pg_temp.plan_class p JOIN pg_temp.demo_staff s ON s.no = p.teacher ORDER BY p.n) AS p,
           LATERAL pg_temp.add_class(p_school, substring(p.class FROM '\d+')::int, substring(p.class FROM '\D$'),
                                     p.staff) AS a;
    FOR c IN SELECT * FROM pg_temp.demo_class d JOIN pg_temp.plan_class p USING (class) ORDER BY p.n LOOP
        PERFORM pg_temp.add_pupil(c.class_id, n, p_from =>
                    CASE WHEN n = c.size AND c.class IN ('3Б', '6А', '7Б', '8В') THEN date '2026-09-21' ELSE '2026-09-01' END)
           FROM generate_series(1, c.size) AS n;
        -- a pupil who has left, in addition to the thousand
        IF c.class IN ('2А', '5А', '7Б', '9В', '11Б') THEN
            PERFORM pg_temp.add_pupil(c.class_id, c.size + 1, p_until => '2026-10-13');
        END IF;
    END LOOP;
    ASSERT (SELECT count(*) FROM ej.enrolment WHERE school_id = p_school AND upper(during) > '2027-01-01') = 1000;
END
$$;

CREATE FUNCTION pg_temp.demo_pupil(p_class text, p_n int) RETURNS bigint LANGUAGE sql AS $$
    SELECT e.pupil_id FROM ej.enrolment e JOIN pg_temp.demo_class d USING (class_id)
     WHERE d.class = p_class ORDER BY e.pupil_id OFFSET p_n - 1 LIMIT 1
$$;

-- Make pupils of the same surname in lower and higher grades brothers and sisters. Every
-- family has one guardian with a log-in r0001 …, every pupil from grade 5 on a log-in
-- p0001 ….
CREATE FUNCTION pg_temp.demo_families(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_temp.same_family(pg_temp.demo_pupil('3А', 4), surname, pg_temp.father_of(patronymic))
       FROM ej.pupil WHERE id = pg_temp.demo_pupil('7Б', 5);
    CREATE TEMP TABLE demo_family AS
    WITH known AS (
        SELECT p.id, p.patronymic, p.surname, pg_temp.surname_base(p.surname) AS base, c.grade < 5 AS is_young,
               row_number() OVER (PARTITION BY pg_temp.surname_base(p.surname), c.grade < 5 ORDER BY p.id) AS n
          FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id JOIN ej.class c ON c.id = e.class_id
         WHERE p.school_id = p_school AND p.id NOT IN (pg_temp.demo_pupil('3А', 4), pg_temp.demo_pupil('7Б', 5)))
    SELECT y.id AS young, o.id AS elder, o.surname, pg_temp.father_of(o.patronymic) AS father
      FROM known y JOIN known o ON o.base = y.base AND o.n = y.n AND y.is_young AND NOT o.is_young
     WHERE pg_temp.pick('siblings ' || y.id, 3) = 0
    UNION ALL SELECT pg_temp.demo_pupil('3А', 4), pg_temp.demo_pupil('7Б', 5), NULL, NULL;
    PERFORM pg_temp.same_family(young, surname, father) FROM demo_family WHERE surname IS NOT NULL ORDER BY young;

    -- of every nine parents and pupils one has no log-in yet
    PERFORM pg_temp.add_guardian(p.id, CASE WHEN p.id = pg_temp.demo_pupil('7Б', 5) THEN 'parent'
                                            WHEN p.n % 9 = 0 THEN NULL
                                            ELSE 'r' || lpad(p.n::text, 4, '0') END,
                                 CASE WHEN p.id = pg_temp.demo_pupil('7Б', 5) THEN 'mother' END)
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ej.pupil WHERE school_id = p_school) AS p
      WHERE p.id NOT IN (SELECT young FROM demo_family);
    INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id, kind, during)
    SELECT g.guardian_id, f.young, p_school, g.kind, g.during
      FROM demo_family f JOIN ej.guardianship g ON g.pupil_id = f.elder ORDER BY f.young;
    PERFORM pg_temp.add_account(p.person_id, CASE WHEN p.id = pg_temp.demo_pupil('7Б', 5) THEN 'pupil'
                                                  ELSE 'p' || lpad(p.n::text, 4, '0') END)
       FROM (SELECT p.*, row_number() OVER (ORDER BY p.id) AS n FROM ej.pupil p WHERE school_id = p_school) AS p
       JOIN ej.enrolment e ON e.pupil_id = p.id JOIN ej.class c ON c.id = e.class_id AND c.grade >= 5
      WHERE p.n % 9 > 0 OR p.id = pg_temp.demo_pupil('7Б', 5)
      ORDER BY p.id;
    DROP TABLE demo_family;
END
$$;

-- Make two namesakes in 7Б, of two families, whom every list must tell apart.
CREATE FUNCTION pg_temp.demo_namesakes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    boys bigint[] := ARRAY(
        SELECT e.pupil_id FROM ej.enrolment e JOIN pg_temp.demo_class d ON d.class_id = e.class_id AND d.class = '7Б'
          JOIN ej.pupil_card k ON k.pupil_id = e.pupil_id AND k.sex = 'm'
         WHERE e.pupil_id <> pg_temp.demo_pupil('7Б', 5) AND upper(e.during) > '2027-01-01'
           AND NOT EXISTS (SELECT FROM ej.guardianship a JOIN ej.guardianship b USING (guardian_id)
                            WHERE a.pupil_id = e.pupil_id AND b.pupil_id <> a.pupil_id)
         ORDER BY e.pupil_id LIMIT 2);
BEGIN
    UPDATE ej.pupil p SET surname = o.surname, given_name = o.given_name
      FROM ej.pupil o WHERE p.id = boys[2] AND o.id = boys[1];
    UPDATE ej.guardian g SET surname = pg_temp.surname(pg_temp.surname_base(p.surname), CASE k.kind WHEN 'father' THEN 'm' ELSE 'f' END)
      FROM ej.guardianship k JOIN ej.pupil p ON p.id = k.pupil_id
     WHERE k.guardian_id = g.id AND k.pupil_id = boys[2];
    ASSERT (SELECT count(DISTINCT p.patronymic) FROM ej.pupil p WHERE p.id = ANY (boys)) = 2, 'two namesakes';
END
$$;

-- The school's local acts (LEG-06), each with a small sample file.
CREATE FUNCTION pg_temp.demo_acts(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_data bytea := convert_to('%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
  /Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> >> >> >> endobj
4 0 obj <</Length 50>> stream
BT /F 24 Tf 72 760 Td (A sample of a local act) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
', 'UTF8');
    v record;
    v_file bigint;
BEGIN
    FOR v IN SELECT * FROM (VALUES
        ('Положение о ведении электронного журнала', '01-12/41', date '2026-08-28', 'Положение об ЭЖ.pdf'),
        ('Положение о текущем контроле и промежуточной аттестации', '01-12/17', date '2025-08-29', 'Положение о контроле.pdf'),
        ('Приказ о режиме работы школы в 2026/27 учебном году', '212', date '2026-08-31', 'Приказ 212.pdf')
        ) AS v (title, number, signed_on, file)
    LOOP
        INSERT INTO ej.file (school_id, name, size)
        VALUES (p_school, v.file, length(v_data)) RETURNING id INTO v_file;
        INSERT INTO ej.file_piece (file_id, n, school_id, data) VALUES (v_file, 0, p_school, v_data);
        INSERT INTO ej.act (school_id, title, number, signed_on, is_public, file_id)
        VALUES (p_school, v.title, v.number, v.signed_on, v.title NOT LIKE 'Приказ%', v_file);
    END LOOP;
END
$$;

-- Make an unused activation code for each parent of 7Б, to be printed once. The codes are
-- the only random data of the seed, so that nobody can guess them.
CREATE TEMP TABLE demo_slip (person_id bigint PRIMARY KEY, person text, code text);
CREATE FUNCTION pg_temp.demo_slips(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_temp.demo_slip
    SELECT g.person_id, concat_ws(' ', g.surname, g.given_name, g.patronymic), ej.new_code()
      FROM ej.guardian g JOIN ej.guardianship k ON k.guardian_id = g.id
      JOIN ej.enrolment e ON e.pupil_id = k.pupil_id JOIN pg_temp.demo_class d ON d.class_id = e.class_id AND d.class = '7Б'
     ORDER BY g.surname, g.given_name, g.id;
    INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at)
    SELECT ej.code_sha256(code), person_id, p_school, now() + interval '90 days' FROM pg_temp.demo_slip
$$;

-- A log-in for each role, which make run prints.
CREATE TEMP TABLE demo_login (n int, role text, login text);
INSERT INTO demo_login VALUES
    (1, 'teacher', 'teacher'), (2, 'class teacher', 'class-teacher'), (3, 'teacher of grade 1', 'grade1'),
    (4, 'PE teacher', 'sport'), (5, 'substitute', 'substitute'), (6, 'deputy', 'deputy'), (7, 'director', 'director'),
    (8, 'administrator', 'administrator'), (9, 'hr', 'personnel'), (10, 'meals', 'meals'), (11, 'observer', 'observer'),
    (12, 'parent', 'parent'), (13, 'pupil', 'pupil');
