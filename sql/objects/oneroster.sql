-- oneroster.sql: a school in the words of OneRoster 1.2 (1EdTech): one function for each kind of object.
--
-- Each returns the objects of one school and school year, a row each, with the standard's own names as
-- columns. Columns in small letters that the standard does not have (id, pupil_id, and `kind` of users and
-- sessions) are for conditions and never leave. The functions check no right: ej.oneroster_page does, and
-- so calls them as ej_rights. They are plain SQL without settings, so that the planner puts them into the
-- calling query with its conditions.
--
--   school, yr   whose, and of which year       day   the school's today
--   on_paper     pupils whose family gets everything on paper (LEG-03): nothing about them leaves
--   hidden       their guardians                base  the address of the journal
--
-- A sourcedId is the word of the table and the row's id. Days that end something are the first without it,
-- as the standard has it. Telephones, addresses of guardians and numbers of documents do not leave at all.

-- When a row was last changed, by the history; rows older than the history are of 1970.
CREATE OR REPLACE FUNCTION ej.oneroster_at(table_name text, row_key bigint[]) RETURNS text
LANGUAGE sql STABLE AS $$
SELECT to_char(coalesce(max(h.made_at), 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  FROM ej.history AS h
 WHERE h.key_id = oneroster_at.row_key[1] AND h.table_name = oneroster_at.table_name
   AND h.row_key = oneroster_at.row_key
$$;

-- A reference to an object (GUIDRef); list: the word in its address, which tells rostering from the gradebook. NULL
-- without sourced_id.
CREATE OR REPLACE FUNCTION ej.oneroster_ref(base text, list text, type text, sourced_id text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
SELECT CASE WHEN sourced_id IS NOT NULL THEN
    jsonb_build_object('href', base || '/ims/oneroster/'
                           || CASE WHEN list IN ('lineItems', 'scoreScales') THEN 'gradebook' ELSE 'rostering' END
                           || '/v1p2/' || list || '/' || sourced_id,
                       'sourcedId', sourced_id, 'type', type) END
$$;

-- The school, as the only organisation.
CREATE OR REPLACE FUNCTION ej.oneroster_orgs(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, "sourcedId" text, status text, "dateLastModified" text, name text, type text,
               identifier text)
LANGUAGE sql STABLE AS $$
SELECT s.id, 'school-' || s.id, 'active', ej.oneroster_at('school', ARRAY[s.id]), s.name::text, 'school',
    nullif(s.okpo::text, '')
  FROM ej.school AS s WHERE s.id = oneroster_orgs.school
$$;

-- The school year; its terms; and each term with lessons once more as the period for which marks are given.
CREATE OR REPLACE FUNCTION ej.oneroster_sessions(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, kind text, "sourcedId" text, status text, "dateLastModified" text, title text,
               "startDate" text, "endDate" text, type text, parent jsonb, "schoolYear" text, school_id text)
LANGUAGE sql STABLE AS $$
SELECT y.year::bigint, 'year', 'year-' || y.school_id || '-' || y.year, 'active',
       ej.oneroster_at('school_year', ARRAY[y.school_id, y.year]), y.year || '/' || y.year + 1, lower(y.during)::text,
       upper(y.during)::text, 'schoolYear', NULL::jsonb, (y.year + 1)::text, 'school-' || y.school_id
  FROM ej.school_year AS y
 WHERE y.school_id = oneroster_sessions.school AND y.year = yr
 UNION ALL
SELECT t.id, k.kind, k.kind || '-' || t.id, 'active', ej.oneroster_at('term', ARRAY[t.id]), p.name || ', ' || t.name,
       lower(t.during)::text, upper(t.during)::text,
       CASE WHEN k.kind = 'period' THEN 'gradingPeriod' WHEN t.kind = 'half' THEN 'semester' ELSE 'term' END,
       CASE k.kind WHEN 'period' THEN ej.oneroster_ref(base, 'academicSessions', 'academicSession', 'term-' || t.id)
            ELSE ej.oneroster_ref(base, 'academicSessions', 'academicSession', 'year-' || t.school_id || '-' || yr) END,
       (yr + 1)::text, 'school-' || t.school_id
  FROM ej.term AS t
  JOIN ej.term_plan AS p ON p.id = t.term_plan_id AND p.year = yr
 CROSS JOIN (VALUES ('term'), ('period')) AS k (kind)
 WHERE t.school_id = oneroster_sessions.school AND t.is_taught
$$;

-- The subjects, as courses.
CREATE OR REPLACE FUNCTION ej.oneroster_courses(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, "sourcedId" text, status text, "dateLastModified" text, title text, "courseCode" text,
               subjects jsonb, org jsonb)
LANGUAGE sql STABLE AS $$
SELECT s.id, 'subject-' || s.id, 'active', ej.oneroster_at('subject', ARRAY[s.id]), s.name::text, s.short_name::text,
       jsonb_build_array(s.name), ej.oneroster_ref(base, 'orgs', 'org', 'school-' || s.school_id)
  FROM ej.subject AS s WHERE s.school_id = oneroster_courses.school
 UNION ALL -- what a class does with its class teacher: a homeroom class needs a course, too
SELECT 0, 'homeroom-' || s.id, 'active', ej.oneroster_at('school', ARRAY[s.id]), 'Классное руководство', NULL, NULL,
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || s.id)
  FROM ej.school AS s WHERE s.id = oneroster_courses.school
$$;

-- Classes (homeroom), and each subject that is taught to a group (scheduled).
CREATE OR REPLACE FUNCTION ej.oneroster_classes(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, kind text, "sourcedId" text, status text, "dateLastModified" text, title text,
               "classType" text, location text, grades jsonb, subjects jsonb, course jsonb, school jsonb, terms jsonb)
LANGUAGE sql STABLE AS $$
SELECT c.id, 'class', 'class-' || c.id, 'active', ej.oneroster_at('class', ARRAY[c.id]), c.name, 'homeroom',
       (SELECT r.name::text FROM ej.room AS r WHERE r.id = c.room_id), jsonb_build_array(to_char(c.grade, 'FM00')),
           NULL::jsonb,
       ej.oneroster_ref(base, 'courses', 'course', 'homeroom-' || c.school_id),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || c.school_id),
       (SELECT jsonb_agg(ej.oneroster_ref(base, 'academicSessions', 'academicSession',
           'term-' || t.id) ORDER BY lower(t.during), t.id)
          FROM ej.term AS t WHERE t.term_plan_id = c.term_plan_id AND t.is_taught)
  FROM ej.class AS c
 WHERE c.school_id = oneroster_classes.school AND c.year = yr
 UNION ALL
SELECT t.id, 'teaching', 'teaching-' || t.id, 'active', ej.oneroster_at('teaching', ARRAY[t.id]),
    g.name || ', ' || s.name, 'scheduled',
       NULL, (SELECT jsonb_agg(DISTINCT to_char(c.grade, 'FM00')) FROM ej.study_group_class AS x
           JOIN ej.class AS c ON c.id = x.class_id
               WHERE x.study_group_id = g.id),
       jsonb_build_array(s.name), ej.oneroster_ref(base, 'courses', 'course', 'subject-' || s.id),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || t.school_id),
       (SELECT jsonb_agg(ej.oneroster_ref(base, 'academicSessions', 'academicSession',
           'term-' || j.term_id) ORDER BY lower(m.during), m.id)
          FROM ej.journal AS j JOIN ej.term AS m ON m.id = j.term_id WHERE j.teaching_id = t.id AND m.is_taught)
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE t.school_id = oneroster_classes.school AND t.year = yr
$$;

-- The roles of a member of staff, as OneRoster names them: teacher, the roles by order; aide where there is none.
CREATE OR REPLACE FUNCTION ej.oneroster_staff_roles(staff_id bigint, school bigint, yr int, day date,
    base text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
SELECT jsonb_agg(jsonb_build_object('roleType', CASE WHEN r.n = 1 THEN 'primary' ELSE 'secondary' END, 'role', r.role,
                                    'org', ej.oneroster_ref(base, 'orgs', 'org', 'school-' || school)) ORDER BY r.n)
  FROM (SELECT x.role, row_number() OVER (ORDER BY x.n, x.role) AS n
          FROM (SELECT 1 AS n, 'teacher' AS role
                 WHERE EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = oneroster_staff_roles.staff_id
                     AND t.year = yr)
                 UNION
                SELECT 2, CASE r.role WHEN 'director' THEN 'principal' WHEN 'administrator' THEN 'systemAdministrator'
                                      ELSE 'siteAdministrator' END
                  FROM ej.staff_role AS r
                 WHERE r.staff_id = oneroster_staff_roles.staff_id AND r.during @> day
                   AND r.role IN ('director', 'administrator', 'deputy')
                 UNION
                SELECT 3, 'aide'
                 WHERE NOT EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = oneroster_staff_roles.staff_id
                     AND t.year = yr)
                   AND NOT EXISTS (SELECT FROM ej.staff_role AS r WHERE r.staff_id = oneroster_staff_roles.staff_id
                                      AND r.during @> day AND r.role IN ('director', 'administrator',
                                          'deputy'))) AS x) AS r
$$;

-- Staff, the pupils who were in a class of the year, and their guardians. A person with two cards is two users.
CREATE OR REPLACE FUNCTION ej.oneroster_users(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, kind text, pupil_id bigint, "sourcedId" text, status text, "dateLastModified" text,
               "enabledUser" text, "givenName" text, "familyName" text, "middleName" text, roles jsonb,
               "primaryOrg" jsonb, grades jsonb, agents jsonb)
LANGUAGE sql STABLE AS $$
SELECT s.id, CASE WHEN EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = s.id
    AND t.year = yr) THEN 'teacher' ELSE 'staff' END,
       NULL::bigint, 'staff-' || s.id, CASE WHEN s.during @> day THEN 'active' ELSE 'tobedeleted' END,
       ej.oneroster_at('staff', ARRAY[s.id]), (s.during @> day)::text, s.given_name::text, s.surname::text,
           nullif(s.patronymic::text, ''),
       ej.oneroster_staff_roles(s.id, s.school_id, yr, day, base), ej.oneroster_ref(base, 'orgs', 'org',
           'school-' || s.school_id),
       NULL::jsonb, NULL::jsonb
  FROM ej.staff AS s
 WHERE s.school_id = oneroster_users.school
 UNION ALL
SELECT p.id, 'student', p.id, 'pupil-' || p.id, CASE WHEN e.is_here THEN 'active' ELSE 'tobedeleted' END,
       ej.oneroster_at('pupil', ARRAY[p.id]), e.is_here::text, p.given_name::text, p.surname::text,
           nullif(p.patronymic::text, ''),
       jsonb_build_array(jsonb_build_object('roleType', 'primary', 'role', 'student',
                                            'org', ej.oneroster_ref(base, 'orgs', 'org', 'school-' || p.school_id))),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || p.school_id), jsonb_build_array(to_char(e.grade, 'FM00')),
       (SELECT jsonb_agg(ej.oneroster_ref(base, 'users', 'user', 'guardian-' || w.guardian_id) ORDER BY w.guardian_id)
          FROM ej.guardianship AS w
         WHERE w.pupil_id = p.id AND w.during @> day AND w.guardian_id <> ALL (hidden))
  FROM ej.pupil AS p
 CROSS JOIN LATERAL (SELECT c.grade, upper_inf(e.during) OR upper(e.during) > day AS is_here
                       FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = p.id AND c.year = yr ORDER BY lower(e.during) DESC LIMIT 1) AS e
 WHERE p.school_id = oneroster_users.school AND p.id <> ALL (on_paper)
 UNION ALL
SELECT g.id, 'guardian', NULL, 'guardian-' || g.id, 'active', ej.oneroster_at('guardian', ARRAY[g.id]), 'true',
    g.given_name::text,
       g.surname::text, nullif(g.patronymic::text, ''),
       jsonb_build_array(jsonb_build_object('roleType', 'primary', 'role', 'guardian',
                                            'org', ej.oneroster_ref(base, 'orgs', 'org', 'school-' || g.school_id))),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || g.school_id), NULL, NULL
  FROM ej.guardian AS g
 WHERE g.school_id = oneroster_users.school AND g.id <> ALL (hidden)
   AND EXISTS (SELECT FROM ej.guardianship AS w JOIN ej.enrolment AS e ON e.pupil_id = w.pupil_id
                 JOIN ej.class AS c ON c.id = e.class_id AND c.year = yr
                WHERE w.guardian_id = g.id AND w.during @> day)
$$;

-- Date of birth and sex of the pupils who were in a class of the year.
CREATE OR REPLACE FUNCTION ej.oneroster_demographics(school bigint, yr int, day date, on_paper bigint[],
    hidden bigint[], base text)
RETURNS TABLE (id bigint, pupil_id bigint, "sourcedId" text, status text, "dateLastModified" text, "birthDate" text,
               sex text)
LANGUAGE sql STABLE AS $$
SELECT k.pupil_id, k.pupil_id, 'pupil-' || k.pupil_id, 'active', ej.oneroster_at('pupil_card', ARRAY[k.pupil_id]),
    k.birth_on::text,
       CASE k.sex WHEN 'f' THEN 'female' WHEN 'm' THEN 'male' ELSE 'unspecified' END
  FROM ej.pupil_card AS k
 WHERE k.school_id = oneroster_demographics.school AND k.pupil_id <> ALL (on_paper)
   AND EXISTS (SELECT FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                WHERE e.pupil_id = k.pupil_id AND c.year = yr)
$$;

-- Who is in which class: pupils in classes and in what their groups are taught, class teachers, teachers.
CREATE OR REPLACE FUNCTION ej.oneroster_enrollments(school bigint, yr int, day date, on_paper bigint[],
    hidden bigint[], base text)
RETURNS TABLE (id bigint, kind text, pupil_id bigint, "sourcedId" text, status text, "dateLastModified" text,
               role text, "primary" text, "user" jsonb, class jsonb, school jsonb, "beginDate" text, "endDate" text)
LANGUAGE sql STABLE AS $$
SELECT x.id, x.kind, x.pupil_id, x.kind || '-' || x.id || coalesce('-' || x.teaching_id, ''),
       CASE WHEN upper(x.during) <= day THEN 'tobedeleted' ELSE 'active' END, ej.oneroster_at(x.kept, ARRAY[x.id]),
       CASE WHEN x.pupil_id IS NULL THEN 'teacher' ELSE 'student' END,
       CASE WHEN x.pupil_id IS NULL THEN 'true' ELSE 'false' END,
       ej.oneroster_ref(base, 'users', 'user', x.who), ej.oneroster_ref(base, 'classes', 'class', x.class),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || oneroster_enrollments.school),
       CASE WHEN NOT lower_inf(x.during) THEN lower(x.during)::text END,
       CASE WHEN NOT upper_inf(x.during) THEN upper(x.during)::text END
  FROM (SELECT e.id, 'enrolment' AS kind, 'enrolment' AS kept, e.pupil_id, NULL::bigint AS teaching_id,
      'pupil-' || e.pupil_id AS who,
               'class-' || c.id AS class, e.during
          FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id AND c.year = yr
         WHERE e.school_id = oneroster_enrollments.school AND e.pupil_id <> ALL (on_paper)
         UNION ALL
        SELECT b.id, 'membership', 'membership', b.pupil_id, t.id, 'pupil-' || b.pupil_id, 'teaching-' || t.id, b.during
          FROM ej.membership AS b JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id AND t.year = yr
         WHERE b.school_id = oneroster_enrollments.school AND b.pupil_id <> ALL (on_paper)
         UNION ALL
        SELECT t.id, 'teacher', 'teaching', NULL, NULL, 'staff-' || t.staff_id, 'teaching-' || t.id, y.during
          FROM ej.teaching AS t JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
         WHERE t.school_id = oneroster_enrollments.school AND t.year = yr
         UNION ALL
        SELECT c.id, 'leader', 'class', NULL, NULL, 'staff-' || c.class_teacher_id, 'class-' || c.id, y.during
          FROM ej.class AS c JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
         WHERE c.school_id = oneroster_enrollments.school AND c.year = yr AND c.class_teacher_id IS NOT NULL) AS x
$$;

-- ------------------------------------------------------------- gradebook --

-- The kinds of works, as categories, and one more for term marks.
CREATE OR REPLACE FUNCTION ej.oneroster_categories(school bigint, yr int, day date, on_paper bigint[],
    hidden bigint[], base text)
RETURNS TABLE (id bigint, "sourcedId" text, status text, "dateLastModified" text, title text, weight numeric)
LANGUAGE sql STABLE AS $$
SELECT k.id, 'kind-' || k.id, CASE WHEN k.is_active THEN 'active' ELSE 'tobedeleted' END, ej.oneroster_at('work_kind',
    ARRAY[k.id]),
       k.name::text, trim_scale(k.weight_pct / 100.0)
  FROM ej.work_kind AS k WHERE k.school_id = oneroster_categories.school
 UNION ALL
SELECT 0, 'final-' || s.id, 'active', ej.oneroster_at('school', ARRAY[s.id]), 'Итоговая отметка', NULL
  FROM ej.school AS s WHERE s.id = oneroster_categories.school
$$;

-- The scales of marks, with their values.
CREATE OR REPLACE FUNCTION ej.oneroster_scales(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, "sourcedId" text, status text, "dateLastModified" text, title text, type text,
               "scoreScaleValue" jsonb)
LANGUAGE sql STABLE AS $$
SELECT s.id, 'scale-' || s.id, CASE WHEN s.is_active THEN 'active' ELSE 'tobedeleted' END, ej.oneroster_at('scale',
    ARRAY[s.id]),
       s.name::text, 'ordinal',
       (SELECT jsonb_agg(jsonb_build_object('itemValueLHS', v.value, 'itemValueRHS',
           coalesce(trim_scale(v.number)::text, v.name))
                         ORDER BY v.order_no, v.id)
          FROM ej.scale_value AS v WHERE v.scale_id = s.id)
  FROM ej.scale AS s WHERE s.school_id = oneroster_scales.school
$$;

-- Works with marks, and for each journal of a term its term mark.
CREATE OR REPLACE FUNCTION ej.oneroster_items(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, kind text, "sourcedId" text, status text, "dateLastModified" text, title text,
               "assignDate" text, "dueDate" text, class jsonb, school jsonb, category jsonb, "gradingPeriod" jsonb,
               "academicSession" jsonb, "scoreScale" jsonb)
LANGUAGE sql STABLE AS $$
SELECT w.id, 'work', 'work-' || w.id, 'active', ej.oneroster_at('work', ARRAY[w.id]), coalesce(nullif(w.title::text,
    ''), k.name::text),
       l.held_on || 'T00:00:00.000Z', l.held_on || 'T00:00:00.000Z',
       ej.oneroster_ref(base, 'classes', 'class', 'teaching-' || w.teaching_id),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || w.school_id), ej.oneroster_ref(base, 'categories',
           'category', 'kind-' || w.kind_id),
       ej.oneroster_ref(base, 'gradingPeriods', 'academicSession', 'period-' || j.term_id),
       ej.oneroster_ref(base, 'academicSessions', 'academicSession', 'term-' || j.term_id),
       ej.oneroster_ref(base, 'scoreScales', 'scoreScale', 'scale-' || w.scale_id)
  FROM ej.work AS w
  JOIN ej.lesson AS l ON l.id = w.lesson_id
  JOIN ej.work_kind AS k ON k.id = w.kind_id
  JOIN ej.journal AS j ON j.id = w.journal_id
 WHERE w.school_id = oneroster_items.school AND w.id BETWEEN yr * 10000000000 AND (yr + 1) * 10000000000 - 1
   AND l.id BETWEEN yr * 10000000000 AND (yr + 1) * 10000000000 - 1
 UNION ALL
SELECT j.id, 'journal', 'journal-' || j.id, 'active', ej.oneroster_at('journal', ARRAY[j.id]), t.name::text,
       lower(t.during) || 'T00:00:00.000Z', upper(t.during) || 'T00:00:00.000Z',
       ej.oneroster_ref(base, 'classes', 'class', 'teaching-' || j.teaching_id),
       ej.oneroster_ref(base, 'orgs', 'org', 'school-' || j.school_id), ej.oneroster_ref(base, 'categories',
           'category', 'final-' || j.school_id),
       ej.oneroster_ref(base, 'gradingPeriods', 'academicSession', CASE WHEN t.is_taught THEN 'period-' || t.id END),
       ej.oneroster_ref(base, 'academicSessions', 'academicSession',
                        CASE WHEN t.is_taught THEN 'term-' || t.id ELSE 'year-' || t.school_id || '-' || yr END),
       ej.oneroster_ref(base, 'scoreScales', 'scoreScale', 'scale-' || x.term_scale_id)
  FROM ej.journal AS j
  JOIN ej.teaching AS x ON x.id = j.teaching_id AND x.year = yr
  JOIN ej.term AS t ON t.id = j.term_id
 WHERE j.school_id = oneroster_items.school
$$;

-- Marks and term marks; none that was emptied.
CREATE OR REPLACE FUNCTION ej.oneroster_results(school bigint, yr int, day date, on_paper bigint[], hidden bigint[],
    base text)
RETURNS TABLE (id bigint, kind text, pupil_id bigint, "sourcedId" text, status text, "dateLastModified" text,
               "lineItem" jsonb, student jsonb, class jsonb, "scoreScale" jsonb, "scoreStatus" text, score numeric,
               "textScore" text, "scoreDate" text, comment text)
LANGUAGE sql STABLE AS $$
SELECT m.work_id, 'mark', m.pupil_id, 'mark-' || m.work_id || '-' || m.pupil_id || '-' || m.attempt, 'active',
       ej.oneroster_at('mark', ARRAY[m.work_id, m.pupil_id, m.attempt]),
       ej.oneroster_ref(base, 'lineItems', 'lineItem', 'work-' || m.work_id),
       ej.oneroster_ref(base, 'users', 'user', 'pupil-' || m.pupil_id),
       ej.oneroster_ref(base, 'classes', 'class', 'teaching-' || m.teaching_id),
       ej.oneroster_ref(base, 'scoreScales', 'scoreScale', 'scale-' || m.scale_id), 'fully graded',
           trim_scale(v.number), m.value::text,
       (SELECT l.held_on::text FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id WHERE w.id = m.work_id),
       nullif(m.comment::text, '')
  FROM ej.mark AS m
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
 WHERE m.school_id = oneroster_results.school AND m.work_id BETWEEN yr * 10000000000 AND (yr + 1) * 10000000000 - 1
   AND m.pupil_id <> ALL (on_paper)
 UNION ALL
SELECT j.id, 'final', m.pupil_id, 'final-' || m.pupil_id || '-' || m.subject_id || '-' || m.term_id, 'active',
       ej.oneroster_at('term_mark', ARRAY[m.pupil_id, m.subject_id, m.term_id]),
       ej.oneroster_ref(base, 'lineItems', 'lineItem', 'journal-' || j.id),
       ej.oneroster_ref(base, 'users', 'user', 'pupil-' || m.pupil_id),
       ej.oneroster_ref(base, 'classes', 'class', 'teaching-' || m.teaching_id),
       ej.oneroster_ref(base, 'scoreScales', 'scoreScale', 'scale-' || m.scale_id), 'fully graded',
           trim_scale(v.number), m.value::text,
       m.given_on::text, NULL
  FROM ej.term_mark AS m
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
  JOIN ej.journal AS j ON j.teaching_id = m.teaching_id AND j.term_id = m.term_id
  JOIN ej.teaching AS x ON x.id = m.teaching_id AND x.year = yr
 WHERE m.school_id = oneroster_results.school AND m.pupil_id <> ALL (on_paper)
$$;
