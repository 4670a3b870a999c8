-- voidings.sql: voiding operations of a log-in that others knew (SEC-07).
--
-- A voiding marks rows of the history (void_id) and folds the records that they touched again: a
-- field has the value of the last change that counts. So later honest changes of the same field
-- stand, averages and reports follow, nothing is deleted, and the history shows both. Restoring
-- writes no history of its own (ej.history_insert and others). Undoing takes the mark away and
-- folds again. Records of the journal are restored; what else the account changed is listed.

GRANT SELECT, INSERT, UPDATE ON ej.voiding TO ej_rule;
GRANT UPDATE (void_id) ON ej.history TO ej_rule;
GRANT INSERT ON ej.homework_for TO ej_rule;
CREATE POLICY read ON ej.voiding FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_journal_schools())::bigint[]));
GRANT SELECT (id, school_id, incident_id, basis, order_no, order_on, changes, staff_id, made_at, undo_order_no,
              undo_order_on, undone_staff_id, undone_at) ON ej.voiding TO ej_web;

-- The numbers of the voidings of the last fortnight in the schools in which the reader works: a
-- teacher, who reads no voiding, is told that records of the own journals do not count.
CREATE OR REPLACE FUNCTION ej.recent_voidings() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT v.id FROM ej.voiding AS v
                  WHERE v.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
                    AND v.made_at > now() - interval '14 days');
END
$$;

-- The columns that a voiding restores, by table, in an order in which rows can be added.
CREATE OR REPLACE FUNCTION ej.void_tables() RETURNS TABLE (n int, rel text, columns text[], is_removed boolean)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    (1, 'lesson',       '{topic,hours,state,attendance_at,homework}'::text[], false),
    (2, 'work',         '{kind_id,weight_pct,title}', false),
    (3, 'mark',         '{value,comment,staff_id}', false),
    (4, 'term_mark',    '{teaching_id,scale_id,value,staff_id}', false),
    (5, 'attendance',   '{code,minutes}', true),
    (6, 'homework',     '{text,due_lesson_id,due_on,is_personal,minutes,is_online}', true),
    (7, 'homework_for', '{}', true)
$$;

-- --------------------------------------------------------------- choosing --

-- The incident with its account, for the heads of its school; no row for others. is_mine: the user
-- may void (director and deputies, but not of the own log-in: is_own). Operations are void by law from
-- law_from, the later of the two notices, until law_till, when a new code opened the log-in again.
CREATE OR REPLACE FUNCTION ej.void_incident(incident_id bigint)
RETURNS TABLE (school_id bigint, account_id bigint, is_mine boolean, is_own boolean, law_from timestamptz,
               law_till timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT i.school_id, a.id,
           NOT o.is_own AND EXISTS (
               SELECT FROM ej.role_held AS r
                WHERE r.staff_id = ANY (ej.my_staff()) AND r.school_id = i.school_id
                  AND r.role IN ('deputy', 'director')), o.is_own,
           CASE WHEN i.head_at IS NOT NULL AND i.support_at IS NOT NULL THEN greatest(i.head_at, i.support_at) END,
           coalesce((SELECT min(v.used_at) FROM ej.activation AS v
                      WHERE v.person_id = i.person_id AND v.used_at > i.reported_at), 'infinity')
      FROM ej.incident AS i LEFT JOIN ej.account AS a ON a.person_id = i.person_id
     CROSS JOIN LATERAL (SELECT EXISTS (
           SELECT FROM ej.staff AS f WHERE f.id = ANY (ej.my_staff()) AND f.person_id = i.person_id) AS is_own) AS o
     WHERE i.id = void_incident.incident_id AND i.school_id = ANY (ej.my_journal_schools());
END
$$;

-- The place of an operation, as the form names it: the number of the session and the address.
CREATE OR REPLACE FUNCTION ej.void_place(session_id bigint, address inet) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT concat_ws(' ', coalesce(session_id::text, '-'), host(address)) $$;

-- The changes of an incident's account in its school, also the corrections that it accepted for a
-- teacher; none unless the user is a head of the school.
CREATE OR REPLACE FUNCTION ej.void_changes(incident_id bigint)
RETURNS TABLE (id bigint, made_at timestamptz, place text, session_id bigint, address inet, table_name text,
               pupil_id bigint, operation_id uuid, void_id bigint, is_by_law boolean, is_journal boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    i record;
BEGIN
    SELECT * INTO i FROM ej.void_incident(incident_id);
    RETURN QUERY
    SELECT h.id, h.made_at, ej.void_place(h.session_id, h.address), h.session_id, h.address, h.table_name, h.pupil_id,
           h.operation_id, h.void_id, (h.made_at >= i.law_from AND h.made_at < i.law_till) IS TRUE,
           h.table_name = ANY (ARRAY(SELECT t.rel FROM ej.void_tables() AS t))
      FROM ej.history AS h
     WHERE h.account_id = i.account_id AND h.school_id = i.school_id
     UNION ALL
    SELECT h.id, h.made_at, ej.void_place(h.session_id, h.address), h.session_id, h.address, h.table_name, h.pupil_id,
           h.operation_id, h.void_id, (h.made_at >= i.law_from AND h.made_at < i.law_till) IS TRUE,
           h.table_name = ANY (ARRAY(SELECT t.rel FROM ej.void_tables() AS t))
      FROM ej.correction AS c
      JOIN ej.staff AS f ON f.id = c.decided_staff_id
      JOIN ej.account AS a ON a.person_id = f.person_id AND a.id = i.account_id
      JOIN ej.history AS h ON h.key_id = c.column_id AND h.correction_id = c.id AND h.account_id <> i.account_id
     WHERE c.school_id = i.school_id;
END
$$;

-- The operations of an incident's account by place, with what they changed; for the heads.
CREATE OR REPLACE FUNCTION ej.voiding_places(incident_id bigint)
RETURNS TABLE (place text, address text, way text, agent text, first_at timestamptz, last_at timestamptz,
               operations bigint, marks bigint, absences bigint, lessons bigint, others bigint,
               pupils bigint, by_law bigint, void bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.place, host(c.address), min(e.way::text), min(e.agent::text), min(c.made_at), max(c.made_at),
           count(DISTINCT c.operation_id),
           count(*) FILTER (WHERE c.table_name IN ('mark', 'term_mark')),
           count(*) FILTER (WHERE c.table_name = 'attendance'),
           count(*) FILTER (WHERE c.table_name IN ('lesson', 'work', 'homework', 'homework_for')),
           count(*) FILTER (WHERE NOT c.is_journal), count(DISTINCT c.pupil_id),
           count(*) FILTER (WHERE c.is_by_law AND c.is_journal), count(c.void_id)
      FROM ej.void_changes(incident_id) AS c
      LEFT JOIN ej.entrance AS e ON e.session_id = c.session_id
     GROUP BY c.place, c.address
     ORDER BY max(c.made_at) DESC, c.place;
END
$$;

-- The changes from this place (NULL: from any), newest first; for the heads.
CREATE OR REPLACE FUNCTION ej.voiding_ids(incident_id bigint, place text)
RETURNS TABLE (id bigint, made_at timestamptz, address text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, c.made_at, host(c.address) FROM ej.void_changes(incident_id) AS c
     WHERE voiding_ids.place IS NULL OR c.place = voiding_ids.place
     ORDER BY c.id DESC LIMIT 300;
END
$$;

-- ---------------------------------------------------------------- folding --

-- The state that the rows touched by these changes of a table must have: is_there, the row exists;
-- is_made, a change that counts added it; fields, the values that changes that count have set; whose,
-- the school, teaching and pupil of the row.
CREATE OR REPLACE FUNCTION ej.void_states(rel text, ids bigint[])
RETURNS TABLE (row_key bigint[], is_there boolean, is_made boolean, fields jsonb, whose jsonb)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH touched AS MATERIALIZED (
        SELECT DISTINCT h.key_id, h.row_key FROM ej.history AS h WHERE h.id = ANY (ids) AND h.table_name = rel
    ), event AS MATERIALIZED (
        SELECT h.id, h.row_key, h.old, h.new, h.void_id, h.school_id, h.teaching_id, h.pupil_id
          FROM touched AS t
          JOIN ej.history AS h ON h.key_id = t.key_id AND h.table_name = rel AND h.row_key = t.row_key
    ), base AS MATERIALIZED (
        SELECT e.row_key, max(e.id) FILTER (WHERE e.void_id IS NULL AND e.old IS NULL) AS made,
               max(e.id) FILTER (WHERE e.void_id IS NULL) AS last,
               (array_agg(jsonb_build_object('school_id', e.school_id, 'teaching_id', e.teaching_id,
                                             'pupil_id', e.pupil_id)))[1] AS whose
          FROM event AS e GROUP BY e.row_key
    ), field AS MATERIALIZED (
        SELECT DISTINCT ON (e.row_key, f.key) e.row_key, f.key, f.value
          FROM event AS e JOIN base AS b USING (row_key)
         CROSS JOIN LATERAL jsonb_each(e.new || CASE WHEN e.old IS NULL
               THEN jsonb_strip_nulls(jsonb_build_object('teaching_id', e.teaching_id)) ELSE '{}' END) AS f
         WHERE e.void_id IS NULL AND e.new IS NOT NULL AND e.id >= coalesce(b.made, 0)
         ORDER BY e.row_key, f.key, e.id DESC
    )
    SELECT b.row_key, coalesce((SELECT e.new IS NOT NULL FROM event AS e WHERE e.id = b.last), false),
           b.made IS NOT NULL, coalesce((SELECT jsonb_object_agg(f.key, f.value) FROM field AS f
                                          WHERE f.row_key = b.row_key), '{}'),
           b.whose
      FROM base AS b;
END
$$;

-- Bring the rows of one table that these changes touched into their states (ej.void_states). A row is added or
-- removed only in tables whose rows the journal removes; elsewhere it becomes empty. A field that
-- nothing sets keeps its value where it must have one.
CREATE OR REPLACE FUNCTION ej.void_fold(rel text, columns text[], is_removed boolean, ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    keys  text[] := ej.key_columns(format('ej.%I', rel)::regclass, is_number => true);
    here  text := (SELECT string_agg(format('t.%I = s.row_key[%s]', k.name, k.n), ' AND ')
                     FROM unnest(keys) WITH ORDINALITY AS k(name, n));
    key   text := (SELECT format('jsonb_build_object(%s)', string_agg(format('%L, s.row_key[%s]', k.name, k.n), ', '))
                     FROM unnest(keys) WITH ORDINALITY AS k(name, n));
    own   text;
    value text;
BEGIN
    IF is_removed THEN
        SELECT string_agg(format('%I', a.attname), ', ') INTO own FROM pg_attribute AS a
         WHERE a.attrelid = format('ej.%I', rel)::regclass AND a.attnum > 0 AND NOT a.attisdropped
           AND a.attgenerated = '';
        EXECUTE format('INSERT INTO ej.%1$I (%2$s) SELECT r.%3$s FROM ej.void_states(%1$L, $1) AS s
            CROSS JOIN LATERAL jsonb_populate_record(NULL::ej.%1$I, s.whose || s.fields || %4$s) AS r
            WHERE s.is_there AND NOT EXISTS (SELECT FROM ej.%1$I AS t WHERE %5$s)',
            rel, own, replace(own, ', ', ', r.'), key, here) USING ids;
    END IF;
    IF columns <> '{}' THEN
        SELECT string_agg(format('CASE WHEN s.fields ? %1$L THEN r.%1$I ELSE %2$s END', a.attname,
                   CASE WHEN a.attnotnull THEN format('t.%I', a.attname) ELSE 'NULL' END),
                   ', ' ORDER BY a.attnum),
               string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) INTO value, own
          FROM pg_attribute AS a WHERE a.attrelid = format('ej.%I', rel)::regclass AND a.attname = ANY (columns);
        EXECUTE format('UPDATE ej.%1$I AS t SET (%2$s) = ROW(%3$s) FROM ej.void_states(%1$L, $1) AS s
            CROSS JOIN LATERAL jsonb_populate_record(NULL::ej.%1$I, s.fields) AS r
            WHERE %4$s AND (s.is_made OR %1$L NOT IN (''lesson'', ''work''))
              AND (t.%5$s) IS DISTINCT FROM (%3$s)', rel, own, value, here, replace(own, ', ', ', t.')) USING ids;
    END IF;
END
$$;

-- Bring everything that these changes touched into its state. Rows that must not exist are removed
-- last, the pupils of a homework before the homework.
CREATE OR REPLACE FUNCTION ej.void_fold_all(voiding_id bigint, ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    UPDATE ej.entry AS e SET voiding_id = void_fold_all.voiding_id WHERE e.pid = pg_backend_pid();
    PERFORM ej.void_fold(x.rel, x.columns, x.is_removed, ids) FROM (SELECT * FROM ej.void_tables() ORDER BY n) AS x;
    FOR t IN SELECT x.rel FROM ej.void_tables() AS x WHERE x.is_removed ORDER BY x.n DESC LOOP
        EXECUTE format('DELETE FROM ej.%1$I AS t USING ej.void_states(%1$L, $1) AS s
                         WHERE NOT s.is_there AND %2$s%3$s', t.rel,
            (SELECT string_agg(format('t.%I = s.row_key[%s]', k.name, k.n), ' AND ')
               FROM unnest(ej.key_columns(format('ej.%I', t.rel)::regclass, true)) WITH ORDINALITY AS k(name, n)),
            CASE t.rel WHEN 'homework'
                 THEN ' AND NOT EXISTS (SELECT FROM ej.homework_for AS f WHERE f.homework_id = t.id)
                  AND NOT EXISTS (SELECT FROM ej.submission AS f WHERE f.homework_id = t.id)' ELSE '' END)
          USING ids;
    END LOOP;
    UPDATE ej.entry AS e SET voiding_id = NULL WHERE e.pid = pg_backend_pid();
END
$$;

-- Lock the journals of these changes: wait for running saves, and let later ones wait.
CREATE OR REPLACE FUNCTION ej.void_lock(ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(92, hashint8(j.id))
       FROM (SELECT j.id FROM ej.journal AS j
              WHERE j.teaching_id = ANY (ARRAY(
                    SELECT DISTINCT h.teaching_id FROM ej.history AS h WHERE h.id = ANY (ids)))
              ORDER BY j.id) AS j;
END
$$;

-- The changes that a voiding by this basis takes, of the chosen places. Their journals are locked:
-- what a save has written meanwhile, for which this waited, is among them.
CREATE OR REPLACE FUNCTION ej.void_chosen(incident_id bigint, basis text, places text[]) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    locked bigint[];
    ids    bigint[] := '{}';
BEGIN
    LOOP
        locked := ids;
        ids := ARRAY(SELECT c.id FROM ej.void_changes(incident_id) AS c
                      WHERE c.is_journal AND c.void_id IS NULL
                        AND CASE basis WHEN 'law' THEN c.is_by_law ELSE c.place = ANY (places) END ORDER BY c.id);
        EXIT WHEN ids = locked;
        PERFORM ej.void_lock(ids);
    END LOOP;
    RETURN ids;
END
$$;

-- ----------------------------------------------------------------- acting --

-- Void the operations of an incident's account: with basis law all after both notices, with basis
-- order those of the chosen places. Returns the outcomes; the id of the voiding is the value.
-- Errors: JE401 no such incident; JE301 not the user's to void; JE283 nothing to void.
CREATE OR REPLACE FUNCTION ej.voiding_make(incident_id bigint, basis text, places text[], order_no text, order_on date)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    i   record;
    ids bigint[];
    new_id bigint;
BEGIN
    SELECT * INTO i FROM ej.void_incident(incident_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such incident' USING ERRCODE = 'JE401';
    ELSIF NOT i.is_mine THEN
        RAISE EXCEPTION 'not yours to void' USING ERRCODE = 'JE301';
    END IF;
    PERFORM pg_advisory_xact_lock(93, i.school_id::int);
    ids := ej.void_chosen(incident_id, basis, places);
    IF ids = '{}' THEN
        RETURN jsonb_build_array(jsonb_build_object('field', CASE basis WHEN 'order' THEN 'place' ELSE 'basis' END,
                                                    'outcome', 'bad', 'code', 'JE283'));
    END IF;
    INSERT INTO ej.voiding (school_id, incident_id, basis, order_no, order_on, changes, ids_sha256, staff_id)
    SELECT i.school_id, voiding_make.incident_id, voiding_make.basis, coalesce(voiding_make.order_no, ''),
           voiding_make.order_on, cardinality(ids), ej.void_digest(ids), s.id
      FROM ej.staff AS s WHERE s.id = ANY (ej.my_staff()) AND s.school_id = i.school_id
    RETURNING id INTO new_id;
    UPDATE ej.history AS h SET void_id = new_id WHERE h.id = ANY (ids);
    PERFORM ej.void_fold_all(new_id, ids);
    PERFORM ej.notify(i.school_id, 'voided', p.id, new_id::text)
       FROM (SELECT DISTINCT h.pupil_id FROM ej.history AS h WHERE h.id = ANY (ids)) AS h
       JOIN ej.pupil AS p ON p.id = h.pupil_id;
    RETURN jsonb_build_array(jsonb_build_object('outcome', 'saved', 'value', new_id));
END
$$;

-- The digest of the numbers of the voided changes (ejournal-verify).
CREATE OR REPLACE FUNCTION ej.void_digest(ids bigint[]) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
SELECT sha256(convert_to(coalesce(string_agg(i.id::text, ' ' ORDER BY i.id), ''), 'UTF8')) FROM unnest(ids) AS i(id)
$$;

-- Let the voided operations count again, by an order of the director.
-- Errors: JE401 no such voiding; JE301 not the user's; JE210 it is undone already.
CREATE OR REPLACE FUNCTION ej.voiding_undo(voiding_id bigint, order_no text, order_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    v   ej.voiding;
    ids bigint[];
BEGIN
    SELECT x.* INTO v FROM ej.voiding AS x
     WHERE x.id = voiding_id AND x.school_id = ANY (ej.my_journal_schools()) FOR UPDATE;
    IF v.id IS NULL THEN
        RAISE EXCEPTION 'no such voiding' USING ERRCODE = 'JE401';
    ELSIF NOT (SELECT i.is_mine FROM ej.void_incident(v.incident_id) AS i) THEN
        RAISE EXCEPTION 'not yours to undo' USING ERRCODE = 'JE301';
    ELSIF v.undone_at IS NOT NULL THEN
        RETURN jsonb_build_array(ej.conflict('order_no', v.undo_order_no, 'voiding', ARRAY[v.id]));
    END IF;
    PERFORM pg_advisory_xact_lock(93, v.school_id::int);
    ids := ARRAY(SELECT h.id FROM ej.history AS h WHERE h.void_id = v.id ORDER BY h.id);
    PERFORM ej.void_lock(ids);
    UPDATE ej.history AS h SET void_id = NULL WHERE h.void_id = v.id;
    UPDATE ej.voiding AS x
       SET undone_at = now(), undo_order_no = voiding_undo.order_no, undo_order_on = voiding_undo.order_on,
           undone_staff_id = (SELECT s.id FROM ej.staff AS s
                               WHERE s.id = ANY (ej.my_staff()) AND s.school_id = v.school_id)
     WHERE x.id = v.id;
    PERFORM ej.void_fold_all(v.id, ids);
    RETURN '[{"field": "order_no", "outcome": "saved"}]';
END
$$;

GRANT EXECUTE ON FUNCTION ej.recent_voidings, ej.void_incident, ej.voiding_places, ej.voiding_ids, ej.voiding_make,
    ej.voiding_undo TO ej_web;
