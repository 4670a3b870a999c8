-- about.sql: what everybody may see of a school, without a session (features/about.c).
--
-- Without a session every row policy hides all rows. These functions return the public ones
-- and no other: of schools whose public_page is shown (never of a training school), the requisites, the acts that are
-- marked as public with their files (never a photo of a pupil, whatever file an act names),
-- holidays, and the bells of grades (not those of a group, which may be one pupil). They take
-- an id and nothing else, so that nothing can be searched through them.

GRANT SELECT ON ej.school, ej.act, ej.file, ej.file_piece, ej.holiday, ej.school_year, ej.mode, ej.bell_plan,
    ej.bell TO ej_rights;

-- The public schools of this journal.
CREATE OR REPLACE FUNCTION ej.public_schools() RETURNS TABLE (id bigint, name text, short_name text, city text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT s.id, s.name, s.short_name, s.city FROM ej.school AS s
 WHERE s.public_page = 'shown' AND s.training_of_id IS NULL
$$;

-- A public school, with the day and the school year of today (or the next that begins, or
-- the last that ended).
CREATE OR REPLACE FUNCTION ej.public_school(school_id bigint)
RETURNS TABLE (id bigint, name text, short_name text, founder text, city text, address text, director text, okpo text,
               phone text, email text, today date, year int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT s.id, s.name, s.short_name, s.founder, s.city, s.address, s.director, s.okpo, s.phone, s.email, t.today,
       (SELECT y.year FROM ej.school_year AS y WHERE y.school_id = s.id
         ORDER BY y.during @> t.today DESC, lower(y.during) > t.today DESC, abs(lower(y.during) - t.today) LIMIT 1)
  FROM ej.school AS s
  JOIN ej.school_today AS t ON t.school_id = s.id
 WHERE s.public_page = 'shown' AND s.training_of_id IS NULL AND s.id = $1
$$;

-- The public acts of a public school.
CREATE OR REPLACE FUNCTION ej.public_acts(school_id bigint)
RETURNS TABLE (act_id bigint, title text, number text, signed_on date, file text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT a.id, a.title, a.number, a.signed_on, f.name
  FROM ej.public_school($1) AS s JOIN ej.act AS a ON a.school_id = s.id AND a.is_public
  JOIN ej.file AS f ON f.id = a.file_id AND f.school_id = s.id AND f.pupil_id IS NULL
 WHERE a.school_id = $1
$$;

-- The file of a public act of this school, in pieces.
CREATE OR REPLACE FUNCTION ej.public_file(school_id bigint, act_id bigint) RETURNS TABLE (n int, name text, data bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT p.n, f.name, p.data
  FROM ej.public_school($1) AS s
  JOIN ej.act AS a ON a.id = $2 AND a.school_id = s.id AND a.is_public
  JOIN ej.file AS f ON f.id = a.file_id AND f.school_id = s.id AND f.pupil_id IS NULL
  LEFT JOIN ej.file_piece AS p ON p.file_id = f.id
 WHERE $1 IS NOT NULL
$$;

-- The holidays of a public school in the school year of ej.public_school().
CREATE OR REPLACE FUNCTION ej.public_holidays(school_id bigint)
RETURNS TABLE (kind text, name text, from_on date, till_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT h.kind, h.name, lower(h.during), upper(h.during) - 1
  FROM ej.public_school($1) AS s JOIN ej.holiday AS h ON h.school_id = s.id AND h.year = s.year
 WHERE h.school_id = $1
$$;

-- The bells of the grades of a public school today, or on the first day of the coming year.
CREATE OR REPLACE FUNCTION ej.public_bells(school_id bigint)
RETURNS TABLE (bell_plan_id bigint, name text, shift int, grades text, slot int, starts time, ends time)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT p.id, p.name, p.shift, m.grades, b.slot, b.starts, b.ends
  FROM ej.public_school($1) AS s
 CROSS JOIN LATERAL (
    SELECT m.bell_plan_id, min(m.grade_from) AS first,
           string_agg(m.grade_from || CASE WHEN m.grade_till > m.grade_from THEN '–' || m.grade_till ELSE '' END, ', '
                      ORDER BY m.grade_from) AS grades
      FROM ej.mode AS m
     WHERE m.school_id = s.id AND m.study_group_id IS NULL AND NOT m.is_special
       AND m.during @> greatest(s.today,
                                (SELECT lower(y.during) FROM ej.school_year AS y WHERE y.school_id = s.id
                                    AND y.year = s.year))
     GROUP BY m.bell_plan_id) AS m
  JOIN ej.bell_plan AS p ON p.id = m.bell_plan_id
  JOIN ej.bell AS b ON b.bell_plan_id = p.id
 WHERE $1 IS NOT NULL
 ORDER BY m.first, p.shift, p.name, p.id, b.slot
$$;

DO $$
DECLARE
    f text;
BEGIN
    FOREACH f IN ARRAY '{schools,school,acts,file,holidays,bells}'::text[] LOOP
        EXECUTE format('ALTER FUNCTION ej.public_%s OWNER TO ej_rights', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ej.public_%s TO ej_web', f);
    END LOOP;
END
$$;
