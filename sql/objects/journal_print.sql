-- journal_print.sql: the content of the official printed journal (requirements 3.1)
-- and its signer. xslt/print/journal.xsl cuts it into spreads.

-- The lessons of a journal up to the school's present day. The journal of a whole year
-- has none: they are in the journals of its terms.
CREATE OR REPLACE FUNCTION ej.journal_past(journal_id bigint)
RETURNS TABLE (lesson_id bigint, held_on date, slot int)
LANGUAGE sql STABLE AS $$
    SELECT l.id, l.held_on, l.slot
      FROM ej.journal AS j
      JOIN ej.school_today AS d ON d.school_id = j.school_id
      JOIN ej.term AS e ON e.id = j.term_id
      JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id
       AND l.held_on >= lower(e.during) AND l.held_on < upper(e.during)
       AND l.held_on <= d.today AND l.state IN ('planned', 'given')
     WHERE j.id = $1 AND e.is_taught
$$;

-- The terms whose marks are printed after the last date (FIN-02): the journal's own
-- term once it has a mark; for a year's journal all terms and then the year; for the final one year,
-- exam and final.
CREATE OR REPLACE FUNCTION ej.journal_finals(journal_id bigint)
RETURNS TABLE (term_id bigint, subject_id bigint, name text, at bigint)
LANGUAGE sql STABLE AS $$
    SELECT e.id, j.subject_id, ej.term_short_name(e.kind::text, e.name::text),
           row_number() OVER (ORDER BY NOT e.is_taught, lower(e.during), e.id)
      FROM ej.journal_scope($1) AS j
      JOIN ej.term AS e ON e.term_plan_id = j.term_plan_id AND (e.id = j.term_id OR ej.is_under(e.kind, j.kind))
     WHERE NOT j.is_taught
        OR EXISTS (SELECT FROM ej.membership AS b
                     JOIN ej.term_mark AS m ON m.pupil_id = b.pupil_id AND m.subject_id = j.subject_id
                      AND m.term_id = e.id AND m.value IS NOT NULL
                    WHERE b.study_group_id = j.study_group_id)
$$;

-- The notes beside a lesson's topic: its kinds of work (with a title that the topic
-- does not already have) and the homework of the whole group. Used in FROM the planner
-- inlines it, so that it costs no more than its two subqueries.
CREATE OR REPLACE FUNCTION ej.lesson_notes(lesson_id bigint, topic text)
RETURNS TABLE (kinds text, homework text)
LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT (SELECT string_agg(CASE WHEN w.title IN ('', $2) THEN k.name
                                   ELSE k.name || ' «' || w.title || '»' END, '; ' ORDER BY w.id)
              FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
             WHERE w.lesson_id = $1 AND k.code <> 'answer'),
           (SELECT string_agg(h.text, E'\n' ORDER BY h.id)
              FROM ej.homework AS h WHERE h.lesson_id = $1 AND NOT h.is_personal)
$$;

-- What stands at the head of the printed journal: the school, the group, the teachers, the hours given. Without SET, so
-- that the planner inlines it, once for all journals of a book.
CREATE OR REPLACE FUNCTION ej.journal_head(journal_id bigint)
RETURNS TABLE (journal_id bigint, school_name text, class_name text, subject_name text, staff_name text,
               staff_full_name text, former_names text, handed_on date, deputy_name text, term_name text, year int,
               hours_given numeric, is_unmarked boolean)
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT j.id AS journal_id, o.name AS school_name, g.name AS class_name, s.name AS subject_name,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS staff_full_name, h.former_names,
           h.handed_on,
       ej.deputy_name(j.school_id) AS deputy_name,
       e.name AS term_name,
       t.year,
       (SELECT sum(l.hours) FROM ej.journal_past($1) AS p
          JOIN ej.lesson AS l ON l.id = p.lesson_id AND l.state = 'given') AS hours_given,
       ej.is_unmarked(t.study_group_id) AS is_unmarked
  FROM ej.journal AS j
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.term AS e ON e.id = j.term_id
  JOIN ej.school AS o ON o.id = j.school_id
  LEFT JOIN LATERAL (SELECT ej.teacher_on(t.id, ej.today(j.school_id)) AS staff_id OFFSET 0) AS x ON true
  LEFT JOIN ej.staff AS f ON f.id = x.staff_id
  LEFT JOIN LATERAL (
       SELECT string_agg((SELECT concat_ws(' ', b.surname, b.given_name, nullif(b.patronymic, '')) FROM ej.staff AS b
                           WHERE b.id = x.staff_id),
                         ', ' ORDER BY x.during) AS former_names,
              max(upper(x.during)) AS handed_on
         FROM ej.teaching_former AS x
        WHERE x.teaching_id = t.id AND upper(x.during) <= ej.today(j.school_id)) AS h ON true
 WHERE j.id = $1
$$;
