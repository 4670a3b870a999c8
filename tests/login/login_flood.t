#!/usr/bin/perl
# login_flood.t: a guesser who does not wait gets slow replies
# that need no query; nobody else notices. One thread in four may delay a
# refusal: three threads mean that none does, so that what is slow here is the
# connection alone.
use lib 'tests/lib';
use EJ::Test;
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(time);

my $t     = EJ::Test->new(today => '2026-11-20', children => 1, threads => 3, pool => 3);
my $known = $t->login('sport');
$known->log_out;
my ($mark) = map {"$_->[0]=$_->[1]"} grep { $_->[0] =~ /-device$/ } cookies($known);
my ($parent, $own) = map { $t->login($_) } 'parent', 'pupil';

sub cookies {
    my ($client) = @_;
    my @all;
    $client->agent->cookie_jar->scan(sub { push @all, [@_[1, 2]] });
    return @all;
}

# ------------------------------------------------------ one connection ---

sub connection {
    return IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) || die "connect: $!";
}

# The guesser has read the form once.
my $guesser = $t->client('guesser');
my $token   = $guesser->login_token('/login');
my ($own_form) = map {"$_->[0]=$_->[1]"} cookies($guesser);

sub guess {
    my ($login, %o) = @_;
    my $body = ($o{body} // "login=$login&password=guess") . "&form_token=$token";
    my $path = $t->httpd->base . ($o{path} // '/login');
    return "POST $path HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
        . "Content-Type: application/x-www-form-urlencoded\r\n"
        . "Cookie: $own_form" . ($o{cookie} ? "; $o{cookie}" : '') . "\r\n"
        . 'Content-Length: ' . length($body) . "\r\n\r\n$body";
}

# The next reply: its status, whether it is the last one, and the seconds.
sub answer {
    my ($socket) = @_;
    my ($from, $text) = (time, '');
    until ($text =~ /\r\n\r\n/) {
        IO::Select->new($socket)->can_read(20) && sysread($socket, $text, 1, length $text) or return ('', 1, time - $from);
    }
    my ($length) = $text =~ /^Content-Length: (\d+)/mi;
    my $body = '';
    while (length $body < ($length // 0)) {
        sysread($socket, $body, $length - length $body, length $body) or last;
    }
    my ($status) = $text =~ m{^HTTP/1\.1 (\d+)};
    return ($status, $text =~ /^Connection: close/mi ? 1 : 0, time - $from);
}

sub ask {
    my ($socket, $request) = @_;
    print $socket $request;
    return answer($socket);
}

sub wait_longer {
    $t->db->do(q{UPDATE ej.guess SET open_at = now() + interval '1 hour'});
}

my $flood = connection();
my ($status, $ends, $took);
for (1 .. 8) {
    ($status) = ask($flood, guess('deputy'));
    last if $status == 429;
}
is $status, 429, 'after some wrong guesses the log-in is refused for a time';
wait_longer();
ask($flood, guess('deputy')) for 1 .. 12;    # TCP lets the first ten segments of a connection go
my @slow = map { (ask($flood, guess('deputy')))[2] } 1 .. 3;
is scalar(grep { $_ > 0.3 } @slow), 3, sprintf 'who guesses on all the same gets his answers slowly: %s', join ' ', map { sprintf '%.2f s', $_ } @slow;
my $from = time;
is $parent->get('/', html => 1)->status, 303, 'another person gets a reply';
cmp_ok time - $from, '<', 0.3, 'the reply to another person is not delayed';

print $flood 'GET ' . $t->httpd->base . "/login HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
($status, $ends, $took) = answer($flood);
is "$status $ends", '200 0', 'another page on the guesser\'s connection is served';
my $get = 'GET ' . $t->httpd->base . "/login HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
is_deeply [grep { $_ > 0.3 } map { (ask($flood, $get))[2] } 1 .. 3], [], 'further pages on the guesser\'s connection are not delayed';

my $greedy = connection();
ask($greedy, guess('deputy')) for 1 .. 12;
print $greedy guess('deputy') x 20;
my $answers = 0;
while (1) {
    ($status, $ends) = answer($greedy);
    $answers++ if $status;
    last if $ends;
}
cmp_ok $answers, '<', 20, 'a guesser who does not wait for replies loses the connection';

# ------------------------------------------------------- and no queries ---

# Lock the counters, so that a request that reads them gets 503.
my $lock = $t->new_db;
sub locked(&) {
    my ($do) = @_;
    $lock->begin_work;
    $lock->do('LOCK TABLE ej.guess IN ACCESS EXCLUSIVE MODE');
    my @said = $do->();
    $lock->rollback;
    return join ' ', @said;
}
sub status_of { my ($request) = @_; return (ask(connection(), $request))[0] }

wait_longer();
status_of(guess('deputy'));
is locked { map { status_of(guess('deputy')) } 1 .. 3 }, '429 429 429', 'a guess at a delayed account reads no counter';

$t->db->do(q{UPDATE ej.guess SET failures = 60 WHERE subject LIKE 'address %'});
wait_longer();
status_of(guess('someone-' . $_)) for 1 .. 2;
is locked { map { status_of(guess("other-$_")) } 1 .. 3 }, '429 429 429', 'a guess at a new log-in from a delayed address reads no counter';
my $name = $mark =~ s/=.*//r;
my $rows = 'SELECT count(*) FROM ej.guess';
my ($begin, $had) = (time, $t->value($rows));
my %count;
$count{status_of(guess("third-$_", cookie => sprintf '%s=%064x', $name, $_))}++ for 1 .. 100;
is_deeply \%count, {429 => 100}, 'guesses with invented device cookies are refused';
cmp_ok $t->value($rows) - $had, '<=', 8 * (2 + time - $begin), 'guesses with invented device cookies need few queries a second';
ok $t->wait_for(10, sub { status_of(guess('sport', cookie => $mark, body => 'login=sport&password=' . $t->password)) == 303 }),
    'the rightful user\'s own browser can log in';

my @code = (path => '/activate', body => 'code=AKTE0-00000-00000');
$t->db->do(q{DELETE FROM ej.guess});
for (1 .. 60) { last if status_of(guess('', @code)) == 429 }
wait_longer();
status_of(guess('', @code)) for 1 .. 2;
is locked { map { status_of(guess('', @code)) } 1 .. 3 }, '429 429 429', 'delayed activation codes read no counter';

$own->agent->conn_cache(undef);    # a new connection each time
my @change = (old_password => 'not this one', password => 'correct horse', password2 => 'correct horse');
for (1 .. 8) { last if $own->post('/account', @change)->status == 429 }
wait_longer();
$own->post('/account', @change);
is locked { map { $own->post('/account', @change)->status } 1 .. 3 }, '429 429 429', 'delayed changes of the own password read no counter';

# ------------------------------------------------------- while it stops ---

sub logged {
    open my $in, '<', $t->httpd->access_log or die $!;
    return scalar(() = <$in>);
}
my @floods = map { connection() } 1 .. 3;
for (1 .. 12) {
    ask($_, guess('deputy')) for @floods;
    wait_longer();
}
my $seen = logged();
print $_ guess('deputy') for @floods;
$t->wait_for(10, sub { logged() == $seen + 3 });
$from = time;
$t->httpd->stop('graceful');
cmp_ok time - $from, '<', 8, 'Apache stops gracefully beside such connections';
is_deeply [map { (answer($_))[0] } @floods], [429, 429, 429], 'the delayed requests still get their replies';
done_testing;
