-- lesson.sql: saving one lesson's form (topic, absences, marks, homework).
-- SECURITY INVOKER: what is written is what row policies allow.

DROP FUNCTION IF EXISTS ej.lesson_save;
DROP FUNCTION IF EXISTS ej.lesson_homework;
DROP FUNCTION IF EXISTS ej.lesson_comments;
DROP FUNCTION IF EXISTS ej.lesson_absent;
DROP FUNCTION IF EXISTS ej.lesson_marks;
DROP FUNCTION IF EXISTS ej.lesson_outcome;
DROP FUNCTION IF EXISTS ej.lesson_personal;
DROP FUNCTION IF EXISTS ej.lesson_facts;

-- Whether a group has neither marks nor homework (JRN-08).
CREATE OR REPLACE FUNCTION ej.is_unmarked(study_group_id bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM ej.study_group_class AS gc
                     JOIN ej.class AS c ON c.id = gc.class_id
                     JOIN ej.school AS s ON s.id = c.school_id
                    WHERE gc.study_group_id = is_unmarked.study_group_id
                      AND c.grade = ANY (s.unmarked_grades))
$$;

-- The homework of a lesson for all: new, changed, or taken back (empty text).
-- Returns one outcome, or NULL when nothing was asked.
CREATE FUNCTION ej.lesson_homework(of ej.lesson, homework_id bigint, homework_text text,
    old_homework_text text, due_lesson_id bigint, is_dry boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    now_text text := '';
    is_there boolean := false;
    due      date;
    last     record;
BEGIN
    SELECT h.text, true INTO now_text, is_there FROM ej.homework AS h
     WHERE h.lesson_id = (of).id AND h.id = lesson_homework.homework_id;
    is_there := coalesce(is_there, false);
    now_text := coalesce(now_text, '');
    IF homework_id IS NULL THEN -- a form that knew of none, or sent twice
        SELECT h.id, h.text, true INTO homework_id, now_text, is_there FROM ej.homework AS h
         WHERE h.lesson_id = (of).id AND NOT h.is_personal ORDER BY h.id LIMIT 1;
        now_text := coalesce(now_text, '');
        is_there := coalesce(is_there, false);
    END IF;
    IF homework_text = '' AND (NOT is_there OR old_homework_text = '') THEN
        RETURN NULL; -- nothing was typed, whatever others wrote meanwhile
    END IF;
    IF now_text <> old_homework_text AND now_text <> homework_text THEN
        SELECT * INTO last FROM ej.last_change('homework', ARRAY[homework_id]);
        RETURN jsonb_build_object('outcome', 'conflict', 'field', 'homework_text',
            'code', 'JE210', 'value', now_text, 'who', last.who, 'at', last.at);
    END IF;
    IF homework_text <> '' AND ej.is_unmarked((of).study_group_id) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'homework_text', 'code', 'JE205');
    END IF;
    SELECT l.held_on INTO due FROM ej.lesson AS l
     WHERE l.id = due_lesson_id AND l.teaching_id = (of).teaching_id;
    IF due_lesson_id IS NOT NULL AND (due IS NULL OR due < (of).held_on
       OR due_lesson_id = (of).id) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'due_lesson_id', 'code', 'JE208');
    END IF;
    IF NOT is_dry THEN
        IF homework_text = '' THEN
            DELETE FROM ej.homework_for AS f WHERE f.homework_id = lesson_homework.homework_id;
            DELETE FROM ej.homework AS h WHERE h.id = lesson_homework.homework_id;
        ELSIF is_there THEN
            UPDATE ej.homework AS h
               SET text = homework_text,
                   due_lesson_id = coalesce(lesson_homework.due_lesson_id, h.due_lesson_id),
                   due_on = coalesce(due, h.due_on)
             WHERE h.id = lesson_homework.homework_id
               AND (h.text <> homework_text OR due IS NOT NULL AND
                    h.due_lesson_id IS DISTINCT FROM lesson_homework.due_lesson_id);
        ELSE
            INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id,
                                     due_lesson_id, due_on, text)
            SELECT ej.new_id(((of).id / 10000000000)::int), (of).school_id, (of).id,
                   (of).teaching_id, (of).study_group_id, n.id,
                   coalesce(n.held_on, (of).held_on + 7), homework_text
              FROM (SELECT 1) AS one
              LEFT JOIN LATERAL (
                   SELECT l.id, l.held_on FROM ej.lesson AS l
                    WHERE l.teaching_id = (of).teaching_id AND l.state IN ('planned', 'given')
                      AND CASE WHEN lesson_homework.due_lesson_id IS NULL
                               THEN l.held_on > (of).held_on
                               ELSE l.id = lesson_homework.due_lesson_id END
                    ORDER BY l.held_on, l.slot LIMIT 1) AS n ON true;
        END IF;
    END IF;
    RETURN jsonb_build_object('outcome', 'saved', 'field', 'homework_text');
END
$$;

-- Comments that the family sees, one a work and pupil: on the last attempt
-- that has a value. The lesson's own id is its first work; while there is
-- none, a mark of the same form must make it (is_made). Returns outcomes.
CREATE FUNCTION ej.lesson_comments(of ej.lesson, work_ids bigint[], pupil_ids bigint[],
    olds text[], vals text[], is_made boolean, is_dry boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'field', 'comment.' || x.column_id || '.' || x.pupil_id,
               'outcome', CASE WHEN x.fault IS NOT NULL THEN 'bad'
                               WHEN x.now <> x.old AND x.now <> x.val THEN 'conflict'
                               ELSE 'saved' END,
               'code', coalesce(x.fault, CASE WHEN x.now <> x.old AND x.now <> x.val THEN 'JE210' END),
               'value', x.now, 'work_id', x.work_id, 'pupil_id', x.pupil_id,
               'attempt', x.attempt, 'text', x.val)), '[]')
      INTO answer
      FROM (SELECT i.column_id, i.pupil_id, i.old, i.val, w.id AS work_id,
                   coalesce(m.comment, '') AS now, coalesce(m.attempt, 1) AS attempt,
                   CASE WHEN w.id IS NULL AND i.column_id <> (of).id THEN 'JE401'
                        WHEN w.id IS NULL AND NOT is_made THEN 'JE101'
                        WHEN NOT EXISTS (SELECT FROM ej.membership AS b
                             WHERE b.study_group_id = (of).study_group_id
                               AND b.pupil_id = i.pupil_id AND b.during @> (of).held_on) THEN 'JE202'
                   END AS fault
              FROM unnest(work_ids, pupil_ids, olds, vals) AS i(column_id, pupil_id, old, val)
              LEFT JOIN ej.work AS w ON w.lesson_id = (of).id AND w.id =
                   CASE WHEN i.column_id = (of).id
                        THEN (SELECT min(o.id) FROM ej.work AS o WHERE o.lesson_id = (of).id)
                        ELSE i.column_id END
              LEFT JOIN LATERAL (
                   SELECT m.comment, m.attempt FROM ej.mark AS m
                    WHERE m.work_id = w.id AND m.pupil_id = i.pupil_id
                    ORDER BY m.value IS NULL, m.attempt DESC LIMIT 1) AS m ON true
             WHERE i.old <> i.val) AS x;
    IF NOT is_dry THEN
        INSERT INTO ej.mark AS m (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, comment)
        SELECT r.work_id, r.pupil_id, r.attempt, (of).school_id, (of).teaching_id, w.scale_id,
               nullif(r.text, '')
          FROM jsonb_to_recordset(answer) AS r(work_id bigint, pupil_id bigint, attempt smallint,
                                               text text, outcome text)
          JOIN ej.work AS w ON w.id = r.work_id
         WHERE r.outcome = 'saved'
        ON CONFLICT (work_id, pupil_id, attempt) DO UPDATE SET comment = excluded.comment
         WHERE m.comment IS DISTINCT FROM excluded.comment;
    END IF;
    RETURN (SELECT coalesce(jsonb_agg(e - 'work_id' - 'pupil_id' - 'attempt' - 'text'), '[]')
              FROM jsonb_array_elements(answer) AS e);
END
$$;

-- The absences of a lesson's form as cells: apart from the marks, since here
-- each has a field of its own.
CREATE FUNCTION ej.lesson_absent(of ej.lesson, journal_id bigint, pupil_ids bigint[],
    olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg(ROW(c.n, 'lesson', c.column_id, (of).id, NULL, c.pupil_id, c.subject_id, c.scale_id,
           true, coalesce(c.code, ''), c.code, '{}'::text[],
           CASE WHEN cardinality(c.marks) > 0 THEN 'JE108' ELSE c.fault END,
           coalesce((SELECT a.code FROM ej.attendance AS a
                      WHERE a.lesson_id = (of).id AND a.pupil_id = c.pupil_id), ''))::ej.journal_cell)
  FROM (SELECT array_agg((of).id) AS columns, array_agg(i.pupil_id) AS pupils,
               array_agg(i.old) AS olds, array_agg(i.val) AS vals
          FROM unnest(pupil_ids, olds, vals) AS i(pupil_id, old, val) WHERE i.old <> i.val) AS x
 CROSS JOIN unnest(ej.journal_cells(journal_id, x.columns, x.pupils, x.olds, x.vals)) AS c
$$;

-- The marks of a lesson's form as cells, without the absence that the first
-- column of a lesson shows. The lesson's own id is its first work, or the one
-- that its first mark makes.
CREATE FUNCTION ej.lesson_marks(of ej.lesson, journal_id bigint, column_ids bigint[],
    pupil_ids bigint[], olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg(ROW(c.n, c.kind, c.column_id, c.lesson_id, c.work_id, c.pupil_id, c.subject_id,
           c.scale_id, false, c.value, NULL, c.marks,
           CASE WHEN c.lesson_id <> (of).id THEN 'JE401'
                WHEN c.code IS NOT NULL THEN 'JE108' ELSE c.fault END,
           coalesce((SELECT string_agg(m.value, '/' ORDER BY m.attempt) FROM ej.mark AS m
                      WHERE m.work_id = c.work_id AND m.pupil_id = c.pupil_id
                        AND m.value IS NOT NULL), ''))::ej.journal_cell)
  FROM (SELECT array_agg(i.column_id) AS columns, array_agg(i.pupil_id) AS pupils,
               array_agg(i.old) AS olds, array_agg(i.val) AS vals
          FROM unnest(column_ids, pupil_ids, olds, vals) AS i(column_id, pupil_id, old, val)
         WHERE i.old <> i.val) AS x
 CROSS JOIN unnest(ej.journal_cells(journal_id, x.columns, x.pupils, x.olds, x.vals)) AS c
$$;

-- What becomes of one field: bad, in conflict with what somebody else wrote
-- since, or saved.
CREATE FUNCTION ej.lesson_outcome(field text, now text, old text, val text, fault text,
    table_name text, key bigint[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT CASE WHEN fault IS NOT NULL
            THEN jsonb_build_object('field', field, 'outcome', 'bad', 'code', fault)
            WHEN now <> old AND now <> val
            THEN jsonb_build_object('field', field, 'outcome', 'conflict', 'code', 'JE210',
                                    'value', now, 'who', h.who, 'at', h.at)
            ELSE jsonb_build_object('field', field, 'outcome', 'saved') END
  FROM (SELECT 1) AS one
  LEFT JOIN ej.last_change(table_name, key) AS h ON fault IS NULL AND now <> old AND now <> val
$$;

-- A task for some pupils only: made once (the same text for the same pupils
-- is not made twice), taken back by its id.
CREATE FUNCTION ej.lesson_personal(of ej.lesson, personal_text text, pupil_ids bigint[],
    gone bigint[], is_dry boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    IF personal_text <> '' AND ej.is_unmarked((of).study_group_id) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_text', 'code', 'JE205');
    END IF;
    IF personal_text <> '' AND cardinality(pupil_ids) = 0 THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_for', 'code', 'JE101');
    END IF;
    IF EXISTS (SELECT FROM unnest(pupil_ids) AS i(pupil_id) WHERE NOT EXISTS (
               SELECT FROM ej.membership AS b WHERE b.study_group_id = (of).study_group_id
                  AND b.pupil_id = i.pupil_id AND b.during @> (of).held_on)) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_for', 'code', 'JE202');
    END IF;
    IF NOT is_dry THEN
        DELETE FROM ej.homework_for AS f USING ej.homework AS h
         WHERE h.lesson_id = (of).id AND h.is_personal AND h.id = ANY (gone) AND f.homework_id = h.id;
        DELETE FROM ej.homework AS h
         WHERE h.lesson_id = (of).id AND h.is_personal AND h.id = ANY (gone);
    END IF;
    IF personal_text = '' THEN
        RETURN NULL;
    END IF;
    IF NOT is_dry AND NOT EXISTS (
        SELECT FROM ej.homework AS h
         WHERE h.lesson_id = (of).id AND h.is_personal AND h.text = personal_text
           AND ARRAY(SELECT f.pupil_id FROM ej.homework_for AS f WHERE f.homework_id = h.id ORDER BY 1)
             = ARRAY(SELECT DISTINCT i FROM unnest(pupil_ids) AS i ORDER BY 1)) THEN
        INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id,
                                 due_lesson_id, due_on, text, is_personal)
        SELECT ej.new_id(((of).id / 10000000000)::int), (of).school_id, (of).id, (of).teaching_id,
               (of).study_group_id, n.id, coalesce(n.held_on, (of).held_on + 7), personal_text, true
          FROM (SELECT 1) AS one
          LEFT JOIN LATERAL (
               SELECT l.id, l.held_on FROM ej.lesson AS l
                WHERE l.teaching_id = (of).teaching_id AND l.state IN ('planned', 'given')
                  AND l.held_on > (of).held_on
                ORDER BY l.held_on, l.slot LIMIT 1) AS n ON true
        RETURNING id INTO made;
        INSERT INTO ej.homework_for (homework_id, pupil_id, school_id, teaching_id)
        SELECT DISTINCT made, i, (of).school_id, (of).teaching_id FROM unnest(pupil_ids) AS i;
    END IF;
    RETURN jsonb_build_object('outcome', 'saved', 'field', 'personal_text');
END
$$;

-- Save what changed in one lesson's form. Outcomes as of ej.journal_save, with
-- the names of the form's fields; one bad field, and nothing is saved.
CREATE FUNCTION ej.lesson_save(lesson_id bigint, topic text, old_topic text,
    attendance_done boolean, homework_none boolean, homework_id bigint, homework_text text,
    old_homework_text text, due_lesson_id bigint, personal_text text, personal_for bigint[],
    personal_gone bigint[], new_kind_id bigint, new_title text,
    works int, code_id bigint[], codes text[], old_code text[],
    minutes_id bigint[], minutes text[],
    mark_id bigint[], mark_id2 bigint[], mark text[], old_mark text[],
    comment_id bigint[], comment_id2 bigint[], comment text[], old_comment text[],
    operation_id uuid, sha256 bytea)
RETURNS TABLE (n int, outcome text, field text, code text, value text, who text, at text)
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    of      ej.lesson;
    journal bigint;
    cells   ej.journal_cell[];
    absent  ej.journal_cell[];
    answer  jsonb := ej.begin_operation(operation_id, sha256);
BEGIN
    IF answer IS NULL THEN
        SELECT l.* INTO of FROM ej.lesson AS l WHERE l.id = lesson_save.lesson_id;
        SELECT j.id INTO journal FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
         WHERE j.teaching_id = (of).teaching_id AND e.kind <> 'year' AND e.during @> (of).held_on;
        IF journal IS NULL THEN
            RAISE EXCEPTION 'no such lesson' USING ERRCODE = 'JE401';
        END IF;
        IF (of).teaching_id <> ALL (ej.my_write_teachings())
           AND (of).id <> ALL (ej.my_write_lessons()) THEN
            RAISE EXCEPTION 'not your lesson' USING ERRCODE = 'JE301';
        END IF;
        PERFORM pg_advisory_xact_lock(92, hashint8(journal));
        SELECT l.* INTO of FROM ej.lesson AS l WHERE l.id = lesson_save.lesson_id;
        absent := ej.lesson_absent(of, journal, code_id, old_code, codes);
        cells := ej.lesson_marks(of, journal, mark_id, mark_id2, old_mark, mark);

        SELECT coalesce(jsonb_agg(x.one), '[]') INTO answer FROM (
            SELECT ej.lesson_outcome('topic', (of).topic, old_topic, topic, NULL, 'lesson',
                                     ARRAY[(of).id]) AS one
             WHERE topic <> old_topic
             UNION ALL
            SELECT ej.lesson_outcome('code.' || c.pupil_id, c.now, i.old, c.value, c.fault,
                                     'attendance', ARRAY[c.lesson_id, c.pupil_id])
              FROM unnest(absent) AS c
              JOIN unnest(code_id, old_code) AS i(pupil_id, old) ON i.pupil_id = c.pupil_id
             UNION ALL
            SELECT ej.lesson_outcome('mark.' || c.column_id || '.' || c.pupil_id, c.now, i.old,
                                     c.value, c.fault, 'mark', ARRAY[c.work_id, c.pupil_id])
              FROM unnest(cells) AS c
              JOIN unnest(mark_id, mark_id2, old_mark) AS i(column_id, pupil_id, old)
                ON i.column_id = c.column_id AND i.pupil_id = c.pupil_id
             UNION ALL
            SELECT one FROM jsonb_array_elements(
                   ej.lesson_comments(of, comment_id, comment_id2, old_comment, comment,
                       EXISTS (SELECT FROM unnest(cells) AS c WHERE c.kind = 'lesson'
                                  AND c.value <> ''), true)) AS one
             UNION ALL
            SELECT one FROM (VALUES
                   (ej.lesson_homework(of, homework_id, homework_text, old_homework_text,
                                       due_lesson_id, true)),
                   (ej.lesson_personal(of, personal_text, personal_for, personal_gone, true))) AS v(one)
             WHERE one IS NOT NULL
             UNION ALL
            SELECT jsonb_build_object('outcome', 'bad', 'field', 'minutes.' || i.pupil_id,
                                      'code', 'JE102')
              FROM unnest(minutes_id, minutes) AS i(pupil_id, val)
             WHERE i.val !~ '^([1-9][0-9]?|1[01][0-9]|120)?$'
             UNION ALL
            SELECT jsonb_build_object('outcome', 'bad', 'field', 'new_kind_id', 'code', 'JE106')
             WHERE NOT EXISTS (SELECT FROM ej.work_kind AS k
                                WHERE k.id = new_kind_id AND k.school_id = (of).school_id)
               AND new_kind_id IS NOT NULL) AS x;

        IF answer @> '[{"outcome": "bad"}]' THEN -- nothing is saved: tell only why
            answer := jsonb_path_query_array(answer, '$[*] ? (@.outcome == "bad")');
        ELSE
            PERFORM ej.journal_write(journal, ARRAY(
                SELECT c FROM unnest(absent) AS c
                 WHERE c.now <> c.value AND answer @> jsonb_build_array(jsonb_build_object(
                       'field', 'code.' || c.pupil_id, 'outcome', 'saved'))
                 UNION ALL
                SELECT c FROM unnest(cells) AS c
                 WHERE c.now <> c.value AND answer @> jsonb_build_array(jsonb_build_object(
                       'field', 'mark.' || c.column_id || '.' || c.pupil_id, 'outcome', 'saved'))));
            PERFORM ej.lesson_comments(of, comment_id, comment_id2, old_comment, comment,
                                       true, false);
            PERFORM ej.lesson_homework(of, homework_id, homework_text, old_homework_text,
                                       due_lesson_id, false);
            PERFORM ej.lesson_personal(of, personal_text, personal_for, personal_gone, false);
            UPDATE ej.attendance AS a SET minutes = nullif(i.val, '')::int
              FROM unnest(minutes_id, minutes) AS i(pupil_id, val)
             WHERE a.lesson_id = (of).id AND a.pupil_id = i.pupil_id
               AND i.val ~ '^([1-9][0-9]?|1[01][0-9]|120)?$'
               AND a.minutes IS DISTINCT FROM nullif(i.val, '')::int;
            -- the form says how many works it knew, so that sent twice makes one
            INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id,
                                 weight_pct, scale_id, title)
            SELECT ej.new_id(t.year), (of).school_id, (of).id, journal, t.id, k.id,
                   k.weight_pct, t.scale_id, new_title
              FROM ej.teaching AS t, ej.work_kind AS k
             WHERE t.id = (of).teaching_id AND k.id = new_kind_id AND k.school_id = (of).school_id
               AND works = (SELECT count(*) FROM ej.work AS w WHERE w.lesson_id = (of).id)
                         - CASE WHEN works = 0 AND EXISTS (SELECT FROM unnest(cells) AS c
                                WHERE c.kind = 'lesson' AND c.value <> '') THEN 1 ELSE 0 END;
            PERFORM ej.lesson_facts(of, topic, old_topic, attendance_done, homework_none);
        END IF;
        SELECT coalesce(jsonb_agg(e || jsonb_build_object('n', ordinality)), '[]')
          INTO answer FROM jsonb_array_elements(answer) WITH ORDINALITY AS t(e, ordinality);
        PERFORM ej.end_operation(operation_id, sha256, answer);
    END IF;
    RETURN QUERY SELECT r.* FROM jsonb_to_recordset(answer) AS r(n int, outcome text,
        field text, code text, value text, who text, at text);
END
$$;

-- What the lesson's own row says after a save.
CREATE FUNCTION ej.lesson_facts(of ej.lesson, topic text, old_topic text,
    attendance_done boolean, homework_none boolean) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
UPDATE ej.lesson AS l
   SET topic = x.topic, attendance_at = x.attendance_at, homework = x.homework, state = x.state
  FROM (SELECT l.id, CASE WHEN l.topic = old_topic THEN lesson_facts.topic ELSE l.topic END AS topic,
               CASE WHEN attendance_done AND l.held_on <= d.day
                    THEN coalesce(l.attendance_at, now()) ELSE l.attendance_at END AS attendance_at,
               CASE WHEN EXISTS (SELECT FROM ej.homework AS h
                                  WHERE h.lesson_id = l.id AND NOT h.is_personal)
                    THEN 'set' WHEN homework_none THEN 'none' END AS homework,
               CASE WHEN l.state = 'planned' AND l.held_on <= d.day
                     AND (attendance_done OR lesson_facts.topic <> '') THEN 'given'
                    ELSE l.state END AS state
          FROM ej.lesson AS l, ej.today((of).school_id) AS d(day) WHERE l.id = (of).id) AS x
 WHERE l.id = x.id
   AND (l.topic, l.attendance_at, l.homework, l.state)
       IS DISTINCT FROM (x.topic, x.attendance_at, x.homework, x.state)
$$;

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc AS p
              WHERE p.pronamespace = 'ej'::regnamespace
                AND (p.proname LIKE 'lesson\_%' OR p.proname = 'is_unmarked')
                AND NOT p.prosecdef
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ej_web', f);
    END LOOP;
END
$$;
