-- duty.sql: the duties of keeping the journal that a school controls (CTL-01 … 07, 12 … 14), and how each is met.
--
-- A duty has facts: one row for each case in which it was due (a lesson, a homework, a pupil of a term, a
-- week of a class), with is_undone. A figure counts these rows and a list shows them, so that both are
-- always the same. The functions ej.duty_…() check no right and have the rights of their caller; readers
-- call ej.control_…() (duty_control.sql).

-- A fact: who answers for it (staff_id), of which class, and where it is mended: a lesson, a journal, or the
-- page of the teaching or class. amount and norm are the numbers that were compared.
DROP TYPE IF EXISTS ej.duty_fact CASCADE;
CREATE TYPE ej.duty_fact AS (
    duty_key    text,
    is_undone   boolean,
    day         date,
    teaching_id bigint,
    class_id    bigint,
    staff_id    bigint,
    lesson_id   bigint,
    journal_id  bigint,
    pupil_id    bigint,
    note        text,
    amount      numeric,
    norm        numeric
);

-- The duties.
--   n      its number, the order of the columns
--   part   the function that makes its facts: ej.duty_<part>()
--   limit_value   the number that decides, within lowest and highest, unless the school has another one
--                 (ej.duty_limit); NULL: the duty has none
CREATE OR REPLACE FUNCTION ej.duties()
RETURNS TABLE (n int, duty_key text, part text, theme text, limit_value int, lowest int, highest int)
LANGUAGE sql IMMUTABLE ROWS 30 AS $$ VALUES
    (1, 'unfilled', 'lessons', 'lesson', NULL::int, NULL::int, NULL::int),
    (2, 'late', 'lessons', 'lesson', NULL, NULL, NULL),
    (3, 'topic', 'lessons', 'lesson', NULL, NULL, NULL),
    (4, 'repeated', 'lessons', 'lesson', NULL, NULL, NULL),
    (5, 'letters', 'lessons', 'lesson', NULL, NULL, NULL),
    (6, 'attendance', 'lessons', 'lesson', NULL, NULL, NULL),
    (7, 'lost', 'lessons', 'lesson', NULL, NULL, NULL),
    (8, 'homework', 'lessons', 'homework', NULL, NULL, NULL),
    (9, 'homework-late', 'homework', 'homework', NULL, NULL, NULL),
    (10, 'homework-short', 'homework', 'homework', 3, 0, 20),
    (11, 'homework-holiday', 'homework', 'homework', NULL, NULL, NULL),
    (12, 'homework-minutes', 'homework', 'homework', NULL, NULL, NULL),
    (13, 'marks-late', 'works', 'mark', 7, 1, 30),
    (14, 'gap', 'works', 'mark', 3, 0, 20),
    (15, 'few-marks', 'journals', 'mark', NULL, NULL, NULL),
    (16, 'finals', 'journals', 'mark', NULL, NULL, NULL),
    (17, 'objectivity', 'marks', 'mark', NULL, NULL, NULL),
    (18, 'work-topic', 'works', 'work', NULL, NULL, NULL),
    (19, 'off-schedule', 'controls', 'work', NULL, NULL, NULL),
    (20, 'control-share', 'controls', 'work', 10, 1, 100),
    (21, 'control-often', 'controls', 'work', 18, 0, 60),
    (22, 'lag', 'programme', 'plan', 2, 1, 40),
    (23, 'plan', 'programme', 'plan', NULL, NULL, NULL),
    (24, 'corrections', 'programme', 'plan', NULL, NULL, NULL),
    (25, 'week', 'weeks', 'class', NULL, NULL, NULL),
    (26, 'data', 'weeks', 'class', NULL, NULL, NULL),
    (27, 'visit', 'visits', 'family', 14, 1, 90),
    (28, 'receipt', 'families', 'family', NULL, NULL, NULL),
    (29, 'informing', 'visits', 'family', NULL, NULL, NULL)
$$;

-- The duties for which the class teacher alone answers, so that their figure for one class is about one person.
CREATE OR REPLACE FUNCTION ej.leader_duties() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT '{week,data,informing}'::text[] $$;

-- The value of a duty's limit in a school.
CREATE OR REPLACE FUNCTION ej.duty_limit_of(school_id bigint, duty_key text) RETURNS int
LANGUAGE sql STABLE AS $$
SELECT coalesce((SELECT x.value FROM ej.duty_limit AS x WHERE x.school_id = $1 AND x.duty_key = $2),
                (SELECT d.limit_value FROM ej.duties() AS d WHERE d.duty_key = $2))
$$;

-- These teachings with what their duties depend on. class_id: of a group of several classes the first
-- of those that are asked for, so that a lesson is counted once. is_marked: term marks are given.
CREATE OR REPLACE FUNCTION ej.duty_teachings(teachings bigint[], classes bigint[])
RETURNS TABLE (id bigint, school_id bigint, study_group_id bigint, subject_id bigint, staff_id bigint,
               class_id bigint, is_unmarked boolean, is_marked boolean, fill_days int, tz text, today date)
LANGUAGE sql STABLE ROWS 800 AS $$
SELECT t.id, t.school_id, t.study_group_id, t.subject_id, t.staff_id,
       coalesce(min(c.id) FILTER (WHERE c.id = ANY ($2)), min(c.id)), bool_and(c.grade = ANY (s.unmarked_grades)),
       g.kind NOT IN ('elective', 'club', 'individual', 'home') AND NOT bool_and(c.grade = ANY (s.unmarked_grades)),
       s.fill_days, d.tz::text, d.today
  FROM ej.teaching AS t
  JOIN ej.school AS s ON s.id = t.school_id
  JOIN ej.school_today AS d ON d.school_id = s.id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.study_group_class AS gc ON gc.study_group_id = g.id
  JOIN ej.class AS c ON c.id = gc.class_id
 WHERE t.id = ANY ($1)
 GROUP BY t.id, s.id, g.id, d.tz, d.today
$$;

-- The facts of lessons whose day for being filled in is over, of groups that had pupils then.
--   unfilled    topic, absences or the word about homework is missing: it can still be mended
--   late        the absences were marked after that day
--   topic, attendance, homework   this part is missing
--   repeated    an earlier lesson has the same topic, without a plan that gives it several hours
--   letters     a topic without Russian letters (JRN-02)
--   lost        cancelled, and no other lesson was given in its place (CTL-07)
CREATE OR REPLACE FUNCTION ej.duty_lessons(teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 50000 AS $$
WITH t AS MATERIALIZED (
    SELECT t.id, t.class_id, t.is_unmarked, t.fill_days, t.tz, t.today FROM ej.duty_teachings($1, $2) AS t
), a AS MATERIALIZED (
    SELECT l.id, l.teaching_id, l.study_group_id, l.held_on, l.staff_id, l.topic, l.state, l.attendance_at, l.homework,
           CASE WHEN l.topic <> '' THEN row_number() OVER (
                PARTITION BY l.teaching_id, l.state = 'cancelled', lower(btrim(l.topic))
                ORDER BY l.held_on, l.slot, l.id) > 1 END AS is_again
      FROM ej.lesson AS l
     WHERE l.teaching_id = ANY ($1) AND l.held_on <= $4 AND l.state IN ('planned', 'given', 'cancelled')
), l AS MATERIALIZED (
    SELECT a.*, t.class_id, t.is_unmarked, t.fill_days, t.tz, a.state = 'cancelled' AS is_off
      FROM a JOIN t ON t.id = a.teaching_id
     WHERE a.held_on >= $3 AND a.held_on < t.today - t.fill_days
       AND EXISTS (SELECT FROM ej.membership AS b WHERE b.study_group_id = a.study_group_id AND b.during @> a.held_on)
)
SELECT k.duty_key::text, k.is_undone, l.held_on, l.teaching_id, l.class_id, l.staff_id, l.id, NULL::bigint,
       NULL::bigint, CASE WHEN k.duty_key IN ('repeated', 'letters') THEN left(l.topic, 200) END, NULL::numeric,
       NULL::numeric
  FROM l
 CROSS JOIN LATERAL (VALUES
       ('unfilled', CASE WHEN NOT l.is_off
                         THEN ej.is_unfilled(l.topic, l.attendance_at, l.homework, l.is_unmarked) END),
       ('late', CASE WHEN NOT l.is_off AND l.attendance_at IS NOT NULL
                     THEN (l.attendance_at AT TIME ZONE l.tz)::date > l.held_on + l.fill_days END),
       ('topic', CASE WHEN NOT l.is_off THEN l.topic = '' END),
       ('repeated', CASE WHEN NOT l.is_off AND l.topic <> '' THEN l.is_again AND NOT EXISTS (
            SELECT FROM ej.plan_given AS g JOIN ej.plan_row AS r ON r.id = g.plan_row_id
             WHERE g.lesson_id = l.id AND (r.hours > 1 OR EXISTS (
                   SELECT FROM ej.plan_given AS o
                    WHERE o.plan_row_id = r.id AND o.teaching_id = l.teaching_id AND o.goes_on))) END),
       ('letters', CASE WHEN NOT l.is_off AND l.topic <> '' THEN l.topic !~ '[А-Яа-яЁё]' END),
       ('attendance', CASE WHEN NOT l.is_off THEN l.attendance_at IS NULL END),
       ('lost', l.is_off AND NOT EXISTS (SELECT FROM ej.lesson AS o WHERE o.instead_of_id = l.id)),
       ('homework', CASE WHEN NOT l.is_off AND NOT l.is_unmarked THEN l.homework IS NULL END)
       ) AS k(duty_key, is_undone)
 WHERE k.is_undone IS NOT NULL
$$;
