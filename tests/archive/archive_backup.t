#!/usr/bin/perl
# archive_backup.t: ejournal-backup makes two copies and enters «verified» only after a restore that answers; each
# planted damage is found and named; kill -9 and a full device leave nothing half done. ejournal-restore brings the
# journal back, without sessions and codes, and prints the same documents.
use lib 'tests/lib';
use EJ::Test;
use EJ::Backup ();

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $b  = EJ::Backup->new($t);
plan(skip_all => $b->{missing}) if $b->{missing};

$db->do('DELETE FROM ej.backup'); # the seed's, of which there are no files
# A certified copy, as the school prints it, and a sealed history.
my $lead = $t->login('class-teacher');
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $pupil = $t->value('SELECT pupil_id FROM ej.enrolment WHERE class_id = ? ORDER BY pupil_id LIMIT 1', $class);
my $term  = $t->value('SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.id = ? AND e.is_taught ORDER BY lower(e.during) LIMIT 1', $class);
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '31-к', reason = 'конец периода' WHERE term_id = ? AND closed_at IS NULL}, undef, $term);
my ($copy) = $lead->post("/pupils/$pupil/extract", term_id => $term, purpose => 'для родителей')->location =~ /(\d+)$/;
my $print = sub { $t->login('director')->get("/extracts/$copy?format=print", html => 1)->bytes };
my $printed = $print->();
# the history of some days ago, sealed
$db->do(q{SET session_replication_role = replica; UPDATE ej.history SET made_at = made_at - interval '3 days'; SET session_replication_role = DEFAULT; SELECT ej.seal_days(1000)});

# ------------------------------------------------------------------- all goes well --

$t->login('administrator')->post('/archive');
my ($status, $said) = $b->backup('--ordered');
is $status, 0, 'an ordered backup is made' or diag $said;
my $row = sub { $db->selectrow_hashref('SELECT * FROM ej.backup ORDER BY id DESC LIMIT 1') };
my $made = $row->();
is "$made->{state} $made->{fault}", 'verified ', 'it is verified';
like $said, qr/^ok files .*\nok schema\nok restore .*\nok counts .*\nok seal [0-9a-f]{64}\nok login\nok form $copy [0-9a-f]{64}\nproved /, 'by a restore that has answered';
my @folders = map { $made->{$_} =~ s/^[^:]*://r } qw(copy1 copy2);
isnt((stat $folders[0])[0], (stat $folders[1])[0], 'its copies are on two devices');
is `cd $folders[0] && sha256sum -c --quiet SHA256SUMS 2>&1; diff -r $folders[0] $folders[1]`, '', 'they are the same, as their manifest says';
is $made->{lines}, $b->sum_of_counts($folders[1]), 'the register has the number of rows';
is((split /  /, `grep journal.dump $folders[0]/SHA256SUMS`)[0], unpack('H*', $made->{sha256}), 'and the digest of the dump');
is(($b->backup('--ordered'))[0] . ' ' . $row->()->{id}, "0 $made->{id}", 'without an order none is made');
is $b->left, '', 'no server and no file of the proof is left';

# The proof prints what the school prints.
my ($digest) = $said =~ /^ok form $copy ([0-9a-f]{64})$/m;
is $digest, $b->sha256($printed), 'the restored journal prints a certified copy byte for byte as the school does';

# -------------------------------------------------------------------- restoring --

my $parent = $t->login('parent');
my ($ended, $words) = $b->restore($folders[0], 'back');
is $ended, 0, 'ejournal-restore brings the journal back' or diag $words;
my $back = $t->_connect('back', 'postgres');
my $one  = sub { return scalar $back->selectrow_array($_[0]) };
is $one->('SELECT count(*) FROM ej.session') . $one->('SELECT count(*) FROM ej.activation WHERE used_at IS NULL')
    . $one->('SELECT count(*) FROM ej.recovery WHERE used_at IS NULL'), '000', 'all sessions and one-time codes are ended';
is $one->(q{SELECT count(*) FROM ej.outbound WHERE state IN ('waiting', 'sending', 'deferred')}), 0, 'no old letter goes out';
for my $table (qw(mark lesson pupil history)) {
    is $one->("SELECT count(*) FROM ej.$table"), $b->sum_of_counts($folders[0], $table), "every row of $table is there";
}
$b->serve('back');
my $director = $b->client;
$director->log_in('director', $t->password);
is $director->get("/extracts/$copy?format=print", html => 1)->bytes, $printed, 'who has a password logs in, and a certified copy is printed byte for byte as before';
is $parent->get('/account')->status . ' ' . $b->client($parent)->get('/account')->status, '200 401', 'a session of before does not open it';
$b->{httpd}->stop;
is(($b->restore($folders[0], 'back'))[0] . ' ' . $one->('SELECT count(*) > 0 FROM ej.mark'), '1 1', 'an existing database is never touched');
my $bad = $b->fresh_copy($folders[0]);
$b->flip("$bad/journal.dump");
is(($b->restore($bad, 'bad'))[0] . join('', grep { $_ eq 'bad' } keys %{$t->postgres->databases}), '1', 'a damaged copy makes no database');

# --------------------------------------------------------------------- damage --

# damage => [what is done to the copy, key of the fault, words]; each is proved anew
sub damaged {
    my ($what, $key, $words, $do) = @_;
    my $folder = $b->fresh_copy($folders[1]);
    $do->($folder);
    my ($code, $told) = $b->proof($folder);
    is $code, 1, "$what: not proved";
    like $told, qr/^fault $key .*$words/m, "$what: named";
    unlike $told, qr/^proved/m, "$what: never called good";
}
damaged('a flipped bit', 'altered', 'journal.dump', sub { $b->flip("$_[0]/journal.dump") });
damaged('a cut dump', 'altered', 'journal.dump', sub { truncate "$_[0]/journal.dump", 0.7 * -s "$_[0]/journal.dump" });
damaged('a missing file', 'missing', 'counts', sub { unlink "$_[0]/counts" });
damaged('a file too many', 'altered', 'other files', sub { $b->spill("$_[0]/more", 'x') });
# whoever has altered a copy makes its manifest anew, too
damaged('a flipped bit with its manifest', '(?:restore|schema)', '', sub { $b->flip("$_[0]/journal.dump", 0.9); $b->manifest($_[0]) });    # there are the rows, which are compressed with a sum
damaged('a cut dump with its manifest', '(?:restore|counts)', '', sub { truncate "$_[0]/journal.dump", 0.7 * -s "$_[0]/journal.dump"; $b->manifest($_[0]) });
damaged('a row too few', 'counts', 'ej\.mark_2026', sub { $b->dump_without($_[0], 'SET session_replication_role = replica; DELETE FROM ej.mark_2026 WHERE ctid = (SELECT min(ctid) FROM ej.mark_2026)') });
damaged('a rewritten history', 'seal', 'altered', sub { $b->dump_without($_[0], q{SET session_replication_role = replica; UPDATE ej.history SET address = '192.0.2.7' WHERE id = (SELECT min(id) FROM ej.history)}) });
damaged('another document', 'form', "copy $copy", sub { $b->dump_without($_[0], q{SET session_replication_role = replica; UPDATE ej.extract SET purpose = purpose || '.', signer_name = 'И. И. Иной'}) });
damaged('another right', 'schema', '', sub { $b->dump_without($_[0], 'REVOKE EXECUTE ON FUNCTION ej.my_staff FROM ej_web') });
($status, $said) = $b->run('ejournal-proof', {module => '/nowhere.so'}, $folders[1]);
is $status . ($said =~ /^fault login .*nowhere/m && $said !~ /^proved/m ? ' told' : $said), '1 told', 'a journal that does not serve is not proved';
is $b->left, '', 'nothing is left of the proofs';

# A copy altered later is made anew from the other one (ARC-02), and what became of it is told.
my $differ = sub { return `diff -rq $folders[0] $folders[1]` };
for my $n (1, 2) {
    my ($bad, $good) = @folders[$n - 1, 2 - $n];
    $n == 2 ? $b->flip("$bad/journal.dump") : system('rm', '-r', $bad);
    ($status, $said) = $b->backup('--check');
    is $status . $differ->(), '0', "copy $n that is bad is made anew";
    like $said, qr{\Q$bad\E.*: made anew from \Q$good\E$}m, 'which is said';
    is join(' ', @{$row->()}{qw(state fault remade)}), "verified  $n", 'and entered; the bytes are those that were proved';
}
$b->flip("$_/journal.dump") for @folders;
is(($b->backup('--check'))[0] . ' ' . join(' ', @{$row->()}{qw(state fault)}), '1 damaged altered', 'where both are bad it is not called verified any more');
is(($b->backup('--prove', $made->{id}))[0], 1, 'nor proved');
$b->flip("$folders[0]/journal.dump");
($status, $said) = $b->backup('--check');
is $status . $differ->() . $row->()->{state}, '0verified', 'when one is right again, so is the other, and both are proved anew';
like $said, qr/^proved /m, 'by a restore';
$b->spill("$folders[1]/counts", 'x|1');
$b->manifest($folders[1]);
is(($b->backup('--check'))[0] . $row->()->{state}, '1damaged', 'two manifests that differ: nobody knows which is right');
system("cp $folders[0]/* $folders[1]") == 0 or die;
$b->give($folders[1]);

# --------------------------------------------------------------------- refusals --

($status, $said) = $b->backup({copy2 => "$b->{dir}/second"});
is "$status " . join(' ', @{$row->()}{qw(state fault)}), '1 failed device', 'two folders on one device are refused';
SKIP: {
    my $small = $b->small_device or skip 'no right to mount', 2;
    ($status, $said) = $b->backup({copy2 => $small});
    is "$status " . join(' ', @{$row->()}{qw(state fault)}), '1 failed full', 'a full device is told';
    is $b->parts($b->{copy1}, $small), '', 'and nothing half done is left';
}
($status, $said) = $b->backup({PGUSER => 'ej_web'});
isnt $status, 0, 'a role that policies bind makes no backup';
my $last = $row->()->{id};

# kill -9 in the middle of the dump: a table is locked, so that pg_dump waits for it.
my $lock = $t->new_db;
$lock->begin_work;
$lock->do('LOCK TABLE ej.mark');
my $pid = $b->start;
ok $t->wait_for(30, sub { $t->value(q{SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.usename = 'ej_backup'}) }), 'a dump is under way';
kill 'KILL', $pid;
waitpid $pid, 0;
is $row->()->{state}, 'running', 'a killed backup has said nothing';
$lock->rollback;
ok $t->wait_for(30, sub { $b->is_idle }), 'what it had started ends by itself';
# of which one is kept
is(($b->backup({keep => 1}))[0], 0, 'the next one succeeds');
is $t->value('SELECT state || fault FROM ej.backup WHERE id = ?', $last + 1), 'failedinterrupted', 'the killed one is entered as failed';
is $row->()->{state} . $b->parts($b->{copy1}, $b->{copy2}), 'verified', 'its half is gone';

# ---------------------------------------------------------------------- keeping --

is $t->value(q{SELECT count(*) FILTER (WHERE removed_at IS NULL) || ' of ' || count(*) FROM ej.backup WHERE copied_at IS NOT NULL AND copy1 LIKE '%-' || id}), '1 of 2', 'older copies are entered as deleted';
is join(' ', map { scalar grep {-d} glob "$b->{$_}/2*" } qw(copy1 copy2)), '1 1', 'and are';
done_testing;
