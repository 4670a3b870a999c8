-- school.sql: helpers for pgTAP files with the test seed; \i inside BEGIN.
--
-- People are named by their log-in (`teacher`, `parent-17` …), other rows by the school's
-- names: lesson('7Б', 'Алгебра', '2026-11-13'). The functions that find rows are SECURITY
-- DEFINER of the superuser who runs the file, so they find hidden rows, too. Everything
-- is rolled back with the file.

\set QUIET on
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = public, pg_catalog;

-- --------------------------------------------------------------- who asks --

-- Ask as a person from here on: as the web role, with a session.
CREATE FUNCTION as_person(login text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    token bytea := sha256(convert_to('session of ' || login, 'UTF8'));
BEGIN
    PERFORM set_config('role', 'none', true);
    INSERT INTO ej.session (digest, account_id, person_id, epoch, form_token, idle, ends_at)
    SELECT token, a.id, a.person_id, a.epoch, 'test', '4 hours', now() + interval '14 hours'
      FROM ej.account AS a WHERE a.login = as_person.login
    ON CONFLICT DO NOTHING;
    IF NOT EXISTS (SELECT FROM ej.session AS s WHERE s.digest = token) THEN
        RAISE 'nobody has the log-in %', login;
    END IF;
    PERFORM set_config('ej.session', encode(token, 'hex'), true),
            set_config('ej.year', '2026', true),    -- of new ids
            set_config('role', 'ej_web', true);
END
$$;

-- Ask as the web role without a session.
CREATE FUNCTION as_nobody() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('role', 'ej_web', true), set_config('ej.session', '', true);
END
$$;

-- Ask as the owner, like seeds and imports: bound by rules, but not by rights.
CREATE FUNCTION as_owner() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('role', 'none', true), set_config('ej.session', '', true),
            set_config('role', 'ej_owner', true);
END
$$;

-- Ask as the superuser who runs the file.
CREATE FUNCTION as_superuser() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('role', 'none', true), set_config('ej.session', '', true);
END
$$;

-- The rows of a table (or any FROM item) that a person sees; afterwards the same person
-- asks as before.
CREATE FUNCTION seen_as(login text, rel text) RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE
    role    text := current_setting('role');
    session text := coalesce(current_setting('ej.session', true), '');
BEGIN
    PERFORM as_person(login);
    RETURN QUERY EXECUTE format('SELECT to_jsonb(x) FROM %s AS x', rel);
    PERFORM set_config('role', 'none', true), set_config('ej.session', session, true),
            set_config('role', role, true);
END
$$;

-- ------------------------------------------------------------ what is what --

CREATE FUNCTION school(name text DEFAULT 'Школа № 92') RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS
$$ SELECT s.id FROM ej.school AS s WHERE s.short_name = school.name $$;

CREATE FUNCTION staff(login text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS
$$ SELECT s.id FROM ej.account AS a JOIN ej.staff AS s USING (person_id) WHERE a.login = staff.login $$;

CREATE FUNCTION class(class text, at bigint DEFAULT school()) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS
$$ SELECT c.id FROM ej.class AS c WHERE c.school_id = at AND c.name = class $$;

-- A study group: that of a whole class, or a subgroup by its name.
CREATE FUNCTION study_group(name text, at bigint DEFAULT school()) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS
$$ SELECT g.id FROM ej.study_group AS g WHERE g.school_id = at AND g.name = study_group.name $$;

-- The n-th pupil of a class, in the order of entry; in 7Б the 7th left after 15 October
-- and the 12th came on 5 October.
CREATE FUNCTION pupil(class text, n int DEFAULT 1, at bigint DEFAULT school()) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT e.pupil_id FROM ej.enrolment AS e WHERE e.class_id = class(class, at)
     ORDER BY e.pupil_id OFFSET n - 1 LIMIT 1
$$;

CREATE FUNCTION subject(name text, at bigint DEFAULT school()) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS
$$ SELECT s.id FROM ej.subject AS s WHERE s.school_id = at AND s.name = subject.name $$;

CREATE FUNCTION teaching(study_group text, subject text, at bigint DEFAULT school()) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT t.id FROM ej.teaching AS t
     WHERE t.study_group_id = study_group(study_group, at) AND t.subject_id = subject(subject, at)
$$;

CREATE FUNCTION term(study_group text, name text, at bigint DEFAULT school()) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT DISTINCT t.id FROM ej.study_group_class AS g
      JOIN ej.class AS c ON c.id = g.class_id
      JOIN ej.term AS t ON t.term_plan_id = c.term_plan_id
     WHERE g.study_group_id = study_group(study_group, at) AND t.name = term.name
$$;

CREATE FUNCTION journal(study_group text, subject text, term text, at bigint DEFAULT school())
RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT j.id FROM ej.journal AS j
     WHERE j.teaching_id = teaching(study_group, subject, at)
       AND j.term_id = term(study_group, term, at)
$$;

-- The lesson on a day, or the last one before it.
CREATE FUNCTION lesson(study_group text, subject text, held_on date, at bigint DEFAULT school())
RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT l.id FROM ej.lesson AS l
     WHERE l.teaching_id = teaching(study_group, subject, at) AND l.held_on <= lesson.held_on
       AND l.state IN ('planned', 'given')
     ORDER BY l.held_on DESC, l.slot LIMIT 1
$$;

-- The first work of a term, if possible one with marks.
CREATE FUNCTION work(study_group text, subject text, term text, at bigint DEFAULT school())
RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT w.id FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
     WHERE w.journal_id = journal(study_group, subject, term, at)
     ORDER BY EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.value IS NOT NULL) DESC,
              l.held_on, w.id LIMIT 1
$$;

-- Add a work to a lesson, without marks.
CREATE FUNCTION new_work(lesson_id bigint) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
    INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT ej.new_id((l.id / 10000000000)::int), l.school_id, l.id, j.id, l.teaching_id, k.id, 100, x.scale_id
      FROM ej.lesson AS l
      JOIN ej.teaching AS x ON x.id = l.teaching_id
      JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
      JOIN ej.term AS t ON t.id = j.term_id AND t.is_taught AND t.during @> l.held_on
      JOIN ej.work_kind AS k ON k.school_id = l.school_id AND k.code = 'answer'
     WHERE l.id = lesson_id
    RETURNING id
$$;

-- Set a mark; other columns are copied from its work.
CREATE FUNCTION set_mark(work_id bigint, pupil_id bigint, value text, staff_id bigint DEFAULT NULL)
RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO ej.mark (work_id, pupil_id, school_id, teaching_id, scale_id, value, staff_id)
    SELECT w.id, set_mark.pupil_id, w.school_id, w.teaching_id, w.scale_id, set_mark.value, set_mark.staff_id
      FROM ej.work AS w WHERE w.id = set_mark.work_id
    ON CONFLICT ON CONSTRAINT mark_pkey
    DO UPDATE SET value = excluded.value, staff_id = excluded.staff_id
$$;

CREATE FUNCTION set_absent(lesson_id bigint, pupil_id bigint, code text DEFAULT 'н')
RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
    SELECT l.id, set_absent.pupil_id, l.school_id, l.teaching_id, set_absent.code
      FROM ej.lesson AS l WHERE l.id = set_absent.lesson_id
    ON CONFLICT ON CONSTRAINT attendance_pkey DO UPDATE SET code = excluded.code
$$;

-- A time zone in which it is noon now, in the hour from 12:00: nothing waits for a morning there, and a
-- lesson of this minute lies within its day.
CREATE FUNCTION noon_zone() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('Etc/GMT%s%s', CASE WHEN h.at < 12 THEN '-' ELSE '+' END, abs(h.at - 12))
      FROM (SELECT extract(hour FROM now() AT TIME ZONE 'UTC')::int AS at) AS h
$$;
