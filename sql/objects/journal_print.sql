-- journal_print.sql: which lesson stands on which spread of the official
-- journal (requirements 3.1). Plain SQL without SET, so that the planner sees
-- through it.

DROP FUNCTION IF EXISTS ej.journal_spreads(bigint);

-- The lessons of a journal up to the school's today, twenty a spread.
CREATE FUNCTION ej.journal_spreads(journal_id bigint)
RETURNS TABLE (lesson_id bigint, held_on date, slot int, page bigint, pages bigint)
LANGUAGE sql STABLE AS $$
    SELECT l.id, l.held_on, l.slot,
           (row_number() OVER (ORDER BY l.held_on, l.slot) - 1) / 20 + 1,
           (count(*) OVER () - 1) / 20 + 1
      FROM ej.journal AS j
      JOIN ej.term AS e ON e.id = j.term_id
      JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id
       AND l.held_on >= lower(e.during) AND l.held_on < upper(e.during)
       AND l.held_on <= ej.today(j.school_id) AND l.state IN ('planned', 'given')
     WHERE j.id = $1
$$;

REVOKE ALL ON FUNCTION ej.journal_spreads(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.journal_spreads(bigint) TO ej_web;
