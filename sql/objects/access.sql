-- access.sql: who may do what, read from the policies and grants themselves.
--
-- ej.access_rows() takes each policy of the catalogue apart, down to the lists that it
-- asks (ej.my_…()), and each list down to the functions that compute it
-- (ej.scope_lists()). ej.access_words() tells for these functions which roles get rows
-- by them, and of what scope. A function that has only other lists as arguments gives
-- what those give.

-- The functions from which rights begin: for each the roles and the scope of the rows.
-- live_role_schools names its roles itself.
CREATE OR REPLACE FUNCTION ej.access_words() RETURNS TABLE (name text, roles text[], scope text)
LANGUAGE sql IMMUTABLE AS $$
    WITH staff AS (
        SELECT '{administrator,director,deputy,class_teacher,teacher,substitute,hr,meals,archivist}'::text[]
                   AS all_)
    SELECT v.name, coalesce(v.roles::text[], s.all_), v.scope FROM staff AS s, (VALUES
        ('live_staff', NULL, 'self'),
        ('live_staff_schools', NULL, 'school'),
        ('live_observed_schools', '{observer}', 'school'),
        ('live_region_schools', '{observer}', 'region'),
        ('live_work_schools', '{class_teacher,teacher}', 'school'),
        ('live_substitute_schools', '{substitute}', 'school'),
        ('live_teachings', '{teacher}', 'lessons'),
        ('live_known_teachings', '{teacher}', 'lessons'),
        ('live_taught_groups', '{teacher}', 'lessons'),
        ('live_pupil_subjects', '{teacher}', 'lessons'),
        ('live_pe_pupils', '{teacher,substitute}', 'sport'),
        ('live_module_schools',
         '{administrator,director,deputy,class_teacher,teacher,substitute,hr,meals,archivist,observer,family}', 'all'),
        ('live_substitute_groups', '{substitute}', 'substituted'),
        ('live_substitute_teachings', '{substitute}', 'substituted'),
        ('live_classes', '{class_teacher}', 'class'),
        ('my_led_events',
         '{administrator,director,deputy,class_teacher,teacher,substitute,hr,meals,archivist}', 'self'),
        ('session_account',
         '{administrator,director,deputy,class_teacher,teacher,substitute,hr,meals,archivist,observer,family}', 'self'),
        ('live_guardians', '{family}', 'self'),
        ('live_family_pupils', '{family}', 'family'),
        ('live_family_schools', '{family}', 'school')) AS v(name, roles, scope)
$$;

-- The parts of an expression between the operators (' OR ', ' AND ', ' || ') that stand outside
-- all parentheses.
CREATE OR REPLACE FUNCTION ej.access_split(expression text, operator text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    WITH token AS (
        SELECT m[1] AS token, n
          FROM regexp_matches(expression, '(\(|\)| OR | AND | \|\| |(?:(?! OR | AND | \|\| )[^()])+)',
                              'g') WITH ORDINALITY AS x(m, n)
    ), deep AS (
        SELECT t.*, sum(CASE t.token WHEN '(' THEN 1 WHEN ')' THEN -1 ELSE 0 END) OVER (ORDER BY t.n) AS depth
          FROM token AS t
    ), part AS (
        SELECT d.*, d.depth = 0 AND d.token = operator AS is_cut,
               count(*) FILTER (WHERE d.depth = 0 AND d.token = operator) OVER (ORDER BY d.n) AS part
          FROM deep AS d
    )
    SELECT array_agg(p.expression ORDER BY p.part) FROM (
        SELECT p.part, string_agg(p.token, '' ORDER BY p.n) FILTER (WHERE NOT p.is_cut) AS expression FROM part AS p
         GROUP BY p.part) AS p
$$;

-- The roles to which a list ej.my_<list>() gives rows, each with the scope. A role may
-- come several times.
CREATE OR REPLACE FUNCTION ej.access_list(list text) RETURNS TABLE (role text, scope text)
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = ej, pg_temp AS $$
DECLARE
    expression text;
    part  text;
    lists text[]; -- from which the part is made
BEGIN
    SELECT l.expression INTO STRICT expression FROM (
        SELECT s.list, s.expression FROM ej.scope_lists() AS s
         -- identity_scope.sql:
         UNION ALL VALUES ('write_lessons', '~substitute_groups'), ('write_works', '~substitute_groups'),
                          -- lists never kept
                          ('write_homework', '~substitute_groups'), ('personal_homework', '~pupils'),
                          ('past_lessons', '~past_memberships'),
                          ('task_files', '~family_teachings || ~class_teachings'),
                          ('persons', 'ej.session_account()'), ('announcements', 'ej.session_account()'),
                          ('conversations', 'ej.session_account()'),
                          ('past_conversations', 'ej.session_account()'), ('past_messages', 'ej.session_account()'),
                          ('message_files', 'ej.session_account()'),
                          ('family_events', '~family_pupils'), ('led_events', 'ej.my_led_events() || ~classes'),
                          ('inspections', '~staff'), ('accounts', 'ej.session_account()')) AS l
     WHERE l.list = access_list.list;
    FOREACH part IN ARRAY ej.access_split(expression, ' || ') LOOP
        lists := ARRAY(SELECT m[1] FROM regexp_matches(part, '~(\w+)', 'g') AS m);
        IF part LIKE 'ej.live\_role\_schools(%' THEN
            RETURN QUERY SELECT r, 'school' FROM unnest(substring(part FROM '\{.*\}')::text[]) AS r;
        ELSIF EXISTS (SELECT FROM ej.access_words() AS w WHERE part LIKE 'ej.' || w.name || '(%') THEN
            RETURN QUERY SELECT r, w.scope FROM ej.access_words() AS w, unnest(w.roles) AS r
                          WHERE part LIKE 'ej.' || w.name || '(%';
        ELSIF lists = '{}' OR lists && '{person,chosen}' THEN
            RAISE EXCEPTION 'ej.access_words() does not know %', part;
        ELSE
            RETURN QUERY SELECT x.role, x.scope FROM unnest(lists) AS a, ej.access_list(a) AS x;
        END IF;
    END LOOP;
END
$$;

-- The roles to which a condition of a policy (as in pg_policies) gives rows, each with the
-- scope. Of conditions joined by AND the first that has a list gives the scope, the others
-- narrow the roles. A condition without a list holds for everybody.
CREATE OR REPLACE FUNCTION ej.access_policy(condition text) RETURNS TABLE (role text, scope text)
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = ej, pg_temp AS $$
DECLARE
    parts text[] := ej.access_split(condition, ' OR ');
BEGIN
    IF cardinality(parts) > 1 THEN
        RETURN QUERY SELECT x.role, x.scope FROM unnest(parts) AS p, ej.access_policy(p) AS x;
        RETURN;
    END IF;
    parts := ej.access_split(condition, ' AND ');
    IF cardinality(parts) > 1 THEN
        RETURN QUERY SELECT x.role, (array_agg(x.scope ORDER BY x.scope = 'all', p.n, x.scope = 'self'))[1]
                       FROM unnest(parts) WITH ORDINALITY AS p(condition, n), ej.access_policy(p.condition) AS x
                      GROUP BY x.role HAVING count(DISTINCT p.n) = cardinality(parts);
    ELSIF condition LIKE '(%' THEN
        RETURN QUERY SELECT x.role, x.scope FROM ej.access_policy(substr(condition, 2, length(condition) - 2)) AS x;
    ELSIF condition ~ '\mmy_\w+\(' THEN
        RETURN QUERY SELECT x.role, x.scope FROM ej.access_list(substring(condition FROM '\mmy_(\w+)\(')) AS x;
    ELSIF condition <> 'false' THEN
        RETURN QUERY SELECT r, 'all' FROM ej.access_words() AS w, unnest(w.roles || '{observer,family}') AS r
                      WHERE w.name = 'live_staff';
    END IF;
END
$$;

-- The widest scope in which each role may read, add, change or delete rows of each table.
CREATE OR REPLACE FUNCTION ej.access_rows() RETURNS TABLE (rel text, verb text, role text, scope text)
LANGUAGE sql STABLE ROWS 500 SET search_path = ej, pg_temp SET jit = off AS $$
    WITH policy AS MATERIALIZED (
        SELECT p.tablename::text AS rel, v.verb,
               CASE WHEN p.qual IS NOT NULL AND p.with_check IS NOT NULL THEN p.qual || ' AND ' || p.with_check
                    ELSE coalesce(p.qual, p.with_check) END AS condition
          FROM pg_policies AS p
         CROSS JOIN LATERAL unnest(CASE p.cmd
                                        WHEN 'ALL' THEN '{SELECT,INSERT,UPDATE,DELETE}'
                                            ELSE ARRAY[p.cmd] END) AS v(verb)
         WHERE p.schemaname = 'ej' AND p.permissive = 'PERMISSIVE' AND 'ej_web' = ANY (p.roles)
           AND CASE v.verb WHEN 'DELETE' THEN has_table_privilege('ej_web', format('ej.%I', p.tablename), 'DELETE')
                    ELSE has_any_column_privilege('ej_web', format('ej.%I', p.tablename), v.verb) END
    ), given AS MATERIALIZED ( -- once for each condition: most policies have one of a few
        SELECT d.condition, x.role, x.scope
          FROM (SELECT DISTINCT p.condition FROM policy AS p) AS d, ej.access_policy(d.condition) AS x
    )
    SELECT p.rel, p.verb, g.role,
           (array_agg(g.scope ORDER BY array_position('{all,school,class,lessons,substituted,family,self}',
                                                      g.scope)))[1]
      FROM policy AS p JOIN given AS g ON g.condition = p.condition
     GROUP BY p.rel, p.verb, g.role
$$;
