-- demo_extracts.sql: certified copies of the demo school: cards of the first term, of which one is void
-- and one replaced by another.

-- The marks of a pupil in a subject and a term, as elements.
CREATE FUNCTION pg_temp.demo_card_marks(p_pupil bigint, p_subject bigint, p_during daterange) RETURNS xml LANGUAGE sql AS $$
    SELECT xmlagg(xmlelement(name mark, xmlattributes(l.held_on AS held_on, k.name AS kind_name), m.value::text)
                  ORDER BY l.held_on, w.id, m.attempt)
      FROM ej.mark AS m
      JOIN ej.work AS w ON w.id = m.work_id
      JOIN ej.lesson AS l ON l.id = w.lesson_id AND p_during @> l.held_on
      JOIN ej.work_kind AS k ON k.id = w.kind_id
      JOIN ej.teaching AS t ON t.id = l.teaching_id AND t.subject_id = p_subject
     WHERE m.pupil_id = p_pupil AND m.value IS NOT NULL
$$;

-- The document of a pupil's card as the page makes it.
CREATE FUNCTION pg_temp.demo_card(p_pupil bigint, p_class bigint, p_term bigint) RETURNS text LANGUAGE sql AS $$
    SELECT E'<?xml version="1.0" encoding="UTF-8"?>\n' || xmlelement(name page,
        xmlattributes('papers' AS feature, 'extract' AS view, 'ru' AS lang, 'print' AS format, s.short_name AS school),
        xmlelement(name papers,
            xmlattributes('extract' AS view, p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, p.patronymic) AS name,
                p.surname AS holder, concat_ws(', ', ej.short_name(p.surname, p.given_name, p.patronymic), c.name, e.name) AS about,
                c.id AS class_id, c.name AS class_name, c.year AS year, s.name AS school_name, e.id AS term_id,
                e.name AS term_name, lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
                ej.initials_name(f.surname, f.given_name, f.patronymic) AS staff_name),
            (SELECT xmlagg(xmlelement(name subject, xmlattributes(b.id AS subject_id, b.name AS name,
                               ej.mean_shown(g.mean) AS mean, m.value AS term_mark, nullif(g.missed, 0) AS missed),
                               pg_temp.demo_card_marks(p.id, b.id, e.during)) ORDER BY b.order_no, b.name)
               FROM ej.term_mark AS m
               JOIN ej.subject AS b ON b.id = m.subject_id
               LEFT JOIN LATERAL ej.figures(ARRAY[p.id], ARRAY[b.id], e.id, true) AS g ON true
              WHERE m.pupil_id = p.id AND m.term_id = e.id)))::text
      FROM ej.pupil AS p, ej.class AS c, ej.term AS e, ej.school AS s, ej.staff AS f
     WHERE p.id = p_pupil AND c.id = p_class AND e.id = p_term AND s.id = p.school_id AND f.id = c.class_teacher_id
$$;

CREATE FUNCTION pg_temp.demo_extracts(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    WITH n AS (
        SELECT row_number() OVER (ORDER BY c.grade, c.letter, n.pupil_id) AS number, n.pupil_id, c.id AS class_id, c.year,
               c.class_teacher_id, e.id AS term_id, e.name AS term_name, c.name AS class_name, upper(e.during) AS ended
          FROM ej.class AS c
          JOIN LATERAL (SELECT e.id, e.name, e.during FROM ej.term AS e
                         WHERE e.term_plan_id = c.term_plan_id AND e.is_taught AND upper(e.during) <= p_today
                         ORDER BY e.during LIMIT 1) AS e ON true
          JOIN LATERAL (SELECT n.pupil_id FROM ej.enrolment AS n
                         WHERE n.class_id = c.id AND n.during @> p_today
                         ORDER BY EXISTS (SELECT FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
                                            JOIN ej.account AS a ON a.person_id = g.person_id
                                           WHERE w.pupil_id = n.pupil_id AND a.login = 'parent') DESC, n.pupil_id
                         LIMIT 4) AS n ON true
         WHERE c.school_id = p_school AND c.grade = 7 AND c.class_teacher_id IS NOT NULL
         ORDER BY 1 LIMIT 14
    ), twice AS (
        SELECT n.*, NULL::bigint AS replaces FROM n
         UNION ALL
        SELECT n.number + 14, n.pupil_id, n.class_id, n.year, n.class_teacher_id, n.term_id, n.term_name, n.class_name,
               n.ended, n.number FROM n WHERE n.number = 3
    )
    INSERT INTO ej.extract (id, school_id, year, number, kind, about, pupil_id, class_id, term_id, staff_id, signer_role,
                            signer_name, holder, purpose, original, address, code_key, document, document_sha256,
                            operation_id, made_on, made_at, replaces_id)
    SELECT p_school * 1000 + x.no, p_school, x.year, x.no, 'card',
           concat_ws(', ', ej.short_name(p.surname, p.given_name, p.patronymic), x.class_name, x.term_name), x.pupil_id,
           x.class_id, x.term_id, x.class_teacher_id, 'class_teacher',
           ej.initials_name(f.surname, f.given_name, f.patronymic), p.surname,
           CASE x.no % 4 WHEN 1 THEN 'в спортивную школу' ELSE 'для родителей' END,
           CASE x.no % 4 WHEN 1 THEN 'в ' || s.short_name || ' в деле № 02-15 за 2026 год' ELSE '' END,
           'http://127.0.0.1:8080/journal', md5(format('copy %s %s', p_school, x.no)), d.text,
           sha256(convert_to(d.text, 'UTF8')), gen_random_uuid(), least(x.ended + 7 + x.no::int, p_today),
           least(x.ended + 7 + x.no::int, p_today) + time '12:40',
           CASE WHEN x.replaces IS NOT NULL THEN p_school * 1000 + x.replaces END
      FROM (SELECT t.*, row_number() OVER (ORDER BY t.number) AS no FROM twice AS t) AS x
      JOIN ej.pupil AS p ON p.id = x.pupil_id
      JOIN ej.staff AS f ON f.id = x.class_teacher_id
      JOIN ej.school AS s ON s.id = p_school
     CROSS JOIN LATERAL (SELECT pg_temp.demo_card(x.pupil_id, x.class_id, x.term_id) AS text OFFSET 0) AS d;
    UPDATE ej.extract SET void_at = made_at + interval '1 day', void_on = least(made_on + 1, p_today),
           void_reason = 'ошибка в отметке по алгебре', void_staff_id = staff_id
     WHERE id = p_school * 1000 + 5;
    SELECT setval(pg_get_serial_sequence('ej.extract', 'id'), greatest((SELECT max(id) FROM ej.extract), 1));
    INSERT INTO ej.extract_view (school_id, extract_id, viewed_at, address)
    SELECT p_school, x.id, x.made_at + interval '2 days', '192.0.2.15' FROM ej.extract AS x
     WHERE x.school_id = p_school AND x.number = 1;
$$;
