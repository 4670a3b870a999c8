-- diary.sql: which pupil, week and term a diary page is about. Plain SQL
-- without SET, so that the planner sees through it.

DROP FUNCTION IF EXISTS ej.diary_week(bigint, date);
DROP FUNCTION IF EXISTS ej.diary_term(bigint, bigint);

-- pupil_id NULL: one's own first child, or oneself. week_on NULL: this week;
-- on a Sunday the next one.
CREATE FUNCTION ej.diary_week(pupil_id bigint, week_on date)
RETURNS TABLE (pupil_id bigint, school_id bigint, today_on date, monday date)
LANGUAGE sql STABLE AS $$
    SELECT p.id, p.school_id, d.today_on, x.day - extract(isodow FROM x.day)::int + 1
      FROM ej.pupil AS p
     CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS today_on) AS d
     CROSS JOIN LATERAL (SELECT coalesce($2, CASE WHEN extract(isodow FROM d.today_on) = 7
                                THEN d.today_on + 1 ELSE d.today_on END) AS day) AS x
     WHERE p.id = coalesce($1, (
           SELECT m.id FROM ej.pupil AS m
            WHERE m.id = ANY ((SELECT ej.my_family_pupils())::bigint[])
            ORDER BY m.surname, m.given_name, m.id LIMIT 1))
$$;

-- term_id NULL: the last term that has begun, in the pupil's last class.
CREATE FUNCTION ej.diary_term(pupil_id bigint, term_id bigint)
RETURNS TABLE (pupil_id bigint, class_id bigint, term_id bigint, name text, during daterange)
LANGUAGE sql STABLE AS $$
    SELECT n.pupil_id, n.class_id, e.id, e.name::text, e.during
      FROM (SELECT n.pupil_id, n.class_id FROM ej.enrolment AS n
             WHERE n.pupil_id = $1 ORDER BY n.during DESC LIMIT 1) AS n
      JOIN ej.class AS c ON c.id = n.class_id
      JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.kind <> 'year'
     WHERE e.id = $2 OR $2 IS NULL AND lower(e.during) <= ej.today(c.school_id)
     ORDER BY lower(e.during) DESC LIMIT 1
$$;

REVOKE ALL ON FUNCTION ej.diary_week(bigint, date), ej.diary_term(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.diary_week(bigint, date), ej.diary_term(bigint, bigint) TO ej_web;
