#!/usr/bin/perl
# payments.t: what families have paid (MOD-02): by hand and from the bank's file; a closed month takes none.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals deputy administrator);
my ($pupil, $name, $class) = $t->db->selectrow_array(q{SELECT p.id, p.surname || ' ' || p.given_name, c.name FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id AND e.during @> date '2026-11-20'
    JOIN ej.class c ON c.id = e.class_id WHERE p.school_id = 1 AND c.name = '7Б' ORDER BY p.id LIMIT 1});
sub balance { return $c{meals}->get("/pupils/$pupil/meals")->xpath('string(/page/meals/@balance)') }
my $was = balance();
my %new = (pupil_id => $pupil, paid_on => '2026-11-19', amount => '1234,56', document => 'ПП-1');
is refused($c{meals}->post('/meals/payments', %new)), '303', 'a payment is entered';
is sprintf('%.2f', balance() - $was), '1234.56', 'and is in the balance, to the kopeck';
is refused($c{meals}->post('/meals/payments', %new)), '409 JE212:document', 'a document counts once';
is refused($c{meals}->post('/meals/payments', %{{%new, document => 'ПП-2', amount => '-34,56'}})), '303', 'what is paid back is negative';
is sprintf('%.2f', balance() - $was), '1200.00', 'and counts';
is refused($c{meals}->post('/meals/payments', %{{%new, document => 'ПП-3', paid_on => '2026-11-21'}})), '422 JE247:paid_on', 'a coming day is refused';
is refused($c{meals}->post('/meals/payments', %{{%new, document => '', amount => '0,001', paid_on => ''}})), '422 JE101:paid_on JE102:amount JE101:document', 'each wrong field is named';
is refused($c{deputy}->post('/meals/payments', %{{%new, document => 'ПП-4'}})), '404 JE401:', 'a deputy enters none';
$t->db->do(q{SELECT ej.meal_month_end(1, '2026-10-01', (SELECT staff_id FROM ej.staff_role WHERE role = 'meals' AND school_id = 1))});
is refused($c{meals}->post('/meals/payments', %{{%new, document => 'ПП-5', paid_on => '2026-10-31'}})), '409 JE251:paid_on', 'nor does a closed month take one';
is $c{meals}->get('/meals/payments?format=csv')->status, 200, 'the list as CSV';
done_testing;
