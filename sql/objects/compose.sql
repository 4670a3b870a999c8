-- compose.sql: FET composes a timetable of the load; the result is compared and accepted.
--
-- The draft of the kind compose has school, day_on (the first day of the timetable), minutes
-- (the time that FET may take) and job_id. The job (core/job/compose.c) adds
--   load     [{id, teaching_id, shift, cycle}, …]: the activities of FET's file; shift: the hour
--            of FET minus the number of the lesson
--   total    the number of activities
--   words    the end of FET's output
--   lessons  the timetable, lessons of a whole timetable (timetable_whole.sql)
--   result   the result of ej.timetable_whole_trial()
-- and the person, by accepting the timetable, saved.

-- Order a timetable. Errors: JE171 the day is outside of the year; JE215 an ordered timetable is
-- not ready yet.
CREATE OR REPLACE FUNCTION ej.compose_order(day_on date, minutes int) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_setup_schools())[1];
    draft  jsonb := jsonb_build_object('school', school, 'day_on', day_on, 'minutes', minutes);
BEGIN
    PERFORM ej.timetable_whole_check_day(compose_order.day_on);
    IF EXISTS (SELECT FROM (SELECT j.finished_at, j.cancelled_at FROM ej.job AS j
                             WHERE j.id = (ej.draft_of('compose') ->> 'job_id')::bigint OFFSET 0) AS j
                WHERE j.finished_at IS NULL AND j.cancelled_at IS NULL) THEN
        RAISE EXCEPTION 'a timetable is being composed' USING ERRCODE = 'JE215';
    END IF;
    PERFORM ej.draft_keep('compose',
        draft || jsonb_build_object('job_id', ej.job_order('compose', school, minutes::text)));
END
$$;

-- Begin the job: returns the file for FET, the number of activities and the seconds that FET may
-- take; no row when another draft was made since the order, or the load is empty.
CREATE OR REPLACE FUNCTION ej.compose_begin(job_id bigint) RETURNS TABLE (document text, total bigint, seconds int)
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_of('compose');
    load  jsonb;
BEGIN
    WITH shift AS (
        SELECT k.study_group_id AS group_id, min(h.hour - h.slot) AS n
          FROM ej.fet_hours() AS h JOIN ej.study_group_class AS k ON k.class_id = h.class_id GROUP BY 1
    )
    SELECT jsonb_agg(jsonb_build_object('id', a.id, 'teaching_id', a.teaching_id, 'shift', coalesce(s.n, 0),
               'cycle', CASE WHEN a.n = a.total AND t.hours_week <> a.total THEN 1 ELSE 0 END) ORDER BY a.id) INTO load
      FROM ej.fet_load() AS a JOIN ej.teaching AS t ON t.id = a.teaching_id
      LEFT JOIN shift AS s ON s.group_id = a.group_id;
    IF (draft ->> 'job_id')::bigint = compose_begin.job_id AND load IS NOT NULL THEN
        PERFORM ej.draft_keep('compose', draft || jsonb_build_object('load', load, 'total', jsonb_array_length(load)));
        RETURN QUERY SELECT ej.fet_xml(), jsonb_array_length(load)::bigint, (draft ->> 'minutes')::int * 60;
    END IF;
END
$$;

-- The lessons of a timetable of FET (its file activities.xml). A lesson to which FET gives no room
-- gets the shared room in which most lessons of the teaching are now, if there is one.
CREATE OR REPLACE FUNCTION ej.compose_lessons(load jsonb, document jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH placed AS MATERIALIZED (
    SELECT (ej.fet_texts(k.item, 'Id'))[1]::bigint AS id, (ej.fet_texts(k.item, 'Day'))[1] AS day,
           (ej.fet_texts(k.item, 'Hour'))[1]::int AS hour, (ej.fet_texts(k.item, 'Room'))[1] AS room
      FROM ej.fet_children(document, 'Activity') AS k(item)
), item AS MATERIALIZED (
    SELECT l.* FROM jsonb_to_recordset(load) AS l(id bigint, teaching_id bigint, shift int, cycle int)
), room AS MATERIALIZED (
    SELECT r.id, r.name FROM ej.room AS r WHERE r.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
), shared AS (
    SELECT DISTINCT ON (x.teaching_id) x.teaching_id, x.room_id
      FROM ej.timetable AS x JOIN ej.room AS r ON r.id = x.room_id AND r.is_shared AND r.ended_on IS NULL
     WHERE x.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
     GROUP BY x.teaching_id, x.room_id ORDER BY x.teaching_id, count(*) DESC
)
SELECT coalesce(jsonb_agg(jsonb_build_object(
           'teaching_id', i.teaching_id, 'slot', p.hour - i.shift, 'cycle', i.cycle,
           'room_id', coalesce(r.id, s.room_id),
           'weekday', array_position(ej.timetable_whole_weekdays(), p.day)) ORDER BY p.id), '[]')
  FROM placed AS p
  JOIN item AS i ON i.id = p.id
  LEFT JOIN room AS r ON r.name = p.room
  LEFT JOIN shared AS s ON s.teaching_id = i.teaching_id
 WHERE p.day IS NOT NULL AND p.hour IS NOT NULL
$$;

-- The ids of the teachings of the load.
CREATE OR REPLACE FUNCTION ej.compose_scope(draft jsonb) RETURNS bigint[]
LANGUAGE sql IMMUTABLE AS $$
SELECT ARRAY(SELECT DISTINCT l.teaching_id FROM jsonb_to_recordset(draft -> 'load') AS l(teaching_id bigint))
$$;

-- Keep the timetable that FET has made (NULL: none) in the draft; returns a line for the log.
CREATE OR REPLACE FUNCTION ej.compose_keep(job_id bigint, document jsonb, words text) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft   jsonb := ej.draft_of('compose');
    lessons jsonb;
BEGIN
    IF (draft ->> 'job_id')::bigint IS DISTINCT FROM job_id THEN
        RETURN 'another draft was made meanwhile';
    END IF;
    draft := draft || jsonb_build_object('words', words);
    IF document ->> 0 = 'Activities_Timetable' THEN
        lessons := ej.compose_lessons(draft -> 'load', document);
        draft := draft || jsonb_build_object('lessons', lessons, 'result',
            ej.timetable_whole_trial(ej.compose_scope(draft), lessons, (draft ->> 'day_on')::date));
    END IF;
    PERFORM ej.draft_keep('compose', draft);
    RETURN coalesce(jsonb_array_length(lessons), 0) || ' of ' || (draft ->> 'total');
END
$$;

-- Accept the timetable that the person compared. Errors: JE401 no draft; JE210 the timetable or
-- the load has changed since the comparison.
CREATE OR REPLACE FUNCTION ej.compose_accept(version text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with('compose', 'lessons');
    scope bigint[] := ej.compose_scope(draft);
BEGIN
    IF draft ? 'saved' OR md5(draft::text) IS DISTINCT FROM version
       OR (SELECT count(*) FROM ej.teaching AS t WHERE t.id = ANY (scope)) < cardinality(scope)
       OR ej.timetable_whole_apply(scope, draft -> 'lessons', (draft ->> 'day_on')::date)
          IS DISTINCT FROM draft -> 'result' THEN
        RAISE EXCEPTION 'another timetable was compared' USING ERRCODE = 'JE210';
    END IF;
    PERFORM ej.draft_keep('compose', draft || '{"saved": true}');
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Compare the draft with the present timetable again, from another day or after a change.
-- Errors: JE171 the day is outside of the year; JE401 no draft.
CREATE OR REPLACE FUNCTION ej.compose_from(day_on date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with('compose', 'lessons');
BEGIN
    PERFORM ej.timetable_whole_check_day(compose_from.day_on);
    PERFORM ej.draft_keep('compose', draft - 'saved' || jsonb_build_object(
        'day_on', day_on,
        'result', ej.timetable_whole_trial(ej.compose_scope(draft), draft -> 'lessons',
                                           compose_from.day_on)));
END
$$;

-- The cells of a week of a class: its lessons on the day of the draft now, and as planned.
CREATE OR REPLACE FUNCTION ej.compose_cells(class_id bigint)
RETURNS TABLE (slot int, weekday int, now text, planned text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    draft  jsonb := ej.draft_of('compose');
    groups bigint[] := ARRAY(SELECT k.study_group_id FROM ej.study_group_class AS k
                              WHERE k.class_id = compose_cells.class_id);
BEGIN
    RETURN QUERY
    WITH planned AS (
        SELECT l.slot, l.weekday,
               string_agg(concat_ws(', ', s.short_name, CASE WHEN g.kind <> 'class' THEN g.name END, r.name),
                          '; ' ORDER BY g.name, s.name) AS text
          FROM jsonb_to_recordset(draft -> 'lessons') AS l(teaching_id bigint, slot int, weekday int, room_id bigint)
          JOIN ej.teaching AS t ON t.id = l.teaching_id AND t.study_group_id = ANY (groups)
          JOIN ej.study_group AS g ON g.id = t.study_group_id
          JOIN ej.subject AS s ON s.id = t.subject_id
          LEFT JOIN ej.room AS r ON r.id = l.room_id
         GROUP BY 1, 2
    ), stored AS (
        SELECT x.slot, x.weekday,
               string_agg(concat_ws(', ', x.subject_short, x.part_name, x.room_name),
                          '; ' ORDER BY x.group_name, x.subject_name) AS text
          FROM ej.fet_scope() AS s,
               ej.timetable_week(s.school_id, s.year, (draft ->> 'day_on')::date,
                                 compose_cells.class_id, NULL, NULL) AS x
         GROUP BY 1, 2
    ), cell AS (
        SELECT coalesce(p.slot, x.slot) AS slot, coalesce(p.weekday, x.weekday) AS weekday,
               x.text AS now, p.text AS planned
          FROM planned AS p FULL JOIN stored AS x ON x.slot = p.slot AND x.weekday = p.weekday
    )
    SELECT s.slot, d.weekday, c.now, c.planned
      FROM generate_series((SELECT min(c.slot) FROM cell AS c), (SELECT max(c.slot) FROM cell AS c)) AS s(slot)
     CROSS JOIN generate_series(1, 6) AS d(weekday)
      LEFT JOIN cell AS c ON c.slot = s.slot AND c.weekday = d.weekday;
END
$$;
