-- plan_dates.sql: a plan put on the dates of one teaching: topics given, and the rest of them on
-- the lessons and the days of the timetable ahead.
--
-- Only topics given (ej.plan_given) and skipped (ej.plan_skip) are stored. The dates of the rest are
-- computed, and so follow every change of timetable, holidays and lessons. PL/pgSQL, since these would
-- be planned anew for each page of a lesson.

-- Of each topic of a teaching's plan: the hours still to be given (rest), the hours given, and whether
-- the rest is skipped.
CREATE OR REPLACE FUNCTION ej.plan_rest(teaching_id bigint)
RETURNS TABLE (plan_row_id bigint, place numeric, rest numeric, given numeric, is_skipped boolean)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.id, r.place, CASE WHEN k.id IS NOT NULL THEN 0 ELSE greatest(0, r.hours + g.more - g.n) END,
           least(g.n, r.hours + g.more), k.id IS NOT NULL
      FROM ej.plan_use AS u
      JOIN ej.plan_row AS r ON r.plan_id = u.plan_id
      LEFT JOIN ej.plan_skip AS k ON k.teaching_id = u.teaching_id AND k.plan_row_id = r.id
     CROSS JOIN LATERAL (SELECT count(*)::numeric AS n, count(*) FILTER (WHERE g.goes_on)::numeric AS more
                           FROM ej.plan_given AS g WHERE g.teaching_id = $1 AND g.plan_row_id = r.id) AS g
     WHERE u.teaching_id = $1;
END
$$;

-- The hours ahead: lessons that have no topic yet, from the last given one on, and after the last
-- lesson that is made (to_end) the days of the timetable to the end of the year.
CREATE OR REPLACE FUNCTION ej.plan_slots(teaching_id bigint, to_end boolean)
RETURNS TABLE (n bigint, lesson_id bigint, held_on date, slot int)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH t AS MATERIALIZED (
        SELECT t.id, t.school_id, t.year, p.grade, lower(y.during) AS year_from, ej.today(t.school_id) AS today
          FROM ej.plan_use AS u
          JOIN ej.plan AS p ON p.id = u.plan_id
          JOIN ej.teaching AS t ON t.id = u.teaching_id
          JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
         WHERE u.teaching_id = $1
    ), l AS MATERIALIZED (
        SELECT l.id, l.held_on, l.slot, l.state, l.topic,
               EXISTS (SELECT FROM ej.plan_given AS g WHERE g.lesson_id = l.id) AS is_given
          FROM t JOIN ej.lesson AS l ON l.teaching_id = t.id
    ), d AS (
        SELECT NULL::bigint AS id, d.day::date AS held_on, x.slot
          FROM t
         CROSS JOIN LATERAL ej.plan_terms(t.school_id, t.year, t.grade) AS e
         CROSS JOIN LATERAL generate_series(
               greatest(lower(e.during), t.today + 1, (SELECT max(l.held_on) + 1 FROM l WHERE l.state <> 'moved')),
               upper(e.during) - 1, interval '1 day') AS d(day)
          JOIN ej.timetable AS x ON x.teaching_id = t.id AND x.during @> d.day::date
           AND x.weekday = extract(isodow FROM d.day) AND x.cycle IN (0, ej.timetable_cycle(d.day::date, t.year_from))
         WHERE $2 AND NOT EXISTS (SELECT FROM ej.holiday AS h WHERE h.school_id = t.school_id AND h.year = t.year
                              AND h.during @> d.day::date AND (h.kind <> 'extra' OR t.grade = 1))
    ), s AS (
        SELECT l.id, l.held_on, l.slot FROM l
         WHERE NOT l.is_given AND l.topic = '' AND l.state IN ('planned', 'given')
           AND l.held_on >= coalesce((SELECT max(o.held_on) FROM l AS o WHERE o.is_given), '-infinity')
         UNION ALL
        SELECT d.id, d.held_on, d.slot FROM d
    )
    SELECT row_number() OVER (ORDER BY s.held_on, s.slot), s.id, s.held_on, s.slot FROM s;
END
$$;

-- The topics of a teaching's plan on its lessons: those given, then the rest on the hours ahead.
-- state: given, ahead, skipped, or left (no hour is left for the topic). A topic of several hours has
-- several rows, and so has an hour of several topics.
CREATE OR REPLACE FUNCTION ej.plan_dates(teaching_id bigint, to_end boolean)
RETURNS TABLE (plan_row_id bigint, place numeric, state text, lesson_id bigint, held_on date, slot int)
LANGUAGE plpgsql STABLE ROWS 150 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH r AS MATERIALIZED (
        SELECT r.*, sum(r.rest) OVER (ORDER BY r.place, r.plan_row_id) AS ends FROM ej.plan_rest($1) AS r
    ), s AS MATERIALIZED (
        SELECT s.* FROM ej.plan_slots($1, $2) AS s
    )
    SELECT r.plan_row_id, r.place, 'given', l.id, l.held_on, l.slot
      FROM r JOIN ej.plan_given AS g ON g.plan_row_id = r.plan_row_id AND g.teaching_id = $1
      JOIN ej.lesson AS l ON l.id = g.lesson_id
     UNION ALL
    SELECT r.plan_row_id, r.place, 'skipped', NULL, NULL, NULL FROM r WHERE r.is_skipped
     UNION ALL
    SELECT r.plan_row_id, r.place, CASE WHEN s.n IS NULL THEN 'left' ELSE 'ahead' END, s.lesson_id, s.held_on, s.slot
      FROM r LEFT JOIN s ON s.n - 1 < r.ends AND s.n > r.ends - r.rest
     WHERE r.rest > 0;
END
$$;

-- The topics that the page of a lesson offers: those given in it (is_given), the topic put on it,
-- and up to three after it. is_next: the form proposes this one.
CREATE OR REPLACE FUNCTION ej.plan_offer(lesson_id bigint)
RETURNS TABLE (plan_row_id bigint, place numeric, topic text, kind text, homework text, links text, is_given boolean,
               is_next boolean)
LANGUAGE plpgsql STABLE ROWS 5 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH l AS MATERIALIZED (
        SELECT l.id, l.teaching_id FROM ej.lesson AS l WHERE l.id = $1
    ), g AS MATERIALIZED (
        SELECT g.plan_row_id FROM ej.plan_given AS g WHERE g.lesson_id = $1
    ), x AS MATERIALIZED (
        SELECT x.plan_row_id, x.place, x.lesson_id FROM l CROSS JOIN LATERAL ej.plan_dates(l.teaching_id, false) AS x
         WHERE x.state IN ('ahead', 'left')
    ), n AS (
        SELECT x.plan_row_id, min(x.place) AS place, bool_or(x.lesson_id = $1) AS is_here FROM x
         WHERE x.place >= coalesce((SELECT min(h.place) FROM x AS h WHERE h.lesson_id = $1), 0)
           AND x.plan_row_id NOT IN (SELECT g.plan_row_id FROM g)
         GROUP BY x.plan_row_id ORDER BY 2, 1 LIMIT 4
    )
    SELECT r.id, r.place, r.topic::text, r.kind::text, r.homework::text, r.links::text, o.is_given, o.is_next
      FROM (SELECT g.plan_row_id, true AS is_given, false AS is_next FROM g
             UNION ALL
            SELECT n.plan_row_id, false, NOT EXISTS (SELECT FROM g)
                   AND (n.is_here IS TRUE OR n.place = (SELECT min(m.place) FROM n AS m)) FROM n) AS o
      JOIN ej.plan_row AS r ON r.id = o.plan_row_id;
END
$$;

-- -------------------------------------------------------------- a lesson --

-- The topic of a lesson with those of its plan that are taken and that it does not have yet.
CREATE OR REPLACE FUNCTION ej.plan_topic(row_ids bigint[], topic text) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT CASE WHEN row_ids = '{}' THEN plan_topic.topic
            ELSE left(concat_ws('. ', nullif(plan_topic.topic, ''), string_agg(r.topic, '. ' ORDER BY r.place)
                          FILTER (WHERE position(r.topic IN plan_topic.topic) = 0)), 1000) END
  FROM ej.plan_row AS r WHERE r.id = ANY (row_ids)
$$;

-- The homework of a lesson: what was typed, else that of the topics that are taken. The first grade
-- has none.
CREATE OR REPLACE FUNCTION ej.plan_homework(lesson_id bigint, row_ids bigint[], typed text, is_none boolean)
RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT CASE WHEN typed <> '' OR is_none OR ej.is_unmarked(l.study_group_id) THEN typed
            ELSE coalesce((SELECT string_agg(r.homework, '; ' ORDER BY r.place) FROM ej.plan_row AS r
                            WHERE r.id = ANY (row_ids) AND r.homework <> ''), typed) END
  FROM ej.lesson AS l WHERE l.id = plan_homework.lesson_id
$$;

-- ------------------------------------------------------------------ works --

-- The code of the work's kind that a topic of this kind asks for (KTP-02, MRK-03); NULL: none.
CREATE OR REPLACE FUNCTION ej.plan_work_code(kind text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE $1 WHEN 'control' THEN 'test' WHEN 'laboratory' THEN 'lab' WHEN 'practical' THEN 'practical' END
$$;

-- The kind of work that a topic of this kind asks for in a lesson. NULL if the topic asks for none, the
-- lesson has such a work (for a control work one of any control kind, that of the schedule, too), the
-- group has no marks, or the school does not use this kind.
CREATE OR REPLACE FUNCTION ej.plan_work_kind(lesson_id bigint, kind text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT k.id
              FROM ej.lesson AS l
              JOIN ej.work_kind AS k ON k.school_id = l.school_id AND k.is_active
               AND k.code = ej.plan_work_code(plan_work_kind.kind)
             WHERE l.id = plan_work_kind.lesson_id AND NOT ej.is_unmarked(l.study_group_id)
               AND NOT EXISTS (SELECT FROM ej.work AS w JOIN ej.work_kind AS o ON o.id = w.kind_id
                                WHERE w.lesson_id = l.id AND (o.id = k.id OR o.is_control AND k.is_control)));
END
$$;

-- The lessons of a teaching in these days whose topics ask for a work that the lesson has not; only
-- for who writes the teaching's journal.
CREATE OR REPLACE FUNCTION ej.plan_works_wanted(teaching_id bigint, from_on date, till_on date)
RETURNS TABLE (lesson_id bigint, kinds text)
LANGUAGE plpgsql STABLE ROWS 5 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF $1 <> ALL (ej.my_write_teachings()) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH g AS MATERIALIZED (
        SELECT g.lesson_id, r.kind FROM ej.plan_given AS g JOIN ej.plan_row AS r ON r.id = g.plan_row_id
         WHERE g.teaching_id = $1 AND r.kind IN ('control', 'laboratory', 'practical')
    )
    SELECT l.id, string_agg(DISTINCT k.name::text, ', ')
      FROM g
      JOIN ej.lesson AS l ON l.id = g.lesson_id AND l.held_on >= from_on AND l.held_on <= till_on
      JOIN ej.work_kind AS k ON k.id = ej.plan_work_kind(l.id, g.kind)
     GROUP BY l.id;
END
$$;

-- Make the works that these topics, given in a lesson, ask for and that it has not; none in a lesson
-- with its most works. Returns their number.
CREATE OR REPLACE FUNCTION ej.plan_make_works(lesson ej.lesson, row_ids bigint[]) RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    journal_id bigint := (SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
                           WHERE j.teaching_id = (lesson).teaching_id AND e.is_taught AND e.during @> (lesson).held_on);
    kinds      bigint[] := ARRAY(
        SELECT DISTINCT k.id
          FROM ej.plan_given AS g
          JOIN ej.plan_row AS r ON r.id = g.plan_row_id
         CROSS JOIN LATERAL (SELECT ej.plan_work_kind((lesson).id, r.kind) AS id) AS k
         WHERE g.lesson_id = (lesson).id AND g.plan_row_id = ANY (row_ids) AND k.id IS NOT NULL);
BEGIN
    IF cardinality(kinds) + (SELECT count(*) FROM ej.work AS w WHERE w.lesson_id = (lesson).id) > ej.most_works() THEN
        RETURN 0;
    END IF;
    PERFORM ej.lesson_work_write(lesson, journal_id, k.id, '') FROM unnest(kinds) AS k(id);
    RETURN cardinality(kinds);
END
$$;

-- Make the works that the given topics of a lesson of this journal ask for. Returns the outcomes.
-- Errors: JE401 no such lesson, JE301 not the reader's, JE211 it has these works
CREATE OR REPLACE FUNCTION ej.plan_work_add(journal_id bigint, lesson_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    lesson ej.lesson;
BEGIN
    IF ej.lesson_lock(lesson_id) <> plan_work_add.journal_id THEN
        RAISE EXCEPTION 'no lesson of this journal' USING ERRCODE = 'JE401';
    END IF;
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = plan_work_add.lesson_id;
    PERFORM set_config('ej.year', (lesson.id / 10000000000)::text, true);
    PERFORM ej.plan_make_works(lesson, ARRAY(
        SELECT g.plan_row_id FROM ej.plan_given AS g WHERE g.lesson_id = lesson.id));
    RETURN '[{"outcome": "saved", "field": "work_lesson_id"}]';
END
$$;

-- Record which topics of its plan a lesson gave, after its form was saved with these outcomes: the
-- taken ones are added, the released ones removed; goes_on: the taken ones need another hour. Then make
-- the works that the topics of work_ids ask for. Returns the outcomes. Errors: JE106 no topic of the
-- teaching's plan, no topic of the lesson.
CREATE OR REPLACE FUNCTION ej.plan_record(lesson_id bigint, row_ids bigint[], gone_ids bigint[], goes_on boolean,
                                          work_ids bigint[], outcomes jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    lesson ej.lesson;
BEGIN
    IF row_ids || gone_ids || work_ids = '{}' OR ej.is_refused(outcomes)
       OR outcomes @> '[{"field": "topic", "outcome": "conflict"}]' THEN
        RETURN outcomes;
    END IF;
    SELECT l.* INTO lesson FROM ej.lesson AS l WHERE l.id = plan_record.lesson_id;
    IF EXISTS (SELECT FROM unnest(row_ids) AS i(id)
                WHERE NOT EXISTS (SELECT FROM ej.plan_use AS u JOIN ej.plan_row AS r ON r.plan_id = u.plan_id
                                   WHERE u.teaching_id = lesson.teaching_id AND r.id = i.id)) THEN
        RAISE EXCEPTION 'not a topic of this plan' USING ERRCODE = 'JE106', COLUMN = 'plan_next';
    END IF;
    DELETE FROM ej.plan_given AS g WHERE g.lesson_id = lesson.id AND g.plan_row_id = ANY (gone_ids);
    INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id, goes_on)
    SELECT DISTINCT lesson.id, i.id, lesson.school_id, lesson.teaching_id, plan_record.goes_on
      FROM unnest(row_ids) AS i(id)
    ON CONFLICT ON CONSTRAINT plan_given_pkey DO NOTHING;
    IF EXISTS (SELECT FROM unnest(work_ids) AS i(id)
                WHERE NOT EXISTS (SELECT FROM ej.plan_given AS g
                                   WHERE g.lesson_id = lesson.id AND g.plan_row_id = i.id)) THEN
        RAISE EXCEPTION 'not a topic of this lesson' USING ERRCODE = 'JE106', COLUMN = 'plan_next';
    ELSIF work_ids <> '{}' THEN
        PERFORM ej.plan_make_works(lesson, work_ids);
    END IF;
    RETURN outcomes;
END
$$;

-- ------------------------------------------------------------ a teaching --

-- Do one thing with the plan of a teaching, as a form asks (action): choose its plan (use), skip the
-- rest of a topic for a reason (skip), take that back (unskip), or (fill) let the given lessons that
-- have no topic of the plan count for its topics, one after the other. Returns the outcomes.
-- Errors: JE101 no reason, JE106 no such plan or topic, JE210 the teaching has another plan meanwhile,
-- JE301 not the reader's to do, JE401 no such teaching.
CREATE OR REPLACE FUNCTION ej.plan_do(teaching_id bigint, action text, old_plan_id bigint, plan_id bigint,
                                      plan_row_id bigint, reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    t      ej.teaching;
    stored bigint;
BEGIN
    SELECT x.* INTO t FROM ej.teaching AS x WHERE x.id = teaching_id;
    IF t.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF t.id <> ALL (ej.my_write_teachings())
      AND NOT (action = 'use' AND t.school_id = ANY (ej.my_setup_schools())) THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    END IF;
    PERFORM pg_advisory_xact_lock(92, hashint8(-t.id));
    stored := (SELECT u.plan_id FROM ej.plan_use AS u WHERE u.teaching_id = t.id);
    IF stored IS DISTINCT FROM old_plan_id AND (action <> 'use' OR stored IS DISTINCT FROM plan_id) THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'conflict', 'field', 'plan_id', 'code', 'JE210', 'value',
            coalesce((SELECT p.name::text FROM ej.plan AS p WHERE p.id = stored), '')));
    ELSIF action <> 'use' AND action <> 'fill' AND NOT EXISTS (
            SELECT FROM ej.plan_row AS r WHERE r.id = plan_row_id AND r.plan_id = stored) THEN
        RETURN '[{"outcome": "bad", "field": "plan_row_id", "code": "JE106"}]';
    ELSIF action = 'skip' AND reason = '' THEN
        RETURN '[{"outcome": "bad", "field": "reason", "code": "JE101"}]';
    END IF;
    CASE action
    WHEN 'use' THEN
        PERFORM ej.plan_choose(t.id, plan_id);
    WHEN 'skip' THEN
        INSERT INTO ej.plan_skip (school_id, teaching_id, plan_row_id, reason)
        VALUES (t.school_id, t.id, plan_row_id, reason) ON CONFLICT ON CONSTRAINT plan_skip_once DO NOTHING;
    WHEN 'unskip' THEN
        DELETE FROM ej.plan_skip AS k WHERE k.teaching_id = t.id AND k.plan_row_id = plan_do.plan_row_id;
    ELSE
        PERFORM ej.plan_fill(t.id);
    END CASE;
    RETURN '[{"outcome": "saved", "field": "plan_id"}]';
EXCEPTION WHEN SQLSTATE 'JE106' OR foreign_key_violation THEN
    RETURN '[{"outcome": "bad", "field": "plan_id", "code": "JE106"}]';
END
$$;

-- Choose the plan of a teaching; NULL: none. Topics of the former plan that were given stay recorded.
CREATE OR REPLACE FUNCTION ej.plan_choose(teaching_id bigint, plan_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF plan_choose.plan_id IS NULL THEN
        DELETE FROM ej.plan_use AS u WHERE u.teaching_id = plan_choose.teaching_id;
    ELSE
        INSERT INTO ej.plan_use AS u (teaching_id, school_id, plan_id)
        SELECT t.id, t.school_id, plan_choose.plan_id FROM ej.teaching AS t WHERE t.id = plan_choose.teaching_id
        ON CONFLICT ON CONSTRAINT plan_use_pkey DO UPDATE SET plan_id = excluded.plan_id;
    END IF;
END
$$;

-- Let the given lessons of a teaching that have no topic of its plan count for the topics that are
-- left, one after the other.
CREATE OR REPLACE FUNCTION ej.plan_fill(teaching_id bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
WITH r AS MATERIALIZED (
    SELECT r.*, sum(r.rest) OVER (ORDER BY r.place, r.plan_row_id) AS ends FROM ej.plan_rest($1) AS r
), l AS MATERIALIZED (
    SELECT l.id, l.school_id, row_number() OVER (ORDER BY l.held_on, l.slot) AS n
      FROM ej.lesson AS l
     WHERE l.teaching_id = $1 AND l.state = 'given' AND l.topic <> ''
       AND NOT EXISTS (SELECT FROM ej.plan_given AS g WHERE g.lesson_id = l.id)
)
INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id)
SELECT l.id, r.plan_row_id, l.school_id, $1
  FROM r JOIN l ON l.n - 1 < r.ends AND l.n > r.ends - r.rest
 WHERE r.rest > 0
$$;
