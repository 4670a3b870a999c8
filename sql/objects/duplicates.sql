-- duplicates.sql: two records of one person are merged into one.
--
-- ej.duplicates() finds records that are alike by name and birthday, СНИЛС or phone. The
-- administrator compares their facts (ej.duplicate_facts) and chooses the record to keep. The rows
-- of the other record are moved to the kept one: each is copied with the id of the kept record
-- and then deleted, and the history has both. Lessons, marks and roles are not moved: a record
-- that has them cannot be removed, and two records that both have them cannot be merged.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.enrolment, ej.membership, ej.guardianship, ej.consent, ej.pupil_category,
    ej.promotion_choice, ej.split_pupil, ej.movement, ej.pupil_card, ej.pupil_health, ej.card_view,
    ej.request, ej.absence_reason, ej.notice, ej.notice_for, ej.remark, ej.accident, ej.event_participant,
    ej.achievement, ej.receipt, ej.paper, ej.informing, ej.meal_entitlement, ej.meal_choice, ej.outside_mark,
    ej.health_group, ej.gto_result, ej.gto_award, ej.staff_card, ej.staff_post, ej.staff_absence,
    ej.pupil, ej.guardian, ej.staff, ej.duplicate TO ej_rule;
GRANT SELECT, UPDATE ON ej.account, ej.activation TO ej_rule;
GRANT DELETE ON ej.activation TO ej_rule;
GRANT SELECT ON ej.visit, ej.mark, ej.attendance, ej.term_mark, ej.homework_for, ej.teaching, ej.teaching_former,
    ej.lesson, ej.class, ej.staff_role, ej.verification, ej.split, ej.journal, ej.plan, ej.attendance_check,
    ej.correction, ej.finding, ej.voiding, ej.event TO ej_rule;

-- Pairs of records of a school that are alike, at most 200. first_id is the older record.
-- why: number (both have the same СНИЛС); phone (the same name and phone); name (the same name);
-- birthday (pupils of the same name, of whom one has no birthday, or whose birthdays differ by a
-- month at most).
CREATE OR REPLACE FUNCTION ej.duplicates()
RETURNS TABLE (kind text, first_id bigint, second_id bigint, name text, first_about text, second_about text, why text)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF ej.my_admin_schools() = '{}' THEN
        RETURN;
    END IF;
    RETURN QUERY
WITH pupil AS MATERIALIZED (
    SELECT k.id, k.birth_on, k.snils, k.name,
           ej.import_word(concat(k.pupil ->> 'surname', k.pupil ->> 'given_name')) AS word
      FROM ej.import_known_pupils() AS k
), guardian AS MATERIALIZED (
    SELECT k.id, k.word, k.phone, k.pupils, k.name FROM ej.import_known_guardians() AS k
), staff AS MATERIALIZED (
    SELECT s.id, ej.import_word(s.surname || s.given_name || s.patronymic) AS word,
           concat_ws(', ', concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, '')), nullif(s.post, ''))
               AS name
      FROM ej.staff AS s WHERE s.school_id = ANY ((SELECT ej.my_admin_schools())::bigint[])
), pair AS (
    SELECT 'pupils' AS kind, a.id AS first_id, b.id AS second_id, a.name AS first_about, b.name AS second_about,
           CASE WHEN a.birth_on = b.birth_on THEN 'name' ELSE 'birthday' END AS why
      FROM pupil AS a JOIN pupil AS b ON b.word = a.word AND b.id > a.id
     WHERE coalesce(abs(a.birth_on - b.birth_on) <= 31, true)
     UNION
    SELECT 'pupils', a.id, b.id, a.name, b.name, 'number'
      FROM pupil AS a JOIN pupil AS b ON b.snils = a.snils AND b.id > a.id AND b.word <> a.word
     UNION
    SELECT 'guardians', a.id, b.id, a.name, b.name,
           CASE WHEN a.phone <> '' AND a.phone = b.phone THEN 'phone' ELSE 'name' END
      FROM guardian AS a JOIN guardian AS b ON b.word = a.word AND b.id > a.id
     WHERE a.phone = '' OR b.phone = '' OR a.phone = b.phone OR a.pupils && b.pupils
     UNION
    SELECT 'staff', a.id, b.id, a.name, b.name, 'name'
      FROM staff AS a JOIN staff AS b ON b.word = a.word AND b.id > a.id
)
SELECT p.kind, p.first_id, p.second_id, split_part(p.first_about, ',', 1), p.first_about, p.second_about, p.why
  FROM pair AS p
 ORDER BY array_position('{pupils,guardians,staff}'::text[], p.kind), p.first_about, p.first_id, p.second_id
 LIMIT 200;
END
$$;

-- The table with the records of a kind.
CREATE OR REPLACE FUNCTION ej.duplicate_table(kind text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind WHEN 'pupils' THEN 'pupil' WHEN 'guardians' THEN 'guardian' WHEN 'staff' THEN 'staff' END
$$;

-- A record of the administrator's school; NULL for any other.
CREATE OR REPLACE FUNCTION ej.duplicate_record(kind text, record_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    record jsonb;
BEGIN
    IF ej.duplicate_table(kind) IS NOT NULL THEN
        EXECUTE format('SELECT to_jsonb(r) FROM ej.%I AS r WHERE r.id = $1 AND r.school_id = ANY ($2)',
                       ej.duplicate_table(kind))
           INTO record USING record_id, ej.my_admin_schools();
    END IF;
    RETURN record;
END
$$;

-- The facts of a record of the administrator's school, with their values; a fact without a value
-- is left out.
CREATE OR REPLACE FUNCTION ej.duplicate_facts(kind text, record_id bigint) RETURNS TABLE (n int, fact text, value text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one    jsonb := ej.duplicate_record(kind, record_id);
    pupil  bigint := CASE WHEN kind = 'pupils' AND one IS NOT NULL THEN record_id END;
    parent bigint := CASE WHEN kind = 'guardians' AND one IS NOT NULL THEN record_id END;
    staff  bigint := CASE WHEN kind = 'staff' AND one IS NOT NULL THEN record_id END;
BEGIN
    RETURN QUERY SELECT v.n, v.fact, v.value FROM (VALUES
        (1, 'name', concat_ws(' ', one ->> 'surname', one ->> 'given_name', one ->> 'patronymic')),
        (2, 'phone', one ->> 'phone'),
        (3, 'email', one ->> 'email'),
        (4, 'post', one ->> 'post'),
        (5, 'birth_on', (SELECT c.birth_on::text FROM ej.pupil_card AS c WHERE c.pupil_id = pupil)),
        (6, 'snils', (SELECT c.snils FROM ej.pupil_card AS c WHERE c.pupil_id = pupil)),
        (7, 'login', (SELECT CASE WHEN a.blocked_at IS NULL THEN 'active' ELSE 'blocked' END
                        FROM ej.account AS a WHERE a.person_id = (one ->> 'person_id')::bigint)),
        (8, 'seen_on', (SELECT max(v.seen_on)::text FROM ej.account AS a JOIN ej.visit AS v ON v.account_id = a.id
                         WHERE a.person_id = (one ->> 'person_id')::bigint)),
        (9, 'classes', (SELECT string_agg(c.name || ' (' || c.year || ')', ', ' ORDER BY c.year, c.name)
                          FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE e.pupil_id = pupil)),
        (10, 'groups', (SELECT nullif(count(*), 0)::text FROM ej.membership AS m WHERE m.pupil_id = pupil)),
        (11, 'guardians', (
            SELECT string_agg(concat_ws(' ', g.surname, g.given_name), ', ' ORDER BY g.surname, g.given_name)
              FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
             WHERE w.pupil_id = pupil)),
        (12, 'children', (
            SELECT string_agg(concat_ws(' ', p.surname, p.given_name), ', ' ORDER BY p.surname, p.given_name)
              FROM ej.guardianship AS w JOIN ej.pupil AS p ON p.id = w.pupil_id
             WHERE w.guardian_id = parent)),
        (13, 'marks', (SELECT nullif(count(*), 0)::text FROM ej.mark AS m WHERE m.pupil_id = pupil)),
        (14, 'absences', (SELECT nullif(count(*), 0)::text FROM ej.attendance AS a WHERE a.pupil_id = pupil)),
        (15, 'term_marks', (SELECT nullif(count(*), 0)::text FROM ej.term_mark AS m WHERE m.pupil_id = pupil)),
        (16, 'homework', (SELECT nullif(count(*), 0)::text FROM (
             SELECT FROM ej.homework_for AS h WHERE h.pupil_id = pupil
              UNION ALL SELECT FROM ej.submission AS s WHERE s.pupil_id = pupil
              UNION ALL SELECT FROM ej.homework_done AS d WHERE d.pupil_id = pupil) AS h)),
        (17, 'led', (SELECT string_agg(c.name || ' (' || c.year || ')', ', ' ORDER BY c.year, c.name)
                       FROM ej.class AS c WHERE c.class_teacher_id = staff)),
        (18, 'teachings', (SELECT nullif(count(*), 0)::text FROM (
             SELECT FROM ej.teaching AS t WHERE t.staff_id = staff
              UNION ALL SELECT FROM ej.teaching_former AS t WHERE t.staff_id = staff) AS t)),
        (19, 'lessons', (SELECT nullif(count(*), 0)::text FROM ej.lesson AS l
                          WHERE staff IN (l.staff_id, l.planned_staff_id))),
        (20, 'papers', (SELECT nullif(sum(x.n), 0)::text FROM (
             SELECT count(*) FROM ej.request AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.verification AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.split AS r WHERE staff IN (r.staff_id, r.decided_staff_id)
              UNION ALL SELECT count(*) FROM ej.plan AS r WHERE staff IN (r.staff_id, r.approved_by)
              UNION ALL SELECT count(*) FROM ej.remark AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.announcement AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.receipt AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.paper AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.extract AS r WHERE staff IN (r.staff_id, r.void_staff_id)
              UNION ALL SELECT count(*) FROM ej.informing AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.event AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.achievement AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.gto_result AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.gto_edition AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.accident AS r WHERE staff IN (r.staff_id, r.received_by)
              UNION ALL SELECT count(*) FROM ej.attendance_check AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.correction AS r WHERE staff IN (r.staff_id, r.decided_staff_id)
              UNION ALL SELECT count(*) FROM ej.finding AS r
                         WHERE staff IN (r.staff_id, r.addressee_id, r.decided_staff_id)
              UNION ALL SELECT count(*) FROM ej.inspection AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.inspection_line AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.training_record AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.takeout AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.voiding AS r WHERE staff IN (r.staff_id, r.undone_staff_id)
              UNION ALL SELECT count(*) FROM ej.meal_day AS r WHERE r.confirmed_by = staff
              UNION ALL SELECT count(*) FROM ej.meal_order AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.meal_line AS r WHERE r.staff_id = staff
              UNION ALL SELECT count(*) FROM ej.meal_month AS r WHERE r.closed_by = staff
              UNION ALL SELECT count(*) FROM ej.journal AS j WHERE j.closed_by = staff) AS x(n))),
        (21, 'extracts', (SELECT nullif(count(*), 0)::text FROM ej.extract AS x WHERE x.pupil_id = pupil)),
        (22, 'roles', (SELECT string_agg(DISTINCT r.role, ' ') FROM ej.staff_role AS r WHERE r.staff_id = staff)),
        (23, 'meals', (SELECT nullif(count(*), 0)::text FROM (
             SELECT FROM ej.meal_order AS o WHERE o.pupil_id = pupil
              UNION ALL SELECT FROM ej.meal_payment AS y WHERE y.pupil_id = pupil
              UNION ALL SELECT FROM ej.meal_balance AS b WHERE b.pupil_id = pupil) AS m)),
        -- the other school has the record by its number
        (24, 'transfers', (SELECT nullif(count(*), 0)::text FROM (
             SELECT FROM ej.transfer AS t WHERE t.pupil_id = pupil
              UNION ALL SELECT FROM ej.transfer AS t WHERE t.entered_id = pupil
              UNION ALL SELECT FROM ej.transfer_file AS f WHERE f.pupil_id = pupil) AS t))
        ) AS v(n, fact, value)
     WHERE one IS NOT NULL AND v.value <> '' ORDER BY v.n;
END
$$;

-- The facts for which a record cannot be merged into the kept one; {} when it can be, and for records
-- that are not the administrator's.
CREATE OR REPLACE FUNCTION ej.duplicate_hindrances(kind text, kept bigint, gone bigint) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF ej.duplicate_record(kind, kept) IS NULL OR ej.duplicate_record(kind, gone) IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT f.fact FROM ej.duplicate_facts(kind, gone) AS f
         WHERE f.fact = ANY ('{marks,absences,term_marks,homework,led,teachings,lessons,papers,extracts,roles,meals,
                               transfers}')
         UNION ALL
        SELECT 'logins' WHERE 2 = (
            SELECT count(*) FROM (VALUES (kept), (gone)) AS r(id)
             WHERE EXISTS (SELECT FROM ej.duplicate_facts(kind, r.id) AS f
                            WHERE f.fact = 'login' AND f.value = 'active'))
         UNION ALL
        SELECT 'two_classes' WHERE kind = 'pupils' AND EXISTS (
            SELECT FROM ej.enrolment AS a JOIN ej.enrolment AS b ON b.during && a.during AND b.class_id <> a.class_id
             WHERE a.pupil_id = kept AND b.pupil_id = gone));
END
$$;

-- Copy the rows of a table that refer to the record gone (by the column key) to the record kept,
-- except rows of which kept has an equal one.
CREATE OR REPLACE FUNCTION ej.duplicate_copy_rows(rel text, key text, kept bigint, gone bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    columns text := (
        SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute AS a
         WHERE a.attrelid = format('ej.%I', rel)::regclass AND a.attnum > 0 AND NOT a.attisdropped
           AND a.attgenerated = '' AND a.attidentity = '' AND a.attname <> key);
BEGIN
    EXECUTE format('INSERT INTO ej.%1$I (%2$I, %3$s) SELECT $1, %3$s
                    FROM ej.%1$I WHERE %2$I = $2 ON CONFLICT DO NOTHING',
                   rel, key, columns) USING kept, gone;
END
$$;

-- The tables whose rows are moved, in the order in which rows are added; rows are deleted in the
-- opposite order.
CREATE OR REPLACE FUNCTION ej.duplicate_parts(kind text) RETURNS TABLE (n bigint, rel text, key text)
LANGUAGE sql IMMUTABLE AS $$
SELECT row_number() OVER (), p.rel, p.key FROM (VALUES
    ('pupils', 'enrolment', 'pupil_id'),
    ('pupils', 'membership', 'pupil_id'),
    ('pupils', 'guardianship', 'pupil_id'),
    ('pupils', 'consent', 'pupil_id'),
    ('pupils', 'pupil_category', 'pupil_id'),
    ('pupils', 'promotion_choice', 'pupil_id'),
    ('pupils', 'split_pupil', 'pupil_id'),
    ('pupils', 'movement', 'pupil_id'),
    ('pupils', 'pupil_card', 'pupil_id'),
    ('pupils', 'pupil_health', 'pupil_id'),
    ('pupils', 'request', 'pupil_id'),
    ('pupils', 'absence_reason', 'pupil_id'),
    ('pupils', 'remark', 'pupil_id'),
    ('pupils', 'event_participant', 'pupil_id'),
    ('pupils', 'achievement', 'pupil_id'),
    ('pupils', 'accident', 'pupil_id'),
    ('pupils', 'outside_mark', 'pupil_id'),
    ('pupils', 'receipt', 'pupil_id'),
    ('pupils', 'paper', 'pupil_id'),
    ('pupils', 'informing', 'pupil_id'),
    ('pupils', 'meal_entitlement', 'pupil_id'),
    ('pupils', 'meal_choice', 'pupil_id'),
    ('pupils', 'health_group', 'pupil_id'),
    ('pupils', 'gto_result', 'pupil_id'),
    ('pupils', 'gto_award', 'pupil_id'),
    ('guardians', 'guardianship', 'guardian_id'),
    ('guardians', 'consent', 'guardian_id'),
    ('guardians', 'request', 'guardian_id'),
    ('guardians', 'receipt', 'guardian_id'),
    ('staff', 'staff_card', 'id'),
    ('staff', 'staff_post', 'staff_id'),
    ('staff', 'staff_absence', 'staff_id')) AS p(kind, rel, key)
 WHERE p.kind = duplicate_parts.kind
$$;

-- Fill the empty columns of the row of kept with the values of the row of gone.
CREATE OR REPLACE FUNCTION ej.duplicate_fill(rel text, key text, kept bigint, gone bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    a jsonb;
    b jsonb;
    n text;
BEGIN
    EXECUTE format('SELECT to_jsonb(r) FROM ej.%I AS r WHERE r.%I = $1', rel, key) INTO a USING kept;
    EXECUTE format('SELECT to_jsonb(r) FROM ej.%I AS r WHERE r.%I = $1', rel, key) INTO b USING gone;
    n := (SELECT string_agg(format('%1$I = r.%1$I', v.key), ', ') FROM jsonb_each_text(b) AS v
           WHERE coalesce(a ->> v.key, '') = '' AND v.value <> '');
    IF a IS NOT NULL AND n IS NOT NULL THEN
        EXECUTE format('UPDATE ej.%1$I AS x SET %3$s FROM ej.%1$I AS r WHERE x.%2$I = $1 AND r.%2$I = $2',
                       rel, key, n) USING kept, gone;
    END IF;
END
$$;

-- Write a merge. The kept record gets the account of the other one if only that account may log
-- in, or if there is no other account.
CREATE OR REPLACE FUNCTION ej.duplicate_write(kind text, kept bigint, gone bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    base   text := ej.duplicate_table(kind);
    school bigint := (ej.duplicate_record(kind, kept) ->> 'school_id')::bigint;
    mine   bigint := (ej.duplicate_record(kind, kept) ->> 'person_id')::bigint;
    theirs bigint := (ej.duplicate_record(kind, gone) ->> 'person_id')::bigint;
    part   record;
BEGIN
    UPDATE ej.guardianship AS a SET during = range_merge(a.during, b.during) FROM ej.guardianship AS b
     WHERE duplicate_write.kind = 'guardians' AND a.guardian_id = kept AND b.guardian_id = gone
       AND b.pupil_id = a.pupil_id AND NOT a.during @> b.during;
    UPDATE ej.guardianship AS a SET during = range_merge(a.during, b.during) FROM ej.guardianship AS b
     WHERE duplicate_write.kind = 'pupils' AND a.pupil_id = kept AND b.pupil_id = gone
       AND b.guardian_id = a.guardian_id AND NOT a.during @> b.during;
    PERFORM ej.duplicate_fill(p.rel, p.key, kept, gone)
       FROM (VALUES ('pupils', 'pupil_card', 'pupil_id'),
                    ('pupils', 'pupil_health', 'pupil_id'),
                    ('staff', 'staff_card', 'id'),
                    (duplicate_write.kind, base, 'id')) AS p(kind, rel, key)
      WHERE p.kind = duplicate_write.kind;
    FOR part IN SELECT p.rel, p.key FROM ej.duplicate_parts(kind) AS p ORDER BY p.n LOOP
        PERFORM ej.duplicate_copy_rows(part.rel, part.key, kept, gone);
    END LOOP;
    FOR part IN SELECT p.rel, p.key FROM ej.duplicate_parts(kind) AS p ORDER BY p.n DESC LOOP
        EXECUTE format('DELETE FROM ej.%I WHERE %I = $1', part.rel, part.key) USING gone;
    END LOOP;
    IF kind = 'pupils' THEN
        UPDATE ej.file SET pupil_id = kept WHERE pupil_id = gone;
        UPDATE ej.file_piece SET pupil_id = kept WHERE pupil_id = gone;
        UPDATE ej.card_view SET pupil_id = kept WHERE pupil_id = gone;
        PERFORM ej.conversation_of_pupil(kept, gone);
        DELETE FROM ej.notice AS n USING ej.notice AS o
         WHERE n.pupil_id = gone AND o.pupil_id = kept AND o.kind = n.kind AND o.fact_key = n.fact_key;
        UPDATE ej.notice AS n
           SET pupil_id = kept, open_pupil_id = CASE WHEN n.open_pupil_id IS NOT NULL THEN kept END
         WHERE n.pupil_id = gone;
        UPDATE ej.notice_for AS f SET pupil_id = n.pupil_id, open_pupil_id = n.open_pupil_id
          FROM ej.notice AS n WHERE n.pupil_id = kept AND f.notice_id = n.id AND f.pupil_id = gone;
    END IF;
    IF kind = 'guardians' THEN -- a copy would overlap with the row itself
        UPDATE ej.absence_reason SET guardian_id = kept WHERE guardian_id = gone;
    END IF;
    DELETE FROM ej.activation AS a
     WHERE a.person_id IN (mine, theirs) AND a.used_at IS NULL AND mine <> theirs AND a.school_id = school;
    EXECUTE format('DELETE FROM ej.%I WHERE id = $1', base) USING gone;
    IF NOT EXISTS (SELECT FROM ej.account AS a WHERE a.person_id = mine AND a.blocked_at IS NULL)
       AND EXISTS (
        SELECT FROM ej.account AS a
         WHERE a.person_id = theirs
           AND (a.blocked_at IS NULL OR NOT EXISTS (SELECT FROM ej.account AS o WHERE o.person_id = mine))) THEN
        EXECUTE format('UPDATE ej.%I SET person_id = $1 WHERE id = $2', base) USING theirs, kept;
    END IF;
    EXECUTE format('SELECT ej.conversation_of_person(r.school_id, r.person_id, $1 + $2 - r.person_id),
                           ej.outbound_of_person(r.school_id, r.person_id, $1 + $2 - r.person_id),
                           ej.support_of_person(r.school_id, r.person_id, $1 + $2 - r.person_id)
                      FROM ej.%I AS r WHERE r.id = $3 AND $1 <> $2', base) USING mine, theirs, kept;
END
$$;

-- Merge two records: `kept` stays, `gone` is removed. Returns the outcomes.
-- Errors: JE301 not two records of the administrator's school. Outcomes: JE224 for each fact that
-- prevents the merge, with the fact as its field.
CREATE OR REPLACE FUNCTION ej.duplicate_merge(kind text, kept bigint, gone bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    one     jsonb;
    other   jsonb;
    hinders text[];
BEGIN
    FOR n IN 1 .. 2 LOOP -- once more when they are locked: another merge may have removed one of them
        one := ej.duplicate_record(kind, kept);
        other := ej.duplicate_record(kind, gone);
        IF one IS NULL OR other IS NULL OR kept = gone OR one -> 'school_id' <> other -> 'school_id' THEN
            RAISE EXCEPTION 'no two records of yours' USING ERRCODE = 'JE301';
        END IF;
        EXECUTE format('SELECT FROM ej.%I AS r WHERE r.id = ANY ($1) ORDER BY r.id FOR UPDATE',
                       ej.duplicate_table(kind)) USING ARRAY[kept, gone];
    END LOOP;
    hinders := ej.duplicate_hindrances(kind, kept, gone);
    IF hinders <> '{}' THEN
        RETURN jsonb_agg(jsonb_build_object('outcome', 'bad', 'code', 'JE224', 'field', h)) FROM unnest(hinders) AS h;
    END IF;
    PERFORM ej.duplicate_write(kind, kept, gone);
    INSERT INTO ej.duplicate (school_id, kind, kept_id, gone_id, name)
    VALUES ((one ->> 'school_id')::bigint, kind, kept, gone,
            concat_ws(' ', other ->> 'surname', other ->> 'given_name', nullif(other ->> 'patronymic', '')));
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- The merges of a school are its administrators' to read.
CREATE POLICY read ON ej.duplicate FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT ON ej.duplicate TO ej_web;

GRANT EXECUTE ON FUNCTION ej.duplicate_facts, ej.duplicate_hindrances, ej.duplicate_merge TO ej_web;
