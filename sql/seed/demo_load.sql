-- demo_load.sql: the curriculum of the demo school. It is that of the teachings, with two
-- differences, so that the matrices have something to tell: algebra of 7Б has an hour more in
-- the plan, and nobody teaches the project of 8А.

CREATE FUNCTION pg_temp.demo_curriculum(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
    SELECT p_school, g.id, t.subject_id, max(t.hours_week)
      FROM ej.teaching t
      JOIN ej.study_group o ON o.id = t.study_group_id
      JOIN ej.study_group_class x ON x.study_group_id = o.id
      -- a subgroup's hours are those of its class
      JOIN ej.study_group g ON CASE o.kind WHEN 'subgroup'
           THEN g.kind = 'class' AND EXISTS (SELECT FROM ej.study_group_class c WHERE c.study_group_id = g.id AND c.class_id = x.class_id)
           ELSE g.id = o.id END
     WHERE t.school_id = p_school
     GROUP BY g.id, t.subject_id ORDER BY g.id, t.subject_id;
    UPDATE ej.curriculum u SET hours_week = u.hours_week + 1
      FROM ej.study_group g, ej.subject s
     WHERE u.school_id = p_school AND g.id = u.study_group_id AND g.name = '7Б' AND s.id = u.subject_id AND s.name = 'Алгебра';
    INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
    SELECT p_school, g.id, s.id, 1 FROM ej.study_group g, ej.subject s
     WHERE g.school_id = p_school AND g.kind = 'class' AND g.name = '8А' AND s.school_id = p_school AND s.name = 'Индивидуальный проект'
    ON CONFLICT DO NOTHING;
$$;
