-- rule.sql: tools for the rules, which no page, import or person with psql can break.
--
-- Rules that a constraint cannot express are statement-level AFTER triggers with
-- transition tables: one set-based query for each statement, whether it writes one mark
-- or five million. They are in rule_school.sql (set-up, one school), rule_lesson.sql
-- (lessons, memberships, enrolments), rule_member.sql (who is in a group, and from when),
-- rule_journal.sql (works, marks, absences,
-- homework) and rule_term.sql (term marks).
--
-- Every rule is SECURITY DEFINER and owned by ej_rule: as the web role it would not see
-- hidden rows, and accept what it must refuse. A rule first locks the rows that it
-- depends on (FOR SHARE), and then queries in a new statement, which sees changes that
-- were committed while it waited for the lock. Each rule has its reverse, which checks
-- changes of the rows that it depends on.
--
-- A refusal has code and name (errors.def), the field (COLUMN), and in DETAIL the first
-- hundred rows at fault as a JSON array of their keys.

GRANT USAGE ON SCHEMA ej TO ej_rule;
-- FOR SHARE asks for UPDATE on at least one column
GRANT SELECT, UPDATE ON ej.school, ej.school_year, ej.term, ej.class, ej.enrolment,
    ej.membership, ej.study_group, ej.teaching, ej.journal, ej.room, ej.lesson, ej.homework, ej.bell_plan TO ej_rule;
GRANT SELECT ON ej.term_plan, ej.holiday, ej.subject, ej.scale, ej.work_kind, ej.attendance_code, ej.staff, ej.pupil,
    ej.guardian, ej.bell, ej.study_group_class, ej.work,
    ej.mark, ej.attendance, ej.homework_for, ej.term_mark, ej.timetable TO ej_rule;
GRANT SELECT, INSERT ON ej.person TO ej_rule;
-- the groups of classes, and memberships, which follow the enrolments (rule_member.sql)
GRANT INSERT, DELETE ON ej.study_group, ej.study_group_class, ej.membership TO ej_rule;

DO $$ BEGIN PERFORM ej.drop_triggers('rule'); END $$;

-- Refuse. rows: keys of the rows at fault.
CREATE OR REPLACE FUNCTION ej.rule_refuse(code text, rule text, field text,
                                          message text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = code, CONSTRAINT = rule, COLUMN = field,
        MESSAGE = message, DETAIL = coalesce(rows, '[]')::text;
END
$$;

-- Refuse by the name of a rule, with its code and field. An unknown name is that of a
-- foreign key: a reference to a hidden or another school's row is refused like one to a
-- missing row.
CREATE OR REPLACE FUNCTION ej.rule_fault(rule text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    f record;
BEGIN
    SELECT * INTO f FROM (VALUES
        ('journal_closed',   'JE201', 'journal_id', 'the journal of this term is closed'),
        ('year_sealed',      'JE297', 'year',       'the school year is sealed'),
        ('member_that_day',  'JE202', 'pupil_id',   'the pupil is not in this group on that day'),
        ('day_in_term',      'JE203', 'held_on',    'the date is outside the term'),
        ('day_in_year',      'JE203', 'held_on',    'the date is outside the school year'),
        ('lesson_to_come',   'JE204', 'held_on',    'the lesson is still to come'),
        ('grade_unmarked',   'JE205', 'value',      'this grade has neither marks nor homework'),
        ('pupil_two_places', 'JE206', 'during',     'a pupil has two lessons at once'),
        ('timetable_staff',  'JE206', 'staff_id',   'the teacher has two lessons of the week at once'),
        ('timetable_room',   'JE206', 'place_id',   'the room has two lessons of the week at once'),
        ('timetable_group',  'JE206', 'group_id',   'the class or group has two lessons of the week at once'),
        ('timetable_pupil',  'JE206', 'pupil_id',   'a pupil has two lessons of the week at once'),
        ('timetable_day',    'JE219', 'at',         'the group does not learn on that weekday'),
        ('marks_outside',    'JE207', 'during',     'marks or absences stand outside the new bounds'),
        ('homework_due',     'JE208', 'due_on',     'homework must be due after the lesson'),
        ('lesson_not_held',  'JE209', 'state',      'the lesson did not take place'),
        ('record_used',      'JE211', 'id',         'the record is used elsewhere'),
        ('transferred',      'JE211', 'undone_reason', 'the movement is of a transfer between schools'),
        ('room_used',        'JE211', 'ended_on',   'lessons or the timetable are in the room after its end'),
        ('rows_in_order',    'JE271', 'starts',     'a lesson begins before the one above has ended'),
        ('outside_years',    'JE171', 'from_on',    'the days are outside of the school year'),
        ('room_ended',       'JE216', 'room_id',    'the room is closed on that day'),
        ('mark_of_colleague', 'JE301', 'value',     'a colleague teaches this pupil the subject'),
        ('journal_order',    'JE101', 'order_no',   'a journal is closed and opened by an order of its own'),
        ('journal_reason',   'JE101', 'reason',     'a journal is closed and opened for a reason'),
        ('member_of_class',  'JE230', 'from_on',    'the pupil is not in a class of the group then'),
        ('split_twice',      'JE231', 'from_on',    'the pupil is in the other subgroup then'),
        ('split_term',       'JE232', 'from_on',    'a pupil changes the subgroup from the first day of a term'),
        ('split_move',       'JE301', 'from_on',    'the administrator moves pupils between subgroups'),
        ('one_pupil',        'JE233', 'pupil_id',   'such a group has one pupil'),
        ('class_group',      'JE234', 'study_group_id', 'the group of a class follows the class'),
        ('guardianship_longer', 'JE301', 'till_on', 'the administrator gives and prolongs guardianships'),
        ('own_longer',       'JE301', 'during',     'the own term is not the own to lengthen'),
        ('absence_reason',   'JE301', 'code',       'only the reason of an absence is yours to change'),
        ('teacher_known',    'JE106', 'staff_id',   'no such teacher, or the present one'),
        ('hand_over_day',    'JE101', 'from_on',    'lessons were given: from which day?'),
        ('handed_over',      'JE218', 'staff_id',
         'lessons were given: another teacher takes the teaching over from a day'),
        ('hand_over_in_year', 'JE203', 'from_on',   'not a day of the school year after the last handing over'),
        ('retake_no_debt',   'JE293', 'subject_id', 'the year mark is a pass'),
        ('retake_order',     'JE294', 'held_on',    'the second retake is held after a first that was failed'),
        ('retake_days',      'JE295', 'held_on',    'not a day after the debt arose'),
        ('retake_late',      'JE101', 'note',       'later than a year after the debt arose: why?'),
        ('retake_to_come',   'JE295', 'value',      'the retake is still to come'),
        ('value_kept',       'JE281', 'value',      'kept longer than it may be changed freely'),
        ('work_kept',        'JE281', 'kind_id',    'marks were given for it: its kind and weight stay'),
        ('topic_kept',       'JE281', 'topic',      'kept longer than it may be changed freely'),
        ('task_kept',        'JE281', 'text',       'kept longer than it may be changed freely'),
        ('lesson_locked',    'JE282', 'lesson_id',  'the lesson is locked'),
        ('control_kind',     'JE106', 'kind_id',    'only the schedule of control works makes a work of this kind'),
        ('control_marked',   'JE211', 'held_on',    'the work has marks: its day is that of the lesson'),
        ('control_term',     'JE203', 'held_on',    'the class does not learn on that day'),
        ('control_unmarked', 'JE205', 'teaching_id', 'this grade has neither marks nor homework'),
        ('list_name',        'JE222', 'name',       'the row is of the region''s lists'),
        ('list_active',      'JE222', 'is_active',  'the row is of the region''s lists'),
        ('list_days',        'JE222', 'from_on',    'the row is of the region''s lists'),
        ('list_kind',        'JE222', 'kind',       'the row is of the region''s lists'),
        ('list_value',       'JE222', 'number',     'the mark is of a scale of the region''s lists'),
        ('plan_is_fixed',    'JE220', 'plan_id',    'a plan that is offered or approved is not written'),
        ('plan_of_teaching', 'JE106', 'plan_id',    'the plan is of another subject, year or grade'),
        ('message_forbidden', 'JE285', 'text',      'the rules of the school: not to one of those who read it'),
        ('message_left',     'JE286', 'text',       'takes no part in the conversation any more'),
        ('message_alone',    'JE287', 'text',       'nobody else reads the conversation any more'),
        ('message_author',   'JE301', 'text',       'a message is written in the own name'),
        ('event_to_come',    'JE256', 'state',      'the event has not begun'),
        ('event_result',     'JE256', 'result',     'the event has not begun'),
        ('event_cancelled',  'JE257', 'result',     'the event was cancelled'),
        ('event_results',    'JE258', 'state',      'the event has results'),
        ('event_pupil',      'JE240', 'pupil_id',   'the pupil does not learn here on the days of the event'),
        ('event_days',       'JE240', 'from_on',    'a participant does not learn here on these days'),
        ('event_classes',    'JE101', 'class_id',   'an event of the whole school has no classes, any other has one'),
        ('achievement_to_come', 'JE203', 'achieved_on', 'the day is still to come'),
        ('lesson_is_full',   'JE214', 'lesson_id',  'the lesson takes no more works or tasks'),
        ('meal_is_sent',     'JE250', 'state',      'the orders have gone to the kitchen: the organiser changes them'),
        ('meal_reason',      'JE101', 'reason',     'after the cutoff an order is changed for a reason'),
        ('meal_unproposed',  'JE401', 'served_on',  'nothing is proposed for the class and day'),
        ('meal_to_come',     'JE247', 'state',      'the meal is still to come'),
        ('meal_month_closed', 'JE251', 'served_on', 'the month is closed'),
        ('meal_paid_closed', 'JE251', 'paid_on',    'the month is closed'),
        ('meal_paid_ahead',  'JE247', 'paid_on',    'a payment of a coming day'),
        ('meal_month_runs',  'JE254', 'month_on',   'meals of the month are still to come'),
        ('meal_month_before', 'JE255', 'month_on',  'an earlier month is open'),
        ('meal_no_price',    'JE252', 'pupil_id',   'the meal has no price on that day'),
        ('meal_price_gap',   'JE252', 'from_on',    'the prices leave days without a price'),
        ('meal_benefit',     'JE106', 'meal_category_id', 'the category needs no document'),
        ('meal_pupil',       'JE240', 'pupil_id',   'the pupil is not in the class on that day'),
        ('meal_day',         'JE203', 'served_on',  'the class does not learn on that day')
        ) AS v (name, code, field, words) WHERE v.name = rule;
    IF f.code IS NULL THEN
        PERFORM ej.rule_refuse('23503', rule, '', 'no such record: ' || rule, rows);
    ELSIF rule = ANY ('{journal_closed,absence_reason,mark_of_colleague}')
          AND (ej.author(true)).voiding_id IS NOT NULL THEN
        RETURN; -- what is void does not count in a closed journal either
    END IF;
    PERFORM ej.rule_refuse(f.code, f.name, f.field, f.words, rows);
END
$$;

-- Refuse to delete rows of a table. Errors: JE211.
CREATE OR REPLACE FUNCTION ej.rule_never_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM old_rows) THEN
        PERFORM ej.rule_fault('record_used', NULL);
    END IF;
    RETURN NULL;
END
$$;

-- Refuse if a rule found rows at fault; both are NULL when it found none.
CREATE OR REPLACE FUNCTION ej.rule_check(rule text, rows jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF rule IS NOT NULL AND rows IS NOT NULL THEN
        PERFORM ej.rule_fault(rule, rows);
    END IF;
END
$$;

-- The most works and tasks of a lesson, so that the size of a page is bounded.
CREATE OR REPLACE FUNCTION ej.most_works() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 12';
CREATE OR REPLACE FUNCTION ej.most_tasks() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 40';
GRANT EXECUTE ON FUNCTION ej.most_tasks() TO ej_rule, ej_web;

-- --------------------------------------------------------- closed journals --

-- Refuse if the journal of one of these teachings is closed on its day (the arrays are
-- pairs). The journals are locked, so that closing a journal and writing into it wait for
-- each other.
CREATE OR REPLACE FUNCTION ej.rule_open(teachings bigint[], days date[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    closed jsonb;
BEGIN
    -- a locked row is read as it is after the wait
    SELECT jsonb_agg(j.id) FILTER (WHERE j.closed_at IS NOT NULL) INTO closed
      FROM (SELECT j.id, j.closed_at FROM ej.journal AS j
             -- by teaching: a join would begin with the terms of all schools
             WHERE j.id IN (SELECT o.id
                              FROM unnest(teachings, days) AS d (teaching_id, held_on)
                             CROSS JOIN LATERAL (SELECT o.id, o.term_id FROM ej.journal AS o
                                                  WHERE o.teaching_id = d.teaching_id OFFSET 0) AS o
                             WHERE (SELECT t.during @> d.held_on FROM ej.term AS t WHERE t.id = o.term_id))
               FOR SHARE) AS j;
    IF closed IS NOT NULL THEN
        PERFORM ej.rule_fault('journal_closed', closed);
    END IF;
END
$$;

-- Refuse if the teacher of these lessons, which the school has locked, writes into them. Others
-- have rights of their own, and an accepted correction is written.
CREATE OR REPLACE FUNCTION ej.rule_locked(lessons bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.author_is_bound() THEN
        PERFORM ej.rule_check('lesson_locked', (
            SELECT jsonb_agg(l.id) FROM ej.lesson AS l
             WHERE l.id = ANY (lessons)
               AND (l.teaching_id = ANY (ej.my_write_teachings()) OR l.id = ANY (ej.my_write_lessons()))));
    END IF;
END
$$;

-- Lock, for records of these lessons, what the rules about them depend on: the lessons,
-- who is in their groups (rule_left_group locks the group, too), the school's grades
-- without marks (rule_no_marks_in) and the journals. Refuse if a journal is closed, or a
-- lesson locked (may_be_locked: the write is no entry into the lesson).
CREATE OR REPLACE FUNCTION ej.rule_hold(lessons bigint[], may_be_locked boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT array_agg(d.teaching_id) AS teachings, array_agg(d.held_on) AS days,
           array_agg(d.id) FILTER (WHERE d.is_locked) AS locked INTO held
      FROM (SELECT l.id, l.teaching_id, l.held_on,
                   s.lock_days > 0 AND l.held_on + s.lock_days < (
                   SELECT t.today FROM ej.school_today AS t WHERE t.school_id = s.id) AS is_locked
              FROM ej.lesson AS l
              JOIN ej.study_group AS g ON g.id = l.study_group_id
              JOIN ej.school AS s ON s.id = l.school_id
             WHERE l.id = ANY (lessons)
               FOR SHARE OF l, g FOR KEY SHARE OF s) AS d;
    PERFORM ej.rule_open(held.teachings, held.days);
    IF held.locked IS NOT NULL AND NOT may_be_locked THEN
        PERFORM ej.rule_locked(held.locked);
    END IF;
END
$$;
