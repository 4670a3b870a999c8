-- views.sql: the log of access to pupils' cards.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.card_view TO ej_rule; -- UPDATE: to lock

-- Record that the present person opens the card of a pupil, from the address with which the
-- transaction was entered (ej.author): no later statement can name another. Records nothing
-- about a card that the person may not read: the page then answers that there is none.
-- Errors: JE302 the caller has not entered as a writer.
CREATE OR REPLACE FUNCTION ej.card_opened(pupil_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.card_view (school_id, pupil_id, person_id, address)
    SELECT p.school_id, p.id, b.person_id, b.address
      FROM ej.author() AS b JOIN ej.pupil AS p ON p.id = card_opened.pupil_id
     WHERE p.id = ANY (ej.my_pupils()) OR p.school_id = ANY (ej.my_card_schools());
END
$$;

GRANT EXECUTE ON FUNCTION ej.card_opened(bigint) TO ej_web;

-- Record that the present person, of the staff, takes away a list of these pupils, as a file or on paper: a row for
-- each pupil whose name the person may read. Nothing is recorded for a single pupil. path: the page of the list.
-- The person's lists are asked once, not of each pupil.
-- Errors: JE302 the caller has not entered as a writer.
CREATE OR REPLACE FUNCTION ej.list_opened(path text, pupil_ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.card_view (school_id, pupil_id, person_id, address, path)
    SELECT p.school_id, p.id, b.person_id, b.address, list_opened.path
      FROM ej.author() AS b JOIN ej.pupil AS p ON p.id = ANY (list_opened.pupil_ids)
     WHERE cardinality(list_opened.pupil_ids) > 1
       AND p.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
       AND (p.id = ANY ((SELECT ej.my_named_pupils())::bigint[])
            OR p.school_id = ANY ((SELECT ej.my_roster_schools())::bigint[]))
     ORDER BY p.id;
END
$$;

GRANT EXECUTE ON FUNCTION ej.list_opened(text, bigint[]) TO ej_web;
