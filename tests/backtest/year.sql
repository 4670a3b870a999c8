-- year.sql: a school year generated whole by the generator of the demo school, for the back-test of
-- forecasts: pupils, lessons, absences, works, marks and term marks of every fourth class, from the first
-- of September to 25 May, with the history as if all had been typed when it happened.
--   psql -X -q -v ON_ERROR_STOP=1 -v salt=… -f year.sql
-- salt: another school of the same kind (sql/seed/common.sql). Run it as superuser.

\set ON_ERROR_STOP 1
\set today 2027-05-25
\o /dev/null
BEGIN;
SET ROLE ej_owner;
SET LOCAL client_min_messages = warning;
SET LOCAL work_mem = '128MB';
SELECT set_config('seed.password', '$y$j9T$saltsaltsalt$8CwwbBNeXhE8tauou3DNW5dBdqSrgetMSqz1pxxKdD2', false);
SELECT ej.open_year(2026);
\ir ../../sql/seed/common.sql
\ir ../../sql/seed/demo_timetable.sql
\ir ../../sql/seed/demo_people.sql
\ir ../../sql/seed/demo_study.sql
\ir ../../sql/seed/demo_calendar.sql

SELECT pg_temp.add_school('МБОУ «Школа № 93»', 'МБОУ «Школа № 93»', 'Заречный Бор', :'today') AS school \gset
SELECT pg_temp.stage('people ' || :school), pg_temp.demo_calendar(:school), pg_temp.demo_rooms(:school), pg_temp.demo_staff(:school);
SELECT pg_temp.stage('pupils ' || :school), pg_temp.demo_pupils(:school);
SELECT pg_temp.stage('study ' || :school), pg_temp.demo_study(:school);
ANALYZE ej.pupil, ej.enrolment, ej.membership, ej.study_group_class, ej.class, ej.teaching, ej.timetable, ej.journal,
    ej.staff, ej.account;
SELECT pg_temp.plan_lessons(:school, :'today');
DELETE FROM seed_lesson AS l
 WHERE NOT EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                    WHERE x.study_group_id = l.study_group_id AND c.letter = CASE c.grade % 3 WHEN 0 THEN 'А' WHEN 1 THEN 'Б' ELSE 'В' END);
CREATE INDEX ON seed_lesson (teaching_id, n);
ANALYZE seed_lesson;
SELECT pg_temp.plan_topics(:school);
SELECT pg_temp.plan_states(:'today');
SELECT pg_temp.fill(:school, :'today');
RESET ROLE;
ANALYZE ej.history, ej.lesson, ej.account, ej.staff;
SELECT pg_temp.sign_lesson_history(:school);
SELECT pg_temp.sign_term_history(:school);
COMMIT;
VACUUM ANALYZE;
