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
       (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = x.pupil_id) AS pupil,
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
