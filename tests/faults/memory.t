#!/usr/bin/perl
# memory.t: libxml2 and libxslt get no memory, at one place of a page after the other. The
# child ends rather than send a cut page: there is a whole page or none, and the next
# request is served.
# Fault table, row 25.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Socket::INET ();

my $t = EJ::Test->new(today => '2026-11-20', hooks => 1, children => 4, threads => 4);
my ($teacher, $deputy) = map { $t->login($_) } qw(teacher deputy);
my ($grid) = EJ::Faults::journal($t);
my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });

# All bytes that Apache sends for a page, as a list of head and body.
sub ask {
    my ($accept, $fail) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) or die "no connection: $!\n";
    print $socket "GET /journal$grid HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: $cookie\r\nAccept: $accept\r\n",
        "X-Ejournal-Fail-Memory: $fail\r\nConnection: close\r\n\r\n";
    local $/;
    my $whole = <$socket> // '';
    return split /\r\n\r\n/, $whole, 2;
}

# A token and the like differ from page to page.
sub constant { return ($_[0] // '') =~ s/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{40,}//gr }

# The document alone needs few pieces, a sheet needs thousands.
for (['text/html', 5], ['application/xml', 2]) {
    my ($accept, $least) = @$_;
    my ($head, $page) = ask($accept, 0);
    like $head, qr{^HTTP/1\.1 200}, "$accept: a page with enough memory";
    my ($n, $none, @cut, @unserved) = (1, 0);
    while (1) {
        my %before = map { $_ => 1 } $t->httpd->children;
        my ($reply, $body) = ask($accept, $n);
        if (defined $reply && length $reply) {
            push @cut, $n if constant($body) ne constant($page) || $reply !~ m{^HTTP/1\.1 200};
            last;
        }
        $none++;
        push @unserved, $n if EJ::Faults::own($deputy)->get('/journals', html => 1)->status != 200;
        $t->wait_for(10, sub { 1 == grep { !$before{$_} } $t->httpd->children })
            or push @unserved, "no new child after $n";
        $n *= 4;
    }
    cmp_ok $none, '>=', $least, "$accept: without the n-th piece of memory (n = 1, 4, 16 …: $none times) there is no byte of a page";
    is "@cut", '', "$accept: and the first page that needs fewer is whole (less than $n pieces)";
    is "@unserved", '', "$accept: each time others are served, and a new child comes";
}
my ($head) = ask('text/html', 0);
like $head, qr{^HTTP/1\.1 200}, 'the same page comes afterwards';
$t->expect_log(qr/exit signal Abort/);
is scalar(grep {/exit signal (?!Abort)/} $t->log_lines), 0, 'no child ended in another way';
done_testing;
