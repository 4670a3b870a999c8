-- classes.sql: the queries of classes.c.
-- Although all staff may read the names of classes, these pages show a class only to its
-- class teacher and the heads.

-- name: classes_all :many class
-- The classes of this year that the user leads or, as a head, answers for.
-- params:
-- rows: at most 120 a school
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, c.class_teacher_id, d.day
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
     WHERE (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
       AND c.year = (SELECT max(y.year) FROM ej.school_year AS y
                      WHERE y.school_id = c.school_id AND lower(y.during) <= d.day)
)
SELECT c.id AS class_id, c.name, f.name AS staff_name,
       (SELECT count(*) FROM ej.enrolment AS n WHERE n.class_id = c.id AND n.during @> c.day) AS pupils
  FROM c
  LEFT JOIN ej.staff_names(ARRAY(SELECT c.class_teacher_id FROM c)) AS f ON f.staff_id = c.class_teacher_id
 ORDER BY c.grade, c.letter, c.id;

-- name: classes_head :one
-- The class and its current term: the last one that has begun.
-- params: class_id bigint
SELECT c.id AS class_id, c.name, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       e.name AS term_name
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
  LEFT JOIN LATERAL (SELECT e.name FROM ej.term AS e
                      WHERE e.term_plan_id = c.term_plan_id AND e.kind <> 'year' AND lower(e.during) <= d.day
                      ORDER BY lower(e.during) DESC LIMIT 1) AS e ON true
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: classes_pupils :many pupil
-- The pupils of the class today.
-- params: class_id bigint
-- rows: at most 45
WITH n AS MATERIALIZED (
    SELECT n.pupil_id
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> d.day
     WHERE c.id = :class_id
)
SELECT p.id AS pupil_id, m.name
  FROM n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS m ON m.pupil_id = p.id
 ORDER BY p.surname, p.given_name, p.patronymic, p.id;

-- name: classes_absences :many absence under classes_pupils pupil_id
-- The pupils' absences in the current term, by the letter of the reason.
-- params: class_id bigint
WITH e AS MATERIALIZED (
    SELECT c.id AS class_id, d.day, e.during
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
     CROSS JOIN LATERAL (SELECT e.during FROM ej.term AS e
                          WHERE e.term_plan_id = c.term_plan_id AND e.kind <> 'year' AND lower(e.during) <= d.day
                          ORDER BY lower(e.during) DESC LIMIT 1) AS e
     WHERE c.id = :class_id
)
SELECT n.pupil_id, a.code, k.name AS code_name, k.counts_missed AS is_missed, count(*) AS lessons
  FROM e
  JOIN ej.enrolment AS n ON n.class_id = e.class_id AND n.during @> e.day
  JOIN ej.attendance AS a ON a.pupil_id = n.pupil_id
  JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
  JOIN ej.lesson AS l ON l.id = a.lesson_id AND e.during @> l.held_on
 GROUP BY n.pupil_id, a.code, k.name, k.counts_missed, k.order_no
 ORDER BY n.pupil_id, k.order_no;
