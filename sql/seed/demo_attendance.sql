-- demo_attendance.sql: reasons of absence of the demo school, and the weeks that its class
-- teachers have verified.

CREATE FUNCTION pg_temp.demo_attendance(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    -- a certificate for each illness; some say a day more than the teachers marked
    INSERT INTO ej.absence_reason (school_id, pupil_id, code, during, document)
    SELECT p_school, r.pupil_id, 'б', daterange(r.from_on, r.till_on, '[]'),
           'справка № ' || 100 + pg_temp.pick(format('paper %s %s', r.pupil_id, r.from_on), 900)
      FROM (SELECT x.pupil_id, min(x.day) AS from_on,
                   max(x.day) + (pg_temp.pick(format('longer %s %s', x.pupil_id, min(x.day)), 12) = 0)::int AS till_on
              FROM (SELECT a.pupil_id, a.day, a.day - row_number() OVER (PARTITION BY a.pupil_id ORDER BY a.day)::int AS run
                      FROM pg_temp.seed_away AS a WHERE a.code = 'б') AS x
             GROUP BY x.pupil_id, x.run) AS r
    ON CONFLICT DO NOTHING;
    -- what guardians announced for the next days
    INSERT INTO ej.absence_reason (school_id, pupil_id, code, during, note, guardian_id)
    SELECT p_school, k.pupil_id, 'у', daterange(p_today + 2, p_today + 4, '[]'),
           ('{"едем на соревнования","к врачу","семейные обстоятельства"}'::text[])[1 + pg_temp.pick('why ' || k.pupil_id, 3)],
           min(k.guardian_id)
      FROM ej.guardianship AS k WHERE k.school_id = p_school AND pg_temp.pick('announced ' || k.pupil_id, 40) = 0
     GROUP BY k.pupil_id ORDER BY k.pupil_id
    ON CONFLICT DO NOTHING;
    INSERT INTO ej.attendance_check (school_id, class_id, week_on, staff_id)
    SELECT p_school, c.id, w::date, c.class_teacher_id
      FROM ej.class AS c
     CROSS JOIN generate_series(timestamp '2026-08-31', date_trunc('week', p_today::timestamp) - interval '1 week',
                                interval '1 week') AS w
     WHERE c.school_id = p_school AND c.class_teacher_id IS NOT NULL
       -- the last week is not verified by all
       AND (w::date < date_trunc('week', p_today::timestamp)::date - 7 OR pg_temp.pick('checked ' || c.id, 3) > 0)
$$;
