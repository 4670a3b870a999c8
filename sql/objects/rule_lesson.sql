-- rule_lesson.sql: rules of lessons, memberships and enrolments.

-- ------------------------------------------------- a pupil in two places --
-- Two sessions that plan the same hour see each other's lessons only if one waits: each
-- takes an advisory lock on (school, day). A statement about many days (a timetable, a
-- membership) locks the whole school instead, to keep the lock table small.

-- Lock these days (pairs of school and day).
CREATE OR REPLACE FUNCTION ej.rule_lock_days(schools bigint[], days date[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    s record;
    -- day 0 of a school stands for the whole of it
    epoch CONSTANT date := '1999-12-31';
BEGIN
    FOR s IN SELECT p.school_id, count(DISTINCT p.day) > 50 AS is_whole,
                    array_agg(DISTINCT p.day ORDER BY p.day) AS days
               FROM unnest(schools, days) AS p (school_id, day)
              GROUP BY p.school_id ORDER BY p.school_id
    LOOP
        IF s.is_whole THEN
            PERFORM pg_advisory_xact_lock(s.school_id::int, 0);
        ELSE
            PERFORM pg_advisory_xact_lock_shared(s.school_id::int, 0);
            FOR i IN 1 .. cardinality(s.days) LOOP
                PERFORM pg_advisory_xact_lock(s.school_id::int, s.days[i] - epoch);
            END LOOP;
        END IF;
    END LOOP;
END
$$;

-- Whether lessons of these groups may not meet. A pupil who is taught alone misses lessons
-- of the class meanwhile, but is not taught alone twice at once.
CREATE OR REPLACE FUNCTION ej.rule_same_pupil_hours(one bigint, other bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT count(*) FILTER (WHERE g.kind IN ('individual', 'home')) <> 1 FROM ej.study_group AS g WHERE g.id IN (one, other)
$$;

-- Refuse if one of these lessons overlaps another lesson of one of its pupils. Pairs of
-- groups with a common pupil are found first: they are few, while a year's timetable
-- has tens of thousands of lessons.
CREATE OR REPLACE FUNCTION ej.rule_two_places(lessons bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    PERFORM ej.rule_lock_days(array_agg(l.school_id), array_agg(l.held_on))
       FROM ej.lesson AS l WHERE l.id = ANY (lessons);
    WITH mine AS MATERIALIZED (
        SELECT l.id, l.study_group_id, l.held_on, l.during
          FROM unnest(lessons) AS n (id) JOIN ej.lesson AS l USING (id)
         WHERE l.state IN ('planned', 'given')
    ), pair AS MATERIALIZED (
        SELECT DISTINCT a.study_group_id, b.study_group_id AS other_id, a.during * b.during AS days
          FROM ej.membership AS a
          JOIN ej.membership AS b ON b.pupil_id = a.pupil_id AND b.during && a.during
                                 AND b.study_group_id <> a.study_group_id
         WHERE a.study_group_id = ANY (ARRAY(SELECT m.study_group_id FROM mine AS m))
    )
    SELECT jsonb_agg(DISTINCT m.id) INTO bad
      FROM mine AS m
      JOIN pair AS p ON p.study_group_id = m.study_group_id AND p.days @> m.held_on
      JOIN ej.lesson AS l ON l.study_group_id = p.other_id AND l.held_on = m.held_on
       AND l.during && m.during AND l.state IN ('planned', 'given')
       -- that year's partition only
       AND l.id >= m.id / 10000000000 * 10000000000
       AND l.id < (m.id / 10000000000 + 1) * 10000000000
     WHERE ej.rule_same_pupil_hours(m.study_group_id, l.study_group_id);
    PERFORM ej.rule_check('pupil_two_places', bad);
END
$$;

-- The reverse rule: a pupil joins a group, or stays in it longer.
CREATE OR REPLACE FUNCTION ej.rule_member_two_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    -- more than 50 days: the whole school
    PERFORM ej.rule_lock_days(array_agg(n.school_id), array_agg(d.day))
       FROM (SELECT DISTINCT school_id FROM new_rows) AS n,
            LATERAL (SELECT '2000-01-01'::date + i AS day FROM generate_series(0, 50) AS i) AS d;
    WITH pair AS MATERIALIZED (
        SELECT a.study_group_id, b.study_group_id AS other_id, a.during * b.during AS days,
               min(a.pupil_id) AS pupil_id
          FROM new_rows AS a
          JOIN ej.membership AS b ON b.pupil_id = a.pupil_id AND b.during && a.during
                                 AND b.study_group_id <> a.study_group_id
         GROUP BY 1, 2, 3
    )
    SELECT jsonb_agg(DISTINCT p.pupil_id) INTO bad
      FROM pair AS p
      JOIN ej.lesson AS m ON m.study_group_id = p.study_group_id
       AND m.held_on >= coalesce(lower(p.days), '-infinity')
       AND m.held_on < coalesce(upper(p.days), 'infinity')
       AND m.state IN ('planned', 'given')
      JOIN ej.lesson AS l ON l.study_group_id = p.other_id AND l.held_on = m.held_on
       AND l.during && m.during AND l.state IN ('planned', 'given')
     WHERE ej.rule_same_pupil_hours(p.study_group_id, p.other_id);
    PERFORM ej.rule_check('pupil_two_places', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_two_places', 'membership', 'rule_member_two_places', 'insert', 'update');

-- ---------------------------------------------------------------- lessons --

-- Check that a lesson's copied columns are those of its teaching, and its day is in the
-- school year. It uses a generic plan: planning anew for one lesson takes fifty times as
-- long as the query.
CREATE OR REPLACE FUNCTION ej.rule_lesson_facts(lessons bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    bad record;
BEGIN
    PERFORM FROM ej.school_year AS y
      WHERE (y.school_id, y.year) IN (SELECT l.school_id, (l.id / 10000000000)::int
                                        FROM ej.lesson AS l WHERE l.id = ANY (lessons))
      FOR SHARE;
    SELECT f.fault, jsonb_agg(f.id) AS rows INTO bad
      FROM (SELECT l.id, CASE
                WHEN t.school_id <> l.school_id OR t.study_group_id <> l.study_group_id
                  OR t.year <> l.id / 10000000000 THEN 'lesson_teaching_id_fkey'
                WHEN p.school_id <> l.school_id THEN 'lesson_planned_staff_id_fkey'
                WHEN s.school_id <> l.school_id THEN 'lesson_staff_id_fkey'
                WHEN r.school_id <> l.school_id THEN 'lesson_room_id_fkey'
                WHEN l.joined_id IS NOT NULL AND NOT EXISTS (
                     SELECT FROM ej.lesson AS o WHERE o.id = l.joined_id AND o.school_id = l.school_id AND o.id <> l.id)
                THEN 'lesson_joined_id_fkey'
                WHEN l.instead_of_id IS NOT NULL AND NOT EXISTS (
                     SELECT FROM ej.lesson AS o WHERE o.id = l.instead_of_id AND o.study_group_id = l.study_group_id)
                THEN 'lesson_instead_of_id_fkey'
                WHEN r.ended_on <= l.held_on AND l.state IN ('planned', 'given') THEN 'room_ended'
                WHEN y.during IS NULL OR NOT y.during @> l.held_on THEN 'day_in_year'
                WHEN l.attendance_at IS NOT NULL AND l.held_on > d.today THEN 'lesson_to_come'
                END AS fault
              FROM unnest(lessons) AS n (id)
              JOIN ej.lesson AS l USING (id)
              JOIN ej.teaching AS t ON t.id = l.teaching_id
              JOIN ej.staff AS p ON p.id = l.planned_staff_id
              JOIN ej.staff AS s ON s.id = l.staff_id
              JOIN ej.school_today AS d ON d.school_id = l.school_id
              LEFT JOIN ej.room AS r ON r.id = l.room_id
              LEFT JOIN ej.school_year AS y
                ON y.school_id = l.school_id AND y.year = l.id / 10000000000) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
END
$$;

CREATE OR REPLACE FUNCTION ej.rule_lesson_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    lessons bigint[] := ARRAY(SELECT id FROM new_rows);
BEGIN
    PERFORM ej.rule_lesson_facts(lessons);
    PERFORM ej.rule_open(array_agg(n.teaching_id), array_agg(n.held_on))
       FROM (SELECT DISTINCT teaching_id, held_on FROM new_rows) AS n;
    PERFORM ej.rule_two_places(lessons);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_lesson_added', 'lesson', 'rule_lesson_added', 'insert');

CREATE OR REPLACE FUNCTION ej.rule_lesson_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_open(array_agg(n.teaching_id), array_agg(n.held_on))
       FROM (SELECT DISTINCT teaching_id, held_on FROM old_rows) AS n;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_lesson_removed', 'lesson', 'rule_lesson_removed', 'delete');

-- A record of a change belongs to a lesson of its school.
CREATE OR REPLACE FUNCTION ej.rule_substitution() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_check('substitution_lesson_id_fkey', jsonb_agg(n.lesson_id))
       FROM new_rows AS n
       LEFT JOIN ej.lesson AS l ON l.id = n.lesson_id
       LEFT JOIN ej.room AS r ON r.id = n.room_id
      WHERE l.school_id <> n.school_id OR r.school_id <> n.school_id;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_substitution', 'substitution', 'rule_substitution', 'insert', 'update');

-- Check changed lessons: in a closed journal only the room may change; a moved lesson
-- must still fit its works, marks, absences and homework.
CREATE OR REPLACE FUNCTION ej.rule_lesson_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    written bigint[];
    moved   bigint[];
    placed  bigint[] := ARRAY(SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                               WHERE n.room_id <> o.room_id OR n.room_id IS NOT NULL AND o.room_id IS NULL);
BEGIN
    IF placed <> '{}' THEN
        PERFORM ej.rule_lesson_facts(placed);
    END IF;
    SELECT coalesce(array_agg(n.id), '{}'),
           coalesce(array_agg(n.id) FILTER (WHERE (n.held_on, n.during, n.state)
                <> (o.held_on, o.during, o.state)), '{}')
      INTO written, moved
      FROM new_rows AS n JOIN old_rows AS o USING (id)
     WHERE (n.held_on, n.slot, n.during, n.topic, n.hours, n.state, n.attendance_at,
            n.homework, n.staff_id, n.planned_staff_id, n.joined_id, n.instead_of_id)
           IS DISTINCT FROM
           (o.held_on, o.slot, o.during, o.topic, o.hours, o.state, o.attendance_at,
            o.homework, o.staff_id, o.planned_staff_id, o.joined_id, o.instead_of_id);
    IF written = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM ej.rule_lesson_facts(written);
    PERFORM ej.rule_open(array_agg(d.teaching_id), array_agg(d.held_on))
       FROM (SELECT teaching_id, held_on FROM new_rows WHERE id = ANY (written)
             UNION
             SELECT teaching_id, held_on FROM old_rows WHERE id = ANY (written)) AS d;
    IF moved <> '{}' THEN
        PERFORM ej.rule_lesson_moved(moved);
        PERFORM ej.rule_two_places(moved);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_lesson_changed', 'lesson', 'rule_lesson_changed', 'update');

-- Check moved, cancelled and restored lessons: works stay within their term, marks and
-- absences belong to pupils of the group on that day, homework is due later.
CREATE OR REPLACE FUNCTION ej.rule_lesson_moved(lessons bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    SELECT jsonb_agg(DISTINCT l.id) INTO bad
      FROM unnest(lessons) AS n (id) JOIN ej.lesson AS l USING (id)
      JOIN ej.work AS w ON w.lesson_id = l.id
      JOIN ej.journal AS j ON j.id = w.journal_id
      JOIN ej.term AS t ON t.id = j.term_id
     WHERE NOT t.during @> l.held_on;
    PERFORM ej.rule_check('day_in_term', bad);
    SELECT jsonb_agg(DISTINCT l.id) INTO bad
      FROM (SELECT w.lesson_id, m.pupil_id
              FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id
             WHERE w.lesson_id = ANY (lessons) AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
             UNION
            SELECT a.lesson_id, a.pupil_id FROM ej.attendance AS a
             WHERE a.lesson_id = ANY (lessons)) AS r
      JOIN ej.lesson AS l ON l.id = r.lesson_id
      JOIN ej.school_today AS d ON d.school_id = l.school_id
      LEFT JOIN ej.membership AS b ON b.study_group_id = l.study_group_id
       AND b.pupil_id = r.pupil_id AND b.during @> l.held_on
      LEFT JOIN ej.enrolment AS e ON e.pupil_id = r.pupil_id AND e.during @> l.held_on
     WHERE b.id IS NULL OR e.id IS NULL OR l.held_on > d.today
        OR l.state IN ('cancelled', 'moved');
    PERFORM ej.rule_check('marks_outside', bad);
    -- homework due at a moved lesson gets its new day, which its own rule checks
    UPDATE ej.homework AS h SET due_on = l.held_on
      FROM ej.lesson AS l
     WHERE h.due_lesson_id = ANY (lessons) AND l.id = h.due_lesson_id AND h.due_on <> l.held_on;
    SELECT jsonb_agg(h.id) INTO bad
      FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.lesson_id
     WHERE h.lesson_id = ANY (lessons) AND h.due_on <= l.held_on;
    PERFORM ej.rule_check('homework_due', bad);
END
$$;

-- --------------------------------------------- memberships and enrolments --

-- Refuse if a shortened or deleted membership leaves marks outside of it. A transaction
-- that writes a mark locks the group FOR SHARE (rule_hold), and this one locks it too: so
-- one of the two sees the other.
CREATE OR REPLACE FUNCTION ej.rule_left_group(groups bigint[], pupils bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    PERFORM FROM ej.study_group AS g WHERE g.id = ANY (groups) ORDER BY g.id FOR NO KEY UPDATE;
    SELECT jsonb_agg(DISTINCT r.pupil_id) INTO bad
      FROM (SELECT DISTINCT g.study_group_id, g.pupil_id
              FROM unnest(groups, pupils) AS g (study_group_id, pupil_id)) AS c,
           LATERAL (
            SELECT l.held_on, m.pupil_id
              FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
              JOIN ej.lesson AS l ON l.id = w.lesson_id
             WHERE m.pupil_id = c.pupil_id AND l.study_group_id = c.study_group_id
               AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
             UNION ALL
            SELECT l.held_on, a.pupil_id
              FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id
             WHERE a.pupil_id = c.pupil_id AND l.study_group_id = c.study_group_id) AS r
     WHERE NOT EXISTS (SELECT FROM ej.membership AS b
                        WHERE b.study_group_id = c.study_group_id
                          AND b.pupil_id = c.pupil_id AND b.during @> r.held_on);
    IF bad IS NULL THEN
        SELECT jsonb_agg(DISTINCT m.pupil_id) INTO bad
          FROM unnest(groups, pupils) AS c (study_group_id, pupil_id)
          JOIN ej.teaching AS x ON x.study_group_id = c.study_group_id
          JOIN ej.term_mark AS m ON m.pupil_id = c.pupil_id AND m.teaching_id = x.id
          JOIN ej.term AS t ON t.id = m.term_id
         WHERE m.value IS NOT NULL
           AND NOT EXISTS (SELECT FROM ej.membership AS b
                            WHERE b.study_group_id = c.study_group_id
                              AND b.pupil_id = c.pupil_id AND b.during && t.during);
    END IF;
    PERFORM ej.rule_check('marks_outside', bad);
END
$$;

CREATE OR REPLACE FUNCTION ej.rule_member_shorter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_left_group(array_agg(o.study_group_id), array_agg(o.pupil_id))
       FROM old_rows AS o LEFT JOIN new_rows AS n USING (id)
      WHERE n.id IS NULL OR NOT n.during @> o.during
         OR (n.study_group_id, n.pupil_id) <> (o.study_group_id, o.pupil_id);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_shorter', 'membership', 'rule_member_shorter', 'update');

CREATE OR REPLACE FUNCTION ej.rule_member_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_left_group(array_agg(study_group_id), array_agg(pupil_id)) FROM old_rows;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_member_removed', 'membership', 'rule_member_removed', 'delete');

-- Refuse if a shortened or deleted enrolment leaves marks of these pupils on days on which they
-- are in no class. It locks like ej.rule_left_group().
CREATE OR REPLACE FUNCTION ej.rule_left_class(pupils bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    PERFORM FROM ej.study_group AS g
      WHERE g.id IN (SELECT b.study_group_id FROM ej.membership AS b WHERE b.pupil_id = ANY (pupils))
      ORDER BY g.id FOR NO KEY UPDATE;
    SELECT jsonb_agg(DISTINCT r.pupil_id) INTO bad
      FROM (SELECT l.held_on, m.pupil_id
              FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
              JOIN ej.lesson AS l ON l.id = w.lesson_id
             WHERE m.pupil_id = ANY (pupils) AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
             UNION ALL
            SELECT l.held_on, a.pupil_id
              FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id
             WHERE a.pupil_id = ANY (pupils)) AS r
     WHERE NOT EXISTS (SELECT FROM ej.enrolment AS e
                        WHERE e.pupil_id = r.pupil_id AND e.during @> r.held_on);
    PERFORM ej.rule_check('marks_outside', bad);
END
$$;

CREATE OR REPLACE FUNCTION ej.rule_enrolment_shorter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_left_class(array_agg(DISTINCT o.pupil_id))
       FROM old_rows AS o LEFT JOIN new_rows AS n USING (id)
      WHERE n.id IS NULL OR NOT n.during @> o.during OR n.pupil_id <> o.pupil_id;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_enrolment_shorter', 'enrolment', 'rule_enrolment_shorter', 'update');

CREATE OR REPLACE FUNCTION ej.rule_enrolment_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_left_class(array_agg(DISTINCT pupil_id)) FROM old_rows;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_enrolment_removed', 'enrolment', 'rule_enrolment_removed', 'delete');
