-- demo_cards.sql: what is kept of the pupils and families of the demo school beside their names.

-- The cards: documents, health, the guardians' telephones, social categories. Nobody has
-- these numbers: the authority and the region 000 do not exist.
CREATE FUNCTION pg_temp.demo_cards(p_school bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE ej.pupil_card AS c
       SET file_no = left(p.surname, 1) || '-' || (100 + p.id % 900), birth_place = 'г. Заречный Бор', citizenship = 'Россия',
           document_kind = CASE WHEN c.birth_on <= date '2012-11-01' THEN 'passport' ELSE 'birth' END,
           document_number = lpad(pg_temp.pick('document ' || p.id, 1000000)::text, 6, '0'),
           document_by = CASE WHEN c.birth_on <= date '2012-11-01' THEN 'отдел МВД по г. Заречный Бор' ELSE 'отдел ЗАГС г. Заречный Бор' END,
           document_on = CASE WHEN c.birth_on <= date '2012-11-01' THEN (c.birth_on + interval '14 years 20 days')::date ELSE c.birth_on + 14 END,
           snils = format('000-%s-%s 00', lpad(pg_temp.pick('snils ' || p.id, 1000)::text, 3, '0'), lpad((p.id % 1000)::text, 3, '0')),
           insurance_number = '0000 ' || lpad(pg_temp.pick('policy ' || p.id, 1000000)::text, 12, '0'),
           languages = 'английский', is_day_group = pg_temp.pick('day ' || p.id, 3) = 0 AND c.birth_on > date '2016-09-01'
      FROM ej.pupil AS p WHERE p.id = c.pupil_id AND p.school_id = p_school;
    INSERT INTO ej.pupil_health (pupil_id, school_id, health_group, sport_group, advice)
    SELECT p.id, p_school, (ARRAY['1', '2', '2', '2', '3'])[1 + pg_temp.pick('health ' || p.id, 5)],
           CASE pg_temp.pick('sport ' || p.id, 40) WHEN 0 THEN 'special_a' WHEN 1 THEN 'exempt' WHEN 2 THEN 'light' WHEN 3 THEN 'light' ELSE 'main' END,
           CASE pg_temp.pick('advice ' || p.id, 15) WHEN 0 THEN 'первая парта' WHEN 1 THEN 'очки для дали' ELSE '' END
      FROM ej.pupil AS p WHERE p.school_id = p_school;
    UPDATE ej.guardian AS g
       SET phone = format('+7 000 %s-%s', lpad(pg_temp.pick('mobile ' || g.id, 1000)::text, 3, '0'), lpad(pg_temp.pick('line ' || g.id, 10000)::text, 4, '0')),
           email = CASE WHEN pg_temp.pick('email ' || g.id, 4) > 0 THEN format('family%s@example.org', g.id) ELSE '' END,
           work = (ARRAY['завод «Прибор»', 'поликлиника № 3', 'детский сад № 12', 'лесничество', 'пекарня', 'не работает'])[1 + pg_temp.pick('work ' || g.id, 6)]
     WHERE g.school_id = p_school;
    INSERT INTO ej.pupil_category (school_id, pupil_id, category, during, paper)
    SELECT p_school, p.id, v.category, '[2026-09-01,)', v.paper
      FROM ej.pupil AS p
      JOIN (VALUES ('large', 9, 'удостоверение'), ('poor', 14, 'справка соцзащиты'), ('single', 12, ''), ('ward', 60, 'постановление об опеке'),
                   ('disabled', 70, 'справка МСЭ'), ('needs', 35, 'заключение ПМПК'), ('school_watch', 80, 'решение совета профилактики'),
                   ('police_watch', 160, 'постановление КДН'), ('fighter', 40, 'справка')) AS v(category, one_of, paper)
        ON pg_temp.pick(v.category || p.id, v.one_of) = 0
     WHERE p.school_id = p_school ORDER BY p.id, v.category;
$$;

-- Consents: of a hundred guardians one refuses the processing of data, two have not answered.
CREATE FUNCTION pg_temp.demo_consents(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, document_no, signed_on)
    SELECT p_school, w.guardian_id, w.pupil_id, v.purpose,
           CASE WHEN pg_temp.pick(v.purpose || w.pupil_id, 100) < v.refused THEN 'refused' ELSE 'given' END,
           w.pupil_id || v.letter, date '2026-09-01' + pg_temp.pick('signed ' || w.pupil_id, 10)
      FROM ej.guardianship AS w
     CROSS JOIN (VALUES ('processing', 1, 98, ''), ('email', 10, 70, 'п'), ('sms', 12, 60, 'т'), ('publication', 15, 90, 'ф')) AS v(purpose, refused, answered, letter)
     WHERE w.school_id = p_school AND pg_temp.pick(w.pupil_id || v.purpose, 100) < v.answered
     ORDER BY w.pupil_id, w.guardian_id, v.purpose;
$$;

-- Openings of cards: class teachers and the deputy during the last weeks.
CREATE FUNCTION pg_temp.demo_views(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.card_view (school_id, pupil_id, person_id, address, viewed_at)
    SELECT p_school, e.pupil_id, s.person_id, '10.0.92.7',
           p_today - 1 - pg_temp.pick('view day ' || e.id, 20) + time '08:00' + pg_temp.pick('view ' || e.id, 540) * interval '1 minute'
      FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id JOIN ej.staff AS s ON s.id = c.class_teacher_id
     WHERE e.school_id = p_school AND pg_temp.pick('viewed ' || e.id, 4) = 0
     ORDER BY 5;
$$;
