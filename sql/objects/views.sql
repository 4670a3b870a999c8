-- views.sql: the log of access to pupils' cards.

GRANT SELECT, INSERT ON ej.card_view TO ej_rule;

-- Record that the present person opens the card of a pupil. Records nothing about a card
-- that the person may not read: the page then answers that there is none.
CREATE OR REPLACE FUNCTION ej.card_opened(pupil_id bigint, address inet) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.card_view (school_id, pupil_id, person_id, address)
    SELECT p.school_id, p.id, m.person_id, card_opened.address
      FROM ej.me AS m JOIN ej.pupil AS p ON p.id = card_opened.pupil_id
     WHERE p.id = ANY (ej.my_pupils()) OR p.school_id = ANY (ej.my_card_schools());
END
$$;
ALTER FUNCTION ej.card_opened(bigint, inet) OWNER TO ej_rule;

REVOKE ALL ON FUNCTION ej.card_opened(bigint, inet) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.card_opened(bigint, inet) TO ej_web;
