-- diary.sql: the queries of diary.c.
-- :pupil_id NULL means the reader's first child, or the reader.

-- name: diary_revision :revision
-- params: pupil_id bigint
SELECT ej.diary_revision(:pupil_id) AS revision;

-- name: diary_scope :one
-- What the queries of the week hang on: the child, the week (from Monday to before its
-- Sunday), the present day, and the days on which the child had no homework by rule. No
-- row unless the reader may read this diary.
-- params: pupil_id bigint, week_on date
SELECT w.child_id AS pupil_id, w.school_id, w.today_on, w.monday AS week_on, w.ends_on,
       ej.diary_unmarked(w.child_id)::text AS unmarked
  FROM ej.diary_week(:pupil_id, :week_on) AS w;

-- name: diary_head :one
-- The pupil, the week (Monday to Saturday) and its neighbours.
-- params: pupil_id bigint, week_on date, today_on date
SELECT :pupil_id AS pupil_id, ej.pupil_name(:pupil_id) AS name, c.name AS class_name,
       :week_on AS week_on,
       ej.day_of_month(:week_on) || ' – ' || ej.day_of_month(:week_on + 5) AS week_name,
       :week_on - 7 AS previous_on, :week_on + 7 AS next_on, :today_on AS today_on
  FROM (SELECT) AS one
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = :pupil_id AND n.during @> least(:week_on + 5, :today_on)
  LEFT JOIN ej.class AS c ON c.id = n.class_id;

-- name: diary_children :many child
-- The children of this account, and the own row of a pupil.
-- params: pupil_id bigint
SELECT p.id AS pupil_id,
       CASE WHEN count(*) OVER (PARTITION BY p.given_name) = 1 THEN p.given_name::text
            ELSE (SELECT n.name FROM ej.pupil_names((SELECT ej.my_family_pupils())) AS n
                   WHERE n.pupil_id = p.id) END AS name,
       p.id = coalesce(:pupil_id, first_value(p.id) OVER (ORDER BY p.surname, p.given_name, p.id)) AS is_current
  FROM ej.pupil AS p
 WHERE p.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
 ORDER BY p.surname, p.given_name, p.id;

-- name: diary_events :many event
-- The events of the week, its Sunday too: those of the school, of the child's class, and those in
-- which the child takes part.
-- params: pupil_id bigint, school_id bigint, week_on date
-- rows: at most 50
SELECT e.id AS event_id, e.title, lower(e.during) AS from_on, nullif(upper(e.during) - 1, lower(e.during)) AS till_on,
       to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends, nullif(e.place, '') AS place,
       e.is_whole, nullif(e.state, 'planned') AS state, p.id IS NOT NULL AS is_in, p.result, p.place_no, e.note AS prose
  FROM ej.event AS e
  LEFT JOIN ej.event_participant AS p ON p.event_id = e.id AND p.pupil_id = :pupil_id
 WHERE e.school_id = :school_id AND upper(e.during) > :week_on AND e.during && daterange(:week_on, :week_on + 7)
   AND (p.id IS NOT NULL
        OR EXISTS (SELECT FROM ej.enrolment AS n WHERE n.pupil_id = :pupil_id AND n.during && e.during
                      AND (e.is_whole OR EXISTS (SELECT FROM ej.event_class AS x
                                                  WHERE x.event_id = e.id AND x.class_id = n.class_id))))
 ORDER BY lower(e.during), e.starts NULLS FIRST, e.id LIMIT 50;

-- name: diary_days :many day
-- params: pupil_id bigint, school_id bigint, week_on date, today_on date
SELECT d.day AS held_on, ej.day_name(d.day) AS name, ej.weekday_short(d.day) AS short_name,
       d.day = :today_on AS is_today, h.name AS holiday
  FROM generate_series(0, 5) AS i(n)
 CROSS JOIN LATERAL (SELECT :week_on + i.n AS day) AS d
  LEFT JOIN LATERAL (SELECT h.name FROM ej.holiday AS h
                      WHERE h.school_id = :school_id AND h.during @> d.day
                        AND (h.kind <> 'extra' OR EXISTS (
                            SELECT FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id
                             WHERE n.pupil_id = :pupil_id AND n.during @> d.day AND c.grade = 1))
                      ORDER BY upper(h.during) - lower(h.during) LIMIT 1) AS h ON true
 ORDER BY d.day;

-- name: diary_lessons :many lesson under diary_days held_on
-- params: pupil_id bigint, week_on date, ends_on date
-- rows: at most 60
SELECT l.held_on, l.id AS lesson_id, l.slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, to_char(upper(l.during), 'HH24:MI') AS ends,
       s.name AS subject_name, r.name AS room,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       nullif(l.topic, '') AS topic, l.state, l.is_substitute,
       CASE WHEN l.moved_on IS NOT NULL THEN ej.weekday_short(l.moved_on) || ', ' || ej.day_of_month(l.moved_on)
            END AS moved_from, a.code,
       CASE WHEN a.code IS NOT NULL THEN (
            SELECT k.name FROM ej.attendance_code AS k
             WHERE k.school_id = a.school_id AND k.code = a.code) END AS code_name, a.minutes
  FROM ej.membership AS b
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
   AND l.held_on >= :week_on AND l.held_on < :ends_on
   AND b.during @> l.held_on AND l.state <> 'moved'
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.room AS r ON r.id = l.room_id
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id
  LEFT JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = :pupil_id
 WHERE b.pupil_id = :pupil_id
 ORDER BY l.during, l.slot;

-- name: diary_moved :many moved under diary_days held_on
-- The lessons that were moved from a day of the week to another day or hour.
-- params: pupil_id bigint, week_on date, ends_on date
-- rows: at most 60
WITH b AS MATERIALIZED (
    SELECT b.study_group_id, b.during FROM ej.membership AS b WHERE b.pupil_id = :pupil_id
)
SELECT l.moved_on AS held_on, l.moved_slot AS slot, s.name AS subject_name,
       ej.weekday_short(l.held_on) || ', ' || ej.day_of_month(l.held_on) AS moved_name, l.slot AS new_slot
  FROM b
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id AND l.moved_on >= :week_on AND l.moved_on < :ends_on
   AND b.during @> l.moved_on
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 ORDER BY l.moved_slot, s.name, l.id;

-- name: diary_homework :many homework under diary_lessons lesson_id
-- The homework due at a lesson, in the lesson's line as in a paper diary.
-- params: pupil_id bigint, week_on date, ends_on date, unmarked text
SELECT h.due_lesson_id AS lesson_id, CASE WHEN h.is_online OR h.file_names <> '' THEN h.id END AS homework_id,
       h.is_online, nullif(h.file_names, '') AS file_names, h.text AS prose
  FROM ej.membership AS b
  JOIN ej.homework AS h ON h.study_group_id = b.study_group_id
   AND h.due_on >= :week_on AND h.due_on < :ends_on
   AND b.during @> h.due_on
 WHERE b.pupil_id = :pupil_id
   AND NOT :unmarked::datemultirange @> h.due_on
   AND (NOT h.is_personal OR EXISTS (
       SELECT FROM ej.homework_for AS o WHERE o.homework_id = h.id AND o.pupil_id = b.pupil_id))
 ORDER BY h.id;

-- name: diary_day_homework :many homework under diary_days held_on
-- The homework due on a day without a lesson: no lesson followed when it was set, or
-- that lesson was moved.
-- params: pupil_id bigint, week_on date, ends_on date, unmarked text
WITH h AS MATERIALIZED (
    SELECT h.id, h.due_on, h.teaching_id, h.is_online, h.file_names, h.text
      FROM ej.membership AS b
      JOIN ej.homework AS h ON h.study_group_id = b.study_group_id
       AND h.due_on >= :week_on AND h.due_on < :ends_on
       AND b.during @> h.due_on
      LEFT JOIN ej.lesson AS d ON d.id = h.due_lesson_id
     WHERE b.pupil_id = :pupil_id
       AND (d.id IS NULL OR d.state = 'moved')
       AND NOT :unmarked::datemultirange @> h.due_on
       AND (NOT h.is_personal OR EXISTS (
           SELECT FROM ej.homework_for AS o WHERE o.homework_id = h.id AND o.pupil_id = b.pupil_id))
)
SELECT h.due_on AS held_on, s.name AS subject_name,
       CASE WHEN h.is_online OR h.file_names <> '' THEN h.id END AS homework_id, h.is_online,
       nullif(h.file_names, '') AS file_names, h.text AS prose
  FROM h
  JOIN ej.teaching AS t ON t.id = h.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 ORDER BY s.order_no, s.name, h.id;

-- name: diary_news :many news
-- The entries about the child since the reader's last day here, with present values.
-- params: pupil_id bigint, today_on date
-- rows: at most 20
WITH n AS MATERIALIZED (SELECT n.what, n.row_key, n.entered_on FROM ej.diary_news(:pupil_id) AS n)
SELECT x.what, x.subject_name, x.held_on, x.entered_on, x.text
  FROM (SELECT n.what, s.name AS subject_name, l.held_on, max(n.entered_on) AS entered_on,
               string_agg(m.value, '/' ORDER BY m.attempt) AS text
          FROM n
          JOIN ej.mark AS m ON m.work_id = n.row_key[1] AND m.pupil_id = n.row_key[2] AND m.value IS NOT NULL
          JOIN ej.work AS w ON w.id = m.work_id
          JOIN ej.lesson AS l ON l.id = w.lesson_id
          JOIN ej.teaching AS t ON t.id = l.teaching_id
          JOIN ej.subject AS s ON s.id = t.subject_id
         WHERE n.what = 'mark' AND m.attempt = n.row_key[3]
         GROUP BY n.what, s.name, l.held_on, w.id
         UNION ALL
        SELECT n.what, s.name, l.held_on, n.entered_on, k.name::text
          FROM n
          JOIN ej.attendance AS a ON a.lesson_id = n.row_key[1] AND a.pupil_id = n.row_key[2]
          JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
          JOIN ej.lesson AS l ON l.id = a.lesson_id
          JOIN ej.teaching AS t ON t.id = l.teaching_id
          JOIN ej.subject AS s ON s.id = t.subject_id
         WHERE n.what = 'attendance'
         UNION ALL
        SELECT n.what, s.name, NULL, n.entered_on, e.name::text || ': ' || f.value::text
          FROM n
          JOIN ej.term_mark AS f ON f.pupil_id = n.row_key[1] AND f.subject_id = n.row_key[2]
           AND f.term_id = n.row_key[3] AND f.value IS NOT NULL
          JOIN ej.term AS e ON e.id = f.term_id
          JOIN ej.subject AS s ON s.id = f.subject_id
         WHERE n.what = 'term_mark'
         UNION ALL
        SELECT n.what, ej.short_name(f.surname, f.given_name, f.patronymic), r.made_on, n.entered_on, r.note::text
          FROM n
          JOIN ej.remark AS r ON r.id = n.row_key[1]
          JOIN ej.staff AS f ON f.id = r.staff_id
         WHERE n.what = 'remark'
         UNION ALL
        SELECT n.what, s.name, x.answered_on, n.entered_on, x.answer::text
          FROM n
          JOIN ej.submission AS x ON x.homework_id = n.row_key[1] AND x.pupil_id = n.row_key[2]
           AND x.answered_on IS NOT NULL
          JOIN ej.teaching AS t ON t.id = x.teaching_id
          JOIN ej.subject AS s ON s.id = t.subject_id
         WHERE n.what = 'submission'
         UNION ALL
        SELECT n.what, s.name, h.due_on, n.entered_on, h.text::text
          FROM n
          JOIN ej.homework AS h ON h.id = n.row_key[1]
          JOIN ej.teaching AS t ON t.id = h.teaching_id
          JOIN ej.subject AS s ON s.id = t.subject_id
         WHERE n.what = 'homework' AND h.due_on >= :today_on) AS x
 ORDER BY x.what = 'homework', x.entered_on DESC, x.held_on DESC, x.subject_name
 LIMIT 20;

-- name: diary_truancy :many truancy
-- The days of the last fortnight on which the child missed lessons without a valid reason (ATT-04).
-- params: pupil_id bigint, today_on date
SELECT m.held_on, m.unjustified AS lessons
  FROM ej.missed_days(ARRAY[:pupil_id], daterange(:today_on - 14, :today_on, '[]')) AS m
 WHERE m.unjustified > 0 ORDER BY m.held_on;

-- name: diary_away :many away
-- The reasons of absence that are known for today and later days.
-- params: pupil_id bigint, today_on date
SELECT k.name AS code_name, lower(r.during) AS from_on, upper(r.during) - 1 AS till_on
  FROM ej.absence_reason AS r
  JOIN ej.attendance_code AS k ON k.school_id = r.school_id AND k.code = r.code
 WHERE r.pupil_id = :pupil_id AND upper(r.during) > :today_on ORDER BY lower(r.during), r.id;

-- name: diary_receipt :many receipt
-- Whether the family has seen the shown week, and whether the reader, as a guardian, still is to say so.
-- params: pupil_id bigint, week_on date, today_on date
SELECT x.week_on, x.state, x.opens_on, x.due_on, encode(x.document, 'hex') AS document,
       g.is_guardian, g.is_guardian AND s.receipt_ways && '{tap}' AND r.at IS NULL AS can_tap,
       g.is_guardian AND s.receipt_ways && '{read}' AND r.at IS NULL AS can_read,
       to_char(coalesce(r.at, x.seen_at) AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at
  FROM ej.receipt_states(ARRAY[:pupil_id], ARRAY[:week_on]) AS x
  JOIN ej.pupil AS p ON p.id = x.pupil_id
  JOIN ej.school AS s ON s.id = p.school_id
 CROSS JOIN LATERAL (SELECT x.state <> 'early' AND EXISTS (
           SELECT FROM ej.guardianship AS w WHERE w.pupil_id = x.pupil_id AND w.during @> :today_on
              AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])) AS is_guardian) AS g
 CROSS JOIN LATERAL (SELECT max(r.made_at) AS at FROM ej.receipt AS r
                      WHERE r.pupil_id = x.pupil_id AND r.week_on = x.week_on AND r.document_sha256 = x.document
                        AND r.way = ANY (s.receipt_ways)
                        AND r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])) AS r;

-- name: diary_unseen :many unseen
-- To a guardian: the weeks of the last month that nobody of the family has seen as they are now.
-- params: pupil_id bigint, week_on date, today_on date
SELECT x.week_on, ej.day_of_month(x.week_on) || ' – ' || ej.day_of_month(x.week_on + 5) AS name, x.state
  FROM ej.receipt_states(ARRAY[:pupil_id], ARRAY(SELECT :week_on - i.n * 7 FROM generate_series(1, 4) AS i(n))) AS x
 WHERE x.state IN ('due', 'overdue', 'changed')
   AND EXISTS (SELECT FROM ej.guardianship AS w WHERE w.pupil_id = x.pupil_id AND w.during @> :today_on
                  AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[]))
 ORDER BY x.week_on;

-- name: diary_changed :many changed under diary_receipt week_on
-- The marks of the week that were changed after the reader, as a guardian, had seen it.
-- params: pupil_id bigint, week_on date, ends_on date
-- rows: at most 30
WITH seen AS MATERIALIZED (
    SELECT max(r.made_at) AS at FROM ej.receipt AS r
     WHERE r.pupil_id = :pupil_id AND r.week_on = :week_on
       AND r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])
), h AS MATERIALIZED (
    SELECT DISTINCT ON (h.row_key) h.row_key, h.old ->> 'value' AS old
      FROM seen AS s
      JOIN ej.history AS h ON h.pupil_id = :pupil_id AND h.made_at > s.at AND h.table_name = 'mark'
     ORDER BY h.row_key, h.id
)
SELECT :week_on AS week_on, b.name AS subject_name, l.held_on, h.old, m.value AS text
  FROM h
  JOIN ej.mark AS m ON m.work_id = h.row_key[1] AND m.pupil_id = h.row_key[2] AND m.attempt = h.row_key[3]
  JOIN ej.work AS w ON w.id = m.work_id
  JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.held_on >= :week_on AND l.held_on < :ends_on + 1
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS b ON b.id = t.subject_id
 WHERE h.old IS DISTINCT FROM m.value
 ORDER BY l.held_on, b.name, m.work_id LIMIT 30;

-- name: diary_due :many due
-- The lessons of the next school day with their homework. Families look for it first, so
-- a diary opened without a week begins with it.
-- params: pupil_id bigint, today_on date, unmarked text
-- rows: at most 12
WITH d AS MATERIALIZED (
    SELECT min(l.held_on) AS day
      FROM ej.membership AS b
      JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
       AND l.held_on > :today_on AND l.held_on <= :today_on + 21
       AND b.during @> l.held_on AND l.state IN ('planned', 'given')
     WHERE b.pupil_id = :pupil_id
)
SELECT l.held_on, extract(isodow FROM l.held_on)::int AS weekday,
       l.held_on = :today_on + 1 AS is_tomorrow,
       l.slot, s.name AS subject_name, string_agg(h.text, E'\n' ORDER BY h.id) AS prose
  FROM ej.membership AS b
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
   AND l.held_on = (SELECT d.day FROM d) AND b.during @> l.held_on AND l.state IN ('planned', 'given')
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.homework AS h ON h.due_lesson_id = l.id
   AND NOT :unmarked::datemultirange @> l.held_on
   AND (NOT h.is_personal OR EXISTS (
       SELECT FROM ej.homework_for AS o WHERE o.homework_id = h.id AND o.pupil_id = b.pupil_id))
 WHERE b.pupil_id = :pupil_id
 GROUP BY l.id, l.held_on, l.slot, s.name
 ORDER BY l.slot, l.id;

-- name: diary_marks :many mark under diary_lessons lesson_id
-- params: pupil_id bigint, week_on date, ends_on date
SELECT o.lesson_id, o.id AS work_id, string_agg(m.value, '/' ORDER BY m.attempt) AS text,
       k.name AS kind_name, nullif(o.title, '') AS title, o.weight_pct,
       CASE WHEN count(m.comment) > 0 THEN ej.mark_comments(array_agg(m.value::text ORDER BY m.attempt),
            array_agg(m.comment::text ORDER BY m.attempt)) END AS comment,
       min(CASE WHEN m.staff_id <> l.staff_id THEN (
                SELECT ej.short_name(f.surname, f.given_name, f.patronymic)
                  FROM ej.staff AS f WHERE f.id = m.staff_id) END) AS staff_name
  FROM ej.membership AS b
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
   AND l.held_on >= :week_on AND l.held_on < :ends_on
   AND b.during @> l.held_on
  JOIN ej.work AS o ON o.lesson_id = l.id
  JOIN ej.work_kind AS k ON k.id = o.kind_id
  JOIN ej.mark AS m ON m.work_id = o.id AND m.pupil_id = :pupil_id
 WHERE b.pupil_id = :pupil_id
   AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
 GROUP BY o.lesson_id, o.id, k.name, o.title, o.weight_pct
 ORDER BY o.id;

-- name: diary_marks_head :one
-- params: pupil_id bigint, term_id bigint, year int
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, c.name AS class_name,
       c.year, x.name AS term_name, x.is_year,
       EXISTS (SELECT FROM ej.debts(ARRAY[w.child_id]) AS d) AS has_debts,
       s.forecast_shown = 'shown' OR NOT p.id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AS has_forecast
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.pupil AS p ON p.id = w.child_id
  JOIN ej.school AS s ON s.id = p.school_id
  LEFT JOIN ej.diary_term(w.child_id, :term_id, :year) AS x ON true
  LEFT JOIN ej.class AS c ON c.id = x.class_id;

-- name: diary_terms :many term
-- The terms of the class, and those of another class in which the pupil was in that year by another
-- term plan, as far as the pupil was in it. With is_column those that are only columns of the year,
-- exam and final mark, if the pupil has one.
-- params: pupil_id bigint, term_id bigint, year int
SELECT e.id AS term_id, e.name, e.id = x.of_term_id AS is_current,
       CASE WHEN x.is_year AND NOT e.kind = 'year'
            THEN ej.term_short_name(e.kind::text, e.name::text) END AS short_name,
       e.kind IN ('exam', 'final') AS is_column
  FROM ej.diary_term(:pupil_id, :term_id, :year) AS x
  JOIN ej.class AS c ON c.id = x.class_id
  JOIN LATERAL (SELECT k.term_plan_id, range_agg(n.during) AS during
                  FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
                 WHERE n.pupil_id = x.child_id AND k.year = c.year GROUP BY k.term_plan_id) AS p ON true
  JOIN ej.term AS e ON e.term_plan_id = p.term_plan_id
   AND (p.term_plan_id = c.term_plan_id OR e.is_taught AND p.during && e.during)
   AND (e.is_taught OR e.kind = 'year' OR x.is_year AND EXISTS (
        SELECT FROM ej.term_mark AS m WHERE m.pupil_id = x.child_id AND m.term_id = e.id AND m.value IS NOT NULL))
 ORDER BY NOT e.is_taught, lower(e.during), array_position('{year,exam,final}', e.kind::text), e.id;

-- name: diary_years :many choice
-- The school years in which the pupil was in a class, the last first.
-- params: pupil_id bigint
SELECT DISTINCT 'year' AS "for", c.year AS value, c.year || '/' || right((c.year + 1)::text, 2) AS name
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.enrolment AS n ON n.pupil_id = w.child_id
  JOIN ej.class AS c ON c.id = n.class_id
 ORDER BY 2 DESC;

-- name: diary_subjects :many subject
-- Every subject of the pupil in the term with weighted mean, final mark and missed
-- lessons.
-- params: pupil_id bigint, term_id bigint, year int
SELECT s.subject_id, s.name, s.mean, s.term_mark, s.missed FROM ej.diary_subjects(:pupil_id, :term_id, :year) AS s
 ORDER BY s.order_no, s.name;

-- name: diary_subject_marks :many mark under diary_subjects subject_id
-- params: pupil_id bigint, term_id bigint, year int
SELECT t.subject_id, w.id AS work_id, string_agg(m.value, '/' ORDER BY m.attempt) AS text, l.held_on,
       k.name AS kind_name, nullif(w.title, '') AS title, w.weight_pct,
       CASE WHEN count(m.comment) > 0 THEN ej.mark_comments(array_agg(m.value::text ORDER BY m.attempt),
            array_agg(m.comment::text ORDER BY m.attempt)) END AS comment
  FROM ej.diary_term(:pupil_id, :term_id, :year) AS x
  JOIN ej.mark AS m ON m.pupil_id = x.child_id AND m.value IS NOT NULL
  JOIN ej.work AS w ON w.id = m.work_id
  JOIN ej.lesson AS l ON l.id = w.lesson_id AND x.during @> l.held_on AND NOT x.is_year
  JOIN ej.work_kind AS k ON k.id = w.kind_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
 GROUP BY t.subject_id, l.held_on, l.slot, w.id, k.name, w.title, w.weight_pct
 ORDER BY l.held_on, l.slot, w.id;

-- name: diary_finals :many final under diary_subjects subject_id
-- For a year: the mark of each of its terms (diary_terms), then of exam and final, if the pupil has one in any
-- subject; empty ones too.
-- params: pupil_id bigint, term_id bigint, year int
SELECT t.subject_id, f.value AS text, NOT e.is_taught AS is_last,
       ej.term_short_name(e.kind::text, e.name::text) AS name
  FROM ej.diary_term(:pupil_id, :term_id, :year) AS x
  JOIN ej.class AS c ON c.id = x.class_id
  JOIN LATERAL (SELECT k.term_plan_id, range_agg(n.during) AS during
                  FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
                 WHERE n.pupil_id = x.child_id AND k.year = c.year GROUP BY k.term_plan_id) AS p ON true
  JOIN ej.term AS e ON e.term_plan_id = p.term_plan_id
   AND (p.term_plan_id = c.term_plan_id OR e.is_taught AND p.during && e.during)
   AND (e.is_taught OR e.kind IN ('exam', 'final') AND EXISTS (
        SELECT FROM ej.term_mark AS m WHERE m.pupil_id = x.child_id AND m.term_id = e.id AND m.value IS NOT NULL))
  JOIN LATERAL (SELECT DISTINCT t.subject_id
                  FROM ej.membership AS b JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
                 WHERE b.pupil_id = x.child_id AND b.during && x.during) AS t ON true
  LEFT JOIN ej.term_mark AS f ON f.pupil_id = x.child_id AND f.subject_id = t.subject_id AND f.term_id = e.id
 WHERE x.is_year
 ORDER BY NOT e.is_taught, lower(e.during), array_position('{exam,final}', e.kind::text), e.id;

-- name: diary_work_head :one
-- A work in which the pupil has a mark; the pupil as in diary_head.
-- params: pupil_id bigint, work_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, s.name AS subject_name,
       k.name AS kind_name, nullif(o.title, '') AS title, o.weight_pct, l.held_on,
       (SELECT string_agg(m.value, '/' ORDER BY m.attempt) FROM ej.mark AS m
         WHERE m.work_id = o.id AND m.pupil_id = p.id) AS value
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.pupil AS p ON p.id = w.child_id
  JOIN ej.work AS o ON o.id = :work_id
  JOIN ej.work_kind AS k ON k.id = o.kind_id
  JOIN ej.lesson AS l ON l.id = o.lesson_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = o.id AND m.pupil_id = p.id);

-- name: diary_changes :many change
-- Newest first.
-- params: pupil_id bigint, work_id bigint
-- rows: at most 100
SELECT to_char(h.made_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS at,
       ej.account_name(h.account_id) AS who,
       CASE WHEN h.row_key[3] > 1 THEN h.row_key[3] END AS attempt,
       h.old->>'value' AS old, h.new->>'value' AS new,
       h.old->>'comment' AS old_comment, h.new->>'comment' AS comment, h.void_id IS NOT NULL AS is_void, c.reason
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.school AS o ON o.id = w.school_id
  JOIN ej.history AS h ON h.key_id = :work_id AND h.table_name = 'mark' AND h.pupil_id = w.child_id
  LEFT JOIN ej.correction AS c ON c.id = h.correction_id
 WHERE (h.old->>'value', h.old->>'comment') IS DISTINCT FROM (h.new->>'value', h.new->>'comment')
 ORDER BY h.id DESC
 LIMIT 100;
