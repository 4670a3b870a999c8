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

# A GRANT that somebody forgot is a fault of ours and says so, to whoever reads
# and to whoever writes.
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($column, $pupil) = $t->db->selectrow_array(<<'SQL', undef, $journal =~ /(\d+)$/);
SELECT w.id, b.pupil_id FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
 WHERE w.journal_id = ? AND NOT EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.pupil_id = b.pupil_id)
 ORDER BY w.id, b.pupil_id LIMIT 1
SQL
my ($save) = $t->db->selectrow_array(q{SELECT oid::regprocedure FROM pg_proc WHERE proname = 'journal_save' AND pronamespace = 'ej'::regnamespace});
for my $case (['SELECT ON ej.work', 'a page', sub { $teacher->get($journal, @_) }],
    ["EXECUTE ON FUNCTION $save", 'a save', sub {
        $teacher->post($journal, {@_}, column_id => $column, pupil_id => $pupil, old => '', value => '5') }]) {
    my ($right, $what, $ask) = @$case;
    $t->db->do("REVOKE $right FROM ej_web");
    my $r = $ask->();
    is join(' ', $r->status, $r->errors), '500 JE500', "$what without its GRANT is no fault of the reader";
    like my $number = $r->xpath('string(//error/@number)'), qr/^[0-9a-f]{8}$/, 'and has a number';
    ok +(grep {/:error\].*JE500 500 number $number .*42501/} $t->log_lines), 'that is found in the log, as an error';
    $t->db->do("GRANT $right TO ej_web");
}
$t->expect_log(qr/JE500 500 .*SQLSTATE 42501/);

is $teacher->get('/')->status, 200, 'the child that answered is still there';
done_testing;
