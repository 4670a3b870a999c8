#!/usr/bin/perl
# lengths.pl: prints the lengths of the product's functions and files, for make lint.
# Fails for a file of more than 600 lines or a function of more than 60; for SQL and XSLT
# 75, since a single statement or template may be long. Rows of a list (VALUES) do not count: they are data.
#
#   tests/lib/lengths.pl
use strict;
use warnings;

my $MOST_FILE = 600;
my %MOST_LINES = (C => 60, SQL => 75, XSLT => 75);

sub text { open my $in, '<', $_[0] or die "$_[0]: $!\n"; local $/; return scalar <$in> }

# By language, a function that returns [name, lines] of each function in a file.
my %functions = (
    C => sub {
        my @found;
        while ($_[0] =~ /^(?!\s|#|\}|\/|\*)[^\n;=]*?\b(\w+)\([^;{}]*?\)\n(\{\n.*?^\}$)/msg) {
            push @found, [$1, 1 + ($2 =~ tr/\n//)];
        }
        return @found;
    },
    SQL => sub {
        my @found;
        while ($_[0] =~ /^CREATE (?:OR REPLACE )?FUNCTION ej\.(\w+).*?\bAS (\$\w*\$)(.*?)\2/msg) {
            my ($name, $body) = ($1, $3);
            $body =~ s/^\s*\('[^\n]*\n//mg;
            push @found, [$name, 1 + ($body =~ tr/\n//)];
        }
        return @found;
    },
    XSLT => sub {
        my @found;
        while ($_[0] =~ /^(<xsl:template (?:match|name)="([^"]*)".*?<\/xsl:template>)/msg) {
            push @found, [$2, 1 + ($1 =~ tr/\n//)];
        }
        return @found;
    },
);
my %files = (
    C    => [glob 'mod_ejournal/*.c mod_ejournal/core/*/*.c mod_ejournal/features/*.c'],
    SQL  => [glob 'sql/objects/*.sql'],
    XSLT => [glob 'xslt/*.xsl xslt/print/*.xsl'],
    JS   => [glob 'xslt/static/js/*.js'],
    CSS  => [glob 'xslt/static/css/*.css'],
);

sub share { my ($part, @sorted) = @_; return $sorted[int($part * $#sorted + 0.5)] // 0 }

my @faults;
printf "%-5s %6s %7s %10s %7s %5s %5s\n", '', 'files', 'lines', 'functions', 'median', 'p90', 'max';
for my $kind (qw(C SQL XSLT JS CSS)) {
    my ($lines, @all) = 0;
    for my $file (@{$files{$kind}}) {
        my $text = text($file);
        my $n = $text =~ tr/\n//;
        $lines += $n;
        push @faults, "$file has $n lines" if $n > $MOST_FILE;
        my @of = $functions{$kind} ? $functions{$kind}->($text) : ();
        push @faults, map {"$file: $_->[0] has $_->[1] lines"} grep { $_->[1] > $MOST_LINES{$kind} } @of;
        push @all, @of;
    }
    my @sorted = sort { $a <=> $b } map { $_->[1] } @all;
    printf "%-5s %6d %7d %10s %7s %5s %5s\n", $kind, scalar @{$files{$kind}}, $lines,
        @all ? (scalar @all, share(0.5, @sorted), share(0.9, @sorted), $sorted[-1]) : ('', '', '', '');
}
print "$_\n" for @faults;
exit @faults ? 1 : 0;
