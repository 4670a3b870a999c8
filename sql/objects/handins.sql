-- handins.sql: what a homework asks for, what pupils hand in for it, and what the teacher answers.

GRANT SELECT, INSERT, UPDATE ON ej.submission TO ej_rule;
GRANT SELECT, INSERT, DELETE ON ej.homework_done TO ej_rule;
GRANT SELECT ON ej.grade_norm, ej.study_group_class, ej.teaching, ej.subject TO ej_rights;

-- The pupils that a homework is for: of its group on the day it is due, or named ones; not those of
-- a class without homework.
CREATE OR REPLACE FUNCTION ej.homework_pupils(homework_id bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT b.pupil_id
      FROM ej.homework AS h
      JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
     WHERE h.id = homework_pupils.homework_id
       AND (NOT h.is_personal OR EXISTS (SELECT FROM ej.homework_for AS f
                                          WHERE f.homework_id = h.id AND f.pupil_id = b.pupil_id))
       AND NOT EXISTS (SELECT FROM ej.enrolment_unmarked AS u
                        WHERE u.pupil_id = b.pupil_id AND u.during @> h.due_on);
END
$$;

-- The homework for a pupil due in these days, as the reader may read it.
CREATE OR REPLACE FUNCTION ej.homework_of_pupil(pupil_id bigint, from_on date, till_on date) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    unmarked datemultirange := ej.diary_unmarked(pupil_id);
BEGIN
    RETURN QUERY
    SELECT h.id
      FROM ej.membership AS b
     CROSS JOIN LATERAL ( -- by group: of a whole year the planner would read the homework of all schools
           SELECT h.id, h.due_on, h.is_personal FROM ej.homework AS h
            WHERE h.study_group_id = b.study_group_id AND h.due_on BETWEEN from_on AND till_on OFFSET 0) AS h
     WHERE b.pupil_id = homework_of_pupil.pupil_id AND b.during @> h.due_on
       AND NOT unmarked @> h.due_on
       AND (NOT h.is_personal OR EXISTS (SELECT FROM ej.homework_for AS f
                                          WHERE f.homework_id = h.id AND f.pupil_id = b.pupil_id));
END
$$;

-- Whether a homework has this file already: the same name and bytes, handed in by the pupil, or
-- attached by the teacher (pupil_id NULL).
CREATE OR REPLACE FUNCTION ej.homework_has(homework_id bigint, pupil_id bigint, name text, data bytea) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT EXISTS (SELECT FROM ej.file AS f
                WHERE f.homework_id = homework_has.homework_id AND f.pupil_id IS NOT DISTINCT FROM homework_has.pupil_id
                  AND f.name = homework_has.name AND f.size = length(data)
                  AND (SELECT string_agg(p.data, '' ORDER BY p.n) FROM ej.file_piece AS p
                        WHERE p.file_id = f.id) = homework_has.data)
$$;

-- Attach files to a homework, without those that it has, and take others from it; returns their number
-- afterwards. Writes nothing if there were more than 10. The rules of the homework hold for its files, also when one
-- follows another of the same name: a closed journal, a locked lesson, a sealed year.
CREATE OR REPLACE FUNCTION ej.homework_files(homework_id bigint, gone_ids bigint[], names text[], datas bytea[])
RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    task  ej.homework;
    fresh int[] := ARRAY(SELECT i.n FROM unnest(names, datas) WITH ORDINALITY AS i(name, data, n)
                          WHERE i.data IS NOT NULL
                            AND NOT ej.homework_has(homework_files.homework_id, NULL, i.name, i.data));
    files int := (SELECT count(*) FROM ej.file AS f
                   WHERE f.homework_id = homework_files.homework_id AND f.pupil_id IS NULL AND f.id <> ALL (gone_ids));
    taken int;
BEGIN
    SELECT h.* INTO task FROM ej.homework AS h WHERE h.id = homework_files.homework_id;
    IF files + cardinality(fresh) <= 10 THEN
        DELETE FROM ej.file AS f WHERE f.homework_id = task.id AND f.pupil_id IS NULL AND f.id = ANY (gone_ids);
        GET DIAGNOSTICS taken = ROW_COUNT;
        PERFORM ej.file_put(task.school_id, NULL, task.id, task.teaching_id, names[i], datas[i])
           FROM unnest(fresh) AS i;
        PERFORM ej.rule_hold(ARRAY[task.lesson_id]) WHERE taken + cardinality(fresh) > 0;
        UPDATE ej.homework AS h SET file_names = x.names
          FROM (SELECT coalesce(string_agg(f.name, ', ' ORDER BY f.id), '') AS names FROM ej.file AS f
                 WHERE f.homework_id = task.id AND f.pupil_id IS NULL) AS x
         WHERE h.id = task.id AND taken + cardinality(fresh) > 0;
    END IF;
    RETURN files + cardinality(fresh);
END
$$;

-- Set what a homework asks for: its minutes, whether it is to be handed in here, and its files; returns
-- the outcomes. Errors: JE401 no such homework that the reader may write.
CREATE OR REPLACE FUNCTION ej.homework_set(homework_id bigint, minutes int, old_minutes int, is_online boolean,
    old_is_online boolean, gone_ids bigint[], names text[], datas bytea[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    task     ej.homework;
    outcomes jsonb := '[]';
BEGIN
    SELECT h.* INTO task FROM ej.homework AS h
     WHERE h.id = homework_id AND (h.teaching_id = ANY (ej.my_write_teachings())
                                OR h.lesson_id = ANY (ej.my_write_lessons()));
    IF task.id IS NULL THEN
        RAISE EXCEPTION 'no such homework' USING ERRCODE = 'JE401';
    END IF;
    PERFORM ej.lesson_lock(task.lesson_id);
    SELECT h.* INTO task FROM ej.homework AS h WHERE h.id = homework_id;
    IF minutes IS DISTINCT FROM old_minutes THEN
        outcomes := outcomes || ej.field_outcome('minutes', coalesce(task.minutes::text, ''),
            coalesce(old_minutes::text, ''), coalesce(minutes::text, ''), NULL, 'homework', ARRAY[task.id]);
    END IF;
    IF NOT ej.is_refused(outcomes) AND ej.homework_files(task.id, gone_ids, names, datas) > 10 THEN
        outcomes := '[{"outcome": "bad", "field": "file1", "code": "JE107"}]';
    END IF;
    IF NOT ej.is_refused(outcomes) THEN
        UPDATE ej.homework AS h SET minutes = x.minutes, is_online = x.is_online
          FROM (SELECT CASE WHEN outcomes @> '[{"field": "minutes", "outcome": "saved"}]' THEN minutes
                            ELSE task.minutes END AS minutes,
                       CASE WHEN is_online <> old_is_online THEN is_online ELSE task.is_online END AS is_online) AS x
         WHERE h.id = task.id AND (h.minutes, h.is_online) IS DISTINCT FROM (x.minutes, x.is_online);
    END IF;
    RETURN outcomes;
END
$$;

-- All homework of the day on which a homework is due, of the classes of its group: the number of
-- subjects, their names, the minutes that are expected (of a subject's subgroups the greatest), and the
-- norm of the lowest grade. One row for who reads the homework as its teacher, as class teacher or head.
-- Owned by ej_rights, since a teacher does not read the homework of colleagues: the row has no text.
CREATE OR REPLACE FUNCTION ej.homework_load(homework_id bigint)
RETURNS TABLE (subjects bigint, names text, minutes bigint, norm int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    task    ej.homework;
    classes bigint[];
BEGIN
    SELECT h.* INTO task FROM ej.homework AS h
     WHERE h.id = homework_load.homework_id
       AND (h.teaching_id = ANY (ej.my_teachings()) OR h.teaching_id = ANY (ej.my_class_teachings())
            OR h.school_id = ANY (ej.my_journal_schools()));
    IF task.id IS NULL THEN
        RETURN;
    END IF;
    classes := ARRAY(SELECT g.class_id FROM ej.study_group_class AS g WHERE g.study_group_id = task.study_group_id);
    RETURN QUERY
    SELECT count(*), string_agg(x.name, ', ' ORDER BY x.name), sum(x.minutes)::bigint,
           (SELECT min(n.homework_min) FROM ej.class AS c
              JOIN ej.grade_norm AS n ON n.school_id = c.school_id AND n.grade = c.grade WHERE c.id = ANY (classes))
      FROM (SELECT s.name::text, max(h.minutes)::bigint AS minutes
              FROM (SELECT DISTINCT g.study_group_id FROM ej.study_group_class AS g
                     WHERE g.class_id = ANY (classes)) AS g
              JOIN ej.homework AS h ON h.study_group_id = g.study_group_id AND h.due_on = task.due_on
               AND NOT h.is_personal
              JOIN ej.teaching AS t ON t.id = h.teaching_id
              JOIN ej.subject AS s ON s.id = t.subject_id
             GROUP BY s.id, s.name) AS x
    HAVING count(*) > 0;
END
$$;
ALTER FUNCTION ej.homework_load(bigint) OWNER TO ej_rights;

-- Hand in for a child of the reader, or for the reader: a text, further files, and the files that
-- are taken back; returns the outcomes. Errors: JE401 no such homework of this pupil.
CREATE OR REPLACE FUNCTION ej.submission_hand(pupil_id bigint, homework_id bigint, note text, old_note text,
    gone_ids bigint[], names text[], datas bytea[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    task     ej.homework;
    present  ej.submission;
    files    int;
    fresh    int[];
    outcomes jsonb;
BEGIN
    SELECT h.* INTO task FROM ej.homework AS h WHERE h.id = homework_id;
    IF NOT pupil_id = ANY (ej.my_family_pupils()) OR NOT EXISTS (
       SELECT FROM ej.homework_pupils(homework_id) AS p(id) WHERE p.id = pupil_id) THEN
        RAISE EXCEPTION 'no such homework' USING ERRCODE = 'JE401';
    END IF;
    PERFORM FROM ej.pupil AS p WHERE p.id = pupil_id FOR NO KEY UPDATE; -- one save at a time
    SELECT s.* INTO present FROM ej.submission AS s WHERE s.homework_id = task.id AND s.pupil_id = $1;
    fresh := ARRAY(SELECT i.n FROM unnest(names, datas) WITH ORDINALITY AS i(name, data, n)
                    WHERE i.data IS NOT NULL AND NOT ej.homework_has(task.id, pupil_id, i.name, i.data));
    SELECT count(*) + cardinality(fresh) INTO files FROM ej.file AS f
     WHERE f.homework_id = task.id AND f.pupil_id = $1 AND f.id <> ALL (gone_ids);
    outcomes := jsonb_build_array(ej.field_outcome('note', ej.form_text(present.note), old_note, note,
        CASE WHEN note = '' AND files = 0 THEN 'JE101' END, 'submission', ARRAY[task.id, pupil_id]));
    IF files > 10 THEN
        outcomes := '[{"outcome": "bad", "field": "file1", "code": "JE107"}]';
    END IF;
    IF outcomes @> '[{"outcome": "saved"}]' THEN
        PERFORM ej.submission_write(task.id, pupil_id, note, gone_ids, fresh, names, datas);
    END IF;
    RETURN outcomes;
END
$$;

-- Write what was handed in; nothing if it is there already.
CREATE OR REPLACE FUNCTION ej.submission_write(homework_id bigint, pupil_id bigint, note text,
    gone_ids bigint[], fresh int[], names text[], datas bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    task    ej.homework;
    present ej.submission;
    i       int;
    taken   bigint[];
BEGIN
    SELECT h.* INTO task FROM ej.homework AS h WHERE h.id = homework_id;
    SELECT s.* INTO present FROM ej.submission AS s WHERE s.homework_id = task.id AND s.pupil_id = $2;
    WITH d AS (DELETE FROM ej.file AS f WHERE f.homework_id = task.id AND f.pupil_id = $2 AND f.id = ANY (gone_ids)
               RETURNING f.id)
    SELECT array_agg(d.id) INTO taken FROM d;
    FOREACH i IN ARRAY fresh LOOP
        PERFORM ej.file_put(task.school_id, pupil_id, task.id, task.teaching_id, names[i], datas[i]);
    END LOOP;
    IF cardinality(fresh) > 0 OR taken IS NOT NULL OR present.note IS DISTINCT FROM note THEN
        INSERT INTO ej.submission AS s (homework_id, pupil_id, school_id, teaching_id, note, handed_on)
        VALUES (task.id, pupil_id, task.school_id, task.teaching_id, note, ej.today(task.school_id))
        ON CONFLICT ON CONSTRAINT submission_pkey DO UPDATE
           SET note = excluded.note, handed_on = excluded.handed_on, answered_on = NULL;
    END IF;
END
$$;

-- Tick homework of a child of the reader, or of the reader, as done: done_ids are the ticks of the form,
-- was_ids those that it had before; what somebody else ticked meanwhile stays. Returns the outcomes.
-- Errors: JE401 no such homework of this pupil.
CREATE OR REPLACE FUNCTION ej.homework_tick(pupil_id bigint, done_ids bigint[], was_ids bigint[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    fresh bigint[] := ARRAY(SELECT unnest(done_ids) EXCEPT SELECT unnest(was_ids));
    gone  bigint[] := ARRAY(SELECT unnest(was_ids) EXCEPT SELECT unnest(done_ids));
BEGIN
    IF NOT pupil_id = ANY (ej.my_family_pupils()) OR EXISTS (
       SELECT FROM unnest(fresh) AS i(id) WHERE NOT EXISTS (
              SELECT FROM ej.homework_pupils(i.id) AS p(id) WHERE p.id = pupil_id)) THEN
        RAISE EXCEPTION 'no such homework' USING ERRCODE = 'JE401';
    END IF;
    PERFORM FROM ej.pupil AS p WHERE p.id = pupil_id FOR NO KEY UPDATE; -- one save at a time
    INSERT INTO ej.homework_done (homework_id, pupil_id, school_id, teaching_id)
    SELECT h.id, pupil_id, h.school_id, h.teaching_id FROM ej.homework AS h WHERE h.id = ANY (fresh)
    ON CONFLICT ON CONSTRAINT homework_done_pkey DO NOTHING;
    DELETE FROM ej.homework_done AS d WHERE d.pupil_id = $1 AND d.homework_id = ANY (gone);
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Tell pupil and guardians that the teacher answered what was handed in.
CREATE OR REPLACE FUNCTION ej.rule_submission_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(n.school_id, 'handin_answered', array_agg(n.pupil_id),
                          array_agg(n.homework_id || ' ' || n.answered_on))
       FROM new_rows AS n JOIN old_rows AS o USING (homework_id, pupil_id)
      WHERE n.answered_on IS NOT NULL AND (n.answer, n.answered_on) IS DISTINCT FROM (o.answer, o.answered_on)
      GROUP BY n.school_id;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_submission_answered', 'submission', 'rule_submission_answered', 'update');

-- The work of the kind «домашняя работа» in a lesson, in which homework due there is marked; NULL
-- if there is none.
CREATE OR REPLACE FUNCTION ej.homework_work(lesson_id bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT min(w.id) FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.code = 'homework'
             WHERE w.lesson_id = homework_work.lesson_id);
END
$$;

-- Save marks for a homework in the lesson at which it was due; returns the outcomes. Makes the work
-- for the first mark; if a mark is refused, nothing stays.
CREATE OR REPLACE FUNCTION ej.handins_marks(homework_id bigint, pupil_ids bigint[], olds text[], vals text[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    lesson   ej.lesson;
    journal  ej.journal_facts;
    kind_id  bigint;
    cells    ej.journal_cell[];
    outcomes jsonb := '[]';
BEGIN
    SELECT l.* INTO lesson FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.due_lesson_id
     WHERE h.id = handins_marks.homework_id;
    SELECT f.* INTO journal FROM ej.journal_scope(ej.lesson_lock(lesson.id)) AS f;
    PERFORM set_config('ej.year', journal.year::text, true);
    IF ej.homework_work(lesson.id) IS NULL THEN
        SELECT k.id INTO kind_id FROM ej.work_kind AS k WHERE k.school_id = lesson.school_id AND k.code = 'homework';
        PERFORM ej.lesson_work_write(lesson, journal.id, kind_id, '');
    END IF;
    cells := ej.lesson_marks(lesson, journal,
        array_fill(coalesce(ej.homework_work(lesson.id), lesson.id), ARRAY[cardinality(pupil_ids)]),
        pupil_ids, olds, vals);
    outcomes := (SELECT coalesce(jsonb_agg(ej.field_outcome('mark.' || c.pupil_id, c.stored, c.old, c.submitted,
                            c.fault, 'mark', ARRAY[c.work_id, c.pupil_id])), '[]') FROM unnest(cells) AS c);
    IF ej.is_refused(outcomes) THEN
        RAISE EXCEPTION 'a mark is refused';
    END IF;
    PERFORM ej.journal_write(journal, cells);
    RETURN outcomes;
EXCEPTION WHEN raise_exception THEN
    IF NOT ej.is_refused(outcomes) THEN
        RAISE;
    END IF;
    RETURN outcomes;
END
$$;

-- Save the answers and marks to what was handed in for a homework; returns the outcomes.
-- Errors: JE401 no such homework; JE301 not yours.
CREATE OR REPLACE FUNCTION ej.handins_save(homework_id bigint, answer_id bigint[], answer text[], old_answer text[],
    mark_id2 bigint[], mark text[], old_mark text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    task    ej.homework;
    answers jsonb;
    marks   jsonb := '[]';
BEGIN
    SELECT h.* INTO task FROM ej.homework AS h WHERE h.id = homework_id;
    PERFORM ej.lesson_lock(task.lesson_id);
    SELECT coalesce(jsonb_agg(ej.field_outcome('answer.' || i.pupil_id, ej.form_text(s.answer), i.old, i.val,
                CASE WHEN s.pupil_id IS NULL THEN 'JE120' END, 'submission', ARRAY[task.id, i.pupil_id])
              || jsonb_build_object('row', jsonb_build_object('pupil_id', i.pupil_id, 'text', i.val))), '[]')
      INTO answers
      FROM unnest(answer_id, old_answer, answer) AS i(pupil_id, old, val)
      LEFT JOIN ej.submission AS s ON s.homework_id = task.id AND s.pupil_id = i.pupil_id
     WHERE i.old <> i.val;
    IF NOT ej.is_refused(answers) AND EXISTS (
       SELECT FROM unnest(old_mark, mark) AS i(old, val) WHERE i.old <> i.val) THEN
        marks := ej.handins_marks(task.id, mark_id2, old_mark, mark);
    END IF;
    IF NOT ej.is_refused(answers || marks) THEN
        UPDATE ej.submission AS s SET answer = coalesce(r.text, s.answer), answered_on = ej.today(task.school_id)
          FROM (SELECT r.pupil_id, min(r.text) AS text
                  FROM (SELECT (o."row" ->> 'pupil_id')::bigint AS pupil_id, o."row" ->> 'text' AS text
                          FROM jsonb_to_recordset(answers) AS o(outcome text, "row" jsonb) WHERE o.outcome = 'saved'
                         UNION ALL
                        SELECT substr(o.field, 6)::bigint, NULL
                          FROM jsonb_to_recordset(marks) AS o(field text, outcome text) WHERE o.outcome = 'saved') AS r
                 GROUP BY r.pupil_id) AS r
         WHERE s.homework_id = task.id AND s.pupil_id = r.pupil_id;
    END IF;
    RETURN answers || marks;
END
$$;

GRANT EXECUTE ON FUNCTION ej.submission_hand(bigint, bigint, text, text, bigint[], text[], bytea[]),
    ej.homework_tick(bigint, bigint[], bigint[]), ej.homework_load(bigint),
    ej.homework_set(bigint, int, int, boolean, boolean, bigint[], text[], bytea[]) TO ej_web;
