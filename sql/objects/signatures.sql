-- signatures.sql: who signs the printed forms (xslt/signatures.xsl).

-- The name of the school's director on a day, for all staff: who holds the role, of several the first by alphabet;
-- while nobody holds it, the name in the settings of the school. Owned by ej_rights, since a person who prints may
-- not read the staff orders.
CREATE OR REPLACE FUNCTION ej.director_name(school_id bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT min(ej.short_name(f.surname, f.given_name, f.patronymic))
                               FROM ej.staff_role AS r JOIN ej.staff AS f ON f.id = r.staff_id
                              WHERE r.school_id = s.id AND r.role = 'director' AND r.during @> day),
                            nullif(s.director, ''))
              FROM ej.school AS s
             WHERE s.id = director_name.school_id AND s.id = ANY (ej.my_colleague_schools()));
END
$$;
ALTER FUNCTION ej.director_name(bigint, date) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.director_name(bigint, date) TO ej_web;

-- The name of the school's only present deputy head, for all staff; NULL when there are
-- several: they write the signer's name by hand. Owned by ej_rights, since a person who
-- prints may not read the staff orders.
CREATE OR REPLACE FUNCTION ej.deputy_name(school_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT CASE WHEN count(DISTINCT f.id) = 1
                        THEN min(ej.short_name(f.surname, f.given_name, f.patronymic)) END
              FROM ej.school_today AS d
              JOIN ej.role_held AS r ON r.school_id = d.school_id AND r.role = 'deputy'
              JOIN ej.staff AS f ON f.id = r.staff_id AND f.during @> d.today
             WHERE d.school_id = deputy_name.school_id AND d.school_id = ANY (ej.my_colleague_schools()));
END
$$;
ALTER FUNCTION ej.deputy_name(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.deputy_name(bigint) TO ej_web;
