-- meals.sql: the meals of a school, for both seeds: what is served, who eats what, the orders since a day, what
-- families paid, the closed months. After attendance and absences.

CREATE FUNCTION pg_temp.meals_setup(p_school bigint, p_start date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.meal (school_id, name, serves_at, cutoff_days, cutoff_at, withdraw_until)
    VALUES (p_school, 'Завтрак', '10:05', 1, '14:00', '09:00'), (p_school, 'Обед', '13:10', 0, '09:30', '10:00');
    INSERT INTO ej.meal_category (school_id, kind, name, ground) VALUES
        (p_school, 'free', 'Бесплатно, 1–4 классы', 'ст. 37 Федерального закона «Об образовании в РФ»'),
        (p_school, 'paid', 'За плату', ''),
        (p_school, 'benefit', 'Многодетные семьи', 'Постановление администрации города'),
        (p_school, 'benefit', 'ОВЗ, двухразовое питание', 'ст. 79 Федерального закона «Об образовании в РФ»'),
        (p_school, 'benefit', 'Дети участников СВО', 'Постановление администрации города');
    -- breakfast: free in grades 1 to 4; lunch: paid, but for those with a right to two meals
    INSERT INTO ej.meal_price (school_id, meal_id, meal_category_id, age, total, by_parents, during)
    SELECT p_school, m.id, k.id, v.age, v.total,
           CASE k.kind WHEN 'paid' THEN v.total ELSE 0 END, daterange(p_start, NULL)
      FROM (VALUES ('Завтрак', '7-11', 92.40), ('Завтрак', '12-18', 104.65), ('Обед', '7-11', 131.15), ('Обед', '12-18', 148.90))
           AS v(meal, age, total)
      JOIN ej.meal AS m ON m.school_id = p_school AND m.name = v.meal
      JOIN ej.meal_category AS k ON k.school_id = p_school
       AND CASE v.meal WHEN 'Завтрак' THEN k.kind <> 'free' OR v.age = '7-11' ELSE k.kind = 'paid' OR k.name LIKE 'ОВЗ%' END;
$$;

-- Who eats what: in grades 1 to 4 nearly all, later fewer; documents of one pupil in nine.
CREATE FUNCTION pg_temp.meals_chosen(p_school bigint, p_today date, p_start date, p_share int) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.meal_entitlement (school_id, pupil_id, meal_category_id, document, during)
    SELECT p_school, e.pupil_id, k.id, 'Справка № ' || 100 + e.pupil_id % 800 || ' от 28.08.2026', daterange(p_start, date '2027-06-01')
      FROM ej.enrolment AS e
      JOIN ej.class AS c ON c.id = e.class_id
      JOIN LATERAL (SELECT k.id FROM ej.meal_category AS k WHERE k.school_id = p_school AND k.kind = 'benefit'
                     ORDER BY k.id OFFSET pg_temp.pick('benefit ' || e.pupil_id, 3) LIMIT 1) AS k ON true
     WHERE e.school_id = p_school AND e.during @> p_today AND pg_temp.pick('entitled ' || e.pupil_id, 9) = 0;
    INSERT INTO ej.meal_choice (school_id, pupil_id, meal_id, weekdays, during)
    SELECT p_school, e.pupil_id, m.id,
           CASE WHEN pg_temp.pick(format('week %s %s', e.pupil_id, m.id), 12) = 0 THEN '{1,3,5}'::int[] ELSE '{1,2,3,4,5,6}' END,
           daterange(p_start, NULL)
      FROM ej.enrolment AS e
      JOIN ej.class AS c ON c.id = e.class_id
      JOIN ej.meal AS m ON m.school_id = p_school
      LEFT JOIN ej.meal_entitlement AS n ON n.pupil_id = e.pupil_id
     WHERE e.school_id = p_school AND e.during @> p_today
       AND pg_temp.pick(format('eats %s %s', e.pupil_id, m.name), 100)
           < p_share * CASE m.name WHEN 'Завтрак' THEN CASE WHEN c.grade <= 4 OR n.id IS NOT NULL THEN 97 ELSE 58 END
                               ELSE CASE WHEN c.grade <= 4 THEN 46 WHEN n.id IS NOT NULL THEN 60 ELSE 27 END END / 100;
$$;

-- The orders of the days since p_from as if job, class teachers and kitchen had done their work: nine classes of
-- ten were confirmed, of absent pupils most were taken back in time.
CREATE FUNCTION pg_temp.meals_ordered(p_school bigint, p_today date, p_from date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_day date;
    v_days bigint[];
BEGIN
    WITH made AS (
        INSERT INTO ej.meal_day (school_id, class_id, meal_id, served_on)
        SELECT c.school_id, c.id, m.id, d.day::date
          FROM ej.class AS c
          JOIN ej.meal AS m ON m.school_id = c.school_id
         CROSS JOIN generate_series(p_from, p_today, interval '1 day') AS d(day)
         WHERE c.school_id = p_school AND c.year = 2026
           AND ej.is_learning_day(c.school_id, c.grade, c.week_days, d.day::date)
           AND EXISTS (SELECT FROM ej.enrolment AS e JOIN ej.meal_choice AS h ON h.pupil_id = e.pupil_id
                        WHERE e.class_id = c.id AND h.meal_id = m.id)
         ORDER BY d.day, c.id, m.id
        RETURNING id)
    SELECT array_agg(id ORDER BY id) INTO v_days FROM made;
    PERFORM ej.meal_add(v_days);
    UPDATE ej.meal_day AS d SET confirmed_by = c.class_teacher_id,
           confirmed_at = (d.served_on - m.cutoff_days + m.cutoff_at - interval '2 hours') AT TIME ZONE 'Europe/Moscow'
      FROM ej.class AS c, ej.meal AS m
     WHERE d.school_id = p_school AND c.id = d.class_id AND m.id = d.meal_id AND c.class_teacher_id IS NOT NULL
       AND (d.served_on < p_today OR m.cutoff_days > 0)
       AND pg_temp.pick(format('confirmed %s %s', d.class_id, d.served_on), 12) > 0;
    PERFORM ej.meals_send(p_school);
    FOR v_day IN SELECT DISTINCT d.served_on FROM ej.meal_day AS d WHERE d.school_id = p_school AND d.served_on < p_today ORDER BY 1 LOOP
        UPDATE ej.meal_order AS o SET state = 'withdrawn', cause = 'absent', staff_id = NULL
         WHERE o.school_id = p_school AND o.served_on = v_day AND o.state = 'ordered'
           AND o.pupil_id IN (SELECT a.pupil_id FROM ej.meal_absent(p_school, v_day) AS a)
           AND pg_temp.pick(format('late %s %s', o.pupil_id, v_day), 10) < 8;
    END LOOP;
    PERFORM ej.meals_settle(p_school, p_today - 1);
END
$$;

-- What families paid at the beginning of each month, the months before this one closed by the organiser.
CREATE FUNCTION pg_temp.meals_paid(p_school bigint, p_today date, p_from date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.meal_payment (school_id, pupil_id, paid_on, amount, document)
    SELECT p_school, x.pupil_id, d.day::date + pg_temp.pick(format('paid %s %s', x.pupil_id, d.day), 4),
           500 * (2 + pg_temp.pick(format('amount %s %s', x.pupil_id, d.day), 7)) + pg_temp.pick('kopecks ' || x.pupil_id, 3) * 0.25,
           format('%s-%s', to_char(d.day, 'MM'), 100000 + x.pupil_id)
      FROM (SELECT DISTINCT o.pupil_id FROM ej.meal_order AS o WHERE o.school_id = p_school AND o.by_parents > 0) AS x
     CROSS JOIN generate_series(date_trunc('month', p_from::timestamp), p_today::timestamp, interval '1 month') AS d(day)
     WHERE pg_temp.pick(format('pays %s %s', x.pupil_id, d.day), 8) > 0 AND d.day::date + 4 <= p_today;
    SELECT ej.meal_month_end(p_school, d.day::date, r.staff_id, (d.day + interval '1 month 2 days 15 hours') AT TIME ZONE 'Europe/Moscow')
      FROM generate_series(date_trunc('month', p_from::timestamp), date_trunc('month', p_today::timestamp) - interval '1 day',
                           interval '1 month') AS d(day)
      JOIN ej.staff_role AS r ON r.school_id = p_school AND r.role = 'meals' ORDER BY d.day;
    INSERT INTO ej.menu (school_id, meal_id, served_on, note)
    SELECT p_school, m.id, d.day::date,
           (CASE m.name WHEN 'Завтрак' THEN '{"Каша овсяная с маслом, сыр, чай","Запеканка творожная с джемом, какао","Омлет, зелёный горошек, чай с лимоном","Каша рисовая, яблоко, какао","Блины с повидлом, чай"}'
                 ELSE '{"Щи, котлета с гречкой, компот","Борщ, рыба с картофельным пюре, кисель","Суп гороховый, плов, сок","Уха, тефтели с макаронами, компот","Рассольник, гуляш с рисом, чай"}' END::text[])
               [1 + (d.day::date - date '2026-01-01') % 5]
      FROM ej.meal AS m CROSS JOIN generate_series(p_today - 3, p_today + 6, interval '1 day') AS d(day)
     WHERE m.school_id = p_school AND extract(isodow FROM d.day) < 7;
$$;

-- Everything above; afterwards the moments are those of the days (as superuser).
CREATE FUNCTION pg_temp.meals(p_school bigint, p_today date, p_from date, p_share int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_temp.meals_setup(p_school, '2026-09-01');
    PERFORM pg_temp.meals_chosen(p_school, p_today, '2026-09-01', p_share);
    PERFORM pg_temp.meals_ordered(p_school, p_today, p_from);
    PERFORM pg_temp.meals_paid(p_school, p_today, p_from);
    SET LOCAL session_replication_role = replica;
    UPDATE ej.meal_day AS d SET sent_at = ej.meal_cutoff(d.meal_id, d.served_on) AT TIME ZONE 'Europe/Moscow'
     WHERE d.school_id = p_school AND d.sent_at IS NOT NULL;
    UPDATE ej.meal_line AS l
       SET made_at = CASE l.cause WHEN 'sent' THEN ej.meal_cutoff(l.meal_id, l.served_on)
                                  ELSE l.served_on + time '08:40' END AT TIME ZONE 'Europe/Moscow'
     WHERE l.school_id = p_school;
    SET LOCAL session_replication_role = DEFAULT;
END
$$;
