#!/usr/bin/perl
# servings.t: the meals that a school serves (MOD-02): entered by the organiser alone; without the module there is no
# such page.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals deputy teacher parent meals-17);
my %new = (name => 'Полдник', serves_at => '15:30', cutoff_days => 0, cutoff_at => '10:00', withdraw_until => '11:00', ended_on => '');
is refused($c{meals}->post('/meals/servings', %new)), '303', 'the organiser adds a meal';
is refused($c{meals}->post('/meals/servings', %new)), '409 JE212:name', 'once';
is refused($c{meals}->post('/meals/servings', %{{%new, name => '', serves_at => '25:00', cutoff_days => 9}})), '422 JE101:name JE129:serves_at JE102:cutoff_days', 'each wrong field is named';
is refused($c{meals}->post('/meals/servings', %{{%new, name => 'Ужин', withdraw_until => '16:00'}})), '422 JE102:withdraw_until', 'a portion is taken back before the meal';
is refused($c{meals}->post('/meals/servings', %{{%new, name => 'Ужин', cutoff_at => '12:00'}})), '422 JE102:withdraw_until', 'and not before the cutoff of the same day';
is $c{deputy}->get('/meals/servings')->status . ' ' . refused($c{deputy}->post('/meals/servings', %{{%new, name => 'Ужин'}})), '200 404 JE401:', 'a deputy reads them and writes none';
is join(' ', map { $c{$_}->get('/meals/servings')->status } qw(teacher parent)), '404 404', 'others have no such page';
my $id = $t->value(q{SELECT id FROM ej.meal WHERE name = 'Полдник' AND school_id = 1});
is $c{'meals-17'}->get("/meals/servings/$id")->status, 404, 'nor has the organiser of another school this one';
my %old = map { ("old_$_" => $new{$_}) } keys %new;
is refused($c{meals}->post("/meals/servings/$id", %{{%old, %new, cutoff_at => '09:30'}})), '303', 'one is changed';
is refused($c{meals}->post("/meals/servings/$id", %{{%old, %new, cutoff_at => '09:00'}})), '409 JE210:cutoff_at', 'not over a change that was not seen';

$t->db->do(q{UPDATE ej.school SET modules = '{gto,events}' WHERE id = 1});
is join(' ', map { $c{meals}->get($_)->status } qw(/meals /meals/servings /meals/months /meals/payments)), '404 404 404 404', 'without the module there is no page';
is $c{meals}->get('/')->xpath('contains(/page/@opens, "/meals")'), 'false', 'and no entry in the menu';
is $c{'meals-17'}->get('/meals/servings')->status, 200, 'another school still has it';
done_testing;
