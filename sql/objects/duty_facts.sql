-- duty_facts.sql: the facts of all duties together (duty.sql).

-- The facts of these parts (ej.duties). A part that is not asked for is not computed.
CREATE OR REPLACE FUNCTION ej.duty_facts(parts text[], teachings bigint[], classes bigint[], from_on date, till_on date)
RETURNS SETOF ej.duty_fact
LANGUAGE sql STABLE ROWS 50000 AS $$
SELECT f.* FROM ej.duty_lessons($2, $3, $4, $5) AS f WHERE 'lessons' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_homework($2, $3, $4, $5) AS f WHERE 'homework' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_works($2, $3, $4, $5) AS f WHERE 'works' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_journals($2, $3, $4, $5) AS f WHERE 'journals' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_marks($2, $3, $4, $5) AS f WHERE 'marks' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_controls($2, $3, $4, $5) AS f WHERE 'controls' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_programme($2, $3, $4, $5) AS f WHERE 'programme' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_weeks($3, $4, $5) AS f WHERE 'weeks' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_visits($3, $4, $5) AS f WHERE 'visits' = ANY ($1)
 UNION ALL
SELECT f.* FROM ej.duty_families($3, $4, $5) AS f WHERE 'families' = ANY ($1)
$$;
