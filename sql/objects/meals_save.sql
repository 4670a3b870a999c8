-- meals_save.sql: what people save about meals: the confirmation of a class, who eats what; the accounts of
-- families, the differences from the attendance.

-- The names of those who organise the meals of the reader's school, to whom a class teacher turns after the
-- cutoff.
CREATE OR REPLACE FUNCTION ej.meal_organisers(school_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT string_agg(ej.short_name(s.surname, s.given_name, s.patronymic), ', ' ORDER BY s.surname, s.id)
              FROM ej.role_held AS r JOIN ej.staff AS s ON s.id = r.staff_id
             WHERE r.school_id = meal_organisers.school_id AND r.role = 'meals'
               AND r.school_id = ANY (ej.my_schools()) AND r.school_id = ANY (ej.my_meals_module()));
END
$$;
ALTER FUNCTION ej.meal_organisers(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.meal_organisers(bigint) TO ej_web;

-- The accounts of these pupils up to a day: charged and paid in its month until then, and the balance. It begins
-- with that of the last month that was closed before. Reads what the caller may read.
CREATE OR REPLACE FUNCTION ej.meal_accounts(school_id bigint, pupils bigint[], till date)
RETURNS TABLE (pupil_id bigint, charged numeric, paid numeric, balance numeric)
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    first_on  date := date_trunc('month', till::timestamp)::date;
    closed_on date := (SELECT max(m.month_on) FROM ej.meal_month AS m WHERE m.school_id = $1 AND m.month_on < first_on);
    since_on  date := coalesce((closed_on + interval '1 month')::date, '-infinity');
BEGIN
    RETURN QUERY
    SELECT u.id, coalesce(o.charged, 0), coalesce(y.paid, 0),
           coalesce(b.balance, 0) + coalesce(y.sum, 0) - coalesce(o.sum, 0)
      FROM unnest(pupils) AS u(id)
      LEFT JOIN ej.meal_balance AS b ON b.pupil_id = u.id AND b.month_on = closed_on
     CROSS JOIN LATERAL (
           SELECT sum(o.by_parents) AS sum, sum(o.by_parents) FILTER (WHERE o.served_on >= first_on) AS charged
             FROM ej.meal_order AS o
            WHERE o.pupil_id = u.id AND o.served_on >= since_on AND o.served_on <= till AND o.state = 'eaten'
           OFFSET 0) AS o
     CROSS JOIN LATERAL (
           SELECT sum(y.amount) AS sum, sum(y.amount) FILTER (WHERE y.paid_on >= first_on) AS paid
             FROM ej.meal_payment AS y WHERE y.pupil_id = u.id AND y.paid_on >= since_on AND y.paid_on <= till
           OFFSET 0) AS y;
END
$$;

-- ------------------------------------------------------------ confirming --

-- The cells of a class and day, "pupil.meal": what the form showed, what it sends, what is stored. Only of
-- pupils of the class and of meals that are proposed that day.
CREATE OR REPLACE FUNCTION ej.meal_cells(class_id bigint, day date, eats text[], ate text[])
RETURNS TABLE (cell text, pupil_id bigint, meal_id bigint, order_id bigint, stored boolean, old boolean,
    submitted boolean)
LANGUAGE sql STABLE ROWS 60 SET search_path = ej, pg_temp AS $$
SELECT x.cell, e.pupil_id, d.meal_id, o.id, coalesce(o.state <> 'withdrawn', false),
       x.cell = ANY (ate), x.cell = ANY (eats)
  FROM (SELECT unnest(eats) UNION SELECT unnest(ate)) AS x(cell)
  JOIN ej.meal_day AS d ON d.class_id = $1 AND d.served_on = day
   AND x.cell ~ '^[1-9]\d{0,15}\.[1-9]\d{0,15}$' AND split_part(x.cell, '.', 2) = d.meal_id::text
  JOIN ej.enrolment AS e ON e.class_id = $1 AND e.during @> day AND split_part(x.cell, '.', 1) = e.pupil_id::text
  LEFT JOIN ej.meal_order AS o ON o.pupil_id = e.pupil_id AND o.meal_id = d.meal_id AND o.served_on = day
$$;

-- Whether a meal has any price for who has no document on a day.
CREATE OR REPLACE FUNCTION ej.is_meal_priced(meal_id bigint, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.meal_price AS p WHERE p.meal_id = is_meal_priced.meal_id AND p.during @> day);
END
$$;

-- Write the cells of a confirmation that differ from what is stored and were not changed by others meanwhile.
CREATE OR REPLACE FUNCTION ej.meals_write(class_id bigint, day date, eats text[], ate text[], reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    c ej.class;
BEGIN
    SELECT x.* INTO c FROM ej.class AS x WHERE x.id = meals_write.class_id;
    PERFORM set_config('ej.year', c.year::text, true);
    UPDATE ej.meal_order AS o
       SET state = CASE WHEN x.submitted THEN 'ordered' ELSE 'withdrawn' END, reason = meals_write.reason
      FROM ej.meal_cells(meals_write.class_id, day, eats, ate) AS x
     WHERE o.id = x.order_id AND x.stored = x.old AND x.submitted <> x.old;
    INSERT INTO ej.meal_order (school_id, pupil_id, class_id, meal_id, served_on, reason)
    SELECT c.school_id, x.pupil_id, c.id, x.meal_id, day, meals_write.reason
      FROM ej.meal_cells(meals_write.class_id, day, eats, ate) AS x
     WHERE x.order_id IS NULL AND x.submitted
     ORDER BY x.pupil_id, x.meal_id
    ON CONFLICT DO NOTHING;
END
$$;

-- Confirm the orders of a class and day; returns the outcomes. With count they are confirmed as they are, if they
-- still are so many; else each cell is as it is ticked. A meal whose cutoff has passed is confirmed by nobody any
-- more. Errors: JE210 others changed it, JE250 the cutoff has passed, JE301 not the writer's class, JE401 nothing
-- is proposed for that day.
CREATE OR REPLACE FUNCTION ej.meals_confirm(class_id bigint, day date, eats text[], ate text[], count int, reason text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school       bigint := (SELECT c.school_id FROM ej.class AS c WHERE c.id = meals_confirm.class_id);
    is_organiser boolean := school = ANY (ej.my_meals_schools());
    unsent       bigint[];
    days         bigint[];
    stored       bigint;
    outcomes     jsonb := '[{"outcome": "saved"}]';
BEGIN
    IF NOT (meals_confirm.class_id = ANY (ej.my_classes()) OR is_organiser) THEN
        RAISE EXCEPTION 'not your class' USING ERRCODE = 'JE301';
    END IF;
    -- who confirms the same class, and the job that sends it, wait here
    SELECT array_agg(x.id), array_agg(x.id) FILTER (WHERE NOT x.is_sent) INTO days, unsent
      FROM (SELECT d.id, ej.is_meal_sent(d.class_id, d.meal_id, d.served_on) AS is_sent FROM ej.meal_day AS d
             WHERE d.class_id = meals_confirm.class_id AND d.served_on = day ORDER BY d.id FOR UPDATE) AS x;
    IF days IS NULL THEN
        RAISE EXCEPTION 'nothing is proposed' USING ERRCODE = 'JE401';
    ELSIF unsent IS NULL AND NOT is_organiser THEN
        PERFORM ej.rule_fault('meal_is_sent', NULL);
    END IF;
    IF meals_confirm.count IS NOT NULL THEN
        stored := (SELECT count(*) FROM ej.meal_order AS o
                    WHERE o.class_id = meals_confirm.class_id AND o.served_on = day AND o.state <> 'withdrawn');
        IF stored <> meals_confirm.count THEN
            RETURN jsonb_build_array(jsonb_build_object('outcome', 'conflict', 'field', 'count', 'code', 'JE210',
                                                        'value', stored::text));
        END IF;
    ELSE
        SELECT jsonb_agg(ej.field_outcome('eats.' || x.cell, x.stored::int::text, x.old::int::text,
                                          x.submitted::int::text,
                                          CASE WHEN x.order_id IS NULL AND x.submitted
                                              AND NOT ej.is_meal_priced(x.meal_id, day)
                                               THEN 'JE252' END, 'meal_order', ARRAY[x.order_id])
                         ORDER BY x.cell)
          INTO outcomes FROM ej.meal_cells(meals_confirm.class_id, day, eats, ate) AS x;
        IF NOT ej.is_refused(coalesce(outcomes, '[]')) THEN
            PERFORM ej.meals_write(meals_confirm.class_id, day, eats, ate, coalesce(reason, ''));
        END IF;
    END IF;
    UPDATE ej.meal_day AS d SET confirmed_by = (ej.my_staff())[1], confirmed_at = now()
     WHERE d.id = ANY (unsent) AND d.confirmed_by IS NULL;
    RETURN coalesce(outcomes, '[{"outcome": "saved"}]');
END
$$;

-- ---------------------------------------------------------- who eats what --

-- The choice of a pupil and meal that is not over; of several the last.
CREATE OR REPLACE FUNCTION ej.meal_chosen(pupil_id bigint, meal_id bigint, today date) RETURNS ej.meal_choice
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT h FROM ej.meal_choice AS h
 WHERE h.pupil_id = $1 AND h.meal_id = $2 AND (upper_inf(h.during) OR upper(h.during) > today)
 ORDER BY lower(h.during) DESC LIMIT 1
$$;

-- Save who of a class eats what from a day on; returns the outcomes. Errors: JE106 no such days of the week,
-- JE203 a day in the past, JE210 changed by others, JE301 not the writer's class.
CREATE OR REPLACE FUNCTION ej.meals_choose(class_id bigint, pupil_ids bigint[], meal_ids bigint[], days text[],
    old_days text[], from_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    c        ej.class;
    today    date;
    outcomes jsonb;
BEGIN
    SELECT x.* INTO c FROM ej.class AS x WHERE x.id = meals_choose.class_id
       AND (x.id = ANY (ej.my_classes()) OR x.school_id = ANY (ej.my_meals_schools()));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not your class' USING ERRCODE = 'JE301';
    END IF;
    today := ej.today(c.school_id);
    IF from_on < today THEN
        RETURN '[{"outcome": "bad", "field": "from_on", "code": "JE203"}]';
    END IF;
    PERFORM FROM ej.meal_choice AS h WHERE h.pupil_id = ANY (pupil_ids) ORDER BY h.id FOR UPDATE;
    outcomes := (
        SELECT coalesce(jsonb_agg(ej.field_outcome(concat_ws('.', 'days', x.pupil_id, x.meal_id), x.stored, x.old,
            x.now,
                   CASE WHEN x.now !~ '^1?2?3?4?5?6?$' THEN 'JE106'
                        WHEN e.pupil_id IS NULL OR m.id IS NULL THEN 'JE401' END, 'meal_choice', ARRAY[x.id])
                   || jsonb_build_object('row', to_jsonb(x)) ORDER BY x.pupil_id, x.meal_id), '[]')
          FROM (SELECT u.pupil_id, u.meal_id, coalesce(u.now, '') AS now, coalesce(u.old, '') AS old, h.id,
                       coalesce(array_to_string(h.weekdays, ''), '') AS stored, lower(h.during) AS began_on
                  FROM unnest(pupil_ids, meal_ids, days, old_days) AS u(pupil_id, meal_id, now, old)
                 CROSS JOIN LATERAL ej.meal_chosen(u.pupil_id, u.meal_id, today) AS h
                 WHERE coalesce(u.now, '') <> coalesce(u.old, '')) AS x
          LEFT JOIN ej.enrolment AS e ON e.class_id = c.id AND e.pupil_id = x.pupil_id AND e.during @> today
          LEFT JOIN ej.meal AS m ON m.id = x.meal_id AND m.school_id = c.school_id);
    IF NOT ej.is_refused(outcomes) THEN
        PERFORM ej.meals_chosen(c.school_id, outcomes, from_on);
    END IF;
    RETURN outcomes;
END
$$;

-- Write the choices of these outcomes that are saved: what was chosen before ends, what is chosen begins.
CREATE OR REPLACE FUNCTION ej.meals_chosen(school_id bigint, outcomes jsonb, from_on date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    w record;
BEGIN
    FOR w IN SELECT r.* FROM jsonb_array_elements(outcomes) AS o(one)
              CROSS JOIN LATERAL jsonb_to_record(o.one -> 'row') AS r(id bigint, pupil_id bigint,
                  meal_id bigint, now text, stored text, began_on date)
              WHERE o.one ->> 'outcome' = 'saved' AND r.now <> r.stored ORDER BY r.pupil_id, r.meal_id LOOP
        IF w.began_on >= from_on THEN
            DELETE FROM ej.meal_choice AS h WHERE h.id = w.id;
        ELSE
            UPDATE ej.meal_choice AS h SET during = daterange(lower(h.during), from_on) WHERE h.id = w.id;
        END IF;
        IF w.now <> '' THEN
            INSERT INTO ej.meal_choice (school_id, pupil_id, meal_id, weekdays, during)
            VALUES (meals_chosen.school_id, w.pupil_id, w.meal_id,
                    string_to_array(w.now, NULL)::int[], daterange(from_on, NULL));
        END IF;
    END LOOP;
END
$$;

-- ------------------------------------------------------------ differences --

-- The orders of a school's days that the attendance contradicts, as it is now: eaten by who was absent at the
-- first lesson (or announced), not eaten by who was taken for absent and was not.
CREATE OR REPLACE FUNCTION ej.meal_differences(school_id bigint, days daterange)
RETURNS TABLE (order_id bigint, pupil_id bigint, class_id bigint, served_on date, is_absent boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT ($1 = ANY (ej.my_meals_schools() || ej.my_lead_schools()) AND $1 = ANY (ej.my_meals_module())) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH day AS MATERIALIZED (
        SELECT DISTINCT d.served_on FROM ej.meal_day AS d
         WHERE d.school_id = $1 AND d.served_on >= lower(days) AND d.served_on < upper(days)
           AND d.served_on < (ej.school_clock($1))::date
    ), absent AS MATERIALIZED (
        SELECT d.served_on, a.pupil_id FROM day AS d CROSS JOIN LATERAL ej.meal_absent($1, d.served_on) AS a
    )
    SELECT o.id, o.pupil_id, o.class_id, o.served_on, true
      FROM absent AS a
     CROSS JOIN LATERAL (SELECT o.* FROM ej.meal_order AS o
                          WHERE o.pupil_id = a.pupil_id AND o.served_on = a.served_on AND o.state = 'eaten'
                            AND o.school_id = $1 AND NOT (o.cause = 'hand' AND o.reason <> '') OFFSET 0) AS o
     UNION ALL
    SELECT o.id, o.pupil_id, o.class_id, o.served_on, false
      FROM day AS d
     CROSS JOIN LATERAL (SELECT o.* FROM ej.meal_order AS o
                          WHERE o.school_id = $1 AND o.served_on = d.served_on
                            AND (o.state = 'missed' AND o.cause <> 'hand' OR o.state = 'withdrawn'
                                AND o.cause = 'absent')
                         OFFSET 0) AS o
     WHERE NOT EXISTS (SELECT FROM absent AS a WHERE a.pupil_id = o.pupil_id AND a.served_on = o.served_on);
END
$$;
ALTER FUNCTION ej.meal_differences(bigint, daterange) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.meal_differences(bigint, daterange) TO ej_web;

-- Settle a difference: the order becomes what was found, for a reason. Returns the outcomes.
-- Errors: JE101 no reason, JE210 changed meanwhile, JE251 the month is closed, JE401 no such order.
CREATE OR REPLACE FUNCTION ej.meal_correct(meal_order_id bigint, state text, old_state text, reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    stored text;
BEGIN
    SELECT o.state INTO stored FROM ej.meal_order AS o
     WHERE o.id = meal_order_id AND o.school_id = ANY (ej.my_meals_schools()) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF stored <> old_state AND stored <> meal_correct.state THEN
        RETURN jsonb_build_array(ej.conflict('state', stored, 'meal_order', ARRAY[meal_order_id]));
    END IF;
    UPDATE ej.meal_order AS o SET state = meal_correct.state, reason = meal_correct.reason WHERE o.id = meal_order_id;
    RETURN '[{"outcome": "saved"}]';
END
$$;
