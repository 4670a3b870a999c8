-- people.sql: finding people by parts of their names.

-- Fold a text for comparison: lower case, and ё as е, which most people type.
CREATE OR REPLACE FUNCTION ej.folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT translate(lower(words), 'ё', 'е')
$$;

-- Whether every word of find begins a word of the text: «ив ма» finds «Иванова
-- Мария». An empty find finds all.
CREATE OR REPLACE FUNCTION ej.is_found(find text, words text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT NOT EXISTS (
        SELECT FROM regexp_split_to_table(ej.folded(btrim(coalesce(find, ''))), '\s+') AS w (word)
         WHERE position(' ' || w.word IN ' ' || ej.folded(words)) = 0)
$$;

REVOKE ALL ON FUNCTION ej.folded(text), ej.is_found(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ej.folded(text), ej.is_found(text, text) TO ej_web;
