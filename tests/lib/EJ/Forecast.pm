package EJ::Forecast;

# The forecast of a day by the formula of sql/objects/forecast.sql, written a second time from the tables alone.
#
#   my $forecast = EJ::Forecast->new(\&rows, $day);   # rows($sql, @values): the rows of school 1 as hashes
#   my ($mean, $deviation) = $forecast->expected($f); # of a pupil_id, subject_id, teaching_id, term_id
#   $forecast->absent($f), $forecast->fail($f), $forecast->is_risk($f)
#   $forecast->cells;                                 # all pupils and subjects with a forecast

use strict;
use warnings;
use utf8;
use POSIX ();

sub new {
    my ($class, $rows, $day) = @_;
    my $self = bless {rows => $rows, day => $day}, $class;
    ($self->{school}) = $rows->('SELECT * FROM ej.school WHERE id = 1');
    $self->_read_terms;
    $self->_read_marks;
    $self->_read_groups;
    $self->{last} = {map { ("$_->{pupil_id} $_->{subject_id} $_->{term_id}" => $_->{number}) } $rows->(q{SELECT m.pupil_id, m.subject_id, m.term_id, v.number
        FROM ej.term_mark AS m JOIN ej.scale_value AS v USING (scale_id, value) WHERE v.number IS NOT NULL})};
    $self->{planned}{$_->{teaching_id}}++ for $rows->("SELECT c.teaching_id FROM ej.control_work AS c JOIN ej.journal AS j USING (teaching_id)
        JOIN ej.term AS e ON e.id = j.term_id AND e.during @> c.held_on WHERE e.id IN ($self->{in_terms}) AND c.held_on > ?", $day);
    my ($kind) = $rows->(q{SELECT weight_pct / 100.0 AS weight FROM ej.work_kind WHERE school_id = 1 AND code = 'monitoring'});
    $self->{control} = $kind ? $kind->{weight} : 2;
    return $self;
}

sub school { return $_[0]{school} }
sub terms  { return values %{$_[0]{term}} }

sub _read_terms {
    my ($self) = @_;
    my $rows = $self->{rows};
    $self->{term} = {map { ($_->{id} => $_) } $rows->(q{SELECT e.id, lower(e.during) AS first, upper(e.during) - 1 AS last, (SELECT o.id FROM ej.term AS o WHERE o.term_plan_id = e.term_plan_id AND o.is_taught
        AND upper(o.during) <= lower(e.during) ORDER BY o.during DESC LIMIT 1) AS before FROM ej.term AS e WHERE e.school_id = 1 AND e.is_taught AND e.during @> ?::date}, $self->{day})};
    for my $e (values %{$self->{term}}) {
        my ($days) = $rows->(q{SELECT count(*) FILTER (WHERE d <= $1::date) AS gone, count(*) FILTER (WHERE d > $1::date) AS remaining FROM generate_series($2::date, $3::date, '1 day') AS d
            WHERE extract(isodow FROM d) NOT IN (6, 7) AND NOT EXISTS (SELECT FROM ej.holiday AS h WHERE h.school_id = 1 AND h.kind <> 'extra' AND d::date <@ h.during)}, $self->{day}, @$e{qw(first last)});
        $e->{rest} = $days->{remaining} / ($days->{gone} || 1);
    }
    $self->{in_terms} = join ',', keys %{$self->{term}};
}

# The marks of each pupil in a subject (own), and in a teaching (of); those brought from another school in a subject.
sub _read_marks {
    my ($self) = @_;
    my %attempts;
    push @{$attempts{"$_->{work_id} $_->{pupil_id}"}}, $_ for $self->{rows}->(qq{SELECT m.pupil_id, t.subject_id, t.id AS teaching_id, w.id AS work_id, w.weight_pct, w.control_work_id, m.attempt, v.number
          FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.journal AS j ON j.id = w.journal_id AND j.term_id IN ($self->{in_terms}) JOIN ej.teaching AS t ON t.id = j.teaching_id
          JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value WHERE v.number IS NOT NULL ORDER BY m.attempt});
    my @marks = map { $_->[-1] } values %attempts;   # the school counts the last attempt
    push @marks, $self->{rows}->(qq{SELECT o.pupil_id, o.subject_id, NULL AS teaching_id, o.weight_pct, NULL AS control_work_id, o.number FROM ej.outside_mark AS o
        WHERE o.school_id = 1 AND NOT o.is_void AND o.term_id IS NULL AND o.given_on <= ? AND EXISTS (SELECT FROM ej.term AS e WHERE e.id IN ($self->{in_terms}) AND e.during @> o.given_on)}, $self->{day})
        if $self->{school}{outside_counts} eq 'counted';
    for my $m (@marks) {
        my $weight = $m->{weight_pct} / 100;
        for my $sum ($self->{own}{"$m->{pupil_id} $m->{subject_id}"} //= {}, $m->{teaching_id} ? $self->{of}{$m->{teaching_id}}{$m->{pupil_id}} //= {} : ()) {
            $sum->{marks}++, $sum->{weight} += $weight, $sum->{total} += $weight * $m->{number}, $sum->{squares} += $weight * $m->{number} ** 2;
            $sum->{unplanned}++ unless defined $m->{control_work_id};
        }
    }
}

sub _read_groups {
    my ($self) = @_;
    for my $teaching (keys %{$self->{of}}) {
        my $g = $self->{group}{$teaching} = {};
        for my $p (values %{$self->{of}{$teaching}}) {
            $g->{$_} += $p->{$_} // 0 for qw(marks weight total unplanned);
            $g->{pupils}++;
            $g->{squares} += $p->{squares} - $p->{total} ** 2 / $p->{weight};
        }
        $g->{spread} = ($g->{squares} + 5) / ($g->{marks} - $g->{pupils} + 10);
        $g->{spread} = 0.05 if $g->{spread} < 0.05;
    }
    # how far a pupil is from the means of the groups, over all subjects
    my (%above, %weight);
    for my $teaching (keys %{$self->{of}}) {
        my $g = $self->{group}{$teaching};
        while (my ($pupil, $p) = each %{$self->{of}{$teaching}}) {
            $above{$pupil} += $p->{total} - $p->{weight} * $g->{total} / $g->{weight};
            $weight{$pupil} += $p->{weight};
        }
    }
    $self->{place} = {map { ($_ => $above{$_} / ($weight{$_} + 6)) } keys %above};
}

# The sums of a pupil in a subject, of the group, and the term.
sub _of { my ($self, $f) = @_; return ($self->{own}{"$f->{pupil_id} $f->{subject_id}"} // {}, $self->{group}{$f->{teaching_id}}, $self->{term}{$f->{term_id}}) }

# The expected mean and its deviation; an empty list without anything to compute them from.
sub expected {
    my ($self, $f) = @_;
    my ($o, $g, $e) = $self->_of($f);
    my $last = $e->{before} && $self->{last}{"$f->{pupil_id} $f->{subject_id} $e->{before}"};
    my ($k, $prior) = (0, 0);
    $k += 1.5, $prior += 1.5 * $last if defined $last;
    $k += 4, $prior += 4 * ($g->{total} / $g->{weight} + ($self->{place}{$f->{pupil_id}} // 0)) if $g;
    my ($weight, $total) = ($o->{weight} // 0, $o->{total} // 0);
    return if !($weight + $k);
    my $planned = $self->{planned}{$f->{teaching_id}} // 0;
    my $more = $e->{rest} * (($o->{unplanned} // 0) + ($g ? $g->{unplanned} / $g->{pupils} : 0)) / 2;
    my $more_weight = $more * ($g ? $g->{weight} / $g->{marks} : 1) + $planned * $self->{control};
    $more += $planned;
    return if !($weight + $more_weight);
    my $level = ($total + $prior) / ($weight + $k);
    my $spread = $g ? $g->{spread} : 0.5;
    my $share = $more_weight / ($weight + $more_weight);
    return (($total + $more_weight * $level) / ($weight + $more_weight), $more > 0 ? 0.92 * $share * sqrt($spread / ($more > 1 ? $more : 1) + $spread / ($weight + $k)) : 0);
}

# The probability that too few marks are given until the end of the term; 0 unless the pupil has less than half the
# marks that the group has in the mean.
sub absent {
    my ($self, $f) = @_;
    my ($o, $g, $e) = $self->_of($f);
    my ($mine, $theirs) = ($o->{unplanned} // 0, $g ? ($g->{unplanned} // 0) / $g->{pupils} : 0);
    my $lacking = $self->{school}{min_marks} - ($o->{marks} // 0);
    return 0 if $lacking <= 0 || $theirs < 2 || $mine * 2 >= $theirs;
    my $more = $e->{rest} * ($mine + $theirs) / 2 + ($self->{planned}{$f->{teaching_id}} // 0);
    my ($sum, $product) = (0, 1);
    for my $n (0 .. $lacking - 1) { $sum += $product; $product *= $more / ($n + 1) }
    return $sum * exp(-$more);
}

# The probability of a mark below a pass, by the normal distribution as in forecast.sql; 0 with fewer than three marks.
sub fail {
    my ($self, $f) = @_;
    my ($mean, $deviation) = $self->expected($f);
    return 0 if !defined $mean || (($self->_of($f))[0]{marks} // 0) < 3;
    my $cut = 3 - 1 + $self->{school}{round_from_pct} / 100;
    return ($mean >= $cut - 1e-9 ? 0 : 1) * (1 - $self->absent($f)) if $deviation <= 1e-9;
    my $z = ($mean - $cut) / $deviation;
    $z = $z > 6 ? 6 : $z < -6 ? -6 : $z;
    return (1 - 1 / (1 + exp(-(1.5976 * $z + 0.07056 * $z ** 3)))) * (1 - $self->absent($f));
}

sub is_risk { my ($self, $f) = @_; return $self->absent($f) >= 0.3 || $self->fail($f) >= 0.3 }

# The pupils of the day, each with the subjects of the groups that get term marks.
sub cells {
    my ($self) = @_;
    return $self->{rows}->(qq{SELECT n.pupil_id, min(n.class_id) AS class_id, t.subject_id, max(t.id) AS teaching_id, max(j.term_id) AS term_id
      FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id JOIN ej.school AS s ON s.id = c.school_id
      JOIN ej.membership AS b ON b.pupil_id = n.pupil_id AND b.during @> ?::date
      JOIN ej.study_group AS g ON g.id = b.study_group_id AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
      JOIN ej.teaching AS t ON t.study_group_id = g.id JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id IN ($self->{in_terms})
     WHERE n.school_id = 1 AND n.during @> ?::date AND NOT c.grade = ANY (s.unmarked_grades) GROUP BY n.pupil_id, t.subject_id}, ($self->{day}) x 2);
}

1;
