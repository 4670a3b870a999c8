-- rights_pupils.sql: who may do what, part 3a: what is kept of pupils and families beside
-- their cards (migration 0008_people).

-- pupil_health: read with the card, and by those who teach the pupil.
CREATE POLICY read ON ej.pupil_health FOR SELECT TO ej_web
    USING (pupil_id = any((select ej.my_taught_pupils())::bigint[])
        OR school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_pupils())::bigint[]));
CREATE POLICY add ON ej.pupil_health FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY change ON ej.pupil_health FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
SELECT ej.grant_rows('ej.pupil_health', 'SELECT, INSERT');

-- consent: the heads read all; the administrator and the class teacher enter what was signed on paper.
-- A guardian reads the own entries, not those of the other parent, and adds none:
-- ej.consent_withdraw() and ej.feed_agree() add the entries that a guardian makes alone.
CREATE POLICY read ON ej.consent FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR guardian_id = any((select ej.my_guardians())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY add ON ej.consent FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
GRANT SELECT ON ej.consent TO ej_web;
GRANT INSERT (school_id, guardian_id, pupil_id, purpose, answer, document_no, signed_on) ON ej.consent TO ej_web;

-- pupil_category: neither the family nor the teachers read it.
CREATE POLICY read ON ej.pupil_category FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_card_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY add ON ej.pupil_category FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_setup_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
CREATE POLICY change ON ej.pupil_category FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[])
        OR pupil_id = any((select ej.my_class_pupils())::bigint[]));
GRANT SELECT ON ej.pupil_category TO ej_web;
GRANT INSERT (school_id, pupil_id, category, during, paper),
    UPDATE (category, during, paper) ON ej.pupil_category TO ej_web;

-- card_view: only ej.card_opened() and ej.list_opened() write it.
CREATE POLICY read ON ej.card_view FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_account_schools())::bigint[]));
GRANT SELECT ON ej.card_view TO ej_web;
