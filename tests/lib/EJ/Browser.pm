# EJ::Browser: runs suites of tests/browser (*.mjs) in a real browser and passes on their results.
package EJ::Browser;
use strict;
use warnings;
use JSON::PP ();
use Test::More;

my $DIR = 'tests/browser';

# Install the modules of Node that the suites need, unless they are there.
sub install {
    return if !grep { !-d "$DIR/node_modules/$_" } qw(playwright-core axe-core ws);
    my $output = `cd '$DIR' && npm ci --no-audit --no-fund 2>&1`;
    die "npm could not install its packages:\n$output\n" if $?;
    return;
}

# run($t, \@suites, EJ_FACTS => {…}, …): run suites of the test $t; none: all of browser.t. More becomes the
# environment; a reference is passed as JSON. Returns whether all passed.
sub run {
    my ($t, $suites, %more) = @_;
    install();
    local %ENV = (%ENV, EJ_URL => $t->url, map { $_ => ref $more{$_} ? JSON::PP->new->utf8->encode($more{$_}) : $more{$_} } keys %more);
    $ENV{EJ_LOGINS} = $t->logins_file if !$t->{empty};
    open my $tap, '-|:encoding(UTF-8)', 'node', "$DIR/run.mjs", @$suites or die "node: $!\n";
    my ($n, $is_planned, $failed) = (0, 0, 0);
    while (my $line = <$tap>) {
        chomp $line;
        if    ($line =~ /^(not )?ok \d+ - (.*)$/) { $n++; ok !$1, $2 or $failed++ }
        elsif ($line =~ /^1\.\.(\d+)$/)           { $is_planned = $1 == $n }
        else                                      { diag $line =~ s/^# //r }
    }
    close $tap;
    return ok($n && $is_planned, "@$suites: the plan is complete") && !$failed;
}

1;
