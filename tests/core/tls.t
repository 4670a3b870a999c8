#!/usr/bin/perl
# tls.t: with EjournalSecure on nothing that is anybody's goes over a line in
# clear: no password, no code, no form, no page. With conf/tls.conf who comes in
# clear is sent to where TLS is.
use lib 'tests/lib';
use EJ::Test;
use MIME::Base64 ();

my $libexec  = EJ::Httpd::_libexec();
my $password = EJ::Test->password;
sub slurp { open my $in, '<:encoding(UTF-8)', $_[0] or die "$_[0]: $!\n"; local $/; return scalar <$in> }

# --------------------------------------------------------------- in clear ---

my $basic_conf = slurp('conf/login-basic.conf') =~ s{<Location /journal>}{<Location /journal/journals>}r =~ s/^\s*Ejournal On$//mr;
my $t = EJ::Test->new(secure => 1, children => 1, conf => "LoadModule remoteip_module $libexec/mod_remoteip.so
    RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1\n$basic_conf
    <Location /beside>\nAuthType Basic\nAuthName beside\nAuthBasicProvider ejournal\nRequire ejournal\nRequire valid-user\n</Location>
    LoadModule authz_user_module $libexec/mod_authz_user.so");
my $guesses = sub { $t->value('SELECT (SELECT count(*) FROM ej.guess) + (SELECT count(*) FROM ej.session) + (SELECT count(*) FROM ej.activation WHERE used_at IS NOT NULL)') };
my $before  = $guesses->();
my @basic   = (header => {Authorization => 'Basic ' . MIME::Base64::encode("teacher:$password", '')});
my @clear   = (
    ['the log-in page',            sub { $_[0]->get('/login', html => 1) }],
    ['the page for a code',        sub { $_[0]->get('/activate', html => 1) }],
    ['a log-in',                   sub { $_[0]->post('/login', {html => 1}, login => 'teacher', password => $password) }],
    ['a code',                     sub { $_[0]->post('/activate', {html => 1}, code => 'AKTIV-9201') }],
    ['a code with a password',     sub { $_[0]->post('/activate', {html => 1}, code => 'AKTIV-9201', login => 'mother', password => 'correct horse', password2 => 'correct horse') }],
    ['a new password',             sub { $_[0]->post('/account', {html => 1}, old_password => $password, password => 'correct horse', password2 => 'correct horse') }],
    ['the start page',             sub { $_[0]->get('/', html => 1) }],
    ['a page that is not there',   sub { $_[0]->get('/nowhere', html => 1) }],
    ['a log-out',                  sub { $_[0]->post('/logout', {html => 1}) }],
    ['a password by Basic',        sub { $_[0]->get('/journals', html => 1, @basic) }],
    ['who would be asked for one', sub { $_[0]->get('/journals', html => 1) }],
);
for my $case (@clear) {
    my ($what, $ask) = @$case;
    my $r = $ask->($t->client('x'));
    like $r->status . $r->content, qr/^403.*Нужно защищённое соединение.*начинается с https/s, "$what gets 403 in clear, and why (JE305)";
    is join('|', map { $r->header($_) // '-' } qw(Set-Cookie WWW-Authenticate Cache-Control)), '-|-|no-store', 'no cookie, and no question for a password';
    is $r->count('//form | //input | //main//a'), 0, 'nor a form, nor a way to one';
    like $r->header('Content-Security-Policy'), qr/default-src 'self'/, 'as safely as any page';
}
is join(' ', $t->client('x')->get('/')->errors), 'JE305', 'a program is told by its code';
is $t->client('x')->get($t->url =~ s{/journal$}{/beside}r, @basic)->status, 401, 'nor is a password looked at beside the journal';
is $t->client('x')->get('/health')->status . $t->client('x')->get('/static/app.css')->status, '200200', 'the health and the style are nobody\'s';
is $guesses->(), $before, 'no password was compared, no session opened, no code looked up';
ok +(grep {/ejournal:warn\].*JE305 403.*EjournalSecure is on and the request came without TLS/} $t->log_lines), 'the administrator finds why in the log';

# ----------------------------------------------- behind a proxy that does TLS ---

# A browser sends what came over TLS by TLS alone; here TLS is only said.
sub enter_as {
    my ($at, %header) = @_;
    my $browser = $at->client('x');
    $header{Origin} = 'https://127.0.0.1:' . $at->httpd->port;
    my $page = $browser->get('/login', header => \%header);
    $header{Cookie} = ($page->header('Set-Cookie') // '') =~ s/;.*//r;
    return $browser->post('/login', {html => 1, header => \%header, token => $page->is_xml ? $page->xpath('string(/page/@login_token)') : ''},
        login => 'teacher', password => $password);
}
is enter_as($t, 'X-Forwarded-Proto' => 'https')->status, 403, 'anybody could say https of himself';
is enter_as($t, 'X-Forwarded-For' => '10.1.2.3', 'X-Forwarded-Proto' => 'http')->status, 403, 'a proxy may say http';
my $r = enter_as($t, 'X-Forwarded-For' => '10.1.2.3', 'X-Forwarded-Proto' => 'https');
like $r->status . ($r->header('Set-Cookie') // ''), qr/^303__Host-ej-.*Secure/, 'behind one that is trusted and did TLS one comes in';
my $named = EJ::Test->new(secure => 1, children => 1, conf => 'ServerName https://journal.example');
is enter_as($named)->status, 303,
    'and where ServerName says that TLS is done elsewhere';
$t->expect_log(qr/JE305 403/, qr/JE305 403 Basic/);

# ---------------------------------------------------------- conf/tls.conf ---

my $port = EJ::Httpd::free_port();
my $made = system 'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=journal.example.ru -keyout ' . $t->dir . '/key.pem -out ' . $t->dir . '/cert.pem >/dev/null 2>&1';
is $made, 0, 'openssl makes a certificate';
my $host = EJ::Test->new(secure => 1, children => 1, conf => sub {
    my $conf = slurp('conf/tls.conf') =~ s{/etc/\S+/(\w+)\.pem}{$t->dir . ($1 eq 'privkey' ? '/key.pem' : '/cert.pem')}ger;
    $conf =~ s/\*:443/*:$port/;
    $conf =~ s/\*:80/*:*/;
    return "LoadModule ssl_module $libexec/mod_ssl.so\nListen 127.0.0.1:$port https\n$conf";
});
$host->allow_log(qr/\[ssl:warn\]/);    # of Debian's openssl and of the certificate
# curl knows the names; the rest of the line is its own
sub curl {
    my ($url, @more) = @_;
    open my $out, '-|:encoding(UTF-8)', 'curl', '-sik', '--resolve', "journal.example.ru:$port:127.0.0.1", '--resolve', 'journal.example.ru:' . $host->httpd->port . ':127.0.0.1', @more, $url or die "curl: $!\n";
    local $/;
    return scalar(<$out>) // '';
}
my $in_clear = 'http://journal.example.ru:' . $host->httpd->port;
my $by_tls   = "https://journal.example.ru:$port";
my $page = curl("$in_clear/journal/login?back=/diary");
like $page, qr{^HTTP/1\.1 301 .*^Location: https://journal\.example\.ru/journal/login\?back=/diary\r$}ms, 'who comes in clear is sent on to the same page';
like curl("$in_clear/journal/login", '-d', "login=teacher&password=$password"), qr{^HTTP/1\.1 301 }, 'whatever he brings along';
$page = curl("$by_tls/journal/login");
like $page, qr{^HTTP/1\.1 200 .*<form[^>]*action="/journal/login"}s, 'over TLS there is a log-in page';
like $page, qr{^Strict-Transport-Security: max-age=31536000\r$}m, 'from where on the browser asks by TLS alone';
like curl("$by_tls/nowhere"), qr{^HTTP/1\.1 404 .*^Strict-Transport-Security: }ms, 'on every page of the host';
like $page, qr{^Server: Apache\r$}m, 'and nobody is told the version';

done_testing;
