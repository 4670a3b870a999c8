-- rule_plan.sql: rules of calendar-thematic plans.

GRANT SELECT, INSERT, UPDATE ON ej.plan TO ej_rule;
GRANT SELECT, INSERT ON ej.plan_row TO ej_rule;
GRANT SELECT, UPDATE ON ej.plan_use, ej.plan_given, ej.plan_skip TO ej_rule;

-- The rows of a plan that is offered or approved stay as they are. The plan is locked, so that
-- approving it and writing its rows wait for each other. Rows of a new version are copied into it by
-- ej.plan_new() while it is a draft.
CREATE OR REPLACE FUNCTION ej.rule_plan_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    ids bigint[];
    bad jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        ids := ARRAY(SELECT DISTINCT o.plan_id FROM old_rows AS o);
    ELSE
        ids := ARRAY(SELECT DISTINCT n.plan_id FROM new_rows AS n);
    END IF;
    SELECT jsonb_agg(p.id) FILTER (WHERE p.state <> 'draft') INTO bad
      FROM (SELECT p.id, p.state FROM ej.plan AS p WHERE p.id = ANY (ids) ORDER BY p.id FOR SHARE) AS p;
    PERFORM ej.rule_check('plan_is_fixed', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_plan_row', 'plan_row', 'rule_plan_row');

-- A teaching goes by a plan of its own subject, year and school, for a grade of its group.
CREATE OR REPLACE FUNCTION ej.rule_plan_use() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    SELECT jsonb_agg(n.teaching_id) INTO bad
      FROM new_rows AS n
      JOIN ej.teaching AS t ON t.id = n.teaching_id
      JOIN ej.plan AS p ON p.id = n.plan_id
     WHERE (p.school_id, p.year, p.subject_id) <> (t.school_id, t.year, t.subject_id)
        OR NOT EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                        WHERE x.study_group_id = t.study_group_id AND c.grade = p.grade);
    PERFORM ej.rule_check('plan_of_teaching', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_plan_use', 'plan_use', 'rule_plan_use', 'insert', 'update');

-- A topic is given in a lesson of the named teaching that takes place; it is a topic of the same
-- subject and school. The journal may be closed: which topic of a plan a lesson counts for is not
-- part of it.
CREATE OR REPLACE FUNCTION ej.rule_plan_given() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    SELECT jsonb_agg(n.lesson_id) INTO bad
      FROM new_rows AS n
      LEFT JOIN ej.lesson AS l ON l.id = n.lesson_id AND l.teaching_id = n.teaching_id AND l.school_id = n.school_id
      LEFT JOIN ej.teaching AS t ON t.id = l.teaching_id
      LEFT JOIN ej.plan_row AS r ON r.id = n.plan_row_id AND r.school_id = n.school_id
      LEFT JOIN ej.plan AS p ON p.id = r.plan_id AND p.subject_id = t.subject_id
     WHERE p.id IS NULL;
    PERFORM ej.rule_check('plan_given_plan_row_id_fkey', bad);
    SELECT jsonb_agg(n.lesson_id) INTO bad
      FROM new_rows AS n JOIN ej.lesson AS l ON l.id = n.lesson_id WHERE l.state IN ('cancelled', 'moved');
    PERFORM ej.rule_check('lesson_not_held', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_plan_given', 'plan_given', 'rule_plan_given', 'insert', 'update');
