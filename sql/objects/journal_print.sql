-- journal_print.sql: what stands in the official journal (requirements 3.1), and
-- who signs it. How it is cut into spreads is the form's: xslt/print/journal.xsl.

DROP FUNCTION IF EXISTS ej.journal_past(bigint);
DROP FUNCTION IF EXISTS ej.journal_finals(bigint);
DROP FUNCTION IF EXISTS ej.lesson_notes(bigint, text);

-- The lessons of a journal up to the school's today; a year's has none: its
-- terms have them.
CREATE FUNCTION ej.journal_past(journal_id bigint)
RETURNS TABLE (lesson_id bigint, held_on date, slot int)
LANGUAGE sql STABLE AS $$
    SELECT l.id, l.held_on, l.slot
      FROM ej.journal AS j
      JOIN ej.term AS e ON e.id = j.term_id
      JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id
       AND l.held_on >= lower(e.during) AND l.held_on < upper(e.during)
       AND l.held_on <= ej.today(j.school_id) AND l.state IN ('planned', 'given')
     WHERE j.id = $1 AND e.kind <> 'year'
$$;

-- The terms whose marks stand behind the last date (FIN-02): the journal's
-- own once one has been given, of a year all terms and then its own.
CREATE FUNCTION ej.journal_finals(journal_id bigint)
RETURNS TABLE (term_id bigint, subject_id bigint, name text, at bigint)
LANGUAGE sql STABLE AS $$
    SELECT e.id, j.subject_id, ej.term_short_name(e.kind::text, e.name::text),
           row_number() OVER (ORDER BY e.kind = 'year', lower(e.during))
      FROM ej.journal_scope($1) AS j
      JOIN ej.term AS e ON e.term_plan_id = j.term_plan_id AND (e.id = j.term_id OR j.kind = 'year')
     WHERE j.kind = 'year'
        OR EXISTS (SELECT FROM ej.membership AS b
                     JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = j.subject_id
                      AND m.term_id = e.id AND m.value IS NOT NULL
                    WHERE b.study_group_id = j.study_group_id)
$$;

-- What stands beside a lesson's topic: its kinds of work (a title only where
-- the topic does not say it) and the homework of the whole group. In FROM the
-- planner takes it in, so that it costs what the two questions cost.
CREATE FUNCTION ej.lesson_notes(lesson_id bigint, topic text)
RETURNS TABLE (kinds text, homework text)
LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT (SELECT string_agg(CASE WHEN w.title IN ('', $2) THEN k.name
                                   ELSE k.name || ' «' || w.title || '»' END, '; ' ORDER BY w.id)
              FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
             WHERE w.lesson_id = $1 AND k.code <> 'answer'),
           (SELECT string_agg(h.text, E'\n' ORDER BY h.id)
              FROM ej.homework AS h WHERE h.lesson_id = $1 AND NOT h.is_personal)
$$;

REVOKE ALL ON FUNCTION ej.journal_past(bigint), ej.journal_finals(bigint),
    ej.lesson_notes(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.journal_past(bigint), ej.journal_finals(bigint),
    ej.lesson_notes(bigint, text) TO ej_web;

-- The school's deputy head of today, where there is one only: several decide
-- by hand who signs; for all staff. Definer of ej_rights: who prints need not see
-- the orders.
CREATE OR REPLACE FUNCTION ej.deputy_name(school_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT CASE WHEN count(DISTINCT f.id) = 1
                        THEN min(ej.short_name(f.surname, f.given_name, f.patronymic)) END
              FROM ej.school_today AS d
              JOIN ej.role_held AS r ON r.school_id = d.school_id AND r.role = 'deputy'
              JOIN ej.staff AS f ON f.id = r.staff_id AND f.during @> d.today
             WHERE d.school_id = deputy_name.school_id AND d.school_id = ANY (ej.my_colleague_schools()));
END
$$;
ALTER FUNCTION ej.deputy_name(bigint) OWNER TO ej_rights;
REVOKE ALL ON FUNCTION ej.deputy_name(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.deputy_name(bigint) TO ej_web;
