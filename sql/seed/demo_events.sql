-- demo_events.sql: events of the school and of its classes, past and to come; accidents.

-- Four events of the school by the deputy; an excursion and a meeting of parents of each class.
CREATE FUNCTION pg_temp.demo_events(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.event (school_id, staff_id, title, during, starts, ends, place, note)
    SELECT p_school, (SELECT staff FROM demo_staff WHERE login = 'deputy'), v.title,
           daterange(p_today + v.from_n, p_today + v.from_n + v.days), v.starts, v.ends, v.place, v.note
      FROM (VALUES (-21, 1, 'День открытых дверей', time '12:00', time '15:00', 'вся школа', 'Экскурсии по школе ведут старшеклассники.'),
                   (2, 6, 'Неделя математики', NULL, NULL, '', 'Расписание конкурсов — на стенде у кабинета 31.'),
                   (9, 1, 'Школьный турнир по волейболу', '14:30', '17:00', 'спортзал', ''),
                   (20, 1, 'Новогодний вечер', '17:00', '19:30', 'актовый зал', 'Сменная обувь обязательна.'))
        AS v(from_n, days, title, starts, ends, place, note);
    INSERT INTO ej.event (school_id, class_id, staff_id, title, during, starts, ends, place, note)
    SELECT p_school, c.id, c.class_teacher_id, v.title,
           daterange(p_today + v.from_n, p_today + v.from_n + 1), v.starts, v.ends, v.place, v.note
      FROM ej.class AS c
     CROSS JOIN LATERAL (VALUES
        (pg_temp.pick('excursion ' || c.name, 14) - 3, 'Экскурсия в краеведческий музей', time '13:00', time '16:00',
         'Краеведческий музей', 'Сбор у школы за полчаса. Нужны согласие родителей и проездной.'),
        (pg_temp.pick('meeting ' || c.name, 12), 'Родительское собрание', '18:30', '19:30', 'кабинет класса', ''))
        AS v(from_n, title, starts, ends, place, note)
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> p_today
     WHERE c.school_id = p_school AND c.class_teacher_id IS NOT NULL
     ORDER BY c.id
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
