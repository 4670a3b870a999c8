-- groups.sql: the study groups beside the classes: list, their classes, their members.

-- The groups of a year of the school in which the reader works, each with its classes and
-- teachers, and with the words by which it is found. day: today, or the first of the year.
CREATE OR REPLACE FUNCTION ej.group_words(year int)
RETURNS TABLE (id bigint, name text, kind text, subject_name text, class_names text, staff_names text, day date,
               words text)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT g.id, g.name, g.kind, s.name, c.names, t.names, greatest(ej.today(g.school_id), lower(y.during)),
       concat_ws(' ', g.name, s.name, c.names, t.names)
  FROM ej.study_group AS g
  JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
  LEFT JOIN ej.subject AS s ON s.id = g.subject_id
 CROSS JOIN LATERAL (SELECT coalesce(string_agg(c.name, ' ' ORDER BY c.grade, c.letter), '') AS names
                       FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                      WHERE x.study_group_id = g.id) AS c
 CROSS JOIN LATERAL (SELECT coalesce(string_agg(DISTINCT ej.short_name(f.surname, f.given_name, f.patronymic), ', '),
                                     '') AS names
                       FROM ej.teaching AS t JOIN ej.staff AS f ON f.id = t.staff_id WHERE t.study_group_id = g.id) AS t
 WHERE g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND g.year = group_words.year
   AND g.kind <> 'class'
$$;

-- ---------------------------------------------------------------- classes --

-- Set the classes from which a group draws its pupils. old: the ids of the classes that the
-- form showed, sorted and joined by commas. With is_all every pupil of the classes becomes a
-- member for the year. Returns the outcomes.
CREATE OR REPLACE FUNCTION ej.groups_draw(study_group_id bigint, classes bigint[], old text, is_all boolean)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    g      ej.study_group;
    stored text;
    asked  text := (SELECT string_agg(c::text, ',' ORDER BY c) FROM unnest(classes) AS c);
BEGIN
    SELECT * INTO g FROM ej.study_group AS s WHERE s.id = groups_draw.study_group_id FOR UPDATE;
    IF g.id IS NULL OR g.kind = 'class' THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    stored := (SELECT string_agg(x.class_id::text, ',' ORDER BY x.class_id) FROM ej.study_group_class AS x
                WHERE x.study_group_id = g.id);
    IF stored IS DISTINCT FROM nullif(old, '') AND stored IS DISTINCT FROM asked THEN
        RETURN jsonb_build_array(ej.conflict('class_id', (SELECT string_agg(c.name, ', ' ORDER BY c.grade, c.letter)
            FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id WHERE x.study_group_id = g.id),
                 'study_group_class', ARRAY[g.id]));
    END IF;
    INSERT INTO ej.study_group_class (study_group_id, class_id, school_id)
    SELECT g.id, c.id, g.school_id FROM ej.class AS c
     WHERE c.id = ANY (classes) AND c.school_id = g.school_id AND c.year = g.year
       AND NOT EXISTS (SELECT FROM ej.study_group_class AS x WHERE x.study_group_id = g.id AND x.class_id = c.id);
    DELETE FROM ej.study_group_class AS x WHERE x.study_group_id = g.id AND x.class_id <> ALL (classes);
    IF is_all THEN
        INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
        SELECT DISTINCT g.school_id, g.id, e.pupil_id, y.during
          FROM ej.enrolment AS e JOIN ej.school_year AS y ON y.school_id = e.school_id AND y.year = g.year
         WHERE e.class_id = ANY (classes) AND e.during && y.during
           AND NOT EXISTS (SELECT FROM ej.membership AS m WHERE m.study_group_id = g.id AND m.pupil_id = e.pupil_id);
    END IF;
    RETURN '[{"outcome": "saved"}]';
EXCEPTION WHEN SQLSTATE 'JE211' OR SQLSTATE 'JE206' OR SQLSTATE 'JE230' OR SQLSTATE 'JE231' OR SQLSTATE 'JE233' THEN
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'bad', 'field', 'class_id', 'code', SQLSTATE));
END
$$;

-- ---------------------------------------------------------------- members --

-- The rows of the form of a group's members: each membership (n: its number among those of the
-- pupil), and an empty row for each pupil who could become a member: the pupils of the group's
-- classes, or, if the group has no classes, the pupils found by find.
CREATE OR REPLACE FUNCTION ej.groups_member_rows(study_group_id bigint, find text)
RETURNS TABLE (pupil_id bigint, n int, name text, class_name text, place text, from_on date, till_on date,
               is_in boolean)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH g AS MATERIALIZED (
    SELECT g.id, g.year, g.school_id, greatest(ej.today(g.school_id), lower(y.during)) AS day,
           EXISTS (SELECT FROM ej.study_group_class AS x WHERE x.study_group_id = g.id) AS has_classes
      FROM ej.study_group AS g JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
     WHERE g.id = groups_member_rows.study_group_id
), m AS MATERIALIZED (
    SELECT m.pupil_id, m.during, (row_number() OVER (PARTITION BY m.pupil_id ORDER BY m.during))::int AS n,
           upper(m.during) <= g.day AS is_over
      FROM g JOIN ej.membership AS m ON m.study_group_id = g.id
), p AS MATERIALIZED (
    SELECT DISTINCT e.pupil_id
      FROM g JOIN ej.study_group_class AS x ON x.study_group_id = g.id
      JOIN ej.enrolment AS e ON e.class_id = x.class_id AND (upper_inf(e.during) OR upper(e.during) > g.day)
     UNION
    SELECT e.pupil_id
      FROM g JOIN ej.class AS c ON c.school_id = g.school_id AND c.year = g.year
      JOIN ej.enrolment AS e ON e.class_id = c.id AND (upper_inf(e.during) OR upper(e.during) > g.day)
      JOIN ej.pupil AS p ON p.id = e.pupil_id
     WHERE NOT g.has_classes AND find <> ''
       AND ej.is_found(ej.find_patterns(find), concat_ws(' ', p.surname, p.given_name, p.patronymic, c.name))
), r AS MATERIALIZED (
    SELECT m.pupil_id, m.n, m.during FROM m
    UNION ALL
    SELECT p.pupil_id, coalesce((SELECT max(m.n) FROM m WHERE m.pupil_id = p.pupil_id), 0) + 1, NULL
      FROM p WHERE NOT EXISTS (SELECT FROM m WHERE m.pupil_id = p.pupil_id AND NOT m.is_over)
     LIMIT 1500
)
SELECT r.pupil_id, r.n, w.name, c.name, lpad(coalesce(c.grade, 0)::text, 2, '0') || coalesce(c.letter, ''),
       lower(r.during), upper(r.during) - 1, r.during IS NOT NULL
  FROM r JOIN ej.pupil_names(ARRAY(SELECT r.pupil_id FROM r)) AS w ON w.pupil_id = r.pupil_id
  LEFT JOIN LATERAL (SELECT c.name, c.grade, c.letter FROM g, ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = r.pupil_id AND c.year = g.year ORDER BY lower(e.during) DESC
                      LIMIT 1) AS c ON true
$$;

-- The rows of that form as rows for ej.save_rows: the new, changed and removed memberships,
-- each with its pupil and number (cell). A pupil who is ticked without a day begins on day.
-- Removed ones come first, since some groups have one pupil at most.
CREATE OR REPLACE FUNCTION ej.member_cells(study_group_id bigint, day date, cells jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
WITH m AS MATERIALIZED (
    SELECT m.id, m.pupil_id, row_number() OVER (PARTITION BY m.pupil_id ORDER BY m.during) AS n
      FROM ej.membership AS m WHERE m.study_group_id = member_cells.study_group_id
), c AS (
    SELECT c.*, m.id, c.old_from_on IS NOT NULL OR c.old_till_on IS NOT NULL AS was_in
      FROM jsonb_to_recordset(coalesce(cells, '[]')) AS c(pupil bigint, n int, from_on date, old_from_on date,
                                                          till_on date, old_till_on date, is_in boolean)
      LEFT JOIN m ON m.pupil_id = c.pupil AND m.n = c.n
)
SELECT coalesce(jsonb_agg(CASE
        WHEN c.was_in AND c.id IS NULL
        THEN jsonb_build_object('fault', jsonb_build_object('field', 'from_on', 'code', 'JE210'))
        WHEN c.was_in THEN jsonb_build_object('id', c.id, 'is_removed', NOT c.is_in,
             'from_on', c.from_on, 'old_from_on', c.old_from_on, 'till_on', c.till_on, 'old_till_on', c.old_till_on)
        ELSE jsonb_build_object('study_group_id', member_cells.study_group_id, 'pupil_id', c.pupil,
             'from_on', coalesce(c.from_on, day), 'till_on', c.till_on) END
       || jsonb_build_object('cell', c.pupil || '.' || c.n)
       ORDER BY NOT (c.was_in AND NOT c.is_in), c.till_on IS NULL, c.pupil, c.n), '[]')
  FROM c
 WHERE CASE WHEN c.was_in THEN NOT c.is_in
            OR (c.from_on, c.till_on) IS DISTINCT FROM (c.old_from_on, c.old_till_on) ELSE c.is_in END
$$;

-- Save these rows; returns the outcomes, whose fields are those of the form: from_on.<pupil>.<n>.
CREATE OR REPLACE FUNCTION ej.groups_enter(study_group_id bigint, cells jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.study_group AS g WHERE g.id = groups_enter.study_group_id FOR UPDATE;
    IF NOT FOUND THEN
        RETURN '[{"outcome": "bad", "code": "JE401"}]';
    END IF;
    RETURN (SELECT jsonb_agg(o.one || CASE WHEN o.one ? 'code' THEN jsonb_build_object('field',
                       CASE o.one ->> 'field' WHEN 'till_on' THEN 'till_on'
                            WHEN 'pupil_id' THEN 'is_in' ELSE 'from_on' END
                       || '.' || (cells -> ((o.one ->> 'n')::int - 1) ->> 'cell')) ELSE '{}' END)
              FROM jsonb_array_elements(ej.save_rows('ej.membership', (
                       SELECT jsonb_agg(c.one - 'cell') FROM jsonb_array_elements(cells) AS c(one)))) AS o(one));
END
$$;
