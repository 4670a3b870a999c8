-- receipts.sql: whether families have seen the weeks of the diary (DIA-12).
--
-- A week is asked for when the pupil's class had lessons in it. Of the school's settings
-- receipt_ways says which receipts count, receipt_by whether one or each informed guardian is to
-- give one, receipt_opens from which day of the week, receipt_days for how many days.
--
-- What is known of a pupil's week from several sides is put one below another and grouped, not
-- joined: the planner takes a list of ids for a few rows, and would compare each of the 4,000 weeks
-- of a school with each.

GRANT SELECT, INSERT ON ej.receipt TO ej_rule;
GRANT SELECT ON ej.receipt TO ej_rights;

-- The digest of what families are to have seen of these weeks: marks, absences and remarks. Topics
-- and homework are left out: teachers add them later, and nobody is asked again for these. It
-- checks no right: for functions of this file alone.
CREATE OR REPLACE FUNCTION ej.week_documents(pupil_ids bigint[], weeks date[])
RETURNS TABLE (pupil_id bigint, week_on date, sha256 bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    -- the pupils as a range: an index finds it equally well for one pupil and for a class; pupils within it who
    -- are not asked for are left out at the end
    first_id bigint := (SELECT min(p.id) FROM unnest($1) AS p(id));
    last_id  bigint := (SELECT max(p.id) FROM unnest($1) AS p(id));
BEGIN
    RETURN QUERY
    WITH lesson AS MATERIALIZED (
        SELECT l.id, w.week_on
          FROM (SELECT DISTINCT b.study_group_id FROM ej.membership AS b WHERE b.pupil_id = ANY ($1)) AS g
         CROSS JOIN unnest($2) AS w(week_on)
         CROSS JOIN LATERAL (SELECT l.id FROM ej.lesson AS l
                              WHERE l.study_group_id = g.study_group_id AND l.held_on >= w.week_on
                                AND l.held_on < w.week_on + 7 OFFSET 0) AS l
    ), fact AS MATERIALIZED (
        SELECT m.pupil_id, l.week_on, concat_ws(' ', 'mark', m.work_id, m.attempt, m.value) AS fact
          FROM lesson AS l
         CROSS JOIN LATERAL (SELECT o.id FROM ej.work AS o WHERE o.lesson_id = l.id OFFSET 0) AS o
         CROSS JOIN LATERAL (SELECT m.pupil_id, m.work_id, m.attempt, m.value FROM ej.mark AS m
                              WHERE m.work_id = o.id AND m.pupil_id BETWEEN first_id AND last_id
                                AND m.value IS NOT NULL OFFSET 0) AS m
         UNION ALL
        SELECT a.pupil_id, l.week_on, concat_ws(' ', 'absence', a.lesson_id, a.code, a.minutes)
          FROM lesson AS l
         CROSS JOIN LATERAL (SELECT a.pupil_id, a.lesson_id, a.code, a.minutes FROM ej.attendance AS a
                              WHERE a.lesson_id = l.id AND a.pupil_id BETWEEN first_id AND last_id OFFSET 0) AS a
         UNION ALL
        SELECT r.pupil_id, w.week_on, concat_ws(' ', 'remark', r.id, r.kind, r.note)
          FROM unnest($2) AS w(week_on)
          JOIN ej.remark AS r ON r.pupil_id = ANY ($1) AND r.made_on >= w.week_on AND r.made_on < w.week_on + 7
         UNION ALL
        SELECT p.id, w.week_on, NULL FROM unnest($1) AS p(id) CROSS JOIN unnest($2) AS w(week_on)
    )
    SELECT f.pupil_id, f.week_on, sha256(convert_to(
               concat(f.pupil_id, ' ', f.week_on, chr(10), string_agg(f.fact, chr(10) ORDER BY f.fact)), 'UTF8'))
      FROM fact AS f GROUP BY f.pupil_id, f.week_on HAVING bool_or(f.fact IS NULL);
END
$$;
ALTER FUNCTION ej.week_documents(bigint[], date[]) OWNER TO ej_rights;
GRANT SELECT ON ej.remark, ej.attendance, ej.mark, ej.guardianship, ej.school TO ej_rights;

-- The weeks among these in which these pupils had lessons. It checks no right: for functions of the
-- object files alone. state:
--   early    not open yet                due      open, nobody has seen it
--   part     some of the guardians have  overdue  nobody has, and the days are over
--   done     seen                        late     seen after these days
--   changed  seen, but a mark, absence or remark was changed since
CREATE OR REPLACE FUNCTION ej.receipt_states_of(pupil_ids bigint[], weeks date[])
RETURNS TABLE (pupil_id bigint, class_id bigint, week_on date, state text, opens_on date, due_on date,
               seen_at timestamptz, document bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH enrolled AS MATERIALIZED (
        SELECT n.pupil_id, n.school_id, w.week_on, max(n.class_id) AS class_id
          FROM unnest($2) AS w(week_on)
          JOIN ej.enrolment AS n ON n.pupil_id = ANY ($1) AND n.during && daterange(w.week_on, w.week_on + 6)
         GROUP BY n.pupil_id, n.school_id, w.week_on
    ), taught AS MATERIALIZED (
        SELECT c.class_id, c.week_on FROM (SELECT DISTINCT n.class_id, n.week_on FROM enrolled AS n) AS c
         WHERE EXISTS (SELECT FROM ej.study_group_class AS g
                        CROSS JOIN LATERAL (SELECT FROM ej.lesson AS l
                                             WHERE l.study_group_id = g.study_group_id AND l.held_on >= c.week_on
                                               AND l.held_on < c.week_on + 7 AND l.state IN ('planned', 'given')
                                             LIMIT 1) AS l
                        WHERE g.class_id = c.class_id)
    ), school AS MATERIALIZED (
        SELECT s.id, s.receipt_ways, s.receipt_by, s.receipt_opens, s.receipt_days, t.today AS today_on
          FROM ej.school AS s JOIN ej.school_today AS t ON t.school_id = s.id
         WHERE s.id = ANY (ARRAY(SELECT DISTINCT n.school_id FROM enrolled AS n)) AND s.receipt_ways <> '{}'
    ), part AS (
        SELECT n.pupil_id, n.week_on, n.class_id, n.school_id, NULL::bytea AS document,
               NULL::bigint AS guardian_id, NULL::bytea AS seen, NULL::boolean AS is_late, NULL::timestamptz AS made_at
          FROM enrolled AS n
         WHERE ((n.class_id, n.week_on) IN (SELECT t.class_id, t.week_on FROM taught AS t)) IS TRUE
         UNION ALL
        SELECT d.pupil_id, d.week_on, NULL, NULL, d.sha256, NULL, NULL, NULL, NULL
          FROM ej.week_documents($1, $2) AS d
         UNION ALL
        SELECT r.pupil_id, r.week_on, NULL, NULL, NULL, r.guardian_id, r.document_sha256, r.is_late, r.made_at
          FROM ej.receipt AS r
         WHERE r.pupil_id = ANY ($1) AND r.week_on = ANY ($2)
           AND ((r.school_id, r.way) IN (SELECT s.id, unnest(s.receipt_ways) FROM school AS s)) IS TRUE
    ), week AS (
        SELECT p.pupil_id, p.week_on, max(p.class_id) AS class_id, max(p.school_id) AS school_id,
               (array_agg(p.document) FILTER (WHERE p.document IS NOT NULL))[1] AS document,
               bool_and(p.is_late) AS is_late, max(p.made_at) AS last_at, count(DISTINCT p.guardian_id) AS ever,
               count(DISTINCT p.guardian_id) FILTER (WHERE p.seen = p.present) AS present
          FROM (SELECT p.*, first_value(p.document) OVER (PARTITION BY p.pupil_id, p.week_on
                                                          ORDER BY p.document NULLS LAST) AS present
                  FROM part AS p) AS p
         GROUP BY p.pupil_id, p.week_on HAVING max(p.class_id) IS NOT NULL
    ), x AS (
        SELECT w.pupil_id, w.class_id, w.week_on, w.week_on + s.receipt_opens - 1 AS opens_on,
               w.week_on + s.receipt_opens - 1 + s.receipt_days AS due_on, s.today_on,
               w.is_late, w.last_at, w.present, w.ever, w.document,
               CASE WHEN s.receipt_by = 'each' THEN greatest(1, (
                    SELECT count(*) FROM ej.guardianship AS g
                     WHERE g.pupil_id = w.pupil_id AND g.is_informed AND g.during @> s.today_on)) ELSE 1 END AS needed
          FROM week AS w JOIN school AS s ON s.id = w.school_id
    )
    SELECT x.pupil_id, x.class_id, x.week_on,
           CASE WHEN x.today_on < x.opens_on THEN 'early'
                WHEN x.present >= x.needed THEN CASE WHEN x.is_late THEN 'late' ELSE 'done' END
                WHEN x.ever > x.present THEN 'changed'
                WHEN x.ever > 0 THEN 'part'
                WHEN x.today_on > x.due_on THEN 'overdue'
                ELSE 'due' END,
           x.opens_on, x.due_on, x.last_at, x.document
      FROM x;
END
$$;
ALTER FUNCTION ej.receipt_states_of(bigint[], date[]) OWNER TO ej_rights;

-- The same of pupils whose diary the reader may read.
CREATE OR REPLACE FUNCTION ej.receipt_states(pupil_ids bigint[], weeks date[])
RETURNS TABLE (pupil_id bigint, class_id bigint, week_on date, state text, opens_on date, due_on date,
               seen_at timestamptz, document bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine bigint[] := ARRAY(SELECT p.id FROM ej.pupil AS p WHERE p.id = ANY ($1)
                              AND (p.id = ANY ((SELECT ej.my_pupils())::bigint[])
                                   OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])));
BEGIN
    RETURN QUERY SELECT x.* FROM ej.receipt_states_of(mine, $2) AS x;
END
$$;
ALTER FUNCTION ej.receipt_states(bigint[], date[]) OWNER TO ej_rights;

-- Record that the reader, as a present guardian of this child, has seen the week. document: the
-- digest, in hexadecimal, of the week as it was shown. Returns no outcomes, also when it was
-- recorded before. Errors: JE401 no child of the reader, JE203 the week is not open, JE106 a way
-- that the school does not count, JE210 the week was changed since it was shown.
CREATE OR REPLACE FUNCTION ej.receipt_make(pupil_id bigint, week_on date, way text, document text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    guardian record;
    week     record;
BEGIN
    SELECT w.guardian_id, w.school_id, s.receipt_ways, ej.today(w.school_id) AS today_on INTO guardian
      FROM ej.guardianship AS w JOIN ej.school AS s ON s.id = w.school_id
     WHERE w.pupil_id = $1 AND w.guardian_id = ANY (ej.my_guardians()) AND w.during @> ej.today(w.school_id);
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    SELECT x.* INTO week FROM ej.receipt_states(ARRAY[$1], ARRAY[$2]) AS x;
    IF NOT FOUND OR week.state = 'early' OR extract(isodow FROM $2) <> 1 THEN
        RETURN '[{"outcome": "bad", "field": "week_on", "code": "JE203"}]';
    ELSIF $3 = 'strip' OR $3 <> ALL (guardian.receipt_ways) THEN
        RETURN '[{"outcome": "bad", "field": "way", "code": "JE106"}]';
    ELSIF encode(week.document, 'hex') IS DISTINCT FROM $4 THEN
        RETURN '[{"outcome": "bad", "field": "document", "code": "JE210"}]';
    END IF;
    INSERT INTO ej.receipt (school_id, pupil_id, week_on, guardian_id, way, document_sha256, is_late)
    VALUES (guardian.school_id, $1, $2, guardian.guardian_id, $3, week.document, guardian.today_on > week.due_on)
    ON CONFLICT ON CONSTRAINT receipt_once DO NOTHING;
    RETURN '[]';
END
$$;

-- Record strips of a week that guardians have signed, by the class teacher of these pupils. A strip
-- stands for what was printed on it, or, if none was printed, for the week as it is now. Returns
-- no outcomes. Errors: JE301 a pupil of another class, JE211 no present guardian of the pupil,
-- JE203 the week is not open, JE106 the school does not count strips.
CREATE OR REPLACE FUNCTION ej.receipts_enter(week_on date, pupil_ids bigint[], guardian_ids bigint[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    fault text;
BEGIN
    IF NOT pupil_ids <@ ej.my_class_pupils() THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    END IF;
    SELECT CASE WHEN s.id IS NULL THEN '"way", "code": "JE106"'
                WHEN x.pupil_id IS NULL THEN '"week_on", "code": "JE203"'
                WHEN w.id IS NULL THEN '"guardian_id", "code": "JE211"' END INTO fault
      FROM unnest(pupil_ids, guardian_ids) AS t(pupil_id, guardian_id)
      JOIN ej.pupil AS p ON p.id = t.pupil_id
      LEFT JOIN ej.school AS s ON s.id = p.school_id AND 'strip' = ANY (s.receipt_ways)
      LEFT JOIN ej.receipt_states(pupil_ids, ARRAY[$1]) AS x ON x.pupil_id = t.pupil_id AND x.state <> 'early'
      LEFT JOIN ej.guardianship AS w ON w.pupil_id = t.pupil_id AND w.guardian_id = t.guardian_id
       AND w.during @> ej.today(p.school_id)
     WHERE s.id IS NULL OR x.pupil_id IS NULL OR w.id IS NULL LIMIT 1;
    IF fault IS NOT NULL THEN
        RETURN format('[{"outcome": "bad", "field": %s}]', fault);
    END IF;
    INSERT INTO ej.receipt (school_id, pupil_id, week_on, guardian_id, way, document_sha256, is_late, staff_id)
    SELECT p.school_id, p.id, $1, t.guardian_id, 'strip', coalesce(b.document_sha256, x.document),
           ej.today(p.school_id) > x.due_on, (ej.my_staff())[1]
      FROM unnest(pupil_ids, guardian_ids) AS t(pupil_id, guardian_id)
      JOIN ej.pupil AS p ON p.id = t.pupil_id
      JOIN ej.receipt_states(pupil_ids, ARRAY[$1]) AS x ON x.pupil_id = t.pupil_id
      LEFT JOIN LATERAL (SELECT b.document_sha256 FROM ej.paper AS b
                          WHERE b.pupil_id = t.pupil_id AND b.week_on = $1
                          ORDER BY b.printed_at DESC LIMIT 1) AS b ON true
    ON CONFLICT ON CONSTRAINT receipt_once DO NOTHING;
    RETURN '[]';
END
$$;
GRANT SELECT ON ej.paper TO ej_rule;

-- The Mondays of the school year up to this week, newest first.
CREATE OR REPLACE FUNCTION ej.receipt_weeks(school_id bigint, year int) RETURNS date[]
LANGUAGE sql STABLE AS $$
SELECT ARRAY(SELECT w::date FROM ej.school_year AS y
              CROSS JOIN LATERAL (SELECT least(upper(y.during) - 1, ej.today(y.school_id))::timestamp AS last) AS d
              CROSS JOIN LATERAL generate_series(
                         date_trunc('week', d.last), date_trunc('week', lower(y.during)::timestamp), interval '-1 week')
                         AS w
              WHERE y.school_id = $1 AND y.year = $2)
$$;

GRANT EXECUTE ON FUNCTION ej.receipt_states, ej.receipt_make, ej.receipts_enter TO ej_web;
GRANT EXECUTE ON FUNCTION ej.receipt_states, ej.week_documents TO ej_rule;
