-- handover.sql: which class teachers and teachers have handed in their report of a term (REP-01…04). A report
-- is handed in when it becomes a numbered copy (extracts.sql): of the kind report_leader for a class (REP-11),
-- report_teachers for a teacher (REP-09).

-- The terms of all term plans of a school year that end on the last day of this term or have its name: a teacher
-- who teaches in several plans hands in one report of all of them.
CREATE OR REPLACE FUNCTION ej.handover_terms(term_id bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT array_agg(o.id)
              FROM (SELECT q.id AS term_plan_id, e.is_taught, e.name, upper(e.during) AS ends
                      FROM ej.term AS e
                      JOIN ej.term_plan AS p ON p.id = e.term_plan_id
                      JOIN ej.term_plan AS q ON q.school_id = p.school_id AND q.year = p.year
                     WHERE e.id = $1 OFFSET 0) AS e
             CROSS JOIN LATERAL (SELECT o.id FROM ej.term AS o
                                  WHERE o.term_plan_id = e.term_plan_id AND o.is_taught = e.is_taught
                                    AND (o.name = e.name OR o.is_taught AND upper(o.during) = e.ends) OFFSET 0) AS o);
END
$$;

-- Whether these terms are still open for a teacher: one has not ended, or a journal of the teacher in them is
-- not closed (of the journals that the reader may see).
CREATE OR REPLACE FUNCTION ej.handover_is_open(staff_id bigint, term_ids bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.term AS e WHERE e.id = ANY ($2) AND upper(e.during) > ej.today(e.school_id))
        OR EXISTS (SELECT FROM ej.teaching AS t
                     JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id = ANY ($2)
                    WHERE t.staff_id = $1 AND j.closed_at IS NULL);
END
$$;

-- The name of the term that the page of reports shows: the wanted one, else the last that has ended, else the
-- first. NULL: the year has no terms.
CREATE OR REPLACE FUNCTION ej.handover_name(wanted text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    schools bigint[] := ej.my_staff_schools(); -- at most one
    present int := ej.shown_year();
    day     date := ej.my_today();
BEGIN
    RETURN coalesce(nullif(wanted, ''), (
        SELECT e.name::text FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught
         WHERE p.school_id = ANY (schools) AND p.year = present
         ORDER BY upper(e.during) <= day DESC, CASE WHEN upper(e.during) <= day THEN upper(e.during) END DESC,
                  lower(e.during), e.id LIMIT 1));
END
$$;

-- The reports of the terms of this name: the heads see all of them, other readers their own, and so do heads who ask
-- for no others (own_only). is_mine: the reader hands the report in; extract_id, number, made_on: its newest valid
-- copy.
CREATE OR REPLACE FUNCTION ej.handover_lines(name text, own_only boolean DEFAULT false)
RETURNS TABLE (kind text, term_id bigint, class_id bigint, class_name text, staff_id bigint, staff_name text,
               is_open boolean, is_mine boolean, extract_id bigint, number int, made_on date, place bigint)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    school  bigint := (ej.my_staff_schools())[1];
    present int := ej.shown_year();
    is_head boolean := NOT own_only AND ej.my_journal_schools() <> '{}';
    mine    bigint[] := ej.my_staff();
    classes bigint[] := ej.my_classes();
    taught  bigint[];
    terms   bigint[];
BEGIN
    taught := ARRAY(SELECT t.id FROM ej.teaching AS t
                     WHERE t.school_id = school AND t.year = present AND (is_head OR t.staff_id = ANY (mine)));
    terms := ARRAY(SELECT DISTINCT o.id FROM ej.term_plan AS p
                     JOIN ej.term AS e ON e.term_plan_id = p.id AND e.name = handover_lines.name
                    CROSS JOIN LATERAL unnest(ej.handover_terms(e.id)) AS o(id)
                    WHERE p.school_id = school AND p.year = present);
    RETURN QUERY
    WITH e AS MATERIALIZED (
        SELECT e.id, e.term_plan_id FROM ej.term_plan AS p JOIN ej.term AS e ON e.term_plan_id = p.id AND e.is_taught
         WHERE p.school_id = school AND p.year = present AND e.name = handover_lines.name
    ), x AS (
        SELECT 'report_leader' AS kind, e.id AS term_id, c.id AS class_id, c.name::text AS class_name,
               c.class_teacher_id AS staff_id, ej.term_is_open(c.id, e.id) AS is_open, c.grade, c.letter
          FROM e JOIN ej.class AS c ON c.term_plan_id = e.term_plan_id
         WHERE c.class_teacher_id IS NOT NULL AND (is_head OR c.id = ANY (classes))
         UNION ALL
        SELECT 'report_teachers', min(t.term_id), NULL, NULL, t.staff_id,
               ej.handover_is_open(t.staff_id, array_agg(DISTINCT t.term_id)), NULL, NULL
          FROM (SELECT t.staff_id, e.id AS term_id
                  FROM ej.teaching AS t JOIN ej.journal AS j ON j.teaching_id = t.id JOIN e ON e.id = j.term_id
                 WHERE t.id = ANY (taught)) AS t
         GROUP BY t.staff_id
    )
    SELECT x.kind, x.term_id, x.class_id, x.class_name, x.staff_id, n.name, x.is_open, x.staff_id = ANY (mine),
           c.id, c.number, c.made_on,
           row_number() OVER (ORDER BY x.kind, x.grade, x.letter, s.surname, s.given_name, x.staff_id)
      FROM x
      JOIN ej.staff AS s ON s.id = x.staff_id
      JOIN ej.staff_names(ARRAY(SELECT x.staff_id FROM x)) AS n ON n.staff_id = x.staff_id
      LEFT JOIN LATERAL (
           SELECT o.id, o.number, o.made_on FROM ej.extract AS o
            WHERE o.term_id = ANY (terms) AND o.kind = x.kind
              AND CASE WHEN x.class_id IS NULL THEN o.staff_id = x.staff_id ELSE o.class_id = x.class_id END
              AND ej.extract_state(o.id, o.void_at) = 'valid'
            ORDER BY o.id DESC LIMIT 1) AS c ON true;
END
$$;

-- What the register of copies needs of a printed report, one row: the line that names it, its term, whether it is
-- about the reader's own teachings, whether the term is open. All NULL: a report that nobody hands in, or a
-- part of one (of other days, one subject, some classes).
CREATE OR REPLACE FUNCTION ej.report_whose(key text, filter text, wanted_id bigint, staff_id bigint)
RETURNS TABLE (about text, term_id bigint, is_own boolean, is_open boolean)
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    f    ej.report_filter := filter::ej.report_filter;
    term bigint := CASE WHEN wanted_id = ANY (f.term_ids) THEN wanted_id ELSE f.term_ids[1] END;
BEGIN
    RETURN QUERY
    SELECT concat_ws(', ', c.name, e.name), e.id, false, ej.term_is_open(c.id, e.id)
      FROM ej.class AS c JOIN ej.term AS e ON e.id = f.term_ids[1] -- of the plan of the class, whatever was asked for
     WHERE key = 'leader' AND cardinality(f.class_ids) = 1 AND c.id = f.class_ids[1]
       AND f.days IS NULL AND f.subject_id IS NULL AND f.staff_id IS NULL;
    IF NOT FOUND THEN
        RETURN QUERY
        SELECT concat_ws(', ', n.name, e.name), term, true, ej.handover_is_open($4, ej.handover_terms(term))
          FROM ej.term AS e JOIN ej.staff_names(ARRAY[$4]) AS n ON n.staff_id = $4
         WHERE key = 'teachers' AND e.id = term AND $4 = ANY (ej.my_staff())
           AND f.days IS NULL AND f.subject_id IS NULL
           AND f.class_ids = ej.report_readable(f.school_id, f.year, 'teaching');
    END IF;
    IF NOT FOUND THEN
        RETURN QUERY SELECT NULL::text, NULL::bigint, NULL::boolean, NULL::boolean;
    END IF;
END
$$;

-- Whether the user may hand in a report with these values: one about the class that the user leads, in a term of its
-- plan, or one about the user's own teachings. The heads certify other documents, but not these.
CREATE OR REPLACE FUNCTION ej.handover_is_own(kind text, class_id bigint, pupil_id bigint, term_id bigint,
    is_own boolean) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(pupil_id IS NULL AND CASE kind
    WHEN 'report_leader' THEN $2 = ANY (ej.my_classes()) AND EXISTS (
         SELECT FROM ej.class AS c JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
          WHERE c.id = $2 AND e.id = $4)
    WHEN 'report_teachers' THEN is_own AND $2 IS NULL AND $4 IS NOT NULL END, false)
$$;
