package Bench::Script;

# pgbench scripts from query files: the page's own statements, found by the
# handler that asks them, and the bare ones beside them, in the same form
# (-- name:, -- params:). Both run in one pipeline as the core runs them.

use strict;
use warnings;

# The statements of a file: [{name, params => {name => type}, same, sql}, …]
sub read_queries {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!\n";
    my (@found, $query);
    while (my $line = <$in>) {
        if ($line =~ /^-- name: (\w+)/) {
            push @found, $query = {name => $1, params => {}, sql => ''};
        }
        next unless $query;
        if ($line =~ /^-- params: *(.*)/) {
            my %more = map { /^\s*(\w+)\s+(.+?)\s*$/ ? ($1 => $2) : () } split /,/, $1;
            $query->{params} = {%{$query->{params}}, %more};
        }
        $query->{same} = $1 if $line =~ /^-- same: (.+)/;
        $query->{sql} .= $line unless $line =~ /^\s*--/;
    }
    s/\s+\z// for map { $_->{sql} } @found;
    return @found;
}

# The queries that a handler names, in its order; `except` are asked only of
# other people.
sub of_handler {
    my ($source, $function, $queries, %o) = @_;
    open my $in, '<', $source or die "$source: $!\n";
    my $text = do { local $/; <$in> };
    $text =~ /^[\w *]*\b\Q$function\E\(ej_ctx_t[^\n]*\)\n\{\n(.*?)^\}/ms
        or die "$source has no function $function\n";
    my ($body, %seen) = $1;
    my %known  = map { $_->{name} => $_ } @$queries;
    my %except = map { $_ => 1 } @{$o{except} || []};
    my @names  = grep { $known{$_} && !$except{$_} && !$seen{$_}++ } $body =~ /"(\w+)"/g;
    die "$function of $source asks nothing\n" unless @names;
    return map { $known{$_} } @names;
}

# One statement as pgbench reads it: :name gets its type, and a colon within
# quotes is written so that it is not taken for a variable. `as` says what
# stands for a parameter instead of the variable of its name.
sub statement {
    my ($query, $as) = @_;
    my $sql = $query->{sql};
    $sql =~ s{((?:\bE)?)'((?:[^']|'')*)'|(?<!:):(\w+)|(::)|--[^\n]*}{
        defined $2 ? _quoted($1, $2) : defined $3 ? _variable($query, $3, $as) : $4 // ''}ge;
    $sql =~ s/\n\s*(?=\n)//g;
    return $sql =~ /;\s*\z/ ? $sql : "$sql;";
}

sub _quoted {
    my ($prefix, $text) = @_;
    return "$prefix'$text'" unless $text =~ /:/;
    if ($prefix) {
        $text =~ s/:/\\x3A/g;
        return "$prefix'$text'";
    }
    $text =~ s/\\/\\\\/g;
    $text =~ s/:/\\003A/g;
    return "U&'$text'";
}

sub _variable {
    my ($query, $name, $as) = @_;
    my $type = $query->{params}{$name} or die "$query->{name}: parameter $name is not declared\n";
    return '(' . ($as->{$name} // ":$name") . ")::$type";
}

# The whole script of one page. The first time round a client learns what its
# seat asks, and what the page's scope gives (`scope`: statements that end with it);
# pgbench prepares every statement there, which it cannot do within a pipeline.
sub script {
    my (%o) = @_;
    my @statements = map { statement($_, $o{as} || {}) } @{$o{queries}};
    my @columns    = @{$o{columns}};
    my @scope      = map { statement($_, $o{as} || {}) } @{$o{scope} || []};
    return join "\n",
        '\if :is_known', '\else',
        'SELECT ' . join(', ', @columns) . " FROM bench.seat WHERE page = '$o{page}' AND n = :client_id \\gset",
        @scope ? ('BEGIN;', @scope[0 .. $#scope - 1], $scope[-1] =~ s/;\s*\z/ \\gset/r, 'COMMIT;') : (),
        '\set is_known 1', '\endif',
        @{$o{before} || []},
        '\startpipeline', ($o{begin} ? ($o{begin}, @statements, 'COMMIT;') : @statements), '\endpipeline', '';
}

1;
