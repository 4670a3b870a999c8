#!/usr/bin/perl
# pool.t: all connections are in use, and readers stop reading. Nobody waits
# for ever, and a slow reader holds no connection.
# Fault table, rows 10 and 11.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_RCVBUF);
use Time::HiRes qw(time);

# A second virtual host, like those of ports 80 and 443, has the same directives and so the same pool
# of mod_dbd.
my $second = EJ::Httpd::free_port();
# small socket buffers, so that a page does not fit into them
my $t = EJ::Test->new(own_postgres => 1, pool => 2, children => 1, threads => 40,
    conf => "SendBufferSize 4096\nListen 127.0.0.1:$second\n<VirtualHost 127.0.0.1:$second>\nServerName second\n</VirtualHost>\n");
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);

# ------------------------------------------------------------- pool is empty

my $parent = $t->login('parent');
my $hold   = EJ::Faults::hold_pages($t, 'parent');
my @slow   = map {
    EJ::Faults::go($t, sub { $_[0]->(EJ::Faults::own($parent)->get('/diary', html => 1)->status) })
} 1 .. 2;
ok $t->wait_for(5, sub { EJ::Faults::holding($t) == 2 }), 'two slow pages hold both connections';
my @more = map {
    EJ::Faults::go($t, sub {
        my $from = time;
        my $r    = EJ::Faults::own($teacher)->get($grid, html => 1);
        $_[0]->($r->status, time - $from, $r->header('Retry-After') // '', $r->content =~ /слишком много обращений/ ? 1 : 0);
    })
} 1 .. 14;
my @elsewhere = map {
    EJ::Faults::go($t, sub {
        my $from = time;
        my $r = $t->client->post("http://127.0.0.1:$second/journal/login",
            {html => 1, header => {Origin => undef}}, login => 'teacher', password => $t->password);
        $_[0]->($r->status, time - $from);
    })
} 1 .. 2; # more would wait for each other, since parallel log-ins are limited
my (@health, @static);
my $client = $t->client;
while (grep { !$_->words } @more) {
    my $from = time;
    is $client->get('/health')->status, 200, 'a page without database is served while all connections are in use' if !@health;
    push @health, time - $from;
    is $client->get('/ready')->status . ' ' . $client->get('/ready')->content, "503 JE502\n", '/ready gets 503 while all connections are in use' if @health == 1;
    $from = time;
    $client->get('/static/app.css', html => 1);
    push @static, time - $from;
    last if $health[-1] > 5;
}
my @told = map { $_->ended } @more;
is join(' ', map { $_->[0] } @told), join(' ', (503) x 14), 'fourteen more pages get 503';
is join(' ', map { $_->[2] } @told), join(' ', (2) x 14),   'the pages with 503 have Retry-After';
is scalar(grep { $_->[3] } @told), 14, 'the pages with 503 explain that there are too many requests';
my ($longest) = sort { $b <=> $a } map { $_->[1] } @told;
cmp_ok $longest, '<', 1.8, sprintf 'the longest waited %.2f s: the second of EjournalDatabaseWait and little more', $longest;
@told = map { $_->ended } @elsewhere;
is join(' ', map { $_->[0] } @told), join(' ', (503) x 2), 'two pages of another host with the same pool get 503';
($longest) = sort { $b <=> $a } map { $_->[1] } @told;
cmp_ok $longest, '<', 1.8, sprintf 'which are told as soon (%.2f s)', $longest;
@health = sort { $a <=> $b } @health;
cmp_ok $health[$#health / 2], '<', 0.1, sprintf 'pages without database came all the while (%d, median %.0f ms)',
    scalar @health, 1000 * $health[$#health / 2];
$hold->disconnect;
is_deeply [map { $_->ended } @slow], [[200], [200]], 'the slow pages are served in the end';
is $teacher->get($grid, html => 1)->status, 200, 'the connections are free again';
$t->expect_log(qr/JE502 503.*no place in time/);

# ------------------------------------------------------------------ reports

# One report is made at once (EjournalReports); eight more wait, two of a person, and hold no connection.
my ($deputy, $director, @others) = map { $t->login($_) } qw(deputy director administrator class-teacher teacher-parent);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
$hold = EJ::Faults::hold_pages($t, 'deputy');
sub asks {
    my ($client, $path) = @_;
    return EJ::Faults::go($t, sub { my $r = EJ::Faults::own($client)->get($path, html => 1); $_[0]->($r->status, $r->header('Retry-After') // '') });
}
my $report  = asks($deputy, '/reports/school');
ok $t->wait_for(5, sub { EJ::Faults::holding($t) == 1 }), 'a report is being made';
my @own = map { asks($director, '/reports/teachers') } 1 .. 10;
ok $t->within(4, sub { 8 == grep { $_->words } @own }), 'of ten more of one person eight are refused at once, so that others may wait';
is_deeply [map { $_->words } @own], [([503, 2]) x 8], 'with 503 and Retry-After';
my @waiting = map { my $client = $_; map { asks($client, '/reports/teachers') } 1 .. 3 } @others;
ok $t->within(4, sub { 3 == grep { $_->words } @waiting }), 'of each other person two wait, too, and the third is refused';
is $deputy->get('/reports/teachers', html => 1)->status, 503, 'when eight wait, nobody else does';
is $teacher->get($grid, html => 1)->status, 200, 'a journal is opened meanwhile';
is $director->get("/classes/$class/book?format=print", html => 1)->status, 200, 'and a book printed: it does not wait for reports';
$hold->disconnect;
is join(' ', map { ($_->ended)[0][0] } $report), 200, 'the report comes';
is join(' ', sort map { ($_->ended)[0][0] } @own, @waiting), join(' ', (200) x 8, (503) x 11), 'and all that waited for it';
$t->expect_log(qr/JE502 503.*no turn in time/);

# -------------------------------------------------------------- slow readers

my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });

# Request the grid on a socket with the smallest buffer, read the headers, and stop.
sub reader {
    my $socket = IO::Socket::INET->new(Proto => 'tcp') or die $!;
    setsockopt $socket, SOL_SOCKET, SO_RCVBUF, 2048;
    $socket->connect(address()) or die "connect: $!";
    print $socket "GET /journal$grid HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: $cookie\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    sysread $socket, my $head, 200;
    return [$socket, $head];
}
sub address { return Socket::pack_sockaddr_in($t->httpd->port, Socket::inet_aton('127.0.0.1')) }

# The sockets of Apache with bytes that the client has not yet read.
sub stuck {
    open my $tcp, '<', '/proc/net/tcp' or die $!;
    my $port = sprintf '%04X', $t->httpd->port;
    return grep { hex((split /:/, (split)[4])[0]) > 0 } grep {/^\s*\d+: \w+:$port \w+:\w+ 01 /} <$tcp>;
}

my @readers = map { reader() } 1 .. 8;
like $_->[1], qr{^HTTP/1\.1 200}, 'a reader has the head of a page and stops reading' for $readers[0];
ok $t->wait_for(5, sub { stuck() >= 8 }), 'eight pages wait to be read';
is $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ejournal' AND state <> 'idle'}),
    0, 'none of the waiting pages holds a connection';
my @times;
for (1 .. 20) {
    my $from = time;
    is $parent->get('/diary', html => 1)->status, 200, 'another person gets a page' if $_ == 1;
    $parent->get('/diary', html => 1) if $_ > 1;
    push @times, time - $from;
}
@times = sort { $a <=> $b } @times;
cmp_ok $times[10], '<', 0.2, sprintf 'comes as ever (median %.0f ms)', 1000 * $times[10];
ok stuck() >= 8, 'the eight pages still wait';
for my $reader (@readers) {
    my ($socket, $text) = @$reader;
    1 while sysread $socket, $text, 65536, length $text;
    $reader->[1] = $text;
}
is scalar(grep { $_->[1] =~ m{</html>\s*$} } @readers), 8, 'the eight readers get the whole page when they read on';
done_testing;
