#!/usr/bin/perl
# voidings_race.t: operations of a stolen log-in are made void while the teacher or the thief saves:
# the voiding waits for the save, and a save waits for the voiding. Who may read a voiding.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More tests => 14;
use EJ::Race;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $race = EJ::Race->new('voidings_race');
my ($first, $second, $watch) = $race->sessions;
$_->do('RESET ROLE') for $first, $second, $watch;
my ($journal) = $watch->selectrow_array(q{SELECT j.id FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id JOIN ej.study_group AS g ON g.id = t.study_group_id
     JOIN ej.subject AS s ON s.id = t.subject_id JOIN ej.term AS e ON e.id = j.term_id WHERE g.name = '7Б' AND s.name = 'Алгебра' AND e.name = 'II четверть' AND j.school_id = 1});
my ($work, @pupils) = @{$watch->selectrow_arrayref(q{SELECT w.id, x.pupils[1], x.pupils[2], x.pupils[3], x.pupils[4] FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
     CROSS JOIN LATERAL (SELECT array_agg(b.pupil_id ORDER BY b.pupil_id) AS pupils FROM ej.membership AS b WHERE b.study_group_id = l.study_group_id AND b.during @> l.held_on
            AND NOT EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.pupil_id = b.pupil_id) AND NOT EXISTS (SELECT FROM ej.attendance AS a WHERE a.lesson_id = l.id AND a.pupil_id = b.pupil_id)) AS x
    WHERE w.journal_id = ? AND w.weight_pct > 0 AND cardinality(x.pupils) > 3 ORDER BY l.held_on DESC LIMIT 1}, undef, $journal)};
ok $pupils[3], 'the journal has a work with four empty cells';
$watch->do(q{SELECT as_person(l) FROM unnest('{teacher,director,deputy}'::text[]) AS l}); # makes the sessions
$watch->do('RESET ROLE');
$watch->do(q{INSERT INTO ej.incident (school_id, person_id, person_name, reporter, reported_at, learned_at) SELECT 1, a.person_id, 'Учитель', 'завуч', now(), now() FROM ej.account AS a WHERE a.login = 'teacher'});
my ($incident) = $watch->selectrow_array('SELECT max(id) FROM ej.incident');

# The statements by which the owner of a log-in saves one cell from an address.
sub save {
    my ($address, $pupil, $old, $value) = @_;
    return qq{SELECT as_person('teacher'); SELECT ej.enter(sha256(convert_to('session of teacher', 'UTF8')), '$address', gen_random_uuid());
        SELECT o ->> 'outcome' FROM jsonb_array_elements(ej.journal_save($journal, ARRAY[$work], ARRAY[$pupil], ARRAY['$old'], ARRAY['$value'])) AS o};
}
my ($own, $thief) = ('10.0.0.1', '10.0.0.66');
my $void = sub { my ($n) = @_; return qq{SELECT as_person('director'); SELECT ej.enter(sha256(convert_to('session of director', 'UTF8')), '10.0.0.2', gen_random_uuid());
    SELECT o ->> 'outcome' FROM jsonb_array_elements(ej.voiding_make($incident, 'order', ARRAY(SELECT p.place FROM ej.voiding_places($incident) AS p WHERE p.address = '$thief'), '$n', '2026-11-20')) AS o} };
sub alone { my ($sql) = @_; $first->begin_work; $first->do($sql); $first->commit; $first->do('RESET ROLE'); return }
sub cell { my ($pupil) = @_; return $watch->selectrow_array('SELECT value FROM ej.mark WHERE work_id = ? AND pupil_id = ?', undef, $work, $pupil) // '' }
sub race { my ($before, $after, $what) = @_; return ok $race->turns($before, $after, 'commit'), $what }

alone(save($own, $_, '', '4')) for @pupils;
alone(save($thief, $_, '4', '5')) for @pupils[0 .. 2];
is join(' ', map { cell($_) } @pupils), '5 5 5 4', 'the teacher gave four marks, a thief changed three';

race(save($own, $pupils[0], '5', '3'), $void->(1), 'the director waits for a save that is under way');
is cell($pupils[0]), '3', 'the later honest change stands';
is join(' ', map { cell($_) } @pupils[1, 2]), '4 4', 'the others have their former values';
is $watch->selectrow_array('SELECT changes FROM ej.voiding ORDER BY id DESC LIMIT 1'), 3, 'three changes are void';

alone(save($thief, $pupils[1], '4', '2'));
race(save($thief, $pupils[2], '4', '2'), $void->(2), 'the director waits for a save of the thief, too');
is join(' ', map { cell($_) } @pupils[1, 2]), '4 4', 'and takes it with the others';
is $watch->selectrow_array('SELECT changes FROM ej.voiding ORDER BY id DESC LIMIT 1'), 2, 'of which both are void';

alone(save($thief, $pupils[3], '4', '2'));
race($void->(3), save($own, $pupils[3], '2', '3'), 'a save waits for the voiding');
is cell($pupils[3]), '4', 'and does not overwrite the value that came back, which the teacher did not see';

# ------------------------------------------------------------------ who reads it ---

sub seen { my ($login, $what) = @_; $first->begin_work; $first->do('SELECT as_person(?)', undef, $login); my ($n) = $first->selectrow_array($what); $first->rollback; return $n }
is join(' ', map { seen($_, 'SELECT count(*) FROM ej.voiding') } qw(director deputy)), '3 3', 'the heads read the voidings';
is seen('teacher', 'SELECT count(*) FROM ej.voiding'), 0, 'a teacher none';
is seen('teacher', 'SELECT cardinality(ej.recent_voidings())'), 3, 'but is told that there are some';
