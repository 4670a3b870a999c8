-- region.sql: the indicators of the schools of regions (INT-04): counting them week by week, and hiding the numbers
-- under 5, also where they would follow from a sum.
--
-- ej.indicator has the counted numbers, which no page reads. The pages of a region read ej.indicator_view and
-- ej.indicator_sum, in which the hidden numbers are NULL. So a number is hidden from every reader alike.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.indicator, ej.indicator_view, ej.indicator_sum, ej.indicator_count
   TO ej_rule;
GRANT SELECT ON ej.region, ej.school, ej.school_year, ej.school_today, ej.lesson, ej.study_group_class, ej.class,
    ej.membership, ej.attendance, ej.attendance_code, ej.work, ej.mark, ej.scale_value, ej.enrolment, ej.guardianship,
    ej.guardian, ej.account, ej.visit, ej.meal_order, ej.gto_award TO ej_rule;

-- ----------------------------------------------------------------- roles --

-- A role in a region may be ended earlier than its order said; nothing else of its row changes, since the row is the
-- only record of it. A longer role, or one of another person, is a new row.
CREATE OR REPLACE FUNCTION ej.rule_region_role() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    ended ej.region_role := OLD;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        ended.during := daterange(lower(OLD.during), upper(NEW.during));
        ended.ended_at := now();
        NEW.ended_at := now();
        IF NEW = ended AND upper(NEW.during) < coalesce(upper(OLD.during), 'infinity') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a role in a region is ended, not changed' USING ERRCODE = 'JE211';
END
$$;
CREATE TRIGGER rule_region_role BEFORE UPDATE OR DELETE ON ej.region_role
    FOR EACH ROW EXECUTE FUNCTION ej.rule_region_role();

-- -------------------------------------------------------------- counting --

-- The lessons of a school in the weeks from from_on on that were to be given by today (till_on), and whether they are
-- filled: what report_filling counts (REP-23), each lesson once.
CREATE OR REPLACE FUNCTION ej.indicator_lessons(school bigint, from_on date, till_on date)
RETURNS TABLE (lesson_id bigint, study_group_id bigint, held_on date, week_on date, is_given boolean,
               is_checked boolean, is_filled boolean)
LANGUAGE sql STABLE ROWS 1000 SET search_path = ej, pg_temp AS $$
WITH g AS MATERIALIZED ( -- groups without marks and homework: all their classes are of such grades
    SELECT gc.study_group_id, bool_and(c.grade = ANY (s.unmarked_grades)) AS is_unmarked
      FROM ej.study_group_class AS gc
      JOIN ej.class AS c ON c.id = gc.class_id
      JOIN ej.school AS s ON s.id = c.school_id
     WHERE gc.school_id = school GROUP BY 1
)
SELECT l.id, l.study_group_id, l.held_on, date_trunc('week', l.held_on::timestamp)::date, l.state = 'given',
       l.state = 'given' AND l.attendance_at IS NOT NULL,
       NOT ej.is_unfilled(l.topic, l.attendance_at, l.homework, coalesce(g.is_unmarked, false))
  FROM ej.lesson AS l
  LEFT JOIN g ON g.study_group_id = l.study_group_id
 WHERE l.school_id = school AND l.held_on BETWEEN from_on AND till_on
   AND (l.state = 'given' OR l.state = 'planned' AND l.held_on < till_on)
$$;

-- The pupils of a school on the last day of each week.
CREATE OR REPLACE FUNCTION ej.indicator_pupils(school bigint, from_on date, till_on date)
RETURNS TABLE (week_on date, last_on date, pupil_id bigint)
LANGUAGE sql STABLE ROWS 5000 SET search_path = ej, pg_temp AS $$
SELECT DISTINCT w::date, least(w::date + 6, till_on), n.pupil_id
  FROM generate_series(from_on::timestamp, till_on::timestamp, '7 days') AS w
  JOIN ej.enrolment AS n ON n.school_id = school
   AND (lower_inf(n.during) OR lower(n.during) <= least(w::date + 6, till_on))
   AND (upper_inf(n.during) OR upper(n.during) > least(w::date + 6, till_on))
$$;

-- What is counted of a school in the weeks from from_on (a Monday) on up to till_on, its present day:
--   filled      lessons that were to be given; of them filled
--   attendance  pupils' lessons of those whose absences are marked; of them not missed
--   quality     marks in lessons of the week, without «осв» and the like; of them good («4» and «5»)
--   families    pupils; of them with a guardian who opened the journal in the week. Visits are kept for 90 days, so
--               weeks that ended over 60 days ago are not counted again
--   meals       pupils; of them with a meal ordered, in weeks with an order (module meals)
--   gto         pupils; of them with a sign given by then (module gto)
CREATE OR REPLACE FUNCTION ej.indicator_counts(school bigint, from_on date, till_on date)
RETURNS TABLE (indicator_key text, week_on date, part bigint, whole bigint)
LANGUAGE sql STABLE ROWS 200 SET search_path = ej, pg_temp AS $$
WITH l AS MATERIALIZED (
    SELECT l.* FROM ej.indicator_lessons(school, from_on, till_on) AS l
), n AS MATERIALIZED (
    SELECT n.* FROM ej.indicator_pupils(school, from_on, till_on) AS n
), o AS MATERIALIZED (
    SELECT DISTINCT date_trunc('week', o.served_on::timestamp)::date AS week_on, o.pupil_id
      FROM ej.meal_order AS o
     WHERE o.school_id = school AND o.served_on BETWEEN from_on AND till_on AND o.state <> 'withdrawn'
), active AS MATERIALIZED (
    SELECT DISTINCT date_trunc('week', v.seen_on::timestamp)::date AS week_on, g.id AS guardian_id
      FROM ej.guardian AS g
      JOIN ej.account AS a ON a.person_id = g.person_id
     CROSS JOIN LATERAL (SELECT v.seen_on FROM ej.visit AS v
                          WHERE v.account_id = a.id AND v.seen_on BETWEEN from_on AND till_on OFFSET 0) AS v
     WHERE g.school_id = school
)
SELECT 'filled', l.week_on, count(*) FILTER (WHERE l.is_filled), count(*) FROM l GROUP BY l.week_on
 UNION ALL
SELECT 'attendance', l.week_on, count(*) FILTER (WHERE NOT a.is_missed), count(*)
  FROM l
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
 CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM ej.attendance AS a
                                      JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code
                                     WHERE a.lesson_id = l.lesson_id AND a.pupil_id = b.pupil_id
                                       AND k.counts_missed) AS is_missed OFFSET 0) AS a
 WHERE l.is_checked GROUP BY l.week_on
 UNION ALL
SELECT 'quality', l.week_on, count(*) FILTER (WHERE v.is_good), count(*)
  FROM l
 CROSS JOIN LATERAL (SELECT w.id FROM ej.work AS w WHERE w.lesson_id = l.lesson_id OFFSET 0) AS w
 CROSS JOIN LATERAL (SELECT m.scale_id, m.value FROM ej.mark AS m
                      WHERE m.work_id = w.id AND m.value IS NOT NULL OFFSET 0) AS m
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.sou_weight IS NOT NULL
 WHERE l.is_given GROUP BY l.week_on
 UNION ALL
SELECT 'families', n.week_on, count(*) FILTER (WHERE f.is_active), count(*)
  FROM n
 CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM ej.guardianship AS w
                                      JOIN active AS x ON x.guardian_id = w.guardian_id
                                     WHERE w.pupil_id = n.pupil_id AND w.during @> n.last_on
                                       AND x.week_on = n.week_on) AS is_active OFFSET 0) AS f
 WHERE n.last_on >= till_on - 60 GROUP BY n.week_on
 UNION ALL
SELECT 'meals', n.week_on, count(o.pupil_id), count(*)
  FROM n LEFT JOIN o ON o.week_on = n.week_on AND o.pupil_id = n.pupil_id
 WHERE n.week_on IN (SELECT o.week_on FROM o)
   AND EXISTS (SELECT FROM ej.school AS s WHERE s.id = school AND 'meals' = ANY (s.modules))
 GROUP BY n.week_on
 UNION ALL
SELECT 'gto', n.week_on, count(*) FILTER (WHERE g.given_on <= n.last_on), count(*)
  FROM n
  LEFT JOIN (SELECT g.pupil_id, min(g.order_on) AS given_on FROM ej.gto_award AS g
              WHERE g.school_id = school GROUP BY g.pupil_id) AS g ON g.pupil_id = n.pupil_id
 WHERE EXISTS (SELECT FROM ej.school AS s WHERE s.id = school AND 'gto' = ANY (s.modules))
 GROUP BY n.week_on
$$;

-- Count a school in these weeks and store what changed.
CREATE OR REPLACE FUNCTION ej.indicator_store(school bigint, from_on date, till_on date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    WITH c AS MATERIALIZED (
        SELECT c.indicator_key, c.week_on, c.part, c.whole FROM ej.indicator_counts(school, from_on, till_on) AS c
    ), gone AS ( -- a week that has nothing to count any more; families of old weeks are kept
        UPDATE ej.indicator AS i SET part = 0, whole = 0, is_published = false
         WHERE i.school_id = school AND i.week_on BETWEEN from_on AND till_on AND i.whole > 0
           AND NOT (i.indicator_key = 'families' AND i.week_on + 6 < till_on - 60)
           AND NOT EXISTS (SELECT FROM c WHERE c.indicator_key = i.indicator_key AND c.week_on = i.week_on)
    )
    INSERT INTO ej.indicator AS i (school_id, indicator_key, week_on, part, whole)
    SELECT school, c.indicator_key, c.week_on, c.part, c.whole FROM c
        ON CONFLICT (school_id, indicator_key, week_on) DO UPDATE
       SET part = excluded.part, whole = excluded.whole, is_published = false
     WHERE (i.part, i.whole) <> (excluded.part, excluded.whole);
END
$$;

-- ---------------------------------------------------------------- hiding --

-- A row whose whole is under 5 ('tiny') is in no sum. Of the others, the part is hidden where it is under 5 ('few': it
-- may be 0 to 4) and where all but fewer than 5 are in it ('rest'). Whoever subtracts the shown parts from the sum of
-- the region learns the sum of the hidden parts. That sum tells nothing of any one part as long as each may still have
-- each of its 5 values: when the hidden parts together could be at least 4 less and at least 4 more than they are. So
-- further parts are hidden ('other': the reader knows that such a part and its rest are 5 or more) until that holds.

-- By how much the hidden parts of a block (ej.indicator_hide) could together be less and more than they are, for all
-- that a reader knows. few: whether the block has a part that must be hidden.
CREATE OR REPLACE FUNCTION ej.indicator_slack(block bigint, key text, week date,
    OUT few boolean, OUT less bigint, OUT more bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT coalesce(bool_or(i.shown <> 'other'), false),
           coalesce(sum(CASE i.shown WHEN 'few' THEN i.part WHEN 'rest' THEN i.part - greatest(5, i.whole - 4)
                                     ELSE i.part - 5 END), 0),
           coalesce(sum(CASE i.shown WHEN 'few' THEN 4 - i.part WHEN 'rest' THEN i.whole - i.part
                                     ELSE i.whole - 5 - i.part END), 0)
      INTO few, less, more
      FROM ej.indicator AS i
     WHERE i.week_on = week AND i.indicator_key = key AND i.block_id = block AND i.shown IN ('few', 'rest', 'other');
END
$$;

-- Hide further parts of a block until its sum tells nothing; false: there are not enough of them. Those with enough
-- slack first, of them the smallest school.
CREATE OR REPLACE FUNCTION ej.indicator_cover(block bigint, key text, week date) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    s record;
BEGIN
    LOOP
        SELECT * INTO s FROM ej.indicator_slack(block, key, week);
        IF NOT s.few OR s.less >= 4 AND s.more >= 4 THEN
            RETURN true;
        END IF;
        UPDATE ej.indicator AS i SET shown = 'other'
         WHERE i.indicator_key = key AND i.week_on = week AND i.school_id = (
               SELECT o.school_id FROM ej.indicator AS o
                WHERE o.week_on = week AND o.indicator_key = key AND o.block_id = block AND o.shown = ''
                ORDER BY least(o.part - 5, o.whole - 5 - o.part, 4) DESC, o.whole, o.school_id LIMIT 1);
        IF NOT FOUND THEN
            RETURN false;
        END IF;
    END LOOP;
END
$$;

-- The regions within these, themselves included, the lowest first.
CREATE OR REPLACE FUNCTION ej.region_tree(tops bigint[])
RETURNS TABLE (region_id bigint, parent_id bigint, depth int)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
WITH RECURSIVE t (region_id, parent_id, depth) AS (
    SELECT g.id, g.parent_id, 1 FROM ej.region AS g WHERE g.id = ANY (tops)
     UNION ALL
    SELECT g.id, g.parent_id, t.depth + 1 FROM t JOIN ej.region AS g ON g.parent_id = t.region_id
     WHERE t.depth < 10
)
SELECT t.region_id, t.parent_id, t.depth FROM t ORDER BY t.depth DESC, t.region_id
$$;

-- Decide how each number of one week is shown, and write what is shown. A block is a set of schools of whose hidden
-- parts one sum is known: those of a region, with those of its subregions whose own sum is not shown. Where a
-- region has not enough other schools to hide among, the sums of its subregions are not shown either, and all its
-- schools are one block; where that does not help, its own is not, and they belong to the block of the region above.
CREATE OR REPLACE FUNCTION ej.indicator_hide(key text, week date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    r         record;
    below     bigint[];
    is_shown  boolean;
BEGIN
    UPDATE ej.indicator AS i
       SET block_id = s.region_id, is_published = true,
           shown = CASE WHEN i.whole = 0 THEN 'none' WHEN i.whole < 5 THEN 'tiny' WHEN i.part < 5 THEN 'few'
                        WHEN i.whole - i.part < 5 THEN 'rest' ELSE '' END
      FROM ej.school AS s WHERE s.id = i.school_id AND i.week_on = week AND i.indicator_key = key;
    DELETE FROM ej.indicator_sum AS t WHERE t.week_on = week AND t.indicator_key = key;
    FOR r IN SELECT t.region_id, t.parent_id
               FROM ej.region_tree(ARRAY(SELECT g.id FROM ej.region AS g WHERE g.parent_id IS NULL)) AS t LOOP
        below := ARRAY(SELECT t.region_id FROM ej.region_tree(ARRAY[r.region_id]) AS t);
        INSERT INTO ej.indicator_sum (region_id, indicator_key, week_on, schools, part, whole)
        SELECT r.region_id, key, week, count(*), sum(i.part), sum(i.whole)
          FROM ej.indicator AS i JOIN ej.school AS s ON s.id = i.school_id AND s.region_id = ANY (below)
         WHERE i.week_on = week AND i.indicator_key = key AND i.whole >= 5
        HAVING count(*) > 0;
        CONTINUE WHEN NOT FOUND;
        is_shown := ej.indicator_cover(r.region_id, key, week);
        IF NOT is_shown AND cardinality(below) > 1 THEN
            UPDATE ej.indicator_sum AS t SET part = NULL
             WHERE t.week_on = week AND t.indicator_key = key AND t.region_id = ANY (below)
               AND t.region_id <> r.region_id;
            UPDATE ej.indicator AS i SET block_id = r.region_id
             WHERE i.week_on = week AND i.indicator_key = key AND i.block_id = ANY (below);
            is_shown := ej.indicator_cover(r.region_id, key, week);
        END IF;
        IF NOT is_shown THEN
            UPDATE ej.indicator_sum AS t SET part = NULL
             WHERE t.week_on = week AND t.indicator_key = key AND t.region_id = r.region_id;
            UPDATE ej.indicator AS i SET block_id = r.parent_id
             WHERE i.week_on = week AND i.indicator_key = key AND i.block_id = r.region_id AND r.parent_id IS NOT NULL;
        END IF;
    END LOOP;
    DELETE FROM ej.indicator_view AS v WHERE v.week_on = week AND v.indicator_key = key;
    INSERT INTO ej.indicator_view (school_id, indicator_key, week_on, shown, part, whole)
    SELECT i.school_id, key, week, i.shown, CASE WHEN i.shown = '' THEN i.part END,
           CASE WHEN i.shown <> 'tiny' THEN i.whole END
      FROM ej.indicator AS i
     WHERE i.week_on = week AND i.indicator_key = key AND i.shown <> 'none' AND i.block_id IS NOT NULL;
END
$$;

-- --------------------------------------------------------------- the job --

-- Count the school that was counted longest ago, if that is over 4 minutes; returns 1. Usually the last two weeks;
-- once a day all weeks of the year, since lessons are also filled later. When all schools are counted, write what is
-- shown of the weeks that changed, ten numbers of a week at a time, and return 1; 0: there is nothing left to do.
CREATE OR REPLACE FUNCTION ej.indicators_step() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one  record;
    done bigint := 0;
BEGIN
    SELECT s.id, s.region_id, t.today, y.during, s.region_id IS DISTINCT FROM c.region_id AS is_new,
           c.whole_on IS DISTINCT FROM t.today AS is_whole INTO one
      FROM ej.school AS s
      JOIN ej.school_today AS t ON t.school_id = s.id
      LEFT JOIN ej.indicator_count AS c ON c.school_id = s.id
      LEFT JOIN LATERAL (SELECT y.during FROM ej.school_year AS y
                          WHERE y.school_id = s.id AND lower(y.during) <= t.today ORDER BY y.year DESC LIMIT 1) AS y
        ON true
     WHERE s.training_of_id IS NULL AND (s.region_id IS NOT NULL OR c.region_id IS NOT NULL)
       AND (c.counted_at IS NULL OR c.counted_at < now() - interval '4 minutes')
     ORDER BY c.counted_at NULLS FIRST, s.id LIMIT 1;
    IF FOUND THEN
        INSERT INTO ej.indicator_count AS c (school_id, region_id, counted_at, whole_on)
        VALUES (one.id, one.region_id, now(), one.today)
            ON CONFLICT (school_id) DO UPDATE
           SET region_id = excluded.region_id, counted_at = excluded.counted_at, whole_on = excluded.whole_on;
        IF one.is_new THEN -- the sums of both regions change, in all weeks
            UPDATE ej.indicator AS i SET is_published = false WHERE i.school_id = one.id;
        END IF;
        IF one.region_id IS NOT NULL AND one.during IS NOT NULL THEN
            PERFORM ej.indicator_store(one.id,
                date_trunc('week', greatest(lower(one.during), CASE WHEN one.is_whole THEN '-infinity'
                                            ELSE one.today - 7 END)::timestamp)::date,
                least(one.today, upper(one.during) - 1));
        END IF;
        RETURN 1;
    END IF;
    FOR one IN SELECT DISTINCT i.week_on, i.indicator_key FROM ej.indicator AS i WHERE NOT i.is_published
                ORDER BY i.week_on DESC, i.indicator_key LIMIT 10 LOOP
        PERFORM ej.indicator_hide(one.indicator_key, one.week_on);
        done := 1;
    END LOOP;
    RETURN done;
END
$$;
GRANT EXECUTE ON FUNCTION ej.indicators_step() TO ej_job;
