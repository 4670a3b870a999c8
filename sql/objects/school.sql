-- school.sql: the school in which staff of several schools work now.
--
-- The choice is kept in the session (ej.session.school_id). ej.live_staff() gives the
-- rights of that school alone; a family's rights do not depend on it.

-- The schools where the reader is staff today; is_current: the one chosen.
CREATE OR REPLACE FUNCTION ej.my_posts()
RETURNS TABLE (school_id bigint, name text, city text, post text, is_current boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.id, s.short_name::text, s.city::text, f.post::text, f.id = ANY (ej.my_staff())
      FROM ej.staff AS f JOIN ej.school AS s ON s.id = f.school_id
     WHERE f.id = ANY (ej.live_posts(ej.scope_person()))
     ORDER BY s.short_name, s.id;
END
$$;
ALTER FUNCTION ej.my_posts() OWNER TO ej_rights;

-- Choose one of these schools for the present session.
-- Errors: JE401 the reader is not staff there, or there is no session.
CREATE OR REPLACE FUNCTION ej.school_choose(school_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.session AS s SET school_id = f.school_id
      FROM ej.me AS m
      JOIN ej.staff AS f ON f.id = ANY (ej.live_posts(m.person_id))
     WHERE s.digest = m.digest AND f.school_id = school_choose.school_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not staff of this school' USING ERRCODE = 'JE401';
    END IF;
END
$$;

GRANT EXECUTE ON FUNCTION ej.my_posts(), ej.school_choose(bigint) TO ej_web;
