#!/usr/bin/perl
# account.t: people change their own password.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(72);

my $old = $t->password;
my $new = 'Кот и 7 мышей';
sub hash { return $t->value(q{SELECT password FROM ej.account WHERE login = 'parent'}) }

my $home  = $t->login('parent');
my $phone = $t->login('parent');
my $other = $t->login('pupil');
my $r     = $home->get('/account', html => 1);
is $r->xpath('string(//main//b)'), 'parent', 'the page names the account';
is join(' ', $r->texts('//main//input[@type="password"]/@name')), 'old_password password password2', 'the page has fields for the old password and twice for the new one';
is $t->client('x')->get('/account')->status, 401, 'the page needs a session';

sub change {
    my ($client, $was, $one, $two) = @_;
    return $client->post('/account', {html => 1}, old_password => $was, password => $one, password2 => $two);
}
my $hash = hash();
for my $bad (
    ['the old password is wrong', 'JE116', qr/Текущий пароль введён неверно/, 'not-it', $new, $new],
    ['the new ones differ', 'JE115', qr/Пароли не совпали/, $old, $new, "$new!"],
    ['the new one is short', 'JE114', qr/слишком короткий/, $old, 'кошка', 'кошка'],
    ['the new one is common', 'JE114', qr/слишком простой/, $old, '1q2w3e4r', '1q2w3e4r'],
    ['it is common in Russian and in capitals', 'JE114', qr/слишком простой/, $old, 'Школа2026', 'Школа2026'],
    ['it is the old one', 'JE127', qr/такой же, как нынешний/, $old, $old, $old],
    ['it is the log-in twice', 'JE126', qr/ничего, кроме логина/, $old, 'parentparent', 'parentparent'],
    ['a field is empty', 'JE101', qr/Заполните/, $old, '', '']) {
    my ($why, $code, $words, @passwords) = @$bad;
    $r = change($home, @passwords);
    is $r->status, 422, "nothing changes when $why";
    like $r->content, $words, 'the reason is shown at the field';
    is $r->count('//input[@type="password"][@value]') . ($r->content =~ /\Q$passwords[0]\E/ ? 'shown' : ''), '0', 'no password is in the reply';
}
is hash(), $hash, 'refused changes keep the old password';
is join(' ', $home->post('/account', old_password => $old, password => 'short', password2 => 'short')->errors), 'JE114', 'a program gets the code of the error';
is $phone->get('/diary')->status, 200, 'refused changes end no session';

sub token { my $pair; $home->agent->cookie_jar->scan(sub { $pair = "$_[1]=$_[2]" if $_[1] !~ /-(?:device|form)$/ }); return $pair }
sub with_cookie { return $t->client('thief')->get('/diary', header => {Cookie => $_[0]})->status }
my $token = token();
is with_cookie($token), 200, 'the token gives access';
$r = change($home, $old, $new, $new);
is $r->status . ' ' . $r->location, '303 /account?is_saved=1', 'the password is changed';
like $home->follow($r, html => 1)->content, qr/Пароль изменён/, 'the changed password is confirmed in the same session';
isnt token(), $token, 'the session has a new token';
is with_cookie($token), 401, 'the old token of the session gives no access';
like $r->header('Set-Cookie'), qr/HttpOnly; SameSite=Lax; Max-Age=15552000/, 'the new cookie has the properties of that of the log-in';
is $phone->get('/diary')->status, 401, 'the other sessions end at their next request (SEC-03)';
is $other->get('/diary')->status, 200, 'the sessions of other accounts do not end';
is $t->client('x')->log_in('parent', $old)->status, 401, 'the old password is refused';
is $t->client('x')->log_in('parent', $new)->status, 303, 'the new password logs in';
like hash(), qr/^\$y\$/, 'the new password is stored as yescrypt';

my $epoch = $t->value(q{SELECT epoch FROM ej.account WHERE login = 'parent'});
is change($home, $new, $new . 1, $new . 1)->status, 303, 'the password can be changed again at once';
is $t->value(q{SELECT epoch FROM ej.account WHERE login = 'parent'}), $epoch + 1, 'each change raises the epoch of the account';
is $home->post('/account', {token => 'x' x 32}, old_password => $new . 1, password => $old, password2 => $old)->status, 403,
    'a form with the token of another session is refused';

# A password that libcrypt cannot hash must be refused, or the account would have none.
my $was = $new . 1;
for my $case (['511 bytes', 'long and ' . 'a' x 502], ['242 Russian letters', 'слон из многих слов, ' x 12]) {
    my ($what, $long) = @$case;
    is change($home, $was, $long, $long)->status, 303, "a password of $what is accepted";
    is $t->client('x')->log_in('parent', $long)->status, 303, 'a long password logs in';
    $was = $long;
}
$hash = hash();
for my $case (['512 bytes', 'a' x 512], ['600 bytes', 'a' x 600], ['1024 bytes', 'a' x 1024], ['256 Russian letters', 'щука' x 64]) {
    my ($what, $long) = @$case;
    $r = change($home, $was, $long, $long);
    is join(" ", $r->status, $r->xpath(q{string(//*[@id="f-password"]/@aria-invalid)})), "422 true", "a password of $what is refused at its field (JE121)";
    like $r->content, qr/Пароль слишком длинный/, 'the reason is that the password is too long';
}
for my $weak ('ЖЖЖЖЖЖЖЖ', 'абвабваб', 'qwertyasdf', '123qweasd', '0987654321', 'ФЫВАйцук', 'Кошка-77', '!school99!', '2031пароль', 'Parent', 'parent01', 'PARENT!!', 'Parent-parent2031') {
    is change($home, $was, $weak, $weak)->status, 422, "the easily guessed password «$weak» is refused";
}
is hash(), $hash, 'refused passwords keep the present one';
is $t->client('x')->log_in('parent', 'a' x 600)->status, 401, 'at the log-in a password of 600 bytes is wrong';
ok !eval { $t->db->do(q{UPDATE ej.account SET password = '*0' WHERE login = 'parent'}); 1 }, 'the database refuses the failure value of crypt';
