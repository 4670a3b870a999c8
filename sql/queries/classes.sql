-- classes.sql: the queries of classes.c.
-- Although all staff may read the names of classes, these pages show a class only to its
-- class teacher and the heads.

-- name: classes_list :one
-- The year of the list: the chosen one, else the present one.
-- params: year int, lacks text
SELECT y.year, :lacks AS lacks, cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM (SELECT coalesce(:year, (SELECT ej.shown_year())) AS year) AS y;

-- name: classes_years :many year
-- The school's years, for links to their lists.
-- params:
-- rows: at most 100 a school
SELECT y.year FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year;

-- name: classes_all :many class
-- The classes of a year that the user leads or, as a head, answers for; those who have left
-- by today are not counted, those who will come in a coming year are.
-- lacks: only the classes without it.
-- params: year int, lacks text
-- rows: at most 120 a school
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.kind, c.profile, c.grade, c.letter, c.class_teacher_id, c.room_id, c.week_days,
           ej.class_day(c.school_id, c.year) AS day
      FROM ej.class AS c
     WHERE (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
       AND c.year = coalesce(:year, (SELECT ej.shown_year()))
       AND (:lacks IS NULL OR NOT CASE :lacks
            WHEN 'pupil' THEN EXISTS (SELECT FROM ej.enrolment AS n WHERE n.class_id = c.id)
            WHEN 'teacher' THEN c.class_teacher_id IS NOT NULL
            WHEN 'load' THEN EXISTS (SELECT FROM ej.study_group_class AS g
                                      JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
                                      WHERE g.class_id = c.id AND t.hours_week > 0)
            ELSE EXISTS (SELECT FROM ej.term AS e WHERE e.term_plan_id = c.term_plan_id AND e.is_taught) END)
)
SELECT c.id AS class_id, c.name, c.kind, c.week_days, nullif(c.profile, '') AS profile, f.name AS staff_name,
       r.name AS room_name,
       (SELECT count(*) FROM ej.enrolment AS n WHERE n.class_id = c.id AND n.during @> c.day) AS pupils
  FROM c
  LEFT JOIN ej.staff_names(ARRAY(SELECT c.class_teacher_id FROM c)) AS f ON f.staff_id = c.class_teacher_id
  LEFT JOIN ej.room AS r ON r.id = c.room_id
 ORDER BY c.grade, c.letter, c.id;

-- name: classes_choices :many choice
-- For the form, which only those have who keep the classes: of the class's year or, of a new
-- class, of the list's.
-- params: class_id bigint, year int
WITH y AS MATERIALIZED (
    SELECT s.school_id,
           coalesce((SELECT c.year FROM ej.class AS c WHERE c.id = :class_id), :year, ej.shown_year()) AS year
      FROM unnest(ej.my_setup_schools()) AS s(school_id)
)
SELECT x."for", x.value, x.name FROM (
    SELECT 'year' AS "for", o.year::text AS value, o.year || '/' || right((o.year + 1)::text, 2) AS name,
           o.year::text AS place
      FROM y JOIN ej.school_year AS o ON o.school_id = y.school_id
     WHERE o.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
    UNION ALL
    SELECT 'class_teacher_id', f.id::text, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')),
           ej.folded(concat_ws(' ', f.surname, f.given_name, f.patronymic))
      FROM y JOIN ej.school_year AS o ON o.school_id = y.school_id AND o.year = y.year
      JOIN ej.staff AS f ON f.school_id = y.school_id AND f.during && o.during
     WHERE f.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
    UNION ALL
    SELECT 'term_plan_id', p.id::text, p.name, lpad(p.id::text, 20)
      FROM y JOIN ej.term_plan AS p ON p.school_id = y.school_id AND p.year = y.year
     WHERE p.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
    UNION ALL
    SELECT 'room_id', r.id::text, r.name, lpad(substring(r.name FROM '^\d+'), 10, '0') || r.name
      FROM y JOIN ej.room AS r ON r.school_id = y.school_id AND r.ended_on IS NULL
     WHERE r.school_id = ANY (ARRAY(SELECT y.school_id FROM y))) AS x
 ORDER BY x."for", x.place, x.value;

-- name: classes_head :one
-- The class and its current term: the last one that has begun.
-- params: class_id bigint
SELECT c.id AS class_id, c.name, c.year, c.grade, c.letter, c.kind, nullif(c.profile, '') AS profile,
       c.class_teacher_id,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name, c.room_id, r.name AS room_name,
       c.term_plan_id, c.week_days, e.name AS term_name,
       (SELECT g.id FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
         WHERE g.kind = 'class' AND x.class_id = c.id LIMIT 1) AS study_group_id,
       c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
  LEFT JOIN ej.room AS r ON r.id = c.room_id
  LEFT JOIN LATERAL (SELECT e.name FROM ej.term AS e
                      WHERE e.term_plan_id = c.term_plan_id AND e.is_taught AND lower(e.during) <= d.day
                      ORDER BY lower(e.during) DESC LIMIT 1) AS e ON true
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: classes_groups :many group
-- The groups that take pupils of the class, but its own.
-- params: class_id bigint
SELECT g.id AS study_group_id, g.name, g.kind
  FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
 WHERE x.class_id = :class_id AND g.kind <> 'class'
   AND (x.class_id = ANY ((SELECT ej.my_classes())::bigint[])
        OR x.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
 ORDER BY g.name, g.id;

-- name: classes_save :outcomes
-- The year is that of a new class only.
-- params: class_id bigint, fields jsonb
SELECT ej.save_rows('ej.class',
                    CASE WHEN :class_id IS NULL THEN :fields ELSE :fields - 'year' END
                        || jsonb_build_object('id', :class_id));

-- name: classes_pupils :many pupil
-- The pupils of the class today, or on the first day of its year.
-- params: class_id bigint
-- rows: at most 45
WITH n AS MATERIALIZED (
    SELECT n.pupil_id
      FROM ej.class AS c
     CROSS JOIN LATERAL (SELECT ej.class_day(c.school_id, c.year) AS day) AS d
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
                          WHERE e.term_plan_id = c.term_plan_id AND e.is_taught AND lower(e.during) <= d.day
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
