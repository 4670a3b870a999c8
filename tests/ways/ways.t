#!/usr/bin/perl
# ways.t: the administrator keeps which account the user of another module of Apache has;
# the user then logs in that way, and no longer when it is taken away.
use lib 'tests/lib';
use EJ::Test;
use File::Temp ();
use MIME::Base64 qw(encode_base64);

my $dir = File::Temp::tempdir(CLEANUP => 1);
chmod 0755, $dir;
sub spill {
    my ($name, $text, $mode) = @_;
    open my $out, '>', "$dir/$name" or die "$dir/$name: $!";
    print $out $text;
    close $out;
    chmod $mode, "$dir/$name";
    return "$dir/$name";
}
my $hash = `printf other | openssl dgst -sha1 -binary | base64`;
chomp $hash;
my $users  = spill('users', "kim:{SHA}$hash\n", 0644);
my $secret = spill('secret', "0123456789abcdef0123456789abcdef\n", 0600);
my $t = EJ::Test->new(today => '2026-11-20', children => 1, conf => "EjournalForeignSecret $secret\n" . <<"END");
<Location /other>
    Ejournal On
    SetHandler ejournal
    AuthType Basic
    AuthName "other"
    AuthBasicProvider file
    AuthUserFile $users
    Require ejournal
</Location>
END
my %env = $t->postgres->env($t->database);
{ local @ENV{keys %env} = values %env; system("sql/ejournal-migrate --foreign-secret '$secret' 2>/dev/null") == 0 or die 'no secret'; }
sub kim {
    return $t->client('kim')->get('http://127.0.0.1:' . $t->httpd->port . '/other/account/sessions',
        header => {Authorization => 'Basic ' . encode_base64('kim:other', '')});
}
my $admin = $t->login('administrator');
sub add { my ($client, %o) = (shift, subject => 'kim', login => 'teacher', @_); return $client->post('/ways', {html => 1}, way => 'Basic', %o) }

is $t->login($_)->get('/ways')->status, 404, "$_ has no such page" for qw(director deputy teacher class-teacher personnel parent observer);
is add($t->login('director'))->status, 404, 'nor writes there';
like $admin->get('/ways', html => 1)->content, qr/Все входят через страницу журнала/, 'an empty list says so';
is kim()->status, 403, 'a user of the other module without an account gets 403';
is add($admin)->status, 303, 'the administrator names the account';
is add($admin)->status, 303, 'the same again changes nothing';
is $admin->get('/ways')->xpath('concat(//way/@login, " ", //way/@subject)'), 'teacher kim', 'the list has it';
my $r = kim();
is $r->status . $r->xpath('string(//session[@is_this]/@way)'), '200Basic', 'the user logs in that way';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'account_subject'}), 1, 'the history has who named it';

for my $case (['of another school', 'teacher-17'], ['that nobody has', 'no-such-login'], ['of nobody', '']) {
    my ($what, $login) = @$case;
    is add($admin, subject => 'lee', login => $login)->status, 422, "no account $what is given";
}
$r = add($admin, login => 'no-such');
like $r->content, qr/Такого логина в школе нет/, 'the reason is shown (JE268)';
is $r->xpath('string(//input[@name="subject"]/@value)'), 'kim', 'what was typed comes back';
is add($admin, login => 'deputy')->status, 409, 'a subject has one account (JE212)';
is add($t->login('administrator-17'), login => 'teacher')->status, 422, 'another school\'s administrator gives none of ours';
$t->db->do(q{INSERT INTO ej.staff (school_id, person_id, surname, given_name) SELECT (SELECT id FROM ej.school WHERE id <> 1), person_id, 'Общий', 'Учитель' FROM ej.account WHERE login = 'english'});
is add($admin, subject => 'both', login => 'english')->status, 422, 'nor anybody the account of a person of two schools';
is $t->login('administrator-17')->get('/ways')->count('//way'), 0, 'another school does not see the pairs';
is $t->login('administrator-17')->post('/ways', way => 'Basic', subject => 'kim', login => 'teacher', is_removed => 1)->status, 422, 'nor removes one';

is $admin->post('/ways', way => 'Basic', subject => 'kim', login => 'teacher', is_removed => 1)->status, 303, 'it is taken away';
is kim()->status, 403, 'the next request is refused';
is $admin->post('/ways', way => 'Basic', subject => 'kim', login => 'teacher', is_removed => 1)->status, 303, 'taking it away again changes nothing';

my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
for my $sql ('SELECT * FROM ej.account_subject', q{INSERT INTO ej.account_subject VALUES ('a', 'b', 1)}, q{SELECT ej.way_account('teacher')}) {
    ok !eval { $web->do($sql); 1 }, "refused: $sql";
    is $web->state, '42501', '  by the grants';
}
ok !eval { $web->do(q{SELECT ej.way_add('Basic', 'thief', 'teacher')}); 1 }, 'without a session no pair is made';
is $web->selectrow_array('SELECT count(*) FROM ej.way_rows()'), 0, 'and none is read';
done_testing;
