#!/usr/bin/perl
# jobs.t: a job is done once, whatever happens to the child of Apache that runs it:
# kill -9 of the child and of the parent, two Apaches on one database, a graceful
# restart, the end of the child's life, a lost connection. What runs is /bin/cat on a
# FIFO, on which it waits until the test writes to it (kind trial, core/job/kinds.c).
use lib 'tests/lib';
use EJ::Test;
use EJ::Httpd;
use POSIX ();
use Time::HiRes qw(time);

my $t = EJ::Test->new(hooks => 1, children => 2, log_level => 'notice ejournal:debug');
$t->allow_log(qr/:debug\]/, qr/exit signal Killed/, qr/AH\d+: .*(?:child|server) process/i);
my $db = $t->db;
my $account = $t->value(q{SELECT id FROM ej.account WHERE login = 'administrator'});
my $n = 0;

# Order a trial; returns {id, fifo}. The name of the FIFO finds its program.
sub order {
    my $fifo = "$t->{dir}/fifo" . ++$n . "-$$";
    POSIX::mkfifo($fifo, 0666) or die $!;
    chmod 0666, $fifo;
    my $id = $t->value(q{INSERT INTO ej.job (kind, school_id, account_id, epoch, request)
        SELECT 'trial', 1, id, epoch, ? FROM ej.account WHERE id = ? RETURNING id}, $fifo, $account);
    return {id => $id, fifo => $fifo};
}
sub programs { my ($job) = @_; return grep { (cmdline($_))[0] eq '/bin/cat' } pids($job) }
sub pids     { my ($job) = @_; return grep { (cmdline($_))[1] eq $job->{fifo} } map { m{/(\d+)/} } glob '/proc/[0-9]*/cmdline' }
sub cmdline  { open my $f, '<', "/proc/$_[0]/cmdline" or return ('', ''); local $/; return ((split /\0/, <$f> // ''), '', '')[0, 1] }
sub parent   { open my $f, '<', "/proc/$_[0]/stat" or return 0; return (split ' ', <$f> =~ s/^.*\) //r)[1] }
sub state    { return $t->value('SELECT ' . $_[1] . ' FROM ej.job WHERE id = ?', $_[0]{id}) }

# Wait until exactly one program of the job runs, after those that ran before.
sub runs {
    my ($job, @before) = @_;
    my %before = map { $_ => 1 } @before;
    return $t->wait_for(30, sub { my @p = programs($job); @p == 1 && !$before{$p[0]} && $p[0] });
}
# Watch meanwhile that there are never two.
sub never_two {
    my ($job, $until) = @_;
    my $most = 0;
    my $is = $t->wait_for(40, sub { my @p = programs($job); $most = @p if @p > $most; $until->() });
    return $is && $most <= 1;
}
sub finish {
    my ($job, $word) = @_;
    # without a reader the opening fails and does not wait
    my $out = $t->wait_for(20, sub { my $f; sysopen($f, $job->{fifo}, POSIX::O_WRONLY() | POSIX::O_NONBLOCK()) ? $f : undef }) or return 'nobody reads';
    syswrite $out, "$word\n";
    close $out;
    return $t->wait_for(20, sub { state($job, 'outcome') });
}
# The child of Apache above the keeper of a program.
sub runner { return parent(parent($_[0])) }

# --------------------------------------------------------------------- a run ---

my $job = order();
my $first = runs($job);
ok $first, 'an ordered job is begun, and its program waits';
ok $t->wait_for(10, sub { state($job, 'reported_at > started_at') }), 'it reports while it runs';
is $t->value('SELECT count(*) FROM ej.session WHERE account_id = ? AND way = ?', $account, 'job'), 1, 'in a session of its own';
is finish($job, 'one'), 'done', 'it ends when the program does';
is state($job, "result || ' ' || tries"), 'one 1', 'with what that printed, at the first try';
is $t->value('SELECT count(*) FROM ej.session WHERE way = ?', 'job'), 0, 'and its session is gone';

# ----------------------------------------------------------- kill -9 of a child ---

$job = order();
$first = runs($job);
my $child = runner($first);
ok scalar(grep { $_ == $child } $t->httpd->children), 'the program hangs below a child of this Apache';
kill 'KILL', $child;
ok $t->wait_for(5, sub { !kill 0, $first }), 'kill -9 of the child ends the program';
ok never_two($job, sub { runs($job, $first) }), 'another child begins the job again, one program at a time';
is finish($job, 'two'), 'done', 'and it is done';
is state($job, "result || ' ' || tries"), 'two 2', 'at the second try';

# ---------------------------------------------------------- kill -9 of a keeper ---

$job = order();
$first = runs($job);
kill 'KILL', parent($first);
$t->expect_log(qr/:error\].*job trial \d+: JE500 number [0-9a-f]{8}: the program ended with -9/);
ok $t->wait_for(10, sub { !kill 0, $first }), 'without its keeper the program ends';
ok $t->wait_for(10, sub { state($job, 'outcome') }), 'the job';
like state($job, "concat_ws(' ', outcome, code, number)"), qr/^failed JE500 [0-9a-f]{8}$/, 'has failed, with a number';

# -------------------------------------------------------------------- graceful ---

$job = order();
$first = runs($job);
kill 'USR1', $t->httpd->pid;
ok never_two($job, sub { runs($job, $first) }), 'a graceful restart begins the job again in a new child';
ok !kill(0, $first), 'the old program has ended';
is finish($job, 'three'), 'done', 'and it is done';
is state($job, "result || ' ' || tries"), 'three 1', 'being left counts as no try';

# ------------------------------------------------------------ a lost connection ---

$job = order();
$first = runs($job);
$db->do(q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ej_job' AND datname = current_database()});
ok never_two($job, sub { runs($job, $first) }), 'without its lock the program is ended, and the job begun again';
is finish($job, 'four') . state($job, 'tries'), 'done2', 'and it is done';

# ---------------------------------------------------------------------- cancelled ---

$job = order();
$first = runs($job);
my $admin = $t->login('administrator');
is $admin->post("/jobs/$job->{id}")->status, 303, 'the administrator cancels a job';
ok $t->wait_for(10, sub { (state($job, 'outcome') // '') eq 'cancelled' && !kill 0, $first }), 'its program ends';

# ------------------------------------------------------------------- two Apaches ---

my $other = EJ::Httpd->new(dir => "$t->{dir}/other", module => $t->stage->module(1), share => $t->stage->share,
    socket => $t->postgres->socket, database => $t->database, children => 2);
$other->start;
my @jobs = map { order() } 1 .. 4;
ok $t->wait_for(30, sub { 2 == grep { programs($_) } @jobs }), 'two Apaches run two jobs at once';
my %above = map { my $p = (programs($_))[0]; $p ? (parent(runner($p)) => 1) : () } @jobs;
is join(' ', sort keys %above), join(' ', sort $t->httpd->pid, $other->pid), 'one each';
my ($theirs) = grep { my ($p) = programs($_); $p && parent(runner($p)) == $other->pid } @jobs;
($first) = programs($theirs);

# kill -9 of the parent and, as an administrator then does, of its children
my @children = $other->children;
kill 'KILL', $other->pid;
waitpid $other->pid, 0;
ok kill(0, $first), 'the death of a parent alone ends no job';
is scalar(programs($theirs)), 1, 'nor is it doubled';
kill 'KILL', @children;
my @left = @jobs;
my $is_once = 1;
while (@left) {
    my $next = $t->wait_for(30, sub { my @p = map { [$_, programs($_)] } @left; $is_once &&= !grep { @$_ > 2 } @p; (map { @$_ > 1 ? $_->[0] : () } @p)[0] }) or last;
    finish($next, "of $next->{id}");
    @left = grep { $_ != $next } @left;
}
ok !@left && $is_once, 'every job comes to the Apache that is left, one program at a time';
is join(' ', map { state($_, 'result') } @jobs), join(' ', map {"of $_->{id}"} @jobs), 'each with its own result';
is join(' ', map { state($_, 'tries') } @jobs), join(' ', map { $_ == $theirs ? 2 : 1 } @jobs), 'and begun no oftener than was needed';

# ----------------------------------------------------------- it never gets ready ---

$job = order();
for my $try (1 .. 3) {
    $first = runs($job, $first);
    kill 'KILL', runner($first);
    $t->wait_for(5, sub { !kill 0, $first });
}
ok $t->wait_for(30, sub { state($job, 'outcome') }), 'a job whose children die three times';
is state($job, "concat_ws(' ', outcome, code)"), 'failed JE509', 'is not begun a fourth time';

# ------------------------------------------------------- an account that is blocked ---

$job = order();
$db->do('UPDATE ej.account SET epoch = epoch + 1 WHERE id = ?', undef, $account);
$first = runs($job);
is finish($job, 'x'), 'done', 'a program reads nothing of the database';
is $t->value('SELECT count(*) FROM ej.session WHERE way = ?', 'job'), 0, 'and no session is left of an account with a new password';
done_testing;
