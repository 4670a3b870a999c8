#!/usr/bin/perl
# layers.t: who may include what (mod_ejournal/README.md, "Layers"), and what
# the C holds none of. Reads the #include lines; needs no build.
use strict;
use warnings;
use utf8;
use Test::More;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $dir = 'mod_ejournal';
my @files = sort map { glob "$dir/$_" } qw(*.[ch] core/*.[ch] features/*.[ch]);
cmp_ok scalar(@files), '>', 10, 'there is C to look at';

# The family of a file: db.c, db_run.c and db.h are one.
sub family { $_[0] =~ m{([a-z]+)[a-z_]*\.[ch]$} ? $1 : '' }
sub room   { $_[0] =~ m{$dir/(core|features)/} ? $1 : 'shell' }

sub text {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
    local $/;
    my $text = <$in>;
    return $text;
}
my %text = map { $_ => text($_) } @files;
my %includes = map { my $f = $_; $f => [$text{$f} =~ /^\s*#\s*include\s+([<"][^>"]+[>"])/mg] } @files;

# Each foreign library has one place.
my %place = (
    qr{^<(libpq|mod_dbd|apr_dbd)}      => {db => 1},
    qr{^<libxml/}                      => {xml => 1, out => 1},
    qr{^<(libxslt|libexslt)/}          => {out => 1},
    qr{^<crypt\.h>}                    => {session => 1},
    qr{^<openssl/}                     => {session => 1, digest => 1},
);
for my $library (sort keys %place) {
    my @breach = grep { my $f = $_;
        !$place{$library}{family($f)} && grep { /$library/ } @{$includes{$f}} } @files;
    is "@breach", '', "$library is known to " . join(' and ', sort keys %{$place{$library}}) . ' only';
}

# Layer 0 is pure: it can be tested and fuzzed without a server.
my %pure = map { $_ => 1 } qw(text day err parse);
for my $f (grep { $pure{family($_)} && room($_) eq 'core' && /\.c$/ } @files) {
    my @other = grep { !/^<(apr_\w+|string|stdlib|ctype|limits|stdint)\.h>$/
            && !/^"(\.\.\/)?(ej\.h|core\.h|errors\.def|\w+\.h)"$/ } @{$includes{$f}};
    is "@other", '', "$f knows apr alone";
    my @server = grep {/^<(httpd|http_\w+|mod_\w+|ap_\w+)/} @{$includes{$f}};
    is "@server", '', "$f knows no server";
}

# A feature knows ej.h, and nothing of another feature.
for my $f (grep { room($_) eq 'features' } @files) {
    my @other = grep { !/^"(\.\.\/)?ej\.h"$/ && !/^<(string|stdlib)\.h>$/ } @{$includes{$f}};
    is "@other", '', "$f includes ej.h alone";
}

# The core does not know the features or the shell.
for my $f (grep { room($_) eq 'core' } @files) {
    my @up = grep {m{features/|/config\.h|^"config\.h}} @{$includes{$f}};
    is "@up", '', "$f looks at nothing above it";
}

# ------------------------------------------------------- what C has none of --

sub code {    # without comments
    my ($text) = @_;
    $text =~ s{/\*.*?\*/}{my $c = $&; (my $n = $c) =~ tr/\n//cd; $n}gse;
    return $text;
}
sub strings { return join "\n", code($_[0]) =~ /"((?:[^"\\]|\\.)*)"/g }

my %none = (
    'unbounded copies and printing' => [\&code, qr/\b(strcpy|strcat|sprintf|vsprintf|gets|alloca)\s*\(/],
    'memory outside pools'          => [\&code, qr/\b(malloc|calloc|realloc|strdup)\s*\(/],
    'words of a language'           => [sub { $_[0] }, qr/\p{Cyrillic}/],
    'HTML'                          => [\&strings, qr{</?(p|div|html|body|table|a|form|br|h1)\b[^>]*>}i],
    'SQL but transactions'          => [\&strings, qr/\b(SELECT\s|INSERT\s+INTO|UPDATE\s+ej|DELETE\s+FROM)/],
    'text by apr_dbd, which loses errors' => [\&code, qr/\bapr_dbd_(query|select|pquery|pvquery|pselect|pvselect|prepare|transaction_\w+)\s*\(|\bap_dbd_(prepare|acquire)\b/],
    'PQcancel, which hangs with a stopped server' => [\&code, qr/\bPQcancel\s*\(/],
);
# Where one of them is right, and why.
my %excused = (
    'memory outside pools' => {'core/out_run.c' => "libxml2's allocator, which must end the process rather than fail"},
);
for my $what (sort keys %none) {
    my ($of, $pattern) = @{$none{$what}};
    my @found = map { my $f = $_; $of->($text{$f}) =~ $pattern ? "$f ($&)" : () }
        grep { !$excused{$what}{s{^$dir/}{}r} } @files;
    is "@found", '', "no $what";
}

done_testing;
