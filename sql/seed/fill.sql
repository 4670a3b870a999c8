-- fill.sql: fills a school's year: lessons by the timetable, topics, homework, absences,
-- marks, term marks, closed journals. Both seeds use it after the timetable is made;
-- pg_temp.pick() (common.sql) takes the place of chance.

CREATE TEMP TABLE seed_lesson (
    id bigint, teaching_id bigint, study_group_id bigint, staff_id bigint, subject text, grade int,
    held_on date, slot int, during tsrange, room_id bigint,
    n int, part float, in_topic int, is_last boolean,    -- place in the year and in its topic
    topic text, kind text, homework text, state text, filled text, given_by bigint);

-- Plan all lessons of the timetable from the first of September on, within the terms of
-- the class's plan and outside holidays.
CREATE FUNCTION pg_temp.plan_lessons(p_school bigint, p_until date) RETURNS void LANGUAGE sql AS $$
    TRUNCATE pg_temp.seed_lesson;
    INSERT INTO pg_temp.seed_lesson (teaching_id, study_group_id, staff_id, given_by, subject, grade, held_on, slot,
                                     during, room_id, n, part)
    SELECT t.id, t.study_group_id, t.staff_id, t.staff_id, s.name, c.grade, d.day, tt.slot,
           tsrange(d.day + b.starts, d.day + b.ends), tt.room_id,
           row_number() OVER w, row_number() OVER w / (t.hours_week * 34)
      FROM ej.timetable tt
      JOIN ej.teaching t ON t.id = tt.teaching_id
      JOIN ej.subject s ON s.id = t.subject_id
      JOIN LATERAL (SELECT c.grade, c.term_plan_id FROM ej.study_group_class g JOIN ej.class c ON c.id = g.class_id
                     WHERE g.study_group_id = t.study_group_id LIMIT 1) AS c ON true
      JOIN ej.term m ON m.term_plan_id = c.term_plan_id AND m.is_taught
      JOIN LATERAL (SELECT g::date AS day FROM generate_series(lower(m.during), least(upper(m.during) - 1, p_until),
                                                               interval '1 day') AS g) AS d
        ON extract(isodow FROM d.day) = tt.weekday
      JOIN ej.mode x ON x.school_id = p_school AND x.study_group_id IS NULL AND NOT x.is_special
       AND c.grade BETWEEN x.grade_from AND x.grade_till AND x.during @> d.day
      JOIN ej.bell b ON b.bell_plan_id = x.bell_plan_id AND b.slot = tt.slot
     WHERE tt.school_id = p_school
       AND NOT EXISTS (SELECT FROM ej.holiday h WHERE h.school_id = p_school AND h.during @> d.day
                          AND (h.kind <> 'extra' OR c.grade = 1))
    WINDOW w AS (PARTITION BY t.id ORDER BY d.day, tt.slot);
$$;

-- Plan topics and works. A control work ends every 12, 10, 8 or 7 lessons, depending on
-- the hours a week; small works come between.
CREATE FUNCTION pg_temp.plan_topics(p_school bigint) RETURNS void LANGUAGE sql AS $$
    CREATE INDEX IF NOT EXISTS seed_lesson_id ON pg_temp.seed_lesson (id);
    WITH placed AS (
        SELECT l.teaching_id, l.n, l.held_on, l.slot, tp.topics,
               least(1 + floor(l.part * cardinality(tp.topics) - 1e-6)::int, cardinality(tp.topics)) AS topic_no
          FROM pg_temp.seed_lesson l
          JOIN pg_temp.seed_topic tp ON tp.subject = l.subject AND l.grade BETWEEN tp.grade_from AND tp.grade_to
    ), counted AS (
        SELECT p.*, row_number() OVER (PARTITION BY teaching_id, topic_no ORDER BY n) AS in_topic FROM placed p
    )
    UPDATE pg_temp.seed_lesson l
       SET topic = c.topics[c.topic_no], in_topic = c.in_topic
      FROM counted c WHERE c.teaching_id = l.teaching_id AND c.n = l.n;

    UPDATE pg_temp.seed_lesson l
       SET kind = CASE
             WHEN l.grade = 1 THEN NULL
             WHEN l.n % c.cycle = c.cycle - 1 THEN s.control[1 + (l.n / c.cycle) % cardinality(s.control)]
             WHEN l.n > 3 AND pg_temp.pick(format('small %s %s', l.teaching_id, l.n), 100) < 22
             THEN s.small[1 + pg_temp.pick(format('which %s %s', l.teaching_id, l.n), cardinality(s.small))]
             WHEN pg_temp.pick(format('answer %s %s', l.teaching_id, l.n), 100) < 72 THEN 'answer' END
      FROM ej.teaching t, pg_temp.seed_subject s,
           LATERAL (SELECT CASE WHEN t.hours_week >= 4 THEN 12 WHEN t.hours_week >= 3 THEN 10
                                WHEN t.hours_week >= 2 THEN 8 ELSE 7 END AS cycle) AS c
     WHERE t.id = l.teaching_id AND s.name = l.subject;

    -- Vary the text of a topic that takes several lessons.
    UPDATE pg_temp.seed_lesson l
       SET topic = CASE
             WHEN l.kind IN ('test', 'dictation', 'essay', 'retelling', 'credit', 'check')
             THEN upper(left(k.name, 1)) || substr(k.name, 2) || format(' по теме «%s»', translate(l.topic, '«»', '„“'))
             WHEN l.kind IN ('lab', 'practical') AND l.subject NOT IN ('Изобразительное искусство', 'Труд (технология)')
             THEN format('%s. %s', l.topic, upper(left(k.name, 1)) || substr(k.name, 2))
             WHEN l.in_topic > 1
             THEN format('%s. %s', l.topic, f.forms[1 + (l.in_topic - 2) % cardinality(f.forms)])
             ELSE l.topic END
      FROM pg_temp.seed_lesson x
      LEFT JOIN ej.work_kind k ON k.school_id = p_school AND k.code = x.kind
      JOIN pg_temp.seed_form f ON f.subject = x.subject
     WHERE x.teaching_id = l.teaching_id AND x.n = l.n;
$$;

-- Plan which lessons are already given and filled in. Each teacher has not filled in a few
-- lessons of the last days; of today's lessons only the first is filled in.
CREATE FUNCTION pg_temp.plan_states(p_today date) RETURNS void LANGUAGE sql AS $$
    WITH recent AS (
        SELECT teaching_id, n, given_by, row_number() OVER (PARTITION BY given_by ORDER BY held_on DESC, slot DESC) AS r
          FROM pg_temp.seed_lesson WHERE held_on < p_today
    )
    UPDATE pg_temp.seed_lesson l
       SET state = CASE WHEN l.held_on <= p_today THEN 'given' ELSE 'planned' END,
           filled = CASE
             WHEN l.held_on > p_today THEN 'nothing'
             WHEN l.held_on = p_today THEN CASE WHEN l.slot = 1 THEN 'all' ELSE 'nothing' END
             WHEN r.r = 2 + pg_temp.pick('unfilled ' || r.given_by, 4) THEN 'no homework'
             WHEN r.r = 7 + pg_temp.pick('forgotten ' || r.given_by, 9) AND pg_temp.pick('lazy ' || r.given_by, 3) > 0
             THEN 'nothing'
             ELSE 'all' END
      FROM pg_temp.seed_lesson x
      LEFT JOIN recent r ON r.teaching_id = x.teaching_id AND r.n = x.n
     WHERE x.teaching_id = l.teaching_id AND x.n = l.n;

    -- {n} is a paragraph, {a} {b} {c} are exercises
    UPDATE pg_temp.seed_lesson l
       SET homework = replace(replace(replace(replace(h.tasks[1 + pg_temp.pick(k.key, cardinality(h.tasks))],
                          '{n}', (1 + l.n / 2)::text), '{a}', (l.n * 9 + pg_temp.pick('a' || k.key, 9))::text),
                          '{b}', (l.n * 9 + 9 + pg_temp.pick('b' || k.key, 9))::text),
                          '{c}', (l.n * 9 + 18 + pg_temp.pick('c' || k.key, 9))::text)
      FROM pg_temp.seed_form h, pg_temp.seed_lesson x, LATERAL (SELECT format('task %s %s', x.teaching_id, x.n) AS key) AS k
     WHERE x.teaching_id = l.teaching_id AND x.n = l.n AND h.subject = l.subject
       AND l.grade > 1 AND l.filled = 'all' AND cardinality(h.tasks) > 0
       AND coalesce(l.kind, '') NOT IN ('test', 'dictation', 'essay')
       AND pg_temp.pick('set ' || k.key, 100) < 82
       AND EXISTS (SELECT FROM pg_temp.seed_lesson y WHERE y.teaching_id = l.teaching_id AND y.n = l.n + 1);
$$;

CREATE FUNCTION pg_temp.add_lessons_of(p_school bigint, p_from date, p_until date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, room_id,
                           planned_staff_id, staff_id, topic, state, attendance_at, homework)
    SELECT l.id, p_school, l.teaching_id, l.study_group_id, l.held_on, l.slot, l.during, l.room_id,
           l.staff_id, l.given_by, CASE l.filled WHEN 'nothing' THEN '' ELSE l.topic END, l.state,
           CASE WHEN l.filled <> 'nothing' THEN lower(l.during) AT TIME ZONE s.tz + interval '7 min' END,
           CASE WHEN l.filled = 'all' THEN CASE WHEN l.homework IS NULL THEN 'none' ELSE 'set' END END
      FROM pg_temp.seed_lesson l JOIN ej.school s ON s.id = p_school
     WHERE l.held_on BETWEEN p_from AND p_until
     ORDER BY l.id;
$$;

-- Insert the planned lessons. A seed may change given_by, the teacher in fact, before.
CREATE FUNCTION pg_temp.add_lessons(p_school bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE pg_temp.seed_lesson l SET id = x.id
      FROM (SELECT teaching_id, n, ej.new_id(2026) AS id
              FROM (SELECT teaching_id, n FROM pg_temp.seed_lesson ORDER BY held_on, slot, teaching_id) AS o) AS x
     WHERE x.teaching_id = l.teaching_id AND x.n = l.n;
    ANALYZE pg_temp.seed_lesson;
    -- The planner takes the new table for tiny; without this the rules' queries are slow.
    SELECT set_config('enable_nestloop', 'off', true);
    SELECT pg_temp.add_lessons_of(p_school, min(held_on), max(held_on)) FROM pg_temp.seed_lesson;
    SELECT set_config('enable_nestloop', 'on', true);
    ANALYZE ej.lesson;
    INSERT INTO ej.substitution (lesson_id, school_id, kind, reason, held_on, slot, during, room_id)
    SELECT l.id, p_school, 'staff', 'sick', l.held_on, l.slot, l.during, l.room_id
      FROM ej.lesson l WHERE l.school_id = p_school AND l.is_substitute ORDER BY l.id;
    INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_lesson_id, due_on, text)
    SELECT ej.new_id(2026), p_school, l.id, l.teaching_id, l.study_group_id, y.id, y.held_on, l.homework
      FROM (SELECT id, teaching_id, study_group_id, n, held_on, homework FROM pg_temp.seed_lesson
             WHERE homework IS NOT NULL ORDER BY id) AS l
      -- homework is due at the next lesson of another day, even after double lessons
      JOIN LATERAL (SELECT y.id, y.held_on FROM pg_temp.seed_lesson y
                     WHERE y.teaching_id = l.teaching_id AND y.n > l.n AND y.held_on > l.held_on
                     ORDER BY y.n LIMIT 1) AS y ON true;
$$;

-- ------------------------------------------------------ absences, marks --

-- The days on which pupils were away: an illness of several days, or a single day.
CREATE TEMP TABLE seed_away (pupil_id bigint, day date, code text, PRIMARY KEY (pupil_id, day));
-- The pupils of each lesson that is filled in; code NULL: was present.
CREATE TEMP TABLE seed_seat (lesson_id bigint, pupil_id bigint, code text);

CREATE FUNCTION pg_temp.add_absences(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    TRUNCATE pg_temp.seed_away, pg_temp.seed_seat;
    INSERT INTO pg_temp.seed_away
    SELECT p.id, d::date + n, min(CASE WHEN c.chance < 9 THEN 'б' WHEN c.chance < 12 THEN 'у'
                                       WHEN c.chance < 14 THEN 'н' ELSE 'п' END)
      FROM ej.pupil p
      CROSS JOIN generate_series(date '2026-09-01', p_today, interval '1 day') AS d
      CROSS JOIN LATERAL (SELECT pg_temp.pick(format('away %s %s', p.id, d::date), 1000) AS chance) AS c
      CROSS JOIN generate_series(0, CASE WHEN c.chance < 9 THEN 2 + pg_temp.pick(format('ill %s %s', p.id, d::date), 6)
                                         ELSE 0 END) AS n
     WHERE p.school_id = p_school
       -- the last codes are for pupils who often miss lessons without a reason
       AND c.chance < CASE WHEN pg_temp.pick('truant ' || p.id, 12) = 0 THEN 30 ELSE 15 END
     GROUP BY 1, 2;

    INSERT INTO pg_temp.seed_seat
    SELECT l.id, m.pupil_id, coalesce(a.code, CASE
             WHEN l.subject = 'Физическая культура' AND a2.pupil_id IS NOT NULL THEN 'осв'
             WHEN pg_temp.pick(format('seat %s %s', l.id, m.pupil_id), 1000) < 4 THEN 'н'
             WHEN l.slot = 1 AND pg_temp.pick(format('late %s %s', l.id, m.pupil_id), 1000) < 14 THEN 'о' END)
      FROM pg_temp.seed_lesson l
      JOIN ej.membership m ON m.study_group_id = l.study_group_id AND m.during @> l.held_on
      LEFT JOIN pg_temp.seed_away a ON a.pupil_id = m.pupil_id AND a.day = l.held_on
      -- after an illness a pupil is exempt from physical education for about a week
      LEFT JOIN LATERAL (SELECT a2.pupil_id FROM pg_temp.seed_away a2
                          WHERE a2.pupil_id = m.pupil_id AND a2.code = 'б'
                            AND a2.day BETWEEN l.held_on - 9 AND l.held_on - 1 LIMIT 1) AS a2
        ON l.subject = 'Физическая культура'
     WHERE l.filled <> 'nothing';

    INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code, minutes)
    SELECT s.lesson_id, s.pupil_id, p_school, l.teaching_id, s.code,
           CASE s.code WHEN 'о' THEN 5 + pg_temp.pick(format('minutes %s %s', l.id, s.pupil_id), 3) * 5 END
      FROM pg_temp.seed_seat s JOIN pg_temp.seed_lesson l ON l.id = s.lesson_id
     WHERE s.code IS NOT NULL
     ORDER BY s.lesson_id, s.pupil_id;
    ANALYZE pg_temp.seed_seat;
$$;

CREATE TEMP TABLE seed_work (id bigint, lesson_id bigint, kind text, scale_id bigint);
-- The lessons whose control work stands in the school's schedule; a seed may fill it before.
CREATE TEMP TABLE seed_scheduled (teaching_id bigint, n int, PRIMARY KEY (teaching_id, n));

-- Put the works of seed_scheduled into the schedule, which makes them in the journals.
CREATE FUNCTION pg_temp.add_scheduled(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on, title)
    SELECT p_school, l.teaching_id, k.id, l.held_on, coalesce(left(substring(l.topic FROM ' по теме «(.*)»$'), 100), '')
      FROM pg_temp.seed_scheduled c
      JOIN pg_temp.seed_lesson l USING (teaching_id, n)
      JOIN ej.work_kind k ON k.school_id = p_school AND k.code = l.kind
     ORDER BY l.id;
    UPDATE pg_temp.seed_work x SET id = w.id
      FROM pg_temp.seed_scheduled c
      JOIN pg_temp.seed_lesson l USING (teaching_id, n)
      JOIN ej.work w ON w.lesson_id = l.id AND w.control_work_id IS NOT NULL
     WHERE x.lesson_id = l.id;
$$;

CREATE FUNCTION pg_temp.add_works(p_school bigint) RETURNS void LANGUAGE sql AS $$
    TRUNCATE pg_temp.seed_work;
    INSERT INTO pg_temp.seed_work
    SELECT ej.new_id(2026), o.* FROM (
        SELECT l.id, l.kind, t.scale_id FROM pg_temp.seed_lesson l JOIN ej.teaching t ON t.id = l.teaching_id
         WHERE l.kind IS NOT NULL AND l.filled <> 'nothing' ORDER BY l.id) AS o;
    INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id, title)
    SELECT w.id, p_school, l.id, j.id, l.teaching_id, k.id, k.weight_pct, w.scale_id,
           CASE WHEN k.is_control THEN left(l.topic, 200) ELSE '' END
      FROM pg_temp.seed_work w
      JOIN pg_temp.seed_lesson l ON l.id = w.lesson_id
      JOIN ej.journal j ON j.teaching_id = l.teaching_id
      JOIN ej.term m ON m.id = j.term_id AND m.is_taught AND m.during @> l.held_on
      JOIN ej.work_kind k ON k.school_id = p_school AND k.code = w.kind
     WHERE NOT EXISTS (SELECT FROM pg_temp.seed_scheduled c WHERE c.teaching_id = l.teaching_id AND c.n = l.n)
     ORDER BY w.id;
    SELECT pg_temp.add_scheduled(p_school);
    ANALYZE pg_temp.seed_work, ej.work;
$$;

-- The score of a work, which depends on the pupil (more than half), the subject and the
-- day. A single expression without FROM, so that the planner inlines it: calls cost more
-- than all the rest of the year.
CREATE FUNCTION pg_temp.seed_score(p_pupil bigint, p_subject text, p_work bigint, p_control boolean) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
    SELECT 0.50 * (20 + pg_temp.pick('able ' || p_pupil, 81))
      + 0.15 * pg_temp.pick(p_subject || p_pupil, 101)
      + 0.35 * pg_temp.pick(format('mark %s %s', p_pupil, p_work), 101)
      - CASE WHEN p_control THEN 5 ELSE 0 END
      + CASE WHEN p_subject IN ('Музыка', 'Изобразительное искусство', 'Труд (технология)',
                                'Физическая культура') THEN 18 ELSE 0 END
$$;

CREATE FUNCTION pg_temp.add_marks(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value, comment, staff_id)
    SELECT v.work_id, v.pupil_id, n, p_school, v.teaching_id, v.scale_id,
           CASE n WHEN 1 THEN v.value ELSE (3 + pg_temp.pick('better ' || v.key, 2))::text END,
           CASE WHEN n = 1 AND pg_temp.pick('comment ' || v.key, 100) < 2 THEN (CASE v.value
                WHEN '5' THEN '{"Отличный, полный ответ","Оформлено образцово","Решено двумя способами"}'
                WHEN '4' THEN '{"Одна ошибка в вычислениях","Хорошо, но проверьте вывод","Неполное обоснование"}'
                ELSE '{"Повторите правило и приходите на консультацию","Работа не закончена","Нет тетради с работой над ошибками"}'
                END::text[])[1 + pg_temp.pick('words ' || v.key, 3)] END,
           v.staff_id
      -- OFFSET 0: compute each score once, not at each use
      FROM (SELECT o.*, CASE WHEN o.score >= 63 THEN '5' WHEN o.score >= 44 THEN '4'
                             WHEN o.score >= 27 THEN '3' ELSE '2' END AS value
              FROM (
            SELECT w.id AS work_id, s.pupil_id, w.scale_id, l.teaching_id, l.given_by AS staff_id, k.is_control,
                   pg_temp.seed_score(s.pupil_id, l.subject, w.id, k.is_control) AS score,
                   format('%s %s', w.id, s.pupil_id) AS key
              FROM pg_temp.seed_work w
              JOIN pg_temp.seed_lesson l ON l.id = w.lesson_id
              JOIN ej.work_kind k ON k.school_id = p_school AND k.code = w.kind
              JOIN pg_temp.seed_seat s ON s.lesson_id = l.id AND coalesce(s.code, 'о') = 'о'
             WHERE pg_temp.pick(format('asked %s %s', w.id, s.pupil_id), 100) < CASE
                       WHEN k.is_control OR w.kind IN ('lab', 'independent', 'check', 'practical', 'norm') THEN 96
                       WHEN w.kind = 'quiz' THEN 88 WHEN w.kind IN ('report', 'project') THEN 12 ELSE 19 END
            OFFSET 0) AS o) AS v
      -- half of the pupils who failed a control work retake it
      CROSS JOIN generate_series(1, CASE WHEN v.is_control AND v.value = '2'
                                          AND pg_temp.pick('retake ' || v.key, 2) = 0 THEN 2 ELSE 1 END) AS n
     ORDER BY v.work_id, v.pupil_id, n;
$$;

-- ------------------------------------------------------------ term marks --

-- Give term marks for every term that is over: the weighted mean of the last attempts,
-- half rounded up; «н/а» (not attested) for pupils without marks. Clubs and electives give none,
-- and who is taught alone has them in the sheet of the class. p_in_time: given two days before the
-- term's end, of one teaching in 25 on its last day; else today.
CREATE FUNCTION pg_temp.add_term_marks(p_school bigint, p_today date, p_in_time boolean) RETURNS void LANGUAGE sql AS $$
    WITH means AS MATERIALIZED (
        SELECT k.journal_id, k.pupil_id, sum(s.number * k.weight_pct) / sum(k.weight_pct) AS mean
          FROM (SELECT DISTINCT ON (k.work_id, k.pupil_id) k.pupil_id, k.scale_id, k.value, w.journal_id, w.weight_pct
                  FROM ej.mark k JOIN ej.work w ON w.id = k.work_id
                 WHERE k.school_id = p_school AND k.value IS NOT NULL
                 ORDER BY k.work_id, k.pupil_id, k.attempt DESC) AS k
          JOIN ej.scale_value s ON s.scale_id = k.scale_id AND s.value = k.value
         GROUP BY k.journal_id, k.pupil_id
    )
    INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value, staff_id, given_on)
    SELECT p.pupil_id, t.subject_id, m.id, p_school, t.id, t.term_scale_id,
           coalesce(floor(v.mean + 0.5)::int::text, 'н/а'), t.staff_id,
           CASE WHEN p_in_time THEN upper(m.during) - CASE pg_temp.pick('late finals ' || t.id, 25) WHEN 0 THEN 1 ELSE 3 END END
      FROM ej.journal j
      JOIN ej.term m ON m.id = j.term_id AND m.is_taught AND upper(m.during) <= p_today
      JOIN ej.teaching t ON t.id = j.teaching_id
      JOIN ej.study_group o ON o.id = t.study_group_id AND o.kind NOT IN ('elective', 'club', 'individual', 'home')
      JOIN ej.membership p ON p.study_group_id = t.study_group_id AND p.during @> upper(m.during) - 1
      JOIN ej.study_group_class g ON g.study_group_id = t.study_group_id
      JOIN ej.class c ON c.id = g.class_id AND c.grade > 1
      JOIN ej.enrolment e ON e.pupil_id = p.pupil_id AND e.class_id = c.id AND e.during @> upper(m.during) - 1
      LEFT JOIN means v ON v.journal_id = j.id AND v.pupil_id = p.pupil_id
     WHERE j.school_id = p_school
     ORDER BY m.id, t.id, p.pupil_id;
$$;

CREATE FUNCTION pg_temp.close_journals(p_school bigint, p_today date, p_by bigint, p_only bigint DEFAULT NULL)
RETURNS void LANGUAGE sql AS $$
    UPDATE ej.journal j SET closed_at = upper(m.during) + interval '5 days 14 hours', closed_by = p_by,
           order_no = '31-к', reason = 'окончание учебного периода'
      FROM ej.term m
     WHERE m.id = j.term_id AND j.school_id = p_school AND upper(m.during) + 5 <= p_today
       AND (p_only IS NULL OR j.teaching_id = p_only)
$$;

-- Fill a school with everything above; seed_lesson already has the planned lessons.
CREATE FUNCTION pg_temp.fill(p_school bigint, p_today date, p_in_time boolean DEFAULT false) RETURNS void LANGUAGE sql AS $$
    SELECT pg_temp.stage('lessons ' || p_school);
    SELECT pg_temp.add_lessons(p_school);
    SELECT pg_temp.stage('attendance ' || p_school);
    SELECT pg_temp.add_absences(p_school, p_today);
    SELECT pg_temp.stage('marks ' || p_school);
    SELECT pg_temp.add_works(p_school);
    SELECT pg_temp.add_marks(p_school);
    ANALYZE ej.mark, ej.work, ej.journal, ej.membership, ej.teaching;
    SELECT pg_temp.stage('term marks ' || p_school);
    SELECT pg_temp.add_term_marks(p_school, p_today, p_in_time);
$$;

-- Let history name the teacher and the hour after the lesson, as if everything had been
-- typed then. Only a superuser can change history.
CREATE FUNCTION pg_temp.sign_lesson_history(p_school bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE ej.history h
       SET account_id = a.id, made_at = lower(l.during) AT TIME ZONE s.tz + interval '1 s' * (600 + h.id % 1500),
           address = '10.92.0.0'::inet + (l.staff_id % 250)
      FROM ej.lesson l
      JOIN ej.school s ON s.id = l.school_id
      JOIN ej.staff f ON f.id = l.staff_id
      JOIN ej.account a ON a.person_id = f.person_id
     WHERE h.school_id = p_school AND l.school_id = p_school
       AND h.table_name IN ('lesson', 'attendance', 'work', 'mark', 'homework')
       AND l.attendance_at IS NOT NULL
       AND l.id = CASE WHEN h.table_name IN ('lesson', 'attendance') THEN h.row_key[1]
                       WHEN h.table_name IN ('work', 'homework') THEN (h.new->>'lesson_id')::bigint
                       ELSE (SELECT w.lesson_id FROM ej.work w WHERE w.id = h.row_key[1]) END
$$;

CREATE FUNCTION pg_temp.sign_term_history(p_school bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE ej.history h
       SET account_id = a.id, made_at = (upper(m.during) - 1) + interval '13 hours' + interval '1 s' * (h.id % 3000),
           address = '10.92.0.0'::inet + (f.id % 250)
      FROM ej.term m, ej.staff f, ej.account a
     WHERE h.school_id = p_school AND h.table_name = 'term_mark' AND m.id = h.row_key[3]
       AND f.id = (h.new->>'staff_id')::bigint AND a.person_id = f.person_id
$$;
