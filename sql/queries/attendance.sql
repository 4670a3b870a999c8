-- attendance.sql: the queries of attendance.c. A class is read by its class teacher and the
-- heads; is_mine: the reader may write reasons, is_led: the reader verifies.

-- name: attendance_head :one
-- This week, by its Monday, and the last day of school before it.
-- params:
SELECT d.day AS today_on, d.day - extract(isodow FROM d.day)::int + 1 AS week_on,
       d.day - extract(isodow FROM d.day)::int - 6 AS last_on
  FROM (SELECT ej.my_today() AS day) AS d;

-- name: attendance_classes :many class
-- The classes of the year: pupils absent today, absences of the last 30 days without a reason (days
-- of pupils) and without a valid one, the last week verified. Those with absences unexplained first.
-- params:
-- rows: at most 120
WITH c AS MATERIALIZED (
    SELECT c.id, c.school_id, c.name, c.grade, c.letter, c.class_teacher_id FROM ej.class AS c
     WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND c.year = (SELECT ej.shown_year())
       AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
), away AS MATERIALIZED (
    SELECT n.class_id, count(*) FILTER (WHERE m.unexplained > 0) AS unexplained,
           count(*) FILTER (WHERE m.unjustified > 0) AS unjustified,
           count(*) FILTER (WHERE m.held_on = (SELECT ej.my_today()) AND m.lessons > 0) AS absent
      FROM ej.missed_days(ARRAY(SELECT n.pupil_id FROM c JOIN ej.enrolment AS n ON n.class_id = c.id),
                          daterange((SELECT ej.my_today()) - 30, (SELECT ej.my_today()), '[]')) AS m
      JOIN ej.enrolment AS n ON n.pupil_id = m.pupil_id AND n.during @> m.held_on
     GROUP BY n.class_id
)
SELECT c.id AS class_id, c.name, s.name AS staff_name, coalesce(a.absent, 0) AS absent,
       coalesce(a.unexplained, 0) AS unexplained, coalesce(a.unjustified, 0) AS unjustified, v.last_on,
       c.id = ANY ((SELECT ej.my_classes())::bigint[]) AS is_led
  FROM c
  LEFT JOIN away AS a ON a.class_id = c.id
  LEFT JOIN ej.staff_names(ARRAY(SELECT c.class_teacher_id FROM c)) AS s ON s.staff_id = c.class_teacher_id
 CROSS JOIN LATERAL (SELECT max(x.week_on) AS last_on FROM ej.attendance_check AS x WHERE x.class_id = c.id) AS v
 ORDER BY coalesce(a.unexplained, 0) = 0, c.grade, c.letter;

-- name: attendance_truants :many truant
-- The days of the last fortnight on which pupils missed lessons without a valid reason (ATT-04), with
-- what the family announced about them.
-- params:
-- rows: at most 100
WITH o AS MATERIALIZED (
    SELECT o.pupil_id, o.fact_key::date AS held_on FROM ej.notice AS o
     WHERE o.open_school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND o.kind = 'unjustified'
       AND o.fact_key >= ((SELECT ej.my_today()) - 14)::text
), m AS MATERIALIZED (
    SELECT m.pupil_id, m.held_on, m.unjustified
      FROM ej.missed_days(ARRAY(SELECT DISTINCT o.pupil_id FROM o),
                          daterange((SELECT ej.my_today()) - 14, (SELECT ej.my_today()), '[]')) AS m
     WHERE m.unjustified > 0
)
SELECT m.pupil_id, x.name, c.id AS class_id, c.name AS class_name, m.held_on, m.unjustified AS lessons, r.answer
  FROM m
  JOIN ej.pupil_names(ARRAY(SELECT m.pupil_id FROM m)) AS x ON x.pupil_id = m.pupil_id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = m.pupil_id AND n.during @> m.held_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
  LEFT JOIN LATERAL (SELECT concat_ws(': ', k.name, nullif(r.note, '')) AS answer
                       FROM ej.absence_reason AS r
                       JOIN ej.attendance_code AS k ON k.school_id = r.school_id AND k.code = r.code
                      WHERE r.pupil_id = m.pupil_id AND r.during @> m.held_on AND r.guardian_id IS NOT NULL
                      ORDER BY r.id DESC LIMIT 1) AS r ON true
 ORDER BY m.held_on DESC, c.grade, c.letter, x.order_no LIMIT 100;

-- name: attendance_scope :one
-- The class and the shown days: the month of month_on, else the week of week_on, by default this
-- week (on a Sunday the one before).
-- params: class_id bigint, week_on date, month_on date
SELECT c.id AS class_id, c.school_id, c.year, d.day AS today_on, x.is_month, x.from_on,
       CASE WHEN x.is_month THEN (x.from_on + interval '1 month')::date ELSE x.from_on + 7 END AS ends_on
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
 CROSS JOIN LATERAL (
       SELECT :month_on IS NOT NULL AS is_month,
              CASE WHEN :month_on IS NOT NULL THEN date_trunc('month', :month_on::timestamp)::date
                   ELSE coalesce(:week_on, d.day) - extract(isodow FROM coalesce(:week_on, d.day))::int + 1
                   END AS from_on) AS x
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: attendance_class :one
-- params: class_id bigint, school_id bigint, today_on date, is_month boolean, from_on date, ends_on date
SELECT :class_id AS class_id, c.name, :from_on AS starts_on, :ends_on - 1 AS ends_on, :today_on AS today_on,
       :is_month AS is_month, ej.month_name(:from_on) AS month_name,
       CASE WHEN :is_month THEN (:from_on - interval '1 month')::date ELSE :from_on - 7 END AS previous_on,
       :ends_on AS next_on,
       :class_id = ANY ((SELECT ej.my_classes())::bigint[]) AS is_led,
       :class_id = ANY ((SELECT ej.my_classes())::bigint[])
           OR :school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AS is_mine,
       EXISTS (SELECT FROM ej.attendance_check AS v WHERE v.class_id = :class_id
                  AND v.week_on = :from_on AND NOT :is_month) AS is_checked,
       s.missed_day, s.missed_month_pct
  FROM ej.class AS c JOIN ej.school AS s ON s.id = c.school_id WHERE c.id = :class_id;

-- name: attendance_pupils :many pupil
-- The pupils of the class in these days, with what they missed (ej.missed); without those whose
-- absences the reader may not read: a class teacher does not read those of pupils who left. Of a month
-- also the share of its lessons that was missed.
-- params: class_id bigint, from_on date, ends_on date, is_month boolean
-- rows: at most 60
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, min(lower(n.during)) AS came_on, max(upper(n.during)) AS left_on
      FROM ej.enrolment AS n
     WHERE n.class_id = :class_id AND n.during && daterange(:from_on, :ends_on)
       AND n.pupil_id = ANY ((SELECT ej.missed_pupils(ARRAY(
           SELECT o.pupil_id FROM ej.enrolment AS o WHERE o.class_id = :class_id)))::bigint[])
     GROUP BY n.pupil_id
)
SELECT n.pupil_id, x.name, CASE WHEN n.left_on < :ends_on THEN n.left_on END AS left_on,
       CASE WHEN n.came_on > :from_on THEN n.came_on END AS came_on,
       nullif(m.days_missed, 0) AS days_missed, nullif(m.days_ill, 0) AS days_ill, nullif(m.lessons, 0) AS lessons,
       nullif(m.ill, 0) AS ill, nullif(m.valid, 0) AS valid, nullif(m.unjustified, 0) AS unjustified,
       nullif(m.unexplained, 0) AS unexplained, nullif(m.late, 0) AS late,
       nullif(floor(100.0 * s.lessons / s.held), 0) AS share_pct, s.is_over
  FROM n
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS x ON x.pupil_id = n.pupil_id
  LEFT JOIN ej.missed(ARRAY(SELECT n.pupil_id FROM n), daterange(:from_on, :ends_on)) AS m ON m.pupil_id = n.pupil_id
  LEFT JOIN ej.missed_months(ARRAY(SELECT n.pupil_id FROM n WHERE :is_month), daterange(:from_on, :ends_on)) AS s
    ON s.pupil_id = n.pupil_id
 ORDER BY x.order_no;

-- name: attendance_columns :many column
-- One column for each day and lesson number at which groups of the class have lessons, up to today.
-- span: of the first column of a day, how many the day has; is_unmarked: a lesson whose absences
-- are not marked.
-- params: class_id bigint, today_on date, from_on date, ends_on date
-- rows: at most 31 days of 12
WITH l AS MATERIALIZED (
    SELECT l.held_on, l.slot, string_agg(DISTINCT s.short_name, ', ' ORDER BY s.short_name) AS subjects,
           bool_or(l.attendance_at IS NULL) AS is_unmarked
      FROM ej.study_group_class AS gc
     CROSS JOIN LATERAL (
           SELECT l.held_on, l.slot, l.teaching_id, l.attendance_at FROM ej.lesson AS l
            WHERE l.study_group_id = gc.study_group_id AND l.held_on >= :from_on AND l.held_on < :ends_on
              AND l.held_on <= :today_on AND l.state IN ('planned', 'given') OFFSET 0) AS l
      JOIN ej.teaching AS t ON t.id = l.teaching_id
      JOIN ej.subject AS s ON s.id = t.subject_id
     WHERE gc.class_id = :class_id
     GROUP BY l.held_on, l.slot
)
SELECT (l.held_on - date '2000-01-01') * 100 + l.slot AS column_id, l.held_on, l.slot,
       extract(day FROM l.held_on)::int AS day, ej.weekday_short(l.held_on) AS weekday, l.subjects, l.is_unmarked,
       CASE WHEN row_number() OVER (PARTITION BY l.held_on ORDER BY l.slot) = 1
            THEN count(*) OVER (PARTITION BY l.held_on) END AS span
  FROM l ORDER BY l.held_on, l.slot;

-- name: attendance_cells :grid pupil_id column_id
-- The codes of absence; m: for a late pupil the minutes.
-- params: class_id bigint, from_on date, ends_on date
-- rows: at most 60 x 370, only those that are not empty
SELECT a.pupil_id, (l.held_on - date '2000-01-01') * 100 + l.slot AS column_id, a.code AS text, a.minutes AS m
  FROM ej.study_group_class AS gc
 CROSS JOIN LATERAL (
       SELECT l.id, l.held_on, l.slot FROM ej.lesson AS l
        WHERE l.study_group_id = gc.study_group_id AND l.held_on >= :from_on AND l.held_on < :ends_on
          AND l.state IN ('planned', 'given') OFFSET 0) AS l
 CROSS JOIN LATERAL (
       SELECT a.pupil_id, a.code, a.minutes FROM ej.attendance AS a WHERE a.lesson_id = l.id OFFSET 0) AS a
 WHERE gc.class_id = :class_id
 ORDER BY a.pupil_id, column_id;

-- name: attendance_unexplained :many unexplained
-- The days of the last 60 on which pupils of the class missed lessons without a reason, newest
-- first; day_no names the day in the form (20261120). By pupil: such absences are few. event_id: a held
-- event at which the pupil was then, which proposes «у».
-- params: class_id bigint, today_on date
-- rows: at most 100
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, n.during FROM ej.enrolment AS n
     WHERE n.class_id = :class_id AND n.during && daterange(:today_on - 60, :today_on, '[]')
       AND n.pupil_id = ANY ((SELECT ej.missed_pupils(ARRAY(
           SELECT o.pupil_id FROM ej.enrolment AS o WHERE o.class_id = :class_id)))::bigint[])
), u AS MATERIALIZED (
    SELECT n.pupil_id, l.held_on, count(*) AS lessons
      FROM n
     CROSS JOIN LATERAL (
           SELECT a.lesson_id FROM ej.attendance AS a WHERE a.pupil_id = n.pupil_id AND a.code = 'н' OFFSET 0) AS a
     CROSS JOIN LATERAL (
           SELECT l.held_on FROM ej.lesson AS l WHERE l.id = a.lesson_id AND l.state = 'given' OFFSET 0) AS l
     WHERE n.during @> l.held_on AND l.held_on BETWEEN :today_on - 60 AND :today_on
     GROUP BY n.pupil_id, l.held_on
)
SELECT u.pupil_id, x.name, u.held_on, to_char(u.held_on, 'YYYYMMDD') AS day_no,
       ej.weekday_short(u.held_on) || ', ' || ej.day_of_month(u.held_on) AS day_name, u.lessons,
       u.lessons = (SELECT count(*) FROM ej.membership AS b
                     CROSS JOIN LATERAL (
                           SELECT FROM ej.lesson AS l
                            WHERE l.study_group_id = b.study_group_id AND l.held_on = u.held_on
                              AND l.state = 'given' OFFSET 0) AS l
                     WHERE b.pupil_id = u.pupil_id AND b.during @> u.held_on) AS is_whole,
       e.event_id, e.title AS event_title
  FROM u
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS x ON x.pupil_id = u.pupil_id
 CROSS JOIN LATERAL ej.event_of_absence(u.pupil_id, u.held_on) AS e
 ORDER BY u.held_on DESC, x.order_no LIMIT 100;

-- name: attendance_contradictions :many contradiction
-- Lessons whose teacher marked a pupil present although a reason covers them (ATT-02).
-- params: class_id bigint
-- rows: at most 100
WITH d AS MATERIALIZED (
    SELECT d.lesson_id, d.pupil_id, d.code, d.held_on, d.slot, d.teaching_id, d.staff_id
      FROM ej.absence_contradictions(:class_id) AS d
)
SELECT d.pupil_id, d.lesson_id, x.name, d.held_on, d.slot, s.name AS subject_name, f.name AS staff_name,
       k.name AS code_name
  FROM d
  JOIN ej.pupil_names(ARRAY(SELECT d.pupil_id FROM d)) AS x ON x.pupil_id = d.pupil_id
  JOIN ej.teaching AS t ON t.id = d.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.attendance_code AS k ON k.school_id = t.school_id AND k.code = d.code
  LEFT JOIN ej.staff_names(ARRAY(SELECT d.staff_id FROM d)) AS f ON f.staff_id = d.staff_id
 ORDER BY d.held_on DESC, d.slot, x.order_no LIMIT 100;

-- name: attendance_reasons :many reason
-- The reasons of pupils of the class that cover a day of these or a later one, newest first.
-- params: class_id bigint, from_on date
-- rows: at most 200
WITH n AS MATERIALIZED (
    SELECT DISTINCT n.pupil_id FROM ej.enrolment AS n
     WHERE n.class_id = :class_id AND n.during && daterange(:from_on, NULL)
)
SELECT r.id AS absence_reason_id, r.pupil_id, x.name, r.code, k.name AS code_name, lower(r.during) AS from_on,
       upper(r.during) - 1 AS till_on, array_to_string(r.slots, ', ') AS slots, nullif(r.document, '') AS document,
       nullif(r.note, '') AS note, ej.short_name(g.surname, g.given_name, g.patronymic) AS guardian_name
  FROM n
  JOIN ej.absence_reason AS r ON r.pupil_id = n.pupil_id AND upper(r.during) > :from_on
  JOIN ej.attendance_code AS k ON k.school_id = r.school_id AND k.code = r.code
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS x ON x.pupil_id = r.pupil_id
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
 ORDER BY lower(r.during) DESC, x.order_no, r.id LIMIT 200;

-- name: attendance_choices :many choice
-- The pupils of the class, for the form of a reason.
-- params: class_id bigint, today_on date
-- rows: at most 60
SELECT 'pupil_id' AS "for", x.pupil_id AS value, x.name
  FROM ej.pupil_names(ARRAY(SELECT n.pupil_id FROM ej.enrolment AS n
        WHERE n.class_id = :class_id AND n.during @> :today_on)) AS x
 ORDER BY x.order_no;

-- name: attendance_save :outcomes
-- params: absence_reason_id bigint, fields jsonb
SELECT ej.save_rows('ej.absence_reason', :fields - CASE WHEN :absence_reason_id IS NULL THEN '' ELSE 'pupil_id' END
           || jsonb_build_object('id', :absence_reason_id)
           || CASE WHEN :fields ->> 'code' = ANY ('{б,у,п}') THEN '{}'
                   ELSE '{"fault": {"field": "code", "code": "JE106"}}'::jsonb END
           || CASE WHEN :absence_reason_id IS NOT NULL OR :fields ->> 'pupil_id' IS NOT NULL THEN '{}'
                   ELSE '{"fault": {"field": "pupil_id", "code": "JE101"}}'::jsonb END);

-- name: attendance_explain :outcomes
-- params: code_id bigint[], code_id2 int[], code text[], document text
SELECT ej.absence_explain(:code_id, :code_id2, :code, :document);

-- name: attendance_show :one
-- A reason that the reader may change.
-- params: absence_reason_id bigint
SELECT r.id AS absence_reason_id, r.pupil_id, p.surname || ' ' || p.given_name AS name, n.class_id, r.code,
       lower(r.during) AS from_on, upper(r.during) - 1 AS till_on, array_to_string(r.slots, ', ') AS slots,
       nullif(r.document, '') AS document, nullif(r.note, '') AS note, nullif(r.reason, '') AS reason,
       ej.short_name(g.surname, g.given_name, g.patronymic) AS guardian_name
  FROM ej.absence_reason AS r
  JOIN ej.pupil AS p ON p.id = r.pupil_id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = r.pupil_id AND n.during @> ej.today(r.school_id)
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
 WHERE r.id = :absence_reason_id
   AND (r.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[])
        OR r.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]));

-- name: attendance_weeks :many week
-- The weeks of the class's year up to this one, newest first, with the verification of each.
-- params: class_id bigint, school_id bigint, year int, today_on date
-- rows: at most 53
SELECT w.week_on::date AS week_on, w.week_on::date + 5 AS till_on, v.id IS NOT NULL AS is_done,
       nullif(v.note, '') AS note, f.name AS staff_name, x.checked_on
  FROM ej.school_year AS y
 CROSS JOIN LATERAL generate_series(date_trunc('week', lower(y.during)::timestamp),
                                    least(:today_on, upper(y.during) - 1)::timestamp, interval '1 week') AS w(week_on)
  LEFT JOIN ej.attendance_check AS v ON v.class_id = :class_id AND v.week_on = w.week_on::date
  LEFT JOIN ej.staff_names(ARRAY(SELECT v.staff_id FROM ej.attendance_check AS v WHERE v.class_id = :class_id)) AS f
    ON f.staff_id = v.staff_id
  LEFT JOIN ej.school AS s ON s.id = y.school_id
  LEFT JOIN LATERAL (
       SELECT (h.made_at AT TIME ZONE s.tz)::date AS checked_on FROM ej.history AS h
        WHERE h.table_name = 'attendance_check' AND h.key_id = v.id AND h.old IS NULL LIMIT 1) AS x ON true
 WHERE y.school_id = :school_id AND y.year = :year
 ORDER BY w.week_on DESC;

-- name: attendance_check :outcomes
-- The week must have begun.
-- params: class_id bigint, week_on date, note text
SELECT ej.save_rows('ej.attendance_check', jsonb_build_object('id', NULL, 'class_id', :class_id, 'note', :note,
           'week_on', :week_on - extract(isodow FROM :week_on)::int + 1)
           || CASE WHEN :class_id <> ALL ((SELECT ej.my_classes())::bigint[])
                   THEN '{"fault": {"field": "class_id", "code": "JE301"}}'
                   WHEN :week_on > (SELECT ej.my_today()) THEN '{"fault": {"field": "week_on", "code": "JE203"}}'
                   ELSE '{}' END::jsonb);

-- name: attendance_print_head :one
-- The class with its school and class teacher, for the printed sheet.
-- params: class_id bigint
SELECT c.id AS class_id, c.name, s.name AS school_name, s.missed_day, s.missed_month_pct,
       (SELECT ej.short_name(f.surname, f.given_name, f.patronymic)
          FROM ej.staff AS f WHERE f.id = c.class_teacher_id) AS teacher_name
  FROM ej.class AS c JOIN ej.school AS s ON s.id = c.school_id
 WHERE c.id = :class_id;

-- name: attendance_terms :many term
-- The terms of the class and its year, of which one is shown: by default the last that has begun.
-- params: class_id bigint, term_id bigint, today_on date
SELECT e.id AS term_id, e.name,
       e.id = coalesce(:term_id, (
           SELECT o.id FROM ej.term AS o
            WHERE o.term_plan_id = c.term_plan_id AND o.is_taught AND lower(o.during) <= :today_on
            ORDER BY lower(o.during) DESC LIMIT 1)) AS is_current
  FROM ej.class AS c
  JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND (e.is_taught OR e.kind = 'year')
 WHERE c.id = :class_id
 ORDER BY NOT e.is_taught, lower(e.during);

-- name: attendance_missed :many pupil
-- The days and lessons that each pupil of the class missed in the term, and the months of which the
-- pupil missed a share that the school points out (requirements 3.3).
-- params: class_id bigint, term_id bigint, today_on date
-- rows: at most 60
WITH e AS MATERIALIZED (
    SELECT e.during FROM ej.class AS c JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
     WHERE c.id = :class_id
       AND (e.id = :term_id OR :term_id IS NULL AND e.is_taught AND lower(e.during) <= :today_on)
     ORDER BY lower(e.during) DESC LIMIT 1
), n AS MATERIALIZED (
    SELECT DISTINCT n.pupil_id FROM e JOIN ej.enrolment AS n ON n.class_id = :class_id AND n.during && e.during
     WHERE n.pupil_id = ANY ((SELECT ej.missed_pupils(ARRAY(
           SELECT o.pupil_id FROM ej.enrolment AS o WHERE o.class_id = :class_id)))::bigint[])
)
SELECT n.pupil_id, x.name, nullif(m.days_missed, 0) AS days_missed, nullif(m.days_ill, 0) AS days_ill,
       nullif(m.lessons, 0) AS lessons, nullif(m.ill, 0) AS ill, nullif(m.valid, 0) AS valid,
       nullif(m.unjustified, 0) AS unjustified, nullif(m.unexplained, 0) AS unexplained, nullif(m.late, 0) AS late,
       o.months
  FROM n
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS x ON x.pupil_id = n.pupil_id
  LEFT JOIN (SELECT s.pupil_id, string_agg(ej.month_name(s.month_on), ', ' ORDER BY s.month_on) AS months
               FROM ej.missed_months(ARRAY(SELECT n.pupil_id FROM n), (SELECT e.during FROM e)) AS s
              WHERE s.is_over GROUP BY s.pupil_id) AS o ON o.pupil_id = n.pupil_id
  LEFT JOIN ej.missed(ARRAY(SELECT n.pupil_id FROM n), (SELECT e.during FROM e)) AS m ON m.pupil_id = n.pupil_id
 ORDER BY x.order_no;

-- name: attendance_child :one
-- A child of the reader, a guardian.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name) AS name, d.day AS today_on, d.day + 30 AS last_on
  FROM ej.pupil AS p CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS day) AS d
 WHERE p.id = :pupil_id AND p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
   AND EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = p.id
                  AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[]) AND w.during @> d.day);

-- name: attendance_known :many reason
-- The known reasons of the child's absences, newest first. is_own: the reader may take it back.
-- params: pupil_id bigint
-- rows: at most 50
SELECT r.id AS absence_reason_id, r.code, k.name AS code_name, lower(r.during) AS from_on,
       upper(r.during) - 1 AS till_on, array_to_string(r.slots, ', ') AS slots, nullif(r.note, '') AS note,
       r.document <> '' AS has_document,
       r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[]) AND r.document = ''
           AND upper(r.during) > ej.today(r.school_id) AS is_own
  FROM ej.absence_reason AS r
  JOIN ej.attendance_code AS k ON k.school_id = r.school_id AND k.code = r.code
 WHERE r.pupil_id = :pupil_id
 ORDER BY lower(r.during) DESC, r.id LIMIT 50;

-- name: attendance_announce :outcomes
-- params: pupil_id bigint, code text, from_on date, till_on date, note text
SELECT ej.absence_announce(:pupil_id, :code, :from_on, :till_on, :note);

-- name: attendance_announced :one
-- An absence that the reader has announced and may take back.
-- params: pupil_id bigint, absence_reason_id bigint
SELECT r.pupil_id, r.id AS absence_reason_id, concat_ws(' ', p.surname, p.given_name) AS name,
       lower(r.during) AS from_on, upper(r.during) - 1 AS till_on, k.name AS code_name,
       ej.today(r.school_id) AS today_on
  FROM ej.absence_reason AS r
  JOIN ej.pupil AS p ON p.id = r.pupil_id
  JOIN ej.attendance_code AS k ON k.school_id = r.school_id AND k.code = r.code
 WHERE r.id = :absence_reason_id AND r.pupil_id = :pupil_id
   AND r.pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[])
   AND r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[]) AND r.document = ''
   AND upper(r.during) > ej.today(r.school_id);

-- name: attendance_withdraw :outcomes
-- params: absence_reason_id bigint
SELECT ej.absence_withdraw(:absence_reason_id);
