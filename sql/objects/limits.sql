-- limits.sql: the limits that a school sets for its duties instead of the usual ones (duty.sql). Everybody in the
-- school reads them; director and deputies, who answer for the control, write them.

CREATE POLICY read ON ej.duty_limit FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_schools())::bigint[]));
CREATE POLICY add ON ej.duty_limit FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_lead_schools())::bigint[]));
CREATE POLICY change ON ej.duty_limit FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_lead_schools())::bigint[]));
CREATE POLICY remove ON ej.duty_limit FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_lead_schools())::bigint[]));
SELECT ej.grant_rows('ej.duty_limit', 'SELECT, INSERT');
GRANT DELETE ON ej.duty_limit TO ej_web;

-- Save limits of the school in which the writer works; returns the outcomes, one for each duty that was
-- changed. given: the new values, shown: the values that the form showed; NULL: the usual limit.
-- Errors: JE102 outside of the bounds; JE106 no duty with a limit; JE301 not a director or deputy.
CREATE OR REPLACE FUNCTION ej.limits_save(keys text[], given int[], shown int[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_lead_schools())[1];
    answer jsonb;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'JE301';
    END IF;
    -- one save at a time: of two people who both set a limit for the first time the second has a conflict
    PERFORM pg_advisory_xact_lock(hashtext('ej.limits_save'), hashint8(school));
    SELECT coalesce(jsonb_agg(jsonb_build_object('n', u.n) || ej.field_outcome('value', coalesce(l.value::text, ''),
               coalesce(u.shown::text, ''), coalesce(u.given::text, ''),
               CASE WHEN d.limit_value IS NULL THEN 'JE106'
                    WHEN u.given NOT BETWEEN d.lowest AND d.highest THEN 'JE102' END,
               'duty_limit', ARRAY[l.id]) ORDER BY u.n), '[]') INTO answer
      FROM unnest(keys, given, shown) WITH ORDINALITY AS u(duty_key, given, shown, n)
      LEFT JOIN ej.duties() AS d ON d.duty_key = u.duty_key
      LEFT JOIN ej.duty_limit AS l ON l.school_id = school AND l.duty_key = u.duty_key
     WHERE u.given IS DISTINCT FROM u.shown OR d.limit_value IS NULL;
    IF NOT ej.is_refused(answer) THEN
        DELETE FROM ej.duty_limit AS l USING unnest(keys, given, shown) AS u(duty_key, given, shown)
         WHERE l.school_id = school AND l.duty_key = u.duty_key AND l.value = u.shown AND u.given IS NULL;
        UPDATE ej.duty_limit AS l SET value = u.given FROM unnest(keys, given, shown) AS u(duty_key, given, shown)
         WHERE l.school_id = school AND l.duty_key = u.duty_key AND l.value = u.shown AND u.given <> u.shown;
        INSERT INTO ej.duty_limit (school_id, duty_key, value)
        SELECT school, u.duty_key, u.given FROM unnest(keys, given, shown) AS u(duty_key, given, shown)
         WHERE u.given IS NOT NULL AND u.shown IS NULL
           AND NOT EXISTS (SELECT FROM ej.duty_limit AS l WHERE l.school_id = school AND l.duty_key = u.duty_key);
    END IF;
    RETURN answer;
END
$$;
