-- announcements.sql: announcements (MSG-02): to whom each is, who has confirmed having read it.

GRANT SELECT ON ej.announcement, ej.announcement_read TO ej_rights, ej_rule;
GRANT INSERT ON ej.announcement_read TO ej_rule;
ALTER TABLE ej.announcement ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- The pupils of today and later whom an announcement concerns: of the class, the group or the school.
CREATE OR REPLACE FUNCTION ej.announcement_pupils(a ej.announcement) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    today date := ej.today(a.school_id);
BEGIN
    IF a.study_group_id IS NOT NULL THEN
        RETURN ARRAY(SELECT b.pupil_id FROM ej.membership AS b
                      WHERE b.study_group_id = a.study_group_id AND (upper_inf(b.during) OR upper(b.during) > today));
    END IF;
    RETURN ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
                  WHERE e.school_id = a.school_id AND (a.class_id IS NULL OR e.class_id = a.class_id)
                    AND (upper_inf(e.during) OR upper(e.during) > today));
END
$$;

-- The people to whom an announcement is, each once: as what, and of parents the child.
CREATE OR REPLACE FUNCTION ej.announcement_people(a ej.announcement)
RETURNS TABLE (person_id bigint, role text, pupil_id bigint)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (x.person_id) x.person_id, x.role, x.pupil_id
      FROM (SELECT s.person_id, 'staff' AS role, NULL::bigint AS pupil_id FROM ej.message_staff(a.school_id) AS s
             WHERE a.whom IN ('all', 'staff')
             UNION ALL
            SELECT f.person_id, f.role, f.pupil_id
              FROM ej.message_families(a.school_id, ej.announcement_pupils(a)) AS f
             WHERE a.whom IN ('all', 'families') OR a.whom = f.role || 's') AS x
     ORDER BY x.person_id, x.role DESC, x.pupil_id;
END
$$;

-- The announcements to the reader, from their first day on. Asked live.
CREATE OR REPLACE FUNCTION ej.my_announcements() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    me     bigint := ej.scope_person();
    works  bigint[] := ej.my_colleague_schools();
    family bigint[] := ej.my_family_pupils();
BEGIN
    RETURN ARRAY(
        SELECT a.id FROM ej.announcement AS a
         WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
           AND lower(a.during) <= (SELECT t.today FROM ej.school_today AS t WHERE t.school_id = a.school_id)
           AND (a.whom IN ('all', 'staff') AND a.school_id = ANY (works)
             OR a.whom <> 'staff' AND EXISTS (
                SELECT FROM ej.pupil AS p
                 WHERE p.id = ANY (family) AND p.school_id = a.school_id
                   AND (a.whom IN ('all', 'families') OR (a.whom = 'pupils') = (p.person_id = me))
                   AND EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = p.id
                                  AND (a.class_id IS NULL OR e.class_id = a.class_id)
                                  AND (upper_inf(e.during) OR upper(e.during) > ej.today(a.school_id)))
                   AND (a.study_group_id IS NULL OR EXISTS (
                        SELECT FROM ej.membership AS b
                         WHERE b.pupil_id = p.id AND b.study_group_id = a.study_group_id
                           AND (upper_inf(b.during) OR upper(b.during) > ej.today(a.school_id)))))));
END
$$;

-- The people of an announcement of the reader's own, or of the school that the reader heads, with
-- their names: those who have not confirmed it first.
CREATE OR REPLACE FUNCTION ej.announcement_readers(announcement_id bigint)
RETURNS TABLE (name text, role text, pupil_id bigint, pupil_name text, class_name text, read_at timestamptz)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    a ej.announcement;
BEGIN
    SELECT x.* INTO a FROM ej.announcement AS x
     WHERE x.id = announcement_readers.announcement_id
       AND (x.staff_id = ANY (ej.my_staff()) OR x.school_id = ANY (ej.my_journal_schools()));
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT ej.message_name(a.school_id, x.person_id, x.role, x.pupil_id), x.role, p.id,
           p.surname || ' ' || p.given_name,
           (SELECT k.name::text FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id
             WHERE e.pupil_id = p.id ORDER BY lower(e.during) DESC LIMIT 1), r.read_at
      FROM ej.announcement_people(a) AS x
      LEFT JOIN ej.pupil AS p ON p.id = x.pupil_id
      LEFT JOIN ej.announcement_read AS r ON r.announcement_id = a.id AND r.person_id = x.person_id;
END
$$;

ALTER FUNCTION ej.announcement_pupils(ej.announcement) OWNER TO ej_rights;
ALTER FUNCTION ej.announcement_people(ej.announcement) OWNER TO ej_rights;
ALTER FUNCTION ej.my_announcements() OWNER TO ej_rights;
ALTER FUNCTION ej.announcement_readers(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.my_announcements(), ej.announcement_readers(bigint) TO ej_rule, ej_web;
GRANT EXECUTE ON FUNCTION ej.announcement_pupils(ej.announcement), ej.announcement_people(ej.announcement) TO ej_rule;

-- Confirm having read an announcement. Errors: JE401 none to the reader.
CREATE OR REPLACE FUNCTION ej.announcement_confirm(announcement_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT announcement_confirm.announcement_id = ANY (ej.my_announcements()) THEN
        RAISE EXCEPTION 'no such announcement' USING ERRCODE = 'JE401';
    END IF;
    INSERT INTO ej.announcement_read (announcement_id, person_id, school_id)
    SELECT a.id, (ej.author()).person_id, a.school_id FROM ej.announcement AS a
     WHERE a.id = announcement_confirm.announcement_id
    ON CONFLICT DO NOTHING;
    UPDATE ej.notice_for AS f SET read_at = now()
     WHERE f.person_id = (ej.author()).person_id AND f.kind = 'announcement' AND f.read_at IS NULL
       AND f.fact_key = announcement_confirm.announcement_id::text;
    RETURN '[{"outcome": "saved"}]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.announcement_confirm TO ej_web;

-- Tell those to whom a new announcement is, once its first day has come.
CREATE OR REPLACE FUNCTION ej.rule_announcement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(n.school_id, 'announcement', NULL, n.id::text,
                      ARRAY(SELECT p.person_id FROM ej.announcement_people(n::ej.announcement) AS p))
       FROM new_rows AS n WHERE lower(n.during) <= ej.today(n.school_id);
    RETURN NULL;
END
$$;
DO $$ BEGIN PERFORM ej.drop_triggers('told'); END $$;
SELECT ej.watch('told', 'announcement', 'rule_announcement', 'insert');

-- ---------------------------------------------------------------- rights --
-- The heads write to the school, class teachers to their classes, teachers to their groups; changed by
-- the author alone. Read by those to whom it is, its author and the heads.

CREATE POLICY read ON ej.announcement FOR SELECT TO ej_web
    USING (id = any((select ej.my_announcements())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.announcement FOR INSERT TO ej_web
    WITH CHECK ((school_id = any((select ej.my_journal_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])
            OR study_group_id = any((select ej.my_taught_groups())::bigint[]))
        AND school_id = any((select ej.my_staff_schools())::bigint[])
        AND staff_id = any((select ej.my_staff())::bigint[])
        -- refused like a missing one by these, since a foreign key would tell the two apart
        AND (class_id IS NULL OR EXISTS (SELECT FROM ej.class AS c WHERE c.id = class_id))
        AND (study_group_id IS NULL OR EXISTS (SELECT FROM ej.study_group AS g WHERE g.id = study_group_id)));
CREATE POLICY change ON ej.announcement FOR UPDATE TO ej_web
    USING (staff_id = any((select ej.my_staff())::bigint[]));
GRANT SELECT ON ej.announcement TO ej_web;
GRANT INSERT (school_id, staff_id, class_id, study_group_id, whom, during, title, note, asks_receipt),
    UPDATE (during, title, note) ON ej.announcement TO ej_web;
CREATE POLICY read ON ej.announcement_read FOR SELECT TO ej_web
    USING (person_id = any((select ej.my_persons())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.announcement_read TO ej_web;
