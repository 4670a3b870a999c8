#!/usr/bin/perl
# outbound.t: the page of letters and short messages, as every role; and the hooks: reports of the
# gateway (twice, late, forged), letters that come back, the wish to get no more.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20', children => 1);
my $db = $t->db;
my %person = map { $_ => $t->value('SELECT person_id FROM ej.account WHERE login = ?', $_) } qw(parent teacher deputy administrator-17);
my ($guardian, $pupil) = $db->selectrow_array(q{SELECT g.id, w.pupil_id FROM ej.guardian g JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id
   WHERE g.person_id = ? AND c.name = '7Б' LIMIT 1}, undef, $person{parent});

# A letter to a person about a notice; returns id and key.
my $n = 0;
sub letter {
    my ($who, $channel, $state, %o) = @_;
    my $key = $t->value('SELECT ej.outbound_new_key()');
    my $id = $t->value(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body, state, ended_at, contact_id)
        VALUES (?, ?, ?, ?, ?, 'Тема', ?, CASE WHEN ? IN ('sent', 'failed', 'cancelled') THEN now() END, ?) RETURNING id},
        $o{school} // 1, $person{$who}, $channel, $channel eq 'sms' ? '+79001234567' : 'anna@home.test', $key, $state, $state, $o{contact});
    if ($o{kind}) {
        $db->do('SELECT ej.notify(1, ?, ?, ?, ?)', undef, $o{kind}, $o{pupil}, 'f' . ++$n, [$person{$who}]);
        $db->do(q{INSERT INTO ej.outbound_notice SELECT ?, id, ? FROM ej.notice_for WHERE fact_key = ?}, undef, $id, $channel, "f$n");
    }
    return ($id, $key);
}
sub state { return $t->value(q{SELECT concat_ws(' ', state, nullif(code, '')) FROM ej.outbound WHERE id = ?}, $_[0]) }

# ---------------------------------------------------------------------- the page ---

my ($told)    = letter(parent => 'email', 'failed', kind => 'mark', pupil => $pupil);
my ($private) = letter(parent => 'email', 'sent', kind => 'message');
my ($own)     = letter(teacher => 'email', 'sent', kind => 'new_device');
my ($other)   = letter('administrator-17' => 'email', 'sent', school => 2);
my $seen = sub { join ' ', map { $_->getAttribute('outbound_id') } $_[0]->nodes('//letter') };
my %client = map { $_ => $t->login($_) } qw(administrator deputy director class-teacher teacher parent pupil meals administrator-17);
my $all = "$own $private $told";
is $seen->($client{$_}->get('/outbound')), $all, "$_ sees the letters of the school" for qw(administrator deputy director);
is $seen->($client{'class-teacher'}->get('/outbound')), $told, 'the class teacher those about the pupils of the class';
is $seen->($client{parent}->get('/outbound')), "$private $told", 'a parent the own';
is $seen->($client{teacher}->get('/outbound')) =~ /\b$own\b/ ? 1 : 0, 1, 'a teacher the own';
is $seen->($client{$_}->get('/outbound')), '', "$_ has none" for qw(pupil meals);
is $seen->($client{'administrator-17'}->get('/outbound')), $other, 'another school has its own';
my $r = $client{deputy}->get('/outbound');
is $r->xpath("string(//letter[\@outbound_id = $told]/\@kinds)"), 'mark', 'what a letter is about is told';
is $r->xpath("count(//letter[\@outbound_id = $private]/\@kinds)"), 0, 'but not that of a private one';
is $r->count('//@*[contains(., "home.test")]'), 0, 'no address is shown';
my $sibling = $t->value(q{SELECT e.pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.name = '10А' AND c.school_id = 1 LIMIT 1});
$db->do(q{SELECT ej.notify(1, 'unsatisfactory', ?, 'both', ?)}, undef, $sibling, [$person{parent}]);
$db->do(q{INSERT INTO ej.outbound_notice SELECT ?, id, 'email' FROM ej.notice_for WHERE fact_key = 'both'}, undef, $told);
my $kinds = sub { $client{$_[0]}->get('/outbound')->xpath("string(//letter[\@outbound_id = $told]/\@kinds)") };
is $kinds->('class-teacher'), 'mark', 'of a letter about two children the class teacher knows what is about the own pupil';
is $kinds->($_), 'mark unsatisfactory', "$_ knows all" for qw(deputy parent);
$db->do(q{DELETE FROM ej.notice WHERE fact_key = 'both'});
is $r->xpath('count(//@can_retry)'), 0, 'a deputy repeats none';
is $seen->($client{administrator}->get('/outbound?state=failed')), $told, 'they are filtered by state';
is $seen->($client{administrator}->get('/outbound?find=' . EJ::Client::uri_escape_utf8($t->value('SELECT surname FROM ej.staff WHERE person_id = ?', $person{teacher})))), $own, 'and found by name';
is $client{administrator}->get('/outbound?state=x')->status, 422, 'a state that there is not is refused';
is $client{administrator}->get('/outbound', html => 1)->count("//form[contains(\@action, '/outbound/$told')]"), 1, 'one that failed has a button';
is refused($client{administrator}->post("/outbound/$told")), '303', 'the administrator sends it again';
is state($told), 'waiting', 'it waits again';
is $client{$_}->post("/outbound/$told")->status, 404, "$_ cannot" for qw(deputy parent administrator-17);
is $client{administrator}->post("/outbound/$own")->status, 404, 'what was sent is not sent again';

# --------------------------------------------------------- reports of the gateway ---

my $anyone = $t->client('gateway');
my ($sms, $key) = letter(parent => 'sms', 'sent');
is $anyone->get("/sms/$key?status=8")->status, 200, 'the gateway reports without a session';
is state($sms), 'sent', 'the operator has it';
is $anyone->get("/sms/$key?status=1")->status, 200, 'the telephone';
is state($sms), 'sent delivered', 'has got it';
is $anyone->get("/sms/$key?status=$_")->status, 200, "a report may come twice and late: $_" for 1, 2, 16, 8;
is state($sms), 'sent delivered', 'and changes nothing then';
($sms, $key) = letter(parent => 'sms', 'unknown');
$anyone->get("/sms/$key?status=2");
is state($sms), 'failed undelivered', 'one of which nobody knew was not delivered';
($sms, $key) = letter(parent => 'sms', 'unknown');
$anyone->get("/sms/$key?status=1");
is state($sms), 'sent delivered', 'another was';
is $anyone->get('/sms/' . ('a' x 32) . '?status=1')->status, 404, 'a forged key is no address';
is $anyone->get("/sms/$key")->status, 422, 'a report says something';
is $anyone->get("/sms/$key?status=$_")->status, $_ eq '77' ? 200 : 422, "not $_" for '77', 'x', '-1';
is state($sms), 'sent delivered', 'an unknown word changes nothing';
my (undef, $mails) = letter(parent => 'email', 'sent');
is $anyone->get("/sms/$mails?status=2")->status, 404, 'no letter by e-mail has such a report';

# ------------------------------------------------------------ letters that come back ---

is refused($client{deputy}->post('/outbound')), '404 JE401:', 'the address for them is made by nobody else';
$r = $client{administrator}->post('/outbound');
my ($hook) = $r->xpath('string(//outbound/@address)') =~ m{^http://.*/journal/bounces/([a-z2-7]{32})$};
ok $hook, 'than the administrator';
is $r->header('Cache-Control'), 'no-store', 'shown once';
my $contact = $t->value(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'anna@home.test', now() - interval '1 day') RETURNING id}, $person{parent});
sub report {
    my ($key, $message) = @_;
    my $b = 'b0undary';
    return $anyone->post("/bounces/$key", {type => "multipart/form-data; boundary=$b",
        body => "--$b\r\nContent-Disposition: form-data; name=\"message\"; filename=\"letter.eml\"\r\nContent-Type: application/octet-stream\r\n\r\n$message\r\n--$b--\r\n"});
}
sub dsn {
    my ($id, $key, %o) = @_;
    my %f = (action => 'failed', status => '5.1.1', type => 'multipart/report; report-type=delivery-status; boundary=x', %o);
    return "From: <>\r\nContent-Type: $f{type}\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\x{c0}\x{00}no such user\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.test\r\n\r\nFinal-Recipient: rfc822; anna\@home.test\r\nAction: $f{action}\r\nStatus: $f{status}\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\nMessage-ID:\r\n <ej-$id." . substr($key, 0, 16) . "\@school.test>\r\n\r\n--x--\r\n";
}
my ($mail, $mail_key) = letter(parent => 'email', 'sent', contact => $contact);
for (['an answer of a person', "From: anna\@home.test\r\nSubject: Re\r\n\r\nok <ej-$mail." . substr($mail_key, 0, 16) . '@school.test>'],
    ['a delay', dsn($mail, $mail_key, action => 'delayed', status => '4.4.1')], ['a report of another letter', dsn($mail, 'a' x 32)],
    ['a report of none', dsn('99999999999999999999', $mail_key)], ['no report', dsn($mail, $mail_key, type => 'text/plain')])
{
    is report($hook, $_->[1])->status, 200, "$_->[0] is taken";
    is state($mail), 'sent', 'and changes nothing';
}
is report('a' x 32, dsn($mail, $mail_key))->status, 404, 'a forged key is no address';
is state($mail), 'sent', 'and does nothing';
is report($hook, dsn($mail, $mail_key))->status, 200, 'a report of the mail server';
is state($mail), 'failed 5.1.1', 'tells that the letter did not arrive';
is $t->value('SELECT suspended_at IS NOT NULL FROM ej.contact WHERE id = ?', $contact), 1, 'an address that does not exist counts no longer';
is report($hook, dsn($mail, $mail_key))->status, 200, 'twice is once';
$db->do('UPDATE ej.contact SET verified_at = now(), suspended_at = NULL WHERE id = ?', undef, $contact);
($mail, $mail_key) = letter(parent => 'email', 'sent', contact => $contact);
$db->do(q{UPDATE ej.outbound SET made_at = now() - interval '1 hour' WHERE id = ?}, undef, $mail);
report($hook, lc dsn($mail, $mail_key));
is state($mail), 'failed 5.1.1', 'a mail server may write the names in small letters';
is $t->value('SELECT suspended_at IS NULL FROM ej.contact WHERE id = ?', $contact), 1, 'an address confirmed after the letter still counts';
is $anyone->post("/bounces/$hook", {body => 'x', type => 'text/plain'})->status, 400, 'a body that is no form is refused';
is refused($anyone->post("/bounces/$hook", {token => undef})), '422 JE101:message', 'so is a form without a letter';

# ---------------------------------------------------------------- no more letters ---

is $anyone->get("/unsubscribe/$mails", html => 1)->count('//form//button'), 1, 'a link only asks';
is $t->value('SELECT count(*) FROM ej.choice WHERE person_id = ?', $person{parent}), 0, 'since scanners open links';
$r = $anyone->post("/unsubscribe/$mails", {token => undef}, 'List-Unsubscribe' => 'One-Click');
is $r->status, 200, 'one POST ends the letters, without a session';
is $r->xpath('string(//outbound/@is_ended)'), 1, 'and says so';
is $t->value(q{SELECT string_agg(DISTINCT channel || ' ' || mode, ',') FROM ej.choice WHERE person_id = ?}, $person{parent}), 'email off', 'of this channel';
is $t->value(q{SELECT count(*) FROM ej.choice WHERE person_id = ? AND kind = 'accident'}, $person{parent}), 1, 'of every kind';
is $anyone->post("/unsubscribe/$mails", {token => undef}, 'List-Unsubscribe' => 'One-Click')->status, 200, 'twice is once';
is $anyone->post("/unsubscribe/$mails", {token => undef, header => {Origin => 'https://mail.example', 'Sec-Fetch-Site' => 'cross-site'}}, 'List-Unsubscribe' => 'One-Click')->status, 200, 'a mail program on the web may send it';
is $anyone->$_('/unsubscribe/' . 'b' x 32)->status, 404, "a wrong key is no address: $_" for 'get';
# ---------------------------------------------------------------------- the start page ---
$db->do('DELETE FROM ej.outbound_notice');
$db->do('DELETE FROM ej.outbound');
is $client{administrator}->get('/')->count('//task[starts-with(@code, "letters")]'), 0, 'the start page is silent when no letter waits or failed';
letter(parent => 'email', 'failed');
my ($late) = letter(parent => 'email', 'waiting');
letter(parent => 'sms', 'waiting');
$db->do(q{UPDATE ej.outbound SET made_at = now() - interval '2 hours' WHERE id = ?}, undef, $late);
letter('administrator-17' => 'email', 'failed', school => 2);
is join(' ', map { $client{administrator}->get('/')->xpath("string(//task[\@code = 'letters_$_']/\@count)") } qw(failed waiting)), '1 1', 'it tells the administrator of letters of the school that failed, or wait for an hour';
is $client{$_}->get('/')->count('//task[starts-with(@code, "letters")]'), 0, "but not $_" for qw(deputy teacher);
done_testing;
