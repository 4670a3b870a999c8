-- save.sql: the common parts of every save.
--
-- A save compares each field of a form with the database and returns one outcome a field
-- (or a cell, or a row): saved; conflict, when somebody else changed it after the form was
-- shown (with the present value, the other person's name and the time); or bad (with an
-- error code). With one bad field nothing is saved. A save sent twice happens
-- once: the core calls a query of kind :outcomes between ej.begin_operation() and
-- ej.end_save(), and for a repeat not at all (mod_ejournal/queries.pl). The history is
-- written by triggers (history.sql). A feature's save function RETURNS jsonb, the outcomes:
--
--     BEGIN
--         -- lock the rows that the save depends on, then read them in a new statement
--         outcomes := (SELECT jsonb_agg(ej.field_outcome(…)) FROM …);
--         IF NOT ej.is_refused(outcomes) THEN
--             -- write the fields whose stored value equals the old one
--         END IF;
--         RETURN outcomes;
--     END
--
-- Functions are SECURITY INVOKER unless they say otherwise: row policies and grants
-- decide what a save reads and writes.

-- One row of the answer to a save, as the core reads it (:outcomes). n is the number of
-- the cell or row in the form, from 1; field is the name of a form's field.
DROP TYPE IF EXISTS ej.outcome CASCADE;
CREATE TYPE ej.outcome AS (
    n       int,
    outcome text,      -- saved, conflict or bad
    field   text,
    code    text,      -- error code of errors.def
    value   text,      -- the value in the database; of an added row its id, without a field
    who     text,      -- the author and local time of the change that conflicts
    at      text
);

-- ------------------------------------------------------------ operations --

-- Begin an operation that must happen once. Returns NULL the first time: the caller
-- goes on; for a repeat returns the answer of the first. A repeat on another
-- connection waits here until the first has ended. The same id with other content
-- (sha256) is another operation.
-- Errors: JE302 no live session; JE314 that of a key, which only reads (keys.sql).
CREATE OR REPLACE FUNCTION ej.begin_operation(operation_id uuid, sha256 bytea)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (ej.author()).account_id;
BEGIN
    IF account IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    ELSIF EXISTS (SELECT FROM ej.me AS m JOIN ej.session AS s ON s.digest = m.digest WHERE s.way = 'key') THEN
        RAISE EXCEPTION 'a key only reads' USING ERRCODE = 'JE314';
    END IF;
    INSERT INTO ej.operation (account_id, operation_id, sha256)
    VALUES (account, begin_operation.operation_id, begin_operation.sha256)
    ON CONFLICT ON CONSTRAINT operation_pkey DO NOTHING;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT coalesce(o.answer, '{}') FROM ej.operation AS o
             WHERE o.account_id = account
               AND o.operation_id = begin_operation.operation_id
               AND o.sha256 = begin_operation.sha256);
END
$$;

-- Store the answer of an operation, for its repeats. An answer is stored once and
-- never changed.
CREATE OR REPLACE FUNCTION ej.end_operation(operation_id uuid, sha256 bytea, answer jsonb)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    account bigint := (ej.author()).account_id;
BEGIN
    UPDATE ej.operation AS o SET answer = end_operation.answer
     WHERE o.account_id = account
       AND o.operation_id = end_operation.operation_id
       AND o.sha256 = end_operation.sha256
       AND o.answer IS NULL;
END
$$;

-- The parts of a lesson's form that an operation saved (the first word of each field's
-- name), and when: one row with part NULL when it changed nothing, and no row for the
-- operation of another account, of another lesson or of the grid.
CREATE OR REPLACE FUNCTION ej.operation_saved(operation_id text, lesson_id bigint)
RETURNS TABLE (part text, n bigint, made_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF operation_saved.operation_id !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT split_part(e.one->>'field', '.', 1), count(e.one), o.made_at
      FROM ej.operation AS o
      LEFT JOIN jsonb_array_elements(o.answer) AS e(one) ON e.one->>'outcome' = 'saved'
     WHERE o.account_id = (SELECT m.account_id FROM ej.me AS m)
       AND o.operation_id = operation_saved.operation_id::uuid
       AND (o.answer = '[]' OR o.answer @> jsonb_build_array(jsonb_build_object('lesson', lesson_id)))
     GROUP BY 1, 3;
END
$$;

-- -------------------------------------------------------------- outcomes --

-- The author and time of a row's last change, which a conflict shows. row_key may have
-- only the first columns of the key, to cover all attempts of a mark. Owned by
-- ej_rights, since a conflict names the other person even to a reader without a right
-- to the history. So it returns only rows that the reader may write or, as a
-- substitute, read; and none of accounts and codes, which no form edits field by field.
CREATE OR REPLACE FUNCTION ej.last_change(table_name text, row_key bigint[])
RETURNS TABLE (who text, at text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT ej.person_name(a.person_id, h.school_id),
           to_char(h.made_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI')
      FROM ej.history AS h
      JOIN ej.school AS s ON s.id = h.school_id
      LEFT JOIN ej.account AS a ON a.id = h.account_id
     WHERE h.table_name = last_change.table_name
       AND CASE WHEN h.table_name = ANY ('{lesson,work,mark,attendance,homework}')
                THEN h.teaching_id = ANY ((SELECT ej.my_teachings())::bigint[])
                WHEN h.table_name = 'term_mark'
                THEN h.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
                  OR h.key_id * 4294967296 + h.row_key[2] = ANY ((SELECT ej.my_pupil_subjects())::bigint[])
                WHEN h.table_name = ANY ('{account,account_subject,activation,factor,contact,choice}') THEN false
                WHEN h.table_name = 'finding' THEN h.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])
                  OR EXISTS (SELECT FROM ej.finding AS f WHERE f.id = h.key_id AND f.addressee_id = ANY (ej.my_staff()))
                -- of the sections beside the journal those who write them: the administrator sees none of these rows
                WHEN h.table_name = ANY ('{gto_result,gto_award}')
                THEN h.pupil_id = ANY ((SELECT ej.my_pe_pupils())::bigint[])
                WHEN h.table_name = 'health_group' THEN h.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[])
                  OR h.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[])
                WHEN h.table_name = 'meal_day' THEN h.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[])
                  OR EXISTS (SELECT FROM ej.meal_day AS d
                              WHERE d.id = h.key_id AND d.class_id = ANY ((SELECT ej.my_classes())::bigint[]))
                WHEN h.table_name = ANY ('{meal_entitlement,meal_payment,meal_choice,meal_order}')
                THEN h.school_id = ANY ((SELECT ej.my_meals_schools())::bigint[])
                  OR h.table_name <> ALL ('{meal_entitlement,meal_payment}')
                 AND h.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[])
                WHEN h.table_name = ANY ('{accident,duty_limit,inspection,inspection_line}')
                THEN h.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[])
                ELSE h.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
                  OR h.table_name = ANY ('{staff,staff_card,staff_post,staff_absence}')
                 AND h.school_id = ANY ((SELECT ej.my_hr_schools())::bigint[]) END
       AND h.key_id = last_change.row_key[1]
       AND h.row_key >= last_change.row_key
       AND h.row_key <= last_change.row_key || 9223372036854775807
     ORDER BY h.id + 0 DESC LIMIT 1; -- not along the primary key
END
$$;
ALTER FUNCTION ej.last_change(text, bigint[]) OWNER TO ej_rights;

-- The outcome of a field that somebody else changed meanwhile to stored.
CREATE OR REPLACE FUNCTION ej.conflict(field text, stored text, table_name text, row_key bigint[])
RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    change record;
BEGIN
    SELECT l.who, l.at INTO change FROM ej.last_change(table_name, row_key) AS l;
    RETURN jsonb_build_object('field', field, 'outcome', 'conflict', 'code', 'JE210',
                              'value', stored, 'who', change.who, 'at', change.at);
END
$$;

-- The outcome of one field: stored is its value in the database, old the value that the
-- form showed, submitted the new one, fault an error code or NULL; table_name and
-- row_key name the row for a conflict. A field that already has the submitted value is
-- saved. Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.field_outcome(field text, stored text, old text, submitted text,
    fault text, table_name text, row_key bigint[]) RETURNS jsonb
LANGUAGE sql STABLE AS $$
SELECT CASE WHEN fault IS NOT NULL
            THEN jsonb_build_object('field', field, 'outcome', 'bad', 'code', fault)
            WHEN stored <> old AND stored <> submitted
            THEN ej.conflict(field, stored, table_name, row_key)
            ELSE jsonb_build_object('field', field, 'outcome', 'saved') END
$$;

-- Whether one of these outcomes is bad, so that nothing may be saved.
CREATE OR REPLACE FUNCTION ej.is_refused(outcomes jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
SELECT outcomes @> '[{"outcome": "bad"}]'
$$;

-- End a save: returns its answer, and stores it for a repeat. If one outcome is bad, the
-- answer has only the bad ones. An outcome without n gets its place in the list. The member
-- "row" of an outcome is for the functions that write and is left out.
CREATE OR REPLACE FUNCTION ej.end_save(operation_id uuid, sha256 bytea, outcomes jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    outcomes := coalesce(outcomes, '[]');
    IF ej.is_refused(outcomes) THEN
        outcomes := jsonb_path_query_array(outcomes, '$[*] ? (@.outcome == "bad")');
    END IF;
    IF NOT outcomes @? '$[0].n' THEN
        SELECT coalesce(jsonb_agg(jsonb_build_object('n', o.n) || (o.one - 'row') ORDER BY o.n), '[]')
          INTO outcomes
          FROM jsonb_array_elements(outcomes) WITH ORDINALITY AS o(one, n);
    END IF;
    PERFORM ej.end_operation(operation_id, sha256, outcomes);
    RETURN outcomes;
END
$$;

GRANT EXECUTE ON FUNCTION ej.begin_operation, ej.end_operation, ej.operation_saved,
    ej.last_change TO ej_web;
GRANT EXECUTE ON FUNCTION ej.last_change TO ej_rule;
