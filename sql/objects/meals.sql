-- meals.sql: meals at school (MOD-02): the school's clock, cutoffs, what a pupil's portion costs, the orders
-- of a day from proposal to the end of the day, what the kitchen is told.
--
-- A day of a class and meal (ej.meal_day) is proposed from the families' choices a day before its cutoff
-- (ej.meals_propose). Until the cutoff choices, documents, prices and announced absences change the orders
-- (ej.meal_renew), and the class teacher confirms them by hand (ej.meals_confirm). At the cutoff they are sent
-- (ej.meals_send): from then on each change is a line of more or less for the kitchen (rule_meals.sql). The
-- absence at the first lesson takes the portion back until withdraw_until, and makes it missed afterwards
-- (ej.meal_follow). When the day is over the rest is eaten or missed (ej.meals_settle). A family pays for
-- what was eaten.
--
-- The functions named ej.meals_… of a school are for the job alone and check no right.

GRANT SELECT ON ej.meal, ej.meal_category, ej.meal_price, ej.meal_entitlement, ej.meal_choice, ej.meal_day,
    ej.meal_order, ej.meal_line, ej.meal_month, ej.meal_balance, ej.meal_payment, ej.menu TO ej_rights, ej_rule;
GRANT INSERT, UPDATE ON ej.meal_day, ej.meal_order TO ej_rule;
GRANT INSERT ON ej.meal_line, ej.meal_balance TO ej_rule;
ALTER TABLE ej.meal_order ALTER COLUMN id SET DEFAULT ej.new_id();
ALTER TABLE ej.meal_order ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- ------------------------------------------------------- clock and price --

-- Day and time of day by the clock of a school.
CREATE OR REPLACE FUNCTION ej.school_clock(school_id bigint) RETURNS timestamp
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT t.today + (now() AT TIME ZONE t.tz)::time FROM ej.school_today AS t
             WHERE t.school_id = school_clock.school_id);
END
$$;

-- Whether classes of this grade with this week learn on a day.
CREATE OR REPLACE FUNCTION ej.is_learning_day(school_id bigint, grade int, week_days int, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN extract(isodow FROM day) <= week_days
       AND EXISTS (SELECT FROM ej.school_year AS y WHERE y.school_id = is_learning_day.school_id AND y.during @> day)
       AND NOT EXISTS (SELECT FROM ej.holiday AS h
                        WHERE h.school_id = is_learning_day.school_id AND h.during @> day
                          AND (h.kind <> 'extra' OR grade = 1));
END
$$;

-- The moment, by the school's clock, at which the orders of a meal and day go to the kitchen: on the school
-- day that lies cutoff_days school days before. A school day is one on which any class learns.
CREATE OR REPLACE FUNCTION ej.meal_cutoff(meal_id bigint, day date) RETURNS timestamp
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    m    ej.meal;
    week int;
    at   date := day;
    left_ int;
BEGIN
    SELECT x.* INTO m FROM ej.meal AS x WHERE x.id = meal_cutoff.meal_id;
    left_ := m.cutoff_days;
    SELECT coalesce(max(c.week_days), 6) INTO week FROM ej.class AS c
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND y.during @> day
     WHERE c.school_id = m.school_id;
    WHILE left_ > 0 AND at > day - 60 LOOP
        at := at - 1;
        IF ej.is_learning_day(m.school_id, 2, week, at) THEN
            left_ := left_ - 1;
        END IF;
    END LOOP;
    RETURN CASE WHEN left_ > 0 THEN day - m.cutoff_days ELSE at END + m.cutoff_at;
END
$$;

-- Whether the orders of a class, meal and day have gone to the kitchen: their cutoff has passed, or they were sent,
-- whatever the cutoff is now.
CREATE OR REPLACE FUNCTION ej.is_meal_sent(class_id bigint, meal_id bigint, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.meal_cutoff(is_meal_sent.meal_id, day)
               <= (SELECT ej.school_clock(m.school_id) FROM ej.meal AS m WHERE m.id = is_meal_sent.meal_id)
        OR EXISTS (SELECT FROM ej.meal_day AS d WHERE d.class_id = is_meal_sent.class_id
                      AND d.meal_id = is_meal_sent.meal_id AND d.served_on = day AND d.sent_at IS NOT NULL);
END
$$;

-- The norms by which the kitchen cooks for a grade.
CREATE OR REPLACE FUNCTION ej.meal_age(grade int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN grade <= 4 THEN '7-11' ELSE '12-18' END $$;

-- Category and price of a pupil's portion: by a document that is valid on that day, else free in grades 1
-- to 4, else paid; of these the first that has a price. No row: there is no price. Without SET, so that the
-- planner inlines it.
CREATE OR REPLACE FUNCTION ej.meal_terms(pupil_id bigint, meal_id bigint, grade int, day date)
RETURNS TABLE (meal_category_id bigint, age text, total numeric, by_parents numeric)
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT p.meal_category_id, p.age::text, p.total, p.by_parents
  FROM ej.meal_price AS p
  JOIN ej.meal_category AS k ON k.id = p.meal_category_id
  LEFT JOIN ej.meal_entitlement AS n
    ON n.pupil_id = $1 AND n.during @> $4 AND n.meal_category_id = k.id
 WHERE p.meal_id = $2 AND p.age = ej.meal_age($3) AND p.during @> $4
   AND (n.id IS NOT NULL OR k.kind = 'paid' OR k.kind = 'free' AND $3 <= 4)
 ORDER BY n.id IS NULL, k.kind = 'paid' LIMIT 1
$$;

-- ------------------------------------------------------------- proposing --

-- The orders that these days should have by the families' choices: of all pupils, or of these alone. An
-- announced absence of the whole day and an event of the class for the whole day withdraw one.
CREATE OR REPLACE FUNCTION ej.meal_wanted(day_ids bigint[], pupil_ids bigint[] DEFAULT NULL)
RETURNS TABLE (school_id bigint, year int, pupil_id bigint, class_id bigint, meal_id bigint, served_on date,
               state text, cause text, meal_category_id bigint, age text, total numeric, by_parents numeric)
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT d.school_id, c.year, e.pupil_id, d.class_id, d.meal_id, d.served_on,
           CASE WHEN w.cause = 'choice' THEN 'ordered' ELSE 'withdrawn' END, w.cause,
           t.meal_category_id, t.age, t.total, t.by_parents
      FROM unnest(day_ids) AS u(id)
     CROSS JOIN LATERAL (SELECT d.* FROM ej.meal_day AS d WHERE d.id = u.id OFFSET 0) AS d
      JOIN ej.class AS c ON c.id = d.class_id
     CROSS JOIN LATERAL (SELECT e.pupil_id FROM ej.enrolment AS e
                          WHERE e.class_id = d.class_id AND e.during @> d.served_on
                            AND (pupil_ids IS NULL OR e.pupil_id = ANY (pupil_ids)) OFFSET 0) AS e
     CROSS JOIN LATERAL (SELECT FROM ej.meal_choice AS h
                          WHERE h.pupil_id = e.pupil_id AND h.meal_id = d.meal_id AND h.during @> d.served_on
                            AND extract(isodow FROM d.served_on)::int = ANY (h.weekdays) OFFSET 0) AS h
     CROSS JOIN LATERAL ej.meal_terms(e.pupil_id, d.meal_id, c.grade, d.served_on) AS t
     CROSS JOIN LATERAL (SELECT CASE
               WHEN EXISTS (SELECT FROM ej.absence_reason AS r WHERE r.pupil_id = e.pupil_id
                               AND r.during @> d.served_on AND r.slots IS NULL) THEN 'announced'
               WHEN ej.is_class_out(d.class_id, d.served_on) THEN 'event'
               ELSE 'choice' END AS cause OFFSET 0) AS w;
END
$$;

-- Whether a class is away for a whole day, on an excursion that has no hours.
CREATE OR REPLACE FUNCTION ej.is_class_out(class_id bigint, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.event_class AS c JOIN ej.event AS e ON e.id = c.event_id
                    WHERE c.class_id = is_class_out.class_id AND e.during @> day AND e.starts IS NULL
                      AND e.state <> 'cancelled' AND e.kind = 'excursion');
END
$$;

-- Add the wanted orders of these days that are not there.
CREATE OR REPLACE FUNCTION ej.meal_add(days bigint[], pupils bigint[] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.meal_order (id, school_id, pupil_id, class_id, meal_id, served_on, state, cause, staff_id,
                               meal_category_id, age, total, by_parents)
    SELECT ej.new_id(w.year), w.school_id, w.pupil_id, w.class_id, w.meal_id, w.served_on, w.state, w.cause, NULL,
           w.meal_category_id, w.age, w.total, w.by_parents
      FROM ej.meal_wanted(days, pupils) AS w
     WHERE NOT EXISTS (SELECT FROM ej.meal_order AS o WHERE o.pupil_id = w.pupil_id AND o.meal_id = w.meal_id
                          AND o.served_on = w.served_on)
     ORDER BY w.served_on, w.class_id, w.pupil_id, w.meal_id
    ON CONFLICT DO NOTHING;
END
$$;

-- Propose the days of a school whose cutoff is near: today or tomorrow. Each class and meal has its day once.
-- Returns the number of days made.
CREATE OR REPLACE FUNCTION ej.meals_propose(school_id bigint) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    clock timestamp := ej.school_clock($1);
    made  bigint[];
BEGIN
    WITH day AS MATERIALIZED (
        SELECT m.id AS meal_id, d.day::date AS day
          FROM ej.meal AS m
         CROSS JOIN generate_series(clock::date, clock::date + 20, interval '1 day') AS d(day)
         WHERE m.school_id = $1 AND (m.ended_on IS NULL OR m.ended_on > d.day)
           AND NOT ej.is_meal_closed($1, d.day::date)
           AND (ej.meal_cutoff(m.id, d.day::date))::date <= clock::date + 1
    ), fresh AS (
        INSERT INTO ej.meal_day (school_id, class_id, meal_id, served_on)
        SELECT c.school_id, c.id, d.meal_id, d.day
          FROM ej.class AS c
          JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
          JOIN day AS d ON y.during @> d.day
         WHERE c.school_id = $1 AND ej.is_learning_day(c.school_id, c.grade, c.week_days, d.day)
           AND NOT EXISTS (SELECT FROM ej.meal_day AS x WHERE x.class_id = c.id AND x.meal_id = d.meal_id
                              AND x.served_on = d.day)
           AND EXISTS (SELECT FROM ej.enrolment AS e JOIN ej.meal_choice AS h ON h.pupil_id = e.pupil_id
                        WHERE e.class_id = c.id AND e.during @> d.day AND h.meal_id = d.meal_id AND h.during @> d.day)
         ORDER BY d.day, c.id, d.meal_id
        ON CONFLICT DO NOTHING
        RETURNING id
    )
    SELECT coalesce(array_agg(f.id), '{}') INTO made FROM fresh AS f;
    PERFORM ej.meal_add(made);
    RETURN cardinality(made);
END
$$;

-- ---------------------------------------------------------- until it is sent --

-- Let the orders of these pupils follow choices, documents, prices, classes and announced absences: until the
-- cutoff. Afterwards an announced absence still withdraws, until withdraw_until of the day. What was changed by
-- hand stays, but for an announced absence that is new.
CREATE OR REPLACE FUNCTION ej.meal_renew(pupils bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    days bigint[];
BEGIN
    SELECT coalesce(array_agg(x.id), '{}') INTO days
      FROM (SELECT d.id FROM ej.meal_day AS d
             WHERE d.sent_at IS NULL AND d.class_id = ANY (ARRAY(SELECT e.class_id FROM ej.enrolment AS e
                                                                  WHERE e.pupil_id = ANY (pupils)))
               AND d.served_on >= (ej.school_clock(d.school_id))::date
               AND NOT ej.is_meal_closed(d.school_id, d.served_on)
               AND ej.meal_cutoff(d.meal_id, d.served_on) > ej.school_clock(d.school_id)
             ORDER BY d.id FOR UPDATE) AS x;
    UPDATE ej.meal_order AS o
       SET state = w.state, cause = w.cause, class_id = w.class_id, meal_category_id = w.meal_category_id,
           age = w.age, total = w.total, by_parents = w.by_parents
      FROM ej.meal_wanted(days, pupils) AS w
     WHERE o.pupil_id = w.pupil_id AND o.meal_id = w.meal_id AND o.served_on = w.served_on AND o.cause <> 'hand'
       AND (o.state, o.class_id, o.meal_category_id, o.age, o.total, o.by_parents)
           IS DISTINCT FROM (w.state, w.class_id, w.meal_category_id, w.age, w.total, w.by_parents);
    PERFORM ej.meal_add(days, pupils);
    UPDATE ej.meal_order AS o SET state = 'withdrawn', cause = 'choice'
      FROM ej.meal_day AS d
     WHERE d.id = ANY (days) AND o.pupil_id = ANY (pupils) AND o.class_id = d.class_id AND o.meal_id = d.meal_id
       AND o.served_on = d.served_on AND o.state = 'ordered' AND o.cause <> 'hand'
       AND NOT EXISTS (SELECT FROM ej.meal_wanted(days, pupils) AS w WHERE w.pupil_id = o.pupil_id
                          AND w.meal_id = o.meal_id AND w.served_on = o.served_on);
    UPDATE ej.meal_order AS o SET state = 'withdrawn', cause = 'announced', staff_id = NULL
      FROM ej.absence_reason AS r, ej.meal AS m
     WHERE r.pupil_id = ANY (pupils) AND r.slots IS NULL AND o.pupil_id = r.pupil_id AND r.during @> o.served_on
       AND m.id = o.meal_id AND o.state = 'ordered' AND o.served_on >= (ej.school_clock(o.school_id))::date
       AND ej.school_clock(o.school_id) < o.served_on + m.withdraw_until AND NOT ej.is_meal_closed(o.school_id,
           o.served_on);
END
$$;

-- Whether the month of a day is closed, or a later one is, whose balances hold all that was before.
CREATE OR REPLACE FUNCTION ej.is_meal_closed(school_id bigint, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.meal_month AS m WHERE m.school_id = is_meal_closed.school_id
                      AND m.month_on >= date_trunc('month', day::timestamp)::date);
END
$$;

-- Whether meals of a month are still to come: it has not begun, a class learns today or on a later day of it, or an
-- order of such a day stands. Today is over when it is yesterday.
CREATE OR REPLACE FUNCTION ej.meal_month_runs(school_id bigint, month_on date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    today date := (ej.school_clock($1))::date;
    next_ date := ($2 + interval '1 month')::date;
BEGIN
    RETURN today < $2
        OR EXISTS (SELECT FROM ej.meal_order AS o WHERE o.school_id = $1 AND o.served_on >= today
                      AND o.served_on < next_ AND o.state = 'ordered')
        OR EXISTS (SELECT FROM generate_series(today, next_ - 1, interval '1 day') AS d(day)
                     JOIN ej.school_year AS y ON y.school_id = $1 AND y.during @> d.day::date
                     JOIN ej.class AS c ON c.school_id = $1 AND c.year = y.year
                    WHERE ej.is_learning_day($1, c.grade, c.week_days, d.day::date));
END
$$;

-- Send the orders of a school whose cutoff has passed to the kitchen, confirmed or not: their numbers are kept.
-- Returns the number of days sent.
CREATE OR REPLACE FUNCTION ej.meals_send(school_id bigint) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    clock timestamp := ej.school_clock($1);
    due   bigint[];
BEGIN
    SELECT coalesce(array_agg(x.id), '{}') INTO due
      FROM (SELECT d.id FROM ej.meal_day AS d
              JOIN (SELECT z.meal_id, z.served_on, ej.meal_cutoff(z.meal_id, z.served_on) AS at
                      FROM (SELECT DISTINCT d.meal_id, d.served_on FROM ej.meal_day AS d
                             WHERE d.school_id = $1 AND d.sent_at IS NULL) AS z) AS k
                ON k.meal_id = d.meal_id AND k.served_on = d.served_on
             WHERE d.school_id = $1 AND d.sent_at IS NULL AND k.at <= clock ORDER BY d.id FOR UPDATE OF d) AS x;
    -- in a new statement, which sees what was committed while it waited
    INSERT INTO ej.meal_line (school_id, class_id, meal_id, served_on, meal_category_id, age, portions, total, cause)
    SELECT d.school_id, d.class_id, d.meal_id, d.served_on, o.meal_category_id, o.age, count(*), sum(o.total), 'sent'
      FROM ej.meal_day AS d
      JOIN ej.meal_order AS o ON o.class_id = d.class_id AND o.meal_id = d.meal_id AND o.served_on = d.served_on
     WHERE d.id = ANY (due) AND d.sent_at IS NULL AND o.state <> 'withdrawn'
     GROUP BY d.school_id, d.class_id, d.meal_id, d.served_on, o.meal_category_id, o.age
     ORDER BY d.served_on, d.class_id, d.meal_id;
    UPDATE ej.meal_day AS d SET sent_at = now() WHERE d.id = ANY (due) AND d.sent_at IS NULL;
    RETURN cardinality(due);
END
$$;

-- ------------------------------------------------------------- absences --

-- The pupils of a school who were absent on a day, as meals count it: at the first lesson of the day that was
-- given for them, or for an announced whole day on which no lesson found them present. Of all pupils, or of
-- these alone.
CREATE OR REPLACE FUNCTION ej.meal_absent(school_id bigint, day date, pupils bigint[] DEFAULT NULL)
RETURNS TABLE (pupil_id bigint)
LANGUAGE plpgsql STABLE ROWS 50 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH given AS MATERIALIZED (
        SELECT l.id, l.study_group_id, l.slot, l.attendance_at FROM ej.lesson AS l
         WHERE l.school_id = $1 AND l.held_on = day AND l.state = 'given'
    ), away AS MATERIALIZED (
        SELECT a.pupil_id, g.id AS lesson_id, g.slot
          FROM given AS g
         CROSS JOIN LATERAL (SELECT a.pupil_id, a.code FROM ej.attendance AS a WHERE a.lesson_id = g.id OFFSET 0) AS a
          JOIN ej.attendance_code AS k ON k.school_id = $1 AND k.code = a.code AND k.counts_missed
         WHERE pupils IS NULL OR a.pupil_id = ANY (pupils)
    ), first AS (
        SELECT w.pupil_id, min(w.slot) AS slot FROM away AS w GROUP BY w.pupil_id
    )
    SELECT f.pupil_id FROM first AS f
     WHERE NOT EXISTS (SELECT FROM ej.membership AS b JOIN given AS g ON g.study_group_id = b.study_group_id
                        WHERE b.pupil_id = f.pupil_id AND b.during @> day AND g.slot < f.slot)
     UNION
    SELECT r.pupil_id FROM ej.absence_reason AS r
     WHERE r.school_id = $1 AND r.during @> day AND r.slots IS NULL AND (pupils IS NULL OR r.pupil_id = ANY (pupils))
       AND NOT EXISTS (SELECT FROM ej.membership AS b JOIN given AS g ON g.study_group_id = b.study_group_id
                        WHERE b.pupil_id = r.pupil_id AND b.during @> day AND g.attendance_at IS NOT NULL
                          AND NOT EXISTS (SELECT FROM away AS w WHERE w.pupil_id = r.pupil_id AND w.lesson_id = g.id));
END
$$;

-- Let today's orders of these pupils of a school follow the attendance of the first lesson.
CREATE OR REPLACE FUNCTION ej.meal_follow(school_id bigint, pupils bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    clock  timestamp := ej.school_clock($1);
    absent bigint[];
BEGIN
    IF ej.is_meal_closed($1, clock::date) OR NOT EXISTS (
           SELECT FROM ej.meal_order AS o WHERE o.pupil_id = ANY (pupils) AND o.served_on = clock::date) THEN
        RETURN;
    END IF;
    absent := ARRAY(SELECT a.pupil_id FROM ej.meal_absent($1, clock::date, pupils) AS a);
    UPDATE ej.meal_order AS o
       SET state = CASE WHEN o.state = 'ordered' AND clock < o.served_on + m.withdraw_until THEN 'withdrawn'
                        WHEN o.state = 'ordered' THEN 'missed' ELSE 'ordered' END,
           cause = 'absent', staff_id = NULL
      FROM ej.meal AS m
     WHERE m.id = o.meal_id AND o.pupil_id = ANY (pupils) AND o.served_on = clock::date
       AND (o.state = 'ordered' AND o.pupil_id = ANY (absent)
            OR o.cause = 'absent' AND o.pupil_id <> ALL (absent)
               AND (o.state = 'missed' OR o.state = 'withdrawn' AND clock < o.served_on + m.withdraw_until));
END
$$;

-- End the days of a school that are over: what is still ordered was eaten, or missed by an absent pupil. Those of
-- closed months are. till: the last day. Returns the number of orders.
CREATE OR REPLACE FUNCTION ej.meals_settle(school_id bigint, till date) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    day date;
    n   bigint;
    all_ bigint := 0;
BEGIN
    FOR day IN
        SELECT DISTINCT o.served_on FROM ej.meal_order AS o
         WHERE o.school_id = $1 AND o.state = 'ordered' AND o.served_on <= till
           AND NOT ej.is_meal_closed($1, o.served_on) ORDER BY 1
    LOOP
        WITH absent AS MATERIALIZED (SELECT a.pupil_id FROM ej.meal_absent($1, day) AS a)
        UPDATE ej.meal_order AS o
           SET state = CASE WHEN o.pupil_id IN (SELECT a.pupil_id FROM absent AS a) THEN 'missed' ELSE 'eaten' END,
               cause = 'settled'
         WHERE o.school_id = $1 AND o.served_on = day AND o.state = 'ordered';
        GET DIAGNOSTICS n = ROW_COUNT;
        all_ := all_ + n;
    END LOOP;
    RETURN all_;
END
$$;

-- Do what is due in all schools that have the module on: settle, propose, send. Returns how much there was to do.
-- For the job, every minute; a second server does nothing twice, since each step locks or finds its rows.
CREATE OR REPLACE FUNCTION ej.meals_minute() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one  record;
    done bigint := 0;
BEGIN
    PERFORM ej.enter(NULL, NULL, gen_random_uuid()); -- the history names nobody
    FOR one IN SELECT s.id, t.today FROM ej.school AS s JOIN ej.school_today AS t ON t.school_id = s.id
                WHERE 'meals' = ANY (s.modules) ORDER BY s.id LOOP
        done := done + ej.meals_settle(one.id, one.today - 1) + ej.meals_propose(one.id) + ej.meals_send(one.id);
    END LOOP;
    RETURN done;
END
$$;
GRANT EXECUTE ON FUNCTION ej.meals_minute() TO ej_job;
