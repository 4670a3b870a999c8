-- load.sql: the queries of load.c.

-- name: load_scope :one
-- The year, its day, and the grade that is shown: of grade 0 all.
-- params: year int, grade int
SELECT s.school_id, s.year AS of_year, s.on_day,
       coalesce(:grade, (SELECT min(c.grade) FROM ej.class AS c
                          WHERE c.school_id = ANY (ARRAY[s.school_id]) AND c.year = s.year), 0) AS of_grade
  FROM ej.load_scope(:year) AS s;

-- name: load_head :one
-- params: school_id bigint, of_year int, of_grade int
SELECT :of_year AS year, :of_grade AS grade, :school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine,
       (SELECT max(y.year) FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY[:school_id])
           AND y.year < :of_year) AS year_before,
       (SELECT min(y.year) FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY[:school_id])
           AND y.year > :of_year) AS year_after;

-- name: load_grades :many grade
-- The grades of the year, each with the number of its differences from the curriculum.
-- params: school_id bigint, of_year int, of_grade int
WITH c AS MATERIALIZED (SELECT c.class_id, c.grade FROM ej.load_classes(:school_id, :of_year) AS c),
     l AS MATERIALIZED (SELECT l.class_id, l.hours, l.planned FROM ej.load_lines(:school_id, :of_year) AS l)
SELECT c.grade, c.grade = :of_grade AS is_current,
       nullif(count(l.class_id) FILTER (WHERE l.hours IS DISTINCT FROM l.planned), 0) AS differences
  FROM c LEFT JOIN l ON l.class_id = c.class_id
 GROUP BY c.grade ORDER BY c.grade;

-- name: load_columns :many class
-- The classes of the grade, with the hours of the curriculum and those of all teachers.
-- params: school_id bigint, of_year int, of_grade int
WITH c AS MATERIALIZED (SELECT c.class_id, c.study_group_id, c.name, c.grade, c.letter
                          FROM ej.load_classes(:school_id, :of_year) AS c WHERE :of_grade IN (0, c.grade)),
     u AS MATERIALIZED (SELECT u.study_group_id, u.hours_week FROM ej.curriculum AS u
                         WHERE u.school_id = ANY (ARRAY[:school_id])),
     l AS MATERIALIZED (SELECT l.class_id, l.hours, l.planned FROM ej.load_lines(:school_id, :of_year) AS l)
SELECT c.class_id, c.name,
       (SELECT sum(u.hours_week) FROM u WHERE u.study_group_id = c.study_group_id) AS planned,
       (SELECT sum(l.hours) FROM l WHERE l.class_id = c.class_id) AS hours
  FROM c ORDER BY c.grade, c.letter, c.class_id;

-- name: load_subjects :many subject
-- params: school_id bigint
-- rows: at most 150
SELECT s.id AS subject_id, s.name FROM ej.subject AS s
 WHERE s.school_id = ANY (ARRAY[:school_id]) ORDER BY s.order_no, s.name LIMIT 150;

-- name: load_cells :many cell under load_subjects subject_id
-- Every cell of the matrix, with the hours that nobody teaches.
-- params: school_id bigint, of_year int, of_grade int
WITH c AS MATERIALIZED (SELECT c.class_id, c.study_group_id, c.name, c.grade, c.letter
                          FROM ej.load_classes(:school_id, :of_year) AS c WHERE :of_grade IN (0, c.grade)),
     l AS MATERIALIZED (SELECT l.class_id, l.subject_id, sum(l.planned) AS lacking
                          FROM ej.load_lines(:school_id, :of_year) AS l WHERE l.teaching_id IS NULL GROUP BY 1, 2),
     s AS MATERIALIZED (SELECT s.id FROM ej.subject AS s WHERE s.school_id = ANY (ARRAY[:school_id])
                         ORDER BY s.order_no, s.name LIMIT 150)
SELECT s.id AS subject_id, c.class_id, s.id || '.' || c.class_id AS cell_key, l.lacking
  FROM s CROSS JOIN c LEFT JOIN l ON l.class_id = c.class_id AND l.subject_id = s.id
 ORDER BY s.id, c.grade, c.letter, c.class_id;

-- name: load_teachings :many teaching under load_cells cell_key
-- The teachings, each with its teacher of the day; who takes it over later, and when.
-- params: school_id bigint, of_year int, of_grade int, on_day date
WITH c AS MATERIALIZED (SELECT c.class_id, c.study_group_id, c.name, c.grade, c.letter
                          FROM ej.load_classes(:school_id, :of_year) AS c WHERE :of_grade IN (0, c.grade)),
     f AS MATERIALIZED (SELECT f.teaching_id, f.staff_id, f.during FROM ej.teaching_former AS f
                         WHERE f.school_id = ANY (ARRAY[:school_id]) AND f.during @> :on_day),
     l AS MATERIALIZED (
         SELECT l.class_id, l.subject_id, l.teaching_id, l.planned, l.hours, t.staff_id, f.staff_id AS former_id,
                upper(f.during) AS from_on, g.kind, g.name AS group_name
           FROM c JOIN ej.load_lines(:school_id, :of_year) AS l ON l.class_id = c.class_id
           JOIN ej.teaching AS t ON t.id = l.teaching_id AND t.school_id = ANY (ARRAY(SELECT :school_id))
           JOIN ej.study_group AS g ON g.id = t.study_group_id
           LEFT JOIN f ON f.teaching_id = t.id),
     n AS MATERIALIZED (SELECT n.staff_id, n.name, n.full_name
                          FROM ej.staff_names(ARRAY(SELECT l.staff_id FROM l UNION SELECT l.former_id FROM l)) AS n)
SELECT l.subject_id || '.' || l.class_id AS cell_key, l.teaching_id, a.name AS staff_name, b.name AS next_name,
       l.from_on,
       CASE WHEN l.kind <> 'class' THEN l.group_name END AS group_name, l.hours, l.planned,
       l.hours IS DISTINCT FROM l.planned AS is_wrong
  FROM l
  LEFT JOIN n AS a ON a.staff_id = coalesce(l.former_id, l.staff_id)
  LEFT JOIN n AS b ON b.staff_id = l.staff_id AND l.former_id IS NOT NULL
 ORDER BY l.kind <> 'class', l.group_name, l.teaching_id;

-- name: load_staff_head :one
-- params: school_id bigint, of_year int, find text
SELECT :of_year AS year, :find AS find, count(*) AS count
  FROM ej.school AS s WHERE s.id = :school_id;

-- name: load_staff :many staff
-- Who teaches in the year, with the hours and their norm: those of a full rate times the
-- rates of the day's posts; who has no posts has one rate.
-- params: school_id bigint, of_year int, on_day date, find text
-- rows: at most 300
WITH f AS MATERIALIZED (SELECT f.teaching_id, f.staff_id, f.during FROM ej.teaching_former AS f
                         WHERE f.school_id = ANY (ARRAY[:school_id]) AND f.during @> :on_day),
t AS MATERIALIZED (
    SELECT coalesce(f.staff_id, t.staff_id) AS staff_id, sum(t.hours_week) AS hours
      FROM ej.teaching AS t
      LEFT JOIN f ON f.teaching_id = t.id
     WHERE t.school_id = ANY (ARRAY[:school_id]) AND t.year = :of_year GROUP BY 1
), n AS MATERIALIZED (SELECT n.staff_id, n.name, n.full_name FROM ej.staff_names(ARRAY(SELECT t.staff_id FROM t)) AS n
), p AS MATERIALIZED (
    SELECT p.staff_id, sum(p.rate) AS rate FROM ej.staff_post AS p
     WHERE p.school_id = ANY (ARRAY[:school_id]) AND p.during @> :on_day GROUP BY 1
)
SELECT s.id AS staff_id, n.full_name AS name, t.hours, x.rate, x.norm, t.hours - x.norm AS difference
  FROM t JOIN ej.staff AS s ON s.id = t.staff_id JOIN n ON n.staff_id = s.id
  LEFT JOIN p ON p.staff_id = s.id
 CROSS JOIN LATERAL (SELECT coalesce(p.rate, 1) AS rate, round(s.rate_hours * coalesce(p.rate, 1), 1) AS norm) AS x
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), n.full_name)
 ORDER BY s.surname, s.given_name, s.patronymic, s.id LIMIT 300;

-- name: load_staff_columns :many class
-- params: school_id bigint, of_year int
SELECT c.class_id, c.name FROM ej.load_classes(:school_id, :of_year) AS c ORDER BY c.grade, c.letter, c.class_id;

-- name: load_staff_cells :grid staff_id class_id
-- The hours of a teacher in a class; those of a group of two classes are in both.
-- params: school_id bigint, of_year int, on_day date, find text
WITH f AS MATERIALIZED (SELECT f.teaching_id, f.staff_id, f.during FROM ej.teaching_former AS f
                         WHERE f.school_id = ANY (ARRAY[:school_id]) AND f.during @> :on_day),
t AS MATERIALIZED (
    SELECT t.study_group_id, coalesce(f.staff_id, t.staff_id) AS staff_id, t.hours_week
      FROM ej.teaching AS t
      LEFT JOIN f ON f.teaching_id = t.id
     WHERE t.school_id = ANY (ARRAY[:school_id]) AND t.year = :of_year
), n AS MATERIALIZED (SELECT n.staff_id, n.name, n.full_name FROM ej.staff_names(ARRAY(SELECT t.staff_id FROM t)) AS n)
SELECT t.staff_id, x.class_id, sum(t.hours_week) AS text
  FROM t
  JOIN n ON n.staff_id = t.staff_id
  JOIN ej.study_group_class AS x ON x.study_group_id = t.study_group_id
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), n.full_name)
 GROUP BY t.staff_id, x.class_id
 ORDER BY t.staff_id, x.class_id;

-- name: load_cell_head :one
-- One class and subject; hours_week is what a new teaching gets.
-- params: class_id bigint, subject_id bigint
SELECT c.id AS class_id, s.id AS subject_id, c.name AS class_name, c.grade, c.year, s.name AS subject_name,
       u.hours_week AS planned, u.hours_week, cardinality(ej.my_setup_schools()) > 0 AS is_mine, k.study_group_id,
       (SELECT count(*) FROM ej.study_group_class AS x JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
         WHERE x.class_id = c.id AND t.subject_id = s.id) AS count
  FROM ej.class AS c
  JOIN ej.subject AS s ON s.id = :subject_id AND s.school_id = c.school_id
  JOIN ej.load_classes(c.school_id, c.year) AS k ON k.class_id = c.id
  LEFT JOIN ej.curriculum AS u ON u.study_group_id = k.study_group_id AND u.subject_id = s.id
 WHERE c.id = :class_id AND c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: load_cell_choices :many choice
-- The groups of the class without this subject, and all present teachers.
-- params: class_id bigint, subject_id bigint
-- rows: at most 400
WITH c AS MATERIALIZED (SELECT c.id, c.school_id, c.year FROM ej.class AS c WHERE c.id = :class_id),
     f AS MATERIALIZED (
         SELECT f.id FROM c JOIN ej.staff AS f ON f.school_id = c.school_id
            AND f.during @> greatest(ej.today(c.school_id), make_date(c.year, 9, 1))
          WHERE f.school_id = ANY (ARRAY(SELECT c.school_id FROM c)))
(SELECT 'study_group_id' AS "for", g.id AS value, g.name::text
   FROM c JOIN ej.study_group_class AS x ON x.class_id = c.id JOIN ej.study_group AS g ON g.id = x.study_group_id
  WHERE NOT EXISTS (SELECT FROM ej.teaching AS t WHERE t.study_group_id = g.id AND t.subject_id = :subject_id)
  ORDER BY g.kind <> 'class', g.name LIMIT 100)
 UNION ALL
(SELECT 'staff_id', n.staff_id, n.full_name FROM ej.staff_names(ARRAY(SELECT f.id FROM f)) AS n ORDER BY n.full_name
  LIMIT 300);

-- name: load_cell_rows :many teaching
-- params: class_id bigint, subject_id bigint
WITH t AS MATERIALIZED (
    SELECT t.id, t.study_group_id, t.staff_id, t.hours_week FROM ej.study_group_class AS x
      JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
     WHERE x.class_id = :class_id AND t.subject_id = :subject_id)
SELECT t.id AS teaching_id, t.study_group_id, g.name AS group_name, t.staff_id, n.full_name AS staff_name, t.hours_week
  FROM t JOIN ej.study_group AS g ON g.id = t.study_group_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT t.staff_id FROM t)) AS n ON n.staff_id = t.staff_id
 ORDER BY g.kind <> 'class', g.name, t.id;

-- name: load_add :outcomes
-- A teaching of a subject in a group gets its scales by the school's rules.
-- params: class_id bigint, subject_id bigint, fields jsonb
SELECT ej.save_rows('ej.teaching', :fields || jsonb_build_object('subject_id', :subject_id, 'study_group_id', g.id,
           'year', g.year, 'scale_id', s.scale_id, 'term_scale_id', s.term_scale_id)
           || CASE WHEN g.id IS NULL THEN '{"fault": {"field": "study_group_id", "code": "JE106"}}'
                   WHEN s.scale_id IS NULL THEN '{"fault": {"field": "scale_id", "code": "JE101"}}'
                       ELSE '{}'::jsonb END)
  FROM (SELECT 1) AS one
  LEFT JOIN ej.study_group AS g ON g.id = (:fields ->> 'study_group_id')::bigint
        AND EXISTS (SELECT FROM ej.study_group_class AS x WHERE x.study_group_id = g.id AND x.class_id = :class_id)
  LEFT JOIN LATERAL ej.scales_for(g.id, :subject_id) AS s ON true;

-- name: load_teaching :one
-- params: teaching_id bigint
SELECT t.id AS teaching_id, t.hours_week, t.scale_id, t.term_scale_id, g.name AS group_name, s.name AS subject_name,
       t.study_group_id, t.subject_id, t.year, t.staff_id, t.is_self_given,
       concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS staff_name,
       (SELECT min(c.grade) FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
         WHERE x.study_group_id = t.study_group_id) AS grade
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = t.staff_id
 WHERE t.id = :teaching_id AND t.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: load_scales :many choice
-- params: teaching_id bigint
SELECT f.name AS "for", s.id AS value, s.name::text
  FROM ej.teaching AS t
  JOIN ej.scale AS s ON s.school_id = t.school_id AND (s.is_active OR s.id IN (t.scale_id, t.term_scale_id))
 CROSS JOIN (VALUES ('scale_id'), ('term_scale_id')) AS f(name)
 WHERE t.id = :teaching_id AND s.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) ORDER BY s.id, f.name;

-- name: load_save :outcomes
-- params: teaching_id bigint, fields jsonb
SELECT ej.save_rows('ej.teaching', :fields || jsonb_build_object('id', :teaching_id));

-- name: load_staff_choices :many choice
-- The teachers to whom a teaching may be handed over, and the one who has it.
-- params: teaching_id bigint
-- rows: at most 300
WITH f AS MATERIALIZED (
    SELECT f.id FROM ej.teaching AS t
      JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
      JOIN ej.staff AS f ON f.school_id = t.school_id
       AND (f.during && y.during AND f.during @> greatest(ej.today(t.school_id), lower(y.during)) OR f.id = t.staff_id)
     WHERE t.id = :teaching_id AND f.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))))
SELECT 'staff_id' AS "for", n.staff_id AS value, n.full_name AS name
  FROM ej.staff_names(ARRAY(SELECT f.id FROM f)) AS n ORDER BY n.full_name LIMIT 300;

-- name: load_periods :many period
-- Who had the teaching, and from when on who has it.
-- params: teaching_id bigint
SELECT p.from_on, p.till_on, n.full_name AS name, p.is_last
  FROM (SELECT lower(f.during) AS from_on, upper(f.during) - 1 AS till_on, f.staff_id, false AS is_last
          FROM ej.teaching_former AS f WHERE f.teaching_id = :teaching_id
         UNION ALL
        SELECT (SELECT max(upper(f.during)) FROM ej.teaching_former AS f WHERE f.teaching_id = t.id), NULL, t.staff_id,
               true
          FROM ej.teaching AS t WHERE t.id = :teaching_id) AS p
 CROSS JOIN LATERAL ej.staff_names(ARRAY[p.staff_id]) AS n
 ORDER BY p.from_on NULLS FIRST, p.is_last;

-- name: load_busy :many busy
-- The lessons that would go to another teacher at hours when that one has other lessons; with
-- is_removed they would go back to the former teacher.
-- params: teaching_id bigint, staff_id bigint, from_on date, is_removed boolean
-- rows: at most 30
WITH t AS MATERIALIZED (
    SELECT t.id, t.staff_id, CASE WHEN :is_removed THEN f.staff_id ELSE :staff_id END AS next_id,
           CASE WHEN :is_removed THEN upper(f.during) ELSE :from_on END AS from_on
      FROM ej.teaching AS t
      LEFT JOIN LATERAL (SELECT f.staff_id, f.during FROM ej.teaching_former AS f
                          WHERE f.teaching_id = t.id ORDER BY f.during DESC LIMIT 1) AS f ON true
     WHERE t.id = :teaching_id AND t.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
)
SELECT o.id AS lesson_id, l.held_on, ej.weekday_short(l.held_on) || ', ' || ej.day_of_month(l.held_on) AS date_name,
       l.slot,
       s.name AS subject_name, g.name AS group_name, count(*) OVER () AS count
  FROM t
  JOIN ej.lesson AS l ON l.teaching_id = t.id AND l.state = 'planned' AND l.planned_staff_id = t.staff_id
   AND l.staff_id = t.staff_id
   AND (t.from_on IS NULL OR l.held_on >= t.from_on)
  JOIN ej.lesson AS o ON o.staff_id = t.next_id AND o.held_on = l.held_on AND o.during && l.during
   AND o.state IN ('planned', 'given')
  JOIN ej.teaching AS k ON k.id = o.teaching_id
  JOIN ej.subject AS s ON s.id = k.subject_id
  JOIN ej.study_group AS g ON g.id = o.study_group_id
 ORDER BY l.held_on, l.slot, o.id LIMIT 30;

-- name: load_hand_over :outcomes
-- params: teaching_id bigint, fields jsonb
SELECT ej.load_save(:teaching_id, :fields);
