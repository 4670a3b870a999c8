#!/usr/bin/perl
# login.t: log-in, log-out, the page after a log-in, wrong passwords, activation codes;
# and that logs have nothing that was typed.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20', log_level => 'debug');
$t->allow_log(qr/\[(?:core|mpm_event|proxy|watchdog)\w*:debug\]/);

sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
my $password = $t->password;
my @secrets  = ($password);          # texts that no log may have

# The reply to a wrong log-in, without the typed log-in name.
sub refused {
    my ($login, $secret) = @_;
    my $client = $t->client('stranger');
    my $r = $client->post('/login', {html => 1}, login => $login, password => $secret);
    push @secrets, $secret if length $secret > 3;
    (my $body = $r->content) =~ s/\Q$login\E/…/g;
    $body =~ s/(?<=name="form_token" value=")[^"]*//;    # it depends on the browser only
    return $r->status . ' ' . $body;
}

# ------------------------------------------------------- right and wrong ---

my $client = $t->client('teacher');
my $r = $client->get('/login', html => 1);
is $r->status . $r->count('//form[@action="/journal/login"]//input[@name="login" or @name="password"]'), '2002', 'the log-in page is a form with log-in name and password';
sub focus { return join ' ', map { $_->getAttribute('name') } $_[0]->nodes('//input[@autofocus]') }
is focus($r), 'login', 'the focus is in the log-in name';
is focus($t->client('x')->post('/login', {html => 1}, login => 'teacher', password => 'wrong-secret-0')), 'password', 'after a wrong password the focus is in the password';
is focus($t->client('x')->post('/login', {html => 1}, login => '', password => 'x')), 'login', 'when the log-in name is missing the focus is there';
is focus($t->client('x')->get('/activate', html => 1)), 'code', 'on the activation page the focus is in the code';
is $r->count('//main//p[@class="lead"]') . ($r->xpath('string(/page/@school)') // ''), '0', 'the log-in page names no school if there are several';
$r = $client->log_in('teacher', $password);
is $r->status . $r->location, '303/', 'the right password logs in';
is $client->get('/')->status, 200, 'after the log-in the start page opens';
push @secrets, $client->cookie, $client->form_token;
my $second = $t->login('teacher')->cookie;
is scalar(grep { /^[0-9a-f]{64}$/ } $client->cookie, $second) . ($client->cookie eq $second), '2', 'the token is 256 bits, another each time';
like $r->header('Set-Cookie'), qr/HttpOnly; SameSite=Lax/, 'the session\'s cookie is hidden from scripts and other sites';
is $t->client('x')->log_in('TEACHER', $password)->status, 303, 'the log-in name may be written in capitals';
my $wrong = refused('teacher', 'wrong-secret-1');
like $wrong, qr/^401 .*Логин или пароль неверен/s, 'after a wrong password the page does not tell whether log-in or password was wrong';
is refused('nobody-here', 'wrong-secret-2'), $wrong, 'the reply to an unknown log-in is the same, byte for byte';
run(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'director'});
is refused('director', $password), $wrong, 'the reply to a blocked account with the right password is the same';
unlike $wrong, qr/wrong-secret/, 'a refused password is not in the reply';
$r = $t->client('x')->post('/login', {html => 1}, login => '', password => '');
is $r->status . $r->count('//*[@aria-invalid="true"]'), '4222', 'log-in and password are required';
is $t->client('x')->post('/login', login => 'a' x 65, password => 'x')->status, 422, 'a log-in of 65 letters is refused';
is $t->client('x')->post('/login', login => "tea\x{1}cher", password => 'x')->status, 422, 'a log-in with a control character is refused';

# ------------------------------------------------ the page after a log-in ---

my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
$client = $t->client('teacher');
$r = $client->get("$journal?format=print", html => 1);
is $r->status, 303, 'without a session a page leads to the log-in';
like $r->location, qr{^/login\?back=}, 'the log-in\'s address has the requested page';
$r = $client->get($r->location, html => 1);
is $r->xpath('string(//input[@name="back"]/@value)'), "$journal?format=print", 'the log-in\'s form has the requested page';
$r = $client->log_in('teacher', $password, back => "$journal?format=print");
is $r->location, "$journal?format=print", 'the log-in leads to the requested page';
is $t->client('x')->get($journal)->status, 401, 'a program without a session gets 401';
is join(' ', $t->client('x')->get($journal)->errors), 'JE302', 'a program without a session gets the code JE302';
is $t->client('x')->post($journal, {html => 1}, value => 5)->status, 401, 'a form sent without a session gets 401';
for my $evil ('//evil.example', '///evil.example/', 'http://evil.example', 'https:evil.example', '/\\evil.example', '/\\/evil.example',
    "/\tevil.example", "/\nSet-Cookie: a=b", 'javascript:alert(1)', 'evil.example', '/%2f/evil.example', '/../../evil', '/journals/../x',
    ' //evil.example', '/nowhere', '@evil.example', "/journals\r\nLocation: //evil.example", '/journals/' . '9' x 1200) {
    my $reply = $t->client('x')->log_in('teacher', $password, back => $evil);
    (my $name = substr $evil, 0, 40) =~ s/[\x00-\x1f]/?/g;
    my $to = $reply->header('Location') // '';
    like $reply->status . $to, qr{^(?:303/journal/|422)$}, "«$name» leads to the start page or nowhere";
}
for my $good ('/', '/diary', '/journals?class_id=3', '/lessons/20260000000381') {
    is $t->client('x')->log_in('teacher', $password, back => $good)->location, $good, "«$good» is a way back";
}

# ------------------------------------------------------- log-out, sessions ---

$client = $t->login('teacher');
my $cookie = $client->agent->cookie_jar->as_string;
my %old; $client->agent->cookie_jar->scan(sub { $old{$_[1]} = $_[2] });
my ($name) = grep { !/-(?:device|form)$/ } keys %old;
sub with_cookie { return $t->client('thief')->get($_[0], header => {Cookie => "$name=$old{$name}"}) }
is with_cookie('/')->status, 200, 'the cookie alone gives access to the session';
$r = $client->log_out;
is $r->status . $r->location, '303/login', 'the log-out leads to the log-in page';
like $r->header('Set-Cookie'), qr/^\Q$name\E=;.*Max-Age=0/, 'the log-out deletes the cookie';
like $r->header('Clear-Site-Data'), qr/"cache"/, 'the log-out clears the browser\'s cached pages';
is with_cookie('/')->status, 401, 'after the log-out the cookie gives no access';
is $t->value('SELECT count(*) FROM ej.session WHERE digest = sha256(?::text::bytea)', $old{$name}), 0, 'after the log-out the session is not in the database';
is $t->login('teacher')->get('/logout')->status, 405, 'a link cannot log a person out';
my $in = $t->login('teacher');
is $in->post('/logout', {token => undef})->status, 403, 'a form without the session\'s token cannot log a person out';
is $in->get('/')->status, 200, 'a refused log-out does not end the session';
for my $case (['the password changes', q{UPDATE ej.account SET epoch = epoch + 1 WHERE login = 'english'}],
    ['the account is blocked', q{UPDATE ej.account SET blocked_at = now() WHERE login = 'english'}],
    ['its time is over', q{UPDATE ej.session SET ends_at = now() - interval '1 second'}],
    ['nobody has worked for its idle time', q{UPDATE ej.session SET last_seen_at = now() - idle - interval '1 second'}]) {
    run(q{UPDATE ej.account SET blocked_at = NULL WHERE login = 'english'});
    my $who = $t->login('english');
    is $who->get('/')->status, 200, 'a new session gives access';
    run($case->[1]);
    is $who->get('/')->status, 401, "a session gives no access from the next request on when $case->[0]";
}
my $twice = $t->client('english');
$twice->log_in('english', $password);
my $before = $twice->cookie;
$twice->log_in('english', $password);
is $t->client('thief')->get('/', header => {Cookie => "$name=$before"})->status, 401, 'logging in again ends the session that this browser had';
is $twice->get('/')->status, 200, 'logging in again makes a new session';
my %length = (english => '04:00:00 14:00:00', parent => '30 days 180 days');
run(q{UPDATE ej.account SET blocked_at = NULL});
for my $who (sort keys %length) {
    $t->login($who);
    is $t->value(q{SELECT s.idle || ' ' || justify_hours(date_trunc('minute', s.ends_at - s.created_at + interval '1 second')) FROM ej.session s JOIN ej.account a ON a.id = s.account_id
        WHERE a.login = ? ORDER BY s.created_at DESC LIMIT 1}, $who), $length{$who}, "$who has the session's length of the role";
}

# ------------------------------------------------------ a shared computer ---

$client = $t->client('parent');
$r = $client->log_in('parent', $password, is_shared => 1);
my @set = $r->response->header('Set-Cookie');
is scalar(@set), 1, 'on a shared computer only the session\'s cookie is set';
unlike $set[0], qr/Max-Age|Expires/i, 'on a shared computer the cookie ends with the browser';
$r = $client->get('/diary', html => 1);
is $r->header('Cache-Control'), 'no-store', 'on a shared computer pages are not cached';
like $r->content, qr/Не ваш компьютер/, 'on a shared computer pages say «Не ваш компьютер»';
is $t->value('SELECT idle || \' \' || justify_hours(date_trunc(\'minute\', ends_at - created_at + interval \'1 second\')) FROM ej.session WHERE is_shared'), '00:30:00 02:00:00', 'a session on a shared computer ends after half an hour without use, or two hours';
like $t->login('parent')->get('/diary', html => 1)->header('Cache-Control'), qr/private, no-cache/, 'on an own computer pages are cached and revalidated';

# ---------------------------------------------------------------- guesses ---

my $home = $t->login('sport');       # a browser that is known
$home->log_out;
my $wait;
for (1 .. 8) {
    $wait = $t->client('x')->post('/login', {html => 1}, login => 'sport', password => "guess-$_");
    last if $wait->status == 429;
}
push @secrets, map {"guess-$_"} 1 .. 8;
is $wait->status, 429, 'after some wrong passwords the log-in is refused for a time';
like $wait->content, qr/Слишком много попыток/, 'the log-in page says that there were too many attempts';
like $wait->header('Retry-After'), qr/^[1-9]\d*$/, 'Retry-After has the seconds to wait';
run(q{UPDATE ej.guess SET open_at = now() + interval '3 seconds' WHERE subject LIKE 'account %' OR subject LIKE 'address %'});
is $t->client('x')->log_in('sport', $password)->status, 429, 'while guesses are delayed an unknown browser is refused even with the right password';
is $home->log_in('sport', $password)->status, 303, 'while guesses are delayed a browser that logged in before can log in';
is $t->client('x')->log_in('meals', $password)->status, 429, 'while guesses are delayed other accounts at the address are refused, too';
is $t->client('x')->log_in('ghost', $password)->status, 429, 'while guesses are delayed an unknown account gets the same reply';
ok $t->wait_for(20, sub { $t->client('x')->log_in('meals', $password)->status == 303 }), 'after the delay others at the address can log in';
run('DELETE FROM ej.guess');

# ------------------------------------------------------- activation codes ---

# the seed may be kept for months
run(q{UPDATE ej.activation SET made_at = now(), expires_at = now() + interval '1 day' WHERE expires_at > '2021-01-01'});
sub step {
    my ($code, %fields) = @_;
    push @secrets, $code, grep { defined } $fields{password};
    return $t->client('new')->post('/activate', {html => 1}, code => $code, %fields);
}
for my $way ('code=AKTE0-00000-07777', 'code=AKTE0-00000-07777&login=x', 'code=AKTE0-00000-07777&login=x&password=y') {
    $r = $t->client('new')->get("/activate?$way", html => 1);
    is $r->count('//input[@name="code"][not(@type="hidden")][@value=""]') . $r->count('//input[@name="login"]'), '10', "an address with a code is read as one without: $way";
}
is $t->client('new')->get('/activate', html => 1)->count('//input[@name="code"]'), 1, 'the first page asks for the code';
for my $bad (['AKTE0-00000-00000', 'unknown'], ['AKTE0-00000-09208', 'used'], ['AKTE0-00000-09209', 'out of date']) {
    $r = step($bad->[0]);
    is $r->status, 422, "a code that is $bad->[1] is refused";
    like $r->content, qr/Код не подошёл/, 'the reason for refusing a code is always the same';
}
$r = step(' akte0 00000 09201. ');
my $person = $t->value(q{SELECT ej.person_name(person_id, NULL) FROM ej.activation WHERE code_sha256 = sha256('AKTE00000009201')});
for my $typed ('AKTE00000009201', 'AKTE0 00000 09201.', 'актео-00000-09201', 'АКТЕО 00000 О92О1', "akte0\x{2013}00000\x{2013}0920l") {
    my $reply = step($typed);
    like $reply->status . $reply->content, qr/^200.*\Q$person\E/s, "«$typed» is read as a person would";
}
like $r->status . $r->content, qr/^200.*\Q$person\E/s, 'a good code shows the person\'s name';
is $r->xpath('string(//input[@name="code"]/@value)') =~ s/\s//gr, 'akte00000009201.', 'the code is in the form of the next step';
my @good = (login => 'new-mother', password => 'correct horse', password2 => 'correct horse', is_agreed => 1);
for my $bad (
    ['a short password', 'слишком короткий', password => 'short', password2 => 'short'],
    ['a person who does not confirm the rules (JE265)', 'подтвердите правила', is_agreed => undef],
    ['a common one', 'слишком простой', password => 'qwerty123', password2 => 'qwerty123'],
    ['one that is the log-in', 'ничего, кроме логина', login => 'new-mother', password => 'new-mother', password2 => 'new-mother'],
    ['two that differ', 'Пароли не совпали', password2 => 'correct house'],
    ['a log-in that is taken', 'Этот логин занят', login => 'Teacher'],
    ['a password that libcrypt cannot take', 'Пароль слишком длинный', password => 'a' x 600, password2 => 'a' x 600],
    ['a log-in of two letters', 'нужно от 3 до 64 знаков', login => 'ab'],
    ['one of two Russian letters', 'нужно от 3 до 64 знаков', login => 'аб'],
    ['one with a blank', 'нужно от 3 до 64 знаков', login => 'new mother'],
    ['one of two alphabets', 'целиком на одной раскладке', login => 'мамa-2'],
    ['the log-in twice as password', 'ничего, кроме логина', login => 'r0800', password => 'r0800r0800', password2 => 'r0800r0800'],
    ['one with a letter of another alphabet', 'нужно от 3 до 64 знаков', login => 'мать-і']) {
    my ($what, $words, @change) = @$bad;
    $r = step('AKTE0-00000-09201', @good, @change);
    is $r->status, 422, "$what is refused";
    like $r->content, qr/$words/, 'the reason is shown at the field';
    my %field = (@good, @change);
    is $r->xpath('string(//input[@name="login"]/@value)') . $r->count('//input[@type="password"][@value]'), "$field{login}0",
        'a refused form keeps the log-in name, but no password';
}
is join(' ', $t->client('new')->post('/activate', code => 'AKTE0-00000-09201', login => 'мамa-2', @good[2 .. 7])->errors), 'JE125', 'a program gets the code of the error';
$r = step('AKTE0-00000-09201', @good);
is $r->status . $r->location, '303/login?note=ready', 'an activation code makes an account';
like $t->client('new')->get($r->location, html => 1)->content, qr/Логин и пароль созданы/, 'the log-in page says that the account is made';
is $t->value(q{SELECT host(address) || (operation_id IS NOT NULL) FROM ej.history WHERE table_name = 'account' AND new::text LIKE '%new-mother%' ORDER BY id DESC LIMIT 1}) // '',
    '127.0.0.1true', 'the history has the address and operation of the activation';
for my $taken ('мама_Ёлкина.7', 'name@example.ru') {
    is $t->db->do(q{UPDATE ej.account SET login = ? WHERE login = 'observer'}, undef, $taken), 1, "«$taken» may be a log-in";
    run('UPDATE ej.account SET login = ? WHERE login = ?', 'observer', $taken);
}
is $t->client('new')->log_in('new-mother', 'correct horse')->status, 303, 'the new account can log in';
like $t->value(q{SELECT password FROM ej.account WHERE login = 'new-mother'}), qr/^\$y\$/, 'the new password is stored as yescrypt';
is step('AKTE0-00000-09201', login => 'second', password => 'correct horse', password2 => 'correct horse', is_agreed => 1)->status, 422, 'an activation code works only once';
$r = step('AKTE0-00000-09208', @good);
is $r->status . $r->count('//input[@name="login"]'), '4220', 'a used code leads to no second step';
like $r->content, qr/Код не подошёл/, 'the page of a used code says that it is not valid';
my $last;
for (1 .. 60) {
    $last = step(sprintf 'AKTE0-00000-1%04d', $_);
    last if $last->status == 429;
}
is $last->status, 429, 'trying many codes is delayed';

# -------------------------------------------------------------------- logs ---

my $logs = '';
for my $file ($t->httpd->error_log, $t->httpd->access_log) {
    open my $in, '<', $file or die "$file: $!\n";
    local $/;
    $logs .= <$in>;
}
cmp_ok length $logs, '>', 10_000, 'the logs have many lines';
my %found;
for my $secret (@secrets, values %old, 'nobody-here', 'new-mother', 'ghost') {
    (my $escaped = $secret) =~ s/ /+/g;
    $found{$secret}++ if $logs =~ /\Q$secret\E|\Q$escaped\E/i;
}
is_deeply [sort keys %found], [], 'the logs have no password, cookie, token, code or typed log-in';

# ------------------------------------------- Basic, for programs (conf/) ---

my $conf = do { open my $in, '<:encoding(UTF-8)', 'conf/login-basic.conf' or die $!; local $/; <$in> };
my $basic   = EJ::Test->new(today => '2026-11-20', conf => $conf);
my $program = $basic->client('program');
sub ask { my ($login, $secret, $path) = @_; $program->agent->default_headers->authorization_basic($login, $secret); return $program->get($path) }
$r = $program->get('/journals');
is $r->status . ($r->header('WWW-Authenticate') // ''), '401Basic realm="ejournal"', 'with conf/login-basic.conf a program is asked for Basic';
is ask('teacher', $password, $journal)->xpath('string(//journal/@subject_name)'), 'Алгебра', 'with Basic a program reads with the journal\'s own password';
is ask('parent', $password, $journal)->status, 404, 'with Basic a program has only the rights of its person';
is ask('teacher', $password . 'x', $journal)->status, 401, 'with Basic a wrong password is refused';
is ask('nobody-basic', 'wrong-secret-9', $journal)->status, 401, 'with Basic an unknown log-in is refused';
is ask('teacher', $password, '/')->status, 200, 'with Basic the right password works after a wrong one';
for my $case (['without a password', qr/о них спрашивает сам браузер/, []], ['with a wrong one', qr/Логин или пароль неверен/, [Authorization => 'Basic dGVhY2hlcjp4']]) {
    my ($how, $words, $header) = @$case;
    $r = LWP::UserAgent->new->get($basic->url('/journals'), Accept => 'text/html', @$header);
    like $r->code . $r->decoded_content, qr/^401.*<html.*$words/s, "with Basic a request $how gets an error page of the journal (JE306, JE110)";
    is $r->header('WWW-Authenticate'), 'Basic realm="ejournal"', 'with Basic the browser asks for a password';
}
$basic->db->do('DELETE FROM ej.guess');
# Many requests with the right password at the same time, in many children: each counts as
# a guess until its password was found right.
my $many = EJ::Test->new(conf => $conf, children => 8, threads => 4, pool => 3);
my %told;
for my $round (1 .. 3) {
    my @pipes = map { open(my $p, '-|', 'curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '-u', "english:$password",
        $many->url('/journals')) or die $!; $p } 1 .. 16;
    $told{readline $_}++ for @pipes;
}
is_deeply \%told, {200 => 48}, 'with Basic parallel requests with the right password all succeed';
is $many->value(q{SELECT count(*) FROM ej.guess WHERE failures > 0}), 0, 'with Basic no right password remains counted as a guess';
%told = ();
for (1 .. 8) { $told{LWP::UserAgent->new->get($many->url('/journals'), Authorization => 'Basic ' . MIME::Base64::encode("english:w$_", ''))->code}++ }
is_deeply [sort keys %told], [401, 429], 'with Basic wrong passwords are delayed with 429';
is $basic->value(q{SELECT count(*) FROM ej.session WHERE way = 'Basic' AND account_id = (SELECT id FROM ej.account WHERE login = 'teacher')}), 1,
    'with Basic all requests use one session';
$basic->db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'teacher'});
is ask('teacher', $password, '/')->status, 401, 'with Basic a blocked account is refused';
$basic->db->do('DELETE FROM ej.guess');
$basic->db->do(q{UPDATE ej.account SET blocked_at = NULL WHERE login = 'teacher'});
ask('teacher', $password, '/') for 1 .. 8;    # every child
ask('teacher', "x$_", '/') for 1 .. 12;
$basic->db->do(q{UPDATE ej.guess SET open_at = now() + interval '1 hour'});
is ask('teacher', 'x', '/')->status, 429, 'with Basic wrong passwords are delayed';
is ask('teacher', $password, '/')->status, 200, 'while guesses are delayed a program whose password was right before can read';
$basic->db->do('DELETE FROM ej.guess');
is_deeply [grep {/nobody-basic|wrong-secret-9|\Q$password\E/} $basic->log_lines], [], 'with Basic the error log has neither log-in nor password';
open my $access, '<', $basic->httpd->access_log or die $!;
is_deeply [grep {/nobody-basic|wrong-secret-9/} <$access>], [], 'with Basic the access log has no password or unknown log-in';
done_testing;
