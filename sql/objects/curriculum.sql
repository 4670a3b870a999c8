-- curriculum.sql: the curriculum of a year, saved as cells of subjects and study groups.

-- The study groups of a grade that have a curriculum of their own: the classes, and profiles,
-- electives and individual curricula. Subgroups have that of their class.
CREATE OR REPLACE FUNCTION ej.curriculum_groups(school_id bigint, year int, grade int)
RETURNS TABLE (study_group_id bigint, name text, is_class boolean, grade int, week_days int)
LANGUAGE sql STABLE AS $$
SELECT g.id, g.name::text, g.kind = 'class', min(c.grade), min(c.week_days)
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
