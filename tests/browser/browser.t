#!/usr/bin/perl
# browser.t: runs the browser suites, *.mjs beside this
# file. run.mjs prints their TAP, which is passed on here.
#   prove tests/browser/browser.t           all
#   perl tests/browser/browser.t login      one suite
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Browser;
use EJ::Test;

my $today = '2026-11-20';

my $t = EJ::Test->new(seed => 'test', today => $today);

# The paths of pages, by the names that the suites use.
my %paths = (
    journal => $t->path(journal => class => '7Б', subject => 'Алгебра', on => $today),
    lesson  => $t->path(lesson => class => '7Б', subject => 'Алгебра', on => $t->value(
        q{SELECT max(l.held_on) FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id
            JOIN ej.subject s ON s.id = t.subject_id JOIN ej.study_group g ON g.id = t.study_group_id
           WHERE s.name = 'Алгебра' AND g.name = '7Б' AND l.held_on < ? AND l.staff_id = t.staff_id}, $today)),
    roll   => $t->path(lesson => class => '10А', subject => 'Алгебра', on => '2026-11-19'),
    closed => $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-09-20'),
    year   => '/journals/' . $t->value(q{SELECT j.id FROM ej.journal j JOIN ej.term e ON e.id = j.term_id AND e.kind = 'year'
        JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.study_group g ON g.id = t.study_group_id
        JOIN ej.subject s ON s.id = t.subject_id WHERE g.name = '7Б' AND s.name = 'Алгебра'}),
    grade1 => $t->path(journal => class => '1А', subject => 'Русский язык', on => $today),
    timetable => '/timetable/edit?day_on=2026-11-30&class_id=' . $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'}),
    gto    => '/gto/classes/' . $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'}) . '/days/2026-11-18',
    group  => $t->path(journal => class => '7Б', subject => 'Английский язык', staff => 'Моисеева', on => $today),
);

# Nothing is filled in yet in the lesson "roll"; four pupils were absent from the lesson before it.
my ($roll) = $paths{roll} =~ /(\d+)$/;
$t->db->do("$_ = ?", undef, $roll) for 'DELETE FROM ej.attendance WHERE lesson_id', 'UPDATE ej.lesson SET attendance_at = NULL WHERE id',
    'UPDATE ej.mark SET value = NULL FROM ej.work w WHERE w.id = work_id AND w.lesson_id';
my $before = $t->value(q{SELECT b.id FROM ej.lesson l JOIN ej.lesson b ON b.study_group_id = l.study_group_id
    AND (b.held_on, b.slot) < (l.held_on, l.slot) WHERE l.id = ? ORDER BY b.held_on DESC, b.slot DESC LIMIT 1}, $roll);
$t->db->do(q{UPDATE ej.lesson SET attendance_at = CASE WHEN id = ? THEN now() END WHERE held_on > '2026-11-16' AND study_group_id IN (
    SELECT o.study_group_id FROM ej.lesson l JOIN ej.study_group_class c USING (study_group_id) JOIN ej.study_group_class o USING (class_id)
     WHERE l.id = ?)}, undef, $before, $roll);
$t->db->do(q{DELETE FROM ej.attendance WHERE lesson_id = ?}, undef, $before);
$t->db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
    SELECT l.id, b.pupil_id, l.school_id, l.teaching_id, 'н' FROM ej.lesson l JOIN ej.membership b USING (study_group_id)
     WHERE l.id = ? AND b.during @> l.held_on ORDER BY b.pupil_id LIMIT 4}, undef, $before);

# The suites cause wrong passwords and conflicts, which are logged at info only.
EJ::Browser::run($t, [@ARGV], EJ_TODAY => $today, EJ_PATHS => \%paths);
done_testing;

