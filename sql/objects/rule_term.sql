-- rule_term.sql: rules of term marks.
--
-- A term mark needs an open journal of its teaching and term, and a pupil who was in the
-- group during the term. The same holds for an emptied one (value NULL), since it is
-- still a record about the pupil.

-- Refuse if one of these journals is closed; teachings and terms are pairs.
CREATE OR REPLACE FUNCTION ej.rule_open_term(teachings bigint[], terms bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    closed jsonb;
BEGIN
    SELECT jsonb_agg(j.id) FILTER (WHERE j.closed_at IS NOT NULL) INTO closed
      FROM (SELECT j.id, j.closed_at FROM ej.journal AS j
             WHERE (j.teaching_id, j.term_id) IN (SELECT * FROM unnest(teachings, terms))
               FOR SHARE) AS j;
    PERFORM ej.rule_check('journal_closed', closed);
END
$$;

CREATE OR REPLACE FUNCTION ej.rule_term_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM (SELECT DISTINCT n.teaching_id, n.term_id FROM new_rows AS n) AS n
       JOIN ej.teaching AS t ON t.id = n.teaching_id
       JOIN ej.term AS p ON p.id = n.term_id
       JOIN ej.study_group AS g ON g.id = t.study_group_id
       JOIN ej.school AS s ON s.id = g.school_id
      FOR SHARE OF p, g FOR KEY SHARE OF s;
    PERFORM ej.rule_open_term(array_agg(d.teaching_id), array_agg(d.term_id))
       FROM (SELECT DISTINCT teaching_id, term_id FROM new_rows) AS d;
    SELECT f.fault, jsonb_agg(f.key) AS rows INTO bad
      FROM (SELECT jsonb_build_array(n.pupil_id, n.subject_id, n.term_id) AS key, CASE
                WHEN t.school_id <> n.school_id OR t.subject_id <> n.subject_id
                  THEN 'term_mark_teaching_id_fkey'
                WHEN p.school_id <> n.school_id THEN 'term_mark_term_id_fkey'
                WHEN c.school_id <> n.school_id THEN 'term_mark_value'
                WHEN g.school_id <> n.school_id THEN 'term_mark_staff_id_fkey'
                WHEN NOT EXISTS (SELECT FROM ej.study_group_class AS x
                                   JOIN ej.class AS k ON k.id = x.class_id
                                  WHERE x.study_group_id = t.study_group_id
                                    AND k.term_plan_id = p.term_plan_id) THEN 'day_in_term'
                WHEN NOT EXISTS (SELECT FROM ej.membership AS b
                                  WHERE b.study_group_id = t.study_group_id
                                    AND b.pupil_id = n.pupil_id AND b.during && p.during)
                  THEN 'member_that_day'
                WHEN n.value IS NULL THEN NULL
                WHEN EXISTS (SELECT FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id
                              WHERE e.pupil_id = n.pupil_id AND e.during && p.during
                                AND k.year = t.year AND k.grade = ANY (s.unmarked_grades))
                  THEN 'grade_unmarked'
                END AS fault
              FROM new_rows AS n
              JOIN ej.teaching AS t ON t.id = n.teaching_id
              JOIN ej.term AS p ON p.id = n.term_id
              JOIN ej.school AS s ON s.id = n.school_id
              JOIN ej.scale AS c ON c.id = n.scale_id
              LEFT JOIN ej.staff AS g ON g.id = n.staff_id) AS f
     WHERE f.fault IS NOT NULL GROUP BY f.fault ORDER BY f.fault DESC LIMIT 1;
    PERFORM ej.rule_check(bad.fault, bad.rows);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_term_mark', 'term_mark', 'rule_term_mark', 'insert', 'update');

-- Record the day on which a term mark was first given, which tells whether it is late (FIN-03).
CREATE OR REPLACE FUNCTION ej.rule_term_mark_given() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.given_on := ej.today(NEW.school_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_term_mark_given BEFORE INSERT OR UPDATE OF value ON ej.term_mark FOR EACH ROW
    WHEN (NEW.value IS NOT NULL AND NEW.given_on IS NULL) EXECUTE FUNCTION ej.rule_term_mark_given();

-- Check the former row of a changed term mark: its journal must be open too. Another
-- teaching may take a term mark over only if the pupil has left the former one: of two
-- teachers of a pupil's subject each writes only the own marks.
CREATE OR REPLACE FUNCTION ej.rule_term_mark_former() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    bad jsonb;
BEGIN
    PERFORM ej.rule_open_term(array_agg(d.teaching_id), array_agg(d.term_id))
       FROM (SELECT DISTINCT teaching_id, term_id FROM old_rows) AS d;
    SELECT jsonb_agg(jsonb_build_array(o.pupil_id, o.subject_id, o.term_id)) INTO bad
      FROM old_rows AS o
      JOIN new_rows AS n USING (pupil_id, subject_id, term_id)
      JOIN ej.teaching AS former ON former.id = o.teaching_id
      JOIN ej.teaching AS present ON present.id = n.teaching_id
      JOIN ej.school_today AS d ON d.school_id = o.school_id
      JOIN ej.membership AS b ON b.study_group_id = former.study_group_id
       AND b.pupil_id = o.pupil_id AND b.during @> d.today
     WHERE former.id <> present.id AND former.staff_id <> present.staff_id;
    PERFORM ej.rule_check('mark_of_colleague', bad);
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_term_mark_former', 'term_mark', 'rule_term_mark_former', 'update');

CREATE OR REPLACE FUNCTION ej.rule_term_mark_removed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.rule_open_term(array_agg(d.teaching_id), array_agg(d.term_id))
       FROM (SELECT DISTINCT teaching_id, term_id FROM old_rows) AS d;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_term_mark_removed', 'term_mark', 'rule_term_mark_removed', 'delete');
