-- duty_facts.sql: the facts of all duties together (duty.sql).

-- The facts of these parts (ej.duties). Each part is planned for the lists of its call: a plan for
-- lists of any length reads a school's year by single rows.
CREATE OR REPLACE FUNCTION ej.duty_facts(parts text[], teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE plpgsql STABLE ROWS 50000 AS $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY parts LOOP
        IF part = ANY ('{weeks,visits,families}') THEN -- of classes
            RETURN QUERY EXECUTE format('SELECT f.* FROM ej.%I($1, $2, $3) AS f', 'duty_' || part)
              USING classes, from_on, till_on;
        ELSE
            RETURN QUERY EXECUTE format('SELECT f.* FROM ej.%I($1, $2, $3, $4) AS f', 'duty_' || part)
              USING teachings, classes, from_on, till_on;
        END IF;
    END LOOP;
END
$$;
