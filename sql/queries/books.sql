-- books.sql: the queries of books.c. The parts of a book that other pages print as well come from
-- their queries: journal_print.sql, attendance.sql, reports.sql, reports_print.sql.

-- name: books_list :one
-- params: year int, grade int
SELECT y.year, :grade AS grade
  FROM (SELECT coalesce(:year, (SELECT ej.shown_year())) AS year) AS y;

-- name: books_years :many year
-- params:
-- rows: at most 100 a school
SELECT y.year FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year;

-- name: books_classes :many class
-- The classes of the year whose books the reader may print.
-- params: year int, grade int
-- rows: at most 120 a school
SELECT c.id AS class_id, c.name, c.grade, f.name AS teacher_name
  FROM ej.class AS c
  LEFT JOIN ej.staff_names(ARRAY(SELECT k.class_teacher_id FROM ej.class AS k
                                  WHERE k.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
                                    AND k.year = coalesce(:year, (SELECT ej.shown_year()))
                                    AND k.class_teacher_id IS NOT NULL)) AS f ON f.staff_id = c.class_teacher_id
 WHERE (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
   AND c.year = coalesce(:year, (SELECT ej.shown_year())) AND (:grade IS NULL OR c.grade = :grade)
 ORDER BY c.grade, c.letter, c.id;

-- name: books_head :one
-- file_name: of the book in an archive.
-- params: class_id bigint
SELECT :class_id AS class_id, c.name, c.year, o.name AS school_name, nullif(o.founder, '') AS founder,
       b.today AS today_on, translate(c.name, '/\:', '---') || ' ' || c.year || '-' || right((c.year + 1)::text, 2)
           AS file_name,
       concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS teacher_name,
       ej.deputy_name(b.school_id) AS deputy_name,
       ej.director_name(b.school_id, b.today) AS director_name
  FROM ej.book_class(:class_id) AS b
  JOIN ej.class AS c ON c.id = :class_id
  JOIN ej.school AS o ON o.id = b.school_id
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id;

-- name: books_sections :many section
-- The contents: a section for each teaching and term.
-- params: class_id bigint
-- rows: at most some 150 a class
SELECT s.number, s.journal_id, s.teaching_id, s.subject_name, s.group_name, s.staff_name, s.term_name
  FROM ej.book_sections(:class_id) AS s ORDER BY s.number;

-- name: books_terms :many term
-- The terms that have a sheet of attendance: those that have begun, and the year.
-- params: class_id bigint
SELECT e.id AS term_id, e.name
  FROM ej.book_class(:class_id) AS b
  JOIN ej.term AS e ON e.term_plan_id = b.term_plan_id AND (e.is_taught OR e.kind = 'year')
   AND lower(e.during) <= b.today
 ORDER BY NOT e.is_taught, lower(e.during);
