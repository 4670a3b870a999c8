-- region.sql: a role in a region for a person of the education department, by its order; the schools of the region.
--   psql -X -q -v ON_ERROR_STOP=1 -v region='Управление образования города' -v parent='' -v schools='МБОУ «Школа № 1»'
--        -v kind=observer -v surname=… -v given_name=… -v patronymic=… -v post=… -v order_no=12-р -v order_on=2026-09-01
--        -v from_on=2026-09-01 -v till_on=2027-08-31 -f region.sql       (any role that may SET ROLE ej_owner)
--
-- in   parent: the region above ('': none); schools: names, a line each, that join the region ('': none)
-- out  the one-time code of the person, good for 14 days; none if this person has the role by this order already
-- The region and the one above are made if they are missing. Run again, the script changes nothing; with an earlier
-- till_on it ends the role on that day.

\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL ROLE ej_owner;
INSERT INTO ej.region (name) SELECT :'parent' WHERE :'parent' <> '' ON CONFLICT DO NOTHING;
INSERT INTO ej.region (name, parent_id)
SELECT :'region', (SELECT g.id FROM ej.region AS g WHERE g.name = :'parent') ON CONFLICT DO NOTHING;
SELECT g.id AS region_id FROM ej.region AS g WHERE g.name = :'region' \gset

CREATE TEMP TABLE joining ON COMMIT DROP AS
SELECT trim(n) AS name FROM regexp_split_to_table(:'schools', '\n') AS n WHERE trim(n) <> '';
SELECT count(*) > 0 AS is_missing FROM joining AS j WHERE NOT EXISTS (SELECT FROM ej.school AS s WHERE s.name = j.name) \gset
\if :is_missing
    DO $$ BEGIN RAISE 'there is no school of one of these names'; END $$;
\endif
UPDATE ej.school AS s SET region_id = :region_id
  FROM joining AS j WHERE s.name = j.name AND s.region_id IS DISTINCT FROM :region_id;

SELECT count(*) > 0 AS is_there FROM ej.region_role AS r
 WHERE r.region_id = :region_id AND r.kind = :'kind' AND r.order_no = :'order_no'
   AND (r.surname, r.given_name, r.patronymic) = (:'surname', :'given_name', :'patronymic') \gset
\set code ''
\if :is_there
    UPDATE ej.region_role AS r SET during = daterange(lower(r.during), nullif(:'till_on', '')::date + 1)
     WHERE r.region_id = :region_id AND r.kind = :'kind' AND r.order_no = :'order_no' AND nullif(:'till_on', '') IS NOT NULL
       AND (r.surname, r.given_name, r.patronymic) = (:'surname', :'given_name', :'patronymic')
       AND nullif(:'till_on', '')::date + 1 < coalesce(upper(r.during), 'infinity');
\else
    INSERT INTO ej.person DEFAULT VALUES RETURNING id AS person \gset
    INSERT INTO ej.region_role (region_id, person_id, kind, surname, given_name, patronymic, post, order_no, order_on, during)
    VALUES (:region_id, :person, :'kind', :'surname', :'given_name', :'patronymic', :'post', :'order_no', :'order_on',
            daterange(:'from_on', nullif(:'till_on', '')::date, '[]'));
    SELECT ej.new_code() AS code \gset
    INSERT INTO ej.activation (code_sha256, person_id, region_id, expires_at)
    VALUES (ej.code_sha256(:'code'), :person, :region_id, now() + interval '14 days');
\endif
COMMIT;
\o
\echo :code
