package EJ::Catalogue;

# The tables, columns, keys and functions of the database, the web role's grants on them,
# and rows to take values from; all read from the system catalogue, so that EJ::Maker
# tries new tables and functions without being told.

use strict;
use warnings;
use utf8;

# the superuser's => new(db => the superuser's handle); needs probe.sql
sub new {
    my ($class, %o) = @_;
    my $self = bless {%o, rows => {}}, $class;
    $self->_read_ids;
    return $self->read;
}

# Read the present tables, functions and grants.
sub read {
    my ($self) = @_;
    $self->_read_tables;
    $self->_read_functions;
    return $self;
}

sub _all {
    my ($self, $sql, @values) = @_;
    return @{$self->{db}->selectall_arrayref($sql, {Slice => {}}, @values)};
}

sub _read_tables {
    my ($self) = @_;
    my %table;
    for my $c ($self->_all(<<'SQL')) {
SELECT c.relname AS rel, c.relkind AS kind, a.attname AS col, a.atttypid::regtype::text AS type,
       coalesce(nullif(t.typbasetype, 0), t.oid)::regtype::text AS base,
       a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS is_needed,
       a.attgenerated <> '' AS is_generated, a.attidentity <> '' AS is_identity,
       has_column_privilege('ej_web', c.oid, a.attnum, 'SELECT') AS may_select,
       c.relkind <> 'v' AND has_column_privilege('ej_web', c.oid, a.attnum, 'INSERT') AS may_insert,
       c.relkind <> 'v' AND has_column_privilege('ej_web', c.oid, a.attnum, 'UPDATE') AS may_update,
       has_table_privilege('ej_web', c.oid, 'DELETE') AS may_delete,
       i.indexrelid IS NOT NULL AS is_key, d.target
  FROM pg_class AS c
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey::int2[])
  LEFT JOIN probe.id_of AS d ON (d.rel, d.col) = (c.relname, a.attname)
 WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
 ORDER BY c.relname, a.attnum
SQL
        my $t = $table{$c->{rel}} ||= {rel => $c->{rel}, kind => $c->{kind}, may_delete => $c->{may_delete}, columns => []};
        push @{$t->{columns}}, $c;
        $t->{column}{$c->{col}} = $c;
        $t->{"may_$_"} ||= $c->{"may_$_"} for qw(select insert update);
    }
    $self->{table} = \%table;
    $self->{partitions} = $self->{db}->selectcol_arrayref(
        q{SELECT oid::regclass FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relispartition AND relkind = 'r' ORDER BY 1});
    $self->{sequences} = $self->{db}->selectcol_arrayref(
        q{SELECT oid::regclass FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relkind = 'S' ORDER BY 1});
    $self->{roles} = $self->{db}->selectcol_arrayref(
        q{SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1});
}

# Read functions with the names and types of their arguments.
sub _read_functions {
    my ($self) = @_;
    # volatile functions of the server itself
    $self->{system} = [$self->_all(<<'SQL')];
SELECT p.proname, ARRAY(SELECT t::regtype::text FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u (t, n) ORDER BY n) AS types
  FROM pg_proc AS p
 WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.provolatile = 'v' AND p.prokind = 'f'
   AND p.proname !~ '^(pg_sleep|pg_terminate|pg_cancel)' AND has_function_privilege('ej_web', p.oid, 'EXECUTE')
   AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)
   AND 'internal'::regtype <> ALL (p.proargtypes::oid[])
 ORDER BY p.oid::regprocedure::text
SQL
    delete $self->{composite};
    my @found = $self->_all(<<'SQL');
SELECT p.oid::regprocedure::text AS name, p.proname, p.prosrc AS source, p.prosecdef AS is_definer,
       NOT p.prosecdef AND p.provolatile = 'i' AS is_pure, -- reads no table
       has_function_privilege('ej_web', p.oid, 'EXECUTE') AS may_execute,
       ARRAY(SELECT coalesce(p.proargnames[n], '') FROM generate_series(1, p.pronargs) AS n ORDER BY n) AS names,
       ARRAY(SELECT t::regtype::text FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u (t, n) ORDER BY n) AS types
  FROM pg_proc AS p
 WHERE p.pronamespace = 'ej'::regnamespace AND p.prorettype <> 'trigger'::regtype AND p.prokind = 'f'
 ORDER BY 1
SQL
    $self->{functions} = \@found;
    for my $c ($self->_all(<<'SQL')) {
SELECT t.oid::regtype::text AS of, a.attname AS name, a.atttypid::regtype::text AS type
  FROM pg_type AS t JOIN pg_attribute AS a ON a.attrelid = t.typrelid AND a.attnum > 0
 WHERE t.typnamespace = 'ej'::regnamespace AND t.typtype = 'c' ORDER BY a.attnum
SQL
        push @{$self->{composite}{$c->{of}}}, [$c->{name}, $c->{type}];
    }
}

# Read all ids, and which of them each person may know.
sub _read_ids {
    my ($self) = @_;
    my $db = $self->{db};
    for my $d ($self->_all(q{SELECT DISTINCT target FROM probe.id_of})) {
        $self->{ids}{$d->{target}} = $db->selectcol_arrayref("SELECT id FROM ej.$d->{target} ORDER BY id");
    }
    for my $p ($self->_all('SELECT login, account_id, person_id FROM probe.person')) {
        my $login = $p->{login};
        $p->{person_id} //= '';
        for my $rel (keys %{$self->{ids}}) {
            my $seen = $db->selectrow_array('SELECT to_regclass(?)', undef, qq{"seen_$login".$rel})
                ? $db->selectcol_arrayref(qq{SELECT id FROM "seen_$login".$rel ORDER BY id}) : [];
            $seen = $self->_known($rel, $p) if $rel eq 'person' || $rel eq 'account';
            my %is_seen = map { $_ => 1 } @$seen;
            $self->{seen}{$login}{$rel}   = $seen;
            $self->{hidden}{$login}{$rel} = [grep { !$is_seen{$_} } @{$self->{ids}{$rel}}];
        }
    }
}

# The persons or accounts that a person may know, since their own rows are not readable:
# the person's own, those of the cards that the person sees, and the authors of history
# that the person sees.
sub _known {
    my ($self, $rel, $p) = @_;
    my $from = qq{"seen_$p->{login}"};
    my $cards = join ' UNION ', "SELECT $p->{person_id}::bigint AS person_id" =~ s/SELECT ::/SELECT NULL::/r,
        map {"SELECT person_id FROM $from.$_"} qw(staff pupil guardian);
    return $self->{db}->selectcol_arrayref($rel eq 'person' ? "SELECT person_id FROM ($cards) AS c WHERE person_id IS NOT NULL ORDER BY 1"
        : "SELECT id FROM ej.account WHERE person_id IN ($cards) OR id IN (SELECT account_id FROM $from.history) ORDER BY 1");
}

# An id that no row of the table ever had.
sub missing_id {
    my ($self, $rel, $n) = @_;
    my $last = $self->{ids}{$rel}[-1] // 0;
    return $last + 5_000_000 + $n;
}

# The tables in which a person may write, by verb.
sub writable {
    my ($self, $login, $verb) = @_;
    return @{$self->{db}->selectcol_arrayref(
        q{SELECT rel FROM probe.may WHERE (login, verb) = (?, ?) AND says <> 'false' ORDER BY rel}, undef, $login, $verb)};
}

# Up to 200 rows of a table: of all rows, or of those that a person may read or write, by
# verb. Values are texts, by column.
sub rows {
    my ($self, $rel, $login, $verb) = @_;
    my $key = join ' ', $rel, $login // '', $verb // '';
    return $self->{rows}{$key} ||= do {
        my $where = 'true';
        if ($login) {
            $where = $self->{db}->selectrow_array('SELECT says FROM probe.may WHERE (login, rel, verb) = (?, ?, ?)',
                undef, $login, $rel, $verb) // 'false';
        }
        my @columns = map {qq{x."$_->{col}"::text}} @{$self->{table}{$rel}{columns}};
        local $" = ', ';
        $self->{db}->selectall_arrayref(
            "SELECT @columns FROM ej.$rel AS x WHERE $where ORDER BY md5(x::text) LIMIT 200", {Slice => {}});
    };
}

1;
