-- keys.sql: checks the foreign keys of marks, and of announcements and notices, even while rules
-- and history are switched off by session_replication_role, as in bare/save.sql.
SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', t.tgrelid::regclass, t.tgname)
  FROM pg_trigger AS t
  JOIN pg_constraint AS c ON c.oid = t.tgconstraint AND c.contype = 'f'
 WHERE t.tgisinternal
   AND (t.tgrelid IN (SELECT relid FROM pg_partition_tree('ej.mark') WHERE isleaf)
        OR t.tgrelid IN ('ej.announcement'::regclass, 'ej.notice'::regclass, 'ej.notice_for'::regclass))
\gexec
