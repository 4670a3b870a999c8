#!/usr/bin/perl
# tls.t: with EjournalSecure on nothing personal is sent without TLS:
# no password, no code, no form, no page. With conf/tls.conf requests without TLS
# are redirected to TLS, which is 1.2 or 1.3, with HTTP/2.
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
    like $r->status . $r->content, qr/^403.*Нужно защищённое соединение.*начинается с https/s, "$what without TLS gets 403 with the reason (JE305)";
    is join('|', map { $r->header($_) // '-' } qw(Set-Cookie WWW-Authenticate Cache-Control)), '-|-|no-store', 'the refusal has no cookie and asks for no password';
    is $r->count('//form | //input | //main//a'), 0, 'the refusal has no form and no link';
    like $r->header('Content-Security-Policy'), qr/default-src 'self'/, 'the refusal has the content security policy';
}
is join(' ', $t->client('x')->get('/')->errors), 'JE305', 'a program without TLS gets JE305';
is $t->client('x')->get($t->url =~ s{/journal$}{/beside}r, @basic)->status, 401, 'without TLS no password is checked outside the journal\'s path';
is $t->client('x')->get('/health')->status . $t->client('x')->get('/static/app.css')->status, '200200', '/health and styles are served without TLS';
is $guesses->(), $before, 'no password was compared, no session opened, no code looked up';
ok +(grep {/ejournal:warn\].*JE305 403.*EjournalSecure is on and the request came without TLS/} $t->log_lines), 'the log has the reason for the administrator';

# ----------------------------------------------- behind a proxy that does TLS ---

# Log in without TLS, with headers as behind a proxy that does TLS. The cookie is copied by hand.
sub enter_as {
    my ($at, %header) = @_;
    my $browser = $at->client('x');
    $header{Origin} = 'https://127.0.0.1:' . $at->httpd->port;
    my $page = $browser->get('/login', header => \%header);
    $header{Cookie} = ($page->header('Set-Cookie') // '') =~ s/;.*//r;
    return $browser->post('/login', {html => 1, header => \%header, token => $page->is_xml ? $page->xpath('string(/page/@login_token)') : ''},
        login => 'teacher', password => $password);
}
is enter_as($t, 'X-Forwarded-Proto' => 'https')->status, 403, 'X-Forwarded-Proto from anybody is not believed';
is enter_as($t, 'X-Forwarded-For' => '10.1.2.3', 'X-Forwarded-Proto' => 'http')->status, 403, 'X-Forwarded-Proto: http from a trusted proxy is refused';
my $r = enter_as($t, 'X-Forwarded-For' => '10.1.2.3', 'X-Forwarded-Proto' => 'https');
like $r->status . ($r->header('Set-Cookie') // ''), qr/^303__Host-ej-.*Secure/, 'behind a trusted proxy that did TLS the log-in succeeds';
my $named = EJ::Test->new(secure => 1, children => 1, conf => 'ServerName https://journal.example');
is enter_as($named)->status, 303,
    'with https in ServerName the log-in succeeds';
$t->expect_log(qr/JE305 403/, qr/JE305 403 Basic/);

# ---------------------------------------------------------- conf/tls.conf ---

my $port = EJ::Httpd::free_port();
my $made = system 'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=journal.example.ru -keyout ' . $t->dir . '/key.pem -out ' . $t->dir . '/cert.pem >/dev/null 2>&1';
is $made, 0, 'openssl makes a certificate';
my $host = EJ::Test->new(secure => 1, children => 1, conf => sub {
    my $conf = slurp('conf/tls.conf') =~ s{/etc/\S+/(\w+)\.pem}{$t->dir . ($1 eq 'privkey' ? '/key.pem' : '/cert.pem')}ger;
    $conf =~ s/\*:443/*:$port/;
    $conf =~ s/\*:80/*:*/;
    return "LoadModule ssl_module $libexec/mod_ssl.so\nLoadModule http2_module $libexec/mod_http2.so\nLoadModule rewrite_module $libexec/mod_rewrite.so\nListen 127.0.0.1:$port https\n$conf";
});
$host->allow_log(qr/\[ssl:warn\]/);    # about Debian's openssl and the certificate
$host->expect_log(qr/JE305 403/, qr/JE303 403/);
# Fetch an address with curl, which is told the addresses of the names.
sub curl {
    my ($url, @more) = @_;
    open my $out, '-|:encoding(UTF-8)', 'curl', '-sik', '--resolve', "journal.example.ru:$port:127.0.0.1", '--resolve', 'journal.example.ru:' . $host->httpd->port . ':127.0.0.1', @more, $url or die "curl: $!\n";
    local $/;
    return scalar(<$out>) // '';
}
my $in_clear = 'http://journal.example.ru:' . $host->httpd->port;
my $by_tls   = "https://journal.example.ru:$port";
my $page = curl("$in_clear/journal/login?back=/diary");
like $page, qr{^HTTP/1\.1 301 .*^Location: https://journal\.example\.ru/journal/login\?back=/diary\r$}ms, 'a request without TLS is redirected to the same page';
like curl("$in_clear/journal/login", '-d', "login=teacher&password=$password"), qr{^HTTP/1\.1 301 }, 'a POST without TLS is redirected';
like curl("$in_clear/journal/diary", '-u', "teacher:$password"), qr{^HTTP/1\.1 403 (?!.*^Location).*Нужно защищённое соединение}ms, 'a program that sends a password without TLS is not led on silently';
$page = curl("$by_tls/journal/login", '--http1.1');
like $page, qr{^HTTP/1\.1 200 .*<form[^>]*action="/journal/login"}s, 'over TLS there is a log-in page';
like $page, qr{^Strict-Transport-Security: max-age=31536000\r$}m, 'a page over TLS has Strict-Transport-Security';
like curl("$by_tls/nowhere", '--http1.1'), qr{^HTTP/1\.1 404 .*^Strict-Transport-Security: }ms, 'every page of the host has Strict-Transport-Security';
like $page, qr{^Server: Apache\r$}m, 'Apache does not send its version over TLS';

# Protocols, as openssl's client sees them. @SECLEVEL=0: the client may all.
sub tls {
    my (@how) = @_;
    my $said = `echo | openssl s_client -connect 127.0.0.1:$port -servername journal.example.ru @how 2>&1`;
    return $said =~ /^(?:New|Reused), (TLSv[\d.]+), Cipher is (\S+)/m ? "$1 $2" : 'none';
}
is tls($_, "-cipher 'ALL:\@SECLEVEL=0'"), 'none', "no connection with $_" for qw(-tls1 -tls1_1);
like tls('-tls1_2'), qr/^TLSv1\.2 ECDHE-/, 'TLS 1.2 has a key for each connection';
like tls('-tls1_3'), qr/^TLSv1\.3 /, 'TLS 1.3 is there';
like tls(), qr/^TLSv1\.3 /, 'and preferred';
is tls('-tls1_2', "-cipher '$_:\@SECLEVEL=0'"), 'none', "no cipher of $_" for 'kRSA', 'AES128-SHA', 'ECDHE-RSA-AES256-SHA384', 'DHE', 'aNULL';

# The same pages by HTTP/2: a log-in, a page, its validator, a form that is cut, a refusal.
my $jar = $t->dir . '/jar';
sub h2 { return curl($_[0], '--http2', '-b', $jar, '-c', $jar, @_[1 .. $#_]) }
my ($form_token) = h2("$by_tls/journal/login") =~ m{^HTTP/2 200 .*name="form_token" value="([^"]+)"}s;
ok $form_token, 'HTTP/2 has the log-in page';
my @origin = ('-H', "Origin: $by_tls");
like h2("$by_tls/journal/login", @origin, '-d', "login=teacher&password=$password&form_token=" . ($form_token // '')), qr{^HTTP/2 303 .*^set-cookie: __Host-ej-[^\r]*Secure}ms, 'a log-in';
$page = h2("$by_tls/journal/journals", '-H', 'Accept: application/xml');
like $page, qr{^HTTP/2 200 .*<page [^>]*person="}s, 'a page of the person';
my ($tag) = $page =~ /^etag: (\S+)\r$/m;
like h2("$by_tls/journal/journals", '-H', 'Accept: application/xml', '-H', "If-None-Match: $tag"), qr{^HTTP/2 304 }, 'which is not sent again';
like h2("$by_tls/journal/account", @origin, '-d', 'old_password=x'), qr{^HTTP/2 403 }, 'a form without its token is refused';
like h2("$by_tls/journal/nowhere"), qr{^HTTP/2 404 .*Такой страницы нет}s, 'a refusal is a page';

# The lines for mod_md, when they are wanted.
my $md = join "\n", slurp('conf/tls.conf') =~ /^#(MD\w+ .*)$/mg;
my $own = EJ::Test->new(start => 0, secure => 1, conf => "LoadModule ssl_module $libexec/mod_ssl.so\nLoadModule md_module $libexec/mod_md.so\n$md");
my ($right, $said) = $own->httpd->configtest;
ok $right && $md =~ /^MDomain/, 'the lines for mod_md pass' or diag $said;

done_testing;
