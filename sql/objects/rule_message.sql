-- rule_message.sql: who may write to whom (MSG-01 … 03), held for every message, replies included.
--
-- ej.message_partners() is the only place that knows: it lists the people to whom a person may
-- write now, by the school's rules (ej.message_rule) and by who teaches, leads and brings up whom.
-- The page of recipients shows these rows, and ej.rule_message() refuses a message to anybody else.

GRANT SELECT ON ej.message_rule, ej.conversation, ej.participant, ej.message, ej.message_file, ej.conversation_shown
    TO ej_rights;
GRANT SELECT, INSERT, UPDATE ON ej.message_rule, ej.conversation, ej.participant TO ej_rule;
GRANT SELECT, INSERT ON ej.message, ej.message_file, ej.conversation_shown TO ej_rule;
GRANT UPDATE (person_id) ON ej.message, ej.conversation_shown TO ej_rule;
GRANT DELETE ON ej.participant TO ej_rule;
GRANT DELETE ON ej.message_rule TO ej_rule;
ALTER TABLE ej.message ALTER COLUMN id SET DEFAULT ej.new_id();

-- The scope of a rule that the school has not set: families and their own teachers, class teacher
-- and the heads; colleagues; no pupil to a pupil, and no parent to a parent.
CREATE OR REPLACE FUNCTION ej.message_default(from_role text, to_role text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN from_role = 'staff' AND to_role = 'staff' THEN 'school'
            WHEN from_role IN ('parent', 'pupil') AND to_role IN ('parent', 'pupil') THEN 'none'
            WHEN 'head' IN (from_role, to_role) THEN 'school'
            WHEN 'class_teacher' IN (from_role, to_role) THEN 'class'
            WHEN 'teacher' IN (from_role, to_role) THEN 'taught'
            ELSE 'none' END
$$;

-- The scope of the rule for a pair of parts in a school.
CREATE OR REPLACE FUNCTION ej.message_scope(school_id bigint, from_role text, to_role text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    RETURN coalesce((SELECT r.scope FROM ej.message_rule AS r
                      WHERE (r.school_id, r.from_role, r.to_role) = (school_id, from_role, to_role)),
                    ej.message_default(from_role, to_role));
END
$$;

-- The staff of a school in force, without those who only observe: the heads, who leads and who
-- teaches (also as a substitute, a month before and after the lesson).
CREATE OR REPLACE FUNCTION ej.message_staff(school bigint)
RETURNS TABLE (staff_id bigint, person_id bigint, is_head boolean, leads bigint[], teaches bigint[])
LANGUAGE plpgsql STABLE ROWS 50 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    today date := ej.today(school);
    ids   bigint[] := ARRAY(SELECT s.id FROM ej.staff AS s WHERE s.school_id = school AND s.during @> today);
BEGIN
    RETURN QUERY
    WITH r AS MATERIALIZED (
        SELECT h.staff_id, bool_or(h.role IN ('administrator', 'director', 'deputy')) AS is_head
          FROM ej.role_held AS h WHERE h.staff_id = ANY (ids) GROUP BY h.staff_id
    ), c AS MATERIALIZED (
        SELECT k.class_teacher_id AS staff_id, array_agg(k.id) AS classes
          FROM ej.class_running AS k WHERE k.class_teacher_id = ANY (ids) GROUP BY k.class_teacher_id
    ), g AS MATERIALIZED (
        SELECT x.staff_id, array_agg(DISTINCT x.study_group_id) AS groups
          FROM (SELECT t.staff_id, t.study_group_id FROM ej.teaching_held AS t WHERE t.staff_id = ANY (ids)
                 UNION ALL
                SELECT l.staff_id, l.study_group_id FROM ej.lesson AS l
                 WHERE l.staff_id = ANY (ids) AND l.is_substitute
                   AND l.held_on BETWEEN today - 30 AND today + 30) AS x
         GROUP BY x.staff_id
    )
    SELECT s.id, s.person_id, coalesce(r.is_head, false), coalesce(c.classes, '{}'), coalesce(g.groups, '{}')
      FROM ej.staff AS s
      LEFT JOIN r ON r.staff_id = s.id
      LEFT JOIN c ON c.staff_id = s.id
      LEFT JOIN g ON g.staff_id = s.id
     WHERE s.id = ANY (ids);
END
$$;

-- The pupils to whose families (to_role: parent or pupil) one of the staff may write, or whose
-- families may write to this one (is_from false): all present and coming ones, or those of the
-- classes that are led and the groups that are taught.
CREATE OR REPLACE FUNCTION ej.message_reach(school bigint, staff bigint, family_role text, is_from boolean)
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    today  date := ej.today(school);
    s      record;
    scopes jsonb := (SELECT jsonb_object_agg(r, CASE WHEN is_from THEN ej.message_scope(school, r, family_role)
                                                     ELSE ej.message_scope(school, family_role, r) END)
                       FROM unnest('{head,class_teacher,teacher,staff}'::text[]) AS r);
BEGIN
    SELECT * INTO s FROM ej.message_staff(school) AS m WHERE m.staff_id = staff;
    IF s.staff_id IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT e.pupil_id FROM ej.enrolment AS e
         WHERE e.school_id = school AND (upper_inf(e.during) OR upper(e.during) > today)
           AND (scopes ->> 'staff' = 'school'
             OR s.is_head AND scopes ->> 'head' = 'school'
             OR s.leads <> '{}' AND scopes ->> 'class_teacher' = 'school'
             OR s.teaches <> '{}' AND scopes ->> 'teacher' = 'school'
             OR e.class_id = ANY (s.leads) AND scopes ->> 'class_teacher' = 'class')
         UNION
        SELECT b.pupil_id FROM ej.membership AS b
         WHERE b.study_group_id = ANY (s.teaches) AND scopes ->> 'teacher' = 'taught'
           AND (upper_inf(b.during) OR upper(b.during) > today));
END
$$;

-- The same seen from the family: the staff to whom a parent or the pupil may write.
CREATE OR REPLACE FUNCTION ej.message_staff_of(school bigint, pupil bigint, family_role text)
RETURNS TABLE (person_id bigint)
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    today   date := ej.today(school);
    classes bigint[];
    groups  bigint[];
    scopes  jsonb := (SELECT jsonb_object_agg(r, ej.message_scope(school, family_role, r))
                        FROM unnest('{head,class_teacher,teacher,staff}'::text[]) AS r);
BEGIN
    classes := ARRAY(SELECT e.class_id FROM ej.enrolment AS e
                      WHERE e.pupil_id = pupil AND (upper_inf(e.during) OR upper(e.during) > today));
    groups := ARRAY(SELECT b.study_group_id FROM ej.membership AS b
                     WHERE b.pupil_id = pupil AND (upper_inf(b.during) OR upper(b.during) > today));
    IF classes = '{}' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT s.person_id FROM ej.message_staff(school) AS s
     WHERE scopes ->> 'staff' = 'school'
        OR s.is_head AND scopes ->> 'head' = 'school'
        OR s.leads <> '{}' AND scopes ->> 'class_teacher' = 'school'
        OR s.teaches <> '{}' AND scopes ->> 'teacher' = 'school'
        OR s.leads && classes AND scopes ->> 'class_teacher' = 'class'
        OR s.teaches && groups AND scopes ->> 'teacher' = 'taught';
END
$$;

-- The families of a school: each pupil who learns there now or later, with the pupil and the
-- guardians of today; of these pupils alone, if pupils is given.
CREATE OR REPLACE FUNCTION ej.message_families(school bigint, pupils bigint[] DEFAULT NULL)
RETURNS TABLE (person_id bigint, role text, pupil_id bigint, class_id bigint)
LANGUAGE plpgsql STABLE ROWS 500 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    today date := ej.today(school);
BEGIN
    RETURN QUERY
    WITH e AS MATERIALIZED (
        SELECT e.pupil_id, min(e.class_id) AS class_id FROM ej.enrolment AS e
         WHERE e.school_id = school AND (upper_inf(e.during) OR upper(e.during) > today)
           AND (pupils IS NULL OR e.pupil_id = ANY (pupils))
         GROUP BY e.pupil_id
    )
    SELECT p.person_id, 'pupil', e.pupil_id, e.class_id
      FROM e JOIN ej.pupil AS p ON p.id = e.pupil_id
     UNION ALL
    SELECT g.person_id, 'parent', e.pupil_id, e.class_id
      FROM e
      JOIN ej.guardianship AS w ON w.pupil_id = e.pupil_id AND w.during @> today
      JOIN ej.guardian AS g ON g.id = w.guardian_id;
END
$$;

-- The pupils of a school that a person is or brings up today.
CREATE OR REPLACE FUNCTION ej.message_children(school bigint, person bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT p.id FROM ej.pupil AS p WHERE p.person_id = person AND p.school_id = school
                  UNION
                 SELECT w.pupil_id FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                  WHERE g.person_id = person AND g.school_id = school AND w.during @> ej.today(school));
END
$$;

-- The people of a school to whom a person may write now: as what (role), about which pupil, and as
-- what the person writes (my_role, my_pupil_id). one: this one alone.
CREATE OR REPLACE FUNCTION ej.message_partners(school bigint, person bigint, one bigint DEFAULT NULL)
RETURNS TABLE (person_id bigint, role text, pupil_id bigint, my_role text, my_pupil_id bigint)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine bigint := (SELECT s.staff_id FROM ej.message_staff(school) AS s WHERE s.person_id = person);
    own  bigint[] := ej.message_children(school, person);
    parents bigint[] := '{}';
    pupils  bigint[] := '{}';
BEGIN
    IF mine IS NOT NULL THEN
        parents := ej.message_reach(school, mine, 'parent', true);
        pupils := ej.message_reach(school, mine, 'pupil', true);
        IF one IS NOT NULL THEN -- the families of all others need not be read
            parents := ARRAY(SELECT unnest(parents) INTERSECT SELECT unnest(ej.message_children(school, one)));
            pupils := ARRAY(SELECT unnest(pupils) INTERSECT SELECT unnest(ej.message_children(school, one)));
        END IF;
    END IF;
    RETURN QUERY
    SELECT * FROM (
        SELECT s.person_id, 'staff' AS role, NULL::bigint AS pupil_id, 'staff' AS my_role, NULL::bigint
          FROM ej.message_staff(school) AS s
         WHERE mine IS NOT NULL AND ej.message_scope(school, 'staff', 'staff') = 'school'
         UNION ALL
        SELECT f.person_id, f.role, f.pupil_id, 'staff', NULL
          FROM ej.message_families(school, parents || pupils) AS f
         WHERE f.pupil_id = ANY (CASE f.role WHEN 'parent' THEN parents ELSE pupils END)
         UNION ALL
        SELECT s.person_id, 'staff', m.pupil_id, m.role, m.pupil_id
          FROM ej.message_families(school, own) AS m
         CROSS JOIN LATERAL ej.message_staff_of(school, m.pupil_id, m.role) AS s
         WHERE m.person_id = person
         UNION ALL
        SELECT f.person_id, f.role, f.pupil_id, m.role, m.pupil_id
          FROM ej.message_families(school, own) AS m
         CROSS JOIN LATERAL ej.message_scope(school, m.role, 'parent') AS p(scope)
         CROSS JOIN LATERAL ej.message_scope(school, m.role, 'pupil') AS c(scope)
          JOIN LATERAL ej.message_families(school,
                   CASE WHEN (p.scope, c.scope) = ('none', 'none') THEN '{}'::bigint[] END) AS f
            ON CASE f.role WHEN 'parent' THEN p.scope ELSE c.scope END = 'school'
            OR CASE f.role WHEN 'parent' THEN p.scope ELSE c.scope END = 'class' AND f.class_id = m.class_id
         WHERE m.person_id = person) AS x
     WHERE x.person_id <> person AND (one IS NULL OR x.person_id = one);
END
$$;

-- Whether a participant still reads a conversation: has not left it, is of the staff in force, or
-- still brings up the pupil.
CREATE OR REPLACE FUNCTION ej.participant_reads(p ej.participant) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN p.left_id IS NULL AND CASE p.role
        WHEN 'staff' THEN EXISTS (SELECT FROM ej.staff AS s
                                    JOIN ej.school_today AS t ON t.school_id = s.school_id
                                   WHERE s.person_id = p.person_id AND s.school_id = p.school_id
                                     AND s.during @> t.today)
        ELSE p.pupil_id = ANY (ej.message_children(p.school_id, p.person_id)) END;
END
$$;

-- Why a person may not write in a conversation; NULL: the person may. left: takes no part, or no
-- more; alone: nobody else reads it; forbidden: a participant is nobody to whom the person may write.
-- A family may read what one of it writes, so its members need no rule for each other.
CREATE OR REPLACE FUNCTION ej.message_hindrance(conversation bigint, person bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    me     ej.participant;
    others ej.participant[];
BEGIN
    SELECT p.* INTO me FROM ej.participant AS p WHERE p.conversation_id = conversation AND p.person_id = person;
    others := ARRAY(SELECT p FROM ej.participant AS p
                     WHERE p.conversation_id = conversation AND p.person_id <> person AND ej.participant_reads(p));
    RETURN CASE
        WHEN me.person_id IS NULL OR NOT ej.participant_reads(me) THEN 'left'
        WHEN others = '{}' THEN 'alone'
        WHEN EXISTS (
            SELECT FROM unnest(others) AS o
             WHERE (o.pupil_id = me.pupil_id) IS NOT TRUE AND NOT EXISTS (
                SELECT FROM ej.message_partners(me.school_id, person, o.person_id) AS x
                 WHERE x.role = o.role AND x.my_role = me.role
                   AND (o.pupil_id IS NULL OR x.pupil_id = o.pupil_id)
                   AND (me.pupil_id IS NULL OR x.my_pupil_id = me.pupil_id))) THEN 'forbidden' END;
END
$$;

-- The rule: whoever writes a message takes part in the conversation, in the own name, and may
-- write to all who read it.
CREATE OR REPLACE FUNCTION ej.rule_message() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    author bigint := (ej.author()).person_id;
    why    text;
BEGIN
    SELECT min(CASE WHEN n.person_id <> author THEN 'author'
                    WHEN n.school_id <> c.school_id THEN 'school'
                    ELSE ej.message_hindrance(n.conversation_id, n.person_id) END)
      INTO why
      FROM new_rows AS n JOIN ej.conversation AS c ON c.id = n.conversation_id;
    IF why IS NOT NULL THEN
        PERFORM ej.rule_fault(CASE why WHEN 'forbidden' THEN 'message_forbidden' WHEN 'left' THEN 'message_left'
            WHEN 'alone' THEN 'message_alone' WHEN 'school' THEN 'message_conversation_id_fkey'
            ELSE 'message_author' END, NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule', 'message', 'rule_message', 'insert');

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace AND p.prosecdef
                AND (p.proname LIKE 'message\_%' OR p.proname = 'participant_reads')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ej_rights', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_rule', f);
    END LOOP;
END
$$;
