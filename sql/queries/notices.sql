-- notices.sql: the queries of notices.c. A notice names a fact; what it says is read here, with the
-- reader's rights: a fact that the reader may not read any more has no details.

-- name: notices_head :one
-- params: pupil_id bigint, is_new boolean
SELECT :pupil_id AS pupil_id, coalesce(:is_new, false) AS is_new, nullif(count(*), 0) AS unread, max(f.id) AS newest_id
  FROM ej.notice_for AS f
 WHERE f.person_id = (SELECT (ej.my_persons())[1]) AND f.kind <> 'contact_code'
   AND f.read_at IS NULL;

-- name: notices_children :many child
-- The reader's children, of whom one can be chosen, if there are several.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, p.id = :pupil_id AS is_current
  FROM ej.pupil AS p
 WHERE p.id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AND cardinality((SELECT ej.my_family_pupils())) > 1
 ORDER BY p.surname, p.given_name, p.id;

-- name: notices_rows :many notice
-- The own notices, the newest first. notice_key: 1 and the number of the row. From the key `before` the
-- page begins that is right before it: behind the 101st newer row.
-- list: key notice_key
-- params: pupil_id bigint, is_new boolean, after_key bigint, after_id bigint, before_key bigint, before_id bigint
-- params: lines int
-- rows: at most 100; in a file all
WITH b AS MATERIALIZED ( -- what the page is behind
    SELECT :after_key * :after_id AS id WHERE :before_key IS NULL
    UNION ALL
    (SELECT f.id FROM ej.notice_for AS f
      WHERE f.person_id = (SELECT (ej.my_persons())[1]) AND f.id > :before_key * :before_id
        AND f.kind <> 'contact_code' AND (:pupil_id IS NULL OR f.pupil_id = :pupil_id)
        AND (:is_new IS NOT TRUE OR f.read_at IS NULL)
      ORDER BY f.id + 0 OFFSET 100 LIMIT 1) -- not along the primary key
), f AS MATERIALIZED (
    SELECT f.id, f.school_id, f.kind, f.pupil_id, f.made_at, f.read_at,
           CASE WHEN f.fact_key !~ '^\d{4}-\d\d-\d\d$'
                THEN substring(f.fact_key FROM '^\d{1,18}')::bigint END AS row_id,
           substring(f.fact_key FROM '^\d{4}-\d\d-\d\d$')::date AS day
      FROM ej.notice_for AS f
     WHERE f.person_id = (SELECT (ej.my_persons())[1]) AND f.kind <> 'contact_code'
       AND f.id < coalesce((SELECT b.id FROM b), 9223372036854775807)
       AND (:pupil_id IS NULL OR f.pupil_id = :pupil_id) AND (:is_new IS NOT TRUE OR f.read_at IS NULL)
     ORDER BY f.id + 0 DESC LIMIT :lines
)
SELECT '1.' || f.id AS notice_key, f.kind, f.pupil_id, ej.pupil_name(f.pupil_id) AS pupil,
       CASE f.kind WHEN 'message' THEN (SELECT m.conversation_id FROM ej.message AS m WHERE m.id = f.row_id)
                   ELSE f.row_id END AS row_id,
       to_char(f.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, f.read_at IS NULL AS is_new,
       coalesce(x.held_on, f.day) AS held_on, x.subject_name, x.value, x.detail,
       :before_key IS NOT NULL AND NOT EXISTS (SELECT FROM b) AS is_first
  FROM f
  JOIN ej.school AS s ON s.id = f.school_id
  LEFT JOIN LATERAL (
       SELECT l.held_on, j.name AS subject_name, string_agg(m.value, '/' ORDER BY m.attempt) AS value, NULL AS detail
         FROM ej.mark AS m
         JOIN ej.work AS w ON w.id = m.work_id
         JOIN ej.lesson AS l ON l.id = w.lesson_id
         JOIN ej.teaching AS t ON t.id = l.teaching_id
         JOIN ej.subject AS j ON j.id = t.subject_id
        WHERE f.kind IN ('mark', 'unsatisfactory') AND m.work_id = f.row_id AND m.pupil_id = f.pupil_id
          AND m.value IS NOT NULL
        GROUP BY l.held_on, j.name
        UNION ALL
       SELECT f.day, NULL, NULL, string_agg(DISTINCT k.name, ', ')
         FROM ej.attendance AS a
         JOIN ej.lesson AS l ON l.id = a.lesson_id AND l.held_on = f.day
         JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
        WHERE f.kind IN ('unexplained', 'unjustified') AND a.pupil_id = f.pupil_id
        GROUP BY l.held_on
        UNION ALL
       SELECT l.held_on, j.name, l.state, NULL
         FROM ej.lesson AS l
         JOIN ej.teaching AS t ON t.id = l.teaching_id
         JOIN ej.subject AS j ON j.id = t.subject_id
        WHERE f.kind = 'substitution' AND l.id = f.row_id
        UNION ALL
       SELECT w.held_on, j.name, NULL, nullif(w.title, '')
         FROM ej.control_work AS w
         JOIN ej.teaching AS t ON t.id = w.teaching_id
         JOIN ej.subject AS j ON j.id = t.subject_id
        WHERE f.kind = 'control_work' AND w.id = f.row_id
        UNION ALL
       SELECT h.due_on, j.name, NULL, NULL
         FROM ej.homework AS h
         JOIN ej.teaching AS t ON t.id = h.teaching_id
         JOIN ej.subject AS j ON j.id = t.subject_id
        WHERE f.kind IN ('late_homework', 'handin_answered') AND h.id = f.row_id
        UNION ALL
       SELECT lower(e.during), NULL, CASE f.kind WHEN 'event_cancelled' THEN e.state END, e.title FROM ej.event AS e
        WHERE f.kind IN ('event', 'event_cancelled') AND e.id = f.row_id
        UNION ALL -- marks, and lessons missed, of the two weeks
       SELECT f.day, NULL, (SELECT count(*)::text FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
                              JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.held_on BETWEEN f.day AND f.day + 11
                             WHERE m.pupil_id = f.pupil_id AND m.attempt = 1 AND m.value IS NOT NULL),
              (SELECT count(*)::text FROM ej.attendance AS a
                 JOIN ej.lesson AS l ON l.id = a.lesson_id AND l.held_on BETWEEN f.day AND f.day + 11
                 JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
                WHERE a.pupil_id = f.pupil_id)
        WHERE f.kind = 'fortnight'
        UNION ALL
       SELECT NULL, NULL, NULL, a.title FROM ej.announcement AS a WHERE f.kind = 'announcement' AND a.id = f.row_id
        UNION ALL -- who writes
       SELECT NULL, NULL, NULL, n.name
         FROM ej.message AS m
         JOIN LATERAL ej.message_writer(m.id) AS n(name) ON true
        WHERE f.kind = 'message' AND m.id = f.row_id
        UNION ALL
       SELECT NULL, NULL, CASE WHEN s.person_id = (SELECT (ej.my_persons())[1]) THEN 'answer' ELSE 'request' END,
              s.id::text
         FROM ej.support AS s WHERE f.kind = 'support' AND s.id = f.row_id
        UNION ALL
       SELECT NULL, NULL, r.state, nullif(r.answer, '')
         FROM ej.request AS r WHERE f.kind = 'card_answered' AND r.id = f.row_id
        UNION ALL
       SELECT NULL, NULL, NULL, i.person_name FROM ej.incident AS i WHERE f.kind = 'incident' AND i.id = f.row_id
        UNION ALL
       SELECT NULL, j.name, NULL, NULL FROM ej.subject AS j WHERE f.kind = 'falling' AND j.id = f.row_id
        UNION ALL
       SELECT NULL, j.name, NULL, c.old_value || ' → ' || c.new_value
         FROM ej.correction AS c
         JOIN ej.teaching AS t ON t.id = c.teaching_id
         JOIN ej.subject AS j ON j.id = t.subject_id
        WHERE f.kind = 'correction' AND c.id = f.row_id
        UNION ALL
       SELECT NULL, g.name || ', ' || j.name, NULL, e.name
         FROM ej.journal AS o
         JOIN ej.term AS e ON e.id = o.term_id
         JOIN ej.teaching AS t ON t.id = o.teaching_id
         JOIN ej.study_group AS g ON g.id = t.study_group_id
         JOIN ej.subject AS j ON j.id = t.subject_id
        WHERE f.kind IN ('few_marks', 'unmarked') AND o.id = f.row_id) AS x ON true
 ORDER BY f.id DESC;

-- name: notices_read :exec
-- params: notice_for_id bigint, newest_id bigint
UPDATE ej.notice_for AS f SET read_at = now()
 WHERE f.person_id = (SELECT (ej.my_persons())[1]) AND f.read_at IS NULL
   AND (f.id = :notice_for_id OR f.id <= :newest_id);
