#!/usr/bin/perl
# debts_race.t: two deputies appoint a retake, write its result, or correct the year mark at once: the
# second waits, and finds what the first has written.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More tests => 9;
use EJ::Race;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $race = EJ::Race->new('debts_race');
my ($first, $second, $watch) = $race->sessions;
$watch->do(q{UPDATE ej.school SET today_fixed = '2027-06-10' WHERE id = 1});
my ($pupil) = $watch->selectrow_array(q{SELECT pupil('7Б', 2)});
my ($subject, $term) = $watch->selectrow_array(q{SELECT t.subject_id, e.id FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б' JOIN ej.subject AS s ON s.id = t.subject_id AND s.name = 'Алгебра'
    JOIN ej.term_plan AS p ON p.school_id = 1 AND p.year = 2026 AND p.name = '2–9 классы' JOIN ej.term AS e ON e.term_plan_id = p.id AND e.kind = 'year' WHERE t.school_id = 1});
$watch->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value, given_on)
    SELECT ?, t.subject_id, ?, 1, t.id, v.scale_id, '2', '2027-05-25' FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б' JOIN ej.scale_value AS v ON v.school_id = 1 AND v.value = '2'
     WHERE t.subject_id = ? LIMIT 1}, undef, $pupil, $term, $subject);
$watch->do('RESET ROLE');
$watch->do(q{SELECT as_person('deputy')}); # makes the session
$watch->do('RESET ROLE');
$_->do('RESET ROLE') for $first, $second;

sub deputy { my ($call) = @_; return "SELECT as_person('deputy'); SELECT o ->> 'outcome' FROM jsonb_array_elements($call) AS o" }
sub race {
    my ($before, $after, $what) = @_;
    $first->begin_work;
    $first->do($before);
    ok $race->comes_second($after), $what;
    $first->commit;
    eval { $second->pg_result; $second->commit; 1 } or $second->rollback;
    $_->do('RESET ROLE') for $first, $second;
    return;
}
sub retakes { return $watch->selectrow_array(q{SELECT string_agg(concat_ws(' ', attempt, held_on, value), '; ' ORDER BY id) FROM ej.retake WHERE pupil_id = ? AND NOT is_void}, undef, $pupil) // '' }
sub appoint { return deputy(qq{ej.debts_appoint($pupil, '{"subject_id": "$subject", "held_on": "$_[0]", "examiners": "Рябинина", "note": ""}')}) }

race(appoint('2027-06-08'), appoint('2027-06-09'), 'a second deputy who appoints a retake waits');
is retakes(), '1 2027-06-08', 'and appoints no other one';

my ($retake) = $watch->selectrow_array('SELECT max(id) FROM ej.retake');
sub result { my ($value, $old) = @_; $old //= 'null'; return deputy(qq{ej.save_rows('ej.retake', '{"id": $retake, "held_on": "2027-06-08", "old_held_on": "2027-06-08", "value": "$value", "old_value": $old, "protocol": "7", "old_protocol": ""}')}) }
race(result('2'), result('4'), 'a second deputy who writes the result waits');
is retakes(), '1 2027-06-08 2', 'and does not overwrite the first one';

race(appoint('2027-06-09'), result('4', '"2"'), 'a result corrected while the second retake is appointed waits');
is retakes(), '1 2027-06-08 2; 2 2027-06-09', 'and stays, since the second retake hangs on it';

$watch->do('DELETE FROM ej.retake WHERE attempt = 2');
my $mark = "UPDATE ej.term_mark SET value = '3' WHERE pupil_id = $pupil AND subject_id = $subject AND term_id = $term";
race($mark, appoint('2027-06-10'), 'a retake waits for the year mark that is being corrected');
is retakes(), '1 2027-06-08 2', 'and is not appointed without a debt';
is $watch->selectrow_array(q{SELECT value FROM ej.term_mark WHERE pupil_id = ? AND subject_id = ? AND term_id = ?}, undef, $pupil, $subject, $term), '3', 'the mark is corrected';
