-- rule_school.sql: rules of the set-up: one school, rooms, terms, grades.

-- -------------------------------------------------------- persons, rooms --

-- Make a person for a new card that has none. A session may give a card only to a person who has
-- another one of the same name in this school (alike.sql), and never changes whose a card is.
CREATE OR REPLACE FUNCTION ej.rule_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF NEW.person_id IS NULL THEN
        INSERT INTO ej.person DEFAULT VALUES RETURNING id INTO NEW.person_id;
    -- whoever may add no card here is refused by the policies afterwards, whoever is named
    ELSIF (ej.author()).account_id IS NOT NULL
       AND NEW.school_id = ANY (ej.my_admin_schools() || CASE TG_TABLE_NAME WHEN 'staff' THEN ej.my_hr_schools()
               ELSE '{}' END)
       AND NOT EXISTS (
        SELECT FROM (SELECT s.school_id, s.surname, s.given_name, s.patronymic FROM ej.staff AS s
         WHERE s.person_id = NEW.person_id
                     UNION ALL SELECT g.school_id, g.surname, g.given_name, g.patronymic FROM ej.guardian AS g
                         WHERE g.person_id = NEW.person_id
                     UNION ALL SELECT p.school_id, p.surname, p.given_name, p.patronymic FROM ej.pupil AS p
                         WHERE p.person_id = NEW.person_id) AS c
         WHERE c.school_id = NEW.school_id
           AND ej.folded(concat_ws(' ', c.surname, c.given_name, nullif(c.patronymic, '')))
             = ej.folded(concat_ws(' ', NEW.surname, NEW.given_name, nullif(NEW.patronymic, ''))))
       -- while a transfer is being accepted its people come along (transfers.sql)
       AND NOT EXISTS (SELECT FROM ej.transfer AS t
                        WHERE t.to_school_id = NEW.school_id AND t.state = 'accepted' AND t.entered_id IS NULL) THEN
        RAISE EXCEPTION 'no such person of this name in the school' USING ERRCODE = '23503', COLUMN = 'person_id';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_person BEFORE INSERT ON ej.staff
    FOR EACH ROW EXECUTE FUNCTION ej.rule_person();
CREATE TRIGGER rule_person BEFORE INSERT ON ej.pupil
    FOR EACH ROW EXECUTE FUNCTION ej.rule_person();
CREATE TRIGGER rule_person BEFORE INSERT ON ej.guardian
    FOR EACH ROW EXECUTE FUNCTION ej.rule_person();

-- Copy to a lesson whether its room may be shared by several groups, since the exclusion
-- constraint lesson_room_overlap can use only columns of its own table.
CREATE OR REPLACE FUNCTION ej.rule_room_of_lesson() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.room_is_shared := coalesce(
        (SELECT r.is_shared FROM ej.room AS r WHERE r.id = NEW.room_id FOR SHARE), false);
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_room_of_lesson BEFORE INSERT OR UPDATE OF room_id, room_is_shared
    ON ej.lesson FOR EACH ROW EXECUTE FUNCTION ej.rule_room_of_lesson();

-- A room is not closed on a day that has lessons or the timetable in it.
CREATE OR REPLACE FUNCTION ej.rule_room() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    closed record;
BEGIN
    -- one by one, by the index of lessons in a room
    FOR closed IN SELECT n.id, n.ended_on FROM new_rows AS n JOIN old_rows AS o USING (id)
                   WHERE n.ended_on IS NOT NULL AND n.ended_on IS DISTINCT FROM o.ended_on
    LOOP
        IF EXISTS (SELECT FROM ej.lesson AS l WHERE l.room_id = closed.id AND l.held_on >= closed.ended_on
                      AND l.state IN ('planned', 'given'))
           OR EXISTS (SELECT FROM ej.timetable AS t
                       WHERE t.room_id = closed.id AND t.during && daterange(closed.ended_on, NULL)) THEN
            PERFORM ej.rule_fault('room_used', jsonb_build_array(closed.id));
        END IF;
    END LOOP;
    UPDATE ej.lesson AS l SET room_is_shared = n.is_shared
      FROM new_rows AS n JOIN old_rows AS o USING (id)
     WHERE l.room_id = n.id AND l.school_id = n.school_id
       AND o.is_shared <> n.is_shared AND l.room_is_shared <> n.is_shared;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_room', 'room', 'rule_room', 'update');

-- The reverse rule, for lessons in rule_lesson.sql: the timetable uses no room after its end.
CREATE OR REPLACE FUNCTION ej.rule_timetable_room() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.room AS r WHERE r.id IN (SELECT n.room_id FROM new_rows AS n) FOR SHARE;
    IF EXISTS (SELECT FROM new_rows AS n JOIN ej.room AS r ON r.id = n.room_id
                WHERE r.ended_on IS NOT NULL AND n.during && daterange(r.ended_on, NULL)) THEN
        PERFORM ej.rule_fault('room_ended', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_timetable_room', 'timetable', 'rule_timetable_room', 'insert', 'update');

-- --------------------------------------------------- terms, school years --

-- Check new bounds of a term: no work may be outside of them, nor a day of a closed
-- journal, which would be open again without an order. All journals of the term plan are
-- locked, since a day may pass from one journal to another.
CREATE OR REPLACE FUNCTION ej.rule_term() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    plans bigint[] := ARRAY(SELECT n.term_plan_id FROM new_rows AS n JOIN old_rows AS o USING (id)
                             WHERE n.during <> o.during OR n.term_plan_id <> o.term_plan_id);
    bad jsonb;
BEGIN
    IF plans = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM FROM ej.journal AS j
      WHERE j.term_id IN (SELECT t.id FROM ej.term AS t WHERE t.term_plan_id = ANY (plans))
      ORDER BY j.id FOR UPDATE;
    SELECT jsonb_agg(j.id) INTO bad
      FROM new_rows AS n JOIN old_rows AS o USING (id)
      JOIN ej.journal AS j ON j.term_id = n.id
     WHERE n.during <> o.during AND j.closed_at IS NOT NULL;
    PERFORM ej.rule_check('journal_closed', bad);
    SELECT jsonb_agg(DISTINCT l.id) INTO bad
      FROM new_rows AS n
      JOIN ej.journal AS j ON j.term_id = n.id
      JOIN ej.work AS w ON w.journal_id = j.id
      JOIN ej.lesson AS l ON l.id = w.lesson_id
     WHERE NOT n.during @> l.held_on;
    IF bad IS NULL THEN
        SELECT jsonb_agg(DISTINCT m.pupil_id) INTO bad
          FROM new_rows AS n
          JOIN ej.term_mark AS m ON m.term_id = n.id AND m.value IS NOT NULL
           AND m.term_id = ANY (ARRAY(SELECT c.id FROM new_rows AS c))
          JOIN ej.teaching AS t ON t.id = m.teaching_id
         WHERE NOT EXISTS (SELECT FROM ej.membership AS b
                            WHERE b.study_group_id = t.study_group_id
                              AND b.pupil_id = m.pupil_id AND b.during && n.during);
    END IF;
    PERFORM ej.rule_check('marks_outside', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_term', 'term', 'rule_term', 'update');

CREATE OR REPLACE FUNCTION ej.rule_school_year() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    -- before the first day or after the last: by school and day
    IF EXISTS (SELECT FROM new_rows AS n, LATERAL (
                      SELECT l.id FROM ej.lesson AS l
                       WHERE l.school_id = n.school_id AND l.held_on < lower(n.during)
                       UNION ALL
                      SELECT l.id FROM ej.lesson AS l
                       WHERE l.school_id = n.school_id AND l.held_on >= upper(n.during)) AS l
                WHERE l.id >= n.year * 10000000000 AND l.id < (n.year + 1) * 10000000000) THEN
        PERFORM ej.rule_fault('marks_outside', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_school_year', 'school_year', 'rule_school_year', 'update');

-- Check closing and reopening of journals: each needs an order and a reason, reopening
-- other ones than closing. A quarter's journal cannot be reopened while its year's is
-- closed.
CREATE OR REPLACE FUNCTION ej.rule_journal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    above bigint[] := ARRAY(SELECT p.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                              JOIN ej.term AS t ON t.id = n.term_id
                              JOIN ej.journal AS p ON p.teaching_id = n.teaching_id
                                                  AND p.term_id = t.parent_id
                             WHERE o.closed_at IS NOT NULL AND n.closed_at IS NULL);
    bad   record;
BEGIN
    SELECT f.fault, jsonb_agg(f.id) AS rows INTO bad
      FROM (SELECT n.id, CASE
                WHEN coalesce(trim(n.order_no), '') = ''
                  OR o.closed_at IS NOT NULL AND n.closed_at IS NULL AND n.order_no = o.order_no
                  THEN 'journal_order'
                WHEN coalesce(trim(n.reason), '') = ''
                  OR (o.closed_at IS NULL) <> (n.closed_at IS NULL) AND n.reason = o.reason
                  THEN 'journal_reason'
                END AS fault
              FROM new_rows AS n JOIN old_rows AS o USING (id)
             WHERE n.closed_at IS NOT NULL OR o.closed_at IS NOT NULL) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    PERFORM FROM ej.journal AS j WHERE j.id = ANY (above) FOR SHARE;
    IF EXISTS (SELECT FROM ej.journal AS j
                WHERE j.id = ANY (above) AND j.closed_at IS NOT NULL) THEN
        PERFORM ej.rule_fault('journal_closed', to_jsonb(above));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_journal', 'journal', 'rule_journal', 'update');

-- ---------------------------------------------------------------- grades --

-- Refuse to make a grade one without marks while its classes have marks. Transactions
-- that write marks lock the school's row FOR KEY SHARE; this function waits for them.
CREATE OR REPLACE FUNCTION ej.rule_no_marks_in(classes bigint[], schools bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.school AS s WHERE s.id = ANY (schools) ORDER BY s.id FOR UPDATE;
    IF EXISTS (SELECT FROM ej.enrolment AS e
                 JOIN ej.membership AS b ON b.pupil_id = e.pupil_id AND b.during && e.during
                 JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id
                  AND e.during @> l.held_on AND b.during @> l.held_on
                 JOIN ej.work AS w ON w.lesson_id = l.id
                 JOIN ej.mark AS m ON m.work_id = w.id AND m.pupil_id = e.pupil_id
                WHERE e.class_id = ANY (classes) AND m.value IS NOT NULL) THEN
        PERFORM ej.rule_fault('record_used', to_jsonb(classes));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION ej.rule_unmarked_grades() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    classes bigint[] := ARRAY(SELECT c.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                                JOIN ej.class AS c ON c.school_id = n.id
                               WHERE c.grade = ANY (n.unmarked_grades)
                                 AND NOT c.grade = ANY (o.unmarked_grades));
BEGIN
    IF classes <> '{}' THEN
        PERFORM ej.rule_no_marks_in(classes, ARRAY(SELECT id FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_unmarked_grades', 'school', 'rule_unmarked_grades', 'update');

CREATE OR REPLACE FUNCTION ej.rule_class_grade() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    classes bigint[] := ARRAY(SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                                JOIN ej.school AS s ON s.id = n.school_id
                               WHERE n.grade = ANY (s.unmarked_grades) AND n.grade <> o.grade);
BEGIN
    IF classes <> '{}' THEN
        PERFORM ej.rule_no_marks_in(classes, ARRAY(SELECT school_id FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_class_grade', 'class', 'rule_class_grade', 'update');

-- Refuse to change group, subject or year of a teaching that has lessons or term marks.
-- A transaction that adds one locks the teaching by its foreign key; FOR UPDATE here
-- waits for it.
CREATE OR REPLACE FUNCTION ej.rule_teaching() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    moved bigint[] := ARRAY(SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
                             WHERE (n.study_group_id, n.subject_id, n.year)
                                   <> (o.study_group_id, o.subject_id, o.year));
BEGIN
    PERFORM FROM ej.teaching AS t WHERE t.id = ANY (moved) ORDER BY t.id FOR UPDATE;
    IF EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = ANY (moved))
       OR EXISTS (SELECT FROM ej.term_mark AS m WHERE m.teaching_id = ANY (moved)) THEN
        PERFORM ej.rule_fault('record_used', to_jsonb(moved));
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_teaching', 'teaching', 'rule_teaching', 'update');
