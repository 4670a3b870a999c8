-- tasks.sql: one homework for several classes at once.

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
