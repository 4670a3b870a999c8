-- demo_archive.sql: two nightly backups in the register of the demo school.

CREATE FUNCTION pg_temp.demo_archive(p_today date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.backup (state, ordered_at, started_at, copied_at, verified_at, size, sha256, copy1, copy2, tables, lines)
    SELECT 'verified', b.at, b.at, b.at + interval '2 minutes', b.at + interval '9 minutes', v.size,
           sha256(convert_to('backup ' || v.days, 'UTF8')), 'server:/srv/backup/' || b.name, 'server:/mnt/second/' || b.name,
           (SELECT count(*) FROM pg_tables AS t WHERE t.schemaname = 'ej'), v.lines
      FROM (VALUES (7, 11744051, 461204), (1, 12058624, 473118)) AS v(days, size, lines)
     CROSS JOIN LATERAL (SELECT (p_today - v.days + time '02:30') AT TIME ZONE 'Europe/Moscow' AS at,
                                to_char(p_today - v.days, 'YYYYMMDD') || '-023000' AS name) AS b
     ORDER BY b.at;
$$;
