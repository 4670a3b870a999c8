-- consents.sql: the register of consent (LEG-02, LEG-03).
--
-- The register only grows. Of all entries of one guardian, child and purpose the one with the
-- latest document counts, of several documents of one day the entry made last.

GRANT SELECT ON ej.consent TO ej_rights;
GRANT SELECT, INSERT ON ej.consent TO ej_rule;

-- The entry that counts for a guardian, a child and a purpose.
CREATE OR REPLACE FUNCTION ej.consent_last(guardian_id bigint, pupil_id bigint, purpose text) RETURNS SETOF ej.consent
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
    SELECT c.* FROM ej.consent AS c
     WHERE c.pupil_id = consent_last.pupil_id AND c.guardian_id = consent_last.guardian_id
       AND c.purpose = consent_last.purpose
     ORDER BY c.signed_on DESC, c.id DESC LIMIT 1
$$;

-- The pupils among these whose family gets everything on paper: a present guardian has refused
-- the processing of data, or withdrawn the consent. It checks no right: its callers do.
CREATE OR REPLACE FUNCTION ej.paper_pupils_of(pupil_ids bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 10 SET search_path = ej, pg_temp AS $$
    SELECT DISTINCT c.pupil_id
      FROM unnest(pupil_ids) AS x(pupil_id)
      -- OFFSET 0: child by child, not by the index of refusals, in which those of all schools are
     CROSS JOIN LATERAL (SELECT * FROM ej.consent AS c
                          WHERE c.pupil_id = x.pupil_id AND c.purpose = 'processing' OFFSET 0) AS c
      JOIN ej.guardianship AS w ON w.pupil_id = c.pupil_id AND w.guardian_id = c.guardian_id
       AND w.during @> ej.today(c.school_id)
     WHERE c.answer IN ('refused', 'withdrawn')
       AND NOT EXISTS (SELECT FROM ej.consent AS l
                        WHERE l.pupil_id = c.pupil_id AND l.guardian_id = c.guardian_id AND l.purpose = c.purpose
                          AND (l.signed_on, l.id) > (c.signed_on, c.id))
$$;

-- Those of ej.paper_pupils_of() whose names the reader may read. Whatever sends something to families leaves these
-- out; their diaries are printed.
CREATE OR REPLACE FUNCTION ej.paper_pupils(pupil_ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT p.id FROM ej.paper_pupils_of(pupil_ids) AS x(id)
     CROSS JOIN LATERAL (SELECT p.id, p.school_id FROM ej.pupil AS p WHERE p.id = x.id OFFSET 0) AS p
     WHERE p.school_id = ANY ((SELECT ej.my_roster_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_named_pupils())::bigint[]);
END
$$;
ALTER FUNCTION ej.paper_pupils(bigint[]) OWNER TO ej_rights;

-- The pupils of a school whose family gets everything on paper. It checks no right: for the rules alone.
CREATE OR REPLACE FUNCTION ej.rule_paper_pupils(school_id bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT ej.paper_pupils_of(ARRAY(
        SELECT c.pupil_id FROM ej.consent AS c
         WHERE c.school_id = rule_paper_pupils.school_id AND c.purpose = 'processing'
           AND c.answer IN ('refused', 'withdrawn')));
END
$$;

-- Enter the answers of guardians of a class, for one purpose, by documents of one day.
-- answers: of the pairs of pupil and guardian, '' where there is none; numbers: of their
-- documents. An entry that says what counts already is left out.
-- Returns the outcomes. Errors: JE203 the day is still to come.
CREATE OR REPLACE FUNCTION ej.consents_enter(purpose text, signed_on date, pupil_ids bigint[], guardian_ids bigint[],
                                             answers text[],
    number_pupils bigint[], number_guardians bigint[], numbers text[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    IF signed_on > (SELECT max(ej.today(s)) FROM unnest(ej.my_staff_schools()) AS s) THEN
        RETURN '[{"outcome": "bad", "field": "signed_on", "code": "JE203"}]';
    END IF;
    INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, document_no, signed_on)
    SELECT (ej.my_staff_schools())[1], x.guardian_id, x.pupil_id, consents_enter.purpose, x.answer, x.number,
           consents_enter.signed_on
      FROM (SELECT a.pupil_id, a.guardian_id, a.answer, coalesce(n.number, '') AS number
              FROM unnest(pupil_ids, guardian_ids, answers) AS a(pupil_id, guardian_id, answer)
              LEFT JOIN unnest(number_pupils, number_guardians, numbers) AS n(pupil_id, guardian_id, number)
                USING (pupil_id, guardian_id)
             WHERE a.answer <> '') AS x
     WHERE NOT EXISTS (SELECT FROM ej.consent_last(x.guardian_id, x.pupil_id, consents_enter.purpose) AS c
                        WHERE (c.answer, c.document_no, c.signed_on) = (x.answer, x.number, consents_enter.signed_on));
    RETURN '[]';
END
$$;

-- Enter that the reader, as a guardian of this child, withdraws the consent to a purpose from
-- today on, or refuses it if none was given. For any other reader nothing is entered.
-- Returns no outcomes.
CREATE OR REPLACE FUNCTION ej.consent_withdraw(pupil_id bigint, purpose text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT w.school_id, w.guardian_id, w.pupil_id, consent_withdraw.purpose,
           CASE WHEN c.answer = 'given' THEN 'withdrawn' ELSE 'refused' END,
               greatest(ej.today(w.school_id), c.signed_on)
      FROM ej.guardianship AS w
      LEFT JOIN LATERAL ej.consent_last(w.guardian_id, w.pupil_id, consent_withdraw.purpose) AS c ON true
     WHERE w.pupil_id = consent_withdraw.pupil_id AND w.pupil_id = ANY (ej.my_family_pupils())
       AND w.guardian_id = ANY (ej.my_guardians()) AND w.during @> ej.today(w.school_id)
       AND coalesce(c.answer, 'given') = 'given';
    RETURN '[]';
END
$$;

GRANT EXECUTE ON FUNCTION ej.paper_pupils, ej.consent_withdraw TO ej_web;
