#!/usr/bin/perl
# attendance_race.t: an absence and the reason that covers it by two sessions at once, in both
# orders: the second waits, and the absence has the code of the reason.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More tests => 9;
use EJ::Race;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $race = EJ::Race->new('attendance_race');
my ($first, $second, $watch) = $race->sessions;

my ($pupil) = $watch->selectrow_array(q{SELECT pupil('7Б', 2)});
my ($lesson, $teaching) = $watch->selectrow_array(q{SELECT l.id, l.teaching_id FROM ej.lesson AS l
    JOIN ej.study_group AS g ON g.id = l.study_group_id AND g.name = '7Б' WHERE l.school_id = 1 AND l.held_on = '2026-11-16' AND l.state = 'given' ORDER BY l.slot LIMIT 1});
my $absence = "INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) VALUES ($lesson, $pupil, 1, $teaching, 'н')
               ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = excluded.code";
my $reason  = "INSERT INTO ej.absence_reason (school_id, pupil_id, code, during) VALUES (1, $pupil, 'б', '[2026-11-16,2026-11-18)')";
my $removal = "DELETE FROM ej.absence_reason WHERE pupil_id = $pupil";

for my $one ([$absence, $reason, 'б', 'the reason comes second'], [$reason, $absence, 'б', 'the absence comes second'],
             [$removal, $absence, 'н', 'the absence comes after the removal of the reason']) {
    my ($before, $after, $code, $what) = @$one;
    $first->do("DELETE FROM ej.attendance WHERE lesson_id = $lesson AND pupil_id = $pupil");
    $first->do($removal) if $code eq 'б';
    $first->begin_work;
    $first->do($before);
    ok $race->comes_second($after), "$what: it waits";
    $first->commit;
    $second->pg_result;
    $second->commit;
    is $watch->selectrow_array("SELECT code FROM ej.attendance WHERE lesson_id = $lesson AND pupil_id = $pupil"), $code, 'and the absence has the right code';
}

# Two deputies explain the same absence, of some lessons of its day: the second finds it explained.
$watch->do("DELETE FROM ej.absence_reason WHERE pupil_id = $pupil");
$watch->do("DELETE FROM ej.attendance WHERE pupil_id = $pupil AND lesson_id IN (SELECT id FROM ej.lesson WHERE held_on = '2026-11-16')");
$watch->do($absence);
my $explain = "SELECT string_agg(o ->> 'outcome', ' ') FROM jsonb_array_elements(ej.absence_explain(ARRAY[$pupil], '{20261116}', '{у}', '')) AS o";
$_->do('RESET ROLE') for $first, $second;
$watch->do(q{RESET ROLE});
$watch->do(q{SELECT as_person('deputy')}); # makes the session
$first->begin_work;
$first->do(q{SELECT as_person('deputy')});
is $first->selectrow_array($explain), 'saved', 'a deputy explains an absence';
ok $race->comes_second("SELECT as_person('deputy'); $explain"), 'another one waits';
$first->commit;
$second->pg_result;
$second->commit;
is $watch->selectrow_array("SELECT count(*) FROM ej.absence_reason WHERE pupil_id = $pupil"), 1, 'and writes no second reason';
