-- attendance.sql: lessons and days missed, reasons of absence, lessons that contradict a reason.

-- A verification of a week is recorded for the reader.
ALTER TABLE ej.attendance_check ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- The code of the reason that covers a lesson, with which «н» is stored (ej.journal_entries); NULL
-- without such a reason, or if the reader does not write the lesson or teach the pupil.
CREATE OR REPLACE FUNCTION ej.lesson_reason(lesson_id bigint, pupil_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.rule_reason(lesson_reason.pupil_id, l.held_on, l.slot) FROM ej.lesson AS l
             WHERE l.id = lesson_reason.lesson_id AND lesson_reason.pupil_id = ANY (ej.my_taught_pupils())
               AND (l.teaching_id = ANY (ej.my_write_teachings()) OR l.id = ANY (ej.my_write_lessons())));
END
$$;

-- The pupils of a lesson whose reason of absence is known, with its code: for the writers of the
-- lesson, the class teacher of the pupils and the heads.
CREATE OR REPLACE FUNCTION ej.lesson_reasons(lesson_id bigint) RETURNS TABLE (pupil_id bigint, code text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT b.pupil_id, (SELECT ej.rule_reason(b.pupil_id, l.held_on, l.slot))
      FROM ej.lesson AS l
      JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
     WHERE l.id = lesson_reasons.lesson_id
       AND (l.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
            OR l.id = ANY ((SELECT ej.my_write_lessons())::bigint[])
            OR b.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[])
            OR b.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]))
       AND EXISTS (SELECT FROM ej.absence_reason AS r WHERE r.pupil_id = b.pupil_id AND r.during @> l.held_on
                      AND (r.slots IS NULL OR l.slot = ANY (r.slots)));
END
$$;

-- ---------------------------------------------------------------- figures --

-- The pupils among these whose attendance the reader may read as a whole.
CREATE OR REPLACE FUNCTION ej.missed_pupils(pupil_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine bigint[] := ej.my_pupils();
BEGIN
    IF pupil_ids <@ mine THEN
        RETURN pupil_ids;
    END IF;
    RETURN ARRAY(SELECT p.id FROM ej.pupil AS p
                  WHERE p.id = ANY (pupil_ids)
                    AND (p.id = ANY (mine) OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])));
END
$$;
ALTER FUNCTION ej.missed_pupils(bigint[]) OWNER TO ej_rights;

-- The days that ej.missed_days() returns, of pupils whom the caller may read. The planner does not know how many
-- pupils there are, one or a school's, so that it would join without hashes (enable_nestloop); the
-- LATERAL parts look up rows by an index.
CREATE OR REPLACE FUNCTION ej.missed_days_of(pupils bigint[], days daterange)
RETURNS TABLE (pupil_id bigint, held_on date, held bigint, lessons bigint, ill bigint, valid bigint,
               unjustified bigint, unexplained bigint, late bigint, is_missed boolean, is_ill boolean)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off AS $$
#variable_conflict use_column
DECLARE
    groups bigint[] := ARRAY(SELECT DISTINCT b.study_group_id FROM unnest(pupils) AS p(id)
        CROSS JOIN LATERAL (SELECT b.study_group_id FROM ej.membership AS b
                             WHERE b.pupil_id = p.id AND NOT isempty(b.during * days) OFFSET 0) AS b);
BEGIN
    RETURN QUERY
    WITH given AS MATERIALIZED (
        SELECT l.id, l.study_group_id, l.held_on
          FROM unnest(groups) AS g(id)
         CROSS JOIN LATERAL (
               SELECT l.id, l.study_group_id, l.held_on FROM ej.lesson AS l
                WHERE l.study_group_id = g.id AND l.held_on >= lower(days) AND l.held_on < upper(days)
                  AND l.state = 'given' OFFSET 0) AS l
    ), entered AS MATERIALIZED (
        SELECT a.pupil_id, a.school_id, a.code, g.held_on
          FROM given AS g
         CROSS JOIN LATERAL (SELECT a.pupil_id, a.school_id, a.code FROM ej.attendance AS a
                              WHERE a.lesson_id = g.id OFFSET 0) AS a
    ), away AS MATERIALIZED (
        SELECT a.pupil_id, a.school_id, a.held_on, count(*) FILTER (WHERE k.counts_missed) AS lessons,
               count(*) FILTER (WHERE a.code = 'б') AS ill, count(*) FILTER (WHERE a.code = 'у') AS valid,
               count(*) FILTER (WHERE a.code = 'п') AS unjustified,
               count(*) FILTER (WHERE a.code = 'н') AS unexplained, count(*) FILTER (WHERE a.code = 'о') AS late
          FROM entered AS a
          JOIN unnest(pupils) AS p(id) ON p.id = a.pupil_id
          JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
         WHERE k.counts_missed OR a.code = 'о'
         GROUP BY a.pupil_id, a.school_id, a.held_on
    ), held AS MATERIALIZED (
        SELECT w.pupil_id, w.held_on, sum(g.lessons)::bigint AS held
          FROM away AS w
         CROSS JOIN LATERAL (SELECT b.study_group_id FROM ej.membership AS b
                              WHERE b.pupil_id = w.pupil_id AND b.during @> w.held_on OFFSET 0) AS b
          JOIN (SELECT g.study_group_id, g.held_on, count(*) AS lessons FROM given AS g
                 GROUP BY g.study_group_id, g.held_on) AS g
            ON g.study_group_id = b.study_group_id AND g.held_on = w.held_on
         GROUP BY w.pupil_id, w.held_on
    )
    SELECT w.pupil_id, w.held_on, coalesce(h.held, 0), w.lessons, w.ill, w.valid, w.unjustified, w.unexplained, w.late,
           w.lessons >= least(coalesce(h.held, 0), nullif(s.missed_day, 0)),
           w.ill >= least(coalesce(h.held, 0), nullif(s.missed_day, 0))
      FROM away AS w
      JOIN ej.school AS s ON s.id = w.school_id
      LEFT JOIN held AS h ON h.pupil_id = w.pupil_id AND h.held_on = w.held_on;
END
$$;

-- The days on which these pupils missed a lesson or were late, with the numbers of lessons: held
-- that day for the pupil (those of the groups that the pupil was in), missed, by code, late. A
-- lesson was held once something was entered in it (state given). is_missed, is_ill: the day counts as
-- missed in full, by illness, by the school's definition (requirements 3.3): all lessons of the day are
-- missed or, with missed_day, at least so many of them (all, if the day had fewer).
CREATE OR REPLACE FUNCTION ej.missed_days(pupil_ids bigint[], days daterange)
RETURNS TABLE (pupil_id bigint, held_on date, held bigint, lessons bigint, ill bigint, valid bigint,
               unjustified bigint, unexplained bigint, late bigint, is_missed boolean, is_ill boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    pupils bigint[] := ej.missed_pupils(pupil_ids);
BEGIN
    RETURN QUERY SELECT * FROM ej.missed_days_of(pupils, days);
END
$$;
ALTER FUNCTION ej.missed_days(bigint[], daterange) OWNER TO ej_rights;

-- The sums of these days for each pupil (requirements 3.3). Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.missed(pupil_ids bigint[], days daterange)
RETURNS TABLE (pupil_id bigint, days_missed bigint, days_ill bigint, lessons numeric, ill numeric, valid numeric,
               unjustified numeric, unexplained numeric, late numeric)
LANGUAGE sql STABLE ROWS 30 AS $$
SELECT d.pupil_id, count(*) FILTER (WHERE d.is_missed), count(*) FILTER (WHERE d.is_ill), sum(d.lessons), sum(d.ill),
       sum(d.valid), sum(d.unjustified), sum(d.unexplained), sum(d.late)
  FROM ej.missed_days(pupil_ids, days) AS d
 GROUP BY d.pupil_id
$$;

-- The lessons that each of these pupils had and missed in each month of these days (requirements 3.3).
-- is_over: the share missed is that from which the school points a pupil out (missed_month_pct), or more.
CREATE OR REPLACE FUNCTION ej.missed_months(pupil_ids bigint[], days daterange)
RETURNS TABLE (pupil_id bigint, month_on date, held bigint, lessons bigint, is_over boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off AS $$
#variable_conflict use_column
DECLARE
    pupils bigint[] := ej.missed_pupils(pupil_ids);
BEGIN
    RETURN QUERY
    WITH member AS MATERIALIZED (
        SELECT b.pupil_id, b.school_id, b.study_group_id, b.during
          FROM unnest(pupils) AS p(id)
         CROSS JOIN LATERAL (SELECT b.* FROM ej.membership AS b
                              WHERE b.pupil_id = p.id AND NOT isempty(b.during * days) OFFSET 0) AS b
    ), given AS MATERIALIZED (
        SELECT g.id AS study_group_id, l.held_on, l.n
          FROM (SELECT DISTINCT m.study_group_id AS id FROM member AS m) AS g
         CROSS JOIN LATERAL (
               SELECT l.held_on, count(*) AS n FROM ej.lesson AS l
                WHERE l.study_group_id = g.id AND l.held_on >= lower(days) AND l.held_on < upper(days)
                  AND l.state = 'given' GROUP BY l.held_on OFFSET 0) AS l
    ), held AS MATERIALIZED (
        SELECT m.pupil_id, m.school_id, date_trunc('month', g.held_on::timestamp)::date AS month_on,
               sum(g.n)::bigint AS n
          FROM member AS m JOIN given AS g ON g.study_group_id = m.study_group_id AND m.during @> g.held_on
         GROUP BY 1, 2, 3
    ), missed AS MATERIALIZED (
        SELECT d.pupil_id, date_trunc('month', d.held_on::timestamp)::date AS month_on, sum(d.lessons)::bigint AS n
          FROM ej.missed_days_of(pupils, days) AS d GROUP BY 1, 2
    )
    SELECT h.pupil_id, h.month_on, h.n, coalesce(x.n, 0),
           s.missed_month_pct > 0 AND coalesce(x.n, 0) * 100 >= h.n * s.missed_month_pct
      FROM held AS h
      JOIN ej.school AS s ON s.id = h.school_id
      LEFT JOIN missed AS x ON x.pupil_id = h.pupil_id AND x.month_on = h.month_on;
END
$$;
ALTER FUNCTION ej.missed_months(bigint[], daterange) OWNER TO ej_rights;

-- -------------------------------------------------------- contradictions --

-- Lessons whose teacher marked a pupil present, or late, although a reason covers them: of a
-- class for its class teacher and the heads; without class_id those that the reader may correct.
-- The absences of the lesson are marked, and its journal is open.
CREATE OR REPLACE FUNCTION ej.absence_contradictions(class_id bigint)
RETURNS TABLE (lesson_id bigint, pupil_id bigint, code text, held_on date, slot int, teaching_id bigint,
               staff_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    since     date := ej.my_today() - 60;
    teachings bigint[] := CASE WHEN $1 IS NULL THEN ej.my_write_teachings() ELSE '{}' END;
    lessons   bigint[] := CASE WHEN $1 IS NULL THEN ej.my_write_lessons() ELSE '{}' END;
    pupils    bigint[] := CASE WHEN $1 IS NULL THEN ej.my_taught_pupils() ELSE ARRAY(
        SELECT e.pupil_id FROM ej.enrolment AS e
         WHERE e.class_id = $1 AND e.during && daterange(since, since + 61)
           AND (e.class_id = ANY (ej.my_classes()) OR e.school_id = ANY (ej.my_journal_schools()))) END;
    groups    bigint[] := CASE WHEN $1 IS NULL THEN ARRAY(
        SELECT t.study_group_id FROM ej.teaching AS t WHERE t.id = ANY (teachings)
         UNION SELECT l.study_group_id FROM ej.lesson AS l WHERE l.id = ANY (lessons)) ELSE ARRAY(
        SELECT DISTINCT b.study_group_id FROM ej.membership AS b WHERE b.pupil_id = ANY (pupils)) END;
BEGIN
    RETURN QUERY
    WITH lesson AS MATERIALIZED ( -- once, since several reasons cover a lesson
        SELECT l.id, l.study_group_id, l.held_on, l.slot, l.teaching_id, l.staff_id
          FROM (SELECT l.* FROM ej.lesson AS l WHERE l.teaching_id = ANY (teachings) AND l.held_on >= since
                 UNION ALL
                SELECT l.* FROM ej.lesson AS l WHERE l.id = ANY (lessons) AND l.held_on >= since
                 UNION ALL
                SELECT l.* FROM unnest(groups) AS g(id)
                 CROSS JOIN LATERAL (SELECT l.* FROM ej.lesson AS l WHERE $1 IS NOT NULL AND l.study_group_id = g.id
                                        AND l.held_on >= since OFFSET 0) AS l) AS l
         WHERE l.state = 'given' AND l.attendance_at IS NOT NULL
    ), reason AS MATERIALIZED (
        SELECT r.pupil_id, r.code, r.during, r.slots, b.study_group_id, b.during AS member
          FROM (SELECT b.* FROM unnest(groups) AS g(id)
                 CROSS JOIN LATERAL (SELECT b.* FROM ej.membership AS b WHERE b.study_group_id = g.id OFFSET 0) AS b
                 WHERE b.pupil_id = ANY (pupils)) AS b
         CROSS JOIN LATERAL (SELECT r.* FROM ej.absence_reason AS r
                              WHERE r.pupil_id = b.pupil_id AND upper(r.during) > since OFFSET 0) AS r
    )
    SELECT x.id, x.pupil_id, x.code, x.held_on, x.slot, x.teaching_id, x.staff_id FROM (
        SELECT l.id, r.pupil_id, r.code::text, l.held_on, l.slot, l.teaching_id, l.staff_id, l.study_group_id
          FROM lesson AS l
          JOIN reason AS r ON r.study_group_id = l.study_group_id AND r.during @> l.held_on AND r.member @> l.held_on
         WHERE (r.slots IS NULL OR l.slot = ANY (r.slots))
           AND NOT EXISTS (SELECT FROM ej.attendance AS a
                            WHERE a.lesson_id = l.id AND a.pupil_id = r.pupil_id AND a.code <> 'о') OFFSET 0) AS x
     WHERE EXISTS (SELECT FROM ej.fillable_journal(x.teaching_id, x.study_group_id, x.held_on));
END
$$;
ALTER FUNCTION ej.absence_contradictions(bigint) OWNER TO ej_rights;

-- -------------------------------------------------------------- writing --

-- The lessons of a day that a pupil missed without a reason: slots is NULL without one; is_whole:
-- these are all lessons held for the pupil on that day. code: of an absence of that day.
CREATE OR REPLACE FUNCTION ej.absence_unexplained(pupil_id bigint, held_on date, OUT slots int[], OUT code text,
    OUT is_whole boolean)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg(l.slot ORDER BY l.slot) FILTER (WHERE a.code = 'н'), min(a.code),
       count(*) FILTER (WHERE a.code = 'н') = (
           SELECT d.held FROM ej.missed_days(ARRAY[$1], daterange($2, $2, '[]')) AS d)
  FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id
 WHERE a.pupil_id = $1 AND l.held_on = $2
$$;

-- Explain absences: one row for each pupil, day (20261120) and code; rows without a code are
-- left out. The reason is for the whole day, or for the missed lessons if the pupil missed only
-- some. If «у» (a valid reason) comes without a document, the event at which the pupil was is named in its place.
-- Returns the outcomes. Errors: JE106 no such code, JE210 explained meanwhile, JE301 a pupil whose reasons are not the
-- reader's to write.
CREATE OR REPLACE FUNCTION ej.absence_explain(pupil_ids bigint[], days int[], codes text[], document text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    outcomes jsonb;
BEGIN
    IF NOT pupil_ids <@ (ej.my_class_pupils() || ARRAY(
           SELECT p.id FROM ej.pupil AS p
            WHERE p.id = ANY (pupil_ids) AND p.school_id = ANY (ej.my_deputy_schools()))) THEN
        RAISE EXCEPTION 'not a pupil of yours' USING ERRCODE = 'JE301';
    END IF;
    -- another save that explains the same absences waits here, and then finds them explained; the lock is
    -- not the pupil's row, which a deputy may not lock
    PERFORM pg_advisory_xact_lock(94, hashint8(p.id))
       FROM (SELECT DISTINCT p.id FROM unnest(pupil_ids) AS p(id) ORDER BY p.id) AS p;
    outcomes := (
        SELECT coalesce(jsonb_agg(jsonb_build_object('field', concat_ws('.', 'code', x.pupil_id, x.day)) || CASE
                   WHEN x.code <> ALL ('{б,у,п}') THEN '{"outcome": "bad", "code": "JE106"}'
                   WHEN u.slots IS NULL THEN jsonb_build_object('outcome', 'conflict', 'code', 'JE210', 'value', u.code)
                   ELSE jsonb_build_object('outcome', 'saved', 'row', to_jsonb(x) || to_jsonb(u) || to_jsonb(d)
                                                                      || jsonb_build_object('code', x.code)) END), '[]')
          FROM unnest(pupil_ids, days, codes) AS x(pupil_id, day, code)
         CROSS JOIN LATERAL (SELECT to_date(x.day::text, 'YYYYMMDD') AS held_on) AS d
         CROSS JOIN LATERAL ej.absence_unexplained(x.pupil_id, d.held_on) AS u
         WHERE x.code <> '');
    IF NOT ej.is_refused(outcomes) THEN
        INSERT INTO ej.absence_reason (school_id, pupil_id, code, during, slots, document)
        SELECT p.school_id, p.id, w.code, daterange(w.held_on, w.held_on, '[]'),
               CASE WHEN NOT w.is_whole THEN w.slots END,
               coalesce(nullif(absence_explain.document, ''), CASE WHEN w.code = 'у' THEN
                   (SELECT e.document FROM ej.event_of_absence(p.id, w.held_on) AS e) END, '')
          FROM jsonb_to_recordset(outcomes) AS o("row" jsonb)
         CROSS JOIN LATERAL jsonb_to_record(o.row) AS w(pupil_id bigint, held_on date, code text, slots int[],
                                                        is_whole boolean)
          JOIN ej.pupil AS p ON p.id = w.pupil_id;
    END IF;
    RETURN outcomes;
END
$$;

-- Announce that a child of the reader will be absent, from today on, for a month at most. Returns
-- the outcomes. Errors: JE106 no such code, JE203 a past or distant day, JE132 the last day is before
-- the first, JE212 a reason is known, JE401 no child of the reader.
CREATE OR REPLACE FUNCTION ej.absence_announce(pupil_id bigint, code text, from_on date, till_on date, note text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    child record;
    fault text;
BEGIN
    SELECT p.school_id, w.guardian_id, d.day INTO child
      FROM ej.pupil AS p
     CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS day) AS d
      JOIN ej.guardianship AS w ON w.pupil_id = p.id AND w.guardian_id = ANY (ej.my_guardians()) AND w.during @> d.day
     WHERE p.id = absence_announce.pupil_id LIMIT 1;
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    fault := CASE WHEN code <> ALL ('{б,у}') THEN '"code", "code": "JE106"'
                  WHEN from_on NOT BETWEEN child.day AND child.day + 30 THEN '"from_on", "code": "JE203"'
                  WHEN till_on < from_on THEN '"till_on", "code": "JE132"'
                  WHEN till_on > from_on + 30 THEN '"till_on", "code": "JE203"' END;
    IF fault IS NOT NULL THEN
        RETURN format('[{"outcome": "bad", "field": %s}]', fault);
    END IF;
    INSERT INTO ej.absence_reason (school_id, pupil_id, code, during, note, guardian_id)
    VALUES (child.school_id, absence_announce.pupil_id, absence_announce.code, daterange(from_on, till_on, '[]'),
            absence_announce.note, child.guardian_id);
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN exclusion_violation THEN
    RETURN '[{"outcome": "bad", "field": "from_on", "code": "JE212"}]';
END
$$;

-- Take back an absence that the reader has announced, from today on, as long as the class teacher
-- has not entered a document. Returns the outcomes. Errors: JE401 no such record.
CREATE OR REPLACE FUNCTION ej.absence_withdraw(absence_reason_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    own record;
BEGIN
    SELECT r.id, r.during, ej.today(r.school_id) AS day INTO own
      FROM ej.absence_reason AS r
     WHERE r.id = absence_withdraw.absence_reason_id AND r.guardian_id = ANY (ej.my_guardians())
       AND r.pupil_id = ANY (ej.my_family_pupils()) AND r.document = '' FOR UPDATE;
    IF NOT FOUND OR upper(own.during) <= own.day THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF lower(own.during) >= own.day THEN
        DELETE FROM ej.absence_reason AS r WHERE r.id = own.id;
    ELSE
        UPDATE ej.absence_reason AS r SET during = daterange(lower(own.during), own.day) WHERE r.id = own.id;
    END IF;
    RETURN '[{"outcome": "saved"}]';
END
$$;

GRANT EXECUTE ON FUNCTION ej.absence_announce, ej.absence_withdraw TO ej_web;
GRANT EXECUTE ON FUNCTION ej.lesson_reason, ej.lesson_reasons, ej.missed_pupils, ej.missed_days, ej.missed_months,
    ej.absence_contradictions TO ej_web;
