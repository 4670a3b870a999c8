-- papers.sql: the queries of papers.c. Row policies show what was printed to the family, the class
-- teacher and the heads.

-- name: papers_scope :one
-- The class and the week, by its Monday: by default the last one that is open.
-- params: class_id bigint, week_on date
SELECT c.id AS class_id, c.school_id, m.monday AS week_on, d.day AS today_on
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
 CROSS JOIN LATERAL (SELECT coalesce(:week_on, d.day - s.receipt_opens + 1) AS day) AS w
 CROSS JOIN LATERAL (SELECT w.day - extract(isodow FROM w.day)::int + 1 AS monday) AS m
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: papers_class :one
-- params: class_id bigint, week_on date, today_on date
SELECT c.id AS class_id, c.name, s.name AS school_name, :week_on AS week_on,
       ej.day_of_month(:week_on) || ' – ' || ej.day_of_month(:week_on + 5) AS week_name, :week_on - 7 AS previous_on,
       CASE WHEN :week_on + 7 <= :today_on THEN :week_on + 7 END AS next_on,
       c.id = ANY ((SELECT ej.my_classes())::bigint[]) AND :week_on <= :today_on AS is_mine,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
 WHERE c.id = :class_id;

-- name: papers_pupils :many pupil
-- The pupils of the class, paper families first, with the strip of the week that was printed last.
-- params: class_id bigint, week_on date
-- rows: at most 60
WITH n AS MATERIALIZED (
    SELECT DISTINCT n.pupil_id FROM ej.enrolment AS n
     WHERE n.class_id = :class_id AND n.during && daterange(:week_on, :week_on + 6)
), paper AS MATERIALIZED (
    SELECT ej.paper_pupils(ARRAY(SELECT n.pupil_id FROM n)) AS pupil_id
)
SELECT n.pupil_id, m.name, n.pupil_id IN (SELECT x.pupil_id FROM paper AS x) AS is_paper,
       to_char(b.printed_at AT TIME ZONE b.tz, 'YYYY-MM-DD"T"HH24:MI') AS at
  FROM n
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS m ON m.pupil_id = n.pupil_id
  LEFT JOIN LATERAL (SELECT b.printed_at, s.tz FROM ej.paper AS b JOIN ej.school AS s ON s.id = b.school_id
                      WHERE b.pupil_id = n.pupil_id AND b.week_on = :week_on
                      ORDER BY b.printed_at DESC LIMIT 1) AS b ON true
 ORDER BY n.pupil_id NOT IN (SELECT x.pupil_id FROM paper AS x), m.order_no;

-- name: papers_print_strips :many line under papers_pupils pupil_id
-- What a strip says, a line a subject: the marks with their days, and the lessons missed.
-- params: class_id bigint, week_on date
-- rows: at most 900
WITH n AS MATERIALIZED (
    SELECT DISTINCT n.pupil_id FROM ej.enrolment AS n
     WHERE n.class_id = :class_id AND n.during && daterange(:week_on, :week_on + 6)
), l AS MATERIALIZED (
    SELECT b.pupil_id, l.id, l.held_on, l.slot, l.teaching_id
      FROM n
      JOIN ej.membership AS b ON b.pupil_id = n.pupil_id AND b.during && daterange(:week_on, :week_on + 7)
     CROSS JOIN LATERAL (SELECT l.id, l.held_on, l.slot, l.teaching_id FROM ej.lesson AS l
                          WHERE l.study_group_id = b.study_group_id AND l.held_on >= :week_on
                            AND l.held_on < :week_on + 7 AND b.during @> l.held_on OFFSET 0) AS l
), mark AS MATERIALIZED (
    SELECT l.pupil_id, l.teaching_id, string_agg(x.text, ', ' ORDER BY l.held_on, l.slot) AS marks
      FROM l
     CROSS JOIN LATERAL (SELECT ej.weekday_short(l.held_on) || ' '
                                    || string_agg(m.value, '/' ORDER BY w.id, m.attempt) AS text
                           FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = l.pupil_id
                            AND m.value IS NOT NULL
                          WHERE w.lesson_id = l.id) AS x
     WHERE x.text IS NOT NULL
     GROUP BY l.pupil_id, l.teaching_id
), away AS MATERIALIZED (
    SELECT l.pupil_id, l.teaching_id, count(*) AS missed
      FROM l
      JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = l.pupil_id
      JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
     GROUP BY l.pupil_id, l.teaching_id
)
SELECT x.pupil_id, s.name AS subject_name, m.marks, a.missed
  FROM (SELECT DISTINCT l.pupil_id, l.teaching_id FROM l) AS x
  JOIN ej.teaching AS t ON t.id = x.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN mark AS m ON m.pupil_id = x.pupil_id AND m.teaching_id = x.teaching_id
  LEFT JOIN away AS a ON a.pupil_id = x.pupil_id AND a.teaching_id = x.teaching_id
 ORDER BY x.pupil_id, s.order_no, s.name;

-- name: papers_print :outcomes
-- params: week_on date, pupil_id bigint[]
SELECT ej.papers_print(:pupil_id, :week_on);

-- name: papers_cards :one
-- A class whose cards the reader prints.
-- params: class_id bigint
SELECT c.id AS class_id, c.name FROM ej.class AS c
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: papers_cards_pupils :many pupil
-- The pupils of the class today, in the order of their names.
-- params: class_id bigint
-- rows: at most 60
SELECT n.pupil_id
  FROM ej.class AS c
  JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> ej.class_day(c.school_id, c.year)
  JOIN ej.pupil AS p ON p.id = n.pupil_id
 WHERE c.id = :class_id
 ORDER BY p.surname, p.given_name, p.patronymic, p.id;

-- name: papers_extract :one
-- A pupil and a term of the pupil's class, by default the present one. about, holder, year and the ids are
-- what a certified copy is entered with (ej_page_freeze); is_open: the term is not closed.
-- params: pupil_id bigint, term_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       p.surname AS holder,
       concat_ws(', ', ej.short_name(p.surname, p.given_name, p.patronymic), c.name, e.name) AS about,
       c.id AS class_id, c.name AS class_name,
       c.year, s.name AS school_name, e.of_term_id AS term_id, e.name AS term_name, lower(e.during) AS from_on,
       least(upper(e.during) - 1, ej.today(p.school_id)) AS till_on, ej.term_is_open(c.id, e.of_term_id) AS is_open,
       ej.initials_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
           OR p.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[]) AS is_mine
  FROM ej.pupil AS p
  JOIN ej.school AS s ON s.id = p.school_id
 CROSS JOIN LATERAL ej.diary_term(p.id, :term_id) AS e
  JOIN ej.class AS c ON c.id = e.class_id
  LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
 WHERE p.id = :pupil_id;

-- name: papers_copies :many copy
-- The valid copies of the card of the term, the newest first.
-- params: pupil_id bigint, term_id bigint
-- rows: at most 20
SELECT x.id AS extract_id, x.number, x.made_on
  FROM ej.diary_term(:pupil_id, :term_id) AS e
  JOIN ej.extract AS x ON x.pupil_id = e.child_id AND x.term_id = e.of_term_id AND x.kind = 'card'
 WHERE ej.extract_state(x.id, x.void_at) = 'valid'
 ORDER BY x.id DESC LIMIT 20;

-- name: papers_terms :many term
-- params: pupil_id bigint, term_id bigint
SELECT e.id AS term_id, e.name, e.id = x.of_term_id AS is_current
  FROM ej.diary_term(:pupil_id, :term_id) AS x
  JOIN ej.class AS c ON c.id = x.class_id
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.is_taught AND lower(e.during) <= ej.today(c.school_id)
 ORDER BY lower(e.during);

-- name: papers_subjects :many subject
-- The subjects of the term with the mean, the final mark and the lessons missed.
-- params: pupil_id bigint, term_id bigint
-- rows: at most 30
SELECT s.subject_id, s.name, s.mean, s.term_mark, s.missed FROM ej.diary_subjects(:pupil_id, :term_id) AS s
 ORDER BY s.order_no, s.name;

-- name: papers_marks :many mark under papers_subjects subject_id
-- The marks of the term with day and kind of work.
-- params: pupil_id bigint, term_id bigint
-- rows: at most 600
SELECT t.subject_id, string_agg(m.value, '/' ORDER BY m.attempt) AS text, l.held_on, k.name AS kind_name
  FROM ej.diary_term(:pupil_id, :term_id) AS x
  JOIN ej.mark AS m ON m.pupil_id = x.child_id AND m.value IS NOT NULL
  JOIN ej.work AS w ON w.id = m.work_id
  JOIN ej.lesson AS l ON l.id = w.lesson_id AND x.during @> l.held_on
  JOIN ej.work_kind AS k ON k.id = w.kind_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
 GROUP BY t.subject_id, l.held_on, l.slot, w.id, k.name
 ORDER BY t.subject_id, l.held_on, l.slot, w.id;

-- name: papers_missed :many missed
-- The lessons of the term that the pupil missed, and of these by illness.
-- params: pupil_id bigint, term_id bigint
SELECT sum(m.lessons) AS lessons, sum(m.ill) AS ill
  FROM ej.diary_term(:pupil_id, :term_id) AS x
 CROSS JOIN LATERAL ej.missed_days(ARRAY[x.child_id], x.during) AS m
HAVING count(*) > 0;
