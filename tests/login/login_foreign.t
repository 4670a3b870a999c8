#!/usr/bin/perl
# login_foreign.t: the user of another module of Apache gets the account
# of (way, subject), only with the secret of EjournalForeignSecret.
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
    chmod $mode // 0600, "$dir/$name";
    return "$dir/$name";
}
# the other module's users: two people, both with the password «other»
my $hash  = `printf other | openssl dgst -sha1 -binary | base64`;
chomp $hash;
my $users = spill('users', "kim:{SHA}$hash\nlee:{SHA}$hash\n", 0644);
my $secret = spill('secret', "0123456789abcdef0123456789abcdef  \n");

sub server {
    my ($more) = @_;
    my $t = EJ::Test->new(today => '2026-11-20', children => 1, conf => <<"END" . $more);
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
    $t->db->do(q{INSERT INTO ej.account_subject SELECT 'Basic', 'kim', id FROM ej.account WHERE login = 'teacher'});
    return $t;
}
sub ask {
    my ($t, $user, %o) = @_;
    return $t->client($user)->get('http://127.0.0.1:' . $t->httpd->port . '/other/',
        header => {Authorization => 'Basic ' . encode_base64("$user:other", '')}, %o);
}
sub migrate {
    my ($t, $file) = @_;
    my %env = $t->postgres->env($t->database);
    local @ENV{keys %env} = values %env;
    return system("sql/ejournal-migrate --foreign-secret '$file' 2>/dev/null");
}

my $t = server("EjournalForeignSecret $secret\n");
$t->expect_log(qr/:error\].*JE500.*not the secret of ejournal-migrate --foreign-secret/);
is ask($t, 'kim')->status, 500, 'without a secret in the database the other module\'s user gets 500';
isnt migrate($t, spill('short', "short\n")), 0, 'a short secret is refused';
is migrate($t, spill('wrong', 'f' x 40)), 0, 'ejournal-migrate stores the digest of a secret';
is ask($t, 'kim')->status, 500, 'with another secret in the database the other module\'s user gets 500';
is migrate($t, $secret), 0, 'ejournal-migrate stores the digest of the right secret';
is $t->value(q{SELECT encode(value, 'hex') FROM ej.secret WHERE name = 'foreign'}),
    $t->value(q{SELECT encode(sha256('0123456789abcdef0123456789abcdef'), 'hex')}), 'the database has the digest of the secret without blanks at its end';
my $r = ask($t, 'kim');
is $r->status . $r->xpath('string(/page/@person)'), '200' . $t->value(q{SELECT ej.person_name(person_id, NULL) FROM ej.account WHERE login = 'teacher'}),
    'now the other module\'s user is the account of that way and subject';
is ask($t, 'kim')->status, 200, 'the other module\'s user has access at each request';
is $t->value(q{SELECT count(*) FROM ej.session}), 1, 'the other module\'s user has one session';
$r = ask($t, 'lee');
is join(' ', $r->status, $r->errors), '403 JE307', 'a user of the other module without an account gets 403';
like ask($t, 'lee', html => 1)->content, qr{В журнале вас нет.*Назовите его администратору школы: <b>lee</b>}s, 'and a page with the name to tell the administrator';
$t->db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'teacher'});
is ask($t, 'kim')->status, 403, 'a blocked account gets 403 at the next request';
is_deeply [grep {/0123456789abcdef0123/} $t->log_lines], [], 'the secret is in no log';

my $without = server('');
$without->expect_log(qr/:error\].*JE500.*EjournalForeignSecret is not set/);
migrate($without, $secret);
is ask($without, 'kim')->status, 500, 'an Apache without the secret lets no other module\'s user in';
is $without->client('x')->log_in('teacher', $without->password)->status, 303, 'without the secret the log-in page works';

# ---------------------------------------------------------------- configtest ---

for my $case (
    ['that is not there', '/nowhere/secret', qr{EjournalForeignSecret /nowhere/secret: }],
    ['that everybody can read', spill('open', '0' x 64, 0644), qr/can be read by everybody/],
    ['that is short', "$dir/short", qr/is no line of 32 characters/],
    ['of two lines', spill('two', join "\n", ('0' x 64) x 2), qr/is no line/]) {
    my ($what, $file, $words) = @$case;
    my $stage = $t->stage;
    my $httpd = EJ::Httpd->new(dir => "$dir/httpd", module => $stage->module, share => $stage->share, socket => '/nowhere',
        database => 'none', port => 1, conf => "EjournalForeignSecret $file");
    my ($right, $said) = $httpd->configtest;
    ok !$right && $said =~ $words, "configtest refuses a secret $what" or diag $said;
}
done_testing;
