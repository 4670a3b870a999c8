-- duty_homework.sql: the facts of homework (duty.sql).

-- The facts of what was set in the lessons of these days for all pupils of a group, and of the days of
-- classes for which homework is due.
--   homework-late     written after the day on which the lesson was to be filled in (JRN-04)
--   homework-short    fewer words than the school wants, and no file
--   homework-holiday  due on a holiday or a Sunday
--   homework-minutes  a day of a class: more minutes than the norm of the grade (SanPiN 1.2.3685-21, 6.3); of
--                     the subgroups of a subject the longest counts
CREATE OR REPLACE FUNCTION ej.duty_homework(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 20000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.class_id, t.subject_id, t.school_id, t.fill_days, t.tz, t.today FROM ej.duty_teachings($1, $2) AS t
), h AS MATERIALIZED (
    SELECT h.id, h.teaching_id, h.lesson_id, h.due_on, h.minutes, l.held_on, l.staff_id, t.class_id, t.subject_id,
           t.school_id, t.fill_days, t.tz,
           CASE WHEN h.file_names = '' THEN cardinality(regexp_split_to_array(btrim(h.text), '\s+')) END AS words
      FROM t
      JOIN ej.homework AS h ON h.teaching_id = t.id AND NOT h.is_personal
      JOIN ej.lesson AS l ON l.id = h.lesson_id AND l.held_on BETWEEN $3 AND least($4, t.today)
     WHERE h.teaching_id = ANY ($1)
), n AS MATERIALIZED (
    SELECT s.school_id, ej.duty_limit_of(s.school_id, 'homework-short') AS words
      FROM (SELECT DISTINCT t.school_id FROM t) AS s
), o AS MATERIALIZED (
    SELECT o.school_id, range_agg(o.during) AS days FROM ej.holiday AS o
     WHERE o.school_id = ANY (ARRAY(SELECT n.school_id FROM n)) AND o.kind <> 'extra'
       AND o.during && daterange($3, $4 + 60)
     GROUP BY o.school_id
), load AS (
    SELECT x.class_id, x.due_on, sum(x.minutes) AS minutes
      FROM (SELECT h.class_id, h.due_on, h.subject_id, max(h.minutes) AS minutes FROM h
             WHERE h.minutes IS NOT NULL GROUP BY h.class_id, h.due_on, h.subject_id) AS x
     GROUP BY x.class_id, x.due_on
)
SELECT k.duty_key::text, k.is_undone, h.held_on, h.teaching_id, h.class_id, h.staff_id, h.lesson_id, NULL::bigint,
       NULL::bigint, NULL::text, k.amount::numeric, k.norm::numeric
  FROM h
  JOIN n ON n.school_id = h.school_id
  LEFT JOIN o ON o.school_id = h.school_id
 CROSS JOIN LATERAL (VALUES
       ('homework-late', (SELECT min(x.made_at) AT TIME ZONE h.tz FROM ej.history AS x
                           WHERE x.key_id = h.id AND x.table_name = 'homework')::date > h.held_on + h.fill_days,
        NULL, NULL),
       ('homework-short', h.words < n.words, h.words, n.words),
       ('homework-holiday', coalesce(o.days @> h.due_on, false) OR extract(isodow FROM h.due_on) = 7, NULL, NULL)
       ) AS k(duty_key, is_undone, amount, norm)
 WHERE k.is_undone IS NOT NULL
 UNION ALL
SELECT 'homework-minutes', d.minutes > m.homework_min, d.due_on, NULL, d.class_id, c.class_teacher_id, NULL, NULL, NULL,
       NULL, d.minutes, m.homework_min
  FROM load AS d
  JOIN ej.class AS c ON c.id = d.class_id
  JOIN ej.grade_norm AS m ON m.school_id = c.school_id AND m.grade = c.grade
 WHERE m.homework_min IS NOT NULL
$$;
