-- demo_plan.sql: calendar-thematic plans of the demo school: one of each subject and grade with the
-- same hours, made of the seed's topics, approved, and given lesson by lesson. Two plans are offered,
-- one is a draft that lacks an hour; a teaching of 7Б lags behind its plan.

-- a group has the plan of its first class's grade
CREATE TEMP TABLE demo_plan_of (teaching_id bigint, subject_id bigint, grade int, hours_week numeric, staff_id bigint,
                                first_id bigint);

CREATE FUNCTION pg_temp.demo_plans(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO demo_plan_of
    SELECT t.id, t.subject_id, c.grade, t.hours_week, t.staff_id,
           min(t.id) OVER (PARTITION BY t.subject_id, c.grade, t.hours_week)
      FROM ej.teaching t
     CROSS JOIN LATERAL (SELECT c.grade FROM ej.study_group_class x JOIN ej.class c ON c.id = x.class_id
                          WHERE x.study_group_id = t.study_group_id ORDER BY c.grade, c.id LIMIT 1) AS c
     WHERE t.school_id = p_school;
    INSERT INTO ej.plan (school_id, year, subject_id, grade, hours_week, name, staff_id)
    SELECT p_school, 2026, o.subject_id, o.grade, o.hours_week, format('%s, %s класс', s.name, o.grade), o.staff_id
      FROM demo_plan_of o JOIN ej.subject s ON s.id = o.subject_id
      JOIN pg_temp.seed_topic tp ON tp.subject = s.name AND o.grade BETWEEN tp.grade_from AND tp.grade_to
     WHERE o.teaching_id = o.first_id ORDER BY o.grade, s.order_no;
    -- the year's hours, spread over the topics; every tenth hour is a control work
    INSERT INTO ej.plan_row (school_id, plan_id, staff_id, place, section, topic, kind, homework)
    SELECT p_school, p.id, p.staff_id, h.n, CASE WHEN h.in_topic = 1 THEN left(h.topic, 300) ELSE '' END,
           CASE WHEN h.n % 10 = 0 THEN format('Контрольная работа по теме «%s»', translate(h.topic, '«»', '„“'))
                WHEN h.in_topic > 1 THEN format('%s. %s', h.topic, f.forms[1 + (h.in_topic - 2) % cardinality(f.forms)])
                ELSE h.topic END,
           CASE WHEN h.n % 10 = 0 THEN 'control' WHEN h.n % 10 = 7 AND s.name IN ('Физика', 'Химия', 'Биология')
                THEN 'laboratory' ELSE 'lesson' END,
           CASE WHEN p.grade > 1 AND h.n % 10 <> 0
                THEN replace(replace(replace(replace(f.tasks[1 + h.n % cardinality(f.tasks)], '{n}', (h.n / 2 + 1)::text),
                             '{a}', (h.n * 3 + 5)::text), '{b}', (h.n * 3 + 8)::text), '{c}', (h.n * 3 + 11)::text)
                ELSE '' END
      FROM ej.plan p
      JOIN ej.subject s ON s.id = p.subject_id
      JOIN pg_temp.seed_form f ON f.subject = s.name
     CROSS JOIN LATERAL (
           SELECT h.n, h.topic, row_number() OVER (PARTITION BY h.no ORDER BY h.n) AS in_topic
             FROM (SELECT g.n, x.no, tp.topics[x.no] AS topic
                     FROM pg_temp.seed_topic tp
                    CROSS JOIN LATERAL (SELECT floor(ej.plan_norm(p.school_id, p.grade, p.hours_week))::int AS hours) AS y
                    CROSS JOIN LATERAL generate_series(1, y.hours) AS g(n)
                    CROSS JOIN LATERAL (SELECT 1 + (g.n - 1) * cardinality(tp.topics) / y.hours AS no) AS x
                    WHERE tp.subject = s.name AND p.grade BETWEEN tp.grade_from AND tp.grade_to) AS h) AS h
     WHERE p.school_id = p_school ORDER BY p.id, h.n;
    INSERT INTO ej.plan_use (teaching_id, school_id, plan_id)
    SELECT o.teaching_id, p_school, p.id FROM demo_plan_of o
      JOIN ej.plan p ON p.school_id = p_school AND p.subject_id = o.subject_id AND p.grade = o.grade
       AND p.hours_week = o.hours_week;
    -- the n-th given lesson has the n-th topic; in 7Б two lessons of algebra went on
    INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id, goes_on)
    SELECT l.id, r.id, p_school, u.teaching_id, l.n IN (5, 12) AND l.is_slow
      FROM ej.plan_use u
     CROSS JOIN LATERAL (
           SELECT l.id, row_number() OVER (ORDER BY l.held_on, l.slot) AS n, g.name = '7Б' AND s.name = 'Алгебра' AS is_slow
             FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.study_group g ON g.id = t.study_group_id
             JOIN ej.subject s ON s.id = t.subject_id
            WHERE l.teaching_id = u.teaching_id AND l.state = 'given' AND l.topic <> '') AS l
      JOIN ej.plan_row r ON r.plan_id = u.plan_id
       AND r.place = l.n - CASE WHEN l.is_slow THEN (l.n > 5)::int + (l.n > 12)::int ELSE 0 END
     WHERE u.school_id = p_school;
    UPDATE ej.plan p SET state = 'approved', approved_on = '2026-08-31',
           approved_by = (SELECT f.staff FROM demo_staff f WHERE f.login = 'deputy')
     WHERE p.school_id = p_school AND ej.plan_fault(p.id) IS NULL AND p.id % 40 <> 0;
    UPDATE ej.plan p SET state = 'offered'
     WHERE p.school_id = p_school AND p.state = 'draft' AND p.id % 40 = 0;
    INSERT INTO ej.plan_skip (school_id, teaching_id, plan_row_id, reason)
    SELECT p_school, u.teaching_id, r.id, 'Прошли на математическом кружке'
      FROM ej.plan_use u
      JOIN ej.teaching t ON t.id = u.teaching_id
      JOIN ej.study_group g ON g.id = t.study_group_id AND g.name = '7Б'
      JOIN ej.subject s ON s.id = t.subject_id AND s.name = 'Алгебра'
      JOIN ej.plan_row r ON r.plan_id = u.plan_id AND r.place = 60
     WHERE u.school_id = p_school;
$$;
