-- demo_control.sql: findings in each state, and a signal (CTL-05, CTL-08, CTL-11); the use of the journal in the
-- months before (REP-17); the inspections of the last two months.

-- The months of the school year that are over, as the job writes them on the 1st.
CREATE FUNCTION pg_temp.demo_activity(school bigint, day date) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ej.activity (school_id, month_on, role, staff_id, class_id, people, active, entrances, days, entries)
    SELECT school, m.month_on, p.role, p.staff_id, p.class_id, count(*), count(*) FILTER (WHERE u.is_active),
           coalesce(sum(u.days * 13 / 10) FILTER (WHERE u.is_active), 0),
           coalesce(sum(u.days) FILTER (WHERE u.is_active), 0),
           coalesce(sum(u.days * 9) FILTER (WHERE u.is_active AND p.role = 'staff'), 0)
      FROM (SELECT g::date AS month_on FROM ej.school_year AS y
             CROSS JOIN LATERAL generate_series(date_trunc('month', lower(y.during)::timestamp),
                        date_trunc('month', day::timestamp) - interval '1 month', interval '1 month') AS g
             WHERE y.school_id = school AND y.during @> day) AS m
     CROSS JOIN LATERAL ej.activity_people(school, (m.month_on + interval '1 month')::date - 1) AS p
     CROSS JOIN LATERAL (SELECT pg_temp.pick(p.account_id || ' ' || m.month_on, 10)
                                < CASE p.role WHEN 'staff' THEN 10 WHEN 'guardian' THEN 8 ELSE 6 END AS is_active,
                                1 + pg_temp.pick('days ' || p.account_id || m.month_on, 20) AS days) AS u
     GROUP BY m.month_on, p.role, p.staff_id, p.class_id;
END
$$;

-- The inspections of the two months before this one, published; three of four teachers have confirmed theirs.
CREATE FUNCTION pg_temp.demo_inspections(school bigint, day date, head bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    month date;
    made  bigint;
BEGIN
    FOR n IN REVERSE 2 .. 1 LOOP
        month := date_trunc('month', day::timestamp) - make_interval(months => n);
        made := ej.inspection_make(school, month);
        UPDATE ej.inspection SET text = 'Журналы в целом ведутся в срок. Темы записывать в день урока; задания писать так, чтобы их понял ученик, которого не было.'
         WHERE id = made;
        UPDATE ej.inspection_line SET shown_staff_id = staff_id,
               note = CASE WHEN EXISTS (SELECT FROM jsonb_to_recordset(figures) AS f(duty_key text, undone int)
                                         WHERE f.duty_key = 'unfilled' AND f.undone > 0) THEN 'Дописать уроки до конца недели.' ELSE '' END
         WHERE inspection_id = made;
        UPDATE ej.inspection SET state = 'published', published_on = least(day, (month + interval '1 month')::date + 4), staff_id = head WHERE id = made;
        UPDATE ej.inspection_line SET confirmed_on = least(day, (month + interval '1 month')::date + 5)
         WHERE inspection_id = made AND pg_temp.pick(format('confirmed %s %s', n, staff_id), 4) > 0;
    END LOOP;
END
$$;

CREATE FUNCTION pg_temp.demo_control(school bigint, day date, head bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    INSERT INTO ej.duty_limit (school_id, duty_key, value) VALUES (school, 'visit', 21);
    -- lessons without a topic, the oldest first, one of a teacher
    FOR one IN SELECT DISTINCT ON (x.n) x.n, x.state, l.id, l.held_on, l.staff_id, l.teaching_id, gc.class_id
                 FROM (VALUES (1, 'open'), (2, 'answered'), (3, 'returned'), (4, 'accepted')) AS x(n, state)
                 JOIN (SELECT l.*, row_number() OVER (ORDER BY l.held_on, l.id) AS n
                         FROM (SELECT DISTINCT ON (l.staff_id) l.id, l.held_on, l.staff_id, l.teaching_id, l.study_group_id
                                 FROM ej.lesson AS l
                                WHERE l.school_id = school AND l.topic = '' AND l.state IN ('planned', 'given')
                                  AND l.held_on BETWEEN day - 30 AND day - 2 AND l.staff_id <> head
                                ORDER BY l.staff_id, l.held_on, l.id) AS l) AS l ON l.n = x.n
                 JOIN ej.study_group_class AS gc ON gc.study_group_id = l.study_group_id
                ORDER BY x.n, gc.class_id LOOP
        INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, addressee_id, class_id, teaching_id, lesson_id,
                                from_on, till_on, text, made_on, due_on, state, answer, answered_on, decision,
                                order_no, order_on, decided_staff_id, decided_on, undone_before)
        VALUES (school, 'finding', 'topic', head, one.staff_id, one.class_id, one.teaching_id, one.id, one.held_on,
                one.held_on, 'Запишите тему урока.', day - 1, day + 2, one.state,
                CASE one.state WHEN 'open' THEN '' WHEN 'answered' THEN 'Тему записал, журнал проверил.'
                               ELSE 'Урок вёл другой учитель.' END,
                CASE WHEN one.state <> 'open' THEN day END,
                CASE one.state WHEN 'returned' THEN 'Замены в этот день не было: запишите тему.'
                               WHEN 'accepted' THEN 'Обсудить на совещании при завуче.' ELSE '' END,
                CASE one.state WHEN 'accepted' THEN '118-у' ELSE '' END,
                CASE one.state WHEN 'accepted' THEN day END,
                CASE WHEN one.state IN ('returned', 'accepted') THEN head END,
                CASE WHEN one.state IN ('returned', 'accepted') THEN day END, 1);
    END LOOP;
    INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, class_id, from_on, till_on, text, made_on)
    SELECT school, 'signal', 'signal-falling', c.class_teacher_id, c.id, day, day,
           'Двое учеников, которые учились на «5», за две недели получили «3» по математике и физике.', day - 1
      FROM ej.class AS c WHERE c.school_id = school AND c.name = '7Б' AND c.class_teacher_id IS NOT NULL
     ORDER BY c.year DESC LIMIT 1;
END
$$;
