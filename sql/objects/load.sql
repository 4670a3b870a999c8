-- load.sql: the teaching load of a year against its curriculum, and handing a teaching over.

-- The year of the load: the given one, or the last that begins within a hundred days; and the
-- day for which its teachers are shown: today, but within the year.
CREATE OR REPLACE FUNCTION ej.load_scope(year int) RETURNS TABLE (school_id bigint, year int, on_day date)
LANGUAGE sql STABLE AS $$
SELECT y.school_id, y.year, least(greatest(ej.today(y.school_id), lower(y.during)), upper(y.during) - 1)
  FROM ej.school_year AS y
 WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
   AND CASE WHEN $1 IS NULL THEN lower(y.during) <= ej.today(y.school_id) + 100 ELSE y.year = $1 END
 ORDER BY y.year DESC LIMIT 1
$$;

-- The classes of a year, each with its own study group.
CREATE OR REPLACE FUNCTION ej.load_classes(school_id bigint, year int)
RETURNS TABLE (class_id bigint, study_group_id bigint, name text, grade int, letter text, week_days int)
LANGUAGE sql STABLE AS $$
SELECT c.id, (SELECT g.id FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
               WHERE x.class_id = c.id AND g.kind = 'class' ORDER BY g.id LIMIT 1),
       c.name, c.grade, c.letter::text, c.week_days
  FROM ej.class AS c WHERE c.school_id = ANY (ARRAY[$1]) AND c.year = $2
$$;

-- The load of a year, class by class: each teaching of a group of the class with its hours and
-- those of the curriculum (of its own group, else of the class), and what the curriculum has
-- without a teaching (teaching_id NULL). A group of two classes is there twice.
CREATE OR REPLACE FUNCTION ej.load_lines(school_id bigint, year int)
RETURNS TABLE (class_id bigint, subject_id bigint, study_group_id bigint, teaching_id bigint, planned numeric,
               hours numeric)
LANGUAGE sql STABLE AS $$
WITH k AS MATERIALIZED (
    SELECT * FROM ej.load_classes($1, $2)
), m AS MATERIALIZED (   -- the groups of each class
    SELECT k.class_id, x.study_group_id, x.study_group_id = k.study_group_id AS is_own
      FROM k JOIN ej.study_group_class AS x ON x.class_id = k.class_id
), u AS MATERIALIZED (   -- the school's alone, by its index
    SELECT u.study_group_id, u.subject_id, u.hours_week FROM ej.curriculum AS u WHERE u.school_id = ANY (ARRAY[$1])
), p AS MATERIALIZED (
    SELECT m.class_id, u.study_group_id, m.is_own, u.subject_id, u.hours_week
      FROM m JOIN u ON u.study_group_id = m.study_group_id
), x AS MATERIALIZED (
    SELECT x.id, x.study_group_id, x.subject_id, x.hours_week FROM ej.teaching AS x
     WHERE x.school_id = ANY (ARRAY(SELECT $1)) AND x.year = $2
), t AS MATERIALIZED (
    SELECT m.class_id, x.id AS teaching_id, x.study_group_id, x.subject_id, x.hours_week
      FROM m JOIN x ON x.study_group_id = m.study_group_id
)
SELECT t.class_id, t.subject_id, t.study_group_id, t.teaching_id, coalesce(g.hours_week, c.hours_week), t.hours_week
  FROM t
  LEFT JOIN p AS g ON g.class_id = t.class_id AND g.study_group_id = t.study_group_id AND g.subject_id = t.subject_id
  LEFT JOIN p AS c ON c.class_id = t.class_id AND c.is_own AND c.subject_id = t.subject_id
 UNION ALL
SELECT p.class_id, p.subject_id, p.study_group_id, NULL, p.hours_week, NULL
  FROM p
 WHERE NOT EXISTS (SELECT FROM t WHERE t.class_id = p.class_id AND t.subject_id = p.subject_id
                      AND (p.is_own OR t.study_group_id = p.study_group_id))
$$;

-- Hand a teaching over to staff_id from from_on on, or (is_removed) take the last handing over
-- back, as a form asks. Returns the outcomes. Errors: as ej.hand_over; JE210 it has another teacher meanwhile.
CREATE OR REPLACE FUNCTION ej.load_save(teaching_id bigint, fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    stored text := (SELECT t.staff_id FROM ej.teaching AS t WHERE t.id = teaching_id);
    state  text; field text;
BEGIN
    IF stored <> fields ->> 'old_staff_id' THEN
        RETURN jsonb_build_array(ej.conflict('staff_id', stored, 'teaching', ARRAY[teaching_id]));
    ELSIF (fields ->> 'is_removed')::boolean THEN
        PERFORM ej.hand_back(teaching_id);
    ELSE
        PERFORM ej.hand_over(teaching_id, (fields ->> 'staff_id')::bigint, (fields ->> 'from_on')::date);
    END IF;
    RETURN '[{"field": "staff_id", "outcome": "saved"}]';
EXCEPTION WHEN exclusion_violation OR SQLSTATE 'JE101' OR SQLSTATE 'JE106' OR SQLSTATE 'JE203' OR SQLSTATE 'JE201' THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, field = COLUMN_NAME;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', coalesce(nullif(field, ''), 'staff_id'),
                                                'code', CASE state WHEN '23P01' THEN 'JE206' ELSE state END));
END
$$;
