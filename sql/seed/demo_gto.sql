-- demo_gto.sql: ГТЗО in the demo school: groups of health of all pupils, two autumn days of tests of seven
-- classes, those of 7Б a year before, two signs of the ministry.

-- The groups of health from what the cards say; of a hundred pupils the physician has not seen three.
CREATE FUNCTION pg_temp.demo_health_groups(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.health_group (school_id, pupil_id, kind, is_gto_allowed, document, during)
    SELECT p_school, e.pupil_id, h.sport_group,
           h.sport_group IN ('main', 'light') AND pg_temp.pick('admitted ' || e.pupil_id, 30) > 0,
           format('заключение № %s от %s', e.pupil_id % 1000, to_char(make_date(y.year, 8, 28), 'DD.MM.YYYY')),
           daterange(make_date(y.year, 9, 1), make_date(y.year + 1, 9, 1))
      FROM ej.enrolment AS e
      JOIN ej.class AS y ON y.id = e.class_id
      JOIN ej.pupil_health AS h ON h.pupil_id = e.pupil_id
     WHERE e.school_id = p_school AND lower(e.during) = make_date(y.year, 9, 1)
       AND (y.year < 2026 OR pg_temp.pick('seen ' || e.pupil_id, 100) > 2)
     ORDER BY y.year, e.pupil_id;
$$;

-- The results of the admitted pupils of these classes on a day, in the first of these tests of each
-- quality that their step has. A pupil's strength decides which norm is met: 0 none … 3 gold.
CREATE FUNCTION pg_temp.demo_gto_day(p_school bigint, p_classes bigint[], p_day date, p_tests text[], p_protocol text)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.gto_result (school_id, pupil_id, gto_test_id, done_on, value, staff_id, protocol_no)
    SELECT p_school, x.pupil_id, x.gto_test_id, p_day,
           CASE x.unit WHEN 's' THEN round(v.value, 1) ELSE greatest(round(v.value), 0) END,
           x.staff_id, format('%s-%s', p_protocol, x.class)
      FROM (SELECT DISTINCT ON (e.pupil_id, n.quality) e.pupil_id, c.grade || c.letter AS class, t.staff_id,
                   n.gto_test_id, u.unit, n.quality, pg_temp.pick('gto ' || e.pupil_id, 4) AS strength,
                   coalesce(n.bronze, 2 * n.silver - n.gold) AS bronze,
                   coalesce(n.silver, (n.bronze + n.gold) / 2) AS silver,
                   coalesce(n.gold, 2 * n.silver - n.bronze) AS gold
              FROM ej.enrolment AS e
              JOIN ej.class AS c ON c.id = e.class_id AND c.id = ANY (p_classes)
              JOIN ej.pupil_card AS k ON k.pupil_id = e.pupil_id
              JOIN ej.health_group AS h ON h.pupil_id = e.pupil_id AND h.during @> p_day AND h.is_gto_allowed
              JOIN ej.gto_step AS s ON s.gto_edition_id = ej.gto_edition_on(p_school, p_day)
               AND extract(year FROM age(p_day, k.birth_on)) BETWEEN s.age_from AND s.age_to
              JOIN ej.gto_norm AS n ON n.gto_step_id = s.id AND n.sex = k.sex
              JOIN ej.gto_test AS u ON u.id = n.gto_test_id AND u.test_key = ANY (p_tests)
             CROSS JOIN LATERAL (SELECT min(t.staff_id) AS staff_id FROM ej.study_group_class AS g
                                   JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
                                   JOIN ej.subject AS b ON b.id = t.subject_id AND b.name = 'Физическая культура'
                                  WHERE g.class_id = c.id OR c.year < 2026 AND t.school_id = p_school) AS t
             WHERE e.during @> p_day
             ORDER BY e.pupil_id, n.quality, array_position(p_tests, u.test_key)) AS x
     CROSS JOIN LATERAL (SELECT greatest(x.strength - (pg_temp.pick(x.quality || x.pupil_id, 6) = 0)::int, 0) AS level,
                                pg_temp.pick(p_day::text || x.quality || x.pupil_id, 90) / 100.0 AS part) AS l
     CROSS JOIN LATERAL (SELECT CASE l.level WHEN 0 THEN x.bronze + (l.part - 1) * (x.silver - x.bronze)
                                             WHEN 1 THEN x.bronze + l.part * (x.silver - x.bronze)
                                             WHEN 2 THEN x.silver + l.part * (x.gold - x.silver)
                                             ELSE x.gold + l.part * (x.gold - x.silver) / 3 END AS value) AS v
     WHERE x.staff_id IS NOT NULL AND pg_temp.pick('away ' || p_day || x.pupil_id, 20) > 0
     ORDER BY x.class, x.pupil_id, x.gto_test_id;
    UPDATE ej.history AS h SET made_at = (p_day + time '15:10') AT TIME ZONE 'Europe/Moscow'
     WHERE h.school_id = p_school AND h.table_name = 'gto_result' AND h.new ->> 'done_on' = p_day::text;
$$;

-- All of it until today: two days a year, each with the half of the tests.
CREATE FUNCTION pg_temp.demo_gto(p_school bigint, p_today date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    classes bigint[] := ARRAY(SELECT d.class_id FROM pg_temp.demo_class AS d
                               WHERE d.class IN ('3А', '5А', '7А', '7Б', '8Г', '9А', '11А'));
    former  bigint[] := ARRAY(SELECT c.id FROM ej.class AS c WHERE c.school_id = p_school AND c.year = 2025);
    first   text[] := '{run60,run30,bend,jump,pushup,pullhigh,pulllow}';
    second  text[] := '{run6min,mixed1000,run1000,run1500,run2000,run3000,situp,situp30,shuttle,throw150,throw500,throw700}';
    tested  record;
BEGIN
    PERFORM pg_temp.demo_health_groups(p_school);
    FOR tested IN VALUES (former, date '2025-10-08', first), (former, '2025-10-15', second),
                    (classes, '2026-10-07', first), (classes, '2026-10-14', second) LOOP
        CONTINUE WHEN tested.column2 > p_today;
        PERFORM pg_temp.demo_gto_day(p_school, tested.column1, tested.column2, tested.column3, to_char(tested.column2, 'DDMM'));
    END LOOP;
    UPDATE ej.pupil_card AS k SET gto_uin = '00-00-' || lpad(k.pupil_id::text, 7, '0')
     WHERE k.school_id = p_school AND k.pupil_id IN (SELECT r.pupil_id FROM ej.gto_result AS r);
    -- the ministry's: the child of «parent» and a pupil of 9А, in the step of the year before
    INSERT INTO ej.gto_award (school_id, pupil_id, step_no, sign, order_no, order_on)
    SELECT p_school, x.pupil_id, v.step_no, v.sign, v.order_no, v.order_on
      FROM (VALUES ('7Б', 3, 'silver', '83 нг', date '2026-06-30'), ('9А', 4, 'gold', '71 нг', '2026-04-01'))
           AS v(class, step_no, sign, order_no, order_on)
     CROSS JOIN LATERAL (SELECT e.pupil_id FROM pg_temp.demo_class AS d
                           JOIN ej.enrolment AS e ON e.class_id = d.class_id AND e.during @> p_today
                           LEFT JOIN ej.account AS a ON a.login = 'pupil'
                           LEFT JOIN ej.pupil AS p ON p.id = e.pupil_id
                          WHERE d.class = v.class ORDER BY (p.person_id = a.person_id) DESC NULLS LAST, e.pupil_id
                          LIMIT 1) AS x;
END
$$;
