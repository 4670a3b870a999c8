-- demo_notices.sql: confirmed addresses of every third guardian of the demo school, some choices, and
-- what families were told of the marks and absences of the last two days, and the letters that brought it.

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
    -- absences of the last two days that nobody has explained: who gets no letters is told in person
    SELECT ej.notify_all(p_school, 'unexplained', array_agg(x.pupil_id), array_agg(x.held_on::text))
      FROM (SELECT DISTINCT a.pupil_id, l.held_on
              FROM ej.lesson AS l JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.code = 'н'
             WHERE l.school_id = p_school AND l.held_on BETWEEN p_today - 1 AND p_today) AS x;
    UPDATE ej.notice_for AS f SET read_at = now(), send_at = NULL
     WHERE f.school_id = p_school AND f.person_id % 4 = 0;
    UPDATE ej.notice_for AS f SET send_at = NULL WHERE f.school_id = p_school; -- nothing leaves the demo
    -- letters of the last days: most were sent, some came back or are late
    INSERT INTO ej.outbound (school_id, person_id, channel, contact_id, address, state, attempt, next_at, stale_at,
                             hook_key, body, code, made_at, composed_at, ended_at)
    SELECT p_school, c.person_id, c.channel, c.id, c.address, v.state, 1, x.at + interval '4 hours', x.at + interval '2 days',
           md5('letter ' || c.id), CASE WHEN v.state <> 'sent' THEN E'Журнал\n\nНовые отметки.' END, v.code, x.at, x.at,
           CASE WHEN v.state <> 'deferred' THEN x.at + interval '1 minute' END
      FROM (SELECT c.*, row_number() OVER (ORDER BY c.id) AS n FROM ej.contact AS c
              JOIN ej.account AS a ON a.person_id = c.person_id
             WHERE EXISTS (SELECT FROM ej.notice_for AS f WHERE f.person_id = c.person_id AND f.school_id = p_school)
               AND EXISTS (SELECT FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                            CROSS JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, c.channel) AS s
                            WHERE g.person_id = c.person_id AND g.school_id = p_school AND s.answer = 'given')) AS c
      JOIN (VALUES (0, 'failed', '550'), (1, 'deferred', '451')) AS w(n, state, code) ON true
     CROSS JOIN LATERAL (SELECT CASE WHEN c.n % 20 = w.n THEN w.state ELSE 'sent' END AS state,
                                CASE WHEN c.n % 20 = w.n THEN w.code ELSE '250' END AS code) AS v
     CROSS JOIN LATERAL (SELECT (p_today - 1 - (c.n % 3)::int) + time '18:00' AS at) AS x
     WHERE c.n <= 80 AND w.n = CASE c.n % 20 WHEN 0 THEN 0 ELSE 1 END;
    INSERT INTO ej.outbound_count (school_id, channel, since_at, n)
    SELECT s.id, 'sms', date_trunc('month', now() AT TIME ZONE s.tz) AT TIME ZONE s.tz, 84 FROM ej.school AS s WHERE s.id = p_school;
    INSERT INTO ej.outbound_notice (outbound_id, notice_for_id, channel)
    SELECT o.id, f.id, o.channel
      FROM ej.outbound AS o
     CROSS JOIN LATERAL (SELECT f.id FROM ej.notice_for AS f WHERE f.person_id = o.person_id ORDER BY f.id DESC LIMIT 3) AS f
     WHERE o.school_id = p_school
    ON CONFLICT DO NOTHING;
$$;
