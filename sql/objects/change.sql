-- change.sql: what is done whenever rows of a school are written.
--
-- Each table of ej.watched_tables() has one trigger function, ej.changed_<table>(), which
-- this file generates from the list and the catalogue, so that a new column or key is
-- covered without further work. It is called once a statement, whatever the number of
-- rows, and is plain SQL with cached plans (one function for all tables would be planned
-- anew each time). In this order it
--   0. refuses every change in a year that is sealed, or into it (packages.sql);
--   1. refuses a change of fixed columns: a row's key, its school, its parents and the
--      columns copied from them. Else a mark could be moved out of a closed journal, or
--      every copy would have to be updated with its source, and the history would lose
--      the row;
--   2. refuses references to rows of another school, like references to missing rows;
--   3. records for each page whether it has changed (revision.sql);
--   4. deletes the cached lists of persons that the change may concern (identity_scope.sql);
--   5. records the change (history.sql).
-- Rules of single tables are triggers of their own (rule_*.sql), which come first.
--
-- A new table with rows of a school: add a line to ej.watched_tables().

-- The tables, each with
--   head    under which its changes are recorded for pages: its teaching, those of a term
--           mark, or the set-up of its school
--   fixed   the columns that an UPDATE may not change, beside the key and school_id
--   scope   whose cached lists depend on it: the persons of the school, of the row, of both
--   history whether its changes are recorded here
CREATE OR REPLACE FUNCTION ej.watched_tables()
RETURNS TABLE (name text, head text, fixed text[], scope text, history boolean)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('journal',           'teaching',  '{teaching_id,term_id}'::text[], '', true),
    ('lesson',            'teaching',  '{teaching_id,study_group_id}', '', true),
    ('work',              'teaching',  '{lesson_id,journal_id,teaching_id,scale_id,control_work_id}', '', true),
    ('mark',              'teaching',  '{teaching_id,scale_id}', '', true),
    ('attendance',        'teaching',  '{teaching_id}', '', true),
    ('homework',          'teaching',  '{lesson_id,teaching_id,study_group_id}', '', true),
    ('homework_for',      'teaching',  '{teaching_id}', '', true),
    ('term_mark',         'term_mark', '{}', '', true),
    ('absence_reason',    'setup',     '{pupil_id,slots}', '', true),
    ('attendance_check',  'setup',     '{class_id,week_on,staff_id}', '', true),
    -- no page that has a revision shows these
    ('notice',            NULL,        '{kind,fact_key,made_at}', '', false),
    ('notice_for',        NULL,        '{notice_id,person_id,kind,fact_key}', '', false),
    ('voiding',           'setup',     '{incident_id,basis,order_no,order_on,staff_id,made_at}', '', true),
    ('correction',        'setup',
     '{teaching_id,journal_id,kind,lesson_id,column_id,pupil_id,old_value,new_value,reason,staff_id}', '', true),
    ('finding',           'setup',
     '{kind,duty_key,staff_id,addressee_id,class_id,teaching_id,lesson_id,from_on,till_on,text,made_on,due_on}', '',
     true),
    ('duty_limit',        'setup',     '{duty_key}', '', true),
    -- pages with a revision show the lesson itself
    ('substitution',      NULL,        '{held_on,slot,during,room_id}', '', true),
    ('paper',             'setup',     '{pupil_id,week_on,document_sha256,printed_at,staff_id}', '', true),
    -- its rows tell themselves who made and voided them, and the document is large
    ('extract',           'setup',     '{}', '', false),
    ('extract_view',      NULL,        '{}', '', false),
    ('marksheet',         NULL,        '{}', '', false),
    ('informing',         'setup',     '{pupil_id,staff_id}', '', true),
    ('consent',           'setup',     '{guardian_id,pupil_id}', '', true),
    ('remark',            'setup',     '{pupil_id,staff_id,made_on}', '', true),
    ('accident',          'setup',
     '{pupil_id,staff_id,happened_on,happened_time,place,what,first_aid,written_at}', '', true),
    ('event',             'setup',     '{is_whole}', '', true),
    ('event_class',       'setup',     '{}', '', true),
    ('event_participant', 'setup',     '{event_id,pupil_id}', '', true),
    -- no page that has a revision shows these
    ('achievement',       NULL,        '{pupil_id,staff_id}', '', true),
    ('training_record',   NULL,        '{staff_id,module,passed_on,hours,seminar}', '', true),
    ('inspection',        NULL,        '{year,month_on}', '', true),
    ('inspection_line',   NULL,        '{inspection_id,staff_id}', '', true),
    ('control_work',      'teaching',  '{teaching_id}', '', true),
    ('submission',        'teaching',  '{teaching_id}', '', true),
    -- no page that has a revision shows it
    ('homework_done',     NULL,        '{teaching_id}', '', true),

    ('school',            'school',    '{}', '', true),
    ('school_year',       'setup',     '{}', 'school', true),
    ('holiday',           'setup',     '{}', '', true),
    -- each page asks anew (ej.authenticate)
    ('maintenance',       NULL,        '{}', '', true),
    -- acts about years that are sealed
    ('retention',         NULL,        '{kind}', '', true),
    ('destruction',       NULL,        '{kind,year,act_no,act_on,reason,package_sha256}', '', true),
    ('deposit',           NULL,        '{year}', '', true),
    ('term_plan',         'setup',     '{year,kind}', '', true),
    ('term',              'setup',     '{}', '', true),
    ('subject',           'setup',     '{}', 'school', true),
    ('room',              'setup',     '{}', '', true),
    ('act',               'setup',     '{}', '', true),
    ('bell_plan',         'setup',     '{}', '', true),
    ('bell',              'setup',     '{}', '', true),
    ('mode',              'setup',     '{}', '', true),
    ('scale',             'setup',     '{}', '', true),
    ('scale_value',       'setup',     '{scale_id,value}', '', true),
    ('scale_use',         'setup',     '{}', '', true),
    ('grade_norm',        'setup',     '{grade}', '', true),
    ('work_kind',         'setup',     '{}', '', true),
    ('list_row',          NULL,        '{subject_id,work_kind_id,scale_id,holiday_id}', '', true),
    ('attendance_code',   'setup',     '{}', '', true),

    ('staff',             'setup',     '{}', 'both', true),
    ('staff_role',        'setup',     '{staff_id,role,order_no}', 'school', true),
    ('staff_card',        'setup',     '{}', '', true),
    ('staff_post',        'setup',     '{staff_id}', '', true),
    ('staff_absence',     'setup',     '{staff_id}', '', true),
    ('pupil',             'setup',     '{}', 'both', true),
    ('pupil_card',        'setup',     '{}', '', true),
    ('guardian',          'setup',     '{}', 'both', true),
    ('guardianship',      'setup',     '{guardian_id,pupil_id}', 'school', true),
    ('class',             'setup',     '{year}', 'school', true),
    ('enrolment',         'setup',     '{pupil_id,class_id}', 'school', true),
    ('study_group',       'setup',     '{year}', 'school', true),
    ('study_group_class', 'setup',     '{}', 'school', true),
    ('membership',        'setup',     '{study_group_id,pupil_id}', 'school', true),
    ('split',             'setup',     '{class_id,subject_id}', '', true),
    ('split_pupil',       'setup',     '{class_id}', '', true),
    ('teaching',          'setup',     '{}', 'school', true),
    ('teaching_former',   'setup',     '{teaching_id,staff_id}', 'school', true),
    ('curriculum',        'setup',     '{study_group_id,subject_id}', '', true),
    ('timetable',         'setup',     '{}', '', true),
    ('movement',          'setup',     '{pupil_id,kind,from_class_id,class_id,moved_on,written,promotion_id}', '',
     true),
    ('request',           'setup',
     '{staff_id,guardian_id,pupil_id,kind,name,class_id,happens_on,note,card_field,old_value,new_value}', '', true),
    ('verification',      'setup',     '{class_id,month_on,staff_id}', '', true),
    ('outside_mark',      'setup',     '{pupil_id}', '', true),
    ('retake',            'setup',     '{pupil_id,subject_id,term_id,attempt,scale_id}', '', true),
    ('promotion',         'setup',     '{year}', '', true),
    -- no page that has a revision shows it
    ('transfer',          NULL,        '{to_school_id,school_name,to_school_name,asked_by,asked_at}', '', true),
    ('promotion_choice',  'setup',     '{}', '', true),
    -- no page that has a revision shows these
    ('pupil_health',      NULL,        '{}', '', true),
    -- the revision of a diary has its last one
    ('receipt',           NULL,        '{pupil_id,week_on,guardian_id,way,document_sha256,made_at,is_late}', '', true),
    ('health_group',      NULL,        '{pupil_id}', '', true),
    ('gto_result',        NULL,        '{pupil_id,gto_test_id,done_on,attempt}', '', true),
    ('gto_award',         NULL,        '{pupil_id}', '', true),
    ('duplicate',         NULL,        '{kind,kept_id,gone_id,name}', '', true),
    ('pupil_category',    NULL,        '{pupil_id}', '', true),
    ('plan',              'setup',     '{year,subject_id,grade,staff_id,version,before_id}', '', true),
    ('plan_row',          NULL,        '{plan_id,staff_id,from_id}', '', true),
    ('plan_use',          NULL,        '{}', '', true),
    ('plan_given',        'teaching',  '{teaching_id}', '', true),
    ('plan_skip',         NULL,        '{teaching_id}', '', true),
    -- no page that has a revision shows meals
    ('meal',              NULL,        '{}', '', true),
    ('meal_category',     NULL,        '{kind}', '', true),
    ('meal_price',        NULL,        '{meal_id,meal_category_id,age}', '', true),
    ('meal_entitlement',  NULL,        '{pupil_id}', '', true),
    ('meal_choice',       NULL,        '{pupil_id,meal_id}', '', true),
    ('meal_day',          NULL,        '{class_id,meal_id,served_on}', '', true),
    ('meal_order',        NULL,        '{pupil_id,meal_id,served_on}', '', true),
    ('meal_month',        NULL,        '{month_on,closed_by,closed_at}', '', true),
    -- its rows say themselves what changed, when and by whom; those of a closed month follow from it
    ('meal_line',         NULL,        '{}', '', false),
    ('meal_balance',      NULL,        '{}', '', false),
    ('meal_payment',      NULL,        '{pupil_id}', '', true),
    ('menu',              NULL,        '{meal_id}', '', true),
    -- conversations are their participants' alone: no history, which the heads read
    ('announcement',      NULL,        '{staff_id,class_id,study_group_id,whom,asks_receipt}', '', true),
    ('announcement_read', NULL,        '{read_at}', '', false),
    ('api_client',        NULL,        '{client_key}', '', true),
    ('import_map',        NULL,        '{kind}', '', true),
    ('receiver',         NULL,        '{}', '', true),
    ('exchange',          NULL,        '{receiver_id,kind,due_on,operation_id,account_id,made_at}', '', false),
    ('message_rule',      NULL,        '{}', '', true),
    ('conversation',      NULL,        '{kind}', '', false),
    ('participant',       NULL,        '{role}', '', false),
    ('message',           NULL,        '{conversation_id,text,made_at}', '', false),
    ('message_file',      NULL,        '{message_id,file_id,conversation_id}', '', false),
    ('conversation_shown', NULL,       '{shown_at}', '', false),
    -- its history leaves out what is secret: ej.history_of_entry()
    ('account',           NULL,        '{}', 'person', false)
$$;

-- The columns of a table's primary key, in its order; only the integers if is_number.
CREATE OR REPLACE FUNCTION ej.key_columns(rel regclass, is_number boolean DEFAULT false) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg(a.attname::text ORDER BY k.n)
  FROM pg_constraint AS c, unnest(c.conkey) WITH ORDINALITY AS k(attnum, n), pg_attribute AS a
 WHERE c.conrelid = rel AND c.contype = 'p' AND a.attrelid = rel AND a.attnum = k.attnum
   AND (NOT is_number OR a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype))
$$;

-- The columns of a table that no UPDATE may change.
CREATE OR REPLACE FUNCTION ej.fixed_columns(rel regclass, fixed text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg(DISTINCT a.attname::text)
  FROM pg_attribute AS a
 WHERE a.attrelid = rel AND a.attnum > 0 AND a.attname = ANY (ej.key_columns(rel) || 'school_id'::text || fixed)
$$;

-- The statement that refuses a change of these columns.
CREATE OR REPLACE FUNCTION ej.change_fixed(columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT format('
        IF EXISTS (SELECT %1$s FROM old_rows EXCEPT SELECT %1$s FROM new_rows) THEN
            PERFORM ej.rule_fault(''record_used'', NULL);
        END IF;', array_to_string(columns, ', '))
$$;

-- The statements that refuse references to another school's rows, under the names of the
-- foreign keys: one for each key of one column whose table has a school. The growing
-- tables have this in their own rules, once for each lesson and not for each row.
CREATE OR REPLACE FUNCTION ej.change_one_school(rel regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT string_agg(format('
        IF EXISTS (SELECT FROM new_rows AS n JOIN %s AS p ON p.%I = n.%I
                    WHERE p.school_id <> n.school_id) THEN
            PERFORM ej.rule_fault(%L, NULL);
        END IF;', c.confrelid::regclass, pa.attname, ca.attname, c.conname), '' ORDER BY c.conname)
  FROM pg_constraint AS c
  JOIN pg_attribute AS ca ON ca.attrelid = c.conrelid AND ca.attnum = c.conkey[1]
  JOIN pg_attribute AS pa ON pa.attrelid = c.confrelid AND pa.attnum = c.confkey[1]
  JOIN pg_attribute AS ps ON ps.attrelid = c.confrelid AND ps.attname = 'school_id'
 WHERE c.conrelid = rel AND c.contype = 'f' AND cardinality(c.conkey) = 1
   AND rel <> 'ej.term_mark'::regclass
   AND c.conname <> 'transfer_entered_id_fkey' -- the same person in the other school
   AND NOT EXISTS (SELECT FROM unnest(ej.growing_tables()) AS g WHERE rel = format('ej.%I', g)::regclass)
$$;

-- The SQL text of a row's school year: its column year; the year in its id, if the table is partitioned by it; or the
-- year of a parent to which it must refer (NOT NULL). NULL: the rows are of no year. depth: of the parents.
CREATE OR REPLACE FUNCTION ej.year_of_row(rel regclass, alias text, depth int DEFAULT 1) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    k      record;
    parent text := 'p' || depth;
    found  text;
BEGIN
    IF EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = rel AND a.attname = 'year' AND a.attnum > 0) THEN
        RETURN alias || '.year';
    ELSIF EXISTS (SELECT FROM unnest(ej.growing_tables()) AS g WHERE format('ej.%I', g)::regclass = rel) THEN
        RETURN format('%s.%s / 10000000000', alias, substring(pg_get_partkeydef(rel) FROM '\((.*)\)'));
    END IF;
    FOR k IN SELECT a.attname, c.confrelid::regclass AS rel FROM pg_constraint AS c
               JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] AND a.attnotnull
              WHERE c.conrelid = year_of_row.rel AND c.contype = 'f' AND cardinality(c.conkey) = 1
                AND c.confrelid <> c.conrelid AND depth < 4
              ORDER BY a.attnum
    LOOP
        found := ej.year_of_row(k.rel, parent, depth + 1);
        IF found IS NOT NULL THEN
            RETURN format('(SELECT %s FROM %s AS %s WHERE %s.id = %s.%I)', found, k.rel, parent, parent, alias,
                          k.attname);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- The statement that refuses these rows if their year is sealed. Not of retakes, promotions and acts: a retake is held
-- after the year whose mark it mends, a promotion ends with the year after, and acts are about years that are sealed.
CREATE OR REPLACE FUNCTION ej.change_sealed(rel regclass, rows text) RETURNS text
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT format('
        IF EXISTS (SELECT FROM (SELECT DISTINCT r.school_id, %s AS year FROM %s AS r) AS y
                    CROSS JOIN LATERAL (
                         SELECT FROM ej.package AS k
                          WHERE k.school_id = y.school_id AND k.year = y.year AND k.state <> ''withdrawn''
                         OFFSET 0) AS k) THEN
            PERFORM ej.rule_fault(''year_sealed'', NULL);
        END IF;', ej.year_of_row(rel, 'r'), rows)
 WHERE ej.year_of_row(rel, 'r') IS NOT NULL
   AND rel <> ALL ('{ej.retake,ej.promotion,ej.promotion_choice,ej.destruction,ej.deposit}'::regclass[])
$$;

-- The statement that records the heads of these rows (an expression of FROM) in
-- ej.revision. A pupil takes term marks along into another subgroup: so those count for
-- every teaching of the subject that the pupil is or was in.
CREATE OR REPLACE FUNCTION ej.change_revision(head text, rows text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT format('
        INSERT INTO ej.revision (school_id, teaching_id)
        %s ON CONFLICT DO NOTHING;', format(CASE head
            WHEN 'teaching' THEN 'SELECT DISTINCT r.school_id, r.teaching_id FROM %1$s AS r'
            WHEN 'setup' THEN 'SELECT DISTINCT r.school_id, 0 FROM %1$s AS r'
            WHEN 'school' THEN 'SELECT DISTINCT r.id, 0 FROM %1$s AS r'
            WHEN 'term_mark' THEN 'SELECT r.school_id, t.id FROM %1$s AS r
          JOIN ej.membership AS b ON b.pupil_id = r.pupil_id
          JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id AND t.subject_id = r.subject_id
         UNION SELECT r.school_id, r.teaching_id FROM %1$s AS r' END, rows))
 WHERE head IS NOT NULL
$$;

-- The statement that deletes the cached lists which depend on these rows.
CREATE OR REPLACE FUNCTION ej.change_scope(scope text, rows text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT format('
        PERFORM ej.scope_forget(%s, %s);',
           CASE WHEN scope IN ('school', 'both')
                THEN format('ARRAY(SELECT DISTINCT r.school_id FROM %s AS r)', rows) ELSE '''{}''' END,
           CASE WHEN scope IN ('person', 'both')
                THEN format('ARRAY(SELECT r.person_id FROM %s AS r)', rows) ELSE '''{}''' END)
 WHERE scope <> ''
$$;

-- Make the trigger function of a table and its triggers; called again after the table's
-- columns changed.
CREATE OR REPLACE FUNCTION ej.watch_changes(name text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $watch$
DECLARE
    rel     regclass := format('ej.%I', name)::regclass;
    w       record;
    school  text := ej.change_one_school(rel);
    fixed   text[];
    either  text := '(SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows)'; -- of an UPDATE
    changed text := 'new_rows'; -- those of an UPDATE whose heads and lists count
BEGIN
    SELECT * INTO w FROM ej.watched_tables() AS t WHERE t.name = watch_changes.name;
    fixed := ej.fixed_columns(rel, w.fixed);
    IF w.head = 'term_mark' OR w.scope IN ('person', 'both') THEN -- the former teaching, person, too
        changed := either;
    END IF;
    EXECUTE format($f$
CREATE OR REPLACE FUNCTION ej.changed_%s() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS %L$f$, name, concat($f$
DECLARE
    author record;
BEGIN
    -- ON CONFLICT DO UPDATE calls for both events, one of them with no row
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM new_rows) THEN
            RETURN NULL;
        END IF;$f$, CASE WHEN w.history THEN ej.change_sealed(rel, 'new_rows') END, school,
        ej.change_revision(w.head, 'new_rows'), ej.change_scope(w.scope, 'new_rows'),
        CASE WHEN w.history THEN ej.history_insert(rel) END, $f$
    ELSIF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM old_rows) THEN
            RETURN NULL;
        END IF;$f$, CASE WHEN w.history THEN ej.change_sealed(rel, 'old_rows') END,
        ej.change_revision(w.head, 'old_rows'), ej.change_scope(w.scope, 'old_rows'),
        CASE WHEN w.history THEN ej.history_delete(rel) END, $f$
    ELSE
        IF NOT EXISTS (SELECT FROM new_rows) THEN
            RETURN NULL;
        END IF;$f$, CASE WHEN w.history THEN ej.change_sealed(rel, either) END, ej.change_fixed(fixed), school,
        ej.change_revision(w.head, changed), ej.change_scope(w.scope, changed),
        CASE WHEN w.history THEN ej.history_update(rel, fixed) END, $f$
    END IF;
    RETURN NULL;
END$f$));
    EXECUTE format('ALTER FUNCTION ej.changed_%s() OWNER TO ej_rule', name);
    PERFORM ej.watch('watched', name, 'changed_' || name);
END
$watch$;

DO $$
DECLARE
    name text;
BEGIN
    PERFORM ej.drop_triggers('watched');
    PERFORM ej.drop_triggers('revision'); -- their former name
    FOR name IN SELECT t.name FROM ej.watched_tables() AS t LOOP
        PERFORM ej.watch_changes(name);
    END LOOP;
END
$$;
