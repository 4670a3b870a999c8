#!/usr/bin/perl
# meals_month.t: a whole month of meals of a school (MOD-02), day by day through HTTP: announced absences, classes that
# are confirmed and corrected, absences at the first lesson, late withdrawals, a choice and a price that change in the
# middle of the month, the bank's file, the close. What each family owes equals a ledger that this file keeps on its
# own, in kopecks; absent pupils have eaten nothing. MEALS_PUPILS=1000 perl tests/meals/meals_month.t: a bigger school.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Time::HiRes qw(time);

my $t = EJ::Test->new(today => '2026-09-01');
my $db = $t->db;
my ($office, $deputy) = map { $t->login($_) } qw(meals deputy);
sub rows { return @{$db->selectall_arrayref(@_)} }
sub kopecks { return $_[0] =~ s/\.//r + 0 }
$db->do($_) for 'SET session_replication_role = replica', (map { "DELETE FROM ej.$_ WHERE school_id = 1" } qw(meal_order meal_day meal_line meal_payment meal_balance meal_month)), 'RESET session_replication_role';

# Classes of 30 beside those of the seed, taught together with 7Б, so that their lessons are its lessons.
my $more = ($ENV{MEALS_PUPILS} // 200) / 30;
$db->do($_) for 'SET session_replication_role = replica',
    qq{INSERT INTO ej.class (id, school_id, year, grade, letter, term_plan_id, week_days) SELECT 9000 + n, 1, 2026, 1 + n % 11, 'Ш' || n, c.term_plan_id, 5 + n % 2 FROM ej.class c, generate_series(1, $more) n WHERE c.school_id = 1 AND c.name = '7Б'},
    'INSERT INTO ej.person (id) SELECT c.id * 100 + n FROM ej.class c, generate_series(1, 30) n WHERE c.id > 9000',
    q{INSERT INTO ej.pupil (id, school_id, person_id, surname, given_name) SELECT p.id, 1, p.id, 'Едоков', 'Э' || p.id FROM ej.person p WHERE p.id > 900000},
    q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during) SELECT 1, p.id, p.id / 100, '[2026-09-01,)' FROM ej.pupil p WHERE p.id > 900000},
    q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) SELECT 1, g.id, p.id, '[2026-09-01,)' FROM ej.pupil p, ej.study_group g WHERE p.id > 900000 AND g.school_id = 1 AND g.kind = 'class' AND g.name = '7Б'},
    q{INSERT INTO ej.meal_choice (school_id, pupil_id, meal_id, weekdays, during) SELECT 1, p.id, m.id, CASE p.id % 5 WHEN 0 THEN '{1,3,5}' ELSE '{1,2,3,4,5,6}' END::int[], '[2026-09-01,)' FROM ej.pupil p, ej.meal m WHERE p.id > 900000 AND m.school_id = 1 AND (m.name = 'Завтрак' OR p.id % 2 = 0)},
    q{INSERT INTO ej.meal_entitlement (school_id, pupil_id, meal_category_id, document, during) SELECT 1, p.id, k.id, 'Справка', CASE p.id % 2 WHEN 0 THEN '[2026-09-01,2026-09-16)' ELSE '[2026-09-10,)' END::daterange FROM ej.pupil p, ej.meal_category k WHERE p.id > 900000 AND p.id % 7 = 0 AND k.school_id = 1 AND k.name = 'Многодетные семьи'},
    'RESET session_replication_role', 'ANALYZE';

# ---------------------------------------------------------- what is given ---

my (%class, %learns, %free, %pupils, %in);
for (rows(q{SELECT c.id, c.grade, c.week_days, e.pupil_id, lower(e.during)::text, coalesce(upper(e.during)::text, '9') FROM ej.class c JOIN ej.enrolment e ON e.class_id = c.id WHERE c.school_id = 1 AND c.year = 2026 ORDER BY c.id, e.pupil_id})) {
    my ($id, $grade, $week, $pupil, $from, $till) = @$_;
    $class{$id} = {grade => $grade, week => $week, age => $grade <= 4 ? '7-11' : '12-18'};
    push @{$pupils{$id}}, $pupil;
    $in{$pupil} = [$id, $from, $till];
}
my @choice = map { {pupil => $_->[0], meal => $_->[1], days => $_->[2], from => $_->[3], till => $_->[4]} } rows(q{SELECT pupil_id, meal_id, array_to_string(weekdays, ''), lower(during)::text, coalesce(upper(during)::text, '9') FROM ej.meal_choice WHERE school_id = 1});
my @price = map { {meal => $_->[0], category => $_->[1], age => $_->[2], total => kopecks($_->[3]), part => kopecks($_->[4]), from => $_->[5], till => $_->[6]} } rows(q{SELECT meal_id, meal_category_id, age, total, by_parents, lower(during)::text, coalesce(upper(during)::text, '9') FROM ej.meal_price WHERE school_id = 1});
my %kind = map { @$_ } rows('SELECT id, kind FROM ej.meal_category WHERE school_id = 1');
my %document = map { $_->[0] => $_ } rows(q{SELECT pupil_id, meal_category_id, lower(during)::text, coalesce(upper(during)::text, '9') FROM ej.meal_entitlement WHERE school_id = 1});
my @reason = rows(q{SELECT pupil_id, lower(during)::text, coalesce(upper(during)::text, '9') FROM ej.absence_reason WHERE school_id = 1 AND slots IS NULL});
my %missed = map { $_->[0] => 1 } rows('SELECT code FROM ej.attendance_code WHERE school_id = 1 AND counts_missed');
my (%lesson, %of_group, %groups, %away);
for (rows(q{SELECT id, study_group_id, held_on::text, slot, attendance_at IS NOT NULL FROM ej.lesson WHERE school_id = 1 AND state = 'given' AND held_on BETWEEN '2026-09-01' AND '2026-09-30'})) {
    $lesson{$_->[0]} = {slot => $_->[3], checked => $_->[4]};
    push @{$of_group{"$_->[1] $_->[2]"}}, $_->[0];
}
push @{$groups{$_->[0]}}, [@$_[1 .. 3]] for rows(q{SELECT pupil_id, study_group_id, lower(during)::text, coalesce(upper(during)::text, '9') FROM ej.membership WHERE school_id = 1});
$away{"$_->[0] $_->[1]"} = 1 for grep { $lesson{$_->[1]} && $missed{$_->[2]} } rows('SELECT pupil_id, lesson_id, code FROM ej.attendance WHERE school_id = 1');
my @holiday = rows(q{SELECT lower(during)::text, upper(during)::text FROM ej.holiday WHERE school_id = 1 AND kind <> 'extra'});

# ------------------------------------------------------ the second ledger ---

sub within { my ($day, $from, $till) = @_; return $day ge $from && $day lt $till }
sub weekday { return 1 + substr($_[0], 8) % 7 }    # 1 September 2026 is a Tuesday
sub lessons { my ($p, $day) = @_; return sort { $lesson{$a}{slot} <=> $lesson{$b}{slot} } map { @{$of_group{"$_->[0] $day"} || []} } grep { within($day, @$_[1, 2]) } @{$groups{$p} || []} }
sub announced { my ($p, $day) = @_; return scalar grep { $_->[0] == $p && within($day, @$_[1, 2]) } @reason }
sub is_absent {
    my ($p, $day) = @_;
    my @lessons = lessons($p, $day);
    return 1 if @lessons && grep { $lesson{$_}{slot} == $lesson{$lessons[0]}{slot} && $away{"$p $_"} } @lessons;
    return announced($p, $day) && !grep { $lesson{$_}{checked} && !$away{"$p $_"} } @lessons;
}
# Category and price of a portion: by the document, else free in grades 1 to 4, else paid.
sub terms {
    my ($p, $meal, $day) = @_;
    my $c = $class{$in{$p}[0]};
    my $d = $document{$p};
    my @may = ($d && within($day, @$d[2, 3]) ? $d->[1] : (), map { my $k = $_; $k eq 'free' && $c->{grade} > 4 ? () : grep { $kind{$_} eq $k } keys %kind } qw(free paid));
    for my $k (@may) {
        my ($price) = grep { $_->{meal} == $meal && $_->{category} == $k && $_->{age} eq $c->{age} && within($day, @$_{qw(from till)}) } @price;
        return $price if $price;
    }
    return;
}
my (%order, %owed, %cost, %days, %paid);    # order: "pupil meal" of the day that runs
sub eats { my ($id) = @_; my %in = map { $_ => 1 } @{$pupils{$id}}; return sort grep { $in{(split / /)[0]} } keys %order }
sub cell { return $_[0] =~ s/ /./r }

# ------------------------------------------------------------ day by day ---

sub clock { $db->do('UPDATE ej.meal SET cutoff_days = 0, cutoff_at = ?, withdraw_until = ?, serves_at = ? WHERE school_id = 1', undef, @_) }
sub minute { $db->do('SELECT ej.meals_minute()') }
my %told;
sub told { my ($r, $what) = @_; my $s = refused($r); $told{$what}{$s}++; return $s eq '303' }
sub is_school_day { my ($id, $day) = @_; return weekday($day) <= $class{$id}{week} && !grep { within($day, @$_) } @holiday }
sub be_absent { my ($p, $l) = @_; $away{"$p $l"} = 1; $db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, ?, l.school_id, l.teaching_id, 'н' FROM ej.lesson l WHERE l.id = ?}, undef, $p, $l) }
# A pupil with an order who is present at a first lesson that was given, the n-th.
sub present { my ($day, $n) = @_; my @all = grep { my ($p) = split / /; lessons($p, $day) && !is_absent($p, $day) } sort keys %order; return @all ? $all[$n % @all] : undef }

my $begun = time;
my ($confirmed, $n) = (0, 0);
for my $day (map { sprintf '2026-09-%02d', $_ } 1 .. 30) {
    $t->today($day);
    clock('23:58', '23:59', '23:59');
    minute();
    my @open = grep { is_school_day($_, $day) } sort { $a <=> $b } keys %class or next;
    my %open = map { $_ => 1 } @open;
    %order = map { ("$_->{pupil} $_->{meal}" => 1) } grep { my $i = $in{$_->{pupil}}; $i && $open{$i->[0]} && within($day, @$i[1, 2]) && within($day, @$_{qw(from till)}) && index($_->{days}, weekday($day)) >= 0
        && !announced($_->{pupil}, $day) && terms($_->{pupil}, $_->{meal}, $day) } @choice;
    # a parent calls: the deputy enters it before the cutoff
    if (my $one = present($day, 7 * ++$n)) {
        my ($p) = split / /, $one;
        told($deputy->post("/classes/$in{$p}[0]/attendance", pupil_id => $p, code => 'у', from_on => $day, till_on => $day, document => '', reason => ''), 'announced');
        push @reason, [$p, $day, sprintf '2026-09-%02d', 1 + substr $day, 8];
        delete @order{grep { /^$p / } keys %order};
    }
    for my $id (@open) {
        my @before = eats($id);
        my %form = (count => scalar @before);
        if ($id % 3 == $n % 3 && @before > 1) {    # one is taken off, by hand
            %form = (ate => [map { cell($_) } @before], eats => [map { cell($_) } @before[1 .. $#before]]);
            delete $order{$before[0]};
        }
        @before or next;
        told($office->post("/meals/orders/$id/$day", %form), 'confirmed') && $confirmed++;
    }
    clock('00:00', '23:59', '23:59');
    minute();    # they are sent
    for my $late (0, 1) {
        clock('00:00', '00:00', '00:00') if $late;
        my $one = present($day, 11 * $n + $late) or next;
        my ($p) = split / /, $one;
        be_absent($p, (lessons($p, $day))[0]);
    }
    if (my $one = present($day, 5 * $n)) {    # after the cutoff, by the organiser
        my ($p) = split / /, $one;
        told($office->post("/meals/orders/$in{$p}[0]/$day", ate => cell($one), reason => 'звонок'), 'taken back');
        delete $order{$one};
    }
    if ($day eq '2026-09-14') {    # from the next day on another price, and another choice
        my ($meal, $category, $id, $total, $part) = $db->selectrow_array(q{SELECT p.meal_id, p.meal_category_id, p.id, p.total, p.by_parents FROM ej.meal_price p JOIN ej.meal_category k ON k.id = p.meal_category_id
            WHERE p.school_id = 1 AND k.kind = 'paid' AND p.age = '12-18' ORDER BY p.meal_id LIMIT 1});
        told($office->post("/meals/prices/$id", old_total => $total =~ s/\.?0*$//r =~ s/\./,/r, total => $total =~ s/\.?0*$//r =~ s/\./,/r, old_by_parents => $part =~ s/\.?0*$//r =~ s/\./,/r, by_parents => $part =~ s/\.?0*$//r =~ s/\./,/r,
            old_from_on => '2026-09-01', from_on => '2026-09-01', old_till_on => '', till_on => $day), 'price ends');
        told($office->post('/meals/prices', meal_id => $meal, meal_category_id => $category, age => '12-18', total => '111,37', by_parents => '77,79', from_on => '2026-09-15', till_on => ''), 'price begins');
        my ($old) = grep { $_->{meal} == $meal && $_->{category} == $category && $_->{age} eq '12-18' } @price;
        push @price, {%$old, total => 11137, part => 7779, from => '2026-09-15'};
        $old->{till} = '2026-09-15';
        my ($choice) = grep { $class{$in{$_->{pupil}}[0]}{grade} > 4 } @choice;
        told($office->post("/classes/$in{$choice->{pupil}}[0]/meals", "old_days.$choice->{pupil}.$choice->{meal}" => $choice->{days}, "days.$choice->{pupil}.$choice->{meal}" => '24', from_on => '2026-09-15'), 'chosen');
        push @choice, {%$choice, days => '24', from => '2026-09-15'};
        $choice->{till} = '2026-09-15';
    }
    for my $one (grep { my ($p) = split / /; !is_absent($p, $day) } keys %order) {
        my ($p, $meal) = split / /, $one;
        my $price = terms($p, $meal, $day);
        my $row = $price->{category} * 1e10 + $p;
        $owed{$p} += $price->{part}; $owed{$row} += $price->{part}; $cost{$row} += $price->{total}; $days{$row}{$day} = 1;
    }
}
my @fed = grep { $_ < 1e10 } keys %owed;
is_deeply \%told, {map { $_ => {303 => $told{$_}{303}} } keys %told}, 'each class, call, correction, price and choice of the month is taken' or diag explain \%told;
cmp_ok $confirmed, '>', 50, "$confirmed classes are confirmed with the number of the ledger";

# --------------------------------------------------- the bank, the close ---

my @bank = map { my $sum = 100_000 + $_ * 7919 % 90_001; $paid{$_} = $sum; sprintf "29.09.2026;%d;%d,%02d;S-%d", $_, int $sum / 100, $sum % 100, $_ } sort { $a <=> $b } @fed;
sub bank { return $office->upload('/imports/payments', [['file', 'bank.csv', join "\n", 'Дата;Лицевой счёт;Сумма;№ документа', @_, '']], step => 'file')->status }
sub take { return refused($office->post('/imports/payments', step => 'save', version => $office->get('/imports/payments')->xpath('string(/page/imports/@version)'))) }
my (%sent, %taken);
for (my $i = 0; $i < @bank; $i += 400) { # a longer file is taken by a background job (imports_job.t)
    $sent{bank(@bank[$i .. ($i + 399 < $#bank ? $i + 399 : $#bank)])} = 1;
    $taken{take()} = 1;
}
is join(' ', keys %sent), '303', 'the bank sends ' . @bank . ' payments';
is join(' ', keys %taken), '303', 'which are taken';
$t->today('2026-10-01');
is refused($office->post('/meals/months/2026-09')), '303', 'the month is closed';

my (@got, @want, %seen);
for my $id (sort { $a <=> $b } keys %class) {
    for my $row ($office->get("/meals/classes/$id/2026-09")->nodes('//pupil')) {
        my ($key, $p) = map { $row->getAttribute($_) } qw(row_id pupil_id);
        $seen{$key} = 1;
        push @got, join ' ', $key, map { kopecks($row->getAttribute($_) // '0') } qw(days total by_parents), $row->getAttribute('balance') ? qw(paid balance) : ();
        push @want, join ' ', $key, scalar(keys %{$days{$key} || {}}), ($cost{$key} || 0), ($owed{$key} || 0), $row->getAttribute('balance') ? (($paid{$p} || 0), ($paid{$p} || 0) - ($owed{$p} || 0)) : ();
    }
}
is_deeply \@got, \@want, 'the sheets of all classes equal the ledger: days, cost, share of the parents, paid, balance, to the kopeck';
is join(' ', grep { !$seen{$_} } keys %cost), '', 'nobody who ate is missing';
is_deeply {map { $_->[0] => [kopecks($_->[1]), kopecks($_->[2])] } rows(q{SELECT pupil_id, charged, balance FROM ej.meal_balance WHERE month_on = '2026-09-01' AND school_id = 1})},
    {map { $_ => [$owed{$_}, $paid{$_} - $owed{$_}] } @fed}, 'the balances that are kept do, too';
my @eaten = rows(q{SELECT pupil_id, served_on::text, state FROM ej.meal_order WHERE school_id = 1 AND served_on < '2026-10-01'});
is scalar(grep { $_->[2] eq 'eaten' && is_absent(@$_[0, 1]) } @eaten), 0, 'absent pupils have eaten 0 portions';
is scalar(grep { $_->[2] eq 'ordered' } @eaten), 0, 'nothing is left open';
note sprintf '%d pupils, %d portions, %.1f s', scalar @fed, scalar @eaten, time - $begun;
done_testing;
