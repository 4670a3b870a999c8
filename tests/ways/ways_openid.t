#!/usr/bin/perl
# ways_openid.t: the journal's pages behind the real mod_auth_openidc, with an OpenID Connect
# provider (lib/openid/provider.mjs): who has no account, who has one, the second factor, the choice of a
# school, form tokens, log-out; and that no header of a stranger stands for a log-in.
use lib 'tests/lib';
use EJ::Test;
use File::Temp ();
use MIME::Base64 'encode_base64';

my $here = 'tests/lib/openid';
if (!-d "$here/node_modules/oidc-provider") {
    my $said = `cd '$here' && npm ci --no-audit --no-fund 2>&1`;
    die "npm could not install its packages:\n$said\n" if $?;
}
my $dir = File::Temp::tempdir(CLEANUP => 1);
chmod 0755, $dir;
open my $out, '>', "$dir/secret" or die $!;
print $out "0123456789abcdef0123456789abcdef\n";
close $out;
chmod 0600, "$dir/secret";
$ENV{no_proxy} = '127.0.0.1'; # mod_auth_openidc asks the provider by libcurl

my $issuer = 'http://127.0.0.1:' . EJ::Httpd::free_port();
my $libexec = EJ::Httpd::_libexec();
my $t = EJ::Test->new(today => '2026-11-20', conf => <<"END");
LoadModule authz_user_module $libexec/mod_authz_user.so
LoadModule auth_openidc_module $libexec/mod_auth_openidc.so
EjournalForeignSecret $dir/secret
OIDCProviderMetadataURL $issuer/.well-known/openid-configuration
OIDCClientID ejournal
OIDCClientSecret "a secret of the test alone"
OIDCRedirectURI /sso-back
OIDCCryptoPassphrase "a passphrase of the test alone"
OIDCPKCEMethod S256
OIDCRemoteUserClaim sub@
OIDCPassClaimsAs environment
OIDCCookieSameSite On
<Location /sso-back>
    AuthType openid-connect
    Require valid-user
</Location>
<Location /sso>
    Ejournal On
    SetHandler ejournal
    AuthType openid-connect
    Require ejournal
</Location>
END
my $origin = 'http://127.0.0.1:' . $t->httpd->port;
my %env = $t->postgres->env($t->database);
{ local @ENV{keys %env} = values %env; system("sql/ejournal-migrate --foreign-secret '$dir/secret' 2>/dev/null") == 0 or die 'no secret'; }
my $pid = open my $provider, '-|', join ' ', 'exec node', "$here/provider.mjs", $issuer =~ s/.*://r, "$origin/sso-back 2>&1" or die "node: $!";
END { if ($pid) { local $?; kill TERM => $pid; close $provider } }
my $said = '';
while (<$provider>) { $said = $_; last if /ready/ } # it warns of its own keys first
like $said, qr/ready/, 'the provider runs';

# Open a page; where the provider asks who it is, answer with the name.
sub open_page {
    my ($client, $path, $name, %o) = @_;
    my $r = $client->get("$origin/sso$path", %o);
    for (1 .. 12) {
        my $where = $r->header('Location') // '';
        if ($r->status =~ /^30[23]$/ && ($where =~ m{^\Q$issuer\E|^$origin/sso} || $where =~ m{^/sso(?:/|-back|$)} && !$o{stay} || $where =~ m{^/(?:auth|who)/})) {
            $where = "$issuer$where" if $where =~ m{^/(?:auth|who)/};
            $where = "$origin$where" if $where =~ m{^/sso};
            last if $o{stay} && $where =~ m{^$origin/sso/(?:second|school|login)};
            $r = $client->get($where, %o);
        }
        elsif ($r->content =~ m{<form action="(/who/[^"]+)">}) {
            die 'the provider asks who it is' if !defined $name;
            $r = $client->get("$issuer$1?name=$name", %o);
        }
        else { last }
    }
    return $r;
}
$t->expect_log(qr/auth_openidc:warn.*SHOULD be "https"/);
my $kim = $t->client('kim');

# ---------------------------------------------------------------- nobody yet ----

my $r = $t->client('x')->get("$origin/sso/journals", html => 1);
is $r->status . ($r->header('Location') =~ m{^\Q$issuer\E/auth\?} ? ' to the provider' : ''), '302 to the provider', 'who opens a page is sent to the provider';
$r = open_page($kim, '/account/sessions', 'kim', html => 1);
is $r->status, 403, 'whom the provider knows and the journal does not, gets no page';
like $r->content, qr{В журнале вас нет.*Назовите его администратору школы: <b>(kim\@[^<]+)</b>}s, 'but a clear one, with the name';
my ($subject) = $r->content =~ m{<b>(kim\@[^<]+)</b>};

# ----------------------------------------------------------- the mapping, by the screen ----

my $admin = $t->login('administrator');
is $admin->post('/ways', way => 'openid-connect', subject => $subject, login => 'teacher')->status, 303, 'the administrator names the account';
$r = open_page($kim, '/account/sessions');
is $r->status . $r->xpath('string(//session[@is_this]/@way)'), '200openid-connect', 'then the person is in, without being asked again';
is $r->xpath('string(/page/@person)'), $t->value(q{SELECT ej.person_name(person_id, 1) FROM ej.account WHERE login = 'teacher'}), 'as the teacher';
is join(' ', map { open_page($kim, $_)->status } '/', '/journals', '/timetable', '/factor'), '200 200 200 200', 'the pages are the same';
is open_page($kim, '/readiness')->status, 404, 'with the rights of the account';

# ------------------------------------------------------------------ strangers ----

my %forged = (REMOTE_USER => $subject, 'X-Remote-User' => $subject, 'Remote-User' => $subject, 'OIDC-Claim-Sub' => 'kim', OIDC_CLAIM_sub => 'kim',
    Authorization => 'Basic ' . encode_base64('teacher:' . $t->password, ''));
for my $name (sort keys %forged) {
    $r = $t->client("forged $name")->get("$origin/sso/account/sessions", header => {$name => $forged{$name}});
    is $r->status =~ /^(?:302|401)$/ ? 'not in' : $r->status, 'not in', "$name in a header is no log-in";
}
$t->db->do(q{INSERT INTO ej.account_subject SELECT 'openid-connect', 'lee@x', id FROM ej.account WHERE login = 'deputy'});
$r = open_page($kim, '/account/sessions', undef, header => {REMOTE_USER => 'lee@x', 'X-Remote-User' => 'lee@x', Authorization => 'Basic ' . encode_base64('deputy:' . $t->password, '')});
is $r->xpath('string(/page/@person)'), $t->value(q{SELECT ej.person_name(person_id, 1) FROM ej.account WHERE login = 'teacher'}), 'beside a log-in they change nobody';

# ----------------------------------------------------------------- form tokens ----

sub post { my ($client, $path, $o, @fields) = @_; return $client->post("$origin/sso$path", {token => $client->form_token, %$o}, @fields) }
open_page($kim, '/account/sessions');
is post($kim, '/account/sessions', {token => 'x'})->status, 403, 'a form without its token is refused (JE303)';
is post($kim, '/account/sessions', {header => {Origin => 'http://evil.example'}})->status, 403, 'so is one from another site (JE304)';
is post($kim, '/account/sessions', {})->status, 303, 'its own is taken';

# ------------------------------------------------------------- choice of a school ----

$t->db->do(q{INSERT INTO ej.staff (school_id, person_id, surname, given_name) SELECT 2, person_id, 'Общий', 'Учитель' FROM ej.account WHERE login = 'teacher'});
$t->db->do('DELETE FROM ej.scope');
is open_page($kim, '/journals', undef, html => 1, stay => 1)->header('Location'), '/sso/school?back=%2fjournals', 'staff of two schools choose one';
open_page($kim, '/school');
is post($kim, '/school', {}, school_id => 1)->status, 303, 'the choice is taken';
is open_page($kim, '/journals')->status, 200, 'and kept';

# ------------------------------------------------------------- the second factor ----

$t->db->do(q{INSERT INTO ej.factor (account_id, secret, confirmed_at) SELECT id, substr(sha256('x'), 1, 20), now() FROM ej.account WHERE login = 'teacher'});
my $secret = $t->value(q{SELECT ej.base32(substr(sha256('x'), 1, 20))});
sub code { my $code = `oathtool --totp -b $secret -N \@${\ time}`; chomp $code; return $code }
$t->db->do('DELETE FROM ej.session');
is open_page($kim, '/journals', undef, html => 1, stay => 1)->header('Location'), '/sso/second?back=%2fjournals', 'the second factor is asked for here, too';
is join(' ', open_page($kim, '/journals')->errors), 'JE351', 'before it nothing is open';
my $ask = open_page($kim, '/second', undef, html => 1);
my $token = $ask->xpath('string(//input[@name="form_token"]/@value)');
is $kim->post("$origin/sso/second", {token => 'x'}, factor_code => code())->status, 403, 'its form has a token';
is $kim->post("$origin/sso/second", {token => $token}, factor_code => code())->status, 303, 'the code opens the journal';
is open_page($kim, '/account/sessions')->status, 200, 'in this browser';
is open_page($t->client('other'), '/journals', 'kim', html => 1, stay => 1)->header('Location'), '/sso/second?back=%2fjournals', 'in another one it is asked again, although the provider believes the same name';

# -------------------------------------------------------------------- log-out ----

$r = post($kim, '/logout', {});
is $r->header('Location'), '/sso/login?note=left', 'log-out';
is $t->value(q{SELECT count(*) FROM ej.session AS s WHERE NOT s.is_pending AND s.way = 'openid-connect'}), 0, 'ends the journal\'s session';
like open_page($kim, '/login?note=left', undef, html => 1)->content, qr{Вы вышли из журнала.*служба, через которую вы входите, вас ещё помнит}s, 'and says that the provider\'s goes on';
unlike open_page($kim, '/login', undef, html => 1)->content, qr{name="password"}, 'no password is asked for where another service does';
is join(' ', open_page($kim, '/journals')->errors), 'JE351', 'who comes back shows the second factor again';

# ---------------------------------------------------------------- taken away ----

$t->db->do("DELETE FROM ej.$_") for qw(factor session);
is open_page($kim, '/account/sessions')->status, 200, 'without one the person is in again at once';
$t->db->do(q{UPDATE ej.staff SET person_id = (SELECT min(p.person_id) FROM ej.pupil AS p) WHERE surname = 'Общий'});
$admin = $t->login('administrator');
is $admin->post('/ways', way => 'openid-connect', subject => $subject, login => 'teacher', is_removed => 1)->status, 303, 'the administrator takes the mapping away';
is open_page($kim, '/account/sessions')->status, 403, 'the next page is refused';
done_testing;
