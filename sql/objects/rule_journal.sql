-- rule_journal.sql: rules of works, marks, absences, homework, term marks.
--
-- Each trigger locks the rows that its rule depends on, then runs one query that finds
-- the fault of every row. One fault is reported, with all rows that have it.

-- The days on which a pupil's own class has neither marks nor homework (JRN-08). In a
-- group of several classes works and tasks are for the other pupils only: the pupil's
-- own class decides, here, in rule_day and rule_term_mark (which repeat the query, for
-- speed), in ej.lesson_personal and in the diary.
DROP VIEW IF EXISTS ej.enrolment_unmarked;
CREATE VIEW ej.enrolment_unmarked WITH (security_invoker = true) AS
SELECT e.pupil_id, e.during
  FROM ej.enrolment AS e
  JOIN ej.class AS c ON c.id = e.class_id
  JOIN ej.school AS s ON s.id = c.school_id
 WHERE c.grade = ANY (s.unmarked_grades);
GRANT SELECT ON ej.enrolment_unmarked TO ej_rights, ej_rule, ej_web;

-- Refuse to delete works, absences and homework of a closed journal.
CREATE OR REPLACE FUNCTION ej.rule_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_hold(ARRAY(SELECT DISTINCT o.lesson_id FROM old_rows AS o));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_removed', rel, 'rule_removed', 'delete') FROM unnest('{work,attendance,homework}'::text[]) AS rel;

-- ------------------------------------------------------------------ works --

CREATE OR REPLACE FUNCTION ej.rule_work() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    lessons bigint[] := ARRAY(SELECT DISTINCT n.lesson_id FROM new_rows AS n);
    bad     record;
BEGIN
    PERFORM FROM ej.term AS t
      WHERE t.id IN (SELECT j.term_id FROM new_rows AS n JOIN ej.journal AS j ON j.id = n.journal_id)
      FOR SHARE;
    PERFORM ej.rule_hold(lessons);
    SELECT f.fault, jsonb_agg(f.id) AS rows INTO bad
      FROM (SELECT n.id, CASE
                WHEN l.school_id <> n.school_id OR l.teaching_id <> n.teaching_id
                  OR l.id / 10000000000 <> n.id / 10000000000 THEN 'work_lesson_id_fkey'
                WHEN j.school_id <> n.school_id OR j.teaching_id <> n.teaching_id THEN 'work_journal_id_fkey'
                WHEN k.school_id <> n.school_id THEN 'work_kind_id_fkey'
                WHEN (k.code = 'monitoring') IS TRUE <> (n.control_work_id IS NOT NULL) THEN 'control_kind'
                WHEN s.school_id <> n.school_id THEN 'work_scale_id_fkey'
                -- the journals of year, exam and final hold term marks, and no works
                WHEN NOT t.during @> l.held_on OR NOT t.is_taught THEN 'day_in_term'
                END AS fault
              FROM new_rows AS n
              JOIN ej.lesson AS l ON l.id = n.lesson_id
              JOIN ej.journal AS j ON j.id = n.journal_id
              JOIN ej.term AS t ON t.id = j.term_id
              JOIN ej.work_kind AS k ON k.id = n.kind_id
              JOIN ej.scale AS s ON s.id = n.scale_id
             UNION ALL
            SELECT w.lesson_id, 'lesson_is_full' FROM ej.work AS w
             WHERE w.lesson_id = ANY (lessons)
             GROUP BY w.lesson_id HAVING count(*) > ej.most_works()) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_work', 'work', 'rule_work', 'insert', 'update');

-- ------------------------------------------------------ marks and absences --

-- The facts of one lesson by which records of these pupils are judged: its day, and who of
-- them is in its group, in a class, and in a class without marks on that day. Enrolments
-- are looked up by pupil only (OFFSET 0), by ANY of an array: the index on the date range
-- would return whole schools, and the plain index is four times as fast as that of the
-- exclusion constraint. Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.rule_day(lesson_id bigint, pupils bigint[])
RETURNS TABLE (school_id bigint, teaching_id bigint, state text, is_to_come boolean,
               members bigint[], enrolled bigint[], unmarked bigint[])
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT l.school_id, l.teaching_id, l.state::text, l.held_on > t.today,
       ARRAY(SELECT b.pupil_id FROM ej.membership AS b
              WHERE b.pupil_id = ANY (pupils)
                AND b.study_group_id = l.study_group_id AND b.during @> l.held_on),
       e.enrolled, e.unmarked
  FROM ej.lesson AS l
  JOIN ej.school AS s ON s.id = l.school_id
  JOIN ej.school_today AS t ON t.school_id = l.school_id
 CROSS JOIN LATERAL (
       SELECT array_agg(e.pupil_id) AS enrolled,
              array_agg(e.pupil_id) FILTER (WHERE c.grade = ANY (s.unmarked_grades)) AS unmarked
         FROM (SELECT o.pupil_id, o.class_id, o.during FROM ej.enrolment AS o
                WHERE o.pupil_id = ANY (pupils) OFFSET 0) AS e
         JOIN ej.class AS c ON c.id = e.class_id
        WHERE e.during @> l.held_on) AS e
 WHERE l.id = rule_day.lesson_id
$$;

-- Check marks that were written. For an emptied mark (no value, no comment) only two
-- conditions hold: the pupil is in the group (else a teacher could write into the
-- history of a pupil of another group), and the journal is open. Conditions that all
-- marks of a work share are checked once for each work. FULL JOIN as in
-- ej.history_update; neither side has further rows, since day has exactly the works of
-- new_rows.
CREATE OR REPLACE FUNCTION ej.rule_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    -- ON CONFLICT DO UPDATE calls for both events, one of them with no row
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    PERFORM ej.rule_hold(ARRAY(SELECT DISTINCT w.lesson_id
                                 FROM (SELECT DISTINCT n.work_id FROM new_rows AS n) AS n
                                 JOIN ej.work AS w ON w.id = n.work_id));
    WITH day AS (
        SELECT n.work_id, d.*,
               ARRAY(SELECT g.id FROM ej.staff AS g
                      WHERE g.id = ANY (n.staff) AND g.school_id <> d.school_id) AS strangers
          FROM (SELECT n.work_id, array_agg(n.pupil_id) AS pupils, array_agg(n.staff_id) AS staff
                  FROM new_rows AS n GROUP BY n.work_id) AS n
          JOIN ej.work AS w ON w.id = n.work_id
         CROSS JOIN LATERAL ej.rule_day(w.lesson_id, n.pupils) AS d
    )
    SELECT f.fault, jsonb_agg(f.key) AS rows INTO bad
      FROM (SELECT jsonb_build_array(n.work_id, n.pupil_id, n.attempt) AS key, CASE
                WHEN d.school_id <> n.school_id OR d.teaching_id <> n.teaching_id THEN 'mark_work'
                WHEN n.staff_id = ANY (d.strangers) THEN 'mark_staff_id_fkey'
                WHEN n.value IS NULL AND n.comment IS NULL THEN
                     CASE WHEN (n.pupil_id = ANY (d.members)) IS NOT TRUE THEN 'member_that_day' END
                WHEN d.state IN ('cancelled', 'moved') THEN 'lesson_not_held'
                WHEN d.is_to_come THEN 'lesson_to_come'
                WHEN (n.pupil_id = ANY (d.members) AND n.pupil_id = ANY (d.enrolled)) IS NOT TRUE
                  THEN 'member_that_day'
                WHEN n.value IS NOT NULL AND n.pupil_id = ANY (d.unmarked) THEN 'grade_unmarked'
                END AS fault
              FROM new_rows AS n FULL JOIN day AS d ON d.work_id = n.work_id) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    IF bad.fault IS NOT NULL THEN
        PERFORM ej.rule_fault(bad.fault, bad.rows);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_mark', 'mark', 'rule_mark', 'insert', 'update');

CREATE OR REPLACE FUNCTION ej.rule_mark_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_hold(ARRAY(SELECT DISTINCT w.lesson_id
                                 FROM old_rows AS o JOIN ej.work AS w ON w.id = o.work_id));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_mark_removed', 'mark', 'rule_mark_removed', 'delete');

-- Check absences that were written, like marks.
CREATE OR REPLACE FUNCTION ej.rule_attendance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    -- reasons of absences are learned later
    PERFORM ej.rule_hold(ARRAY(SELECT DISTINCT n.lesson_id FROM new_rows AS n), TG_OP = 'UPDATE');
    WITH day AS (
        SELECT n.lesson_id, d.*
          FROM (SELECT n.lesson_id, array_agg(n.pupil_id) AS pupils
                  FROM new_rows AS n GROUP BY n.lesson_id) AS n
         CROSS JOIN LATERAL ej.rule_day(n.lesson_id, n.pupils) AS d
    )
    SELECT f.fault, jsonb_agg(f.key) AS rows INTO bad
      FROM (SELECT jsonb_build_array(n.lesson_id, n.pupil_id) AS key, CASE
                WHEN d.school_id <> n.school_id OR d.teaching_id <> n.teaching_id
                  THEN 'attendance_lesson_id_fkey'
                WHEN d.state IN ('cancelled', 'moved') THEN 'lesson_not_held'
                WHEN d.is_to_come THEN 'lesson_to_come'
                WHEN (n.pupil_id = ANY (d.members) AND n.pupil_id = ANY (d.enrolled)) IS NOT TRUE
                  THEN 'member_that_day'
                END AS fault
              FROM new_rows AS n FULL JOIN day AS d ON d.lesson_id = n.lesson_id) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_attendance', 'attendance', 'rule_attendance', 'insert', 'update');

-- Limit a class teacher who did not give the lesson: only the reason of an absence that
-- the teacher marked may be changed, not to or from «о» (late) or «осв» (exempt), and
-- no minutes. Without a session (the owner, an import) there is no limit.
CREATE OR REPLACE FUNCTION ej.rule_attendance_reason() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    IF (ej.author()).account_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT jsonb_agg(jsonb_build_array(n.lesson_id, n.pupil_id)) INTO bad
      FROM new_rows AS n JOIN old_rows AS o USING (lesson_id, pupil_id)
     WHERE n.teaching_id <> ALL ((SELECT ej.my_write_teachings())::bigint[])
       AND n.lesson_id <> ALL ((SELECT ej.my_write_lessons())::bigint[])
       AND (n.minutes IS DISTINCT FROM o.minutes OR n.code <> o.code AND EXISTS (
            SELECT FROM ej.attendance_code AS k
             WHERE k.school_id = n.school_id AND k.code IN (o.code, n.code) AND NOT k.counts_missed));
    PERFORM ej.rule_check('absence_reason', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_attendance_reason', 'attendance', 'rule_attendance_reason', 'update');

-- --------------------------------------------------------------- homework --

-- Check homework: its copied columns, its due day, that the group has a class with
-- homework, and how much a lesson has. A due day that follows its moved lesson does not
-- count as a change of a closed journal.
CREATE OR REPLACE FUNCTION ej.rule_homework() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    written bigint[]; -- the lessons into whose journal this writes
    bad     record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        written := ARRAY(SELECT DISTINCT n.lesson_id FROM new_rows AS n);
    ELSE
        written := ARRAY(SELECT DISTINCT n.lesson_id FROM new_rows AS n JOIN old_rows AS o USING (id)
                          WHERE (n.text, n.due_lesson_id, n.is_personal, n.minutes, n.is_online, n.file_names)
                   IS DISTINCT FROM (o.text, o.due_lesson_id, o.is_personal, o.minutes, o.is_online, o.file_names)
                             OR (n.due_on <> o.due_on AND n.due_lesson_id IS NULL));
    END IF;
    PERFORM FROM ej.lesson AS l
      WHERE l.id IN (SELECT unnest(ARRAY[n.lesson_id, n.due_lesson_id]) FROM new_rows AS n)
      FOR SHARE;
    PERFORM ej.rule_hold(written);
    SELECT f.fault, jsonb_agg(f.id) AS rows INTO bad
      FROM (SELECT h.id, CASE
                WHEN l.school_id <> h.school_id OR l.teaching_id <> h.teaching_id
                  OR l.study_group_id <> h.study_group_id
                  OR l.id / 10000000000 <> h.id / 10000000000 THEN 'homework_lesson_id_fkey'
                WHEN x.teaching_id <> h.teaching_id THEN 'homework_due_lesson_id_fkey'
                WHEN h.due_on <= l.held_on OR x.held_on <> h.due_on THEN 'homework_due'
                -- of this group alone: a join with a list grouped by group would
                -- work out that list for every group of the database
                WHEN (SELECT bool_and(c.grade = ANY (s.unmarked_grades))
                        FROM ej.study_group_class AS g
                        JOIN ej.class AS c ON c.id = g.class_id
                        JOIN ej.school AS s ON s.id = c.school_id
                       WHERE g.study_group_id = h.study_group_id) THEN 'grade_unmarked'
                END AS fault
              FROM new_rows AS h
              JOIN ej.lesson AS l ON l.id = h.lesson_id
              LEFT JOIN ej.lesson AS x ON x.id = h.due_lesson_id
             UNION ALL
            SELECT h.lesson_id, 'lesson_is_full' FROM ej.homework AS h
             WHERE TG_OP = 'INSERT' AND h.lesson_id = ANY (written)
             GROUP BY h.lesson_id HAVING count(*) > ej.most_tasks()) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_homework', 'homework', 'rule_homework', 'insert', 'update');

-- Check the pupils of a personal task: they are in the group on the lesson's day or on
-- the due day.
CREATE OR REPLACE FUNCTION ej.rule_homework_for() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    PERFORM ej.rule_hold(ARRAY(SELECT DISTINCT h.lesson_id
                                 FROM new_rows AS n JOIN ej.homework AS h ON h.id = n.homework_id));
    SELECT f.fault, jsonb_agg(f.key) AS rows INTO bad
      FROM (SELECT jsonb_build_array(n.homework_id, n.pupil_id) AS key, CASE
                WHEN h.school_id <> n.school_id OR h.teaching_id <> n.teaching_id
                  THEN 'homework_for_homework_id_fkey'
                WHEN NOT EXISTS (SELECT FROM ej.membership AS b
                                  WHERE b.study_group_id = h.study_group_id AND b.pupil_id = n.pupil_id
                                    AND (b.during @> l.held_on OR b.during @> h.due_on))
                  THEN 'member_that_day'
                WHEN EXISTS (SELECT FROM ej.enrolment_unmarked AS u
                              WHERE u.pupil_id = n.pupil_id
                                AND (u.during @> l.held_on OR u.during @> h.due_on))
                  THEN 'grade_unmarked'
                END AS fault
              FROM new_rows AS n
              JOIN ej.homework AS h ON h.id = n.homework_id
              JOIN ej.lesson AS l ON l.id = h.lesson_id) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_homework_for', 'homework_for', 'rule_homework_for', 'insert');

-- Refuse to remove pupils from a task of a closed journal.
CREATE OR REPLACE FUNCTION ej.rule_homework_for_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_hold(ARRAY(SELECT DISTINCT h.lesson_id
                                 FROM old_rows AS o JOIN ej.homework AS h ON h.id = o.homework_id));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_homework_for_removed', 'homework_for', 'rule_homework_for_removed', 'delete');
