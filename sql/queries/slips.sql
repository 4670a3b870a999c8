-- slips.sql: the queries of slips.c.

-- name: slips_counts :many class
-- The classes whose codes the reader issues or, as director, reads about; the staff have
-- no class_id.
-- params:
SELECT class_id, name, year, people, active, issued, missing, families, apart
  FROM ej.slip_counts();

-- name: slips_head :one
-- The class and whether the reader issues its codes.
-- params: class_id bigint
SELECT c.id AS class_id, c.name, o.short_name AS school_name, ej.slip_state(c.id) AS state,
       (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])) AS is_mine,
       c.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AS is_administrator
  FROM ej.class AS c JOIN ej.school AS o ON o.id = c.school_id
 WHERE c.id = :class_id
   AND (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR c.school_id = ANY ((SELECT ej.my_account_schools())::bigint[]));

-- name: slips_staff_head :one
-- params:
SELECT o.short_name AS school_name, ej.slip_state(NULL) AS state,
       o.id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AS is_mine,
       o.id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AS is_administrator
  FROM ej.school AS o WHERE o.id = ANY ((SELECT ej.my_account_schools())::bigint[]);

-- name: slips_people :many person
-- params: class_id bigint
SELECT pupil_id, person_id, kind, name, nullif(note, '') AS note, is_staff, state, code_until, seen_on
  FROM ej.slip_people(:class_id);

-- name: slips_issue :many slip
-- Makes codes and returns them, once.
-- params: class_id bigint, person_id bigint[], kind text, days int, state text, is_known boolean
-- params: learned_on date, learned_time time
SELECT kind, name, nullif(note, '') AS note, pupils, code, code_until
  FROM ej.slip_issue(:class_id, :person_id, :kind, :days, :state,
       CASE WHEN :is_known THEN ej.my_moment(:learned_on, :learned_time) END);
