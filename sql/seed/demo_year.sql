-- demo_year.sql: what happens in a school year beside the classes: clubs, electives, pupils taught
-- alone, proposals to split a class, pupils who changed the class, a second factor.

-- Hours of the week at which neither the teacher nor, but for a pupil taught at home, somebody of
-- the group has a lesson: as '18 28'.
CREATE FUNCTION pg_temp.free_hours(p_group bigint, p_staff bigint, p_slots int[], p_hours int) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(x.day || x.slot::text, ' ' ORDER BY x.day, x.slot)
      FROM (SELECT DISTINCT ON (d.day) d.day, s.slot
              FROM generate_series(1, 5) AS d(day) CROSS JOIN unnest(p_slots) AS s(slot)
             WHERE NOT EXISTS (SELECT FROM ej.timetable AS x JOIN ej.teaching AS t ON t.id = x.teaching_id
                                WHERE (t.staff_id = p_staff OR t.study_group_id = p_group) AND x.weekday = d.day AND x.slot = s.slot)
               AND (EXISTS (SELECT FROM ej.study_group AS g WHERE g.id = p_group AND g.kind = 'home')
                    OR NOT EXISTS (SELECT FROM ej.timetable AS x JOIN ej.teaching AS t ON t.id = x.teaching_id
                                     JOIN ej.study_group_class AS k ON k.study_group_id = t.study_group_id
                                     JOIN ej.study_group_class AS o ON o.class_id = k.class_id AND o.study_group_id = p_group
                                    WHERE x.weekday = d.day AND x.slot = s.slot))
             ORDER BY d.day, s.slot LIMIT p_hours) AS x
$$;

-- A group with one teaching: every p_of-th pupil of the classes, or (p_of 0) the p_part-th one alone.
CREATE FUNCTION pg_temp.demo_circle(p_name text, p_kind text, p_classes text[], p_of int, p_part int, p_subject text,
    p_teacher int, p_slots int[], p_hours int, p_basis text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_classes bigint[] := ARRAY(SELECT class_id FROM pg_temp.demo_class WHERE class = ANY (p_classes) ORDER BY class);
    v_school bigint := (SELECT school_id FROM ej.class WHERE id = v_classes[1]);
    v_staff bigint := (SELECT staff FROM pg_temp.demo_staff WHERE no = p_teacher);
    v_group bigint;
BEGIN
    SELECT id INTO v_group FROM ej.study_group WHERE school_id = v_school AND name = p_name;
    IF v_group IS NULL AND p_of > 0 THEN
        v_group := pg_temp.add_subgroup(v_classes, p_kind, p_name, p_part, p_of);
    ELSIF v_group IS NULL THEN
        INSERT INTO ej.study_group (school_id, year, kind, name, week_days, basis)
        VALUES (v_school, 2026, p_kind, p_name, 5, p_basis) RETURNING id INTO v_group;
        INSERT INTO ej.study_group_class SELECT v_group, c, v_school FROM unnest(v_classes) AS c;
        INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
        SELECT v_school, v_group, e.pupil_id, e.during FROM ej.enrolment AS e
         WHERE e.class_id = v_classes[1] AND upper(e.during) > '2027-01-01' ORDER BY e.pupil_id OFFSET p_part - 1 LIMIT 1;
    END IF;
    PERFORM pg_temp.add_timetable(pg_temp.add_teaching(v_group, p_subject, v_staff, p_hours),
                                  pg_temp.free_hours(v_group, v_staff, p_slots, p_hours),
                                  CASE WHEN p_kind <> 'home' THEN (SELECT room FROM pg_temp.plan_teacher WHERE no = p_teacher) END);
END
$$;

CREATE FUNCTION pg_temp.demo_circles() RETURNS void LANGUAGE sql AS $$
    SELECT pg_temp.demo_circle('Кружок «Робототехника»', 'club', '{5А,5Б,5В,5Г}', 6, 1, 'Труд (технология)', 54, '{8}', 2),
           pg_temp.demo_circle('Кружок «Юный физик»', 'club', '{7А,7Б,7В,7Г}', 7, 2, 'Физика', 45, '{8}', 1),
           pg_temp.demo_circle('Секция волейбола', 'club', '{8А,8Б,8В}', 6, 0, 'Физическая культура', 60, '{8}', 2),
           pg_temp.demo_circle('Хор', 'club', '{3А,3Б,4А,4Б}', 5, 2, 'Музыка', 53, '{7,8}', 1),
           pg_temp.demo_circle('Элективный курс «Решение задач», 9 классы', 'elective', '{9А,9Б,9В,9Г}', 4, 1, 'Геометрия', 20, '{8}', 1),
           pg_temp.demo_circle('Элективный курс «Русское слово», 10 классы', 'elective', '{10А,10Б}', 3, 1, 'Русский язык', 27, '{8}', 1),
           pg_temp.demo_circle('6В, обучение на дому', 'home', '{6В}', 0, 5, 'Русский язык', 25, '{5,6,7,8}', 3, 'заключение врачебной комиссии № 214, приказ № 88-у'),
           pg_temp.demo_circle('6В, обучение на дому', 'home', '{6В}', 0, 5, 'Математика', 18, '{5,6,7,8}', 3),
           pg_temp.demo_circle('8Б, индивидуальный план', 'individual', '{8Б}', 0, 4, 'Английский язык', 34, '{7,8}', 2, 'заявление родителей, приказ № 91-у');
$$;

-- A pupil changes the class: the enrolments, and the movement with what it changed.
CREATE FUNCTION pg_temp.demo_transfer(p_from text, p_n int, p_to text, p_day date, p_order text, p_reason text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_pupil bigint := pg_temp.demo_pupil(p_from, p_n);
    v_from bigint := (SELECT class_id FROM pg_temp.demo_class WHERE class = p_from);
    v_to bigint := (SELECT class_id FROM pg_temp.demo_class WHERE class = p_to);
    v_school bigint := (SELECT school_id FROM ej.pupil WHERE id = v_pupil);
    v_old jsonb := (SELECT jsonb_object_agg(m.study_group_id, m.during) FROM ej.membership AS m WHERE m.pupil_id = v_pupil);
    v_was daterange := (SELECT during FROM ej.enrolment WHERE pupil_id = v_pupil AND class_id = v_from);
BEGIN
    UPDATE ej.enrolment SET during = daterange(lower(during), p_day) WHERE pupil_id = v_pupil AND class_id = v_from;
    INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no) VALUES (v_school, v_pupil, v_to, daterange(p_day, upper(v_was)), p_order);
    INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    SELECT v_school, min(g.id), v_pupil, daterange(p_day, upper(v_was))
      FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'subgroup'
     WHERE x.class_id = v_to GROUP BY g.subject_id ORDER BY 2;
    INSERT INTO ej.movement (school_id, pupil_id, kind, from_class_id, class_id, moved_on, reason, order_no, order_on, note, written)
    SELECT v_school, v_pupil, 'transfer', v_from, v_to, p_day, p_reason, p_order, p_day - 2, '', jsonb_agg(w.one)
      FROM (SELECT jsonb_build_object('class_id', e.class_id, 'old', CASE WHEN e.class_id = v_from THEN v_was END, 'new', e.during) AS one
              FROM ej.enrolment AS e WHERE e.pupil_id = v_pupil
             UNION ALL
            SELECT jsonb_build_object('study_group_id', m.study_group_id, 'old', v_old ->> m.study_group_id::text, 'new', m.during)
              FROM ej.membership AS m WHERE m.pupil_id = v_pupil AND (m.during <> (v_old ->> m.study_group_id::text)::daterange OR NOT v_old ? m.study_group_id::text)) AS w;
END
$$;

-- Proposals that wait for a decision: one of a class teacher, one of a subject teacher.
CREATE FUNCTION pg_temp.demo_splits(p_school bigint) RETURNS void LANGUAGE sql AS $$
    WITH s AS (
        INSERT INTO ej.split (school_id, class_id, subject_id, staff_id, parts, from_on, note)
        SELECT p_school, d.class_id, u.id, coalesce((SELECT min(t.staff_id) FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
                   WHERE g.id = d.group_id AND t.subject_id = u.id), c.class_teacher_id), 2, v.day, v.note
          FROM (VALUES ('8А', 'Труд (технология)', date '2027-01-11', 'девочки и мальчики'), ('4В', 'Математика', '2027-01-11', 'по алфавиту')) AS v(class, subject, day, note)
          JOIN pg_temp.demo_class AS d ON d.class = v.class JOIN ej.class AS c ON c.id = d.class_id
          JOIN ej.subject AS u ON u.school_id = p_school AND u.name = v.subject
        RETURNING id, class_id)
    INSERT INTO ej.split_pupil (split_id, pupil_id, school_id, class_id, part)
    SELECT s.id, e.pupil_id, p_school, s.class_id, 1 + (row_number() OVER (PARTITION BY s.id ORDER BY p.surname, p.given_name, p.id) - 1)::int % 2
      FROM s JOIN ej.enrolment AS e ON e.class_id = s.class_id AND upper(e.during) > '2027-01-01' JOIN ej.pupil AS p ON p.id = e.pupil_id;
$$;

-- In November most class teachers have verified the data of their classes.
CREATE FUNCTION pg_temp.demo_verified(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.verification (school_id, class_id, month_on, staff_id, note)
    SELECT p_school, c.id, '2026-11-01', c.class_teacher_id, CASE pg_temp.pick('note ' || c.id, 3) WHEN 0 THEN 'исправлены телефоны' ELSE '' END
      FROM ej.class AS c WHERE c.school_id = p_school AND c.class_teacher_id IS NOT NULL AND c.name <> '7Б' AND pg_temp.pick('verified ' || c.id, 6) > 0;
$$;

-- A homework for one pupil alone, at the last lesson of 7Б that has one.
CREATE FUNCTION pg_temp.demo_personal_homework(p_school bigint) RETURNS void LANGUAGE sql AS $$
    WITH last AS (
        SELECT h.* FROM ej.homework AS h JOIN ej.study_group AS g ON g.id = h.study_group_id
         WHERE h.school_id = p_school AND g.name = '7Б' AND h.due_lesson_id IS NOT NULL ORDER BY h.due_on DESC, h.id LIMIT 1
    ), made AS (
        INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_lesson_id, due_on, text, is_personal)
        SELECT ej.new_id(2026), l.school_id, l.lesson_id, l.teaching_id, l.study_group_id, l.due_lesson_id, l.due_on,
               'Подготовить сообщение на пять минут', true FROM last AS l
        RETURNING *
    )
    INSERT INTO ej.homework_for (homework_id, pupil_id, school_id, teaching_id)
    SELECT m.id, p.id, p_school, m.teaching_id
      FROM made AS m, ej.pupil AS p JOIN ej.account AS a USING (person_id) WHERE a.login = 'pupil'
$$;

CREATE FUNCTION pg_temp.demo_year(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_temp.demo_transfer('6А', 7, '6Б', '2026-11-02', '74-у', 'request');
    PERFORM pg_temp.demo_transfer('9Г', 3, '9А', '2026-10-05', '66-у', 'split');
    PERFORM pg_temp.demo_circles(), pg_temp.demo_splits(p_school), pg_temp.demo_verified(p_school);
END
$$;
