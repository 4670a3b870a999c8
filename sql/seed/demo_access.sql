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

-- Three of the staff log in with a code of their telephone. Their secrets are shown nowhere, so nobody logs in as
-- them before the administrator has reset their second factor.
CREATE FUNCTION pg_temp.demo_factors(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.factor (account_id, secret, made_at, confirmed_at)
    SELECT a.id, uuid_send(gen_random_uuid()), d.at - interval '1 minute', d.at
      FROM ej.account AS a, (SELECT ej.today(p_school) - 20 + time '15:10' AS at) AS d
     WHERE a.login IN ('t063', 't064', 't070');
    INSERT INTO ej.recovery (account_id, code_sha256)
    SELECT f.account_id, ej.code_sha256(ej.new_code())
      FROM ej.factor AS f JOIN ej.account AS a ON a.id = f.account_id, generate_series(1, 8) AS n
     WHERE a.login IN ('t063', 't064') OR n <= 2
$$;

-- Two people were entered twice: a parent of 6А, and a pupil who left 2А, whose return the office entered as if
-- the school had never seen the child.
CREATE FUNCTION pg_temp.demo_doubles(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    parent ej.guardian := (SELECT g FROM ej.guardian AS g JOIN ej.guardianship AS w ON w.guardian_id = g.id
                            WHERE w.pupil_id = pg_temp.demo_pupil('6А', 3) ORDER BY g.id LIMIT 1);
    child ej.pupil := (SELECT p FROM ej.pupil AS p JOIN ej.enrolment AS e ON e.pupil_id = p.id
                         JOIN ej.class AS c ON c.id = e.class_id
                        WHERE c.school_id = p_school AND c.name = '2А' AND upper(e.during) < '2027-01-01');
    other bigint;
    again bigint;
BEGIN
    INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO other;
    INSERT INTO ej.guardian (school_id, person_id, surname, given_name, patronymic, phone)
    VALUES (p_school, other, parent.surname, parent.given_name, parent.patronymic, parent.phone) RETURNING id INTO again;
    INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id, kind)
    SELECT again, w.pupil_id, p_school, w.kind FROM ej.guardianship AS w WHERE w.guardian_id = parent.id;
    INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO other;
    INSERT INTO ej.pupil (school_id, person_id, surname, given_name, patronymic)
    VALUES (p_school, other, child.surname, child.given_name, child.patronymic) RETURNING id INTO again;
    INSERT INTO ej.pupil_card (pupil_id, school_id, birth_on, sex)
    SELECT again, p_school, k.birth_on, k.sex FROM ej.pupil_card AS k WHERE k.pupil_id = child.id;
END
$$;
