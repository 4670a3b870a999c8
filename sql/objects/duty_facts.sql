-- duty_facts.sql: the facts of all duties together (duty.sql).

-- The facts of these parts (ej.duties). EXECUTE plans the statement of a part for the lists of this call: a plan
-- made for lists of any length would look up every row of a school's year by itself.
CREATE OR REPLACE FUNCTION ej.duty_facts(parts text[], teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE plpgsql STABLE ROWS 50000 AS $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY parts LOOP
        RETURN QUERY EXECUTE CASE part
            WHEN 'lessons' THEN 'SELECT f.* FROM ej.duty_lessons($1, $2, $3, $4) AS f'
            WHEN 'homework' THEN 'SELECT f.* FROM ej.duty_homework($1, $2, $3, $4) AS f'
            WHEN 'works' THEN 'SELECT f.* FROM ej.duty_works($1, $2, $3, $4) AS f'
            WHEN 'journals' THEN 'SELECT f.* FROM ej.duty_journals($1, $2, $3, $4) AS f'
            WHEN 'marks' THEN 'SELECT f.* FROM ej.duty_marks($1, $2, $3, $4) AS f'
            WHEN 'controls' THEN 'SELECT f.* FROM ej.duty_controls($1, $2, $3, $4) AS f'
            WHEN 'programme' THEN 'SELECT f.* FROM ej.duty_programme($1, $2, $3, $4) AS f'
            WHEN 'weeks' THEN 'SELECT f.* FROM ej.duty_weeks($2, $3, $4) AS f'
            WHEN 'visits' THEN 'SELECT f.* FROM ej.duty_visits($2, $3, $4) AS f'
            WHEN 'families' THEN 'SELECT f.* FROM ej.duty_families($2, $3, $4) AS f'
            END USING teachings, classes, from_on, till_on;
    END LOOP;
END
$$;
