-- holidays.sql: the queries of holidays.c: a school year has some fifteen holidays.

-- name: holidays_head :one
-- The school year :year, or the last one.
-- params: year int
SELECT y.year, lower(y.during) AS from_on, upper(y.during) - 1 AS till_on,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine,
       (SELECT count(*) FROM ej.holiday AS h WHERE h.school_id = y.school_id AND h.year = y.year) AS count
  FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND (:year IS NULL OR y.year = :year)
 ORDER BY y.year DESC LIMIT 1;

-- name: holidays_years :many choice
-- params:
SELECT 'year' AS "for", y.year AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name
  FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year DESC;

-- name: holidays_rows :many holiday
-- params: year int
SELECT h.id AS holiday_id, h.name, h.kind, lower(h.during) AS from_on, upper(h.during) - 1 AS till_on,
       upper(h.during) - lower(h.during) AS days
  FROM ej.holiday AS h
 WHERE h.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND h.year = coalesce(:year, (SELECT max(y.year) FROM ej.school_year AS y
                                  WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))))
 ORDER BY lower(h.during), h.id;

-- name: holidays_show :one
-- params: holiday_id bigint
SELECT h.id AS holiday_id, h.name, h.kind, lower(h.during) AS from_on, upper(h.during) - 1 AS till_on, h.year
  FROM ej.holiday AS h WHERE h.id = :holiday_id AND h.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: holidays_save :outcomes
-- params: holiday_id bigint, fields jsonb
SELECT ej.save_rows('ej.holiday', :fields || jsonb_build_object('id', :holiday_id));
