#!/usr/bin/perl
# rooms.t: a feature has the same name in four folders ("rooms"). Names are derived,
# so files that are missing, or that belong to no feature, are found here.
# A check that cannot find its input fails.
use strict;
use warnings;
use utf8;
use Test::More;
use lib 'tests/lib';
use EJ::Routes;
require './mod_ejournal/queries.pl';
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

# Rooms that are empty on purpose, each with its reason.
my %empty = (
    # 'tests/x/*.t' => 'why',
    'xslt/help/compliance.xml' => 'its address is the page of compliance: the topic is requirements.xml',
    'sql/queries/help.sql' => 'topics are files and are read without the database',
);

# Error codes without a test, each with its reason.
my %untested = (
    # JE999 => 'why',
);

sub text {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or return '';
    local $/;
    return scalar(<$in>) // '';
}
sub names { my ($pattern, @files) = @_; my %n; m{$pattern} and $n{$1} = 1 for @files; return sort keys %n }
sub no_comment { my ($t) = @_; $t =~ s{/\*.*?\*/}{}gs; return $t }

my @features = names(qr{/([a-z]+)[a-z_]*\.c$}, glob 'mod_ejournal/features/*.c');
my %feature  = map { $_ => 1 } @features;
cmp_ok scalar(@features), '>', 0, 'there are features';

# ------------------------------------------------------------------ rooms --

for my $f (@features) {
    my %room = (
        "sql/queries/$f.sql"     => [glob "sql/queries/$f.sql"],
        "xslt/$f.xsl"            => [glob "xslt/$f.xsl"],
        "xslt/schema/$f.rng"     => [glob "xslt/schema/$f.rng"],
        "xslt/help/$f.xml"         => [glob "xslt/help/$f.xml"], # what it says is read by tests/help/help_topics.t
        "tests/$f/*.t"             => [glob "tests/$f/*.t"],
        "tests/$f/*.xml and .html" => [grep { -e } map {s/xml$/html/r} glob "tests/$f/*.xml"],
    );
    for my $room (sort keys %room) {
        ok @{[grep {-e} @{$room{$room}}]} || $empty{$room}, "$f has $room";
    }
}
for my $room (sort keys %empty) {
    ok !-e $room, "the exception for $room is still needed";
}

# Every file of a room belongs to a feature, or is common to all.
my %common = (
    'sql/queries' => {core => 1},
    'xslt'        => {map { $_ => 1 } qw(layout ui list menu form record rows error files chart signatures)},
    'xslt/schema' => {map { $_ => 1 } qw(page error common)},
    'xslt/print'  => {map { $_ => 1 } qw(layout ui page common)},
);
for my $room (sort keys %common) {
    my @names = names(qr{/([a-z]+)[a-z_]*\.\w+$}, glob "$room/*.sql $room/*.xsl $room/*.rng");
    my @strangers = grep { !$feature{$_} && !$common{$room}{$_} } @names;
    is "@strangers", '', "every file of $room belongs to a feature";
}

# A test or sample page of a feature is named after the folder it is in.
my @lost = grep { m{^tests/(\w+)/([a-z]+)} && $feature{$1} && $1 ne $2 } glob 'tests/*/*.*';
is "@lost", '', 'the folder of a feature has only its own tests';
is join(' ', glob 'tests/*.t tests/*.pg tests/*.c tests/*.xml'), '', 'no test is directly in tests/, where check.pl would not find it';

# ----------------------------------------------------------------- routes --

my @routes = EJ::Routes::all();
cmp_ok scalar(@routes), '>', 0, 'there are routes';
my %handler = map { $_->{handler} => 1 } grep { !$_->{is_record} } @routes;
my %records = map { $_->{feature} => 1 } grep { $_->{is_record} } @routes;
my %feature_text = map { my $f = $_; $f => join '', map { text($_) } glob("mod_ejournal/features/$f.c"), glob("mod_ejournal/features/${f}_*.c") } @features;
for my $h (sort keys %handler) {
    my ($f) = $h =~ /^ej_([a-z]+)_[a-z_]+$/;
    ok $f && $feature_text{$f} && $feature_text{$f} =~ /^ej_err_t \*\Q$h\E\(ej_ctx_t \*\w+\)/m,
        "$h is in its feature's file";
}
for my $f (sort keys %records) {
    ok $feature_text{$f} && $feature_text{$f} =~ /^const ej_field_t ej_${f}_fields\[\] = /m, "the fields of $f are in its file";
}
for my $f (@features) {
    my @lost = grep { !$handler{$_} } $feature_text{$f} =~ /^ej_err_t \*(ej_\w+)\(ej_ctx_t \*\w+\)$/mg;
    is "@lost", '', "every handler of $f has a route";
}

# ---------------------------------------------------------------- queries --

# The code uses exactly the queries of the files, each as its kind.
my %listed = map { $_->{name} => uc $_->{kind} } map { EJ::QueryFile::read_file($_) } glob 'sql/queries/*.sql';
cmp_ok scalar(keys %listed), '>', 0, 'there are queries';
my %caller = (row => ['ONE'], scope => ['ONE'], rows => ['MANY'], exec => ['EXEC'], once => ['EXEC'], outcomes => ['OUTCOMES'], save => ['OUTCOMES'], revision => ['REVISION'],
    list => ['ONE', 'MANY'], download => ['FILE'], calendar => [qw(ONE MANY MANY)], json => ['ONE'], stream => ['MANY'],
    grid => [qw(MANY MANY GRID)], bundle => [qw(MANY MANY EXEC)]);
my (%asked, @unclear);
for my $f (@features) {
    my $text = no_comment($feature_text{$f});
    while ($text =~ /\bej_page_(row|rows|scope|exec|once|outcomes|save|revision|list|stream|download|calendar|json|grid|bundle)\(([^;]*)\);/g) {
        my ($how, $of) = ($1, $2);
        my @names = $of =~ /"(\w+)"/g; # a path has a slash
        push @unclear, "ej_page_$how($of)" if @names != @{$caller{$how}};
        $asked{$names[$_]}{$caller{$how}[$_]} = 1 for 0 .. $#{$caller{$how}};
    }
    # by the names of core/page/record.c, the last two only where there are such queries
    my %kind = (list => {head => 'ONE', rows => 'MANY', years => 'MANY', choices => 'MANY'},
        show => {show => 'ONE', choices => 'MANY'}, save => {save => 'OUTCOMES'});
    for my $how (grep { $records{$f} || $text =~ /\bej_record_$_\(/ } sort keys %kind) {
        $asked{"${f}_$_"}{$kind{$how}{$_}} = 1
            for grep { !/^(?:years|choices)$/ || $listed{"${f}_$_"} } sort keys %{$kind{$how}};
    }
}
is "@unclear", '', 'a query is used by its full name';
my $core = no_comment(join '', map { text($_) } glob 'mod_ejournal/*.c mod_ejournal/core/*/*.c');
my %by_core = map { $_ => 1 } $core =~ /"(core_\w+)"/g;
is join(' ', sort(map { my $q = $_; map {"$q:$_"} keys %{$asked{$q}} } keys %asked)),
    join(' ', sort map {"$_:$listed{$_}"} grep { !/^core_/ } keys %listed), 'the features use exactly their queries';
is join(' ', sort keys %by_core), join(' ', sort grep {/^core_/} keys %listed), 'the core uses exactly its queries';
for my $f (@features) {
    my $has = grep { /^\Q${f}\E_print_/ } keys %listed;
    is -e "xslt/print/$f.xsl" ? 1 : 0, $has ? 1 : 0, "$f has " . ($has ? 'a printed form and its sheet' : 'no printed form');
}

is join(' ', grep { !/password/ } map { /\{"(\w+)", EJ_SECRET/g } values %feature_text), '', 'the name of every secret field has «password»';

# ----------------------------------------------------------------- errors --

my %code = no_comment(text('mod_ejournal/errors.def')) =~ /EJ_ERROR\(\s*(JE\d+)\s*,\s*(\d+)/g;
cmp_ok scalar(keys %code), '>', 0, 'there are errors';
my $words = text('xslt/error.xsl');
is join(' ', grep { $words !~ /\b$_\b/ } sort keys %code), '', 'every error has a text';
my @tests = grep { !m{^tests/shape/} } glob('tests/*/*.t tests/*/*.pg tests/*/*.c tests/*/*.xml tests/browser/*.*js');
my $tests = join '', map { text($_) } @tests;
is join(' ', grep { $tests !~ /\b$_\b/ && !$untested{$_} } sort keys %code), '', 'every error has a test';
is join(' ', grep { $tests =~ /\b$_\b/ } sort keys %untested), '', 'no excused error has a test';
my %raised = map { $_ => 1 } join('', map { text($_) } glob('sql/objects/*.sql sql/migrations/*.sql sql/queries/*.sql mod_ejournal/core/*/*.c mod_ejournal/*/*.c mod_ejournal/*.c xslt/*.xsl')) =~ /\b(JE\d{3})\b/g;
is join(' ', grep { !defined $code{$_} } sort keys %raised), '', 'every error that is used is in errors.def';

# ------------------------------------------------- directives, migrations --

my @directives = text('mod_ejournal/config.c') =~ /AP_INIT_\w+\(\s*"(Ejournal\w*)"/g;
cmp_ok scalar(@directives), '>', 0, 'there are directives';
my $conf = text('conf/ejournal.conf');
is join(' ', grep { $conf !~ /^\s*#?$_\s/m } @directives), '', 'conf/ejournal.conf shows every directive';
my %known = map { $_ => 1 } @directives;
my %shown = map { $_ => 1 } map { text($_) =~ /^\s*#?(Ejournal\w*)\s/mg } glob 'conf/*.conf';
is join(' ', grep { !$known{$_} } sort keys %shown), '', 'conf/ has no unknown directive';

my @numbers = map { m{/(\d{4})_[a-z0-9_]+\.sql$} ? $1 : $_ } sort glob 'sql/migrations/*';
my %number = map { $_ => 1 } @numbers;
is join(' ', sort keys %number), "@numbers", 'each migration has a number of its own';

# ----------------------------------------------------------------- READMEs --

for my $readme (map {"${_}README.md"} '', 'mod_ejournal/', 'sql/', 'xslt/', 'tests/') {
    ok -s $readme, "$readme exists";
}

done_testing;
