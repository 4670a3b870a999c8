-- settings.sql: the queries of settings.c, about the school in which the reader works.

-- name: settings_head :one
-- params: is_saved boolean
SELECT s.name, s.short_name, s.founder, s.city, s.address, s.director, s.okpo, s.phone, s.email, s.support_hours,
       s.public_page,
       s.fill_days, s.correction_hours, s.lock_days, s.min_marks, s.min_marks_hour, s.retake_counts, s.round_from_pct,
           s.year_half, s.final_half,
       s.finals_due, s.outside_counts, s.forecast_shown, array_to_string(s.final_grades, ' ') AS final_grades,
       s.missed_day, s.missed_month_pct, s.controls_day, s.controls_week,
       array_to_string(s.unmarked_grades, ' ') AS unmarked_grades,
       array_to_string(s.factor_roles, ' ') AS factor_roles, s.factor_days, s.view_months,
       array_to_string(s.receipt_ways, ' ') AS receipt_ways, s.receipt_by, s.receipt_opens, s.receipt_days,
       s.informing_days, s.informing_paper_days, s.letters_day, s.letters_hour, s.sms_day, s.sms_month,
       array_to_string(s.modules, ' ') AS modules, s.gto_caption,
       s.id = ANY ((SELECT ej.my_admin_schools())::bigint[]) AS is_administrator,
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
   AND c.key = ANY ('{name,short_name,founder,city,address,director,okpo,phone,email,support_hours,public_page,
                      fill_days,min_marks,
                      min_marks_hour,year_half,final_half,final_grades,finals_due,outside_counts,forecast_shown,
                      correction_hours,lock_days,
                      missed_day,missed_month_pct,controls_day,controls_week,
                      retake_counts,round_from_pct,unmarked_grades,factor_roles,factor_days,view_months,
                      receipt_ways,receipt_by,receipt_opens,receipt_days,informing_days,informing_paper_days,
                      letters_day,letters_hour,sms_day,sms_month,modules,gto_caption}')
 ORDER BY h.id DESC, c.key
 LIMIT 100;

-- name: settings_save :outcomes
-- params: fields jsonb, unmarked_grades int[], final_grades int[], factor_roles text[]
-- params: receipt_ways text[], modules text[]
SELECT ej.settings_save(:fields
                        || jsonb_build_object('unmarked_grades', :unmarked_grades, 'final_grades', :final_grades,
                                              'factor_roles', :factor_roles, 'receipt_ways', :receipt_ways,
                                              'modules', :modules));
