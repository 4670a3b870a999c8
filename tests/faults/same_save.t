#!/usr/bin/perl
# same_save.t: a save that is sent twice, and thirty times at the same time; and two
# people who change one cell. It takes effect once and gets the same reply each time; the second of two
# people gets a conflict.
# Fault table, rows 16 and 17.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my $t       = EJ::Test->new;
my $teacher = $t->login('teacher');
my ($grid, $journal) = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 4);
$teacher->form_token;

# The outcomes in a reply.
sub said { return join '|', map { $_->toString } $_[0]->nodes('//outcomes') }

# -------------------------------------------------------------- the same save

my @save  = ([@{$cells[0]}, '', '2/4'], [@{$cells[1]}, '', '5']);
my $id    = EJ::Faults::operation();
my $first = EJ::Faults::save($teacher, $grid, \@save, $id);
my $again = EJ::Faults::save($teacher, $grid, \@save, $id);
is join(' ', $first->status, EJ::Faults::outcomes($first)), '200 saved saved', 'two cells are saved';
is join(' ', $again->status, said($again)), join(' ', $first->status, said($first)), 'the same save sent again gets the same reply';
is EJ::Faults::effects($t, $id), 3, 'the same save sent again takes effect once: three marks in two cells';

# After another person has changed the cell the reply to the first save stays the same.
EJ::Faults::save($teacher, $grid, [[@{$cells[1]}, '5', '3']]);
$again = EJ::Faults::save($teacher, $grid, \@save, $id);
is said($again), said($first), 'the same save gets the same reply even after another change of the cell';
is EJ::Faults::shown($t, $cells[1]), '3', 'the same save does not undo the other change';

# --------------------------------------------------------------- at once, 30

$id = EJ::Faults::operation();
my @told = EJ::Faults::many($t, 30, sub {
    my (undef, $tell) = @_;
    my $r = EJ::Faults::save(EJ::Faults::own($teacher), $grid, [[@{$cells[2]}, '', '4']], $id);
    $tell->($r->status, said($r));
});
my %said = map { join(' ', @$_) => 1 } @told;
is scalar @told, 30, 'one save is sent thirty times at the same time';
is join(' | ', keys %said), '200 <outcomes><cell n="1" outcome="saved" value="4"/></outcomes>', 'all thirty get the same reply';
is EJ::Faults::effects($t, $id), 1, 'all thirty take effect once';
is EJ::Faults::shown($t, $cells[2]), '4', 'the mark of the thirty saves is stored';

# The same id with other content is not a repetition.
my $other = EJ::Faults::save($teacher, $grid, [[@{$cells[3]}, '', '5']], $id);
is join(' ', EJ::Faults::outcomes($other), EJ::Faults::shown($t, $cells[3])), 'saved 5',
    'a used id with other content is saved';

# ---------------------------------------------------- two people, one cell --

# both the substitute and the teacher can write in today's lesson
my ($lesson) = $t->db->selectrow_array(q{SELECT l.id FROM ej.lesson AS l JOIN ej.journal AS j
    ON j.teaching_id = l.teaching_id WHERE j.id = ? AND l.is_substitute AND l.held_on = '2026-11-20'}, undef, $journal);
my $cell   = [$lesson, $cells[0][1]];
my $second = $t->login('substitute');
my ($mine, $theirs) = map { my $r = $_->get($grid); $r->count("//column[\@column_id = '$lesson']") } $teacher, $second;
is "$mine $theirs", '1 1', 'the teacher and the substitute both see the lesson';
my $a = EJ::Faults::save($second,  $grid, [[@$cell, '', '3']]);
my $b = EJ::Faults::save($teacher, $grid, [[@$cell, '', '5']]);
is join(' ', $a->status, EJ::Faults::outcomes($a)), '200 saved', 'the substitute saves a mark';
is join(' ', $b->status, EJ::Faults::outcomes($b)), '409 conflict', 'the teacher gets a conflict';
my %of = map { $_->nodeName => $_->value } map { $_->attributes } $b->nodes('//outcomes/cell');
is $of{value}, '3', 'the conflict has the present value';
is $of{who}, $second->get('/')->xpath('string(/page/@person)'), 'the conflict has the author of the present value';
like $of{at}, qr/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'the conflict has the time of the present value';

# without a script the form comes back with the typed value
$b = $teacher->post($grid, {}, column_id => [$lesson], pupil_id => [$cell->[1]], old => [''], value => ['5']);
is join(' ', $b->status, $b->errors), '409 JE210', 'without a script the teacher gets the same conflict';
is $t->value('SELECT count(*) FROM ej.mark WHERE pupil_id = ? AND work_id IN (SELECT id FROM ej.work WHERE lesson_id = ?)',
    $cell->[1], $lesson), 1, 'the cell has one mark';
done_testing;
