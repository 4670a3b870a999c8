-- modes.sql: the queries of modes.c, 60 rows a page.

-- name: modes_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.mode AS m
  JOIN ej.bell_plan AS p ON p.id = m.bell_plan_id AND p.school_id = m.school_id
  LEFT JOIN ej.study_group AS g ON g.id = m.study_group_id
   AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.name, g.name));

-- name: modes_rows :many mode
-- Those of the present day and to come first; of grades, then of groups.
-- list: sort grades from_on
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT m.id AS mode_id,
       CASE WHEN m.study_group_id IS NOT NULL THEN g.name
            WHEN m.grade_from = m.grade_till THEN m.grade_from::text ELSE m.grade_from || '–'
                || m.grade_till END AS grades,
       p.name AS bell_plan, p.shift, m.is_special, lower(m.during) AS from_on, upper(m.during) - 1 AS till_on
  FROM ej.mode AS m
  JOIN ej.bell_plan AS p ON p.id = m.bell_plan_id AND p.school_id = m.school_id
  LEFT JOIN ej.study_group AS g ON g.id = m.study_group_id
   AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.name, g.name))
 ORDER BY upper(m.during) <= ej.today(m.school_id), CASE WHEN :sort = 'from_on' THEN lower(m.during) END DESC,
          m.study_group_id IS NOT NULL, m.grade_from, g.name, lower(m.during), m.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: modes_choices :many choice
-- The bell plans, and the groups of the years that have not ended.
-- params:
SELECT c."for", c.value, c.name
  FROM (SELECT 'bell_plan_id' AS "for", p.id AS value,
               p.name || CASE WHEN p.shift > 1 THEN ', ' || p.shift || ' смена' ELSE '' END AS name,
               0 AS grade
          FROM ej.bell_plan AS p WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
        UNION ALL
        SELECT 'study_group_id', g.id,
               g.name || CASE WHEN count(*) OVER (PARTITION BY g.name) > 1 THEN ' (' || g.year || ')' ELSE '' END,
               coalesce(substring(g.name FROM '^\d{1,2}')::int, 99)
          FROM ej.school_year AS y JOIN ej.study_group AS g ON g.school_id = y.school_id AND g.year = y.year
         WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
           AND upper(y.during) > ej.today(y.school_id)) AS c
 ORDER BY c."for", c.grade, c.name, c.value;

-- name: modes_show :one
-- params: mode_id bigint
SELECT m.id AS mode_id, m.bell_plan_id, m.grade_from, m.grade_till, m.study_group_id, m.is_special,
       lower(m.during) AS from_on, upper(m.during) - 1 AS till_on
  FROM ej.mode AS m WHERE m.id = :mode_id AND m.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: modes_save :outcomes
-- params: mode_id bigint, fields jsonb
SELECT ej.save_rows('ej.mode', :fields || jsonb_build_object('id', :mode_id));
