#!/usr/bin/perl
# reports_oracle_course.t: the same as reports_oracle.t for reports of the course of a term: control works, lessons missed,
# marks below a pass, filling, statistics, analysis, monitoring, decisions, results of all years.
use lib 'tests/lib';
use EJ::Test;
use EJ::Figures;
use XML::LibXML;

my $t = EJ::Test->new($ENV{EJ_QUICK} ? (today => '2026-11-20') : (seed => 'demo'));
EJ::Figures::read_school($t);
my $today = $t->value('SELECT ej.today(1)');
sub before { my ($day, $n) = @_; return $t->value('SELECT ?::date - ?::int', $day, $n) }

# ------------------------------------------------------------------ tables ----

my %teaching = map { $_->{id} => $_ } rows(q{SELECT DISTINCT ON (t.id) t.id, t.staff_id, t.study_group_id, t.subject_id, c.id AS class_id, c.grade, c.term_plan_id
    FROM ej.teaching AS t JOIN ej.study_group_class AS x ON x.study_group_id = t.study_group_id JOIN ej.class AS c ON c.id = x.class_id
   WHERE t.school_id = 1 AND t.year = 2026 ORDER BY t.id, c.grade, c.id});
my ($school) = rows('SELECT fill_days, tz, unmarked_grades FROM ej.school WHERE id = 1');
my %unmarked = map { $_ => 1 } @{$school->{unmarked_grades}};
my %lesson = map { $_->{id} => $_ } grep { $teaching{$_->{teaching_id}} } rows(q{SELECT id, teaching_id, study_group_id, held_on, state, topic,
    (attendance_at AT TIME ZONE ?)::date - held_on AS delay, homework IS NOT NULL AS homework FROM ej.lesson WHERE school_id = 1 AND state <> 'moved'}, $school->{tz});
my @marks = grep { $lesson{$_->{lesson_id}} } rows(q{SELECT w.id AS work_id, w.lesson_id, w.journal_id, w.kind_id, w.weight_pct, k.is_control, m.pupil_id, m.attempt, m.scale_id, m.value
    FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.work_kind AS k ON k.id = w.kind_id WHERE m.school_id = 1 AND m.value IS NOT NULL});
for my $m (@marks) {
    @$m{qw(held_on teaching_id level)} = (@{$lesson{$m->{lesson_id}}}{qw(held_on teaching_id)}, level($m));
    @$m{qw(number is_pass is_good)} = @{$scale{"$m->{scale_id} $m->{value}"}}{qw(number is_pass is_good)};
    $m->{class_id} = class_on($m->{pupil_id}, $m->{held_on});
}
my %counts_missed = map { $_->{code} => 1 } rows('SELECT code FROM ej.attendance_code WHERE school_id = 1 AND counts_missed');
my @absences = grep { $lesson{$_->{lesson_id}} && $lesson{$_->{lesson_id}}{state} eq 'given' && $counts_missed{$_->{code}} }
    rows('SELECT pupil_id, lesson_id, code FROM ej.attendance WHERE school_id = 1');
@$_{qw(held_on teaching_id)} = @{$lesson{$_->{lesson_id}}}{qw(held_on teaching_id)} for @absences;
$_->{class_id} = class_on($_->{pupil_id}, $_->{held_on}) for @absences;
my @finals = rows('SELECT term_id, pupil_id, subject_id, teaching_id, scale_id, value FROM ej.term_mark WHERE school_id = 1 AND value IS NOT NULL');
my %of_term;
push @{$of_term{$_->{term_id}}}, $_ for @finals;

# The taught terms in which today is, and those before them, by plan.
my %now = map { $_->{term_plan_id} => $_ } grep { $_->{is_taught} && $_->{a} le $today && $today le $_->{z} } @terms;
my ($ends_on) = map { $_->{z} } values %now;
my %earlier = map { my $e = $_; my ($b) = sort { $b->{a} cmp $a->{a} } grep { $_->{is_taught} && $_->{term_plan_id} == $e->{term_plan_id} && $_->{z} lt $e->{a} } @terms;
    $b ? ($e->{term_plan_id} => $b) : () } values %now;
sub term_of { return $now{$class{$_[0]}{term_plan_id}} }
# Whether a day is in the term of a class, so far.
sub is_now { my ($c, $day) = @_; my $e = $class{$c} && term_of($c); return $e && $e->{a} le $day && $day le $e->{z} && $day le $today }
my @taught = grep { is_now($teaching{$_->{teaching_id}}{class_id}, $_->{held_on}) } values %lesson;
my @given = grep { $_->{class_id} && $_->{level} ne 'exempt' && is_now($teaching{$_->{teaching_id}}{class_id}, $_->{held_on}) } @marks;
my ($term_id) = map { $_->{id} } values %now;

# Only lines of classes and above, or of the pupils and subjects of one class.
sub upper { my ($lines) = @_; return {map { /^(?:class|grade|level|school)/ ? ($_ => $lines->{$_}) : () } keys %$lines} }
sub only { my ($lines, $kind, $c) = @_; return {map { /^$kind-$c-/ || $_ eq "class-$c" ? ($_ => $lines->{$_}) : () } keys %$lines} }
my @some = grep { defined } (sort { $a <=> $b } keys %class)[5, 17, 29];
@some = sort { $a <=> $b } keys %class unless @some > 1;
# The share of two sums as a percentage, their quotient, and the same less another figure.
sub pct { my ($s, $a, $b) = @_; return shown(ratio($s->{$a} // 0, $s->{$b})) }
sub mean { my ($s, $a, $b) = @_; return ratio($s->{$a} // 0, $s->{$b}, 1) }
sub less { my ($a, $b) = @_; return defined $a && defined $b ? shown($a - $b) : '' }

# ------------------------------------------------------ REP-23, REP-24, REP-26 ----

{
    my (%sum, %delays);
    for my $l (@taught) {
        next if $l->{state} eq 'cancelled' || !($l->{state} eq 'given' || $l->{held_on} lt $today);
        my $x = $teaching{$l->{teaching_id}};
        my @lines = (lines_of($x->{class_id}), "subject-$x->{class_id}-$x->{subject_id}");
        my $filled = $l->{topic} ne '' && defined $l->{delay} && ($l->{homework} || $unmarked{$x->{grade}});
        for my $s (map { $sum{$_} //= {} } @lines) {
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
    same(upper(page("filling?term_id=$term_id")), upper(\%sum), 'REP-23');
    same(page("filling?term_id=$term_id&class_id=$_"), only(\%sum, 'subject', $_), "REP-23, $class{$_}{name}") for @some;
}

# The first day of the week or month of a day, as in the names of lines.
my %first;
sub first_of {
    my ($step, $day) = @_;
    return $first{"$step $day"} //= $t->value("SELECT date_trunc(?, ?::timestamp)::date - date '2000-01-01'", $step, $day);
}
my %members;
push @{$members{$_->{study_group_id}}}, $_ for rows(q{SELECT study_group_id, pupil_id, lower(during) AS a, coalesce(upper(during), '9999-01-01') AS b FROM ej.membership WHERE school_id = 1});
for my $step ('week', 'month') {
    my %sum;
    my $to = sub { my ($day, %n) = @_; for my $line ("$step-" . first_of($step, $day), 'school') { $sum{$line}{$_} += $n{$_} for keys %n } };
    for my $m (@given) {
        $to->($m->{held_on}, marks => 1, passed => $m->{is_pass} ? 1 : 0, fine => $m->{is_good} ? 1 : 0, defined $m->{number} ? (total => $m->{number}, numbers => 1) : ());
    }
    for my $l (grep { $_->{state} eq 'given' } values %lesson) {
        for my $b (@{$members{$l->{study_group_id}} // []}) {
            my $c = $b->{a} le $l->{held_on} && $l->{held_on} lt $b->{b} && class_on($b->{pupil_id}, $l->{held_on}) or next;
            $to->($l->{held_on}, due => 1) if $class{$c} && term_of($c)->{a} le $l->{held_on} && $l->{held_on} le term_of($c)->{z};
        }
    }
    for my $a (grep { is_now($_->{class_id}, $_->{held_on}) } @absences) { $to->($a->{held_on}, missed => 1, ill => $a->{code} eq 'б' ? 1 : 0) }
    whole(\%sum, qw(marks due missed ill));
    for my $s (values %sum) {
        @$s{qw(mean pass_pct quality_pct)} = (shown(mean($s, 'total', 'numbers')), pct($s, 'passed', 'marks'), pct($s, 'fine', 'marks'));
        $s->{attendance_pct} = shown(ratio($s->{due} - $s->{missed}, $s->{due}));
        delete @$s{qw(passed fine total numbers)};
    }
    same(page("statistics?term_id=$term_id", "${step}s"), \%sum, "REP-24 by ${step}s");
}

# ------------------------------------------------------------- REP-20, 21, 22 ----

{
    my (%controls, %last, %term_mark);
    my %journal_term = map { $_->{id} => $_->{term_id} } rows('SELECT id, term_id FROM ej.journal WHERE school_id = 1');
    $term_mark{"$_->{pupil_id} $_->{subject_id} $_->{term_id}"} = $scale{"$_->{scale_id} $_->{value}"} for @finals;
    for my $m (grep { $_->{is_control} && is_now($teaching{$_->{teaching_id}}{class_id}, $_->{held_on}) } @marks) {
        my $l = $last{$m->{work_id}}{$m->{pupil_id}};
        $last{$m->{work_id}}{$m->{pupil_id}} = $m if !$l || $l->{attempt} < $m->{attempt};
    }
    for my $m (map { values %$_ } values %last) {
        my $final = $term_mark{"$m->{pupil_id} $teaching{$m->{teaching_id}}{subject_id} $journal_term{$m->{journal_id}}"};
        my $than = $final && defined $final->{number} && defined $m->{number} ? $final->{number} <=> $m->{number} : 0;
        for my $s (map { $controls{$_} //= {} } "work-$m->{teaching_id}-$m->{work_id}", 'school') {
            $s->{wrote}++, $s->{$m->{level}}++, $s->{passed} += $m->{is_pass} ? 1 : 0, $s->{fine} += $m->{is_good} ? 1 : 0;
            $s->{numbers}++, $s->{total} += $m->{number} if defined $m->{number};
            $s->{$than > 0 ? 'above' : 'below'}++ if $than;
        }
    }
    whole(\%controls, qw(wrote n5 n4 n3 n2 above below));
    for my $s (values %controls) {
        @$s{qw(pass_pct quality_pct mean)} = (pct($s, 'passed', 'wrote'), pct($s, 'fine', 'wrote'), shown(mean($s, 'total', 'numbers')));
        delete @$s{qw(passed fine total numbers na pass exempt)};
    }
    my $shown = page("controls?term_id=$term_id");
    $shown = {school => $shown->{school}} if keys %$shown == 1;
    same($shown, {map { $_ => $controls{$_} } keys %$shown}, 'REP-20') if %controls;
}

my %made_up;
$made_up{"$_->{lesson_id} $_->{pupil_id}"} = 1 for @marks;
{
    my (%lost, %failed, %passed_at);
    for my $a (grep { is_now($_->{class_id}, $_->{held_on}) || ($class{$_->{class_id}} && term_of($_->{class_id})->{a} le $_->{held_on} && $_->{held_on} le term_of($_->{class_id})->{z}) } @absences) {
        my @line = "pupil-$a->{class_id}-$a->{pupil_id}";
        add(\%lost, $a->{class_id}, missed => 1, @line);
        add(\%lost, $a->{class_id}, with_topic => $lesson{$a->{lesson_id}}{topic} ne '' ? 1 : 0, @line);
        add(\%lost, $a->{class_id}, $made_up{"$a->{lesson_id} $a->{pupil_id}"} ? 'made_up' : 'not_made_up', 1, @line);
    }
    whole(\%lost, qw(missed with_topic made_up not_made_up));
    same(upper(page("lost?term_id=$term_id")), upper(\%lost), 'REP-21');
    push @{$passed_at{"$_->{work_id} $_->{pupil_id}"}}, $_->{attempt} for grep { $_->{is_pass} } @marks;
    for my $m (grep { !$_->{is_pass} && $_->{level} ne 'exempt' } @marks) {
        my $c = class_on($m->{pupil_id}, $ends_on);
        next unless $class{$c} && term_of($c)->{a} le $m->{held_on} && $m->{held_on} le term_of($c)->{z};
        my @line = "pupil-$c-$m->{pupil_id}";
        my $again = grep { $_ > $m->{attempt} } @{$passed_at{"$m->{work_id} $m->{pupil_id}"} // []};
        add(\%failed, $c, failed => 1, @line), add(\%failed, $c, $again ? 'retaken' : 'open', 1, @line);
    }
    whole(\%failed, qw(failed retaken open));
    same(upper(page("failed?term_id=$term_id")), upper(\%failed), 'REP-22');
    for my $c (@some) {
        same(page("lost?term_id=$term_id&class_id=$c"), only(\%lost, 'pupil', $c), "REP-21, $class{$c}{name}") if $lost{"class-$c"};
        same(page("failed?term_id=$term_id&class_id=$c"), only(\%failed, 'pupil', $c), "REP-22, $class{$c}{name}") if $failed{"class-$c"};
    }
}

# --------------------------------------------------------- REP-19, 29: term marks ----

my %past = map { $_->{term_plan_id} => $_ } values %earlier;
{
    my ($last) = sort { $a->{id} <=> $b->{id} } grep { my $e = $_; grep { $_->{z} eq $e->{z} } values %past } @terms;
    my (%mastery, %finals);
    for my $e ($last ? values %past : ()) {
        next unless $e->{z} eq $last->{z};
        my (%subjects, %is_pass);
        for my $m (@{$of_term{$e->{id}} // []}) {
            my $c = class_on($m->{pupil_id}, $e->{z});
            $subjects{$c}{$m->{subject_id}} = 1;
            $is_pass{"$m->{pupil_id} $m->{subject_id}"} = $scale{"$m->{scale_id} $m->{value}"}{is_pass};
        }
        for my $pupil (keys %enrolled) {
            my $c = class_on($pupil, $e->{z});
            next unless $class{$c} && $class{$c}{term_plan_id} == $e->{term_plan_id};
            for my $subject (keys %{$subjects{$c} // {}}) {
                my @lines = ("subject-$c-$subject", "pupil-$c-$pupil");
                add(\%mastery, $c, places => 1, @lines), add(\%mastery, $c, passed => $is_pass{"$pupil $subject"} ? 1 : 0, @lines);
            }
        }
    }
    $_->{mastery_pct} = pct($_, 'passed', 'places') for values %mastery;
    if (%mastery) {
        same(upper(page("mastery?term_id=$last->{id}")), upper(\%mastery), 'REP-19');
        for my $c (grep { $mastery{"class-$_"} } @some) {
            same(page("mastery?term_id=$last->{id}&class_id=$c", 'mastery'), only(\%mastery, 'subject', $c), "REP-19, $class{$c}{name}, subjects");
            same(page("mastery?term_id=$last->{id}&class_id=$c", 'mastery_pupils'), only(\%mastery, 'pupil', $c), "REP-19, $class{$c}{name}, pupils");
        }
    }
    for my $c (@some) {
        for my $e (grep { $_->{term_plan_id} == $class{$c}{term_plan_id} } @terms) {
            for my $m (@{$of_term{$e->{id}} // []}) {
                $finals{$c}{"term-$c-$m->{pupil_id}-$e->{id}"}{"subject-$m->{subject_id}"} = $m->{value} if class_on($m->{pupil_id}, $e->{z}) == $c;
            }
        }
        next unless $finals{$c};
        same(page("$_?class_id=$c"), $finals{$c}, "REP-29, $class{$c}{name}, $_") for 'finals', 'pairs';
    }
}

# ------------------------------------------------- REP-26, 27: better and worse ----

my %rule = map { %$_ } rows('SELECT retake_counts, outside_counts FROM ej.school WHERE id = 1');
my %mean_of; # of a pupil and subject in the present term: the weighted mean, as a fraction
{
    my (%attempts, %sum);
    my %journal_term = map { $_->{id} => $_->{term_id} } rows('SELECT id, term_id FROM ej.journal WHERE school_id = 1');
    my %is_now = map { $_->{id} => 1 } values %now;
    push @{$attempts{"$_->{pupil_id} $teaching{$_->{teaching_id}}{subject_id}"}{$_->{work_id}}}, $_
        for grep { defined $_->{number} && $is_now{$journal_term{$_->{journal_id}}} } @marks;
    for my $key (keys %attempts) {
        my ($total, $weights) = (Math::BigRat->new(0), 0);
        for my $work (values %{$attempts{$key}}) {
            my @numbers = map { $_->{number} } sort { $a->{attempt} <=> $b->{attempt} } @$work;
            my $counts = $rule{retake_counts} eq 'best' ? (sort { $b <=> $a } @numbers)[0] : $numbers[-1];
            $total += Math::BigRat->new($counts) * $work->[0]{weight_pct}, $weights += $work->[0]{weight_pct};
        }
        $mean_of{$key} = $total / $weights if $weights;
    }
}
my %mark_before = map { my $e = $_; map { ("$_->{pupil_id} $_->{subject_id}" => $scale{"$_->{scale_id} $_->{value}"}{number}) } @{$of_term{$e->{id}} // []} } values %earlier;
delete @mark_before{grep { !defined $mark_before{$_} } keys %mark_before};
my ($fortnight, $week) = (before($today, 14), before($today, 7));
{
    my (%sum, %monitor);
    my $half = Math::BigRat->new('1/2');
    for my $key (keys %{{%mean_of, %mark_before}}) {
        my ($pupil, $subject) = split / /, $key;
        my $c = class_on($pupil, $today);
        next unless $class{$c};
        my @line = "pupil-$c-$pupil";
        my ($mean, $mark) = ($mean_of{$key}, $mark_before{$key});
        add(\%sum, $c, total => $mean, @line), add(\%sum, $c, numbers => 1, @line) if defined $mean;
        add(\%sum, $c, before => $mark, @line), add(\%sum, $c, befores => 1, @line) if defined $mark;
        next unless defined $mean && defined $mark;
        add(\%sum, $c, falls => 1, @line), add(\%monitor, $c, falls => 1) if $mean <= $mark - $half;
        add(\%sum, $c, rises => 1, @line) if $mean >= $mark + $half;
    }
    for my $m (grep { defined $_->{number} && is_now($teaching{$_->{teaching_id}}{class_id}, $_->{held_on}) } @marks) {
        my $when = $m->{held_on} gt $fortnight ? 'late' : 'early';
        my @line = "pupil-$m->{class_id}-$m->{pupil_id}";
        next unless $class{$m->{class_id}};
        add(\%sum, $m->{class_id}, $when => $m->{number} * $m->{weight_pct}, @line);
        add(\%sum, $m->{class_id}, {late => 'lates', early => 'earlies'}->{$when} => $m->{weight_pct}, @line);
    }
    whole(\%sum, qw(falls rises));
    for my $s (values %sum) {
        my %m = (mean => mean($s, 'total', 'numbers'), before_mean => mean($s, 'before', 'befores'), early_mean => mean($s, 'early', 'earlies'), late_mean => mean($s, 'late', 'lates'));
        @$s{keys %m} = map { shown($_) } values %m;
        @$s{qw(term_gap trend)} = (less(@m{qw(mean before_mean)}), less(@m{qw(late_mean early_mean)}));
        delete @$s{qw(total numbers before befores early earlies late lates)};
    }
    same(upper(page("analysis?term_id=$term_id")), upper(\%sum), 'REP-26');
    same(page("analysis?term_id=$term_id&class_id=$_", 'analysis'), only(\%sum, 'pupil', $_), "REP-26, $class{$_}{name}") for grep { $sum{"class-$_"} } @some;

    # the last seven days, and the seven before them
    my $when = sub { return $_[0] gt $today || $_[0] le $fortnight ? undef : $_[0] gt $week ? '' : '_before' };
    for my $a (@absences) {
        my $w = $when->($a->{held_on}) // next;
        next unless $class{$a->{class_id}};
        add(\%monitor, $a->{class_id}, "missed$w" => 1);
        add(\%monitor, $a->{class_id}, "truant$w" => 1) if $a->{code} =~ /^[нп]$/;
    }
    for my $l (values %lesson) {
        my $w = $when->($l->{held_on}) // next;
        next if $l->{state} eq 'cancelled' || !($l->{state} eq 'given' || $l->{held_on} lt $today);
        my $x = $teaching{$l->{teaching_id}};
        next if $l->{topic} ne '' && defined $l->{delay} && ($l->{homework} || $unmarked{$x->{grade}});
        add(\%monitor, $x->{class_id}, "unfilled$w" => 1);
    }
    for my $m (grep { !$_->{is_pass} && $_->{level} ne 'exempt' } @marks) {
        my $w = $when->($m->{held_on}) // next;
        add(\%monitor, $m->{class_id}, "failed$w" => 1) if $class{$m->{class_id}};
    }
    for my $d (rows(q{SELECT class_id, state, due_on FROM ej.finding WHERE school_id = 1 AND kind = 'finding' AND state <> 'accepted'})) {
        next unless $d->{class_id} && $class{$d->{class_id}};
        add(\%monitor, $d->{class_id}, findings => 1);
        add(\%monitor, $d->{class_id}, overdue => $d->{state} ne 'answered' && $d->{due_on} lt $today ? 1 : 0);
    }
    whole(\%monitor, map({ ($_, "${_}_before") } qw(missed truant unfilled failed)), qw(falls findings overdue));
    same(page('monitor'), \%monitor, 'REP-27');
}

# ---------------------------------------------------------- REP-28, 30: decisions, years ----

{
    my %sum;
    for my $d (rows(q{SELECT id, state, undone_before FROM ej.finding WHERE school_id = 1 AND kind = 'finding'})) {
        for my $s (map { $sum{$_} //= {findings => 0, accepted => 0, open => 0, before => 0} } "finding-$d->{id}", 'school') {
            $s->{findings}++, $s->{$d->{state} eq 'accepted' ? 'accepted' : 'open'}++, $s->{before} += $d->{undone_before} // 0;
        }
    }
    same(page('decisions'), \%sum, 'REP-28') if %sum;

    # the year's mark or, where there is one, the final one
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
    for my $c (sort { $a <=> $b } keys %of_class) {
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
    cmp_ok scalar(keys %of_class), '>', 0, 'there are results of years' unless $ENV{EJ_QUICK};
}

# -------------------------------------------------------------------- REP-16 ----

# By the map itself: each row counts the pupils who fit, or their classes.
{
    my $map = XML::LibXML->load_xml(location => 'sql/statistic/oo1_2026.xml');
    my $day = '2026-' . $map->documentElement->getAttribute('on');
    my %card = map { $_->{pupil_id} => $_ } rows('SELECT pupil_id, sex, study_form, is_repeater, is_day_group, birth_on FROM ej.pupil_card WHERE school_id = 1');
    my %kind = map { $_->{id} => $_->{kind} } rows('SELECT id, kind FROM ej.class WHERE school_id = 1');
    my %has;
    $has{$_->{pupil_id}}{$_->{category}} = 1 for rows('SELECT pupil_id, category FROM ej.pupil_category WHERE school_id = 1 AND during @> ?::date', $day);
    my (%sum, %number, %hand, $n);
    for my $row ($map->findnodes('//section/row')) {
        my %a = map { $_->nodeName => $_->value } $row->attributes;
        my $line = 'row-' . ++$n;
        $hand{$line} = {rows => 1}, next if $a{by_hand};
        my (%classes, $s);
        $s = $sum{$line} = {total => 0, map { ("grade_$_" => 0) } 1 .. 12};
        for my $pupil (keys %enrolled) {
            my $c = class_on($pupil, $day);
            next unless $class{$c};
            my $card = $card{$pupil} // {};
            my $age = $card->{birth_on} ? 2026 - substr($card->{birth_on}, 0, 4) + (substr($card->{birth_on}, 5) eq '01-01' ? 1 : 0) : undef;
            next if $a{class_kind} && !grep { $_ eq $kind{$c} } split / /, $a{class_kind};
            next if grep { $a{$_} && ($card->{$_} // '') ne $a{$_} } qw(sex study_form is_repeater is_day_group);
            next if $a{category} && !$has{$pupil}{$a{category}};
            next if $a{age_from} && !(defined $age && $age >= $a{age_from}) || $a{age_till} && !(defined $age && $age <= $a{age_till});
            next if $a{count} eq 'classes' && $classes{$c}++;
            $s->{total}++, $s->{"grade_$class{$c}{grade}"}++;
        }
        $number{$a{no}} = $s->{total};
    }
    same(page('statistic', 'statistic'), \%sum, 'REP-16');
    same(page('statistic', 'statistic_hand'), \%hand, 'REP-16, what the journal does not know');
    my (%checks, $m);
    for my $check ($map->findnodes('//section/check')) {
        my ($whole, $parts) = ($number{$check->getAttribute('row')}, 0);
        $parts += $number{$_} for split / /, $check->getAttribute('parts');
        $checks{'check-' . ++$m} = {whole => $whole, parts => $parts, difference => sprintf('%.2f', $whole - $parts)};
    }
    same(page('statistic', 'statistic_checks'), \%checks, 'REP-16, sums that must agree');
    like $_->{difference}, qr/^0\.00$/, 'they do' for values %checks;
    for my $bad ('<row no="1" name="x" count="pupils" sql="true"/>', '<row no="1" name="x" count="marks"/>', '<row no="1" name="x" count="pupils"/><row no="1" name="y" count="classes"/>') {
        ok !eval { local $t->db->{PrintError} = 0; $t->value('SELECT ej.statistic_load(?)', qq{<statistic year="2030" on="09-20" act="x"><section name="x">$bad</section></statistic>}); 1 }, "refused: $bad";
    }
}
done_testing;
