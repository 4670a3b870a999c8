package EJ::Figures::Course;

# Reports on the course of a term: REP-21, 22, 24, 26 (EJ::Figures).

use strict;
use warnings;
use utf8;
use EJ::Figures;
use EJ::Figures::Days ();
use EJ::Figures::Teachings ();

sub check {
    lost();
    failed();
    statistics();
    analysis();
    teachers();
    kinds();
}

# Whether a day is in the term of a class.
sub is_in_term { my ($c, $day) = @_; my $e = $class{$c} && term_of($c); return $e && $e->{a} le $day && $day le $e->{z} }

# Compare the page of the school, and those of classes.
sub compare {
    my ($report, $sum, $what, $name) = @_;
    same(upper(page("$report?term_id=$term_id", $name)), upper($sum), $what);
    for my $c (grep { $sum->{"class-$_"} && is_asked($report => $_) } map { $_->{id} } @classes) {
        same(page("$report?term_id=$term_id&class_id=$c", $name), only($sum, 'pupil', $c), "$what, $class{$c}{name}");
    }
}

# ----------------------------------------------------------- REP-21, REP-22 ----

sub lost {
    my (%sum, %made_up);
    $made_up{"$_->{lesson_id} $_->{pupil_id}"} = 1 for @marks;
    for my $a (grep { $_->{is_missed} && is_in_term($_->{class_id}, $_->{held_on}) } @absences) {
        my @line = "pupil-$a->{class_id}-$a->{pupil_id}";
        add(\%sum, $a->{class_id}, missed => 1, @line);
        add(\%sum, $a->{class_id}, with_topic => $lesson{$a->{lesson_id}}{topic} ne '' ? 1 : 0, @line);
        add(\%sum, $a->{class_id}, $made_up{"$a->{lesson_id} $a->{pupil_id}"} ? 'made_up' : 'not_made_up', 1, @line);
    }
    compare(lost => whole(\%sum, qw(missed with_topic made_up not_made_up)), 'REP-21');
}

sub failed {
    my (%sum, %passed_at);
    push @{$passed_at{"$_->{work_id} $_->{pupil_id}"}}, $_->{attempt} for grep { $_->{is_pass} } @marks;
    for my $m (grep { !$_->{is_pass} && $_->{level} ne 'exempt' } @marks) {
        my ($e) = grep { $_->{a} le $m->{held_on} && $m->{held_on} le $_->{z} } values %now;
        my $c = $e && class_on($m->{pupil_id}, $e->{z});
        next unless $c && $class{$c} && is_in_term($c, $m->{held_on});
        my @line = "pupil-$c-$m->{pupil_id}";
        my $again = grep { $_ > $m->{attempt} } @{$passed_at{"$m->{work_id} $m->{pupil_id}"} // []};
        add(\%sum, $c, failed => 1, @line), add(\%sum, $c, $again ? 'retaken' : 'open', 1, @line);
    }
    compare(failed => whole(\%sum, qw(failed retaken open)), 'REP-22');
}

# ----------------------------------------------------------------- REP-24 ----

# The marks of the present term but «осв», each in the class of its day.
my @given;
sub given {
    my $first_of = EJ::Figures::Teachings::of_classes([values %now], map { $_->{id} } @classes);
    @given = grep { my $x = $first_of->{$_->{teaching_id}}; $x && $class{$_->{class_id}} && $_->{level} ne 'exempt' && is_now($x->{class_id}, $_->{held_on}) } @marks unless @given;
    return @given;
}

sub statistics {
    for my $step ('week', 'month') {
        my %sum;
        my $to = sub { my ($day, %n) = @_; for my $line (first_of($step, $day), 'school') { $sum{$line}{$_} += $n{$_} for keys %n } };
        for my $m (given()) {
            $to->($m->{held_on}, marks => 1, passed => $m->{is_pass} ? 1 : 0, fine => $m->{is_good} ? 1 : 0, defined $m->{number} ? (total => $m->{number}, numbers => 1) : ());
        }
        my $due_on = EJ::Figures::Days::due_on();
        for my $pupil (keys %$due_on) {
            for my $day (keys %{$due_on->{$pupil}}) { $to->($day, due => $due_on->{$pupil}{$day}) if is_in_term(class_on($pupil, $day), $day) }
        }
        for my $a (grep { $_->{is_missed} && is_now($_->{class_id}, $_->{held_on}) } @absences) { $to->($a->{held_on}, missed => 1, ill => $a->{code} eq 'б' ? 1 : 0) }
        whole(\%sum, qw(marks due missed ill));
        for my $s (values %sum) {
            @$s{qw(mean pass_pct quality_pct)} = (shown(mean($s, 'total', 'numbers')), pct($s, 'passed', 'marks'), pct($s, 'fine', 'marks'));
            $s->{attendance_pct} = shown(ratio($s->{due} - $s->{missed}, $s->{due}));
            delete @$s{qw(passed fine total numbers)};
        }
        same(page("statistics?term_id=$term_id", "${step}s"), \%sum, "REP-24 by ${step}s");
    }
}

# ----------------------------------------------------------------- REP-26 ----

my %mean_of; # of a pupil and subject in the present term: the weighted sum of the marks, and the sum of weights
sub means {
    return \%mean_of if %mean_of;
    my %attempts;
    my %is_now = map { $_->{id} => 1 } values %now;
    push @{$attempts{"$_->{pupil_id} $teaching{$_->{teaching_id}}{subject_id}"}{$_->{work_id}}}, $_ for grep { defined $_->{number} && $is_now{$_->{term_id}} } @marks;
    my %outside = map { ("$_->{pupil_id} $_->{subject_id} $_->{id}" => $_) } $school->{outside_counts} eq 'counted' ? rows(q{SELECT o.id, o.pupil_id, o.subject_id, o.number, o.weight_pct, o.given_on FROM ej.outside_mark AS o
        WHERE o.school_id = 1 AND o.term_id IS NULL AND NOT o.is_void AND o.given_on <= ?}, $today) : ();
    for my $o (values %outside) {
        my ($e) = grep { $_->{a} le $o->{given_on} && $o->{given_on} le $_->{z} } values %now;
        $attempts{"$o->{pupil_id} $o->{subject_id}"}{"outside $o->{id}"} = [{%$o, attempt => 1}] if $e && $e->{term_plan_id} == ($class{class_on($o->{pupil_id}, $today)} // {term_plan_id => 0})->{term_plan_id};
    }
    for my $key (keys %attempts) {
        my ($total, $weights) = (0, 0);
        for my $work (values %{$attempts{$key}}) {
            my @numbers = map { $_->{number} } sort { $a->{attempt} <=> $b->{attempt} } @$work;
            my $counts = $school->{retake_counts} eq 'best' ? (sort { $b <=> $a } @numbers)[0] : $numbers[-1];
            $total += $counts * $work->[0]{weight_pct}, $weights += $work->[0]{weight_pct};
        }
        $mean_of{$key} = [$total, $weights] if $weights;
    }
    return \%mean_of;
}

# The marks of pupils and subjects in the terms before.
sub marks_before {
    my %before;
    for my $e (values %earlier) {
        for my $m (@{$finals{$e->{id}} // []}) {
            my $number = $scale{"$m->{scale_id} $m->{value}"}{number};
            $before{"$m->{pupil_id} $m->{subject_id}"} = $number if defined $number;
        }
    }
    return \%before;
}

# Calls back with class, pupil, subject, present mean and mark of the term before.
sub each_mean {
    my ($call) = @_;
    my ($mean, $before) = (means(), marks_before());
    for my $key (keys %{{%$mean, %$before}}) {
        my ($pupil, $subject) = split / /, $key;
        my $c = class_on($pupil, $today);
        $call->($c, $pupil, $subject, $mean->{$key}, $before->{$key}) if $class{$c} && term_of($c);
    }
}
# Half a mark or more: -1 worse, 1 better.
sub turn {
    my ($mean, $before) = @_;
    return 0 unless defined $mean && defined $before;
    my $gap = ($mean->[0] - $before * $mean->[1]) * 2;
    return $gap <= -$mean->[1] ? -1 : $gap >= $mean->[1] ? 1 : 0;
}

sub days_ago { my ($n) = @_; return value('SELECT ?::date - ?::int', $today, $n) }

# Weights and weighted sums of marks of the last fortnight, and before it.
sub trend {
    my ($m, $fortnight) = @_;
    my @key = $m->{held_on} gt $fortnight ? qw(late lates) : qw(early earlies);
    return ($key[0] => $m->{number} * $m->{weight_pct}, $key[1] => $m->{weight_pct});
}

# The means and gaps of sums; the sums themselves go.
sub gaps {
    my ($s) = @_;
    my %m = (mean => mean($s, 'total', 'numbers'), before_mean => mean($s, 'before', 'befores'), early_mean => mean($s, 'early', 'earlies'), late_mean => mean($s, 'late', 'lates'));
    @$s{keys %m} = map { shown($_) } values %m;
    @$s{qw(term_gap trend)} = (less(@m{qw(mean before_mean)}), less(@m{qw(late_mean early_mean)}));
    delete @$s{qw(total numbers before befores early earlies late lates)};
}

sub analysis {
    my (%sum);
    each_mean(sub {
        my ($c, $pupil, $subject, $mean, $before) = @_;
        my @line = "pupil-$c-$pupil";
        add(\%sum, $c, "total_$mean->[1]" => $mean->[0], @line), add(\%sum, $c, numbers => 1, @line) if defined $mean;
        add(\%sum, $c, before => $before, @line), add(\%sum, $c, befores => 1, @line) if defined $before;
        my $turn = turn($mean, $before);
        add(\%sum, $c, $turn < 0 ? 'falls' : 'rises', 1, @line) if $turn;
    });
    my $fortnight = days_ago(14);
    for my $m (grep { defined $_->{number} } given()) {
        my %n = trend($m, $fortnight);
        add(\%sum, $m->{class_id}, $_, $n{$_}, "pupil-$m->{class_id}-$m->{pupil_id}") for keys %n;
    }
    whole(\%sum, qw(falls rises));
    for my $s (values %sum) {
        for my $key (grep { /^total_/ } keys %$s) { # fractions of one denominator
            $s->{total} += Math::BigRat->new(delete $s->{$key}) / substr($key, 6);
        }
        gaps($s);
    }
    compare(analysis => \%sum, 'REP-26', 'analysis');
}

sub teachers {
    my $fortnight = days_ago(14);
    for my $set ([map { $_->{id} } @classes], map { is_asked(analysis => $_->{id}) ? [$_->{id}] : () } @classes) {
        my $of = EJ::Figures::Teachings::of_classes([values %now], @$set);
        my %is_wanted = map { $_ => 1 } @$set;
        my %sum;
        my $to = EJ::Figures::Teachings::adder(\%sum, $of);
        for my $m (grep { $of->{$_->{teaching_id}} && $is_wanted{$_->{class_id}} } given()) {
            my $t = $m->{teaching_id};
            $to->($t, marks => 1), $to->($t, passed => $m->{is_pass} ? 1 : 0), $to->($t, fine => $m->{is_good} ? 1 : 0);
            next unless defined $m->{number};
            my %n = (total => $m->{number} * $m->{weight_pct}, numbers => $m->{weight_pct}, trend($m, $fortnight));
            $to->($t, $_, $n{$_}) for keys %n;
        }
        for my $e (before(values %now)) {
            for my $m (grep { $of->{$_->{teaching_id}} && class_on($_->{pupil_id}, $e->{z}) } @{$finals{$e->{id}} // []}) {
                my $number = $scale{"$m->{scale_id} $m->{value}"}{number};
                $to->($m->{teaching_id}, before => $number // 0), $to->($m->{teaching_id}, befores => defined $number ? 1 : 0);
            }
        }
        whole(\%sum, 'marks');
        for my $s (values %sum) {
            @$s{qw(pass_pct quality_pct)} = (pct($s, 'passed', 'marks'), pct($s, 'fine', 'marks'));
            delete @$s{qw(passed fine)};
            gaps($s);
        }
        my $single = grep { /^teaching/ } keys %sum;
        $single > 400 and delete @sum{grep { /^teaching/ } keys %sum};
        same(page("analysis?term_id=$term_id" . (@$set == 1 ? "&class_id=$set->[0]" : ''), 'analysis_teachers'), \%sum, 'REP-26, teachers of ' . (@$set == 1 ? $class{$set->[0]}{name} : 'the school')) if %sum;
    }
}

sub kinds {
    my %sum;
    for my $m (given()) {
        for my $s (map { $sum{$_} //= {} } "kind-$m->{kind_id}", 'school') {
            $s->{marks}++, $s->{$m->{level}}++, $s->{passed} += $m->{is_pass} ? 1 : 0, $s->{fine} += $m->{is_good} ? 1 : 0;
            $s->{numbers}++, $s->{total} += $m->{number} if defined $m->{number};
        }
    }
    whole(\%sum, qw(marks n5 n4 n3 n2));
    for my $s (values %sum) {
        @$s{qw(pass_pct quality_pct mean)} = (pct($s, 'passed', 'marks'), pct($s, 'fine', 'marks'), shown(mean($s, 'total', 'numbers')));
        delete @$s{qw(passed fine total numbers na pass exempt)};
    }
    same(page("analysis?term_id=$term_id", 'analysis_kinds'), \%sum, 'REP-26, kinds of works');
}

1;
