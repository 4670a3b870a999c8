#!/usr/bin/perl
# incidents.t: others know a log-in: it is reported, blocked at once, opened by a new code;
# the heads record when head and support were told (SEC-06).
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(director administrator class-teacher deputy);
sub account { return $t->value("SELECT $_[1] FROM ej.account WHERE login = ?", $_[0]) }
sub incidents { return $t->value('SELECT count(*) FROM ej.incident AS i JOIN ej.account AS a USING (person_id) WHERE a.login = ?', $_[0]) }
my ($yesterday, $tomorrow) = map { $t->value("SELECT ((now() AT TIME ZONE 'Europe/Moscow')::date + $_)::text") } -1, 1;

# -------------------------------------------------------------- the own one ----

my ($home, $phone) = map { $t->login('parent') } 1, 2;
is $home->get('/account/known', html => 1)->status, 200, 'a parent finds the form in the profile';
for my $case ([$tomorrow, 'in the future'], ['2020-01-01', 'long ago']) {
    my $r = $home->post('/account/known', {html => 1}, learned_on => $case->[0], learned_time => '10:00');
    is $r->status . ' ' . $r->xpath('string(//input[@name="learned_on"]/@value)'), "422 $case->[0]", "it was not learned $case->[1] (JE263)";
}
is $phone->get('/diary')->status, 200, 'a refused report changes nothing';
my $r = $home->post('/account/known', learned_on => $yesterday, learned_time => '10:00');
is $r->status . ' ' . $r->location, '303 /login?note=blocked', 'the report is taken';
like $t->client('x')->get('/login?note=blocked', html => 1)->content, qr/Логин заблокирован. Новый код/, 'the log-in page says what comes next';
is $_->get('/diary')->status, 401, 'every session has ended' for $home, $phone;
is $t->client('x')->log_in('parent', $t->password)->status, 401, 'the password is not good any more';
is incidents('parent'), 1, 'the incident is recorded';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'incident'}), 1, 'and in the history';

# ----------------------------------------------------------------- the heads ----

for my $who (qw(director administrator deputy)) {
    is $c{$who}->get('/incidents')->count('//incident[@is_blocked]'), 1, "the $who sees it";
}
is $t->login($_)->get('/incidents')->status, 404, "$_ does not" for qw(teacher class-teacher pupil personnel);
is $t->login('director-17')->get('/incidents')->count('//incident'), 0, 'nor does another school';
my $id = $t->value('SELECT id FROM ej.incident');
sub told { return join ' ', @{$t->db->selectcol_arrayref(q{SELECT a.login FROM ej.notice_for AS f JOIN ej.account AS a USING (person_id) WHERE f.kind = 'incident' AND f.fact_key = ? ORDER BY 1}, undef, $_[0])} }
is told($id), 'administrator director', 'director and administrator are told at once, and nobody else';
like $c{$_}->get('/notices', html => 1)->xpath('string(//main)'), qr/Логин известен другим: /, "the $_ has the notice" for qw(director administrator);
is $t->value('SELECT (head_at = reported_at)::text || (support_at = reported_at) FROM ej.incident'), 'truetrue', 'which is the time at which both were told';
is $c{administrator}->get('/support')->count("//request[\@incident_id = $id][\@state = 'open']"), 1, 'and it is a request to the administrator';
is $c{$_}->get('/')->count('//task[@code = "incidents"]'), 0, "the $_ is not reminded" for qw(director administrator deputy);
$t->db->do('UPDATE ej.incident SET head_at = NULL'); # as in a school whose director has no log-in
is $c{$_}->get('/')->xpath('string(//task[@code = "incidents"]/@count)'), 1, "of one that the head was not told the start page reminds the $_" for qw(director administrator deputy);
is $_->get('/')->count('//task[@code = "incidents"]'), 0, 'and nobody else' for $c{'class-teacher'}, $t->login('director-17');
is $t->login('director-17')->get("/incidents/$id")->status, 404, 'nor has a page of it';
is $t->login('director-17')->post("/incidents/$id", which => 'head')->status, 404, 'nor writes there';
my $page = "/incidents/$id";
for my $case ([$tomorrow, 'in the future'], ['2020-01-01', 'before it was learned']) {
    is join(' ', $c{director}->post($page, which => 'head', told_on => $case->[0], told_time => '09:00')->errors), 'JE263', "the head was not told $case->[1]";
}
is $c{director}->post($page, which => 'head')->status, 303, 'the director records to have been told now';
is join(' ', $c{director}->post($page, which => 'head', told_on => $yesterday, told_time => '10:00')->errors), 'JE264', 'a time that a head recorded is not changed';
is join(' ', $c{administrator}->post($page, which => 'support')->errors), 'JE264', 'nor is the time of the notice changed into a later one';
is $c{administrator}->get($page, html => 1)->count('//form[@class="card"]//button'), 1, 'what can still be told is an earlier time';
is $c{administrator}->post($page, which => 'support', told_on => $yesterday, told_time => '10:00')->status, 303, 'the support was told by mouth before';
is $c{administrator}->post($page, which => 'support', told_on => $yesterday, told_time => '10:00')->status, 303, 'the same once more changes nothing';
is join(' ', $c{administrator}->post($page, which => 'support')->errors), 'JE264', 'a recorded time is not changed';
$r = $c{director}->get($page);
ok $r->xpath('string(/page/incidents/@head_at)') && $r->xpath('string(/page/incidents/@support_at)'), 'both times are shown';
is $c{director}->get($page, html => 1)->count('//form[@class="card"]'), 0, 'and nothing is left to record';
$t->db->do(q{UPDATE ej.incident SET learned_at = learned_at - interval '6 days', reported_at = reported_at});
is $c{director}->get('/incidents')->count('//incident[@is_late]'), 1, 'what took more than a working day is shown so';
is $t->value(q{SELECT string_agg(to_char(ej.next_working(d::timestamptz, 'Europe/Moscow') AT TIME ZONE 'Europe/Moscow', 'DD HH24:MI'), ', ' ORDER BY d)
    FROM unnest(ARRAY['2026-11-19 10:00+03', '2026-11-20 10:00+03', '2026-11-21 10:00+03', '2026-11-22 10:00+03']) AS d}),
    '20 10:00, 23 10:00, 23 10:00, 23 10:00', 'a working day after Thursday is Friday, after Friday and the week-end Monday';

# ------------------------------------------------------------------ a new code ----

my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $slips = "/slips/classes/$class";
sub issue {
    my ($client, $what, $login, %o) = @_;
    my $person = $t->value('SELECT person_id FROM ej.account WHERE login = ?', $login);
    return $client->post($slips, {html => 0}, state => $client->get($slips)->xpath('string(/page/slips/@state)'), days => 30, what => $what, person_id => $person, %o);
}
sub activate {
    my ($code, $login, @more) = @_;
    return $t->client($login)->post('/activate', {html => 1}, code => $code, login => $login, password => 'Кот и 7 мышей', password2 => 'Кот и 7 мышей', @more);
}
is $c{'class-teacher'}->get($slips)->count('//person[@state="blocked"]'), 1, 'the class teacher sees who is blocked';
my $code = issue($c{'class-teacher'}, 'chosen', 'parent')->xpath('string(//slip/@code)');
like activate($code, 'parent')->content, qr/подтвердите правила/, 'without the rules the code opens nothing (JE265)';
is activate($code, 'parent', is_agreed => 1)->status, 303, 'with them it does';
is $t->client('x')->log_in('parent', 'Кот и 7 мышей')->status, 303, 'the account is open again';
ok account('parent', 'rules_at'), 'that the rules were confirmed is recorded';
is $c{director}->get('/incidents')->count('//incident[@is_blocked]'), 0, 'the incident shows that the log-in was changed';

# -------------------------------------------------------- reported by others ----

my $pupil = $t->login('pupil');
$code = issue($c{'class-teacher'}, 'chosen', 'pupil')->xpath('string(//slip/@code)');
$r = issue($c{'class-teacher'}, 'known', 'pupil', learned_on => $tomorrow, learned_time => '10:00');
is join(' ', $r->errors), 'JE263', 'a class teacher cannot have learned it in the future';
is incidents('pupil'), 0, 'then nothing is recorded';
$r = issue($c{'class-teacher'}, 'known', 'pupil');
is $r->count('//slip'), 1, 'a class teacher reports it for a pupil and gets a new code at once';
is $pupil->get('/diary')->status, 401, 'the sessions of the pupil end';
like activate($code, 'thief', is_agreed => 1)->content, qr/Код не подошёл/, 'a code issued before is worth nothing';
is activate($r->xpath('string(//slip/@code)'), 'pupil', is_agreed => 1)->status, 303, 'the new one opens the account';
is incidents('pupil'), 1, 'the incident is recorded once';
is told($t->value('SELECT max(id) FROM ej.incident')), 'administrator director', 'and told at once, as if the pupil, who cannot log in, had reported it';
is $t->value('SELECT (head_at = reported_at)::text || (support_at = reported_at) FROM ej.incident ORDER BY id DESC LIMIT 1'), 'truetrue', 'from then on what the log-in does is void';
is $t->value(q{SELECT count(*) FROM ej.support AS s JOIN ej.account AS a USING (person_id) WHERE a.login = 'pupil' AND s.incident_id IS NOT NULL}), 1, 'and it is a request of the pupil';
my $theirs = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'director'});
is $c{administrator}->post('/slips/staff', {html => 0}, state => $c{administrator}->get('/slips/staff')->xpath('string(/page/slips/@state)'), days => 30, what => 'known', person_id => $theirs)->count('//slip'), 1, 'the administrator reports the log-in of the director';
is $t->value(q{SELECT concat_ws(' ', (head_at IS NULL)::text, support_at = reported_at) FROM ej.incident ORDER BY id DESC LIMIT 1}), 'true t', 'who is not told by a notice that nobody can read: that is recorded by hand';
is join(' ', issue($c{'class-teacher'}, 'known', 'teacher-parent')->errors), 'JE261', 'the log-in of a member of staff is the administrator\'s to block';
is $t->value(q{SELECT blocked_at FROM ej.account WHERE login = 'teacher-parent'}), undef, 'and is not blocked by others';

# as the web role
my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
for my $sql ('SELECT ej.incident_open(1, now(), 1)', q{UPDATE ej.incident SET head_at = now()}, q{INSERT INTO ej.incident (school_id) VALUES (1)}, 'UPDATE ej.account SET blocked_at = NULL') {
    ok !eval { $web->do($sql); 1 }, "refused: $sql";
    is $web->state, '42501', '  by the grants';
}
is $web->selectrow_array('SELECT count(*) FROM ej.incident'), 0, 'without a session no incident is seen';
done_testing;
