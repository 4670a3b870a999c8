-- demo_handover.sql: reports of the first term that are handed in: of three classes in four of grades 5 to 9,
-- and of every fourth teacher; the others have not yet.

-- The document of a report as its page makes it; class_id or staff_id is given.
CREATE FUNCTION pg_temp.demo_report(p_key text, p_school bigint, p_class bigint, p_staff bigint, p_terms bigint[],
    p_about text, p_day date) RETURNS text LANGUAGE sql AS $$
    SELECT E'<?xml version="1.0" encoding="UTF-8"?>\n' || xmlelement(name page,
        xmlattributes('reports' AS feature, 'show' AS view, 'ru' AS lang, 'print' AS format, s.short_name AS school),
        xmlelement(name reports,
            xmlattributes('show' AS view, p_key AS report_key, 'final' AS period, e.year, e.name AS term_name,
                e.starts_on, e.ends_on, p_class AS class_id, c.name AS class_name, p_staff AS staff_id,
                ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name, p_day AS today_on,
                s.name AS school_name, nullif(s.founder, '') AS founder,
                ej.short_name(k.surname, k.given_name, k.patronymic) AS teacher_name, p_about AS about,
                p_terms[1] AS term_id, CASE WHEN p_staff IS NOT NULL THEN 1 END AS is_own),
            (SELECT xmlagg(xmlelement(name table, xmlattributes(t.n AS table_id, t.item ->> 'name' AS name, x.lines),
                        (SELECT xmlagg(xmlelement(name column, xmlattributes(o.item ->> 'key' AS key, o.item ->> 'name' AS name,
                                           o.item ->> 'rows_key' AS rows_key)) ORDER BY o.n)
                           FROM jsonb_array_elements(t.item -> 'columns') WITH ORDINALITY AS o(item, n)),
                        (SELECT xmlagg(xmlelement(name line, xmlattributes(l.item ->> 'line' AS line, l.item ->> 'kind' AS kind,
                                           l.item ->> 'class_id' AS class_id, l.item ->> 'pupil_id' AS pupil_id,
                                           l.item ->> 'number' AS number, l.item ->> 'class_name' AS class_name,
                                           l.item ->> 'pupil_name' AS pupil_name, l.item ->> 'subject_name' AS subject_name,
                                           l.item ->> 'staff_name' AS staff_name),
                                       (SELECT xmlagg(xmlelement(name c, v.text) ORDER BY v.n)
                                          FROM jsonb_array_elements_text(l.item -> 'cells') WITH ORDINALITY AS v(text, n)))
                                   ORDER BY l.n)
                           FROM jsonb_array_elements(t.item -> 'lines') WITH ORDINALITY AS l(item, n))) ORDER BY t.n)
               FROM jsonb_array_elements(ej.report_tables_of(p_key, ROW(p_school, e.year, p_terms, NULL, p_day,
                        CASE WHEN p_class IS NOT NULL THEN ARRAY[p_class]
                             ELSE ARRAY(SELECT c.id FROM ej.class AS c JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
                                         WHERE e.id = ANY (p_terms)) END,
                        CASE WHEN p_staff IS NOT NULL THEN ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.staff_id = p_staff) END,
                        NULL, p_staff, false)::ej.report_filter)) WITH ORDINALITY AS t(item, n)
               JOIN ej.report_tables() AS x ON x.name = t.item ->> 'name')))::text
      FROM ej.school AS s
     CROSS JOIN LATERAL (SELECT p.year, e.name, lower(e.during) AS starts_on, upper(e.during) - 1 AS ends_on
                           FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id WHERE e.id = p_terms[1]) AS e
      LEFT JOIN ej.class AS c ON c.id = p_class
      LEFT JOIN ej.staff AS k ON k.id = c.class_teacher_id
      LEFT JOIN ej.staff AS f ON f.id = p_staff
     WHERE s.id = p_school
$$;

CREATE FUNCTION pg_temp.demo_handover(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    WITH e AS MATERIALIZED (
        SELECT p.year, e.name, upper(e.during) AS ended, array_agg(e.id ORDER BY e.id) AS terms
          FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught
          JOIN ej.school_year AS y ON y.school_id = p.school_id AND y.year = p.year AND y.during @> p_today
         WHERE p.school_id = p_school AND upper(e.during) + 6 <= p_today
         GROUP BY p.year, e.name, upper(e.during) ORDER BY upper(e.during) LIMIT 1
    ), x AS MATERIALIZED (
        SELECT 'leader' AS key, c.id AS class_id, NULL::bigint AS staff_id, c.class_teacher_id AS signer, e.year, e.ended,
               ARRAY[t.id] AS terms, concat_ws(', ', c.name, e.name) AS about
          FROM e JOIN ej.term AS t ON t.id = ANY (e.terms) JOIN ej.class AS c ON c.term_plan_id = t.term_plan_id
         WHERE c.class_teacher_id IS NOT NULL AND c.grade BETWEEN 5 AND 9 AND pg_temp.pick('handed ' || c.id, 4) > 0
         UNION ALL
        SELECT 'teachers', NULL, f.id, f.id, e.year, e.ended, e.terms,
               concat_ws(', ', ej.short_name(f.surname, f.given_name, f.patronymic), e.name)
          FROM e JOIN ej.staff AS f ON f.school_id = p_school AND pg_temp.pick('handed by ' || f.id, 4) = 0
         WHERE EXISTS (SELECT FROM ej.teaching AS t JOIN ej.journal AS j ON j.teaching_id = t.id
                        WHERE t.staff_id = f.id AND j.term_id = ANY (e.terms))
    ), n AS (
        SELECT x.*, row_number() OVER (ORDER BY x.key, x.class_id, x.staff_id)
                    + coalesce((SELECT max(o.number) FROM ej.extract AS o WHERE o.school_id = p_school), 0) AS no
          FROM x
    )
    INSERT INTO ej.extract (id, school_id, year, number, kind, about, class_id, term_id, staff_id, signer_role,
                            signer_name, holder, purpose, address, code_key, document, document_sha256, operation_id,
                            made_on, made_at)
    SELECT p_school * 1000 + n.no, p_school, n.year, n.no, 'report_' || n.key, n.about, n.class_id, n.terms[1], n.signer,
           CASE n.key WHEN 'leader' THEN 'class_teacher' ELSE 'teacher' END,
           ej.initials_name(f.surname, f.given_name, f.patronymic), f.surname, 'сдан за период',
           'http://127.0.0.1:8080/journal', md5(format('copy %s %s', p_school, n.no)), d.text,
           sha256(convert_to(d.text, 'UTF8')), gen_random_uuid(), least(n.ended + 24, p_today),
           least(n.ended + 24, p_today) + time '13:00'
      FROM n JOIN ej.staff AS f ON f.id = n.signer
     CROSS JOIN LATERAL (SELECT pg_temp.demo_report(n.key, p_school, n.class_id, n.staff_id, n.terms, n.about,
                                                    least(n.ended + 24, p_today)) AS text OFFSET 0) AS d;
    SELECT setval(pg_get_serial_sequence('ej.extract', 'id'), greatest((SELECT max(id) FROM ej.extract), 1));
$$;
