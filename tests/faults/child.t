#!/usr/bin/perl
# child.t: a child of Apache dies in the middle of a save. Nothing is half
# saved, its locks are gone within a second, and the same save again is made.
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
ok $t->wait_for(5, sub { EJ::Faults::holding($t) }), 'a save of two marks is in its middle';
my ($child) = EJ::Faults::child_busy_with($t, $job->{pid});
ok $child, 'its child of Apache is known';
my $second = $t->login('teacher');
$second->form_token;
my @others = grep { $_ != $child } $t->httpd->children;
my $from = time;
kill 'KILL', $child;
# on a connection of its own: the old one may lead to the dead child
my $mine = EJ::Faults::save(EJ::Faults::own($second), $grid, [[@{$cells[1]}, '', '5']]);
my $took = time - $from;
is join(' ', $mine->status, EJ::Faults::outcomes($mine)), '200 saved', 'a second writer gets in with the same cell';
cmp_ok $took, '<', 1, sprintf 'after %.2f s', $took;
is_deeply [map {@$_} $job->ended], [500], 'the first browser has no answer';
is EJ::Faults::effects($t, $id), 0, 'and nothing of its save is there';
is_deeply [map { EJ::Faults::shown($t, $_) } @cells], ['', '5'], 'not half of it either';
is EJ::Faults::holding($t), 0, 'no backend is left behind';
$hold->disconnect;

# what its script does then: the same save with the same id
my $r = EJ::Faults::save(EJ::Faults::own($teacher), $grid, \@save, $id);
is join(' ', $r->status, EJ::Faults::outcomes($r)), '409 saved conflict',
    'sent again, it is saved where nobody was faster, and told of the other mark';
is $r->xpath('string(//outcomes/*[2]/@value)'), '5', 'which it is shown';
my $again = EJ::Faults::save($teacher, $grid, \@save, $id);
is $again->xpath('string(//outcomes)') . join(' ', EJ::Faults::outcomes($again)),
    $r->xpath('string(//outcomes)') . join(' ', EJ::Faults::outcomes($r)), 'a third time it is answered the same';
is EJ::Faults::effects($t, $id), 1, 'and has come into effect once';

# ------------------------------------------- after the answer has been lost

my $lost = EJ::Faults::operation();
my @one  = ([@{$cells[0]}, '4', '5']);
EJ::Faults::save($teacher, $grid, \@one, $lost);
$r = EJ::Faults::save($teacher, $grid, \@one, $lost);
is join(' ', $r->status, EJ::Faults::outcomes($r)), '200 saved', 'a save whose answer was lost is told as saved';
is EJ::Faults::effects($t, $lost), 1, 'and is not made twice';

ok $t->wait_for(10, sub { (my @now = $t->httpd->children) >= 3 }), 'the child has been replaced';
is_deeply [grep { my $pid = $_; !grep { $_ == $pid } $t->httpd->children } @others], [], 'the others were not touched';
done_testing;
