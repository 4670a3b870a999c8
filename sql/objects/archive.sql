-- archive.sql: the register of backups (ARC-01, FED-21): what ejournal-backup writes as ej_backup, and what
-- the page /archive reads. A backup is of all schools, so the register belongs to none.

GRANT SELECT, INSERT, UPDATE ON ej.backup TO ej_rule;

-- ------------------------------------------------------- ejournal-backup --

-- Begin a backup: the one that was ordered, or another; returns its id. NULL if only an ordered one is
-- wanted and there is none. Those that ended without a word (kill -9, a power cut) have failed: the caller
-- holds the lock of the copies' folder, so that none is running.
CREATE OR REPLACE FUNCTION ej.backup_begin(ordered_only boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    backup bigint;
BEGIN
    UPDATE ej.backup AS b SET state = 'failed', failed_at = now(), fault = 'interrupted' WHERE b.state = 'running';
    UPDATE ej.backup AS b SET state = 'running', started_at = now() WHERE b.state = 'ordered'
    RETURNING b.id INTO backup;
    IF backup IS NULL AND NOT ordered_only THEN
        INSERT INTO ej.backup (state, started_at) VALUES ('running', now()) RETURNING id INTO backup;
    END IF;
    RETURN backup;
END
$$;

-- Enter that both copies of a running backup are written and were read again.
CREATE OR REPLACE FUNCTION ej.backup_copied(backup_id bigint, size bigint, sha256 bytea, copy1 text, copy2 text,
                                            tables int, lines bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.backup AS b
       SET state = 'copied', copied_at = now(), size = $2, sha256 = $3, copy1 = $4, copy2 = $5, tables = $6, lines = $7
     WHERE b.id = backup_id AND b.state = 'running';
END
$$;

-- Enter that a backup was restored and gave the right answers.
-- Errors: JE401 there are no such copies, or copies with another digest.
CREATE OR REPLACE FUNCTION ej.backup_verified(backup_id bigint, sha256 bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.backup AS b
       SET state = 'verified', verified_at = now(), failed_at = NULL, fault = '', detail = ''
     WHERE b.id = backup_id AND b.sha256 = $2 AND b.removed_at IS NULL AND b.state IN ('copied', 'verified', 'damaged');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such copies' USING ERRCODE = 'JE401';
    END IF;
END
$$;

-- Enter what is wrong with a backup; it is not «verified» any more.
CREATE OR REPLACE FUNCTION ej.backup_failed(backup_id bigint, fault text, detail text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.backup AS b
       SET state = CASE WHEN b.copied_at IS NULL THEN 'failed' ELSE 'damaged' END, verified_at = NULL,
           failed_at = now(), fault = $2, detail = left(regexp_replace($3, '[[:cntrl:]]+', ' ', 'g'), 300)
     WHERE b.id = backup_id;
END
$$;

-- Enter that copy 1 or 2 was bad and is made anew from the other one. What was verified still is, since the bytes are
-- those that were proved; what was found damaged is «copied» until it is proved again.
CREATE OR REPLACE FUNCTION ej.backup_remade(backup_id bigint, copy int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.backup AS b
       SET remade_at = now(), remade = copy, state = CASE b.state WHEN 'damaged' THEN 'copied' ELSE b.state END,
           failed_at = NULL, fault = '', detail = ''
     WHERE b.id = backup_id AND b.state IN ('copied', 'verified', 'damaged');
END
$$;

-- Enter that the copies were deleted, because there are enough younger ones.
CREATE OR REPLACE FUNCTION ej.backup_removed(backup_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.backup AS b SET removed_at = now() WHERE b.id = backup_id AND b.copied_at IS NOT NULL;
END
$$;

GRANT EXECUTE ON FUNCTION ej.backup_begin, ej.backup_copied, ej.backup_verified, ej.backup_failed, ej.backup_remade,
    ej.backup_removed
    TO ej_backup;

-- -------------------------------------------------------------- the page --

-- Whether the present person reads the register (administrator, director, deputy, archivist), and
-- may order a backup (administrator, archivist). Roles of a training school do not count: the
-- backups are of the real ones.
CREATE OR REPLACE FUNCTION ej.archive_may(OUT reads boolean, OUT orders boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    held text[] := ARRAY(SELECT r.role::text FROM ej.role_held AS r
                           JOIN ej.school AS s ON s.id = r.school_id AND s.training_of_id IS NULL
                          WHERE r.staff_id = ANY (ej.my_staff()));
BEGIN
    reads := held && '{administrator,director,deputy,archivist}';
    orders := held && '{administrator,archivist}';
END
$$;
ALTER FUNCTION ej.archive_may() OWNER TO ej_rights;

-- The register, for who may read it, newest first. One that has been running for 12 hours was interrupted.
CREATE OR REPLACE FUNCTION ej.archive_list()
RETURNS TABLE (backup_id bigint, state text, made_by text, ordered_at timestamptz, started_at timestamptz,
               verified_at timestamptz, remade_at timestamptz, remade int, is_removed boolean, size bigint,
               sha256 text, copy1 text, copy2 text, tables int, lines bigint, fault text, detail text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF (SELECT m.reads FROM ej.archive_may() AS m) THEN
        RETURN QUERY
        SELECT b.id, CASE WHEN x.is_lost THEN 'failed' ELSE b.state::text END, b.made_by::text, b.ordered_at,
               b.started_at, b.verified_at, b.remade_at, b.remade, b.removed_at IS NOT NULL, b.size,
               encode(b.sha256, 'hex'), b.copy1::text, b.copy2::text, b.tables, b.lines,
               CASE WHEN x.is_lost THEN 'interrupted' ELSE b.fault::text END, b.detail::text
          FROM ej.backup AS b
         CROSS JOIN LATERAL (SELECT b.state = 'running' AND b.started_at < now() - interval '12 hours' AS is_lost) AS x
         ORDER BY b.id DESC LIMIT 60;
    END IF;
END
$$;
ALTER FUNCTION ej.archive_list() OWNER TO ej_rights;

-- For who may read the register: how many days old the youngest verified backup is, on the school's day; NULL
-- days: there is none. is_late: it is older than the week that ARC-01 allows, or there is none. No row for others.
CREATE OR REPLACE FUNCTION ej.archive_age() RETURNS TABLE (days int, is_late boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF (SELECT m.reads FROM ej.archive_may() AS m) THEN
        RETURN QUERY
        SELECT a.days, coalesce(a.days > 7, true)
          FROM (SELECT ej.my_today() - ((SELECT max(b.started_at) FROM ej.backup AS b
                                          WHERE b.state = 'verified' AND b.removed_at IS NULL)
                                        AT TIME ZONE min(s.tz))::date AS days
                  FROM ej.school AS s
                 WHERE s.id = ANY (ej.my_staff_schools())) AS a;
    END IF;
END
$$;
ALTER FUNCTION ej.archive_age() OWNER TO ej_rights;
GRANT SELECT ON ej.backup TO ej_rights;

-- Order a backup; while one is ordered and not begun, nothing more is.
-- Errors: JE301 not that person's to order.
CREATE OR REPLACE FUNCTION ej.archive_order() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF (SELECT m.orders FROM ej.archive_may() AS m) IS NOT TRUE THEN
        RAISE EXCEPTION 'not to be ordered' USING ERRCODE = 'JE301';
    END IF;
    INSERT INTO ej.backup (state, made_by)
    SELECT 'ordered', coalesce(ej.account_name(m.account_id), '') FROM ej.me AS m
    ON CONFLICT DO NOTHING;
END
$$;
GRANT EXECUTE ON FUNCTION ej.archive_may TO ej_rule;
GRANT EXECUTE ON FUNCTION ej.archive_may, ej.archive_list, ej.archive_age, ej.archive_order TO ej_web;
