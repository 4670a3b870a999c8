-- informing.sql: when each family was last informed (DIA-07, DIA-08, DIA-17).

-- A talk with a family is recorded for the reader.
ALTER TABLE ej.informing ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- The pupils of the classes of the year that the reader leads or heads, each with the last day on which
-- the family was informed: a receipt of the diary, a paper, a talk. is_overdue: the days of the school's
-- settings are over; for a pupil whose family nobody has informed they are counted from the enrolment
-- or the first day of the school year. Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.informing_last()
RETURNS TABLE (pupil_id bigint, class_id bigint, is_paper boolean, informed_on date, way text, is_overdue boolean)
LANGUAGE sql STABLE ROWS 500 AS $$
WITH c AS MATERIALIZED (
    SELECT c.id, c.school_id, lower(y.during) AS starts_on, d.day
      FROM ej.class AS c
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
     WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND c.year = (SELECT ej.shown_year())
       AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
            OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
), n AS MATERIALIZED (
    SELECT n.pupil_id, c.id AS class_id, c.school_id, c.day, greatest(c.starts_on, lower(n.during)) AS came_on
      FROM c JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> c.day
), paper AS MATERIALIZED (
    SELECT ej.paper_pupils(ARRAY(SELECT n.pupil_id FROM n)) AS pupil_id
), told AS MATERIALIZED (
    SELECT r.pupil_id, (max(r.made_at) AT TIME ZONE (SELECT min(s.tz) FROM ej.school AS s
            WHERE s.id = ANY (ARRAY(SELECT n.school_id FROM n))))::date AS day, 'receipt' AS way
      FROM ej.receipt AS r
     WHERE r.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n)) GROUP BY r.pupil_id
     UNION ALL
    SELECT b.pupil_id, (max(b.printed_at) AT TIME ZONE (SELECT min(s.tz) FROM ej.school AS s
            WHERE s.id = ANY (ARRAY(SELECT n.school_id FROM n))))::date, 'paper'
      FROM ej.paper AS b
     WHERE b.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n)) GROUP BY b.pupil_id
     UNION ALL
    (SELECT DISTINCT ON (i.pupil_id) i.pupil_id, i.informed_on, i.way::text
      FROM ej.informing AS i WHERE i.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n))
     ORDER BY i.pupil_id, i.informed_on DESC)
), last AS MATERIALIZED (
    SELECT DISTINCT ON (t.pupil_id) t.pupil_id, t.day, t.way FROM told AS t ORDER BY t.pupil_id, t.day DESC, t.way
)
SELECT n.pupil_id, n.class_id, b.pupil_id IS NOT NULL, l.day, l.way,
       n.day - coalesce(l.day, n.came_on)
           > CASE WHEN b.pupil_id IS NOT NULL THEN s.informing_paper_days ELSE s.informing_days END
  FROM n
  JOIN ej.school AS s ON s.id = n.school_id
  LEFT JOIN paper AS b ON b.pupil_id = n.pupil_id
  LEFT JOIN last AS l ON l.pupil_id = n.pupil_id
$$;
