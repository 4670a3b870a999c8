-- oneroster_csv.sql: the lists of a school as the CSV files of OneRoster 1.2, in bulk: for the administrator, who
-- brings them to a program that reads files. What is in them, and what never leaves, is that of oneroster.sql. Marks
-- do not leave so. In bulk a row that is not there is deleted by the reader, so only rows that hold now are there, and
-- status and dateLastModified are empty. Nobody's log-in leaves: the standard wants a name of each user, which is the
-- sourcedId.

-- The school of the present person as an administrator, with all that the functions of oneroster.sql want.
CREATE OR REPLACE FUNCTION ej.oneroster_own(OUT school bigint, OUT yr int, OUT day date, OUT on_paper bigint[],
                                            OUT hidden bigint[])
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    school := (SELECT r.school_id FROM ej.role_held AS r
                WHERE r.staff_id = ANY (ej.my_staff()) AND r.role = 'administrator' ORDER BY r.school_id LIMIT 1);
    day := ej.today(school);
    yr := (SELECT y.year FROM ej.school_year AS y WHERE y.school_id = school
            ORDER BY y.during @> day DESC, lower(y.during) > day DESC, abs(lower(y.during) - day) LIMIT 1);
    on_paper := ARRAY(SELECT ej.rule_paper_pupils(school));
    hidden := ARRAY(SELECT DISTINCT w.guardian_id FROM ej.guardianship AS w WHERE w.pupil_id = ANY (on_paper));
END
$$;

-- The files, in the order in which a reader needs them: number, name, first line.
CREATE OR REPLACE FUNCTION ej.oneroster_csv_files() RETURNS TABLE (n int, file text, head text)
LANGUAGE sql IMMUTABLE AS $$
SELECT f.n, f.file || '.csv', CASE f.n WHEN 1 THEN f.head ELSE 'sourcedId,status,dateLastModified,' || f.head END
  FROM (VALUES
    (1, 'manifest', 'propertyName,value'),
    (2, 'orgs', 'name,type,identifier,parentSourcedId'),
    (3, 'academicSessions', 'title,type,startDate,endDate,parentSourcedId,schoolYear'),
    (4, 'courses', 'schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes'),
    (5, 'classes', 'title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,'
                   'subjects,subjectCodes,periods'),
    (6, 'users', 'enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,'
                 'agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,'
                 'preferredFamilyName,primaryOrgSourcedId,pronouns'),
    (7, 'roles', 'userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId'),
    (8, 'enrollments', 'classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate')
  ) AS f(n, file, head)
$$;

-- A line of CSV: of the standard's three first columns only the sourcedId, then these.
CREATE OR REPLACE FUNCTION ej.oneroster_line(VARIADIC fields text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT string_agg(ej.takeout_field(f.value) || CASE WHEN f.n = 1 THEN ',,' ELSE '' END, ',' ORDER BY f.n)
  FROM unnest(fields) WITH ORDINALITY AS f(value, n)
$$;

-- The texts of a list, or the sourcedIds of references, as one field.
CREATE OR REPLACE FUNCTION ej.oneroster_joined(list jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT string_agg(CASE jsonb_typeof(x.value) WHEN 'object' THEN x.value ->> 'sourcedId' ELSE x.value #>> '{}' END, ','
                  ORDER BY x.n)
  FROM jsonb_array_elements(list) WITH ORDINALITY AS x(value, n)
$$;

-- The lines of the n-th file for the administrator of a school. A second call in the same transaction returns none, by
-- which the caller knows the end of the file.
CREATE OR REPLACE FUNCTION ej.oneroster_csv(n int) RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    o record;
BEGIN
    SELECT x.* INTO o FROM ej.oneroster_own() AS x;
    IF o.school IS NULL OR current_setting('ej.csv', true) = n::text THEN
        RETURN;
    END IF;
    PERFORM set_config('ej.csv', n::text, true);
    CASE n
    WHEN 1 THEN
        RETURN QUERY SELECT v.line FROM (VALUES ('manifest.version,1.0'), ('oneroster.version,1.2')) AS v(line);
        RETURN QUERY
        SELECT 'file.' || f.name || CASE WHEN f.name || '.csv' IN (SELECT x.file FROM ej.oneroster_csv_files() AS x)
                                         THEN ',bulk' ELSE ',absent' END
          FROM unnest('{academicSessions,categories,classes,classResources,courses,courseResources,demographics,
                        enrollments,lineItemLearningObjectiveIds,lineItems,lineItemScoreScales,orgs,resources,
                        resultLearningObjectiveIds,results,resultScoreScales,roles,scoreScales,userProfiles,
                        userResources,users}'::text[])
               WITH ORDINALITY AS f(name, n) ORDER BY f.n;
        RETURN QUERY SELECT 'source.systemName,mod_ejournal'::text;
        RETURN QUERY SELECT 'source.systemCode,school-' || o.school;
    WHEN 2 THEN
        RETURN QUERY SELECT ej.oneroster_line(v."sourcedId", v.name, v.type, v.identifier, NULL)
          FROM ej.oneroster_orgs(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v;
    WHEN 3 THEN
        RETURN QUERY SELECT ej.oneroster_line(v."sourcedId", v.title, v.type, v."startDate", v."endDate",
                                              v.parent ->> 'sourcedId', v."schoolYear")
          FROM ej.oneroster_sessions(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v
         ORDER BY v.kind = 'period', v.id, v."sourcedId";
    WHEN 4 THEN
        RETURN QUERY SELECT ej.oneroster_line(v."sourcedId", format('year-%s-%s', o.school, o.yr), v.title,
                                              v."courseCode", NULL, v.org ->> 'sourcedId', NULL, NULL)
          FROM ej.oneroster_courses(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v ORDER BY v.id;
    WHEN 5 THEN
        RETURN QUERY SELECT ej.oneroster_line(v."sourcedId", v.title, ej.oneroster_joined(v.grades),
                                              v.course ->> 'sourcedId', NULL, v."classType", v.location,
                                              v.school ->> 'sourcedId', coalesce(ej.oneroster_joined(v.terms),
                                              format('year-%s-%s', o.school, o.yr)), NULL, NULL, NULL)
          FROM ej.oneroster_classes(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v ORDER BY v.kind, v.id;
    WHEN 6 THEN
        RETURN QUERY SELECT ej.oneroster_line(v."sourcedId", v."enabledUser", v."sourcedId", NULL, v."givenName",
                                              v."familyName", v."middleName", NULL, NULL, NULL, NULL,
                                              ej.oneroster_joined(v.agents), ej.oneroster_joined(v.grades), NULL, NULL,
                                              NULL, NULL, NULL, v."primaryOrg" ->> 'sourcedId', NULL)
          FROM ej.oneroster_users(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v
         WHERE v.status = 'active' ORDER BY v."sourcedId" COLLATE "C";
    WHEN 7 THEN
        RETURN QUERY SELECT ej.oneroster_line('role-' || v."sourcedId" || '-' || r.n, v."sourcedId",
                                              r.role ->> 'roleType', r.role ->> 'role', NULL, NULL,
                                              r.role #>> '{org,sourcedId}', NULL)
          FROM ej.oneroster_users(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v
         CROSS JOIN LATERAL jsonb_array_elements(v.roles) WITH ORDINALITY AS r(role, n)
         WHERE v.status = 'active' ORDER BY v."sourcedId" COLLATE "C", r.n;
    WHEN 8 THEN
        RETURN QUERY
        WITH u AS MATERIALIZED (
            SELECT x."sourcedId" AS key FROM ej.oneroster_users(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS x
             WHERE x.status = 'active')
        SELECT ej.oneroster_line(v."sourcedId", v.class ->> 'sourcedId', v.school ->> 'sourcedId',
                                 v."user" ->> 'sourcedId', v.role, v."primary", v."beginDate", v."endDate")
          FROM ej.oneroster_enrollments(o.school, o.yr, o.day, o.on_paper, o.hidden, '') AS v
          JOIN u ON u.key = v."user" ->> 'sourcedId'
         WHERE v.status = 'active' ORDER BY v."sourcedId" COLLATE "C";
    ELSE
        RETURN;
    END CASE;
END
$$;
ALTER FUNCTION ej.oneroster_csv(int) OWNER TO ej_rights;

-- Enter into the log of access that the administrator took the lists away.
-- Errors: JE302 the caller has not entered as a writer.
CREATE OR REPLACE FUNCTION ej.oneroster_taken() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.list_opened('/oneroster', ARRAY(
        SELECT DISTINCT e.pupil_id FROM ej.enrolment AS e
         WHERE e.school_id = (SELECT o.school FROM ej.oneroster_own() AS o)
           AND e.during @> (SELECT o.day FROM ej.oneroster_own() AS o)));
END
$$;
GRANT EXECUTE ON FUNCTION ej.oneroster_csv, ej.oneroster_taken TO ej_web;
