-- notices.sql: facts that people are told of: kinds, who is told, who reads them.
--
-- Whoever writes a fact calls ej.notify() in the same transaction, from a function with the rights of
-- ej_rule (a rule trigger, a save function). The text of a notice is made when somebody reads it, with
-- the reader's own rights: the notice itself has only kind, pupil and fact.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.notice, ej.notice_for, ej.contact, ej.choice TO ej_rule;
GRANT SELECT ON ej.notice_for TO ej_rights;

-- The kinds of notices. A new kind is a line here.
--   n          its number in forms, which stays
--   audience   who is told when ej.notify() gets no persons: the guardians (of the pupil, who are to be
--              informed), the pupil, the class teacher, deputies, directors, administrators
--   mode       when it is sent, unless the person has chosen otherwise: at_once, daily (a digest at
--              18:00), weekly (on Friday at 18:00)
--   is_urgent  it is sent at night, too
--   wait_min   minutes before it may be sent, so that a slip of the pen can be mended
--   is_private only those know of the fact who are told
CREATE OR REPLACE FUNCTION ej.notice_kinds()
RETURNS TABLE (n int, kind text, audience text[], mode text, is_urgent boolean, wait_min int, is_private boolean)
LANGUAGE sql IMMUTABLE ROWS 30 AS $$ VALUES
    -- absences: the fact is the day
    (1, 'unexplained',     '{guardian}'::text[],        'at_once', false, 0, false),
    (2, 'unjustified',     '{guardian,deputy}',         'at_once', false, 0, false),
    (3, 'missing',         '{guardian,class_teacher}',  'daily',   false, 0, false),
    -- marks: the fact is the work, the term, the correction, the voiding, the journal
    (4, 'mark',            '{guardian,pupil}',          'daily',   false, 15, false),
    (5, 'unsatisfactory',  '{guardian,pupil}',          'daily',   false, 15, false),
    (6, 'falling',         '{guardian,class_teacher}',  'daily',   false, 0, false),
    (7, 'correction',      '{guardian,pupil}',          'daily',   false, 0, false),
    (8, 'voided',          '{guardian,pupil}',          'daily',   false, 0, false),
    (9, 'few_marks',       '{}',                        'daily',   false, 0, false),  -- the teacher of the journal
    (10, 'unmarked',        '{deputy}',                  'daily',   false, 0, false),
    -- lessons and works to come: the fact is the lesson, the control work, the homework, the event
    (11, 'substitution',    '{guardian,pupil}',          'at_once', false, 0, false),
    (12, 'control_work',    '{guardian,pupil}',          'daily',   false, 0, false),
    (13, 'late_homework',   '{guardian,pupil}',          'daily',   false, 0, false),
    (14, 'handin_answered', '{guardian,pupil}',          'daily',   false, 0, false),
    (15, 'event',           '{guardian,pupil}',          'daily',   false, 0, false),
    (29, 'event_cancelled', '{guardian,pupil}',          'at_once', false, 15, false),
    -- what people write: the fact is the announcement, the message, the request
    (16, 'announcement',    '{}',                        'daily',   false, 0, false),
    (17, 'message',         '{}',                        'daily',   false, 0, true),
    (18, 'support',         '{}',                        'daily',   false, 0, true),
    -- acknowledgement: the fact is the week
    (19, 'receipt_due',     '{guardian}',                'daily',   false, 0, false),
    (20, 'fortnight',       '{guardian}',                'daily',   false, 0, false),
    -- accidents: the fact is the accident
    (21, 'accident',            '{guardian,director,deputy}',      'at_once', true, 0, false),
    (22, 'accident_unreceived', '{director,deputy,administrator}', 'at_once', true, 0, false),
    -- cards and log-ins: the fact is the request, the session
    (23, 'card_changed',    '{deputy}',                  'daily',   false, 0, false),
    (28, 'card_answered',   '{}',                        'daily',   false, 0, true),  -- the guardian who asked
    (24, 'new_device',      '{}',                        'at_once', false, 0, true),
    -- the own addresses: the fact is the contact, to which it is sent, confirmed or not
    (25, 'contact_code',    '{}',                        'at_once', true,  0, true),
    (26, 'contact_changed', '{}',                        'at_once', true,  0, true),
    -- how journals are kept: the fact is the finding
    (40, 'finding',         '{}',                        'daily',   false, 0, true),
    (41, 'signal',          '{deputy}',                  'at_once', false, 0, true),
    (42, 'inspection',      '{}',                        'daily',   false, 0, true),  -- the fact is the inspection
    -- a log-in that others know: the fact is the incident
    (27, 'incident',        '{director,administrator}',  'at_once', true,  0, false)
$$;

-- --------------------------------------------------------------- telling --

-- The persons of an audience (ej.notice_kinds) for these pupils of a school; for an audience of
-- staff without a pupil the pupil is NULL. It checks no right: for the rules alone.
CREATE OR REPLACE FUNCTION ej.notice_persons(audience text[], school_id bigint, pupil_ids bigint[], is_urgent boolean)
RETURNS TABLE (pupil_id bigint, person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = ej, pg_temp AS $$
    SELECT k.pupil_id, g.person_id
      FROM ej.guardianship AS k
      JOIN ej.guardian AS g ON g.id = k.guardian_id
      JOIN ej.school_today AS t ON t.school_id = k.school_id
     WHERE 'guardian' = ANY ($1) AND k.pupil_id = ANY ($3) AND k.during @> t.today
       AND (k.is_informed OR k.is_called AND $4)
     UNION
    SELECT p.id, p.person_id FROM ej.pupil AS p WHERE 'pupil' = ANY ($1) AND p.id = ANY ($3)
     UNION
    SELECT e.pupil_id, s.person_id
      FROM ej.enrolment AS e
      JOIN ej.school_today AS t ON t.school_id = e.school_id
      JOIN ej.class AS c ON c.id = e.class_id
      JOIN ej.staff AS s ON s.id = c.class_teacher_id
     WHERE 'class_teacher' = ANY ($1) AND e.pupil_id = ANY ($3) AND e.during @> t.today
     UNION
    SELECT u.pupil_id, s.person_id
      FROM ej.role_held AS r
      JOIN ej.staff AS s ON s.id = r.staff_id
     CROSS JOIN unnest($3) AS u(pupil_id)
     WHERE r.role = ANY ($1) AND r.school_id = $2
$$;

-- Who is told on paper alone, of a school with these paper pupils: each person of their families with the
-- pupil, and with NULL a person who has no other part in the school. It checks no right: for the rules alone.
CREATE OR REPLACE FUNCTION ej.notice_silent(school_id bigint, paper bigint[])
RETURNS TABLE (person_id bigint, pupil_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = ej, pg_temp AS $$
    WITH f AS MATERIALIZED (SELECT m.person_id, m.pupil_id FROM ej.message_families($1, $2) AS m)
    SELECT f.person_id, f.pupil_id FROM f
     UNION
    SELECT f.person_id, NULL FROM f
     WHERE NOT EXISTS (SELECT FROM ej.staff AS s WHERE s.person_id = f.person_id AND s.school_id = $1)
       AND NOT EXISTS (SELECT FROM ej.guardian AS g
                         JOIN ej.guardianship AS w ON w.guardian_id = g.id AND w.during @> ej.today(w.school_id)
                        WHERE g.person_id = f.person_id AND w.school_id = $1 AND w.pupil_id <> ALL ($2))
$$;

-- Tell of facts of one kind: pupil_ids (with NULLs) and fact_keys are pairs. A fact is told once, and
-- a person once of a fact. persons are told of every fact; NULL: the audience of the kind. Who writes
-- the fact is not told of it, nor a family that gets everything on paper (LEG-02);
-- in a training school nobody is told of anything.
CREATE OR REPLACE FUNCTION ej.notify_all(school_id bigint, kind text, pupil_ids bigint[], fact_keys text[],
    persons bigint[] DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    k      record;
    author bigint := (SELECT e.person_id FROM ej.entry AS e
                       WHERE e.pid = pg_backend_pid() AND e.xid = pg_current_xact_id_if_assigned());
    paper  bigint[] := ARRAY(SELECT ej.rule_paper_pupils($1));
BEGIN
    IF ej.is_training($1) THEN
        RETURN;
    END IF;
    SELECT * INTO STRICT k FROM ej.notice_kinds() AS n WHERE n.kind = $2;
    INSERT INTO ej.notice (school_id, kind, pupil_id, fact_key, open_school_id, open_pupil_id)
    SELECT DISTINCT $1, $2, f.pupil_id, f.fact_key, CASE WHEN NOT k.is_private THEN $1 END,
           CASE WHEN NOT k.is_private THEN f.pupil_id END
      FROM unnest($3, $4) AS f(pupil_id, fact_key) ORDER BY f.pupil_id, f.fact_key
    ON CONFLICT DO NOTHING;
    -- a statement of its own: it sees a notice that another transaction made meanwhile
    INSERT INTO ej.notice_for (school_id, notice_id, person_id, kind, pupil_id, fact_key, send_at, open_school_id,
                               open_pupil_id)
    SELECT $1, n.id, p.person_id, $2, n.pupil_id, n.fact_key, now() + make_interval(mins => k.wait_min),
           n.open_school_id, n.open_pupil_id
      FROM (SELECT DISTINCT f.pupil_id, f.fact_key FROM unnest($3, $4) AS f(pupil_id, fact_key)) AS f
      JOIN ej.notice AS n ON n.school_id = $1 AND n.kind = $2 AND n.fact_key = f.fact_key
       AND n.pupil_id IS NOT DISTINCT FROM f.pupil_id
      JOIN (SELECT u.pupil_id, w.person_id FROM unnest($3) AS u(pupil_id), unnest($5) AS w(person_id)
             UNION
            SELECT a.pupil_id, a.person_id FROM ej.notice_persons(k.audience, $1, $3, k.is_urgent) AS a
             WHERE $5 IS NULL) AS p ON p.pupil_id IS NOT DISTINCT FROM f.pupil_id
     WHERE p.person_id IS DISTINCT FROM author AND p.person_id IS NOT NULL
       AND (paper = '{}' OR NOT EXISTS (
            SELECT FROM ej.notice_silent($1, paper) AS s
             WHERE s.person_id = p.person_id AND s.pupil_id IS NOT DISTINCT FROM f.pupil_id))
     ORDER BY n.id, p.person_id
    ON CONFLICT DO NOTHING;
END
$$;

-- Whether there is a notice of this fact about this pupil.
CREATE OR REPLACE FUNCTION ej.is_told(school_id bigint, kind text, pupil_id bigint, fact_key text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM ej.notice AS n
                    WHERE n.school_id = $1 AND n.kind = $2 AND n.fact_key = $4 AND n.pupil_id = $3)
$$;

-- Tell of one fact: of the pupil pupil_id (NULL: of no single pupil), to these persons (NULL: to the
-- audience of the kind).
CREATE OR REPLACE FUNCTION ej.notify(school_id bigint, kind text, pupil_id bigint, fact_key text,
    persons bigint[] DEFAULT NULL)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
    SELECT ej.notify_all(notify.school_id, notify.kind, ARRAY[notify.pupil_id], ARRAY[notify.fact_key],
                         notify.persons)
$$;

-- --------------------------------------------------------------- reading --

-- notice_for: read by the person; one about a pupil by the class teacher and the heads, too, who see
-- who was told and who has read. The person marks it as read.
CREATE POLICY read ON ej.notice_for FOR SELECT TO ej_web
    USING (person_id = any((select ej.my_persons())::bigint[])
        OR open_pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR open_school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY change ON ej.notice_for FOR UPDATE TO ej_web
    USING (person_id = any((select ej.my_persons())::bigint[]));
GRANT SELECT ON ej.notice_for TO ej_web;
GRANT UPDATE (read_at) ON ej.notice_for TO ej_web;

-- notice: written by ej.notify() alone; read by the class teacher of the pupil and the heads.
CREATE POLICY read ON ej.notice FOR SELECT TO ej_web
    USING (open_pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR open_school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.notice TO ej_web;

-- How many notices and messages a person has not read yet; counted up to 100. A message is counted as
-- a message alone, although there is a notice of it. It checks no right: ej.authenticate calls it for
-- every page.
CREATE OR REPLACE FUNCTION ej.unread(me bigint) RETURNS TABLE (notices bigint, messages bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH p AS MATERIALIZED ( -- the conversations with news
        SELECT p.* FROM ej.participant AS p
          JOIN ej.conversation AS c ON c.id = p.conversation_id AND c.last_id > p.read_id
         WHERE p.person_id = me AND p.left_id IS NULL
    ), r AS MATERIALIZED ( -- as what the person still reads: asked once, not of each
        SELECT o.school_id, o.role, o.pupil_id
          FROM (SELECT DISTINCT ON (p.school_id, p.role, p.pupil_id) p.* FROM p) AS o
         WHERE ej.participant_reads(row(o.*)::ej.participant)
    )
    SELECT (SELECT count(*) FROM (SELECT FROM ej.notice_for AS f
                                   WHERE f.person_id = me AND f.read_at IS NULL
                                     AND f.kind NOT IN ('message', 'contact_code') LIMIT 100) AS n),
           (SELECT count(*)
              FROM (SELECT FROM r
                      JOIN p ON p.school_id = r.school_id AND p.role = r.role
                       AND p.pupil_id IS NOT DISTINCT FROM r.pupil_id
                     CROSS JOIN LATERAL (SELECT FROM ej.message AS m
                                          WHERE m.conversation_id = p.conversation_id AND m.id > p.read_id
                                            AND m.person_id <> me) AS x
                     LIMIT 100) AS m)
     WHERE me IS NOT NULL;
END
$$;
