-- identity_lists.sql: computes a person's lists (schools, groups, pupils …) from the
-- tables.
--
-- The results of ej.live_…() are stored in ej.scope and returned by ej.my_…()
-- (identity_scope.sql). Each function starts from given ids and returns at once when
-- there are none, as for most people. They are plpgsql with small look-ups, since
-- one join from the person to the list took two to four times as long. All are
-- owned by ej_rights, which bypasses row security and may only SELECT. They check
-- no right, so only ej_rights and ej_rule may call them.

-- Make ej.live_<name>(), the list of the rows of a query; the list is empty, and the query does
-- not run, when the first of its arguments is.
CREATE OR REPLACE FUNCTION ej.make_list(name text, arguments text, query text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $make$
BEGIN
    EXECUTE format($f$CREATE OR REPLACE FUNCTION ej.live_%s(%s) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS %L$f$, name, arguments, format($f$
BEGIN
    IF %1$s = '{}' THEN
        RETURN %1$s;
    END IF;
    RETURN ARRAY(%2$s);
END$f$, split_part(arguments, ' ', 1), query));
END
$make$;

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

-- The schools of the regions in which the person has a role of this kind (NULL: of any) today, by the school's
-- own day; a region has those of its subregions, too. A training school is not one of them.
CREATE OR REPLACE FUNCTION ej.live_region_schools(person bigint, role_kind text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ej.region_role AS r WHERE r.person_id = person) THEN
        RETURN '{}'; -- as for nearly everybody
    END IF;
    RETURN ARRAY(
        WITH RECURSIVE covered (region_id, during) AS (
            SELECT r.region_id, r.during FROM ej.region_role AS r
             WHERE r.person_id = person AND r.kind = coalesce(role_kind, r.kind)
             UNION
            SELECT g.id, c.during FROM covered AS c JOIN ej.region AS g ON g.parent_id = c.region_id
        )
        SELECT s.id FROM ej.school AS s JOIN ej.school_today AS t ON t.school_id = s.id
         WHERE s.training_of_id IS NULL
           AND EXISTS (SELECT FROM covered AS c WHERE c.region_id = s.region_id AND c.during @> t.today)
         ORDER BY s.id);
END
$$;

-- The id of the person's staff row in the school in which the session works, as an array:
-- the chosen school, or the only one that is no training school, or the only one. While one of
-- several is still to be chosen it is empty, and so it is in a school that the person only observes: staff have
-- the rights of one school at a time.
CREATE OR REPLACE FUNCTION ej.live_staff(person bigint, chosen bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    posts bigint[] := ej.live_posts(person);
BEGIN
    IF cardinality(posts) < 2 AND (chosen IS NULL
       OR chosen <> ALL (ej.live_region_schools(person, 'observer'))) THEN
        RETURN posts;
    ELSIF chosen IS NULL THEN
        posts := ARRAY(SELECT s.id FROM ej.staff AS s JOIN ej.school AS o ON o.id = s.school_id
                        WHERE s.id = ANY (posts) AND o.training_of_id IS NULL);
        RETURN CASE WHEN cardinality(posts) = 1 THEN posts ELSE '{}' END;
    END IF;
    RETURN ARRAY(SELECT s.id FROM ej.staff AS s WHERE s.id = ANY (posts) AND s.school_id = chosen);
END
$$;

-- The schools of these staff rows.
SELECT ej.make_list('staff_schools', 'staff_ids bigint[]', $$
    SELECT s.school_id FROM ej.staff AS s WHERE s.id = ANY (staff_ids)
$$);

-- The schools where one of these roles was given by order and is in force.
SELECT ej.make_list('role_schools', 'staff_ids bigint[], roles text[]', $$
    SELECT DISTINCT r.school_id FROM ej.role_held AS r
     WHERE r.staff_id = ANY (staff_ids) AND r.role = ANY (roles)
$$);

-- The schools where the person teaches, taught or leads a class.
SELECT ej.make_list('work_schools', 'staff_ids bigint[], classes bigint[]', $$
    SELECT c.school_id FROM ej.class AS c WHERE c.id = ANY (classes)
     UNION
    SELECT t.school_id FROM ej.teaching_known AS t WHERE t.staff_id = ANY (staff_ids)
$$);

-- Those of these schools that have switched a module on.
SELECT ej.make_list('module_schools', 'schools bigint[], module text', $$
    SELECT s.id FROM ej.school AS s WHERE s.id = ANY (schools) AND module = ANY (s.modules)
$$);

-- The school that the person observes for its region in this session, as an array: that of the own staff row, else
-- the chosen one, else the only one.
CREATE OR REPLACE FUNCTION ej.live_observed_schools(person bigint, chosen bigint, staff_ids bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    observed bigint[] := ej.live_region_schools(person, 'observer');
    here     bigint := CASE WHEN staff_ids = '{}' THEN chosen ELSE (ej.live_staff_schools(staff_ids))[1] END;
BEGIN
    IF here IS NULL AND cardinality(observed) > 1 THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(SELECT o FROM unnest(observed) AS o WHERE o = coalesce(here, o));
END
$$;

-- ----------------------------------------------------------- the teacher's --

-- The teachings that these staff have now.
SELECT ej.make_list('teachings', 'staff_ids bigint[]', $$
    SELECT t.id FROM ej.teaching_held AS t WHERE t.staff_id = ANY (staff_ids)
$$);

-- Those teachings, and the teachings that the person has handed over.
SELECT ej.make_list('known_teachings', 'staff_ids bigint[]', $$
    SELECT t.id FROM ej.teaching_known AS t WHERE t.staff_id = ANY (staff_ids)
$$);

-- The groups of those teachings.
SELECT ej.make_list('taught_groups', 'staff_ids bigint[]', $$
    SELECT DISTINCT t.study_group_id FROM ej.teaching_held AS t
     WHERE t.staff_id = ANY (staff_ids)
$$);

-- The schools, groups and teachings of the lessons that the person gives as a
-- substitute. The index lesson_substitute has only such lessons.
SELECT ej.make_list('substitute_schools', 'staff_ids bigint[]', $$
    SELECT DISTINCT l.school_id FROM ej.lesson AS l
     WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute
$$);

SELECT ej.make_list('substitute_groups', 'staff_ids bigint[]', $$
    SELECT DISTINCT l.study_group_id FROM ej.lesson AS l
     WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute
$$);

SELECT ej.make_list('substitute_teachings', 'staff_ids bigint[]', $$
    SELECT DISTINCT l.teaching_id FROM ej.lesson AS l
     WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute
$$);

-- ---------------------------------------------------------------- groups --

-- The pupils who are or were in these groups. Whether a pupil was in the group on a
-- lesson's day is checked by rules, not by rights.
SELECT ej.make_list('group_pupils', 'groups bigint[]', $$
    SELECT DISTINCT b.pupil_id FROM ej.membership AS b
     WHERE b.study_group_id = ANY (groups)
$$);

-- The pupils who are or were in the groups to which these staff teach physical education, or taught it
-- as substitutes.
SELECT ej.make_list('pe_pupils', 'staff_ids bigint[]', $$
    SELECT b.pupil_id FROM ej.membership AS b
     WHERE b.study_group_id = ANY (ARRAY(
               SELECT x.study_group_id FROM ej.teaching_held AS x JOIN ej.subject AS s ON s.id = x.subject_id
                   AND s.is_pe
                WHERE x.staff_id = ANY (staff_ids)
                UNION ALL
               SELECT l.study_group_id FROM ej.lesson AS l
                 JOIN ej.teaching AS x ON x.id = l.teaching_id JOIN ej.subject AS s ON s.id = x.subject_id AND s.is_pe
                WHERE l.staff_id = ANY (staff_ids) AND l.is_substitute))
     GROUP BY 1
$$);

-- The pupils of the groups that these staff teach today, each with the subject: pairs, encoded as in
-- term_mark.pupil_subject.
SELECT ej.make_list('pupil_subjects', 'staff_ids bigint[]', $$
    SELECT DISTINCT b.pupil_id * 4294967296 + x.subject_id
      FROM ej.teaching_held AS x
      JOIN ej.membership AS b ON b.study_group_id = x.study_group_id
      JOIN ej.school_today AS t ON t.school_id = b.school_id
     WHERE x.staff_id = ANY (staff_ids) AND b.during @> t.today
$$);

-- The teachings of these groups.
SELECT ej.make_list('group_teachings', 'groups bigint[]', $$
    SELECT t.id FROM ej.teaching AS t WHERE t.study_group_id = ANY (groups)
$$);

-- ------------------------------------------------------ the class teacher's --

-- The classes that these staff lead.
SELECT ej.make_list('classes', 'staff_ids bigint[]', $$
    SELECT c.id FROM ej.class_running AS c WHERE c.class_teacher_id = ANY (staff_ids)
$$);

-- The pupils of these classes, including those enrolled from a later day.
SELECT ej.make_list('class_pupils', 'classes bigint[]', $$
    SELECT e.pupil_id FROM ej.enrolment AS e
      JOIN ej.school_today AS t ON t.school_id = e.school_id
     WHERE e.class_id = ANY (classes)
       AND (upper_inf(e.during) OR upper(e.during) > t.today)
$$);

-- The groups that take pupils of these classes.
SELECT ej.make_list('class_groups', 'classes bigint[]', $$
    SELECT DISTINCT x.study_group_id FROM ej.study_group_class AS x
     WHERE x.class_id = ANY (classes)
$$);

-- The classes that these groups take pupils of.
SELECT ej.make_list('group_classes', 'groups bigint[]', $$
    SELECT DISTINCT x.class_id FROM ej.study_group_class AS x
     WHERE x.study_group_id = ANY (groups)
$$);

-- The guardians of these pupils, past ones too.
SELECT ej.make_list('pupil_guardians', 'pupils bigint[]', $$
    SELECT DISTINCT k.guardian_id FROM ej.guardianship AS k
     WHERE k.pupil_id = ANY (pupils)
$$);

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

-- The schools of these pupils.
SELECT ej.make_list('family_schools', 'family bigint[]', $$
    SELECT DISTINCT p.school_id FROM ej.pupil AS p WHERE p.id = ANY (family)
$$);

-- The classes and groups that these pupils are or were in: the names of their
-- subjects stay visible after they left a group.
SELECT ej.make_list('family_classes', 'family bigint[]', $$
    SELECT DISTINCT e.class_id FROM ej.enrolment AS e WHERE e.pupil_id = ANY (family)
$$);

SELECT ej.make_list('family_groups', 'family bigint[]', $$
    SELECT DISTINCT b.study_group_id FROM ej.membership AS b
     WHERE b.pupil_id = ANY (family)
$$);

-- The staff whose names a family may read: those who teach these groups or gave them
-- a lesson, lead these classes or direct the school. Materialized: else PostgreSQL 17 reads
-- every lesson in the order of its teachers.
SELECT ej.make_list('family_staff', 'family bigint[], classes bigint[], groups bigint[]', $$
    WITH given AS MATERIALIZED (
         SELECT l.staff_id FROM ej.lesson AS l WHERE l.study_group_id = ANY (groups))
    SELECT x.staff_id FROM ej.teaching AS x WHERE x.study_group_id = ANY (groups)
     UNION SELECT g.staff_id FROM given AS g
     UNION SELECT c.class_teacher_id FROM ej.class AS c
            WHERE c.id = ANY (classes) AND c.class_teacher_id IS NOT NULL
     UNION SELECT r.staff_id FROM ej.pupil AS p
             JOIN ej.role_held AS r ON r.school_id = p.school_id AND r.role = 'director'
            WHERE p.id = ANY (family)
$$);

-- The memberships that ended before the school year did: the family may read their
-- lessons up to that day.
SELECT ej.make_list('past_memberships', 'family bigint[]', $$
    SELECT b.id FROM ej.membership AS b
      JOIN ej.school_today AS t ON t.school_id = b.school_id
      JOIN ej.study_group AS g ON g.id = b.study_group_id
      JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
     WHERE b.pupil_id = ANY (family)
       AND upper(b.during) <= t.today AND upper(b.during) < upper(y.during)
$$);

-- The groups of all other memberships (not ended, or ended with the year): the family
-- may read all their lessons and homework.
SELECT ej.make_list('kept_groups', 'family bigint[]', $$
    SELECT DISTINCT b.study_group_id FROM ej.membership AS b
      JOIN ej.school_today AS t ON t.school_id = b.school_id
      JOIN ej.study_group AS g ON g.id = b.study_group_id
      JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
     WHERE b.pupil_id = ANY (family)
       AND (upper_inf(b.during) OR upper(b.during) > t.today
         OR upper(b.during) >= upper(y.during))
$$);

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
