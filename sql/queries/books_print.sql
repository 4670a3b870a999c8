-- books_print.sql: the queries of books.c for the parts of a printed book.

-- name: books_print_journal :many journal
-- params: journal_id bigint
SELECT h.journal_id, h.school_name, h.class_name, h.subject_name, h.staff_name, h.staff_full_name, h.former_names,
       h.handed_on, h.deputy_name, h.term_name, h.year, h.hours_given, h.is_unmarked
  FROM ej.journal_head(:journal_id) AS h;

-- name: books_print_attendance :many attendance
-- params: class_id bigint
SELECT 'missed' AS view, c.id AS class_id, c.name, s.name AS school_name, s.missed_day, s.missed_month_pct,
       (SELECT ej.short_name(f.surname, f.given_name, f.patronymic)
          FROM ej.staff AS f WHERE f.id = c.class_teacher_id) AS teacher_name
  FROM ej.book_class(:class_id) AS b
  JOIN ej.class AS c ON c.id = :class_id
  JOIN ej.school AS s ON s.id = b.school_id;

-- name: books_print_finals :many reports
-- The report of term marks, of this class.
-- params: class_id bigint
-- scan: the functions of all reports, which look up findings that this one has not
SELECT 'show' AS view, 'finals' AS report_key, 'final' AS period, x.year, x.starts_on, x.ends_on, x.day AS today_on,
       c.id AS class_id, c.name AS class_name, o.name AS school_name, o.founder, t.name AS teacher_name,
       x.director_name, f::text AS filter, ej.report_tables_of('finals', f) AS tables
  FROM ej.class AS c
 CROSS JOIN LATERAL ej.report_filter_of('finals', c.year, NULL, NULL, NULL, NULL, NULL, c.id, NULL, NULL) AS f
 CROSS JOIN LATERAL ej.report_head(f::text) AS x
  JOIN ej.school AS o ON o.id = x.school_id
  LEFT JOIN ej.staff_names(ARRAY[c.class_teacher_id]) AS t ON t.staff_id = c.class_teacher_id
 WHERE c.id = :class_id;

-- name: books_print_general :many person
-- General data of the pupils who are or were in the class, as far as the reader may read their cards.
-- params: class_id bigint
-- rows: at most 60
SELECT n.pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       nullif(k.file_no, '') AS file_no, k.birth_on, nullif(k.sex, '') AS sex,
       coalesce(nullif(k.home_address, ''), nullif(k.address, '')) AS address, nullif(k.contacts, '') AS contacts,
       CASE WHEN n.left_on <= b.today THEN n.left_on END AS left_on,
       (SELECT string_agg(concat_ws(', ', concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')),
                                    nullif(g.phone, '')), E'\n' ORDER BY w.id)
          FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
         WHERE w.pupil_id = n.pupil_id AND w.during @> b.today) AS guardians
  FROM ej.book_class(:class_id) AS b
 CROSS JOIN LATERAL (SELECT n.pupil_id, max(upper(n.during)) AS left_on FROM ej.enrolment AS n
                      WHERE n.class_id = :class_id AND NOT isempty(n.during) GROUP BY n.pupil_id) AS n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = n.pupil_id
 ORDER BY p.surname, p.given_name, p.patronymic, p.id;

-- name: books_print_findings :many finding
-- The findings about the keeping of the class's journals, with what was done.
-- params: class_id bigint
-- rows: at most some hundreds a year
WITH f AS MATERIALIZED (
    SELECT f.id, f.made_on, f.text, f.teaching_id, f.staff_id, f.due_on, f.answer, f.answered_on, f.state, f.decided_on
      FROM ej.book_class(:class_id) AS b
     CROSS JOIN LATERAL (SELECT f.id, f.made_on, f.text, f.teaching_id, f.staff_id, f.due_on, f.answer, f.answered_on,
                               f.state, f.decided_on
                          FROM ej.finding AS f
                          WHERE f.class_id = :class_id AND f.kind = 'finding' OFFSET 0) AS f
)
SELECT f.id AS finding_id, f.made_on, f.text, s.name AS subject_name, w.name AS staff_name, f.due_on,
       nullif(f.answer, '') AS answer, f.answered_on, f.state, f.decided_on
  FROM f
  LEFT JOIN ej.teaching AS t ON t.id = f.teaching_id
  LEFT JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT DISTINCT f.staff_id FROM f)) AS w ON w.staff_id = f.staff_id
 ORDER BY f.made_on, f.id;
