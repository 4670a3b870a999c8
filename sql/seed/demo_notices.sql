-- demo_notices.sql: confirmed addresses of every third guardian of the demo school, some choices, and
-- what families were told of the marks of the last two days.

CREATE FUNCTION pg_temp.demo_notices(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.contact (person_id, channel, address, made_at, verified_at)
    SELECT DISTINCT g.person_id, v.channel, v.address, p_today - 60 + time '19:00', p_today - 60 + time '19:05'
      FROM ej.guardian AS g
     CROSS JOIN LATERAL (VALUES ('email', format('family%s@example.org', g.id)),
                                ('sms', ej.contact_address('sms', g.phone))) AS v(channel, address)
     WHERE g.school_id = p_school AND g.id % 3 = 0 AND v.address IS NOT NULL
    ON CONFLICT DO NOTHING;
    INSERT INTO ej.choice (person_id, kind, channel, mode)
    SELECT c.person_id, 'mark', 'email', CASE c.id % 3 WHEN 0 THEN 'weekly' ELSE 'off' END
      FROM ej.contact AS c
     WHERE c.channel = 'email' AND c.id % 7 = 0
    ON CONFLICT DO NOTHING;
    SELECT ej.notify_all(p_school, CASE WHEN v.is_pass THEN 'mark' ELSE 'unsatisfactory' END,
                         array_agg(m.pupil_id), array_agg(m.work_id::text))
      FROM ej.lesson AS l
      JOIN ej.work AS w ON w.lesson_id = l.id
      JOIN ej.mark AS m ON m.work_id = w.id AND m.attempt = 1
      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
     WHERE l.school_id = p_school AND l.held_on BETWEEN p_today - 2 AND p_today
     GROUP BY v.is_pass;
    UPDATE ej.notice_for AS f SET read_at = now(), send_at = NULL
     WHERE f.school_id = p_school AND f.person_id % 4 = 0;
    UPDATE ej.notice_for AS f SET send_at = NULL WHERE f.school_id = p_school; -- nothing leaves the demo
$$;
