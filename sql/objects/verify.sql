-- verify.sql: the check of a certified copy on paper (/check, ARC-03 … 06).
--
-- Whoever holds the paper has its code (128 random bits) and the name on it. The code alone tells
-- that there is such a paper; the content needs the name, too. A name is a guess, counted like
-- that of a password (login.sql), also for a code that does not exist.

-- What the code alone tells.
CREATE OR REPLACE FUNCTION ej.verify_find(code text)
RETURNS TABLE (kind text, number int, year int, made_on date, school_name text, state text, is_pupil boolean,
               by_number int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT x.kind::text, x.number, x.year, x.made_on, s.name::text,
           ej.extract_state(x.id, x.void_at), x.pupil_id IS NOT NULL,
           (SELECT n.number FROM ej.extract AS n WHERE n.replaces_id = x.id AND n.void_at IS NULL)
      FROM ej.extract AS x JOIN ej.school AS s ON s.id = x.school_id
     WHERE x.code_key = code;
END
$$;

-- The counters of guesses at the name on the paper with this code.
CREATE OR REPLACE FUNCTION ej.verify_subjects(code text, address inet) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT ARRAY['verify ' || encode(sha256(convert_to($1, 'UTF8')), 'hex'), ej.guess_address($2) || ' verify']
$$;

-- A name as it is compared: without blanks at its ends, in small letters, ё as е.
CREATE OR REPLACE FUNCTION ej.verify_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT replace(lower(trim(name)), 'ё', 'е') $$;

-- Count a guess at the name; returns the seconds to wait, or 0. The transaction must end before
-- ej.verify_open() judges the guess.
CREATE OR REPLACE FUNCTION ej.verify_try(code text, holder text, address inet) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.guess_try(ej.verify_subjects(code, address), sha256(convert_to(ej.verify_name(holder), 'UTF8')));
END
$$;

-- The copy, if the name is that on it; a view is recorded. No row: a wrong name, or no such code.
-- Errors: JE110 the guess was not counted.
CREATE OR REPLACE FUNCTION ej.verify_open(code text, holder text, address inet)
RETURNS TABLE (number int, year int, kind text, state text, by_number int, made_on date, void_on date, signer_role text,
               signer_name text, original text, journal text, code_key text, sha256 text, document text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    found record;
BEGIN
    SELECT e.id, e.school_id INTO found FROM ej.extract AS e
     WHERE e.code_key = $1 AND ej.verify_name(e.holder) = ej.verify_name($2);
    IF NOT ej.guess_judge(ej.verify_subjects($1, $3), sha256(convert_to(ej.verify_name($2), 'UTF8')),
                          found.id IS NOT NULL) THEN
        RETURN;
    END IF;
    INSERT INTO ej.extract_view (school_id, extract_id, address) VALUES (found.school_id, found.id, $3);
    RETURN QUERY SELECT c.number, c.year, c.kind, c.state, c.by_number, c.made_on, c.void_on, c.signer_role,
                        c.signer_name, c.original, c.journal, c.code_key, c.sha256, c.document
                   FROM ej.extract_copy(found.id) AS c;
END
$$;

GRANT EXECUTE ON FUNCTION ej.verify_find, ej.verify_try, ej.verify_open TO ej_web;
