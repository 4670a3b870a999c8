#!/usr/bin/perl
# controls_lessons.t: a lesson is added while its day gets a control work: whichever commits
# last sees the other, so that the work is always in the journal.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my ($one, $two) = ($t->new_db, $t->new_db);
$_->do(q{SET ROLE ej_owner; SET lock_timeout = '300ms'}) for $one, $two;
my ($teaching, $form) = $one->selectrow_array(q{SELECT t.id, (SELECT min(k.id) FROM ej.work_kind AS k WHERE k.school_id = 1 AND k.code = 'test') FROM ej.teaching AS t
    JOIN ej.study_group AS g ON g.id = t.study_group_id JOIN ej.subject AS s ON s.id = t.subject_id WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = 'Алгебра'});
my $day = '2026-11-26'; # a Thursday, without algebra
my $add = q{INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, planned_staff_id, staff_id)
    SELECT ej.new_id(2026), t.school_id, t.id, t.study_group_id, ?::date, 8, tsrange(?::date + time '15:00', ?::date + time '15:40'), t.staff_id, t.staff_id FROM ej.teaching AS t WHERE t.id = ?};
my @add = ($add, undef, ($day) x 3, $teaching);
my @plan = ('INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on) VALUES (1, ?, ?, ?)', undef, $teaching, $form, $day);

for my $order ([\@add, \@plan, 'the lesson first'], [\@plan, \@add, 'the schedule first']) {
    my ($first, $second, $name) = @$order;
    $one->do('BEGIN');
    $one->do(@$first);
    is eval { $two->do(@$second); 1 } ? 'passes' : $two->state, '55P03', "$name: the other session waits";
    $one->do('COMMIT');
    $two->do(@$second);
    is $two->selectrow_array(q{SELECT count(*) FROM ej.work AS w JOIN ej.control_work AS c ON c.id = w.control_work_id WHERE c.held_on = ?}, undef, $day), 1, "$name: then the work is in the journal";
    $two->do('DELETE FROM ej.control_work');
    $two->do('DELETE FROM ej.lesson WHERE held_on = ? AND teaching_id = ?', undef, $day, $teaching);
}
done_testing;
