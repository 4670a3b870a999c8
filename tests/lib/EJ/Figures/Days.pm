package EJ::Figures::Days;

# Reports on pupils and days: REP-05, 06, 07, 12, 16, 17 (EJ::Figures).

use strict;
use warnings;
use utf8;
use EJ::Figures;
use Test::More ();
use XML::LibXML;

my ($year_on);

sub check {
    $year_on = value('SELECT lower(during) FROM ej.school_year WHERE school_id = 1 AND year = 2026');
    pupils();
    sizes();
    movements();
    for my $key (sort grep { / taught$/ } keys %choice) {
        my @e = @{$choice{$key}};
        next if $e[0]{a} gt $today;
        my $sum = attendance(@e);
        same(upper(page("attendance?term_id=$e[0]{id}")), upper($sum), "REP-12, $e[0]{name}");
        my @taught = sort grep { / taught$/ } keys %choice;
        my ($nth) = grep { $taught[$_] eq $key } 0 .. $#taught;
        for my $c (grep { $sum->{"class-$_"} && is_asked(attendance => $_, $nth, 2) } map { $_->{id} } @classes) {
            same(page("attendance?term_id=$e[0]{id}&class_id=$c"), only($sum, 'pupil', $c), "REP-12, $class{$c}{name}, $e[0]{name}");
        }
    }
    statistic();
    activity();
}

# --------------------------------------------------------- REP-05, REP-07 ----

sub pupils {
    my %cards = map { $_->{pupil_id} => $_ } rows(q{SELECT pupil_id, birth_on, sex, study_form, is_day_group, is_repeater FROM ej.pupil_card WHERE school_id = 1});
    my %found;
    $found{$_->{pupil_id}}{$_->{category}} = 1 for rows('SELECT pupil_id, category FROM ej.pupil_category WHERE school_id = 1 AND during @> ?::date', $today);
    $found{$_->{pupil_id}}{$_->{kind}} = 1 for rows('SELECT b.pupil_id, g.kind FROM ej.membership AS b JOIN ej.study_group AS g ON g.id = b.study_group_id WHERE b.school_id = 1 AND b.during @> ?::date', $today);
    my %sum;
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
        add(\%sum, $c, $_, 1) for @count;
    }
    same(page('pupils'), whole(\%sum, qw(pupils girls boys age_6 age_10 age_14 age_17 age_18 mixed extramural needs disabled individual home day_group repeaters)), 'REP-05');
}

sub sizes {
    my %places = map { ($_->{id} => $_->{capacity}) } rows('SELECT c.id, r.capacity FROM ej.class AS c JOIN ej.room AS r ON r.id = c.room_id WHERE c.school_id = 1 AND c.year = 2026 AND r.capacity IS NOT NULL');
    my %sum;
    for my $e (map { @$_ } values %enrolled) {
        my $c = $e->{class_id};
        next unless $class{$c};
        my $is_in = sub { return $e->{a} le $_[0] && $_[0] lt $e->{b} };
        add(\%sum, $c, september_1 => 1) if $is_in->('2026-09-01');
        add(\%sum, $c, september_20 => 1) if $is_in->('2026-09-20');
        add(\%sum, $c, $_->[0], $_->[1]) for $is_in->($today) ? (['now', 1], $places{$c} ? ['free', -1] : ()) : ();
    }
    for my $c (keys %places) { add(\%sum, $c, $_, $places{$c}) for qw(places free) }
    same(page('sizes'), whole(\%sum, qw(september_1 september_20 now places free)), 'REP-07');
}

# ----------------------------------------------------------------- REP-06 ----

sub movements {
    my $shown = page('movement', 'movement');
    same($shown, movement(), 'REP-06');
    Test::More::is(join(' ', grep { my $s = $shown->{$_}; $s->{first} + $s->{arrived} + $s->{moved_in} - $s->{departed} - $s->{moved_out} != $s->{last} } sort keys %$shown), '',
        'beginning, arrived and departed make the end, of each class, grade and level');
    my %months;
    each_move(sub {
        my ($c, $e, %is) = @_;
        for my $on ($is{arrived} ? [arrived => $e->{a}] : (), $is{departed} ? [departed => $e->{b}] : ()) {
            $months{$_}{$on->[0]}++ for first_of('month', $on->[1]), 'school';
        }
    });
    same(page('movement', 'movement_months'), whole(\%months, qw(arrived departed)), 'REP-06, months') if %months;
}

# The movement of the classes in these terms, or in the year so far, counted once.
my %movement;
sub movement { return $movement{join ' ', map { $_->{id} } @_} //= movement_of(@_) }
sub movement_of {
    my %sum;
    each_move(sub {
        my ($c, $e, %is) = @_;
        add(\%sum, $c, $_, 1) for keys %is;
        return unless $is{departed};
        my ($reason) = map { $_->{reason} } rows(q{SELECT reason FROM ej.movement WHERE pupil_id = ? AND moved_on = ? AND kind = 'leave' AND undone_reason IS NULL ORDER BY id DESC LIMIT 1}, $e->{pupil_id}, $e->{b});
        add(\%sum, $c, ($reason // '') =~ /^to_(?:school|city|abroad|college|family)$/ ? $reason : 'to_other', 1);
    }, @_);
    return whole(\%sum, qw(first arrived moved_in departed to_city to_school to_abroad to_college to_family to_other moved_out last));
}

# Calls back with class, enrolment, and how it begins and ends.
sub each_move {
    my ($call, @terms) = @_;
    my %term = map { $_->{term_plan_id} => $_ } @terms;
    for my $e (map { @$_ } values %enrolled) {
        my $c = $class{$e->{class_id}} or next;
        my $days = @terms ? $term{$c->{term_plan_id}} : {a => $year_on, z => $today};
        next unless $days && $e->{a} le ($days->{z} lt $today ? $days->{z} : $today) && $e->{b} gt $days->{a};
        my @others = @{$enrolled{$e->{pupil_id}}};
        $call->($c->{id}, $e, $e->{a} le $days->{a} ? 'first' : (grep { $_->{b} eq $e->{a} } @others) ? 'moved_in' : 'arrived', 1,
            $e->{b} gt $days->{z} ? 'last' : (grep { $_->{a} eq $e->{b} } @others) ? 'moved_out' : 'departed', 1);
    }
}

# ----------------------------------------------------------------- REP-12 ----

my ($due_on, $away, %attendance);

# Lessons due to each pupil on each day.
sub due_on { read_days() unless $due_on; return $due_on }

# The same, and absences by pupil, day and code.
sub read_days {
    my (%held, %days);
    $held{$_->{study_group_id}}{$_->{held_on}}++ for grep { $_->{state} eq 'given' } values %lesson;
    for my $group (keys %held) {
        for my $b (@{$members{$group} // []}) {
            $due_on->{$b->{pupil_id}}{$_} += $held{$group}{$_} for grep { $b->{a} le $_ && $_ lt $b->{b} } keys %{$held{$group}};
        }
    }
    $away->{$_->{pupil_id}}{$_->{held_on}}{$_->{is_missed} ? $_->{code} : 'о'}++ for @absences;
}

# The attendance of classes and pupils in these terms, counted once.
sub attendance { return $attendance{join ' ', map { $_->{id} } @_} //= attendance_of(@_) }
sub attendance_of {
    my %term = map { $_->{term_plan_id} => $_ } @_;
    read_days() unless $due_on;
    my %sum;
    for my $n (map { @$_ } values %enrolled) {
        my ($c, $pupil) = @$n{qw(class_id pupil_id)};
        my $term = $class{$c} && $term{$class{$c}{term_plan_id}} or next;
        my $is_in = sub { my ($day) = @_; return $n->{a} le $day && $day lt $n->{b} && $term->{a} le $day && $day le $term->{z} };
        my $last = $term->{z} lt $today ? $term->{z} : $today;
        my $counts = sub { add(\%sum, $c, $_[0], $_[1], "pupil-$c-$pupil") };
        $counts->(lessons => 0) if $n->{a} le $last && $last lt $n->{b};
        $counts->(due => $due_on->{$pupil}{$_}) for grep { $is_in->($_) } keys %{$due_on->{$pupil} // {}};
        for my $day (grep { $is_in->($_) && $_ le $today } keys %{$away->{$pupil} // {}}) {
            my %codes = %{$away->{$pupil}{$day}};
            my ($late, $lessons, $held) = (delete $codes{'о'} // 0, 0, $due_on->{$pupil}{$day} // 0);
            $lessons += $_ for values %codes;
            $counts->(days => 1) if $lessons >= $held;
            $counts->(days_ill => 1) if ($codes{'б'} // 0) >= $held;
            $counts->(lessons => $lessons), $counts->(ill => $codes{'б'} // 0), $counts->(valid => $codes{'у'} // 0);
            $counts->(unjustified => $codes{'п'} // 0), $counts->(unexplained => $codes{'н'} // 0), $counts->(late => $late);
        }
    }
    whole(\%sum, qw(days days_ill lessons ill valid unjustified unexplained late due));
    $_->{attendance_pct} = shown(ratio($_->{due} - $_->{lessons}, $_->{due})) for values %sum;
    return \%sum;
}

# ----------------------------------------------------------------- REP-16 ----

# By the map itself: each row counts the pupils who fit, or their classes.
sub statistic {
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
    Test::More::like($_->{difference}, qr/^0\.00$/, 'a sum of the form ОО-1 agrees') for values %checks;
}

# ----------------------------------------------------------------- REP-17 ----

# The last month is written anew and must be what log-ins, visits and history say; the report shows what is written.
sub activity {
    my $month_on = value(q{SELECT (date_trunc('month', ?::timestamp) - interval '1 month')::date}, $today);
    rewrite_activity($month_on);
    my %use = %{use_of($month_on)};
    my (%staff, %families);
    for my $p (people(value(q{SELECT (?::date + interval '1 month')::date - 1}, $month_on))) {
        my ($u, $role) = ($use{$p->{account_id}} // {}, $p->{role});
        if ($role eq 'staff') {
            for my $s (map { $staff{$_} //= {} } "staff-$p->{staff_id}", 'school') { $s->{$_} += $u->{$_} // 0 for qw(entrances days entries) }
            next;
        }
        add(\%families, $p->{class_id}, "${role}s" => 1);
        add(\%families, $p->{class_id}, "${role}s_active" => %$u ? 1 : 0);
        add(\%families, $p->{class_id}, "${role}s_$_" => $u->{$_} // 0) for qw(entrances days);
    }
    for my $role (qw(guardians pupils)) {
        whole(\%families, $role, map { "${role}_$_" } qw(active entrances days));
        $_->{"${role}_pct"} = pct($_, "${role}_active", $role) for values %families;
    }
    same(page('activity', 'activity'), \%staff, 'REP-17, staff');
    same(page('activity', 'activity_families'), \%families, 'REP-17, families');
    my %months;
    for my $a (rows(q{SELECT month_on, role, people, active, entrances, entries FROM ej.activity WHERE school_id = 1 AND month_on <= ? AND (month_on + interval '1 month')::date > ?}, $today, $year_on)) {
        for my $s ($months{first_of('month', $a->{month_on})} //= {}) {
            $s->{$a->{role}} += $a->{people}, $s->{"$a->{role}_active"} += $a->{active};
            $s->{$_} += $a->{$_} for qw(entrances entries);
        }
    }
    whole(\%months, map { ($_, "${_}_active") } qw(staff guardian pupil));
    for my $s (values %months) { $s->{"${_}_pct"} = pct($s, "${_}_active", $_) for qw(guardian pupil) }
    same(page('activity', 'activity_months'), \%months, 'REP-17, months');
}

# Of accounts: log-ins, days and entries of a month.
sub use_of {
    my ($month_on) = @_;
    my %use;
    my $in = q{>= ?::timestamp AT TIME ZONE s.tz AND x.made_at < (?::date + interval '1 month') AT TIME ZONE s.tz};
    $use{$_->{account_id}}{days} = $_->{n} for rows(q{SELECT account_id, count(*) AS n FROM ej.visit WHERE seen_on >= ?::date AND seen_on < ?::date + interval '1 month' GROUP BY 1}, ($month_on) x 2);
    $use{$_->{account_id}}{entrances} = $_->{n} for rows("SELECT x.account_id, count(*) AS n FROM ej.school AS s JOIN ej.entrance AS x ON x.made_at $in WHERE s.id = 1 GROUP BY 1", ($month_on) x 2);
    $use{$_->{account_id}}{entries} = $_->{n} for rows("SELECT x.account_id, count(*) AS n FROM ej.school AS s JOIN ej.history AS x ON x.school_id = s.id AND x.made_at $in
        WHERE s.id = 1 AND x.account_id IS NOT NULL GROUP BY 1", ($month_on) x 2);
    return \%use;
}

# The accounts of a day: staff, pupils, and guardians in the class of the child in the lowest grade.
sub people {
    my ($day) = @_;
    my %account = map { $_->{person_id} => $_->{id} } rows('SELECT id, person_id FROM ej.account');
    my @people = map { $account{$_->{person_id}} ? {role => 'staff', staff_id => $_->{id}, account_id => $account{$_->{person_id}}} : () }
        rows('SELECT id, person_id FROM ej.staff WHERE school_id = 1');
    my %of_pupil = map { my $c = class_on($_->{id}, $day); $class{$c} ? ($_->{id} => $c) : () } rows('SELECT id FROM ej.pupil WHERE school_id = 1');
    push @people, map { $of_pupil{$_->{id}} && $account{$_->{person_id}} ? {role => 'pupil', class_id => $of_pupil{$_->{id}}, account_id => $account{$_->{person_id}}} : () }
        rows('SELECT id, person_id FROM ej.pupil WHERE school_id = 1');
    my %children;
    push @{$children{$account{$_->{person_id}} // 0}}, $of_pupil{$_->{pupil_id}} for grep { $of_pupil{$_->{pupil_id}} }
        rows('SELECT g.person_id, w.pupil_id FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id WHERE w.school_id = 1 AND w.during @> ?::date', $day);
    delete $children{0};
    for my $account (keys %children) {
        my ($c) = sort { $class{$a}{grade} <=> $class{$b}{grade} || $a <=> $b } @{$children{$account}};
        push @people, {role => 'guardian', class_id => $c, account_id => $account};
    }
    return @people;
}

1;
