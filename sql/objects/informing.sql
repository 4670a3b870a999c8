-- informing.sql: when each family was last informed (DIA-07, DIA-08, DIA-17), and what the class teacher
-- tells a family in person, since no letter has brought it.

-- A talk with a family is recorded for the reader.
ALTER TABLE ej.informing ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- The pupils of these classes, each with the last day on which the family was informed: a receipt of
-- the diary, a paper, a certified copy, a talk. is_overdue: the days of the school's settings are over;
-- for a pupil whose family nobody has informed they are counted from the enrolment or the first day of
-- the school year. days: since that day; NULL if nobody has informed the family. It checks no right: its callers do.
CREATE OR REPLACE FUNCTION ej.informing_of(classes bigint[])
RETURNS TABLE (pupil_id bigint, class_id bigint, is_paper boolean, informed_on date, way text, is_overdue boolean,
               days int)
LANGUAGE sql STABLE ROWS 500 SET search_path = ej, pg_temp AS $$
WITH c AS MATERIALIZED (
    SELECT c.id, d.tz, lower(y.during) AS starts_on, d.today AS day, s.informing_days, s.informing_paper_days
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
      JOIN ej.school_today AS d ON d.school_id = c.school_id
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     WHERE c.id = ANY (classes)
), n AS MATERIALIZED (
    SELECT n.pupil_id, c.id AS class_id, c.day, c.informing_days, c.informing_paper_days,
           greatest(c.starts_on, lower(n.during)) AS came_on
      FROM c JOIN ej.enrolment AS n ON n.class_id = c.id AND n.during @> c.day
), told AS MATERIALIZED (
    SELECT r.pupil_id, (max(r.made_at) AT TIME ZONE (SELECT min(c.tz) FROM c))::date AS day, 'receipt' AS way
      FROM ej.receipt AS r
     WHERE r.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n)) GROUP BY r.pupil_id
     UNION ALL
    SELECT b.pupil_id, (max(b.printed_at) AT TIME ZONE (SELECT min(c.tz) FROM c))::date, 'paper'
      FROM (SELECT b.pupil_id, b.printed_at FROM ej.paper AS b
             WHERE b.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n))
             UNION ALL
            SELECT x.pupil_id, x.made_at FROM ej.extract AS x
             WHERE x.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n)) AND x.void_at IS NULL) AS b
     GROUP BY b.pupil_id
     UNION ALL
    (SELECT DISTINCT ON (i.pupil_id) i.pupil_id, i.informed_on, i.way::text
      FROM ej.informing AS i WHERE i.pupil_id = ANY (ARRAY(SELECT n.pupil_id FROM n))
     ORDER BY i.pupil_id, i.informed_on DESC)
), last AS MATERIALIZED (
    SELECT DISTINCT ON (t.pupil_id) t.pupil_id, t.day, t.way FROM told AS t ORDER BY t.pupil_id, t.day DESC, t.way
), x AS (
    SELECT n.pupil_id, n.class_id, n.day, n.came_on,
           n.pupil_id IN (SELECT ej.paper_pupils_of(ARRAY(SELECT n.pupil_id FROM n))) AS is_paper,
           n.informing_days, n.informing_paper_days
      FROM n
)
SELECT x.pupil_id, x.class_id, x.is_paper, l.day, l.way,
       x.day - coalesce(l.day, x.came_on) > CASE WHEN x.is_paper THEN x.informing_paper_days ELSE x.informing_days END,
       x.day - l.day
  FROM x LEFT JOIN last AS l ON l.pupil_id = x.pupil_id
$$;

-- The pupils of ej.informing_of() in the classes of the year that the reader leads, or heads as director, deputy or
-- administrator.
CREATE OR REPLACE FUNCTION ej.informing_last()
RETURNS TABLE (pupil_id bigint, class_id bigint, is_paper boolean, informed_on date, way text, is_overdue boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 500 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT x.pupil_id, x.class_id, x.is_paper, x.informed_on, x.way, x.is_overdue
      FROM ej.informing_of(ARRAY(
           SELECT c.id FROM ej.class AS c
            WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND c.year = (SELECT ej.shown_year())
              AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
                   OR c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])))) AS x;
END
$$;
ALTER FUNCTION ej.informing_last() OWNER TO ej_rights;
GRANT SELECT ON ej.extract, ej.paper, ej.receipt, ej.informing TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.informing_last TO ej_web;

-- What a class teacher is to tell in person: notices of the last week, of an accident of which parents are not
-- told yet or of an absence in the last fortnight that is still recorded so, that no guardian of the child has
-- read in the journal or got by letter or short message: none goes to them, all failed, or it waits for half an
-- hour. What was told is not returned.
CREATE OR REPLACE FUNCTION ej.informing_due() RETURNS TABLE (notice_id bigint, pupil_id bigint, kind text, held_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    led    bigint[] := ej.my_class_pupils();
    silent timestamptz := now() - interval '30 minutes'; -- what waits since then does not arrive in time
BEGIN
    IF led = '{}' THEN -- without the search, which every start page of the staff would make
        RETURN;
    END IF;
    RETURN QUERY
    SELECT n.id, n.pupil_id, n.kind::text, CASE WHEN n.kind = 'accident' THEN (n.made_at AT TIME ZONE s.tz)::date
                                                ELSE n.fact_key::date END
      FROM ej.notice AS n
      JOIN ej.school AS s ON s.id = n.school_id
     WHERE n.open_pupil_id = ANY (led) AND n.kind = ANY ('{accident,unexplained,unjustified}')
       AND n.made_at > now() - interval '7 days'
       AND NOT EXISTS (SELECT FROM ej.informing AS i WHERE i.pupil_id = n.pupil_id AND i.notice_id = n.id OFFSET 0)
       AND NOT EXISTS (
           SELECT FROM ej.notice_for AS f
             JOIN ej.guardian AS g ON g.person_id = f.person_id
             JOIN ej.guardianship AS w ON w.guardian_id = g.id AND w.pupil_id = n.pupil_id
            WHERE f.notice_id = n.id
              AND (f.read_at IS NOT NULL OR f.send_at > silent
                   OR EXISTS (SELECT FROM (SELECT x.outbound_id FROM ej.outbound_notice AS x
                                            WHERE x.notice_for_id = f.id OFFSET 0) AS x
                               CROSS JOIN LATERAL (SELECT o.state, o.made_at FROM ej.outbound AS o
                                                    WHERE o.id = x.outbound_id OFFSET 0) AS o
                               WHERE o.state = 'sent'
                                  OR o.state IN ('waiting', 'sending', 'deferred') AND o.made_at > silent)))
       AND (n.kind = 'accident' OR n.fact_key::date > ej.today(n.school_id) - 14)
       AND CASE n.kind WHEN 'accident' THEN EXISTS (
           SELECT FROM ej.accident AS x
            WHERE x.id::text = n.fact_key AND x.pupil_id = n.pupil_id AND x.parents_told_on IS NULL)
       ELSE EXISTS (
           SELECT FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id
            WHERE a.pupil_id = n.pupil_id AND a.code = CASE n.kind WHEN 'unexplained' THEN 'н' ELSE 'п' END
              AND l.held_on = n.fact_key::date) END
     ORDER BY n.kind <> 'accident', n.made_at, n.id LIMIT 50;
END
$$;

-- Record that the class teacher has told the family of a notice in person, today; twice is once.
-- Errors: JE401 a notice about no pupil of the own class.
CREATE OR REPLACE FUNCTION ej.informing_tell(notice_id bigint, way text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    n ej.notice;
BEGIN
    SELECT x.* INTO n FROM ej.notice AS x
     WHERE x.id = informing_tell.notice_id AND x.open_pupil_id = ANY (ej.my_class_pupils()) FOR UPDATE;
    IF n.id IS NULL THEN
        RAISE EXCEPTION 'no such notice' USING ERRCODE = 'JE401';
    END IF;
    INSERT INTO ej.informing (school_id, pupil_id, way, informed_on, staff_id, notice_id)
    SELECT n.school_id, n.pupil_id, informing_tell.way, ej.today(n.school_id), (ej.my_staff())[1], n.id
     WHERE NOT EXISTS (SELECT FROM ej.informing AS i WHERE i.notice_id = n.id);
END
$$;

GRANT SELECT, INSERT ON ej.informing TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.informing_due, ej.informing_tell TO ej_web;
