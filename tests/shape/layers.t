#!/usr/bin/perl
# layers.t: who may include what (mod_ejournal/README.md, "Folders"), how
# functions are named, and what the C holds none of. Reads the text; needs no
# build.
use strict;
use warnings;
use utf8;
use Test::More;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $dir = 'mod_ejournal';

# The folders of core/, each of which may include what stands before it.
my @order = qw(text conf db doc out in http auth page job post);
my %place = map { $order[$_] => $_ } 0 .. $#order;
my @files = sort map { glob "$dir/$_" } qw(*.[ch] core/*/*.[ch] features/*.[ch]);
cmp_ok scalar(@files), '>', 50, 'there is C to look at';
is join(' ', sort map { m{core/(\w+)$} } grep {-d} glob "$dir/core/*"), join(' ', sort @order), 'the folders of core/ are known here';
is join(' ', glob "$dir/core/*.[ch]"), '', 'every file of core/ is in one of them';

# core/db/pool.c is of the folder db, features/diary.c of features, else shell.
sub folder { $_[0] =~ m{$dir/core/(\w+)/} ? $1 : $_[0] =~ m{$dir/features/} ? 'features' : 'shell' }
sub base   { $_[0] =~ m{([a-z_]+)\.[ch]$} ? $1 : '' }

sub text {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
    local $/;
    my $text = <$in>;
    return $text;
}
my %text = map { $_ => text($_) } @files;
my %includes = map { my $f = $_; $f => [$text{$f} =~ /^\s*#\s*include\s+([<"][^>"]+[>"])/mg] } @files;
sub own { return map { /^"(\w+)\/(\w+\.h)"$/ ? "$1/$2" : () } @{$includes{$_[0]}} }

# ------------------------------------------------------------ no way upward --

for my $f (grep { exists $place{folder($_)} } @files) {
    my @up = grep { my ($to) = m{^(\w+)/}; !exists $place{$to} || $place{$to} > $place{folder($f)} } own($f);
    is "@up", '', "$f looks at nothing above it";
    my @bare = grep { /^"/ && !m{^"(\w+/\w+\.h|ej\.h|errors\.def|queries\.def|jobs\.def)"$} } @{$includes{$f}};
    is "@bare", '', "$f names what it includes by its folder";
}
for my $f (grep { folder($_) eq 'features' } @files) {
    my @other = grep { !/^"ej\.h"$/ && !/^<(string|stdlib)\.h>$/ } @{$includes{$f}};
    is "@other", '', "$f includes ej.h alone";
}

# No circle of files: a file and its header are one.
my %leads = ();
for my $f (grep { exists $place{folder($_)} } @files) {
    my $name = folder($f) . '/' . base($f);
    $leads{$name}{$_} = 1 for grep { $_ ne $name } map { s/\.h$//r } own($f);
}
sub reaches {
    my ($from, $to, $seen) = @_;
    return 0 if $seen->{$from}++;
    return scalar grep { $_ eq $to || reaches($_, $to, $seen) } keys %{$leads{$from}};
}
is join(' ', grep { reaches($_, $_, {}) } sort keys %leads), '', 'no circle of files';

# Each foreign library has one folder.
my %library = (
    qr{^<(libpq|mod_dbd|apr_dbd)}           => qr{^db/},
    qr{^<libxml/}                           => qr{^(doc|out|in)/},
    qr{^<zip\.h>}                           => qr{^in/unzip$},
    qr{^<(libxslt|libexslt)/}               => qr{^out/},
    qr{^<xlsxwriter\.h>}                    => qr{^out/xlsx$},
    qr{^<libical/}                          => qr{^out/ical$},
    qr{^<crypt\.h>}                         => qr{^auth/hash$},
    qr{^<qrencode\.h>}                      => qr{^page/qr$},
    qr{^<gmime/}                            => qr{^post/letter$},
    qr{^<curl/}                             => qr{^post/relay$},
    qr{^<openssl/}                          => qr{^conf/digest$},
    qr{^<(httpd|http_\w+|mod_\w+|ap_\w+)\.} => qr{^(?!text/)},
);
for my $library (sort keys %library) {
    my @breach = grep { my $f = $_; (folder($f) . '/' . base($f)) !~ $library{$library} && grep { /$library/ } @{$includes{$f}} } @files;
    is "@breach", '', "$library is known to $library{$library} only";
}

# -------------------------------------------------------------------- names --

sub code {    # without comments
    my ($text) = @_;
    $text =~ s{/\*.*?\*/}{my $c = $&; (my $n = $c) =~ tr/\n//cd; $n}gse;
    return $text;
}

# A public function is ej_<file>_<verb>, or ej_<folder>_<verb> where the folder
# is one thing to those outside (db, out); a handler ej_<feature>_<verb>.
for my $f (grep { /\.c$/ } @files) {
    my $names = join '|', base($f), folder($f), folder($f) eq 'shell' ? 'config' : ();
    my @other = grep { !/^ej_($names)(_|$)/ } code($text{$f}) =~ /^(?!static)[a-z][^\n;(]*?\b(ej_\w+)\([^;{}]*\)\n\{/mg;
    is "@other", '', "$f names its functions by itself";
}

# Every public function of core/ has a comment before it, or before the group
# of declarations that it is in.
for my $f (grep { /\.h$/ && exists $place{folder($_)} } @files) {
    my @bare = $text{$f} =~ m{\n\n(?!/\*|#|typedef|struct|extern|enum)([^\n]*\bej_\w+\()}g;
    is "@bare", '', "$f says what each function does";
}

# ------------------------------------------------------- what C has none of --

sub strings { return join "\n", code($_[0]) =~ /"((?:[^"\\]|\\.)*)"/g }

my %none = (
    'unbounded copies and printing' => [\&code, qr/\b(strcpy|strcat|sprintf|vsprintf|gets|alloca)\s*\(/],
    'memory outside pools'          => [\&code, qr/\b(malloc|calloc|realloc|strdup)\s*\(/],
    'words of a language'           => [sub { $_[0] }, qr/\p{Cyrillic}/],
    'HTML'                          => [\&strings, qr{</?(p|div|html|body|table|a|form|br|h1)\b[^>]*>}i],
    'SQL but transactions'          => [\&strings, qr/\b(SELECT\s|INSERT\s+INTO|UPDATE\s+ej|DELETE\s+FROM)/],
    'error codes as texts'          => [\&strings, qr/^JE\d{3}$/m],
    'text by apr_dbd, which loses errors' => [\&code, qr/\bapr_dbd_(query|select|pquery|pvquery|pselect|pvselect|prepare|transaction_\w+)\s*\(|\bap_dbd_(prepare|acquire)\b/],
    'calls that follow redirects or trust any certificate' => [\&code, qr/\bCURLOPT_(?:FOLLOWLOCATION|SSL_VERIFY\w+)/],
    'guessable randomness'          => [\&code, qr/\b(?:s?rand|s?random|[dlm]rand48)\s*\(/],
    'PQcancel, which hangs with a stopped server' => [\&code, qr/\bPQcancel\s*\(/],
);
# Where one of them is right, and why.
my %excused = (
    'memory outside pools' => {'core/out/transform.c' => "libxml2's allocator, which must end the process rather than fail"},
);
for my $what (sort keys %none) {
    my ($of, $pattern) = @{$none{$what}};
    my @found = map { my $f = $_; $of->($text{$f}) =~ $pattern ? "$f ($&)" : () }
        grep { !$excused{$what}{s{^$dir/}{}r} } @files;
    is "@found", '', "no $what";
}

done_testing;
