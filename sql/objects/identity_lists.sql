-- identity_lists.sql: what is whose, worked out from the facts of this moment.
--
-- ej.live_…() are what ej.scope keeps and ej.my_…() give (identity_scope.sql).
-- Each takes the ids it starts from and stops at once when there are none:
-- most people are no such person. They are plpgsql with small look-ups, since
-- one join from the person to the list took two to four times as long. All
-- are ej_rights's, which bypasses row security and may only SELECT; nobody
-- but ej_rights and ej_rule may call them, for they believe their argument.

-- ----------------------------------------------------------------- staff --

-- A person's rows of staff, one a school.
CREATE OR REPLACE FUNCTION ej.live_staff(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT s.id FROM ej.staff AS s
                   JOIN ej.school_today AS t ON t.school_id = s.school_id
                  WHERE s.person_id = person AND s.during @> t.today);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_staff_schools(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s WHERE s.id = ANY (mine));
END
$$;

-- Where one of these roles was given by order, and is in force.
CREATE OR REPLACE FUNCTION ej.live_role_schools(mine bigint[], roles text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT r.school_id FROM ej.role_held AS r
                  WHERE r.staff_id = ANY (mine) AND r.role = ANY (roles));
END
$$;

-- Where one teaches, or leads a class.
CREATE OR REPLACE FUNCTION ej.live_work_schools(mine bigint[], classes bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT c.school_id FROM ej.class AS c WHERE c.id = ANY (classes)
                  UNION
                 SELECT t.school_id FROM ej.teaching_held AS t WHERE t.staff_id = ANY (mine));
END
$$;

-- Where one is of the staff and not there only to observe.
CREATE OR REPLACE FUNCTION ej.live_colleague_schools(mine bigint[], observed bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s
                  WHERE s.id = ANY (mine)
                    AND (s.school_id <> ALL (observed)
                      OR EXISTS (SELECT FROM ej.teaching_held AS t WHERE t.staff_id = s.id)
                      OR EXISTS (SELECT FROM ej.role_held AS r
                                  WHERE r.staff_id = s.id AND r.role <> 'observer')));
END
$$;

-- ----------------------------------------------------------- the teacher's --

CREATE OR REPLACE FUNCTION ej.live_teachings(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT t.id FROM ej.teaching_held AS t WHERE t.staff_id = ANY (mine));
END
$$;

CREATE OR REPLACE FUNCTION ej.live_taught_groups(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT t.study_group_id FROM ej.teaching_held AS t
                  WHERE t.staff_id = ANY (mine));
END
$$;

-- Lessons in another's stead: the schools, groups and teachings of them. The
-- index lesson_substitute holds these lessons alone.
CREATE OR REPLACE FUNCTION ej.live_substitute_schools(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.school_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_substitute_groups(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.study_group_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute);
END
$$;

CREATE OR REPLACE FUNCTION ej.live_substitute_teachings(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.teaching_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute);
END
$$;

-- ---------------------------------------------------------------- groups --

-- Who is or was in these groups. Whether one was there on the day is a rule's
-- question and not a right's.
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

-- Who is in them today, each with the subject: pairs, as term_mark.pupil_subject
-- holds them.
CREATE OR REPLACE FUNCTION ej.live_pupil_subjects(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT b.pupil_id * 4294967296 + x.subject_id
                   FROM ej.teaching_held AS x
                   JOIN ej.membership AS b ON b.study_group_id = x.study_group_id
                   JOIN ej.school_today AS t ON t.school_id = b.school_id
                  WHERE x.staff_id = ANY (mine) AND b.during @> t.today);
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

CREATE OR REPLACE FUNCTION ej.live_classes(mine bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT c.id FROM ej.class_running AS c WHERE c.class_teacher_id = ANY (mine));
END
$$;

-- Pupils of these classes, those to come included.
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

-- These pupils and guardians as persons: accounts and codes are theirs.
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

-- A person's rows as guardian, one a school.
CREATE OR REPLACE FUNCTION ej.live_guardians(person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT g.id FROM ej.guardian AS g WHERE g.person_id = person);
END
$$;

-- Oneself and one's children: a child who left stays one's child, a
-- guardianship that ended does not.
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

-- Classes and groups they are or were in: the name of a subject outlives the
-- membership.
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

-- Whose names a family reads: who teaches these groups or gave them a lesson,
-- leads these classes, directs the school.
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

-- Memberships that ended before the school year did: up to that day their
-- lessons stay the family's.
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

-- Groups of all other memberships, not ended or kept to the year's end: their
-- lessons and homework are read whole.
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
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_rule', f);
    END LOOP;
END
$$;
