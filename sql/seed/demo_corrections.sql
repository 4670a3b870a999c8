-- demo_corrections.sql: requests of the demo school's teachers to correct old marks and topics: some
-- wait, most are decided.

CREATE FUNCTION pg_temp.demo_corrections(p_school bigint, p_today date, p_deputy bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, column_id, pupil_id, old_value, new_value,
                               reason, staff_id, asked_at, state, answer, decided_staff_id, decided_at)
    SELECT p_school, x.teaching_id, x.journal_id, 'mark', x.lesson_id, x.work_id, x.pupil_id, x.value,
           CASE x.value WHEN '5' THEN '4' ELSE '5' END,
           ('{"Ошибка при вводе","Работа перепроверена","Отметка другого ученика"}'::text[])[1 + x.n % 3],
           x.staff_id, (x.held_on + 3) + time '14:10', CASE x.n % 4 WHEN 0 THEN 'new' ELSE 'refused' END,
           CASE x.n % 4 WHEN 0 THEN '' ELSE 'В работе стоит прежняя отметка' END,
           CASE WHEN x.n % 4 > 0 THEN p_deputy END, CASE WHEN x.n % 4 > 0 THEN (x.held_on + 4) + time '09:00' END
      FROM (SELECT m.teaching_id, w.journal_id, w.lesson_id, m.work_id, m.pupil_id, m.value, m.staff_id, l.held_on,
                   row_number() OVER (ORDER BY m.work_id, m.pupil_id) AS n
              FROM ej.lesson AS l
              JOIN ej.work AS w ON w.lesson_id = l.id
              JOIN ej.journal AS j ON j.id = w.journal_id AND j.closed_at IS NULL
              JOIN ej.mark AS m ON m.work_id = w.id AND m.attempt = 1 AND m.value IN ('3', '4', '5')
             WHERE l.school_id = p_school AND l.held_on BETWEEN p_today - 12 AND p_today - 5
               AND m.pupil_id % 97 = 0 AND m.staff_id <> p_deputy) AS x
     WHERE x.n <= 24
$$;
