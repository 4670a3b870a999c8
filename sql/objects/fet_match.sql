-- fet_match.sql: matching the names of a plan (fet.sql) with the records of this school.
--
-- names: an object for each teacher, subject, room and set of students of the plan
--   kind, name     as in the file
--   id             id of the record (staff, subject, room, study group); null: there is none yet
--   state          known; new: the record will be added; part: a set for which groups are made,
--                  one for each subject; skipped: not taken
--   classes        names of the classes of a set
-- answers: kind -> name -> id chosen by the reader; 0: add a record, -1: leave the name out.
-- works: the load of the file, an object for each combination of sets, subject and teacher
--   sets, subject, teacher, hours       as in the file
--   group, group_kind, classes          name and kind of the study group, and its classes
--   group_id, subject_id, staff_id, teaching_id, stored   ids of the records that exist; the
--                  stored hours
--   state          new, changed (the hours), same, skipped
--   why            the reason for skipped: sets, subject or teacher is not taken
--   other          the teacher of the stored teaching, if another one than in the file

-- The words by which a file may name a record of the school. rank: the lower, the more exact the
-- word; id is NULL when several records have the word.
CREATE OR REPLACE FUNCTION ej.fet_known() RETURNS TABLE (kind text, word text, rank int, id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH school AS MATERIALIZED (
    SELECT s.id, ej.today(s.id) AS day, ej.import_year() AS year FROM unnest(ej.my_setup_schools()) AS s(id)
), found AS (
    SELECT 'teacher' AS kind, w.word, w.rank, f.id
      FROM school AS s JOIN ej.staff AS f ON f.school_id = s.id AND (upper(f.during) IS NULL OR upper(f.during) > s.day)
     CROSS JOIN LATERAL (VALUES (ej.import_word(f.surname || f.given_name || f.patronymic), 1),
                                (ej.import_word(f.surname || left(f.given_name, 1) || left(f.patronymic, 1)), 2),
                                (ej.import_word(f.surname || f.given_name || f.patronymic || '№' || f.id), 1),
                                (ej.import_word(f.surname), 3)) AS w(word, rank)
     UNION ALL
    SELECT 'subject', w.word, w.rank, u.id
      FROM school AS s JOIN ej.subject AS u ON u.school_id = s.id
     CROSS JOIN LATERAL (VALUES (ej.import_word(u.name), 1), (ej.import_word(u.short_name), 2)) AS w(word, rank)
     UNION ALL
    SELECT 'room', ej.import_word(r.name), 1, r.id
      FROM school AS s JOIN ej.room AS r ON r.school_id = s.id AND (r.ended_on IS NULL OR r.ended_on > s.day)
     UNION ALL
    SELECT 'set', ej.import_word(g.name), 1, g.id
      FROM school AS s JOIN ej.study_group AS g ON g.school_id = s.id AND g.year = s.year
)
SELECT f.kind, f.word, f.rank, CASE WHEN count(DISTINCT f.id) = 1 THEN min(f.id) END
  FROM found AS f WHERE f.word <> '' GROUP BY f.kind, f.word, f.rank
$$;

-- The grade and letter of a set that is named like a class: «7Б», «07A», «7 "Б"», «7.b».
CREATE OR REPLACE FUNCTION ej.fet_class(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT ARRAY[m.part[1], upper(m.part[2])]
  FROM regexp_match(name, '^0*([1-9]\d?)\s*[-.]?\s*[«"]?([[:alpha:]]{1,10})[»"]?$') AS m(part)
 WHERE m.part[1]::int <= 12
$$;

-- The sets of a plan with the classes to which each belongs: its own, else those of the sets
-- that contain it, else those of the sets that it contains.
CREATE OR REPLACE FUNCTION ej.fet_set_classes(plan jsonb) RETURNS TABLE (name text, class text, classes text[])
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH RECURSIVE node AS MATERIALIZED (
    SELECT s.item ->> 'name' AS name, c.part[1] || c.part[2] AS class, s.item -> 'under' AS under
      FROM jsonb_array_elements(plan -> 'sets') AS s(item)
     CROSS JOIN LATERAL (SELECT ej.fet_class(s.item ->> 'name') AS part OFFSET 0) AS c
), edge AS MATERIALIZED (
    SELECT n.name, u.name AS under FROM node AS n, jsonb_array_elements_text(n.under) AS u(name)
), up AS (
    SELECT e.name, e.under, 1 AS depth FROM edge AS e
     UNION
    SELECT u.name, e.under, u.depth + 1 FROM up AS u JOIN edge AS e ON e.name = u.under WHERE u.depth < 3
), pair AS MATERIALIZED (
    SELECT u.name, n.class, true AS is_above FROM up AS u JOIN node AS n ON n.name = u.under WHERE n.class IS NOT NULL
     UNION
    SELECT u.under, n.class, false FROM up AS u JOIN node AS n ON n.name = u.name WHERE n.class IS NOT NULL
)
SELECT n.name, n.class,
       CASE WHEN n.class IS NOT NULL THEN ARRAY[n.class]
            ELSE coalesce(array_agg(DISTINCT p.class) FILTER (WHERE p.is_above),
                          array_agg(DISTINCT p.class) FILTER (WHERE NOT p.is_above), '{}') END
  FROM node AS n LEFT JOIN pair AS p ON p.name = n.name
 GROUP BY n.name, n.class
$$;

-- The word by which a name of the file is looked up: a room's name has 40 characters at most.
CREATE OR REPLACE FUNCTION ej.fet_word(kind text, name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT ej.import_word(CASE kind WHEN 'room' THEN left(name, 40) ELSE name END)
$$;

-- The names of a plan, each with its record and state (names, above).
CREATE OR REPLACE FUNCTION ej.fet_names(plan jsonb, answers jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH known AS MATERIALIZED (
    SELECT k.* FROM ej.fet_known() AS k
), want AS MATERIALIZED (
    SELECT 1 AS place, 'teacher' AS kind, t.name, t.n, NULL::text AS class, NULL::text[] AS classes, NULL AS capacity
      FROM jsonb_array_elements_text(plan -> 'teachers') WITH ORDINALITY AS t(name, n)
     UNION ALL
    SELECT 2, 'subject', t.name, t.n, NULL, NULL, NULL
      FROM jsonb_array_elements_text(plan -> 'subjects') WITH ORDINALITY AS t(name, n)
     UNION ALL
    SELECT 3, 'room', t.item ->> 'name', t.n, NULL, NULL, t.item ->> 'capacity'
      FROM jsonb_array_elements(plan -> 'rooms') WITH ORDINALITY AS t(item, n)
     UNION ALL
    SELECT 4, 'set', t.item ->> 'name', t.n, c.class, c.classes, NULL
      FROM jsonb_array_elements(plan -> 'sets') WITH ORDINALITY AS t(item, n)
      JOIN ej.fet_set_classes(plan) AS c ON c.name = t.item ->> 'name'
), word AS MATERIALIZED (
    SELECT w.*, ej.fet_word(w.kind, coalesce(w.class, w.name)) AS word,
           (answers -> w.kind ->> w.name)::bigint AS answer
      FROM want AS w
), best AS (
    SELECT DISTINCT ON (w.kind, w.name) w.kind, w.name, k.id
      FROM word AS w JOIN known AS k ON k.kind = w.kind AND k.word = w.word AND k.id IS NOT NULL
     ORDER BY w.kind, w.name, k.rank
)
SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'kind', w.kind, 'name', w.name, 'id', x.id, 'class', w.class, 'classes', w.classes,
           'capacity', CASE WHEN w.capacity ~ '^\d{1,4}$' AND w.capacity::int BETWEEN 1 AND 2000
               THEN w.capacity::int END,
           'state', CASE WHEN w.answer = -1 THEN 'skipped'
                         WHEN x.id IS NOT NULL THEN 'known'
                         WHEN w.kind <> 'set' OR w.class IS NOT NULL THEN 'new'
                         WHEN w.classes <> '{}' THEN 'part'
                         ELSE 'skipped' END)) ORDER BY w.place, w.n), '[]')
  FROM word AS w
  LEFT JOIN best AS b ON b.kind = w.kind AND b.name = w.name
 CROSS JOIN LATERAL (SELECT CASE WHEN w.answer > 0 THEN w.answer WHEN w.answer IS NULL THEN b.id END AS id) AS x
$$;

-- A name of at most 100 characters, which stays different from other long ones.
CREATE OR REPLACE FUNCTION ej.fet_short(name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN length(name) <= 100 THEN name ELSE left(name, 92) || '… ' || left(md5(name), 6) END
$$;

-- The distinct works of a plan, each with its hours and the names of its parts. is_shared:
-- several teachers have the same sets and subject, so each gets a group of its own.
CREATE OR REPLACE FUNCTION ej.fet_taught(plan jsonb)
RETURNS TABLE (sets text[], subject text, teacher text, hours int, is_shared boolean)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT x.sets, x.subject, x.teacher, x.hours, count(*) OVER (PARTITION BY x.sets, x.subject) > 1
  FROM (SELECT ARRAY(SELECT jsonb_array_elements_text(a.sets)) AS sets, a.subject, t.name AS teacher,
               sum(a.duration)::int AS hours
          FROM jsonb_to_recordset(plan -> 'activities') AS a(sets jsonb, subject text, teachers jsonb, duration int),
               jsonb_array_elements_text(a.teachers) AS t(name)
         WHERE jsonb_typeof(a.sets) = 'array' AND a.subject IS NOT NULL
         GROUP BY 1, 2, 3) AS x
$$;

-- The works with the study group that each is taught to. A set that is known by itself is that
-- group; otherwise a group is named after sets, subject and, of several, the teacher.
CREATE OR REPLACE FUNCTION ej.fet_grouped(plan jsonb, names jsonb)
RETURNS TABLE (sets text[], subject text, teacher text, hours int, staff jsonb, course jsonb, why text,
               group_id bigint, group_name text, group_kind text, classes text[])
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH name AS MATERIALIZED (
    SELECT n.item ->> 'kind' AS kind, n.item ->> 'name' AS name, n.item FROM jsonb_array_elements(names) AS n(item)
), taught AS MATERIALIZED (
    SELECT t.*, row_number() OVER () AS n FROM ej.fet_taught(plan) AS t
), member AS MATERIALIZED ( -- the sets of each work
    SELECT t.n, bool_or(m.item ->> 'state' = 'skipped') OR count(*) < max(cardinality(t.sets)) AS is_skipped,
           array_agg(coalesce(m.item ->> 'class', m.name) ORDER BY m.name) AS titles,
           min((m.item ->> 'id')::bigint) AS id, min(m.item ->> 'class') AS class
      FROM taught AS t CROSS JOIN LATERAL unnest(t.sets) AS s(name)
      JOIN name AS m ON m.kind = 'set' AND m.name = s.name
     GROUP BY t.n
), drawn AS MATERIALIZED ( -- and their classes
    SELECT t.n, array_agg(DISTINCT c.class ORDER BY c.class) AS classes
      FROM taught AS t CROSS JOIN LATERAL unnest(t.sets) AS s(name)
      JOIN name AS m ON m.kind = 'set' AND m.name = s.name
     CROSS JOIN LATERAL (
        SELECT jsonb_array_elements_text(m.item -> 'classes') AS class
         UNION
        SELECT k.name FROM ej.study_group_class AS g JOIN ej.class AS k ON k.id = g.class_id
         WHERE g.study_group_id = (m.item ->> 'id')::bigint) AS c
     GROUP BY t.n
)
SELECT t.sets, t.subject, t.teacher, t.hours, f.item, u.item,
       CASE WHEN m.is_skipped IS NOT FALSE OR m.id IS NULL AND d.classes IS NULL THEN 'sets'
            WHEN f.item IS NULL OR f.item ->> 'state' = 'skipped' THEN 'teacher'
            WHEN u.item IS NULL OR u.item ->> 'state' = 'skipped' THEN 'subject' END,
       CASE WHEN cardinality(t.sets) = 1 AND NOT t.is_shared THEN m.id END,
       CASE WHEN cardinality(t.sets) = 1 AND NOT t.is_shared AND m.class IS NOT NULL THEN m.class
            ELSE ej.fet_short(array_to_string(m.titles, ' ') || ', ' || t.subject
                              || CASE WHEN t.is_shared THEN ', ' || t.teacher ELSE '' END) END,
       CASE WHEN cardinality(d.classes) > 1 THEN 'stream' ELSE 'subgroup' END, d.classes
  FROM taught AS t
  LEFT JOIN member AS m ON m.n = t.n
  LEFT JOIN drawn AS d ON d.n = t.n
  LEFT JOIN name AS f ON f.kind = 'teacher' AND f.name = t.teacher
  LEFT JOIN name AS u ON u.kind = 'subject' AND u.name = t.subject
$$;

-- The works, compared with the load of the year.
CREATE OR REPLACE FUNCTION ej.fet_works(plan jsonb, names jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH school AS MATERIALIZED (
    SELECT s.id, ej.import_year() AS year FROM unnest(ej.my_setup_schools()) AS s(id)
), study_group AS MATERIALIZED (
    SELECT ej.import_word(g.name) AS word, min(g.id) AS id FROM school AS s
      JOIN ej.study_group AS g ON g.school_id = s.id AND g.year = s.year GROUP BY 1
), teaching AS MATERIALIZED (
    SELECT t.id, t.study_group_id, t.subject_id, t.staff_id, t.hours_week,
           ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
      FROM school AS s JOIN ej.teaching AS t ON t.school_id = s.id AND t.year = s.year
      JOIN ej.staff AS f ON f.id = t.staff_id
), work AS MATERIALIZED (
    SELECT w.*, coalesce(w.group_id, g.id) AS found, (w.staff ->> 'id')::bigint AS staff_id,
           (w.course ->> 'id')::bigint AS subject_id
      FROM ej.fet_grouped(plan, names) AS w
      LEFT JOIN study_group AS g ON g.word = ej.import_word(w.group_name)
)
SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'sets', w.sets, 'subject', w.subject, 'teacher', w.teacher, 'hours', w.hours,
           'group', w.group_name, 'group_kind', w.group_kind, 'classes', w.classes,
           'group_id', w.found, 'subject_id', w.subject_id, 'staff_id', w.staff_id,
           'teaching_id', t.id, 'stored', t.hours_week,
           'why', w.why,
           'other', CASE WHEN t.staff_id <> w.staff_id OR w.staff_id IS NULL THEN t.staff_name END,
           -- a lesson every other week takes a whole hour in the file
           'state', CASE WHEN w.why IS NOT NULL THEN 'skipped'
                         WHEN t.id IS NULL THEN 'new'
                         WHEN ceil(t.hours_week) <> w.hours THEN 'changed'
                         ELSE 'same' END)) ORDER BY w.sets, w.subject, w.teacher), '[]')
  FROM work AS w
  LEFT JOIN teaching AS t ON t.study_group_id = w.found AND t.subject_id = w.subject_id AND w.why IS NULL
$$;
