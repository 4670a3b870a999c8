-- demo_corrections.sql: requests of the demo school's teachers to correct old marks and topics: some
-- wait, the others are decided: some refused, most accepted and written.

CREATE FUNCTION pg_temp.demo_corrections(p_school bigint, p_today date, p_deputy bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, column_id, pupil_id, old_value, new_value,
                               reason, staff_id, asked_at, state, answer, decided_staff_id, decided_at)
    SELECT p_school, x.teaching_id, x.journal_id, 'mark', x.lesson_id, x.work_id, x.pupil_id, x.value,
           CASE x.value WHEN '5' THEN '4' ELSE '5' END,
           ('{"Ошибка при вводе","Работа перепроверена","Отметка другого ученика"}'::text[])[1 + x.n % 3],
           x.staff_id, (x.held_on + 3) + time '14:10', CASE x.n % 4 WHEN 0 THEN 'new' WHEN 1 THEN 'refused' ELSE 'accepted' END,
           CASE x.n % 4 WHEN 1 THEN 'В работе стоит прежняя отметка' ELSE '' END,
           CASE WHEN x.n % 4 > 0 THEN p_deputy END, CASE WHEN x.n % 4 > 0 THEN (x.held_on + 4) + time '09:00' END
      FROM (SELECT m.teaching_id, w.journal_id, w.lesson_id, m.work_id, m.pupil_id, m.value, m.staff_id, l.held_on,
                   row_number() OVER (ORDER BY m.work_id, m.pupil_id) AS n
              FROM ej.lesson AS l
              JOIN ej.work AS w ON w.lesson_id = l.id
              JOIN ej.journal AS j ON j.id = w.journal_id AND j.closed_at IS NULL
              JOIN ej.mark AS m ON m.work_id = w.id AND m.attempt = 1 AND m.value IN ('3', '4', '5')
             WHERE l.school_id = p_school AND l.held_on BETWEEN p_today - 12 AND p_today - 5
               AND m.pupil_id % 97 = 0 AND m.staff_id <> p_deputy) AS x
     WHERE x.n <= 24;
    UPDATE ej.mark AS m SET value = c.new_value
      FROM ej.correction AS c
     WHERE c.school_id = p_school AND c.state = 'accepted' AND m.work_id = c.column_id AND m.pupil_id = c.pupil_id
       AND m.attempt = 1;
    UPDATE ej.history AS h
       SET account_id = a.id, made_at = c.decided_at, correction_id = c.id, address = '10.92.0.0'::inet + (c.staff_id % 250)
      FROM ej.correction AS c
      JOIN ej.staff AS f ON f.id = c.staff_id
      JOIN ej.account AS a ON a.person_id = f.person_id
     WHERE c.school_id = p_school AND c.state = 'accepted' AND h.table_name = 'mark'
       AND h.row_key[1] = c.column_id AND h.row_key[2] = c.pupil_id
       AND h.old ->> 'value' = c.old_value AND h.new ->> 'value' = c.new_value
$$;
