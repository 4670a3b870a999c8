-- substitutions_exchange.sql: two lessons of a day change places in one step: their teachers, or
-- their times.
--
-- Both lessons are written by one statement; the constraints on two lessons at once (year.sql) and the
-- rule on a pupil in two places are checked at its end, so that nobody is booked twice before, meanwhile
-- or after. The form names an exchange by a word: s.<lesson_id>.<state> for the teachers,
-- t.<lesson_id>.<state> for the times, with the state of the other lesson that the person saw.

-- What an exchange changes of a lesson: teacher, day and slot.
CREATE OR REPLACE FUNCTION ej.exchange_state(l ej.lesson) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT l.staff_id || '.' || to_char(l.held_on, 'YYYYMMDD') || '.' || l.slot
$$;

-- A lesson moved to the time of another lesson of its day, by the bells of its own group, with its
-- room unless a third lesson is there then. Its during is NULL where these bells have no such slot.
CREATE OR REPLACE FUNCTION ej.exchange_moved(l ej.lesson, other ej.lesson) RETURNS ej.lesson
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    t ej.lesson := l;
BEGIN
    t.slot := other.slot;
    t.moved_on := l.held_on;
    t.moved_slot := l.slot;
    t.during := (SELECT tsrange(l.held_on + b.starts, l.held_on + b.ends) FROM ej.bell AS b
                  WHERE b.bell_plan_id = ej.bell_plan_on(l.study_group_id, l.held_on) AND b.slot = other.slot);
    IF NOT l.room_is_shared AND EXISTS (
        SELECT FROM ej.lesson AS o WHERE o.room_id = l.room_id AND o.held_on = l.held_on AND o.during && t.during
           AND o.state IN ('planned', 'given') AND o.id NOT IN (l.id, other.id)) THEN
        t.room_id := NULL;
    END IF;
    RETURN t;
END
$$;

-- Whether a third lesson of the day is in the way of this one: of its teacher or group, or, of a lesson
-- with a new time, of a group with a pupil in common.
CREATE OR REPLACE FUNCTION ej.exchange_hindered(l ej.lesson, other_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM ej.lesson AS o
         WHERE o.school_id = l.school_id AND o.held_on = l.held_on AND o.during && l.during
           AND o.state IN ('planned', 'given') AND o.id NOT IN (l.id, other_id)
           AND (o.staff_id = l.staff_id OR o.study_group_id = l.study_group_id
                OR l.moved_on IS NOT NULL AND EXISTS (
                   SELECT FROM ej.membership AS x JOIN ej.membership AS y ON y.pupil_id = x.pupil_id
                    WHERE x.study_group_id = l.study_group_id AND x.during @> l.held_on
                      AND y.study_group_id = o.study_group_id AND y.during @> l.held_on)));
END
$$;

-- The lessons of the same day with which a lesson can be exchanged: neither is given, cancelled,
-- joined with another or in another's place. Teachers change places where both are at work and
-- have no third lesson then. Times change places between lessons as planned that have a class or the
-- teacher in common; others can be moved one after the other. part: staff or time.
CREATE OR REPLACE FUNCTION ej.substitution_exchanges(l ej.lesson)
RETURNS TABLE (value text, part text, other_id bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    o ej.lesson;
    a ej.lesson;
    b ej.lesson;
BEGIN
    FOR o IN SELECT x.* FROM ej.lesson AS x
              WHERE x.school_id = l.school_id AND x.held_on = l.held_on AND x.id <> l.id AND x.state = 'planned'
                AND l.state = 'planned' AND x.joined_id IS NULL AND l.joined_id IS NULL
                AND x.instead_of_id IS NULL AND l.instead_of_id IS NULL
                AND NOT EXISTS (SELECT FROM ej.lesson AS j WHERE j.school_id = l.school_id AND j.held_on = l.held_on
                                   AND j.joined_id IN (x.id, l.id))
              ORDER BY x.id
    LOOP
        a := l;
        b := o;
        a.staff_id := o.staff_id;
        b.staff_id := l.staff_id;
        IF o.staff_id <> l.staff_id AND NOT ej.exchange_hindered(a, o.id) AND NOT ej.exchange_hindered(b, l.id)
           AND ej.substitution_present(a.staff_id, l.school_id, l.held_on)
           AND ej.substitution_present(b.staff_id, l.school_id, l.held_on) THEN
            RETURN QUERY SELECT concat_ws('.', 's', o.id, ej.exchange_state(o)), 'staff', o.id;
        END IF;
        CONTINUE WHEN o.slot = l.slot OR ej.substitution_value(o) <> '' OR ej.substitution_value(l) <> ''
            OR o.staff_id <> l.staff_id AND NOT EXISTS (
               SELECT FROM ej.study_group_class AS x JOIN ej.study_group_class AS y USING (class_id)
                WHERE x.study_group_id = l.study_group_id AND y.study_group_id = o.study_group_id);
        a := ej.exchange_moved(l, o);
        b := ej.exchange_moved(o, l);
        IF a.during IS NOT NULL AND b.during IS NOT NULL
           AND NOT ej.exchange_hindered(a, o.id) AND NOT ej.exchange_hindered(b, l.id) THEN
            RETURN QUERY SELECT concat_ws('.', 't', o.id, ej.exchange_state(o)), 'time', o.id;
        END IF;
    END LOOP;
END
$$;

-- Write two lessons that have changed places, with the record of each why it is not as planned.
CREATE OR REPLACE FUNCTION ej.exchange_write(a ej.lesson, b ej.lesson, is_staff boolean, reason text, note text)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    x ej.lesson := a;
    y ej.lesson := b;
BEGIN
    IF is_staff THEN
        x.staff_id := b.staff_id;
        y.staff_id := a.staff_id;
    ELSE
        x := ej.exchange_moved(a, b);
        y := ej.exchange_moved(b, a);
    END IF;
    UPDATE ej.lesson AS l
       SET staff_id = n.staff_id, slot = n.slot, during = n.during, room_id = n.room_id, moved_on = n.moved_on,
           moved_slot = n.moved_slot
      FROM (SELECT x.id, x.staff_id, x.slot, x.during, x.room_id, x.moved_on, x.moved_slot
             UNION ALL
            SELECT y.id, y.staff_id, y.slot, y.during, y.room_id, y.moved_on, y.moved_slot) AS n
     WHERE l.id = n.id;
    PERFORM ej.substitution_record(a, ej.substitution_value(x), reason, note);
    PERFORM ej.substitution_record(b, ej.substitution_value(y), reason, note);
END
$$;

-- Let a lesson change places with another one of its day; old: the lesson's state that the person
-- saw. Returns the outcome. For administrator and deputies. Errors: JE101 no exchange is chosen, JE106
-- none that these lessons have, JE210 one of the two has changed meanwhile, JE206 double booking,
-- JE201 a journal is closed, JE301 not the reader's school to plan, JE401 no such lesson.
CREATE OR REPLACE FUNCTION ej.substitution_exchange(lesson_id bigint, value text, old text, reason text, note text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    part  text[] := regexp_match(value, '^([st])\.([0-9]{1,18})\.([0-9.]{1,40})$');
    a     ej.lesson;
    b     ej.lesson;
    state text;
    rule  text;
BEGIN
    IF ej.my_setup_schools() = '{}' THEN
        RAISE EXCEPTION 'not the reader''s school to plan' USING ERRCODE = 'JE301';
    END IF;
    -- in the order of their ids, so that two exchanges wait for each other
    PERFORM FROM ej.lesson AS l
      WHERE l.id IN (substitution_exchange.lesson_id, part[2]::bigint) AND l.school_id = ANY (ej.my_setup_schools())
      ORDER BY l.id FOR UPDATE;
    SELECT l.* INTO a FROM ej.lesson AS l
     WHERE l.id = substitution_exchange.lesson_id AND l.school_id = ANY (ej.my_setup_schools());
    SELECT l.* INTO b FROM ej.lesson AS l WHERE l.id = part[2]::bigint AND l.school_id = a.school_id;
    IF a.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    ELSIF b.id IS NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'exchange', 'code',
                                                    CASE WHEN value = '' THEN 'JE101' ELSE 'JE106' END));
    ELSIF ej.exchange_state(a) <> old OR ej.exchange_state(b) <> part[3] THEN
        RETURN jsonb_build_array(ej.field_outcome('exchange', '', '-', value, NULL, 'substitution',
                                 ARRAY[CASE WHEN ej.exchange_state(a) <> old THEN a.id ELSE b.id END]));
    ELSIF NOT EXISTS (SELECT FROM ej.substitution_exchanges(a) AS e WHERE e.value = substitution_exchange.value) THEN
        RETURN '[{"outcome": "bad", "field": "exchange", "code": "JE106"}]';
    END IF;
    PERFORM ej.exchange_write(a, b, part[1] = 's', reason, coalesce(note, ''));
    RETURN '[{"outcome": "saved", "field": "exchange"}]';
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(22|23|JE[12])' THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME;
    RETURN jsonb_build_array(jsonb_strip_nulls(
        ej.refusal('ej.lesson', CASE state WHEN '23P01' THEN 'JE206' ELSE state END, rule, 'exchange')
        || jsonb_build_object('value', CASE WHEN rule = 'pupil_two_places' THEN 'pupil'
                                            ELSE substring(rule FROM '_(staff|group|room)_overlap') END)));
END
$$;
GRANT EXECUTE ON FUNCTION ej.substitution_exchange TO ej_web;
