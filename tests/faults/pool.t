#!/usr/bin/perl
# pool.t: all connections are taken, and readers who stop reading. Nobody waits
# for ever, and who only reads slowly holds no connection.
# Fault table, rows 10 and 11.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_RCVBUF);
use Time::HiRes qw(time);

# A second host, as 80 and 443 are, has the same directives and so the same pool
# of mod_dbd.
my $second = EJ::Httpd::free_port();
# little fits into the sockets, so that a page is long
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
} 1 .. 2; # more would wait for each other: log-ins at once are bounded
my (@health, @static);
my $client = $t->client;
while (grep { !$_->words } @more) {
    my $from = time;
    is $client->get('/health')->status, 200, 'a page without database' if !@health;
    push @health, time - $from;
    is $client->get('/ready')->status . ' ' . $client->get('/ready')->content, "503 JE502\n", 'nor is Apache ready for more' if @health == 1;
    $from = time;
    $client->get('/static/app.css', html => 1);
    push @static, time - $from;
    last if $health[-1] > 5;
}
my @told = map { $_->ended } @more;
is join(' ', map { $_->[0] } @told), join(' ', (503) x 14), 'fourteen more pages get none';
is join(' ', map { $_->[2] } @told), join(' ', (2) x 14),   'and are told when to come again';
is scalar(grep { $_->[3] } @told), 14, 'in words that a person understands';
my ($longest) = sort { $b <=> $a } map { $_->[1] } @told;
cmp_ok $longest, '<', 1.8, sprintf 'the longest waited %.2f s: the second of EjournalDatabaseWait and little more', $longest;
@told = map { $_->ended } @elsewhere;
is join(' ', map { $_->[0] } @told), join(' ', (503) x 2), 'nor do two of another host with the same pool';
($longest) = sort { $b <=> $a } map { $_->[1] } @told;
cmp_ok $longest, '<', 1.8, sprintf 'which are told as soon (%.2f s)', $longest;
@health = sort { $a <=> $b } @health;
cmp_ok $health[$#health / 2], '<', 0.1, sprintf 'pages without database came all the while (%d, median %.0f ms)',
    scalar @health, 1000 * $health[$#health / 2];
$hold->disconnect;
is_deeply [map { $_->ended } @slow], [[200], [200]], 'the slow pages end well';
is $teacher->get($grid, html => 1)->status, 200, 'and the connections are free again';
$t->expect_log(qr/JE502 503.*no place in time/);

# -------------------------------------------------------------- slow readers

my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });

# Ask for the grid by a socket with the smallest buffer, read the head, stop.
sub reader {
    my $socket = IO::Socket::INET->new(Proto => 'tcp') or die $!;
    setsockopt $socket, SOL_SOCKET, SO_RCVBUF, 2048;
    $socket->connect(address()) or die "connect: $!";
    print $socket "GET /journal$grid HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: $cookie\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    sysread $socket, my $head, 200;
    return [$socket, $head];
}
sub address { return Socket::pack_sockaddr_in($t->httpd->port, Socket::inet_aton('127.0.0.1')) }

# The bytes that wait in Apache's sockets to be taken.
sub stuck {
    open my $tcp, '<', '/proc/net/tcp' or die $!;
    my $port = sprintf '%04X', $t->httpd->port;
    return grep { hex((split /:/, (split)[4])[0]) > 0 } grep {/^\s*\d+: \w+:$port \w+:\w+ 01 /} <$tcp>;
}

my @readers = map { reader() } 1 .. 8;
like $_->[1], qr{^HTTP/1\.1 200}, 'a reader has the head of a page and stops reading' for $readers[0];
ok $t->wait_for(5, sub { stuck() >= 8 }), 'eight pages are stuck on their way';
is $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ejournal' AND state <> 'idle'}),
    0, 'none of them holds a connection of the two';
my @times;
for (1 .. 20) {
    my $from = time;
    is $parent->get('/diary', html => 1)->status, 200, 'a page for somebody else' if $_ == 1;
    $parent->get('/diary', html => 1) if $_ > 1;
    push @times, time - $from;
}
@times = sort { $a <=> $b } @times;
cmp_ok $times[10], '<', 0.2, sprintf 'comes as ever (median %.0f ms)', 1000 * $times[10];
ok stuck() >= 8, 'while the eight are still stuck';
for my $reader (@readers) {
    my ($socket, $text) = @$reader;
    1 while sysread $socket, $text, 65536, length $text;
    $reader->[1] = $text;
}
is scalar(grep { $_->[1] =~ m{</html>\s*$} } @readers), 8, 'and get their page whole when they read on';
done_testing;
