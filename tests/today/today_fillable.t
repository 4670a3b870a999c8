#!/usr/bin/perl
# today_fillable.t: a lesson that nobody can fill in is nobody's duty: on the
# start page, in the head's count and list, in the list of journals.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(12);
my ($teacher, $deputy) = map { $t->login($_) } 'teacher', 'deputy';
my $lesson = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($id)   = $lesson =~ /(\d+)$/;
my ($class, $teaching, $group) = $t->db->selectrow_array(q{SELECT c.id, l.teaching_id, l.study_group_id
    FROM ej.lesson l JOIN ej.study_group_class gc USING (study_group_id) JOIN ej.class c ON c.id = gc.class_id WHERE l.id = ?}, undef, $id);

sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }

# In how many places the lesson is a duty: those of the teacher, then the head's
# list; and whether the two counts of the class are of that list.
sub duty {
    my $list  = $deputy->get("/unfilled?class_id=$class");
    my $count = $list->xpath('string(//today/@count)');
    is $deputy->get('/')->xpath(qq{string(//summary[\@class_id = "$class"]/\@unfilled)}) . ' '
        . $deputy->get("/journals?class_id=$class")->xpath('sum(//teaching/@unfilled)'), "$count $count", 'all counts are of one list';
    return join ' ', $teacher->get('/')->count(qq{//unfilled[\@lesson_id = "$id"]}),
        $teacher->get('/?held_on=2026-11-18')->count(qq{//lesson[\@lesson_id = "$id"]/\@*[contains(name(), "_missing")]}),
        $list->count(qq{//unfilled[\@lesson_id = "$id"]});
}

run(q{UPDATE ej.lesson SET topic = '', attendance_at = NULL, homework = NULL WHERE id = ?}, $id);
is duty(), '1 3 1', 'a lesson with nothing in it is to be filled in';

# Past the rules: of a group that lost its pupils, of a journal closed without an order.
sub force { run('SET session_replication_role = replica'); run(@_); run('SET session_replication_role = origin') }
force(q{UPDATE ej.membership SET during = '[2026-11-19,)' WHERE study_group_id = ?}, $group);
is duty(), '0 0 0', 'of a group without pupils it is nobody\'s';
is $teacher->get($lesson)->count('//pupil'), 0, 'since nobody can be ticked';
force(q{UPDATE ej.membership SET during = '[2026-09-01,)' WHERE study_group_id = ?}, $group);
is duty(), '1 3 1', 'with its pupils it is one again';
force(q{UPDATE ej.journal SET closed_at = now() WHERE teaching_id = ?}, $teaching);
is duty(), '0 0 0', 'in a closed journal it is not';
force(q{UPDATE ej.journal SET closed_at = NULL WHERE teaching_id = ?}, $teaching);

run(q{UPDATE ej.teaching SET staff_id = (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'english') WHERE id = ?}, $teaching);
is $teacher->get('/')->count(qq{//unfilled[\@lesson_id = "$id"]}) . $teacher->post($lesson, topic => 'Поздно', old_topic => '')->status, '0404',
    'who has handed the journal over and has it no more is asked for nothing';

is $t->login('english')->get('/?held_on=2026-11-23')->count('//lesson[@is_attendance_missing]'), 0, 'nor anybody for the absent of a lesson to come';
is $t->login('english')->get('/?held_on=2026-11-23')->count('//lesson') > 0, 1, 'of which there are some';
