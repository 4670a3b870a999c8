-- messages_rules.sql: the school's rules of who may write to whom, as the administrator reads and
-- saves them (MSG-01 … 03). They are held by rule_message.sql.

CREATE POLICY read ON ej.message_rule FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[]));
CREATE POLICY add ON ej.message_rule FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.message_rule FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
SELECT ej.grant_rows('ej.message_rule', 'SELECT, INSERT');

-- The scopes that a rule for a pair of parts may have.
CREATE OR REPLACE FUNCTION ej.message_scopes(from_role text, to_role text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN 'class_teacher' IN (from_role, to_role) THEN '{none,class,school}'::text[]
            WHEN 'teacher' IN (from_role, to_role) THEN '{none,taught,school}'
            WHEN from_role IN ('parent', 'pupil') AND to_role IN ('parent', 'pupil') THEN '{none,class,school}'
            ELSE '{none,school}' END
$$;

-- The rules of a school, of every pair of parts; the pair of staff stands for all colleagues.
CREATE OR REPLACE FUNCTION ej.message_rules(school_id bigint)
RETURNS TABLE (n bigint, from_role text, to_role text, scope text, scopes text[])
LANGUAGE sql STABLE ROWS 21 SET search_path = ej, pg_temp AS $$
    WITH r AS (
        SELECT * FROM unnest('{head,class_teacher,teacher,staff,parent,pupil}'::text[]) WITH ORDINALITY AS r(role, n))
    SELECT row_number() OVER (ORDER BY f.n, t.n), f.role, t.role,
           coalesce(m.scope, ej.message_default(f.role, t.role)), ej.message_scopes(f.role, t.role)
      FROM r AS f CROSS JOIN r AS t
      LEFT JOIN ej.message_rule AS m
        ON (m.school_id, m.from_role, m.to_role) = (message_rules.school_id, f.role, t.role)
     WHERE f.n > 4 OR t.n > 4 OR (f.role, t.role) = ('staff', 'staff')
$$;

-- Save the rules of the school that the writer administers, a row of the form for each; returns the
-- outcomes. Errors: JE301 the writer administers none.
CREATE OR REPLACE FUNCTION ej.message_rules_save(from_role text[], to_role text[], scope text[], old_scope text[])
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school   bigint := (ej.my_admin_schools())[1];
    outcomes jsonb;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'no school to administer' USING ERRCODE = 'JE301';
    END IF;
    PERFORM FROM ej.school AS s WHERE s.id = school FOR NO KEY UPDATE; -- one save at a time
    SELECT coalesce(jsonb_agg(ej.field_outcome('scope', r.scope, i.old, i.scope,
               CASE WHEN r.n IS NULL OR i.scope <> ALL (r.scopes) THEN 'JE106' END, 'message_rule', ARRAY[school])
             || jsonb_build_object('n', i.n, 'row', jsonb_build_object('f', i.f, 't', i.t, 's', i.scope))
             ORDER BY i.n), '[]')
      INTO outcomes
      FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS i(f, t, scope, old, n)
      LEFT JOIN ej.message_rules(school) AS r ON (r.from_role, r.to_role) = (i.f, i.t)
     WHERE i.old <> i.scope;
    IF NOT ej.is_refused(outcomes) THEN
        INSERT INTO ej.message_rule AS r (school_id, from_role, to_role, scope)
        SELECT school, o."row" ->> 'f', o."row" ->> 't', o."row" ->> 's'
          FROM jsonb_to_recordset(outcomes) AS o(outcome text, "row" jsonb) WHERE o.outcome = 'saved'
        ON CONFLICT ON CONSTRAINT message_rule_pkey DO UPDATE SET scope = excluded.scope;
    END IF;
    RETURN outcomes;
END
$$;
