-- seal.sql: the daily seal of the history, and whether somebody changed a row by hand.
--
-- A seal covers the rows of a day as they were inserted: without void_id, since a voiding is a row
-- of its own, sealed on its own day. Each seal has the digest of the seal before, so that none can be
-- taken out of the middle. Whoever owns the database could make all seals anew: so ejournal-verify
-- prints the last one, to be written down elsewhere, and asks for it later (--seal).

GRANT SELECT, INSERT ON ej.seal TO ej_rule;

-- The digest of each row of a day. The settings make the same text everywhere.
CREATE OR REPLACE FUNCTION ej.seal_rows(day date) RETURNS TABLE (id bigint, digest bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'
SET bytea_output = 'hex' SET intervalstyle = 'postgres' AS $$
SELECT h.id, substr(sha256(convert_to(ROW(h.id, h.school_id, h.table_name, h.row_key, h.teaching_id, h.pupil_id,
           h.operation_id, h.account_id, h.session_id, h.address, h.old, h.new, h.made_at, h.correction_id)::text,
           'UTF8')), 1, 8)
  FROM ej.history AS h
 WHERE h.made_at >= day::timestamp AT TIME ZONE 'UTC' AND h.made_at < (day + 1)::timestamp AT TIME ZONE 'UTC'
   AND NOT EXISTS (SELECT FROM ej.arrival AS a WHERE h.id <@ a.history_ids) -- it has a digest of its own
$$;

-- The digests of a day's rows as one value, in the order of ids.
CREATE OR REPLACE FUNCTION ej.seal_row_digests(day date) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT coalesce(string_agg(r.digest, '' ORDER BY r.id), '') FROM ej.seal_rows(day) AS r
$$;

-- The digest of a seal.
CREATE OR REPLACE FUNCTION ej.seal_digest(s ej.seal) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
SELECT sha256((s).previous || (s).row_digests
              || convert_to(concat_ws(' ', to_char((s).day, 'YYYY-MM-DD'), (s).changes, (s).ids), 'UTF8'))
$$;

-- Seal the next days that have ended an hour ago, at most so many; returns how many were sealed. No
-- transaction of a day that writes is still running then.
CREATE OR REPLACE FUNCTION ej.seal_days(most int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    last ej.seal;
    s    ej.seal;
    done int := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ej.seal_days'));
    SELECT x.* INTO last FROM ej.seal AS x ORDER BY x.day DESC LIMIT 1;
    s.day := coalesce(last.day + 1, (SELECT (min(h.made_at) AT TIME ZONE 'UTC')::date FROM ej.history AS h
                                       WHERE NOT EXISTS (SELECT FROM ej.arrival AS a WHERE h.id <@ a.history_ids)));
    WHILE done < most AND s.day < ((now() - interval '1 hour') AT TIME ZONE 'UTC')::date LOOP
        s.row_digests := ej.seal_row_digests(s.day);
        s.changes := length(s.row_digests) / 8;
        s.ids := coalesce((SELECT range_agg(int8range(r.id, r.id, '[]')) FROM ej.seal_rows(s.day) AS r), '{}');
        s.previous := coalesce(last.digest, '');
        s.digest := ej.seal_digest(s);
        s.made_at := clock_timestamp();
        INSERT INTO ej.seal SELECT s.*;
        last := s;
        s.day := s.day + 1;
        done := done + 1;
    END LOOP;
    RETURN done;
END
$$;

-- The faults of the rows of a sealed day: rows altered, removed and inserted; those that went by an act are none
-- (retention_destroy.sql).
CREATE OR REPLACE FUNCTION ej.seal_row_faults(s ej.seal) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
WITH sealed AS (
    SELECT i.id, substr((s).row_digests, (row_number() OVER (ORDER BY i.id) * 8 - 7)::int, 8) AS digest
      FROM unnest((s).ids) AS r(ids), LATERAL generate_series(lower(r.ids), upper(r.ids) - 1) AS i(id)
)
SELECT format('%s: row %s of the history was %s', (s).day, coalesce(a.id, b.id),
              CASE WHEN a.id IS NULL THEN 'inserted' WHEN b.id IS NULL THEN 'removed' ELSE 'altered' END)
  FROM sealed AS a FULL JOIN ej.seal_rows((s).day) AS b USING (id)
 WHERE a.digest IS DISTINCT FROM b.digest AND NOT (b.id IS NULL AND ej.is_destroyed(a.id))
 ORDER BY coalesce(a.id, b.id)
$$;

-- The faults of one seal: of itself, of its place after the seal before, of the rows of its day.
CREATE OR REPLACE FUNCTION ej.seal_faults_of(s ej.seal, last ej.seal) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF (last).day < (s).day - 1 THEN
        RETURN QUERY SELECT format('%s: the seal of this day was removed', d.day)
                       FROM generate_series((last).day + 1, (s).day - 1, '1 day') AS g(at),
                            LATERAL (SELECT g.at::date) AS d(day);
    ELSIF (s).previous <> coalesce((last).digest, '') THEN
        RETURN NEXT format('%s: the seal does not follow the one before', (s).day);
    END IF;
    IF (s).digest <> ej.seal_digest(s) OR (s).changes <> length((s).row_digests) / 8 THEN
        RETURN NEXT format('%s: the seal itself was altered', (s).day);
    ELSIF (s).row_digests <> ej.seal_row_digests((s).day) THEN
        RETURN QUERY SELECT f FROM ej.seal_row_faults(s) AS f;
    END IF;
END
$$;

-- The faults of history.void_id: a voiding has the rows that it was made for, an undone one has none,
-- and no row names a voiding that is not there.
CREATE OR REPLACE FUNCTION ej.seal_void_faults() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
SELECT format('voiding %s: its rows are not those that it voided', v.id)
  FROM ej.voiding AS v
 WHERE CASE WHEN v.undone_at IS NULL THEN v.ids_sha256 ELSE ej.void_digest('{}') END
       <> ej.void_digest(ARRAY(SELECT h.id FROM ej.history AS h WHERE h.void_id = v.id))
   AND NOT EXISTS (SELECT FROM ej.destruction_part AS p -- some went by an act
                    WHERE p.school_id = v.school_id AND p.name = 'history')
 UNION ALL
SELECT format('row %s of the history is void by no voiding', h.id)
  FROM ej.history AS h
 WHERE h.void_id IS NOT NULL AND NOT EXISTS (SELECT FROM ej.voiding AS v WHERE v.id = h.void_id)
$$;

-- All faults of the history, one a line; no line when nobody changed it by hand.
-- Days that ended some days ago have a seal.
CREATE OR REPLACE FUNCTION ej.seal_faults() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    s    ej.seal;
    last ej.seal;
BEGIN
    FOR s IN SELECT x.* FROM ej.seal AS x ORDER BY x.day LOOP
        RETURN QUERY SELECT f FROM ej.seal_faults_of(s, last) AS f;
        last := s;
    END LOOP;
    RETURN QUERY
    SELECT format('%s: row %s of the history is before the first seal', (h.made_at AT TIME ZONE 'UTC')::date, h.id)
      FROM ej.history AS h
     WHERE h.made_at < (SELECT min(x.day) FROM ej.seal AS x)::timestamp AT TIME ZONE 'UTC'
       AND NOT EXISTS (SELECT FROM ej.arrival AS a WHERE h.id <@ a.history_ids);
    RETURN QUERY SELECT f FROM ej.arrival_faults() AS f;
    IF coalesce(last.day, '-infinity')::timestamp AT TIME ZONE 'UTC' < now() - interval '4 days'
       AND EXISTS (SELECT FROM ej.history AS h WHERE h.made_at < now() - interval '4 days'
                      AND NOT EXISTS (SELECT FROM ej.arrival AS a WHERE h.id <@ a.history_ids)) THEN
        RETURN NEXT format('no day after %s has a seal: the job does not run, or the last seals were removed',
                           coalesce(last.day::text, 'the beginning'));
    END IF;
    RETURN QUERY SELECT f FROM ej.seal_void_faults() AS f;
END
$$;

GRANT EXECUTE ON FUNCTION ej.seal_days(int) TO ej_job;
GRANT EXECUTE ON FUNCTION ej.seal_faults() TO ej_owner;
