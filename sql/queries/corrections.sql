-- corrections.sql: the queries of corrections.c. Row policies decide which requests a reader sees.

-- name: corrections_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count
  FROM ej.correction AS c
  JOIN ej.staff AS f ON f.id = c.staff_id
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic));

-- name: corrections_rows :many correction
-- The requests that wait first, then the newest. on: the day of the lesson; what: the term of a term mark.
-- list: sort state
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
WITH x AS MATERIALIZED (
    SELECT c.id, c.school_id, c.asked_at, c.kind, c.teaching_id, c.lesson_id, c.column_id, c.pupil_id,
           c.old_value, c.new_value, c.reason, c.staff_id, c.state, c.answer, c.decided_staff_id, c.decided_at
      FROM ej.correction AS c
      JOIN ej.staff AS f ON f.id = c.staff_id
     WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic))
     ORDER BY c.state <> 'new', c.id DESC
     LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines
), staff AS MATERIALIZED (
    SELECT n.staff_id, n.name
      FROM ej.staff_names(ARRAY(SELECT x.staff_id FROM x UNION SELECT x.decided_staff_id FROM x)) AS n
), pupils AS MATERIALIZED (
    SELECT n.pupil_id, n.name FROM ej.pupil_names(ARRAY(SELECT x.pupil_id FROM x)) AS n
)
SELECT x.id AS correction_id, to_char(x.asked_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS asked_at, x.kind,
       g.name AS class_name, u.name AS subject_name, x.pupil_id, p.name AS pupil, l.held_on, e.name AS term_name,
       x.old_value AS old, x.new_value AS new, x.reason, f.name AS staff_name, x.state, d.name AS decider_name,
       to_char(x.decided_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS decided_at, nullif(x.answer, '') AS answer
  FROM x
  JOIN ej.school AS s ON s.id = x.school_id
  JOIN ej.teaching AS t ON t.id = x.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS u ON u.id = t.subject_id
  LEFT JOIN ej.lesson AS l ON l.id = x.lesson_id
  LEFT JOIN ej.term AS e ON e.id = x.column_id AND x.kind = 'term_mark'
  LEFT JOIN staff AS f ON f.staff_id = x.staff_id
  LEFT JOIN staff AS d ON d.staff_id = x.decided_staff_id
  LEFT JOIN pupils AS p ON p.pupil_id = x.pupil_id
 ORDER BY x.state <> 'new', x.id DESC;

-- name: corrections_show :one
-- is_mine: the reader decides; is_own: the reader asked. present: the value of today.
-- params: correction_id bigint
SELECT c.id AS correction_id, to_char(c.asked_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS asked_at, c.kind,
       g.name AS class_name, u.name AS subject_name, ej.pupil_name(c.pupil_id) AS pupil, l.held_on,
       e.name AS term_name, c.old_value AS old, c.new_value AS new, c.reason,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name, c.state,
       ej.short_name(d.surname, d.given_name, d.patronymic) AS decider_name,
       to_char(c.decided_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS decided_at, nullif(c.answer, '') AS answer,
       c.journal_id, c.lesson_id, c.column_id, c.pupil_id, ej.correction_is_mine(c.id) AS is_mine,
       c.state = 'new' AND c.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own
  FROM ej.correction AS c
  JOIN ej.school AS s ON s.id = c.school_id
  JOIN ej.teaching AS t ON t.id = c.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS u ON u.id = t.subject_id
  LEFT JOIN ej.lesson AS l ON l.id = c.lesson_id
  LEFT JOIN ej.term AS e ON e.id = c.column_id AND c.kind = 'term_mark'
  LEFT JOIN ej.staff AS f ON f.id = c.staff_id
  LEFT JOIN ej.staff AS d ON d.id = c.decided_staff_id
 WHERE c.id = :correction_id AND c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: corrections_cell :one
-- The place of a mark or term mark that the reader may ask about, with its present text. A mark of
-- a lesson without works is in the column of the lesson.
-- params: journal_id bigint, column_id bigint, pupil_id bigint
SELECT j.id AS journal_id, :column_id AS column_id, p.id AS pupil_id, ej.pupil_name(p.id) AS pupil,
       CASE WHEN e.id IS NULL THEN 'mark' ELSE 'term_mark' END AS kind, l.id AS lesson_id,
       g.name AS class_name, u.name AS subject_name, l.held_on, k.name AS kind_name, nullif(w.title, '') AS title,
       e.name AS term_name,
       coalesce(CASE WHEN e.id IS NULL
            THEN (SELECT string_agg(m.value, '/' ORDER BY m.attempt) FROM ej.mark AS m
                   WHERE m.work_id = :column_id AND m.pupil_id = p.id)
            ELSE (SELECT m.value::text FROM ej.term_mark AS m
                   WHERE m.pupil_id = p.id AND m.subject_id = t.subject_id AND m.term_id = e.id) END, '') AS present
  FROM ej.journal AS j
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS u ON u.id = t.subject_id
  JOIN ej.pupil AS p ON p.id = :pupil_id
  LEFT JOIN ej.term AS e ON e.id = :column_id AND e.id = j.term_id
  LEFT JOIN ej.work AS w ON w.id = :column_id AND w.journal_id = j.id
  LEFT JOIN ej.work_kind AS k ON k.id = w.kind_id
  LEFT JOIN ej.lesson AS l ON l.id = coalesce(w.lesson_id, :column_id) AND l.teaching_id = j.teaching_id
 WHERE j.id = :journal_id AND (e.id IS NOT NULL OR l.id IS NOT NULL)
   AND (j.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
        OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[]))
   AND EXISTS (SELECT FROM ej.membership AS b WHERE b.study_group_id = t.study_group_id AND b.pupil_id = p.id);

-- name: corrections_values :many choice
-- The marks that may stand in the cell.
-- params: journal_id bigint, column_id bigint
SELECT 'new' AS "for", v.value, v.name
  FROM ej.journal AS j
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  LEFT JOIN ej.work AS w ON w.id = :column_id AND w.journal_id = j.id
  JOIN ej.scale_value AS v ON v.scale_id = CASE WHEN :column_id = j.term_id THEN t.term_scale_id
                                                ELSE coalesce(w.scale_id, t.scale_id) END AND v.is_active
 WHERE j.id = :journal_id
 ORDER BY v.order_no;

-- name: corrections_lesson :one
-- A lesson about whose topic and homework the reader may ask.
-- params: lesson_id bigint
SELECT l.id AS lesson_id, j.id AS journal_id, g.name AS class_name, u.name AS subject_name, l.held_on,
       ej.form_text(l.topic) AS topic, ej.is_unmarked(l.study_group_id) AS is_unmarked,
       coalesce((SELECT ej.form_text(h.text) FROM ej.homework AS h
                  WHERE h.lesson_id = l.id AND NOT h.is_personal ORDER BY h.id LIMIT 1), '') AS homework
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS u ON u.id = t.subject_id
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
 WHERE l.id = :lesson_id
   AND (l.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
        OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[]));

-- name: corrections_ask :outcomes
-- params: journal_id bigint, column_id bigint, pupil_id bigint, kind text, old_new text, new text, reason text
SELECT ej.correction_ask(:kind, :journal_id, NULL, :column_id, :pupil_id, :old_new, :new, :reason);

-- name: corrections_rewrite :outcomes
-- params: lesson_id bigint, kind text, old_new text, new text, reason text
SELECT ej.correction_ask(:kind, (SELECT j.id FROM ej.lesson AS l JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
                                   JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
                                  WHERE l.id = :lesson_id),
                         :lesson_id, NULL, NULL, :old_new, :new, :reason);

-- name: corrections_decide :outcomes
-- params: correction_id bigint, state text, answer text
SELECT ej.correction_decide(:correction_id, :state, :answer);
