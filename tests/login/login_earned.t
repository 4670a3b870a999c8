#!/usr/bin/perl
# login_earned.t: an attacker who can run any statement as the web role gets no session
# without the password or token of the account: in whatever order the functions of the
# log-in are called, within a transaction, rolled back, or from two connections.
use lib 'tests/lib';
use DBD::Pg qw(:async);
use EJ::Test;

my $t   = EJ::Test->new(start => 0);
my $web = $t->web_db;
my $own = $t->new_db;

# The value of a call as the web role, or its SQLSTATE.
sub call {
    my ($sql, @values) = @_;
    my $got = eval { [$web->selectrow_array("SELECT $sql", undef, @values)] };
    return $got ? join(' ', map { $_ // 'nothing' } @$got) : $web->state;
}
sub hash_of { return $t->value('SELECT password FROM ej.account WHERE login = ?', $_[0]) }
sub try     { return call(q{wait_s FROM ej.login_try(?, ?, '10.0.0.7', NULL)}, @_) }
sub finish {
    my ($login, $computed, $token) = @_;
    return call(q{ej.login_finish(?, ?, '10.0.0.7', NULL, sha256(?), NULL, 'f', false, 'form') IS NOT NULL},
        $login, $computed, $token // 'x');
}
sub sessions { return $t->value(q{SELECT count(*) FROM ej.session WHERE digest = sha256('x')}) }
sub failures { return $t->value(q{SELECT coalesce(sum(g.failures), 0) FROM ej.guess AS g WHERE g.subject = 'account ' ||
    (SELECT id FROM ej.account WHERE login = ?)}, $_[0]) }

# ------------------------------------------------------- hashes stay inside ---

my $hash = hash_of('director');
unlike call(q{l.* FROM ej.login_begin('director', '10.0.0.7', NULL) AS l}), qr/\Q@{[substr $hash, -20]}\E/, 'ej.login_begin returns no hash';
my %told = map { @$_ } @{$web->selectall_arrayref(<<'SQL')};
SELECT c.table_name || '.' || c.column_name, 1 FROM information_schema.columns AS c
 WHERE c.table_schema = 'ej' AND c.column_name ~ 'password|sha256|digest|secret' AND c.data_type !~ '^timestamp'
   AND has_column_privilege(format('ej.%I', c.table_name)::regclass, c.column_name, 'SELECT')
SQL
# that of a printed sheet, certified copy or sent document is no secret to those who may read it
is_deeply [grep { !/^(?:exchange|extract|migration|paper|receipt|transfer_file)\./ } sort keys %told], [], 'no column of a hash, digest or secret is readable';

# --------------------------------------------------------- nothing for nothing ---

is finish('director', $hash), 'JE110', 'the right hash makes no session before it was counted';
is call(q{ej.login_finish('director', NULL, '10.0.0.7', NULL, sha256('x'), NULL, 'f', false, 'form')}), 'JE110', 'NULL instead of a hash makes no session';
like try('director', undef), qr/^23502$/, 'NULL is not counted as a guess';
is call(q{ej.session_open(1, sha256('x'), 'f', NULL, false, 'form')}), '42501', 'ej.session_open cannot be called';

# ------------------------------------------------------------------- rollback ---

# A reply within the counting transaction would cost nothing, since it could be rolled back.
for my $round (1 .. 8) {
    $web->begin_work;
    try('director', "guess-$round");
    is finish('director', "guess-$round"), 'JE110', 'a guess gets no reply within the transaction that counts it' if $round == 1;
    $web->rollback;
}
is failures('director'), 0, 'a rolled back guess is not counted';
is finish('director', "guess-$_"), 'JE110', 'rolled back guess ' . $_ . ' gets no reply' for 1, 8;

$web->begin_work;
$web->do('SAVEPOINT s');
try('director', $hash);
$web->do('RELEASE s');
is finish('director', $hash), 'JE110', 'a guess counted within a savepoint gets no reply in the same transaction';
$web->rollback;

is try('director', $hash), '0', 'the right password is counted and committed';
$web->begin_work;
is finish('director', $hash), '1', 'the right password is accepted in a later transaction';
$web->rollback;
is failures('director') . sessions(), '10', 'after a rollback the guess stays counted, and there is no session';
is finish('director', $hash), '1', 'the right password makes a session';
is failures('director') . sessions(), '01', 'the right password clears the count';

# ------------------------------------------------------------- guesses run out ---

my $n = 0;
for my $guess (1 .. 40) {
    next if try('deputy', "guess-$guess") ne '0';
    $n++;
    isnt finish('deputy', "guess-$guess"), '1', "guess $guess is wrong";
}
is $n, 5, 'of forty guesses in a row five get a reply';
is finish('deputy', hash_of('deputy')), 'JE110', 'a guess that was not counted gets no reply, even with the right password';
is try('deputy', hash_of('deputy')), '1', 'the next guess is delayed';

# Two connections at the same time cannot share one count.
$own->do('DELETE FROM ej.guess');
my $other = $t->web_db;
$web->begin_work;
is try('english', 'a'), '0', 'a guess is counted in an open transaction';
$other->do("SET lock_timeout = '50ms'");
ok !eval { $other->do(q{SELECT * FROM ej.login_try('english', 'b', '10.0.0.8', NULL)}); 1 }, 'another guess waits for this transaction';
$web->commit;

# Counting and checking lock the log-in before its address, since otherwise two could wait
# for each other.
$own->do(q{SELECT ej.guess_lock(ej.guess_subjects('nobody', '10.0.0.9', NULL))});
$other->do("SET lock_timeout = '30s'");
for my $call (q{ej.login_try('nobody', 'c', '10.0.0.9', NULL)},
    q{ej.login_finish('nobody', 'c', '10.0.0.9', NULL, sha256('x'), NULL, 'f', false, 'form')}) {
    $own->begin_work;
    $own->do(q{SELECT FROM ej.guess WHERE subject = 'address 10.0.0.9' FOR UPDATE});
    $other->do("SELECT $call", {pg_async => PG_ASYNC});
    $t->wait_for(10, sub { $t->value('SELECT count(*) FROM pg_locks WHERE pid = ? AND NOT granted', $other->{pg_pid}) });
    is $t->value(q{SELECT count(*) FROM (SELECT FROM ej.guess WHERE subject LIKE 'login %' FOR UPDATE SKIP LOCKED) AS g}), 0,
        'a call that waits for the address has locked the log-in: ' . substr $call, 3, 10;
    $own->rollback;
    eval { $other->pg_result };
}

# ---------------------------------------------------------------- own password ---

$own->do(q{INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
    SELECT sha256('mine'), id, epoch, 'f', '1 hour', now() + interval '1 hour' FROM ej.account WHERE login = 'parent'});
my $mine = hash_of('parent');
sub as_parent { $web->do(q{SELECT ej.enter(sha256('mine'), '10.0.0.7', gen_random_uuid())}) }
sub change    { return call(q{ej.password_change(?, '$y$j9T$x$new', NULL)}, @_) }
for my $round (1 .. 6) {
    $web->begin_work;
    as_parent();
    call(q{ej.password_try(?)}, $mine);
    is change($mine), 'JE110', 'a session cannot change the password without a counted guess' if $round == 1;
    $web->rollback;
}
is hash_of('parent'), $mine, 'the refused changes keep the old password';
$web->begin_work;
as_parent();
is call(q{ej.password_try(?)}, $mine), '0', 'the old password is counted';
$web->commit;
$web->begin_work;
as_parent();
is change('wrong'), 'JE110', 'a counted guess does not serve for another one';
$web->rollback;
$web->begin_work;
as_parent();
is change($mine), '', 'the right old password changes the password';
$web->commit;
is hash_of('parent'), '$y$j9T$x$new', 'the new password is stored';

$_->disconnect for $web, $own, $other;
done_testing;
