-- rights_meals.sql: who may do what, part 8: meals (MOD-02), where the school has the module on.
--
-- What is served, what it costs and the menu: read by everybody of the school, written by the organiser (role
-- meals). Orders and choices: the organiser all of the school, the class teacher the own class (orders until
-- the cutoff, rule_meals.sql), director and deputy read, a family the own child. Documents: the organiser and
-- deputies, and a family its own.

DO $$
DECLARE
    t         text;
    module_on text := 'school_id = any((select ej.my_meals_module())::bigint[]) AND ';
    mine      text := 'school_id = any((select ej.my_meals_schools())::bigint[])';
    known     text := 'school_id = any((select ej.my_schools())::bigint[])';
BEGIN
    FOREACH t IN ARRAY '{meal,meal_category,meal_price,menu}'::text[] LOOP
        EXECUTE format('CREATE POLICY read ON ej.%I FOR SELECT TO ej_web USING (%s)', t, module_on || known);
    END LOOP;
    FOREACH t IN ARRAY '{meal,meal_category,meal_price,menu,meal_entitlement,meal_payment}'::text[] LOOP
        EXECUTE format('CREATE POLICY add ON ej.%I FOR INSERT TO ej_web WITH CHECK (%s)', t, module_on || mine);
        EXECUTE format('CREATE POLICY change ON ej.%I FOR UPDATE TO ej_web USING (%s)', t, module_on || mine);
        -- a meal and a category end: what was ordered refers to them
        CONTINUE WHEN t IN ('meal', 'meal_category');
        EXECUTE format('CREATE POLICY remove ON ej.%I FOR DELETE TO ej_web USING (%s)', t, module_on || mine);
        EXECUTE format('GRANT DELETE ON ej.%I TO ej_web', t);
    END LOOP;
    FOREACH t IN ARRAY '{meal,meal_category,meal_price,menu}'::text[] LOOP
        PERFORM ej.grant_rows(format('ej.%I', t)::regclass, 'SELECT, INSERT');
    END LOOP;
END
$$;

CREATE POLICY read ON ej.meal_entitlement FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_deputy_schools())::bigint[])
            OR pupil_id = any((select ej.my_family_pupils())::bigint[])));
GRANT SELECT, INSERT (school_id, pupil_id, meal_category_id, document, during, reason),
    UPDATE (meal_category_id, document, during, reason) ON ej.meal_entitlement TO ej_web;

CREATE POLICY read ON ej.meal_payment FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_lead_schools())::bigint[])
            OR pupil_id = any((select ej.my_pupils())::bigint[])));
GRANT SELECT, INSERT (school_id, pupil_id, paid_on, amount, document, reason),
    UPDATE (paid_on, amount, document, reason) ON ej.meal_payment TO ej_web;

CREATE POLICY read ON ej.meal_choice FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_lead_schools())::bigint[])
            OR pupil_id = any((select ej.my_pupils())::bigint[])));
CREATE POLICY add ON ej.meal_choice FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
CREATE POLICY change ON ej.meal_choice FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
CREATE POLICY remove ON ej.meal_choice FOR DELETE TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR pupil_id = any((select ej.my_class_pupils())::bigint[])));
GRANT SELECT, INSERT (school_id, pupil_id, meal_id, weekdays, during), UPDATE (weekdays, during), DELETE
    ON ej.meal_choice TO ej_web;

-- A day is proposed by the job and confirmed in the own name.
CREATE POLICY read ON ej.meal_day FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_lead_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])));
CREATE POLICY change ON ej.meal_day FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])));
GRANT SELECT, UPDATE (confirmed_by, confirmed_at) ON ej.meal_day TO ej_web;

CREATE POLICY read ON ej.meal_order FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_lead_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])
            OR pupil_id = any((select ej.my_family_pupils())::bigint[])));
CREATE POLICY add ON ej.meal_order FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_meals_module())::bigint[])
        AND staff_id = any((select ej.my_staff())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[]))
        -- refused like a missing one by this, since a foreign key would tell the two apart
        AND EXISTS (SELECT FROM ej.class AS c WHERE c.id = class_id));
CREATE POLICY change ON ej.meal_order FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])));
GRANT SELECT, INSERT (school_id, pupil_id, class_id, meal_id, served_on, state, reason, staff_id),
    UPDATE (state, reason) ON ej.meal_order TO ej_web;

CREATE POLICY read ON ej.meal_line FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_lead_schools())::bigint[])
            OR class_id = any((select ej.my_classes())::bigint[])));
GRANT SELECT ON ej.meal_line TO ej_web;

CREATE POLICY read ON ej.meal_month FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_schools())::bigint[])
        AND school_id = any((select ej.my_meals_module())::bigint[]));
-- A month is closed by ej.meal_month_close().
GRANT SELECT ON ej.meal_month TO ej_web;

CREATE POLICY read ON ej.meal_balance FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_meals_module())::bigint[])
        AND (school_id = any((select ej.my_meals_schools())::bigint[])
            OR school_id = any((select ej.my_lead_schools())::bigint[])
            OR pupil_id = any((select ej.my_pupils())::bigint[])));
GRANT SELECT ON ej.meal_balance TO ej_web;
