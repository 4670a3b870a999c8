#!/usr/bin/perl
# crash.t: a child of Apache crashes, Apache is restarted gracefully again and again, a table
# stays locked: everybody else's pages come, and nothing is left behind.
# Fault table, rows 9, 14 and 15.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $parent) = map { $t->login($_) } qw(teacher parent);
$_->get('/account/sessions') for $teacher, $parent;

# ------------------------------------------------------------- a locked table ----

my $lock = $t->db->clone;
$lock->begin_work;
$lock->do('LOCK TABLE ej.room IN ACCESS EXCLUSIVE MODE');
my $from = time;
$t->expect_log(qr/55P03/);
my $r = $teacher->get('/rooms');
like $r->status, qr/^(?:409|503)$/, 'a page that needs a locked table is refused';
cmp_ok time - $from, '<', 8, 'after its time';
is $parent->get('/account/sessions')->status, 200, 'other pages come meanwhile';
$lock->rollback;
is $teacher->get('/rooms')->status, 200, 'and the page itself afterwards';

# ------------------------------------------------------------ a child crashes ----

my ($child) = $t->httpd->children;
$t->expect_log(qr/exit signal Segmentation fault/);
kill SEGV => $child;
ok $t->wait_for(10, sub { !grep { $_ == $child } $t->httpd->children }), 'a child crashes';
$teacher->get('/rooms'); # its own connection may have been that child's
my %status;
$status{$teacher->get('/rooms')->status}++ for 1 .. 20;
is join(' ', keys %status), 200, 'while a child is gone, the other one answers';
ok $t->wait_for(10, sub { my @now = $t->httpd->children; @now >= 2 && !grep { $_ == $child } @now }), 'the parent makes a new one';

# ----------------------------------------------------------- graceful restarts ----

# Former children stay until their requests end: the fifteenth may find no place for a new one at once.
$t->allow_log(qr/AH03490: scoreboard is full/);

# Two readers and a writer, with a connection for each request, go on while Apache is
# restarted as soon as the children of the restart before answer.
my ($grid) = EJ::Faults::journal($t);
my @cells  = EJ::Faults::cells($t, 1);
my $stop   = "$t->{dir}/stop";
$teacher->form_token;
sub load {
    my ($do) = @_;
    return EJ::Faults::go($t, sub {
        my ($tell) = @_;
        $teacher->agent->conn_cache(undef);
        until (-e $stop) { my $r = $do->(); $tell->($r->status, $r->status == 200 ? '' : substr $r->content, 0, 200) }
    });
}
my $mark = '';
my @jobs = (
    load(sub { $teacher->get($grid, html => 1) }),
    load(sub { $teacher->get('/rooms') }),
    load(sub { my $old = $mark; $mark = $mark eq '5' ? '4' : '5'; EJ::Faults::save($teacher, $grid, [[@{$cells[0]}, $old, $mark]]) }));
sub answers { my $n = 0; $n += $_->words || 0 for @jobs; return $n }
sub begun { return scalar grep {/AH00489|resuming normal operations/} $t->log_lines }
my $restarts = 0;
for (1 .. 15) {
    my ($begun, $answers) = (begun(), answers());
    $t->httpd->graceful;
    $restarts++ if $t->wait_for(10, sub { begun() > $begun }) && $t->wait_for(10, sub { answers() >= $answers + 8 });
}
open my $file, '>', $stop or die $!;
my @told = map { $_->ended } @jobs;
is $restarts, 15, 'Apache is restarted gracefully fifteen times under load';
is_deeply [grep { $_->[0] ne '200' } @told], [], 'none of ' . @told . ' pages and saves fails beside it';
is EJ::Faults::shown($t, $cells[0]), @{[$jobs[2]->words]} % 2 ? '5' : '4', 'the last save is stored';
ok $t->wait_for(15, sub { $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_web' AND datname = current_database()}) <= 8 }),
    'and no connection of a former child is left';
done_testing;
