-- matrix.sql: how each teacher keeps the journals in the term that runs, duty by duty: how many facts there
-- are and how many are undone, asked without rights and without a document. Where a page's figure is
-- computed by a function that has no rights (hours of a programme, families informed), so it is here.
-- Form: grid.sql.

-- name: matrix_bare_head :one
-- params: school_id bigint, from_on date
-- same: /page/control
SELECT e.name
  FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id AND lower(e.during) = :from_on
 WHERE p.school_id = :school_id AND p.year = 2026 ORDER BY upper(e.during) LIMIT 1;

-- name: matrix_bare_terms :many
-- params: school_id bigint, today_on date
-- same: /page/control/term
SELECT DISTINCT e.name
  FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught AND lower(e.during) <= :today_on
 WHERE p.school_id = :school_id AND p.year = 2026;

-- name: matrix_bare_staff :many
-- params: school_id bigint, from_on date
-- same: /page/control/line
SELECT s.id, s.surname, s.given_name, s.patronymic
  FROM ej.staff AS s
 WHERE s.id IN (SELECT t.staff_id FROM ej.teaching AS t WHERE t.school_id = :school_id AND t.year = 2026
                 UNION
                SELECT c.class_teacher_id FROM ej.class AS c WHERE c.school_id = :school_id AND c.year = 2026
                 UNION
                SELECT l.staff_id FROM ej.lesson AS l
                 WHERE l.school_id = :school_id AND l.held_on >= :from_on)
 ORDER BY s.surname, s.given_name;

-- name: matrix_bare_lessons :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[position() <= 8][@total]]
WITH t AS MATERIALIZED (
    SELECT t.id, bool_and(c.grade = ANY (s.unmarked_grades)) AS is_unmarked, s.fill_days, s.tz
      FROM ej.teaching AS t
      JOIN ej.school AS s ON s.id = t.school_id
      JOIN ej.study_group_class AS g ON g.study_group_id = t.study_group_id
      JOIN ej.class AS c ON c.id = g.class_id
     WHERE t.school_id = :school_id AND t.year = 2026 GROUP BY t.id, s.id
), a AS MATERIALIZED (
    SELECT l.id, l.teaching_id, l.study_group_id, l.staff_id, l.held_on, l.topic, l.state = 'cancelled' AS is_off,
           l.attendance_at, l.homework,
           row_number() OVER (PARTITION BY l.teaching_id, l.state = 'cancelled', lower(btrim(l.topic))
                              ORDER BY l.held_on, l.slot, l.id) > 1 AS is_again
      FROM ej.lesson AS l
     WHERE l.school_id = :school_id AND l.held_on < :today_on AND l.state IN ('planned', 'given', 'cancelled')
)
SELECT a.staff_id, count(*) FILTER (WHERE NOT a.is_off) AS due,
       count(*) FILTER (WHERE NOT a.is_off AND (a.topic = '' OR a.attendance_at IS NULL
                                                OR a.homework IS NULL AND NOT t.is_unmarked)) AS unfilled,
       count(*) FILTER (WHERE NOT a.is_off AND (a.attendance_at AT TIME ZONE t.tz)::date > a.held_on + t.fill_days) AS late,
       count(*) FILTER (WHERE NOT a.is_off AND a.topic = '') AS topic,
       count(*) FILTER (WHERE NOT a.is_off AND a.topic <> '' AND a.is_again AND NOT EXISTS (
           SELECT FROM ej.plan_given AS g JOIN ej.plan_row AS r ON r.id = g.plan_row_id
            WHERE g.lesson_id = a.id AND (r.hours > 1 OR EXISTS (
                  SELECT FROM ej.plan_given AS o
                   WHERE o.plan_row_id = r.id AND o.teaching_id = a.teaching_id AND o.goes_on)))) AS repeated,
       count(*) FILTER (WHERE NOT a.is_off AND a.topic <> '' AND a.topic !~ '[А-Яа-яЁё]') AS letters,
       count(*) FILTER (WHERE NOT a.is_off AND a.attendance_at IS NULL) AS attendance,
       count(*) FILTER (WHERE a.is_off) AS off,
       count(*) FILTER (WHERE a.is_off AND NOT EXISTS (
           SELECT FROM ej.lesson AS o WHERE o.instead_of_id = a.id)) AS lost,
       count(*) FILTER (WHERE NOT a.is_off AND NOT t.is_unmarked AND a.homework IS NULL) AS homework
  FROM a JOIN t ON t.id = a.teaching_id
 WHERE a.held_on >= :from_on AND a.held_on < :today_on - t.fill_days
   AND EXISTS (SELECT FROM ej.membership AS b WHERE b.study_group_id = a.study_group_id AND b.during @> a.held_on)
 GROUP BY a.staff_id;

-- name: matrix_bare_homework :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[position() >= 9 and position() <= 11][@total]]
WITH o AS MATERIALIZED (
    SELECT range_agg(o.during) AS days FROM ej.holiday AS o
     WHERE o.school_id = :school_id AND o.kind <> 'extra'
), h AS MATERIALIZED (
    SELECT h.id, l.staff_id, l.held_on, h.due_on, h.text, h.file_names
      FROM ej.lesson AS l JOIN ej.homework AS h ON h.lesson_id = l.id AND NOT h.is_personal
     WHERE l.school_id = :school_id AND l.held_on >= :from_on AND l.held_on <= :today_on
), x AS MATERIALIZED (
    SELECT x.key_id, min(x.made_at) AS made_at FROM h JOIN ej.history AS x ON x.key_id = h.id AND x.table_name = 'homework'
     GROUP BY x.key_id
)
SELECT h.staff_id, count(*) AS due, count(x.key_id) AS written,
       count(*) FILTER (WHERE (x.made_at AT TIME ZONE s.tz)::date > h.held_on + s.fill_days) AS late,
       count(*) FILTER (WHERE h.file_names = '') AS texts,
       count(*) FILTER (WHERE h.file_names = '' AND cardinality(regexp_split_to_array(btrim(h.text), '\s+')) < 3) AS short,
       count(*) FILTER (WHERE o.days @> h.due_on OR extract(isodow FROM h.due_on) = 7) AS holiday
  FROM h
  JOIN ej.school AS s ON s.id = :school_id
 CROSS JOIN o
  LEFT JOIN x ON x.key_id = h.id
 GROUP BY h.staff_id;

-- name: matrix_bare_minutes :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[12][@total]]
WITH h AS (
    SELECT c.id, c.class_teacher_id, c.grade, h.due_on, max(h.minutes) AS minutes
      FROM ej.lesson AS l
      JOIN ej.homework AS h ON h.lesson_id = l.id AND NOT h.is_personal AND h.minutes IS NOT NULL
      JOIN ej.teaching AS t ON t.id = l.teaching_id
      JOIN ej.study_group_class AS g ON g.study_group_id = t.study_group_id
      JOIN ej.class AS c ON c.id = g.class_id
     WHERE l.school_id = :school_id AND l.held_on >= :from_on AND l.held_on <= :today_on
     GROUP BY c.id, h.due_on, t.subject_id
)
SELECT x.class_teacher_id, count(*) AS due, count(*) FILTER (WHERE x.minutes > n.homework_min) AS undone
  FROM (SELECT h.id, h.class_teacher_id, h.grade, sum(h.minutes) AS minutes FROM h
         GROUP BY h.id, h.class_teacher_id, h.grade, h.due_on) AS x
  JOIN ej.grade_norm AS n ON n.school_id = :school_id AND n.grade = x.grade AND n.homework_min IS NOT NULL
 GROUP BY x.class_teacher_id;

-- name: matrix_bare_works :many
-- params: school_id bigint, from_on date, till_on date, today_on date
-- same: /page/control/line[c[position() = 13 or position() = 18][@total]]
WITH l AS MATERIALIZED (
    SELECT l.id, l.staff_id, l.held_on, lead(l.held_on) OVER (PARTITION BY l.teaching_id ORDER BY l.held_on, l.slot) AS next_on
      FROM ej.lesson AS l
     WHERE l.school_id = :school_id AND l.state IN ('planned', 'given')
       AND l.held_on BETWEEN :from_on AND :till_on + 30
), w AS MATERIALIZED (
    SELECT l.staff_id, l.held_on, w.title, k.is_control OR k.code IN ('lab', 'practical') AS is_topical,
           k.is_control OR k.code IN ('independent', 'check', 'quiz', 'lab', 'practical', 'homework') AS is_written,
           CASE WHEN k.is_control OR k.code IN ('independent', 'check', 'quiz', 'lab', 'practical', 'homework')
                THEN l.held_on + 7 ELSE l.next_on END AS due_on,
           EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.value IS NOT NULL) AS has_marks, w.id
      FROM l JOIN ej.work AS w ON w.lesson_id = l.id JOIN ej.work_kind AS k ON k.id = w.kind_id
)
SELECT w.staff_id, count(*) FILTER (WHERE w.is_topical AND w.held_on < :today_on - s.fill_days) AS topical,
       count(*) FILTER (WHERE w.is_topical AND w.held_on < :today_on - s.fill_days AND w.title = '') AS untitled,
       count(*) FILTER (WHERE w.due_on < :today_on AND (w.has_marks OR w.is_written)) AS due,
       count(*) FILTER (WHERE w.due_on < :today_on AND (w.has_marks OR w.is_written) AND (NOT w.has_marks OR
           (SELECT min(x.made_at) AT TIME ZONE s.tz FROM ej.history AS x
             WHERE x.key_id = w.id AND x.table_name = 'mark')::date > w.due_on)) AS late
  FROM w JOIN ej.school AS s ON s.id = :school_id
 WHERE w.is_topical AND w.held_on < :today_on - s.fill_days OR w.due_on < :today_on AND (w.has_marks OR w.is_written)
 GROUP BY w.staff_id;

-- name: matrix_bare_gap :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[14][@total]]
WITH t AS MATERIALIZED (
    SELECT t.id, s.fill_days
      FROM ej.teaching AS t
      JOIN ej.school AS s ON s.id = t.school_id
      JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
      JOIN ej.study_group_class AS x ON x.study_group_id = g.id
      JOIN ej.class AS c ON c.id = x.class_id
     WHERE t.school_id = :school_id AND t.year = 2026
     GROUP BY t.id, s.id HAVING NOT bool_and(c.grade = ANY (s.unmarked_grades))
), l AS MATERIALIZED (
    SELECT l.id, l.teaching_id, l.staff_id, l.held_on, l.slot, EXISTS (
               SELECT FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id AND m.value IS NOT NULL
                WHERE w.lesson_id = l.id) AS has_marks
      FROM t JOIN ej.lesson AS l ON l.teaching_id = t.id
     WHERE l.state = 'given' AND l.held_on >= :from_on AND l.held_on < :today_on - t.fill_days
), r AS (
    SELECT l.teaching_id, l.staff_id, l.has_marks, l.held_on, l.slot,
           count(*) FILTER (WHERE l.has_marks) OVER (PARTITION BY l.teaching_id ORDER BY l.held_on, l.slot) AS run
      FROM l
)
SELECT g.staff_id, count(*) AS due, count(*) FILTER (WHERE NOT g.has_marks AND g.place % 3 = 0) AS undone
  FROM (SELECT r.staff_id, r.has_marks, row_number() OVER (
               PARTITION BY r.teaching_id, r.run, r.has_marks ORDER BY r.held_on, r.slot) AS place FROM r) AS g
 GROUP BY g.staff_id;

-- name: matrix_bare_finals :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[16][@total]]
WITH t AS MATERIALIZED (
    SELECT t.id, t.study_group_id, t.subject_id, t.staff_id
      FROM ej.teaching AS t
      JOIN ej.school AS s ON s.id = t.school_id
      JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
      JOIN ej.study_group_class AS x ON x.study_group_id = g.id
      JOIN ej.class AS c ON c.id = x.class_id
     WHERE t.school_id = :school_id AND t.year = 2026
     GROUP BY t.id, s.id HAVING NOT bool_and(c.grade = ANY (s.unmarked_grades))
), j AS MATERIALIZED (
    SELECT t.study_group_id, t.subject_id, t.staff_id, o.id AS term_id, upper(o.during) - 1 AS last_on,
           ej.finals_due(o.id) AS due_on
      FROM t JOIN ej.journal AS j ON j.teaching_id = t.id JOIN ej.term AS o ON o.id = j.term_id
)
SELECT j.staff_id, count(*) AS due, count(*) FILTER (WHERE m.value IS NULL OR m.given_on > j.due_on) AS undone
  FROM j
  JOIN ej.membership AS b ON b.study_group_id = j.study_group_id AND b.during @> least(:today_on, j.last_on)
  LEFT JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = j.subject_id AND m.term_id = j.term_id
 WHERE j.due_on < :today_on AND j.due_on >= :from_on
 GROUP BY j.staff_id;

-- name: matrix_bare_objectivity :many
-- params: school_id bigint, from_on date, till_on date
-- same: /page/control/line[c[17][@total]]
WITH f AS MATERIALIZED (
    SELECT m.pupil_id, m.subject_id, m.term_id, m.staff_id, v.number, s.round_from_pct
      FROM ej.term_plan AS p
      JOIN ej.term AS o ON o.term_plan_id = p.id AND o.is_taught AND upper(o.during) - 1 >= :from_on
       AND lower(o.during) <= :till_on
      JOIN ej.term_mark AS m ON m.term_id = o.id
      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
      JOIN ej.school AS s ON s.id = :school_id
     WHERE p.school_id = :school_id AND p.year = 2026
), x AS MATERIALIZED (
    SELECT f.pupil_id, f.subject_id, f.term_id, f.staff_id, f.number, f.round_from_pct,
           sum(n.number * w.weight_pct) / sum(w.weight_pct) AS mean
      FROM f
      JOIN ej.journal AS j ON j.term_id = f.term_id
      JOIN ej.teaching AS t ON t.id = j.teaching_id AND t.subject_id = f.subject_id
      JOIN ej.work AS w ON w.journal_id = j.id
      JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = f.pupil_id
      JOIN ej.scale_value AS n ON n.scale_id = m.scale_id AND n.value = m.value AND n.number IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT x.staff_id, count(*) AS due,
       count(*) FILTER (WHERE abs(x.number - floor(x.mean + 1 - x.round_from_pct / 100.0)) >= 1) AS undone
  FROM x GROUP BY x.staff_id;

-- name: matrix_bare_controls :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[position() >= 20 and position() <= 21][@total]]
WITH w AS MATERIALIZED (
    SELECT l.teaching_id, t.staff_id, l.id, l.held_on, bool_or(w.control_work_id IS NOT NULL) AS is_planned,
           l.held_on - lag(l.held_on) OVER (PARTITION BY l.teaching_id ORDER BY l.held_on, l.slot) AS gap
      FROM ej.teaching AS t
      JOIN ej.lesson AS l ON l.teaching_id = t.id AND l.state IN ('planned', 'given') AND l.held_on <= :today_on
      JOIN ej.work AS w ON w.lesson_id = l.id
      JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.is_control
     WHERE t.school_id = :school_id AND t.year = 2026
     GROUP BY t.id, l.id
)
SELECT w.staff_id, count(*) FILTER (WHERE w.held_on >= :from_on) AS due,
       count(*) FILTER (WHERE w.held_on >= :from_on AND NOT w.is_planned) AS unplanned,
       count(*) FILTER (WHERE w.held_on >= :from_on AND w.gap < 18) AS often,
       count(DISTINCT w.teaching_id) AS teachings, count(*) AS works
  FROM w GROUP BY w.staff_id;

-- name: matrix_bare_programme :many
-- params: school_id bigint
-- same: /page/control/line[c[position() >= 22 and position() <= 24][@total]]
WITH t AS MATERIALIZED (
    SELECT t.id, t.staff_id, g.kind
      FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
     WHERE t.school_id = :school_id AND t.year = 2026
)
SELECT t.staff_id, count(x.lag) AS due, count(*) FILTER (WHERE x.lag <= -2) AS lag,
       count(*) FILTER (WHERE t.kind <> 'club') AS plans,
       count(*) FILTER (WHERE t.kind <> 'club' AND (p.state IS DISTINCT FROM 'approved' OR x.plan_hours IS DISTINCT FROM n.norm))
           AS wrong
  FROM t
  JOIN ej.programme_lines(ARRAY(SELECT t.id FROM t)) AS x ON x.teaching_id = t.id
  LEFT JOIN ej.plan AS p ON p.id = x.plan_id
  LEFT JOIN ej.programme_norms(ARRAY(SELECT t.id FROM t)) AS n ON n.teaching_id = t.id
 GROUP BY t.staff_id;

-- name: matrix_bare_weeks :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[25][@total]]

SELECT c.class_teacher_id, count(*) AS due, count(*) FILTER (WHERE v.id IS NULL) AS undone
  FROM ej.class AS c
 CROSS JOIN LATERAL generate_series(date_trunc('week', :from_on::timestamp + interval '6 days'), :today_on::timestamp - interval '7 days', interval '7 days') AS w
  LEFT JOIN ej.attendance_check AS v ON v.class_id = c.id AND v.week_on = w::date
 WHERE c.school_id = :school_id AND c.year = 2026
 GROUP BY c.class_teacher_id;

-- name: matrix_bare_families :many
-- params: school_id bigint, today_on date
-- same: /page/control/line[c[position() = 27 or position() = 29][@total]]
WITH c AS MATERIALIZED (
    SELECT c.id, c.class_teacher_id FROM ej.class AS c WHERE c.school_id = :school_id AND c.year = 2026
), i AS MATERIALIZED (
    SELECT i.pupil_id, i.class_id, i.is_paper, i.is_overdue FROM ej.informing_of(ARRAY(SELECT c.id FROM c)) AS i
), v AS MATERIALIZED (
    SELECT w.pupil_id, max(v.seen_on) AS seen_on
      FROM i
      JOIN ej.guardianship AS w ON w.pupil_id = i.pupil_id
      JOIN ej.guardian AS g ON g.id = w.guardian_id
      JOIN ej.account AS a ON a.person_id = g.person_id
      JOIN ej.visit AS v ON v.account_id = a.id
     GROUP BY w.pupil_id
)
SELECT c.class_teacher_id, count(*) AS pupils, count(*) FILTER (WHERE i.is_overdue) AS overdue,
       count(*) FILTER (WHERE NOT i.is_paper AND (v.seen_on IS NULL OR :today_on - v.seen_on > 14)) AS unseen
  FROM c JOIN i ON i.class_id = c.id LEFT JOIN v ON v.pupil_id = i.pupil_id
 GROUP BY c.class_teacher_id;

-- name: matrix_bare_receipts :many
-- params: school_id bigint, from_on date, today_on date
-- same: /page/control/line[c[28][@total]]
WITH w AS MATERIALIZED (
    SELECT c.id AS class_id, c.class_teacher_id, s.receipt_ways, w::date AS week_on
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id AND s.receipt_ways <> '{}'
     CROSS JOIN LATERAL generate_series(
           date_trunc('week', :from_on::timestamp - (s.receipt_opens + s.receipt_days - 1) * interval '1 day' + interval '6 days'),
           :today_on::timestamp - (s.receipt_opens + s.receipt_days) * interval '1 day', interval '7 days') AS w
     WHERE c.school_id = :school_id AND c.year = 2026
)
SELECT w.class_teacher_id, count(*) AS due, count(*) FILTER (WHERE r.pupil_id IS NULL) AS undone
  FROM w
  JOIN ej.enrolment AS n ON n.class_id = w.class_id AND n.during && daterange(w.week_on, w.week_on + 6)
  LEFT JOIN LATERAL (SELECT r.pupil_id FROM ej.receipt AS r
                      WHERE r.pupil_id = n.pupil_id AND r.week_on = w.week_on AND r.way = ANY (w.receipt_ways)
                      LIMIT 1) AS r ON true
 GROUP BY w.class_teacher_id;
