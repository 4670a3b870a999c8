#!/usr/bin/perl
# body.t: a body that is broken, too long or of no length is answered once, with
# its own status, whoever notices it: the journal or Apache below it.
use lib 'tests/lib';
use EJ::Test;
use IO::Socket::INET ();

my $t = EJ::Test->new(conf => <<'END')->plan(82);
<Location /journal/lessons>
LimitRequestBody 4000
</Location>
# a filter of another module may change what Apache has looked at
<If "%{HTTP:X-Length} =~ /./">
RequestHeader set Content-Length "expr=%{HTTP:X-Length}"
</If>
END
my $teacher = $t->login('teacher');
my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie .= "$_[1]=$_[2]; " });

# One whole answer: [status, its words], or what else there came. A client that
# closes its side when it has sent the body has gone, as far as Apache can tell.
sub answer {
    my ($head, $body, $leaves) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) or die "no connection: $!\n";
    print $socket "$head HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n$body";
    $socket->flush;
    shutdown $socket, 1 if $leaves;
    local $/;
    my $whole = <$socket> // '';
    my ($status, $fields, $rest) = $whole =~ m{\AHTTP/1\.1 (\d+) [^\r]*\r\n(.*?)\r\n\r\n(.*)\z}s or return ['none', $whole];
    my ($length) = $fields =~ /^Content-Length: (\d+)/m;
    utf8::decode(my $page = $rest);
    return ['two answers', $page] if length $rest != ($length // -1) || (() = $rest =~ /<html/g) != 1;
    return [$status, $page, $fields];
}

my $in      = "Cookie: $cookie\r\n";
my $form    = "Content-Type: application/x-www-form-urlencoded\r\n";
my $chunked = "Transfer-Encoding: chunked\r\n\r\n";
my $long    = 'a' x 5000;
my %broken = (
    'a chunk that is none'       => [$chunked . "zz\r\nabc\r\n0\r\n\r\n",           400, 'Запрос составлен неверно'],
    'a chunk without end'        => [$chunked . "ffffffffffffffffff\r\nabc",        413, 'Слишком много данных'],
    'a transfer nobody knows'    => ["Transfer-Encoding: rot13\r\n\r\nabc",         400, 'Запрос составлен неверно'],
    'two lengths'                => ["Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, 'Запрос составлен неверно'],
    'a length below nothing'     => ["Content-Length: -5\r\n\r\nabc",               400, 'Запрос составлен неверно'],
    'a length with a sign'       => ["Content-Length: +3\r\n\r\nabc",               400, 'Запрос составлен неверно'],
    'a length that is no number' => ["Content-Length: 3x\r\n\r\nabc",               400, 'Запрос составлен неверно'],
);
# Who reads the body, who refuses before, and who wants none.
my %asked = (
    'a form'                  => ['POST /journal/account', "$in$form"],
    'who is not logged in'    => ['POST /journal/account', $form],
    'a form of another site'  => ['POST /journal/account', "$in${form}Origin: null\r\n"],
    'a page that takes none'  => ['POST /journal/journals', "$in$form"],
    'a page that is shown'    => ['GET /journal/account', $in],
);
for my $what (sort keys %broken) {
    my ($body, $status, $words) = @{$broken{$what}};
    for my $who (sort keys %asked) {
        my ($head, $fields) = @{$asked{$who}};
        my $r = answer($head, $fields . $body);
        is $r->[0], $status, "$what is answered once with $status: $who";
        like $r->[1], qr/\Q$words/, 'in Russian';
    }
}

my $r = answer('POST /journal/account', "$in$form${chunked}5\r\nabc", 'leaves');
is_deeply $r, ['none', ''], 'a chunk that was cut by who has gone is not answered';
for my $body (["Content-Length: 5000\r\n\r\n$long", 'told by its length'], ["${chunked}1388\r\n$long\r\n0\r\n\r\n", 'in chunks']) {
    for my $who ('a form', 'who is not logged in') {
        $r = answer('POST /journal/lessons/1', $asked{$who}[1] . $body->[0]);
        is $r->[0], 413, "a body over Apache's own limit, below ours, $body->[1] is too large: $who";
    }
}
for my $length ('-5', '+5', '99999999999999999999') {
    $r = answer('POST /journal/account', "$in${form}X-Length: $length\r\nContent-Length: 5\r\n\r\nabcde");
    is $r->[0], 400, "a length «$length» that another module set is refused before any memory is taken for it";
}
is answer('GET /journal/account', "${in}Content-Length: 5\r\n\r\nabcde")->[0], 200, 'a body that nobody wants is read away';
is answer('POST /journal/account', "$in${form}Content-Length: 2000000\r\n\r\nabc")->[0], 413, 'one over our own limit is not waited for';
is scalar(grep {/exit signal/} $t->log_lines), 0, 'and nobody has died of any';
my @twice = grep {/number \w+ account \d+ POST .*could not be read/} $t->log_lines;
is scalar(@twice), 1, 'what Apache has answered is not logged once more: only the cut chunk is ours' or diag join "\n", @twice;
