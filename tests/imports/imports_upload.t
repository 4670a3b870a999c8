#!/usr/bin/perl
# imports_upload.t: a form with a file, at its limits and broken: nothing of it stays on
# the disk or in memory, and the field at fault is named.
use lib 'tests/lib';
use EJ::Test;
use File::Temp ();
use IO::Socket::INET ();

my $tmp = File::Temp->newdir;
chmod 0777, "$tmp";
$ENV{TMPDIR} = "$tmp";    # the module's own, for this Apache
my $t = EJ::Test->new(today => '2026-11-20', hooks => 1, children => 1);
my ($admin, $teacher) = map { $t->login($_) } qw(administrator teacher);
my $path = '/imports/rooms';
my $mark = 'xXx92';
my $type = "multipart/form-data; boundary=$mark";

sub part { my ($head, $value) = @_; return "--$mark\r\nContent-Disposition: form-data; $head\r\n\r\n$value\r\n" }
sub form { my ($client) = @_; return part('name="form_token"', $client->form_token) . part('name="step"', 'file') }
sub file { my ($name, $value) = @_; return part(qq{name="file"; filename="$name"}, $value // 'x') }
sub put  {
    my ($client, $body, %o) = @_;
    utf8::downgrade($body);
    return $client->post($path, {body => $body, header => {'Content-Type' => $o{type} // $type, %{$o{header} || {}}}});
}
sub refused { my ($r) = @_; return join ' ', $r->status, $r->errors, map { $_->getAttribute('field') // () } $r->nodes('//error') }
sub left { return scalar(() = glob "$tmp/ejournal*") }
my ($child) = $t->httpd->children;
sub memory { open my $in, '<', "/proc/$child/statm" or return 0; return (split / /, <$in>)[1] * 4 }

# ------------------------------------------------------------------- names ---

my $table = "\xD0\x9A\xD0\xB0\xD0\xB1\xD0\xB8\xD0\xBD\xD0\xB5\xD1\x82\n901\n";    # Кабинет
my %name = (
    'C:\\Users\\me\\list.csv'   => 'list.csv',
    '../../etc/list.csv'        => 'list.csv',
    "li\x01st\x7f.csv"          => 'list.csv',
    'a%22b.csv'                 => 'a%22b.csv',
    '\\"quoted\\".csv'          => '"quoted".csv',
    "\xFF\xFE.csv"              => undef,
    '.csv'                      => '.csv',
    'x' x 300 . '.csv'          => 'x' x 196 . '.csv',
);
for my $name (sort keys %name) {
    my $r = put($admin, form($admin) . file($name, $table) . "--$mark--");
    my $want = $name{$name};
    is $r->status . ' ' . (defined $want ? $admin->get($path)->xpath('string(//imports/@file)') : join ' ', $r->errors),
        defined $want ? "303 $want" : '422 JE130', 'a name is cleaned: ' . $name =~ s/[^ -~]/?/gr;
}
is $teacher->post($path, {body => form($teacher) . file('a.csv') . "--$mark--", header => {'Content-Type' => $type}})->status, 404, 'who has no such page sends no file';
is refused(put($admin, part('name="step"', 'file') . file('a.csv', $table) . "--$mark--")), '403 JE303', 'nor who has no token';
is $teacher->post('/journals/1', {body => form($teacher) . "--$mark--", header => {'Content-Type' => $type}})->status, 400, 'other pages take no files';

# ------------------------------------------------------------------ broken ---

my %broken = (
    'no boundary'              => [form($admin), 'multipart/form-data', '400 JE100'],
    'an empty boundary'        => [form($admin), 'multipart/form-data; boundary=', '400 JE100'],
    'another boundary'         => [form($admin) . file('a.csv'), 'multipart/form-data; boundary=other', '400 JE100'],
    'no end'                   => [form($admin) . file('a.csv'), $type, '400 JE100'],
    'no name'                  => [form($admin) . part('filename="a.csv"', 'x') . "--$mark--", $type, '400 JE100'],
    'no headers'               => ["--$mark\r\n\r\nx\r\n--$mark--", $type, '400 JE100'],
    'an empty body'            => ['', $type, '400 JE100'],
    'huge headers of a part'   => ["--$mark\r\nX-A: " . 'x' x 100_000, $type, '400 JE100'],
    'a NUL in a header'        => [part("name=\"a\0b\"", 'x') . "--$mark--", $type, '400 JE100'],
    'a huge field'             => [form($admin) . part('name="x"', 'x' x 70_000) . "--$mark--", $type, '413 JE109'],
    'five files'               => [form($admin) . join('', map { file('a.csv') } 1 .. 5) . "--$mark--", $type, '422 JE107 file'],
    'six megabytes'            => [form($admin) . file('a.csv', 'x' x (6 << 20)) . "--$mark--", $type, '413 JE109'],
);
for my $what (sort keys %broken) {
    my ($body, $sent, $want) = @{$broken{$what}};
    is refused(put($admin, $body, type => $sent)), $want, "$what: refused";
}
my $before = memory();
is refused(put($admin, form($admin) . join('', map { "--$mark\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n" } 1 .. 60_000) . "--$mark--")), '422 JE107', 'many parts are not read to their end';

# A million parts, without a length: refused as soon as there are too many.
sub raw {
    my ($head, $next) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port, Timeout => 10) or die "no connection: $!\n";
    my $base = $t->httpd->base;
    my $cookie = "";
    $admin->agent->cookie_jar->scan(sub { $cookie .= "$_[1]=$_[2]; " });
    local $SIG{PIPE} = 'IGNORE';
    print $socket "POST $base$path HTTP/1.1\r\nHost: 127.0.0.1:" . $t->httpd->port . "\r\nOrigin: http://127.0.0.1:" . $t->httpd->port . "\r\nCookie: $cookie\r\nContent-Type: $type\r\n$head\r\n\r\n";
    while (defined(my $more = $next->())) { print $socket $more or last }
    return $socket;
}
my $sent = 0;
my $part = "--$mark\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n" x 100;
my $socket = raw('Transfer-Encoding: chunked', sub { $sent++ < 10_000 ? sprintf("%x\r\n", length $part) . "$part\r\n" : undef });
my $line = <$socket> // '';
like $line, qr{^HTTP/1\.1 4(?:22|13) |^$}, 'a million parts are refused';
cmp_ok memory() - $before, '<', 20_000, 'and cost no memory';
close $socket;

# ------------------------------------------------------- disk, gone clients ---

is refused(put($admin, form($admin) . file('a.csv', 'x' x 100_000) . "--$mark--", header => {'X-Ejournal-Full' => 1})), '503 JE510 file', 'a full disk';
$t->expect_log(qr/JE510 503/);
my $half = form($admin) . "--$mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" . 'x' x 100_000;
my $n = 0;
$socket = raw('Content-Length: 4000000', sub { $n++ ? undef : $half });
my $busy = sub { open my $p, '-|', "ls -l /proc/$child/fd 2>/dev/null"; return grep {m{\Q$tmp\E/ejournal}} <$p> };
ok $t->wait_for(10, sub { $busy->() > 0 }), 'while a file comes, it is open';
is left(), 0, 'but has no name: a killed child leaves none';
close $socket;
ok $t->wait_for(10, sub { $busy->() == 0 }), 'a client that goes leaves nothing';
put($admin, form($admin) . file('a.csv', $table) . "--$mark--");
ok $t->wait_for(5, sub { $busy->() == 0 }), 'nor does one that is answered';
is left(), 0, 'the folder is empty';
is $admin->get($path)->status, 200, 'and pages go on';
done_testing;
