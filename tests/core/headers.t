#!/usr/bin/perl
# headers.t: what comes with every answer: validators, security, methods,
# Apache's own errors, and the journal below any path.
use lib 'tests/lib';
use EJ::Test;
use IO::Socket::INET ();

my $t = EJ::Test->new(today => '2026-11-20', conf => "RequestReadTimeout body=1\n<Location /journal/login>\nLimitRequestBody 4000\n</Location>\n")->plan(181);

my $teacher = $t->login('teacher');
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my $pupil   = $t->id(pupil => pupil => 'Волков Антон');

# ------------------------------------------------------------ validators ---

for my $path ('/', '/journals', $journal, "$journal?format=print", $lesson, '/account') {
    my $r   = $teacher->get($path, html => 1);
    my $tag = $r->header('ETag') // '';
    like $tag, qr/^"(?:[0-9a-f]{16}-)?[0-9a-f]{32}(?:-gzip)?"$/, "$path has a validator";
    is $teacher->get($path, html => 1, header => {'If-None-Match' => $tag})->status, 304, 'an unchanged page gets 304';
    (my $plain = $tag) =~ s/-gzip//;
    (my $gzip = $plain) =~ s/"$/-gzip"/;
    my $again = $teacher->get($path, html => 1, header => {'If-None-Match' => qq{"other", $gzip}});
    is $again->status . length $again->bytes, '3040', 'an unchanged page gets 304 with the validator of mod_deflate';
    is $teacher->get($path, html => 1, header => {'If-None-Match' => '*'})->status, 304, 'If-None-Match: * gets 304';
    is $teacher->get($path, html => 1, header => {'If-None-Match' => '"0123"'})->status, 200, 'an unknown validator gets the page';
}
my $tag = sub { return $teacher->get($journal, html => 1, header => {'Accept-Encoding' => $_[0] // 'identity'}) };
my $first = $tag->();
my $gzip  = $tag->('gzip');
is $gzip->header('Content-Encoding'), 'gzip', 'a page is compressed for clients that accept gzip';
is $gzip->content, $first->content, 'the compressed page has the same content';
for my $other (['Sec-Fetch-Site' => 'cross-site'], ['Sec-Fetch-Site' => 'same-site'], [Referer => 'https://other.example/https://127.0.0.1/']) {
    is $teacher->get($journal, html => 1, header => {'Accept-Encoding' => 'gzip', @$other})->header('Content-Encoding'), undef, "a page that another site opens is not ($other->[1])";
}
is $teacher->get($journal, html => 1, header => {'Accept-Encoding' => 'gzip', 'Sec-Fetch-Site' => 'same-origin', Referer => $t->url('/journals')})->header('Content-Encoding'), 'gzip', 'one that the journal itself leads to is';
is $teacher->get($journal, html => 1, header => {'Accept-Encoding' => 'gzip', 'If-None-Match' => $gzip->header('ETag')})->status, 304,
    'the validator of the compressed page gets 304';
cmp_ok $teacher->get($journal, html => 1, header => {'If-None-Match' => $first->header('ETag')})->status, '==', 304, 'the validator of the uncompressed page gets 304 for the compressed one';
my ($column) = map { $_->textContent } $teacher->get($journal)->nodes('//column[@held_on = "2026-11-11"]/@column_id');
$teacher->post($journal, column_id => $column, pupil_id => $pupil, old => '', value => '5');
my $after = $teacher->get($journal, html => 1, header => {'If-None-Match' => $first->header('ETag')});
is $after->status, 200, 'after a save the old validator gets the new page';
isnt $after->header('ETag'), $first->header('ETag'), 'after a save the page has a new validator';
my $deputy = $t->login('deputy');
isnt $deputy->get($journal, html => 1)->header('ETag') =~ s/-gzip//r, $after->header('ETag') =~ s/-gzip//r, 'each person has a validator of their own for a page';
isnt $teacher->get($journal)->header('ETag') =~ s/-gzip//r, $after->header('ETag') =~ s/-gzip//r, 'each format has a validator of its own';
is $teacher->get("$journal?format=csv")->header('Cache-Control'), 'no-store', 'a CSV file is not cached';

# -------------------------------------------------------------- security ---

my %page = (
    'a page' => $teacher->get($journal, html => 1), 'a document' => $teacher->get($journal),
    'the log-in page' => $t->client('x')->get('/login', html => 1), 'a page that is not there' => $teacher->get('/nowhere', html => 1),
    'a refusal' => $teacher->post($journal, {html => 1}, column_id => 1, pupil_id => 1, old => '', value => '9'),
    'a redirect' => $t->client('x')->get($journal, html => 1), 'a page not changed' => $teacher->get('/', html => 1,
        header => {'If-None-Match' => $teacher->get('/', html => 1)->header('ETag')}));
for my $what (sort keys %page) {
    my $r = $page{$what};
    like $r->header('Content-Security-Policy') // '', qr/default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'/, "$what loads nothing from other sites";
    unlike $r->header('Content-Security-Policy') // 'unsafe', qr/unsafe|\*|data:/, 'the policy of every reply forbids inline scripts';
    is join('|', map { $r->header($_) // '-' } 'X-Content-Type-Options', 'Referrer-Policy', 'Cross-Origin-Opener-Policy'),
        'nosniff|same-origin|same-origin', 'every reply hides the referrer, and is not sniffed or shared';
}
my @cross = grep { $_->header('Access-Control-Allow-Origin') } values %page, map { $teacher->get($_, header => {Origin => 'https://evil.example'}) } $journal, '/static/app.css', '/health';
is scalar(@cross), 0, 'no other site may read a reply';
is join('|', map { lc($_->header('Content-Type')) =~ s/ //gr } $page{'a page'}, $page{'a document'}, map { $teacher->get($_) } "$journal?format=csv", '/static/app.css', '/health'),
    'text/html;charset=utf-8|application/xml;charset=utf-8|text/csv;charset=utf-8;header=present|text/css;charset=utf-8|text/plain;charset=utf-8', 'the type of a reply has its charset';
is join(' ', map { $t->client('x')->get($_)->status } '/static/', '/static/img/'), '404 404', 'a folder of styles is not listed';
my $style = '/static/app.css';
for my $case ([200, 'GET'], [200, 'HEAD'], [304, 'GET', 'If-None-Match' => '*'], [206, 'GET', Range => 'bytes=0-9'], [412, 'GET', 'If-Match' => '"x"'],
    [416, 'GET', Range => 'bytes=9999999-'], [204, 'OPTIONS'], [405, 'POST'], [405, 'BREW'], [405, 'TRACE']) {
    my ($status, $method, @header) = @$case;
    my $r = $t->client('x')->request($method, $style, undef, header => {@header, 'Accept-Encoding' => 'identity'});
    is join('|', $r->status, map { $r->header($_) // '-' } 'X-Content-Type-Options', 'Referrer-Policy', 'Cross-Origin-Resource-Policy', 'Cross-Origin-Opener-Policy'),
        "$status|nosniff|same-origin|same-origin|same-origin", "a style has the security headers when $method gets $status";
    like $r->header('Content-Security-Policy') // '', qr/default-src 'self'.*frame-ancestors 'none'/, 'a style has the content security policy';
}
unlike $t->client('x')->get($style)->header('Vary') // '', qr/Cookie/, 'a style does not depend on cookies';
like $page{'a page'}->header('Vary'), qr/Accept\b.*Cookie/, 'a page varies by cookie and format';
is $page{'a page'}->header('Cache-Control'), 'private, no-cache', 'a page is not cached by proxies, and revalidated each time';
is $page{'the log-in page'}->header('Cache-Control'), 'no-store', 'the log-in page is not cached';
is $teacher->get($journal, html => 1, header => {Host => 'journal.school'})->header('Cache-Control'), 'no-store',
    'a page over plain HTTP is not cached, since browsers then ignore Clear-Site-Data';
is join('|', map { $t->client('x')->get('/static/img/forget.svg')->header($_) } 'Clear-Site-Data', 'Cache-Control'), '"cache"|no-store',
    'the picture of the log-in page clears the browser\'s cache';
is join('|', map { $t->client('x')->get('/static/img/forget.svg', header => {'Sec-Fetch-Site' => $_})->header('Clear-Site-Data') // '-' } qw(same-origin same-site cross-site)),
    '"cache"|-|-', 'the picture clears no cache when another site shows it';
is $page{'the log-in page'}->count('//img[contains(@src, "/img/forget.svg")]'), 1, 'the log-in page has the picture that clears the cache';
is $page{$_}->header('Cache-Control'), 'no-store', "$_ is not cached" for 'a page that is not there', 'a redirect';
is $page{'a page'}->count('//@style | //script[not(@src)] | //@onclick | //style'), 0, 'no page has an inline script or style';
unlike $page{'a page'}->header('Server') // '', qr/\d/, 'the version of Apache is not sent';

# --------------------------------------------------------------- methods ---

my $head = $teacher->request('HEAD', $journal, undef, html => 1);
is $head->status . length($head->bytes), '2000', 'HEAD gets no body';
is join('|', map { $head->header($_) // '-' } qw(ETag Content-Type)), join('|', map { $teacher->get($journal, html => 1,
    header => {'Accept-Encoding' => 'identity'})->header($_) =~ s/-gzip//r } qw(ETag Content-Type)), 'HEAD gets the headers of the page';
is $teacher->request($_, $journal)->status, 405, "$_ of a journal is refused" for qw(PUT DELETE PATCH);
is $teacher->request('PUT', $journal)->header('Allow'), 'GET, HEAD, POST, OPTIONS', 'a refused method of a journal gets the list of methods';
is $teacher->request('DELETE', '/journals')->header('Allow'), 'GET, HEAD, OPTIONS', 'a refused method of a list gets the list of methods';
is $teacher->request('GET', '/logout')->header('Allow'), 'POST, OPTIONS', 'a refused method of the log-out gets the list of methods';
for my $who ($teacher, $t->client('x')) {
    for my $may ([$journal, 'GET, HEAD, POST, OPTIONS'], ['/login', 'GET, HEAD, POST, OPTIONS'], ['/static/app.css', 'GET, HEAD, OPTIONS']) {
        my $r = $who->request('OPTIONS', $may->[0]);
        is join('|', $r->status, $r->header('Allow') // '', length $r->bytes), "204|$may->[1]|0", "OPTIONS of $may->[0] gets the list of methods, and nothing else";
    }
}
is $t->client('x')->request('OPTIONS', '/nowhere')->status, 401, 'OPTIONS of a missing page gets 401 without a session';
is $teacher->request($_, '/static/app.css')->status . $teacher->request($_, '/static/app.css')->header('Allow'), '405GET, HEAD, OPTIONS',
    "$_ of a style is refused" for qw(POST PUT DELETE BREW);
is $teacher->request('TRACE', $journal)->status, 405, 'TRACE is refused, since it would send back cookies';
my $wrong = $t->client('x')->post('/login', {html => 1}, login => 'teacher', password => 'wrong-one');
is join(' ', $wrong->status, $wrong->header('WWW-Authenticate') // ''), '401 Ejournal realm="ejournal"',
    'a wrong password gets a WWW-Authenticate that opens no dialog';
$wrong = $t->client('x')->get('/');
is join(' ', $wrong->status, $wrong->header('WWW-Authenticate') // ''), '401 Ejournal realm="ejournal"', 'a program without a session gets a WWW-Authenticate that opens no dialog';
is $t->client('x')->get('/health')->header('X-Content-Type-Options'), 'nosniff', '/health has the security headers';
my $ready = $t->client('x')->get('/ready');
is join(' ', $ready->status, $ready->header('Cache-Control')), '200 no-store', '/ready answers anybody';
like $ready->content, qr/^ready\nrole primary\nbackup_age_s \d+\n\z/, 'and tells nothing else';
is $teacher->request('DELETE', '/nowhere')->status, 404, 'DELETE of a missing page gets 404';
my $list = $deputy->post('/journals', a => 1);
is $list->status . ' ' . join(' ', $list->errors), '405 JE119', 'a POST to a list gets 405';
like $teacher->post('/journals', {html => 1}, a => 1)->content, qr/По этому адресу так обратиться нельзя/, 'a POST to a list is refused in Russian';
is $teacher->get('/journals/')->status . $teacher->get("$journal/")->status . $teacher->get('/Journals')->status, '404404404',
    'an address with a slash at its end or in capitals gets 404';

# --------------------------------------------------- Apache's own errors ---

my $agent = "Accept: text/html\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
sub raw {
    my ($to, $bytes) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $to->httpd->port) or die "no connection: $!\n";
    print $socket $bytes;
    local $/;
    return scalar <$socket> // '';
}
my %apache = (
    'a request that cannot be read' => ["GET /journal/\x01 HTTP/1.1\r\n$agent", 400, 'Запрос составлен неверно'],
    'a request without a host'      => ["GET /journal/ HTTP/1.1\r\nConnection: close\r\n\r\n", 400, 'Запрос составлен неверно'],
    'a header without end'          => ["GET /journal/ HTTP/1.1\r\nX: " . 'a' x 9000 . "\r\n$agent", 400, 'Запрос составлен неверно'],
    'an address without end'        => ['GET /journal/' . 'a' x 9000 . " HTTP/1.1\r\n$agent", 414, 'Адрес страницы слишком длинный'],
    'a body over Apache\'s limit'   => ["POST /journal/login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            . "Content-Length: 5000\r\n$agent" . 'a' x 5000, 413, 'Слишком много данных'],
    'a body that does not come'     => ["POST /journal/login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            . "Content-Length: 50\r\n${agent}login=", 408, 'Связь слишком медленная'],
    'an encoded slash'              => ["GET /journal/a%2Fb HTTP/1.1\r\n$agent", 404, 'Такой страницы нет'],
    'an encoded zero'               => ["GET /journal/a%00b HTTP/1.1\r\n$agent", 404, 'Такой страницы нет'],
    'a part that is not there'      => ["GET /journal/static/app.css HTTP/1.1\r\nRange: bytes=9999999-\r\n$agent", 416, 'Запрос составлен неверно'],
    'a wish nobody knows'           => ["GET /journal/ HTTP/1.1\r\nExpect: more\r\n$agent", 417, 'Запрос составлен неверно'],
    'a style that is written to'    => ["PUT /journal/static/app.css HTTP/1.1\r\n$agent", 405, 'так обратиться нельзя'],
    'a style that is not there'     => ["GET /journal/static/none.css HTTP/1.1\r\n$agent", 404, 'Такой страницы нет'],
);
for my $what (sort keys %apache) {
    my ($bytes, $status, $words) = @{$apache{$what}};
    my $answer = raw($t, $bytes);
    utf8::decode($answer);
    like $answer, qr{^HTTP/1\.1 $status }, "$what is answered with $status";
    like $answer, qr{^Content-Security-Policy: default-src 'self'}m, "Apache's own errors have the content security policy";
    like $answer, qr{\Q$words\E.*href="/journal/"}s, "Apache's own errors are pages of the journal in Russian, with a link";
}
ok scalar(grep {/JE118 414/} $t->log_lines) && scalar(grep {/JE117 408/} $t->log_lines), "the log has the codes of Apache's own errors";

# ----------------------------------------------------- below another path ---

for my $base ('', '/school/92') {
    my $other = EJ::Test->new(today => '2026-11-20', base => $base);
    my $at    = $base || '/';
    my %client = map { $_ => $other->login($_) } qw(teacher parent deputy);
    my (@wrong, @broken, %seen);
    my $n = 0;
    my @pages = ((map { [$client{teacher}, $_] } '/', '/journals', $journal, "$journal?format=print", "$journal/finals", $lesson, '/account', '/nowhere'),
        (map { [$client{parent}, $_] } '/diary', '/pupils/9/marks'), [$client{deputy}, '/'], map { [$other->client('x'), $_] } '/login', '/activate');
    for my $page (@pages) {
        my $r = $page->[0]->get($page->[1], html => 1);
        $n++ if $r->status == 200;
        for my $link ($r->texts('//@href | //@src | //form/@action')) {
            next if $link =~ m{^[#?]|^https://example\.org/}; # a place in the page; a link in a homework
            push @wrong, "$page->[1]: $link" unless $link =~ m{^\Q$base\E/(?!/)};
            next if $seen{$link}++ || $link =~ /static|logout/;
            push @broken, "$link from $page->[1]" if $page->[0]->request('GET', 'http://127.0.0.1:' . $other->httpd->port . $link, undef, html => 1)->status !~ /^[23]|405/;
        }
    }
    is $n, 12, "the pages are there below $at";
    is_deeply \@wrong,  [], "all links of pages are below $at";
    is_deeply \@broken, [], 'all linked pages exist';
    is $client{parent}->get('/')->header('Location'), "$base/diary", "a redirect stays below the mount's path";
    is $other->client('x')->get('/journals', html => 1)->header('Location'), "$base/login?back=%2fjournals", "the redirect to the log-in stays below the mount's path";
    is $client{teacher}->get('/static/app.css')->type, 'text/css', "styles are served below the mount's path";
    like raw($other, 'GET ' . 'a' x 10 . " HTTP/1.1\r\n$agent"), qr{href="\Q$base\E/"}, "errors link to the mount's path";
    is_deeply [grep {/path=/i} map { lc } $client{teacher}->agent->cookie_jar->as_string =~ /(path="[^"]*")/g], [(qq{path="$at"}) x 3], "cookies are limited to the mount's path";
}
