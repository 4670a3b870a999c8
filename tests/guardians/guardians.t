#!/usr/bin/perl
# guardians.t: adding a guardian, recognising one who is known, ending a guardianship.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator deputy class-teacher grade1 teacher parent pupil);
my ($pupil, $other) = map { $t->value(q{SELECT e.pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id
    WHERE c.school_id = 1 AND c.name = '7Б' ORDER BY e.pupil_id OFFSET ? LIMIT 1}, $_) } 0, 1;
my %new = (surname => 'Сойкин', given_name => 'Лев', patronymic => 'Ильич', kind => 'grandfather', status => 'trustee', paper => 'приказ 5', phone => '+7 000 111-2233',
    email => 'soykin@example.org', from_on => '2026-11-20', is_informed => 1, is_called => 1);
sub count { return $t->value('SELECT count(*) FROM ej.guardian WHERE surname = ?', 'Сойкин') }

# ------------------------------------------------------------------- adding ---

my $r = $c{administrator}->post("/pupils/$pupil/guardians", %new);
like $r->status . ($r->location // ''), qr{^303/pupils/$pupil\?done=added}, 'the administrator adds a guardian' or diag refused($r);
my ($id, $guardian) = $db->selectrow_array(q{SELECT w.id, w.guardian_id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id WHERE g.surname = 'Сойкин'});
is join('|', $db->selectrow_array('SELECT kind, status, is_informed, is_called, is_collector, lower(during) FROM ej.guardianship WHERE id = ?', undef, $id)),
    'grandfather|trustee|1|1|0|2026-11-20', 'with what he is told';
like $c{'class-teacher'}->get("/pupils/$pupil", html => 1)->content, qr/Сойкин Лев Ильич.*дедушка, попечитель.*\+7 000 111-2233.*звонить в экстренном случае/s, 'the class teacher sees him on the card';
$r = $c{administrator}->post("/pupils/$other/guardians", %new);
is refused($r), '409 JE217:guardian_id', 'the same name for another child is asked about';
$r = $c{administrator}->post("/pupils/$other/guardians", {html => 1}, %new);
like $r->content, qr/Такой человек в школе уже есть.*Да: Сойкин Лев Ильич, \+7 000 111-2233, дети:.*Нет, это другой человек.*value="Сойкин"/s, 'the page shows who is known, and keeps what was typed';
is count(), 1, 'and nothing is written meanwhile';
is $c{administrator}->post("/pupils/$other/guardians", %new, guardian_id => $guardian)->status . count(), '3031', 'the known one becomes the guardian of both';
is refused($c{administrator}->post("/pupils/$other/guardians", %new, guardian_id => $guardian)), '409 JE212:pupil_id', 'not twice of one child';
is $c{administrator}->post("/pupils/$other/guardians", %new, is_other => 1)->status . count(), '3032', 'another person of the same name is a person of his own';
is refused($c{administrator}->post("/pupils/$pupil/guardians", surname => 'x', given_name => '', kind => '', status => '', from_on => 'z')), '422 JE101:given_name JE101:kind JE101:status JE103:from_on', 'what is missing is named';
is refused($c{administrator}->post("/pupils/$pupil/guardians", %{{%new, surname => 'Новый', email => 'y'}})), '422 JE102:email', 'so is a wrong address';
is $t->value(q{SELECT count(*) FROM ej.guardian WHERE surname = 'Новый'}), 0, 'and nothing is left of it';
is join(' ', map { $c{$_}->get("/pupils/$pupil/guardians")->status . $c{$_}->post("/pupils/$pupil/guardians", %new, is_other => 1)->status } qw(deputy class-teacher teacher parent pupil)),
    join(' ', ('404404') x 5), 'nobody else gives a child a guardian';

# ----------------------------------------------------------------- changing ---

sub form {
    my ($who, %new) = @_;
    my $shown = $c{$who}->get("/guardianships/$id");
    my @names = qw(surname given_name patronymic kind status paper phone email address work is_informed is_called is_collector from_on till_on reason);
    my %value = map { $_ => $shown->xpath("string(//guardians/\@$_)") } @names;
    my %all = ((map { ("old_$_" => $value{$_}) } @names), (map { ($_ => $value{$_}) } grep { !/^is_/ || $value{$_} } @names), %new);
    return %all;
}
my %stale = form('class-teacher', phone => '2');
$r = $c{'class-teacher'}->post("/guardianships/$id", form('class-teacher', phone => '+7 000 999', is_collector => 1));
like $r->status . ($r->location // ''), qr{^303/pupils/$pupil\?done=changed}, 'the class teacher keeps the data of a guardian' or diag refused($r);
is $t->value('SELECT g.phone || w.is_collector FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id WHERE w.id = ?', $id), '+7 000 999true', 'both parts are saved';
is refused($c{'class-teacher'}->post("/guardianships/$id", %stale)), '409 JE210:phone', 'what was changed meanwhile is not overwritten';
is refused($c{'class-teacher'}->post("/guardianships/$id", form('class-teacher', till_on => '2026-01-01'))), '422 JE132:till_on', 'no guardianship ends before it began';
is join(' ', map { $c{$_}->get("/guardianships/$id")->status } qw(deputy grade1 teacher parent pupil)), join(' ', (404) x 5), 'others have no such form';
is join(' ', map { $c{$_}->post("/guardianships/$id", %stale)->status } qw(deputy grade1 teacher parent pupil)), join(' ', (404) x 5), 'nor do they save one';

# ------------------------------------------------------------------- ending ---

my $own = $t->value(q{SELECT w.id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.account a USING (person_id) WHERE a.login = 'parent' AND w.pupil_id = ?}, $pupil);
$id = $own;
is $c{parent}->get("/pupils/$pupil")->status, 200, 'a parent opens the card';
is $c{'class-teacher'}->post("/guardianships/$own", form('class-teacher', till_on => '2026-11-19', reason => 'решение суда'))->status, 303, 'the class teacher ends the guardianship';
is $c{parent}->get("/pupils/$pupil")->status, 404, 'the parent opens the card no more';
like $c{administrator}->get("/pupils/$pupil", html => 1)->content, qr/не представляет с/, 'the card tells that it ended';
is $t->value(q{SELECT new ->> 'reason' FROM ej.history WHERE table_name = 'guardianship' AND row_key = ARRAY[?::bigint] ORDER BY id DESC LIMIT 1}, $own), 'решение суда', 'the reason is in the history';
$r = $c{'class-teacher'}->post("/guardianships/$own", form('class-teacher', till_on => '2027-11-19', reason => 'ошибка'));
is refused($r) . ' ' . $c{parent}->get("/pupils/$pupil")->status, '403 JE301:till_on 404', 'whom the class teacher does not let in again';
is $c{'class-teacher'}->post("/guardianships/$own", form('class-teacher', till_on => '2026-11-18', reason => 'решение суда'))->status, 303, 'an earlier day is the class teacher\'s to enter';
done_testing;
