#!/usr/bin/perl
# informing.t: who was informed about a child, how and when (DIA-07, DIA-08); the families that
# wait too long stand first; what is due on Friday on «Сегодня».
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil personnel meals observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($guardian, $pupil) = $db->selectrow_array(q{SELECT g.id, w.pupil_id FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id WHERE a.login = 'parent' AND c.name = '7Б'});
my @two = ($pupil, $db->selectrow_array(q{SELECT max(pupil_id) FROM ej.enrolment WHERE class_id = ? AND pupil_id <> ? AND during @> date '2026-11-20'}, undef, $class, $pupil));
sub row { my ($who, $attribute) = @_; return $c{$who}->get('/informing')->xpath("string(//pupil[\@pupil_id = $pupil]/\@$attribute)") }
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub tasks { return join ' ', map { $_->getAttribute('code') . $_->getAttribute('count') } grep { $_->getAttribute('code') =~ /^(?:strips|informing)$/ } $c{'class-teacher'}->get('/')->nodes('//task') }

is row('class-teacher', 'is_overdue'), 1, 'a family whom nobody has informed waits';
like tasks(), qr/^informing\d+$/, 'which «Сегодня» tells the class teacher';
my %form = (way => 'meeting', informed_on => '2026-11-18', note => 'Итоги четверти', pupil_id => \@two);
my $r = $c{'class-teacher'}->post('/informing', %form);
is $r->status . ($r->location // ''), '303/informing?done=added', 'a meeting is recorded for several families at once' or diag refused($r);
is row('class-teacher', 'informed_on') . row('class-teacher', 'way') . row('deputy', 'is_overdue'), '2026-11-18meeting', 'they do not wait any more, which the deputy sees';
is $c{'class-teacher'}->get('/informing')->xpath('count(//pupil[@is_overdue][preceding-sibling::pupil[not(@is_overdue)]])'), 0, 'who waits stands first';
is refused($c{'class-teacher'}->post('/informing', way => 'x', informed_on => '')), '422 JE106:way JE101:informed_on', 'what is wrong is named';
is refused($c{'class-teacher'}->post('/informing', %{{%form, informed_on => '2026-11-21'}})), '422 JE203:informed_on', 'a day to come is refused';
is refused($c{'class-teacher'}->post('/informing', way => 'call', informed_on => '2026-11-18')), '422 JE101:pupil_id', 'somebody is to be ticked';
is refused($c{grade1}->post('/informing', %form)) =~ s/:.*//r, '403 JE301', 'nobody writes it for another class';
is join(' ', map { $c{$_}->post('/informing', %form)->status } qw(deputy english parent)), '404 404 404', 'nor do others';

# By what else a family is informed.
$db->do(q{UPDATE ej.informing SET informed_on = '2026-10-30'});
is row('class-teacher', 'is_overdue'), 1, 'after two weeks it is time again';
$c{parent}->post("/pupils/$pupil/receipts", week_on => '2026-11-16', way => 'tap', document => $c{parent}->get('/diary')->xpath('string(//receipt/@document)'));
is row('class-teacher', 'way') . row('class-teacher', 'is_overdue'), 'receipt', 'a receipt of the diary informs';

# A paper family.
$c{parent}->post("/pupils/$pupil/consents", purpose => 'processing');
like tasks(), qr/\bstrips1\b/, 'on Friday «Сегодня» tells that a strip is due';
$c{'class-teacher'}->post("/classes/$class/strips", week_on => '2026-11-16', pupil_id => [$pupil]);
unlike tasks(), qr/strips/, 'until it is printed';
my $id = $t->value('SELECT id FROM ej.informing WHERE pupil_id = ?', $pupil);
is $c{deputy}->get("/pupils/$pupil/informing")->xpath('concat(//told[1]/@way, " ", //told[2]/@way, " ", //told[3]/@way)') =~ s/(\S+) (\S+)/join ' ', sort $1, $2/er, 'paper tap meeting', 'a deputy reads all of it' or diag $c{deputy}->get("/pupils/$pupil/informing")->content;
my %was = (way => 'meeting', old_way => 'meeting', informed_on => '2026-10-30', old_informed_on => '2026-10-30', note => 'Итоги четверти', old_note => 'Итоги четверти', pupil_id => $pupil);
is refused($c{'class-teacher'}->post("/informing/$id", %{{%was, informed_on => '2026-12-01'}})), '422 JE203:informed_on', 'a day to come is refused here, too';
is $c{'class-teacher'}->post("/informing/$id", %{{%was, way => 'call'}})->status . $t->value('SELECT way FROM ej.informing WHERE id = ?', $id), '303call', 'the class teacher corrects a record';
is refused($c{'class-teacher'}->post("/informing/$id", %{{%was, way => 'talk'}})), '409 JE210:way', 'not over what was changed since';
is refused($c{grade1}->post("/informing/$id", %was)) =~ s/:.*//r, '404 JE401', 'nobody else does';
is $c{'class-teacher'}->post("/informing/$id", %{{%was, way => 'call', old_way => 'call', is_removed => 1}})->status . $t->value('SELECT count(*) FROM ej.informing WHERE id = ?', $id), '3030', 'and removes it';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'informing' AND key_id = ?}, $id), 4, 'the history has it all';

is statuses('/informing', qw(administrator director deputy class-teacher english parent pupil personnel meals observer)), '200 200 200 200 404 404 404 404 404 404', 'the list is for heads and class teachers';
is statuses("/pupils/$pupil/informing", qw(administrator director deputy class-teacher grade1 english parent pupil observer deputy-17)), '200 200 200 200 404 404 404 404 404 404', 'so is that of a pupil';
is $c{deputy}->get('/informing?find=zzz')->count('//pupil'), 0, 'the list is searched';

# Two namesakes of one class.
$db->do(q{UPDATE ej.pupil AS p SET surname = o.surname, given_name = o.given_name, patronymic = o.patronymic || 'a' FROM ej.pupil AS o WHERE o.id = ? AND p.id = ?}, undef, @two);
my @names = map { $c{'class-teacher'}->get('/informing')->xpath("string(//pupil[\@pupil_id = $_]/\@name)") } @two;
isnt $names[0], $names[1], 'namesakes are told apart in the list';
is $c{'class-teacher'}->get("/pupils/$two[1]/informing")->xpath('string(//informing/@name)'), $names[1], 'and have the same names on their own pages';
done_testing;
