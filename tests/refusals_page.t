#!/usr/bin/perl
# refusals_page.t: what the database itself refuses, shown as a page to a person
# without a script. The refusal outlives the transaction that raised it: pages
# are made anew in another one.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(children => 1);
my $teacher = $t->login('teacher');
my ($foreign) = $t->db->selectrow_array(<<'SQL');
SELECT l.id FROM ej.lesson AS l JOIN ej.teaching AS g ON g.id = l.teaching_id
 WHERE g.staff_id NOT IN (SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id)
                           WHERE a.login = 'teacher')
   AND l.staff_id = g.staff_id AND g.school_id = 1
   AND EXISTS (SELECT FROM ej.study_group_class AS gc JOIN ej.class AS c ON c.id = gc.class_id
                JOIN ej.staff AS s ON s.id = c.class_teacher_id JOIN ej.account AS a USING (person_id)
               WHERE gc.study_group_id = g.study_group_id AND a.login = 'teacher')
 ORDER BY l.id LIMIT 1
SQL
for my $round (1 .. 3) {
    my $r = $teacher->post('/journals/99999999', {html => 1},
        column_id => [1], pupil_id => [1], old => [''], value => ['5']);
    is $r->status, 404, 'a journal that is not there is refused with a page';
    like $r->content, qr/<html/, 'in the journal\'s own look';
    $r = $teacher->post("/lessons/$foreign", {html => 1}, topic => 'Чужая тема', old_topic => '');
    is $r->status, 403, 'a lesson of another teacher is refused by the database';
    like $r->content, qr/Чужая тема|<html/, 'and a page tells so';
}
is $teacher->get('/')->status, 200, 'the child that answered is still there';
done_testing;
