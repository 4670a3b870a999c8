-- findings.sql: the queries of findings.c. Row policies decide which findings a reader sees.

-- name: findings_head :one
-- is_lead: the reader makes findings; can_signal: the reader may raise a signal.
-- params: find text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count, cardinality(ej.my_lead_schools()) > 0 AS is_lead,
       cardinality(ej.my_classes() || ej.my_taught_classes()) > 0 AS can_signal
  FROM ej.finding AS f
  LEFT JOIN LATERAL (SELECT a.surname, a.given_name, a.patronymic FROM ej.staff AS a
                      WHERE a.id = coalesce(f.addressee_id, f.staff_id) OFFSET 0) AS a ON true
 WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', a.surname, a.given_name, a.patronymic));

-- name: findings_rows :many finding
-- Those that wait for somebody first, then the newest. is_mended: nothing of it is undone any more.
-- list: sort state
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
WITH x AS MATERIALIZED (
    SELECT f.id, f.kind, f.duty_key, f.staff_id, f.addressee_id, f.class_id, f.teaching_id, f.lesson_id, f.text,
           f.made_on, f.due_on, f.state, f.answer, f.decision, f.order_no, f.order_on
      FROM ej.finding AS f
      LEFT JOIN LATERAL (SELECT a.surname, a.given_name, a.patronymic FROM ej.staff AS a
                          WHERE a.id = coalesce(f.addressee_id, f.staff_id) OFFSET 0) AS a ON true
     WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', a.surname, a.given_name, a.patronymic))
     ORDER BY f.state = 'accepted', f.id DESC
     LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines
), n AS MATERIALIZED (
    SELECT n.staff_id, n.name
      FROM ej.staff_names(ARRAY(SELECT x.staff_id FROM x UNION SELECT x.addressee_id FROM x)) AS n
), u AS MATERIALIZED (
    SELECT u.finding_id, u.undone FROM ej.finding_undone(ARRAY(SELECT x.id FROM x WHERE x.state <> 'accepted')) AS u
)
SELECT x.id AS finding_id, x.kind, x.duty_key, x.made_on, x.due_on, a.name AS addressee_name, s.name AS staff_name,
       c.name AS class_name, j.name AS subject_name, x.text AS note, x.state, nullif(x.answer, '') AS answer,
       nullif(x.decision, '') AS decision, nullif(x.order_no, '') AS order_no, x.order_on,
       u.undone = 0 AS is_mended, x.state IN ('open', 'returned') AND x.due_on < (SELECT ej.my_today()) AS is_late
  FROM x
  LEFT JOIN n AS a ON a.staff_id = x.addressee_id
  LEFT JOIN n AS s ON s.staff_id = x.staff_id
  LEFT JOIN ej.class AS c ON c.id = x.class_id
  LEFT JOIN ej.teaching AS t ON t.id = x.teaching_id
  LEFT JOIN ej.subject AS j ON j.id = t.subject_id
  LEFT JOIN u ON u.finding_id = x.id
 ORDER BY x.state = 'accepted', x.id DESC;

-- name: findings_show :one
-- is_mine: the reader answers; is_lead: the reader decides.
-- params: finding_id bigint
SELECT f.id AS finding_id, f.kind, f.duty_key, f.made_on, f.due_on, f.from_on, f.till_on, f.lesson_id,
       (SELECT n.name FROM ej.staff_names(ARRAY[f.addressee_id]) AS n) AS addressee_name,
       (SELECT n.name FROM ej.staff_names(ARRAY[f.staff_id]) AS n) AS staff_name,
       (SELECT n.name FROM ej.staff_names(ARRAY[f.decided_staff_id]) AS n) AS decider_name,
       (SELECT c.name FROM ej.class AS c WHERE c.id = f.class_id) AS class_name,
       (SELECT j.name FROM ej.teaching AS t JOIN ej.subject AS j ON j.id = t.subject_id
         WHERE t.id = f.teaching_id) AS subject_name, f.text AS note, f.state, f.answer, f.answered_on,
       nullif(f.decision, '') AS decision, nullif(f.order_no, '') AS order_no, f.order_on, f.decided_on,
       (SELECT u.undone = 0 FROM ej.finding_undone(ARRAY[f.id]) AS u) AS is_mended,
       f.state IN ('open', 'returned') AND f.addressee_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_mine,
       f.state = CASE f.kind WHEN 'signal' THEN 'open' ELSE 'answered' END
           AND f.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])
           AND coalesce(f.addressee_id <> ALL ((SELECT ej.my_staff())::bigint[]), true) AS is_lead
  FROM ej.finding AS f
 WHERE f.id = :finding_id AND f.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: findings_new :one
-- A finding to be made about facts of a duty: whose, where and when.
-- params: duty_key text, addressee_id bigint, class_id bigint, teaching_id bigint, lesson_id bigint, from_on date,
-- params: till_on date
SELECT d.duty_key, s.id AS addressee_id, n.name AS addressee_name, c.id AS class_id, c.name AS class_name,
       t.id AS teaching_id, j.name AS subject_name, l.id AS lesson_id, coalesce(l.held_on, :from_on, w.day) AS from_on,
       coalesce(l.held_on, :till_on, w.day) AS till_on, w.day + 3 AS due_on, w.day AS today_on
  FROM ej.duties() AS d
 CROSS JOIN (SELECT ej.my_today() AS day) AS w
  JOIN ej.staff AS s ON s.id = :addressee_id AND s.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])
 CROSS JOIN LATERAL ej.staff_names(ARRAY[s.id]) AS n
  LEFT JOIN ej.class AS c ON c.id = :class_id
  LEFT JOIN ej.teaching AS t ON t.id = :teaching_id
  LEFT JOIN ej.subject AS j ON j.id = t.subject_id
  LEFT JOIN ej.lesson AS l ON l.id = :lesson_id
 WHERE d.duty_key = :duty_key;

-- name: findings_add :outcomes
-- params: duty_key text, addressee_id bigint, class_id bigint, teaching_id bigint, lesson_id bigint, from_on date,
-- params: till_on date, text text, due_on date
SELECT ej.finding_make(:duty_key, :addressee_id, :class_id, :teaching_id, :lesson_id, :from_on, :till_on, :text,
                       :due_on);

-- name: findings_signal :one
-- params:
SELECT ej.my_today() AS today_on;

-- name: findings_classes :many choice
-- The classes that the reader leads or teaches.
-- params:
-- rows: at most 120
SELECT 'class_id' AS "for", c.id AS value, c.name
  FROM ej.class AS c
 WHERE c.id = ANY ((SELECT ej.my_classes() || ej.my_taught_classes())::bigint[]) AND c.year = (SELECT ej.shown_year())
 ORDER BY c.grade, c.letter, c.id;

-- name: findings_raise :outcomes
-- params: duty_key text, class_id bigint, text text
SELECT ej.finding_signal(:duty_key, :class_id, :text);

-- name: findings_save :outcomes
-- params: finding_id bigint, state text, answer text, shown text, decision text, order_no text, order_on date
SELECT CASE :state WHEN 'answered' THEN ej.finding_answer(:finding_id, :answer)
       ELSE ej.finding_decide(:finding_id, :state, :shown, :decision, :order_no, :order_on) END;
