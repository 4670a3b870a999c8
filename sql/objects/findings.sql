-- findings.sql: findings about how journals are kept, and signals to the deputies (CTL-08, 10, 11).
--
-- Rows are written by these functions alone; ej.rule_finding() holds the order of states for every writer.

GRANT SELECT, INSERT, UPDATE ON ej.finding TO ej_rule;
GRANT SELECT ON ej.finding TO ej_rights;

-- Read by the addressee, the author, the class teacher of the class and the heads.
CREATE POLICY read ON ej.finding FOR SELECT TO ej_web
    USING (addressee_id = any((select ej.my_staff())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.finding TO ej_web;

-- Hold the order of states: open, answered, accepted or returned; returned, answered again; a signal goes
-- from open to accepted. Only the addressee answers; only a director or deputy decides, and not about a
-- finding that is addressed to them. Nothing is deleted.
-- Errors: JE211 not the next state; JE301 not the writer's to do.
CREATE OR REPLACE FUNCTION ej.rule_finding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    asker bigint := (ej.author(true)).person_id;
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o USING (id)
                   WHERE (o.kind, o.state, n.state) NOT IN (
                         ('finding', 'open', 'answered'), ('finding', 'returned', 'answered'),
                         ('finding', 'answered', 'accepted'), ('finding', 'answered', 'returned'),
                         ('signal', 'open', 'accepted'))
                     AND (n.state, n.answer, n.decision, n.order_no)
                         <> (o.state, o.answer, o.decision, o.order_no)) THEN
        PERFORM ej.rule_fault('record_used', NULL);
    ELSIF asker IS NOT NULL AND EXISTS (
          SELECT FROM new_rows AS n
            JOIN old_rows AS o USING (id)
            LEFT JOIN ej.staff AS a ON a.id = n.addressee_id
           WHERE n.state <> o.state
             AND CASE WHEN n.state = 'answered' THEN a.person_id IS DISTINCT FROM asker
                      ELSE a.person_id IS NOT DISTINCT FROM asker OR NOT EXISTS (
                           SELECT FROM ej.role_held AS r JOIN ej.staff AS s ON s.id = r.staff_id
                            WHERE s.person_id = asker AND r.school_id = n.school_id
                              AND r.role IN ('director', 'deputy')) END) THEN
        PERFORM ej.rule_refuse('JE301', 'finding_whose', 'state', 'not yours to answer or decide', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_finding', 'finding', 'rule_finding', 'update');
SELECT ej.watch('rule_finding', 'finding', 'rule_never_removed', 'delete');

-- Make a finding to a colleague; returns the outcomes. For director and deputies.
-- Errors: JE401 no such duty, lesson, teaching or class; JE106 no colleague; JE203 due_on is past.
CREATE OR REPLACE FUNCTION ej.finding_make(duty_key text, addressee_id bigint, class_id bigint, teaching_id bigint,
    lesson_id bigint, from_on date, till_on date, text text, due_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    school bigint := (ej.my_lead_schools())[1];
    today  date := ej.today(school);
    made   bigint;
BEGIN
    IF school IS NULL OR NOT EXISTS (SELECT FROM ej.duties() AS d WHERE d.duty_key = $1)
       OR class_id IS NOT NULL AND NOT EXISTS (SELECT FROM ej.class AS c WHERE c.id = $3 AND c.school_id = school)
       OR teaching_id IS NOT NULL AND NOT EXISTS (SELECT FROM ej.teaching AS t WHERE t.id = $4 AND t.school_id = school)
       OR lesson_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM ej.lesson AS l WHERE l.id = $5 AND l.school_id = school) THEN
        RAISE EXCEPTION 'no such record' USING ERRCODE = 'JE401';
    ELSIF NOT EXISTS (SELECT FROM ej.staff AS s WHERE s.id = $2 AND s.school_id = school) THEN
        RETURN '[{"outcome": "bad", "field": "addressee_id", "code": "JE106"}]';
    ELSIF due_on < today THEN
        RETURN '[{"outcome": "bad", "field": "due_on", "code": "JE203"}]';
    ELSIF till_on < from_on THEN
        RETURN '[{"outcome": "bad", "field": "till_on", "code": "JE132"}]';
    END IF;
    INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, addressee_id, class_id, teaching_id, lesson_id,
                            from_on, till_on, text, made_on, due_on, undone_before)
    VALUES (school, 'finding', duty_key, (SELECT s.id FROM ej.staff AS s
                                           WHERE s.id = ANY (ej.my_staff()) AND s.school_id = school),
            addressee_id, class_id, teaching_id, lesson_id, from_on, till_on, text, today, due_on,
            ej.finding_facts(duty_key, addressee_id, class_id, teaching_id, lesson_id, from_on, till_on, today))
    RETURNING id INTO made;
    PERFORM ej.notify(school, 'finding', NULL, made::text,
        ARRAY(SELECT s.person_id FROM ej.staff AS s WHERE s.id = $2));
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Raise a signal about a class that the reader leads or teaches; returns the outcomes.
-- Errors: JE106 no such class, or not yours.
CREATE OR REPLACE FUNCTION ej.finding_signal(duty_key text, class_id bigint, text text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    school bigint := (ej.my_staff_schools())[1];
    today  date := ej.today(school);
    made   bigint;
BEGIN
    IF school IS NULL OR (class_id = ANY (ej.my_classes() || ej.my_taught_classes())) IS NOT TRUE THEN
        RETURN '[{"outcome": "bad", "field": "class_id", "code": "JE106"}]';
    END IF;
    INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, class_id, from_on, till_on, text, made_on)
    VALUES (school, 'signal', duty_key, (ej.my_staff())[1], class_id, today, today, text, today) RETURNING id INTO made;
    PERFORM ej.notify(school, 'signal', NULL, made::text, ARRAY(
        SELECT s.person_id FROM ej.role_held AS r JOIN ej.staff AS s ON s.id = r.staff_id
         WHERE r.school_id = school AND r.role = 'deputy'));
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Whether the reader may read this finding, as by the policy above: for functions that bypass it.
CREATE OR REPLACE FUNCTION ej.finding_is_read(finding ej.finding) RETURNS boolean
LANGUAGE sql STABLE AS $$
SELECT coalesce(finding.addressee_id = ANY (ej.my_staff()) OR finding.staff_id = ANY (ej.my_staff())
                OR finding.class_id = ANY (ej.my_classes()) OR finding.school_id = ANY (ej.my_journal_schools()), false)
$$;

-- The finding, locked.
-- Errors: JE401 none that the reader may read.
CREATE OR REPLACE FUNCTION ej.finding_find(finding_id bigint) RETURNS ej.finding
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    found ej.finding;
BEGIN
    SELECT x.* INTO found FROM ej.finding AS x
     WHERE x.id = finding_find.finding_id AND ej.finding_is_read(x) FOR UPDATE;
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'no such finding' USING ERRCODE = 'JE401';
    END IF;
    RETURN found;
END
$$;

-- Answer a finding as its addressee; returns the outcomes: a conflict when it was answered or accepted meanwhile.
-- Errors: JE101 no answer; JE401 no such finding; JE301 another's.
CREATE OR REPLACE FUNCTION ej.finding_answer(finding_id bigint, answer text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    f ej.finding := ej.finding_find(finding_id);
BEGIN
    IF f.addressee_id IS NULL OR f.addressee_id <> ALL (ej.my_staff()) THEN
        RAISE EXCEPTION 'not yours to answer' USING ERRCODE = 'JE301';
    ELSIF answer = '' THEN
        RETURN '[{"outcome": "bad", "field": "answer", "code": "JE101"}]';
    ELSIF f.state NOT IN ('open', 'returned') THEN
        RETURN jsonb_build_array(ej.field_outcome('answer', f.answer, '', answer, NULL, 'finding', ARRAY[f.id]));
    END IF;
    UPDATE ej.finding AS x SET state = 'answered', answer = finding_answer.answer, answered_on = ej.today(x.school_id)
     WHERE x.id = f.id;
    RETURN '[{"outcome": "saved", "field": "answer"}]';
END
$$;

-- Accept or return a finding, or decide about a signal; returns the outcomes: a conflict when the answer is
-- not the one that was shown, or the finding waits for none.
-- Errors: JE401 no such finding; JE301 not the reader's to decide; JE101 a return or a signal without words.
CREATE OR REPLACE FUNCTION ej.finding_decide(finding_id bigint, state text, shown text, decision text, order_no text,
    order_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    f ej.finding := ej.finding_find(finding_id);
BEGIN
    IF NOT f.school_id = ANY (ej.my_lead_schools()) OR f.addressee_id = ANY (ej.my_staff()) THEN
        RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'JE301';
    ELSIF f.state <> (CASE f.kind WHEN 'signal' THEN 'open' ELSE 'answered' END) OR f.answer <> coalesce(shown, '') THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'conflict', 'field', 'state', 'value', f.state)
            || (SELECT jsonb_build_object('who', c.who, 'at', c.at) FROM ej.last_change('finding', ARRAY[f.id]) AS c));
    ELSIF decision = '' AND (f.kind = 'signal' OR state = 'returned') THEN
        RETURN '[{"outcome": "bad", "field": "decision", "code": "JE101"}]';
    ELSIF order_on IS NOT NULL AND order_no = '' THEN
        RETURN '[{"outcome": "bad", "field": "order_no", "code": "JE101"}]';
    ELSIF f.kind = 'signal' AND state <> 'accepted' THEN
        RETURN '[{"outcome": "bad", "field": "state", "code": "JE106"}]';
    END IF;
    UPDATE ej.finding AS x
       SET state = finding_decide.state, decision = finding_decide.decision, order_no = finding_decide.order_no,
           order_on = finding_decide.order_on, decided_on = ej.today(x.school_id),
           decided_staff_id = (SELECT s.id FROM ej.staff AS s
                                WHERE s.id = ANY (ej.my_staff()) AND s.school_id = f.school_id)
     WHERE x.id = f.id;
    IF state = 'returned' THEN
        PERFORM ej.notify(f.school_id, 'finding', NULL, f.id || '-' || f.answered_on, ARRAY(
            SELECT s.person_id FROM ej.staff AS s WHERE s.id = f.addressee_id));
    END IF;
    RETURN '[{"outcome": "saved", "field": "state"}]';
END
$$;

-- How many facts of these findings, among those that the reader reads, are still undone; a finding
-- without any is mended.
CREATE OR REPLACE FUNCTION ej.finding_undone(finding_ids bigint[]) RETURNS TABLE (finding_id bigint, undone bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    f record;
BEGIN
    FOR f IN SELECT x.*, ej.today(x.school_id) AS today
               FROM ej.finding AS x
              WHERE x.id = ANY (finding_ids) AND x.kind = 'finding' AND ej.finding_is_read(x) LOOP
        finding_id := f.id;
        undone := ej.finding_facts(f.duty_key, f.addressee_id, f.class_id, f.teaching_id, f.lesson_id, f.from_on,
                                   f.till_on, f.today);
        RETURN NEXT;
    END LOOP;
END
$$;
ALTER FUNCTION ej.finding_undone(bigint[]) OWNER TO ej_rights;

-- The number of facts of a finding with these words that are undone today. It checks no right: only the functions
-- above call it.
CREATE OR REPLACE FUNCTION ej.finding_facts(duty_key text, addressee_id bigint, class_id bigint, teaching_id bigint,
    lesson_id bigint, from_on date, till_on date, today date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    d record;
BEGIN
    SELECT d.part, d.part IN ('programme', 'visits') OR d.duty_key = 'control-share' AS is_present INTO d
      FROM ej.duties() AS d WHERE d.duty_key = $1;
    RETURN (SELECT count(*)
              FROM ej.duty_facts(ARRAY[d.part],
                       CASE WHEN $4 IS NOT NULL THEN ARRAY[$4]
                            ELSE ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.staff_id = $2) END,
                       CASE WHEN $3 IS NOT NULL THEN ARRAY[$3]
                            ELSE ARRAY(SELECT c.id FROM ej.class AS c WHERE c.class_teacher_id = $2) END,
                       $6, CASE WHEN d.is_present THEN greatest($7, $8) ELSE $7 END) AS x
             WHERE x.duty_key = $1 AND x.is_undone AND x.staff_id = $2
               AND ($5 IS NULL OR x.lesson_id = $5) AND ($3 IS NULL OR x.class_id = $3));
END
$$;
ALTER FUNCTION ej.finding_facts(text, bigint, bigint, bigint, bigint, date, date, date) OWNER TO ej_rights;

GRANT EXECUTE ON FUNCTION ej.finding_make, ej.finding_signal, ej.finding_answer, ej.finding_decide, ej.finding_undone
    TO ej_web;
GRANT EXECUTE ON FUNCTION ej.finding_facts TO ej_rule;
