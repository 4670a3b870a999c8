-- calendar.sql: bells and terms, saved as the rows of one form; which bells a group has.

-- The modes that concern study groups; place counts from 1 for each group: special days go first,
-- then the group's own mode, that of its class, that of the grade. For all groups of a page at
-- once: to ask for one group and day after the other costs milliseconds each.
CREATE OR REPLACE FUNCTION ej.group_modes(group_ids bigint[])
RETURNS TABLE (study_group_id bigint, bell_plan_id bigint, during daterange, place bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH g AS MATERIALIZED (
        SELECT g.id, g.school_id FROM ej.study_group AS g WHERE g.id = ANY (group_ids)
    ), class AS MATERIALIZED (
        SELECT k.study_group_id, c.id, c.grade FROM ej.study_group_class AS k JOIN ej.class AS c ON c.id = k.class_id
         WHERE k.study_group_id = ANY (group_ids)
    ), whole AS MATERIALIZED ( -- the groups of whole classes, whose modes their parts have, too
        SELECT k.class_id, o.id FROM ej.study_group_class AS k JOIN ej.study_group AS o ON o.id = k.study_group_id
         WHERE k.class_id = ANY (ARRAY(SELECT c.id FROM class AS c)) AND o.kind = 'class'
    ), m AS MATERIALIZED (
        SELECT m.* FROM ej.mode AS m WHERE m.school_id = ANY (ARRAY(SELECT DISTINCT g.school_id FROM g))
    ), of AS (
        SELECT g.id, m.id AS mode_id FROM g JOIN m ON m.study_group_id = g.id
         UNION
        SELECT c.study_group_id, m.id FROM class AS c JOIN whole AS o ON o.class_id = c.id
          JOIN m ON m.study_group_id = o.id
         UNION
        SELECT g.id, m.id FROM class AS c JOIN g ON g.id = c.study_group_id
          JOIN m ON m.study_group_id IS NULL AND m.school_id = g.school_id
           AND c.grade BETWEEN m.grade_from AND m.grade_till
    )
    SELECT o.id, m.bell_plan_id, m.during,
           row_number() OVER (PARTITION BY o.id ORDER BY m.is_special DESC, m.study_group_id = o.id DESC NULLS LAST,
                                                         m.study_group_id NULLS LAST, m.id)
      FROM of AS o JOIN m ON m.id = o.mode_id;
END
$$;

-- The bell plan of a study group on a day, or NULL.
CREATE OR REPLACE FUNCTION ej.bell_plan_on(study_group_id bigint, day date) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT m.bell_plan_id FROM ej.group_modes(ARRAY[bell_plan_on.study_group_id]) AS m
 WHERE m.during @> day ORDER BY m.place LIMIT 1
$$;

-- The term plan that a new class of this grade gets: of those made for the grade the one
-- for the fewest grades. NULL: none.
CREATE OR REPLACE FUNCTION ej.term_plan_of(school_id bigint, year int, grade int) RETURNS bigint
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT p.id FROM ej.term_plan AS p
 WHERE p.school_id = $1 AND p.year = $2 AND $3 BETWEEN p.grade_from AND p.grade_till
 ORDER BY p.grade_till - p.grade_from, p.name LIMIT 1
$$;

-- ----------------------------------------------------------------- saving --

-- Save a record and the rows of its form: record is the record as ej.write_row takes it,
-- answer has the outcomes of the rows. Returns all outcomes; is_good says whether the caller
-- may write the rows, too.
CREATE OR REPLACE FUNCTION ej.write_record(rel regclass, record jsonb, INOUT answer jsonb, OUT is_good boolean)
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    written jsonb;
BEGIN
    answer := coalesce(answer, '[]');
    is_good := NOT ej.is_refused(answer);
    IF is_good THEN
        written := ej.write_row(rel, record);
        is_good := NOT ej.is_refused(written) AND NOT written @> '[{"done": "removed"}]';
        -- outside of the table of rows
        answer := answer || (SELECT coalesce(jsonb_agg('{"n": 0}' || o.item), '[]')
                               FROM jsonb_array_elements(written) AS o(item));
    END IF;
END
$$;

-- The rows of a bell plan's form: row n is the slot n - 1. stored_…: the values in the
-- database; before: the latest end of the rows above.
CREATE OR REPLACE FUNCTION ej.bell_rows(
    bell_plan_id bigint, starts time[], old_starts time[], ends time[], old_ends time[])
RETURNS TABLE (
    n int, slot int, starts time, old_starts time, stored_starts time,
    ends time, old_ends time, stored_ends time, before time)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT u.n::int, u.n::int - 1, u.starts, u.old_starts, b.starts, u.ends, u.old_ends, b.ends,
       max(u.ends) OVER (ORDER BY u.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  FROM unnest($2, $3, $4, $5) WITH ORDINALITY AS u(starts, old_starts, ends, old_ends, n)
  LEFT JOIN ej.bell AS b ON b.bell_plan_id = $1 AND b.slot = u.n - 1
$$;

-- Save a bell plan (fields, as ej.save_rows takes them) and its lessons; a row without times
-- is no lesson.
CREATE OR REPLACE FUNCTION ej.bells_save(
    bell_plan_id bigint, fields jsonb,
    starts time[], old_starts time[], ends time[], old_ends time[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer  jsonb;
    is_good boolean;
BEGIN
    PERFORM FROM ej.bell_plan AS p WHERE p.id = bells_save.bell_plan_id FOR UPDATE;
    SELECT jsonb_agg(jsonb_build_object('n', r.n) || f.item ORDER BY r.n) INTO answer
      FROM ej.bell_rows($1, $3, $4, $5, $6) AS r, LATERAL (VALUES
           (ej.field_outcome(
                'starts',
                coalesce(to_char(r.stored_starts, 'HH24:MI'), ''),
                coalesce(to_char(r.old_starts, 'HH24:MI'), ''),
                coalesce(to_char(r.starts, 'HH24:MI'), ''),
                CASE WHEN r.starts IS NULL AND r.ends IS NOT NULL THEN 'JE101'
                     WHEN r.starts < r.before THEN 'JE271' END,
                'bell', ARRAY[$1, r.slot]),
            r.starts IS DISTINCT FROM r.old_starts),
           (ej.field_outcome(
                'ends',
                coalesce(to_char(r.stored_ends, 'HH24:MI'), ''),
                coalesce(to_char(r.old_ends, 'HH24:MI'), ''),
                coalesce(to_char(r.ends, 'HH24:MI'), ''),
                CASE WHEN r.ends IS NULL AND r.starts IS NOT NULL THEN 'JE101'
                     WHEN r.ends <= r.starts THEN 'JE132' END,
                'bell', ARRAY[$1, r.slot]),
            r.ends IS DISTINCT FROM r.old_ends)) AS f(item, is_changed)
     WHERE f.is_changed OR f.item ->> 'outcome' <> 'conflict';
    SELECT w.answer, w.is_good INTO answer, is_good
      FROM ej.write_record('ej.bell_plan', fields || jsonb_build_object('id', $1), answer) AS w;
    IF is_good THEN
        PERFORM ej.bells_write($1, starts, old_starts, ends, old_ends);
    END IF;
    RETURN answer;
END
$$;

-- Write the rows of a bell plan whose stored values are the old ones.
CREATE OR REPLACE FUNCTION ej.bells_write(
    bell_plan_id bigint, starts time[], old_starts time[], ends time[], old_ends time[])
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.bell AS b USING ej.bell_rows($1, $2, $3, $4, $5) AS r
     WHERE b.bell_plan_id = $1 AND b.slot = r.slot AND r.starts IS NULL AND r.ends IS NULL
       AND r.stored_starts = r.old_starts AND r.stored_ends = r.old_ends;
    INSERT INTO ej.bell AS b (bell_plan_id, school_id, slot, starts, ends)
    SELECT p.id, p.school_id, r.slot, w.starts, w.ends
      FROM ej.bell_plan AS p, ej.bell_rows($1, $2, $3, $4, $5) AS r,
           LATERAL (
        SELECT CASE WHEN r.stored_starts IS DISTINCT FROM r.old_starts THEN r.stored_starts
                    ELSE r.starts END AS starts,
               CASE WHEN r.stored_ends IS DISTINCT FROM r.old_ends THEN r.stored_ends
                    ELSE r.ends END AS ends) AS w
     WHERE p.id = $1 AND w.starts IS NOT NULL AND w.ends IS NOT NULL
       AND (w.starts, w.ends) IS DISTINCT FROM (r.stored_starts, r.stored_ends)
    ON CONFLICT ON CONSTRAINT bell_pkey DO UPDATE SET starts = excluded.starts, ends = excluded.ends;
END
$$;

-- The number of terms of a plan's kind, beside the year.
CREATE OR REPLACE FUNCTION ej.term_count(kind text) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE kind WHEN 'quarter' THEN 4 WHEN 'trimester' THEN 3 WHEN 'half' THEN 2 ELSE 1 END
$$;

-- The rows of a term plan's form: row n is the term with the ordinal n, and the year (0) in a
-- plan without other terms. stored_…: the values in the database; before: the last day of the
-- rows above; bounds: the school year.
CREATE OR REPLACE FUNCTION ej.term_rows(
    term_plan_id bigint, names text[], old_names text[], from_on date[], old_from_on date[],
    till_on date[], old_till_on date[])
RETURNS TABLE (
    n int, ordinal int, kind text, id bigint, name text, old_name text, stored_name text,
    from_on date, old_from_on date, stored_from_on date, till_on date, old_till_on date,
    stored_till_on date, before date, bounds daterange)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT u.n::int, o.ordinal, p.kind::text, t.id, u.name, u.old_name, t.name::text,
       u.from_on, u.old_from_on, lower(t.during), u.till_on, u.old_till_on, upper(t.during) - 1,
       max(u.till_on) OVER (ORDER BY u.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), y.during
  FROM ej.term_plan AS p
  JOIN ej.school_year AS y ON y.school_id = p.school_id AND y.year = p.year
 CROSS JOIN unnest($2, $3, $4, $5, $6, $7) WITH ORDINALITY
       AS u(name, old_name, from_on, old_from_on, till_on, old_till_on, n)
 CROSS JOIN LATERAL (SELECT CASE WHEN p.kind = 'year' THEN 0 ELSE u.n END::int AS ordinal) AS o
  LEFT JOIN ej.term AS t ON t.term_plan_id = p.id AND t.kind = p.kind AND t.ordinal = o.ordinal
 WHERE p.id = $1 AND u.n <= ej.term_count(p.kind)
$$;

-- Save a term plan (fields, as ej.save_rows takes them) and its terms; a row without days is
-- no term. The term of the year reaches from the first to the last and is named year_name.
CREATE OR REPLACE FUNCTION ej.terms_save(
    term_plan_id bigint, fields jsonb, year_name text,
    names text[], old_names text[], from_on date[], old_from_on date[], till_on date[], old_till_on date[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    answer  jsonb;
    is_good boolean;
BEGIN
    PERFORM FROM ej.term_plan AS p WHERE p.id = $1 FOR UPDATE;
    SELECT jsonb_agg(jsonb_build_object('n', r.n) || f.item ORDER BY r.n) INTO answer
      FROM ej.term_rows($1, $4, $5, $6, $7, $8, $9) AS r, LATERAL (VALUES
           (ej.field_outcome(
                'term_name',
                coalesce(r.stored_name, r.old_name),
                r.old_name,
                r.name,
                CASE WHEN r.name = '' AND r.from_on IS NOT NULL THEN 'JE101' END,
                'term', ARRAY[r.id]),
            r.name <> r.old_name),
           (ej.field_outcome(
                'from_on',
                coalesce(r.stored_from_on::text, ''),
                coalesce(r.old_from_on::text, ''),
                coalesce(r.from_on::text, ''),
                CASE WHEN r.from_on IS NULL AND r.till_on IS NOT NULL THEN 'JE101'
                     WHEN r.from_on <= r.before THEN 'JE271'
                     WHEN NOT r.bounds @> r.from_on THEN 'JE171' END,
                'term', ARRAY[r.id]),
            r.from_on IS DISTINCT FROM r.old_from_on),
           (ej.field_outcome(
                'till_on',
                coalesce(r.stored_till_on::text, ''),
                coalesce(r.old_till_on::text, ''),
                coalesce(r.till_on::text, ''),
                CASE WHEN r.till_on IS NULL AND r.from_on IS NOT NULL THEN 'JE101'
                     WHEN r.till_on < r.from_on THEN 'JE132'
                     WHEN NOT r.bounds @> r.till_on THEN 'JE171' END,
                'term', ARRAY[r.id]),
            r.till_on IS DISTINCT FROM r.old_till_on)) AS f(item, is_changed)
     WHERE f.is_changed OR f.item ->> 'outcome' <> 'conflict';
    SELECT w.answer, w.is_good INTO answer, is_good
      FROM ej.write_record('ej.term_plan', fields || jsonb_build_object('id', $1), answer) AS w;
    IF is_good THEN
        PERFORM ej.terms_write($1, names, old_names, from_on, old_from_on, till_on, old_till_on);
        PERFORM ej.terms_write_year($1, year_name);
    END IF;
    RETURN answer;
END
$$;

-- Write the terms of a plan whose stored values are the old ones. All are changed by one
-- statement, so that a day may pass from one to its neighbour.
CREATE OR REPLACE FUNCTION ej.terms_write(
    term_plan_id bigint, names text[], old_names text[], from_on date[], old_from_on date[],
    till_on date[], old_till_on date[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    DELETE FROM ej.term AS t USING ej.term_rows($1, $2, $3, $4, $5, $6, $7) AS r
     WHERE t.id = r.id AND r.from_on IS NULL AND r.till_on IS NULL
       AND r.stored_from_on = r.old_from_on AND r.stored_till_on = r.old_till_on;
    UPDATE ej.term AS t SET name = w.name, during = w.during
      FROM ej.term_rows($1, $2, $3, $4, $5, $6, $7) AS r,
           LATERAL (
        SELECT CASE WHEN r.stored_name = r.old_name THEN r.name ELSE r.stored_name END AS name,
               daterange(
                   CASE WHEN r.stored_from_on = r.old_from_on THEN r.from_on ELSE r.stored_from_on END,
                   CASE WHEN r.stored_till_on = r.old_till_on THEN r.till_on ELSE r.stored_till_on END,
                   '[]') AS during) AS w
     WHERE t.id = r.id AND (t.name, t.during) IS DISTINCT FROM (w.name, w.during)
       AND NOT (lower_inf(w.during) OR upper_inf(w.during));
    INSERT INTO ej.term (school_id, term_plan_id, kind, ordinal, name, during)
    SELECT p.school_id, p.id, r.kind, r.ordinal, r.name, daterange(r.from_on, r.till_on, '[]')
      FROM ej.term_plan AS p, ej.term_rows($1, $2, $3, $4, $5, $6, $7) AS r
     WHERE p.id = $1 AND r.id IS NULL AND r.old_from_on IS NULL AND r.from_on IS NOT NULL
     ORDER BY r.n;
END
$$;

-- Make the year of a plan, and the exam and the final mark after it, reach from its first to its
-- last term. Without terms it has none.
CREATE OR REPLACE FUNCTION ej.terms_write_year(term_plan_id bigint, year_name text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ej.term_plan AS p WHERE p.id = $1 AND p.kind = 'year') THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM ej.term AS t WHERE t.term_plan_id = $1 AND t.is_taught) THEN
        DELETE FROM ej.term AS t WHERE t.term_plan_id = $1;
        RETURN;
    END IF;
    UPDATE ej.term AS t SET during = s.during
      FROM (SELECT range_merge(range_agg(x.during)) AS during FROM ej.term AS x
             WHERE x.term_plan_id = $1 AND x.is_taught) AS s
     WHERE t.term_plan_id = $1 AND NOT t.is_taught AND t.during <> s.during;
    INSERT INTO ej.term (school_id, term_plan_id, kind, ordinal, name, during)
    SELECT p.school_id, p.id, k.kind, 0, k.name,
           (SELECT range_merge(range_agg(x.during)) FROM ej.term AS x WHERE x.term_plan_id = p.id)
      FROM ej.term_plan AS p,
           (VALUES (1, 'year', year_name), (2, 'exam', 'Экзамен'), (3, 'final', 'Итог')) AS k(n, kind, name)
     WHERE p.id = $1
       AND NOT EXISTS (SELECT FROM ej.term AS x WHERE x.term_plan_id = p.id AND x.kind = k.kind)
     ORDER BY k.n;
    UPDATE ej.term AS t SET parent_id = y.id
      FROM ej.term AS y
     WHERE t.term_plan_id = $1 AND y.term_plan_id = $1 AND y.kind = 'year' AND t.is_taught AND t.parent_id IS NULL;
END
$$;
