-- timetable_lessons.sql: the lessons of the term ahead, made from the timetable.
--
-- The lessons from tomorrow on are compared with the timetable, the bells, terms and holidays:
-- missing lessons are added, lessons at another hour are moved (within their week), superfluous
-- ones deleted. A lesson with an entry (topic, homework, a work, an absence), a cancelled one and
-- one that is given otherwise than planned (substitutions.sql) stay as they are. Such a lesson counts
-- as one that its week lacks, when there is no other lesson to be moved there.

-- The days for which lessons are made: from tomorrow to the end of the terms that have begun or
-- begin within four weeks.
CREATE OR REPLACE FUNCTION ej.lessons_days(school_id bigint, OUT from_on date, OUT till_on date, OUT year int)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT greatest(d.day + 1, lower(y.during)), max(upper(m.during) - 1), y.year
  FROM (SELECT ej.today(lessons_days.school_id) AS day) AS d
  JOIN ej.school_year AS y ON y.school_id = lessons_days.school_id AND upper(y.during) > d.day + 1
   AND lower(y.during) <= d.day + 28
  JOIN ej.term_plan AS p ON p.school_id = y.school_id AND p.year = y.year
  JOIN ej.term AS m ON m.term_plan_id = p.id AND m.is_taught AND lower(m.during) <= d.day + 28
 GROUP BY d.day, y.year, y.during ORDER BY y.year LIMIT 1
$$;

-- The lessons that the timetable wants on these days; during is NULL where the hour has no bell.
CREATE OR REPLACE FUNCTION ej.lessons_wanted(school_id bigint, year int, from_on date, till_on date)
RETURNS TABLE (teaching_id bigint, study_group_id bigint, staff_id bigint, room_id bigint, held_on date, slot int,
               during tsrange)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH y AS MATERIALIZED (
        SELECT lower(y.during) AS year_from FROM ej.school_year AS y
         WHERE y.school_id = lessons_wanted.school_id AND y.year = lessons_wanted.year
    ), g AS MATERIALIZED ( -- each group with its terms; of several classes those of the first
        SELECT g.id, coalesce(c.plan, (SELECT min(p.id) FROM ej.term_plan AS p
                                        WHERE p.school_id = g.school_id AND p.year = g.year)) AS plan, c.grade
          FROM ej.study_group AS g
          LEFT JOIN LATERAL (SELECT c.term_plan_id AS plan, c.grade FROM ej.study_group_class AS k
                               JOIN ej.class AS c ON c.id = k.class_id
                              WHERE k.study_group_id = g.id ORDER BY c.grade, c.id LIMIT 1) AS c ON true
         WHERE g.school_id = lessons_wanted.school_id AND g.year = lessons_wanted.year
    ), free AS MATERIALIZED (
        SELECT h.during, h.kind FROM ej.holiday AS h
         WHERE h.school_id = ANY (ARRAY(SELECT lessons_wanted.school_id)) AND h.year = lessons_wanted.year
    ), closed AS MATERIALIZED (
        SELECT j.teaching_id, j.term_id FROM ej.journal AS j
         WHERE j.school_id = ANY (ARRAY(SELECT lessons_wanted.school_id)) AND j.closed_at IS NOT NULL
    ), hour AS MATERIALIZED (
        SELECT x.teaching_id, x.weekday, x.cycle, x.slot, x.room_id, x.during FROM ej.timetable AS x
         WHERE x.school_id = ANY (ARRAY(SELECT lessons_wanted.school_id))
    ), day AS MATERIALIZED ( -- the days on which a group has lessons
        SELECT g.id, m.id AS term_id, d.day::date AS day
          FROM g JOIN ej.groups_week_days(ARRAY(SELECT g.id FROM g)) AS w ON w.study_group_id = g.id
          JOIN ej.term AS m ON m.term_plan_id = g.plan AND m.is_taught
           AND m.school_id = lessons_wanted.school_id
         CROSS JOIN LATERAL generate_series(greatest(lower(m.during), lessons_wanted.from_on),
                                            least(upper(m.during) - 1, lessons_wanted.till_on),
                                                interval '1 day') AS d(day)
         WHERE extract(isodow FROM d.day) <= w.week_days
           AND NOT EXISTS (SELECT FROM free AS h WHERE h.during @> d.day::date AND (h.kind <> 'extra' OR g.grade = 1))
    ), rung AS MATERIALIZED ( -- with its bells
        SELECT DISTINCT ON (d.id, d.day, d.term_id) d.id, d.term_id, d.day, m.bell_plan_id AS bells
          FROM day AS d
          LEFT JOIN ej.group_modes(ARRAY(SELECT g.id FROM g)) AS m ON m.study_group_id = d.id AND m.during @> d.day
         ORDER BY d.id, d.day, d.term_id, m.place
    )
    SELECT t.id, t.study_group_id,
           -- handed over from a later day: until then the former teacher gives the lessons
           coalesce((SELECT f.staff_id FROM ej.teaching_former AS f WHERE f.teaching_id = t.id AND f.during @> d.day),
                    t.staff_id),
           x.room_id, d.day, x.slot,
           CASE WHEN b.slot IS NOT NULL THEN tsrange(d.day + b.starts, d.day + b.ends) END
      FROM y, ej.teaching AS t
      JOIN hour AS x ON x.teaching_id = t.id
      JOIN rung AS d ON d.id = t.study_group_id AND x.during @> d.day AND extract(isodow FROM d.day) = x.weekday
      LEFT JOIN ej.bell AS b ON b.bell_plan_id = d.bells AND b.slot = x.slot
     WHERE t.school_id = lessons_wanted.school_id AND t.year = lessons_wanted.year
       AND x.cycle IN (0, ej.timetable_cycle(d.day, y.year_from))
       AND (t.id, d.term_id) NOT IN (SELECT j.teaching_id, j.term_id FROM closed AS j);
END
$$;

-- The stored lessons of these days, and whether they stay as they are.
CREATE OR REPLACE FUNCTION ej.lessons_stored(school_id bigint, from_on date, till_on date)
RETURNS TABLE (id bigint, teaching_id bigint, study_group_id bigint, staff_id bigint, room_id bigint, held_on date,
               slot int, during tsrange, is_kept boolean)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH l AS MATERIALIZED (
        SELECT l.* FROM ej.lesson AS l
         WHERE l.school_id = lessons_stored.school_id
           AND l.held_on BETWEEN lessons_stored.from_on AND lessons_stored.till_on
    ), written AS MATERIALIZED (
        -- a work of the schedule of control works finds its lesson by the day (controls.sql)
        SELECT w.lesson_id FROM ej.work AS w
         WHERE w.lesson_id = ANY (ARRAY(SELECT l.id FROM l)) AND w.control_work_id IS NULL
         UNION ALL SELECT h.lesson_id FROM ej.homework AS h WHERE h.lesson_id = ANY (ARRAY(SELECT l.id FROM l))
         UNION ALL SELECT a.lesson_id FROM ej.attendance AS a WHERE a.lesson_id = ANY (ARRAY(SELECT l.id FROM l))
         UNION ALL SELECT j.joined_id FROM l AS j WHERE j.joined_id IS NOT NULL
    )
    SELECT l.id, l.teaching_id, l.study_group_id, l.staff_id, l.room_id, l.held_on, l.slot, l.during,
           l.state <> 'planned' OR l.topic <> '' OR l.attendance_at IS NOT NULL OR l.homework IS NOT NULL
             OR l.is_substitute OR l.moved_on IS NOT NULL OR l.instead_of_id IS NOT NULL OR l.joined_id IS NOT NULL
             OR l.id IN (SELECT w.lesson_id FROM written AS w)
      FROM l;
END
$$;

-- The changes to be made. what: new, moved, gone, or stuck for a lesson that cannot be placed: it
-- has no bell, or a kept lesson has its teacher, group or room at that time.
CREATE OR REPLACE FUNCTION ej.lessons_changes(school_id bigint)
RETURNS TABLE (what text, lesson_id bigint, teaching_id bigint, study_group_id bigint, staff_id bigint, room_id bigint,
               held_on date, slot int, during tsrange)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH d AS MATERIALIZED (
        SELECT d.* FROM ej.lessons_days(lessons_changes.school_id) AS d
    ), w AS MATERIALIZED (
        SELECT w.*, date_trunc('week', w.held_on) AS week
          FROM d, ej.lessons_wanted(lessons_changes.school_id, d.year, d.from_on, d.till_on) AS w
    ), e AS MATERIALIZED (
        SELECT e.*, date_trunc('week', e.held_on) AS week
          FROM d, ej.lessons_stored(lessons_changes.school_id, d.from_on, d.till_on) AS e
    ), away AS MATERIALIZED ( -- the planned places of moved lessons, also of those moved out of these days
        SELECT l.teaching_id, l.moved_on, l.moved_slot
          FROM d JOIN ej.lesson AS l ON l.moved_on BETWEEN d.from_on AND d.till_on
           AND l.study_group_id = ANY (ARRAY(SELECT g.id FROM ej.study_group AS g
                                              WHERE g.school_id = ANY (ARRAY(SELECT lessons_changes.school_id))))
    ), kept AS MATERIALIZED ( -- few: for each change they are all looked through
        SELECT e.* FROM e WHERE e.is_kept
    ), rest_w AS MATERIALIZED (
        SELECT w.*, row_number() OVER (PARTITION BY w.teaching_id, w.week ORDER BY w.held_on, w.slot) AS n
          FROM w WHERE NOT EXISTS (SELECT FROM e
                                    WHERE (e.teaching_id, e.held_on, e.slot) = (w.teaching_id, w.held_on, w.slot))
           AND NOT EXISTS (SELECT FROM away AS a
                            WHERE (a.teaching_id, a.moved_on, a.moved_slot) = (w.teaching_id, w.held_on, w.slot))
    ), rest_e AS MATERIALIZED (
        SELECT e.*, row_number() OVER (PARTITION BY e.teaching_id, e.week ORDER BY e.is_kept, e.held_on, e.slot) AS n
          FROM e WHERE NOT EXISTS (SELECT FROM w
         WHERE (e.teaching_id, e.held_on, e.slot) = (w.teaching_id, w.held_on, w.slot))
    ), change AS MATERIALIZED (
        SELECT 'moved' AS what, e.id, w.teaching_id, w.study_group_id, w.staff_id, w.room_id, w.held_on, w.slot,
               w.during
          FROM w JOIN e ON (e.teaching_id, e.held_on, e.slot) = (w.teaching_id, w.held_on, w.slot)
         WHERE NOT e.is_kept
           AND (e.during, e.room_id, e.staff_id) IS DISTINCT FROM (coalesce(w.during, e.during), w.room_id, w.staff_id)
         UNION ALL
        SELECT CASE WHEN e.id IS NULL THEN 'new' ELSE 'moved' END, e.id, w.teaching_id, w.study_group_id, w.staff_id,
               w.room_id, w.held_on, w.slot, w.during
          FROM rest_w AS w LEFT JOIN rest_e AS e USING (teaching_id, week, n)
         WHERE e.is_kept IS NOT TRUE
         UNION ALL
        SELECT 'gone', e.id, e.teaching_id, e.study_group_id, e.staff_id, e.room_id, e.held_on, e.slot, e.during
          FROM rest_e AS e LEFT JOIN rest_w AS w USING (teaching_id, week, n)
         WHERE w.teaching_id IS NULL AND NOT e.is_kept
    )
    SELECT CASE WHEN c.what <> 'gone' AND (c.during IS NULL OR EXISTS (
                     SELECT FROM kept AS k WHERE k.held_on = c.held_on AND k.during && c.during
                        AND (k.staff_id = c.staff_id OR k.study_group_id = c.study_group_id OR k.room_id = c.room_id)))
                THEN 'stuck' ELSE c.what END, c.id, c.teaching_id, c.study_group_id, c.staff_id, c.room_id, c.held_on,
                    c.slot, c.during
      FROM change AS c;
END
$$;

-- Make the lessons of a school. Whoever plans lessons or changes the timetable waits meanwhile.
-- Homework that was due at a lesson which is deleted keeps its day.
CREATE OR REPLACE FUNCTION ej.lessons_make(school_id bigint, OUT added bigint, OUT moved bigint, OUT gone bigint)
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    changes jsonb;
    gone_ids bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(lessons_make.school_id::int, n) FROM unnest('{-1,0}'::int[]) AS n;
    PERFORM set_config('ej.year', d.year::text, true) FROM ej.lessons_days(lessons_make.school_id) AS d;
    SELECT jsonb_agg(to_jsonb(c)), coalesce(array_agg(c.lesson_id) FILTER (WHERE c.what = 'gone'), '{}')
      INTO changes, gone_ids
      FROM ej.lessons_changes(lessons_make.school_id) AS c WHERE c.what <> 'stuck';
    UPDATE ej.homework AS h SET due_lesson_id = NULL WHERE h.due_lesson_id = ANY (gone_ids);
    DELETE FROM ej.work AS w WHERE w.lesson_id = ANY (gone_ids) AND w.control_work_id IS NOT NULL;
    DELETE FROM ej.lesson AS l WHERE l.id = ANY (gone_ids);
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE ej.lesson AS l SET held_on = c.held_on, slot = c.slot, during = c.during, room_id = c.room_id,
           planned_staff_id = c.staff_id, staff_id = c.staff_id
      FROM jsonb_to_recordset(changes) AS c(what text, lesson_id bigint, staff_id bigint, room_id bigint, held_on date,
                                            slot int, during tsrange)
     WHERE c.what = 'moved' AND l.id = c.lesson_id;
    GET DIAGNOSTICS moved = ROW_COUNT;
    INSERT INTO ej.lesson (school_id, teaching_id, study_group_id, held_on, slot, during, room_id, planned_staff_id,
                           staff_id)
    SELECT lessons_make.school_id, c.teaching_id, c.study_group_id, c.held_on, c.slot, c.during, c.room_id, c.staff_id,
           c.staff_id
      FROM jsonb_to_recordset(changes) AS c(what text, teaching_id bigint, study_group_id bigint, staff_id bigint,
                                            room_id bigint,
                                            held_on date, slot int, during tsrange)
     WHERE c.what = 'new' ORDER BY c.held_on, c.slot, c.teaching_id;
    GET DIAGNOSTICS added = ROW_COUNT;
    PERFORM ej.control_place(ARRAY(
        SELECT w.id FROM ej.lessons_days(lessons_make.school_id) AS d
          JOIN ej.control_work AS w
            ON w.school_id = lessons_make.school_id AND w.held_on BETWEEN d.from_on AND d.till_on));
END
$$;

-- Make the lessons of the reader's school, for those who change its timetable.
-- Errors: JE301 for anybody else.
CREATE OR REPLACE FUNCTION ej.lessons_apply(OUT added bigint, OUT moved bigint, OUT gone bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_setup_schools())[1];
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not the reader''s school to plan' USING ERRCODE = 'JE301';
    END IF;
    SELECT m.added, m.moved, m.gone INTO added, moved, gone FROM ej.lessons_make(school) AS m;
END
$$;

-- Make the lessons of all schools in which it is two o'clock at night, for the background job.
-- A school whose day is fixed (a demonstration) has no nights. A school that fails, because
-- something clashes, is counted as failed; the other schools are not affected.
CREATE OR REPLACE FUNCTION ej.lessons_night(hour int DEFAULT 2) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    s record;
    m record;
    n bigint[] := '{0,0,0,0}'; -- added, moved, deleted, failed schools
BEGIN
    PERFORM ej.enter(NULL, NULL, gen_random_uuid()); -- the history names nobody
    FOR s IN SELECT o.id FROM ej.school AS o
              WHERE o.today_fixed IS NULL AND extract(hour FROM now() AT TIME ZONE o.tz) = lessons_night.hour
              ORDER BY o.id
    LOOP
        BEGIN
            SELECT * INTO m FROM ej.lessons_make(s.id);
            n := ARRAY[n[1] + m.added, n[2] + m.moved, n[3] + m.gone, n[4]];
        EXCEPTION WHEN SQLSTATE 'JE206' OR exclusion_violation THEN
            n[4] := n[4] + 1;
        END;
    END LOOP;
    RETURN format('%s added, %s moved, %s deleted, %s schools failed', n[1], n[2], n[3], n[4]);
END
$$;

GRANT SELECT ON ej.term, ej.term_plan, ej.holiday, ej.bell, ej.mode, ej.school_year TO ej_rule;
GRANT INSERT, UPDATE, DELETE ON ej.lesson TO ej_rule;
GRANT UPDATE ON ej.homework TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.new_id() TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.lessons_apply TO ej_web;
GRANT EXECUTE ON FUNCTION ej.lessons_night TO ej_job;
