#!/usr/bin/perl
# mealsheets.t: a month of meals (MOD-02): the sheet of a class equals a ledger kept by other code, to the kopeck;
# differences from the attendance; months are closed in their order, and nothing of a closed one changes.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c = map { $_ => $t->login($_) } qw(meals deputy class-teacher grade1 parent);
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my $sheet = "/meals/classes/$class/2026-11";

# a ledger in kopecks: what each pupil ate and paid
my (%cost, %owed, %paid, %days);
for (@{$db->selectall_arrayref(q{SELECT pupil_id, meal_category_id, total, by_parents, served_on FROM ej.meal_order WHERE class_id = ? AND state = 'eaten'}, undef, $class)}) {
    my ($p, $k, $total, $part, $day) = @$_;
    tr/.//d for $total, $part;
    $cost{"$p $k"} += $total; $owed{"$p $k"} += $part; $days{"$p $k"}{$day} = 1;
}
$paid{$_->[0]} += $_->[1] =~ s/\.//r for @{$db->selectall_arrayref('SELECT pupil_id, amount FROM ej.meal_payment WHERE school_id = 1')};
my $r = $c{'class-teacher'}->get($sheet);
my (@got, @want);
for my $n ($r->nodes('//pupil')) {
    my $row = $n->getAttribute('row_id');
    my $key = $n->getAttribute('pupil_id') . ' ' . int($row / 1e10);
    push @got, join ' ', $key, map { my $v = $n->getAttribute($_); $v =~ s/\.//; $v + 0 } qw(days total by_parents);
    push @want, join ' ', $key, scalar(keys %{$days{$key} // {}}), ($cost{$key} // 0) + 0, ($owed{$key} // 0) + 0;
}
cmp_ok scalar(@got), '>', 5, 'the class has eaters';
is_deeply \@got, \@want, 'days, cost and what parents pay equal the ledger, to the kopeck';
my %charged;
$charged{(split / /)[0]} += $owed{$_} for keys %owed;
is_deeply {map { $_->getAttribute('pupil_id') => $_->getAttribute('balance') =~ s/\.//r + 0 } $r->nodes('//pupil[@balance]')},
    {map { my $p = $_->getAttribute('pupil_id'); $p => ($paid{$p} // 0) - ($charged{$p} // 0) } $r->nodes('//pupil[@balance]')}, 'so does the balance';
is $r->xpath('string(/page/mealsheets/@pct)'), sprintf('%.1f', 100 * $r->xpath('string(/page/mealsheets/@fed)') / $r->xpath('string(/page/mealsheets/@pupils)')), 'the head has the share of eaters';
is join(' ', map { $_->get($sheet)->status } @c{qw(meals deputy grade1 parent)}), '200 200 404 404', 'others do not read it';
is $c{meals}->get("$sheet?format=xlsx")->status . ' ' . $c{meals}->get("$sheet?format=print", html => 1)->status, '200 200', 'as a workbook and on paper';
is $c{meals}->get("/meals/classes/$class/2026-13")->status, 404, 'there is no thirteenth month';

# ---------------------------------------------------------------- differences ---

my $month = '/meals/months/2026-11';
is $c{'class-teacher'}->get($month)->status, 404, 'a class teacher has no page of the school';
my $before = $c{meals}->get($month)->count('//difference[@is_absent]');
my ($order, $pupil, $lesson) = $db->selectrow_array(q{SELECT o.id, o.pupil_id, l.id FROM ej.meal_order o JOIN ej.membership b ON b.pupil_id = o.pupil_id AND b.during @> o.served_on
    JOIN ej.lesson l ON l.study_group_id = b.study_group_id AND l.held_on = o.served_on AND l.state = 'given'
   WHERE o.class_id = ? AND o.served_on = '2026-11-18' AND o.state = 'eaten' ORDER BY o.pupil_id, l.slot LIMIT 1}, undef, $class);
$db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, ?, l.school_id, l.teaching_id, 'н' FROM ej.lesson l WHERE l.id = ?}, undef, $pupil, $lesson);
$r = $c{meals}->get($month);
cmp_ok $r->count('//difference[@is_absent]'), '>', $before, 'attendance changed later lists a difference';
my %settle = (meal_order_id => $order, state => 'missed', old_state => 'eaten', reason => '');
is refused($c{meals}->post($month, %settle)), '422 JE101:reason', 'it is settled for a reason';
is refused($c{deputy}->post($month, %settle)), '404 JE401:', 'by the organiser alone';
is refused($c{meals}->post($month, %{{%settle, reason => 'не был'}})), '303', 'then the family pays nothing for it';
is refused($c{meals}->post($month, %{{%settle, state => 'withdrawn', reason => 'не был'}})), '409 JE210:state', 'an older page meets the change';

# ------------------------------------------------------------------- closing ---

is refused($c{meals}->post('/meals/months/2026-12')), '409 JE254:month_on', 'a month that runs or comes is not closed';
$db->do(q{INSERT INTO ej.meal_payment (school_id, pupil_id, paid_on, amount, document) VALUES (1, ?, '2026-10-05', 100, 'о-1')}, undef, $pupil);
$t->today('2026-11-30');
is refused($c{meals}->post($month)), '409 JE254:month_on', 'nor one on its last day, while meals are being served';
$t->today('2026-12-01');
is refused($c{meals}->post($month)), '409 JE255:month_on', 'nor one after an open one';
is refused($c{deputy}->post('/meals/months/2026-10')), '404 JE401:', 'a deputy closes none';
is refused($c{meals}->post($_)), '303', "$_ is closed" for '/meals/months/2026-09', '/meals/months/2026-10', $month;
is refused($c{meals}->post($month)), '409 JE212:', 'once';
is refused($c{meals}->post($month, %{{%settle, old_state => 'missed', state => 'eaten', reason => 'был'}})), '409 JE251:served_on', 'nothing of it changes';
my %ledger;
$ledger{$_->[0]} -= $_->[1] =~ s/\.//r for @{$db->selectall_arrayref(q{SELECT pupil_id, by_parents FROM ej.meal_order WHERE school_id = 1 AND state = 'eaten' AND served_on < '2026-12-01'})};
$ledger{$_->[0]} += $_->[1] =~ s/\.//r for @{$db->selectall_arrayref(q{SELECT pupil_id, amount FROM ej.meal_payment WHERE school_id = 1})};
is_deeply {map { $_->[0] => $_->[1] =~ s/\.//r + 0 } @{$db->selectall_arrayref(q{SELECT pupil_id, balance FROM ej.meal_balance WHERE school_id = 1 AND month_on = '2026-11-01'})}},
    {map { $_ => $ledger{$_} + 0 } keys %ledger}, 'the balances that are kept equal the ledger, to the kopeck';
is $c{meals}->get('/meals/months/2026-12')->xpath('string(//mealsheets/@can_close)'), '', 'a month that runs has no button';
is refused($c{meals}->post('/meals/months/2026-12')), '409 JE254:month_on', 'a month that runs is not closed, though nothing is ordered in it yet';
ok !eval { $db->do(q{INSERT INTO ej.meal_payment (school_id, pupil_id, paid_on, amount, document) VALUES (1, ?, '2026-08-25', 100, 'о-2')}, undef, $pupil); 1 }, 'a payment before the closed months, which no balance would have, is refused';
$db->do(q{INSERT INTO ej.meal_month (school_id, month_on, closed_by) SELECT 1, '2026-12-01', min(closed_by) FROM ej.meal_month});
ok eval { $db->do('SELECT ej.meals_minute()'); 1 }, 'a closed month does not stop the job of all schools' or diag $@;
done_testing;
