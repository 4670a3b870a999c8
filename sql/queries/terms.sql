-- terms.sql: the queries of terms.c: a school year has some three term plans.

-- name: terms_head :one
-- The school year :year, or the last one.
-- params: year int
SELECT y.year, lower(y.during) AS from_on, upper(y.during) - 1 AS till_on,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND (:year IS NULL OR y.year = :year)
 ORDER BY y.year DESC LIMIT 1;

-- name: terms_years :many choice
-- params:
SELECT 'year' AS "for", y.year AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name
  FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year DESC;

-- name: terms_rows :many plan
-- params: year int
SELECT p.id AS term_plan_id, p.name, p.kind, p.grade_from, p.grade_till,
       (SELECT count(*) FROM ej.class AS c WHERE c.term_plan_id = p.id) AS classes
  FROM ej.term_plan AS p
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND p.year = coalesce(:year, (SELECT max(y.year) FROM ej.school_year AS y
                                  WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))))
 ORDER BY p.grade_from, p.name;

-- name: terms_terms :many term under terms_rows term_plan_id
-- params: year int
SELECT p.id AS term_plan_id, t.name, lower(t.during) AS from_on, upper(t.during) - 1 AS till_on
  FROM ej.term_plan AS p
  JOIN ej.term AS t ON t.term_plan_id = p.id AND (t.is_taught OR p.kind = 'year')
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND p.year = coalesce(:year, (SELECT max(y.year) FROM ej.school_year AS y
                                  WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))))
 ORDER BY p.grade_from, p.name, t.ordinal;

-- name: terms_show :one
-- params: term_plan_id bigint
SELECT p.id AS term_plan_id, p.name, p.year, p.kind, p.grade_from, p.grade_till,
       lower(y.during) AS from_on, upper(y.during) - 1 AS till_on
  FROM ej.term_plan AS p
  JOIN ej.school_year AS y ON y.school_id = p.school_id AND y.year = p.year
 WHERE p.id = :term_plan_id AND p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: terms_lines :many term
-- A row for each term of the plan's kind; without days where it has none yet.
-- params: term_plan_id bigint
SELECT n.ordinal, t.name AS term_name, lower(t.during) AS from_on, upper(t.during) - 1 AS till_on
  FROM ej.term_plan AS p
 CROSS JOIN LATERAL generate_series(1, ej.term_count(p.kind)) AS n(ordinal)
  LEFT JOIN ej.term AS t ON t.term_plan_id = p.id AND t.kind = p.kind
        AND t.ordinal = CASE p.kind WHEN 'year' THEN 0 ELSE n.ordinal END
 WHERE p.id = :term_plan_id
 ORDER BY n.ordinal;

-- name: terms_add :outcomes
-- params: term_plan_id bigint, fields jsonb
SELECT ej.save_rows('ej.term_plan', :fields || jsonb_build_object('id', :term_plan_id));

-- name: terms_save :outcomes
-- params: term_plan_id bigint, fields jsonb, year_name text, term_name text[], old_term_name text[]
-- params: from_on date[], old_from_on date[], till_on date[], old_till_on date[]
SELECT ej.terms_save(:term_plan_id, :fields, :year_name,
       :term_name, :old_term_name, :from_on, :old_from_on, :till_on, :old_till_on);
