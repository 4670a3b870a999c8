-- duty_classes.sql: the facts of class teachers and families (duty.sql).

-- The facts of classes: weeks and months that are over.
--   week       a week whose first lesson lies in these days and whose attendance the class teacher has not
--              verified (ATT-02, ATT-03); so a week in which one term ends and the next begins counts in one of them
--   data       a month in which personal data were not verified (CNT-06)
CREATE OR REPLACE FUNCTION ej.duty_weeks(classes bigint[], from_on date, till_on date) RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 1000 AS $$
WITH c AS MATERIALIZED (
    SELECT c.id, c.class_teacher_id, y.during, d.today
      FROM ej.class AS c
      JOIN ej.school_today AS d ON d.school_id = c.school_id
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     WHERE c.id = ANY ($1)
)
SELECT 'week'::text, v.id IS NULL, w.monday, NULL::bigint, c.id, c.class_teacher_id, NULL::bigint, NULL::bigint,
       NULL::bigint, NULL::text, NULL::numeric, NULL::numeric
  FROM c
 CROSS JOIN LATERAL (SELECT g::date AS monday FROM generate_series(
        date_trunc('week', greatest($2, lower(c.during))::timestamp), least($3, c.today - 7)::timestamp,
        interval '7 days') AS g) AS w
  LEFT JOIN ej.attendance_check AS v ON v.class_id = c.id AND v.week_on = w.monday
 WHERE EXISTS (SELECT FROM ej.study_group_class AS g
                CROSS JOIN LATERAL (SELECT FROM ej.lesson AS l
                                     WHERE l.study_group_id = g.study_group_id AND l.held_on >= w.monday
                                       AND l.held_on < least(w.monday + 7, $3 + 1)
                                       AND l.state IN ('planned', 'given') LIMIT 1) AS l
                WHERE g.class_id = c.id)
   AND NOT EXISTS (SELECT FROM ej.study_group_class AS g
                    CROSS JOIN LATERAL (SELECT FROM ej.lesson AS l
                                         WHERE l.study_group_id = g.study_group_id AND l.held_on >= w.monday
                                           AND l.held_on < $2 AND l.state IN ('planned', 'given') LIMIT 1) AS l
                    WHERE g.class_id = c.id)
 UNION ALL
SELECT 'data', v.id IS NULL, w.month_on, NULL, c.id, c.class_teacher_id, NULL, NULL, NULL, NULL, NULL, NULL
  FROM c
 CROSS JOIN LATERAL (SELECT g::date AS month_on FROM generate_series(
        date_trunc('month', greatest($2, lower(c.during)))::timestamp,
        date_trunc('month', (least($3, c.today - 1) + 1)::timestamp) - interval '1 month',
        interval '1 month') AS g) AS w
  LEFT JOIN ej.verification AS v ON v.class_id = c.id AND v.month_on = w.month_on
$$;

-- The facts of families, as of today (CTL-14, DIA-17).
--   visit      no guardian has been in the diary for so many days; not of families who get all on paper
--   informing  the family is to be informed again (ej.informing_of)
CREATE OR REPLACE FUNCTION ej.duty_visits(classes bigint[], from_on date, till_on date) RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 1000 AS $$
WITH c AS MATERIALIZED (
    SELECT c.id, c.class_teacher_id, d.today, ej.duty_limit_of(c.school_id, 'visit') AS days
      FROM ej.class AS c JOIN ej.school_today AS d ON d.school_id = c.school_id
     WHERE c.id = ANY ($1)
), i AS MATERIALIZED (
    SELECT i.pupil_id, i.class_id, i.is_paper, i.is_overdue, i.days FROM ej.informing_of($1) AS i
), v AS MATERIALIZED (
    SELECT w.pupil_id, max(v.seen_on) AS seen_on
      FROM ej.guardianship AS w
      JOIN ej.guardian AS g ON g.id = w.guardian_id
      JOIN ej.account AS a ON a.person_id = g.person_id
     CROSS JOIN LATERAL (SELECT max(v.seen_on) AS seen_on FROM ej.visit AS v WHERE v.account_id = a.id OFFSET 0) AS v
     WHERE w.pupil_id = ANY (ARRAY(SELECT i.pupil_id FROM i))
     GROUP BY w.pupil_id
)
SELECT k.duty_key::text, k.is_undone, least($3, c.today), NULL::bigint, c.id, c.class_teacher_id, NULL::bigint,
       NULL::bigint, i.pupil_id, NULL::text, k.amount::numeric, k.norm::numeric
  FROM c
  JOIN i ON i.class_id = c.id
  LEFT JOIN v ON v.pupil_id = i.pupil_id
 CROSS JOIN LATERAL (VALUES
       ('visit', CASE WHEN NOT i.is_paper THEN coalesce(c.today - v.seen_on > c.days, true) END,
        c.today - v.seen_on, c.days),
       ('informing', i.is_overdue, i.days, NULL)
       ) AS k(duty_key, is_undone, amount, norm)
 WHERE k.is_undone IS NOT NULL
$$;

-- The facts of families by weeks.
--   receipt    a week with lessons whose days for being acknowledged ended in these days, and nobody has seen it
CREATE OR REPLACE FUNCTION ej.duty_families(classes bigint[], from_on date, till_on date) RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 1000 AS $$
WITH c AS MATERIALIZED (
    SELECT c.id, c.class_teacher_id, s.receipt_ways, s.receipt_opens + s.receipt_days - 1 AS days, d.today, y.during
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
      JOIN ej.school_today AS d ON d.school_id = s.id
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     WHERE c.id = ANY ($1)
), w AS MATERIALIZED (
    SELECT c.id AS class_id, c.class_teacher_id, c.receipt_ways, g::date AS monday
      FROM c
     CROSS JOIN LATERAL generate_series( -- from the week of the first lesson, which may begin before the year
           greatest(date_trunc('week', ($2 - c.days)::timestamp + interval '6 days'),
                    date_trunc('week', lower(c.during)::timestamp)),
           (least($3, c.today - 1) - c.days)::timestamp, interval '7 days') AS g
     WHERE c.receipt_ways <> '{}'
       AND EXISTS (SELECT FROM ej.study_group_class AS k
                    CROSS JOIN LATERAL (SELECT FROM ej.lesson AS l
                                         WHERE l.study_group_id = k.study_group_id AND l.held_on >= g::date
                                           AND l.held_on < g::date + 7 AND l.state IN ('planned', 'given') LIMIT 1) AS l
                    WHERE k.class_id = c.id)
), n AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id, n.during FROM ej.enrolment AS n
     WHERE n.class_id = ANY (ARRAY(SELECT w.class_id FROM w))
), r AS MATERIALIZED (
    SELECT DISTINCT r.pupil_id, r.week_on
      FROM ej.receipt AS r JOIN ej.school AS s ON s.id = r.school_id AND r.way = ANY (s.receipt_ways)
     WHERE r.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n)) AND r.week_on >= (SELECT min(w.monday) FROM w)
)
SELECT 'receipt'::text, r.pupil_id IS NULL, w.monday, NULL::bigint, w.class_id, w.class_teacher_id, NULL::bigint,
       NULL::bigint, n.pupil_id, NULL::text, NULL::numeric, NULL::numeric
  FROM w
  JOIN n ON n.class_id = w.class_id AND n.during && daterange(w.monday, w.monday + 6)
  LEFT JOIN r ON r.pupil_id = n.pupil_id AND r.week_on = w.monday
$$;
