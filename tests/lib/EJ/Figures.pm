package EJ::Figures;

# Figures of reports, computed from the tables alone with exact fractions, and compared with what pages show.
#
#   use EJ::Figures;
#   EJ::Figures::read_school($t);          # an EJ::Test: its classes, scales, enrolments and terms of 2026
#   my %sum;
#   add(\%sum, $class_id, 'pupils', 1);    # to the lines of class, grade, level and school
#   same(page('sizes'), whole(\%sum, 'pupils'), 'REP-07');

use strict;
use warnings;
use utf8;
use Exporter qw(import);
use Math::BigRat;
use Test::More ();

our @EXPORT = qw(rows shown ratio class_on level lines_of page same add whole median
    @classes %class %scale %enrolled @terms);
our (@classes, %class, %scale, %enrolled, @terms);
my ($t, $reader);

sub read_school {
    ($t, $reader) = ($_[0], $_[0]->login('deputy'));
    @classes = rows('SELECT id, grade, letter, name, term_plan_id FROM ej.class WHERE school_id = 1 AND year = 2026');
    %class = map { $_->{id} => $_ } @classes;
    $scale{"$_->{scale_id} $_->{value}"} = $_ for rows('SELECT * FROM ej.scale_value WHERE school_id = 1');
    # of a pupil: class, first day, day after the last
    push @{$enrolled{$_->{pupil_id}}}, $_ for rows(q{SELECT pupil_id, class_id, coalesce(lower(during), '0001-01-01') AS a,
        coalesce(upper(during), '9999-01-01') AS b FROM ej.enrolment WHERE school_id = 1 AND NOT isempty(during)});
    @terms = rows(q{SELECT e.id, e.name, e.kind, e.is_taught, e.term_plan_id, lower(e.during) AS a, upper(e.during) - 1 AS z
        FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id WHERE p.school_id = 1 AND p.year = 2026});
}

# Rows of a statement as hashes.
sub rows { my ($sql, @args) = @_; return @{$t->db->selectall_arrayref($sql, {Slice => {}}, @args)} }

# A fraction with two decimals, half up, as people write it; nothing of nothing.
sub shown {
    my ($x) = @_;
    return '' unless defined $x;
    my $cents = ($x->copy->babs * 100 + Math::BigRat->new('1/2'))->bfloor;
    my $text = sprintf '%03d', $cents->numerator;
    $text =~ s/(..)$/.$1/;
    return ($x < 0 && $cents != 0 ? '-' : '') . $text;
}
sub ratio { my ($a, $b, $by) = @_; return $b ? Math::BigRat->new($a) * ($by // 100) / Math::BigRat->new($b) : undef }

# The middle of some whole numbers, or half way between the two in the middle; nothing of nothing.
sub median {
    my @n = sort { $a <=> $b } @_;
    return @n ? ($n[$#n / 2] + $n[@n / 2]) / 2 : '';
}

# The class in which a pupil is on a day.
sub class_on {
    my ($pupil, $day) = @_;
    for (@{$enrolled{$pupil}}) { return $_->{class_id} if $_->{a} le $day && $day lt $_->{b} }
    return 0;
}

# The level of a mark, by the scale.
sub level {
    my ($m) = @_;
    my $v = $scale{"$m->{scale_id} $m->{value}"};
    return 'exempt' unless defined $v->{sou_weight};
    return 'na' if $m->{value} eq 'н/а';
    return 'n2' unless $v->{is_pass};
    return 'pass' unless defined $v->{number};
    return $v->{is_good} ? ($v->{sou_weight} >= 100 ? 'n5' : 'n4') : 'n3';
}

# The lines to which a class belongs.
sub lines_of {
    my ($c) = @_;
    my $g = $class{$c}{grade};
    return ("class-$c", "grade-$g", 'level-' . ($g < 5 ? 1 : $g < 10 ? 5 : 10), 'school');
}

# Add to the sums of the lines of a class.
sub add { my ($sum, $c, $key, $n, @more) = @_; $sum->{$_}{$key} += $n for lines_of($c), @more }
# With a nought where nothing was added.
sub whole { my ($sum, @keys) = @_; for my $s (values %$sum) { $s->{$_} //= 0 for @keys } return $sum }

# What the page shows of a table: {line}{column} = text.
sub page {
    my ($query, $name) = @_;
    my $r = $reader->get("/reports/$query");
    Test::More::is($r->status, 200, "$query opens") or return {};
    my %found;
    for my $table ($r->nodes($name ? "//table[\@name = '$name']" : '//table[1]')) {
        my @keys = map { $_->getAttribute('key') } $table->findnodes('column');
        for my $line ($table->findnodes('line')) {
            my @cells = $line->findnodes('c');
            $found{$line->getAttribute('line')}{$keys[$_]} = $cells[$_]->textContent for 0 .. $#keys;
        }
    }
    return \%found;
}

# Compare the columns that are computed here; lines that only one of both has differ, too.
sub same {
    my ($shown, $computed, $what) = @_;
    my @wrong;
    for my $line (sort { $a cmp $b } keys %{{%$shown, %$computed}}) {
        push @wrong, "$line is only " . ($shown->{$line} ? 'shown' : 'computed') and next unless $shown->{$line} && $computed->{$line};
        push @wrong, map { "$line $_: shown '" . ($shown->{$line}{$_} // 'none') . "', computed '$computed->{$line}{$_}'" }
            grep { ($shown->{$line}{$_} // 'none') ne $computed->{$line}{$_} } sort keys %{$computed->{$line}};
    }
    Test::More::cmp_ok(scalar(keys %$computed), '>', 0, "$what: there are lines");
    Test::More::is(join("\n", @wrong[0 .. ($#wrong > 8 ? 8 : $#wrong)]), '', "$what: every cell is what the tables give");
}

1;
