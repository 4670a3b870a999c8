-- incidents.sql: the queries of incidents.c. Row policies show the incidents to the heads.

-- name: incidents_head :one
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count
  FROM ej.incident AS i
 WHERE i.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), i.person_name);

-- name: incidents_rows :many incident
-- The last one first. is_late: head or support were told more than a working day after it
-- was learned, or are not told yet.
-- list: sort learned_at person_name
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
WITH x AS MATERIALIZED (
    SELECT i.id, i.person_name, i.reporter, i.reported_at, i.learned_at, i.head_at, i.support_at, s.tz,
           ej.next_working(i.learned_at, s.tz) AS due_at
      FROM ej.incident AS i JOIN ej.school AS s ON s.id = i.school_id
     WHERE i.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
       AND ej.is_found((SELECT ej.find_patterns(:find)), i.person_name)
     ORDER BY CASE WHEN :sort = 'person_name' THEN i.person_name END, i.learned_at DESC, i.id DESC
     LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines
)
SELECT x.id AS incident_id, x.person_name, x.reporter,
       to_char(x.learned_at AT TIME ZONE x.tz, 'YYYY-MM-DD"T"HH24:MI') AS learned_at,
       to_char(x.reported_at AT TIME ZONE x.tz, 'YYYY-MM-DD"T"HH24:MI') AS reported_at,
       to_char(x.head_at AT TIME ZONE x.tz, 'YYYY-MM-DD"T"HH24:MI') AS head_at,
       to_char(x.support_at AT TIME ZONE x.tz, 'YYYY-MM-DD"T"HH24:MI') AS support_at,
       to_char(x.due_at AT TIME ZONE x.tz, 'YYYY-MM-DD"T"HH24:MI') AS due_at,
       coalesce(greatest(x.head_at, x.support_at) > x.due_at, false)
           OR (x.head_at IS NULL OR x.support_at IS NULL) AND now() > x.due_at AS is_late,
       x.id = ANY ((SELECT ej.incidents_blocked(ARRAY(SELECT x.id FROM x)))::bigint[]) AS is_blocked
  FROM x
 ORDER BY CASE WHEN :sort = 'person_name' THEN x.person_name END, x.learned_at DESC, x.id DESC;

-- name: incidents_show :one
-- head_by, support_by: «notice», if the time is that of the journal's own notice.
-- params: incident_id bigint
SELECT i.id AS incident_id, i.person_name, i.reporter,
       to_char(i.learned_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS learned_at,
       to_char(i.reported_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS reported_at,
       to_char(i.head_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS head_at,
       to_char(i.support_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS support_at,
       CASE WHEN i.head_at = i.reported_at THEN 'notice' END AS head_by,
       CASE WHEN i.support_at = i.reported_at THEN 'notice' END AS support_by,
       to_char(ej.next_working(i.learned_at, s.tz) AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS due_at,
       coalesce(greatest(i.head_at, i.support_at) > ej.next_working(i.learned_at, s.tz), false)
           OR (i.head_at IS NULL OR i.support_at IS NULL) AND now() > ej.next_working(i.learned_at, s.tz) AS is_late,
       i.id = ANY ((SELECT ej.incidents_blocked(ARRAY[:incident_id]))::bigint[]) AS is_blocked
  FROM ej.incident AS i JOIN ej.school AS s ON s.id = i.school_id
 WHERE i.id = :incident_id;

-- name: incidents_note :exec
-- params: incident_id bigint, which text, told_on date, told_time time
SELECT ej.incident_note(:incident_id, :which, :told_on, :told_time);
