-- rule_member.sql: the groups of classes, and who is in a group, from which day.
--
-- A class has a study group of its own, with its name. Memberships follow the enrolments:
-- who enters a class enters its group; nobody is in a group on a day on which he is in none
-- of its classes. So a group begins and ends with the classes of its pupils, and an open
-- membership ends with the enrolment.
--
-- The subgroups of a class for one subject are a split. A pupil is in one of them at a
-- time, and changes from one to the other only between two terms, by the administrator
-- (CFG-20).

-- ----------------------------------------------------- the class's own group --

CREATE OR REPLACE FUNCTION ej.rule_class_group() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    own bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO ej.study_group (school_id, year, kind, name)
        VALUES (NEW.school_id, NEW.year, 'class', NEW.name) RETURNING id INTO own;
        INSERT INTO ej.study_group_class (study_group_id, class_id, school_id) VALUES (own, NEW.id, NEW.school_id);
        RETURN NULL;
    END IF;
    SELECT g.id INTO own FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
     WHERE x.class_id = OLD.id AND g.kind = 'class' AND g.name = OLD.name;
    IF TG_OP = 'UPDATE' THEN
        UPDATE ej.study_group SET name = NEW.name WHERE id = own;
        RETURN NULL;
    END IF;
    DELETE FROM ej.study_group_class WHERE study_group_id = own;
    DELETE FROM ej.study_group WHERE id = own;
    RETURN OLD;
END
$$;
CREATE TRIGGER rule_class_group_insert AFTER INSERT ON ej.class
    FOR EACH ROW EXECUTE FUNCTION ej.rule_class_group();
CREATE TRIGGER rule_class_group_update AFTER UPDATE ON ej.class
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION ej.rule_class_group();
CREATE TRIGGER rule_class_group_delete BEFORE DELETE ON ej.class
    FOR EACH ROW EXECUTE FUNCTION ej.rule_class_group();

-- Refuse to write a class's own group by itself.
CREATE OR REPLACE FUNCTION ej.rule_own_group() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        PERFORM ej.rule_fault('class_group', NULL);
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER rule_own_group_insert BEFORE INSERT ON ej.study_group
    FOR EACH ROW WHEN (NEW.kind = 'class') EXECUTE FUNCTION ej.rule_own_group();
CREATE TRIGGER rule_own_group_update BEFORE UPDATE ON ej.study_group
    FOR EACH ROW WHEN ('class' IN (OLD.kind, NEW.kind) AND (OLD.kind, OLD.name) <> (NEW.kind, NEW.name))
    EXECUTE FUNCTION ej.rule_own_group();
CREATE TRIGGER rule_own_group_delete BEFORE DELETE ON ej.study_group
    FOR EACH ROW WHEN (OLD.kind = 'class') EXECUTE FUNCTION ej.rule_own_group();

-- ------------------------------------------------ memberships and enrolments --

-- Whether a group takes pupils of a class: one of its classes or, if it has none, any class
-- of its year. (Called for each member, as is the next one: PL/pgSQL keeps their plans.)
CREATE OR REPLACE FUNCTION ej.rule_takes_class(study_group_id bigint, class_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN coalesce(
        (SELECT bool_or(x.class_id = rule_takes_class.class_id) FROM ej.study_group_class AS x
          WHERE x.study_group_id = rule_takes_class.study_group_id),
        (SELECT c.year = g.year FROM ej.class AS c, ej.study_group AS g
          WHERE c.id = rule_takes_class.class_id AND g.id = rule_takes_class.study_group_id));
END
$$;

-- The days on which a pupil is in a class of the group.
CREATE OR REPLACE FUNCTION ej.rule_days_of_group(study_group_id bigint, pupil_id bigint) RETURNS datemultirange
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(range_agg(e.during), '{}') FROM ej.enrolment AS e
             WHERE e.pupil_id = rule_days_of_group.pupil_id
               AND ej.rule_takes_class(rule_days_of_group.study_group_id, e.class_id));
END
$$;

-- Limit a new range of days to the time in the group's classes. The enrolments are locked:
-- whoever shortens one meanwhile waits, and then shortens this membership, too. Days without
-- an enrolment are refused by the next trigger: this one comes before the row policies, and
-- a refusal here would reveal hidden pupils.
CREATE OR REPLACE FUNCTION ej.rule_member_days() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    days daterange;
BEGIN
    PERFORM FROM ej.enrolment AS e WHERE e.pupil_id = NEW.pupil_id ORDER BY e.id FOR SHARE;
    days := range_merge(datemultirange(NEW.during) * ej.rule_days_of_group(NEW.study_group_id, NEW.pupil_id));
    IF NOT isempty(days) THEN
        NEW.during := days;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_member_days BEFORE INSERT OR UPDATE ON ej.membership
    FOR EACH ROW EXECUTE FUNCTION ej.rule_member_days();

CREATE OR REPLACE FUNCTION ej.rule_member_class() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    SELECT jsonb_agg(n.pupil_id) INTO bad
      FROM new_rows AS n WHERE NOT n.during <@ ej.rule_days_of_group(n.study_group_id, n.pupil_id);
    PERFORM ej.rule_check('member_of_class', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_class', 'membership', 'rule_member_class', 'insert', 'update');

-- Shorten or delete the memberships of these pupils that last longer than the enrolments.
CREATE OR REPLACE FUNCTION ej.rule_members_follow(pupils bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    WITH m AS MATERIALIZED (
        SELECT m.id, m.during, datemultirange(m.during) * ej.rule_days_of_group(m.study_group_id, m.pupil_id) AS days
          FROM ej.membership AS m WHERE m.pupil_id = ANY (pupils)
    ), gone AS (
        DELETE FROM ej.membership AS b USING m WHERE b.id = m.id AND isempty(m.days)
    )
    UPDATE ej.membership AS b SET during = (SELECT d FROM unnest(m.days) AS d ORDER BY d LIMIT 1)
      FROM m WHERE b.id = m.id AND NOT isempty(m.days) AND m.days <> datemultirange(m.during);
END
$$;

-- A new enrolment: the pupil enters the class's own group, and stays in a group that takes
-- pupils of both classes.
CREATE OR REPLACE FUNCTION ej.rule_enrolment_entered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.membership AS m SET during = m.during + n.during
      FROM new_rows AS n
     WHERE m.pupil_id = n.pupil_id AND upper(m.during) = lower(n.during)
       AND ej.rule_takes_class(m.study_group_id, n.class_id);
    INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    SELECT n.school_id, g.id, n.pupil_id, n.during
      FROM new_rows AS n
      JOIN ej.study_group_class AS x ON x.class_id = n.class_id
      JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class'
     WHERE NOT EXISTS (SELECT FROM ej.membership AS m WHERE m.study_group_id = g.id AND m.pupil_id = n.pupil_id
                          AND m.during && n.during);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_enrolment_entered', 'enrolment', 'rule_enrolment_entered', 'insert');

-- A changed enrolment: memberships that began or ended with it still do.
CREATE OR REPLACE FUNCTION ej.rule_enrolment_followed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.membership AS m SET during = r.during
      FROM new_rows AS n JOIN old_rows AS o USING (id)
      JOIN ej.membership AS b ON b.pupil_id = n.pupil_id AND ej.rule_takes_class(b.study_group_id, n.class_id)
     CROSS JOIN LATERAL (SELECT CASE WHEN lower(b.during) IS NOT DISTINCT FROM lower(o.during) THEN lower(n.during)
                                     ELSE lower(b.during) END AS starts,
                                CASE WHEN upper(b.during) IS NOT DISTINCT FROM upper(o.during) THEN upper(n.during)
                                     ELSE upper(b.during) END AS ends) AS d
     CROSS JOIN LATERAL (SELECT CASE WHEN d.starts >= d.ends THEN b.during
                                     ELSE daterange(d.starts, d.ends) END AS during) AS r
     WHERE m.id = b.id AND NOT o.during @> n.during AND r.during && n.during AND r.during <> b.during;
    PERFORM ej.rule_members_follow(ARRAY(SELECT o.pupil_id FROM old_rows AS o JOIN new_rows AS n USING (id)
                                          WHERE NOT n.during @> o.during));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_enrolment_followed', 'enrolment', 'rule_enrolment_followed', 'update');

CREATE OR REPLACE FUNCTION ej.rule_enrolment_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_members_follow(ARRAY(SELECT o.pupil_id FROM old_rows AS o));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_enrolment_ended', 'enrolment', 'rule_enrolment_ended', 'delete');

-- A class is not taken out of a group that has pupils of it.
CREATE OR REPLACE FUNCTION ej.rule_group_class() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    PERFORM FROM ej.study_group AS g WHERE g.id IN (SELECT o.study_group_id FROM old_rows AS o)
      ORDER BY g.id FOR NO KEY UPDATE;
    SELECT jsonb_agg(DISTINCT m.pupil_id) INTO bad
      FROM old_rows AS o JOIN ej.membership AS m ON m.study_group_id = o.study_group_id
     WHERE NOT m.during <@ ej.rule_days_of_group(m.study_group_id, m.pupil_id);
    PERFORM ej.rule_check('record_used', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_group_class', 'study_group_class', 'rule_group_class', 'delete');

-- ------------------------------------------------------------ splits --

-- The memberships of a pupil in the other subgroups of the split.
CREATE OR REPLACE FUNCTION ej.rule_other_parts(study_group_id bigint, pupil_id bigint) RETURNS SETOF ej.membership
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT m.*
  FROM ej.study_group AS g
  JOIN ej.study_group AS o ON o.school_id = g.school_id AND o.year = g.year AND o.kind = 'subgroup'
   AND o.subject_id = g.subject_id AND o.id <> g.id
  JOIN ej.membership AS m ON m.study_group_id = o.id AND m.pupil_id = rule_other_parts.pupil_id
 WHERE g.id = rule_other_parts.study_group_id AND g.kind = 'subgroup'
$$;

-- Whether this day is inside a term of the group's classes, not its first.
CREATE OR REPLACE FUNCTION ej.rule_within_term(study_group_id bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                 JOIN ej.term AS t ON t.term_plan_id = c.term_plan_id
                WHERE x.study_group_id = rule_within_term.study_group_id AND t.is_taught
                  AND lower(t.during) < day AND upper(t.during) > day)
$$;

-- Whether an enrolment in a class of the group begins or ends on this day.
CREATE OR REPLACE FUNCTION ej.rule_bound_of_enrolment(study_group_id bigint, pupil_id bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT EXISTS (SELECT FROM ej.enrolment AS e
                WHERE e.pupil_id = rule_bound_of_enrolment.pupil_id AND day IN (lower(e.during), upper(e.during))
                  AND ej.rule_takes_class(rule_bound_of_enrolment.study_group_id, e.class_id))
$$;

-- Whether the writer has a session and is not an administrator of the school.
CREATE OR REPLACE FUNCTION ej.rule_no_admin(school_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT (ej.author()).account_id IS NOT NULL AND school_id <> ALL (ej.my_admin_schools())
$$;

-- Check new and changed memberships of subgroups and of groups of one pupil. The school is
-- locked: two sessions that put a pupil into two subgroups wait for each other.
CREATE OR REPLACE FUNCTION ej.rule_member_group() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    begun bigint[]; -- those that begin on another day than before
    bad   record;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows AS n JOIN ej.study_group AS g ON g.id = n.study_group_id
                    WHERE g.kind IN ('subgroup', 'individual', 'home')) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(s.school_id::int, 0)
       FROM (SELECT DISTINCT n.school_id FROM new_rows AS n ORDER BY 1) AS s;
    IF TG_OP = 'INSERT' THEN
        begun := ARRAY(SELECT n.id FROM new_rows AS n);
    ELSE
        begun := ARRAY(SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                        WHERE lower(n.during) <> lower(o.during));
    END IF;
    SELECT f.fault, jsonb_agg(f.pupil_id) AS rows INTO bad
      FROM (SELECT n.pupil_id, CASE
                WHEN g.kind <> 'subgroup' AND EXISTS (SELECT FROM ej.membership AS m
                      WHERE m.study_group_id = n.study_group_id AND m.pupil_id <> n.pupil_id) THEN 'one_pupil'
                WHEN EXISTS (SELECT FROM ej.rule_other_parts(n.study_group_id, n.pupil_id) AS m
                              WHERE m.during && n.during) THEN 'split_twice'
                WHEN n.id <> ALL (begun)
                  OR ej.rule_bound_of_enrolment(n.study_group_id, n.pupil_id, lower(n.during))
                  OR NOT EXISTS (SELECT FROM ej.rule_other_parts(n.study_group_id, n.pupil_id) AS m
                                  WHERE m.during << n.during) THEN NULL
                WHEN ej.rule_within_term(n.study_group_id, lower(n.during)) THEN 'split_term'
                WHEN ej.rule_no_admin(n.school_id) THEN 'split_move'
                END AS fault
              FROM new_rows AS n JOIN ej.study_group AS g ON g.id = n.study_group_id
             WHERE g.kind IN ('subgroup', 'individual', 'home')) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_group', 'membership', 'rule_member_group', 'insert', 'update');

-- Check who leaves a subgroup that had begun, without leaving the class: between two terms
-- only, by the administrator. A deleted membership was a mistake of the lists: it is not
-- bound to a term, and marks keep it (rule_left_group).
CREATE OR REPLACE FUNCTION ej.rule_member_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT f.fault, jsonb_agg(f.pupil_id) AS rows INTO bad
      FROM (SELECT o.pupil_id, CASE
                WHEN upper(n.during) < coalesce(upper(o.during), 'infinity')
                 AND ej.rule_within_term(o.study_group_id, upper(n.during)) THEN 'split_term'
                WHEN ej.rule_no_admin(o.school_id) THEN 'split_move' END AS fault
              FROM old_rows AS o JOIN new_rows AS n USING (id)
              JOIN ej.study_group AS g ON g.id = o.study_group_id AND g.kind = 'subgroup'
              JOIN ej.school_today AS d ON d.school_id = o.school_id
             WHERE NOT n.during @> o.during AND lower(o.during) <= d.today
               AND NOT coalesce(ej.rule_bound_of_enrolment(o.study_group_id, o.pupil_id, upper(n.during)), false)) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_moved', 'membership', 'rule_member_moved', 'update');

CREATE OR REPLACE FUNCTION ej.rule_member_taken() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    SELECT jsonb_agg(o.pupil_id) INTO bad
      FROM old_rows AS o JOIN ej.study_group AS g ON g.id = o.study_group_id AND g.kind = 'subgroup'
      JOIN ej.school_today AS d ON d.school_id = o.school_id
     WHERE lower(o.during) <= d.today AND ej.rule_no_admin(o.school_id)
       AND datemultirange(o.during) && ej.rule_days_of_group(o.study_group_id, o.pupil_id);
    PERFORM ej.rule_check('split_move', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_taken', 'membership', 'rule_member_taken', 'delete');

-- ------------------------------------------------------------ guardianships --

-- A class teacher ends a guardianship, and gives nobody one: so only the administrator makes
-- one longer, or one that has ended begin again.
-- Errors: JE301
CREATE OR REPLACE FUNCTION ej.rule_guardianship() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o USING (id)
                WHERE NOT o.during @> n.during AND ej.rule_no_admin(n.school_id)) THEN
        PERFORM ej.rule_fault('guardianship_longer', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_guardianship', 'guardianship', 'rule_guardianship', 'update');
