#!/usr/bin/perl
# crash.t: a child of Apache crashes, Apache is restarted gracefully again and again, a table
# stays locked: everybody else's pages come, and nothing is left behind.
# Fault table, rows 9, 14 and 15.
use lib 'tests/lib';
use EJ::Test;

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

%status = ();
for (1 .. 5) {
    kill USR1 => $t->httpd->pid;
    $status{$teacher->get('/rooms')->status}++ for 1 .. 8;
}
is join(' ', keys %status), 200, 'no request fails beside graceful restarts';
ok $t->wait_for(15, sub { $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_web' AND datname = current_database()}) <= 8 }),
    'and no connection of a former child is left';
done_testing;
