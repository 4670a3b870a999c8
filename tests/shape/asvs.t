#!/usr/bin/perl
# asvs.t: tests/asvs.md names each requirement of levels 1 and 2 of OWASP ASVS (asvs.tsv) once, and
# tests that are there, with the assertions that it quotes; its counts and limits of files are right.
use strict;
use warnings;
use utf8;
use Test::More;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

sub text { open my $in, '<:encoding(UTF-8)', $_[0] or die "$_[0]: $!\n"; local $/; return scalar <$in> }

my %level = map { /^([\d.]+)\t([12])$/ ? ($1 => $2) : () } split /\n/, text('tests/shape/asvs.tsv');
cmp_ok scalar(keys %level), '>', 200, 'the list of the standard is there';

my $page  = text('tests/asvs.md');
my @rows  = map { [split / \| /, $_] } $page =~ /^\| (\d+\.\d+\.\d+ .*) \|$/mg;
my %state = map { $_ => 1 } 'met', 'not tested', 'not met', "the operator's", 'not applicable';
my %section = map { $_ => 1 } $page =~ /^### (.+)$/mg;
my %seen;
$seen{$_->[0]}++ for @rows;
is join(' ', sort grep { !$seen{$_} } keys %level), '', 'no requirement is missing';
is join(' ', sort grep { $seen{$_} > 1 } keys %seen), '', 'none is there twice';
is join(' ', sort grep { !$level{$_} } keys %seen), '', 'and none that the standard has not';

# What is wrong with a row.
sub faults {
    my ($number, $level, $what, $state, $why, @more) = @{$_[0]};
    return "$number: not five cells" if @more || !defined $why;
    my @files = $why =~ m{\b((?:tests|conf)/[\w./-]+\w)}g;
    my ($quoted) = $why =~ /«(.+)»$/;
    my @faults;
    push @faults, 'level' if $level ne ($level{$number} // '');
    push @faults, 'more than 12 words' if split(' ', $what) > 12;
    push @faults, "state «$state»" if !$state{$state};
    push @faults, "no file $_" for grep { !-e } @files;
    push @faults, "no section $_" for grep { !$section{$_} } $why =~ /§ (\w[\w ]*\w)/g;
    push @faults, 'no test' if $state eq 'met' && (@files != 1 || $files[0] !~ m{^tests/} || $why !~ /[«§]/);
    push @faults, "$files[0] has no «$quoted»" if defined $quoted && @files && -f $files[0] && index(text($files[0]), $quoted =~ s/\\\|/|/gr) < 0;
    return map {"$number: $_"} @faults;
}
is join("\n", map { faults($_) } @rows), '', 'each row has its level, state, and a test with the quoted assertion';
is scalar(() = faults(['1.2.4', 1, 'x', 'met', 'tests/shape/asvs.t «' . 'not' . ' there»'])), 1, 'an assertion that is gone would be noticed';
is scalar(() = faults(['1.2.4', 1, 'x', 'met', 'tests/shape/gone.t «x»'])), 1, 'and a file';

# Section «Files» against routes.def.
my @told  = $page =~ m{^\| (/\S+ \| \d+ \| [\w ]+) \|$}mg;
my @taken = map { /^EJ_LIMITS\("([^"]+)", ([1-9]\d*), "([^"]+)"/ ? "$1 | $2 | $3" : () } split /\n/, text('mod_ejournal/routes.def');
cmp_ok scalar(@taken), '>', 10, 'forms take files';
is_deeply \@told, \@taken, 'the forms with files have their sizes and types in the document';

# The table of counts.
my ($head) = $page =~ /^\| level \| (.*) \|$/m;
my @states = split / \| /, $head // '';
for my $level (1, 2) {
    my ($told) = $page =~ /^\| $level \| ([\d |]+) \|$/m;
    my $counted = join ' | ', map { my $state = $_; scalar grep { $_->[1] eq $level && $_->[3] eq $state } @rows } @states;
    is $told, $counted, "the counts of level $level are right";
}
done_testing;
