#!/usr/bin/perl
# fuzz.t: 60 seconds of libFuzzer for the parsers of everything that comes from
# outside (tests/fuzz/fuzz_*.c), from the kept corpus. What it finds is left in
# build/fuzz/<target>/ and printed; FUZZ_SECONDS=3600 looks longer. A target's line
# "Needs:" names the sources beside core/text/ and the libraries that it is built with.
use strict;
use warnings;
use Test::More;

my @targets = sort glob 'tests/fuzz/fuzz_*.c';
cmp_ok scalar(@targets), '>', 0, 'there is something to fuzz';
my $seconds = $ENV{FUZZ_SECONDS} || 60;
my $each    = int($seconds / (@targets || 1)) || 1;
my @pure    = glob 'mod_ejournal/core/text/*.c';

# The words of a target's line "Needs:" as words for the compiler.
sub needs {
    open my $in, '<', $_[0] or die "$_[0]: $!";
    my @words = map { /^ \* Needs: (.*)/ ? split ' ', $1 : () } <$in>;
    return map { /\.c$/ ? "mod_ejournal/$_" : `pkg-config --cflags --libs $_` =~ s/\n/ /gr } @words;
}
chomp(my $apr = `apr-1-config --includes --cppflags --link-ld; apu-1-config --includes --link-ld` =~ s/\n/ /gr);

for my $target (@targets) {
    my ($name) = $target =~ m{fuzz_(\w+)\.c$};
    my $dir = "build/fuzz/$name";
    system 'mkdir', '-p', "$dir/found", "tests/fuzz/corpus/$name";
    my $fuzz  = "$dir/fuzz.$$";    # another check may be running its own
    my $built = system(join ' ', 'clang -std=gnu99 -g -O1 -fsanitize=fuzzer,address,undefined',
        '-fno-sanitize-recover=undefined -Imod_ejournal -Imod_ejournal/core', '-o', $fuzz, $target, @pure, needs($target), $apr);
    is $built, 0, "$name builds" or next;
    # new inputs go to build/, the kept corpus is read only
    my $log = `ASAN_OPTIONS=detect_leaks=0 $fuzz -max_total_time=$each -timeout=5 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 -artifact_prefix=$dir/ $dir/found tests/fuzz/corpus/$name 2>&1`;
    my $code = $?;
    unlink $fuzz;
    my ($runs) = $log =~ /number_of_executed_units:\s*(\d+)/;
    is $code, 0, "$name: " . ($runs // 0) . " inputs in $each s break nothing"
        or diag substr $log, -3000;
    cmp_ok $runs // 0, '>', 1000, "$name: and they were many";
}
done_testing;
