-- matrix.sql: defines the words of matrix.tsv for the test seed.
--
-- `holder` has the roles of each person, `fact` the ids that belong to a person,
-- `meaning` the condition on a table's rows for each word. The conditions do not use the
-- policies or their functions, so that they can check them. Plain SQL for psql and DBI,
-- as superuser, in a transaction or not; everything is temporary.

CREATE TEMP TABLE matrix (verb text, area text, tables text, administrator text, director text,
    deputy text, class_teacher text, teacher text, substitute text, hr text, meals text,
    archivist text, observer text, family text, but text);

CREATE TEMP TABLE holder (login text, roles text[]);
INSERT INTO holder VALUES
    ('administrator',  '{administrator}'),
    ('director',       '{director}'),
    ('deputy',         '{deputy}'),
    ('class-teacher',  '{teacher,class_teacher}'),
    ('teacher',        '{teacher,class_teacher}'),
    ('english',        '{teacher}'),
    ('sport',          '{teacher}'),
    ('substitute',     '{teacher,substitute}'),
    ('teacher-parent', '{teacher,family}'),
    ('personnel',      '{hr}'),
    ('meals',          '{meals}'),
    ('archivist',      '{archivist}'),
    ('observer',       '{observer}'),
    ('parent',         '{family}'),
    ('parent-left',    '{family}'),
    ('pupil',          '{family}'),
    ('teacher-17',     '{teacher,class_teacher}');

-- ------------------------------------------------------------------ facts --

CREATE TEMP TABLE fact (login text, kind text, id bigint);

INSERT INTO fact SELECT h.login, 'staff', s.id
  FROM holder AS h JOIN ej.account AS a USING (login) JOIN ej.staff AS s USING (person_id);
INSERT INTO fact SELECT h.login, 'guardian', g.id
  FROM holder AS h JOIN ej.account AS a USING (login) JOIN ej.guardian AS g USING (person_id);
INSERT INTO fact SELECT h.login, 'child', p.id
  FROM holder AS h JOIN ej.account AS a USING (login) JOIN ej.pupil AS p USING (person_id);
INSERT INTO fact SELECT f.login, 'child', k.pupil_id
  FROM fact AS f JOIN ej.guardianship AS k ON f.kind = 'guardian' AND k.guardian_id = f.id;
INSERT INTO fact SELECT h.login, 'person', a.person_id FROM holder AS h JOIN ej.account AS a USING (login);
INSERT INTO fact SELECT DISTINCT f.login, 'school', x.school_id
  FROM fact AS f JOIN (SELECT 'staff' AS kind, id, school_id FROM ej.staff
                       UNION ALL SELECT 'child', id, school_id FROM ej.pupil) AS x USING (kind, id);
-- an observer of the seed has the schools of one region
INSERT INTO fact SELECT f.login, 'school', s.id
  FROM fact AS f JOIN ej.region_role AS r ON f.kind = 'person' AND r.person_id = f.id JOIN ej.school AS s USING (region_id);

INSERT INTO fact SELECT f.login, 'teaching', t.id
  FROM fact AS f JOIN ej.teaching AS t ON f.kind = 'staff' AND t.staff_id = f.id AND NOT t.is_self_given;
INSERT INTO fact SELECT f.login, 'lesson', l.id          -- given as a substitute
  FROM fact AS f JOIN ej.lesson AS l ON f.kind = 'staff' AND l.staff_id = f.id
   AND l.planned_staff_id <> f.id;
INSERT INTO fact SELECT DISTINCT f.login, k.kind, k.id
  FROM fact AS f JOIN ej.lesson AS l ON f.kind = 'lesson' AND l.id = f.id,
       LATERAL (VALUES ('lesson_teaching', l.teaching_id), ('lesson_group', l.study_group_id)) AS k (kind, id);
INSERT INTO fact SELECT f.login, 'class', c.id
  FROM fact AS f JOIN ej.class AS c ON f.kind = 'staff' AND c.class_teacher_id = f.id AND NOT c.is_self_given;
INSERT INTO fact SELECT f.login, 'class_pupil', e.pupil_id
  FROM fact AS f JOIN ej.enrolment AS e ON f.kind = 'class' AND e.class_id = f.id
   AND e.during @> date '2026-11-20';
INSERT INTO fact SELECT f.login, 'class_group', g.study_group_id
  FROM fact AS f JOIN ej.study_group_class AS g ON f.kind = 'class' AND g.class_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'taught_class', g.class_id
  FROM fact AS f JOIN ej.teaching AS t ON f.kind = 'teaching' AND t.id = f.id
  JOIN ej.study_group_class AS g USING (study_group_id);
INSERT INTO fact SELECT DISTINCT f.login, 'child_class', e.class_id
  FROM fact AS f JOIN ej.enrolment AS e ON f.kind = 'child' AND e.pupil_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'child_group', b.study_group_id
  FROM fact AS f JOIN ej.membership AS b ON f.kind = 'child' AND b.pupil_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'child_group_now', b.study_group_id
  FROM fact AS f JOIN ej.membership AS b ON f.kind = 'child' AND b.pupil_id = f.id
   AND b.during @> date '2026-11-20';
INSERT INTO fact SELECT DISTINCT f.login, 'child_lesson', l.id       -- of groups left early
  FROM fact AS f JOIN ej.membership AS b ON f.kind = 'child' AND b.pupil_id = f.id
   AND upper(b.during) <= date '2026-11-20'
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id AND b.during @> l.held_on;
CREATE INDEX ON fact (login, kind, id);
ANALYZE fact;

-- --------------------------------------------------------------- meanings --
-- ~kind stands for the ids of that kind among the facts of the person.

CREATE TEMP TABLE meaning (rel text, word text, says text);
CREATE FUNCTION pg_temp.mean(rels text, word text, says text) RETURNS void LANGUAGE sql AS
$$ INSERT INTO meaning SELECT r, word, says FROM unnest(string_to_array(rels, ' ')) AS r $$;
CREATE FUNCTION pg_temp.teaching_of(groups text) RETURNS text LANGUAGE sql AS
$$ SELECT format('(SELECT id FROM ej.teaching WHERE study_group_id IN ~%s)', groups) $$;
CREATE FUNCTION pg_temp.led_event(id text) RETURNS text LANGUAGE sql AS
$$ SELECT format('(%1$s IN (SELECT event_id FROM ej.event_class WHERE class_id IN ~class)
    AND %1$s NOT IN (SELECT event_id FROM ej.event_class WHERE class_id NOT IN ~class))', id) $$;
CREATE FUNCTION pg_temp.own_event(id text) RETURNS text LANGUAGE sql AS
$$ SELECT format('(%s IN (SELECT v.id FROM ej.event AS v WHERE v.staff_id IN ~staff) OR %s)', id, pg_temp.led_event(id)) $$;

SELECT pg_temp.mean('school', 'school', 'x.id IN ~school'),
       pg_temp.mean('migration gto_test', 'all', 'true'),
       pg_temp.mean(string_agg(relname, ' '), 'school', 'x.school_id IN ~school')
  FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
   AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'school_id');
-- Files: open ones are of the school's lists; those that a pupil handed in are read by who teaches, too; those
-- of a homework like the homework.
SELECT pg_temp.mean(f.rel, w.word, 'x.school_id IN ~school AND x.pupil_id IS NULL AND x.teaching_id IS NULL AND x.person_id IS NULL' || w.says
        || CASE WHEN w.task <> '' THEN format(' OR %s IN (SELECT f.id FROM ej.file AS f JOIN ej.homework AS h ON h.id = f.homework_id
                                                           WHERE f.pupil_id IS NULL AND (%s))', f.id, w.task) ELSE '' END
        || replace(f.talk, '%s', ''))
  FROM (SELECT v.rel, v.id, format(' OR %s IN (SELECT t.file_id FROM ej.message_file AS t JOIN ej.participant AS p USING (conversation_id)
                                                WHERE p.person_id IN ~person%%s)', v.id) AS talk
          FROM (VALUES ('file', 'x.id'), ('file_piece', 'x.file_id')) AS v(rel, id)) AS f,
       (VALUES ('open', '', ''),
               ('open or led', ' OR x.pupil_id IN ~class_pupil', 'NOT h.is_personal AND h.study_group_id IN ~class_group
                    OR h.id IN (SELECT o.homework_id FROM ej.homework_for AS o WHERE o.pupil_id IN ~class_pupil)'),
               ('open or family', ' OR x.pupil_id IN ~child', '(h.study_group_id IN ~child_group_now OR h.lesson_id IN ~child_lesson)
                    AND NOT h.is_personal OR h.id IN (SELECT o.homework_id FROM ej.homework_for AS o WHERE o.pupil_id IN ~child)'),
               ('open or own', ' OR x.teaching_id IN ~teaching', ''),
               ('open or that journal', ' OR x.teaching_id IN ~lesson_teaching', ''),
               ('all but messages', ' OR x.school_id IN ~school AND x.person_id IS NULL', '')) AS w (word, says, task);
-- The director reads the files of what was shown, too.
INSERT INTO meaning SELECT m.rel, 'all but messages shown', m.says || format(' OR %s IN (SELECT t.file_id FROM ej.message_file AS t
        JOIN ej.conversation_shown AS h USING (conversation_id) WHERE h.last_id >= t.message_id AND h.school_id IN ~school)',
        CASE m.rel WHEN 'file' THEN 'x.id' ELSE 'x.file_id' END)
  FROM meaning AS m WHERE m.word = 'all but messages';
SELECT pg_temp.mean('support', 'asker', 'x.person_id IN ~person'), pg_temp.mean('support_message', 'asker', 'x.asker_id IN ~person');
-- Announcements of the seed: to all of a school, or to the families of a class.
SELECT pg_temp.mean('announcement_read', 'self', 'x.person_id IN ~person'),
       pg_temp.mean('announcement', 'self', $$x.staff_id IN ~staff OR lower(x.during) <= '2026-11-20' AND (
           x.whom = 'all' AND x.school_id IN (SELECT s.school_id FROM ej.staff AS s WHERE s.id IN ~staff)
        OR x.school_id IN ~school AND EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id IN ~child AND e.during @> date '2026-11-20'
               AND e.school_id = x.school_id AND (x.class_id IS NULL OR e.class_id = x.class_id)))$$),
       pg_temp.mean('announcement', 'self author', 'x.staff_id IN ~staff'),
       pg_temp.mean('announcement', 'school as author', 'x.school_id IN ~school AND x.staff_id IN ~staff'),
       pg_temp.mean('announcement', 'led as author', 'x.class_id IN ~class AND x.staff_id IN ~staff'),
       pg_temp.mean('announcement', 'own as author', 'x.study_group_id IN (SELECT study_group_id FROM ej.teaching WHERE id IN ~teaching) AND x.staff_id IN ~staff');
-- Conversations: those of the participants; the director reads what was shown, too.
SELECT pg_temp.mean('conversation', w.word, format('x.id IN (%s%s)', w.mine, w.says)),
       pg_temp.mean('participant conversation_shown', w.word, format('x.conversation_id IN (%s%s)', w.mine, w.says)),
       pg_temp.mean('message', w.word, format('x.conversation_id IN (%s)%s', w.mine, CASE w.word WHEN 'self or shown' THEN
           ' OR EXISTS (SELECT FROM ej.conversation_shown AS h WHERE h.conversation_id = x.conversation_id AND h.last_id >= x.id AND h.school_id IN ~school)' ELSE '' END)),
       pg_temp.mean('message_file', w.word, format('x.conversation_id IN (%s)%s', w.mine, CASE w.word WHEN 'self or shown' THEN
           ' OR EXISTS (SELECT FROM ej.conversation_shown AS h WHERE h.conversation_id = x.conversation_id AND h.last_id >= x.message_id AND h.school_id IN ~school)' ELSE '' END))
  FROM (SELECT v.word, v.says, 'SELECT p.conversation_id FROM ej.participant AS p WHERE p.person_id IN ~person' AS mine
          FROM (VALUES ('self', ''), ('self or shown', ' UNION SELECT h.conversation_id FROM ej.conversation_shown AS h WHERE h.school_id IN ~school')) AS v(word, says)) AS w;
SELECT pg_temp.mean('staff', 'self', 'x.id IN ~staff'),
       pg_temp.mean('training_record', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('staff_role', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('guardian', 'self', 'x.id IN ~guardian'),
       pg_temp.mean('guardianship', 'self', 'x.guardian_id IN ~guardian'),
       pg_temp.mean('pupil', 'led', 'x.id IN ~class_pupil'),
       pg_temp.mean('pupil_card guardianship consent pupil_category pupil_health outside_mark retake attendance', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('pupil_health', 'taught', 'x.pupil_id IN (SELECT b.pupil_id FROM ej.membership AS b
           WHERE b.study_group_id IN (SELECT study_group_id FROM ej.teaching WHERE id IN ~teaching) OR b.study_group_id IN ~lesson_group)'),
       pg_temp.mean('pupil_health', 'taught or led', 'x.pupil_id IN ~class_pupil OR x.pupil_id IN (SELECT b.pupil_id FROM ej.membership AS b
           WHERE b.study_group_id IN (SELECT study_group_id FROM ej.teaching WHERE id IN ~teaching) OR b.study_group_id IN ~lesson_group)'),
       pg_temp.mean('health_group gto_result gto_award', 'sport', w.says), pg_temp.mean('gto_result', 'sport as author', w.says || ' AND x.staff_id IN ~staff'),
       pg_temp.mean('consent', 'self', 'x.guardian_id IN ~guardian'),
       pg_temp.mean('mark homework_for submission homework_done term_mark absence_reason receipt paper informing health_group gto_result gto_award', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('extract', 'led', 'x.pupil_id IN ~class_pupil OR x.class_id IN ~class OR x.staff_id IN ~staff'),
       pg_temp.mean('extract', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('history', 'led', 'x.pupil_id IN ~class_pupil AND x.table_name NOT IN (''accident'', ''meal_entitlement'')'),
       pg_temp.mean('history', 'but accidents', 'x.school_id IN ~school AND x.table_name NOT IN (''accident'', ''meal_entitlement'', ''meal_payment'', ''meal_choice'', ''meal_order'', ''meal_day'', ''health_group'', ''gto_result'', ''gto_award'')'),
       pg_temp.mean('history', 'but documents', 'x.school_id IN ~school AND x.table_name <> ''meal_entitlement'''),
       pg_temp.mean('meal_payment meal_choice meal_balance', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('meal_order meal_day meal_line', 'led', 'x.class_id IN ~class'),
       pg_temp.mean('meal_order', 'led as own', 'x.class_id IN ~class AND x.staff_id IN ~staff'),
       pg_temp.mean('meal_order', 'school as own', 'x.school_id IN ~school AND x.staff_id IN ~staff'),
       pg_temp.mean('notice_for contact choice', 'self', 'x.person_id IN ~person'),
       pg_temp.mean('notice_for', 'led or self', 'x.open_pupil_id IN ~class_pupil OR x.person_id IN ~person'),
       pg_temp.mean('notice_for', 'open or self', 'x.open_school_id IN ~school OR x.person_id IN ~person'),
       pg_temp.mean('notice', 'open', 'x.open_school_id IN ~school'),
       pg_temp.mean('notice', 'led', 'x.open_pupil_id IN ~class_pupil'),
       pg_temp.mean('finding', 'self', 'x.staff_id IN ~staff OR x.addressee_id IN ~staff'),
       pg_temp.mean('finding', 'led or self', 'x.class_id IN ~class OR x.staff_id IN ~staff OR x.addressee_id IN ~staff'),
       pg_temp.mean('inspection', 'self', 'x.state = ''published'' AND x.id IN (SELECT l.inspection_id FROM ej.inspection_line AS l WHERE l.staff_id IN ~staff)'),
       pg_temp.mean('inspection_line', 'self', 'x.shown_staff_id IN ~staff'),
       pg_temp.mean('correction', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('correction', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('correction', 'own', 'x.teaching_id IN ~teaching OR x.staff_id IN ~staff'),
       pg_temp.mean('correction', 'family accepted', 'x.pupil_id IN ~child AND x.state = ''accepted'''),
       pg_temp.mean('split split_pupil', 'led', 'x.class_id IN ~class'),
       pg_temp.mean('split split_pupil', 'own', 'x.class_id IN ~taught_class'),
       pg_temp.mean('history', 'but accounts', 'x.school_id IN ~school AND x.table_name NOT IN (''account'', ''account_subject'', ''activation'', ''contact'', ''choice'')'),
       pg_temp.mean('guardian', 'led', 'x.id IN (SELECT guardian_id FROM ej.guardianship
                                                  WHERE pupil_id IN ~class_pupil)'),
       pg_temp.mean('request remark event accident', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('remark', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('remark', 'led as own', 'x.staff_id IN ~staff AND x.pupil_id IN ~class_pupil'),
       pg_temp.mean('remark', 'taught as own', 'x.staff_id IN ~staff AND x.pupil_id IN (SELECT b.pupil_id FROM ej.membership AS b
           WHERE b.study_group_id IN (SELECT study_group_id FROM ej.teaching WHERE id IN ~teaching) OR b.study_group_id IN ~lesson_group)'),
       -- an event is led by whoever is responsible, and by the class teacher of all of its classes
       pg_temp.mean('event', 'led', 'x.staff_id IN ~staff OR ' || pg_temp.led_event('x.id')),
       pg_temp.mean('event', 'school as own', 'NOT x.is_whole AND x.school_id IN ~school AND x.staff_id IN ~staff'),
       pg_temp.mean('event_class', 'family', 'x.class_id IN ~child_class'),
       pg_temp.mean('event_class', 'led as author', 'x.class_id IN ~class AND ' || pg_temp.own_event('x.event_id')),
       pg_temp.mean('event_class', 'taught as own', 'x.class_id IN ~taught_class AND ' || pg_temp.own_event('x.event_id')),
       pg_temp.mean('event_class', 'led', pg_temp.own_event('x.event_id')),
       pg_temp.mean('event_class event_participant', 'self', 'x.event_id IN (SELECT id FROM ej.event WHERE staff_id IN ~staff)'),
       pg_temp.mean('event_participant', 'led', 'x.pupil_id IN ~class_pupil OR ' || pg_temp.own_event('x.event_id')),
       pg_temp.mean('achievement', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('accident', 'of a child', 'x.pupil_id IN (SELECT pupil_id FROM ej.guardianship WHERE guardian_id IN ~guardian)'),
       pg_temp.mean('accident', 'school as own', 'x.school_id IN ~school AND x.staff_id IN ~staff'),
       pg_temp.mean('event', 'school and family', 'x.id IN (SELECT event_id FROM ej.event_class WHERE class_id IN ~child_class
           UNION SELECT event_id FROM ej.event_participant WHERE pupil_id IN ~child) OR x.is_whole AND x.school_id IN
           (SELECT school_id FROM ej.pupil WHERE id IN ~child)'),
       pg_temp.mean('request', 'self or reported', 'x.staff_id IN ~staff OR x.kind = ''card_changed'' AND x.class_id IN ~class'),
       pg_temp.mean('request', 'reported', 'x.kind = ''card_changed'' AND x.class_id IN ~class'),
       pg_temp.mean('request', 'own report', 'x.guardian_id IN ~guardian'),
       pg_temp.mean('request verification attendance_check', 'led', 'x.class_id IN ~class'),
       pg_temp.mean('request', 'school without class', 'x.school_id IN ~school AND x.class_id IS NULL'),
       pg_temp.mean('movement', 'led', 'x.class_id IN ~class OR x.from_class_id IN ~class'),
       pg_temp.mean('transfer', 'both', 'x.school_id IN ~school OR x.to_school_id IN ~school'),
       pg_temp.mean('transfer', 'led', 'x.pupil_id IN ~class_pupil OR x.entered_id IN ~class_pupil'),
       pg_temp.mean('transfer_file', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('plan_row', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('journal work plan_given plan_skip', 'led', 'x.teaching_id IN ' || pg_temp.teaching_of('class_group')),
       pg_temp.mean('lesson', 'led', 'x.study_group_id IN ~class_group'),
       pg_temp.mean('homework', 'led', 'x.study_group_id IN ~class_group AND NOT x.is_personal OR x.id IN
           (SELECT homework_id FROM ej.homework_for WHERE pupil_id IN ~class_pupil)')
  FROM (SELECT 'x.pupil_id IN (SELECT b.pupil_id FROM ej.membership AS b JOIN ej.teaching AS t USING (study_group_id)
           JOIN ej.subject AS s ON s.id = t.subject_id AND s.is_pe WHERE t.id IN ~teaching OR t.id IN ~lesson_teaching)' AS says) AS w;
SELECT pg_temp.mean('journal lesson work mark attendance homework homework_for submission homework_done plan_use plan_given plan_skip marksheet',
                    'own', 'x.teaching_id IN ~teaching'),
       pg_temp.mean('history', 'own', 'x.teaching_id IN ~teaching AND x.table_name <> ''finding'''),
       -- and the term marks that a pupil brings from another subgroup
       pg_temp.mean('term_mark', 'own', 'x.teaching_id IN ~teaching OR EXISTS (
           SELECT FROM ej.teaching AS t JOIN ej.membership AS b USING (study_group_id)
            WHERE t.id IN ~teaching AND t.subject_id = x.subject_id AND b.pupil_id = x.pupil_id
              AND b.during @> date ''2026-11-20'')'),
       pg_temp.mean('lesson', 'own as own', 'x.teaching_id IN ~teaching AND x.staff_id IN ~staff
                                             AND x.planned_staff_id IN ~staff'),
       pg_temp.mean('term_mark', 'own members as own', 'x.teaching_id IN ~teaching AND coalesce(x.staff_id IN ~staff, true)
           AND EXISTS (SELECT FROM ej.teaching AS t JOIN ej.term AS e ON e.id = x.term_id
                         JOIN ej.membership AS b ON b.study_group_id = t.study_group_id
                        WHERE t.id = x.teaching_id AND t.subject_id = x.subject_id
                          AND b.pupil_id = x.pupil_id AND b.during && e.during)');
-- The pupil must have been in the group on the day of the lesson, so one condition joins
-- both: separate lists of pupils and lessons would allow more.
SELECT pg_temp.mean(v.rel, 'own members' || v.as_own, format(v.says, 'l.teaching_id IN ~teaching')),
       pg_temp.mean(v.rel, 'those members' || v.as_own, format(v.says, 'l.id IN ~lesson'))
  FROM (VALUES
    ('attendance', '', 'EXISTS (SELECT FROM ej.lesson AS l JOIN ej.membership AS b USING (study_group_id)
        WHERE l.id = x.lesson_id AND l.teaching_id = x.teaching_id
          AND b.pupil_id = x.pupil_id AND b.during @> l.held_on AND %s)'),
    ('homework_for', '', 'EXISTS (SELECT FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.lesson_id
         JOIN ej.membership AS b ON b.study_group_id = l.study_group_id
        WHERE h.id = x.homework_id AND h.teaching_id = x.teaching_id AND b.pupil_id = x.pupil_id
          AND (b.during @> l.held_on OR b.during @> h.due_on) AND %s)'),
    ('mark', ' as own', 'coalesce(x.staff_id IN ~staff, true) AND EXISTS (
        SELECT FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id JOIN ej.membership AS b USING (study_group_id)
         WHERE w.id = x.work_id AND w.teaching_id = x.teaching_id
           AND b.pupil_id = x.pupil_id AND b.during @> l.held_on AND %s)')) AS v (rel, as_own, says);
SELECT pg_temp.mean('journal lesson work mark attendance homework homework_for submission homework_done plan_given plan_skip',
                    'that journal', 'x.teaching_id IN ~lesson_teaching'),
       pg_temp.mean('pupil', 'that group', 'x.id IN (SELECT pupil_id FROM ej.membership
                                                     WHERE study_group_id IN ~lesson_group)'),
       pg_temp.mean('enrolment', 'that group', 'x.pupil_id IN (SELECT pupil_id FROM ej.membership
                                                     WHERE study_group_id IN ~lesson_group)'),
       pg_temp.mean('membership', 'that group', 'x.study_group_id IN ~lesson_group'),
       pg_temp.mean('lesson', 'those', 'x.id IN ~lesson'),
       pg_temp.mean('work attendance homework plan_given', 'those', 'x.lesson_id IN ~lesson'),
       pg_temp.mean('mark', 'those', 'x.work_id IN (SELECT id FROM ej.work WHERE lesson_id IN ~lesson)'),
       pg_temp.mean('homework_for submission', 'those', 'x.homework_id IN (SELECT id FROM ej.homework WHERE lesson_id IN ~lesson)');
SELECT pg_temp.mean('pupil', 'family', 'x.id IN ~child'),
       pg_temp.mean('staff', 'family', 'x.id IN ~staff
           OR x.id IN (SELECT staff_id FROM ej.teaching WHERE study_group_id IN ~child_group)
           OR x.id IN (SELECT staff_id FROM ej.lesson WHERE study_group_id IN ~child_group)
           OR x.id IN (SELECT class_teacher_id FROM ej.class WHERE id IN ~child_class)
           OR x.id IN (SELECT r.staff_id FROM ej.staff_role AS r JOIN ej.pupil AS p USING (school_id)
                        WHERE p.id IN ~child AND r.role = ''director'' AND r.during @> date ''2026-11-20'')'),
       pg_temp.mean('pupil_card pupil_health enrolment membership mark attendance homework_for submission homework_done term_mark outside_mark retake absence_reason remark receipt paper extract event_participant achievement meal_entitlement meal_payment meal_choice meal_balance meal_order health_group gto_result gto_award', 'family',
                    'x.pupil_id IN ~child'),
       pg_temp.mean('class', 'family', 'x.id IN ~child_class'),
       pg_temp.mean('study_group', 'family', 'x.id IN ~child_group'),
       pg_temp.mean('study_group_class teaching', 'family', 'x.study_group_id IN ~child_group'),
       pg_temp.mean('timetable control_work', 'family', 'x.teaching_id IN ' || pg_temp.teaching_of('child_group_now')),
       pg_temp.mean('journal plan_given plan_skip', 'family', 'x.teaching_id IN ' || pg_temp.teaching_of('child_group')),
       pg_temp.mean('lesson', 'family', 'x.study_group_id IN ~child_group_now OR x.id IN ~child_lesson'),
       pg_temp.mean('work', 'family', 'x.teaching_id IN ' || pg_temp.teaching_of('child_group_now')
                                      || ' OR x.lesson_id IN ~child_lesson'),
       pg_temp.mean('homework', 'family', '(x.study_group_id IN ~child_group_now OR x.lesson_id IN ~child_lesson)
           AND NOT x.is_personal OR x.id IN (SELECT homework_id FROM ej.homework_for WHERE pupil_id IN ~child)'),
       pg_temp.mean('history', 'family', 'x.pupil_id IN ~child AND x.table_name IN (''mark'', ''term_mark'')');

-- The word of each role for each verb and table.
CREATE TEMP VIEW cell AS
SELECT v.verb, r.rel, w.role, w.word
  FROM matrix AS m, unnest(string_to_array(m.verb, ' ')) AS v (verb),
       unnest(string_to_array(m.tables, ' ')) AS r (rel),
       LATERAL jsonb_each_text(to_jsonb(m)) AS w (role, word)
 WHERE w.role NOT IN ('verb', 'area', 'tables', 'but');

-- The words of all roles of a person, for each verb and table.
CREATE TEMP VIEW right_of AS
SELECT h.login, c.verb, c.rel,
       array_agg(DISTINCT c.word ORDER BY c.word) FILTER (WHERE c.word <> '-') AS words
  FROM holder AS h JOIN cell AS c ON c.role = ANY (h.roles)
 GROUP BY h.login, c.verb, c.rel;

-- The rows x of a table that a person may read, add, change or remove, as a condition.
-- NULL: nobody has a grant.
CREATE FUNCTION pg_temp.scope(verb text, rel text, login text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    words text[] := (SELECT coalesce(r.words, '{}') FROM right_of AS r
                      WHERE (r.verb, r.rel, r.login) = (scope.verb, scope.rel, scope.login));
    found text[] := ARRAY(SELECT '(' || m.says || ')' FROM meaning AS m
                           WHERE m.rel = scope.rel AND m.word = ANY (words));
BEGIN
    IF words IS NULL OR words = '{!}' THEN
        RETURN NULL;
    END IF;
    IF cardinality(found) < cardinality(words) THEN
        RAISE 'no meaning of % for %', words, rel;
    END IF;
    RETURN regexp_replace(coalesce(nullif(array_to_string(found, ' OR '), ''), 'false'), '~(\w+)',
        format('(SELECT f.id FROM fact AS f WHERE f.login = %L AND f.kind = ''\1'')', login), 'g');
END
$$;
