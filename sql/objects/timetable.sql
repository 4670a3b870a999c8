-- timetable.sql: the timetable of a school: whose week is shown, who would be in two
-- places, placing and moving a lesson of the week.
--
-- A row of ej.timetable is one lesson of the week from a day on until another (during). A
-- change from a day on ends the row there and goes on with a new one, so the weeks before
-- stay as they were. Functions are SECURITY INVOKER, except the rule.

-- Which of two alternating weeks a day is in (1 or 2), counted from the week in which the
-- school year begins.
CREATE OR REPLACE FUNCTION ej.timetable_cycle(day date, year_from date) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT 1 + ((date_trunc('week', day)::date - date_trunc('week', year_from)::date) / 7) % 2
$$;

-- The day on which the week is shown: within the school year, by default today.
CREATE OR REPLACE FUNCTION ej.timetable_day(day date, year daterange, today date) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT least(greatest(coalesce(day, today), lower(year)), upper(year) - 1)
$$;

-- Whose week a page shows and on which day: a class, a staff member or a room, by default
-- the reader's own; kind names the list from which another is chosen. No row when the
-- record is hidden or missing, or the school has no year.
CREATE OR REPLACE FUNCTION ej.timetable_scope(of_class bigint, of_staff bigint, of_room bigint, of_kind text,
                                              of_day date)
RETURNS TABLE (school_id bigint, year int, day_on date, today_on date, from_on date, kind text,
               class_id bigint, staff_id bigint, room_id bigint, name text, cycle int, is_mine boolean)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    a record; -- what is shown
    y record;
    own bigint := (ej.my_staff())[1];
    is_family boolean := cardinality(ej.my_staff_schools()) = 0;
BEGIN
    IF of_staff IS NOT NULL THEN
        SELECT 'staff' AS kind, f.school_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name, f.id
          INTO a FROM ej.staff AS f WHERE f.id = of_staff;
    ELSIF of_room IS NOT NULL THEN
        SELECT 'room' AS kind, r.school_id, r.name::text AS name, r.id INTO a
          FROM ej.room AS r WHERE r.id = of_room;
    ELSIF of_kind = 'school' AND NOT is_family THEN
        SELECT 'school' AS kind, o.id AS school_id, o.short_name::text AS name, NULL::bigint AS id INTO a
          FROM ej.school AS o WHERE o.id = ANY (ej.my_staff_schools());
    ELSIF of_class IS NULL AND (of_kind = 'staff'
          OR of_kind IS NULL AND EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = own)) THEN
        SELECT 'staff' AS kind, f.school_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name, f.id INTO a
          FROM ej.staff AS f WHERE f.school_id = ANY (ej.my_staff_schools())
         ORDER BY f.id = own DESC NULLS LAST, f.surname, f.given_name, f.id LIMIT 1;
    ELSIF of_class IS NULL AND of_kind = 'room' THEN
        SELECT 'room' AS kind, r.school_id, r.name::text AS name, r.id INTO a
          FROM ej.room AS r WHERE r.school_id = ANY (ej.my_staff_schools())
         ORDER BY substring(r.name FROM '^\d+')::numeric, r.name LIMIT 1;
    ELSE
        SELECT 'class' AS kind, c.school_id, c.name, c.id, c.year INTO a FROM ej.class AS c
         WHERE c.id = of_class OR of_class IS NULL
           AND (is_family OR c.school_id = ANY (ej.my_staff_schools()))
           AND c.year = (SELECT max(y.year) FROM ej.school_year AS y
                          WHERE y.school_id = c.school_id AND lower(y.during) <= ej.today(c.school_id) + 100)
         ORDER BY c.id = ANY (ej.my_classes()) DESC, c.grade, c.letter, c.id LIMIT 1;
        IF a IS NOT NULL THEN
            SELECT y.year, y.during INTO y FROM ej.school_year AS y WHERE y.school_id = a.school_id AND y.year = a.year;
        END IF;
    END IF;
    IF a IS NULL AND NOT is_family AND coalesce(of_class, of_staff, of_room) IS NULL THEN
        -- a school without classes, or without rooms: its empty page leads on
        SELECT 'school' AS kind, o.id AS school_id, o.short_name::text AS name, NULL::bigint AS id INTO a
          FROM ej.school AS o WHERE o.id = ANY (ej.my_staff_schools());
    END IF;
    IF a IS NULL THEN
        RETURN;
    ELSIF y IS NULL THEN
        SELECT y.year, y.during INTO y FROM ej.school_year AS y
         WHERE y.school_id = a.school_id AND lower(y.during) <= coalesce(of_day, ej.today(a.school_id)) + 100
         ORDER BY y.during @> coalesce(of_day, ej.today(a.school_id)) DESC, y.year DESC LIMIT 1;
    END IF;
    RETURN QUERY
    SELECT a.school_id, y.year, d.day, ej.today(a.school_id), lower(y.during), a.kind,
           CASE a.kind WHEN 'class' THEN a.id END, CASE a.kind WHEN 'staff' THEN a.id END,
           CASE a.kind WHEN 'room' THEN a.id END, a.name::text, ej.timetable_cycle(d.day, lower(y.during)),
           a.school_id = ANY (ej.my_setup_schools())
      FROM (SELECT ej.timetable_day(of_day, y.during, ej.today(a.school_id)) AS day) AS d
     WHERE y.year IS NOT NULL;
END
$$;

-- The lessons of the week of a class, a staff member or a room (or of all) on a day. part_name
-- is the group's unless it is a class; is_changed: the row begins after the school year.
CREATE OR REPLACE FUNCTION ej.timetable_week(school_id bigint, year int, day_on date, of_class bigint, of_staff bigint,
                                             of_room bigint)
RETURNS TABLE (id bigint, teaching_id bigint, weekday int, slot int, cycle int, during daterange, is_changed boolean,
               subject_name text, subject_short text, group_name text, part_name text, group_id bigint, class_id bigint,
               staff_id bigint, staff_name text, room_id bigint, room_name text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    on_day bigint[]; -- found first, so that the plan of the statement below is good for every kind
BEGIN
    IF of_class IS NOT NULL THEN
        on_day := ARRAY(SELECT x.id FROM ej.study_group_class AS k
                          JOIN ej.teaching AS t ON t.study_group_id = k.study_group_id
                          JOIN ej.timetable AS x ON x.teaching_id = t.id
                         WHERE k.class_id = of_class AND t.year = timetable_week.year AND x.during @> day_on);
    ELSIF of_staff IS NOT NULL THEN
        on_day := ARRAY(SELECT x.id FROM ej.teaching AS t JOIN ej.timetable AS x ON x.teaching_id = t.id
                         WHERE t.staff_id = of_staff AND t.year = timetable_week.year AND x.during @> day_on);
    ELSIF of_room IS NOT NULL THEN
        on_day := ARRAY(SELECT x.id FROM ej.timetable AS x WHERE x.room_id = of_room AND x.during @> day_on);
    ELSE
        on_day := ARRAY(SELECT x.id FROM ej.timetable AS x
                         WHERE x.school_id = timetable_week.school_id AND x.during @> day_on);
    END IF;
    RETURN QUERY
    SELECT x.id, t.id, x.weekday, x.slot, x.cycle, x.during, lower(x.during) > lower(y.during),
           s.name::text, s.short_name::text, g.name::text, CASE WHEN g.kind <> 'class' THEN g.name::text END, g.id,
           CASE WHEN g.kind = 'class'
                THEN (SELECT k.class_id FROM ej.study_group_class AS k WHERE k.study_group_id = g.id LIMIT 1) END,
           t.staff_id, ej.short_name(f.surname, f.given_name, f.patronymic), x.room_id, r.name::text
      FROM ej.school_year AS y
      JOIN ej.timetable AS x ON x.id = ANY (on_day)
      JOIN ej.teaching AS t ON t.id = x.teaching_id AND t.school_id = y.school_id AND t.year = y.year
      JOIN ej.study_group AS g ON g.id = t.study_group_id
      JOIN ej.subject AS s ON s.id = t.subject_id
      LEFT JOIN ej.staff AS f ON f.id = t.staff_id
      LEFT JOIN ej.room AS r ON r.id = x.room_id
     WHERE y.school_id = timetable_week.school_id AND y.year = timetable_week.year;
END
$$;

-- The teachings of a class or a staff member (or all), with the hours that are in the timetable on
-- a day; a lesson every other week counts half.
CREATE OR REPLACE FUNCTION ej.timetable_load(school_id bigint, year int, day_on date, class_id bigint, staff_id bigint)
RETURNS TABLE (teaching_id bigint, subject_name text, group_name text, staff_name text, hours_week numeric,
               placed numeric)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.id, s.name::text, g.name::text, ej.short_name(f.surname, f.given_name, f.patronymic),
           trim_scale(t.hours_week),
           (SELECT coalesce(sum(CASE x.cycle WHEN 0 THEN 1 ELSE 0.5 END), 0) FROM ej.timetable AS x
             WHERE x.teaching_id = t.id AND x.during @> timetable_load.day_on)
      FROM ej.teaching AS t
      JOIN ej.study_group AS g ON g.id = t.study_group_id
      JOIN ej.subject AS s ON s.id = t.subject_id
      LEFT JOIN ej.staff AS f ON f.id = t.staff_id
     WHERE t.school_id = timetable_load.school_id AND t.year = timetable_load.year
       AND (timetable_load.staff_id IS NULL OR t.staff_id = timetable_load.staff_id)
       AND (timetable_load.class_id IS NULL OR t.study_group_id = ANY (ARRAY(
                SELECT g.study_group_id FROM ej.study_group_class AS g WHERE g.class_id = timetable_load.class_id)));
END
$$;

-- The room that a new lesson of the week is proposed: the one in which the teacher mostly is.
CREATE OR REPLACE FUNCTION ej.timetable_room(teaching_id bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT x.room_id FROM ej.teaching AS t
      JOIN ej.teaching AS o ON o.staff_id = t.staff_id AND o.year = t.year
      JOIN ej.timetable AS x ON x.teaching_id = o.id
     WHERE t.id = timetable_room.teaching_id AND x.room_id IS NOT NULL
       AND o.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
       AND x.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
     GROUP BY x.room_id ORDER BY max((x.teaching_id = t.id)::int) DESC, count(*) DESC, x.room_id LIMIT 1
$$;

-- --------------------------------------------------------------- clashes --

-- The rows of the timetable that these rows (whether stored or not) clash with: n is the
-- number of the row in the array, rule what is in two places, pupil_id a pupil of both groups.
-- A class clashes with its own subgroups also before their pupils are known. Rows that are to be
-- added together have different negative ids: they are compared with each other, too. The
-- rows in gone are about to end. The planner takes an array for a few rows; nested loops, which
-- are then its choice, take minutes for the timetable of a whole school.
CREATE OR REPLACE FUNCTION ej.timetable_clashes(rows ej.timetable[], gone bigint[] DEFAULT '{}')
RETURNS TABLE (n bigint, rule text, other_id bigint, pupil_id bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT x.n, x.id, x.school_id, x.weekday, x.slot, x.cycle, x.room_id, x.during,
               t.staff_id, t.study_group_id, g.kind::text AS kind, r.is_shared
          FROM unnest(rows) WITH ORDINALITY AS x(id, school_id, teaching_id, weekday, cycle, slot, room_id, during, n)
          JOIN ej.teaching AS t ON t.id = x.teaching_id
          JOIN ej.study_group AS g ON g.id = t.study_group_id
          LEFT JOIN ej.room AS r ON r.id = x.room_id AND r.school_id = x.school_id
         WHERE t.id = ANY (ARRAY(SELECT r.teaching_id FROM unnest(rows) AS r))
           AND g.id = ANY (ARRAY(SELECT t.study_group_id FROM ej.teaching AS t
                                  WHERE t.id = ANY (ARRAY(SELECT r.teaching_id FROM unnest(rows) AS r))))
    ), other AS MATERIALIZED (
        SELECT o.id, o.school_id, o.weekday, o.slot, o.cycle, o.room_id, o.during, t.staff_id, t.study_group_id,
               g.kind::text AS kind
          FROM ej.timetable AS o
          JOIN ej.teaching AS t ON t.id = o.teaching_id
          JOIN ej.study_group AS g ON g.id = t.study_group_id
         WHERE o.school_id = ANY (ARRAY(SELECT m.school_id FROM mine AS m))
           AND t.id = ANY (ARRAY(SELECT o.teaching_id FROM ej.timetable AS o
                                  WHERE o.school_id = ANY (ARRAY(SELECT m.school_id FROM mine AS m))))
           AND g.school_id = ANY (ARRAY(SELECT m.school_id FROM mine AS m))
           AND o.weekday = ANY (ARRAY(SELECT m.weekday FROM mine AS m))
           AND o.id <> ALL (gone)
         UNION ALL
        SELECT m.id, m.school_id, m.weekday, m.slot, m.cycle, m.room_id, m.during, m.staff_id, m.study_group_id, m.kind
          FROM mine AS m WHERE m.id < 0
    ), bell AS MATERIALIZED ( -- of each group, so that two shifts are told apart
        SELECT g.study_group_id, b.slot, b.starts, b.ends
          FROM (SELECT DISTINCT ON (x.study_group_id) x.study_group_id, x.bell_plan_id
                  FROM ej.group_modes(ARRAY(SELECT m.study_group_id FROM mine AS m
                                             UNION SELECT o.study_group_id FROM other AS o)) AS x
                 WHERE x.during @> (SELECT min(lower(m.during)) FROM mine AS m)
                 ORDER BY x.study_group_id, x.place) AS g
          JOIN ej.bell AS b ON b.bell_plan_id = g.bell_plan_id
    ), met AS MATERIALIZED (
        SELECT m.n, o.id AS other_id, m.during * o.during AS days, m.study_group_id, o.study_group_id AS other_group,
               m.staff_id = o.staff_id AS is_staff, m.room_id = o.room_id AND NOT m.is_shared AS is_room,
               'class' IN (m.kind, o.kind) AND m.kind || o.kind ~ 'subgroup|combined|classclass' AS is_class,
               -- who is taught alone misses lessons of the class meanwhile (ej.rule_same_pupil_hours)
               (m.kind IN ('individual', 'home')) <> (o.kind IN ('individual', 'home')) AS is_alone
          FROM mine AS m
          JOIN other AS o ON o.school_id = m.school_id AND o.weekday = m.weekday
           AND o.during && m.during AND (o.cycle = m.cycle OR 0 IN (o.cycle, m.cycle))
           AND o.id IS DISTINCT FROM m.id
          LEFT JOIN bell AS b ON b.study_group_id = m.study_group_id AND b.slot = m.slot
          LEFT JOIN bell AS c ON c.study_group_id = o.study_group_id AND c.slot = o.slot
         WHERE CASE WHEN b.slot IS NULL OR c.slot IS NULL THEN o.slot = m.slot
                    ELSE b.starts < c.ends AND c.starts < b.ends END
    ), pair AS MATERIALIZED (
        SELECT a.study_group_id, b.study_group_id AS other_group, a.pupil_id, a.during * b.during AS days
          FROM ej.membership AS a
          JOIN ej.membership AS b ON b.pupil_id = a.pupil_id AND b.during && a.during
         WHERE a.study_group_id = ANY (ARRAY(SELECT m.study_group_id FROM met AS m))
           AND b.study_group_id = ANY (ARRAY(SELECT m.other_group FROM met AS m))
    )
    SELECT m.n, 'timetable_staff', m.other_id, NULL::bigint FROM met AS m WHERE m.is_staff
     UNION ALL
    SELECT m.n, 'timetable_room', m.other_id, NULL FROM met AS m WHERE m.is_room
     UNION ALL
    SELECT m.n, 'timetable_group', m.other_id, NULL FROM met AS m
     WHERE m.study_group_id = m.other_group
        OR m.is_class AND EXISTS (SELECT FROM ej.study_group_class AS a JOIN ej.study_group_class AS b USING (class_id)
                                   WHERE a.study_group_id = m.study_group_id AND b.study_group_id = m.other_group)
     UNION ALL
    SELECT m.n, 'timetable_pupil', m.other_id, min(p.pupil_id)
      FROM met AS m JOIN pair AS p ON p.study_group_id = m.study_group_id AND p.other_group = m.other_group
       AND p.days && m.days
     WHERE m.study_group_id <> m.other_group AND NOT m.is_alone
     GROUP BY m.n, m.other_id;
END
$$;

-- The cells (slot * 10 + weekday) in which a teaching, or a row that moves, would clash, with the
-- first of the reasons in words.
CREATE OR REPLACE FUNCTION ej.timetable_busy(teaching_id bigint, timetable_id bigint, day_on date, cells int[])
RETURNS TABLE (cell int, is_busy text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    item ej.timetable;
BEGIN
    IF timetable_busy.timetable_id IS NOT NULL THEN
        SELECT x.* INTO item FROM ej.timetable AS x WHERE x.id = timetable_busy.timetable_id;
    ELSE
        SELECT t.school_id, t.id, 0, daterange(timetable_busy.day_on, upper(y.during))
          INTO item.school_id, item.teaching_id, item.cycle, item.during
          FROM ej.teaching AS t JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
         WHERE t.id = timetable_busy.teaching_id AND timetable_busy.day_on < upper(y.during);
    END IF;
    IF item.teaching_id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT cells[c.n], min(ej.timetable_name(c.other_id))
      FROM ej.timetable_clashes(ARRAY(
               SELECT ROW(item.id, item.school_id, item.teaching_id, u.cell % 10, item.cycle, u.cell / 10,
                          item.room_id, item.during)::ej.timetable
                 FROM unnest(cells) WITH ORDINALITY AS u(cell, n) ORDER BY u.n)) AS c
     GROUP BY c.n;
END
$$;

-- The last weekday on which groups learn: that of the group itself (a pupil taught at home); else a
-- class, its parts and its pupils taught alone as long as the class does (of several the longest);
-- any other group on six days.
CREATE OR REPLACE FUNCTION ej.groups_week_days(group_ids bigint[]) RETURNS TABLE (study_group_id bigint, week_days int)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT g.id, coalesce(g.week_days, max(c.week_days) FILTER (
               WHERE g.kind IN ('class', 'subgroup', 'combined', 'individual', 'home')), 6)
      FROM ej.study_group AS g
      LEFT JOIN ej.study_group_class AS k ON k.study_group_id = g.id
      LEFT JOIN ej.class AS c ON c.id = k.class_id
     WHERE g.id = ANY (group_ids)
     GROUP BY g.id;
END
$$;

-- Those of the rows that are on a day on which their group does not learn, or NULL.
CREATE OR REPLACE FUNCTION ej.timetable_bad_days(rows ej.timetable[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_agg(x.id)
  FROM unnest(rows) AS x
  JOIN ej.teaching AS t ON t.id = x.teaching_id
  JOIN ej.groups_week_days(ARRAY(SELECT t.study_group_id FROM unnest(rows) AS x
                                   JOIN ej.teaching AS t ON t.id = x.teaching_id)) AS w USING (study_group_id)
 WHERE x.weekday > w.week_days
$$;

-- Refuse rows on a day on which the class does not learn, and rows that clash. Two sessions that
-- write the timetable of a school wait for each other
-- at an advisory lock, so that the second sees the rows of the first.
CREATE OR REPLACE FUNCTION ej.rule_timetable() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    PERFORM pg_advisory_xact_lock(s.school_id::int, -1)
       FROM (SELECT DISTINCT n.school_id FROM new_rows AS n ORDER BY 1) AS s;
    IF TG_OP = 'INSERT' THEN
        PERFORM ej.rule_check('timetable_day', ej.timetable_bad_days(ARRAY(SELECT n::ej.timetable FROM new_rows AS n)));
    ELSE -- a row that was there may end
        PERFORM ej.rule_check('timetable_day', ej.timetable_bad_days(ARRAY(
            SELECT n::ej.timetable FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.weekday <> n.weekday)));
    END IF;
    SELECT c.rule, jsonb_agg(DISTINCT c.other_id) AS rows INTO bad
      FROM ej.timetable_clashes(ARRAY(SELECT n::ej.timetable FROM new_rows AS n)) AS c
     GROUP BY c.rule ORDER BY c.rule DESC LIMIT 1;
    PERFORM ej.rule_check(bad.rule, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_timetable', 'timetable', 'rule_timetable', 'insert', 'update');

-- ---------------------------------------------------------------- saving --

-- «7Б, Алгебра, Иванова М. П., каб. 31»: a row of the timetable in words.
CREATE OR REPLACE FUNCTION ej.timetable_name(timetable_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT concat_ws(', ', g.name, s.name, ej.short_name(f.surname, f.given_name, f.patronymic),
                             CASE WHEN r.name ~ '^\d' THEN 'каб. ' ELSE '' END || r.name)
              FROM ej.timetable AS x
              JOIN ej.teaching AS t ON t.id = x.teaching_id
              JOIN ej.study_group AS g ON g.id = t.study_group_id
              JOIN ej.subject AS s ON s.id = t.subject_id
              LEFT JOIN ej.staff AS f ON f.id = t.staff_id
              LEFT JOIN ej.room AS r ON r.id = x.room_id
             WHERE x.id = timetable_id);
END
$$;

-- The outcomes of a refused row: one for each teacher, room, group or pupil that would be in two
-- places. value: the other row in words; who: the pupil.
CREATE OR REPLACE FUNCTION ej.timetable_bad(item ej.timetable) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('outcome', 'bad', 'code', 'JE206',
           'field', CASE c.rule WHEN 'timetable_room' THEN 'place_id' ELSE substr(c.rule, 11) || '_id' END,
           'value', ej.timetable_name(c.other_id),
           'who', CASE WHEN c.pupil_id IS NOT NULL THEN ej.pupil_name(c.pupil_id) END)) ORDER BY c.rule, c.other_id)
  FROM ej.timetable_clashes(ARRAY[item]) AS c
$$;

-- Write a row of the timetable: add item (stored is NULL), or change the stored row into item
-- from a day on; an item without a teaching removes the stored row from that day on. Returns
-- the outcomes: saved, or the clashes.
CREATE OR REPLACE FUNCTION ej.timetable_write(stored ej.timetable, item ej.timetable, from_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    rule  text;
    field text;
    code  text;
BEGIN
    IF item.id IS NOT NULL AND lower(stored.during) < from_on THEN
        UPDATE ej.timetable AS x SET during = daterange(lower(x.during), from_on) WHERE x.id = stored.id;
        IF item.teaching_id IS NOT NULL THEN
            item.id := NULL;
            item.during := daterange(from_on, upper(stored.during));
        END IF;
    ELSIF item.teaching_id IS NULL THEN
        DELETE FROM ej.timetable AS x WHERE x.id = stored.id;
    ELSIF item.id IS NOT NULL THEN
        UPDATE ej.timetable AS x SET weekday = item.weekday, slot = item.slot, cycle = item.cycle,
               room_id = item.room_id
         WHERE x.id = item.id;
    END IF;
    IF item.id IS NULL THEN
        INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, cycle, room_id, during)
        VALUES (item.school_id, item.teaching_id, item.weekday, item.slot, item.cycle, item.room_id, item.during);
    END IF;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN SQLSTATE 'JE206' OR SQLSTATE 'JE216' OR SQLSTATE 'JE219' OR foreign_key_violation THEN
    GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME, field = COLUMN_NAME, code = RETURNED_SQLSTATE;
    IF code = 'JE216' THEN
        RETURN '[{"outcome": "bad", "code": "JE216", "field": "place_id"}]';
    END IF;
    IF code = 'JE219' THEN
        RETURN '[{"outcome": "bad", "code": "JE219", "field": "at"}]';
    END IF;
    RETURN coalesce(ej.timetable_bad(item), jsonb_build_array(ej.refusal('ej.timetable', code, rule, field)));
END
$$;

-- Save one lesson of the week: place a teaching (without timetable_id), move it, give it another
-- room or cycle, or remove it, from day_on. `at` is weekday.slot, the place; old_… are the
-- values that the page showed.
CREATE OR REPLACE FUNCTION ej.timetable_save(fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    outcomes jsonb;
    stored   ej.timetable;
    item     ej.timetable;
    year     daterange;
    from_on  date := (fields ->> 'day_on')::date;
    place    text := fields ->> 'at';
BEGIN
    IF fields ->> 'timetable_id' IS NOT NULL THEN
        SELECT x.* INTO stored FROM ej.timetable AS x WHERE x.id = (fields ->> 'timetable_id')::bigint FOR UPDATE;
        item := stored;
    ELSE
        SELECT t.school_id, t.id INTO item.school_id, item.teaching_id
          FROM ej.teaching AS t WHERE t.id = (fields ->> 'teaching_id')::bigint
           AND t.school_id = ANY (ej.my_setup_schools());
    END IF;
    SELECT y.during INTO year FROM ej.teaching AS t
      JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year WHERE t.id = item.teaching_id;
    IF year IS NULL THEN
        outcomes := '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF NOT year @> from_on OR upper(stored.during) <= from_on THEN
        outcomes := '[{"outcome": "bad", "code": "JE203", "field": "day_on"}]';
    ELSIF place !~ '^[1-6]\.([0-9]|1[0-9]|20)$' THEN
        outcomes := '[{"outcome": "bad", "code": "JE106", "field": "at"}]';
    ELSE
        outcomes := coalesce((SELECT jsonb_agg(ej.conflict(v.field, v.stored, 'timetable', ARRAY[stored.id]))
            FROM (VALUES ('at', stored.weekday || '.' || stored.slot, fields ->> 'old_at'),
                         ('place_id', coalesce(stored.room_id::text, ''), coalesce(fields ->> 'old_place_id', '')),
                         ('cycle', stored.cycle::text, fields ->> 'old_cycle')) AS v(field, stored, old)
           WHERE stored.id IS NOT NULL AND v.stored IS DISTINCT FROM v.old), '[]');
    END IF;
    IF outcomes = '[]' THEN
        item.weekday := split_part(place, '.', 1)::int;
        item.slot := split_part(place, '.', 2)::int;
        item.cycle := (fields ->> 'cycle')::int;
        item.room_id := (fields ->> 'place_id')::bigint;
        item.during := coalesce(stored.during, daterange(from_on, upper(year)));
        IF (fields ->> 'is_removed')::boolean THEN
            item.teaching_id := NULL;
        END IF;
        outcomes := ej.timetable_write(stored, item, from_on);
    END IF;
    RETURN outcomes;
END
$$;

GRANT SELECT ON ej.bell, ej.mode TO ej_rule;
