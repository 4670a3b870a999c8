package EJ::Maker::Read;

# Makes statements that read: all forms of SELECT over tables and views, ways around the
# rights (partitions, catalogues, files), and locks.

use strict;
use warnings;
use utf8;
use EJ::Chance;

# Make a condition on a table with alias a.
sub condition {
    my ($self, $t, $a) = @_;
    my @columns = $self->columns($t);
    my @ids     = grep { $_->{target} } @columns;
    my $c = pick(@ids && chance(0.5) ? @ids : @columns);
    my $x = qq{$a."$c->{col}"};
    my $v = $self->value($c);
    return weighed([6, "$x = $v"], [1, "$x <> $v"], [1, "$x IN ($v, " . $self->value($c) . ')'],
        [1, "$x IS NULL"], [1, "$x IS DISTINCT FROM $v"],
        # no twin for >=, whose result differs for other ids
        [$c->{base} =~ /int|date$|text|time/ ? 1 : 0, "$x >= " . $self->put(0, $v)], [1, "${x}::text LIKE '%1%'"]);
}

# Make a condition that reveals a hidden row if it is evaluated on it: by an error, a
# message or a setting.
sub leak {
    my ($self, $t, $a) = @_;
    my $c    = pick($self->columns($t));
    my $x    = qq{$a."$c->{col}"::text};
    my $rows = $self->{catalogue}->rows($t->{rel});
    my $v    = quote(@$rows ? pick(@$rows)->{$c->{col}} // '' : '');
    return weighed([2, "CASE WHEN $x = $v THEN 1/0 ELSE 1 END = 1"], [2, "1 / (length($x) - length($v)) IS NOT NULL"],
        [2, "$x\::inet IS NULL"], [1, "($x || 'x')::int > 0"], [1, "$x ~ '^.*[0-9]'"], [1, "to_number($x, '999') > 0"],
        [1, "set_config('test.leak', coalesce($x, ''), true) = ''"], [1, "nullif($x, $v) IS NULL"]);
}

sub some_columns {
    my ($self, $t, $a) = @_;
    my @columns = map {qq{$a."$_->{col}"}} $self->columns($t);
    my @some    = grep { chance(0.6) } @columns;
    return join ', ', @some && chance(0.8) ? @some : pick(@columns);
}

# Queries of one table, with weights.
sub queries_of_one {
    my ($self, $t, $where) = @_;
    my $from  = "FROM ej.$t->{rel} AS a";
    my $some  = $self->some_columns($t, 'a');
    my ($one) = split /, /, $some;
    return (
        [6, "SELECT $some $from $where"],
        [2, "SELECT count(*), min(${one}::text), max(${one}::text) $from $where"],
        [1, "SELECT count(DISTINCT $one) $from"],
        [1, "SELECT $one, count(*) $from $where GROUP BY 1 HAVING count(*) > " . int rand 3],
        [1, "SELECT string_agg(${one}::text, ',' ORDER BY ${one}::text) $from $where"],
        # a view's tables may be read in any order, so the error may or may not come
        [4, 'SELECT ' . ($t->{kind} eq 'v' ? '/* any order */ ' : '') . "count(*) $from WHERE " . $self->leak($t, 'a')],
        [1, "SELECT DISTINCT $some $from $where"],
        [1, "SELECT $one, row_number() OVER (PARTITION BY $one ORDER BY $one) $from $where"],
        [1, "WITH q AS (SELECT $some $from $where) SELECT count(*) FROM q"],
        [1, "SELECT $one $from TABLESAMPLE SYSTEM (100)"],
        [1, "SELECT EXISTS (SELECT $from $where)"],
        [1, "SELECT (SELECT count($one) $from $where)"],
        # a whole row needs grants on all columns
        $self->{is_granted} && grep({ !$_->{may_select} } @{$t->{columns}}) ? ()
            : ([1, "SELECT a::text $from $where"], [1, "SELECT to_jsonb(a) $from $where"]));
}

# The tables with the same ids as a table: [its column, the other table, its column].
sub edges {
    my ($self, $t) = @_;
    my $tables = $self->{catalogue}{table};
    my @found;
    for my $other (map { $tables->{$_} } sort keys %$tables) {
        next if $self->{is_granted} && !$other->{may_select};
        for my $c (grep { $_->{target} } $self->columns($t)) {
            # do not join all tables by the school alone
            push @found, map { [$c->{col}, $other, $_->{col}] }
                grep { ($_->{target} // '') eq $c->{target} && ($c->{target} ne 'school' || $_->{is_key}) } $self->columns($other);
        }
    }
    return @found;
}

# Queries of two joined tables, with weights.
sub queries_of_two {
    my ($self, $t, $where) = @_;
    my @edges = $self->edges($t) or return;
    my ($mine, $other, $theirs) = @{pick(@edges)};
    my $from   = "FROM ej.$t->{rel} AS a";
    my $some   = $self->some_columns($t, 'a');
    my $joined = $self->some_columns($other, 'b');
    my ($one, $two) = map { (split /, /)[0] } $some, $joined;
    my $on     = qq{b."$theirs" = a."$mine"};
    my $where_b = $self->condition($other, 'b');
    return (
        [3, "SELECT $some, $joined $from JOIN ej.$other->{rel} AS b ON $on $where"],
        [1, "SELECT $one, count($two) $from LEFT JOIN ej.$other->{rel} AS b ON $on $where GROUP BY 1"],
        [2, "SELECT $some $from WHERE " . pick('', 'NOT ') . "EXISTS (SELECT FROM ej.$other->{rel} AS b WHERE $on AND $where_b)"],
        [2, qq{SELECT $some $from WHERE a."$mine" IN (SELECT "$theirs" FROM ej.$other->{rel} AS b WHERE $where_b)}],
        [1, qq{SELECT a."$mine" $from EXCEPT SELECT b."$theirs" FROM ej.$other->{rel} AS b}],
        [1, "SELECT /* any order */ count(*) $from JOIN ej.$other->{rel} AS b ON $on WHERE " . $self->leak($other, 'b')]);
}

my @plans = map {"SET LOCAL enable_$_ = off"} qw(seqscan indexscan bitmapscan hashjoin mergejoin nestloop);

sub make_read {
    my ($self) = @_;
    local $self->{is_granted} = chance(0.9);
    my $t = $self->a_table('select');
    $self->{is_granted} &&= $t->{may_select};
    my $where = chance(0.75) ? 'WHERE ' . join pick(' AND ', ' AND ', ' OR '), map { $self->condition($t, 'a') } 1 .. 1 + rand 2 : '';
    my $sql   = weighed($self->queries_of_one($t, $where), $self->queries_of_two($t, $where));
    my %s     = (how => $sql =~ /any order/ ? 'look' : 'read', is_granted => $self->{is_granted}, sql => $sql);
    $s{before} = [grep { chance(0.3) } @plans] if chance(0.4);
    return {%s, chance(0.25) ? $self->wrapped($sql) : ()};
}

# Put a query into another command.
sub wrapped {
    my ($self, $sql) = @_;
    return @{weighed(
        [2, [sql => "COPY ($sql) TO STDOUT"]],
        [1, [texts => ["DECLARE c CURSOR FOR $sql", 'FETCH ALL FROM c']]],
        [1, [texts => ["PREPARE p$self->{n} AS $sql", "EXECUTE p$self->{n}"], leaves_traces => 1]],
        [1, [sql => 'SELECT query_to_xml(' . quote($sql) . ", true, false, '')", how => 'look']],
        [1, [sql => "EXPLAIN (VERBOSE) $sql", how => 'look']],
        [1, [sql => "EXPLAIN (ANALYZE, TIMING off) $sql", how => 'look']],
        [1, [sql => 'DO $do$ DECLARE r record; BEGIN FOR r IN ' . $sql . q{ LOOP RAISE NOTICE '%', r; END LOOP; END $do$}, how => 'look']])};
}

my @catalogues = qw(pg_stats pg_statistic pg_authid pg_shadow pg_largeobject pg_statistic_ext_data pg_user_mapping pg_hba_file_rules
    pg_file_settings pg_stats_ext pg_stats_ext_exprs pg_prepared_xacts pg_cursors pg_prepared_statements pg_db_role_setting pg_stat_activity);
my @files = ("pg_read_file('postgresql.conf')", "pg_ls_dir('.')", "pg_stat_file('PG_VERSION')", "pg_read_binary_file('PG_VERSION')",
    'pg_ls_logdir()', "current_setting('data_directory')", "lo_import('/etc/passwd')", "lo_export(1, '/tmp/x')");

sub make_round_about {
    my ($self) = @_;
    my $t = $self->a_table('select');
    my ($partition, $sequence) = map { pick($self->only(@{$self->{catalogue}{$_}})) } qw(partitions sequences);
    return {must_fail => 1, sql => 'SELECT ' . pick(@files)} if chance(0.1);
    return {sql => weighed(
        [3, "SELECT * FROM $partition LIMIT 5"], [2, "COPY ej.$t->{rel} TO STDOUT"],
        [2, "SELECT xmin, ctid, tableoid::regclass, * FROM ej.$t->{rel} WHERE ctid = '(0,1)'"],
        [1, "SELECT table_to_xml('ej.$t->{rel}', true, false, '')"],
        [1, "SELECT * FROM $sequence"], [1, "SELECT nextval('$sequence')"], [1, "SELECT setval('$sequence', 5)"],
        [4, 'SELECT * FROM ' . pick(@catalogues)])};
}

# Make a lock of rows, which needs the right to change them, or of a table, which needs
# the right to delete from it.
sub make_lock {
    my ($self) = @_;
    my $t = $self->a_table('update');
    my $where = chance(0.6) ? 'WHERE ' . $self->condition($t, 'a') : '';
    return {sql => "SELECT a.* FROM ej.$t->{rel} AS a $where FOR " . pick('UPDATE', 'NO KEY UPDATE', 'SHARE', 'KEY SHARE')
            . pick('', ' NOWAIT', ' SKIP LOCKED')} if chance(0.7);
    my $mode = pick('ACCESS SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE');
    return {sql => "LOCK TABLE ej.$t->{rel} IN $mode MODE NOWAIT", must_fail => $mode !~ /^ACCESS SHARE|^ROW/ && !$t->{may_delete}};
}

1;
