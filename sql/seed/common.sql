-- common.sql: functions that the test seed and the demo seed share.
--
-- Everything is deterministic: instead of random() there is pg_temp.pick(), a hash of a
-- text that names the row and the purpose. The functions are in pg_temp, so only rows
-- remain in the database.

\ir names.sql

-- A number 0 … n-1 that depends only on the key and, with -v salt=…, on that word: another school of
-- the same kind (tests/backtest). The word is part of the text, so that the function stays inlined.
\if :{?salt}
\else
  \set salt ''
\endif
SELECT format($f$
CREATE FUNCTION pg_temp.pick(key text, n int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (('x' || left(md5(%s), 8))::bit(32)::bigint %% n)::int $$$f$,
    CASE :'salt' WHEN '' THEN 'key' ELSE format('%L || key', :'salt') END) \gexec

-- Begin a stage of loading. Each stage is one operation, which history then names.
CREATE FUNCTION pg_temp.stage(name text) RETURNS void LANGUAGE sql AS
$$ INSERT INTO ej.entry (pid, xid, operation_id)
   VALUES (pg_backend_pid(), pg_current_xact_id(), md5('seed ' || name)::uuid)
   ON CONFLICT (pid) DO UPDATE SET xid = excluded.xid, operation_id = excluded.operation_id;
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

-- A word of a list by its number; after the last word the list begins again.
CREATE FUNCTION pg_temp.word(p_kind text, p_n int) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT value FROM pg_temp.seed_name WHERE kind = p_kind
       AND n = p_n % (SELECT count(*)::int FROM pg_temp.seed_name WHERE kind = p_kind)
$$;

-- ------------------------------------------------------------- reference --

\ir ../setup.sql

-- The kinds of work of each subject: scheduled control works, and small works between
-- them.
CREATE TEMP TABLE seed_subject (name text PRIMARY KEY, control text[], small text[]);
INSERT INTO seed_subject VALUES
    ('Русский язык', '{test,dictation,retelling}', '{independent,quiz,check}'),
    ('Литературное чтение', '{check}', '{quiz,homework}'),
    ('Литература', '{essay,test}', '{quiz,report}'),
    ('Английский язык', '{test}', '{quiz,independent,project}'),
    ('Математика', '{test}', '{independent,check}'),
    ('Алгебра', '{test}', '{independent,quiz}'),
    ('Геометрия', '{test,credit}', '{independent,quiz}'),
    ('Вероятность и статистика', '{test}', '{practical}'),
    ('Информатика', '{test}', '{practical,quiz}'),
    ('Окружающий мир', '{check}', '{quiz,project}'),
    ('История', '{test}', '{quiz,report}'),
    ('Обществознание', '{test}', '{quiz,report}'),
    ('География', '{test}', '{practical,quiz}'),
    ('Физика', '{test}', '{lab,independent}'),
    ('Химия', '{test}', '{lab,independent}'),
    ('Биология', '{test}', '{lab,quiz}'),
    ('Основы религиозных культур и светской этики', '{project}', '{report}'),
    ('Изобразительное искусство', '{practical}', '{practical}'),
    ('Музыка', '{quiz}', '{report}'),
    ('Труд (технология)', '{project}', '{practical}'),
    ('Основы безопасности и защиты Родины', '{test}', '{practical}'),
    ('Индивидуальный проект', '{project}', '{report}'),
    ('Физическая культура', '{norm}', '{norm}');

CREATE TEMP TABLE seed_holiday AS SELECT * FROM pg_temp.setup_holidays(2026);

CREATE FUNCTION pg_temp.add_school(p_name text, p_short text, p_city text, p_today date)
RETURNS bigint LANGUAGE sql AS $$
    SELECT pg_temp.stage('school');
    SELECT pg_temp.setup_school(p_name, p_short, 'Управление образования администрации города ' || p_city,
                                p_city, 2026, p_today => p_today, p_modules => '{gto,meals,events}')
$$;

-- ---------------------------------------------------------------- people --

CREATE FUNCTION pg_temp.add_account(p_person bigint, p_login text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.account (person_id, login, password, created_at)
    VALUES (p_person, p_login, current_setting('seed.password'), '2026-08-28 10:00+03')
$$;

-- An observer of the school's region: who works in no school. The region of a school of the seeds is named after
-- its founder, and is made with the first observer, in a region of all.
CREATE FUNCTION pg_temp.add_observer(p_school bigint, p_person bigint, p_surname text, p_given text, p_patronymic text,
    p_post text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ej.region (name) VALUES ('Департамент образования области') ON CONFLICT DO NOTHING;
    INSERT INTO ej.region (name, parent_id)
    SELECT s.founder, (SELECT g.id FROM ej.region AS g WHERE g.parent_id IS NULL)
      FROM ej.school AS s WHERE s.id = p_school ON CONFLICT DO NOTHING;
    UPDATE ej.school AS s SET region_id = g.id FROM ej.region AS g WHERE s.id = p_school AND g.name = s.founder;
    INSERT INTO ej.region_role (region_id, person_id, kind, surname, given_name, patronymic, post, order_no, order_on, during)
    SELECT s.region_id, p_person, 'observer', p_surname, p_given, p_patronymic, p_post, '12-р', '2026-08-28',
           '[2026-09-01,2027-09-01)'
      FROM ej.school AS s WHERE s.id = p_school;
END
$$;

CREATE FUNCTION pg_temp.add_staff(p_school bigint, p_login text, p_surname text, p_given text,
    p_patronymic text, p_post text, VARIADIC p_roles text[] DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_person bigint;
    v_staff bigint;
BEGIN
    INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO v_person;
    IF p_roles = '{observer}' THEN
        PERFORM pg_temp.add_account(v_person, p_login);
        PERFORM pg_temp.add_observer(p_school, v_person, p_surname, p_given, p_patronymic, p_post),
                -- a number of staff stays free: what pick() chooses for the others hangs on theirs
                nextval(pg_get_serial_sequence('ej.staff', 'id'));
        RETURN NULL;
    END IF;
    INSERT INTO ej.staff (school_id, person_id, surname, given_name, patronymic, post, during)
    VALUES (p_school, v_person, p_surname, p_given, p_patronymic, p_post, '[2020-08-25,)') RETURNING id INTO v_staff;
    PERFORM pg_temp.add_account(v_person, p_login);
    INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
    SELECT v_staff, p_school, role, (100 + n) || '-к', '2026-08-28', '[2026-09-01,2027-09-01)'
      FROM unnest(p_roles) WITH ORDINALITY AS t(role, n);
    RETURN v_staff;
END
$$;

-- The masculine form of a surname.
CREATE FUNCTION pg_temp.surname_base(p_surname text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(regexp_replace(p_surname, 'ая$', 'ий'), '([вн])а$', '\1')
$$;

-- Give a child the surname and the patronymic of a family.
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

-- Add a mother or father with the child's surname; p_person: a person who already exists.
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
            -- the child's patronymic tells the father's name
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

-- Add pupil no. n of a class. No two pupils of a class have the same surname.
CREATE FUNCTION pg_temp.add_pupil(p_class bigint, p_n int, p_from date DEFAULT '2026-09-01',
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
           -- no operator has the code 000, so this is nobody's number
           format('+7 000 %s-%s', lpad(pg_temp.pick('phone ' || v_key, 1000)::text, 3, '0'),
                  lpad(pg_temp.pick('telephone ' || v_key, 10000)::text, 4, '0'))
      FROM ej.school s WHERE s.id = v_class.school_id;
    INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no)
    VALUES (v_class.school_id, v_pupil, p_class, daterange(p_from, p_until),
            CASE WHEN p_from > '2026-09-01' THEN '57-у' ELSE '12-у' END);
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
    SELECT x.study_group_id INTO group_id FROM ej.study_group_class AS x WHERE x.class_id = add_class.class_id;
END
$$;

-- Add a group of every p_of-th pupil of some classes, beginning with pupil p_part.
CREATE FUNCTION pg_temp.add_subgroup(p_classes bigint[], p_kind text, p_name text, p_part int, p_of int,
    p_subject text DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_group bigint;
    v_school bigint;
BEGIN
    SELECT school_id INTO v_school FROM ej.class WHERE id = p_classes[1];
    INSERT INTO ej.study_group (school_id, year, kind, name, subject_id)
    VALUES (v_school, 2026, p_kind, p_name, (SELECT s.id FROM ej.subject s WHERE s.school_id = v_school AND s.name = p_subject))
    RETURNING id INTO v_group;
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
    SELECT t.school_id, t.id, left(s, 1)::int, substr(s, 2)::int, r.id, '[2026-09-01,2027-09-01)'
      FROM ej.teaching t
      CROSS JOIN string_to_table(p_slots, ' ') AS s
      LEFT JOIN ej.room r ON r.school_id = t.school_id AND r.name = p_room
     WHERE t.id = p_teaching
$$;

-- The files of the staff: cards, posts, and for every eighth an absence in the autumn.
CREATE FUNCTION pg_temp.add_staff_files(p_school bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE ej.staff_card AS k
       SET birth_on = make_date(1962 + pg_temp.pick('born' || k.id, 38), 1, 1) + pg_temp.pick('birthday' || k.id, 365),
           phone = format('+7 000 %s-%s', lpad(pg_temp.pick('phone' || k.id, 1000)::text, 3, '0'), lpad(pg_temp.pick('tel' || k.id, 10000)::text, 4, '0')),
           education = CASE WHEN pg_temp.pick('education' || k.id, 10) = 0 THEN 'college' ELSE 'higher' END,
           diploma = 'Педагогический институт',
           category = (ARRAY['first', 'highest', 'adequate', NULL])[1 + pg_temp.pick('category' || k.id, 4)],
           category_till_on = CASE WHEN pg_temp.pick('category' || k.id, 4) < 2 THEN date '2026-12-01' + pg_temp.pick('till' || k.id, 1500) END,
           hire_order_no = 20 + k.id || '-к', hire_order_on = '2020-08-24'
     WHERE k.school_id = p_school;
    INSERT INTO ej.staff_post (school_id, staff_id, name, rate, during, order_no, order_on)
    SELECT p_school, f.id, f.post, (ARRAY[1, 1, 1.25, 0.5])[1 + pg_temp.pick('rate' || f.id, 4)], f.during, 20 + f.id || '-к', '2020-08-24'
      FROM ej.staff AS f WHERE f.school_id = p_school AND f.post <> '' ORDER BY f.id;
    INSERT INTO ej.staff_absence (school_id, staff_id, kind, during, document)
    SELECT p_school, x.id, v.kind, daterange(v.starts, v.ends), v.document
      FROM (SELECT f.id, row_number() OVER (ORDER BY f.id) AS n FROM ej.staff AS f WHERE f.school_id = p_school) AS x
      JOIN (VALUES (0, 'sick', date '2026-11-16', date '2026-11-23', 'больничный лист 0000417'),
                   (1, 'trip', '2026-11-19', '2026-11-22', 'приказ № 118-к'),
                   (2, 'vacation', '2026-10-26', '2026-11-03', 'приказ № 104-к'),
                   (3, 'study', '2026-12-01', '2026-12-12', 'приказ № 121-к')) AS v(n, kind, starts, ends, document)
        ON x.n % 8 = 0 AND x.n / 8 % 4 = v.n;
$$;

-- What the class teachers and HR have asked, and the classes verified so far.
CREATE FUNCTION pg_temp.add_requests(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.request (school_id, staff_id, kind, name, class_id, happens_on, note, state, answer)
    SELECT p_school, c.class_teacher_id, v.kind, v.name, c.id, v.day, v.note, v.state, v.answer
      FROM ej.class AS c
      JOIN (VALUES ('pupil_arrived', 'Соколова Вера Андреевна', date '2026-11-23', 'из Нижних Ключей, документы сданы', 'new', ''),
                   ('pupil_left', 'Зимин Глеб', '2026-11-16', 'переезд', 'refused', 'Нет приказа: дождитесь его')) AS v(kind, name, day, note, state, answer) ON true
     WHERE c.school_id = p_school AND c.name = '7Б'
     UNION ALL
    SELECT p_school, r.staff_id, 'staff_left', 'Краснов Лев Ильич', NULL, '2026-11-30', 'приказ № 119-к', 'new', ''
      FROM ej.staff_role AS r WHERE r.school_id = p_school AND r.role = 'hr';
    INSERT INTO ej.request (school_id, staff_id, guardian_id, pupil_id, kind, name, class_id, happens_on, note)
    SELECT p_school, NULL, w.guardian_id, p.id, 'card_changed', concat_ws(' ', p.surname, p.given_name, p.patronymic), c.id, '2026-11-18', 'Новый телефон'
      FROM ej.account AS a JOIN ej.guardian AS g ON g.person_id = a.person_id AND g.school_id = p_school
      JOIN ej.guardianship AS w ON w.guardian_id = g.id JOIN ej.pupil AS p ON p.id = w.pupil_id
      JOIN ej.enrolment AS e ON e.pupil_id = p.id JOIN ej.class AS c ON c.id = e.class_id AND c.name = '7Б'
     WHERE a.login = 'parent';
    INSERT INTO ej.request (school_id, staff_id, guardian_id, pupil_id, kind, name, class_id, happens_on, card_field, old_value, new_value)
    SELECT r.school_id, NULL, r.guardian_id, r.pupil_id, r.kind, r.name, r.class_id, '2026-11-19', 'home_address', coalesce(k.home_address, ''), 'ул. Садовая, д. 5, кв. 12'
      FROM ej.request AS r LEFT JOIN ej.pupil_card AS k ON k.pupil_id = r.pupil_id
     WHERE r.school_id = p_school AND r.kind = 'card_changed';
    INSERT INTO ej.verification (school_id, class_id, month_on, staff_id)
    SELECT p_school, c.id, m::date, c.class_teacher_id
      FROM ej.class AS c, generate_series(timestamp '2026-09-01', timestamp '2026-10-01', interval '1 month') AS m
     WHERE c.school_id = p_school AND c.class_teacher_id IS NOT NULL;
$$;

-- The orders by which pupils came and left within the year, with what they changed.
CREATE FUNCTION pg_temp.add_movements(p_school bigint) RETURNS void LANGUAGE sql AS $$
    WITH year AS (
        SELECT during FROM ej.school_year WHERE school_id = p_school ORDER BY year DESC LIMIT 1
    ), moved AS (
        SELECT e.pupil_id, e.class_id, e.during, v.kind, v.moved_on, y.during AS year
          FROM year AS y, ej.enrolment AS e,
               LATERAL (VALUES ('enrol', lower(e.during)), ('leave', upper(e.during))) AS v(kind, moved_on)
         WHERE e.school_id = p_school AND v.moved_on > lower(y.during) AND v.moved_on < upper(y.during)
    )
    INSERT INTO ej.movement (school_id, pupil_id, kind, from_class_id, class_id, moved_on, reason, order_no, order_on, note, written)
    SELECT p_school, m.pupil_id, m.kind, CASE m.kind WHEN 'leave' THEN m.class_id END, CASE m.kind WHEN 'enrol' THEN m.class_id END,
           m.moved_on, CASE m.kind WHEN 'enrol' THEN 'from_city' ELSE 'to_school' END,
           CASE m.kind WHEN 'enrol' THEN '57-у' ELSE '61-у' END, m.moved_on - 1,
           CASE m.kind WHEN 'enrol' THEN 'Нижние Ключи' ELSE 'Школа № 5' END,
           (SELECT jsonb_agg(w.one || CASE m.kind
                       WHEN 'enrol' THEN jsonb_build_object('old', NULL, 'new', w.during)
                       ELSE jsonb_build_object('old', daterange(lower(w.during), upper(m.year)), 'new', w.during) END)
              FROM (SELECT jsonb_build_object('class_id', m.class_id) AS one, m.during
                     UNION ALL
                    SELECT jsonb_build_object('study_group_id', b.study_group_id), b.during
                      FROM ej.membership AS b WHERE b.pupil_id = m.pupil_id) AS w)
      FROM moved AS m ORDER BY m.moved_on, m.pupil_id
$$;

\ir topics.sql
\ir fill.sql
