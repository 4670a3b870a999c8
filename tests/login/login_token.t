#!/usr/bin/perl
# login_token.t: the forms before log-in have a token of their own, so
# that another site cannot log a person in to another account; the token stays valid in a
# page reached by Back. And no page links to another site, whatever the
# address was.
use lib 'tests/lib';
use EJ::Test;
use URI;

my $t        = EJ::Test->new(today => '2026-11-20');
my $password = $t->password;
sub enter { my ($client, %o) = @_; return $client->post('/login', {%o}, login => 'teacher', password => $password) }
sub told  { my ($r) = @_; return join ' ', $r->status, $r->is_xml ? $r->errors : () }

# ----------------------------------------------------------- its own token ---

my $browser = $t->client('x');
my $page    = $browser->get('/login');
my $token   = $page->xpath('string(/page/@login_token)');
like $token, qr/^[0-9a-f]{32}$/, 'the log-in page has a token';
my ($cookie) = $page->header('Set-Cookie') =~ /^(ej-[0-9a-f]+-form=[0-9a-f]{64}); Path=\/journal; HttpOnly; SameSite=Lax$/;
ok $cookie, 'the token belongs to a session cookie of the browser';
unlike $cookie, qr/\Q$token/, 'the cookie does not contain the token';
is $browser->get('/activate')->xpath('string(/page/@login_token)'), $token, 'the page for a code has the same token';
is $browser->get('/login')->header('Set-Cookie'), undef, 'the cookie of the token is set once';
is $t->client('y')->get('/login')->xpath('string(/page/@login_token)') eq $token, '', 'another browser has another token';

my $other   = $t->client('z');
my $theirs  = $other->login_token('/login');
my $teacher = $t->login('class-teacher');
my $guesses = $t->value('SELECT count(*) FROM ej.guess');
my %wrong   = ('none' => undef, 'an empty one' => '', 'that of another browser' => $theirs, 'that of a session' => $teacher->form_token);
for my $what (sort keys %wrong) {
    is told(enter($browser, token => $wrong{$what})), '403 JE303', "a log-in with the wrong token ($what) is refused";
    is told($browser->post('/activate', {token => $wrong{$what}}, code => 'AKTIV-9201')), '403 JE303', 'a code with a wrong token is refused';
}
is told(enter($t->client('bare'), token => $token)), '403 JE303', 'a log-in with the right token, but without its cookie, is refused';
is $t->value('SELECT count(*) FROM ej.guess'), $guesses, 'log-ins with wrong tokens do not count as guesses';
is told(enter($teacher, token => $teacher->form_token)), '403 JE303', 'the token of a session does not serve for a log-in';
is told($teacher->post('/account', {token => $teacher->login_token('/login')}, old_password => $password)), '403 JE303', 'the token of the log-in does not serve for a save';
is enter($browser)->status, 303, 'a log-in with the right token succeeds';

# -------------------------------------------------------------- by Back ---

is enter($browser, token => $token)->status, 303, 'the token from before the log-in serves again';
$browser->{is_in} = 1;
is $browser->log_out->status, 303, 'the log-out succeeds';
is enter($browser, token => $token)->status, 303, 'the token from before the log-in serves after the log-out';
$browser->get('/account');
$page = $browser->get('/login', html => 1);
is $page->xpath('string(//form[@action = "/journal/login"]/input[@name = "form_token"]/@value)'), $token, 'the log-in page has the same token with a session';

# A page of yesterday whose cookie is gone, since the browser was closed.
my $stale = $t->client('stale');
my $r = enter($stale, html => 1, token => $token);
is $r->status . $r->count('//input[@name = "login"][@value = "teacher"]') . $r->count('//input[@type = "password"][@value]'), '40310',
    'after an old page the log-in is shown again with the typed log-in name, without the password';
like $r->xpath('string(//*[@role = "alert"])'), qr/Страница слишком долго была открыта/, 'the page explains that it was open for too long';
is enter($stale, token => $r->xpath('string(//form[@action = "/journal/login"]/input[@name = "form_token"]/@value)'))->status, 303, 'the log-in from the new page succeeds';
is told(enter($t->client('blind'), html => 1, token => $token, header => {Origin => undef})), '403', 'without Origin nothing typed is shown';

# ------------------------------------------------- no way to another site ---

# A link as a browser reads it.
sub leads_to {
    my ($link, $at) = @_;
    (my $read = $link) =~ tr{\\\t\r\n}{/}d;
    my $to = URI->new_abs($read, $at);
    return $to->can('host_port') ? $to->host_port : $to->scheme // 'nowhere';
}
for my $base ('', '/journal') {
    my $at    = EJ::Test->new(today => '2026-11-20', base => $base, children => 1, conf => 'MergeSlashes Off');
    my $here  = '127.0.0.1:' . $at->httpd->port;
    my $who   = $at->login('teacher');
    my $lock  = $at->new_db;
    my @wrong;
    my $n = 0;
    for my $path ('/%5cevil.example', '//evil.example', '/%5c/evil.example', '/%09/evil.example', '/%0d%0aevil.example', '/%20/evil.example', '/\\evil.example',
        '//%5cevil.example/login', '/nowhere') {
        my $address = "http://$here$base$path";
        my $stranger = $at->client('stranger')->request('GET', $address, undef, html => 1);
        my @pages = ($who->request('GET', $address, undef, html => 1), $who->request('POST', $address, 'a=1', html => 1), $stranger);
        push @pages, $at->client('s')->get($stranger->header('Location'), html => 1) if $stranger->header('Location');
        $lock->begin_work;    # the page whose link leads back to the address itself
        $lock->do('LOCK TABLE ej.session IN ACCESS EXCLUSIVE MODE');
        push @pages, $who->request('GET', $address, undef, html => 1);
        $lock->rollback;
        like $pages[-1]->content, qr/Открыть заново/, 'a page with JE500 links back' unless $n++;
        my $named = $who->request('GET', $address)->xpath('string(/page/@path)');
        push @wrong, "$path: the document names $named" unless $named =~ m{^(?:|/(?![/\\])[^\\\s]*)$};
        for my $page (@pages) {
            push @wrong, "$path: $_" for grep { leads_to($_, $address) ne $here } grep {defined} $page->header('Location'), $page->type eq 'text/html' ? ($page->texts('//@href | //@src | //@action'), map {"$base$_"} $page->texts('//input[@name = "back"]/@value')) : ();
        }
    }
    is_deeply \@wrong, [], "no page below «$base/» leads to another site";
    is $who->get('/nowhere', html => 1)->count('//a[starts-with(@href, "' . $base . '/")]') > 0, 1, 'pages link to this site';
}
done_testing;
