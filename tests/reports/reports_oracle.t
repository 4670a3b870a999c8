#!/usr/bin/perl
# reports_oracle.t: every cell of the reports, computed a second time: in Perl, with exact fractions, from
# the tables alone. For each class and term, and for the sums of grades, levels and the school.
use lib 'tests/lib';
use EJ::Test;
use EJ::Figures;

my $demo = !$ENV{EJ_QUICK};
my $t = EJ::Test->new($demo ? (seed => 'demo') : (today => '2026-11-20'));
EJ::Figures::read_school($t);
my $deputy = $t->login('deputy');
my $today = $t->value('SELECT ej.today(1)');

# ------------------------------------------------------------ REP-08, REP-13 ----

my %marks; # of a term: marks
push @{$marks{$_->{term_id}}}, $_ for rows('SELECT term_id, pupil_id, subject_id, teaching_id, scale_id, value FROM ej.term_mark WHERE school_id = 1 AND value IS NOT NULL');

# The sums of each line: numbers of pupils by group, of marks by level.
sub sums {
    my ($ends_on, $kind, @only) = @_;
    my (%sum, %by_pupil);
    for my $e (grep { $_->{z} eq $ends_on && ($_->{is_taught} ? 'taught' : $_->{kind}) eq $kind } @terms) {
        for my $m (@{$marks{$e->{id}}}) {
            my $c = class_on($m->{pupil_id}, $e->{z});
            next unless $class{$c} && (!@only || grep { $_ == $c } @only);
            my ($v, $l) = ($scale{"$m->{scale_id} $m->{value}"}, level($m));
            $by_pupil{$m->{pupil_id}}{$l}++;
            for my $line (lines_of($c), "subject-$c-$m->{subject_id}", "pupil-$c-$m->{pupil_id}") {
                my $s = $sum{$line} //= {};
                $s->{$l}++;
                next if $l eq 'exempt';
                $s->{counted}++, $s->{weights} += $v->{sou_weight}, $s->{passed} += $v->{is_pass} ? 1 : 0, $s->{fine_marks} += $v->{is_good} ? 1 : 0;
                $s->{numbers}++, $s->{total} += $v->{number} if defined $v->{number};
            }
        }
        for my $pupil (keys %enrolled) {
            my $c = class_on($pupil, $e->{z});
            next unless $class{$c} && $class{$c}{term_plan_id} == $e->{term_plan_id} && (!@only || grep { $_ == $c } @only);
            my %n = (n5 => 0, n4 => 0, n3 => 0, n2 => 0, na => 0, pass => 0, %{$by_pupil{$pupil} // {}});
            my $group = $n{n2} ? 'failing' : $n{na} ? 'absent' : $n{n3} ? 'fair' : $n{n4} ? 'good' : $n{n5} ? 'excellent' : '';
            for my $s (map { $sum{$_} //= {} } lines_of($c), "pupil-$c-$pupil") {
                $s->{pupils}++;
                $s->{$group}++ if $group;
                $s->{one_4}++ if $group eq 'good' && $n{n4} == 1;
                $s->{one_3}++ if $group eq 'fair' && $n{n3} == 1;
                next unless grep { $n{$_} } qw(n5 n4 n3 n2 na pass);
                $s->{rated}++;
                $s->{passing}++ unless $n{n2} || $n{na};
                $s->{fine}++ if $group eq 'good' || $group eq 'excellent';
            }
        }
    }
    return \%sum;
}

sub school_line {
    my ($s) = @_;
    return {(map { $_ => $s->{$_} // 0 } qw(pupils rated excellent good one_4 fair one_3 failing absent)),
        pass_pct => shown(ratio($s->{passing} // 0, $s->{rated})), quality_pct => shown(ratio($s->{fine} // 0, $s->{rated})),
        sou => shown(ratio($s->{weights} // 0, $s->{counted}, 1)), mean => shown(ratio($s->{total} // 0, $s->{numbers}, 1))};
}

my %choice; # of a term of the page: day and kind
for my $e (sort { $a->{id} <=> $b->{id} } @terms) {
    $choice{$e->{z} . ' ' . ($e->{is_taught} ? 'taught' : $e->{kind})} //= $e;
}
for my $key (sort keys %choice) {
    my ($e, $ends_on, $kind) = ($choice{$key}, split / /, $key);
    my $sum = sums($ends_on, $kind);
    my %school = map { /^(?:class|grade|level|school)/ ? ($_ => school_line($sum->{$_})) : () } grep { $sum->{$_}{pupils} || $sum->{$_}{counted} } keys %$sum;
    next unless %school;
    my ($before) = reverse sort map { /^(\S+) taught/ && $1 lt $e->{a} ? $1 : () } keys %choice;
    if ($kind eq 'taught' && $before) {
        my $earlier = sums($before, 'taught');
        for my $line (keys %school) {
            my ($now, $then) = ($sum->{$line}, $earlier->{$line} // {});
            my @mean = (ratio($now->{total} // 0, $now->{numbers}, 1), ratio($then->{total} // 0, $then->{numbers}, 1));
            $school{$line}{mean_change} = defined $mean[0] && defined $mean[1] ? shown($mean[0] - $mean[1]) : '';
        }
    }
    same(page("school?term_id=$e->{id}"), \%school, "REP-13, $e->{name}");
    next unless grep { $sum->{$_}{counted} } keys %$sum;
    for my $c (sort { $a <=> $b } map { /^class-(\d+)$/ } grep { $sum->{$_}{pupils} } keys %$sum) {
        my $results = page("results?term_id=$e->{id}&class_id=$c");
        my %lines;
        for my $line (grep { /^(?:pupil-$c-|class-$c$)/ } keys %$sum) {
            $lines{$line} = {(map { $_ => $sum->{$line}{$_} // 0 } qw(excellent good one_4 fair one_3 failing absent)),
                mean => shown(ratio($sum->{$line}{total} // 0, $sum->{$line}{numbers}, 1))};
        }
        for my $m (map { @{$marks{$_->{id}} // []} } grep { $_->{z} eq $ends_on && ($_->{is_taught} ? 'taught' : $_->{kind}) eq $kind } @terms) {
            my $line = "pupil-$c-$m->{pupil_id}";
            $lines{$line}{"subject-$m->{subject_id}"} = $m->{value} if class_on($m->{pupil_id}, $e->{z}) == $c && $lines{$line};
        }
        same($results, \%lines, "REP-08, $class{$c}{name}, $e->{name}");
        my $quality = page("quality?term_id=$e->{id}&class_id=$c");
        my %subject = map {
            my $s = $sum->{$_};
            ($_ => {(map { my $k = $_; $k => $s->{$k} // 0 } qw(n5 n4 n3 n2 na pass exempt)), pass_pct => shown(ratio($s->{passed} // 0, $s->{counted})),
                quality_pct => shown(ratio($s->{fine_marks} // 0, $s->{counted})), sou => shown(ratio($s->{weights} // 0, $s->{counted}, 1)),
                mean => shown(ratio($s->{total} // 0, $s->{numbers}, 1))})
        } grep { /^subject-$c-/ || $_ eq "class-$c" } keys %$sum;
        delete $quality->{$_} for grep { !$subject{$_} && !grep { $_ } @{$quality->{$_}}{qw(n5 n4 n3 n2 na pass exempt)} } keys %$quality;
        same($quality, \%subject, "REP-18, $class{$c}{name}, $e->{name}");
    }
}

# ------------------------------------------------- REP-05, 06, 07, 12, 19, 29 ----

my @enrolments = map { @$_ } values %enrolled;
my ($year_on) = map { $_->{a} } rows(q{SELECT lower(during) AS a FROM ej.school_year WHERE school_id = 1 AND year = 2026});

{
    my %cards = map { $_->{pupil_id} => $_ } rows(q{SELECT pupil_id, birth_on, sex, study_form, is_day_group, is_repeater FROM ej.pupil_card WHERE school_id = 1});
    my %found;
    $found{$_->{pupil_id}}{$_->{category}} = 1 for rows('SELECT pupil_id, category FROM ej.pupil_category WHERE school_id = 1 AND during @> ?::date', $today);
    $found{$_->{pupil_id}}{$_->{kind}} = 1 for rows('SELECT b.pupil_id, g.kind FROM ej.membership AS b JOIN ej.study_group AS g ON g.id = b.study_group_id WHERE b.school_id = 1 AND b.during @> ?::date', $today);
    my (%pupils, %movement, %sizes);
    my @keys = qw(pupils girls boys age_6 age_10 age_14 age_17 age_18 mixed extramural needs disabled individual home day_group repeaters);
    for my $pupil (keys %enrolled) {
        my $c = class_on($pupil, $today);
        next unless $class{$c};
        my $card = $cards{$pupil} // {};
        my @count = ('pupils', map { {f => 'girls', m => 'boys'}->{$card->{sex} // ''} // () } 1);
        if ($card->{birth_on}) {
            my ($y, $md) = $card->{birth_on} =~ /^(\d+)-(.*)/;
            my $age = substr($today, 0, 4) - $y - (substr($today, 5) lt $md ? 1 : 0);
            push @count, $age < 7 ? 'age_6' : $age < 11 ? 'age_10' : $age < 15 ? 'age_14' : $age < 18 ? 'age_17' : 'age_18';
        }
        push @count, $card->{study_form} if ($card->{study_form} // '') =~ /^(?:mixed|extramural)$/;
        push @count, grep { $found{$pupil}{$_} } qw(needs disabled individual home);
        push @count, 'day_group' if $card->{is_day_group};
        push @count, 'repeaters' if $card->{is_repeater};
        add(\%pupils, $c, $_, 1) for @count;
    }
    same(page('pupils'), whole(\%pupils, @keys), 'REP-05');

    my %places = map { ($_->{id} => $_->{capacity}) } rows('SELECT c.id, r.capacity FROM ej.class AS c JOIN ej.room AS r ON r.id = c.room_id WHERE c.school_id = 1 AND c.year = 2026 AND r.capacity IS NOT NULL');
    for my $e (@enrolments) {
        next unless $class{$e->{class_id}};
        my $c = $e->{class_id};
        add(\%sizes, $c, 'september_1', 1) if $e->{a} le '2026-09-01' && '2026-09-01' lt $e->{b};
        add(\%sizes, $c, 'september_20', 1) if $e->{a} le '2026-09-20' && '2026-09-20' lt $e->{b};
        add(\%sizes, $c, $_->[0], $_->[1]) for $e->{a} le $today && $today lt $e->{b} ? (['now', 1], $places{$c} ? ['free', -1] : ()) : ();
        next unless $e->{a} le $today && $e->{b} gt $year_on;
        my ($first, $last) = ($e->{a} le $year_on, $e->{b} gt $today);
        my $from = grep { $_->{b} eq $e->{a} } @{$enrolled{$e->{pupil_id}}};
        my $to = grep { $_->{a} eq $e->{b} } @{$enrolled{$e->{pupil_id}}};
        add(\%movement, $c, $first ? 'first' : $from ? 'moved_in' : 'arrived', 1);
        add(\%movement, $c, $last ? 'last' : $to ? 'moved_out' : 'departed', 1);
        next if $last || $to;
        my ($reason) = map { $_->{reason} } rows(q{SELECT reason FROM ej.movement WHERE pupil_id = ? AND moved_on = ? AND kind = 'leave' AND undone_reason IS NULL ORDER BY id DESC LIMIT 1}, $e->{pupil_id}, $e->{b});
        add(\%movement, $c, ($reason // '') =~ /^to_(?:school|city|abroad|college|family)$/ ? $reason : 'to_other', 1);
    }
    for my $c (keys %places) { add(\%sizes, $c, $_, $places{$c}) for qw(places free) }
    same(page('sizes'), whole(\%sizes, qw(september_1 september_20 now places free)), 'REP-07');
    my $shown = page('movement');
    same($shown, whole(\%movement, qw(first arrived moved_in departed to_city to_school to_abroad to_college to_family to_other moved_out last)), 'REP-06');
    is join(' ', grep { my $s = $shown->{$_}; $s->{first} + $s->{arrived} + $s->{moved_in} - $s->{departed} - $s->{moved_out} != $s->{last} } sort keys %$shown), '',
        'beginning, arrived and departed make the end, of each class, grade and level';
}

# Absences and lessons of each pupil and day.
my %held_of; # of a group and day: lessons held
$held_of{"$_->{study_group_id} $_->{held_on}"} = $_->{n} for rows(q{SELECT study_group_id, held_on, count(*) AS n FROM ej.lesson WHERE school_id = 1 AND state = 'given' GROUP BY 1, 2});
my %days_of;
push @{$days_of{$_->[0]}}, $_->[1] for map { [split / /] } keys %held_of;
my (%due_on, %away);
for my $b (rows(q{SELECT study_group_id, pupil_id, lower(during) AS a, coalesce(upper(during), '9999-01-01') AS b FROM ej.membership WHERE school_id = 1})) {
    $due_on{$b->{pupil_id}}{$_} += $held_of{"$b->{study_group_id} $_"} for grep { $b->{a} le $_ && $_ lt $b->{b} } @{$days_of{$b->{study_group_id}} // []};
}
$away{$_->{pupil_id}}{$_->{held_on}}{$_->{code}} = $_->{n} for rows(q{SELECT a.pupil_id, l.held_on, a.code, count(*) AS n FROM ej.attendance AS a
    JOIN ej.lesson AS l ON l.id = a.lesson_id WHERE a.school_id = 1 AND l.state = 'given' GROUP BY 1, 2, 3});
my %missed_code = map { $_->{code} => 1 } rows('SELECT code FROM ej.attendance_code WHERE school_id = 1 AND counts_missed');
for my $key (sort grep { / taught$/ } keys %choice) {
    my ($e, $ends_on) = ($choice{$key}, split / /, $key);
    next if $e->{a} gt $today;
    my (%sum, %one);
    my %term = map { $_->{term_plan_id} => $_ } grep { $_->{is_taught} && $_->{z} eq $ends_on } @terms;
    for my $pupil (keys %enrolled) {
        for my $n (@{$enrolled{$pupil}}) {
            my $c = $n->{class_id};
            my $term = $class{$c} && $term{$class{$c}{term_plan_id}} or next;
            my $line = "pupil-$c-$pupil";
            my $counts = sub { add(\%sum, $c, $_[0], $_[1], $line) };
            $counts->(due => $_->[1]), $counts->(present => $_->[1]) for map { [$_, $due_on{$pupil}{$_}] } grep { $n->{a} le $_ && $_ lt $n->{b} && $term->{a} le $_ && $_ le $term->{z} } keys %{$due_on{$pupil}};
            for my $day (grep { $n->{a} le $_ && $_ lt $n->{b} && $term->{a} le $_ && $_ le $term->{z} && $_ le $today } keys %{$away{$pupil}}) {
                my $codes = $away{$pupil}{$day};
                my $lessons = 0;
                $lessons += $codes->{$_} for grep { $missed_code{$_} } keys %$codes;
                next unless $lessons || $codes->{'о'};
                $counts->(days => 1) if $lessons >= ($due_on{$pupil}{$day} // 0);
                $counts->(days_ill => 1) if ($codes->{'б'} // 0) >= ($due_on{$pupil}{$day} // 0);
                $counts->(lessons => $lessons), $counts->(present => -$lessons), $counts->(ill => $codes->{'б'} // 0), $counts->(valid => $codes->{'у'} // 0);
                $counts->(unjustified => $codes->{'п'} // 0), $counts->(unexplained => $codes->{'н'} // 0), $counts->(late => $codes->{'о'} // 0);
            }
            my $last = $term->{z} lt $today ? $term->{z} : $today;
            $counts->(pupils => 1) if $n->{a} le $last && $last lt $n->{b};
        }
    }
    my @keys = qw(days days_ill lessons ill valid unjustified unexplained late due);
    whole(\%sum, @keys);
    for my $s (values %sum) { $s->{attendance_pct} = shown(ratio($s->{present} // 0, $s->{due})); delete @$s{qw(present pupils)} }
    my $school = page("attendance?term_id=$e->{id}"); # of a small school with its pupils
    same({map { /^pupil/ ? () : ($_ => $school->{$_}) } keys %$school}, {map { /^pupil/ ? () : ($_ => $sum{$_}) } keys %sum}, "REP-12, $e->{name}");
    for my $c (sort { $a <=> $b } grep { $sum{"class-$_"} } keys %class) {
        my %lines = map { /^pupil-$c-/ || $_ eq "class-$c" ? ($_ => $sum{$_}) : () } keys %sum;
        same(page("attendance?term_id=$e->{id}&class_id=$c"), \%lines, "REP-12, $class{$c}{name}, $e->{name}");
    }
}

# ------------------------------------------------------- REP-09, 10: teachings ----

my %teaching = map { $_->{id} => $_ } rows(q{SELECT DISTINCT ON (t.id) t.id, t.staff_id, t.study_group_id, t.subject_id, c.id AS class_id, c.term_plan_id
    FROM ej.teaching AS t JOIN ej.study_group_class AS x ON x.study_group_id = t.study_group_id JOIN ej.class AS c ON c.id = x.class_id
   WHERE t.school_id = 1 AND t.year = 2026 ORDER BY t.id, c.grade, c.id});
{
    my @lessons = rows(q{SELECT id, teaching_id, held_on, hours, state, topic <> '' AS topic, attendance_at IS NOT NULL AS attendance, homework IS NOT NULL AS homework
        FROM ej.lesson WHERE school_id = 1 AND state <> 'moved'});
    my %works;
    push @{$works{$_->{lesson_id}}}, $_ for rows(q{SELECT w.lesson_id, k.code, w.control_work_id FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id
        WHERE w.school_id = 1 AND (w.control_work_id IS NOT NULL OR k.code IN ('lab', 'practical'))});
    my @members = rows(q{SELECT study_group_id, pupil_id, lower(during) AS a, coalesce(upper(during), '9999-01-01') AS b FROM ej.membership WHERE school_id = 1});
    my %of_group;
    push @{$of_group{$_->{study_group_id}}}, $_ for @members;
    my @controls = rows('SELECT teaching_id, held_on FROM ej.control_work WHERE school_id = 1');
    for my $key (sort grep { / taught$/ } keys %choice) {
        my ($e, $ends_on) = ($choice{$key}, split / /, $key);
        next if $e->{a} gt $today;
        my %term = map { $_->{term_plan_id} => $_ } grep { $_->{is_taught} && $_->{z} eq $ends_on } @terms;
        my (%teachers, %journals);
        my $to = sub { my ($sum, $t, $what, $n) = @_; $sum->{$_}{$what} += $n for "teaching-$t", "staff-$teaching{$t}{staff_id}", 'school' };
        my %in = map { my $term = $term{$teaching{$_}{term_plan_id}}; $term ? ($_ => $term) : () } keys %teaching;
        for my $t (keys %in) {
            for my $b (@{$of_group{$teaching{$t}{study_group_id}} // []}) { $to->(\%teachers, $t, pupils => 1) if $b->{a} le $in{$t}{z} && $in{$t}{z} lt $b->{b} }
        }
        for my $l (grep { $in{$_->{teaching_id}} } @lessons) {
            my $t = $l->{teaching_id};
            next unless $in{$t}{a} le $l->{held_on} && $l->{held_on} le $in{$t}{z} && $l->{held_on} le $today;
            my $given = $l->{state} eq 'given';
            if ($given || $l->{held_on} lt $today) {
                $to->(\%teachers, $t, due => $l->{hours}), $to->(\%teachers, $t, given => $given ? $l->{hours} : 0), $to->(\%teachers, $t, lag => $given ? 0 : $l->{hours});
                if ($l->{state} ne 'cancelled') {
                    $to->(\%journals, $t, due => 1);
                    $to->(\%journals, $t, ($l->{$_} ? '' : 'no_') . $_ => 1) for qw(topic attendance homework);
                    $to->(\%journals, $t, whole => 1) if $l->{topic} && $l->{attendance} && $l->{homework};
                }
            }
            next unless $given;
            for my $w (@{$works{$l->{id}} // []}) {
                $to->(\%teachers, $t, controls => 1) if $w->{control_work_id};
                $to->(\%teachers, $t, {lab => 'labs', practical => 'practicals'}->{$w->{code}} => 1) if ($w->{code} // '') =~ /^(?:lab|practical)$/;
            }
        }
        for my $k (grep { $in{$_->{teaching_id}} } @controls) {
            $to->(\%teachers, $k->{teaching_id}, controls_plan => 1) if $in{$k->{teaching_id}}{a} le $k->{held_on} && $k->{held_on} le $in{$k->{teaching_id}}{z};
        }
        my %of_pupil;
        for my $term (values %term) {
            for my $m (@{$marks{$term->{id}} // []}) {
                next unless class_on($m->{pupil_id}, $term->{z});
                my ($l, $v) = (level($m), $scale{"$m->{scale_id} $m->{value}"});
                push @{$of_pupil{$m->{pupil_id}}{$l}}, $m->{teaching_id};
                my $t = $m->{teaching_id};
                next unless $in{$t} && $in{$t}{id} == $term->{id};
                $to->(\%teachers, $t, $l => 1);
                next if $l eq 'exempt';
                $to->(\%teachers, $t, counted => 1), $to->(\%teachers, $t, weights => $v->{sou_weight}), $to->(\%teachers, $t, passed => $v->{is_pass} ? 1 : 0), $to->(\%teachers, $t, fine => $v->{is_good} ? 1 : 0);
                $to->(\%teachers, $t, total => $v->{number}), $to->(\%teachers, $t, numbers => 1) if defined $v->{number};
            }
        }
        for my $p (values %of_pupil) { $to->(\%teachers, $p->{n3}[0], one_3 => 1) if @{$p->{n3} // []} == 1 && !$p->{n2} && !$p->{na} && $in{$p->{n3}[0]} }
        whole(\%teachers, qw(pupils n5 n4 n3 n2 na pass exempt one_3 due given lag controls_plan controls labs practicals));
        for my $s (values %teachers) {
            $s->{pass_pct} = shown(ratio($s->{passed} // 0, $s->{counted})), $s->{quality_pct} = shown(ratio($s->{fine} // 0, $s->{counted}));
            $s->{sou} = shown(ratio($s->{weights} // 0, $s->{counted}, 1)), $s->{mean} = shown(ratio($s->{total} // 0, $s->{numbers}, 1));
            delete @$s{qw(passed counted fine weights total numbers)};
            $_ += 0 for @$s{qw(due given lag)};
        }
        whole(\%journals, qw(due topic attendance homework whole no_topic no_attendance no_homework));
        $_->{whole_pct} = shown(ratio($_->{whole}, $_->{due})) for values %journals;
        for my $g (sort { $a <=> $b } keys %{{map { $_->{grade} => 1 } @classes}}) {
            for my $set (['teachers', \%teachers, 'REP-09'], ['journals', \%journals, 'REP-10']) {
                my ($name, $sum, $what) = @$set;
                my %lines = map { /^teaching-(\d+)$/ && $class{$teaching{$1}{class_id}}{grade} == $g ? ($_ => $sum->{$_}) : () } keys %$sum;
                next unless %lines;
                my $shown = page("$name?term_id=$e->{id}&grade=$g");
                same({map { /^teaching/ && /^teaching-(\d+)$/ && $class{$teaching{$1}{class_id}}{grade} == $g ? ($_ => $shown->{$_}) : () } keys %$shown}, \%lines, "$what, grade $g, $e->{name}");
            }
        }
    }
}

# ---------------------------------------------------- every number's rows ----

# The rows of some numbers make them: each column of one line of each report.
for my $key (map { $_->getAttribute('report_key') } $deputy->get('/reports')->nodes('//report')) {
    my $r = $deputy->get("/reports/$key");
    for my $table ($r->nodes('//table')) {
        my @columns = $table->findnodes('column');
        my ($line) = grep { $_->getAttribute('kind') eq 'class' } $table->findnodes('line');
        $line //= ($table->findnodes('line'))[0] or next;
        my @cells = $line->findnodes('c');
        my @wrong;
        for my $i (grep { ($columns[$_]->getAttribute('rows_key') // '') eq $columns[$_]->getAttribute('key') } 0 .. $#columns) {
            my ($column, $row) = ($columns[$i]->getAttribute('key'), $line->getAttribute('line'));
            my $rows = $deputy->get("/reports/$key/rows?name=" . $table->getAttribute('name') . "&line=$row&column=$column");
            push @wrong, "$row $column: " . $cells[$i]->textContent . ' is made of ' . $rows->xpath('string(//reports/@amount)')
                if $rows->status != 200 || $rows->xpath('string(//reports/@amount)') != $cells[$i]->textContent;
        }
        is join("\n", @wrong), '', "$key, " . $table->getAttribute('name') . ': the rows of a number make it';
    }
}
done_testing;
