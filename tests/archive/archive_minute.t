#!/usr/bin/perl
# archive_minute.t: with the shipped pgbackrest.conf a whole PostgreSQL comes back as it was at a minute, and
# ejournal-restore --end ends its sessions.
use lib 'tests/lib';
use EJ::Test;
use EJ::Backup ();

plan(skip_all => 'pgbackrest is not installed') if !-x '/usr/bin/pgbackrest';
my $dir  = File::Temp::tempdir('ejmXXXXXX', TMPDIR => 1, CLEANUP => 1);
my $t    = EJ::Test->new(start => 0, own_postgres => 1, postgres => ['wal_level = replica', 'max_wal_senders = 3', 'archive_mode = on',
    "archive_command = 'pgbackrest --config=$dir/pgbackrest.conf --stanza=ejournal archive-push %p'", 'autovacuum = off']);
my $b    = EJ::Backup->new($t);
my $data = $t->postgres->{data};
# the shipped file, with the places of this test
my $conf = do { open my $in, '<', 'conf/pgbackrest.conf' or die; local $/; <$in> };
$conf =~ s{^repo1-path=.*}{repo1-path=$dir/one}m;
$conf =~ s{^repo2-path=.*}{repo2-path=$dir/two}m;
$conf =~ s{^pg1-path=.*}{pg1-path=$data\npg1-socket-path=@{[$t->postgres->socket]}\npg1-user=postgres}m;
$conf =~ s{^checksum-page=y}{checksum-page=n}m; # the clusters of tests have no checksums
$conf =~ s{^\[global\]}{[global]\nlog-path=$dir\nlock-path=$dir/lock\nspool-path=$dir}m;
mkdir "$dir/$_" for qw(one two lock back s);
$b->spill("$dir/pgbackrest.conf", $conf);
chmod 0755, $dir;
$b->give($dir);
sub pgbackrest { my @said = $b->as_owner('pgbackrest', "--config=$dir/pgbackrest.conf", '--stanza=ejournal', @_); return "$said[0] $said[1]" }

is pgbackrest('stanza-create'), '0 ', 'the shipped configuration makes its repositories';
is pgbackrest("--repo=$_", '--type=full', 'backup'), '0 ', "the cluster is copied into repository $_" for 1, 2;
my $db = $t->db;
my $was = $t->value('SELECT count(*) FROM ej.mark');
$db->do(q{INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at) SELECT sha256('x'), id, 0, 't', '1 hour', now() + interval '1 day' FROM ej.account LIMIT 1});
# a backup's end is known to the second
my $stop = $t->value('SELECT clock_timestamp()::text');
ok $t->wait_for(10, sub { $t->value(q{SELECT clock_timestamp() > ?::timestamptz + interval '1.1 s'}, $stop) }), 'a second later';
my $minute = $t->value('SELECT clock_timestamp()::text FROM pg_switch_wal()');
$db->do('SET session_replication_role = replica; DELETE FROM ej.mark');
$db->do('SELECT pg_switch_wal()');
ok $t->wait_for(60, sub { $t->value('SELECT archived_count FROM pg_stat_archiver') >= 3 }), 'what was written since is archived';
is pgbackrest('verify') =~ s/\d+ //r, '', 'verify finds nothing';
my ($status, $said) = $b->run('ejournal-restore', {PGBACKREST_CONFIG => "$dir/pgbackrest.conf"}, '--sql', $t->stage->share . '/sql',
    '--at', $minute, '--stanza', 'ejournal', '--into', "$dir/back");
is $status, 0, 'ejournal-restore brings a minute back' or diag $said;
is(($b->run('ejournal-restore', {PGBACKREST_CONFIG => "$dir/pgbackrest.conf"}, '--sql', $t->stage->share . '/sql', '--at', $minute, '--stanza', 'ejournal', '--into', "$dir/back"))[0],
    1, 'a directory that is not empty is left as it is');
my $back = EJ::Postgres->new(data => "$dir/back", socket => "$dir/s", log => "$dir/back.log", fast => 1,
    settings => ["restore_command = 'pgbackrest --config=$dir/pgbackrest.conf --stanza=ejournal --pg1-path=$dir/back archive-get %f %p'",
        "recovery_target_time = '$minute'", "recovery_target_action = 'pause'", 'wal_level = replica', 'max_wal_senders = 3'])->start;
ok $t->wait_for(60, sub { $back->psql($t->database, '-c', 'SELECT pg_get_wal_replay_pause_state()') =~ /paused/ }), 'PostgreSQL starts on it';
# while it only reads it is a standby, as /ready says (core/monitor.t)
like $back->psql($t->database, '-c', 'SELECT concat_ws(chr(32), role, lag_s) FROM ej.monitor_state()'), qr/^standby \d+\.\d{3}$/m, 'a server that replays says so, and how far behind it is';
$back->psql($t->database, '-c', 'SELECT pg_wal_replay_resume()');
ok $t->wait_for(60, sub { $back->psql($t->database, '-c', 'SELECT pg_is_in_recovery()') =~ /f/ }), 'and then writes';
is $back->psql($t->database, '-c', 'SELECT count(*) FROM ej.mark') + 0, $was, 'what was deleted after that minute is there';
is $back->psql($t->database, '-c', 'SELECT count(*) FROM ej.session') + 0, 1, 'with the sessions of then';
$b->{postgres} = $back;
is(($b->run('ejournal-restore', {PGUSER => 'postgres', PGHOST => "$dir/s"}, '--sql', $t->stage->share . '/sql', '--end', '--into', $t->database))[0], 0, '--end ends them');
is $back->psql($t->database, '-c', 'SELECT count(*) FROM ej.session') + 0, 0, 'and they are ended';
$back->stop;
done_testing;
