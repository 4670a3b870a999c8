-- announcement.sql: an announcement to all families, with a notice for each of their persons, by one who
-- already knows who they are; without families that get everything on paper. Keys hold; rules, rights,
-- history and the operation's number are the page's own work.

-- name: announcement_bare_told :exec
-- params: school_id bigint, staff_id bigint, today_on date
WITH e AS MATERIALIZED (
    SELECT e.pupil_id FROM ej.enrolment AS e
     WHERE e.school_id = :school_id AND (upper_inf(e.during) OR upper(e.during) > :today_on)
       AND e.pupil_id NOT IN (SELECT c.pupil_id FROM ej.consent AS c
                               WHERE c.school_id = :school_id AND c.purpose = 'processing'
                                 AND c.answer IN ('refused', 'withdrawn'))
), a AS (
    INSERT INTO ej.announcement (school_id, staff_id, whom, during, title, note)
    VALUES (:school_id, :staff_id, 'families', daterange(:today_on, NULL), 'Собрание', 'В четверг в 18 часов.')
    RETURNING id
), n AS (
    INSERT INTO ej.notice (school_id, kind, fact_key, open_school_id)
    SELECT :school_id, 'announcement', a.id::text, :school_id FROM a
    RETURNING id, fact_key
)
INSERT INTO ej.notice_for (school_id, notice_id, person_id, kind, fact_key, send_at, open_school_id)
SELECT :school_id, n.id, x.person_id, 'announcement', n.fact_key, now(), :school_id
  FROM n
 CROSS JOIN (SELECT g.person_id
               FROM e
               JOIN ej.guardianship AS w ON w.pupil_id = e.pupil_id AND w.during @> :today_on
               JOIN ej.guardian AS g ON g.id = w.guardian_id
              UNION
             SELECT p.person_id FROM e JOIN ej.pupil AS p ON p.id = e.pupil_id) AS x
 WHERE x.person_id IS NOT NULL;
