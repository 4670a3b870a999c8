-- today.sql: the queries of today.c. Conditions on the user's own lessons and classes
-- choose what the page is about; row policies decide the rights.

-- name: today_revision :revision
-- params:
SELECT ej.today_revision() AS revision;

-- name: today_scope :one
-- The requested day, by default today, and today; and the day before which lessons must
-- have been filled in.
-- params: held_on date
SELECT coalesce(:held_on, t.day) AS held_on, t.day AS today_on, t.day - s.fill_days AS late_on
  FROM ej.my_today() AS t(day)
  JOIN ej.school AS s ON s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: today_head :one
-- The day with the days before and after it: for a teacher the nearest days with a lesson
-- within a month, else the neighbours in the calendar.
-- params: held_on date, today_on date
SELECT :held_on AS date_on, :held_on = :today_on AS is_today, ej.day_name(:held_on) AS name, s.tz,
       d.previous_on, ej.weekday_short(d.previous_on) || ', ' || ej.day_of_month(d.previous_on) AS previous_name,
       d.next_on, ej.weekday_short(d.next_on) || ', ' || ej.day_of_month(d.next_on) AS next_name
  FROM (SELECT coalesce(max(x.previous_on), :held_on - 1) AS previous_on,
               coalesce(min(x.next_on), :held_on + 1) AS next_on
          FROM unnest((SELECT ej.my_staff())::bigint[]) AS f(id)
         CROSS JOIN LATERAL (
               SELECT (SELECT l.held_on FROM ej.lesson AS l
                        WHERE l.staff_id = f.id AND l.held_on < :held_on AND l.held_on >= :held_on - 31
                        ORDER BY l.held_on DESC LIMIT 1) AS previous_on,
                      (SELECT l.held_on FROM ej.lesson AS l
                        WHERE l.staff_id = f.id AND l.held_on > :held_on AND l.held_on <= :held_on + 31
                        ORDER BY l.held_on LIMIT 1) AS next_on) AS x) AS d
  LEFT JOIN LATERAL (SELECT s.tz FROM ej.school AS s
                      WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[])) AS s ON true;

-- name: today_factor :many factor
-- The days left before a role of the user must have a second factor; no row with one.
-- params:
SELECT f.days_left FROM ej.factor_state() AS f WHERE f.days_left IS NOT NULL AND f.confirmed_at IS NULL;

-- name: today_none :one
-- The log-in of a user without a role, to be told to the administrator.
-- params:
SELECT ej.my_login() AS login;

-- name: today_lessons :many lesson
-- The user's lessons of the day in order of bells, with the parts still missing.
-- params: held_on date, today_on date
-- rows: at most 20
SELECT l.id AS lesson_id, j.id AS journal_id, l.slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, to_char(upper(l.during), 'HH24:MI') AS ends,
       g.name AS class_name, s.name AS subject_name, r.name AS room,
       nullif(l.topic, '') AS topic, l.state,
       l.staff_id <> l.planned_staff_id AS is_substitute,
       o.journal_id IS NOT NULL AND l.topic = '' AS is_topic_missing,
       o.journal_id IS NOT NULL AND l.attendance_at IS NULL AND l.held_on <= :today_on AS is_attendance_missing,
       o.journal_id IS NOT NULL AND l.homework IS NULL AND NOT ej.is_unmarked(l.study_group_id) AS is_homework_missing
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id AND j.term_id = ANY (ARRAY(
       SELECT e.id FROM ej.term AS e WHERE e.is_taught AND e.during @> :held_on))
  LEFT JOIN ej.room AS r ON r.id = l.room_id
  LEFT JOIN LATERAL ej.fillable_journal(l.teaching_id, l.study_group_id, l.held_on) AS o ON l.state IN ('planned',
          'given')
 WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[])
   AND l.held_on = :held_on
 ORDER BY l.during, l.slot;

-- name: today_unfilled :many unfilled
-- The user's lessons of the last 30 days, newest first, in which something is missing that
-- can still be entered and should have been.
-- params: today_on date, late_on date
-- rows: at most 50
SELECT l.id AS lesson_id, j.journal_id, l.held_on,
       ej.weekday_short(l.held_on) || ', ' || ej.day_of_month(l.held_on) AS date_name, l.slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, to_char(upper(l.during), 'HH24:MI') AS ends, l.state,
       g.name AS class_name, s.name AS subject_name, nullif(l.topic, '') AS topic,
       l.topic = '' AS is_topic_missing, l.attendance_at IS NULL AS is_attendance_missing,
       l.homework IS NULL AND NOT l.is_unmarked AS is_homework_missing,
       count(*) OVER () AS count
  FROM (SELECT l.id, l.teaching_id, l.study_group_id, l.held_on, l.slot, l.during, l.topic, l.state,
               l.attendance_at, l.homework,
               l.homework IS NULL AND ej.is_unmarked(l.study_group_id) AS is_unmarked
          FROM ej.lesson AS l
         WHERE l.staff_id = ANY ((SELECT ej.my_staff())::bigint[])
           AND l.held_on < :late_on AND l.held_on >= :today_on - 30
           AND l.state IN ('planned', 'given')
           AND ej.is_unfilled(l.topic, l.attendance_at, l.homework, false)
           AND (l.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
                OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[]))) AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 CROSS JOIN LATERAL ej.fillable_journal(l.teaching_id, l.study_group_id, l.held_on) AS j
 WHERE ej.is_unfilled(l.topic, l.attendance_at, l.homework, l.is_unmarked)
 ORDER BY l.held_on DESC, l.slot DESC
 LIMIT 50;

-- name: today_classes :many class
-- The classes that the user leads, with the number of pupils absent on the day.
-- params: held_on date
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter
      FROM ej.class AS c WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[])
), pupils AS MATERIALIZED (
    SELECT n.class_id, n.pupil_id
      FROM c JOIN ej.enrolment AS n ON n.class_id = c.id
     WHERE lower(n.during) <= :held_on AND (upper_inf(n.during) OR upper(n.during) > :held_on)
)
SELECT c.id AS class_id, c.name,
       (SELECT count(*) FROM pupils AS n WHERE n.class_id = c.id) AS pupils,
       (SELECT count(DISTINCT a.pupil_id)
          FROM ej.study_group_class AS gc
          JOIN ej.lesson AS l ON l.study_group_id = gc.study_group_id AND l.held_on = :held_on
          JOIN ej.attendance AS a ON a.lesson_id = l.id
          JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
         WHERE gc.class_id = c.id
           AND a.pupil_id IN (SELECT n.pupil_id FROM pupils AS n WHERE n.class_id = c.id)) AS absent
  FROM c
 ORDER BY c.grade, c.letter;

-- name: today_absent :many absent
-- params: held_on date
WITH n AS MATERIALIZED (
    SELECT n.class_id, n.pupil_id
      FROM ej.enrolment AS n
     WHERE n.class_id = ANY ((SELECT ej.my_classes())::bigint[])
       AND lower(n.during) <= :held_on AND (upper_inf(n.during) OR upper(n.during) > :held_on)
)
SELECT n.class_id, n.pupil_id, x.name,
       min(a.code) AS code, min(k.name) AS code_name, count(*) AS lessons
  FROM ej.study_group_class AS gc
  JOIN ej.lesson AS l ON l.study_group_id = gc.study_group_id AND l.held_on = :held_on
  JOIN ej.attendance AS a ON a.lesson_id = l.id
  JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
  JOIN n ON n.pupil_id = a.pupil_id AND n.class_id = gc.class_id
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS x ON x.pupil_id = n.pupil_id
 WHERE gc.class_id = ANY ((SELECT ej.my_classes())::bigint[])
 GROUP BY n.class_id, n.pupil_id, x.name, x.order_no
 ORDER BY n.class_id, x.order_no;

-- name: today_summary :many summary
-- The numbers of lessons and of unfilled ones in the last 30 days, by class, for the heads.
-- params: today_on date, late_on date
-- rows: at most 120
SELECT c.id AS class_id, c.name AS class_name, count(l.id) AS lessons,
       count(l.id) FILTER (WHERE l.held_on < :late_on
           AND ej.is_unfilled(l.topic, l.attendance_at, l.homework, c.grade = ANY (s.unmarked_grades))
           AND EXISTS (SELECT FROM ej.fillable_journal(l.teaching_id, l.study_group_id, l.held_on))) AS unfilled
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
  LEFT JOIN ej.study_group_class AS gc ON gc.class_id = c.id
  LEFT JOIN ej.lesson AS l ON l.study_group_id = gc.study_group_id
   AND l.held_on < :today_on AND l.held_on >= :today_on - 30 AND l.state IN ('planned', 'given')
 WHERE c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
   AND c.year = (SELECT max(y.year) FROM ej.school_year AS y
                  WHERE y.school_id = c.school_id AND lower(y.during) <= :today_on)
 GROUP BY c.id, c.name, c.grade, c.letter
 ORDER BY c.grade, c.letter;

-- name: today_given :many given
-- The teachings, classes, roles and substitutions that colleagues have given to
-- themselves, to be confirmed by another head; of substitutions those of the last 30 days
-- and later.
-- params: today_on date
-- rows: at most 50
SELECT g.kind, g.row_id, x.name AS staff_name,
       coalesce(c.name, sg.name) AS class_name, s.name AS subject_name, g.order_no,
       ej.day_of_month(g.held_on) AS day_name, g.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own
  FROM ej.self_given AS g
  JOIN ej.staff AS f ON f.id = g.staff_id
  JOIN ej.staff_names(ARRAY(SELECT g.staff_id FROM ej.self_given AS g
        WHERE g.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))) AS x ON x.staff_id = f.id
  LEFT JOIN ej.class AS c ON c.id = g.class_id
  LEFT JOIN ej.teaching AS t ON t.id = g.teaching_id
  LEFT JOIN ej.study_group AS sg ON sg.id = t.study_group_id
  LEFT JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE g.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
   AND (g.held_on IS NULL OR g.held_on >= :today_on - 30)
 ORDER BY g.kind = 'lesson', f.surname, f.given_name, g.kind, g.held_on, g.row_id
 LIMIT 50;

-- name: today_confirm :exec
-- params: kind text, row_id bigint
SELECT ej.confirm_given(:kind, :row_id);

-- name: today_readiness :many readiness
-- How many lines of the year's checklists are not done, and late; no row when all are done.
-- params:
SELECT count(*) AS missing, count(*) FILTER (WHERE l.is_late) AS late
  FROM ej.readiness_lines() AS l
 WHERE NOT l.is_done
HAVING count(*) > 0;

-- name: today_tasks :many task
-- Other things to do: new requests for the administrator (CNT-03); for deputies the plans offered for
-- approval; for administrator and deputies proposals to split a class (CFG-19) and lessons until the third
-- day whose teacher is away (SCH-04);
-- for a class teacher the classes whose data are not verified in this month (CNT-06), the pupils
-- without a guardian and what guardians report (CNT-11); for their authors the requests
-- refused in the last fortnight.
-- params:
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter FROM ej.class AS c
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> ej.today(y.school_id)
     WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[])
)
SELECT 'requests' AS code, count(*) AS count, NULL AS names
  FROM ej.request AS r
 WHERE r.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AND r.state = 'new' AND r.kind <> 'card_changed'
HAVING count(*) > 0
 UNION ALL
SELECT 'reports', count(*), string_agg(DISTINCT r.name, ', ' ORDER BY r.name)
  FROM ej.request AS r
 WHERE r.class_id = ANY ((SELECT ej.my_classes())::bigint[]) AND r.state = 'new' AND r.kind = 'card_changed'
HAVING count(*) > 0
 UNION ALL
SELECT 'substitutions', count(*), NULL
  FROM ej.staff_absence AS a
  JOIN ej.lesson AS l ON l.staff_id = a.staff_id AND l.held_on <@ a.during AND l.state = 'planned'
   AND l.held_on BETWEEN (SELECT ej.my_today()) AND (SELECT ej.my_today()) + 3 AND l.joined_id IS NULL
 WHERE a.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
HAVING count(*) > 0
 UNION ALL
SELECT 'plans', count(*), NULL
  FROM ej.plan AS p
 WHERE p.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AND p.year = (SELECT ej.shown_year())
   AND p.state = 'offered'
HAVING count(*) > 0
 UNION ALL
SELECT 'splits', count(*), NULL
  FROM ej.split AS s
 WHERE s.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AND s.state <> ALL ('{accepted,declined}')
HAVING count(*) > 0
 UNION ALL
SELECT 'verifications', count(*), string_agg(c.name, ', ' ORDER BY c.grade, c.letter)
  FROM c
 WHERE NOT EXISTS (SELECT FROM ej.verification AS v WHERE v.class_id = c.id
                   AND v.month_on = date_trunc('month', (SELECT ej.my_today()))::date)
HAVING count(*) > 0
 UNION ALL
SELECT 'guardians', count(*), NULL
  FROM c JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> (SELECT ej.my_today())
 WHERE NOT EXISTS (SELECT FROM ej.guardianship AS g WHERE g.pupil_id = n.pupil_id
                   AND g.during @> (SELECT ej.my_today()))
HAVING count(*) > 0
 UNION ALL
SELECT 'refused', count(*), string_agg(r.name, ', ' ORDER BY r.id)
  FROM ej.request AS r
 WHERE r.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AND r.state = 'refused'
   AND r.answered_on > (SELECT ej.my_today()) - 14
HAVING count(*) > 0;

-- name: today_corrections :many task
-- Requests to correct a record: for the heads those to decide, for a teacher the own ones decided in
-- the last week.
-- params:
SELECT 'corrections' AS code, count(*) AS count
  FROM ej.correction AS c
 WHERE c.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AND c.state = 'new'
   AND c.staff_id <> ALL ((SELECT ej.my_staff())::bigint[])
HAVING count(*) > 0
 UNION ALL
SELECT 'corrected', count(*)
  FROM ej.correction AS c
 WHERE c.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AND c.state IN ('accepted', 'refused')
   AND c.decided_at > now() - interval '7 days'
HAVING count(*) > 0
 UNION ALL -- records of the own journals that do not count any more (SEC-07)
SELECT 'voided', count(*)
  FROM ej.history AS h
 WHERE h.void_id = ANY ((SELECT ej.recent_voidings())::bigint[])
   AND h.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
HAVING count(*) > 0;

-- name: today_findings :many task
-- Findings that the reader is to answer, late those whose day is over; for director and deputies the answers
-- and signals that wait for a decision.
-- params: today_on date
SELECT 'findings' AS code, count(*) AS count, nullif(count(*) FILTER (WHERE f.due_on < :today_on), 0) AS late
  FROM ej.finding AS f
 WHERE f.addressee_id = ANY ((SELECT ej.my_staff())::bigint[]) AND f.state IN ('open', 'returned')
HAVING count(*) > 0
 UNION ALL
SELECT 'answers', count(*), NULL
  FROM ej.finding AS f
 WHERE f.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])
   AND f.state = CASE f.kind WHEN 'signal' THEN 'open' ELSE 'answered' END
   AND coalesce(f.addressee_id <> ALL ((SELECT ej.my_staff())::bigint[]), true)
HAVING count(*) > 0;

-- name: today_attendance :many task
-- For a class teacher: absences of the last 30 days without a reason, absences announced by
-- guardians, classes whose last week is not verified (ATT-02, ATT-03); for deputies the pupils'
-- days of the last fortnight without a valid reason (ATT-04).
-- params: today_on date
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, lower(y.during) AS starts_on FROM ej.class AS c
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> :today_on
     WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[])
), n AS MATERIALIZED (
    SELECT n.class_id, n.pupil_id FROM c JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> :today_on
)
SELECT 'unexplained' AS code, count(*) AS count, min(n.class_id) AS class_id, NULL AS names
  FROM ej.missed_days(ARRAY(SELECT n.pupil_id FROM n), daterange(:today_on - 30, :today_on, '[]')) AS m
  JOIN n ON n.pupil_id = m.pupil_id
 WHERE m.unexplained > 0
HAVING count(*) > 0
 UNION ALL
SELECT 'announced', count(*), min(x.class_id), string_agg(x.name, ', ' ORDER BY x.name)
  FROM (SELECT DISTINCT n.class_id, n.pupil_id, p.surname || ' ' || p.given_name AS name
          FROM n
          JOIN ej.absence_reason AS r ON r.pupil_id = n.pupil_id AND r.guardian_id IS NOT NULL AND r.document = ''
           AND upper(r.during) > :today_on
          JOIN ej.pupil AS p ON p.id = n.pupil_id) AS x
HAVING count(*) > 0
 UNION ALL
SELECT 'attendance_check', count(*), min(c.id), string_agg(c.name, ', ' ORDER BY c.grade, c.letter)
  FROM c
 CROSS JOIN LATERAL (SELECT :today_on - extract(isodow FROM :today_on)::int - 6 AS monday) AS w
 WHERE w.monday + 6 >= c.starts_on
   AND NOT EXISTS (SELECT FROM ej.attendance_check AS v WHERE v.class_id = c.id AND v.week_on = w.monday)
HAVING count(*) > 0
 UNION ALL
SELECT 'unjustified', count(*), NULL, NULL
  FROM ej.notice AS o
 WHERE o.open_school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AND o.kind = 'unjustified'
   AND o.fact_key >= (:today_on - 14)::text
   AND EXISTS (SELECT FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id
                WHERE a.pupil_id = o.pupil_id AND a.code = 'п' AND l.held_on::text = o.fact_key)
HAVING count(*) > 0;

-- name: today_debts :many task
-- The academic debts that are not passed, to the heads of the school, to a class teacher of the own
-- class; late: those without a retake that is to come (273-FZ, art. 58).
-- params: today_on date
SELECT 'debts' AS code, count(*) AS count,
       nullif(count(*) FILTER (WHERE d.planned_on IS NULL OR d.planned_on < :today_on), 0) AS late
  FROM ej.debts_found('') AS d
 WHERE d.passed_on IS NULL
HAVING count(*) > 0;

-- name: today_papers :many task
-- For a class teacher: paper families without a strip of the last week that is open (each Friday, by the
-- usual settings), and families that are to be informed again (DIA-07, DIA-09).
-- params: today_on date
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id, w.day - extract(isodow FROM w.day)::int + 1 AS week_on
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
     CROSS JOIN LATERAL (SELECT :today_on - s.receipt_opens + 1 AS day) AS w
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> :today_on
     WHERE c.id = ANY ((SELECT ej.my_classes())::bigint[])
)
SELECT 'strips' AS code, count(*) AS count, min(n.class_id) AS class_id
  FROM n
 WHERE n.pupil_id IN (SELECT ej.paper_pupils(ARRAY(SELECT n.pupil_id FROM n)))
   AND NOT EXISTS (SELECT FROM ej.paper AS b
                    WHERE b.pupil_id = n.pupil_id AND b.week_on = n.week_on OFFSET 0)
HAVING count(*) > 0
 UNION ALL
SELECT 'informing', count(*), NULL
  FROM ej.informing_last() AS x
 WHERE x.is_overdue AND x.class_id = ANY ((SELECT ej.my_classes())::bigint[])
HAVING count(*) > 0;

-- name: today_contradictions :many contradiction
-- The user's lessons in which a pupil is marked present although a reason of absence covers them
-- (ATT-02), newest first.
-- params:
-- rows: at most 30
WITH d AS MATERIALIZED (
    SELECT d.lesson_id, d.pupil_id, d.code, d.held_on, d.slot, d.teaching_id FROM ej.absence_contradictions(NULL) AS d
     ORDER BY d.held_on DESC, d.slot DESC LIMIT 30
)
SELECT d.lesson_id, x.name, ej.weekday_short(d.held_on) || ', ' || ej.day_of_month(d.held_on) AS day_name, d.slot,
       g.name AS class_name, s.name AS subject_name, k.name AS code_name
  FROM d
  JOIN ej.pupil_names(ARRAY(SELECT d.pupil_id FROM d)) AS x ON x.pupil_id = d.pupil_id
  JOIN ej.teaching AS t ON t.id = d.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.attendance_code AS k ON k.school_id = t.school_id AND k.code = d.code
 ORDER BY d.held_on DESC, d.slot DESC, x.order_no;

-- name: today_handover :many task
-- The own reports of a term that ended in the last 45 days, which can be handed in (REP-04).
-- params:
SELECT 'handover' AS code, count(*) AS count, h.name AS names
  FROM (SELECT ej.handover_name(NULL) AS name
         WHERE EXISTS (SELECT FROM ej.term AS e
                        WHERE e.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AND e.is_taught
                          AND upper(e.during) <= (SELECT ej.my_today())
                          AND upper(e.during) > (SELECT ej.my_today()) - 45)) AS h
 CROSS JOIN LATERAL ej.handover_lines(h.name, own_only => true) AS x
 WHERE x.is_mine AND NOT x.is_open AND x.extract_id IS NULL
 GROUP BY h.name;

-- name: today_finals :many task
-- For a teacher the own open journals whose term marks are due within a week, or were due in the
-- last two months, and are not all given; late: those that were due.
-- params: today_on date
SELECT 'finals' AS code, count(*) AS count, nullif(count(*) FILTER (WHERE j.due_on < :today_on), 0) AS late,
       string_agg(j.name, ', ' ORDER BY j.name) AS names
  FROM (SELECT g.name || ' ' || s.name AS name, x.due_on
          FROM (SELECT j.teaching_id, e.id, e.during, ej.finals_due(e.id) AS due_on
                  FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
                 WHERE j.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[]) AND j.closed_at IS NULL
                   AND (e.due_on IS NOT NULL OR upper(e.during) BETWEEN :today_on - 60
                       AND :today_on + 14) OFFSET 0) AS x
          JOIN ej.teaching AS t ON t.id = x.teaching_id
          JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind NOT IN ('elective', 'club', 'individual',
              'home')
          JOIN ej.subject AS s ON s.id = t.subject_id
         WHERE x.due_on BETWEEN :today_on - 60 AND :today_on + 7 AND NOT ej.is_unmarked(t.study_group_id)
           AND EXISTS (SELECT FROM ej.membership AS b
                        WHERE b.study_group_id = t.study_group_id AND b.during @> least(:today_on, upper(x.during) - 1)
                          AND NOT EXISTS (SELECT FROM ej.term_mark AS m
                                           WHERE m.pupil_id = b.pupil_id AND m.subject_id = t.subject_id
                                             AND m.term_id = x.id AND m.value IS NOT NULL))) AS j
HAVING count(*) > 0;

-- name: today_handins :many task
-- What pupils handed in and nobody has answered, in homework that the reader writes; late: what has
-- waited for a week.
-- params: today_on date
SELECT 'handins' AS code, count(*) AS count, nullif(count(*) FILTER (WHERE x.handed_on < :today_on - 7), 0) AS late
  FROM ej.submission AS x
 WHERE x.answered_on IS NULL AND x.handed_on > :today_on - 60
   AND (x.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
     OR x.homework_id = ANY ((SELECT ej.my_write_homework())::bigint[]))
HAVING count(*) > 0;

-- name: today_telling :many telling
-- For a class teacher what is to be told to families in person, and by which telephones.
-- params:
-- rows: at most 50
SELECT d.notice_id, d.pupil_id, p.surname || ' ' || p.given_name AS name, d.kind, d.held_on,
       (SELECT string_agg(concat_ws(' ', g.given_name, nullif(g.patronymic, ''), nullif(g.phone, '')), ', '
                          ORDER BY g.phone = '', g.surname, g.id)
          FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
         WHERE w.pupil_id = d.pupil_id AND w.during @> (SELECT ej.my_today())) AS whom
  FROM ej.informing_due() AS d
  JOIN ej.pupil AS p ON p.id = d.pupil_id
 ORDER BY d.kind <> 'accident', d.held_on, p.surname, p.given_name, d.notice_id;

-- name: today_jobs :many task
-- The orders of the school that failed in the last week.
-- params:
SELECT 'jobs' AS code, count(*) AS count
  FROM ej.job AS j
 WHERE j.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AND j.outcome = 'failed'
   AND j.finished_at > now() - interval '7 days'
HAVING count(*) > 0;

-- name: today_archive :many task
-- For the heads and the archivist, if the last verified one is late (ej.archive_age): its age in days;
-- archive_none: there is none.
-- params:
SELECT CASE WHEN a.days IS NULL THEN 'archive_none' ELSE 'archive' END AS code, coalesce(a.days, 1) AS count
  FROM ej.archive_age() AS a WHERE a.is_late;

-- name: today_letters :many task
-- For the administrator letters and short messages that failed in the last week, or have waited for an hour,
-- and requests that wait for an answer.
-- params:
SELECT 'letters_failed' AS code, f.failed AS count FROM ej.outbound_faults() AS f WHERE f.failed > 0
 UNION ALL
SELECT 'letters_waiting', f.waiting FROM ej.outbound_faults() AS f WHERE f.waiting > 0
 UNION ALL
SELECT 'support', count(*) FROM ej.support AS s
 WHERE s.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AND s.state = 'open'
HAVING count(*) > 0;

-- name: today_incidents :many task
-- For the heads the log-ins known to others of which head or support were not told yet
-- (SEC-06), with the number of late ones.
-- params:
SELECT 'incidents' AS code, count(*) AS count,
       nullif(count(*) FILTER (WHERE ej.next_working(i.learned_at, s.tz) < now()), 0) AS late
  FROM ej.incident AS i JOIN ej.school AS s ON s.id = i.school_id
 WHERE i.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]) AND (i.head_at IS NULL OR i.support_at IS NULL)
HAVING count(*) > 0;

-- name: today_class_head :one
-- params: class_id bigint, page int
SELECT c.id AS class_id, c.name AS class_name, coalesce(:page, 1) AS page,
       greatest((x.count + 49) / 50, 1) AS pages, x.count
  FROM ej.class AS c
 CROSS JOIN LATERAL (SELECT count(*) AS count FROM ej.today_missing(c.id)) AS x
 WHERE c.id = :class_id AND c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]);

-- name: today_class_unfilled :many unfilled
-- Newest first, 50 a page.
-- params: class_id bigint, page int
WITH x AS MATERIALIZED (
    SELECT x.lesson_id, x.held_on, x.slot, x.is_topic_missing, x.is_attendance_missing, x.is_homework_missing
      FROM ej.today_missing(:class_id) AS x
)
SELECT x.lesson_id, x.held_on, ej.weekday_short(x.held_on) || ', ' || ej.day_of_month(x.held_on) AS date_name,
       x.slot, g.name AS class_name, s.name AS subject_name,
       f.name AS staff_name, x.is_topic_missing, x.is_attendance_missing, x.is_homework_missing
  FROM x
  JOIN ej.lesson AS l ON l.id = x.lesson_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT l.staff_id FROM x JOIN ej.lesson AS l ON l.id = x.lesson_id)) AS f
    ON f.staff_id = l.staff_id
 ORDER BY x.held_on DESC, x.slot DESC, x.lesson_id DESC
OFFSET (coalesce(:page, 1) - 1) * 50 LIMIT 50;
