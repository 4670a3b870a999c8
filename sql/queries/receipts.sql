-- receipts.sql: the queries of receipts.c. Row policies show receipts to the family, the class
-- teacher and the heads.

-- name: receipts_scope :one
-- The shown week, by its Monday: by default the last one that is open.
-- params: week_on date
SELECT s.id AS school_id, d.day AS today_on, m.monday AS week_on
  FROM ej.school AS s
 CROSS JOIN LATERAL (SELECT ej.today(s.id) AS day) AS d
 CROSS JOIN LATERAL (SELECT coalesce(:week_on, d.day - s.receipt_opens + 1) AS day) AS w
 CROSS JOIN LATERAL (SELECT w.day - extract(isodow FROM w.day)::int + 1 AS monday) AS m
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: receipts_head :one
-- params: school_id bigint, week_on date, today_on date
SELECT :week_on AS week_on, :week_on - 28 AS previous_on, :today_on AS today_on,
       CASE WHEN :week_on + 7 <= :today_on THEN least(:week_on + 28,
            :today_on - extract(isodow FROM :today_on)::int + 1) END AS next_on,
       (SELECT s.receipt_ways = '{}' FROM ej.school AS s WHERE s.id = :school_id) AS is_off;

-- name: receipts_weeks :many week
-- The shown week and the three before it.
-- params: week_on date
SELECT w.day - date '2000-01-01' AS week_id, w.day AS week_on,
       ej.day_of_month(w.day) || ' – ' || ej.day_of_month(w.day + 5) AS name
  FROM generate_series(3, 0, -1) AS i(n) CROSS JOIN LATERAL (SELECT :week_on - i.n * 7 AS day) AS w
 ORDER BY w.day;

-- name: receipts_classes :many class
-- The classes of the year that the reader may read.
-- params: school_id bigint
-- rows: at most 120
WITH c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, c.class_teacher_id FROM ej.class AS c
     WHERE c.school_id = :school_id AND c.year = (SELECT ej.shown_year())
       AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
)
SELECT c.id AS class_id, c.name, s.name AS staff_name
  FROM c
  LEFT JOIN ej.staff_names(ARRAY(SELECT c.class_teacher_id FROM c)) AS s ON s.staff_id = c.class_teacher_id
 ORDER BY c.grade, c.letter, c.id;

-- name: receipts_cells :grid class_id week_id
-- «24 из 28» for each class and week: the families that have seen the week, of how many; with the number
-- of those that are overdue.
-- params: school_id bigint, week_on date
WITH c AS MATERIALIZED (
    SELECT c.id, c.grade, c.letter FROM ej.class AS c
     WHERE c.school_id = :school_id AND c.year = (SELECT ej.shown_year())
), x AS MATERIALIZED (
    SELECT x.class_id, x.week_on, count(*) FILTER (WHERE x.state IN ('done', 'late')) AS seen, count(*) AS families,
           count(*) FILTER (WHERE x.state = 'overdue') AS overdue, bool_and(x.state = 'early') AS is_early
      FROM ej.receipt_states(ARRAY(SELECT n.pupil_id FROM c JOIN ej.enrolment AS n ON n.class_id = c.id),
                             ARRAY(SELECT :week_on - i.n * 7 FROM generate_series(0, 3) AS i(n))) AS x
     GROUP BY x.class_id, x.week_on
)
SELECT x.class_id, x.week_on - date '2000-01-01' AS week_id,
       CASE WHEN x.is_early THEN '' ELSE x.seen || ' из ' || x.families END AS text,
       nullif(x.overdue, 0) AS overdue
  FROM x JOIN c ON c.id = x.class_id
 WHERE NOT x.is_early
 ORDER BY c.grade, c.letter, c.id, x.week_on;

-- name: receipts_class :one
-- A class and the shown week.
-- params: class_id bigint, week_on date
SELECT c.id AS class_id, c.name, m.monday AS week_on,
       ej.day_of_month(m.monday) || ' – ' || ej.day_of_month(m.monday + 5) AS week_name, m.monday - 7 AS previous_on,
       d.day AS today_on,
       CASE WHEN m.monday + 7 <= d.day THEN m.monday + 7 END AS next_on,
       s.receipt_ways = '{}' AS is_off,
       c.id = ANY ((SELECT ej.my_classes())::bigint[]) AND 'strip' = ANY (s.receipt_ways)
           AND m.monday + s.receipt_opens - 1 <= d.day AS is_mine
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
 CROSS JOIN LATERAL (SELECT coalesce(:week_on, d.day - s.receipt_opens + 1) AS day) AS w
 CROSS JOIN LATERAL (SELECT w.day - extract(isodow FROM w.day)::int + 1 AS monday) AS m
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: receipts_pupils :many pupil
-- The pupils of the class in the week, those first whom nobody has signed for.
-- params: class_id bigint, week_on date
-- rows: at most 60
WITH n AS MATERIALIZED (
    SELECT DISTINCT n.pupil_id, w.monday
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
     CROSS JOIN LATERAL (SELECT coalesce(:week_on, ej.today(c.school_id) - s.receipt_opens + 1) AS day) AS d
     CROSS JOIN LATERAL (SELECT d.day - extract(isodow FROM d.day)::int + 1 AS monday) AS w
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during && daterange(w.monday, w.monday + 6)
     WHERE c.id = :class_id
)
SELECT x.pupil_id, m.name, x.state, x.due_on, x.pupil_id = ANY (ARRAY(
           SELECT ej.paper_pupils(ARRAY(SELECT n.pupil_id FROM n)))) AS is_paper
  FROM ej.receipt_states(ARRAY(SELECT n.pupil_id FROM n), ARRAY(SELECT DISTINCT n.monday FROM n)) AS x
  JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS m ON m.pupil_id = x.pupil_id
 ORDER BY x.state IN ('done', 'late'), m.order_no;

-- name: receipts_guardians :many guardian under receipts_pupils pupil_id
-- The present guardians of these pupils, each with the last receipt of the week.
-- params: class_id bigint, week_on date
-- rows: at most 120
WITH n AS MATERIALIZED (
    SELECT DISTINCT n.pupil_id, w.monday, d.today_on, s.tz, s.receipt_ways
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
     CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS today_on) AS d
     CROSS JOIN LATERAL (SELECT coalesce(:week_on, d.today_on - s.receipt_opens + 1) AS day) AS y
     CROSS JOIN LATERAL (SELECT y.day - extract(isodow FROM y.day)::int + 1 AS monday) AS w
      JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during && daterange(w.monday, w.monday + 6)
     WHERE c.id = :class_id
)
SELECT n.pupil_id, g.id AS guardian_id, ej.short_name(g.surname, g.given_name, g.patronymic) AS name, k.kind,
       r.way, to_char(r.made_at AT TIME ZONE n.tz, 'YYYY-MM-DD"T"HH24:MI') AS at
  FROM n
  JOIN ej.guardianship AS k ON k.pupil_id = n.pupil_id AND k.during @> n.today_on AND k.is_informed
  JOIN ej.guardian AS g ON g.id = k.guardian_id
  LEFT JOIN LATERAL (SELECT r.way, r.made_at FROM ej.receipt AS r
                      WHERE r.pupil_id = n.pupil_id AND r.week_on = n.monday AND r.guardian_id = g.id
                        AND r.way = ANY (n.receipt_ways)
                      ORDER BY r.made_at DESC LIMIT 1) AS r ON true
 ORDER BY n.pupil_id, g.surname, g.given_name, g.id;

-- name: receipts_enter :outcomes
-- params: week_on date, signed_id bigint[], signed_id2 bigint[], signed text[]
SELECT ej.receipts_enter(:week_on,
           ARRAY(SELECT s.pupil_id FROM unnest(:signed_id, :signed_id2, :signed) AS s(pupil_id, guardian_id, sign)
                  WHERE s.sign = '1'),
           ARRAY(SELECT s.guardian_id FROM unnest(:signed_id, :signed_id2, :signed) AS s(pupil_id, guardian_id, sign)
                  WHERE s.sign = '1'));

-- name: receipts_pupil :one
-- A pupil whose diary the reader may read; is_guardian: the reader is asked.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, s.receipt_ways = '{}' AS is_off,
       s.receipt_ways && '{tap}' AND EXISTS (
           SELECT FROM ej.guardianship AS w WHERE w.pupil_id = p.id AND w.during @> ej.today(p.school_id)
              AND w.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])) AS is_guardian
  FROM ej.pupil AS p JOIN ej.school AS s ON s.id = p.school_id
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: receipts_pupil_weeks :many week
-- The weeks of the year, the newest first. is_own: the reader has seen the week as it is now.
-- params: pupil_id bigint
-- rows: at most 60
SELECT x.week_on, ej.day_of_month(x.week_on) || ' – ' || ej.day_of_month(x.week_on + 5) AS name, x.state, x.due_on,
       encode(x.document, 'hex') AS document,
       EXISTS (SELECT FROM ej.receipt AS r
                WHERE r.pupil_id = x.pupil_id AND r.week_on = x.week_on AND r.document_sha256 = x.document
                  AND r.guardian_id = ANY ((SELECT ej.my_guardians())::bigint[])) AS is_own
  FROM ej.pupil AS p
 CROSS JOIN LATERAL (SELECT y.year FROM ej.school_year AS y
                      WHERE y.school_id = p.school_id AND lower(y.during) <= ej.today(p.school_id)
                      ORDER BY y.year DESC LIMIT 1) AS y
 CROSS JOIN LATERAL ej.receipt_states(ARRAY[p.id], ej.receipt_weeks(p.school_id, y.year)) AS x
 WHERE p.id = :pupil_id ORDER BY x.week_on DESC;

-- name: receipts_pupil_rows :many receipt under receipts_pupil_weeks week_on
-- Who has seen each week, and how; a family does not read the name of another guardian.
-- params: pupil_id bigint
SELECT r.week_on, r.way, to_char(r.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at,
       ej.short_name(g.surname, g.given_name, g.patronymic) AS name
  FROM ej.receipt AS r
  JOIN ej.school AS s ON s.id = r.school_id
  LEFT JOIN ej.guardian AS g ON g.id = r.guardian_id
 WHERE r.pupil_id = :pupil_id AND r.week_on >= (
       SELECT min(w.day) FROM ej.pupil AS p
        CROSS JOIN LATERAL (SELECT y.year FROM ej.school_year AS y
                             WHERE y.school_id = p.school_id AND lower(y.during) <= ej.today(p.school_id)
                             ORDER BY y.year DESC LIMIT 1) AS y
        CROSS JOIN LATERAL unnest(ej.receipt_weeks(p.school_id, y.year)) AS w(day) WHERE p.id = :pupil_id)
 ORDER BY r.week_on, r.made_at;

-- name: receipts_make :outcomes
-- params: pupil_id bigint, week_on date, way text, document text
SELECT ej.receipt_make(:pupil_id, :week_on, :way, :document);
