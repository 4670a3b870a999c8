-- substitutions.sql: lessons that are not given as planned: by another teacher, together with
-- another lesson, replaced by another subject, cancelled, moved.
--
-- The present state of a lesson is in ej.lesson: staff_id, joined_id, instead_of_id, state, moved_on.
-- The constraints on two lessons at once (year.sql) refuse a double booking. ej.substitution has the
-- reason, and the time and room before, so that a change can be undone. The form names a choice by a word:
--     ''               as planned
--     s.<staff_id>     another teacher gives the lesson
--     j.<lesson_id>    it is given together with that lesson
--     t.<teaching_id>  that teaching has a lesson in its place
--     c                it is cancelled
--     m.<day>.<slot>   it is moved

-- ---------------------------------------------------------------- choices --

-- The present choice for a lesson, as a word of the form.
CREATE OR REPLACE FUNCTION ej.substitution_value(l ej.lesson) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN l.moved_on IS NOT NULL THEN concat_ws('.', 'm', l.held_on, l.slot)
                WHEN l.state = 'cancelled' THEN coalesce((
                     SELECT 't.' || n.teaching_id FROM ej.lesson AS n WHERE n.instead_of_id = l.id), 'c')
                WHEN l.joined_id IS NOT NULL THEN 'j.' || l.joined_id
                WHEN l.staff_id <> l.planned_staff_id THEN 's.' || l.staff_id
                ELSE '' END;
END
$$;

-- The lessons that a member of staff would give on these days: planned, or as a substitute.
CREATE OR REPLACE FUNCTION ej.substitution_lessons(staff_id bigint, from_on date, till_on date) RETURNS SETOF ej.lesson
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT l.* FROM ej.lesson AS l
     WHERE l.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
       AND (l.held_on BETWEEN from_on AND till_on AND substitution_lessons.staff_id IN (l.planned_staff_id, l.staff_id)
         OR l.id = ANY (ARRAY(SELECT s.lesson_id FROM ej.substitution AS s
                               WHERE s.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
                                 AND s.kind = 'move' AND s.held_on BETWEEN from_on AND till_on))
        AND l.planned_staff_id = substitution_lessons.staff_id);
END
$$;

-- The teachers of the school who are free at the time of each of these lessons: they have no other
-- lesson and are not away. is_same: teaches the subject; knows: teaches the group; lessons_day: the lessons
-- of that day; substituted: the lessons given for others in that month.
CREATE OR REPLACE FUNCTION ej.substitution_free(lesson_ids bigint[])
RETURNS TABLE (lesson_id bigint, staff_id bigint, name text, is_same boolean, knows boolean, lessons_day bigint,
               substituted bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH l AS MATERIALIZED (
        SELECT l.id, l.school_id, l.held_on, l.during, l.planned_staff_id, l.study_group_id, t.subject_id, t.year
          FROM ej.lesson AS l JOIN ej.teaching AS t ON t.id = l.teaching_id
         WHERE l.id = ANY (lesson_ids) AND l.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
    ), taken AS MATERIALIZED (
        SELECT o.id, o.staff_id, o.held_on, o.during, o.instead_of_id FROM ej.lesson AS o
         WHERE o.school_id = ANY (ARRAY(SELECT l.school_id FROM l))
           AND o.held_on = ANY (ARRAY(SELECT l.held_on FROM l)) AND o.state IN ('planned', 'given')
    ), load AS MATERIALIZED (
        SELECT o.staff_id, o.held_on, count(*) AS n FROM taken AS o GROUP BY 1, 2
    ), away AS MATERIALIZED (
        SELECT a.staff_id, a.during FROM ej.staff_absence AS a
         WHERE a.school_id = ANY (ARRAY(SELECT l.school_id FROM l))
    ), taught AS MATERIALIZED (
        SELECT t.staff_id, t.subject_id, t.study_group_id FROM ej.teaching AS t
         WHERE t.school_id = ANY (ARRAY(SELECT l.school_id FROM l)) AND t.year = ANY (ARRAY(SELECT l.year FROM l))
    ), teacher AS MATERIALIZED (
        SELECT t.staff_id, array_agg(t.subject_id) AS subjects, array_agg(t.study_group_id) AS groups
          FROM taught AS t GROUP BY t.staff_id
    ), given AS MATERIALIZED (
        SELECT o.staff_id, date_trunc('month', o.held_on) AS month, count(*) AS n
          FROM ej.lesson AS o
         WHERE o.is_substitute AND o.staff_id = ANY (ARRAY(SELECT f.staff_id FROM teacher AS f))
           AND o.state IN ('planned', 'given')
         GROUP BY 1, 2
    )
    SELECT l.id, f.staff_id, ej.short_name(s.surname, s.given_name, s.patronymic), l.subject_id = ANY (f.subjects),
           l.study_group_id = ANY (f.groups), coalesce(d.n, 0), coalesce(g.n, 0)
      FROM l
      JOIN teacher AS f ON f.staff_id <> l.planned_staff_id
      JOIN ej.staff AS s ON s.id = f.staff_id AND s.during @> l.held_on
       AND s.id = ANY (ARRAY(SELECT f.staff_id FROM teacher AS f))
      LEFT JOIN load AS d ON d.staff_id = f.staff_id AND d.held_on = l.held_on
      LEFT JOIN given AS g ON g.staff_id = f.staff_id AND g.month = date_trunc('month', l.held_on)
     WHERE NOT EXISTS (SELECT FROM away AS a WHERE a.staff_id = f.staff_id AND a.during @> l.held_on)
       AND NOT EXISTS (SELECT FROM taken AS o WHERE o.staff_id = f.staff_id AND o.held_on = l.held_on
                          AND o.during && l.during AND o.id <> l.id AND o.instead_of_id IS DISTINCT FROM l.id);
END
$$;

-- The choices for each of these lessons, best first: free teachers, at most `most` of them; lessons
-- of the same hour with which it can be joined; other subjects of the group whose teacher is free.
-- part: same or other (teachers), join, subject.
CREATE OR REPLACE FUNCTION ej.substitution_choices(lesson_ids bigint[], most int)
RETURNS TABLE (lesson_id bigint, part text, value text, staff_name text, what text, lessons_day bigint,
               substituted bigint, place bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH l AS MATERIALIZED (
        SELECT l.*, t.subject_id FROM ej.lesson AS l JOIN ej.teaching AS t ON t.id = l.teaching_id
         WHERE l.id = ANY (lesson_ids) AND l.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
    ), free AS MATERIALIZED (
        SELECT f.*, row_number() OVER (PARTITION BY f.lesson_id
                                       ORDER BY f.is_same DESC, f.knows DESC, f.lessons_day = 0, f.lessons_day,
                                       f.substituted, f.name, f.staff_id) AS place
          FROM ej.substitution_free(lesson_ids) AS f
    ), class AS MATERIALIZED (
        SELECT k.study_group_id, k.class_id FROM ej.study_group_class AS k
         WHERE k.school_id = ANY (ARRAY(SELECT l.school_id FROM l))
    ), beside AS MATERIALIZED ( -- lessons of the same hour: of the subject, or of a class of the group
        SELECT l.id AS lesson_id, o.id, o.staff_id, o.study_group_id, o.teaching_id, o.held_on
          FROM l JOIN ej.lesson AS o ON o.held_on = l.held_on AND o.during && l.during AND o.id <> l.id
           AND o.state IN ('planned', 'given') AND o.joined_id IS NULL AND o.staff_id <> l.planned_staff_id
           AND o.study_group_id <> l.study_group_id
          JOIN ej.teaching AS t ON t.id = o.teaching_id
         WHERE o.school_id = ANY (ARRAY(SELECT l.school_id FROM l))
           AND (t.subject_id = l.subject_id OR EXISTS (
                SELECT FROM class AS a JOIN class AS b USING (class_id)
                 WHERE a.study_group_id = l.study_group_id AND b.study_group_id = o.study_group_id))
    )
    SELECT f.lesson_id, CASE WHEN f.is_same THEN 'same' ELSE 'other' END, 's.' || f.staff_id, f.name, NULL::text,
           f.lessons_day, f.substituted, f.place
      FROM free AS f JOIN l ON l.id = f.lesson_id
     WHERE f.place <= most OR f.staff_id = l.staff_id
     UNION ALL
    SELECT o.lesson_id, 'join', 'j.' || o.id, ej.short_name(s.surname, s.given_name, s.patronymic),
           g.name || ', ' || b.name, NULL, NULL, 1000 + row_number() OVER (ORDER BY g.name, o.id)
      FROM beside AS o
      JOIN ej.staff AS s ON s.id = o.staff_id
      JOIN ej.study_group AS g ON g.id = o.study_group_id
      JOIN ej.teaching AS t ON t.id = o.teaching_id
      JOIN ej.subject AS b ON b.id = t.subject_id
     WHERE NOT EXISTS (SELECT FROM ej.staff_absence AS a WHERE a.staff_id = o.staff_id AND a.during @> o.held_on)
     UNION ALL
    SELECT l.id, 'subject', 't.' || t.id, f.name, b.name::text, NULL, NULL,
           2000 + row_number() OVER (ORDER BY b.name, t.id)
      FROM l
      JOIN ej.teaching AS t ON t.study_group_id = l.study_group_id AND t.subject_id <> l.subject_id
      JOIN ej.subject AS b ON b.id = t.subject_id
      JOIN free AS f ON f.lesson_id = l.id AND f.staff_id = ej.teacher_on(t.id, l.held_on);
END
$$;

-- Whether a group has no lessons on a day because of a holiday; one with pupils of grade 1 has their
-- extra holidays, too.
CREATE OR REPLACE FUNCTION ej.is_group_holiday(study_group_id bigint, school_id bigint, day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.holiday AS h
                    WHERE h.school_id = is_group_holiday.school_id AND h.during @> day
                      AND (h.kind <> 'extra' OR EXISTS (
                           SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                            WHERE x.study_group_id = is_group_holiday.study_group_id AND c.grade = 1)));
END
$$;

-- The days and slots of three weeks to which a lesson can be moved: its group learns then, and
-- neither its classes nor its teacher have another lesson.
CREATE OR REPLACE FUNCTION ej.substitution_times(l ej.lesson)
RETURNS TABLE (value text, day date, slot int, starts time, ends time)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH day AS MATERIALIZED (
        SELECT d.day::date AS day, ej.bell_plan_on(l.study_group_id, d.day::date) AS bells
          FROM generate_series(greatest(l.held_on - 7, ej.today(l.school_id)), l.held_on + 14,
                               interval '1 day') AS d(day)
          JOIN ej.groups_week_days(ARRAY[l.study_group_id]) AS w ON extract(isodow FROM d.day) <= w.week_days
         WHERE EXISTS (SELECT FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
                        WHERE j.teaching_id = l.teaching_id AND j.closed_at IS NULL AND e.is_taught
                          AND e.during @> d.day::date)
           AND NOT ej.is_group_holiday(l.study_group_id, l.school_id, d.day::date)
           AND NOT EXISTS (SELECT FROM ej.staff_absence AS a
                            WHERE a.staff_id = l.planned_staff_id AND a.during @> d.day::date)
    ), same AS MATERIALIZED (
        SELECT b.study_group_id AS id FROM ej.study_group_class AS a JOIN ej.study_group_class AS b USING (class_id)
         WHERE a.study_group_id = l.study_group_id
         UNION SELECT l.study_group_id
    ), taken AS MATERIALIZED (
        SELECT o.held_on, o.during FROM ej.lesson AS o
         WHERE o.school_id = l.school_id AND o.held_on = ANY (ARRAY(SELECT d.day FROM day AS d))
           AND o.state IN ('planned', 'given') AND o.id <> l.id
           AND (o.staff_id = l.planned_staff_id OR o.study_group_id IN (SELECT s.id FROM same AS s))
    )
    SELECT concat_ws('.', 'm', d.day, b.slot), d.day, b.slot, b.starts, b.ends
      FROM day AS d JOIN ej.bell AS b ON b.bell_plan_id = d.bells
     WHERE (d.day, b.slot) <> (coalesce(l.moved_on, l.held_on), coalesce(l.moved_slot, l.slot))
       AND NOT EXISTS (SELECT FROM taken AS o
                        WHERE o.held_on = d.day AND o.during && tsrange(d.day + b.starts, d.day + b.ends))
     ORDER BY d.day, b.slot;
END
$$;

-- ----------------------------------------------------------------- saving --

-- Refuse a choice that the lesson does not have, or no longer has (is_good is not true). Errors: JE106
CREATE OR REPLACE FUNCTION ej.substitution_check(is_good boolean) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF is_good IS NOT TRUE THEN
        PERFORM ej.rule_refuse('JE106', 'substitution_choice', 'change', 'not a choice for this lesson', NULL);
    END IF;
END
$$;

-- Whether a member of the staff of the school works on a day and is not away.
CREATE OR REPLACE FUNCTION ej.substitution_present(staff_id bigint, school_id bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT EXISTS (SELECT FROM ej.staff AS s WHERE s.id = $1 AND s.school_id = $2 AND s.during @> day)
   AND NOT EXISTS (SELECT FROM ej.staff_absence AS a WHERE a.staff_id = $1 AND a.during @> day)
$$;

-- A lesson as it was planned.
CREATE OR REPLACE FUNCTION ej.substitution_planned(l ej.lesson) RETURNS ej.lesson
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    t ej.lesson := l;
    s ej.substitution;
BEGIN
    SELECT x.* INTO s FROM ej.substitution AS x WHERE x.lesson_id = l.id;
    t.staff_id := l.planned_staff_id;
    t.state := CASE l.state WHEN 'cancelled' THEN 'planned' ELSE l.state END;
    IF s.lesson_id IS NOT NULL AND (l.joined_id IS NOT NULL OR l.moved_on IS NOT NULL) THEN
        t.room_id := s.room_id;
        t.held_on := s.held_on;
        t.slot := s.slot;
        t.during := s.during;
    END IF;
    t.joined_id := NULL;
    t.moved_on := NULL;
    t.moved_slot := NULL;
    RETURN t;
END
$$;

-- A planned lesson moved to a day and slot, with its room if that is free then.
CREATE OR REPLACE FUNCTION ej.substitution_moved(l ej.lesson, day date, slot int) RETURNS ej.lesson
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    t ej.lesson := l;
BEGIN
    t.moved_on := l.held_on;
    t.moved_slot := l.slot;
    t.held_on := day;
    t.slot := slot;
    t.during := (SELECT tsrange(day + b.starts, day + b.ends) FROM ej.bell AS b
                  WHERE b.bell_plan_id = ej.bell_plan_on(l.study_group_id, day) AND b.slot = substitution_moved.slot);
    PERFORM ej.substitution_check(t.during IS NOT NULL AND (day, slot) <> (l.held_on, l.slot)
        AND NOT ej.is_group_holiday(l.study_group_id, l.school_id, day) AND EXISTS (
        SELECT FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
         WHERE j.teaching_id = l.teaching_id AND e.is_taught AND e.during @> day));
    IF NOT l.room_is_shared AND EXISTS (
        SELECT FROM ej.lesson AS o WHERE o.room_id = l.room_id AND o.held_on = day AND o.during && t.during
           AND o.state IN ('planned', 'given') AND o.id <> l.id) THEN
        t.room_id := NULL;
    END IF;
    RETURN t;
END
$$;

-- A planned lesson, changed by the choice. Errors: JE106 no such choice
CREATE OR REPLACE FUNCTION ej.substitution_chosen(l ej.lesson, value text) RETURNS ej.lesson
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    t ej.lesson := l;
    o ej.lesson;
    chosen bigint := substring(value FROM '^[sjt]\.([0-9]{1,18})$');
BEGIN
    PERFORM ej.substitution_check(chosen IS NOT NULL OR value IN ('', 'c')
                                  OR value ~ '^m\.20[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{1,2}$');
    CASE left(value, 1)
    WHEN 's' THEN
        PERFORM ej.substitution_check(chosen <> l.planned_staff_id
                                      AND ej.substitution_present(chosen, l.school_id, l.held_on));
        t.staff_id := chosen;
    WHEN 'j' THEN
        SELECT x.* INTO o FROM ej.lesson AS x WHERE x.id = chosen FOR SHARE;
        PERFORM ej.substitution_check(o.school_id = l.school_id AND o.id <> l.id AND o.during && l.during
            AND o.state IN ('planned', 'given') AND o.joined_id IS NULL
            AND ej.substitution_present(o.staff_id, l.school_id, l.held_on));
        t.staff_id := o.staff_id;
        t.joined_id := o.id;
        t.room_id := o.room_id;
    WHEN 'm' THEN
        t := ej.substitution_moved(l, split_part(value, '.', 2)::date, split_part(value, '.', 3)::int);
    WHEN '' THEN
        NULL;
    ELSE
        t.state := 'cancelled';
    END CASE;
    RETURN t;
END
$$;

-- Give another teaching of the group a lesson in the place of a cancelled one. Errors: JE106
CREATE OR REPLACE FUNCTION ej.substitution_instead(l ej.lesson, teaching_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    giver bigint := ej.teacher_on(teaching_id, l.held_on);
BEGIN
    PERFORM ej.substitution_check(ej.substitution_present(giver, l.school_id, l.held_on) AND EXISTS (
        SELECT FROM ej.teaching AS t
         WHERE t.id = substitution_instead.teaching_id AND t.study_group_id = l.study_group_id
           AND t.id <> l.teaching_id));
    PERFORM set_config('ej.year', (l.id / 10000000000)::text, true);
    INSERT INTO ej.lesson (school_id, teaching_id, study_group_id, held_on, slot, during, room_id, planned_staff_id,
                           staff_id, instead_of_id)
    VALUES (l.school_id, substitution_instead.teaching_id, l.study_group_id, l.held_on, l.slot, l.during,
            l.room_id, giver, giver, l.id);
END
$$;

-- Change a lesson from its present choice to another one.
-- Errors: JE106, JE201, JE206 double booking, JE211 the lesson, or that in its place, is given
CREATE OR REPLACE FUNCTION ej.substitution_change(l ej.lesson, value text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    o ej.lesson; -- the lesson of another subject that is given in its place
    t ej.lesson;
BEGIN
    SELECT x.* INTO o FROM ej.lesson AS x WHERE x.instead_of_id = l.id FOR UPDATE;
    t := ej.substitution_chosen(ej.substitution_planned(l), value);
    IF o.state = 'given' OR o.topic <> ''
       OR l.state = 'given' AND (t.state, t.held_on, t.slot) <> (l.state, l.held_on, l.slot) THEN
        PERFORM ej.rule_fault('record_used', NULL);
    END IF;
    DELETE FROM ej.lesson AS x WHERE x.id = o.id;
    UPDATE ej.lesson AS x
       SET staff_id = t.staff_id, joined_id = t.joined_id, room_id = t.room_id, state = t.state, held_on = t.held_on,
           slot = t.slot, during = t.during, moved_on = t.moved_on, moved_slot = t.moved_slot
     WHERE x.id = l.id;
    IF value LIKE 't.%' THEN
        PERFORM ej.substitution_instead(t, split_part(value, '.', 2)::bigint);
    END IF;
END
$$;

-- Record why a lesson is not given as planned; with the choice '' (as planned) delete the record.
CREATE OR REPLACE FUNCTION ej.substitution_record(l ej.lesson, value text, reason text, note text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF value = '' THEN
        DELETE FROM ej.substitution AS s WHERE s.lesson_id = l.id;
        RETURN;
    END IF;
    INSERT INTO ej.substitution AS s (lesson_id, school_id, kind, reason, note, held_on, slot, during, room_id)
    SELECT l.id, l.school_id, k.kind, substitution_record.reason, substitution_record.note, l.held_on, l.slot, l.during,
           l.room_id
      FROM (VALUES ('s', 'staff'), ('j', 'join'), ('t', 'subject'), ('c', 'cancel'), ('m', 'move')) AS k(letter, kind)
     WHERE k.letter = left(value, 1)
    ON CONFLICT (lesson_id) DO UPDATE SET kind = excluded.kind, reason = excluded.reason, note = excluded.note;
END
$$;

-- Change one lesson of the form; returns its outcome. A refusal names the lesson, and for a double
-- booking whether teacher, group or room is taken (value).
CREATE OR REPLACE FUNCTION ej.substitution_put(lesson_id bigint, value text, old text, reason text, note text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    l      ej.lesson;
    answer jsonb;
    field  text := 'change.' || lesson_id;
    state  text;
    rule   text;
BEGIN
    SELECT x.* INTO l FROM ej.lesson AS x
     WHERE x.id = substitution_put.lesson_id AND x.school_id = ANY (ej.my_setup_schools()) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('outcome', 'bad', 'field', field, 'code', 'JE106');
    END IF;
    answer := ej.field_outcome(field, ej.substitution_value(l), old, value, NULL, 'substitution', ARRAY[l.id]);
    IF answer ->> 'outcome' = 'saved' AND ej.substitution_value(l) <> value THEN
        PERFORM ej.substitution_change(l, value);
        PERFORM ej.substitution_record(l, value, reason, note);
    END IF;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(22|23|JE[123])' THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME;
    RETURN jsonb_strip_nulls(ej.refusal('ej.lesson', CASE state WHEN '23P01' THEN 'JE206' ELSE state END, rule, field)
        || jsonb_build_object('value', CASE WHEN rule = 'pupil_two_places' THEN 'pupil'
                                            ELSE substring(rule FROM '_(staff|group|room)_overlap') END));
END
$$;

-- Save the choices for lessons, all or none. For administrator and deputies; returns the outcomes.
-- Errors: JE301 the reader is neither.
CREATE OR REPLACE FUNCTION ej.substitution_save(lesson_ids bigint[], vals text[], olds text[], reason text, note text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    answer jsonb := '[]';
    c      record;
BEGIN
    IF ej.my_setup_schools() = '{}' THEN
        RAISE EXCEPTION 'not the reader''s school to plan' USING ERRCODE = 'JE301';
    END IF;
    FOR c IN SELECT * FROM unnest(lesson_ids, vals, olds) AS x(id, val, old)
              WHERE x.val <> x.old ORDER BY x.id LOOP
        answer := answer || ej.substitution_put(c.id, c.val, c.old, reason, coalesce(note, ''));
    END LOOP;
    IF ej.is_refused(answer) THEN
        RAISE EXCEPTION USING ERRCODE = 'EJ000'; -- undo what was written
    END IF;
    RETURN answer;
EXCEPTION WHEN SQLSTATE 'EJ000' THEN
    RETURN answer;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.substitution TO ej_rule;
GRANT SELECT ON ej.staff_absence TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.last_change TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.substitution_save TO ej_web;

-- --------------------------------------------------------------- reading --

-- The changed lessons of these days, each with the planned and the present teacher; find: only those of
-- a class, subject or teacher.
CREATE OR REPLACE FUNCTION ej.substitution_rows(from_on date, till_on date, find text)
RETURNS TABLE (lesson_id bigint, kind text, reason text, note text, held_on date, slot int, starts timestamp,
               class_name text, subject_name text, planned_staff_id bigint, planned_name text, staff_id bigint,
               staff_name text, new_subject_name text, joined_name text, moved_on date, moved_slot int, room text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    patterns text[] := ej.find_patterns(find);
BEGIN
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT s.lesson_id, s.kind::text AS kind, s.reason::text AS reason, s.note::text AS note, s.held_on, s.slot,
               lower(s.during) AS starts, l.planned_staff_id, l.study_group_id, l.teaching_id, n.teaching_id AS new_id,
               j.study_group_id AS joined_id, CASE WHEN s.kind = 'move' THEN l.held_on END AS moved_on,
               CASE WHEN s.kind = 'move' THEN l.slot END AS moved_slot,
               CASE WHEN s.kind IN ('staff', 'join', 'subject') THEN coalesce(n.staff_id, l.staff_id) END AS staff_id,
               CASE WHEN s.kind <> 'cancel' THEN coalesce(n.room_id, l.room_id) END AS room_id
          FROM ej.substitution AS s
          JOIN ej.lesson AS l ON l.id = s.lesson_id
          LEFT JOIN ej.lesson AS n ON n.instead_of_id = l.id AND s.kind = 'subject'
          LEFT JOIN ej.lesson AS j ON j.id = l.joined_id
         WHERE s.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
           AND s.held_on BETWEEN substitution_rows.from_on AND substitution_rows.till_on
    ), f AS MATERIALIZED (
        SELECT f.id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name FROM ej.staff AS f
         WHERE f.id = ANY (ARRAY(SELECT x.planned_staff_id FROM x UNION SELECT x.staff_id FROM x))
    ), b AS MATERIALIZED (
        SELECT t.id, b.name::text AS name FROM ej.teaching AS t JOIN ej.subject AS b ON b.id = t.subject_id
         WHERE t.id = ANY (ARRAY(SELECT x.teaching_id FROM x UNION SELECT x.new_id FROM x))
    ), g AS MATERIALIZED (
        SELECT g.id, g.name::text AS name FROM ej.study_group AS g
         WHERE g.id = ANY (ARRAY(SELECT x.study_group_id FROM x UNION SELECT x.joined_id FROM x))
    ), r AS MATERIALIZED (
        SELECT r.id, r.name::text AS name FROM ej.room AS r WHERE r.id = ANY (ARRAY(SELECT x.room_id FROM x))
    )
    SELECT x.lesson_id, x.kind, x.reason, x.note, x.held_on, x.slot, x.starts, g.name, b.name, x.planned_staff_id,
           p.name, x.staff_id, f.name, nb.name, jg.name, x.moved_on, x.moved_slot, r.name
      FROM x
      JOIN g ON g.id = x.study_group_id
      JOIN b ON b.id = x.teaching_id
      JOIN f AS p ON p.id = x.planned_staff_id
      LEFT JOIN f ON f.id = x.staff_id
      LEFT JOIN b AS nb ON nb.id = x.new_id
      LEFT JOIN g AS jg ON jg.id = x.joined_id
      LEFT JOIN r ON r.id = x.room_id
     WHERE ej.is_found(patterns, concat_ws(' ', g.name, b.name, p.name, f.name));
END
$$;
