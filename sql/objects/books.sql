-- books.sql: the class journal of a year as one document (requirements 3.1): its sections in their order.

-- One row if the reader may print the book of this class: its class teacher or a head.
CREATE OR REPLACE FUNCTION ej.book_class(class_id bigint)
RETURNS TABLE (school_id bigint, year int, term_plan_id bigint, today date)
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
SELECT c.school_id, c.year, c.term_plan_id, ej.today(c.school_id)
  FROM ej.class AS c
 WHERE c.id = $1 AND (c.id = ANY (ej.my_classes()) OR c.school_id = ANY (ej.my_journal_schools()))
$$;

-- The sections of a book: a journal for each teaching and each term that has begun; that of the year follows the
-- others of its teaching. The contents name sections by number, since a browser does not know their pages.
CREATE OR REPLACE FUNCTION ej.book_sections(class_id bigint)
RETURNS TABLE (number bigint, journal_id bigint, teaching_id bigint, subject_name text, group_name text,
               staff_name text, term_name text)
LANGUAGE sql STABLE ROWS 80 SET search_path = ej, pg_temp AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.subject_id, t.staff_id, g.name::text AS group_name, b.term_plan_id, b.today
      FROM ej.book_class($1) AS b
      JOIN ej.study_group_class AS x ON x.class_id = $1
      JOIN ej.study_group AS g ON g.id = x.study_group_id
      JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id AND t.year = b.year
), j AS MATERIALIZED (
    SELECT j.id, t.id AS teaching_id, t.group_name, t.staff_id, s.name::text AS subject_name, s.order_no,
           e.name::text AS term_name, e.is_taught, e.during
      FROM t
      JOIN ej.subject AS s ON s.id = t.subject_id
     CROSS JOIN LATERAL (SELECT j.id, j.term_id FROM ej.journal AS j WHERE j.teaching_id = t.id OFFSET 0) AS j
      JOIN ej.term AS e ON e.id = j.term_id AND lower(e.during) <= t.today AND (e.is_taught OR e.kind = 'year')
)
SELECT row_number() OVER (ORDER BY j.order_no, j.subject_name, j.group_name, j.teaching_id, NOT j.is_taught,
                                   lower(j.during)),
       j.id, j.teaching_id, j.subject_name, j.group_name, w.name, j.term_name
  FROM j
  LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT j.staff_id FROM j)) AS w ON w.staff_id = j.staff_id
$$;
