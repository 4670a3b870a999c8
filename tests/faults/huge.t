#!/usr/bin/perl
# huge.t: requests of a size that nobody has in mind: a gigabyte, a million parameters, a
# million headers, a hundred megabytes of &. They are refused before any query, and the
# memory of the child stays as it is.
# Fault table, row 27.
use lib 'tests/lib';
use EJ::Test;
use IO::Select ();
use IO::Socket::INET ();
use Time::HiRes qw(time);

my $t = EJ::Test->new(children => 1, threads => 4);
my $teacher = $t->login('teacher');
my $grid    = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $token   = $teacher->form_token;
my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie .= "$_[1]=$_[2]; " });
my ($child) = $t->httpd->children;

# The memory that the child has in use, in KB.
sub rss { open my $f, '<', "/proc/$child/status" or return 0; return (map { /^VmRSS:\s+(\d+)/ ? $1 : () } <$f>)[0] }

# Send a request of which the end is made piece by piece, until it is answered or all is sent.
# Returns the status and the bytes that were taken.
sub ask {
    my ($head, $piece, $times) = @_;
    local $SIG{PIPE} = 'IGNORE';
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) or die "no connection: $!\n";
    my $sent = syswrite $socket, "$head";
    for (1 .. $times) {
        last if IO::Select->new($socket)->can_read(0);
        my $n = syswrite($socket, $piece) or last;
        $sent += $n;
    }
    my $text = '';
    while ($text !~ /\r\n\r\n/) {
        IO::Select->new($socket)->can_read(20) && sysread($socket, $text, 4096, length $text) or last;
    }
    return ($text =~ m{^HTTP/1\.1 (\d+)} ? $1 : 'no answer', $sent);
}

my $host  = "Host: 127.0.0.1\r\nConnection: close\r\n";
my $form  = "Content-Type: application/x-www-form-urlencoded\r\n";
my $post  = "POST /journal/login HTTP/1.1\r\n$host$form";
my $save  = "POST /journal$grid HTTP/1.1\r\n$host${form}Cookie: $cookie\r\n";
my ($mega, $and, $many) = ('a' x (1 << 20), '&' x (1 << 20), 'a=1&' x (1 << 18));
my $chunk = sub { sprintf "%x\r\n%s\r\n", length $_[0], $_[0] };
my $all   = "Transfer-Encoding: chunked\r\n\r\n";

# what => [head, piece, pieces, status, most MB that are taken]
my %huge = (
    'a gigabyte, announced'                => ["Content-Length: 1073741824\r\n\r\n", $mega, 1024, 413, 8],
    'a gigabyte in chunks'                 => [$all, $chunk->($mega), 1024, 413, 16],
    'a million parameters'                 => ["Content-Length: 4194304\r\n\r\n", $many, 4, 413, 5],
    'a million parameters in chunks'       => [$all, $chunk->($many), 4, 413, 5],
    'a hundred megabytes of &, announced'  => ["Content-Length: 104857600\r\n\r\n", $and, 100, 413, 8],
    'a hundred megabytes of & in chunks'   => [$all, $chunk->($and), 100, 413, 16],
    'a million headers'                    => ['', "X-A: b\r\n" x 10_000, 100, 400, 8],
    'one header without an end'            => ['X-A: ', $mega, 100, 400, 8],
);
# No query can read a session, an account or a guess while these are locked.
my $lock = $t->new_db;
$lock->begin_work;
$lock->do('LOCK TABLE ej.session, ej.account, ej.guess IN ACCESS EXCLUSIVE MODE');
for my $round (1, 2) {    # the first time also sets up what the child keeps
    my $before = rss();
    for my $what (sort keys %huge) {
        my ($head, $piece, $times, $status, $most) = @{$huge{$what}};
        my $from = time;
        my ($is, $sent) = ask($post . $head, $piece, $times);
        next if $round == 1;
        is $is, $status, "$what: refused, without a query";
        cmp_ok $sent, '<', $most << 20, sprintf '%s: %.1f MB were taken, in %.2f s', $what, $sent / (1 << 20), time - $from;
    }
    my ($is) = ask("GET /journal/login?" . 'a=1&' x 1_000_000 . " HTTP/1.1\r\n$host\r\n", '', 0);
    next if $round == 1;
    is $is, 414, 'a million parameters in the address: refused';
    # a few pieces of the allocator's, of a gigabyte that was sent
cmp_ok rss() - $before, '<', 8192, sprintf 'the memory of the child is as before: %d KB, then %d KB', $before, rss();
}
$lock->rollback;

# With a session, too: the page of the form comes back, of which nothing is kept.
my $before = 0;
for my $round (1, 2) {
    for my $what (grep { !/header/ } sort keys %huge) {
        my ($head, $piece, $times, $status) = @{$huge{$what}};
        my ($is) = ask($save . $head, $piece, $times);
        is $is, $status, "$what, in a session: refused" if $round == 2;
    }
    $before = rss() if $round == 1;
}
# The kernel may give memory by huge pages of 2 MB, so one or two of these are no leak.
cmp_ok rss() - $before, '<', 5000, sprintf 'the memory of the child is as before: %d KB, then %d KB', $before, rss();
is join(' ', $t->httpd->children), $child, 'the child is the same';
is $teacher->get($grid, html => 1)->status, 200, 'and serves pages';
done_testing;
