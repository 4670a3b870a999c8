-- automation.sql: the processes that the deputy's duties want automated (S4, clauses 6 and 16), each with its
-- present count: only numbers, so that a regional observer may read them (CTL-15).

GRANT SELECT ON ej.term_plan, ej.holiday, ej.mode, ej.plan, ej.plan_use, ej.timetable, ej.control_work,
    ej.substitution, ej.remark, ej.message, ej.notice, ej.movement, ej.scale, ej.work_kind, ej.extract, ej.history,
    ej.term_mark, ej.lesson, ej.homework, ej.staff_role TO ej_rights;

-- The processes of both clauses in their order, with counts of the present year of the school in which the reader
-- is a head or an observer: the number of things, and the number of those for which the process is done (part;
-- NULL where nothing is due for each thing). No rows before the school has a year.
-- The rows of the year are chosen by id + 0: an index on the id would read those of all schools.
CREATE OR REPLACE FUNCTION ej.automation_counts()
RETURNS TABLE (clause int, n int, code text, things bigint, part bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 35 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school  bigint := ej.reach_school();
    day     date := ej.today(school);
    y       ej.school_year;
    low     bigint;
    high    bigint;
BEGIN
    SELECT o.* INTO y FROM ej.school_year AS o
     WHERE o.school_id = school AND upper(o.during) > day ORDER BY o.year LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    low := y.year * 10000000000;
    high := (y.year + 1) * 10000000000;
    RETURN QUERY
    WITH t AS MATERIALIZED (
        SELECT t.id, g.kind FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
         WHERE t.school_id = school AND t.year = y.year
    ), l AS MATERIALIZED (
        SELECT count(*) AS given, count(l.attendance_at) AS checked, count(l.homework) AS told
          FROM ej.lesson AS l
         WHERE l.school_id = school AND l.held_on BETWEEN lower(y.during) AND day AND l.state = 'given'
           AND l.id + 0 >= low AND l.id + 0 < high
    ), n AS MATERIALIZED (
        SELECT count(*) AS pupils FROM ej.enrolment AS n
         WHERE n.school_id = school AND lower(n.during) <= day AND (upper_inf(n.during) OR upper(n.during) > day)
    )
    SELECT 6, 1, 'terms', (SELECT count(*) FROM ej.term_plan AS p
                             JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught
                            WHERE p.school_id = school AND p.year = y.year), NULL::bigint
     UNION ALL SELECT 6, 2, 'holidays', (SELECT count(*) FROM ej.holiday AS h
                            WHERE h.school_id = school AND h.year = y.year), NULL
     UNION ALL SELECT 6, 3, 'pupils', (SELECT n.pupils FROM n), NULL
     UNION ALL SELECT 6, 4, 'groups', (SELECT count(*) FROM ej.study_group AS g
                            WHERE g.school_id = school AND g.year = y.year), NULL
     UNION ALL SELECT 6, 5, 'individual', (SELECT count(DISTINCT b.pupil_id) FROM ej.study_group AS g
                              JOIN ej.membership AS b ON b.study_group_id = g.id AND b.during @> day
                             WHERE g.school_id = school AND g.year = y.year AND g.kind IN ('individual', 'home')), NULL
     UNION ALL SELECT 6, 6, 'modes', (SELECT count(*) FROM ej.mode AS m
                            WHERE m.school_id = school AND NOT isempty(m.during * y.during)), NULL
     UNION ALL SELECT 6, 7, 'load', (SELECT count(*) FROM t), NULL
     UNION ALL SELECT 6, 8, 'plans', (SELECT count(*) FROM t),
                      (SELECT count(*) FROM t JOIN ej.plan_use AS u ON u.teaching_id = t.id
                         JOIN ej.plan AS p ON p.id = u.plan_id AND p.state = 'approved')
     UNION ALL SELECT 6, 9, 'timetable', (SELECT count(*) FROM t),
                      (SELECT count(DISTINCT x.teaching_id) FROM t JOIN ej.timetable AS x ON x.teaching_id = t.id
                        WHERE x.during @> day)
     UNION ALL SELECT 6, 10, 'controls', (SELECT count(*) FROM ej.control_work AS c
                            WHERE c.school_id = school AND c.held_on <@ y.during), NULL
     UNION ALL SELECT 6, 11, 'substitutions', (SELECT count(*) FROM ej.substitution AS s
                            WHERE s.school_id = school AND s.held_on <@ y.during), NULL
     UNION ALL SELECT 6, 12, 'homework', (SELECT l.given FROM l), (SELECT l.told FROM l)
     UNION ALL SELECT 6, 13, 'remarks', (SELECT count(*) FROM ej.remark AS r
                            WHERE r.school_id = school AND r.made_on <@ y.during), NULL
     UNION ALL SELECT 6, 14, 'notices', (SELECT count(*) FROM ej.notice AS o
                            WHERE o.school_id = school AND o.made_at >= lower(y.during)), NULL
     UNION ALL SELECT 6, 15, 'messages', (SELECT count(*) FROM ej.message AS m
                            WHERE m.school_id = school AND m.id + 0 >= low AND m.id + 0 < high), NULL
     UNION ALL SELECT 6, 16, 'attendance', (SELECT l.given FROM l), (SELECT l.checked FROM l)
     UNION ALL SELECT 6, 17, 'marks', (SELECT count(*) FROM ej.mark AS m WHERE m.school_id = school
                              AND m.work_id + 0 >= low AND m.work_id + 0 < high AND m.value IS NOT NULL), NULL
     UNION ALL SELECT 6, 18, 'control_marks', (SELECT count(*) FROM ej.work AS w
                              JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.is_control
                             CROSS JOIN LATERAL (SELECT FROM ej.mark AS m
                                                  WHERE m.work_id = w.id AND m.value IS NOT NULL OFFSET 0) AS m
                             WHERE w.school_id = school AND w.id + 0 >= low AND w.id + 0 < high), NULL
     UNION ALL SELECT 6, 19, 'finals', (SELECT count(*) FROM ej.term_plan AS p
                              JOIN ej.term AS e ON e.term_plan_id = p.id
                              JOIN ej.term_mark AS m ON m.term_id = e.id AND m.value IS NOT NULL
                             WHERE p.school_id = school AND p.year = y.year), NULL
     UNION ALL SELECT 6, 20, 'results', (SELECT n.pupils FROM n),
                      (SELECT count(DISTINCT m.pupil_id) FROM ej.term_plan AS p
                         JOIN ej.term AS e ON e.term_plan_id = p.id
                         JOIN ej.term_mark AS m ON m.term_id = e.id AND m.value IS NOT NULL
                        WHERE p.school_id = school AND p.year = y.year)
     UNION ALL SELECT 16, 1, 'teachers', (SELECT count(DISTINCT t.staff_id) FROM ej.teaching AS t
                             WHERE t.school_id = school AND t.year = y.year), NULL
     UNION ALL SELECT 16, 2, 'changes', (SELECT count(*) FROM ej.history AS h
                            WHERE h.school_id = school AND h.made_at >= lower(y.during)), NULL
     UNION ALL SELECT 16, 3, 'prints', (SELECT count(*) FROM ej.extract AS x
                            WHERE x.school_id = school AND x.year = y.year), NULL
     UNION ALL SELECT 16, 4, 'sheets', (SELECT count(*) FROM ej.class AS c
                            WHERE c.school_id = school AND c.year = y.year), NULL
     UNION ALL SELECT 16, 5, 'analysis', (SELECT count(*) FROM ej.report_list()), NULL
     UNION ALL SELECT 16, 6, 'exports', (SELECT count(*) FROM ej.report_list()), NULL
     UNION ALL SELECT 16, 7, 'lists', (SELECT n.pupils FROM n) + (SELECT count(*) FROM ej.staff AS s
                             WHERE s.school_id = school), NULL
     UNION ALL SELECT 16, 8, 'movements', (SELECT count(*) FROM ej.movement AS m
                            WHERE m.school_id = school AND m.moved_on <@ y.during), NULL
     UNION ALL SELECT 16, 9, 'plans_of_year', (SELECT count(*) FROM ej.term_plan AS p
                            WHERE p.school_id = school AND p.year = y.year), NULL
     UNION ALL SELECT 16, 10, 'scales', (SELECT count(*) FROM ej.scale AS s
                            WHERE s.school_id = school AND s.is_active), NULL;
END
$$;
ALTER FUNCTION ej.automation_counts() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.automation_counts() TO ej_web;
