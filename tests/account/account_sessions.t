#!/usr/bin/perl
# account_sessions.t: people see where they are logged in, and end the other sessions.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my $home  = $t->login('parent');
my $phone = $t->client('phone');
$phone->agent->agent("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36");
$phone->log_in('parent', $t->password);
my $other = $t->login('pupil');

my $r = $home->get('/account/sessions', html => 1);
is $r->count('//main//table[1]//tbody/tr'), 2, 'both sessions of the account are shown, and no other';
like $r->content, qr/Chrome, Android/, 'with the browser and its system';
like $r->content, qr/127\.0\.0\.1/, 'and the address';
is $r->count('//main//table[1]//tr[.//span[@class="badge"]]'), 1, 'the present one is marked';
is $r->count('//main//table[2]//tbody/tr'), 2, 'the log-ins are shown';
$t->client('x')->log_in('parent', 'wrong-pass');
is $home->get('/account/sessions')->count('//entrance'), 2, 'a wrong password is no log-in';

$r = $home->post('/account/sessions');
is $r->status . ' ' . $r->location, '303 /account/sessions?is_ended=1', 'the others can be ended';
$r = $home->follow($r, html => 1);
like $r->content, qr/Остальные сеансы завершены/, 'the present session goes on and says so';
is $r->count('//main//table[1]//tbody/tr'), 1, 'it is the only one';
unlike $r->content, qr/Завершить остальные/, 'and there is nothing more to end';
is $phone->get('/diary')->status, 401, 'the other session has ended at its next request';
is $other->get('/diary')->status, 200, 'the sessions of other accounts have not';
is $home->post('/account/sessions')->status, 303, 'ending them again changes nothing';
is $home->post('/account/sessions', {token => 'x' x 32})->status, 403, 'a form of another session ends none';
is $t->client('x')->get('/account/sessions')->status, 401, 'the page needs a session';

my $odd = $t->client('odd');
$odd->agent->agent("curl \xff\xfe");
is $odd->log_in('parent', $t->password)->status, 303, 'a browser with a name that cannot be kept logs in';
is $home->get('/account/sessions')->xpath('string(//session[not(@is_this)]/@agent)'), '', 'and has no name';
$odd->agent->agent('<script>' . "\xd1\x8f" x 1000);
is $odd->log_in('parent', $t->password)->status, 303, 'nor does a long one keep anybody out';
is length($home->get('/account/sessions')->xpath('string(//session[@agent != ""][1]/@agent)')) <= 300, 1, 'it is cut';

# as the web role
my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
ok !eval { $web->do("SELECT * FROM ej.$_"); 1 }, "no $_ is read by a statement" for qw(session entrance activation account);
is $web->selectrow_array('SELECT count(*) FROM ej.my_sessions()'), 0, 'without a session there are no sessions to see';
ok !eval { $web->do('SELECT ej.my_sessions_end()'); 1 }, 'and none to end';
is $web->state, 'JE302', 'which is JE302';
done_testing;
