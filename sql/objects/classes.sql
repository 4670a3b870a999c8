-- classes.sql: the year whose classes and groups are shown first, and the day of a class.

-- The present school year of the school in which the reader works: the first that has not
-- ended, so before September the coming one if the last has ended; else the last.
CREATE OR REPLACE FUNCTION ej.shown_year() RETURNS int
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_staff_schools(); -- at most one
BEGIN
    RETURN (SELECT coalesce(min(y.year) FILTER (WHERE upper(y.during) > t.today), max(y.year))
              FROM ej.school_today AS t JOIN ej.school_year AS y ON y.school_id = t.school_id
             WHERE t.school_id = ANY (schools));
END
$$;

-- The day on which the pages of a class show its pupils: today, but no earlier than the first
-- day of the class's year, so that a school sees in August whom its classes will have.
CREATE OR REPLACE FUNCTION ej.class_day(school_id bigint, year int) RETURNS date
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT greatest(ej.today(y.school_id), lower(y.during)) FROM ej.school_year AS y
 WHERE y.school_id = class_day.school_id AND y.year = class_day.year
$$;
