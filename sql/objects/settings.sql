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
-- showed. Returns the outcomes. Errors: JE301 readable, but not the reader's to change; JE211 a class of a grade
-- that shall be without marks has marks.
DROP FUNCTION IF EXISTS ej.settings_save;
CREATE FUNCTION ej.settings_save(fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    wants    jsonb := (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(fields) AS f WHERE f.key NOT LIKE 'old\_%');
    outcomes jsonb;
    here     ej.school;
    made     ej.school;
BEGIN
    SELECT s.* INTO here FROM ej.school AS s
     WHERE s.id = ANY (ej.my_staff_schools()) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not a writer of the set-up' USING ERRCODE = 'JE301';
    END IF;
    outcomes := (SELECT jsonb_agg(ej.field_outcome(w.key, ej.setting_text(to_jsonb(here) -> w.key), coalesce(fields ->> ('old_' || w.key), ''),
                                                   ej.setting_text(w.value), NULL, 'school', ARRAY[here.id]) ORDER BY w.key)
                   FROM jsonb_each(jsonb_strip_nulls(wants)) AS w);
    made := jsonb_populate_record(here, (
        SELECT jsonb_object_agg(w.key, w.value) FROM jsonb_each(wants) AS w
         WHERE outcomes @> jsonb_build_array(jsonb_build_object('field', w.key, 'outcome', 'saved'))));
    BEGIN
        UPDATE ej.school AS s
           SET name = made.name, short_name = made.short_name, founder = made.founder, city = made.city,
               address = made.address, director = made.director, okpo = made.okpo, phone = made.phone,
               email = made.email, public_page = made.public_page,
               unmarked_grades = made.unmarked_grades, retake_counts = made.retake_counts,
               round_from_pct = made.round_from_pct,
               min_marks = made.min_marks, fill_days = made.fill_days,
               factor_roles = made.factor_roles, factor_days = made.factor_days, view_months = made.view_months
         WHERE s.id = here.id;
    EXCEPTION WHEN SQLSTATE 'JE211' THEN
        RAISE EXCEPTION 'classes of this grade have marks' USING ERRCODE = 'JE211', COLUMN = 'unmarked_grades';
    END;
    RETURN outcomes;
END
$$;
