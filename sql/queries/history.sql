-- history.sql: the queries of history.c. Row policies decide which changes a reader sees;
-- the names and the day are those of the school in which the reader works.

-- name: history_head :one
-- params: find text, kind text, from_on date, to_on date
SELECT coalesce(:find, '') AS find, :kind AS kind, :from_on AS from_on, :to_on AS to_on;

-- name: history_changes :many change
-- One row for each field that a change set; a change that set none has one row, too.
-- change_key: the moment in microseconds and the number of the change. From the key
-- `before` the page begins that is right before it: behind the 101st newer change.
-- list: key change_key
-- params: find text, kind text, from_on date, to_on date, after_key bigint, after_id bigint
-- params: before_key bigint, before_id bigint, lines int
-- rows: those of at most 100 changes; in a file all
WITH o AS MATERIALIZED (
    SELECT s.id, s.tz, :from_on::timestamp AT TIME ZONE s.tz AS since,
           (:to_on + 1)::timestamp AT TIME ZONE s.tz AS until
      FROM ej.school AS s WHERE s.id = (SELECT (ej.my_journal_schools())[1])
), w AS MATERIALIZED (
    SELECT a.account_id, a.name FROM ej.author_names(:find) AS a
), b AS MATERIALIZED ( -- what the page is behind
    SELECT timestamptz 'epoch' + :after_key * interval '1 microsecond' AS at, :after_id AS id WHERE :before_key IS NULL
    UNION ALL
    (SELECT h.made_at, h.id
       FROM ej.history AS h
      WHERE h.school_id = (SELECT o.id FROM o) AND :before_key IS NOT NULL
        AND (h.made_at, h.id) > (timestamptz 'epoch' + :before_key * interval '1 microsecond', :before_id)
        AND ((SELECT o.since FROM o) IS NULL OR h.made_at >= (SELECT o.since FROM o))
        AND ((SELECT o.until FROM o) IS NULL OR h.made_at < (SELECT o.until FROM o))
        AND (:kind IS NULL OR ej.history_kind(h.table_name) = :kind)
        AND (:find = '' OR h.account_id = ANY (ARRAY(SELECT w.account_id FROM w)))
      ORDER BY h.made_at, h.id OFFSET 100 LIMIT 1)
)
SELECT (extract(epoch FROM x.made_at) * 1000000)::bigint || '.' || x.id AS change_key,
       to_char(x.made_at AT TIME ZONE (SELECT o.tz FROM o), 'YYYY-MM-DD"T"HH24:MI') AS at,
       coalesce((SELECT w.name FROM w WHERE w.account_id = x.account_id), ej.account_name(x.account_id)) AS who,
       x.table_name AS what,
       x.pupil_id, (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = x.pupil_id) AS pupil,
       (SELECT g.name || ', ' || u.name FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
          JOIN ej.subject AS u ON u.id = t.subject_id WHERE t.id = x.teaching_id) AS teaching,
       CASE WHEN x.old IS NULL THEN 'added' WHEN x.new IS NULL THEN 'removed' ELSE 'changed' END AS verb,
       f.name AS field,
       CASE WHEN f.name = ANY ('{staff_id,room_id,kind_id,during}') THEN ej.history_value(f.name, x.old ->> f.name)
            ELSE x.old ->> f.name END AS old,
       CASE WHEN f.name = ANY ('{staff_id,room_id,kind_id,during}') THEN ej.history_value(f.name, x.new ->> f.name)
            ELSE x.new ->> f.name END AS new,
       x.void_id IS NOT NULL AS is_void,
       :before_key IS NOT NULL AND NOT EXISTS (SELECT FROM b) AS is_first
  FROM (SELECT h.id, h.made_at, h.account_id, h.table_name, h.pupil_id, h.teaching_id, h.old, h.new, h.void_id
          FROM ej.history AS h
         WHERE h.school_id = (SELECT o.id FROM o)
           AND ((SELECT b.at FROM b) IS NULL OR (h.made_at, h.id) < ((SELECT b.at FROM b), (SELECT b.id FROM b)))
           AND h.made_at <= coalesce((SELECT b.at FROM b), 'infinity')
           AND h.made_at >= coalesce((SELECT o.since FROM o), '-infinity')
           AND h.made_at < coalesce((SELECT o.until FROM o), 'infinity')
           AND (:kind IS NULL OR ej.history_kind(h.table_name) = :kind)
           AND (:find = '' OR h.account_id = ANY (ARRAY(SELECT w.account_id FROM w)))
         ORDER BY h.made_at DESC, h.id DESC
         LIMIT :lines) AS x
  LEFT JOIN LATERAL ej.history_fields(x.old, x.new) AS f(name) ON true
 ORDER BY x.made_at DESC, x.id DESC, f.name;

-- name: history_lesson :one
-- params: lesson_id bigint
SELECT l.id AS lesson_id, g.name || ', ' || u.name || ', ' || ej.day_of_month(l.held_on) AS name
  FROM ej.lesson AS l
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.subject AS u ON u.id = t.subject_id
 WHERE l.id = :lesson_id;

-- name: history_pupil :one
-- A pupil whose card the reader may read.
-- params: pupil_id bigint
SELECT k.pupil_id, ej.pupil_name(k.pupil_id) AS name FROM ej.pupil_card AS k WHERE k.pupil_id = :pupil_id;

-- name: history_plan :one
-- params: plan_id bigint
SELECT p.id AS plan_id, p.name FROM ej.plan AS p WHERE p.id = :plan_id;

-- name: history_record :many change
-- The last changes of a lesson with its works, marks, absences and tasks, of a pupil's card and
-- places, or of a plan; newest first. Exactly one of the three ids is given.
-- params: lesson_id bigint, pupil_id bigint, plan_id bigint
-- rows: at most 300 changes, one a field
WITH k AS MATERIALIZED (
    SELECT v.rel, v.id FROM (VALUES ('lesson', :lesson_id), ('attendance', :lesson_id), ('plan_given', :lesson_id),
                                    ('plan', :plan_id)) AS v(rel, id) WHERE v.id IS NOT NULL
     UNION ALL
    SELECT v.rel, w.id FROM ej.work AS w, (VALUES ('work'), ('mark')) AS v(rel) WHERE w.lesson_id = :lesson_id
     UNION ALL
    SELECT v.rel, h.id FROM ej.homework AS h, (VALUES ('homework'), ('homework_for')) AS v(rel)
     WHERE h.lesson_id = :lesson_id
     UNION ALL
    SELECT 'plan_row', r.id FROM ej.plan_row AS r WHERE r.plan_id = :plan_id
), x AS MATERIALIZED (
    SELECT h.id, h.made_at, h.school_id, h.account_id, h.table_name, h.pupil_id, h.old, h.new, h.void_id,
           h.correction_id
      FROM k JOIN ej.history AS h ON h.key_id = k.id AND h.table_name = k.rel
     UNION ALL -- tasks and topics that are gone
    SELECT h.id, h.made_at, h.school_id, h.account_id, h.table_name, h.pupil_id, h.old, h.new, h.void_id,
           h.correction_id
      FROM ej.history AS h
     WHERE h.teaching_id = (SELECT l.teaching_id FROM ej.lesson AS l WHERE l.id = :lesson_id)
       AND h.table_name = 'homework' AND coalesce(h.new, h.old) ->> 'lesson_id' = :lesson_id::text
       AND NOT EXISTS (SELECT FROM ej.homework AS o WHERE o.id = h.key_id)
     UNION ALL
    SELECT h.id, h.made_at, h.school_id, h.account_id, h.table_name, h.pupil_id, h.old, h.new, h.void_id,
           h.correction_id
      FROM ej.history AS h
     WHERE h.pupil_id = :pupil_id AND ej.history_kind(h.table_name) = 'people'
)
SELECT x.id || '.0' AS change_key,
       to_char(x.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, ej.account_name(x.account_id) AS who,
       ej.history_address(x.id, x.made_at) AS address, x.table_name AS what,
       x.pupil_id, (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = x.pupil_id) AS pupil,
       CASE WHEN x.old IS NULL THEN 'added' WHEN x.new IS NULL THEN 'removed' ELSE 'changed' END AS verb,
       f.name AS field, ej.history_value(f.name, x.old ->> f.name) AS old,
       ej.history_value(f.name, x.new ->> f.name) AS new, c.reason, x.void_id IS NOT NULL AS is_void
  FROM (SELECT x.id, x.made_at, x.school_id, x.account_id, x.table_name, x.pupil_id, x.old, x.new, x.void_id,
               x.correction_id
          FROM x ORDER BY x.id DESC LIMIT 300) AS x
  JOIN ej.school AS s ON s.id = x.school_id
  LEFT JOIN ej.correction AS c ON c.id = x.correction_id
  LEFT JOIN LATERAL ej.history_fields(x.old, x.new) AS f(name) ON true
 ORDER BY x.id DESC, f.name;
