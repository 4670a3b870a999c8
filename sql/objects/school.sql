-- school.sql: the school in which staff of several schools work now.
--
-- The choice is kept in the session (ej.session.school_id). ej.live_staff() gives the
-- rights of that school alone; a family's rights do not depend on it.

-- The schools where the reader is staff today, and those that the reader observes for a region; is_current: the
-- one chosen.
CREATE OR REPLACE FUNCTION ej.my_posts()
RETURNS TABLE (school_id bigint, name text, city text, post text, is_current boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.id, s.short_name::text, s.city::text, coalesce(f.post, '')::text, s.id = ANY (ej.my_staff_schools())
      FROM ej.school AS s
      LEFT JOIN ej.staff AS f ON f.school_id = s.id AND f.id = ANY (ej.live_posts(ej.scope_person()))
     WHERE s.id = ANY (ej.work_schools(ej.scope_person()))
     ORDER BY s.short_name, s.id;
END
$$;
ALTER FUNCTION ej.my_posts() OWNER TO ej_rights;

-- The schools in which a person may work today: as staff, or as an observer of the region.
CREATE OR REPLACE FUNCTION ej.work_schools(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.live_staff_schools(ej.live_posts(person)) || ej.live_region_schools(person, 'observer');
END
$$;
ALTER FUNCTION ej.work_schools(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.work_schools(bigint) TO ej_rule;

-- Choose one of these schools for the present session.
-- Errors: JE401 the reader neither is staff there nor observes it, or there is no session.
CREATE OR REPLACE FUNCTION ej.school_choose(school_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.session AS s SET school_id = school_choose.school_id
      FROM ej.me AS m
     WHERE s.digest = m.digest AND school_choose.school_id = ANY (ej.work_schools(m.person_id));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not staff of this school' USING ERRCODE = 'JE401';
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION ej.my_posts(), ej.school_choose(bigint) TO ej_web;
