#!/usr/bin/perl
# query_files.t: query files, as queries.pl reads them when the module is built.
use strict;
use warnings;
use utf8;
use Test::More;
require './mod_ejournal/queries.pl';
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $A = "-- name: f_a :exec\n";
my $P = "${A}-- params: a bigint, b text[]\n";

# A file f.sql of one query, its SQL, and what that shows.
my @bodies = (
    ["${A}SELECT 1;", "SELECT 1",
        'the semicolon goes'],
    ["${A}SELECT 1\n", "SELECT 1",
        'and may be missing'],
    ["${A}\n-- a word\n\nSELECT 1;\n\n-- another\n", "SELECT 1",
        'comments and empty lines around it go'],
    ["${A}SELECT 1 -- why\n  + 2;", "SELECT 1 \n  + 2",
        'so do comments inside'],
    ["${A}SELECT /* a /* b */ ; ' */ 1;", "SELECT   1",
        'also nested ones'],
    ["${P}SELECT :a, :b;", "SELECT \$1::bigint, \$2::text[]",
        'a name becomes its number and type'],
    ["${P}SELECT :b, :a, :b;", "SELECT \$2::text[], \$1::bigint, \$2::text[]",
        'as often as it is there'],
    ["${P}SELECT :b[1], :a;", "SELECT (\$2::text[])[1], \$1::bigint",
        'in brackets before a subscript'],
    ["${P}SELECT :a::text, (:b)::text;", "SELECT \$1::bigint::text, (\$2::text[])::text",
        'a cast stays'],
    ["${P}SELECT ':a', :a, ':b''', :b;", "SELECT ':a', \$1::bigint, ':b''', \$2::text[]",
        'text stays'],
    ["${P}SELECT E'\\':a', :a, \":b\", :b;", "SELECT E'\\':a', \$1::bigint, \":b\", \$2::text[]",
        'text with escapes and quoted names stay'],
    ["${P}SELECT '\\', :a, name'\\', :b;", "SELECT '\\', \$1::bigint, name'\\', \$2::text[]",
        'a backslash in plain text escapes nothing'],
    ["${P}SELECT \$\$:a;\$\$, :a, \$x\$ \$\$ :b \$x\$, :b;", "SELECT \$\$:a;\$\$, \$1::bigint, \$x\$ \$\$ :b \$x\$, \$2::text[]",
        'dollar quotes stay'],
    ["${P}SELECT x\$a\$:a, y:b;", "SELECT x\$a\$\$1::bigint, y\$2::text[]",
        'a dollar inside a name quotes nothing'],
    ["${P}SELECT a[1:2], f(x := :a), :b;", "SELECT a[1:2], f(x := \$1::bigint), \$2::text[]",
        'other colons stay'],
    ["${A}-- params: a bigint,\n-- params: b text[]\nSELECT :a, :b;", "SELECT \$1::bigint, \$2::text[]",
        'params may take several lines'],
    ["${A}SELECT 'Ё';", "SELECT 'Ё'",
        'Cyrillic stays'],
    ["-- f.sql: a word before\r\n${A}SELECT 1;\r\n", "SELECT 1",
        'a file may begin with comments'],
);

# A file f.sql, and the mistake in it.
my @mistakes = (
    ["SELECT 1;", "f.sql:1: text before -- name:"],
    ["\n-- params: a int\n", "f.sql:2: params before name"],
    ["-- name: f_a\nSELECT 1;", "f.sql:1: name: wants <name> :<kind>"],
    ["-- name: g_a :exec\nSELECT 1;", "f.sql:1: g_a is not a name like f_…"],
    ["-- name: f_ :exec\nSELECT 1;", "f.sql:1: f_ is not a name like f_…"],
    ["-- name: f_A :exec\nSELECT 1;", "f.sql:1: f_A is not a name like f_…"],
    ["-- name: f_a :rows\nSELECT 1;", "f.sql:1: :rows: not :one, :exec, :revision, :file, :outcomes, :many <element> [under <query> <column>] or :grid <row> <column>"],
    ["-- name: f_a :many\nSELECT 1;", "f.sql:1: :many: not :one, :exec, :revision, :file, :outcomes, :many <element> [under <query> <column>] or :grid <row> <column>"],
    ["-- name: f_a :many row under f_b id\nSELECT 1;", "f.sql:1: f_a is under f_b, which is not before it"],
    ["-- name: f_a :many <row>\nSELECT 1;", "f.sql:1: <row> is not a name"],
    ["${A}SELECT 1;\n${A}SELECT 2;", "f.sql:3: f_a is there already"],
    ["${A}", "f.sql:1: f_a has no SQL"],
    ["${A}-- a word\n", "f.sql:1: f_a has no SQL"],
    ["${A};", "f.sql:1: f_a has no SQL"],
    ["${A}-- name: f_b :exec\nSELECT 1;", "f.sql:1: f_a has no SQL"],
    ["${A}SELECT 1;\nSELECT 2;", "f.sql:3: text after ;"],
    ["${A}SELECT\n  :a;", "f.sql:3: :a is not among the params"],
    ["${P}SELECT :a;", "f.sql:1: f_a does not use :b"],
    ["-- name: f_a :outcomes\n-- params: operation_id uuid\nSELECT 1;", "f.sql:2: operation_id is declared twice"],
    ["${A}-- params: a\nSELECT :a;", "f.sql:2: params: wants <name> <type>, …"],
    ["${A}-- params: a double precision\nSELECT :a;", "f.sql:2: params: wants <name> <type>, …"],
    ["${A}-- params: a int, a text\nSELECT :a;", "f.sql:2: a is declared twice"],
    ["${A}-- params: a int;drop\nSELECT :a;", "f.sql:2: int;drop is not a type of a parameter"],
    ["${A}-- params: a bigin\nSELECT :a;", "f.sql:2: bigin is not a type of a parameter"],
    ["${A}-- params: a text[][]\nSELECT :a;", "f.sql:2: text[][] is not a type of a parameter"],
    ["${A}SELECT 1\n-- params: a int\n;", "f.sql:3: params: below the first line of SQL"],
    ["${A}SELECT \$1;", "f.sql:2: \$1: write :name"],
    ["${A}SELECT 'a\n;", "f.sql:2: quote without end"],
    ["${A}SELECT \"a\n;", "f.sql:2: quote without end"],
    ["${A}SELECT\n\$x\$ \$\$;", "f.sql:3: dollar quote without end"],
    ["${A}SELECT /* /* */ 1;", "f.sql:2: comment without end"],
    ["${A}SELECT '\x{ff}';", "f.sql:1: not clean UTF-8"],
);

sub mistake {
    my ($file, $text) = @_;
    return eval { EJ::QueryFile::parse($file, $text); 1 } ? 'none' : $@ =~ s/\n\z//r;
}

for my $body (@bodies) {
    my ($query) = eval { EJ::QueryFile::parse('dir/f.sql', $body->[0]) };
    is $query ? $query->{sql} : $@, $body->[1], $body->[2];
}
is mistake('f.sql', $_->[0]), $_->[1], $_->[1] for @mistakes;
is mistake('Two_words.sql', "${A}SELECT 1;"), q(Two_words.sql:1: the file's name is not a feature's: lower-case words), 'a file is named for a feature';
is mistake('f.sql', "${A}SELECT 1\0;"), 'f.sql:1: NUL in the text', 'a NUL is told';

# ----------------------------------------------------- headers of each kind --

my %query = map { $_->{name} => $_ } EJ::QueryFile::parse('f.sql', <<'SQL');
-- name: f_one :one
SELECT 1;
--name: f_many :many row
SELECT 2;
  --  name:  f_under  :many  x under f_many k
-- rows: few
SELECT 3;
-- name: f_grid :grid row_id column_id
-- params: a date
SELECT 4 = :a;
-- name: f_out :outcomes
-- params: a int
SELECT 5 + :a;
SQL
is join(' ', sort keys %query), 'f_grid f_many f_one f_out f_under', 'every kind is read';
my $line = sub { join ' ', map { $_ // '-' } @{$query{$_[0]}}{qw(kind element under key column)} };
is $line->('f_one'),   'one - - - -',             ':one';
is $line->('f_many'),  'many row - - -',          ':many knows its element';
is $line->('f_under'), 'many x f_many k -',       ':many under knows the query above and the column';
is $line->('f_grid'),  'grid - - row_id column_id', ':grid knows row and column';
is $line->('f_out'),   'outcomes - - - -',        ':outcomes';
is_deeply $query{f_out}{names}, [qw(operation_id operation_sha256 a)], ':outcomes has the parameters of its operation first';
like $query{f_out}{sql}, qr/ej\.begin_operation\(\$1::uuid, \$2::bytea\).*ej\.end_save\(\$1::uuid, \$2::bytea, \(\nSELECT 5 \+ \$3::int\)\)/s,
    '  and runs between the beginning and the end of the operation';
is_deeply $query{f_grid}{names}, ['a'], 'the parameters have their names';
is_deeply $query{f_grid}{types}, ['date'], 'and types';
is $query{f_under}{notes}{rows}, 'few', 'other header lines are kept for the tests';

# --------------------------------------------------------------- the C table --

my $c = EJ::QueryFile::c_table(EJ::QueryFile::parse('f.sql', qq{${P}SELECT :a,\n ':b \\ "?', :b;}));
like $c, qr/\.name = "f_a"/, 'the C table has the query';
like $c, qr/\.nparams = 2, \.params = \(const char \*const\[\]\)\{"a", "b", NULL\}/, 'its parameters';
cmp_ok index($c, q{.sql = "SELECT $1::bigint,\n"}), '>', 0, 'its SQL line by line';
cmp_ok index($c, q{" ':b \\\\ \"\?', $2::text[]"}), '>', 0, 'as C text';
like $c, qr/ej_queries_count = 1;/, 'and their number';
done_testing;
