-- rule_kept.sql: topics, tasks, marks and the works they are for may be changed freely for some hours only
-- (JRN-11). A first entry is never refused here, however late.
--
-- The hours (school.correction_hours) count from the entry of the present value into an empty
-- place; for a topic or a task, which are often written ahead, from the end of the lesson if that
-- is later. The rule binds a teacher in the own journal; after the limit the change needs a request
-- (objects/lesson_corrections.sql).

-- When the present value of a field was entered, by the history; NULL: the history does not know.
-- Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.kept_since(table_name text, row_key bigint[], field text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
SELECT max(h.made_at) FROM ej.history AS h
 WHERE h.key_id = $2[1] AND h.table_name = $1 AND h.row_key = $2 AND h.void_id IS NULL
   AND coalesce(h.new ->> $3, '') <> '' AND coalesce(h.old ->> $3, '') = ''
$$;

-- Whether the limit for free changes has passed.
CREATE OR REPLACE FUNCTION ej.is_kept_long(hours int, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
SELECT hours > 0 AND coalesce(since, '-infinity') < now() - make_interval(hours => hours)
$$;

-- The end of a lesson by the clock of its school.
CREATE OR REPLACE FUNCTION ej.lesson_end(during tsrange, tz text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT upper(during) AT TIME ZONE tz $$;

-- Refuse if the user writes these teachings or lessons and is bound by the limit.
CREATE OR REPLACE FUNCTION ej.rule_kept(rule text, teachings bigint[], lessons bigint[], rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF rows IS NOT NULL AND ej.author_is_bound()
       AND (teachings && ej.my_write_teachings() OR lessons && ej.my_write_lessons()) THEN
        PERFORM ej.rule_fault(rule, rows);
    END IF;
END
$$;

-- Refuse to change marks after the limit. The history of a work is read once for all its marks, and only
-- back to the limit: marks that were entered since then (as in ej.kept_since) may still be changed.
CREATE OR REPLACE FUNCTION ej.rule_mark_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT ej.author_is_bound() THEN
        RETURN NULL;
    END IF;
    PERFORM ej.rule_kept('value_kept', array_agg(x.teaching_id), array_agg(w.lesson_id), jsonb_agg(x.key))
       FROM (SELECT n.work_id, n.teaching_id, ARRAY[n.work_id, n.pupil_id, n.attempt] AS key
               FROM new_rows AS n JOIN old_rows AS o USING (work_id, pupil_id, attempt)
               JOIN ej.school AS s ON s.id = n.school_id AND s.correction_hours > 0
              WHERE o.value IS NOT NULL AND n.value IS DISTINCT FROM o.value
             EXCEPT
             SELECT h.key_id, w.teaching_id, h.row_key
               FROM (SELECT DISTINCT n.work_id, n.teaching_id, s.correction_hours
                       FROM new_rows AS n JOIN ej.school AS s ON s.id = n.school_id AND s.correction_hours > 0) AS w
              CROSS JOIN LATERAL (
                    SELECT h.key_id, h.row_key FROM ej.history AS h
                     WHERE h.key_id = w.work_id AND h.table_name = 'mark' AND h.void_id IS NULL
                       AND h.made_at >= now() - make_interval(hours => w.correction_hours)
                       AND h.new ->> 'value' <> '' AND h.old ->> 'value' IS NULL OFFSET 0) AS h) AS x
       JOIN ej.work AS w ON w.id = x.work_id;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_mark_kept', 'mark', 'rule_mark_kept', 'update');

-- Refuse to change kind or weight of a work with marks after the limit: the means would change with them.
CREATE OR REPLACE FUNCTION ej.rule_work_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_kept('work_kept', array_agg(x.teaching_id), array_agg(x.lesson_id), jsonb_agg(x.id))
       FROM (SELECT n.id, n.teaching_id, n.lesson_id
               FROM new_rows AS n JOIN old_rows AS o USING (id)
               JOIN ej.school AS s ON s.id = n.school_id
              WHERE (n.kind_id, n.weight_pct) <> (o.kind_id, o.weight_pct) AND s.correction_hours > 0
                AND EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = n.id AND m.value IS NOT NULL)
                AND ej.is_kept_long(s.correction_hours, ej.kept_since('work', ARRAY[n.id], 'kind_id'))) AS x;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_work_kept', 'work', 'rule_work_kept', 'update');

-- Refuse to change term marks after the limit.
CREATE OR REPLACE FUNCTION ej.rule_term_mark_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_kept('value_kept', array_agg(x.teaching_id), '{}', jsonb_agg(x.key))
       FROM (SELECT n.teaching_id, jsonb_build_array(n.pupil_id, n.subject_id, n.term_id) AS key
               FROM new_rows AS n JOIN old_rows AS o USING (pupil_id, subject_id, term_id)
               JOIN ej.school AS s ON s.id = n.school_id
              WHERE o.value IS NOT NULL AND n.value IS DISTINCT FROM o.value AND s.correction_hours > 0
                AND ej.is_kept_long(s.correction_hours, ej.kept_since(
                    'term_mark', ARRAY[n.pupil_id, n.subject_id, n.term_id], 'value'))) AS x;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_term_mark_kept', 'term_mark', 'rule_term_mark_kept', 'update');

-- Refuse to change topics after the limit, and to change topic, absences or the state of homework of
-- a locked lesson.
CREATE OR REPLACE FUNCTION ej.rule_lesson_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    kept record;
BEGIN
    SELECT array_agg(x.teaching_id) AS teachings, array_agg(x.id) AS lessons, jsonb_agg(x.id) AS rows,
           array_agg(x.id) FILTER (WHERE x.is_locked) AS locked,
           jsonb_agg(x.id) FILTER (WHERE x.is_topic AND ej.is_kept_long(x.correction_hours, greatest(
               ej.kept_since('lesson', ARRAY[x.id], 'topic'), x.ended_at))) AS bad INTO kept
      FROM (SELECT n.id, n.teaching_id, s.correction_hours, ej.lesson_end(n.during, s.tz) AS ended_at,
                   o.topic <> '' AND n.topic <> o.topic AND s.correction_hours > 0 AS is_topic,
                   s.lock_days > 0 AND n.held_on + s.lock_days < (
                   SELECT t.today FROM ej.school_today AS t WHERE t.school_id = s.id) AS is_locked
              FROM new_rows AS n JOIN old_rows AS o USING (id)
              JOIN ej.school AS s ON s.id = n.school_id
             WHERE (n.topic, n.attendance_at, n.homework) IS DISTINCT FROM (o.topic, o.attendance_at, o.homework)) AS x;
    IF kept.locked IS NOT NULL THEN
        PERFORM ej.rule_locked(kept.locked);
    END IF;
    PERFORM ej.rule_kept('topic_kept', kept.teachings, kept.lessons, kept.bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_lesson_kept', 'lesson', 'rule_lesson_kept', 'update');

-- Refuse to change or remove the text of homework after the limit, or to take it from all but some pupils.
CREATE OR REPLACE FUNCTION ej.rule_homework_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM ej.rule_kept('task_kept', array_agg(x.teaching_id), array_agg(x.lesson_id), jsonb_agg(x.id))
           FROM (SELECT o.* FROM old_rows AS o JOIN ej.lesson AS l ON l.id = o.lesson_id
                   JOIN ej.school AS s ON s.id = o.school_id
                  WHERE s.correction_hours > 0 AND ej.is_kept_long(s.correction_hours, greatest(
                        ej.kept_since('homework', ARRAY[o.id], 'text'), ej.lesson_end(l.during, s.tz)))) AS x;
    ELSE
        PERFORM ej.rule_kept('task_kept', array_agg(x.teaching_id), array_agg(x.lesson_id), jsonb_agg(x.id))
           FROM (SELECT n.* FROM new_rows AS n JOIN old_rows AS o USING (id) JOIN ej.lesson AS l ON l.id = n.lesson_id
                   JOIN ej.school AS s ON s.id = n.school_id
                  WHERE (n.text, n.is_personal) <> (o.text, o.is_personal) AND s.correction_hours > 0
                    AND ej.is_kept_long(s.correction_hours, greatest(
                        ej.kept_since('homework', ARRAY[n.id], 'text'), ej.lesson_end(l.during, s.tz)))) AS x;
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_homework_kept', 'homework', 'rule_homework_kept', 'update', 'delete');

-- Whether a value of the user's own journal has been kept so long that its change needs a request; for
-- the outcomes of a save. With lesson_id the hours count from the end of this lesson at the earliest.
CREATE OR REPLACE FUNCTION ej.is_kept(table_name text, row_key bigint[], field text, lesson_id bigint DEFAULT NULL)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    ended_at timestamptz;
    hours    int := (SELECT s.correction_hours FROM ej.school AS s WHERE s.id = ANY (ej.my_staff_schools()));
BEGIN
    IF hours > 0 AND ej.author_is_bound() AND EXISTS (
        SELECT FROM ej.history AS h WHERE h.key_id = is_kept.row_key[1] AND h.table_name = is_kept.table_name
           AND h.row_key = is_kept.row_key AND h.teaching_id = ANY (ej.my_teachings())) THEN
        SELECT ej.lesson_end(l.during, s.tz) INTO ended_at FROM ej.lesson AS l JOIN ej.school AS s ON s.id = l.school_id
         WHERE l.id = is_kept.lesson_id;
        RETURN ej.is_kept_long(hours, greatest(ej.kept_since(table_name, row_key, field), ended_at));
    END IF;
    RETURN false;
END
$$;

-- The keys (row_key as text) of the marks of these works whose change needs a request. The history of the
-- works is read once for all marks; ej.is_kept() reads it for each.
CREATE OR REPLACE FUNCTION ej.kept_marks(work_ids bigint[]) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    hours     int := (SELECT s.correction_hours FROM ej.school AS s WHERE s.id = ANY (ej.my_staff_schools()));
    teachings bigint[] := ej.my_teachings();
BEGIN
    IF hours > 0 AND ej.author_is_bound() THEN
        RETURN ARRAY(
            SELECT h.row_key::text FROM ej.history AS h WHERE h.key_id = ANY (work_ids) AND h.table_name = 'mark'
             GROUP BY h.row_key HAVING bool_or(h.teaching_id = ANY (teachings))
                AND ej.is_kept_long(hours, max(h.made_at) FILTER (
                    WHERE h.void_id IS NULL AND h.new ->> 'value' <> '' AND coalesce(h.old ->> 'value', '') = '')));
    END IF;
    RETURN '{}';
END
$$;
GRANT EXECUTE ON FUNCTION ej.is_kept(text, bigint[], text, bigint), ej.kept_marks(bigint[]) TO ej_web;
