#!/usr/bin/perl
# requests.t: class teachers and HR ask the administrator, who answers (CNT-03, CNT-04).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $lead, $hr, $teacher) = map { $t->login($_) } qw(administrator deputy class-teacher personnel teacher);
my ($own, $other) = map { $t->value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_) } '7Б', '1А';
my %ask = (kind => 'pupil_arrived', name => 'Ёжикова Яна', happens_on => '2026-11-23', note => 'приказ завтра');

is refused($lead->post('/requests', kind => 'x', name => '', happens_on => '')), '422 JE106:kind JE101:name JE101:happens_on', 'a request has a kind, a name and a day';
is $lead->post('/requests', %ask, class_id => $own)->status, 303, 'a class teacher asks for the own class';
my $id = $t->value(q{SELECT max(id) FROM ej.request});
is $t->value(q{SELECT a.login FROM ej.request r JOIN ej.staff s ON s.id = r.staff_id JOIN ej.account a USING (person_id) WHERE r.id = ?}, $id), 'class-teacher', 'in the own name';
is $lead->post('/requests', %ask, class_id => $other)->status, 403, 'not for another';
is $hr->post('/requests', kind => 'staff_left', name => 'Краснов Лев', happens_on => '2026-11-30')->status, 303, 'HR asks for the school';
is join(' ', map { $_->get('/requests')->count("//request[\@request_id = $id]") } $admin, $deputy, $lead, $hr), '1 1 1 0', 'who asked sees it, and the heads';
is $admin->get('/')->xpath('string(//task[@code = "requests"]/@count)'), $t->value(q{SELECT count(*) FROM ej.request WHERE school_id = 1 AND state = 'new' AND kind <> 'card_changed'}), 'the administrator is told their number';
is $deputy->get('/')->count('//task[@code = "requests"]'), 0, 'a deputy is not';
is refused($admin->post("/requests/$id", state => 'refused', old_state => 'new', answer => '', old_answer => '')), '422 JE101:answer', 'a refusal has a reason';
is $admin->post("/requests/$id", state => 'refused', old_state => 'new', answer => 'нет приказа', old_answer => '')->status, 303, 'the administrator refuses with one';
is $lead->get('/requests')->xpath("string(//request[\@request_id = $id]/\@answer)"), 'нет приказа', 'which who asked sees';
is join(' ', map { $_->get('/')->xpath('string(//task[@code = "refused"]/@names)') } $lead, $hr), 'Ёжикова Яна ', 'and is told on the start page, for a fortnight';
$t->db->do(q{UPDATE ej.request SET answered_on = '2026-11-01' WHERE id = ?}, undef, $id);
is $lead->get('/')->count('//task[@code = "refused"]'), 0, 'not longer';
is refused($admin->post("/requests/$id", state => 'done', old_state => 'new', answer => '', old_answer => '')), '409 JE210:state', 'what was answered since is not overwritten';
is refused($deputy->post("/requests/$id", state => 'done', old_state => 'refused')), '404 JE401:', 'a deputy does not answer';
is $t->login('administrator-17')->get("/requests/$id")->status, 404, 'nor another school';
# A guardian reports changed data to the class teacher (CNT-11).
my ($parent, $other_lead) = map { $t->login($_) } qw(parent grade1);
my ($child, $stranger) = map { $t->value(q{SELECT w.pupil_id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.account a USING (person_id)
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id WHERE a.login = ? AND e.class_id = ?}, $_, $own) } 'parent', 'teacher-parent';
my $report = "/pupils/$child/report";
is join(' ', map { $_->get($report)->status } $parent, $lead, $t->login('pupil')), '200 404 404', 'a guardian has a page to report changed data';
is join(' ', map { $parent->get("/pupils/$_/report")->status } $stranger, 987654321), '404 404', 'of the own child alone';
is refused($parent->post($report, note => ' ')), '422 JE101:note', 'something is said';
is refused($parent->post("/pupils/$stranger/report", note => 'x')), '404 JE401:', 'nothing is reported about another child';
is $parent->post($report, note => 'Переехали: ул. Новая, 1')->status, 303, 'the guardian reports';
my $told = $t->value('SELECT max(id) FROM ej.request');
is $t->value('SELECT kind FROM ej.request WHERE id = ? AND class_id = ? AND pupil_id = ? AND staff_id IS NULL', $told, $own, $child), 'card_changed', 'to the class of the child';
is join(' ', map { $_->get('/requests')->count("//request[\@request_id = $told]") } $lead, $deputy, $admin, $other_lead), '1 1 1 0', 'the class teacher reads it, and the heads';
like $lead->get('/')->xpath('string(//task[@code = "reports"]/@names)'), qr/\w/, 'and is told on the start page';
is join(' ', map { $_->get("/requests/$told")->status } $lead, $other_lead), '200 404', 'the class teacher answers it';
is $lead->post("/requests/$told", state => 'done', old_state => 'new', answer => 'Исправлено', old_answer => '')->status, 303, 'once the card is mended';
is $lead->get("/requests/$id")->status, 404, 'but not the own requests';
is $parent->get($report)->xpath("concat(//request[\@request_id = $told]/\@state, ' ', //request[\@request_id = $told]/\@answer)"), 'done Исправлено', 'which the guardian sees';

# A guardian proposes values of the card; the class teacher accepts one by one tap, which writes it.
my $page = $parent->get($report);
my %was = map { my $f = $_; map { ("${_}$f" => $page->xpath("string(/page/requests/\@$f)")) } '', 'old_' } qw(address home_address contacts phone email);
is refused($parent->post($report, %{{%was, note => ''}})), '422 JE101:note', 'nothing changed, nothing said';
my $waiting = $t->value(q{SELECT count(*) FROM ej.request});
is $parent->post($report, %{{%was, phone => '8 900 123-45-67', home_address => 'ул. Новая, 1', note => ''}})->status, 303, 'a guardian proposes a telephone and an address';
is $parent->post($report, %{{%was, phone => '8 900 123-45-67', note => ''}})->status, 303, 'the same once more';
is $t->value(q{SELECT count(*) FROM ej.request}) - $waiting, 2, 'each waits once';
is refused($parent->post($report, %{{%was, old_phone => 'x', phone => 'y', note => ''}})), '409 JE210:phone', 'a value that changed since is not proposed unseen';
my %row = map { $_->[0] => $_->[1] } @{$t->db->selectall_arrayref(q{SELECT card_field, max(id) FROM ej.request WHERE state = 'new' AND card_field IS NOT NULL AND school_id = 1 GROUP BY card_field})};
is $t->value('SELECT home_address FROM ej.pupil_card WHERE pupil_id = ?', $child) // '', $was{home_address}, 'the card is as it was';
is $lead->get('/requests', html => 1)->count(qq{//form[contains(\@action, "/requests/$row{phone}")]//button[\@value = "done"]}), 1, 'the list has a button that accepts';
is join(' ', map { $_->get('/requests', html => 1)->count(qq{//form[contains(\@action, "/requests/$row{phone}")]}) } $deputy, $other_lead), '0 0', 'for the class teacher and the administrator alone';
my %yes = (state => 'done', old_state => 'new', answer => '', old_answer => '');
is refused($lead->post("/requests/$row{home_address}", %yes, card_value => 'другое')), '409 JE210:card_value', 'a card that changed since is shown first';
is $t->value('SELECT state FROM ej.request WHERE id = ?', $row{home_address}), 'new', 'and the proposal waits';
is refused($other_lead->post("/requests/$row{home_address}", %yes, card_value => $was{home_address})), '404 JE401:', 'another class teacher accepts nothing';
is $lead->post("/requests/$row{home_address}", %yes, card_value => $was{home_address})->status, 303, 'the class teacher accepts';
is $t->value('SELECT home_address FROM ej.pupil_card WHERE pupil_id = ?', $child), 'ул. Новая, 1', 'the card has the new value';
is $t->value(q{SELECT a.login FROM ej.history h JOIN ej.account a ON a.id = h.account_id WHERE h.table_name = 'pupil_card' AND h.new ->> 'home_address' = 'ул. Новая, 1'}), 'class-teacher', 'by the operation of the class teacher';
is $t->value(q{SELECT count(DISTINCT operation_id) FROM ej.history WHERE table_name = 'pupil_card' AND new ->> 'home_address' = 'ул. Новая, 1' OR table_name = 'request' AND row_key[1] = ? AND new ->> 'state' = 'done'}, $row{home_address}), 1, 'which is that of the answer';
is refused($lead->post("/requests/$row{home_address}", %{{%yes, state => 'refused', card_value => 'ул. Новая, 1'}})), '409 JE210:state', 'what is answered is not answered again';
is $lead->post("/requests/$row{phone}", %{{%yes, state => 'refused', card_value => $was{phone}}})->status, 303, 'or refuses, without a reason';
is $t->value('SELECT phone FROM ej.guardian g JOIN ej.account a USING (person_id) WHERE a.login = ? AND g.school_id = 1', 'parent') // '', $was{phone}, 'then nothing is written';
is join(' ', map { $parent->get($report)->xpath("string(//request[\@request_id = $_]/\@state)") } @row{qw(home_address phone)}), 'done refused', 'the guardian sees both answers';
my $notices = $parent->get('/notices');
is join(' ', map { $notices->xpath("string(//notice[\@kind = 'card_answered'][\@row_id = $_]/\@value)") } $told, @row{qw(home_address phone)}), 'done done refused', 'and gets a notice of each answer';
is $notices->xpath("string(//notice[\@kind = 'card_answered'][\@row_id = $told]/\@detail)"), 'Исправлено', 'with its words';
is $t->value(q{SELECT string_agg(DISTINCT a.login, ' ') FROM ej.notice_for f JOIN ej.account a USING (person_id) WHERE f.kind = 'card_answered' AND f.fact_key = ?}, $told), 'parent', 'nobody else does';
is $parent->post($report, %{{%was, old_home_address => 'ул. Новая, 1', home_address => 'ул. Новая, 1', email => 'новая@почта', note => ''}})->status, 303, 'a value of the guardian';
my $mail = $t->value('SELECT max(id) FROM ej.request');
is refused($lead->post("/requests/$mail", %yes, card_value => $was{email})), '422 JE102:card_value', 'what the card refuses';
is $t->value('SELECT state FROM ej.request WHERE id = ?', $mail), 'new', 'is not accepted either';
$parent->post($report, %{{%was, old_home_address => 'ул. Новая, 1', home_address => 'ул. Новая, 1', email => 'mama@example.ru', note => ''}});
$mail = $t->value('SELECT max(id) FROM ej.request');
is $lead->post("/requests/$mail", %yes, card_value => $was{email})->status, 303, 'else it is';
is $t->value('SELECT email FROM ej.guardian g JOIN ej.account a USING (person_id) WHERE a.login = ? AND g.school_id = 1', 'parent'), 'mama@example.ru', 'and stands in the guardian\'s own card';
$t->db->do(q{INSERT INTO ej.request (school_id, guardian_id, pupil_id, kind, name, happens_on, note) SELECT r.school_id, r.guardian_id, r.pupil_id, r.kind, r.name, r.happens_on, 'x' || i FROM ej.request r, generate_series(1, 20) i WHERE r.id = ?}, undef, $mail);
is refused($parent->post($report, note => 'Ещё')), '409 JE288:note', 'twenty reports of a day are enough';
is join(' ', map { $t->login($_)->get('/requests')->status } qw(substitute meals observer parent)), '404 404 404 404', 'others have no such page';
like $admin->get('/requests?format=csv')->content, qr/"Ёжикова Яна";"прибыл ученик";"7Б"/, 'the list as CSV';
done_testing;
