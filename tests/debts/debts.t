#!/usr/bin/perl
# debts.t: academic debts (273-FZ, art. 58): two retakes, the second before a commission; the
# promotion is conditional until one is passed; who reads and who writes.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2027-06-10');
my $db = $t->db;
$db->do(q{UPDATE ej.school SET today_fixed = '2027-06-10'});
my ($deputy, $lead, $parent) = map { $t->login($_) } qw(deputy class-teacher parent);
sub said { my ($r) = @_; return $r->status if $r->status == 303; return join ' ', $r->status, map { $_->getAttribute('code') . ':' . ($_->getAttribute('field') // '') } $r->nodes('//error') }
sub outcome { return $deputy->get('/promotion/' . $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'}))->xpath(qq{string(//pupil[\@pupil_id = "$_[0]"]/\@outcome)}) }

my $pupil   = $parent->get('/diary')->xpath('string(//diary/@pupil_id)');
my $subject = $t->value(q{SELECT id FROM ej.subject WHERE name = 'Алгебра' AND school_id = 1});
my $page    = "/pupils/$pupil/debts";
is $deputy->get('/debts')->count('//debt'), 0, 'nobody has a debt';
like $deputy->get('/debts', html => 1)->content, qr/Задолженностей нет/, 'and the page says so';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-06-11')), '409 JE293:subject_id', 'then there is no retake';
$db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
    SELECT ?, t.subject_id, e.id, 1, t.id, s.id, '2'
      FROM ej.teaching AS t
      JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б'
      JOIN ej.term_plan AS p ON p.school_id = 1 AND p.year = 2026 AND p.name = '2–9 классы'
      JOIN ej.term AS e ON e.term_plan_id = p.id AND e.kind = 'year'
      JOIN ej.scale AS s ON s.school_id = 1
      JOIN ej.scale_value AS v ON v.scale_id = s.id AND v.value = '2'
     WHERE t.school_id = 1 AND t.subject_id = ? LIMIT 1}, undef, $pupil, $subject);
my $arose = $t->value(q{SELECT given_on FROM ej.term_mark WHERE pupil_id = ? AND subject_id = ? AND value = '2'}, $pupil, $subject);
ok defined $arose, "the debt arose on $arose";

# -------------------------------------------------------------- who sees it ---

is $deputy->get('/debts')->xpath('concat(//debt/@pupil_id, " ", //debt/@subject_name, " ", //debt/@value)'), "$pupil Алгебра 2", 'a year mark 2 is a debt';
is $deputy->get('/debts?find=алг')->count('//debt') . $deputy->get('/debts?find=химия')->count('//debt'), '10', 'which is found';
like $deputy->get('/debts?format=csv')->content, qr/Алгебра/, 'and is in the file';
is $lead->get('/debts')->count('//debt'), 1, 'the class teacher has it';
is $parent->get($page)->xpath('concat(//debt/@subject_name, count(//debts/@is_mine))'), 'Алгебра0', 'so has the family';
is $parent->get("/pupils/$pupil/marks", html => 1)->count(qq{//a[contains(\@href, "$page")]}), 1, 'whose page of marks links to it';
sub task { return $_[0]->get('/')->xpath('concat(//task[@code = "debts"]/@count, "/", //task[@code = "debts"]/@late)') }
is join(' ', task($deputy), task($lead), task($t->login('english'))), '1/1 1/1 /', '«Сегодня» tells the deputy and the class teacher of it, nobody else';
like $deputy->get('/', html => 1)->content, qr/Академических задолженностей: 1.*пересдача не назначена/s, 'in words';
is outcome($pupil), 'conditional', 'the promotion is conditional';

# -------------------------------------------------------- two retakes, results ---

is said($deputy->post($page, subject_id => '', held_on => '')), '422 JE101:subject_id JE101:held_on', 'what is missing is named';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-01-10')), '422 JE295:held_on', 'no retake is before the debt';
is said($deputy->post($page, subject_id => $subject, held_on => '2028-09-10')), '422 JE101:note', 'nor later than a year without a reason';
like $deputy->post($page, subject_id => $subject, held_on => '2027-06-15', examiners => 'Рябинина')->location, qr{done=added}, 'a retake is appointed';
is task($deputy), '1/', 'then it is no longer to be appointed';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-06-16')), '409 JE294:held_on', 'not a second before the result of the first';
my $first = $t->value('SELECT max(id) FROM ej.retake');
my %first = (pupil_id => $pupil, held_on => '2027-06-15', old_held_on => '2027-06-15', examiners => 'Рябинина', old_examiners => 'Рябинина');
my %none = (old_value => '', old_protocol => '');
is said($deputy->post("/retakes/$first", %first, %none, value => '3', protocol => '№ 1')), '422 JE295:value', 'no result before the day';
$db->do(q{UPDATE ej.school SET today_fixed = '2027-06-20'});
is said($deputy->post("/retakes/$first", %first, %none, value => '2')), '422 JE101:protocol', 'nor without a protocol';
is said($deputy->post("/retakes/$first", %first, %none, value => '77', protocol => '№ 1')), '409 JE211:value', 'nor one that the scale has not';
is said($deputy->post("/retakes/$first", %first, %none, value => '2', protocol => '№ 1')), '303', 'failed';
is outcome($pupil), 'conditional', 'it remains conditional';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-06-20')), '422 JE101:examiners', 'the second retake has a commission';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-06-12', examiners => 'комиссия')), '409 JE294:held_on', 'and is later than the first';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-06-20', examiners => 'комиссия')), '303', 'is appointed';
is said($deputy->post("/retakes/$first", pupil_id => $pupil, held_on => '2027-06-15', old_held_on => '2027-06-15', is_void => 1, old_is_void => '')), '422 JE101:note', 'a retake is made void for a reason';
is said($deputy->post("/retakes/$first", pupil_id => $pupil, held_on => '2027-06-15', old_held_on => '2027-06-15', is_void => 1, old_is_void => '', note => 'ошибка', old_note => '')), '409 JE294:held_on', 'not under a second';
my $second = $t->value('SELECT max(id) FROM ej.retake');
my %second = (pupil_id => $pupil, held_on => '2027-06-20', old_held_on => '2027-06-20', examiners => 'комиссия', old_examiners => 'комиссия');
is said($deputy->post("/retakes/$second", %second, value => '3', old_value => '', protocol => '№ 2', old_protocol => '')), '303', 'passed';
is said($deputy->post("/retakes/$second", %second, value => '4', old_value => '', protocol => '№ 2', old_protocol => '')), '409 JE210:value', 'a change meanwhile is told';
is $parent->get($page)->xpath('concat(//debt/@value, " ", //debt/@passed, " ", //debt/@passed_on)'), '2 3 2027-06-20', 'the family sees what came of it';
is outcome($pupil), 'promoted', 'the promotion is no longer conditional';
is $t->value(q{SELECT value FROM ej.term_mark WHERE pupil_id = ? AND subject_id = ? AND value = '2'}, $pupil, $subject), 2, 'the year mark is what it was';
is said($deputy->post($page, subject_id => $subject, held_on => '2027-06-21', examiners => 'комиссия')), '409 JE293:subject_id', 'there is nothing left to retake';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'retake' AND pupil_id = ?}, $pupil), 4, 'the history has it';

# ------------------------------------------------------------------- rights ---

is said($_->post($page, subject_id => $subject, held_on => '2027-06-21')), '404 JE401:', 'nobody else appoints' for $lead, $parent;
is join(' ', map { $t->login($_)->get($page)->status } qw(director teacher personnel deputy-17)), '200 404 404 404', 'heads, class teacher and family have the page';
is join(' ', map { $t->login($_)->get("/retakes/$first")->status } qw(deputy class-teacher parent deputy-17)), '200 404 404 404', 'the form is for who may change it';
done_testing;
