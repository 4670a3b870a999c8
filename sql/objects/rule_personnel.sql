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

-- Keep the day on which a request was answered.
CREATE OR REPLACE FUNCTION ej.rule_request_answered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.answered_on := CASE WHEN NEW.state <> 'new' THEN ej.today(NEW.school_id) END;
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_request_answered BEFORE UPDATE OF state ON ej.request
    FOR EACH ROW EXECUTE FUNCTION ej.rule_request_answered();
