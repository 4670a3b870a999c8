-- social.sql: the queries of social.c. Row policies decide whose categories a reader sees.

-- name: social_head :one
-- params:
SELECT s.name AS school_name, ej.today(s.id) AS today_on FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: social_print_head :one
-- Who signs the printed form, for readers who see the roles of others.
-- params:
SELECT ej.director_name(s.id, ej.today(s.id)) AS director_name
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: social_classes :many class
-- The social passport: the number of pupils of each class in each category today; the last
-- row, without a class, counts all.
-- params:
-- rows: at most 120
WITH c AS MATERIALIZED (
    SELECT c.id, c.school_id, c.name, c.grade, c.letter, d.day
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.class_day(c.school_id, c.year) AS day) AS d
     WHERE (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]))
       AND c.year = (SELECT ej.shown_year())
), n AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, c.day, n.pupil_id FROM c JOIN ej.enrolment AS n ON n.class_id = c.id
       AND n.during @> c.day AND n.school_id = ANY (ARRAY(SELECT DISTINCT c.school_id FROM c))
), x AS MATERIALIZED ( -- all of the school: not one pupil after the other
    SELECT x.pupil_id, x.category, x.during FROM ej.pupil_category AS x
     WHERE x.school_id = ANY (ARRAY(SELECT DISTINCT c.school_id FROM c))
)
SELECT n.id AS class_id, max(n.name) AS name, count(DISTINCT n.pupil_id) AS pupils, count(DISTINCT x.pupil_id) AS noted,
       count(*) FILTER (WHERE x.category = 'large') AS large, count(*) FILTER (WHERE x.category = 'poor') AS poor,
       count(*) FILTER (WHERE x.category = 'single') AS single, count(*) FILTER (WHERE x.category = 'ward') AS ward,
       count(*) FILTER (WHERE x.category = 'orphan') AS orphan, count(*) FILTER (WHERE x.category = 'foster') AS foster,
       count(*) FILTER (WHERE x.category = 'disabled') AS disabled,
           count(*) FILTER (WHERE x.category = 'needs') AS needs,
       count(*) FILTER (WHERE x.category = 'parent_disabled') AS parent_disabled,
           count(*) FILTER (WHERE x.category = 'hardship') AS hardship,
       count(*) FILTER (WHERE x.category = 'risk') AS risk,
           count(*) FILTER (WHERE x.category = 'school_watch') AS school_watch,
       count(*) FILTER (WHERE x.category = 'police_watch') AS police_watch,
           count(*) FILTER (WHERE x.category = 'refugee') AS refugee,
       count(*) FILTER (WHERE x.category = 'migrant') AS migrant,
           count(*) FILTER (WHERE x.category = 'fighter') AS fighter
  FROM n LEFT JOIN x ON x.pupil_id = n.pupil_id AND x.during @> n.day
 GROUP BY GROUPING SETS ((n.id), ())
HAVING count(n.pupil_id) > 0
 ORDER BY n.id IS NULL, max(n.grade), max(n.letter), n.id;

-- name: social_class :one
-- params: class_id bigint
SELECT c.id AS class_id, c.name, s.name AS school_name, ej.today(c.school_id) AS today_on
  FROM ej.class AS c JOIN ej.school AS s ON s.id = c.school_id
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[]) OR c.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]));

-- name: social_pupils :many pupil
-- The pupils of the class with their categories of today, a row for each.
-- params: class_id bigint
-- rows: at most 45 pupils
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, d.day
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.class_day(c.school_id, c.year) AS day) AS d
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> d.day
     WHERE c.id = :class_id
)
SELECT n.pupil_id, m.name, x.category, lower(x.during) AS from_on, upper(x.during) - 1 AS till_on,
       nullif(x.paper, '') AS paper
  FROM n
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS m ON m.pupil_id = n.pupil_id
  LEFT JOIN ej.pupil_category AS x ON x.pupil_id = n.pupil_id AND x.during @> n.day
 ORDER BY m.order_no, x.category;

-- name: social_pupil :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       ej.today(p.school_id) AS from_on,
       p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
           OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_mine
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]));

-- name: social_categories :many mark
-- All categories of the pupil, also those that have ended.
-- params: pupil_id bigint
SELECT x.id AS category_id, x.category, lower(x.during) AS from_on, upper(x.during) - 1 AS till_on,
       nullif(x.paper, '') AS paper,
       x.during @> ej.today(x.school_id) AS is_now
  FROM ej.pupil_category AS x
 WHERE x.pupil_id = :pupil_id
 ORDER BY x.during @> ej.today(x.school_id) DESC, lower(x.during) DESC, x.id;

-- name: social_show :one
-- params: category_id bigint
SELECT x.id AS category_id, x.pupil_id, ej.pupil_name(p.id) AS pupil, x.category,
       lower(x.during) AS from_on, upper(x.during) - 1 AS till_on, nullif(x.paper, '') AS paper
  FROM ej.pupil_category AS x JOIN ej.pupil AS p ON p.id = x.pupil_id
 WHERE x.id = :category_id
   AND (x.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
        OR x.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[]));

-- name: social_pair :one
-- The pupil of a category, for the way back.
-- params: category_id bigint
SELECT x.pupil_id FROM ej.pupil_category AS x WHERE x.id = :category_id;

-- name: social_save :outcomes
-- params: category_id bigint, pupil_id bigint, fields jsonb
SELECT ej.save_rows('ej.pupil_category', :fields || jsonb_build_object('id', :category_id)
           || CASE WHEN :category_id IS NULL
                   AND :fields -> 'category' IS NOT NULL THEN jsonb_build_object('pupil_id', :pupil_id) ELSE '{}' END);
