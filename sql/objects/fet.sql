-- fet.sql: a file of FET, the timetabling program, becomes a plan.
--
-- ej_in_document makes ["name", child, …] of every element of the file. A plan is
--   days, hours     their names in the file's order; a lesson has numbers, from 1
--   teachers, subjects   names; rooms: {name, capacity}
--   sets            students: {name, under: the sets that contain it}
--   activities      {id, sets, subject, teachers, duration, day, hour, room}: those that FET
--                   places; day, hour and room where the file fixes them
--   skipped         {what, n}: kinds of elements that the journal does not keep, with their numbers
-- A plan is matched with the school's records by fet_match.sql and written by fet_write.sql.

-- --------------------------------------------------------------- elements --

-- The children of an element that have this name.
CREATE OR REPLACE FUNCTION ej.fet_children(node jsonb, name text) RETURNS SETOF jsonb
LANGUAGE sql IMMUTABLE ROWS 20 AS $$
SELECT k.item FROM jsonb_array_elements(node) AS k(item)
 WHERE jsonb_typeof(k.item) = 'array' AND k.item ->> 0 = name
$$;

-- The elements of a list of the file, numbered.
CREATE OR REPLACE FUNCTION ej.fet_list(doc jsonb, list text, name text) RETURNS TABLE (item jsonb, n int)
LANGUAGE sql IMMUTABLE ROWS 500 AS $$
SELECT k.item, (row_number() OVER ())::int
  FROM ej.fet_children(doc, list) AS l(item), ej.fet_children(l.item, name) AS k(item)
$$;

-- The texts of the children of this name, with each run of blanks made one blank.
CREATE OR REPLACE FUNCTION ej.fet_texts(node jsonb, name text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT ARRAY(SELECT regexp_replace(k.item ->> 1, '\s+', ' ', 'g') FROM jsonb_array_elements(node) AS k(item)
              WHERE jsonb_typeof(k.item) = 'array' AND k.item ->> 0 = name AND k.item ->> 1 <> '')
$$;

-- The names of a list of the file, each once, in their order.
CREATE OR REPLACE FUNCTION ej.fet_named(doc jsonb, list text, name text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(array_agg(x.name ORDER BY x.n), '{}')
  FROM (SELECT (ej.fet_texts(l.item, 'Name'))[1] AS name, min(l.n) AS n
          FROM ej.fet_list(doc, list, fet_named.name) AS l GROUP BY 1) AS x
 WHERE x.name IS NOT NULL
$$;

-- Whether a constraint holds always: it is active, and its weight is 100 percent.
CREATE OR REPLACE FUNCTION ej.fet_is_fixed(node jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce((ej.fet_texts(node, 'Weight_Percentage'))[1], '100') ~ '^100(\.0*)?$'
   AND coalesce((ej.fet_texts(node, 'Active'))[1], 'true') = 'true'
$$;

-- ------------------------------------------------------------------ a plan --

-- The sets of students: years, their groups, and the subgroups of those.
CREATE OR REPLACE FUNCTION ej.fet_sets(doc jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
WITH year AS MATERIALIZED (
    SELECT l.item, (ej.fet_texts(l.item, 'Name'))[1] AS name, l.n FROM ej.fet_list(doc, 'Students_List', 'Year') AS l
), part AS MATERIALIZED (
    SELECT g.item, (ej.fet_texts(g.item, 'Name'))[1] AS name, y.name AS under, y.n
      FROM year AS y, ej.fet_children(y.item, 'Group') AS g(item)
), found AS (
    SELECT y.name, NULL AS under, 1 AS level, y.n FROM year AS y
     UNION ALL
    SELECT p.name, p.under, 2, p.n FROM part AS p
     UNION ALL
    SELECT (ej.fet_texts(s.item, 'Name'))[1], p.name, 3, p.n
      FROM part AS p, ej.fet_children(p.item, 'Subgroup') AS s(item)
)
SELECT coalesce(jsonb_agg(jsonb_build_object('name', x.name, 'under', x.under) ORDER BY x.n, x.level, x.name), '[]')
  FROM (SELECT f.name, min(f.level) AS level, min(f.n) AS n,
               coalesce(jsonb_agg(DISTINCT f.under) FILTER (WHERE f.under IS NOT NULL), '[]') AS under
          FROM found AS f WHERE f.name IS NOT NULL GROUP BY f.name) AS x
$$;

-- The activities that are active. The times and rooms are those of constraints that always hold.
CREATE OR REPLACE FUNCTION ej.fet_activities(doc jsonb, days text[], hours text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH activity AS MATERIALIZED (
    SELECT l.item, l.n, (ej.fet_texts(l.item, 'Id'))[1] AS id
      FROM ej.fet_list(doc, 'Activities_List', 'Activity') AS l
     WHERE coalesce((ej.fet_texts(l.item, 'Active'))[1], 'true') = 'true'
), time AS (
    SELECT DISTINCT ON (1) (ej.fet_texts(l.item, 'Activity_Id'))[1] AS id,
           array_position(days, coalesce((ej.fet_texts(l.item, 'Preferred_Day'))[1],
                                         (ej.fet_texts(l.item, 'Day'))[1])) AS day,
           array_position(hours, coalesce((ej.fet_texts(l.item, 'Preferred_Hour'))[1],
                                          (ej.fet_texts(l.item, 'Hour'))[1])) AS hour
      FROM ej.fet_list(doc, 'Time_Constraints_List', 'ConstraintActivityPreferredStartingTime') AS l
     WHERE ej.fet_is_fixed(l.item) ORDER BY 1, l.n
), place AS (
    SELECT DISTINCT ON (1) (ej.fet_texts(l.item, 'Activity_Id'))[1] AS id, (ej.fet_texts(l.item, 'Room'))[1] AS room
      FROM ej.fet_list(doc, 'Space_Constraints_List', 'ConstraintActivityPreferredRoom') AS l
     WHERE ej.fet_is_fixed(l.item) ORDER BY 1, l.n
)
SELECT coalesce(jsonb_agg(jsonb_build_object(
           'id', a.id,
           'sets', (SELECT to_jsonb(array_agg(s ORDER BY s)) FROM unnest(ej.fet_texts(a.item, 'Students')) AS s),
           'subject', (ej.fet_texts(a.item, 'Subject'))[1],
           'teachers', ej.fet_texts(a.item, 'Teacher'),
           'duration', CASE WHEN d.n ~ '^\d{1,2}$' THEN greatest(d.n::int, 1) ELSE 1 END,
           'day', CASE WHEN t.hour IS NOT NULL THEN t.day END,
           'hour', CASE WHEN t.day IS NOT NULL THEN t.hour END,
           'room', p.room) ORDER BY a.n), '[]')
  FROM activity AS a
 CROSS JOIN LATERAL (SELECT (ej.fet_texts(a.item, 'Duration'))[1] AS n) AS d
  LEFT JOIN time AS t ON t.id = a.id
  LEFT JOIN place AS p ON p.id = a.id
$$;

-- The kinds of elements of the file that the journal does not keep, each with its number.
-- Constraints are counted by their names, other elements by a word.
CREATE OR REPLACE FUNCTION ej.fet_skipped(doc jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
WITH RECURSIVE node AS (
    SELECT k.item FROM jsonb_array_elements(doc) AS k(item) WHERE jsonb_typeof(k.item) = 'array'
     UNION ALL
    SELECT k.item FROM node AS n, jsonb_array_elements(n.item) AS k(item) WHERE jsonb_typeof(k.item) = 'array'
), rule AS (
    SELECT k.item ->> 0 AS what, k.item
      FROM (VALUES ('Time_Constraints_List'), ('Space_Constraints_List')) AS v(list),
           ej.fet_children(doc, v.list) AS l(item), jsonb_array_elements(l.item) AS k(item)
     WHERE jsonb_typeof(k.item) = 'array'
), found AS (
    SELECT r.what, count(*) AS n FROM rule AS r
     WHERE NOT (r.what IN ('ConstraintActivityPreferredStartingTime', 'ConstraintActivityPreferredRoom')
       AND ej.fet_is_fixed(r.item))
       AND r.what NOT IN ('ConstraintBasicCompulsoryTime', 'ConstraintBasicCompulsorySpace') -- the journal's own rules
     GROUP BY 1
     UNION ALL
    SELECT 'inactive', count(*) FROM ej.fet_list(doc, 'Activities_List', 'Activity') AS l
     WHERE (ej.fet_texts(l.item, 'Active'))[1] = 'false'
     UNION ALL
    SELECT x.what, count(*) FROM ej.fet_list(doc, 'Activities_List', 'Activity') AS l
     CROSS JOIN LATERAL (VALUES ('no_teacher', 'Teacher'), ('no_sets', 'Students')) AS x(what, name)
     WHERE (ej.fet_texts(l.item, 'Active'))[1] IS DISTINCT FROM 'false' AND ej.fet_texts(l.item, x.name) = '{}'
     GROUP BY 1
     UNION ALL
    SELECT 'tags', count(*) FROM ej.fet_list(doc, 'Activity_Tags_List', 'Activity_Tag')
     UNION ALL
    SELECT 'buildings', count(*) FROM ej.fet_list(doc, 'Buildings_List', 'Building')
     UNION ALL
    SELECT 'virtual', count(*) FROM ej.fet_list(doc, 'Rooms_List', 'Room') AS l
     WHERE (ej.fet_texts(l.item, 'Virtual'))[1] = 'true'
     UNION ALL
    SELECT 'targets', count(*) FROM ej.fet_list(doc, 'Teachers_List', 'Teacher') AS l
     WHERE coalesce((ej.fet_texts(l.item, 'Target_Number_of_Hours'))[1], '0') <> '0'
        OR EXISTS (SELECT FROM ej.fet_children(l.item, 'Qualified_Subjects') AS q(item) WHERE q.item ->> 1 IS NOT NULL)
     UNION ALL
    SELECT 'comments', count(*) FROM node AS n WHERE n.item ->> 0 = 'Comments' AND n.item ->> 1 IS NOT NULL
)
SELECT coalesce(jsonb_agg(jsonb_build_object('what', f.what, 'n', f.n) ORDER BY f.n DESC, f.what), '[]')
  FROM found AS f WHERE f.n > 0
$$;

-- The plan of a file.
CREATE OR REPLACE FUNCTION ej.fet_plan(doc jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT jsonb_build_object(
           'days', d.days,
           'hours', d.hours,
           'teachers', ej.fet_named(doc, 'Teachers_List', 'Teacher'),
           'subjects', ej.fet_named(doc, 'Subjects_List', 'Subject'),
           'rooms', (
               SELECT coalesce(jsonb_agg(jsonb_build_object('name', r.name, 'capacity', r.capacity) ORDER BY r.n), '[]')
                 FROM (SELECT (ej.fet_texts(l.item, 'Name'))[1] AS name,
                              max((ej.fet_texts(l.item, 'Capacity'))[1]) AS capacity, min(l.n) AS n
                         FROM ej.fet_list(doc, 'Rooms_List', 'Room') AS l
                        WHERE (ej.fet_texts(l.item, 'Virtual'))[1] IS DISTINCT FROM 'true' GROUP BY 1) AS r
                WHERE r.name IS NOT NULL),
           'sets', ej.fet_sets(doc),
           'activities', ej.fet_activities(doc, d.days, d.hours),
           'skipped', ej.fet_skipped(doc))
  FROM (SELECT ej.fet_named(doc, 'Days_List', 'Day') AS days, ej.fet_named(doc, 'Hours_List', 'Hour') AS hours) AS d
$$;

-- The same plan with the times of a timetable that FET has made of it, from FET's file
-- activities.xml (Activities_Timetable) or timetable.csv. Times of activities that are not in
-- the plan are not taken, and counted in skipped. Errors: JE131 neither of these files.
CREATE OR REPLACE FUNCTION ej.fet_timed(plan jsonb, doc jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
DECLARE
    times jsonb;
    days  text[] := ARRAY(SELECT jsonb_array_elements_text(plan -> 'days'));
    hours text[] := ARRAY(SELECT jsonb_array_elements_text(plan -> 'hours'));
    known text[] := ARRAY(SELECT a.item ->> 'id' FROM jsonb_array_elements(plan -> 'activities') AS a(item));
BEGIN
    IF doc ->> 0 = 'Activities_Timetable' THEN
        SELECT coalesce(jsonb_object_agg((ej.fet_texts(k.item, 'Id'))[1], jsonb_build_array(
                   (ej.fet_texts(k.item, 'Day'))[1],
                   (ej.fet_texts(k.item, 'Hour'))[1],
                   (ej.fet_texts(k.item, 'Room'))[1])), '{}')
          INTO times FROM ej.fet_children(doc, 'Activity') AS k(item) WHERE (ej.fet_texts(k.item, 'Id'))[1] IS NOT NULL;
    ELSIF doc -> 0 ->> 1 = 'Activity Id' AND doc -> 0 ->> 3 = 'Hour' THEN
        SELECT coalesce(jsonb_object_agg(r.id, r.place), '{}') INTO times
          FROM (SELECT DISTINCT ON (1) r.item ->> 1 AS id,
                       jsonb_build_array(r.item -> 2, r.item -> 3, nullif(r.item ->> 8, '')) AS place
                  FROM jsonb_array_elements(doc) WITH ORDINALITY AS r(item, n) WHERE r.n > 1 AND r.item ->> 1 <> ''
                 ORDER BY 1, array_position(hours, r.item ->> 3)) AS r;
    ELSE
        RAISE EXCEPTION 'no timetable of FET' USING ERRCODE = 'JE131', COLUMN = 'file';
    END IF;
    RETURN plan || jsonb_build_object(
        'activities', (
            SELECT coalesce(jsonb_agg(a.item || jsonb_build_object(
                       'day', array_position(days, times -> (a.item ->> 'id') ->> 0),
                       'hour', array_position(hours, times -> (a.item ->> 'id') ->> 1),
                       'room', coalesce(times -> (a.item ->> 'id') ->> 2, a.item ->> 'room')) ORDER BY a.n), '[]')
              FROM jsonb_array_elements(plan -> 'activities') WITH ORDINALITY AS a(item, n)),
        'skipped', (
            SELECT coalesce(jsonb_agg(l.item), '[]') FROM jsonb_array_elements(plan -> 'skipped') AS l(item)
             WHERE l.item ->> 'what' <> 'unknown')
            || (SELECT CASE WHEN count(*) = 0 THEN '[]'
                            ELSE jsonb_build_array(jsonb_build_object('what', 'unknown', 'n', count(*))) END
                  FROM jsonb_each(times) AS t(id, place)
                 WHERE t.id <> ALL (known) OR NOT (t.place ->> 0 = ANY (days)) OR NOT (t.place ->> 1 = ANY (hours))));
END
$$;
