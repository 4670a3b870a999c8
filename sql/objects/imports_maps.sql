-- imports_maps.sql: how the columns of another system's files are called: maps that the administrator saves while
-- choosing the columns of a draft, and that recognise the next file with the same headings (INT-01).

CREATE POLICY read ON ej.import_map FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_setup_schools())::bigint[])
        OR school_id = any((select ej.my_hr_schools())::bigint[])
        OR school_id = any((select ej.my_meals_schools())::bigint[]));
CREATE POLICY add ON ej.import_map FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.import_map FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT, INSERT (school_id, kind, name, fields, headings), UPDATE (name, fields, headings, ended_on)
   ON ej.import_map TO ej_web;

-- The map all of whose headings are in this row of headings; of several the one that has the most. NULL: there is none.
CREATE OR REPLACE FUNCTION ej.import_map_of(kind text, heads jsonb) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    words text[] := ARRAY(SELECT ej.folded(ej.import_text(h.head))
                            FROM jsonb_array_elements_text(heads) WITH ORDINALITY AS h(head, n) WHERE h.n > 1);
BEGIN
    RETURN (SELECT m.id FROM ej.import_map AS m
             WHERE m.school_id = ANY (ej.import_schools(import_map_of.kind)) AND m.kind = import_map_of.kind
               AND m.ended_on IS NULL
               AND NOT EXISTS (SELECT FROM unnest(m.headings) AS h(heading) WHERE ej.folded(h.heading) <> ALL (words))
             ORDER BY cardinality(m.headings) DESC, m.id DESC LIMIT 1);
END
$$;

-- The columns that a map finds in a row of headings: field -> number.
CREATE OR REPLACE FUNCTION ej.import_map_columns(import_map_id bigint, heads jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT coalesce(jsonb_object_agg(p.field, h.n), '{}')
  FROM ej.import_map AS m
 CROSS JOIN LATERAL unnest(m.fields, m.headings) AS p(field, heading)
  JOIN ej.import_fields(m.kind) AS f ON f.field = p.field
 CROSS JOIN LATERAL (
    SELECT x.n - 1 AS n FROM jsonb_array_elements_text(heads) WITH ORDINALITY AS x(head, n)
     WHERE x.n > 1 AND ej.folded(ej.import_text(x.head)) = ej.folded(p.heading) ORDER BY x.n LIMIT 1) AS h
 WHERE m.id = import_map_id
$$;

-- Remember the columns of the present draft by a name; a map of this name is replaced, and applies again.
-- Errors: JE401 no draft, or none of its columns is chosen.
CREATE OR REPLACE FUNCTION ej.import_map_save(kind text, name text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with(kind, 'table');
    made  bigint;
BEGIN
    INSERT INTO ej.import_map AS m (school_id, kind, name, fields, headings)
    SELECT (draft ->> 'school')::bigint, import_map_save.kind, import_map_save.name,
           array_agg(c.key ORDER BY c.key),
           array_agg(ej.import_text(draft -> 'table' -> 0 ->> c.value::int) ORDER BY c.key)
      FROM jsonb_each_text(draft -> 'columns') AS c
    HAVING count(*) > 0
    ON CONFLICT ON CONSTRAINT import_map_name DO UPDATE
       SET fields = excluded.fields, headings = excluded.headings, ended_on = NULL
    RETURNING m.id INTO made;
    IF made IS NULL THEN
        RAISE EXCEPTION 'no columns' USING ERRCODE = 'JE401';
    END IF;
    PERFORM ej.draft_keep(kind, draft || jsonb_build_object('map_id', made));
END
$$;

-- Give a map another name. Errors: JE401 no such map; JE210 it was renamed meanwhile.
CREATE OR REPLACE FUNCTION ej.import_map_rename(kind text, import_map_id bigint, old_name text, name text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    stored text := (SELECT m.name FROM ej.import_map AS m WHERE m.id = import_map_id AND m.kind = import_map_rename.kind
                       AND m.school_id = ANY (ej.my_admin_schools()));
BEGIN
    IF stored IS NULL THEN
        RAISE EXCEPTION 'no such map' USING ERRCODE = 'JE401';
    ELSIF stored NOT IN (old_name, import_map_rename.name) THEN
        RAISE EXCEPTION 'renamed meanwhile' USING ERRCODE = 'JE210';
    END IF;
    UPDATE ej.import_map AS m SET name = import_map_rename.name WHERE m.id = import_map_id;
END
$$;

-- Apply a map no longer; the columns that it chose in a draft stay. Errors: JE401 no such map.
CREATE OR REPLACE FUNCTION ej.import_map_end(kind text, import_map_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.import_map AS m SET ended_on = coalesce(m.ended_on, ej.today(m.school_id))
     WHERE m.id = import_map_id AND m.kind = import_map_end.kind AND m.school_id = ANY (ej.my_admin_schools());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such map' USING ERRCODE = 'JE401';
    END IF;
END
$$;
