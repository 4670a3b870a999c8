-- demo.sql: the demo school: МБОУ «Школа № 92» with 1,000 pupils in 40
-- classes and 70 staff, from the first of September 2026.
--   psql -X -q -v ON_ERROR_STOP=1 [-v today=2026-11-21] -f demo.sql
-- Run it as superuser after the schema was loaded. today: the school's day; without it the
-- last school day not after the real date. Prints the log-ins with a header, separated by
-- tabs: role, login, password; then one-time codes: person, code.

\set ON_ERROR_STOP 1
\if :{?password}
\else
  -- yescrypt of demo-pass-92
  \set password '$y$j9T$saltsaltsalt$8CwwbBNeXhE8tauou3DNW5dBdqSrgetMSqz1pxxKdD2'
\endif
\if :{?password_text}
\else
  \set password_text demo-pass-92
\endif

\o /dev/null
BEGIN;
SET ROLE ej_owner;
SET LOCAL client_min_messages = warning;
SET LOCAL work_mem = '128MB';
SELECT set_config('seed.password', :'password', false);
SELECT ej.open_year(2026);
\ir common.sql
\ir demo_timetable.sql
\ir demo_people.sql
\ir demo_study.sql
\ir demo_load.sql
\ir demo_calendar.sql
\ir demo_cards.sql
\ir demo_access.sql
\ir demo_compose.sql
\ir demo_plan.sql
\ir demo_year.sql
\ir demo_finals.sql
\ir demo_debts.sql
\ir demo_works.sql
\ir demo_events.sql
\ir demo_attendance.sql
\ir demo_corrections.sql
\ir demo_control.sql
\ir demo_receipts.sql
\ir demo_extracts.sql
\ir demo_handover.sql
\ir demo_messages.sql
\ir demo_notices.sql
\ir demo_archive.sql
\ir demo_package.sql
\ir meals.sql
\ir demo_training.sql
\ir demo_gto.sql

\if :{?today}
\else
  SELECT coalesce(max(d::date), '2026-11-21') AS today
    FROM generate_series(date '2026-09-01', date '2027-05-26', interval '1 day') AS d
   WHERE d <= (now() AT TIME ZONE 'Europe/Moscow')::date AND extract(isodow FROM d) < 7
     AND NOT EXISTS (SELECT FROM seed_holiday h WHERE h.during @> d::date) \gset
\endif

SELECT pg_temp.add_school('Муниципальное бюджетное общеобразовательное учреждение «Школа № 92»',
                          'МБОУ «Школа № 92»', 'Заречный Бор', :'today') AS school \gset
SELECT pg_temp.stage('people ' || :school), pg_temp.demo_calendar(:school), pg_temp.demo_rooms(:school), pg_temp.demo_acts(:school), pg_temp.demo_staff(:school);
SELECT pg_temp.stage('pupils ' || :school), pg_temp.demo_pupils(:school);
SELECT pg_temp.demo_families(:school);
SELECT pg_temp.demo_namesakes();
SELECT pg_temp.stage('cards ' || :school), pg_temp.demo_cards(:school), pg_temp.demo_consents(:school), pg_temp.demo_views(:school, :'today');
SELECT pg_temp.stage('study ' || :school), pg_temp.demo_study(:school), pg_temp.demo_year(:school), pg_temp.demo_curriculum(:school);
ANALYZE ej.pupil, ej.enrolment, ej.membership, ej.study_group_class, ej.class, ej.teaching, ej.timetable, ej.journal,
    ej.staff, ej.account;
SELECT pg_temp.plan_lessons(:school, :'today'::date + 14);
CREATE INDEX ON seed_lesson (teaching_id, n);
ANALYZE seed_lesson;
SELECT pg_temp.demo_substitutes(:school, :'today');
SELECT pg_temp.plan_topics(:school);
SELECT pg_temp.plan_states(:'today');
SELECT pg_temp.demo_scheduled(:school);
SELECT pg_temp.fill(:school, :'today', true);
SELECT pg_temp.stage('closing ' || :school);
SELECT pg_temp.close_journals(:school, :'today', (SELECT staff FROM demo_staff WHERE login = 'deputy'));
RESET ROLE;
-- The last visit of every account was two days ago, so that the diary has news.
INSERT INTO ej.visit (account_id, seen_on)
SELECT DISTINCT a.id, t.today - 2
  FROM ej.account AS a JOIN ej.school_today AS t ON true
 WHERE EXISTS (SELECT FROM ej.pupil AS p WHERE p.person_id = a.person_id AND p.school_id = t.school_id)
    OR EXISTS (SELECT FROM ej.guardian AS g WHERE g.person_id = a.person_id AND g.school_id = t.school_id);

ANALYZE ej.history, ej.lesson, ej.account, ej.staff;
SELECT pg_temp.sign_lesson_history(:school);
SELECT pg_temp.sign_term_history(:school);
SELECT pg_temp.demo_finals(:school, :'today');
SELECT pg_temp.demo_personal_homework(:school);
SELECT pg_temp.demo_archive(:'today');
SELECT pg_temp.demo_attendance(:school, :'today');
SELECT pg_temp.stage('plans ' || :school), pg_temp.demo_plans(:school);
SELECT pg_temp.demo_compose(:school, :'today');
SELECT pg_temp.demo_controls(:school, :'today'), pg_temp.demo_remarks(:school, :'today'),
    pg_temp.demo_submissions(:school, :'today'), pg_temp.demo_events(:school, :'today'),
    pg_temp.demo_participants(:school, :'today'), pg_temp.demo_event_away(:school, :'today'),
    pg_temp.demo_achievements(:school, :'today'),
    pg_temp.demo_accidents(:school, :'today');
SELECT pg_temp.demo_messages(:school, :'today');
SELECT pg_temp.demo_corrections(:school, :'today', (SELECT staff FROM demo_staff WHERE login = 'deputy'));
SELECT pg_temp.demo_control(:school, :'today', (SELECT staff FROM demo_staff WHERE login = 'deputy')),
    pg_temp.demo_activity(:school, :'today');
SELECT pg_temp.demo_inspections(:school, :'today', (SELECT staff FROM demo_staff WHERE login = 'deputy'));
SELECT pg_temp.stage('receipts ' || :school), pg_temp.demo_receipts(:school, :'today'),
    pg_temp.demo_extracts(:school, :'today'), pg_temp.demo_handover(:school, :'today'),
    pg_temp.demo_training(:school, :'today');
SELECT pg_temp.stage('notices ' || :school), pg_temp.demo_notices(:school, :'today');
SELECT pg_temp.stage('debts ' || :school), pg_temp.demo_debts(:school, :'today');
ANALYZE ej.attendance, ej.lesson;
SELECT pg_temp.stage('gto ' || :school), pg_temp.demo_gto(:school, :'today');
SELECT pg_temp.stage('meals ' || :school), pg_temp.meals(:school, :'today'::date, date_trunc('month', :'today'::timestamp)::date - 15, 100);
SELECT pg_temp.demo_slips(:school), pg_temp.demo_access(:school), pg_temp.demo_incident(:school),
    pg_temp.demo_factors(:school), pg_temp.demo_doubles(:school), pg_temp.demo_package(:school), pg_temp.demo_deposit(:school);
CREATE TEMP TABLE logins AS SELECT * FROM demo_login;
CREATE TEMP TABLE slips AS SELECT person, code FROM demo_slip ORDER BY person;
COMMIT;
VACUUM FULL ej.history;
VACUUM ANALYZE;
\o

\pset format unaligned
\pset fieldsep '\t'
\pset footer off
\pset tuples_only off
SELECT role, login, :'password_text' AS password FROM logins ORDER BY n;
SELECT person, code FROM slips;
