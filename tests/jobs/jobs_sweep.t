#!/usr/bin/perl
# jobs_sweep.t: what is done without a request: one child of one Apache sweeps away
# what nobody asks for any more; the table tells when and with what result.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20', log_level => 'notice ejournal:debug');
$t->allow_log(qr/:debug\]/);
my $db = $t->db;
my ($in, $out) = map { $t->login($_) } 'teacher', 'english';
my ($teacher, $english) = map { $t->value('SELECT id FROM ej.account WHERE login = ?', $_) } 'teacher', 'english';
my $rows = sub { join ' ', map { $t->value("SELECT count(*) FROM ej.$_") } qw(session operation guess attempt device) };

# the last run that has ended, and the one that follows
my $last = sub { $t->value("SELECT $_[0] FROM ej.job WHERE kind = 'sweep' AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1") };
my $due  = sub { $db->do(q{UPDATE ej.job SET due_at = now() WHERE kind = 'sweep' AND finished_at IS NULL}) };
my $runs = sub { $t->value(q{SELECT count(*) FROM ej.job WHERE kind = 'sweep' AND finished_at IS NOT NULL}) };
my $ended = sub { my $n = $runs->(); $due->(); return $t->wait_for(40, sub { $runs->() > $n }) };
ok $t->wait_for(40, sub { $runs->() == 1 && $t->value(q{SELECT count(*) FROM ej.job WHERE kind = 'sweep'}) == 2 }), 'a job that was never done is done soon after the start';
is $t->value('SELECT n.due_at - j.started_at FROM ej.job AS n, ej.job AS j WHERE n.kind = ? AND j.kind = n.kind AND n.finished_at IS NULL AND j.outcome = ?', 'sweep', 'done'), '00:05:00', 'and is due again in five minutes';

# ------------------------------------------------------------ what goes, what stays ---

$db->do('DELETE FROM ej.operation');
$db->do(q{INSERT INTO ej.operation (account_id, operation_id, sha256, made_at)
    SELECT ?, gen_random_uuid(), 'x', now() - make_interval(days => n) FROM unnest('{1,29,31,400}'::int[]) AS n}, undef, $teacher);
$db->do(q{UPDATE ej.session SET last_seen_at = now() - interval '5 hours' WHERE account_id = ?}, undef, $english);
$db->do(q{INSERT INTO ej.guess VALUES ('login old', 3, now() - interval '2 days', now() - interval '2 days'), ('login new', 3, now(), now())});
$db->do(q{UPDATE ej.attempt SET made_at = now() - interval '10 minutes' WHERE subject = 'account ' || ?}, undef, $english);
$db->do(q{UPDATE ej.device SET seen_at = now() - interval '500 days' WHERE account_id = ?}, undef, $english);
$db->do(q{INSERT INTO ej.entry (pid, xid, operation_id) VALUES (0, '3', gen_random_uuid())});
ok $ended->(), 'what is due is done';
is $t->value(q{SELECT string_agg(account_id::text, ' ') FROM ej.session}), $teacher, 'sessions that ended go, those that live stay';
is $t->value(q{SELECT string_agg((now()::date - made_at::date)::text, ' ' ORDER BY made_at DESC) FROM ej.operation}), '1 29', 'so do operations of more than 30 days';
is $t->value(q{SELECT string_agg(subject, ' ') FROM ej.guess WHERE subject LIKE 'login%'}), 'login new', 'counters of a day ago';
is $t->value(q{SELECT string_agg(subject, ' ') FROM ej.attempt}), "account $teacher", 'guesses of some minutes ago';
is $t->value('SELECT string_agg(account_id::text, \' \') FROM ej.device'), $teacher, 'browsers not seen for a year';
is $t->value('SELECT count(*) FROM ej.entry WHERE pid = 0'), 0, 'and what was kept for servers that are no more';
is $last->('result'), 'attempt 1, device 1, entry 1, guess 1, operation 2, session 1', 'the table tells what it was';
is $in->get('/')->status . $out->get('/')->status, '200401', 'nobody notices';

# ------------------------------------------------------------------ in pieces ---

$db->do(q{INSERT INTO ej.operation (account_id, operation_id, sha256, made_at)
    SELECT 1, gen_random_uuid(), 'x', now() - interval '31 days' FROM generate_series(1, 2500)});
my $one = $t->job_db;
is join('|', $one->selectrow_array('SELECT * FROM ej.sweep()')), 'operation 2000|1', 'a transaction sweeps a bounded piece';
ok $ended->(), 'a job sweeps on';
is $t->value(q{SELECT count(*) FROM ej.operation WHERE made_at < now() - interval '30 days'}), 0, 'until nothing is left';

# -------------------------------------------------------------- what goes wrong ---

$db->do('ALTER TABLE ej.visit RENAME TO visits');
$t->expect_log(qr/:error\].*job sweep \d+: JE504 number [0-9a-f]{8}: core_job_sweep: 42P01: relation "ej.visit" does not exist/);
ok $ended->(), 'a sweep fails';
like $last->("concat_ws(' ', outcome, code, number)"), qr/^failed JE504 [0-9a-f]{8}$/, 'which stands in the table, with the number of its line in the log';
$db->do('ALTER TABLE ej.visits RENAME TO visit');
ok $ended->(), 'the next one';
is $last->('outcome'), 'done', 'makes up for it';

# ------------------------------------------------- servers that hold too much ---

my @held = map { $t->web_db } 1 .. 3;
$held[0]->begin_work;
$held[0]->do('LOCK TABLE ej.homework IN ACCESS EXCLUSIVE MODE');
$held[1]->do('SELECT pg_advisory_lock(92)');
my $superuser = $t->new_db;
$superuser->begin_work;
$superuser->do('SELECT 1');
is $t->value(q{SELECT ej.sweep_servers('1 hour')}), 0, 'what is held for a while is nothing';
is $t->value(q{SELECT ej.sweep_servers('0')}), 2, 'what is held for long is ended: a transaction, and a lock without one';
ok !$held[0]->ping && !$held[1]->ping && $held[2]->ping && $superuser->ping, 'and no other server of the web role, nor of others';
is $t->value(q{SELECT count(*) FROM pg_locks WHERE (locktype = 'advisory' OR relation = 'ej.homework'::regclass)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())}), 0, 'the locks are free';
for my $call (q{ej.sweep()}, q{ej.sweep_servers('0')}, q{ej.sweep_rows('mark', 'true', 1)}) {
    ok !eval { $held[2]->do("SELECT $call"); 1 } && $held[2]->state eq '42501', "the web role does not call $call";
}
$_->{InactiveDestroy} = 1 for @held[0, 1];
$superuser->rollback;
$_->disconnect for $one, $superuser, $held[2];
done_testing;
