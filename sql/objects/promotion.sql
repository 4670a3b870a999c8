-- promotion.sql: all pupils go on into the next school year, by one order (CNT-10).
--
-- ej.promotion_lines() proposes the next class of each pupil: the next grade and the same
-- letter; in the last grades of a level (9, 11) the end of school; conditionally with a debt
-- (debts.sql) until it is passed. ej.promotion_choice keeps what is decided otherwise.
-- The promotion is one transaction: it makes the missing classes and moves all pupils
-- (movements.sql). It can be undone until the first lesson of the new year.

-- The present school year of the school that the reader heads, and the day on which the
-- next one begins, if it was opened.
CREATE OR REPLACE FUNCTION ej.promotion_year()
RETURNS TABLE (school_id bigint, year int, during daterange, next_during daterange)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT y.school_id, y.year, y.during, n.during
  FROM ej.school_year AS y
  LEFT JOIN ej.school_year AS n ON n.school_id = y.school_id AND n.year = y.year + 1
 WHERE y.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
 ORDER BY lower(y.during) <= ej.today(y.school_id) DESC, abs(lower(y.during) - ej.today(y.school_id))
 LIMIT 1
$$;

-- The pupils of the present year's last day, each with what is proposed or decided.
CREATE OR REPLACE FUNCTION ej.promotion_lines()
RETURNS TABLE (
    pupil_id bigint, class_id bigint, grade int, letter text, debts bigint,
    outcome text, to_grade int, to_letter text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH y AS MATERIALIZED (
    SELECT y.school_id, y.year, y.during FROM ej.promotion_year() AS y
), e AS MATERIALIZED (
    SELECT e.pupil_id, c.id AS class_id, c.grade, c.letter::text AS letter, y.year
      FROM y
      JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
      JOIN ej.enrolment AS e ON e.class_id = c.id AND lower(e.during) < upper(y.during)
       AND (upper_inf(e.during) OR upper(e.during) >= upper(y.during))
     WHERE c.school_id = ANY (ARRAY(SELECT y.school_id FROM y))
), d AS MATERIALIZED (
    SELECT d.pupil_id, count(*) AS debts
      FROM ej.debts(ARRAY(SELECT e.pupil_id FROM e)) AS d
     WHERE d.passed_on IS NULL
     GROUP BY d.pupil_id
)
SELECT e.pupil_id, e.class_id, e.grade, e.letter, coalesce(d.debts, 0), x.outcome,
       CASE x.outcome WHEN 'graduated' THEN NULL WHEN 'repeating' THEN e.grade ELSE e.grade + 1 END,
       CASE WHEN x.outcome <> 'graduated' THEN coalesce(nullif(h.letter, ''), e.letter) END
  FROM e
  LEFT JOIN d ON d.pupil_id = e.pupil_id
  LEFT JOIN LATERAL (
    SELECT h.outcome, h.letter FROM ej.promotion_choice AS h
     WHERE h.pupil_id = e.pupil_id AND h.year = e.year + 1 OFFSET 0) AS h ON true
 CROSS JOIN LATERAL (
    SELECT coalesce(h.outcome::text,
                    CASE WHEN e.grade IN (9, 11, 12) THEN 'graduated'
                         WHEN d.debts > 0 THEN 'conditional'
                         ELSE 'promoted' END) AS outcome) AS x
$$;

-- Store the decisions about pupils: arrays of the form's rows. A conflict names the field
-- outcome, also when only the letter was changed.
CREATE OR REPLACE FUNCTION ej.promotion_choose(
    pupils bigint[], outcomes text[], letters text[], old_outcomes text[], old_letters text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    results jsonb;
BEGIN
    results := (
        SELECT jsonb_agg(
                   jsonb_build_object('n', r.n)
                   || ej.field_outcome('outcome', l.outcome, r.old_outcome, r.outcome,
                          CASE WHEN l.pupil_id IS NULL THEN 'JE401'
                               WHEN r.letter !~ '^[^\s]{0,10}$' THEN 'JE104' END,
                          'promotion_choice', ARRAY[r.pupil_id, p.year + 1])
                   ORDER BY r.n)
          FROM unnest(pupils, outcomes, letters, old_outcomes, old_letters) WITH ORDINALITY
               AS r(pupil_id, outcome, letter, old_outcome, old_letter, n)
          LEFT JOIN ej.promotion_lines() AS l ON l.pupil_id = r.pupil_id
         CROSS JOIN ej.promotion_year() AS p
         WHERE (r.outcome, coalesce(r.letter, '')) <> (r.old_outcome, coalesce(r.old_letter, '')));
    IF NOT ej.is_refused(results) THEN
        INSERT INTO ej.promotion_choice AS h (pupil_id, year, school_id, outcome, letter)
        SELECT r.pupil_id, p.year + 1, p.school_id, r.outcome, coalesce(r.letter, '')
          FROM unnest(pupils, outcomes, letters, old_outcomes, old_letters) WITH ORDINALITY
               AS r(pupil_id, outcome, letter, old_outcome, old_letter, n)
         CROSS JOIN ej.promotion_year() AS p
         WHERE (r.outcome, coalesce(r.letter, '')) <> (r.old_outcome, coalesce(r.old_letter, ''))
           AND NOT results @> jsonb_build_array(jsonb_build_object('n', r.n, 'outcome', 'conflict'))
        ON CONFLICT ON CONSTRAINT promotion_choice_pkey
        DO UPDATE SET outcome = excluded.outcome, letter = excluded.letter;
    END IF;
    RETURN results;
END
$$;

-- Make the classes of the next year that are missing: with the plan of terms of the same
-- name that the grade has now, and, but for the fifth grade, the same class teacher; not one
-- who took the class for himself and whom no other head has confirmed (rule_given.sql): made
-- anew by somebody else the class would need no confirming.
CREATE OR REPLACE FUNCTION ej.promotion_classes() RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
WITH y AS MATERIALIZED (
    SELECT * FROM ej.promotion_year()
), want AS MATERIALIZED (
    SELECT DISTINCT l.to_grade AS grade, l.to_letter AS letter
      FROM ej.promotion_lines() AS l
     WHERE l.outcome <> 'graduated'
), plan AS MATERIALIZED ( -- of each grade, by its present name
    SELECT w.grade, min(coalesce(n.id, first.id)) AS id
      FROM y CROSS JOIN (SELECT DISTINCT grade FROM want) AS w
      LEFT JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year AND c.grade = w.grade
      LEFT JOIN ej.term_plan AS p ON p.id = c.term_plan_id
      LEFT JOIN ej.term_plan AS n ON n.school_id = y.school_id AND n.year = y.year + 1 AND n.name = p.name
      LEFT JOIN LATERAL (
        SELECT min(a.id) AS id FROM ej.term_plan AS a
         WHERE a.school_id = y.school_id AND a.year = y.year + 1) AS first ON true
     GROUP BY w.grade
)
INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id, class_teacher_id, week_days)
SELECT y.school_id, y.year + 1, w.grade, w.letter, p.id,
       CASE WHEN w.grade <> 5 AND NOT o.is_self_given THEN o.class_teacher_id END,
       coalesce(o.week_days, 6)
  FROM y CROSS JOIN want AS w
  JOIN plan AS p ON p.grade = w.grade
  LEFT JOIN ej.class AS o ON o.school_id = y.school_id AND o.year = y.year
   AND o.grade = w.grade - 1 AND o.letter = w.letter
 WHERE NOT EXISTS (SELECT FROM ej.class AS c WHERE c.school_id = y.school_id AND c.year = y.year + 1
                      AND c.grade = w.grade AND c.letter = w.letter)
 ORDER BY w.grade, w.letter
$$;

-- Promote everybody. Returns the outcomes. JE242: the next year was not opened; JE243: it
-- was done already; other rules as in movements.sql.
CREATE OR REPLACE FUNCTION ej.promotion_write(order_no text, order_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    y       record;
    made    bigint;
    bad     text;
    state   text;
    rule    text;
    field   text;
BEGIN
    SELECT * INTO y FROM ej.promotion_year();
    bad := CASE
        WHEN y.next_during IS NULL
             OR NOT EXISTS (SELECT FROM ej.term_plan AS p WHERE p.school_id = y.school_id AND p.year = y.year + 1)
        THEN 'JE242'
        WHEN EXISTS (SELECT FROM ej.promotion AS p
                      WHERE p.school_id = y.school_id AND p.year = y.year + 1 AND p.undone_reason IS NULL)
        THEN 'JE243' END;
    IF bad IS NOT NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'code', bad));
    END IF;
    INSERT INTO ej.promotion (school_id, year, order_no, order_on)
    VALUES (y.school_id, y.year + 1, promotion_write.order_no, promotion_write.order_on) RETURNING id INTO made;
    PERFORM ej.promotion_classes();
    WITH line AS MATERIALIZED (
        SELECT l.pupil_id, l.class_id AS from_class_id, l.outcome, c.id AS class_id
          FROM ej.promotion_lines() AS l
          LEFT JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year + 1
           AND c.grade = l.to_grade AND c.letter = l.to_letter
    ), moved AS MATERIALIZED (
        SELECT m.pupil_id, m.written
          FROM (SELECT array_agg(l.pupil_id ORDER BY l.pupil_id) AS pupils,
                       array_agg(l.class_id ORDER BY l.pupil_id) AS classes
                  FROM line AS l) AS a,
               ej.move_pupils(a.pupils, a.classes, lower(y.next_during), promotion_write.order_no) AS m
    )
    INSERT INTO ej.movement (school_id, pupil_id, kind, from_class_id, class_id, moved_on,
                             reason, order_no, order_on, note, written, promotion_id)
    SELECT y.school_id, l.pupil_id,
           CASE WHEN l.class_id IS NULL THEN 'leave' ELSE 'transfer' END,
           l.from_class_id, l.class_id, lower(y.next_during),
           l.outcome, promotion_write.order_no, promotion_write.order_on, '', m.written, made
      FROM line AS l JOIN moved AS m ON m.pupil_id = l.pupil_id
     ORDER BY l.pupil_id;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE !~ '^(22|23|JE[123])' THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME;
    RETURN jsonb_build_array(ej.refusal('ej.promotion', state, rule, nullif(field, 'during')));
END
$$;

-- Undo a promotion. Returns the outcomes. JE244: lessons of the new year have begun; JE211:
-- pupils were moved since. The classes stay.
CREATE OR REPLACE FUNCTION ej.promotion_undo(promotion bigint, why text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    p   ej.promotion;
    bad text;
BEGIN
    SELECT * INTO p FROM ej.promotion AS x WHERE x.id = promotion FOR UPDATE;
    IF p.id IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    bad := CASE
        WHEN p.undone_reason IS NOT NULL THEN 'JE211'
        WHEN EXISTS (SELECT FROM ej.lesson AS l
                      WHERE l.school_id = p.school_id
                        AND l.held_on <= ej.today(p.school_id) AND l.state IN ('planned', 'given')
                        AND l.id >= p.year * 10000000000 AND l.id < (p.year + 1) * 10000000000)
        THEN 'JE244'
        WHEN EXISTS (SELECT FROM ej.movement AS m
                       JOIN ej.movement AS o ON o.pupil_id = m.pupil_id AND o.id > m.id AND o.undone_reason IS NULL
                      WHERE m.promotion_id = p.id AND m.undone_reason IS NULL)
        THEN 'JE211' END;
    IF bad IS NULL AND NOT ej.move_back(coalesce((
            SELECT jsonb_agg(w.item || jsonb_build_object('pupil_id', m.pupil_id))
              FROM ej.movement AS m, jsonb_array_elements(m.written) AS w(item)
             WHERE m.promotion_id = p.id AND m.undone_reason IS NULL), '[]')) THEN
        bad := 'JE211';
    END IF;
    IF bad IS NOT NULL THEN
        RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'undone_reason', 'code', bad));
    END IF;
    UPDATE ej.movement AS m SET undone_reason = why WHERE m.promotion_id = p.id AND m.undone_reason IS NULL;
    UPDATE ej.promotion AS x SET undone_reason = why WHERE x.id = p.id;
    RETURN '[{"outcome": "saved"}]';
END
$$;
