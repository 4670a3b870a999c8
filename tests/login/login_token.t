#!/usr/bin/perl
# login_token.t: the forms that need no session take a token of their own, so
# that nobody is logged in as somebody else from another site; it is as good in a
# page reached by Back. And no page of ours leads to another site, whatever the
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
ok $cookie, 'that belongs to a cookie of this browser, which goes with it';
unlike $cookie, qr/\Q$token/, 'and is not what the cookie holds';
is $browser->get('/activate')->xpath('string(/page/@login_token)'), $token, 'the page for a code has the same';
is $browser->get('/login')->header('Set-Cookie'), undef, 'it is made once';
is $t->client('y')->get('/login')->xpath('string(/page/@login_token)') eq $token, '', 'and another one in each browser';

my $other   = $t->client('z');
my $theirs  = $other->login_token('/login');
my $teacher = $t->login('class-teacher');
my $guesses = $t->value('SELECT count(*) FROM ej.guess');
my %wrong   = ('none' => undef, 'an empty one' => '', 'that of another browser' => $theirs, 'that of a session' => $teacher->form_token);
for my $what (sort keys %wrong) {
    is told(enter($browser, token => $wrong{$what})), '403 JE303', "with the token: $what, nobody is logged in";
    is told($browser->post('/activate', {token => $wrong{$what}}, code => 'AKTIV-9201')), '403 JE303', 'nor is a code looked up';
}
is told(enter($t->client('bare'), token => $token)), '403 JE303', 'nor with the right one without its cookie';
is $t->value('SELECT count(*) FROM ej.guess'), $guesses, 'and none of that counts as a guess';
is told(enter($teacher, token => $teacher->form_token)), '403 JE303', 'who is logged in cannot be logged in as somebody else by the token of the session';
is told($teacher->post('/account', {token => $teacher->login_token('/login')}, old_password => $password)), '403 JE303', 'nor does this token save anything';
is enter($browser)->status, 303, 'the right one opens the door';

# -------------------------------------------------------------- by Back ---

is enter($browser, token => $token)->status, 303, 'the page from before the log-in opens it again';
$browser->{is_in} = 1;
is $browser->log_out->status, 303, 'and after a log-out';
is enter($browser, token => $token)->status, 303, 'as well';
$browser->get('/account');
$page = $browser->get('/login', html => 1);
is $page->xpath('string(//form[@action = "/journal/login"]/input[@name = "form_token"]/@value)'), $token, 'with a session the page is the same';

# A page of yesterday: the browser was closed, the cookie is gone.
my $stale = $t->client('stale');
my $r = enter($stale, html => 1, token => $token);
is $r->status . $r->count('//input[@name = "login"][@value = "teacher"]') . $r->count('//input[@type = "password"][@value]'), '40310',
    'an old page is shown again with the log-in that was typed, without the password';
like $r->xpath('string(//*[@role = "alert"])'), qr/Страница слишком долго была открыта/, 'and says why';
is enter($stale, token => $r->xpath('string(//form[@action = "/journal/login"]/input[@name = "form_token"]/@value)'))->status, 303, 'this one opens the door';
is told(enter($t->client('blind'), html => 1, token => $token, header => {Origin => undef})), '403', 'where the browser does not say whose page it was, nothing typed is shown';

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
        like $pages[-1]->content, qr/Открыть заново/, 'a page that could not be made leads back' unless $n++;
        my $named = $who->request('GET', $address)->xpath('string(/page/@path)');
        push @wrong, "$path: the document names $named" unless $named =~ m{^(?:|/(?![/\\])[^\\\s]*)$};
        for my $page (@pages) {
            push @wrong, "$path: $_" for grep { leads_to($_, $address) ne $here } grep {defined} $page->header('Location'), $page->type eq 'text/html' ? ($page->texts('//@href | //@src | //@action'), map {"$base$_"} $page->texts('//input[@name = "back"]/@value')) : ();
        }
    }
    is_deeply \@wrong, [], "no page below «$base/» leads to another site";
    is $who->get('/nowhere', html => 1)->count('//a[starts-with(@href, "' . $base . '/")]') > 0, 1, 'but to this one';
}
done_testing;
