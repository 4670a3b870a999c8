#!/usr/bin/perl
# again.t: a save that cannot be made now keeps the typed values: the
# page has the same form, and sent again it is saved once.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t       = EJ::Test->new(own_postgres => 1, children => 1);
my $teacher = $t->login('teacher');
my ($lesson, $topic) = $t->db->selectrow_array(<<'SQL');
SELECT l.id, l.topic FROM ej.lesson AS l JOIN ej.staff AS s ON s.id = l.staff_id
  JOIN ej.account AS a USING (person_id)
 WHERE a.login = 'teacher' AND l.held_on <= ej.today(l.school_id) AND l.state = 'given'
   AND l.held_on > ej.today(l.school_id) - 10
 ORDER BY l.held_on DESC LIMIT 1
SQL
$teacher->get("/lessons/$lesson");
# the table is held: save and page give up after their lock timeout
my $holder = $t->new_db;
$holder->begin_work;
$holder->do('LOCK TABLE ej.lesson IN ACCESS EXCLUSIVE MODE');
$t->allow_log(qr/JE50[0-9]/);
my $r = $teacher->post("/lessons/$lesson", {html => 1},
    topic => "Первая строка\nвторая", old_topic => $topic);
cmp_ok $r->status, '>=', 409, 'a save that cannot be made now is refused';
like $r->content, qr/вторая/, 'the page of the refused save has the typed values';
$holder->rollback;
my %field = $r->content =~ /name="(operation_id)" value="([^"]+)"/;
my @again = (topic => "Первая строка\nвторая", old_topic => $topic, %field);
is $teacher->post("/lessons/$lesson", @again)->status, 303, 'sent again it is saved' for 1 .. 2;
is $t->value('SELECT count(*) FROM ej.history WHERE table_name = ? AND key_id = ? AND account_id IS NOT NULL',
    'lesson', $lesson), $t->value('SELECT count(DISTINCT operation_id) FROM ej.history
     WHERE table_name = ? AND key_id = ? AND account_id IS NOT NULL', 'lesson', $lesson),
    'once';
done_testing;
