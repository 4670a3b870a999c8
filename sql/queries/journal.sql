-- journal.sql: the queries of journal.c.
-- Which rows a user sees is decided in sql/objects/rights_journal.sql; no
-- query here repeats a right.

-- name: journal_revision :revision
-- params: journal_id bigint
SELECT ej.journal_revision(:journal_id) AS revision;

-- name: journal_scope :one
-- What the queries of the grid hang on; no row unless the reader may read the journal.
-- is_substitute: the reader may write some lessons only.
-- params: journal_id bigint
SELECT j.school_id, j.teaching_id, j.study_group_id, j.subject_id, j.staff_id, j.scale_id, j.term_scale_id,
       j.term_id, j.kind, j.is_taught, j.term_plan_id, j.starts_on, j.ends_on, j.today_on, j.tz, j.retake_counts,
       ej.is_unmarked(j.study_group_id) AS is_unmarked, j.open_from_on,
       cardinality((SELECT ej.my_write_lessons())) > 0
           AND j.teaching_id <> ALL ((SELECT ej.my_write_teachings())::bigint[]) AS is_substitute
  FROM ej.journal_scope(:journal_id) AS j;

-- name: journal_head :one
-- params: journal_id bigint, teaching_id bigint, study_group_id bigint, subject_id bigint, staff_id bigint
-- params: term_id bigint, school_id bigint, starts_on date, ends_on date, today_on date, is_unmarked boolean
-- params: scale_id bigint, tz text
SELECT j.id AS journal_id, :teaching_id AS teaching_id, g.name AS class_name, s.name AS subject_name,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       h.former_names, h.handed_on, e.name AS term_name, e.kind AS term_kind,
       :starts_on AS starts_on, :ends_on - 1 AS ends_on, :today_on AS today_on,
       j.closed_at IS NULL AND (
           :teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
           OR EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = :teaching_id
                         AND l.id = ANY ((SELECT ej.my_write_lessons())::bigint[]))) AS can_write,
       j.closed_at IS NULL AND e.is_taught
           AND :teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[]) AS can_carry,
       j.closed_at IS NOT NULL AS is_closed, :is_unmarked AS is_unmarked,
       (j.closed_at AT TIME ZONE :tz)::date AS closed_on,
       :scale_id AS scale_id, g.year, o.name AS school_name
  FROM ej.journal AS j
  JOIN ej.study_group AS g ON g.id = :study_group_id
  JOIN ej.subject AS s ON s.id = :subject_id
  JOIN ej.term AS e ON e.id = :term_id
  JOIN ej.school AS o ON o.id = :school_id
  LEFT JOIN ej.staff AS f ON f.id = :staff_id
  -- who taught it before, and since when the present teacher does
  LEFT JOIN LATERAL (
       SELECT string_agg((SELECT ej.short_name(b.surname, b.given_name, b.patronymic) FROM ej.staff AS b
                           WHERE b.id = x.staff_id),
                         ', ' ORDER BY x.during) AS former_names,
              max(upper(x.during)) AS handed_on
         FROM ej.teaching_former AS x
        WHERE x.teaching_id = :teaching_id AND upper(x.during) <= :today_on) AS h ON true
 WHERE j.id = :journal_id;

-- name: journal_terms :many term
-- The other terms of the same teaching.
-- params: journal_id bigint, teaching_id bigint
SELECT o.id AS journal_id, e.name, o.id = :journal_id AS is_current
  FROM ej.journal AS o
  JOIN ej.term AS e ON e.id = o.term_id
 WHERE o.teaching_id = :teaching_id
 ORDER BY NOT e.is_taught, lower(e.during), e.id;

-- name: journal_scale :many scale_value
-- params: scale_id bigint
SELECT v.value, v.name, v.number
  FROM ej.scale_value AS v
 WHERE v.scale_id = :scale_id AND v.is_active
 ORDER BY v.order_no;

-- name: journal_term_scale :many term_value
-- params: term_scale_id bigint
SELECT v.value, v.name
  FROM ej.scale_value AS v
 WHERE v.scale_id = :term_scale_id AND v.is_active
 ORDER BY v.order_no;

-- name: journal_codes :many code
-- params: school_id bigint
SELECT c.code, c.name, c.latin, c.counts_missed
  FROM ej.attendance_code AS c
 WHERE c.school_id = :school_id
 ORDER BY c.order_no;

-- name: journal_columns :many column
-- The columns: one for each work, at least one for each lesson held; then that of the
-- term, for a year those of all its terms, except in a grade without marks.
-- is_read_only: a column of a lesson that is locked, or that this substitute did not give.
-- params: journal_id bigint, teaching_id bigint, term_id bigint, kind text, is_taught boolean, term_plan_id bigint
-- params: starts_on date, ends_on date, today_on date, is_unmarked boolean, is_substitute boolean, open_from_on date
-- rows: at most ej.most_works() a lesson, one lesson of a group at a time
SELECT x.column_id, x.lesson_id, x.work_id, x.held_on, x.day,
       CASE WHEN x.month_at = 1 THEN x.month END AS month,
       CASE WHEN x.month_at = 1 THEN ej.month_name(x.held_on) END AS month_name,
       CASE WHEN x.month_at = 1 THEN x.month_width END AS mspan,
       x.slot, x.kind::text AS kind, NULL AS name, x.kind_name, x.short_name, x.title, x.weight_pct,
       x.lesson_at = 1 AS is_first,
       CASE WHEN x.lesson_at = 1 THEN x.lesson_width END AS span, x.is_read_only
  FROM (
    SELECT l.held_on < :open_from_on IS TRUE
               OR :is_substitute AND l.id <> ALL ((SELECT ej.my_write_lessons())::bigint[]) AS is_read_only,
           coalesce(w.id, l.id) AS column_id, l.id AS lesson_id, w.id AS work_id, l.held_on,
           extract(day FROM l.held_on)::int AS day, extract(month FROM l.held_on)::int AS month,
           l.slot, k.id AS kind, k.name AS kind_name, k.short_name, nullif(w.title, '') AS title,
           w.weight_pct,
           row_number() OVER by_lesson AS lesson_at, count(*) OVER by_lesson AS lesson_width,
           row_number() OVER by_month AS month_at, count(*) OVER by_month AS month_width
      FROM ej.lesson AS l
      LEFT JOIN ej.work AS w ON w.lesson_id = l.id AND w.journal_id = :journal_id
      LEFT JOIN ej.work_kind AS k ON k.id = w.kind_id
     WHERE :is_taught AND l.teaching_id = :teaching_id
       AND l.held_on >= :starts_on AND l.held_on < :ends_on AND l.state IN ('planned', 'given')
       AND (l.held_on <= :today_on OR w.id IS NOT NULL)
    WINDOW by_month AS (PARTITION BY extract(month FROM l.held_on) ORDER BY l.held_on, l.slot, l.id, w.id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
           by_lesson AS (PARTITION BY extract(month FROM l.held_on), l.held_on, l.slot, l.id ORDER BY w.id
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
  ) AS x
 UNION ALL
SELECT e.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'term',
       ej.term_short_name(e.kind::text, e.name::text), e.name, e.name, NULL, NULL, e.id = :term_id, NULL,
       :is_substitute
  FROM ej.term AS e
 WHERE e.term_plan_id = :term_plan_id
   AND (e.id = :term_id OR ej.is_under(e.kind, :kind))
   AND NOT :is_unmarked
 ORDER BY held_on, slot, work_id, is_first, column_id;

-- name: journal_pupils :many pupil
-- The pupils who were in the group at any time of the term.
-- params: study_group_id bigint, starts_on date, ends_on date, today_on date, school_id bigint
-- rows: at most 60
WITH b AS MATERIALIZED (
    SELECT b.pupil_id, min(lower(b.during)) AS came_on, max(upper(b.during)) AS left_on
      FROM ej.membership AS b
     WHERE b.study_group_id = :study_group_id AND b.during && daterange(:starts_on, :ends_on)
     GROUP BY b.pupil_id
)
SELECT b.pupil_id, n.name,
       b.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[])
           OR :school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]) AS has_diary,
       CASE WHEN b.left_on <= :today_on AND b.left_on < :ends_on THEN b.left_on END AS left_on,
       CASE WHEN b.came_on > :starts_on THEN b.came_on END AS came_on
  FROM b
  JOIN ej.pupil_names(ARRAY(SELECT b.pupil_id FROM b)) AS n ON n.pupil_id = b.pupil_id
 ORDER BY n.order_no;

-- name: journal_cells :grid pupil_id column_id
-- The cells: marks of a work joined by "/", in the lesson's first work after the absence.
-- off: the pupil was not in the group on that day, or the term's mark is given in another
-- journal. A row without column_id has the pupil's weighted mean
-- (sql/objects/figures.sql), one without pupil_id the column's mean and count. The order
-- is fixed, since the page's ETag is a digest of the rows. Of two rows of one cell the
-- last, with off, counts.
-- params: journal_id bigint, teaching_id bigint, study_group_id bigint, subject_id bigint, term_id bigint
-- params: kind text, is_taught boolean, term_plan_id bigint, starts_on date, ends_on date, retake_counts text
-- rows: at most 60 x 120, only those that are not empty
WITH lessons AS MATERIALIZED (
    SELECT l.id, l.held_on
      FROM ej.lesson AS l
     WHERE :is_taught AND l.teaching_id = :teaching_id
       AND l.held_on >= :starts_on AND l.held_on < :ends_on AND l.state IN ('planned', 'given')
), members AS MATERIALIZED (
    SELECT b.pupil_id, b.during
      FROM ej.membership AS b
     WHERE b.study_group_id = :study_group_id AND b.during && daterange(:starts_on, :ends_on)
), works AS MATERIALIZED (
    SELECT w.id, w.lesson_id, w.weight_pct, w.scale_id FROM ej.work AS w WHERE w.journal_id = :journal_id
), numbers AS MATERIALIZED (
    SELECT v.scale_id, v.value, v.number FROM ej.scale_value AS v
     WHERE v.scale_id = ANY (ARRAY(SELECT DISTINCT w.scale_id FROM works AS w))
), marks AS MATERIALIZED (
    SELECT m.work_id, m.pupil_id, m.attempt, m.value, m.comment, v.number, w.weight_pct
      FROM works AS w
      JOIN ej.mark AS m ON m.work_id = w.id
      LEFT JOIN numbers AS v ON v.scale_id = m.scale_id AND v.value = m.value
     WHERE m.value IS NOT NULL OR m.comment IS NOT NULL
), retakes AS MATERIALIZED (
    SELECT m.work_id, m.pupil_id, string_agg(m.value, '/' ORDER BY m.attempt) AS text,
           array_agg(m.value::text ORDER BY m.attempt) AS values,
               array_agg(m.comment::text ORDER BY m.attempt) AS comments,
           count(m.value) AS count,
           (array_agg(m.number ORDER BY m.attempt DESC) FILTER (WHERE m.number IS NOT NULL))[1] AS last,
           max(m.number) AS best, sum(m.number) AS sum, count(m.number) AS numbers
      FROM marks AS m WHERE m.attempt > 1
     GROUP BY m.work_id, m.pupil_id
), one AS MATERIALIZED (
    SELECT m.work_id, m.pupil_id, m.weight_pct,
           CASE WHEN r.text IS NULL THEN m.value ELSE concat_ws('/', m.value, r.text) END AS text,
           CASE WHEN r.count > 0 THEN 1 + r.count END AS t,
           CASE WHEN r.work_id IS NULL THEN m.comment::text
                ELSE ej.mark_comments(m.value::text || r.values, m.comment::text || r.comments) END AS m,
           CASE WHEN r.text IS NULL THEN m.number
                ELSE ej.number_counted(:retake_counts, coalesce(r.last, m.number), greatest(m.number, r.best),
                         (coalesce(m.number, 0) + coalesce(r.sum, 0))
                         / nullif(r.numbers + num_nonnulls(m.number), 0)) END AS number
      FROM marks AS m
      LEFT JOIN retakes AS r ON r.work_id = m.work_id AND r.pupil_id = m.pupil_id
     WHERE m.attempt <= 1
), absent AS (
    SELECT a.pupil_id, coalesce(f.work_id, l.id) AS column_id, a.code
      FROM lessons AS l
      JOIN ej.attendance AS a ON a.lesson_id = l.id
      LEFT JOIN (SELECT w.lesson_id, min(w.id) AS work_id FROM works AS w GROUP BY w.lesson_id) AS f
        ON f.lesson_id = l.id
), outside AS (
    SELECT b.pupil_id, l.id AS lesson_id
      FROM (SELECT b.pupil_id, range_agg(b.during) AS during
              FROM members AS b
             WHERE NOT b.during @> daterange(:starts_on, :ends_on)
             GROUP BY b.pupil_id) AS b
      JOIN lessons AS l ON NOT b.during @> l.held_on
)
SELECT coalesce(o.pupil_id, a.pupil_id) AS pupil_id, coalesce(o.work_id, a.column_id) AS column_id,
       CASE WHEN a.code IS NULL THEN o.text ELSE concat_ws(' ', a.code, o.text) END AS text,
       CASE WHEN a.code IS NOT NULL THEN 1 END AS a, o.t, o.m, NULL::int AS off,
       NULL::numeric AS mean, NULL::bigint AS count
  FROM one AS o
  FULL JOIN absent AS a ON a.pupil_id = o.pupil_id AND a.column_id = o.work_id
 UNION ALL
SELECT o.pupil_id, coalesce(w.id, o.lesson_id), NULL, NULL, NULL, NULL, 1, NULL, NULL
  FROM outside AS o LEFT JOIN works AS w ON w.lesson_id = o.lesson_id
 UNION ALL
SELECT b.pupil_id, e.id, m.value, NULL, NULL, NULL, CASE WHEN e.id <> :term_id THEN 1 END,
       NULL, NULL
  FROM (SELECT e.id FROM ej.term AS e
         WHERE e.term_plan_id = :term_plan_id AND ej.is_under(e.kind, :kind)
         UNION ALL SELECT :term_id) AS e
 CROSS JOIN members AS b
  LEFT JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.term_id = e.id AND m.subject_id = :subject_id
 WHERE m.value IS NOT NULL OR e.id <> :term_id
 UNION ALL
SELECT f.pupil_id, NULL, NULL, NULL, NULL, NULL, NULL, ej.mean_shown(f.mean), NULL
  FROM ej.figures(ARRAY(SELECT b.pupil_id FROM members AS b), ARRAY[:subject_id], :term_id, false) AS f
 WHERE f.mean IS NOT NULL
 UNION ALL
SELECT NULL, o.work_id, NULL, NULL, NULL, NULL, NULL, ej.mean_shown(avg(o.number)), count(*)
  FROM one AS o WHERE o.number IS NOT NULL GROUP BY o.work_id
 ORDER BY pupil_id, column_id, off NULLS FIRST;

-- name: journal_lessons :many lesson
-- «Темы уроков и задания» (JRN-01): lessons held, and those of the next week. wanted_kinds: the works that
-- the lesson's topics of the plan ask for and that it has not.
-- params: teaching_id bigint, is_taught boolean, starts_on date, ends_on date, today_on date, tz text
-- rows: at most 120
SELECT l.id AS lesson_id, l.held_on, l.slot, l.hours, nullif(l.topic, '') AS topic, l.state,
       coalesce(l.homework, '') = 'none' AS is_homework_none,
       l.homework IS NULL AND l.held_on < :today_on AND l.state IN ('planned', 'given') AS is_homework_missing,
       to_char(l.attendance_at AT TIME ZONE :tz, 'YYYY-MM-DD"T"HH24:MI') AS attendance_at,
       (SELECT string_agg(CASE WHEN w.title IN ('', l.topic::text) THEN k.name
                               ELSE k.name || ' «' || w.title || '»' END, '; ' ORDER BY w.id)
          FROM ej.work AS w
          JOIN LATERAL (SELECT k.name FROM ej.work_kind AS k
                         WHERE k.id = w.kind_id AND k.code <> 'answer' OFFSET 0) AS k ON true
         WHERE w.lesson_id = l.id) AS kinds,
       CASE WHEN l.is_substitute THEN (
            SELECT ej.short_name(f.surname, f.given_name, f.patronymic)
              FROM ej.staff AS f WHERE f.id = l.staff_id) END AS staff_name,
       x.kinds AS wanted_kinds
  FROM ej.lesson AS l
  LEFT JOIN ej.plan_works_wanted(:teaching_id, :starts_on, least(:today_on, :ends_on - 1)) AS x ON x.lesson_id = l.id
 WHERE :is_taught AND l.teaching_id = :teaching_id
   AND l.held_on >= :starts_on AND l.held_on < :ends_on AND l.held_on <= :today_on + 7
 ORDER BY l.held_on, l.slot;

-- name: journal_homework :many homework under journal_lessons lesson_id
-- The homework set to the whole group.
-- params: teaching_id bigint, is_taught boolean, starts_on date, ends_on date, today_on date
SELECT h.lesson_id, h.text AS prose
  FROM ej.lesson AS l
  JOIN ej.homework AS h ON h.lesson_id = l.id AND NOT h.is_personal
 WHERE :is_taught AND l.teaching_id = :teaching_id
   AND l.held_on >= :starts_on AND l.held_on < :ends_on AND l.held_on <= :today_on + 7
 ORDER BY h.id;

-- name: journal_save :outcomes
-- params: journal_id bigint, column_id bigint[], pupil_id bigint[], old text[], value text[]
SELECT ej.journal_save(:journal_id, :column_id, :pupil_id, :old, :value);

-- name: journal_work :outcomes
-- params: journal_id bigint, work_lesson_id bigint
SELECT ej.plan_work_add(:journal_id, :work_lesson_id);

-- name: journal_cell_head :one
-- The pupil, day and work of a cell.
-- params: journal_id bigint, column_id bigint, pupil_id bigint
SELECT j.id AS journal_id, :column_id AS column_id, p.id AS pupil_id,
       n.name AS pupil, g.name AS class_name, s.name AS subject_name,
       l.held_on, k.name AS kind_name, nullif(w.title, '') AS title,
       c.name AS term_name,
       j.closed_at IS NULL AND o.correction_hours + o.lock_days > 0 AND (l.held_on <= ej.today(o.id) OR c.id = e.id)
           AND (j.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
                OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[])) AS may_ask
  FROM ej.journal AS j
  JOIN ej.school AS o ON o.id = j.school_id
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.term AS e ON e.id = j.term_id
  JOIN ej.pupil AS p ON p.id = :pupil_id
 CROSS JOIN LATERAL ej.pupil_names(p.id || ARRAY(
       SELECT b.pupil_id FROM ej.membership AS b
        WHERE b.study_group_id = t.study_group_id AND b.during && e.during)) AS n
  -- the journal of a year shows the marks of its terms, too, that of final marks those of year and exam
  LEFT JOIN ej.term AS c ON c.id = :column_id
        AND (c.id = e.id OR c.term_plan_id = e.term_plan_id AND ej.is_under(c.kind, e.kind))
  LEFT JOIN ej.work AS w ON w.id = :column_id AND w.teaching_id = j.teaching_id
  LEFT JOIN ej.work_kind AS k ON k.id = w.kind_id
  LEFT JOIN ej.lesson AS l ON l.id = coalesce(w.lesson_id, :column_id) AND l.teaching_id = j.teaching_id
 WHERE j.id = :journal_id AND n.pupil_id = p.id AND (l.id IS NOT NULL OR c.id IS NOT NULL)
   AND EXISTS (SELECT FROM ej.membership AS b
                WHERE b.study_group_id = t.study_group_id AND b.pupil_id = p.id);

-- name: journal_attempts :many attempt
-- The attempts in a work's cell, each with its own comment.
-- params: journal_id bigint, column_id bigint, pupil_id bigint
-- rows: at most five
SELECT m.attempt, m.value, m.comment
  FROM ej.work AS w
  JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = :pupil_id AND (m.value IS NOT NULL OR m.comment IS NOT NULL)
 WHERE w.id = :column_id AND w.journal_id = :journal_id
 ORDER BY m.attempt;

-- name: journal_changes :many change
-- The changes of a cell, newest first, with author and time, and for the journal's teacher
-- and the heads the address: marks of the work (of all works where the column is a
-- lesson), absences of its lesson, the term mark.
-- params: journal_id bigint, column_id bigint, pupil_id bigint
-- rows: at most 100
SELECT to_char(h.made_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS at,
       ej.account_name(h.account_id) AS who, ej.history_address(h.id, h.made_at) AS address,
       h.table_name AS what, k.kind_name,
       CASE WHEN h.table_name = 'mark' AND h.row_key[3] > 1 THEN h.row_key[3] END AS attempt,
       coalesce(h.old->>'value', h.old->>'code') AS old,
       coalesce(h.new->>'value', h.new->>'code') AS new,
       h.old->>'minutes' AS old_minutes, h.new->>'minutes' AS minutes,
       h.old->>'comment' AS old_comment, h.new->>'comment' AS comment, h.void_id IS NOT NULL AS is_void,
       ej.marksheet_of(h.id, h.made_at) AS file,
       c.reason, k.held_on IS NOT NULL AND h.old ->> 'value' IS NULL AND h.new ->> 'value' IS NOT NULL
           AND (h.made_at AT TIME ZONE o.tz)::date > k.held_on + o.fill_days AS is_late
  FROM ej.journal AS j
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.school AS o ON o.id = j.school_id
  CROSS JOIN LATERAL (
    SELECT 'mark', ARRAY[w.id, :pupil_id, n.attempt], w.kind_name,
           (SELECT l.held_on FROM ej.work AS q JOIN ej.lesson AS l ON l.id = q.lesson_id
             WHERE q.id = w.id AND n.attempt = 1)
      FROM (SELECT :column_id AS id, NULL AS kind_name
             UNION ALL
            SELECT w.id, k.name FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
             WHERE w.lesson_id = :column_id) AS w,
           generate_series(1, 5) AS n(attempt)
     UNION ALL
    SELECT 'attendance', ARRAY[coalesce((SELECT w.lesson_id FROM ej.work AS w WHERE w.id = :column_id),
                                        :column_id), :pupil_id], NULL, NULL
     UNION ALL
    SELECT 'term_mark', ARRAY[:pupil_id, t.subject_id, :column_id], NULL, NULL)
       AS k(table_name, row_key, kind_name, held_on)
  JOIN ej.history AS h ON h.key_id = k.row_key[1] AND h.table_name = k.table_name AND h.row_key = k.row_key
  LEFT JOIN ej.correction AS c ON c.id = h.correction_id
 WHERE j.id = :journal_id
 ORDER BY h.id DESC
 LIMIT 100;

-- name: journal_classes :many class
-- params: year int
SELECT c.id AS class_id, c.name
  FROM ej.journal_listed(NULL, NULL, NULL, :year) AS x
  JOIN ej.study_group_class AS gc ON gc.study_group_id = x.study_group_id
  JOIN ej.class AS c ON c.id = gc.class_id
 GROUP BY c.id
 ORDER BY c.grade, c.letter;

-- name: journal_subjects :many subject
-- params: year int
SELECT s.id AS subject_id, s.name
  FROM ej.journal_listed(NULL, NULL, NULL, :year) AS x
  JOIN ej.subject AS s ON s.id = x.subject_id
 GROUP BY s.id
 ORDER BY s.name, s.id;

-- name: journal_teachers :many staff
-- params: year int
SELECT f.id AS staff_id, n.full_name AS name
  FROM ej.staff_names(ARRAY(SELECT x.staff_id FROM ej.journal_listed(NULL, NULL, NULL, :year) AS x)) AS n
  JOIN ej.staff AS f ON f.id = n.staff_id
 ORDER BY f.surname, f.given_name, f.patronymic, f.id;

-- name: journal_list :many teaching
-- The teachings whose journals the reader may read, the own first, 60 a page; with the
-- number of unfilled lessons of the last 30 days.
-- params: class_id bigint, subject_id bigint, staff_id bigint, year int, page int
WITH x AS MATERIALIZED (
    SELECT x.teaching_id, x.study_group_id, x.subject_id, x.staff_id, x.place
      FROM ej.journal_listed(:class_id, :subject_id, :staff_id, :year) AS x
     WHERE (x.place - 1) / 60 = coalesce(:page, 1) - 1
)
SELECT x.teaching_id, g.name AS class_name, s.name AS subject_name, f.name AS staff_name,
       (SELECT nullif(count(*), 0)
          FROM (SELECT ej.today(o.id) AS day, o.fill_days FROM ej.school AS o WHERE o.id = g.school_id OFFSET 0) AS d
          JOIN ej.lesson AS l ON l.teaching_id = x.teaching_id
           AND l.held_on < d.day - d.fill_days AND l.held_on >= d.day - 30 AND l.state IN ('planned', 'given')
         WHERE ej.is_unfilled(l.topic, l.attendance_at, l.homework, ej.is_unmarked(l.study_group_id))
           AND EXISTS (SELECT FROM ej.fillable_journal(l.teaching_id, l.study_group_id, l.held_on))) AS unfilled
  FROM x
  JOIN ej.study_group AS g ON g.id = x.study_group_id
  JOIN ej.subject AS s ON s.id = x.subject_id
  LEFT JOIN ej.staff_names(ARRAY(SELECT x.staff_id FROM x)) AS f ON f.staff_id = x.staff_id
 ORDER BY x.place;

-- name: journal_list_head :one
-- params: class_id bigint, subject_id bigint, staff_id bigint, year int, page int
SELECT :class_id AS class_id, :subject_id AS subject_id, :staff_id AS staff_id, :year AS year,
       coalesce(:page, 1) AS page, (count(*) + 59) / 60 AS pages
  FROM ej.journal_listed(:class_id, :subject_id, :staff_id, :year) AS x;

-- name: journal_list_terms :many term under journal_list teaching_id
-- params: class_id bigint, subject_id bigint, staff_id bigint, year int, page int
SELECT j.teaching_id, j.id AS journal_id, e.name, j.closed_at IS NOT NULL AS is_closed,
       e.is_taught AND e.during @> (SELECT ej.my_today()) AS is_current
  FROM ej.journal_listed(:class_id, :subject_id, :staff_id, :year) AS x
  JOIN ej.journal AS j ON j.teaching_id = x.teaching_id
  JOIN ej.term AS e ON e.id = j.term_id
 WHERE (x.place - 1) / 60 = coalesce(:page, 1) - 1
 ORDER BY j.teaching_id, NOT e.is_taught, lower(e.during), e.id;
