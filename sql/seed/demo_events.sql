-- demo_events.sql: events of the school and of its classes, who took part, achievements; accidents.

-- Events of the school by the deputy, held, planned and one cancelled; an excursion and a meeting of
-- parents of each class.
CREATE FUNCTION pg_temp.demo_events(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.event (school_id, staff_id, kind, level, state, title, during, starts, ends, place, note, order_no, order_on)
    SELECT p_school, (SELECT staff FROM demo_staff WHERE login = v.login), v.kind, v.level, v.state, v.title,
           daterange(p_today + v.from_n, p_today + v.from_n + v.days), v.starts, v.ends, v.place, v.note, v.order_no,
           CASE WHEN v.order_no <> '' THEN p_today + v.from_n - 5 END
      FROM (VALUES
        (-52, 1, 'sport', 'municipal', 'sport', 'held', 'Осенний кросс', time '10:00', time '13:00', 'городской парк', '', '141-о'),
        (-40, 14, 'olympiad', 'school', 'deputy', 'held', 'Всероссийская олимпиада школьников, школьный этап', NULL, NULL,
         'кабинеты 21–34', 'Расписание по предметам — на стенде.', '150-о'),
        (-21, 1, 'celebration', 'school', 'deputy', 'held', 'День открытых дверей', '12:00', '15:00', 'вся школа',
         'Экскурсии по школе ведут старшеклассники.', ''),
        (-16, 1, 'contest', 'municipal', 'class-teacher', 'held', 'Городской конкурс чтецов «Живая классика»', '14:00', '17:00',
         'Городская библиотека', '', '172-о'),
        (-5, 1, 'excursion', 'school', 'deputy', 'cancelled', 'Поездка в драматический театр', '15:00', '19:00', 'Драматический театр',
         'Спектакль перенесён на январь.', ''),
        (2, 6, 'olympiad', 'school', 'teacher', 'planned', 'Неделя математики', NULL, NULL, '', 'Расписание конкурсов — на стенде у кабинета 31.', ''),
        (9, 1, 'sport', 'school', 'sport', 'planned', 'Школьный турнир по волейболу', '14:30', '17:00', 'спортзал', '', ''),
        (13, 1, 'olympiad', 'regional', 'deputy', 'planned', 'Региональный тур олимпиады по физике', '09:00', '14:00',
         'Физико-технический лицей', 'С собой: паспорт, ручка, калькулятор.', '190-о'),
        (20, 1, 'celebration', 'school', 'deputy', 'planned', 'Новогодний вечер', '17:00', '19:30', 'актовый зал', 'Сменная обувь обязательна.', ''))
        AS v(from_n, days, kind, level, login, state, title, starts, ends, place, note, order_no);

    WITH made AS (
        INSERT INTO ej.event (school_id, is_whole, staff_id, kind, level, state, title, during, starts, ends, place, note)
        SELECT p_school, false, c.class_teacher_id, v.kind, 'class', CASE WHEN v.from_n < 0 THEN 'held' ELSE 'planned' END,
               v.title, daterange(p_today + v.from_n, p_today + v.from_n + 1), v.starts, v.ends, v.place, v.note
          FROM ej.class AS c
         CROSS JOIN LATERAL (VALUES
            ('excursion', pg_temp.pick('excursion ' || c.name, 14) - 3, 'Экскурсия в краеведческий музей', time '13:00', time '16:00',
             'Краеведческий музей', 'Сбор у школы за полчаса. Нужны согласие родителей и проездной.'),
            ('meeting', pg_temp.pick('meeting ' || c.name, 12), 'Родительское собрание', '18:30', '19:30', 'кабинет класса', ''))
            AS v(kind, from_n, title, starts, ends, place, note)
          JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> p_today
         WHERE c.school_id = p_school AND c.class_teacher_id IS NOT NULL
         ORDER BY c.id
        RETURNING id, staff_id
    )
    INSERT INTO ej.event_class (event_id, class_id, school_id)
    SELECT m.id, c.id, p_school FROM made AS m
      JOIN ej.class AS c ON c.school_id = p_school AND c.class_teacher_id = m.staff_id
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> p_today
$$;

-- The municipal round of the olympiad, on the last day on which pupils of 7Б missed lessons without a reason: they
-- were there, which the class teacher is proposed as the reason.
CREATE FUNCTION pg_temp.demo_event_away(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    WITH away AS (
        SELECT l.held_on, a.pupil_id, c.id AS class_id
          FROM ej.class AS c
          JOIN ej.enrolment AS n ON n.class_id = c.id
          JOIN ej.attendance AS a ON a.pupil_id = n.pupil_id AND a.code = 'н'
          JOIN ej.lesson AS l ON l.id = a.lesson_id AND n.during @> l.held_on
         WHERE c.school_id = p_school AND c.name = '7Б' AND l.held_on BETWEEN p_today - 55 AND p_today - 1
    ), day AS (
        SELECT max(w.held_on) AS held_on FROM away AS w
    ), made AS (
        INSERT INTO ej.event (school_id, staff_id, kind, level, state, title, during, place, order_no, order_on)
        SELECT p_school, (SELECT staff FROM demo_staff WHERE login = 'deputy'), 'olympiad', 'municipal', 'held',
               'Олимпиада по русскому языку, муниципальный этап', daterange(d.held_on, d.held_on + 1), 'Лицей № 3', '181-о',
               d.held_on - 4
          FROM day AS d WHERE d.held_on IS NOT NULL RETURNING id
    )
    INSERT INTO ej.event_participant (school_id, event_id, pupil_id, result, place_no, mentor)
    SELECT DISTINCT p_school, m.id, w.pupil_id, 'participant', NULL::int, 'Белова М. С.'
      FROM made AS m CROSS JOIN day AS d JOIN away AS w ON w.held_on = d.held_on
$$;

-- Who takes part: of the school's events every so many pupils of grades 5 to 11; of held excursions the whole class.
CREATE FUNCTION pg_temp.demo_participants(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.event_participant (school_id, event_id, pupil_id, role, result, place_no, document, mentor)
    SELECT p_school, e.id, x.pupil_id, CASE WHEN e.kind = 'sport' AND x.n = 1 THEN 'капитан' ELSE '' END,
           CASE WHEN e.state <> 'held' THEN NULL WHEN x.n = 1 THEN 'winner' WHEN x.n <= 3 THEN 'prize' ELSE 'participant' END,
           CASE WHEN e.state = 'held' AND x.n <= 3 THEN x.n END,
           CASE WHEN e.state = 'held' AND x.n <= 3 THEN 'диплом ' || x.n || ' степени' ELSE '' END,
           coalesce((SELECT ej.short_name(s.surname, s.given_name, s.patronymic) FROM ej.staff AS s WHERE s.id = e.staff_id), '')
      FROM ej.event AS e
     CROSS JOIN LATERAL (
           SELECT n.pupil_id, row_number() OVER (ORDER BY c.name <> '7Б', pg_temp.pick(e.title || n.pupil_id, 100000), n.pupil_id) AS n
             FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id AND c.grade BETWEEN 5 AND 11
            WHERE n.school_id = p_school AND n.during @> lower(e.during) AND n.during @> p_today
              AND pg_temp.pick('in ' || e.title || n.pupil_id, CASE WHEN e.title LIKE 'Всеросс%' THEN 20 ELSE 45 END) = 0) AS x
     WHERE e.school_id = p_school AND e.is_whole AND e.kind <> 'celebration' AND e.state <> 'cancelled'
       AND e.title NOT LIKE 'Неделя%' AND e.title NOT LIKE '%муниципальный этап';
    INSERT INTO ej.event_participant (school_id, event_id, pupil_id, result)
    SELECT p_school, e.id, n.pupil_id, 'participant'
      FROM ej.event AS e
      JOIN ej.event_class AS k ON k.event_id = e.id
      JOIN ej.enrolment AS n ON n.class_id = k.class_id AND n.during @> lower(e.during)
     WHERE e.school_id = p_school AND e.kind = 'excursion' AND e.state = 'held'
$$;

-- Achievements outside of the school, as class teachers entered them.
CREATE FUNCTION pg_temp.demo_achievements(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.achievement (school_id, pupil_id, staff_id, achieved_on, title, organiser, level, result, place_no, document)
    SELECT p_school, n.pupil_id, c.class_teacher_id, p_today - 5 - v.k * 9, v.title, v.organiser, v.level, v.result, v.place_no, v.document
      FROM ej.enrolment AS n
      JOIN ej.class AS c ON c.id = n.class_id AND c.class_teacher_id IS NOT NULL
     CROSS JOIN LATERAL (SELECT pg_temp.pick('achievement ' || n.pupil_id, 18) AS k) AS k
      JOIN (VALUES (1, 'Первенство города по плаванию', 'Спортшкола «Дельфин»', 'municipal', 'winner', 1, 'грамота'),
                   (2, 'Областной конкурс юных пианистов', 'Детская школа искусств № 2', 'regional', 'prize', 3, 'диплом III степени'),
                   (3, 'Онлайн-олимпиада «Умники России»', '', 'national', 'participant', NULL, 'сертификат'),
                   (4, 'Турнир по шахматам', 'Дворец творчества', 'municipal', 'prize', 2, 'диплом'))
        AS v(k, title, organiser, level, result, place_no, document) ON v.k = k.k
     WHERE n.school_id = p_school AND n.during @> p_today
     ORDER BY n.pupil_id
$$;

-- Two accidents that the class teacher reported: one in the register, one whose act is not made yet.
CREATE FUNCTION pg_temp.demo_accidents(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.accident (school_id, pupil_id, staff_id, happened_on, happened_time, place, manner, what, first_aid,
        parents_told_on, parents_told_time, told_orally_to, told_orally_on, told_orally_time, written_at, received_by,
        received_at, act_no, act_on, sick_days, diagnosis, consequence, measures)
    SELECT p_school, e.pupil_id, e.class_teacher_id, p_today - v.n, v.at, v.place, v.manner, v.what, v.first_aid,
           p_today - v.n, v.at + interval '20 minutes', 'директору', p_today - v.n, v.at + interval '5 minutes',
           (p_today - v.n + v.at + interval '10 minutes') AT TIME ZONE o.tz,
           (SELECT staff FROM demo_staff WHERE login = 'director'),
           (p_today - v.n + v.at + interval '15 minutes') AT TIME ZONE o.tz,
           v.act_no, p_today - v.act_n, v.sick_days, v.diagnosis, v.consequence, v.measures
      FROM (VALUES (1, 40, time '11:20', 'спортзал', 'падение', 'Упал с каната, ушиб локтя.', 'Холод, осмотр медсестры.',
                    '1', 37, 3, 'ушиб локтя', 'recovered', 'Под канатом положен второй мат.'),
                   (2, 3, '13:05', 'лестница второго этажа', '', 'Поскользнулась на лестнице, ушиб колена.',
                    'Холодный компресс.', '', NULL, NULL, '', NULL, ''))
        AS v(k, n, at, place, manner, what, first_aid, act_no, act_n, sick_days, diagnosis, consequence, measures)
      JOIN (SELECT row_number() OVER (ORDER BY e.pupil_id) AS k, e.pupil_id, c.class_teacher_id
              FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id AND c.class_teacher_id IS NOT NULL
             WHERE e.school_id = p_school AND e.during @> p_today - 40) AS e ON e.k = v.k * 31
      JOIN ej.school AS o ON o.id = p_school
$$;
