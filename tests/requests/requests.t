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
is join(' ', map { $t->login($_)->get('/requests')->status } qw(substitute meals observer parent)), '404 404 404 404', 'others have no such page';
like $admin->get('/requests?format=csv')->content, qr/"Ёжикова Яна";"прибыл ученик";"7Б"/, 'the list as CSV';
done_testing;
