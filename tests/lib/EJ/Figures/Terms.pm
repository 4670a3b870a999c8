package EJ::Figures::Terms;

# Reports on term marks: REP-08, 11, 13, 18, 19, 29, 30 (EJ::Figures).

use strict;
use warnings;
use utf8;
use EJ::Figures;
use EJ::Figures::Days ();

my @LEVELS = qw(n5 n4 n3 n2 na pass exempt);
my @GROUPS = qw(excellent good one_4 fair one_3 failing absent);

# For each choice of terms that a page shows together: the page of the school, and, if it has term marks, those of classes.
sub check {
    my @taught = sort grep { / taught$/ } keys %choice;
    for my $key (sort keys %choice) {
        my @e = @{$choice{$key}};
        my $sum = sums(@e);
        next unless grep { $_->{pupils} } values %$sum;
        my $school = school($sum, before(@e));
        same(page("school?term_id=$e[0]{id}"), $school, "REP-13, $e[0]{name}");
        next unless $e[0]{a} le $today && grep { $_->{counted} } values %$sum;
        my ($nth) = grep { $taught[$_] eq $key } 0 .. $#taught;
        for my $c (sort { $a <=> $b } map { /^class-(\d+)$/ } grep { $sum->{$_}{pupils} } keys %$sum) {
            classes($sum, $school, $c, $nth, \@e);
        }
        mastery($nth, @e);
    }
    sheets();
    years();
}

# The pages of one class.
sub classes {
    my ($sum, $school, $c, $nth, $terms) = @_;
    my $e = $terms->[0];
    my $of = "term_id=$e->{id}&class_id=$c";
    my $what = "$class{$c}{name}, $e->{name}";
    my @when = defined $nth ? ($nth, 2) : ();
    my %is_asked = map { $_ => is_asked($_, $c, @when) } qw(results quality leader);
    my $by_group = $is_asked{results} || $is_asked{leader} ? results($sum, $c, $terms) : {};
    same(page("results?$of"), $by_group, "REP-08, $what") if $is_asked{results};
    my $of_subject = $is_asked{quality} || $is_asked{leader} ? quality($sum, $c) : {};
    same(page("quality?$of"), $of_subject, "REP-18, $what") if $is_asked{quality};
    return unless $is_asked{leader};
    same(page("leader?$of", 'movement'), only(EJ::Figures::Days::movement(@$terms), 'none', $c), "REP-11, $what, movement");
    same(page("leader?$of", 'school'), only($school, 'none', $c), "REP-11, $what, school");
    same(page("leader?$of", 'results'), $by_group, "REP-11, $what, results");
    same(page("leader?$of", 'quality'), $of_subject, "REP-11, $what, quality");
    same(page("leader?$of", 'attendance'), only(EJ::Figures::Days::attendance(@$terms), 'pupil', $c), "REP-11, $what, attendance");
}

# The sums of each line, counted once: numbers of pupils by group, of marks by level, of lessons missed.
my %sums;
sub sums { return $sums{join ' ', map { $_->{id} } @_} //= sums_of(@_) }
sub sums_of {
    my %sum;
    for my $e (@_) {
        my %by_pupil;
        for my $m (@{$finals{$e->{id}} // []}) {
            my $c = class_on($m->{pupil_id}, $e->{z});
            next unless $class{$c};
            my ($v, $l) = ($scale{"$m->{scale_id} $m->{value}"}, level($m));
            $by_pupil{$m->{pupil_id}}{$l}++;
            for my $s (map { $sum{$_} //= {} } lines_of($c), "subject-$c-$m->{subject_id}", "pupil-$c-$m->{pupil_id}") {
                $s->{$l}++;
                next if $l eq 'exempt';
                $s->{counted}++, $s->{weights} += $v->{sou_weight}, $s->{passed} += $v->{is_pass} ? 1 : 0, $s->{fine_marks} += $v->{is_good} ? 1 : 0;
                $s->{numbers}++, $s->{total} += $v->{number} if defined $v->{number};
            }
        }
        for my $pupil (keys %enrolled) {
            my $c = class_on($pupil, $e->{z});
            next unless $class{$c} && $class{$c}{term_plan_id} == $e->{term_plan_id};
            group($_, %{$by_pupil{$pupil} // {}}) for map { $sum{$_} //= {} } lines_of($c), "pupil-$c-$pupil";
        }
        missed(\%sum, $e);
    }
    return \%sum;
}

# Count a pupil with so many marks of each level in a line.
sub group {
    my ($s, %n) = @_;
    %n = ((map { $_ => 0 } @LEVELS), %n);
    my $group = $n{n2} ? 'failing' : $n{na} ? 'absent' : $n{n3} ? 'fair' : $n{n4} ? 'good' : $n{n5} ? 'excellent' : '';
    $s->{pupils}++;
    $s->{$group}++ if $group;
    $s->{one_4}++ if $group eq 'good' && $n{n4} == 1;
    $s->{one_3}++ if $group eq 'fair' && $n{n3} == 1;
    return unless grep { $n{$_} } qw(n5 n4 n3 n2 na pass);
    $s->{rated}++;
    $s->{passing}++ unless $n{n2} || $n{na};
    $s->{fine}++ if $group eq 'good' || $group eq 'excellent';
}

# Count the lessons missed in a term, by class and subject (missed); and by pupil those of pupils who are still in the
# class on the last day (kept).
sub missed {
    my ($sum, $e) = @_;
    my %reason = ('б' => 'ill', 'у' => 'valid', 'п' => 'unjustified');
    for my $a (grep { $_->{is_missed} && $e->{a} le $_->{held_on} && $_->{held_on} le $e->{z} } @absences) {
        my $c = $a->{class_id};
        next unless $class{$c} && $class{$c}{term_plan_id} == $e->{term_plan_id};
        for my $s (map { $sum->{$_} //= {} } lines_of($c), "subject-$c-$teaching{$a->{teaching_id}}{subject_id}") {
            $s->{missed}++, $s->{"missed_" . ($reason{$a->{code}} // 'unexplained')}++;
        }
        my ($n) = grep { $_->{a} le $a->{held_on} && $a->{held_on} lt $_->{b} } @{$enrolled{$a->{pupil_id}}};
        next unless $e->{z} lt $n->{b};
        for my $s (map { $sum->{$_} //= {} } lines_of($c), "pupil-$c-$a->{pupil_id}") {
            $s->{kept}++, $s->{kept_ill} += $a->{code} eq 'б' ? 1 : 0;
        }
    }
}

# The figures of REP-13 made of the sums of some terms, with the change since the terms before.
sub school {
    my ($sum, @before) = @_;
    my $earlier = sums(@before);
    my %lines;
    for my $line (grep { /^(?:class|grade|level|school)/ && ($sum->{$_}{pupils} || $sum->{$_}{counted}) } keys %$sum) {
        my ($s, $then) = ($sum->{$line}, $earlier->{$line} // {});
        $lines{$line} = {(map { $_ => $s->{$_} // 0 } qw(pupils rated), @GROUPS),
            pass_pct => pct($s, 'passing', 'rated'), quality_pct => pct($s, 'fine', 'rated'),
            sou => shown(mean($s, 'weights', 'counted')), mean => shown(mean($s, 'total', 'numbers')), @before ? (
            mean_change => less(mean($s, 'total', 'numbers'), mean($then, 'total', 'numbers')),
            quality_change => less(ratio($s->{fine} // 0, $s->{rated}), ratio($then->{fine} // 0, $then->{rated}))) : ()};
    }
    return \%lines;
}

# REP-08 of a class.
sub results {
    my ($sum, $c, $terms) = @_;
    my %lines;
    for my $line (grep { /^(?:pupil-$c-|class-$c$)/ } keys %$sum) {
        my $s = $sum->{$line};
        $lines{$line} = {(map { $_ => $s->{$_} // 0 } @GROUPS), missed => $s->{kept} // 0, ill => $s->{kept_ill} // 0, mean => shown(mean($s, 'total', 'numbers'))};
    }
    for my $e (@$terms) {
        for my $m (@{$finals{$e->{id}} // []}) {
            my $line = "pupil-$c-$m->{pupil_id}";
            $lines{$line}{"subject-$m->{subject_id}"} = $m->{value} if class_on($m->{pupil_id}, $e->{z}) == $c && $lines{$line};
        }
    }
    return \%lines;
}

# REP-18 of a class.
sub quality {
    my ($sum, $c) = @_;
    my %lines;
    for my $line (grep { /^(?:subject-$c-|class-$c$)/ } keys %$sum) {
        my $s = $sum->{$line};
        $lines{$line} = {(map { $_ => $s->{$_} // 0 } @LEVELS, 'missed'), (map { $_ => $s->{"missed_$_"} // 0 } qw(ill valid unjustified unexplained)),
            pass_pct => pct($s, 'passed', 'counted'), quality_pct => pct($s, 'fine_marks', 'counted'),
            sou => shown(mean($s, 'weights', 'counted')), mean => shown(mean($s, 'total', 'numbers'))};
    }
    return \%lines;
}

# REP-19: the passes, of the subjects in which the class has term marks.
sub mastery {
    my ($nth, @e) = @_;
    my %sum;
    for my $e (@e) {
        my (%subjects, %is_pass);
        for my $m (@{$finals{$e->{id}} // []}) {
            $subjects{class_on($m->{pupil_id}, $e->{z})}{$m->{subject_id}} = 1;
            $is_pass{"$m->{pupil_id} $m->{subject_id}"} = $scale{"$m->{scale_id} $m->{value}"}{is_pass};
        }
        for my $pupil (keys %enrolled) {
            my $c = class_on($pupil, $e->{z});
            next unless $class{$c} && $class{$c}{term_plan_id} == $e->{term_plan_id};
            for my $subject (keys %{$subjects{$c} // {}}) {
                my @lines = ("subject-$c-$subject", "pupil-$c-$pupil");
                add(\%sum, $c, places => 1, @lines), add(\%sum, $c, passed => $is_pass{"$pupil $subject"} ? 1 : 0, @lines);
            }
        }
    }
    $_->{mastery_pct} = pct($_, 'passed', 'places') for values %sum;
    my $of = "term_id=$e[0]{id}";
    same(upper(page("mastery?$of")), upper(\%sum), "REP-19, $e[0]{name}");
    for my $c (grep { $sum{"class-$_"} && is_asked(mastery => $_, defined $nth ? ($nth, 2) : ()) } map { $_->{id} } @classes) {
        same(page("mastery?$of&class_id=$c", 'mastery'), only(\%sum, 'subject', $c), "REP-19, $class{$c}{name}, $e[0]{name}, subjects");
        same(page("mastery?$of&class_id=$c", 'mastery_pupils'), only(\%sum, 'pupil', $c), "REP-19, $class{$c}{name}, $e[0]{name}, pupils");
    }
}

# REP-29: the marks of all terms of the year.
sub sheets {
    my %sheet;
    for my $c (map { $_->{id} } @classes) {
        for my $e (grep { $_->{term_plan_id} == $class{$c}{term_plan_id} } @terms) {
            for my $m (@{$finals{$e->{id}} // []}) {
                $sheet{$c}{"term-$c-$m->{pupil_id}-$e->{id}"}{"subject-$m->{subject_id}"} = $m->{value} if class_on($m->{pupil_id}, $e->{z}) == $c;
            }
        }
    }
    for my $report ('finals', 'pairs') {
        same(page("$report?class_id=$_"), $sheet{$_}, "REP-29, $class{$_}{name}, $report") for grep { is_asked($report, $_) } sort { $a <=> $b } keys %sheet;
    }
}

# REP-30: the mark of each year or, where there is one, the final one.
sub years {
    my %class_of = map { $_->{id} => $_ } rows('SELECT id, year, grade FROM ej.class WHERE school_id = 1');
    my %best;
    for my $m (rows(q{SELECT m.pupil_id, m.subject_id, m.scale_id, m.value, e.kind, upper(e.during) - 1 AS z FROM ej.term_mark AS m JOIN ej.term AS e ON e.id = m.term_id
            WHERE m.school_id = 1 AND m.value IS NOT NULL AND e.kind IN ('year', 'final') ORDER BY e.kind DESC})) {
        my $then = $class_of{class_on($m->{pupil_id}, $m->{z})} or next;
        $best{$m->{pupil_id}}{$then->{year}}{$m->{subject_id}} = {%$m, grade => $then->{grade}}; # «final» after «year»: it is the first in the alphabet
    }
    my %of_class;
    for my $pupil (keys %best) {
        my $c = class_on($pupil, $today);
        next unless $class{$c};
        for my $year (keys %{$best{$pupil}}) {
            for my $m (values %{$best{$pupil}{$year}}) {
                my $v = $scale{"$m->{scale_id} $m->{value}"};
                my $stage = $m->{grade} < 5 ? 1 : $m->{grade} < 10 ? 5 : 10;
                $of_class{$c}{years}{"year-$c-$pupil-$year"}{"subject-$m->{subject_id}"} = $m->{value};
                for my $s (map { $of_class{$c}{sums}{$_} //= {} } "pupil-$c-$pupil", "class-$c") {
                    $s->{"marks_$stage"} += level($m) ne 'exempt' ? 1 : 0, $s->{"fine_$stage"} += $v->{is_good} ? 1 : 0;
                    $s->{"total_$stage"} += $v->{number}, $s->{"numbers_$stage"}++ if defined $v->{number};
                }
            }
        }
    }
    for my $c (grep { is_asked(progress => $_) } sort { $a <=> $b } keys %of_class) {
        for my $s (values %{$of_class{$c}{sums}}) {
            for my $n (1, 5, 10) {
                $s->{"marks_$n"} //= 0;
                @$s{"mean_$n", "quality_$n"} = (shown(mean($s, "total_$n", "numbers_$n")), pct($s, "fine_$n", "marks_$n"));
            }
            delete @$s{grep { /^(?:fine|total|numbers)_/ } keys %$s};
        }
        same(page("progress?class_id=$c", 'progress'), $of_class{$c}{sums}, "REP-30, $class{$c}{name}");
        same(page("progress?class_id=$c", 'progress_years'), $of_class{$c}{years}, "REP-30, $class{$c}{name}, years");
    }
    return;
}

1;
