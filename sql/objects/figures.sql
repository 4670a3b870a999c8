-- figures.sql: a pupil's figures of a term: weighted mean, marks, lessons missed.
--
-- One function computes them for all readers, over all groups of the subject that
-- the pupil was in during the term: so the grid, the form of term marks and the
-- family's page show the same mean.

-- The teachings of these subjects whose lessons any of these pupils had in these days.
-- It checks no right: only the functions below may call it. The days are intersected
-- and not compared by &&, for which the planner reads all memberships of these days.
CREATE OR REPLACE FUNCTION ej.figures_teachings(pupil_ids bigint[], subject_ids bigint[], days daterange)
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT t.id FROM ej.teaching AS t
                  WHERE t.subject_id = ANY (subject_ids)
                    AND t.study_group_id = ANY (ARRAY(
                        SELECT DISTINCT b.study_group_id FROM ej.membership AS b
                         WHERE b.pupil_id = ANY (pupil_ids) AND NOT isempty(b.during * days)))
                  ORDER BY t.id);
END
$$;
ALTER FUNCTION ej.figures_teachings(bigint[], bigint[], daterange) OWNER TO ej_rights;

-- The pupils among these whose figures of all these subjects the reader may read:
-- the reader's children, the pupils of a class teacher's class and of a head's
-- school, and the pupils who are, in these days, in groups to which the reader teaches
-- (or gives as a substitute) each of the subjects.
CREATE OR REPLACE FUNCTION ej.figures_pupils(pupil_ids bigint[], subject_ids bigint[], days daterange)
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine      bigint[] := ej.my_pupils();
    schools   bigint[];
    teachings bigint[];
BEGIN
    IF pupil_ids <@ mine THEN
        RETURN pupil_ids;
    END IF;
    schools := ej.my_journal_schools();
    teachings := ej.my_teachings();
    RETURN ARRAY(SELECT p.id FROM ej.pupil AS p
                  WHERE p.id = ANY (pupil_ids)
                    AND (p.id = ANY (mine) OR p.school_id = ANY (schools)))
        || ARRAY(WITH t AS MATERIALIZED (
                        SELECT t.study_group_id, t.subject_id FROM ej.teaching AS t
                         WHERE t.id = ANY (teachings) AND t.subject_id = ANY (subject_ids))
                 SELECT b.pupil_id
                   FROM ej.membership AS b JOIN t ON t.study_group_id = b.study_group_id
                  WHERE b.pupil_id = ANY (pupil_ids) AND NOT isempty(b.during * days)
                    AND b.pupil_id <> ALL (mine) AND b.school_id <> ALL (schools)
                  GROUP BY b.pupil_id
                 HAVING count(DISTINCT t.subject_id) = (SELECT count(DISTINCT s.id) FROM unnest(subject_ids) AS s(id)));
END
$$;
ALTER FUNCTION ej.figures_pupils(bigint[], bigint[], daterange) OWNER TO ej_rights;

-- The number that counts for a work with several attempts, by the school's setting
-- (school.retake_counts): that of the last attempt, of the best, or the mean of all. Without
-- SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.number_counted(rule text, last numeric, best numeric, mean numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE rule WHEN 'best' THEN best WHEN 'mean' THEN mean ELSE last END
$$;

-- A mark in the arithmetic of a mean, «4», or with its weight «5×2».
CREATE OR REPLACE FUNCTION ej.term_of_mean(number numeric, weight_pct int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT replace(trim_scale(number)::text || CASE WHEN weight_pct <> 100
               THEN '×' || trim_scale(weight_pct / 100.0)::text ELSE '' END, '.', ',')
$$;

-- One row for each pupil and subject with a mark or a missed lesson in the term, of these teachings
-- (ej.figures_teachings). It has its caller's rights and checks none: ej.figures() checks them, and the control
-- of a whole school (duty_marks.sql) asks only for pupils whose facts its reader may count.
-- mean is not rounded (ej.mean_shown rounds it), and NULL without a mark that is a
-- number; of several attempts the one counts that the school's setting names. Marks brought
-- from another school count if the school's setting says so. Missed lessons and the
-- arithmetic of the mean, «5×2 + 4 + 3» of the weight 4, only with_grounds.
CREATE OR REPLACE FUNCTION ej.figures_of(pupils bigint[], subject_ids bigint[], teachings bigint[], term_id bigint,
    with_grounds boolean)
RETURNS TABLE (pupil_id bigint, subject_id bigint, mean numeric, marks bigint, missed bigint,
               arithmetic text, weight numeric)
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = ej, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    journals  bigint[];
    rule      text;
    days      daterange;
    counts_outside boolean;
BEGIN
    SELECT s.retake_counts, e.during, s.outside_counts = 'counted' INTO rule, days, counts_outside
      FROM ej.term AS e JOIN ej.school AS s ON s.id = e.school_id WHERE e.id = $4;
    journals := ARRAY(SELECT j.id FROM unnest(teachings) AS t(id)
                       CROSS JOIN LATERAL (SELECT j.id FROM ej.journal AS j
                                            WHERE j.teaching_id = t.id AND j.term_id = $4 OFFSET 0) AS j);
    RETURN QUERY
    WITH works AS MATERIALIZED (
        SELECT w.id, w.scale_id, w.weight_pct,
               (SELECT t.subject_id FROM ej.teaching AS t WHERE t.id = w.teaching_id) AS subject_id
          FROM ej.work AS w
         WHERE w.journal_id = ANY (journals)
    ), numbers AS MATERIALIZED (
        SELECT v.scale_id, v.value, v.number FROM ej.scale_value AS v
         WHERE v.scale_id = ANY (ARRAY(SELECT DISTINCT w.scale_id FROM works AS w)) AND v.number IS NOT NULL
    ), found AS MATERIALIZED (
        SELECT m.pupil_id, w.subject_id, w.id AS work_id, m.attempt, m.scale_id, m.value, w.weight_pct
          FROM works AS w
         -- OFFSET 0: by work, and not all marks of the pupils; an array of hundreds is not searched for each mark
         CROSS JOIN LATERAL (
               SELECT m.pupil_id, m.attempt, m.scale_id, m.value FROM ej.mark AS m
                WHERE m.work_id = w.id AND (cardinality(pupils) > 100 OR m.pupil_id = ANY (pupils))
                  AND m.value IS NOT NULL OFFSET 0) AS m
    ), marks AS MATERIALIZED (
        SELECT m.pupil_id, m.subject_id, m.work_id, m.attempt, v.number, m.weight_pct
          FROM found AS m JOIN numbers AS v ON v.scale_id = m.scale_id AND v.value = m.value
         WHERE m.pupil_id IN (SELECT p.id FROM unnest(pupils) AS p(id))
    ), retaken AS MATERIALIZED (
        SELECT m.work_id, m.pupil_id FROM marks AS m WHERE m.attempt > 1
    ), counting AS MATERIALIZED (
        SELECT m.pupil_id, m.subject_id, m.weight_pct, m.work_id AS place, m.number
          FROM marks AS m WHERE (m.work_id, m.pupil_id) NOT IN (SELECT r.work_id, r.pupil_id FROM retaken AS r)
         UNION ALL
        -- IS TRUE: not as a join, of which the planner does not know the size
        SELECT m.pupil_id, m.subject_id, m.weight_pct, m.work_id,
               ej.number_counted(rule, (max(ARRAY[m.attempt, m.number]))[2], max(m.number), avg(m.number))
          FROM marks AS m WHERE ((m.work_id, m.pupil_id) IN (SELECT r.work_id, r.pupil_id FROM retaken AS r)) IS TRUE
         GROUP BY m.pupil_id, m.subject_id, m.work_id, m.weight_pct
         UNION ALL
        SELECT o.pupil_id, o.subject_id, o.weight_pct, 0, o.number
          FROM ej.outside_mark AS o
         WHERE o.pupil_id = ANY (pupils) AND o.subject_id = ANY (subject_ids) AND o.term_id IS NULL
           AND o.given_on <@ days AND counts_outside AND NOT o.is_void
    )
    SELECT coalesce(m.pupil_id, a.pupil_id), coalesce(m.subject_id, a.subject_id), m.mean,
           coalesce(m.marks, 0), coalesce(a.missed, 0), g.arithmetic, m.weight
      FROM (SELECT o.pupil_id, o.subject_id, sum(o.number * o.weight_pct) / nullif(sum(o.weight_pct), 0) AS mean,
                   count(*) AS marks, sum(o.weight_pct) / 100.0 AS weight
              FROM counting AS o
             GROUP BY o.pupil_id, o.subject_id) AS m
      LEFT JOIN
           (SELECT o.pupil_id, o.subject_id,
                   string_agg(ej.term_of_mean(o.number, o.weight_pct), ' + ' ORDER BY o.place) AS arithmetic
              FROM counting AS o WHERE with_grounds
             GROUP BY o.pupil_id, o.subject_id) AS g
        ON g.pupil_id = m.pupil_id AND g.subject_id = m.subject_id
      FULL JOIN
           (SELECT a.pupil_id, t.subject_id, count(*) AS missed
              FROM ej.lesson AS l
              JOIN ej.teaching AS t ON t.id = l.teaching_id
              JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = ANY (pupils)
              JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
             WHERE with_grounds
               AND l.teaching_id = ANY (teachings) AND l.held_on >= lower(days) AND l.held_on < upper(days)
             GROUP BY a.pupil_id, t.subject_id) AS a
        ON a.pupil_id = m.pupil_id AND a.subject_id = m.subject_id;
END
$$;

-- The rows of ej.figures_of() for those of these pupils whose figures in all these subjects the reader may read.
CREATE OR REPLACE FUNCTION ej.figures(pupil_ids bigint[], subject_ids bigint[], term_id bigint, with_grounds boolean)
RETURNS TABLE (pupil_id bigint, subject_id bigint, mean numeric, marks bigint, missed bigint,
               arithmetic text, weight numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 30 SET search_path = ej, pg_temp AS $$
DECLARE
    pupils bigint[];
    days   daterange;
BEGIN
    SELECT e.during INTO days FROM ej.term AS e WHERE e.id = $3 AND e.school_id = ANY (ej.my_schools());
    IF FOUND THEN
        pupils := ej.figures_pupils(pupil_ids, subject_ids, days);
        RETURN QUERY SELECT f.* FROM ej.figures_of(pupils, subject_ids,
            ej.figures_teachings(pupils, subject_ids, days), term_id, with_grounds) AS f;
    END IF;
END
$$;
ALTER FUNCTION ej.figures(bigint[], bigint[], bigint, boolean) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.figures(bigint[], bigint[], bigint, boolean) TO ej_web;
GRANT SELECT ON ej.outside_mark, ej.work, ej.mark, ej.scale_value, ej.attendance, ej.attendance_code TO ej_rights;

-- Round a mean to two decimals, but never across a hundredth at which a school lets the mark
-- change (school.round_from_pct): 4.496 is shown as 4.49, since 4.50 would mean a five.
CREATE OR REPLACE FUNCTION ej.mean_shown(mean numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN floor(round(mean, 2) + 0.5) = floor(mean + 0.5) AND floor(round(mean, 2) + 0.4) = floor(mean + 0.4)
             AND floor(round(mean, 2) + 0.3) = floor(mean + 0.3) THEN round(mean, 2) ELSE trunc(mean, 2) END
$$;

-- The teachings that the figures of a journal's pupils depend on (revision.sql): the
-- journal's own, and those of other groups from which a pupil came.
CREATE OR REPLACE FUNCTION ej.journal_heads(journal_id bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    own record;
BEGIN
    SELECT s.teaching_id, s.study_group_id, s.subject_id, s.starts_on, s.ends_on INTO own
      FROM ej.journal_scope(journal_id) AS s;
    IF NOT FOUND THEN
        RETURN '{}';
    END IF;
    RETURN own.teaching_id || ej.figures_teachings(
        ARRAY(SELECT b.pupil_id FROM ej.membership AS b WHERE b.study_group_id = own.study_group_id
                 AND b.during && daterange(own.starts_on, own.ends_on)),
        ARRAY[own.subject_id], daterange(own.starts_on, own.ends_on));
END
$$;
ALTER FUNCTION ej.journal_heads(bigint) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.journal_heads(bigint) TO ej_rule;
