-- demo_access.sql: access to the demo school. Of its people without a log-in some have a code that nobody
-- has used yet, some an old one. Codes are random and shown nowhere.

CREATE FUNCTION pg_temp.demo_access(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.activation (code_sha256, person_id, school_id, made_at, expires_at)
    SELECT ej.code_sha256(ej.new_code()), x.person_id, p_school, now() - interval '10 days',
           now() + CASE WHEN x.n % 4 = 0 THEN interval '-1 day' ELSE interval '30 days' END
      FROM (SELECT g.person_id, row_number() OVER (ORDER BY g.id) AS n FROM ej.guardian AS g
             WHERE g.school_id = p_school AND NOT EXISTS (SELECT FROM ej.account AS a WHERE a.person_id = g.person_id)
               AND NOT EXISTS (SELECT FROM ej.activation AS v WHERE v.person_id = g.person_id)) AS x
     WHERE x.n % 3 > 0
$$;

-- Two weeks ago others knew the log-in of a parent of 7Б; it has been changed since.
CREATE FUNCTION pg_temp.demo_incident(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.incident (school_id, person_id, person_name, reporter, learned_at, reported_at, head_at, support_at)
    SELECT p_school, g.person_id, ej.short_name(g.surname, g.given_name, g.patronymic), 'Белова В. К.',
           d.day + time '18:30', d.day + time '18:40', d.day + time '19:05', d.day + interval '1 day 9 hours'
      FROM ej.guardian AS g JOIN ej.account AS a ON a.person_id = g.person_id,
           (SELECT ej.today(p_school) - 14 AS day) AS d
     WHERE g.school_id = p_school AND a.login = 'parent'
$$;
