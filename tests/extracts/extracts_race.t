#!/usr/bin/perl
# extracts_race.t: two sessions certify at once: the second waits for the first and gets the next
# number; when the first takes its copy back, the second gets that number. No gap, no number twice.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More;
use EJ::Race;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
my $race = EJ::Race->new('extracts');
my ($first, $second, $watch) = $race->sessions;
$_->do('SET ROLE NONE') for $first, $second, $watch;

# The statements with which the person of this log-in certifies a card of a pupil of 7Б.
sub certify {
    my ($login) = @_;
    return qq{SELECT as_person('$login')}, q{SELECT * FROM ej.extract_issue(jsonb_build_object('kind', 'card', 'about', 'Ученик', 'holder', 'Ученик',
        'year', 2026, 'pupil_id', pupil('7Б'), 'purpose', 'проверка'), 'https://test', '<page/>', gen_random_uuid())};
}
sub numbers { return join ' ', map { @$_ } @{$watch->selectall_arrayref('SELECT number FROM ej.extract ORDER BY id')} }

# One certifies and has not committed; the other comes.
sub race {
    my ($sentence, $end, $numbers) = @_;
    subtest $sentence => sub {
        $first->begin_work;
        $first->do($_) for certify('class-teacher');
        my ($who, $what) = certify('deputy');
        ok $race->comes_second("DO \$do\$ BEGIN PERFORM as_person('deputy'); PERFORM FROM (" . ($what =~ s/^SELECT \*/SELECT 1/r) . ') AS x; END $do$'), 'the second waits for the first';
        $first->$end;
        $second->pg_result;
        $second->commit;
        is numbers(), $numbers, 'and gets the next number';
    };
}

race('both are kept', 'commit', '1 2');
race('the first is taken back', 'rollback', '1 2 3');
race('and once more', 'commit', '1 2 3 4 5');
done_testing;
