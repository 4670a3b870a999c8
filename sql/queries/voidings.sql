-- voidings.sql: the queries of voidings.c. Only the heads of the incident's school get rows.

-- name: voidings_head :one
-- is_mine: the reader may void. by_law: how many changes of the journal are void by law and not yet voided.
-- params: incident_id bigint, place text
SELECT n.id AS incident_id, n.person_name, i.is_mine, i.is_own, nullif(:place, '') AS place,
       to_char(i.law_from AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS law_from,
       (SELECT sum(p.by_law) FROM ej.voiding_places(:incident_id) AS p) AS by_law
  FROM ej.incident AS n
  JOIN ej.school AS s ON s.id = n.school_id
 CROSS JOIN LATERAL ej.void_incident(n.id) AS i
 WHERE n.id = :incident_id;

-- name: voidings_places :many place
-- Where the account worked from, the last place first.
-- params: incident_id bigint
-- rows: one for each session and address
SELECT p.place, p.address, p.way, p.agent,
       to_char(p.first_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS first_at,
       to_char(p.last_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS last_at,
       p.operations, p.marks, p.absences, p.lessons, p.others, p.pupils, p.by_law, p.void
  FROM ej.incident AS n
  JOIN ej.school AS s ON s.id = n.school_id
 CROSS JOIN LATERAL ej.voiding_places(n.id) AS p
 WHERE n.id = :incident_id
 ORDER BY p.last_at DESC, p.place;

-- name: voidings_changes :many change
-- The last changes, newest first; from one place if it is named.
-- params: incident_id bigint, place text
-- rows: at most 300, one a field
SELECT to_char(h.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, c.address, h.table_name AS what,
       h.pupil_id, (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = h.pupil_id) AS pupil,
       (SELECT g.name || ', ' || u.name FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
          JOIN ej.subject AS u ON u.id = t.subject_id WHERE t.id = h.teaching_id) AS teaching,
       CASE WHEN h.old IS NULL THEN 'added' WHEN h.new IS NULL THEN 'removed' ELSE 'changed' END AS verb,
       f.name AS field, h.old ->> f.name AS old, h.new ->> f.name AS new, h.void_id IS NOT NULL AS is_void
  FROM ej.incident AS n
  JOIN ej.school AS s ON s.id = n.school_id
 CROSS JOIN LATERAL ej.voiding_ids(n.id, nullif(:place, '')) AS c
  JOIN ej.history AS h ON h.id = c.id AND h.made_at = c.made_at
  LEFT JOIN LATERAL ej.history_fields(h.old, h.new) AS f(name) ON true
 WHERE n.id = :incident_id
 ORDER BY h.id DESC, f.name;

-- name: voidings_rows :many voiding
-- The voidings of the incident.
-- params: incident_id bigint
WITH v AS MATERIALIZED (
    SELECT v.id, v.school_id, v.basis, v.order_no, v.order_on, v.changes, v.staff_id, v.made_at, v.undone_at
      FROM ej.voiding AS v WHERE v.incident_id = :incident_id
)
SELECT v.id AS voiding_id, v.basis, v.order_no, v.order_on, v.changes,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       to_char(v.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at,
       to_char(v.undone_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS undone_at
  FROM v
  JOIN ej.school AS s ON s.id = v.school_id
  LEFT JOIN ej.staff AS f ON f.id = v.staff_id
 ORDER BY v.id DESC;

-- name: voidings_make :outcomes
-- params: incident_id bigint, basis text, place text[], order_no text, order_on date
SELECT ej.voiding_make(:incident_id, :basis, :place, :order_no, :order_on);

-- name: voidings_show :one
-- params: voiding_id bigint
WITH v AS MATERIALIZED (
    SELECT v.id, v.school_id, v.incident_id, v.basis, v.order_no, v.order_on, v.changes, v.staff_id, v.made_at,
           v.undo_order_no, v.undo_order_on, v.undone_staff_id, v.undone_at
      FROM ej.voiding AS v WHERE v.id = :voiding_id
)
SELECT v.id AS voiding_id, v.incident_id,
       (SELECT n.person_name FROM ej.incident AS n WHERE n.id = v.incident_id) AS person_name,
       v.basis, v.order_no, v.order_on, v.changes,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       to_char(v.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at,
       v.undo_order_no, v.undo_order_on, ej.short_name(u.surname, u.given_name, u.patronymic) AS undone_name,
       to_char(v.undone_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS undone_at,
       v.undone_at IS NULL AND i.is_mine AS is_mine
  FROM v
  JOIN ej.school AS s ON s.id = v.school_id
 CROSS JOIN LATERAL ej.void_incident(v.incident_id) AS i
  LEFT JOIN ej.staff AS f ON f.id = v.staff_id
  LEFT JOIN ej.staff AS u ON u.id = v.undone_staff_id;

-- name: voidings_voided :many change
-- The changes that do not count, oldest first.
-- params: voiding_id bigint
-- rows: at most 1000, one a field
SELECT to_char(h.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, h.table_name AS what,
       h.pupil_id, (SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.id = h.pupil_id) AS pupil,
       (SELECT g.name || ', ' || u.name FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
          JOIN ej.subject AS u ON u.id = t.subject_id WHERE t.id = h.teaching_id) AS teaching,
       CASE WHEN h.old IS NULL THEN 'added' WHEN h.new IS NULL THEN 'removed' ELSE 'changed' END AS verb,
       f.name AS field, h.old ->> f.name AS old, h.new ->> f.name AS new
  FROM (SELECT h.id, h.school_id, h.teaching_id, h.pupil_id, h.table_name, h.made_at, h.old, h.new
          FROM ej.history AS h WHERE h.void_id = :voiding_id ORDER BY h.id LIMIT 1000) AS h
  JOIN ej.school AS s ON s.id = h.school_id
  LEFT JOIN LATERAL ej.history_fields(h.old, h.new) AS f(name) ON true
 ORDER BY h.id, f.name;

-- name: voidings_undo :outcomes
-- params: voiding_id bigint, order_no text, order_on date
SELECT ej.voiding_undo(:voiding_id, :order_no, :order_on);
