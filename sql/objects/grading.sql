-- grading.sql: the scales of a new teaching, by the school's rules.

-- The scales of a new teaching of a subject in a group: those of the most specific rule that
-- fits, by class, then by subject, then by the fewest grades; else the school's first scale.
-- Without a scale in the school no row.
CREATE OR REPLACE FUNCTION ej.scales_for(study_group_id bigint, subject_id bigint)
RETURNS TABLE (scale_id bigint, term_scale_id bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH c AS (
    SELECT g.school_id, c.id, c.grade
      FROM ej.study_group AS g
      JOIN ej.study_group_class AS x ON x.study_group_id = g.id
      JOIN ej.class AS c ON c.id = x.class_id
     WHERE g.id = $1
     ORDER BY c.grade, c.id LIMIT 1
), found AS (
    (SELECT 1 AS n, u.scale_id, u.term_scale_id
       FROM c JOIN ej.scale_use AS u ON u.school_id = c.school_id
      WHERE (u.class_id IS NULL OR u.class_id = c.id) AND (u.subject_id IS NULL OR u.subject_id = $2)
        AND c.grade BETWEEN coalesce(u.grade_from, 1) AND coalesce(u.grade_till, 12)
      ORDER BY u.class_id IS NOT NULL DESC, u.subject_id IS NOT NULL DESC,
               coalesce(u.grade_till, 12) - coalesce(u.grade_from, 1), u.id DESC
      LIMIT 1)
     UNION ALL
    SELECT 2, min(s.id), min(s.id)
      FROM ej.study_group AS g JOIN ej.scale AS s ON s.school_id = g.school_id AND s.is_active
     WHERE g.id = $1
)
SELECT f.scale_id, f.term_scale_id FROM found AS f WHERE f.scale_id IS NOT NULL ORDER BY f.n LIMIT 1
$$;
