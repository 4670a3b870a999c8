-- debts.sql: academic debts: year marks that are no pass (273-FZ, art. 58), and the rules of
-- their retakes. A debt is no row of its own: it is there as long as its year mark is no pass,
-- and so follows a correction of the mark. A passed retake ends it and leaves the mark as it is:
-- the year mark is the result of the attestation in May, which the retake does not make untrue.

-- The debts of these pupils with what came of them. until_on: the last day of the year in which
-- the law allows two retakes. Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.debts(pupils bigint[])
RETURNS TABLE (pupil_id bigint, subject_id bigint, term_id bigint, year int, scale_id bigint, value text,
               arose_on date, until_on date, attempts bigint, planned_on date, passed_on date, passed text)
LANGUAGE sql STABLE AS $$
SELECT m.pupil_id, m.subject_id, m.term_id, p.year, m.scale_id, m.value::text, x.arose_on,
       (x.arose_on + interval '1 year')::date, r.attempts, r.planned_on, r.passed_on, r.passed
  FROM ej.term_mark AS m
  JOIN ej.term AS t ON t.id = m.term_id AND t.kind = 'year'
  JOIN ej.term_plan AS p ON p.id = t.term_plan_id
  JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND NOT v.is_pass
   AND (v.sou_weight IS NOT NULL OR v.value = 'н/а')
 CROSS JOIN LATERAL (SELECT coalesce(m.given_on, upper(t.during) - 1) AS arose_on) AS x
 CROSS JOIN LATERAL (
       SELECT count(*) AS attempts, max(q.held_on) FILTER (WHERE q.value IS NULL) AS planned_on,
              max(q.held_on) FILTER (WHERE w.is_pass) AS passed_on,
              max(q.value::text) FILTER (WHERE w.is_pass) AS passed
         FROM (SELECT q.held_on, q.scale_id, q.value FROM ej.retake AS q
                WHERE q.pupil_id = m.pupil_id AND q.subject_id = m.subject_id AND q.term_id = m.term_id
                  AND NOT q.is_void OFFSET 0) AS q
         LEFT JOIN ej.scale_value AS w ON w.scale_id = q.scale_id AND w.value = q.value) AS r
 WHERE m.pupil_id = ANY (pupils)
$$;

-- The debts of the pupils of the school in which the reader works, to a class teacher of the own
-- class, by a part of the pupil's or subject's name or the class.
CREATE OR REPLACE FUNCTION ej.debts_found(find text)
RETURNS TABLE (pupil_id bigint, name text, order_no bigint, class_name text, grade int, subject_name text, year int,
               value text, until_on date, attempts bigint, planned_on date, passed_on date, passed text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH e AS MATERIALIZED (
    SELECT DISTINCT ON (e.pupil_id) e.pupil_id, c.name::text AS class_name, c.grade
      FROM ej.class AS c
      JOIN ej.enrolment AS e ON e.class_id = c.id
     WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND c.year = (SELECT ej.shown_year())
       AND (c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
            OR c.id = ANY ((SELECT ej.my_classes())::bigint[]))
     ORDER BY e.pupil_id, lower(e.during) DESC
), d AS MATERIALIZED (
    SELECT * FROM ej.debts(ARRAY(SELECT e.pupil_id FROM e)) AS d
)
SELECT d.pupil_id, n.name, n.order_no, e.class_name, e.grade, s.name::text, d.year, d.value, d.until_on, d.attempts,
       d.planned_on, d.passed_on, d.passed
  FROM d
  JOIN e ON e.pupil_id = d.pupil_id
  JOIN ej.pupil_names(ARRAY(SELECT d.pupil_id FROM d)) AS n ON n.pupil_id = d.pupil_id
  JOIN ej.subject AS s ON s.id = d.subject_id
 WHERE ej.is_found((SELECT ej.find_patterns(find)), concat_ws(' ', n.name, e.class_name, s.name))
$$;

-- Appoint the next retake of a pupil's oldest open debt in a subject; returns the outcomes.
-- JE101, JE293: no subject, no debt in it; JE294: two retakes were held, or one has no result.
CREATE OR REPLACE FUNCTION ej.debts_appoint(pupil_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    debt  record;
    fault jsonb;
BEGIN
    SELECT d.subject_id, d.term_id, d.scale_id, d.attempts, d.planned_on INTO debt
      FROM ej.debts(ARRAY[debts_appoint.pupil_id]) AS d
     WHERE d.subject_id = (fields ->> 'subject_id')::bigint AND d.passed_on IS NULL
     ORDER BY d.arose_on, d.term_id LIMIT 1;
    fault := CASE WHEN fields ->> 'subject_id' IS NULL THEN '{"field": "subject_id", "code": "JE101"}'
                  WHEN debt IS NULL THEN '{"field": "subject_id", "code": "JE293"}'
                  WHEN debt.attempts > 1 OR debt.planned_on IS NOT NULL
                  THEN '{"field": "held_on", "code": "JE294"}' END::jsonb;
    IF fault IS NOT NULL THEN
        RETURN ej.save_rows('ej.retake', fields || jsonb_build_object('id', NULL, 'fault', fault));
    END IF;
    RETURN ej.save_rows('ej.retake', fields || jsonb_build_object('id', NULL, 'pupil_id', pupil_id,
        'term_id', debt.term_id, 'scale_id', debt.scale_id, 'attempt', debt.attempts + 1));
END
$$;

-- ------------------------------------------------------------------------- rules --

GRANT SELECT ON ej.retake, ej.scale_value TO ej_rule;

-- Refuse a retake of a mark that is a pass; of a debt two that are not one after the other, the
-- first failed; days before the debt, or without a reason more than a year after it; a result
-- before the day. All retakes of a debt are checked when one is written, so that a first one is
-- not made void or passed under a second. The year mark is locked: its writers and those of its
-- retakes wait for each other. A mark corrected later leaves its retakes without a debt: they
-- stay, as what happened.
CREATE OR REPLACE FUNCTION ej.rule_retake() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    PERFORM FROM ej.term_mark AS m
      WHERE (m.pupil_id, m.subject_id, m.term_id) IN (SELECT n.pupil_id, n.subject_id, n.term_id FROM new_rows AS n)
      ORDER BY m.pupil_id, m.subject_id, m.term_id FOR NO KEY UPDATE;
    SELECT f.fault, jsonb_agg(f.id) AS rows INTO bad
      FROM (SELECT r.id, CASE
                WHEN TG_OP = 'INSERT' AND (v.is_pass IS DISTINCT FROM false OR NOT t.kind = 'year')
                  THEN 'retake_no_debt'
                WHEN r.attempt = 2 AND (o.id IS NULL OR w.is_pass IS DISTINCT FROM false OR o.held_on >= r.held_on)
                  THEN 'retake_order'
                WHEN r.held_on <= x.arose_on THEN 'retake_days'
                WHEN r.held_on > x.arose_on + interval '1 year' AND r.note = '' THEN 'retake_late'
                WHEN r.value IS NOT NULL AND r.held_on > ej.today(r.school_id) THEN 'retake_to_come' END AS fault
              FROM (SELECT DISTINCT n.pupil_id, n.subject_id, n.term_id FROM new_rows AS n) AS d
              JOIN ej.retake AS r ON r.pupil_id = d.pupil_id AND r.subject_id = d.subject_id AND r.term_id = d.term_id
               AND NOT r.is_void
              JOIN ej.term_mark AS m ON m.pupil_id = d.pupil_id AND m.subject_id = d.subject_id
               AND m.term_id = d.term_id
              JOIN ej.term AS t ON t.id = m.term_id
              LEFT JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
             CROSS JOIN LATERAL (SELECT coalesce(m.given_on, upper(t.during) - 1) AS arose_on) AS x
              LEFT JOIN ej.retake AS o ON r.attempt = 2 AND o.pupil_id = r.pupil_id AND o.subject_id = r.subject_id
               AND o.term_id = r.term_id AND o.attempt = 1 AND NOT o.is_void
              LEFT JOIN ej.scale_value AS w ON w.scale_id = o.scale_id AND w.value = o.value) AS f
     WHERE f.fault IS NOT NULL
     GROUP BY f.fault ORDER BY f.fault LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
CREATE TRIGGER rule_retake_insert AFTER INSERT ON ej.retake
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ej.rule_retake();
CREATE TRIGGER rule_retake_update AFTER UPDATE ON ej.retake
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ej.rule_retake();
