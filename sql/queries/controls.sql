-- controls.sql: the queries of controls.c.

-- name: controls_scope :one
-- The bounds of the consolidated schedule: the year, the grade (by default the lowest with marks, of a
-- class teacher the own, of a teacher the lowest of those taught) and its term.
-- params: grade int, term_id bigint
SELECT s.school_id, s.year AS of_year, g.grade AS of_grade, e.id AS of_term_id,
       lower(e.during) AS from_on, upper(e.during) - 1 AS till_on
  FROM ej.load_scope(NULL) AS s
  JOIN ej.school AS o ON o.id = s.school_id
  LEFT JOIN LATERAL (SELECT c.grade, min(c.term_plan_id) AS term_plan_id FROM ej.class AS c
                      WHERE c.school_id = ANY (ARRAY[s.school_id]) AND c.year = s.year
                      GROUP BY c.grade, o.unmarked_grades
                      ORDER BY (c.grade = :grade) IS TRUE DESC, c.grade = ANY (o.unmarked_grades),
                               bool_or(c.id = ANY ((SELECT ej.my_classes())::bigint[])) DESC,
                               bool_or(EXISTS (SELECT FROM ej.study_group_class AS x
                                                 JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id
                                                WHERE x.class_id = c.id
                                                  AND t.id = ANY ((SELECT ej.my_write_teachings())::bigint[]))) DESC,
                               c.grade LIMIT 1) AS g
    ON true
  LEFT JOIN LATERAL ej.control_term(g.term_plan_id, :term_id) AS e ON true;

-- name: controls_head :one
-- params: school_id bigint, of_grade int, of_term_id bigint
SELECT :of_grade AS grade, e.id AS term_id, e.name AS term_name, s.controls_day AS most_day,
       s.controls_week AS most_week
  FROM ej.school AS s
  LEFT JOIN ej.term AS e ON e.id = :of_term_id
 WHERE s.id = ANY (ARRAY[:school_id]);

-- name: controls_grades :many grade
-- params: school_id bigint, of_year int, of_grade int
SELECT c.grade, c.grade = :of_grade AS is_current
  FROM ej.class AS c WHERE c.school_id = ANY (ARRAY[:school_id]) AND c.year = :of_year
 GROUP BY c.grade ORDER BY c.grade;

-- name: controls_terms :many term
-- params: of_term_id bigint
SELECT e.id AS term_id, e.name, e.id = :of_term_id AS is_current
  FROM ej.term AS x
  JOIN ej.term AS e ON e.term_plan_id = x.term_plan_id AND e.is_taught
 WHERE x.id = :of_term_id ORDER BY lower(e.during);

-- name: controls_weeks :many week
-- The weeks of the term, each with its Monday.
-- params: from_on date, till_on date
-- rows: at most 30
SELECT w.day::date AS week_on, greatest(w.day::date, :from_on) AS from_on, least(w.day::date + 6, :till_on) AS till_on
  FROM generate_series(date_trunc('week', :from_on::timestamp), :till_on, interval '1 week') AS w(day)
 ORDER BY w.day LIMIT 30;

-- name: controls_classes :many class
-- params: school_id bigint, of_year int, of_grade int
SELECT c.id AS class_id, c.name FROM ej.class AS c
 WHERE c.school_id = ANY (ARRAY[:school_id]) AND c.year = :of_year AND c.grade = :of_grade
 ORDER BY c.grade, c.letter;

-- name: controls_cells :grid class_id week_on
-- The works of a class in a week, one a line; the parts of a class that write one work on one
-- day are one line. is_over: more than the limits of the school.
-- params: school_id bigint, of_year int, of_grade int, from_on date, till_on date
WITH k AS MATERIALIZED (
    SELECT c.id AS class_id, t.id AS teaching_id, t.subject_id
      FROM ej.class AS c
      JOIN ej.study_group_class AS g ON g.class_id = c.id
      JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
     WHERE c.school_id = ANY (ARRAY[:school_id]) AND c.year = :of_year AND c.grade = :of_grade
), w AS MATERIALIZED (
    SELECT k.class_id, k.subject_id, c.held_on, c.form_id, date_trunc('week', c.held_on)::date AS week_on
      FROM k JOIN ej.control_work AS c ON c.teaching_id = k.teaching_id AND c.held_on BETWEEN :from_on AND :till_on
     GROUP BY k.class_id, k.subject_id, c.held_on, c.form_id
), d AS MATERIALIZED (
    SELECT w.class_id, w.week_on, w.held_on, count(DISTINCT w.subject_id) AS works,
           string_agg(format('%s %s — %s, %s', ej.weekday_short(w.held_on), to_char(w.held_on, 'DD.MM'), s.name,
                             f.short_name), E'\n' ORDER BY s.order_no, s.name, f.order_no) AS lines
      FROM w JOIN ej.subject AS s ON s.id = w.subject_id JOIN ej.work_kind AS f ON f.id = w.form_id
     GROUP BY w.class_id, w.week_on, w.held_on
)
SELECT d.class_id, d.week_on, string_agg(d.lines, E'\n' ORDER BY d.held_on) AS text,
       o.controls_day > 0 AND max(d.works) > o.controls_day
         OR o.controls_week > 0 AND sum(d.works) > o.controls_week AS is_over
  FROM d JOIN ej.school AS o ON o.id = :school_id
 GROUP BY d.class_id, d.week_on, o.controls_day, o.controls_week;

-- name: controls_class :one
-- The class, its term, and whether the reader keeps the schedule.
-- params: class_id bigint, term_id bigint
SELECT c.id AS class_id, c.name, c.grade, e.id AS term_id, e.name AS term_name,
       lower(e.during) AS from_on, upper(e.during) - 1 AS till_on, s.controls_day AS most_day,
       s.controls_week AS most_week,
       c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND NOT c.grade = ANY (s.unmarked_grades) AS is_mine
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
  LEFT JOIN LATERAL ej.control_term(c.term_plan_id, :term_id) AS e ON true
 WHERE c.id = :class_id AND c.school_id = ANY ((SELECT ej.my_class_schools())::bigint[]);

-- name: controls_class_terms :many term
-- params: class_id bigint, term_id bigint
SELECT e.id AS term_id, e.name, e.id = x.id AS is_current
  FROM ej.class AS c
 CROSS JOIN LATERAL ej.control_term(c.term_plan_id, :term_id) AS x
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.is_taught
 WHERE c.id = :class_id ORDER BY lower(e.during);

-- name: controls_works :many control
-- The works of a class in the term. lesson_id: where the work stands in the journal; day_works and
-- week_works: the subjects with a work on that day and in that week, where they are too many.
-- params: class_id bigint, term_id bigint
-- rows: at most 200
WITH e AS MATERIALIZED (
    SELECT e.during FROM ej.class AS c CROSS JOIN LATERAL ej.control_term(c.term_plan_id, :term_id) AS e
     WHERE c.id = :class_id
), c AS MATERIALIZED (
    SELECT c.id, c.teaching_id, c.form_id, c.held_on, c.title, t.subject_id, t.study_group_id, t.staff_id,
           date_trunc('week', c.held_on) AS week
      FROM ej.control_work AS c JOIN ej.teaching AS t ON t.id = c.teaching_id
     WHERE c.teaching_id = ANY (ej.control_teachings(:class_id)) AND (SELECT e.during FROM e) @> c.held_on
), d AS MATERIALIZED (SELECT c.held_on, count(DISTINCT c.subject_id) AS works FROM c GROUP BY c.held_on),
w AS MATERIALIZED (SELECT x.week, count(*) AS works
                     FROM (SELECT DISTINCT c.week, c.held_on, c.subject_id FROM c) AS x GROUP BY x.week)
SELECT c.id AS control_work_id, c.held_on, ej.weekday_short(c.held_on) AS weekday, s.name AS subject_name,
       CASE WHEN g.kind <> 'class' THEN g.name END AS group_name, k.name AS form_name, nullif(c.title, '') AS title,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       (SELECT o.lesson_id FROM ej.work AS o WHERE o.control_work_id = c.id) AS lesson_id,
       NOT EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = c.teaching_id AND l.held_on = c.held_on
                                                AND l.state IN ('planned', 'given')) AS is_without_lesson,
       CASE WHEN o.controls_day > 0 AND d.works > o.controls_day THEN d.works END AS day_works,
       CASE WHEN o.controls_week > 0 AND w.works > o.controls_week THEN w.works END AS week_works
  FROM c
  JOIN d ON d.held_on = c.held_on
  JOIN w ON w.week = c.week
  JOIN ej.subject AS s ON s.id = c.subject_id
  JOIN ej.study_group AS g ON g.id = c.study_group_id
  JOIN ej.school AS o ON o.id = g.school_id
  JOIN ej.work_kind AS k ON k.id = c.form_id
  LEFT JOIN ej.staff AS f ON f.id = c.staff_id
 ORDER BY c.held_on, s.order_no, s.name, g.name LIMIT 200;

-- name: controls_choices :many choice
-- The teachings of the class and its parts, and the forms of control.
-- params: class_id bigint
-- rows: at most 150
SELECT x."for", x.value, x.name
  FROM (SELECT 'teaching_id' AS "for", t.id AS value,
               s.name || CASE WHEN g.kind <> 'class' THEN ' (' || g.name || ')' ELSE '' END
                 || coalesce(', ' || ej.short_name(f.surname, f.given_name, f.patronymic), '') AS name,
               s.order_no AS place, s.name::text AS word
          FROM ej.teaching AS t
          JOIN ej.subject AS s ON s.id = t.subject_id
          JOIN ej.study_group AS g ON g.id = t.study_group_id
          LEFT JOIN ej.staff AS f ON f.id = t.staff_id
         WHERE t.id = ANY (ej.control_teachings(:class_id)) AND g.kind <> 'club'
         UNION ALL
        SELECT 'form_id', k.id, k.name, k.order_no - 1000 * k.is_control::int, k.name::text
          FROM ej.class AS c JOIN ej.work_kind AS k ON k.school_id = c.school_id
         WHERE c.id = :class_id AND k.is_active AND k.code IS DISTINCT FROM 'monitoring') AS x
 ORDER BY x."for", x.place, x.word, x.value LIMIT 150;

-- name: controls_edit :one
-- params: control_work_id bigint
SELECT c.id AS control_work_id, k.class_id, s.name AS subject_name, g.name AS class_name, c.held_on, c.form_id, c.title
  FROM ej.control_work AS c
  JOIN ej.teaching AS t ON t.id = c.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN LATERAL (SELECT min(k.class_id) AS class_id FROM ej.study_group_class AS k
                 WHERE k.study_group_id = t.study_group_id) AS k ON true
 WHERE c.id = :control_work_id AND c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: controls_forms :many choice
-- params: control_work_id bigint
SELECT 'form_id' AS "for", k.id AS value, k.name
  FROM ej.control_work AS c JOIN ej.work_kind AS k ON k.school_id = c.school_id
 WHERE c.id = :control_work_id AND k.code IS DISTINCT FROM 'monitoring' AND (k.is_active OR k.id = c.form_id)
 ORDER BY k.is_control DESC, k.order_no, k.name;

-- name: controls_save :outcomes
-- params: control_work_id bigint, fields jsonb
SELECT ej.save_rows('ej.control_work', :fields || jsonb_build_object('id', :control_work_id));

-- name: controls_pupil :one
-- params: pupil_id bigint, term_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, c.name AS class_name, e.id AS term_id, e.name AS term_name
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.pupil AS p ON p.id = w.child_id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> w.today_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
  LEFT JOIN LATERAL ej.control_term(c.term_plan_id, :term_id) AS e ON true;

-- name: controls_pupil_terms :many term
-- params: pupil_id bigint, term_id bigint
SELECT e.id AS term_id, e.name, e.id = x.id AS is_current
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.enrolment AS n ON n.pupil_id = w.child_id AND n.during @> w.today_on
  JOIN ej.class AS c ON c.id = n.class_id
 CROSS JOIN LATERAL ej.control_term(c.term_plan_id, :term_id) AS x
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.is_taught
 ORDER BY lower(e.during);

-- name: controls_pupil_works :many control
-- The works of the pupil's groups in the term, with the mark.
-- params: pupil_id bigint, term_id bigint
-- rows: at most 200
SELECT c.id AS control_work_id, c.held_on, ej.weekday_short(c.held_on) AS weekday, s.name AS subject_name,
       k.name AS form_name, nullif(c.title, '') AS title, c.held_on < w.today_on AS is_past, o.work_id, o.mark
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.enrolment AS n ON n.pupil_id = w.child_id AND n.during @> w.today_on
  JOIN ej.class AS x ON x.id = n.class_id
 CROSS JOIN LATERAL ej.control_term(x.term_plan_id, :term_id) AS e
  JOIN ej.membership AS b ON b.pupil_id = w.child_id
  JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
  JOIN ej.control_work AS c ON c.teaching_id = t.id AND b.during @> c.held_on AND e.during @> c.held_on
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.work_kind AS k ON k.id = c.form_id
  LEFT JOIN LATERAL (SELECT o.id AS work_id, string_agg(m.value, '/' ORDER BY m.attempt) AS mark
                       FROM ej.work AS o JOIN ej.mark AS m ON m.work_id = o.id AND m.pupil_id = w.child_id
                      WHERE o.control_work_id = c.id AND m.value IS NOT NULL GROUP BY o.id) AS o ON true
 ORDER BY c.held_on, s.order_no, s.name LIMIT 200;
