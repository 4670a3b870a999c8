#!/usr/bin/perl
# child.t: a child of Apache is killed in the middle of a save. Nothing is half
# saved, its locks are released within a second, and the same save can be sent again.
# Fault table, row 13.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use Time::HiRes qw(time);

my $t       = EJ::Test->new(own_postgres => 1, children => 3);
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 2);
$teacher->form_token;

my $hold   = EJ::Faults::hold_marks($t, '2');
my $id     = EJ::Faults::operation();
my @save   = ([@{$cells[0]}, '', '4'], [@{$cells[1]}, '', '2']);

my $job = EJ::Faults::go($t, sub {
    my ($tell) = @_;
    $tell->(EJ::Faults::save(EJ::Faults::own($teacher), $grid, \@save, $id)->status);
});
ok $t->wait_for(5, sub { EJ::Faults::holding($t) }), 'a save of two marks is held in the middle';
my ($child) = EJ::Faults::child_busy_with($t, $job->{pid});
ok $child, 'the child of Apache that saves is found';
my $second = $t->login('teacher');
$second->form_token;
my @others = grep { $_ != $child } $t->httpd->children;
my $from = time;
kill 'KILL', $child;
# on a new connection, since the old one may belong to the killed child
my $mine = EJ::Faults::save(EJ::Faults::own($second), $grid, [[@{$cells[1]}, '', '5']]);
my $took = time - $from;
is join(' ', $mine->status, EJ::Faults::outcomes($mine)), '200 saved', 'a second person saves the same cell';
cmp_ok $took, '<', 1, sprintf 'after %.2f s', $took;
is_deeply [map {@$_} $job->ended], [500], 'the first browser gets no reply';
is EJ::Faults::effects($t, $id), 0, 'the first save took no effect';
is_deeply [map { EJ::Faults::shown($t, $_) } @cells], ['', '5'], 'the first save left no mark';
is EJ::Faults::holding($t), 0, 'no backend is left';
$hold->disconnect;

# like the page's script: the same save with the same id
my $r = EJ::Faults::save(EJ::Faults::own($teacher), $grid, \@save, $id);
is join(' ', $r->status, EJ::Faults::outcomes($r)), '409 saved conflict',
    'the save sent again is saved in one cell and gets a conflict in the other';
is $r->xpath('string(//outcomes/*[2]/@value)'), '5', 'the conflict has the present mark';
my $again = EJ::Faults::save($teacher, $grid, \@save, $id);
is $again->xpath('string(//outcomes)') . join(' ', EJ::Faults::outcomes($again)),
    $r->xpath('string(//outcomes)') . join(' ', EJ::Faults::outcomes($r)), 'the save sent a third time gets the same reply';
is EJ::Faults::effects($t, $id), 1, 'the save took effect once';

# ------------------------------------------- after the answer has been lost

my $lost = EJ::Faults::operation();
my @one  = ([@{$cells[0]}, '4', '5']);
EJ::Faults::save($teacher, $grid, \@one, $lost);
$r = EJ::Faults::save($teacher, $grid, \@one, $lost);
is join(' ', $r->status, EJ::Faults::outcomes($r)), '200 saved', 'a save whose reply was lost gets «saved» when it is sent again';
is EJ::Faults::effects($t, $lost), 1, 'a save whose reply was lost takes effect once';

ok $t->wait_for(10, sub { (my @now = $t->httpd->children) >= 3 }), 'the child has been replaced';
is_deeply [grep { my $pid = $_; !grep { $_ == $pid } $t->httpd->children } @others], [], 'the other children still run';
done_testing;
