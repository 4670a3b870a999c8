package EJ::Maker;

# Makes statements at random, as somebody would who can make the web role run
# any SQL and wants what is not theirs. What there is comes from EJ::Catalogue;
# which statements there are, from the modules that this one inherits from.
#
# A statement is a hash:
#   texts          run one after the other; a sub is given the last one's values
#   twin           the same with ids that never were in the place of hidden ones
#   holes          these pairs: [hidden, missing, table]
#   before         settings made first
#   how            read: gives what it gives over the copies of the rows seen;
#                  other: who asks was changed, so that no model stands; else
#                  only what comes out and what is changed is judged
#   is_granted     names nothing that is not granted
#   must_fail      is refused to everybody
#   leaves_traces  with the connection, beyond the transaction

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

# Somebody, those who may write twice as often. Most come in as the module
# does; who holds a token may also name it in the setting.
sub person {
    my ($self) = @_;
    my $p = weighed(map { [$_->{login} =~ /^(?:administrator|deputy|teacher|class-teacher|substitute|personnel)$/ ? 2 : 1, $_] }
            @{$self->{persons}});
    my $way = $p->{login} eq 'nobody' ? 'none' : $p->{login} =~ /^(?:ended|idle|blocked)$/ || chance(0.2) ? 'set' : 'enter';
    return {%$p, way_in => $way};
}

my @kinds = ([34, 'read'], [4, 'lock'], [5, 'round_about'], [13, 'insert'], [13, 'update'], [5, 'delete'],
    [4, 'gain'], [14, 'call'], [4, 'chain'], [5, 'hostile'], [3, 'system'], [4, 'forged']);

# One statement for that person. only: a pattern for tables, functions and
# hostile statements; kind: one of the above.
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

# Those of the names that were asked for; all if none is.
sub only {
    my ($self, @names) = @_;
    my @only = $self->{only} ? grep {/$self->{only}/i} @names : ();
    return @only ? @only : @names;
}

# A table that may be written or read so; where this person writes at all,
# mostly; now and then any.
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

# Its columns; only those granted where that was decided.
sub columns {
    my ($self, $t) = @_;
    return grep { !$self->{is_granted} || $_->{may_select} } @{$t->{columns}};
}

1;
