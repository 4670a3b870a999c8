#!/usr/bin/perl
# queries.pl: makes the C table of the queries in sql/queries when the module is
# built. A mistake in a query file ends the build with file, line and reason.
#
#   queries.pl sql/queries/*.sql > queries.c
#
# The tests load it with require and call EJ::QueryFile::parse. The format of a
# query file is described in sql/README.md.
package EJ::QueryFile;
use strict;
use warnings;
use utf8;

my %TYPE = map { $_ => 1 } qw(bigint int numeric boolean text uuid bytea inet date time xid8 timestamptz jsonb);

# The words after the kind: what each of them sets in the query.
my %KIND = (
    ':one'      => [[]],
    ':exec'     => [[]],
    ':outcomes' => [[]],
    ':revision' => [[]],
    ':file'     => [[]],
    ':many'     => [['element'], ['element', undef, 'under', 'key']],
    ':grid'     => [['key', 'column']],
);
my $KINDS = ':one, :exec, :revision, :file, :outcomes, :many <element> [under <query> <column>] or :grid <row> <column>';

my $WORD = qr/[a-z][a-z0-9_]*/;
my $NAME = qr/[\w\$]/;

# The tokens of SQL that are copied or dropped whole. A name is one token, so
# that the dollar of x$a$ quotes nothing.
my $COMMENT = qr{(?<comment>/\*(?:[^*/]++|\*(?!/)|/(?!\*)|(?&comment))*+\*/)};
my $QUOTED  = qr{[eE]'(?:[^'\\]|\\.)*+'|'[^']*+'|"[^"]*+"|\$(?<tag>(?:[A-Za-z_]\w*)?)\$.*?\$\g{tag}\$}s;

# The queries of one file in their order: {name, file, line, kind, element,
# under, key, column, names, types, sql, notes}; names and types are those of
# the parameters, which stand in sql as $1::type; notes has the other header
# lines (-- scan: …) by their word. Dies with "file:line: mistake\n".
sub parse {
    my ($file, $text) = @_;
    my ($feature) = $file =~ m{([^/]+?)(?:\.\w+)?$};
    my $f = {file => $file, feature => $feature, found => {}};
    _wrong($f, 1, "the file's name is not a feature's: lower-case words") if $feature !~ /^$WORD$/;
    _wrong($f, 1, 'NUL in the text') if $text =~ /\0/;
    utf8::decode($text) or _wrong($f, 1, 'not clean UTF-8') if !utf8::is_utf8($text);
    $text =~ s/\r\n/\n/g;

    my ($line, @queries) = (1);
    for my $part (split /^(?=[ \t]*--[ \t]*name:)/m, $text) {
        my $query = _part($f, $part, $line);
        push @queries, $query if $query;
        $line += $part =~ tr/\n//;
    }
    return @queries;
}

sub _wrong {
    my ($f, $line, $what) = @_;
    die "$f->{file}:$line: $what\n";
}

# One query: the header's comment lines, then its SQL. The part before the first
# name holds comments alone and makes no query.
sub _part {
    my ($f, $part, $line) = @_;
    my $query;
    while ($part =~ s/^([^\n]*)(?:\n|\z)//) {
        my $head = $1;
        last if !length $head && !length $part;
        if ($head =~ /^\s*--\s*(?:(\w+):)?\s*(.*?)\s*$/) {
            my ($word, $rest) = ($1 // '', $2);
            if    ($word eq 'name')   { $query = _kind($f, $line, split ' ', $rest) }
            elsif ($word eq 'params') { _params($f, $line, $query, $rest) }
            elsif ($query && $word)   { $query->{notes}{$word} = $rest }
        }
        elsif ($head =~ /\S/) {
            _wrong($f, $line, 'text before -- name:') if !$query;
            $query->{sql} = _sql($f, $line, $query, "$head\n$part");
            last;
        }
        $line++;
    }
    return if !$query;
    _wrong($f, $query->{line}, "$query->{name} has no SQL") if ($query->{sql} // '') eq '';
    _whole($f, $query);
    for my $name (@{$query->{names}}) {
        _wrong($f, $query->{line}, "$query->{name} does not use :$name") if !$query->{used}{$name};
    }
    _once($query) if $query->{kind} eq 'outcomes';
    return $f->{found}{$query->{name}} = $query;
}

# A list of pages by number takes the number of its lines as a parameter (itself, or the
# feature's scope), so that a file has the whole list; no query counts them itself.
sub _whole {
    my ($f, $query) = @_;
    my $is_list = ($query->{notes}{list} // '') =~ /^sort /;
    my $scope   = $f->{found}{"$f->{feature}_scope"};
    _wrong($f, $query->{line}, "$query->{name} is a list: end it with LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines")
        if $is_list && !$query->{used}{lines} && !($scope && $scope->{used}{lines});
    _wrong($f, $query->{line}, "$query->{name} has pages: declare -- list: sort …, and LIMIT :lines")
        if $query->{used}{page} && $query->{used}{sort} && !$is_list && $query->{kind} eq 'many';
    return;
}

# A save happens once: its query, a SELECT of its outcomes as jsonb, runs between the
# beginning and the end of the operation (sql/objects/save.sql), and not for a repeat, whose
# answer is that of the first.
sub _once {
    my ($query) = @_;
    $query->{sql} = <<"SQL";
SELECT o.n, o.outcome, o.field, o.code, o.value, o.who, o.at
  FROM (SELECT ej.begin_operation(\$1::uuid, \$2::bytea) AS answer) AS first,
       jsonb_populate_recordset(NULL::ej.outcome, coalesce(first.answer,
           ej.end_save(\$1::uuid, \$2::bytea, (
$query->{sql})))) AS o
SQL
    chomp $query->{sql};
    return;
}

# The query that "<name> :<kind> …" begins.
sub _kind {
    my ($f, $line, @words) = @_;
    _wrong($f, $line, 'name: wants <name> :<kind>') if @words < 2;
    my ($name, $kind, @more) = @words;
    _wrong($f, $line, "$name is not a name like $f->{feature}_…") if $name !~ /^\Q$f->{feature}\E_$WORD$|^\Q$f->{feature}\E_\d\w*$/ || length $name > 63;
    _wrong($f, $line, "$name is there already") if $f->{found}{$name};
    $_ =~ /^$WORD$/ or _wrong($f, $line, "$_ is not a name") for @more;
    my $query = {name => $name, file => $f->{file}, line => $line, kind => substr($kind, 1), names => [], types => [], notes => {}};
    my ($sets) = grep { @$_ == @more } @{$KIND{$kind} || []};
    _wrong($f, $line, "$kind: not $KINDS") if !$sets || (@more == 4 && $more[1] ne 'under');
    defined $sets->[$_] and $query->{$sets->[$_]} = $more[$_] for 0 .. $#more;
    if ($kind eq ':outcomes') {
        _params($f, $line, $query, 'operation_id uuid, operation_sha256 bytea');
        $query->{used}{$_} = 1 for @{$query->{names}};
    }
    _wrong($f, $line, "$name is under $query->{under}, which is not before it") if $query->{under} && !$f->{found}{$query->{under}};
    return $query;
}

# Add "a bigint, b date[]" to the query's parameters; several lines add up.
sub _params {
    my ($f, $line, $query, $list) = @_;
    _wrong($f, $line, 'params before name') if !$query;
    for my $one (grep {/\S/} split /,/, $list) {
        my ($name, $type, @more) = split ' ', $one;
        _wrong($f, $line, 'params: wants <name> <type>, …') if !defined $type || @more || $name !~ /^$WORD$/;
        _wrong($f, $line, "$type is not a type of a parameter") if !$TYPE{$type =~ s/\[\]$//r};
        _wrong($f, $line, "$name is declared twice") if grep { $_ eq $name } @{$query->{names}};
        push @{$query->{names}}, $name;
        push @{$query->{types}}, $type;
    }
    return;
}

# The SQL without comments and with :name as $n::type.
sub _sql {
    my ($f, $line, $query, $text) = @_;
    my ($sql, $is_ended) = ('', 0);
    while (length $text) {
        if ($text =~ s/^--([^\n]*)//) {
            _wrong($f, $line, 'params: below the first line of SQL') if $1 =~ /^\s*params:/;
            next;
        }
        if ($text =~ s/^$COMMENT//) {
            $line += $1 =~ tr/\n//;
            $sql .= ' ';
            next;
        }
        _wrong($f, $line, 'comment without end') if $text =~ m{^/\*};
        _wrong($f, $line, 'text after ;') if $is_ended && $text =~ /^\S/;
        if ($text =~ s/^:($NAME+)//) {
            $sql .= _parameter($f, $line, $query, $1, $text);
            next;
        }
        if ($text =~ s/^;//) {
            $is_ended = 1;
            next;
        }
        my ($token) = $text =~ /^($QUOTED|$NAME+|::|.)/s;
        substr $text, 0, length $token, '';
        _wrong($f, $line, "$1: write :name") if $token =~ /^(\$\d)/;
        _wrong($f, $line, 'quote without end') if $token eq q{'} || $token eq q{"};
        _wrong($f, $line, 'dollar quote without end') if $token =~ /^\$\w*\$/ && $token !~ /^$QUOTED$/;
        $line += $token =~ tr/\n//;
        $sql .= $token;
    }
    return $sql =~ s/^\s+|\s+$//gr;
}

# What a parameter's :name becomes; a slice like a[:n] is one too.
sub _parameter {
    my ($f, $line, $query, $name, $rest) = @_;
    return ":$name" if $name =~ /^\d/;
    my ($n) = grep { $query->{names}[$_] eq $name } 0 .. $#{$query->{names}};
    _wrong($f, $line, ":$name is not among the params") if !defined $n;
    $query->{used}{$name} = 1;
    my $made = '$' . ($n + 1) . '::' . $query->{types}[$n];
    return $rest =~ /^\[/ ? "($made)" : $made;
}

# ------------------------------------------------------------ the C table --

sub _c_text {
    my ($text) = @_;
    return 'NULL' if !defined $text;
    return join "\n        ", map { '"' . (s/([\\"?])/\\$1/gr =~ s/\n/\\n/gr) . '"' } split /(?<=\n)/, $text;
}

sub c_table {
    my (@queries) = sort { $a->{name} cmp $b->{name} } @_;
    my $c = "/* Made by mod_ejournal/queries.pl. */\n#include \"conf/queries.h\"\n\nconst ej_query_t ej_queries[] = {\n";
    for my $q (@queries) {
        my %text = map { $_ => _c_text($q->{$_}) } qw(name file element under key column sql);
        $c .= "    {.kind = EJ_\U$q->{kind}\E, " . join(', ', map {".$_ = $text{$_}"} qw(name file element under key column)) . ",\n";
        $c .= '     .nparams = ' . @{$q->{names}} . ", .params = (const char *const[]){" . join('', map {"\"$_\", "} @{$q->{names}}) . "NULL},\n";
        $c .= '     .list = ' . _c_text($q->{notes}{list}) . ",\n" if $q->{notes}{list};
        $c .= "     .sql = $text{sql}},\n";
    }
    my ($last) = (reverse sort glob 'sql/migrations/*.sql')[0] =~ m{/0*(\d+)_};
    return "$c};\nconst int ej_queries_count = " . @queries . ";\nconst int ej_queries_schema = $last;\n";
}

sub read_file {
    my ($file) = @_;
    open my $in, '<:raw', $file or die "$file: $!\n";
    local $/;
    return parse($file, scalar <$in>);
}

if (!caller) {
    binmode STDOUT, ':utf8';
    binmode STDERR, ':utf8';
    die "queries.pl: no query files\n" if !@ARGV;
    my $made = eval { c_table(map { read_file($_) } sort @ARGV) };
    if (!defined $made) {
        print STDERR $@;
        exit 1;
    }
    print $made;
}
1;
