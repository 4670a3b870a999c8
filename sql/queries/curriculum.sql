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
-- The groups, each with its hours a week and a year; of a class the most that its grade may have.
-- params: school_id bigint, of_year int, of_grade int
WITH g AS MATERIALIZED (SELECT g.study_group_id, g.name, g.is_class, g.grade, g.week_days
                          FROM ej.curriculum_groups(:school_id, :of_year, :of_grade) AS g),
     c AS MATERIALIZED (SELECT u.study_group_id, u.hours_week FROM ej.curriculum AS u
                         WHERE u.school_id = ANY (ARRAY[:school_id])),
     u AS MATERIALIZED (SELECT c.study_group_id, sum(c.hours_week) AS hours FROM c GROUP BY c.study_group_id)
SELECT g.study_group_id, g.name, g.is_class, u.hours, u.hours * coalesce(n.weeks, 34) AS hours_year,
       CASE WHEN g.is_class THEN x.most END AS most, g.is_class AND u.hours > x.most AS is_over
  FROM g
  LEFT JOIN u ON u.study_group_id = g.study_group_id
  LEFT JOIN ej.grade_norm AS n ON n.school_id = :school_id AND n.grade = g.grade
 CROSS JOIN LATERAL (SELECT CASE g.week_days WHEN 5 THEN n.hours_5 ELSE n.hours_6 END AS most) AS x
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
