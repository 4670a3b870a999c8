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
RESET ROLE;
SELECT pg_temp.sign_lesson_history(:school);
COMMIT;
\o

\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
SELECT 'staff of two schools', 'two-schools', 'demo-pass-92';
