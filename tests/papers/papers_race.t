#!/usr/bin/perl
# papers_race.t: the strips of a class are printed twice at once: the second request waits, and records
# none again; unless the first one gave up.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More tests => 6;
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

sub prints { my ($login) = @_; return "SELECT as_person('$login'); SELECT ej.papers_print('{$pupils{$login}}', '2026-11-16')" }
# One prints and has not committed; the other comes, and waits. end: how the first ends.
sub race { my ($before, $after, $end, $what) = @_; return ok $race->turns($before, $after, $end), $what }
sub strips { return $watch->selectrow_array('SELECT count(*) FROM ej.paper WHERE school_id = 1') }

race(prints('class-teacher'), prints('grade1'), 'rollback', 'a second class teacher who prints strips waits');
is strips(), 3, 'and prints them, when the first has given up';
race(prints('class-teacher'), prints('class-teacher'), 'commit', 'one class printed twice at once waits, too');
is strips(), 6, 'and none of its strips is recorded twice';
race(prints('grade1'), prints('class-teacher'), 'commit', 'what is printed already');
is strips(), 6, 'is not recorded again';
