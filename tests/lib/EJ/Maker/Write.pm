package EJ::Maker::Write;

# Makes statements that write: other people's rows, in other people's names, with other
# people's ids; and statements by which people give themselves a right and then use it.

use strict;
use warnings;
use utf8;
use EJ::Chance;

# Choose a row to start from: one that the person may write, one that the person sees, or
# any.
sub template {
    my ($self, $t, $verb) = @_;
    my $rows = sub { $self->{catalogue}->rows($t->{rel}, @_) };
    my @from = grep {@$_} weighed([5, $rows->($self->{login}, $verb)], [2, $rows->($self->{login}, 'SELECT')], [3, $rows->()]),
        $rows->($self->{login}, $verb), $rows->();
    return @from ? pick(@{$from[0]}) : {};
}

# Make new values for one or two columns, mostly granted ones; columns of staff often get
# the person's own id.
sub assignments {
    my ($self, $t, $may) = @_;
    my @columns = grep { !$_->{is_generated} && ($_->{"may_$may"} || chance(0.03)) } @{$t->{columns}} or return;
    my %set = map { ($_->{col} => $self->value($_)) } map { pick(@columns) } 1 .. 1 + rand 2;
    for my $c (grep { $self->{staff_id} && ($_->{target} // '') eq 'staff' } @columns) {
        $set{$c->{col}} = quote($self->{staff_id}) if chance(0.3);
    }
    return %set;
}

sub list_of {
    my (%set) = @_;
    return join ', ', map {qq{"$_" = $set{$_}}} sort keys %set;
}

# The condition that selects a row by its key.
sub key_of {
    my ($self, $t, $row, $a) = @_;
    return join(' AND ', map { qq{$a."$_->{col}" = } . $self->hole_of($_, $row->{$_->{col}}) } grep { $_->{is_key} } @{$t->{columns}})
        || 'true';
}

# Choose the rows to change: one by its key, some, or all.
sub which {
    my ($self, $t, $verb) = @_;
    return weighed([6, $self->key_of($t, $self->template($t, $verb), 'x')], [2, $self->condition($t, 'x')], [1, 'true']);
}

# Make columns and values of a new row from an existing one.
sub new_row {
    my ($self, $t) = @_;
    my $row = $self->template($t, 'INSERT');
    my %set = $self->assignments($t, 'insert');
    my %new;
    for my $c (grep { !$_->{is_generated} && !$_->{is_identity} } @{$t->{columns}}) {
        next unless exists $set{$c->{col}} || $c->{may_insert} && ($c->{is_needed} || chance(0.3));
        $new{$c->{col}} = $set{$c->{col}} // $self->hole_of($c, $row->{$c->{col}});
    }
    my $id = $t->{column}{id};
    $new{id} //= $self->{catalogue}->missing_id($t->{rel}, 77) if $id && chance($id->{may_insert} ? 0.5 : 0.05);
    return %new;
}

sub into {
    my ($t, %new) = @_;
    my @names = sort keys %new;
    return ("INTO ej.$t->{rel} AS x (" . join(', ', map {qq{"$_"}} @names) . ')', join ', ', @new{@names});
}

sub returning { return weighed([7, ''], [2, ' RETURNING *'], [1, ' RETURNING 1']) }

sub make_insert {
    my ($self) = @_;
    my $t   = $self->a_table('insert');
    my %new = $self->new_row($t) or return $self->make_update;
    my ($into, $row) = into($t, %new);
    my $keys = join ', ', map {qq{"$_->{col}"}} grep { $_->{is_key} } @{$t->{columns}};
    my $set  = list_of($self->assignments($t, 'update'));
    my $back = returning();
    return {rel => $t->{rel}, names => [keys %new], sql => weighed(
        [7, "INSERT $into VALUES ($row)$back"],
        [1, "INSERT $into VALUES ($row) ON CONFLICT DO NOTHING$back"],
        [$set && $keys ? 2 : 0, "INSERT $into VALUES ($row) ON CONFLICT ($keys) DO UPDATE SET $set$back"],
        [1, "INSERT $into SELECT $row FROM ej.$t->{rel} LIMIT 1$back"],
        [1, "DO \$do\$ BEGIN INSERT $into VALUES ($row); END \$do\$"])};
}

sub make_update {
    my ($self) = @_;
    my $t     = $self->a_table('update');
    my %set   = $self->assignments($t, 'update') or return $self->make_read;
    my $set   = list_of(%set);
    my $which = $self->which($t, 'UPDATE');
    return {rel => $t->{rel}, names => [keys %set], sql => weighed(
        [6, "UPDATE ej.$t->{rel} AS x SET $set WHERE $which" . returning()],
        [1, "WITH q AS (UPDATE ej.$t->{rel} AS x SET $set WHERE $which RETURNING *) SELECT * FROM q"],
        [1, "MERGE INTO ej.$t->{rel} AS x USING (SELECT 1) AS o ON $which WHEN MATCHED THEN UPDATE SET $set"])};
}

sub make_delete {
    my ($self) = @_;
    my $t = $self->a_table('delete');
    return {rel => $t->{rel}, sql => weighed(
        [8, "DELETE FROM ej.$t->{rel} AS x WHERE " . $self->which($t, 'DELETE') . pick('', ' RETURNING *')],
        [1, "TRUNCATE ej.$t->{rel}" . pick('', ' CASCADE')])};
}

# Make a statement by which staff give themselves a right, by a row with their own id,
# perhaps a call, and then, in the same transaction, a change that the right would allow.
sub make_gain {
    my ($self) = @_;
    my $me = quote($self->{staff_id} // return $self->make_update);
    my $tables = $self->{catalogue}{table};
    my %columns;
    for my $rel (sort keys %$tables) {
        my @mine = grep { ($_->{target} // '') eq 'staff' && ($_->{may_update} || $_->{may_insert}) } @{$tables->{$rel}{columns}};
        $columns{$rel} = \@mine if @mine;
    }
    my $t = $tables->{pick($self->only(sort keys %columns))};
    my @update = grep { $_->{may_update} } @{$columns{$t->{rel}} || []};
    my $used = $self->a_table('update');
    my $set  = list_of($self->assignments($used, 'update'));
    my @deep = grep { $_->{is_definer} && $_->{may_execute} } @{$self->{catalogue}{functions}};
    return {rel => $t->{rel}, texts => [
        @update && chance(0.7) ? $self->give_by_update($t, map { ($_->{col} => $me) } @update) : $self->give_by_insert($t, $me),
        chance(0.3) ? $self->call(pick(@deep)) : (),
        $set ? "UPDATE ej.$used->{rel} AS x SET $set" : "SELECT * FROM ej.$used->{rel}"]};
}

sub give_by_insert {
    my ($self, $t, $me) = @_;
    my %new = $self->new_row($t);
    $new{$_->{col}} = $me for grep { ($_->{target} // '') eq 'staff' && exists $new{$_->{col}} } @{$t->{columns}};
    my ($into, $row) = into($t, %new);
    return %new ? "INSERT $into VALUES ($row)" : "SELECT * FROM ej.$t->{rel}";
}

# Make an UPDATE by which staff give themselves a right. Some of these hide the author:
# while the second row is changed the setting that tells who asks is empty; afterwards it
# is restored.
sub give_by_update {
    my ($self, $t, %set) = @_;
    my $key = $self->key_of($t, $self->template($t, 'UPDATE'), 'x');
    return "UPDATE ej.$t->{rel} AS x SET " . list_of(%set) . " WHERE $key" if chance(0.7);
    my $other  = $self->key_of($t, $self->template($t, 'UPDATE'), 'x');
    my $digest = substr $self->{digest}, 2;
    $set{$_} = qq{CASE WHEN $key AND set_config('ej.session', '', true) = '' THEN $set{$_} ELSE x."$_" END} for keys %set;
    return "UPDATE ej.$t->{rel} AS x SET " . list_of(%set) . " WHERE $key OR $other RETURNING set_config('ej.session', '$digest', true)";
}

1;
