-- views.sql: the queries of views.c: who opened whose card.

-- name: views_head :one
-- params: find text, pupil text, from_on date, to_on date
SELECT coalesce(:find, '') AS find, coalesce(:pupil, '') AS pupil, :from_on AS from_on, :to_on AS to_on
  FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_account_schools())::bigint[]);

-- name: views_rows :many opening
-- The openings, the newest first. view_key: the moment in microseconds and the number of the
-- row. From the key `before` the page begins that is right before it: behind the 101st newer row.
-- list: key view_key
-- params: find text, pupil text, from_on date, to_on date, after_key bigint, after_id bigint
-- params: before_key bigint, before_id bigint, lines int
-- rows: at most 100; in a file all
WITH o AS MATERIALIZED (
    SELECT s.id, s.tz, coalesce(:from_on::timestamp AT TIME ZONE s.tz, '-infinity') AS since,
           coalesce((:to_on + 1)::timestamp AT TIME ZONE s.tz, 'infinity') AS until
      FROM ej.school AS s WHERE s.id = ANY ((SELECT ej.my_account_schools())::bigint[])
), w AS MATERIALIZED ( -- whoever reads cards: staff, guardians and the pupils themselves
    SELECT f.person_id, 'staff' AS role, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name
      FROM ej.staff AS f WHERE f.school_id = ANY (ARRAY(SELECT o.id FROM o))
    UNION ALL
    SELECT g.person_id, 'guardian', concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, ''))
      FROM ej.guardian AS g WHERE g.school_id = ANY (ARRAY(SELECT o.id FROM o))
    UNION ALL
    SELECT p.person_id, 'pupil', concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, ''))
      FROM ej.pupil AS p WHERE p.school_id = ANY (ARRAY(SELECT o.id FROM o))
), x AS MATERIALIZED (
    SELECT w.person_id FROM w WHERE ej.is_found((SELECT ej.find_patterns(:find)), w.name)
), c AS MATERIALIZED (
    SELECT p.id FROM ej.pupil AS p
     WHERE p.school_id = ANY (ARRAY(SELECT o.id FROM o))
       AND ej.is_found((SELECT ej.find_patterns(:pupil)), concat_ws(' ', p.surname, p.given_name, p.patronymic))
), b AS MATERIALIZED ( -- what the page is behind
    SELECT timestamptz 'epoch' + :after_key * interval '1 microsecond' AS at, :after_id AS id WHERE :before_key IS NULL
    UNION ALL
    (SELECT v.viewed_at, v.id FROM ej.card_view AS v
      WHERE v.school_id = (SELECT o.id FROM o) AND :before_key IS NOT NULL
        AND (v.viewed_at, v.id) > (timestamptz 'epoch' + :before_key * interval '1 microsecond', :before_id)
        AND v.viewed_at >= (SELECT o.since FROM o) AND v.viewed_at < (SELECT o.until FROM o)
        AND (:find = '' OR v.person_id = ANY (ARRAY(SELECT x.person_id FROM x)))
        AND (:pupil = '' OR v.pupil_id = ANY (ARRAY(SELECT c.id FROM c)))
      ORDER BY v.viewed_at, v.id OFFSET 100 LIMIT 1)
)
SELECT (extract(epoch FROM y.viewed_at) * 1000000)::bigint || '.' || y.id AS view_key,
       to_char(y.viewed_at AT TIME ZONE (SELECT o.tz FROM o), 'YYYY-MM-DD"T"HH24:MI') AS at,
       (SELECT min(w.name) FROM w WHERE w.person_id = y.person_id) AS who,
       (SELECT string_agg(w.role, ' ' ORDER BY w.role DESC) FROM w WHERE w.person_id = y.person_id) AS role,
       p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS pupil,
       (SELECT k.name FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
         WHERE n.pupil_id = p.id AND n.during @> (y.viewed_at AT TIME ZONE (SELECT o.tz FROM o))::date) AS class_name,
       host(y.address) AS address, nullif(y.path, '') AS path,
       :before_key IS NOT NULL AND NOT EXISTS (SELECT FROM b) AS is_first
  FROM (SELECT v.id, v.viewed_at, v.person_id, v.pupil_id, v.address, v.path
          FROM ej.card_view AS v
         WHERE v.school_id = (SELECT o.id FROM o)
           AND ((SELECT b.at FROM b) IS NULL OR (v.viewed_at, v.id) < ((SELECT b.at FROM b), (SELECT b.id FROM b)))
           AND v.viewed_at >= (SELECT o.since FROM o) AND v.viewed_at < (SELECT o.until FROM o)
           AND (:find = '' OR v.person_id = ANY (ARRAY(SELECT x.person_id FROM x)))
           AND (:pupil = '' OR v.pupil_id = ANY (ARRAY(SELECT c.id FROM c)))
         ORDER BY v.viewed_at DESC, v.id DESC
         LIMIT :lines) AS y
  JOIN ej.pupil AS p ON p.id = y.pupil_id
 ORDER BY y.viewed_at DESC, y.id DESC;
