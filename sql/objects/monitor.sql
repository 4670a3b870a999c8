-- monitor.sql: what /ready and /metrics tell of the database, without a session: numbers alone, of all schools
-- together.

GRANT SELECT ON ej.backup, ej.job, ej.outbound TO ej_rights;

-- What the database is: primary, or a standby (how many seconds behind its primary); and how many seconds ago the
-- youngest verified backup that is still there was begun. lag_s is NULL on a primary, backup_age_s without a backup.
CREATE OR REPLACE FUNCTION ej.monitor_state(OUT role text, OUT lag_s numeric, OUT backup_age_s bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF pg_is_in_recovery() THEN
        role := 'standby';
        lag_s := CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                      ELSE round(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 3) END;
    ELSE
        role := 'primary';
    END IF;
    backup_age_s := (SELECT extract(epoch FROM now() - max(b.started_at))::bigint FROM ej.backup AS b
                      WHERE b.state = 'verified' AND b.removed_at IS NULL);
END
$$;
ALTER FUNCTION ej.monitor_state() OWNER TO ej_rights;

-- What waits, and what went wrong with backups in the last week.
CREATE OR REPLACE FUNCTION ej.monitor_counts(OUT backups_bad bigint, OUT jobs_due bigint, OUT letters_due bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    backups_bad := (SELECT count(*) FROM ej.backup AS b WHERE b.failed_at > now() - interval '7 days');
    jobs_due := (SELECT count(*) FROM ej.job AS j WHERE j.finished_at IS NULL AND j.due_at <= now());
    letters_due := (SELECT count(*) FROM ej.outbound AS o
                     WHERE o.state IN ('waiting', 'deferred') AND o.next_at <= now());
END
$$;
ALTER FUNCTION ej.monitor_counts() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.monitor_state, ej.monitor_counts TO ej_web;
