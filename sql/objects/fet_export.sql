-- fet_export.sql: the load of a school as a file that FET opens, and from which it makes a
-- timetable.
--
-- An hour of the load is an activity of FET; a lesson every other week takes a whole hour. A class
-- is FET's year of students, a study group its group. The pupils of a class who are in the same
-- study groups are a subgroup of FET, so that FET puts no pupil into two lessons at once. An hour
-- of FET is the number of a lesson; the lessons of a later shift follow those of the first. A room
-- that several groups may use at once is left out, since FET puts one group into a room.

-- School, year and day of the export: the coming day within the year.
CREATE OR REPLACE FUNCTION ej.fet_scope() RETURNS TABLE (school_id bigint, year int, day date)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT y.school_id, y.year, greatest(ej.today(y.school_id), lower(y.during))
  FROM ej.school_year AS y WHERE y.school_id = ANY (ej.my_setup_schools()) AND y.year = ej.import_year()
$$;

-- The lessons of each class: its own numbers and the hours of FET; days of its week.
CREATE OR REPLACE FUNCTION ej.fet_hours()
RETURNS TABLE (class_id bigint, group_id bigint, name text, week_days int, slot int, hour int)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH own AS MATERIALIZED (
    SELECT c.id, g.id AS group_id, g.name, c.week_days, s.day
      FROM ej.fet_scope() AS s
      JOIN ej.class AS c ON c.school_id = s.school_id AND c.year = s.year
      JOIN ej.study_group_class AS k ON k.class_id = c.id
      JOIN ej.study_group AS g ON g.id = k.study_group_id AND g.kind = 'class'
), class AS MATERIALIZED (
    SELECT DISTINCT ON (o.id, o.group_id) o.id, o.group_id, o.name, o.week_days, m.bell_plan_id AS plan
      FROM own AS o
      LEFT JOIN ej.group_modes(ARRAY(SELECT o.group_id FROM own AS o)) AS m
        ON m.study_group_id = o.group_id AND m.during @> o.day
     ORDER BY o.id, o.group_id, m.place
), bell AS MATERIALIZED (
    SELECT b.bell_plan_id AS plan, b.slot, b.starts, b.ends FROM ej.bell AS b
     WHERE b.bell_plan_id = ANY (ARRAY(SELECT c.plan FROM class AS c))
), base AS MATERIALIZED ( -- the bells of most classes among those that begin first
    SELECT b.* FROM bell AS b WHERE b.plan = (
        SELECT c.plan FROM class AS c JOIN bell AS o ON o.plan = c.plan
         GROUP BY c.plan ORDER BY date_trunc('hour', min(o.starts)::interval), count(*) DESC LIMIT 1)
), shift AS (
    SELECT f.plan, coalesce((SELECT min(b.slot) FROM base AS b WHERE b.ends > f.starts),
                            (SELECT max(b.slot) + 1 FROM base AS b), f.slot) - f.slot AS n
      FROM (SELECT DISTINCT ON (b.plan) b.plan, b.slot, b.starts FROM bell AS b ORDER BY b.plan, b.slot) AS f
)
SELECT c.id, c.group_id, c.name::text, c.week_days, b.slot, b.slot + s.n
  FROM class AS c JOIN bell AS b ON b.plan = c.plan JOIN shift AS s ON s.plan = c.plan
$$;

-- The activities, numbered; first is the number of the first of the same teaching.
CREATE OR REPLACE FUNCTION ej.fet_load()
RETURNS TABLE (id bigint, first bigint, n int, total int, teaching_id bigint, group_id bigint,
    group_name text, subject_name text, staff_name text, room_name text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH scope AS MATERIALIZED (
    SELECT s.* FROM ej.fet_scope() AS s
), own AS MATERIALIZED ( -- before they are numbered: else all schools' teachings are read in the order of the numbers
    SELECT t.id, t.study_group_id, t.subject_id, t.staff_id, ceil(t.hours_week)::int AS hours FROM ej.teaching AS t
     WHERE t.school_id = ANY (ARRAY(SELECT s.school_id FROM scope AS s))
       AND t.year = ANY (ARRAY(SELECT s.year FROM scope AS s)) AND t.hours_week > 0
), teaching AS MATERIALIZED (
    SELECT t.*, sum(t.hours) OVER (ORDER BY t.id)::bigint - t.hours + 1 AS first FROM own AS t
), staff AS MATERIALIZED ( -- of several people of one name each has a number
    SELECT f.id, f.name || CASE WHEN count(*) OVER (PARTITION BY f.name) > 1 THEN ' №' || f.id ELSE '' END AS name
      FROM (SELECT f.id, concat_ws(' ', f.surname, nullif(f.given_name, ''), nullif(f.patronymic, '')) AS name
              FROM ej.staff AS f
             WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))) AS f
), room AS ( -- the room that the teacher mostly uses, of the teaching before that of others
    SELECT DISTINCT ON (t.id) t.id, r.name
      FROM teaching AS t JOIN teaching AS o ON o.staff_id = t.staff_id
      JOIN ej.timetable AS x ON x.teaching_id = o.id
      JOIN ej.room AS r ON r.id = x.room_id AND NOT r.is_shared AND r.ended_on IS NULL
     WHERE x.school_id = ANY (ARRAY(SELECT s.school_id FROM scope AS s))
     GROUP BY t.id, r.id, r.name ORDER BY t.id, max((o.id = t.id)::int) DESC, count(*) DESC, r.id
)
SELECT t.first + k.n - 1, t.first, k.n, t.hours, t.id, g.id, g.name::text, u.name::text, f.name, r.name::text
  FROM teaching AS t
 CROSS JOIN LATERAL generate_series(1, t.hours) AS k(n)
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS u ON u.id = t.subject_id
  JOIN staff AS f ON f.id = t.staff_id
  LEFT JOIN room AS r ON r.id = t.id
$$;

-- The groups that are taught, each in its classes, with the subgroups of FET that are in it: the
-- pupils of the class who are in the same groups.
CREATE OR REPLACE FUNCTION ej.fet_parts()
RETURNS TABLE (class_id bigint, group_id bigint, name text, pupils bigint, atoms text[])
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH scope AS MATERIALIZED (
    SELECT s.* FROM ej.fet_scope() AS s
), grp AS MATERIALIZED (
    SELECT g.id, g.name, g.kind
      FROM scope AS s JOIN ej.study_group AS g ON g.school_id = s.school_id AND g.year = s.year
     WHERE g.id = ANY (ARRAY(
        SELECT t.study_group_id FROM ej.teaching AS t
         WHERE t.school_id = ANY (ARRAY(SELECT s.school_id FROM scope AS s))))
), own AS MATERIALIZED (
    SELECT m.pupil_id, min(k.class_id) AS class_id FROM scope AS s
      JOIN ej.study_group AS g ON g.school_id = s.school_id AND g.year = s.year AND g.kind = 'class'
      JOIN ej.study_group_class AS k ON k.study_group_id = g.id
      JOIN ej.membership AS m ON m.study_group_id = g.id AND m.during @> s.day
     GROUP BY m.pupil_id
), member AS MATERIALIZED (
    SELECT m.pupil_id, o.class_id, array_agg(DISTINCT g.id ORDER BY g.id) AS groups
      FROM scope AS s JOIN ej.membership AS m ON m.school_id = s.school_id AND m.during @> s.day
      JOIN grp AS g ON g.id = m.study_group_id AND g.kind <> 'class'
      LEFT JOIN own AS o ON o.pupil_id = m.pupil_id
     GROUP BY m.pupil_id, o.class_id
), atom AS MATERIALIZED (
    SELECT a.class_id, a.groups, a.pupils,
           coalesce(c.name, '') || '/' || row_number() OVER (PARTITION BY a.class_id ORDER BY a.groups) AS name
      FROM (SELECT m.class_id, m.groups, count(*) AS pupils FROM member AS m GROUP BY 1, 2) AS a
      LEFT JOIN ej.class AS c ON c.id = a.class_id
), filled AS (
    SELECT u.id, sum(a.pupils) AS pupils, array_agg(a.name ORDER BY a.name) AS atoms,
           array_agg(DISTINCT a.class_id) AS classes
      FROM atom AS a CROSS JOIN LATERAL unnest(a.groups) AS u(id) GROUP BY u.id
)
SELECT c.id, g.id, g.name::text, coalesce(f.pupils, 0)::bigint, coalesce(f.atoms, '{}')
  FROM grp AS g
  LEFT JOIN filled AS f ON f.id = g.id
 CROSS JOIN LATERAL (
    SELECT u.id FROM unnest(f.classes) AS u(id) WHERE u.id IS NOT NULL
     UNION
    SELECT k.class_id FROM ej.study_group_class AS k
     WHERE k.study_group_id = g.id AND (f.id IS NULL OR g.kind IN ('subgroup', 'combined'))
     UNION
    SELECT NULL WHERE NOT EXISTS (SELECT FROM unnest(f.classes) AS u(id) WHERE u.id IS NOT NULL)
       AND NOT EXISTS (
        SELECT FROM ej.study_group_class AS k
         WHERE k.study_group_id = g.id AND (f.id IS NULL OR g.kind IN ('subgroup', 'combined')))) AS c
 WHERE g.kind <> 'class'
$$;

-- ------------------------------------------------------------ the elements --

-- Students: classes with their groups; groups without a class stand by themselves.
CREATE OR REPLACE FUNCTION ej.fet_xml_students() RETURNS xml
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH part AS MATERIALIZED (
    SELECT p.* FROM ej.fet_parts() AS p
), class AS MATERIALIZED (
    SELECT c.id, g.name, c.grade, c.letter,
           (SELECT count(*) FROM ej.membership AS m WHERE m.study_group_id = g.id AND m.during @> s.day) AS pupils
      FROM ej.fet_scope() AS s JOIN ej.class AS c ON c.school_id = s.school_id AND c.year = s.year
      JOIN ej.study_group_class AS k ON k.class_id = c.id
      JOIN ej.study_group AS g ON g.id = k.study_group_id AND g.kind = 'class'
)
SELECT xmlelement(name "Students_List", xmlagg(y.item ORDER BY y.grade, y.letter, y.name))
  FROM (SELECT c.grade, c.letter, c.name,
               xmlelement(name "Year", xmlelement(name "Name", c.name), xmlelement(name "Number_of_Students", c.pupils),
                   (SELECT xmlagg(xmlelement(name "Group",
                               xmlelement(name "Name", p.name), xmlelement(name "Number_of_Students", p.pupils),
                               (SELECT xmlagg(xmlelement(name "Subgroup",
                                           xmlelement(name "Name", a), xmlelement(name "Number_of_Students", 0)))
                                  FROM unnest(p.atoms) AS a)) ORDER BY p.name)
                      FROM part AS p WHERE p.class_id = c.id)) AS item
          FROM class AS c
         UNION ALL
        SELECT 99, '', p.name,
               xmlelement(name "Year", xmlelement(name "Name", p.name), xmlelement(name "Number_of_Students", p.pupils))
          FROM part AS p WHERE p.class_id IS NULL) AS y
$$;

-- The activities of the load.
CREATE OR REPLACE FUNCTION ej.fet_xml_activities() RETURNS xml
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT xmlelement(name "Activities_List", xmlagg(xmlelement(name "Activity",
           xmlforest(a.staff_name AS "Teacher", a.subject_name AS "Subject", a.group_name AS "Students",
                     1 AS "Duration", a.total AS "Total_Duration", a.id AS "Id",
                     CASE WHEN a.total > 1 THEN a.first ELSE 0 END AS "Activity_Group_Id",
                     true AS "Active")) ORDER BY a.id))
  FROM ej.fet_load() AS a
$$;

-- The hours up to last in which a class has no lessons.
CREATE OR REPLACE FUNCTION ej.fet_xml_classes(days text[], last int) RETURNS xml
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH class AS MATERIALIZED (
    SELECT h.class_id, h.name, h.week_days, array_agg(h.hour) AS hours, min(h.hour) AS first
      FROM ej.fet_hours() AS h GROUP BY 1, 2, 3
), off AS (
    SELECT c.name, d.name AS day, d.n AS day_no, h.hour
      FROM class AS c
     CROSS JOIN unnest(days) WITH ORDINALITY AS d(name, n)
     CROSS JOIN generate_series(1, last) AS h(hour)
     WHERE d.n > c.week_days OR NOT h.hour = ANY (c.hours) OR h.hour < 1
)
SELECT xmlagg(xmlelement(name "ConstraintStudentsSetNotAvailableTimes",
           xmlforest(100 AS "Weight_Percentage", o.name AS "Students", o.n AS "Number_of_Not_Available_Times"),
           o.items, xmlforest(true AS "Active")) ORDER BY o.name)
  FROM (SELECT o.name, count(*) AS n,
               xmlagg(xmlelement(name "Not_Available_Time", xmlforest(o.day AS "Day", o.hour AS "Hour"))
                      ORDER BY o.day_no, o.hour) AS items
          FROM off AS o GROUP BY o.name) AS o
$$;

-- The rules of time: pupils have no gaps and begin with the first lesson; the lessons of a
-- subject are on different days.
CREATE OR REPLACE FUNCTION ej.fet_xml_time(days text[], hours int) RETURNS xml
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT xmlelement(name "Time_Constraints_List",
           xmlelement(name "ConstraintBasicCompulsoryTime", xmlforest(100 AS "Weight_Percentage", true AS "Active")),
           xmlelement(name "ConstraintStudentsMaxGapsPerWeek",
               xmlforest(100 AS "Weight_Percentage", 0 AS "Max_Gaps", true AS "Active")),
           xmlelement(name "ConstraintStudentsEarlyMaxBeginningsAtSecondHour",
               xmlforest(100 AS "Weight_Percentage", 0 AS "Max_Beginnings_At_Second_Hour", true AS "Active")),
           ej.fet_xml_classes(days, hours),
           (SELECT xmlagg(xmlelement(name "ConstraintMinDaysBetweenActivities",
                       xmlforest(95 AS "Weight_Percentage", true AS "Consecutive_If_Same_Day",
                           t.total AS "Number_of_Activities"),
                       (SELECT xmlagg(xmlelement(name "Activity_Id", t.first + k - 1))
                           FROM generate_series(1, t.total) AS k),
                       xmlforest(1 AS "MinDays", true AS "Active")) ORDER BY t.first)
              FROM (SELECT DISTINCT a.first, a.total FROM ej.fet_load() AS a
                     WHERE a.total BETWEEN 2 AND cardinality(days)) AS t))
$$;

-- Rooms, and which of them an activity should have.
CREATE OR REPLACE FUNCTION ej.fet_xml_rooms(OUT rooms xml, OUT rules xml)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT (SELECT xmlelement(name "Rooms_List", xmlagg(xmlelement(name "Room",
                   xmlforest(r.name AS "Name", '' AS "Building",
                             coalesce(r.capacity, 1000) AS "Capacity", false AS "Virtual")) ORDER BY r.name))
          FROM ej.fet_scope() AS s JOIN ej.room AS r ON r.school_id = s.school_id
         WHERE NOT r.is_shared AND r.ended_on IS NULL),
       xmlelement(name "Space_Constraints_List",
           xmlelement(name "ConstraintBasicCompulsorySpace", xmlforest(100 AS "Weight_Percentage", true AS "Active")),
           (SELECT xmlagg(xmlelement(name "ConstraintActivityPreferredRoom",
                       xmlforest(95 AS "Weight_Percentage", a.id AS "Activity_Id", a.room_name AS "Room",
                                 false AS "Permanently_Locked", true AS "Active")) ORDER BY a.id)
              FROM ej.fet_load() AS a WHERE a.room_name IS NOT NULL))
$$;

-- The whole file; NULL without a school year or a load.
CREATE OR REPLACE FUNCTION ej.fet_xml() RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH size AS MATERIALIZED (
    SELECT s.school_id, coalesce(max(h.week_days), 6) AS days, greatest(coalesce(max(h.hour), 0), 8) AS hours
      FROM ej.fet_scope() AS s LEFT JOIN ej.fet_hours() AS h ON true GROUP BY s.school_id
), day AS MATERIALIZED (
    SELECT z.*, (ej.timetable_whole_weekdays())[:z.days] AS names FROM size AS z
)
SELECT '<?xml version="1.0" encoding="UTF-8"?>' || chr(10) || xmlserialize(CONTENT xmlelement(name "fet",
           xmlattributes('6.8.5' AS version),
           xmlforest(o.name AS "Institution_Name", '' AS "Comments"),
           xmlelement(name "Days_List", xmlelement(name "Number_of_Days", d.days),
               (SELECT xmlagg(xmlelement(name "Day", xmlelement(name "Name", n))) FROM unnest(d.names) AS n)),
           xmlelement(name "Hours_List", xmlelement(name "Number_of_Hours", d.hours),
               (SELECT xmlagg(xmlelement(name "Hour", xmlelement(name "Name", n)))
                  FROM generate_series(1, d.hours) AS n)),
           (SELECT xmlelement(name "Subjects_List",
                       xmlagg(xmlelement(name "Subject", xmlelement(name "Name", x.name)) ORDER BY x.name))
              FROM (SELECT DISTINCT a.subject_name AS name FROM ej.fet_load() AS a) AS x),
           xmlelement(name "Activity_Tags_List"),
           (SELECT xmlelement(name "Teachers_List",
                       xmlagg(xmlelement(name "Teacher", xmlelement(name "Name", x.name)) ORDER BY x.name))
              FROM (SELECT DISTINCT a.staff_name AS name FROM ej.fet_load() AS a) AS x),
           ej.fet_xml_students(),
           ej.fet_xml_activities(),
           xmlelement(name "Buildings_List"),
           r.rooms,
           ej.fet_xml_time(d.names, d.hours),
           r.rules) AS text)
  FROM day AS d JOIN ej.school AS o ON o.id = d.school_id CROSS JOIN ej.fet_xml_rooms() AS r
$$;

-- The file with its name.
CREATE OR REPLACE FUNCTION ej.fet_file() RETURNS TABLE (name text, data bytea)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT 'school-' || s.year || '.fet', convert_to(ej.fet_xml(), 'UTF8') FROM ej.fet_scope() AS s
$$;
