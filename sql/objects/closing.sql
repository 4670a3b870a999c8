-- closing.sql: closing the journals of a term class by class, and opening them again by order
-- (FIN-03…08). A group of several classes is shown with the first of them.

-- The journals of these classes in a term: that named, or of each class the last that has begun.
-- pupils are those of the term's last day who get a term mark, missing those without one, late
-- those whose mark was given after the last day for it, unfilled the lessons that were not filled
-- in. Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.closing_journals(classes bigint[], name text)
RETURNS TABLE (class_id bigint, journal_id bigint, teaching_id bigint, term_id bigint, study_group_id bigint,
               subject_id bigint, closed_at timestamptz, pupils bigint, missing bigint, late bigint, unfilled bigint)
LANGUAGE sql STABLE AS $$
WITH c AS MATERIALIZED (
    SELECT c.id, c.school_id, c.grade = ANY (s.unmarked_grades) AS is_unmarked, s.fill_days, e.id AS term_id,
           e.is_taught, lower(e.during) AS starts_on, upper(e.during) AS ends_on, ej.finals_due(e.id) AS due_on, d.day
      FROM ej.class AS c
      JOIN ej.school AS s ON s.id = c.school_id
     CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day OFFSET 0) AS d
     CROSS JOIN LATERAL (
           SELECT e.id, e.is_taught, e.during FROM ej.term AS e
            WHERE e.term_plan_id = c.term_plan_id
              AND CASE WHEN coalesce($2, '') = '' THEN e.is_taught AND lower(e.during) <= d.day ELSE e.name = $2 END
            ORDER BY lower(e.during) DESC LIMIT 1) AS e
     WHERE c.id = ANY ($1)
), j AS MATERIALIZED (
    SELECT c.id AS class_id, j.id, t.id AS teaching_id, c.term_id, t.study_group_id, t.subject_id, j.closed_at,
           c.due_on, c.starts_on, c.is_taught, c.is_unmarked, least(c.day, c.ends_on - 1) AS last_on,
           c.day - c.fill_days AS filled_on,
           NOT c.is_unmarked AND g.kind NOT IN ('elective', 'club', 'individual', 'home') AS is_marked
      FROM c
      JOIN ej.study_group_class AS gc ON gc.class_id = c.id
       AND NOT EXISTS (SELECT FROM ej.study_group_class AS o
                        WHERE o.study_group_id = gc.study_group_id AND o.class_id < gc.class_id)
      JOIN ej.study_group AS g ON g.id = gc.study_group_id
      JOIN ej.teaching AS t ON t.study_group_id = g.id
      JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id = c.term_id
)
SELECT j.class_id, j.id, j.teaching_id, j.term_id, j.study_group_id, j.subject_id, j.closed_at, m.pupils,
       m.missing, m.late, l.unfilled
  FROM j
 CROSS JOIN LATERAL (
       SELECT count(*) AS pupils, count(*) FILTER (WHERE m.value IS NULL) AS missing,
              count(*) FILTER (WHERE m.given_on > j.due_on) AS late
         FROM ej.membership AS b
         LEFT JOIN LATERAL (SELECT m.value, m.given_on FROM ej.term_mark AS m
                             WHERE m.pupil_id = b.pupil_id AND m.subject_id = j.subject_id AND m.term_id = j.term_id
                            OFFSET 0) AS m ON true
        WHERE j.is_marked AND b.study_group_id = j.study_group_id AND b.during @> j.last_on) AS m
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE ej.is_unfilled(l.topic, l.attendance_at, l.homework, j.is_unmarked)) AS unfilled
         FROM ej.lesson AS l
        WHERE j.is_taught AND l.teaching_id = j.teaching_id AND l.held_on >= j.starts_on AND l.held_on <= j.last_on
          AND l.held_on < j.filled_on AND l.state IN ('planned', 'given')) AS l
$$;

-- The number of a journal's term marks that stand without the marks that the school wants and
-- without a reason (ej.finals_grounds).
CREATE OR REPLACE FUNCTION ej.closing_unfounded(journal_id bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    journal ej.journal_facts;
    pupils  bigint[];
BEGIN
    SELECT f.* INTO journal FROM ej.journal_scope(journal_id) AS f;
    pupils := ARRAY(SELECT m.pupil_id FROM ej.term_mark AS m
                      JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL
                     WHERE m.term_id = journal.term_id AND m.teaching_id = journal.teaching_id AND m.note = '');
    RETURN CASE WHEN pupils = '{}' THEN 0
                ELSE (SELECT count(*) FROM ej.finals_grounds(journal, pupils) AS g WHERE g.is_unfounded) END;
END
$$;

-- Close or open (action) these journals of a class by an order; returns the outcomes. Not closed
-- while something is missing, unless is_incomplete. JE101: no order or reason, or those of the
-- closing; JE201: the year is closed; JE292: something is missing; JE401: no such journal.
CREATE OR REPLACE FUNCTION ej.closing_save(class_id bigint, name text, journals bigint[], action text, order_no text,
    order_on date, reason text, is_incomplete boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    lines  record;
    state  text;
    rule   text;
    field  text;
BEGIN
    PERFORM FROM ej.journal AS j WHERE j.id = ANY (journals) ORDER BY j.id FOR UPDATE;
    SELECT count(*) AS n, count(*) FILTER (WHERE l.missing + l.unfilled > 0 OR ej.closing_unfounded(l.journal_id) > 0)
           AS incomplete
      INTO lines
      FROM ej.closing_journals(ARRAY[closing_save.class_id], closing_save.name) AS l
     WHERE l.journal_id = ANY (journals);
    IF lines.n < cardinality(journals) OR lines.n = 0 THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'journal_id',
            'code', CASE WHEN cardinality(journals) = 0 THEN 'JE101' ELSE 'JE401' END));
    ELSIF action = 'close' AND lines.incomplete > 0 AND NOT is_incomplete THEN
        RETURN '[{"outcome": "bad", "field": "journal_id", "code": "JE292"}]';
    END IF;
    UPDATE ej.journal AS j
       SET closed_at = CASE action WHEN 'close' THEN now() END,
           closed_by = CASE action WHEN 'close' THEN (SELECT f.id FROM ej.staff AS f
               WHERE f.id = ANY (ej.my_staff()) AND f.school_id = j.school_id) END,
           order_no = closing_save.order_no, order_on = closing_save.order_on, reason = closing_save.reason
     WHERE j.id = ANY (journals) AND (j.closed_at IS NULL) = (action = 'close');
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN SQLSTATE 'JE101' OR SQLSTATE 'JE201' THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'code', state, 'field', field));
END
$$;
