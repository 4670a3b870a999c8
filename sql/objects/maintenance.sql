-- maintenance.sql: the hours in which the journal is closed for the upkeep of the server.

GRANT SELECT ON ej.maintenance TO ej_rule;

-- The next hours of maintenance in one of these schools that are on or begin within a day: their bounds as
-- «2026-12-01 02:00 06:00» by the school's clock, the words, and the seconds until their end if they are on.
CREATE OR REPLACE FUNCTION ej.maintenance_of(schools bigint[], OUT hours text, OUT words text, OUT rest_s int)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    SELECT concat_ws(' ', m.held_on, to_char(m.starts, 'HH24:MI'), to_char(m.ends, 'HH24:MI')), nullif(m.words, ''),
           CASE WHEN n.present >= m.held_on + m.starts THEN ceil(extract(epoch FROM m.held_on + m.ends - n.present)) END
      INTO hours, words, rest_s
      FROM ej.maintenance AS m
      JOIN ej.school_today AS t ON t.school_id = m.school_id
     CROSS JOIN LATERAL (SELECT t.today + (now() AT TIME ZONE t.tz)::time AS present) AS n
     WHERE m.school_id = ANY (schools) AND m.held_on BETWEEN t.today AND t.today + 1
       AND m.held_on + m.ends > n.present AND m.held_on + m.starts < n.present + interval '1 day'
     ORDER BY m.held_on + m.starts LIMIT 1;
END
$$;
