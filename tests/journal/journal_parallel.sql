-- journal_parallel.sql: a school with one parallel, four classes of 25 pupils and ten subjects of
-- three hours a week, each taught by one teacher in all four classes, before its first lesson.
-- Log-ins: administrator, deputy, teacher0 … teacher9; teacher0 … teacher3 are the class teachers of 6А … 6Г.
--   psql -f tests/journal/journal_parallel.sql      (superuser, schema loaded)
\set ON_ERROR_STOP 1
\o /dev/null
BEGIN;
SET ROLE ej_owner;
SET LOCAL client_min_messages = warning;
-- yescrypt of demo-pass-92
SELECT set_config('seed.password', '$y$j9T$saltsaltsalt$8CwwbBNeXhE8tauou3DNW5dBdqSrgetMSqz1pxxKdD2', false);
SELECT ej.open_year(2026);
\ir ../../sql/seed/common.sql

CREATE TEMP TABLE year_subject AS
SELECT (row_number() OVER (ORDER BY n) - 1)::int AS n, name
  FROM unnest('{Русский язык,Литература,Английский язык,Математика,История,География,Биология,Музыка,Труд (технология),Физическая культура}'::text[])
       WITH ORDINALITY AS s(name, n);

CREATE FUNCTION pg_temp.parallel(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_class record;
    v_subject record;
BEGIN
    PERFORM pg_temp.add_staff(p_school, 'administrator', 'Седых', 'Анна', 'Петровна', 'Администратор журнала', 'administrator');
    PERFORM pg_temp.add_staff(p_school, 'deputy', 'Лаптева', 'Ольга', 'Юрьевна', 'Заместитель директора по УВР', 'deputy');
    PERFORM pg_temp.add_staff(p_school, 'teacher' || s.n, 'Учитель' || chr(ascii('а') + s.n), 'Нина', 'Ильинична', 'Учитель', VARIADIC '{}')
       FROM year_subject AS s;
    INSERT INTO ej.room (school_id, name) SELECT p_school, '1' || s.n FROM year_subject AS s;
    FOR v_class IN
        SELECT k.n, c.* FROM generate_series(0, 3) AS k(n), LATERAL pg_temp.add_class(p_school, 6, (ARRAY['А', 'Б', 'В', 'Г'])[k.n + 1],
               (SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' || k.n)) AS c
    LOOP
        PERFORM pg_temp.add_pupil(v_class.class_id, n) FROM generate_series(1, 25) AS n;
        FOR v_subject IN SELECT * FROM year_subject LOOP
            -- hour i of the week is subject (i + number of the class) mod 10, so no teacher is in two classes at once
            PERFORM pg_temp.add_timetable(pg_temp.add_teaching(v_class.group_id, v_subject.name,
                        (SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' || v_subject.n), 3),
                    (SELECT string_agg((i / 6 + 1) || '' || (i % 6 + 1), ' ') FROM generate_series(0, 29) AS i
                      WHERE (i + v_class.n) % 10 = v_subject.n), '1' || v_subject.n);
        END LOOP;
    END LOOP;
END
$$;
SELECT pg_temp.parallel(pg_temp.add_school('МБОУ «Школа № 6»', 'Школа № 6', 'Заречный', '2026-08-31'));
-- the deputy prepares the year in August
UPDATE ej.staff_role SET during = '[2026-08-01,2027-09-01)';
RESET ROLE;
DISCARD TEMP;
COMMIT;
ANALYZE;
