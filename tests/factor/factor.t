#!/usr/bin/perl
# factor.t: the second factor of a log-in: set up, wanted after the password, wanted again to
# give roles, lost. Its codes are those of oathtool (liboath), another implementation.
use lib 'tests/lib';
use EJ::Test;
use MIME::Base64 ();

my $t = EJ::Test->new(today => '2026-11-20');
my $admin = $t->login('administrator');

# The code of a secret so many steps of 30 s from now; each is good once, so tests that need
# more than one take that of a step beside.
sub code {
    my ($secret, $steps) = @_;
    my $at = time + 30 * ($steps // 0);
    my $code = `oathtool --totp -b $secret -N \@$at`;
    chomp $code;
    return $code;
}
sub factor { my ($client, $what, $code) = @_; return $client->post('/factor', {html => 1}, action => $what, factor_code => $code // '') }
# Codes already used are good again.
sub forget_steps { $t->db->do('UPDATE ej.factor SET last_step = 0'); $t->db->do('DELETE FROM ej.guess'); return }

# ---------------------------------------------------------------- set up ----

like $admin->get('/factor', html => 1)->content, qr/Включить вход с кодом/, 'the profile leads to the page of the second factor';
my $r = factor($admin, 'begin');
is $r->header('Cache-Control'), 'no-store', 'no cache keeps the secret';
like $r->content, qr/<svg [^>]*class="qr" viewBox="0 0 \d+ \d+".*<path d="M/s, 'the QR code is a picture in the page';
my ($secret) = $r->content =~ m{<code>([A-Z2-7]{32})</code>};
ok $secret, 'and there is the secret to type';
is $t->client('x')->log_in('administrator', $t->password)->location, '/', 'until a code is confirmed the log-in is as before';
$r = factor($admin, 'confirm', sprintf '%06d', (code($secret) + 1) % 1_000_000);
is $r->status, 422, 'a wrong code confirms nothing (JE266)';
like $r->content, qr/Код не подошёл/, 'which the page says at the field';
is $r->count('//button[@value="confirm"]'), 1, 'and asks again';
unlike $r->content, qr/$secret/, 'without the secret';
$r = factor($admin, 'confirm', code($secret));
is $r->status, 200, 'the code of liboath confirms it';
my @spare = $r->texts('//ul[@class="recovery"]//code');
is scalar(@spare), 10, 'ten recovery codes are shown, once';
is $t->value('SELECT count(*) FROM ej.recovery AS r, unnest(?::text[]) AS c(code) WHERE r.code_sha256 = ej.code_sha256(c.code)', \@spare), 10, 'they are stored hashed';
like $admin->get('/factor', html => 1)->content, qr/Запасных кодов осталось: 10/, 'the page says how many are left';
is join(' ', $admin->post('/factor', action => 'begin')->errors), 'JE267', 'nobody makes a new secret while there is one';
is $t->db->selectrow_array(q{SELECT ej.totp(convert_to('12345678901234567890', 'UTF8'), 1)}), '287082', 'the codes are those of RFC 6238';

# ---------------------------------------------------------------- log in ----

my $pc = $t->client('pc');
$pc->log_in('administrator', $t->password);
$r = $pc->get('/readiness?x=1', html => 1);
is $r->status . $r->location, '303/second?back=%2freadiness%3fx%3d1', 'after the password the code is asked for';
is join(' ', $pc->get('/readiness')->status, $pc->get('/readiness')->errors), '403 JE351', 'the session has no rights before';
is $pc->post('/account/sessions', {token => 'x'})->status, 403, 'not even to end others';
like $pc->get('/second?back=/readiness', html => 1)->content, qr{name="back" value="/readiness"}, 'the page that asks for the code knows where to go on';
like $pc->post('/account/sessions', {token => 'x', html => 1})->content, qr{href="/journal/second">Ввести код}, 'a refused form leads to it, too';
$pc->get('/second');
sub second { my ($client, $code) = @_; return $client->post('/second', {token => $client->login_token('/second')}, factor_code => $code) }
is join(' ', second($pc, code($secret))->errors), 'JE266', 'a code that was used before is worth nothing';
is second($pc, code($secret, 1))->location, '/', 'the next one opens the session';
is $pc->get('/readiness')->status, 200, 'which has its rights now';
is $pc->get('/second?back=/readiness')->location, '/readiness', 'and is asked for nothing more';
is $t->client('new')->get('/second')->location, '/', 'nor is who has no session';
forget_steps();

my $spare = $t->client('spare');
$spare->log_in('administrator', $t->password);
is second($spare, lc $spare[0])->location, '/', 'a recovery code does as well';
$spare->log_in('administrator', $t->password);
is join(' ', second($spare, $spare[0])->errors), 'JE266', 'but only once';
my $stranger = $t->client('y');
is $stranger->post('/second', {token => $stranger->login_token('/login')}, factor_code => code($secret))->status, 401, 'without a password no code is taken';
is $t->client('b')->get('/readiness', header => {Authorization => 'Basic ' . MIME::Base64::encode_base64('administrator:' . $t->password, '')})->status, 401, 'no header goes around it';

my $thief = $t->client('thief');
$thief->log_in('administrator', $t->password);
my @statuses = map { second($thief, sprintf '%06d', $_)->status } 1 .. 8;
is join(' ', @statuses[0 .. 3]) . ' ' . $statuses[-1], '422 422 422 422 429', 'guesses are slowed down';
$t->db->do(q{UPDATE ej.guess SET open_at = now() + interval '1 minute' WHERE subject LIKE '% factor'});
is second($thief, code($secret, -1))->status, 429, 'and meanwhile the right code is not judged';
forget_steps();

# ------------------------------------------------------------ wanted again ----

my $staff = $t->value(q{SELECT s.id FROM ej.staff AS s JOIN ej.account USING (person_id) WHERE login = 'teacher'});
sub give { return $_[0]->post('/roles', {html => $_[2]}, staff_id => $staff, role => 'meals', order_no => $_[1], order_on => '2026-11-19', from_on => '2026-11-20', till_on => '') }
$t->db->do('UPDATE ej.session SET factor_at = NULL');
like give($admin, '1', 1)->content, qr/ещё раз подтвердить вход кодом/, 'to give a role the code is wanted again (JE350)';
is $t->value(q{SELECT count(*) FROM ej.staff_role WHERE order_no = '1'}), 0, 'none was given';
is factor($admin, 'again', code($secret))->status, 303, 'the code is typed';
is give($admin, '1')->status, 303, 'then the role is given';
$t->db->do(q{UPDATE ej.session SET factor_at = now() - interval '11 minutes'});
is join(' ', give($admin, '2')->errors), 'JE350', 'for ten minutes';
my $made  = q{SELECT (SELECT count(*) FROM ej.account_subject) + (SELECT count(*) FROM ej.activation)};
my $before = $t->value($made);
is join(' ', $admin->post('/ways', way => 'Basic', subject => 'kim', login => 'teacher')->errors), 'JE350', 'another way into an account wants it, too';
is join(' ', $admin->post('/slips/staff', state => $admin->get('/slips/staff')->xpath('string(//slips/@state)'), days => 30, what => 'all')->errors), 'JE350', 'and so do codes of colleagues';
is $t->value($made), $before, 'nothing is made';

# -------------------------------------------------------------------- lost ----

forget_steps();
is join(' ', $admin->post('/factor', action => 'remove', factor_code => '000000')->errors), 'JE266', 'without a code it is not taken away';
is factor($admin, 'remove', code($secret))->status, 303, 'with one it is';
is $t->client('x')->log_in('administrator', $t->password)->location, '/', 'the password alone logs in again';
factor($admin, 'begin');
$t->db->do('UPDATE ej.factor SET confirmed_at = now()');
$t->db->do(q{INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at)
    SELECT ej.code_sha256('AKTE0-00000-00077'), s.person_id, s.school_id, now() + interval '1 day' FROM ej.staff AS s JOIN ej.account USING (person_id) WHERE login = 'administrator'});
is $t->client('n')->post('/activate', {html => 1}, code => 'AKTE0-00000-00077', login => 'administrator', password => 'Кот и 7 мышей', password2 => 'Кот и 7 мышей', is_agreed => 1)->status, 303, 'a new code of the issuer';
is $t->client('x')->log_in('administrator', 'Кот и 7 мышей')->location, '/', 'is for those, too, who lost the telephone';

# as the web role
my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
for my $sql ('SELECT * FROM ej.factor', 'SELECT * FROM ej.recovery', 'UPDATE ej.factor SET confirmed_at = now()', 'DELETE FROM ej.factor', 'UPDATE ej.session SET is_pending = false',
    q{SELECT ej.factor_judge('x', '1')}, q{SELECT ej.factor_is_due(1)}, q{SELECT ej.factor_holds(1)}, 'DELETE FROM ej.factor_demand') {
    ok !eval { $web->do($sql); 1 }, "refused: $sql";
    is $web->state, '42501', '  by the grants';
}
for my $sql (q{SELECT ej.factor_try('x', '1')}, q{SELECT ej.factor_pass('x', '1')}, q{SELECT ej.factor_confirm('x', '1')}, q{SELECT ej.factor_remove('x', '1')}, q{SELECT ej.factor_begin('x')}, 'SELECT ej.factor_reset(1)') {
    ok !eval { $web->do($sql); 1 }, "refused without a session: $sql";
}
# a code that was not counted, or in the same transaction, is not judged
my $client = $t->login('deputy');
my $own = factor($client, 'begin');
($secret) = $own->content =~ m{<code>([A-Z2-7]{32})</code>};
my $digest = $t->value(q{SELECT '\x' || encode(digest, 'hex') FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = 'deputy'});
for my $try ('', 'SELECT ej.factor_try(?, ?)') {
    $web->begin_work;
    my $ok = eval { $try and $web->do($try, undef, $digest, code($secret)); $web->do('SELECT ej.factor_confirm(?, ?)', undef, $digest, code($secret)); 1 };
    is $ok ? 'judged' : $web->state, 'JE110', 'a code is judged only after it was counted in another transaction';
    $web->rollback;
}
done_testing;
