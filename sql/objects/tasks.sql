-- tasks.sql: one homework, or one kind of work, for several classes at once.

-- Set the same homework for all in each of these lessons, due at the next lesson of each.
-- Returns the outcomes: nothing is written if a lesson has other homework for all (JE212). A lesson
-- that has this homework already is left as it is. Errors: JE101 no lesson; those of ej.lesson_lock
-- and of the rules.
CREATE OR REPLACE FUNCTION ej.tasks_save(lesson_ids bigint[], note text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    lesson ej.lesson;
BEGIN
    IF coalesce(cardinality(lesson_ids), 0) = 0 THEN
        RETURN '[{"outcome": "bad", "field": "lesson_id", "code": "JE101"}]';
    END IF;
    PERFORM ej.lesson_lock(i.id) FROM (SELECT DISTINCT i.id FROM unnest(lesson_ids) AS i(id) ORDER BY i.id) AS i;
    IF EXISTS (SELECT FROM ej.homework AS h
                WHERE h.lesson_id = ANY (lesson_ids) AND NOT h.is_personal AND h.text <> tasks_save.note) THEN
        RETURN '[{"outcome": "bad", "field": "lesson_id", "code": "JE212"}]';
    END IF;
    FOR lesson IN SELECT l.* FROM ej.lesson AS l WHERE l.id = ANY (lesson_ids) ORDER BY l.id LOOP
        IF NOT EXISTS (SELECT FROM ej.homework AS h WHERE h.lesson_id = lesson.id AND NOT h.is_personal) THEN
            PERFORM set_config('ej.year', (lesson.id / 10000000000)::text, true);
            PERFORM ej.lesson_homework_new(lesson, tasks_save.note, NULL, false);
            PERFORM ej.lesson_facts(lesson, NULL, false, false, NULL);
        END IF;
    END LOOP;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Add a work of this kind to each of these lessons. A lesson that has a work of the kind and title
-- already is left as it is. Returns the outcomes.
-- Errors: JE101 no lesson; JE106 no such kind; those of ej.lesson_lock and of the
-- rules (JE214 a lesson has too many works).
CREATE OR REPLACE FUNCTION ej.works_save(lesson_ids bigint[], kind_id bigint, title text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    lesson ej.lesson;
    locked bigint;
BEGIN
    IF coalesce(cardinality(lesson_ids), 0) = 0 THEN
        RETURN '[{"outcome": "bad", "field": "lesson", "code": "JE101"}]';
    END IF;
    PERFORM ej.lesson_lock(i.id) FROM (SELECT DISTINCT i.id FROM unnest(lesson_ids) AS i(id) ORDER BY i.id) AS i;
    IF NOT EXISTS (SELECT FROM ej.work_kind AS k JOIN ej.lesson AS l ON l.school_id = k.school_id
                    WHERE k.id = kind_id AND k.is_active AND k.code IS DISTINCT FROM 'monitoring'
                      AND l.id = ANY (lesson_ids)) THEN
        RETURN '[{"outcome": "bad", "field": "kind_id", "code": "JE106"}]';
    END IF;
    FOR lesson IN
        SELECT l.* FROM ej.lesson AS l
         WHERE l.id = ANY (lesson_ids) AND NOT EXISTS (
               SELECT FROM ej.work AS w WHERE w.lesson_id = l.id AND w.kind_id = $2 AND w.title = $3)
         ORDER BY l.id
    LOOP
        PERFORM set_config('ej.year', (lesson.id / 10000000000)::text, true);
        locked := ej.lesson_lock(lesson.id);
        PERFORM ej.lesson_work_write(lesson, locked, kind_id, title);
    END LOOP;
    RETURN '[{"outcome": "saved"}]';
END
$$;
