-- year.sql: ids and partitions of a school year.
--
-- The growing tables are partitioned by school year through their ids,
-- id = year * 10^10 + n, so that one column finds a row and its partition.
-- ej.open_year makes a year's partitions for all schools; ej.detach_year takes
-- them off, to be archived as one. Both are the owner's: DDL is not the web's.
-- A partition has what a partitioned parent cannot have: exclusion
-- constraints, and a copy of the parent's statement triggers, so that a write
-- to the partition itself keeps rules and history too.

-- Make a new id of a school year. Each year has its own range of numbers.
-- Errors: 22003 no such year; 55000 the year was not opened; 2200H it is full.
CREATE OR REPLACE FUNCTION ej.new_id(year int) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    numbers regclass := to_regclass('ej.growing_id_' || year);
BEGIN
    IF year IS NULL OR year NOT BETWEEN 2000 AND 2099 THEN
        RAISE EXCEPTION 'year % is out of range', year USING ERRCODE = '22003';
    END IF;
    IF numbers IS NULL THEN
        RAISE EXCEPTION 'year % was not opened', year USING ERRCODE = '55000';
    END IF;
    RETURN year * 10000000000 + nextval(numbers);
END
$$;

-- Make the id of a new row (column default). The web role may not choose ids, or it could
-- take another school's next one and learn which exist. The year is taken from the
-- setting ej.year; a rule checks that it is the row's own year.
CREATE OR REPLACE FUNCTION ej.new_id() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.new_id(nullif(current_setting('ej.year', true), '')::int);
END
$$;
ALTER TABLE ej.lesson ALTER COLUMN id SET DEFAULT ej.new_id();
ALTER TABLE ej.work ALTER COLUMN id SET DEFAULT ej.new_id();
ALTER TABLE ej.homework ALTER COLUMN id SET DEFAULT ej.new_id();

-- The growing tables in the order in which their partitions are made; they are detached
-- in the opposite order, since later tables refer to earlier ones.
CREATE OR REPLACE FUNCTION ej.growing_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT '{lesson,work,mark,attendance,homework,homework_for,substitution,plan_given,submission,
             homework_done,message,meal_order}'::text[]
$$;

-- Give a partition its parent's statement triggers, and no others. Row
-- triggers are cloned by PostgreSQL itself.
CREATE OR REPLACE FUNCTION ej.partition_triggers(parent regclass, partition regclass)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT tgname FROM pg_trigger
              WHERE tgrelid = partition AND NOT tgisinternal AND tgtype & 1 = 0
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, partition);
    END LOOP;
    FOR t IN SELECT pg_get_triggerdef(oid) AS words FROM pg_trigger
              WHERE tgrelid = parent AND NOT tgisinternal AND tgtype & 1 = 0
    LOOP
        -- the first " ON " of the words comes before the table's name
        EXECUTE regexp_replace(t.words, ' ON \S+ ',
                               format(' ON %s ', partition));
    END LOOP;
END
$$;

-- Set up a partition: row security, grants, triggers.
CREATE OR REPLACE FUNCTION ej.partition_close(parent regclass, partition regclass)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', partition);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', partition);
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, ej_web', partition);
    EXECUTE format('GRANT SELECT ON %s TO ej_backup', partition);
    PERFORM ej.partition_triggers(parent, partition);
END
$$;

-- Set up all partitions anew, after the object files were run again.
CREATE OR REPLACE FUNCTION ej.partition_sync() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    i record;
BEGIN
    FOR i IN SELECT h.inhparent::regclass AS parent, h.inhrelid::regclass AS partition
               FROM pg_inherits AS h
               JOIN pg_class AS c ON c.oid = h.inhparent
               JOIN pg_class AS p ON p.oid = h.inhrelid
              WHERE c.relnamespace = 'ej'::regnamespace
                AND c.relkind = 'p' AND p.relkind = 'r'
              ORDER BY p.relname
    LOOP
        PERFORM ej.partition_close(i.parent, i.partition);
    END LOOP;
END
$$;

-- Add the exclusion constraints of a year's lessons: one teacher, group or unshared room
-- has no two lessons at once; lessons that are given together (joined_id) count as one for
-- their teacher and room. They are deferrable, so that one statement may swap two
-- lessons; they are checked at the end of the statement.
CREATE OR REPLACE FUNCTION ej.forbid_overlaps(year int) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    name text;
    what text;
    live text;
    but  text := ', (coalesce(joined_id, id)) WITH <>';
BEGIN
    FOR name, what, live, but IN VALUES
        ('staff', 'staff_id', '', but),
        ('group', 'study_group_id', '', ''),
        ('room', 'room_id', 'room_id IS NOT NULL AND NOT room_is_shared AND ', but)
    LOOP
        EXECUTE format(
            'ALTER TABLE ej.lesson_%s ADD CONSTRAINT lesson_%s_%s_overlap
             EXCLUDE USING gist (%I WITH =, during WITH &&%s)
             WHERE (%s state IN (''planned'', ''given''))
             DEFERRABLE INITIALLY IMMEDIATE', year, year, name, what, but, live);
    END LOOP;
END
$$;

-- Make a year's partition of the history, from 1 July to 1 July. Rows that were stored in
-- the default partition meanwhile are moved into it.
CREATE OR REPLACE FUNCTION ej.open_history(year int) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    partition text := format('ej.history_%s', year);
    starts    timestamptz := make_timestamptz(year, 7, 1, 0, 0, 0, 'UTC');
    ends      timestamptz := make_timestamptz(year + 1, 7, 1, 0, 0, 0, 'UTC');
    columns   text;
BEGIN
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %s (LIKE ej.history INCLUDING DEFAULTS INCLUDING GENERATED)',
                   partition);
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns
      FROM pg_attribute AS a
     WHERE a.attrelid = 'ej.history'::regclass AND a.attnum > 0
       AND NOT a.attisdropped AND a.attgenerated = '';
    EXECUTE format('WITH moved AS (DELETE FROM ej.history_default
                      WHERE made_at >= %1$L AND made_at < %2$L RETURNING %4$s)
                    INSERT INTO %3$s (%4$s) SELECT * FROM moved', starts, ends, partition, columns);
    EXECUTE format('ALTER TABLE ej.history ATTACH PARTITION %s
                    FOR VALUES FROM (%L) TO (%L)', partition, starts, ends);
    PERFORM ej.partition_close('ej.history', partition::regclass);
END
$$;

-- The parts of a year, in the order in which they are made, and whether each is there.
CREATE OR REPLACE FUNCTION ej.year_parts(year int) RETURNS TABLE (n int, part text, is_there boolean)
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT u.n::int, u.part, to_regclass(format('ej.%s_%s', u.part, $1)) IS NOT NULL
  FROM unnest('growing_id'::text || ej.growing_tables() || 'history'::text) WITH ORDINALITY AS u(part, n)
$$;

-- Whether a year has all its parts. Anybody may ask: names of tables are no secret.
CREATE OR REPLACE FUNCTION ej.is_year_open(year int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
    SELECT bool_and(p.is_there) FROM ej.year_parts($1) AS p
$$;

-- Make one part of a year.
CREATE OR REPLACE FUNCTION ej.make_year_part(year int, part text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    partition text := format('ej.%s_%s', part, year);
BEGIN
    IF part = 'growing_id' THEN
        EXECUTE format('CREATE SEQUENCE ej.growing_id_%s MAXVALUE 9999999999', year);
        EXECUTE format('GRANT USAGE ON SEQUENCE ej.growing_id_%s TO ej_rule', year);
        EXECUTE format('GRANT SELECT ON SEQUENCE ej.growing_id_%s TO ej_backup', year);
    ELSIF part = 'history' THEN
        PERFORM ej.open_history(year);
    ELSE
        EXECUTE format('CREATE TABLE %s PARTITION OF ej.%I FOR VALUES FROM (%s) TO (%s)',
                       partition, part, year * 10000000000, (year + 1) * 10000000000);
        IF part = 'lesson' THEN
            PERFORM ej.forbid_overlaps(year);
        ELSIF part = 'meal_order' THEN
            -- on the parent it would need the id; so it is of each year
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE (pupil_id, meal_id, served_on)',
                           partition, 'meal_order_once_' || year);
        END IF;
        PERFORM ej.partition_close(format('ej.%I', part)::regclass, partition::regclass);
    END IF;
END
$$;

-- Open a school year for all schools. Called again it adds only what is missing.
CREATE OR REPLACE FUNCTION ej.open_year(year int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF year IS NULL OR year NOT BETWEEN 2000 AND 2099 THEN
        RAISE EXCEPTION 'year % is out of range', year USING ERRCODE = '22003';
    END IF;
    PERFORM ej.make_year_part(year, p.part)
       FROM (SELECT p.part FROM ej.year_parts(year) AS p WHERE NOT p.is_there ORDER BY p.n) AS p;
END
$$;

-- Make the next missing part of a school year, for the job that a person orders; returns
-- how many of all parts are there. A part needs its table for itself for a moment: 55P03
-- when that does not succeed within a second, so that pages never wait longer. Only years
-- beside the present one: an order must not fill the catalogue.
CREATE OR REPLACE FUNCTION ej.open_year_part(year int, OUT done bigint, OUT total bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp SET lock_timeout = '1s' AS $$
BEGIN
    IF (year BETWEEN extract(year FROM now()) - 1 AND extract(year FROM now()) + 1) IS NOT TRUE THEN
        RAISE EXCEPTION 'year % is out of range', year USING ERRCODE = '22003';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('ej.open_year')); -- two schools at once
    PERFORM ej.make_year_part(year, p.part)
       FROM (SELECT p.part FROM ej.year_parts(year) AS p WHERE NOT p.is_there ORDER BY p.n LIMIT 1) AS p;
    SELECT count(*) FILTER (WHERE p.is_there), count(*) INTO done, total FROM ej.year_parts(year) AS p;
END
$$;

-- Detach a school year's partitions, marks first. They become plain tables <table>_<year>
-- without foreign keys to the year's other tables, which can be dumped, moved or dropped.
-- They stay closed to the web role. The history and the year's sequence stay, so that no
-- id is used twice.
CREATE OR REPLACE FUNCTION ej.detach_year(year int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    growing text[] := ej.growing_tables();
    parent  text;
    key     text;
BEGIN
    FOR i IN REVERSE array_upper(growing, 1) .. 1 LOOP
        parent := growing[i];
        EXECUTE format('ALTER TABLE ej.%I DETACH PARTITION ej.%I',
                       parent, parent || '_' || year);
        FOR key IN
            SELECT c.conname FROM pg_constraint AS c
              JOIN pg_class AS r ON r.oid = c.confrelid
             WHERE c.conrelid = format('ej.%I', parent || '_' || year)::regclass
               AND c.contype = 'f' AND c.conparentid = 0
               AND r.relname = ANY (growing)
        LOOP
            EXECUTE format('ALTER TABLE ej.%I DROP CONSTRAINT %I',
                           parent || '_' || year, key);
        END LOOP;
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION ej.open_year_part(int) TO ej_job;
GRANT EXECUTE ON FUNCTION ej.new_id(int) TO ej_owner;
GRANT EXECUTE ON FUNCTION ej.new_id() TO ej_web, ej_owner;

-- Make this year's partition of the history, so that changes can be recorded.
CREATE TABLE IF NOT EXISTS ej.history_default PARTITION OF ej.history DEFAULT;
