-- region_model.sql: name the school that keeps the lists of a region (/lists): subjects, kinds of work, scales, holidays.
--   psql -X -q -v ON_ERROR_STOP=1 -v region='Управление образования города' -v school='МБОУ «Школа № 1»' -f region_model.sql
--                                                                         (any role that may SET ROLE ej_owner)
-- in   school: the name of a school, of this region or not; '': no school keeps them any more
-- What schools have taken over stays as it is. Run again, the script changes nothing.

\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL ROLE ej_owner;
SELECT count(*) = 0 AS is_missing FROM ej.region AS g
 WHERE g.name = :'region' AND (:'school' = '' OR EXISTS (SELECT FROM ej.school AS s WHERE s.name = :'school')) \gset
\if :is_missing
    DO $$ BEGIN RAISE 'there is no region or no school of this name'; END $$;
\endif
UPDATE ej.region AS g SET model_id = (SELECT s.id FROM ej.school AS s WHERE s.name = :'school') WHERE g.name = :'region';
COMMIT;
