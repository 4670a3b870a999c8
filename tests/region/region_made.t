#!/usr/bin/perl
# region_made.t: region_schools.sql makes the schools of a region from a file, once, each with the code of its
# administrator; a role in a region is ended and never changed otherwise.
use lib 'tests/lib';
use EJ::Test;
use File::Temp ();

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $head = "название;краткое название;город;учредитель;часовой пояс;администратор\n";
my $line = sub { return "«Лицей № $_[0]», МБОУ;Лицей № $_[0];Ясная Заводь;Управление образования;$_[1];Иванова Мария $_[2]\n" };
sub made {
    my ($text, %also) = @_;
    my $file = File::Temp->new;
    binmode $file, ':encoding(UTF-8)';
    print {$file} $head, $text;
    close $file;
    my %v = (region => 'Округ № 3', parent => 'Область', year => 2026, %also);
    my %env = $t->postgres->env($t->database);
    local @ENV{keys %env} = values %env;
    open my $out, '-|:encoding(UTF-8)', 'sh', '-c', 'exec psql -X -q "$@" -f sql/region_schools.sql <"$0" 2>&1', $file->filename, map { ('-v', "$_=$v{$_}") } sort keys %v or die $!;
    my $said = do { local $/; <$out> } // '';
    $said = 'refused' if !close $out;
    return $said;
}
sub state_ { return $t->value(q{SELECT count(*) || ' ' || (SELECT count(*) FROM ej.activation) || ' ' || (SELECT count(*) FROM ej.region) || ' ' || (SELECT count(*) FROM ej.subject) FROM ej.school}) }

my $text = join '', $line->(1, '', 'Петровна'), $line->(2, 'Asia/Omsk', '');
my @said = split /\n/, made($text);
is scalar(@said), 2, 'a line for each school';
my ($name, $admin, $code) = split /;/, $said[0];
is "$name|$admin", '«Лицей № 1», МБОУ|Иванова Мария Петровна', 'with its administrator';
is_deeply $db->selectall_arrayref(q{SELECT s.short_name, s.tz, g.name, p.name FROM ej.school s JOIN ej.region g ON g.id = s.region_id JOIN ej.region p ON p.id = g.parent_id WHERE s.name LIKE '%Лицей%' ORDER BY s.id}),
    [['Лицей № 1', 'Europe/Moscow', 'Округ № 3', 'Область'], ['Лицей № 2', 'Asia/Omsk', 'Округ № 3', 'Область']], 'the schools are of the region, in their time zones';
is $t->value(q{SELECT person_name FROM ej.activation_find(ARRAY[ej.code_sha256(?)], '127.0.0.1', NULL)}, $code), 'Иванова М. П.', 'the code is that of the administrator';
is $t->value(q{SELECT count(*) FROM ej.subject WHERE school_id = (SELECT id FROM ej.school WHERE short_name = 'Лицей № 2')}) > 10, 1, 'a school begins with what every school begins with';
my $before = state_();
is made($text), '', 'again it prints nothing';
is state_(), $before, 'and changes nothing';
like made($text . $line->(3, '', 'Ильич')), qr/^[^\n]*Лицей № 3[^\n]*\n$/, 'a longer file makes the new school alone';
$before = state_();
is made($line->(4, '', '') . ";Лицей;;;;Иванова Мария\n"), 'refused', 'a line without a name is refused';
is made($line->(4, '', '') =~ s/Мария//r), 'refused', 'so is an administrator without a given name';
is made($line->(4, '', '') x 2), 'refused', 'a school that the file has twice';
is made($line->(4, 'Europe/Mars', '')), 'refused', 'a time zone that does not exist';
is made($line->(1, '', ''), region => 'Округ № 4'), 'refused', 'and a school of another region';
is state_(), $before, 'nothing is half done';
$db->do(q{UPDATE ej.school SET region_id = NULL WHERE short_name = 'Лицей № 2'});
is made($text), '', 'a school of no region joins it';
is $t->value(q{SELECT count(*) FROM ej.school s JOIN ej.region g ON g.id = s.region_id WHERE g.name = 'Округ № 3'}), 3, 'with the others';

# A role: given, ended before its time by the same call, never changed.
sub role {
    my %v = (region => 'Округ № 3', parent => 'Область', kind => 'observer', surname => 'Ветрова', given_name => 'Инна', patronymic => '', order_no => '7-р', order_on => '2026-09-01',
        from_on => '2026-09-01', till_on => '2027-08-31', post => 'специалист', schools => '', @_);
    return eval { $t->postgres->psql($t->database, (map { ('-v', "$_=$v{$_}") } sort keys %v), '-f', 'sql/region.sql') } // 'refused';
}
my $role = sub { return $t->value(q{SELECT string_agg(during::text || ' ' || (ended_at IS NOT NULL), ',') FROM ej.region_role WHERE surname = 'Ветрова'}) };
role();
is $role->(), '[2026-09-01,2027-09-01) false', 'the role is given';
role(till_on => '2026-11-20');
is $role->(), '[2026-09-01,2026-11-21) true', 'and ended earlier, which is recorded';
role(till_on => '2027-08-31');
is $role->(), '[2026-09-01,2026-11-21) true', 'the same order does not lengthen it again';
for my $set ("during = '[2026-09-01,2028-01-01)'", "during = '[2026-08-01,2026-11-21)'", "kind = 'provisioner'", "surname = 'Иванова'", "order_no = '9'", 'ended_at = NULL') {
    my $done = eval { local $db->{PrintError} = 0; $db->do("UPDATE ej.region_role SET $set WHERE surname = 'Ветрова'"); 1 };
    ok !$done, "refused: $set";
}
ok !eval { local $db->{PrintError} = 0; $db->do(q{DELETE FROM ej.region_role WHERE surname = 'Ветрова'}); 1 }, 'nor is it deleted';
done_testing;
