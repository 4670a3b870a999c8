-- training.sql: the training school of a school; run by ejournal-school --training, as often as wanted: who has come to
-- the staff since gets a place in it.
--
-- in   of, the name of the school
-- out  the number of people who got a place now
--
-- Each member of the staff has the own roles there, and is the teacher and class teacher of a class of eight invented
-- pupils, with five lessons a week. The log-in is the one they have.

\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL ROLE ej_owner;
\ir setup.sql

SELECT count(*) <> 1 AS is_missing FROM ej.school AS s WHERE s.name = :'of' AND s.training_of_id IS NULL \gset
\if :is_missing
    DO $$ BEGIN RAISE 'there is no school of this name'; END $$;
\endif
SELECT s.id AS home, s.short_name AS short, s.city, s.tz, s.today_fixed AS today, y.year
  FROM ej.school AS s JOIN ej.school_year AS y ON y.school_id = s.id
 WHERE s.name = :'of' AND s.training_of_id IS NULL ORDER BY upper(y.during) > ej.today(s.id) DESC, y.year LIMIT 1 \gset

SELECT count(*) = 0 AS is_new FROM ej.school AS s WHERE s.training_of_id = :home \gset
\if :is_new
    SELECT pg_temp.setup_school('Учебная школа: ' || :'short', 'Учебная школа', '', :'city', :year, :'tz',
                                nullif(:'today', '')::date) AS school \gset
    UPDATE ej.school AS s SET training_of_id = :home, public_page = 'hidden', modules = h.modules
      FROM ej.school AS h WHERE s.id = :school AND h.id = :home;
\else
    SELECT s.id AS school FROM ej.school AS s WHERE s.training_of_id = :home \gset
\endif

CREATE TEMP TABLE learner ON COMMIT DROP AS
SELECT f.person_id, f.id AS home_id, f.surname, f.given_name, f.patronymic, f.post,
       row_number() OVER (ORDER BY f.id) + (SELECT count(*) FROM ej.staff AS o WHERE o.school_id = :school) - 1 AS n
  FROM ej.staff AS f
 WHERE f.school_id = :home AND f.during @> ej.today(:home)
   AND NOT EXISTS (SELECT FROM ej.staff AS o WHERE o.school_id = :school AND o.person_id = f.person_id);
INSERT INTO ej.staff (school_id, person_id, surname, given_name, patronymic, post)
SELECT :school, l.person_id, l.surname, l.given_name, l.patronymic, l.post FROM learner AS l ORDER BY l.n;
INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
SELECT DISTINCT o.id, :school, r.role, 'учебный', ej.today(:school), daterange(ej.today(:school), NULL)
  FROM learner AS l JOIN ej.staff_role AS r ON r.staff_id = l.home_id AND r.during @> ej.today(:home)
  JOIN ej.staff AS o ON o.school_id = :school AND o.person_id = l.person_id;

-- A class for each, of grades 2 to 9.
CREATE TEMP TABLE place ON COMMIT DROP AS
SELECT o.id AS staff_id, l.n, 2 + l.n % 8 AS grade,
       substr('АБВГДЕЖЗИКЛМНОПРСТ', 1 + (l.n / 8 % 18)::int, 1) || repeat('-' || l.n / 144, (l.n >= 144)::int) AS letter
  FROM learner AS l JOIN ej.staff AS o ON o.school_id = :school AND o.person_id = l.person_id;
INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id, class_teacher_id, week_days)
SELECT :school, :year, p.grade, p.letter, t.id, p.staff_id, 5
  FROM place AS p JOIN ej.term_plan AS t ON t.school_id = :school AND t.year = :year AND t.name = '2–9 классы'
 ORDER BY p.n;

-- Eight pupils with a mother each; boys have the even numbers. The names are no data of the product.
CREATE TEMP TABLE child ON COMMIT DROP AS
SELECT c.id AS class_id, c.grade, k AS k, k % 2 = 0 AS is_boy, nextval(pg_get_serial_sequence('ej.person', 'id')) AS person_id,
       nextval(pg_get_serial_sequence('ej.person', 'id')) AS mother_id,
       (ARRAY['Белов', 'Ветров', 'Горин', 'Дёмин', 'Ершов', 'Жилин', 'Зорин', 'Ильин', 'Котов', 'Ладов', 'Мохов', 'Носов',
              'Орлов', 'Попов', 'Рогов', 'Сомов', 'Титов', 'Уваров', 'Фомин', 'Хомов', 'Цветов', 'Чехов', 'Шубин',
              'Юдин'])[1 + (p.n * 5 + k * 3) % 24] AS surname,
       (ARRAY['Мария', 'Иван', 'Анна', 'Пётр', 'Вера', 'Егор', 'Дарья', 'Лев'])[k] AS given_name
  FROM place AS p JOIN ej.class AS c ON c.school_id = :school AND c.class_teacher_id = p.staff_id
 CROSS JOIN generate_series(1, 8) AS k;
INSERT INTO ej.person (id) OVERRIDING SYSTEM VALUE
SELECT c.person_id FROM child AS c UNION ALL SELECT c.mother_id FROM child AS c;
INSERT INTO ej.pupil (school_id, person_id, surname, given_name, patronymic)
SELECT :school, c.person_id, c.surname || CASE WHEN c.is_boy THEN '' ELSE 'а' END, c.given_name,
       CASE WHEN c.is_boy THEN 'Петрович' ELSE 'Петровна' END FROM child AS c ORDER BY c.class_id, c.k;
INSERT INTO ej.pupil_card (pupil_id, school_id, birth_on, sex)
SELECT p.id, :school, make_date(:year - 7 - c.grade, 1 + c.k, 10 + c.k), CASE WHEN c.is_boy THEN 'm' ELSE 'f' END
  FROM child AS c JOIN ej.pupil AS p ON p.school_id = :school AND p.person_id = c.person_id;
INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no)
SELECT :school, p.id, c.class_id, y.during, 'учебный'
  FROM child AS c JOIN ej.pupil AS p ON p.school_id = :school AND p.person_id = c.person_id
  JOIN ej.school_year AS y ON y.school_id = :school AND y.year = :year ORDER BY p.id;
INSERT INTO ej.guardian (school_id, person_id, surname, given_name, patronymic)
SELECT :school, c.mother_id, c.surname || 'а', 'Ольга', 'Ивановна' FROM child AS c ORDER BY c.class_id, c.k;
INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id, kind, during)
SELECT g.id, p.id, :school, 'mother', daterange(lower(y.during), NULL)
  FROM child AS c JOIN ej.pupil AS p ON p.school_id = :school AND p.person_id = c.person_id
  JOIN ej.guardian AS g ON g.school_id = :school AND g.person_id = c.mother_id
  JOIN ej.school_year AS y ON y.school_id = :school AND y.year = :year;

-- Each teaches the own class mathematics, one lesson a day; the lessons of the last two weeks are there to be filled in.
INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
SELECT :school, :year, x.study_group_id, s.id, p.staff_id, 5, e.id, t.id
  FROM place AS p JOIN ej.class AS c ON c.school_id = :school AND c.class_teacher_id = p.staff_id
  JOIN ej.study_group_class AS x ON x.class_id = c.id JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class'
  JOIN ej.subject AS s ON s.school_id = :school AND s.name = 'Математика'
  JOIN ej.scale AS e ON e.school_id = :school AND e.code = 'five'
  JOIN ej.scale AS t ON t.school_id = :school AND t.code = 'five_term'
 ORDER BY p.n;
INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, during)
SELECT :school, t.id, d, 1 + (p.n % 5)::int, y.during
  FROM place AS p JOIN ej.teaching AS t ON t.school_id = :school AND t.staff_id = p.staff_id
  JOIN ej.school_year AS y ON y.school_id = :school AND y.year = :year
 CROSS JOIN generate_series(1, 5) AS d;
SELECT set_config('ej.year', :'year', true);
INSERT INTO ej.lesson (school_id, teaching_id, study_group_id, held_on, slot, during, room_id, planned_staff_id, staff_id)
SELECT :school, w.teaching_id, w.study_group_id, w.held_on, w.slot, w.during, w.room_id, w.staff_id, w.staff_id
  FROM ej.lessons_wanted(:school, :year, ej.today(:school) - 14, ej.today(:school)) AS w
  JOIN ej.teaching AS t ON t.id = w.teaching_id JOIN place AS p ON p.staff_id = t.staff_id
 WHERE w.during IS NOT NULL ORDER BY w.held_on, w.slot, w.teaching_id;
SELECT ej.lessons_make(:school);
SELECT count(*) AS places FROM place \gset
COMMIT;
\o
\echo :places
