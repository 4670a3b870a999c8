package EJ::Maker::Values;

# Makes values for EJ::Maker: ids of visible, hidden and missing rows; values of existing
# rows; random values.

use strict;
use warnings;
use utf8;
use EJ::Chance;

# Choose an id of a table, as a literal.
sub id {
    my ($self, $rel) = @_;
    my $cat    = $self->{catalogue};
    my $seen   = $cat->{seen}{$self->{login}}{$rel} || [];
    my $hidden = $cat->{hidden}{$self->{login}}{$rel} || [];
    my $sort   = weighed([@$seen ? 5 : 0, 'seen'], [@$hidden ? 4 : 0, 'hidden'], [0.6, 'missing']);
    return quote($self->{staff_id}) if $rel eq 'staff' && defined $self->{staff_id} && chance(0.35);
    return quote(pick(@$seen)) if $sort eq 'seen';
    return quote($cat->missing_id($rel, int rand 1000)) if $sort eq 'missing';
    return $self->hole(pick(@$hidden), $rel);
}

# Make a placeholder for a hidden value. In the twin it is replaced by a missing value,
# the same one everywhere in the statement.
sub hole {
    my ($self, $value, $rel, $missing) = @_;
    my $holes = $self->{holes};
    my ($n) = grep { $holes->[$_][0] eq $value } 0 .. $#$holes;
    unless (defined $n) {
        $n = @$holes;
        push @$holes, [$value, $missing // $self->{catalogue}->missing_id($rel, 1000 * $n + int rand 1000), $rel];
    }
    return "'\x01$n\x02'";
}

# The value of a column of an existing row, as a literal; a hidden id becomes a
# placeholder.
sub hole_of {
    my ($self, $c, $value) = @_;
    return quote($value) unless $c->{target} && defined $value;
    my $hidden = $self->{catalogue}{is_hidden}{$self->{login}}{$c->{target}} ||=
        {map { $_ => 1 } @{$self->{catalogue}{hidden}{$self->{login}}{$c->{target}}}};
    return $hidden->{$value} ? $self->hole($value, $c->{target}) : quote($value);
}

# Fill the placeholders: 0 with hidden values, 1 with missing ones.
sub put {
    my ($self, $n, @texts) = @_;
    s/\x01(\d+)\x02/$self->{holes}[$1][$n]/g for @texts;
    return wantarray ? @texts : $texts[0];
}

# Make a value for a column, as a literal.
sub value {
    my ($self, $c) = @_;
    return 'NULL' if chance(0.05);
    # a value of a row that the person may write probably fits the other values
    my $fit = $self->{catalogue}->rows($c->{rel}, $self->{login}, 'INSERT');
    return $self->hole_of($c, pick(@$fit)->{$c->{col}}) if @$fit && chance(0.4);
    return $self->id($c->{target}) if $c->{target} && chance(0.85);
    my $rows = $self->{catalogue}->rows($c->{rel});
    return quote(pick(@$rows)->{$c->{col}}) if @$rows && chance(0.7);
    return quote(random_value($c->{base}));
}

my @words = ('', 'а', 'Тест', '5', '2', 'н', 'б', 'о', 'осв', 'н/а', 'given', 'set', 'cancelled', 'administrator', 'mark', 'account');
sub day { return sprintf '2026-%02d-%02d', 8 + int rand 5, 1 + int rand 28 }
my @of_type = (
    [qr/int|numeric|double|^xid|^oid/ => sub { pick(-1, 0, 1, 2, 3, 5, 7, 9, 11, 100, 2026) }],
    [qr/^boolean/   => sub { pick('t', 'f') }],
    [qr/^date$/     => sub { pick(day(), day(), 'infinity', '2026-11-20') }],
    [qr/^daterange/ => sub { '[' . day() . ',)' }],
    [qr/^timestamp/ => sub { pick('now', '2026-11-20 10:00') }],
    [qr/^tsrange/   => sub {'[2026-11-20 09:00,2026-11-20 09:40)'}],
    [qr/^time/      => sub { pick('08:00', '23:00') }],
    [qr/^inet/      => sub { pick('192.0.2.7', '10.0.0.1') }],
    [qr/^uuid/      => sub { sprintf '00000000-0000-4000-8000-%012d', rand 1000 }],
    [qr/^bytea/     => sub { '\\x' . join '', map { sprintf '%02x', rand 256 } 1 .. 32 }],
    [qr/^json/      => sub { pick('{}', '[]', 'null', '{"a": 1}') }],
    [qr/^interval/  => sub {'1 hour'}],
);

# Make a random value of a type, as text.
sub random_value {
    my ($type) = @_;
    return '{' . join(',', map { random_value($1) } 1 .. int rand 3) . '}' if $type =~ /^(.*)\[\]$/;
    my ($of) = grep { $type =~ $_->[0] } @of_type;
    return $of ? $of->[1]->() : pick(@words);
}

1;
