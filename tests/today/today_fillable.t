#!/usr/bin/perl
# today_fillable.t: a lesson that nobody can fill in is not counted as unfilled: on the
# start page, in the count and list of heads, in the list of journals.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(12);
my ($teacher, $deputy) = map { $t->login($_) } 'teacher', 'deputy';
my $lesson = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($id)   = $lesson =~ /(\d+)$/;
my ($class, $teaching, $group) = $t->db->selectrow_array(q{SELECT c.id, l.teaching_id, l.study_group_id
    FROM ej.lesson l JOIN ej.study_group_class gc USING (study_group_id) JOIN ej.class c ON c.id = gc.class_id WHERE l.id = ?}, undef, $id);

sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }

# How often the lesson is shown as unfilled: to the teacher, and in the head's
# list; also checks that the two counts of the class agree with that list.
sub duty {
    my $list  = $deputy->get("/unfilled?class_id=$class");
    my $count = $list->xpath('string(//today/@count)');
    is $deputy->get('/')->xpath(qq{string(//summary[\@class_id = "$class"]/\@unfilled)}) . ' '
        . $deputy->get("/journals?class_id=$class")->xpath('sum(//teaching/@unfilled)'), "$count $count", 'both counts agree with the list';
    return join ' ', $teacher->get('/')->count(qq{//unfilled[\@lesson_id = "$id"]}),
        $teacher->get('/?held_on=2026-11-18')->count(qq{//lesson[\@lesson_id = "$id"]/\@*[contains(name(), "_missing")]}),
        $list->count(qq{//unfilled[\@lesson_id = "$id"]});
}

run(q{UPDATE ej.lesson SET topic = '', attendance_at = NULL, homework = NULL WHERE id = ?}, $id);
is duty(), '1 3 1', 'an empty lesson is shown as unfilled';

# Without rules: a group that lost its pupils, a journal closed without an order.
sub force { run('SET session_replication_role = replica'); run(@_); run('SET session_replication_role = origin') }
force(q{UPDATE ej.membership SET during = '[2026-11-19,)' WHERE study_group_id = ?}, $group);
is duty(), '0 0 0', 'a lesson of a group without pupils is not shown as unfilled';
is $teacher->get($lesson)->count('//pupil'), 0, 'the lesson of a group without pupils has none';
force(q{UPDATE ej.membership SET during = '[2026-09-01,)' WHERE study_group_id = ?}, $group);
is duty(), '1 3 1', 'the lesson of a group with pupils is shown as unfilled again';
force(q{UPDATE ej.journal SET closed_at = now() WHERE teaching_id = ?}, $teaching);
is duty(), '0 0 0', 'a lesson in a closed journal is not shown as unfilled';
force(q{UPDATE ej.journal SET closed_at = NULL WHERE teaching_id = ?}, $teaching);

run(q{UPDATE ej.teaching SET staff_id = (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'english') WHERE id = ?}, $teaching);
is $teacher->get('/')->count(qq{//unfilled[\@lesson_id = "$id"]}) . $teacher->post($lesson, topic => 'Поздно', old_topic => '')->status, '0404',
    'a former teacher of the journal sees no unfilled lesson';

is $t->login('english')->get('/?held_on=2026-11-23')->count('//lesson[@is_attendance_missing]'), 0, 'absences of a future lesson are not shown as missing';
is $t->login('english')->get('/?held_on=2026-11-23')->count('//lesson') > 0, 1, 'there are future lessons';
