-- settings.sql: the settings of a school, columns of ej.school.

-- A setting as text, as a form has it: the members of a list are separated by blanks.
CREATE OR REPLACE FUNCTION ej.setting_text(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(value)
           WHEN 'array' THEN coalesce((SELECT string_agg(e.one, ' ' ORDER BY e.n)
                                         FROM jsonb_array_elements_text(value) WITH ORDINALITY AS e(one, n)), '')
           ELSE value #>> '{}' END
$$;

-- Save settings of the reader's present school. fields has the submitted values by column
-- (those with null are left as they are) and under old_<column> the values that the form
-- showed. Returns the outcomes. Errors: JE301 the reader may not change them; JE211 a class of
-- a grade that becomes one without marks has marks.
CREATE OR REPLACE FUNCTION ej.settings_save(fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    submitted jsonb := (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(fields) AS f
                         WHERE f.key NOT LIKE 'old\_%');
    outcomes  jsonb;
    stored    ej.school;
    changed   ej.school;
BEGIN
    SELECT s.* INTO stored FROM ej.school AS s
     WHERE s.id = ANY (ej.my_staff_schools()) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not a writer of the set-up' USING ERRCODE = 'JE301';
    END IF;
    outcomes := (SELECT jsonb_agg(ej.field_outcome(w.key, ej.setting_text(to_jsonb(stored) -> w.key),
                                                   coalesce(fields ->> ('old_' || w.key), ''),
                                                   ej.setting_text(w.value), NULL, 'school', ARRAY[stored.id])
                                                       ORDER BY w.key)
                   FROM jsonb_each(jsonb_strip_nulls(submitted)) AS w);
    changed := jsonb_populate_record(stored, (
        SELECT jsonb_object_agg(w.key, w.value) FROM jsonb_each(submitted) AS w
         WHERE outcomes @> jsonb_build_array(jsonb_build_object('field', w.key, 'outcome', 'saved'))));
    BEGIN
        UPDATE ej.school AS s
           SET name = changed.name, short_name = changed.short_name, founder = changed.founder, city = changed.city,
               address = changed.address, director = changed.director, okpo = changed.okpo, phone = changed.phone,
               email = changed.email, support_hours = changed.support_hours, public_page = changed.public_page,
               unmarked_grades = changed.unmarked_grades, retake_counts = changed.retake_counts,
               round_from_pct = changed.round_from_pct,
               min_marks = changed.min_marks, min_marks_hour = changed.min_marks_hour,
               year_half = changed.year_half, final_half = changed.final_half,
               final_grades = changed.final_grades, finals_due = changed.finals_due,
               outside_counts = changed.outside_counts, forecast_shown = changed.forecast_shown,
               fill_days = changed.fill_days,
               correction_hours = changed.correction_hours, lock_days = changed.lock_days,
               missed_day = changed.missed_day, missed_month_pct = changed.missed_month_pct,
               controls_day = changed.controls_day, controls_week = changed.controls_week,
               factor_roles = changed.factor_roles, factor_days = changed.factor_days,
               view_months = changed.view_months,
               receipt_ways = changed.receipt_ways, receipt_by = changed.receipt_by,
               receipt_opens = changed.receipt_opens, receipt_days = changed.receipt_days,
               informing_days = changed.informing_days, informing_paper_days = changed.informing_paper_days,
               letters_day = changed.letters_day, letters_hour = changed.letters_hour,
               sms_day = changed.sms_day, sms_month = changed.sms_month, modules = changed.modules,
               gto_caption = changed.gto_caption
         WHERE s.id = stored.id;
    EXCEPTION WHEN SQLSTATE 'JE211' THEN
        RAISE EXCEPTION 'classes of this grade have marks' USING ERRCODE = 'JE211', COLUMN = 'unmarked_grades';
    END;
    RETURN outcomes;
END
$$;
