#!/usr/bin/perl
# prices.t: what a portion costs (MOD-02): no days without a price between two, in kopecks, not over what parents see.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals deputy parent);
my ($meal, $paid) = $t->db->selectrow_array(q{SELECT m.id, k.id FROM ej.meal m JOIN ej.meal_category k USING (school_id) WHERE m.school_id = 1 AND m.name = 'Обед' AND k.kind = 'paid'});
my $id = $t->value(q{SELECT id FROM ej.meal_price WHERE meal_id = ? AND meal_category_id = ? AND age = '12-18'}, $meal, $paid);
my %new = (meal_id => $meal, meal_category_id => $paid, age => '12-18', total => '155,50', by_parents => '155,5', from_on => '2026-12-03', till_on => '');
is refused($c{meals}->post('/meals/prices', %new)), '409 JE212:from_on', 'two prices on one day are refused';
my %old = (old_total => '148,9', old_by_parents => '148,9', old_from_on => '2026-09-01', old_till_on => '');
my %same = (total => '148,9', by_parents => '148,9', from_on => '2026-09-01', till_on => '');
is refused($c{meals}->post("/meals/prices/$id", %{{%old, %same, till_on => '2026-11-30'}})), '303', 'the present price ends';
is refused($c{meals}->post('/meals/prices', %new)), '422 JE252:from_on', 'days without a price are refused';
is refused($c{meals}->post('/meals/prices', %{{%new, from_on => '2026-12-01'}})), '303', 'the next begins on the day after';
is $t->value(q{SELECT total || ' ' || by_parents FROM ej.meal_price ORDER BY id DESC LIMIT 1}), '155.50 155.50', 'to the kopeck';
is refused($c{meals}->post('/meals/prices', %{{%new, from_on => '2027-02-01', till_on => '2027-01-01'}})), '422 JE132:till_on', 'its days are in order';
is refused($c{meals}->post('/meals/prices', %{{%new, total => '12,345', by_parents => 'много', from_on => ''}})), '422 JE102:total JE102:by_parents JE101:from_on', 'each wrong field is named';
is refused($c{meals}->post('/meals/prices', %{{%new, age => '7-11', total => '100', by_parents => '101', from_on => '2027-06-01'}})), '422 JE102:by_parents', 'parents pay no more than it costs';
is refused($c{deputy}->post('/meals/prices', %new)), '404 JE401:', 'a deputy writes none';
is $c{parent}->get('/meals/prices')->status, 404, 'a family has no such page';
done_testing;
