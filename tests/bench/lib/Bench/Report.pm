package Bench::Report;

# The figures: kept round by round, printed as a table, written as
# build/bench.tsv (measure, value, target, ok).

use strict;
use warnings;

sub new { return bless {rounds => {}, lines => []}, $_[0] }

# One figure of one round.
sub add {
    my ($self, $measure, $value) = @_;
    push @{$self->{rounds}{$measure}}, $value;
}

sub median {
    my (@values) = sort { $a <=> $b } @_;
    return undef unless @values;    # in lists too
    return ($values[$#values / 2] + $values[@values / 2]) / 2;
}

sub value { return median(@{$_[0]{rounds}{$_[1]} || []}) }

# The ratio of two measures: the median of the rounds' ratios, since what
# disturbs a machine disturbs neighbours in time alike.
sub ratio {
    my ($self, $of, $to) = @_;
    my ($above, $below) = @{$self->{rounds}}{$of, $to};
    return undef unless $above && $below;
    return median(map { $above->[$_] / $below->[$_] } 0 .. ($#$above < $#$below ? $#$above : $#$below));
}

# A line of the report; target is like '>= 0.35', or nothing.
sub line {
    my ($self, $measure, $value, $format, $target) = @_;
    return unless defined $value;
    my $text = sprintf $format, $value;
    my $ok   = '';
    if ($target) {
        my ($than, $limit) = $target =~ /^([<>]=?) ([\d.]+)$/ or die "no target: $target\n";
        $ok = ($than eq '>=' ? $value >= $limit : $than eq '<' ? $value < $limit : $value <= $limit) ? 'yes' : 'no';
    }
    push @{$self->{lines}}, [$measure, $text, $target // '', $ok];
}

sub missed { return grep { $_->[3] eq 'no' } @{$_[0]{lines}} }

sub print_lines {
    my ($self) = @_;
    printf "  %-44s %10s  %-9s %s\n", 'measure', 'value', 'target', 'ok';
    printf "  %-44s %10s  %-9s %s\n", @$_ for @{$self->{lines}};
}

sub write_tsv {
    my ($self, $name) = @_;
    open my $out, '>:encoding(UTF-8)', "$name.new" or die "$name: $!\n";
    print $out join("\t", @$_) . "\n" for ['measure', 'value', 'target', 'ok'], @{$self->{lines}};
    close $out or die "$name: $!\n";
    rename "$name.new", $name or die "$name: $!\n";
}

1;
