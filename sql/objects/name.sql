-- name.sql: names of people in a list, so that no two entries look alike.
--
-- A name is short, and is extended only for namesakes in the same list: a pupil's by
-- the patronymic, then by the year of birth or the class; a staff member's by the full
-- name, then by the post; and by a number when all of that is equal. SECURITY INVOKER:
-- a reader who may not read the cards sees the class instead of the year.

-- The names of namesakes: «Иванов Иван Петрович», «Иванов Иван Петрович, 2013 г. р.».
CREATE OR REPLACE FUNCTION ej.namesakes(pupil_ids bigint[]) RETURNS TABLE (pupil_id bigint, name text)
LANGUAGE plpgsql STABLE ROWS 2 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    -- mostly the patronymics differ; then the long statement below would be wasted
    IF NOT EXISTS (SELECT FROM ej.pupil AS p WHERE p.id = ANY (pupil_ids)
                    GROUP BY p.surname, p.given_name, p.patronymic HAVING count(*) > 1) THEN
        RETURN QUERY SELECT p.id, p.surname || ' ' || p.given_name || rtrim(' ' || p.patronymic)
                       FROM ej.pupil AS p WHERE p.id = ANY (pupil_ids);
        RETURN;
    END IF;
    RETURN QUERY
    WITH first AS (
        SELECT p.id, p.surname || ' ' || p.given_name || rtrim(' ' || p.patronymic) AS name
          FROM ej.pupil AS p WHERE p.id = ANY (pupil_ids)
    ), alike AS (
        SELECT f.id, f.name, count(*) OVER (PARTITION BY f.name) AS times FROM first AS f
    ), facts AS (
        SELECT a.id, a.name, a.times,
               CASE WHEN a.times > 1 THEN (
                    SELECT extract(year FROM k.birth_on)::int FROM ej.pupil_card AS k
                     WHERE k.pupil_id = a.id) END AS born,
               CASE WHEN a.times > 1 THEN (
                    SELECT c.name::text FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id
                     WHERE n.pupil_id = a.id ORDER BY lower(n.during) DESC LIMIT 1) END AS class_name
          FROM alike AS a
    ), apart AS (
        SELECT f.id, f.name || CASE
               WHEN f.times = 1 THEN ''
               WHEN count(f.born) OVER same = f.times AND min(f.born) OVER same < max(f.born) OVER same
               THEN ', ' || f.born || ' г. р.'
               WHEN min(f.class_name) OVER same < max(f.class_name) OVER same THEN ', ' || f.class_name
               ELSE '' END AS name
          FROM facts AS f WINDOW same AS (PARTITION BY f.name)
    )
    SELECT a.id, a.name || CASE WHEN count(*) OVER (PARTITION BY a.name) > 1
                                THEN ' (' || row_number() OVER (PARTITION BY a.name ORDER BY a.id) || ')' ELSE '' END
      FROM apart AS a;
END
$$;

-- «Иванов Иван», namesakes as in ej.namesakes; order_no sorts the list by name.
CREATE OR REPLACE FUNCTION ej.pupil_names(pupil_ids bigint[])
RETURNS TABLE (pupil_id bigint, name text, order_no bigint)
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT p.id,
           CASE WHEN cardinality(p.same_ids) = 1 THEN p.surname || ' ' || p.given_name
                ELSE (SELECT n.name FROM ej.namesakes(p.same_ids) AS n WHERE n.pupil_id = p.id) END,
           row_number() OVER (ORDER BY p.surname, p.given_name, p.patronymic, p.id)
      FROM (SELECT p.id, p.surname, p.given_name, p.patronymic,
                   array_agg(p.id) OVER (PARTITION BY p.surname, p.given_name) AS same_ids
              FROM ej.pupil AS p WHERE p.id = ANY (pupil_ids)) AS p;
END
$$;

-- The names of a lesson's pupils, the same on its whole page: namesakes are numbered
-- within this list, and a list with former pupils would number them differently.
CREATE OR REPLACE FUNCTION ej.lesson_names(lesson_id bigint) RETURNS TABLE (pupil_id bigint, name text)
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT n.pupil_id, n.name FROM ej.pupil_names(ARRAY(
        SELECT b.pupil_id FROM ej.lesson AS l
          JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
         WHERE l.id = lesson_names.lesson_id)) AS n;
END
$$;

-- The name of one pupil, distinct among the classmates; for a family the short name.
CREATE OR REPLACE FUNCTION ej.pupil_name(pupil_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    IF pupil_id = ANY (ej.my_family_pupils()) THEN
        RETURN (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = pupil_id);
    END IF;
    RETURN (SELECT n.name FROM ej.pupil_names(pupil_id || ARRAY(
                SELECT m.pupil_id FROM ej.enrolment AS o
                  JOIN ej.enrolment AS m ON m.class_id = o.class_id AND m.during && o.during
                 WHERE o.pupil_id = pupil_name.pupil_id)) AS n
             WHERE n.pupil_id = pupil_name.pupil_id);
END
$$;

-- «Иванова М. П.», «Иванова Мария Петровна», «Иванова Мария Петровна, учитель физики»;
-- full_name: with the whole name always.
CREATE OR REPLACE FUNCTION ej.staff_names(staff_ids bigint[]) RETURNS TABLE (staff_id bigint, name text, full_name text)
LANGUAGE plpgsql STABLE ROWS 60 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH first AS (
        SELECT s.id, s.post::text AS post, ej.short_name(s.surname, s.given_name, s.patronymic) AS short,
               concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, '')) AS name
          FROM ej.staff AS s WHERE s.id = ANY (staff_ids)
    ), apart AS (
        SELECT f.id, f.short, f.name || CASE
               WHEN min(f.post) OVER same < max(f.post) OVER same AND f.post <> '' THEN ', ' || f.post
               ELSE '' END AS name
          FROM first AS f WINDOW same AS (PARTITION BY f.name)
    ), numbered AS (
        SELECT a.id, a.short, a.name || CASE WHEN count(*) OVER (PARTITION BY a.name) > 1
               THEN ' (' || row_number() OVER (PARTITION BY a.name ORDER BY a.id) || ')' ELSE '' END AS name
          FROM apart AS a
    )
    SELECT n.id, CASE WHEN count(*) OVER (PARTITION BY n.short) > 1 THEN n.name ELSE n.short END, n.name
      FROM numbered AS n;
END
$$;
