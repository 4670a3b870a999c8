-- reports_statistic.sql: the federal form ОО-1 (REP-16, requirements 3.9), by the map of its year (sql/statistic/).
--
-- A map gives the conditions of a row as attributes. Only the attributes listed here are allowed, and none of them
-- is SQL: so a wrong map can make a wrong count, but do nothing else.

-- Keep a map; it replaces an earlier one of the same year. Errors: invalid_parameter_value: an attribute that is not
-- allowed, a row without a count, a row number that occurs twice, or no year.
CREATE OR REPLACE FUNCTION ej.statistic_load(map text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    doc     xml := map::xml;
    unknown text[] := (xpath('//row/@*[not(contains(" no name count class_kind sex study_form category is_repeater '
        || 'is_day_group age_from age_till by_hand ", concat(" ", name(), " ")))] | //row[not(@by_hand) and '
        || 'not(@count = "pupils" or @count = "classes")]/@no | //row[@no = preceding::row/@no]/@no', doc))::text[];
BEGIN
    IF unknown <> '{}' OR (xpath('/statistic/@year', doc))[1] IS NULL THEN
        RAISE EXCEPTION 'a map of ОО-1 with conditions that are not known: %', unknown
              USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO ej.statistic_map AS m (year, act, map)
    VALUES ((xpath('/statistic/@year', doc))[1]::text::int, (xpath('/statistic/@act', doc))[1]::text, doc)
    ON CONFLICT (year) DO UPDATE SET act = excluded.act, map = excluded.map;
END
$$;

-- The rows of the form of a year, or of the last year before it that has a map; on_day: the day of the count.
CREATE OR REPLACE FUNCTION ej.statistic_rows(year int)
RETURNS TABLE (n bigint, section text, row_no text, name text, count text, class_kinds text[], sex text,
               study_form text, category text, is_repeater boolean, is_day_group boolean, age_from int, age_till int,
               by_hand text, act text, on_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT x.n::bigint, x.section, x.row_no, x.name, x.count, string_to_array(x.class_kind, ' '), x.sex, x.study_form,
           x.category, x.is_repeater = '1', x.is_day_group = '1', x.age_from, x.age_till, x.by_hand, m.act::text,
           ($1 || '-' || x.on_day)::date
      FROM (SELECT m.act, m.map FROM ej.statistic_map AS m WHERE m.year <= $1 ORDER BY m.year DESC LIMIT 1) AS m
     CROSS JOIN LATERAL XMLTABLE('/statistic/section/row' PASSING m.map COLUMNS n FOR ORDINALITY,
           section text PATH '../@name', row_no text PATH '@no', name text PATH '@name', count text PATH '@count',
           class_kind text PATH '@class_kind', sex text PATH '@sex', study_form text PATH '@study_form',
           category text PATH '@category', is_repeater text PATH '@is_repeater', is_day_group text PATH '@is_day_group',
           age_from int PATH '@age_from', age_till int PATH '@age_till', by_hand text PATH '@by_hand',
           on_day text PATH '/statistic/@on') AS x;
END
$$;
ALTER FUNCTION ej.statistic_rows(int) OWNER TO ej_rights;

-- The checks of the form: the number of a row (row_no) and of the rows whose sum it must be (parts).
CREATE OR REPLACE FUNCTION ej.statistic_checks(year int) RETURNS TABLE (n bigint, row_no text, parts text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT x.n::bigint, x.row_no, string_to_array(x.parts, ' ')
      FROM (SELECT m.map FROM ej.statistic_map AS m WHERE m.year <= $1 ORDER BY m.year DESC LIMIT 1) AS m
     CROSS JOIN LATERAL XMLTABLE('/statistic/section/check' PASSING m.map COLUMNS n FOR ORDINALITY,
           row_no text PATH '@row', parts text PATH '@parts') AS x;
END
$$;
ALTER FUNCTION ej.statistic_checks(int) OWNER TO ej_rights;
GRANT SELECT ON ej.statistic_map TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.statistic_rows(int), ej.statistic_checks(int) TO ej_web;

-- The pupils of the classes of the filter on a day, with everything that a condition can ask for; age: whole years on
-- the 1st of January after that day.
CREATE OR REPLACE FUNCTION ej.statistic_pupils(f ej.report_filter, on_day date)
RETURNS TABLE (class_id bigint, grade int, class_kind text, pupil_id bigint, sex text, study_form text,
               categories text[], is_repeater boolean, is_day_group boolean, age int)
LANGUAGE sql STABLE ROWS 1000 AS $$
SELECT c.id, c.grade, c.kind::text, p.pupil_id, k.sex::text, k.study_form::text,
       ARRAY(SELECT x.category::text FROM ej.pupil_category AS x WHERE x.pupil_id = p.pupil_id AND x.during @> on_day),
       k.is_repeater, k.is_day_group,
       extract(year FROM age(make_date(extract(year FROM on_day)::int + 1, 1, 1)::timestamp,
                             k.birth_on::timestamp))::int
  FROM ej.pupil_on_day AS p
  JOIN ej.class AS c ON c.id = p.class_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.pupil_id
 WHERE p.class_id = ANY (f.class_ids) AND p.during @> on_day
$$;

-- ОО-1 (REP-16): the pupils and classes that each row counts, by grade; a row without any has a nought.
CREATE OR REPLACE FUNCTION ej.report_statistic(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 10000 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    day date := (SELECT min(r.on_day) FROM ej.statistic_rows(f.year) AS r);
BEGIN
    RETURN QUERY
    WITH r AS MATERIALIZED (
        SELECT r.* FROM ej.statistic_rows(f.year) AS r WHERE r.by_hand IS NULL
    ), p AS MATERIALIZED (
        SELECT p.* FROM ej.statistic_pupils(f, day) AS p
    ), x AS MATERIALIZED (
        SELECT r.n, r.count, p.class_id, p.grade, p.pupil_id
          FROM r JOIN p ON coalesce(p.class_kind = ANY (r.class_kinds), true)
           AND (r.sex IS NULL OR p.sex = r.sex) AND (r.study_form IS NULL OR p.study_form = r.study_form)
           AND (r.category IS NULL OR r.category = ANY (p.categories))
           AND (r.is_repeater IS NULL OR p.is_repeater = r.is_repeater)
           AND (r.is_day_group IS NULL OR p.is_day_group = r.is_day_group)
           AND (r.age_from IS NULL OR p.age >= r.age_from) AND (r.age_till IS NULL OR p.age <= r.age_till)
    )
    SELECT (ej.fact(x.class_id, x.pupil_id, ARRAY['total', 'grade_' || x.grade], item_id => x.n)).*
      FROM x WHERE x.count = 'pupils'
     UNION ALL
    SELECT (ej.fact(x.class_id, NULL, ARRAY['total', 'grade_' || x.grade], item_id => x.n)).*
      FROM (SELECT DISTINCT x.n, x.class_id, x.grade FROM x WHERE x.count = 'classes') AS x
     UNION ALL
    SELECT (ej.fact(NULL, NULL, '{total}', '{0}', item_id => r.n)).* FROM r;
END
$$;

-- The checks: each row beside the sum of its parts.
CREATE OR REPLACE FUNCTION ej.report_statistic_checks(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 20 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH n AS MATERIALIZED (
        SELECT r.row_no, coalesce(x.amount, 0) AS amount
          FROM ej.statistic_rows(f.year) AS r
          LEFT JOIN (SELECT x.item_id, sum(CASE WHEN x.amounts IS NULL THEN 1 ELSE 0 END) AS amount
                       FROM ej.report_statistic(f) AS x GROUP BY x.item_id) AS x ON x.item_id = r.n
    )
    SELECT (ej.fact(NULL, NULL, '{whole,parts}',
                    ARRAY[(SELECT n.amount FROM n WHERE n.row_no = c.row_no),
                          (SELECT sum(n.amount) FROM n WHERE n.row_no = ANY (c.parts))], item_id => c.n,
                    note => c.row_no || ' = ' || array_to_string(c.parts, ' + '))).*
      FROM ej.statistic_checks(f.year) AS c;
END
$$;

-- The rows that the school fills in from other sources, since the journal has no such data.
CREATE OR REPLACE FUNCTION ej.report_statistic_hand(f ej.report_filter) RETURNS SETOF ej.report_fact
LANGUAGE plpgsql STABLE ROWS 20 SET search_path = ej, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT (ej.fact(NULL, NULL, '{rows}', item_id => r.n, note => r.by_hand)).*
      FROM ej.statistic_rows(f.year) AS r WHERE r.by_hand IS NOT NULL;
END
$$;

-- The section and the words of a row of the form, or the words of a check (kind).
CREATE OR REPLACE FUNCTION ej.statistic_words(kind text, n int, year int) RETURNS TABLE (section text, title text)
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
SELECT r.section, r.row_no || ' ' || r.name || coalesce(' — ' || r.by_hand, '')
  FROM ej.statistic_rows($3) AS r WHERE $1 = 'row' AND r.n = $2
 UNION ALL
SELECT NULL, c.row_no || ' = ' || array_to_string(c.parts, ' + ')
  FROM ej.statistic_checks($3) AS c WHERE $1 = 'check' AND c.n = $2
$$;
