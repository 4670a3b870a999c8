#!/usr/bin/perl
# gone.t: a client closes its connection. Its page is not made: neither read from the
# database after a wait for a connection, nor transformed. Its
# save is completed.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Socket::INET;

my $t       = EJ::Test->new(pool => 1, children => 1);
my $teacher = $t->login('teacher');
my $parent  = $t->login('parent');
my ($grid)  = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 1);
my $token   = $teacher->form_token;

# Send a request on a new connection, which is returned open.
sub ask {
    my ($client, $method, $path, $body) = @_;
    my $cookies = '';
    $client->agent->cookie_jar->scan(sub { $cookies .= "$_[1]=$_[2]; " });
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) or die "no connection: $!\n";
    print $socket "$method /journal$path HTTP/1.1\r\nHost: 127.0.0.1:" . $t->httpd->port . "\r\nAccept: text/html\r\nCookie: $cookies\r\n"
        . (defined $body ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " . length($body) . "\r\n" : '') . "\r\n", $body // '';
    $socket->flush;
    return $socket;
}

sub accesses {
    my ($of) = @_;
    open my $file, '<', $t->httpd->access_log or die "access_log: $!\n";
    return map { /" (\d+) / } grep {/\Q$of\E/} <$file>;
}

# ------------------------------------------------------------ while it waits --

my $hold = EJ::Faults::hold_pages($t, 'parent');
my $page = ask($parent, 'GET', '/diary?gone=1');
ok $t->wait_for(5, sub { EJ::Faults::holding($t) }), 'a page is held in the database';
my $next = ask($teacher, 'GET', "$grid?gone=2");
my $stay = ask($teacher, 'GET', "$grid?stays=1");
close $_ for $page, $next;
$hold->disconnect;
like scalar(<$stay>), qr{^HTTP/1.1 200 }, 'a page whose client has stayed is sent';
ok $t->wait_for(5, sub { accesses('gone=1') && accesses('gone=2') }), 'the pages of clients that have gone end';
is join(' ', accesses('gone=1'), accesses('gone=2')), '499 499', 'the pages of clients that have gone are logged with 499, with and without a database connection';
is grep({/the client has gone/} $t->log_lines), 2, 'the log says that the clients have gone';
close $stay;

# -------------------------------------------------------------- a save is made

$hold = EJ::Faults::hold_marks($t, '2');
my $body = EJ::Client::encode(form_token => $token, operation_id => EJ::Faults::operation(),
    column_id => $cells[0][0], pupil_id => $cells[0][1], old => '', value => '2');
my $save = ask($teacher, 'POST', "$grid?gone=3", $body);
ok $t->wait_for(5, sub { EJ::Faults::holding($t) }), 'a save is held in the middle';
close $save;
$hold->disconnect;
ok $t->wait_for(5, sub { accesses('gone=3') }), 'the request of the client that has gone ends';
is EJ::Faults::shown($t, $cells[0]), '2', 'the save of the client that has gone is completed';
is $teacher->get($grid)->status, 200, 'the child of Apache still answers';
done_testing;
