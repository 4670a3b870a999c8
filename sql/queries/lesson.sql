-- lesson.sql: the queries of lesson.c.
-- Which rows a user sees is decided in sql/objects/rights_journal.sql.

-- name: lesson_head :one
-- params: lesson_id bigint
SELECT l.id AS lesson_id, j.id AS journal_id, g.name AS class_name, s.name AS subject_name,
       l.held_on, ej.day_name(l.held_on) AS date_name, l.slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, to_char(upper(l.during), 'HH24:MI') AS ends,
       r.name AS room, l.topic, l.hours, l.state, l.homework,
       to_char(l.attendance_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS attendance_at,
       j.closed_at IS NULL AND NOT k.is_locked AND k.is_mine AS can_write,
       j.closed_at IS NOT NULL AS is_closed, k.is_locked,
       j.closed_at IS NULL AND k.is_mine AND o.correction_hours + o.lock_days > 0
           AND l.held_on <= ej.today(l.school_id) AS may_ask,
       l.held_on > ej.today(l.school_id) AS is_ahead, l.held_on = ej.today(l.school_id) AS is_today,
       ej.is_unmarked(l.study_group_id) AS is_unmarked,
       (SELECT count(*) FROM ej.work AS w WHERE w.lesson_id = l.id) AS works,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       CASE WHEN l.planned_staff_id <> l.staff_id
            THEN ej.short_name(pf.surname, pf.given_name, pf.patronymic) END AS planned_staff_name,
       CASE WHEN l.joined_id IS NOT NULL THEN (
            SELECT k.name FROM ej.lesson AS o JOIN ej.study_group AS k ON k.id = o.study_group_id
             WHERE o.id = l.joined_id) END AS joined_name,
       CASE WHEN l.moved_on IS NOT NULL THEN ej.day_name(l.moved_on) END AS moved_name,
       (SELECT n.id FROM ej.lesson AS n WHERE n.teaching_id = l.teaching_id
           AND (n.held_on, n.slot) > (l.held_on, l.slot) ORDER BY n.held_on, n.slot LIMIT 1) AS next_lesson_id,
       (SELECT n.id FROM ej.lesson AS n WHERE n.teaching_id = l.teaching_id
           AND (n.held_on, n.slot) < (l.held_on, l.slot)
         ORDER BY n.held_on DESC, n.slot DESC LIMIT 1) AS previous_lesson_id,
       b.topic AS last_topic, ej.day_of_month(b.held_on) AS last_name
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.school AS o ON o.id = l.school_id
  JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
  CROSS JOIN LATERAL (
       SELECT o.lock_days > 0 AND l.held_on + o.lock_days < ej.today(o.id) AS is_locked,
              l.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
              OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[]) AS is_mine) AS k
  LEFT JOIN ej.room AS r ON r.id = l.room_id
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id
  LEFT JOIN ej.staff AS pf ON pf.id = l.planned_staff_id
  LEFT JOIN LATERAL (
       SELECT b.topic, b.held_on FROM ej.lesson AS b
        WHERE b.teaching_id = l.teaching_id AND (b.held_on, b.slot) < (l.held_on, l.slot) AND b.topic <> ''
        ORDER BY b.held_on DESC, b.slot DESC LIMIT 1) AS b ON true
 WHERE l.id = :lesson_id;

-- name: lesson_codes :many code
-- params: lesson_id bigint
SELECT c.code, c.name, c.latin, c.counts_missed
  FROM ej.lesson AS l JOIN ej.attendance_code AS c ON c.school_id = l.school_id
 WHERE l.id = :lesson_id ORDER BY c.order_no;

-- name: lesson_scale :many scale_value
-- params: lesson_id bigint
SELECT v.value, v.name, v.number
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.scale_value AS v ON v.scale_id = t.scale_id AND v.is_active
 WHERE l.id = :lesson_id ORDER BY v.order_no;

-- name: lesson_kinds :many kind
-- params: lesson_id bigint
SELECT k.id AS kind_id, k.code, k.name, k.short_name, k.weight_pct
  FROM ej.lesson AS l
  JOIN ej.work_kind AS k ON k.school_id = l.school_id AND k.is_active AND k.code IS DISTINCT FROM 'monitoring'
 WHERE l.id = :lesson_id ORDER BY k.order_no;

-- name: lesson_next :many next_lesson
-- The lessons at which homework may be due: the next ones, and the chosen one.
-- params: lesson_id bigint
SELECT x.id AS lesson_id, x.held_on, ej.day_name(x.held_on) AS name
  FROM (
    (SELECT n.id, n.held_on, n.slot
       FROM ej.lesson AS l
       JOIN ej.lesson AS n ON n.teaching_id = l.teaching_id AND n.held_on > l.held_on
                          AND n.state IN ('planned', 'given')
      WHERE l.id = :lesson_id
      ORDER BY n.held_on, n.slot LIMIT 6)
     UNION
    SELECT d.id, d.held_on, d.slot
      FROM ej.homework AS h JOIN ej.lesson AS d ON d.id = h.due_lesson_id
     WHERE h.lesson_id = :lesson_id AND NOT h.is_personal) AS x
 ORDER BY x.held_on, x.slot;

-- name: lesson_works :many work
-- The works of the lesson. A lesson without works has one row with the lesson's own id:
-- the work that its first mark will make.
-- params: lesson_id bigint
-- rows: at most ej.most_works()
SELECT coalesce(w.id, l.id) AS work_id, w.id IS NULL AS is_ahead, k.id AS kind_id,
       k.name AS kind_name, k.short_name, nullif(w.title, '') AS title,
       coalesce(w.weight_pct, k.weight_pct) AS weight_pct
  FROM ej.lesson AS l
  LEFT JOIN ej.work AS w ON w.lesson_id = l.id
  JOIN ej.work_kind AS k ON k.id = coalesce(w.kind_id, ej.default_work_kind(l.school_id))
 WHERE l.id = :lesson_id ORDER BY w.id;

-- name: lesson_homework :many homework
-- params: lesson_id bigint
-- rows: at most ej.most_tasks()
WITH n AS MATERIALIZED (SELECT n.pupil_id, n.name FROM ej.lesson_names(:lesson_id) AS n)
SELECT h.id AS homework_id, h.due_lesson_id, h.due_on, h.is_personal, h.minutes, h.is_online,
       nullif(h.file_names, '') AS file_names, h.text AS prose,
       (SELECT nullif(count(*), 0) FROM ej.submission AS x WHERE x.homework_id = h.id) AS handed,
       CASE WHEN h.is_personal THEN (
            SELECT string_agg(coalesce(n.name, p.surname || ' ' || p.given_name), ', '
                              ORDER BY p.surname, p.given_name, p.patronymic, p.id)
              FROM ej.homework_for AS f
              JOIN ej.pupil AS p ON p.id = f.pupil_id
              LEFT JOIN n ON n.pupil_id = p.id
             WHERE f.homework_id = h.id) END AS for_whom
  FROM ej.homework AS h
 WHERE h.lesson_id = :lesson_id ORDER BY h.is_personal, h.id;

-- name: lesson_load :many load
-- How much is set for the day on which the homework for all is due.
-- params: lesson_id bigint
WITH h AS MATERIALIZED (
    SELECT min(h.id) AS id FROM ej.homework AS h WHERE h.lesson_id = :lesson_id AND NOT h.is_personal
)
SELECT x.subjects, x.names, x.minutes, x.norm FROM h CROSS JOIN LATERAL ej.homework_load(h.id) AS x;

-- name: lesson_plan :many plan_row
-- The topics of the calendar-thematic plan: those given in the lesson, and what comes next; each with the
-- kind of work that it asks for and that the lesson has not.
-- params: lesson_id bigint
-- rows: at most 20
SELECT o.plan_row_id, trim_scale(o.place) AS place, o.topic, o.kind, nullif(o.homework, '') AS homework,
       nullif(o.links, '') AS links, o.is_given, o.is_next,
       CASE WHEN ej.plan_work_code(o.kind) IS NOT NULL THEN (
            SELECT k.name FROM ej.work_kind AS k WHERE k.id = ej.plan_work_kind(:lesson_id, o.kind)) END AS work_name
  FROM ej.plan_offer(:lesson_id) AS o
 ORDER BY o.is_given DESC, o.place, o.plan_row_id LIMIT 20;

-- name: lesson_due :many due
-- The homework due at this lesson, personal tasks too.
-- params: lesson_id bigint
-- rows: at most ej.most_tasks() of each lesson before
WITH h AS MATERIALIZED (
    SELECT h.id, h.lesson_id, h.is_personal, h.text
      FROM ej.homework AS h WHERE h.due_lesson_id = :lesson_id
), n AS MATERIALIZED (SELECT n.pupil_id, n.name FROM ej.lesson_names(:lesson_id) AS n)
SELECT h.id AS homework_id, ej.day_of_month(s.held_on) AS set_name, h.is_personal, h.text AS prose,
       (SELECT nullif(count(*), 0) FROM ej.submission AS x WHERE x.homework_id = h.id) AS handed,
       CASE WHEN h.is_personal THEN (
            SELECT string_agg(coalesce(n.name, p.surname || ' ' || p.given_name), ', '
                              ORDER BY p.surname, p.given_name, p.patronymic, p.id)
              FROM ej.homework_for AS f
              JOIN ej.pupil AS p ON p.id = f.pupil_id
              LEFT JOIN n ON n.pupil_id = p.id
             WHERE f.homework_id = h.id) END AS for_whom
  FROM h
  JOIN ej.lesson AS s ON s.id = h.lesson_id
 ORDER BY h.is_personal, s.held_on, h.id;

-- name: lesson_absent :many absent
-- params: lesson_id bigint
-- rows: at most 60
SELECT a.pupil_id, a.name, a.code, a.subject_name, a.slot, a.day_name FROM ej.lesson_absent(:lesson_id) AS a
 ORDER BY a.order_no;

-- name: lesson_known :many known
-- The lesson's pupils whose reason of absence is known already: a certificate, an announcement.
-- params: lesson_id bigint
WITH r AS MATERIALIZED (SELECT r.pupil_id, r.code FROM ej.lesson_reasons(:lesson_id) AS r)
SELECT r.pupil_id, n.name, k.name AS code_name
  FROM r
  JOIN ej.lesson AS l ON l.id = :lesson_id
  JOIN ej.attendance_code AS k ON k.school_id = l.school_id AND k.code = r.code
  JOIN ej.lesson_names(:lesson_id) AS n ON n.pupil_id = r.pupil_id
 ORDER BY n.name, r.pupil_id;

-- name: lesson_pupils :many pupil
-- The pupils of the lesson. has_history: something was once written about the pupil in this
-- lesson, even if it was erased. is_unmarked: the pupil's own class, in a group of several
-- classes, has no marks (rule_mark).
-- params: lesson_id bigint
SELECT p.id AS pupil_id, n.name, a.code, a.minutes,
       p.id IN (SELECT h.pupil_id FROM ej.history AS h
                 WHERE h.key_id = ANY (ARRAY(SELECT w.id FROM ej.work AS w WHERE w.lesson_id = :lesson_id
                                              UNION ALL SELECT :lesson_id))
                   AND h.table_name IN ('mark', 'attendance')) AS has_history,
       EXISTS (SELECT FROM ej.enrolment_unmarked AS u WHERE u.pupil_id = p.id AND u.during @> l.held_on)
           AND NOT ej.is_unmarked(l.study_group_id) AS is_unmarked
  FROM ej.lesson AS l
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
  JOIN ej.pupil AS p ON p.id = b.pupil_id
  JOIN ej.lesson_names(:lesson_id) AS n ON n.pupil_id = p.id
  LEFT JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = p.id
 WHERE l.id = :lesson_id
 ORDER BY p.surname, p.given_name, p.patronymic, p.id;

-- name: lesson_marks :many mark under lesson_pupils pupil_id
-- The marks: one row for each pupil and work, empty ones too, in the order of the works;
-- none for a pupil of a grade without marks. The comment is that of the first attempt;
-- lesson_retakes has the others.
-- params: lesson_id bigint
SELECT b.pupil_id, coalesce(w.id, l.id) AS work_id,
       string_agg(m.value, '/' ORDER BY m.attempt) AS text,
       min(m.comment) FILTER (WHERE m.attempt = 1) AS comment
  FROM ej.lesson AS l
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
  LEFT JOIN ej.work AS w ON w.lesson_id = l.id
  LEFT JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = b.pupil_id
 WHERE l.id = :lesson_id AND NOT ej.is_unmarked(l.study_group_id)
   AND NOT EXISTS (SELECT FROM ej.enrolment_unmarked AS u WHERE u.pupil_id = b.pupil_id AND u.during @> l.held_on)
 GROUP BY b.pupil_id, w.id, l.id
 ORDER BY b.pupil_id, w.id;

-- name: lesson_retakes :many retake under lesson_pupils pupil_id
-- The attempts after the first that have a mark or a comment, each with its own.
-- params: lesson_id bigint
-- rows: at most four a pupil and work
SELECT m.pupil_id, m.work_id, m.attempt, m.value, m.comment
  FROM ej.work AS w
  JOIN ej.mark AS m ON m.work_id = w.id AND m.attempt > 1 AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
 WHERE w.lesson_id = :lesson_id
 ORDER BY m.pupil_id, m.work_id, m.attempt;

-- name: lesson_saved :many saved
-- The number of fields, by kind, that the save before this page changed (?saved=, the id
-- of its operation).
-- params: lesson_id bigint, saved text
-- rows: at most 20
SELECT s.part, s.n, to_char(s.made_at AT TIME ZONE o.tz, 'HH24:MI') AS at
  FROM ej.lesson AS l
  JOIN ej.school AS o ON o.id = l.school_id
 CROSS JOIN LATERAL ej.operation_saved(:saved, l.id) AS s
 WHERE l.id = :lesson_id
 ORDER BY s.part;

-- name: lesson_save :outcomes
-- params: lesson_id bigint, topic text, old_topic text, attendance_done boolean, old_attendance_done boolean
-- params: homework_none boolean, old_homework_none boolean, homework_id bigint, homework_text text
-- params: old_homework_text text, due_lesson_id bigint, old_due_lesson_id bigint, personal_text text
-- params: personal_for_id bigint[], personal_gone_id bigint[], new_kind_id bigint, new_title text, works int
-- params: code_id bigint[], code text[], old_code text[], minutes_id bigint[], minutes text[]
-- params: old_minutes text[], mark_id bigint[], mark_id2 bigint[], mark text[], old_mark text[]
-- params: comment_id bigint[], comment_id2 bigint[], comment_id3 int[], comment text[], old_comment text[]
-- params: plan_next bigint, plan_row_id bigint[], plan_not_given_id bigint[], plan_goes_on boolean
-- params: plan_works boolean, plan_work bigint
WITH p AS MATERIALIZED (SELECT array_remove(:plan_row_id || :plan_next, NULL) AS rows)
SELECT ej.plan_record(:lesson_id, p.rows, :plan_not_given_id, :plan_goes_on,
       array_remove(CASE WHEN :plan_works THEN p.rows ELSE '{}' END || :plan_work, NULL),
       ej.lesson_save(:lesson_id, ej.plan_topic(p.rows, :topic), :old_topic, :attendance_done, :old_attendance_done,
       :homework_none, :old_homework_none, :homework_id,
       ej.plan_homework(:lesson_id, p.rows, :homework_text, :homework_none), :old_homework_text, :due_lesson_id,
       :old_due_lesson_id, :personal_text,
       :personal_for_id, :personal_gone_id, :new_kind_id,
       :new_title, :works, :code_id, :code, :old_code, :minutes_id, :minutes, :old_minutes,
       :mark_id, :mark_id2, :mark, :old_mark, :comment_id, :comment_id2, :comment_id3,
       :comment, :old_comment)) FROM p;
