#!/usr/bin/perl
# school.t: a school of three classes is built from nothing in a real browser, until a parent
# sees the first mark: the suites school_august.mjs and school_september.mjs.
#   perl tests/browser/school.t
use strict;
use warnings;
use lib 'tests/lib';
use JSON::PP ();
use EJ::School;
use EJ::Test;

my $dir = 'tests/browser';
if (grep { !-d "$dir/node_modules/$_" } qw(playwright-core ws)) {
    my $output = `cd '$dir' && npm ci --no-audit --no-fund 2>&1`;
    die "npm could not install its packages:\n$output\n" if $?;
}

my $t = EJ::Test->new(empty => 1);
$ENV{EJ_URL}   = $t->url;
$ENV{EJ_FILES} = JSON::PP->new->utf8->encode(\%EJ::School::FILES);
$ENV{EJ_CODE}  = EJ::School::install($t, '2026-08-24');

# Run a suite on the day of the school on which it takes place.
sub run {
    my ($suite, $day) = @_;
    $t->today($day);
    open my $tap, '-|:encoding(UTF-8)', 'node', "$dir/run.mjs", $suite or die "node: $!\n";
    my ($n, $is_planned, $failed) = (0, 0, 0);
    while (my $line = <$tap>) {
        chomp $line;
        if    ($line =~ /^(not )?ok \d+ - (.*)$/) { $n++; ok !$1, $2 or $failed++ }
        elsif ($line =~ /^1\.\.(\d+)$/)           { $is_planned = $1 == $n }
        else                                      { diag $line =~ s/^# //r }
    }
    close $tap;
    return ok($n && $is_planned, "$suite ended with a complete plan") && !$failed;
}

run('school_august', '2026-08-24') && run('school_september', '2026-09-09');
done_testing;
