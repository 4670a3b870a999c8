#!/usr/bin/perl
# job.t: what is done without a request: one child of one Apache sweeps away what
# nobody asks for any more; the table tells when and with what result.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20', log_level => 'notice ejournal:debug');
$t->allow_log(qr/:debug\]/);
my $db = $t->db;
my ($in, $out) = map { $t->login($_) } 'teacher', 'english';
my ($teacher, $english) = map { $t->value('SELECT id FROM ej.account WHERE login = ?', $_) } 'teacher', 'english';
my $rows = sub { join ' ', map { $t->value("SELECT count(*) FROM ej.$_") } qw(session operation guess attempt device) };

ok $t->wait_for(25, sub { $t->value('SELECT ended_at IS NOT NULL FROM ej.job') }), 'a job that was never done is done soon after the start';
is $t->value('SELECT next_at - began_at FROM ej.job'), '00:05:00', 'and is due again in five minutes';

# ------------------------------------------------------------ what goes, what stays ---

$db->do('DELETE FROM ej.operation');
$db->do(q{INSERT INTO ej.operation (account_id, operation_id, sha256, made_at)
    SELECT ?, gen_random_uuid(), 'x', now() - make_interval(days => n) FROM unnest('{1,29,31,400}'::int[]) AS n}, undef, $teacher);
$db->do(q{UPDATE ej.session SET last_seen_at = now() - interval '5 hours' WHERE account_id = ?}, undef, $english);
$db->do(q{INSERT INTO ej.guess VALUES ('login old', 3, now() - interval '2 days', now() - interval '2 days'), ('login new', 3, now(), now())});
$db->do(q{UPDATE ej.attempt SET made_at = now() - interval '10 minutes' WHERE subject = 'account ' || ?}, undef, $english);
$db->do(q{UPDATE ej.device SET seen_at = now() - interval '500 days' WHERE account_id = ?}, undef, $english);
$db->do(q{INSERT INTO ej.entry (pid, xid, operation_id) VALUES (0, '3', gen_random_uuid())});
$db->do('UPDATE ej.job SET next_at = now()');
ok $t->wait_for(25, sub { $t->value('SELECT next_at > now() FROM ej.job') }), 'what is due is done';
is $t->value(q{SELECT string_agg(account_id::text, ' ') FROM ej.session}), $teacher, 'sessions that ended go, those that live stay';
is $t->value(q{SELECT string_agg((now()::date - made_at::date)::text, ' ' ORDER BY made_at DESC) FROM ej.operation}), '1 29', 'so do operations of more than 30 days';
is $t->value(q{SELECT string_agg(subject, ' ') FROM ej.guess WHERE subject LIKE 'login%'}), 'login new', 'counters of a day ago';
is $t->value(q{SELECT string_agg(subject, ' ') FROM ej.attempt}), "account $teacher", 'guesses of some minutes ago';
is $t->value('SELECT string_agg(account_id::text, \' \') FROM ej.device'), $teacher, 'browsers not seen for a year';
is $t->value('SELECT count(*) FROM ej.entry WHERE pid = 0'), 0, 'and what was kept for servers that are no more';
is $t->value('SELECT result FROM ej.job'), 'attempt 1, device 1, entry 1, guess 1, operation 2, session 1', 'the table tells what it was';
is $in->get('/')->status . $out->get('/')->status, '200401', 'nobody notices';

# ------------------------------------------------------------------ in pieces ---

$db->do(q{INSERT INTO ej.operation (account_id, operation_id, sha256, made_at)
    SELECT 1, gen_random_uuid(), 'x', now() - interval '31 days' FROM generate_series(1, 2500)});
my $one = $t->web_db;
my $run = sub { join '|', map { $_ // '' } $_[0]->selectrow_array('SELECT * FROM ej.job_run()') };
is $run->($one), '', 'who asks before it is due has nothing done';
$db->do('UPDATE ej.job SET next_at = now()');
my $another = $t->web_db;
$one->begin_work;
my $first = $run->($one);
my $second = $run->($another);
$one->commit;
is "$first-$second", 'sweep|operation 2000|0-', 'of two that ask at once one works, a bounded piece';
is $t->value(q{SELECT next_at - began_at FROM ej.job}), '00:00:10', 'the rest follows soon';

# -------------------------------------------------------------- what goes wrong ---

$db->do('ALTER TABLE ej.visit RENAME TO visits');
$db->do('UPDATE ej.job SET next_at = now()');
$t->expect_log(qr/:error\].*job sweep: 42P01: relation "ej.visit" does not exist/);
ok $t->wait_for(25, sub { $t->value(q{SELECT result LIKE '42P01: %' FROM ej.job}) }), 'a failure stands in the table, and in the log';
$db->do('ALTER TABLE ej.visits RENAME TO visit');
$db->do('UPDATE ej.job SET next_at = now()');
ok $t->wait_for(25, sub { $t->value(q{SELECT result NOT LIKE '42P01: %' FROM ej.job}) }), 'and the next one makes up for it';

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
is $t->value(q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' OR relation = 'ej.homework'::regclass}), 0, 'the locks are free';
for my $call (q{ej.sweep()}, q{ej.sweep_servers('0')}, q{ej.sweep_rows('mark', 'true', 1)}) {
    ok !eval { $one->do("SELECT $call"); 1 } && $one->state eq '42501', "the web role does not call $call";
}
$_->{InactiveDestroy} = 1 for @held[0, 1];
$superuser->rollback;
$_->disconnect for $one, $another, $superuser, $held[2];
done_testing;
