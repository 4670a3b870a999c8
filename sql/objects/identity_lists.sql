-- identity_lists.sql: computes a person's lists (schools, groups, pupils …) from the
-- tables.
--
-- The results of ej.live_…() are stored in ej.scope and returned by ej.my_…()
-- (identity_scope.sql). Each function starts from given ids and returns at once when
-- there are none, as for most people. They are plpgsql with small look-ups, since
-- one join from the person to the list took two to four times as long. All are
-- owned by ej_rights, which bypasses row security and may only SELECT. They check
-- no right, so only ej_rights and ej_rule may call them.

-- ----------------------------------------------------------------- staff --

-- The ids of a person's staff rows, one for each school.
CREATE OR REPLACE FUNCTION ej.live_posts(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT s.id FROM ej.staff AS s
                   JOIN ej.school_today AS t ON t.school_id = s.school_id
                  WHERE s.person_id = person AND s.during @> t.today);
END
$$;

-- The id of the person's staff row in the school in which the session works, as an array:
-- the chosen school, or the only one. While one of several is still to be chosen it is
-- empty: staff have the rights of one school at a time.
DROP FUNCTION IF EXISTS ej.live_staff(bigint);
CREATE OR REPLACE FUNCTION ej.live_staff(person bigint, chosen bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    posts bigint[] := ej.live_posts(person);
BEGIN
    IF cardinality(posts) < 2 THEN
        RETURN posts;
    END IF;
    RETURN ARRAY(SELECT s.id FROM ej.staff AS s WHERE s.id = ANY (posts) AND s.school_id = chosen);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_staff_schools(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s WHERE s.id = ANY (staff_ids));
END
$$;

-- The schools where one of these roles was given by order and is in force.
CREATE OR REPLACE FUNCTION ej.live_role_schools(staff_ids bigint[], roles text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT DISTINCT r.school_id FROM ej.role_held AS r
                  WHERE r.staff_id = ANY (staff_ids) AND r.role = ANY (roles));
END
$$;

-- The schools where the person teaches, taught or leads a class.
CREATE OR REPLACE FUNCTION ej.live_work_schools(staff_ids bigint[], classes bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT c.school_id FROM ej.class AS c WHERE c.id = ANY (classes)
                  UNION
                 SELECT t.school_id FROM ej.teaching_known AS t WHERE t.staff_id = ANY (staff_ids));
END
$$;

-- The schools where the person is staff and more than an observer.
CREATE OR REPLACE FUNCTION ej.live_colleague_schools(staff_ids bigint[], observed bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s
                  WHERE s.id = ANY (staff_ids)
                    AND (s.school_id <> ALL (observed)
                      OR EXISTS (SELECT FROM ej.teaching_known AS t WHERE t.staff_id = s.id)
                      OR EXISTS (SELECT FROM ej.role_held AS r
                                  WHERE r.staff_id = s.id AND r.role <> 'observer')));
END
$$;

-- ----------------------------------------------------------- the teacher's --

CREATE OR REPLACE FUNCTION ej.live_teachings(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT t.id FROM ej.teaching_held AS t WHERE t.staff_id = ANY (staff_ids));
END
$$;

-- The same with the teachings that the person has handed over.
CREATE OR REPLACE FUNCTION ej.live_known_teachings(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT t.id FROM ej.teaching_known AS t WHERE t.staff_id = ANY (staff_ids));
END
$$;

CREATE OR REPLACE FUNCTION ej.live_taught_groups(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT DISTINCT t.study_group_id FROM ej.teaching_held AS t
                  WHERE t.staff_id = ANY (staff_ids));
END
$$;

-- The schools, groups and teachings of the lessons that the person gives as a
-- substitute. The index lesson_substitute has only such lessons.
CREATE OR REPLACE FUNCTION ej.live_substitute_schools(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.school_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_substitute_groups(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.study_group_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_substitute_teachings(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.teaching_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute);
END
$$;

-- ---------------------------------------------------------------- groups --

-- The pupils who are or were in these groups. Whether a pupil was in the group on a
-- lesson's day is checked by rules, not by rights.
CREATE OR REPLACE FUNCTION ej.live_group_pupils(groups bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF groups = '{}' THEN
        RETURN groups;
    END IF;
    RETURN ARRAY(SELECT DISTINCT b.pupil_id FROM ej.membership AS b
                  WHERE b.study_group_id = ANY (groups));
END
$$;

-- The pupils of these groups today, each with the subject: pairs, encoded as in
-- term_mark.pupil_subject.
CREATE OR REPLACE FUNCTION ej.live_pupil_subjects(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT DISTINCT b.pupil_id * 4294967296 + x.subject_id
                   FROM ej.teaching_held AS x
                   JOIN ej.membership AS b ON b.study_group_id = x.study_group_id
                   JOIN ej.school_today AS t ON t.school_id = b.school_id
                  WHERE x.staff_id = ANY (staff_ids) AND b.during @> t.today);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_group_teachings(groups bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF groups = '{}' THEN
        RETURN groups;
    END IF;
    RETURN ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.study_group_id = ANY (groups));
END
$$;

-- ------------------------------------------------------ the class teacher's --

CREATE OR REPLACE FUNCTION ej.live_classes(staff_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF staff_ids = '{}' THEN
        RETURN staff_ids;
    END IF;
    RETURN ARRAY(SELECT c.id FROM ej.class_running AS c WHERE c.class_teacher_id = ANY (staff_ids));
END
$$;

-- The pupils of these classes, including those enrolled from a later day.
CREATE OR REPLACE FUNCTION ej.live_class_pupils(classes bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF classes = '{}' THEN
        RETURN classes;
    END IF;
    RETURN ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
                   JOIN ej.school_today AS t ON t.school_id = e.school_id
                  WHERE e.class_id = ANY (classes)
                    AND (upper_inf(e.during) OR upper(e.during) > t.today));
END
$$;

CREATE OR REPLACE FUNCTION ej.live_class_groups(classes bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF classes = '{}' THEN
        RETURN classes;
    END IF;
    RETURN ARRAY(SELECT DISTINCT x.study_group_id FROM ej.study_group_class AS x
                  WHERE x.class_id = ANY (classes));
END
$$;

-- The classes that these groups take pupils of.
CREATE OR REPLACE FUNCTION ej.live_group_classes(groups bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF groups = '{}' THEN
        RETURN groups;
    END IF;
    RETURN ARRAY(SELECT DISTINCT x.class_id FROM ej.study_group_class AS x
                  WHERE x.study_group_id = ANY (groups));
END
$$;

CREATE OR REPLACE FUNCTION ej.live_pupil_guardians(pupils bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF pupils = '{}' THEN
        RETURN pupils;
    END IF;
    RETURN ARRAY(SELECT DISTINCT k.guardian_id FROM ej.guardianship AS k
                  WHERE k.pupil_id = ANY (pupils));
END
$$;

-- The persons of these pupils and guardians, for their accounts and codes.
CREATE OR REPLACE FUNCTION ej.live_persons(pupils bigint[], guardians bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF pupils = '{}' THEN
        RETURN pupils;
    END IF;
    RETURN ARRAY(SELECT p.person_id FROM ej.pupil AS p WHERE p.id = ANY (pupils))
        || ARRAY(SELECT g.person_id FROM ej.guardian AS g WHERE g.id = ANY (guardians));
END
$$;

-- ------------------------------------------------------------ the family's --

-- The ids of a person's guardian rows, one for each school.
CREATE OR REPLACE FUNCTION ej.live_guardians(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT g.id FROM ej.guardian AS g WHERE g.person_id = person);
END
$$;

-- The person's own pupil rows and those of the person's children. A child who left
-- the school stays in the list, one whose guardianship ended does not.
CREATE OR REPLACE FUNCTION ej.live_family_pupils(person bigint, guardians bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    family bigint[] := ARRAY(SELECT p.id FROM ej.pupil AS p WHERE p.person_id = person);
BEGIN
    IF guardians = '{}' THEN
        RETURN family;
    END IF;
    RETURN family || ARRAY(
        SELECT k.pupil_id FROM ej.guardianship AS k
          JOIN ej.school_today AS t ON t.school_id = k.school_id
         WHERE k.guardian_id = ANY (guardians) AND k.during @> t.today);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_family_schools(family bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT DISTINCT p.school_id FROM ej.pupil AS p WHERE p.id = ANY (family));
END
$$;

-- The classes and groups that these pupils are or were in: the names of their
-- subjects stay visible after they left a group.
CREATE OR REPLACE FUNCTION ej.live_family_classes(family bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT DISTINCT e.class_id FROM ej.enrolment AS e WHERE e.pupil_id = ANY (family));
END
$$;

CREATE OR REPLACE FUNCTION ej.live_family_groups(family bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT DISTINCT b.study_group_id FROM ej.membership AS b
                  WHERE b.pupil_id = ANY (family));
END
$$;

-- The staff whose names a family may read: those who teach these groups or gave them
-- a lesson, lead these classes or direct the school.
CREATE OR REPLACE FUNCTION ej.live_family_staff(family bigint[], classes bigint[], groups bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    -- materialized, or PostgreSQL 17 reads every lesson in the order of its teachers
    RETURN ARRAY(WITH given AS MATERIALIZED (
                      SELECT l.staff_id FROM ej.lesson AS l WHERE l.study_group_id = ANY (groups))
                 SELECT x.staff_id FROM ej.teaching AS x WHERE x.study_group_id = ANY (groups)
                  UNION SELECT g.staff_id FROM given AS g
                  UNION SELECT c.class_teacher_id FROM ej.class AS c
                         WHERE c.id = ANY (classes) AND c.class_teacher_id IS NOT NULL
                  UNION SELECT r.staff_id FROM ej.pupil AS p
                          JOIN ej.role_held AS r ON r.school_id = p.school_id AND r.role = 'director'
                         WHERE p.id = ANY (family));
END
$$;

-- The memberships that ended before the school year did: the family may read their
-- lessons up to that day.
CREATE OR REPLACE FUNCTION ej.live_past_memberships(family bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT b.id FROM ej.membership AS b
                   JOIN ej.school_today AS t ON t.school_id = b.school_id
                   JOIN ej.study_group AS g ON g.id = b.study_group_id
                   JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
                  WHERE b.pupil_id = ANY (family)
                    AND upper(b.during) <= t.today AND upper(b.during) < upper(y.during));
END
$$;

-- The groups of all other memberships (not ended, or ended with the year): the family
-- may read all their lessons and homework.
CREATE OR REPLACE FUNCTION ej.live_kept_groups(family bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT DISTINCT b.study_group_id FROM ej.membership AS b
                   JOIN ej.school_today AS t ON t.school_id = b.school_id
                   JOIN ej.study_group AS g ON g.id = b.study_group_id
                   JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
                  WHERE b.pupil_id = ANY (family)
                    AND (upper_inf(b.during) OR upper(b.during) > t.today
                      OR upper(b.during) >= upper(y.during)));
END
$$;

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND p.proname LIKE 'live\_%'
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_rule', f);
    END LOOP;
END
$$;
