-- settings.sql: the queries of settings.c, about the school in which the reader works.

-- name: settings_head :one
-- params: is_saved boolean
SELECT s.name, s.short_name, s.city, s.fill_days, s.min_marks, s.retake_counts, s.round_from_pct,
       array_to_string(s.unmarked_grades, ' ') AS unmarked_grades,
       s.id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS can_write, :is_saved AS is_saved
  FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: settings_changes :many change
-- The changes of these settings, newest first.
-- params:
-- rows: at most 100
SELECT to_char(h.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS at, ej.account_name(h.account_id) AS who,
       c.key AS field, ej.setting_text(h.old -> c.key) AS old, ej.setting_text(c.value) AS new
  FROM ej.school AS s
  JOIN ej.history AS h ON h.key_id = s.id AND h.table_name = 'school'
 CROSS JOIN LATERAL jsonb_each(h.new) AS c
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AND h.school_id = s.id AND h.old IS NOT NULL
   AND c.key = ANY ('{name,short_name,city,fill_days,min_marks,retake_counts,round_from_pct,unmarked_grades}')
 ORDER BY h.id DESC, c.key
 LIMIT 100;

-- name: settings_save :outcomes
-- params: fill_days int, old_fill_days text, name text, old_name text, short_name text, old_short_name text, city text, old_city text, min_marks int, old_min_marks text, retake_counts text, old_retake_counts text, round_from_pct int, old_round_from_pct text, unmarked_grades int[], old_unmarked_grades text, operation_id uuid, operation_sha256 bytea
SELECT n, outcome, field, code, value, who, at
  FROM ej.settings_save(:operation_id, :operation_sha256,
       jsonb_build_object('fill_days', :fill_days, 'name', :name, 'short_name', :short_name, 'city', :city, 'min_marks', :min_marks,
                          'retake_counts', :retake_counts, 'round_from_pct', :round_from_pct, 'unmarked_grades', :unmarked_grades),
       jsonb_build_object('fill_days', :old_fill_days, 'name', :old_name, 'short_name', :old_short_name, 'city', :old_city,
                          'min_marks', :old_min_marks, 'retake_counts', :old_retake_counts, 'round_from_pct', :old_round_from_pct,
                          'unmarked_grades', :old_unmarked_grades));
