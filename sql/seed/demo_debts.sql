-- demo_debts.sql: academic debts of the demo school (273-FZ, art. 58): the pupils of 7Б were 6Б in the
-- year before, of which the journal has the year marks in two subjects. One pupil failed the first
-- retake and has the second before a commission in December, one has the first to come, one has passed.

-- Make the class of the year before with the pupils who began this one in 7Б, taught by the same
-- teachers in the subjects of these debts.
CREATE FUNCTION pg_temp.demo_former_class(p_school bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_class bigint;
BEGIN
    PERFORM pg_temp.setup_year(p_school, 2025);
    INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id, class_teacher_id, week_days)
    SELECT p_school, 2025, c.grade - 1, c.letter, p.id, c.class_teacher_id, c.week_days
      FROM ej.class c JOIN pg_temp.demo_class d ON d.class_id = c.id AND d.class = '7Б'
      JOIN ej.term_plan p ON p.school_id = p_school AND p.year = 2025 AND p.name = '2–9 классы'
    RETURNING id INTO v_class;
    INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no)
    SELECT p_school, e.pupil_id, v_class, '[2025-09-01,2026-09-01)', '14-у'
      FROM ej.enrolment e JOIN pg_temp.demo_class d ON d.class_id = e.class_id AND d.class = '7Б'
     WHERE lower(e.during) = '2026-09-01' ORDER BY e.pupil_id;
    PERFORM ej.open_year(2025);
    PERFORM pg_temp.add_teaching(x.study_group_id, v.subject, s.staff, v.hours)
       FROM ej.study_group_class x,
            (VALUES ('Математика', 'teacher', 5), ('Русский язык', 'class-teacher', 6)) AS v(subject, login, hours)
       JOIN demo_staff s ON s.login = v.login
      WHERE x.class_id = v_class;
    RETURN v_class;
END
$$;

-- Give every pupil of the class a year mark in these subjects, three of them none that is a pass, and
-- close the journals of the year.
CREATE FUNCTION pg_temp.demo_former_marks(p_school bigint, p_class bigint, p_by bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value, staff_id, given_on)
    SELECT e.pupil_id, t.subject_id, m.id, p_school, t.id, t.term_scale_id,
           CASE WHEN e.n = 5 AND s.name = 'Математика' OR e.n = 9 AND s.name = 'Русский язык' THEN '2'
                WHEN e.n = 14 AND s.name = 'Математика' THEN 'н/а'
                ELSE (3 + pg_temp.pick('year ' || e.pupil_id || s.name, 3))::text END, t.staff_id, '2026-05-25'
      FROM (SELECT e.pupil_id, row_number() OVER (ORDER BY e.pupil_id) AS n FROM ej.enrolment e
             WHERE e.class_id = p_class) AS e
     CROSS JOIN ej.study_group_class x
      JOIN ej.teaching t ON t.study_group_id = x.study_group_id
      JOIN ej.subject s ON s.id = t.subject_id
      JOIN ej.class c ON c.id = x.class_id
      JOIN ej.term m ON m.term_plan_id = c.term_plan_id AND m.kind = 'year'
     WHERE x.class_id = p_class ORDER BY t.id, e.pupil_id;
    UPDATE ej.journal j SET closed_at = '2026-06-01 14:00+03', closed_by = p_by, order_no = '62-к',
           reason = 'окончание учебного года'
      FROM ej.teaching t WHERE t.id = j.teaching_id AND t.school_id = p_school AND t.year = 2025;
$$;

-- The debts and their retakes: no result before its day, and no second retake before the first.
CREATE FUNCTION pg_temp.demo_debts(p_school bigint, p_today date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_class bigint := pg_temp.demo_former_class(p_school);
BEGIN
    PERFORM pg_temp.demo_former_marks(p_school, v_class, (SELECT s.staff FROM demo_staff s WHERE s.login = 'deputy'));
    INSERT INTO ej.retake (school_id, pupil_id, subject_id, term_id, attempt, held_on, examiners, scale_id, value, protocol)
    SELECT p_school, d.pupil_id, d.subject_id, d.term_id, r.attempt, r.held_on, r.examiners, d.scale_id, r.value, r.protocol
      FROM (SELECT d.*, s.name, d.value = '2' AS is_two
              FROM ej.debts(ARRAY(SELECT e.pupil_id FROM ej.enrolment e WHERE e.class_id = v_class)) AS d
              JOIN ej.subject s ON s.id = d.subject_id) AS d
      JOIN (VALUES ('Математика', true, 1, date '2026-09-15', 'учитель математики', '2', '№ 1 от 15.09.2026'),
                   ('Математика', true, 2, '2026-12-10', 'комиссия: завуч, два учителя математики', NULL, ''),
                   ('Математика', false, 1, '2026-12-08', 'учитель математики', NULL, ''),
                   ('Русский язык', true, 1, '2026-09-18', 'учитель русского языка', '3', '№ 2 от 18.09.2026'))
           AS r(subject, is_two, attempt, held_on, examiners, value, protocol)
        ON r.subject = d.name AND r.is_two = d.is_two
     WHERE CASE WHEN r.value IS NOT NULL THEN r.held_on <= p_today ELSE r.attempt = 1 OR p_today >= '2026-09-15' END
     ORDER BY r.attempt, r.held_on;
    UPDATE ej.history AS h SET made_at = CASE h.table_name WHEN 'term_mark' THEN timestamptz '2026-05-25 14:30+03'
                                                           ELSE '2026-09-18 15:00+03' END
     WHERE h.school_id = p_school AND (h.table_name = 'retake' OR h.table_name = 'term_mark' AND h.key_id IN (
           SELECT m.pupil_id FROM ej.term_mark m JOIN ej.term t ON t.id = m.term_id
             JOIN ej.term_plan p ON p.id = t.term_plan_id AND p.year = 2025 WHERE m.school_id = p_school)
           AND h.made_at > now() - interval '1 day');
END
$$;
