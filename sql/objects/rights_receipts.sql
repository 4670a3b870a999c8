-- rights_receipts.sql: who may do what, part 4c: receipts of the diary, what is printed for families,
-- who was told otherwise (migration 0020_receipt); numbered copies of documents (0030_extract).

-- receipt, paper: read by the family, the class teacher and the heads; written by functions alone
-- (ej.receipt_make(), ej.receipts_enter()).
CREATE POLICY read ON ej.receipt FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.receipt TO ej_web;
CREATE POLICY read ON ej.paper FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.paper TO ej_web;

-- informing: read by the class teacher and the heads, written by the class teacher.
CREATE POLICY read ON ej.informing FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_class_pupils())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.informing FOR INSERT TO ej_web
    WITH CHECK (pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY change ON ej.informing FOR UPDATE TO ej_web
    USING (pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY remove ON ej.informing FOR DELETE TO ej_web
    USING (pupil_id = any((select ej.my_class_pupils())::bigint[]));
GRANT SELECT, DELETE ON ej.informing TO ej_web;
GRANT INSERT (school_id, pupil_id, way, informed_on, note, reason),
    UPDATE (way, informed_on, note, reason) ON ej.informing TO ej_web;

-- extract: read by the heads of the school, the class teacher, the family of a pupil's copy, and
-- whoever signed it; written by functions alone. A copy about a whole class is not its families'.
CREATE POLICY read ON ej.extract FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_pupils())::bigint[])
        OR class_id = any((select ej.my_classes())::bigint[])
        OR school_id = any((select ej.my_journal_schools())::bigint[])
        OR staff_id = any((select ej.my_staff())::bigint[]));
GRANT SELECT ON ej.extract TO ej_web;
CREATE POLICY read ON ej.extract_view FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT ON ej.extract_view TO ej_web;
