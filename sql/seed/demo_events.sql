-- demo_events.sql: events of the school and of its classes, past and to come.

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
