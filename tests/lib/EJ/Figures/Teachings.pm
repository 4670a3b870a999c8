package EJ::Figures::Teachings;

# Reports on teachings: REP-09, 10, 14, 20, 23 (EJ::Figures). A teaching of several classes counts once in a report, in
# the first of those of its classes which the report is of.

use strict;
use warnings;
use utf8;
use EJ::Figures;

my (%works, %controls_planned);

sub check {
    push @{$works{$_->{teaching_id}}}, $_ for rows(q{SELECT w.teaching_id, w.lesson_id, k.code, w.control_work_id FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
        WHERE w.school_id = 1 AND (w.control_work_id IS NOT NULL OR k.code IN ('lab', 'practical'))});
    push @{$controls_planned{$_->{teaching_id}}}, $_->{held_on} for rows('SELECT teaching_id, held_on FROM ej.control_work WHERE school_id = 1');
    my %of_grade;
    push @{$of_grade{$_->{grade}}}, $_->{id} for @classes;
    my @taught = sort grep { / taught$/ && $choice{$_}[0]{a} le $today } keys %choice;
    for my $n (0 .. $#taught) {
        my @e = @{$choice{$taught[$n]}};
        my $of = "term_id=$e[0]{id}";
        compare("teachers?$of", teachers(\@e, map { $_->{id} } @classes), "REP-09, $e[0]{name}");
        compare("journals?$of", journals(\@e, map { $_->{id} } @classes), "REP-10, $e[0]{name}");
        for my $g (sort { $a <=> $b } keys %of_grade) {
            my @c = @{$of_grade{$g}};
            compare("teachers?$of&grade=$g", teachers(\@e, @c), "REP-09, grade $g, $e[0]{name}") if is_asked(teachers => $c[0], $n, 2);
            compare("journals?$of&grade=$g", journals(\@e, @c), "REP-10, grade $g, $e[0]{name}") if is_asked(journals => $c[0], $n, 2);
        }
    }
    compare('programme', programme(map { $_->{id} } @classes), 'REP-14');
    controls();
    filling();
    for my $c (@classes) {
        compare("programme?class_id=$c->{id}", programme($c->{id}), "REP-14, $c->{name}") if is_asked(programme => $c->{id});
    }
}

# Compare a page with computed lines. Lines of single teachings are shown only if there are at most 400.
sub compare {
    my ($query, $lines, $what) = @_;
    return unless %$lines;
    my @single = grep { /^(?:teaching|work)-/ } keys %$lines;
    my %lines = %$lines;
    delete @lines{@single} if @single > 400;
    same(page($query), \%lines, $what);
}

# The teachings of these classes, each with the first of its classes among them, and the term of that class.
sub of_classes {
    my ($terms, @c) = @_;
    my %is_wanted = map { $_ => 1 } @c;
    my %term = map { $_->{term_plan_id} => $_ } @$terms;
    my %found;
    for my $x (values %teaching) {
        my ($c) = grep { $is_wanted{$_} && $term{$class{$_}{term_plan_id}} } grep { $class{$_} } @{$x->{classes}};
        $found{$x->{id}} = {%$x, class_id => $c, term => $term{$class{$c}{term_plan_id}}} if $c;
    }
    return \%found;
}

# A function that adds to the lines in which a teaching counts: its own, the teacher's, the school's.
sub adder {
    my ($sum, $of) = @_;
    return sub { my ($t, $what, $n) = @_; $sum->{$_}{$what} += $n for "teaching-$t", "staff-$of->{$t}{staff_id}", 'school' };
}

# The lessons of teachings in their terms, up to today; is_due: given, or the day is over.
my %lessons_of;
sub lessons_of {
    my ($of) = @_;
    if (!%lessons_of) {
        for my $l (grep { $_->{held_on} le $today } values %lesson) {
            push @{$lessons_of{$l->{teaching_id}}}, $l;
            $l->{is_due} = $l->{state} eq 'given' || $l->{held_on} lt $today;
        }
    }
    my @found;
    for my $x (values %$of) {
        my ($a, $z) = @{$x->{term}}{qw(a z)};
        push @found, grep { $a le $_->{held_on} && $_->{held_on} le $z } @{$lessons_of{$x->{id}} // []};
    }
    return @found;
}

# REP-09.
sub teachers {
    my ($terms, @c) = @_;
    my $of = of_classes($terms, @c);
    my %sum;
    my $to = adder(\%sum, $of);
    for my $x (values %$of) {
        my $z = $x->{term}{z};
        for my $b (@{$members{$x->{study_group_id}} // []}) { $to->($x->{id}, pupils => 1) if $b->{a} le $z && $z lt $b->{b} }
        $to->($x->{id}, controls_plan => 1) for grep { $x->{term}{a} le $_ && $_ le $z } @{$controls_planned{$x->{id}} // []};
    }
    my %given;
    for my $l (lessons_of($of)) {
        my ($t, $hours) = @$l{qw(teaching_id hours)};
        my $given = $given{$l->{id}} = $l->{state} eq 'given';
        next unless $l->{is_due};
        $to->($t, due => $hours), $to->($t, given => $given ? $hours : 0), $to->($t, lag => $given ? 0 : $hours);
    }
    for my $w (grep { $given{$_->{lesson_id}} } map { @{$works{$_} // []} } keys %$of) {
        $to->($w->{teaching_id}, controls => 1) if $w->{control_work_id};
        $to->($w->{teaching_id}, {lab => 'labs', practical => 'practicals'}->{$w->{code}} => 1) if ($w->{code} // '') =~ /^(?:lab|practical)$/;
    }
    marks_of($of, $to);
    whole(\%sum, qw(pupils n5 n4 n3 n2 na pass exempt one_3 due given lag controls_plan controls labs practicals));
    for my $s (values %sum) {
        @$s{qw(pass_pct quality_pct)} = (pct($s, 'passed', 'counted'), pct($s, 'fine', 'counted'));
        @$s{qw(sou mean)} = (shown(mean($s, 'weights', 'counted')), shown(mean($s, 'total', 'numbers')));
        delete @$s{qw(passed counted fine weights total numbers)};
        $_ += 0 for @$s{qw(due given lag)};
    }
    return \%sum;
}

# The term marks of teachings, and the pupils whose only «3» is one of them.
sub marks_of {
    my ($of, $to) = @_;
    my %of_pupil;
    for my $term (values %{{map { $_->{term}{id} => $_->{term} } values %$of}}) {
        for my $m (@{$finals{$term->{id}} // []}) {
            next unless class_on($m->{pupil_id}, $term->{z});
            my ($l, $v, $t) = (level($m), $scale{"$m->{scale_id} $m->{value}"}, $m->{teaching_id});
            push @{$of_pupil{$m->{pupil_id}}{$l}}, $t;
            next unless $of->{$t} && $of->{$t}{term}{id} == $term->{id};
            $to->($t, $l => 1);
            next if $l eq 'exempt';
            $to->($t, counted => 1), $to->($t, weights => $v->{sou_weight}), $to->($t, passed => $v->{is_pass} ? 1 : 0), $to->($t, fine => $v->{is_good} ? 1 : 0);
            $to->($t, total => $v->{number}), $to->($t, numbers => 1) if defined $v->{number};
        }
    }
    for my $p (values %of_pupil) { $to->($p->{n3}[0], one_3 => 1) if @{$p->{n3} // []} == 1 && !$p->{n2} && !$p->{na} && $of->{$p->{n3}[0]} }
}

# REP-10.
sub journals {
    my ($terms, @c) = @_;
    my $of = of_classes($terms, @c);
    my %sum;
    my $to = adder(\%sum, $of);
    for my $l (grep { $_->{is_due} && $_->{state} ne 'cancelled' } lessons_of($of)) {
        my %has = (topic => $l->{topic} ne '', attendance => defined $l->{delay}, homework => $l->{homework});
        $to->($l->{teaching_id}, due => 1);
        $to->($l->{teaching_id}, ($has{$_} ? '' : 'no_') . $_ => 1) for keys %has;
        $to->($l->{teaching_id}, whole => 1) unless grep { !$_ } values %has;
    }
    for my $m (grep { $of->{$_->{teaching_id}} } @marks) {
        my $e = $of->{$m->{teaching_id}}{term};
        $to->($m->{teaching_id}, marks => 1) if $e->{a} le $m->{held_on} && $m->{held_on} le $e->{z} && $m->{held_on} le $today;
    }
    my %days = %{days_of($of)};
    for my $line (keys %days) { $sum{$line}{"${_}_days"} = keys %{$days{$line}{$_}} for keys %{$days{$line}} }
    whole(\%sum, qw(due topic attendance homework whole no_topic no_attendance no_homework marks teacher_days family_days));
    $_->{whole_pct} = pct($_, 'whole', 'due') for values %sum;
    return \%sum;
}

# The days on which teachers, and families of their pupils, used the journal, by line.
my (%seen, %family);
sub days_of {
    my ($of) = @_;
    read_visits() unless %seen;
    my %days;
    for my $x (values %$of) {
        my ($a, $z) = @{$x->{term}}{qw(a z)};
        my $to = sub { my ($who, @on) = @_; $days{$_->[0]}{$who}{$_->[1]} = 1 for map { my $on = $_; map { [$_, $on] } "teaching-$x->{id}", "staff-$x->{staff_id}", 'school' } grep { $a le $_ && $_ le $z && $_ le $today } @on };
        $to->(teacher => keys %{$seen{"staff $x->{staff_id}"} // {}});
        for my $b (@{$members{$x->{study_group_id}} // []}) { $to->(family => grep { $b->{a} le $_ && $_ lt $b->{b} } keys %{$family{$b->{pupil_id}} // {}}) }
    }
    return \%days;
}

# The days on which each teacher («staff 7») used the journal, and on which the family of each pupil did: the pupil, or
# who was a guardian on that day.
sub read_visits {
    my %of_person;
    $of_person{$_->{person_id}}{$_->{seen_on}} = 1 for rows('SELECT a.person_id, v.seen_on FROM ej.visit AS v JOIN ej.account AS a ON a.id = v.account_id');
    $seen{"staff $_->{id}"} = $of_person{$_->{person_id}} // {} for rows('SELECT id, person_id FROM ej.staff WHERE school_id = 1');
    for my $p (rows(q{SELECT id, person_id, date '0001-01-01' AS a, date '9999-01-01' AS b FROM ej.pupil WHERE school_id = 1 UNION ALL
            SELECT w.pupil_id, g.person_id, coalesce(lower(w.during), '0001-01-01'), coalesce(upper(w.during), '9999-01-01') FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id WHERE w.school_id = 1})) {
        $family{$p->{id}}{$_} = 1 for grep { $p->{a} le $_ && $_ lt $p->{b} } keys %{$of_person{$p->{person_id}} // {}};
    }
}

# REP-14.
my (%curriculum, %weeks, %class_group, %plan_of, %plan_rows, %covers, %hours_week);
sub read_plans {
    %curriculum = map { ("$_->{study_group_id} $_->{subject_id}" => $_->{hours_week}) } rows('SELECT study_group_id, subject_id, hours_week FROM ej.curriculum');
    %weeks = map { ($_->{grade} => $_->{weeks}) } rows('SELECT grade, weeks FROM ej.grade_norm WHERE school_id = 1');
    %class_group = map { ($_->{class_id} => $_->{id}) } rows(q{SELECT x.class_id, min(g.id) AS id FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class' GROUP BY 1});
    %plan_of = map { ($_->{teaching_id} => $_->{plan_id}) } rows('SELECT teaching_id, plan_id FROM ej.plan_use');
    push @{$plan_rows{$_->{plan_id}}}, $_ for rows(q{SELECT id, plan_id, hours, kind IN ('control', 'laboratory', 'practical') AS is_work FROM ej.plan_row});
    push @{$covers{"$_->{teaching_id} $_->{plan_row_id}"}}, $_->{goes_on} ? 0 : 1 for rows('SELECT teaching_id, plan_row_id, goes_on FROM ej.plan_given');
    push @{$covers{"$_->{teaching_id} $_->{plan_row_id}"}}, 'skipped' for rows('SELECT teaching_id, plan_row_id FROM ej.plan_skip');
    %hours_week = map { ($_->{id} => $_->{hours_week}) } rows('SELECT id, hours_week FROM ej.teaching WHERE school_id = 1 AND year = 2026');
}

sub programme {
    my (@c) = @_;
    read_plans() unless %hours_week;
    my $of = of_classes([map { {%$_, a => '0001-01-01', z => '9999-12-31'} } @terms], @c);
    my %sum;
    my $to = adder(\%sum, $of);
    my %due;
    for my $l (grep { $_->{is_due} } lessons_of($of)) {
        $due{$l->{teaching_id}} += $l->{hours};
        $to->($l->{teaching_id}, given => $l->{hours}), $to->($l->{teaching_id}, replaced => $l->{is_substitute} ? 1 : 0) if $l->{state} eq 'given';
    }
    for my $x (values %$of) {
        my ($t, $due) = ($x->{id}, $due{$x->{id}} // 0);
        my ($c) = @{$x->{classes}};
        my $hours = $curriculum{"$x->{study_group_id} $x->{subject_id}"} // $curriculum{($class_group{$c} // 0) . " $x->{subject_id}"} // $hours_week{$t};
        $to->($t, due => $due), $to->($t, norm => $hours * ($weeks{$class{$c}{grade}} // 34));
        my @rows = @{$plan_rows{$plan_of{$t} // 0} // []} or next;
        my ($plan, $covered) = (0, 0);
        for my $r (@rows) {
            my @given = @{$covers{"$t $r->{id}"} // []};
            my $is_skipped = grep { $_ eq 'skipped' } @given;
            @given = grep { $_ ne 'skipped' } @given;
            my $n = 0;
            $n += $_ for @given;
            $plan += $r->{hours}, $covered += $is_skipped || $n > $r->{hours} ? $r->{hours} : $n;
            $to->($t, works => 1), $to->($t, works_given => @given ? 1 : 0) if $r->{is_work};
        }
        my $now = $due < $plan ? $due : $plan;
        $to->($t, plan => $plan), $to->($t, covered => $covered), $to->($t, lag => $now - $covered), $to->($t, cover_due => $now);
    }
    whole(\%sum, qw(norm plan due given replaced covered lag works works_given));
    for my $s (values %sum) {
        $s->{done_pct} = pct($s, 'covered', 'cover_due');
        delete $s->{cover_due};
        $_ += 0 for @$s{qw(norm plan due given covered lag)};
    }
    return \%sum;
}

# REP-20: the last attempt at each control work.
sub controls {
    my (%last, %term_mark);
    for my $term (values %now) { $term_mark{"$_->{pupil_id} $_->{subject_id} $term->{id}"} = $scale{"$_->{scale_id} $_->{value}"} for @{$finals{$term->{id}} // []} }
    for my $m (grep { $_->{is_control} } @marks) {
        my $l = $last{$m->{work_id}}{$m->{pupil_id}};
        $last{$m->{work_id}}{$m->{pupil_id}} = $m if !$l || $l->{attempt} < $m->{attempt};
    }
    for my $set ([map { $_->{id} } @classes], map { is_asked(controls => $_->{id}) ? [$_->{id}] : () } @classes) {
        my $of = of_classes([values %now], @$set);
        my %sum;
        for my $m (grep { $of->{$_->{teaching_id}} && is_now($of->{$_->{teaching_id}}{class_id}, $_->{held_on}) } map { values %$_ } values %last) {
            my $final = $term_mark{"$m->{pupil_id} $teaching{$m->{teaching_id}}{subject_id} $m->{term_id}"};
            my $than = $final && defined $final->{number} && defined $m->{number} ? $final->{number} <=> $m->{number} : 0;
            for my $s (map { $sum{$_} //= {} } "work-$m->{teaching_id}-$m->{work_id}", 'school') {
                $s->{wrote}++, $s->{$m->{level}}++, $s->{passed} += $m->{is_pass} ? 1 : 0, $s->{fine} += $m->{is_good} ? 1 : 0;
                $s->{numbers}++, $s->{total} += $m->{number} if defined $m->{number};
                $s->{$than > 0 ? 'above' : 'below'}++ if $than;
            }
        }
        whole(\%sum, qw(wrote n5 n4 n3 n2 above below));
        for my $s (values %sum) {
            @$s{qw(pass_pct quality_pct mean)} = (pct($s, 'passed', 'wrote'), pct($s, 'fine', 'wrote'), shown(mean($s, 'total', 'numbers')));
            delete @$s{qw(passed fine total numbers na pass exempt)};
        }
        compare("controls?term_id=$term_id" . (@$set == 1 ? "&class_id=$set->[0]" : ''), \%sum, 'REP-20, ' . (@$set == 1 ? $class{$set->[0]}{name} : 'school'));
    }
}

# REP-23.
sub filling {
    my %is_unmarked = map { $_ => 1 } @{$school->{unmarked_grades}};
    for my $set ([map { $_->{id} } @classes], map { is_asked(filling => $_->{id}) ? [$_->{id}] : () } @classes) {
        my $of = of_classes([values %now], @$set);
        my %sum;
        for my $l (grep { $_->{is_due} && $_->{state} ne 'cancelled' } lessons_of($of)) {
            my $x = $of->{$l->{teaching_id}};
            my $filled = $l->{topic} ne '' && defined $l->{delay} && ($l->{homework} || $is_unmarked{$class{$x->{class_id}}{grade}});
            for my $s (map { $sum{$_} //= {} } lines_of($x->{class_id}), "subject-$x->{class_id}-$x->{subject_id}") {
                $s->{due}++, $s->{$filled ? 'filled' : 'unfilled'}++;
                $s->{on_time}++ if $filled && $l->{delay} <= $school->{fill_days};
                push @{$s->{delays}}, $l->{delay} < 0 ? 0 : $l->{delay} if $filled;
            }
        }
        whole(\%sum, qw(due filled unfilled on_time));
        for my $s (values %sum) {
            @$s{qw(filled_pct on_time_pct delay)} = (pct($s, 'filled', 'due'), pct($s, 'on_time', 'due'), median(@{$s->{delays} // []}));
            delete $s->{delays};
        }
        if (@$set == 1) {
            same(page("filling?term_id=$term_id&class_id=$set->[0]"), only(\%sum, 'subject', $set->[0]), "REP-23, $class{$set->[0]}{name}") if %sum;
        }
        else {
            same(upper(page("filling?term_id=$term_id")), upper(\%sum), 'REP-23');
        }
    }
    return;
}

1;
