#!/usr/bin/perl
# blanks.t: lists to be filled in by hand, and who is absent today, by class.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my @all = qw(administrator deputy class-teacher grade1 english parent pupil personnel observer deputy-17);
my %c  = map { $_ => $t->login($_) } @all;
my ($class, $group) = $db->selectrow_array(q{SELECT c.id, x.study_group_id FROM ej.class c JOIN ej.study_group_class x ON x.class_id = c.id JOIN ej.study_group g ON g.id = x.study_group_id AND g.kind = 'class'
    WHERE c.name = '7Б' AND c.school_id = 1});
my ($english) = $db->selectrow_array(q{SELECT g.id FROM ej.study_group g JOIN ej.teaching t ON t.study_group_id = g.id JOIN ej.staff s ON s.id = t.staff_id JOIN ej.account a USING (person_id) WHERE a.login = 'english' AND g.school_id = 1 ORDER BY g.id LIMIT 1});
sub statuses { my ($path) = @_; return join ' ', map { $c{$_}->get($path)->status } @all }

is statuses("/groups/$group/blanks"), '200 200 200 404 404 404 404 404 404 404', 'a class\'s forms are for heads, class teacher and its teachers';
is $c{english}->get("/groups/$english/blanks?format=print&kind=lesson", html => 1)->status, 200, 'a teacher has those of the own group';
my $pupils = $t->value(q{SELECT count(*) FROM ej.membership WHERE study_group_id = ? AND during @> '2026-11-20'::date}, $group);
my $list = $c{deputy}->get("/groups/$group/blanks?format=print&kind=list&columns=5", html => 1);
is $list->count('//tbody/tr'), $pupils, 'the list has a line for each pupil of today';
is $list->count('//thead/tr/th'), 7, 'with so many empty columns';
like $c{deputy}->get("/groups/$group/blanks?format=print&kind=lesson", html => 1)->content, qr/Лист урока.*Тема:.*Домашнее задание:.*Отсутствует.*Внесено в журнал/s, 'the sheet of a lesson has places for what a journal wants';
is refused($c{deputy}->get("/groups/$group/blanks?columns=32")), '422 JE102:columns', 'no more columns than a page has';

# Who is absent: counted here from the attendance itself.
my $day = $t->value(q{SELECT max(l.held_on) FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id JOIN ej.enrolment n ON n.pupil_id = a.pupil_id AND n.class_id = ? AND n.during @> l.held_on
    JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed WHERE l.state = 'given' AND l.held_on <= '2026-11-20'}, $class);
my @away = map { @$_ } @{$db->selectall_arrayref(q{SELECT DISTINCT p.surname || ' ' || p.given_name AS name FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id AND l.state = 'given' JOIN ej.pupil p ON p.id = a.pupil_id
    JOIN ej.enrolment n ON n.pupil_id = a.pupil_id AND n.class_id = ? AND n.during @> l.held_on JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
    WHERE l.held_on = ? ORDER BY 1}, undef, $class, $day)};
my $absent = $c{deputy}->get("/absent?day_on=$day");
is join(', ', sort $absent->texts("//class[\@class_id = $class]/away/\@name")), join(', ', sort @away), 'the absent of a class are those marked absent';
is $absent->xpath("string(//class[\@class_id = $class]/\@absent)"), scalar(@away), 'and counted';
is $absent->xpath("string(//class[\@class_id = $class]/\@pupils)"), $t->value('SELECT count(*) FROM ej.enrolment WHERE class_id = ? AND during @> ?::date', $class, $day), 'of those in the class';
like $c{deputy}->get("/absent?day_on=$day&format=print", html => 1)->content, qr/Строевая записка.*\Q$away[0]\E.*Всего/s, 'which is printed';
is join(' ', map { $c{$_}->get('/absent')->xpath('count(//class)') } qw(deputy class-teacher grade1)), '3 1 1', 'a class teacher has the own class';
is statuses('/absent'), '200 200 200 200 404 404 404 404 404 200', 'the list is for heads and class teachers';
done_testing;
