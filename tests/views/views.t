#!/usr/bin/perl
# views.t: the log of access to pupils' cards: its list, filters and readers.
use lib 'tests/lib';
use EJ::Test;
use URI::Escape 'uri_escape_utf8';

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $director, $lead, $parent) = map { $t->login($_) } qw(administrator director class-teacher parent);
my @pupil = map { $t->value(q{SELECT e.pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id
    WHERE c.school_id = 1 AND c.name = '7Б' ORDER BY e.pupil_id OFFSET ? LIMIT 1}, $_) } 0, 1;
sub who { return join ' ', map { $_->getAttribute('pupil_id') . $_->getAttribute('role') } $_[0]->nodes('//opening') }

is $admin->get('/views')->xpath('count(//opening)'), 0, 'at first nobody has opened a card';
like $admin->get('/views', html => 1)->content, qr/Таких записей нет/, 'which the page says';
$_->[0]->get("/pupils/$_->[1]") for [$parent, $pupil[0]], [$lead, $pupil[0]], [$lead, $pupil[1]];
my $r = $director->get('/views');
is who($r), "$pupil[1]staff $pupil[0]staff $pupil[0]guardian", 'the director sees who opened which card, the newest first';
is $r->xpath('string(//opening/@class_name)') . ' ' . $r->xpath('string(//opening/@address)'), '7Б 127.0.0.1', 'with the class and the address';
my ($surname, $child) = (map { $t->value("SELECT surname FROM $_") } "ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'class-teacher'", "ej.pupil WHERE id = $pupil[1]");
is who($admin->get('/views?find=' . uri_escape_utf8($surname))), "$pupil[1]staff $pupil[0]staff", 'the list is filtered by who opened';
is who($admin->get('/views?pupil=' . uri_escape_utf8($child))), "$pupil[1]staff", 'and by the pupil';
is $admin->get('/views?to_on=2020-01-01')->xpath('count(//opening)'), 0, 'and by days';
is join(' ', $admin->get('/views?from_on=x')->errors), 'JE103', 'what is no day is refused';

# Many openings: pages of a hundred, a file with all.
$db->do(q{INSERT INTO ej.card_view (school_id, pupil_id, person_id, viewed_at)
    SELECT 1, ?, (SELECT person_id FROM ej.account WHERE login = 'deputy'), timestamptz '2026-11-01' + i * interval '1 minute' FROM generate_series(1, 250) AS i}, undef, $pupil[0]);
my $all = $db->selectcol_arrayref(q{SELECT (extract(epoch FROM viewed_at) * 1000000)::bigint || '.' || id FROM ej.card_view ORDER BY viewed_at DESC, id DESC});
sub keys_of { return join ' ', map { $_->getAttribute('view_key') } $_[0]->nodes('//opening') }
$r = $admin->get('/views');
is keys_of($r), "@$all[0 .. 99]", 'a page has a hundred';
$r = $admin->get('/views?after=' . $r->xpath('string(//views/@next)'));
is keys_of($r), "@$all[100 .. 199]", 'then come the next';
is keys_of($admin->get('/views?before=' . $r->xpath('string(//views/@previous)'))), "@$all[0 .. 99]", 'and back';
is scalar(split /\n/, $admin->get('/views?format=csv')->content), 254, 'the file has all';

is join(' ', map { $t->login($_)->get('/views')->status } qw(deputy class-teacher teacher personnel meals observer parent pupil)), join(' ', (404) x 8), 'only administrator and director read the log';
is $t->login('administrator-17')->get('/views')->xpath('count(//opening)'), 0, 'another school has its own';
is $admin->get('/', html => 1)->count('//nav//a[contains(@href, "/views")]'), 1, 'the menu leads to it';

# How long they are kept is a setting, a year at least.
$db->do(q{UPDATE ej.school SET view_months = 12 WHERE id = 1});
$db->do(q{INSERT INTO ej.card_view (school_id, pupil_id, person_id, viewed_at) SELECT p.school_id, p.id, p.person_id, now() - o.age
    FROM (VALUES (interval '13 months'), (interval '11 months')) AS o(age), (SELECT min(id) AS id FROM ej.pupil GROUP BY school_id) AS f JOIN ej.pupil AS p USING (id)});
$db->selectall_arrayref('SELECT * FROM ej.sweep()');
is join(' ', map { $t->value(q{SELECT count(*) FROM ej.card_view WHERE school_id = ? AND viewed_at < now() - interval '6 months'}, $_) } 1, 2), '1 2', 'older rows are swept, each school\'s after its own months';
ok !eval { local $db->{PrintError} = 0; local $db->{RaiseError} = 1; $db->do('UPDATE ej.school SET view_months = 11'); 1 }, 'less than a year is no setting';
done_testing;
