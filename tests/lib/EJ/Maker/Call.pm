package EJ::Maker::Call;

# Makes calls of functions: of every function of the schema, with arguments made from
# their names and types, single or in chains; and of the server's own functions.

use strict;
use warnings;
use utf8;
use EJ::Chance;

sub make_call { return {sql => $_[0]->call($_[0]->a_function)} }

# Make several calls; results of one may be arguments of the next.
sub make_chain {
    my ($self) = @_;
    return {texts => [map { my $f = $self->a_function; sub { $self->next_call($f, @_) } } 1 .. 2 + rand 3]};
}

sub next_call {
    my ($self, $f, $values) = @_;
    for my $value (grep {defined} map { ref ? @$_ : $_ } map {@$_} @{$values || []}) {
        push @{$self->{harvest}{$value =~ /^\d+$/ ? 'bigint' : 'text'}}, $value;
    }
    $self->{holes} = [];
    return $self->put(0, $self->call($f));
}

sub make_system {
    my ($self) = @_;
    my $f = pick(@{$self->{catalogue}{system}});
    my @args = map { quote($_ eq 'regclass' ? 'ej.' . $self->a_table('select')->{rel} : EJ::Maker::Values::random_value($_)) } @{$f->{types}};
    return {leaves_traces => 1, sql => "SELECT pg_catalog.$f->{proname}(" . join(', ', @args) . ')'};
}

# Choose a function, mostly one that runs with more rights than the caller, sometimes one
# without a grant; none that only computes, whose answer for one number always differs from
# that for another.
sub a_function {
    my ($self) = @_;
    my %only  = map { $_ => 1 } $self->only(map { $_->{proname} } @{$self->{catalogue}{functions}});
    my @all   = grep { $only{$_->{proname}} && !$_->{is_pure} } @{$self->{catalogue}{functions}};
    my @may   = grep { $_->{may_execute} } @all;
    my @deep  = grep { $_->{is_definer} && $_->{proname} !~ /^my_/ } @may;
    my @other = grep { !$_->{may_execute} } @all;
    return pick(@{weighed([@deep ? 6 : 0, \@deep], [@may ? 4 : 0, \@may], [@other ? 1 : 0, \@other])});
}

sub call {
    my ($self, $f) = @_;
    local $self->{key_of_rel};
    local $self->{length} = weighed([6, 1], [2, 2], [1, 0], [1, 3]);      # of all its arrays
    my @args;
    for my $i (0 .. $#{$f->{types}}) {
        push @args, $self->argument($f->{names}[$i], $f->{types}[$i], $f->{source});
        # an argument that is a table's name decides which ids the next key has
        $self->{key_of_rel} = $1 if $f->{names}[$i] =~ /table/ && $args[-1] =~ /^'(\w+)'/ && $self->{catalogue}{ids}{$1};
    }
    return "SELECT * FROM ej.$f->{proname}(" . join(', ', @args) . ') AS x';
}

# Make an argument by its name and type; source: the source of the function.
sub argument {
    my ($self, $name, $type, $source) = @_;
    return 'NULL' if chance(0.06);
    return $self->array($name, $1, $source) if $type =~ /^(.*)\[\]$/;
    return $self->composite($type) if $self->{catalogue}{composite}{$type};
    my $harvest = $self->{harvest}{$type};
    return quote(pick(@$harvest)) if $harvest && @$harvest && chance(0.25);
    return $self->id($self->table_named($name)) if $type eq 'bigint';
    return quote($self->{digest}) if $type eq 'bytea' && chance(0.3);
    return $self->said($source) if $type eq 'jsonb' && $source =~ /jsonb_to_recordset/ && chance(0.9);
    return $self->login_name if $type eq 'text' && $name eq 'login';
    return quote(pick(sort keys %{$self->{catalogue}{table}})) if $type eq 'text' && $name =~ /table/;
    return quote(EJ::Maker::Values::random_value($type)) . "::$type";
}

sub array {
    my ($self, $name, $of, $source) = @_;
    return "'{}'::$of\[]" if chance(0.1);
    return 'ARRAY[' . join(', ', map { $self->argument($name, $of, $source) } 1 .. $self->{length}) . "]::$of\[]";
}

# Make a row of a composite type, or take an existing row.
sub composite {
    my ($self, $type) = @_;
    my ($rel) = $type =~ /^ej\.(\w+)$/;
    return "(SELECT x FROM ej.$rel AS x LIMIT 1)" if chance(0.1) && $self->{catalogue}{table}{$rel};
    return "jsonb_populate_record(NULL::$type, " . $self->object(map { [$_->[0], $self->argument(@$_, '')] } @{$self->{catalogue}{composite}{$type}}) . ')';
}

sub object {
    my ($self, @fields) = @_;
    # a bare literal has no type
    return 'jsonb_build_object(' . join(', ', map { quote($_->[0]) . ', ' . $_->[1] =~ s/^('[^']*')$/$1::text/r } @fields) . ')';
}

# Make a jsonb with the columns that the function reads by jsonb_to_recordset.
sub said {
    my ($self, $source) = @_;
    my ($columns) = $source =~ /jsonb_to_recordset\(\w+\) AS \w+\s*\(([^)]*)\)/ or return "'[]'::jsonb";
    my %of = (outcome => "'saved'", field => quote(pick('homework_text', 'due_lesson_id', 'comment')));
    return 'jsonb_build_array(' . $self->object(map { my ($name, $type) = split ' ', $_, 2; [$name, $of{$name} // $self->argument($name, $type, '')] }
            split /,\s*/, $columns) . ')';
}

# The table of whose ids an argument is one, by the argument's name.
sub table_named {
    my ($self, $name) = @_;
    my $cat = $self->{catalogue};
    return $self->{key_of_rel} if $name =~ /key/ && $self->{key_of_rel};
    (my $bare = $name) =~ s/^(?:old|new|of|for)_|_ids?\d*$|s$//g;
    return $bare if $cat->{ids}{$bare};
    $cat->{by_name} ||= {map { ($_->{col} => $_->{target}) } grep { $_->{target} } map { @{$cat->{table}{$_}{columns}} } sort keys %{$cat->{table}}};
    return $cat->{by_name}{$name} || $cat->{by_name}{"${bare}_id"} || pick(sort keys %{$cat->{ids}});
}

sub login_name {
    my ($self) = @_;
    return quote('nobody-' . int rand 100) if chance(0.2);
    return $self->hole(pick(@{$self->{catalogue}->rows('account')})->{login}, 'account', 'nobody-' . int rand 1000);
}

1;
