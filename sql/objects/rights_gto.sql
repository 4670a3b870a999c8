-- rights_gto.sql: who may do what, part 7: ГТЗО (migration 0034_gto). Every policy asks, too, whether the
-- school has the section on.

-- The names of the tests are the law's, and nobody writes them.
CREATE POLICY read ON ej.gto_test FOR SELECT TO ej_web USING (true);
GRANT SELECT ON ej.gto_test TO ej_web;

-- health_group: read by director and deputy, the class teacher, the family and the teacher of physical
-- education; written by the class teacher and the deputy.
CREATE POLICY read ON ej.health_group FOR SELECT TO ej_web
    USING ((school_id = any((select ej.my_lead_schools())::bigint[])
         OR pupil_id = any((select ej.my_pupils())::bigint[])
         OR pupil_id = any((select ej.my_pe_pupils())::bigint[]))
       AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY add ON ej.health_group FOR INSERT TO ej_web
    WITH CHECK ((school_id = any((select ej.my_deputy_schools())::bigint[])
              OR pupil_id = any((select ej.my_class_pupils())::bigint[]))
            AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY change ON ej.health_group FOR UPDATE TO ej_web
    USING ((school_id = any((select ej.my_deputy_schools())::bigint[])
         OR pupil_id = any((select ej.my_class_pupils())::bigint[]))
       AND school_id = any((select ej.my_gto_module())::bigint[]));
GRANT SELECT ON ej.health_group TO ej_web;
GRANT INSERT (school_id, pupil_id, kind, is_gto_allowed, document, during),
    UPDATE (kind, is_gto_allowed, document, during) ON ej.health_group TO ej_web;

-- gto_result, gto_award: read by the same; written by the teacher (and the substitute) of physical
-- education of the pupil. The administrator keeps norms and reads no results.
CREATE POLICY read ON ej.gto_result FOR SELECT TO ej_web
    USING ((school_id = any((select ej.my_lead_schools())::bigint[])
         OR pupil_id = any((select ej.my_pupils())::bigint[])
         OR pupil_id = any((select ej.my_pe_pupils())::bigint[]))
       AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY add ON ej.gto_result FOR INSERT TO ej_web
    WITH CHECK (pupil_id = any((select ej.my_pe_pupils())::bigint[])
            AND staff_id = any((select ej.my_staff())::bigint[])
            AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY change ON ej.gto_result FOR UPDATE TO ej_web
    USING (pupil_id = any((select ej.my_pe_pupils())::bigint[])
       AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY remove ON ej.gto_result FOR DELETE TO ej_web
    USING (pupil_id = any((select ej.my_pe_pupils())::bigint[])
       AND school_id = any((select ej.my_gto_module())::bigint[]));
GRANT SELECT, DELETE ON ej.gto_result TO ej_web;
GRANT INSERT (school_id, pupil_id, gto_test_id, done_on, attempt, value, staff_id), UPDATE (value, protocol_no)
    ON ej.gto_result TO ej_web;

CREATE POLICY read ON ej.gto_award FOR SELECT TO ej_web
    USING ((school_id = any((select ej.my_lead_schools())::bigint[])
         OR pupil_id = any((select ej.my_pupils())::bigint[])
         OR pupil_id = any((select ej.my_pe_pupils())::bigint[]))
       AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY add ON ej.gto_award FOR INSERT TO ej_web
    WITH CHECK (pupil_id = any((select ej.my_pe_pupils())::bigint[])
            AND school_id = any((select ej.my_gto_module())::bigint[]));
CREATE POLICY change ON ej.gto_award FOR UPDATE TO ej_web
    USING (pupil_id = any((select ej.my_pe_pupils())::bigint[])
       AND school_id = any((select ej.my_gto_module())::bigint[]));
GRANT SELECT ON ej.gto_award TO ej_web;
GRANT INSERT (school_id, pupil_id, step_no, sign, order_no, order_on, reason),
    UPDATE (step_no, sign, order_no, order_on, reason) ON ej.gto_award TO ej_web;
