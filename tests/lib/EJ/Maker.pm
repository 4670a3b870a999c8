package EJ::Maker;

# Makes random statements of an attacker who can run any SQL as the web role and wants
# other people's data. EJ::Catalogue tells which tables and functions exist; the modules
# from which this one inherits make the statements.
#
# A statement is a hash:
#   texts          run one after the other; a sub gets the values of the one before
#   twin           the same texts with ids that never existed instead of hidden ones
#   holes          the pairs of these ids: [hidden, missing, table]
#   before         settings made first
#   how            read: must give the same rows as over the copies of the visible rows;
#                  other: the statement changes who asks, so rows cannot be compared;
#                  otherwise only its output and its changes are checked
#   is_granted     names only granted tables and columns
#   must_fail      must be refused to everybody
#   leaves_traces  leaves something in the connection after the transaction

use strict;
use warnings;
use utf8;
use EJ::Chance;
use parent qw(EJ::Maker::Values EJ::Maker::Read EJ::Maker::Write EJ::Maker::Call EJ::Maker::Hostile);

# new(catalogue => EJ::Catalogue, persons => [{login, digest, …}])
sub new {
    my ($class, %o) = @_;
    return bless {%o, n => 0}, $class;
}

# Choose a person, those with many rights twice as often, and the way to begin: as the
# module does, or by setting ej.session to the token's digest.
sub person {
    my ($self) = @_;
    my $p = weighed(map { [$_->{login} =~ /^(?:administrator|deputy|teacher|class-teacher|substitute|personnel)$/ ? 2 : 1, $_] }
            @{$self->{persons}});
    my $way = $p->{login} eq 'nobody' ? 'none' : $p->{login} =~ /^(?:ended|idle|blocked)$/ || chance(0.2) ? 'set' : 'enter';
    return {%$p, way_in => $way};
}

my @kinds = ([34, 'read'], [4, 'lock'], [5, 'round_about'], [13, 'insert'], [13, 'update'], [5, 'delete'],
    [4, 'gain'], [14, 'call'], [4, 'chain'], [5, 'hostile'], [3, 'system'], [4, 'forged']);

# Make a statement for a person. only: a pattern for the names of tables, functions and
# hostile statements; kind: one of @kinds.
sub make {
    my ($self, $person, %o) = @_;
    $self->{$_}      = $person->{$_} for qw(login digest staff_id);
    $self->{only}    = $o{only};
    $self->{holes}   = [];
    $self->{harvest} = {bigint => [], text => []};
    $self->{n}++;
    my $kind = 'make_' . ($o{kind} || weighed(@kinds));
    my $s    = $self->$kind;
    $s->{holes} = $self->{holes};
    my @texts = @{$s->{texts} || [$s->{sql}]};
    return $s if ref $texts[0];
    $s->{texts} = [$self->put(0, @texts)];
    $s->{twin}  = [$self->put(1, @texts)];
    delete $s->{twin} if "@{$s->{twin}}" eq "@{$s->{texts}}";
    return $s;
}

# The names that match {only}; all if none does.
sub only {
    my ($self, @names) = @_;
    my @only = $self->{only} ? grep {/$self->{only}/i} @names : ();
    return @only ? @only : @names;
}

# Choose a table for which the web role has a grant, mostly one in which this person may
# write; sometimes any table.
sub a_table {
    my ($self, $may) = @_;
    my $tables = $self->{catalogue}{table};
    my @names  = $self->only(sort keys %$tables);
    my @may    = grep { $tables->{$_}{"may_$may"} } @names;
    if ($may ne 'select' && chance(0.6)) {
        my $own  = $self->{own}{"$self->{login} $may"} ||= {map { $_ => 1 } $self->{catalogue}->writable($self->{login}, uc $may)};
        my @mine = grep { $own->{$_} } @may;
        @may = @mine if @mine;
    }
    return $tables->{pick(@may && ($self->{is_granted} || chance(0.93)) ? @may : @names)};
}

# The columns of a table; only the granted ones if {is_granted}.
sub columns {
    my ($self, $t) = @_;
    return grep { !$self->{is_granted} || $_->{may_select} } @{$t->{columns}};
}

1;
