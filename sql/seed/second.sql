-- second.sql: a small second school beside the demo school: one class, one subject, and
-- `two-schools`, who teaches mathematics in the first and is deputy and teacher here.
--   psql -X -q -v ON_ERROR_STOP=1 -f second.sql      (superuser, after demo.sql)
-- Prints the log-in as demo.sql does.

\set ON_ERROR_STOP 1
\o /dev/null
BEGIN;
SET ROLE ej_owner;
SET LOCAL client_min_messages = warning;
\ir common.sql
SELECT today_fixed AS today FROM ej.school WHERE id = 1 \gset

SELECT pg_temp.add_school('Муниципальное бюджетное общеобразовательное учреждение «Гимназия № 5»',
                          'Гимназия № 5', 'Заречный Бор', :'today') AS school \gset
-- of the same region, whose observer so has two schools
UPDATE ej.school AS s SET region_id = o.region_id FROM ej.school AS o WHERE o.id = 1 AND s.id = :school;
-- which keeps the lists of the region; the demo school has taken over the oldest subject
UPDATE ej.region AS g SET model_id = :school FROM ej.school AS o WHERE o.id = 1 AND g.id = o.region_id;
INSERT INTO ej.subject (school_id, name, short_name, order_no) VALUES (:school, 'Основы финансовой грамотности', 'Фин. грам.', 60);
INSERT INTO ej.list_row (school_id, subject_id)
SELECT s.school_id, s.id FROM ej.subject AS s WHERE s.name = 'Алгебра' AND s.school_id IN (1, :school);
-- a teacher of mathematics whose log-in is not named after a role
UPDATE ej.account SET login = 'two-schools'
 WHERE id = (SELECT min(a.id) FROM ej.account AS a JOIN ej.staff AS f USING (person_id)
               JOIN ej.teaching AS t ON t.staff_id = f.id JOIN ej.subject AS s ON s.id = t.subject_id
              WHERE f.school_id = 1 AND s.name = 'Алгебра' AND a.login LIKE 't0%');
INSERT INTO ej.staff (school_id, person_id, surname, given_name, patronymic, post, during)
SELECT :school, f.person_id, f.surname, f.given_name, f.patronymic, 'Заместитель директора по УВР', f.during
  FROM ej.staff AS f JOIN ej.account AS a USING (person_id) WHERE a.login = 'two-schools' RETURNING id AS staff \gset
INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
VALUES (:staff, :school, 'deputy', '101-к', '2026-08-28', '[2026-09-01,2027-09-01)');
INSERT INTO ej.room (school_id, name) VALUES (:school, '7');
SELECT class_id AS class, group_id AS "group" FROM pg_temp.add_class(:school, 7, 'А', :staff) \gset
SELECT pg_temp.add_pupil(:class, n) FROM generate_series(1, 14) AS n;
SELECT pg_temp.add_guardian(p.id, NULL) FROM ej.pupil AS p WHERE p.school_id = :school;
SELECT pg_temp.add_timetable(pg_temp.add_teaching(:group, 'Алгебра', :staff, 3), '12 34 62', '7');
SELECT pg_temp.plan_lessons(:school, :'today'::date + 14);
SELECT pg_temp.plan_topics(:school), pg_temp.plan_states(:'today');
SELECT pg_temp.fill(:school, :'today');

-- Two pupils of the seventh grade go to it: one was sent and accepted from Monday on, for one it has asked.
SELECT x.id AS gone, y.id AS wanted
  FROM (SELECT array_agg(e.pupil_id ORDER BY e.pupil_id DESC) AS ids FROM ej.enrolment AS e
          JOIN ej.class AS c ON c.id = e.class_id AND c.school_id = 1 AND c.grade = 7 AND c.letter = 'А'
              AND c.year = 2026
         WHERE e.during @> :'today'::date
           AND NOT EXISTS (SELECT FROM ej.pupil AS p JOIN ej.account AS a USING (person_id)
               WHERE p.id = e.pupil_id AND a.login = 'pupil')
           AND NOT EXISTS (SELECT FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
                             JOIN ej.account AS a USING (person_id) WHERE w.pupil_id = e.pupil_id
                                 AND a.login = 'parent')) AS v
 CROSS JOIN LATERAL (SELECT v.ids[2] AS id) AS x CROSS JOIN LATERAL (SELECT v.ids[4] AS id) AS y \gset
SELECT (:'today'::date + 8 - extract(isodow FROM :'today'::date)::int)::text AS monday,
       (:'today'::date - 1 + time '10:20') AT TIME ZONE 'Europe/Moscow' AS before \gset
INSERT INTO ej.transfer (school_id, to_school_id, school_name, to_school_name, state, surname, given_name, patronymic,
                         birth_on, note, asked_by, asked_at, pupil_id, class_name, order_no, order_on, leaves_on,
                             sent_by, sent_at)
SELECT o.id, n.id, o.short_name, n.short_name, v.state, p.surname, p.given_name, p.patronymic, c.birth_on, v.note,
       CASE v.state WHEN 'asked' THEN f.name ELSE '' END, CASE v.state WHEN 'asked' THEN :'before'::timestamptz END,
       CASE v.state WHEN 'sent' THEN p.id END, CASE v.state WHEN 'sent' THEN '7А' ELSE '' END, v.order_no,
       CASE v.state WHEN 'sent' THEN :'today'::date - 1 END, CASE v.state WHEN 'sent' THEN :'monday'::date END,
       CASE v.state WHEN 'sent' THEN d.name ELSE '' END, CASE v.state WHEN 'sent' THEN :'before'::timestamptz END
  FROM (VALUES (:gone::bigint, 'sent', 'переезд, заявление матери', '48-у'), (:wanted, 'asked', 'заявление отца',
      '')) AS v(pupil_id, state, note, order_no)
  JOIN ej.pupil AS p ON p.id = v.pupil_id
  LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
  JOIN ej.school AS o ON o.id = p.school_id
  JOIN ej.school AS n ON n.id = :school
  JOIN LATERAL (SELECT ej.short_name(s.surname, s.given_name, s.patronymic) AS name FROM ej.staff AS s
      WHERE s.id = :staff) AS f ON true
  JOIN LATERAL (SELECT ej.short_name(s.surname, s.given_name, s.patronymic) AS name FROM ej.staff_role AS r
                  JOIN ej.staff AS s ON s.id = r.staff_id WHERE r.school_id = o.id
                      AND r.role = 'deputy' ORDER BY r.id LIMIT 1) AS d ON true;
SELECT ej.transfer_accept(t, jsonb_build_object('class_id', :'class', 'moved_on', :'monday', 'enter_order_no', '17-з',
                                                'enter_order_on', :'today'::date)) ->> 0 AS accepted
  FROM ej.transfer AS t WHERE t.state = 'sent' AND t.to_school_id = :school \gset
RESET ROLE;
-- who accepted it: no session did
SET LOCAL session_replication_role = replica;
UPDATE ej.transfer AS t SET ended_by = ej.short_name(s.surname, s.given_name, s.patronymic),
       ended_at = (:'today'::date + time '09:15') AT TIME ZONE 'Europe/Moscow'
  FROM ej.staff AS s WHERE s.id = :staff AND t.state = 'accepted' AND t.to_school_id = :school;
SET LOCAL session_replication_role = DEFAULT;
DO $$ BEGIN ASSERT (SELECT count(*) FROM ej.transfer_file) > 0, 'the pupil was accepted'; END $$;
SELECT pg_temp.sign_lesson_history(:school);
COMMIT;
\o

\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
SELECT 'staff of two schools', 'two-schools', 'demo-pass-92';
