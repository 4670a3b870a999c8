-- lesson_homework.sql: the homework of a lesson: what saving the lesson's form changes of it (ej.lesson_save).

-- The homework of a lesson for all: its text (empty: taken back) and the
-- lesson it is due at. A homework still to be made has no due lesson of its
-- own to be changed: it takes what the form shows. Another due lesson for a
-- homework that was removed is a conflict of both, so that the next save makes it anew.
CREATE OR REPLACE FUNCTION ej.lesson_homework(lesson ej.lesson, homework_id bigint, homework_text text,
    old_text text, due_id bigint, old_due_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    is_text boolean := homework_text <> old_text;
    is_due  boolean := due_id IS NOT NULL AND due_id IS DISTINCT FROM old_due_id
                       AND homework_text <> '';
    present record;
    key     bigint[];
    answer  jsonb := '[]';
BEGIN
    -- without homework_id (the form had none, or is sent twice) take the present one
    SELECT h.id, ej.form_text(h.text) AS text, h.due_lesson_id, ej.day_name(d.held_on) AS due_name
      INTO present FROM ej.homework AS h LEFT JOIN ej.lesson AS d ON d.id = h.due_lesson_id
     WHERE h.lesson_id = (lesson).id AND NOT h.is_personal
       AND h.id = coalesce(lesson_homework.homework_id, h.id) ORDER BY h.id LIMIT 1;
    IF present.id IS NOT NULL THEN -- a conflict names the author only for this lesson
        key := ARRAY[present.id];
    END IF;
    is_text := is_text OR is_due AND present.id IS NULL;
    IF is_text AND NOT (homework_text = '' AND present.id IS NULL) THEN
        answer := answer || (ej.field_outcome('homework_text', coalesce(present.text, ''), old_text,
            homework_text, CASE WHEN homework_text <> '' AND ej.is_unmarked((lesson).study_group_id) THEN 'JE205'
                                WHEN homework_text = '' AND EXISTS (
                                     SELECT FROM ej.submission AS s WHERE s.homework_id = present.id) THEN 'JE211'
                                WHEN ej.is_lesson_locked(lesson) THEN 'JE282'
                                WHEN present.text <> homework_text
                                 AND ej.is_kept('homework', key, 'text', (lesson).id) THEN 'JE281' END, 'homework', key)
            || jsonb_build_object('row', jsonb_build_object('key', present.id, 'text', homework_text, 'due', due_id)));
    END IF;
    IF is_due THEN
        answer := answer || (ej.field_outcome('due_lesson_id', coalesce(present.due_lesson_id::text, ''),
            CASE WHEN present.id IS NOT NULL THEN coalesce(old_due_id::text, '')
                 WHEN old_text = '' THEN '' ELSE '-' END, due_id::text,
            CASE WHEN NOT EXISTS (SELECT FROM ej.lesson AS l
                 WHERE l.id = due_id AND l.teaching_id = (lesson).teaching_id
                   AND l.held_on > (lesson).held_on) THEN 'JE208' END, 'homework', key)
            || jsonb_build_object('row', jsonb_build_object('key', present.id, 'due', due_id)));
    END IF;
    -- a conflict about the due lesson shows its day, not its id
    IF present.due_name IS NOT NULL AND answer @> '[{"field": "due_lesson_id", "outcome": "conflict"}]' THEN
        answer := jsonb_set(answer, '{-1,value}', to_jsonb(present.due_name));
    END IF;
    RETURN answer;
END
$$;

-- Add a homework, due at the given lesson, or at the next one when due_id is NULL.
CREATE OR REPLACE FUNCTION ej.lesson_homework_new(lesson ej.lesson, homework_text text, due_id bigint,
    is_personal boolean) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
INSERT INTO ej.homework (school_id, lesson_id, teaching_id, study_group_id,
                         due_lesson_id, due_on, text, is_personal)
SELECT (lesson).school_id, (lesson).id, (lesson).teaching_id, (lesson).study_group_id,
       n.id, coalesce(n.held_on, (lesson).held_on + 7), homework_text,
       lesson_homework_new.is_personal
  FROM (SELECT 1) AS one
  LEFT JOIN LATERAL (
       SELECT l.id, l.held_on FROM ej.lesson AS l
        WHERE l.teaching_id = (lesson).teaching_id AND l.state IN ('planned', 'given')
          AND CASE WHEN due_id IS NULL THEN l.held_on > (lesson).held_on ELSE l.id = due_id END
        ORDER BY l.held_on, l.slot LIMIT 1) AS n ON true
RETURNING id
$$;

CREATE OR REPLACE FUNCTION ej.lesson_homework_write(lesson ej.lesson, outcomes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT o.field, w.*
               FROM jsonb_to_recordset(outcomes) AS o(field text, outcome text, "row" jsonb),
                    jsonb_to_record(o.row) AS w(key bigint, text text, due bigint)
              WHERE o.outcome = 'saved'
    LOOP
        IF r.field = 'due_lesson_id' THEN
            UPDATE ej.homework AS h SET due_lesson_id = l.id, due_on = l.held_on
              FROM ej.lesson AS l
             WHERE h.id = r.key AND l.id = r.due AND h.due_lesson_id IS DISTINCT FROM l.id;
        ELSIF r.key IS NULL THEN
            PERFORM ej.lesson_homework_new(lesson, r.text, r.due, false);
        ELSIF r.text = '' THEN
            DELETE FROM ej.homework_for AS f WHERE f.homework_id = r.key;
            DELETE FROM ej.homework AS h WHERE h.id = r.key;
        ELSE
            UPDATE ej.homework AS h SET text = r.text WHERE h.id = r.key AND h.text <> r.text;
        END IF;
    END LOOP;
END
$$;

-- «Не задано» newly ticked: beside a text of the same form it is a fault; where a
-- colleague has set homework that the form did not know, a conflict.
CREATE OR REPLACE FUNCTION ej.lesson_homework_none(lesson ej.lesson, homework_text text, old_text text,
    is_none boolean, old_none boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF is_none = old_none THEN
        RETURN '[]';
    END IF;
    IF is_none AND homework_text <> '' THEN
        RETURN '[{"field": "homework_none", "outcome": "bad", "code": "JE128"}]';
    END IF;
    RETURN (
SELECT coalesce((SELECT jsonb_build_array(ej.field_outcome('homework_none', ej.form_text(h.text),
                        '', '', NULL, 'homework', ARRAY[h.id]))
                   FROM ej.homework AS h
                  WHERE is_none AND lesson_homework_none.old_text <> ej.form_text(h.text)
                    AND h.lesson_id = (lesson).id AND NOT h.is_personal
                  ORDER BY h.id LIMIT 1), '[{"field": "homework_none", "outcome": "saved"}]')
    );
END
$$;
