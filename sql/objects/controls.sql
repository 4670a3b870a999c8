-- controls.sql: the schedule of control works (CTL-12) and the works that it makes in the
-- journals (MRK-03).
--
-- The day of the schedule decides: the work stands in the first lesson of the teaching on that
-- day. While there is none (not yet made from the timetable, cancelled, moved away) the journal
-- has no such work, and the schedule says so. A work with marks stays with its lesson, and the
-- day of the schedule follows. Whoever adds lessons or changes the schedule takes the lock on
-- (school, day) first, so that two of them do not pass each other.

GRANT SELECT, UPDATE ON ej.control_work TO ej_rule;
GRANT INSERT, UPDATE, DELETE ON ej.work TO ej_rule;
GRANT INSERT ON ej.work_kind TO ej_rule;

-- Take out of the journals the works of these entries of the schedule that stand on another
-- day, or in a lesson that is not held, and have no marks.
CREATE OR REPLACE FUNCTION ej.control_take_out(ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    gone bigint[] := ARRAY(
        SELECT w.id FROM ej.work AS w
          JOIN ej.control_work AS c ON c.id = w.control_work_id
          JOIN ej.lesson AS l ON l.id = w.lesson_id
         WHERE w.control_work_id = ANY (ids)
           AND (l.held_on <> c.held_on OR l.state NOT IN ('planned', 'given'))
           AND NOT EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id));
BEGIN
    IF gone <> '{}' THEN
        DELETE FROM ej.work AS w WHERE w.id = ANY (gone);
    END IF;
END
$$;

-- Put the works of these entries of the schedule into the lessons of their days. Their kind is
-- made if the school deleted it.
CREATE OR REPLACE FUNCTION ej.control_put_in(ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.work_kind (school_id, code, name, short_name, weight_pct, is_control, order_no)
    SELECT DISTINCT c.school_id, 'monitoring', 'контрольная работа по графику', 'ВШК', 200, true, 17
      FROM ej.control_work AS c
     WHERE c.id = ANY (ids) AND NOT EXISTS (SELECT FROM ej.work_kind AS k
                                             WHERE k.school_id = c.school_id AND k.code = 'monitoring');
    INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id, title,
                         control_work_id)
    SELECT ej.new_id((l.id / 10000000000)::int), c.school_id, l.id, j.id, c.teaching_id, k.id, k.weight_pct, t.scale_id,
           ej.control_title(f.name, c.title), c.id
      FROM ej.control_work AS c
      JOIN ej.work_kind AS f ON f.id = c.form_id
      JOIN ej.teaching AS t ON t.id = c.teaching_id
     CROSS JOIN LATERAL (SELECT l.id FROM ej.lesson AS l
                          WHERE l.teaching_id = c.teaching_id AND l.held_on = c.held_on
                            AND l.state IN ('planned', 'given')
                          ORDER BY l.slot, l.id LIMIT 1) AS l
      JOIN ej.journal AS j ON j.teaching_id = c.teaching_id
      JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> c.held_on
      JOIN ej.work_kind AS k ON k.school_id = c.school_id AND k.code = 'monitoring'
     WHERE c.id = ANY (ids) AND NOT EXISTS (SELECT FROM ej.work AS w WHERE w.control_work_id = c.id);
END
$$;

-- The title of the work in the journal: «Диктант: Осень».
CREATE OR REPLACE FUNCTION ej.control_title(form_name text, title text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT upper(left(form_name, 1)) || substr(form_name, 2) || coalesce(': ' || nullif(title, ''), '')
$$;

-- Make the journals agree with these entries of the schedule.
CREATE OR REPLACE FUNCTION ej.control_place(ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.control_take_out(ids);
    IF EXISTS (SELECT FROM ej.work AS w JOIN ej.control_work AS c ON c.id = w.control_work_id
                 JOIN ej.lesson AS l ON l.id = w.lesson_id
                WHERE w.control_work_id = ANY (ids) AND l.held_on <> c.held_on) THEN
        UPDATE ej.control_work AS c SET held_on = l.held_on
          FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
         WHERE c.id = ANY (ids) AND w.control_work_id = c.id AND c.held_on <> l.held_on;
    END IF;
    IF EXISTS (SELECT FROM ej.work AS w JOIN ej.control_work AS c ON c.id = w.control_work_id
                 JOIN ej.work_kind AS f ON f.id = c.form_id
                WHERE w.control_work_id = ANY (ids) AND w.title <> ej.control_title(f.name, c.title)) THEN
        UPDATE ej.work AS w SET title = ej.control_title(f.name, c.title)
          FROM ej.control_work AS c JOIN ej.work_kind AS f ON f.id = c.form_id
         WHERE w.control_work_id = ANY (ids) AND c.id = w.control_work_id
           AND w.title <> ej.control_title(f.name, c.title);
    END IF;
    IF EXISTS (SELECT FROM unnest(ids) AS i(id)
                WHERE NOT EXISTS (SELECT FROM ej.work AS w WHERE w.control_work_id = i.id)) THEN
        PERFORM ej.control_put_in(ids);
    END IF;
END
$$;

-- Check entries of the schedule that were written, and put their works into the journals. The
-- day is one of a term; a work with marks has the day of its lesson.
CREATE OR REPLACE FUNCTION ej.rule_control_work() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    PERFORM ej.rule_lock_days(array_agg(n.school_id), array_agg(n.held_on)) FROM new_rows AS n;
    SELECT f.fault, jsonb_agg(f.id) AS rows INTO bad
      FROM (SELECT n.id, CASE
                WHEN t.school_id <> n.school_id THEN 'control_work_teaching_id_fkey'
                WHEN k.school_id <> n.school_id THEN 'control_work_form_id_fkey'
                WHEN NOT EXISTS (SELECT FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id
                                  WHERE j.teaching_id = n.teaching_id AND e.is_taught AND e.during @> n.held_on)
                  THEN 'control_term'
                WHEN EXISTS (SELECT FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
                              WHERE w.control_work_id = n.id AND l.held_on <> n.held_on
                                AND EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id)) THEN 'control_marked'
                WHEN (SELECT bool_and(c.grade = ANY (s.unmarked_grades))
                        FROM ej.study_group_class AS g
                        JOIN ej.class AS c ON c.id = g.class_id
                        JOIN ej.school AS s ON s.id = c.school_id
                       WHERE g.study_group_id = t.study_group_id) THEN 'control_unmarked'
                WHEN k.code = 'monitoring' THEN 'control_kind'
                END AS fault
              FROM new_rows AS n
              JOIN ej.teaching AS t ON t.id = n.teaching_id
              JOIN ej.work_kind AS k ON k.id = n.form_id) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    PERFORM ej.rule_open(array_agg(n.teaching_id), array_agg(n.held_on)) FROM new_rows AS n;
    PERFORM ej.control_place(ARRAY(SELECT n.id FROM new_rows AS n));
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_control_work', 'control_work', 'rule_control_work', 'insert', 'update');

-- After lessons were added, moved, cancelled or restored: the works of the schedule follow their
-- days. Its name sorts it before the rule that checks moved lessons with their works.
CREATE OR REPLACE FUNCTION ej.rule_control_lesson() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    ids bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM ej.rule_lock_days(array_agg(n.school_id), array_agg(n.held_on)) FROM new_rows AS n;
        ids := ARRAY(SELECT c.id FROM new_rows AS n
                       JOIN ej.control_work AS c ON c.teaching_id = n.teaching_id AND c.held_on = n.held_on);
    ELSIF EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o USING (id)
                   WHERE (n.held_on, n.slot, n.state) <> (o.held_on, o.slot, o.state)) THEN
        PERFORM ej.rule_lock_days(array_agg(n.school_id), array_agg(n.held_on))
           FROM (SELECT school_id, held_on FROM new_rows UNION SELECT school_id, held_on FROM old_rows) AS n;
        ids := ARRAY(
            SELECT c.id
              FROM (SELECT teaching_id, held_on FROM new_rows UNION SELECT teaching_id, held_on FROM old_rows) AS d
              JOIN ej.control_work AS c ON c.teaching_id = d.teaching_id AND c.held_on = d.held_on
             UNION
            SELECT w.control_work_id FROM new_rows AS n JOIN ej.work AS w ON w.lesson_id = n.id
             WHERE w.control_work_id IS NOT NULL);
    END IF;
    IF ids <> '{}' THEN
        PERFORM ej.control_place(ids);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_control_lesson', 'lesson', 'rule_control_lesson', 'insert', 'update');

-- The teachings of the groups whose pupils come from a class: the class itself, its parts, groups of
-- several classes.
CREATE OR REPLACE FUNCTION ej.control_teachings(class_id bigint) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT ARRAY(SELECT t.id FROM ej.study_group_class AS g JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
              WHERE g.class_id = control_teachings.class_id)
$$;

-- The term to show: term_id if it is one of the plan, else the first that has not ended, else the
-- last.
CREATE OR REPLACE FUNCTION ej.control_term(term_plan_id bigint, term_id bigint) RETURNS SETOF ej.term
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
SELECT e.* FROM ej.term AS e
 WHERE e.term_plan_id = control_term.term_plan_id AND e.is_taught
 ORDER BY (e.id = control_term.term_id) IS TRUE DESC, upper(e.during) > ej.today(e.school_id) DESC,
          CASE WHEN upper(e.during) > ej.today(e.school_id) THEN lower(e.during) END,
          lower(e.during) DESC
 LIMIT 1
$$;
