-- movements.sql: pupils enter a class, change it, leave and return (CNT-02, CNT-09).
--
-- ej.move_pupils() is the only function that does so: it ends enrolments on a day and begins
-- others; memberships follow them (rule_member.sql). It checks nothing itself: row policies
-- decide the rights, and rules refuse to leave marks outside (rule_lesson.sql). A movement
-- keeps what it wrote, so that it can be undone.

-- The memberships that these movements end: those of groups that the new class does not
-- belong to.
CREATE OR REPLACE FUNCTION ej.members_ended(pupils bigint[], classes bigint[], day date)
RETURNS TABLE (pupil_id bigint, study_group_id bigint, during daterange)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT b.pupil_id, b.study_group_id, b.during
  FROM unnest(pupils, classes) AS w(pupil_id, class_id)
  JOIN ej.membership AS b ON b.pupil_id = w.pupil_id
 WHERE (upper_inf(b.during) OR upper(b.during) > day)
   AND (w.class_id IS NULL OR NOT EXISTS (SELECT FROM ej.study_group_class AS x
                                           WHERE x.study_group_id = b.study_group_id AND x.class_id = w.class_id))
$$;

-- The groups that a pupil joins who enters a class: its own, and the chosen ones.
CREATE OR REPLACE FUNCTION ej.groups_joined(class_id bigint, groups bigint[])
RETURNS TABLE (study_group_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT g.id
  FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
 WHERE x.class_id = groups_joined.class_id AND (g.kind = 'class' OR g.id = ANY (groups))
$$;

-- The classes and groups of pupils that go on after a day, as the list that a movement keeps.
CREATE OR REPLACE FUNCTION ej.moved_rows(pupils bigint[], day date)
RETURNS TABLE (pupil_id bigint, class_id bigint, study_group_id bigint, during daterange)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT e.pupil_id, e.class_id, NULL, e.during FROM ej.enrolment AS e
 WHERE e.pupil_id = ANY (pupils) AND (upper_inf(e.during) OR upper(e.during) >= day)
 UNION ALL
SELECT b.pupil_id, NULL, b.study_group_id, b.during FROM ej.membership AS b
 WHERE b.pupil_id = ANY (pupils) AND (upper_inf(b.during) OR upper(b.during) >= day)
$$;

-- End and begin enrolments, in one statement: the rules must not see a pupil without a class
-- in between.
CREATE OR REPLACE FUNCTION ej.move_enrolments(pupils bigint[], classes bigint[], day date, order_no text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
WITH cut AS MATERIALIZED (
    SELECT e.id, daterange(lower(e.during), greatest(day, lower(e.during))) AS rest
      FROM ej.enrolment AS e
     WHERE e.pupil_id = ANY (pupils) AND (upper_inf(e.during) OR upper(e.during) > day)
), shorter AS (
    UPDATE ej.enrolment AS e SET during = c.rest FROM cut AS c
     WHERE e.id = c.id AND NOT isempty(c.rest) RETURNING e.id
), gone AS (
    DELETE FROM ej.enrolment AS e USING cut AS c WHERE e.id = c.id AND isempty(c.rest) RETURNING e.id
)
INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no)
SELECT c.school_id, w.pupil_id, c.id, daterange(day, upper(y.during)), move_enrolments.order_no
  FROM unnest(pupils, classes) AS w(pupil_id, class_id)
  JOIN ej.class AS c ON c.id = w.class_id
  JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
 WHERE (SELECT count(*) FROM shorter) + (SELECT count(*) FROM gone) >= 0 -- those come first
$$;

-- Move pupils: classes[i] is the new class of pupils[i], NULL when the pupil leaves. From
-- the day on the pupils are in the new class until its year ends, in the class's own group and
-- in groups. They stay in groups that both classes belong to. written: for each pupil the
-- changed enrolments and memberships.
CREATE OR REPLACE FUNCTION ej.move_pupils(pupils bigint[], classes bigint[], day date, order_no text,
                                          groups bigint[] DEFAULT '{}')
RETURNS TABLE (pupil_id bigint, from_class_id bigint, class_id bigint, written jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    before jsonb;
BEGIN
    -- another movement of the same pupil waits here
    PERFORM FROM ej.enrolment AS e WHERE e.pupil_id = ANY (pupils) ORDER BY e.id FOR UPDATE;
    before := (SELECT jsonb_agg(r) FROM ej.moved_rows(pupils, day) AS r);
    PERFORM ej.move_enrolments(pupils, classes, day, order_no);
    INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    SELECT c.school_id, g.id, w.pupil_id, daterange(day, upper(y.during))
      FROM unnest(pupils, classes) AS w(pupil_id, class_id)
      JOIN ej.class AS c ON c.id = w.class_id
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     CROSS JOIN unnest(groups) AS g(id)
     WHERE NOT EXISTS (SELECT FROM ej.membership AS b
                        WHERE b.pupil_id = w.pupil_id AND b.study_group_id = g.id AND b.during @> day);
    RETURN QUERY
    WITH o AS MATERIALIZED (
        SELECT r.* FROM jsonb_to_recordset(before) AS r(pupil_id bigint, class_id bigint, study_group_id bigint,
                                                        during daterange)
    ), n AS MATERIALIZED (
        SELECT r.* FROM ej.moved_rows(pupils, day) AS r
    ), changed AS MATERIALIZED (
        SELECT coalesce(o.pupil_id, n.pupil_id) AS pupil_id, coalesce(o.class_id, n.class_id) AS class_id,
               coalesce(o.study_group_id, n.study_group_id) AS study_group_id, o.during AS old, n.during AS new
          FROM o FULL JOIN n ON (n.pupil_id, coalesce(n.class_id, 0), coalesce(n.study_group_id, 0), lower(n.during))
                              = (o.pupil_id, coalesce(o.class_id, 0), coalesce(o.study_group_id, 0), lower(o.during))
         WHERE o.during IS DISTINCT FROM n.during
    )
    SELECT w.pupil_id, x.from_class_id, w.class_id, coalesce(x.written, '[]')
      FROM unnest(pupils, classes) AS w(pupil_id, class_id)
      LEFT JOIN (SELECT c.pupil_id, jsonb_agg(to_jsonb(c) - 'pupil_id') AS written,
                        (array_agg(c.class_id ORDER BY lower(c.old))
                         FILTER (WHERE c.class_id IS NOT NULL AND c.old IS NOT NULL))[1] AS from_class_id
                   FROM changed AS c GROUP BY c.pupil_id) AS x ON x.pupil_id = w.pupil_id;
END
$$;

-- Write back the enrolments or memberships (rel, by its column key) of the list `written`,
-- each with its pupil_id: old instead of new.
CREATE OR REPLACE FUNCTION ej.move_back_rows(rel text, key text, written jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    EXECUTE format($sql$
        WITH was AS MATERIALIZED (
            SELECT w.pupil_id, w.%2$I, w.old, x.id, x.school_id, x.during
              FROM jsonb_to_recordset($1) AS w(pupil_id bigint, class_id bigint, study_group_id bigint, old daterange,
                                               new daterange)
              LEFT JOIN ej.%1$I AS x ON x.pupil_id = w.pupil_id AND x.%2$I = w.%2$I
               AND lower(x.during) = lower(coalesce(w.old, w.new))
             WHERE w.%2$I IS NOT NULL
        ), gone AS (
            DELETE FROM ej.%1$I AS x USING was WHERE x.id = was.id AND was.old IS NULL RETURNING x.id
        ), longer AS (
            UPDATE ej.%1$I AS x SET during = was.old FROM was
             WHERE x.id = was.id AND was.old <> was.during AND (SELECT count(*) FROM gone) >= 0 RETURNING x.id
        )
        INSERT INTO ej.%1$I (school_id, pupil_id, %2$I, during)
        SELECT p.school_id, p.id, was.%2$I, was.old
          FROM was JOIN ej.pupil AS p ON p.id = was.pupil_id
         WHERE was.id IS NULL AND was.old IS NOT NULL AND (SELECT count(*) FROM longer) >= 0$sql$, rel, key)
      USING written;
END
$$;

-- Write back what was before movements: written is their list, each with its pupil_id.
-- Returns whether all of it was as the movements had left it; else nothing is written.
CREATE OR REPLACE FUNCTION ej.move_back(written jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.enrolment AS e
      WHERE e.pupil_id IN (SELECT (w.item ->> 'pupil_id')::bigint FROM jsonb_array_elements(written) AS w(item))
      ORDER BY e.id FOR UPDATE;
    IF EXISTS (
        SELECT FROM jsonb_to_recordset(written) AS w(pupil_id bigint, class_id bigint, study_group_id bigint,
                                                     old daterange, new daterange)
         WHERE w.new IS NOT NULL
           AND NOT EXISTS (SELECT FROM ej.enrolment AS e
                            WHERE e.pupil_id = w.pupil_id AND e.class_id = w.class_id AND e.during = w.new)
           AND NOT EXISTS (SELECT FROM ej.membership AS b
                            WHERE b.pupil_id = w.pupil_id AND b.study_group_id = w.study_group_id
                              AND b.during = w.new)) THEN
        RETURN false;
    END IF;
    PERFORM ej.move_back_rows('enrolment', 'class_id', written);
    PERFORM ej.move_back_rows('membership', 'study_group_id', written);
    RETURN true;
END
$$;

-- Whether a movement changes groups whose journal is closed on the day or later.
CREATE OR REPLACE FUNCTION ej.movement_closed(pupil_id bigint, class_id bigint, day date, groups bigint[])
RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT EXISTS (
    SELECT FROM ej.teaching AS t
      JOIN ej.journal AS j ON j.teaching_id = t.id AND j.closed_at IS NOT NULL
      JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND upper(e.during) > day
     WHERE t.study_group_id = ANY (
           ARRAY(SELECT m.study_group_id
                   FROM ej.members_ended(ARRAY[movement_closed.pupil_id], ARRAY[movement_closed.class_id], day) AS m)
        || ARRAY(SELECT g.study_group_id FROM ej.groups_joined(movement_closed.class_id, groups) AS g)))
$$;

-- The reasons of each kind of movement, in the order of the form.
CREATE OR REPLACE FUNCTION ej.movement_reasons(kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE kind
    WHEN 'transfer' THEN '{request,split,profile,other}'
    WHEN 'leave' THEN '{to_school,to_city,to_abroad,to_family,to_college,expelled,died,other}'
    ELSE '{from_school,from_city,from_abroad,from_family,first_grade,restored,other}' END::text[]
$$;

-- Why a movement of a pupil is refused: field and error code; NULL when it is not.
CREATE OR REPLACE FUNCTION ej.movement_fault(pupil bigint, kind text, class_id bigint, moved_on date, reason text,
                                             groups bigint[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    now_in bigint[] := ARRAY(SELECT e.class_id FROM ej.enrolment AS e
        WHERE e.pupil_id = pupil AND (upper_inf(e.during) OR upper(e.during) > movement_fault.moved_on));
    their_year daterange := (SELECT y.during FROM ej.class AS c
        JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year WHERE c.id = movement_fault.class_id);
BEGIN
    RETURN (SELECT jsonb_build_object('field', v.field, 'code', v.code) FROM (VALUES
        (0, 'kind', 'JE101', movement_fault.kind IS NULL),
        (0, 'moved_on', 'JE101', movement_fault.moved_on IS NULL),
        (1, 'class_id', 'JE101', movement_fault.kind <> 'leave' AND movement_fault.class_id IS NULL),
        (2, 'class_id', 'JE106', movement_fault.kind <> 'leave' AND their_year IS NULL),
        (3, 'reason', 'JE106', movement_fault.reason <> ALL (ej.movement_reasons(movement_fault.kind))),
        (4, 'moved_on', 'JE203', NOT their_year @> movement_fault.moved_on),
        (5, 'kind', 'JE240', movement_fault.kind IN ('transfer', 'leave') AND now_in = '{}'),
        (6, 'kind', 'JE241', movement_fault.kind IN ('enrol', 'return') AND now_in <> '{}'),
        (7, 'class_id', 'JE241', movement_fault.class_id = ANY (now_in)),
        (8, 'study_group_id', 'JE106', EXISTS (SELECT FROM unnest(groups) AS g(id)
            WHERE g.id NOT IN (SELECT j.study_group_id FROM ej.groups_joined(movement_fault.class_id, groups) AS j))),
        (9, 'moved_on', 'JE201',
         ej.movement_closed(pupil, movement_fault.class_id, movement_fault.moved_on, groups))) AS v(n, field, code,
             is_so)
      WHERE v.is_so ORDER BY v.n LIMIT 1);
END
$$;

-- Add a pupil with the names of the form and what the card needs first.
CREATE OR REPLACE FUNCTION ej.movement_newcomer(fields jsonb) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_staff_schools())[1];
    made bigint;
BEGIN
    INSERT INTO ej.pupil (school_id, person_id, surname, given_name, patronymic)
    VALUES (school, (fields ->> 'person_id')::bigint, fields ->> 'surname', fields ->> 'given_name',
        coalesce(fields ->> 'patronymic', ''))
    RETURNING id INTO made;
    INSERT INTO ej.pupil_card (pupil_id, school_id, birth_on, sex)
    VALUES (made, school, (fields ->> 'birth_on')::date, fields ->> 'sex');
    RETURN made;
END
$$;

-- Write a movement of the form; a pupil of NULL is new. Returns its outcomes.
CREATE OR REPLACE FUNCTION ej.movement_write(pupil bigint, fields jsonb, groups bigint[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    m     ej.movement := jsonb_populate_record(NULL::ej.movement, fields);
    bad   jsonb;
    state text; rule text; field text;
BEGIN
    IF pupil IS NOT NULL AND NOT EXISTS (SELECT FROM ej.pupil AS p WHERE p.id = pupil) THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF m.kind IN ('enrol', 'return') THEN
        m.kind := CASE WHEN EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = pupil) THEN 'return'
                       ELSE 'enrol' END;
    END IF;
    m.class_id := CASE WHEN m.kind <> 'leave' THEN m.class_id END;
    IF pupil IS NULL AND ej.is_person_unsure('pupil', fields) THEN
        RETURN '[{"outcome": "bad", "field": "person_id", "code": "JE217"}]';
    END IF;
    bad := ej.movement_fault(pupil, m.kind, m.class_id, m.moved_on, m.reason, groups) || '{"outcome": "bad"}';
    IF bad IS NOT NULL THEN
        RETURN jsonb_build_array(bad);
    END IF;
    pupil := coalesce(pupil, ej.movement_newcomer(fields));
    INSERT INTO ej.movement (school_id, pupil_id, kind, from_class_id, class_id, moved_on, reason, order_no, order_on,
                             note, written)
    SELECT p.school_id, p.id, m.kind, x.from_class_id, x.class_id, m.moved_on, m.reason, m.order_no, m.order_on,
           coalesce(m.note, ''), x.written
      FROM ej.move_pupils(ARRAY[pupil], ARRAY[m.class_id], m.moved_on, m.order_no, groups) AS x
      JOIN ej.pupil AS p ON p.id = x.pupil_id;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(22|23|JE[123])' THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME;
    bad := ej.refusal('ej.movement', state, rule,
                      CASE WHEN state LIKE 'JE%' OR rule = 'enrolment_overlap' THEN 'moved_on' ELSE field END);
    RETURN jsonb_build_array(bad);
END
$$;

-- Undo a movement, the pupil's last one. Errors: JE401 no such movement; JE211 later ones
-- hang on it, or somebody changed the classes and groups since.
CREATE OR REPLACE FUNCTION ej.movement_undo(movement bigint, why text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    m     ej.movement;
    bad   jsonb := '[{"outcome": "bad", "field": "undone_reason", "code": "JE211"}]';
    state text;
BEGIN
    SELECT * INTO m FROM ej.movement AS x WHERE x.id = movement FOR UPDATE;
    IF m.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF m.undone_reason IS NOT NULL
       OR EXISTS (SELECT FROM ej.movement AS x WHERE x.pupil_id = m.pupil_id AND x.id > m.id
                     AND x.undone_reason IS NULL)
       OR NOT ej.move_back((SELECT jsonb_agg(w.item || jsonb_build_object('pupil_id', m.pupil_id))
                              FROM jsonb_array_elements(m.written) AS w(item))) THEN
        RETURN bad;
    END IF;
    UPDATE ej.movement AS x SET undone_reason = why WHERE x.id = movement;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE LIKE '23%' THEN
        RETURN bad;
    ELSIF SQLSTATE LIKE 'JE2%' THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
        RETURN jsonb_set(bad, '{0,code}', to_jsonb(state));
    END IF;
    RAISE;
END
$$;
