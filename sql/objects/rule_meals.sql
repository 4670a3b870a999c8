-- rule_meals.sql: rules of meals for every writer; what follows from writing choices, absences and orders.
--
-- A class is changed by hand until the cutoff; afterwards the organiser changes it, with a reason, until the
-- month is closed. Only the web role writes by hand (cause): the functions of meals.sql name another cause.
-- A close of a month, which closes all that was before, and a write wait for each other by an advisory lock of the
-- school.

-- Wait until nobody closes a month of the school (a writer), or writes into one (is_closing).
CREATE OR REPLACE FUNCTION ej.meal_month_lock(school_id bigint, is_closing boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    key int := hashint8(school_id);
BEGIN
    IF is_closing THEN
        PERFORM pg_advisory_xact_lock(96, key);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(96, key);
    END IF;
END
$$;

-- Fill what an order that is added by hand copies: category, age and prices.
-- Without a price they stay empty, which is refused.
CREATE OR REPLACE FUNCTION ej.rule_meal_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    SELECT x.* INTO t FROM ej.class AS c
     CROSS JOIN LATERAL ej.meal_terms(NEW.pupil_id, NEW.meal_id, c.grade, NEW.served_on) AS x
     WHERE c.id = NEW.class_id;
    NEW.meal_category_id := t.meal_category_id;
    NEW.age := t.age;
    NEW.total := t.total;
    NEW.by_parents := t.by_parents;
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_meal_terms BEFORE INSERT ON ej.meal_order
    FOR EACH ROW WHEN (NEW.meal_category_id IS NULL) EXECUTE FUNCTION ej.rule_meal_terms();

-- Note who changes an order by hand.
CREATE OR REPLACE FUNCTION ej.rule_meal_hand() RETURNS trigger
LANGUAGE plpgsql SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.cause := 'hand';
    NEW.staff_id := (ej.my_staff())[1];
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_meal_hand BEFORE UPDATE ON ej.meal_order
    FOR EACH ROW WHEN (current_user = 'ej_web') EXECUTE FUNCTION ej.rule_meal_hand();

-- Refuse orders of a closed month; of pupils who are not in the class, on days without lessons and with an id
-- of another year (only when added or given to another class).
CREATE OR REPLACE FUNCTION ej.rule_meal_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.meal_month_lock(x.school_id) FROM (SELECT DISTINCT n.school_id FROM new_rows AS n ORDER BY 1) AS x;
    PERFORM ej.rule_check('meal_month_closed', (
        SELECT jsonb_agg(x.month_on)
          FROM (SELECT DISTINCT n.school_id, date_trunc('month', n.served_on::timestamp)::date AS month_on
                  FROM new_rows AS n) AS x
         WHERE ej.is_meal_closed(x.school_id, x.month_on)));
    IF TG_OP = 'UPDATE' THEN -- an INSERT has no old_rows
        IF NOT EXISTS (SELECT n.id, n.class_id FROM new_rows AS n EXCEPT SELECT o.id, o.class_id
            FROM old_rows AS o) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM ej.rule_check('meal_pupil', (
        SELECT jsonb_agg(n.pupil_id) FROM new_rows AS n
         WHERE NOT EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = n.pupil_id AND e.class_id = n.class_id
                              AND e.school_id = n.school_id AND e.during @> n.served_on)));
    PERFORM ej.rule_check('meal_order_meal_id_fkey', (
        SELECT jsonb_agg(n.meal_id) FROM new_rows AS n
         WHERE NOT EXISTS (SELECT FROM ej.meal AS m WHERE m.id = n.meal_id AND m.school_id = n.school_id)));
    PERFORM ej.rule_check('meal_day', (
        SELECT jsonb_agg(x.served_on)
          FROM (SELECT DISTINCT n.class_id, n.served_on, n.school_id, n.id / 10000000000 AS year
              FROM new_rows AS n) AS x
          JOIN ej.class AS c ON c.id = x.class_id
         WHERE c.year <> x.year OR NOT ej.is_learning_day(x.school_id, c.grade, c.week_days, x.served_on)));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_order', 'meal_order', 'rule_meal_order', 'insert', 'update');

-- Refuse changes by hand: of a day that was not proposed; after the cutoff to all but the organiser, and to the
-- organiser without a reason; eaten and missed before the day, or by others than the organiser.
CREATE OR REPLACE FUNCTION ej.rule_meal_late() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    organised  bigint[];
    unproposed jsonb;
    late       jsonb;
    unreasoned jsonb;
BEGIN
    IF NOT ej.author_is_bound() OR NOT EXISTS (SELECT FROM new_rows AS n WHERE n.cause = 'hand') THEN
        RETURN NULL;
    END IF;
    organised := ej.my_meals_schools();
    PERFORM ej.rule_check('meal_to_come', (
        SELECT jsonb_agg(n.id) FROM new_rows AS n
         WHERE n.cause = 'hand' AND n.state IN ('eaten', 'missed')
           AND n.served_on > (ej.school_clock(n.school_id))::date));
    PERFORM ej.rule_check('meal_is_sent', (
        SELECT jsonb_agg(n.id) FROM new_rows AS n
         WHERE n.cause = 'hand' AND n.school_id <> ALL (organised) AND n.state IN ('eaten', 'missed')));
    SELECT jsonb_agg(n.id) FILTER (WHERE NOT k.is_proposed),
           jsonb_agg(n.id) FILTER (WHERE k.is_sent AND n.school_id <> ALL (organised)),
           jsonb_agg(n.id) FILTER (WHERE k.is_sent AND n.school_id = ANY (organised) AND n.reason = '')
      INTO unproposed, late, unreasoned
      FROM new_rows AS n
      JOIN (SELECT x.*, ej.is_meal_sent(x.class_id, x.meal_id, x.served_on) AS is_sent,
                   EXISTS (SELECT FROM ej.meal_day AS d WHERE d.class_id = x.class_id AND d.meal_id = x.meal_id
                              AND d.served_on = x.served_on) AS is_proposed
              FROM (SELECT DISTINCT n.class_id, n.meal_id, n.served_on FROM new_rows AS n
                     WHERE n.cause = 'hand') AS x) AS k
        ON k.class_id = n.class_id AND k.meal_id = n.meal_id AND k.served_on = n.served_on
     WHERE n.cause = 'hand';
    PERFORM ej.rule_check('meal_unproposed', unproposed);
    PERFORM ej.rule_check('meal_is_sent', late);
    PERFORM ej.rule_check('meal_reason', unreasoned);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_late', 'meal_order', 'rule_meal_late', 'insert', 'update');

-- Let whoever confirms a day do it in the own name, now.
CREATE OR REPLACE FUNCTION ej.rule_meal_own_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.confirmed_by := (ej.my_staff())[1];
    NEW.confirmed_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_meal_own_name BEFORE UPDATE ON ej.meal_day
    FOR EACH ROW WHEN (current_user = 'ej_web' AND (OLD.confirmed_by, OLD.confirmed_at)
                       IS DISTINCT FROM (NEW.confirmed_by, NEW.confirmed_at))
    EXECUTE FUNCTION ej.rule_meal_own_name();

-- Refuse to confirm a day after its cutoff, but for the organiser.
CREATE OR REPLACE FUNCTION ej.rule_meal_confirm() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.author_is_bound() THEN
        PERFORM ej.rule_check('meal_is_sent', (
            SELECT jsonb_agg(n.id) FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
             WHERE n.confirmed_by IS DISTINCT FROM o.confirmed_by AND n.school_id <> ALL (ej.my_meals_schools())
               AND ej.is_meal_sent(n.class_id, n.meal_id, n.served_on)));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_confirm', 'meal_day', 'rule_meal_confirm', 'update');

-- Tell the kitchen what has changed since a day was sent.
CREATE OR REPLACE FUNCTION ej.rule_meal_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO ej.meal_line (school_id, class_id, meal_id, served_on, meal_category_id, age, portions, total,
                                  cause, staff_id)
        SELECT n.school_id, n.class_id, n.meal_id, n.served_on, n.meal_category_id, n.age, count(*), sum(n.total),
               n.cause, n.staff_id
          FROM new_rows AS n
          JOIN ej.meal_day AS d ON d.class_id = n.class_id AND d.meal_id = n.meal_id AND d.served_on = n.served_on
           AND d.sent_at IS NOT NULL
         WHERE n.state <> 'withdrawn'
         GROUP BY n.school_id, n.class_id, n.meal_id, n.served_on, n.meal_category_id, n.age, n.cause, n.staff_id;
    ELSE
        INSERT INTO ej.meal_line (school_id, class_id, meal_id, served_on, meal_category_id, age, portions, total,
                                  cause, staff_id)
        SELECT x.school_id, x.class_id, x.meal_id, x.served_on, x.meal_category_id, x.age, sum(x.step),
               sum(x.step * x.total), x.cause, x.staff_id
          FROM (SELECT n.*, (n.state <> 'withdrawn')::int - (o.state <> 'withdrawn')::int AS step
                  FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
                 WHERE (n.state = 'withdrawn') <> (o.state = 'withdrawn')) AS x
          JOIN ej.meal_day AS d ON d.class_id = x.class_id AND d.meal_id = x.meal_id AND d.served_on = x.served_on
           AND d.sent_at IS NOT NULL
         GROUP BY x.school_id, x.class_id, x.meal_id, x.served_on, x.meal_category_id, x.age, x.cause, x.staff_id
        HAVING sum(x.step) <> 0;
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_line', 'meal_order', 'rule_meal_line', 'insert', 'update');

-- ------------------------------------------------- choices, prices, documents --

-- Let the orders that are not sent follow the pupils of these rows.
CREATE OR REPLACE FUNCTION ej.rule_meal_renewed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    pupils bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        pupils := ARRAY(SELECT DISTINCT o.pupil_id FROM old_rows AS o);
    ELSE
        pupils := ARRAY(SELECT DISTINCT n.pupil_id FROM new_rows AS n);
    END IF;
    pupils := ARRAY(SELECT p.id FROM unnest(pupils) AS u(id) JOIN ej.pupil AS p ON p.id = u.id
                      JOIN ej.school AS s ON s.id = p.school_id AND 'meals' = ANY (s.modules)
                     WHERE EXISTS (SELECT FROM ej.meal_choice AS h WHERE h.pupil_id = p.id
                                    UNION ALL SELECT FROM ej.meal_order AS o WHERE o.pupil_id = p.id));
    IF pupils <> '{}' THEN
        PERFORM ej.meal_renew(pupils);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_renewed', 'meal_choice', 'rule_meal_renewed');
SELECT ej.watch('rule_meal_renewed', 'meal_entitlement', 'rule_meal_renewed');
SELECT ej.watch('rule_meal_renewed', 'absence_reason', 'rule_meal_renewed');
SELECT ej.watch('rule_meal_renewed', 'enrolment', 'rule_meal_renewed', 'update', 'delete');

-- Let today's orders follow the attendance of the first lesson.
CREATE OR REPLACE FUNCTION ej.rule_meal_attended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        FOR one IN SELECT o.school_id, array_agg(DISTINCT o.pupil_id) AS pupils
                     FROM old_rows AS o JOIN ej.lesson AS l ON l.id = o.lesson_id
                     JOIN ej.school_today AS t ON t.school_id = o.school_id AND t.today = l.held_on
                     JOIN ej.school AS s ON s.id = o.school_id AND 'meals' = ANY (s.modules) GROUP BY 1 LOOP
            PERFORM ej.meal_follow(one.school_id, one.pupils);
        END LOOP;
        RETURN NULL;
    END IF;
    FOR one IN SELECT n.school_id, array_agg(DISTINCT n.pupil_id) AS pupils
                 FROM new_rows AS n JOIN ej.lesson AS l ON l.id = n.lesson_id
                 JOIN ej.school_today AS t ON t.school_id = n.school_id AND t.today = l.held_on
                 JOIN ej.school AS s ON s.id = n.school_id AND 'meals' = ANY (s.modules) GROUP BY 1 LOOP
        PERFORM ej.meal_follow(one.school_id, one.pupils);
    END LOOP;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_attended', 'attendance', 'rule_meal_attended');

-- Refuse prices of a meal, category and age that leave days without a price between them; then let the orders of
-- coming days that are not sent follow.
CREATE OR REPLACE FUNCTION ej.rule_meal_price() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    touched bigint[];
    pupils  bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        touched := ARRAY(SELECT DISTINCT o.meal_id FROM old_rows AS o);
    ELSE
        touched := ARRAY(SELECT DISTINCT n.meal_id FROM new_rows AS n);
    END IF;
    PERFORM ej.rule_check('meal_price_gap', (
        SELECT jsonb_agg(x.meal_id)
          FROM (SELECT p.meal_id FROM ej.meal_price AS p WHERE p.meal_id = ANY (touched)
                 GROUP BY p.meal_id, p.meal_category_id, p.age
                HAVING (SELECT count(*) FROM unnest(range_agg(p.during))) > 1) AS x));
    pupils := ARRAY(SELECT DISTINCT h.pupil_id FROM ej.meal_choice AS h WHERE h.meal_id = ANY (touched));
    IF pupils <> '{}' THEN
        PERFORM ej.meal_renew(pupils);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_price', 'meal_price', 'rule_meal_price');

-- Refuse a document for a category that needs none.
CREATE OR REPLACE FUNCTION ej.rule_meal_entitlement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_check('meal_benefit', (
        SELECT jsonb_agg(n.id) FROM new_rows AS n JOIN ej.meal_category AS k ON k.id = n.meal_category_id
         WHERE k.kind <> 'benefit'));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_entitlement', 'meal_entitlement', 'rule_meal_entitlement', 'insert', 'update');

-- ------------------------------------------------------- money and months --

-- Refuse payments of a coming day and those of a closed month.
CREATE OR REPLACE FUNCTION ej.rule_meal_payment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM ej.rule_check('meal_paid_ahead', (
            SELECT jsonb_agg(n.id) FROM new_rows AS n WHERE n.paid_on > (ej.school_clock(n.school_id))::date));
        PERFORM ej.rule_meal_months(ARRAY(SELECT DISTINCT n.school_id FROM new_rows AS n),
                                    ARRAY(SELECT DISTINCT n.paid_on FROM new_rows AS n));
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM ej.rule_meal_months(ARRAY(SELECT DISTINCT o.school_id FROM old_rows AS o),
                                    ARRAY(SELECT DISTINCT o.paid_on FROM old_rows AS o));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_meal_payment', 'meal_payment', 'rule_meal_payment');

-- Refuse if the month of one of these days is closed in one of these schools (of a statement: one school).
CREATE OR REPLACE FUNCTION ej.rule_meal_months(school_ids bigint[], days date[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.meal_month_lock(s.id) FROM (SELECT DISTINCT u.id FROM unnest(school_ids) AS u(id) ORDER BY 1) AS s;
    PERFORM ej.rule_check('meal_paid_closed', (
        SELECT jsonb_agg(d) FROM unnest(school_ids) AS s(id), unnest(days) AS d WHERE ej.is_meal_closed(s.id, d)));
END
$$;

-- End a month of a school: wait for who writes into it, refuse while an earlier month with meals is open or a day of
-- it is still to come, end its days, keep what it came to for each pupil. It checks no right: for the function below
-- and the seeds. Errors: JE254, JE255.
CREATE OR REPLACE FUNCTION ej.meal_month_end(school_id bigint, month_on date, staff_id bigint,
    at timestamptz DEFAULT now())
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    next_ date := ($2 + interval '1 month')::date;
BEGIN
    PERFORM ej.meal_month_lock($1, true);
    IF ej.meal_month_runs($1, $2) THEN
        PERFORM ej.rule_fault('meal_month_runs', NULL);
    ELSIF EXISTS (SELECT FROM (SELECT o.served_on AS day FROM ej.meal_order AS o
                                WHERE o.school_id = $1 AND o.served_on < $2
                                UNION SELECT p.paid_on FROM ej.meal_payment AS p
                                       WHERE p.school_id = $1 AND p.paid_on < $2) AS x
                   WHERE NOT ej.is_meal_closed($1, x.day)) THEN
        PERFORM ej.rule_fault('meal_month_before', NULL);
    END IF;
    PERFORM ej.meals_settle($1, next_ - 1);
    INSERT INTO ej.meal_month (school_id, month_on, closed_by, closed_at) VALUES ($1, $2, $3, $4);
    INSERT INTO ej.meal_balance (school_id, pupil_id, month_on, charged, paid, balance)
    SELECT $1, x.pupil_id, $2, sum(x.charged), sum(x.paid), sum(x.before + x.paid - x.charged)
      FROM (SELECT o.pupil_id, sum(o.by_parents) AS charged, 0 AS paid, 0 AS before FROM ej.meal_order AS o
             WHERE o.school_id = $1 AND o.served_on >= $2 AND o.served_on < next_
               AND o.state = 'eaten' GROUP BY o.pupil_id
             UNION ALL
            SELECT p.pupil_id, 0, sum(p.amount), 0 FROM ej.meal_payment AS p
             WHERE p.school_id = $1 AND p.paid_on >= $2 AND p.paid_on < next_ GROUP BY p.pupil_id
             UNION ALL
            SELECT b.pupil_id, 0, 0, b.balance FROM ej.meal_balance AS b
             WHERE b.school_id = $1 AND b.month_on = (SELECT max(m.month_on) FROM ej.meal_month AS m
                                                       WHERE m.school_id = $1 AND m.month_on < $2)) AS x
     GROUP BY x.pupil_id ORDER BY x.pupil_id;
END
$$;
GRANT INSERT ON ej.meal_month TO ej_rule;

-- Close a month of the school whose meals the writer organises; returns the outcomes. Errors: JE212 it is closed,
-- JE254 meals of it are still to come, JE255 an earlier month is open, JE301 not the organiser.
CREATE OR REPLACE FUNCTION ej.meal_month_close(month_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (SELECT s.id FROM unnest(ej.my_meals_schools()) AS s(id) WHERE s.id = ANY (ej.my_meals_module()));
BEGIN
    IF school IS NULL OR $1 IS DISTINCT FROM date_trunc('month', $1::timestamp)::date THEN
        RAISE EXCEPTION 'not the organiser' USING ERRCODE = 'JE301';
    END IF;
    PERFORM ej.meal_month_lock(school, true);
    IF ej.is_meal_closed(school, $1) THEN
        RETURN '[{"outcome": "bad", "code": "JE212"}]';
    END IF;
    PERFORM ej.meal_month_end(school, $1, (ej.my_staff())[1]);
    RETURN '[{"outcome": "saved"}]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.meal_month_close TO ej_web;
