#!/usr/bin/perl
# norms.t: the most hours a week of each grade: read, added, changed, removed; the
# curriculum is judged by them (CFG-14).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $director, $teacher) = map { $t->login($_) } qw(administrator deputy director teacher);
sub norm { return join '|', map { $_ // '-' } $t->db->selectrow_array('SELECT grade, hours_5, hours_6, weeks FROM ej.grade_norm WHERE school_id = 1 AND grade = ?', undef, $_[0]) }
$t->db->do('DELETE FROM ej.grade_norm');

is $deputy->get('/norms')->count('//norm'), 0, 'there are none';
is $deputy->post('/norms', grade => 7, hours_5 => '32,5', hours_6 => 35, weeks => 34)->status, 303, 'a deputy adds one';
is norm(7), '7|32.5|35.0|34', 'as it was typed';
is refused($admin->post('/norms', grade => 7, hours_5 => 30, weeks => 34)), '409 JE212:grade', 'a grade has one norm';
is refused($admin->post('/norms', grade => 13, hours_5 => 61, hours_6 => 'x', weeks => '')), '422 JE102:grade JE102:hours_5 JE102:hours_6 JE101:weeks', 'each wrong field is named';
my $id = $t->value('SELECT id FROM ej.grade_norm WHERE school_id = 1');
my %was = (grade => 7, hours_5 => '32.5', hours_6 => 35, weeks => 34);
my %form = (%was, map { ("old_$_" => $was{$_}) } keys %was);
is $admin->post("/norms/$id", %{{%form, hours_5 => 1, hours_6 => ''}})->status, 303, 'the administrator changes it';
is norm(7), '7|1.0|-|34', 'a week of six days may have none';
is refused($deputy->post("/norms/$id", %{{%form, hours_5 => 30}})), '409 JE210:hours_5', 'who saw the old hours is told';
my $class = $t->value(q{SELECT g.id FROM ej.study_group AS g WHERE g.school_id = 1 AND g.name = '7Б'});
$t->db->do('DELETE FROM ej.curriculum');
$t->db->do(q{UPDATE ej.class SET week_days = 5 WHERE school_id = 1 AND name = '7Б'});
$t->db->do('INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week) SELECT 1, ?, min(id), 3 FROM ej.subject WHERE school_id = 1', undef, $class);
is $deputy->get('/curriculum?grade=7')->count('//group[@name = "7Б"][@is_over]'), 1, 'the curriculum is judged by it';
like $deputy->get('/curriculum?grade=7', html => 1)->content, qr{href="/journal/norms"}, 'and links to it';
is join(' ', map { $_->get('/norms')->status . ($_->get('/norms')->count('//@is_mine') ? 'w' : 'r') } $director, $teacher), '200r 404r', 'a director reads the norms, a teacher has no such page';
is join(' ', map { refused($_->post('/norms', grade => 8, weeks => 34)) } $director, $teacher), '404 JE401: 404 JE401:', 'and neither changes them';
is join(' ', map { $t->login('deputy-17')->get($_)->status } "/norms/$id"), '404', 'another school has no such norm';
is $deputy->post("/norms/$id", %form, %{{grade => 7}}, is_removed => 1)->status, 409, 'what has changed is not removed';
is $deputy->post("/norms/$id", grade => 7, old_grade => 7, hours_5 => 1, old_hours_5 => 1, hours_6 => '', old_hours_6 => '', weeks => 34, old_weeks => 34, is_removed => 1)->status . norm(7), '303', 'a norm is removed';
done_testing;
