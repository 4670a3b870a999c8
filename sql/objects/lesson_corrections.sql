-- lesson_corrections.sql: requests to correct a value that may no longer be changed freely
-- (rule_kept.sql).
--
-- A teacher asks with old value, new value and reason; another person, a deputy or the director,
-- accepts or refuses. An accepted correction is written as the teacher's own operation: the history
-- has the teacher as author, and the request (history.correction_id), which names the person who
-- accepted it. Rows are written by these functions alone. A function that no grant names is for
-- the other functions.

GRANT SELECT, INSERT, UPDATE ON ej.correction TO ej_rule;
GRANT SELECT ON ej.correction TO ej_rights;
GRANT SELECT ON ej.scale_value, ej.attendance_code, ej.work_kind TO ej_rule;
GRANT INSERT, UPDATE ON ej.mark, ej.work, ej.term_mark, ej.attendance TO ej_rule;
GRANT DELETE ON ej.attendance, ej.homework_for TO ej_rule;
GRANT INSERT, UPDATE, DELETE ON ej.homework TO ej_rule;

-- The register of corrections: a teacher reads those of the own journals and the own requests, a
-- class teacher those of the class, the heads all; a family the accepted ones of its child's marks.
CREATE POLICY read ON ej.correction FOR SELECT TO ej_web
    USING (teaching_id = any((select ej.my_read_teachings())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR (pupil_id = any((select ej.my_family_pupils())::bigint[]) AND state = 'accepted'));
GRANT SELECT ON ej.correction TO ej_web;

-- The journal of a request, as if the teacher who asked had opened it.
CREATE OR REPLACE FUNCTION ej.correction_journal(c ej.correction) RETURNS ej.journal_facts
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts;
BEGIN
    SELECT f.* INTO journal FROM ej.journal_scope((c).journal_id) AS f;
    journal.is_mine := true;
    journal.author_id := (c).staff_id;
    journal.correction_hours := 0;
    journal.open_from_on := NULL;
    RETURN journal;
END
$$;

-- The cell of a mark or term mark as a save of it would find it, without the absence that a
-- cell of the grid shows beside it.
CREATE OR REPLACE FUNCTION ej.correction_cell(c ej.correction, journal ej.journal_facts) RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    lesson ej.lesson;
BEGIN
    IF (c).kind = 'term_mark' THEN
        RETURN ej.journal_cells(journal, ARRAY[(c).column_id], ARRAY[(c).pupil_id],
                                ARRAY[(c).old_value::text], ARRAY[(c).new_value::text]);
    END IF;
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = (c).lesson_id;
    RETURN ej.lesson_marks(lesson, journal, ARRAY[(c).column_id], ARRAY[(c).pupil_id], ARRAY[(c).old_value::text],
                           ARRAY[(c).new_value::text]);
END
$$;

-- The outcome of carrying a request out, under the name of the form's field for the new value.
CREATE OR REPLACE FUNCTION ej.correction_outcome(c ej.correction) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts := ej.correction_journal(c);
    lesson  ej.lesson;
    task    ej.homework;
BEGIN
    IF (c).kind IN ('mark', 'term_mark') THEN
        RETURN (SELECT jsonb_agg(ej.field_outcome('new', x.stored, x.old, x.submitted, x.fault,
                                 CASE (c).kind WHEN 'mark' THEN 'mark' ELSE 'term_mark' END,
                                 CASE (c).kind WHEN 'mark' THEN ARRAY[x.work_id, x.pupil_id]
                                      ELSE ARRAY[x.pupil_id, journal.subject_id, x.column_id] END))
                  FROM unnest(ej.correction_cell(c, journal)) AS x);
    END IF;
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = (c).lesson_id;
    IF (c).kind = 'topic' THEN
        RETURN jsonb_build_array(ej.field_outcome('new', ej.form_text(lesson.topic), (c).old_value, (c).new_value,
            CASE WHEN journal.is_closed THEN 'JE201' END, 'lesson', ARRAY[lesson.id]));
    END IF;
    SELECT h.* INTO task FROM ej.homework AS h WHERE h.lesson_id = lesson.id AND NOT h.is_personal
     ORDER BY h.id LIMIT 1;
    RETURN jsonb_build_array(ej.field_outcome('new', ej.form_text(task.text), (c).old_value, (c).new_value,
        CASE WHEN journal.is_closed THEN 'JE201' WHEN ej.is_unmarked(lesson.study_group_id) THEN 'JE205' END,
        'homework', ARRAY[task.id]));
END
$$;

-- Write what a request asks for.
CREATE OR REPLACE FUNCTION ej.correction_write(c ej.correction) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts := ej.correction_journal(c);
    lesson  ej.lesson;
BEGIN
    PERFORM set_config('ej.year', journal.year::text, true); -- of the new ids
    IF (c).kind IN ('mark', 'term_mark') THEN
        PERFORM ej.journal_write(journal, ej.correction_cell(c, journal));
        RETURN;
    END IF;
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = (c).lesson_id;
    IF (c).kind = 'homework' THEN
        PERFORM ej.lesson_homework_write(lesson,
                                         ej.lesson_homework(lesson, NULL, (c).new_value, (c).old_value, NULL, NULL));
    END IF;
    PERFORM ej.lesson_facts(lesson, CASE (c).kind WHEN 'topic' THEN (c).new_value END, false, false, NULL);
END
$$;

-- The lesson of a request that the user may make; for a mark the lesson of its column, for a term mark
-- NULL. Errors: JE401 no such lesson or term in this journal; JE301 it is not the user's.
CREATE OR REPLACE FUNCTION ej.correction_place(c ej.correction) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts;
    place   record;
BEGIN
    SELECT f.* INTO journal FROM ej.journal_scope((c).journal_id) AS f;
    IF (c).kind = 'term_mark' THEN
        SELECT NULL::bigint AS id, e.id IS NOT NULL AS is_there INTO place
          FROM (SELECT) AS one LEFT JOIN ej.term AS e ON e.id = (c).column_id AND e.id = journal.term_id;
    ELSE
        SELECT l.id, l.id IS NOT NULL AS is_there INTO place
          FROM ej.lesson AS l
         WHERE l.teaching_id = journal.teaching_id AND journal.during @> l.held_on
           AND l.id = coalesce((SELECT w.lesson_id FROM ej.work AS w WHERE w.id = (c).column_id),
                           (c).column_id, (c).lesson_id);
    END IF;
    IF journal.id IS NULL OR place.is_there IS NOT TRUE THEN
        RAISE EXCEPTION 'no such place' USING ERRCODE = 'JE401';
    ELSIF NOT journal.is_mine AND (place.id IS NULL OR place.id <> ALL (ej.my_write_lessons())) THEN
        RAISE EXCEPTION 'not your journal' USING ERRCODE = 'JE301';
    END IF;
    RETURN place.id;
END
$$;

-- Ask for a correction. Returns the outcomes.
-- Errors: JE106 no such kind, or nothing would change; JE401, JE301 as ej.correction_place(); JE212
-- such a request waits.
CREATE OR REPLACE FUNCTION ej.correction_ask(kind text, journal_id bigint, lesson_id bigint, column_id bigint,
    pupil_id bigint, old text, new text, reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    c        ej.correction;
    outcomes jsonb;
BEGIN
    IF kind <> ALL ('{mark,term_mark,topic,homework}') OR (kind IN ('mark', 'term_mark')) <> (pupil_id IS NOT NULL) THEN
        RETURN '[{"field": "kind", "outcome": "bad", "code": "JE106"}]';
    END IF;
    c.kind := kind;
    c.journal_id := journal_id;
    c.lesson_id := lesson_id;
    c.column_id := column_id;
    c.pupil_id := pupil_id;
    c.old_value := coalesce(old, '');
    c.new_value := CASE WHEN kind IN ('mark', 'term_mark') THEN ej.cell_plain(new) ELSE coalesce(new, '') END;
    c.lesson_id := ej.correction_place(c);
    SELECT f.school_id, f.teaching_id, f.author_id INTO c.school_id, c.teaching_id, c.staff_id
      FROM ej.journal_scope(journal_id) AS f;
    outcomes := ej.correction_outcome(c);
    IF c.old_value = c.new_value THEN
        RETURN '[{"field": "new", "outcome": "bad", "code": "JE106"}]';
    ELSIF outcomes @> '[{"outcome": "saved"}]' THEN
        INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, column_id, pupil_id,
                                   old_value, new_value, reason, staff_id)
        VALUES (c.school_id, c.teaching_id, c.journal_id, c.kind, c.lesson_id, c.column_id, c.pupil_id,
                c.old_value, c.new_value, reason, c.staff_id);
    END IF;
    RETURN outcomes;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'such a request waits' USING ERRCODE = 'JE212', COLUMN = 'new';
END
$$;

-- Write a request as an operation of the teacher who asked; the address is that of the decision.
CREATE OR REPLACE FUNCTION ej.correction_carry_out(c ej.correction) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    decider ej.entry;
    teacher record;
BEGIN
    SELECT e.* INTO decider FROM ej.entry AS e WHERE e.pid = pg_backend_pid();
    SELECT a.id, a.person_id INTO teacher
      FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id WHERE s.id = (c).staff_id;
    UPDATE ej.entry AS e
       SET correction_id = (c).id, account_id = coalesce(teacher.id, e.account_id),
           person_id = coalesce(teacher.person_id, e.person_id)
     WHERE e.pid = decider.pid;
    PERFORM ej.correction_write(c);
    UPDATE ej.entry AS e SET correction_id = NULL, account_id = decider.account_id, person_id = decider.person_id
     WHERE e.pid = decider.pid;
END
$$;

-- Whether the user may decide this request: a deputy or the director of the school, but nobody an own
-- request.
CREATE OR REPLACE FUNCTION ej.correction_is_mine(correction_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM ej.correction AS c JOIN ej.role_held AS r ON r.school_id = c.school_id
         WHERE c.id = correction_is_mine.correction_id AND c.state = 'new' AND c.staff_id <> ALL (ej.my_staff())
           AND r.staff_id = ANY (ej.my_staff()) AND r.role IN ('deputy', 'director'));
END
$$;
ALTER FUNCTION ej.correction_is_mine(bigint) OWNER TO ej_rights;

-- Accept or refuse a request, or withdraw an own one. Returns the outcomes.
-- Errors: JE101 a refusal without an answer; JE401 no such request; JE301 not the user's to decide.
CREATE OR REPLACE FUNCTION ej.correction_decide(correction_id bigint, state text, answer text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    c        ej.correction;
    outcomes jsonb := '[{"field": "state", "outcome": "saved"}]';
BEGIN
    SELECT x.* INTO c FROM ej.correction AS x
     WHERE x.id = correction_id AND (x.school_id = ANY (ej.my_journal_schools()) OR x.staff_id = ANY (ej.my_staff()))
       FOR UPDATE;
    IF c.id IS NULL THEN
        RAISE EXCEPTION 'no such request' USING ERRCODE = 'JE401';
    ELSIF c.state <> 'new' THEN
        RETURN jsonb_build_array(ej.field_outcome('state', c.state, 'new', state, NULL, 'correction', ARRAY[c.id]));
    ELSIF state = 'withdrawn' AND c.staff_id <> ALL (ej.my_staff())
       OR state <> 'withdrawn' AND NOT ej.correction_is_mine(c.id) THEN
        RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'JE301';
    ELSIF state = 'refused' AND answer = '' THEN
        RETURN '[{"field": "answer", "outcome": "bad", "code": "JE101"}]';
    ELSIF state = 'accepted' THEN
        PERFORM pg_advisory_xact_lock(92, hashint8(c.journal_id));
        outcomes := ej.correction_outcome(c);
        IF NOT outcomes @> '[{"outcome": "saved"}]' THEN
            RETURN jsonb_set(outcomes, '{0,field}', '"state"');
        END IF;
        PERFORM ej.correction_carry_out(c);
    END IF;
    UPDATE ej.correction AS x
       SET state = correction_decide.state, answer = correction_decide.answer, decided_at = now(),
           decided_staff_id = (SELECT s.id FROM ej.staff AS s
                                WHERE s.id = ANY (ej.my_staff()) AND s.school_id = c.school_id)
     WHERE x.id = c.id;
    RETURN jsonb_set(outcomes, '{0,field}', '"state"');
END
$$;

GRANT EXECUTE ON FUNCTION ej.correction_ask, ej.correction_decide TO ej_web;
GRANT EXECUTE ON FUNCTION ej.correction_is_mine(bigint) TO ej_web, ej_rule;
