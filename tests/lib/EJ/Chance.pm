package EJ::Chance;

# Random choices, repeatable by srand, and SQL literals.

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(chance pick weighed quote);

sub chance { return rand() < $_[0] }
sub pick   { return $_[int rand @_] }

# Choose one of [weight, thing] …
sub weighed {
    my $sum = 0;
    $sum += $_->[0] for @_;
    my $at = rand $sum;
    for my $pair (@_) {
        return $pair->[1] if ($at -= $pair->[0]) < 0;
    }
    return $_[-1][1];
}

sub quote {
    my ($value) = @_;
    return 'NULL' unless defined $value;
    $value =~ s/'/''/g;
    return $value =~ s/\\/\\\\/g ? "E'$value'" : "'$value'";
}

1;
