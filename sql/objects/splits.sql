-- splits.sql: the division of a class into subgroups: proposed by class teacher or subject
-- teacher, committed by administrator or deputy (CFG-19). Whether a pupil may change the
-- subgroup is a rule of memberships (rule_member.sql).

GRANT SELECT, INSERT, UPDATE ON ej.split TO ej_rule;
GRANT SELECT, INSERT, DELETE ON ej.split_pupil TO ej_rule;

-- The subgroups of a class for a subject, numbered.
CREATE OR REPLACE FUNCTION ej.split_groups(class_id bigint, subject_id bigint)
RETURNS TABLE (study_group_id bigint, part int, name text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT g.id, (row_number() OVER (ORDER BY g.name, g.id))::int, g.name
  FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
 WHERE x.class_id = split_groups.class_id AND g.subject_id = split_groups.subject_id AND g.kind = 'subgroup'
$$;

-- In which subgroup for a subject the pupils of a class were at the end of the year before:
-- parts are numbered as the subgroups of that class were.
CREATE OR REPLACE FUNCTION ej.split_before(class_id bigint, subject_id bigint) RETURNS TABLE (pupil_id bigint, part int)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT DISTINCT ON (e.pupil_id) e.pupil_id, g.part
  FROM ej.class AS c
  JOIN ej.enrolment AS e ON e.class_id = c.id
  JOIN ej.enrolment AS o ON o.pupil_id = e.pupil_id
  JOIN ej.class AS b ON b.id = o.class_id AND b.school_id = c.school_id AND b.year = c.year - 1
 CROSS JOIN LATERAL ej.split_groups(b.id, split_before.subject_id) AS g
  JOIN ej.membership AS m ON m.study_group_id = g.study_group_id AND m.pupil_id = e.pupil_id
 WHERE c.id = split_before.class_id AND g.part <= 4
 ORDER BY e.pupil_id, lower(m.during) DESC
$$;

-- Keep the proposal for a class and a subject: the open one is changed, else a new one made.
-- Errors: JE301 the writer neither leads nor teaches the class.
CREATE OR REPLACE FUNCTION ej.split_keep(class_id bigint, subject_id bigint, parts int, from_on date, note text,
    pupils bigint[], of_pupils int[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    c    ej.class;
    kept bigint;
BEGIN
    parts := greatest(2, least(4, parts));
    SELECT * INTO c FROM ej.class AS k WHERE k.id = split_keep.class_id FOR UPDATE;
    IF c.id IS NULL OR NOT (c.id = ANY (ej.my_classes()) OR c.id = ANY (ej.my_taught_classes())
                            OR c.school_id = ANY (ej.my_setup_schools())) THEN
        RAISE EXCEPTION 'not a class of the writer' USING ERRCODE = 'JE301';
    ELSIF NOT EXISTS (SELECT FROM ej.subject AS u WHERE u.id = split_keep.subject_id AND u.school_id = c.school_id) THEN
        PERFORM ej.rule_fault('split_subject_id_fkey', NULL);
    END IF;
    UPDATE ej.split AS s
       SET staff_id = (ej.my_staff())[1], parts = split_keep.parts, from_on = split_keep.from_on, note = split_keep.note
     WHERE s.class_id = c.id AND s.subject_id = split_keep.subject_id AND s.state = 'open' RETURNING s.id INTO kept;
    IF kept IS NULL THEN
        INSERT INTO ej.split (school_id, class_id, subject_id, staff_id, parts, from_on, note)
        VALUES (c.school_id, c.id, split_keep.subject_id, (ej.my_staff())[1], split_keep.parts, split_keep.from_on,
                split_keep.note)
        RETURNING id INTO kept;
    END IF;
    DELETE FROM ej.split_pupil AS p WHERE p.split_id = kept;
    INSERT INTO ej.split_pupil (split_id, pupil_id, school_id, class_id, part)
    SELECT kept, w.pupil_id, c.school_id, c.id, w.part
      FROM unnest(pupils, of_pupils) AS w(pupil_id, part)
     WHERE w.part <= split_keep.parts
       AND EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = w.pupil_id AND e.class_id = c.id);
END
$$;

-- Close an open proposal. Errors: JE301 not the administrator or a deputy of the school.
CREATE OR REPLACE FUNCTION ej.split_decide(split_id bigint, state text, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.split AS s SET state = split_decide.state, reason = split_decide.reason,
           decided_staff_id = (ej.my_staff())[1]
     WHERE s.id = split_decide.split_id AND s.state = 'open' AND s.school_id = ANY (ej.my_setup_schools());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'JE301';
    END IF;
END
$$;

-- Make the subgroups that are missing, and put the pupils into them from a day on. Nobody is
-- taken out of one except to another. word: the last word of a new group's name.
CREATE OR REPLACE FUNCTION ej.split_commit(class_id bigint, subject_id bigint, parts int, from_on date, word text,
    pupils bigint[], of_pupils int[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    c    ej.class := (SELECT k FROM ej.class AS k WHERE k.id = split_commit.class_id);
    made bigint;
    targets bigint[]; -- of each pupil
    groups  bigint[];
BEGIN
    FOR n IN (SELECT count(*) + 1 FROM ej.split_groups(c.id, split_commit.subject_id)) .. parts LOOP
        INSERT INTO ej.study_group (school_id, year, kind, name, subject_id)
        SELECT c.school_id, c.year, 'subgroup', format('%s, %s, %s %s', c.name, s.name, n, word), s.id
          FROM ej.subject AS s WHERE s.id = split_commit.subject_id RETURNING id INTO made;
        INSERT INTO ej.study_group_class (study_group_id, class_id, school_id) VALUES (made, c.id, c.school_id);
    END LOOP;
    targets := ARRAY(SELECT g.study_group_id FROM unnest(of_pupils) WITH ORDINALITY AS w(part, n)
                       LEFT JOIN ej.split_groups(c.id, split_commit.subject_id) AS g USING (part) ORDER BY w.n);
    groups := ARRAY(SELECT g.study_group_id FROM ej.split_groups(c.id, split_commit.subject_id) AS g);
    UPDATE ej.membership AS m SET during = daterange(lower(m.during), split_commit.from_on)
      FROM unnest(pupils, targets) AS w(pupil_id, study_group_id)
     WHERE m.pupil_id = w.pupil_id AND m.study_group_id = ANY (groups) AND m.study_group_id <> w.study_group_id
       AND lower(m.during) < split_commit.from_on AND upper(m.during) > split_commit.from_on;
    DELETE FROM ej.membership AS m USING unnest(pupils, targets) AS w(pupil_id, study_group_id)
     WHERE m.pupil_id = w.pupil_id AND m.study_group_id = ANY (groups) AND m.study_group_id <> w.study_group_id
       AND lower(m.during) >= split_commit.from_on;
    INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    SELECT c.school_id, w.study_group_id, w.pupil_id, daterange(split_commit.from_on, NULL)
      FROM unnest(pupils, targets) AS w(pupil_id, study_group_id)
     WHERE w.study_group_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM ej.membership AS m WHERE m.pupil_id = w.pupil_id
                          AND m.study_group_id = w.study_group_id
                          AND upper(m.during) > split_commit.from_on);
END
$$;

-- The outcome of a form that must be refused before anything is written; NULL for a good form.
CREATE OR REPLACE FUNCTION ej.split_fault(action text, is_open boolean, from_on date, reason text, is_mine boolean)
RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT CASE WHEN action <> 'propose' AND NOT is_mine THEN '[{"outcome": "bad", "code": "JE301"}]'::jsonb
            WHEN action = 'decline' AND reason = '' THEN '[{"outcome": "bad", "field": "reason", "code": "JE101"}]'
            WHEN action = 'decline' AND NOT is_open THEN '[{"outcome": "bad", "code": "JE401"}]'
            WHEN action <> 'decline'
               AND from_on IS NULL THEN '[{"outcome": "bad", "field": "from_on", "code": "JE101"}]' END
$$;

-- Do what the form asks: propose, commit or decline. Returns the outcomes. A pupil whose part
-- in the open proposal is not the old one of the form is a conflict; then nothing is written.
CREATE OR REPLACE FUNCTION ej.split_write(
    class_id bigint, subject_id bigint, fields jsonb, pupils bigint[], of_pupils int[], old int[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    action text := fields ->> 'action';
    day    date := (fields ->> 'from_on')::date;
    parts  int := (fields ->> 'parts')::int;
    school bigint := (SELECT c.school_id FROM ej.class AS c WHERE c.id = split_write.class_id);
    kept   ej.split := (SELECT s FROM ej.split AS s WHERE s.class_id = split_write.class_id
                           AND s.subject_id = split_write.subject_id AND s.state = 'open');
    fault  jsonb := ej.split_fault(action, kept.id IS NOT NULL, day, fields ->> 'reason',
                                   school = ANY (ej.my_setup_schools()));
    bad    jsonb := (SELECT jsonb_agg(ej.conflict(
                                'part.' || w.pupil_id, coalesce(p.part::text, ''), 'split', ARRAY[kept.id]))
                       FROM unnest(pupils, old) AS w(pupil_id, old)
                       LEFT JOIN ej.split_pupil AS p ON p.split_id = kept.id AND p.pupil_id = w.pupil_id
                      WHERE p.part IS DISTINCT FROM w.old);
BEGIN
    IF fault IS NOT NULL OR bad IS NOT NULL THEN
        RETURN coalesce(fault, replace(bad::text, '"conflict"', '"bad"')::jsonb);
    ELSIF action = 'decline' THEN
        PERFORM ej.split_decide(kept.id, 'declined', fields ->> 'reason');
    ELSE
        PERFORM ej.split_keep(split_write.class_id, split_write.subject_id, parts, day,
                              fields ->> 'note', pupils, of_pupils);
        IF action = 'commit' THEN
            PERFORM ej.split_commit(split_write.class_id, split_write.subject_id, parts, day,
                                    fields ->> 'word', pupils, of_pupils);
            PERFORM ej.split_decide(s.id, 'accepted', '') FROM ej.split AS s
              WHERE s.class_id = split_write.class_id AND s.subject_id = split_write.subject_id AND s.state = 'open';
        END IF;
    END IF;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(JE[23])' THEN
        RAISE;
    END IF;
    RETURN jsonb_build_array(
        jsonb_build_object('outcome', 'bad', 'code', SQLSTATE)
        || CASE WHEN SQLSTATE ~ '^JE2' THEN '{"field": "from_on"}'::jsonb ELSE '{}' END);
END
$$;

GRANT EXECUTE ON FUNCTION ej.split_keep, ej.split_decide TO ej_web;
