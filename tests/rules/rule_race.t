#!/usr/bin/perl
# rule_race.t: each rule of the journal by two sessions at once. One has done
# its part and not committed; the other comes, must wait, and after the first
# has committed is refused (or passes, where both may happen in that order).
use strict;
use warnings;
use lib 'tests/lib';
use Test::More;
use EJ::Race;

my $race = EJ::Race->new('race');
my ($first, $second, $watch) = $race->sessions;

# The SQLSTATE in which the second session ended; '' if it did what it came for.
sub ends {
    my $ok = eval { $second->pg_result; 1 };
    my $state = $ok ? '' : $second->state;
    $ok ? $second->commit : $second->rollback;
    return $state;
}

# race(sentence, first, second, SQLSTATE or '', undo …)
sub race {
    my ($sentence, $one, $other, $state, @undo) = @_;
    subtest $sentence => sub {
        plan tests => 2;
        $first->begin_work;
        $first->do($one);
        ok $race->comes_second($other), 'the second waits for the first';
        $first->commit;
        is ends(), $state, $state ? 'and is refused' : 'and comes after it';
    };
    $first->do("SET ROLE NONE; SET session_replication_role = replica; $_;
        SET session_replication_role = origin; SET ROLE ej_owner") for @undo;
}

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
use utf8;

my $algebra = q{teaching('7Б', 'Алгебра')};
my $work    = q{work('7Б', 'Алгебра', 'II четверть')};
my $lesson  = qq{(SELECT lesson_id FROM ej.work WHERE id = $work)};
my $journal = q{journal('7Б', 'Алгебра', 'II четверть')};
my $child   = q{pupil('7Б', 2)};

# The first work may change with its marks: take the numbers once.
($work)    = map {"$_"} $watch->selectrow_array("SELECT $work");
($lesson)  = map {"$_"} $watch->selectrow_array("SELECT lesson_id FROM ej.work WHERE id = $work");
($journal) = map {"$_"} $watch->selectrow_array("SELECT $journal");
($child)   = map {"$_"} $watch->selectrow_array("SELECT $child");
my ($day)  = $watch->selectrow_array("SELECT held_on FROM ej.lesson WHERE id = $lesson");

my $mark   = "SELECT set_mark($work, $child, '5')";
my $unmark = "DELETE FROM ej.mark WHERE work_id = $work AND pupil_id = $child";
my $absent = "SELECT set_absent($lesson, $child)";
my $attend = "DELETE FROM ej.attendance WHERE lesson_id = $lesson AND pupil_id = $child";
my $close  = "UPDATE ej.journal SET closed_at = now(), order_no = 'к', reason = 'к' WHERE id = $journal";
my $open   = "UPDATE ej.journal SET closed_at = NULL, order_no = 'о', reason = 'о' WHERE id = $journal";

# Nothing of this pupil stands in the way of what follows.
$first->do("SET ROLE NONE; SET session_replication_role = replica;
    DELETE FROM ej.mark WHERE pupil_id = $child; DELETE FROM ej.attendance WHERE pupil_id = $child;
    DELETE FROM ej.term_mark WHERE pupil_id = $child;
    SET session_replication_role = origin; SET ROLE ej_owner");

# ---------------------------------------------------------- closed journals --

race('a mark meets a closing journal', $close, $mark, 'JE201', $open);
race('a closing journal meets a mark', $mark, $close, '', $open, $unmark);
race('an absence meets a closing journal', $close, $absent, 'JE201', $open);
race('a topic meets a closing journal', $close,
    "UPDATE ej.lesson SET topic = 'Тема' WHERE id = $lesson", 'JE201', $open);
race('a work meets a closing journal', $close, "SELECT new_work($lesson)", 'JE201', $open);
race('homework meets a closing journal', $close,
    "INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_on, text)
     SELECT ej.new_id(2026), school_id, id, teaching_id, study_group_id, held_on + 3, 'Упр. 1'
       FROM ej.lesson WHERE id = $lesson", 'JE201', $open);
race('a term mark meets a closing journal', $close,
    "INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
     SELECT $child, t.subject_id, j.term_id, t.school_id, t.id, t.term_scale_id, '5'
       FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id WHERE j.id = $journal",
    'JE201', $open);
race('a quarter opened again meets the closing of the year',
    "UPDATE ej.journal SET closed_at = now(), order_no = 'к', reason = 'к' WHERE id = journal('7Б', 'Алгебра', 'Год')",
    "UPDATE ej.journal SET closed_at = NULL, order_no = 'о', reason = 'о' WHERE id = journal('7Б', 'Алгебра', 'I четверть')", 'JE201',
    "UPDATE ej.journal SET closed_at = NULL, order_no = 'о', reason = 'о' WHERE id = journal('7Б', 'Алгебра', 'Год')");

# ------------------------------------------------------------ who was there --

my $leave  = "UPDATE ej.membership SET during = '[2026-09-01,2026-09-05)'
              WHERE pupil_id = $child AND study_group_id = study_group('7Б')";
my $stay   = "UPDATE ej.membership SET during = '[2026-09-01,2027-09-01)'
              WHERE pupil_id = $child AND study_group_id = study_group('7Б')";
my $expel  = "UPDATE ej.enrolment SET during = '[2026-09-01,2026-09-05)' WHERE pupil_id = $child";
my @enrol  = map {"UPDATE ej.$_ SET during = '[2026-09-01,2027-09-01)' WHERE pupil_id = $child"} qw(enrolment membership);

race('a mark meets a leaving pupil', $leave, $mark, 'JE202', $stay);
race('a leaving pupil meets a mark', $mark, $leave, 'JE207', $unmark);
race('an absence meets a leaving pupil', $leave, $absent, 'JE202', $stay);
race('a leaving pupil meets an absence', $absent, $leave, 'JE207', $attend);
race('a mark meets an enrolment that ends', $expel, $mark, 'JE202', @enrol);
race('an enrolment that ends meets a mark', $mark, $expel, 'JE207', $unmark);
my $term_mark = "INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
     SELECT $child, subject_id, term('7Б', 'II четверть'), school_id, id, term_scale_id, '5'
       FROM ej.teaching WHERE id = $algebra";
race('a term mark meets a leaving pupil', $leave, $term_mark, 'JE202', $stay);
race('a leaving pupil meets a term mark', $term_mark, $leave, 'JE207',
    "DELETE FROM ej.term_mark WHERE pupil_id = $child");

# ------------------------------------------------------------------ the day --

my $later  = "SELECT id FROM ej.lesson WHERE teaching_id = $algebra AND held_on = '2026-11-20'";
my $cancel = "UPDATE ej.lesson SET state = 'cancelled' WHERE id = ($later)";
my $hold   = "UPDATE ej.lesson SET state = 'given' WHERE id = ($later)";
my $missed = "SELECT set_absent(id, $child) FROM ($later) AS l";
$first->do("SET ROLE NONE; SET session_replication_role = replica;
    DELETE FROM ej.mark USING ej.work AS w WHERE w.id = work_id AND w.lesson_id = ($later);
    DELETE FROM ej.attendance WHERE lesson_id = ($later);
    SET session_replication_role = origin; SET ROLE ej_owner");
race('an absence meets a lesson being cancelled', $cancel, $missed, 'JE209', $hold);
race('a lesson being cancelled meets an absence', $missed, $cancel, 'JE207',
    "DELETE FROM ej.attendance WHERE lesson_id = ($later)");

my $cut  = "UPDATE ej.term SET during = '[2026-11-02,2026-12-20)' WHERE id = term('7Б', 'II четверть')";
my $mend = "UPDATE ej.term SET during = '[2026-11-02,2026-12-31)' WHERE id = term('7Б', 'II четверть')";
my $late = "INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, planned_staff_id, staff_id)
    SELECT 20260000900000, school_id, id, study_group_id, '2026-12-29', 1, '[2026-12-29 17:00,2026-12-29 17:40)', staff_id, staff_id
      FROM ej.teaching WHERE id = $algebra";
$first->do($late);
race('a work meets new bounds of its term', $cut, 'SELECT new_work(20260000900000)', 'JE203', $mend);
race('new bounds of a term meet a work', 'SELECT new_work(20260000900000)', $cut, 'JE207',
    'DELETE FROM ej.work WHERE lesson_id = 20260000900000');
race('a lesson meets new bounds of the school year',
    "UPDATE ej.school_year SET during = '[2026-09-01,2027-07-01)' WHERE school_id = school()",
    "UPDATE ej.lesson SET held_on = '2027-08-16', during = '[2027-08-16 17:00,2027-08-16 17:40)' WHERE id = 20260000900000",
    'JE203', "UPDATE ej.school_year SET during = '[2026-09-01,2027-09-01)' WHERE school_id = school()");
race('homework meets the moving of the lesson it is due at',
    "UPDATE ej.lesson SET held_on = '2026-12-28', during = '[2026-12-28 17:00,2026-12-28 17:40)' WHERE id = 20260000900000",
    "INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_lesson_id, due_on, text)
     SELECT ej.new_id(2026), school_id, id, teaching_id, study_group_id, 20260000900000, '2026-12-29', 'Упр. 1'
       FROM ej.lesson WHERE id = $lesson", 'JE208');

# ---------------------------------------------------------------- grade 1 --

my $small = q{set_mark(new_work(lesson('1А', 'Математика', '2026-11-20')), pupil('1А', 1), '5')};
my $plain = 'UPDATE ej.school SET unmarked_grades = %s WHERE id = school()';
$first->do(sprintf $plain, q{'{}'});
race('a mark meets its grade becoming unmarked', sprintf($plain, q{'{1}'}), "SELECT $small", 'JE205',
    sprintf($plain, q{'{}'}));
race('a grade becoming unmarked meets a mark', "SELECT $small", sprintf($plain, q{'{1}'}), 'JE211');

# ---------------------------------------------------------- lessons at once --

sub meet {
    my ($group, $subject, $who, $room, $from) = @_;
    return "INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, room_id, planned_staff_id, staff_id)
        SELECT ej.new_id(2026), school_id, id, study_group_id, '2026-12-05', 9,
               tsrange('2026-12-05 $from', '2026-12-05 $from'::timestamp + interval '40 min'),
               (SELECT id FROM ej.room AS r WHERE r.name = '$room' AND r.school_id = t.school_id), staff('$who'), staff('$who')
          FROM ej.teaching AS t WHERE id = teaching('$group', '$subject')";
}
race('a subgroup and its class are planned for one hour',
    meet('7Б', 'Алгебра', 'teacher', '31', '14:00'),
    meet('7Б, английский, 1 группа', 'Английский язык', 'english', '24', '14:10'), 'JE206');
race('one teacher for two classes', meet('7Б', 'Алгебра', 'teacher', '31', '15:00'),
    meet('10А', 'Алгебра', 'teacher', '32', '15:10'), '23P01');
race('one class by two teachers', meet('7Б', 'Алгебра', 'teacher', '31', '16:00'),
    meet('7Б', 'Русский язык', 'class-teacher', '23', '16:10'), '23P01');
race('one room for two classes', meet('7Б', 'Алгебра', 'teacher', '31', '17:00'),
    meet('10А', 'Русский язык', 'class-teacher', '31', '17:10'), '23P01');
$first->do(meet('10А', 'Русский язык', 'class-teacher', '23', '18:00'));
$first->do("INSERT INTO ej.study_group_class (study_group_id, class_id, school_id) VALUES (study_group('10А'), class('7Б'), school())");
my $join = "INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
            VALUES (school(), study_group('10А'), $child, '[2026-12-05,2026-12-06)')";
race('a lesson meets a pupil who comes into the group', $join,
    meet('7Б', 'Алгебра', 'teacher', '31', '18:10'), 'JE206',
    "DELETE FROM ej.membership WHERE pupil_id = $child AND study_group_id = study_group('10А')");
race('a pupil who comes into the group meets a lesson', meet('7Б', 'Алгебра', 'teacher', '31', '18:10'),
    $join, 'JE206');

# A club: who leaves the class meanwhile is not in it for longer. Two subgroups at once.
$first->do("INSERT INTO ej.study_group (school_id, year, kind, name) VALUES (school(), 2026, 'club', 'Хор')");
$first->do("INSERT INTO ej.study_group_class (study_group_id, class_id, school_id) VALUES (study_group('Хор'), class('1А'), school())");
my $singer = q{pupil('1А', 2)};
my $sings  = "INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
              VALUES (school(), study_group('Хор'), $singer, '[2027-01-11,2027-09-01)')";
my $goes   = "UPDATE ej.enrolment SET during = '[2026-09-01,2027-02-01)' WHERE pupil_id = $singer";
my @back   = map {"UPDATE ej.$_ SET during = '[2026-09-01,2027-09-01)' WHERE pupil_id = $singer"} qw(enrolment membership);
my $sung   = sub { join ' ', map { $_->[0] } @{$watch->selectall_arrayref("SELECT upper(during) FROM ej.membership
    WHERE pupil_id = $singer ORDER BY study_group_id")} };
race('a pupil who enters a group meets the end of the enrolment', $goes, $sings, '');
is $sung->(), '2027-02-01 2027-02-01', 'the membership ends with the enrolment';
$first->do("DELETE FROM ej.membership WHERE pupil_id = $singer AND study_group_id = study_group('Хор')");
race('the end of an enrolment meets a pupil who enters a group', $sings,
    "UPDATE ej.enrolment SET during = '[2026-09-01,2027-01-20)' WHERE pupil_id = $singer", '');
is $sung->(), '2027-01-20 2027-01-20', 'and is shortened with it';
my ($part_one, $part_two) = map {"INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during)
    VALUES (school(), study_group('7Б, английский, $_ группа'), (SELECT pupil_id FROM ej.enrolment WHERE class_id = class('7Б')
     AND lower(during) = '2026-10-05'), '[2026-10-05,2027-09-01)')"} 1, 2;
$first->do("SET ROLE NONE; SET session_replication_role = replica; DELETE FROM ej.membership WHERE study_group_id IN
    (SELECT id FROM ej.study_group WHERE kind = 'subgroup') AND lower(during) = '2026-10-05';
    SET session_replication_role = origin; SET ROLE ej_owner");
race('a pupil is put into two subgroups at once', $part_one, $part_two, 'JE231');

# ------------------------------------------------------------- what is copied --

$first->do("INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
    SELECT school_id, year, study_group_id, subject('Геометрия'), staff_id, 1, scale_id, term_scale_id
      FROM ej.teaching WHERE id = $algebra");
my $other  = q{UPDATE ej.teaching SET study_group_id = study_group('10А') WHERE id = teaching('7Б', 'Геометрия')};
my $back   = q{UPDATE ej.teaching SET study_group_id = study_group('7Б') WHERE id = teaching('10А', 'Геометрия')};
my $lesson_of_it = meet('7Б', 'Геометрия', 'teacher', '31', '19:00');
race('a lesson meets its teaching going to another group', $other, $lesson_of_it, '23503', $back);
race('a teaching going to another group meets a lesson', $lesson_of_it, $other, 'JE211');
race('a lesson in a gym meets its being no longer shared',
    q{UPDATE ej.room SET is_shared = false WHERE name = 'Спортзал' AND school_id = school()},
    meet('10А', 'Физическая культура', 'sport', 'Спортзал', '20:00'), '');
is $watch->selectrow_array('SELECT count(*) FROM ej.lesson AS l JOIN ej.room AS r ON r.id = l.room_id
    WHERE l.room_is_shared <> r.is_shared'), 0, 'and its lessons know';

$_->disconnect for $first, $second, $watch;
done_testing;
