#!/usr/bin/perl
# region_made.t: region.sql makes a region with its schools and a person with a role in it, once.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20')->plan(9);
my $db = $t->db;

sub made {
    my (%also) = @_;
    my %v = (region => 'Округ № 3', parent => 'Область', kind => 'observer', surname => 'Ветрова', given_name => 'Инна', patronymic => '', order_no => '7-р',
        order_on => '2026-09-01', from_on => '2026-09-01', till_on => '2027-08-31', post => 'специалист', schools => "Муниципальное бюджетное общеобразовательное учреждение «Школа № 17»\n", %also);
    return eval { $t->postgres->psql($t->database, (map { ('-v', "$_=$v{$_}") } sort keys %v), '-f', 'sql/region.sql') } // 'refused';
}
chomp(my $code = made());
like $code, qr/^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/, 'a one-time code is printed';
is_deeply $db->selectall_arrayref('SELECT r.name, p.name FROM ej.school AS s JOIN ej.region AS r ON r.id = s.region_id JOIN ej.region AS p ON p.id = r.parent_id WHERE s.short_name LIKE ?', undef, '%17'),
    [['Округ № 3', 'Область']], 'the school is of the region, the region of the one above';
my ($name, $of) = $db->selectrow_array(q{SELECT person_name, school_name FROM ej.activation_find(ARRAY[ej.code_sha256(?)], '127.0.0.1', NULL)}, undef, $code);
is "$name|$of", 'Ветрова И.|Округ № 3', 'the code is that of the person, and names the region';
like made(), qr/^\s*$/, 'again it prints no code';
is $t->value(q{SELECT count(*) FROM ej.region_role WHERE surname = 'Ветрова'}), 1, 'and makes no second role';
is made(schools => 'Школа Марса', order_no => '8-р'), 'refused', 'a school that is missing is refused';
is $t->value(q{SELECT count(*) FROM ej.region_role WHERE surname = 'Ветрова'}), 1, 'nothing is half done';
is made(kind => 'tsar', order_no => '9-р'), 'refused', 'and so is a kind that is unknown';
is made(order_no => ''), 'refused', 'and a role without the number of its order';
