-- oneroster_page.sql: what a program gets for its token: a page of a list of OneRoster 1.2, as JSON.
--
-- ej.oneroster_page alone decides what a token opens: the school of its program, the lists of its scopes,
-- nothing of families on paper. It puts a statement together from the fixed names of ej.oneroster_lists and of the
-- columns of the functions of oneroster.sql; what the program sent is a value of that statement, and never
-- part of its text.

-- The lists that OneRoster has, by service and the word in the address: the words for one object and for many
-- in the JSON, the function that returns the rows, the condition for the narrower lists (terms: some of the
-- academicSessions), the scopes of which one is needed.
CREATE OR REPLACE FUNCTION ej.oneroster_lists()
RETURNS TABLE (service text, list text, one text, many text, relation text, condition text, scopes text[])
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT k.service, k.list, k.one, k.many, k.relation, k.condition,
       ARRAY(SELECT 'https://purl.imsglobal.org/spec/or/v1p2/scope/' || s || '.readonly' FROM unnest(k.scopes) AS s)
  FROM (VALUES
    ('rostering', 'orgs', 'org', 'orgs', 'oneroster_orgs', 'true', '{roster-core,roster}'::text[]),
    ('rostering', 'schools', 'org', 'orgs', 'oneroster_orgs', $q$v.type = 'school'$q$, '{roster-core,roster}'),
    ('rostering', 'academicSessions', 'academicSession', 'academicSessions', 'oneroster_sessions', 'true',
        '{roster-core,roster}'),
    ('rostering', 'terms', 'academicSession', 'academicSessions', 'oneroster_sessions', $q$v.kind = 'term'$q$,
        '{roster-core,roster}'),
    ('rostering', 'gradingPeriods', 'academicSession', 'academicSessions', 'oneroster_sessions',
        $q$v.kind = 'period'$q$, '{roster-core,roster}'),
    ('rostering', 'courses', 'course', 'courses', 'oneroster_courses', 'true', '{roster-core,roster}'),
    ('rostering', 'classes', 'class', 'classes', 'oneroster_classes', 'true', '{roster-core,roster}'),
    ('rostering', 'users', 'user', 'users', 'oneroster_users', 'true', '{roster-core,roster}'),
    ('rostering', 'students', 'user', 'users', 'oneroster_users', $q$v.kind = 'student'$q$, '{roster-core,roster}'),
    ('rostering', 'teachers', 'user', 'users', 'oneroster_users', $q$v.kind = 'teacher'$q$, '{roster-core,roster}'),
    ('rostering', 'enrollments', 'enrollment', 'enrollments', 'oneroster_enrollments', 'true', '{roster-core,roster}'),
    ('rostering', 'demographics', 'demographics', 'demographics', 'oneroster_demographics', 'true',
        '{roster-demographics}'),
    ('gradebook', 'categories', 'category', 'categories', 'oneroster_categories', 'true', '{gradebook-core,gradebook}'),
    ('gradebook', 'lineItems', 'lineItem', 'lineItems', 'oneroster_items', 'true', '{gradebook-core,gradebook}'),
    ('gradebook', 'results', 'result', 'results', 'oneroster_results', 'true', '{gradebook-core,gradebook}'),
    ('gradebook', 'scoreScales', 'scoreScale', 'scoreScales', 'oneroster_scales', 'true', '{gradebook-core,gradebook}')
  ) AS k (service, list, one, many, relation, condition, scopes)
$$;

-- The condition under which an object of a list belongs to its parent, as in /classes/{sourcedId}/students: $8 is
-- that sourcedId. NULL: there is no such list of this parent. These lists need the wider scope, without -core.
CREATE OR REPLACE FUNCTION ej.oneroster_within(parent text, list text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT CASE
    WHEN parent = 'schools' AND list IN ('classes', 'enrollments', 'lineItems') THEN
        $q$v.school ->> 'sourcedId' = $8$q$
    WHEN parent = 'schools' AND list = 'courses' THEN $q$v.org ->> 'sourcedId' = $8$q$
    WHEN parent = 'schools' AND list = 'terms' THEN $q$v.school_id = $8$q$
    WHEN parent = 'schools' AND list IN ('students', 'teachers') THEN $q$v."primaryOrg" ->> 'sourcedId' = $8$q$
    WHEN parent = 'courses' AND list = 'classes' THEN $q$v.course ->> 'sourcedId' = $8$q$
    WHEN parent = 'terms' AND list = 'gradingPeriods' THEN $q$v.parent ->> 'sourcedId' = $8$q$
    WHEN parent = 'terms' AND list = 'classes' THEN
        $q$v.terms @> jsonb_build_array(jsonb_build_object('sourcedId', $8))$q$
    WHEN parent = 'classes' AND list IN ('lineItems', 'results') THEN $q$v.class ->> 'sourcedId' = $8$q$
    WHEN parent = 'classes' AND list IN ('students', 'teachers') THEN
        $q$v."sourcedId" IN (SELECT e."user" ->> 'sourcedId' FROM ej.oneroster_enrollments($1, $2, $3, $4, $5, $6) AS e
                              WHERE e.class ->> 'sourcedId' = $8)$q$
    WHEN parent IN ('students', 'teachers', 'users') AND list = 'classes' THEN
        $q$v."sourcedId" IN (SELECT e.class ->> 'sourcedId' FROM ej.oneroster_enrollments($1, $2, $3, $4, $5, $6) AS e
                              WHERE e."user" ->> 'sourcedId' = $8)$q$
    WHEN parent = 'students' AND list = 'results' THEN $q$v.student ->> 'sourcedId' = $8$q$
    WHEN parent = 'lineItems' AND list = 'results' THEN $q$v."lineItem" ->> 'sourcedId' = $8$q$
END
$$;

-- The columns of a function of oneroster.sql that the standard has, in its order; is_json: an object or an
-- array.
CREATE OR REPLACE FUNCTION ej.oneroster_columns(relation text)
RETURNS TABLE (name text, is_json boolean, n bigint)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT a.name, a.type = 'jsonb'::regtype, a.n
  FROM pg_proc AS p, unnest(p.proargnames, p.proallargtypes, p.proargmodes) WITH ORDINALITY AS a(name, type, mode, n)
 WHERE p.pronamespace = 'ej'::regnamespace AND p.proname = relation AND a.mode = 't'
   AND a.name NOT IN ('id', 'kind', 'pupil_id', 'school_id')
$$;

-- The SQL text of a filter that core/text/filter.c has parsed: {"any": true for OR, "terms": [[field,
-- operator, value], …]}. The value of term n is $7[n].
-- Errors: JE180 400 a field that the objects of this list do not have
CREATE OR REPLACE FUNCTION ej.oneroster_filter(relation text, filter jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    t         record;
    is_object boolean;
    field     text;
    test      text;
    tests     text[] := '{}';
BEGIN
    FOR t IN SELECT string_to_array(x.term ->> 0, '.') AS path, x.term ->> 1 AS op, x.n
               FROM jsonb_array_elements(filter -> 'terms') WITH ORDINALITY AS x(term, n)
    LOOP
        SELECT c.is_json INTO is_object FROM ej.oneroster_columns(relation) AS c WHERE c.name = t.path[1];
        IF NOT FOUND OR t.op NOT IN ('=', '!=', '<', '<=', '>', '>=', '~')
           OR NOT is_object AND cardinality(t.path) > 1 THEN
            RAISE EXCEPTION 'no such field' USING ERRCODE = 'JE180';
        END IF;
        field := format(CASE WHEN is_object THEN '(x.o #>> %2$L::text[])' ELSE '(v.%1$I::text)' END,
                        t.path[1], t.path[2:]);
        test := CASE t.op WHEN '~' THEN format('position(lower($7[%s]) IN lower(%s)) > 0', t.n, field)
                          ELSE format('%s COLLATE "C" %s $7[%s]', field, replace(t.op, '!=', '<>'), t.n) END;
        tests := tests || CASE WHEN is_object THEN
            format('EXISTS (SELECT FROM jsonb_array_elements(CASE jsonb_typeof(v.%1$I) WHEN ''array'' THEN v.%1$I
                                                              ELSE jsonb_build_array(v.%1$I) END) AS x(o) WHERE %2$s)',
                   t.path[1], test) ELSE test END;
    END LOOP;
    RETURN CASE WHEN cardinality(tests) = 0 THEN 'true'
                ELSE '(' || array_to_string(tests,
                    CASE WHEN (filter ->> 'any')::boolean THEN ' OR ' ELSE ' AND ' END) || ')' END;
END
$$;

-- The SQL text of the columns for the fields that a program names, separated by commas; where it names none,
-- of all columns.
-- Errors: JE181 400 a field that the objects of this list do not have
CREATE OR REPLACE FUNCTION ej.oneroster_fields(relation text, fields text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    wanted text[] := string_to_array(nullif(replace(fields, ' ', ''), ''), ',');
BEGIN
    IF EXISTS (SELECT FROM unnest(wanted) AS w(name)
                WHERE NOT EXISTS (SELECT FROM ej.oneroster_columns(relation) AS c WHERE c.name = w.name)) THEN
        RAISE EXCEPTION 'no such field' USING ERRCODE = 'JE181';
    END IF;
    RETURN (SELECT string_agg(format('v.%I', c.name), ', ' ORDER BY c.n) FROM ej.oneroster_columns(relation) AS c
             WHERE wanted IS NULL OR c.name = ANY (wanted));
END
$$;

-- What a token opens: the school, the year, the school's day, the pupils of families on paper and their
-- guardians. wanted: the scopes of which it must have one; is_within: for a list of a parent, which needs the
-- wider of them.
-- Errors: JE310 401 unknown, ended, or not from this address; JE311 403 not in its scopes
CREATE OR REPLACE FUNCTION ej.oneroster_reach(token text, from_address inet, wanted text[], is_within boolean,
    OUT school bigint, OUT yr int, OUT day date, OUT on_paper bigint[], OUT hidden bigint[])
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    shown  bytea := sha256(convert_to(coalesce(token, ''), 'UTF8'));
    had    text[];
BEGIN
    SELECT c.school_id, d.today, ARRAY(SELECT unnest(t.scopes) INTERSECT SELECT unnest(ej.client_scopes(
           c.reads_roster, c.reads_demographics, c.reads_gradebook)))
      INTO school, day, had
      FROM ej.api_token AS t
      JOIN ej.api_client AS c ON c.id = t.api_client_id
      JOIN ej.school_today AS d ON d.school_id = c.school_id
     WHERE t.digest = shown AND t.ends_at > now() AND c.during @> d.today
       AND ej.address_is_within(from_address, c.addresses);
    IF school IS NULL THEN
        RAISE EXCEPTION 'no such token' USING ERRCODE = 'JE310';
    ELSIF NOT (had && CASE WHEN is_within AND cardinality(wanted) > 1 THEN wanted[2:] ELSE wanted END) THEN
        RAISE EXCEPTION 'not in the scopes of the token' USING ERRCODE = 'JE311';
    END IF;
    yr := (SELECT y.year FROM ej.school_year AS y WHERE y.school_id = school
            ORDER BY y.during @> day DESC, lower(y.during) > day DESC, abs(lower(y.during) - day) LIMIT 1);
    on_paper := ARRAY(SELECT ej.rule_paper_pupils(school));
    hidden := ARRAY(SELECT DISTINCT w.guardian_id FROM ej.guardianship AS w WHERE w.pupil_id = ANY (on_paper));
END
$$;

-- A page of a list, as the JSON that is sent, and the total of its objects; or one object (sourced_key). parent
-- and parent_key: the object to which they belong, or NULL. query: what the program asked besides: {limit,
-- offset, sort, orderBy, fields}, texts. No row: there is no such list, or no such object.
-- Errors: JE310, JE311, JE180, JE181.
CREATE OR REPLACE FUNCTION ej.oneroster_page(token text, from_address inet, service text, parent text, parent_key text,
    list text, sourced_key text, query jsonb, filter jsonb, base text)
RETURNS TABLE (body text, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    k       record;
    r       record;
    rows    text;
    sorted  text;
    chosen  text;
    most    int := least(coalesce((query ->> 'limit')::int, 100), 1000);
    skipped int := coalesce((query ->> 'offset')::int, 0);
    names   text[];
    ids     bigint[];
    given   text[];
    content text;
BEGIN
    SELECT x.* INTO k FROM ej.oneroster_lists() AS x
     WHERE x.service = oneroster_page.service AND x.list = oneroster_page.list;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO r FROM ej.oneroster_reach(token, from_address, k.scopes, parent IS NOT NULL);
    rows := concat_ws(' AND ', format('FROM ej.%s($1, $2, $3, $4, $5, $6) AS v WHERE %s', k.relation, k.condition),
        ej.oneroster_filter(k.relation, coalesce(filter, '{"terms": []}')),
        CASE WHEN parent IS NOT NULL THEN coalesce(ej.oneroster_within(parent, list), 'false') END,
        CASE WHEN sourced_key IS NOT NULL THEN 'v."sourcedId" = $8' END);
    chosen := ej.oneroster_fields(k.relation, query ->> 'fields');
    sorted := (SELECT format('v.%I::text COLLATE ej.ru %s, ', c.name,
        CASE query ->> 'orderBy' WHEN 'desc' THEN 'DESC' ELSE 'ASC' END)
                 FROM ej.oneroster_columns(k.relation) AS c WHERE c.name = query ->> 'sort' AND NOT c.is_json);
    given := ARRAY(SELECT x.term ->> 2 FROM jsonb_array_elements(filter -> 'terms') WITH ORDINALITY AS x(term, n)
                    ORDER BY x.n);
    EXECUTE 'SELECT count(*) ' || rows INTO total
      USING r.school, r.yr, r.day, r.on_paper, r.hidden, base, given, coalesce(parent_key, sourced_key);
    -- first the ids of this page, by the few columns that the order needs; then all columns of these alone
    EXECUTE format('SELECT array_agg(p.s ORDER BY p.n), array_agg(DISTINCT p.id) FROM (
                        SELECT v."sourcedId" AS s, v.id, row_number() OVER (ORDER BY %1$s v.id, v."sourcedId") AS n %2$s
                         ORDER BY %1$s v.id, v."sourcedId" LIMIT $9 OFFSET $10) AS p', coalesce(sorted, ''), rows)
       INTO names, ids
      USING r.school, r.yr, r.day, r.on_paper, r.hidden, base, given, coalesce(parent_key, sourced_key), most, skipped;
    EXECUTE format('SELECT string_agg(json_strip_nulls(row_to_json(j))::text, '','')
                      FROM (SELECT %1$s FROM ej.%2$s($1, $2, $3, $4, $5, $6) AS v
                             WHERE v.id = ANY ($8) AND v."sourcedId" = ANY ($7)
                             ORDER BY array_position($7, v."sourcedId")) AS j', chosen, k.relation)
       INTO content
      USING r.school, r.yr, r.day, r.on_paper, r.hidden, base, names, ids;
    IF sourced_key IS NULL THEN
        body := format('{"%s":[%s]}', k.many, coalesce(content, ''));
    ELSE
        body := format('{"%s":%s}', k.one, content);
    END IF;
    IF sourced_key IS NULL OR content IS NOT NULL THEN
        RETURN NEXT;
    END IF;
END
$$;

GRANT SELECT ON ej.scale, ej.room, ej.work_kind, ej.scale_value TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.client_scopes, ej.address_is_within, ej.rule_paper_pupils, ej.oneroster_at,
    ej.oneroster_ref, ej.oneroster_orgs, ej.oneroster_sessions, ej.oneroster_courses,
    ej.oneroster_classes, ej.oneroster_staff_roles, ej.oneroster_users, ej.oneroster_demographics,
    ej.oneroster_enrollments, ej.oneroster_categories, ej.oneroster_scales, ej.oneroster_items,
    ej.oneroster_results, ej.oneroster_lists, ej.oneroster_within, ej.oneroster_columns, ej.oneroster_filter,
    ej.oneroster_fields, ej.oneroster_reach TO ej_rights;
ALTER FUNCTION ej.oneroster_page OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.oneroster_page TO ej_web;
