#!/usr/bin/perl
# benefits.t: the categories by which pupils are fed (MOD-02).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals deputy class-teacher);
my %new = (kind => 'benefit', name => 'Опекаемые', ground => 'Постановление', ended_on => '');
is refused($c{meals}->post('/meals/benefits', %new)), '303', 'the organiser adds a category';
is refused($c{meals}->post('/meals/benefits', %{{%new, name => 'Ещё одна', kind => 'paid'}})), '409 JE212:', 'of what everybody has there is one';
is refused($c{meals}->post('/meals/benefits', %{{%new, name => '', kind => 'gold'}})), '422 JE106:kind JE101:name', 'each wrong field is named';
my $id = $t->value(q{SELECT id FROM ej.meal_category WHERE name = 'Опекаемые'});
is refused($c{meals}->post("/meals/benefits/$id", old_name => 'Опекаемые', name => 'Дети под опекой', old_ground => 'Постановление', ground => 'Постановление', old_ended_on => '', ended_on => '')), '303', 'and changes it';
is $c{deputy}->get('/meals/benefits')->count('//benefit'), 6, 'a deputy reads them';
is $c{'class-teacher'}->get('/meals/benefits')->status, 404, 'a class teacher has no such page';
done_testing;
