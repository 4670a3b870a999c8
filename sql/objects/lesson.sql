-- lesson.sql: saving one lesson's form (topic, absences, marks; homework is in lesson_homework.sql).
-- Functions are SECURITY INVOKER: row policies decide which rows are written. Each part
-- of the form has two functions: one computes the outcomes and writes nothing, the other
-- (…_write) writes the parts whose outcome is saved. Only fields that differ from their
-- old value are saved. They are PL/pgSQL, which caches plans: an SQL function that is not
-- inlined is planned at every call, even for each field. ej.lesson_save forces generic
-- plans, for its triggers too: for arrays of one or no element the planner would make a
-- custom plan each time, which takes longer than the save.

-- Whether a group has neither marks nor homework (JRN-08): all its classes are of
-- unmarked grades. In a mixed group the pupil's own class decides (rule_mark). As an SQL
-- function it would be planned anew in every statement (150 µs). Owned by ej_rights, as
-- ej.journal_scope; false unless the reader may read the group.
CREATE OR REPLACE FUNCTION ej.is_unmarked(study_group_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(bool_and(c.grade = ANY (s.unmarked_grades)), false)
              FROM ej.study_group_class AS gc
              JOIN ej.class AS c ON c.id = gc.class_id
              JOIN ej.school AS s ON s.id = c.school_id
             WHERE gc.study_group_id = is_unmarked.study_group_id
               AND (gc.school_id = ANY (ej.my_class_schools()) OR gc.study_group_id = ANY (ej.my_family_groups())));
END
$$;
ALTER FUNCTION ej.is_unmarked(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.is_unmarked(bigint) TO ej_web, ej_rule;

-- Normalise a stored text as forms do: imported texts may have blanks around them.
CREATE OR REPLACE FUNCTION ej.form_text(stored text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT btrim(replace(coalesce(stored, ''), E'\r\n', E'\n'), E' \t\n\r\u00a0')
$$;

-- Whether the school has locked this lesson for its teacher (lock_days); nobody who carries out
-- an accepted correction is bound.
CREATE OR REPLACE FUNCTION ej.is_lesson_locked(lesson ej.lesson) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT s.lock_days > 0 AND (lesson).held_on + s.lock_days < ej.today(s.id)
                   AND ((lesson).teaching_id = ANY (ej.my_write_teachings())
                     OR (lesson).id = ANY (ej.my_write_lessons()))
              FROM ej.school AS s WHERE s.id = (lesson).school_id);
END
$$;

-- The lesson's pupils who were absent from the lesson before it: the last one with marked absences, of its
-- group or another group of its classes; all lessons of that hour count. A reader who may read only some
-- absences of a lesson gets those of the last lesson whose absences are all readable. A function, since
-- the server would plan the statement anew each time, which took three times as long as to run it.
CREATE OR REPLACE FUNCTION ej.lesson_absent(lesson_id bigint)
RETURNS TABLE (pupil_id bigint, name text, code text, subject_name text, slot int, day_name text, order_no bigint)
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH l AS MATERIALIZED (
        SELECT l.id, l.study_group_id, l.held_on, l.slot FROM ej.lesson AS l WHERE l.id = $1
    ), g AS MATERIALIZED (
        SELECT o.study_group_id AS id
          FROM l
          JOIN ej.study_group_class AS c ON c.study_group_id = l.study_group_id
          JOIN ej.study_group_class AS o ON o.class_id = c.class_id
         UNION SELECT l.study_group_id FROM l
    ), b AS MATERIALIZED (
        SELECT b.id, b.held_on, b.slot, b.teaching_id, rank() OVER (ORDER BY b.held_on DESC, b.slot DESC) AS place
          FROM l
          JOIN g ON true
          JOIN ej.lesson AS b ON b.study_group_id = g.id AND b.attendance_at IS NOT NULL
           AND b.held_on > l.held_on - 14 AND b.held_on <= l.held_on AND (b.held_on, b.slot) < (l.held_on, l.slot)
         WHERE b.teaching_id = ANY ((SELECT ej.my_teachings() || ej.my_class_teachings())::bigint[])
            OR b.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
    )
    SELECT p.id, n.name, min(a.code), s.name::text, b.slot,
           CASE WHEN b.held_on < l.held_on THEN ej.day_of_month(b.held_on) END,
           row_number() OVER (ORDER BY p.surname, p.given_name, p.patronymic, p.id)
      FROM b
      JOIN l ON true
      JOIN ej.attendance AS a ON a.lesson_id = b.id
      JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
      JOIN ej.lesson_names($1) AS n ON n.pupil_id = a.pupil_id -- the lesson's pupils of its day
      JOIN ej.pupil AS p ON p.id = n.pupil_id
      JOIN ej.teaching AS t ON t.id = b.teaching_id
      JOIN ej.subject AS s ON s.id = t.subject_id
     WHERE b.place = 1
     GROUP BY p.id, n.name, s.name, b.slot, b.held_on, l.held_on;
END
$$;

-- --------------------------------------------------------------- comments --

-- The outcomes of comments, which the family reads: one for each attempt of a mark. The
-- lesson's own id as a work means its first work; if there is none, a mark in the same form
-- must make it, and likewise an attempt that does not exist. A comment submitted together
-- with a retake belongs to the retake, if the form has no field for that yet; the comment of
-- the earlier attempt stays. A comment beside a mark in conflict is in conflict too: its
-- attempt is known only when the mark is sent again.
CREATE OR REPLACE FUNCTION ej.lesson_comments(lesson ej.lesson, work_ids bigint[], pupil_ids bigint[], attempts int[],
    olds text[], vals text[], cells ej.journal_cell[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
SELECT coalesce(jsonb_agg(ej.field_outcome('comment.' || x.column_id || '.' || x.pupil_id
                   || CASE WHEN x.attempt > 1 THEN '.' || x.attempt ELSE '' END,
               ej.form_text(m.comment), CASE WHEN x.is_held THEN '-' ELSE x.old END, x.val,
               CASE WHEN x.work_id IS NULL AND x.column_id <> (lesson).id THEN 'JE120'
                    WHEN x.twin > 1 THEN 'JE107'
                    WHEN x.work_id IS NULL AND NOT EXISTS (
                         SELECT FROM unnest(cells) AS c WHERE c.kind = 'lesson' AND c.submitted <> '') THEN 'JE101'
                    WHEN x.attempt > 1 AND x.attempt > coalesce(x.new_attempts, 0) AND m.work_id IS NULL
                     AND x.is_held IS NOT TRUE THEN 'JE120'
                    WHEN NOT EXISTS (SELECT FROM ej.membership AS b
                         WHERE b.study_group_id = (lesson).study_group_id
                           AND b.pupil_id = x.pupil_id AND b.during @> (lesson).held_on) THEN 'JE202'
               END, 'mark', ARRAY[x.work_id, x.pupil_id])
           || jsonb_build_object('row', jsonb_build_object(
                  'key', x.work_id, 'pupil_id', x.pupil_id, 'text', x.val, 'attempt',
                  CASE WHEN x.attempt = x.stored_attempts AND x.attempt = x.known AND x.new_attempts > x.stored_attempts
                       THEN x.new_attempts ELSE x.attempt END))), '[]')
  FROM (SELECT i.column_id, i.pupil_id, i.attempt, i.old, i.val, w.id AS work_id,
               c.stored_attempts, c.new_attempts, c.is_held,
               max(i.attempt) OVER (PARTITION BY coalesce(w.id, i.column_id), i.pupil_id) AS known,
               row_number() OVER (PARTITION BY coalesce(w.id, i.column_id), i.pupil_id, i.attempt) AS twin
          FROM unnest(work_ids, pupil_ids, attempts, olds, vals) AS i(column_id, pupil_id, attempt, old, val)
          LEFT JOIN ej.work AS w ON w.lesson_id = (lesson).id AND w.id =
               CASE WHEN i.column_id = (lesson).id
                    THEN (SELECT min(o.id) FROM ej.work AS o WHERE o.lesson_id = (lesson).id)
                    ELSE i.column_id END
          -- the attempts in the database, and those that this form makes of them
          LEFT JOIN LATERAL (
               SELECT max(c.attempts) FILTER (WHERE c.stored = c.old) AS stored_attempts,
                      nullif(max(cardinality(c.marks)) FILTER (WHERE c.stored = c.old), 0) AS new_attempts,
                      bool_or(c.stored <> c.old) AS is_held
                 FROM unnest(cells) AS c
                WHERE c.pupil_id = i.pupil_id AND coalesce(c.work_id, c.lesson_id) = coalesce(w.id, i.column_id)
                  AND c.stored <> c.submitted) AS c ON true) AS x
  LEFT JOIN ej.mark AS m ON m.work_id = x.work_id AND m.pupil_id = x.pupil_id
                        AND m.attempt = x.attempt AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
 WHERE x.old <> x.val OR x.twin > 1
    );
END
$$;

-- Write the comments; called after the marks, which make their works and attempts.
CREATE OR REPLACE FUNCTION ej.lesson_comments_write(lesson ej.lesson, outcomes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
INSERT INTO ej.mark AS m (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, comment)
SELECT w.id, r.pupil_id, r.attempt, (lesson).school_id, (lesson).teaching_id, w.scale_id, nullif(r.text, '')
  FROM jsonb_to_recordset(outcomes) AS o(outcome text, "row" jsonb)
 CROSS JOIN LATERAL jsonb_to_record(o.row) AS r(key bigint, pupil_id bigint, attempt smallint, text text)
  JOIN ej.work AS w ON w.lesson_id = (lesson).id AND w.id = coalesce(r.key,
       (SELECT min(o.id) FROM ej.work AS o WHERE o.lesson_id = (lesson).id))
 WHERE o.outcome = 'saved'
ON CONFLICT (work_id, pupil_id, attempt) DO UPDATE SET comment = excluded.comment
 WHERE m.comment IS DISTINCT FROM excluded.comment;
END
$$;

-- ------------------------------------------------------ absences and marks --

-- The cells of a lesson's form that changed, or were sent twice: that is a fault (is_twin
-- of ej.journal_entries), even if one of the two is unchanged.
CREATE OR REPLACE FUNCTION ej.lesson_cells(journal ej.journal_facts, column_ids bigint[], pupil_ids bigint[],
    olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    changed record;
BEGIN
    SELECT array_agg(i.column_id) AS columns, array_agg(i.pupil_id) AS pupils,
           array_agg(i.old) AS olds, array_agg(i.val) AS vals INTO changed
      FROM (SELECT i.*, count(*) OVER (PARTITION BY i.column_id, i.pupil_id) AS times
              FROM unnest(column_ids, pupil_ids, olds, vals) AS i(column_id, pupil_id, old, val)) AS i
     WHERE i.old <> i.val OR i.times > 1;
    RETURN ej.journal_cells(journal, changed.columns, changed.pupils, changed.olds, changed.vals);
END
$$;

-- The absences of a lesson's form as cells. They are read apart from the marks, since the
-- form has a field for each.
CREATE OR REPLACE FUNCTION ej.lesson_absences(lesson ej.lesson, journal ej.journal_facts, pupil_ids bigint[],
    olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
SELECT array_agg(ROW(c.n, 'lesson', c.column_id, (lesson).id, NULL, c.pupil_id, c.scale_id,
           true, coalesce(c.code, ''), c.code, '{}'::text[],
           CASE WHEN cardinality(c.marks) > 0 THEN 'JE108' ELSE c.fault END,
           coalesce(c.stored_code, ''), c.old, '', NULL, c.stored_code,
           c.is_planned, c.is_unfilled)::ej.journal_cell)
  FROM unnest(ej.lesson_cells(journal, array_fill((lesson).id, ARRAY[coalesce(cardinality(pupil_ids), 0)]),
                              pupil_ids, olds, vals)) AS c
    );
END
$$;

-- The marks of a lesson's form as cells, without the absence that a cell of the lesson's
-- first column shows in the grid. The lesson's own id as a column means its first work, or
-- the work that its first mark makes.
CREATE OR REPLACE FUNCTION ej.lesson_marks(lesson ej.lesson, journal ej.journal_facts, column_ids bigint[],
    pupil_ids bigint[], olds text[], vals text[]) RETURNS ej.journal_cell[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
SELECT array_agg(ROW(c.n, c.kind, c.column_id, c.lesson_id, c.work_id, c.pupil_id,
           c.scale_id, false, c.submitted, NULL, c.marks,
           CASE WHEN c.lesson_id <> (lesson).id THEN 'JE120'
                WHEN c.code IS NOT NULL THEN 'JE108' ELSE c.fault END,
           c.stored_marks, c.old, c.stored_marks, c.attempts, NULL, c.is_planned, c.is_unfilled)::ej.journal_cell)
  FROM unnest(ej.lesson_cells(journal, column_ids, pupil_ids, olds, vals)) AS c
    );
END
$$;

-- The outcomes of these cells, under the names of the form's fields.
CREATE OR REPLACE FUNCTION ej.lesson_cell_outcomes(prefix text, cells ej.journal_cell[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
SELECT coalesce(jsonb_agg(CASE prefix
           WHEN 'code' THEN ej.field_outcome('code.' || c.pupil_id, c.stored, c.old, c.submitted, c.fault,
                                              'attendance', ARRAY[c.lesson_id, c.pupil_id])
           ELSE ej.field_outcome('mark.' || c.column_id || '.' || c.pupil_id, c.stored, c.old,
                                  c.submitted, c.fault, 'mark', ARRAY[c.work_id, c.pupil_id]) END), '[]')
  FROM unnest(cells) AS c
    );
END
$$;

-- The outcomes of minutes, which belong to «о» (late): minutes submitted with another
-- letter are a fault; stored ones are removed together with the letter. If a pupil's letter
-- is in conflict, so are the minutes.
CREATE OR REPLACE FUNCTION ej.lesson_minutes(lesson ej.lesson, pupil_ids bigint[], olds text[], vals text[],
    absences ej.journal_cell[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (
SELECT coalesce(jsonb_agg(ej.field_outcome('minutes.' || x.pupil_id, x.stored,
           CASE WHEN x.is_held THEN '-' ELSE x.old END, x.val, x.fault,
           'attendance', ARRAY[(lesson).id, x.pupil_id])), '[]')
  FROM (SELECT i.*, coalesce(a.minutes::text, '') AS stored,
               coalesce(c.submitted, a.code, '') AS code,
               c.stored <> c.old AND c.stored <> c.submitted AS is_held,
               CASE WHEN i.twin > 1 THEN 'JE107'
                    WHEN i.val !~ '^([1-9][0-9]?|1[01][0-9]|120)?$' THEN 'JE102'
                    WHEN i.val <> '' AND i.times = 1 AND coalesce(c.submitted, a.code, '') <> 'о'
                     AND coalesce(a.minutes::text, '') = i.old THEN 'JE123' END AS fault
          FROM (SELECT i.*, row_number() OVER by_pupil AS twin, count(*) OVER by_pupil AS times
                  FROM unnest(pupil_ids, olds, vals) AS i(pupil_id, old, val)
                WINDOW by_pupil AS (PARTITION BY i.pupil_id)) AS i
          LEFT JOIN ej.attendance AS a ON a.lesson_id = (lesson).id AND a.pupil_id = i.pupil_id
          LEFT JOIN unnest(absences) AS c ON c.pupil_id = i.pupil_id
         WHERE i.old <> i.val OR i.twin > 1) AS x
 WHERE x.fault IS NOT NULL OR x.stored <> x.old OR x.code = 'о'
    );
END
$$;

-- Write the minutes of pupils who are late, where the stored ones are the old ones.
CREATE OR REPLACE FUNCTION ej.lesson_minutes_write(lesson ej.lesson, pupil_ids bigint[], olds text[], vals text[])
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.attendance AS a SET minutes = nullif(i.val, '')::int
      FROM unnest(pupil_ids, olds, vals) AS i(pupil_id, old, val)
     WHERE a.lesson_id = (lesson).id AND a.pupil_id = i.pupil_id AND a.code = 'о'
       AND i.val <> i.old AND coalesce(a.minutes::text, '') = i.old;
END
$$;

-- Add a task for some pupils, or remove one by its id, for which nobody has handed in. A task with
-- the same text for the same pupils is not added twice.
CREATE OR REPLACE FUNCTION ej.lesson_personal(lesson ej.lesson, personal_text text, pupil_ids bigint[],
    removed_ids bigint[], is_dry boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb := CASE WHEN EXISTS (
        SELECT FROM ej.homework AS h WHERE h.lesson_id = (lesson).id AND h.is_personal AND h.id = ANY (removed_ids))
        THEN '[{"outcome": "saved", "field": "personal_gone"}]' ELSE '[]' END;
    new_id bigint;
BEGIN
    IF personal_text <> '' AND ej.is_unmarked((lesson).study_group_id) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_text', 'code', 'JE205');
    END IF;
    IF personal_text <> '' AND cardinality(pupil_ids) = 0 THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_for', 'code', 'JE101');
    END IF;
    IF EXISTS (SELECT FROM ej.submission AS s JOIN ej.homework AS h ON h.id = s.homework_id
                WHERE h.lesson_id = (lesson).id AND h.is_personal AND h.id = ANY (removed_ids)) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_gone', 'code', 'JE211');
    END IF;
    IF EXISTS (SELECT FROM unnest(pupil_ids) AS i(pupil_id) WHERE NOT EXISTS (
               SELECT FROM ej.membership AS b WHERE b.study_group_id = (lesson).study_group_id
                  AND b.pupil_id = i.pupil_id AND b.during @> (lesson).held_on)) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_for', 'code', 'JE202');
    END IF;
    IF personal_text <> '' AND EXISTS (
        SELECT FROM ej.enrolment_unmarked AS u
         -- of a mixed group (rule_homework_for)
         WHERE u.pupil_id = ANY (pupil_ids) AND u.during @> (lesson).held_on) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_for', 'code', 'JE205');
    END IF;
    IF personal_text <> '' AND ej.most_tasks() <= (
        SELECT count(*) FROM ej.homework AS h
         WHERE h.lesson_id = (lesson).id AND NOT (h.is_personal AND h.id = ANY (removed_ids))) THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', 'personal_text', 'code', 'JE214');
    END IF;
    IF NOT is_dry THEN
        DELETE FROM ej.homework_for AS f USING ej.homework AS h
         WHERE h.lesson_id = (lesson).id AND h.is_personal AND h.id = ANY (removed_ids) AND f.homework_id = h.id;
        DELETE FROM ej.homework AS h
         WHERE h.lesson_id = (lesson).id AND h.is_personal AND h.id = ANY (removed_ids);
    END IF;
    IF personal_text = '' THEN
        RETURN answer;
    END IF;
    IF NOT is_dry AND NOT EXISTS (
        SELECT FROM ej.homework AS h
         WHERE h.lesson_id = (lesson).id AND h.is_personal AND h.text = personal_text
           AND ARRAY(SELECT f.pupil_id FROM ej.homework_for AS f WHERE f.homework_id = h.id ORDER BY 1)
             = ARRAY(SELECT DISTINCT i FROM unnest(pupil_ids) AS i ORDER BY 1)) THEN
        new_id := ej.lesson_homework_new(lesson, personal_text, NULL, true);
        INSERT INTO ej.homework_for (homework_id, pupil_id, school_id, teaching_id)
        SELECT DISTINCT new_id, i, (lesson).school_id, (lesson).teaching_id FROM unnest(pupil_ids) AS i;
    END IF;
    RETURN answer || jsonb_build_object('outcome', 'saved', 'field', 'personal_text');
END
$$;

-- The outcome of adding a work. works is the number of works that the form showed: if
-- somebody added another one meanwhile it is a conflict, but the same work sent twice is
-- added once.
CREATE OR REPLACE FUNCTION ej.lesson_work(lesson ej.lesson, new_kind_id bigint, new_title text, works int)
RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    present record;
    fault text := CASE WHEN new_kind_id IS NULL THEN 'JE101'
        WHEN NOT EXISTS (SELECT FROM ej.work_kind AS k WHERE k.id = new_kind_id
                            AND k.school_id = (lesson).school_id AND k.code IS DISTINCT FROM 'monitoring')
        THEN 'JE106' END;
BEGIN
    IF new_kind_id IS NULL AND new_title = '' THEN
        RETURN '[]';
    END IF;
    SELECT w.id, w.kind_id = new_kind_id AND w.title = new_title AS is_same,
           k.name || CASE WHEN w.title <> '' THEN ' «' || w.title || '»' ELSE '' END AS name,
           count(*) OVER () AS works
      INTO present FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
     WHERE w.lesson_id = (lesson).id ORDER BY w.id DESC LIMIT 1;
    IF fault IS NULL AND coalesce(present.works, 0) > coalesce(works, 0) AND present.is_same THEN
        RETURN '[{"field": "new_kind_id", "outcome": "saved"}]';
    END IF;
    IF fault IS NULL AND present.works >= ej.most_works() THEN
        fault := 'JE214';
    END IF;
    RETURN jsonb_build_array(ej.field_outcome('new_kind_id',
        CASE WHEN coalesce(present.works, 0) <> coalesce(works, 0) THEN coalesce(present.name, '') ELSE '-' END,
        '-', '-', fault, 'work', ARRAY[present.id]) || '{"row": {"is_new": true}}');
END
$$;

CREATE OR REPLACE FUNCTION ej.lesson_work_write(lesson ej.lesson, journal_id bigint, kind_id bigint, title text)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
INSERT INTO ej.work (school_id, lesson_id, journal_id, teaching_id, kind_id,
                     weight_pct, scale_id, title)
SELECT (lesson).school_id, (lesson).id, lesson_work_write.journal_id, t.id, k.id,
       k.weight_pct, t.scale_id, lesson_work_write.title
  FROM ej.teaching AS t, ej.work_kind AS k
 WHERE t.id = (lesson).teaching_id AND k.id = lesson_work_write.kind_id
   AND k.school_id = (lesson).school_id;
END
$$;

-- The outcomes of the lesson's own row: its topic, and whether the absences are marked.
CREATE OR REPLACE FUNCTION ej.lesson_facts_outcomes(lesson ej.lesson, topic text, old_topic text,
    attendance_done boolean, old_attendance_done boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN topic <> old_topic
                THEN jsonb_build_array(ej.field_outcome('topic', ej.form_text((lesson).topic), old_topic, topic,
                         CASE WHEN ej.is_lesson_locked(lesson) THEN 'JE282'
                              WHEN (lesson).topic NOT IN ('', topic)
                               AND ej.is_kept('lesson', ARRAY[(lesson).id], 'topic', (lesson).id) THEN 'JE281' END,
                         'lesson', ARRAY[(lesson).id]))
                ELSE '[]' END
        || CASE WHEN attendance_done AND (lesson).attendance_at IS NULL
                AND (lesson).held_on <= ej.today((lesson).school_id)
                  OR old_attendance_done AND NOT attendance_done
                THEN '[{"field": "attendance_done", "outcome": "saved"}]' ELSE '[]' END::jsonb;
END
$$;

-- Write the lesson's own row: topic, absences marked, homework and state. topic or
-- homework_none NULL: unchanged.
CREATE OR REPLACE FUNCTION ej.lesson_facts(lesson ej.lesson, topic text, attendance_done boolean,
    old_attendance_done boolean, homework_none boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
UPDATE ej.lesson AS l
   SET topic = x.topic, attendance_at = x.attendance_at, homework = x.homework, state = x.state
  FROM (SELECT l.id, coalesce(lesson_facts.topic, l.topic) AS topic,
               CASE WHEN attendance_done AND l.held_on <= d.day
                    THEN coalesce(l.attendance_at, now())
                    WHEN NOT attendance_done AND old_attendance_done THEN NULL
                    ELSE l.attendance_at END AS attendance_at,
               CASE WHEN EXISTS (SELECT FROM ej.homework AS h
                                  WHERE h.lesson_id = l.id AND NOT h.is_personal) THEN 'set'
                    WHEN coalesce(homework_none, l.homework = 'none') THEN 'none' END AS homework,
               CASE WHEN l.state = 'planned' AND l.held_on <= d.day
                     AND (attendance_done OR coalesce(lesson_facts.topic, l.topic) <> '') THEN 'given'
                    ELSE l.state END AS state
          FROM ej.lesson AS l, ej.today((lesson).school_id) AS d(day) WHERE l.id = (lesson).id) AS x
 WHERE l.id = x.id
   AND (l.topic, l.attendance_at, l.homework, l.state)
       IS DISTINCT FROM (x.topic, x.attendance_at, x.homework, x.state);
END
$$;

-- ------------------------------------------------------------------- save --

-- Lock the journal of a lesson that the user may write, for this save; returns its id.
CREATE OR REPLACE FUNCTION ej.lesson_lock(lesson_id bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    lesson     ej.lesson;
    journal_id bigint;
BEGIN
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = lesson_lock.lesson_id;
    SELECT j.id INTO journal_id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
     WHERE j.teaching_id = (lesson).teaching_id AND e.is_taught AND e.during @> (lesson).held_on;
    IF journal_id IS NULL THEN
        RAISE EXCEPTION 'no such lesson' USING ERRCODE = 'JE401';
    END IF;
    IF (lesson).teaching_id <> ALL (ej.my_write_teachings())
       AND (lesson).id <> ALL (ej.my_write_lessons()) THEN
        RAISE EXCEPTION 'not your lesson' USING ERRCODE = 'JE301';
    END IF;
    PERFORM pg_advisory_xact_lock(92, hashint8(journal_id));
    RETURN journal_id;
END
$$;

-- Save the changed fields of one lesson's form; returns the outcome of each.
CREATE OR REPLACE FUNCTION ej.lesson_save(lesson_id bigint, topic text, old_topic text,
    attendance_done boolean, old_attendance_done boolean, homework_none boolean, old_homework_none boolean,
    homework_id bigint, homework_text text, old_homework_text text,
    due_lesson_id bigint, old_due_lesson_id bigint, personal_text text, personal_for bigint[],
    personal_gone bigint[], new_kind_id bigint, new_title text,
    works int, code_id bigint[], codes text[], old_code text[],
    minutes_id bigint[], minutes text[], old_minutes text[],
    mark_id bigint[], mark_id2 bigint[], mark text[], old_mark text[],
    comment_id bigint[], comment_id2 bigint[], comment_id3 int[], comment text[], old_comment text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_variable
DECLARE
    lesson   ej.lesson;
    locked   bigint;        -- the journal
    journal  ej.journal_facts;
    cells    ej.journal_cell[];
    absences ej.journal_cell[];
    comments jsonb;
    tasks    jsonb;
    work     jsonb;
    outcomes jsonb;
BEGIN
    -- a statement of its own: the next one sees the changes made before the lock
    locked := ej.lesson_lock(lesson_id);
    SELECT f.* INTO journal FROM ej.journal_scope(locked) AS f;
    PERFORM set_config('ej.year', journal.year::text, true); -- of the new ids
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = lesson_save.lesson_id;
    absences := ej.lesson_absences(lesson, journal, code_id, old_code, codes);
    cells := ej.lesson_marks(lesson, journal, mark_id, mark_id2, old_mark, mark);
    comments := ej.lesson_comments(lesson, comment_id, comment_id2, comment_id3, old_comment, comment, cells);
    tasks := ej.lesson_homework(lesson, homework_id, homework_text, old_homework_text,
                                due_lesson_id, old_due_lesson_id);
    work := ej.lesson_work(lesson, new_kind_id, new_title, works);
    outcomes := ej.lesson_facts_outcomes(lesson, topic, old_topic, attendance_done, old_attendance_done)
        || ej.lesson_cell_outcomes('code', absences) || ej.lesson_cell_outcomes('mark', cells) || comments || tasks
        || ej.lesson_homework_none(lesson, homework_text, old_homework_text, homework_none, old_homework_none)
        || ej.lesson_personal(lesson, personal_text, personal_for, personal_gone, true)
        || ej.lesson_minutes(lesson, minutes_id, old_minutes, minutes, absences) || work;
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.journal_write(journal, absences || cells);
        PERFORM ej.lesson_comments_write(lesson, comments);
        PERFORM ej.lesson_homework_write(lesson, tasks);
        PERFORM ej.lesson_personal(lesson, personal_text, personal_for, personal_gone, false);
        PERFORM ej.lesson_minutes_write(lesson, minutes_id, old_minutes, minutes);
        IF work @> '[{"outcome": "saved", "row": {"is_new": true}}]' THEN
            PERFORM ej.lesson_work_write(lesson, journal.id, new_kind_id, new_title);
        END IF;
        PERFORM ej.lesson_facts(lesson,
            CASE WHEN outcomes @> '[{"field": "topic", "outcome": "saved"}]' THEN topic END,
            attendance_done, old_attendance_done,
            CASE WHEN homework_none <> old_homework_none THEN homework_none END);
    END IF;
    -- ej.operation_saved() finds the operation by its lesson
    RETURN (SELECT jsonb_agg(o.item || jsonb_build_object('lesson', lesson.id))
              FROM jsonb_array_elements(outcomes) AS o(item));
END
$$;
