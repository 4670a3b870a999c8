-- extracts.sql: frozen copies of printed documents: numbering and voiding
-- (ARC-03…06, DIA-11; ГОСТ Р 7.0.97-2016, 5.26). Outsiders check them by verify.sql.

GRANT SELECT, INSERT, UPDATE ON ej.extract TO ej_rule;
GRANT SELECT, INSERT ON ej.extract_view TO ej_rule;

-- ------------------------------------------------------------------- rules --

-- Refuse every change of a copy but one: that it becomes void. None is deleted.
CREATE OR REPLACE FUNCTION ej.rule_extract() RETURNS trigger
LANGUAGE plpgsql SET search_path = ej, pg_temp AS $$
DECLARE
    void constant text[] := '{void_at,void_on,void_reason,void_staff_id}';
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.void_at IS NULL AND NEW.void_at IS NOT NULL
       AND to_jsonb(NEW) - void = to_jsonb(OLD) - void THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a numbered copy only becomes void, once' USING ERRCODE = 'JE277';
END
$$;
CREATE OR REPLACE TRIGGER rule_extract BEFORE UPDATE OR DELETE ON ej.extract
    FOR EACH ROW EXECUTE FUNCTION ej.rule_extract();

-- Whether a term of a class is still open: it has not ended, or one of its journals that the reader
-- sees is not closed.
CREATE OR REPLACE FUNCTION ej.term_is_open(class_id bigint, term_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.term AS e WHERE e.id = $2 AND upper(e.during) > ej.today(e.school_id))
        OR EXISTS (SELECT FROM ej.study_group_class AS g
                     JOIN ej.teaching AS t ON t.study_group_id = g.study_group_id
                     JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id = $2
                    WHERE g.class_id = $1 AND j.closed_at IS NULL);
END
$$;

-- valid, void, or replaced by a copy that is not void itself.
CREATE OR REPLACE FUNCTION ej.extract_state(extract_id bigint, void_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN void_at IS NOT NULL THEN 'void'
                WHEN EXISTS (SELECT FROM ej.extract AS x WHERE x.replaces_id = $1 AND x.void_at IS NULL) THEN 'replaced'
                ELSE 'valid' END;
END
$$;

-- A copy as it is printed, as far as the reader may read it.
CREATE OR REPLACE FUNCTION ej.extract_copy(extract_id bigint)
RETURNS TABLE (number int, year int, kind text, state text, by_number int, made_on date, void_on date, signer_role text,
               signer_name text, original text, journal text, code_key text, sha256 text, document text)
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT x.number, x.year, x.kind::text, ej.extract_state(x.id, x.void_at),
       (SELECT n.number FROM ej.extract AS n WHERE n.replaces_id = x.id AND n.void_at IS NULL),
       x.made_on, x.void_on, x.signer_role::text,
       x.signer_name::text, nullif(x.original, '')::text, x.address::text, x.code_key::text,
       encode(x.document_sha256, 'hex'), x.document
  FROM ej.extract AS x WHERE x.id = $1
$$;

-- ----------------------------------------------------------------- issuing --

-- In which role the user may certify a copy about this pupil or class of the school where the user
-- works, or (both NULL) about the whole school or the own teachings (is_own); NULL: in none.
CREATE OR REPLACE FUNCTION ej.extract_role(pupil_id bigint, class_id bigint, is_own boolean) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_staff_schools())[1];
BEGIN
    IF $1 IS NOT NULL AND NOT EXISTS (SELECT FROM ej.pupil AS p WHERE p.id = $1 AND p.school_id = school)
       OR $2 IS NOT NULL AND NOT EXISTS (SELECT FROM ej.class AS c WHERE c.id = $2 AND c.school_id = school) THEN
        RETURN NULL;
    ELSIF school = ANY (ej.my_deputy_schools()) THEN
        RETURN 'deputy';
    ELSIF school = ANY (ej.my_lead_schools()) THEN
        RETURN 'director';
    ELSIF $1 = ANY (ej.my_class_pupils()) OR $1 IS NULL AND $2 = ANY (ej.my_classes()) THEN
        RETURN 'class_teacher';
    ELSIF is_own AND $1 IS NULL AND $2 IS NULL AND cardinality(ej.my_write_teachings()) > 0 THEN
        RETURN 'teacher';
    END IF;
    RETURN NULL;
END
$$;

-- Freeze a document under the next number of its school and year. facts are what its page says
-- about it: kind, about, holder, year, pupil_id, class_id, term_id, is_own; of the form: purpose,
-- original, replaces_id. The document itself is the caller's: this function cannot know whether
-- it is what the journal says. A repeat of the operation gives the same copy. A copy replaces only one
-- about the same, that the reader could make void.
-- Errors: JE276 the term is open, JE277 what it replaces is void, replaced, another document or not
-- yours, JE301 not yours to certify.
CREATE OR REPLACE FUNCTION ej.extract_issue(facts jsonb, address text, document text, operation_id uuid)
RETURNS TABLE (extract_id bigint, code text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_staff_schools())[1];
    me     bigint := (ej.my_staff())[1];
    f      record;
    role   text;
BEGIN
    SELECT * INTO f FROM jsonb_to_record(facts) AS x(kind text, about text, holder text, year int, pupil_id bigint,
        class_id bigint, term_id bigint, is_own text, purpose text, original text, replaces_id bigint);
    role := ej.extract_role(f.pupil_id, f.class_id, f.is_own IS NOT NULL);
    IF me IS NULL OR role IS NULL OR f.term_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM ej.term AS e WHERE e.id = f.term_id AND e.school_id = school)
       OR f.kind LIKE 'report\_%' AND (f.about IS NULL OR NOT ej.handover_is_own(f.kind, f.class_id, f.pupil_id,
                                                                                f.term_id, f.is_own IS NOT NULL)) THEN
        RETURN QUERY SELECT NULL::bigint, 'JE301';
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(98, hashint8(school)); -- the next number is the writer's own
    extract_id := (SELECT x.id FROM ej.extract AS x
                    WHERE x.staff_id = me AND x.operation_id = extract_issue.operation_id);
    IF extract_id IS NULL AND f.kind LIKE 'report\_%' AND f.replaces_id IS NULL THEN
        -- a report is handed in once (handover.sql): its valid copy is the answer
        extract_id := (SELECT x.id FROM ej.extract AS x
                        WHERE x.kind = f.kind AND x.term_id = ANY (ej.handover_terms(f.term_id))
                          AND CASE WHEN f.class_id IS NULL THEN x.staff_id = me ELSE x.class_id = f.class_id END
                          AND ej.extract_state(x.id, x.void_at) = 'valid' ORDER BY x.id DESC LIMIT 1);
    END IF;
    IF extract_id IS NOT NULL THEN
        RETURN NEXT;
        RETURN;
    END IF;
    code := CASE
        WHEN f.term_id IS NOT NULL AND f.class_id IS NOT NULL AND ej.term_is_open(f.class_id, f.term_id) THEN 'JE276'
        WHEN f.kind = 'report_teachers' AND ej.handover_is_open(me, ej.handover_terms(f.term_id)) THEN 'JE276'
        WHEN f.replaces_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM ej.extract AS x
             WHERE x.id = f.replaces_id AND x.school_id = school AND x.kind = f.kind
               AND x.pupil_id IS NOT DISTINCT FROM f.pupil_id AND x.class_id IS NOT DISTINCT FROM f.class_id
               AND ej.extract_role(x.pupil_id, x.class_id, x.staff_id = me) IS NOT NULL
               AND ej.extract_state(x.id, x.void_at) = 'valid') THEN 'JE277' END;
    IF code IS NOT NULL THEN
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO ej.extract (school_id, year, number, kind, about, pupil_id, class_id, term_id, staff_id, signer_role,
                            signer_name, holder, purpose, original, address, code_key, document, document_sha256,
                            operation_id, made_on, replaces_id)
    SELECT school, f.year, 1 + coalesce((SELECT max(x.number) FROM ej.extract AS x
                                          WHERE x.school_id = school AND x.year = f.year), 0),
           f.kind, f.about, f.pupil_id, f.class_id, f.term_id, me, role,
           ej.initials_name(s.surname, s.given_name, s.patronymic), coalesce(f.holder, s.surname), f.purpose,
           coalesce(f.original, ''), extract_issue.address,
           encode(substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16), 'hex'),
           extract_issue.document, sha256(convert_to(extract_issue.document, 'UTF8')), extract_issue.operation_id,
           ej.today(school), f.replaces_id
      FROM ej.staff AS s WHERE s.id = me
    RETURNING id INTO extract_id;
    RETURN NEXT;
END
$$;

-- Make a copy void, with a reason. The same reason once more is no error.
-- Errors: JE277 void already, JE301 not yours to make void.
CREATE OR REPLACE FUNCTION ej.extract_void(extract_id bigint, reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    x record;
BEGIN
    SELECT x.school_id, x.pupil_id, x.class_id, x.staff_id, x.void_at, x.void_reason INTO x FROM ej.extract AS x
     WHERE x.id = $1 AND x.school_id = ANY (ej.my_staff_schools()) FOR UPDATE;
    IF x.school_id IS NULL OR ej.extract_role(x.pupil_id, x.class_id, x.staff_id = ANY (ej.my_staff())) IS NULL THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    ELSIF x.void_at IS NOT NULL THEN
        RETURN CASE WHEN x.void_reason = reason THEN '[]'
                    ELSE '[{"outcome": "bad", "field": "reason", "code": "JE277"}]' END;
    END IF;
    UPDATE ej.extract
       SET void_at = now(), void_on = ej.today(x.school_id), void_reason = reason, void_staff_id = (ej.my_staff())[1]
     WHERE id = $1;
    RETURN '[]';
END
$$;

GRANT EXECUTE ON FUNCTION ej.extract_role, ej.extract_issue, ej.extract_void TO ej_web;
