#!/usr/bin/perl
# transfers_race.t: the new school accepts while the old one takes the pupil back: who comes second waits, and is refused;
# unless the first one gave up.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More tests => 8;
use EJ::Race;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $race = EJ::Race->new('transfers_race');
my ($first, $second, $watch) = $race->sessions;
$_->do('RESET ROLE') for $first, $second, $watch;
for my $login (qw(deputy deputy-17)) {
    $watch->do('SELECT as_person(?)', undef, $login); # makes the session
    $watch->do('RESET ROLE');
}
my ($class) = $watch->selectrow_array(q{SELECT id FROM ej.class WHERE school_id = 2 AND name = '7Б'});

# A pupil of 7Б is sent; returns what each school would do with the transfer.
sub sent {
    my ($n) = @_;
    my ($pupil) = $watch->selectrow_array('SELECT pupil(?, ?)', undef, '7Б', $n);
    $watch->begin_work;
    $watch->do('SELECT as_person(?)', undef, 'deputy');
    $watch->do(q{SELECT ej.transfer_send(?, '{"school_id": 2, "order_no": "1", "order_on": "2026-11-19", "leaves_on": "2026-11-23"}')}, undef, $pupil);
    $watch->commit;
    $watch->do('RESET ROLE');
    my ($id) = $watch->selectrow_array('SELECT max(id) FROM ej.transfer');
    return ($id, "SELECT as_person('deputy-17'); SELECT ej.transfer_step($id, 'accept', 'sent', '{\"class_id\": $class, \"moved_on\": \"2026-11-23\", \"enter_order_no\": \"2\", \"enter_order_on\": \"2026-11-20\"}')",
        "SELECT as_person('deputy'); SELECT ej.transfer_step($id, 'withdraw', 'sent', '{}')");
}
sub state_of { my ($id) = @_; return $watch->selectrow_array(q{SELECT concat_ws(' ', state, (SELECT count(*) FROM ej.transfer_file AS f WHERE f.transfer_id = t.id), (SELECT count(*) FROM ej.enrolment AS e WHERE e.pupil_id = t.entered_id)) FROM ej.transfer AS t WHERE id = ?}, undef, $id) }

# One takes a step and has not committed; the other comes, and waits. end: how the first ends.
sub race { my ($before, $after, $end, $what) = @_; return ok $race->turns($before, $after, $end), $what }

my ($id, $accept, $withdraw) = sent(2);
race($accept, $withdraw, 'commit', 'who takes back while the other school accepts waits');
is state_of($id), 'accepted 1 1', 'and comes too late';
($id, $accept, $withdraw) = sent(3);
race($withdraw, $accept, 'commit', 'who accepts while the other school takes back waits');
is state_of($id), 'withdrawn 0 0', 'and has no pupil';
($id, $accept, $withdraw) = sent(4);
race($withdraw, $accept, 'rollback', 'the same');
is state_of($id), 'accepted 1 1', 'but has one, if the first gave up';
($id, $accept, $withdraw) = sent(5);
race($accept, $accept, 'commit', 'accepted twice at once');
is state_of($id), 'accepted 1 1', 'the pupil enters once';
