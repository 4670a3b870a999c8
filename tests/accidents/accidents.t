#!/usr/bin/perl
# accidents.t: an accident is reported in writing, told to parents and heads at once, received by a
# head, printed by annex 6 of the order No. 602 (MSG-06).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($director, $deputy, $administrator, $teacher, $sport, $parent, $pupil, $meals) =
    map { $t->login($_) } qw(director deputy administrator teacher sport parent pupil meals);
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my $page  = "/pupils/$child/accident";
my ($surname) = split / /, $t->value('SELECT surname FROM ej.pupil WHERE id = ?', $child);
sub told { return join ' ', sort map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT a.login FROM ej.notice_for AS f JOIN ej.account AS a USING (person_id)
    WHERE f.kind = ? AND f.fact_key = ?}, undef, @_)} }

is $meals->get("/accidents?whom=$surname")->count("//candidate[\@pupil_id = $child]"), 1, 'the pupil is found by name';
is join(' ', map { $_->get($page)->status } $teacher, $meals, $deputy, $parent, $pupil, $t->login('teacher-17')), '200 200 200 404 404 404', 'who works in the school has the form';
my %report = (happened_on => '2026-11-20', happened_time => '10:15', place => 'коридор', what => "Упал\nУшиб колена", first_aid => 'Холод', parents_told_time => '10:40');
is refused($teacher->post($page)), '422 JE101:happened_on JE101:happened_time JE101:place JE101:what JE101:first_aid', 'what must be reported is named';
is refused($teacher->post($page, %{{%report, happened_on => '2026-11-21'}})), '422 JE263:happened_on', 'an accident does not lie in the future';
is refused($teacher->post($page, %{{%report, parents_told_time => '09:00'}})), '422 JE263:parents_told_time', 'nobody was told of it before';
is refused($teacher->post($page, %{{%report, told_orally_to => 'директору'}})), '422 JE101:told_orally_time', 'an oral notice has its hour';
is refused($teacher->post($page, %report)), '303', 'a teacher reports it';
my $id = $t->value('SELECT max(id) FROM ej.accident');
my $one = "/accidents/$id";
is told('accident', $id), 'deputy director ' . join(' ', sort map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT a.login FROM ej.guardianship AS k JOIN ej.guardian AS g ON g.id = k.guardian_id
    JOIN ej.account AS a ON a.person_id = g.person_id WHERE k.pupil_id = ? AND k.during @> date '2026-11-20' AND (k.is_informed OR k.is_called)}, undef, $child)}),
    'parents, director and deputies are told at once';

is join(' ', map { $_->get($one)->status } $director, $deputy, $teacher, $parent), '200 200 200 200', 'heads, author and parents read it';
is join(' ', map { $_->get($one)->status } $sport, $administrator, $pupil, $meals, $t->login('director-17'), $t->login('observer')), '404 404 404 404 404 404', 'others do not';
is join(' ', map { $_->get('/accidents')->count('//accident') } $director, $teacher, $sport, $administrator), '6 1 1 1', 'a list has what its reader may read';
is $director->get('/accidents')->count("//accident[\@accident_id = $id][\@is_untold][not(\@is_late)]"), 1, 'the list says that no head was told orally';
like $director->get('/accidents', html => 1)->content, qr/устно не сообщено/, 'in words';

$t->db->do(q{SELECT ej.accidents_unreceived()});
is told('accident_unreceived', $id), '', 'for 15 minutes nobody is told that it is not received';
$t->db->do('ALTER TABLE ej.accident DISABLE TRIGGER USER');
$t->db->do(q{UPDATE ej.accident SET written_at = now() - interval '16 minutes' WHERE id = ?}, undef, $id);
$t->db->do('ALTER TABLE ej.accident ENABLE TRIGGER USER');
$t->db->do('SELECT ej.accidents_unreceived()') for 1, 2;
is told('accident_unreceived', $id), 'administrator deputy director', 'then every head is told, once';
is $director->get('/accidents')->count("//accident[\@accident_id = $id][\@is_late]"), 1, 'and the list says so';

is join(' ', map { refused($_->post("$one/receipt")) } $teacher, $administrator, $parent, $t->login('deputy-17')), '404 JE401: 404 JE401: 404 JE401: 404 JE401:', 'only director and deputies receive it';
is refused($deputy->post("$one/receipt")) . $t->value('SELECT a.login FROM ej.accident AS x JOIN ej.staff AS s ON s.id = x.received_by JOIN ej.account AS a USING (person_id) WHERE x.id = ?', $id), '303deputy', 'a deputy does';
is refused($director->post("$one/receipt")) . $t->value('SELECT a.login FROM ej.accident AS x JOIN ej.staff AS s ON s.id = x.received_by JOIN ej.account AS a USING (person_id) WHERE x.id = ?', $id), '303deputy', 'a second time changes nothing';
my %old = map { ("old_$_" => '') } qw(told_orally_to told_orally_on told_orally_time manner act_no act_on sick_days diagnosis consequence measures);
my %told = (parents_told_on => '2026-11-20', old_parents_told_on => '2026-11-20', parents_told_time => '10:40', old_parents_told_time => '10:40');
my %act = (%old, %told, told_orally_to => 'завучу', told_orally_on => '2026-11-20', told_orally_time => '10:20', manner => 'падение', act_no => '7', act_on => '2026-11-23',
    sick_days => '2', diagnosis => 'ушиб', consequence => 'recovered', measures => 'Вымыт пол');
is refused($teacher->post($one, %act)), '404 JE401:', 'the author changes nothing any more';
is refused($deputy->post($one, %{{%act, act_no => ''}})), '422 JE101:act_no', 'an act has its number';
is refused($deputy->post($one, %act)), '303', 'a head completes the register';
is refused($deputy->post($one, %{{%act, act_no => '8'}})), '409 JE210:act_no', 'what was changed since is not overwritten';
is $t->value('SELECT consequence FROM ej.accident WHERE id = ?', $id), 'recovered', 'with how it ended';
my $register = $deputy->get('/accidents?format=print')->content;
like $register, qr/Приложение № 6.*602.*коридор.*падение.*№ 7.*ушиб.*Вымыт пол/s, 'it is printed by annex 6';
my $printed = $deputy->get('/accidents?format=print', html => 1);
is $printed->count('//thead/tr[@class = "numbers"]/th') . ' ' . $printed->xpath('concat(count(//thead/tr[1]/th), " ", count(//thead/tr[2]/th), " ", count(//tbody/tr[last()]/*))'), '13 11 3 13', 'with its thirteen columns';
$t->db->do('UPDATE ej.accident SET consequence = ? WHERE id = ?', undef, $_->[0], $id),
    is join('|', map { $_->textContent } $deputy->get('/accidents?format=print', html => 1)->nodes("//tbody/tr[contains(., 'Вымыт пол')]/td[position() > 8 and position() < 12]")), $_->[1], "$_->[0] stands in its column"
    for ['recovered', 'да||'], ['disabled_2', '|II группа|'], ['disabled_child', '|ребёнок-инвалид|'], ['died', '||да'];
$t->db->do(q{UPDATE ej.accident SET consequence = 'recovered' WHERE id = ?}, undef, $id);
like $parent->get("$one?format=print")->content, qr/Извещение о несчастном случае.*коридор/s, 'and the report by itself';
cmp_ok $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'accident' AND key_id = ?}, $id), '>=', 3, 'the history has report, receipt and register';
done_testing;
