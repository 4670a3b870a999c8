-- identity_lists.sql: what is mine: the lists that the policies ask.
--
-- ej.my_…() are plpgsql, STABLE, SECURITY DEFINER of ej_rights, and give a
-- bigint[], empty when there is nothing. A policy asks several of them for
-- each table of a query, so microseconds count: each is a few small look-ups
-- that stop at once for those who are not such a person (one join from the
-- session to the list took two to four times as long). The views me_… are
-- the same lists as rows, for other lists to build on; the web role reads
-- neither them nor what is beneath.

-- ------------------------------------------------------------ who I am --
-- What policies ask most; each is a few small look-ups, none for those who
-- are not such a person.

-- My rows of staff, one a school.
CREATE OR REPLACE FUNCTION ej.my_staff() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    person bigint := (SELECT m.person_id FROM ej.me AS m);
BEGIN
    RETURN ARRAY(SELECT s.id FROM ej.staff AS s
                   JOIN ej.school_today AS t ON t.school_id = s.school_id
                  WHERE s.person_id = person AND s.during @> t.today);
END
$$;

-- Classes whose class teacher I am.
CREATE OR REPLACE FUNCTION ej.my_classes() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT c.id FROM ej.class_running AS c
                  WHERE c.class_teacher_id = ANY (mine));
END
$$;

-- Their pupils, those to come included.
CREATE OR REPLACE FUNCTION ej.my_class_pupils() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    classes bigint[] := ej.my_classes();
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

-- Myself and my children: a child who left stays one's child, a
-- guardianship that ended does not.
CREATE OR REPLACE FUNCTION ej.my_family_pupils() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    person bigint := (SELECT m.person_id FROM ej.me AS m);
    family bigint[];
    parent bigint[];
BEGIN
    family := ARRAY(SELECT p.id FROM ej.pupil AS p WHERE p.person_id = person);
    parent := ARRAY(SELECT g.id FROM ej.guardian AS g WHERE g.person_id = person);
    IF parent <> '{}' THEN
        family := family || ARRAY(
            SELECT k.pupil_id FROM ej.guardianship AS k
              JOIN ej.school_today AS t ON t.school_id = k.school_id
             WHERE k.guardian_id = ANY (parent) AND k.during @> t.today);
    END IF;
    RETURN family;
END
$$;

-- My family, and my class if I am its class teacher.
CREATE OR REPLACE FUNCTION ej.my_pupils() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.my_family_pupils() || ej.my_class_pupils();
END
$$;

-- --------------------------------------------------------- lists as rows --

CREATE VIEW ej.me_staff WITH (security_invoker = true) AS
SELECT s.id, s.school_id, t.today
  FROM ej.staff AS s
  JOIN ej.school_today AS t ON t.school_id = s.school_id
 WHERE s.id = any((SELECT ej.my_staff())::bigint[]);

CREATE VIEW ej.me_role WITH (security_invoker = true) AS
SELECT r.school_id, r.role
  FROM ej.staff_role AS r
  JOIN ej.school_today AS t ON t.school_id = r.school_id
 WHERE r.staff_id = any((SELECT ej.my_staff())::bigint[])
   AND r.during @> t.today;

CREATE VIEW ej.me_class WITH (security_invoker = true) AS
SELECT c.id, c.school_id, t.today
  FROM ej.class AS c
  JOIN ej.school_today AS t ON t.school_id = c.school_id
 WHERE c.id = any((SELECT ej.my_classes())::bigint[]);

CREATE VIEW ej.me_class_pupil WITH (security_invoker = true) AS
SELECT p.id AS pupil_id, p.school_id
  FROM ej.pupil AS p
 WHERE p.id = any((SELECT ej.my_class_pupils())::bigint[]);

CREATE VIEW ej.me_family WITH (security_invoker = true) AS
SELECT p.id AS pupil_id, p.school_id
  FROM ej.pupil AS p
 WHERE p.id = any((SELECT ej.my_family_pupils())::bigint[]);

GRANT SELECT ON ej.me_staff, ej.me_role, ej.me_class, ej.me_class_pupil,
    ej.me_family TO ej_rights, ej_rule;

-- --------------------------------------------------------------- schools --

-- Where I am anything: the set-up is readable there.
CREATE OR REPLACE FUNCTION ej.my_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine   bigint[] := ej.my_staff();
    family bigint[] := ej.my_family_pupils();
BEGIN
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s WHERE s.id = ANY (mine))
        || ARRAY(SELECT DISTINCT p.school_id FROM ej.pupil AS p
                  WHERE p.id = ANY (family));
END
$$;

-- Where I work, in whatever post.
CREATE OR REPLACE FUNCTION ej.my_staff_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT s.school_id FROM ej.staff AS s WHERE s.id = ANY (mine));
END
$$;

-- Whose journal I read whole.
CREATE OR REPLACE FUNCTION ej.my_journal_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role IN ('administrator', 'director', 'deputy'));
END
$$;

-- Where I write the set-up, the classes and the timetable.
CREATE OR REPLACE FUNCTION ej.my_setup_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role IN ('administrator', 'deputy'));
END
$$;

-- Whose personal cards I read.
CREATE OR REPLACE FUNCTION ej.my_card_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role IN ('administrator', 'director', 'deputy'));
END
$$;

-- Where I write cards and accounts.
CREATE OR REPLACE FUNCTION ej.my_admin_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role = 'administrator');
END
$$;

-- Whose accounts I read.
CREATE OR REPLACE FUNCTION ej.my_account_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role IN ('administrator', 'director'));
END
$$;

-- Where I close journals.
CREATE OR REPLACE FUNCTION ej.my_deputy_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role = 'deputy');
END
$$;

-- Where I write the cards of staff.
CREATE OR REPLACE FUNCTION ej.my_hr_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role = 'hr');
END
$$;

-- Whose absences I read for the kitchen.
CREATE OR REPLACE FUNCTION ej.my_meals_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role = 'meals');
END
$$;

-- Whose sums I see and no person.
CREATE OR REPLACE FUNCTION ej.my_observer_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.staff_role AS r
                   JOIN ej.school_today AS t ON t.school_id = r.school_id
                  WHERE r.staff_id = ANY (mine) AND r.during @> t.today
                    AND r.role = 'observer');
END
$$;

-- Where I read the names of all pupils.
CREATE OR REPLACE FUNCTION ej.my_name_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.me_role AS r
                  WHERE r.role IN ('administrator', 'director', 'deputy', 'meals')
                  UNION
                 SELECT c.school_id FROM ej.class_running AS c
                  WHERE c.class_teacher_id = ANY (mine)
                  UNION
                 SELECT t.school_id FROM ej.teaching AS t
                  WHERE t.staff_id = ANY (mine));
END
$$;

-- Whose classes and timetable I read whole: all who teach or lead, and the
-- observer; HR and meals do not need them.
CREATE OR REPLACE FUNCTION ej.my_class_schools() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT r.school_id FROM ej.me_role AS r
                  WHERE r.role IN ('administrator', 'director', 'deputy', 'observer')
                  UNION
                 SELECT c.school_id FROM ej.class_running AS c
                  WHERE c.class_teacher_id = ANY (mine)
                  UNION
                 SELECT t.school_id FROM ej.teaching AS t
                  WHERE t.staff_id = ANY (mine)
                  UNION
                 SELECT l.school_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute);
END
$$;

-- ------------------------------------------------ the teacher's belongings --

-- Teachings whose journal I write.
CREATE OR REPLACE FUNCTION ej.my_write_teachings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.staff_id = ANY (mine));
END
$$;

-- Teachings whose journal I read: mine, and those of lessons I substitute.
CREATE OR REPLACE FUNCTION ej.my_teachings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.staff_id = ANY (mine))
        || ARRAY(SELECT DISTINCT l.teaching_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute);
END
$$;

-- Single lessons that I write as a substitute in another's teaching.
CREATE OR REPLACE FUNCTION ej.my_write_lessons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT l.id FROM ej.lesson AS l
                   JOIN ej.teaching AS t ON t.id = l.teaching_id
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute
                    AND t.staff_id <> l.staff_id);
END
$$;

-- Groups that I substitute, and their pupils: the names.
CREATE OR REPLACE FUNCTION ej.my_substitute_groups() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_staff();
BEGIN
    IF mine = '{}' THEN
        RETURN mine;
    END IF;
    RETURN ARRAY(SELECT DISTINCT l.study_group_id FROM ej.lesson AS l
                  WHERE l.staff_id = ANY (mine) AND l.is_substitute);
END
$$;

CREATE OR REPLACE FUNCTION ej.my_substitute_pupils() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    groups bigint[] := ej.my_substitute_groups();
BEGIN
    IF groups = '{}' THEN
        RETURN groups;
    END IF;
    RETURN ARRAY(SELECT DISTINCT b.pupil_id FROM ej.membership AS b
                  WHERE b.study_group_id = ANY (groups));
END
$$;

-- ------------------------------------------------ the class's, the family's --

-- Pupils of the class and their guardians, as persons: their codes.
CREATE OR REPLACE FUNCTION ej.my_class_persons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    pupils bigint[] := ej.my_class_pupils();
BEGIN
    IF pupils = '{}' THEN
        RETURN pupils;
    END IF;
    RETURN ARRAY(SELECT p.person_id FROM ej.pupil AS p WHERE p.id = ANY (pupils))
        || ARRAY(SELECT g.person_id FROM ej.guardianship AS k
                   JOIN ej.guardian AS g ON g.id = k.guardian_id
                  WHERE k.pupil_id = ANY (pupils));
END
$$;

-- Groups whose lessons and homework I read whole: my family's, not ended or
-- kept to the end of the school year, and those of my class.
CREATE OR REPLACE FUNCTION ej.my_groups() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    family  bigint[] := ej.my_family_pupils();
    classes bigint[] := ej.my_classes();
    groups  bigint[] := '{}';
BEGIN
    IF family <> '{}' THEN
        groups := ARRAY(
            SELECT b.study_group_id FROM ej.membership AS b
              JOIN ej.school_today AS t ON t.school_id = b.school_id
             WHERE b.pupil_id = ANY (family)
               AND (upper_inf(b.during) OR upper(b.during) > t.today))
            || ARRAY(
            SELECT b.study_group_id FROM ej.membership AS b
              JOIN ej.school_today AS t ON t.school_id = b.school_id
              JOIN ej.study_group AS g ON g.id = b.study_group_id
              JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
             WHERE b.pupil_id = ANY (family) AND upper(b.during) <= t.today
               AND upper(b.during) >= upper(y.during));
    END IF;
    IF classes <> '{}' THEN
        groups := groups || ARRAY(SELECT x.study_group_id FROM ej.study_group_class AS x
                                   WHERE x.class_id = ANY (classes));
    END IF;
    RETURN groups;
END
$$;

-- Lessons of groups that a child left before the year was over, up to that
-- day. Few, since all other memberships are in my_groups.
CREATE OR REPLACE FUNCTION ej.my_past_lessons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    family bigint[] := ej.my_family_pupils();
BEGIN
    IF family = '{}' THEN
        RETURN family;
    END IF;
    RETURN ARRAY(SELECT l.id FROM ej.membership AS b
                   JOIN ej.study_group AS g ON g.id = b.study_group_id
                   JOIN ej.school_year AS y
                     ON y.school_id = g.school_id AND y.year = g.year
                   JOIN ej.school_today AS t ON t.school_id = g.school_id
                   JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
                    AND l.held_on >= lower(b.during) AND l.held_on < upper(b.during)
                    -- lets the executor look into that year's partition only
                    AND l.id >= g.year * 10000000000 AND l.id < (g.year + 1) * 10000000000
                  WHERE b.pupil_id = ANY (family)
                    AND upper(b.during) <= t.today AND upper(b.during) < upper(y.during));
END
$$;

-- ------------------------------------------------------ owners and grants --

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND p.proname LIKE 'my\_%'
                AND p.prorettype = 'bigint[]'::regtype AND p.prosecdef
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_web, ej_rule', f);
    END LOOP;
END
$$;
