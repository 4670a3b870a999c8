-- demo_finals.sql: what the term marks of the demo school have beside the journal.

-- The pupils who came during the year bring marks from their former schools, of the first days of
-- the term; where nobody came, two of the class 7Б do.
CREATE FUNCTION pg_temp.demo_finals(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.outside_mark (school_id, pupil_id, subject_id, given_on, number, document)
    SELECT p_school, p.pupil_id, t.subject_id, lower(m.during) + n.n * 4, 3 + (p.pupil_id + n.n + t.subject_id)::int % 3,
           'справка школы № 5 от 12 октября'
      FROM (SELECT e.pupil_id, e.class_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
             WHERE e.school_id = p_school AND c.name = '7Б' AND e.during @> p_today
             ORDER BY lower(e.during) DESC, e.pupil_id LIMIT 2) AS p
      JOIN ej.class AS c ON c.id = p.class_id
      JOIN ej.term AS m ON m.term_plan_id = c.term_plan_id AND m.is_taught AND m.ordinal = 1
      JOIN ej.study_group_class AS g ON g.class_id = c.id
      JOIN ej.study_group AS o ON o.id = g.study_group_id AND o.kind = 'class'
      JOIN ej.teaching AS t ON t.study_group_id = o.id
     CROSS JOIN generate_series(1, 2) AS n(n)
     ORDER BY p.pupil_id, t.subject_id, n.n;
$$;
