-- rule_personnel.sql: rules of the files of the staff.

GRANT SELECT ON ej.promotion TO ej_rule;
GRANT INSERT ON ej.staff_card TO ej_rule;

-- Make the card of new staff.
CREATE OR REPLACE FUNCTION ej.rule_staff_card() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.staff_card (id, school_id) SELECT n.id, n.school_id FROM new_rows AS n;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_staff_card', 'staff', 'rule_staff_card', 'insert');
