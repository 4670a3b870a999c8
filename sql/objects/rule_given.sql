-- rule_given.sql: teachings, classes, roles and lessons that a person gives to himself.
--
-- The administrator and the deputies give teachings, classes and roles, and
-- teach, too: they could give themselves any journal. is_self_given marks a
-- teaching, class, role or substituted lesson that its holder gave to himself
-- and that no other head of the school has confirmed yet. A marked teaching,
-- class or role gives no right (ej.teaching_held, class_running, role_held); a
-- marked substitution does, and is shown to the other heads. The history has
-- who took it and who confirmed it. The rules below set the mark, the column is
-- in no grant. Without a session, for the owner or an import, none is set.

-- Set is_self_given of a row that the user gives to himself (trigger). It stays set while
-- he holds the row, and is cleared when another person gives it to somebody else.
CREATE OR REPLACE FUNCTION ej.rule_given() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    asker  bigint := (ej.author()).person_id;
    holder bigint;
    before bigint;
BEGIN
    -- one IF for each table: reading a column that a record does not have is an error
    IF TG_TABLE_NAME = 'class' THEN
        holder := NEW.class_teacher_id;
    ELSE
        holder := NEW.staff_id;
    END IF;
    IF EXISTS (SELECT FROM ej.staff AS s WHERE s.id = holder AND s.person_id = asker) THEN
        NEW.is_self_given := true;
    ELSIF TG_OP = 'UPDATE' THEN
        IF TG_TABLE_NAME = 'class' THEN
            before := OLD.class_teacher_id;
        ELSE
            before := OLD.staff_id;
        END IF;
        NEW.is_self_given := NEW.is_self_given AND holder IS NOT DISTINCT FROM before;
    END IF;
    RETURN NEW;
END
$$;

-- Make the triggers on the columns that give a right: its holder, and its object.
DO $$
DECLARE
    rel     text;
    columns text[];
    which   text;
BEGIN
    FOR rel, columns, which IN VALUES
        ('teaching',   '{staff_id,study_group_id,subject_id,year}'::text[], 'true'),
        ('class',      '{class_teacher_id,year}', 'true'),
        ('staff_role', '{staff_id,role,school_id}', 'true'),
        ('lesson',     '{staff_id,planned_staff_id}', 'NEW.staff_id <> NEW.planned_staff_id')
    LOOP
        EXECUTE format('CREATE TRIGGER rule_given_insert BEFORE INSERT ON ej.%I
                        FOR EACH ROW WHEN (%s) EXECUTE FUNCTION ej.rule_given()', rel, which);
        EXECUTE format('CREATE TRIGGER rule_given_update BEFORE UPDATE OF %s ON ej.%I
                        FOR EACH ROW WHEN ((%s) AND (%s) IS DISTINCT FROM (%s)) EXECUTE FUNCTION ej.rule_given()',
            array_to_string(columns, ', '), rel, which,
            (SELECT string_agg('OLD.' || c, ', ') FROM unnest(columns) AS c),
            (SELECT string_agg('NEW.' || c, ', ') FROM unnest(columns) AS c));
    END LOOP;
END
$$;

-- Refuse to let a user prolong the own role. A new role by a new order is possible: it
-- waits for another head to confirm it, while the old one goes on.
-- Errors: JE301 nobody prolongs the own role.
CREATE OR REPLACE FUNCTION ej.rule_own_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    asker bigint := (ej.author()).person_id;
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n
                 JOIN old_rows AS o USING (id)
                 JOIN ej.staff AS s ON s.id = n.staff_id
                WHERE s.person_id = asker AND NOT o.during @> n.during) THEN
        PERFORM ej.rule_fault('own_longer', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_own_role', 'staff_role', 'rule_own_role', 'update');

-- Refuse to let a user prolong the own employment in the school.
-- Errors: JE301 nobody prolongs the own employment.
CREATE OR REPLACE FUNCTION ej.rule_own_employment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    asker bigint := (ej.author()).person_id;
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o USING (id)
                WHERE n.person_id = asker AND NOT o.during @> n.during) THEN
        PERFORM ej.rule_fault('own_longer', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_own_employment', 'staff', 'rule_own_employment', 'update');

-- ---------------------------------------------------------- confirming it --

-- The self-given rows that wait for another head: teachings, classes and roles to be
-- confirmed, substitutions to be reviewed. kind is teaching, class, lesson or the name
-- of the role; row_id is the id of the row, for a role that of the staff row.
DROP VIEW IF EXISTS ej.self_given;
CREATE VIEW ej.self_given WITH (security_invoker = true) AS
SELECT 'teaching' AS kind, x.id AS row_id, x.school_id, x.staff_id, x.id AS teaching_id,
       NULL::bigint AS class_id, NULL::date AS held_on, NULL::text AS order_no
  FROM ej.teaching AS x WHERE x.is_self_given
 UNION ALL
SELECT 'class', c.id, c.school_id, c.class_teacher_id, NULL, c.id, NULL, NULL
  FROM ej.class AS c WHERE c.is_self_given
 UNION ALL
SELECT 'lesson', l.id, l.school_id, l.staff_id, l.teaching_id, NULL, l.held_on, NULL
  FROM ej.lesson AS l WHERE l.is_self_given AND l.is_substitute
 UNION ALL
SELECT r.role, r.staff_id, r.school_id, r.staff_id, NULL, NULL, NULL, r.order_no
  FROM ej.staff_role AS r WHERE r.is_self_given;
GRANT SELECT ON ej.self_given TO ej_rule, ej_web;
GRANT UPDATE (is_self_given) ON ej.staff_role TO ej_rule;

-- Confirm a self-given row, for a role all its unconfirmed orders. Only administrator,
-- director and deputies of the school may call it.
-- Errors: JE401 there is no such row; JE301 it is the user's own.
CREATE OR REPLACE FUNCTION ej.confirm_given(kind text, row_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    holders bigint[] := ARRAY(
        SELECT g.staff_id FROM ej.self_given AS g
         WHERE g.kind = confirm_given.kind AND g.row_id = confirm_given.row_id
           AND g.school_id = ANY (ej.my_journal_schools()));
BEGIN
    IF holders = '{}' THEN
        RAISE EXCEPTION 'nothing of the kind was given' USING ERRCODE = 'JE401';
    ELSIF holders && ej.my_staff() THEN
        RAISE EXCEPTION 'it is your own' USING ERRCODE = 'JE301';
    ELSIF kind = 'teaching' THEN
        UPDATE ej.teaching AS x SET is_self_given = false WHERE x.id = row_id;
    ELSIF kind = 'class' THEN
        UPDATE ej.class AS c SET is_self_given = false WHERE c.id = row_id;
    ELSIF kind = 'lesson' THEN
        UPDATE ej.lesson AS l SET is_self_given = false WHERE l.id = row_id;
    ELSE
        UPDATE ej.staff_role AS r SET is_self_given = false
         WHERE r.staff_id = row_id AND r.role = kind AND r.is_self_given;
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION ej.confirm_given(text, bigint) TO ej_web;
