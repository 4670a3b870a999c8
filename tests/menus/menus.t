#!/usr/bin/perl
# menus.t: what is served, as families read it (MOD-02).
use lib 'tests/lib';
use EJ::Test qw(refused);
use URI::Escape 'uri_escape_utf8';

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals director parent);
my $meal = $t->value(q{SELECT id FROM ej.meal WHERE school_id = 1 AND name = 'Обед'});
my %new = (meal_id => $meal, served_on => '2026-11-27', note => "Суп с фрикадельками\nЗапеканка");
is refused($c{meals}->post('/meals/menus', %new)), '303', 'the organiser enters the menu of a day';
is refused($c{meals}->post('/meals/menus', %new)), '409 JE212:served_on', 'once';
is refused($c{meals}->post('/meals/menus', %{{%new, note => '', served_on => 'завтра'}})), '422 JE103:served_on JE101:note', 'each wrong field is named';
my $child = $t->value(q{SELECT w.pupil_id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.account a ON a.person_id = g.person_id WHERE a.login = 'parent' LIMIT 1});
like $c{parent}->get("/pupils/$child/meals")->xpath('string(//menu[@served_on = "2026-11-27"])'), qr/фрикадельками/, 'the family reads it';
is $c{director}->get('/meals/menus?find=' . uri_escape_utf8('фрикадел'))->count('//menu[@served_on = "2026-11-27"]'), 1, 'and who looks for a dish';
done_testing;
