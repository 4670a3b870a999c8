-- timetable_whole.sql: a whole timetable replaces the present one from a day on.
--
-- The new timetable has lessons, [{teaching_id, weekday, slot, cycle, room_id}, …], and a scope, the
-- ids of the teachings whose timetable is replaced; rows of other teachings stay. A row that is equal
-- in both is not touched, so the same timetable changes nothing when it is applied again. A new lesson
-- without a room is equal to one in any room.

-- The first day for which a timetable is proposed: the next Monday, within the school year.
CREATE OR REPLACE FUNCTION ej.timetable_whole_first_day() RETURNS date
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT greatest(lower(y.during), date_trunc('week', ej.today(y.school_id) + 7)::date)
  FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools()))) AND y.year = ej.import_year()
$$;

-- Refuse a day outside of the school year. Errors: JE171.
CREATE OR REPLACE FUNCTION ej.timetable_whole_check_day(day_on date) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ej.school_year AS y
                    WHERE y.school_id = ANY (ej.my_setup_schools()) AND y.year = ej.import_year()
                      AND y.during @> timetable_whole_check_day.day_on) THEN
        RAISE EXCEPTION 'outside the year' USING ERRCODE = 'JE171', COLUMN = 'day_on';
    END IF;
END
$$;

-- The names of the weekdays, from Monday, in a file of FET.
CREATE OR REPLACE FUNCTION ej.timetable_whole_weekdays() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT '{Понедельник,Вторник,Среда,Четверг,Пятница,Суббота}'::text[] $$;

-- The rows of the new timetable and of the present one, compared: same, new, gone. id: of the
-- present one's row.
CREATE OR REPLACE FUNCTION ej.timetable_whole_compare(scope bigint[], lessons jsonb, from_on date)
RETURNS TABLE (what text, id bigint, teaching_id bigint, weekday int, slot int, cycle int, room_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH year AS MATERIALIZED (
    SELECT upper(y.during) AS till_on
      FROM ej.teaching AS t JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
     WHERE t.id = ANY (scope) LIMIT 1
), wanted AS MATERIALIZED (
    SELECT DISTINCT ON (w.teaching_id, w.weekday, w.slot)
           w.teaching_id, w.weekday, w.slot, coalesce(w.cycle, 0) AS cycle, w.room_id
      FROM jsonb_to_recordset(lessons) AS w(teaching_id bigint, weekday int, slot int, cycle int, room_id bigint)
     ORDER BY w.teaching_id, w.weekday, w.slot, w.room_id
), stored AS MATERIALIZED (
    SELECT x.id, x.teaching_id, x.weekday, x.slot, x.cycle, x.room_id,
           lower(x.during) <= timetable_whole_compare.from_on
               AND upper(x.during) >= (SELECT y.till_on FROM year AS y) AS is_whole
      FROM ej.timetable AS x
     WHERE x.teaching_id = ANY (scope) AND upper(x.during) > timetable_whole_compare.from_on
), met AS (
    SELECT w.teaching_id AS wanted, x.id,
           coalesce(w.teaching_id, x.teaching_id) AS teaching_id, coalesce(w.weekday, x.weekday) AS weekday,
           coalesce(w.slot, x.slot) AS slot, coalesce(w.cycle, x.cycle) AS cycle,
           coalesce(w.room_id, x.room_id) AS room_id,
           x.is_whole AND w.cycle = x.cycle
               AND (w.room_id IS NULL OR w.room_id IS NOT DISTINCT FROM x.room_id) AS is_same,
           x.teaching_id AS t, x.weekday AS d, x.slot AS s, x.cycle AS c, x.room_id AS r
      FROM wanted AS w
      FULL JOIN stored AS x ON x.teaching_id = w.teaching_id AND x.weekday = w.weekday AND x.slot = w.slot
)
SELECT 'same', m.id, m.teaching_id, m.weekday, m.slot, m.cycle, m.room_id FROM met AS m WHERE m.is_same
 UNION ALL
SELECT DISTINCT 'new', NULL::bigint, m.teaching_id, m.weekday, m.slot, m.cycle, m.room_id FROM met AS m
 WHERE m.wanted IS NOT NULL AND NOT EXISTS (
    SELECT FROM met AS o WHERE o.is_same AND (o.teaching_id, o.weekday, o.slot) = (m.teaching_id, m.weekday, m.slot))
 UNION ALL
SELECT 'gone', m.id, m.t, m.d, m.s, m.c, m.r FROM met AS m WHERE m.id IS NOT NULL AND m.is_same IS NOT TRUE
$$;

-- «7Б, Алгебра, Иванова М. П., каб. 31»: a lesson in words.
CREATE OR REPLACE FUNCTION ej.timetable_whole_name(teaching_id bigint, room_id bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT concat_ws(', ', g.name, s.name, ej.short_name(f.surname, f.given_name, f.patronymic), 'каб. ' || r.name)
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff AS f ON f.id = t.staff_id
  LEFT JOIN ej.room AS r ON r.id = timetable_whole_name.room_id
 WHERE t.id = timetable_whole_name.teaching_id
$$;

-- Add the rows (with negative ids) that clash neither with the timetable nor with each other. Of
-- two rows that clash with each other the first is added. Returns the clashes of the rows that
-- are not added: {weekday, slot, name, rule, other, who}.
CREATE OR REPLACE FUNCTION ej.timetable_whole_insert(rows ej.timetable[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    clashes jsonb;
    bad     int[];
BEGIN
    LOOP
        SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.n, c.rule, c.other_id), '[]'),
               coalesce(array_agg(DISTINCT c.n) FILTER (WHERE c.other_id > 0 OR c.other_id > rows[c.n].id), '{}')
          INTO clashes, bad FROM ej.timetable_clashes(rows) AS c;
        EXIT WHEN cardinality(bad) = cardinality(rows);
        INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, cycle, room_id, during)
        SELECT r.school_id, r.teaching_id, r.weekday, r.slot, r.cycle, r.room_id, r.during
          FROM unnest(rows) WITH ORDINALITY AS r(id, school_id, teaching_id, weekday, cycle, slot, room_id, during, n)
         WHERE r.n <> ALL (bad) ORDER BY r.n;
        rows := ARRAY(SELECT rows[b.n] FROM unnest(bad) AS b(n) ORDER BY b.n);
    END LOOP;
    RETURN (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                       'weekday', rows[c.n].weekday, 'slot', rows[c.n].slot, 'rule', substr(c.rule, 11),
                       'name', ej.timetable_whole_name(rows[c.n].teaching_id, rows[c.n].room_id),
                       'other', ej.timetable_name(c.other_id),
                       'who', CASE WHEN c.pupil_id IS NOT NULL THEN ej.pupil_name(c.pupil_id) END))
                           ORDER BY c.n, c.rule), '[]')
              FROM (SELECT DISTINCT ON (c.n) c.*
                      FROM jsonb_to_recordset(clashes) AS c(n int, rule text, other_id bigint, pupil_id bigint)
                     WHERE c.other_id > 0
                     ORDER BY c.n, c.rule DESC) AS c);
END
$$;

-- Replace the timetable of the scope from a day on. Returns {same, gone, added,
-- faults}: three numbers of lessons, and the clashes of the lessons that are not added.
CREATE OR REPLACE FUNCTION ej.timetable_whole_apply(scope bigint[], lessons jsonb, from_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (SELECT t.school_id FROM ej.teaching AS t WHERE t.id = ANY (scope) LIMIT 1);
    days   daterange := (SELECT daterange(timetable_whole_apply.from_on, upper(y.during)) FROM ej.teaching AS t
                           JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
                          WHERE t.id = ANY (scope) LIMIT 1);
    parts  jsonb;
    gone   bigint[];
    rows   ej.timetable[];
    faults jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.weekday, p.slot, p.teaching_id), '[]') INTO parts
      FROM ej.timetable_whole_compare(scope, lessons, timetable_whole_apply.from_on) AS p;
    gone := ARRAY(SELECT p.id FROM jsonb_to_recordset(parts) AS p(what text, id bigint) WHERE p.what = 'gone');
    rows := ARRAY(SELECT ROW(-p.n, school, p.teaching_id, p.weekday, p.cycle, p.slot, p.room_id, days)::ej.timetable
                    FROM (SELECT row_number() OVER () AS n, p.* FROM jsonb_to_recordset(parts)
                              AS p(what text, teaching_id bigint, weekday int, slot int, cycle int, room_id bigint)
                           WHERE p.what = 'new') AS p ORDER BY p.n);
    DELETE FROM ej.timetable AS x WHERE x.id = ANY (gone) AND lower(x.during) >= timetable_whole_apply.from_on;
    UPDATE ej.timetable AS x SET during = daterange(lower(x.during), timetable_whole_apply.from_on)
     WHERE x.id = ANY (gone) AND lower(x.during) < timetable_whole_apply.from_on;
    faults := ej.timetable_whole_insert(rows);
    RETURN jsonb_build_object(
        'same', (SELECT count(*) FROM jsonb_to_recordset(parts) AS p(what text) WHERE p.what = 'same'),
        'gone', cardinality(gone),
        'added', cardinality(rows) - jsonb_array_length(faults),
        'faults', faults);
END
$$;

-- Replace the timetable and undo it: the result that ej.timetable_whole_apply() would have.
CREATE OR REPLACE FUNCTION ej.timetable_whole_trial(scope bigint[], lessons jsonb, from_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    result jsonb;
BEGIN
    result := ej.timetable_whole_apply(scope, lessons, timetable_whole_trial.from_on);
    RAISE EXCEPTION USING ERRCODE = 'EJ000';
EXCEPTION WHEN SQLSTATE 'EJ000' THEN
    RETURN result;
END
$$;

-- The number of gaps (free hours between two lessons of a teacher on one day) in the lessons of a
-- week, [{teaching_id, weekday, slot}, …].
CREATE OR REPLACE FUNCTION ej.timetable_whole_gaps(lessons jsonb) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(sum(d.gaps), 0)::bigint
  FROM (SELECT max(x.slot) - min(x.slot) + 1 - count(DISTINCT x.slot) AS gaps
          FROM jsonb_to_recordset(lessons) AS x(teaching_id bigint, weekday int, slot int)
          JOIN ej.teaching AS t ON t.id = x.teaching_id
         GROUP BY t.staff_id, x.weekday) AS d
$$;

-- The clashes in the result of ej.timetable_whole_apply(), at most 100, in the order of the week.
CREATE OR REPLACE FUNCTION ej.timetable_whole_faults(result jsonb)
RETURNS TABLE (weekday int, slot int, name text, rule text, other text, who text)
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT f.weekday, f.slot, f.name, f.rule, f.other, f.who
  FROM jsonb_to_recordset(result -> 'faults')
       AS f(weekday int, slot int, name text, rule text, other text, who text)
 ORDER BY f.weekday, f.slot, f.name LIMIT 100
$$;
