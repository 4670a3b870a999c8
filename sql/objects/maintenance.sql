-- maintenance.sql: the hours in which the journal is closed for maintenance of the server.

GRANT SELECT ON ej.maintenance TO ej_rule;

-- The next hours of maintenance in one of these schools that are on or begin within a day: their bounds by the school's
-- clock (2026-12-01T02:00), what is done, and, if they are on, the seconds left until their end. Those of a training
-- school are announced and close nothing: from a closed page nobody comes back to the own school.
CREATE OR REPLACE FUNCTION ej.maintenance_of(schools bigint[], OUT starts_at text, OUT ends_at text, OUT words text,
                                              OUT left_s int)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    SELECT to_char(m.held_on + m.starts, 'YYYY-MM-DD"T"HH24:MI'), to_char(m.held_on + m.ends, 'YYYY-MM-DD"T"HH24:MI'),
           nullif(m.words, ''),
           CASE WHEN n.present >= m.held_on + m.starts AND NOT ej.is_training(m.school_id)
                THEN ceil(extract(epoch FROM m.held_on + m.ends - n.present)) END
      INTO starts_at, ends_at, words, left_s
      FROM ej.maintenance AS m
      JOIN ej.school_today AS t ON t.school_id = m.school_id
     CROSS JOIN LATERAL (SELECT t.today + (now() AT TIME ZONE t.tz)::time AS present) AS n
     WHERE m.school_id = ANY (schools) AND m.held_on BETWEEN t.today AND t.today + 1
       AND m.held_on + m.ends > n.present AND m.held_on + m.starts < n.present + interval '1 day'
     ORDER BY m.held_on + m.starts LIMIT 1;
END
$$;
