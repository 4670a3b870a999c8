-- reach.sql: how many families agree, have addresses and see the diary: numbers alone, without a row of
-- any person, so that a regional observer may read them.

GRANT SELECT ON ej.consent, ej.contact, ej.accident TO ej_rights;

-- The school in which the reader is a head or an observer; NULL: none.
CREATE OR REPLACE FUNCTION ej.reach_school() RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT s FROM unnest(ej.my_staff_schools()) AS s
             WHERE s = ANY (ej.my_observer_schools() || ej.my_card_schools()));
END
$$;

-- Today's pupils of that school; how many of them have a family that gets everything on paper (paper);
-- and how many of the others have a guardian with a confirmed address: of e-mail, of SMS, of one of the
-- two (any).
CREATE OR REPLACE FUNCTION ej.reach_contacts() RETURNS TABLE (code text, things bigint, part bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 4 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := ej.reach_school();
    day    date := ej.today(school);
BEGIN
    RETURN QUERY
    WITH n AS MATERIALIZED ( -- not by @>, which reads those of all schools
        SELECT n.pupil_id FROM ej.enrolment AS n
         WHERE n.school_id = school AND lower(n.during) <= day AND (upper_inf(n.during) OR upper(n.during) > day)
    ), w AS MATERIALIZED (
        SELECT w.pupil_id, w.guardian_id, c.channel
          FROM n JOIN ej.guardianship AS w ON w.pupil_id = n.pupil_id AND w.during @> day
          JOIN ej.guardian AS g ON g.id = w.guardian_id
          LEFT JOIN LATERAL (SELECT c.channel FROM ej.contact AS c
                              WHERE c.person_id = g.person_id AND c.verified_at IS NOT NULL
                                AND c.suspended_at IS NULL OFFSET 0) AS c ON true
    ), paper AS MATERIALIZED (
        SELECT p.pupil_id FROM ej.paper_pupils_of(ARRAY(SELECT n.pupil_id FROM n)) AS p(pupil_id)
    )
    SELECT v.code, (SELECT count(*) FROM n),
           CASE v.code WHEN 'paper' THEN (SELECT count(*) FROM paper)
                ELSE (SELECT count(DISTINCT w.pupil_id) FROM w
                       WHERE (w.channel = v.code OR v.code = 'any' AND w.channel IS NOT NULL)
                         AND w.pupil_id NOT IN (SELECT p.pupil_id FROM paper AS p)) END
      FROM unnest('{email,sms,any,paper}'::text[]) AS v(code)
     WHERE school IS NOT NULL;
END
$$;
ALTER FUNCTION ej.reach_contacts() OWNER TO ej_rights;

-- Of the school in which the reader is a head or an observer, on its present day:
--   consent   code: the purpose; things: guardians of today's pupils, part: who agree, other: who refused
--   contact   as ej.reach_contacts
--   receipt   code: the Monday of one of the last four open weeks; things: families asked, part: who have
--             seen it
--   accident  code: the school year; things: reported in it, other: not received yet
CREATE OR REPLACE FUNCTION ej.reach_counts()
RETURNS TABLE (theme text, code text, things bigint, part bigint, other bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 12 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school   bigint := ej.reach_school();
    day      date := ej.today(school);
    children bigint[] := ARRAY(SELECT n.pupil_id FROM ej.enrolment AS n
                                WHERE n.school_id = school AND lower(n.during) <= day
                                  AND (upper_inf(n.during) OR upper(n.during) > day));
BEGIN
    RETURN QUERY
    WITH w AS MATERIALIZED (
        SELECT w.pupil_id, w.guardian_id FROM ej.guardianship AS w
         WHERE w.pupil_id = ANY (children) AND w.during @> day
    ), said AS MATERIALIZED (
        SELECT v.purpose, v.n, c.answer
          FROM w
         CROSS JOIN unnest('{processing,email,sms,calendar,publication}'::text[]) WITH ORDINALITY AS v(purpose, n)
          LEFT JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, v.purpose) AS c ON true
    )
    SELECT 'consent', s.purpose, count(*), count(*) FILTER (WHERE s.answer = 'given'),
           count(*) FILTER (WHERE s.answer <> 'given')
      FROM said AS s GROUP BY s.purpose, s.n
     UNION ALL
    SELECT 'contact', c.code, c.things, c.part, NULL FROM ej.reach_contacts() AS c
     UNION ALL
    SELECT 'receipt', x.week_on::text, count(*), count(*) FILTER (WHERE x.state IN ('done', 'late')), NULL
      FROM ej.receipt_states_of(children, ARRAY(SELECT day - extract(isodow FROM day)::int + 1 - 7 * i.n
                                                  FROM generate_series(0, 3) AS i(n))) AS x
     WHERE x.state <> 'early' GROUP BY x.week_on
     UNION ALL
    SELECT 'accident', y.year::text, count(a.id), NULL, count(a.id) FILTER (WHERE a.received_at IS NULL)
      FROM ej.school_year AS y
      LEFT JOIN ej.accident AS a ON a.school_id = y.school_id AND y.during @> a.happened_on
     WHERE y.school_id = school AND y.during @> day GROUP BY y.year;
END
$$;
ALTER FUNCTION ej.reach_counts() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.reach_counts, ej.reach_contacts TO ej_web;
