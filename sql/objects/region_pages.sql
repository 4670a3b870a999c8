-- region_pages.sql: what a person with a role in a region reads: the shown figures of its schools (region.sql), and no
-- person's row. All functions check the reader themselves: nobody else finds a row.

GRANT SELECT ON ej.region, ej.region_role, ej.school, ej.school_today, ej.indicator_view, ej.indicator_sum,
    ej.indicator_count TO ej_rights;

-- The indicators, in the order of the pages.
CREATE OR REPLACE FUNCTION ej.indicator_keys() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT '{filled,attendance,quality,families,meals,gto}'::text[] $$;

-- The share in percent, with one digit after the point; NULL when a number is not shown.
CREATE OR REPLACE FUNCTION ej.indicator_pct(part bigint, whole bigint) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT round(100.0 * part / nullif(whole, 0), 1) $$;

-- The present day of the reader's regions: the latest of their schools, which stand in different time zones. NULL:
-- no role is in force, or there is no school yet.
CREATE OR REPLACE FUNCTION ej.region_today() RETURNS date
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_region_schools();
BEGIN
    RETURN (SELECT max(t.today) FROM ej.school_today AS t WHERE t.school_id = ANY (schools));
END
$$;

-- The regions of the reader's roles of today, with all regions below them.
CREATE OR REPLACE FUNCTION ej.region_reach() RETURNS TABLE (region_id bigint, parent_id bigint, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    day date := ej.region_today();
BEGIN
    RETURN QUERY
    WITH covered (id) AS (
        SELECT DISTINCT t.region_id
          FROM ej.region_tree(ARRAY(SELECT r.region_id FROM ej.region_role AS r
                                     WHERE r.person_id = ej.scope_person() AND r.during @> day)) AS t
    )
    SELECT g.id, CASE WHEN g.parent_id IN (SELECT c.id FROM covered AS c) THEN g.parent_id END, g.name::text
      FROM covered AS c JOIN ej.region AS g ON g.id = c.id;
END
$$;
ALTER FUNCTION ej.region_reach() OWNER TO ej_rights;

-- The region of a page: the asked one; if none is asked the first of the highest. NULL: not one of the reader's.
CREATE OR REPLACE FUNCTION ej.region_chosen(asked bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT r.region_id FROM ej.region_reach() AS r
             WHERE r.region_id = asked OR asked IS NULL AND r.parent_id IS NULL ORDER BY r.name, r.region_id LIMIT 1);
END
$$;

-- The schools of the chosen region and of those below it, with the region of each.
CREATE OR REPLACE FUNCTION ej.region_members(asked bigint)
RETURNS TABLE (school_id bigint, name text, region_id bigint, region_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 600 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    chosen bigint := ej.region_chosen(asked);
BEGIN
    RETURN QUERY
    SELECT s.id, s.short_name::text, g.id, g.name::text
      FROM ej.region_tree(ARRAY[chosen]) AS t
      JOIN ej.region AS g ON g.id = t.region_id
      JOIN ej.school AS s ON s.region_id = t.region_id AND s.training_of_id IS NULL
     WHERE chosen IS NOT NULL;
END
$$;
ALTER FUNCTION ej.region_members(bigint) OWNER TO ej_rights;

-- What the head of a page says of the chosen region: no row where the reader has no such region. week_on: the asked
-- week, else the last one that was counted; counted_at: when the school was counted whose figures are the oldest.
CREATE OR REPLACE FUNCTION ej.region_head(asked bigint, week date)
RETURNS TABLE (region_id bigint, name text, parent_id bigint, parent_name text, schools bigint, week_on date,
               counted_at timestamptz, tz text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    chosen bigint := ej.region_chosen(asked);
BEGIN
    RETURN QUERY
    SELECT r.region_id, r.name, r.parent_id, p.name, m.schools,
           coalesce(date_trunc('week', week::timestamp)::date,
                    (SELECT max(t.week_on) FROM ej.indicator_sum AS t WHERE t.region_id = chosen)),
           m.counted_at, m.tz
      FROM ej.region_reach() AS r
      LEFT JOIN ej.region_reach() AS p ON p.region_id = r.parent_id
     CROSS JOIN (SELECT count(*) AS schools, min(c.counted_at) AS counted_at, min(s.tz::text) AS tz
                   FROM ej.region_members(chosen) AS m
                   JOIN ej.school AS s ON s.id = m.school_id
                   LEFT JOIN ej.indicator_count AS c ON c.school_id = m.school_id) AS m
     WHERE r.region_id = chosen;
END
$$;
ALTER FUNCTION ej.region_head(bigint, date) OWNER TO ej_rights;

-- The sums of the chosen region in these weeks, of one indicator (key NULL: of all).
CREATE OR REPLACE FUNCTION ej.region_sums(asked bigint, key text, from_on date, till_on date)
RETURNS TABLE (indicator_key text, week_on date, schools int, part bigint, whole bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.indicator_key::text, t.week_on, t.schools, t.part, t.whole
      FROM ej.indicator_sum AS t
     WHERE t.region_id = ej.region_chosen(asked) AND t.week_on BETWEEN from_on AND till_on
       AND (key IS NULL OR t.indicator_key = key);
END
$$;
ALTER FUNCTION ej.region_sums(bigint, text, date, date) OWNER TO ej_rights;

-- The shown figures of the schools of the chosen region in these weeks, of one indicator (key NULL: of all).
CREATE OR REPLACE FUNCTION ej.region_views(asked bigint, key text, from_on date, till_on date)
RETURNS TABLE (school_id bigint, indicator_key text, week_on date, shown text, pct numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3000 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT v.school_id, v.indicator_key::text, v.week_on, nullif(v.shown, '')::text, ej.indicator_pct(v.part, v.whole)
      FROM ej.region_members(asked) AS m
      JOIN ej.indicator_view AS v ON v.school_id = m.school_id AND v.week_on BETWEEN from_on AND till_on
       AND (key IS NULL OR v.indicator_key = key);
END
$$;
ALTER FUNCTION ej.region_views(bigint, text, date, date) OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.region_reach(), ej.region_members(bigint), ej.region_head(bigint, date),
    ej.region_sums(bigint, text, date, date), ej.region_views(bigint, text, date, date) TO ej_web;
