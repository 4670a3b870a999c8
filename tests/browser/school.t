#!/usr/bin/perl
# school.t: a school of three classes is built from nothing in a real browser, until a parent
# sees the first mark: the suites school_august.mjs and school_september.mjs.
#   perl tests/browser/school.t
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Browser;
use EJ::School;
use EJ::Test;

my $t = EJ::Test->new(empty => 1);
my $code = EJ::School::install($t, '2026-08-24');

# Run a suite on the day of the school on which it takes place.
sub run {
    my ($suite, $day) = @_;
    $t->today($day);
    return EJ::Browser::run($t, [$suite], EJ_FILES => \%EJ::School::FILES, EJ_CODE => $code);
}

run('school_august', '2026-08-24') && run('school_september', '2026-09-09');
done_testing;
