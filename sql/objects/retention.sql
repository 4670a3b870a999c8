-- retention.sql: how long a school keeps a year, and the acts by which a year is destroyed (ARC-07, FED-25).
--
-- An act counts when director and administrator have confirmed it, each with the own account; until the command on the
-- server runs it can be taken back. What is destroyed is in retention_destroy.sql.

GRANT SELECT, INSERT, UPDATE ON ej.retention, ej.destruction TO ej_rule;
GRANT INSERT ON ej.destruction_part TO ej_rule;
GRANT SELECT ON ej.retention, ej.destruction, ej.destruction_part TO ej_rights;

-- The kinds of records that are kept: the journals of a year, and the consolidated sheets of its finals. usual: the
-- years for which they are kept unless the school sets more; it cannot set fewer (FED-25).
CREATE OR REPLACE FUNCTION ej.retention_kinds() RETURNS TABLE (n int, kind text, usual int)
LANGUAGE sql IMMUTABLE AS $$ VALUES (1, 'journal', 5), (2, 'sheet', 25) $$;

-- The schools in which the present person reads the terms and acts (administrator, director, deputy, archivist), and
-- those in which that person is director and administrator.
CREATE OR REPLACE FUNCTION ej.retention_may(OUT readable bigint[], OUT directed bigint[], OUT administered bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT coalesce(array_agg(DISTINCT r.school_id), '{}'),
           coalesce(array_agg(DISTINCT r.school_id) FILTER (WHERE r.role = 'director'), '{}'),
           coalesce(array_agg(DISTINCT r.school_id) FILTER (WHERE r.role = 'administrator'), '{}')
      INTO readable, directed, administered
      FROM ej.role_held AS r
     WHERE r.staff_id = ANY (ej.my_staff()) AND r.role IN ('administrator', 'director', 'deputy', 'archivist');
END
$$;
ALTER FUNCTION ej.retention_may() OWNER TO ej_rights;

-- The school whose acts the present person confirms; NULL: none.
CREATE OR REPLACE FUNCTION ej.retention_own() RETURNS bigint
LANGUAGE sql STABLE AS $$ SELECT (m.directed || m.administered)[1] FROM ej.retention_may() AS m $$;

-- The first day on which records of a year need not be kept any longer: the years are counted from the 1 January after
-- the year's end (order 236 of Росархив, 20 December 2019).
CREATE OR REPLACE FUNCTION ej.retention_due(during daterange, years int) RETURNS date
LANGUAGE sql IMMUTABLE AS $$ SELECT make_date(extract(year FROM upper(during) - 1)::int + 1 + years, 1, 1) $$;

-- Whether the term of what an act destroys is still over: it may have been lengthened since the act was drawn up.
CREATE OR REPLACE FUNCTION ej.destruction_is_due(a ej.destruction) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT EXISTS (SELECT FROM ej.school_year AS y
                 JOIN ej.retention_kinds() AS k ON k.kind = (a).kind
                 LEFT JOIN ej.retention AS r ON r.school_id = y.school_id AND r.kind = k.kind
                WHERE y.school_id = (a).school_id AND y.year = (a).year
                  AND ej.retention_due(y.during, coalesce(r.years, k.usual)) <= ej.today(y.school_id))
$$;

-- For how many years the schools of the reader keep each kind, and the basis of that term.
CREATE OR REPLACE FUNCTION ej.retention_terms()
RETURNS TABLE (school_id bigint, n int, kind text, usual int, years int, basis text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.school_id, k.n, k.kind, k.usual, coalesce(r.years, k.usual), coalesce(r.basis::text, '')
      FROM unnest((SELECT m.readable FROM ej.retention_may() AS m)) AS s(school_id)
     CROSS JOIN ej.retention_kinds() AS k
      LEFT JOIN LATERAL (SELECT x.years, x.basis FROM ej.retention AS x
                          WHERE x.school_id = s.school_id AND x.kind = k.kind OFFSET 0) AS r ON true;
END
$$;
ALTER FUNCTION ej.retention_terms() OWNER TO ej_rights;

-- The years of the reader's schools that are over, and each kind of records kept of them: until when (due_on), whether
-- that day has come (is_due), the states of the package and of the act. is_ready: an act may be drawn up, since the
-- package is there, and, for sheets, the journals are destroyed.
CREATE OR REPLACE FUNCTION ej.retention_list()
RETURNS TABLE (year int, n int, kind text, years int, due_on date, is_due boolean, package_state text, state text,
               is_ready boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT y.year, t.n, t.kind, t.years, d.due_on, d.due_on <= s.today, p.state::text, a.state::text,
           d.due_on <= s.today AND p.state = 'made' AND a.state IS NULL AND (t.kind = 'journal' OR EXISTS (
               SELECT FROM ej.destruction AS x
                WHERE x.school_id = y.school_id AND x.year = y.year AND x.kind = 'journal' AND x.state = 'done'))
      FROM ej.retention_terms() AS t
      JOIN ej.school_year AS y ON y.school_id = t.school_id
      JOIN ej.school_today AS s ON s.school_id = y.school_id
     CROSS JOIN LATERAL (SELECT ej.retention_due(y.during, t.years) AS due_on) AS d
      LEFT JOIN LATERAL (
           SELECT x.state FROM ej.package AS x
            WHERE x.school_id = y.school_id AND x.year = y.year AND x.state <> 'withdrawn' OFFSET 0) AS p ON true
      LEFT JOIN LATERAL (
           SELECT x.state FROM ej.destruction AS x
            WHERE x.school_id = y.school_id AND x.year = y.year AND x.kind = t.kind AND x.state <> 'withdrawn'
           OFFSET 0) AS a ON true
     WHERE upper(y.during) <= s.today
     ORDER BY y.year DESC, t.n LIMIT 120;
END
$$;
ALTER FUNCTION ej.retention_list() OWNER TO ej_rights;

-- The digest of all that an act says. Who confirms an act sends the digest that the page had: so nobody confirms an act
-- that has changed since it was read.
CREATE OR REPLACE FUNCTION ej.destruction_seen(a ej.destruction) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT encode(substr(sha256(convert_to(concat_ws('|', (a).id, (a).kind, (a).year, (a).state, (a).act_no,
           to_char((a).act_on, 'YYYY-MM-DD'), (a).reason, (a).director_id, (a).administrator_id,
           encode((a).package_sha256, 'hex')), 'UTF8')), 1, 8), 'hex')
$$;

-- The acts of the reader's schools, newest first.
CREATE OR REPLACE FUNCTION ej.retention_acts()
RETURNS TABLE (act_id bigint, kind text, year int, state text, act_no text, act_on date, reason text, years int,
               due_on date, made_by text, made_at timestamptz, director_by text, director_at timestamptz,
               administrator_by text, administrator_at timestamptz, withdrawn_by text, package_sha256 text,
               package_files int, package_size bigint, left_sha256 text, emptied_at timestamptz, done_at timestamptz,
               fault text, detail text, seen text, tz text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.id, a.kind::text, a.year, a.state::text, a.act_no::text, a.act_on, a.reason::text, a.years, a.due_on,
           a.made_by::text, a.made_at, a.director_by::text, a.director_at, a.administrator_by::text, a.administrator_at,
           a.withdrawn_by::text, encode(a.package_sha256, 'hex'), a.package_files, a.package_size,
           encode(a.left_sha256, 'hex'), a.emptied_at, a.done_at, a.fault::text, a.detail::text,
           a.seen, t.tz::text
      FROM ej.school_today AS t
     CROSS JOIN LATERAL (SELECT d.*, ej.destruction_seen(d) AS seen FROM ej.destruction AS d
                          WHERE d.school_id = t.school_id OFFSET 0) AS a
     WHERE t.school_id = ANY ((SELECT m.readable FROM ej.retention_may() AS m)::bigint[])
     ORDER BY a.id + 0 DESC LIMIT 200;
END
$$;
ALTER FUNCTION ej.retention_acts() OWNER TO ej_rights;

-- The rows that the acts of the reader's schools destroyed, table by table.
CREATE OR REPLACE FUNCTION ej.retention_parts() RETURNS TABLE (act_id bigint, name text, rows bigint, sha256 text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT p.destruction_id, p.name::text, p.rows, encode(p.sha256, 'hex') FROM ej.destruction_part AS p
     WHERE p.school_id = ANY ((SELECT m.readable FROM ej.retention_may() AS m)::bigint[])
     ORDER BY p.destruction_id + 0 DESC, p.name LIMIT 4000;
END
$$;
ALTER FUNCTION ej.retention_parts() OWNER TO ej_rights;

GRANT EXECUTE ON FUNCTION ej.retention_may, ej.retention_terms, ej.retention_list TO ej_rule, ej_rights;
GRANT EXECUTE ON FUNCTION ej.retention_may, ej.retention_terms, ej.retention_list, ej.retention_acts,
    ej.retention_parts TO ej_web;

-- ---------------------------------------------------------------- writing --

-- Save the terms and bases of these kinds (keys) for the own school; shown: the values that the form had.
-- Outcomes: JE102 shorter than usual or longer than 100 years, JE106 no such kind, conflicts. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.retention_save(keys text[], given int[], shown int[], basis text[], basis_shown text[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := ej.retention_own();
    answer jsonb;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'JE301';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('ej.retention_save'), hashint8(school));
    WITH u AS (
        SELECT u.n, u.kind, u.given, u.shown, u.basis, u.basis_shown, k.usual, coalesce(r.years, k.usual) AS years,
               coalesce(r.basis::text, '') AS stored, r.id
          FROM unnest(keys, given, shown, basis, basis_shown) WITH ORDINALITY
               AS u(kind, given, shown, basis, basis_shown, n)
          LEFT JOIN ej.retention_kinds() AS k ON k.kind = u.kind
          LEFT JOIN ej.retention AS r ON r.school_id = school AND r.kind = u.kind
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('n', f.n) || f.one ORDER BY f.n, f.place), '[]') INTO answer
      FROM (SELECT u.n, 1 AS place, ej.field_outcome('years', u.years::text, coalesce(u.shown::text, ''), u.given::text,
                       CASE WHEN u.usual IS NULL THEN 'JE106' WHEN u.given NOT BETWEEN u.usual AND 100 THEN 'JE102' END,
                       'retention', ARRAY[u.id]) AS one FROM u WHERE u.given IS DISTINCT FROM u.shown OR u.usual IS NULL
            UNION ALL
            SELECT u.n, 2, ej.field_outcome('basis', u.stored, u.basis_shown, u.basis, NULL, 'retention', ARRAY[u.id])
              FROM u WHERE u.basis IS DISTINCT FROM u.basis_shown AND u.usual IS NOT NULL) AS f;
    IF NOT ej.is_refused(answer) THEN
        INSERT INTO ej.retention AS r (school_id, kind, years, basis)
        SELECT school, u.kind, u.given, u.basis
          FROM unnest(keys, given, basis) WITH ORDINALITY AS u(kind, given, basis, n)
         WHERE answer @> jsonb_build_array(jsonb_build_object('n', u.n, 'outcome', 'saved'))
           AND NOT answer @> jsonb_build_array(jsonb_build_object('n', u.n, 'outcome', 'conflict'))
        ON CONFLICT ON CONSTRAINT retention_once DO UPDATE SET years = excluded.years, basis = excluded.basis;
    END IF;
    RETURN answer;
END
$$;

-- Draw up an act by which a kind of records of a year of the own school would be destroyed. Nothing is destroyed yet.
-- Outcomes: JE290 not due, no whole package, or an act is there. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.retention_draft(year int, kind text, act_no text, act_on date, reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    school bigint := ej.retention_own();
    done   bigint;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to draw up' USING ERRCODE = 'JE301';
    END IF;
    PERFORM FROM ej.package AS p WHERE p.school_id = school AND p.year = year FOR UPDATE;
    INSERT INTO ej.destruction (school_id, kind, year, state, act_no, act_on, reason, years, due_on, made_by,
                                package_sha256, package_files, package_size)
    SELECT school, kind, year, 'drafted', act_no, act_on, reason, l.years, l.due_on,
           ej.my_name(), p.sha256, p.files, p.size
      FROM ej.retention_list() AS l
      JOIN ej.package AS p ON p.school_id = school AND p.year = l.year
     WHERE l.year = year AND l.kind = kind AND l.is_ready
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN CASE done WHEN 0 THEN '[{"outcome": "bad", "field": "act_no", "code": "JE290"}]'::jsonb
                     ELSE '[{"outcome": "saved"}]' END;
END
$$;

-- Confirm an act, as director or as administrator, whichever the writer is; seen: the digest that the page had
-- (ej.destruction_seen). Who holds both roles confirms one of them. Again it changes nothing.
-- Outcomes: JE210 the act or the package has changed since; JE290 the term is no longer over; JE296 the writer has
-- confirmed in the other role. Errors: JE301, JE350 the second factor is wanted again; JE401 no such act.
CREATE OR REPLACE FUNCTION ej.retention_confirm(act_id bigint, seen text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    may  record;
    me   record;
    a    ej.destruction;
    name text;
    role text;
BEGIN
    SELECT * INTO may FROM ej.retention_may();
    SELECT m.account_id, m.person_id INTO me FROM ej.me AS m;
    IF ej.retention_own() IS NULL THEN
        RAISE EXCEPTION 'not yours to confirm' USING ERRCODE = 'JE301';
    END IF;
    PERFORM ej.factor_again();
    SELECT x.* INTO a FROM ej.destruction AS x
     WHERE x.id = act_id AND x.school_id = ANY (may.directed || may.administered) FOR UPDATE;
    IF a.id IS NULL THEN
        RAISE EXCEPTION 'no such act' USING ERRCODE = 'JE401';
    ELSIF me.account_id IN (a.director_id, a.administrator_id) AND a.state = 'drafted' AND (
            CASE WHEN me.account_id = a.director_id THEN a.school_id <> ALL (may.administered)
                 ELSE a.school_id <> ALL (may.directed) END) THEN
        RETURN '[{"outcome": "saved"}]'; -- sent twice
    ELSIF EXISTS (SELECT FROM ej.account AS c
                   WHERE c.id IN (a.director_id, a.administrator_id) AND c.person_id = me.person_id) THEN
        RETURN '[{"outcome": "bad", "field": "act_no", "code": "JE296"}]';
    ELSIF a.state <> 'drafted' OR ej.destruction_seen(a) <> seen OR NOT EXISTS (
            SELECT FROM ej.package AS p WHERE p.school_id = a.school_id AND p.year = a.year AND p.state = 'made'
               AND p.sha256 = a.package_sha256) THEN
        RETURN jsonb_build_array(ej.conflict('act_no', a.act_no, 'destruction', ARRAY[a.id]));
    ELSIF NOT ej.destruction_is_due(a) THEN
        RETURN '[{"outcome": "bad", "field": "act_no", "code": "JE290"}]';
    END IF;
    role := CASE WHEN a.school_id = ANY (may.directed) AND a.director_id IS NULL THEN 'director'
                 WHEN a.school_id = ANY (may.administered) AND a.administrator_id IS NULL THEN 'administrator' END;
    IF role IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "act_no", "code": "JE296"}]';
    END IF;
    name := coalesce(ej.account_name(me.account_id), '');
    UPDATE ej.destruction AS x
       SET director_id = CASE role WHEN 'director' THEN me.account_id ELSE x.director_id END,
           director_by = CASE role WHEN 'director' THEN name ELSE x.director_by END,
           director_at = CASE role WHEN 'director' THEN now() ELSE x.director_at END,
           administrator_id = CASE role WHEN 'administrator' THEN me.account_id ELSE x.administrator_id END,
           administrator_by = CASE role WHEN 'administrator' THEN name ELSE x.administrator_by END,
           administrator_at = CASE role WHEN 'administrator' THEN now() ELSE x.administrator_at END,
           state = CASE WHEN coalesce(x.director_id, x.administrator_id) IS NULL THEN 'drafted' ELSE 'confirmed' END
     WHERE x.id = a.id;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Take an act back before anything was destroyed; director or administrator alone. Again it changes nothing.
-- Outcomes: JE299 it was carried out. Errors: JE301, JE401 no such act.
CREATE OR REPLACE FUNCTION ej.retention_withdraw(act_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    a ej.destruction;
BEGIN
    IF ej.retention_own() IS NULL THEN
        RAISE EXCEPTION 'not yours to withdraw' USING ERRCODE = 'JE301';
    END IF;
    SELECT x.* INTO a FROM ej.destruction AS x
     WHERE x.id = act_id
       AND x.school_id = ANY ((SELECT m.directed || m.administered FROM ej.retention_may() AS m)::bigint[])
       FOR UPDATE;
    IF a.id IS NULL THEN
        RAISE EXCEPTION 'no such act' USING ERRCODE = 'JE401';
    ELSIF a.state IN ('emptied', 'done') THEN
        RETURN '[{"outcome": "bad", "field": "act_no", "code": "JE299"}]';
    END IF;
    UPDATE ej.destruction AS x
       SET state = 'withdrawn', withdrawn_by = ej.my_name()
     WHERE x.id = a.id AND x.state <> 'withdrawn';
    RETURN '[{"outcome": "saved"}]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.retention_save, ej.retention_draft, ej.retention_confirm, ej.retention_withdraw TO ej_web;
