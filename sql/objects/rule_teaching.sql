-- rule_teaching.sql: a teaching has its journals, and is handed over from a day.

GRANT SELECT, INSERT, DELETE, UPDATE ON ej.teaching_former TO ej_rule;
GRANT INSERT, DELETE ON ej.journal TO ej_rule;

-- The teacher who has a teaching on a day; NULL if the reader may not read it.
CREATE OR REPLACE FUNCTION ej.teacher_on(teaching_id bigint, day date) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT f.staff_id FROM ej.teaching_former AS f
                              WHERE f.teaching_id = t.id AND f.during @> day), t.staff_id)
              FROM ej.teaching AS t WHERE t.id = teacher_on.teaching_id);
END
$$;

-- -------------------------------------------------------------- journals --

-- Make the journals that these teachings lack: one for each term of the first class's plan,
-- one for the year, and in the grades that have them one for the exam and one for the final
-- marks (FIN-01).
CREATE OR REPLACE FUNCTION ej.rule_make_journals(teachings bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.journal (school_id, teaching_id, term_id)
    SELECT t.school_id, t.id, e.id
      FROM ej.teaching AS t
      JOIN ej.school AS s ON s.id = t.school_id
     CROSS JOIN LATERAL (SELECT min(c.term_plan_id) AS plan_id, array_agg(c.grade) AS grades
         FROM ej.study_group_class AS g
                           JOIN ej.class AS c ON c.id = g.class_id
                          WHERE g.study_group_id = t.study_group_id) AS p
      JOIN ej.term AS e ON e.term_plan_id = p.plan_id
       AND (e.is_taught OR e.kind = 'year' OR p.grades && s.final_grades)
     WHERE t.id = ANY (teachings)
       AND NOT EXISTS (SELECT FROM ej.journal AS j WHERE j.teaching_id = t.id AND j.term_id = e.id)
     ORDER BY t.id, NOT e.is_taught, e.ordinal, e.id
    ON CONFLICT DO NOTHING;
END
$$;

-- Give new teachings, and those of new terms and of groups with a new class, their journals.
CREATE OR REPLACE FUNCTION ej.rule_teaching_journals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'teaching' THEN
        PERFORM ej.rule_make_journals(ARRAY(SELECT n.id FROM new_rows AS n));
    ELSIF TG_TABLE_NAME = 'term' THEN
        PERFORM ej.rule_make_journals(ARRAY(
            SELECT t.id FROM ej.class AS c
              JOIN ej.study_group_class AS g ON g.class_id = c.id
              JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
             WHERE c.term_plan_id = ANY (ARRAY(SELECT n.term_plan_id FROM new_rows AS n))));
    ELSE
        PERFORM ej.rule_make_journals(ARRAY(
            SELECT t.id FROM ej.teaching AS t
             WHERE t.study_group_id = ANY (ARRAY(SELECT n.study_group_id FROM new_rows AS n))));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_teaching_journals', 'teaching', 'rule_teaching_journals', 'insert');
SELECT ej.watch('rule_teaching_journals', 'term', 'rule_teaching_journals', 'insert');
SELECT ej.watch('rule_teaching_journals', 'study_group_class', 'rule_teaching_journals', 'insert');

-- The school changes which grades have an exam and a final mark: their teachings get the
-- journals, and those of the other grades lose them, unless something was written into them.
CREATE OR REPLACE FUNCTION ej.rule_final_grades() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ARRAY(SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                               WHERE n.final_grades <> o.final_grades);
BEGIN
    IF schools = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM ej.rule_make_journals(ARRAY(
        SELECT t.id FROM ej.teaching AS t JOIN ej.school_today AS d ON d.school_id = t.school_id
          JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year AND upper(y.during) > d.today
         WHERE t.school_id = ANY (schools)));
    DELETE FROM ej.journal AS j USING ej.term AS e, ej.teaching AS t, new_rows AS n
     WHERE j.school_id = ANY (schools) AND e.id = j.term_id AND e.kind IN ('exam', 'final')
       AND t.id = j.teaching_id AND n.id = j.school_id AND j.closed_at IS NULL
       AND NOT EXISTS (SELECT FROM ej.study_group_class AS g JOIN ej.class AS c ON c.id = g.class_id
                        WHERE g.study_group_id = t.study_group_id AND c.grade = ANY (n.final_grades))
       AND NOT EXISTS (SELECT FROM ej.term_mark AS m WHERE m.teaching_id = j.teaching_id AND m.term_id = j.term_id);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_final_grades', 'school', 'rule_final_grades', 'update');

-- A class with another plan of terms: its teachings get the journals of that plan and lose
-- those of the former one, unless something was written into them.
CREATE OR REPLACE FUNCTION ej.rule_class_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    teachings bigint[] := ARRAY(
        SELECT t.id FROM new_rows AS n JOIN old_rows AS o USING (id)
          JOIN ej.study_group_class AS g ON g.class_id = n.id
          JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
         WHERE n.term_plan_id <> o.term_plan_id);
BEGIN
    IF teachings = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM ej.rule_make_journals(teachings);
    DELETE FROM ej.journal AS j USING ej.teaching AS t
     WHERE j.teaching_id = ANY (teachings) AND t.id = j.teaching_id AND j.closed_at IS NULL
       AND j.term_id NOT IN (SELECT e.id FROM ej.study_group_class AS g
                               JOIN ej.class AS c ON c.id = g.class_id
                               JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
                              WHERE g.study_group_id = t.study_group_id)
       AND NOT EXISTS (SELECT FROM ej.work AS w WHERE w.journal_id = j.id)
       AND NOT EXISTS (SELECT FROM ej.term_mark AS m WHERE m.teaching_id = j.teaching_id AND m.term_id = j.term_id);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_class_terms', 'class', 'rule_class_terms', 'update');

-- Before a teaching or a term goes, so do its journals, unless they were used: then their
-- foreign keys refuse (JE211).
CREATE OR REPLACE FUNCTION ej.rule_journals_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.journal AS j
     WHERE CASE TG_TABLE_NAME WHEN 'teaching' THEN j.teaching_id ELSE j.term_id END = OLD.id AND j.closed_at IS NULL;
    RETURN OLD;
END
$$;
CREATE TRIGGER rule_journals_removed BEFORE DELETE ON ej.teaching
    FOR EACH ROW EXECUTE FUNCTION ej.rule_journals_removed();
CREATE TRIGGER rule_journals_removed BEFORE DELETE ON ej.term
    FOR EACH ROW EXECUTE FUNCTION ej.rule_journals_removed();

-- ------------------------------------------------------------- handing over --

-- Lock a teaching of the school where the user writes the set-up, and return it.
-- Errors: JE401 there is none
CREATE OR REPLACE FUNCTION ej.rule_teaching_lock(teaching_id bigint) RETURNS ej.teaching
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    t ej.teaching;
BEGIN
    SELECT x.* INTO t FROM ej.teaching AS x
     WHERE x.id = teaching_id AND x.school_id = ANY (ej.my_setup_schools()) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such teaching, or none to hand over' USING ERRCODE = 'JE401';
    END IF;
    RETURN t;
END
$$;

-- Give the lessons of a teaching that are still to be given from a day on to another teacher;
-- what a substitute will give, the substitute gives. JE206: the teacher has another lesson.
CREATE OR REPLACE FUNCTION ej.rule_move_lessons(teaching_id bigint, from_on date, former_id bigint, present_id bigint)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.lesson AS l
       SET planned_staff_id = present_id,
           staff_id = CASE WHEN l.staff_id = former_id THEN present_id ELSE l.staff_id END
     WHERE l.teaching_id = rule_move_lessons.teaching_id AND l.state = 'planned' AND l.planned_staff_id = former_id
       AND (from_on IS NULL OR l.held_on >= from_on);
END
$$;

-- Hand a teaching over to another teacher from a day on. Until then the former teacher writes
-- the journal, from then on the new one, and the former reads. from_on NULL: from the
-- beginning, as a correction, while no lesson has been given. Administrator and deputies.
-- Errors: JE401 no such teaching; JE106 no such teacher, or the same; JE101 lessons were given,
-- so a day is needed; JE203 not a day of the year after the last handing over; JE206 the new
-- teacher has another lesson at the hour of one of the lessons planned.
CREATE OR REPLACE FUNCTION ej.hand_over(teaching_id bigint, staff_id bigint, from_on date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    t    ej.teaching := ej.rule_teaching_lock(teaching_id);
    year daterange := (SELECT y.during FROM ej.school_year AS y WHERE y.school_id = t.school_id AND y.year = t.year);
    last date := (SELECT max(upper(f.during)) FROM ej.teaching_former AS f WHERE f.teaching_id = t.id);
BEGIN
    IF from_on IS NULL AND (last IS NOT NULL OR EXISTS (
        SELECT FROM ej.lesson AS l WHERE l.teaching_id = t.id AND l.state = 'given')) THEN
        PERFORM ej.rule_fault('hand_over_day', NULL);
    ELSIF from_on IS NOT NULL AND (NOT year @> from_on OR from_on <= coalesce(last, lower(year))) THEN
        PERFORM ej.rule_fault('hand_over_in_year', NULL);
    ELSIF staff_id = t.staff_id OR NOT EXISTS (
        SELECT FROM ej.staff AS s WHERE s.id = staff_id AND s.school_id = t.school_id
           AND s.during && daterange(coalesce(from_on, lower(year)), upper(year))) THEN
        PERFORM ej.rule_fault('teacher_known', NULL);
    END IF;
    IF from_on IS NOT NULL THEN
        INSERT INTO ej.teaching_former (school_id, teaching_id, staff_id, during, is_self_given)
        VALUES (t.school_id, t.id, t.staff_id, daterange(last, from_on), t.is_self_given);
    END IF;
    UPDATE ej.teaching AS x SET staff_id = hand_over.staff_id WHERE x.id = t.id;
    PERFORM ej.rule_move_lessons(t.id, from_on, t.staff_id, staff_id);
END
$$;

-- Take back the last handing over of a teaching: its former teacher has it again.
-- Errors: JE401 no such teaching, or it was not handed over; JE206
CREATE OR REPLACE FUNCTION ej.hand_back(teaching_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    t ej.teaching := ej.rule_teaching_lock(teaching_id);
    f ej.teaching_former;
BEGIN
    DELETE FROM ej.teaching_former AS x
     WHERE x.id = (SELECT l.id FROM ej.teaching_former AS l WHERE l.teaching_id = t.id ORDER BY l.during DESC LIMIT 1)
    RETURNING x.* INTO f;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the teaching was not handed over' USING ERRCODE = 'JE401';
    END IF;
    UPDATE ej.teaching AS x SET staff_id = f.staff_id WHERE x.id = t.id;
    -- what nobody else had confirmed before is not confirmed now
    UPDATE ej.teaching AS x SET is_self_given = true WHERE x.id = t.id AND f.is_self_given;
    PERFORM ej.rule_move_lessons(t.id, upper(f.during), t.staff_id, f.staff_id);
END
$$;

-- Refuse a form or an import that puts another teacher into a teaching of which lessons were
-- given or which was handed over before: who had it until when would be lost.
-- ej.hand_over() and ej.hand_back(), which run as ej_rule, keep the former teacher.
CREATE OR REPLACE FUNCTION ej.rule_teacher_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = NEW.id AND l.state = 'given')
       OR EXISTS (SELECT FROM ej.teaching_former AS f WHERE f.teaching_id = NEW.id) THEN
        PERFORM ej.rule_fault('handed_over', to_jsonb(ARRAY[NEW.id]));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_teacher_kept BEFORE UPDATE OF staff_id ON ej.teaching FOR EACH ROW
    WHEN (OLD.staff_id <> NEW.staff_id AND current_user = 'ej_web') EXECUTE FUNCTION ej.rule_teacher_kept();

GRANT EXECUTE ON FUNCTION ej.hand_over(bigint, bigint, date), ej.hand_back(bigint) TO ej_web;
