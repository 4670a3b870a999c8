-- demo_training.sql: what the staff of the demo school have learnt: modules passed in the autumn, and a seminar of the
-- class teachers (DOC-03, DOC-07).

CREATE FUNCTION pg_temp.demo_training(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.training_record (school_id, staff_id, module, passed_on, hours)
    SELECT p_school, f.id, m.module,
           least(p_today, date '2026-09-07' + 3 * m.n + pg_temp.pick('trained ' || f.id || m.module, 20)), m.hours
      FROM ej.staff AS f
      JOIN ej.training_roles(ARRAY(SELECT o.id FROM ej.staff AS o WHERE o.school_id = p_school)) AS r ON r.staff_id = f.id
      JOIN ej.training_modules() AS m ON m.role = r.role
     WHERE f.school_id = p_school AND pg_temp.pick('learns ' || f.id, 3) < 2
       AND pg_temp.pick('learns ' || f.id || m.module, 4) > 0
     ORDER BY f.id, m.n;
    INSERT INTO ej.training_record (school_id, staff_id, module, passed_on, hours, seminar)
    SELECT p_school, c.class_teacher_id, 'seminar', least(p_today, date '2026-10-14'), 1.5,
           'Как извещать семьи: дневник, полоски, звонок'
      FROM ej.class AS c WHERE c.school_id = p_school AND pg_temp.pick('seminar ' || c.id, 4) > 0
     ORDER BY c.id;
$$;
