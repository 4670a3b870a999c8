#!/usr/bin/perl
# kitchen.t: what the kitchen cooks (MOD-02): the numbers are those of the orders, frozen at the cutoff; later changes
# are lines of more or less with who and when; the print names no pupil.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c = map { $_ => $t->login($_) } qw(meals deputy director class-teacher parent meals-17);
my $page = '/meals/kitchen/2026-11-19';

# the numbers by other code: from the orders, row by row
my %count;
$count{"$_->[0] $_->[1] $_->[2] $_->[3]"}++ for @{$db->selectall_arrayref(q{SELECT m.name, c.name, k.name, o.age FROM ej.meal_order o JOIN ej.meal m ON m.id = o.meal_id
    JOIN ej.class c ON c.id = o.class_id JOIN ej.meal_category k ON k.id = o.meal_category_id WHERE o.school_id = 1 AND o.served_on = '2026-11-19' AND o.state <> 'withdrawn'})};
sub shown {
    my ($r) = @_;
    return {map { my $n = $_; (join(' ', $n->parentNode->getAttribute('name'), map { $n->getAttribute($_) } qw(class_name category_name age)) => $n->getAttribute('now')) }
        grep { $_->getAttribute('now') > 0 } $r->nodes('//meal/count')};
}
my $r = $c{meals}->get($page);
is_deeply shown($r), \%count, 'portions by meal, class, category and age are those of the orders';
is $r->xpath('sum(//group/@now)'), $r->xpath('sum(//count/@now)'), 'the totals are theirs';
is join(' ', map { $c{$_}->get($page)->status } qw(deputy director class-teacher parent)), '200 200 404 404', 'deputy and director read it, and nobody else';
is $c{'meals-17'}->get($page)->count('//count[@class_name = "7Б"]') , 0 + $t->value(q{SELECT count(*) FROM ej.meal_line l JOIN ej.class c ON c.id = l.class_id WHERE l.school_id <> 1 AND c.name = '7Б' AND l.served_on = '2026-11-19' AND l.cause = 'sent'}), 'another school has its own';

# the organiser takes one back afterwards
my ($class, $pupil, $meal) = $db->selectrow_array(q{SELECT class_id, pupil_id, meal_id FROM ej.meal_order WHERE school_id = 1 AND served_on = '2026-11-19' AND state = 'eaten' ORDER BY id LIMIT 1});
my $was = $r->count('//change');
is refused($c{meals}->post("/meals/orders/$class/2026-11-19", ate => "$pupil.$meal", reason => '')), '422 JE101:reason', 'after the cutoff the organiser says why';
is refused($c{meals}->post("/meals/orders/$class/2026-11-19", ate => "$pupil.$meal", reason => 'не привезли')), '303', 'and changes it';
$r = $c{meals}->get($page);
is $r->count('//change') - $was, 1, 'which is a line';
is $r->xpath('concat(//change[last()]/@portions, " ", //change[@cause = "hand"]/@staff_name != "")'), '-1 true', 'of one less, with who';
is $r->xpath('sum(//group/@sent)'), $t->value(q{SELECT sum(portions) FROM ej.meal_line WHERE school_id = 1 AND served_on = '2026-11-19' AND cause = 'sent'}), 'what was sent stays as it was';
$count{$_}-- for join ' ', $db->selectrow_array(q{SELECT m.name, c.name, k.name, o.age FROM ej.meal_order o JOIN ej.meal m ON m.id = o.meal_id JOIN ej.class c ON c.id = o.class_id
    JOIN ej.meal_category k ON k.id = o.meal_category_id WHERE o.pupil_id = ? AND o.meal_id = ? AND o.served_on = '2026-11-19'}, undef, $pupil, $meal);
is_deeply shown($r), {map { $_ => $count{$_} } grep { $count{$_} } keys %count}, 'and the present numbers are those of the orders again';

my $print = $c{meals}->get("$page?format=print", html => 1)->content;
like $print, qr/0504202/, 'the print has the head of the form';
my @names = map { $_->[0] } @{$db->selectall_arrayref('SELECT DISTINCT surname FROM ej.pupil WHERE school_id = 1')};
is join(' ', grep { $print =~ /\b\Q$_\E\b/ && $print !~ /name">\Q$_\E/ } @names), '', 'and no name of a pupil';
is $c{meals}->get("$page?format=xlsx")->status, 200, 'the tables as a workbook';
done_testing;
