-- curriculum.sql: the curriculum of a year, saved as cells of subjects and study groups.

-- The study groups of a grade that have a curriculum of their own: the classes, and profiles,
-- electives and individual curricula. Subgroups have that of their class. is_added: its pupils
-- have these hours beside those of their class.
CREATE OR REPLACE FUNCTION ej.curriculum_groups(school_id bigint, year int, grade int)
RETURNS TABLE (study_group_id bigint, name text, is_class boolean, grade int, week_days int, is_added boolean,
               class_ids bigint[])
LANGUAGE sql STABLE AS $$
SELECT g.id, g.name::text, g.kind = 'class', min(c.grade), min(c.week_days), g.kind IN ('stream', 'profile'),
       array_agg(c.id)
  FROM ej.class AS c
  JOIN ej.study_group_class AS x ON x.class_id = c.id
  JOIN ej.study_group AS g ON g.id = x.study_group_id
 WHERE c.school_id = ANY (ARRAY[$1]) AND c.year = $2 AND $3 IN (0, c.grade) AND g.kind <> 'subgroup'
 GROUP BY g.id
$$;

-- Save cells: the hours of group_ids[i] in subject_ids[i]; empty: none. Returns the outcomes,
-- whose fields are named hours.<group>.<subject>.
CREATE OR REPLACE FUNCTION ej.curriculum_save(group_ids bigint[], subject_ids bigint[], hours text[], olds text[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    cells jsonb := (
        SELECT jsonb_agg(CASE
                   WHEN u.id IS NULL THEN jsonb_build_object('study_group_id', c.g, 'subject_id', c.s, 'hours_week',
                                                             c.new)
                   ELSE jsonb_build_object('id', u.id, 'hours_week', c.new, 'old_hours_week', c.old, 'is_removed',
                                           c.new IS NULL) END
                   || jsonb_build_object('name', format('hours.%s.%s', c.g, c.s)) ORDER BY c.g, c.s)
          FROM (SELECT c.g, c.s, nullif(c.new, '') AS new, nullif(c.old, '') AS old
                  FROM unnest(group_ids, subject_ids, hours, olds) AS c(g, s, new, old)) AS c
          LEFT JOIN ej.curriculum AS u ON u.study_group_id = c.g AND u.subject_id = c.s
         WHERE c.new::numeric IS DISTINCT FROM c.old::numeric AND (u.id IS NOT NULL OR c.new IS NOT NULL));
BEGIN
    RETURN (SELECT jsonb_agg(o.one || jsonb_build_object('field', cells -> ((o.one ->> 'n')::int - 1) ->> 'name')
                             ORDER BY o.n)
              FROM jsonb_array_elements(ej.save_rows('ej.curriculum', cells)) WITH ORDINALITY AS o(one, n));
END
$$;

-- The group of the year before that stands for a group: the class of the same grade and
-- letter, else the group of the same kind and name.
CREATE OR REPLACE FUNCTION ej.curriculum_before(study_group_id bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT o.id
  FROM ej.study_group AS g
  JOIN ej.study_group AS o ON o.school_id = g.school_id AND o.year = g.year - 1 AND o.kind = g.kind
 WHERE g.id = $1
   AND CASE WHEN g.kind = 'class'
            THEN EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                           JOIN ej.class AS b ON b.school_id = c.school_id AND b.year = c.year - 1
                               AND b.grade = c.grade AND b.letter = c.letter
                           JOIN ej.study_group_class AS y ON y.class_id = b.id
                          WHERE x.study_group_id = g.id AND y.study_group_id = o.id)
            ELSE o.name = g.name END
 ORDER BY o.id LIMIT 1
$$;

-- Copy the plan of a group, or (from_id NULL) of each group of the year before, into groups: the
-- hours of the subjects that these do not have yet. targets empty: all groups of a year; the form
-- of one grade must name some. Returns the outcomes.
CREATE OR REPLACE FUNCTION ej.curriculum_take(of_year int, grade int, from_id bigint, targets bigint[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    chosen bigint[] := CASE WHEN grade > 0 THEN targets ELSE ARRAY(
        SELECT g.study_group_id FROM ej.load_scope(of_year) AS s
         CROSS JOIN LATERAL ej.curriculum_groups(s.school_id, s.year, 0) AS g) END;
    pairs  bigint[][];
BEGIN
    IF cardinality(chosen) = 0 THEN
        RETURN '[{"outcome": "bad", "field": "study_group_id", "code": "JE101"}]';
    ELSIF EXISTS (SELECT FROM unnest(chosen) AS c(id) LEFT JOIN ej.study_group AS g USING (id)
                   WHERE g.id IS NULL OR g.school_id <> ALL (ej.my_setup_schools())) THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    END IF;
    pairs := ARRAY(SELECT ARRAY[c.id, coalesce(from_id, ej.curriculum_before(c.id))] FROM unnest(chosen) AS c(id));
    IF NOT EXISTS (SELECT FROM generate_subscripts(pairs, 1) AS i
                     JOIN ej.curriculum AS u ON u.study_group_id = pairs[i][2]) THEN
        RETURN '[{"outcome": "bad", "field": "from_id", "code": "JE106"}]';
    END IF;
    INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
    SELECT g.school_id, g.id, u.subject_id, u.hours_week
      FROM generate_subscripts(pairs, 1) AS i
      JOIN ej.study_group AS g ON g.id = pairs[i][1]
      JOIN ej.curriculum AS u ON u.study_group_id = pairs[i][2] AND u.school_id = g.school_id
     WHERE NOT EXISTS (SELECT FROM ej.curriculum AS o WHERE o.study_group_id = g.id AND o.subject_id = u.subject_id)
     ORDER BY g.id, u.subject_id;
    RETURN '[{"outcome": "saved"}]';
END
$$;

