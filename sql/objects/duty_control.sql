-- duty_control.sql: the duties (duty.sql) as each reader sees them: figures and rows.
--
-- The heads of a school see all of it, a class teacher the own class, a teacher the own teachings; a
-- regional observer sees figures alone, and none of few people (ej.control_lines). So these functions belong
-- to ej_rights and ask for the reader's lists themselves: a figure has the same predicate for every reader.

GRANT SELECT ON ej.duty_limit TO ej_rights, ej_rule;

-- The school and year that the reader controls, with the teachings and classes whose duties the reader
-- sees. is_whole: those of the whole school; is_blind: figures alone. No row for anybody else.
CREATE OR REPLACE FUNCTION ej.control_reader()
RETURNS TABLE (school_id bigint, year int, is_whole boolean, is_blind boolean, teachings bigint[], classes bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_staff_schools())[1];
    y      int := ej.shown_year();
    heads  boolean := coalesce(school = ANY (ej.my_journal_schools()), false);
    blind  boolean := NOT heads AND coalesce(school = ANY (ej.my_observer_schools()), false);
BEGIN
    IF school IS NULL OR y IS NULL THEN
        RETURN;
    ELSIF heads OR blind THEN
        RETURN QUERY SELECT school, y, true, blind,
            -- not by the index of ids, in which those of all schools are
            ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.school_id = school AND t.year = y ORDER BY t.id + 0),
            ARRAY(SELECT c.id FROM ej.class AS c WHERE c.school_id = school AND c.year = y ORDER BY c.id + 0);
    ELSE
        RETURN QUERY SELECT school, y, false, false,
            ARRAY(SELECT t.id FROM ej.teaching AS t
                   WHERE t.id = ANY (ej.my_write_teachings() || ej.my_class_teachings()) AND t.year = y ORDER BY t.id),
            ARRAY(SELECT c.id FROM ej.class AS c WHERE c.id = ANY (ej.my_classes()) AND c.year = y ORDER BY c.id);
    END IF;
END
$$;
ALTER FUNCTION ej.control_reader() OWNER TO ej_rights;

-- The days that a page is about, and today: those given, else those of the term of this name, else those
-- of the shortest term that has begun last. Days to come have no facts yet.
-- Errors: JE132 the last day is before the first, JE171 outside of the year, JE106 no such term.
CREATE OR REPLACE FUNCTION ej.control_days(wanted text, first_on date, last_on date)
RETURNS TABLE (term_name text, from_on date, till_on date, today_on date)
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    school bigint := (ej.my_staff_schools())[1];
    today  date := ej.my_today();
    years  daterange;
    term   record;
BEGIN
    SELECT y.during INTO years FROM ej.school_year AS y WHERE y.school_id = school AND y.year = ej.shown_year();
    IF first_on IS NOT NULL OR last_on IS NOT NULL THEN
        first_on := coalesce(first_on, lower(years));
        last_on := coalesce(last_on, today);
        IF last_on < first_on THEN
            RAISE EXCEPTION 'reversed' USING ERRCODE = 'JE132', COLUMN = 'till_on';
        ELSIF NOT (years @> first_on AND years @> last_on) THEN
            RAISE EXCEPTION 'outside of the year' USING ERRCODE = 'JE171', COLUMN = 'from_on';
        END IF;
        RETURN QUERY SELECT NULL::text, first_on, last_on, today;
        RETURN;
    END IF;
    SELECT e.name, min(lower(e.during)) AS starts_on, max(upper(e.during)) - 1 AS ends_on INTO term
      FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id
     WHERE p.school_id = school AND p.year = ej.shown_year() AND e.is_taught
       AND CASE WHEN coalesce(wanted, '') <> '' THEN e.name = wanted ELSE lower(e.during) <= today END
     GROUP BY e.name ORDER BY min(lower(e.during)) DESC, max(upper(e.during)), e.name LIMIT 1;
    IF term.name IS NULL AND coalesce(wanted, '') <> '' THEN
        RAISE EXCEPTION 'no such term' USING ERRCODE = 'JE106', COLUMN = 'name';
    END IF;
    RETURN QUERY SELECT term.name::text, coalesce(term.starts_on, lower(years)), coalesce(term.ends_on, today), today;
END
$$;

-- The classes whose figures the reader sees, each with the line of the matrix in which it is counted. For an observer
-- all lines are classes, or grades, or levels, or the whole school (ej.observed_grain). No rows if even the school is
-- too small. For other readers each class is a line of its own.
-- number: the grade, or the first grade of the level (ej.grade_level). The duties of class teachers
-- (ej.leader_duties) are figures about them: an observer sees these of a line only where each line has three class
-- teachers or more (is_led), and in the sums of the school only where the school has (is_school_led).
CREATE OR REPLACE FUNCTION ej.control_lines()
RETURNS TABLE (class_id bigint, line_id bigint, kind text, number int, is_led boolean, is_school_led boolean,
               place bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    r     record;
    day   date;
    grain text := 'class';
BEGIN
    SELECT * INTO r FROM ej.control_reader();
    IF r.is_blind THEN
        day := (SELECT least(ej.today(y.school_id), upper(y.during) - 1) FROM ej.school_year AS y
                 WHERE y.school_id = r.school_id AND y.year = r.year);
        grain := ej.observed_grain(r.school_id, r.year, day, NULL);
    END IF;
    RETURN QUERY
    WITH l AS MATERIALIZED (
        SELECT c.id, c.grade, c.letter, c.class_teacher_id, ej.report_group(grain, c.id, c.grade) AS line_id
          FROM ej.class AS c
         WHERE c.id = ANY (ARRAY(
               SELECT unnest(r.classes) UNION
               SELECT gc.class_id FROM ej.teaching AS t
                 JOIN ej.study_group_class AS gc ON gc.study_group_id = t.study_group_id
                WHERE t.id = ANY (r.teachings)))
    ), led AS MATERIALIZED (
        SELECT (SELECT bool_and(x.leaders >= 3)
                  FROM (SELECT count(DISTINCT l.class_teacher_id) AS leaders FROM l GROUP BY l.line_id) AS x) AS is_led,
               (SELECT count(DISTINCT l.class_teacher_id) >= 3 FROM l) AS is_school_led
    )
    SELECT l.id, l.line_id, grain, CASE WHEN grain IN ('grade', 'level') THEN l.line_id::int END,
           led.is_led OR NOT r.is_blind, led.is_school_led OR NOT r.is_blind,
           dense_rank() OVER (ORDER BY CASE WHEN grain = 'class' THEN l.grade ELSE l.line_id END,
                              CASE WHEN grain = 'class' THEN l.letter END, l.line_id)
      FROM l CROSS JOIN led
     WHERE grain IS NOT NULL;
END
$$;
ALTER FUNCTION ej.control_lines() OWNER TO ej_rights;

-- The figures: for each duty, teacher and line (ej.control_lines) how many facts there are, and how many are undone.
CREATE OR REPLACE FUNCTION ej.control_counts(from_on date, till_on date)
RETURNS TABLE (n int, duty_key text, staff_id bigint, line_id bigint, undone bigint, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5000 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    r       record;
    parts   text[] := ARRAY(SELECT DISTINCT d.part FROM ej.duties() AS d);
    leaders text[] := ej.leader_duties();
BEGIN
    SELECT * INTO r FROM ej.control_reader();
    RETURN QUERY
    SELECT d.n, d.duty_key, CASE WHEN NOT r.is_blind THEN f.staff_id END,
           CASE WHEN NOT r.is_blind THEN f.class_id WHEN d.duty_key <> ALL (leaders) OR l.is_led THEN l.line_id END,
           count(*) FILTER (WHERE f.is_undone), count(*)
      FROM ej.duty_facts(parts, r.teachings, r.classes, $1, $2) AS f
      JOIN ej.duties() AS d ON d.duty_key = f.duty_key
      LEFT JOIN (SELECT * FROM ej.control_lines() AS l WHERE r.is_blind) AS l ON l.class_id = f.class_id
     WHERE r.school_id IS NOT NULL
       AND (NOT r.is_blind OR l.line_id IS NOT NULL AND (d.duty_key <> ALL (leaders) OR l.is_school_led))
     GROUP BY d.n, d.duty_key, 3, 4;
END
$$;
ALTER FUNCTION ej.control_counts(date, date) OWNER TO ej_rights;

-- The people of these figures: who teaches, leads a class, or gave lessons for others in these days.
CREATE OR REPLACE FUNCTION ej.control_staff(from_on date, till_on date) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp AS $$
DECLARE
    r record;
BEGIN
    SELECT * INTO r FROM ej.control_reader();
    RETURN QUERY
    SELECT x.staff_id FROM (
        SELECT t.staff_id FROM ej.teaching AS t WHERE t.id = ANY (r.teachings)
         UNION
        SELECT c.class_teacher_id FROM ej.class AS c WHERE c.id = ANY (r.classes)
         UNION
        SELECT l.staff_id FROM ej.lesson AS l
         WHERE l.teaching_id = ANY (r.teachings) AND l.held_on BETWEEN $1 AND $2) AS x
     WHERE x.staff_id IS NOT NULL AND NOT r.is_blind;
END
$$;
ALTER FUNCTION ej.control_staff(date, date) OWNER TO ej_rights;

-- The undone facts of a duty: of a teacher, of a class, or all that the reader sees.
CREATE OR REPLACE FUNCTION ej.control_rows(duty_key text, from_on date, till_on date, staff_id bigint, class_id bigint)
RETURNS SETOF ej.duty_fact
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    r     record;
    parts text[] := ARRAY(SELECT d.part FROM ej.duties() AS d WHERE d.duty_key = $1);
BEGIN
    SELECT * INTO r FROM ej.control_reader();
    RETURN QUERY
    SELECT f.* FROM ej.duty_facts(parts, r.teachings, r.classes, $2, $3) AS f
     WHERE f.duty_key = $1 AND f.is_undone AND NOT r.is_blind
       AND ($4 IS NULL OR f.staff_id = $4) AND ($5 IS NULL OR f.class_id = $5);
END
$$;
ALTER FUNCTION ej.control_rows(text, date, date, bigint, bigint) OWNER TO ej_rights;

GRANT SELECT ON ej.teaching, ej.school, ej.study_group, ej.study_group_class, ej.class, ej.lesson, ej.membership,
    ej.plan_given, ej.plan_row, ej.plan, ej.plan_use, ej.plan_skip, ej.homework, ej.holiday, ej.grade_norm, ej.history,
    ej.work, ej.work_kind, ej.mark, ej.journal, ej.term, ej.term_mark, ej.control_work, ej.curriculum, ej.correction,
    ej.attendance_check, ej.verification, ej.enrolment, ej.guardianship, ej.guardian, ej.visit, ej.receipt, ej.paper,
    ej.informing, ej.school_year, ej.scale_value, ej.consent TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.control_reader, ej.control_lines, ej.control_staff, ej.control_counts, ej.control_rows
    TO ej_web;
