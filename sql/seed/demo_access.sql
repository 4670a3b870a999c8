-- demo_access.sql: of the demo school's people without a log-in some have a code that nobody
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
