#!/usr/bin/perl
# frozen.t: the postmaster is frozen, so that a connection is accepted by the kernel and
# never answered; and one backend is frozen in a query. Only the request that needs what is
# frozen is refused, in its time.
# Fault table, rows 6 and 7.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use Time::HiRes qw(time);

my $t = EJ::Test->new(own_postgres => 1, pool => 3, children => 1, threads => 12);
my ($teacher, $parent) = map { $t->login($_) } qw(teacher parent);
my ($grid) = EJ::Faults::journal($t);
my @cells  = EJ::Faults::cells($t, 2);
$teacher->form_token;

# The backends of the journal, and those that are held in a page.
sub backends { return $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ejournal'}) }
sub held_backend { return $t->value("SELECT min(pid) FROM pg_stat_activity
    WHERE application_name = 'ejournal' AND state = 'active' AND $EJ::Faults::IS_HELD") }

# A page of the parent in the background, with its status, code and time.
sub parents_page {
    return EJ::Faults::go($t, sub {
        my $from = time;
        my $r    = EJ::Faults::own($parent)->get('/diary');
        $_[0]->($r->status, ($r->errors)[0] // '', time - $from);
    });
}

# Pages and saves of the teacher while the job runs, at least so many: statuses and longest time.
sub meanwhile {
    my ($least, $job) = @_;
    my (%status, $longest, $n);
    while (++$n <= $least || !$job->words) {
        my $from = time;
        my $r = $n % 5 ? $teacher->get($grid, html => 1)
            : EJ::Faults::save($teacher, $grid, [[@{$cells[0]}, EJ::Faults::shown($t, $cells[0]), 2 + $n / 5 % 4]]);
        $status{$r->status}++;
        my $took = time - $from;
        $longest = $took if $took > ($longest // 0);
    }
    return (join(' ', sort keys %status), $longest, $n);
}

# -------------------------------------------------------- a frozen postmaster --

# Two connections, one of them held by a page: the other serves the teacher, and a second
# page at the same time needs a third.
my $hold = EJ::Faults::hold_pages($t, 'parent');
my $slow = parents_page();
ok $t->wait_for(5, sub { EJ::Faults::holding($t) == 1 }), 'a page holds a connection';
is $teacher->get($grid, html => 1)->status, 200, 'another connection serves the teacher';
is backends(), 2, 'there are two connections';
my $second = parents_page();
ok $t->wait_for(5, sub { EJ::Faults::holding($t) == 2 }), 'a second page holds the second connection';
$t->postgres->freeze;
my $from = time;
my $r    = EJ::Faults::own($teacher)->get($grid, html => 1);
my $took = time - $from;
is $r->status, 503, 'the postmaster is frozen: a request that has to connect is refused';
cmp_ok $took, '<', 2.6, sprintf 'after the time for connecting (%.2f s)', $took;
ok $r->header('Retry-After'), 'with the time to come again';
is $t->client->get('/health')->status, 200, 'pages without database come';
$hold->disconnect;
is_deeply [map { $_->[0] } map { $_->ended } $slow, $second], [200, 200], 'the pages that had their connections are served';
my %status;
my $longest = 0;
for (1 .. 30) {
    $from = time;
    $status{EJ::Faults::own($teacher)->get($grid, html => 1)->status}++;
    $longest = time - $from if time - $from > $longest;
}
is join(' ', map {"$_: $status{$_}"} sort keys %status), '200: 30', 'those who need no new connection are served as ever';
cmp_ok $longest, '<', 1, sprintf 'and as soon (%.2f s at most)', $longest;
my $save = EJ::Faults::save($teacher, $grid, [[@{$cells[1]}, '', '5']]);
is join(' ', $save->status, EJ::Faults::outcomes($save)), '200 saved', 'and can save';
$t->postgres->thaw;
is $t->client->log_in('pupil', $t->password)->status, 303, 'the postmaster goes on: one can log in';
ok $t->wait_for(5, sub { '200 200 200' eq join ' ', map { $_->[0] } EJ::Faults::many($t, 3, sub { $_[1]->(EJ::Faults::own($teacher)->get($grid, html => 1)->status) }) }),
    'and three pages at once are served';
$t->expect_log(qr/JE501 503/)->allow_log(qr/JE501 503|AH00629|AH0063[3-9]|AH02655/);

# ----------------------------------------------------- one frozen backend ------

$hold = EJ::Faults::held($t);
my $page = parents_page();
my $pid  = $t->wait_for(5, \&held_backend);
ok $pid, 'a page is being made by a backend';
kill 'STOP', $pid;
$hold->disconnect;
my ($statuses, $most, $n) = meanwhile(20, $page);
kill 'CONT', $pid;
my ($status, $code, $seconds) = @{($page->ended)[0]};
is "$status $code", '503 JE503', 'its backend is frozen: the page is refused';
cmp_ok $seconds, '<', 9, sprintf 'at its deadline of eight seconds (%.2f s)', $seconds;
is $statuses, '200', "meanwhile $n pages and saves of others succeed";
cmp_ok $most, '<', 2, sprintf 'as soon as ever (%.2f s at most)', $most;
ok $t->wait_for(15, sub { !$t->value('SELECT count(*) FROM pg_stat_activity WHERE pid = ?', $pid) }),
    'the backend goes on: it finds that nobody waits, and ends';
is $parent->get('/diary', html => 1)->status, 200, 'the parent\'s page comes then';
$t->expect_log(qr/JE503 503.*no answer by the deadline/)->allow_log(qr/JE503 503/);
is_deeply [grep {/exit signal/} $t->log_lines], [], 'no child of Apache fell';
done_testing;
