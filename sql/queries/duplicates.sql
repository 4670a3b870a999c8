-- duplicates.sql: the queries of duplicates.c. The functions show only the administrator's school
-- (sql/objects/duplicates.sql).

-- name: duplicates_pairs :many pair
-- params:
-- rows: at most 200
SELECT d.kind, d.first_id, d.second_id, d.name, d.first_about, d.second_about, d.why FROM ej.duplicates() AS d;

-- name: duplicates_merges :many merge
-- params:
-- rows: at most 20
WITH d AS MATERIALIZED (
    SELECT d.id, d.kind, d.kept_id, d.name, d.made_at, d.school_id FROM ej.duplicate AS d
     WHERE d.school_id = ANY (ARRAY(SELECT unnest(ej.my_admin_schools())))
)
SELECT d.kind, d.kept_id, d.name, to_char(d.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS made_at
  FROM d JOIN ej.school AS s ON s.id = d.school_id
 ORDER BY d.id DESC LIMIT 20;

-- name: duplicates_head :one
-- params: kind_key text, first_id bigint, second_id bigint
SELECT :kind_key AS kind, :first_id AS first_id, :second_id AS second_id, a.value AS first, b.value AS second
  FROM ej.duplicate_facts(:kind_key, :first_id) AS a, ej.duplicate_facts(:kind_key, :second_id) AS b
 WHERE a.fact = 'name' AND b.fact = 'name' AND :first_id <> :second_id;

-- name: duplicates_facts :many fact
-- params: kind_key text, first_id bigint, second_id bigint
-- rows: at most 21
SELECT fact, a.value AS first, b.value AS second
  FROM ej.duplicate_facts(:kind_key, :first_id) AS a
  FULL JOIN ej.duplicate_facts(:kind_key, :second_id) AS b USING (n, fact)
 WHERE fact <> 'name' ORDER BY n;

-- name: duplicates_hindrances :many hindrance
-- The facts for which the other record cannot be merged into kept_id.
-- params: kind_key text, first_id bigint, second_id bigint
-- rows: at most 20
SELECT x.kept_id, h.fact
  FROM (VALUES (:first_id, :second_id), (:second_id, :first_id)) AS x(kept_id, gone_id)
 CROSS JOIN LATERAL unnest(ej.duplicate_hindrances(:kind_key, x.kept_id, x.gone_id)) AS h(fact);

-- name: duplicates_merge :outcomes
-- params: kind_key text, first_id bigint, second_id bigint, kept_id bigint
SELECT ej.duplicate_merge(:kind_key, :kept_id,
           CASE :kept_id WHEN :first_id THEN :second_id WHEN :second_id THEN :first_id END);
