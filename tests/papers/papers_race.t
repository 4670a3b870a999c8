#!/usr/bin/perl
# papers_race.t: two class teachers print for families at once: the numbers of the school have no gap
# and none twice, also when one of the two gives up.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More tests => 9;
use EJ::Race;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $race = EJ::Race->new('papers_race');
my ($first, $second, $watch) = $race->sessions;
$watch->do('RESET ROLE');
for my $login (qw(class-teacher grade1)) {
    $watch->do('SELECT as_person(?)', undef, $login); # makes the session
    $watch->do('RESET ROLE');
}
$_->do('RESET ROLE') for $first, $second;
my %class = ('class-teacher' => '7Б', grade1 => '1А');
my %pupils = map { $_ => $watch->selectrow_array(q{SELECT string_agg(x.pupil_id::text, ',') FROM (SELECT e.pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id
    WHERE c.school_id = 1 AND c.name = ? AND e.during @> date '2026-11-20' ORDER BY e.pupil_id LIMIT 3) AS x}, undef, $class{$_}) } keys %class;

sub prints { my ($login, $kind) = @_; return "SELECT as_person('$login'); SELECT ej.papers_print('$kind', '{$pupils{$login}}', '2026-11-16', '2026-11-20')" }
# One prints and has not committed; the other comes, and waits. end: how the first ends.
sub race {
    my ($before, $after, $end, $what) = @_;
    $first->begin_work;
    $first->do($before);
    ok $race->comes_second($after), $what;
    $first->$end;
    $second->pg_result;
    $second->commit;
    $_->do('RESET ROLE') for $first, $second;
    return;
}
sub numbers { return $watch->selectrow_array(q{SELECT string_agg(number::text, ' ' ORDER BY number) FROM ej.paper WHERE school_id = 1 AND kind = ?}, undef, $_[0]) // '' }

race(prints('class-teacher', 'strip'), prints('grade1', 'strip'), 'commit', 'a second class teacher who prints strips waits');
is numbers('strip'), '1 2 3 4 5 6', 'and goes on with the next numbers';
is $watch->selectrow_array(q{SELECT max(number) FROM ej.paper WHERE kind = 'strip' AND pupil_id IN (} . $pupils{'class-teacher'} . ')'), 3, 'the first has the first ones';
race(prints('class-teacher', 'extract'), prints('grade1', 'extract'), 'rollback', 'a second one waits for extracts, too');
is numbers('extract'), '1 2 3', 'and takes the numbers of one who gave up';
race(prints('class-teacher', 'extract'), prints('grade1', 'extract'), 'commit', 'the next ones wait');
is numbers('extract'), '1 2 3 4 5 6 7 8 9', 'and leave no gap';
race(prints('class-teacher', 'strip'), prints('class-teacher', 'strip'), 'commit', 'one class printed twice at once');
is numbers('strip'), '1 2 3 4 5 6', 'gets no second numbers for the same strips';
