-- forms.sql: the classes of forms.t at both ends of their size: 10А has 8 pupils and 11 lessons of Russian in the first
-- term, 7Б 34 pupils and 60 lessons. All names and topics are long.
-- The journal of a class in Russian and the first term.
CREATE FUNCTION pg_temp.course(class_id bigint) RETURNS TABLE (teaching_id bigint, journal_id bigint, during daterange) LANGUAGE sql AS $$
SELECT t.id, j.id, e.during
  FROM ej.study_group_class AS x
  JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class'
  JOIN ej.teaching AS t ON t.study_group_id = g.id
  JOIN ej.subject AS s ON s.id = t.subject_id AND s.name = 'Русский язык'
  JOIN ej.journal AS j ON j.teaching_id = t.id
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught
 WHERE x.class_id = $1 ORDER BY lower(e.during) LIMIT 1
$$;

SET session_replication_role = replica;
DO $$
DECLARE
    small  bigint := (SELECT id FROM ej.class WHERE name = '10А' AND school_id = 1);
    large  bigint := (SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1);
    first  bigint := (SELECT min(pupil_id) FROM ej.enrolment WHERE class_id = large);
    grown  bigint;
    course record;
    one    record;
BEGIN
    -- 8 pupils, 11 lessons
    DELETE FROM ej.membership AS m USING ej.enrolment AS e
     WHERE e.class_id = small AND m.pupil_id = e.pupil_id
       AND e.pupil_id NOT IN (SELECT o.pupil_id FROM ej.enrolment AS o WHERE o.class_id = small AND o.during @> date '2026-11-20' ORDER BY o.pupil_id LIMIT 8);
    DELETE FROM ej.enrolment AS e WHERE e.class_id = small
       AND e.pupil_id NOT IN (SELECT o.pupil_id FROM ej.enrolment AS o WHERE o.class_id = small AND o.during @> date '2026-11-20' ORDER BY o.pupil_id LIMIT 8);
    SELECT * INTO course FROM pg_temp.course(small);
    DELETE FROM ej.lesson WHERE teaching_id = course.teaching_id AND held_on <@ course.during
       AND id NOT IN (SELECT l.id FROM ej.lesson AS l WHERE l.teaching_id = course.teaching_id AND l.held_on <@ course.during
                       ORDER BY l.held_on, l.slot LIMIT 11);
    DELETE FROM ej.mark AS m USING ej.work AS w WHERE m.work_id = w.id
       AND w.teaching_id = course.teaching_id AND NOT EXISTS (SELECT FROM ej.lesson AS l WHERE l.id = w.lesson_id);
    DELETE FROM ej.work AS w
     WHERE w.teaching_id = course.teaching_id AND NOT EXISTS (SELECT FROM ej.lesson AS l WHERE l.id = w.lesson_id);

    -- 34 pupils, each with the marks of the first
    FOR n IN 1 .. 34 - (SELECT count(*) FROM ej.enrolment WHERE class_id = large AND during @> date '2026-11-20') LOOP
        INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO grown;
        INSERT INTO ej.pupil (school_id, person_id, surname, given_name) VALUES (1, grown, 'Новая', 'Ученица') RETURNING id INTO grown;
        INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during)
        SELECT school_id, grown, class_id, during FROM ej.enrolment WHERE pupil_id = first AND class_id = large;
        INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
        SELECT school_id, study_group_id, grown, during FROM ej.membership WHERE pupil_id = first;
        INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value, staff_id)
        SELECT grown, subject_id, term_id, school_id, teaching_id, scale_id, value, staff_id FROM ej.term_mark WHERE pupil_id = first;
    END LOOP;

    -- 60 lessons: more on the same days, in the evening; a work in each, with marks and absences
    SELECT * INTO course FROM pg_temp.course(large);
    FOR one IN
        SELECT l.*, x.n FROM ej.lesson AS l CROSS JOIN generate_series(1, 6) AS x(n)
         WHERE l.teaching_id = course.teaching_id AND l.held_on <@ course.during ORDER BY x.n, l.held_on, l.slot
         LIMIT 60 - (SELECT count(*) FROM ej.lesson AS l WHERE l.teaching_id = course.teaching_id AND l.held_on <@ course.during)
    LOOP
        INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, planned_staff_id, staff_id, topic, hours,
                               state, attendance_at, homework)
        VALUES (ej.new_id(2026), one.school_id, one.teaching_id, one.study_group_id, one.held_on, 8 + one.n,
                tsrange(one.held_on + time '16:00' + one.n * interval '1 hour', one.held_on + time '16:40' + one.n * interval '1 hour'),
                one.planned_staff_id, one.staff_id, one.topic, 1, 'given', one.attendance_at, one.homework);
    END LOOP;
    INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT ej.new_id(2026), w.school_id, l.id, course.journal_id, l.teaching_id, w.kind_id, w.weight_pct, w.scale_id
      FROM ej.lesson AS l
     CROSS JOIN LATERAL (SELECT w.* FROM ej.work AS w WHERE w.teaching_id = l.teaching_id ORDER BY w.id LIMIT 1) AS w
     WHERE l.teaching_id = course.teaching_id AND l.slot > 8;
    INSERT INTO ej.mark (work_id, pupil_id, school_id, teaching_id, scale_id, value)
    SELECT w.id, e.pupil_id, w.school_id, w.teaching_id, w.scale_id, '4'
      FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.slot > 8
      JOIN ej.enrolment AS e ON e.class_id = large AND (e.pupil_id + w.id) % 5 = 0
     WHERE w.teaching_id = course.teaching_id;
    INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
    SELECT l.id, e.pupil_id, l.school_id, l.teaching_id, 'б'
      FROM ej.lesson AS l JOIN ej.enrolment AS e ON e.class_id = large AND (e.pupil_id + l.id) % 7 = 0
     WHERE l.teaching_id = course.teaching_id AND l.slot > 8;

    UPDATE ej.lesson AS l SET topic = 'Сложноподчинённые предложения с несколькими придаточными, их строение и знаки препинания в них; обобщение изученного'
      FROM ej.study_group_class AS x WHERE x.class_id IN (small, large) AND l.study_group_id = x.study_group_id AND l.topic <> '';
    UPDATE ej.pupil AS p SET given_name = 'Александра-Мария', patronymic = 'Константиновна',
           surname = 'Воскресенская-Преображен' || translate(to_char(p.id, 'FM0000'), '0123456789', 'абвгдежзик')
      FROM ej.enrolment AS e WHERE e.class_id IN (small, large) AND e.pupil_id = p.id;
END
$$;
SET session_replication_role = origin;
ANALYZE;
