-- journal_list.sql: which journals the list shows, and in which order.

-- The teachings of the reader's present school whose journals the reader may read, the
-- reader's own first. year NULL: the newest year that has begun. Without SET, so that the planner
-- inlines it into the calling query.
CREATE OR REPLACE FUNCTION ej.journal_listed(class_id bigint, subject_id bigint, staff_id bigint, year int)
RETURNS TABLE (teaching_id bigint, study_group_id bigint, subject_id bigint, staff_id bigint,
               place bigint)
LANGUAGE sql STABLE AS $$
WITH years AS MATERIALIZED (
    SELECT y.school_id, coalesce($4, max(y.year) FILTER (
               WHERE lower(y.during) <= (SELECT ej.my_today())), min(y.year)) AS year
      FROM ej.school_year AS y
     WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) GROUP BY y.school_id
)
SELECT t.id, t.study_group_id, t.subject_id, f.staff_id,
       row_number() OVER (ORDER BY
           f.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) DESC,
           (SELECT min(c.grade) FROM ej.study_group_class AS gc JOIN ej.class AS c ON c.id = gc.class_id
             WHERE gc.study_group_id = t.study_group_id), g.name, s.order_no, s.name, t.id)
  FROM years AS y
  -- only those whose journals the reader may read (the policy of ej.journal), since all staff read every teaching
  JOIN ej.teaching AS t ON t.school_id = y.school_id AND t.year = y.year
   AND (t.id = ANY ((SELECT ej.my_journal_teachings())::bigint[])
        OR t.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  -- of a teaching that will be handed over its teacher of today
  CROSS JOIN LATERAL (
       SELECT coalesce((SELECT f.staff_id FROM ej.teaching_former AS f
                         WHERE f.teaching_id = t.id AND f.during @> (SELECT ej.my_today())),
                               t.staff_id) AS staff_id) AS f
 WHERE EXISTS (SELECT FROM ej.journal AS j WHERE j.teaching_id = t.id)
   AND ($2 IS NULL OR t.subject_id = $2)
   AND ($3 IS NULL OR f.staff_id = $3)
   AND ($1 IS NULL OR EXISTS (
        SELECT FROM ej.study_group_class AS gc
         WHERE gc.study_group_id = t.study_group_id AND gc.class_id = $1))
$$;
