-- inspections.sql: the monthly inspection of how journals are kept (CTL-04, CTL-05): the figures of the
-- control (duty.sql) for each teacher, drafted, published, and confirmed by the teachers.
--
-- Only the functions of this file write these rows; ej.rule_inspection() refuses every change of a published
-- inspection, whoever makes it. A function that saves or publishes locks the row of the inspection first.

GRANT SELECT, INSERT, UPDATE ON ej.inspection, ej.inspection_line TO ej_rule;
GRANT SELECT ON ej.school_year TO ej_rule;
GRANT SELECT ON ej.inspection, ej.inspection_line TO ej_rights;

-- The published inspections in which the reader has a line.
CREATE OR REPLACE FUNCTION ej.my_inspections() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT l.inspection_id FROM ej.inspection_line AS l WHERE l.shown_staff_id = ANY (ej.my_staff()));
END
$$;
ALTER FUNCTION ej.my_inspections() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.my_inspections() TO ej_web, ej_rule;

-- The heads read all inspections; a teacher reads the conclusion and the own line of published ones.
CREATE POLICY read ON ej.inspection FOR SELECT TO ej_web
    USING (id = any((select ej.my_inspections())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY read ON ej.inspection_line FOR SELECT TO ej_web
    USING (shown_staff_id = any((select ej.my_staff())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.inspection, ej.inspection_line TO ej_web;

-- Keep a published inspection as it is: only confirmations are added, each by the teacher of the line.
-- Errors: JE211 published; JE301 another's confirmation.
CREATE OR REPLACE FUNCTION ej.rule_inspection() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM old_rows AS o WHERE o.state = 'published') THEN
        PERFORM ej.rule_fault('record_used', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_inspection', 'inspection', 'rule_inspection', 'update');
SELECT ej.watch('rule_inspection', 'inspection', 'rule_never_removed', 'delete');

CREATE OR REPLACE FUNCTION ej.rule_inspection_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    asker bigint := (ej.author(true)).person_id;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT FROM new_rows AS n JOIN ej.inspection AS i ON i.id = n.inspection_id
                    WHERE i.state = 'published' OR n.shown_staff_id IS NOT NULL) THEN
            PERFORM ej.rule_fault('record_used', NULL);
        END IF;
    ELSIF EXISTS (SELECT FROM new_rows AS n
                    JOIN old_rows AS o USING (id)
                    JOIN ej.inspection AS i ON i.id = n.inspection_id
                   WHERE o.shown_staff_id IS NOT NULL
                         AND (n.figures, n.note, n.shown_staff_id)
                             IS DISTINCT FROM (o.figures, o.note, o.shown_staff_id)
                      OR o.confirmed_on IS NOT NULL AND n.confirmed_on IS DISTINCT FROM o.confirmed_on
                      OR i.state = 'published' AND o.shown_staff_id IS NULL) THEN
        PERFORM ej.rule_fault('record_used', NULL);
    ELSIF asker IS NOT NULL AND EXISTS (
          SELECT FROM new_rows AS n
            JOIN old_rows AS o USING (id)
            JOIN ej.staff AS s ON s.id = n.staff_id
           WHERE n.confirmed_on IS DISTINCT FROM o.confirmed_on AND s.person_id IS DISTINCT FROM asker) THEN
        PERFORM ej.rule_refuse('JE301', 'inspection_whose', 'confirmed_on', 'not yours to confirm', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_inspection_line', 'inspection_line', 'rule_inspection_line', 'insert', 'update');
SELECT ej.watch('rule_inspection_line', 'inspection_line', 'rule_never_removed', 'delete');

-- -------------------------------------------------------------- drafting --

-- What the control finds at each teacher of a school year in these days: for each duty the number of cases
-- (total), and of those undone. It checks no right: for the functions below alone.
CREATE OR REPLACE FUNCTION ej.inspection_figures(school_id bigint, year int, from_on date, till_on date)
RETURNS TABLE (staff_id bigint, figures jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    parts     text[] := ARRAY(SELECT DISTINCT d.part FROM ej.duties() AS d);
    teachings bigint[] := ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.school_id = $1 AND t.year = $2);
    classes   bigint[] := ARRAY(SELECT c.id FROM ej.class AS c WHERE c.school_id = $1 AND c.year = $2);
BEGIN
    RETURN QUERY
    SELECT x.staff_id, jsonb_agg(jsonb_build_object('duty_key', x.duty_key, 'undone', x.undone, 'total', x.total)
                                 ORDER BY x.n)
      FROM (SELECT f.staff_id, d.n, d.duty_key, count(*) FILTER (WHERE f.is_undone) AS undone, count(*) AS total
              FROM ej.duty_facts(parts, teachings, classes, $3, $4) AS f
              JOIN ej.duties() AS d ON d.duty_key = f.duty_key
             WHERE f.staff_id IS NOT NULL
             GROUP BY f.staff_id, d.n, d.duty_key) AS x
     GROUP BY x.staff_id;
END
$$;
ALTER FUNCTION ej.inspection_figures(bigint, int, date, date) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.inspection_figures(bigint, int, date, date) TO ej_rule;

-- Count the figures of a draft anew, of the days up to yesterday, and write them into its lines; notes stay.
CREATE OR REPLACE FUNCTION ej.inspection_count(inspection_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    i ej.inspection;
BEGIN
    UPDATE ej.inspection AS x
       SET made_on = d.today, till_on = least((x.month_on + interval '1 month')::date, d.today) - 1
      FROM ej.school_today AS d
     WHERE x.id = $1 AND d.school_id = x.school_id
    RETURNING x.* INTO i;
    UPDATE ej.inspection_line AS l SET figures = '[]' WHERE l.inspection_id = i.id;
    INSERT INTO ej.inspection_line AS l (school_id, inspection_id, staff_id, figures)
    SELECT i.school_id, i.id, f.staff_id, f.figures
      FROM ej.inspection_figures(i.school_id, i.year, i.from_on, i.till_on) AS f
     ORDER BY f.staff_id
    ON CONFLICT ON CONSTRAINT inspection_line_once DO UPDATE SET figures = EXCLUDED.figures;
END
$$;

-- Make the draft of a month of a school, and return its id; NULL: the month has an inspection already, or no day of it
-- that belongs to a school year is over. It checks no right: for the functions below alone.
CREATE OR REPLACE FUNCTION ej.inspection_make(school_id bigint, month_on date) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    made bigint;
BEGIN
    INSERT INTO ej.inspection (school_id, year, month_on, from_on, till_on, made_on)
    SELECT y.school_id, y.year, $2, greatest($2, lower(y.during)),
           least(($2 + interval '1 month')::date, upper(y.during), d.today) - 1, d.today
      FROM ej.school_year AS y JOIN ej.school_today AS d ON d.school_id = y.school_id
     WHERE y.school_id = $1 AND y.during && daterange($2, ($2 + interval '1 month')::date)
       AND greatest($2, lower(y.during)) < d.today
     ORDER BY y.year LIMIT 1
    ON CONFLICT ON CONSTRAINT inspection_once DO NOTHING
    RETURNING id INTO made;
    IF made IS NOT NULL THEN
        PERFORM ej.inspection_count(made);
    END IF;
    RETURN made;
END
$$;

-- Draft the inspection of the last month for one school that had lessons in it and has no inspection of it yet.
-- Returns 1, or 0 when no such school is left. For the job, from the first day of each month on.
CREATE OR REPLACE FUNCTION ej.inspections_draft() RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one record;
BEGIN
    SELECT d.school_id, m.month_on INTO one
      FROM ej.school_today AS d
     CROSS JOIN LATERAL (SELECT (date_trunc('month', d.today::timestamp) - interval '1 month')::date AS month_on) AS m
     WHERE NOT EXISTS (SELECT FROM ej.inspection AS i WHERE i.school_id = d.school_id AND i.month_on = m.month_on)
       AND EXISTS (SELECT FROM ej.school_year AS y
                    WHERE y.school_id = d.school_id AND y.during && daterange(m.month_on, (m.month_on + 28)))
       AND EXISTS (SELECT FROM ej.lesson AS l
                    WHERE l.school_id = d.school_id AND l.held_on >= m.month_on
                      AND l.held_on < (m.month_on + interval '1 month')::date)
     ORDER BY d.school_id LIMIT 1;
    RETURN (one.school_id IS NOT NULL AND ej.inspection_make(one.school_id, one.month_on) IS NOT NULL)::int;
END
$$;
GRANT EXECUTE ON FUNCTION ej.inspections_draft() TO ej_job;

-- --------------------------------------------------------------- writing --

-- Draft the inspection of a month by hand; returns the outcomes, with the new id.
-- Errors: JE203 no day of the month is over, or the month is in no school year; JE212 the month has an inspection;
-- JE301 the writer is neither director nor deputy.
CREATE OR REPLACE FUNCTION ej.inspection_add(month_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_lead_schools())[1];
    month  date := date_trunc('month', $1::timestamp)::date;
    made   bigint;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to draft' USING ERRCODE = 'JE301';
    END IF;
    made := ej.inspection_make(school, month);
    IF made IS NOT NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'done', 'added', 'value', made::text));
    END IF;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'month_on', 'code',
        CASE WHEN EXISTS (SELECT FROM ej.inspection AS i WHERE i.school_id = school AND i.month_on = month)
             THEN 'JE212' ELSE 'JE203' END));
END
$$;

-- An inspection, locked, for a director or deputy of its school.
-- Errors: JE401 no such inspection that the reader may read; JE301 the reader may not change it.
CREATE OR REPLACE FUNCTION ej.inspection_find(inspection_id bigint) RETURNS ej.inspection
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    found ej.inspection;
BEGIN
    SELECT i.* INTO found FROM ej.inspection AS i
     WHERE i.id = $1 AND (i.school_id = ANY (ej.my_journal_schools()) OR i.id = ANY (ej.my_inspections())) FOR UPDATE;
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'no such inspection' USING ERRCODE = 'JE401';
    ELSIF NOT found.school_id = ANY (ej.my_lead_schools()) THEN
        RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'JE301';
    END IF;
    RETURN found;
END
$$;

-- The outcomes of the fields of a draft's form: the conclusion, and a note for each line that was
-- changed (row n). A line of another inspection is JE102.
CREATE OR REPLACE FUNCTION ej.inspection_outcomes(i ej.inspection, fields jsonb, line_ids bigint[], notes text[],
    old_notes text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_agg(jsonb_build_object('n', x.n) || x.item ORDER BY x.n), '[]')
  FROM (SELECT 0 AS n, ej.field_outcome('text', i.text, fields ->> 'old_text', fields ->> 'text', NULL, 'inspection',
                                        ARRAY[i.id]) AS item
         WHERE fields ->> 'text' <> fields ->> 'old_text'
         UNION ALL
        SELECT u.n, ej.field_outcome('note', coalesce(l.note, ''), u.old, u.note,
                                     CASE WHEN l.id IS NULL THEN 'JE102' END, 'inspection_line', ARRAY[l.id])
          FROM unnest(line_ids, notes, old_notes) WITH ORDINALITY AS u(line_id, note, old, n)
          LEFT JOIN ej.inspection_line AS l ON l.id = u.line_id AND l.inspection_id = i.id
         WHERE u.note <> u.old OR l.id IS NULL) AS x
$$;

-- Write what was typed where nobody else changed it.
CREATE OR REPLACE FUNCTION ej.inspection_write(i ej.inspection, fields jsonb, line_ids bigint[], notes text[],
    old_notes text[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
UPDATE ej.inspection AS x SET text = fields ->> 'text'
 WHERE x.id = i.id AND x.text = fields ->> 'old_text' AND fields ->> 'text' <> fields ->> 'old_text';
UPDATE ej.inspection_line AS l SET note = u.note
  FROM unnest(line_ids, notes, old_notes) AS u(line_id, note, old)
 WHERE l.id = u.line_id AND l.inspection_id = i.id AND l.note = u.old AND u.note <> u.old
$$;

-- Publish an inspection: its lines are shown to their teachers, who are told of it.
CREATE OR REPLACE FUNCTION ej.inspection_publish(i ej.inspection) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.inspection_line AS l SET shown_staff_id = l.staff_id WHERE l.inspection_id = i.id;
    UPDATE ej.inspection AS x SET state = 'published', published_on = ej.today(x.school_id),
           staff_id = (SELECT s.id FROM ej.staff AS s WHERE s.id = ANY (ej.my_staff()) AND s.school_id = x.school_id)
     WHERE x.id = i.id;
    PERFORM ej.notify(i.school_id, 'inspection', NULL, i.id::text, ARRAY(
        SELECT s.person_id FROM ej.inspection_line AS l JOIN ej.staff AS s ON s.id = l.staff_id
         WHERE l.inspection_id = i.id));
END
$$;

-- Save the form of a draft, then, with the action count or publish, count its figures again or publish it; returns
-- the outcomes. After a conflict it is neither counted nor published; saving a published inspection is one conflict.
-- Errors: JE102 a line of another inspection; JE301 the reader may not change it; JE401 no such inspection.
CREATE OR REPLACE FUNCTION ej.inspection_save(inspection_id bigint, action text, fields jsonb, line_ids bigint[],
    notes text[], old_notes text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    i      ej.inspection := ej.inspection_find(inspection_id);
    answer jsonb;
BEGIN
    IF i.state = 'published' THEN
        RETURN jsonb_build_array(ej.conflict('state', 'published', 'inspection', ARRAY[i.id]));
    END IF;
    answer := ej.inspection_outcomes(i, fields, line_ids, notes, old_notes);
    IF ej.is_refused(answer) THEN
        RETURN answer;
    END IF;
    PERFORM ej.inspection_write(i, fields, line_ids, notes, old_notes);
    IF NOT answer @> '[{"outcome": "conflict"}]' THEN
        IF action = 'publish' THEN
            PERFORM ej.inspection_publish(i);
        ELSIF action = 'count' THEN
            PERFORM ej.inspection_count(i.id);
        END IF;
    END IF;
    RETURN answer;
END
$$;

-- Confirm that the reader has read what a published inspection found; once more changes nothing.
-- Errors: JE401 nothing of it is shown to the reader.
CREATE OR REPLACE FUNCTION ej.inspection_confirm(inspection_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM ej.inspection_line AS l
                    WHERE l.inspection_id = $1 AND l.shown_staff_id = ANY (ej.my_staff())) THEN
        RAISE EXCEPTION 'nothing to confirm' USING ERRCODE = 'JE401';
    END IF;
    UPDATE ej.inspection_line AS l SET confirmed_on = ej.today(l.school_id)
     WHERE l.inspection_id = $1 AND l.shown_staff_id = ANY (ej.my_staff()) AND l.confirmed_on IS NULL;
    RETURN '[{"outcome": "saved", "field": "confirmed_on"}]';
END
$$;

GRANT EXECUTE ON FUNCTION ej.inspection_add, ej.inspection_save, ej.inspection_confirm TO ej_web;
