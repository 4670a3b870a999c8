#!/usr/bin/perl
# check.pl: runs tests and reports the result.
#
#   check.pl [file …]      SANITIZE=1: the sanitized build; V=1: each test
#
# Files ending in .t are Perl, in .pg pgTAP, in build/unit/ C programs. One cluster with
# the test seed serves all; each file gets a database and an Apache of its own. Ends with
# "N passed, N failed", the number of single tests.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Fcntl qw(:flock);
use File::Path qw(remove_tree);
use TAP::Harness;
use EJ::Stage;

my $top = $EJ::Postgres::TOP;
binmode STDOUT, ':utf8'; # not STDERR, to which the harness passes the bytes of the tests
chdir $top or die "$top: $!\n";
my $sanitize = EJ::Stage::is_sanitized();
my $stage;
$SIG{INT} = $SIG{TERM} = sub { $stage->done if $stage; exit 130 };

# Long tests come first, so that the two parallel jobs end at about the same time.
sub all_tests {
    my $units = $sanitize ? 'build/asan/unit' : 'build/unit';
    my @units = map {s{^tests/unit/(.*)\.c$}{$units/$1}r} glob 'tests/unit/*.c';
    my @found = (glob('tests/*/*.t tests/*/*.pg'), @units);
    my @long = grep {m{/(?:browser|forms|fuzz|install|journal_parallel|linear|long_texts|neighbours|queries|reports_oracle_demo|rights_http|school)\.t$}} @found;
    my %is_long = map { $_ => 1 } @long;
    return (@long, grep { !$is_long{$_} } @found);
}

# Where the diagnostics of a test are kept.
sub diagnostics_of { my ($file) = @_; return 'build/check/' . $file =~ tr{/}{-}r . '.diagnostics' }

# The command that runs a test. Its diagnostics are printed when it ends, and once more at the end
# of the run, where a reader of the last lines finds them.
sub command_of {
    my ($harness, $file) = @_;
    my @run = $file =~ /\.t$/ ? ('perl', '-Itests/lib', $file) : $file =~ /\.pg$/ ? ('tests/lib/run-pg', $file) : "./$file";
    return ['sh', '-c', 'to=$1; shift; "$@" 2>"$to"; ended=$?; cat "$to" >&2; exit $ended', 'sh', diagnostics_of($file), @run];
}

# Print the first lines of the diagnostics of each test that failed.
sub print_diagnostics {
    my ($aggregate) = @_;
    for my $file ($aggregate->descriptions) {
        my ($parser) = $aggregate->parsers($file);
        next if !$parser->has_problems;
        open my $in, '<:encoding(UTF-8)', diagnostics_of($file) or next;
        my @lines = <$in>;
        print "\n$file:\n", map { substr($_, 0, 300) =~ s/\n?\z/\n/r } @lines > 25 ? @lines[0 .. 24] : @lines;
    }
    return;
}

# Install the modules of Node that a folder's package-lock.json names, in those versions.
sub get_modules {
    my ($dir) = @_;
    my $got = "$dir/node_modules/.package-lock.json";
    return if !-e "$dir/package-lock.json" || (-e $got && -M $got <= -M "$dir/package-lock.json");
    open my $lock, '>', 'build/npm.lock' or die "build/npm.lock: $!\n";
    flock $lock, LOCK_EX;
    return if -e $got && -M $got <= -M "$dir/package-lock.json";
    print "Installing with npm for $dir\n";
    system("cd $dir && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error") == 0
        or die "npm could not install what $dir/package-lock.json names\n";
}

# Crashes of PostgreSQL's backends, which count as failures even if all tests passed.
sub crashes {
    my ($file) = @_;
    open my $log, '<', $file or return;
    return grep {/terminated by signal|PANIC|TRAP:/} <$log>;
}

# The number of files with a wrong plan, a bad exit code or bad TAP, but no failed test.
sub other_faults {
    my ($aggregate) = @_;
    my $n = 0;
    for my $parser ($aggregate->parsers) {
        next if $parser->failed;
        $n++ if $parser->exit || $parser->wait || $parser->parse_errors || !$parser->tests_run && !$parser->skip_all;
    }
    return $n;
}

my @tests = @ARGV ? @ARGV : all_tests();
die "There is no test.\n" unless @tests;
remove_tree('build/check');
mkdir 'build/check';
get_modules('tests/browser') if grep {m{browser}} @tests;
get_modules('tests/lib/openid') if grep {m{openid}} @tests;
my $ok = eval { $stage = EJ::Stage->new(seed => 'test'); 1 };
if (!$ok) {
    print "$@0 passed, 1 failed\n";
    exit 1;
}
local $ENV{EJ_STAGE} = $stage->dir;

my $harness = TAP::Harness->new({
    jobs => $ENV{JOBS} || 2, exec => \&command_of, verbosity => $ENV{V} ? 1 : 0,
    color => -t STDOUT ? 1 : 0, timer => 1,
});
my $aggregate = $harness->runtests(@tests);

my @crashes = crashes($stage->postgres->{log});
print "PostgreSQL: $_" for @crashes;
$stage->done;

print_diagnostics($aggregate);
my $failed  = $aggregate->failed + other_faults($aggregate) + @crashes;
my $skipped = $aggregate->skipped;
for my $name ($aggregate->descriptions) {
    my ($parser) = $aggregate->parsers($name);
    print "skipped: $name: ", $parser->skip_all, "\n" if $parser->skip_all;
}
print "$skipped single tests were skipped\n" if $skipped;
printf "%d passed, %d failed\n", $aggregate->passed - $skipped, $failed;
exit($failed ? 1 : 0);
