-- curriculum.sql: the queries of curriculum.c.

-- name: curriculum_scope :one
-- The year and the grade that is shown: of grade 0 all.
-- params: year int, grade int
SELECT s.school_id, s.year AS of_year,
       coalesce(:grade, (SELECT min(c.grade) FROM ej.class AS c
                          WHERE c.school_id = ANY (ARRAY[s.school_id]) AND c.year = s.year), 0) AS of_grade
  FROM ej.load_scope(:year) AS s;

-- name: curriculum_head :one
-- params: school_id bigint, of_year int, of_grade int
SELECT :of_year AS year, :of_grade AS grade,
       :of_grade > 0 AND :school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine;

-- name: curriculum_grades :many grade
-- params: school_id bigint, of_year int, of_grade int
SELECT c.grade, c.grade = :of_grade AS is_current
  FROM ej.class AS c WHERE c.school_id = ANY (ARRAY[:school_id]) AND c.year = :of_year
 GROUP BY c.grade ORDER BY c.grade;

-- name: curriculum_columns :many group
-- The groups, each with its hours a week and a year and the most that its grade may have. The pupils
-- of a profile have the hours of their class, too (total).
-- params: school_id bigint, of_year int, of_grade int
WITH g AS MATERIALIZED (SELECT g.study_group_id, g.name, g.is_class, g.grade, g.week_days, g.is_added, g.class_ids
                          FROM ej.curriculum_groups(:school_id, :of_year, :of_grade) AS g),
     c AS MATERIALIZED (SELECT u.study_group_id, u.hours_week FROM ej.curriculum AS u
                         WHERE u.school_id = ANY (ARRAY[:school_id])),
     u AS MATERIALIZED (SELECT c.study_group_id, sum(c.hours_week) AS hours FROM c GROUP BY c.study_group_id)
SELECT g.study_group_id, g.name, g.is_class, u.hours, u.hours * coalesce(n.weeks, 34) AS hours_year,
       t.total, x.most, t.total > x.most AS is_over
  FROM g
  LEFT JOIN u ON u.study_group_id = g.study_group_id
  LEFT JOIN ej.grade_norm AS n ON n.school_id = :school_id AND n.grade = g.grade
 CROSS JOIN LATERAL (SELECT CASE WHEN g.is_class THEN u.hours
        WHEN g.is_added THEN u.hours
           + coalesce((SELECT max(o.hours) FROM g AS k JOIN u AS o ON o.study_group_id = k.study_group_id
                        WHERE k.is_class AND k.class_ids <@ g.class_ids), 0) END AS total) AS t
 CROSS JOIN LATERAL (SELECT CASE WHEN g.is_class OR g.is_added
        THEN CASE g.week_days WHEN 5 THEN n.hours_5 ELSE n.hours_6 END END AS most) AS x
 ORDER BY g.grade, NOT g.is_class, g.name, g.study_group_id;

-- name: curriculum_subjects :many subject
-- params: school_id bigint
-- rows: at most 150
SELECT s.id AS subject_id, s.name FROM ej.subject AS s
 WHERE s.school_id = ANY (ARRAY[:school_id]) ORDER BY s.order_no, s.name LIMIT 150;

-- name: curriculum_cells :many cell under curriculum_subjects subject_id
-- Every cell of the matrix, in the order of the groups.
-- params: school_id bigint, of_year int, of_grade int
WITH g AS MATERIALIZED (SELECT g.study_group_id, g.name, g.is_class, g.grade
                          FROM ej.curriculum_groups(:school_id, :of_year, :of_grade) AS g),
     u AS MATERIALIZED (SELECT u.study_group_id, u.subject_id, u.hours_week FROM ej.curriculum AS u
                         WHERE u.school_id = ANY (ARRAY[:school_id])),
     s AS MATERIALIZED (SELECT s.id FROM ej.subject AS s WHERE s.school_id = ANY (ARRAY[:school_id])
                         ORDER BY s.order_no, s.name LIMIT 150)
SELECT s.id AS subject_id, g.study_group_id, u.hours_week
  FROM s CROSS JOIN g LEFT JOIN u ON u.study_group_id = g.study_group_id AND u.subject_id = s.id
 ORDER BY s.id, g.grade, NOT g.is_class, g.name, g.study_group_id;

-- name: curriculum_save :outcomes
-- params: hours_id bigint[], hours_id2 bigint[], hours text[], old_hours text[]
SELECT ej.curriculum_save(:hours_id, :hours_id2, :hours, :old_hours);

-- name: curriculum_choices :many choice
-- The groups that have a plan, of the year and of the one before.
-- params: school_id bigint, of_year int
-- rows: at most 300
WITH u AS MATERIALIZED (SELECT DISTINCT u.study_group_id FROM ej.curriculum AS u
                        WHERE u.school_id = ANY (ARRAY[:school_id]))
SELECT 'from_id' AS "for", g.study_group_id AS value,
       g.name || CASE WHEN y.year < :of_year THEN format(' (%s/%s)', y.year, y.year % 100 + 1) ELSE '' END AS name
  FROM (VALUES (:of_year), (:of_year - 1)) AS y(year)
 CROSS JOIN LATERAL ej.curriculum_groups(:school_id, y.year, 0) AS g
 WHERE g.study_group_id IN (SELECT u.study_group_id FROM u)
 ORDER BY y.year DESC, g.grade, NOT g.is_class, g.name LIMIT 300;

-- name: curriculum_take :outcomes
-- params: year int, grade int, from_id bigint, study_group_id bigint[]
SELECT ej.curriculum_take(:year, coalesce(:grade, 0), :from_id, :study_group_id);
