#!/usr/bin/perl
# body.t: a request whose body is broken, too long or of unknown length gets one answer with
# the right status, whether the journal or Apache itself refuses it.
use lib 'tests/lib';
use EJ::Test;
use IO::Socket::INET ();

my $t = EJ::Test->new(conf => <<'END')->plan(82);
<Location /journal/lessons>
LimitRequestBody 4000
</Location>
# Another module changes Content-Length after Apache has checked it.
<If "%{HTTP:X-Length} =~ /./">
RequestHeader set Content-Length "expr=%{HTTP:X-Length}"
</If>
END
my $teacher = $t->login('teacher');
my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie .= "$_[1]=$_[2]; " });

# Returns [status, page, header fields] of one whole answer, or [a word, the bytes received]. A client that
# closes its side after sending the body looks to Apache like a client that has gone.
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
    'a chunk with a wrong length'    => [$chunked . "zz\r\nabc\r\n0\r\n\r\n",           400, 'Запрос составлен неверно'],
    'an endless chunk'               => [$chunked . "ffffffffffffffffff\r\nabc",        413, 'Слишком много данных'],
    'an unknown transfer encoding'   => ["Transfer-Encoding: rot13\r\n\r\nabc",         400, 'Запрос составлен неверно'],
    'two lengths'                    => ["Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, 'Запрос составлен неверно'],
    'a negative length'              => ["Content-Length: -5\r\n\r\nabc",               400, 'Запрос составлен неверно'],
    'a length with a sign'           => ["Content-Length: +3\r\n\r\nabc",               400, 'Запрос составлен неверно'],
    'a length that is not a number'  => ["Content-Length: 3x\r\n\r\nabc",               400, 'Запрос составлен неверно'],
);
# Requests whose handler reads the body, refuses before reading it, or expects no body.
my %asked = (
    'a form'                   => ['POST /journal/account', "$in$form"],
    'a form without a session' => ['POST /journal/account', $form],
    'a form of another site'   => ['POST /journal/account', "$in${form}Origin: null\r\n"],
    'a page that takes none'   => ['POST /journal/journals', "$in$form"],
    'a page that is shown'     => ['GET /journal/account', $in],
);
for my $what (sort keys %broken) {
    my ($body, $status, $words) = @{$broken{$what}};
    for my $who (sort keys %asked) {
        my ($head, $fields) = @{$asked{$who}};
        my $r = answer($head, $fields . $body);
        is $r->[0], $status, "$what is answered once with $status: $who";
        like $r->[1], qr/\Q$words/, "$what: the page explains the status in Russian: $who";
    }
}

my $r = answer('POST /journal/account', "$in$form${chunked}5\r\nabc", 'leaves');
is_deeply $r, ['none', ''], 'a client that leaves inside a chunk gets no answer';
for my $body (["Content-Length: 5000\r\n\r\n$long", 'with a Content-Length'], ["${chunked}1388\r\n$long\r\n0\r\n\r\n", 'in chunks']) {
    for my $who ('a form', 'a form without a session') {
        $r = answer('POST /journal/lessons/1', $asked{$who}[1] . $body->[0]);
        is $r->[0], 413, "a body over the limit of Apache and below that of the journal, $body->[1], is too large: $who";
    }
}
for my $length ('-5', '+5', '99999999999999999999') {
    $r = answer('POST /journal/account', "$in${form}X-Length: $length\r\nContent-Length: 5\r\n\r\nabcde");
    is $r->[0], 400, "the journal refuses a length «$length» set by another module";
}
is answer('GET /journal/account', "${in}Content-Length: 5\r\n\r\nabcde")->[0], 200, 'a GET with a body shows the page';
is answer('POST /journal/account', "$in${form}Content-Length: 2000000\r\n\r\nabc")->[0], 413, 'a body over the limit of the journal is refused before it arrives';
is scalar(grep {/exit signal/} $t->log_lines), 0, 'no child of Apache died of a broken body';
my @twice = grep {/number \w+ account \d+ POST .*could not be read/} $t->log_lines;
is scalar(@twice), 1, 'the journal logs only the cut chunk, not the bodies that Apache refused' or diag join "\n", @twice;
