-- region_schools.sql: the schools of a region, from a file; each with its first administrator.
--   psql -X -q -v ON_ERROR_STOP=1 -v region='Управление образования города' -v parent='' -v year='' -f region_schools.sql <schools.csv
--                                                                         (any role that may SET ROLE ej_owner)
-- in   schools.csv: UTF-8, separated by semicolons, the first line is a head:
--        название;краткое название;город;учредитель;часовой пояс;администратор
--      The time zone may be empty (Europe/Moscow). The administrator: surname, given name, patronymic if there is one.
--      parent: the region above ('': none); year: the first school year ('': the present, from July on the coming one)
-- out  a line for each school that was made: its name, the administrator, the one-time code, good for 14 days
-- A school that is there already only joins the region, if it is of none. A line without a name or administrator, a
-- name that the file has twice, a school of another region: nothing is changed. Again it changes nothing.

\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset fieldsep ';'
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL ROLE ej_owner;
\ir setup.sql
CREATE TEMP TABLE typed (n int GENERATED ALWAYS AS IDENTITY, name text, short text, city text, founder text, tz text,
    administrator text, code text) ON COMMIT PRESERVE ROWS;
\copy typed (name, short, city, founder, tz, administrator) FROM pstdin WITH (FORMAT csv, HEADER, DELIMITER ';')
UPDATE typed SET name = trim(name), short = trim(coalesce(short, '')), city = trim(coalesce(city, '')),
                 founder = trim(coalesce(founder, '')), tz = coalesce(nullif(trim(tz), ''), 'Europe/Moscow'),
                 administrator = regexp_replace(trim(coalesce(administrator, '')), '\s+', ' ', 'g');

INSERT INTO ej.region (name) SELECT :'parent' WHERE :'parent' <> '' ON CONFLICT DO NOTHING;
INSERT INTO ej.region (name, parent_id)
SELECT :'region', (SELECT g.id FROM ej.region AS g WHERE g.name = :'parent') ON CONFLICT DO NOTHING;
SELECT g.id AS region_id FROM ej.region AS g WHERE g.name = :'region' \gset
SELECT coalesce(nullif(:'year', '')::int, extract(year FROM now() - interval '6 months')::int) AS year \gset
SELECT ej.open_year(:year);

CREATE FUNCTION pg_temp.region_schools(of_region bigint, first_year int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t      record;
    school record;
    person bigint;
    staff  bigint;
    words  text[];
BEGIN
    FOR t IN SELECT o.* FROM typed AS o ORDER BY o.n LOOP
        words := string_to_array(t.administrator, ' ');
        IF coalesce(t.name, '') = '' OR cardinality(words) < 2 THEN
            RAISE 'line %: name and administrator (surname, given name) are needed', t.n + 1;
        ELSIF EXISTS (SELECT FROM typed AS o WHERE o.name = t.name AND o.n < t.n) THEN
            RAISE 'line %: the school is in the file twice', t.n + 1;
        END IF;
        SELECT s.id, s.region_id INTO school FROM ej.school AS s WHERE s.name = t.name;
        IF FOUND THEN
            IF school.region_id <> of_region THEN
                RAISE 'line %: the school is of another region', t.n + 1;
            END IF;
            UPDATE ej.school AS s SET region_id = of_region WHERE s.id = school.id AND s.region_id IS NULL;
            CONTINUE;
        END IF;
        school.id := pg_temp.setup_school(t.name, coalesce(nullif(t.short, ''), t.name), t.founder, t.city, first_year,
                                          t.tz);
        UPDATE ej.school AS s SET region_id = of_region WHERE s.id = school.id;
        INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO person;
        INSERT INTO ej.staff (school_id, person_id, surname, given_name, patronymic, post)
        VALUES (school.id, person, words[1], words[2], array_to_string(words[3:], ' '), 'администратор журнала')
        RETURNING id INTO staff;
        INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
        SELECT staff, school.id, 'administrator', 'б/н', ej.today(school.id), daterange(ej.today(school.id), NULL);
        UPDATE typed AS o SET code = ej.new_code() WHERE o.n = t.n;
        INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at)
        SELECT ej.code_sha256(o.code), person, school.id, now() + interval '14 days' FROM typed AS o WHERE o.n = t.n;
    END LOOP;
END
$$;
SELECT pg_temp.region_schools(:region_id, :year);
COMMIT;
\o
SELECT t.name, t.administrator, t.code FROM typed AS t WHERE t.code IS NOT NULL ORDER BY t.n;
