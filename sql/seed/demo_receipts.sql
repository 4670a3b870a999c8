-- demo_receipts.sql: which families of the demo school have seen the weeks of the diary, what was
-- printed for paper families, and talks with families.

CREATE FUNCTION pg_temp.demo_receipts(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    -- seven families of ten have seen each week of the last two months
    INSERT INTO ej.receipt (school_id, pupil_id, week_on, guardian_id, way, document_sha256, made_at, is_late)
    SELECT p_school, d.pupil_id, d.week_on, g.guardian_id,
           CASE pg_temp.pick(format('way %s', d.pupil_id), 3) WHEN 0 THEN 'read' ELSE 'tap' END, d.sha256,
           d.week_on + time '18:30' + interval '5 days', false
      FROM (SELECT ARRAY(SELECT DISTINCT n.pupil_id FROM ej.enrolment AS n
                          WHERE n.school_id = p_school AND n.during @> p_today) AS pupils,
                   ARRAY(SELECT date_trunc('week', p_today::timestamp)::date - i.n * 7
                           FROM generate_series(1, 8) AS i(n)) AS weeks) AS x
     CROSS JOIN LATERAL ej.week_documents(x.pupils, x.weeks) AS d
      JOIN (SELECT w.pupil_id, min(w.guardian_id) AS guardian_id FROM ej.guardianship AS w
             WHERE w.school_id = p_school AND w.is_informed AND w.during @> p_today GROUP BY w.pupil_id) AS g
        ON g.pupil_id = d.pupil_id
     WHERE pg_temp.pick(format('seen %s %s', d.pupil_id, d.week_on), 10) < 7
       AND pg_temp.pick('paper ' || d.pupil_id, 40) > 0;
    -- the strips of paper families, printed each Friday by the class teacher
    INSERT INTO ej.paper (school_id, pupil_id, week_on, document_sha256, printed_at, staff_id)
    SELECT p_school, d.pupil_id, d.week_on, d.sha256, d.week_on + time '13:10' + interval '4 days', c.class_teacher_id
      FROM (SELECT ARRAY(SELECT DISTINCT w.pupil_id FROM ej.guardianship AS w
                          CROSS JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, 'processing') AS l
                          WHERE w.school_id = p_school AND l.answer IN ('refused', 'withdrawn')) AS pupils,
                   ARRAY(SELECT date_trunc('week', p_today::timestamp)::date - i.n * 7
                           FROM generate_series(1, 8) AS i(n)) AS weeks) AS x
     CROSS JOIN LATERAL ej.week_documents(x.pupils, x.weeks) AS d
      JOIN ej.enrolment AS n ON n.pupil_id = d.pupil_id AND n.during @> p_today
      JOIN ej.class AS c ON c.id = n.class_id AND c.class_teacher_id IS NOT NULL;
    -- talks with families
    INSERT INTO ej.informing (school_id, pupil_id, way, informed_on, note, staff_id)
    SELECT p_school, n.pupil_id, ('{call,talk,meeting,letter}'::text[])[1 + pg_temp.pick('talk ' || n.pupil_id, 4)],
           p_today - 1 - pg_temp.pick('talked ' || n.pupil_id, 40),
           ('{"успеваемость за четверть","пропуски без причины","подготовка к контрольной","достижения ребёнка"}'::text[])
               [1 + pg_temp.pick('about ' || n.pupil_id, 4)], c.class_teacher_id
      FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id AND c.class_teacher_id IS NOT NULL
     WHERE n.school_id = p_school AND n.during @> p_today AND pg_temp.pick('told ' || n.pupil_id, 4) = 0
$$;
