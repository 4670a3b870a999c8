-- slips.sql: activation codes for a class or for the staff, printed as slips (ACC-06 to
-- ACC-10).
--
-- The administrator issues codes to everybody of the school, a class teacher to the pupils
-- and parents of the own class; but a parent who also works in a school gets the code from
-- the administrator, since it opens the rights of that work, too. A code is returned once,
-- by the call that makes it: the table has only its digest. Each new code of a person
-- withdraws the unused one.

GRANT SELECT (person_id, school_id, made_at, expires_at, used_at) ON ej.activation TO ej_rights;
GRANT INSERT, DELETE ON ej.activation TO ej_rule;

-- The pupils of these classes with their parents, and the staff of these schools, and what
-- is known of each person's access:
--   state  active   has an account
--          issued   has no usable account yet, but a valid code
--          expired  the code was never used and is no longer valid
--          blocked  the account is blocked, and there is no valid code
--          none     was never given a code
-- code_until is the last day of a valid code, code_at the time of the last code, seen_on
-- the last day in the journal (kept for 90 days), is_staff whether the person works in a
-- school. Parents of several children of a class come once for each child.
CREATE OR REPLACE FUNCTION ej.slip_persons(class_ids bigint[], schools bigint[])
RETURNS TABLE (class_id bigint, pupil_id bigint, person_id bigint, school_id bigint, kind text,
    name text, note text, is_staff boolean, state text, code_until date, code_at timestamptz,
    seen_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH n AS MATERIALIZED (
        SELECT DISTINCT e.class_id, e.pupil_id, t.today
          FROM ej.enrolment AS e JOIN ej.school_today AS t ON t.school_id = e.school_id
         WHERE e.class_id = ANY (class_ids) AND (upper_inf(e.during) OR upper(e.during) > t.today)
    ), x AS MATERIALIZED (
        SELECT n.class_id, n.pupil_id, p.person_id, p.school_id, 'pupil' AS kind,
               p.surname, p.given_name, p.patronymic, '' AS note
          FROM n JOIN ej.pupil AS p ON p.id = n.pupil_id
         UNION ALL
        SELECT n.class_id, n.pupil_id, g.person_id, g.school_id, 'guardian',
               g.surname, g.given_name, g.patronymic, k.kind
          FROM n JOIN ej.guardianship AS k ON k.pupil_id = n.pupil_id
           AND (upper_inf(k.during) OR upper(k.during) > n.today)
          JOIN ej.guardian AS g ON g.id = k.guardian_id
         UNION ALL
        SELECT NULL, NULL, f.person_id, f.school_id, 'staff', f.surname, f.given_name, f.patronymic, f.post
          FROM ej.staff AS f JOIN ej.school_today AS t ON t.school_id = f.school_id
         WHERE f.school_id = ANY (schools) AND (upper_inf(f.during) OR upper(f.during) > t.today)
    ), w AS MATERIALIZED ( -- those of them who work in a school
        SELECT DISTINCT f.person_id
          FROM ej.staff AS f JOIN ej.school_today AS t ON t.school_id = f.school_id
         WHERE f.person_id = ANY (ARRAY(SELECT x.person_id FROM x))
           AND (upper_inf(f.during) OR upper(f.during) > t.today)
    )
    SELECT x.class_id, x.pupil_id, x.person_id, x.school_id, x.kind,
           concat_ws(' ', x.surname, x.given_name, nullif(x.patronymic, '')), x.note::text,
           w.person_id IS NOT NULL,
           CASE WHEN a.id IS NOT NULL AND a.blocked_at IS NULL THEN 'active'
                WHEN c.expires_at > now() THEN 'issued'
                WHEN a.blocked_at IS NOT NULL THEN 'blocked'
                WHEN c.expires_at IS NOT NULL THEN 'expired' ELSE 'none' END,
           CASE WHEN c.expires_at > now() THEN (c.expires_at AT TIME ZONE o.tz)::date END, c.made_at,
           (SELECT max(v.seen_on) FROM ej.visit AS v WHERE v.account_id = a.id)
      FROM x
      JOIN ej.school AS o ON o.id = x.school_id
      LEFT JOIN w ON w.person_id = x.person_id
      LEFT JOIN ej.account AS a ON a.person_id = x.person_id
     CROSS JOIN LATERAL (SELECT max(v.expires_at) FILTER (WHERE v.used_at IS NULL) AS expires_at,
                                max(v.made_at) AS made_at
                           FROM ej.activation AS v
                          WHERE v.person_id = x.person_id AND v.school_id = x.school_id) AS c
     ORDER BY x.kind = 'staff', x.pupil_id, x.kind = 'guardian', x.surname, x.given_name, x.patronymic, x.person_id;
END
$$;

-- The classes of the present and the coming year that the reader leads or answers for, and
-- the staff (class_id NULL) for the heads: how many people have which state; how many
-- families (pupils) there are, and how many in which nobody has an account or a code. No
-- person is named, so deputies may read the numbers, too (readiness).
CREATE OR REPLACE FUNCTION ej.slip_counts()
RETURNS TABLE (class_id bigint, name text, year int, people bigint, active bigint, issued bigint, missing bigint,
    families bigint, apart bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    heads   bigint[] := ej.my_journal_schools();
    class_ids bigint[] := ARRAY(
        SELECT c.id FROM ej.class AS c
          JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
          JOIN ej.school_today AS t ON t.school_id = c.school_id
         WHERE c.school_id = ANY (heads) AND upper(y.during) > t.today) || ej.my_classes();
BEGIN
    RETURN QUERY
    WITH p AS MATERIALIZED (
        SELECT p.class_id, p.pupil_id, p.person_id, p.state FROM ej.slip_persons(class_ids, heads) AS p
    ), s AS MATERIALIZED (
        SELECT DISTINCT p.class_id, p.person_id, p.state FROM p
    ), f AS MATERIALIZED (
        SELECT f.class_id, count(*) AS families, count(*) FILTER (WHERE NOT f.is_reached) AS apart
          FROM (SELECT p.class_id, p.pupil_id, bool_or(p.state IN ('active', 'issued')) AS is_reached
                  FROM p WHERE p.pupil_id IS NOT NULL GROUP BY 1, 2) AS f
         GROUP BY f.class_id
    ), g AS MATERIALIZED (
        SELECT s.class_id, count(*) AS people, count(*) FILTER (WHERE s.state = 'active') AS active,
               count(*) FILTER (WHERE s.state = 'issued') AS issued
          FROM s GROUP BY s.class_id
    )
    SELECT c.id, c.name::text, c.year, coalesce(g.people, 0), coalesce(g.active, 0), coalesce(g.issued, 0),
           coalesce(g.people - g.active - g.issued, 0), coalesce(f.families, 0), coalesce(f.apart, 0)
      FROM (SELECT NULL::bigint AS id, NULL AS name, NULL::int AS year, NULL::int AS grade, NULL AS letter
             WHERE heads <> '{}'
             UNION ALL
            SELECT c.id, c.name, c.year, c.grade, c.letter FROM ej.class AS c WHERE c.id = ANY (class_ids)) AS c
      LEFT JOIN g ON g.class_id IS NOT DISTINCT FROM c.id
      LEFT JOIN f ON f.class_id = c.id
     ORDER BY c.year DESC NULLS FIRST, c.grade, c.letter, c.id;
END
$$;

-- The people of a class (NULL: the staff) whose codes the reader issues, or as director
-- reads about; nobody for others.
CREATE OR REPLACE FUNCTION ej.slip_people(class_id bigint)
RETURNS TABLE (pupil_id bigint, person_id bigint, kind text, name text, note text, is_staff boolean,
    state text, code_until date, code_at timestamptz, seen_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    class_ids bigint[] := ARRAY(
        SELECT c.id FROM ej.class AS c WHERE c.id = slip_people.class_id
           AND (c.id = ANY (ej.my_classes()) OR c.school_id = ANY (ej.my_account_schools())));
BEGIN
    RETURN QUERY
    SELECT p.pupil_id, p.person_id, p.kind, p.name, p.note, p.is_staff, p.state, p.code_until, p.code_at, p.seen_on
      FROM ej.slip_persons(class_ids,
                           CASE WHEN slip_people.class_id IS NULL THEN ej.my_account_schools() ELSE '{}' END) AS p;
END
$$;

-- A text that changes with each code of these people: a form sends the one that it
-- showed, so that it is not sent twice.
CREATE OR REPLACE FUNCTION ej.slip_state(class_id bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(max((extract(epoch FROM p.code_at) * 1000000)::bigint), 0)::text FROM ej.slip_people(class_id) AS p
$$;

-- Issue codes to people of a class (NULL: to staff), valid for some days, and return them:
-- to these persons, or (person_ids NULL) to all of only_kind (NULL: all) who have
-- neither an account nor a valid code. learned_at: since then others know the log-ins of
-- these persons, which are blocked (incidents.sql). state: the text of ej.slip_state() that the
-- form showed.
-- Errors: JE302 no live session; JE350 the second factor is wanted again; JE401 no such class, or
-- no such person in it; JE301 the user may not issue codes to these people; JE260 codes were
-- issued since the form was shown; JE261 a parent who works in a school gets the code from the
-- administrator; JE262 there is nobody without a code.
CREATE OR REPLACE FUNCTION ej.slip_issue(class_id bigint, person_ids bigint[], only_kind text, days int, state text,
    learned_at timestamptz DEFAULT NULL)
RETURNS TABLE (person_id bigint, kind text, name text, note text, pupils text, code text, code_until date)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    asker    bigint := (ej.author()).account_id;
    admins   bigint[] := ej.my_admin_schools();
    is_admin boolean;
    chosen   bigint[];
BEGIN
    IF asker IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    PERFORM ej.factor_again(); -- a code for a colleague is that colleague's log-in
    -- a class and the staff are issued codes one after the other
    PERFORM pg_advisory_xact_lock(hashtext('ej.slip_issue'), coalesce(slip_issue.class_id % 2147483647, 0)::int);
    IF slip_issue.class_id IS NOT NULL AND NOT EXISTS (SELECT FROM ej.class AS c
            WHERE c.id = slip_issue.class_id
              AND (c.id = ANY (ej.my_classes()) OR c.school_id = ANY (ej.my_account_schools()))) THEN
        RAISE EXCEPTION 'no such class' USING ERRCODE = 'JE401';
    END IF;
    is_admin := CASE WHEN slip_issue.class_id IS NULL THEN admins <> '{}' ELSE EXISTS (
        SELECT FROM ej.class AS c WHERE c.id = slip_issue.class_id AND c.school_id = ANY (admins)) END;
    IF NOT is_admin AND (slip_issue.class_id IS NULL OR slip_issue.class_id <> ALL (ej.my_classes())) THEN
        RAISE EXCEPTION 'codes are issued by others here' USING ERRCODE = 'JE301';
    ELSIF EXISTS (SELECT unnest(person_ids) EXCEPT SELECT p.person_id
                    FROM ej.slip_people(slip_issue.class_id) AS p) THEN
        RAISE EXCEPTION 'no such person here' USING ERRCODE = 'JE401';
    ELSIF slip_issue.state <> ej.slip_state(slip_issue.class_id) THEN
        RAISE EXCEPTION 'codes were issued meanwhile' USING ERRCODE = 'JE260';
    ELSIF NOT is_admin AND EXISTS (SELECT FROM ej.slip_people(slip_issue.class_id) AS p
                                    WHERE p.person_id = ANY (person_ids) AND p.is_staff) THEN
        RAISE EXCEPTION 'works in a school' USING ERRCODE = 'JE261', COLUMN = 'person_id';
    END IF;
    chosen := coalesce(person_ids, ARRAY(
        SELECT p.person_id FROM ej.slip_people(slip_issue.class_id) AS p
         WHERE p.state IN ('none', 'expired') AND (is_admin OR NOT p.is_staff)
           AND p.kind = coalesce(slip_issue.only_kind, p.kind)));
    IF chosen = '{}' THEN
        RAISE EXCEPTION 'nobody is without a code' USING ERRCODE = 'JE262';
    END IF;
    IF learned_at IS NOT NULL AND NOT ej.is_training((ej.my_staff_schools())[1]) THEN -- which blocks the account
        PERFORM ej.incident_open(p.id, slip_issue.learned_at, (ej.author()).person_id) FROM unnest(chosen) AS p(id);
    END IF;
    RETURN QUERY SELECT * FROM ej.slip_make(slip_issue.class_id, chosen, days);
END
$$;

-- Make the codes of ej.slip_issue(), which has checked everything.
CREATE OR REPLACE FUNCTION ej.slip_make(class_id bigint, person_ids bigint[], days int)
RETURNS TABLE (person_id bigint, kind text, name text, note text, pupils text, code text, code_until date)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := coalesce((SELECT c.school_id FROM ej.class AS c WHERE c.id = slip_make.class_id),
                              (ej.my_admin_schools())[1]);
    until  timestamptz := now() + make_interval(days => days);
BEGIN
    DELETE FROM ej.activation AS a
     WHERE a.person_id = ANY (person_ids) AND a.school_id = school AND a.used_at IS NULL;
    RETURN QUERY
    WITH new AS MATERIALIZED (
        SELECT p.person_id, min(p.kind) AS kind, min(p.name) AS name, min(p.note) AS note,
               string_agg(u.name, ', ' ORDER BY u.name) AS pupils, ej.new_code() AS code, min(p.n) AS n
          FROM (SELECT p.*, row_number() OVER () AS n FROM ej.slip_people(slip_make.class_id) AS p) AS p
          LEFT JOIN LATERAL (SELECT concat_ws(' ', u.surname, u.given_name) AS name FROM ej.pupil AS u
                              WHERE u.id = p.pupil_id AND p.kind = 'guardian') AS u ON true
         WHERE p.person_id = ANY (person_ids)
         GROUP BY p.person_id
    ), made AS (
        INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at)
        SELECT ej.code_sha256(n.code), n.person_id, school, until FROM new AS n
    )
    SELECT n.person_id, n.kind, n.name, n.note, n.pupils, n.code, (until AT TIME ZONE o.tz)::date
      FROM new AS n JOIN ej.school AS o ON o.id = school
     ORDER BY n.n;
END
$$;

ALTER FUNCTION ej.slip_persons OWNER TO ej_rights;
ALTER FUNCTION ej.slip_counts OWNER TO ej_rights;
ALTER FUNCTION ej.slip_people OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.slip_persons TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.slip_people TO ej_rule, ej_web;
GRANT EXECUTE ON FUNCTION ej.slip_counts, ej.slip_issue TO ej_web;
