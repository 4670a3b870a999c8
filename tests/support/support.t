#!/usr/bin/perl
# support.t: people ask the administrator of their school, who answers (MSG-04); from the page of an error with
# its number; what is refused says so. The letters outside: support_mail.t.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my @all = qw(administrator director deputy class-teacher teacher sport substitute personnel meals observer parent pupil parent-17 administrator-17 director-17);
my %c      = map { $_ => $t->login($_) } @all;
my %person = map { @$_ } @{$t->db->selectall_arrayref('SELECT login, person_id FROM ej.account')};
$t->db->do('DELETE FROM ej.support_message; DELETE FROM ej.support'); # of the seed
sub last_id { return $t->value('SELECT max(id) FROM ej.support') }
sub unread { return $c{$_[0]}->get('/notices', html => 1)->xpath('string(//main)') =~ /$_[1]/ ? 1 : 0 }

# ---------------------------------------------------------------- asking ---

for my $who (@all) {
    is $c{$who}->get('/support')->count('//school') . $c{$who}->get('/support')->count('//request'), '10', "$who may ask, and reads no request of others";
}
$t->db->do('REVOKE SELECT ON ej.announcement FROM ej_web'); # a fault
my $r = $c{parent}->get('/announcements', html => 1);
$t->db->do('GRANT SELECT ON ej.announcement TO ej_web');
$t->expect_log(qr/JE500 500 .*SQLSTATE 42501/);
my ($link) = map { $_->getAttribute('href') =~ s{^/journal}{}r } $r->nodes('//a[contains(@href, "/support?")]');
like $r->status . ($link // ''), qr{^500/support\?place=%2Fannouncements&error_number=[0-9a-f]{8}$}, 'the page of an error leads to the form';
my ($number) = $link =~ /error_number=(.*)/;
is $c{parent}->get('/support')->xpath('string(//support/@last_error)'), $number, 'the page of support remembers the last number';
is $c{pupil}->get('/support')->count('//support/@last_error'), 0, 'of the own errors alone';
is $c{parent}->get('/support')->count('//school/@hours'), 0, 'no hours are told where the school has set none';
$t->db->do(q{UPDATE ej.school SET support_hours = 'пн–пт, 8:00–17:00' WHERE id = 1});
is $c{parent}->get('/support')->xpath('string(//school/@hours)'), 'пн–пт, 8:00–17:00', 'else the hours in which requests are answered';
is $c{parent}->get('/support')->xpath('string(//support/@schema)'), $t->value('SELECT max(number) FROM ej.migration'), 'and the version of the database';
$r = $c{parent}->get($link, html => 1);
is $r->xpath('concat(//input[@name="place"]/@value, " ", //input[@name="error_number"]/@value)'), "/announcements $number", 'which page and number fill in';
is $c{parent}->get('/support?place=/pupils/7?find=Иванова&error_number=Иванова', html => 1)->count('//input[@name="place" or @name="error_number"]'), 0, 'no name comes this way';
is refused($c{parent}->post('/support', text => '')), '422 JE101:text', 'a request has a text';
is refused($c{parent}->post('/support', text => 'я' x 4001)), '422 JE104:text', 'of at most 4000 letters';
is refused($c{parent}->post('/support', school_id => 2, text => 'x')), '404 JE401:', 'another school is not asked';
is refused($c{parent}->post('/support', school_id => 999999, text => 'x')), '404 JE401:', 'nor one that is not there';
like $c{parent}->post('/support', {html => 1}, text => 'я' x 4001)->content, qr{<textarea[^>]*name="text"[^>]*>я{4001}<}, 'what was typed comes back';
is last_id(), undef, 'what was refused is not kept';

$r = $c{parent}->post('/support', text => "Не открывается\nСм. https://example.org/7", place => '/announcements', error_number => $number);
my $id = last_id();
is $r->status . ' ' . $r->location, "303 /support?done=added&saved=$id#saved", 'a parent asks';
is $t->value('SELECT state || place || error_number FROM ej.support WHERE id = ?', $id), "open/announcements$number", 'the request waits';
$c{pupil}->post('/support', text => 'x', place => '/pupils?find=Иванова', error_number => '<b>');
is $t->value('SELECT place || error_number FROM ej.support WHERE id = ?', last_id()), '', 'what is no page and no number is left out';
is join(' ', @{$t->db->selectcol_arrayref(q{SELECT a.login FROM ej.notice_for AS f JOIN ej.account AS a USING (person_id) WHERE f.kind = 'support' AND f.fact_key LIKE ? ORDER BY 1}, undef, "$id-%")}), 'administrator', 'the administrator is told';
is unread('administrator', "Обращение в поддержку № $id"), 1, 'in words';
is $c{administrator}->get('/')->xpath('string(//task[@code = "support"]/@count)'), '2', '«Сегодня» reminds the administrator';
is $c{$_}->get('/')->count('//task[@code = "support"]'), 0, "and not the $_" for qw(director deputy teacher administrator-17);

# --------------------------------------------------------------- answering ---

$r = $c{administrator}->get('/support');
is $r->count('//request[not(@is_own)][@name]') . ' ' . $r->xpath("string(//request[\@support_id = $id]/\@name)"), '2 ' . $t->value('SELECT ej.person_name(?, 1)', $person{parent}), 'the administrator has the requests of the school with names';
is $c{administrator}->get("/support?find=$number")->count('//request'), 1, 'and finds one by its number';
is join(' ', map { "$_:" . $c{$_}->get("/support/$id")->status } @all), join(' ', map { "$_:" . ($_ eq 'parent' || $_ eq 'administrator' ? 200 : 404) } @all), 'a request is read by the person who asks and the administrator of the school';
is join(' ', map { refused($c{$_}->post("/support/$id", text => 'x')) . refused($c{$_}->post("/support/$id/close")) } qw(director teacher pupil administrator-17)), join(' ', ('404 JE401:404 JE401:') x 4), 'and written in by them alone';
is $c{parent}->get("/support/$id")->count('//message[@is_own][a = "https://example.org/7"]'), 1, 'the own message';
is $c{administrator}->post("/support/$id", text => 'Исправлено')->status, 303, 'the administrator answers';
is $t->value('SELECT state FROM ej.support WHERE id = ?', $id) . unread('parent', "Ответ на обращение № $id"), 'answered1', 'the parent is told';
is $c{parent}->get('/support')->xpath("concat(//request[\@support_id = $id]/\@state, ' ', //request[\@support_id = $id]/\@unread)"), 'answered 1', 'sees it in the list';
is $c{parent}->get("/support/$id")->count('//message[@is_answer][@name]'), 1, 'and reads the answer';
is $c{parent}->get('/support')->count('//request/@unread') . $t->value(q{SELECT count(*) FROM ej.notice_for WHERE kind = 'support' AND person_id = ? AND read_at IS NULL}, $person{parent}), '00', 'which then is read';
is $c{parent}->post("/support/$id", text => 'Спасибо, но нет')->status . $t->value('SELECT state FROM ej.support WHERE id = ?', $id), '303open', 'who writes again opens it again';
is $c{parent}->post("/support/$id/close")->status . $t->value('SELECT state FROM ej.support WHERE id = ?', $id), '303closed', 'who asked may close it';
is $c{administrator}->post("/support/$id/close")->status . $t->value('SELECT state FROM ej.support WHERE id = ?', $id), '303closed', 'closed twice is closed';
is refused($c{parent}->post("/support/$id", text => '')) . $t->value('SELECT state FROM ej.support WHERE id = ?', $id), '422 JE101:textclosed', 'an answer has a text';
is $c{administrator}->post('/support', text => 'Вопрос разработчикам')->status . $c{administrator}->get('/support')->count('//request[@is_own]'), '3031', 'an administrator asks, too';
is $t->value(q{SELECT count(*) FROM ej.notice_for WHERE kind = 'support' AND person_id = ? AND fact_key LIKE ?}, $person{administrator}, last_id() . '-%'), 0, 'and is not told of that';

# A family with children in two schools says which one.
$t->db->do(q{UPDATE ej.guardian SET person_id = ? WHERE person_id = ?}, undef, @person{qw(parent parent-17)});
my $both = $t->login('parent');
is $both->get('/support')->count('//school') . ' ' . refused($both->post('/support', text => 'x')), '2 422 JE101:school_id', 'of two schools one is chosen';
is $both->post('/support', school_id => 2, text => 'x')->status . $c{'administrator-17'}->get('/support')->count('//request'), '3031', 'whose administrator has the request';
is $c{administrator}->get('/support')->count('//request[@support_id = ' . last_id() . ']'), 0, 'and no other';

$c{pupil}->post('/support', text => "x$_") for 1 .. 19;
is refused($c{pupil}->post('/support', text => 'x')), '409 JE288:text', 'twenty requests of a day are enough';
is refused($c{pupil}->post('/support/' . $t->value('SELECT max(id) FROM ej.support WHERE person_id = ?', $person{pupil}), text => 'x')), '303', 'one writes in those that are there';

my $mine = $t->value('SELECT max(id) FROM ej.support WHERE person_id = ?', $person{pupil});
$t->db->do(q{INSERT INTO ej.support_message (support_id, school_id, asker_id, person_id, text) SELECT ?, 1, ?, ?, 'x' FROM generate_series(1, 50)}, undef, $mine, @person{qw(pupil pupil)});
is refused($c{pupil}->post("/support/$mine", text => 'x')), '409 JE288:text', 'but not without end';
is refused($c{administrator}->post("/support/$mine", text => 'Хватит')), '303', 'who answers has not written so much';
$t->db->do(q{UPDATE ej.support_message SET made_at = made_at - interval '25 hours' WHERE support_id = ?}, undef, $mine);
is refused($c{pupil}->post("/support/$mine", text => 'x')), '303', 'the next day one may write again';

# Sent twice at once, once.
my $operation = $t->value('SELECT gen_random_uuid()');
$c{teacher}->post('/support', text => 'Дважды', operation_id => $operation) for 1, 2;
is $t->value('SELECT count(*) FROM ej.support WHERE person_id = ?', $person{teacher}), 1, 'a form that is sent twice asks once';
done_testing;
