#!/usr/bin/perl
# entitlements.t: the documents by which pupils are fed at a benefit (MOD-02): of organiser, deputy and the family;
# the orders that are not sent follow.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals deputy director class-teacher administrator);
my ($benefit, $paid) = @{$t->db->selectcol_arrayref(q{SELECT id FROM ej.meal_category WHERE school_id = 1 AND kind <> 'free' ORDER BY kind, id LIMIT 4})}[0, 3];
my $pupil = $t->value(q{SELECT o.pupil_id FROM ej.meal_choice o JOIN ej.enrolment e USING (pupil_id) JOIN ej.class c ON c.id = e.class_id JOIN ej.meal m ON m.id = o.meal_id
    WHERE c.school_id = 1 AND c.name = '7Б' AND e.during @> date '2026-11-20' AND m.name = 'Завтрак' AND o.pupil_id NOT IN (SELECT pupil_id FROM ej.meal_entitlement) ORDER BY 1 LIMIT 1});
my %new = (pupil_id => $pupil, meal_category_id => $benefit, document => 'Справка № 7', from_on => '2026-11-20', till_on => '');
is refused($c{meals}->post('/meals/entitlements', %{{%new, document => ''}})), '422 JE101:document', 'without a document there is no benefit';
is refused($c{meals}->post('/meals/entitlements', %{{%new, meal_category_id => $paid}})), '422 JE106:meal_category_id', 'nor is one needed for what everybody has';
is refused($c{meals}->post('/meals/entitlements', %{{%new, till_on => '2026-11-01'}})), '422 JE132:till_on', 'its days are in order';
is refused($c{meals}->post('/meals/entitlements', %new)), '303', 'the organiser enters it';
is refused($c{meals}->post('/meals/entitlements', %new)), '409 JE212:from_on', 'of the same days there is one';
is join(' ', map { $c{$_}->get('/meals/entitlements')->count("//entitlement[\@pupil_id = $pupil]") } qw(meals deputy)), '1 1', 'organiser and deputy read it';
is join(' ', map { $c{$_}->get('/meals/entitlements')->status } qw(director class-teacher administrator)), '404 404 404', 'others have no such page';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'meal_entitlement' AND pupil_id = ?}, $pupil), 1, 'the history has it';
is join(' ', map { $c{$_}->get("/pupils/$pupil/history")->xpath('count(//change[contains(., "Справка № 7")])') } qw(class-teacher administrator)), '0 0', 'for others it has nothing of it';
like $c{meals}->get('/meals/entitlements?format=print', html => 1)->content, qr/Реестр обучающихся.*Справка № 7/s, 'the register is printed';
done_testing;
