#!/usr/bin/perl
# same_save.t: one save that comes twice and thirty times at once, and two
# people at one cell. One effect, the same answer each time; the second of two
# people is told of the first.
# Fault table, rows 16 and 17.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my $t       = EJ::Test->new;
my $teacher = $t->login('teacher');
my ($grid, $journal) = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 4);
$teacher->form_token;

# What an answer says, without who asked.
sub said { return join '|', map { $_->toString } $_[0]->nodes('//outcomes') }

# -------------------------------------------------------------- the same save

my @save  = ([@{$cells[0]}, '', '2/4'], [@{$cells[1]}, '', '5']);
my $id    = EJ::Faults::operation();
my $first = EJ::Faults::save($teacher, $grid, \@save, $id);
my $again = EJ::Faults::save($teacher, $grid, \@save, $id);
is join(' ', $first->status, EJ::Faults::outcomes($first)), '200 saved saved', 'two cells are saved';
is join(' ', $again->status, said($again)), join(' ', $first->status, said($first)), 'the same save again is answered the same';
is EJ::Faults::effects($t, $id), 3, 'and has its effect once: three marks in two cells';

# Meanwhile somebody else has changed the cell: what came of the save stays.
EJ::Faults::save($teacher, $grid, [[@{$cells[1]}, '5', '3']]);
$again = EJ::Faults::save($teacher, $grid, \@save, $id);
is said($again), said($first), 'even when the cell has been changed since';
is EJ::Faults::shown($t, $cells[1]), '3', 'and that change stands';

# --------------------------------------------------------------- at once, 30

$id = EJ::Faults::operation();
my @told = EJ::Faults::many($t, 30, sub {
    my (undef, $tell) = @_;
    my $r = EJ::Faults::save(EJ::Faults::own($teacher), $grid, [[@{$cells[2]}, '', '4']], $id);
    $tell->($r->status, said($r));
});
my %said = map { join(' ', @$_) => 1 } @told;
is scalar @told, 30, 'thirty posts of one save at once';
is join(' | ', keys %said), '200 <outcomes><cell n="1" outcome="saved" value="4"/></outcomes>', 'have one and the same answer';
is EJ::Faults::effects($t, $id), 1, 'and one effect';
is EJ::Faults::shown($t, $cells[2]), '4', 'the mark is there';

# The same id with another content is no repeat.
my $other = EJ::Faults::save($teacher, $grid, [[@{$cells[3]}, '', '5']], $id);
is join(' ', EJ::Faults::outcomes($other), EJ::Faults::shown($t, $cells[3])), 'saved 5',
    'an id that was used for something else hides nothing';

# ---------------------------------------------------- two people, one cell --

# today's lesson is given by the substitute, and is the teacher's as well
my ($lesson) = $t->db->selectrow_array(q{SELECT l.id FROM ej.lesson AS l JOIN ej.journal AS j
    ON j.teaching_id = l.teaching_id WHERE j.id = ? AND l.is_substitute AND l.held_on = '2026-11-20'}, undef, $journal);
my $cell   = [$lesson, $cells[0][1]];
my $second = $t->login('substitute');
my ($mine, $theirs) = map { my $r = $_->get($grid); $r->count("//column[\@column_id = '$lesson']") } $teacher, $second;
is "$mine $theirs", '1 1', 'the teacher and the substitute both have the lesson before them';
my $a = EJ::Faults::save($second,  $grid, [[@$cell, '', '3']]);
my $b = EJ::Faults::save($teacher, $grid, [[@$cell, '', '5']]);
is join(' ', $a->status, EJ::Faults::outcomes($a)), '200 saved', 'the substitute saves a mark';
is join(' ', $b->status, EJ::Faults::outcomes($b)), '409 conflict', 'the teacher is told that it was changed';
my %of = map { $_->nodeName => $_->value } map { $_->attributes } $b->nodes('//outcomes/cell');
is $of{value}, '3', 'what stands there now';
is $of{who}, $second->get('/')->xpath('string(/page/@person)'), 'who wrote it';
like $of{at}, qr/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'and when';

# without script: the form comes back with what was typed, beside what stands
$b = $teacher->post($grid, {}, column_id => [$lesson], pupil_id => [$cell->[1]], old => [''], value => ['5']);
is join(' ', $b->status, $b->errors), '409 JE210', 'without script it is the same refusal';
is $t->value('SELECT count(*) FROM ej.mark WHERE pupil_id = ? AND work_id IN (SELECT id FROM ej.work WHERE lesson_id = ?)',
    $cell->[1], $lesson), 1, 'and one mark stands';
done_testing;
