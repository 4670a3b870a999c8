#!/usr/bin/perl
# tasks.t: a teacher sets one homework for several classes at once.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $sport, $parent) = map { $t->login($_) } qw(teacher sport parent);
my $r = $teacher->get('/tasks');
my @lessons = map { $_->getAttribute('lesson_id') } $r->nodes('//lesson');
is scalar(@lessons), 2, 'a teacher has the last lesson of each class';
$t->db->do('DELETE FROM ej.homework_for WHERE homework_id IN (SELECT id FROM ej.homework WHERE lesson_id = ANY (?))', undef, \@lessons);
$t->db->do('DELETE FROM ej.homework WHERE lesson_id = ANY (?)', undef, \@lessons);
sub set { return $t->value(q{SELECT count(*) || ' ' || count(DISTINCT h.text) || ' ' || bool_and(h.due_on > l.held_on AND l.homework = 'set') FROM ej.homework AS h
    JOIN ej.lesson AS l ON l.id = h.lesson_id WHERE h.lesson_id = ANY (?)}, \@lessons) }
is refused($teacher->post('/tasks', note => '', lesson_id => [@lessons])), '422 JE101:note', 'a task has a text';
is refused($teacher->post('/tasks', note => 'x')), '422 JE101:lesson_id', 'and classes';
is $teacher->post('/tasks', note => 'Повторить § 12', lesson_id => [@lessons])->status . ' ' . set(), '303 2 1 true', 'it is set for all of them, due at the next lesson of each';
is $teacher->post('/tasks', note => 'Повторить § 12', lesson_id => [@lessons])->status . ' ' . set(), '303 2 1 true', 'the same again is set already';
is refused($teacher->post('/tasks', note => 'Другое', lesson_id => [@lessons])) . ' ' . set(), '409 JE212:lesson_id 2 1 true', 'other homework is not overwritten';
is refused($sport->post('/tasks', note => 'x', lesson_id => [$lessons[0]])), '404 JE401:', 'a colleague sets none';
is $parent->get('/tasks')->status, 404, 'a family has no such page';
like $teacher->get('/journals', html => 1)->content, qr{href="/journal/tasks"}, 'the journals lead there';
done_testing;
