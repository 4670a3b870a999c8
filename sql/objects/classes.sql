-- classes.sql: the year whose classes and groups are shown first.

-- The present school year of the school in which the reader works: the first that has not
-- ended, so before September the coming one if the last has ended; else the last.
CREATE OR REPLACE FUNCTION ej.shown_year() RETURNS int
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(min(y.year) FILTER (WHERE upper(y.during) > ej.today(y.school_id)), max(y.year))
  FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
$$;
REVOKE ALL ON FUNCTION ej.shown_year FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.shown_year TO ej_web;
