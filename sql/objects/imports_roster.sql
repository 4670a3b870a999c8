-- imports_roster.sql: the CSV files of OneRoster 1.2 as the tables of the lists (INT-01): staff, subjects, classes,
-- pupils with their guardians, load. Each list takes its own from the archive and goes the way of any file, with the
-- same preview. In bulk or delta alike: what is marked to be deleted is left out, and nothing is removed here.
--
-- No sourcedId is kept: people and groups are recognised as in any file. Since a pupil of OneRoster may have no
-- birthday, one whose name only one pupil of the same class has is that pupil.

-- The rows of a file of the archive, each as an object whose keys are the heads of the columns, with its line. Without
-- rows that are to be deleted and users who are not enabled.
CREATE OR REPLACE FUNCTION ej.roster_rows(tables jsonb, file text) RETURNS TABLE (line int, v jsonb)
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
WITH whole AS MATERIALIZED (
    SELECT tables -> file AS rows
), head AS MATERIALIZED (
    SELECT h.n::int - 1 AS at, h.head
      FROM whole AS w, jsonb_array_elements_text(w.rows -> 0) WITH ORDINALITY AS h(head, n)
     WHERE h.n > 1 AND h.head <> ''
)
SELECT (r.item ->> 0)::int, x.v
  FROM whole AS w
 CROSS JOIN LATERAL jsonb_array_elements(w.rows) WITH ORDINALITY AS r(item, n)
 CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_object_agg(h.head, ej.import_text(r.item ->> h.at)), '{}') AS v FROM head AS h) AS x
 WHERE r.n > 1 AND coalesce(x.v ->> 'status', '') <> 'tobedeleted' AND coalesce(x.v ->> 'enabledUser', '') <> 'false'
$$;

-- The full name of a user.
CREATE OR REPLACE FUNCTION ej.roster_name(v jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(' ', v ->> 'familyName', v ->> 'givenName', nullif(v ->> 'middleName', ''))
$$;

-- The users by their sourcedIds (key). kind: student, staff or guardian; of several roles the first of these.
CREATE OR REPLACE FUNCTION ej.roster_users(tables jsonb) RETURNS TABLE (key text, line int, v jsonb, kind text)
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT u.v ->> 'sourcedId', u.line, u.v, r.kind
  FROM ej.roster_rows(tables, 'users') AS u
  JOIN (SELECT r.v ->> 'userSourcedId' AS key,
               CASE min(CASE r.v ->> 'role' WHEN 'student' THEN 1 WHEN 'guardian' THEN 3 WHEN 'parent' THEN 3
                                            WHEN 'relative' THEN 3 ELSE 2 END)
               WHEN 1 THEN 'student' WHEN 2 THEN 'staff' ELSE 'guardian' END AS kind
          FROM ej.roster_rows(tables, 'roles') AS r GROUP BY 1) AS r ON r.key = u.v ->> 'sourcedId'
$$;

-- The enrollments: students and teachers (role) of classes of any type, by sourcedIds.
CREATE OR REPLACE FUNCTION ej.roster_members(tables jsonb)
RETURNS TABLE (class_key text, user_key text, role text, from_on text)
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT e.v ->> 'classSourcedId', e.v ->> 'userSourcedId', e.v ->> 'role', e.v ->> 'beginDate'
  FROM ej.roster_rows(tables, 'enrollments') AS e
$$;

-- The name of the teacher of each class that has one; of several the first in the alphabet.
CREATE OR REPLACE FUNCTION ej.roster_teachers(tables jsonb) RETURNS TABLE (class_key text, name text)
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT m.class_key, min(ej.roster_name(u.v))
  FROM ej.roster_members(tables) AS m
  JOIN ej.roster_users(tables) AS u ON u.key = m.user_key
 WHERE m.role = 'teacher' GROUP BY m.class_key
$$;

-- The hours a week of each subject of a group, which OneRoster does not have: those of the load of this journal, else
-- those of its curriculum.
CREATE OR REPLACE FUNCTION ej.roster_hours() RETURNS TABLE (study_group text, subject text, hours numeric)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT ej.import_word(g.name), ej.import_word(u.name), coalesce(max(t.hours_week), max(c.hours_week))
  FROM ej.study_group AS g
 CROSS JOIN ej.subject AS u
  LEFT JOIN ej.teaching AS t ON t.study_group_id = g.id AND t.subject_id = u.id
  LEFT JOIN ej.curriculum AS c ON c.study_group_id = g.id AND c.subject_id = u.id
 WHERE g.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND g.year = (SELECT ej.import_year())
   AND u.school_id = g.school_id AND coalesce(t.hours_week, c.hours_week) IS NOT NULL
 GROUP BY 1, 2
$$;

-- The table of a list (staff, subjects, classes, load) as ej_in_table makes one: [[line, cell, …], …], the heads first.
CREATE OR REPLACE FUNCTION ej.roster_list(kind text, tables jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE kind
    WHEN 'staff' THEN (
        SELECT '[[1, "Фамилия", "Имя", "Отчество"]]' || coalesce(jsonb_agg(jsonb_build_array(
                   u.line, u.v ->> 'familyName', u.v ->> 'givenName', u.v ->> 'middleName') ORDER BY u.line), '[]')
          FROM ej.roster_users(tables) AS u WHERE u.kind = 'staff')
    WHEN 'subjects' THEN (
        -- a course of homerooms alone is no subject
        SELECT '[[1, "Предмет", "Коротко"]]' || coalesce(jsonb_agg(jsonb_build_array(
                   c.line, c.v ->> 'title', c.v ->> 'courseCode') ORDER BY c.line), '[]')
          FROM ej.roster_rows(tables, 'courses') AS c
          LEFT JOIN (SELECT k.v ->> 'courseSourcedId' AS key, bool_and(k.v ->> 'classType' = 'homeroom') AS is_home
                       FROM ej.roster_rows(tables, 'classes') AS k GROUP BY 1) AS k ON k.key = c.v ->> 'sourcedId'
         WHERE k.is_home IS NOT TRUE)
    WHEN 'classes' THEN (
        SELECT '[[1, "Класс", "Классный руководитель"]]' || coalesce(jsonb_agg(jsonb_build_array(
                   k.line, k.v ->> 'title', coalesce(t.name, '')) ORDER BY k.line), '[]')
          FROM ej.roster_rows(tables, 'classes') AS k
          LEFT JOIN ej.roster_teachers(tables) AS t ON t.class_key = k.v ->> 'sourcedId'
         WHERE k.v ->> 'classType' = 'homeroom')
    WHEN 'load' THEN (
        -- the title is that of the group, with or without that of the course
        SELECT '[[1, "Класс или группа", "Предмет", "Учитель", "Часов в неделю"]]' || coalesce(jsonb_agg(
                   jsonb_build_array(k.line, x.study_group, c.v ->> 'title', coalesce(t.name, ''),
                                     coalesce(h.hours, 0)::text) ORDER BY k.line), '[]')
          FROM ej.roster_rows(tables, 'classes') AS k
          JOIN ej.roster_rows(tables, 'courses') AS c ON c.v ->> 'sourcedId' = k.v ->> 'courseSourcedId'
         CROSS JOIN LATERAL (
            SELECT regexp_replace(replace(k.v ->> 'title', c.v ->> 'title', ''), '^[\s,]+|[\s,]+$', '', 'g')
                       AS study_group) AS x
          LEFT JOIN ej.roster_hours() AS h
            ON h.study_group = ej.import_word(x.study_group) AND h.subject = ej.import_word(c.v ->> 'title')
          LEFT JOIN ej.roster_teachers(tables) AS t ON t.class_key = k.v ->> 'sourcedId'
         WHERE k.v ->> 'classType' = 'scheduled')
    END;
END
$$;

-- The table of pupils: with birthday and sex where the archive has them, class and day of entry, two guardians.
CREATE OR REPLACE FUNCTION ej.roster_pupils(tables jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH person AS MATERIALIZED (
    SELECT u.* FROM ej.roster_users(tables) AS u
), guardian AS MATERIALIZED (
    SELECT p.key AS pupil_key, jsonb_agg(jsonb_build_array(
               ej.roster_name(g.v), 'родитель',
               coalesce(nullif(g.v ->> 'phone', ''), g.v ->> 'sms', ''), coalesce(g.v ->> 'email', ''))
               ORDER BY a.n) AS cells
      FROM person AS p
     CROSS JOIN LATERAL regexp_split_to_table(p.v ->> 'agentSourcedIds', '\s*,\s*') WITH ORDINALITY AS a(key, n)
      JOIN person AS g ON g.key = a.key
     WHERE p.kind = 'student' AND g.kind = 'guardian' GROUP BY p.key
), place AS MATERIALIZED (
    SELECT m.user_key, min(k.v ->> 'title') AS class, min(m.from_on) AS from_on
      FROM ej.roster_members(tables) AS m
      JOIN ej.roster_rows(tables, 'classes') AS k ON k.v ->> 'sourcedId' = m.class_key
     WHERE m.role = 'student' AND k.v ->> 'classType' = 'homeroom' GROUP BY 1
), card AS MATERIALIZED (
    SELECT d.v ->> 'sourcedId' AS key, d.v ->> 'birthDate' AS birth_on,
           CASE d.v ->> 'sex' WHEN 'female' THEN 'ж' WHEN 'male' THEN 'м' ELSE '' END AS sex
      FROM ej.roster_rows(tables, 'demographics') AS d
), known AS MATERIALIZED (
    SELECT k.word, ej.import_word(k.class_name) AS class, min(k.id) AS id
      FROM ej.import_known_pupils() AS k WHERE k.class_id IS NOT NULL
     GROUP BY 1, 2 HAVING count(*) = 1
)
SELECT '[[1, "№ в журнале", "Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "Класс", "В классе с",
          "Родитель 1", "Родитель 1: кем приходится", "Родитель 1: телефон", "Родитель 1: почта",
          "Родитель 2", "Родитель 2: кем приходится", "Родитель 2: телефон", "Родитель 2: почта"]]'
    || coalesce(jsonb_agg(
           jsonb_build_array(p.line, CASE WHEN coalesce(c.birth_on, '') = '' THEN coalesce(k.id::text, '') ELSE '' END,
                             p.v ->> 'familyName', p.v ->> 'givenName', p.v ->> 'middleName', coalesce(c.birth_on, ''),
                             coalesce(c.sex, ''), coalesce(a.class, ''), coalesce(a.from_on, ''))
           || coalesce(g.cells -> 0, '["", "", "", ""]') || coalesce(g.cells -> 1, '["", "", "", ""]')
           ORDER BY p.line), '[]')
  FROM person AS p
  LEFT JOIN place AS a ON a.user_key = p.key
  LEFT JOIN card AS c ON c.key = p.key
  LEFT JOIN guardian AS g ON g.pupil_key = p.key
  LEFT JOIN known AS k ON k.word = ej.import_word(ej.roster_name(p.v)) AND k.class = ej.import_word(a.class)
 WHERE p.kind = 'student'
$$;

-- Begin the import of a list with its part of an archive of OneRoster.
-- Errors: JE401 no such list; JE130 a list that OneRoster has not; JE131 no manifest of version 1.2, or a file that the
-- list needs is not there; JE107 too many rows.
CREATE OR REPLACE FUNCTION ej.import_roster(kind text, file text, tables jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    needed text[] := CASE kind WHEN 'staff' THEN '{users,roles}' WHEN 'subjects' THEN '{courses,classes}'
                               WHEN 'classes' THEN '{classes,users,roles,enrollments}'
                               WHEN 'pupils' THEN '{classes,users,roles,enrollments}'
                               WHEN 'load' THEN '{classes,courses,users,roles,enrollments}' END;
    rows   jsonb;
BEGIN
    IF NOT EXISTS (SELECT FROM ej.import_fields(kind)) THEN
        RAISE EXCEPTION 'no such list' USING ERRCODE = 'JE401';
    ELSIF needed IS NULL THEN
        RAISE EXCEPTION 'no list of OneRoster' USING ERRCODE = 'JE130', COLUMN = 'file';
    ELSIF NOT EXISTS (SELECT FROM ej.roster_rows(tables, 'manifest') AS m
                       WHERE m.v ->> 'propertyName' = 'oneroster.version' AND m.v ->> 'value' = '1.2')
       OR NOT tables ?& needed THEN
        RAISE EXCEPTION 'no archive of OneRoster 1.2' USING ERRCODE = 'JE131', COLUMN = 'file';
    END IF;
    rows := CASE kind WHEN 'pupils' THEN ej.roster_pupils(tables) ELSE ej.roster_list(kind, tables) END;
    IF jsonb_array_length(rows) > 5001 THEN
        RAISE EXCEPTION 'too many rows' USING ERRCODE = 'JE107', COLUMN = 'file';
    END IF;
    PERFORM ej.import_begin(kind, file, rows, false);
END
$$;
