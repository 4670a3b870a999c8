#!/usr/bin/perl
# proxy.t: behind a reverse proxy, a second Apache with mod_proxy, forms are
# accepted only from the addresses that the administrator configured for the journal, and from
# nowhere else.
use lib 'tests/lib';
use EJ::Test;
use EJ::Proxy;

my $public = 'http://127.0.0.1:' . (my $port = EJ::Httpd::free_port());
my %behind = (    # the same school with different configurations of its address
    plain  => EJ::Test->new(children => 1),
    origin => EJ::Test->new(children => 1, conf => "EjournalOrigin https://school.example $public"),
);
my %proxy = (
    rewrites => EJ::Proxy->new(dir => $behind{plain}->dir . '/proxy',     to => $behind{plain}->httpd),
    keeps    => EJ::Proxy->new(dir => $behind{plain}->dir . '/preserves', to => $behind{plain}->httpd, conf => 'ProxyPreserveHost On'),
    named    => EJ::Proxy->new(dir => $behind{origin}->dir . '/proxy',    to => $behind{origin}->httpd, port => $port),
);
$_->start for values %proxy;

# A browser that uses the proxy.
sub browser {
    my ($proxy, $t) = @_;
    return EJ::Client->new(httpd => $proxy, share => $t->stage->share, wrong => [], who => 'x');
}
sub enter {
    my ($browser, $origin, %header) = @_;
    return $browser->post('/login', {header => {Origin => $origin, %header}}, login => 'teacher', password => EJ::Test->password);
}

my $own = sub { 'http://127.0.0.1:' . $_[0]->port };
my $r = enter(browser($proxy{rewrites}, $behind{plain}), $own->($proxy{rewrites}));
is $r->status . ' ' . join(' ', $r->errors), '403 JE304', 'behind a proxy that changes Host every form is refused';
my ($line) = grep {/JE304/} $behind{plain}->log_lines;
like $line, qr/Origin \Q${\ $own->($proxy{rewrites})}\E, Host 127\.0\.0\.1:\d+: behind a proxy see EjournalOrigin/,
    'the log has Origin and Host and names EjournalOrigin';
is enter(browser($proxy{keeps}, $behind{plain}), $own->($proxy{keeps}))->status, 303, 'behind a proxy that keeps Host the log-in succeeds';
is enter(browser($proxy{keeps}, $behind{plain}), 'http://evil.example')->status, 403, 'behind a proxy that keeps Host a form of another site is refused';

my $teacher = browser($proxy{named}, $behind{origin});
is enter($teacher, $public)->status, 303, 'with the proxy\'s address in EjournalOrigin the log-in succeeds';
$teacher->{is_in} = 1;
my $lesson = $behind{origin}->path(lesson => class => '7Б', subject => 'Алгебра', on => $behind{origin}->value(
    q{SELECT max(l.held_on) FROM ej.lesson AS l JOIN ej.teaching AS t ON t.id = l.teaching_id JOIN ej.subject AS s ON s.id = t.subject_id
       JOIN ej.study_group AS g ON g.id = t.study_group_id WHERE s.name = 'Алгебра' AND g.name = '7Б' AND l.held_on < ej.today(l.school_id)}));
my $was = $teacher->get($lesson)->xpath('string(//lesson/@topic)');
is $teacher->post($lesson, topic => 'Через прокси', old_topic => $was)->status, 303, 'with the proxy\'s address in EjournalOrigin a save succeeds';
is $teacher->get($lesson)->xpath('string(//lesson/@topic)'), 'Через прокси', 'the saved topic is read through the proxy';
is enter(browser($proxy{named}, $behind{origin}), 'https://school.example')->status, 303, 'each address of EjournalOrigin is accepted';
for my $origin ('http://school.example', 'https://school.example:8443', 'https://school.example.evil.example', 'https://evil.example', 'null',
    $own->($behind{origin}->httpd), 'https://school.example/') {
    is enter(browser($proxy{named}, $behind{origin}), $origin)->status, 403, "«$origin» is refused";
}
is enter(browser($proxy{named}, $behind{origin}), 'https://evil.example', 'X-Forwarded-Host' => 'evil.example', 'X-Forwarded-Proto' => 'https')->status, 403,
    'X-Forwarded-Host does not help another site';
is enter(browser($proxy{named}, $behind{origin}), $public, 'Sec-Fetch-Site' => 'cross-site')->status, 403, 'a cross-site request is refused in spite of its Origin';
is $behind{origin}->client('x')->post('/login', {header => {Origin => $own->($behind{origin}->httpd)}}, login => 'teacher', password => EJ::Test->password)->status,
    403, 'a form sent past the proxy is refused';
$_->stop for values %proxy;
done_testing;
