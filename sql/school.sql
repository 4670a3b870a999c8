-- school.sql: a new school and its first administrator; run by ejournal-school.
--
-- in   name, short, founder, city, tz, year, surname, given_name, patronymic
-- out  the activation code, which is kept nowhere: the table has its digest

\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL ROLE ej_owner;
\ir setup.sql

SELECT count(*) > 0 AS is_there FROM ej.school AS s WHERE s.name = :'name' \gset
\if :is_there
    DO $$ BEGIN RAISE 'there is a school of this name'; END $$;
\endif
SELECT coalesce(nullif(:'year', '')::int,
           extract(year FROM (now() AT TIME ZONE :'tz') - interval '6 months')::int) AS year \gset
SELECT ej.open_year(:year);
SELECT pg_temp.setup_school(:'name', :'short', :'founder', :'city', :year, :'tz') AS school \gset
INSERT INTO ej.person DEFAULT VALUES RETURNING id AS person \gset
INSERT INTO ej.staff (school_id, person_id, surname, given_name, patronymic, post)
VALUES (:school, :person, :'surname', :'given_name', :'patronymic', 'администратор журнала')
RETURNING id AS staff \gset
INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
SELECT :staff, :school, 'administrator', 'б/н', ej.today(:school), daterange(ej.today(:school), NULL);
SELECT ej.new_code() AS code \gset
INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at)
VALUES (ej.code_sha256(:'code'), :person, :school, now() + interval '14 days');
COMMIT;
\o
\echo :code
