-- reports_activity.sql: how the journal was used, month by month (REP-17).

GRANT SELECT, INSERT ON ej.activity TO ej_rule;
GRANT SELECT ON ej.visit, ej.entrance, ej.account, ej.staff, ej.guardian, ej.guardianship, ej.pupil, ej.enrolment,
    ej.class, ej.history TO ej_rule;

-- The accounts of the people of a school on a day: staff, and the guardians and pupils of each class. A guardian
-- of several children counts in the class of the lowest grade.
CREATE OR REPLACE FUNCTION ej.activity_people(school_id bigint, last_on date)
RETURNS TABLE (account_id bigint, role text, staff_id bigint, class_id bigint)
LANGUAGE sql STABLE ROWS 3000 SET search_path = ej, pg_temp AS $$
SELECT a.id, 'staff', s.id, NULL::bigint
  FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id WHERE s.school_id = $1
 UNION ALL
SELECT a.id, 'pupil', NULL, n.class_id
  FROM ej.enrolment AS n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  JOIN ej.account AS a ON a.person_id = p.person_id
 WHERE n.school_id = $1 AND n.during @> $2
 UNION ALL
SELECT x.id, 'guardian', NULL, x.class_id
  FROM (SELECT DISTINCT ON (a.id) a.id, n.class_id
          FROM ej.enrolment AS n
          JOIN ej.class AS c ON c.id = n.class_id
          JOIN ej.guardianship AS w ON w.pupil_id = n.pupil_id AND w.during @> $2
          JOIN ej.guardian AS g ON g.id = w.guardian_id
          JOIN ej.account AS a ON a.person_id = g.person_id
         WHERE n.school_id = $1 AND n.during @> $2
         ORDER BY a.id, c.grade, c.id) AS x
$$;

-- Write the use of the last month of each school for which it is not written yet; returns the number of schools.
-- What is written is not counted again.
CREATE OR REPLACE FUNCTION ej.activity_freeze() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    s    record;
    done bigint := 0;
BEGIN
    FOR s IN SELECT x.school_id, x.month_on, (x.month_on + interval '1 month')::date - 1 AS last_on,
                    x.month_on::timestamp AT TIME ZONE x.tz AS since,
                    (x.month_on + interval '1 month') AT TIME ZONE x.tz AS until
               FROM (SELECT t.school_id, t.tz::text AS tz,
                            (date_trunc('month', t.today::timestamp) - interval '1 month')::date AS month_on
                       FROM ej.school_today AS t) AS x
              WHERE NOT EXISTS (SELECT FROM ej.activity AS a
                                 WHERE a.school_id = x.school_id AND a.month_on = x.month_on) LOOP
        WITH p AS MATERIALIZED (
            SELECT p.account_id, p.role, p.staff_id, p.class_id FROM ej.activity_people(s.school_id, s.last_on) AS p
        ), u AS MATERIALIZED (
            SELECT v.account_id, 1 AS days, 0 AS entrances, 0 AS entries FROM ej.visit AS v
             WHERE v.account_id = ANY (ARRAY(SELECT p.account_id FROM p))
               AND v.seen_on BETWEEN s.month_on AND s.last_on
             UNION ALL
            SELECT e.account_id, 0, 1, 0 FROM ej.entrance AS e
             WHERE e.account_id = ANY (ARRAY(SELECT p.account_id FROM p))
               AND e.made_at >= s.since AND e.made_at < s.until
             UNION ALL
            SELECT h.account_id, 0, 0, 1 FROM ej.history AS h
             WHERE h.school_id = s.school_id AND h.made_at >= s.since AND h.made_at < s.until
        ), n AS MATERIALIZED (
            SELECT u.account_id, sum(u.days) AS days, sum(u.entrances) AS entrances, sum(u.entries) AS entries
              FROM u GROUP BY u.account_id
        )
        INSERT INTO ej.activity (school_id, month_on, role, staff_id, class_id, people, active, entrances, days,
                                 entries)
        SELECT s.school_id, s.month_on, p.role, p.staff_id, p.class_id, count(*), count(n.account_id),
               coalesce(sum(n.entrances), 0), coalesce(sum(n.days), 0), coalesce(sum(n.entries), 0)
          FROM p LEFT JOIN n ON n.account_id = p.account_id
         GROUP BY p.role, p.staff_id, p.class_id
        ON CONFLICT DO NOTHING;
        done := done + 1;
    END LOOP;
    RETURN done;
END
$$;
GRANT EXECUTE ON FUNCTION ej.activity_freeze() TO ej_job;

-- The written months within these days; rows only for the heads of the school.
CREATE OR REPLACE FUNCTION ej.activity_rows(school_id bigint, span daterange)
RETURNS TABLE (month_on date, role text, staff_id bigint, class_id bigint, people int, active int, entrances int,
               days int, entries int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 300 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.month_on, a.role::text, a.staff_id, a.class_id, a.people, a.active, a.entrances, a.days, a.entries
      FROM ej.activity AS a
     WHERE a.school_id = $1 AND $1 = ANY (ej.my_journal_schools())
       AND daterange(a.month_on, (a.month_on + interval '1 month')::date) && $2;
END
$$;
ALTER FUNCTION ej.activity_rows(bigint, daterange) OWNER TO ej_rights;
GRANT SELECT ON ej.activity TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.activity_rows(bigint, daterange) TO ej_web;

-- The rows of the last written month within the days of the filter.
CREATE OR REPLACE FUNCTION ej.report_activity_last(f ej.report_filter)
RETURNS TABLE (month_on date, role text, staff_id bigint, class_id bigint, people int, active int, entrances int,
               days int, entries int)
LANGUAGE sql STABLE ROWS 200 AS $$
SELECT x.month_on, x.role, x.staff_id, x.class_id, x.people, x.active, x.entrances, x.days, x.entries
  FROM (SELECT a.*, max(a.month_on) OVER () AS last_on FROM ej.activity_rows(f.school_id, f.days) AS a) AS x
 WHERE x.month_on = x.last_on
$$;

-- Активность пользователей (REP-17): staff, families by class, and the months.
CREATE OR REPLACE FUNCTION ej.report_activity(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(NULL, NULL, '{people,active,entrances,days,entries}',
                    ARRAY[a.people, a.active, a.entrances, a.days, a.entries], staff_id => a.staff_id,
                    held_on => a.month_on)).*
      FROM ej.report_activity_last(f) AS a WHERE a.role = 'staff';
END
$$;
CREATE OR REPLACE FUNCTION ej.report_activity_families(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(a.class_id, NULL,
                    CASE a.role WHEN 'guardian' THEN '{guardians,guardians_active,guardians_entrances,guardians_days}'
                                ELSE '{pupils,pupils_active,pupils_entrances,pupils_days}' END::text[],
                    ARRAY[a.people, a.active, a.entrances, a.days], held_on => a.month_on)).*
      FROM ej.report_activity_last(f) AS a WHERE a.class_id = ANY (f.class_ids);
END
$$;
CREATE OR REPLACE FUNCTION ej.report_activity_months(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 300 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(a.class_id, NULL, ARRAY[a.role, a.role || '_active', 'entrances', 'entries'],
                    ARRAY[a.people, a.active, a.entrances, a.entries], staff_id => a.staff_id,
                    held_on => a.month_on)).*
      FROM ej.activity_rows(f.school_id, f.days) AS a;
END
$$;
